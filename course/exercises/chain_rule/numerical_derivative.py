"""Questions and known mistakes of `numerical_derivative`."""

import numpy as np

from course.exercises.chain_rule.steps import STEPS
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
    yield Question("z² at 3, a step of ½", dict(f=stock.square, x=3, eps=0.5))
    yield Question("across a kink, a step of 2", dict(f=stock.leaky, x=1, eps=2))
    yield Question("sin at 0, the usual step", dict(f=stock.sin, x=0.0))


@exercise.secret
def secret(rng):
    x = float(rng.uniform(0.5, 2))
    yield Question("a cube, a wide step", dict(f=stock.cube, x=x, eps=0.5))
    yield Question("a negative x", dict(f=stock.cube, x=-x, eps=0.25))
    yield Question("sin, the usual step", dict(f=stock.sin, x=float(rng.uniform(1, 3))))
    yield Question("a cube close to 0, the usual step", dict(f=stock.cube, x=x / 1000))
    yield Question("a kink", dict(f=stock.leaky, x=0.0, eps=float(rng.uniform(0.1, 1))))
    x = int(rng.integers(2, 6))
    yield Question("an integer x, a step of less than 1", dict(f=stock.cube, x=x, eps=0.5))
    yield Question(
        "a step chosen by the caller", dict(f=stock.sin, x=float(rng.uniform(0.5, 1)), eps=1.5)
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def in_steps(f, x, eps=1e-6):
    h = eps
    right = f(x + h)
    left = f(x - h)
    rise = right - left
    run = 2 * h
    slope = rise / run
    return slope


@exercise.writing
def mean_of_both_sides(f, x, eps=1e-6):
    h = eps
    ahead = f(x + h) - f(x)
    behind = f(x) - f(x - h)
    slope = (ahead + behind) / (2 * h)
    return slope


exercise.idea(
    "one_sided",
    "This is the one-sided (forward) difference, the slope from x to x + eps.",
    "It looks at one side only, so the bend of the curve spoils it. What would be symmetric about "
    "x?",
    {"left = f(x - h)": "left = f(x)", "run = 2 * h": "run = h"},
)
exercise.idea(
    "one_sided_backwards",
    "This is the one-sided (backward) difference, the slope from x − eps to x.",
    "It looks at one side only, so the bend of the curve spoils it. What would be symmetric about "
    "x?",
    {"right = f(x + h)": "right = f(x)", "run = 2 * h": "run = h"},
)
exercise.idea(
    "one_sided_over_both",
    "This is a one-sided difference, with x itself as one of the two points, yet you divide by 2 "
    "eps.",
    "Mark the two points at which you ask f on a line. How far apart are they?",
    {"left = f(x - h)": "left = f(x)"},
    {"right = f(x + h)": "right = f(x)"},
)
exercise.idea(
    "run_counted_once",
    "The difference across both sides is divided by eps alone, so the slope is doubled.",
    "How far is it from x − eps to x + eps?",
    {"run = 2 * h": "run = h"},
)
exercise.idea(
    "brackets_lost",
    "The brackets are missing: `… / 2 * eps` halves, then multiplies by eps.",
    "Python evaluates `/` and `*` from left to right. Where do brackets belong?",
    {"rise / run": "rise / 2 * h"},
)
exercise.idea(
    "rise_without_brackets",
    "The brackets around the rise are missing: `f(x + eps) - f(x - eps) / …` divides only the "
    "second value.",
    "Python divides before it subtracts. Where do brackets belong?",
    {"rise / run": "right - left / run"},
)
exercise.idea(
    "no_brackets",
    "All brackets are missing, as in `f(x + eps) - f(x - eps) / 2 * eps`: only the second value is "
    "halved, then multiplied by eps.",
    "Python multiplies and divides first, from left to right, and subtracts last. Where do two "
    "pairs of brackets belong?",
    {"rise / run": "right - left / 2 * h"},
)
exercise.idea(
    "not_divided",
    "This is the rise alone: the difference of the two values isn't divided by anything.",
    "A slope is rise over run. How far is it from x − eps to x + eps?",
    {"rise / run": "rise"},
)
exercise.idea(
    "step_fixed",
    "Your step is a fixed number: the argument `eps` isn't used.",
    "The caller may choose the step. Is a number such as 1e-6 written out in your function?",
    *({"h = eps": f"h = {step}"} for step in STEPS),
)
exercise.idea(
    "step_scaled_by_x",
    "Your step depends on x, but it should be eps wherever x is.",
    "Which two points are asked about for x = 3 and eps = ½?",
    {"h = eps": "h = eps * max(1, abs(x))"},
    {"h = eps": "h = eps * abs(x)"},
    {"h = eps": "h = eps * (1 + abs(x))"},
)
exercise.idea(
    "half_a_step_each_side",
    "The two points are half an eps away from x on either side, but they should be a whole eps "
    "away.",
    "In the formula the distance between the points is 2 eps. What is it in yours?",
    {"h = eps": "h = eps / 2"},
)
exercise.idea(
    "left_minus_right",
    "The slope has the wrong sign, as with the value on the left minus the value on the right.",
    "If f is rising, which of the two values is larger?",
    {"right - left": "left - right"},
    {"slope = (ahead + behind) / (2 * h)": "slope = -(ahead + behind) / (2 * h)"},
)
exercise.idea(
    "same_point_twice",
    "This is 0 for every f, as if f were called at the same point twice.",
    "One point is at x + eps. Where is the other?",
    {"left = f(x - h)": "left = f(x + h)"},
)
exercise.idea(
    "values_added",
    "The two values are added, but the rise is their difference.",
    "If f is constant, what is its slope, and what does your function return?",
    {"right - left": "right + left"},
)
exercise.idea(
    "finer_formula",
    "This is a formula with four points: more accurate, but not the central difference that is "
    "asked for.",
    "For z³ at 2 and a step of 1 the central difference is 13, although the slope is 12.",
    {"rise / run": "(8 * rise - f(x + 2 * h) + f(x - 2 * h)) / (6 * run)"},
    {"rise / run": "(4 * (f(x + h / 2) - f(x - h / 2)) / h - rise / run) / 3"},
)
exercise.idea(
    "second_derivative",
    "This is the second derivative's formula, with f(x) in the middle and eps² below.",
    "The slope needs two points only. Which?",
    {"rise / run": "(right - 2 * f(x) + left) / h**2"},
)


@exercise.mistake(
    "If x is an integer, x + eps and x − eps are cut to whole numbers, as in an array of x's "
    "integer type.",
    "An integer array can't hold 3.5. What type must x have before you move it by eps?",
)
def step_cut_to_an_integer(f, x, eps=1e-6):
    kind = np.asarray(x).dtype
    left, right = np.array(x - eps).astype(kind), np.array(x + eps).astype(kind)
    return (f(right) - f(left)) / (2 * eps)
