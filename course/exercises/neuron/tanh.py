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
    yield Question("a matrix", dict(z=np.array([[1.0, -2.0], [0.5, -0.5], [3.0, 0.0]])))
    yield Question("whole numbers", dict(z=np.array([-1, 0, 2])))
    yield Question("far from 0 on both sides", dict(z=np.array([-1000.0, 0.5, 1000.0])))


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


# Plain ways of writing it, and what is changed in them. The formula overflows, but what is changed
# in it is a mistake of its own.


@exercise.writing
def with_numpy(z):
    y = np.tanh(z)
    return y


@exercise.writing
def formula(z):
    up, down = np.exp(z), np.exp(-z)
    y = (up - down) / (up + down)
    return y


@exercise.writing
def from_the_size(z):
    e = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - e) / (1 + e)


@exercise.writing
def entry_by_entry(z):
    z = np.asarray(z)
    out = np.zeros(z.shape)
    for i in np.ndindex(z.shape):
        out[i] = math.tanh(z[i])
    return out


exercise.idea(
    "infinity_over_infinity",
    "This is the formula as written: far from 0 an exponential is infinite, and ∞/∞ is nan.",
    "What is e^1000 in floating point? You don't have to write this function yourself.",
    {"y = np.tanh(z)": "y = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))"},
    {"-2 * np.abs(z)": "2 * z", "np.sign(z) * (1 - e)": "(e - 1)"},
    {"-2 * np.abs(z)": "-2 * z", "np.sign(z) * (1 - e)": "(1 - e)"},
)


@exercise.mistake(
    "A function of `math`, or `float`, takes one number, not an array.",
    "Which library has functions that work on every entry of an array at once?",
)
def tanh_of_one_number(z):
    return math.tanh(z)


@exercise.mistake(
    "An `if` needs a single truth value, yes or no, but an array has one for each entry.",
    "Do you need a choice at all? Someone has already written this function.",
)
def one_choice_for_all_entries(z):
    return math.tanh(z) if z > 0 else -math.tanh(-z)


exercise.idea(
    "tangent_of_trigonometry",
    "This is the tangent from trigonometry, not the hyperbolic tangent.",
    "tan jumps from +∞ to −∞ again and again. Which function stays between −1 and 1?",
    {"np.tanh(z)": "np.tan(z)"},
)
exercise.idea(
    "arctangent",
    "This is the arctangent, not the hyperbolic tangent.",
    "The arctangent runs from −π/2 to π/2. Which function runs from −1 to 1?",
    {"np.tanh(z)": "np.arctan(z)"},
)
exercise.idea(
    "inverse_function",
    "This is the inverse of tanh.",
    "tanh takes any number. What does your function make of z = 2?",
    {"np.tanh(z)": "np.arctanh(z)"},
)
exercise.idea(
    "sigmoid_instead",
    "This is the sigmoid, which runs from 0 to 1; tanh runs from −1 to 1.",
    "What does the formula give for z = 0?",
    {"y = (up - down) / (up + down)": "y = 1 / (1 + down)"},
)
exercise.idea(
    "hyperbolic_sine",
    "This is sinh: the numerator, divided by 2 instead of the denominator of tanh.",
    "What is below the fraction bar in the formula?",
    {"y = (up - down) / (up + down)": "y = (up - down) / 2"},
)
exercise.idea(
    "hyperbolic_cosine",
    "This is cosh, which belongs below the fraction bar.",
    "What does the formula give for z = 0?",
    {"y = (up - down) / (up + down)": "y = (up + down) / 2"},
)
exercise.idea(
    "upside_down",
    "The numerator and the denominator are swapped.",
    "For z = 0 the formula has 0 above the fraction bar and 2 below it.",
    {"(up - down) / (up + down)": "(up + down) / (up - down)"},
    {"y = np.tanh(z)": "y = 1 / np.tanh(np.asarray(z, dtype=float))"},
)
exercise.idea(
    "sign_turned",
    "The sign is wrong: this is −tanh(z), which falls as z grows.",
    "Which of e^z and e^{-z} comes first in the numerator?",
    {"(up - down)": "(down - up)"},
    {"y = np.tanh(z)": "y = -np.tanh(z)"},
)
exercise.idea(
    "brackets_lost",
    "Brackets are missing, so only a part of the numerator or the denominator is divided.",
    "Python divides before it adds. Put brackets around all that is above and below the bar.",
    {"(up - down) / (up + down)": "up - down / (up + down)"},
    {"(up - down) / (up + down)": "(up - down) / up + down"},
    {"(up - down) / (up + down)": "up - down / up + down"},
)
exercise.idea(
    "minus_in_an_exponent_lost",
    "The minus in an exponent is missing: e^z is in the place of e^{-z}.",
    "How many of the four exponents in the formula have a minus?",
    {"(up + down)": "(up + up)"},
)
exercise.idea(
    "clipped_too_early",
    "z is clipped so early that the difference can still be seen.",
    "How far is tanh from 1 at your limit? You don't need a limit at all.",
    *({"np.tanh(z)": f"np.tanh(np.clip(z, -{limit}, {limit}))"} for limit in (1, 2, 3, 5)),
)
exercise.idea(
    "half_as_steep",
    "This is tanh at z/2: the step is half as steep as it should be.",
    "tanh(z) = 2 σ(2z) − 1. Which z does your exponential get?",
    {"np.tanh(z)": "np.tanh(np.asarray(z) / 2)"},
)
exercise.idea(
    "twice_as_steep",
    "This is tanh at 2z: the step is twice as steep as it should be.",
    "tanh(z) = (e^{2z} − 1)/(e^{2z} + 1). Which exponent does your exponential get?",
    {"np.tanh(z)": "np.tanh(2 * np.asarray(z))"},
)
exercise.idea(
    "not_moved_down",
    "This is 1 above tanh: it runs from 0 to 2.",
    "tanh(z) = 2 σ(2z) − 1. What does the formula give for z = 0?",
    {"y = np.tanh(z)": "y = np.tanh(z) + 1"},
)
exercise.idea(
    "slope_instead",
    "This is the slope (derivative) of tanh instead of tanh itself.",
    "What does the formula give for z = 0?",
    {"return y": "return 1 - y**2"},
)
AS_ARRAY = "z = np.asarray(z)\n    out = np.zeros(z.shape)"
ALONG = {"np.ndindex(z.shape)": "range(len(z))"}
exercise.idea(
    "vectors_only",
    "The loop runs along the first axis only: a number has none, and in a matrix it meets rows, "
    "not numbers.",
    "Which functions work on every entry of an array, whatever its shape, and on a number too?",
    ALONG | {AS_ARRAY: "out = np.zeros(len(z))"},
    ALONG | {AS_ARRAY: "z = [v for v in z]\nout = np.zeros(len(z))"},
)
exercise.idea(
    "arrays_only",
    "This works for arrays only, not for a single number.",
    "What turns a number into an array and leaves an array unchanged? Or can you do without "
    "picking entries?",
    {"z = np.asarray(z)": "pass"},
)
exercise.idea(
    "cut_to_whole_numbers",
    "The results are put into an integer array, so everything after the decimal point is cut off.",
    "What is the `dtype` of the array you made for the results if z holds whole numbers?",
    {"np.zeros(z.shape)": "np.zeros_like(z)"},
)
