"""Questions and known mistakes of `canonical_form`."""

import copy
import math

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.symmetry.samples import random_net
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
        "For each unit, α is 1 divided by the norm of its vector (weights, bias): divide the "
        "incoming vector by the norm and multiply the outgoing row by it. If the norm is zero, "
        "leave the vector and set the row to zero.",
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
    # Without their biases, the outgoing weights would put them in the opposite order.
    As[1][:, 0] = np.array([1, -1, 1, -1]) * (1 + rng.random(4))
    yield Question("units that only their biases tell apart", dict(net=(As, Bs)))
    yield Question("no hidden layer", dict(net=random_net(rng, [3, 2])), weight=0.4)


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def layer_at_once(net):
    As, Bs = copy.deepcopy(net)
    for j in range(1, len(As)):
        vectors = np.vstack([As[j - 1], Bs[j - 1]])
        norms = np.sqrt((vectors**2).sum(axis=0))
        safe = np.where(norms > 0, norms, 1)
        As[j - 1] = As[j - 1] / safe
        Bs[j - 1] = Bs[j - 1] / safe
        As[j] = As[j] * norms[:, None]
        scaled = np.vstack([As[j - 1], Bs[j - 1]])
        keys = np.hstack([scaled.T, As[j]])
        keys = np.round(keys, 9).tolist()
        order = sorted(range(len(keys)), key=lambda unit: keys[unit])
        As[j - 1] = As[j - 1][:, order]
        Bs[j - 1] = Bs[j - 1][:, order]
        As[j] = As[j][order]
    return As, Bs


@exercise.writing
def unit_by_unit(net):
    As, Bs = copy.deepcopy(net)
    for j in range(1, len(As)):
        units = []
        for i in range(len(As[j])):
            vector = [*As[j - 1][:, i], Bs[j - 1][0, i]]
            norm = math.sqrt(sum(v**2 for v in vector))
            if norm == 0:
                units.append((vector, [0.0] * len(As[j][i])))
            else:
                scaled = [v / norm for v in vector]
                units.append((scaled, [u * norm for u in As[j][i]]))
        units.sort(key=lambda unit: [[round(v, 9) for v in part] for part in unit])
        As[j - 1] = np.array([vector[:-1] for vector, _ in units]).T
        Bs[j - 1] = np.array([[vector[-1] for vector, _ in units]])
        As[j] = np.array([row for _, row in units])
    return As, Bs


