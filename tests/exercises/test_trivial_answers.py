"""An answer that says nothing earns nothing: of the secret questions, at most 5 % of the score."""

import numpy as np
import pytest

from course.exercises.units import all_exercises
from tests.exercises.kill_matrix import score, secret_answers

MOST = 0.05
SEEDS = range(3)
# Whose right answer is the argument itself.
EXCEPTED = {"identity"}


def refuse(*args, **keywords):
    """Raise a ValueError whatever is asked."""
    raise ValueError


def nothing(*args, **keywords):
    """Return nothing."""


def zero(*args, **keywords):
    """Return 0."""
    return 0.0


def one(*args, **keywords):
    """Return 1."""
    return 1.0


def log_2(*args, **keywords):
    """Return log 2."""
    return np.log(2.0)


def nothing_in_a_list(*args, **keywords):
    """Return an empty list."""
    return []


def nothing_in_two(*args, **keywords):
    """Return two empty lists."""
    return [], []


def first_argument(*args, **keywords):
    """Return the first argument."""
    return args[0]


def second_argument(*args, **keywords):
    """Return the second argument."""
    return args[1]


def zeros(*args, **keywords):
    """Return an array of zeros in the shape of the first argument."""
    return np.zeros(np.shape(args[0]))


def ones(*args, **keywords):
    """Return an array of ones in the shape of the first argument."""
    return np.ones(np.shape(args[0]))


def value_at_the_argument(*args, **keywords):
    """Return the first argument's value at the second, if it is a function."""
    return args[0](args[1])


def all_at_once(*args, **keywords):
    """Return all indices in one batch."""
    return [np.arange(args[0])]


def last_delta_alone(nodes):
    """Set all deltas to 0 but the last."""
    for node in nodes:
        node.delta = 0.0
    nodes[-1].delta = 1.0


def first_axis(w):
    """Return the direction of the first input."""
    return np.eye(len(w))[0]


def last_axis(w):
    """Return the direction of the last input."""
    return np.eye(len(w))[-1]


def one_input(k):
    """Return a net that hands on its only input."""
    return [[1.0]], [[0.0]], [1.0], 0.0


def units_1_and_3(net, j, tol=1e-9):
    """Say that units 1 and 3 are twins."""
    return [(1, 3)]


ANSWERS = [
    *(refuse, nothing, zero, one, nothing_in_a_list, nothing_in_two),
    *(first_argument, second_argument, zeros, ones),
]
OF_ONE_EXERCISE = {
    "lecture_loss": [log_2],
    "numerical_derivative": [value_at_the_argument],
    "backward_pass": [last_delta_alone],
    "minibatches": [all_at_once],
    "blind_direction": [first_axis, last_axis],
    "parity_network": [one_input],
    "twin_units": [units_1_and_3],
}


@pytest.mark.parametrize(
    "name",
    [
        # With test_bank's, which ask the same questions.
        pytest.param(name, marks=pytest.mark.xdist_group(name))
        for name in sorted({*all_exercises()} - EXCEPTED - {"design"})
    ],
)
def test_what_says_nothing_earns_nothing(name):
    exercise = all_exercises()[name]
    answers = [*ANSWERS, *OF_ONE_EXERCISE.get(name, [])]
    earned = {
        f"{answer.__name__}, seed {seed}": share
        for answer in answers
        for seed in SEEDS
        if (share := score(exercise, answer, secret_answers(exercise, seed))) > MOST
    }
    assert not earned
