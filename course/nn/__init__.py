"""The reference: all functions the lessons ask for, a module per unit, in the lecture's notation.

Import from the unit that teaches it, as in ``from course.nn.forward import forward``.
"""
