"""A picture that is moved while a net reads it."""

from collections.abc import Callable
from typing import Any

import matplotlib
import numpy as np

from course.figures.drawing.chart import Chart
from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.labels import listing, number
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, INK, VERMILLION
from course.nn.arguments import floats, function, refuse

REACH = 2.0  # pixels to each side
SIZE, BAR = 200.0, 24.0
SHARP = 12  # times as large, a picture is not blurred by a page


def dial_reader(read: Callable, image: Any) -> Dial:
    """Move a small picture, and watch what a net makes of it.

    read: your function from pictures, one per row, (n, side²), to outputs, (n, k).
    image: one picture, (side, side) or (side²,), with numbers from 0 (paper) to 1 (ink).

    The picture follows a finger or the mouse, too. A fraction of a pixel is moved by sharing its
    ink with its neighbours, and what leaves the picture is lost. On the right, an output for each
    class, the largest marked.
    """
    function("read", read)
    ink = floats("image", image)
    side = round(ink.size**0.5)
    if side * side != ink.size or not side:
        raise refuse("image", "a square of pixels", f"shape {ink.shape}")
    ink = ink.reshape(side, side)

    def draw(right: float, up: float) -> Picture:
        moved = _slide(-up, side) @ ink @ _slide(right, side).T
        outputs = floats("what read returned", read(moved.reshape(1, -1)), (1, "k"))[0]
        return _seen(moved, outputs)

    ends = (-REACH, REACH)
    start = {"right": 0, "up": 0}
    return dial(draw, right=ends, up=ends, start=start, drag=("right", "up"), grab=True)


def _slide(by: float, side: int) -> np.ndarray:
    """Entry i, j is the share of pixel j's ink that pixel i gets after a move."""
    place = np.arange(side)
    return np.maximum(0, 1 - np.abs(place[:, None] - place - by))


def _seen(image: np.ndarray, outputs: np.ndarray) -> Picture:
    ends = (-len(image) / 2, len(image) / 2)
    chart = Chart(ends, ends, width=SIZE, height=SIZE, ticks=False, grid=False)
    grey = matplotlib.colormaps["Greys"](np.clip(image, 0, 1))[..., :3]
    chart.image(np.kron(grey, np.ones((SHARP, SHARP, 1))))
    pen, left, foot = chart.pen, chart.right + 30, chart.top + SIZE
    order = np.argsort(-outputs, kind="stable").tolist()
    top = max(1.0, float(outputs.max()))
    for k, output in enumerate(outputs):
        x, height = left + k * BAR, max(0.0, float(output)) / top * (SIZE - 24)
        colour = VERMILLION if k == order[0] else BLUE
        pen.box(
            x, foot - height, BAR - 6, height, colour=colour, fill=colour, strength=0.8, round=0
        )
        pen.text(x + BAR / 2 - 3, foot + 12, k, size=12, bold=k == order[0])
    end = left + len(outputs) * BAR
    pen.line([(left - 4, foot), (end, foot)], colour=INK, line=1)
    pen.text((left + end) / 2, chart.top - 12, "the outputs", size=13)
    first, *others = (f"{k} ({number(outputs[k], 2)})" for k in order[:2])
    said = f"It reads {listing([first])}" + f"; next comes {others[0]}." * bool(others)
    alt = (
        f"On the left a small picture of {len(image)} by {len(image)} pixels, on the right a bar "
        f"for each of the net's {len(outputs)} outputs. {said}"
    )
    return chart.picture(alt, said, width=end + 12)
