"""Questions and known mistakes of `softplus`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import neuron as nn

exercise = Exercise(
    nn.softplus,
    points=2,
    minutes=10,
    difficulty=3,
    hints=(
        "For z = 1000 the answer is 1000, to the last digit of a float. Where does the formula go "
        "wrong on the way?",
        "Factor out e^z: log(1 + e^z) = z + log(1 + e^{-z}). Each side is safe for one sign of z.",
        "Both sides contain log(1 + e^{-|z|}), which never overflows. What do you have to add to "
        "it if z is positive, and what if z is negative? You have already written that function.",
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
        weight=0.5,
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
    "This is the formula as written, and for large z its exponential overflows to infinity.",
    "For large z, log(1 + e^z) is hardly more than z. Can you split off z before taking exp?",
)
def overflows_on_the_right(z):
    return np.log(1 + np.exp(np.asarray(z, dtype=float)))


@exercise.mistake(
    "This is z + log(1 + e^{-z}) for every z, and for very negative z its exponential overflows.",
    "This form is safe for positive z. Which form is safe for negative z?",
)
def the_other_form_for_every_z(z):
    z = np.asarray(z, dtype=float)
    return z + np.log1p(np.exp(-z))


@exercise.mistake(
    "The numbers are right, but both forms were computed for every z, and one overflowed: "
    "`np.where` chooses between two finished arrays.",
    "Is there one exponential, safe for every z, from which you can make both forms?",
)
def cut_off_computes_both_forms(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 30, z, np.log1p(np.exp(z)))


@exercise.mistake(
    "An `if` needs a single yes or no, but an array has a yes or no for each entry.",
    "Compare the forms for the two signs of z: which part is the same, and which differs? NumPy's "
    "elementwise functions can compute the part that differs.",
)
def one_softplus_choice_for_all_entries(z):
    if z > 0:
        return z + np.log1p(np.exp(-z))
    return np.log1p(np.exp(z))


@exercise.mistake(
    "This is z + log(1 + e^{-|z|}): correct for z ≥ 0, but too small by |z| for negative z.",
    "Which of the two forms is safe for negative z, and what is in front of its log?",
)
def z_added_on_both_sides(z):
    return z + np.log1p(np.exp(-np.abs(z)))


@exercise.mistake(
    "This is log(1 + e^{-z}): a minus has slipped in from the sigmoid.",
    "Should softplus rise or fall as z grows?",
)
def minus_in_the_exponent(z):
    return nn.softplus(np.negative(z))


@exercise.mistake(
    "This is the slope of softplus, which is the sigmoid, instead of softplus itself.",
    "What is log(1 + e^0)?",
)
def its_slope_instead(z):
    return nn.sigmoid(z)


@exercise.mistake(
    "This is ReLU, and softplus is close to it only far from 0.",
    "What is log(1 + e^0)? A cut-off has to be so far out that it makes no visible difference.",
)
def corner_not_rounded(z):
    return nn.relu(z)


@exercise.mistake(
    "This is the logarithm to base 2.",
    "Here log means the natural logarithm: the one with log(e) = 1.",
)
def logarithm_to_base_two(z):
    return nn.softplus(z) / np.log(2)
