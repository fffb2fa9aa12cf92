"""Questions and known mistakes of `and_neuron`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.functions import sides_of_zero
from course.exercises.engine.registry import PROPERTIES
from course.nn import neuron as nn

exercise = Exercise(
    nn.and_neuron,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "w · (1, x_1, x_2) is w_0 + w_1 x_1 + w_2 x_2. Write down the four sums: w_0, w_0 + w_2, "
        "w_0 + w_1, w_0 + w_1 + w_2. Only the last one is to be above 0.",
        "The first sum is w_0 alone, so w_0 is below 0. Give the two inputs the same weight: one "
        "of them must not be enough to lift the sum above 0, but both together must be.",
        "With w_1 = w_2 = 1, the sums are w_0, w_0 + 1, w_0 + 1 and w_0 + 2. Between which two "
        "numbers does w_0 have to be, and not too close to either?",
    ),
)


@exercise.public
def public():
    yield Question("the sums at the four corners", {}, judged_by=sides_of_zero)


@PROPERTIES.register
def sides_of_zero_twice(answer, args):
    """The sums of both answers."""
    return [sides_of_zero(weights, args) for weights in answer]


@exercise.secret
def secret(rng):
    yield Question("the sums at the four corners", {}, judged_by=sides_of_zero)
    yield Question(
        "called twice in a row", {}, call="twice", judged_by=sides_of_zero_twice, weight=0.5
    )


@exercise.writing
def by_hand():
    return np.array([-1.5, 1.0, 1.0])


WEIGHTS = "np.array([-1.5, 1.0, 1.0])"

exercise.idea(
    "or_neuron",
    "This neuron says OR: one input of 1 is enough for it.",
    "How far below 0 does the sum have to start, so that one input alone can't lift it above 0?",
    {WEIGHTS: "np.array([-0.5, 1.0, 1.0])"},
)
exercise.idea(
    "upside_down",
    "This neuron says NAND: every answer is the opposite of what it should be.",
    "What do all sums do if all three weights change their sign?",
    {WEIGHTS: "np.array([1.5, -1.0, -1.0])"},
)
exercise.idea(
    "neither_nor",
    "This neuron says NOR: it speaks only if both inputs are 0.",
    "An input of 1 is to speak for AND. Which sign does its weight need?",
    {WEIGHTS: "np.array([0.5, -1.0, -1.0])"},
)
exercise.idea(
    "no_intercept",
    "The first weight, the bias, is 0 or close to it, and at (0, 0) the sum is this weight alone.",
    "With x_1 = x_2 = 0 only the first weight is left. On which side of 0 does it have to be?",
    {WEIGHTS: "np.array([0.0, 1.0, 1.0])"},
    {WEIGHTS: "np.array([0.0, 0.5, 0.5])"},
    {WEIGHTS: "np.array([0.0, 1.0, -1.0])"},
)
exercise.idea(
    "both_are_only_just_enough",
    "For (1, 1) the sum lies on the border: it is 0 or close to it.",
    "Two ones have to lift the sum clearly above 0. Start it a little less far below.",
    {WEIGHTS: "np.array([-2.0, 1.0, 1.0])"},
)
exercise.idea(
    "one_is_nearly_enough",
    "For (0, 1) and (1, 0) the sum lies on the border: it is 0 or close to it.",
    "One input alone must leave the sum clearly below 0. Start it a little further below.",
    {WEIGHTS: "np.array([-1.0, 1.0, 1.0])"},
)
exercise.idea(
    "always_yes",
    "This neuron says yes whatever its inputs are.",
    "What lifts the sum above 0 already at (0, 0)?",
    {WEIGHTS: "np.array([1.0, 1.0, 1.0])"},
)
exercise.idea(
    "always_no",
    "This neuron says no whatever its inputs are: even both of them together don't lift the sum "
    "above 0.",
    "Either start less far below 0, or give the inputs larger weights.",
    {WEIGHTS: "np.array([-3.0, 1.0, 1.0])"},
)
exercise.idea(
    "intercept_last",
    "This neuron says no to (0, 1) alone, as it does if the bias is the last weight instead of the "
    "first.",
    "To which of the three weights does each of 1, x_1 and x_2 belong?",
    {WEIGHTS: "np.array([1.0, 1.0, -1.5])"},
)
exercise.idea(
    "only_the_first_input",
    "This neuron decides by x_1 alone.",
    "AND treats both inputs alike. Do your weights?",
    {WEIGHTS: "np.array([-0.5, 1.0, 0.0])"},
)
exercise.idea(
    "only_the_second_input",
    "This neuron decides by x_2 alone.",
    "AND treats both inputs alike. Do your weights?",
    {WEIGHTS: "np.array([-0.5, 0.0, 1.0])"},
)
exercise.idea(
    "two_weights",
    "There are two weights, but the neuron has three inputs: the constant 1, x_1 and x_2.",
    "Which weight is missing? It decides what the neuron says at (0, 0).",
    {WEIGHTS: "np.array([1.0, 1.0])"},
)
exercise.idea(
    "outputs_instead_of_weights",
    "These are the four answers of AND, but the weights of a neuron that gives them are asked for.",
    "How many weights does a neuron with the inputs 1, x_1 and x_2 have?",
    {WEIGHTS: "np.array([0.0, 0.0, 0.0, 1.0])"},
)
exercise.idea(
    "weights_in_a_row",
    "The weights are in a matrix with one row, (1, 3), instead of a flat array, (3,).",
    "How many pairs of brackets does a flat array need?",
    {WEIGHTS: "np.array([[-1.5, 1.0, 1.0]])"},
)
exercise.idea(
    "weights_in_a_column",
    "The weights are in a column, (3, 1), instead of a flat array, (3,).",
    "How many pairs of brackets does a flat array need?",
    {WEIGHTS: "np.array([[-1.5], [1.0], [1.0]])"},
)
