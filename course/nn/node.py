"""A node of a computation graph applies an operation to earlier nodes.

`graph` has operations, and nodes with which formulas can be written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, repr=False)
class Op:
    """An operation: a function and, beside it, its partial derivatives, one for each argument.

    Args:
        name: what the operation is called in messages.
        symbol: what it is called in drawings.
        function: computes its value, from one number per argument.
        partials: its partial derivatives, a tuple with one function per argument.

    Example:
        >>> double = Op("Double", "2z", lambda x: 2 * x, (lambda x: 2.0,))
        >>> double.value(3), double.deriv(0, 3)
        (6.0, 2.0)
    """

    name: str
    symbol: str
    function: Callable
    partials: tuple[Callable, ...]

    def value(self, *xs: Any) -> Any:
        """The operation's value at some arguments.

        Args:
            *xs: the arguments, one number each; integers count as floats.

        Returns:
            A scalar.

        Example:
            >>> from course.nn.graph import Mul
            >>> Mul.value(2, 3)
            6.0
        """
        return self.function(*(1.0 * x for x in xs))

    def deriv(self, i: int, *xs: Any) -> Any:
        """The operation's partial derivative by one of its arguments.

        Args:
            i: which argument, from 0.
            *xs: all the arguments, one number each; integers count as floats.

        Returns:
            A scalar.

        Example:
            >>> from course.nn.graph import Mul
            >>> Mul.deriv(0, 2, 3), Mul.deriv(1, 2, 3)
            (3.0, 2.0)
        """
        return self.partials[i](*(1.0 * x for x in xs))

    def __repr__(self) -> str:
        return self.name


class Node:
    """One node of a computation graph.

    Args:
        op: the node's operation, an Op; None for a leaf.
        *inputs: the earlier nodes that the operation is applied to, one per argument.
        output: the node's value, a scalar; only a leaf has one before the forward pass.
        name: what drawings call the node.

    The attributes have the same names; .inputs is a tuple. One more, .delta, is the derivative of
    the graph's last output by this node's output, and None before the backward pass.

    Raises:
        ValueError: if there are not as many inputs as the operation has arguments.

    Example:
        >>> from course.nn.graph import Mul
        >>> w, x = Node(None, output=2.0, name="w"), Node(None, output=3.0, name="x")
        >>> Node(Mul, w, x).inputs
        (Node(w, output=2.0, delta=None), Node(x, output=3.0, delta=None))
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
