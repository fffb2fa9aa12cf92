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
    yield Question("a matrix", dict(z=np.array([[1.0, -2.0, 3.0], [-4.0, 5.0, -6.0]])))


@exercise.secret
def secret(rng):
    yield Question("one positive number", dict(z=float(rng.uniform(1.5, 3))), weight=0.5)
    yield Question("a single negative number", dict(z=-float(rng.uniform(0.5, 3))), weight=0.5)
    yield Question("a vector", dict(z=_both_signs(rng, 6)))
    yield Question("a matrix with more columns than rows", dict(z=_both_signs(rng, (3, 4))))
    yield Question("an array with three axes", dict(z=_both_signs(rng, (2, 3, 2))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("only negative numbers", dict(z=-rng.uniform(0.1, 2, size=3)))


def _both_signs(rng, shape):
    """Draw numbers between 1/2 and 3, every second one of them negative, in random order."""
    sizes = rng.uniform(0.5, 3, size=shape)
    signs = np.where(np.arange(sizes.size) % 2, -1.0, 1.0)
    return sizes * rng.permutation(signs).reshape(sizes.shape)


@exercise.mistake(
    "An `if` or Python's `max` needs a single yes or no, but an array has a yes or no for each "
    "entry.",
    "Which function compares entry by entry?",
)
def max_of_python(z):
    return max(0, z)


@exercise.mistake(
    "This is `np.max(z, 0)`: the largest entries along axis 0.",
    "`np.max` reduces one array and takes the 0 for an axis. Which function takes the larger of "
    "two values?",
)
def reduced_along_an_axis(z):
    return np.max(z, 0)


@exercise.mistake(
    "The negative entries are overwritten in the caller's own array.",
    "The array z belongs to the caller, who may need it again. Where could the new numbers go?",
)
def overwrites_its_argument(z):
    z[z < 0] = 0
    return z


@exercise.mistake(
    "This is the absolute value: negative numbers become positive instead of 0.",
    "What is [z]₊ for z = −2?",
)
def absolute_value(z):
    return np.abs(z)


@exercise.mistake(
    "This is the minimum of z and 0: the negative part.",
    "Which of 0 and −2 should be returned? And which of 0 and 3?",
)
def negative_part(z):
    return np.minimum(z, 0)


@exercise.mistake(
    "This is the step function, 1 if z is positive and 0 otherwise: the slope of ReLU, not its "
    "value.",
    "For z = 3, should the answer say that z is positive, or how large it is?",
)
def step_function(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


@exercise.mistake(
    "Numbers above 1 are cut off too.",
    "The positive part has no ceiling. What is it for z = 3?",
)
def clipped_at_one(z):
    return np.clip(z, 0, 1)
