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

from course.grading.restore import SUBMISSION_BYTES, Unreadable


@dataclass(frozen=True)
class Submission:
    """One student's folder for one unit."""

    student: str
    folder: Path


def submissions(coursedir: CourseDirectory, unit: str) -> list[Submission]:
    """Return what was handed in for `unit`, by student; links instead of folders are left out."""
    step = Path(coursedir.root, coursedir.submitted_directory)
    found = [
        Submission(student.name, student / unit)
        for student in step.iterdir()
        if not student.is_symlink() and (student / unit).is_dir()
    ] if step.is_dir() else []
    return sorted((one for one in found if not one.folder.is_symlink()), key=lambda s: s.student)


def read_file(path: Path) -> bytes | None:
    """Return the content of a handed-in file, at most a little more than is graded; None for no file.

    Unreadable for anything but a plain file.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unreadable(f"{path.name} could not be opened: {error.strerror}.") from None
    with open(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            raise Unreadable(f"{path.name} is not a file of its own but a link or a folder.")
        return file.read(SUBMISSION_BYTES + 1)


def others(folder: Path, name: str) -> list[str]:
    """Return the names of notebooks in a folder that are not the one asked for."""
    found = glob.glob(str(Path(glob.escape(str(folder)), "*.ipynb")))
    return sorted(Path(path).name for path in found if Path(path).name != name)
