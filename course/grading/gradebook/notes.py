"""What was noted beside the gradebook when a submission was graded, and by which edition."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from course.grading.judging.edition import edition
from course.grading.notebook.cells import COURSE, inside

UNKNOWN = "unknown"


def notes(coursedir: CourseDirectory, unit: str, student: str) -> dict[str, dict[str, Any]]:
    """Return the notes on a student's graded notebooks, by the notebooks' names."""
    folder = Path(coursedir.format_path(coursedir.autograded_directory, student, unit))
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        try:
            noted = inside(json.loads(path.read_bytes()), "metadata", COURSE, "grading")
        except (OSError, ValueError):
            continue
        if noted is not None:
            found[path.stem] = noted
    return found


def edition_of(noted: Iterable[dict[str, Any]]) -> str:
    """Return the edition of the question bank that a student's notebooks were graded by."""
    return " and ".join(sorted({note.get("edition", UNKNOWN) for note in noted}))


def units_with_grades(coursedir: CourseDirectory) -> dict[str, list[str]]:
    """Return the students with graded notebooks by unit."""
    folder = Path(coursedir.root, coursedir.autograded_directory)
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*/*")):
        found.setdefault(path.name, []).append(path.parent.name)
    return found


def other_editions(unit: str, editions: Counter[str]) -> str | None:
    """Say in one sentence which grades of a unit this edition did not give; None if none."""
    now, count = edition(unit), editions.total()
    others = {name: number for name, number in sorted(editions.items()) if name != now}
    if not others:
        return None
    listed = ", ".join(f"{number} of {count} by edition {name}" for name, number in others.items())
    return (
        f"{unit} was graded with different questions, {listed}, and this is edition {now}: keep "
        f"those grades, or grade everyone again with `course grade {unit} --regrade`."
    )
