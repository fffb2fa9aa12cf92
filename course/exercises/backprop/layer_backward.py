"""Questions and known mistakes of `layer_backward`."""

import numpy as np

from course.exercises.backprop.numerics import (
    MEASURED,
    next_to_kinks,
    quotients,
)
from course.exercises.engine import Exercise, Question, stock
from course.exercises.precision import has_twelve_digits
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
    yield Question("float32", short)
    ([A], [b]), H_in = next_to_kinks(rng, (2, 4), 5)
    exact = _layer_question(rng.normal(size=(5, 4)), H_in, A, b, stock.LEAKY)
    yield Question(
        "next to a kink, to twelve digits",
        exact,
        judged_by=has_twelve_digits,
        property_args={"right": nn.layer_backward(**exact)},
        weight=9,  # measured gradients earn little more than half
    )


@exercise.writing
def by_matrices(dH, H_in, A, Z, act):
    slopes = act.derivative(Z)
    delta = dH * slopes
    dH_in = delta @ A.T
    dA = H_in.T @ delta
    db = np.sum(delta, axis=0, keepdims=True)
    return dH_in, dA, db


@exercise.writing
def example_by_example(dH, H_in, A, Z, act):
    dH_in, dA, db = np.zeros(H_in.shape), np.zeros(A.shape), np.zeros((1, A.shape[1]))
    for i in range(len(dH)):
        delta = dH[i] * act.derivative(Z[i])
        dH_in[i] = A @ delta
        dA += np.outer(H_in[i], delta)
        db += delta
    return dH_in, dA, db


@exercise.writing(ideas=("slope_of_another_activation",))
def with_its_own_slope(dH, H_in, A, Z, act):
    return nn.layer_backward(dH, H_in, A, Z, nn.Activation(act, nn.d_sigmoid))


