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
        "about edges, so it affects neither b nor the output: H = h(X (A ∘ mask) + b), where ∘ "
        "multiplies entry by entry.",
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
            b=np.array([[1.0, 3.0]]),
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


@exercise.writing
def masked_product(X, A, b, mask, h):
    W = A * mask
    Z = X @ W
    Z = Z + b
    return h(Z)


@exercise.writing
def copied_weights(X, A, b, mask, h):
    W = A.copy()
    W[~mask] = 0
    Z = X @ W
    Z = Z + b
    return h(Z)


@exercise.writing
def edge_by_edge(X, A, b, mask, h):
    Z = np.zeros((len(X), A.shape[1]))
    for r in range(len(X)):
        for k in range(A.shape[1]):
            for i in range(len(A)):
                if mask[i, k]:
                    Z[r, k] += X[r, i] * A[i, k]
    Z = Z + b
    return h(Z)


exercise.idea(
    "mask_ignored",
    "The mask is not used.",
    "Which weights should count? Compare your answers for a mask of all True and a mask of all "
    "False.",
    {"W = A * mask": "W = A"},
    {"if mask[i, k]:": "if True:"},
)
exercise.idea(
    "mask_inverted",
    "The mask is inverted: the weights count if it is False and don't if it is True.",
    "True means that there is an edge.",
    {"W = A * mask": "W = A * ~mask"},
    {"W[~mask] = 0": "W[mask] = 0"},
    {"if mask[i, k]:": "if not mask[i, k]:"},
)
exercise.idea(
    "mask_transposed",
    "The mask is transposed, but it has A's own shape: an entry for each weight, in its place.",
    "Which shape has the mask, and which has A?",
    {"W = A * mask": "W = A * mask.T"},
)
exercise.idea(
    "weights_overwritten",
    "A is changed in place: the weights without an edge are lost to the caller.",
    "`A[~mask] = 0` and `A *= mask` write into the caller's array. Work on a new array.",
    {"W = A.copy()": "W = A"},
)
exercise.idea(
    "neuron_without_edges_silenced",
    "A neuron without incoming edges returns 0.",
    "What is an empty sum? So what is left of h(sum + b)?",
    {"return h(Z)": "return h(Z) * mask.any(axis=0)"},
)
exercise.idea(
    "bias_lost_without_edges",
    "A neuron without incoming edges loses its bias.",
    "What is an empty sum? So what is left of h(sum + b)?",
    {"Z = Z + b": "Z = Z + b * mask.any(axis=0)"},
)
exercise.idea(
    "input_silenced_for_all",
    "A missing edge silences its input for all neurons.",
    "The mask has an entry for each pair of an input and a neuron. Does it belong to X or to A?",
    {"W = A * mask": "W = A", "Z = X @ W": "Z = (X * mask.all(axis=1)) @ A"},
)
exercise.idea(
    "mask_on_the_input",
    "The mask is multiplied with X, but it says which entries of A count.",
    "The mask has an entry for each pair of an input and a neuron. Which array has that shape?",
    {"W = A * mask": "W = A", "Z = X @ W": "Z = (X * mask) @ A"},
)
exercise.idea(
    "mask_on_the_product",
    "The mask is applied after the product with A, when the weights are added up already.",
    "Which array has an entry for each edge? Mask that one, before the product.",
    {"W = A * mask": "W = A", "Z = X @ W": "Z = X @ A * mask"},
)
exercise.idea(
    "entries_picked_out",
    "`A[mask]` is a flat array of the entries that count: which edge they belong to is lost.",
    "The weights without an edge should stay in their places, as a number that adds nothing.",
    {"W = A * mask": "W = A", "Z = X @ W": "Z = X @ A[mask]"},
    {"W = A * mask": "W = A", "Z = X @ W": "Z = X[mask] @ A[mask]"},
)
exercise.idea(
    "one_truth_for_the_mask",
    "An `if`, `and`, `or` or `not` needs a single truth value, yes or no, but the mask has one for "
    "each edge.",
    "`np.where(mask, this, that)` asks entry by entry.",
    {"W = A * mask": "W = A if mask else 0"},
)
exercise.idea(
    "nan_for_no_edge",
    "A missing edge is given the weight nan, and every sum with nan in it is nan.",
    "A missing edge adds nothing to the sum. Which weight adds nothing?",
    {"W[~mask] = 0": "W[~mask] = np.nan"},
)
exercise.idea(
    "one_for_no_edge",
    "A missing edge counts with weight 1.",
    "A missing edge adds nothing to the sum. Which weight adds nothing?",
    {"W[~mask] = 0": "W[~mask] = 1"},
)
exercise.idea(
    "last_edge_only",
    "Only the last edge into each neuron counts, as if each one overwrote the sum (`=` for `+=`).",
    "Is it `=` or `+=` that adds to what is there?",
    {"Z[r, k] += X": "Z[r, k] = X"},
)
exercise.idea(
    "weights_as_mask",
    "Every edge has weight 1 here: the mask is used, but not A.",
    "The mask says which weights count. Where are the weights?",
    {"W = A * mask": "W = mask"},
)
exercise.idea(
    "bias_forgotten",
    "The bias is not added.",
    "The formula is h(X (A ∘ mask) + b). Which part is missing?",
    {"Z = Z + b": "pass"},
)
exercise.idea(
    "bias_added_to_the_output",
    "The bias is added after the activation.",
    "A bias shifts what the activation sees. Which comes first, + b or h?",
    {"Z = Z + b": "pass", "return h(Z)": "return h(Z) + b"},
)
exercise.idea(
    "activation_forgotten",
    "The activation is missing: these are the sums.",
    "What does the formula do to the sum?",
    {"return h(Z)": "return Z"},
)
