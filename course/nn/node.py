"""A node of a computation graph applies an operation to earlier nodes; which ones there are is told
by `graph`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


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