@exercise.writing(ideas=("another_order",))
def in_another_order(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dA, db, dH_in


@exercise.writing(ideas=("measured_not_derived",))
def measured(dH, H_in, A, Z, act):
    h, sides = 1e-5, 2
    b = Z - H_in @ A
    dH_in = quotients(lambda t: np.sum(dH * act(t @ A + b)), H_in, h, sides)
    dA = quotients(lambda t: np.sum(dH * act(H_in @ t + b)), A, h, sides)
    db = quotients(lambda t: np.sum(dH * act(Z + t)), np.zeros((1, A.shape[1])), h, sides)
    return dH_in, dA, db


SLOPES = "slopes = act.derivative(Z)"
SUM = "np.sum(delta, axis=0, keepdims=True)"
RESULT = "return dH_in, dA, db"

exercise.idea(
    "derivative_dropped",
    "The activation's derivative is missing: this treats the layer as if H were Z.",
    "On the way forward the activation is the last step. So what is the first step on the way "
    "back?",
    {"dH * slopes": "dH"},
)
exercise.idea(
    "matrix_product_with_the_derivative",
    "This takes the matrix product (`@`) of dH and act'(Z) instead of multiplying them entry by "
    "entry.",
    "H_ij depends on Z_ij and on no other entry of Z. Which of NumPy's two products does that call "
    "for?",
    {"dH * slopes": "dH @ slopes"},
    {"dH * slopes": "dH @ slopes.T"},
)
exercise.idea(
    "derivative_at_the_output",
    "The derivative is taken at the layer's output act(Z) instead of at Z.",
    "The derivative of act is taken at the same numbers that act was given.",
    {"act.derivative(Z)": "act.derivative(act(Z))"},
    {"act.derivative(Z[i])": "act.derivative(act(Z[i]))"},
)
exercise.idea(
    "derivative_without_the_bias",
    "The derivative is taken at H_in A, without the bias, instead of at Z.",
    "The activation was given Z, which is an argument of yours. What is in Z beside H_in A?",
    {"act.derivative(Z)": "act.derivative(H_in @ A)"},
    {"act.derivative(Z[i])": "act.derivative(H_in[i] @ A)"},
)
exercise.idea(
    "incoming_gradient_forgotten",
    "This starts from act'(Z) alone: the gradient dH, which comes from the layer after, is lost.",
    "The chain rule multiplies two factors here. Where is the one from outside?",
    {"dH * slopes": "slopes"},
)
exercise.idea(
    "derivative_at_dH",
    "The derivative is taken at dH instead of at Z.",
    "The derivative of act is taken at the same numbers that act was given.",
    {SLOPES: "slopes = act.derivative(dH)"},
    {"dH * slopes": "act.derivative(dH)"},
)
exercise.idea(
    "value_for_derivative",
    "This multiplies by act(Z) instead of act'(Z).",
    "Which of the two says how fast the output changes with Z?",
    {"act.derivative(Z)": "act(Z)"},
    {"act.derivative(Z[i])": "act(Z[i])"},
)
exercise.idea(
    "slope_of_another_activation",
    "The derivative's formula is that of one particular activation, such as relu or sigmoid, "
    "whatever `act` is.",
    "The layer's activation is an argument. What does it know of its own slope?",
    {SLOPES: "slopes = 1.0 * (Z > 0)"},
    {SLOPES: "slopes = act(Z) * (1 - act(Z))"},
    *(
        {"nn.d_sigmoid": slope}
        for slope in ("nn.d_sigmoid", "nn.d_tanh", "(lambda Z: 1 - act(Z) ** 2)")
    ),
)
exercise.idea(
    "multiplied_by_z",
    "This multiplies by Z instead of act'(Z).",
    "Which of the two says how fast the output changes with Z?",
    {SLOPES: "slopes = Z"},
)
exercise.idea(
    "derivative_missing_towards_the_input",
    "The gradient by the input is dH Aᵀ: the activation's derivative is missing from it.",
    "Every path from the output back to the input leads through the activation.",
    {"delta @ A.T": "dH @ A.T"},
    {"A @ delta": "A @ dH[i]"},
)
exercise.idea(
    "derivative_missing_in_the_weights",
    "The weights' gradient is made of dH: the activation's derivative is missing from it.",
    "Every path from the output back to a weight leads through the activation.",
    {"H_in.T @ delta": "H_in.T @ dH"},
    {"np.outer(H_in[i], delta)": "np.outer(H_in[i], dH[i])"},
)
exercise.idea(
    "derivative_missing_in_the_biases",
    "The bias gradient is a sum of dH: the activation's derivative is missing from it.",
    "Every path from the output back to a bias leads through the activation.",
    {"np.sum(delta": "np.sum(dH"},
    {"db += delta": "db += dH[i]"},
)
exercise.idea(
    "transpose_missing",
    "The gradient by the input is delta @ A: the transpose is missing.",
    "delta is (n, d_out), A is (d_in, d_out), and the result should be (n, d_in). How must A be "
    "turned?",
    {"delta @ A.T": "delta @ A"},
    {"A @ delta": "delta @ A"},
)
exercise.idea(
    "inputs_not_transposed",
    "The weights' gradient is H_in @ delta: the transpose is missing.",
    "H_in is (n, d_in), delta is (n, d_out), and the result should be (d_in, d_out). So how must "
    "H_in be turned?",
    {"H_in.T @ delta": "H_in @ delta"},
)
exercise.idea(
    "weight_gradient_transposed",
    "The weights' gradient is transposed: it should have A's shape, (d_in, d_out).",
    "Entry (i, j) of the gradient belongs to the weight from input i to neuron j.",
    {"H_in.T @ delta": "delta.T @ H_in"},
)
exercise.idea(
    "input_gradient_transposed",
    "The gradient by the input is transposed: it should have H_in's shape, (n, d_in).",
    "One example is one row, in the gradient as in the input.",
    {"delta @ A.T": "A @ delta.T"},
)
exercise.idea(
    "own_output_for_the_input",
    "The weights' gradient uses this layer's own H or Z instead of its input.",
    "Which numbers does a weight multiply on the way forward?",
    {"H_in.T @ delta": "act(Z).T @ delta"},
    {"H_in.T @ delta": "Z.T @ delta"},
)
exercise.idea(
    "bias_gradient_not_summed",
    "The bias gradient is not summed over the batch.",
    "One bias row serves all n examples. What does lesson 4 do if one node feeds many?",
    {SUM: "delta"},
)
exercise.idea(
    "bias_gradient_averaged",
    "The bias gradient is a mean over the batch instead of a sum.",
    "The loss is already a mean, so dH contains its 1/n. If one node feeds many, deltas add up.",
    {"np.sum(delta": "np.mean(delta"},
)
exercise.idea(
    "bias_gradient_lies_flat",
    "The bias gradient has shape (d_out,), but the bias is a row of shape (1, d_out).",
    "A gradient has the shape of what it is the gradient by. What does keepdims do?",
    {SUM: "np.sum(delta, axis=0)"},
)
exercise.idea(
    "one_number_for_all_biases",
    "The bias gradient is summed over everything, as without `axis`, but each neuron has a bias of "
    "its own.",
    "What does a sum without an axis add up? The bias row has one entry per neuron.",
    {SUM: "np.sum(delta)"},
    {SUM: "np.sum(delta, keepdims=True)"},
)
exercise.idea(
    "bias_gradient_along_the_rows",
    "The bias gradient is summed along the rows (axis 1): it has one entry per example instead of "
    "one per neuron.",
    "Which axis of delta counts the examples? Sum over that one.",
    {SUM: "np.sum(delta, axis=1, keepdims=True)"},
    {SUM: "np.sum(delta, axis=1)"},
)
exercise.idea(
    "divided_by_n_again",
    "The gradients by weights and bias are divided by n once more; dH already contains the 1/n.",
    "Who averages over the batch: the loss or the layer? Only one of them should.",
    {"H_in.T @ delta": "H_in.T @ delta / len(dH)", SUM: f"{SUM} / len(dH)"},
)
exercise.idea(
    "all_divided_by_n_again",
    "All three gradients are divided by n once more; dH already contains the 1/n.",
    "Who averages over the batch: the loss or the layer? Only one of them should.",
    {"dH * slopes": "dH * slopes / len(dH)"},
)
exercise.idea(
    "weight_gradient_divided_by_n",
    "The weights' gradient is divided by n once more; dH already contains the 1/n.",
    "Who averages over the batch: the loss or the layer? Only one of them should.",
    {"H_in.T @ delta": "H_in.T @ delta / len(dH)"},
)
exercise.idea(
    "multiplied_by_n",
    "All three gradients are multiplied by n: the 1/n that dH contains is taken out again.",
    "The loss is a mean, so its gradient has a 1/n, and it stays there on the whole way back.",
    {"dH * slopes": "dH * slopes * len(dH)"},
)
exercise.idea(
    "last_example_only",
    "Only the last example counts for weights or biases: each one overwrites the sum (=) instead "
    "of adding to it.",
    "What does `=` do in a loop, and what does `+=` do?",
    {"dA += np": "dA = np", "db += delta": "db = delta[None]"},
    {"dA += np": "dA = np"},
    {"db += delta": "db = delta[None]"},
)
exercise.idea(
    "sign_turned",
    "All three gradients have the wrong sign.",
    "A gradient points uphill. Which step downhill is taken later, and by whom?",
    {"dH * slopes": "-dH * slopes"},
)
exercise.idea(
    "handed_on_through_the_gradient",
    "The gradient by the input goes through dA, the weights' gradient, instead of through A.",
    "How fast does Z change with the layer's input? Which matrix tells you?",
    {"dH_in = delta @ A.T": "dH_in = delta @ (H_in.T @ delta).T"},
)
exercise.idea(
    "another_order",
    "The three gradients are in the wrong order: dH_in, dA, db is expected.",
    "Read what the docstring says about the result.",
    *(
        {"return dA, db, dH_in": f"return {order}"}
        for order in ("dA, db, dH_in", "dA, dH_in, db", "dH_in, db, dA", "db, dA, dH_in")
    ),
    {RESULT: "return dA, db, dH_in"},
)
exercise.idea(
    "input_gradient_not_returned",
    "Only dA and db are returned, but the layer before needs dH_in.",
    "Where does the way back go on from here?",
    {RESULT: "return dA, db"},
)
exercise.idea(
    "writes_into_the_gradient",
    "dH is multiplied in place, as with `*=`, and dH is the caller's array.",
    "`*=` changes the array itself. Give the product a name of its own.",
    {"delta = dH * slopes": "dH *= slopes\ndelta = dH"},
)
exercise.idea(
    "measured_not_derived",
    *MEASURED,
    *({"1e-5, 2": f"{step}, 2"} for step in ("1e-5", "1e-3", "1e-4", "1e-6", "1e-7")),
    *({"1e-5, 2": f"{step}, 1"} for step in ("1e-4", "1e-5", "1e-6", "1e-7")),
)
