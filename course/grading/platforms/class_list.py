"""Put a class list, an instructor's own or a platform's, into the gradebook: a plan, then its
execution.

Nobody is removed, and what the list doesn't say about a student stays as it is.
"""

from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook, Student
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from course.grading.gradebook.connection import connected, exists, unusable
from course.grading.locks import one_at_a_time
from course.grading.platforms.roster import Details, class_roster
from course.grading.private_files import make_private_gradebook


@dataclass(frozen=True)
class Entry:
    """A student of the list. before: what changes, as the gradebook has it; None if new."""

    id: str
    details: Details
    before: Details | None

    @property
    def changed(self) -> Details:
        old = self.before or {}
        return {name: value for name, value in self.details.items() if old.get(name) != value}


@dataclass(frozen=True)
class ClassList:
    """A class list. missing: the gradebook's students who are not in it."""

    entries: list[Entry]
    missing: list[str] = field(default_factory=list)


def read_list(coursedir: CourseDirectory, file: Path) -> ClassList:
    """Read a class list and compare it with the gradebook; RosterError if it can't be trusted."""
    roster = class_roster(coursedir, file)
    there = _students(coursedir)
    people = roster.people.items()
    entries = [
        Entry(id, person.details, there.get(id)) for id, person in people if person.is_listed
    ]
    return ClassList(entries, sorted(set(there) - {entry.id for entry in entries}))


def save_list(coursedir: CourseDirectory, found: ClassList) -> None:
    """Bring the gradebook up to date, all in one step or not at all."""
    students = Student.__table__
    try:
        with one_at_a_time(coursedir):
            make_private_gradebook(coursedir)
            with (
                Gradebook(coursedir.db_url, coursedir.course_id) as gradebook,
                gradebook.engine.begin() as connection,
            ):
                for entry in found.entries:
                    if entry.before is None:
                        connection.execute(insert(students).values(id=entry.id, **entry.details))
                    elif entry.changed:
                        row = update(students).where(students.c.id == entry.id)
                        connection.execute(row.values(**entry.changed))
    except (SQLAlchemyError, ImportError) as error:
        raise unusable(coursedir.db_url, error) from error


def _students(coursedir: CourseDirectory) -> dict[str, Details]:
    if not exists(coursedir.db_url):
        return {}
    with connected(coursedir.db_url) as gradebook:
        rows = gradebook.execute(select(Student.__table__)).mappings().all()
    return {row["id"]: {name: row[name] or "" for name in row if name != "id"} for row in rows}
