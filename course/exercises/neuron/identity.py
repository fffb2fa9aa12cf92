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


# The whole of it, and what is changed in it.


@exercise.writing
def whole(z):
    return z


exercise.idea(
    "identity_matrix",
    "This is the identity matrix, which has only its name in common with the function.",
    "The identity function returns the z it was given. Where is z in your answer?",
    {"return z": "return np.eye(max(np.size(z), 1))"},
    {"return z": "return np.eye(len(z))"},
    {"return z": "return np.eye(z)"},
    {"return z": "return np.eye(np.shape(z)[0])"},
)
exercise.idea(
    "slope_instead_of_value",
    "This is the slope (derivative) of the identity, which is 1 everywhere, instead of its value.",
    "What is h(5) if h(z) = z?",
    {"return z": "return np.ones_like(np.asarray(z, dtype=float))"},
    {"return z": "return 1.0"},
)
exercise.idea(
    "negative_numbers_cut_off",
    "Negative numbers become 0: this is ReLU, a different activation.",
    "The identity lets every number through, whatever its sign.",
    {"return z": "return np.maximum(z, 0)"},
)
exercise.idea(
    "sign_lost",
    "This is the absolute value: negative numbers become positive.",
    "The identity lets every number through, whatever its sign.",
    {"return z": "return abs(z)"},
)
exercise.idea(
    "sign_turned",
    "This is −z: the sign is wrong.",
    "What is h(5) if h(z) = z?",
    {"return z": "return -z"},
)
exercise.idea(
    "shape_lost",
    "The numbers are right, but the array is flattened, so its shape is lost.",
    "An array of any shape comes out in the same shape. Which of your steps changes it?",
    {"return z": "return np.ravel(z)"},
)
exercise.idea(
    "entries_added_up",
    "The entries are added up into a single number.",
    "Each number comes out as it went in. Is a sum asked for?",
    {"return z": "return np.sum(z)"},
)
exercise.idea(
    "arrays_only",
    "This works for arrays only, not for a single number.",
    "You don't have to look inside z at all, whatever it is.",
    {"return z": "return z.copy()"},
    {"return z": "return [v for v in z]"},
    {"return z": "return [z[i] for i in range(len(z))]"},
    {"return z": "return z[:]"},
)
exercise.idea(
    "one_number_only",
    "This works for a single number only, not for an array.",
    "You don't have to look inside z at all, whatever it is.",
    {"return z": "return float(z)"},
)
exercise.idea(
    "a_function_returned",
    "This returns a function instead of z.",
    "Your function is the identity itself. What should it return if it is called with z?",
    {"return z": "return lambda z: z"},
)
