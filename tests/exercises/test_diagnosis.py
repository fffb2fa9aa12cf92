"""The simplest wrong answer is shown, and no message says more than was seen."""

import numpy as np
import pytest

from course.exercises.engine import Exercise, Question
from course.exercises.engine.answer_sheet import gist
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import judge
from course.exercises.engine.messages import explain
from course.exercises.engine.observe import observe
from course.exercises.engine.raised import describe
from course.exercises.units import exercise as known
from course.nn.forward import topological_order
from tests.exercises.kill_matrix import public_answers, put
from tests.exercises.written import written


def double(x):
    """Return twice x."""
    return 2 * x


def exercise(*numbers):
    one = Exercise(double, points=1, minutes=1, difficulty=1, hints=("", "", ""))

    @one.mistake("This is right for numbers above 0 only.", "What of the others?")
    def above_zero(x):
        return 2 * x if x > 0 else x / 4

    @one.public
    def _():
        yield Question("a number above 0", dict(x=3.0))
        yield Question("a number below 0", dict(x=-3.0))
        yield from (Question(f"number {i}", dict(x=x)) for i, x in enumerate(numbers))

    @one.mistake("From 10 on this has the wrong sign.", "What is twice 10?")
    def large(x):
        return 2 * x if x < 10 else -2 * x

    @one.mistake("Far below 0 this is not a number.", "What is twice -20?")
    def undefined_far_below(x):
        return 2 * x if x > -10 else float("nan")

    return one


def verdict_on(function, *numbers):
    one = exercise(*numbers)
    keyed = one.answer_key(one.public_questions())
    return judge(one.info, keyed, [observe(function, request(k.question, ())) for k in keyed])


def test_the_first_wrong_answer_is_shown_and_what_a_mistake_leaves_is_told():
    verdict = verdict_on(lambda x: 7.0 if x > 0 else x / 4)
    assert verdict.mistake.name == "above_zero"
    assert len(verdict.failed) == 2
    said = explain(verdict)
    assert "Asked: a number above 0" in said
    assert 'One thing that is wrong (in "a number below 0"): This is right for' in said
    verdict = verdict_on(lambda x: "no" if x > 3 else x / 4)
    assert "Also wrong" not in explain(verdict)


def test_a_mistake_that_explains_less_hides_none_that_explains_more():
    verdict = verdict_on(lambda x: x / 4 if x < 0 else 2 * x if x < 10 else -2 * x, 20.0, 30.0)
    assert verdict.mistake.name == "large"
    assert [result.question.args for result in verdict.unexplained] == [dict(x=-3.0)]


@pytest.mark.parametrize("nothing", [float("nan"), float("inf")])
def test_what_is_not_a_number_names_nothing_unless_it_is_all_that_is_wrong(nothing):
    assert verdict_on(lambda x: 7.0 if x > 0 else x * nothing, -20.0).mistake is None
    verdict = verdict_on(lambda x: 2 * x if x > -10 else float("nan"), -20.0)
    assert verdict.mistake.name == "undefined_far_below"


def test_numbers_too_large_for_a_float_are_evidence_like_others():
    verdict = verdict_on(lambda x: 7.0 if x == 3 else 2 * x if x < 10 else -2 * x, 10**400, 10**30)
    assert verdict.mistake.name == "large"


def test_without_a_known_mistake_the_first_wrong_answer_is_shown():
    verdict = verdict_on(lambda x: 7.0)
    assert verdict.mistake is None
    assert "Asked: a number above 0" in explain(verdict)


@pytest.mark.parametrize("name", ["and_neuron", "blind_direction", "minibatches", "train"])
def test_a_function_that_returns_nothing_is_told_so_and_nothing_of_its_rng(name):
    one = known(name)
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
        # The outputs can't be computed then; that isn't what is wrong.
        assert "\nAt shapes: " in explain(verdict)


def test_a_number_that_is_0_is_shown_without_a_sign():
    one = known("blind_direction")
    shown = explain(put(one, lambda w: np.array([-w[1], w[0]]), public_answers(one)))
    assert "'w · v': 0," in shown
    assert "-0" not in shown


LABELS = "def logistic_loss(z, y):\n    y = y.reshape(-1, 1)\n"
ROW = "def permute_hidden(net, j, perm):\n    As, Bs = list(net[0]), list(net[1])\n"
NOT_A_NAME = [
    # A zero is the answer of many mistakes.
    ("d_sigmoid", "def d_sigmoid(z):\n    s = 1 / (1 + np.exp(-z))\n    return s - s\n"),
    # A single input fits where others don't.
    ("neuron", "def neuron(w, x, h):\n    return h(w.reshape(-1, 1) @ x)\n"),
    # It works for arrays, too, so a mistake that doesn't isn't it.
    ("d_sigmoid", "def d_sigmoid(z):\n    s = 1 / (1 + np.exp(-z))\n    return s * (1 + s)\n"),
    # Labels are whole numbers everywhere, so types don't excuse another answer.
    (
        "logistic_loss",
        f"{LABELS}    value = np.mean(np.logaddexp(0, z) + z * y)\n"
        "    return value, (1 / (1 + np.exp(-z)) - y) / len(y)\n",
    ),
    # The second axis is out of bounds, so the row of biases was not taken for flat.
    (
        "permute_hidden",
        f"{ROW}    As[j], Bs[j] = As[j][perm], Bs[j][:, perm]\n"
        "    As[j + 1] = As[j + 1][:, perm]\n    return As, Bs\n",
    ),
]


@pytest.mark.parametrize(("name", "source"), NOT_A_NAME)
def test_weak_evidence_gives_no_name(name, source):
    one = known(name)
    verdict = put(one, written(name, source), public_answers(one))
    assert verdict.mistake is None


def test_shapes_and_axes_tell_errors_apart_and_own_words_do_not():
    def gist_of(source):
        try:
            written("f", f"def f():\n    {source}\n")()
        except Exception as error:
            return gist(describe(error))

    assert gist_of("np.ones((1, 2))[:, 3]") != gist_of("np.ones((1, 2))[3]")
    assert gist_of("np.ones((1, 2))[2]") == gist_of("np.ones((1, 2))[3]")
    assert gist_of("np.ones(2) + np.ones((3, 3))") == gist_of("np.ones((3, 3)) + np.ones(2)")
    assert gist_of("raise ValueError('mine')") == gist_of("raise ValueError('yours')")
    assert gist_of("raise ValueError('mine')") != gist_of("np.ones(2) + np.ones(3)")
    assert gist_of("1 < 'a'") != gist_of("1 + 'a'")
