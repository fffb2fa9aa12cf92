"""Questions and known mistakes of `blind_direction`."""

from typing import Any

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.functions import unseen
from course.nn import neuron as nn

exercise = Exercise(
    nn.blind_direction,
    points=2,
    minutes=12,
    difficulty=2,
    hints=(
        "The neuron sees x only through w · x. By how much does w · (x + t v) differ from w · x? "
        "So what has to be 0?",
        "In the plane, turn the arrow w by a right angle: (w_1, w_2) becomes (−w_2, w_1). Check "
        "that their dot product is 0. With more inputs than two, the other entries of v can be 0.",
        "An arrow of length 1 is an arrow divided by its length, np.linalg.norm(v). Which w give "
        "you an arrow of length 0? Treat them first: what does the neuron see of its first input "
        "if the weight of that input is 0?",
    ),
)


def _question(title: str, w: Any, **more: Any) -> Question:
    return Question(title, dict(w=w), judged_by=unseen, **more)


@exercise.public
def public():
    yield _question("two weights", np.array([3.0, 4.0]))
    yield _question("three weights", np.array([1.0, -2.0, 2.0]))
    yield _question("only the first input counts", np.array([2.0, 0.0]))
    yield _question("only the last of three inputs counts", np.array([0.0, 0.0, 5.0]))
    yield _question("all weights are 0", np.array([0.0, 0.0]))


@exercise.secret
def secret(rng):
    def weights(d: int) -> np.ndarray:
        return rng.uniform(0.5, 3, d) * rng.choice([-1, 1], d)

    yield _question("two weights", weights(2), weight=2)
    yield _question("three weights", weights(3), weight=2)
    yield _question("seven weights", weights(7), weight=2)
    yield _question("whole numbers", rng.integers(1, 9, 3))
    # An axis is blind here whatever else w is, so an answer that is always the same earns little.
    yield _question("only the first of three inputs counts", weights(3) * [1, 0, 0], weight=0.18)
    yield _question("only the second of two inputs counts", weights(2) * [0, 1], weight=0.1)
    yield _question("only the last of four inputs counts", weights(4) * [0, 0, 0, 1], weight=0.1)
    yield _question("all of four weights are 0", np.zeros(4), weight=0.05)


# The arrow turned in the plane of two inputs; the axis nearest to blind, made so.


@exercise.writing
def turned(w):
    v = np.zeros(len(w))
    if w[0] == 0 and w[1] == 0:
        v[0] = 1.0
        return v
    v[0] = -w[1]
    v[1] = w[0]
    return v / np.linalg.norm(v)


@exercise.writing
def turned_list(w):
    if w[0] == 0 and w[1] == 0:
        return [1.0] + [0.0] * (len(w) - 1)
    length = (w[0] ** 2 + w[1] ** 2) ** 0.5
    return [-w[1] / length, w[0] / length] + [0.0] * (len(w) - 2)


@exercise.writing
def what_is_left_of_an_axis(w):
    i = np.argmin(np.abs(w))
    v = np.zeros(len(w))
    v[i] = 1.0
    square = w @ w
    if square > 0:
        v = v - w[i] / square * w
    return v / np.linalg.norm(v)


