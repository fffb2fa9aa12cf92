"""Questions and known mistakes of `permute_hidden`."""

import copy

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.symmetry.samples import SMALL, random_net
from course.nn import symmetry as nn

exercise = Exercise(
    nn.permute_hidden,
    points=3,
    minutes=15,
    difficulty=3,
    hints=(
        "Draw the net with its hidden units in the new order, and keep every edge attached to its "
        "unit. Which arrays hold the edges that end in this layer, and which hold those that begin "
        "there?",
        "A hidden unit owns a column of A_j, an entry of b_j and a row of A_{j+1}. All three have "
        "to move together, and nothing else moves.",
        "Indexing with a list reorders: with perm[new] = old, column `new` of the new matrix is "
        "column perm[new] of the old one. The list As counts from 0, so A_j is As[j - 1].",
    ),
)


@exercise.public
def public():
    yield Question(
        "three hidden units, each moved round by one place", dict(net=SMALL, j=1, perm=[1, 2, 0])
    )
    yield Question(
        "the second of two hidden layers",
        dict(
            net=(
                [
                    np.array([[1.0, 2.0]]),
                    np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
                    np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
                ],
                [
                    np.array([[1.0, 2.0]]),
                    np.array([[10.0, 20.0, 30.0]]),
                    np.array([[0.0, 1.0]]),
                ],
            ),
            j=2,
            perm=[2, 0, 1],
        ),
    )
    yield Question(
        "the first of two hidden layers, as wide as the input",
        dict(
            net=(
                [
                    np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]),
                    np.array([[1.0, 0.0, 2.0], [0.0, 3.0, 0.0], [4.0, 0.0, 5.0]]),
                    np.array([[1.0], [2.0], [3.0]]),
                ],
                [np.array([[10.0, 20.0, 30.0]]), np.array([[6.0, 7.0, 8.0]]), np.array([[0.0]])],
            ),
            j=1,
            perm=[1, 2, 0],
        ),
    )


