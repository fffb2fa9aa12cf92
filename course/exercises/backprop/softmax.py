"""Questions and known mistakes of `softmax`."""

import math

import numpy as np

from course.exercises.backprop.numerics import CUT
from course.exercises.engine import Exercise, Question
from course.nn import backprop as nn
from course.nn.neuron import sigmoid

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
    yield Question("two rows of whole numbers", {"Z": np.array([[1, 0], [2, 2]])})
    yield Question(
        "one row of large entries, one of very negative ones",
        {"Z": np.array([[1000.0, 1000.0], [-1000.0, -1000.0]])},
    )
    yield Question(
        "a large number beside small ones",
        {"Z": np.array([[2000.0, 0.0, 0.0, 0.0]])},
    )


@exercise.secret
def secret(rng):
    yield Question("more columns than rows", {"Z": rng.normal(size=(3, 5))}, weight=2)
    yield Question("as many rows as columns", {"Z": rng.normal(size=(3, 3))})
    yield Question("a batch of one", {"Z": rng.normal(size=(1, 4))})
    yield Question("integers", {"Z": rng.integers(-3, 4, size=(4, 2))})
    yield Question("float32", {"Z": rng.normal(size=(2, 3)).astype(np.float32)})
    up, down = 1e6 + rng.normal(size=3), -1e6 + rng.normal(size=3)
    yield Question("a row near a million, one near minus a million", {"Z": np.array([up, down])})
    wide = np.array([rng.permutation([1e6, 0.0, -1e6, 1.0]), rng.permutation([-900.0, 0, 1, 900])])
    yield Question("numbers far apart within each row", {"Z": wide})


@exercise.writing
def all_rows_at_once(Z):
    top = np.max(Z, axis=1, keepdims=True)
    E = np.exp(Z - top)
    sums = np.sum(E, axis=1, keepdims=True)
    return E / sums


@exercise.writing(ideas=("not_shifted",))
def as_the_formula_says(Z):
    E = np.exp(Z)
    sums = np.sum(E, axis=1, keepdims=True)
    return E / sums


@exercise.writing(ideas=("not_shifted",))
def with_math(Z):
    rows = [[math.exp(z) for z in row] for row in Z]
    return [[e / sum(row) for e in row] for row in rows]


@exercise.writing
def row_by_row(Z):
    P = np.zeros(np.shape(Z))
    for i in range(len(Z)):
        E = np.exp(Z[i] - np.max(Z[i]))
        P[i] = E / np.sum(E)
    return P


TOP = "np.max(Z, axis=1, keepdims=True)"
SUMS = "np.sum(E, axis=1, keepdims=True)"

