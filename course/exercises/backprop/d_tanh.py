"""Questions and known mistakes of `d_tanh`."""

import numpy as np

from course.exercises.backprop.numerics import FAR_OUT, SINGLE
from course.exercises.engine import Exercise, Question
from course.nn import backprop as nn
from course.nn.neuron import tanh

exercise = Exercise(
    nn.d_tanh,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "tanh is a quotient, sinh over cosh. The quotient rule turns it into something short.",
        "sinh' = cosh and cosh' = sinh, so the quotient rule gives (cosh² − sinh²)/cosh². "
        "Divide each part by cosh².",
        "What remains is 1 minus a square, and the square is of tanh(z), not of z.",
    ),
)


@exercise.public
def public():
    yield Question("one number", {"z": 0.0})
    yield Question("three numbers, elementwise", {"z": np.array([-1.0, 0.5, 2.0])})


@exercise.secret
def secret(rng):
    yield Question("a number", {"z": float(rng.uniform(0.5, 2))})
    yield Question("a matrix", {"z": rng.normal(size=(4, 3))}, weight=2)
    yield Question("integers", {"z": rng.integers(-3, 4, size=5)})
    yield Question("float32", {"z": rng.normal(size=4).astype(np.float32)}, **SINGLE)
    yield Question("numbers as large as a million", {"z": FAR_OUT})


@exercise.mistake(
    "This is 1 − z²: right if z were tanh's output, but z is the pre-activation.",
    "The rule 1 − a² is for a = tanh(z). Are you given a or z?",
)
def output_rule_applied_to_z(z):
    return 1 - np.asarray(z, dtype=float) ** 2


@exercise.mistake(
    "This is 1 − tanh(z): the square is missing.",
    "tanh is as steep at −z as at z. Is your derivative the same on both sides?",
)
def square_lost(z):
    return 1 - tanh(z)


@exercise.mistake(
    "This is tanh(z)(1 − tanh(z)), which has the form of the sigmoid's derivative.",
    "Each activation has its own rule. How steep is tanh at z = 0?",
)
def rule_of_the_sigmoid(z):
    t = tanh(z)
    return t * (1 - t)


@exercise.mistake(
    "This is the derivative at tanh(z): tanh is applied twice.",
    "Count how often tanh is applied to z before you use the rule 1 − t².",
)
def tanh_taken_twice(z):
    return 1 - tanh(tanh(z)) ** 2


@exercise.mistake(
    "This writes tanh with exponentials, which overflow far out: infinity over infinity.",
    "You have a tanh that is safe for every z. Can you write the derivative with that alone?",
)
def exponentials_overflow(z):
    z = np.asarray(z, dtype=float)
    up, down = np.exp(z), np.exp(-z)
    return 1 - ((up - down) / (up + down)) ** 2
