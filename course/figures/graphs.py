"""Draw any graph: a computation graph with its values and deltas, or a weighted net.

Nothing is computed here. What stands in the boxes is what your own passes put into the nodes.
"""

import itertools
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.figures.drawing.film import Film
from course.figures.drawing.labels import counted, listing, number, short
from course.figures.drawing.layout import Layout, arrange
from course.figures.drawing.pen import Pen, curve, text_width
from course.figures.drawing.picture import Picture, beside
from course.figures.drawing.style import DELTA, INK, VALUE
from course.nn.arguments import edge_list, function, numbers, refuse, shown
from course.nn.node import Node

MARGIN, PAD, ROW = 8.0, 9.0, 17.0
SIZE, SMALL = 13.0, 11.5
LABELLED, DENSE = 40, 1.8  # more edges, or more for each node, carry no numbers: too crowded


@dataclass
class Box:
    """What stands in a node's box, line by line: words, colour, bold."""

    name: str
    formula: str = ""
    value: Any = None
    delta: Any = None
    rows: list[tuple[str, str, bool]] = field(default_factory=list)
    marked: bool = False


@dataclass
class Graph:
    """A graph ready to be drawn: boxes by node, edges with a label or None each."""

    boxes: dict[Hashable, Box]
    edges: list[tuple[Hashable, Hashable]]
    labels: list[str | None]
    weights: list[float | None]
    late_leaves: bool
    kind: str


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
    g = _read(graph, values, slopes)
    layout = _laid_out(g)
    pen = Pen()
    _paint(pen, g, layout)
    return _framed(pen, layout, _described(g, layout, title), title)


def film_passes(nodes: Iterable[Node], *, title: str = "") -> Film:
    """Play what your passes did: values flow forward, then deltas flow back, a column at a time.

    nodes: Nodes after your forward_pass, and after your backward_pass if deltas are to be shown.
    title: words above the drawing.  Raises ValueError if no node but the leaves has an output.
    """
    g = _read(list(nodes) if not isinstance(nodes, Mapping) else nodes, None, True)
    if g.kind != "computation graph" or all(b.value is None for b in g.boxes.values()):
        raise refuse("nodes", "Nodes whose outputs are set by forward_pass", shown(nodes))
    layout = _laid_out(g)
    last = max(layout.column.values())
    with_deltas = any(b.delta is not None for b in g.boxes.values())
    frames, captions = [], []
    leaves = [v for v in g.boxes if v.op is None]
    seen: set[Hashable] = set()
    for c in range(last + 1):
        fresh = leaves if c == 0 else [v for v in g.boxes if v.op and layout.column[v] == c]
        seen |= set(fresh)
        frames.append(_frame(g, layout, values=set(seen), deltas=set(), fresh=set(fresh)))
        start = "given: " if c == 0 else "forward: "
        captions.append(start + _assignments(g, fresh, "value", " = "))
    for c in range(last, -1, -1) if with_deltas else ():
        seen = {v for v in g.boxes if layout.column[v] >= c}
        fresh = [v for v in g.boxes if layout.column[v] == c]
        frames.append(_frame(g, layout, values=set(g.boxes), deltas=seen, fresh=set(fresh)))
        captions.append("backward: " + _assignments(g, fresh, "delta", " has δ "))
    alt = "Frame by frame, values flow forward" + " and deltas flow back" * with_deltas
    return Film(
        f"{alt}. {_described(g, layout, title)}",
        layout.width + 2 * MARGIN,
        layout.height + 2 * MARGIN,
        frames,
        captions,
        title=title,
    )


