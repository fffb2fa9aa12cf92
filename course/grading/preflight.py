"""Check before any work that the grades can be saved.

A locked, damaged or read-only gradebook, a database server that doesn't answer, read-only folders
and a full disk are found here, before anything has changed, so that the message can say what to do.
"""

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from sqlalchemy import URL, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from course.grading import RefusedError
from course.grading.gradebook.connection import TABLE, connected, unusable
from course.grading.limits import FREE_DISK_BYTES, MIB

LOCKED_SECONDS = 5.0


def require_ready(coursedir: CourseDirectory) -> None:
    """Raise RefusedError if grades could not be saved."""
    for step in (coursedir.autograded_directory, coursedir.feedback_directory):
        _require_folder(Path(coursedir.root, step))
    require_gradebook(coursedir.db_url)


def unwritable(path: Path, error: OSError) -> RefusedError:
    return RefusedError(
        f"{path} can't be written: {error.strerror}. Nothing was changed. "
        "Make it writable, or use a copy of the course's folder that is."
    )


def _require_folder(folder: Path) -> None:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"x")
    except OSError as error:
        raise unwritable(folder, error) from error
    free = shutil.disk_usage(there).free
    if free < FREE_DISK_BYTES:
        raise RefusedError(
            f"The disk of {folder} has only {free // MIB} MiB left, and grading needs "
            f"{FREE_DISK_BYTES // MIB}. Nothing was graded. Make room and run again."
        )


def require_gradebook(db_url: str) -> None:
    """Raise RefusedError if a gradebook can't be reached, read or written.

    A gradebook that doesn't exist yet is fine.
    """
    try:
        url = make_url(db_url)
        if url.get_backend_name() == "sqlite":
            _require_sqlite(Path(url.database))
        else:
            _require_server(url)
    except (sqlite3.Error, SQLAlchemyError, OSError, ImportError) as error:
        raise unusable(db_url, error, "Nothing was graded.") from error


def _require_sqlite(path: Path) -> None:
    if not path.exists():
        return
    with contextlib.closing(sqlite3.connect(path, timeout=LOCKED_SECONDS)) as database:
        [found] = database.execute("pragma quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError("database disk image is malformed")
        # Takes the lock for writing and releases it unused.
        database.execute("begin immediate")
        database.rollback()


def _require_server(url: URL) -> None:
    with connected(url) as database:
        if url.get_backend_name() != "postgresql":
            return
        if database.scalar(text("show transaction_read_only")) == "on":
            raise PermissionError(f"the database {url.database} is readonly")
        allowed = "select has_schema_privilege(current_schema(), 'CREATE')"
        if not inspect(database).has_table(TABLE) and not database.scalar(text(allowed)):
            raise PermissionError(f"{url.username} may not create tables in {url.database}")
