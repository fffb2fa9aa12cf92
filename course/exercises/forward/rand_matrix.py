"""Questions and known mistakes of `rand_matrix`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE
from course.exercises.forward.samples import generator
from course.nn import forward as nn

exercise = Exercise(
    nn.rand_matrix,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "A Gaussian number with standard deviation s is s times a Gaussian number with standard "
        "deviation 1.",
        "Ask `rng`, not `np.random`, for standard normal numbers of the right shape. Then look at "
        "the formula: is it m or √m, and is m the number of rows or of columns?",
        "`rng.standard_normal((m, n))` has standard deviation 1. What should you divide it by?",
    ),
)


@exercise.public
def public():
    yield Question(
        "a wide matrix",
        dict(m=4, n=600, rng=np.random.default_rng(1)),
        judged_by="random_matrix",
        rtol=SPREAD_TOLERANCE,
    )
    yield Question(
        "a small matrix, drawn again and again",
        dict(m=3, n=2, rng=np.random.default_rng(2)),
        call="draws",
        judged_by="source_of_draws",
    )


@exercise.secret
def secret(rng):
    for title, m, n in (
        ("a wide matrix", 9, 300),
        ("a tall matrix", 400, 6),
        ("a single row", 1, 2400),
        ("a square matrix", 49, 49),
    ):
        yield Question(
            title,
            dict(m=m, n=n, rng=generator(rng)),
            judged_by="random_matrix",
            rtol=SPREAD_TOLERANCE,
        )
    yield Question(
        "drawn three times",
        dict(m=3, n=4, rng=generator(rng)),
        call="draws",
        judged_by="source_of_draws",
        weight=2,
    )


@exercise.mistake(
    "The spread is 1/m: the formula's standard deviation is taken for a variance, or the root is "
    "missing.",
    "In the lecture's code, what exactly comes after the division sign?",
)
def variance_for_standard_deviation(m, n, rng):
    return rng.standard_normal((m, n)) / m


@exercise.mistake(
    "This divides by √n, the number of columns (neurons), not by √m, the number of inputs.",
    "How many numbers does one neuron add up? It is their sum that must not grow too large.",
)
def fan_out(m, n, rng):
    return rng.standard_normal((m, n)) / np.sqrt(n)


@exercise.mistake(
    "The numbers are not scaled: their standard deviation is 1 whatever m is.",
    "What does the lecture's line do after the random numbers are drawn?",
)
def not_scaled(m, n, rng):
    return rng.standard_normal((m, n))


@exercise.mistake(
    "The numbers are uniform and never negative.",
    "Gaussian numbers form a bell around 0. Which method of `rng` draws them?",
)
def uniform_and_positive(m, n, rng):
    return rng.random((m, n)) / np.sqrt(m)


@exercise.mistake(
    "The matrix is (n, m): rows and columns are swapped.",
    "m comes first, and it counts the rows.",
)
def rows_and_columns_swapped(m, n, rng):
    return rng.standard_normal((n, m)) / np.sqrt(m)


@exercise.mistake(
    "This draws from NumPy's global generator, so `rng` has no effect and no run can be repeated.",
    "The argument `rng` is the only source of randomness. Which of your calls doesn't begin with "
    "it?",
)
def global_generator(m, n, rng):
    return np.random.standard_normal((m, n)) / np.sqrt(m)


@exercise.mistake(
    "This makes a new generator with a fixed seed, so every call returns the same numbers.",
    "The caller passes you a generator that moves on with every draw. Use that one.",
)
def seed_fixed_inside(m, n, rng):
    return np.random.default_rng(0).standard_normal((m, n)) / np.sqrt(m)
