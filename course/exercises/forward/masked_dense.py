"""Questions and known mistakes of `masked_dense`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.forward.samples import TWO_EXAMPLES
from course.nn import forward as nn

exercise = Exercise(
    nn.masked_dense,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "A missing edge adds nothing to the sum. Which weight adds nothing?",
        "Make a matrix that has A's entry if `mask` is True and another number otherwise, without "
        "writing into A. The rest is the dense layer from lesson 2.",
        "`np.where` chooses between two values, entry by entry, and makes a new array. The mask is "
        "about edges, so it affects neither b nor the output.",
    ),
)

MASK = np.array([[True, False], [False, True], [True, False]])


@exercise.public
def public():
    yield Question(
        "three inputs, two neurons",
        dict(
            X=np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 1.0]]),
            A=np.array([[1.0, 5.0], [7.0, 2.0], [-1.0, 9.0]]),
            b=np.array([[1.0, -2.0]]),
            mask=MASK,
            h=stock.double,
        ),
    )
    yield Question(
        "a neuron without incoming edges",
        dict(
            X=TWO_EXAMPLES,
            A=np.array([[3.0, 4.0], [5.0, 6.0]]),
            b=np.array([[1.0, -2.0]]),
            mask=np.array([[True, False], [True, False]]),
            h=stock.shifted_square,
        ),
    )


@exercise.secret
def secret(rng):
    X, A, b = rng.normal(size=(5, 4)), rng.normal(size=(4, 3)), rng.normal(size=(1, 3))
    mask = rng.permutation(np.arange(12) < 6).reshape(4, 3)
    yield Question("half of the edges", dict(X=X, A=A, b=b, mask=mask, h=stock.sin), weight=2)
    yield Question(
        "every edge", dict(X=X, A=A, b=b, mask=np.ones_like(mask), h=stock.shifted_square)
    )
    yield Question("no edges at all", dict(X=X, A=A, b=b, mask=np.zeros_like(mask), h=stock.cos))
    yield Question(
        "an input that no neuron reads, in a batch of one",
        dict(X=X[:1], A=A, b=b, mask=np.arange(4)[:, None] != np.array([2, 2, 2]), h=stock.leaky),
    )
    triangle = np.tri(3, k=-1, dtype=bool)
    yield Question(
        "a square layer whose neurons see only later inputs",
        dict(X=X[:3, :3], A=A[:3], b=b, mask=triangle, h=stock.double),
    )
    yield Question(
        "large weights where there is no edge",
        dict(X=X, A=np.where(mask, A, 1e6), b=b, mask=mask, h=stock.leaky),
    )


@exercise.mistake(
    "The mask is not used.",
    "Which weights should count? Compare your answers for a mask of all True and a mask of all "
    "False.",
)
def mask_ignored(X, A, b, mask, h):
    return h(X @ A + b)


@exercise.mistake(
    "The mask is inverted: the weights count if it is False and don't if it is True.",
    "True means that there is an edge.",
)
def mask_inverted(X, A, b, mask, h):
    return h(X @ np.where(mask, 0, A) + b)


@exercise.mistake(
    "The output is right, but A was changed: the weights without an edge are lost to the caller.",
    "`A[~mask] = 0` writes into the caller's array. Work on a new array.",
)
def weights_overwritten(X, A, b, mask, h):
    A[~mask] = 0
    return h(X @ A + b)


@exercise.mistake(
    "A neuron without incoming edges returns 0 or loses its bias.",
    "What is an empty sum? So what is left of h(sum + b)?",
)
def neuron_without_edges_silenced(X, A, b, mask, h):
    return h(X @ np.where(mask, A, 0) + b) * mask.any(axis=0)


@exercise.mistake(
    "A missing edge silences its input for all neurons.",
    "The mask has an entry for each pair of an input and a neuron. Does it belong to X or to A?",
)
def input_silenced_for_all(X, A, b, mask, h):
    return h((X * mask.all(axis=1)) @ A + b)
