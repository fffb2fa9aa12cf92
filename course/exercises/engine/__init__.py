"""The engine under every exercise: questions, calls, properties, answer sheets, diagnosis.

Nothing here knows an answer, so all of it may be on a student's machine.
"""

from course.exercises.engine import calls, properties, stock  # the first two fill the registries
from course.exercises.engine.exercise import (
    Exercise,
    ExerciseInfo,
    KeyedQuestion,
    Mistake,
    Question,
)

__all__ = [
    "Exercise",
    "ExerciseInfo",
    "KeyedQuestion",
    "Mistake",
    "Question",
    "calls",
    "properties",
    "stock",
]
