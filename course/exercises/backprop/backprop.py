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
        "Two loops: forward through the layers, keeping every Z and every H; then backward "
        "through them with layer_backward, handing each layer's dH_in to the layer before.",
        "Layer j (from 0 in the lists) reads H_j and makes Z and H_{j+1}. The loss starts the way "
        "back: it gives the value and the gradient by the last H. layer_backward puts the "
        "activation's derivative in, for the last layer too.",
        "Keep Hs = [X, …] one longer than Zs. Going back from the last layer to layer 0, "
        "layer_backward wants dH, the layer's input from Hs, its A, its Z and its act; put dA and "
        "db in place j, and let its dH_in be the next dH.",
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
        "an activation after the last layer too",
        asked((2, 4, 3), [square, sine], 4, inner),
        weight=2,
    )
    yield Question("a batch of one", asked((2, 3, 2), [sine, stock.CUBE], 1, quartic))
    yield Question("a single layer", asked((3, 2), [sine], 4, quartic))
    yield Question(
        "layers equally wide, and as many examples", asked((3, 3, 3), [sine, square], 3, inner)
    )
    labels = rng.permutation(np.array([0, 2, 2, 1, 0]))
    yield Question(
        "labels for targets", asked((2, 3, 4), [sine, same], 5, stock.label_loss, labels)
    )
    whole = asked((2, 3, 2), [sine, same], 3, quartic)
    As, Bs = whole["net"]
    whole["net"] = (
        [rng.integers(1, 4, size=A.shape) for A in As],
        [rng.integers(1, 4, size=b.shape) for b in Bs],
    )
    whole["X"] = rng.integers(-2, 3, size=(3, 2))
    yield Question("integers", whole)
    yield Question(
        "asked twice in a row", asked((2, 4, 1), [square, sine], 3, quartic), call="twice"
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
    "The lists run from the last layer to the first; dAs[0] should belong to the first layer.",
    "You go backward, so what you append comes out backward.",
)
def lists_reversed(net, acts, X, Y, loss):
    value, (dAs, dBs) = nn.backprop(net, acts, X, Y, loss)
    return value, (dAs[::-1], dBs[::-1])


@exercise.mistake(
    "Every gradient is divided by n once more; the loss has averaged already.",
    "The loss returns the gradient of a mean. Who else divides?",
)
def averaged_twice(net, acts, X, Y, loss):
    value, (dAs, dBs) = nn.backprop(net, acts, X, Y, loss)
    return value, ([dA / len(X) for dA in dAs], [db / len(X) for db in dBs])


@exercise.mistake(
    "The last layer's activation has no derivative here: the loss's gradient is by H, not by Z.",
    "By what does the loss differentiate? One more step leads from there to the last Z.",
)
def last_derivative_dropped(net, acts, X, Y, loss):
    return nn.backprop(net, acts, X, Y, loss)[0], _walk(
        net, acts, X, Y, loss, _plain_step(net, [*acts[:-1], stock.IDENTITY])
    )[1]


@exercise.mistake(
    "The hidden layers' activations have no derivative here; only the last layer's has.",
    "Every activation that was passed on the way forward is passed on the way back.",
)
def hidden_derivatives_dropped(net, acts, X, Y, loss):
    return _walk(
        net, acts, X, Y, loss, _plain_step(net, [stock.IDENTITY] * (len(acts) - 1) + [acts[-1]])
    )


@exercise.mistake(
    "The way back starts from (Ŷ − Y)/n; that is the squared loss's gradient, not the given one's.",
    "The loss is an argument, and it returns its own gradient.",
)
def always_the_squared_loss(net, acts, X, Y, loss):
    def start(_, Hs):
        return (Hs[-1] - Y) / len(X)

    return _walk(net, acts, X, Y, loss, _plain_step(net, acts), start)


@exercise.mistake(
    "One activation's derivative was used for all layers; each layer has its own.",
    "acts is a list as long as the net is deep. Which of them does layer j need?",
)
def one_activation_for_all(net, acts, X, Y, loss):
    return _walk(net, acts, X, Y, loss, _plain_step(net, [acts[0]] * len(acts)))


@exercise.mistake(
    "The weights' gradients were made with the Z of the layer before; a weight multiplies its H.",
    "What does the layer read on the way forward: the numbers before the activation or after it?",
)
def z_kept_for_h(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        H_in = Zs[j - 1] if j else Hs[0]
        return nn.layer_backward(dH, H_in, net[0][j], Zs[j], acts[j])

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "Each layer was given its own output, Hs[j + 1], where its input is asked for.",
    "Layer j of the lists reads one entry of Hs and makes the next one. Which one does it read?",
)
def own_outputs_for_the_inputs(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        return nn.layer_backward(dH, Hs[j + 1], net[0][j], Zs[j], acts[j])

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "The activations' derivatives were taken at the outputs H; they belong at Z.",
    "act'(·) wants what act(·) was given, so that is what has to be kept.",
)
def derivatives_at_the_outputs(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        return nn.layer_backward(dH, Hs[j], net[0][j], Hs[j + 1], acts[j])

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "The bias was left out on the way forward.",
    "Z = H A + b: compare your forward loop with the layer of lesson 2.",
)
def bias_left_out(net, acts, X, Y, loss):
    As, Bs = net
    return nn.backprop((As, [0.0 * b for b in Bs]), acts, X, Y, loss)


@exercise.mistake(
    "The gradient was handed on through dA, the weights' gradient, instead of through the weights.",
    "How much does Z move when the layer's input moves? Which matrix says so?",
)
def handed_on_through_the_gradient(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        _, dA, db = nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])
        return (dH * acts[j].derivative(Zs[j])) @ dA.T, dA, db

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "The weights were updated on the way back, before the layers below them had their gradient.",
    "All gradients belong to one and the same net. Updating is a later step.",
)
def already_updated_weights(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        _, dA, db = nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])
        return (dH * acts[j].derivative(Zs[j])) @ (net[0][j] - dA).T, dA, db

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "This is what you get when the bias gradients are not summed over the batch.",
    "Each bias row serves all n examples, and its gradient has the bias row's shape.",
)
def bias_gradients_not_summed(net, acts, X, Y, loss):
    deltas = {}

    def step(j, dH, Hs, Zs):
        deltas[j] = dH * acts[j].derivative(Zs[j])
        return nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])

    value, (dAs, _) = _walk(net, acts, X, Y, loss, step)
    return value, (dAs, [deltas[j] for j in sorted(deltas)])


@exercise.mistake(
    "Every layer was given the loss's own gradient; each needs the one its successor hands back.",
    "layer_backward returns three things. What is the first one for?",
)
def gradient_not_handed_on(net, acts, X, Y, loss):
    first = []

    def step(j, dH, Hs, Zs):
        first.append(dH)
        _, dA, db = nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])
        return first[0], dA, db

    return _walk(net, acts, X, Y, loss, step)


@exercise.mistake(
    "The gradients were stored in arrays of integers, which cut off what follows the point.",
    "zeros_like copies the type too. What type do the gradients of integer weights have?",
)
def gradients_cut_to_integers(net, acts, X, Y, loss):
    value, grads = nn.backprop(net, acts, X, Y, loss)
    dAs, dBs = (
        [gradient.astype(np.asarray(part).dtype) for gradient, part in zip(*pair, strict=True)]
        for pair in zip(grads, net, strict=True)
    )
    return value, (dAs, dBs)
