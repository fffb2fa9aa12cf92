"""Files and folders with students' work and results, made so that only the grader can read them.

On a shared machine, nothing of a class should be open to its other users. What is inside a private
folder needs no protection of its own, so nbgrader may copy it to the exchange as it is. If several
instructors share a course folder (`c.CourseDirectory.groupshared`), their group may read it too.
"""

import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

OTHERS, GROUP_AND_OTHERS = 0o007, 0o077


def make_private_folders(coursedir: "CourseDirectory") -> None:
    """Make the class's folders, if they are not there yet."""
    for folder in private_folders(coursedir):
        make_private_folder(coursedir, folder)


def make_private_folder(coursedir: "CourseDirectory", folder: Path) -> None:
    """Make a folder, and those above it, if they are not there yet."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        # Never open, not even if the run is killed before the next line.
        one.mkdir(mode=0o700, exist_ok=True)
        one.chmod(folder_mode(coursedir))


def folder_mode(coursedir: "CourseDirectory") -> int:
    return 0o2770 if coursedir.groupshared else 0o700


def file_mode(coursedir: "CourseDirectory") -> int:
    return 0o660 if coursedir.groupshared else 0o600


def make_private_gradebook(coursedir: "CourseDirectory") -> None:
    """Make an empty gradebook, if there is none yet."""
    gradebook = gradebook_file(coursedir)
    if gradebook is not None and not gradebook.exists():
        gradebook.parent.mkdir(parents=True, exist_ok=True)
        # SQLite takes an empty file for a new database, and gives its journal the same mode.
        gradebook.touch(exist_ok=True)
        gradebook.chmod(file_mode(coursedir))


def private_folders(coursedir: "CourseDirectory") -> list[Path]:
    """Return the folders with students' work and results."""
    steps = ("submitted_directory", "autograded_directory", "feedback_directory")
    return [Path(coursedir.root, getattr(coursedir, step)) for step in steps]


def gradebook_file(coursedir: "CourseDirectory") -> Path | None:
    """Return the gradebook's file; None if it is on a database server."""
    from sqlalchemy import make_url  # `write_private` is also for commands that do without

    url = make_url(coursedir.db_url)
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(url.database) if is_file else None


def is_open(coursedir: "CourseDirectory", path: Path) -> bool:
    """Whether users other than the instructors may use a file or folder."""
    closed = OTHERS if coursedir.groupshared else GROUP_AND_OTHERS
    return path.stat().st_mode & closed != 0


def write_private(path: Path, content: bytes) -> None:
    """Write a file in one step; it never holds only a part."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))
    # A temporary file is readable for its owner alone.
    try:
        descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(fresh, path)
    except BaseException:
        os.unlink(fresh)
        raise
