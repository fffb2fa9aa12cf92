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
    yield Question(
        "three layers, 1-2-3-1",
        dict(
            As=[
                np.array([[1.0, 2.0]]),
                np.array([[3.0, 4.0, 5.0], [6.0, 7.0, 8.0]]),
                np.array([[9.0], [10.0], [11.0]]),
            ]
        ),
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


@exercise.writing
def entry_by_entry(As):
    weights = {}
    before = 1
    for A in As:
        d_in, d_out = A.shape
        for i in range(d_in):
            for k in range(d_out):
                u = before + i
                v = before + d_in + k
                weights[u, v] = A[i, k]
        before += d_in
    return weights


exercise.idea(
    "numbered_from_zero",
    "The nodes are numbered from 0.",
    "In the lecture the first node is v_1. Which number does it have here?",
    {"before = 1": "before = 0"},
)
exercise.idea(
    "numbered_from_two",
    "The nodes are numbered from 2, as if the start and the loop both counted from 1.",
    "The inputs are the nodes 1 … d_0. At which node does your first edge begin?",
    {"before = 1": "before = 2"},
)
exercise.idea(
    "zero_weights_missing",
    "Edges of weight 0 are missing.",
    "An MLP has an edge for every pair of nodes in adjacent layers, whatever its weight.",
    {"weights[u, v] = A[i, k]": "if A[i, k]:\n    weights[u, v] = A[i, k]"},
)
exercise.idea(
    "last_layer_only",
    "Only the last matrix has edges, as if each layer began a new dictionary.",
    "One dictionary holds all the edges. Where is yours made: before the loop, or inside it?",
    {"d_in, d_out = A.shape": "d_in, d_out = A.shape\nweights = {}"},
)
exercise.idea(
    "edges_turned_round",
    "The edges point backwards, from a layer to the one before it.",
    "In u → v, which of the two layers is u in?",
    {"weights[u, v]": "weights[v, u]"},
)
exercise.idea(
    "one_neuron_a_row_in_A",
    "Rows and columns of A are swapped, as if it had one neuron per row.",
    "A_j is (d_{j-1}, d_j). Does a row stand for a node that is read or for a node that reads?",
    {"d_in, d_out = A.shape": "d_out, d_in = A.shape", "= A[i, k]": "= A[k, i]"},
    {"= A[i, k]": "= A[k, i]"},
)
exercise.idea(
    "numbering_begins_anew",
    "The numbering starts again from 1 in every layer, so different edges share a key and "
    "overwrite each other.",
    "How many nodes come before the first node of the layer?",
    {"before += d_in": "pass"},
    {"before += d_in": "pass", "v = before + d_in + k": "v = before + k"},
)
exercise.idea(
    "next_layer_not_shifted",
    "The numbers aren't shifted: the nodes that read get the numbers of the layer that is read.",
    "How many nodes are there from the first node of one layer to the first node of the next?",
    {"v = before + d_in + k": "v = before + k"},
)
exercise.idea(
    "moved_on_by_the_wrong_width",
    "The numbers of a layer's nodes are shifted by d_out, the width of the layer that reads, not "
    "of the layer that is read.",
    "How many nodes are there from the first node of one layer to the first node of the next?",
    {"before += d_in": "before += d_out"},
    {"v = before + d_in + k": "v = before + d_out + k"},
    {"v = before + d_in + k": "v = before + d_out + k", "before += d_in": "before += d_out"},
)
exercise.idea(
    "moved_on_by_both_widths",
    "The numbering moves on by the widths of both layers, so numbers are left out.",
    "The next layer begins where this one ends. How many nodes does this one have?",
    {"before += d_in": "before += d_in + d_out"},
)
exercise.idea(
    "only_the_last_width_counted",
    "In later layers the numbering forgets all widths but the last, as with `=` for `+=`.",
    "Is it `=` or `+=` that adds a width to those before it?",
    {"before += d_in": "before = d_in"},
    {"before += d_in": "before = 1 + d_in"},
)
exercise.idea(
    "numbered_from_one_within_each_layer",
    "The nodes are pairs of layer and place, but expected is one number for each node.",
    "Count on from layer to layer, from 1. How many nodes come before the layer?",
    {
        "u = before + i": "u = (before, i)",
        "v = before + d_in + k": "v = (before + 1, k)",
        "before += d_in": "before += 1",
    },
    {
        "before = 1": "before = 0",
        "u = before + i": "u = (before, i)",
        "v = before + d_in + k": "v = (before + 1, k)",
        "before += d_in": "before += 1",
    },
    {
        "before = 1": "before = 0",
        "u = before + i": "u = (before, i + 1)",
        "v = before + d_in + k": "v = (before + 1, k + 1)",
        "before += d_in": "before += 1",
    },
)
exercise.idea(
    "first_layer_only",
    "Only the first matrix has edges, as with a `return` inside the loop.",
    "How far is your `return` indented?",
    {"before += d_in": "return weights"},
)
exercise.idea(
    "edges_in_a_list",
    "The edges are in a list, but expected is a dictionary {(a, b): w}.",
    "`weights[a, b] = w` adds an entry to a dictionary.",
    {"return weights": "return [(u, v, w) for (u, v), w in weights.items()]"},
    {"return weights": "return [((u, v), w) for (u, v), w in weights.items()]"},
    {"return weights": "return list(weights)"},
)
