"""What reports say of a class: in the terminal, on a page, and as CSV."""

import csv
import io
import json
from datetime import timedelta
from itertools import permutations

import numpy as np
import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from course.exercises.units import exercises_of
from course.grading.classroom import grade_class
from course.grading.gradebook.export import as_csv
from course.grading.gradebook.report import (
    Person,
    Row,
    class_report,
    discriminations,
    error_rows,
    histogram,
    mistake_rows,
    pair_rows,
)
from course.grading.gradebook.report_csv import term_tables, unit_tables
from course.grading.gradebook.report_term import term_report
from course.grading.gradebook.report_text import duration, rendered, term_rendered
from tests.grading.notebooks import RIGHT, hand_in, handed_in, make_course

pytestmark = [
    pytest.mark.xdist_group("report"),
    pytest.mark.usefixtures("kept_fork_server"),
]

UNIT = "01_neuron"


def test_equally_frequent_mistakes_are_in_the_order_of_exercises_and_then_of_names():
    first, second = list(exercises_of(UNIT))[:2]
    late, early = sorted(first.info.mistakes)[:2][::-1]
    other = max(second.info.mistakes)
    made = [(second.name, other), (first.name, late), (first.name, early), ("gone", "a")]
    most = ("gone", "z")
    expected = [most, (first.name, early), (first.name, late), (second.name, other), ("gone", "a")]
    for order in permutations([*made, most]):
        results = [
            (f"s{number}", {"exercise": exercise, "ideas": [name]})
            for number, (exercise, name) in enumerate([*order, most])
        ]
        results.append(("t", {"exercise": first.name, "ideas": []}))
        rows = mistake_rows(UNIT, results)
        assert [(row.exercise, row.what) for row in rows] == expected
    assert [row.count for row in rows] == [2, 1, 1, 1, 1]
    assert rows[1].message == first.info.mistakes[early].message


def test_mistakes_pairs_and_errors_are_counted_apart():
    first, second = [one.name for one in exercises_of(UNIT)][:2]
    results = [
        ("bob", {"exercise": first, "ideas": ["a", "b"], "writing": ["overflow"]}),
        ("ann", {"exercise": first, "ideas": ["b"], "writing": []}),
        ("cy", {"exercise": second, "ideas": [], "writing": ["TypeError", "overflow"]}),
    ]
    made = [(row.what, row.students) for row in mistake_rows(UNIT, results)]
    assert made == [("b", ("ann", "bob")), ("a", ("bob",))]
    assert pair_rows(UNIT, results) == [Row(first, "a + b", ("bob",))]
    assert error_rows(UNIT, results) == [
        Row(first, "overflow", ("bob",)),
        Row(second, "TypeError", ("cy",)),
        Row(second, "overflow", ("cy",)),
    ]


