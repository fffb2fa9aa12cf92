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
        "The activation works entry by entry, so its step is an entrywise product of two arrays "
        "of Z's shape. For the rest write the shapes down: each gradient has the shape of what it "
        "is the gradient by, and only one product of your matrices has it.",
        "With the gradient by Z called delta: the weights' gradient is H_in transposed times "
        "delta, the input's is delta times A transposed, and since the one bias row was added to "
        "every example, its gradient collects all rows of delta and stays one row.",
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
    yield Question("asked twice in a row", layer(2, 3, 4, stock.SINE), call="twice")
    short = {
        name: part.astype(np.float32) if isinstance(part, np.ndarray) else part
        for name, part in layer(3, 2, 4, stock.SINE).items()
    }
    yield Question("float32", short, **SINGLE)


def _delta(dH, Z, act):
    return dH * act.derivative(Z)


@exercise.mistake(
    "The activation's derivative is dropped: this treats the layer as if H were Z.",
    "On the way forward the activation came last. On the way back, what must come first?",
)
def derivative_dropped(dH, H_in, A, Z, act):
    return nn.layer_backward(dH, H_in, A, Z, stock.IDENTITY)


@exercise.mistake(
    "This takes a matrix product of dH and act'(Z), where each entry of the one is to be "
    "multiplied by the entry of the other in the same place.",
    "H_ij depends on Z_ij and on no other entry of Z. Which of NumPy's two products is that?",
)
def matrix_product_with_the_derivative(dH, H_in, A, Z, act):
    delta = dH @ act.derivative(Z)
    return delta @ A.T, H_in.T @ delta, delta.sum(axis=0, keepdims=True)


@exercise.mistake(
    "The derivative was taken at the layer's output act(Z); it belongs at Z.",
    "act'(·) wants what act(·) was given.",
)
def derivative_at_the_output(dH, H_in, A, Z, act):
    return nn.layer_backward(dH, H_in, A, act(Z), act)


@exercise.mistake(
    "This multiplies by act(Z) where act'(Z) is due.",
    "Which of the two says how fast the output moves when Z does?",
)
def value_for_derivative(dH, H_in, A, Z, act):
    delta = dH * act(Z)
    return delta @ A.T, H_in.T @ delta, delta.sum(axis=0, keepdims=True)


@exercise.mistake(
    "The gradient by the input is dH Aᵀ; the activation's derivative is missing in it.",
    "Every way from the output back to the input leads through the activation.",
)
def derivative_missing_towards_the_input(dH, H_in, A, Z, act):
    _, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH @ A.T, dA, db


@exercise.mistake(
    "The gradient by the input is delta @ A; the transpose is missing.",
    "delta is (n, d_out), A is (d_in, d_out), and (n, d_in) is wanted. How must A be turned?",
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
    "The weights' gradient was made with this layer's output; it needs the layer's input.",
    "Which numbers does a weight multiply on the way forward?",
)
def own_output_for_the_input(dH, H_in, A, Z, act):
    dH_in, _, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, act(Z).T @ _delta(dH, Z, act), db


@exercise.mistake(
    "This is what you get when the bias gradient is not summed over the batch.",
    "One bias row serves all n examples. What does lesson 4 do where one node feeds many?",
)
def bias_gradient_not_summed(dH, H_in, A, Z, act):
    dH_in, dA, _ = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA, _delta(dH, Z, act)


@exercise.mistake(
    "The bias gradient is a mean over the batch; contributions are added.",
    "The loss is a mean already, so dH holds its 1/n. Where one node feeds many, deltas add up.",
)
def bias_gradient_averaged(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA, db / len(dH)


@exercise.mistake(
    "The bias gradient has shape (d_out,); the bias is a row of shape (1, d_out).",
    "A gradient has the shape of what it is the gradient by. What does keepdims do?",
)
def bias_gradient_lies_flat(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA, db[0]


@exercise.mistake(
    "The gradients by weights and bias are divided by n once more; dH holds the 1/n already.",
    "Who averages over the batch, the loss or the layer? Only one of them should.",
)
def divided_by_n_again(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA / len(dH), db / len(dH)


@exercise.mistake(
    "The three gradients came in another order: dH_in, dA, db is asked for.",
    "Read the docstring's line on what is returned.",
)
def another_order(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dA, db, dH_in


@exercise.mistake(
    "The numbers are right, but dH was multiplied in place, and dH is the caller's.",
    "`*=` changes an array where it is. Give the product a name of its own.",
)
def writes_into_the_gradient(dH, H_in, A, Z, act):
    dH *= act.derivative(Z)
    return dH @ A.T, H_in.T @ dH, dH.sum(axis=0, keepdims=True)
