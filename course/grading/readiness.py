"""Look, before any work, whether what it comes to can be saved.

A gradebook that is locked, damaged or read-only, folders that can't be written and a full disk are
found here, while nothing has changed yet and the message can say what to do.
"""

import contextlib
import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from course.grading import RefusedError

LOCK = ".grading.lock"
MIB = 1 << 20
FREE_BYTES = 100 * MIB
LOCKED_SECONDS = 5.0
ADVICE = "Nothing was graded. Make it writable, or use a copy of the course's folder that is."


def require_ready(coursedir: CourseDirectory) -> None:
    """RefusedError where grades could not be saved."""
    for step in (coursedir.autograded_directory, coursedir.feedback_directory):
        _require_folder(Path(coursedir.root, step))
    require_gradebook(coursedir.db_url)


@contextlib.contextmanager
def alone(coursedir: CourseDirectory) -> Iterator[None]:
    """Keep other runs of `course grade` from this course meanwhile; RefusedError for the second."""
    path = Path(coursedir.root, LOCK)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise RefusedError(f"{path} can't be written: {error.strerror}. {ADVICE}") from error
    try:
        _lock(descriptor, coursedir.root)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, root: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise RefusedError(
            f"Another `course grade` is at work in {root}. Wait until it has ended."
        ) from None
    except OSError:
        # A network's file system without locks: then it is up to the people.
        return


def _require_folder(folder: Path) -> None:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"x")
    except OSError as error:
        raise RefusedError(f"{folder} can't be written: {error.strerror}. {ADVICE}") from error
    free = shutil.disk_usage(there).free
    if free < FREE_BYTES:
        raise RefusedError(
            f"The disk of {folder} has only {free // MIB} MiB left, and grading needs "
            f"{FREE_BYTES // MIB}. Nothing was graded. Make room and run again."
        )


def require_gradebook(db_url: str) -> None:
    """RefusedError where a gradebook is locked, damaged or read-only; none yet is fine."""
    url = make_url(db_url)
    try:
        if url.get_backend_name() == "sqlite":
            _require_sqlite(Path(url.database))
        else:
            with create_engine(url).connect():
                pass
    except (sqlite3.Error, SQLAlchemyError, OSError) as error:
        shown = url.render_as_string(hide_password=True)
        why = str(error).splitlines()[0]
        raise RefusedError(
            f"The gradebook {shown} can't be used: {why}. Nothing was graded. {_advice(why)}"
        ) from error


def _require_sqlite(path: Path) -> None:
    if not path.exists():
        return
    with contextlib.closing(sqlite3.connect(path, timeout=LOCKED_SECONDS)) as database:
        [found] = database.execute("pragma quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(f"database disk image is malformed ({found})")
        # A lock for writing, given back unused.
        database.execute("begin immediate")
        database.rollback()


def _advice(why: str) -> str:
    if "locked" in why:
        return "Close the program that holds it (a formgrader, another run) and run again."
    if "readonly" in why or "unable to open" in why:
        return "Make the file and its folder writable."
    if "malformed" in why or "not a database" in why:
        return "Move it away and put a copy from before in its place."
    return "`course doctor` may say more."
