"""The chain rule before its formula: a nudge travels from number line to number line."""

import itertools
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.labels import listing, number
from course.figures.drawing.pen import Pen, text_width
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, VERMILLION
from course.nn.arguments import floats, function, refuse

NUDGES = (0.01, 0.05, 0.1, 0.2, 0.5)
LENGTH = 380.0  # of a number line, in pixels
ROW, TOP, RIGHT = 74.0, 40.0, 122.0
AHEAD = 21  # places at which the ends of the lines are sought


def dial_nudges(
    steps: Mapping[str, Callable],
    *,
    start: Mapping[str, float] | None = None,
    **argument: tuple[float, float],
) -> Dial:
    """Nudge a number, and see how far the numbers move that are computed from it.

    steps: your functions, the innermost first, each of the number before it, under the name of what
    it computes, such as {"z = 3w − 5": …, "loss = z²": …}; a number is called by what its name has
    before the sign of equality.  argument: the first number and its ends, w=(0, 3).  start: where
    it begins.

    All number lines have the same scale, so the moves can be compared: each factor is how many
    times as far one number moves as the number before it.
    """
    if not isinstance(steps, Mapping) or not steps:
        raise refuse("steps", "a dictionary of functions", repr(steps)[:60])
    for name, step in steps.items():
        function(name, step)
    if len(argument) != 1:
        raise refuse("argument", "one number and its ends, such as w=(0, 3)", f"{len(argument)}")
    [(first, ends)] = argument.items()
    names = [first, *steps]

    def values(x: float) -> list[float]:
        numbers = [float(x)]
        for name, step in steps.items():
            said = floats(f"what {name} returned", step(numbers[-1]), ())
            numbers.append(float(said))
        return numbers

    low, high = (float(end) for end in ends)
    reached = [v for x in np.linspace(low, high + max(NUDGES), AHEAD) for v in values(x)]
    scale = (np.floor(min(reached)), np.ceil(max(reached)))

    def draw(nudge: float, **at: float) -> Picture:
        x = at[first]
        return _lines(names, values(x), values(x + nudge), scale)

    return dial(draw, start={"nudge": 0.2} | dict(start or {}), **argument, nudge=list(NUDGES))


def _lines(
    names: Sequence[str], before: Sequence[float], after: Sequence[float], scale: tuple
) -> Picture:
    pen, symbols = Pen(), [name.split(" =")[0] for name in names]
    left = 16 + max(text_width(name, 13, True) for name in names)
    low, high = scale

    def place(value: float) -> float:
        return left + (value - low) / (high - low) * LENGTH

    moved = [b - a for a, b in zip(before, after, strict=True)]
    factors = [now / then if then else np.nan for then, now in itertools.pairwise(moved)]
    for k, name in enumerate(names):
        y = TOP + k * ROW
        pen.text(left - 14, y, name, size=13, bold=True, anchor="end")
        pen.line([(left, y), (left + LENGTH, y)], line=1.2)
        for tick in np.arange(low, high + 1):
            pen.line([(place(tick), y - 4), (place(tick), y + 4)], line=1)
            pen.text(place(tick), y + 14, number(tick), size=10)
        start, end = place(before[k]), place(after[k])
        pen.line([(start, y), (end, y)], colour=VERMILLION, line=5)
        pen.circle(start, y, 5, colour=BLUE, fill=BLUE, strength=1)
        pen.circle(end, y, 5, colour=VERMILLION, fill="none", line=2.2)
        pen.text((start + end) / 2, y - 17, _signed(moved[k]), size=12, colour=VERMILLION)
        if k:
            x = left + LENGTH + 26
            pen.line([(x, y - ROW + 6), (x, y - 6)], arrow=True)
            pen.text(x + 10, y - ROW / 2, f"× {number(factors[k - 1])}", size=13, anchor="start")
    said = _said(symbols, moved, factors)
    alt = (
        f"Number lines of one scale, one below the other, for {listing(symbols)}: a dot where each "
        f"number is, and a ring where a nudge of {symbols[0]} moves it. {said}"
    )
    return Picture(alt, left + LENGTH + RIGHT, TOP + (len(names) - 1) * ROW + 26, pen.body, said)


def _said(symbols: Sequence[str], moved: Sequence[float], factors: Sequence[float]) -> str:
    parts = [
        f"{_signed(by)} on {name} ({number(factor)} times as far)"
        for name, by, factor in zip(symbols[1:], moved[1:], factors, strict=True)
    ]
    product = " · ".join(number(factor) for factor in factors)
    total = f": together {product} = {number(moved[-1] / moved[0])}" if len(factors) > 1 else ""
    return f"{_signed(moved[0])} on {symbols[0]} makes {listing(parts)}{total}."


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value)
