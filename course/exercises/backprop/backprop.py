"""Questions and known mistakes of `backprop`."""

from functools import partial
from itertools import pairwise

import numpy as np

from course.exercises.backprop.numerics import (
    CUT,
    MEASURED,
    next_to_kinks,
    quotients,
)
from course.exercises.engine import Exercise, Question, stock
from course.exercises.precision import has_twelve_digits
from course.nn import backprop as nn
from course.nn.backprop import layer_backward
from course.nn.forward import forward

exercise = Exercise(
    nn.backprop,
    points=6,
    minutes=30,
    difficulty=5,
    hints=(
        "Two loops: forward through the layers, keeping every Z and every H; then backward with "
        "`layer_backward`, handing each layer's `dH_in` to the layer before it.",
        "Layer j (counting from 0, as the lists do) reads H_j and makes Z and H_{j+1}. The way "
        "back starts at the loss, which returns its value and its gradient by the last H. "
        "`layer_backward` multiplies by the activation's derivative, for the last layer too.",
        "Keep Hs = [X, …], one longer than Zs. Go from the last layer back to layer 0 and give "
        "`layer_backward` the current dH, the layer's input from Hs, and its A, Z and act. Store "
        "dA and db at index j; the `dH_in` you get back is the next dH.",
    ),
)


@exercise.public
def public():
    net = ([np.array([[3.0], [-1.0]])], [np.array([[1.0]])])
    yield Question(
        "one layer, two examples, act(z) = z²",
        {
            "net": net,
            "acts": [stock.SQUARE],
            "X": np.array([[1.0, 2.0], [0.0, 1.0]]),
            "Y": np.array([[1.0], [-3.0]]),
            "loss": stock.inner_loss,
        },
    )
    As = [np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 1.0]]), np.array([[1.0], [-1.0], [2.0]])]
    Bs = [np.array([[0.0, 1.0, 0.0]]), np.array([[-2.0]])]
    yield Question(
        "layers of 2, 3 and 1, two examples, act(z) = z² and then z",
        {
            "net": (As, Bs),
            "acts": [stock.SQUARE, stock.IDENTITY],
            "X": np.array([[1.0, 1.0], [2.0, 0.0]]),
            "Y": np.array([[-5.0], [10.0]]),
            "loss": stock.quartic_loss,
        },
    )
    As = [np.array([[1.0, 0.0], [1.0, -1.0]]), np.array([[1.0, 2.0], [0.0, 1.0]])]
    Bs = [np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])]
    yield Question(
        "two layers as wide as the input, two examples, act(z) = z² in both",
        {
            "net": (As, Bs),
            "acts": [stock.SQUARE, stock.SQUARE],
            "X": np.array([[1.0, 0.0], [1.0, 1.0]]),
            "Y": np.array([[1.0, 0.0], [-1.0, 2.0]]),
            "loss": stock.inner_loss,
        },
    )
    yield Question(
        "one layer of whole numbers, three examples",
        {
            "net": ([np.array([[3], [-1]])], [np.array([[1]])]),
            "acts": [stock.SQUARE],
            "X": np.array([[1, 2], [0, 1], [1, 1]]),
            "Y": np.array([[1], [-3], [1]]),
            "loss": stock.inner_loss,
        },
    )


