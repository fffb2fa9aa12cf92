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
        "The same neuron looks at every row of X: n rows go in, n numbers come out.",
        "You could call `neuron` on each row and collect the answers. Or ask yourself: which "
        "product of X and w has x_i · w as its entry i?",
        "A matrix times a vector is a dot product for each row of the matrix, if the matrix is on "
        "the left. h takes all n results at once.",
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
    "The products are not added up: each example gets one number per input instead of a single "
    "number.",
    "`X * w` multiplies entry by entry. What is still missing to get x_i · w from row i?",
)
def rows_not_summed(w, X, h):
    return h(np.multiply(X, w))


@exercise.mistake(
    "The sum runs down the columns of X instead of along its rows.",
    "An example is a row. Along which axis do you move if you stay within one row?",
)
def summed_down_the_columns(w, X, h):
    return h(np.multiply(X, w).sum(axis=0))


@exercise.mistake(
    "w is on the wrong side of X, so it is multiplied by the columns instead of the rows.",
    "Write down the shapes. Which product fits and gives (n,): (d,) @ (n, d) or (n, d) @ (d,)?",
)
def weights_meet_the_columns(w, X, h):
    return h(w @ X)


@exercise.mistake(
    "The activation is applied to the inputs, before the weights.",
    "This is the same neuron as before, h(w · x), but for many x. What comes first?",
)
def activation_of_the_examples(w, X, h):
    return h(X) @ w


@exercise.mistake(
    "This is X w alone: the activation is missing.",
    "What would linear regression return here, and what would the generalised linear model return?",
)
def linear_model_only(w, X, h):
    return X @ w


@exercise.mistake(
    "The results are put into an array of whole numbers, so everything after the decimal point is "
    "cut off.",
    "What is the `dtype` of the array you made for the results if X holds whole numbers?",
)
def cut_to_whole_numbers(w, X, h):
    outputs = np.zeros(len(X), dtype=X.dtype)
    for i, x in enumerate(X):
        outputs[i] = h(x @ w)
    return outputs


@exercise.mistake(
    "The numbers are right, but they form a column, (n, 1), instead of a flat array, (n,).",
    "One number per example needs only one axis. Which step gave your result a second axis?",
)
def column_of_results(w, X, h):
    return h(X @ np.reshape(w, (-1, 1)))


@exercise.mistake(
    "For a batch of one this returns a number instead of an array with one number in it.",
    "n rows in, n numbers out, even if n = 1. Which of your steps drops an axis?",
)
def batch_of_one_squeezed(w, X, h):
    return np.squeeze(h(X @ w))


@exercise.mistake(
    "This is the answer for the first example only.",
    "How many rows does X have, and how many numbers should come out?",
)
def first_example_only(w, X, h):
    return h(X[:1] @ w)


@exercise.mistake(
    "This is only the first example's output, as a number: the loop returned too early.",
    "Where is your `return`: inside the loop or after it?",
)
def returned_inside_the_loop(w, X, h):
    return h(X[0] @ w)
