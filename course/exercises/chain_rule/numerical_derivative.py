"""Questions and known mistakes of `numerical_derivative`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import chain_rule as nn

exercise = Exercise(
    nn.numerical_derivative,
    points=2,
    minutes=10,
    difficulty=1,
    hints=(
        "A derivative is the slope of a line through two points of the graph of f that are close "
        "together. Which two, if neither side of x is to be preferred?",
        "The two points are at x + eps and x − eps. The slope is the rise over the run.",
        "The rise is the difference between the two values of f; the run is the distance from x − "
        "eps to x + eps. Mind the brackets around the run when you divide.",
    ),
)


@exercise.public
def public():
    yield Question("z³ at 2, a step of 1", dict(f=stock.cube, x=2, eps=1))
    yield Question("z² at its lowest point, the usual step", dict(f=stock.square, x=0.0))
    yield Question("sin at 0, the usual step", dict(f=stock.sin, x=0.0))


@exercise.secret
def secret(rng):
    x = float(rng.uniform(0.5, 2))
    yield Question("a cube, a wide step", dict(f=stock.cube, x=x, eps=0.5))
    yield Question("a negative x", dict(f=stock.cube, x=-x, eps=0.25))
    yield Question("exp, the usual step", dict(f=stock.exp, x=float(rng.normal())))
    yield Question("a cube close to 0, the usual step", dict(f=stock.cube, x=0.001))
    yield Question("a kink", dict(f=stock.leaky, x=0.0, eps=float(rng.uniform(0.1, 1))))
    x = int(rng.integers(2, 6))
    yield Question("an integer x, a step of less than 1", dict(f=stock.square, x=x, eps=0.5))
    yield Question("a step chosen by the caller", dict(f=stock.sin, x=1.0, eps=1.5))


@exercise.mistake(
    "This is the slope from x to x + eps, the one-sided difference.",
    "It looks at one side only, so the bend of the curve spoils it. What would be symmetric about "
    "x?",
)
def one_sided(f, x, eps=1e-6):
    return (f(x + eps) - f(x)) / eps


@exercise.mistake(
    "This is the slope from x − eps to x, the one-sided difference backwards.",
    "It looks at one side only, so the bend of the curve spoils it. What would be symmetric about "
    "x?",
)
def one_sided_backwards(f, x, eps=1e-6):
    return (f(x) - f(x - eps)) / eps


@exercise.mistake(
    "This is the difference across both sides, divided by eps: twice the slope.",
    "How far is it from x − eps to x + eps?",
)
def run_counted_once(f, x, eps=1e-6):
    return (f(x + eps) - f(x - eps)) / eps


@exercise.mistake(
    "This is `… / 2 * eps`: halved, then multiplied by eps.",
    "Python evaluates `/` and `*` from left to right. Where do brackets belong?",
)
def brackets_lost(f, x, eps=1e-6):
    return (f(x + eps) - f(x - eps)) / 2 * eps


@exercise.mistake(
    "Your step does not depend on the argument `eps`.",
    "The caller may choose the step. Is there a 1e-6 written out in your function?",
)
def step_fixed(f, x, eps=1e-6):
    return nn.numerical_derivative(f, x)


@exercise.mistake(
    "The slope has the wrong sign: the value on the left minus the value on the right.",
    "If f is rising, which of the two values is larger?",
)
def left_minus_right(f, x, eps=1e-6):
    return -nn.numerical_derivative(f, x, eps)


@exercise.mistake(
    "If x is an integer, the step is cut down to a whole number, since it is taken in x's own "
    "type.",
    "An integer array can't hold 3.5. What type must x have before you move it by eps?",
)
def step_cut_to_an_integer(f, x, eps=1e-6):
    kind = np.asarray(x).dtype
    left, right = np.array(x - eps).astype(kind), np.array(x + eps).astype(kind)
    return (f(right) - f(left)) / (2 * eps)
