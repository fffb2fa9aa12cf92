"""Computation graphs written as lines of text: a question can carry one, and a student read it.

A line is a leaf, `x = 3`, or an operation on earlier nodes, `a = Mul(x, x)` or `b = Scale(2)(a)`;
after a forward pass its output is at its end, `a = Mul(x, x) = 9`. `c = Relu^3(x)` is a path of
three operations, the last of which is c; all three have the output at its end.
"""

import re
from collections.abc import Iterable

from course.nn.node import Node, Op

OPERATIONS = ("Add", "Sub", "Mul", "Neg", "Square", "Log1p", "Exp", "Tanh", "Sigmoid", "Relu")
OPERATIONS_WITH_A_NUMBER = ("Scale", "Shift")
NUMBER = r"[-+]?[.e\d][-+.e\d]*"
LEAF = re.compile(rf"(\w+) = ({NUMBER})")
OPERATION = re.compile(
    rf"(\w+) = (\w+)(?:\(({NUMBER})\))?(?:\^(\d+))?\(([a-zA-Z_][\w, ]*)\)(?: = ({NUMBER}))?"
)


def build(lines: Iterable[str]) -> list[Node]:
    """Return the nodes of the graph that the lines write down, in their order.

    ValueError for a line of another form.
    """
    nodes: list[Node] = []
    named: dict[str, Node] = {}
    for line in lines:
        if found := LEAF.fullmatch(line):
            name, output = found.groups()
            nodes.append(Node(None, output=number(output), name=name))
        elif found := OPERATION.fullmatch(line):
            name, op, constant, times, inputs, output = found.groups()
            nodes += _path(
                name,
                _operation(op, constant),
                [named[u] for u in inputs.split(", ")],
                output and number(output),
                int(times or 1),
            )
        else:
            raise ValueError(f"graph: expected lines such as 'a = Mul(x, x)', got {line!r}")
        named[name] = nodes[-1]
    return nodes


def with_outputs(lines: Iterable[str], nodes: Iterable[Node]) -> list[str]:
    """Return the lines with the nodes' outputs at the end of those that aren't leaves."""
    computed = {node.name: written(node.output) for node in nodes if node.op is not None}
    ends = ((line, computed.get(line.partition(" = ")[0])) for line in lines)
    return [line if output is None else f"{line} = {output}" for line, output in ends]


def outputs(nodes: Iterable[Node]) -> dict[str, float]:
    """Return the nodes' outputs by name, those that are set."""
    return {node.name: node.output for node in nodes if node.output is not None}


def deltas(nodes: Iterable[Node]) -> dict[str, float]:
    """Return the nodes' deltas by name, those that are set."""
    return {node.name: node.delta for node in nodes if node.delta is not None}


def number(text: str) -> float:
    """Return the number written as `text`: an int if it is written as one."""
    return int(text) if text.lstrip("+-").isdigit() else float(text)


def written(value: float) -> str:
    """Write a number in short if that loses nothing: 9 for 9.0."""
    short = f"{value:g}"
    return short if float(short) == value else repr(float(value))


def _path(name: str, op: Op, inputs: list[Node], output: float | None, length: int) -> list[Node]:
    """Return a path of `length` operations; only its last node bears the name."""
    path: list[Node] = []
    for place in range(1, length + 1):
        title = name if place == length else f"{name}, {place} of {length}"
        path.append(Node(op, *inputs, output=output, name=title))
        inputs = path[-1:]
    return path


def _operation(name: str, constant: str | None) -> Op:
    # Students' processes don't have it in units before the chain rule.
    from course.nn import graph

    if name in OPERATIONS and constant is None:
        return getattr(graph, name)
    if name in OPERATIONS_WITH_A_NUMBER and constant is not None:
        return getattr(graph, name)(number(constant))
    raise ValueError(f"graph: no operation is written {name!r} with the number {constant}")
