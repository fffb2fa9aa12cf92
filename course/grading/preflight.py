"""Look, before any work, whether what it comes to can be saved.

A gradebook that is locked, damaged, read-only or behind a server that isn't there, folders that
can't be written and a full disk are found here, while nothing has changed yet and the message can
say what to do. Runs that would come into each other's way are kept apart here too.
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
from sqlalchemy import URL, Connection, create_engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from course.grading import RefusedError

LOCK = ".grading.lock"
MIB = 1 << 20
FREE_BYTES = 100 * MIB
LOCKED_SECONDS = 5.0
CONNECT_SECONDS = 10
TABLE = "submitted_assignment"
# Any number will do that others don't take for another purpose in the same database.
REGISTERING = 0x6E6E_0001
ADVICE = "Nothing was graded. Make it writable, or use a copy of the course's folder that is."


def require_ready(coursedir: CourseDirectory) -> None:
    """RefusedError where grades could not be saved."""
    for step in (coursedir.autograded_directory, coursedir.feedback_directory):
        _require_folder(Path(coursedir.root, step))
    require_gradebook(coursedir.db_url)


@contextlib.contextmanager
def alone(coursedir: CourseDirectory, unit: str) -> Iterator[None]:
    """Keep other runs of `course grade` from this unit meanwhile; RefusedError for the second."""
    with _opened(Path(coursedir.root, f".{unit}{LOCK}")) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(
                f"Another `course grade {unit}` is at work in {coursedir.root}. "
                "Wait until it has ended."
            ) from None
        except OSError:
            # A network's file system without locks: then it is up to the people.
            pass
        yield


@contextlib.contextmanager
def one_at_a_time(coursedir: CourseDirectory) -> Iterator[None]:
    """Wait until nobody else makes this gradebook or adds a unit to it, and let nobody meanwhile.

    nbgrader makes tables and rows that it has not found; of two who do so at once one fails.
    """
    url = make_url(coursedir.db_url)
    if url.get_backend_name() == "postgresql":
        # The lock ends with the transaction. It holds for graders on all machines.
        with connected(url) as connection:
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": REGISTERING})
            yield
        return
    with _opened(Path(coursedir.root, LOCK)) as descriptor:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise RefusedError(f"{path} can't be written: {error.strerror}. {ADVICE}") from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


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
    """RefusedError where a gradebook can't be reached, read or written; none yet is fine."""
    try:
        url = make_url(db_url)
        if url.get_backend_name() == "sqlite":
            _require_sqlite(Path(url.database))
        else:
            _require_server(url)
    except (sqlite3.Error, SQLAlchemyError, OSError, ImportError) as error:
        why = str(error).splitlines()[0]
        raise RefusedError(
            f"The gradebook {shown(db_url)} can't be used: {why}. "
            f"Nothing was graded. {_advice(why)}"
        ) from error


@contextlib.contextmanager
def connected(url: URL | str) -> Iterator[Connection]:
    """Connect to a gradebook, for no longer than it takes; everything is rolled back in the end."""
    url = make_url(url)
    known = {"connect_timeout": CONNECT_SECONDS} if url.get_driver_name() == "psycopg" else {}
    engine = create_engine(url, poolclass=NullPool, connect_args=known)
    with engine.connect() as connection:
        yield connection


def exists(db_url: str) -> bool:
    """Whether anything was ever saved in a gradebook that is within reach."""
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database).exists():
        return False
    with connected(url) as database:
        return inspect(database).has_table(TABLE)


def shown(db_url: str) -> str:
    """Return a gradebook's address without what is nobody's business."""
    try:
        return make_url(db_url).set(query={}).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "that COURSE_GRADEBOOK names"


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


def _require_server(url: URL) -> None:
    with connected(url) as database:
        if url.get_backend_name() != "postgresql":
            return
        if database.scalar(text("show transaction_read_only")) == "on":
            raise PermissionError(f"the database {url.database} is readonly")
        allowed = "select has_schema_privilege(current_schema(), 'CREATE')"
        if not inspect(database).has_table(TABLE) and not database.scalar(text(allowed)):
            raise PermissionError(f"{url.username} may not create tables in {url.database}")


def _advice(why: str) -> str:
    if "authentication" in why or "no password" in why:
        return "Look at the user and the password in COURSE_GRADEBOOK."
    if "may not create tables" in why:
        return "Let the database's owner give it that right (or make it the owner)."
    if "No module named" in why:
        return "For postgresql+psycopg:// addresses: pip install 'feedforward-course[cluster]'"
    if "connection" in why or "resolve" in why:
        return "Is the server running, and is COURSE_GRADEBOOK its address and its database?"
    if "locked" in why:
        return "Close the program that holds it (a formgrader, another run) and run again."
    if "readonly" in why or "unable to open" in why:
        return "Make the file and its folder writable."
    if "malformed" in why or "not a database" in why:
        return "Move it away and put a copy from before in its place."
    return "`course doctor` may say more."
