"""Questions and known mistakes of `sigmoid`."""

import math

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import neuron as nn

exercise = Exercise(
    nn.sigmoid,
    points=2,
    minutes=10,
    difficulty=3,
    hints=(
        "Write down the formula for one number first. Which part of it can become too large for a "
        "float, and for which z?",
        "exp of a large positive number overflows; exp of a large negative number is just 0. There "
        "are two ways to write the sigmoid, and each is safe for one sign of z.",
        "1/(1+e^{-z}) is safe for z ≥ 0; e^z/(1+e^z) is the same number and safe for z < 0. The "
        "only exponential that both need is e^{-|z|}, which never overflows. `np.where` chooses "
        "the numerator.",
    ),
)


@exercise.public
def public():
    yield Question("one number", dict(z=0.0))
    yield Question("a number above 0", dict(z=2.0))
    yield Question("three numbers, elementwise", dict(z=np.array([-1.0, 0.0, 2.0])))
    yield Question("a matrix", dict(z=np.array([[1.0, -2.0], [0.5, -0.5], [3.0, 0.0]])))
    yield Question("whole numbers", dict(z=np.array([-2, 0, 3])))
    yield Question(
        "far to the left, without a warning",
        dict(z=np.array([-1000.0, 1.0])),
        warning_free=True,
    )
    yield Question(
        "far to the right, without a warning",
        dict(z=np.array([-1.0, 1000.0])),
        warning_free=True,
    )


