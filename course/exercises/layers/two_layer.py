"""Questions and known mistakes of `two_layer`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import layers as nn

exercise = Exercise(
    nn.two_layer,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "There are two stages: the hidden layer turns x into m numbers, and the output neuron "
        "turns those m numbers into one.",
        "The first stage is the layer you have just written, with one activation for all neurons. "
        "The second is a dot product with u, and nothing after it.",
        "Call `layer` with W, x and h, and take the dot product of u with the result.",
    ),
)


@exercise.public
def public():
    yield Question(
        "two hidden neurons, three inputs",
        dict(
            u=np.array([2.0, -1.0]),
            W=np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]),
            x=np.array([1.0, 0.0, 1.0]),
            h=stock.square,
        ),
    )
    yield Question(
        "three hidden neurons, two inputs",
        dict(
            u=np.array([1.0, 0.5, -2.0]),
            W=np.array([[1.0, 1.0], [2.0, 0.0], [0.0, -1.0]]),
            x=np.array([2.0, 1.0]),
            h=stock.shifted_square,
        ),
    )
    yield Question(
        "one hidden neuron",
        dict(u=np.array([3.0]), W=np.array([[1.0, -2.0]]), x=np.array([4.0, 1.0]), h=stock.square),
    )


@exercise.secret
def secret(rng):
    yield Question("more hidden neurons than inputs", _two_layers(rng, 5, 3, stock.sin))
    yield Question("more inputs than hidden neurons", _two_layers(rng, 2, 4, stock.shifted_square))
    yield Question("as many hidden neurons as inputs", _two_layers(rng, 3, 3, stock.sin))
    yield Question("a single hidden neuron", _two_layers(rng, 1, 3, stock.exp), weight=0.5)
    yield Question("a single input", _two_layers(rng, 3, 1, stock.shifted_square), weight=0.5)
    yield Question(
        "whole numbers",
        dict(
            u=rng.permutation([-1, 2, 3]),
            W=rng.integers(-2, 3, size=(3, 2)),
            x=rng.permutation([1, 2]),
            h=stock.cos,
        ),
    )


def _two_layers(rng, m, d, h):
    return dict(u=rng.uniform(0.5, 2, m), W=rng.normal(size=(m, d)), x=rng.normal(size=d), h=h)


@exercise.mistake(
    "The activation is applied to the output too.",
    "In f(x) = u · h(x), is there an activation to the left of u?",
)
def activation_on_the_output_too(u, W, x, h):
    return h(u @ h(W @ x))


@exercise.mistake(
    "The activation is applied after the output neuron instead of in the hidden layer.",
    "Walk from x to f(x): which comes first, h or u?",
)
def activation_on_the_output_only(u, W, x, h):
    return h(u @ (W @ x))


@exercise.mistake(
    "This is u · (W x): without its activation the hidden layer can't do more than a single "
    "neuron.",
    "The hidden layer is h(W x). Which part of it is missing?",
)
def activation_left_out(u, W, x, h):
    return u @ (W @ x)


@exercise.mistake(
    "The activation is applied to the inputs, before the hidden weights.",
    "A hidden neuron is h(w · x). What has to be finished before h can start?",
)
def activation_before_the_hidden_weights(u, W, x, h):
    return u @ (W @ h(x))


@exercise.mistake(
    "The hidden weights are transposed.",
    "W has one neuron per row, (m, d), and x is (d,). Which product has m numbers?",
)
def hidden_weights_transposed(u, W, x, h):
    return u @ h(x @ W)


@exercise.mistake(
    "The products in the output neuron are not added up.",
    "f(x) is one number. How many numbers are there in `u * h`, and how many in u · h?",
)
def output_not_summed(u, W, x, h):
    return u * h(W @ x)


@exercise.mistake(
    "These are the outputs of the hidden neurons: the output neuron is missing.",
    "f(x) is one number. Which weights turn your m numbers into one?",
)
def output_neuron_left_out(u, W, x, h):
    return h(W @ x)


@exercise.mistake(
    "This is the plain sum of the hidden neurons: the output neuron's weights are missing.",
    "How does the output neuron make one hidden neuron count more than another?",
)
def output_weights_left_out(u, W, x, h):
    return h(W @ x).sum()


@exercise.mistake(
    "The number is right, but it is wrapped in an array with one entry.",
    "f(x) is a number. Which of your steps turned a vector into a row or a column?",
)
def an_array_of_one(u, W, x, h):
    return np.reshape(u, (1, -1)) @ h(W @ x)
