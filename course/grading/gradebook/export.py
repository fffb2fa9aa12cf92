"""The class's scores as a table for spreadsheets and learning platforms (CSV).

Names are students' own words, and a spreadsheet takes a text that begins like a formula for one
and computes it. Such a text gets an apostrophe in front, which spreadsheets take for a text's mark.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
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
Number = Callable[[float | None], str]
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


# What Excel needs to see before it takes a file for UTF-8.
MARK = "\ufeff"


def table(
    root: Path, units: Sequence[str] = (), wide: bool = False, decimal_comma: bool = False
) -> str:
    """Return the scores of the class in `root` as CSV.

    One row a student and unit, empty scores where nothing was handed in. ValueError for nothing.

    units: only these.
    wide: a row for each student instead, a column for each unit, and their sum.
    decimal_comma: 12,5 and semicolons between columns, as spreadsheets of many countries have it.
    """
    # Databases have orders of their own.
    found = sorted(class_scores(course_folder.course_directory(root), units), key=_order)
    known = {one.unit for one in found}
    if missing := sorted(set(units) - known):
        raise ValueError(f"unit: nothing of {', '.join(missing)} is graded yet")
    if not found:
        raise ValueError("nothing is graded yet; run `course grade UNIT`")
    written = io.StringIO()
    number = partial(_number, point="," if decimal_comma else ".")
    rows = _wide(found, sorted(known), number) if wide else _long(found, number)
    csv.writer(written, delimiter=";" if decimal_comma else ",").writerows(rows)
    return written.getvalue()


def encoded(text: str, excel: bool = False) -> bytes:
    """Return a table's bytes in UTF-8; with a byte order mark for Excel."""
    return (MARK + text if excel else text).encode()


def _order(one: Score) -> tuple[str, str]:
    return one.student, one.unit


def _long(found: Iterable[Score], number: Number) -> Iterator[Sequence[str]]:
    yield COLUMNS
    for one in found:
        yield (
            _text(one.unit),
            _time(one.due),
            _time(one.received),
            *_who(one),
            number(one.raw_score),
            number(one.penalty if one.handed_in else None),
            number(one.score),
            number(one.max_score),
            str(one.waits),
        )


def _wide(found: Iterable[Score], units: Sequence[str], number: Number) -> Iterator[Sequence[str]]:
    yield (*WHO, *map(_text, units), "total")
    for _, its in groupby(found, key=lambda one: one.student):
        scores = {one.unit: one for one in its}
        numbers = [scores[unit].score for unit in units]
        given = [one for one in numbers if one is not None]
        total = sum(given) if given else None
        yield (*_who(scores[units[0]]), *map(number, numbers), number(total))


def _who(one: Score) -> tuple[str, ...]:
    return tuple(map(_text, (one.student, one.last_name, one.first_name, one.email)))


def _text(text: str | None) -> str:
    text = text or ""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _number(number: float | None, point: str) -> str:
    return "" if number is None else f"{number:.10g}".replace(".", point)


def _time(time: datetime | None) -> str:
    return "" if time is None else time.isoformat(sep=" ")
