"""Functions that questions hand to answers: activations, losses, chains to differentiate.

They are known by name on both sides of the pipe, so a question that passes `given.sin` travels as
the word "sin". None of them is the answer to an exercise, or shows one to whoever looks inside.
"""

from typing import Any

import numpy as np

from course.nn.activation import Activation


def double(z):
    """2 z"""
    return 2.0 * np.asarray(z, dtype=float)


def shifted_square(z):
    """(z + 1)²"""
    return (np.asarray(z, dtype=float) + 1.0) ** 2


def leaky(z):
    """z for z > 0, z/10 otherwise"""
    return np.where(np.asarray(z) > 0, z, 0.1 * np.asarray(z, dtype=float))


def cube(z):
    """z³"""
    return np.asarray(z, dtype=float) ** 3


def three_squares(z):
    """3 z²"""
    return 3.0 * np.asarray(z, dtype=float) ** 2


def twos(z):
    """2, for every z"""
    return np.full_like(np.asarray(z, dtype=float), 2.0)


def ones(z):
    """1, for every z"""
    return np.ones_like(np.asarray(z, dtype=float))


def leaky_slope(z):
    """1 for z > 0, 1/10 otherwise"""
    return np.where(np.asarray(z) > 0, 1.0, 0.1)


def itself(z):
    """z"""
    return z


def quartic_loss(Y_hat, Y):
    """(1/n) Σ_rows ¼ Σ (ŷ − y)⁴, and its gradient by Ŷ"""
    E = np.asarray(Y_hat, dtype=float) - Y
    return float((E**4).sum() / 4 / len(E)), E**3 / len(E)


NAMED: dict[str, Any] = {
    # plain functions
    "identity": itself,
    "tanh": np.tanh,
    "sin": np.sin,
    "cos": np.cos,
    "exp": np.exp,
    "square": np.square,
    "double": double,
    "twos": twos,
    "cube": cube,
    "three_squares": three_squares,
    "shifted_square": shifted_square,
    "leaky": leaky,
    # activations with their derivatives; those of exercises are not among them
    "IDENTITY": Activation(itself, ones),
    "SINE": Activation(np.sin, np.cos),
    "CUBE": Activation(cube, three_squares),
    "LEAKY": Activation(leaky, leaky_slope),
    # losses
    "quartic_loss": quartic_loss,
}
_NAMES = {id(value): name for name, value in NAMED.items()}


def named(name: str) -> Any:
    """Return the given object called `name`; ValueError where there is none."""
    if name not in NAMED:
        raise ValueError(f"given: nothing is called {name[:50]!r}")
    return NAMED[name]


def name_of(value: Any) -> str | None:
    """Return the name `value` goes by, or None where it is not one of ours."""
    return _NAMES.get(id(value))


def __getattr__(name: str) -> Any:
    if name in NAMED:
        return NAMED[name]
    raise AttributeError(f"course.exercises.engine.given has no {name!r}")
