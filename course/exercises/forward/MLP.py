"""Questions and known mistakes of `MLP`."""

from copy import deepcopy

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE
from course.exercises.forward.samples import generator, unequal_widths
from course.nn import forward as nn

exercise = Exercise(
    nn.MLP,
    points=2,
    minutes=10,
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
    yield Question(
        "unequal widths",
        dict(dims=unequal_widths(rng, 5), rng=generator(rng)),
        judged_by="layers_of_net",
    )
    yield Question(
        "equal widths", dict(dims=[3, 3, 3, 3], rng=generator(rng)), judged_by="layers_of_net"
    )
    yield Question(
        "a single layer", dict(dims=[4, 1], rng=generator(rng)), judged_by="layers_of_net"
    )
    yield Question(
        "the spread of the numbers, over many nets",
        dict(dims=NARROW_WIDE_NARROW, rng=generator(rng)),
        call="many_draws",
        judged_by="spread_of_nets",
        rtol=SPREAD_TOLERANCE,
        weight=3,
    )
    yield Question(
        "drawn three times",
        dict(dims=[3, 2, 1], rng=generator(rng)),
        call="draws",
        judged_by="source_of_draws",
    )


@exercise.mistake(
    "The biases are all zero. That is a good choice, and lesson 6 will make it; but the lecture's "
    "MLP draws them.",
    "Read the lecture's line for Bs again.",
)
def biases_zero(dims, rng):
    As, Bs = nn.MLP(dims, rng)
    return As, [np.zeros_like(b) for b in Bs]


@exercise.mistake(
    "The biases are as small as the layer's weights, but in the lecture they have standard "
    "deviation 1.",
    "How many rows does a bias row have? So what does `rand_matrix` divide by?",
)
def biases_as_small_as_weights(dims, rng):
    As, Bs = nn.MLP(dims, rng)
    return As, [b / np.sqrt(len(A)) for A, b in zip(As, Bs, strict=True)]


@exercise.mistake(
    "The weights are not scaled by their number of rows.",
    "`rand_matrix` does the scaling. Is it `rand_matrix` that draws your weights?",
)
def weights_not_scaled(dims, rng):
    As, Bs = nn.MLP(dims, rng)
    return [A * np.sqrt(len(A)) for A in As], Bs


@exercise.mistake(
    "All layers get the same draw: their generators start in the same state.",
    "A single generator, passed from layer to layer, never repeats itself. Where do you make a new "
    "one?",
)
def same_draw_for_every_layer(dims, rng):
    As = [nn.rand_matrix(*A, deepcopy(rng)) for A, _ in nn.layer_shapes(dims)]
    Bs = [nn.rand_matrix(*b, deepcopy(rng)) for _, b in nn.layer_shapes(dims)]
    rng.random()
    return As, Bs


@exercise.mistake(
    "All layers are the same matrix, repeated.",
    "`[A] * 3` doesn't draw three times. And what if the widths differ?",
)
def one_matrix_repeated(dims, rng):
    layers = len(dims) - 1
    A, b = nn.layer_shapes(dims)[0]
    return [nn.rand_matrix(*A, rng)] * layers, [nn.rand_matrix(*b, rng)] * layers


@exercise.mistake(
    "The weights have one neuron per row, as in the lecture's pictures.",
    "`predict` computes `X @ A` with examples as rows. Which shape must A have for that?",
)
def one_neuron_a_row_in_MLP(dims, rng):
    return nn.MLP(dims[::-1], rng)[0][::-1], nn.MLP(dims, rng)[1]


@exercise.mistake(
    "The biases are flat, but in this course they are a row: a matrix with one row.",
    "What is the shape of `rand_matrix(1, d, rng)`?",
)
def flat_bias_rows(dims, rng):
    As, Bs = nn.MLP(dims, rng)
    return As, [b[0] for b in Bs]


@exercise.mistake(
    "This draws from NumPy's global generator, so `rng` has no effect and no run can be repeated.",
    "The argument `rng` is the only source of randomness. Does it reach every matrix?",
)
def global_generator_in_MLP(dims, rng):
    As = [np.random.standard_normal(A) / np.sqrt(A[0]) for A, _ in nn.layer_shapes(dims)]
    return As, [np.random.standard_normal(b) for _, b in nn.layer_shapes(dims)]


@exercise.mistake(
    "Every net is the same: the function makes its own generator, with a fixed seed.",
    "The caller controls the randomness by passing `rng`. Where do you use it?",
)
def seed_fixed_in_MLP(dims, rng):
    return nn.MLP(dims, np.random.default_rng(0))
