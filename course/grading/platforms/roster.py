"""Find an upload's author among the students of the gradebook and of a roster.

Nothing is guessed. A key (an id, a login, a number, a mail address) has to belong to a single
person, and a name too if there is nothing else; anything else is reported to the instructor.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from nbgrader.api import Student
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from course.grading.gradebook.connection import connected, exists, unusable
from course.grading.platforms.layout import Claim
from course.grading.platforms.table import Table, read_table
from course.grading.submission.receipts import receipts
from course.grading.submission.submitted import time_of

# The names of columns in rosters, class lists and grade files, and how their values become keys. A
# number that is unique only in its own list gets that list's name.
IDS = ("id", "student_id", "roster_identifier")
LOGINS = ("login", "username", "sis login id", "github_username", "user name")
NUMBERS = ("sis user id", "orgdefinedid", "student id", "id number", "sid", "lms_user_id")
EMAILS = ("email", "email address", "e-mail")
NAMES = ("name", "full name", "student", "student name")
FIRST, LAST = ("first_name", "first name"), ("last_name", "last name", "surname")
PARTICIPANT = "identifier"
RECEIVED = ("submission_timestamp", "last modified (submission)")
RECEIVED_FORMS = ("%A, %d %B %Y, %I:%M %p", "%A, %d %B %Y, %H:%M")
# In Canvas's list this column holds Canvas's own number.
CANVAS_ID, CANVAS_MARK = "id", "sis login id"
# Rows that aren't people.
NOT_PEOPLE = re.compile(r"\s*points possible\s*|student, test", re.IGNORECASE)
LISTED_COLUMNS = 10
BAD_ID = re.compile(r"^\.|[/\\\x00-\x1f\[\]*?]|\s$|^\s")
HOW_TO_ADD = (
    "Give the class list with --roster (columns such as id, login, name, email), or add the "
    "students with `course roster FILE`."
)
Details = dict[str, str]


class RosterError(ValueError):
    """A roster that can't be used; the message says why."""


@dataclass
class Person:
    """A student: the id in the gradebook, and the student's other keys and names.

    received: when the last upload was received according to the roster, in UTC.
    is_listed: whether the roster names the student.
    details: what the roster says, by the gradebook's columns.
    """

    id: str
    names: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    received: datetime | None = None
    is_listed: bool = False
    details: Details = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys.add(_key(self.id))

    @property
    def shown(self) -> str:
        return next(iter(sorted(self.names)), "")


@dataclass(frozen=True)
class Match:
    """The person a claim is about, or `why` nobody was found."""

    person: Person | None = None
    why: str = ""


@dataclass
class Roster:
    """The students of a class, by id."""

    people: dict[str, Person] = field(default_factory=dict)

    def find(self, claim: Claim) -> Match:
        """Return the person a claim is about, or nobody if it could be two people."""
        by_key = self._with_keys(claim.keys) or self._at_the_end(claim.ending)
        by_name = self._called(claim)
        if len(by_key) > 1:
            return Match(why=f"could be any of {_listed(by_key)}")
        if by_key and len(by_name) == 1 and by_key != by_name:
            return Match(why=f"has the number of {by_key[0].id}, but the name of {by_name[0].id}")
        found = by_key or by_name
        if len(found) > 1:
            return Match(why=f"several students have this name: {_listed(found)}")
        return Match(found[0]) if found else Match(why="is not on the roster")

    def learn(self, coursedir: CourseDirectory, unit: str) -> None:
        """Add the keys that a platform gave the authors of a unit's collected submissions."""
        for student, receipt in receipts(coursedir, unit).items():
            if student in self.people:
                self.people[student].keys |= {_key(key) for key in receipt.keys}

    def _with_keys(self, keys: Iterable[str]) -> list[Person]:
        """Return the people with one of these keys in its own list or, failing that, in any."""
        wanted = {_key(key) for key in keys}
        bare = {key.rpartition(" ")[2] for key in wanted if not key.startswith("participant ")}
        return self._who(lambda person: person.keys & wanted) or self._who(
            lambda person: person.keys & bare
        )

    def _at_the_end(self, text: str) -> list[Person]:
        """Return the people with the longest key that ends this text, after a "-" or "_"."""
        text = _key(text)
        starts = [found.end() for found in re.finditer("[-_]", text)]
        for start in [0, *starts] if text else ():
            if found := self._who(lambda person, start=start: text[start:] in person.keys):
                return found
        return []

    def _called(self, claim: Claim) -> list[Person]:
        """Return the people with this name or, failing that, the same name but for accents."""
        for form in (_exact, _bare):
            if claim.name:
                words = _words(form(claim.name))
                found = self._who(lambda p, w=words, f=form: w in {_words(f(n)) for n in p.names})
            elif claim.squashed:
                text = form(claim.squashed)
                found = self._who(lambda p, t=text, f=form: t in _squashed(f, p.names))
            else:
                found = []
            if found:
                return found
        return []

    def _who(self, fits) -> list[Person]:
        return [person for person in self.people.values() if fits(person)]


