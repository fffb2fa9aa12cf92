"""Keep runs apart that would disturb each other: two of the same unit, two that add units."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from sqlalchemy import make_url, text

from course.grading import RefusedError
from course.grading.gradebook.connection import connected
from course.grading.preflight import unwritable

LOCK = ".grading.lock"
# Any number will do as long as nothing else in the same database locks it.
REGISTERING = 0x6E6E_0001


@contextlib.contextmanager
def alone(coursedir: CourseDirectory, unit: str) -> Iterator[None]:
    """Hold the unit for one run of `course grade`; a second run gets a RefusedError."""
    with _opened(coursedir, f".{unit}{LOCK}") as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(
                f"Another `course grade {unit}` is running in {coursedir.root}. "
                "Wait until it has finished."
            ) from None
        except OSError:
            # Some network file systems have no locks; then users have to take care themselves.
            pass
        yield


@contextlib.contextmanager
def one_at_a_time(coursedir: CourseDirectory) -> Iterator[None]:
    """Create the gradebook or add a unit to it in one run at a time; other runs wait.

    nbgrader creates the tables and rows that it doesn't find; if two runs do so at once, one fails.
    """
    url = make_url(coursedir.db_url)
    if url.get_backend_name() == "postgresql":
        # The lock ends with the transaction. It holds for graders on all machines.
        with connected(url) as connection:
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": REGISTERING})
            yield
        return
    with _opened(coursedir, LOCK) as descriptor:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _opened(coursedir: CourseDirectory, name: str) -> Iterator[int]:
    path = Path(coursedir.root, name)
    # Instructors who share the folder share its locks, and may each be the first to grade.
    mode = 0o660 if coursedir.groupshared else 0o600
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, mode)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)
