"""A net and its twin, side by side: the same neurons in another order."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course.figures.drawing.labels import listing, number
from course.figures.drawing.pen import Pen
from course.figures.drawing.picture import Picture
from course.figures.net_painter import Annotations, LayeredNet, neuron_letter, paint_net, read_net
from course.nn.arguments import network, refuse

GAP = 70.0
TOLD = 4  # outputs of a net that are written out

Order = list[int | None]  # for each neuron of a layer, the neuron of the other net that it is


def draw_twins(
    net: Any, twin: Any, outputs: Sequence[Any], *, title: str = "Two nets, one function"
) -> Picture:
    """Draw a net and its twin, in which hidden neurons have changed places, with their outputs.

    net, twin: (As, Bs) of the same widths.  outputs: the outputs of both for the same input.
    A hidden neuron of the twin carries the letter (and the colour) of the neuron of the net that
    has the same incoming weights, read in the twin's own order; a neuron without a match carries
    "?".
    """
    (As, Bs), (Cs, Ds) = network(net), network(twin)
    first, second = read_net((As, Bs)), read_net((Cs, Ds))
    if [A.shape for A in As] != [C.shape for C in Cs]:
        raise refuse("twin", f"the net's widths {first.dims}", f"{[C.shape for C in Cs]}")
    if len(list(outputs)) != 2:
        raise refuse("outputs", "two, the net's and the twin's", f"{len(list(outputs))}")
    orders = _orders(first.dims, (As, Bs), (Cs, Ds))
    width, height = first.size
    pen = Pen()
    _paint_speaker(pen, first, [list(range(d)) for d in first.dims], "the net", outputs[0], 0)
    _paint_speaker(pen, second, orders, "its twin", outputs[1], width + GAP)
    pen.text(8, 14, title, size=14, anchor="start")
    same = np.allclose(np.ravel(outputs[0]), np.ravel(outputs[1]))
    moved = _moves(orders)
    alt = (
        f"{title}. Two nets with layers of {listing(first.dims)} neurons. In the twin "
        f"{listing(moved) if moved else 'no neuron has moved'}, each with its lines. The outputs "
        f"are {'the same' if same else 'different'}: {' and '.join(map(_output_told, outputs))}."
    )
    return Picture(alt, 2 * width + GAP, height + 48, pen.body)


def _paint_speaker(
    pen: Pen, net: LayeredNet, orders: list[Order], name: str, output: Any, x: float
) -> None:
    """Draw one of the two nets, and its output under it."""
    width, height = net.size
    inner = Pen()
    paint_net(inner, net, Annotations(twins=orders))
    inner.text(width / 2, height + 12, f"{name} says {_output_told(output)}", bold=True)
    pen.group(inner.body, f'transform="translate({x:g} 24)"')


def _orders(dims: list[int], net: Any, twin: Any) -> list[Order]:
    """For each layer, which neuron of the net each neuron of the twin is."""
    (As, Bs), (Cs, Ds) = net, twin
    orders: list[Order] = [list(range(dims[0]))]
    for A, b, C, d in zip(As[:-1], Bs, Cs, Ds, strict=False):
        incoming = np.vstack([A, b])
        orders.append(_matches(incoming, np.vstack([_in_order(C, orders[-1]), d])))
    return [*orders, list(range(dims[-1]))]


def _in_order(C: np.ndarray, order: Order) -> np.ndarray:
    """The rows of C, each at the place that its neuron had in the net."""
    rows = np.full_like(C, np.nan, dtype=float)
    for here, was in enumerate(order):
        if was is not None:
            rows[was] = C[here]
    return rows


def _matches(incoming: np.ndarray, twins: np.ndarray) -> Order:
    """For each column of the twin's incoming weights the net's column that equals it."""
    free, found = list(range(incoming.shape[1])), []
    for column in twins.T:
        match = next((a for a in free if np.allclose(incoming[:, a], column, atol=1e-9)), None)
        found.append(match)
        if match is not None:
            free.remove(match)
    return found


def _moves(orders: list[Order]) -> list[str]:
    return [
        f"{neuron_letter(j, was)} now stands at place {place}"
        for j, layer in enumerate(orders[1:-1], start=1)
        for place, was in enumerate(layer)
        if was is not None and was != place
    ]


def _output_told(output: Any) -> str:
    return ", ".join(number(v) for v in np.ravel(output)[:TOLD])
