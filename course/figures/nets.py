"""A layered net as circles and lines, with your own numbers in it."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.colors import to_hex

from course.figures.drawing.film import Film
from course.figures.drawing.labels import SUBSCRIPTS, counted, listing, number
from course.figures.drawing.pen import Pen, text_width
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, INK, STROKES, VALUE, VERMILLION
from course.nn.arguments import floats, network, refuse, whole, widths

ACROSS, DOWN, RADIUS = 118.0, 46.0, 17.0
TOP, SIDE = 24.0, 34.0
SHOWN = 10  # neurons of a layer; of a wider one the first and last few are drawn
NUMBERED = 12  # up to this many lines carry their weight


def draw_net(
    net: Any,
    Hs: Sequence[Any] | None = None,
    *,
    example: int = 0,
    layers: Sequence[str] | None = None,
    numbers: bool = False,
    mark: Sequence[tuple[int, int]] = (),
    title: str = "",
) -> Picture:
    """Draw a layered net, with the values that flowed through it.

    net: the widths of the layers, such as [5, 3, 3, 2], or (As, Bs).  Hs: what forward returned,
    [H_0, …, H_d]; row ``example`` of each stands in the circles, blue below zero and vermillion
    above.  layers: a name for each layer, to stand above it.  numbers: number the neurons from 1,
    layer by layer.  mark: edges (a, b) between such numbers, to be drawn thick.
    title: words above the drawing.

    Of (As, Bs) a line's thickness is the weight's size; a dashed line is a negative weight. A small
    net shows its weights in numbers and, without Hs, its biases in the circles, as "+2" or "−1".
    Raises ValueError if the shapes don't fit each other.
    """
    dims, As = _read(net)
    values = example_values(Hs, dims, example)
    biases = None if As is None or values or numbers else _biases(net, dims)
    last = np.cumsum(dims)
    for a, b in mark:
        whole("mark", a, 1, int(last[-1]))
        whole("mark", b, 1, int(last[-1]))
    pen = Pen()
    paint_net(pen, dims, As, values, layers, numbers=numbers, mark=mark, biases=biases)
    return _framed(pen, dims, _described(dims, As, values, title, biases), title)


def film_forward(
    net: Any,
    Hs: Sequence[Any],
    *,
    example: int = 0,
    layers: Sequence[str] | None = None,
    title: str = "",
) -> Film:
    """Play values flowing through a layered net, layer by layer.

    Arguments as those of ``draw_net``: net is the widths or (As, Bs), Hs what forward returned.
    """
    dims, As = _read(net)
    values = example_values(Hs, dims, example)
    if values is None:
        raise refuse("Hs", "the layers' outputs, as forward returns them", "None")
    frames, captions = [], []
    for j in range(len(dims)):
        pen = Pen()
        paint_net(pen, dims, As, [*values[: j + 1], *[None] * (len(dims) - j - 1)], layers, now=j)
        frames.append(pen.body)
        what = ", ".join(number(v) for v in values[j][:SHOWN])
        captions.append(f"H_{j} of example {example}: {what}" + ", …" * (dims[j] > SHOWN))
    width, height = net_size(dims)
    alt = "Layer by layer, values flow through the net. " + _described(dims, As, values, title)
    return Film(alt, width, height, frames, captions, title=title)


def draw_twins(
    net: Any, twin: Any, outputs: Sequence[Any], *, title: str = "Two nets, one function"
) -> Picture:
    """Draw a net and its twin, in which hidden neurons have changed places, with their outputs.

    net, twin: (As, Bs) of the same widths.  outputs: what each of the two says of the same input.
    A hidden neuron of the twin carries the letter (and the colour) of the neuron of the net that
    has the same incoming weights, read in the twin's own order; one without a match carries "?".
    """
    (As, Bs), (Cs, Ds) = network(net), network(twin)
    dims = [len(As[0]), *(A.shape[1] for A in As)]
    if [A.shape for A in As] != [C.shape for C in Cs]:
        raise refuse("twin", f"the net's widths {dims}", f"{[C.shape for C in Cs]}")
    if len(list(outputs)) != 2:
        raise refuse("outputs", "two, the net's and the twin's", f"{len(list(outputs))}")
    names, twins = [list(range(dims[0]))], [list(range(dims[0]))]
    for A, b, C, d in zip(As[:-1], Bs, Cs, Ds, strict=False):
        mine, theirs = np.vstack([A[names[-1]], b]), np.vstack([_in_order(C, twins[-1]), d])
        names.append(list(range(A.shape[1])))
        twins.append(_matched(mine, theirs))
    names.append(list(range(dims[-1])))
    twins.append(list(range(dims[-1])))
    width, height = net_size(dims)
    pen = Pen()
    gap, extra = 70.0, 40.0
    for k, (weights, marks) in enumerate(((As, names), (Cs, twins))):
        inner = Pen()
        paint_net(inner, dims, weights, None, None, letters=marks)
        said = ", ".join(number(v) for v in np.ravel(outputs[k])[:4])
        word = ("the net", "its twin")[k]
        inner.text(width / 2, height + 12, f"{word} says {said}", bold=True)
        pen.group(inner.body, f'transform="translate({k * (width + gap):g} 24)"')
    pen.text(8, 14, title, size=14, anchor="start")
    moved = [
        f"{_letter(j, was)} now stands at place {place}"
        for j, layer in enumerate(twins[1:-1])
        for place, was in enumerate(layer)
        if was is not None and was != place
    ]
    same = np.allclose(np.ravel(outputs[0]), np.ravel(outputs[1]))
    alt = (
        f"{title}. Two nets with layers of {listing(dims)} neurons. In the twin "
        f"{listing(moved) if moved else 'no neuron has moved'}, each with its lines. The outputs "
        f"are {'the same' if same else 'different'}: "
        f"{' and '.join(', '.join(number(v) for v in np.ravel(o)[:4]) for o in outputs)}."
    )
    return Picture(alt, 2 * width + gap, height + extra + 8, pen.body)


def _in_order(C: np.ndarray, order: list) -> np.ndarray:
    """The rows of C, each at the place that its neuron had in the net."""
    rows = np.full_like(C, np.nan, dtype=float)
    for here, was in enumerate(order):
        if was is not None:
            rows[was] = C[here]
    return rows


def _matched(mine: np.ndarray, theirs: np.ndarray) -> list[int | None]:
    free, found = list(range(mine.shape[1])), []
    for column in theirs.T:
        match = next((a for a in free if np.allclose(mine[:, a], column, atol=1e-9)), None)
        found.append(match)
        if match is not None:
            free.remove(match)
    return found


def _letter(j: int, i: int) -> str:
    return f"{chr(ord('A') + i)}" + "′" * j


def _read(net: Any) -> tuple[list[int], list[np.ndarray] | None]:
    if isinstance(net, Sequence) and len(net) == 2 and not np.isscalar(net[0]):
        As, _ = network(net)
        return [len(As[0]), *(A.shape[1] for A in As)], As
    if isinstance(net, (Mapping, str)):
        raise refuse("net", "widths or a pair (As, Bs)", repr(net)[:60])
    return widths("net", net), None


def example_values(Hs: Any, dims: list[int], example: int) -> list[np.ndarray] | None:
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


def _biases(net: Any, dims: list[int]) -> list[list[str]] | None:
    """What stands in a small net's circles: the inputs' names, then the biases with their sign."""
    if sum(a * b for a, b in itertools.pairwise(dims)) > NUMBERED:
        return None
    _, Bs = network(net)
    signed = [[("+" if v >= 0 else "") + number(v) for v in b[0]] for b in Bs]
    return [[f"x{i + 1}".translate(SUBSCRIPTS) for i in range(dims[0])], *signed]


def net_size(dims: list[int]) -> tuple[float, float]:
    """The width and height of a drawn net."""
    tallest = max(min(d, SHOWN) for d in dims)
    across, down = _pitch(dims)
    return 2 * SIDE + across * (len(dims) - 1), TOP + 8 + down * tallest


def _pitch(dims: list[int]) -> tuple[float, float]:
    """How far neurons are from those to the right and from those below; wider for few lines."""
    few = sum(a * b for a, b in itertools.pairwise(dims)) <= NUMBERED
    return (ACROSS * 1.6, DOWN * 1.3) if few else (ACROSS, DOWN)


def net_places(dims: list[int]) -> list[dict[int, tuple[float, float]]]:
    """For each layer, the neurons that are drawn and where."""
    across, down = _pitch(dims)
    middle = TOP + down * max(min(d, SHOWN) for d in dims) / 2
    layers = []
    for j, d in enumerate(dims):
        half, few = SHOWN // 2 - 1, min(d, SHOWN)
        shown = list(range(d)) if d <= SHOWN else [*range(half), *range(d - half, d)]
        slots = range(few) if d <= SHOWN else [*range(half), *range(few - half, few)]
        ys = middle + down * (np.array(slots) - (few - 1) / 2)
        layers.append({i: (SIDE + across * j, float(y)) for i, y in zip(shown, ys, strict=True)})
    return layers


def paint_net(
    pen: Pen,
    dims: list[int],
    As: list[np.ndarray] | None,
    values: Sequence[np.ndarray | None] | None,
    layers: Sequence[str] | None,
    *,
    numbers: bool = False,
    mark: Sequence[tuple[int, int]] = (),
    now: int | None = None,
    hue: str = VALUE,
    letters: list[list[int | None]] | None = None,
    biases: list[list[str]] | None = None,
) -> None:
    """Draw the lines and circles of a net; those of layer ``now`` stand out, lines in ``hue``."""
    if layers is not None and len(list(layers)) != len(dims):
        raise refuse("layers", f"{len(dims)} names", f"{len(list(layers))}")
    places, (across, _) = net_places(dims), _pitch(dims)
    offsets = np.concatenate([[0], np.cumsum(dims)])
    heaviest = max((float(np.nanmax(np.abs(A))) for A in As), default=1.0) if As else 1.0
    marked = {tuple(edge) for edge in mark}
    lines = sum(len(a) * len(b) for a, b in itertools.pairwise(places))
    thin = 0.55 if lines < 100 else 0.3
    written: list[tuple[float, float]] = []
    for j, (left, right) in enumerate(itertools.pairwise(places)):
        for a, (xa, ya) in left.items():
            for b, (xb, yb) in right.items():
                w = float(As[j][a, b]) if As else None
                look: dict[str, Any] = {"line": 1.0, "strength": thin}
                if w is not None:
                    look["line"] = 0.5 + 3.0 * abs(w) / (heaviest or 1.0)
                    look["dashes"] = "5 3" if w < 0 else ""
                if (offsets[j] + a + 1, offsets[j + 1] + b + 1) in marked:
                    look = {"line": 3.6, "colour": VERMILLION}
                if now == j + 1:
                    look |= {"colour": hue, "strength": 0.9}
                if letters and j > 0 and letters[j][a] is not None:
                    look |= {"colour": _hue(letters[j][a]), "strength": 0.9}
                elif letters and j + 1 < len(dims) - 1 and letters[j + 1][b] is not None:
                    look |= {"colour": _hue(letters[j + 1][b]), "strength": 0.9}
                step = np.array([xb - xa, yb - ya])
                step *= RADIUS / np.hypot(*step)
                ends = [(xa + step[0], ya + step[1]), (xb - step[0], yb - step[1])]
                pen.line(ends, **look)
                if w is not None and lines <= NUMBERED and not letters:
                    spots = [
                        (xa + along * (xb - xa), ya + along * (yb - ya) - 7)
                        for along in (0.32, 0.68, 0.5, 0.25, 0.75, 0.4, 0.6)
                    ]
                    x, y = max(spots[::-1], key=lambda spot: _room(spot, written))
                    written.append((x, y))
                    pen.text(x, y, number(w, 2), size=10)
    scale = _scale(values)
    for j, layer in enumerate(places):
        x = SIDE + across * j
        if layers is not None:
            pen.text(x, 13, list(layers)[j], size=12)
        if dims[j] > SHOWN:
            y = np.mean([y for _, y in layer.values()])
            pen.text(x, float(y), f"⋮ {dims[j]} ⋮", size=12)
        for i, (x, y) in layer.items():
            v = None if values is None or values[j] is None else float(values[j][i])
            colour = INK if j else "none"
            fill, strength = INK, 0.07
            if v is not None and np.isfinite(v):
                fill = VERMILLION if v > 0 else BLUE
                strength = 0.06 + 0.5 * min(abs(v) / scale, 1)
            mine = letters[j][i] if letters and 0 < j < len(dims) - 1 else None
            if mine is not None:
                fill, colour, strength = _hue(mine), _hue(mine), 0.25
            pen.circle(
                x,
                y,
                RADIUS,
                colour=colour if colour != "none" else INK,
                fill=fill,
                strength=strength,
                line=2.6 if now == j else 1.5,
                dashes="" if j else "3 2",
            )
            if v is not None:
                words = number(round(v, 2), 3 if abs(v) < 10 else 2)
                size = 11 if text_width(words, 11) < 2 * RADIUS - 6 else 9
                pen.text(x, y, words, size=size)
            elif biases:
                pen.text(x, y, biases[j][i], size=11 if len(biases[j][i]) < 6 else 9)
            elif numbers:
                pen.text(x, y, int(offsets[j] + i + 1), size=12)
            elif letters and 0 < j < len(dims) - 1:
                pen.text(x, y, "?" if mine is None else _letter(j - 1, mine), size=12, bold=True)


def _room(spot: tuple[float, float], written: list[tuple[float, float]]) -> float:
    """How far a label is from the nearest other one, up to as far as it need be."""
    x, y = spot
    return min((max(abs(x - a) / 34, abs(y - b) / 12) for a, b in written), default=1.0) // 0.25


def _hue(i: int) -> str:
    return to_hex(STROKES[i % 4].colour)


def _scale(values: Any) -> float:
    if values is None:
        return 1.0
    sizes = [float(np.max(np.abs(v[np.isfinite(v)]), initial=0)) for v in values if v is not None]
    return max([*sizes, 1e-12])


def _framed(pen: Pen, dims: list[int], alt: str, title: str) -> Picture:
    width, height = net_size(dims)
    top = 24.0 if title else 0.0
    frame = Pen()
    if title:
        frame.text(8, 14, title, size=14, anchor="start")
    frame.group(pen.body, f'transform="translate(0 {top:g})"')
    return Picture(alt, max(width, text_width(title, 14) + 16), height + top, frame.body)


def _described(
    dims: list[int], As: Any, values: Any, title: str, biases: list[list[str]] | None = None
) -> str:
    lines = sum(a * b for a, b in itertools.pairwise(dims))
    said = [
        f"A layered net with {'-'.join(map(str, dims))} neurons from left to right, every neuron "
        f"joined to all of the next layer: {counted(lines, 'line')}"
    ]
    if As is not None:
        negative = sum(int(np.sum(A < 0)) for A in As)
        said.append(f"{counted(negative, 'weight')} negative, drawn dashed")
    for j, row in enumerate(values or ()):
        few = ", ".join(number(v, 2) for v in row[:SHOWN]) + ", …" * (len(row) > SHOWN)
        said.append(f"layer {j} holds {few}")
    for j, signed in enumerate(biases or ()):
        if j and As is not None:
            rows = "; ".join(", ".join(number(w) for w in row) for row in As[j - 1])
            said.append(f"layer {j} has the weights [{rows}] and the biases {', '.join(signed)}")
    return (f"{title}. " if title else "") + "; ".join(said) + "."
