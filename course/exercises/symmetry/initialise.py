"""Questions and known mistakes of `initialise`."""

from itertools import pairwise

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE
from course.exercises.symmetry.samples import many_first_weights
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
        "two large layers: the spread of their weights",
        dict(dims=[60, 40, 90], rng=np.random.default_rng(2)),
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
        weight=0.4,
    )
    wide, narrow = int(rng.integers(90, 120)), int(rng.integers(27, 35))
    yield Question(
        "the spread of layers that narrow and widen",
        dict(dims=[wide, narrow, wide], rng=rng),
        judged_by="initial_spread",
        rtol=SPREAD_TOLERANCE,
        weight=3,
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
    yield Question(
        "seventy nets: independent Gaussian weights",
        dict(dims=[20, 26, 20], rng=rng),
        call="many_draws",
        judged_by=many_first_weights,
        rtol=SPREAD_TOLERANCE,
        weight=3,
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def layer_by_layer(dims, rng):
    As, Bs = [], []
    for m, n in pairwise(dims):
        A = rng.standard_normal((m, n))
        A = A / np.sqrt(m)
        As.append(A)
        Bs.append(np.zeros((1, n)))
    return As, Bs


exercise.idea(
    "variance_for_deviation",
    "There is one square root too many: in(v)^{-1/2} is taken as the variance, so the weights are "
    "too large.",
    "The lecture's code divides by sqrt(fan-in). Which reading fits that: a variance or a standard "
    "deviation?",
    {"np.sqrt(m)": "m**0.25"},
)
exercise.idea(
    "root_lost",
    "The standard deviation is 1/in(v): the square root is missing.",
    "A sum of in(v) such terms has variance in(v) · s². For which s is that 1?",
    {"np.sqrt(m)": "m"},
)
exercise.idea(
    "multiplied_by_the_root",
    "The numbers are multiplied by the root of in(v), not divided by it.",
    "The more edges there are into a unit, the smaller each of their weights should be.",
    {"A / np.sqrt(m)": "A * np.sqrt(m)"},
)
exercise.idea(
    "fan_out_for_fan_in",
    "This divides by the root of the layer's own width: fan-out instead of fan-in.",
    "in(v) counts the edges into v. Where do they come from?",
    {"np.sqrt(m)": "np.sqrt(n)"},
)
exercise.idea(
    "not_scaled",
    "The random numbers are not scaled at all.",
    "What happens to the size of w·x when x has ten times as many entries?",
    {"A / np.sqrt(m)": "A"},
)
exercise.idea(
    "fixed_scale",
    "The weights have one fixed size in every layer, whatever the number of edges into a unit.",
    "What happens to the size of w·x when x has ten times as many entries?",
    {"A / np.sqrt(m)": "A * 0.01"},
    {"A / np.sqrt(m)": "A * 0.1"},
    {"A / np.sqrt(m)": "A * 0.05"},
    {"A / np.sqrt(m)": "A * 0.5"},
    {"A / np.sqrt(m)": "A * 0.001"},
)
exercise.idea(
    "constant_weights",
    "The weights of a layer are all equal: all its units are twins, and training keeps them so.",
    "What has to break the symmetry?",
    {"rng.standard_normal((m, n))": "np.ones((m, n))"},
)
exercise.idea(
    "uniform_and_positive",
    "The weights are uniform and never negative, as with rng.random.",
    "N(0, s) is a Gaussian around 0. Which method of rng draws from it?",
    {"rng.standard_normal((m, n))": "rng.random((m, n))"},
)
exercise.idea(
    "uniform_around_zero",
    "The weights are uniform around 0 instead of Gaussian.",
    "Which method of rng draws a Gaussian? (A uniform number between −s and s doesn't have the "
    "standard deviation s, either.)",
    {"rng.standard_normal((m, n))": "rng.uniform(-1, 1, size=(m, n))"},
    {"rng.standard_normal((m, n))": "rng.random((m, n)) - 0.5"},
    {"rng.standard_normal((m, n))": "rng.uniform(-np.sqrt(3), np.sqrt(3), size=(m, n))"},
)
exercise.idea(
    "he_initialisation",
    "This is He's initialisation, with standard deviation √(2 / in(v)): good for ReLU, but not "
    "what the slide says.",
    "On the slide, which number is above in(v)?",
    {"A / np.sqrt(m)": "A * np.sqrt(2 / m)"},
)
exercise.idea(
    "glorot_initialisation",
    "This is Glorot's initialisation, which looks at both widths: √(2 / (in + out)).",
    "in(v) counts the edges into v and no others.",
    {"A / np.sqrt(m)": "A * np.sqrt(2 / (m + n))"},
)
exercise.idea(
    "rng_not_used",
    "rng isn't used: the same generator in the same state should give the same net.",
    "np.random.randn, as in the lecture's code, and a default_rng of your own have their own "
    "state. Where should the numbers come from?",
    {"rng.standard_normal": "np.random.default_rng().standard_normal"},
)
exercise.idea(
    "own_seed",
    "The generator is seeded anew inside the function: every call gives the same net, whatever rng "
    "is.",
    "The caller controls the randomness through rng. Where else do you make a generator?",
    {"As, Bs = [], []": "As, Bs, rng = [], [], np.random.default_rng(0)"},
)
exercise.idea(
    "same_numbers_in_every_layer",
    "Every layer draws the same numbers.",
    "Where is the generator made: once, or once per layer?",
    {
        "As, Bs = [], []": "As, Bs, seed = [], [], int(rng.integers(2**32))",
        "rng.standard_normal": "np.random.default_rng(seed).standard_normal",
    },
)
exercise.idea(
    "same_seed_in_every_layer",
    "The generator is seeded anew for every layer: each draws the same numbers, whatever rng is.",
    "The caller controls the randomness through rng. Where else do you make a generator?",
    {"rng.standard_normal": "np.random.default_rng(0).standard_normal"},
)
exercise.idea(
    "biases_not_zero",
    "The biases are not zero. In lesson 3 they were drawn; here they begin at 0.",
    "Does a bias have to break a symmetry that the weights have already broken?",
    {"np.zeros((1, n))": "rng.standard_normal((1, n))"},
)
exercise.idea(
    "biases_flat",
    "A bias is flat, (n,), but it should be a row of shape (1, n).",
    "np.zeros takes the shape as one tuple.",
    {"np.zeros((1, n))": "np.zeros(n)"},
)
exercise.idea(
    "biases_in_columns",
    "A bias is a column here, but it should be a row of shape (1, n).",
    "One neuron per column: where is its bias?",
    {"np.zeros((1, n))": "np.zeros((n, 1))"},
)
exercise.idea(
    "one_neuron_per_row",
    "The weights are transposed: there is one neuron per row.",
    "In the course's convention, a neuron's weights are in a column. Which width comes first?",
    {"rng.standard_normal((m, n))": "rng.standard_normal((n, m))"},
)
exercise.idea(
    "last_layer_missing",
    "The last layer is missing.",
    "d + 1 widths have d layers between them. Where does your loop end?",
    {"pairwise(dims)": "pairwise(dims[:-1])"},
)