def film_order(order: Iterable[Hashable], edges: Any, *, title: str = "") -> Film:
    """Play your topological order frame by frame: one node after the other takes its place.

    order: what your topological_order returned.  edges: the edges (u, v), or {(u, v): w}.
    An edge that points backwards in your order is drawn in vermillion and dashed.
    Raises ValueError if order names a node that no edge has, or one twice.
    """
    pairs = edge_list("edges", edges)
    nodes = list(dict.fromkeys(v for pair in pairs for v in pair))
    order = list(order)
    if not pairs:
        raise refuse("edges", "at least one edge", "none")
    if not order:
        raise refuse("order", "at least one node", "none")
    for i, v in enumerate(order):
        if v not in nodes or v in order[:i]:
            raise refuse("order", "each node of the edges once", shown(order))
    slot, radius, top = 74.0, 19.0, 30.0
    spots = {v: (40 + slot * i, 0.0) for i, v in enumerate([*order, *_missing(nodes, order)])}
    place = {v: i for i, v in enumerate(order)}
    reach = max((abs(place.get(u, 0) - place.get(v, 0)) for u, v in pairs), default=1)
    rise = 26 + 20.0 * reach
    width, height = 80 + slot * (len(nodes) - 1), rise + radius + top + 22
    wrong = [(u, v) for u, v in pairs if u in place and v in place and place[u] >= place[v]]
    frames, captions = [], []
    for count in range(1, len(order) + 1):
        pen = Pen()
        done = set(order[:count])
        y = rise + top
        for u, v in pairs:
            if u in done and v in done:
                (a, _), (b, _) = spots[u], spots[v]
                bad = (u, v) in wrong
                lift = 20.0 * abs(place[u] - place[v])
                start, end = a + 0.45 * radius, b - 0.45 * radius
                if bad:
                    start, end = a - 0.45 * radius, b + 0.45 * radius
                t = np.linspace(0, np.pi, 33)
                bow = [
                    (start + (end - start) * (1 - np.cos(s)) / 2, y - radius - lift * np.sin(s))
                    for s in t
                ]
                new = v == order[count - 1] or u == order[count - 1]
                pen.line(
                    bow,
                    colour=DELTA if bad else VALUE if new else INK,
                    dashes="5 3" if bad else "",
                    line=2.2 if new or bad else 1.3,
                    arrow=True,
                )
        for i, v in enumerate(spots):
            x, _ = spots[v]
            here = v in done
            new = v == order[count - 1]
            pen.circle(
                x,
                y,
                radius,
                colour=VALUE if new else INK,
                fill=VALUE if new else INK,
                strength=0.25 if new else 0.08,
                line=2.6 if new else 1.4 if here else 0.7,
                dashes="" if here else "2 3",
            )
            pen.text(x, y, short(v, 6) if here else "", size=SIZE, bold=new)
            pen.text(x, y + radius + 11, i, size=10)
        frames.append(pen.body)
        v = order[count - 1]
        before = [u for u, w in pairs if w == v]
        late = [u for u in before if u not in done]
        why = (
            f"but {listing(late)}, on which it hangs, comes later"
            if late
            else f"after {listing(dict.fromkeys(before))}"
            if before
            else "hangs on nothing"
        )
        captions.append(f"{v}: {why}")
    faults = [f"the edge {u} → {v} points backwards" for u, v in wrong]
    if left := _missing(nodes, order):
        faults.append(f"{listing(left)} missing")
    alt = (
        f"Frame by frame, {counted(len(order), 'node')} of a graph take their places in a row: "
        f"{', '.join(map(str, order))}. "
        + (f"In this order {listing(faults)}." if faults else "Every edge points to the right.")
    )
    return Film(alt, width, height, frames, captions, title=title)


