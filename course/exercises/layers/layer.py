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
        "All m neurons read the same x. First get all m numbers w_i · x, then let the activations "
        "work on them, each on its own.",
        "A matrix times a vector is a dot product for each row of the matrix. For the activations "
        "there are two cases; callable(hs) tells them apart.",
        "One function takes the whole vector z at once. A sequence has to be walked together with "
        "z: the first function with the first number, the second with the second.",
    ),
)


@exercise.public
def public():
    yield Question(
        "three neurons, two inputs, one activation for all",
        dict(W=np.array([[1, 0], [0, 2], [1, -4]]), x=np.array([3, 1]), hs=stock.leaky),
    )
    yield Question(
        "two neurons with an activation each",
        dict(
            W=np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]]),
            x=np.array([2.0, 1.0, 5.0]),
            hs=[stock.double, stock.square],
        ),
    )
    yield Question(
        "a single neuron, its activation in a list of one",
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
        "more inputs than neurons, an activation each",
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
        "the same activation named for every neuron",
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
        "whole numbers and activations that make fractions of them",
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
    "This is what you get when the weights are transposed: it takes a neuron to be a column of W.",
    "W is (m, d) and x is (d,). Which product has m numbers?",
)
def neurons_as_columns(W, x, hs):
    z = x @ W
    return np.array([h(z_i) for h, z_i in zip(_each(hs, len(z)), z, strict=True)])


@exercise.mistake(
    "This is what you get when the first activation is used for all neurons.",
    "Activations need not be identical: neuron i has h_i. What is hs[1] for?",
)
def first_activation_for_all(W, x, hs):
    h = hs if callable(hs) else hs[0]
    return h(W @ x)


@exercise.mistake(
    "This is what you get when every activation is applied to every neuron.",
    "m neurons, m outputs. Which of the numbers in z belongs to h_i?",
)
def every_activation_on_every_neuron(W, x, hs):
    z = W @ x
    return hs(z) if callable(hs) else np.array([h(z) for h in hs])


@exercise.mistake(
    "This is what you get when the activations work one after another, each on what the last one "
    "left.",
    "The neurons stand side by side and don't see each other. What does neuron 1 hand to h_1?",
)
def activations_one_after_another(W, x, hs):
    z = W @ x
    for h in [hs] if callable(hs) else hs:
        z = h(z)
    return z


@exercise.mistake(
    "This is what you get when hs is taken for one function although it is a sequence.",
    "hs may be one function or m of them. How can you tell which one came?",
)
def sequence_not_expected(W, x, hs):
    return hs(W @ x)


@exercise.mistake(
    "This is what you get when hs is taken for a sequence although it is one function.",
    "hs may be one function or m of them. How can you tell which one came?",
)
def one_function_not_expected(W, x, hs):
    return np.array([h(w @ x) for h, w in zip(hs, W, strict=True)])


@exercise.mistake(
    "This is what you get when the one function is put into a list of one: only the first neuron "
    "finds an activation there, and zip stops.",
    "How many functions does the walk along the neurons need?",
)
def only_the_first_neuron(W, x, hs):
    return np.array([h(w @ x) for h, w in zip([hs] if callable(hs) else hs, W, strict=False)])


@exercise.mistake(
    "This is what you get when the products are not added up, so that every neuron has d outputs.",
    "W * x multiplies entry by entry. What is still missing to make w_i · x of row i?",
)
def products_not_summed(W, x, hs):
    return np.array([h(w * x) for h, w in zip(_each(hs, len(W)), W, strict=True)])


@exercise.mistake(
    "This is what you get when the activation is applied to the inputs, before the weights.",
    "In h_i(w_i · x), what has to be finished before h_i can start?",
)
def activation_of_the_inputs(W, x, hs):
    return np.array([w @ h(x) for h, w in zip(_each(hs, len(W)), W, strict=True)])


@exercise.mistake(
    "This is W x alone: the activations are left out.",
    "What do you have in hs, and where does it enter?",
)
def activations_left_out(W, x, hs):
    return W @ x


@exercise.mistake(
    "This is what you get when the results are put into an array of whole numbers: everything "
    "after the decimal point is cut off.",
    "What is the dtype of the array you made for the results, when W and x hold whole numbers?",
)
def cut_to_whole_numbers(W, x, hs):
    outputs = np.zeros_like(W @ x)
    for i, h in enumerate(_each(hs, len(W))):
        outputs[i] = h(W[i] @ x)
    return outputs


@exercise.mistake(
    "This is the first neuron's output alone, as a number: the loop returned too early.",
    "Where does your return stand: inside the loop, or after it?",
)
def returned_inside_the_loop(W, x, hs):
    return _each(hs, len(W))[0](W[0] @ x)
