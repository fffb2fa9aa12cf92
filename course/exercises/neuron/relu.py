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
        "For one number: it stays if it is positive, otherwise it becomes 0. Now for all entries "
        "at once, and without touching the caller's array.",
        "You want the larger of z and 0, entry by entry. Python's max compares whole things, and "
        "np.max looks for the largest entry of one array; NumPy has a third function with a "
        "longer name that compares two arrays entry by entry.",
        "np.maximum takes two arrays, or an array and a number.",
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
    """Draw numbers between 1/2 and 3, every other one negative, in any order."""
    sizes = rng.uniform(0.5, 3, size=shape)
    signs = np.where(np.arange(sizes.size) % 2, -1.0, 1.0)
    return sizes * rng.permutation(signs).reshape(sizes.shape)


@exercise.mistake(
    "This is what you get from an if or from Python's max: each asks for one yes or no, and an "
    "array has a yes or no for each entry.",
    "What compares entry by entry?",
)
def max_of_python(z):
    return max(0, z)


@exercise.mistake(
    "This is what you get from np.max(z, 0): the largest entries along axis 0.",
    "np.max reduces one array; the 0 is an axis to it. Which function takes the larger of two?",
)
def reduced_along_an_axis(z):
    return np.max(z, 0)


@exercise.mistake(
    "This is what you get when the negative entries are overwritten in the caller's own array.",
    "The array z belongs to someone else, who may need it again. Where could the new numbers go?",
)
def overwrites_its_argument(z):
    z[z < 0] = 0
    return z


@exercise.mistake(
    "This is the absolute value: negative numbers came out positive and not 0.",
    "What does [z]₊ make of −2?",
)
def absolute_value(z):
    return np.abs(z)


@exercise.mistake(
    "This is what you get when the minimum of z and 0 is taken: the negative part.",
    "Of 0 and −2, which one should come out? And of 0 and 3?",
)
def negative_part(z):
    return np.minimum(z, 0)


@exercise.mistake(
    "This is the step, 1 where z is positive and 0 elsewhere: the slope of ReLU, not its value.",
    "What should come out for 3: that it is positive, or how large it is?",
)
def step_function(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


@exercise.mistake(
    "This is what you get when numbers above 1 are cut off too.",
    "The positive part has no ceiling. What should come out for 3?",
)
def clipped_at_one(z):
    return np.clip(z, 0, 1)
