"""The reference: every function the lessons ask for, a module a unit, in the lecture's notation.

Import from the unit that teaches it, as in ``from course.nn.forward import forward``.
"""