def draw_backward(
    build: Callable[[], Sequence[Node]],
    forward_pass: Callable,
    backward_passes: Mapping[str, Callable],
) -> Picture:
    """Draw one graph after several backward passes, side by side: assign against accumulate.

    build: a function that makes the graph's nodes afresh, the last one the output.  forward_pass:
    yours.  backward_passes: {name: backward pass}, such as {"assign": …, "accumulate": …}.
    Nodes on whose delta they disagree are marked.
    """
    if not isinstance(backward_passes, Mapping) or not backward_passes:
        raise refuse("backward_passes", "{name: function}, at least one", shown(backward_passes))
    for name, backward in {"build": build, "forward_pass": forward_pass, **backward_passes}.items():
        function(name, backward)
    graphs = {}
    for name, backward in backward_passes.items():
        nodes = list(build())
        forward_pass(nodes)
        backward(nodes)
        graphs[str(name)] = _read(nodes, None, True)
    deltas = [[box.delta for box in g.boxes.values()] for g in graphs.values()]
    if len({len(column) for column in deltas}) > 1:
        raise refuse("build", "the same graph each time", "graphs of different sizes")
    apart = [len({number(delta) for delta in same}) > 1 for same in zip(*deltas, strict=True)]
    pictures = []
    for name, g in graphs.items():
        for box, differs in zip(g.boxes.values(), apart, strict=True):
            box.marked = differs
        layout = _laid_out(g)
        pen = Pen()
        _paint(pen, g, layout, back=True)
        pictures.append(_framed(pen, layout, _described(g, layout, name), name))
    first = next(iter(graphs.values()))
    names = [
        b.name or b.formula
        for b, differs in zip(first.boxes.values(), apart, strict=True)
        if differs
    ]
    together = beside(*pictures)
    verdict = f"They disagree on {listing(names)}" if names else "They agree on every delta"
    return Picture(f"{verdict}. {together.alt}", together.width, together.height, together.body)


def _missing(nodes: list, order: list) -> list:
    return [v for v in nodes if v not in order]


def _read(graph: Any, values: Mapping | None, slopes: bool) -> Graph:
    if isinstance(graph, Mapping):
        weights = numbers("graph", graph)
        edges = edge_list("graph", weights)
        g = _edges_graph(edges, [float(w) for w in weights.values()], values)
    else:
        try:
            things = list(graph)
        except TypeError:
            raise refuse("graph", "Nodes or edges", shown(graph)) from None
        if things and all(isinstance(v, Node) for v in things):
            if values is not None:
                raise refuse("values", "None, since Nodes bring their outputs along", shown(values))
            g = _node_graph(things, slopes)
        else:
            edges = edge_list("graph", things)
            g = _edges_graph(edges, [None] * len(edges), values)
    if not g.boxes:
        raise refuse("graph", "at least one node", "none")
    return g


def _node_graph(nodes: list[Node], slopes: bool) -> Graph:
    found: dict[Node, None] = {}
    waiting = list(nodes)[::-1]
    while waiting:  # also inputs that the list leaves out
        v = waiting.pop()
        if v not in found:
            found[v] = None
            waiting += [u for u in reversed(v.inputs) if u not in found]
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


def _edges_graph(edges: list, weights: list[float | None], values: Mapping | None) -> Graph:
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


def _rows(box: Box, show_value: bool = True, show_delta: bool = True) -> None:
    box.rows = []
    if box.name:
        box.rows.append((box.name, INK, True))
    if box.formula:
        box.rows.append((box.formula, INK, not box.name))
    if box.value is not None:
        box.rows.append((f"= {number(box.value)}" if show_value else "", VALUE, True))
    if box.delta is not None:
        box.rows.append((f"δ {number(box.delta)}" if show_delta else "", DELTA, True))


def _laid_out(g: Graph) -> Layout:
    sizes = {}
    for v, box in g.boxes.items():
        _rows(box)
        wide = max(text_width(words, SIZE, bold) for words, _, bold in box.rows)
        sizes[v] = (max(wide + 2 * PAD, 36.0), len(box.rows) * ROW + PAD)
    labels = [text_width(label, SMALL) for label in g.labels if label]
    steep = min(20 * len(g.edges) / len(g.boxes), 60)
    gap = max(30 + steep, max(labels, default=0) + 34)
    return arrange(list(g.boxes), g.edges, sizes, late_leaves=g.late_leaves, gap=(gap, 16))