@exercise.secret
def secret(rng):
    yield Question("some number", dict(z=float(rng.uniform(0.5, 2))), weight=0.5)
    yield Question("a number below 0", dict(z=-float(rng.uniform(0.5, 2))), weight=0.5)
    yield Question("a matrix", dict(z=rng.normal(size=(3, 4))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("float32", dict(z=rng.normal(size=4).astype(np.float32)), weight=0.5)
    yield Question(
        "far to the left, without a warning",
        dict(z=rng.permuted([*-rng.uniform(800, 1e6, size=3), rng.uniform(0.2, 0.8)])),
        weight=1.5,
        warning_free=True,
    )
    yield Question(
        "far to the right, without a warning",
        dict(z=rng.permuted([*rng.uniform(800, 1e6, size=3), rng.uniform(0.2, 0.8)])),
        weight=1.5,
        warning_free=True,
    )
    yield Question(
        "small and large numbers in one matrix, without a warning",
        dict(z=rng.permutation([-1e6, -750.0, -40.0, -1.0, 0.5, 40.0, 750.0, 1e6]).reshape(2, 4)),
        weight=1.5,
        warning_free=True,
    )


# Plain ways of writing it, and what is changed in them. The formulas overflow, but what is changed
# in them is a mistake of its own.


@exercise.writing
def from_the_size(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    numerator = np.where(z >= 0, 1, e)
    return numerator / (1 + e)


@exercise.writing
def formula(z):
    power = -z
    e = np.exp(power)
    return 1 / (1 + e)


@exercise.writing
def other_formula(z):
    power = z
    e = np.exp(power)
    return e / (1 + e)


@exercise.writing
def entry_by_entry(z):
    z = np.asarray(z)
    out = np.zeros(z.shape)
    for i in np.ndindex(z.shape):
        if z[i] >= 0:
            out[i] = 1 / (1 + math.exp(-z[i]))
        else:
            out[i] = math.exp(z[i]) / (1 + math.exp(z[i]))
    return out


@exercise.writing(ideas=("entries_picked_from_a_number",))
def by_masks(z):
    out = np.zeros(z.shape)
    right = z >= 0
    out[right] = 1 / (1 + np.exp(-z[right]))
    out[~right] = np.exp(z[~right]) / (1 + np.exp(z[~right]))
    return out


STEPS = """e = np.exp(-np.abs(z))
    numerator = np.where(z >= 0, 1, e)
    return numerator / (1 + e)"""

exercise.idea(
    "two_forms_mixed",
    "The numerator is one form's and the denominator the other's: this is e^z/(1 + e^{-z}).",
    "There are two forms, 1/(1 + e^{-z}) and e^z/(1 + e^z). Which of them do you want?",
    {"return e / (1 + e)": "return e / (1 + np.exp(-z))"},
)
exercise.idea(
    "overflows_on_the_left",
    "Far from 0 an exponential overflows, as it does in the formula as written.",
    "What is e^1000 in floating point? Look for a form that never takes exp of a large number.",
    {"power = -z": "power = -1.0 * np.asarray(z)"},
    {STEPS: "return 1 - 1 / (1 + np.exp(z))"},
)


@exercise.mistake(
    "For very large z, e^z/(1+e^z) is ∞/∞, which is nan.",
    "This form is safe for negative z. Which form is safe for positive z?",
)
def infinity_over_infinity_on_the_right(z):
    e = np.exp(np.asarray(z, dtype=float))
    return e / (1 + e)


exercise.idea(
    "both_forms_computed",
    "An exponential overflowed on the way, perhaps one that isn't used in the end: `np.where` "
    "chooses between two finished arrays.",
    "Is there one exponential, safe for every z, from which you can make both forms?",
    {STEPS: "return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))"},
)


@exercise.mistake(
    "A function of `math`, or `float`, takes one number, not an array.",
    "Which `exp` works on every entry of an array at once?",
)
def exp_of_one_number(z):
    return 1 / (1 + math.exp(-z))


@exercise.mistake(
    "An `if` needs a single truth value, yes or no, but an array has one for each entry.",
    "Which function chooses entry by entry? You met it together with `np.minimum`.",
)
def one_choice_for_all_entries(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


exercise.idea(
    "minus_in_the_exponent_lost",
    "This is 1/(1 + e^z), which falls as z grows: the sign of the exponent is wrong, or the two "
    "forms are swapped.",
    "Should the sigmoid rise or fall as z grows? Try z = 100 in your head.",
    {"np.where(z >= 0, 1, e)": "np.where(z >= 0, e, 1)"},
    {"power = -z": "power = z"},
    {"power = z": "power = -z"},
)
exercise.idea(
    "brackets_lost",
    "The brackets around the denominator are missing, so only part of it is divided by.",
    "Python divides before it adds. What does it make of `1 / 1 + e`?",
    {"1 / (1 + e)": "1 / 1 + e"},
    {"return e / (1 + e)": "return e / 1 + e"},
)
exercise.idea(
    "minus_in_the_denominator",
    "There is a minus in the denominator instead of the plus.",
    "What does your denominator say for z = 0?",
    {"1 / (1 + e)": "1 / (1 - e)"},
    {"return e / (1 + e)": "return e / (1 - e)"},
)
exercise.idea(
    "inverse_function",
    "This is log(z/(1 − z)), the inverse of the sigmoid.",
    "The sigmoid takes any number. What does your function make of z = 2?",
    {"numerator / (1 + e)": "np.log(z / (1 - z))"},
)
exercise.idea(
    "small_numerator_on_both_sides",
    "This is e^{-|z|}/(1 + e^{-|z|}): correct for z ≤ 0, but −z gets the same answer as z.",
    "In the form for positive z, the numerator is 1.",
    {"np.where(z >= 0, 1, e)": "e"},
)
exercise.idea(
    "one_lost",
    "This is e^z: the 1 in the denominator is missing.",
    "What does the formula give for z = 0?",
    {"1 / (1 + e)": "1 / e"},
    {"return e / (1 + e)": "return e"},
)
exercise.idea(
    "same_numerator_on_both_sides",
    "This is 1/(1 + e^{-|z|}): correct for z ≥ 0, but −z gets the same answer as z.",
    "In the form for negative z, the numerator is not 1. What is it?",
    {"np.where(z >= 0, 1, e)": "1"},
)
exercise.idea(
    "tanh_instead",
    "This is tanh, which runs from −1 to 1; the sigmoid runs from 0 to 1.",
    "What does the formula give for z = 0?",
    {"numerator / (1 + e)": "np.tanh(z)"},
)
exercise.idea(
    "slope_instead",
    "This is the slope (derivative) of the sigmoid instead of the sigmoid itself.",
    "What does the formula give for z = 0?",
    {"return numerator / (1 + e)": "s = numerator / (1 + e)\nreturn s * (1 - s)"},
    {"return 1 / (1 + e)": "s = 1 / (1 + e)\nreturn s * (1 - s)"},
)
exercise.idea(
    "softmax_instead",
    "This is softmax: each exponential is divided by the sum of all, so every number depends on "
    "the others.",
    "The sigmoid takes each z by itself. What should it say for a single 0?",
    {"power = z": "power = z - np.max(z)", "return e / (1 + e)": "return e / np.sum(e)"},
)
exercise.idea(
    "step_instead",
    "This is a step from 0 to 1, without anything between.",
    "What does the formula give for z = 0, and what for z = 1?",
    {"numerator / (1 + e)": "np.where(z > 0, 1.0, 0.0)"},
    {"numerator / (1 + e)": "np.where(z >= 0, 1.0, 0.0)"},
)
exercise.idea(
    "twice_as_steep",
    "This is the sigmoid at 2z: the step is twice as steep as it should be.",
    "σ(z) = (1 + tanh(z/2))/2. Which z does your exponential or tanh get?",
    {"np.asarray(z, dtype=float)": "2 * np.asarray(z, dtype=float)"},
)
exercise.idea(
    "clipped_too_early",
    "z is clipped so early that the difference can still be seen.",
    "How far is the sigmoid at your limit from 0 or 1? And what does a float make of e^{-40}?",
    *({"power = -z": f"power = -np.clip(z, -{limit}, {limit})"} for limit in (5, 10, 15)),
)
exercise.idea(
    "e_rounded",
    "The number e is rounded, and so are the answers.",
    "NumPy knows e to the last digit, and e^z even better. How is it called?",
    {"e = np.exp(power)": "e = 2.718**power"},
    {"e = np.exp(power)": "e = 2.71**power"},
    {"e = np.exp(power)": "e = 2.7183**power"},
    {"e = np.exp(power)": "e = 2.72**power"},
)
AS_ARRAY = "z = np.asarray(z)\n    out = np.zeros(z.shape)"
ALONG = {"np.ndindex(z.shape)": "range(len(z))"}
ALONG_ONE_AXIS = (
    ALONG | {AS_ARRAY: "out = np.zeros(len(z))"},
    ALONG | {AS_ARRAY: "z = [v for v in z]\nout = np.zeros(len(z))"},
)
exercise.idea(
    "vectors_only",
    "The loop runs along the first axis only: a number has none, and in a matrix it meets rows, "
    "not numbers.",
    "Which functions work on every entry of an array, whatever its shape, and on a number too?",
    *ALONG_ONE_AXIS,
    *(patch | {"if z[i] >= 0": "if True"} for patch in ALONG_ONE_AXIS),
)
exercise.idea(
    "entries_picked_from_a_number",
    "This works for arrays, but a single number has no entries to pick and no shape.",
    "What turns a number into an array and leaves an array unchanged? Or can you do without "
    "picking entries?",
    {"out = np.zeros(z.shape)\n    right": "out = np.empty(z.shape)\nright"},
    {"out = np.zeros(z.shape)\n    right": "out = np.zeros(np.shape(z))\nright"},
)
exercise.idea(
    "overwrites_its_argument",
    "z is changed in place: the results are written into the caller's array.",
    "The array z belongs to the caller, who may need it again. Where could the new numbers go?",
    {"out = np.zeros(z.shape)\n    right": "out = z\nright"},
    {"out = np.zeros(z.shape)\n    for": "out = z\nfor"},
)
exercise.idea(
    "cut_to_whole_numbers",
    "The results are put into an integer array, so everything after the decimal point is cut off.",
    "What is the `dtype` of the array you made for the results if z holds whole numbers?",
    {"np.zeros(z.shape)": "np.zeros_like(z)"},
)
