"""The engine under every exercise: questions, ways of asking, answer sheets, comparison, diagnosis.

Nothing here knows an answer, so all of it may lie on a student's machine.
"""

from course.exercises.engine import calls, properties, stock  # the first two fill the registries
from course.exercises.engine.exercise import Card, Exercise, Keyed, Mistake, Question

__all__ = ["Card", "Exercise", "Keyed", "Mistake", "Question", "calls", "properties", "stock"]
