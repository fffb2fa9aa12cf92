"""A computation graph is made of nodes, each of which applies an operation to earlier nodes.

A leaf is ``Node(None, output=2.0)``; ``Node(Mul, w, x)`` multiplies two nodes and
``Node(Scale(3), z)`` multiplies one by 3. The operations know their values and derivatives:

    >>> Add.value(2, 3), Sub.value(2, 3), Mul.value(2, 3)
    (5.0, -1.0, 6.0)
    >>> Square.value(3), Square.deriv(0, 3), Neg.deriv(0, 3)
    (9.0, 6.0, -1.0)
    >>> [float(op.value(0)) for op in (Log1p, Exp, Tanh, Sigmoid, Relu)]
    [0.0, 1.0, 0.0, 0.5, 0.0]

A formula builds its graph, with arithmetic and the functions ``log1p``, ``exp``, ``tanh``,
``sigmoid`` and ``relu`` of nodes:

    >>> w = Node(None, output=2.0, name="w")
    >>> log1p((3 * w - 5) ** 2)
    Node(Log1p, output=None, delta=None)
"""

import numpy as np

from course.nn.node import Add, Mul, Neg, Node, Op, Power, Square, Sub, as_node

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
    "exp",
    "log1p",
    "relu",
    "sigmoid",
    "tanh",
]

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
