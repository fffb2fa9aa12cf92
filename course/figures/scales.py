"""What the scale of the first weights does to activations and gradients, layer by layer."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course.figures.drawing.chart import Chart
from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.labels import listing, number
from course.figures.drawing.pen import Pen
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, VERMILLION
from course.nn.arguments import floats, function, refuse

SHOWN = 5  # layers at most
POWERS = (-12.0, 6.0)  # of ten, the ends of the gradients' axis
FACTORS = (0.1, 0.2, 0.3, 0.5, 0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0, 3.0, 5.0)


def dial_scales(measure: Callable, *, factors: Sequence[float] = FACTORS) -> Dial:
    """Turn the scale of a deep net's first weights; watch activations and gradients by depth.

    measure: your function factor ↦ (Hs, gradients): each layer's outputs, and each layer's gradient
    by its weights, as two lists of arrays of the same length. The factor multiplies the weights
    that the course's rule gives, so 1.0 is m^(-1/2).

    Above are histograms of the outputs, below of the gradients' sizes, as powers of ten.
    """
    function("measure", measure)

    def draw(scale: float) -> Picture:
        with np.errstate(all="ignore"):
            Hs, gradients = measure(scale)
        Hs = [_plain("outputs", H) for H in Hs]
        gradients = [_plain("gradients", g) for g in gradients]
        if not Hs or len(Hs) != len(gradients):
            raise refuse("what measure returned", "as many gradients as outputs", f"{len(Hs)}")
        chosen = np.unique(np.linspace(0, len(Hs) - 1, min(SHOWN, len(Hs))).round().astype(int))
        return _histograms(scale, Hs, gradients, chosen.tolist())

    at = list(factors)
    start = {"scale": 1.0} if 1.0 in at else {}
    return dial(draw, start=start, stills=len(at), scale=at)


def _plain(name: str, values: Any) -> np.ndarray:
    """All finite numbers of a layer, of which there may be none."""
    flat = floats(f"a layer's {name}", values).ravel()
    return flat[np.isfinite(flat)]


def _histograms(
    scale: float, Hs: list[np.ndarray], gradients: list[np.ndarray], chosen: list[int]
) -> Picture:
    pen, across = Pen(), 118.0
    # A net without bounds has outputs of any size; those of tanh fill the axis from −1 to 1.
    reach = max(1.1, *(float(np.abs(Hs[j]).max(initial=0)) for j in chosen))
    spreads, sizes = [], []
    for column, j in enumerate(chosen):
        H, g = Hs[j], np.abs(gradients[j])
        spreads.append(float(H.std()) if H.size else np.nan)
        sizes.append(float(np.median(g)) if g.size else np.nan)
        where = {"pen": pen, "width": across - 18, "height": 84.0, "grid": False}
        above = Chart(
            (-reach, reach),
            (0, 1.15),
            at=(across * column, 0),
            ticks=False,
            title=f"layer {j + 1}",
            ylabel="outputs" if not column else "",
            **where,
        )
        _histogram(above, H, (-reach, reach), BLUE)
        below = Chart(
            POWERS,
            (0, 1.15),
            at=(across * column, 112),
            ticks=False,
            ylabel="gradients" if not column else "",
            **where,
        )
        powers = np.log10(np.maximum(g, 10.0 ** POWERS[0]))
        _histogram(below, np.clip(powers, *POWERS), POWERS, VERMILLION)
        pen.text(above.left + 50, above.top + 96, f"spread {number(spreads[-1], 2)}", size=11)
        pen.text(below.left + 50, below.top + 96, f"size {number(sizes[-1], 2)}", size=11)
    ends = f"outputs from {number(-reach)} to {number(reach)}; gradients from 10⁻¹² to 10⁶"
    pen.text(below.right / 2 + 20, below.foot - 8, ends, size=11)
    said = (
        f"scale {number(scale)}: outputs spread by {number(spreads[0], 2)} in the first layer and "
        f"{number(spreads[-1], 2)} in the last; gradients of {number(sizes[0], 2)} in the first "
        f"and {number(sizes[-1], 2)} in the last"
    )
    told = listing(str(j + 1) for j in chosen)
    alt = (
        f"Histograms for layers {told} of a deep net: above of the outputs, below of the "
        f"gradients' sizes as powers of ten. {said}."
    )
    return below.picture(alt, said)


def _histogram(chart: Chart, values: np.ndarray, ends: tuple[float, float], colour: str) -> None:
    counts, edges = np.histogram(values, 41, ends)
    chart.bars(edges, counts / max(counts.max(), 1), colour=colour)
