"""A class is graded to the end, wherever an earlier run stopped."""

import json
import os
import re
import shutil
import stat
import sys

import pytest
from nbgrader.api import Gradebook

import course.grading.parallel
from course.grading import RefusedError
from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.gradebook.report import class_report
from course.grading.gradebook.report_page import report_page
from course.grading.parallel import pool
from course.grading.released import register
from tests.docs.pages import ROOT
from tests.grading.notebooks import RIGHT, UNIT, hand_in, handed_in, make_course

pytestmark = [
    pytest.mark.xdist_group("classroom"),
    pytest.mark.usefixtures("kept_fork_server"),
]

WRONG = handed_in(RIGHT | {"neuron": "def neuron(w, x, h):\n    return h(w * x)"})


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A class whose gradebook knows the unit: making one takes seconds."""
    classwork = {"ann": handed_in(), "bob": WRONG, "cy": b"{"}
    root = make_course(tmp_path_factory.mktemp("ready"), classwork)
    register(course_directory(root), UNIT)
    return root


@pytest.fixture
def root(ready, tmp_path):
    return shutil.copytree(ready, tmp_path / "course")


def scores(root):
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {one.student_id: one.score for one in gradebook.assignment_submissions(UNIT)}


SCORES = {"ann": 9.0, "bob": 7.0, "cy": 0.0}


def test_a_second_run_changes_nothing_and_a_new_submission_is_graded(root):
    steps = []
    first = grade_class(root, UNIT, on_progress=steps.append)
    assert first.graded == ["ann", "bob", "cy"] and scores(root) == SCORES
    assert [(one.student, one.done, one.total) for one in steps] == [
        ("", 0, 3),
        ("ann", 1, 3),
        ("bob", 2, 3),
        ("cy", 3, 3),
    ]
    again = grade_class(root, UNIT)
    assert again.graded == [] and again.unchanged == ["ann", "bob", "cy"]
    hand_in(root, "bob", handed_in())
    assert grade_class(root, UNIT).graded == ["bob"]
    assert scores(root) == SCORES | {"bob": 9.0}


def test_outputs_of_any_size_neither_count_nor_travel(root, monkeypatch):
    large = handed_in()
    showing = next(cell for cell in large["cells"] if cell["cell_type"] == "code")
    text = "x" * 30_000_000
    showing["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    hand_in(root, "ann", large)
    grade = pool.Grader.grade

    def small(grader, job):
        assert all(len(file.content or b"") < 10_000 for file in job.notebooks.values())
        return grade(grader, job)

    monkeypatch.setattr(pool.Grader, "grade", small)
    assert grade_class(root, UNIT).failed == {}
    assert scores(root) == SCORES
    hand_in(root, "ann", handed_in())
    assert grade_class(root, UNIT).graded == []


def test_several_workers_give_the_same_scores(root):
    assert sorted(grade_class(root, UNIT, workers=2).graded) == ["ann", "bob", "cy"]
    assert scores(root) == SCORES


@pytest.mark.parametrize("missing", ["distributed", "cryptography"])
def test_a_cluster_without_what_it_needs_is_refused(root, monkeypatch, missing):
    monkeypatch.delitem(sys.modules, "course.grading.parallel.cluster", raising=False)
    monkeypatch.delattr(course.grading.parallel, "cluster", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(RefusedError, match=rf"{missing}.*pip install .*\[cluster\]"):
        grade_class(root, UNIT, scheduler="local")


def test_grading_one_student_changes_that_one_alone(root):
    grade_class(root, UNIT)
    before = (root / "autograded/ann" / UNIT / f"{UNIT}.ipynb").stat().st_mtime_ns
    hand_in(root, "ann", b"{")
    assert grade_class(root, UNIT, students=["bob", "bob"]).graded == ["bob"]
    assert scores(root) == SCORES
    assert (root / "autograded/ann" / UNIT / f"{UNIT}.ipynb").stat().st_mtime_ns == before


def test_a_student_who_handed_in_nothing_is_named(root):
    with pytest.raises(ValueError, match="is called 'zoe'"):
        grade_class(root, UNIT, students=["zoe"])


def test_a_folder_without_the_course_and_an_unknown_unit_are_refused(root, tmp_path_factory):
    with pytest.raises(ValueError, match=r"nbgrader_config\.py"):
        grade_class(tmp_path_factory.mktemp("elsewhere"), UNIT)
    with pytest.raises(ValueError, match="99_unknown"):
        grade_class(root, "99_unknown")


def test_a_grade_given_by_hand_stays(root):
    grade_class(root, UNIT)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("test-neuron", UNIT, UNIT, "bob")
        grade.manual_score = 1.5
        gradebook.db.commit()
    grade_class(root, UNIT, students=["bob"])
    assert scores(root)["bob"] == 8.5


def test_the_class_secret_is_made_once_and_for_its_owner_only(root):
    grade_class(root, UNIT)
    secret = root / "nbgrader_secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    before = secret.read_bytes()
    grade_class(root, UNIT)
    assert secret.read_bytes() == before
    assert before.decode() not in (root / "autograded/bob" / UNIT / f"{UNIT}.ipynb").read_text()


def test_links_and_other_files_are_not_followed(root):
    (root / "submitted/eve" / UNIT).mkdir(parents=True)
    target = root / "submitted/ann" / UNIT / f"{UNIT}.ipynb"
    (root / "submitted/eve" / UNIT / f"{UNIT}.ipynb").symlink_to(target)
    (root / "submitted/fay" / UNIT).mkdir(parents=True)
    os.mkfifo(root / "submitted/fay" / UNIT / f"{UNIT}.ipynb")
    (root / "submitted/gil").symlink_to(root / "submitted/ann")
    grade_class(root, UNIT)
    assert scores(root) == SCORES | {"eve": 0.0, "fay": 0.0}


def test_lateness_is_what_nbgraders_plugin_makes_of_the_timestamp(root):
    grade_class(root, UNIT)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate="2026-01-01 12:00:00 UTC")
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + '\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    stamp = root / "submitted/ann" / UNIT / "timestamp.txt"
    stamp.write_text("2026-01-01 13:00:00 UTC")
    (root / "submitted/bob" / UNIT / "timestamp.txt").write_text("not a time")
    grade_class(root, UNIT, students=["ann", "bob"])
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        found = {one.student_id: one for one in gradebook.assignment_submissions(UNIT)}
        assert found["ann"].total_seconds_late == 3600
        assert [one.late_submission_penalty for one in found["ann"].notebooks] == [9.0]
        assert [one.late_submission_penalty for one in found["bob"].notebooks] == [None]
    students = {one.name: one.score for one in class_report(root, UNIT).students}
    assert students["ann"] == 0.0


def test_a_late_policy_of_ones_own_is_found_in_the_classs_folder(root):
    page = (ROOT / "docs" / "instructors" / "due-dates.md").read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.*?)```", page, re.S)
    (root / "late.py").write_text(next(one for one in code if "class" in one))
    config = root / "nbgrader_config.py"
    named = '\nc.AssignLatePenalties.plugin_class = "late.TenPercentPerDay"\n'
    config.write_text(config.read_text() + named)
    register(course_directory(root), UNIT)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate="2026-01-01 12:00:00 UTC")
    (root / "submitted/ann" / UNIT / "timestamp.txt").write_text("2026-01-02 13:00:00 UTC")
    assert grade_class(root, UNIT, students=["ann"]).failed == {}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        found = gradebook.find_submission(UNIT, "ann")
        assert [one.late_submission_penalty for one in found.notebooks] == [0.2 * 9]
    assert str(root) not in sys.path


def test_the_report_counts_students_exercises_and_mistakes(root):
    with pytest.raises(ValueError, match="nothing of"):
        class_report(root, UNIT)
    hand_in(root, "<b>dan", WRONG)
    grade_class(root, UNIT)
    report = class_report(root, UNIT)
    assert [(one.name, one.solved) for one in report.exercises] == [
        ("neuron", 1),
        ("relu", 3),
        ("glm", 3),
    ]
    assert report.asked == 3 and [one.mean_share for one in report.exercises[1:]] == [1.0, 1.0]
    [mistake] = report.mistakes
    assert (mistake.exercise, mistake.what) == ("neuron", "products_not_summed")
    assert mistake.students == ("<b>dan", "bob")
    assert {one.name: one.score for one in report.students} == SCORES | {"<b>dan": 7.0}
    assert next(one for one in report.students if one.name == "cy").problem
    shown = report_page(report)
    assert "<b>dan" not in shown and "&lt;b&gt;dan" in shown and mistake.message[:20] in shown


def test_the_autograded_notebook_holds_what_was_noted(root):
    grade_class(root, UNIT)
    notebook = json.loads((root / "autograded/bob" / UNIT / f"{UNIT}.ipynb").read_text())
    noted = notebook["metadata"]["course"]["grading"]
    assert noted["level"] in ("full", "limits")
    assert [one["ideas"] for one in noted["exercises"]] == [["products_not_summed"], [], []]
