"""The suspects of `hunt_sigmoid`, and what careless examples have in common."""

import numpy as np

from course.exercises.engine import Hunt, Question, forms
from course.exercises.neuron import sigmoid
from course.nn import neuron as nn

exercise = Hunt(
    nn.hunt_sigmoid,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "For which z do you know σ(z) by heart? And for which does e^{-z} become a simple "
        "fraction?",
        "σ(log 3) = 1/(1 + 1/3) = 0.75, and σ(−z) = 1 − σ(z). Far out you know the result without "
        "computing: what are σ(1000) and σ(−1000), to three decimals?",
        "Some suspects are right for every z above 0, some for every z below; some fail only for "
        "an array, some only for a single number, one only for an array of whole numbers, such as "
        "[0, 1000]. One array can hold several of these cases at once.",
    ),
    hunted=sigmoid.exercise,
    wanted={
        "minus_in_the_exponent_lost": "loses the minus in the exponent",
        "same_numerator_on_both_sides": "computes 1/(1 + e^{-|z|})",
        "small_numerator_on_both_sides": "computes e^{-|z|}/(1 + e^{-|z|})",
        "overflows_on_the_left": "takes e^{-z} for every z, however far to the left",
        "infinity_over_infinity_on_the_right": "divides e^z by 1 + e^z, however far to the right",
        "step_instead": "knows only 0 and 1: a step",
        "twice_as_steep": "is twice as steep as it should be",
        "softmax_instead": "divides by the sum over all entries: a softmax",
        "one_choice_for_all_entries": "chooses between two formulas with a plain `if`",
        "entries_picked_from_a_number": "picks entries, so that z has to be an array",
        "cut_to_whole_numbers": "writes its results into an array of the same type as z",
        "overwrites_its_argument": "writes its results into z itself",
    },
    forms={"z": forms.number_or_row(6)},
    expects=True,
)


@exercise.asks
def asks(z):
    yield Question("example", {"z": z}, warning_free=True)


def _all(condition):
    return lambda z: bool(np.all(condition(np.asarray(z))))


@exercise.habit(
    "Every number in your examples is 0.",
    "At 0 the sign of z doesn't matter. How many of the suspects give 0.5 there?",
    when=_all(lambda z: z == 0),
    hides=(
        "minus_in_the_exponent_lost",
        "same_numerator_on_both_sides",
        "small_numerator_on_both_sides",
        "twice_as_steep",
        "overflows_on_the_left",
        "infinity_over_infinity_on_the_right",
    ),
)
def nothing_but_zero():
    return [({"z": 0.0}, 0.5), ({"z": [0.0, 0.0]}, [0.5, 0.5])]


@exercise.habit(
    "No number in your examples is below 0.",
    "A suspect may be right on the whole right side. What do you know of σ on the left?",
    when=_all(lambda z: z >= 0),
    hides=("same_numerator_on_both_sides", "overflows_on_the_left"),
)
def nothing_below_zero():
    return [
        ({"z": 0.0}, 0.5),
        ({"z": [np.log(3), 1000.0]}, [0.75, 1.0]),
        ({"z": [0, 50]}, [0.5, 1]),
    ]


@exercise.habit(
    "No number in your examples is above 0.",
    "A suspect may be right on the whole left side. What do you know of σ on the right?",
    when=_all(lambda z: z <= 0),
    hides=("small_numerator_on_both_sides", "infinity_over_infinity_on_the_right"),
)
def nothing_above_zero():
    return [({"z": 0.0}, 0.5), ({"z": [-np.log(3), -1000.0]}, [0.25, 0.0])]


@exercise.habit(
    "Your values are too tame: e^z and e^{-z} are finite for all of them.",
    "From about 710 on, e^z is too large for a float. You know σ there without computing.",
    when=_all(lambda z: abs(z) < 700),
    hides=("overflows_on_the_left", "infinity_over_infinity_on_the_right"),
)
def values_too_tame_to_overflow():
    return [({"z": 0.0}, 0.5), ({"z": [np.log(3), -np.log(3)]}, [0.75, 0.25])]


@exercise.habit(
    "Each of your examples is a single number.",
    "z may be an array, too. What could go wrong with several numbers at once?",
    when=lambda z: np.ndim(z) == 0,
    hides=("one_choice_for_all_entries", "overwrites_its_argument", "cut_to_whole_numbers"),
)
def numbers_only():
    return [({"z": 0.0}, 0.5), ({"z": -1000.0}, 0.0), ({"z": 1000.0}, 1.0)]


@exercise.habit(
    "Each of your examples is an array.",
    "z may be a single number, too. What could go wrong with it?",
    when=lambda z: np.ndim(z) > 0,
    hides=("entries_picked_from_a_number",),
)
def arrays_only():
    return [
        ({"z": [np.log(3), -np.log(3), 1000.0, -1000.0]}, [0.75, 0.25, 1.0, 0.0]),
        ({"z": [0, 100]}, [0.5, 1.0]),
    ]
