"""Training that shows how it goes: a bar and a curve that grow with the epochs.

Outside a notebook nothing is shown and nothing slows training down.
"""

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course.figures.drawing.labels import counted, number
from course.figures.drawing.pen import Pen
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, INK
from course.nn.arguments import floats, function, refuse, whole

SECONDS_BETWEEN = 0.1
WIDTH, HEIGHT = 460.0, 190.0
LEFT, RIGHT, CEILING, FLOOR = 52.0, WIDTH - 14, 38.0, HEIGHT - 26  # of the curve


def watch(
    train: Callable,
    net: Any,
    acts: Sequence[Any],
    X: Any,
    Y: Any,
    loss: Callable,
    *,
    epochs: int,
    each: Callable | None = None,
    **settings: Any,
) -> tuple[Any, list[float]]:
    """Train with your own train, and watch the loss go down while it does.

    train: your function; it is called for one epoch at a time, which with a single rng is the same
    as all at once.  net, acts, X, Y, loss: as train takes them.  epochs: how many.  settings: the
    other arguments of train, batch_size=, lr= and rng=.  each: called with the net after each
    epoch, such as nets.append.

    Returns (net, history), as train does, or the net so far if you interrupt it in a notebook.
    """
    function("train", train)
    epochs = whole("epochs", epochs, 0)
    if each is not None:
        function("each", each)
    history: list[float] = []
    screen, shown_at = None, 0.0
    for epoch in range(epochs):
        try:
            answer = train(net, acts, X, Y, loss, epochs=1, **settings)
        except KeyboardInterrupt:
            if screen is None:
                raise
            print(f"Stopped after {counted(len(history), 'epoch')}; the net so far is kept.")
            break
        if not isinstance(answer, (tuple, list)) or len(answer) != 2:
            raise refuse("what train returned", "(net, history)", type(answer).__name__)
        net, seen = answer
        if epoch == 0:
            screen = _screen()
        history += [float(v) for v in seen]
        if each is not None:
            each(net)
        if screen is not None and time.monotonic() - shown_at > SECONDS_BETWEEN:
            screen.update(draw_progress(history, epochs).passing())
            shown_at = time.monotonic()
    if screen is not None and history:
        screen.update(draw_progress(history, epochs))
    return net, history


def draw_progress(history: Sequence[float], epochs: int) -> Picture:
    """Draw how far training has got: a bar of the epochs done and the loss so far.

    history: the loss of each epoch done.  epochs: how many there will be.
    """
    losses = floats("history", list(history))
    epochs = whole("epochs", epochs, 1)
    if losses.ndim != 1:
        raise refuse("history", "a list of numbers", f"shape {losses.shape}")
    done = min(len(losses), epochs)
    pen = Pen()
    _paint_bar(pen, done, epochs)
    _paint_axes(pen, epochs)
    alt = f"Training: {done} of {counted(epochs, 'epoch')} done"
    if np.isfinite(losses).any():
        _paint_curve(pen, losses, epochs)
        alt += f", loss {number(losses[0])} at first and {number(losses[-1])} now"
    return Picture(alt + ".", WIDTH, HEIGHT, pen.body)


def _paint_bar(pen: Pen, done: int, epochs: int) -> None:
    whole_bar = WIDTH - 130
    pen.box(8, 8, whole_bar, 14, fill=INK, strength=0.08, line=1, round=4)
    filled = max(whole_bar * done / epochs, 1)
    pen.box(8, 8, filled, 14, colour=BLUE, fill=BLUE, strength=0.8, round=4)
    pen.text(WIDTH - 114, 15, f"epoch {done} of {epochs}", anchor="start")


def _paint_axes(pen: Pen, epochs: int) -> None:
    pen.line([(LEFT, CEILING), (LEFT, FLOOR), (RIGHT, FLOOR)], line=1, strength=0.7)
    pen.text(LEFT, HEIGHT - 10, 1, size=10)
    pen.text(RIGHT, HEIGHT - 10, epochs, size=10)


def _paint_curve(pen: Pen, losses: np.ndarray, epochs: int) -> None:
    """Draw the losses that are numbers, from 0 or the lowest of them to the highest."""
    finite = losses[np.isfinite(losses)]
    high, low = float(finite.max()), min(float(finite.min()), 0.0)
    span = (high - low) or 1.0
    pen.text(LEFT - 6, CEILING, number(high), size=10, anchor="end")
    pen.text(LEFT - 6, FLOOR, number(low), size=10, anchor="end")
    across = (RIGHT - LEFT) / max(epochs - 1, 1)
    points = [
        (LEFT + across * i, FLOOR - (FLOOR - CEILING) * (v - low) / span)
        for i, v in enumerate(losses)
        if np.isfinite(v)
    ]
    pen.line(_thinned(points), colour=BLUE, line=2)
    pen.circle(*points[-1], 3.5, colour=BLUE, fill=BLUE, strength=1)
    pen.text((LEFT + RIGHT) / 2, CEILING, f"loss {number(losses[-1])}", bold=True)


def _thinned(points: list) -> list:
    step = -(-len(points) // 400)
    return [*points[:-1:step], points[-1]] if points else points


def _screen() -> Any:
    """A notebook's display that can be updated; None outside a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or not hasattr(shell, "kernel"):
        return None
    from IPython.display import display

    blank = Picture("Training has begun.", WIDTH, HEIGHT, "")
    return display(blank, display_id=True)
