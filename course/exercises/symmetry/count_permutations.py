"""Questions and known mistakes of `count_permutations`."""

import functools
import math
import operator

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import symmetry as nn

exercise = Exercise(
    nn.count_permutations,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "In how many orders can you put three units? And the units of two layers, each layer on "
        "its own?",
        "m units have m! orders, and the choices for different layers multiply. Inputs and outputs "
        "keep their places.",
        "math.factorial gives exact integers, however large. dims[1:-1] are the hidden widths.",
    ),
)


@exercise.public
def public():
    yield Question("the lecture's net", dict(dims=[5, 3, 3, 2]))
    yield Question("one hidden layer of four", dict(dims=[2, 4, 1]))
    yield Question("no hidden layer", dict(dims=[3, 2]))
    yield Question("a hidden layer of 25", dict(dims=[2, 25, 1]))
    yield Question("two hidden layers, of 15 and 16", dict(dims=[2, 15, 16, 1]))


@exercise.secret
def secret(rng):
    yield Question(
        "three unequal hidden layers",
        dict(dims=[3, *rng.choice([2, 3, 4, 5, 6], 3, replace=False).tolist(), 2]),
    )
    yield Question("one hidden layer", dict(dims=[6, int(rng.integers(3, 8)), 5]))
    yield Question("no hidden layer at all", dict(dims=[4, 3]), weight=0.2)
    yield Question(
        "so many that a float is not exact", dict(dims=[9, 30, int(rng.integers(20, 28)), 9])
    )
    yield Question(
        "two hidden layers with many orders in all",
        dict(dims=[3, *rng.integers(15, 20, size=2).tolist(), 2]),
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def by_factorial(dims):
    count = 1
    for m in dims[1:-1]:
        count *= math.factorial(m)
    return count


@exercise.writing
def counting_up(dims):
    count = 1
    for m in dims[1:-1]:
        for place in range(1, m + 1):
            count *= place
    return count


@exercise.writing
def product_of_a_list(dims):
    orders = [math.factorial(m) for m in dims[1:-1]]
    return math.prod(orders)


@exercise.writing(ideas=("overflowed",))
def numpys_product(dims):
    orders = [math.factorial(m) for m in dims[1:-1]]
    return np.prod(orders)


@exercise.writing(ideas=("overflowed",))
def numpys_product_for_each_layer(dims):
    count = 1
    for m in dims[1:-1]:
        count *= int(np.prod(np.arange(1, m + 1)))
    return count


@exercise.writing(ideas=("empty_product",))
def reduced(dims):
    orders = [math.factorial(m) for m in dims[1:-1]]
    return functools.reduce(operator.mul, orders)


exercise.idea(
    "inputs_and_outputs_too",
    "The first and last widths (inputs and outputs) are counted too.",
    "Inputs and outputs have meanings, so they keep their order. Which layers are free?",
    {"dims[1:-1]": "dims"},
)
exercise.idea(
    "outputs_too",
    "The last width (the outputs) is counted too.",
    "Outputs have meanings, so they keep their order. Which layers are free?",
    {"dims[1:-1]": "dims[1:]"},
)
exercise.idea(
    "inputs_too",
    "The first width (the inputs) is counted too.",
    "Inputs have meanings, so they keep their order. At which place of dims are they?",
    {"dims[1:-1]": "dims[:-1]"},
)
exercise.idea(
    "layer_left_out",
    "A hidden layer is left out, the first or the last.",
    "Which of the widths in dims are hidden, and which of them does your function visit?",
    {"dims[1:-1]": "dims[1:-2]"},
    {"dims[1:-1]": "dims[2:-1]"},
)
exercise.idea(
    "layers_added",
    "The layers' counts are added, not multiplied.",
    "For every order of the first layer, every order of the second is possible.",
    {"count = 1": "count = 0", "count *= math": "count += math"},
    {"count *= math": "count += math"},
)
exercise.idea(
    "units_change_their_layer",
    "One factorial is taken of the sum of the hidden widths, (m_1 + m_2 + …)!, as if units could "
    "move to another layer.",
    "A unit of layer 1 has edges from the input. Could it be in layer 2?",
    {"for m in dims[1:-1]]": "for m in [sum(dims[1:-1])]]"},
)
exercise.idea(
    "product_of_widths",
    "This is the product of the widths, not of the numbers of orders.",
    "Three units have more than three orders. List them.",
    {"count *= math.factorial(m)": "count *= m"},
)
exercise.idea(
    "sum_of_widths",
    "This is the sum of the widths, not the product of the numbers of orders.",
    "Three units have more than three orders. List them.",
    {"count = 1": "count = 0", "count *= math.factorial(m)": "count += m"},
)
exercise.idea(
    "powers_of_widths",
    "This is m to the power of m (`m**m`) for each layer, as if a unit could be at several places.",
    "After the first unit has its place, how many places are left for the second?",
    {"math.factorial(m) for": "m**m for"},
)
exercise.idea(
    "one_factor_too_few",
    "Off by one: for each layer this is (m − 1)!, one factor too few.",
    "range stops before its end. Which number is the last one that it gives?",
    {"math.factorial(m)": "math.factorial(m - 1)"},
)
exercise.idea(
    "first_layer_only",
    "Only the first hidden layer is counted, as with a `return` inside the loop.",
    "Should `return` be indented as far as the line before?",
    {"count *= math.factorial(m)\n    return count": "count *= math.factorial(m)\nreturn count"},
    {"count *= math.factorial(m)": "count *= math.factorial(m)\nbreak"},
)
exercise.idea(
    "last_layer_only",
    "Only the last hidden layer is counted, as if each one overwrote the product.",
    "`=` or `*=`?",
    {"count *= math.factorial(m)": "count = math.factorial(m)"},
)
exercise.idea(
    "empty_product",
    "The case without a hidden layer is forgotten: the empty product isn't 1 here.",
    "The net itself is one net. What does a product begin with?",
    {"math.prod(orders)": "math.prod(orders) if orders else 0"},
)
exercise.idea(
    "counted_in_floats",
    "The count goes through a float, which has only 16 digits, so large counts are rounded.",
    "An exact integer is expected. Which step turned it into a float?",
    {"math.prod(orders)": "float(math.prod(orders))"},
    {"math.prod(orders)": "int(float(math.prod(orders)))"},
    {"count = 1": "count = 1.0", "return count": "return int(count)"},
    {
        "count = 1": "count = 1.0",
        "math.factorial(m)": "math.gamma(m + 1)",
        "return count": "return int(count)",
    },
)
exercise.idea(
    "overflowed",
    "NumPy's 64-bit integers overflow: they wrap around without a warning.",
    "The count has more than 19 digits. Which integers have room for them: NumPy's or Python's "
    "own?",
)
