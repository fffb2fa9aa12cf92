"""How much the gradients of mini-batches differ: a cloud around the exact gradient."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from course.figures.drawing.chart import Chart
from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.labels import number
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, INK, VERMILLION
from course.nn.arguments import floats, function, refuse, whole

BATCHES = 100


def dial_batches(
    gradient: Callable,
    n: int,
    places: Mapping[str, Sequence[float]],
    *,
    names: tuple[str, str] = ("w", "b"),
) -> Dial:
    """Turn the batch size, and watch the cloud of the batches' gradients shrink.

    gradient: your function (place, batch) ↦ the gradient by two weights, two numbers; a batch is an
    array of row numbers.  n: how many examples there are.  places: {name: (w, b)}, where to look.
    names: what the two weights are called.
    """
    function("gradient", gradient)
    n = whole("n", n, 2)
    if not isinstance(places, Mapping) or not places:
        raise refuse("places", "{name: (w, b)}, at least one", repr(places)[:60])

    def asked(place: str, batch: np.ndarray) -> np.ndarray:
        found = floats("what gradient returned", gradient(places[place], batch)).reshape(-1)[:2]
        if not (found.size == 2 and np.isfinite(found).all()):
            raise refuse("what gradient returned", "two finite numbers", f"{found}")
        return found

    @cache
    def around(place: str) -> tuple[np.ndarray, float]:
        """The exact gradient, and how far single examples are from it."""
        singles = np.array([asked(place, np.array([i])) for i in range(min(n, 400))])
        exact = asked(place, np.arange(n))
        return exact, 1.05 * float(np.percentile(np.abs(singles - exact), 98)) or 1.0

    def draw(batch: int, place: str) -> Picture:
        exact, reach = around(place)
        rng = np.random.default_rng(0)
        cloud = np.array(
            [asked(place, rng.choice(n, batch, replace=False)) for _ in range(BATCHES)]
        )
        off = float(np.sqrt(((cloud - exact) ** 2).sum(axis=1).mean()))
        uphill = int(np.sum(cloud @ exact < 0))
        ends = [(float(c) - reach, float(c) + reach) for c in exact]
        chart = Chart(
            *ends,
            width=290,
            height=290,
            title=f"{BATCHES} batches of {batch}",
            xlabel=f"gradient by {names[0]}",
            ylabel=f"gradient by {names[1]}",
        )
        chart.points(*cloud.T, colour=BLUE, radius=3.2)
        turn = np.linspace(0, 2 * np.pi, 61)
        ring = exact[:, None] + off * np.array([np.cos(turn), np.sin(turn)])
        chart.curve(*ring, colour=INK, dashes="5 3", line=1.4)
        chart.arrow((0, 0), exact, colour=VERMILLION)
        said = (
            f"batches of {batch}, {place}: off by {number(off, 2)}, the exact gradient is "
            f"{number(float(np.hypot(*exact)), 2)} long; {uphill} of {BATCHES} point the wrong way"
        )
        alt = (
            "A cloud of dots, the gradients of random batches, around the tip of an arrow, the "
            f"exact gradient, with a dashed ring as wide as the cloud. {said}."
        )
        return chart.picture(alt, said)

    sizes = [s for s in (1, 2, 4, 8, 16, 32, 64, 128, 256) if s < n] + [n]
    turned: dict[str, Any] = {"batch": sizes}
    if len(places) > 1:
        turned["place"] = list(places)
        return dial(draw, stills=len(sizes), **turned)
    [only] = places
    return dial(lambda batch: draw(batch, only), stills=len(sizes), **turned)
