"""A computation graph is made of nodes, each of which applies an operation to earlier nodes.

A leaf is ``Node(None, output=2.0)``; ``Node(Mul, w, x)`` multiplies two nodes and
``Node(Scale(3), z)`` multiplies one by 3. The operations know their values and derivatives:

    >>> Add.value(2, 3), Sub.value(2, 3), Mul.value(2, 3)
    (5.0, -1.0, 6.0)
    >>> Square.value(3), Square.deriv(0, 3), Neg.deriv(0, 3)
    (9.0, 6.0, -1.0)
    >>> [float(op.value(0)) for op in (Log1p, Exp, Tanh, Sigmoid, Relu)]
    [0.0, 1.0, 0.0, 0.5, 0.0]

A formula of nodes builds its graph, with arithmetic and the functions ``log1p``, ``exp``, ``tanh``,
``sigmoid`` and ``relu`` of nodes:

    >>> w = Node(None, output=2.0, name="w")
    >>> log1p((3 * w - 5) ** 2)
    Node(Log1p, output=None, delta=None)
"""

from typing import Any

import numpy as np

import course.nn.node as plain
from course.nn.node import Op

__all__ = [
    "Add",
    "Exp",
    "Log1p",
    "Mul",
    "Neg",
    "Node",
    "Op",
    "Power",
    "Relu",
    "Scale",
    "Shift",
    "Sigmoid",
    "Square",
    "Sub",
    "Tanh",
    "as_node",
    "exp",
    "log1p",
    "relu",
    "sigmoid",
    "tanh",
]

NUMBER = int | float | np.number

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
    """The operation z ↦ c z.

    Args:
        c: the factor, a number.

    Returns:
        An Op with one argument.

    Example:
        >>> Scale(3.0).value(2), Scale(3.0).deriv(0, 2)
        (6.0, 3.0)
    """
    return Op(f"Scale({c})", f"{c}·z", lambda x: c * x, (lambda x: c,))


def Shift(c: float) -> Op:
    """The operation z ↦ z + c.

    Args:
        c: the summand, a number.

    Returns:
        An Op with one argument.

    Example:
        >>> Shift(3.0).value(2), Shift(3.0).deriv(0, 2)
        (5.0, 1.0)
    """
    return Op(f"Shift({c})", f"z+{c}", lambda x: x + c, (lambda x: 1.0,))


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


class Node(plain.Node):
    """One node of a computation graph, with arithmetic: formulas of nodes make nodes.

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
        >>> (5 - w * x).inputs
        (Node(leaf, output=5, delta=None), Node(Mul, output=None, delta=None))
    """

    # NumPy's numbers leave it to the node what 2 * node is.
    __array_ufunc__ = None

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
    if isinstance(value, plain.Node):
        return value
    if isinstance(value, NUMBER):
        return Node(None, output=value)
    raise TypeError(f"expected a Node or a number, got {type(value).__name__}")


def log1p(z: Node | float) -> Node:
    """Return a node that computes log(1 + z).

    Args:
        z: a Node; a number becomes a leaf.

    Returns:
        A Node.

    Example:
        >>> from course.nn.graph import Node
        >>> log1p(Node(None, output=2.0)).op
        Log1p
    """
    return Node(Log1p, as_node(z))


def exp(z: Node | float) -> Node:
    """Return a node that computes e^z.

    Args:
        z: a Node; a number becomes a leaf.

    Returns:
        A Node.

    Example:
        >>> from course.nn.graph import Node
        >>> exp(Node(None, output=2.0)).op
        Exp
    """
    return Node(Exp, as_node(z))


def tanh(z: Node | float) -> Node:
    """Return a node that computes tanh z.

    Args:
        z: a Node; a number becomes a leaf.

    Returns:
        A Node.

    Example:
        >>> from course.nn.graph import Node
        >>> tanh(Node(None, output=2.0)).op
        Tanh
    """
    return Node(Tanh, as_node(z))


def sigmoid(z: Node | float) -> Node:
    """Return a node that computes σ(z).

    Args:
        z: a Node; a number becomes a leaf.

    Returns:
        A Node.

    Example:
        >>> from course.nn.graph import Node
        >>> sigmoid(Node(None, output=2.0)).op
        Sigmoid
    """
    return Node(Sigmoid, as_node(z))


def relu(z: Node | float) -> Node:
    """Return a node that computes max(z, 0).

    Args:
        z: a Node; a number becomes a leaf.

    Returns:
        A Node.

    Example:
        >>> from course.nn.graph import Node
        >>> relu(Node(None, output=2.0)).op
        Relu
    """
    return Node(Relu, as_node(z))
