"""Questions and known mistakes of `rand_matrix`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE
from course.exercises.forward.samples import generator
from course.exercises.many_draws import many_matrices
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
        "the table in the lesson: with weights of spread 1, by which factor does a sum of m terms "
        "become too large?",
        "`rng.standard_normal((m, n))` has standard deviation 1, and a sum of m terms has √m. So "
        "divide by `np.sqrt(m)`.",
    ),
)


@exercise.public
def public():
    yield Question(
        "a wide matrix",
        dict(m=6, n=600, rng=np.random.default_rng(1)),
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
    yield Question(
        "many matrices: are all their numbers left to chance?",
        dict(m=30, n=42, rng=generator(rng)),
        call="many_draws",
        judged_by=many_matrices,
        rtol=0.02,
        weight=5,
    )


@exercise.writing
def scaled(m, n, rng):
    s = 1 / np.sqrt(m)
    Z = rng.standard_normal((m, n))
    return Z * s


UNIFORM = "rng.uniform(-1, 1, (m, n))"

exercise.idea(
    "variance_for_standard_deviation",
    "The spread is 1/m: the variance is taken for the standard deviation, or the root is missing.",
    "In the lesson's table, what is the spread of a sum of 64 terms: 64, or 8?",
    {"s = 1 / np.sqrt(m)": "s = 1 / m"},
)
exercise.idea(
    "fan_out",
    "This divides by √n, the number of columns (neurons), not by √m, the number of inputs.",
    "How many numbers does one neuron add up? It is their sum that must not grow too large.",
    {"s = 1 / np.sqrt(m)": "s = 1 / np.sqrt(n)"},
)
exercise.idea(
    "divided_by_all_entries",
    "The spread is 1/√(m·n): every entry of the matrix is counted, not only the inputs.",
    "How many numbers does one neuron add up?",
    {"s = 1 / np.sqrt(m)": "s = 1 / np.sqrt(m * n)"},
)
exercise.idea(
    "divided_by_both_widths",
    "The spread is √(2/(m + n)), Glorot's and Xavier's, but in the lecture it is 1/√m.",
    "How many numbers does one neuron add up?",
    {"s = 1 / np.sqrt(m)": "s = np.sqrt(2 / (m + n))"},
)
exercise.idea(
    "twice_the_variance",
    "The spread is √(2/m), He's for ReLU, but in the lecture it is 1/√m.",
    "With this spread, what is the spread of the sum before any activation?",
    {"s = 1 / np.sqrt(m)": "s = np.sqrt(2 / m)"},
)
exercise.idea(
    "scaled_by_a_constant",
    "The numbers are scaled by a constant, which depends on neither m nor n.",
    "The more inputs a neuron adds up, the smaller its weights have to be.",
    *({"s = 1 / np.sqrt(m)": f"s = {s}"} for s in (0.01, 0.1, 0.001, 0.05)),
)
exercise.idea(
    "multiplied_by_the_root",
    "The numbers are multiplied by √m instead of divided by it.",
    "Should the weights of a neuron with many inputs be large or small?",
    {"s = 1 / np.sqrt(m)": "s = np.sqrt(m)"},
)
exercise.idea(
    "not_scaled",
    "The numbers are not scaled: their standard deviation is 1 whatever m is.",
    "In the lesson's table, what happens to the sum as m grows?",
    {"s = 1 / np.sqrt(m)": "s = 1"},
)
exercise.idea(
    "spread_for_the_mean",
    "1/√m is used as the mean: the numbers are spread by 1 around it.",
    "The first argument of `rng.normal` is the mean, the second (`scale`) the standard deviation.",
    {"return Z * s": "return Z + s"},
)
exercise.idea(
    "uniform_and_positive",
    "The numbers are uniform and never negative.",
    "Gaussian numbers form a bell around 0. Which method of `rng` draws them?",
    {"Z = rng.standard_normal((m, n))": "Z = rng.random((m, n))"},
)
exercise.idea(
    "uniform_around_zero",
    "The numbers don't form a bell, and none is larger than some limit, as if they were uniform.",
    "Gaussian numbers form a bell around 0. Which method of `rng` draws them?",
    {"Z = rng.standard_normal((m, n))": f"Z = {UNIFORM}"},
    {"Z = rng.standard_normal((m, n))": f"Z = {UNIFORM} * np.sqrt(3)"},
    {"Z = rng.standard_normal((m, n))": f"Z = {UNIFORM} / 2"},
)
exercise.idea(
    "tails_cut_off",
    "The bell is cut off: numbers far from 0 are missing.",
    "A Gaussian number is sometimes larger than 2 or 3 standard deviations. Leave it as it is.",
    {"Z = rng.standard_normal((m, n))": "Z = np.clip(rng.standard_normal((m, n)), -2, 2)"},
    {"Z = rng.standard_normal((m, n))": "Z = np.clip(rng.standard_normal((m, n)), -3, 3)"},
)
exercise.idea(
    "standardised",
    "Each matrix is shifted or rescaled after it is drawn, until its own mean or spread is exact. "
    "So its entries depend on each other.",
    "The mean is 0 and the spread 1/√m over many draws. A single matrix may differ a little.",
    {"return Z * s": "return (Z - Z.mean()) / Z.std() * s"},
    {"return Z * s": "return (Z - Z.mean()) * s"},
    {"return Z * s": "return Z / Z.std() * s"},
)
exercise.idea(
    "rows_and_columns_swapped",
    "The matrix is (n, m): rows and columns are swapped.",
    "m comes first, and it counts the rows.",
    {"rng.standard_normal((m, n))": "rng.standard_normal((n, m))"},
)
exercise.idea(
    "flat",
    "The numbers are in a flat array, but expected is a matrix with m rows and n columns.",
    "`rng.standard_normal((m, n))` takes the shape as one tuple.",
    {"rng.standard_normal((m, n))": "rng.standard_normal(m * n)"},
    {"rng.standard_normal((m, n))": "rng.standard_normal(m)"},
    {"rng.standard_normal((m, n))": "rng.standard_normal(n)"},
)
exercise.idea(
    "one_row_repeated",
    "Every row is the same row, repeated.",
    "`[row] * m` doesn't draw m times. How many numbers does the matrix need?",
    {"rng.standard_normal((m, n))": "np.array([rng.standard_normal(n)] * m)"},
)
exercise.idea(
    "one_column_repeated",
    "Every column is the same column, repeated: all neurons get the same weights.",
    "How many different numbers does the matrix need?",
    {"rng.standard_normal((m, n))": "np.array([rng.standard_normal(m)] * n).T"},
)
exercise.idea(
    "one_number_repeated",
    "Every entry is the same number: only one is drawn.",
    "How many numbers does the matrix need? The shape goes into the draw.",
    {"rng.standard_normal((m, n))": "rng.standard_normal() * np.ones((m, n))"},
)
exercise.idea(
    "global_generator",
    "This draws from NumPy's global generator, so `rng` has no effect and no run can be repeated.",
    "The argument `rng` is the only source of randomness. Which of your calls doesn't begin with "
    "it?",
    {"rng.standard_normal((m, n))": "np.random.standard_normal((m, n))"},
)
exercise.idea(
    "seed_fixed_inside",
    "Every call returns the same numbers: a seed is fixed inside the function.",
    "The caller passes you a generator that moves on with every draw. Use that one.",
    {"rng.standard_normal((m, n))": "np.random.default_rng(0).standard_normal((m, n))"},
)
