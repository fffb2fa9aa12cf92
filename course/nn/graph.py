"""A computation graph is made of nodes, each of which applies an operation to earlier nodes.

A leaf is ``Node(None, output=2.0)``; ``Node(Mul, w, x)`` multiplies two nodes and
``Node(Scale(3), z)`` multiplies one by 3.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, repr=False)
class Op:
    """An operation: a function and, beside it, its partial derivatives, one for each argument."""

    name: str
    symbol: str
    function: Callable
    partials: tuple[Callable, ...]

    def value(self, *xs: Any) -> Any:
        """The operation's value at ``xs``; integers count as floats."""
        return self.function(*(1.0 * x for x in xs))

    def deriv(self, i: int, *xs: Any) -> Any:
        """Its partial derivative by argument i (from 0) at ``xs``."""
        return self.partials[i](*(1.0 * x for x in xs))

    def __repr__(self) -> str:
        return self.name


Add = Op("Add", "+", lambda x, y: x + y, (lambda x, y: 1.0, lambda x, y: 1.0))
Sub = Op("Sub", "−", lambda x, y: x - y, (lambda x, y: 1.0, lambda x, y: -1.0))
Mul = Op("Mul", "×", lambda x, y: x * y, (lambda x, y: y, lambda x, y: x))
Neg = Op("Neg", "−", lambda x: -x, (lambda x: -1.0,))
Square = Op("Square", "z²", lambda x: x * x, (lambda x: 2 * x,))
Log1p = Op("Log1p", "log(1+z)", np.log1p, (lambda x: 1 / (1 + x),))
Exp = Op("Exp", "exp", np.exp, (np.exp,))
Tanh = Op("Tanh", "tanh", np.tanh, (lambda x: 1 - np.tanh(x) ** 2,))
Sigmoid = Op(
    "Sigmoid",
    "σ",
    lambda x: (1 + np.tanh(x / 2)) / 2,
    (lambda x: (1 - np.tanh(x / 2) ** 2) / 4,),
)
Relu = Op("Relu", "[z]₊", lambda x: np.maximum(x, 0), (lambda x: np.heaviside(x, 0),))


def Scale(c: float) -> Op:
    """The operation z ↦ c z."""
    return Op(f"Scale({c})", f"{c}·z", lambda x: c * x, (lambda x: c,))


def Shift(c: float) -> Op:
    """The operation z ↦ z + c."""
    return Op(f"Shift({c})", f"z+{c}", lambda x: x + c, (lambda x: 1.0,))


class Node:
    """One node of a computation graph.

    ``op`` is its operation, ``inputs`` the tuple of nodes it is applied to, ``output`` its value
    and ``delta`` the derivative of the graph's last output by it; both are None before the passes.
    A leaf has ``op=None`` and its output set. ``name`` is for drawings.
    """

    def __init__(self, op: Op | None, *inputs: "Node", output: Any = None, name: str = ""):
        expected = 0 if op is None else len(op.partials)
        if len(inputs) != expected:
            raise ValueError(f"inputs: expected {expected} for {op}, got {len(inputs)}")
        self.op = op
        self.inputs = inputs
        self.output = output
        self.delta = None
        self.name = name

    def __repr__(self) -> str:
        what = self.name or ("leaf" if self.op is None else self.op.name)
        return f"Node({what}, output={self.output}, delta={self.delta})"
