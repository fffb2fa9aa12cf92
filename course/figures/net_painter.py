"""A layered net as circles and lines, painted with all that is known about it."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.colors import to_hex

from course.figures.drawing.labels import number
from course.figures.drawing.pen import Pen, Point, text_width
from course.figures.drawing.style import BLUE, INK, STROKES, VALUE, VERMILLION
from course.nn.arguments import floats, network, refuse, whole, widths

ACROSS, DOWN, RADIUS = 118.0, 46.0, 17.0
TOP, SIDE = 24.0, 34.0
SHOWN = 10  # neurons of a layer; of a wider layer the first and last few are drawn
NUMBERED = 12  # up to this many lines carry their weight
CROWDED = 100  # from this many lines on they are paler
ALONG = (0.6, 0.4, 0.75, 0.25, 0.5, 0.68, 0.32)  # where on a line its weight may be written
LETTER, LINE = 34, 12  # the room that a weight needs
BESIDE = 8.0  # how far from its line a weight is written


@dataclass(frozen=True)
class LayeredNet:
    """A net to be drawn: the widths of its layers, and its weights if they are known."""

    dims: list[int]
    As: list[np.ndarray] | None = None

    @property
    def weights(self) -> int:
        """The number of its weights."""
        return sum(a * b for a, b in itertools.pairwise(self.dims))

    @property
    def lines(self) -> int:
        """The number of lines that are drawn."""
        return sum(len(a) * len(b) for a, b in itertools.pairwise(self.places))

    @property
    def pitch(self) -> Point:
        """The distance from a neuron to the next to the right, and to the next below."""
        few = self.weights <= NUMBERED
        return (ACROSS * 1.6, DOWN * 1.3) if few else (ACROSS, DOWN)

    @property
    def size(self) -> Point:
        """The width and height of the drawing."""
        across, down = self.pitch
        return 2 * SIDE + across * (len(self.dims) - 1), TOP + 8 + down * self._tallest

    @cached_property
    def places(self) -> list[dict[int, Point]]:
        """For each layer, the neurons that are drawn and where."""
        across, down = self.pitch
        middle = TOP + down * self._tallest / 2
        layers = []
        for j, d in enumerate(self.dims):
            half, few = SHOWN // 2 - 1, min(d, SHOWN)
            shown = list(range(d)) if d <= SHOWN else [*range(half), *range(d - half, d)]
            slots = range(few) if d <= SHOWN else [*range(half), *range(few - half, few)]
            ys = middle + down * (np.array(slots) - (few - 1) / 2)
            centres = ((SIDE + across * j, float(y)) for y in ys)
            layers.append(dict(zip(shown, centres, strict=True)))
        return layers

    @property
    def _tallest(self) -> int:
        return max(min(d, SHOWN) for d in self.dims)

    @cached_property
    def heaviest(self) -> float:
        """The size of the largest weight."""
        return max((float(np.nanmax(np.abs(A))) for A in self.As or ()), default=1.0) or 1.0

    def weight(self, j: int, a: int, b: int) -> float | None:
        """The weight from neuron a of layer j to neuron b of the next."""
        return float(self.As[j][a, b]) if self.As else None

    def ordinal(self, j: int, i: int) -> int:
        """A neuron's number, counted from 1 layer by layer."""
        return sum(self.dims[:j]) + i + 1


@dataclass(frozen=True)
class Annotations:
    """What a drawing tells about a net, in addition to its weights.

    values: each layer's outputs, to be written into the circles, or None.  layers: names to write
    above the layers.  numbered: whether the neurons' numbers are written into the circles.
    marked: edges between such numbers, drawn thick.  current: the layer that stands out.  hue: the
    colour of the lines into it.  twins: for each layer, which neuron of another net each neuron is,
    or None; hidden neurons carry a letter for it.  biases: words for the circles of each layer.
    """

    values: Sequence[np.ndarray | None] | None = None
    layers: Sequence[str] | None = None
    numbered: bool = False
    marked: Sequence[tuple[int, int]] = ()
    current: int | None = None
    hue: str = VALUE
    twins: list[list[int | None]] | None = None
    biases: list[list[str]] | None = None

    def value(self, j: int, i: int) -> float | None:
        """The output of neuron i of layer j."""
        return None if self.values is None or self.values[j] is None else float(self.values[j][i])

    def twin(self, j: int, i: int) -> int | None:
        """The neuron of the other net that hidden neuron i of layer j is."""
        return self.twins[j][i] if self.has_letters(j) else None

    def has_letters(self, j: int) -> bool:
        """Whether the neurons of layer j carry letters: those of the hidden layers may."""
        return self.twins is not None and 0 < j < len(self.twins) - 1


