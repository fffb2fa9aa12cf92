"""The engine under every exercise: questions, calls, properties, answer sheets, diagnosis.

No module here knows an answer, so all of them may be on a student's machine.
"""

from course.exercises.engine import calls, properties, stock  # the first two fill the registries
from course.exercises.engine.exercise import (
    Exercise,
    ExerciseInfo,
    KeyedQuestion,
    Mistake,
    Question,
)
from course.exercises.engine.hunt import Hunt

__all__ = [
    "Exercise",
    "ExerciseInfo",
    "Hunt",
    "KeyedQuestion",
    "Mistake",
    "Question",
    "calls",
    "properties",
    "stock",
]
