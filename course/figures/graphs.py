"""Draw any graph: a computation graph with its values and deltas, or a weighted net."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from course.figures.drawing.labels import listing, number
from course.figures.drawing.layout import Layout
from course.figures.drawing.pen import Pen, text_width
from course.figures.drawing.picture import Picture, beside
from course.figures.graph_painter import (
    MARGIN,
    Graph,
    Stage,
    describe_graph,
    lay_out,
    paint_graph,
    read_graph,
)
from course.nn.arguments import function, refuse, shown
from course.nn.node import Node


def draw(
    graph: Any,
    *,
    values: Mapping[Hashable, Any] | None = None,
    title: str = "",
    slopes: bool = True,
) -> Picture:
    """Draw a graph, with what your passes have computed in it.

    graph: a list of Nodes (in any order), or weighted edges {(u, v): w}, or a list of edges (u, v).
    values: for edges, {node: value}, what forward_dag returns; Nodes bring theirs along.
    title: words above the drawing.  slopes: of Nodes with values, write on each edge the partial
    derivative of its end by its start.

    A value is written in blue as "= 6", a delta in vermillion as "δ −0.5". A dashed edge has a
    negative weight. Raises ValueError for anything that is not a graph, or has a cycle.
    """
    g = read_graph(graph, values, slopes)
    layout = lay_out(g)
    pen = Pen()
    paint_graph(pen, g, layout)
    return _framed(pen, layout, describe_graph(g, layout, title), title)


def draw_backward(
    build: Callable[[], Sequence[Node]],
    forward_pass: Callable,
    backward_passes: Mapping[str, Callable],
) -> Picture:
    """Draw one graph after several backward passes, side by side: assign against accumulate.

    build: a function that makes the graph's nodes afresh, the last one the output.  forward_pass:
    your function.  backward_passes: {name: backward pass}, such as {"assign": …, "accumulate": …}.
    Nodes on whose delta they disagree are marked.
    """
    if not isinstance(backward_passes, Mapping) or not backward_passes:
        raise refuse("backward_passes", "{name: function}, at least one", shown(backward_passes))
    for name, given in {"build": build, "forward_pass": forward_pass, **backward_passes}.items():
        function(name, given)
    graphs = {}
    for name, backward_pass in backward_passes.items():
        nodes = list(build())
        forward_pass(nodes)
        backward_pass(nodes)
        graphs[str(name)] = read_graph(nodes)
    apart = _disagreements(list(graphs.values()))
    together = beside(*(_marked(g, name, apart) for name, g in graphs.items()))
    boxes = next(iter(graphs.values())).boxes.values()
    names = [b.name or b.formula for b, differs in zip(boxes, apart, strict=True) if differs]
    verdict = f"They disagree on {listing(names)}" if names else "They agree on every delta"
    return Picture(f"{verdict}. {together.alt}", together.width, together.height, together.body)


def _disagreements(graphs: Sequence[Graph]) -> list[bool]:
    """For each node, whether the graphs' deltas differ there as far as the drawing shows."""
    deltas = [[box.delta for box in g.boxes.values()] for g in graphs]
    if len({len(column) for column in deltas}) > 1:
        raise refuse("build", "the same graph each time", "graphs of different sizes")
    return [len({number(delta) for delta in node}) > 1 for node in zip(*deltas, strict=True)]


def _marked(g: Graph, name: str, apart: Sequence[bool]) -> Picture:
    marked = {v for v, differs in zip(g.boxes, apart, strict=True) if differs}
    layout = lay_out(g)
    pen = Pen()
    paint_graph(pen, g, layout, Stage(g.boxes, g.boxes, marked, back=True))
    return _framed(pen, layout, describe_graph(g, layout, name), name)


def _framed(pen: Pen, layout: Layout, alt: str, title: str) -> Picture:
    top = 24.0 if title else 0.0
    frame = Pen()
    if title:
        frame.text(MARGIN, 14, title, size=14, anchor="start")
    frame.group(pen.body, f'transform="translate({MARGIN:g} {MARGIN + top:g})"')
    width = max(layout.width, text_width(title, 14)) + 2 * MARGIN
    return Picture(alt, width, layout.height + 2 * MARGIN + top, frame.body)
