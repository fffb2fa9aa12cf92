"""The suspects of `hunt_initialise`, and what careless examples have in common."""

from itertools import pairwise
from typing import Any

import numpy as np

from course.exercises.engine import Hunt, Question, forms
from course.exercises.engine.registry import PROPERTIES
from course.exercises.symmetry import initialise
from course.nn import symmetry as nn

# How far a layer's standard deviation may be from in(v)^{-1/2} before the test sounds the alarm.
TOLERANCE = 0.05
MOST_NUMBERS = 20_000

exercise = Hunt(
    nn.hunt_initialise,
    points=2,
    minutes=15,
    difficulty=3,
    hints=(
        "Choose the widths first: for which widths do in(v) and out(v), or a variance and its "
        "root, make no difference?",
        "The standard deviation of N random numbers is itself random: it is off by about "
        "1/√(2N) of its value. For 200 numbers that is 5 percent, so a right function fails the "
        "test one time in three.",
        "The alarm must stay silent five times in a row for every layer, so 5 percent should be "
        "three or four times 1/√(2N). How large is N for the smallest of your layers, and how "
        "many draws make that many?",
    ),
    hunted=initialise.exercise,
    wanted={
        "variance_for_deviation": "takes in(v)^{-1/2} for the variance",
        "root_lost": "divides by in(v), not by its root",
        "fan_out_for_fan_in": "divides by the root of out(v), the layer's own width",
        "not_scaled": "scales nothing",
        "he_initialisation": "draws with He's standard deviation, √(2 / in(v))",
        "glorot_initialisation": "draws with Glorot's, √(2 / (in(v) + out(v)))",
        "uniform_and_positive": "draws numbers between 0 and 1",
        "constant_weights": "gives all weights of a layer the same value",
        "last_layer_missing": "leaves out the last layer",
    },
    forms={"dims": forms.whole_numbers(1, 50, 2, 4), "draws": forms.whole(1, 500)},
    most=2,
)


@exercise.asks
def asks(dims, draws):
    numbers = draws * sum(m * n for m, n in pairwise(dims))
    if numbers > MOST_NUMBERS:
        raise ValueError(f"expected at most {MOST_NUMBERS} weights in all draws, got {numbers}")
    yield Question(
        "example",
        {"dims": dims, "draws": draws, "rng": np.random.default_rng(draws)},
        call="spreads",
        judged_by="alarms_over_spreads",
        known_answer={"layers": len(dims) - 1, "alarms": [False] * (len(dims) - 1)},
    )


@PROPERTIES.register
def alarms_over_spreads(answer: Any, args: dict) -> dict:
    """The number of layers, and for each whether any of the repetitions sounds the alarm."""
    spreads = np.array(answer, dtype=float)
    right = np.array(args["dims"][:-1], dtype=float)[: spreads.shape[1]] ** -0.5
    off = np.abs(spreads - right) > TOLERANCE * right
    return {"layers": spreads.shape[1], "alarms": off.any(axis=0).tolist()}


@exercise.habit(
    "The widths of each of your nets are equal.",
    "Which suspects look at the wrong width?",
    when=lambda dims, draws: len(set(dims)) == 1,
    hides=("fan_out_for_fan_in", "glorot_initialisation"),
)
def widths_are_equal():
    return [{"dims": [5, 5], "draws": 200}, {"dims": [8, 8, 8], "draws": 100}]


@exercise.habit(
    "In each of your layers the units have a single input.",
    "1 is its own root. For which in(v) do 1/in(v) and its root differ?",
    when=lambda dims, draws: set(dims[:-1]) == {1},
    hides=("variance_for_deviation", "root_lost", "not_scaled"),
)
def one_input_each():
    return [{"dims": [1, 20], "draws": 200}]
