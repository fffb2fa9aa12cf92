"""Questions and known mistakes of `lecture_loss`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import chain_rule as nn

exercise = Exercise(
    nn.lecture_loss,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "Go from the inside out: first the prediction, then how far it is from the target.",
        "There are three steps: the prediction ŷ from w and x, the residual z from ŷ and y, the "
        "loss from z.",
        "The loss of a residual z is ρ(z) = log(1 + z²), with the natural logarithm. NumPy has it, "
        "and for log(1 + something) it even has a separate function.",
    ),
)


@exercise.public
def public():
    yield Question("a residual of 1", dict(w=2.0, x=3.0, y=5.0))
    yield Question("a perfect prediction", dict(w=2.0, x=3.0, y=6.0))
    yield Question("a residual of −2", dict(w=-1.0, x=2.0, y=0.0))


@exercise.secret
def secret(rng):
    w, x, y = (float(v) for v in rng.normal(size=3))
    yield Question("any three numbers", dict(w=w, x=x, y=y))
    yield Question("a prediction that is too large", dict(w=1 + abs(w), x=1 + abs(x), y=-abs(y)))
    yield Question("a target far away", dict(w=w, x=x, y=1000.0 + y))
    w, x, y = (int(v) for v in rng.integers(-4, 5, size=3))
    yield Question("integers", dict(w=w, x=x, y=w * x + 3))
    w, x, y = (np.float32(v) for v in (1.5, 2.0, int(rng.integers(-3, 3))))
    yield Question("float32", dict(w=w, x=x, y=y))
    yield Question("a perfect prediction of 0", dict(w=0.0, x=1.0, y=0.0))


@exercise.mistake(
    "This is the logarithm of the squared residual alone: the 1 is missing.",
    "What should the loss of a perfect prediction be, and what is the logarithm of 0?",
)
def one_left_out(w, x, y):
    with np.errstate(divide="ignore"):
        return np.log(np.square(1.0 * w * x - y))


@exercise.mistake(
    "This is (log(1 + z))² instead of log(1 + z²): the square is around the logarithm.",
    "What exactly is squared in ρ(z) = log(1 + z²)?",
)
def square_outside_the_log(w, x, y):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.square(np.log(1 + (1.0 * w * x - y)))


@exercise.mistake(
    "This is log((1 + z)²) instead of log(1 + z²): the 1 is squared along with z.",
    "Add the 1 to the squared residual. Where do the brackets go?",
)
def one_inside_the_square(w, x, y):
    with np.errstate(divide="ignore"):
        return np.log(np.square(1 + (1.0 * w * x - y)))


@exercise.mistake(
    "This is the loss without the square: log(1 + z).",
    "A residual of −2 is as bad as a residual of 2. What makes it so in the lecture's loss?",
)
def square_lost(w, x, y):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.log(1 + (1.0 * w * x - y))


@exercise.mistake(
    "This is the logarithm to base 10.",
    "In this course, as in NumPy, log is the natural logarithm.",
)
def log_to_base_10(w, x, y):
    return np.log10(1 + np.square(1.0 * w * x - y))


@exercise.mistake(
    "This is (ŷ − y)² without the logarithm around it.",
    "The lecture's loss grows slowly for large residuals. Compare ρ(1000) with 1000².",
)
def logarithm_lost(w, x, y):
    return np.square(1.0 * w * x - y)