@exercise.secret
def secret(rng):
    def ring():
        """Draw an order in which all five units move round: it is not its own inverse."""
        perm, way = np.empty(5, dtype=int), rng.permutation(5)
        perm[way] = np.roll(way, 1)
        return perm

    yield Question(
        "the only hidden layer", dict(net=random_net(rng, [3, 5, 2]), j=1, perm=ring().tolist())
    )
    yield Question(
        "the first of two hidden layers", dict(net=random_net(rng, [2, 5, 3, 2]), j=1, perm=ring())
    )
    yield Question(
        "the last of three hidden layers",
        dict(net=random_net(rng, [4, 2, 3, 5, 1]), j=3, perm=ring().tolist()),
    )
    yield Question(
        "as many inputs as hidden units and outputs",
        dict(net=random_net(rng, [5, 5, 5]), j=1, perm=ring().tolist()),
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def by_indexing(net, j, perm):
    As, Bs = copy.deepcopy(net)
    perm = np.array(perm)
    As[j - 1] = As[j - 1][:, perm]
    Bs[j - 1] = Bs[j - 1][:, perm]
    As[j] = As[j][perm]
    return As, Bs


@exercise.writing
def unit_by_unit(net, j, perm):
    As, Bs = copy.deepcopy(net)
    old_As, old_Bs = net
    for new, old in enumerate(perm):
        As[j - 1][:, new] = old_As[j - 1][:, old]
        Bs[j - 1][0, new] = old_Bs[j - 1][0, old]
        As[j][new] = old_As[j][old]
    return As, Bs


exercise.idea(
    "outgoing_not_permuted",
    "The outgoing weights are not reordered: they still belong to the units that were there "
    "before.",
    "A unit has edges on both sides. Which matrix holds those that leave the hidden layer?",
    {"As[j] = As[j][perm]": "pass"},
    {"As[j][new] = old_As[j][old]": "pass"},
)
exercise.idea(
    "weights_not_permuted",
    "The incoming weights are not reordered.",
    "Which matrix holds the edges that lead into the hidden layer?",
    {"As[j - 1] = As[j - 1][:, perm]": "pass"},
    {"As[j - 1][:, new] = old_As[j - 1][:, old]": "pass"},
)
exercise.idea(
    "bias_not_permuted",
    "The biases are not reordered, so a unit gets the bias of another.",
    "What besides its weights belongs to a unit?",
    {"Bs[j - 1] = Bs[j - 1][:, perm]": "pass"},
    {"Bs[j - 1][0, new] = old_Bs[j - 1][0, old]": "pass"},
)
exercise.idea(
    "incoming_not_permuted",
    "Only the outgoing weights are reordered, not the incoming weights and biases.",
    "A unit has edges on both sides. Which arrays hold those that lead into the hidden layer?",
    {"As[j - 1] = As[j - 1][:, perm]": "pass", "Bs[j - 1] = Bs[j - 1][:, perm]": "pass"},
)
exercise.idea(
    "read_the_other_way",
    "The inverse permutation is applied: perm is read as perm[old] = new.",
    "perm[new] = old: place 0 of the new net holds the unit that was at place perm[0].",
    {"np.array(perm)": "np.argsort(perm)"},
    {"for new, old in": "for old, new in"},
)
exercise.idea(
    "inverse_on_the_outgoing_side",
    "The outgoing weights are put in the inverse order: they are reordered the opposite way to the "
    "incoming ones.",
    "New unit `i` is old unit perm[i], whether you look from the left or from the right.",
    {"As[j][perm]": "As[j][np.argsort(perm)]"},
    {"As[j][new] = old_As[j][old]": "As[j][old] = old_As[j][new]"},
)
exercise.idea(
    "inverse_on_the_incoming_side",
    "The incoming weights and the biases are put in the inverse order: they are reordered the "
    "opposite way to the outgoing weights.",
    "New unit `i` is old unit perm[i], whether you look from the left or from the right.",
    {
        "As[j - 1][:, perm]": "As[j - 1][:, np.argsort(perm)]",
        "Bs[j - 1][:, perm]": "Bs[j - 1][:, np.argsort(perm)]",
    },
    {
        "As[j - 1][:, new] = old_As[j - 1][:, old]": "As[j - 1][:, old] = old_As[j - 1][:, new]",
        "Bs[j - 1][0, new] = old_Bs[j - 1][0, old]": "Bs[j - 1][0, old] = old_Bs[j - 1][0, new]",
    },
)
exercise.idea(
    "next_layer_instead",
    "Off by one: the layers are counted from 0, so the next one is reordered, or there is none.",
    "Hidden layers count from 1, the list As from 0. Which entry of As is A_1?",
    {
        "As[j - 1] = As[j - 1][:, perm]": "As[j] = As[j][:, perm]",
        "Bs[j - 1] = Bs[j - 1][:, perm]": "Bs[j] = Bs[j][:, perm]",
        "As[j] = As[j][perm]": "As[j + 1] = As[j + 1][perm]",
    },
    {
        "As[j - 1][:, new] = old_As[j - 1][:, old]": "As[j][:, new] = old_As[j][:, old]",
        "Bs[j - 1][0, new] = old_Bs[j - 1][0, old]": "Bs[j][0, new] = old_Bs[j][0, old]",
        "As[j][new] = old_As[j][old]": "As[j + 1][new] = old_As[j + 1][old]",
    },
)
exercise.idea(
    "next_bias",
    "Off by one for the biases: those of the next layer are reordered, or there aren't as many.",
    "Hidden layers count from 1, the list Bs from 0. Which entry of Bs is b_1?",
    {"Bs[j - 1] = Bs[j - 1][:, perm]": "Bs[j] = Bs[j][:, perm]"},
    {"Bs[j - 1][0, new] = old_Bs[j - 1][0, old]": "Bs[j][0, new] = old_Bs[j][0, old]"},
)
exercise.idea(
    "rows_instead_of_columns",
    "The rows of A_j are reordered, but those belong to the units of the layer before.",
    "In the course's convention, a neuron's weights are in a column.",
    {"As[j - 1][:, perm]": "As[j - 1][perm]"},
    {"As[j - 1][:, new] = old_As[j - 1][:, old]": "As[j - 1][new] = old_As[j - 1][old]"},
)
exercise.idea(
    "columns_on_the_outgoing_side",
    "The columns of A_{j+1} are reordered, but those belong to the units of the next layer.",
    "Where are a unit's outgoing weights: in a row or in a column of A_{j+1}?",
    {"As[j][perm]": "As[j][:, perm]"},
    {"As[j][new] = old_As[j][old]": "As[j][:, new] = old_As[j][:, old]"},
)
exercise.idea(
    "bias_row_taken_for_flat",
    "b_j is indexed as if it were flat, but it is a row of shape (1, m): its first index counts "
    "rows.",
    "Bs[j - 1][i] is row `i`. How do you index a column?",
    {"Bs[j - 1][:, perm]": "Bs[j - 1][perm]"},
    {"Bs[j - 1][0, new] = old_Bs[j - 1][0, old]": "Bs[j - 1][new] = old_Bs[j - 1][old]"},
)
exercise.idea(
    "bias_flattened",
    "b_j loses its shape: it comes back flat instead of as a row of shape (1, m).",
    "Keep the row: index its columns with [:, perm].",
    {"Bs[j - 1][:, perm]": "Bs[j - 1][0][perm]"},
)
exercise.idea(
    "overwritten_while_reading",
    "Units are overwritten in place before they are read, so some are lost and others are there "
    "twice.",
    "Where does the old unit's column come from when its place has already been given away?",
    {"old_As, old_Bs = net": "old_As, old_Bs = As, Bs"},
)
exercise.idea(
    "callers_net_reordered",
    "The caller's own net is reordered in place.",
    "The caller might still need the old net. Return new arrays.",
    {"copy.deepcopy(net)\n    perm": "net\n    perm"},
)
