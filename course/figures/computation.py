"""A computation graph whose inputs are turned: values and deltas follow."""

from collections.abc import Callable, Mapping, Sequence

from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.labels import listing, number
from course.figures.drawing.pen import Pen
from course.figures.drawing.picture import Picture
from course.figures.graph_painter import (
    MARGIN,
    describe_graph,
    lay_out,
    paint_graph,
    read_graph,
)
from course.nn.arguments import function, ordered_nodes, refuse
from course.nn.node import Node


def dial_graph(
    build: Callable[..., Sequence[Node]],
    forward_pass: Callable,
    backward_pass: Callable,
    *,
    start: Mapping[str, float] | None = None,
    title: str = "",
    **inputs: tuple[float, float],
) -> Dial:
    """Turn inputs of a computation graph; your two passes fill in values and deltas.

    build: makes the graph's nodes afresh, the last one the output; called with the inputs by name,
    as in build(w=2.0).  forward_pass, backward_pass: your functions of the list of nodes.
    inputs: the ends of each input that can be turned, w=(0, 4).  start: where each begins.
    """
    for name, given in {
        "build": build,
        "forward_pass": forward_pass,
        "backward_pass": backward_pass,
    }.items():
        function(name, given)

    def drawn(**values: float) -> Picture:
        nodes = ordered_nodes("what build returned", build(**values))
        if not nodes:
            raise refuse("what build returned", "at least one node", "none")
        forward_pass(nodes)
        backward_pass(nodes)
        slopes = listing(
            f"{number(v.delta)} by {v.name}" for v in nodes if v.name in values and v.op is None
        )
        end = nodes[-1]
        caption = f"{end.name or 'the output'} = {number(end.output)}; its slope is {slopes}"
        g = read_graph(nodes, None, True)
        layout, pen = lay_out(g, steady=True), Pen()
        paint_graph(pen, g, layout)
        inner = f'<g transform="translate({MARGIN:g} {MARGIN:g})">{pen.body}</g>'
        size = (layout.width + 2 * MARGIN, layout.height + 2 * MARGIN)
        return Picture(describe_graph(g, layout, ""), *size, inner, caption)

    return dial(drawn, start=start, title=title, **inputs)
