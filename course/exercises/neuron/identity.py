"""Questions and known mistakes of `identity`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import neuron as nn

exercise = Exercise(
    nn.identity,
    points=1,
    minutes=2,
    difficulty=1,
    hints=(
        "This is the shortest function in the course: what goes in comes out.",
        "It has to work for a number and for an array of any shape, so don't look inside z.",
        "One `return` statement is enough.",
    ),
)


@exercise.public
def public():
    yield Question("one number", dict(z=-3.0))
    yield Question("three numbers", dict(z=np.array([-1.0, 0.0, 2.5])))
    yield Question("a matrix", dict(z=np.array([[1.0, -2.0, 3.0], [0.0, 5.0, -6.0]])))


@exercise.secret
def secret(rng):
    yield Question("some number", dict(z=float(rng.normal(2, 0.1))))
    yield Question("a vector", dict(z=rng.normal(size=5)))
    yield Question("an array with three axes", dict(z=rng.normal(size=(2, 3, 4))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("a single negative number", dict(z=-float(rng.uniform(1, 2))), weight=0.5)


@exercise.mistake(
    "This is the identity matrix, which has only its name in common with the function.",
    "The identity function returns the z it was given. Where is z in your answer?",
)
def identity_matrix(z):
    return np.eye(max(np.size(z), 1))


@exercise.mistake(
    "This is the slope of the identity, which is 1 everywhere, instead of its value.",
    "What is h(5) if h(z) = z?",
)
def slope_instead_of_value(z):
    return np.ones_like(np.asarray(z, dtype=float))


@exercise.mistake(
    "Negative numbers are cut off: that is a different activation.",
    "The identity lets every number through, whatever its sign.",
)
def negative_numbers_cut_off(z):
    return nn.relu(z)
