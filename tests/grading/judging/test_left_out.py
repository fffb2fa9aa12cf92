"""A lesson's own cells are left out if nothing needs them, and the scores are the same."""

import copy

import pytest

from benchmarks.grading_class import submissions
from course.exercises.units import UNITS
from course.grading.course_folder import course_directory
from course.grading.grade import grade_submission
from course.grading.judging.results import Graded
from course.grading.notebook.cells import new_cell
from course.grading.process.limits import SubmissionLimits
from course.grading.process.worker import Worker
from course.grading.released import released_notebook
from course.grading.submission.submitted_file import SubmittedFile
from tests.grading.notebooks import CONFIG, RIGHT, UNIT, extra, handed_in, source, submitted

LESSON = {"made": "zero = 0", "shown": "print('a lesson')"}


@pytest.fixture(scope="module")
def worker():
    with Worker(UNIT) as worker:
        yield worker


def grade(worker: Worker, answers: dict[str, str], *extras: str) -> tuple[Graded, dict[str, dict]]:
    """Grade a notebook whose lesson makes a name and shows something; return its cells too."""
    made, work = source(), handed_in(RIGHT | answers)
    work["cells"] += [extra(text) for text in extras]
    for name, text in LESSON.items():
        cell = new_cell("code", text, name)
        made["cells"].insert(2, cell)
        work["cells"].insert(2, copy.deepcopy(cell))
    found = grade_submission(made, submitted(work), UNIT, b"key", worker)
    return found, {cell["id"]: cell for cell in found.notebook["cells"]}


def ran(cells: dict[str, dict]) -> set[str]:
    return {name for name in ("imports", *LESSON) if cells[name]["execution_count"]}


def test_of_the_lessons_cells_those_that_import_run(worker):
    found, cells = grade(worker, {}, "print('mine')")
    assert all(one.passed for one in found.exercises)
    assert ran(cells) == {"imports"}
    assert cells["shown"]["outputs"] == []


@pytest.mark.parametrize(
    "answers, extras",
    [
        # Not relu, which the instructor's own test needs too.
        ({"neuron": "def neuron(w, x, h):\n    return h(w @ x + zero)"}, []),
        ({"neuron": "start = zero\ndef neuron(w, x, h):\n    return h(w @ x + start)"}, []),
        ({}, ["print(zero)"]),
    ],
    ids=["in an answer", "in its cell", "in a cell of the student's own"],
)
def test_a_name_that_only_the_lesson_makes_lets_all_cells_run(worker, answers, extras):
    found, cells = grade(worker, answers, *extras)
    assert all(one.passed for one in found.exercises)
    assert ran(cells) == {"imports", *LESSON}
    assert cells["shown"]["outputs"][0]["text"] == "a lesson\n"


def test_an_instructors_test_that_fails_is_tried_with_all_cells(worker):
    _, cells = grade(worker, {"relu": "def relu(z):\n    return 7 * z"})
    assert cells["own-test"]["outputs"][0]["ename"] == "AssertionError"
    assert ran(cells) == {"imports", *LESSON}


@pytest.mark.parametrize("text", ["1 / 0", "print(nowhere)"])
def test_another_error_of_the_students_runs_nothing_twice(worker, text):
    _, cells = grade(worker, {}, text)
    assert ran(cells) == {"imports"}


def test_all_cells_run_on_request():
    with Worker(UNIT, SubmissionLimits(lesson_cells=True)) as worker:
        _, cells = grade(worker, {})
    assert ran(cells) == {"imports", *LESSON}


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_scores_are_the_same_whether_all_cells_run_or_not(unit):
    notebook = released_notebook(course_directory(CONFIG.parent), unit, unit)
    with Worker(unit) as few, Worker(unit, SubmissionLimits(lesson_cells=True)) as every:
        for number, work in enumerate(submissions(unit, 6, CONFIG.parent)):
            file, key = SubmittedFile(f"{unit}.ipynb", work), f"key {number}".encode()
            one, other = (grade_submission(notebook, file, unit, key, w) for w in (few, every))
            assert one.exercises == other.exercises
