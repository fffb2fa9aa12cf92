"""A sum of ReLUs, fitted to points by hand: each adds a bend."""

from collections.abc import Callable, Sequence

import numpy as np

from course.figures.drawing.chart import Chart
from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.labels import listing, number
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, GREEN, INK, PURPLE, VERMILLION
from course.nn.arguments import floats, function, refuse

LOOKS = ((BLUE, "2 3"), (VERMILLION, "6 3"), (PURPLE, "9 3 2 3"))
NEAR = 0.1  # a sum that comes so near to every point fits


def dial_bends(relu: Callable, xs: Sequence[float], ys: Sequence[float]) -> Dial:
    """Fit u₁ relu(x + b₁) + u₂ relu(x + b₂) + u₃ relu(x + b₃) to points, by hand.

    relu: your function, elementwise.  xs, ys: the points.
    """
    function("relu", relu)
    xs, ys = floats("xs", xs, ("k",)), floats("ys", ys, ("k",))
    if len(xs) != len(ys) or not len(xs):
        raise refuse("ys", f"as many as xs, {len(xs)}", f"{len(ys)}")
    x = np.linspace(xs.min() - 1, xs.max() + 1, 121)
    reach = (float(ys.min()) - 2.0, float(ys.max()) + 2.0)

    def draw(**turned: float) -> Picture:
        u, b = ([turned[name + k] for k in "₁₂₃"] for name in "ub")
        chart = Chart((x[0], x[-1]), reach, width=430, height=250, xlabel="x")
        parts = [uk * np.asarray(relu(x + bk), dtype=float) for uk, bk in zip(u, b, strict=True)]
        for part, (colour, dashes) in zip(parts, LOOKS, strict=True):
            chart.curve(x, part, colour=colour, dashes=dashes, line=1.6)
        chart.curve(x, sum(parts), colour=GREEN, line=3)
        chart.points(xs, ys, colour=INK, radius=7, hollow=True)
        said = sum(uk * np.asarray(relu(xs + bk), dtype=float) for uk, bk in zip(u, b, strict=True))
        worst = int(np.argmax(np.abs(said - ys)))
        off = float(abs(said[worst] - ys[worst]))
        caption = (
            f"The sum goes through all {len(xs)} rings."
            if off < NEAR
            else f"Farthest from its ring at x = {number(xs[worst])}: off by {number(off, 2)}."
        )
        spots = listing(f"({number(p)}, {number(q)})" for p, q in zip(xs, ys, strict=True))
        alt = (
            "Three ReLUs of x, each with its weight, as thin broken lines, and their sum as a "
            f"thick line. Rings mark what is wanted: {spots}. {caption}"
        )
        return chart.picture(alt, caption)

    dials = {f"{name}{k}": (-4.0, 4.0) for name in ("b", "u") for k in "₁₂₃"}
    return dial(draw, start={"u₁": 1.0, "u₂": 0.0, "u₃": 0.0}, stills=9, **dials)
