"""What students handed in: the folders and files below submitted/, whatever they are.

A file is only read where it is a plain file of that folder alone: a link could be another student's
work or the gradebook.
"""

import glob
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from course.grading.restore import SUBMISSION_BYTES

READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True)
class Submission:
    """One student's folder for one unit."""

    student: str
    folder: Path


def submissions(coursedir: CourseDirectory, unit: str) -> list[Submission]:
    """Return what was handed in for `unit`, by student; links instead of folders are left out."""
    step = Path(coursedir.root, coursedir.submitted_directory)
    found = (
        [
            Submission(student.name, student / unit)
            for student in step.iterdir()
            if not student.is_symlink() and (student / unit).is_dir()
        ]
        if step.is_dir()
        else []
    )
    return sorted((one for one in found if not one.folder.is_symlink()), key=lambda s: s.student)


def read(folder: Path, name: str) -> tuple[bytes | None, str | None]:
    """Return the content of a handed-in file, and why there is none; one of the two is None.

    Of a file that is too large, a little more comes than is graded.
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
        return file.read(SUBMISSION_BYTES + 1), None


def _notebooks(folder: Path) -> list[str]:
    found = glob.glob(os.path.join(glob.escape(str(folder)), "*.ipynb"))
    return sorted(os.path.basename(path) for path in found)
