"""Questions and known mistakes of `backprop`."""

from itertools import pairwise

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import backprop as nn

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
        "two layers as wide as the input, two examples, act(z) = z² and then z",
        {
            "net": (As, Bs),
            "acts": [stock.SQUARE, stock.IDENTITY],
            "X": np.array([[1.0, 0.0], [1.0, 1.0]]),
            "Y": np.array([[1.0, 0.0], [-1.0, 2.0]]),
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


def _walk(net, acts, X, Y, loss, step, start=None):
    """Backprop in which `step(j, dH, Hs, Zs)` is layer j's step and `start` makes the first dH."""
    Hs, Zs = [np.asarray(X, dtype=float)], []
    for A, b, act in zip(*net, acts, strict=True):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(act(Zs[-1]))
    value, dH = loss(Hs[-1], Y)
    dH = start(dH, Hs) if start else dH
    dAs, dBs = [None] * len(Zs), [None] * len(Zs)
    for j in reversed(range(len(Zs))):
        dH, dAs[j], dBs[j] = step(j, dH, Hs, Zs)
    return value, (dAs, dBs)


def _plain_step(net, acts):
    return lambda j, dH, Hs, Zs: nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])


@exercise.mistake(
    "The lists run from the last layer to the first, but `dAs[0]` should belong to the first "
    "layer.",
    "The loop runs backward, so appending builds the list in reverse order.",
)
def lists_reversed(net, acts, X, Y, loss):
    value, (dAs, dBs) = nn.backprop(net, acts, X, Y, loss)
    return value, (dAs[::-1], dBs[::-1])


@exercise.mistake(
    "Every gradient is divided by n once more, but the loss has already averaged.",
    "The loss returns the gradient of a mean. Where else do you divide?",
)
def averaged_twice(net, acts, X, Y, loss):
    value, (dAs, dBs) = nn.backprop(net, acts, X, Y, loss)
    return value, ([dA / len(X) for dA in dAs], [db / len(X) for db in dBs])


@exercise.mistake(
    "The last layer's activation derivative is missing: the loss's gradient is by H, not by Z.",
    "The loss differentiates by the last H. Which step leads from there to the last Z?",
)
def last_derivative_dropped(net, acts, X, Y, loss):
    return nn.backprop(net, acts, X, Y, loss)[0], _walk(
        net, acts, X, Y, loss, _plain_step(net, [*acts[:-1], stock.IDENTITY])
    )[1]


@exercise.mistake(
    "The hidden layers' activation derivatives are missing; only the last layer's is there.",
    "Every activation that you pass through on the way forward, you pass again on the way back.",
)
def hidden_derivatives_dropped(net, acts, X, Y, loss):
    return _walk(
        net, acts, X, Y, loss, _plain_step(net, [stock.IDENTITY] * (len(acts) - 1) + [acts[-1]])
    )


@exercise.mistake(
    "The way back starts from (Ŷ − Y)/n: the squared loss's gradient, not that of the loss given.",
    "The loss is an argument, and it returns its own gradient as well as its value.",
)
def always_the_squared_loss(net, acts, X, Y, loss):
    def start(_, Hs):
        return (Hs[-1] - Y) / len(X)

    return _walk(net, acts, X, Y, loss, _plain_step(net, acts), start)


@exercise.mistake(
    "One activation's derivative is used for all layers, but each layer has its own activation.",
    "The list `acts` has one entry per layer. Which entry does layer j need?",
)
def one_activation_for_all(net, acts, X, Y, loss):
    return _walk(net, acts, X, Y, loss, _plain_step(net, [acts[0]] * len(acts)))


@exercise.mistake(
    "The weights' gradients use the Z of the layer before, but a weight multiplies that layer's H.",
    "On the way forward, does the next layer read the numbers before the activation or after it?",
)
def z_kept_for_h(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        H_in = Zs[j - 1] if j else Hs[0]
        return nn.layer_backward(dH, H_in, net[0][j], Zs[j], acts[j])

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "Each layer gets its own output, `Hs[j + 1]`, instead of its input.",
    "Layer j reads one entry of Hs and makes the next one. Which one does it read?",
)
def own_outputs_for_the_inputs(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        return nn.layer_backward(dH, Hs[j + 1], net[0][j], Zs[j], acts[j])

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "The activations' derivatives are taken at the outputs H instead of at Z.",
    "The derivative of act is taken at the numbers that act was given. Keep those.",
)
def derivatives_at_the_outputs(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        return nn.layer_backward(dH, Hs[j], net[0][j], Hs[j + 1], acts[j])

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "The biases are left out on the way forward.",
    "Z = H A + b: compare your forward loop with the layer of lesson 2.",
)
def bias_left_out(net, acts, X, Y, loss):
    As, Bs = net
    return nn.backprop((As, [0.0 * b for b in Bs]), acts, X, Y, loss)


@exercise.mistake(
    "The gradient is passed back through dA, the weights' gradient, instead of through the "
    "weights.",
    "How fast does Z change with the layer's input? Which matrix tells you?",
)
def handed_on_through_the_gradient(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        _, dA, db = nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])
        return (dH * acts[j].derivative(Zs[j])) @ dA.T, dA, db

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "The weights are updated on the way back, before the earlier layers have their gradients.",
    "All gradients belong to the same net. Updating it is a separate, later step.",
)
def already_updated_weights(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        _, dA, db = nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])
        return (dH * acts[j].derivative(Zs[j])) @ (net[0][j] - dA).T, dA, db

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "The bias gradients are not summed over the batch.",
    "Each bias row serves all n examples, and its gradient has the same shape as the row.",
)
def bias_gradients_not_summed(net, acts, X, Y, loss):
    deltas = {}

    def step(j, dH, Hs, Zs):
        deltas[j] = dH * acts[j].derivative(Zs[j])
        return nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])

    value, (dAs, _) = _walk(net, acts, X, Y, loss, step)
    return value, (dAs, [deltas[j] for j in sorted(deltas)])


@exercise.mistake(
    "Every layer gets the loss's own gradient instead of the one that the layer after it returns.",
    "`layer_backward` returns three things. What is the first one for?",
)
def gradient_not_handed_on(net, acts, X, Y, loss):
    first = []

    def step(j, dH, Hs, Zs):
        first.append(dH)
        _, dA, db = nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])
        return first[0], dA, db

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "The gradients are stored in integer arrays, which drop everything after the decimal point.",
    "`zeros_like` copies the type too. What type do gradients need if the weights are integers?",
)
def gradients_cut_to_integers(net, acts, X, Y, loss):
    value, grads = nn.backprop(net, acts, X, Y, loss)
    dAs, dBs = (
        [gradient.astype(np.asarray(part).dtype) for gradient, part in zip(*pair, strict=True)]
        for pair in zip(grads, net, strict=True)
    )
    return value, (dAs, dBs)