@exercise.secret
def secret(rng):
    def net(*dims):
        pairs = list(pairwise(dims))
        As = [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairs]
        return As, [rng.normal(size=(1, d_out)) for _, d_out in pairs]

    def asked(dims, acts, n, loss, Y=None):
        X = rng.normal(size=(n, dims[0]))
        Y = rng.normal(size=(n, dims[-1])) if Y is None else Y
        return {"net": net(*dims), "acts": acts, "X": X, "Y": Y, "loss": loss}

    sine, square, leaky, same = stock.SINE, stock.SQUARE, stock.LEAKY, stock.IDENTITY
    quartic, inner = stock.quartic_loss, stock.inner_loss
    yield Question(
        "three layers of unequal widths",
        asked((3, 4, 2, 3), [sine, leaky, same], 5, quartic),
        weight=2,
    )
    yield Question(
        "the last layer has an activation too",
        asked((2, 4, 3), [square, sine], 4, inner),
        weight=2,
    )
    yield Question("a batch of one", asked((2, 3, 2), [sine, stock.CUBE], 1, quartic))
    exact = asked((2, 3, 2), [leaky, leaky], 4, quartic)
    exact["net"], exact["X"] = next_to_kinks(rng, (2, 3, 2), 4)
    yield Question(
        "two layers next to their kinks, to twelve digits",
        exact,
        judged_by=has_twelve_digits,
        property_args={"right": nn.backprop(**exact)},
        weight=9,  # measured gradients earn little more than half
    )
    yield Question("a single layer", asked((3, 2), [sine], 4, quartic))
    yield Question(
        "layers of equal width, and as many examples", asked((3, 3, 3), [sine, square], 3, inner)
    )
    labels = rng.permutation(np.array([0, 2, 2, 1, 0]))
    yield Question("labels as targets", asked((2, 3, 4), [sine, same], 5, stock.label_loss, labels))
    whole = asked((2, 3, 2), [sine, same], 3, quartic)
    As, Bs = whole["net"]
    whole["net"] = (
        [rng.integers(1, 4, size=A.shape) for A in As],
        [rng.integers(1, 4, size=b.shape) for b in Bs],
    )
    whole["X"] = rng.integers(-2, 3, size=(3, 2))
    yield Question("integers", whole)
    yield Question(
        "called twice in a row", asked((2, 4, 1), [square, sine], 3, quartic), call="twice"
    )


@exercise.writing
def by_layers(net, acts, X, Y, loss):
    As, Bs = net
    Hs, Zs = [X], []
    for A, b, act in zip(As, Bs, acts, strict=True):
        Z = Hs[-1] @ A + b
        Zs.append(Z)
        Hs.append(act(Z))
    value, dH = loss(Hs[-1], Y)
    dAs, dBs = [], []
    for j in reversed(range(len(As))):
        H_in, Z, act = Hs[j], Zs[j], acts[j]
        dH_in, dA, db = layer_backward(dH, H_in, As[j], Z, act)
        dAs.insert(0, dA)
        dBs.insert(0, db)
        dH = dH_in
    return value, (dAs, dBs)


@exercise.writing
def by_deltas(net, acts, X, Y, loss):
    As, Bs = net
    d = len(As)
    Hs, Zs = [X], []
    for j in range(d):
        Zs.append(Hs[j] @ As[j] + Bs[j])
        Hs.append(acts[j](Zs[j]))
    value, dH = loss(Hs[d], Y)
    dAs, dBs = [None] * d, [None] * d
    delta = dH * acts[d - 1].derivative(Zs[d - 1])
    for j in reversed(range(d)):
        dAs[j] = Hs[j].T @ delta
        dBs[j] = np.sum(delta, axis=0, keepdims=True)
        if j > 0:
            dH = delta @ As[j].T
            delta = dH * acts[j - 1].derivative(Zs[j - 1])
    return value, (dAs, dBs)


@exercise.writing(ideas=("another_form_of_answer",))
def in_another_form(net, acts, X, Y, loss):
    value, (dAs, dBs) = nn.backprop(net, acts, X, Y, loss)
    return value, (dBs, dAs)


@exercise.writing(ideas=("measured_not_derived",))
def measured(net, acts, X, Y, loss):
    h, sides = 1e-5, 2
    parts = [[np.array(part, dtype=float) for part in several] for several in net]

    def value(k, j, part):
        As, Bs = ([*several] for several in parts)
        (As, Bs)[k][j] = part
        return loss(forward((As, Bs), X, acts)[-1], Y)[0]

    gradients = [
        [quotients(partial(value, k, j), part, h, sides) for j, part in enumerate(several)]
        for k, several in enumerate(parts)
    ]
    return value(0, 0, parts[0][0]), tuple(gradients)


