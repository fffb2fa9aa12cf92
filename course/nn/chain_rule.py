"""The chain rule, walked backward through a computation graph, gives every derivative at once."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course.nn.arguments import (
    computed_nodes,
    function,
    functions,
    number,
    ordered_nodes,
    positive,
)
from course.nn.forward import topological_order
from course.nn.graph import (
    Add,
    Exp,
    Log1p,
    Mul,
    Neg,
    Node,
    Op,
    Power,
    Relu,
    Scale,
    Shift,
    Sigmoid,
    Square,
    Sub,
    Tanh,
)

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
    "backward_pass",
    "chain",
    "forward_pass",
    "graph_of",
    "hunt_backward_pass",
    "lecture_loss",
    "lecture_loss_derivative",
    "numerical_derivative",
]


def numerical_derivative(f: Callable, x: float, eps: float = 1e-6) -> np.floating:
    """Return the derivative of a scalar function at one point, by central difference.

    Args:
        f: a function of one number.
        x: the point, a scalar.
        eps: the step, above 0.

    Returns:
        A scalar in float64, even if x is an integer.

    Raises:
        ValueError: if eps is not above 0.

    Slide: "Derivative Using Chain Rule".

    Example:
        >>> round(float(numerical_derivative(np.square, 3.0)), 6)
        6.0
    """
    f, x, eps = function("f", f), np.float64(number("x", x)), positive("eps", eps)
    return (f(x + eps) - f(x - eps)) / (2 * eps)


def lecture_loss(w: float, x: float, y: float) -> np.floating:
    """Return the lecture's loss of a linear prediction ŷ = w x.

    Args:
        w: the weight, a scalar.
        x: the input, a scalar.
        y: the target, a scalar.

    Returns:
        A scalar.

    Formula: ℓ(y, ŷ) = log(1 + (ŷ − y)²) with ŷ = w x.
    Slide: "Computation Graph".

    Example:
        >>> float(lecture_loss(2.0, 3.0, 6.0))
        0.0
        >>> round(float(lecture_loss(2.0, 3.0, 5.0)), 4)  # log 2
        0.6931
    """
    w, x, y = number("w", w), number("x", x), number("y", y)
    return np.log1p((w * x - y) ** 2)


def lecture_loss_derivative(w: float, x: float, y: float) -> np.floating:
    """Return the derivative of the lecture's loss by the weight w.

    Args:
        w: the weight, a scalar.
        x: the input, a scalar.
        y: the target, a scalar.

    Returns:
        A scalar.

    Slide: "Derivative Using Chain Rule".

    Example:
        >>> float(lecture_loss_derivative(2.0, 3.0, 5.0))
        3.0
    """
    w, x, y = number("w", w), number("x", x), number("y", y)
    s = x * w
    r = s - y
    d_rho, d_r, d_s = 2 * r / (1 + r**2), 1, x
    return d_rho * d_r * d_s


def chain(fs: Sequence[Callable], dfs: Sequence[Callable], x: float) -> tuple[Any, Any]:
    """Return value and derivative of a composition of functions at one point.

    Args:
        fs: the functions f_1, …, f_k of one number, the innermost first.
        dfs: their derivatives in the same order.
        x: the point, a scalar.

    Returns:
        (value, derivative), two scalars; (x, 1) if there are no functions at all.

    Raises:
        ValueError: if there are not as many derivatives as functions.

    Slide: "Derivative Using Chain Rule".

    Example:
        >>> fs, dfs = [lambda z: 3 * z, np.square], [lambda z: 3.0, lambda z: 2 * z]
        >>> value, derivative = chain(fs, dfs, 1.0)
        >>> float(value), float(derivative)
        (9.0, 18.0)
    """
    fs = functions("fs", fs)
    dfs = functions("dfs", dfs, len(fs))
    value, derivative = number("x", x), 1.0
    for f, df in zip(fs, dfs):
        derivative = df(value) * derivative
        value = f(value)
    return value, derivative


def forward_pass(nodes: Sequence[Node]) -> Any:
    """Compute the output of every node of a computation graph.

    Args:
        nodes: the graph's nodes in topological order, every leaf with its .output set. The
            .output of every other node is set to its operation's value at the outputs of its
            .inputs.

    Returns:
        The last node's output, a scalar.

    Raises:
        ValueError: if the nodes are not in topological order or a leaf has no output.

    Formula: for v = 1, …, m: v.output = v.op(v.inputs()).
    Slide: "Inference: Forward Pass".

    Example:
        >>> from course.nn.graph import Mul, Node, Shift
        >>> x = Node(None, output=3.0)
        >>> s = Node(Mul, x, x)
        >>> y = Node(Shift(1.0), s)
        >>> float(forward_pass([x, s, y])), float(s.output)
        (10.0, 9.0)
    """
    for v in ordered_nodes("nodes", nodes):
        if v.op is not None:
            v.output = v.op.value(*(u.output for u in v.inputs))
    return v.output


def backward_pass(nodes: Sequence[Node]) -> None:
    """Compute the derivative of the graph's last output by every node's output.

    Args:
        nodes: the graph's nodes in topological order, after a forward pass. The .delta of every
            node is set, even if it is used several times, as in x · x. A node from which no path
            leads to the last one has delta 0.
            Every call starts afresh: calling twice gives the same deltas.

    Returns:
        None.

    Raises:
        ValueError: if the nodes are not in topological order or one has no output.

    Slide: "Gradient: Backward Pass (BackProp)".

    Example:
        >>> from course.nn.graph import Mul, Node
        >>> x = Node(None, output=3.0)
        >>> y = Node(Mul, x, x, output=9.0)
        >>> backward_pass([x, y])
        >>> float(y.delta), float(x.delta)
        (1.0, 6.0)
    """
    nodes = computed_nodes("nodes", nodes)
    for v in nodes:
        v.delta = 0.0
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta = u.delta + v.delta * v.op.deriv(i, *xs)


def graph_of(loss: Node) -> list[Node]:
    """Return the computation graph of a node: all that it depends on, in topological order.

    Args:
        loss: any node. It alone is handed over; the others have to be found.

    Returns:
        A list of nodes: every node that loss depends on, directly or through others, and loss
        itself. Each is in the list once, after all of its inputs. Any such order is right. Chains
        of 10,000 nodes and graphs with 2⁶⁰ paths are no trouble.

    Slide: "Computation Graph".

    Example:
        >>> from course.nn.graph import Node
        >>> w = Node(None, output=2.0, name="w")
        >>> s = w * w
        >>> [v.name for v in graph_of(s)], graph_of(s)[-1] is s
        (['w', ''], True)
    """
    found, to_do, edges = {loss}, [loss], []
    while to_do:
        v = to_do.pop()
        for u in v.inputs:
            edges.append((u, v))
            if u not in found:
                found.add(u)
                to_do.append(u)
    return topological_order(edges) if edges else [loss]


def hunt_backward_pass() -> list[dict]:
    """Return a few small graphs on which every suspect gives itself away.

    Returns:
        At most four examples, each a dict {"nodes": …, "passes": …}. The nodes are a graph of at
        most twelve lines in topological order, leaves such as "x = 3" and operations such as
        "a = Mul(x, x)" or "b = Scale(2)(a)"; the last line is the last node. Its outputs are
        computed for you. passes is 1 or 2: how often backward_pass is called on the same nodes. A
        suspect is caught if any delta is wrong after any pass, or if it stops with an error.

    Slide: "Gradient: Backward Pass (BackProp)".

    Example:
        >>> len(hunt_backward_pass()) <= 4
        True
    """
    near_and_far = ["x = 3", "a = Neg(x)", "b = Square(a)", "c = Mul(a, b)"]
    dead_end = ["x = 3", "y = 5", "d = Neg(x)", "a = Mul(x, x)", "b = Sub(a, y)"]
    return [
        {"nodes": near_and_far, "passes": 2},
        {"nodes": dead_end, "passes": 1},
        {"nodes": ["x = 3", "a = Neg(x)", "b = Sub(a, a)"], "passes": 1},
    ]
