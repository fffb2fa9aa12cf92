"""The class report: scores, how each exercise went, and which known mistakes were made by how many.

Scores come from the gradebook, so that grades given by hand count; the rest was noted in the
autograded notebooks.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import mean, median
from typing import Any

from nbgrader.coursedir import CourseDirectory
from rich.box import SIMPLE
from rich.console import Group
from rich.table import Table
from rich.text import Text

from course.exercises.units import exercises_of
from course.grading import course_folder
from course.grading.gradebook.scores import Score, class_scores
from course.grading.notebook.cells import COURSE

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
class Report:
    """A class's results in one unit."""

    unit: str
    students: tuple[Student, ...]
    exercises: tuple[ExerciseRow, ...]
    mistakes: tuple[MistakeRow, ...]
    levels: tuple[str, ...]


def class_report(root: Path, unit: str) -> Report:
    """Gather what is known of a unit in the course folder `root`; ValueError for nothing."""
    coursedir = course_folder.course_directory(root)
    scores = {one.student: one for one in class_scores(coursedir, [unit]) if one.handed_in}
    if not scores:
        raise ValueError(f"unit: nothing of {unit!r} is graded yet; run `course grade {unit}`")
    notes = {student: list(_notes(coursedir, unit, student)) for student in scores}
    every = [(s, one) for s, found in notes.items() for note in found for one in note["exercises"]]
    solved = Counter(student for student, one in every if one["share"] == 1.0)
    return Report(
        unit=unit,
        students=tuple(_student(scores[s], notes[s], solved[s]) for s in sorted(scores)),
        exercises=tuple(_exercises([one for _, one in every])),
        mistakes=tuple(_mistakes(unit, [one for _, one in every])),
        levels=tuple(sorted({n["level"] for found in notes.values() for n in found if n["level"]})),
    )


def rendered(report: Report) -> Group:
    """Return the report for a terminal (`rich.print` takes it)."""
    return Group(
        _heading(f"{report.unit}: {_summary(report)}"),
        _table(_exercise_table(report)),
        _table(_mistake_table(report)),
        _table(_student_table(report)),
    )


def report_page(report: Report) -> str:
    """Return the report as a page of HTML that needs nothing else."""
    tables = [_exercise_table(report), _mistake_table(report), _student_table(report)]
    body = "\n".join(map(_html_table, tables))
    title = escape(f"{report.unit}: class report")
    return PAGE.format(title=title, summary=escape(_summary(report)), body=body)


# ---------------------------------------------------------------------------------------- gathering


def _notes(coursedir: CourseDirectory, unit: str, student: str) -> Iterator[dict[str, Any]]:
    folder = Path(coursedir.format_path(coursedir.autograded_directory, student, unit))
    for path in sorted(folder.glob("*.ipynb")):
        metadata = json.loads(path.read_bytes())["metadata"]
        if "grading" in metadata.get(COURSE, {}):
            yield metadata[COURSE]["grading"]


def _student(score: Score, notes: list[dict[str, Any]], solved: int) -> Student:
    return Student(
        name=score.student,
        score=score.score,
        max_score=score.max_score,
        by_hand=score.waits,
        solved=solved,
        problem=next((note["problem"] for note in notes if note["problem"]), None),
        oddities=tuple(oddity for note in notes for oddity in note["oddities"]),
    )


def _exercises(every: list[dict[str, Any]]) -> Iterator[ExerciseRow]:
    for name in dict.fromkeys(one["exercise"] for one in every):
        its = [one for one in every if one["exercise"] == name]
        shares = [one["share"] for one in its]
        yield ExerciseRow(name, its[0]["points"], sum(s == 1.0 for s in shares), mean(shares))


def _mistakes(unit: str, every: list[dict[str, Any]]) -> Iterator[MistakeRow]:
    known = {one.name: one.info.mistakes for one in exercises_of(unit)}
    made = Counter((one["exercise"], one["mistake"]) for one in every if one["mistake"])
    for (exercise, name), count in made.most_common():
        mistake = known.get(exercise, {}).get(name)
        yield MistakeRow(exercise, name, mistake.message if mistake else "", count)


# ------------------------------------------------------------------------------------------ showing

Rows = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def _summary(report: Report) -> str:
    shares = [one.score / one.max_score if one.max_score else 0.0 for one in report.students]
    waiting = sum(one.by_hand for one in report.students)
    hand = f", {waiting} wait for a grade by hand" if waiting else ""
    middle = f"mean {mean(shares):.0%}, median {median(shares):.0%}"
    levels = f"; sandbox: {', '.join(report.levels)}" if report.levels else ""
    return f"{len(shares)} students, {middle}{hand}{levels}"


def _exercise_table(report: Report) -> Rows:
    count = len(report.students)
    rows = [
        (one.name, f"{one.points:g}", f"{one.solved} of {count}", _bar(one.solved / count))
        for one in report.exercises
    ]
    return "Exercises", ("exercise", "points", "solved by", ""), rows


def _mistake_table(report: Report) -> Rows:
    rows = [(str(m.count), m.exercise, f"{m.name}\n{m.message}") for m in report.mistakes]
    return "Known mistakes", ("made by", "exercise", "mistake"), rows


def _student_table(report: Report) -> Rows:
    rows = [
        (
            one.name,
            f"{one.score:g} of {one.max_score:g}",
            str(one.solved),
            "waits" if one.by_hand else "",
            one.problem or "\n".join(one.oddities),
        )
        for one in report.students
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
    return f"<td>{escape(text).replace(chr(10), '<br>')}</td>"


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
