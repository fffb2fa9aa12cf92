"""Questions and known mistakes of `tanh`."""

import math

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import neuron as nn

exercise = Exercise(
    nn.tanh,
    points=1,
    minutes=3,
    difficulty=1,
    hints=(
        "This function is needed so often that someone has already written it.",
        "NumPy's version works elementwise, takes a number as well as an array, and copes with "
        "large z, for which e^z is too large for a float.",
        "It has the same name as your function, with `np.` in front.",
    ),
)


@exercise.public
def public():
    yield Question("one number", dict(z=0.0))
    yield Question("three numbers, elementwise", dict(z=np.array([-1.0, 0.5, 2.0])))
    yield Question("far from 0 on both sides", dict(z=np.array([-1000.0, 1000.0])))


@exercise.secret
def secret(rng):
    yield Question("some number", dict(z=float(rng.uniform(0.2, 0.8))))
    yield Question("a matrix", dict(z=rng.normal(size=(3, 4))))
    yield Question("an array with three axes", dict(z=rng.normal(size=(2, 3, 2))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("float32", dict(z=rng.normal(size=4).astype(np.float32)))
    yield Question(
        "numbers as large as a million",
        dict(z=rng.permutation([-1e6, -750.0, -40.0, 0.5, 40.0, 750.0, 1e6])),
        weight=3,
    )


@exercise.mistake(
    "This is the tangent from trigonometry, not the hyperbolic tangent.",
    "tan jumps from +∞ to −∞ again and again. Which function stays between −1 and 1?",
)
def tangent_of_trigonometry(z):
    return np.tan(z)


@exercise.mistake(
    "This is the formula as written: far from 0 an exponential is infinite, and ∞/∞ is nan.",
    "What is e^1000 in floating point? You don't have to write this function yourself.",
)
def infinity_over_infinity(z):
    up, down = np.exp(z), np.exp(np.negative(z))
    return (up - down) / (up + down)


@exercise.mistake(
    "This is the sigmoid, which runs from 0 to 1; tanh runs from −1 to 1.",
    "What does the formula give for z = 0?",
)
def sigmoid_instead(z):
    return nn.sigmoid(z)


@exercise.mistake(
    "The numerator and the denominator are swapped.",
    "For z = 0 the formula has 0 above the fraction bar and 2 below it.",
)
def upside_down(z):
    return 1 / np.tanh(np.asarray(z, dtype=float))


@exercise.mistake(
    "This is `math.tanh`, which takes one number, not an array.",
    "Which library has functions that work on every entry of an array at once?",
)
def tanh_of_one_number(z):
    if np.ndim(z):
        raise TypeError("only length-1 arrays can be converted to Python scalars")
    return math.tanh(z)
