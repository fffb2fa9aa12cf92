"""Put a platform's download into submitted/: first a plan to show, then its execution.

A student's folder is replaced as a whole or not at all, and work that is already there is not
written again. So an interrupted run that is repeated has the same result as an uninterrupted run.
"""

import glob
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from course.grading import course_folder
from course.grading.limits import FILE_BYTES, LISTED_NOTEBOOKS
from course.grading.locks import alone
from course.grading.notebook.lesson import Lesson, lesson_of, written
from course.grading.notebook.reading import UnreadableError, read_notebook
from course.grading.platforms.archive import Download, Entry
from course.grading.platforms.layout import Claim, Layout
from course.grading.platforms.roster import Person, Roster
from course.grading.private_files import folder_mode, make_private_folder, make_private_folders
from course.grading.released import released_notebook
from course.grading.submission.choice import Candidate, best_of
from course.grading.submission.receipts import Receipt, digest
from course.grading.submission.submitted import (
    TIMESTAMP,
    is_notebook,
    printable_name,
    read,
    received,
)
from course.terminal import listed

NEW, REPLACES, THERE, LATER, NOTHING = (
    "new",
    "replaces an earlier submission",
    "already there",
    "a later submission is there",
    "nothing of this unit",
)


@dataclass(frozen=True)
class Upload:
    """A notebook that was uploaded.

    lesson: its lesson; None if the notebook can't be read or belongs to no lesson.
    work: how many of its cells hold answers.
    order: grows with time within one attempt.
    """

    entry: Entry
    key: str
    file: str
    claim: Claim
    received: datetime | None
    late: bool
    order: int
    lesson: Lesson | None
    problem: str
    work: int


@dataclass
class Row:
    """The plan for one student's uploads; `files` is empty if there is nothing to write."""

    student: str
    name: str
    state: str
    uploads: list[Upload] = field(default_factory=list)
    files: dict[str, Entry] = field(default_factory=dict)
    received: datetime | None = None
    late: bool = False
    remarks: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def is_written(self) -> bool:
        return self.state in (NEW, REPLACES)


@dataclass
class Plan:
    """The plan for a download.

    rows: one for each student who uploaded something.
    strangers: uploads whose author isn't known, with the reason.
    silent: the students of the roster who uploaded nothing.
    links: links in the download, which are not followed.
    """

    layout: Layout
    rows: list[Row]
    strangers: list[tuple[str, str]]
    silent: list[str]
    links: tuple[str, ...] = ()


def plan(
    coursedir: CourseDirectory,
    unit: str,
    download: Download,
    layout: Layout,
    roster: Roster,
    zone: tzinfo | None = UTC,
) -> Plan:
    """Find out what a download holds for `unit`, without writing anything.

    zone: the time zone of the times in the download's names; None for this computer's.
    """
    names = course_folder.notebook_names(coursedir, unit)
    released = {name: released_notebook(coursedir, unit, name) for name in names}
    found = uploads_in(download, layout, course_folder.lessons(coursedir), unit, released, zone)
    uploads: dict[str, list[Upload]] = {}
    strangers: dict[str, str] = {}
    for upload in found:
        match = roster.find(upload.claim)
        if match.person is None:
            strangers[upload.key] = f"{upload.claim} {match.why}"
        else:
            uploads.setdefault(match.person.id, []).append(upload)
    rows = [
        _row(coursedir, unit, names, layout, roster.people[student], its)
        for student, its in sorted(uploads.items())
    ]
    for student, others in _without_notebook(download, layout, roster).items():
        if student not in uploads:
            note = f"no notebook, but {listed(others, LISTED_NOTEBOOKS)}"
            rows.append(Row(student, roster.people[student].shown, NOTHING, note=note))
    rows.sort(key=lambda row: row.student)
    silent = sorted(set(roster.people) - {row.student for row in rows})
    return Plan(layout, rows, sorted(strangers.items()), silent, download.links)


def save(coursedir: CourseDirectory, unit: str, found: Plan) -> None:
    """Carry out the plan, one student after the other."""
    with alone(coursedir, unit):
        make_private_folders(coursedir)
        for row in found.rows:
            if row.is_written:
                _save(coursedir, unit, found.layout, row)


def _save(coursedir: CourseDirectory, unit: str, layout: Layout, row: Row) -> None:
    contents = {name: entry.read(FILE_BYTES + 1) for name, entry in row.files.items()}
    used = row.uploads[-1]
    Receipt(
        platform=layout.name,
        upload=used.key,
        keys=used.claim.keys,
        digests={name: digest(content) for name, content in contents.items()},
        remarks=tuple(row.remarks),
    ).save(coursedir, unit, row.student)
    if row.received is not None:
        contents[TIMESTAMP] = f"{row.received:%Y-%m-%d %H:%M:%S.%f} UTC".encode()
    folder = _folder(coursedir, unit, row.student)
    make_private_folder(coursedir, folder.parent)
    _replace(folder, contents, folder_mode(coursedir))


def uploads_in(
    download: Download,
    layout: Layout,
    known: Iterable[Lesson],
    unit: str,
    released: Mapping[str, Mapping[str, Any]],
    zone: tzinfo | None,
) -> Iterator[Upload]:
    """Yield all notebooks in a download, of known and unknown authors."""
    index = layout.index(download)
    for entry in download.entries:
        found = layout.upload.search(entry.path)
        file = found["file"] if found else None
        if not file or not is_notebook(file):
            continue
        key = found["upload"]
        local = layout.time(found)
        when = index.received.get(key) or (local and local.replace(tzinfo=zone).astimezone(UTC))
        said = found.groupdict()
        of, problem, work = _looked_at(entry, file, known, unit, released)
        yield Upload(
            entry=entry,
            key=key,
            file=file.rpartition("/")[2],
            claim=index.claims.get(key) or layout.claim(found),
            received=when.replace(tzinfo=None) if when else None,
            late=bool(said.get("late")),
            order=int(said.get("order") or 0),
            lesson=of,
            problem=problem,
            work=work,
        )


