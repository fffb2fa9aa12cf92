"""A chart is drawn by a pen: axes, curves, points, bars and surfaces in a millisecond or two.

matplotlib needs fifty times as long, too long for a figure that is redrawn while it is turned.
"""

from collections.abc import Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.ticker import MaxNLocator

from course.figures.drawing.labels import escape, number
from course.figures.drawing.pen import Pen
from course.figures.drawing.picture import Picture
from course.figures.drawing.raster import image_of
from course.figures.drawing.style import BLUE, PAPER, SURFACE

LEFT, BELOW, ABOVE, RIGHT = 46.0, 40.0, 24.0, 12.0  # around the axes, for words and ticks


class Chart:
    """Axes on a pen; give several charts the same pen to put them side by side.

        chart = Chart(x=(-3, 3), y=(-1, 1), xlabel="z", title="my neuron")
        chart.curve(z, np.tanh(z), colour=BLUE)
        return chart.picture("What it shows, in words.", caption="w = 2")

    x, y: the ends of the axes.  width, height: of the axes, in pixels.  at: the upper left corner
    of the whole chart, with its words.
    """

    def __init__(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        *,
        width: float = 340,
        height: float = 250,
        at: tuple[float, float] = (0, 0),
        xlabel: str = "",
        ylabel: str = "",
        title: str = "",
        pen: Pen | None = None,
        ticks: bool = True,
        grid: bool = True,
    ):
        self.pen = pen or Pen()
        self.x, self.y = (float(x[0]), float(x[1])), (float(y[0]), float(y[1]))
        self.left, self.top = at[0] + LEFT, at[1] + ABOVE
        self.width, self.height = width, height
        self.right, self.foot = self.left + width + RIGHT, self.top + height + BELOW
        self._words(xlabel, ylabel, title)
        self._frame(ticks, grid)

    def place(self, xs: Any, ys: Any) -> np.ndarray:
        """Points in pixels, a row each; what isn't finite or far away stays out of the drawing."""
        xs, ys = np.broadcast_arrays(np.asarray(xs, float), np.asarray(ys, float))
        (x0, x1), (y0, y1) = self.x, self.y
        u = self.left + (xs - x0) / (x1 - x0) * self.width
        v = self.top + (y1 - ys) / (y1 - y0) * self.height
        points = np.column_stack([np.ravel(u), np.ravel(v)])
        return np.clip(points[np.isfinite(points).all(axis=1)], -1e5, 1e5)

    def curve(self, xs: Any, ys: Any, *, colour: str = BLUE, line: float = 2, **look: Any) -> None:
        """Draw a line through points: ``dashes="6 3"``, ``arrow=True``, ``strength=0.5``."""
        points = _without_straight_parts(self.place(xs, ys))
        self._clipped(lambda pen: pen.line(points, colour=colour, line=line, **look))

    def arrow(self, start: Any, end: Any, *, colour: str, name: str = "") -> None:
        """Draw an arrow on a surface, with its name at the tip."""
        foot, tip = self.place(*np.transpose([start, end]))
        along = (tip - foot) / max(float(np.hypot(*(tip - foot))), 1e-9)
        wing = np.array([-along[1], along[0]])
        body, head = (
            tip - 11 * along,
            [tip, tip - 13 * along + 6 * wing, tip - 13 * along - 6 * wing],
        )
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in head)
        self._clipped(lambda pen: pen.line([foot, body], colour=PAPER, line=6))
        self._clipped(lambda pen: pen.line([foot, body], colour=colour, line=3))
        self._clipped(
            lambda pen: pen.parts.append(
                f'<polygon points="{corners}" fill="{colour}" stroke="{PAPER}"/>'
            )
        )
        if name:
            self.words(*(tip + 12 * along), name)

    def words(self, x: float, y: float, text: str, *, size: float = 13) -> None:
        """Write bold words at a place in pixels, on a pale disc, readable on any surface."""
        self.pen.circle(x, y, 0.75 * size, colour=PAPER, fill=PAPER, strength=0.92, line=0)
        self.pen.parts.append(
            f'<text x="{x:.1f}" y="{y + 0.36 * size:.1f}" font-size="{size:g}" '
            f'text-anchor="middle" font-weight="bold" fill="#1c1c1c">{escape(text)}</text>'
        )

    def points(
        self,
        xs: Any,
        ys: Any,
        *,
        colour: str = BLUE,
        marker: str = "o",
        radius: float = 4,
        hollow: bool = False,
        edge: bool = True,
    ) -> None:
        """Draw dots "o", squares "s", triangles "^" or rings."""
        look = {"colour": colour if hollow or not edge else PAPER, "fill": colour}
        look |= {"strength": 0 if hollow else 1, "line": 1.8 if hollow else 1}
        for x, y in self.place(xs, ys):
            if not (self.left - 9 < x < self.right and self.top - 9 < y < self.foot - BELOW + 9):
                continue
            if marker == "s":
                self.pen.box(x - radius, y - radius, 2 * radius, 2 * radius, round=0, **look)
            elif marker == "^":
                r = 1.25 * radius
                corners = f"{x:.1f},{y - r:.1f} {x + r:.1f},{y + r:.1f} {x - r:.1f},{y + r:.1f}"
                self.pen.parts.append(
                    f'<polygon points="{corners}" fill="{look["fill"]}" stroke="{look["colour"]}" '
                    f'fill-opacity="{look["strength"]}"/>'
                )
            else:
                self.pen.circle(x, y, radius, **look)

    def bars(self, edges: Any, heights: Any, *, colour: str = BLUE, strength: float = 0.8) -> None:
        """Draw a histogram; `edges` has one number more than `heights`."""
        xs = np.repeat(np.asarray(edges, float), 2)
        ys = np.concatenate([[0.0], np.repeat(np.asarray(heights, float), 2), [0.0]])
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in self.place(xs, ys))
        self._clipped(
            lambda pen: pen.parts.append(
                f'<polygon points="{points}" fill="{colour}" fill-opacity="{strength:g}"/>'
            )
        )

    def surface(self, Z: Any, low: float, high: float, cmap: Any = SURFACE) -> None:
        """Fill the axes with the colours of a grid of values, its first row at the foot."""
        Z = np.asarray(Z, dtype=float)
        shown = np.nan_to_num((Z - low) / ((high - low) or 1.0), nan=0.0, posinf=1, neginf=0)
        colours = matplotlib.colormaps[cmap] if isinstance(cmap, str) else cmap
        self.image(colours(np.clip(shown, 0, 1))[::-1, :, :3])

    def image(self, pixels: np.ndarray) -> None:
        """Fill the axes with pixels, (rows, columns, 3) from 0 to 1, the top row first."""
        self.pen.parts.append(
            f'<image x="{self.left:.1f}" y="{self.top:.1f}" width="{self.width:.1f}" '
            f'height="{self.height:.1f}" preserveAspectRatio="none" href="{image_of(pixels)}"/>'
        )

    def picture(self, alt: str, caption: str = "", *, width: float = 0) -> Picture:
        """The finished drawing with its words; `width` if other charts are to its right."""
        picture = Picture(alt, max(width, self.right), self.foot, self.pen.body, caption)
        picture.plane = (self.left, self.top, self.width, self.height, *self.x, *self.y)
        return picture

    def _clipped(self, draw: Any) -> None:
        """Draw what may leave the axes, and hide what does."""
        pen = Pen()
        draw(pen)
        x, y, w, h = self.left, self.top, self.width, self.height
        self.pen.parts.append(
            f'<svg x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" overflow="hidden">'
            f'<g transform="translate({-x:.1f} {-y:.1f})">{"".join(pen.parts)}</g></svg>'
        )

    def _words(self, xlabel: str, ylabel: str, title: str) -> None:
        middle = self.left + self.width / 2
        if title:
            self.pen.text(middle, self.top - 12, title, size=13)
        if xlabel:
            self.pen.text(middle, self.top + self.height + 29, xlabel, size=12)
        if ylabel:
            x, y = self.left - 36, self.top + self.height / 2
            inner = Pen()
            inner.text(0, 0, ylabel, size=12)
            self.pen.group(inner.parts[0], f'transform="translate({x:.1f} {y:.1f}) rotate(-90)"')

    def _frame(self, ticks: bool, grid: bool) -> None:
        foot, left = self.top + self.height, self.left
        corners = [(left, self.top), (left, foot), (left + self.width, foot)]
        self.pen.line(corners, line=1, strength=0.7)
        if not ticks:
            return
        for v in _ticks(self.x, self.width):
            [(x, _)] = self.place(v, self.y[0])
            self.pen.text(x, foot + 12, number(v), size=10.5)
            if grid:
                self.pen.line([(x, self.top), (x, foot)], line=0.6, strength=0.25)
        for v in _ticks(self.y, self.height):
            [(_, y)] = self.place(self.x[0], v)
            self.pen.text(left - 6, y, number(v), size=10.5, anchor="end")
            if grid:
                self.pen.line([(left, y), (left + self.width, y)], line=0.6, strength=0.25)


def _without_straight_parts(points: np.ndarray) -> np.ndarray:
    """The same line with fewer points, where it runs straight on."""
    if len(points) < 3:
        return points
    step = np.diff(points, axis=0)
    bend = np.abs(step[:-1, 0] * step[1:, 1] - step[:-1, 1] * step[1:, 0])
    back = (step[:-1] * step[1:]).sum(axis=1) < 0
    return points[np.concatenate([[True], (bend > 1e-3) | back, [True]])]


def _ticks(ends: tuple[float, float], length: float) -> Sequence[float]:
    low, high = ends
    values = MaxNLocator(max(int(length / 60), 2), steps=[1, 2, 5, 10]).tick_values(low, high)
    slack = 1e-9 * (high - low)
    return [float(v) for v in values if low - slack <= v <= high + slack]
