"""Questions and known mistakes of `count_parameters`."""

from itertools import pairwise

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
    yield Question("one hidden layer", dict(dims=[2, 7, 4]))


@exercise.secret
def secret(rng):
    yield Question("unequal widths", dict(dims=unequal_widths(rng, 4)))
    yield Question("a single layer", dict(dims=unequal_widths(rng, 2)))
    yield Question("many layers", dict(dims=[int(d) for d in rng.integers(2, 40, size=9)]))
    yield Question("wide layers", dict(dims=[784, int(rng.integers(100, 300)), 128, 10]))


@exercise.writing
def layer_by_layer(dims):
    neurons = sum(dims)
    weights = 0
    biases = 0
    for j in range(1, len(dims)):
        weights += dims[j - 1] * dims[j]
        biases += dims[j]
    return neurons, weights, biases


@exercise.writing
def three_sums(dims):
    neurons = sum(dims)
    weights = sum(a * b for a, b in pairwise(dims))
    biases = sum(dims[1:])
    return neurons, weights, biases


# The same line on both sides: a mistake that can't be told from another one beside a wrong count.
COUNTED = {"neurons = sum(dims)": "neurons = sum(dims)"}

exercise.idea(
    "biases_among_the_weights",
    "The biases are counted as weights.",
    "The lecture's |E| = 30 counts edges only. Is a bias an edge of the graph?",
    {"return neurons, weights, biases": "return neurons, weights + biases, biases"},
)
exercise.idea(
    "total_only",
    "This is one total, but three numbers are expected: neurons, weights and biases, in this "
    "order.",
    "Which of the three sums do you add up, and why? Return them side by side.",
    {"return neurons, weights, biases": "return weights + biases"},
    {"return neurons, weights, biases": "return weights"},
    {"return neurons, weights, biases": "return neurons + weights + biases"},
)
exercise.idea(
    "total_among_them",
    "The total of weights and biases is among the numbers returned, but expected are neurons, "
    "weights and biases, each counted alone.",
    "The lecture's net has 13 neurons, 30 weights and 8 biases. Which number do you have instead?",
    {"return neurons, weights, biases": "return neurons, weights, weights + biases"},
    {"return neurons, weights, biases": "return neurons, weights + biases"},
    {"return neurons, weights, biases": "return weights, biases, weights + biases"},
    {"return neurons, weights, biases": "return neurons, weights, biases, weights + biases"},
)
exercise.idea(
    "biases_forgotten",
    "The biases are not counted: only neurons and weights are.",
    "Which nodes have a bias, and how many are they? That is the third number.",
    {"return neurons, weights, biases": "return neurons, weights"},
    {"return neurons, weights, biases": "return neurons, weights, 0"},
)
exercise.idea(
    "neurons_forgotten",
    "The neurons are not counted: only weights and biases are.",
    "The first number is the sum of all widths.",
    {"return neurons, weights, biases": "return weights, biases"},
)
exercise.idea(
    "in_another_order",
    "The three numbers are returned in another order; expected is (neurons, weights, biases).",
    "Compare with the docstring's example: (13, 30, 8).",
    {**COUNTED, "return neurons, weights, biases": "return weights, biases, neurons"},
    {**COUNTED, "return neurons, weights, biases": "return neurons, biases, weights"},
    {**COUNTED, "return neurons, weights, biases": "return weights, neurons, biases"},
    {**COUNTED, "return neurons, weights, biases": "return biases, weights, neurons"},
)
exercise.idea(
    "inputs_not_counted",
    "The inputs are not counted as neurons.",
    "The lecture's table has m = 5 + 3 + 3 + 2. What is the 5?",
    {"neurons = sum(dims)": "neurons = sum(dims[1:])"},
)
exercise.idea(
    "hidden_neurons_only",
    "Only the hidden neurons are counted.",
    "The lecture's table has m = 5 + 3 + 3 + 2. What are the 5 and the 2?",
    {"neurons = sum(dims)": "neurons = sum(dims[1:-1])"},
)
exercise.idea(
    "layers_counted",
    "This counts layers, not neurons.",
    "Each layer has as many neurons as its width says.",
    {"neurons = sum(dims)": "neurons = len(dims)"},
    {"neurons = sum(dims)": "neurons = len(dims) - 1"},
)
exercise.idea(
    "inputs_with_a_bias",
    "The inputs get a bias too.",
    "An input node computes nothing, so to what would its bias be added?",
    {"biases += dims[j]": "biases = sum(dims)"},
    {"biases = sum(dims[1:])": "biases = sum(dims)"},
)
exercise.idea(
    "one_bias_a_layer",
    "Only one bias is counted for each layer.",
    "b_j is a row, (1, d_j). How many numbers does it hold?",
    {"biases += dims[j]": "biases += 1"},
    {"biases = sum(dims[1:])": "biases = len(dims) - 1"},
)
exercise.idea(
    "bias_for_every_input_of_a_layer",
    "Every layer has as many biases here as it has inputs.",
    "A bias belongs to a neuron. How many neurons does the layer have?",
    {"biases += dims[j]": "biases += dims[j - 1]"},
    {"biases = sum(dims[1:])": "biases = sum(dims[:-1])"},
)
exercise.idea(
    "outputs_without_a_bias",
    "Only the hidden neurons get a bias, but the outputs have one, too.",
    "Which nodes compute something? Each of them has a bias.",
    {"biases = sum(dims[1:])": "biases = sum(dims[1:-1])"},
)
exercise.idea(
    "bias_for_every_edge",
    "There are as many biases here as weights.",
    "A bias belongs to a neuron, not to an edge.",
    {"biases += dims[j]": "biases += dims[j - 1] * dims[j]"},
)
exercise.idea(
    "product_of_all_widths",
    "All the widths are multiplied together.",
    "Edges run only between adjacent layers. Count them gap by gap. What do you then do with the "
    "counts?",
    {
        "weights = 0": "weights = dims[0]",
        "weights += dims[j - 1] * dims[j]": "weights = min(weights * dims[j], 2**62)",
    },
    {"weights = 0": "weights = dims[0]", "weights += dims[j - 1] * dims[j]": "weights *= dims[j]"},
)
exercise.idea(
    "widths_added",
    "Neighbouring widths are added, but each node of one layer has an edge to every node of the "
    "next.",
    "How many arrows lead from 5 nodes to 3? Draw them.",
    {"weights += dims[j - 1] * dims[j]": "weights += dims[j - 1] + dims[j]"},
)
exercise.idea(
    "width_squared",
    "Each width is multiplied by itself, not by its neighbour's.",
    "Between which two layers do the edges run?",
    {"weights += dims[j - 1] * dims[j]": "weights += dims[j] * dims[j]"},
    {"weights += dims[j - 1] * dims[j]": "weights += dims[j - 1] * dims[j - 1]"},
    {"a * b for": "a * a for"},
)
exercise.idea(
    "inputs_to_outputs_only",
    "The weights are counted as if the inputs were joined to the outputs directly.",
    "Edges run only between adjacent layers. Count them gap by gap.",
    {"weights += dims[j - 1] * dims[j]": "weights = dims[0] * dims[-1]"},
)
exercise.idea(
    "first_gap_only",
    "Only the weights between the first two layers are counted.",
    "Four widths have three gaps between them. Count the edges in each.",
    {"weights += dims[j - 1] * dims[j]": "weights = dims[0] * dims[1]"},
)
exercise.idea(
    "last_gap_missing",
    "The weights between the last two layers are missing.",
    "Four widths have three gaps between them. Where does your loop stop?",
    {"pairwise(dims)": "pairwise(dims[:-1])"},
)
exercise.idea(
    "first_gap_missing",
    "The weights that read the inputs are missing.",
    "Four widths have three gaps between them. Where does your loop start?",
    {"pairwise(dims)": "pairwise(dims[1:])"},
)
exercise.idea(
    "last_layer_missing",
    "The last layer's weights and biases are missing.",
    "Four widths have three gaps between them. Where does your loop stop?",
    {"range(1, len(dims))": "range(1, len(dims) - 1)"},
)
exercise.idea(
    "first_layer_missing",
    "The first layer's weights and biases are missing.",
    "Four widths have three gaps between them. Where does your loop start?",
    {"range(1, len(dims))": "range(2, len(dims))"},
)
exercise.idea(
    "first_layer_only",
    "Only the first layer's weights and biases are counted, as with a `return` inside the loop.",
    "How far is your `return` indented?",
    {"biases += dims[j]": "biases += dims[j]\nreturn neurons, weights, biases"},
)
exercise.idea(
    "weights_overwritten",
    "Only the last layer's weights are counted, as if each round overwrote the sum (`=` for `+=`).",
    "Is it `=` or `+=` that adds to what is there?",
    {"weights += dims": "weights = dims"},
)
exercise.idea(
    "biases_overwritten",
    "Only the last layer's biases are counted, as if each round overwrote the sum (`=` for `+=`).",
    "Is it `=` or `+=` that adds to what is there?",
    {"biases += dims": "biases = dims"},
)
exercise.idea(
    "one_layer_too_many",
    "Off by one: the loop goes one step too far, but there is one gap fewer than there are widths.",
    "In the last round, every index must still be one of `dims`. How large may it be?",
    {
        "range(1, len(dims))": "range(len(dims))",
        "weights += dims[j - 1] * dims[j]": "weights += dims[j] * dims[j + 1]",
    },
)
