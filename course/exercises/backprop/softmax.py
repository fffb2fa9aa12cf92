"""Questions and known mistakes of `softmax`."""

import numpy as np

from course.exercises.backprop.numerics import SINGLE, unshifted_exp
from course.exercises.engine import Exercise, Question
from course.nn import backprop as nn

exercise = Exercise(
    nn.softmax,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "Write it for one row first. What happens to the row if you subtract the same number from "
        "all its entries?",
        "Nothing happens: e^{-c} is a factor of both numerator and denominator and cancels. So "
        "subtract the row's own largest entry: then no exponential exceeds 1, and the sum is at "
        "least 1.",
        "Each row has its own maximum and its own sum. `keepdims=True` keeps them as a column, "
        "which NumPy combines with the matrix row by row.",
    ),
)


@exercise.public
def public():
    yield Question("one row", {"Z": np.array([[0.0, 0.0]])})
    yield Question("two rows of three", {"Z": np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])})
    yield Question(
        "one row of large entries, one of very negative ones",
        {"Z": np.array([[1000.0, 1000.0], [-1000.0, -1000.0]])},
    )


@exercise.secret
def secret(rng):
    yield Question("more columns than rows", {"Z": rng.normal(size=(3, 5))}, weight=2)
    yield Question("as many rows as columns", {"Z": rng.normal(size=(3, 3))})
    yield Question("a batch of one", {"Z": rng.normal(size=(1, 4))})
    yield Question("integers", {"Z": rng.integers(-3, 4, size=(4, 2))})
    yield Question("float32", {"Z": rng.normal(size=(2, 3)).astype(np.float32)}, **SINGLE)
    up, down = 1e6 + rng.normal(size=3), -1e6 + rng.normal(size=3)
    yield Question("a row near a million, one near minus a million", {"Z": np.array([up, down])})
    wide = np.array([rng.permutation([1e6, 0.0, -1e6, 1.0]), rng.permutation([-900.0, 0, 1, 900])])
    yield Question("numbers far apart within each row", {"Z": wide})


@exercise.mistake(
    "This is the formula as written: for large entries e^z overflows, to infinity over infinity.",
    "What can you subtract from all entries of a row without changing the answer?",
)
def not_shifted(Z):
    E = unshifted_exp(Z)
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake(
    "This subtracts the largest entry of the whole matrix, so a row far below it becomes 0/0.",
    "Each row may be shifted by its own number. Which number keeps the row's sum from vanishing?",
)
def shifted_by_the_largest_of_all(Z):
    E = np.exp(np.asarray(Z, dtype=float) - np.max(Z))
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake(
    "This makes the columns sum to 1, but an example is a row.",
    "Which index is the class, the first or the second? Sum over that one.",
)
def down_the_columns(Z):
    return nn.softmax(np.transpose(Z)).T


@exercise.mistake(
    "Here the whole matrix sums to 1, but each row should.",
    "Each example has its own probabilities. What does a sum without an axis add up?",
)
def over_the_whole_matrix(Z):
    E = np.exp(np.asarray(Z, dtype=float) - np.max(Z))
    return E / E.sum()


@exercise.mistake(
    "This divides the logits themselves by their sum: the exponential is missing.",
    "Logits may be negative. What makes them positive before they are divided?",
)
def exponential_forgotten(Z):
    Z = np.asarray(Z, dtype=float)
    return Z / Z.sum(axis=1, keepdims=True)


@exercise.mistake(
    "The rows' maxima or sums have shape (n,), which lines up with the columns, not the rows.",
    "What shape has Z.max(axis=1)? What shape does it need to line up with the rows of Z?",
)
def row_numbers_lie_flat(Z):
    Z = np.asarray(Z, dtype=float)
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1)


@exercise.mistake(
    "The numbers are right, but Z is shifted in place, and Z is the caller's.",
    "`-=` changes the array itself. Build a new one.",
)
def shifts_the_callers_logits(Z):
    Z -= Z.max(axis=1, keepdims=True)
    return nn.softmax(Z)
