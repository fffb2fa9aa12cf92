"""Questions and known mistakes of unit 6: which nets are the same function, and where to start."""

import math
from itertools import pairwise

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE
from course.nn import symmetry as nn


def _net(rng, dims):
    """Draw a net with random weights and random biases, so that no bias can be forgotten."""
    As = [rng.normal(size=shape) for shape in pairwise(dims)]
    return As, [rng.normal(size=(1, d)) for d in dims[1:]]


def _copy(net):
    As, Bs = net
    return [np.array(A, dtype=float) for A in As], [np.array(b, dtype=float) for b in Bs]


SMALL = (
    [np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0], [10.0], [100.0]])],
    [np.array([[7.0, 8.0, 9.0]]), np.array([[0.5]])],
)

# --------------------------------------------------------------------------------- permute_hidden

permute_hidden = Exercise(
    nn.permute_hidden,
    points=3,
    minutes=15,
    difficulty=3,
    hints=(
        "Draw the net with its hidden units in the new order and keep every edge at its unit. "
        "Which arrays hold numbers of the edges that end, and that begin, in this layer?",
        "A hidden unit owns a column of A_j, an entry of b_j and a row of A_{j+1}. All three have "
        "to move together; nothing else moves.",
        "Indexing by a list reorders: with perm[new] = old, column `new` of the new matrix is "
        "column perm[new] of the old one. The list As counts from 0, so A_j is As[j - 1].",
    ),
)


