"""A report as one HTML page with no other files: tables to sort, bars, names, links to feedback.

Names, file names and remarks are students' texts. Jinja escapes them, control characters are taken
out, and the page's own policy lets a browser run no script but the page's.
"""

import hashlib
import os
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from course.grading.gradebook.report import BINS, FEWEST_STUDENTS, Report, histogram
from course.grading.gradebook.report_term import TermReport
from course.grading.gradebook.report_text import (
    correlation,
    duration,
    percent,
    summary,
    term_summary,
)
from course.grading.parallel.versions import versions
from course.terminal import plain

TEMPLATES = Path(__file__).with_name("templates")


def report_page(report: Report, place: Path = Path()) -> str:
    """Return the report on a unit as a page.

    place: the folder the page is for, since it links to the students' feedback pages.
    """
    students = {student.name: student for student in report.students}
    return _page(
        "unit.html.j2",
        report,
        place,
        title=f"{report.unit}: class report",
        summary=summary(report),
        students=students,
        late=sorted(
            (one for one in students.values() if one.late), key=lambda one: one.late, reverse=True
        ),
        waiting=[one for one in students.values() if one.by_hand],
        unread=[one for one in students.values() if one.problem],
        fewest=FEWEST_STUDENTS,
    )


def term_page(report: TermReport, place: Path = Path()) -> str:
    """Return the report on a term as a page."""
    return _page(
        "term.html.j2",
        report,
        place,
        title="Class report: all units",
        summary=term_summary(report),
        unit_columns=[[name, "number"] for name in report.short_names],
    )


def _page(template: str, report: Report | TermReport, place: Path, **more: Any) -> str:
    counts = histogram(report.shares)
    script, now = _file("page.js"), datetime.now().astimezone()
    return (
        _environment()
        .get_template(template)
        .render(
            report=report,
            histogram=counts,
            histogram_text=_in_words(counts),
            link=_linker(place),
            date=f"{now.day} {now:%B %Y, %H:%M %Z}",
            version=versions()["course"],
            style=_file("page.css"),
            script=script,
            script_hash=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            **more,
        )
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_control_characters,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {
        "correlation": correlation,
        "duration": duration,
        "number": lambda number: "" if number is None else f"{number:g}",
        "percent": percent,
    }
    return made


def _without_control_characters(value: Any) -> Any:
    return plain(value) if type(value) is str else value


def _file(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


def _linker(place: Path) -> Callable[[Path], str]:
    here = place.resolve()
    return lambda page: quote(Path(os.path.relpath(page, here)).as_posix())


def _in_words(counts: list[int]) -> str:
    """Return a histogram for readers who don't see it."""
    said = [
        f"{100 * number // BINS} to {100 * (number + 1) // BINS}%: {count}"
        for number, count in enumerate(counts)
        if count
    ]
    return f"Number of students by their share of all points. {'; '.join(said)}."
