"""The class's scores as a table for spreadsheets and learning platforms (CSV).

Students choose their names, and a spreadsheet evaluates a text that begins like a formula. Such a
text gets an apostrophe in front, which tells spreadsheets that it is text.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from course.grading import course_folder
from course.grading.gradebook.scores import Score, class_scores
from course.terminal import plain

# The names of nbgrader's own export, for programs that read it.
COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "needs_manual_grade",
)
WHO = ("student_id", "last_name", "first_name", "email")
Value = str | float | bool | datetime | None
FORMULA = tuple("=+-@\t\r\n＝＋－＠")

# Excel reads a file as UTF-8 only if it begins with this.
MARK = "\ufeff"


def table(
    root: Path, units: Sequence[str] = (), wide: bool = False, decimal_comma: bool = False
) -> str:
    """Return the scores of the class in `root` as CSV.

    One row per student and unit, with empty scores if nothing was submitted. ValueError if nothing
    is graded.

    units: only these.
    wide: a row for each student instead, a column for each unit, and their sum.
    decimal_comma: 12,5 and semicolons between columns, the format in many countries.
    """
    # Collations differ between SQLite and PostgreSQL, so sort here.
    found = sorted(class_scores(course_folder.course_directory(root), units), key=_order)
    known = {score.unit for score in found}
    if missing := sorted(set(units) - known):
        raise ValueError(f"unit: nothing of {', '.join(missing)} is graded yet")
    if not found:
        raise ValueError("nothing is graded yet; run `course grade UNIT`")
    return as_csv(_wide(found, sorted(known)) if wide else _long(found), decimal_comma)


def as_csv(rows: Iterable[Sequence[Value]], decimal_comma: bool = False) -> str:
    """Return rows of values as CSV: numbers, times, and texts that no spreadsheet evaluates."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if decimal_comma else ",")
    point = "," if decimal_comma else "."
    writer.writerows([_cell(value, point) for value in row] for row in rows)
    return written.getvalue()


def encoded(text: str, excel: bool = False) -> bytes:
    """Return a table's bytes in UTF-8; with a byte order mark for Excel."""
    return (MARK + text if excel else text).encode()


def _order(score: Score) -> tuple[str, str]:
    return score.student, score.unit


def _long(found: Iterable[Score]) -> Iterator[Sequence[Value]]:
    yield COLUMNS
    for score in found:
        yield (
            score.unit,
            score.due,
            score.received,
            *_who(score),
            score.raw_score,
            score.penalty if score.is_submitted else None,
            score.score,
            score.max_score,
            bool(score.waits),
        )


def _wide(found: Iterable[Score], units: Sequence[str]) -> Iterator[Sequence[Value]]:
    yield (*WHO, *units, "total")
    for _, its_scores in groupby(found, key=lambda score: score.student):
        scores = {score.unit: score for score in its_scores}
        totals = [scores[unit].score for unit in units]
        given = [points for points in totals if points is not None]
        yield (*_who(scores[units[0]]), *totals, sum(given) if given else None)


def _who(score: Score) -> tuple[Value, ...]:
    return score.student, score.last_name, score.first_name, score.email


def _cell(value: Value, point: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case int() | float():
            return f"{value:.10g}".replace(".", point)
        case datetime():
            return value.isoformat(sep=" ")
    text = plain(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
