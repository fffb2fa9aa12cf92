"""Questions and known mistakes of `xor_network`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.functions import xor_outputs
from course.exercises.engine.registry import PROPERTIES
from course.nn import layers as nn

exercise = Exercise(
    nn.xor_network,
    points=3,
    minutes=15,
    difficulty=4,
    hints=(
        "A hidden neuron sees the corners along one direction. Choose one in which corners that "
        "want the same output fall together, as s = x_1 + x_2, and draw the output you want "
        "against it. What shape is it?",
        "Against s it is a tent: up from 0 to 1, down from 1 to 2. One ReLU neuron can climb from "
        "s = 0 on; a second neuron can stay silent until s = 1 and then pull the sum down. Its "
        "bias decides when it wakes up.",
        "relu(s) keeps its slope of 1 from s = 0 on. From s = 1 on the total slope has to be −1: "
        "with which weight do you have to add relu(s − 1)? Now translate: s is a column of A, the "
        "−1 is an entry of b, and the weights of the two neurons are u.",
    ),
)


@exercise.public
def public():
    yield Question(
        "the shapes, and the outputs at the four corners",
        {},
        judged_by="xor_outputs",
        rtol=0,
        atol=1e-6,
    )


@PROPERTIES.register
def xor_outputs_twice(answer, args):
    """The shapes and outputs of both networks."""
    return [xor_outputs(network, args) for network in answer]


@exercise.secret
def secret(rng):
    yield Question(
        "the outputs at the four corners", {}, judged_by="xor_outputs", rtol=0, atol=1e-6
    )
    yield Question(
        "called twice in a row",
        {},
        call="twice",
        judged_by=xor_outputs_twice,
        rtol=0,
        atol=1e-6,
        weight=0.5,
    )


# One right network, and what is changed in it.


@exercise.writing
def tent():
    A = np.array([[1.0, 1.0], [1.0, 1.0]])
    b = np.array([[0.0, -1.0]])
    u = np.array([1.0, -2.0])
    c = 0.0
    return A, b, u, c


@exercise.writing
def difference():
    A = np.array([[1.0, -1.0], [-1.0, 1.0]])
    b = np.array([[0.0, 0.0]])
    u = np.array([1.0, 1.0])
    c = 0.0
    return A, b, u, c


BIASES, WEIGHTS, NETWORK = "[[0.0, -1.0]]", "[1.0, -2.0]", "return A, b, u, c"
WHOLE = exercise.writings[0].source.partition(":\n    ")[2].rstrip()

exercise.idea(
    "or_network",
    "This is OR: it also says 1 if both inputs are 1.",
    "Three corners are right. At (1, 1) the second neuron has to pull the sum down further than it "
    "does now.",
    {WEIGHTS: "[1.0, -1.0]"},
)
exercise.idea(
    "and_network",
    "This is AND: it says 1 only if both inputs are 1.",
    "XOR is 1 if exactly one input is 1. Which of your neurons detects that case?",
    {WEIGHTS: "[0.0, 1.0]"},
)
exercise.idea(
    "nand_network",
    "This is NAND: it says 0 only if both inputs are 1.",
    "Three corners are right. What should the network say if both inputs are 0?",
    {WEIGHTS: "[0.0, -1.0]", "c = 0.0": "c = 1.0"},
)
exercise.idea(
    "upside_down",
    "This is XOR upside down (XNOR): every output is the opposite of what it should be.",
    "1 minus your output would be right. What does that do to u and c?",
    {WEIGHTS: "[-1.0, 2.0]", "c = 0.0": "c = 1.0"},
)
exercise.idea(
    "one_direction_only",
    "The output is above 0 at only one of the two corners at which exactly one input is 1.",
    "XOR treats x_1 and x_2 alike. Which corner does your network overlook?",
    {"[[1.0, 1.0], [1.0, 1.0]]": "[[1.0, 0.0], [-1.0, 0.0]]"},
    {"[[1.0, 1.0], [1.0, 1.0]]": "[[-1.0, 0.0], [1.0, 0.0]]"},
)
exercise.idea(
    "one_corner_negative",
    "One of the two corners at which exactly one input is 1 has the wrong sign.",
    "XOR treats x_1 and x_2 alike. Does your u?",
    {"u = np.array([1.0, 1.0])": "u = np.array([1.0, -1.0])"},
    {"u = np.array([1.0, 1.0])": "u = np.array([-1.0, 1.0])"},
)
exercise.idea(
    "hidden_biases_forgotten",
    "You get these outputs if the hidden biases are all 0: both neurons bend at the same place, "
    "and three outputs are below 0.",
    "A tent has its top at x_1 + x_2 = 1. Which bias makes a neuron wake up only there?",
    {BIASES: "[[0.0, 0.0]]"},
)
exercise.idea(
    "bias_with_the_wrong_sign",
    "You get these outputs if the second bias has the wrong sign: with +1, relu(s + 1) is awake at "
    "all four corners.",
    "A neuron wakes up when s + b is 0. Which b makes that happen at s = 1?",
    {BIASES: "[[0.0, 1.0]]"},
)
exercise.idea(
    "neurons_mixed_up",
    "You get these outputs if the two neurons' weights in u are swapped.",
    "Which neuron is awake first, and which has to pull the sum down?",
    {WEIGHTS: "[-2.0, 1.0]"},
)
exercise.idea(
    "pulled_down_too_far",
    "Three corners are right, but at (1, 1) the output is below 0: the sum is pulled down too far.",
    "From s = 1 on the tent falls by 1. By how much does your sum fall there?",
    {WEIGHTS: "[1.0, -2.5]"},
    {WEIGHTS: "[1.0, -3.0]"},
    {WEIGHTS: "[1.0, -4.0]"},
)
exercise.idea(
    "pulled_down_too_little",
    "Three corners are right, but at (1, 1) the sum isn't pulled down far enough.",
    "From s = 1 on the tent falls by 1. Does your sum fall there, and by how much?",
    {WEIGHTS: "[1.0, -1.5]"},
    {WEIGHTS: "[1.0, -0.5]"},
)
exercise.idea(
    "second_neuron_pushes_up",
    "Three corners are right, but at (1, 1) the sum goes up even faster than before.",
    "From s = 1 on the tent falls. Which sign does a neuron that pulls the sum down have in u?",
    {WEIGHTS: "[1.0, 1.0]"},
    {WEIGHTS: "[1.0, 2.0]"},
)
exercise.idea(
    "only_adds_the_inputs",
    "This is x_1 + x_2: no neuron bends between the corners, so the network is still linear there.",
    "A ReLU that never switches off is the identity. What would silence a neuron at some of the "
    "corners?",
    {WEIGHTS: "[1.0, 0.0]"},
)
exercise.idea(
    "tent_of_another_height",
    "The tent is scaled: the output is 0 where it should be, but it isn't 1 at (0, 1) and (1, 0).",
    "The shape is right. Which numbers have to be multiplied to change its height?",
    *({WEIGHTS: f"[{height}, {-2 * height}]"} for height in (0.5, 2.0, -1.0, 10.0, 20.0)),
)
exercise.idea(
    "wrong_output_bias",
    "All four outputs are too large or too small by the same amount.",
    "Which of the four parts is added to every output?",
    *({"c = 0.0": f"c = {c}"} for c in (1.0, -1.0, 0.5, -0.5)),
)
exercise.idea(
    "weights_for_sigmoids",
    "These weights are made for neurons with a sigmoid, but the hidden neurons here are ReLUs, and "
    "the output has no activation.",
    "What does a ReLU make of a large number? Build the tent from slopes instead.",
    {WHOLE: "return 20 * np.array([[1, -1], [1, -1]]), np.array([[-10, 30]]), [20, 20], -30"},
    {WHOLE: "return 20 * np.ones((2, 2)), np.array([[-10, -30]]), [20, -20], -10"},
    {WHOLE: "return 20 * np.ones((2, 2)), np.array([[-10, -30]]), [20, -40], -10"},
)
exercise.idea(
    "weights_for_steps",
    "These weights are made for neurons that jump from 0 to 1, but a ReLU climbs from its "
    "threshold on.",
    "A step of height 1 at s = ½ is not relu(s − ½). What is relu(s − ½) at s = 1 and at s = 2?",
    *(
        {BIASES: "[[-0.5, -1.5]]", WEIGHTS: f"[1.0, {u}]", "c = 0.0": f"c = {c}"}
        for u in (-1.0, -2.0)
        for c in (0.0, -0.5)
    ),
)
exercise.idea(
    "half_everywhere",
    "This says ½ at every corner: in least squares, a linear function can do no better for XOR.",
    "No straight line helps here. Where does the function have to bend?",
    {WEIGHTS: "[0.0, 0.0]", "c = 0.0": "c = 0.5"},
)
exercise.idea(
    "silent_network",
    "This network says 0 everywhere.",
    "Which hidden neurons are awake at (0, 1)? If none are, or if u is 0, nothing gets through.",
    {WEIGHTS: "[0.0, 0.0]"},
)
exercise.idea(
    "biases_in_a_flat_array",
    "b is flat, (m,), instead of a row of biases, (1, m).",
    "How many pairs of brackets does a matrix with one row need?",
    {BIASES: "[0.0, -1.0]"},
)
exercise.idea(
    "biases_in_a_column",
    "b is a column, (m, 1), instead of a row of biases, (1, m).",
    "b is added to every row of X A. Which shape do these rows have?",
    {BIASES: "[[0.0], [-1.0]]"},
)
exercise.idea(
    "output_weights_in_a_column",
    "u is a column, (m, 1), instead of a flat array, (m,).",
    "f(X) has one number for each row of X. What shape does a product with a column have?",
    {WEIGHTS: "[[1.0], [-2.0]]"},
)
exercise.idea(
    "output_weights_in_a_row",
    "u is a row, (1, m), instead of a flat array, (m,).",
    "relu(X A + b) has m columns. What is to the right of it in the formula, and does it fit?",
    {WEIGHTS: "[[1.0, -2.0]]"},
)
exercise.idea(
    "neurons_as_rows",
    "A has one neuron per row, (m, 2), instead of one neuron per column, (2, m).",
    "An example is a row with two numbers here. On which side of it is A in X A?",
    {WHOLE: "return np.ones((3, 2)), np.ones((1, 3)), np.ones(3), 0.0"},
)
exercise.idea(
    "output_bias_in_an_array",
    "c is an array with one entry instead of a number.",
    "The docstring says what c is. How is a number written without brackets?",
    *(
        {WHOLE: f"return np.ones((2, {m})), np.ones((1, {m})), np.ones({m}), np.zeros({shape})"}
        for m in (1, 2, 3, 4)
        for shape in ("1", "(1, 1)")
    ),
)
exercise.idea(
    "output_bias_left_out",
    "Only A, b and u are returned: the output's own bias c is missing.",
    "A network has a c even if it adds nothing. Which number is that?",
    {NETWORK: "return A, b, u"},
)
exercise.idea(
    "parts_in_another_order",
    "The parts are returned in another order than A, b, u, c.",
    "In which order does the docstring list the four parts?",
    {NETWORK: "return A, u, b, c"},
    {NETWORK: "return A, b, c, u"},
    {NETWORK: "return A, u, c, b"},
)
exercise.idea(
    "outputs_instead_of_a_network",
    "These are the four outputs, but the network that computes them is asked for.",
    "Return its parts: the hidden neurons' A and b, and the output neuron's u and c.",
    {WHOLE: "return np.array([0.0, 1.0, 1.0, 0.0])"},
)
