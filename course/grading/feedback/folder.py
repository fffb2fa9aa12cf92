"""A student's feedback folder: the pages, and beside them the files that nbgrader keeps there.

A page says what it was made from: the graded notebook, the marks in the gradebook, the layout. So
it shows when it is out of date, and is renewed without grading anything again.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SQLAlchemyError

from course.exercises.engine.near_names import unknown
from course.grading import RefusedError, StoppedError
from course.grading.atomic_folder import replace_folder
from course.grading.feedback import TEMPLATES
from course.grading.feedback.page import feedback_page
from course.grading.gradebook.connection import exists, unusable
from course.grading.gradebook.ledger import Ledger, Marks, open_ledger
from course.grading.limits import MADE_FROM_BYTES, STAMP_BYTES
from course.grading.locks import alone
from course.grading.submission.submitted import SECRET, TIMESTAMP, read

MADE_FROM = re.compile(rb'<meta name="made-from" content="([0-9a-f]{64})">')
NO_PAGE = """<!DOCTYPE html>
<meta charset="utf-8"><title>{name}</title>
<p>{name}: {score:g} of {most:g} points.
The page with the notebook could not be made. Please ask your instructor for it.</p>
"""


@dataclass
class Renewed:
    """What became of a class's pages: the students of each kind."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    not_graded: list[str] = field(default_factory=list)


def renew_class(coursedir: CourseDirectory, unit: str, students: Sequence[str] = ()) -> Renewed:
    """Renew the pages of a unit that are out of date, or those of `students` alone.

    It can be stopped at any moment, and goes on from there when run again. RefusedError if nothing
    is graded yet.
    """
    nothing = f"{unit}: nothing is graded yet; run `course grade {unit}` first"
    try:
        if not exists(coursedir.db_url):
            raise RefusedError(nothing)
        with alone(coursedir, unit), open_ledger(coursedir, unit) as ledger:
            known = ledger.students()
            if strangers := sorted(set(students) - known):
                raise unknown(f"student with a grade in {unit}", strangers[0], known)
            if not known:
                raise RefusedError(nothing)
            result = Renewed()
            for student in sorted(students or known):
                getattr(result, renew(coursedir, unit, student, ledger)).append(student)
            return result
    except MissingEntry:
        raise RefusedError(nothing) from None
    except (SQLAlchemyError, ImportError) as error:
        raise unusable(coursedir.db_url, error) from error


def renew(coursedir: CourseDirectory, unit: str, student: str, ledger: Ledger) -> str:
    """Renew a student's pages if any is out of date; return which list of `Renewed` it is for.

    StoppedError if they can't be written, or the gradebook not read.
    """
    try:
        return _renew(coursedir, unit, student, ledger)
    except (OSError, SQLAlchemyError) as error:
        why = str(error).splitlines()[0]
        raise StoppedError(
            f"The feedback of {student} could not be renewed: {why}. "
            "Fix that, then run the same command again."
        ) from error


def _renew(coursedir: CourseDirectory, unit: str, student: str, ledger: Ledger) -> str:
    graded = Path(coursedir.format_path(coursedir.autograded_directory, student, unit))
    marks = ledger.marks(student)
    notebooks = {}
    for name in marks:
        try:
            notebooks[name] = (graded / f"{name}.ipynb").read_bytes()
        except OSError:
            return "not_graded"
    if not notebooks:
        return "not_graded"
    folder = Path(coursedir.format_path(coursedir.feedback_directory, student, unit))
    beside = kept_beside(graded)
    made_from = {name: _made_from(notebooks[name], marks[name]) for name in notebooks}
    if beside == kept_beside(folder) and made_from == {n: _said(folder, n) for n in made_from}:
        return "unchanged"
    try:
        parsed = {name: nbformat.reads(its.decode(), 4) for name, its in notebooks.items()}
    except Exception:
        # A damaged notebook has many ways to fail; grading makes it anew.
        return "not_graded"
    write(coursedir, unit, student, parsed, notebooks, marks, beside)
    return "written"


def write(
    coursedir: CourseDirectory,
    unit: str,
    student: str,
    notebooks: Mapping[str, NotebookNode],
    contents: Mapping[str, bytes],
    marks: Mapping[str, Marks],
    beside: Mapping[str, bytes],
) -> None:
    """Replace a student's feedback folder in one step.

    notebooks, contents: the graded notebooks by name, and the same as the content of their files.
    beside: what nbgrader keeps beside them.
    """
    pages = {
        f"{name}.html": _page(
            coursedir, notebook, name, marks[name], _made_from(contents[name], marks[name])
        )
        for name, notebook in notebooks.items()
    }
    folder = Path(coursedir.format_path(coursedir.feedback_directory, student, unit))
    replace_folder(folder, pages | beside, 0o644)


def pages(coursedir: CourseDirectory, unit: str, students: Iterable[str]) -> dict[str, list[Path]]:
    """Return the files of each student's pages."""
    folders = {
        student: Path(coursedir.format_path(coursedir.feedback_directory, student, unit))
        for student in students
    }
    return {student: sorted(folder.glob("*.html")) for student, folder in folders.items()}


def kept_beside(folder: Path) -> dict[str, bytes]:
    """Return what the exchange put beside a submission, which nbgrader takes from step to step.

    `nbgrader release_feedback` needs both files: the secret names the page's file in the exchange.
    """
    found = {name: read(folder, name, STAMP_BYTES)[0] for name in (TIMESTAMP, SECRET)}
    return {name: content for name, content in found.items() if content is not None}


def _page(
    coursedir: CourseDirectory, notebook: NotebookNode, name: str, marks: Marks, made_from: str
) -> bytes:
    try:
        return feedback_page(coursedir, notebook, name, marks, made_from).encode()
    except Exception:
        # Scores are saved already, and what stops the page now would stop it on every run.
        return NO_PAGE.format(name=escape(name), score=marks.score, most=marks.max_score).encode()


def _made_from(notebook: bytes, marks: Marks) -> str:
    """Return a digest of everything that a page shows."""
    digest = hashlib.sha256(_layout())
    digest.update(hashlib.sha256(notebook).digest())
    shown = [marks.scores, marks.comments, marks.late_penalty, sorted(marks.waiting)]
    digest.update(json.dumps(shown, sort_keys=True).encode())
    return digest.hexdigest()


@cache
def _layout() -> bytes:
    files = sorted(TEMPLATES.rglob("*.*"))
    return b"".join(path.read_bytes() for path in files)


def _said(folder: Path, name: str) -> str | None:
    """Return what a page says that it was made from; None without such a page."""
    try:
        with (folder / f"{name}.html").open("rb") as file:
            found = MADE_FROM.search(file.read(MADE_FROM_BYTES))
    except OSError:
        return None
    return found[1].decode() if found else None
