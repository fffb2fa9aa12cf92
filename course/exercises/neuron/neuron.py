"""Questions and known mistakes of `neuron`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import neuron as nn

exercise = Exercise(
    nn.neuron,
    points=2,
    minutes=5,
    difficulty=1,
    hints=(
        "There are two steps: first turn the weights and the inputs into one number z, then let h "
        "turn z into the output.",
        "z = w · x is a dot product: multiply entry by entry and add up. NumPy has an operator for "
        "it.",
        "The dot product of two arrays is written with `@`. Call its result z and return h(z).",
    ),
)


@exercise.public
def public():
    yield Question(
        "two inputs, and an activation that doubles",
        dict(w=np.array([1.0, 2.0]), x=np.array([3.0, 1.0]), h=stock.double),
    )
    yield Question(
        "three inputs, and an activation that squares",
        dict(w=np.array([1.0, -2.0, 3.0]), x=np.array([2.0, 1.0, 1.0]), h=stock.square),
    )
    yield Question(
        "four inputs, one of them zero",
        dict(
            w=np.array([0.5, 2.0, -1.0, 2.0]),
            x=np.array([4.0, 1.0, 0.0, -1.0]),
            h=stock.shifted_square,
        ),
    )


@exercise.secret
def secret(rng):
    yield Question(
        "a handful of inputs", dict(w=rng.normal(size=5), x=rng.normal(size=5), h=stock.sin)
    )
    yield Question(
        "many inputs",
        dict(w=rng.normal(size=13) / 4, x=rng.normal(size=13), h=stock.shifted_square),
    )
    yield Question(
        "a single input",
        dict(w=rng.uniform(1.5, 2, 1), x=rng.uniform(0.2, 0.4, 1), h=stock.exp),
        weight=0.5,
    )
    yield Question(
        "whole numbers as inputs",
        dict(w=rng.normal(size=4), x=rng.permutation([-2, 1, 3, 2]), h=stock.square),
    )
    yield Question(
        "float32",
        dict(
            w=rng.uniform(0.2, 0.9, 3).astype(np.float32),
            x=rng.uniform(0.2, 0.9, 3).astype(np.float32),
            h=stock.exp,
        ),
        weight=0.5,
    )
    yield Question(
        "all inputs zero",
        dict(w=rng.normal(size=3), x=np.zeros(3), h=stock.shifted_square),
        weight=0.5,
    )


@exercise.mistake(
    "The products w_i x_i are not added up.",
    "A neuron has one output. How many numbers are there in `w * x`, and how many in w · x?",
)
def products_not_summed(w, x, h):
    return h(np.multiply(w, x))


@exercise.mistake(
    "The activation is applied to every product, before the sum.",
    "In h(w · x) the dot product is inside the brackets. What has to be finished first?",
)
def activation_before_the_sum(w, x, h):
    return h(np.multiply(w, x)).sum()


@exercise.mistake(
    "The activation is applied to the inputs, before the weights.",
    "Follow one input on its way to the output: does it meet its weight first, or the activation?",
)
def activation_of_the_inputs(w, x, h):
    return np.dot(w, h(x))


@exercise.mistake(
    "The activation is applied to the weights instead of to w · x.",
    "Which number does the black box pass to h? The weights are only half of it.",
)
def activation_of_the_weights(w, x, h):
    return np.dot(h(w), x)


@exercise.mistake(
    "This is w · x alone: the activation is missing.",
    "A linear model stops here. What makes it a generalised linear model?",
)
def activation_left_out(w, x, h):
    return np.dot(w, x)


@exercise.mistake(
    "Only the first two inputs count.",
    "Nothing in ŷ = h(w · x) says how many inputs there are. Can you write code that doesn't say "
    "it either?",
)
def two_inputs_only(w, x, h):
    return h(sum(w_i * x_i for w_i, x_i in zip(w[:2], x[:2], strict=True)))


@exercise.mistake(
    "The number is right, but it is wrapped in an array with one entry.",
    "A neuron's output is a number. Which of your steps turned a vector into a row or a column?",
)
def an_array_of_one(w, x, h):
    return h(np.reshape(w, (1, -1)) @ x)
