"""A graph of any kind as boxes and arrows: read, laid out, painted and put into words.

Nothing is computed here. The boxes hold what your own passes put into the nodes.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.figures.drawing.edges import box_around, cut_out, free_spot, label_box, routes
from course.figures.drawing.labels import counted, number, short
from course.figures.drawing.layout import Layout, arrange
from course.figures.drawing.pen import Pen, text_width
from course.figures.drawing.style import DELTA, INK, VALUE
from course.nn.arguments import Edge, edge_list, numbers, refuse, shown
from course.nn.node import Node

MARGIN, PAD, ROW = 8.0, 9.0, 17.0
SIZE, SMALL = 13.0, 11.5
LONGEST = "δ −0.0123"  # a number that few are longer than
LABELLED, DENSE = 40, 1.8  # more edges, or more for each node, carry no numbers: too crowded
TOLD = 70  # the number of nodes that the description names


@dataclass(frozen=True)
class Box:
    """A node's box: its name, how it is computed, and the numbers the passes have put into it."""

    name: str
    formula: str = ""
    value: Any = None
    delta: Any = None

    def rows(self, value: bool = True, delta: bool = True) -> list[tuple[str, str, bool]]:
        """Its lines: words, colour, bold. A number that is not shown yet leaves a blank line."""
        rows = []
        if self.name:
            rows.append((self.name, INK, True))
        if self.formula:
            rows.append((self.formula, INK, not self.name))
        if self.value is not None:
            rows.append((f"= {number(self.value)}" if value else "", VALUE, True))
        if self.delta is not None:
            rows.append((f"δ {number(self.delta)}" if delta else "", DELTA, True))
        return rows


@dataclass(frozen=True)
class Graph:
    """A graph ready to be drawn: boxes by node, edges with a label or None each."""

    boxes: dict[Hashable, Box]
    edges: list[Edge]
    labels: list[str | None]
    weights: list[float | None]
    late_leaves: bool
    kind: str


@dataclass(frozen=True)
class Stage:
    """How far the passes have got, and which parts of the drawing stand out.

    values, deltas: the nodes that show theirs.  marked: the nodes that stand out.  lit: the edges
    along which something flows.  back: whether the backward pass is going on.
    """

    values: Collection[Hashable]
    deltas: Collection[Hashable]
    marked: Collection[Hashable] = ()
    lit: Collection[Edge] = ()
    back: bool = False

    @property
    def colour(self) -> str:
        """The colour of nodes and edges that stand out."""
        return DELTA if self.back else VALUE


def read_graph(graph: Any, values: Mapping | None = None, slopes: bool = True) -> Graph:
    """What a student calls a graph: Nodes, weighted edges {(u, v): w}, or edges (u, v)."""
    if isinstance(graph, Mapping):
        weights = numbers("graph", graph)
        edges = edge_list("graph", weights)
        g = _graph_of_edges(edges, [float(w) for w in weights.values()], values)
    else:
        try:
            members = list(graph)
        except TypeError:
            raise refuse("graph", "Nodes or edges", shown(graph)) from None
        if members and all(isinstance(v, Node) for v in members):
            if values is not None:
                raise refuse("values", "None, since Nodes bring their outputs along", shown(values))
            g = _graph_of_nodes(members, slopes)
        else:
            edges = edge_list("graph", members)
            g = _graph_of_edges(edges, [None] * len(edges), values)
    if not g.boxes:
        raise refuse("graph", "at least one node", "none")
    return g


def lay_out(g: Graph, steady: bool = False) -> Layout:
    """Places for a graph's boxes, with room for its labels between the columns.

    steady: with room for any numbers, so that the places don't depend on them.
    """
    least = text_width(LONGEST, SIZE, True) + 2 * PAD if steady else 36.0
    sizes = {}
    for v, box in g.boxes.items():
        rows = box.rows()
        wide = max(text_width(words, SIZE, bold) for words, _, bold in rows)
        sizes[v] = (max(wide + 2 * PAD, least), len(rows) * ROW + PAD)
    labels = [text_width(LONGEST if steady else label, SMALL) for label in g.labels if label]
    steep = min(20 * len(g.edges) / len(g.boxes), 60)
    gap = max(30 + steep, max(labels, default=0) + 34)
    return arrange(list(g.boxes), g.edges, sizes, late_leaves=g.late_leaves, gap=(gap, 16))


def paint_graph(pen: Pen, g: Graph, layout: Layout, stage: Stage | None = None) -> None:
    """Draw a graph's edges and boxes at a stage of the passes; without it, after both of them."""
    stage = stage or Stage(values=g.boxes, deltas=g.boxes)
    _paint_edges(pen, g, layout, stage)
    for v in g.boxes:
        _paint_box(pen, g, layout, stage, v)


def describe_graph(g: Graph, layout: Layout, title: str) -> str:
    """A drawn graph in words: its nodes with their numbers, and the edges if they are few."""
    columns = max(layout.column.values()) + 1
    start = f"{title}. " if title else ""
    start += f"A {g.kind} of {counted(len(g.boxes), 'node')} and {counted(len(g.edges), 'edge')}, "
    start += f"drawn in {counted(columns, 'column')} from left to right. "
    said = [
        _box_told(box)
        for _, box in sorted(g.boxes.items(), key=lambda item: layout.column[item[0]])
    ]
    if g.kind == "graph" and len(g.edges) <= LABELLED:
        arrows = [
            f"{short(u, 14)} → {short(v, 14)}"
            + (f" with weight {number(w)}" if w is not None else "")
            for (u, v), w in zip(g.edges, g.weights, strict=True)
        ]
        said.append("edges " + ", ".join(arrows))
    return start + "; ".join(said[:TOLD]) + "."


