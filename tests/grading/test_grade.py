"""A submission is run and asked in a process of its own, and always gets definite scores."""

import time

import nbformat
import pytest

from course.grading.grade import grade_submission
from course.grading.judging.results import Graded
from course.grading.judging.seeds import generator
from course.grading.process.limits import SubmissionLimits
from course.grading.process.worker import Worker
from tests.grading.notebooks import (
    RIGHT,
    UNIT,
    exercise,
    extra,
    handed_in,
    source,
    submitted,
)
from tests.speed import patience

KEY = b"a student's key"
LIMITS = SubmissionLimits(
    cell_seconds=patience(1.0),
    grace_seconds=0.5,
    patience=patience(0.14),
    notebook_seconds=patience(20),
)


@pytest.fixture(scope="module")
def worker():
    with Worker(UNIT, LIMITS) as worker:
        yield worker


def graded(worker, answers=None, more=(), key=KEY, **settings) -> Graded:
    work = handed_in(RIGHT | (answers or {}))
    work["cells"] += [extra(text) for text in more]
    found = grade_submission(source(), submitted(work), UNIT, key, worker, **settings)
    nbformat.validate(nbformat.from_dict(found.notebook))
    return found


def scores(found: Graded) -> dict[str, float]:
    return {one.exercise: one.earned for one in found.exercises}


def grade_of(found: Graded, name: str):
    return next(one for one in found.exercises if one.exercise == name)


def outputs_of(found: Graded, grade_id: str) -> list[dict]:
    return next(c["outputs"] for c in found.notebook["cells"] if c["id"] == grade_id)


FULL = {name: float(exercise(name).points) for name in RIGHT}


def test_right_answers_earn_all_points(worker):
    found = graded(worker)
    assert scores(found) == FULL
    assert found.problem is None and found.level in ("full", "limits")
    assert all(one.passed for one in found.exercises)


def test_the_share_of_points_is_the_weighted_share_of_questions(worker):
    # Right for everything but whole-numbered inputs.
    picky = (
        "def neuron(w, x, h):\n"
        "    x = np.asarray(x)\n"
        "    return h(w @ x) if x.dtype.kind == 'f' else 'no'"
    )
    found = grade_of(graded(worker, {"neuron": picky}), "neuron")
    one = exercise("neuron")
    questions = one.secret_questions(generator(KEY, "neuron"))
    right = sum(q.weight for q in questions if q.args["x"].dtype.kind == "f")
    share = right / sum(q.weight for q in questions)
    assert 0 < share < 1
    assert found.share == pytest.approx(share)
    assert found.earned == round(share * one.points, 2)


def test_a_known_mistake_is_named(worker):
    forgetful = "def neuron(w, x, h):\n    return h(w * x)"
    found = grade_of(graded(worker, {"neuron": forgetful}), "neuron")
    assert found.ideas == ("products_not_summed",)
    assert exercise("neuron").mistakes["products_not_summed"].message in found.message


def test_an_endless_loop_in_an_answer_costs_that_exercise_alone(worker):
    start = time.monotonic()
    found = graded(worker, {"relu": "def relu(z):\n    while True: pass"})
    assert scores(found) == FULL | {"relu": 0.0}
    assert "no answer in time" in grade_of(found, "relu").message
    assert time.monotonic() - start < patience(8)


@pytest.mark.parametrize(
    "body",
    [
        "import os; os._exit(0)",
        "raise SystemExit",
        "raise KeyboardInterrupt",
        "return relu(z)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "return 1 << 10**12",
        "return [0] * 10**11",
        "return (z, lambda: 1, ...)",
        "import sys; sys.stdout.write('x' * 10**6); return object()",
    ],
)
def test_an_answer_that_ends_its_process_or_is_none_costs_that_exercise_alone(worker, body):
    found = graded(worker, {"relu": f"def relu(z):\n    {body}"})
    assert scores(found) == FULL | {"relu": 0.0}


@pytest.mark.parametrize(
    "value",
    [
        "10 ** 400",
        "-10 ** 400",
        "float('nan')",
        "np.full(np.shape(z), np.nan)",
        "np.ma.masked_array(np.maximum(z, 0), True)",
        "np.array(['a'])",
        "{1: {2: [3]}}",
        "np.maximum(z, 0) * 1j",
        "Everything()",
    ],
)
def test_strange_answers_are_wrong_and_do_no_harm(worker, value):
    everything = (
        "class Everything:\n    def __eq__(self, other): return True\n"
        "    def __float__(self): return 0.0\n"
    )
    found = graded(worker, {"relu": f"{everything}def relu(z):\n    return {value}"})
    assert scores(found) == FULL | {"relu": 0.0}


