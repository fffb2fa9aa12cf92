"""Questions and known mistakes of `sigmoid`."""

import math

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import neuron as nn

exercise = Exercise(
    nn.sigmoid,
    points=2,
    minutes=10,
    difficulty=3,
    hints=(
        "Write down the formula for one number first. Which part of it can become too large for a "
        "float, and for which z?",
        "exp of a large positive number overflows; exp of a large negative number is just 0. There "
        "are two ways to write the sigmoid, and each is safe for one sign of z.",
        "1/(1+e^{-z}) is safe for z ≥ 0; e^z/(1+e^z) is the same number and safe for z < 0. The "
        "only exponential that both need is e^{-|z|}, which never overflows. `np.where` chooses "
        "the numerator.",
    ),
)


@exercise.public
def public():
    yield Question("one number", dict(z=0.0))
    yield Question("three numbers, elementwise", dict(z=np.array([-1.0, 0.0, 2.0])))
    yield Question("far to the left, without a warning", dict(z=-1000.0), warning_free=True)
    yield Question("far to the right, without a warning", dict(z=1000.0), warning_free=True)


@exercise.secret
def secret(rng):
    yield Question("some number", dict(z=float(rng.uniform(0.5, 2))))
    yield Question("a matrix", dict(z=rng.normal(size=(3, 4))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("float32", dict(z=rng.normal(size=4).astype(np.float32)), weight=0.5)
    yield Question(
        "far to the left, without a warning",
        dict(z=-rng.uniform(800, 1e6, size=3)),
        weight=1.5,
        warning_free=True,
    )
    yield Question(
        "far to the right, without a warning",
        dict(z=rng.uniform(800, 1e6, size=3)),
        weight=1.5,
        warning_free=True,
    )
    yield Question(
        "small and large numbers in one matrix, without a warning",
        dict(z=rng.permutation([-1e6, -750.0, -40.0, -1.0, 0.5, 40.0, 750.0, 1e6]).reshape(2, 4)),
        weight=1.5,
        warning_free=True,
    )


@exercise.mistake(
    "This is 1/(1+e^z): the minus in the exponent is missing.",
    "Should the sigmoid rise or fall as z grows? Try z = 100 in your head.",
)
def minus_in_the_exponent_lost(z):
    return nn.sigmoid(np.negative(z))


@exercise.mistake(
    "This is the formula as written, and for very negative z its exponential overflows.",
    "What is e^1000 in floating point? Look for a form that never takes exp of a large number.",
)
def overflows_on_the_left(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


@exercise.mistake(
    "This is e^z/(1+e^z). For very large z that is ∞/∞, which is nan.",
    "This form is safe for negative z. Which form is safe for positive z?",
)
def infinity_over_infinity_on_the_right(z):
    e = np.exp(np.asarray(z, dtype=float))
    return e / (1 + e)


@exercise.mistake(
    "The numbers are right, but both forms were computed for every z, and one overflowed: "
    "`np.where` chooses between two finished arrays.",
    "Is there one exponential, safe for every z, from which you can make both forms?",
)
def both_forms_computed(z):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@exercise.mistake(
    "This is tanh, which runs from −1 to 1; the sigmoid runs from 0 to 1.",
    "What does the formula give for z = 0?",
)
def tanh_instead(z):
    return np.tanh(z)


@exercise.mistake(
    "This is `math.exp`, which takes one number, not an array.",
    "Which `exp` works on every entry of an array at once?",
)
def exp_of_one_number(z):
    if np.ndim(z):
        raise TypeError("only length-1 arrays can be converted to Python scalars")
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


@exercise.mistake(
    "This works for arrays, but a single number has no entries for `z[z >= 0]` to pick.",
    "What turns a number into an array and leaves an array unchanged? Or can you do without "
    "picking entries?",
)
def entries_picked_from_a_number(z):
    if not isinstance(z, np.ndarray):
        raise TypeError("'float' object is not subscriptable")
    return nn.sigmoid(z)


@exercise.mistake(
    "An `if` needs a single yes or no, but an array has a yes or no for each entry.",
    "Which function chooses entry by entry? You met it together with `np.minimum`.",
)
def one_choice_for_all_entries(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


@exercise.mistake(
    "This is 1/(1 + e^{-|z|}): correct for z ≥ 0, but −z gets the same answer as z.",
    "In the form for negative z, the numerator is not 1. What is it?",
)
def same_numerator_on_both_sides(z):
    return 1 / (1 + np.exp(-np.abs(z)))
