"""Questions and known mistakes of `d_sigmoid`."""

import numpy as np

from course.exercises.backprop.numerics import FAR_OUT, SINGLE
from course.exercises.engine import Exercise, Question
from course.nn import backprop as nn
from course.nn.neuron import sigmoid

exercise = Exercise(
    nn.d_sigmoid,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "Differentiate 1/(1+e^{-z}) on paper, then look for the sigmoid itself in the result.",
        "The derivative is e^{-z}/(1+e^{-z})². One factor of it is σ(z); what is the other, if "
        "1 − σ(z) = e^{-z}/(1+e^{-z})?",
        "It is σ(z) times 1 − σ(z). You have a sigmoid that is safe for every z: evaluate it once "
        "and use the value twice.",
    ),
)


@exercise.public
def public():
    yield Question("one number", {"z": 0.0})
    yield Question("three numbers, elementwise", {"z": np.array([-1.0, 0.0, 2.0])})
    yield Question("far out on both sides", {"z": np.array([-1000.0, 1000.0])})


@exercise.secret
def secret(rng):
    yield Question("a number", {"z": float(rng.uniform(0.5, 2))})
    yield Question("a matrix", {"z": rng.normal(size=(3, 4))}, weight=2)
    yield Question("integers", {"z": rng.integers(-3, 4, size=5)})
    yield Question("float32", {"z": rng.normal(size=4).astype(np.float32)}, **SINGLE)
    yield Question("numbers as large as a million", {"z": FAR_OUT})


@exercise.mistake(
    "This is z(1 − z): right if z were the sigmoid's output, but z is the pre-activation.",
    "The rule a(1 − a) is for a = σ(z). Are you given a or z?",
)
def rule_for_the_output_applied_to_z(z):
    z = np.asarray(z, dtype=float)
    return z * (1 - z)


@exercise.mistake(
    "This is the derivative at σ(z): the sigmoid is applied twice.",
    "Count how often the sigmoid is applied to z before you use the rule s(1 − s).",
)
def sigmoid_taken_twice(z):
    s = sigmoid(sigmoid(z))
    return s * (1 - s)


@exercise.mistake(
    "This is σ(z) itself, not its derivative.",
    "Far out the sigmoid is nearly flat. What should its slope be there, and what is your answer?",
)
def sigmoid_itself(z):
    return sigmoid(z)


@exercise.mistake(
    "This is 1 − σ(z)², which has the form of tanh's derivative.",
    "Each activation has its own rule. How steep is the sigmoid at z = 0?",
)
def rule_of_tanh(z):
    return 1 - sigmoid(z) ** 2


@exercise.mistake(
    "This is −σ(z)(1 − σ(z)): the inner derivative of −z is missing.",
    "The sigmoid grows everywhere. So what sign does its derivative have?",
)
def inner_sign_lost(z):
    s = sigmoid(z)
    return s * (s - 1)


@exercise.mistake(
    "This is e^{-z}/(1+e^{-z})² as written; for very negative z it is infinity over infinity.",
    "You have a sigmoid that is safe for every z. Can you write the derivative with that alone?",
)
def quotient_overflows(z):
    e = np.exp(-np.asarray(z, dtype=float))
    return e / (1 + e) ** 2
