"""Questions and known mistakes of `relu`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import neuron as nn

exercise = Exercise(
    nn.relu,
    points=1,
    minutes=4,
    difficulty=1,
    hints=(
        "A single number stays the same if it is positive and becomes 0 otherwise. Now do this for "
        "all entries at once, without touching the caller's array.",
        "You want the larger of z and 0, entry by entry. Python's `max` compares whole objects, "
        "and `np.max` looks for the largest entry of one array. NumPy has a third function, with a "
        "longer name, that compares two arrays entry by entry.",
        "`np.maximum` takes two arrays, or an array and a number.",
    ),
)


@exercise.public
def public():
    yield Question("one negative number", dict(z=-2.0))
    yield Question("four numbers, elementwise", dict(z=np.array([-1.5, 0.0, 0.5, 3.0])))
    yield Question("a matrix", dict(z=np.array([[1.0, -2.0, 3.0], [-4.0, 8.0, -6.0]])))
    yield Question("only numbers below 0", dict(z=np.array([-1.0, -2.0])))


@exercise.secret
def secret(rng):
    yield Question("one positive number", dict(z=float(rng.uniform(1.5, 3))), weight=0.2)
    yield Question("a single negative number", dict(z=-float(rng.uniform(0.5, 3))), weight=0.1)
    yield Question("only negative numbers", dict(z=-rng.uniform(0.1, 2, size=3)), weight=0.1)
    yield Question("a vector", dict(z=_both_signs(rng, 6)))
    yield Question("a matrix with more columns than rows", dict(z=_both_signs(rng, (3, 4))))
    yield Question("an array with three axes", dict(z=_both_signs(rng, (2, 3, 2))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))


def _both_signs(rng, shape):
    """Draw numbers between 1/2 and 3, every second one of them negative, in random order."""
    sizes = rng.uniform(0.5, 3, size=shape)
    signs = np.where(np.arange(sizes.size) % 2, -1.0, 1.0)
    return sizes * rng.permutation(signs).reshape(sizes.shape)


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def by_maximum(z):
    y = np.maximum(z, 0)
    return y


@exercise.writing
def by_where(z):
    z = np.array(z)
    return np.where(z > 0, z, 0)


@exercise.writing
def by_mask(z):
    out = np.array(z, dtype=float)
    out[out < 0] = 0
    return out


@exercise.writing(ideas=("vectors_only",))
def loop(z):
    n = len(z)
    out = np.array(z)
    for i in range(n):
        if out[i] < 0:
            out[i] = 0
    return out


@exercise.mistake(
    "An `if` or Python's `max` needs a single truth value, yes or no, but an array has one for "
    "each entry.",
    "Which function compares entry by entry?",
)
def max_of_python(z):
    return max(0, z)


exercise.idea(
    "reduced_along_an_axis",
    "`np.max` takes the maximum along an axis: its second argument is that axis, not a number to "
    "compare with.",
    "`np.max` reduces one array. Which function takes the larger of two values?",
    {"np.maximum(z, 0)": "np.max(z, 0)"},
    {"np.maximum(z, 0)": "np.max(0, z)"},
    {"np.maximum(z, 0)": "np.max(z, axis=-1)"},
)
exercise.idea(
    "largest_of_all",
    "This looks for the largest entry of z, as `np.max(z)` does: an array becomes one number, and "
    "nothing is compared with 0.",
    "The positive part is taken of every entry by itself. Which function compares entry by entry?",
    {"np.maximum(z, 0)": "np.max(z)"},
    {"np.maximum(z, 0)": "max(z)"},
)
exercise.idea(
    "largest_of_all_and_0",
    "This is one number for the whole array: the largest of all its entries and 0.",
    "The positive part is taken of every entry by itself. Which function compares entry by entry?",
    {"np.maximum(z, 0)": "max(0, np.max(z))"},
    {"np.maximum(z, 0)": "max(0, max(z))"},
)
exercise.idea(
    "one_number_only",
    "This works for a single number only, not for an array.",
    "Which function compares entry by entry?",
    {"np.maximum(z, 0)": "np.max([0, z])"},
    {"np.maximum(z, 0)": "max(0, float(z))"},
)
exercise.idea(
    "overwrites_its_argument",
    "z is changed in place: the negative entries are overwritten in the caller's array.",
    "The array z belongs to the caller, who may need it again. Where could the new numbers go?",
    {"out = np.array(z, dtype=float)": "out = z"},
    {"out = np.array(z, dtype=float)": "out = np.asarray(z)"},
    {"np.maximum(z, 0)": "np.maximum(z, 0, out=z)"},
    {"y = np.maximum(z, 0)": "z *= z > 0\ny = z"},
    {"out = np.array(z)\n    for": "out = z\nfor"},
)
exercise.idea(
    "arrays_only",
    "This works for arrays only, not for a single number.",
    "What turns a number into an array and leaves an array unchanged? Or can you do without "
    "picking entries?",
    {"out = np.array(z, dtype=float)": "out = z.copy()"},
    {"out = np.array(z, dtype=float)": "out = z[:] + 0.0"},
)
exercise.idea(
    "vectors_only",
    "The loop runs along the first axis only: a number has none, and in a matrix it meets rows, "
    "not numbers.",
    "Which function compares entry by entry, whatever the shape, and takes a number too?",
    {"for i in range(n)": "for i in range(len(z))"},
    {"n = len(z)": "n = len([v for v in z])"},
)
exercise.idea(
    "absolute_value",
    "This is the absolute value: negative numbers become positive instead of 0.",
    "What is [z]₊ for z = −2?",
    {"np.maximum(z, 0)": "np.abs(z)"},
    {"out[i] = 0": "out[i] = -out[i]"},
)
exercise.idea(
    "negative_part",
    "This is the minimum of z and 0: the negative part.",
    "Which of 0 and −2 should be returned? And which of 0 and 3?",
    {"np.maximum(z, 0)": "np.minimum(z, 0)"},
    {"out[out < 0]": "out[out > 0]"},
    {"out[i] < 0": "out[i] > 0"},
)
exercise.idea(
    "mirrored",
    "The sign is wrong: this is the positive part of −z.",
    "What is [z]₊ for z = 3, and what for z = −2?",
    {"np.maximum(z, 0)": "np.maximum(-z, 0)"},
)
exercise.idea(
    "step_function",
    "This is the step function, 1 if z is positive and 0 otherwise: the slope (derivative) of "
    "ReLU, not its value.",
    "For z = 3, should the answer say that z is positive, or how large it is?",
    {"np.where(z > 0, z, 0)": "np.where(z > 0, 1.0, 0.0)"},
    {"np.where(z > 0, z, 0)": "np.where(z >= 0, 1.0, 0.0)"},
)
exercise.idea(
    "clipped_at_one",
    "Numbers above 1 are cut off too.",
    "The positive part has no ceiling. What is it for z = 3?",
    {"np.maximum(z, 0)": "np.clip(z, 0, 1)"},
)
exercise.idea(
    "clipped_at_six",
    "Numbers above 6 are cut off too.",
    "The positive part has no ceiling. What is it for z = 8?",
    {"np.maximum(z, 0)": "np.clip(z, 0, 6)"},
)
exercise.idea(
    "half_lost",
    "This is twice the positive part, as with z + |z| that isn't divided by 2.",
    "What is z + |z| for z = 3?",
    {"np.maximum(z, 0)": "z + np.abs(z)"},
)
exercise.idea(
    "returned_as_it_is",
    "z itself is returned, unchanged: the negative numbers are still there.",
    "Functions such as np.maximum return a new array. What becomes of it in your function?",
    {"np.maximum(z, 0)": "z"},
)
exercise.idea(
    "leaky",
    "This is a leaky ReLU: negative numbers become small instead of 0.",
    "What is [z]₊ for z = −2?",
    *({"np.where(z > 0, z, 0)": f"np.where(z > 0, z, {s} * z)"} for s in (0.001, 0.01, 0.1, 0.2)),
)
exercise.idea(
    "smooth_instead",
    "This is softplus, a ReLU with a rounded corner.",
    "What is [z]₊ for z = 0?",
    {"np.where(z > 0, z, 0)": "np.log(1 + np.exp(z))"},
)
exercise.idea(
    "exponential_for_negative_numbers",
    "This is an ELU: negative numbers become e^z − 1 instead of 0.",
    "What is [z]₊ for z = −2?",
    {"np.where(z > 0, z, 0)": "np.where(z > 0, z, np.exp(z) - 1)"},
)
exercise.idea(
    "positive_entries_only",
    "The negative entries are left out instead of becoming 0, and so the shape is lost.",
    "An array of any shape comes out in the same shape. What should be where a −2 was?",
    {"np.where(z > 0, z, 0)": "z[z > 0]"},
    {"z = np.array(z)\n    return np.where(z > 0, z, 0)": "return z[z > 0]"},
)
exercise.idea(
    "one_choice_for_all_entries",
    "`any` and `all` make one choice for the whole array, but each entry needs its own.",
    "Which function compares entry by entry?",
    *(
        {"return np.where(z > 0, z, 0)": f"return z if np.{which}(z > 0) else {nothing}"}
        for which in ("any", "all")
        for nothing in ("0", "0 * z")
    ),
)
