"""A node of a computation graph applies an operation to earlier nodes; arithmetic makes new nodes.

A formula of nodes builds its graph:

    >>> w, x = Node(None, output=2.0, name="w"), Node(None, output=3.0, name="x")
    >>> (w * x - 5) ** 2
    Node(Square, output=None, delta=None)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

NUMBER = int | float | np.number


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
        return self.function(*_floats(xs))

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
        return self.partials[i](*_floats(xs))

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

    Nodes can be added, subtracted, multiplied, negated and raised to a power that is a number. Each
    operation makes a node, and a number among its operands becomes a leaf.

    Raises:
        ValueError: if there are not as many inputs as the operation has arguments.

    Example:
        >>> from course.nn.graph import Mul
        >>> w, x = Node(None, output=2.0, name="w"), Node(None, output=3.0, name="x")
        >>> Node(Mul, w, x).inputs
        (Node(w, output=2.0, delta=None), Node(x, output=3.0, delta=None))
        >>> (2 - w * x).inputs
        (Node(leaf, output=2, delta=None), Node(Mul, output=None, delta=None))
    """

    # NumPy's numbers leave it to the node what 2 * node is.
    __array_ufunc__ = None

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

    def __add__(self, other: "Node | float") -> "Node":
        return Node(Add, self, as_node(other))

    def __radd__(self, other: float) -> "Node":
        return Node(Add, as_node(other), self)

    def __sub__(self, other: "Node | float") -> "Node":
        return Node(Sub, self, as_node(other))

    def __rsub__(self, other: float) -> "Node":
        return Node(Sub, as_node(other), self)

    def __mul__(self, other: "Node | float") -> "Node":
        return Node(Mul, self, as_node(other))

    def __rmul__(self, other: float) -> "Node":
        return Node(Mul, as_node(other), self)

    def __neg__(self) -> "Node":
        return Node(Neg, self)

    def __pow__(self, exponent: float) -> "Node":
        if not isinstance(exponent, NUMBER):
            raise TypeError(f"expected a number as the exponent, got {type(exponent).__name__}")
        return Node(Square if exponent == 2 else Power(exponent), self)


def as_node(value: Node | float) -> Node:
    """Return a node as it is, and a number as a leaf.

    Args:
        value: a Node or a number.

    Returns:
        A Node.

    Raises:
        TypeError: if value is neither.

    Example:
        >>> as_node(3.0)
        Node(leaf, output=3.0, delta=None)
    """
    if isinstance(value, Node):
        return value
    if isinstance(value, NUMBER):
        return Node(None, output=value)
    raise TypeError(f"expected a Node or a number, got {type(value).__name__}")


def _floats(xs: tuple) -> list:
    # An operation computes with numbers: it doesn't build a graph of the nodes it is given.
    if any(isinstance(x, Node) for x in xs):
        raise TypeError("unsupported operand type(s) for *: 'float' and 'Node'")
    return [1.0 * x for x in xs]


Add = Op("Add", "+", lambda x, y: x + y, (lambda x, y: 1.0, lambda x, y: 1.0))
Sub = Op("Sub", "−", lambda x, y: x - y, (lambda x, y: 1.0, lambda x, y: -1.0))
Mul = Op("Mul", "×", lambda x, y: x * y, (lambda x, y: y, lambda x, y: x))
Neg = Op("Neg", "−", lambda x: -x, (lambda x: -1.0,))
Square = Op("Square", "z²", lambda x: x * x, (lambda x: 2 * x,))


def Power(c: float) -> Op:
    """The operation z ↦ z to the power of c.

    Args:
        c: the exponent, a number.

    Returns:
        An Op with one argument.

    Example:
        >>> float(Power(3).value(2)), float(Power(3).deriv(0, 2))
        (8.0, 12.0)
    """

    def slope(x: Any) -> Any:
        return c * np.power(x, c - 1.0) if c != 0 else 0.0

    return Op(f"Power({c})", f"z^{c}", lambda x: np.power(x, 1.0 * c), (slope,))
