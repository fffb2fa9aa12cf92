"""The source locates a mistake: what is remarked is true of the text, and never shown if right."""

import pytest

from course.check import examine
from course.exercises.engine.exercise import request
from course.exercises.engine.frozen import thaw
from course.exercises.engine.messages import explain, named
from course.exercises.engine.observe import SOURCE_UNREAD, observe_students
from course.exercises.engine.source import remarks
from tests.exercises.written import written

EARLY = """
def neuron(w, x, h):
    total = 0.0
    for a, b in zip(w, x):
        total += a * b
        return h(total)
"""
OVERWRITTEN = EARLY.replace("+=", "=").replace("        return", "    return")


def test_a_return_inside_a_loop_is_located():
    [said] = remarks(written("neuron", EARLY), ["w", "x", "h"])
    assert said.startswith("Line 6, `return h(total)`, is inside the loop")
    assert said in explain(examine("neuron", written("neuron", EARLY)))


def test_a_value_that_each_round_replaces_is_located():
    [said] = remarks(written("neuron", OVERWRITTEN), ["w", "x", "h"])
    assert said.startswith("Line 5, `total = a * b`, sets total anew")


def test_an_unused_argument_and_another_order_are_remarked():
    source = "def neuron(x, w, h):\n    return x @ w\n"
    order, unused = remarks(written("neuron", source), ["w", "x", "h"])
    assert "in the order x, w, h; they are handed over in the order w, x, h" in order
    assert unused == "Your function never uses its argument h."
    assert examine("neuron", written("neuron", source)).diagnosis is None


@pytest.mark.parametrize(
    "source",
    [
        EARLY.replace("        return", "    return"),
        EARLY.replace("        return", "        if total > 9: return total\n    return"),
        OVERWRITTEN.replace("total = a * b", "total = total + a * b"),
        "def neuron(w, x, h):\n    for a in w:\n        if a: continue\n        return x, h\n",
        "neuron = lambda w: 1",
        "import functools\nneuron = functools.partial(print, [])",
    ],
)
def test_nothing_is_remarked_of_other_source(source):
    assert remarks(written("neuron", source), ["w", "x", "h"]) == []


def test_a_remark_names_nothing():
    verdict = examine("neuron", written("neuron", EARLY))
    assert not set(verdict.remarks) & set(named(verdict))
    right = written("neuron", "def neuron(w, x, h):\n    for _ in w:\n        return h(w @ x)\n")
    assert "loop" not in explain(examine("neuron", right))


def test_of_a_function_that_ended_in_an_error_no_unused_argument_is_remarked():
    said = explain(examine("neuron", written("neuron", "def neuron(w, x, h):\n    1 / 0\n")))
    assert "ZeroDivisionError" in said and "never uses" not in said


def test_the_source_is_left_unread_if_the_request_says_so():
    function = written("neuron", EARLY)
    asked = request(thaw("neuron")[1][0].question, ())
    assert "remarks" in observe_students(function, asked)
    assert "remarks" not in observe_students(function, asked | SOURCE_UNREAD)
