"""The memory of a training run, laid out once and reused in every step.

A ``Workspace`` does what ``backprop`` and ``sgd_step`` do, to the last few digits. It saves time in
four ways:

- results are written into arrays that are kept from step to step, with one example per column, and
  a layer's output replaces its pre-activation;
- a bias is the weight of an input that is always 1, so that weights and biases of a layer are one
  matrix P with d_in + 1 rows, and one product gives the gradient by both;
- these matrices lie one after another in a single array, so that the whole net steps at once;
- the learning rate multiplies the loss's gradient, the smallest array of all, and thereby
  everything computed from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from course.nn.activation import Activation
from course.nn.arguments import Network
from course.nn.backprop import Loss
from course.nn.in_place import AnyInPlace, activation_in_place, loss_in_place


@dataclass
class Layer:
    """A layer's arrays for a batch of n examples, one example per column."""

    act: AnyInPlace
    P: np.ndarray  # (d_in + 1, d_out): the weights, below them the biases
    gradient: np.ndarray  # with respect to P, times the learning rate
    H_in: np.ndarray  # (d_in + 1, n): the layer's input, the last row all 1
    H: np.ndarray  # (d_out, n): Z, then act(Z): the next layer's H_in without its last row
    delta: np.ndarray  # (d_out, n): the gradient by H, then by Z
    delta_before: np.ndarray | None  # (d_in, n): the layer before's delta; the first has none

    def forward(self) -> None:
        """H = act(Pᵀ H_in)."""
        np.dot(self.P.T, self.H_in, out=self.H)
        self.act.forward(self.H)

    def backward(self) -> None:
        """From delta, the gradient by H, to the gradients by P and by the layer's input."""
        self.act.backward(self.delta, self.H)
        np.dot(self.H_in, self.delta.T, out=self.gradient)
        if self.delta_before is not None:
            np.dot(self.P[:-1], self.delta, out=self.delta_before)


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
        self.acts, self.Y, self.lr = acts, Y, lr
        self.loss = loss_in_place(loss, Y, As[-1].shape[1])
        self.dtype = np.result_type(X, *As, *Bs)
        self.X = X.astype(self.dtype, copy=False)
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

        layers[0].H_in[:-1] = self.X.take(batch, axis=0).T
        for layer in layers:
            layer.forward()
        last = layers[-1]
        value = self.loss(last.H, self.Y.take(batch, axis=0), last.delta, self.lr)
        for layer in reversed(layers):
            layer.backward()
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
        examples = np.ones((n, self.shapes[0][0]), self.dtype)  # one example per row, as given
        H_ins = [examples.T, *(np.ones((rows, n), self.dtype) for rows, _ in self.shapes[1:])]
        outputs = np.empty((self.shapes[-1][1], n), self.dtype)
        deltas = [np.empty((k, n), self.dtype) for _, k in self.shapes]
        return [
            Layer(*own)
            for own in zip(
                [activation_in_place(act) for act in self.acts],
                self.blocks(self.P),
                self.blocks(self.gradient),
                H_ins,
                [*(H_in[:-1] for H_in in H_ins[1:]), outputs],
                deltas,
                [None, *deltas[:-1]],
            )
        ]
