"""The class report: scores, results by exercise, and how many students made each known mistake.

Mistakes, pairs of mistakes, and errors apart from them are counted separately.

Scores are from the gradebook, so that grades given by hand count; the rest is noted in the
autograded notebooks.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import mean, median
from typing import Any

from rich.box import SIMPLE
from rich.console import Group
from rich.table import Table
from rich.text import Text

from course.exercises.units import exercises_of
from course.grading import course_folder
from course.grading.gradebook.notes import edition_of, notes, other_editions
from course.grading.gradebook.scores import Score, class_scores
from course.terminal import plain

BAR = 20


@dataclass(frozen=True)
class Student:
    """One student's score, and what was noted about the submission."""

    name: str
    score: float
    max_score: float
    by_hand: bool
    solved: int
    problem: str | None
    oddities: tuple[str, ...]


@dataclass(frozen=True)
class ExerciseRow:
    """One exercise: how many students solved it, and the share of its questions they got right."""

    name: str
    points: float
    solved: int
    mean_share: float


@dataclass(frozen=True)
class MistakeRow:
    """One known mistake and how many students made it."""

    exercise: str
    name: str
    message: str
    count: int


@dataclass(frozen=True)
class Row:
    """Something else that several answers have in common, and in how many it is."""

    exercise: str
    what: str
    count: int


@dataclass(frozen=True)
class Report:
    """A class's results in one unit."""

    unit: str
    students: tuple[Student, ...]
    exercises: tuple[ExerciseRow, ...]
    mistakes: tuple[MistakeRow, ...]
    pairs: tuple[Row, ...]
    errors: tuple[Row, ...]
    levels: tuple[str, ...]
    other_editions: str | None


def class_report(root: Path, unit: str) -> Report:
    """Gather the results of a unit in the course folder `root`; ValueError if there are none."""
    coursedir = course_folder.course_directory(root)
    submitted = (score for score in class_scores(coursedir, [unit]) if score.is_submitted)
    # Databases return rows in any order.
    scores = sorted(submitted, key=lambda score: score.student)
    if not scores:
        raise ValueError(f"unit: nothing of {unit!r} is graded yet; run `course grade {unit}`")
    noted = {score.student: notes(coursedir, unit, score.student).values() for score in scores}
    all_notes = [note for its_notes in noted.values() for note in its_notes]
    results = [result for note in all_notes for result in note["exercises"]]
    return Report(
        unit=unit,
        students=tuple(_student(score, noted[score.student]) for score in scores),
        exercises=tuple(_exercises(results)),
        mistakes=tuple(mistake_rows(unit, results)),
        pairs=tuple(pair_rows(unit, results)),
        errors=tuple(error_rows(unit, results)),
        levels=tuple(sorted({note["level"] for note in all_notes if note["level"]})),
        other_editions=other_editions(
            unit, Counter(edition_of(its_notes) for its_notes in noted.values() if its_notes)
        ),
    )


def rendered(report: Report) -> Group:
    """Return the report for a terminal (`rich.print` takes it)."""
    return Group(
        _heading(f"{report.unit}: {_summary(report)}"),
        _table(_exercise_table(report)),
        _table(_mistake_table(report)),
        _table(_pair_table(report)),
        _table(_error_table(report)),
        _table(_student_table(report)),
    )


def report_page(report: Report) -> str:
    """Return the report as one HTML page with no other files."""
    tables = [
        _exercise_table(report),
        _mistake_table(report),
        _pair_table(report),
        _error_table(report),
        _student_table(report),
    ]
    body = "\n".join(map(_html_table, tables))
    title = escape(f"{report.unit}: class report")
    return PAGE.format(title=title, summary=escape(_summary(report)), body=body)


# ---------------------------------------------------------------------------------------- gathering


def _student(score: Score, notes: Collection[dict[str, Any]]) -> Student:
    return Student(
        name=score.student,
        score=score.score,
        max_score=score.max_score,
        by_hand=score.waits,
        solved=sum(result["share"] == 1.0 for note in notes for result in note["exercises"]),
        problem=next((note["problem"] for note in notes if note["problem"]), None),
        oddities=tuple(oddity for note in notes for oddity in note["oddities"]),
    )


def _exercises(results: list[dict[str, Any]]) -> Iterator[ExerciseRow]:
    for name in dict.fromkeys(result["exercise"] for result in results):
        its_results = [result for result in results if result["exercise"] == name]
        shares = [result["share"] for result in its_results]
        solved = sum(share == 1.0 for share in shares)
        yield ExerciseRow(name, its_results[0]["points"], solved, mean(shares))


Results = Iterable[Mapping[str, Any]]


