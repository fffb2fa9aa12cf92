"""What students handed in: the folders and files below submitted/, whatever they are.

A file is only read where it is a plain file of that folder alone: a link could be another student's
work or the gradebook.
"""

import glob
import os
import re
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from course.grading.limits import LISTED_NOTEBOOKS, PRINTED_NAME_CHARACTERS, STAMP_BYTES

# What the exchange puts beside the notebooks.
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
# A zone may be a name, but no path: the time zone library opens those. Behind a space nbgrader
# takes a number for seconds.
TIME = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?"
    r"(Z|[+-]\d\d:?\d\d| [A-Za-z]{1,20}(/[A-Za-z_]{1,30})?)?"
)
UNUSUAL = re.compile(r"[^\w .,()/+=~-]")
READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True)
class Submission:
    """One student's folder for one unit."""

    student: str
    folder: Path


def submissions(coursedir: CourseDirectory, unit: str) -> list[Submission]:
    """Return what was handed in for `unit`, by student, whatever it is.

    What is no folder of its own is for `quarantine`; links in place of a student's own are left.
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
    return sorted(found, key=lambda one: one.student)


def received(folder: Path) -> datetime | None:
    """Return when a submission came, in UTC, as its timestamp says; None where it says nothing."""
    stamp, _ = read(folder, TIMESTAMP, STAMP_BYTES)
    return time_of((stamp or b"")[:100].decode("ascii", "replace").strip())


def time_of(text: str) -> datetime | None:
    """Return the time that a text says, in UTC; None for any other text."""
    try:
        return parse_utc(text) if TIME.fullmatch(text) else None
    except (ValueError, OverflowError):
        return None


def read(folder: Path, name: str, most: int) -> tuple[bytes | None, str | None]:
    """Return the content of a submitted file, and why there is none; one of the two is None.

    most: the bytes that are read of a larger file.
    """
    try:
        descriptor = os.open(folder / name, READING)
    except FileNotFoundError:
        others = _notebooks(folder)
        instead = f" These were: {', '.join(others)}." if others else ""
        return None, f"No notebook called {name} was handed in.{instead}"
    except OSError as error:
        return None, f"The file {name} could not be opened: {error.strerror}."
    with open(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            return None, f"{name} is not a file of its own but a link or something else."
        return file.read(most), None


def printable_name(name: str) -> str:
    """Return a file's name that is safe to print: the name is a student's text."""
    return UNUSUAL.sub("?", name)[:PRINTED_NAME_CHARACTERS]


def _notebooks(folder: Path) -> list[str]:
    found = glob.glob(os.path.join(glob.escape(str(folder)), "*.ipynb"))
    return sorted(printable_name(os.path.basename(path)) for path in found)[:LISTED_NOTEBOOKS]