exercise.idea(
    "sorted_before_normalised",
    "The units are sorted before they are normalised, so two nets that differ by a rescaling end "
    "up in different orders.",
    "Which of the two steps depends on the other? Rescale a unit by 100 and look at the order.",
    {"np.hstack([scaled.T": "np.hstack([vectors.T"},
)
exercise.idea(
    "bias_compared_first",
    "The units are sorted by their biases first, then by their weights.",
    "In a unit's vector, which comes first: the weights or the bias?",
    {"scaled = np.vstack([As[j - 1], Bs[j - 1]])": "scaled = np.vstack([Bs[j - 1], As[j - 1]])"},
)
exercise.idea(
    "bias_not_compared",
    "The biases are left out when the units are sorted.",
    "A unit's vector ends with its bias. When does that decide?",
    {"scaled = np.vstack([As[j - 1], Bs[j - 1]])": "scaled = As[j - 1]"},
)
exercise.idea(
    "norm_without_bias",
    "The bias is left out of the norm.",
    "Rescaling changes weights and bias together, so the vector to normalise contains both.",
    {"vectors = np.vstack([As[j - 1], Bs[j - 1]])": "vectors = As[j - 1]"},
    {"for v in vector))": "for v in vector[:-1]))"},
)
exercise.idea(
    "bias_not_divided",
    "The bias isn't divided by the norm.",
    "Rescaling changes weights and bias together.",
    {"Bs[j - 1] = Bs[j - 1] / safe": "pass"},
    {"[v / norm for v in vector]": "[*(v / norm for v in vector[:-1]), vector[-1]]"},
)
exercise.idea(
    "outgoing_divided",
    "The outgoing weights are divided by the norm as well.",
    "The unit now sends 1/norm of what it sent before. What must its outgoing weights do?",
    {"As[j] * norms[:, None]": "As[j] / safe[:, None]"},
    {"[u * norm for u": "[u / norm for u"},
)
exercise.idea(
    "outgoing_not_multiplied",
    "The outgoing weights are not multiplied by the norm, so the net computes another function.",
    "The unit now sends 1/norm of what it sent before. What must its outgoing weights do?",
    {"As[j] = As[j] * norms[:, None]": "pass"},
    {"[u * norm for u": "[u for u"},
)
exercise.idea(
    "columns_multiplied",
    "The columns of A_{j+1} are multiplied by the norms, but a unit's outgoing weights are a row.",
    "Which shape must the norms have for each row of A_{j+1} to get its own?",
    {"As[j] * norms[:, None]": "As[j] * norms"},
)
exercise.idea(
    "norm_for_each_row",
    "The norms are those of the rows (axis 1), but a unit's vector is a column.",
    "In the course's convention, a neuron's weights are in a column. Along which axis do you sum?",
    {"sum(axis=0)": "sum(axis=1)"},
)
exercise.idea(
    "norm_of_the_layer",
    "There is a single norm for the whole layer, not one per unit.",
    "Every unit has its own vector. Along which axis do you sum?",
    {"(vectors**2).sum(axis=0)": "np.full(len(As[j]), (vectors**2).sum())"},
)
exercise.idea(
    "not_sorted",
    "The units are not sorted.",
    "You have removed the freedom to rescale. Which freedom is left?",
    {"sorted(range(len(keys)), key=lambda unit: keys[unit])": "list(range(len(keys)))"},
    {"units.sort(key=lambda unit: [[round(v, 9) for v in part] for part in unit])": "pass"},
)
exercise.idea(
    "not_normalised",
    "The units are sorted but not normalised.",
    "You have removed the freedom to permute. Which freedom is left?",
    {"np.sqrt((vectors**2).sum(axis=0))": "np.ones(vectors.shape[1])"},
)
exercise.idea(
    "descending",
    "The units are sorted in descending order.",
    "Ascending order puts the smallest vector first.",
    {"key=lambda unit: keys[unit])": "key=lambda unit: keys[unit], reverse=True)"},
    {"in part] for part in unit])": "in part] for part in unit], reverse=True)"},
)
exercise.idea(
    "last_entry_first",
    "The units are sorted by the last entry of their vectors first, as np.lexsort does with its "
    "last key.",
    "Lexicographic: the first entry decides, and the next one only breaks a tie.",
    {"np.hstack([scaled.T, As[j]])": "scaled[::-1].T"},
    {"np.hstack([scaled.T, As[j]])": "np.hstack([scaled.T, As[j]])[:, ::-1]"},
)
exercise.idea(
    "first_entry_only",
    "The units are sorted by the first entry of their vectors alone.",
    "Two units may have the same first weight, or even equal vectors. What decides then?",
    {"key=lambda unit: keys[unit])": "key=lambda unit: keys[unit][0])"},
)
exercise.idea(
    "sorted_by_norm",
    "The units are sorted by their norms.",
    "A norm is what a rescaling changes. Which order do two relatives have in common?",
    {"key=lambda unit: keys[unit])": "key=lambda unit: norms[unit])"},
)
exercise.idea(
    "outgoing_not_permuted",
    "The rows of A_{j+1} aren't reordered with their units.",
    "A unit owns a column, a bias and a row. Which of them stays behind?",
    {"As[j] = As[j][order]": "pass"},
)
exercise.idea(
    "bias_not_permuted",
    "The biases aren't reordered with their units.",
    "A unit owns a column, a bias and a row. Which of them stays behind?",
    {"Bs[j - 1] = Bs[j - 1][:, order]": "pass"},
)
exercise.idea(
    "other_norm",
    "The vector is divided by the sum of its absolute values (the L1 norm): the wrong norm.",
    "The Euclidean norm is the root of the sum of squares.",
    {"np.sqrt((vectors**2).sum(axis=0))": "abs(vectors).sum(axis=0)"},
    {"math.sqrt(sum(v**2 for v in vector))": "sum(abs(v) for v in vector)"},
)
exercise.idea(
    "root_missing",
    "The vector is divided by its squared norm: the root is missing.",
    "The Euclidean norm is the root of the sum of squares.",
    {"np.sqrt((vectors**2).sum(axis=0))": "(vectors**2).sum(axis=0)"},
    {"math.sqrt(sum(v**2 for v in vector))": "sum(v**2 for v in vector)"},
)
exercise.idea(
    "zero_vector_divided",
    "The zero vector is divided by its norm: 0/0 is nan, or an error.",
    "What does the exercise say about a unit whose vector is all zero?",
    {"np.where(norms > 0, norms, 1)": "norms"},
    {
        "np.where(norms > 0, norms, 1)": "norms",
        "sorted(range(len(keys)), key=lambda unit: keys[unit])": (
            "np.lexsort(np.transpose(keys)[::-1])"
        ),
    },
    {"if norm == 0:": "if False:"},
)
exercise.idea(
    "zero_unit_keeps_outgoing",
    "A unit that is all zero keeps its outgoing weights.",
    "It sends 0, whatever they are, so nets that differ only there compute the same.",
    {"As[j] * norms[:, None]": "As[j] * safe[:, None]"},
    {"[0.0] * len(As[j][i])": "[*As[j][i]]"},
)
exercise.idea(
    "first_layer_only",
    "Only the first hidden layer is brought to its canonical form.",
    "Every hidden layer needs it, from the first to the last.",
    {"range(1, len(As))": "range(1, min(2, len(As)))"},
)
exercise.idea(
    "last_hidden_layer_left_out",
    "The last hidden layer is left out: it is neither normalised nor sorted.",
    "Layers 1 to d − 1 are hidden, if As holds d matrices. Where does your loop end?",
    {"range(1, len(As))": "range(1, len(As) - 1)"},
)
exercise.idea(
    "last_layer_first",
    "The layers are taken in reverse order, from the last to the first, so an earlier layer "
    "disturbs a later one that was finished.",
    "Outgoing weights of layer 1 are incoming weights of layer 2. So which layer must be finished "
    "first?",
    {"range(1, len(As))": "range(len(As) - 1, 0, -1)"},
)
exercise.idea(
    "compared_without_rounding",
    "The vectors are compared unrounded, so rounding errors decide the order.",
    "Compare the vectors rounded to 9 decimals, but keep the vectors themselves unrounded.",
    {"np.round(keys, 9)": "keys"},
    {"[[round(v, 9) for v in part] for part in unit]": "unit"},
)
exercise.idea(
    "ties_left_in_old_order",
    "Ties are not broken: units with equal vectors keep their old order.",
    "If two units have the same vector, what else can tell them apart?",
    {"np.hstack([scaled.T, As[j]])": "scaled.T"},
    {"for part in unit])": "for part in unit[:1]])"},
)
exercise.idea(
    "callers_net_changed",
    "The caller's own net is changed in place.",
    "The caller might still need the old net. Work on a copy.",
    {"copy.deepcopy(net)": "net"},
)


@exercise.mistake(
    "The output layer is normalised and sorted too, like a hidden one.",
    "Outputs have meanings, and so do their sizes. Which layers are hidden?",
)
def output_layer_too(net):
    As, Bs = nn.canonical_form(net)
    vectors = np.vstack([As[-1], Bs[-1]])
    norm = np.sqrt((vectors**2).sum(axis=0))
    vectors = vectors / np.where(norm > 0, norm, 1)
    perm = np.lexsort(np.round(vectors, 9)[::-1])
    return [*As[:-1], vectors[:-1, perm]], [*Bs[:-1], vectors[-1:, perm]]
