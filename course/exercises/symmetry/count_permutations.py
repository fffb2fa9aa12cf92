"""Questions and known mistakes of `count_permutations`."""

import math

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


@exercise.secret
def secret(rng):
    yield Question(
        "three unequal hidden layers", dict(dims=[3, *rng.permutation([2, 4, 5]).tolist(), 2])
    )
    yield Question("one hidden layer", dict(dims=[6, int(rng.integers(3, 8)), 5]))
    yield Question("no hidden layer at all", dict(dims=[4, 3]), weight=0.5)
    yield Question(
        "so many that a float is not exact", dict(dims=[9, 30, int(rng.integers(20, 28)), 9])
    )


@exercise.mistake(
    "Inputs and outputs are permuted too.",
    "Inputs and outputs have meanings, so they keep their order. Which layers are free?",
)
def inputs_and_outputs_too(dims):
    return math.prod(math.factorial(int(d)) for d in dims)


@exercise.mistake(
    "The counts of the layers are added.",
    "For every order of the first layer, every order of the second is possible.",
)
def layers_added(dims):
    return sum(math.factorial(int(d)) for d in dims[1:-1])


@exercise.mistake(
    "Here units may move to another layer: (m_1 + m_2 + …)! orders.",
    "A unit of layer 1 has edges from the input. Could it be in layer 2?",
)
def units_change_their_layer(dims):
    return math.factorial(int(sum(dims[1:-1])))


@exercise.mistake(
    "This is the product of the widths, not of the numbers of orders.",
    "Three units have more than three orders. List them.",
)
def product_of_widths(dims):
    return math.prod(int(d) for d in dims[1:-1])


@exercise.mistake(
    "This is right as long as the numbers are small, but a float has only 16 digits.",
    "An exact integer is expected. Which step turned it into a float?",
)
def counted_in_floats(dims):
    return float(math.prod(math.factorial(int(d)) for d in dims[1:-1]))


@exercise.mistake(
    "NumPy's 64-bit integers overflow: they wrap around without a warning.",
    "25! has 26 digits. Which integers have room for them: NumPy's or Python's own?",
)
def overflowed(dims):
    orders = 1
    for d in dims[1:-1]:
        for k in range(2, int(d) + 1):
            orders = (orders * k + 2**63) % 2**64 - 2**63
    return orders
