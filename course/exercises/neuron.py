"""Questions and known mistakes of unit 1: from the generalised linear model to the neuron."""

import numpy as np

from course.exercises.engine import Exercise, Question, given
from course.nn import neuron as nn

# ---------------------------------------------------------------------------------------- sigmoid

sigmoid = Exercise(
    nn.sigmoid,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "Write the formula down for one number first. Which part of it can become too large for a float?",
        "exp of a large positive number overflows; exp of a large negative one is harmlessly 0. "
        "There are two ways to write the sigmoid, and each is safe for one sign of z.",
        "1/(1+e^{-z}) is safe for z ≥ 0, and e^z/(1+e^z) is the same number and safe for z < 0. "
        "e^{-|z|} is the exponential that both need. np.where chooses.",
    ),
)


@sigmoid.public
def _():
    yield Question("one number", dict(z=0.0))
    yield Question("three numbers, elementwise", dict(z=np.array([-1.0, 0.0, 2.0])))
    yield Question("far out on both sides", dict(z=np.array([-1000.0, 1000.0])), warning_free=True)


@sigmoid.secret
def _(rng):
    yield Question("a number", dict(z=float(rng.normal())))
    yield Question("a matrix", dict(z=rng.normal(size=(3, 4))), weight=2)
    yield Question("integers", dict(z=rng.integers(-3, 4, size=5)))
    yield Question("float32", dict(z=rng.normal(size=4).astype(np.float32)))
    yield Question(
        "numbers as large as a million",
        dict(z=np.array([-1e6, -750.0, -40.0, 0.0, 40.0, 750.0, 1e6])),
        warning_free=True,
    )


@sigmoid.mistake(
    "This is 1/(1+e^{z}): the sign in the exponent is lost.",
    "Should the sigmoid grow or fall as z grows? Try z = 100 in your head.",
)
def sign_in_the_exponent_lost(z):
    return nn.sigmoid(-np.asarray(z, dtype=float))


@sigmoid.mistake(
    "This is the textbook formula as it stands, and for very negative z its exponential overflows.",
    "What is e^{1000} in floating point? Look for a form that never takes exp of a large number.",
)
def overflows_far_out(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