exercise.idea(
    "not_shifted",
    "This is the formula as written: for large entries e^z overflows, to infinity over infinity.",
    "What can you subtract from all entries of a row without changing the answer?",
    {" - np.max(Z[i])": ""},
)
exercise.idea(
    "shifted_by_the_largest_of_all",
    "This subtracts the largest entry of the whole matrix, so a row far below it vanishes.",
    "Each row may be shifted by its own number. Which number keeps the row's sum from vanishing?",
    {TOP: "np.max(Z)"},
)
exercise.idea(
    "shifted_after_the_exponential",
    "The maximum is subtracted from the exponentials instead of from the logits in the exponent.",
    "A common factor cancels, a common term doesn't. So is the shift inside `exp` or behind it?",
    {"np.exp(Z - top)": "np.exp(Z) - top"},
    {"np.exp(Z - top)": "np.exp(Z) - top", TOP: "np.max(Z)"},
    {"np.exp(Z[i] - np.max(Z[i]))": "np.exp(Z[i]) - np.max(Z[i])"},
)
exercise.idea(
    "shifted_by_the_smallest",
    "This subtracts a number far below the row's largest, such as its smallest or its mean, so "
    "the exponential of the largest still overflows.",
    "Which number must be subtracted for no exponential to exceed 1?",
    {TOP: "np.min(Z, axis=1, keepdims=True)"},
)
exercise.idea(
    "shifted_by_the_columns",
    "Each column is shifted by its own maximum (axis 0), but a row must be shifted by a single "
    "number.",
    "The common factor cancels within a row. So over which axis is the maximum?",
    {TOP: "np.max(Z, axis=0)"},
)
exercise.idea(
    "shifted_in_one_place_only",
    "The maximum is subtracted only in the numerator or only in the denominator, not in both.",
    "The shift cancels only if numerator and denominator both have it.",
    {SUMS: "np.sum(np.exp(Z), axis=1, keepdims=True)"},
    {"E / sums": "np.exp(Z) / sums"},
)
exercise.idea(
    "down_the_columns",
    "The sums run down the columns (axis 0) instead of along the rows.",
    "Which index is the class, the first or the second? Sum over that one.",
    {SUMS: "np.sum(E, axis=0)"},
    {"E / sums": "(E.T / np.sum(E, axis=0)).T"},
    {TOP: "np.max(Z, axis=0)", SUMS: "np.sum(E, axis=0)"},
)
exercise.idea(
    "over_the_whole_matrix",
    "Every entry is divided by the sum of the whole matrix, as without `axis`, not by its own "
    "row's.",
    "Each example has its own probabilities. What does a sum without an axis add up?",
    {SUMS: "np.sum(E)"},
    {TOP: "np.max(Z)", SUMS: "np.sum(E)"},
)
exercise.idea(
    "row_numbers_lie_flat",
    "The rows' maxima or sums have shape (n,), as without `keepdims`, which lines up with the "
    "columns, not the rows.",
    "What shape has Z.max(axis=1)? What shape does it need to line up with the rows of Z?",
    {SUMS: "np.sum(E, axis=1)"},
    {TOP: "np.max(Z, axis=1)"},
    {TOP: "np.max(Z, axis=1)", SUMS: "np.sum(E, axis=1)"},
)
exercise.idea(
    "exponential_forgotten",
    "The exponential is missing: the logits themselves are divided by their sum.",
    "Logits may be negative. What makes them positive before they are divided?",
    {"np.exp(Z - top)": "np.asarray(Z)"},
    {"np.exp(Z[i] - np.max(Z[i]))": "np.asarray(Z[i])"},
)
exercise.idea(
    "divided_instead_of_shifted",
    "The logits are divided by a largest number, but it has to be subtracted: dividing changes the "
    "probabilities, and 0 can't be divided by.",
    "What cancels in the fraction: a common factor of the exponents, or a common term?",
    {"Z - top": "Z / top"},
    {"Z - top": "Z / np.max(np.abs(Z), axis=1, keepdims=True)"},
    {"Z[i] - np.max(Z[i])": "Z[i] / np.max(Z[i])"},
    {"Z - top": "Z / top", TOP: "np.max(Z)"},
)
exercise.idea(
    "sign_in_the_exponent",
    "This has e^{-z} where e^z belongs: the largest logit gets the smallest probability.",
    "Which class should have the largest probability, and has it?",
    {TOP: "np.min(Z, axis=1, keepdims=True)", "Z - top": "top - Z"},
    {"np.exp(Z)": "np.exp(-Z)"},
)
exercise.idea(
    "divided_by_the_mean",
    "This divides by the mean of the row's exponentials, so a row sums to k.",
    "Probabilities sum to 1. What must each row be divided by?",
    {SUMS: "np.mean(E, axis=1, keepdims=True)"},
    {"np.sum(E)": "np.mean(E)"},
)
exercise.idea(
    "divided_by_the_largest",
    "This divides by the row's largest exponential, so its largest entry is always 1.",
    "Probabilities sum to 1. What must each row be divided by?",
    {SUMS: "np.max(E, axis=1, keepdims=True)"},
    {"np.sum(E)": "np.max(E)"},
)
exercise.idea(
    "never_divided",
    "These are the exponentials alone: they aren't divided by their row's sum.",
    "Probabilities sum to 1. What must each row be divided by?",
    {"E / sums": "E"},
)
exercise.idea(
    "logarithm_of_it",
    "This is the logarithm of the probabilities, not the probabilities.",
    "Probabilities lie between 0 and 1. Do yours?",
    {"E / sums": "np.log(E / sums)"},
)
exercise.idea(
    "shifts_the_callers_logits",
    "The shift changes Z in place, as with `-=`, and Z is the caller's array.",
    "`-=` changes the array itself. Build a new one.",
    {"E = np.exp(Z - top)": "Z -= top\nE = np.exp(Z)"},
    {"E = np.exp(Z[i] - np.max(Z[i]))": "Z[i] -= np.max(Z[i])\nE = np.exp(Z[i])"},
)
exercise.idea("cut_to_integers", *CUT, {"np.zeros(np.shape(Z))": "np.zeros_like(Z)"})


@exercise.mistake(
    "This is the sigmoid of each entry by itself: the entries of a row don't sum to 1.",
    "Which entries does one probability depend on, with one class, with three?",
)
def sigmoid_of_each_entry(Z):
    return sigmoid(Z)