def test_a_cell_that_fails_costs_its_own_exercise_alone(worker):
    found = graded(worker, {"glm": "1 / 0\n" + RIGHT["glm"]})
    assert scores(found) == FULL | {"glm": 0.0}
    assert "ZeroDivisionError" in grade_of(found, "glm").message
    assert outputs_of(found, "glm")[0]["ename"] == "ZeroDivisionError"


def test_an_endless_cell_is_stopped_and_the_others_count(worker):
    found = graded(worker, more=["while True: pass"])
    assert scores(found) == FULL
    assert found.notebook["cells"][-1]["outputs"][0]["ename"] == "CellTimeout"


@pytest.mark.parametrize(
    "text",
    [
        "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass",
        "import os; os._exit(0)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    ],
    ids=["ignores signals", "exits", "crashes"],
)
def test_a_cell_that_takes_its_process_along_is_left_out_of_a_second_run(worker, text):
    found = graded(worker, more=[text, "later = 1"])
    assert scores(found) == FULL
    assert found.notebook["cells"][-2]["outputs"][0]["ename"] == "CellEndedTheProcess"
    assert found.notebook["cells"][-1]["outputs"] == []


def test_two_cells_that_take_the_process_along_end_in_zero_with_a_reason(worker):
    ends = "import os; os._exit(0)"
    found = graded(worker, more=[ends, ends])
    assert scores(found) == dict.fromkeys(FULL, 0.0)
    assert "could not be tested: the notebook's process ended" in grade_of(found, "relu").message


def test_a_test_of_the_instructors_runs_with_the_students_functions(worker):
    right, wrong = graded(worker), graded(worker, {"relu": "def relu(z):\n    return z"})
    assert outputs_of(right, "own-test") == []
    assert outputs_of(wrong, "own-test")[0]["ename"] == "AssertionError"


def test_a_test_of_the_instructors_that_was_not_run_is_not_passed(worker):
    ends = "import os; os._exit(0)"
    found = graded(worker, {"neuron": ends, "relu": ends})
    assert outputs_of(found, "own-test")[0]["output_type"] == "error"


def test_prints_warnings_lists_and_extra_functions_are_fine(worker):
    talkative = (
        "import warnings\ndef helper(z): return max(z, 0)\n"
        "def relu(z):\n    print('hello'); warnings.warn('careful')\n"
        "    return np.vectorize(helper, otypes=[float])(z).tolist()"
    )
    assert scores(graded(worker, {"relu": talkative})) == FULL


@pytest.mark.parametrize(
    "text",
    [
        "for n in range(300):\n    display(Image(noise))",
        "for n in range(400):\n    print('\\0' * 50_000, file=[sys.stdout, sys.stderr][n % 2])",
        "shown = display(Image(noise), display_id=True)\n"
        "for n in range(300):\n    shown.update(Image(noise))",
        "raise ValueError('\\0' * 10_000_000)",
    ],
    ids=["pictures", "streams", "updates", "an error"],
)
def test_a_cell_that_shows_much_costs_nothing_and_shows_what_there_is_room_for(worker, text):
    needs = "import sys, os\nfrom IPython.display import Image, display\n"
    noise = "noise = b'\\x89PNG\\r\\n\\x1a\\n' + os.urandom(200_000)\n"
    found = graded(worker, more=[needs + noise + text, "print('and on')"])
    assert scores(found) == FULL
    much, after = found.notebook["cells"][-2:]
    assert much["outputs"] and after["outputs"] == [
        {"output_type": "stream", "name": "stdout", "text": "and on\n"}
    ]


def test_magics_plots_awaits_and_unicode_names_run(worker):
    cells = [
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "%timeit -n1 -r1 1 + 1",
        "θ = 3\nθ",
        "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
        "from IPython.display import display, HTML\ndisplay(HTML('<b>x</b>'), 5)",
        "input('name?')",
    ]
    found = graded(worker, more=cells)
    shown = [cell["outputs"] for cell in found.notebook["cells"][-len(cells) :]]
    assert "image/png" in shown[0][0]["data"]
    assert "loop" in shown[1][0]["text"]
    assert shown[2][0]["data"] == {"text/plain": "3"}
    assert shown[3][0]["data"] == {"text/plain": "'awaited'"}
    assert [one["data"] for one in shown[4]] == [
        {"text/plain": "<IPython.core.display.HTML object>"},
        {"text/plain": "5"},
    ]
    assert "cannot be answered" in shown[5][0]["evalue"]
    assert scores(found) == FULL


def test_the_reference_cannot_be_imported_and_questions_cannot_either(worker):
    cells = [
        "from course.nn.neuron import relu",
        "import course.exercises.neuron",
        "import course.grading.grade",
    ]
    found = graded(worker, {"relu": "pass"}, more=cells)
    for cell in found.notebook["cells"][-3:]:
        assert cell["outputs"][0]["ename"] == "ModuleNotFoundError"
    assert grade_of(found, "relu").message.startswith("relu: there is no function with this name")


def test_the_same_key_gives_the_same_grade_and_others_other_questions(worker):
    leak = "import json\ndef relu(z):\n    raise ValueError"
    one, again, other = (graded(worker, {"relu": leak}, key=key) for key in (KEY, KEY, b"other"))
    assert one.exercises == again.exercises
    assert scores(one) == scores(other)


MAGICS = "!pip install numpy\n%cd /content\n%matplotlib widget\n"
HEADS = ["", "import pandas_of_old as pd\n", "1 / 0\n", "def f(:\n", MAGICS]


@pytest.mark.parametrize("head", HEADS)
def test_the_lessons_imports_hold_whatever_the_cell_with_them_does(worker, head):
    work = handed_in()
    work["cells"][1]["source"] = f"{head}import numpy as np"
    found = grade_submission(source(), submitted(work), UNIT, KEY, worker)
    assert scores(found) == FULL
    failed = ("These modules are not there where notebooks are graded: pandas_of_old.",)
    assert found.oddities == (failed if "pandas" in head else ())
    assert bool(outputs_of(found, "imports")) == bool(head)


def test_without_the_cell_with_the_imports_they_hold_too(worker):
    work = handed_in()
    del work["cells"][1]
    found = grade_submission(source(), submitted(work), UNIT, KEY, worker)
    assert scores(found) == FULL


def test_a_foreign_notebook_scores_zero_with_one_reason(worker):
    work = {"nbformat": 4, "cells": [extra("x = 1")]}
    found = grade_submission(source(), submitted(work), UNIT, KEY, worker)
    assert scores(found) == dict.fromkeys(FULL, 0.0)
    assert {one.message for one in found.exercises} == {found.problem}
    assert found.oddities == () and "not the notebook of 01_neuron" in found.problem


def test_what_cannot_be_read_scores_zero_and_says_why(worker):
    found = grade_submission(source(), submitted(b"{"), UNIT, KEY, worker)
    assert scores(found) == dict.fromkeys(FULL, 0.0)
    assert all("not JSON" in one.message for one in found.exercises)
    assert outputs_of(found, "own-test")[0]["output_type"] == "error"
    assert "not JSON" in found.notebook["cells"][0]["source"]


def test_a_released_notebook_that_tests_an_unknown_exercise_is_refused(worker):
    released = source()
    released["cells"][3]["metadata"]["course"]["exercise"] = "unheard_of"
    with pytest.raises(ValueError, match="unheard_of"):
        grade_submission(released, submitted(handed_in()), UNIT, KEY, worker)


def test_materials_lie_beside_the_notebook(worker):
    found = graded(worker, more=["open('data/x.txt').read()"], materials={"data/x.txt": b"hello"})
    assert found.notebook["cells"][-1]["outputs"][0]["data"] == {"text/plain": "'hello'"}


def test_one_session_leaves_nothing_for_the_next(worker):
    graded(worker, more=["import numpy; numpy.maximum = None; leftover = 1", "open('x','w')"])
    found = graded(worker, more=["leftover", "open('x')"])
    assert scores(found) == FULL
    names = [cell["outputs"][0]["ename"] for cell in found.notebook["cells"][-2:]]
    assert names == ["NameError", "FileNotFoundError"]


def test_a_graded_submission_survives_json(worker):
    found = graded(worker)
    assert Graded.from_json(found.to_json()) == found
