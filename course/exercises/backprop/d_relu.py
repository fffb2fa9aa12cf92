"""Questions and known mistakes of `d_relu`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import backprop as nn
from course.nn.neuron import relu

exercise = Exercise(
    nn.d_relu,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "Draw relu. It is made of two straight lines. What is the slope of each?",
        "The slope depends only on the sign of z. Comparing an array with a number gives an array "
        "of True and False, entry by entry.",
        "True counts as 1 and False as 0. At z = 0 you may choose; don't divide by anything there.",
    ),
)


@exercise.public
def public():
    yield Question("one number", {"z": 3.0})
    yield Question("three numbers, elementwise", {"z": np.array([-2.0, 0.5, 4.0])})
    yield Question(
        "three numbers, one at the corner: any slope from 0 to 1 is right there",
        {"z": np.array([-1.0, 0.0, 1.0])},
        judged_by="slope_free_at_zero",
    )


@exercise.secret
def secret(rng):
    numbers = np.concatenate([-rng.uniform(0.1, 3, size=6), rng.uniform(0.1, 3, size=6)])
    yield Question("a number", {"z": float(-rng.uniform(1.5, 3))}, weight=0.5)
    yield Question("a matrix", {"z": rng.permutation(numbers).reshape(3, 4)}, weight=2)
    yield Question("integers", {"z": rng.permutation(np.array([-3, -1, 2, 5]))})
    yield Question("float32", {"z": rng.permutation(numbers[4:8]).astype(np.float32)})
    yield Question("large and tiny numbers", {"z": np.array([-1e6, -1e-9, 1e-9, 1e6])})
    yield Question(
        "zeros among other numbers",
        {"z": rng.permutation(np.array([0.0, 0.0, -2.0, 3.0]))},
        judged_by="slope_free_at_zero",
    )


@exercise.mistake(
    "This is relu itself, not its slope.",
    "Going from z = 2 to z = 3, how much does relu grow? And from 20 to 21?",
)
def relu_itself(z):
    return relu(z)


@exercise.mistake(
    "This is 1 where relu is flat and 0 where it climbs: the two sides are swapped.",
    "On which side of 0 does relu let its argument through?",
)
def sides_exchanged(z):
    return (np.asarray(z) < 0).astype(float)


@exercise.mistake(
    "This is the sign of z: −1 on the left, where relu is flat.",
    "Draw relu left of 0. Does it go down as z grows?",
)
def sign_of_z(z):
    return np.sign(np.asarray(z, dtype=float))


@exercise.mistake(
    "This works only for a single number: an `if` can't decide for a whole array.",
    "Comparing an array gives an array of answers. Use it directly, without `if`.",
)
def one_number_only(z):
    return 1.0 if z > 0 else 0.0


@exercise.mistake(
    "This divides relu(z) by z, which is 0/0 at the corner.",
    "At z = 0 any slope from 0 to 1 will do, but it must be a number.",
)
def divides_at_the_corner(z):
    z = np.asarray(z, dtype=float)
    return np.maximum(z, 0) / z


@exercise.mistake(
    "The numbers are right, but they are written into z, which belongs to the caller.",
    "The caller may still need z. Build a new array.",
)
def writes_into_z(z):
    z[z <= 0] = 0
    z[z > 0] = 1
    return z
