"""Questions and known mistakes of `mlp_to_dag`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.forward.samples import random_net, unequal_widths
from course.nn import forward as nn

exercise = Exercise(
    nn.mlp_to_dag,
    points=3,
    minutes=15,
    difficulty=3,
    hints=(
        "Number the nodes of 2-3-1 on paper, from 1. Which numbers does the middle layer have? "
        "Which entry of A_1 belongs to the edge 2 → 4?",
        "Keep track of one number: how many nodes come before the layer you are reading from. Row "
        "i of A (from 0) belongs to node i (from 0) of that layer. With which number do the "
        "columns' nodes begin?",
        "With `before` nodes in earlier layers and A of shape (d_in, d_out), entry `A[i, k]` "
        "belongs to the edge from before + 1 + i to before + d_in + 1 + k. Then `before` grows by "
        "d_in.",
    ),
)


@exercise.public
def public():
    yield Question("one layer, 2-3", dict(As=[np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])]))
    yield Question(
        "two layers, 2-3-1",
        dict(As=[np.array([[1.0, 0.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[7.0], [0.0], [9.0]])]),
    )


@exercise.secret
def secret(rng):
    yield Question(
        "three layers of unequal widths", dict(As=random_net(unequal_widths(rng, 4), rng)[0])
    )
    yield Question("narrow, wide, narrow", dict(As=random_net([1, 5, 1], rng)[0]))
    yield Question(
        "weights of zero", dict(As=[np.round(rng.normal(size=(2, 3)), 1) * [[0, 1, 0]], _zeros()])
    )
    yield Question("equal widths", dict(As=random_net([3, 3, 3], rng)[0]))
    yield Question("a single layer", dict(As=[rng.integers(1, 9, size=(3, 2))]))


def _zeros():
    return np.zeros((3, 2))


def _edges_of(As, place):
    "Return all entries, each under the edge that `place(before, d_in, i, k)` gives for it."
    weights, before = {}, 0
    for A in As:
        for i, k in np.ndindex(A.shape):
            weights[place(before, len(A), i, k)] = A[i, k]
        before += len(A)
    return weights


@exercise.mistake(
    "The nodes are numbered from 0.",
    "In the lecture the first node is v_1. Which number does it have here?",
)
def numbered_from_zero(As):
    return {(a - 1, b - 1): w for (a, b), w in nn.mlp_to_dag(As).items()}


@exercise.mistake(
    "The nodes are numbered from 2, as if the start and the loop both counted from 1.",
    "The inputs are the nodes 1 … d_0. At which node does your first edge begin?",
)
def numbered_from_two(As):
    return {(a + 1, b + 1): w for (a, b), w in nn.mlp_to_dag(As).items()}


@exercise.mistake(
    "Edges of weight 0 are missing.",
    "An MLP has an edge for every pair of nodes in adjacent layers, whatever its weight.",
)
def zero_weights_missing(As):
    return {edge: w for edge, w in nn.mlp_to_dag(As).items() if w}


@exercise.mistake(
    "The edges point backwards, from a layer to the one before it.",
    "In u → v, which of the two layers is u in?",
)
def edges_turned_round(As):
    return {(b, a): w for (a, b), w in nn.mlp_to_dag(As).items()}


@exercise.mistake(
    "Rows and columns of A are swapped, as if it had one neuron per row.",
    "A_j is (d_{j-1}, d_j). Does a row stand for a node that is read or for a node that reads?",
)
def one_neuron_a_row_in_A(As):
    weights, before = {}, 1
    for A in As:
        for k, i in np.ndindex(A.shape):
            weights[before + i, before + A.shape[1] + k] = A[k, i]
        before += A.shape[1]
    return weights


@exercise.mistake(
    "The numbering starts again from 1 in every layer, so different edges share a key and "
    "overwrite each other.",
    "How many nodes come before the first node of the layer?",
)
def numbering_begins_anew(As):
    return _edges_of(As, lambda before, d_in, i, k: (1 + i, 1 + d_in + k))


@exercise.mistake(
    "The numbers of a layer's nodes are shifted by the width of the layer that reads instead of "
    "the layer that is read.",
    "How many nodes are there from the first node of one layer to the first node of the next?",
)
def moved_on_by_the_wrong_width(As):
    weights, before = {}, 1
    for A in As:
        for i, k in np.ndindex(A.shape):
            weights[before + i, before + A.shape[0] + k] = A[i, k]
        before += A.shape[1]
    return weights