def _frame(g: Graph, layout: Layout, values: set, deltas: set, fresh: set) -> str:
    shown_boxes = {}
    for v, box in g.boxes.items():
        copy = Box(box.name, box.formula, box.value, box.delta, marked=v in fresh)
        _rows(copy, v in values, v in deltas)
        shown_boxes[v] = copy
    lit = [(v in fresh) if not deltas else (u in fresh and v in deltas) for u, v in g.edges]
    pen = Pen()
    edges_seen = [
        label if (v in values and not deltas) or v in deltas else None
        for label, (_, v) in zip(g.labels, g.edges, strict=True)
    ]
    now = Graph(shown_boxes, g.edges, edges_seen, g.weights, g.late_leaves, g.kind)
    _paint(pen, now, layout, lit=lit, back=bool(deltas))
    return f'<g transform="translate({MARGIN:g} {MARGIN:g})">{pen.body}</g>'


def _paint(
    pen: Pen, g: Graph, layout: Layout, lit: list[bool] | None = None, back: bool = False
) -> None:
    sizes = layout.sizes
    taken = [
        (x - sizes[v][0] / 2, y - sizes[v][1] / 2, x + sizes[v][0] / 2, y + sizes[v][1] / 2)
        for v, (x, y) in layout.places.items()
    ]
    paths = _paths(g, layout)
    heaviest = max((abs(w) for w in g.weights if w), default=1.0)
    for k, path in enumerate(paths):
        w, label = g.weights[k], g.labels[k]
        look: dict[str, Any] = {"line": 1.4, "strength": 0.75}
        if w is not None:
            look["line"] = 0.7 + 2.2 * abs(w) / heaviest
            look["dashes"] = "5 3" if w < 0 else "1 4" if w == 0 else ""
        if lit and lit[k]:
            look = {"line": 2.4, "colour": DELTA if back else VALUE, "dashes": "6 3" * back}
        path = path[::-1] if lit and lit[k] and back else path
        if not label:
            pen.line(path, arrow=True, **look)
            continue
        middle = _free_spot(path, label, k, paths, taken)
        half = text_width(label, SMALL) / 2 + 3
        box = (middle[0] - half, middle[1] - 8, middle[0] + half, middle[1] + 8)
        taken.append(box)
        outside = [not _inside(p, box) for p in path]
        cut = outside.index(False) if False in outside else len(path)
        resume = len(path) - outside[::-1].index(False) if False in outside else len(path)
        pen.line(path[:cut], **look)
        pen.line(path[resume:], arrow=True, **look)
        pen.text(*middle, label, size=SMALL)
    for v, box in g.boxes.items():
        (x, y), (w, h) = layout.places[v], sizes[v]
        colour = (DELTA if back else VALUE) if box.marked else INK
        pen.box(
            x - w / 2,
            y - h / 2,
            w,
            h,
            colour=colour,
            fill=colour,
            strength=0.16 if box.marked else 0.07,
            line=2.6 if box.marked else 1.3,
        )
        for i, (words, colour, bold) in enumerate(box.rows):
            down = y - h / 2 + PAD / 2 + ROW * (i + 0.5)
            pen.text(x, down, words, size=SIZE, colour=colour, bold=bold)


