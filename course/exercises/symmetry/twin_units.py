"""Questions and known mistakes of `twin_units`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.symmetry.samples import copied, random_net
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
    out = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0], [4.0, 4.0]])
    yield Question(
        "units 0 and 2 are twins; unit 3 has a different bias",
        dict(net=([A, out], [np.array([[5.0, 5.0, 5.0, 6.0]]), np.array([[0.0, 0.0]])]), j=1),
    )
    yield Question(
        "three equal units",
        dict(net=([np.ones((2, 3)), np.eye(3)[:, :2]], [np.zeros((1, 3)), np.zeros((1, 2))]), j=1),
    )
    yield Question(
        "the second hidden layer, with a wide tolerance: 2 and 2.05 count as equal, 2 and 3 don't",
        dict(
            net=(
                [
                    np.array([[1.0, 2.0]]),
                    np.array([[2.0, 3.0, 2.05], [1.0, 1.0, 1.0]]),
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
        As, Bs = random_net(rng, dims)
        for a, b in pairs:
            As[j - 1][:, b], Bs[j - 1][:, b] = As[j - 1][:, a], Bs[j - 1][:, a]
        return As, Bs

    As, Bs = random_net(rng, [3, 4, 2])
    As[0][1] = As[0][0]
    yield Question("no twins, but two inputs with equal weights", dict(net=(As, Bs), j=1))
    yield Question(
        "one pair of units that are not neighbours", dict(net=twins([3, 5, 2], 1, [(1, 4)]), j=1)
    )
    yield Question(
        "twins and triplets in the second hidden layer",
        dict(net=twins([2, 3, 6, 2], 2, [(0, 3), (1, 2), (1, 5)]), j=2),
    )
    As, Bs = twins([3, 4, 2], 1, [(0, 2), (1, 3)])
    Bs[0][0, 2] += 1
    yield Question("equal weights with different biases", dict(net=(As, Bs), j=1), weight=2)
    As, Bs = twins([3, 4, 2], 1, [(0, 2), (1, 3)])
    As[0][1, 2] += 1
    yield Question("equal except for one weight", dict(net=(As, Bs), j=1))
    As, Bs = twins([2, 4, 3], 1, [(0, 2), (1, 3)])
    As[0][0, 2] += 1e-13
    As[0][0, 1] = As[0][0, 3] = 5 + rng.random()
    As[0][0, 3] -= 1e-5
    yield Question("nearly equal: one pair within the tolerance, one not", dict(net=(As, Bs), j=1))
    As, Bs = twins([2, 4, 3], 1, [(0, 2), (1, 3)])
    As[0][:, 2] += 0.03
    As[0][1, 3] -= 0.5
    yield Question("a wide tolerance", dict(net=(As, Bs), j=1, tol=0.1))
    As, Bs = random_net(rng, [3, 4, 2])
    As[1][2] = As[1][0]
    yield Question("only the outgoing weights are equal", dict(net=(As, Bs), j=1))
    As, Bs = twins([3, 4, 2], 1, [(0, 3)])
    As[0][:, 1], Bs[0][:, 1] = As[0][::-1, 0], Bs[0][:, 0]
    yield Question("the same weights in another order", dict(net=(As, Bs), j=1))


@exercise.mistake(
    "The biases are not compared.",
    "Two units with equal weights and different biases bend in different places.",
)
def biases_not_compared(net, j, tol=1e-9):
    As, Bs = copied(net)
    Bs[j - 1][...] = 0
    return nn.twin_units((As, Bs), j, tol)


@exercise.mistake(
    "The outgoing weights are compared.",
    "What decides a unit's output: its incoming weights or its outgoing ones?",
)
def outgoing_compared(net, j, tol=1e-9):
    rows = np.asarray(net[0][j])
    pairs = [(a, b) for a in range(len(rows)) for b in range(a + 1, len(rows))]
    return [(a, b) for a, b in pairs if (np.abs(rows[a] - rows[b]) <= tol).all()]


@exercise.mistake(
    "Only neighbouring units are compared.",
    "Could units 0 and 2 be twins even if unit 1 is different?",
)
def only_neighbours(net, j, tol=1e-9):
    return [(a, b) for a, b in nn.twin_units(net, j, tol) if b == a + 1]


@exercise.mistake(
    "Every pair is listed in both orders.",
    "a < b: the pair (0, 2) stands for (2, 0) too.",
)
def both_orders(net, j, tol=1e-9):
    pairs = nn.twin_units(net, j, tol)
    return sorted(pairs + [(b, a) for a, b in pairs])


@exercise.mistake(
    "One equal number is enough here to make two units twins.",
    "All the incoming weights and the bias have to agree: all, not any.",
)
def one_equal_number_is_enough(net, j, tol=1e-9):
    units = np.vstack([net[0][j - 1], net[1][j - 1]]).T
    pairs = [(a, b) for a in range(len(units)) for b in range(a + 1, len(units))]
    return [(a, b) for a, b in pairs if (np.abs(units[a] - units[b]) <= tol).any()]


@exercise.mistake(
    "The numbers have to be equal to the last bit here: tol isn't used.",
    "After a few steps of arithmetic, numbers that should be equal differ in their last digits.",
)
def tolerance_not_used(net, j, tol=1e-9):
    return nn.twin_units(net, j, 0.0)


@exercise.mistake(
    "The differences are summed with their signs, so they can cancel.",
    "1 too much here and 1 too little there do not make the units equal. How can every difference "
    "count?",
)
def differences_cancel(net, j, tol=1e-9):
    units = np.vstack([net[0][j - 1], net[1][j - 1]]).T
    pairs = [(a, b) for a in range(len(units)) for b in range(a + 1, len(units))]
    return [(a, b) for a, b in pairs if (units[a] - units[b]).sum() <= tol]


@exercise.mistake(
    "The differences keep their sign, so even one far below 0 counts as at most tol.",
    "5 − 6 is less than tol. Are 5 and 6 equal?",
)
def differences_keep_their_sign(net, j, tol=1e-9):
    units = np.vstack([net[0][j - 1], net[1][j - 1]]).T
    pairs = [(a, b) for a in range(len(units)) for b in range(a + 1, len(units))]
    return [(a, b) for a, b in pairs if (units[a] - units[b] <= tol).all()]


@exercise.mistake(
    "Rows are compared, but a row holds one input's weights to all units.",
    "In the course's convention, a neuron's incoming weights are in a column.",
)
def rows_compared(net, j, tol=1e-9):
    rows = np.vstack([net[0][j - 1], net[1][j - 1]])
    pairs = [(a, b) for a in range(len(rows)) for b in range(a + 1, len(rows))]
    return [(a, b) for a, b in pairs if (np.abs(rows[a] - rows[b]) <= tol).all()]


@exercise.mistake(
    "The sums of the incoming weights are compared.",
    "1 + 3 and 3 + 1 are the same sum. Are the units the same?",
)
def sums_compared(net, j, tol=1e-9):
    sums = np.vstack([net[0][j - 1].sum(axis=0), net[1][j - 1]]).T
    pairs = [(a, b) for a in range(len(sums)) for b in range(a + 1, len(sums))]
    return [(a, b) for a, b in pairs if (np.abs(sums[a] - sums[b]) <= max(tol, 1e-12)).all()]


@exercise.mistake(
    "np.allclose or np.isclose keeps its relative tolerance here: 100 and 100.0005 then count as "
    "equal, whatever tol is.",
    "Look up what those functions add to atol. Which of their arguments switches that off?",
)
def relative_tolerance(net, j, tol=1e-9):
    units = np.vstack([net[0][j - 1], net[1][j - 1]]).T
    pairs = [(a, b) for a in range(len(units)) for b in range(a + 1, len(units))]
    return [(a, b) for a, b in pairs if np.allclose(units[a], units[b], atol=tol)]


@exercise.mistake(
    "The layers are counted from 0: these are the twins of the next layer.",
    "Hidden layers count from 1, the lists As and Bs from 0. Which entry of As is A_1?",
)
def next_layer_compared(net, j, tol=1e-9):
    units = np.vstack([net[0][j], net[1][j]]).T
    pairs = [(a, b) for a in range(len(units)) for b in range(a + 1, len(units))]
    return [(a, b) for a, b in pairs if (np.abs(units[a] - units[b]) <= tol).all()]
