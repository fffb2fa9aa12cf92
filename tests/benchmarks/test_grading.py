"""Graders are timed at the same work: the same notebooks, and tests that ask as many questions."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from benchmarks import grading_scale
from benchmarks.contestants import REPO, Course, Nbgrader, plain_source
from benchmarks.gradebook_class import fill
from benchmarks.grading import ONE, TWO, agreement, measure
from benchmarks.grading_class import submissions
from benchmarks.grading_scale import BLOCKS, Step, blocks
from course.exercises.units import UNITS, exercises_of
from course.grading.course_folder import course_directory
from course.grading.gradebook.export import table
from tests.grading.notebooks import make_course

BUSY = "import time\nuntil = time.process_time() + 0.3\nwhile time.process_time() < until: pass"
ORPHAN = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}])"


@pytest.mark.parametrize("unit", UNITS)
def test_plain_nbgrader_gets_a_test_for_every_exercise_and_none_that_refuses_it(unit):
    notebook = plain_source(unit)
    nbformat.validate(notebook)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert "require_trusted_grader" not in text
    for one in exercises_of(unit):
        assert f'exercise("{one.name}")' in text


def test_submissions_are_the_same_on_every_run_and_not_all_alike():
    once, again = (submissions("01_neuron", 4, REPO) for _ in range(2))
    assert once == again and len(set(once)) == 4


def test_a_process_that_outlives_its_parent_counts():
    program = (
        "from benchmarks.grading import used; import subprocess, sys;"
        "from course.grading.sandbox import become_subreaper; become_subreaper();"
        f"print(used(lambda: subprocess.run([sys.executable, '-c', {ORPHAN!r}])).cpu)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert float(done.stdout) > 0.3, done.stderr


def test_tenths_of_a_class_begin_with_the_first_result():
    steps = [Step(100.0 + 2 * n, 10.0 + n, 1 << 20) for n in range(101)]
    found = blocks(steps)
    assert len(found) == BLOCKS and found[-1].last == 101
    assert {(one.wall, one.cpu, one.mib) for one in found} == {(2.0, 1.0, 1.0)}


def test_a_filled_gradebook_has_every_student_in_every_unit(tmp_path):
    root = make_course(tmp_path, {})
    fill(course_directory(root), 5, 2, 3)
    lines = table(root).splitlines()
    assert len(lines) == 1 + 5 * 2 and lines[1].startswith("unit-0,,,student-00000,")


@pytest.mark.slow
def test_nbgrader_and_the_course_give_full_marks_for_the_same(tmp_path):
    theirs = Nbgrader(tmp_path / "nbgrader")
    ours = [Course(tmp_path / "one", 1), Course(tmp_path / "two", 2)]
    found = measure([theirs, *ours], "02_layers", 4, turn=1)
    assert set(found) == {theirs.name, ONE, TWO}
    assert all(one.wall > 0 and one.cpu > 0 for pair in found.values() for one in pair)
    count = 4 * len(exercises_of("02_layers"))
    for one in ours:
        assert agreement(one, theirs) == (count, count)


@pytest.mark.parametrize(("two", "says"), [(0.5, 1), (0.6, 2)])
def test_a_second_worker_that_gains_too_little_is_said_to(two, says, monkeypatch):
    seconds = {1: 1.0, 2: two}
    monkeypatch.setattr(grading_scale, "hand_in", lambda *_: None)
    monkeypatch.setattr(
        grading_scale, "graded", lambda _, n: [Step(i * seconds[n], 0, 0) for i in range(3)]
    )
    assert len(grading_scale.one_and_two(Path(), [])) == says