def read_net(net: Any) -> LayeredNet:
    """What a student calls a net: the widths of its layers, or (As, Bs)."""
    if isinstance(net, Sequence) and len(net) == 2 and not np.isscalar(net[0]):
        As, _ = network(net)
        return LayeredNet([len(As[0]), *(A.shape[1] for A in As)], As)
    if isinstance(net, (Mapping, str)):
        raise refuse("net", "widths or a pair (As, Bs)", repr(net)[:60])
    return LayeredNet(widths("net", net))


def example_values(Hs: Any, dims: list[int], example: int) -> list[np.ndarray] | None:
    """One example's row of each layer's outputs."""
    if Hs is None:
        return None
    Hs = list(Hs)
    if len(Hs) != len(dims):
        raise refuse("Hs", f"{len(dims)} arrays, H_0 to H_{len(dims) - 1}", f"{len(Hs)}")
    rows = []
    for j, (H, d) in enumerate(zip(Hs, dims, strict=True)):
        H = np.atleast_2d(floats(f"Hs[{j}]", H))
        if H.ndim != 2 or H.shape[1] != d:
            raise refuse(f"Hs[{j}]", f"shape (n, {d})", f"shape {H.shape}")
        rows.append(H[whole("example", example, 0, len(H) - 1)])
    return rows


def neuron_letter(j: int, i: int) -> str:
    """The letter of neuron i of hidden layer j: A, B, … in the first, A′, B′, … in the second."""
    return f"{chr(ord('A') + i)}" + "′" * (j - 1)


def paint_net(pen: Pen, net: LayeredNet, notes: Annotations) -> None:
    """Draw the lines and circles of a net, with its annotations."""
    if notes.layers is not None and len(list(notes.layers)) != len(net.dims):
        raise refuse("layers", f"{len(net.dims)} names", f"{len(list(notes.layers))}")
    _paint_edges(pen, net, notes)
    scale = _scale(notes.values)
    for j, layer in enumerate(net.places):
        _paint_heading(pen, net, notes, j)
        for i, centre in layer.items():
            pen.circle(*centre, RADIUS, **_unit_style(notes, j, i, scale))
            words, style = _unit_words(net, notes, j, i)
            if words is not None:
                pen.text(*centre, words, **style)


def _paint_edges(pen: Pen, net: LayeredNet, notes: Annotations) -> None:
    with_weights = net.As is not None and net.lines <= NUMBERED and not notes.twins
    written: list[Point] = []
    for j, (left, right) in enumerate(itertools.pairwise(net.places)):
        pairs = list(itertools.product(left.items(), right.items()))
        for (a, start), (b, end) in pairs:
            pen.line(_between_circles(start, end), **_edge_style(net, notes, j, a, b))
            if with_weights:
                others = [(u, v) for (_, u), (_, v) in pairs if (u, v) != (start, end)]
                written.append(_place_number(start, end, others, written))
                pen.text(*written[-1], number(net.weight(j, a, b), 2), size=10)


def _edge_style(net: LayeredNet, notes: Annotations, j: int, a: int, b: int) -> dict[str, Any]:
    """How the line from neuron a of layer j to neuron b of the next looks."""
    w = net.weight(j, a, b)
    style: dict[str, Any] = {"line": 1.0, "strength": 0.55 if net.lines < CROWDED else 0.3}
    if w is not None:
        style["line"] = 0.5 + 3.0 * abs(w) / net.heaviest
        style["dashes"] = "5 3" if w < 0 else ""
    if (net.ordinal(j, a), net.ordinal(j + 1, b)) in map(tuple, notes.marked):
        style = {"line": 3.6, "colour": VERMILLION}
    if notes.current == j + 1:
        style |= {"colour": notes.hue, "strength": 0.9}
    twins = [twin for twin in (notes.twin(j, a), notes.twin(j + 1, b)) if twin is not None]
    if twins:
        style |= {"colour": _hue(twins[0]), "strength": 0.9}
    return style


