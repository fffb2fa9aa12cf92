"""A pen writes SVG: boxes, circles, arrows and words, placed in pixels.

What it writes as INK takes the colour of the text around the drawing.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from course.figures.drawing.labels import escape
from course.figures.drawing.style import FONT, INK, PAPER, readable

Point = tuple[float, float]
HEAD = 7.0  # an arrow head's length


def text_width(text: str, size: float = 12, bold: bool = False) -> float:
    """About how wide a text will be; DejaVu is wider than the fonts most readers will see."""
    return size / 100 * sum(_advance(letter, bold) for letter in text)


@lru_cache(maxsize=1024)
def _advance(letter: str, bold: bool) -> float:
    """How far a letter of size 100 moves the next one, measured by putting it between two bars."""
    face = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    between, without = (
        TextPath((0, 0), bars, size=100, prop=face).get_extents().width
        for bars in (f"|{letter}|", "||")
    )
    return float(between - without)


class Pen:
    """Collects the parts of a drawing; ``body`` is the drawing so far."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    @property
    def body(self) -> str:
        """The drawing so far, as the inside of an <svg> element."""
        return f'<g font-family="{FONT}">{"".join(self.parts)}</g>'

    def text(
        self,
        x: float,
        y: float,
        words: Any,
        *,
        size: float = 12,
        colour: str = INK,
        bold: bool = False,
        italic: bool = False,
        anchor: str = "middle",
    ) -> None:
        """Write words whose middle line is at y."""
        look = ' font-weight="bold"' * bold + ' font-style="italic"' * italic
        mixed = colour not in (INK, PAPER)
        style = f' style="fill:{colour};fill:{readable(colour)}"' * mixed
        self.parts.append(
            f'<text x="{x:.1f}" y="{y + 0.36 * size:.1f}" font-size="{size:g}" '
            f'text-anchor="{anchor}"{style} fill="{_ink(colour)}"{look}>{escape(str(words))}</text>'
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        colour: str = INK,
        fill: str = "none",
        strength: float = 0.12,
        line: float = 1.4,
        dashes: str = "",
        round: float = 6,
    ) -> None:
        """Draw a rectangle from its upper left corner; ``fill`` shines through by ``strength``."""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'rx="{round:g}"{_paint(colour, fill, strength, line, dashes)}/>'
        )

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        colour: str = INK,
        fill: str = "none",
        strength: float = 0.12,
        line: float = 1.4,
        dashes: str = "",
    ) -> None:
        """Draw a circle."""
        self.parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"'
            f"{_paint(colour, fill, strength, line, dashes)}/>"
        )

    def line(
        self,
        points: Iterable[Point],
        *,
        colour: str = INK,
        line: float = 1.4,
        dashes: str = "",
        strength: float = 1.0,
        arrow: bool = False,
    ) -> None:
        """Draw a line through points, with an arrow head at its end if wanted."""
        path = np.asarray(list(points), dtype=float)
        if len(path) < 2:
            return
        if arrow:
            tip = path[-1]
            path = _shortened(path, HEAD * 0.8)
            direction = tip - path[-1]
            length = np.hypot(*direction)
            if length > 0:
                along = direction / length
                across = np.array([-along[1], along[0]])
                wing = tip - HEAD * along
                corners = (tip, wing + 0.45 * HEAD * across, wing - 0.45 * HEAD * across)
                self.parts.append(
                    f'<polygon points="{_points(corners)}" fill="{_ink(colour)}"'
                    + (f' opacity="{strength:g}"' if strength < 1 else "")
                    + "/>"
                )
        self.parts.append(
            f'<polyline points="{_points(path)}"{_paint(colour, "none", 1, line, dashes)}'
            + (f' stroke-opacity="{strength:g}"' if strength < 1 else "")
            + "/>"
        )

    def group(self, inner: str, attributes: str = "") -> None:
        """Add a drawing that another pen has made."""
        self.parts.append(f"<g {attributes}>{inner}</g>")


def curve(start: Point, end: Point, n: int = 33) -> np.ndarray:
    """A line from one point to another that leaves and arrives level."""
    (x0, y0), (x1, y1) = start, end
    reach = 0.5 * (x1 - x0)
    t = np.linspace(0, 1, n)[:, None]
    control = np.array([(x0, y0), (x0 + reach, y0), (x1 - reach, y1), (x1, y1)], dtype=float)
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    return weights @ control


def _shortened(path: np.ndarray, by: float) -> np.ndarray:
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    stop = max(along[-1] - by, 0.1)
    end = [np.interp(stop, along, path[:, axis]) for axis in (0, 1)]
    return np.vstack([path[along < stop], end])


def _points(points: Sequence) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _ink(colour: str) -> str:
    return "currentColor" if colour == INK else colour


def _paint(colour: str, fill: str, strength: float, line: float, dashes: str) -> str:
    inside = f' fill="{_ink(fill)}"'
    if fill != "none":
        inside += f' fill-opacity="{strength:.3g}"'
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'{inside} stroke="{_ink(colour)}" stroke-width="{line:g}"{dash}'
