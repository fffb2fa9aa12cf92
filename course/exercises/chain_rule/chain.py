"""Questions and known mistakes of `chain`."""

import math

from course.exercises.engine import Exercise, Question, stock
from course.nn import chain_rule as nn

exercise = Exercise(
    nn.chain,
    points=3,
    minutes=15,
    difficulty=2,
    hints=(
        "You need two numbers as you go from the innermost function outwards: the value so far and "
        "the derivative so far.",
        "Each derivative is taken at the number that its own function receives, so before that "
        "function is applied, not after.",
        "Start with the value x and the derivative of doing nothing at all. At each function, "
        "first multiply the derivative by the function's slope at the current value, then move the "
        "value on.",
    ),
)


@exercise.public
def public():
    yield Question("one function", dict(fs=[stock.cube], dfs=[stock.three_squares], x=2.0))
    yield Question(
        "double, then cube",
        dict(fs=[stock.double, stock.cube], dfs=[stock.twos, stock.three_squares], x=1.0),
    )
    yield Question(
        "square, double, cube",
        dict(
            fs=[stock.square, stock.double, stock.cube],
            dfs=[stock.double, stock.twos, stock.three_squares],
            x=-1.0,
        ),
    )


@exercise.secret
def secret(rng):
    x = float(rng.uniform(0.3, 0.8))
    yield Question(
        "three different functions",
        dict(
            fs=[stock.sin, stock.exp, stock.cube],
            dfs=[stock.cos, stock.exp, stock.three_squares],
            x=x,
        ),
        weight=2,
    )
    yield Question(
        "the same function several times",
        dict(fs=[stock.sin] * 4, dfs=[stock.cos] * 4, x=1 + x),
    )
    yield Question(
        "a function, another, and the first again",
        dict(
            fs=[stock.square, stock.sin, stock.square],
            dfs=[stock.double, stock.cos, stock.double],
            x=-x,
        ),
    )
    yield Question(
        "a single function", dict(fs=[stock.exp], dfs=[stock.exp], x=float(rng.normal()))
    )
    yield Question(
        "an integer x",
        dict(fs=[stock.double, stock.square], dfs=[stock.twos, stock.double], x=3),
    )
    yield Question(
        "a slope of 0 on the way",
        dict(
            fs=[stock.square, stock.exp, stock.double],
            dfs=[stock.double, stock.exp, stock.twos],
            x=0.0,
        ),
    )
    yield Question("no function at all", dict(fs=[], dfs=[], x=x), weight=0.5)


@exercise.mistake(
    "The functions are applied in the wrong order: the last in the list first.",
    "`fs` begins with the innermost function, the one that sees x. In f_2 ∘ f_1, f_1 goes first.",
)
def outermost_first(fs, dfs, x):
    return nn.chain(fs[::-1], dfs[::-1], x)


@exercise.mistake(
    "Every derivative is taken at x.",
    "Only the innermost function sees x. Which number does the second function see?",
)
def every_derivative_at_x(fs, dfs, x):
    value, _ = nn.chain(fs, dfs, x)
    return value, math.prod(df(x) for df in dfs)


@exercise.mistake(
    "Each derivative is taken at its own function's output, one step too late.",
    "f' is the slope of f at the number that f receives. Is that the value before or after "
    "applying f?",
)
def derivative_after_the_step(fs, dfs, x):
    value, derivative = 1.0 * x, 1.0
    for f, df in zip(fs, dfs, strict=True):
        value = f(value)
        derivative = derivative * df(value)
    return value, derivative


@exercise.mistake(
    "The slopes are added instead of multiplied.",
    "Stretch an inch by a factor of 3, then by a factor of 2. How long is it now?",
)
def slopes_added(fs, dfs, x):
    value, derivative = 1.0 * x, 0.0
    for f, df in zip(fs, dfs, strict=True):
        derivative = derivative + df(value)
        value = f(value)
    return value, derivative


@exercise.mistake(
    "This is the slope of the last function alone: the slopes before it are lost.",
    "When the next function is applied, is the derivative so far kept or replaced?",
)
def last_slope_only(fs, dfs, x):
    value, derivative = 1.0 * x, 1.0
    for f, df in zip(fs, dfs, strict=True):
        value, derivative = f(value), df(value)
    return value, derivative


@exercise.mistake(
    "The functions are taken from one end of the list and their derivatives from the other.",
    "`dfs[i]` is the derivative of `fs[i]`. If you reverse one list, what must you do with the "
    "other?",
)
def derivatives_of_other_functions(fs, dfs, x):
    return nn.chain(fs, dfs[::-1], x)


@exercise.mistake(
    "Only the derivative is returned.",
    "The function should return two numbers, the value first.",
)
def value_not_returned(fs, dfs, x):
    return nn.chain(fs, dfs, x)[1]


@exercise.mistake(
    "The two results are swapped: the derivative comes first.",
    "Look again at what the function should return, and in which order.",
)
def derivative_first(fs, dfs, x):
    return nn.chain(fs, dfs, x)[::-1]