@permute_hidden.public
def _():
    yield Question(
        "three hidden units, moved round in a ring", dict(net=SMALL, j=1, perm=[1, 2, 0])
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


@permute_hidden.secret
def _(rng):
    ring = np.array([1, 2, 3, 4, 0])
    yield Question("the only hidden layer", dict(net=_net(rng, [3, 5, 2]), j=1, perm=ring.tolist()))
    yield Question(
        "the first of two hidden layers", dict(net=_net(rng, [2, 5, 3, 2]), j=1, perm=ring)
    )
    yield Question(
        "the last of three hidden layers",
        dict(net=_net(rng, [4, 2, 3, 5, 1]), j=3, perm=ring.tolist()),
    )
    yield Question(
        "as many inputs as hidden units as outputs",
        dict(net=_net(rng, [5, 5, 5]), j=1, perm=rng.permutation(ring).tolist()),
    )
    yield Question(
        "an order that leaves all as it is",
        dict(net=_net(rng, [2, 3, 2]), j=1, perm=[0, 1, 2]),
        weight=0.5,
    )


@permute_hidden.mistake(
    "This is what you get when only the incoming side is reordered: the outgoing weights still "
    "belong to the units that stood there before.",
    "A unit has edges on both sides. Which matrix holds those that leave the hidden layer?",
)
def outgoing_not_permuted(net, j, perm):
    As, Bs = _copy(net)
    As[j - 1], Bs[j - 1] = As[j - 1][:, perm], Bs[j - 1][:, perm]
    return As, Bs


@permute_hidden.mistake(
    "This is what you get when only the outgoing side is reordered.",
    "A unit has edges on both sides. Which array holds those that lead into the hidden layer?",
)
def incoming_not_permuted(net, j, perm):
    As, Bs = _copy(net)
    As[j] = As[j][perm]
    return As, Bs


@permute_hidden.mistake(
    "This is what you get when the biases stay behind: each unit finds its neighbour's bias.",
    "What besides its weights belongs to a unit?",
)
def bias_not_permuted(net, j, perm):
    As, Bs = _copy(net)
    As[j - 1], As[j] = As[j - 1][:, perm], As[j][perm]
    return As, Bs


@permute_hidden.mistake(
    "This is what you get when perm is read the other way round, perm[old] = new.",
    "perm[new] = old: at place 0 of the new net stands the unit that was perm[0].",
)
def read_the_other_way(net, j, perm):
    return nn.permute_hidden(net, j, np.argsort(perm))


@permute_hidden.mistake(
    "This is what you get when the outgoing weights are put in the inverse order: they are "
    "reordered the other way than the incoming ones.",
    "New unit `i` is old unit perm[i], seen from the left and seen from the right.",
)
def inverse_on_the_outgoing_side(net, j, perm):
    As, Bs = nn.permute_hidden(net, j, perm)
    As[j] = net[0][j][np.argsort(perm)]
    return As, Bs


@permute_hidden.mistake(
    "This is what you get when the layers are counted from 0: the next layer was reordered, or "
    "there was none to reorder.",
    "Hidden layers count from 1, the list As from 0. Which of them is A_1?",
)
def next_layer_instead(net, j, perm):
    As, Bs = _copy(net)
    As[j], Bs[j] = As[j][:, perm], Bs[j][:, perm]
    As[j + 1] = As[j + 1][perm]
    return As, Bs


@permute_hidden.mistake(
    "This is what you get when the rows of A_j are reordered: those belong to the units of the "
    "layer before.",
    "In the course's convention a neuron's weights stand in a column.",
)
def rows_instead_of_columns(net, j, perm):
    As, Bs = _copy(net)
    As[j - 1], Bs[j - 1] = As[j - 1][perm], Bs[j - 1][:, perm]
    As[j] = As[j][:, perm]
    return As, Bs


@permute_hidden.mistake(
    "This is what you get when the columns of A_{j+1} are reordered: those belong to the units of "
    "the layer behind.",
    "Where do a unit's outgoing weights stand: in a row or in a column of A_{j+1}?",
)
def columns_on_the_outgoing_side(net, j, perm):
    As, Bs = _copy(net)
    As[j - 1], Bs[j - 1] = As[j - 1][:, perm], Bs[j - 1][:, perm]
    As[j] = As[j][:, perm]
    return As, Bs


@permute_hidden.mistake(
    "The answer is right, but the net that was passed in is reordered too.",
    "Who else might still need the old net? Give back new arrays.",
)
def callers_net_reordered(net, j, perm):
    new = nn.permute_hidden(net, j, perm)
    for arrays, fresh in zip(net, new, strict=True):
        for old, array in zip(arrays, fresh, strict=True):
            old[...] = array
    return net


# --------------------------------------------------------------------------------- rescale_hidden

rescale_hidden = Exercise(
    nn.rescale_hidden,
    points=3,
    minutes=15,
    difficulty=3,
    hints=(
        "ReLU lets a positive factor through: [αz]₊ = α[z]₊. What has to happen to z so that it "
        "becomes αz, and what undoes the factor behind the ReLU?",
        "z = w·x + b. For z to become αz, w and b both grow by α. Behind the unit stand its "
        "outgoing weights, a row of the next matrix.",
        "Three places change: a column of A_j, an entry of b_j, a row of A_{j+1}. And for α ≤ 0 "
        "there is no way: raise the error first.",
    ),
)


@rescale_hidden.public
def _():
    yield Question("the middle unit, twice as strong", dict(net=SMALL, j=1, unit=1, alpha=2.0))
    yield Question(
        "a net of whole numbers, its first unit half as strong",
        dict(
            net=(
                [np.array([[1, 2]]), np.array([[3, 4], [5, 6]])],
                [np.array([[7, 8]]), np.array([[0, 9]])],
            ),
            j=1,
            unit=0,
            alpha=0.5,
        ),
    )
    yield Question("a factor below 0", dict(net=SMALL, j=1, unit=0, alpha=-1.0), weight=0.5)
    yield Question("the factor 0", dict(net=SMALL, j=1, unit=0, alpha=0.0), weight=0.25)


@rescale_hidden.secret
def _(rng):
    def alpha():
        return float(rng.uniform(2, 5))

    yield Question(
        "a unit of the only hidden layer",
        dict(net=_net(rng, [3, 4, 2]), j=1, unit=2, alpha=alpha()),
    )
    yield Question(
        "the first unit of the second hidden layer",
        dict(net=_net(rng, [2, 3, 4, 2]), j=2, unit=0, alpha=1 / alpha()),
    )
    yield Question(
        "the last unit of the first of three hidden layers",
        dict(net=_net(rng, [4, 3, 2, 3, 1]), j=1, unit=2, alpha=alpha()),
    )
    yield Question(
        "as many inputs as hidden units as outputs",
        dict(net=_net(rng, [3, 3, 3]), j=1, unit=1, alpha=alpha()),
    )
    yield Question(
        "a net of whole numbers",
        dict(
            net=(
                [rng.integers(1, 9, (2, 3)), rng.integers(1, 9, (3, 2))],
                [rng.integers(1, 9, (1, 3)), rng.integers(1, 9, (1, 2))],
            ),
            j=1,
            unit=1,
            alpha=2.3,
        ),
        weight=0.5,
    )
    yield Question(
        "a negative factor",
        dict(net=_net(rng, [2, 3, 2]), j=1, unit=0, alpha=-alpha()),
        weight=0.5,
    )
    yield Question(
        "the factor 0", dict(net=_net(rng, [2, 3, 2]), j=1, unit=0, alpha=0.0), weight=0.25
    )


@rescale_hidden.mistake(
    "This is what you get when the bias is not rescaled: ReLU now bends at another place.",
    "α(w·x) + b is not α(w·x + b).",
)
def bias_not_rescaled(net, j, unit, alpha):
    As, Bs = nn.rescale_hidden(net, j, unit, alpha)
    Bs[j - 1][:, unit] = net[1][j - 1][:, unit]
    return As, Bs


@rescale_hidden.mistake(
    "This is the slide to the letter: no bias is rescaled, and alpha ≤ 0 is let through.",
    "The slide is loose in two places. What belongs to z besides the weights, and which α does "
    "ReLU let through?",
)
def slide_to_the_letter(net, j, unit, alpha):
    As, Bs = any_alpha_let_through(net, j, unit, alpha)
    Bs[j - 1][:, unit] = net[1][j - 1][:, unit]
    return As, Bs


@rescale_hidden.mistake(
    "This is what you get when the outgoing weights are multiplied by alpha as well.",
    "The unit already sends α times as much. What must its outgoing weights do so that nobody "
    "notices?",
)
def alpha_on_both_layers(net, j, unit, alpha):
    As, Bs = nn.rescale_hidden(net, j, unit, alpha)
    As[j][unit, :] *= alpha**2
    return As, Bs


@rescale_hidden.mistake(
    "This is what you get when the outgoing weights stay as they are.",
    "What does the next layer see after the change, and what did it see before?",
)
def outgoing_not_divided(net, j, unit, alpha):
    As, Bs = nn.rescale_hidden(net, j, unit, alpha)
    As[j] = np.array(net[0][j], dtype=float)
    return As, Bs


@rescale_hidden.mistake(
    "This is what you get when incoming is divided by alpha and outgoing multiplied: the function "
    "stays the same, but it is the inverse of what was asked.",
    "Which side is to become larger when α is 2?",
)
def alpha_the_wrong_way_round(net, j, unit, alpha):
    return nn.rescale_hidden(net, j, unit, 1 / alpha) if alpha > 0 else _refuse()


@rescale_hidden.mistake(
    "This is what you get when the whole layer is rescaled, not the one unit.",
    "Which column of A_j belongs to the unit, and which row of A_{j+1}?",
)
def whole_layer_rescaled(net, j, unit, alpha):
    As, Bs = _copy(net)
    if alpha <= 0:
        _refuse()
    As[j - 1], Bs[j - 1], As[j] = As[j - 1] * alpha, Bs[j - 1] * alpha, As[j] / alpha
    return As, Bs


@rescale_hidden.mistake(
    "This is what you get when alpha ≤ 0 is let through: then the net computes another function.",
    "[αz]₊ = α[z]₊ for which α? Try α = -1, z = 1.",
)
def any_alpha_let_through(net, j, unit, alpha):
    As, Bs = _copy(net)
    As[j - 1][:, unit] *= alpha
    Bs[j - 1][:, unit] *= alpha
    with np.errstate(all="ignore"):
        As[j][unit, :] /= alpha
    return As, Bs


@rescale_hidden.mistake(
    "This is what you get when alpha = 0 is let through: a unit that is switched off can't be "
    "switched on again behind it.",
    "Which α are allowed: α ≥ 0, or α > 0?",
)
def zero_let_through(net, j, unit, alpha):
    if alpha < 0:
        _refuse()
    return any_alpha_let_through(net, j, unit, alpha)


@rescale_hidden.mistake(
    "This is what you get when the units are counted from 1: the unit before was rescaled.",
    "Layers count from 1 here, units and everything else in Python from 0.",
)
def units_counted_from_1(net, j, unit, alpha):
    return nn.rescale_hidden(net, j, (unit - 1) % np.shape(net[0][j])[0], alpha)


@rescale_hidden.mistake(
    "This is what you get when the layers are counted from 0: a unit of the next layer was "
    "rescaled, or there was none.",
    "Hidden layers count from 1, the list As from 0. Which of them is A_1?",
)
def next_layer_rescaled(net, j, unit, alpha):
    if alpha <= 0:
        _refuse()
    As, Bs = _copy(net)
    As[j][:, unit] *= alpha
    Bs[j][:, unit] *= alpha
    As[j + 1][unit, :] /= alpha
    return As, Bs


@rescale_hidden.mistake(
    "This is what you get when results are written into arrays of whole numbers: what is behind "
    "the point is cut off.",
    "A copy of an array of integers is an array of integers. What kind of array can hold 0.5?",
)
def whole_numbers_cut_off(net, j, unit, alpha):
    if alpha <= 0:
        _refuse()
    As, Bs = [[np.array(array) for array in arrays] for arrays in net]
    As[j - 1][:, unit] = alpha * As[j - 1][:, unit]
    Bs[j - 1][:, unit] = alpha * Bs[j - 1][:, unit]
    As[j][unit, :] = As[j][unit, :] / alpha
    return As, Bs


@rescale_hidden.mistake(
    "This is what you get when an array of whole numbers is to be changed in place: NumPy refuses "
    "to put a float into it.",
    "A copy of an array of integers is an array of integers. What kind of array can hold 0.5?",
)
def whole_numbers_changed_in_place(net, j, unit, alpha):
    if alpha <= 0:
        _refuse()
    As, Bs = [[np.array(array) for array in arrays] for arrays in net]
    As[j - 1][:, unit] *= alpha
    Bs[j - 1][:, unit] *= alpha
    As[j][unit, :] /= alpha
    return As, Bs


@rescale_hidden.mistake(
    "This is what you get when a row of A_j and a column of A_{j+1} are changed: rows and columns "
    "are exchanged.",
    "In the course's convention a neuron's incoming weights stand in a column.",
)
def rows_and_columns_exchanged(net, j, unit, alpha):
    As, Bs = _copy(net)
    if alpha <= 0:
        _refuse()
    As[j - 1][unit, :] *= alpha
    Bs[j - 1][:, unit] *= alpha
    As[j][:, unit] /= alpha
    return As, Bs


@rescale_hidden.mistake(
    "The answer is right, but the net that was passed in is rescaled too.",
    "*= works inside the caller's array. Whose array is it?",
)
def callers_net_rescaled(net, j, unit, alpha):
    new = nn.rescale_hidden(net, j, unit, alpha)
    for arrays, fresh in zip(net, new, strict=True):
        for old, array in zip(arrays, fresh, strict=True):
            old[...] = array
    return new


def _refuse():
    raise ValueError("alpha: expected a number above 0")


# ----------------------------------------------------------------------------- count_permutations

count_permutations = Exercise(
    nn.count_permutations,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "In how many orders can three units stand? And two layers, each on its own?",
        "m units have m! orders, and the choices for different layers multiply. Inputs and outputs "
        "keep their places.",
        "math.factorial gives exact integers however large; dims[1:-1] are the hidden widths.",
    ),
)


