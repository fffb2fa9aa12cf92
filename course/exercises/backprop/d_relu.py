"""Questions and known mistakes of `d_relu`."""

import numpy as np

from course.exercises.backprop.numerics import MEASURED
from course.exercises.engine import Exercise, Question
from course.nn import backprop as nn

exercise = Exercise(
    nn.d_relu,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "Draw relu. It is made of two straight lines. What is the slope of each?",
        "The slope depends only on the sign of z. Comparing an array with a number gives an array "
        "of True and False, entry by entry.",
        "It is 1 where z > 0. True counts as 1 and False as 0. At z = 0 you may choose; don't "
        "divide by anything there.",
    ),
)


@exercise.public
def public():
    yield Question("one number", {"z": 3.0})
    yield Question("three numbers, one just above 0", {"z": np.array([-2.0, 1e-9, 4.0])})
    yield Question(
        "three numbers, one at the corner: any slope from 0 to 1 is right there",
        {"z": np.array([-1.0, 0.0, 1.0])},
        judged_by="slope_free_at_zero",
    )


@exercise.secret
def secret(rng):
    numbers = np.concatenate([-rng.uniform(0.1, 3, size=6), rng.uniform(0.1, 3, size=6)])
    yield Question("a number", {"z": float(-rng.uniform(1.5, 3))}, weight=0.25)
    yield Question("a matrix", {"z": rng.permutation(numbers).reshape(3, 4)}, weight=2)
    yield Question("integers", {"z": rng.permutation(np.array([-3, -1, 2, 5]))})
    yield Question("float32", {"z": rng.permutation(numbers[4:8]).astype(np.float32)})
    # A measured slope earns little more than half.
    tiny = {"z": rng.permutation(np.array([-1e6, -1e-9, -1e-9, 1e-9, 1e-9, 1e6]))}
    yield Question("large and tiny numbers", tiny, weight=4)
    yield Question(
        "zeros among other numbers",
        {"z": rng.permutation(np.array([0.0, 0.0, -2.0, -1.0, 1.0, 3.0]))},
        judged_by="slope_free_at_zero",
    )


@exercise.writing
def by_cases(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


@exercise.writing
def entry_by_entry(z):
    slopes = []
    for number in np.ravel(z):
        slope = 1.0 if number > 0 else 0.0
        slopes.append(slope)
    return np.reshape(slopes, np.shape(z))


@exercise.writing
def two_masks(z):
    slope = np.array(z, dtype=float)
    slope[slope > 0] = 1
    slope[slope <= 0] = 0
    return slope


@exercise.writing(ideas=("one_number_only",))
def with_an_if(z):
    if z > 0:
        return 1.0
    return 0.0


@exercise.writing(ideas=("measured_not_derived",))
def measured(z):
    h = 1e-5
    return (np.maximum(z + h, 0) - np.maximum(z - h, 0)) / (2 * h)


exercise.idea(
    "relu_itself",
    "This is relu itself, not its slope.",
    "Going from z = 2 to z = 3, how much does relu grow? And from 20 to 21?",
    {"1.0, 0.0": "z, 0.0"},
    {"slope[slope > 0] = 1": "pass"},
)
exercise.idea(
    "sides_exchanged",
    "This is 1 where relu is flat and 0 where it climbs: the two sides are swapped.",
    "On which side of 0 does relu let its argument through?",
    {"> 0, 1.0": "< 0, 1.0"},
    {"1.0, 0.0": "0.0, 1.0"},
)
exercise.idea(
    "sign_of_z",
    "This is the sign of z: −1 on the left, where relu is flat.",
    "Draw relu left of 0. Does it go down as z grows?",
    {"1.0, 0.0": "1.0, -1.0"},
    {"np.where(np.asarray(z) > 0, 1.0, 0.0)": "np.sign(np.asarray(z))"},
)
exercise.idea(
    "one_everywhere",
    "This is 1 on both sides of 0: the slope of a straight line, without the flat part.",
    "What is relu at −2, and at −3? How steep is it between the two?",
    {"1.0, 0.0": "1.0, 1.0"},
)
exercise.idea(
    "slope_of_leaky_relu",
    "This has a small slope on the left, as leaky relu has; relu is flat there.",
    "What is relu at −2, and at −3? How steep is it between the two?",
    *({"1.0, 0.0": f"1.0, {slope}"} for slope in ("0.01", "0.1", "0.2", "0.3")),
    {"else 0.0": "else 0.01"},
    *({"slope[slope <= 0] = 0": f"slope[slope <= 0] = {slope}"} for slope in ("0.01", "0.1")),
)
exercise.idea(
    "left_side_left_as_it_is",
    "On the right this is 1, but on the left z itself is returned instead of a slope.",
    "You replace the entries above 0. What of the others?",
    {"slope[slope <= 0] = 0": "pass"},
    {"1.0, 0.0": "1.0, z"},
)
exercise.idea(
    "returned_in_the_loop",
    "This is the slope at the first entry only, as with a `return` inside the loop.",
    "A `return` ends the function. How far should the loop have got by then?",
    {"slopes.append(slope)": "return slope"},
)
exercise.idea(
    "one_number_only",
    "This works only for a single number: an `if` can't decide for a whole array.",
    "Comparing an array gives an array of answers. Use it directly, without `if`.",
)
exercise.idea(
    "divides_at_the_corner",
    "This divides by z or by its size, which is 0/0 at the corner.",
    "At z = 0 any slope from 0 to 1 will do, but it must be a number.",
    {"np.where(np.asarray(z) > 0, 1.0, 0.0)": "np.maximum(z, 0) / np.asarray(z)"},
)
exercise.idea(
    "writes_into_z",
    "The numbers are right, but z is overwritten in place, and z is the caller's array.",
    "The caller may still need z. Build a new array.",
    {"slope = np.array(z, dtype=float)": "slope = z"},
)
exercise.idea(
    "measured_not_derived",
    *MEASURED,
    *({"h = 1e-5": f"h = {step}"} for step in ("1e-5", "1e-3", "1e-4", "1e-6", "1e-7", "1e-8")),
    {"z - h": "z", "2 * h": "h"},
)
