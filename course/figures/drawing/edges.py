"""How a graph's edges run between its boxes, and where on an edge its label has room."""

import itertools
from collections.abc import Hashable, Sequence

import numpy as np

from course.figures.drawing.layout import Layout
from course.figures.drawing.pen import Point, curve
from course.nn.arguments import Edge

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom

PORT, TWIN_PORT = 15.0, 28.0  # between two edges that enter a box; the same two nodes joined twice
TWIN = 16.0  # between two edges that join the same two boxes
HALF_LABEL = 8.0  # half a label's height
ALONG = (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.22, 0.78)  # where a label may sit, best first


def box_around(centre: Point, size: tuple[float, float]) -> Rectangle:
    """The rectangle of a given (width, height) around a point."""
    (x, y), (width, height) = centre, size
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def routes(edges: Sequence[Edge], layout: Layout) -> list[np.ndarray]:
    """Each edge as a line of points from one box's right side to the other's left side."""
    sizes, places = layout.sizes, layout.places
    ports = _ports(edges, layout)
    paths = []
    for k, (u, v) in enumerate(edges):
        twins = [j for j in range(len(edges)) if edges[j] == (u, v)]
        apart = TWIN * (twins.index(k) - (len(twins) - 1) / 2)
        (xu, yu), (xv, yv) = places[u], places[v]
        stops = [(xu + sizes[u][0] / 2, yu + apart), *layout.ways[k]]
        stops.append((xv - sizes[v][0] / 2, yv + ports[k]))
        legs = [curve(a, b) for a, b in itertools.pairwise(stops) if b[0] > a[0] + 0.5]
        paths.append(np.vstack([legs[0], *(leg[1:] for leg in legs[1:])]))
    return paths


def free_spot(
    path: np.ndarray, half: float, others: Sequence[np.ndarray], taken: Sequence[Rectangle]
) -> Point:
    """The point of an edge at which a label, ``half`` wide to each side, covers least.

    others: the paths of the other edges.  taken: the boxes, and the labels so far.
    """
    best, fewest = (0.0, 0.0), np.inf
    for along in ALONG:
        x, y = path[round(along * (len(path) - 1))]
        label = label_box((x, y), half)
        hits = 40 * sum(_overlap(label, box) for box in taken)
        hits += sum(int(np.sum(_within(other, label))) for other in others)
        if hits + 0.1 * abs(along - 0.5) < fewest:
            best, fewest = (float(x), float(y)), hits + 0.1 * abs(along - 0.5)
    return best


def label_box(spot: Point, half: float) -> Rectangle:
    """The room that a label takes."""
    x, y = spot
    return x - half, y - HALF_LABEL, x + half, y + HALF_LABEL


def cut_out(path: np.ndarray, box: Rectangle) -> tuple[np.ndarray, np.ndarray]:
    """What a rectangle leaves of a line: the part before it and the part after it."""
    inside = np.flatnonzero(_within(path, box))
    if not inside.size:
        return path, path[:0]
    return path[: inside[0]], path[inside[-1] + 1 :]


def _ports(edges: Sequence[Edge], layout: Layout) -> list[float]:
    """How far below the middle of its end each edge arrives, so that edges don't cross there."""
    arriving: dict[Hashable, list[int]] = {}
    for k, (_, v) in enumerate(edges):
        arriving.setdefault(v, []).append(k)
    ports = [0.0] * len(edges)
    for v, ks in arriving.items():
        stops = (layout.ways[k][-1] if layout.ways[k] else layout.places[edges[k][0]] for k in ks)
        heights = [y for _, y in stops]
        twins = len({edges[k] for k in ks}) < len(ks)
        step = min(TWIN_PORT if twins else PORT, (layout.sizes[v][1] - 10) / len(ks))
        for rank, i in enumerate(np.argsort(heights, kind="stable")):
            ports[ks[i]] = step * (rank - (len(ks) - 1) / 2)
    return ports


def _overlap(a: Rectangle, b: Rectangle) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _within(path: np.ndarray, box: Rectangle) -> np.ndarray:
    x, y = path.T
    return (box[0] < x) & (x < box[2]) & (box[1] < y) & (y < box[3])
