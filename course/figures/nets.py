"""A layered net as circles and lines, with your own numbers in it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course.figures.drawing.film import Film
from course.figures.drawing.labels import SUBSCRIPTS, counted, number
from course.figures.drawing.pen import Pen, text_width
from course.figures.drawing.picture import Picture
from course.figures.net_painter import (
    NUMBERED,
    SHOWN,
    Annotations,
    LayeredNet,
    example_values,
    paint_net,
    read_net,
)
from course.nn.arguments import network, refuse, whole


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
    [H_0, …, H_d]; the circles show row ``example`` of each, blue below zero and vermillion
    above.  layers: a name for each layer, written above it.  numbers: number the neurons from 1,
    layer by layer.  mark: edges (a, b) between such numbers, to be drawn thick.
    title: words above the drawing.

    With (As, Bs) a line's thickness is the weight's size; a dashed line is a negative weight. A
    small net shows its weights in numbers and, without Hs, its biases in the circles, as "+2" or
    "−1". Raises ValueError if the shapes don't fit each other.
    """
    drawn = read_net(net)
    values = example_values(Hs, drawn.dims, example)
    biases = None if drawn.As is None or values or numbers else _biases(net, drawn)
    for a, b in mark:
        whole("mark", a, 1, sum(drawn.dims))
        whole("mark", b, 1, sum(drawn.dims))
    notes = Annotations(values, layers, numbers, mark, biases=biases)
    pen = Pen()
    paint_net(pen, drawn, notes)
    return _framed(pen, drawn, _described(drawn, values, title, biases), title)


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
    drawn = read_net(net)
    values = example_values(Hs, drawn.dims, example)
    if values is None:
        raise refuse("Hs", "the layers' outputs, as forward returns them", "None")
    frames, captions = [], []
    for j, row in enumerate(values):
        pen = Pen()
        so_far = [*values[: j + 1], *[None] * (len(values) - j - 1)]
        paint_net(pen, drawn, Annotations(so_far, layers, current=j))
        frames.append(pen.body)
        captions.append(f"H_{j} of example {example}: {_few(row, 3)}")
    alt = "Layer by layer, values flow through the net. " + _described(drawn, values, title)
    return Film(alt, *drawn.size, frames, captions, title=title)


def _biases(net: Any, drawn: LayeredNet) -> list[list[str]] | None:
    """The words in a small net's circles: the inputs' names, then the biases with their sign."""
    if drawn.weights > NUMBERED:
        return None
    _, Bs = network(net)
    # Short, so that they fit into a circle.
    signed = [
        [("+" if v >= 0 else "") + number(v, 2 if abs(v) < 1 else 3) for v in b[0]] for b in Bs
    ]
    return [[f"x{i + 1}".translate(SUBSCRIPTS) for i in range(drawn.dims[0])], *signed]


def _few(row: np.ndarray, digits: int) -> str:
    """The first of a layer's outputs."""
    return ", ".join(number(v, digits) for v in row[:SHOWN]) + ", …" * (len(row) > SHOWN)


def _framed(pen: Pen, drawn: LayeredNet, alt: str, title: str) -> Picture:
    width, height = drawn.size
    top = 24.0 if title else 0.0
    frame = Pen()
    if title:
        frame.text(8, 14, title, size=14, anchor="start")
    frame.group(pen.body, f'transform="translate(0 {top:g})"')
    return Picture(alt, max(width, text_width(title, 14) + 16), height + top, frame.body)


def _described(
    drawn: LayeredNet,
    values: Sequence[np.ndarray] | None,
    title: str,
    biases: list[list[str]] | None = None,
) -> str:
    said = [
        f"A layered net with {'-'.join(map(str, drawn.dims))} neurons from left to right, every "
        f"neuron joined to all of the next layer: {counted(drawn.weights, 'line')}"
    ]
    if drawn.As is not None:
        negative = sum(int(np.sum(A < 0)) for A in drawn.As)
        said.append(f"{counted(negative, 'weight')} negative, drawn dashed")
    for j, row in enumerate(values or ()):
        said.append(f"layer {j} holds {_few(row, 2)}")
    for j, signed in enumerate(biases or ()):
        if j and drawn.As is not None:
            rows = "; ".join(", ".join(number(w) for w in row) for row in drawn.As[j - 1])
            said.append(f"layer {j} has the weights [{rows}] and the biases {', '.join(signed)}")
    return (f"{title}. " if title else "") + "; ".join(said) + "."
