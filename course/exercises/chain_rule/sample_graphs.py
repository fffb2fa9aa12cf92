"""Graphs that `forward_pass` and `backward_pass` are asked about."""

import numpy as np

from course.exercises.engine import graph_text
from course.exercises.late import no_answer_in_time
from course.nn import chain_rule as nn

LEAVES = ("w = 2", "x = 3", "y = 5")
LOSS = ("s = Mul(w, x)", "r = Sub(s, y)", "q = Square(r)", "l = Log1p(q)")
DIAMOND = ("x = 3", "a = Scale(2)(x)", "b = Square(x)", "c = Mul(a, b)")
NEAR_AND_FAR = ("x = 3", "a = Neg(x)", "b = Square(a)", "c = Mul(a, b)")
DEAD_END = ("x = 3", "y = 4", "dead_end = Mul(x, y)", "a = Square(x)")
UNUSED_LEAF = ("x = 3", "y = 4", "a = Square(x)")
MINUS_ITSELF = ("x = 3", "a = Square(x)", "b = Sub(a, a)")
TWICE_INTO_ONE = ("x = 3", "a = Mul(x, x)", "b = Scale(2)(a)")
PATH = ("x = 3", "a = Scale(2)(x)", "b = Square(a)", "c = Neg(b)")
DIFFERENCE = ("x = 5", "y = 3", "d = Sub(x, y)")
# Near 10¹⁶ every second whole number is a float, and nothing in between.
HUGE_NUMBERS = (
    "x = 10000000000000002",
    "y = 10000000000000000",
    "d = Sub(x, y)",
    "a = Square(d)",
)
# How close to a kink: closer than any step that people take.
CLOSE = 1e-12
# IPython stops at 3000 nested calls, plain Python at 1000: no recursion gets to the end of this. A
# search through all nodes for each of them does, given some seconds.
LONG = 3100
LONG_PATH = ("x = 0.8", f"a = Relu^{LONG}(x) = 0.8", "b = Scale(-0.6)(a) = -0.48")
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


def nearly_nothing(x: float) -> list[str]:
    """Return the lines of a path on which a number all but vanishes, and what it is comes back.

    The number itself survives, but a step in it that is as small as complex steps are doesn't.
    """
    return [f"x = {x}", "a = Scale(1e-300)(x)", "b = Scale(1e300)(a)", "c = Tanh(b)", "d = Exp(c)"]


def computed(lines) -> list[str]:
    """Return the lines with every node's output at its end, as after a forward pass."""
    nodes = graph_text.build(lines)
    nn.forward_pass(nodes)
    return graph_text.with_outputs(lines, nodes)


def from_huge_numbers(name: str, rng: np.random.Generator) -> list[str]:
    """Return lines of a node with a small output, a tenth of the difference of two huge ones.

    On its way it is at two kinks, one just below it and one just above. Every step of a huge number
    that it feels leads over one of them, however well the step is chosen.
    """
    base, step = 10**16 + 2 * int(rng.integers(1000)), int(rng.choice([-8, -6, -4, 4, 6, 8]))
    tenth = 0.1 * step
    return [
        f"p = {base + step}",
        f"q = {base}",
        "d = Sub(p, q)",
        "t = Scale(0.1)(d)",
        f"above = Shift({CLOSE - tenth!r})(t)",
        "up = Relu(above)",
        "minus = Neg(t)",
        f"below = Shift({CLOSE + tenth!r})(minus)",
        "down = Relu(below)",
        "moved = Sub(up, down)",
        f"{name} = Shift({tenth / 2!r})(moved)",
    ]


def leading_to_the_last(nodes: list) -> list:
    """Return the nodes with a path to the last one, in order."""
    needed = {nodes[-1]}
    for v in reversed(nodes):
        if v in needed:
            needed.update(v.inputs)
    return [v for v in nodes if v in needed]


def recurse(nodes: list, end: str) -> None:
    """Do as a recursion from node to node: RecursionError if the graph is long."""
    if len(nodes) > LONG:
        raise RecursionError(f"maximum recursion depth exceeded{end}")


def walk_every_path(nodes: list) -> None:
    """Do as a recursion along every path: TimeoutError if there are too many paths."""
    count = dict.fromkeys(nodes, 0)
    count[nodes[-1]] = 1
    for v in reversed(nodes):
        for u in v.inputs:
            count[u] += count[v]
    if sum(count.values()) > MANY_PATHS:
        no_answer_in_time()
