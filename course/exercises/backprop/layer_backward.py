"""Questions and known mistakes of `layer_backward`."""

import numpy as np

from course.exercises.backprop.numerics import SINGLE
from course.exercises.engine import Exercise, Question, stock
from course.nn import backprop as nn

exercise = Exercise(
    nn.layer_backward,
    points=5,
    minutes=25,
    difficulty=4,
    hints=(
        "Go back through the layer in two steps: first through the activation, from dH to the "
        "gradient by Z; then through Z = H_in A + b, from there to its three ingredients.",
        "The activation works entry by entry, so its step is an entrywise product of two arrays of "
        "Z's shape. For the rest, write down the shapes: each gradient has the shape of what it is "
        "the gradient by, and only one product of your matrices fits.",
        "Call the gradient by Z delta. The weights' gradient is H_in transposed times delta; the "
        "input's is delta times A transposed. The single bias row was added to every example, so "
        "its gradient is the sum of delta's rows, kept as one row.",
    ),
)


@exercise.public
def public():
    H_in, A, b = np.array([[1.0, 2.0]]), np.array([[3.0], [-1.0]]), np.array([[1.0]])
    yield Question(
        "one example, one neuron with two inputs, act(z) = z²",
        _layer_question(np.array([[2.0]]), H_in, A, b, stock.SQUARE),
    )
    yield Question(
        "two examples, two neurons to three, act(z) = z²",
        _layer_question(
            np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]),
            np.array([[1.0, 2.0], [3.0, -1.0]]),
            np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 1.0]]),
            np.array([[0.0, 1.0, 0.0]]),
            stock.SQUARE,
        ),
    )
    yield Question(
        "two examples, two neurons to two, act(z) = z²",
        _layer_question(
            np.array([[1.0, 2.0], [-1.0, 1.0]]),
            np.array([[1.0, 0.0], [2.0, 1.0]]),
            np.array([[1.0, -1.0], [2.0, 0.0]]),
            np.array([[0.0, 2.0]]),
            stock.SQUARE,
        ),
    )


def _layer_question(dH, H_in, A, b, act):
    return {"dH": dH, "H_in": H_in, "A": A, "Z": H_in @ A + b, "act": act}


@exercise.secret
def secret(rng):
    def layer(n, d_in, d_out, act):
        return _layer_question(
            rng.normal(size=(n, d_out)),
            rng.normal(size=(n, d_in)),
            rng.normal(size=(d_in, d_out)),
            rng.normal(size=(1, d_out)),
            act,
        )

    yield Question("a layer that widens", layer(5, 2, 4, stock.SINE), weight=2)
    yield Question("a layer that narrows", layer(4, 3, 2, stock.CUBE), weight=2)
    yield Question("a batch of one", layer(1, 3, 2, stock.SINE))
    yield Question("as many examples as neurons before and after", layer(3, 3, 3, stock.SQUARE))
    yield Question("a single neuron", layer(3, 2, 1, stock.SQUARE))
    yield Question("a kink in the activation", layer(6, 2, 3, stock.LEAKY))
    yield Question("called twice in a row", layer(2, 3, 4, stock.SINE), call="twice")
    short = {
        name: part.astype(np.float32) if isinstance(part, np.ndarray) else part
        for name, part in layer(3, 2, 4, stock.SINE).items()
    }
    yield Question("float32", short, **SINGLE)


def _delta(dH, Z, act):
    return dH * act.derivative(Z)


@exercise.mistake(
    "The activation's derivative is missing: this treats the layer as if H were Z.",
    "On the way forward the activation is the last step. So what is the first step on the way "
    "back?",
)
def derivative_dropped(dH, H_in, A, Z, act):
    return nn.layer_backward(dH, H_in, A, Z, stock.IDENTITY)


@exercise.mistake(
    "This takes the matrix product of dH and act'(Z) instead of multiplying them entry by entry.",
    "H_ij depends on Z_ij and on no other entry of Z. Which of NumPy's two products does that call "
    "for?",
)
def matrix_product_with_the_derivative(dH, H_in, A, Z, act):
    delta = dH @ act.derivative(Z)
    return delta @ A.T, H_in.T @ delta, delta.sum(axis=0, keepdims=True)


@exercise.mistake(
    "The derivative is taken at the layer's output act(Z) instead of at Z.",
    "The derivative of act is taken at the same numbers that act was given.",
)
def derivative_at_the_output(dH, H_in, A, Z, act):
    return nn.layer_backward(dH, H_in, A, act(Z), act)


@exercise.mistake(
    "This multiplies by act(Z) instead of act'(Z).",
    "Which of the two says how fast the output changes with Z?",
)
def value_for_derivative(dH, H_in, A, Z, act):
    delta = dH * act(Z)
    return delta @ A.T, H_in.T @ delta, delta.sum(axis=0, keepdims=True)


@exercise.mistake(
    "The gradient by the input is dH Aᵀ: the activation's derivative is missing from it.",
    "Every path from the output back to the input leads through the activation.",
)
def derivative_missing_towards_the_input(dH, H_in, A, Z, act):
    _, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH @ A.T, dA, db


@exercise.mistake(
    "The gradient by the input is delta @ A: the transpose is missing.",
    "delta is (n, d_out), A is (d_in, d_out), and the result should be (n, d_in). How must A be "
    "turned?",
)
def transpose_missing(dH, H_in, A, Z, act):
    _, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return _delta(dH, Z, act) @ A, dA, db


@exercise.mistake(
    "The weights' gradient is transposed: it should have A's shape, (d_in, d_out).",
    "Entry (i, j) of the gradient belongs to the weight from input i to neuron j.",
)
def weight_gradient_transposed(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA.T, db


@exercise.mistake(
    "The weights' gradient uses this layer's output, but it needs the layer's input.",
    "Which numbers does a weight multiply on the way forward?",
)
def own_output_for_the_input(dH, H_in, A, Z, act):
    dH_in, _, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, act(Z).T @ _delta(dH, Z, act), db


@exercise.mistake(
    "The bias gradient is not summed over the batch.",
    "One bias row serves all n examples. What does lesson 4 do if one node feeds many?",
)
def bias_gradient_not_summed(dH, H_in, A, Z, act):
    dH_in, dA, _ = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA, _delta(dH, Z, act)


@exercise.mistake(
    "The bias gradient is a mean over the batch, but contributions are added.",
    "The loss is already a mean, so dH contains its 1/n. If one node feeds many, deltas add up.",
)
def bias_gradient_averaged(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA, db / len(dH)


@exercise.mistake(
    "The bias gradient has shape (d_out,), but the bias is a row of shape (1, d_out).",
    "A gradient has the shape of what it is the gradient by. What does keepdims do?",
)
def bias_gradient_lies_flat(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA, db[0]


@exercise.mistake(
    "The gradients by weights and bias are divided by n once more; dH already contains the 1/n.",
    "Who averages over the batch: the loss or the layer? Only one of them should.",
)
def divided_by_n_again(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA / len(dH), db / len(dH)


@exercise.mistake(
    "The three gradients are in the wrong order: dH_in, dA, db is expected.",
    "Read what the docstring says about the result.",
)
def another_order(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dA, db, dH_in


@exercise.mistake(
    "The numbers are right, but dH is multiplied in place, and dH is the caller's.",
    "`*=` changes the array itself. Give the product a name of its own.",
)
def writes_into_the_gradient(dH, H_in, A, Z, act):
    dH *= act.derivative(Z)
    return dH @ A.T, H_in.T @ dH, dH.sum(axis=0, keepdims=True)
