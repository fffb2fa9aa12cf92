"""Questions and known mistakes of `glm`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import neuron as nn

exercise = Exercise(
    nn.glm,
    points=2,
    minutes=8,
    difficulty=2,
    hints=(
        "The same neuron looks at every row of X. n rows in, n numbers out.",
        "You could call neuron on each row and collect the answers. Or ask: which product of X and "
        "w has x_i · w as its entry i?",
        "A matrix times a vector is a dot product for each row of the matrix, if the matrix "
        "stands on the left. h takes all n results at once.",
    ),
)


@exercise.public
def public():
    yield Question(
        "three examples with two inputs",
        dict(w=np.array([2.0, -1.0]), X=np.array([[1, 0], [0, 1], [2, 3]]), h=stock.double),
    )
    yield Question(
        "two examples with three inputs, whole numbers",
        dict(w=np.array([0.5, 1.0, 2.0]), X=np.array([[1, 2, 0], [0, 1, -1]]), h=stock.square),
    )
    yield Question(
        "a batch of one",
        dict(w=np.array([1.0, 1.0]), X=np.array([[3.0, -2.0]]), h=stock.shifted_square),
    )


@exercise.secret
def secret(rng):
    yield Question(
        "more examples than inputs",
        dict(w=rng.normal(size=3), X=rng.normal(size=(5, 3)), h=stock.sin),
    )
    yield Question(
        "more inputs than examples",
        dict(w=rng.normal(size=5) / 2, X=rng.normal(size=(2, 5)), h=stock.shifted_square),
    )
    yield Question(
        "as many examples as inputs",
        dict(w=rng.uniform(0.5, 1, 3), X=rng.normal(size=(3, 3)), h=stock.exp),
    )
    yield Question(
        "a batch of one example",
        dict(w=rng.normal(size=4), X=rng.normal(size=(1, 4)), h=stock.tanh),
        weight=1.5,
    )
    yield Question(
        "a single input",
        dict(w=rng.uniform(1.5, 2, size=1), X=rng.normal(size=(4, 1)), h=stock.exp),
        weight=0.5,
    )
    yield Question(
        "whole numbers as inputs",
        dict(
            w=rng.uniform(0.1, 0.4, 3),
            X=rng.integers(-3, 4, size=(4, 3)),
            h=stock.sin,
        ),
        weight=1.5,
    )
    yield Question(
        "float32",
        dict(
            w=rng.uniform(0.2, 0.9, 3).astype(np.float32),
            X=rng.uniform(0.2, 0.9, (4, 3)).astype(np.float32),
            h=stock.exp,
        ),
        weight=0.5,
    )


@exercise.mistake(
    "This is what you get when the products are not added up: a number for every input, and not "
    "one for every example.",
    "X * w multiplies entry by entry. What is still missing to make x_i · w of row i?",
)
def rows_not_summed(w, X, h):
    return h(np.multiply(X, w))


@exercise.mistake(
    "This is what you get when the sum runs down the columns of X instead of along its rows.",
    "An example is a row. Which axis do you walk along when you stay inside one row?",
)
def summed_down_the_columns(w, X, h):
    return h(np.multiply(X, w).sum(axis=0))


@exercise.mistake(
    "This is what you get when w stands on the wrong side of X, so that it meets the columns.",
    "Write down the shapes: which of (d,) @ (n, d) and (n, d) @ (d,) fits, and gives (n,)?",
)
def weights_meet_the_columns(w, X, h):
    return h(w @ X)


@exercise.mistake(
    "This is what you get when the activation is applied to the inputs before the weights.",
    "It is the same neuron as before, h(w · x), only for many x. What comes first?",
)
def activation_of_the_examples(w, X, h):
    return h(X) @ w


@exercise.mistake(
    "This is X w alone: the activation is left out.",
    "What would linear regression answer here, and what the generalised model?",
)
def linear_model_only(w, X, h):
    return X @ w


@exercise.mistake(
    "This is what you get when the results are put into an array of whole numbers: everything "
    "after the decimal point is cut off.",
    "What is the dtype of the array you made for the results, when X holds whole numbers?",
)
def cut_to_whole_numbers(w, X, h):
    outputs = np.zeros(len(X), dtype=X.dtype)
    for i, x in enumerate(X):
        outputs[i] = h(x @ w)
    return outputs


@exercise.mistake(
    "The numbers are right, but they stand in a column, (n, 1), and not in a flat array, (n,).",
    "One number for each example needs one axis. Which step gave your result a second one?",
)
def column_of_results(w, X, h):
    return h(X @ np.reshape(w, (-1, 1)))


@exercise.mistake(
    "For a batch of one this gives a number and not an array with one number in it.",
    "n rows in, n numbers out, also for n = 1. Which step of yours throws an axis away?",
)
def batch_of_one_squeezed(w, X, h):
    return np.squeeze(h(X @ w))


@exercise.mistake(
    "This is the answer for the first example only.",
    "How many rows has X, and how many numbers should come out?",
)
def first_example_only(w, X, h):
    return h(X[:1] @ w)


@exercise.mistake(
    "This is the first example's output alone, as a number: the loop returned too early.",
    "Where does your return stand: inside the loop, or after it?",
)
def returned_inside_the_loop(w, X, h):
    return h(X[0] @ w)