def mistake_rows(unit: str, results: Results) -> list[MistakeRow]:
    """Return the known mistakes that were made, alone or with another, the most frequent first.

    Equally frequent ones are in the order of the unit's exercises, then of their names.

    results: for each student and exercise, as the autograded notebook notes it.
    """
    known = {exercise.name: exercise.info.mistakes for exercise in exercises_of(unit)}
    rows = []
    for (exercise, name), count in _counted(unit, results, lambda result: result["ideas"]):
        mistake = known.get(exercise, {}).get(name)
        rows.append(MistakeRow(exercise, name, mistake.message if mistake else "", count))
    return rows


def pair_rows(unit: str, results: Results) -> list[Row]:
    """Return the pairs of known mistakes that were made, in the order of `mistake_rows`."""

    def pair(result: Mapping[str, Any]) -> list[str]:
        return [" + ".join(result["ideas"])] if len(result["ideas"]) > 1 else []

    return [Row(*made, count) for made, count in _counted(unit, results, pair)]


def error_rows(unit: str, results: Results) -> list[Row]:
    """Return how answers failed apart from known mistakes, in the order of `mistake_rows`."""
    counted = _counted(unit, results, lambda result: result["writing"])
    return [Row(*met, count) for met, count in counted]


def _counted(
    unit: str, results: Results, what: Callable[[Mapping[str, Any]], Iterable[str]]
) -> list[tuple[tuple[str, str], int]]:
    order = {exercise.name: number for number, exercise in enumerate(exercises_of(unit))}
    found = Counter((result["exercise"], name) for result in results for name in what(result))
    return sorted(
        found.items(),
        key=lambda item: (-item[1], order.get(item[0][0], len(order)), *item[0]),
    )


# ------------------------------------------------------------------------------------------ showing

Rows = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def _summary(report: Report) -> str:
    students = report.students
    shares = [
        student.score / student.max_score if student.max_score else 0.0 for student in students
    ]
    waiting = sum(student.by_hand for student in students)
    hand = f", {waiting} waiting for a grade by hand" if waiting else ""
    middle = f"mean {mean(shares):.0%}, median {median(shares):.0%}"
    levels = f"; sandbox: {', '.join(report.levels)}" if report.levels else ""
    editions = f". {report.other_editions}" if report.other_editions else ""
    return f"{len(shares)} students, {middle}{hand}{levels}{editions}"


def _exercise_table(report: Report) -> Rows:
    count = len(report.students)
    rows = [
        (row.name, f"{row.points:g}", f"{row.solved} of {count}", _bar(row.solved / count))
        for row in report.exercises
    ]
    return "Exercises", ("exercise", "points", "solved by", ""), rows


def _mistake_table(report: Report) -> Rows:
    rows = [(str(row.count), row.exercise, f"{row.name}\n{row.message}") for row in report.mistakes]
    return "Known mistakes", ("made by", "exercise", "mistake"), rows


def _pair_table(report: Report) -> Rows:
    rows = [(str(row.count), row.exercise, row.what) for row in report.pairs]
    return "Two mistakes at once", ("made by", "exercise", "mistakes"), rows


def _error_table(report: Report) -> Rows:
    rows = [(str(row.count), row.exercise, row.what) for row in report.errors]
    return "Errors apart from known mistakes", ("met by", "exercise", "error"), rows


def _student_table(report: Report) -> Rows:
    rows = [
        (
            student.name,
            f"{student.score:g} of {student.max_score:g}",
            str(student.solved),
            "waits" if student.by_hand else "",
            student.problem or "\n".join(student.oddities),
        )
        for student in report.students
    ]
    return "Students", ("student", "score", "solved", "by hand", "remarks"), rows


def _bar(share: float) -> str:
    return f"{'█' * round(share * BAR):░<{BAR}} {share:4.0%}"


def _heading(text: str) -> Text:
    return Text(text, style="bold")


def _table(rows: Rows) -> Table | Text:
    title, columns, lines = rows
    if not lines:
        return Text(f"{title}: none", style="dim")
    table = Table(
        *columns, title=f"\n{title}", title_justify="left", title_style="bold", box=SIMPLE
    )
    for line in lines:
        table.add_row(*map(_cell, line))
    return table


def _cell(text: str) -> Text:
    shown = Text(text)
    shown.highlight_regex(r"█+", "green")
    shown.highlight_regex(r"^\w+(?=\n)", "bold yellow")
    return shown


def _html_table(rows: Rows) -> str:
    title, columns, lines = rows
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "\n".join("<tr>" + "".join(map(_html_cell, line)) + "</tr>" for line in lines)
    return f"<h2>{escape(title)}</h2>\n<table>\n<tr>{head}</tr>\n{body}\n</table>"


def _html_cell(text: str) -> str:
    return f"<td>{escape(plain(text)).replace(chr(10), '<br>')}</td>"


PAGE = """\
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.45 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; vertical-align: top; padding: .25em .8em .25em 0;
  border-bottom: 1px solid #ddd }}
</style>
<h1>{title}</h1>
<p>{summary}</p>
{body}
</html>
"""