exercise.idea(
    "not_of_length_one",
    "The direction is right, but it isn't normalised: its length isn't 1.",
    "Divide the arrow by its length: np.linalg.norm(v).",
    {"return v / np.linalg.norm(v)": "return v"},
    {"-w[1] / length, w[0] / length": "-w[1], w[0]"},
    {"1.0": "5.0", " / np.linalg.norm(v)": ""},
)
exercise.idea(
    "along_the_weights",
    "This is the direction of w itself, in which the neuron sees most.",
    "Along which lines were the colours constant: along the arrow w, or across it?",
    {
        "v = np.zeros(len(w))": "v = np.array(w, dtype=float)",
        "v[0] = -w[1]": "v[0] = w[0]",
        "v[1] = w[0]": "v[1] = w[1]",
    },
    {"v = v - w[i] / square * w": "v = w"},
)
exercise.idea(
    "minus_lost",
    "A minus is missing: two entries of w are swapped, but neither has changed its sign.",
    "What is w · v if v is (w_2, w_1)? And if one of the two gets a minus?",
    {"v[0] = -w[1]": "v[0] = w[1]"},
    {"[-w[1] / length": "[w[1] / length"},
)
exercise.idea(
    "not_swapped",
    "One entry of w has changed its sign, but the two aren't swapped.",
    "What is w · v if v is (−w_1, w_2)? Try it with w = (3, 4).",
    {"v[0] = -w[1]": "v[0] = -w[0]", "v[1] = w[0]": "v[1] = w[1]"},
    {"[-w[1] / length, w[0] / length]": "[-w[0] / length, w[1] / length]"},
)
exercise.idea(
    "turned_round",
    "This is the direction of −w: the neuron sees it as well as w, only with the other sign.",
    "w · (x − t w) = w · x − t w · w. Is that the same as w · x?",
    {
        "v = np.zeros(len(w))": "v = -np.array(w, dtype=float)",
        "v[0] = -w[1]": "v[0] = -w[0]",
        "v[1] = w[0]": "v[1] = -w[1]",
    },
    {"v = v - w[i] / square * w": "v = -w"},
)
exercise.idea(
    "only_two_weights",
    "The direction has two entries however many weights there are.",
    "A direction is added to an example: how many entries does it need? The further ones can be 0.",
    {"v = np.zeros(len(w))": "v = np.zeros(2)"},
    {" + [0.0] * (len(w) - 1)": " + [0.0]", " + [0.0] * (len(w) - 2)": ""},
)
exercise.idea(
    "first_two_weights_zero",
    "If the first two weights are 0, this divides by 0: the turned arrow has no length, and the "
    "result is nan.",
    "A neuron whose first weight is 0 doesn't see its first input at all. Which direction is that?",
    {"w[0] == 0 and w[1] == 0": "False"},
)
exercise.idea(
    "all_weights_zero",
    "If all weights are 0, there is no direction, or none of length 1.",
    "A neuron without weights sees nothing at all. Which directions are right?",
    {"w[0] == 0 and w[1] == 0": "np.any(w) and w[0] == 0 and w[1] == 0"},
    {"if square > 0": "if True"},
    {"square = w @ w": "square = w @ w\nif square == 0:\n    return 0 * v"},
)
exercise.idea(
    "any_zero_weight_taken_for_all",
    "A single weight of 0 gets the answer for weights that are all 0, as with `or` instead of "
    "`and`.",
    "Which of your conditions is true for w = (2, 0)? The neuron sees its first input there.",
    {"w[0] == 0 and w[1] == 0": "w[0] == 0 or w[1] == 0"},
    {"w[0] == 0 and w[1] == 0": "w[1] == 0"},
)
exercise.idea(
    "first_axis",
    "This is always the same direction, whatever w is.",
    "A neuron is blind in another direction if its weights are others. Which?",
    {"w[0] == 0 and w[1] == 0": "True"},
)
exercise.idea(
    "squared_length",
    "The arrow is divided by the square of its length: the root is missing.",
    "The length is the square root of the sum of the squares. Did the root get lost?",
    {" / np.linalg.norm(v)": " / (v @ v)"},
    {" ** 0.5": ""},
)
exercise.idea(
    "divided_by_the_weights_length",
    "The arrow is divided by the length of w, not by its own.",
    "Which length should be 1 in the end, that of v or that of w?",
    {
        "if w[0] == 0 and w[1] == 0:": "if not np.any(w):",
        "w[0]\n    return v / np.linalg.norm(v)": "w[0]\n    return v / np.linalg.norm(w)",
    },
    {
        "if w[0] == 0 and w[1] == 0:": "if w[0] == 0 and w[1] == 0:",
        "w[0]\n    return v / np.linalg.norm(v)": "w[0]\n    return v / np.linalg.norm(w)",
    },
)
exercise.idea(
    "sum_for_length",
    "The arrow is divided by the sum of its entries' sizes, which isn't its length.",
    "The arrow (3, 4) has length 5, not 7. How does one get from 3 and 4 to 5?",
    {
        "w[0]\n    return v / np.linalg.norm(v)": "w[0]\n    return v / np.abs(v).sum()",
    },
)
exercise.idea(
    "projection_not_divided",
    "The part along w is not removed: w · v isn't 0, as if the division by w · w were missing.",
    "An arrow e has the part (w · e)/(w · w) times w along w. What is left without it?",
    {"v - w[i] / square * w": "v - w[i] * w"},
    {"v - w[i] / square * w": "v - w[i] / square**0.5 * w"},
)
exercise.idea(
    "no_length",
    "This is the zero vector: a neuron sees nothing of it, but that is true of every neuron.",
    "Any arrow across w will do, as long as it is one.",
    {"return v / np.linalg.norm(v)": "return 0 * v"},
)
