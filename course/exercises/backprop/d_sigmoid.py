"""Questions and known mistakes of `d_sigmoid`."""

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
    yield Question("three whole numbers", {"z": np.array([-1, 0, 2])})
    yield Question("far out on both sides", {"z": np.array([-1000.0, 1000.0])})


@exercise.secret
def secret(rng):
    yield Question("a number", {"z": float(rng.uniform(0.5, 2))})
    yield Question("a matrix", {"z": rng.normal(size=(3, 4))}, weight=2)
    yield Question("integers", {"z": rng.permutation(np.array([-3, -1, 0, 1, 2]))})
    yield Question("float32", {"z": rng.normal(size=4).astype(np.float32)})
    yield Question("numbers as large as a million", {"z": rng.permutation(FAR_OUT)})
    z = rng.permutation(np.array([-1.5, -0.5, 0.25, 1.0])) + rng.uniform(-0.1, 0.1, size=4)
    yield Question(
        "four numbers, to twelve digits",
        {"z": z},
        judged_by=to_twelve_digits,
        property_args={"right": nn.d_sigmoid(z)},
        weight=5,  # a measured slope earns little more than half
    )


@exercise.writing
def by_the_sigmoid(z):
    s = sigmoid(z)
    return s * (1 - s)


@exercise.writing
def entry_by_entry(z):
    z = np.asarray(z)
    slopes = np.zeros(z.shape)
    for place in np.ndindex(z.shape):
        s = 1 / (1 + np.exp(-z[place]))
        slopes[place] = s * (1 - s)
    return slopes


@exercise.writing(ideas=("quotient_overflows",))
def quotient(z):
    e = np.exp(-np.asarray(z))
    return e / (1 + e) ** 2


@exercise.writing(ideas=("quotient_overflows",))
def rising_quotient(z):
    e = np.exp(np.asarray(z))
    return e / (e + 1) ** 2


@exercise.writing(ideas=("one_number_only",))
def with_math(z):
    s = 1 / (1 + math.exp(-z))
    return s * (1 - s)


@exercise.writing(ideas=("one_number_only",))
def with_an_if(z):
    s = sigmoid(z) if z >= 0 else 1 - sigmoid(-z)
    return s * (1 - s)


@exercise.writing(ideas=("measured_not_derived",))
def measured(z):
    h = 1e-5
    return (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)


exercise.idea(
    "rule_for_the_output_applied_to_z",
    "z is taken for the sigmoid's output, as in z(1 − z); but z is the pre-activation.",
    "The rule a(1 − a) is for a = σ(z). Are you given a or z?",
    {"s = sigmoid(z)": "s = np.asarray(z)"},
    {"s = 1 / (1 + np.exp(-z[place]))": "s = z[place]"},
)
exercise.idea(
    "sigmoid_taken_twice",
    "This is the derivative at σ(z): the sigmoid is applied twice.",
    "Count how often the sigmoid is applied to z before you use the rule s(1 − s).",
    {"s = sigmoid(z)": "s = sigmoid(sigmoid(z))"},
)
exercise.idea(
    "sigmoid_itself",
    "This is σ(z) itself, not its derivative.",
    "Far out the sigmoid is nearly flat. What should its slope be there, and what is your answer?",
    {"s * (1 - s)": "s"},
    {"(e + 1) ** 2": "(e + 1)"},
)
exercise.idea(
    "rule_of_tanh",
    "The rule 1 − a² is used, which belongs to tanh; the sigmoid has another.",
    "Each activation has its own rule. How steep is the sigmoid at z = 0?",
    {"s * (1 - s)": "1 - s**2"},
)
exercise.idea(
    "inner_sign_lost",
    "The sign is wrong: this is −σ(z)(1 − σ(z)), as without the inner derivative of −z.",
    "The sigmoid grows everywhere. So what sign does its derivative have?",
    {"s * (1 - s)": "s * (s - 1)"},
    {"return e /": "return -e /"},
)
exercise.idea(
    "one_factor_lost",
    "The factor σ(z) is missing: this is 1 − σ(z) alone, as e^{-z}/(1 + e^{-z}) is, without the "
    "square.",
    "Far to the left the sigmoid is nearly flat. What is your answer at z = −5?",
    {"s * (1 - s)": "1 - s"},
    {"(1 + e) ** 2": "(1 + e)"},
)
exercise.idea(
    "square_of_the_sigmoid",
    "This is σ(z)², or 1/(1 + e^{-z})²: one factor should be 1 − σ(z), which is where the "
    "numerator e^{-z} is from.",
    "Far to the right the sigmoid is nearly flat. What is your answer at z = 5?",
    {"s * (1 - s)": "s * s"},
    {"return e / (1 + e)": "return 1 / (1 + e)"},
)
exercise.idea(
    "subtracted_inside",
    "One factor is right, but the other is σ(1 − z), where 1 − σ(z) belongs.",
    "What is subtracted from 1: z, or the sigmoid of z?",
    {"s * (1 - s)": "s * sigmoid(1 - z)"},
)
exercise.idea(
    "z_left_in_the_rule",
    "One factor is right, but the other holds z where the rule has σ(z).",
    "The rule s(1 − s) has the same s twice. What is s?",
    {"s * (1 - s)": "s * (1 - z)"},
    {"s * (1 - s)": "z * (1 - s)"},
)
exercise.idea(
    "brackets_lost",
    "The brackets are missing: `1 / 1 + …` divides first and gives 1 + e^{-z}, not 1/(1 + e^{-z}).",
    "Python divides before it adds. Which part is the denominator?",
    {"1 / (1 + np.exp(-z[place]))": "1 / 1 + np.exp(-z[place])"},
)
exercise.idea(
    "quotient_overflows",
    "This is a quotient of exponentials as written; far out it is infinity over infinity.",
    "You have a sigmoid that is safe for every z. Can you write the derivative with that alone?",
)
exercise.idea(
    "one_number_only",
    "This works only for a single number: neither `if` nor `math` takes a whole array.",
    "NumPy's functions work entry by entry, on an array as on a number.",
)
exercise.idea("cut_to_integers", *CUT, {"np.zeros(z.shape)": "np.zeros_like(z)"})
exercise.idea("measured_not_derived", *MEASURED, *DIFFERENCES)
