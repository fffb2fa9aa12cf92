"""Graphs that `forward_pass` and `backward_pass` are asked about."""

import numpy as np

from course.exercises.engine import graph_text
from course.nn import chain_rule as nn

LEAVES = ("w = 2", "x = 3", "y = 5")
LOSS = ("s = Mul(w, x)", "r = Sub(s, y)", "q = Square(r)", "l = Log1p(q)")
DIAMOND = ("x = 3", "a = Scale(2)(x)", "b = Square(x)", "c = Mul(a, b)")
NEAR_AND_FAR = ("x = 3", "a = Neg(x)", "b = Square(a)", "c = Mul(a, b)")
DEAD_END = ("x = 3", "y = 4", "dead_end = Mul(x, y)", "a = Square(x)")
TWICE_INTO_ONE = ("x = 3", "a = Mul(x, x)", "b = Scale(2)(a)")
PATH = ("x = 3", "a = Scale(2)(x)", "b = Square(a)", "c = Neg(b)")
# IPython stops at 3000 nested calls, plain Python at 1000: no recursion gets to the end of this. A
# search through all nodes for each of them does, given some seconds.
LONG = 3100
PATIENCE = 20.0
# What Python adds to "maximum recursion depth exceeded" depends on the line that it stops at.
WHERE_RECURSION_ENDS = ("", " in comparison", " while calling a Python object")
RUNGS = 60
MANY_PATHS = 10**6


def ladder(x: float, left: float, right: float) -> list[str]:
    "Return RUNGS diamonds in a row: 2 to the power of RUNGS paths from end to end."
    lines = [f"n0 = {x}"]
    for i in range(RUNGS):
        lines += [
            f"a{i} = Scale({left})(n{i})",
            f"b{i} = Scale({right})(n{i})",
            f"n{i + 1} = Add(a{i}, b{i})",
        ]
    return lines


def tangle(rng: np.random.Generator) -> list[str]:
    """Return a random graph of three leaves and eight operations that all lead to the last node."""
    lines = [f"n{i} = {decimal(rng)}" for i in range(3)]
    for i, op in enumerate(("Sub", "Mul", "Add", "Mul", "Sub"), start=3):
        # The third node back is among the inputs, so that none is left out; the other is drawn.
        back = rng.choice([j for j in range(i) if j != i - 3])
        lines.append(f"n{i} = {op}(n{i - 3}, n{back})")
    return [*lines, "n8 = Tanh(n6)", "n9 = Mul(n8, n5)", "n10 = Sub(n9, n7)"]


def decimal(rng: np.random.Generator) -> float:
    """Draw a number with three decimals, away from 0 and from 1."""
    return round(float(rng.choice([-1, 1]) * rng.uniform(0.3, 0.9)), 3)


def computed(lines) -> list[str]:
    """Return the lines with every node's output at its end, as after a forward pass."""
    nodes = graph_text.build(lines)
    nn.forward_pass(nodes)
    return graph_text.with_outputs(lines, nodes)


def paths_to_the_last(nodes) -> int:
    "Return the number of paths to the last node: walking them all takes time in proportion."
    count = dict.fromkeys(nodes, 0)
    count[nodes[-1]] = 1
    for v in reversed(nodes):
        for u in v.inputs:
            count[u] += count[v]
    return sum(count.values())
