"""`course demo` grades the sample class as its recipes intend, on every run."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook

from course.demo.folder import SECRET, make_class
from course.demo.recipes import NOTHING, RIGHT, UNIT, recipes
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import judge
from course.exercises.engine.observe import observe
from course.exercises.units import exercise
from course.grading.classroom import grade_class
from course.grading.judging.seeds import generator, student_key
from tests.grading.notebooks import CONFIG

CLASS = {recipe.student: recipe for recipe in recipes()}


def intended_shares(student, name, outcome):
    """Return the least and the most that the outcome may be worth.

    For a mistake, it is no more than the best of its writings: the answer may raise errors as well.
    """
    if outcome in (RIGHT, NOTHING):
        return float(outcome == RIGHT), float(outcome == RIGHT)
    one = exercise(name)
    rng = generator(student_key(SECRET.encode(), student), name)
    keyed = one.answer_key(one.secret_questions(rng))
    asked = [request(k.question, one.info.keyword_only) for k in keyed]
    wrong = [s.function for s in one.suspects.values() if s.ideas == (outcome,)]
    answers = [[observe(function, question) for question in asked] for function in wrong]
    return 0.0, max(judge(one.info, keyed, seen).score for seen in answers)


def noted(folder, student):
    path = folder / "autograded" / student / UNIT / f"{UNIT}.ipynb"
    return json.loads(path.read_text())["metadata"]["course"]["grading"]


def scores(folder):
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return {one.student_id: one.score for one in gradebook.assignment_submissions(UNIT)}


def assert_as_intended(folder, student):
    outcomes, total = CLASS[student].expects, 0.0
    for one in noted(folder, student)["exercises"]:
        name, outcome = one["exercise"], outcomes[one["exercise"]]
        least, most = intended_shares(student, name, outcome)
        ideas = [] if outcome in (RIGHT, NOTHING) else [outcome]
        assert one["ideas"] == ideas, (student, name)
        assert least <= one["share"] <= most + 1e-9, (student, name, one["message"])
        total += round(one["share"] * one["points"], 2)
    assert scores(folder)[student] == pytest.approx(total), student


def run_demo(root, **environment):
    return subprocess.run(
        [sys.executable, "-m", "course", "demo", "--root", str(root)],
        capture_output=True,
        text=True,
        env=os.environ | {"COLUMNS": "100"} | environment,
        cwd=root,
    )


def other_files(root):
    found = (path for path in root.rglob("*") if ".demo" not in path.parts and path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def test_a_crash_edited_tests_and_no_notebook_come_out_as_intended(tmp_path):
    shutil.copy(CONFIG, tmp_path)
    folder = tmp_path / ".demo"
    make_class(tmp_path, folder)
    some = ["student-05", "student-10", "student-12"]
    assert grade_class(folder, UNIT, some, workers=2).failed == {}
    for student in some:
        assert_as_intended(folder, student)
    edited, missing = noted(folder, "student-10")["oddities"]
    assert "edited" in edited and "missing" in missing
    assert "not JSON" in noted(folder, "student-12")["problem"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_all_twelve_come_out_as_intended_twice_and_nothing_else_is_touched(tmp_path):
    shutil.copy(CONFIG, tmp_path)
    (tmp_path / "gradebook.db").write_text("a real class's")
    before = other_files(tmp_path)
    folder = tmp_path / ".demo"
    run = run_demo(tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert set(scores(folder)) == set(CLASS)
    for student in CLASS:
        assert_as_intended(folder, student)
        page = folder / "feedback" / student / UNIT / f"{UNIT}.html"
        assert page.stat().st_size > 10_000
    assert "bias_gradient_not_summed" in run.stdout and "12 students" in run.stdout
    first = scores(folder)

    # An instructor's own secret and gradebook play no part in it.
    other = f"sqlite:///{tmp_path / 'gradebook.db'}"
    again = run_demo(tmp_path, COURSE_SECRET="another", COURSE_GRADEBOOK=other)
    assert again.returncode == 0, again.stderr
    assert scores(folder) == first
    assert other_files(tmp_path) == before