@count_permutations.public
def _():
    yield Question("the lecture's net", dict(dims=[5, 3, 3, 2]))
    yield Question("one hidden layer of four", dict(dims=[2, 4, 1]))
    yield Question("no hidden layer", dict(dims=[3, 2]))
    yield Question("a hidden layer of 25", dict(dims=[2, 25, 1]))


@count_permutations.secret
def _(rng):
    yield Question(
        "three unequal hidden layers", dict(dims=[3, *rng.permutation([2, 4, 5]).tolist(), 2])
    )
    yield Question("one hidden layer", dict(dims=[6, int(rng.integers(3, 8)), 5]))
    yield Question("no hidden layer at all", dict(dims=[4, 3]), weight=0.5)
    yield Question(
        "so many that a float is not exact", dict(dims=[9, 30, int(rng.integers(20, 28)), 9])
    )


@count_permutations.mistake(
    "This is what you get when inputs and outputs are permuted too.",
    "The input is presented in the same order, and outputs have meanings. Which layers are free?",
)
def inputs_and_outputs_too(dims):
    return math.prod(math.factorial(int(d)) for d in dims)


@count_permutations.mistake(
    "This is what you get when the layers' counts are added.",
    "For every order of the first layer, each order of the second is possible.",
)
def layers_added(dims):
    return sum(math.factorial(int(d)) for d in dims[1:-1])


@count_permutations.mistake(
    "This is what you get when units may change their layer: (m_1 + m_2 + …)! orders.",
    "A unit of layer 1 has edges from the input. Could it stand in layer 2?",
)
def units_change_their_layer(dims):
    return math.factorial(int(sum(dims[1:-1])))


@count_permutations.mistake(
    "This is the product of the widths, not of the numbers of orders.",
    "Three units have more than three orders. List them.",
)
def product_of_widths(dims):
    return math.prod(int(d) for d in dims[1:-1])


@count_permutations.mistake(
    "This is right while the numbers are small, but a float has only 16 digits.",
    "An exact integer is asked for. Which step made it a float?",
)
def counted_in_floats(dims):
    return float(math.prod(math.factorial(int(d)) for d in dims[1:-1]))


@count_permutations.mistake(
    "This is what you get when NumPy's 64-bit integers overflow: they wrap round without a word.",
    "25! has 26 digits. Which integers have room for them: NumPy's, or Python's own?",
)
def overflowed(dims):
    orders = 1
    for d in dims[1:-1]:
        for k in range(2, int(d) + 1):
            orders = (orders * k + 2**63) % 2**64 - 2**63
    return orders


# ------------------------------------------------------------------------------------- twin_units

twin_units = Exercise(
    nn.twin_units,
    points=2,
    minutes=15,
    difficulty=3,
    hints=(
        "Two units are twins when they do the same with every input. Which numbers decide what a "
        "unit of layer j does?",
        "A unit is a column of A_j and an entry of b_j: stack them into one vector a unit, and "
        "compare every unit with every later one.",
        "Equal means: no entry differs by more than tol. Two loops, b from a + 1 on, already give "
        "the pairs in sorted order.",
    ),
)