def _without_notebook(download: Download, layout: Layout, roster: Roster) -> dict[str, list[str]]:
    """Return the files that are no notebooks, such as zips, by the student who uploaded them."""
    index = layout.index(download)
    others: dict[str, list[str]] = {}
    for entry in download.entries:
        found = layout.upload.search(entry.path)
        if not found or not found["file"] or is_notebook(found["file"]):
            continue
        match = roster.find(index.claims.get(found["upload"]) or layout.claim(found))
        if match.person is not None:
            others.setdefault(match.person.id, []).append(printable_name(entry.name))
    return others


def _looked_at(
    entry: Entry,
    file: str,
    known: Iterable[Lesson],
    unit: str,
    released: Mapping[str, Mapping[str, Any]],
) -> tuple[Lesson | None, str, int]:
    try:
        notebook = read_notebook(entry.read(FILE_BYTES + 1), printable_name(file))
    except UnreadableError as error:
        return None, str(error), 0
    of = lesson_of(notebook, known)
    ours = of is not None and of.unit == unit
    return of, "", written(notebook, released[of.name]) if ours else 0


def _row(
    coursedir: CourseDirectory,
    unit: str,
    names: list[str],
    layout: Layout,
    person: Person,
    uploads: list[Upload],
) -> Row:
    row = Row(person.id, person.shown, NOTHING)
    last, earlier = _last_attempt(unit, names, layout, uploads)
    for name in names:
        chosen = chosen_of(unit, name, names, last, row.remarks)
        if chosen is not None:
            row.uploads.append(chosen)
            row.files[f"{name}.ipynb"] = chosen.entry
    if not row.files:
        row.note = "; ".join(sorted({_what(upload) for upload in uploads}))
        return row
    times = [upload.received for upload in row.uploads if upload.received]
    row.received = max(times, default=person.received)
    row.late = any(upload.late for upload in row.uploads)
    if not any(upload.work for upload in row.uploads) and any(upload.work for upload in earlier):
        row.note = "the last upload is blank, an earlier upload isn't"
    row.note = row.note or "; ".join(upload.problem for upload in row.uploads if upload.problem)
    row.state = _state(_folder(coursedir, unit, person.id), row)
    return row


def _last_attempt(
    unit: str, names: list[str], layout: Layout, uploads: list[Upload]
) -> tuple[list[Upload], list[Upload]]:
    """Return the last attempt with a notebook of this unit, and the uploads before it."""
    attempts: dict[Any, list[Upload]] = {}
    for upload in uploads:
        if layout.one_attempt:
            attempts.setdefault("", []).append(upload)
        else:
            attempts.setdefault((upload.received or datetime.min, upload.key), []).append(upload)
    inside = [its for _, its in sorted(attempts.items()) if any(_fits(unit, u, its) for u in its)]
    if not inside:
        return [], []
    return inside[-1], [upload for its in inside[:-1] for upload in its]


def _fits(unit: str, upload: Upload, attempt: list[Upload]) -> bool:
    """Whether a notebook is of this unit; an unreadable file is if it is the attempt's only one."""
    if upload.lesson is not None:
        return upload.lesson.unit == unit
    return unit.casefold() in upload.file.casefold() or (bool(upload.problem) and len(attempt) == 1)


def chosen_of(
    unit: str, name: str, names: list[str], attempt: list[Upload], remarks: list[str]
) -> Upload | None:
    """Return an attempt's notebook called `name`: the last of those that hold work."""
    found = [upload for upload in attempt if _fits(unit, upload, attempt)]
    if len(names) > 1:
        found = [
            upload
            for upload in found
            if (
                upload.lesson.name == name
                if upload.lesson
                else name.casefold() in upload.file.casefold()
            )
        ]
    if not found:
        return None
    candidates = [Candidate(upload.file, upload.work, upload.order) for upload in found]
    best, said = best_of(candidates, f"{name}.ipynb")
    remarks += said
    return found[best]


def _what(upload: Upload) -> str:
    if upload.lesson is not None:
        return f"{printable_name(upload.file)} is the notebook of {upload.lesson.unit}"
    return upload.problem or f"{printable_name(upload.file)} is not a notebook of this course"


def _state(folder: Path, row: Row) -> str:
    if not os.path.lexists(folder):
        return NEW
    if folder.is_symlink() or not folder.is_dir():
        return REPLACES
    there = received(folder)
    if there and row.received and there > row.received:
        return LATER
    # A time that the instructor entered by hand is kept as long as the work is the same.
    same = row.received in (None, there) and all(
        read(folder, name, FILE_BYTES + 1)[0] == entry.read(FILE_BYTES + 1)
        for name, entry in row.files.items()
    )
    return THERE if same else REPLACES


def _folder(coursedir: CourseDirectory, unit: str, student: str) -> Path:
    return Path(coursedir.root, coursedir.submitted_directory, student, unit)


def _replace(folder: Path, files: Mapping[str, bytes], mode: int) -> None:
    """Replace the folder's contents with `files` in one step; it never holds only some of them."""
    for left in folder.parent.glob(f".{glob.escape(folder.name)}-*"):
        # An earlier run was stopped at this very point.
        shutil.rmtree(left)
    # Only its owner can read a temporary folder.
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    for name, content in files.items():
        (fresh / name).write_bytes(content)
    fresh.chmod(mode)
    if os.path.lexists(folder):
        old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
        folder.rename(old / folder.name)
        fresh.rename(folder)
        shutil.rmtree(old)
    else:
        fresh.rename(folder)
