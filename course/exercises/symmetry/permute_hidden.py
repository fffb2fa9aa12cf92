"""Questions and known mistakes of `permute_hidden`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.symmetry.samples import SMALL, copied, random_net
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
    ring = np.array([1, 2, 3, 4, 0])
    yield Question(
        "the only hidden layer", dict(net=random_net(rng, [3, 5, 2]), j=1, perm=ring.tolist())
    )
    yield Question(
        "the first of two hidden layers", dict(net=random_net(rng, [2, 5, 3, 2]), j=1, perm=ring)
    )
    yield Question(
        "the last of three hidden layers",
        dict(net=random_net(rng, [4, 2, 3, 5, 1]), j=3, perm=ring.tolist()),
    )
    yield Question(
        "as many inputs as hidden units and outputs",
        dict(net=random_net(rng, [5, 5, 5]), j=1, perm=rng.permutation(ring).tolist()),
    )
    yield Question(
        "an order that changes nothing",
        dict(net=random_net(rng, [2, 3, 2]), j=1, perm=[0, 1, 2]),
        weight=0.5,
    )


@exercise.mistake(
    "Only the incoming side is reordered: the outgoing weights still belong to the units that were "
    "there before.",
    "A unit has edges on both sides. Which matrix holds those that leave the hidden layer?",
)
def outgoing_not_permuted(net, j, perm):
    As, Bs = copied(net)
    As[j - 1], Bs[j - 1] = As[j - 1][:, perm], Bs[j - 1][:, perm]
    return As, Bs


@exercise.mistake(
    "Only the outgoing side is reordered.",
    "A unit has edges on both sides. Which arrays hold those that lead into the hidden layer?",
)
def incoming_not_permuted(net, j, perm):
    As, Bs = copied(net)
    As[j] = As[j][perm]
    return As, Bs


@exercise.mistake(
    "The biases stay behind, so a unit gets the bias of another.",
    "What besides its weights belongs to a unit?",
)
def bias_not_permuted(net, j, perm):
    As, Bs = copied(net)
    As[j - 1], As[j] = As[j - 1][:, perm], As[j][perm]
    return As, Bs


@exercise.mistake(
    "perm is read in the wrong direction, as perm[old] = new.",
    "perm[new] = old: place 0 of the new net holds the unit that was at place perm[0].",
)
def read_the_other_way(net, j, perm):
    return nn.permute_hidden(net, j, np.argsort(perm))


@exercise.mistake(
    "The outgoing weights are put in the inverse order: they are reordered the opposite way to the "
    "incoming ones.",
    "New unit `i` is old unit perm[i], whether you look from the left or from the right.",
)
def inverse_on_the_outgoing_side(net, j, perm):
    As, Bs = nn.permute_hidden(net, j, perm)
    As[j] = net[0][j][np.argsort(perm)]
    return As, Bs


@exercise.mistake(
    "The layers are counted from 0: the next layer was reordered, or there was none to reorder.",
    "Hidden layers count from 1, the list As from 0. Which entry of As is A_1?",
)
def next_layer_instead(net, j, perm):
    As, Bs = copied(net)
    As[j], Bs[j] = As[j][:, perm], Bs[j][:, perm]
    As[j + 1] = As[j + 1][perm]
    return As, Bs


@exercise.mistake(
    "The rows of A_j are reordered, but those belong to the units of the layer before.",
    "In the course's convention, a neuron's weights are in a column.",
)
def rows_instead_of_columns(net, j, perm):
    As, Bs = copied(net)
    As[j - 1], Bs[j - 1] = As[j - 1][perm], Bs[j - 1][:, perm]
    As[j] = As[j][:, perm]
    return As, Bs


@exercise.mistake(
    "The columns of A_{j+1} are reordered, but those belong to the units of the next layer.",
    "Where are a unit's outgoing weights: in a row or in a column of A_{j+1}?",
)
def columns_on_the_outgoing_side(net, j, perm):
    As, Bs = copied(net)
    As[j - 1], Bs[j - 1] = As[j - 1][:, perm], Bs[j - 1][:, perm]
    As[j] = As[j][:, perm]
    return As, Bs


@exercise.mistake(
    "The answer is right, but the net that was passed in is reordered too.",
    "The caller might still need the old net. Return new arrays.",
)
def callers_net_reordered(net, j, perm):
    new = nn.permute_hidden(net, j, perm)
    for arrays, fresh in zip(net, new, strict=True):
        for old, array in zip(arrays, fresh, strict=True):
            old[...] = array
    return net
