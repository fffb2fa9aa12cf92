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
        "There are two freedoms to remove: each unit's scale, then the order of the units. Take "
        "one layer at a time, from the first hidden layer on. Each step is one of the symmetries "
        "you have written, so the function stays the same.",
        "For each unit, the norm of its vector (weights, bias) plays the part of α. Divide the "
        "incoming vector by it and multiply the outgoing row by it. If the norm is zero, leave the "
        "vector and set the row to zero.",
        "Then sort the units by their scaled vectors rounded to 9 decimals, breaking ties by the "
        "outgoing row: Python compares tuples and lists lexicographically. Permute column, bias "
        "and row.",
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
        "a unit that is all zero, and two that differ only by a factor",
        dict(
            net=(
                [np.array([[6.0, 0.0, 3.0]]), np.array([[1.0], [5.0], [-2.0]])],
                [np.array([[8.0, 0.0, 4.0]]), np.array([[1.0]])],
            )
        ),
    )
    yield Question(
        "a factor of 3: rounding errors must not decide the order",
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
    yield Question("a unit with no weight and no bias", dict(net=(As, Bs)))
    As, Bs = random_net(rng, [3, 4, 2])
    # A power of 2 is exact, so that the normalised vectors are equal to the last bit.
    As[0][:, 2], Bs[0][:, 2] = 4 * As[0][:, 0], 4 * Bs[0][:, 0]
    As[1][0, 0], As[1][2, 0] = 2 + rng.random(), -2 - rng.random()
    yield Question("two units that differ by a factor", dict(net=(As, Bs)))
    As, Bs = random_net(rng, [2, 4, 2])
    # Sevenths are far from the point at which the ninth decimal is rounded up or down.
    As[0][:, 1], Bs[0][:, 1] = [2 + 1e-12, 3], 6
    As[0][:, 3], Bs[0][:, 3] = [4, 6], 12
    As[1][1, 0], As[1][3, 0] = -2 - rng.random(), 2 + rng.random()
    yield Question("two units that differ only in the twelfth decimal", dict(net=(As, Bs)))
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
    """Return the vectors of hidden layer j's units, one per column: weights, then bias."""
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
    """Return each unit's sort key, one per row: incoming vector and outgoing row, rounded."""
    return np.round(np.hstack([_incoming(As, Bs, j).T, As[j]]), 9)


def _sort(As, Bs, j, keys):
    """Put hidden layer j's units in ascending order of their keys."""
    keys = keys.tolist()
    order = sorted(range(len(keys)), key=keys.__getitem__)
    As[j - 1], Bs[j - 1], As[j] = As[j - 1][:, order], Bs[j - 1][:, order], As[j][order]


@exercise.mistake(
    "The units are sorted before they are normalised, so two nets that differ by a rescaling end "
    "up in different orders.",
    "Which of the two steps depends on the other? Rescale a unit by 100 and look at the order.",
)
def sorted_before_normalised(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        before = _incoming(As, Bs, j)
        _normalise(As, Bs, j)
        _sort(As, Bs, j, np.round(np.hstack([before.T, As[j]]), 9))
    return As, Bs


@exercise.mistake(
    "The units are sorted by their biases first, then by their weights.",
    "In a unit's vector, which comes first: the weights or the bias?",
)
def bias_compared_first(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
        _sort(As, Bs, j, np.round(np.hstack([Bs[j - 1].T, As[j - 1].T, As[j]]), 9))
    return As, Bs


@exercise.mistake(
    "The norm leaves out the bias.",
    "Rescaling changes weights and bias together, so the vector to normalise contains both.",
)
def norm_without_bias(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _rescale(As, Bs, j, _norms(As[j - 1]))
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "The outgoing weights are divided by the norm as well.",
    "The unit now sends 1/norm of what it sent before. What must its outgoing weights do?",
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
    "The units are not sorted.",
    "You have removed the freedom to rescale. Which freedom is left?",
)
def not_sorted(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
    return As, Bs


@exercise.mistake(
    "The units are sorted but not normalised.",
    "You have removed the freedom to permute. Which freedom is left?",
)
def not_normalised(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "The units are sorted in descending order.",
    "Ascending order puts the smallest vector first.",
)
def descending(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
        _sort(As, Bs, j, -_keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "The units are sorted by the last entry of their vectors first, as np.lexsort does with its "
    "last key.",
    "Lexicographic: the first entry decides, and the next one only breaks a tie.",
)
def last_entry_first(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
        _sort(As, Bs, j, np.round(_incoming(As, Bs, j)[::-1].T, 9))
    return As, Bs


@exercise.mistake(
    "The vector is divided by the sum of its absolute values: the wrong norm.",
    "The Euclidean norm is the root of the sum of squares.",
)
def other_norm(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _rescale(As, Bs, j, np.abs(_incoming(As, Bs, j)).sum(axis=0))
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "The zero vector is divided by its norm: 0/0 is nan.",
    "What does the exercise say about a unit whose vector is all zero?",
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
    "A unit that is all zero keeps its outgoing weights.",
    "It sends 0, whatever they are, so nets that differ only there compute the same.",
)
def zero_unit_keeps_outgoing(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _rescale(As, Bs, j, _or_one(_norms(_incoming(As, Bs, j))))
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "Only the first hidden layer is brought to its canonical form.",
    "Every hidden layer needs it, from the first to the last.",
)
def first_layer_only(net):
    As, Bs = copied(net)
    for j in range(1, len(As))[:1]:
        _normalise(As, Bs, j)
        _sort(As, Bs, j, _keys(As, Bs, j))
    return As, Bs


@exercise.mistake(
    "The layers are brought to canonical form from the last to the first, so an earlier layer "
    "disturbs a later one that was finished.",
    "Outgoing weights of layer 1 are incoming weights of layer 2. So which layer must be finished "
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
    "The vectors are compared to the last digit, so rounding errors decide the order.",
    "Compare the vectors rounded to 9 decimals, but keep the vectors themselves unrounded.",
)
def compared_without_rounding(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
        _sort(As, Bs, j, np.hstack([_incoming(As, Bs, j).T, As[j]]))
    return As, Bs


@exercise.mistake(
    "Units with equal vectors keep their old order.",
    "If two units have the same vector, what else can tell them apart?",
)
def ties_left_in_old_order(net):
    As, Bs = copied(net)
    for j in range(1, len(As)):
        _normalise(As, Bs, j)
        _sort(As, Bs, j, np.round(_incoming(As, Bs, j).T, 9))
    return As, Bs


@exercise.mistake(
    "The outputs are normalised and sorted as well.",
    "Outputs have meanings, and so do their sizes. Which layers are hidden?",
)
def output_layer_too(net):
    As, Bs = nn.canonical_form(net)
    vectors = np.vstack([As[-1], Bs[-1]])
    norm = np.sqrt((vectors**2).sum(axis=0))
    vectors = vectors / np.where(norm > 0, norm, 1)
    perm = np.lexsort(np.round(vectors, 9)[::-1])
    return [*As[:-1], vectors[:-1, perm]], [*Bs[:-1], vectors[-1:, perm]]