def class_roster(
    coursedir: CourseDirectory, file: Path | None = None, zone: tzinfo | None = UTC
) -> Roster:
    """Return the gradebook's students, completed from a roster, and the roster's other students.

    zone: the zone of times in the roster that have none; None for this computer's.
    """
    roster = Roster({person.id: person for person in _gradebook(coursedir)})
    if file is not None:
        table = read_table(file, columns=1)
        places: dict[str, int] = {}
        for number, row in enumerate(table.records, 2):
            person = _person(table, row, roster, zone)
            if person is None:
                continue
            if person.id in places:
                raise RosterError(
                    f"{file}: {person.id!r} is there twice (rows {places[person.id]} and {number})"
                )
            places[person.id] = number
            _add(roster, person)
        if not places:
            raise RosterError(
                f"{file} names no student. Expected a first line with the columns' names, such as "
                f"id, login, name, email, and a line per student; the first line is "
                f"{', '.join(map(repr, table.header[:LISTED_COLUMNS]))}"
            )
        _require_own_keys(file, roster)
    return roster


def claim_of(table: Table, row: dict[str, str]) -> Claim:
    """Return the claim about the person in a row of a class list or grade file."""
    keys, _, name = _said(table, row)
    return Claim(tuple(sorted(keys)), name=name)


def _gradebook(coursedir: CourseDirectory) -> list[Person]:
    try:
        if not exists(coursedir.db_url):
            return []
        wanted = (Student.id, Student.first_name, Student.last_name, Student.email)
        with connected(coursedir.db_url) as gradebook:
            rows = gradebook.execute(select(*wanted, Student.lms_user_id)).all()
    except (SQLAlchemyError, ImportError) as error:
        raise unusable(coursedir.db_url, error) from error
    return [
        Person(
            id,
            names={f"{first or ''} {last or ''}".strip()} - {""},
            keys={_key(key) for key in (email, number) if key},
        )
        for id, first, last, email, number in rows
    ]


def _person(
    table: Table, row: dict[str, str], roster: Roster, zone: tzinfo | None
) -> Person | None:
    """Return the person in a row: a student of the gradebook if a key matches, else a new person.

    If the row has an id, the id decides.
    """
    keys, ids, name = _said(table, row)
    if NOT_PEOPLE.fullmatch(name) or not (keys or name):
        return None
    own = next((value for value in ids if value), "")
    wanted = {_key(own)} if any(ids[: len(IDS)]) else {_key(key) for key in keys}
    known = [person for person in roster.people.values() if person.keys & wanted]
    if len(known) > 1:
        raise RosterError(f"{table.path}: {name or own} could be any of {_listed(known)}")
    id = known[0].id if known else own
    if not id:
        raise RosterError(
            f"{table.path}: no column gives the id of {name!r}; call one of them "
            "id, login, or email"
        )
    if BAD_ID.search(id):
        raise RosterError(f"{table.path}: {id!r} can't be an id, since it names a path")
    return Person(
        id,
        names={name} - {""},
        keys={_key(key) for key in keys},
        received=_received(row, zone),
        is_listed=True,
        details=_details(row, name),
    )


