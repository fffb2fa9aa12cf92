"""Questions and known mistakes of `rescale_hidden`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.symmetry.samples import SMALL, random_net
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
        "the second unit of the second hidden layer",
        dict(net=random_net(rng, [2, 3, 4, 2]), j=2, unit=1, alpha=1 / alpha()),
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
        weight=0.12,
    )
    yield Question(
        "the factor 0", dict(net=random_net(rng, [2, 3, 2]), j=1, unit=0, alpha=0.0), weight=0.1
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def on_a_copy(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("expected a number above 0")
    As = [np.array(A, dtype=float) for A in net[0]]
    Bs = [np.array(b, dtype=float) for b in net[1]]
    As[j - 1][:, unit] *= alpha
    Bs[j - 1][:, unit] *= alpha
    As[j][unit] /= alpha
    return As, Bs


@exercise.writing
def assigned(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("expected a number above 0")
    As = [np.array(A, dtype=float) for A in net[0]]
    Bs = [np.array(b, dtype=float) for b in net[1]]
    As[j - 1][:, unit] = As[j - 1][:, unit] * alpha
    Bs[j - 1][:, unit] = Bs[j - 1][:, unit] * alpha
    As[j][unit] = As[j][unit] / alpha
    return As, Bs


exercise.idea(
    "bias_not_rescaled",
    "The bias is not rescaled, so ReLU now bends in a different place.",
    "α(w·x) + b is not α(w·x + b).",
    {"Bs[j - 1][:, unit] *= alpha": "pass"},
    {"Bs[j - 1][:, unit] = Bs[j - 1][:, unit] * alpha": "pass"},
)
exercise.idea(
    "bias_divided",
    "The bias is divided by alpha, but it is on the incoming side.",
    "α(w·x + b) = α(w·x) + … what?",
    {"Bs[j - 1][:, unit] *= alpha": "Bs[j - 1][:, unit] /= alpha"},
    {"Bs[j - 1][:, unit] * alpha": "Bs[j - 1][:, unit] / alpha"},
)
exercise.idea(
    "incoming_not_multiplied",
    "The incoming weights are unchanged.",
    "For z to become αz, what has to happen to the weights in z = w·x + b?",
    {"As[j - 1][:, unit] *= alpha": "pass"},
    {"As[j - 1][:, unit] = As[j - 1][:, unit] * alpha": "pass"},
)
exercise.idea(
    "alpha_on_both_layers",
    "The outgoing weights are multiplied by alpha as well.",
    "The unit already sends α times as much. How must its outgoing weights change so that the next "
    "layer sees no difference?",
    {"As[j][unit] /= alpha": "As[j][unit] *= alpha"},
    {"As[j][unit] / alpha": "As[j][unit] * alpha"},
)
exercise.idea(
    "outgoing_not_divided",
    "The outgoing weights are unchanged.",
    "What does the next layer see after the change, and what did it see before?",
    {"As[j][unit] /= alpha": "pass"},
    {"As[j][unit] = As[j][unit] / alpha": "pass"},
)
exercise.idea(
    "alpha_the_wrong_way_round",
    "alpha is used the wrong way round: incoming weights are divided by it and outgoing ones "
    "multiplied.",
    "Which side should grow if α is 2?",
    {
        "As[j - 1][:, unit] *= alpha": "As[j - 1][:, unit] /= alpha",
        "Bs[j - 1][:, unit] *= alpha": "Bs[j - 1][:, unit] /= alpha",
        "As[j][unit] /= alpha": "As[j][unit] *= alpha",
    },
)
exercise.idea(
    "whole_layer_rescaled",
    "The whole layer is rescaled, not just the one unit.",
    "Which column of A_j belongs to the unit, and which row of A_{j+1}?",
    {
        "As[j - 1][:, unit] *= alpha": "As[j - 1] *= alpha",
        "Bs[j - 1][:, unit] *= alpha": "Bs[j - 1] *= alpha",
        "As[j][unit] /= alpha": "As[j] /= alpha",
    },
)
exercise.idea(
    "all_outgoing_divided",
    "All of A_{j+1} is divided by alpha, not just the unit's own row.",
    "Which of the weights in A_{j+1} leave this unit?",
    {"As[j][unit] /= alpha": "As[j] /= alpha"},
    {"As[j][unit] = As[j][unit] / alpha": "As[j] = As[j] / alpha"},
)
exercise.idea(
    "all_biases_multiplied",
    "All of b_j is multiplied by alpha, not just the unit's own entry.",
    "Which entry of b_j belongs to the unit?",
    {"Bs[j - 1][:, unit] *= alpha": "Bs[j - 1] *= alpha"},
    {"Bs[j - 1][:, unit] = Bs[j - 1][:, unit] * alpha": "Bs[j - 1] = Bs[j - 1] * alpha"},
)
exercise.idea(
    "any_alpha_let_through",
    "alpha ≤ 0 is let through: no error is raised, and the net computes another function.",
    "[αz]₊ = α[z]₊ for which α? Try α = -1, z = 1.",
    {"if alpha <= 0:": "if False:"},
)
exercise.idea(
    "zero_let_through",
    "alpha = 0 is let through, and then the outgoing weights are divided by 0.",
    "Which α are allowed: α ≥ 0 or α > 0?",
    {"alpha <= 0": "alpha < 0"},
)
exercise.idea(
    "negative_let_through",
    "alpha < 0 is let through, but then the net computes another function.",
    "[αz]₊ = α[z]₊ for which α? Try α = -1, z = 1.",
    {"alpha <= 0": "alpha == 0"},
)
exercise.idea(
    "no_error_raised",
    "For alpha ≤ 0 the function returns instead of raising a ValueError.",
    "`raise ValueError(...)` stops the function; print and return don't tell the caller that "
    "something is wrong.",
    {'raise ValueError("expected a number above 0")': "return net"},
    {'raise ValueError("expected a number above 0")': "return None"},
)
exercise.idea(
    "units_counted_from_1",
    "Off by one: the units are counted from 1, so the unit before is rescaled.",
    "Here layers count from 1; units, like everything else in Python, count from 0.",
    {
        "As[j - 1][:, unit] *= alpha": "As[j - 1][:, unit - 1] *= alpha",
        "Bs[j - 1][:, unit] *= alpha": "Bs[j - 1][:, unit - 1] *= alpha",
        "As[j][unit] /= alpha": "As[j][unit - 1] /= alpha",
    },
)
exercise.idea(
    "next_layer_rescaled",
    "Off by one: the layers are counted from 0, so a unit of the next one is rescaled, or there "
    "is none.",
    "Hidden layers count from 1, the list As from 0. Which entry of As is A_1?",
    {
        "As[j - 1][:, unit] *= alpha": "As[j][:, unit] *= alpha",
        "Bs[j - 1][:, unit] *= alpha": "Bs[j][:, unit] *= alpha",
        "As[j][unit] /= alpha": "As[j + 1][unit] /= alpha",
    },
)
exercise.idea(
    "next_bias_rescaled",
    "Off by one for the bias: one of the next layer is rescaled, or there is none at this place.",
    "Hidden layers count from 1, the list Bs from 0. Which entry of Bs is b_1?",
    {"Bs[j - 1][:, unit] *= alpha": "Bs[j][:, unit] *= alpha"},
)
exercise.idea(
    "bias_row_taken_for_flat",
    "b_j is indexed as if it were flat, but it is a row of shape (1, m): its first index counts "
    "rows.",
    "Bs[j - 1][i] is row `i`. How do you index a column?",
    {"Bs[j - 1][:, unit] *= alpha": "Bs[j - 1][unit] *= alpha"},
    {"Bs[j - 1][:, unit] = Bs[j - 1][:, unit] *": "Bs[j - 1][unit] = Bs[j - 1][unit] *"},
)
exercise.idea(
    "row_of_incoming",
    "A row of A_j is multiplied, but that belongs to a unit of the layer before.",
    "In the course's convention, a neuron's incoming weights are in a column.",
    {"As[j - 1][:, unit] *= alpha": "As[j - 1][unit] *= alpha"},
    {"As[j - 1][:, unit] = As[j - 1][:, unit] *": "As[j - 1][unit] = As[j - 1][unit] *"},
)
exercise.idea(
    "column_of_outgoing",
    "A column of A_{j+1} is divided, but that belongs to a unit of the next layer.",
    "Where are a unit's outgoing weights: in a row or in a column of A_{j+1}?",
    {"As[j][unit] /= alpha": "As[j][:, unit] /= alpha"},
    {"As[j][unit] = As[j][unit] /": "As[j][:, unit] = As[j][:, unit] /"},
)
exercise.idea(
    "whole_numbers_kept_whole",
    "The copy of an array of whole numbers keeps its integer type, so it can't hold a fraction.",
    "A copy of an array of integers is an array of integers. What kind of array can hold 0.5?",
    {"np.array(A, dtype=float)": "np.array(A)", "np.array(b, dtype=float)": "np.array(b)"},
)
exercise.idea(
    "callers_net_rescaled",
    "The caller's own net is rescaled in place.",
    "`*=` and an assignment to a part of an array write into the caller's array, even if the list "
    "is a copy. Copy the arrays.",
    {
        "[np.array(A, dtype=float) for A in net[0]]": "list(net[0])",
        "[np.array(b, dtype=float) for b in net[1]]": "list(net[1])",
    },
)
