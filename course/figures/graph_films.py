"""Films of graphs: the passes flow through a graph, a topological order takes its places."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.figures.drawing.film import Film
from course.figures.drawing.labels import counted, listing, number, short
from course.figures.drawing.layout import Layout
from course.figures.drawing.pen import Pen
from course.figures.drawing.style import DELTA, INK, VALUE
from course.figures.graph_painter import (
    MARGIN,
    SIZE,
    Graph,
    Stage,
    describe_graph,
    lay_out,
    paint_graph,
    read_graph,
)
from course.nn.arguments import Edge, edge_list, refuse, shown
from course.nn.node import Node

SLOT, RADIUS, TOP, SIDE = 74.0, 19.0, 30.0, 40.0
LIFT = 20.0  # how much an edge's bow rises for each place that it leaps


def film_passes(nodes: Iterable[Node], *, title: str = "") -> Film:
    """Play what your passes did: values flow forward, then deltas flow back, a column at a time.

    nodes: Nodes after your forward_pass, and after your backward_pass if deltas are to be shown.
    title: words above the drawing.  Raises ValueError if no node but the leaves has an output.
    """
    g = read_graph(list(nodes) if not isinstance(nodes, Mapping) else nodes)
    if g.kind != "computation graph" or all(b.value is None for b in g.boxes.values()):
        raise refuse("nodes", "Nodes whose outputs are set by forward_pass", shown(nodes))
    layout = lay_out(g)
    with_deltas = any(b.delta is not None for b in g.boxes.values())
    forward, backward = _forward(g, layout), _backward(g, layout) if with_deltas else []
    alt = "Frame by frame, values flow forward" + " and deltas flow back" * with_deltas
    return Film(
        f"{alt}. {describe_graph(g, layout, title)}",
        layout.width + 2 * MARGIN,
        layout.height + 2 * MARGIN,
        [_passes_frame(g, layout, stage) for stage in forward + backward],
        [
            "given: " + _numbers_told(g, forward[0], "value", " = "),
            *("forward: " + _numbers_told(g, stage, "value", " = ") for stage in forward[1:]),
            *("backward: " + _numbers_told(g, stage, "delta", " has δ ") for stage in backward),
        ],
        title=title,
    )


def film_order(order: Iterable[Hashable], edges: Any, *, title: str = "") -> Film:
    """Play your topological order frame by frame: one node after another takes its place.

    order: what your topological_order returned.  edges: the edges (u, v), or {(u, v): w}.
    An edge that points backwards in your order is drawn in vermillion and dashed.
    Raises ValueError if order names a node that no edge has, or names a node twice.
    """
    row = _row(list(order), edge_list("edges", edges))
    counts = range(1, len(row.order) + 1)
    return Film(
        _row_told(row),
        *row.size,
        [_row_frame(row, count) for count in counts],
        [_row_caption(row, count) for count in counts],
        title=title,
    )


def _forward(g: Graph, layout: Layout) -> list[Stage]:
    """The stages of the forward pass: the leaves are given, then a column at a time follows."""
    stages, seen = [], set()
    for c in range(max(layout.column.values()) + 1):
        if c == 0:
            fresh = [v for v in g.boxes if v.op is None]
        else:
            fresh = [v for v in g.boxes if v.op and layout.column[v] == c]
        seen |= set(fresh)
        lit = {(u, v) for u, v in g.edges if v in fresh}
        stages.append(Stage(values=set(seen), deltas=(), marked=fresh, lit=lit))
    return stages


def _backward(g: Graph, layout: Layout) -> list[Stage]:
    """The stages of the backward pass, from the last column to the first."""
    stages = []
    for c in range(max(layout.column.values()), -1, -1):
        seen = {v for v in g.boxes if layout.column[v] >= c}
        fresh = [v for v in g.boxes if layout.column[v] == c]
        lit = {(u, v) for u, v in g.edges if u in fresh and v in seen}
        stages.append(Stage(values=g.boxes, deltas=seen, marked=fresh, lit=lit, back=True))
    return stages


def _passes_frame(g: Graph, layout: Layout, stage: Stage) -> str:
    pen = Pen()
    paint_graph(pen, g, layout, stage)
    return f'<g transform="translate({MARGIN:g} {MARGIN:g})">{pen.body}</g>'


def _numbers_told(g: Graph, stage: Stage, which: str, sign: str) -> str:
    """The numbers that have just been computed: "s = 6, r = 1"."""
    boxes = [g.boxes[v] for v in stage.marked]
    return ", ".join(
        f"{box.name or box.formula}{sign}{number(getattr(box, which))}" for box in boxes
    )


@dataclass(frozen=True)
class _Row:
    """A student's order as a row of circles, with the edges as bows above it.

    place: the nodes in the student's order, with their places.  missing: the nodes that the order
    leaves out, whose circles stay empty.  backwards: the edges that point to the left.
    """

    place: dict[Hashable, int]
    missing: list[Hashable]
    edges: list[Edge]
    backwards: list[Edge]

    @property
    def order(self) -> list[Hashable]:
        """The nodes as the student has ordered them."""
        return list(self.place)

    @property
    def middle(self) -> float:
        """The height of the circles' middles: the highest bow has room above them."""
        return 26 + max(map(self.lift, self.edges)) + TOP

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of the drawing."""
        slots = len(self.place) + len(self.missing)
        return 2 * SIDE + SLOT * (slots - 1), self.middle + RADIUS + 22

    def lift(self, edge: Edge) -> float:
        """How high an edge's bow rises."""
        u, v = edge
        return LIFT * abs(self.place.get(u, 0) - self.place.get(v, 0))