def _between_circles(start: Point, end: Point) -> list[Point]:
    """The line between two centres, as far as the circles leave it visible."""
    (xa, ya), (xb, yb) = start, end
    step = np.array([xb - xa, yb - ya])
    step *= RADIUS / np.hypot(*step)
    return [(xa + step[0], ya + step[1]), (xb - step[0], yb - step[1])]


def _place_number(
    start: Point, end: Point, others: Sequence[tuple[Point, Point]], written: list[Point]
) -> Point:
    """The spot above a line with the most room between other lines and the weights so far."""
    (xa, ya), (xb, yb) = start, end
    across, down = BESIDE * np.array([yb - ya, xa - xb]) / np.hypot(xb - xa, yb - ya)
    spots = [(xa + p * (xb - xa) + across, ya + p * (yb - ya) + down) for p in ALONG]
    return max(spots, key=lambda spot: (-_struck(spot, others), _room(spot, written)))


def _struck(spot: Point, lines: Sequence[tuple[Point, Point]]) -> int:
    """How many lines would run through a weight."""
    x, y = spot
    reach = np.linspace(x - LETTER / 4, x + LETTER / 4, 5)
    return sum(
        bool(np.any(np.abs(ya + (reach - xa) / (xb - xa) * (yb - ya) - y) < LINE / 2))
        for (xa, ya), (xb, yb) in lines
    )


def _room(spot: Point, written: list[Point]) -> float:
    """How far a weight is from the nearest other one, up to the distance that is enough."""
    x, y = spot
    distances = (max(abs(x - a) / LETTER, abs(y - b) / LINE) for a, b in written)
    return min(distances, default=1.0) // 0.25


def _paint_heading(pen: Pen, net: LayeredNet, notes: Annotations, j: int) -> None:
    """Write a layer's name above it, and in the gap of a wide layer how many neurons it has."""
    across, _ = net.pitch
    x = SIDE + across * j
    if notes.layers is not None:
        pen.text(x, 13, list(notes.layers)[j], size=12)
    if net.dims[j] > SHOWN:
        y = np.mean([y for _, y in net.places[j].values()])
        pen.text(x, float(y), f"⋮ {net.dims[j]} ⋮", size=12)


def _unit_style(notes: Annotations, j: int, i: int, scale: float) -> dict[str, Any]:
    """How a neuron's circle looks: filled by its output, or in the colour of its letter."""
    style: dict[str, Any] = {"colour": INK, "fill": INK, "strength": 0.07}
    value, twin = notes.value(j, i), notes.twin(j, i)
    if value is not None and np.isfinite(value):
        style["fill"] = VERMILLION if value > 0 else BLUE
        style["strength"] = 0.06 + 0.5 * min(abs(value) / scale, 1)
    if twin is not None:
        style = {"colour": _hue(twin), "fill": _hue(twin), "strength": 0.25}
    return style | {"line": 2.6 if notes.current == j else 1.5, "dashes": "" if j else "3 2"}


def _unit_words(
    net: LayeredNet, notes: Annotations, j: int, i: int
) -> tuple[str | None, dict[str, Any]]:
    """What is written into a neuron's circle, and how."""
    value = notes.value(j, i)
    if value is not None:
        words = number(round(value, 2), 3 if abs(value) < 10 else 2)
        return words, {"size": 11 if text_width(words, 11) < 2 * RADIUS - 6 else 9}
    if notes.biases:
        words = notes.biases[j][i]
        return words, {"size": 11 if len(words) < 6 else 9}
    if notes.numbered:
        return str(net.ordinal(j, i)), {"size": 12}
    if notes.has_letters(j):
        twin = notes.twin(j, i)
        return "?" if twin is None else neuron_letter(j, twin), {"size": 12, "bold": True}
    return None, {}


def _hue(i: int) -> str:
    return to_hex(STROKES[i % 4].colour)


def _scale(values: Any) -> float:
    """The size of the largest output that is a number."""
    if values is None:
        return 1.0
    sizes = [float(np.max(np.abs(v[np.isfinite(v)]), initial=0)) for v in values if v is not None]
    return max([*sizes, 1e-12])
