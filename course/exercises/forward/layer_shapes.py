"""Questions and known mistakes of `layer_shapes`."""

from itertools import pairwise

from course.exercises.engine import Exercise, Question
from course.exercises.forward.samples import unequal_widths
from course.nn import forward as nn

exercise = Exercise(
    nn.layer_shapes,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "A layer sits between two neighbouring widths. How many neighbouring pairs does a list of "
        "four have?",
        "Walk through `dims`, and through `dims` without its first entry, side by side: each pair "
        "is (what comes in, what goes out).",
        "A pair gives you both shapes: the matrix has a row for each number that comes in and a "
        "column for each number that goes out. `zip` walks through two lists side by side.",
    ),
)


@exercise.public
def public():
    yield Question("the lecture's net", dict(dims=[5, 3, 3, 2]))
    yield Question("one layer", dict(dims=[4, 1]))


@exercise.secret
def secret(rng):
    yield Question("unequal widths", dict(dims=unequal_widths(rng, 4)))
    yield Question("the smallest net", dict(dims=[int(rng.integers(2, 9)), 1]))
    yield Question("many layers", dict(dims=[int(d) for d in rng.integers(2, 40, size=9)]))
    yield Question("a bottleneck of one unit", dict(dims=[6, 1, 5]))


@exercise.mistake(
    "The weights have one neuron per row, as in the lecture's pictures.",
    "In this course, examples are rows and `X @ A` must work. So what does a row of A stand for?",
)
def one_neuron_a_row(dims):
    return [((d_out, d_in), (1, d_out)) for d_in, d_out in pairwise(dims)]


@exercise.mistake(
    "Every layer has one bias per input.",
    "A bias belongs to a neuron. How many neurons does the layer have?",
)
def bias_as_wide_as_the_input(dims):
    return [((d_in, d_out), (1, d_in)) for d_in, d_out in pairwise(dims)]


@exercise.mistake(
    "The biases are flat, but in this course they are a row: a matrix with one row.",
    "In lesson 2, `dense` added such a b to every row of a batch. What was its shape?",
)
def flat_biases(dims):
    return [((d_in, d_out), (d_out,)) for d_in, d_out in pairwise(dims)]


@exercise.mistake(
    "The last layer is missing.",
    "Four widths have three gaps between them. Where does your loop stop?",
)
def last_layer_missing(dims):
    return nn.layer_shapes(dims)[:-1]
