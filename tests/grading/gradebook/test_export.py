"""Scores as CSV: nbgrader's own numbers, whole and harmless in a spreadsheet, for a large class."""

import csv
import io
import time

import pytest
from nbgrader.api import Gradebook

from benchmarks.gradebook_class import fill
from course.grading import RefusedError
from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.gradebook.export import encoded, table
from course.grading.gradebook.report import class_report
from course.grading.gradebook.scores import Score
from tests.grading.notebooks import RIGHT, UNIT, hand_in, handed_in, make_course

pytestmark = [
    pytest.mark.xdist_group("export"),
    pytest.mark.usefixtures("kept_fork_server"),
]
WRONG = handed_in(RIGHT | {"neuron": "def neuron(w, x, h):\n    return h(w * x)"})


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A class of three, one of them late, one graded by hand, and one who handed in nothing."""
    root = make_course(tmp_path_factory.mktemp("class"), {"ann": handed_in(), "bob": WRONG})
    hand_in(root, "cy", b"{")
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + '\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    (root / "submitted/ann" / UNIT / "timestamp.txt").write_text("2026-01-01 13:00:00 UTC")
    with pytest.raises(ValueError, match="nothing is graded yet"):
        table(root)
    grade_class(root, UNIT, students=["cy"])
    with opened(root) as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate="2026-01-01 12:00:00 UTC")
        gradebook.update_or_create_assignment("02_layers")
        gradebook.update_or_create_student("dee", last_name='=HYPERLINK("x")', first_name="Dee, D")
    grade_class(root, UNIT)
    with opened(root) as gradebook:
        grade = gradebook.find_grade("written", UNIT, UNIT, "bob")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.25, False
        gradebook.db.commit()
    return root


def opened(root) -> Gradebook:
    directory = course_directory(root)
    return Gradebook(directory.db_url, directory.course_id)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_numbers_are_those_of_nbgraders_own_objects(root):
    found = {row["student_id"]: row for row in rows(table(root, [UNIT]))}
    with opened(root) as gradebook:
        theirs = {one.student_id: one for one in gradebook.assignment_submissions(UNIT)}
        assert set(theirs) == {"ann", "bob", "cy"}
        for student, one in theirs.items():
            row = found[student]
            assert float(row["raw_score"]) == one.score
            assert float(row["late_submission_penalty"]) == one.late_submission_penalty
            assert float(row["score"]) == one.score - one.late_submission_penalty
            assert float(row["max_score"]) == one.max_score
            assert row["needs_manual_grade"] == str(one.needs_manual_grade)
            assert row["timestamp"] == str(one.timestamp or "")
    everybody = ("ann", "bob", "cy", "dee")
    assert [found[one]["raw_score"] for one in everybody] == ["9", "8.75", "0", ""]
    assert [found[one]["score"] for one in everybody] == ["0", "8.75", "0", ""]
    assert found["ann"]["timestamp"] == "2026-01-01 13:00:00"


def test_the_report_has_the_same_scores_of_those_who_handed_in(root):
    students = {one.name: (one.score, one.by_hand) for one in class_report(root, UNIT).students}
    assert students == {"ann": (0.0, True), "bob": (8.75, False), "cy": (0.0, False)}


def test_a_wide_table_has_a_row_a_student_and_a_column_a_unit(root):
    first, *_ = found = rows(table(root, wide=True))
    assert [row["student_id"] for row in found] == ["ann", "bob", "cy", "dee"]
    assert list(first)[-3:] == [UNIT, "02_layers", "total"]
    assert [row[UNIT] for row in found] == ["0", "8.75", "0", ""]
    assert [row["02_layers"] for row in found] == [""] * 4
    assert [row["total"] for row in found] == ["0", "8.75", "0", ""]


def test_a_decimal_comma_comes_with_semicolons_and_a_mark_for_excel_with_nothing_else(root):
    found = csv.DictReader(io.StringIO(table(root, wide=True, decimal_comma=True)), delimiter=";")
    assert [row["total"] for row in found] == ["0", "8,75", "0", ""]
    assert encoded("é", excel=True) == b"\xef\xbb\xbf\xc3\xa9" and encoded("é") == b"\xc3\xa9"


def test_every_student_has_a_row_for_every_unit(root):
    pairs = [(row["student_id"], row["assignment"]) for row in rows(table(root))]
    assert pairs == [(s, u) for s in ("ann", "bob", "cy", "dee") for u in (UNIT, "02_layers")]


def test_a_name_is_whole_and_no_formula(root):
    text = table(root, [UNIT])
    row = rows(text)[-1]
    assert row["last_name"] == """'=HYPERLINK("x")""" and row["first_name"] == "Dee, D"
    for name in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"):
        with opened(root) as gradebook:
            gradebook.update_or_create_student("dee", last_name=name)
        assert rows(table(root, [UNIT]))[-1]["last_name"] == f"'{name}"
    with opened(root) as gradebook:
        gradebook.update_or_create_student("dee", last_name="\r\x1b[2J=1")
    assert rows(table(root, [UNIT]))[-1]["last_name"] == "\ufffd\ufffd[2J=1"


def test_an_unknown_unit_is_named(root):
    with pytest.raises(ValueError, match="99_unknown"):
        table(root, ["99_unknown"])


def test_a_gradebook_that_cannot_be_read_is_said_in_a_line(root, tmp_path):
    other = make_course(tmp_path, {})
    (other / "gradebook.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(RefusedError, match=r"can't be used: .*not a database"):
        table(other)


def test_a_penalty_of_all_there_is_leaves_nothing():
    total, penalty = (0.1 + 0.2) + 0.3, 0.1 + (0.2 + 0.3)
    assert total != penalty
    for raw, taken in ((total, penalty), (penalty, total)):
        one = Score(UNIT, "ann", None, None, None, None, None, raw, taken, 9.0, False)
        assert str(one.score) == "0.0"


@pytest.mark.slow
def test_seven_units_of_ten_thousand_take_seconds(tmp_path):
    root = make_course(tmp_path, {})
    fill(course_directory(root), 10_000, 7, 11)
    start = time.process_time()
    assert len(table(root).splitlines()) == 70_001
    assert time.process_time() - start < 10
