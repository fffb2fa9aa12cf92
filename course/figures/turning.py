"""One neuron in the plane, turned by hand: w gives its direction, b moves it."""

from collections.abc import Callable

import numpy as np

from course.figures.drawing.chart import Chart
from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.labels import number
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import VERMILLION
from course.figures.plane import grid_points
from course.nn.arguments import floats, function

SIDE = 35  # points along each side of the plane
REACH = 3.0


def dial_neuron(neuron: Callable, h: Callable, *, bias: bool = False) -> Dial:
    """Turn, grow and flip a neuron's w, and watch its output all over the plane.

    The tip of w follows a finger or the mouse, too.

    neuron: your function (w, x, h) ↦ number.  h: the activation.
    bias: with a dial for b too. The neuron is then asked with a third weight b, and a third input
    that is always 1: a neuron with an intercept b needs nothing else.
    """
    function("neuron", neuron)
    function("h", h)
    plane = grid_points((-REACH, REACH, -REACH, REACH), SIDE)
    points = [np.append(x, 1.0) for x in plane] if bias else list(plane)

    def draw(b: float = 0.0, **weights: float) -> Picture:
        w = np.array([weights["w₁"], weights["w₂"]])
        asked = np.append(w, b) if bias else w
        said = floats("what the neuron returned", [neuron(asked, x, h) for x in points], ("n",))
        return _plane(said.reshape(SIDE, SIDE), w, b, bias)

    ends = (-REACH, REACH)
    dials = {"w₁": ends, "w₂": ends} | ({"b": ends} if bias else {})
    return dial(draw, start={"w₁": 1.0, "w₂": 0.5}, drag=("w₁", "w₂"), **dials)


def _plane(Z: np.ndarray, w: np.ndarray, b: float, bias: bool) -> Picture:
    ends = (-REACH, REACH)
    chart = Chart(ends, ends, width=280, height=280, xlabel="x₁", ylabel="x₂", grid=False)
    low, high = float(np.nanmin(Z)), float(np.nanmax(Z))
    reach = max(1.0, abs(low), abs(high))
    chart.surface(Z, -reach, reach)
    size = float(np.hypot(*w))
    if size > 0.05:
        foot = -b * w / size**2
        across = 9 * np.array([-w[1], w[0]]) / size
        line = np.array([foot - across, foot + across]).T
        chart.curve(*line, colour="#ffffff", line=2, dashes="7 4")
        chart.arrow((0, 0), w, colour=VERMILLION, name="w")
    weights = f"w = ({number(w[0], 2)}, {number(w[1], 2)})" + f", b = {number(b, 2)}" * bias
    said = f"{weights}: the output goes from {number(low, 2)} to {number(high, 2)}"
    alt = (
        f"A neuron's output over the plane as stripes of colour, with w as an arrow from the "
        f"origin and a dashed line at which its sum z is 0. {said}."
    )
    return chart.picture(alt, said)
