"""The usual activations and losses, written over existing arrays.

Here an example is a column, as in the lecture's pictures. Each function computes the same as its
namesake, and overwrites arrays that it no longer needs.
"""

from collections.abc import Callable

import numpy as np

from course.nn.activation import Activation
from course.nn.arguments import class_labels, floats
from course.nn.backprop import IDENTITY, RELU, TANH, Loss, cross_entropy

LossInPlace = Callable[[np.ndarray, np.ndarray, np.ndarray, float], float]


class AnyInPlace:
    """Any other activation: its derivative needs Z, so Z is kept."""

    def __init__(self, act: Activation):
        self.act = act

    def forward(self, H: np.ndarray) -> None:
        """H, which holds Z, becomes act(Z)."""
        self.Z = H.T.copy(order="K")
        H[...] = self.act(self.Z).T

    def backward(self, delta: np.ndarray, H: np.ndarray) -> None:
        """delta, the gradient by H, becomes the gradient by Z: delta = dH ∘ act'(Z)."""
        delta *= self.act.derivative(self.Z).T


class IdentityInPlace(AnyInPlace):
    """H = Z, and the derivative is 1."""

    def forward(self, H: np.ndarray) -> None:
        """H already holds Z."""

    def backward(self, delta: np.ndarray, H: np.ndarray) -> None:
        """The gradient by H is the gradient by Z."""


class ReluInPlace(AnyInPlace):
    """H = [Z]₊, and the derivative is 1 where H > 0, else 0."""

    def forward(self, H: np.ndarray) -> None:
        """H, which holds Z, becomes [Z]₊."""
        np.maximum(H, 0, out=H)

    def backward(self, delta: np.ndarray, H: np.ndarray) -> None:
        """The gradient passes where H > 0."""
        np.multiply(delta, H > 0, out=delta)


class TanhInPlace(AnyInPlace):
    """H = tanh(Z), and the derivative is 1 − H²."""

    def forward(self, H: np.ndarray) -> None:
        """H, which holds Z, becomes tanh(Z)."""
        np.tanh(H, out=H)

    def backward(self, delta: np.ndarray, H: np.ndarray) -> None:
        """delta = dH ∘ (1 − H²); H is not read after this."""
        np.multiply(H, H, out=H)
        np.subtract(1, H, out=H)
        np.multiply(delta, H, out=delta)


KNOWN = {id(IDENTITY): IdentityInPlace, id(RELU): ReluInPlace, id(TANH): TanhInPlace}


def activation_in_place(act: Activation) -> AnyInPlace:
    """An activation's way to work in place, for one layer."""
    return KNOWN.get(id(act), AnyInPlace)(act)


def cross_entropy_in_place(Z: np.ndarray, y: np.ndarray, delta: np.ndarray, lr: float) -> float:
    """The mean cross entropy of logits Z (k, n); delta becomes its gradient by Z times lr."""
    n = len(y)
    np.subtract(Z, np.maximum.reduce(Z, axis=0), out=delta)
    row_after_row = delta.reshape(-1)
    labels = y.astype(np.intp, copy=False) * n + np.arange(n)
    at_label = row_after_row.take(labels)
    np.exp(delta, out=delta)
    sums = np.add.reduce(delta, axis=0)
    value = np.add.reduce(np.log(sums) - at_label) / n
    np.multiply(delta, lr / n / sums, out=delta)
    row_after_row[labels] -= lr / n
    return float(value)


def loss_in_place(loss: Loss, Y: np.ndarray, k: int) -> LossInPlace:
    """A loss's way to work in place: (H, Y, delta, lr) ↦ value, and lr times dH in delta."""
    if loss is cross_entropy:
        class_labels("y", Y, len(Y), k)
        return cross_entropy_in_place

    def any_in_place(H, Y, delta, lr):
        value, dH = loss(H.T, Y)
        dH = floats("the loss's gradient", dH, H.T.shape)
        np.multiply(dH.T, lr, out=delta, casting="same_kind")
        return value

    return any_in_place
