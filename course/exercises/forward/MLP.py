"""Questions and known mistakes of `MLP`."""

from copy import deepcopy  # noqa: F401, in a patch

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE
from course.exercises.forward.samples import generator, unequal_widths
from course.exercises.many_draws import many_nets
from course.nn import forward as nn

exercise = Exercise(
    nn.MLP,
    points=2,
    minutes=5,
    difficulty=2,
    hints=(
        "You need two empty lists and one loop over the layers, which adds one matrix to each "
        "list.",
        "Layer by layer: which shapes do A and b have? You have a function that draws a matrix of "
        "any shape, and the lecture uses it for both.",
        "The bias row of a layer with d units is `rand_matrix(1, d, rng)`. Every call with the "
        "same `rng` draws new numbers, and that is what you want.",
    ),
)

NARROW_WIDE_NARROW = [2, 18, 2]


@exercise.public
def public():
    yield Question(
        "the lecture's net",
        dict(dims=[5, 3, 3, 2], rng=np.random.default_rng(3)),
        judged_by="layers_of_net",
    )
    yield Question(
        "70 nets, to see the spread of their numbers",
        dict(dims=NARROW_WIDE_NARROW, rng=np.random.default_rng(4)),
        call="many_draws",
        judged_by="spread_of_nets",
        rtol=SPREAD_TOLERANCE,
    )
    yield Question(
        "a small net, drawn again and again",
        dict(dims=[2, 1, 2], rng=np.random.default_rng(5)),
        call="draws",
        judged_by="source_of_draws",
    )


@exercise.secret
def secret(rng):
    # Shapes alone are worth little.
    for title, dims in (
        ("unequal widths", unequal_widths(rng, 5)),
        ("equal widths", [3, 3, 3, 3]),
        ("a single layer", [4, 1]),
    ):
        yield Question(
            title, dict(dims=dims, rng=generator(rng)), judged_by="layers_of_net", weight=0.12
        )
    yield Question(
        "the spread of the numbers, over many nets",
        dict(dims=NARROW_WIDE_NARROW, rng=generator(rng)),
        call="many_draws",
        judged_by="spread_of_nets",
        rtol=SPREAD_TOLERANCE,
        weight=2,
    )
    yield Question(
        "many nets: are all their numbers left to chance?",
        dict(dims=[4, 75, 4, 75], rng=generator(rng)),
        call="many_draws",
        judged_by=many_nets,
        rtol=0.02,
        weight=5,
    )
    yield Question(
        "drawn three times",
        dict(dims=[3, 2, 1], rng=generator(rng)),
        call="draws",
        judged_by="source_of_draws",
    )


