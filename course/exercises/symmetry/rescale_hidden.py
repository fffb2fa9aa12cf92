"""Questions and known mistakes of `rescale_hidden`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.symmetry.samples import SMALL, copied, random_net
from course.nn import symmetry as nn

exercise = Exercise(
    nn.rescale_hidden,
    points=3,
    minutes=15,
    difficulty=3,
    hints=(
        "ReLU lets a positive factor through: [αz]₊ = α[z]₊. How can you turn z into αz, and what "
        "undoes the factor after the ReLU?",
        "z = w·x + b. To turn z into αz, multiply both w and b by α. After the unit come its "
        "outgoing weights, a row of the next matrix.",
        "Three places change: a column of A_j, an entry of b_j and a row of A_{j+1}. There is no "
        "way to do it for α ≤ 0, so raise the error first.",
    ),
)


@exercise.public
def public():
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


@exercise.secret
def secret(rng):
    def alpha():
        return float(rng.uniform(2, 5))

    yield Question(
        "a unit of the only hidden layer",
        dict(net=random_net(rng, [3, 4, 2]), j=1, unit=2, alpha=alpha()),
    )
    yield Question(
        "the first unit of the second hidden layer",
        dict(net=random_net(rng, [2, 3, 4, 2]), j=2, unit=0, alpha=1 / alpha()),
    )
    yield Question(
        "the last unit of the first of three hidden layers",
        dict(net=random_net(rng, [4, 3, 2, 3, 1]), j=1, unit=2, alpha=alpha()),
    )
    yield Question(
        "as many inputs as hidden units and outputs",
        dict(net=random_net(rng, [3, 3, 3]), j=1, unit=1, alpha=alpha()),
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
        dict(net=random_net(rng, [2, 3, 2]), j=1, unit=0, alpha=-alpha()),
        weight=0.5,
    )
    yield Question(
        "the factor 0", dict(net=random_net(rng, [2, 3, 2]), j=1, unit=0, alpha=0.0), weight=0.25
    )


@exercise.mistake(
    "The bias is not rescaled, so ReLU now bends in a different place.",
    "α(w·x) + b is not α(w·x + b).",
)
def bias_not_rescaled(net, j, unit, alpha):
    As, Bs = nn.rescale_hidden(net, j, unit, alpha)
    Bs[j - 1][:, unit] = net[1][j - 1][:, unit]
    return As, Bs


@exercise.mistake(
    "This follows the slide to the letter: no bias is rescaled, and alpha ≤ 0 is let through.",
    "The slide is imprecise in two places. What belongs to z besides the weights, and which α does "
    "ReLU let through?",
)
def slide_to_the_letter(net, j, unit, alpha):
    As, Bs = any_alpha_let_through(net, j, unit, alpha)
    Bs[j - 1][:, unit] = net[1][j - 1][:, unit]
    return As, Bs


@exercise.mistake(
    "The outgoing weights are multiplied by alpha as well.",
    "The unit already sends α times as much. How must its outgoing weights change so that the next "
    "layer sees no difference?",
)
def alpha_on_both_layers(net, j, unit, alpha):
    As, Bs = nn.rescale_hidden(net, j, unit, alpha)
    As[j][unit, :] *= alpha**2
    return As, Bs


@exercise.mistake(
    "The outgoing weights are unchanged.",
    "What does the next layer see after the change, and what did it see before?",
)
def outgoing_not_divided(net, j, unit, alpha):
    As, Bs = nn.rescale_hidden(net, j, unit, alpha)
    As[j] = np.array(net[0][j], dtype=float)
    return As, Bs


@exercise.mistake(
    "Incoming weights are divided by alpha and outgoing ones multiplied: the function stays the "
    "same, but this is the inverse of what is expected.",
    "Which side should grow if α is 2?",
)
def alpha_the_wrong_way_round(net, j, unit, alpha):
    return nn.rescale_hidden(net, j, unit, 1 / alpha) if alpha > 0 else _refuse()


@exercise.mistake(
    "The whole layer is rescaled, not just the one unit.",
    "Which column of A_j belongs to the unit, and which row of A_{j+1}?",
)
def whole_layer_rescaled(net, j, unit, alpha):
    As, Bs = copied(net)
    if alpha <= 0:
        _refuse()
    As[j - 1], Bs[j - 1], As[j] = As[j - 1] * alpha, Bs[j - 1] * alpha, As[j] / alpha
    return As, Bs


@exercise.mistake(
    "alpha ≤ 0 is let through, but then the net computes another function.",
    "[αz]₊ = α[z]₊ for which α? Try α = -1, z = 1.",
)
def any_alpha_let_through(net, j, unit, alpha):
    As, Bs = copied(net)
    As[j - 1][:, unit] *= alpha
    Bs[j - 1][:, unit] *= alpha
    with np.errstate(all="ignore"):
        As[j][unit, :] /= alpha
    return As, Bs


@exercise.mistake(
    "alpha = 0 is let through, but a unit that is switched off can't be switched on again behind "
    "it.",
    "Which α are allowed: α ≥ 0 or α > 0?",
)
def zero_let_through(net, j, unit, alpha):
    if alpha < 0:
        _refuse()
    return any_alpha_let_through(net, j, unit, alpha)


@exercise.mistake(
    "The units are counted from 1: the unit before was rescaled.",
    "Here layers count from 1; units, like everything else in Python, count from 0.",
)
def units_counted_from_1(net, j, unit, alpha):
    return nn.rescale_hidden(net, j, (unit - 1) % np.shape(net[0][j])[0], alpha)


@exercise.mistake(
    "The layers are counted from 0: a unit of the next layer was rescaled, or there was none.",
    "Hidden layers count from 1, the list As from 0. Which entry of As is A_1?",
)
def next_layer_rescaled(net, j, unit, alpha):
    if alpha <= 0:
        _refuse()
    As, Bs = copied(net)
    As[j][:, unit] *= alpha
    Bs[j][:, unit] *= alpha
    As[j + 1][unit, :] /= alpha
    return As, Bs


@exercise.mistake(
    "Results are written into arrays of whole numbers, which drop everything after the decimal "
    "point.",
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


@exercise.mistake(
    "An array of whole numbers is changed in place, but NumPy refuses to put a float into it.",
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


@exercise.mistake(
    "A row of A_j and a column of A_{j+1} are changed: rows and columns are swapped.",
    "In the course's convention, a neuron's incoming weights are in a column.",
)
def rows_and_columns_exchanged(net, j, unit, alpha):
    As, Bs = copied(net)
    if alpha <= 0:
        _refuse()
    As[j - 1][unit, :] *= alpha
    Bs[j - 1][:, unit] *= alpha
    As[j][:, unit] /= alpha
    return As, Bs


@exercise.mistake(
    "The answer is right, but the net that was passed in is rescaled too.",
    "`*=` writes into the caller's array. Work on a copy.",
)
def callers_net_rescaled(net, j, unit, alpha):
    new = nn.rescale_hidden(net, j, unit, alpha)
    for arrays, fresh in zip(net, new, strict=True):
        for old, array in zip(arrays, fresh, strict=True):
            old[...] = array
    return new


def _refuse():
    raise ValueError("alpha: expected a number above 0")