WRONG = RIGHT | {"neuron": "def neuron(w, x, h):\n    return h(w * x)"}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A class with a right, a wrong and late, and an unreadable notebook; dee submitted nothing."""
    work = {"ann": handed_in(), "bob": handed_in(WRONG), "cy": b"{"}
    root = make_course(tmp_path_factory.mktemp("class"), work)
    stamp = root / "submitted" / "bob" / UNIT / "timestamp.txt"
    stamp.write_text("2026-01-03 13:30:00 UTC")
    grade_class(root, UNIT)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate="2026-01-01 12:00:00 UTC")
        gradebook.add_student("dee", first_name="Dee", last_name="=1+1")
        gradebook.update_or_create_student("ann", first_name="Ann\x1b[2J", last_name="Ng")
    hand_in(root, "eve", handed_in())
    return root


def shown(renderable) -> str:
    console = Console(file=io.StringIO(), width=120)
    console.print(renderable)
    return console.file.getvalue()


def test_a_report_says_who_submitted_late_nothing_or_is_not_graded_yet(root):
    report = class_report(root, UNIT)
    assert report.absent == (Person("dee", "Dee =1+1"),)
    assert report.ungraded == (Person("eve"),)
    late = {student.name: student.late for student in report.students if student.late}
    assert late == {"bob": timedelta(days=2, hours=1, minutes=30)}
    text = shown(rendered(report))
    assert "Submitted nothing: dee" in text and "not graded yet: eve" in text and "2 d 1 h" in text
    assert "products_not_summed" in text and "bob" in text


def test_an_unreadable_notebook_says_nothing_of_the_exercises(root):
    report = class_report(root, UNIT)
    assert report.asked == 2
    solved = {row.name: (row.solved, row.mean_share) for row in report.exercises}
    assert solved["relu"] == (2, 1.0) and solved["neuron"][0] == 1
    assert all(row.discrimination is None for row in report.exercises)


def test_a_report_does_without_what_the_grader_noted(root, tmp_path):
    path = root / "autograded" / "ann" / UNIT / f"{UNIT}.ipynb"
    before = path.read_bytes()
    path.chmod(0o644)
    try:
        for noted in (b"", b"[]", json.dumps({"metadata": {"course": {}}}).encode()):
            path.write_bytes(noted)
            report = class_report(root, UNIT)
            [ann] = [student for student in report.students if student.name == "ann"]
            assert "grade it again" in ann.oddities[0] and ann.score == 9.0
            assert shown(rendered(report))
    finally:
        path.write_bytes(before)


def test_a_term_has_a_row_per_student_and_unit(root):
    report = term_report(root)
    [unit] = report.units
    assert (unit.unit, unit.submitted, unit.late) == (UNIT, 3, 1)
    assert [(row.person.id, row.total) for row in report.students] == [
        ("ann", 9.0),
        ("bob", 7.0),
        ("cy", 0.0),
        ("dee", None),
    ]
    assert [row.submitted for row in report.students] == [1, 1, 1, 0]
    assert "7" in shown(term_rendered(report))


def test_a_term_without_grades_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="nothing is graded yet"):
        term_report(make_course(tmp_path, {}))


def read(rows) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(rows))))


def test_the_figures_of_a_unit_are_tables(root):
    tables = unit_tables(class_report(root, UNIT))
    students = {row["student_id"]: row for row in read(tables["students"])}
    assert students["ann"]["score"] == "9" and students["ann"]["relu"] == "1"
    assert students["ann"]["name"] == "Ann\ufffd[2J Ng"
    assert students["bob"]["late_hours"] == "49.5"
    assert students["dee"] | {"name": "", "remarks": ""} == dict.fromkeys(students["dee"], "") | {
        "student_id": "dee"
    }
    assert students["eve"]["remarks"] == "Submitted, but not graded yet."
    [mistake] = read(tables["mistakes"])
    assert mistake["student_id"] == "bob" and mistake["name"] == "products_not_summed"
    assert [row["exercise"] for row in read(tables["exercises"])] == ["neuron", "relu", "glm"]


def test_the_figures_of_a_term_are_tables(root):
    tables = term_tables(term_report(root))
    students = {row["student_id"]: row for row in read(tables["students"])}
    assert students["bob"][UNIT] == students["bob"]["total"] == "7"
    assert students["dee"]["total"] == students["dee"]["share"] == ""
    assert [row["unit"] for row in read(tables["units"])] == [UNIT]


def test_a_histogram_counts_every_share_once():
    shares = [0.0, 0.05, 0.1, 0.3, 2.1 / 7, 0.999, 1.0, 1.1]
    assert histogram(shares) == [2, 1, 0, 2, 0, 0, 0, 0, 0, 3]
    assert histogram([]) == [0] * 10


def test_discrimination_is_the_correlation_with_all_other_exercises():
    points = np.array([[0, 0, 1], [1, 0, 1], [2, 1, 1], [2, 2, 1], [0, 2, 1]], float)
    first, second, constant = discriminations(points)
    assert first == pytest.approx(np.corrcoef(points[:, 0], points[:, 1] + 1)[0, 1])
    assert second == pytest.approx(first) and constant is None
    assert discriminations(points[:4]) == [None] * 3
    single = discriminations(points[:, :1])
    assert single == [None]


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(), ""),
        (timedelta(seconds=-5), ""),
        (timedelta(seconds=5), "under 1 min"),
        (timedelta(minutes=61), "1 h 1 min"),
        (timedelta(days=3, minutes=5), "3 d 5 min"),
    ],
)
def test_lateness_is_told_in_its_largest_units(time, words):
    assert duration(time) == words
