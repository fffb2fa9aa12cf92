"""Questions and known mistakes of `chain`."""

import numpy as np

from course.exercises.chain_rule.steps import STEPS
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


# At a huge number no step that anyone takes changes x, so a slope that is measured is 0 there.
# Elsewhere a measured slope may count as right, so that this alone decides.
MEASURABLE = dict(rtol=1e-4, atol=1e-6)


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
    yield Question("no function at all", dict(fs=[], dfs=[], x=2.0))
    yield Question("a huge number, doubled", dict(fs=[stock.double], dfs=[stock.twos], x=1e16))


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
        **MEASURABLE,
    )
    yield Question(
        "the same function several times",
        dict(fs=[stock.sin] * 4, dfs=[stock.cos] * 4, x=1 + x),
        **MEASURABLE,
    )
    yield Question(
        "a function, another, and the first again",
        dict(
            fs=[stock.square, stock.sin, stock.square],
            dfs=[stock.double, stock.cos, stock.double],
            x=-x,
        ),
        **MEASURABLE,
    )
    yield Question(
        "a single function",
        dict(fs=[stock.exp], dfs=[stock.exp], x=float(rng.normal())),
        **MEASURABLE,
    )
    yield Question(
        "an integer x",
        dict(
            fs=[stock.double, stock.square],
            dfs=[stock.twos, stock.double],
            x=int(rng.integers(2, 7)),
        ),
        **MEASURABLE,
    )
    yield Question(
        "a slope of 0 on the way",
        dict(
            fs=[stock.square, stock.exp, stock.double],
            dfs=[stock.double, stock.exp, stock.twos],
            x=0.0,
        ),
        weight=0.5,
        **MEASURABLE,
    )
    yield Question(
        "a wave, far out",
        dict(fs=[stock.double, stock.sin], dfs=[stock.twos, stock.cos], x=1e16 * x),
        weight=3,
    )
    yield Question(
        "a wave of a wave, far out",
        dict(
            fs=[stock.sin, stock.exp, stock.sin],
            dfs=[stock.cos, stock.exp, stock.cos],
            x=-1e16 * x,
        ),
        weight=3,
    )
    yield Question("no function at all", dict(fs=[], dfs=[], x=x), weight=0.4)


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def side_by_side(fs, dfs, x):
    value = x
    derivative = 1.0
    for f, df in zip(fs, dfs, strict=True):
        slope = df(value)
        derivative = derivative * slope
        value = f(value)
    return value, derivative


@exercise.writing
def values_first(fs, dfs, x):
    values = [x]
    for f in fs:
        values.append(f(values[-1]))
    slopes = [df(z) for df, z in zip(dfs, values, strict=False)]
    return values[-1], np.prod(slopes)


@exercise.writing(ideas=("measured_not_derived",))
def measured_on_both_sides(fs, dfs, x):
    h = 1e-6

    def composed(z):
        for f in fs:
            z = f(z)
        return z

    return composed(x), (composed(x + h) - composed(x - h)) / (2 * h)


@exercise.writing(ideas=("measured_not_derived",))
def measured_on_one_side(fs, dfs, x):
    h = 1e-6

    def composed(z):
        for f in fs:
            z = f(z)
        return z

    return composed(x), (composed(x + h) - composed(x)) / h


