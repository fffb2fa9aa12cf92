"""Questions and known mistakes of `d_tanh`."""

import math

import numpy as np

from course.exercises.backprop.numerics import (
    CUT,
    DIFFERENCES,
    FAR_OUT,
    MEASURED,
)
from course.exercises.engine import Exercise, Question
from course.exercises.precision import to_twelve_digits
from course.nn import backprop as nn
from course.nn.neuron import sigmoid

exercise = Exercise(
    nn.d_tanh,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "tanh is a quotient, u/v with u = e^z − e^{-z} and v = e^z + e^{-z}. What are u' and v'?",
        "u' = v and v' = u, so the quotient rule gives (v² − u²)/v². Divide each part by v².",
        "What remains is 1 − tanh²(z): 1 minus a square, and the square is of tanh(z), not of z.",
    ),
)


@exercise.public
def public():
    yield Question("one number", {"z": 0.0})
    yield Question("three numbers, elementwise", {"z": np.array([-1.0, 0.5, 2.0])})
    yield Question("three whole numbers", {"z": np.array([-1, 0, 2])})
    yield Question("far out on both sides", {"z": np.array([-1000.0, 1000.0])})


@exercise.secret
def secret(rng):
    yield Question("a number", {"z": float(rng.uniform(0.5, 2))})
    yield Question("a matrix", {"z": rng.normal(size=(4, 3))}, weight=2)
    yield Question("integers", {"z": rng.permutation(np.array([-3, -1, 0, 1, 2]))})
    yield Question("float32", {"z": rng.normal(size=4).astype(np.float32)})
    yield Question("numbers as large as a million", {"z": rng.permutation(FAR_OUT)})
    z = rng.permutation(np.array([-1.5, -0.5, 0.25, 1.0])) + rng.uniform(-0.1, 0.1, size=4)
    yield Question(
        "four numbers, to twelve digits",
        {"z": z},
        judged_by=to_twelve_digits,
        property_args={"right": nn.d_tanh(z)},
        weight=5,  # a measured slope earns little more than half
    )


@exercise.writing
def by_tanh(z):
    t = np.tanh(z)
    return 1 - t**2


@exercise.writing
def entry_by_entry(z):
    z = np.asarray(z)
    slopes = np.zeros(z.shape)
    for place in np.ndindex(z.shape):
        t = math.tanh(z[place])
        slopes[place] = 1 - t**2
    return slopes


@exercise.writing
def by_cosh(z):
    c = np.cosh(z)
    return 1 / c**2


@exercise.writing
def by_the_sigmoid(z):
    s = sigmoid(2 * np.asarray(z))
    return 4 * s * (1 - s)


@exercise.writing(ideas=("exponentials_overflow",))
def quotient(z):
    up, down = np.exp(z), np.exp(-np.asarray(z))
    t = (up - down) / (up + down)
    return 1 - t**2


@exercise.writing(ideas=("exponentials_overflow",))
def rising_quotient(z):
    e = np.exp(2 * np.asarray(z))
    t = (e - 1) / (e + 1)
    return 1 - t**2


@exercise.writing(ideas=("exponentials_overflow",))
def falling_quotient(z):
    e = np.exp(-2 * np.asarray(z))
    t = (1 - e) / (1 + e)
    return 1 - t**2


@exercise.writing(ideas=("measured_not_derived",))
def measured(z):
    h = 1e-5
    return (np.tanh(z + h) - np.tanh(z - h)) / (2 * h)


exercise.idea(
    "output_rule_applied_to_z",
    "z is taken for tanh's output, as in 1 − z²; but z is the pre-activation.",
    "The rule 1 − a² is for a = tanh(z). Are you given a or z?",
    {"t = np.tanh(z)": "t = np.asarray(z)"},
    {"t = math.tanh(z[place])": "t = z[place]"},
)
exercise.idea(
    "square_lost",
    "The square is missing: this is 1 − tanh(z).",
    "tanh is as steep at −z as at z. Is your derivative the same on both sides?",
    {"t**2": "t"},
)
exercise.idea(
    "rule_of_the_sigmoid",
    "The rule a(1 − a) is used, which belongs to the sigmoid; tanh has another.",
    "Each activation has its own rule. How steep is tanh at z = 0?",
    {"1 - t**2": "t * (1 - t)"},
)
exercise.idea(
    "slope_of_the_sigmoid",
    "This is the derivative of the sigmoid, not of tanh.",
    "Each activation has its own rule. How steep is tanh at z = 0?",
    {"2 * np": "np", "4 * s": "s"},
)
exercise.idea(
    "tanh_taken_twice",
    "This is the derivative at tanh(z): tanh is applied twice.",
    "Count how often tanh is applied to z before you use the rule 1 − t².",
    {"t = np.tanh(z)": "t = np.tanh(np.tanh(z))"},
)
exercise.idea(
    "tanh_itself",
    "This is tanh(z) itself, not its derivative.",
    "Far out tanh is nearly flat. What should its slope be there, and what is your answer?",
    {"1 - t**2": "t"},
)
exercise.idea(
    "argument_squared",
    "This is 1 − tanh(z²): z is squared instead of tanh(z).",
    "tanh²(z) means that the function's value is squared. Where does the square go in Python?",
    {"t**2": "np.tanh(np.asarray(z) ** 2)"},
)
exercise.idea(
    "square_in_the_wrong_place",
    "This is (1 − tanh(z))²: the difference is squared instead of tanh(z).",
    "tanh is as steep at −z as at z. Is your derivative the same on both sides?",
    {"1 - t**2": "(1 - t) ** 2"},
)
exercise.idea(
    "sign_turned",
    "The sign is wrong: this is tanh²(z) − 1.",
    "tanh grows everywhere. So what sign does its derivative have?",
    {"1 - t**2": "t**2 - 1"},
)
exercise.idea(
    "plus_for_minus",
    "This is 1 + tanh²(z): the sign between the two is wrong.",
    "Far out tanh is nearly flat. What should its slope be there, and what is your answer?",
    {"1 - t**2": "1 + t**2"},
)
exercise.idea(
    "cosh_not_squared",
    "The square of cosh in the denominator is missing.",
    "The quotient rule leaves 1/cosh², which is 1 − tanh². Is yours?",
    {"c**2": "c"},
    {"1 / c**2": "2 / c"},
)
exercise.idea(
    "inner_factor_lost",
    "With the sigmoid of 2z the answer lacks a factor of 2: the inner derivative, or that of 2σ.",
    "tanh(z) is 2σ(2z) − 1. How many factors of 2 does the chain rule give?",
    {"4 * s": "2 * s"},
)
exercise.idea(
    "exponentials_overflow",
    "This writes tanh with exponentials, which overflow far out: infinity over infinity.",
    "You have a tanh that is safe for every z. Can you write the derivative with that alone?",
)
exercise.idea(
    "one_number_only",
    "This works only for a single number: `math` takes no arrays.",
    "NumPy's functions work entry by entry, on an array as on a number.",
    {"t = np.tanh(z)": "t = math.tanh(z)"},
)
exercise.idea("cut_to_integers", *CUT, {"np.zeros(z.shape)": "np.zeros_like(z)"})
exercise.idea("measured_not_derived", *MEASURED, *DIFFERENCES)
