"""Questions and known mistakes of `count_parameters`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.forward.samples import unequal_widths
from course.nn import forward as nn

exercise = Exercise(
    nn.count_parameters,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "There are three separate sums: one over nodes, one over edges, one over biases. Draw "
        "2-3-1 and count.",
        "Between layers of a and b nodes, every node of one layer is joined to every node of the "
        "other. Which nodes have a bias: all of them, or only those that compute something?",
        "Neurons: the sum of all of `dims`. Weights: the sum of the products of neighbours. "
        "Biases: one for each node that is not an input.",
    ),
)


@exercise.public
def public():
    yield Question("the lecture's net", dict(dims=[5, 3, 3, 2]))
    yield Question("one neuron with four inputs", dict(dims=[4, 1]))


@exercise.secret
def secret(rng):
    yield Question("unequal widths", dict(dims=unequal_widths(rng, 4)))
    yield Question("a single layer", dict(dims=unequal_widths(rng, 2)))
    yield Question("many layers", dict(dims=[int(d) for d in rng.integers(2, 40, size=9)]))
    yield Question("wide layers", dict(dims=[784, int(rng.integers(100, 300)), 128, 10]))


@exercise.mistake(
    "The biases are counted as weights.",
    "The lecture's |E| = 30 counts edges only. Is a bias an edge of the graph?",
)
def biases_among_the_weights(dims):
    neurons, weights, biases = nn.count_parameters(dims)
    return neurons, weights + biases, biases


@exercise.mistake(
    "The inputs are not counted as neurons.",
    "The lecture's table has m = 5 + 3 + 3 + 2. What is the 5?",
)
def inputs_not_counted(dims):
    neurons, weights, biases = nn.count_parameters(dims)
    return neurons - dims[0], weights, biases


@exercise.mistake(
    "The inputs get a bias too.",
    "An input node computes nothing, so to what would its bias be added?",
)
def inputs_with_a_bias(dims):
    neurons, weights, _ = nn.count_parameters(dims)
    return neurons, weights, neurons


@exercise.mistake(
    "Only one bias is counted for each layer.",
    "b_j is a row, (1, d_j). How many numbers does it hold?",
)
def one_bias_a_layer(dims):
    neurons, weights, _ = nn.count_parameters(dims)
    return neurons, weights, len(dims) - 1


@exercise.mistake(
    "All the widths are multiplied together.",
    "Edges run only between adjacent layers. Count them gap by gap. What do you then do with the "
    "counts?",
)
def product_of_all_widths(dims):
    neurons, _, biases = nn.count_parameters(dims)
    return neurons, int(np.prod(np.array(dims, dtype=float))), biases
