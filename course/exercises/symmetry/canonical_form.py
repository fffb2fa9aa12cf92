"""Questions and known mistakes of `canonical_form`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.symmetry.samples import copied, random_net
from course.nn import symmetry as nn

exercise = Exercise(
    nn.canonical_form,
    points=4,
    minutes=35,
    difficulty=5,
    hints=(
        "Two freedoms are to be used up: each unit's scale, then the order of the units. One layer "
        "at a time, from the first hidden layer on; each step is one of the symmetries you have "
        "written, so the function stays the same.",
        "For a unit: the norm of (weights, bias) together is its α. Divide the incoming vector by "
        "it, multiply the outgoing row by it. Zero norm: leave the vector, empty the row.",
        "Then sort the units by their scaled vectors rounded to 9 decimals, ties by the outgoing "
        "row: Python compares tuples and lists lexicographically. Permute column, bias and row.",
    ),
)


@exercise.public
def public():
    yield Question(
        "two units with easy norms, 1 and 5",
        dict(
            net=(
                [np.array([[1.0, 3.0], [0.0, 0.0]]), np.array([[1.0], [2.0]])],
                [np.array([[0.0, 4.0]]), np.array([[7.0]])],
            )
        ),
    )
    yield Question(
        "a unit that is all zero, and two that differ by a factor only",
        dict(
            net=(
                [np.array([[6.0, 0.0, 3.0]]), np.array([[1.0], [5.0], [-2.0]])],
                [np.array([[8.0, 0.0, 4.0]]), np.array([[1.0]])],
            )
        ),
    )
    yield Question(
        "a factor of 3, where rounding errors must not decide the order",
        dict(
            net=(
                [np.array([[6.0, 2.0]]), np.array([[5.0], [-1.0]])],
                [np.array([[9.0, 3.0]]), np.array([[1.0]])],
            )
        ),
    )
    yield Question(
        "two hidden layers with easy norms: 5 and 1, then 3 and 2",
        dict(
            net=(
                [
                    np.array([[3.0, -1.0]]),
                    np.array([[0.4, 0.0], [1.0, -2.0]]),
                    np.array([[1.0], [10.0]]),
                ],
                [np.array([[-4.0, 0.0]]), np.array([[2.0, 0.0]]), np.array([[1.0]])],
            )
        ),
    )


@exercise.secret
def secret(rng):
    yield Question("one hidden layer", dict(net=random_net(rng, [3, 5, 2])), weight=2)
    yield Question(
        "three hidden layers of unequal widths", dict(net=random_net(rng, [2, 4, 3, 5, 2]))
    )
    As, Bs = random_net(rng, [2, 4, 3])
    As[0][:, 1], Bs[0][:, 1] = 0, 0
    yield Question("a unit without any weight or bias", dict(net=(As, Bs)))
    As, Bs = random_net(rng, [3, 4, 2])
    # A power of 2 is exact, so that the normalised vectors are equal to the last bit.
    As[0][:, 2], Bs[0][:, 2] = 4 * As[0][:, 0], 4 * Bs[0][:, 0]
    As[1][0, 0], As[1][2, 0] = 2 + rng.random(), -2 - rng.random()
    yield Question("two units that differ by a factor", dict(net=(As, Bs)))
    As, Bs = random_net(rng, [2, 4, 2])
    # Sevenths stay away from where the ninth decimal is rounded up or down.
    As[0][:, 1], Bs[0][:, 1] = [2 + 1e-12, 3], 6
    As[0][:, 3], Bs[0][:, 3] = [4, 6], 12
    As[1][1, 0], As[1][3, 0] = -2 - rng.random(), 2 + rng.random()
    yield Question("two units that differ in the twelfth decimal only", dict(net=(As, Bs)))
    As, Bs = random_net(rng, [3, 4, 2])
    Bs[0][...] = 10 * np.abs(Bs[0])
    yield Question("large biases", dict(net=(As, Bs)))
    As, Bs = random_net(rng, [2, 4, 2])
    doubling = np.array([1, 2, 4, 8])
    As[0] = np.abs(As[0][:, :1]) * doubling
    Bs[0] = np.abs(Bs[0][:, :1]) * doubling * [-1, 1, -1, 1]
    yield Question("units that only their biases tell apart", dict(net=(As, Bs)))
    yield Question("no hidden layer", dict(net=random_net(rng, [3, 2])), weight=0.5)


def _incoming(As, Bs, j):
    """The vectors of hidden layer j's units, a column each: their weights, then their bias."""
    return np.vstack([As[j - 1], Bs[j - 1]])


def _norms(vectors):
    return np.sqrt((vectors**2).sum(axis=0))


def _or_one(norms):
    return np.where(norms > 0, norms, 1)


def _rescale(As, Bs, j, norms):
    """Divide the units' incoming vectors by `norms`, and multiply their outgoing rows by them."""
    safe = _or_one(norms)
    As[j - 1], Bs[j - 1], As[j] = As[j - 1] / safe, Bs[j - 1] / safe, As[j] * norms[:, None]


def _normalise(As, Bs, j):
    _rescale(As, Bs, j, _norms(_incoming(As, Bs, j)))


def _keys(As, Bs, j):
    """What the units are compared by, a row each: incoming vector and outgoing row, rounded."""
    return np.round(np.hstack([_incoming(As, Bs, j).T, As[j]]), 9)


def _sort(As, Bs, j, keys):
    """Put hidden layer j's units in ascending order of their keys."""
    keys = keys.tolist()
    order = sorted(range(len(keys)), key=keys.__getitem__)
    As[j - 1], Bs[j - 1], As[j] = As[j - 1][:, order], Bs[j - 1][:, order], As[j][order]


