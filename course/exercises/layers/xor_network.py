"""Questions and known mistakes of `xor_network`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.functions import xor_outputs
from course.exercises.engine.registry import PROPERTIES
from course.nn import layers as nn

exercise = Exercise(
    nn.xor_network,
    points=3,
    minutes=20,
    difficulty=4,
    hints=(
        "XOR depends only on how many of the two inputs are 1. Draw the output you want against s "
        "= x_1 + x_2: at 0, at 1 and at 2. What shape is it?",
        "A tent: up from 0 to 1, down from 1 to 2. One ReLU neuron can climb from s = 0 on; a "
        "second neuron can stay silent until s = 1 and then pull the sum down. Its bias decides "
        "when it wakes up.",
        "relu(s) keeps its slope of 1 from s = 0 on. From s = 1 on the total slope has to be −1: "
        "with which weight do you have to add relu(s − 1)? Now translate: s is a column of W, the "
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


@exercise.mistake(
    "This is OR: it also says 1 if both inputs are 1.",
    "Three corners are right. At (1, 1) the second neuron has to pull the sum down further than it "
    "does now.",
)
def or_network():
    return np.ones((2, 2)), np.array([[0.0, -1.0]]), np.array([1.0, -1.0]), 0.0


@exercise.mistake(
    "This is AND: it says 1 only if both inputs are 1.",
    "XOR is 1 if exactly one input is 1. Which of your neurons detects that case?",
)
def and_network():
    return np.ones((2, 1)), np.array([[-1.0]]), np.array([1.0]), 0.0


@exercise.mistake(
    "This is XOR upside down (XNOR): every output is the opposite of what it should be.",
    "1 minus your output would be right. What does that do to u and c?",
)
def upside_down():
    return np.ones((2, 2)), np.array([[0.0, -1.0]]), np.array([-1.0, 2.0]), 1.0


@exercise.mistake(
    "You get these outputs if the hidden biases are all 0: both neurons bend at the same place, "
    "and three outputs are below 0.",
    "A tent has its top at x_1 + x_2 = 1. Which bias makes a neuron wake up only there?",
)
def hidden_biases_forgotten():
    return np.ones((2, 2)), np.zeros((1, 2)), np.array([1.0, -2.0]), 0.0


@exercise.mistake(
    "You get these outputs if the second bias is +1: relu(s + 1) is awake at all four corners.",
    "A neuron wakes up when s + b is 0. Which b makes that happen at s = 1?",
)
def bias_with_the_wrong_sign():
    return np.ones((2, 2)), np.array([[0.0, 1.0]]), np.array([1.0, -2.0]), 0.0


@exercise.mistake(
    "This is x_1 + x_2: no neuron bends between the corners, so the network is still linear there.",
    "A ReLU that never switches off is the identity. What would silence a neuron at some of the "
    "corners?",
)
def only_adds_the_inputs():
    return np.eye(2), np.zeros((1, 2)), np.ones(2), 0.0


@exercise.mistake(
    "This says ½ at every corner: in least squares, a linear function can do no better for XOR.",
    "No straight line helps here. Where does the function have to bend?",
)
def half_everywhere():
    return np.zeros((2, 2)), np.zeros((1, 2)), np.zeros(2), 0.5


@exercise.mistake(
    "This network says 0 everywhere.",
    "Which hidden neurons are awake at (0, 1)? If none are, or if u is 0, nothing gets through.",
)
def silent_network():
    return np.zeros((2, 2)), np.zeros((1, 2)), np.zeros(2), 0.0


@exercise.mistake(
    "The numbers may be right, but b is flat, (m,), instead of a row of biases, (1, m).",
    "How many pairs of brackets does a matrix with one row need?",
)
def biases_in_a_flat_array():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0]), 0.0


@exercise.mistake(
    "The numbers may be right, but u is a column, (m, 1), instead of a flat array, (m,).",
    "f(X) has one number for each row of X. What shape does a product with a column have?",
)
def output_weights_in_a_column():
    return np.ones((2, 2)), np.array([[0.0, -1.0]]), np.array([[1.0], [-2.0]]), 0.0


@exercise.mistake(
    "W has one neuron per row, (m, 2), instead of one neuron per column, (2, m).",
    "An example is a row with two numbers here. On which side of it is W in X W?",
)
def neurons_as_rows():
    W = np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 1.0]])
    return W, np.array([[0.0, -1.0, 0.0]]), np.array([1.0, -2.0, 0.0]), 0.0


@exercise.mistake(
    "Only W, b and u are returned: the output's own bias c is missing.",
    "A network has a c even if it adds nothing. Which number is that?",
)
def output_bias_left_out():
    return np.ones((2, 2)), np.array([[0.0, -1.0]]), np.array([1.0, -2.0])
