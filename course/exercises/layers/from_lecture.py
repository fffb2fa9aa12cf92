"""Questions and known mistakes of `from_lecture`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import layers as nn

exercise = Exercise(
    nn.from_lecture,
    points=2,
    minutes=8,
    difficulty=2,
    hints=(
        "Transpose the whole equation h = A x + b. What happens to a product when it is "
        "transposed?",
        "(A x + b)ᵀ = xᵀ Aᵀ + bᵀ: read off what is to the right of xᵀ, and what is added.",
        "A has an attribute that is its transpose. For b that is not enough: an array with one "
        "axis is its own transpose, so it needs a second axis, of length 1, in front.",
    ),
)


@exercise.public
def public():
    yield Question(
        "two neurons, three inputs",
        dict(A=np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), b=np.array([7.0, 8.0])),
    )
    yield Question("one neuron, two inputs", dict(A=np.array([[2.0, -1.0]]), b=np.array([3.0])))
    yield Question(
        "two neurons, two inputs: the shape doesn't show a missing transpose",
        dict(A=np.array([[1, 2], [3, 4]]), b=np.array([5, 6])),
    )


@exercise.secret
def secret(rng):
    for title, d_out, d_in, weight in (
        ("more neurons than inputs", 4, 2, 1),
        ("more inputs than neurons", 3, 5, 1),
        ("as many neurons as inputs", 3, 3, 1),
        ("a single neuron", 1, 4, 0.5),
        ("a single input", 3, 1, 0.5),
    ):
        layer_of_columns = dict(A=rng.normal(size=(d_out, d_in)), b=rng.normal(size=d_out))
        yield Question(title, layer_of_columns, weight=weight)
    yield Question(
        "whole numbers",
        dict(A=rng.permutation([-2, -1, 0, 1, 2, 3]).reshape(2, 3), b=rng.permutation([4, -5])),
        weight=0.5,
    )


@exercise.mistake(
    "This is `reshape`: the shape is right, but weights have moved to other neurons.",
    "Transposing reflects a matrix in its diagonal. What does `reshape` do to the order of the "
    "numbers?",
)
def reshaped_instead_of_transposed(A, b):
    return A.reshape(A.shape[::-1]), b.reshape(1, -1)


@exercise.mistake(
    "The weights are right, but the biases are still flat, (d_out,), instead of a row, (1, d_out).",
    "What is `b.T` if b has a single axis? And how many axes does an array of shape (1, d_out) "
    "have?",
)
def biases_left_flat(A, b):
    return A.T, b.T


@exercise.mistake(
    "The weights are right, but the biases form a column, (d_out, 1), instead of a row, (1, "
    "d_out).",
    "To which rows will b be added? So which shape does it need?",
)
def biases_as_a_column(A, b):
    return A.T, b.reshape(-1, 1)


@exercise.mistake(
    "The biases are right, but the weights are unchanged, with one neuron per row.",
    "In xᵀ Aᵀ + bᵀ, which matrix is to the right of the example?",
)
def weights_left_as_they_came(A, b):
    return A.copy(), b.reshape(1, -1)


@exercise.mistake(
    "Nothing is converted: weights and biases are unchanged.",
    "Compare the shapes of A and b with the shapes that the row convention wants.",
)
def nothing_converted(A, b):
    return A, b


@exercise.mistake(
    "Both parts are right, but the biases are returned first.",
    "In which order does the docstring list the two results?",
)
def biases_first(A, b):
    return b.reshape(1, -1), A.T
