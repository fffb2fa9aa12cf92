"""The tent of the tent: composing a fold with itself doubles its pieces."""

from collections.abc import Callable

import numpy as np

from course.figures.drawing.chart import Chart
from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.labels import counted, number
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, VERMILLION
from course.nn.arguments import floats, function

MOST = 5


def dial_tents(tent: Callable) -> Dial:
    """Fold a strip of paper again and again, and see the curve that the folds make.

    tent: your function from 0…1 to 0…1, elementwise, such as a layer of two ReLUs; it is asked of
    its own answers. On the left lies the strip, seen from its edge; on the right, for each place
    on the strip, where the folds have put it. A dot follows one place x.
    """
    function("tent", tent)
    x = np.linspace(0, 1, 2**9 + 1)

    def folded(values: np.ndarray, times: int) -> np.ndarray:
        for _ in range(times):
            values = floats("what tent returned", tent(values)).reshape(values.shape)
        return values

    def draw(folds: int, x_at: float) -> Picture:
        y, at = folded(x, folds), float(folded(np.array([x_at]), folds)[0])
        turns = np.flatnonzero(np.diff(np.sign(np.diff(y)))) + 1
        pieces = len(turns) + 1
        layer = np.searchsorted(x[turns], x, side="right").astype(float)
        strip = Chart(
            (-0.05, 1.05),
            (-1.0, 2.0**MOST),
            width=250,
            height=230,
            xlabel="where the place lies now",
            title=f"the strip, folded {_times(folds)}",
            grid=False,
            ticks=False,
        )
        # Each crease takes the strip up by one layer; a little slack keeps layers apart.
        spread = (2.0**MOST - 1) / max(pieces - 1, 8)
        strip.curve(y, layer * spread, colour=BLUE, line=2.4)
        here = float(np.searchsorted(x[turns], x_at, side="right")) * spread
        strip.points([at], [here], colour=VERMILLION, radius=6)
        curve = Chart(
            (0, 1),
            (0, 1),
            width=250,
            height=230,
            at=(strip.right + 16, 0),
            pen=strip.pen,
            xlabel="x, the place on the strip",
            title=f"{counted(pieces, 'straight piece')}",
        )
        curve.curve(x, y, colour=BLUE)
        curve.curve([x_at, x_at, 0], [0, at, at], colour=VERMILLION, dashes="4 3", line=1.4)
        curve.points([x_at], [at], colour=VERMILLION, radius=6)
        said = f"{counted(pieces, 'piece')}; x = {number(x_at, 2)} lies at {number(at, 2)}"
        alt = (
            f"A strip of paper from 0 to 1, folded {_times(folds)}: on the left from its edge, "
            f"on the right as a curve, where each place lies now. {said}."
        )
        return curve.picture(alt, said)

    return dial(
        lambda folds, x: draw(folds, x),
        folds=list(range(MOST + 1)),
        x=(0, 1),
        start={"folds": 2, "x": 0.3},
    )


def _times(folds: int) -> str:
    return ("not at all", "once", "twice")[folds] if folds < 3 else f"{folds} times"
