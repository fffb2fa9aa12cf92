"""Submissions: the folders and files below submitted/, whatever they are.

A file is only read if it is a plain file of that folder alone: a link could be another student's
work or the gradebook.
"""

import os
import re
import stat
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from nbgrader.coursedir import CourseDirectory

from course.grading.limits import LISTED_NOTEBOOKS, PRINTED_NAME_CHARACTERS, STAMP_BYTES

# What the exchange puts beside the notebooks.
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
# A zone may be a name, but not a path, since the time zone library opens paths.
TIME = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z| ?[+-]\d\d:?\d\d)?)"
    r"( (?P<zone>[A-Za-z]{1,20}(/[A-Za-z_]{1,30}){0,2}))?"
)
# Browsers and operating systems add other endings when they don't know notebooks.
NOTEBOOK = re.compile(r"\.ipynb(\.txt|\.json)?$", re.IGNORECASE)
UNUSUAL = re.compile(r"[^\w .,()/+=~-]")
READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True)
class Submission:
    """One student's folder for one unit."""

    student: str
    folder: Path


def submissions(coursedir: CourseDirectory, unit: str) -> list[Submission]:
    """Return the submissions for `unit` in the order of the students.

    Each may be anything, which `quarantine` sorts out. Links in place of a student's folder are
    ignored.
    """
    step = Path(coursedir.root, coursedir.submitted_directory)
    if not step.is_dir():
        return []
    found = [
        Submission(student.name, student / unit)
        for student in step.iterdir()
        if student.is_dir()
        and not student.is_symlink()
        and not student.name.startswith(".")
        and os.path.lexists(student / unit)
    ]
    return sorted(found, key=lambda submission: submission.student)


def received(folder: Path) -> datetime | None:
    """Return when a submission was received, in UTC, by its timestamp; None without a valid one."""
    return time_of(stamp_in(folder))


def stamp_in(folder: Path) -> str:
    """Return the text of a submission's timestamp; "" if there is none."""
    stamp, _ = read(folder, TIMESTAMP, STAMP_BYTES)
    return (stamp or b"")[:100].decode("ascii", "replace").strip()


def time_of(text: str) -> datetime | None:
    """Return the time that a text says, in UTC; None for any other text.

    A time in a zone that isn't known is none: taken for another zone's, it might be hours wrong.
    """
    found = TIME.fullmatch(text)
    zone = _zone(found["zone"]) if found and found["zone"] else UTC
    if found is None or zone is None:
        return None
    try:
        said = datetime.fromisoformat(re.sub(" (?=[+-])", "", found["time"]))
        local = said if said.tzinfo else said.replace(tzinfo=zone)
        return local.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def names_unknown_zone(text: str) -> bool:
    """Whether a text says a time in a time zone that isn't known."""
    found = TIME.fullmatch(text)
    return found is not None and bool(found["zone"]) and _zone(found["zone"]) is None


@cache
def _zone(name: str) -> tzinfo | None:
    if name.upper() in ("UTC", "GMT"):
        return UTC
    # Neither is the name of a zone, but files of a machine.
    known = available_timezones() - {"localtime", "Factory"}
    return ZoneInfo(name) if name in known else None


def read(folder: Path, name: str, most: int) -> tuple[bytes | None, str | None]:
    """Return the content of a submitted file, or why there is none: one of the two is None.

    most: the number of bytes to read at most.
    """
    try:
        descriptor = os.open(folder / name, READING)
    except FileNotFoundError:
        others = ", ".join(map(printable_name, other_notebooks(folder, [name])))
        these = f" These were: {others}." if others else ""
        return None, f"No notebook called {name} was handed in.{these}"
    except OSError as error:
        return None, f"The file {name} could not be opened: {error.strerror}."
    with open(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            return None, f"{name} is not a regular file but a link or something else."
        return file.read(most), None


def printable_name(name: str) -> str:
    """Return a file's name that is safe to print: the name is a student's text."""
    return UNUSUAL.sub("?", name)[:PRINTED_NAME_CHARACTERS]


def is_notebook(name: str) -> bool:
    """Whether a file is a notebook by its name."""
    return NOTEBOOK.search(name) is not None


def other_notebooks(folder: Path, known: Collection[str]) -> list[str]:
    """Return the names of a folder's notebooks that are not `known`, in order, at most ten."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    found = sorted(name for name in os.listdir(folder) if is_notebook(name) and name not in known)
    return found[:LISTED_NOTEBOOKS]