@twin_units.public
def _():
    A = np.array([[1.0, 3.0, 1.0, 1.0], [3.0, 1.0, 3.0, 3.0]])
    out = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0], [4.0, 4.0]])
    yield Question(
        "units 0 and 2 are twins; unit 3 has another bias",
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


@twin_units.secret
def _(rng):
    def twins(dims, j, pairs):
        As, Bs = _net(rng, dims)
        for a, b in pairs:
            As[j - 1][:, b], Bs[j - 1][:, b] = As[j - 1][:, a], Bs[j - 1][:, a]
        return As, Bs

    As, Bs = _net(rng, [3, 4, 2])
    As[0][1] = As[0][0]
    yield Question("no twins, but two inputs with equal weights", dict(net=(As, Bs), j=1))
    yield Question("one pair, not neighbours", dict(net=twins([3, 5, 2], 1, [(1, 4)]), j=1))
    yield Question(
        "twins and triplets in the second hidden layer",
        dict(net=twins([2, 3, 6, 2], 2, [(0, 3), (1, 2), (1, 5)]), j=2),
    )
    As, Bs = twins([3, 4, 2], 1, [(0, 2), (1, 3)])
    Bs[0][0, 2] += 1
    yield Question("equal weights with another bias", dict(net=(As, Bs), j=1), weight=2)
    As, Bs = twins([3, 4, 2], 1, [(0, 2), (1, 3)])
    As[0][1, 2] += 1
    yield Question("equal but for one weight", dict(net=(As, Bs), j=1))
    As, Bs = twins([2, 4, 3], 1, [(0, 2), (1, 3)])
    As[0][0, 2] += 1e-13
    As[0][0, 1] = As[0][0, 3] = 5 + rng.random()
    As[0][0, 3] -= 1e-5
    yield Question("nearly equal, within the tolerance and not", dict(net=(As, Bs), j=1))
    As, Bs = twins([2, 4, 3], 1, [(0, 2), (1, 3)])
    As[0][:, 2] += 0.03
    As[0][1, 3] -= 0.5
    yield Question("a wide tolerance", dict(net=(As, Bs), j=1, tol=0.1))
    As, Bs = _net(rng, [3, 4, 2])
    As[1][2] = As[1][0]
    yield Question("equal outgoing weights only", dict(net=(As, Bs), j=1))
    As, Bs = twins([3, 4, 2], 1, [(0, 3)])
    As[0][:, 1], Bs[0][:, 1] = As[0][::-1, 0], Bs[0][:, 0]
    yield Question("the same weights in another order", dict(net=(As, Bs), j=1))


@twin_units.mistake(
    "This is what you get when the biases are not compared.",
    "Two units with equal weights and different biases bend at different places.",
)
def biases_not_compared(net, j, tol=1e-9):
    As, Bs = _copy(net)
    Bs[j - 1][...] = 0
    return nn.twin_units((As, Bs), j, tol)


@twin_units.mistake(
    "This is what you get when the outgoing weights are compared.",
    "What a unit computes is decided by what comes in.",
)
def outgoing_compared(net, j, tol=1e-9):
    rows = np.asarray(net[0][j])
    pairs = [(a, b) for a in range(len(rows)) for b in range(a + 1, len(rows))]
    return [(a, b) for a, b in pairs if (np.abs(rows[a] - rows[b]) <= tol).all()]


@twin_units.mistake(
    "This is what you get when only neighbouring units are compared.",
    "Could unit 0 and unit 2 be twins while unit 1 is another?",
)
def only_neighbours(net, j, tol=1e-9):
    return [(a, b) for a, b in nn.twin_units(net, j, tol) if b == a + 1]


@twin_units.mistake(
    "This is what you get when every pair is listed in both orders.",
    "a < b: the pair (0, 2) stands for (2, 0) too.",
)
def both_orders(net, j, tol=1e-9):
    pairs = nn.twin_units(net, j, tol)
    return sorted(pairs + [(b, a) for a, b in pairs])


@twin_units.mistake(
    "This is what you get when one equal number is enough to make twins.",
    "All incoming weights and the bias have to agree: all, not any.",
)
def one_equal_number_is_enough(net, j, tol=1e-9):
    units = np.vstack([net[0][j - 1], net[1][j - 1]]).T
    pairs = [(a, b) for a in range(len(units)) for b in range(a + 1, len(units))]
    return [(a, b) for a, b in pairs if (np.abs(units[a] - units[b]) <= tol).any()]


@twin_units.mistake(
    "This is what you get when numbers have to be equal to the last bit: tol isn't used.",
    "After a few steps of arithmetic, equal numbers differ in their last digits.",
)
def tolerance_not_used(net, j, tol=1e-9):
    return nn.twin_units(net, j, 0.0)


@twin_units.mistake(
    "This is what you get when the differences may cancel: they are summed with their signs.",
    "1 too much here and 1 too little there is no agreement. What makes every difference count?",
)
def differences_cancel(net, j, tol=1e-9):
    units = np.vstack([net[0][j - 1], net[1][j - 1]]).T
    pairs = [(a, b) for a in range(len(units)) for b in range(a + 1, len(units))]
    return [(a, b) for a, b in pairs if (units[a] - units[b]).sum() <= tol]


@twin_units.mistake(
    "This is what you get when a difference counts on one side only: what is far below 0 is also "
    "at most tol.",
    "5 − 6 is less than tol. Are 5 and 6 equal?",
)
def differences_keep_their_sign(net, j, tol=1e-9):
    units = np.vstack([net[0][j - 1], net[1][j - 1]]).T
    pairs = [(a, b) for a in range(len(units)) for b in range(a + 1, len(units))]
    return [(a, b) for a, b in pairs if (units[a] - units[b] <= tol).all()]


@twin_units.mistake(
    "This is what you get when rows are compared: a row holds one input's weights to all units.",
    "In the course's convention a neuron's incoming weights stand in a column.",
)
def rows_compared(net, j, tol=1e-9):
    rows = np.vstack([net[0][j - 1], net[1][j - 1]])
    pairs = [(a, b) for a in range(len(rows)) for b in range(a + 1, len(rows))]
    return [(a, b) for a, b in pairs if (np.abs(rows[a] - rows[b]) <= tol).all()]


@twin_units.mistake(
    "This is what you get when the sums of the incoming weights are compared.",
    "1 + 3 and 3 + 1 are the same sum. Are the units the same?",
)
def sums_compared(net, j, tol=1e-9):
    sums = np.vstack([net[0][j - 1].sum(axis=0), net[1][j - 1]]).T
    pairs = [(a, b) for a in range(len(sums)) for b in range(a + 1, len(sums))]
    return [(a, b) for a, b in pairs if (np.abs(sums[a] - sums[b]) <= max(tol, 1e-12)).all()]


@twin_units.mistake(
    "This is what you get when np.allclose or np.isclose keeps its relative tolerance: 100 and "
    "100.0005 then count as equal, whatever tol is.",
    "Look up what those functions add to atol. Which of their arguments switches that off?",
)
def relative_tolerance(net, j, tol=1e-9):
    units = np.vstack([net[0][j - 1], net[1][j - 1]]).T
    pairs = [(a, b) for a in range(len(units)) for b in range(a + 1, len(units))]
    return [(a, b) for a, b in pairs if np.allclose(units[a], units[b], atol=tol)]


@twin_units.mistake(
    "This is what you get when the layers are counted from 0: these are the twins of the next "
    "layer.",
    "Hidden layers count from 1, the lists As and Bs from 0. Which of them is A_1?",
)
def next_layer_compared(net, j, tol=1e-9):
    units = np.vstack([net[0][j], net[1][j]]).T
    pairs = [(a, b) for a in range(len(units)) for b in range(a + 1, len(units))]
    return [(a, b) for a, b in pairs if (np.abs(units[a] - units[b]) <= tol).all()]


# ------------------------------------------------------------------------------------- initialise

initialise = Exercise(
    nn.initialise,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "Which number of the slide's N(0, in(v)^{-1/2}) is the spread, and what is in(v) for a "
        "unit of layer j?",
        "in(v) is the width of the layer before, the number of rows of A_j. The number is a "
        "standard deviation: keep variance 1/in(v) in mind.",
        "In lesson 3 you have written a function that draws such a matrix. Biases are not drawn.",
    ),
)


