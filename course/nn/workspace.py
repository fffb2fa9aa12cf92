"""The memory of a training run, laid out once and used again in every step.

A ``Workspace`` does what ``backprop`` and ``sgd_step`` do, to the last few digits. It saves time in
four ways:

- results are written into arrays that are kept from step to step;
- a bias is the weight of an input that is always 1, so that weights and biases of a layer are one
  matrix P with d_in + 1 rows, and one product gives the gradient by both;
- these matrices stand one behind the other in one array, so that the whole net steps at once;
- the learning rate multiplies the loss's gradient, the smallest array there is, and all that
  follows from it comes out multiplied.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from course.nn.activation import Activation
from course.nn.arguments import Network, floats
from course.nn.backprop import IDENTITY, RELU, TANH, Loss


def any_forward(Z: np.ndarray, H: np.ndarray, act: Activation) -> None:
    """H = act(Z)."""
    H[...] = act(Z)


def any_backward(delta: np.ndarray, Z: np.ndarray, H: np.ndarray, act: Activation) -> None:
    """The gradient by H, in delta's place, becomes the one by Z: delta = dH ∘ act'(Z)."""
    delta *= act.derivative(Z)


def identity_forward(Z: np.ndarray, H: np.ndarray, act: Activation) -> None:
    """H = Z."""
    H[...] = Z


def identity_backward(delta: np.ndarray, Z: np.ndarray, H: np.ndarray, act: Activation) -> None:
    """The derivative is 1."""


def relu_forward(Z: np.ndarray, H: np.ndarray, act: Activation) -> None:
    """H = [Z]₊."""
    np.maximum(Z, 0, out=H)


def relu_backward(delta: np.ndarray, Z: np.ndarray, H: np.ndarray, act: Activation) -> None:
    """The derivative is 1 where Z > 0, else 0."""
    np.multiply(delta, Z > 0, out=delta)


def tanh_forward(Z: np.ndarray, H: np.ndarray, act: Activation) -> None:
    """H = tanh(Z)."""
    np.tanh(Z, out=H)


def tanh_backward(delta: np.ndarray, Z: np.ndarray, H: np.ndarray, act: Activation) -> None:
    """The derivative is 1 − tanh², and tanh(Z) is there already."""
    np.multiply(delta, 1 - H * H, out=delta)


# The usual activations without the arrays that the general way makes on each call.
IN_PLACE: dict[int, tuple[Callable, Callable]] = {
    id(IDENTITY): (identity_forward, identity_backward),
    id(RELU): (relu_forward, relu_backward),
    id(TANH): (tanh_forward, tanh_backward),
}


@dataclass
class Layer:
    """What one layer reads and writes for a batch of n examples."""

    act: Activation
    forward: Callable
    backward: Callable
    P: np.ndarray  # (d_in + 1, d_out): the weights, below them the biases
    gradient: np.ndarray  # by P, times the learning rate
    H_in: np.ndarray  # (n, d_in + 1): the layer's input, the last column all 1
    Z: np.ndarray  # (n, d_out)
    H: np.ndarray  # (n, d_out): the next layer's H_in without its last column
    delta: np.ndarray  # (n, d_out): the gradient by H, then by Z


class Workspace:
    """A network in training: its weights, the examples, and the memory for a step."""

    def __init__(
        self,
        net: Network,
        acts: Sequence[Activation],
        X: np.ndarray,
        Y: np.ndarray,
        loss: Loss,
        lr: float,
    ):
        As, Bs = net
        self.acts, self.Y, self.loss, self.lr = acts, Y, loss, lr
        self.dtype = np.result_type(X, *As, *Bs)
        self.X = np.hstack([X, np.ones((len(X), 1))], dtype=self.dtype)
        self.shapes = [(len(A) + 1, A.shape[1]) for A in As]
        parts = [part.ravel() for pair in zip(As, Bs) for part in pair]
        self.P = np.concatenate(parts, dtype=self.dtype)
        self.gradient = np.empty_like(self.P)
        self.layers_for: dict[int, list[Layer]] = {}

    @property
    def net(self) -> Network:
        """The network as it is now, in arrays of its own."""
        Ps = self.blocks(self.P)
        return [P[:-1].copy() for P in Ps], [P[-1:].copy() for P in Ps]

    def backprop(self, batch: np.ndarray) -> float:
        """Return the loss on a batch of examples, given by their indices, and keep its gradient."""
        if len(batch) not in self.layers_for:
            self.layers_for[len(batch)] = self.layers(len(batch))
        layers = self.layers_for[len(batch)]

        self.X.take(batch, axis=0, out=layers[0].H_in, mode="clip")  # "raise" would copy twice
        for layer in layers:
            np.dot(layer.H_in, layer.P, out=layer.Z)
            layer.forward(layer.Z, layer.H, layer.act)

        Y_hat = layers[-1].H
        value, dH = self.loss(Y_hat, self.Y.take(batch, axis=0))
        dH = floats("the loss's gradient", dH, Y_hat.shape)
        np.multiply(dH, self.lr, out=layers[-1].delta, casting="same_kind")

        for j in range(len(layers) - 1, -1, -1):
            layer = layers[j]
            layer.backward(layer.delta, layer.Z, layer.H, layer.act)
            np.dot(layer.H_in.T, layer.delta, out=layer.gradient)
            if j > 0:
                np.dot(layer.delta, layer.P[:-1].T, out=layers[j - 1].delta)
        return value

    def sgd_step(self) -> None:
        """Take a step against the gradient of the last batch."""
        np.subtract(self.P, self.gradient, out=self.P)

    def blocks(self, memory: np.ndarray) -> list[np.ndarray]:
        """The layers' matrices, as views of one long array."""
        stops = np.cumsum([rows * columns for rows, columns in self.shapes])[:-1]
        parts = np.split(memory, stops)
        return [part.reshape(shape) for part, shape in zip(parts, self.shapes)]

    def layers(self, n: int) -> list[Layer]:
        """Memory for batches of n examples."""
        H_ins = [np.ones((n, rows), self.dtype) for rows, _ in self.shapes]
        Zs, Hs, deltas = ([np.empty((n, k), self.dtype) for _, k in self.shapes] for _ in range(3))
        Hs[:-1] = [H_in[:, :-1] for H_in in H_ins[1:]]
        ways = [IN_PLACE.get(id(act), (any_forward, any_backward)) for act in self.acts]
        arrays = zip(self.blocks(self.P), self.blocks(self.gradient), H_ins, Zs, Hs, deltas)
        return [Layer(act, *way, *own) for act, way, own in zip(self.acts, ways, arrays)]
