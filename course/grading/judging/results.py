"""The result of grading: plain data that can be sent as JSON."""

from dataclasses import asdict, dataclass
from typing import Any


def below_full(level: str | None) -> str | None:
    """Return the sentence for author and gradebook if the sandbox was less than full."""
    # Not every system on which students check their own work can import the sandbox.
    from course.grading.sandbox import Level

    if level in (None, Level.FULL.value):
        return None
    return f"Graded with a reduced sandbox (level `{level}`)."


@dataclass(frozen=True)
class ExerciseGrade:
    """The grade of one exercise.

    share: the share of its questions, by weight, that were answered correctly: 0 to 1.
    earned: that share of `points`, as it goes into the gradebook.
    ideas: the names of the known mistakes that are in the answers: one, or two at once.
    writing: how answers failed apart from them: the names of errors, "overflow" and the like.
    message: what the student may read; it contains nothing of secret questions.
    judged: False if there was nothing to judge; then the message says why.
    """

    exercise: str
    grade_id: str
    points: float
    share: float
    earned: float
    ideas: tuple[str, ...]
    writing: tuple[str, ...]
    message: str
    judged: bool = True

    @property
    def passed(self) -> bool:
        return self.share == 1.0


@dataclass(frozen=True)
class Graded:
    """A graded submission: the notebook with its outputs, and what the class report needs.

    starved: whether something timed out only because the machine was busy.
    """

    unit: str
    notebook: dict[str, Any]
    exercises: tuple[ExerciseGrade, ...]
    problem: str | None = None
    oddities: tuple[str, ...] = ()
    level: str | None = None
    seconds: float = 0.0
    starved: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, parts: dict[str, Any]) -> "Graded":
        lists = ("ideas", "writing")
        exercises = tuple(
            ExerciseGrade(**grade | {name: tuple(grade[name]) for name in lists})
            for grade in parts["exercises"]
        )
        return cls(**parts | {"exercises": exercises, "oddities": tuple(parts["oddities"])})