@initialise.public
def _():
    yield Question(
        "the lecture's net with a third hidden layer: its shapes, and biases of zero",
        dict(dims=[5, 3, 3, 3, 2], rng=np.random.default_rng(1)),
        view="initial_shapes",
    )
    yield Question(
        "a large layer: how far the weights spread",
        dict(dims=[100, 30], rng=np.random.default_rng(2)),
        view="initial_spread",
        rtol=SPREAD_TOLERANCE,
    )
    yield Question(
        "where the randomness comes from",
        dict(dims=[2, 3, 1], rng=np.random.default_rng(3)),
        way="draws",
        view="source_of_draws",
    )


@initialise.secret
def _(rng):
    yield Question(
        "the shapes, and biases of zero",
        dict(dims=[4, *rng.permutation([2, 3, 5]).tolist(), 1], rng=rng),
        view="initial_shapes",
    )
    wide, narrow = int(rng.integers(90, 120)), int(rng.integers(27, 35))
    yield Question(
        "the spread of a layer that narrows",
        dict(dims=[wide, narrow], rng=rng),
        view="initial_spread",
        rtol=SPREAD_TOLERANCE,
        weight=2,
    )
    yield Question(
        "the spread of layers that widen and narrow",
        dict(dims=[narrow, wide, narrow], rng=rng),
        view="initial_spread",
        rtol=SPREAD_TOLERANCE,
        weight=2,
    )
    yield Question(
        "where the randomness comes from",
        dict(dims=[3, 4, 2], rng=rng),
        way="draws",
        view="source_of_draws",
        weight=2,
    )
    yield Question(
        "equal layers with weights of their own",
        dict(dims=[4, 4, 4, 4], rng=rng),
        view="initial_shapes",
    )


def _drawn(dims, draw):
    As = [draw(d_in, d_out) for d_in, d_out in pairwise(dims)]
    return As, [np.zeros((1, d)) for d in dims[1:]]


@initialise.mistake(
    "This is what you get when in(v)^{-1/2} is taken for the variance: the weights are too large, "
    "and the signal grows with depth.",
    "The lecture's code divides by sqrt(fan-in). Which of the two readings does that fit?",
)
def variance_for_deviation(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)) / m**0.25)


@initialise.mistake(
    "This is what you get when the standard deviation is 1/in(v): the square root is lost.",
    "A sum of in(v) such terms has variance in(v) · s². For which s is that 1?",
)
def root_lost(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)) / m)


@initialise.mistake(
    "This is what you get when the width of the layer's output is used: fan-out for fan-in.",
    "in(v) counts the edges into v. Where do they come from?",
)
def fan_out_for_fan_in(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)) / np.sqrt(n))


@initialise.mistake(
    "This is what you get when the numbers are not scaled at all.",
    "What happens to the size of w·x when x has ten times as many entries?",
)
def not_scaled(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)))


@initialise.mistake(
    "These weights are all the same: every unit of a layer is every other's twin, and training "
    "keeps it so.",
    "What has to break the symmetry?",
)
def constant_weights(dims, rng):
    return _drawn(dims, lambda m, n: np.full((m, n), 1 / np.sqrt(m)))


@initialise.mistake(
    "These weights are uniform and never negative.",
    "N(0, s) is a Gaussian around 0: which method of rng draws it?",
)
def uniform_and_positive(dims, rng):
    return _drawn(dims, lambda m, n: rng.random((m, n)) / np.sqrt(m))


@initialise.mistake(
    "These weights are uniform around 0, not Gaussian, and a root of 3 too small.",
    "A uniform number between -s and s has not the standard deviation s. Which method of rng draws "
    "a Gaussian?",
)
def uniform_around_zero(dims, rng):
    return _drawn(dims, lambda m, n: rng.uniform(-1, 1, size=(m, n)) / np.sqrt(m))


@initialise.mistake(
    "This is He's initialisation, with standard deviation √(2 / in(v)): good for ReLU, but not "
    "what the slide says.",
    "Which number stands over in(v) on the slide?",
)
def he_initialisation(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)) * np.sqrt(2 / m))


@initialise.mistake(
    "This is Glorot's initialisation, which looks at both widths: √(2 / (in + out)).",
    "in(v) counts the edges into v, and no others.",
)
def glorot_initialisation(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)) * np.sqrt(2 / (m + n)))


@initialise.mistake(
    "This is what you get when rng isn't used: the same generator in the same state should give "
    "the same net.",
    "np.random.randn, as in the lecture's code, and a default_rng of your own have their own "
    "state. Whose numbers are asked for?",
)
def rng_not_used(dims, rng):
    return nn.initialise(dims, np.random.default_rng())


@initialise.mistake(
    "This is what you get when the biases are drawn as in lesson 3; here they are zero.",
    "Does a bias have to break a symmetry that the weights have broken already?",
)
def biases_drawn(dims, rng):
    As, Bs = nn.initialise(dims, rng)
    return As, [rng.normal(size=b.shape) for b in Bs]


@initialise.mistake(
    "This is what you get when the generator is seeded anew inside: every call, whatever rng, "
    "gives the same net.",
    "The caller decides about randomness, through rng. Who else is drawing here?",
)
def own_seed(dims, rng):
    return nn.initialise(dims, np.random.default_rng(0))


@initialise.mistake(
    "This is what you get when every layer draws the same numbers.",
    "Where is the generator made: once, or once a layer?",
)
def same_numbers_in_every_layer(dims, rng):
    seed = int(rng.integers(2**32))
    return _drawn(dims, lambda m, n: np.random.default_rng(seed).normal(size=(m, n)) / np.sqrt(m))


# ------------------------------------------------------------------------------ initialise_sparse

initialise_sparse = Exercise(
    nn.initialise_sparse,
    points=2,
    minutes=15,
    difficulty=3,
    hints=(
        "Now units of one layer may have different numbers of incoming edges. How is in(v) "
        "read off a mask?",
        "The True entries of v's column are its edges: mask.sum(axis=0) counts them for all v.",
        "Draw a whole matrix, divide each column by the root of its count, and keep only what the "
        "mask lets through. A column that counts 0 must not become 0/0.",
    ),
)