def _said(table: Table, row: dict[str, str]) -> tuple[set[str], list[str], str]:
    """Return a row's keys, its possible ids with the best first, and the name."""
    said = {name.casefold(): value.removeprefix("#").strip() for name, value in row.items()}
    is_canvas = CANVAS_MARK in said
    own = ["" if is_canvas and column == CANVAS_ID else said.get(column, "") for column in IDS]
    ids = [*own, *(said.get(column, "") for column in (*LOGINS, *NUMBERS, *EMAILS))]
    keys = {value for value in ids if value}
    if is_canvas and said.get(CANVAS_ID):
        keys.add(f"canvas {said[CANVAS_ID]}")
    if participant := re.search(r"\d+$", said.get(PARTICIPANT, "")):
        keys.add(f"participant {participant[0]}")
    whole = next((said[column] for column in NAMES if said.get(column)), "")
    parts = [
        next((said[column] for column in part if said.get(column)), "") for part in (FIRST, LAST)
    ]
    return keys, ids, whole or " ".join(filter(None, parts))


def _details(row: dict[str, str], name: str) -> Details:
    """Return what a row says about a student, by the gradebook's columns."""
    said = {column.casefold(): value for column, value in row.items()}
    last, comma, first = name.partition(",")
    if any(said.get(column) for column in (*FIRST, *LAST)):
        first = last = ""
    elif not comma:
        first, _, last = name.rpartition(" ")
    number = "lms_user_id" if CANVAS_MARK not in said else CANVAS_ID
    columns = {
        "first_name": (FIRST, first),
        "last_name": (LAST, last),
        "email": (EMAILS, ""),
        "lms_user_id": ((number,), ""),
    }
    found = {
        column: next((said[name] for name in names if said.get(name)), other).strip()
        for column, (names, other) in columns.items()
    }
    return {column: value for column, value in found.items() if value}


def _received(row: dict[str, str], zone: tzinfo | None) -> datetime | None:
    said = {name.casefold(): value for name, value in row.items()}
    text = next((said[column] for column in RECEIVED if said.get(column)), "")
    for form in RECEIVED_FORMS:
        try:
            local = datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
        return local.astimezone(UTC).replace(tzinfo=None)
    return time_of(text)


def _add(roster: Roster, person: Person) -> None:
    known = roster.people.setdefault(person.id, person)
    known.names |= person.names
    known.keys |= person.keys
    known.received = person.received
    known.is_listed, known.details = True, person.details


def _require_own_keys(file: Path, roster: Roster) -> None:
    owners: dict[str, str] = {}
    for person in roster.people.values():
        for key in person.keys:
            if owners.setdefault(key, person.id) != person.id:
                raise RosterError(f"{file}: {key!r} is both {owners[key]}'s and {person.id}'s")


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _exact(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _bare(text: str) -> str:
    """Return a text without accents, as tools limited to ASCII write it."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


def _words(name: str) -> tuple[str, ...]:
    """Return a name's words, sorted: "Doe, Ann" is "Ann Doe"."""
    return tuple(sorted(re.findall(r"\w+", name)))


def _squashed(form, names: Iterable[str]) -> set[str]:
    """Return names as Canvas may write them: last name first, without separators."""
    found = set()
    for name in names:
        last, comma, first = form(name).partition(",")
        orders = [last + first] if comma else _rotations(form(name).split())
        found |= {re.sub(r"\W", "", order) for order in orders}
    return found


def _rotations(words: list[str]) -> list[str]:
    return ["".join(words[n:] + words[:n]) for n in range(1, len(words) + 1)]


def _listed(people: Iterable[Person]) -> str:
    return ", ".join(sorted(person.id for person in people))
