"""Questions and known mistakes of `layer`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import layers as nn

exercise = Exercise(
    nn.layer,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "All m neurons read the same x. First compute all m numbers w_i · x, then apply the "
        "activations, each to its own number.",
        "A matrix times a vector is a dot product for each row of the matrix. For the activations "
        "there are two cases, and `callable(hs)` tells them apart.",
        "A single function takes the whole vector z at once. Walk along a sequence together with "
        "z: the first function gets the first number, the second function the second number.",
    ),
)


@exercise.public
def public():
    yield Question(
        "three neurons, two inputs, one activation for all",
        dict(W=np.array([[1, 0], [0, 2], [1, -4]]), x=np.array([3, 1]), hs=stock.leaky),
    )
    yield Question(
        "two neurons, each with its own activation",
        dict(
            W=np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]]),
            x=np.array([2.0, 1.0, 5.0]),
            hs=[stock.double, stock.square],
        ),
    )
    yield Question(
        "a single neuron, with its activation in a list of one",
        dict(
            W=np.array([[1.0, -1.0, 2.0]]),
            x=np.array([1.0, 2.0, 3.0]),
            hs=[stock.shifted_square],
        ),
    )


@exercise.secret
def secret(rng):
    yield Question(
        "more neurons than inputs",
        dict(W=rng.normal(size=(5, 3)), x=rng.normal(size=3), hs=stock.shifted_square),
    )
    yield Question(
        "more inputs than neurons, each neuron with its own activation",
        dict(W=rng.normal(size=(2, 4)), x=rng.normal(size=4), hs=[stock.double, stock.square]),
        weight=1.5,
    )
    yield Question(
        "as many neurons as inputs, activations in a tuple",
        dict(
            W=rng.normal(size=(3, 3)),
            x=rng.normal(size=3),
            hs=(stock.shifted_square, stock.double, stock.sin),
        ),
        weight=1.5,
    )
    yield Question(
        "the same activation listed for every neuron",
        dict(
            W=rng.normal(size=(3, 2)),
            x=rng.uniform(0.5, 1, 2),
            hs=[stock.shifted_square] * 3,
        ),
        weight=0.5,
    )
    yield Question(
        "a single neuron",
        dict(W=rng.normal(size=(1, 4)), x=rng.normal(size=4), hs=stock.sin),
        weight=0.5,
    )
    yield Question(
        "a single input",
        dict(W=rng.normal(size=(4, 1)), x=rng.uniform(0.2, 0.8, 1), hs=stock.exp),
        weight=0.5,
    )
    yield Question(
        "whole numbers and activations that turn them into fractions",
        dict(
            W=rng.integers(-3, 4, size=(3, 2)),
            x=rng.permutation([1, 2]),
            hs=[stock.cos, stock.tanh, stock.exp],
        ),
        weight=1.5,
    )


def _each(hs, m):
    return [hs] * m if callable(hs) else hs


@exercise.mistake(
    "The weights are transposed: neurons are read from the columns of W.",
    "W is (m, d) and x is (d,). Which product has m numbers?",
)
def neurons_as_columns(W, x, hs):
    z = x @ W
    return np.array([h(z_i) for h, z_i in zip(_each(hs, len(z)), z, strict=True)])


@exercise.mistake(
    "The first activation is used for all neurons.",
    "Activations need not be identical: neuron i has its own h_i. What is `hs[1]` for?",
)
def first_activation_for_all(W, x, hs):
    h = hs if callable(hs) else hs[0]
    return h(W @ x)


@exercise.mistake(
    "Every activation is applied to every neuron.",
    "There are m neurons and m outputs. Which of the numbers in z belongs to h_i?",
)
def every_activation_on_every_neuron(W, x, hs):
    z = W @ x
    return hs(z) if callable(hs) else np.array([h(z) for h in hs])


@exercise.mistake(
    "The activations are applied one after another, each to the result of the one before it.",
    "The neurons work side by side and don't see each other. What does neuron 1 pass to h_1?",
)
def activations_one_after_another(W, x, hs):
    z = W @ x
    for h in [hs] if callable(hs) else hs:
        z = h(z)
    return z


@exercise.mistake(
    "hs is treated as one function although it is a sequence.",
    "hs may be one function or m of them. How can you tell which it is?",
)
def sequence_not_expected(W, x, hs):
    return hs(W @ x)


@exercise.mistake(
    "hs is treated as a sequence although it is one function.",
    "hs may be one function or m of them. How can you tell which it is?",
)
def one_function_not_expected(W, x, hs):
    return np.array([h(w @ x) for h, w in zip(hs, W, strict=True)])


@exercise.mistake(
    "The one function is put into a list of one, so only the first neuron finds an activation "
    "there, and `zip` stops.",
    "How many functions do you need to walk along all the neurons?",
)
def only_the_first_neuron(W, x, hs):
    return np.array([h(w @ x) for h, w in zip([hs] if callable(hs) else hs, W, strict=False)])


@exercise.mistake(
    "The products are not added up, so every neuron has d outputs.",
    "`W * x` multiplies entry by entry. What is still missing to get w_i · x from row i?",
)
def products_not_summed(W, x, hs):
    return np.array([h(w * x) for h, w in zip(_each(hs, len(W)), W, strict=True)])


@exercise.mistake(
    "The activation is applied to the inputs, before the weights.",
    "In h_i(w_i · x), what has to be finished before h_i can start?",
)
def activation_of_the_inputs(W, x, hs):
    return np.array([w @ h(x) for h, w in zip(_each(hs, len(W)), W, strict=True)])


@exercise.mistake(
    "This is W x alone: the activations are missing.",
    "What is in hs, and where do you use it?",
)
def activations_left_out(W, x, hs):
    return W @ x


@exercise.mistake(
    "The results are put into an array of whole numbers, so everything after the decimal point is "
    "cut off.",
    "What is the `dtype` of the array you made for the results if W and x hold whole numbers?",
)
def cut_to_whole_numbers(W, x, hs):
    outputs = np.zeros_like(W @ x)
    for i, h in enumerate(_each(hs, len(W))):
        outputs[i] = h(W[i] @ x)
    return outputs


@exercise.mistake(
    "This is only the first neuron's output, as a number: the loop returned too early.",
    "Where is your `return`: inside the loop or after it?",
)
def returned_inside_the_loop(W, x, hs):
    return _each(hs, len(W))[0](W[0] @ x)