def _row(order: list[Hashable], edges: list[Edge]) -> _Row:
    """The row that an order makes, if it is an order of nodes that the edges have."""
    nodes = list(dict.fromkeys(v for edge in edges for v in edge))
    if not edges:
        raise refuse("edges", "at least one edge", "none")
    if not order:
        raise refuse("order", "at least one node", "none")
    for i, v in enumerate(order):
        if v not in nodes or v in order[:i]:
            raise refuse("order", "each node of the edges once", shown(order))
    place = {v: i for i, v in enumerate(order)}
    backwards = [(u, v) for u, v in edges if u in place and v in place and place[u] >= place[v]]
    return _Row(place, [v for v in nodes if v not in place], edges, backwards)


def _row_frame(row: _Row, count: int) -> str:
    """The first ``count`` nodes in their places, with the edges between them."""
    pen = Pen()
    done, newest = set(row.order[:count]), row.order[count - 1]
    for edge in row.edges:
        if done.issuperset(edge):
            _paint_bow(pen, row, edge, newest in edge)
    for i, v in enumerate([*row.order, *row.missing]):
        _paint_slot(pen, row, i, short(v, 6) if v in done else None, v == newest)
    return pen.body


def _paint_bow(pen: Pen, row: _Row, edge: Edge, new: bool) -> None:
    """Draw an edge as a bow from the top of its start to the top of its end."""
    backwards = edge in row.backwards
    inwards = (-0.45 if backwards else 0.45) * RADIUS
    start, end = (SIDE + SLOT * row.place[v] for v in edge)
    start, end = start + inwards, end - inwards
    foot, lift = row.middle - RADIUS, row.lift(edge)
    bow = [
        (start + (end - start) * (1 - np.cos(t)) / 2, foot - lift * np.sin(t))
        for t in np.linspace(0, np.pi, 33)
    ]
    pen.line(
        bow,
        colour=DELTA if backwards else VALUE if new else INK,
        dashes="5 3" if backwards else "",
        line=2.2 if new or backwards else 1.3,
        arrow=True,
    )


def _paint_slot(pen: Pen, row: _Row, i: int, name: str | None, new: bool) -> None:
    """Draw the i-th place with the name of its node, or empty."""
    x, y = SIDE + SLOT * i, row.middle
    pen.circle(
        x,
        y,
        RADIUS,
        colour=VALUE if new else INK,
        fill=VALUE if new else INK,
        strength=0.25 if new else 0.08,
        line=2.6 if new else 0.7 if name is None else 1.4,
        dashes="2 3" if name is None else "",
    )
    pen.text(x, y, name or "", size=SIZE, bold=new)
    pen.text(x, y + RADIUS + 11, i, size=10)


def _row_caption(row: _Row, count: int) -> str:
    """The newest node, and whether all that it depends on is before it."""
    newest, done = row.order[count - 1], set(row.order[:count])
    needed = [u for u, v in row.edges if v == newest]
    late = [u for u in needed if u not in done]
    if late:
        return f"{newest}: but {listing(late)}, on which it depends, comes later"
    if needed:
        return f"{newest}: after {listing(needed)}"
    return f"{newest}: depends on nothing"


def _row_told(row: _Row) -> str:
    """The film in words, with all that is wrong with the order."""
    faults = [f"the edge {u} → {v} points backwards" for u, v in row.backwards]
    if row.missing:
        faults.append(f"{listing(row.missing)} missing")
    return (
        f"Frame by frame, {counted(len(row.order), 'node')} of a graph take their places in a row: "
        f"{', '.join(map(str, row.order))}. "
        + (f"In this order {listing(faults)}." if faults else "Every edge points to the right.")
    )