exercise.idea(
    "measured_not_derived",
    "Where x is huge the derivative is 0, as with a numerical one (a difference quotient): x plus "
    "a small step is still x there.",
    "The derivatives are given to you, in `dfs`. Which number does each of them have to be asked "
    "about?",
    *({"h = 1e-6": f"h = {step}"} for step in STEPS),
)
exercise.idea(
    "outermost_first",
    "The functions are applied in the wrong order: the last in the list first.",
    "`fs` begins with the innermost function, the one that sees x. In f_2 ∘ f_1, f_1 goes first.",
    {"zip(fs, dfs,": "zip(fs[::-1], dfs[::-1],"},
)
exercise.idea(
    "every_derivative_at_x",
    "Every derivative is taken at the original x, even those of the later functions.",
    "Only the innermost function sees x. Which number does the second function see?",
    {"df(value)": "df(x)"},
)
exercise.idea(
    "derivative_after_the_step",
    "Each derivative is taken at its own function's output, one step too late.",
    "f' is the slope of f at the number that f receives. Is that the value before or after "
    "applying f?",
    {"df(value)": "df(f(value))"},
)
exercise.idea(
    "every_function_at_x",
    "Every function is applied to x, so the value is that of the last function alone.",
    "What does the second function receive: x, or what the first has made of it?",
    {"value = f(value)": "value = f(x)"},
)
exercise.idea(
    "slopes_added",
    "The slopes are added instead of multiplied.",
    "Stretch an inch by a factor of 3, then by a factor of 2. How long is it now?",
    {"derivative = 1.0": "derivative = 0.0", "derivative * slope": "derivative + slope"},
    {"derivative * slope": "derivative + slope"},
)
exercise.idea(
    "last_slope_only",
    "Only the last function's slope is left, as if each slope overwrote (=) the one before.",
    "When the next function is applied, is the derivative so far kept or replaced?",
    {"derivative * slope": "slope"},
)
exercise.idea(
    "product_starts_at_0",
    "The product of the slopes starts from 0, so it stays 0.",
    "How fast does x change when x changes, before any function is applied?",
    {"derivative = 1.0": "derivative = 0.0"},
)
exercise.idea(
    "product_starts_at_x",
    "The product of the slopes starts from x, so it has a factor of x too many.",
    "How fast does x change when x changes, before any function is applied?",
    {"derivative = 1.0": "derivative = x"},
)
exercise.idea(
    "slopes_multiplied_by_values",
    "Each slope is multiplied by a value (the function's input or output) as well.",
    "In the table by hand, what is the derivative so far multiplied by at each function?",
    {"derivative * slope": "derivative * slope * value"},
    {"derivative * slope": "derivative * slope * f(value)"},
)
exercise.idea(
    "derivatives_of_other_functions",
    "One of the two lists is reversed and the other isn't, so `fs` and `dfs` no longer match.",
    "`dfs[i]` is the derivative of `fs[i]`. If you reverse one list, what must you do with the "
    "other?",
    {"zip(fs, dfs,": "zip(fs, dfs[::-1],"},
    {"zip(fs, dfs,": "zip(fs[::-1], dfs,"},
    {"zip(dfs, values,": "zip(dfs[::-1], values,"},
)
exercise.idea(
    "first_function_left_out",
    "The first function in the list is left out, as with a loop that starts from 1.",
    "Python counts from 0. Which place has the innermost function?",
    {"zip(fs, dfs,": "zip(fs[1:], dfs[1:],"},
)
exercise.idea(
    "last_function_left_out",
    "The last function in the list is left out, as with a loop that ends one too early.",
    "range(n) ends at n − 1. How many rounds does your loop need?",
    {"zip(fs, dfs,": "zip(fs[:-1], dfs[:-1],"},
)
exercise.idea(
    "returns_inside_the_loop",
    "Only the first function in the list is applied, as with a `return` inside the loop.",
    "How far is the `return` indented? It should come after all functions have been applied.",
    {"value = f(value)": "value = f(value)\nreturn value, derivative"},
    {
        "value = f(value)": "value = f(value)\nreturn value, derivative",
        "    return value, derivative": "",
    },
)
exercise.idea(
    "empty_list_forgotten",
    "With no function at all this stops with an error or returns nothing.",
    "Before any function is applied, which value and which derivative do you have?",
    {"value = x": "value = x\nfs[0]"},
    {"return value, derivative": "if fs:\n    return value, derivative"},
    {"value = x": "value = x\nfs[-1]"},
)
exercise.idea(
    "value_not_returned",
    "Only the derivative is returned.",
    "The function should return two numbers, the value first.",
    {"return value, derivative": "return derivative"},
)
exercise.idea(
    "derivative_not_returned",
    "Only the value is returned.",
    "The function should return two numbers, the derivative second.",
    {"return value, derivative": "return value"},
)
exercise.idea(
    "derivative_first",
    "The two results are swapped: the derivative comes first.",
    "Look again at what the function should return, and in which order.",
    {"return value, derivative": "return derivative, value"},
)
exercise.idea(
    "slopes_not_multiplied",
    "The slopes are returned as a list, but they should be multiplied.",
    "Slopes along a chain multiply: the derivative is a single number.",
    {"np.prod(slopes)": "slopes"},
)
exercise.idea(
    "values_returned",
    "All the values on the way are returned, but only the last is asked for.",
    "The function should return two numbers. Which of the values is the composition's?",
    {"return values[-1]": "return values"},
)


@exercise.mistake(
    "This is written for two functions: there may be any number of them.",
    "What do you do again and again, once for each function?",
)
def for_two_functions(fs, dfs, x):
    inner = fs[0](x)
    return fs[1](inner), dfs[1](inner) * dfs[0](x)


@exercise.mistake(
    "This is written for three functions: there may be any number of them.",
    "What do you do again and again, once for each function?",
)
def for_three_functions(fs, dfs, x):
    first = fs[0](x)
    second = fs[1](first)
    return fs[2](second), dfs[2](second) * dfs[1](first) * dfs[0](x)
