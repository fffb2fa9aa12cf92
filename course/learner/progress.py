"""What a student has done so far, in a small file in their folder: no account, no network.

`check` notes each exercise it was asked for, `course status` what the harder questions found, and
`review` which questions it put. Losing the file loses no work.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course.exercises.units import UNITS

FILE = ".course-progress.json"
DAY = 86400.0


@dataclass
class Progress:
    """What is known of a student's work, by exercise, unit or review question.

    green: when `check` first found an exercise right.
    tried: when `check` last found one wrong.
    asked: what the harder questions last found: whether it is right, whether the questions of
        `check` are, whether it is written at all, and a sentence.
    right: when the harder questions first found an exercise right.
    digests: the code that `asked` is about, by unit.
    hints: the number of hints shown.
    reviewed: the number of times in a row that a review question was answered correctly, and when
        it was last put.
    """

    green: dict[str, str] = field(default_factory=dict)
    tried: dict[str, str] = field(default_factory=dict)
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    right: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    reviewed: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> "Progress":
        """Read a folder's progress; an unreadable file counts as none."""
        try:
            kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
            names = cls().__dict__
            return cls(**{name: value for name, value in kept.items() if name in names})
        except (OSError, ValueError, TypeError, AttributeError):
            return _UNSAVED.setdefault(str(folder.resolve()), cls())

    def save(self, folder: Path) -> None:
        """Write the file; where nothing can be written, keep the progress in memory."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"
        beside = folder / f"{FILE}.{os.getpid()}"
        try:
            beside.write_text(text, encoding="utf-8")
            beside.replace(folder / FILE)
        except OSError:
            _UNSAVED[str(folder.resolve())] = self


_UNSAVED: dict[str, Progress] = {}


def note_checked(folder: Path, name: str, passed: bool) -> None:
    """Note what `check` found: in the folder if it is the student's own, else in memory alone.

    A folder with a unit's name is nbgrader's, where any other file would be released or submitted.
    """
    progress = Progress.of(folder)
    if passed:
        progress.green.setdefault(name, now())
    else:
        progress.tried[name] = now()
    if folder.resolve().name not in UNITS and any(folder.glob("*.ipynb")):
        progress.save(folder)
    else:
        _UNSAVED[str(folder.resolve())] = progress


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def days_since(date: str) -> float:
    """Return the days since a date of this file; 0 if it can't be read."""
    try:
        return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(date)).total_seconds() / DAY)
    except (ValueError, TypeError):
        return 0.0
