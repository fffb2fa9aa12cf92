"""Questions and known mistakes of `twin_units`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.symmetry.samples import random_net
from course.nn import symmetry as nn

exercise = Exercise(
    nn.twin_units,
    points=2,
    minutes=15,
    difficulty=3,
    hints=(
        "Two units are twins if they do the same for every input. Which numbers decide what a unit "
        "of layer j does?",
        "A unit is a column of A_j and an entry of b_j. Stack them into one vector per unit, and "
        "compare every unit with every later one.",
        "Two vectors are equal if no entry differs by more than tol. Two loops, with b starting at "
        "a + 1, already give the pairs in sorted order.",
    ),
)


@exercise.public
def public():
    A = np.array([[1.0, 3.0, 1.0, 1.0], [3.0, 1.0, 3.0, 3.0]])
    out = np.array([[1.0, 1.0], [3.0, 3.0], [3.0, 3.0], [1.0, 1.0]])
    yield Question(
        "units 0 and 2 are twins; unit 3 has a different bias",
        dict(net=([A, out], [np.array([[5.0, 5.0, 5.0, 6.0]]), np.array([[0.0, 0.0]])]), j=1),
    )
    yield Question(
        "three equal units",
        dict(net=([np.ones((2, 3)), np.eye(3)[:, :2]], [np.zeros((1, 3)), np.zeros((1, 2))]), j=1),
    )
    yield Question(
        "the second hidden layer, a wide tolerance: 1.85 and 2 count as equal, 2 and 2.3 don't",
        dict(
            net=(
                [
                    np.array([[1.0, 2.0]]),
                    np.array([[2.0, 2.3, 1.85], [1.0, 1.0, 1.15]]),
                    np.array([[1.0], [2.0], [3.0]]),
                ],
                [np.array([[0.0, 0.0]]), np.array([[4.0, 4.0, 4.0]]), np.array([[0.0]])],
            ),
            j=2,
            tol=0.2,
        ),
    )
    yield Question(
        "100 and 100.0005 are not equal",
        dict(
            net=(
                [np.array([[100.0, 100.0005]]), np.array([[1.0], [2.0]])],
                [np.array([[1.0, 1.0]]), np.array([[0.0]])],
            ),
            j=1,
        ),
    )


@exercise.secret
def secret(rng):
    def twins(dims, j, pairs):
        """Draw a net with twins, and two more somewhere in layer j, so that none can be guessed.

        Return with it the places of the other units, in order.
        """
        order = rng.permutation(dims[j] + 2)
        places = np.sort(order[2:])
        As, Bs = random_net(rng, [d + 2 * (i == j) for i, d in enumerate(dims)])
        for a, b in (order[:2], *places[np.array(pairs)]):
            As[j - 1][:, b], Bs[j - 1][:, b] = As[j - 1][:, a], Bs[j - 1][:, a]
        return (As, Bs), places

    (As, Bs), _ = twins([3, 4, 2], 1, [(1, 2)])
    As[0][1] = As[0][0]
    yield Question("two units and two inputs with equal weights", dict(net=(As, Bs), j=1))
    yield Question("no twins", dict(net=random_net(rng, [3, 4, 2]), j=1), weight=0.4)
    net, _ = twins([3, 5, 2], 1, [(1, 4)])
    yield Question("units that are not neighbours", dict(net=net, j=1))
    net, _ = twins([2, 3, 6, 2], 2, [(0, 3), (1, 2), (1, 5)])
    yield Question("twins and triplets in the second hidden layer", dict(net=net, j=2))
    (As, Bs), at = twins([3, 4, 2], 1, [(0, 2), (1, 3)])
    Bs[0][0, at[2]] += 1
    As[1][at[2]] = As[1][at[0]]
    yield Question("equal weights with different biases", dict(net=(As, Bs), j=1), weight=2)
    (As, Bs), at = twins([3, 4, 2], 1, [(0, 2), (1, 3)])
    As[0][1, at[2]] += 1
    yield Question("equal except for one weight", dict(net=(As, Bs), j=1))
    (As, Bs), at = twins([2, 4, 3], 1, [(0, 2), (1, 3)])
    As[0][0, at[2]] += 1e-13
    As[0][0, at[1]] = As[0][0, at[3]] = 5 + rng.random()
    As[0][0, at[3]] -= 1e-5
    yield Question("nearly equal: one pair within the tolerance, one not", dict(net=(As, Bs), j=1))
    (As, Bs), at = twins([2, 4, 3], 1, [(0, 2), (1, 3)])
    # The Euclidean distance of the first pair is above the tolerance, and the mean of the second
    # one's differences is below.
    # Small numbers, so that the same tolerance relative to them would be too strict.
    As[0][:, at[0]] = As[0][:, at[2]] = 0.1 + 0.4 * rng.random(2)
    As[0][:, at[2]] += 0.08
    As[0][1, at[3]] -= 0.15
    yield Question("a wide tolerance", dict(net=(As, Bs), j=1, tol=0.1))
    (As, Bs), at = twins([3, 4, 2], 1, [(1, 3)])
    As[1][at[2]] = As[1][at[0]]
    yield Question("two units with only the outgoing weights equal", dict(net=(As, Bs), j=1))
    (As, Bs), at = twins([3, 4, 2], 1, [(0, 3)])
    As[0][:, at[1]], Bs[0][:, at[1]] = As[0][::-1, at[0]], Bs[0][:, at[0]]
    yield Question("the same weights in another order", dict(net=(As, Bs), j=1))


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def stacked(net, j, tol=1e-9):
    units = np.vstack([net[0][j - 1], net[1][j - 1]]).T
    pairs = []
    for a in range(len(units)):
        for b in range(a + 1, len(units)):
            apart = units[a] - units[b]
            if (abs(apart) <= tol).all():
                pairs.append((a, b))
    return pairs


@exercise.writing
def weights_and_bias(net, j, tol=1e-9):
    A, bias = net[0][j - 1], net[1][j - 1]
    n = A.shape[1]
    pairs = []
    for a in range(n):
        for b in range(a + 1, n):
            alike = np.allclose(A[:, a], A[:, b], rtol=0, atol=tol)
            if alike and abs(bias[0, a] - bias[0, b]) <= tol:
                pairs.append((a, b))
    return pairs


exercise.idea(
    "biases_not_compared",
    "The biases are not compared.",
    "Two units with equal weights and different biases bend in different places.",
    {"np.vstack([net[0][j - 1], net[1][j - 1]]).T": "net[0][j - 1].T"},
    {"if alike and abs(bias[0, a] - bias[0, b]) <= tol:": "if alike:"},
)
exercise.idea(
    "bias_alone",
    "Only the biases are compared.",
    "Which other numbers decide what a unit does?",
    {"alike = np.allclose(A[:, a], A[:, b], rtol=0, atol=tol)": "alike = True"},
)
exercise.idea(
    "weights_or_bias",
    "Equal weights or an equal bias are enough here to make two units twins.",
    "The incoming weights and the bias have to agree: and, not or.",
    {"alike and abs": "alike or abs"},
)
exercise.idea(
    "outgoing_compared",
    "The outgoing weights are compared.",
    "What decides a unit's output: its incoming weights or its outgoing ones?",
    {"np.vstack([net[0][j - 1], net[1][j - 1]]).T": "net[0][j]"},
    {
        "A, bias = net[0][j - 1]": "A, bias = net[0][j].T",
        "if alike and abs(bias[0, a] - bias[0, b]) <= tol:": "if alike:",
    },
)
exercise.idea(
    "outgoing_compared_too",
    "The outgoing weights are compared as well.",
    "Two units that do the same may be used differently. What decides a unit's output?",
    {"net[1][j - 1]]).T": "net[1][j - 1], net[0][j].T]).T"},
    {"if alike and": "if alike and np.allclose(net[0][j][a], net[0][j][b], 0, tol) and"},
)
exercise.idea(
    "outgoing_compared_for_the_bias",
    "The incoming and the outgoing weights are compared, but not the biases.",
    "Two units that do the same may be used differently. What decides a unit's output?",
    {"net[1][j - 1]]).T": "net[0][j].T]).T"},
    {
        "if alike and abs(bias[0, a] - bias[0, b]) <= tol:": (
            "if alike and np.allclose(net[0][j][a], net[0][j][b], 0, tol):"
        ),
    },
)
exercise.idea(
    "only_neighbours",
    "Only neighbouring units are compared.",
    "Could units 0 and 2 be twins even if unit 1 is different?",
    {"range(a + 1, len(units))": "range(a + 1, min(a + 2, len(units)))"},
    {"range(a + 1, n)": "range(a + 1, min(a + 2, n))"},
)
exercise.idea(
    "both_orders",
    "Every pair is listed in both orders.",
    "a < b: the pair (0, 2) stands for (2, 0) too.",
    {"range(a + 1, len(units))": "[b for b in range(len(units)) if b != a]"},
    {"range(a + 1, n)": "[b for b in range(n) if b != a]"},
)
exercise.idea(
    "with_itself",
    "Every unit is listed as its own twin.",
    "a < b. Where does the loop over b begin?",
    {"range(a + 1, len(units))": "range(a, len(units))"},
    {"range(a + 1, n)": "range(a, n)"},
)
exercise.idea(
    "both_orders_and_itself",
    "Every unit is compared with all units, itself included: pairs (a, a), and each pair in both "
    "orders.",
    "a < b. Where does the loop over b begin?",
    {"range(a + 1, len(units))": "range(len(units))"},
    {"range(a + 1, n)": "range(n)"},
)
exercise.idea(
    "larger_first",
    "The pairs are turned round: b is listed before a.",
    "a < b: the smaller number is listed first.",
    {"append((a, b))": "append((b, a))"},
)
exercise.idea(
    "units_listed_from_1",
    "The units are counted from 1, not from 0.",
    "Layers count from 1; units, like everything else in Python, count from 0.",
    {"append((a, b))": "append((a + 1, b + 1))"},
)
exercise.idea(
    "stops_at_the_first_twin",
    "The search stops at a unit's first twin, so of three equal units a pair is missed.",
    "How many pairs do three equal units make?",
    {"pairs.append((a, b))": "pairs.append((a, b))\nbreak"},
)
exercise.idea(
    "paired_only_once",
    "A unit that has a twin is not compared any more, so of three equal units a pair is missed.",
    "How many pairs do three equal units make?",
    {"append((a, b))": "append((a, b)) if all(a not in pair for pair in pairs) else None"},
    {"append((a, b))": "append((a, b)) if all(a != b2 for _, b2 in pairs) else None"},
)
exercise.idea(
    "only_the_first_unit",
    "Only unit 0 is compared with the others, as with a `return` inside the loop.",
    "Should `return` be indented as far as the line before?",
    {"append((a, b))\n    return": "append((a, b))\n        return"},
)
exercise.idea(
    "one_equal_number_is_enough",
    "One equal number is enough here to make two units twins, as with `any`.",
    "All the incoming weights and the bias have to agree: all, not any.",
    {"(abs(apart) <= tol).all()": "(abs(apart) <= tol).any()"},
    {
        "np.allclose(A[:, a], A[:, b], rtol=0, atol=tol)": "(abs(A[:, a] - A[:, b]) <= tol).any()",
        "alike and abs": "alike or abs",
    },
)
exercise.idea(
    "tolerance_not_used",
    "The numbers have to be equal to the last bit here, as with `==`: tol isn't used.",
    "After a few steps of arithmetic, numbers that should be equal differ in their last digits.",
    {"(abs(apart) <= tol).all()": "(apart == 0).all()"},
    {"atol=tol": "atol=0", "bias[0, b]) <= tol": "bias[0, b]) == 0"},
)
exercise.idea(
    "tolerance_fixed",
    "A fixed tolerance is used instead of the argument tol.",
    "The caller may choose another tolerance than 1e-9. Where does your function read it?",
    {"<= tol).all()": "<= 1e-9).all()"},
    {"atol=tol": "atol=1e-9", "bias[0, b]) <= tol": "bias[0, b]) <= 1e-9"},
    {"<= tol).all()": "<= 1e-8 + 1e-5 * abs(units[b])).all()"},
)
exercise.idea(
    "differences_cancel",
    "The differences are summed with their signs, so they can cancel.",
    "1 too much here and 1 too little there do not make the units equal. How can every difference "
    "count?",
    {"(abs(apart) <= tol).all()": "apart.sum() <= tol"},
    {"(abs(apart) <= tol).all()": "abs(apart.sum()) <= tol"},
)
exercise.idea(
    "differences_keep_their_sign",
    "The absolute value is missing: even a difference far below 0 counts as at most tol.",
    "5 − 6 is less than tol. Are 5 and 6 equal?",
    {"abs(apart) <= tol": "apart <= tol"},
)
exercise.idea(
    "distance_compared",
    "The Euclidean distance of the two units is compared with tol, not each difference.",
    "tol is the largest difference between two numbers that count as equal. Which norm is the "
    "largest difference?",
    {"(abs(apart) <= tol).all()": "np.linalg.norm(apart) <= tol"},
    {
        "np.allclose(A[:, a], A[:, b], rtol=0, atol=tol)": (
            "np.linalg.norm(A[:, a] - A[:, b]) <= tol"
        ),
    },
)
exercise.idea(
    "differences_summed",
    "The sum of the differences is compared with tol, not each difference.",
    "tol is the largest difference between two numbers that count as equal.",
    {"(abs(apart) <= tol).all()": "abs(apart).sum() <= tol"},
)
exercise.idea(
    "differences_averaged",
    "The mean of the differences is compared with tol, not each difference.",
    "tol is the largest difference between two numbers that count as equal.",
    {"(abs(apart) <= tol).all()": "abs(apart).mean() <= tol"},
)
exercise.idea(
    "rows_compared",
    "Rows are compared, but a row holds one input's weights to all units.",
    "In the course's convention, a neuron's incoming weights are in a column.",
    {"net[1][j - 1]]).T": "net[1][j - 1]])"},
    {"net[0][j - 1], net[1][j - 1]]).T": "net[0][j - 1]])"},
    {"A[:, a], A[:, b]": "A[a], A[b]"},
    {
        "n = A.shape[1]": "n = len(A)",
        "A[:, a], A[:, b]": "A[a], A[b]",
        "if alike and abs(bias[0, a] - bias[0, b]) <= tol:": "if alike:",
    },
)
exercise.idea(
    "rows_counted",
    "The number of rows is taken for the number of units. The units are the columns.",
    "Which entry of an array's shape is the number of its columns?",
    {".T\n": "\n", "units[a] - units[b]": "units[:, a] - units[:, b]"},
    {"n = A.shape[1]": "n = len(A)"},
)
exercise.idea(
    "sums_compared",
    "The sums of the incoming weights are compared.",
    "1 + 3 and 3 + 1 are the same sum. Are the units the same?",
    {"net[0][j - 1], net": "net[0][j - 1].sum(axis=0), net"},
)
exercise.idea(
    "relative_tolerance",
    "The relative tolerance (rtol) of np.allclose or np.isclose is left on: 100 and 100.0005 then "
    "count as equal, whatever tol is.",
    "Look up what those functions add to atol. Which of their arguments switches that off?",
    {"(abs(apart) <= tol).all()": "np.allclose(units[a], units[b], atol=tol)"},
    {"rtol=0, ": ""},
)
exercise.idea(
    "tolerance_relative",
    "tol is used as a relative tolerance (rtol): what counts as equal depends on the numbers' "
    "size.",
    "The third argument of np.allclose and np.isclose is rtol. What is the fourth?",
    {"(abs(apart) <= tol).all()": "np.allclose(units[a], units[b], tol)"},
    {"(abs(apart) <= tol).all()": "np.allclose(units[a], units[b], rtol=tol, atol=0)"},
)
exercise.idea(
    "next_layer_compared",
    "Off by one: the layers are counted from 0, so these are the twins of the next one.",
    "Hidden layers count from 1, the lists As and Bs from 0. Which entry of As is A_1?",
    {"net[0][j - 1], net[1][j - 1]": "net[0][j], net[1][j]"},
)


@exercise.mistake(
    "b_j is indexed as if it were flat, but it is a row of shape (1, m): its first index counts "
    "rows.",
    "bias[i] is row `i`. How do you get at the entry of a unit?",
)
def bias_row_taken_for_flat(net, j, tol=1e-9):
    A, bias = net[0][j - 1], net[1][j - 1]
    pairs = [(a, b) for a in range(A.shape[1]) for b in range(a + 1, A.shape[1])]
    return [
        (a, b)
        for a, b in pairs
        if np.allclose(A[:, a], A[:, b], rtol=0, atol=tol) and abs(bias[a] - bias[b]) <= tol
    ]