LAST = "acts[d - 1].derivative(Zs[d - 1])"
BEFORE = "acts[j - 1].derivative(Zs[j - 1])"
OF_THE_LAYER = "H_in, Z, act = Hs[j], Zs[j], acts[j]"
SUM = "np.sum(delta, axis=0, keepdims=True)"
RESULT = "return value, (dAs, dBs)"

exercise.idea(
    "lists_reversed",
    "The lists run from the last layer to the first, but `dAs[0]` should belong to the first "
    "layer.",
    "The loop runs backward, so appending builds the list in reverse order.",
    {"dAs.insert(0, dA)": "dAs.append(dA)", "dBs.insert(0, db)": "dBs.append(db)"},
    {RESULT: "return value, (dAs[::-1], dBs[::-1])"},
)
exercise.idea(
    "averaged_twice",
    "Every gradient is divided by n once more, but the loss has already averaged.",
    "The loss returns the gradient of a mean. Where else do you divide?",
    {"dAs.insert(0, dA)": "dAs.insert(0, dA / len(X))", "(0, db)": "(0, db / len(X))"},
    {"Hs[j].T @ delta": "Hs[j].T @ delta / len(X)", SUM: f"{SUM} / len(X)"},
    {"value, dH = loss(Hs[-1], Y)": "value, dH = loss(Hs[-1], Y)\ndH = dH / len(X)"},
)
exercise.idea(
    "weight_gradients_divided_by_n",
    "The weights' gradients are divided by n once more, but the loss has already averaged.",
    "The loss returns the gradient of a mean. Where else do you divide?",
    {"dAs.insert(0, dA)": "dAs.insert(0, dA / len(X))"},
    {"Hs[j].T @ delta": "Hs[j].T @ delta / len(X)"},
)
exercise.idea(
    "divided_by_n_in_every_layer",
    "What is passed back is divided by n again in every layer, so the earlier a layer, the smaller "
    "its gradients.",
    "The loss returns the gradient of a mean. How often may its 1/n be in a gradient?",
    {
        f"dH * {LAST}": f"dH * {LAST} / len(X)",
        f"dH * {BEFORE}": f"dH * {BEFORE} / len(X)",
    },
    {"dH = dH_in": "dH = dH_in / len(X)"},
    {
        "dAs.insert(0, dA)": "dAs.insert(0, dA / len(X))",
        "(0, db)": "(0, db / len(X))",
        "dH = dH_in": "dH = dH_in / len(X)",
    },
    {f"dH * {BEFORE}": f"dH * {BEFORE} / len(X)"},
)
exercise.idea(
    "gradients_multiplied_by_n",
    "All gradients are multiplied by n: the 1/n of the loss's gradient is taken out again.",
    "The loss is a mean, so its gradient has a 1/n, and it stays there on the whole way back.",
    {"delta = dH * acts[d": "delta = len(X) * dH * acts[d"},
)
exercise.idea(
    "derivatives_without_the_bias",
    "The activations' derivatives are taken at H A, without the bias, instead of at Z.",
    "The derivative of act is taken at the numbers that act was given. Keep those.",
    {OF_THE_LAYER: "H_in, Z, act = Hs[j], Hs[j] @ As[j], acts[j]"},
    {BEFORE: "acts[j - 1].derivative(Hs[j - 1] @ As[j - 1])"},
)
exercise.idea(
    "last_derivative_dropped",
    "The last layer's activation derivative is missing: the loss's gradient is by H, not by Z.",
    "The loss differentiates by the last H. Which step leads from there to the last Z?",
    {f"dH * {LAST}": "dH"},
)
exercise.idea(
    "hidden_derivatives_dropped",
    "The hidden layers' activation derivatives are missing; only the last layer's is there.",
    "Every activation that you pass through on the way forward, you pass again on the way back.",
    {f"dH * {BEFORE}": "dH"},
)
exercise.idea(
    "handed_on_without_the_slope",
    "The gradient handed to the previous layer is dH Aᵀ: the derivative of this layer's activation "
    "is missing from it.",
    "Every path to the layer before leads back through this layer's activation first.",
    {"delta @ As[j].T": "dH @ As[j].T"},
)
exercise.idea(
    "gradient_not_handed_on",
    "Every layer gets the loss's own gradient, as if `dH` never changed in the loop, instead of "
    "the `dH_in` of the layer after it.",
    "`layer_backward` returns three things. What is the first one for?",
    {"dH = dH_in": "pass"},
)
exercise.idea(
    "returned_in_the_loop",
    "Only the last layer gets its gradients, as with a `return` inside the loop.",
    "A `return` ends the function. How far should the loop have got by then?",
    {"dH = dH_in": "return value, (dAs, dBs)"},
)
exercise.idea(
    "parts_unpacked_in_another_order",
    "What `layer_backward` returns is unpacked in the wrong order: it gives dH_in, dA, db.",
    "Read what its docstring says about the result.",
    {"dH_in, dA, db = layer": "dA, db, dH_in = layer"},
    {"dH_in, dA, db = layer": "dA, dH_in, db = layer"},
)
exercise.idea(
    "every_layer_reads_the_input",
    "On the way forward every layer reads X, but only the first one should.",
    "What does the second layer read, and what is its shape?",
    {"Hs[-1] @ A + b": "X @ A + b"},
)
exercise.idea(
    "values_for_derivatives",
    "An activation's value, act(Z), is multiplied in where its derivative, act'(Z), belongs.",
    "Which of the two says how fast the output changes with Z?",
    {LAST: "acts[d - 1](Zs[d - 1])", BEFORE: "acts[j - 1](Zs[j - 1])"},
    {LAST: "acts[d - 1](Zs[d - 1])"},
    {BEFORE: "acts[j - 1](Zs[j - 1])"},
)
exercise.idea(
    "slope_of_another_activation",
    "The derivative's formula is that of one particular activation, such as relu or sigmoid, "
    "whatever `acts` says.",
    "The list `acts` has one entry per layer. What does each know of its own slope?",
    {LAST: "(Zs[d - 1] > 0)", BEFORE: "(Zs[j - 1] > 0)"},
    {LAST: "Hs[d] * (1 - Hs[d])", BEFORE: "Hs[j] * (1 - Hs[j])"},
    {LAST: "(1 - Hs[d] ** 2)", BEFORE: "(1 - Hs[j] ** 2)"},
)
exercise.idea(
    "one_activation_for_all",
    "A layer gets the derivative of the first or last activation in `acts` instead of its own "
    "activation's.",
    "The list `acts` has one entry per layer. Which entry does layer j need?",
    {OF_THE_LAYER: "H_in, Z, act = Hs[j], Zs[j], acts[0]"},
    {OF_THE_LAYER: "H_in, Z, act = Hs[j], Zs[j], acts[-1]"},
    {LAST: "acts[0].derivative(Zs[d - 1])"},
)
exercise.idea(
    "slope_of_another_layer",
    "A derivative is off by one layer: it is of the wrong layer's activation, or at the wrong "
    "layer's Z.",
    "Count from 0: which activation made which H, and of which Z?",
    {BEFORE: "acts[j].derivative(Zs[j - 1])"},
    {BEFORE: "acts[j - 1].derivative(Zs[j])"},
    {BEFORE: "acts[j].derivative(Zs[j])"},
    {OF_THE_LAYER: "H_in, Z, act = Hs[j], Zs[j - 1], acts[j]"},
    {OF_THE_LAYER: "H_in, Z, act = Hs[j], Zs[j - 1], acts[j - 1]"},
    {OF_THE_LAYER: "H_in, Z, act = Hs[j], Zs[j], acts[j - 1]"},
)
exercise.idea(
    "derivatives_at_the_outputs",
    "The activations' derivatives are taken at the outputs H instead of at Z.",
    "The derivative of act is taken at the numbers that act was given. Keep those.",
    {OF_THE_LAYER: "H_in, Z, act = Hs[j], Hs[j + 1], acts[j]"},
    {BEFORE: "acts[j - 1].derivative(Hs[j])"},
)
exercise.idea(
    "z_kept_for_h",
    "The weights' gradients use the previous layer's Z, before its activation, instead of its H.",
    "On the way forward, does the next layer read the numbers before the activation or after it?",
    {OF_THE_LAYER: "H_in, Z, act = [X, *Zs][j], Zs[j], acts[j]"},
    {"dAs[j] = Hs[j].T": "dAs[j] = [X, *Zs][j].T"},
)
exercise.idea(
    "own_outputs_for_the_inputs",
    "Each layer's weights get its own output, `Hs[j + 1]`, instead of its input.",
    "Layer j reads one entry of Hs and makes the next one. Which one does it read?",
    {OF_THE_LAYER: "H_in, Z, act = Hs[j + 1], Zs[j], acts[j]"},
    {"dAs[j] = Hs[j].T": "dAs[j] = Hs[j + 1].T"},
)
exercise.idea(
    "always_the_squared_loss",
    "The way back starts from Ŷ − Y, as for the squared loss, instead of from the gradient that "
    "`loss` returns.",
    "The loss is an argument, and it returns its own gradient as well as its value.",
    {"value, dH = loss(Hs[-1], Y)": "value, dH = nn.squared_loss(Hs[-1], Y)"},
    {"value, dH = loss(Hs[-1], Y)": "value, dH = loss(Hs[-1], Y)[0], (Hs[-1] - Y) / len(X)"},
    {"value, dH = loss(Hs[-1], Y)": "value, dH = loss(Hs[-1], Y)[0], Hs[-1] - Y"},
)
exercise.idea(
    "starts_from_ones",
    "The way back starts from ones instead of from the loss's gradient.",
    "What does `loss` return beside its value?",
    {"value, dH = loss(Hs[-1], Y)": "value, dH = loss(Hs[-1], Y)[0], np.ones_like(Hs[-1])"},
    {"value, dH = loss(Hs[d], Y)": "value, dH = loss(Hs[d], Y)[0], np.ones_like(Hs[d])"},
)
exercise.idea(
    "loss_arguments_exchanged",
    "The loss's arguments are swapped: it gets the targets first, but it takes the predictions "
    "first.",
    "A loss is a function of (Y_hat, Y). Which of them is Hs[-1]?",
    {"loss(Hs[-1], Y)": "loss(Y, Hs[-1])"},
)
exercise.idea(
    "gradient_sign_turned",
    "All gradients have the wrong sign.",
    "A gradient points uphill. The step downhill is a later matter.",
    {"delta = dH * acts[d": "delta = -dH * acts[d"},
)
exercise.idea(
    "bias_left_out",
    "The biases are left out on the way forward.",
    "Z = H A + b: compare your forward loop with the layer of lesson 2.",
    {" @ A + b": " @ A"},
)
exercise.idea(
    "activations_left_out",
    "The activations are left out on the way forward.",
    "H = act(Z): which of the two does the next layer read?",
    {"Hs.append(act(Z))": "Hs.append(Z)"},
    {"Hs.append(acts[j](Zs[j]))": "Hs.append(Zs[j])"},
)
exercise.idea(
    "last_activation_left_out",
    "The last layer's activation is left out on the way forward.",
    "The list `acts` has one entry per layer, the last included.",
    {"acts[j](Zs[j])": "acts[j](Zs[j]) if j < d - 1 else Zs[j]"},
    {"acts[j](Zs[j])": "acts[j](Zs[j]) if j < d - 1 else Zs[j]", f"dH * {LAST}": "dH"},
)
exercise.idea(
    "handed_on_through_the_gradient",
    "The gradient is passed back through dA, the weights' gradient, instead of through the "
    "weights.",
    "How fast does Z change with the layer's input? Which matrix tells you?",
    {"delta @ As[j].T": "delta @ dAs[j].T"},
)
exercise.idea(
    "already_updated_weights",
    "The weights are updated on the way back, before the earlier layers have their gradients.",
    "All gradients belong to the same net. Updating it is a separate, later step.",
    *({"delta @ As[j].T": f"delta @ (As[j] - {lr} * dAs[j]).T"} for lr in ("1", "0.1")),
)
exercise.idea(
    "net_updated",
    "The caller's net is changed in place, but only its gradients are asked for.",
    "Updating the net is a separate, later step, and it makes a new net.",
    {"dH = dH_in": "dH = dH_in\nAs[j] = As[j] - 0.1 * dA"},
)
exercise.idea(
    "transpose_missing",
    "The gradient is passed back through A, but it should go through A transposed.",
    "delta is (n, d_out), A is (d_in, d_out), and the result should be (n, d_in).",
    {"delta @ As[j].T": "delta @ As[j]"},
)
exercise.idea(
    "weight_gradients_transposed",
    "The weights' gradients are transposed: each should have the shape of its matrix in As.",
    "Entry (i, j) of a gradient belongs to the weight from input i to neuron j.",
    {"Hs[j].T @ delta": "delta.T @ Hs[j]"},
)
exercise.idea(
    "bias_gradients_not_summed",
    "The bias gradients are not summed over the batch.",
    "Each bias row serves all n examples, and its gradient has the same shape as the row.",
    {SUM: "delta"},
)
exercise.idea(
    "bias_gradients_averaged",
    "The bias gradients are means over the batch instead of sums.",
    "The loss is already a mean. If one node feeds many, what becomes of their deltas?",
    {"np.sum(delta": "np.mean(delta"},
)
exercise.idea(
    "bias_gradients_lie_flat",
    "The bias gradients have shape (d_j,), but a bias is a row of shape (1, d_j).",
    "A gradient has the shape of what it is the gradient by. What does keepdims do?",
    {SUM: "np.sum(delta, axis=0)"},
)
exercise.idea(
    "one_number_for_all_biases",
    "The bias gradients are summed over everything, as without `axis`, but each neuron has a bias "
    "of its own.",
    "What does a sum without an axis add up? The bias row has one entry per neuron.",
    {SUM: "np.sum(delta)"},
    {SUM: "np.sum(delta, keepdims=True)"},
)
exercise.idea(
    "first_layer_left_out",
    "The first layer gets no gradient: the way back ends one layer too early.",
    "The lists count from 0. Which is the last j of your loop?",
    {"in reversed(range(d))": "in range(d - 1, 0, -1)"},
    {
        "dAs, dBs = [None] * d, [None] * d": "dAs = [np.zeros(np.shape(A)) for A in As]\n"
        "dBs = [np.zeros(np.shape(b)) for b in Bs]",
        "in reversed(range(d))": "in range(d - 1, 0, -1)",
    },
    {"in reversed(range(len(As)))": "in range(len(As) - 1, 0, -1)"},
)
exercise.idea(
    "another_form_of_answer",
    "The result has another structure (order, nesting or a missing part): (value, (dAs, dBs)) is "
    "expected.",
    "Read what the docstring says about the result: a number, and a pair of lists.",
    *(
        {"return value, (dBs, dAs)": f"return {form}"}
        for form in (
            "value, (dBs, dAs)",
            "value, dAs, dBs",
            "value, list(zip(dAs, dBs, strict=True))",
            "(dAs, dBs)",
            "dAs, dBs",
            "(dAs, dBs), value",
        )
    ),
)
exercise.idea(
    "gradients_cut_to_integers",
    *CUT,
    {
        "dAs, dBs = [None] * d, [None] * d": "dAs = [np.zeros_like(A) for A in As]\n"
        "dBs = [np.zeros_like(b) for b in Bs]",
        "dAs[j] =": "dAs[j][:] =",
        "dBs[j] =": "dBs[j][:] =",
    },
)
exercise.idea(
    "measured_not_derived",
    *MEASURED,
    *({"1e-5, 2": f"{step}, 2"} for step in ("1e-5", "1e-3", "1e-4", "1e-6", "1e-7")),
    *({"1e-5, 2": f"{step}, 1"} for step in ("1e-4", "1e-5", "1e-6", "1e-7")),
)
