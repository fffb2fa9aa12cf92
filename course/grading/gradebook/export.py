"""The class's scores as a table for spreadsheets and learning platforms (CSV).

Names are students' own words, and a spreadsheet takes a text that begins like a formula for one
and computes it. Such a text gets an apostrophe in front, which spreadsheets take for a text's mark.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from course.grading import course_folder
from course.grading.gradebook.scores import Score, class_scores

# As nbgrader's own export calls them, for the sake of what reads it.
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
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def table(root: Path, units: Sequence[str] = (), wide: bool = False) -> str:
    """Return the scores of the class in `root` as CSV.

    One row a student and unit, empty scores where nothing was handed in. ValueError for nothing.

    units: only these.
    wide: a row for each student instead, a column for each unit, and their sum.
    """
    # Databases have orders of their own.
    found = sorted(class_scores(course_folder.course_directory(root), units), key=_order)
    known = {one.unit for one in found}
    if missing := sorted(set(units) - known):
        raise ValueError(f"unit: nothing of {', '.join(missing)} is graded yet")
    if not found:
        raise ValueError("nothing is graded yet; run `course grade UNIT`")
    written = io.StringIO()
    rows = _wide(found, sorted(known)) if wide else _long(found)
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _order(one: Score) -> tuple[str, str]:
    return one.student, one.unit


def _long(found: Iterable[Score]) -> Iterator[Sequence[str]]:
    yield COLUMNS
    for one in found:
        yield (
            _text(one.unit),
            _time(one.due),
            _time(one.received),
            *_who(one),
            _number(one.raw_score),
            _number(one.penalty if one.handed_in else None),
            _number(one.score),
            _number(one.max_score),
            str(one.waits),
        )


def _wide(found: Iterable[Score], units: Sequence[str]) -> Iterator[Sequence[str]]:
    yield (*WHO, *map(_text, units), "total")
    for _, its in groupby(found, key=lambda one: one.student):
        scores = {one.unit: one for one in its}
        numbers = [scores[unit].score for unit in units]
        total = sum(number for number in numbers if number is not None)
        yield (*_who(scores[units[0]]), *map(_number, numbers), _number(total))


def _who(one: Score) -> tuple[str, ...]:
    return tuple(map(_text, (one.student, one.last_name, one.first_name, one.email)))


def _text(text: str | None) -> str:
    text = text or ""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:.10g}"


def _time(time: datetime | None) -> str:
    return "" if time is None else time.isoformat(sep=" ")