@initialise_sparse.public
def _():
    yield Question(
        "where the edges are",
        dict(
            masks=[
                np.array([[True, False, False], [True, True, False]]),
                np.array([[True], [True], [False]]),
            ],
            rng=np.random.default_rng(1),
        ),
        view="initial_edges",
    )
    mask = np.zeros((100, 60), dtype=bool)
    mask[:4, :30] = True
    mask[:, 30:] = True
    yield Question(
        "a large layer: units with 4 edges and units with 100",
        dict(masks=[mask], rng=np.random.default_rng(2)),
        way="many_sparse_draws",
        view="sparse_spread",
        rtol=SPREAD_TOLERANCE,
    )
    yield Question(
        "where the randomness comes from",
        dict(masks=[np.array([[True, True], [False, True]])], rng=np.random.default_rng(3)),
        way="draws",
        view="source_of_draws",
    )


@initialise_sparse.secret
def _(rng):
    masks = [rng.random((4, 5)) < 0.6, rng.random((5, 3)) < 0.6]
    masks[0][:, 2] = False
    masks[1][0, 0] = True
    yield Question(
        "edges, absent edges, and a unit without any",
        dict(masks=masks, rng=rng),
        view="initial_edges",
    )
    mask = np.zeros((60, 40), dtype=bool)
    mask[rng.permutation(60)[:5], :30] = True
    mask[:, 30:] = rng.permuted(np.arange(60) < 45)[:, None]
    yield Question(
        "units with few edges and units with many",
        dict(masks=[mask], rng=rng),
        way="many_sparse_draws",
        view="sparse_spread",
        rtol=SPREAD_TOLERANCE,
        weight=2,
    )
    yield Question(
        "masks of True alone",
        dict(masks=[np.ones((50, 60), dtype=bool)], rng=rng),
        way="many_sparse_draws",
        view="sparse_spread",
        rtol=SPREAD_TOLERANCE,
    )
    yield Question(
        "where the randomness comes from",
        dict(masks=[np.ones((2, 3), dtype=bool), np.ones((3, 1), dtype=bool)], rng=rng),
        way="draws",
        view="source_of_draws",
        weight=2,
    )


@initialise_sparse.mistake(
    "This is what you get when in(v) counts the whole layer before, edges or not: units with few "
    "edges get weights that are too small.",
    "in(v) = |{u : u → v ∈ E}|. Which pairs are not in E?",
)
def mask_ignored_in_fan_in(masks, rng):
    As, Bs = nn.initialise([len(masks[0]), *(np.shape(mask)[1] for mask in masks)], rng)
    return [np.where(mask, A, 0) for A, mask in zip(As, masks, strict=True)], Bs


@initialise_sparse.mistake(
    "This is what you get when there are weights also where the mask is False.",
    "No edge, no weight: exactly 0.",
)
def mask_not_applied(masks, rng):
    As = []
    for mask in masks:
        fan_in = np.maximum(np.sum(mask, axis=0), 1)
        As.append(rng.normal(size=np.shape(mask)) / np.sqrt(fan_in))
    return As, [np.zeros((1, np.shape(mask)[1])) for mask in masks]


@initialise_sparse.mistake(
    "This is what you get when the edges are counted by row: that is how many leave u, not how "
    "many enter v.",
    "A neuron's incoming weights stand in a column. Along which axis do you count?",
)
def counted_by_row(masks, rng):
    As = []
    for mask in masks:
        fan_out = np.maximum(np.sum(mask, axis=1, keepdims=True), 1)
        As.append(np.where(mask, rng.normal(size=np.shape(mask)) / np.sqrt(fan_out), 0))
    return As, [np.zeros((1, np.shape(mask)[1])) for mask in masks]


@initialise_sparse.mistake(
    "This is what you get when the standard deviation is 1/in(v): the square root is lost.",
    "A sum of in(v) such terms has variance in(v) · s². For which s is that 1?",
)
def root_lost_with_masks(masks, rng):
    return _drawn_on(masks, rng, lambda count: count)


@initialise_sparse.mistake(
    "This is what you get when in(v)^{-1/2} is taken for the variance.",
    "The number on the slide is a standard deviation.",
)
def variance_for_deviation_with_masks(masks, rng):
    return _drawn_on(masks, rng, lambda count: count**0.25)


@initialise_sparse.mistake(
    "This is what you get when rng isn't used: the same generator in the same state should give "
    "the same net.",
    "np.random.randn and a default_rng of your own have their own state. Whose numbers are asked "
    "for?",
)
def rng_not_used_with_masks(masks, rng):
    return nn.initialise_sparse(masks, np.random.default_rng())


@initialise_sparse.mistake(
    "This is what you get when one count of edges is used for the whole layer.",
    "in(v) is each unit's own. What shape has a count for every column?",
)
def one_count_for_the_layer(masks, rng):
    As = []
    for mask in masks:
        mean = max(np.sum(mask) / np.shape(mask)[1], 1)
        As.append(np.where(mask, rng.normal(size=np.shape(mask)) / np.sqrt(mean), 0))
    return As, [np.zeros((1, np.shape(mask)[1])) for mask in masks]


@initialise_sparse.mistake(
    "This is what you get for a unit without edges: 0 divided by the root of 0 is nan.",
    "What is in(v) of a unit that no edge enters, and what should its column hold?",
)
def nan_without_edges(masks, rng):
    As = []
    for mask in masks:
        with np.errstate(all="ignore"):
            A = np.asarray(mask, dtype=float) * rng.normal(size=np.shape(mask))
            As.append(A / np.sqrt(np.sum(mask, axis=0)))
    return As, [np.zeros((1, np.shape(mask)[1])) for mask in masks]


def _drawn_on(masks, rng, divisor):
    As = []
    for mask in masks:
        fan_in = np.maximum(np.sum(mask, axis=0), 1)
        As.append(np.where(mask, rng.normal(size=np.shape(mask)) / divisor(fan_in), 0))
    return As, [np.zeros((1, np.shape(mask)[1])) for mask in masks]


# ------------------------------------------------------------------------------ activation_scales

activation_scales = Exercise(
    nn.activation_scales,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "You have a function that returns all layers' outputs. What is left to do with each?",
        "One number for each layer, the input H_0 included: d + 1 numbers for d layers.",
        "np.std of the whole array; `forward` wants a list of activations, one for each layer.",
    ),
)


@activation_scales.public
def _():
    yield Question(
        "one layer that doubles",
        dict(
            net=([np.array([[2.0]])], [np.array([[1.0]])]),
            X=np.array([[-1.0], [1.0]]),
            act=stock.identity,
        ),
    )
    yield Question(
        "two layers of unequal widths",
        dict(
            net=(
                [np.array([[1.0, -1.0, 2.0], [0.0, 1.0, 1.0]]), np.array([[1.0], [2.0], [0.5]])],
                [np.array([[0.0, 1.0, 0.0]]), np.array([[-1.0]])],
            ),
            X=np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]]),
            act=stock.square,
        ),
    )


