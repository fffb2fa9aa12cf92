"""A report on the terminal; its words for numbers and times, which the page uses too."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import mean, median

from rich.box import SIMPLE
from rich.console import Group
from rich.table import Table
from rich.text import Text

from course.grading.gradebook.report import Report, Row, Student
from course.grading.gradebook.report_term import Result, TermReport, TermRow
from course.grading.limits import LISTED_STUDENTS
from course.terminal import listed, one_line

BAR = 15
MINUTE, HOUR, DAY = 60, 3600, 86400
Line = tuple[str, ...]


def rendered(report: Report) -> Group:
    """Return the report on a unit for a terminal (`rich.print` takes it)."""
    return Group(
        Text(f"{report.unit}: {summary(report)}", style="bold"),
        _table(
            "Exercises",
            ("exercise", "points", "mean share", "solved by", "discrimi-\nnation"),
            _exercises(report),
        ),
        _table("Known mistakes", ("made by", "exercise", "mistake"), _rows(report.mistakes)),
        _table("Two mistakes at once", ("made by", "exercise", "mistakes"), _rows(report.pairs)),
        _table(
            "Errors apart from known mistakes",
            ("met by", "exercise", "error"),
            _rows(report.errors),
        ),
        _table(
            "Students",
            ("student", "name", "score", "solved", "by hand", "late"),
            map(_student, report.students),
        ),
        _table("Remarks", ("student", "remarks"), _remarks(report)),
        *_missing(report),
    )


def term_rendered(report: TermReport) -> Group:
    """Return the report on a term for a terminal."""
    units = (
        (
            unit.unit,
            f"{unit.max_score:g}",
            f"{unit.submitted} of {len(report.students)}",
            percent(unit.mean_share),
            percent(unit.median_share),
            str(unit.late or ""),
            str(unit.by_hand or ""),
        )
        for unit in report.units
    )
    head = ("unit", "points", "submitted", "mean", "median", "late", "by hand")
    columns = ("student", *report.short_names, f"of {report.max_score:g}")
    return Group(
        Text(term_summary(report), style="bold"),
        _table("Units", head, units),
        _table("Students", columns, map(_term_row, report.students)),
        Text("* waits for a grade by hand", style="dim"),
    )


def summary(report: Report) -> str:
    """Return a unit's results in one sentence."""
    waiting = sum(student.by_hand for student in report.students)
    hand = f", {waiting} waiting for a grade by hand" if waiting else ""
    levels = f"; sandbox: {', '.join(report.levels)}" if report.levels else ""
    editions = f". {report.other_editions}" if report.other_editions else ""
    return f"{_distribution(report.shares)}{hand}{levels}{editions}"


def term_summary(report: TermReport) -> str:
    """Return a term's results in one sentence."""
    units = "unit" if len(report.units) == 1 else "units"
    return f"{len(report.units)} {units} graded: {_distribution(report.shares)} of all points"


def percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def correlation(number: float | None) -> str:
    return "–" if number is None else f"{number:.2f}".replace("-", "−")


def duration(time: timedelta) -> str:
    """Return how late a submission is, in its largest units: "2 d 3 h"."""
    seconds = int(time.total_seconds())
    if seconds <= 0:
        return ""
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // MINUTE
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    shown = [f"{count} {unit}" for count, unit in parts if count]
    return " ".join(shown[:2]) or "under 1 min"


def _distribution(shares: Sequence[float]) -> str:
    students = "student" if len(shares) == 1 else "students"
    return f"{len(shares)} {students}, mean {mean(shares):.0%}, median {median(shares):.0%}"


def _exercises(report: Report) -> Iterable[Line]:
    for row in report.exercises:
        yield (
            row.name,
            f"{row.points:g}",
            f"{'█' * round(row.mean_share * BAR):░<{BAR}} {row.mean_share:4.0%}",
            f"{row.solved} of {report.asked}",
            correlation(row.discrimination),
        )


def _rows(rows: Iterable[Row]) -> Iterable[Line]:
    for row in rows:
        lines = (row.what, row.message, listed(row.students, LISTED_STUDENTS))
        yield str(row.count), row.exercise, "\n".join(filter(None, lines))


def _student(student: Student) -> Line:
    return (
        one_line(student.name),
        one_line(student.full_name),
        f"{student.score:g} of {student.max_score:g}",
        str(student.solved),
        "waits" if student.by_hand else "",
        duration(student.late),
    )


def _remarks(report: Report) -> Iterable[Line]:
    for student in report.students:
        if remarks := student.problem or " ".join(student.oddities):
            yield one_line(student.name), remarks


def _missing(report: Report) -> Iterable[Text]:
    if report.ungraded:
        names = listed([person.id for person in report.ungraded], LISTED_STUDENTS)
        yield Text(f"Submitted, but not graded yet: {names}")
    if report.absent:
        names = listed([person.id for person in report.absent], LISTED_STUDENTS)
        yield Text(f"Submitted nothing: {names}")


def _term_row(row: TermRow) -> Line:
    return one_line(row.person.id), *map(_points, row.results), _rounded(row.total)


def _points(result: Result) -> str:
    return f"{_rounded(result.score)}{'*' if result.by_hand else ''}"


def _rounded(score: float | None) -> str:
    return "" if score is None else f"{round(score, 1):g}"


def _table(title: str, columns: Line, lines: Iterable[Line]) -> Table | Text:
    lines = list(lines)
    if not lines:
        return Text(f"{title}: none", style="dim")
    # A column without any text, such as names before a roster is known, is left out.
    kept = [number for number, _ in enumerate(columns) if any(line[number] for line in lines)]
    table = Table(
        *(columns[number] for number in kept),
        title=f"\n{title}",
        title_justify="left",
        title_style="bold",
        box=SIMPLE,
    )
    for line in lines:
        table.add_row(*(_cell(line[number]) for number in kept))
    return table


def _cell(text: str) -> Text:
    shown = Text(text)
    shown.highlight_regex(r"█+", "green")
    shown.highlight_regex(r"^\w+(?=\n)", "bold yellow")
    return shown
