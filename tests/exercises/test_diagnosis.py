"""The simplest wrong answer is shown, and no message says more than was seen."""

import numpy as np
import pytest

from course.exercises.engine import Exercise, Question
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import judge
from course.exercises.engine.messages import explain
from course.exercises.engine.observe import observe
from course.exercises.units import exercise as known
from course.exercises.units import exercises_of
from course.nn.forward import topological_order
from tests.exercises.kill_matrix import public_answers, put


def double(x):
    """Return twice x."""
    return 2 * x


def exercise():
    one = Exercise(double, points=1, minutes=1, difficulty=1, hints=("", "", ""))

    @one.mistake("This is right for numbers above 0 only.", "What of the others?")
    def above_zero(x):
        return max(2 * x, 0)

    @one.public
    def _():
        yield Question("a number above 0", dict(x=3.0))
        yield Question("a number below 0", dict(x=-3.0))

    return one


def verdict_on(function):
    one = exercise()
    keyed = one.answer_key(one.public_questions())
    return judge(one.info, keyed, [observe(function, request(k.question, ())) for k in keyed])


def test_the_first_wrong_answer_is_shown_and_what_a_mistake_leaves_is_told():
    verdict = verdict_on(lambda x: 7.0 if x > 0 else 0)
    assert verdict.mistake.name == "above_zero"
    assert len(verdict.failed) == 2
    said = explain(verdict)
    assert "Asked: a number above 0" in said
    assert 'One thing that is wrong (in "a number below 0"): This is right for' in said
    verdict = verdict_on(lambda x: "no" if x > 3 else 0)
    assert "Also wrong" not in explain(verdict)


def test_without_a_known_mistake_the_first_wrong_answer_is_shown():
    verdict = verdict_on(lambda x: 7.0)
    assert verdict.mistake is None
    assert "Asked: a number above 0" in explain(verdict)


@pytest.mark.parametrize("name", ["minibatches", "train"])
def test_a_function_that_returns_nothing_is_told_so_and_nothing_of_its_rng(name):
    one = next(one for one in exercises_of("07_sgd") if one.name == name)
    verdict = put(one, lambda *args, **keywords: None, public_answers(one))
    assert verdict.mistake is None
    assert "returned None" in explain(verdict)


def test_an_answer_is_shown_even_if_an_error_was_expected():
    def blind_to_cycles(edges):
        try:
            return topological_order(edges)
        except ValueError:
            return [3, 1]

    one = known("topological_order")
    shown = explain(put(one, blind_to_cycles, public_answers(one)))
    assert "Expected: a ValueError\nGot:      [3, 1]\n" in shown


@pytest.mark.parametrize("m", [3, 4, 7])
def test_a_wrong_shape_in_the_xor_network_is_named_whatever_its_width(m):
    W, b, u = np.ones((2, m)), np.zeros((1, m)), np.ones(m)
    one = known("xor_network")
    for network, name in [
        ((W.T, b, u, 0.0), "neurons_as_rows"),
        ((W, b, u), "output_bias_left_out"),
        ((W, b[0], u, 0.0), "biases_in_a_flat_array"),
        ((W, b, u[:, None], 0.0), "output_weights_in_a_column"),
    ]:
        verdict = put(one, lambda network=network: network, public_answers(one))
        assert verdict.mistake.name == name