def _graph_of_nodes(nodes: list[Node], slopes: bool) -> Graph:
    found = _with_inputs(nodes)
    boxes = {
        v: Box(v.name or ("" if v.op else "leaf"), _formula(v), v.output, v.delta) for v in found
    }
    edges, labels = [], []
    for v in found:
        for i, u in enumerate(v.inputs):
            edges.append((u, v))
            labels.append(_slope(v, i) if slopes else None)
    if _crowded(edges, boxes):
        labels = [None] * len(edges)
    return Graph(boxes, edges, labels, [None] * len(edges), True, "computation graph")


def _with_inputs(nodes: list[Node]) -> list[Node]:
    """The nodes and all that they depend on, even if the list leaves it out."""
    found: dict[Node, None] = {}
    waiting = nodes[::-1]
    while waiting:
        v = waiting.pop()
        if v not in found:
            found[v] = None
            waiting += [u for u in reversed(v.inputs) if u not in found]
    return list(found)


def _graph_of_edges(
    edges: list[Edge], weights: list[float | None], values: Mapping | None
) -> Graph:
    nodes = list(dict.fromkeys(v for pair in edges for v in pair))
    known: Mapping = {} if values is None else values
    if not isinstance(known, Mapping):
        raise refuse("values", "a dictionary {node: value}", shown(values))
    nodes += [v for v in known if v not in nodes]
    boxes = {v: Box(short(v, 14), value=known.get(v)) for v in nodes}
    crowded = _crowded(edges, boxes)
    labels = [None if w is None or crowded else number(w) for w in weights]
    return Graph(boxes, edges, labels, weights, False, "graph")


def _crowded(edges: Sequence, boxes: Mapping) -> bool:
    return len(edges) > min(LABELLED, DENSE * len(boxes))


def _formula(v: Node) -> str:
    if v.op is None:
        return ""
    symbol, names = v.op.symbol, [short(u.name, 8) for u in v.inputs]
    if not all(names):
        return symbol
    if len(names) == 2:
        return f"{names[0]} {symbol} {names[1]}"
    if "z" in symbol:
        return symbol.replace("z", names[0])
    return f"{symbol}{names[0]}" if symbol == "−" else f"{symbol}({names[0]})"


def _slope(v: Node, i: int) -> str | None:
    xs = [u.output for u in v.inputs]
    if v.output is None or any(x is None for x in xs):
        return None
    slope = v.op.deriv(i, *xs)
    return f"×{number(slope)}" if np.size(slope) == 1 else None


def _paint_edges(pen: Pen, g: Graph, layout: Layout, stage: Stage) -> None:
    paths = routes(g.edges, layout)
    taken = [box_around(place, layout.sizes[v]) for v, place in layout.places.items()]
    heaviest = max((abs(w) for w in g.weights if w), default=1.0)
    reached = stage.deltas if stage.back else stage.values
    for k, (edge, path) in enumerate(zip(g.edges, paths, strict=True)):
        look = _edge_style(g.weights[k], heaviest)
        if edge in stage.lit:
            look = {"line": 2.4, "colour": stage.colour, "dashes": "6 3" * stage.back}
            path = path[::-1] if stage.back else path
        label = g.labels[k]
        if not label or edge[1] not in reached:
            pen.line(path, arrow=True, **look)
            continue
        half = text_width(label, SMALL) / 2 + 3
        spot = free_spot(path, half, paths[:k] + paths[k + 1 :], taken)
        room = label_box(spot, half)
        taken.append(room)
        before, after = cut_out(path, room)
        pen.line(before, **look)
        pen.line(after, arrow=True, **look)
        pen.text(*spot, label, size=SMALL)


def _edge_style(w: float | None, heaviest: float) -> dict[str, Any]:
    """An edge as thick as its weight is large; dashed for a negative weight, dotted for none."""
    if w is None:
        return {"line": 1.4, "strength": 0.75}
    dashes = "5 3" if w < 0 else "1 4" if w == 0 else ""
    return {"line": 0.7 + 2.2 * abs(w) / heaviest, "strength": 0.75, "dashes": dashes}


def _paint_box(pen: Pen, g: Graph, layout: Layout, stage: Stage, v: Hashable) -> None:
    (x, y), (w, h) = layout.places[v], layout.sizes[v]
    marked = v in stage.marked
    colour = stage.colour if marked else INK
    pen.box(
        x - w / 2,
        y - h / 2,
        w,
        h,
        colour=colour,
        fill=colour,
        strength=0.16 if marked else 0.07,
        line=2.6 if marked else 1.3,
    )
    rows = g.boxes[v].rows(value=v in stage.values, delta=v in stage.deltas)
    for i, (words, colour, bold) in enumerate(rows):
        down = y - h / 2 + PAD / 2 + ROW * (i + 0.5)
        pen.text(x, down, words, size=SIZE, colour=colour, bold=bold)


def _box_told(box: Box) -> str:
    name = " = ".join(dict.fromkeys(filter(None, (box.name, box.formula))))
    facts = [f"value {number(box.value)}"] * (box.value is not None)
    facts += [f"delta {number(box.delta)}"] * (box.delta is not None)
    return name + (f" ({', '.join(facts)})" if facts else "")