@activation_scales.secret
def _(rng):
    X = rng.normal(size=(6, 3)) + np.array([0.0, 5.0, -5.0])
    yield Question(
        "three layers of unequal widths",
        dict(net=_net(rng, [3, 4, 2, 5]), X=X, act=stock.tanh),
        weight=2,
    )
    yield Question(
        "a batch of one", dict(net=_net(rng, [3, 2, 4]), X=rng.normal(size=(1, 3)), act=stock.sin)
    )
    yield Question(
        "an activation that shifts the mean",
        dict(net=_net(rng, [2, 5, 3]), X=rng.normal(size=(4, 2)), act=stock.shifted_square),
    )


@activation_scales.mistake(
    "This is what you get when the input's scale is left out.",
    "The list begins with std(H_0).",
)
def input_left_out(net, X, act):
    return nn.activation_scales(net, X, act)[1:]


@activation_scales.mistake(
    "This is what you get when the scale is measured before the activation.",
    "H_j is what the layer puts out. What is std(Z_j) the scale of?",
)
def before_the_activation(net, X, act):
    H = np.asarray(X, dtype=float)
    scales = [float(H.std())]
    for A, b in zip(*net, strict=True):
        Z = H @ A + b
        scales.append(float(Z.std()))
        H = act(Z)
    return scales


@activation_scales.mistake(
    "This is what you get when a standard deviation is taken for each unit and these are averaged.",
    "Over all entries: one number for the whole array.",
)
def averaged_over_units(net, X, act):
    return [float(np.std(H, axis=0).mean()) for H in _outputs(net, X, act)]


@activation_scales.mistake(
    "This is what you get when the sum of squares is divided by one less than the number of "
    "entries.",
    "ddof is 0 here: which number does np.std divide by unless told otherwise?",
)
def one_less_in_the_denominator(net, X, act):
    return [float(np.std(H, ddof=1)) for H in _outputs(net, X, act)]


@activation_scales.mistake(
    "This is what you get when the mean isn't subtracted: the root of the mean square.",
    "A standard deviation measures the spread around the mean, wherever that is.",
)
def root_mean_square(net, X, act):
    return [float(np.sqrt(np.mean(np.square(H)))) for H in _outputs(net, X, act)]


@activation_scales.mistake(
    "This is the variance: the square root is missing.",
    "In which unit should the scale be: that of H, or of H²?",
)
def variances(net, X, act):
    return [float(np.var(H)) for H in _outputs(net, X, act)]


@activation_scales.mistake(
    "This is what you get when the last layer is left without its activation.",
    "Here act follows every layer, the last included.",
)
def output_left_linear(net, X, act):
    As, Bs = net
    hidden = _outputs((As[:-1], Bs[:-1]), X, act)
    return [float(np.std(H)) for H in [*hidden, hidden[-1] @ As[-1] + Bs[-1]]]


@activation_scales.mistake(
    "This is what you get when the biases are left out on the way.",
    "A bias moves all examples alike, and the activation then bends them at another place.",
)
def biases_left_out(net, X, act):
    As, Bs = net
    return nn.activation_scales((As, [np.zeros_like(b) for b in Bs]), X, act)


@activation_scales.mistake(
    "This is the scale of the weights, not of what the layers put out.",
    "H_j is what layer j sends on. What does X have to do with its scale?",
)
def weights_measured(net, X, act):
    return [float(np.std(X)), *(float(np.std(A)) for A in net[0])]


def _outputs(net, X, act):
    Hs = [np.asarray(X, dtype=float)]
    for A, b in zip(*net, strict=True):
        Hs.append(act(Hs[-1] @ A + b))
    return Hs


# --------------------------------------------------------------------------------- canonical_form