def _paths(g: Graph, layout: Layout) -> list[np.ndarray]:
    """Each edge as a line of points from one box's right side to the other's left side."""
    sizes, places = layout.sizes, layout.places
    coming: dict[Hashable, list[int]] = {}
    for k, (_, v) in enumerate(g.edges):
        coming.setdefault(v, []).append(k)
    port = [0.0] * len(g.edges)
    for v, ks in coming.items():
        last = [(layout.ways[k][-1] if layout.ways[k] else places[g.edges[k][0]])[1] for k in ks]
        twins = len({g.edges[k] for k in ks}) < len(ks)
        step = min(28.0 if twins else 15.0, (sizes[v][1] - 10) / len(ks))
        for rank, i in enumerate(np.argsort(last, kind="stable")):
            port[ks[i]] = step * (rank - (len(ks) - 1) / 2)
    paths = []
    for k, (u, v) in enumerate(g.edges):
        twins = [j for j in range(len(g.edges)) if g.edges[j] == (u, v)]
        apart = 16.0 * (twins.index(k) - (len(twins) - 1) / 2)
        (xu, yu), (xv, yv) = places[u], places[v]
        stops = [(xu + sizes[u][0] / 2, yu + apart), *layout.ways[k]]
        stops.append((xv - sizes[v][0] / 2, yv + port[k]))
        legs = [curve(a, b) for a, b in itertools.pairwise(stops) if b[0] > a[0] + 0.5]
        paths.append(np.vstack([legs[0], *(leg[1:] for leg in legs[1:])]))
    return paths


def _free_spot(path: np.ndarray, label: str, k: int, paths: list, taken: list) -> tuple:
    """The point of an edge where its label is in nobody's way."""
    half = text_width(label, SMALL) / 2 + 3
    best, fewest = tuple(path[len(path) // 2]), np.inf
    for along in (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.22, 0.78):
        x, y = path[round(along * (len(path) - 1))]
        box = (x - half, y - 8, x + half, y + 8)
        hits = 40 * sum(_overlap(box, other) for other in taken)
        hits += sum(int(np.sum(_within(other, box))) for j, other in enumerate(paths) if j != k)
        if hits + 0.1 * abs(along - 0.5) < fewest:
            best, fewest = (float(x), float(y)), hits + 0.1 * abs(along - 0.5)
    return best


def _overlap(a: tuple, b: tuple) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _within(path: np.ndarray, box: tuple) -> np.ndarray:
    x, y = path.T
    return (box[0] < x) & (x < box[2]) & (box[1] < y) & (y < box[3])


def _inside(point: Sequence[float], box: tuple) -> bool:
    return bool(_within(np.array([point]), box)[0])


def _framed(pen: Pen, layout: Layout, alt: str, title: str) -> Picture:
    top = 24.0 if title else 0.0
    frame = Pen()
    if title:
        frame.text(MARGIN, 14, title, size=14, anchor="start")
    frame.group(pen.body, f'transform="translate({MARGIN:g} {MARGIN + top:g})"')
    width = max(layout.width, text_width(title, 14)) + 2 * MARGIN
    return Picture(alt, width, layout.height + 2 * MARGIN + top, frame.body)


def _assignments(g: Graph, nodes: list, attribute: str, sign: str) -> str:
    parts = []
    for v in nodes:
        box = g.boxes[v]
        what = box.name or box.formula
        parts.append(f"{what}{sign}{number(getattr(box, attribute))}")
    return ", ".join(parts)


def _described(g: Graph, layout: Layout, title: str) -> str:
    columns = max(layout.column.values()) + 1
    start = f"{title}. " if title else ""
    start += f"A {g.kind} of {counted(len(g.boxes), 'node')} and {counted(len(g.edges), 'edge')}, "
    start += f"drawn in {counted(columns, 'column')} from left to right. "
    said = []
    for v in sorted(g.boxes, key=lambda v: layout.column[v]):
        box = g.boxes[v]
        name = " = ".join(dict.fromkeys(filter(None, (box.name, box.formula))))
        facts = [f"value {number(box.value)}"] * (box.value is not None)
        facts += [f"delta {number(box.delta)}"] * (box.delta is not None)
        said.append(name + (f" ({', '.join(facts)})" if facts else ""))
    if g.kind == "graph" and len(g.edges) <= LABELLED:
        arrows = [
            f"{short(u, 14)} → {short(v, 14)}"
            + (f" with weight {number(w)}" if w is not None else "")
            for (u, v), w in zip(g.edges, g.weights, strict=True)
        ]
        said.append("edges " + ", ".join(arrows))
    return start + "; ".join(said[:70]) + "."
