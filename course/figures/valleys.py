"""A long valley drawn to scale, and the walk down it for a learning rate and a momentum."""

from collections.abc import Callable

import numpy as np

from course.figures.drawing.chart import Chart
from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.labels import number
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, INK, VERMILLION
from course.nn.arguments import floats, function

CURVES = np.array([1.0, 10.0])  # how curved the valley is along w and along b
BEGIN = np.array([-4.0, 1.0])
STEPS = 60
MOST = 1e6


def dial_valley(step: Callable) -> Dial:
    """Walk down ½ w² + ½ · 10 b², a long valley; turn the learning rate and the momentum.

    step: your step, (place, velocity, gradient, lr, momentum) ↦ the next (place, velocity); place,
    velocity and gradient are two numbers (w, b) each, and the first velocity is 0.
    """
    function("step", step)

    def draw(lr: float, momentum: float) -> Picture:
        way = _walk(step, lr, momentum)
        losses = (CURVES * way**2).sum(axis=1) / 2
        valley = Chart(
            (-4.6, 2.0), (-1.4, 1.4), width=462, height=196, xlabel="w", ylabel="b", grid=False
        )
        turn = np.linspace(0, 2 * np.pi, 81)
        for level in (0.1, 0.5, 1.5, 3.5, 6.5, 10.5):
            wide, high = np.sqrt(2 * level / CURVES)
            valley.curve(wide * np.cos(turn), high * np.sin(turn), colour=INK, line=1, strength=0.6)
        valley.curve(*way.T, colour=VERMILLION, line=1.6)
        valley.points(*way[1:].T, colour=VERMILLION, radius=2.6, edge=False)
        valley.points(*way[:1].T, colour=BLUE, marker="s", radius=5)
        below = Chart(
            (0, STEPS),
            (-8, 2),
            width=462,
            height=100,
            at=(0, valley.foot - 8),
            pen=valley.pen,
            xlabel="step",
            ylabel="loss, 10ᵏ",
        )
        powers = np.log10(np.clip(losses, 1e-12, MOST))
        below.curve(np.arange(len(way)), powers, colour=BLUE)
        end = float(losses[-1])
        fate = (
            "thrown out"
            if not end <= losses[0]
            else f"loss {number(end, 2)} after {len(way) - 1} steps"
        )
        said = f"lr {number(lr)}, momentum {number(momentum)}: {fate}"
        alt = (
            "A valley ten times as curved along b as along w, drawn to scale as lines of equal "
            f"loss, with a walk from (−4, 1); below, the loss by step. {said}."
        )
        return below.picture(alt, said)

    turned = {"lr": (0.0, 0.4), "momentum": (0.0, 0.99)}
    return dial(draw, start={"lr": 0.1, "momentum": 0.0}, **turned)


def _walk(step: Callable, lr: float, momentum: float) -> np.ndarray:
    way, v = [BEGIN], np.zeros(2)
    for _ in range(STEPS):
        answer = step(way[-1].copy(), v.copy(), CURVES * way[-1], lr, momentum)
        place, v = floats("what step returned", answer, (2, 2))
        if not np.abs(place).max() < MOST:
            break
        way.append(place)
    return np.array(way)
