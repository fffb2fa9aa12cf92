"""The gradebook's database: connect to it, name it without its password, advise on its errors."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from course.grading import RefusedError
from course.parts import install

CONNECT_SECONDS = 10
TABLE = "submitted_assignment"
# What to do about an error, by its type or a pattern of its text: drivers raise the same few types
# for everything, so only the texts tell the causes apart. The first match counts.
ADVICE: tuple[tuple[type[Exception] | str, str], ...] = (
    ("authentication|no password", "Look at the user and the password in COURSE_GRADEBOOK."),
    (
        "may not create tables",
        "Let the database's owner give it that right (or make it the owner).",
    ),
    (
        ImportError,
        f"For postgresql+psycopg:// addresses: {install('cluster')}",
    ),
    (
        "connection|resolve",
        "Is the server running, and is COURSE_GRADEBOOK its address and its database?",
    ),
    (
        "locked",
        "Close the program that holds it (a formgrader, another run) and run again.",
    ),
    ("readonly|unable to open", "Make the file and its folder writable."),
    ("malformed|not a database", "Move it away and put a copy from before in its place."),
)
OTHER_ADVICE = "`course doctor` may say more."


@contextlib.contextmanager
def connected(url: URL | str) -> Iterator[Connection]:
    """Connect to a gradebook for the length of a `with` block; all changes are rolled back."""
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


def display_url(db_url: str) -> str:
    """Return a gradebook's address without its password and options."""
    try:
        return make_url(db_url).set(query={}).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "that COURSE_GRADEBOOK names"


def unusable(db_url: str, error: Exception, said: str = "") -> RefusedError:
    """Return the refusal for an error of the gradebook's database: why, and what to do about it.

    said: a sentence in between.
    """
    parts = (f"The gradebook {display_url(db_url)} can't be used: {reason(error)}.", said)
    return RefusedError(" ".join(filter(None, (*parts, advice(error)))))


def advice(error: Exception) -> str:
    """Return what to do about an error of the gradebook's database."""
    for cause, remedy in ADVICE:
        if isinstance(cause, str):
            found = re.search(cause, reason(error)) is not None
        else:
            found = isinstance(error, cause)
        if found:
            return remedy
    return OTHER_ADVICE


def reason(error: Exception) -> str:
    """Return the first line of an error's text, without the driver's name for its type.

    The other lines hold SQL and links.
    """
    return re.sub(r"^\([\w.]+\) ", "", str(error).partition("\n")[0]).rstrip(".")
