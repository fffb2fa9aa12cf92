"""The result of grading: plain data that travels as JSON."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ExerciseGrade:
    """What became of one exercise.

    share: of its questions, by weight, answered rightly: 0 to 1.
    earned: that share of `points`, as it goes into the gradebook.
    mistake: the name of the known mistake that explains the answers, if one does.
    message: what the student may read; it holds nothing of secret questions.
    judged: False where there was nothing to judge, and the message says why.
    """

    exercise: str
    grade_id: str
    points: float
    share: float
    earned: float
    mistake: str | None
    message: str
    judged: bool = True

    @property
    def passed(self) -> bool:
        return self.share == 1.0


@dataclass(frozen=True)
class Graded:
    """A graded submission: the notebook with its outputs, and what the class report needs."""

    unit: str
    notebook: dict[str, Any]
    exercises: tuple[ExerciseGrade, ...]
    problem: str | None = None
    oddities: tuple[str, ...] = ()
    level: str | None = None
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, parts: dict[str, Any]) -> "Graded":
        exercises = tuple(ExerciseGrade(**one) for one in parts["exercises"])
        return cls(**parts | {"exercises": exercises, "oddities": tuple(parts["oddities"])})
