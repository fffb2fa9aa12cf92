"""Questions and known mistakes of `softplus`."""

import math

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import neuron as nn

exercise = Exercise(
    nn.softplus,
    points=2,
    minutes=10,
    difficulty=3,
    hints=(
        "For z = 1000 the answer is 1000, to the last digit of a float. Where does the formula go "
        "wrong on the way?",
        "Factor out e^z: log(1 + e^z) = z + log(1 + e^{-z}). Each side is safe for one sign of z.",
        "Both sides contain log(1 + e^{-|z|}), which never overflows. What do you have to add to "
        "it if z is positive, and what if z is negative? You have already written that function.",
    ),
)


@exercise.public
def public():
    yield Question("one number", dict(z=0.0))
    yield Question("a number below 0", dict(z=-1.0))
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
    yield Question("some number", dict(z=float(rng.uniform(0.5, 2))))
    yield Question("a matrix", dict(z=rng.normal(size=(3, 4))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("float32", dict(z=rng.normal(size=4).astype(np.float32)), weight=0.5)
    yield Question(
        "far to the left, without a warning",
        dict(z=rng.permuted([*-rng.uniform(800, 1e6, size=3), rng.uniform(0.2, 0.8)])),
        weight=0.5,
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


# Plain ways of writing it, and what is changed in them. The formula overflows, but what is changed
# in it is a mistake of its own.


@exercise.writing
def from_the_size(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    rest = np.log1p(e)
    return np.maximum(z, 0) + rest


@exercise.writing
def formula(z):
    power = z
    e = np.exp(power)
    return np.log(1 + e)


@exercise.writing
def with_logaddexp(z):
    return np.logaddexp(0, z)


@exercise.writing
def entry_by_entry(z):
    z = np.asarray(z)
    out = np.zeros(z.shape)
    for i in np.ndindex(z.shape):
        e = math.exp(-abs(z[i]))
        out[i] = max(z[i], 0) + math.log(1 + e)
    return out


@exercise.writing(ideas=("arrays_only",))
def by_masks(z):
    out = np.zeros(z.shape)
    right = z > 0
    out[right] = z[right] + np.log1p(np.exp(-z[right]))
    out[~right] = np.log1p(np.exp(z[~right]))
    return out


@exercise.mistake(
    "For large z the exponential overflows, as it does in the formula as written.",
    "For large z, log(1 + e^z) is hardly more than z. Can you split off z before taking exp?",
)
def overflows_on_the_right(z):
    return np.log(1 + np.exp(np.asarray(z, dtype=float)))


@exercise.mistake(
    "For very negative z the exponential overflows, as it does in z + log(1 + e^{-z}).",
    "z + log(1 + e^{-z}) is safe for positive z. Which form is safe for negative z?",
)
def the_other_form_for_every_z(z):
    z = np.asarray(z, dtype=float)
    return z + np.log1p(np.exp(-z))


@exercise.mistake(
    "An `if` or Python's `max` needs a single truth value, yes or no, but an array has one for "
    "each entry.",
    "Compare the forms for the two signs of z: which part is the same, and which differs? NumPy's "
    "elementwise functions can compute the part that differs.",
)
def one_softplus_choice_for_all_entries(z):
    if z > 0:
        return z + np.log1p(np.exp(-z))
    return np.log1p(np.exp(z))


@exercise.mistake(
    "The minus in the exponent is missing: this takes e^{|z|} instead of e^{-|z|}.",
    "The exponential that never overflows is that of a number which is negative or 0.",
)
def minus_before_the_size_lost(z):
    return np.maximum(z, 0) + np.log1p(np.exp(np.abs(z)))


@exercise.mistake(
    "The exponential is missing: this is log(1 + z).",
    "log1p(t) is log(1 + t). Which t is needed here?",
)
def exponential_lost(z):
    return np.log1p(z)


@exercise.mistake(
    "A function of `math`, or `float`, takes one number, not an array.",
    "Which library has functions that work on every entry of an array at once?",
)
def log_of_one_number(z):
    return math.log(1 + math.exp(z))


exercise.idea(
    "cut_off_computes_both_forms",
    "An exponential overflowed, although it isn't used in the end: `np.where` chooses between two "
    "finished arrays.",
    "Is there one exponential, safe for every z, from which you can make both forms?",
    {"np.logaddexp(0, z)": "np.where(z > 30, z, np.log1p(np.exp(z)))"},
    {"np.logaddexp(0, z)": "np.where(z > 0, z + np.log1p(np.exp(-z)), np.log1p(np.exp(z)))"},
)
exercise.idea(
    "its_slope_instead",
    "This is the slope (derivative) of softplus, which is the sigmoid, instead of softplus itself.",
    "What is log(1 + e^0)?",
    {"np.maximum(z, 0) + rest": "np.where(z >= 0, 1, e) / (1 + e)"},
    {"power = z": "power = -z", "np.log(1 + e)": "1 / (1 + e)"},
    {"np.log(1 + e)": "e / (1 + e)"},
)
exercise.idea(
    "z_added_on_both_sides",
    "This is z + log(1 + e^{-|z|}): correct for z ≥ 0, but too small by |z| for negative z.",
    "Which of the two forms is safe for negative z, and what is in front of its log?",
    {"np.maximum(z, 0)": "z"},
    {"max(z[i], 0)": "z[i]"},
)
exercise.idea(
    "size_added_on_both_sides",
    "|z| is added for every z: correct for z ≥ 0, but too large by |z| for negative z.",
    "Which of the two forms is safe for negative z, and what is in front of its log?",
    {"np.maximum(z, 0)": "np.abs(z)"},
    {"max(z[i], 0)": "abs(z[i])"},
)
exercise.idea(
    "positive_part_lost",
    "This is log(1 + e^{-|z|}) alone: correct for z ≤ 0, but too small by z for positive z.",
    "Which of the two forms is safe for positive z, and what is in front of its log?",
    {"np.maximum(z, 0) + rest": "rest"},
    {"max(z[i], 0) + ": ""},
)
exercise.idea(
    "smaller_for_larger",
    "The smaller of z and 0 is added instead of the larger (the minimum for the maximum).",
    "For z = 1000 the answer is about 1000. What is added to log(1 + e^{-1000})?",
    {"np.maximum(z, 0)": "np.minimum(z, 0)"},
)
exercise.idea(
    "logarithm_subtracted",
    "log(1 + e^{-|z|}) is subtracted instead of added.",
    "Softplus is above ReLU everywhere. Is yours?",
    {"np.maximum(z, 0) + rest": "np.maximum(z, 0) - rest"},
)
exercise.idea(
    "minus_in_the_exponent",
    "The sign of z is wrong: this is softplus at −z, which falls as z grows.",
    "Should softplus rise or fall as z grows? Which sign does z have in the exponent?",
    {"np.maximum(z, 0)": "np.maximum(-z, 0)"},
    {"power = z": "power = -z"},
)
exercise.idea(
    "reduced_along_an_axis",
    "`np.max` takes the maximum along an axis: its second argument is that axis, not a number to "
    "compare with.",
    "`np.max` reduces one array. Which function takes the larger of two values?",
    {"np.maximum(z, 0)": "np.max(z, 0)"},
)
exercise.idea(
    "corner_not_rounded",
    "This is ReLU, and softplus is close to it only far from 0.",
    "What is log(1 + e^0)? A cut-off has to be so far out that it makes no visible difference.",
    {"np.maximum(z, 0) + rest": "np.maximum(z, 0)"},
)
exercise.idea(
    "cut_off_at_zero",
    "For positive z this is z itself: the cut-off at 0 is too early.",
    "What is log(1 + e^1)? A cut-off has to be so far out that it makes no visible difference.",
    {"np.maximum(z, 0) + rest": "np.where(z > 0, z, rest)"},
    {"return np.log(1 + e)": "return np.where(np.asarray(z) > 0, z, np.log(1 + e))"},
)
exercise.idea(
    "one_outside_the_log",
    "The 1 is added outside the logarithm instead of inside.",
    "In log(1 + e^z), what has to be finished before the logarithm is taken?",
    {"np.log(1 + e)": "1 + np.log(e)"},
    {"np.log1p(e)": "1 + np.log(e)"},
)
exercise.idea(
    "one_added_twice",
    "The 1 is added twice: `np.log1p(t)` is already log(1 + t).",
    "What is `np.log1p(0)`?",
    {"np.log(1 + e)": "np.log1p(1 + e)"},
    {"np.log1p(e)": "np.log1p(1 + e)"},
)
exercise.idea(
    "one_lost",
    "The 1 is missing: this is the logarithm of the exponential alone.",
    "What is left of log(e^z)? And what is log(1 + e^0)?",
    {"np.log(1 + e)": "np.log(e)"},
    {"np.log1p(e)": "np.log(e)"},
)
exercise.idea(
    "logarithm_lost",
    "The logarithm is missing.",
    "For large z, softplus is hardly more than z. What is in the brackets after the log?",
    {"np.log1p(e)": "e"},
    {"np.log(1 + e)": "1 + e"},
    {"np.log(1 + e)": "e"},
)
exercise.idea(
    "logarithm_to_base_two",
    "The logarithm is to base 2.",
    "Here log means the natural logarithm: the one with log(e) = 1.",
    {"np.log(1 + e)": "np.log2(1 + e)"},
    {"np.log1p(e)": "np.log2(1 + e)"},
)
exercise.idea(
    "logarithm_to_base_ten",
    "The logarithm is to base 10.",
    "Here log means the natural logarithm: the one with log(e) = 1.",
    {"np.log(1 + e)": "np.log10(1 + e)"},
    {"np.log1p(e)": "np.log10(1 + e)"},
)
AS_ARRAY = "z = np.asarray(z)\n    out = np.zeros(z.shape)"
ALONG = {"np.ndindex(z.shape)": "range(len(z))"}
ALONG_ONE_AXIS = (
    ALONG | {AS_ARRAY: "out = np.zeros(len(z))"},
    ALONG | {AS_ARRAY: "z = [v for v in z]\nout = np.zeros(len(z))"},
)
LIMITS = (10, 15, 20, 25, 30, 35, 40, 50, 60, 80, 88, 100, 200, 300, 500, 600, 700, 705, 709, 710)
exercise.idea(
    "clipped",
    "z is clipped before the exponential, so that the answer stops growing there.",
    "For z = 1000 the answer is 1000. Which part of it may be cut off, and which may not?",
    *({"np.logaddexp(0, z)": f"np.logaddexp(0, np.minimum(z, {limit}))"} for limit in LIMITS),
)
exercise.idea(
    "vectors_only",
    "The loop runs along the first axis only: a number has none, and in a matrix it meets rows, "
    "not numbers.",
    "Which functions work on every entry of an array, whatever its shape, and on a number too?",
    *ALONG_ONE_AXIS,
    *(patch | {"math.exp(-abs(z[i]))": "np.exp(-abs(z[i]))"} for patch in ALONG_ONE_AXIS),
)
exercise.idea(
    "arrays_only",
    "This works for arrays only, not for a single number.",
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