canonical_form = Exercise(
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


@canonical_form.public
def _():
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


@canonical_form.secret
def _(rng):
    yield Question("one hidden layer", dict(net=_net(rng, [3, 5, 2])), weight=2)
    yield Question("three hidden layers of unequal widths", dict(net=_net(rng, [2, 4, 3, 5, 2])))
    As, Bs = _net(rng, [2, 4, 3])
    As[0][:, 1], Bs[0][:, 1] = 0, 0
    yield Question("a unit without any weight or bias", dict(net=(As, Bs)))
    As, Bs = _net(rng, [3, 4, 2])
    # A power of 2 is exact, so that the normalised vectors are equal to the last bit.
    As[0][:, 2], Bs[0][:, 2] = 4 * As[0][:, 0], 4 * Bs[0][:, 0]
    As[1][0, 0], As[1][2, 0] = 2 + rng.random(), -2 - rng.random()
    yield Question("two units that differ by a factor", dict(net=(As, Bs)))
    As, Bs = _net(rng, [2, 4, 2])
    # Sevenths stay away from where the ninth decimal is rounded up or down.
    As[0][:, 1], Bs[0][:, 1] = [2 + 1e-12, 3], 6
    As[0][:, 3], Bs[0][:, 3] = [4, 6], 12
    As[1][1, 0], As[1][3, 0] = -2 - rng.random(), 2 + rng.random()
    yield Question("two units that differ in the twelfth decimal only", dict(net=(As, Bs)))
    As, Bs = _net(rng, [3, 4, 2])
    Bs[0][...] = 10 * np.abs(Bs[0])
    yield Question("large biases", dict(net=(As, Bs)))
    As, Bs = _net(rng, [2, 4, 2])
    doubling = np.array([1, 2, 4, 8])
    As[0] = np.abs(As[0][:, :1]) * doubling
    Bs[0] = np.abs(Bs[0][:, :1]) * doubling * [-1, 1, -1, 1]
    yield Question("units that only their biases tell apart", dict(net=(As, Bs)))
    yield Question("no hidden layer", dict(net=_net(rng, [3, 2])), weight=0.5)


def _canonical(
    net,
    *,
    scale=True,
    bias=True,
    order="after",
    bias_first=False,
    key=list,
    rounded=True,
    ties=True,
    undo=True,
    first_only=False,
):
    """Compute the canonical form, with one step done wrongly."""
    As, Bs = _copy(net)
    for j in range(1, 2 if first_only and len(As) > 1 else len(As)):
        vectors = np.vstack([As[j - 1], Bs[j - 1]])
        before = vectors.copy()
        measured = vectors if bias else As[j - 1]
        norm = np.sqrt((measured**2).sum(axis=0)) if scale else np.ones(vectors.shape[1])
        safe = np.where(norm > 0, norm, 1)
        As[j - 1] = As[j - 1] / safe
        Bs[j - 1] = Bs[j - 1] / safe
        As[j] = As[j] * (norm if undo else 1 / safe)[:, None]
        parts = [Bs[j - 1], As[j - 1]] if bias_first else [As[j - 1], Bs[j - 1]]
        vectors = np.vstack(parts) if order == "after" else before
        keys = np.hstack([vectors.T, As[j]]) if ties else vectors.T
        keys = [key(unit) for unit in (np.round(keys, 9) if rounded else keys).tolist()]
        if order:
            perm = sorted(range(len(keys)), key=keys.__getitem__)
            As[j - 1], Bs[j - 1], As[j] = As[j - 1][:, perm], Bs[j - 1][:, perm], As[j][perm]
    return As, Bs


@canonical_form.mistake(
    "This is what you get when the units are sorted before they are normalised: two nets that "
    "differ by a rescaling end in different orders.",
    "Which of the two steps depends on the other? Rescale one unit by 100 and look at the order.",
)
def sorted_before_normalised(net):
    return _canonical(net, order="before")


@canonical_form.mistake(
    "This is what you get when the units are sorted by their biases before their weights.",
    "In which order does a unit's vector hold its weights and its bias?",
)
def bias_compared_first(net):
    return _canonical(net, bias_first=True)


@canonical_form.mistake(
    "This is what you get when the norm leaves the bias out.",
    "Rescaling changes weights and bias together, so the vector to normalise has both.",
)
def norm_without_bias(net):
    return _canonical(net, bias=False)


@canonical_form.mistake(
    "This is what you get when the outgoing weights are divided by the norm as well.",
    "The unit now sends 1/norm of what it sent. What must its outgoing weights do?",
)
def outgoing_divided(net):
    return _canonical(net, undo=False)


@canonical_form.mistake(
    "This is what you get when the units are not put in order.",
    "Rescaling is used up; which freedom is left?",
)
def not_sorted(net):
    return _canonical(net, order=None)


@canonical_form.mistake(
    "This is what you get when the units are sorted but not normalised.",
    "Permutation is used up; which freedom is left?",
)
def not_normalised(net):
    return _canonical(net, scale=False)


@canonical_form.mistake(
    "This is what you get when the units are put in descending order.",
    "Ascending: the smallest vector first.",
)
def descending(net):
    return _canonical(net, key=lambda vector: [-number for number in vector])


@canonical_form.mistake(
    "This is what you get when the units are sorted by the last entry of their vectors first, as "
    "np.lexsort does with its last key.",
    "Lexicographic: the first entry decides, and the next only where those are equal.",
)
def last_entry_first(net):
    As, Bs = _copy(net)
    for j in range(1, len(As)):
        vectors = np.vstack([As[j - 1], Bs[j - 1]])
        norm = np.sqrt((vectors**2).sum(axis=0))
        As[j] = As[j] * norm[:, None]
        vectors = vectors / np.where(norm > 0, norm, 1)
        perm = np.lexsort(np.round(vectors, 9))
        As[j - 1], Bs[j - 1], As[j] = vectors[:-1, perm], vectors[-1:, perm], As[j][perm]
    return As, Bs


@canonical_form.mistake(
    "This is what you get when the vector is scaled to sum 1 of absolute values: the wrong norm.",
    "Euclidean norm: the root of the sum of squares.",
)
def other_norm(net):
    As, Bs = _copy(net)
    for j in range(1, len(As)):
        norm = np.abs(np.vstack([As[j - 1], Bs[j - 1]])).sum(axis=0)
        safe = np.where(norm > 0, norm, 1)
        As[j - 1], Bs[j - 1], As[j] = As[j - 1] / safe, Bs[j - 1] / safe, As[j] * norm[:, None]
        keys = np.round(np.hstack([As[j - 1].T, Bs[j - 1].T, As[j]]), 9).tolist()
        perm = sorted(range(len(keys)), key=keys.__getitem__)
        As[j - 1], Bs[j - 1], As[j] = As[j - 1][:, perm], Bs[j - 1][:, perm], As[j][perm]
    return As, Bs


@canonical_form.mistake(
    "This is what you get when the zero vector is divided by its norm: 0/0 is nan.",
    "What is said about a unit whose vector is all zero?",
)
def zero_vector_divided(net):
    As, Bs = _copy(net)
    for j in range(1, len(As)):
        vectors = np.vstack([As[j - 1], Bs[j - 1]])
        norm = np.sqrt((vectors**2).sum(axis=0))
        with np.errstate(all="ignore"):
            vectors = vectors / norm
        As[j] = As[j] * norm[:, None]
        keys = np.round(np.hstack([vectors.T, As[j]]), 9).tolist()
        perm = sorted(range(len(keys)), key=keys.__getitem__)
        As[j - 1], Bs[j - 1], As[j] = vectors[:-1, perm], vectors[-1:, perm], As[j][perm]
    return As, Bs


@canonical_form.mistake(
    "This is what you get when a unit that is all zero keeps its outgoing weights.",
    "It sends nothing, whatever they are: two nets that differ only there compute the same.",
)
def zero_unit_keeps_outgoing(net):
    As, Bs = _copy(net)
    for j in range(1, len(As)):
        vectors = np.vstack([As[j - 1], Bs[j - 1]])
        norm = np.sqrt((vectors**2).sum(axis=0))
        safe = np.where(norm > 0, norm, 1)
        vectors, As[j] = vectors / safe, As[j] * safe[:, None]
        keys = np.round(np.hstack([vectors.T, As[j]]), 9).tolist()
        perm = sorted(range(len(keys)), key=keys.__getitem__)
        As[j - 1], Bs[j - 1], As[j] = vectors[:-1, perm], vectors[-1:, perm], As[j][perm]
    return As, Bs


@canonical_form.mistake(
    "This is what you get when only the first hidden layer is brought to its form.",
    "Hidden layers from the first to the last.",
)
def first_layer_only(net):
    return _canonical(net, first_only=True)


@canonical_form.mistake(
    "This is what you get when the layers are brought to their form from the last to the first: "
    "the earlier layer then disturbs the later one again.",
    "Outgoing weights of layer 1 are incoming weights of layer 2. Which layer has to be finished "
    "first?",
)
def last_layer_first(net):
    As, Bs = _copy(net)
    for j in reversed(range(1, len(As))):
        # The canonical form of the two layers around hidden layer j alone.
        As[j - 1 : j + 1], Bs[j - 1 : j + 1] = nn.canonical_form(
            (As[j - 1 : j + 1], Bs[j - 1 : j + 1])
        )
    return As, Bs


@canonical_form.mistake(
    "This is what you get when the vectors are compared to the last digit: rounding errors then "
    "decide about the order.",
    "Compare what is left of the vectors after rounding to 9 decimals, but keep the vectors.",
)
def compared_without_rounding(net):
    return _canonical(net, rounded=False)


@canonical_form.mistake(
    "This is what you get when units with equal vectors stay in their old order.",
    "What else can tell two units apart that see the same?",
)
def ties_left_in_old_order(net):
    return _canonical(net, ties=False)


@canonical_form.mistake(
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
