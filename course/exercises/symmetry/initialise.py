"""Questions and known mistakes of `initialise`."""

from itertools import pairwise

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE
from course.nn import symmetry as nn

exercise = Exercise(
    nn.initialise,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "Which number in the slide's N(0, in(v)^{-1/2}) is the spread, and what is in(v) for a "
        "unit of layer j?",
        "in(v) is the width of the layer before, which is the number of rows of A_j. The number on "
        "the slide is a standard deviation, so the variance is 1/in(v).",
        "In lesson 3 you wrote a function that draws such a matrix. Biases are not drawn.",
    ),
)


@exercise.public
def public():
    yield Question(
        "the lecture's net with a third hidden layer: its shapes, and zero biases",
        dict(dims=[5, 3, 3, 3, 2], rng=np.random.default_rng(1)),
        judged_by="initial_shapes",
    )
    yield Question(
        "a large layer: the spread of its weights",
        dict(dims=[100, 30], rng=np.random.default_rng(2)),
        judged_by="initial_spread",
        rtol=SPREAD_TOLERANCE,
    )
    yield Question(
        "where the randomness comes from",
        dict(dims=[2, 3, 1], rng=np.random.default_rng(3)),
        call="draws",
        judged_by="source_of_draws",
    )


@exercise.secret
def secret(rng):
    yield Question(
        "the shapes, and zero biases",
        dict(dims=[4, *rng.permutation([2, 3, 5]).tolist(), 1], rng=rng),
        judged_by="initial_shapes",
    )
    wide, narrow = int(rng.integers(90, 120)), int(rng.integers(27, 35))
    yield Question(
        "the spread of a layer that narrows",
        dict(dims=[wide, narrow], rng=rng),
        judged_by="initial_spread",
        rtol=SPREAD_TOLERANCE,
        weight=2,
    )
    yield Question(
        "the spread of layers that widen and narrow",
        dict(dims=[narrow, wide, narrow], rng=rng),
        judged_by="initial_spread",
        rtol=SPREAD_TOLERANCE,
        weight=2,
    )
    yield Question(
        "where the randomness comes from",
        dict(dims=[3, 4, 2], rng=rng),
        call="draws",
        judged_by="source_of_draws",
        weight=2,
    )
    yield Question(
        "layers of equal size, each with its own weights",
        dict(dims=[4, 4, 4, 4], rng=rng),
        judged_by="initial_shapes",
    )


def _drawn(dims, draw):
    As = [draw(d_in, d_out) for d_in, d_out in pairwise(dims)]
    return As, [np.zeros((1, d)) for d in dims[1:]]


@exercise.mistake(
    "This takes in(v)^{-1/2} as the variance: the weights are too large, and the signal grows with "
    "depth.",
    "The lecture's code divides by sqrt(fan-in). Which reading fits that: a variance or a standard "
    "deviation?",
)
def variance_for_deviation(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)) / m**0.25)


@exercise.mistake(
    "The standard deviation is 1/in(v): the square root is missing.",
    "A sum of in(v) such terms has variance in(v) · s². For which s is that 1?",
)
def root_lost(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)) / m)


@exercise.mistake(
    "This uses the width of the layer itself: fan-out instead of fan-in.",
    "in(v) counts the edges into v. Where do they come from?",
)
def fan_out_for_fan_in(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)) / np.sqrt(n))


@exercise.mistake(
    "The random numbers are not scaled at all.",
    "What happens to the size of w·x when x has ten times as many entries?",
)
def not_scaled(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)))


@exercise.mistake(
    "The weights are all equal: all units of a layer are twins, and training keeps them so.",
    "What has to break the symmetry?",
)
def constant_weights(dims, rng):
    return _drawn(dims, lambda m, n: np.full((m, n), 1 / np.sqrt(m)))


@exercise.mistake(
    "The weights are uniform and never negative.",
    "N(0, s) is a Gaussian around 0. Which method of rng draws from it?",
)
def uniform_and_positive(dims, rng):
    return _drawn(dims, lambda m, n: rng.random((m, n)) / np.sqrt(m))


@exercise.mistake(
    "The weights are uniform around 0 instead of Gaussian, and too small by a factor of √3.",
    "A uniform number between -s and s does not have the standard deviation s. Which method of rng "
    "draws a Gaussian?",
)
def uniform_around_zero(dims, rng):
    return _drawn(dims, lambda m, n: rng.uniform(-1, 1, size=(m, n)) / np.sqrt(m))


@exercise.mistake(
    "This is He's initialisation, with standard deviation √(2 / in(v)): good for ReLU, but not "
    "what the slide says.",
    "On the slide, which number is above in(v)?",
)
def he_initialisation(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)) * np.sqrt(2 / m))


@exercise.mistake(
    "This is Glorot's initialisation, which looks at both widths: √(2 / (in + out)).",
    "in(v) counts the edges into v and no others.",
)
def glorot_initialisation(dims, rng):
    return _drawn(dims, lambda m, n: rng.normal(size=(m, n)) * np.sqrt(2 / (m + n)))


@exercise.mistake(
    "rng isn't used: the same generator in the same state should give the same net.",
    "np.random.randn, as in the lecture's code, and a default_rng of your own have their own "
    "state. Where should the numbers come from?",
)
def rng_not_used(dims, rng):
    return nn.initialise(dims, np.random.default_rng())


@exercise.mistake(
    "The biases are drawn, as in lesson 3; here they are zero.",
    "Does a bias have to break a symmetry that the weights have already broken?",
)
def biases_drawn(dims, rng):
    As, Bs = nn.initialise(dims, rng)
    return As, [rng.normal(size=b.shape) for b in Bs]


@exercise.mistake(
    "The generator is seeded anew inside the function: every call gives the same net, whatever rng "
    "is.",
    "The caller controls the randomness through rng. Where else do you make a generator?",
)
def own_seed(dims, rng):
    return nn.initialise(dims, np.random.default_rng(0))


@exercise.mistake(
    "Every layer draws the same numbers.",
    "Where is the generator made: once, or once per layer?",
)
def same_numbers_in_every_layer(dims, rng):
    seed = int(rng.integers(2**32))
    return _drawn(dims, lambda m, n: np.random.default_rng(seed).normal(size=(m, n)) / np.sqrt(m))