@exercise.writing
def lectures_loop(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        d_in, d_out = dims[i], dims[i + 1]
        A = nn.rand_matrix(d_in, d_out, rng)
        b = nn.rand_matrix(1, d_out, rng)
        As.append(A)
        Bs.append(b)
    return As, Bs


A, BIAS = "A = nn.rand_matrix(d_in, d_out, rng)", "b = nn.rand_matrix(1, d_out, rng)"

exercise.idea(
    "biases_zero",
    "The biases aren't random, as if they were all set to zero. That is a good choice, and lesson "
    "6 will make it; but the lecture's MLP draws them.",
    "How large are the biases that `rand_matrix` draws?",
    {BIAS: "b = np.zeros((1, d_out))"},
)
exercise.idea(
    "biases_as_small_as_weights",
    "The biases are as small as the layer's weights, but in the lecture they have standard "
    "deviation 1.",
    "How many rows does a bias row have? So what does `rand_matrix` divide by?",
    {BIAS: "b = nn.rand_matrix(d_in, d_out, rng)[:1]"},
)
exercise.idea(
    "biases_scaled_by_their_width",
    "The wider the layer, the smaller its biases, but in the lecture they have standard deviation "
    "1.",
    "`rand_matrix` divides by the root of the number of rows. How many rows does a bias row have?",
    {BIAS: "b = nn.rand_matrix(d_out, 1, rng).T"},
)
exercise.idea(
    "weights_not_scaled",
    "The weights are not scaled: their standard deviation is 1, however many rows they have.",
    "`rand_matrix` does the scaling. Is it `rand_matrix` that draws your weights?",
    {A: "A = rng.standard_normal((d_in, d_out))"},
)
exercise.idea(
    "weights_scaled_twice",
    "The weights are divided by the root of their number of rows twice.",
    "`rand_matrix` has done the scaling already.",
    {A: f"{A} / np.sqrt(d_in)"},
)
exercise.idea(
    "weights_scaled_by_a_constant",
    "The weights are scaled by a constant, whatever the width.",
    "`rand_matrix` does the scaling. Is it `rand_matrix` that draws your weights?",
    *({A: f"A = rng.standard_normal((d_in, d_out)) * {s}"} for s in (0.01, 0.1)),
)
exercise.idea(
    "same_draw_for_every_layer",
    "All layers get the same draw: their generators start in the same state.",
    "A single generator, passed from layer to layer, never repeats itself. Where do you make a new "
    "one?",
    {
        A: "A = nn.rand_matrix(d_in, d_out, deepcopy(rng))",
        BIAS: "b = nn.rand_matrix(1, d_out, deepcopy(rng))",
        "return As, Bs": "rng.random()\nreturn As, Bs",
    },
)
exercise.idea(
    "one_neuron_a_row_in_MLP",
    "The weights are transposed: they have one neuron per row, as in the lecture's pictures.",
    "`predict` computes `X @ A` with examples as rows. Which shape must A have for that?",
    {A: "A = nn.rand_matrix(d_out, d_in, rng)"},
)
exercise.idea(
    "flat_bias_rows",
    "The biases are flat, but in this course they are a row: a matrix with one row.",
    "What is the shape of `rand_matrix(1, d, rng)`?",
    {BIAS: f"{BIAS}[0]"},
)
exercise.idea(
    "bias_columns",
    "The biases are a column, as in the lecture's pictures, but in this course they are a row.",
    "What is the shape of `rand_matrix(1, d, rng)`?",
    {BIAS: "b = nn.rand_matrix(d_out, 1, rng)"},
    {BIAS: f"{BIAS}.T"},
)
exercise.idea(
    "bias_for_every_input",
    "Every layer has one bias per input.",
    "A bias belongs to a neuron. How many neurons does the layer have?",
    {BIAS: "b = nn.rand_matrix(1, d_in, rng)"},
)
exercise.idea(
    "last_layer_missing",
    "The last layer is missing, as with a loop that ends one step too early.",
    "Four widths have three gaps between them. Where does your loop stop?",
    {"range(len(dims) - 1)": "range(len(dims) - 2)"},
)
exercise.idea(
    "one_layer_too_many",
    "Off by one: the loop goes one step too far, but there is one layer fewer than there are "
    "widths.",
    "In the last round, i + 1 must still be an index of `dims`. How large may i be?",
    {"range(len(dims) - 1)": "range(len(dims))", "return As, Bs": "return As, Bs"},
)
exercise.idea(
    "first_layer_only",
    "Only the first layer is returned, as with a `return` inside the loop.",
    "How far is your `return` indented?",
    {"Bs.append(b)": "Bs.append(b)\nreturn As, Bs"},
)
exercise.idea(
    "pairs_for_two_lists",
    "This is a list of layers, but expected are two lists: all the weights, and all the biases.",
    "The lecture's code keeps As and Bs apart.",
    {"return As, Bs": "return list(zip(As, Bs, strict=True))"},
)
exercise.idea(
    "weights_only",
    "The biases are missing: only the weights are returned.",
    "A net is a pair, (As, Bs).",
    {"return As, Bs": "return As"},
    {"return As, Bs": "return As", BIAS: "b = None"},
)
exercise.idea(
    "biases_first",
    "The two lists are swapped: the biases come before the weights.",
    "A net is a pair, (As, Bs).",
    {"return As, Bs": "return Bs, As"},
)
exercise.idea(
    "global_generator_in_MLP",
    "This draws from NumPy's global generator, so `rng` has no effect and no run can be repeated.",
    "The argument `rng` is the only source of randomness. Does it reach every matrix?",
    {
        A: "A = np.random.standard_normal((d_in, d_out)) / np.sqrt(d_in)",
        BIAS: "b = np.random.standard_normal((1, d_out))",
    },
)
exercise.idea(
    "seed_fixed_in_MLP",
    "Every net is the same: a seed is fixed inside the function.",
    "The caller controls the randomness by passing `rng`. Where do you use it?",
    {"As, Bs = [], []": "As, Bs = [], []\nrng = np.random.default_rng(0)"},
)


@exercise.mistake(
    "All layers are the same matrix, repeated.",
    "`[A] * 3` doesn't draw three times. And what if the widths differ?",
)
def one_matrix_repeated(dims, rng):
    layers = len(dims) - 1
    A, b = nn.layer_shapes(dims)[0]
    return [nn.rand_matrix(*A, rng)] * layers, [nn.rand_matrix(*b, rng)] * layers
