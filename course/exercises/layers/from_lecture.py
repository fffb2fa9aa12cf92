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
        dict(A=np.array([[1.0, 2.5, 3.0], [4.0, 5.0, -0.5]]), b=np.array([7.0, 0.5])),
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


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def transposed(A, b):
    weights = A.T
    biases = b.reshape(1, -1)
    return weights, biases


@exercise.writing
def by_functions(A, b):
    return np.transpose(A), np.reshape(b, (1, len(b)))


BOTH = "return weights, biases"


@exercise.mistake(
    "The row of biases is given a place for each input, but there is one bias for each neuron.",
    "A has one neuron per row. Which of its two sizes is the number of neurons?",
)
def biases_by_the_inputs(A, b):
    return A.T, b.reshape(1, A.shape[1])


exercise.idea(
    "reshaped_instead_of_transposed",
    "The weights are reshaped, not transposed: the shape is right, but weights have moved to other "
    "neurons.",
    "Transposing reflects a matrix in its diagonal. What does `reshape` do to the order of the "
    "numbers?",
    {"A.T": "A.reshape(A.shape[::-1])"},
    {"A.T": "A.reshape(A.shape[::-1], order='F')"},
)
exercise.idea(
    "turned_instead_of_transposed",
    "The weights are rotated or flipped, not transposed: their shape is right, but not their "
    "order.",
    "Transposing reflects a matrix in its diagonal: entry (i, k) goes to (k, i).",
    {"A.T": "np.rot90(A)"},
    {"A.T": "np.rot90(A, -1)"},
    {"A.T": "np.rot90(A, 2).T"},
)
exercise.idea(
    "weights_left_as_they_came",
    "The weights are not transposed: there is still one neuron per row.",
    "In xᵀ Aᵀ + bᵀ, which matrix is to the right of the example?",
    {"A.T": "A"},
)
exercise.idea(
    "biases_left_flat",
    "The biases are still flat, (d_out,), instead of a row, (1, d_out).",
    "What is `b.T` if b has a single axis? And how many axes does an array of shape (1, d_out) "
    "have?",
    {"b.reshape(1, -1)": "b"},
)
exercise.idea(
    "biases_as_a_column",
    "The biases form a column, (d_out, 1), instead of a row, (1, d_out).",
    "To which rows will b be added? So which shape does it need?",
    {"b.reshape(1, -1)": "b.reshape(-1, 1)"},
)
exercise.idea(
    "biases_with_three_axes",
    "The biases have three axes: one pair of brackets too many.",
    "How many axes does an array of shape (1, d_out) have?",
    {"b.reshape(1, -1)": "b.reshape(1, 1, -1)"},
)
exercise.idea(
    "nothing_converted",
    "Nothing is converted: weights and biases are unchanged.",
    "Compare the shapes of A and b with the shapes that the row convention wants.",
    {"A.T": "A", "b.reshape(1, -1)": "b"},
)
exercise.idea(
    "cut_to_whole_numbers",
    "The weights are put into an integer array, so everything after the decimal point is cut off.",
    "What is the `dtype` of the array you made?",
    {"A.T": "A.T.astype(int)"},
)
exercise.idea(
    "biases_first",
    "The two results are swapped: the biases are returned first.",
    "In which order does the docstring list the two results?",
    {BOTH: "return biases, weights"},
)
exercise.idea(
    "only_the_weights",
    "Only the weights are returned: the biases are missing.",
    "A layer has two parts. Which of them does your `return` leave out?",
    {BOTH: "return weights"},
)
exercise.idea(
    "stacked_into_one_matrix",
    "Weights and biases are stacked into one matrix, but two arrays are asked for.",
    "How does a function return two things?",
    {BOTH: "return np.vstack([biases, weights])"},
    {BOTH: "return np.vstack([weights, biases])"},
)
exercise.idea(
    "sizes_hard_wired",
    "The numbers of neurons or inputs are written into the code, so it works for one size only.",
    "−1 in `reshape` means “as many as there are”. And does a transpose need any number?",
    {"(1, len(b))": "(1, 2)"},
    {"np.transpose(A)": "np.reshape(A, (3, 2))"},
    {"np.transpose(A)": "np.reshape(A, (3, 2))", "(1, len(b))": "(1, 2)"},
)