@exercise.mistake(
    "This is what you get when the units are sorted before they are normalised: two nets that "
    "differ by a rescaling end in different orders.",
    "Which of the two steps depends on the other? Rescale one unit by 100 and look at the order.",
)
def sorted_before_normalised(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        before = _incoming(As, Bs, j)
        _normalise(As, Bs, j)
        _sort(As, Bs, j, np.round(np.hstack([before.T, As[j]]), 9))
    return As, Bs


@exercise.mistake(
    "This is what you get when the units are sorted by their biases before their weights.",
    "In which order does a unit's vector hold its weights and its bias?",
)
def bias_compared_first(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
        _sort(As, Bs, j, np.round(np.hstack([Bs[j - 1].T, As[j - 1].T, As[j]]), 9))
    return As, Bs


@exercise.mistake(
    "This is what you get when the norm leaves the bias out.",
    "Rescaling changes weights and bias together, so the vector to normalise has both.",
)
def norm_without_bias(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _rescale(As, Bs, j, _norms(As[j - 1]))
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "This is what you get when the outgoing weights are divided by the norm as well.",
    "The unit now sends 1/norm of what it sent. What must its outgoing weights do?",
)
def outgoing_divided(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        norms = _or_one(_norms(_incoming(As, Bs, j)))
        As[j - 1], Bs[j - 1], As[j] = (
            As[j - 1] / norms,
            Bs[j - 1] / norms,
            As[j] * (1 / norms)[:, None],
        )
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "This is what you get when the units are not put in order.",
    "Rescaling is used up; which freedom is left?",
)
def not_sorted(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
    return As, Bs


@exercise.mistake(
    "This is what you get when the units are sorted but not normalised.",
    "Permutation is used up; which freedom is left?",
)
def not_normalised(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "This is what you get when the units are put in descending order.",
    "Ascending: the smallest vector first.",
)
def descending(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
        _sort(As, Bs, j, -_keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "This is what you get when the units are sorted by the last entry of their vectors first, as "
    "np.lexsort does with its last key.",
    "Lexicographic: the first entry decides, and the next only where those are equal.",
)
def last_entry_first(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
        _sort(As, Bs, j, np.round(_incoming(As, Bs, j)[::-1].T, 9))
    return As, Bs


@exercise.mistake(
    "This is what you get when the vector is scaled to sum 1 of absolute values: the wrong norm.",
    "Euclidean norm: the root of the sum of squares.",
)
def other_norm(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _rescale(As, Bs, j, np.abs(_incoming(As, Bs, j)).sum(axis=0))
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "This is what you get when the zero vector is divided by its norm: 0/0 is nan.",
    "What is said about a unit whose vector is all zero?",
)
def zero_vector_divided(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        norms = _norms(_incoming(As, Bs, j))
        with np.errstate(all="ignore"):
            As[j - 1], Bs[j - 1], As[j] = (
                As[j - 1] / norms,
                Bs[j - 1] / norms,
                As[j] * norms[:, None],
            )
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "This is what you get when a unit that is all zero keeps its outgoing weights.",
    "It sends nothing, whatever they are: two nets that differ only there compute the same.",
)
def zero_unit_keeps_outgoing(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _rescale(As, Bs, j, _or_one(_norms(_incoming(As, Bs, j))))
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "This is what you get when only the first hidden layer is brought to its form.",
    "Hidden layers from the first to the last.",
)
def first_layer_only(net):
    As, Bs = copied(net)
    for j in range(1, len(As))[:1]:
        _normalise(As, Bs, j)
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "This is what you get when the layers are brought to their form from the last to the first: "
    "the earlier layer then disturbs the later one again.",
    "Outgoing weights of layer 1 are incoming weights of layer 2. Which layer has to be finished "
    "first?",
)
def last_layer_first(net):
    As, Bs = copied(net)
    for j in reversed(range(1, len(As))):
        # The canonical form of the two layers around hidden layer j alone.
        As[j - 1 : j + 1], Bs[j - 1 : j + 1] = nn.canonical_form(
            (As[j - 1 : j + 1], Bs[j - 1 : j + 1])
        )
    return As, Bs


@exercise.mistake(
    "This is what you get when the vectors are compared to the last digit: rounding errors then "
    "decide about the order.",
    "Compare what is left of the vectors after rounding to 9 decimals, but keep the vectors.",
)
def compared_without_rounding(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
        _sort(As, Bs, j, np.hstack([_incoming(As, Bs, j).T, As[j]]))
    return As, Bs


@exercise.mistake(
    "This is what you get when units with equal vectors stay in their old order.",
    "What else can tell two units apart that see the same?",
)
def ties_left_in_old_order(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
        _sort(As, Bs, j, np.round(_incoming(As, Bs, j).T, 9))
    return As, Bs


@exercise.mistake(
    "This is what you get when the outputs are normalised and put in order as well.",
    "Outputs have meanings, and so do their sizes. Which layers are hidden?",
)
def output_layer_too(net):
    As, Bs = nn.canonical_form(net)
    vectors = np.vstack([As[-1], Bs[-1]])
    norm = np.sqrt((vectors**2).sum(axis=0))
    vectors = vectors / np.where(norm > 0, norm, 1)
    perm = np.lexsort(np.round(vectors, 9)[::-1])
    return [*As[:-1], vectors[:-1, perm]], [*Bs[:-1], vectors[-1:, perm]]
