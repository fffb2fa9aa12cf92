"""Nets that differ in their weights and not in their outputs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course.figures.drawing.dial import Dial, dial
from course.figures.drawing.labels import counted, listing, number
from course.figures.drawing.pen import Pen
from course.figures.drawing.picture import Picture, plotted
from course.figures.drawing.style import (
    BLUE,
    INK,
    VERMILLION,
    canvas,
    stroke,
    styled,
)
from course.nn.arguments import floats, function, hidden_layer, network, positive, refuse, whole

ALPHAS = (0.5, 0.75, 1.0, 1.5, 2.0)
SLIDES = (0.25, 0.4, 0.5, 0.6, 0.8, 1.0, 1.25, 1.6, 2.0, 2.5, 4.0)
TALLEST = 2.0  # a bar that is taller than this times the first weights leaves its frame


@styled
def plot_rescaling(
    rescale: Callable,
    f: Callable,
    net: Any,
    X: Any,
    *,
    j: int = 1,
    unit: int = 0,
    alphas: Sequence[float] = ALPHAS,
) -> Picture:
    """Draw in a row what alpha changes, one unit's weights, and what it doesn't, the output.

    rescale: your function (net, j, unit, alpha) ↦ net, such as rescale_hidden.  f: your network,
    (net, X) ↦ outputs.  net: (As, Bs).  X: examples in rows; the outputs are drawn in their order,
    or over x if X is one ascending column.
    j, unit: hidden layer (from 1) and unit (from 0).  alphas: the factors, a panel each.
    """
    panels = _rescaled(rescale, f, net, X, j, unit, alphas)
    figure, axes = canvas(2.05 * len(panels) + 0.6, 3.6, 2, len(panels), sharey="row")
    for k, panel in enumerate(panels):
        _paint_alpha(axes[0, k], axes[1, k], panel, panels[0].outputs)
    axes[0, 0].set_ylabel("weights")
    axes[1, 0].set_ylabel("output")
    return plotted(figure, _rescaling_told(panels, j, unit))


def dial_rescaling(
    rescale: Callable,
    f: Callable | Mapping[str, Callable],
    net: Any,
    X: Any,
    *,
    j: int = 1,
    unit: int = 0,
    alphas: Sequence[float] = SLIDES,
) -> Dial:
    """Turn alpha: the bars of one unit's weights move, and the output stays, if the net allows it.

    Arguments as those of ``plot_rescaling``, which shows the same in a row without a slider.  f may
    be several networks, {"ReLU": f, "tanh": g}, to choose from.
    """
    nets = dict(f) if isinstance(f, Mapping) else {"": f}

    def draw(alpha: float, h: str = "") -> Picture:
        first, panel = _rescaled(rescale, nets[h or next(iter(nets))], net, X, j, unit, (1, alpha))
        tallest = TALLEST * float(np.max(np.abs([*first.coming, *first.going]))) or 1.0
        caption = (
            f"alpha = {number(alpha)}: incoming weights and bias {_list(panel.coming)}, outgoing "
            f"{_list(panel.going)}; the output {_moved(panel, first)}"
        )
        body = _bars_and_curve(panel, first, tallest)
        return Picture(_rescaling_told([first, panel], j, unit), 620, 240, body, caption)

    choice = {"h": list(nets)} if len(nets) > 1 else {}
    return dial(draw, start={"alpha": 1.0}, stills=len(alphas), alpha=list(alphas), **choice)


@styled
def plot_twin_weights(
    runs: Mapping[str, Sequence[Any]], *, layer: int = 1, title: str = ""
) -> Picture:
    """Draw how the incoming weights of a layer's neurons went through training, a panel per run.

    runs: {"constant": nets, "random": nets}; nets are the (As, Bs) kept during training.
    layer: whose neurons, counted from 1. Each neuron has its colour, dashes and marker; neurons
    that stay twins cover each other, and the panel says how many different neurons there are.
    """
    if not isinstance(runs, Mapping) or not runs:
        raise refuse("runs", "{name: nets}, at least one", repr(runs)[:60])
    paths = {str(name): _incoming(name, nets, layer) for name, nets in runs.items()}
    figure, axes = canvas(1.0 + 3.5 * len(paths), 3.4, 1, len(paths), sharey=True)
    told = []
    for ax, (name, W) in zip(axes[0], paths.items(), strict=True):
        _paint_paths(ax, W)
        m = W.shape[2]
        different = len(np.unique(np.round(W[-1].T, 9), axis=0))
        ax.set(xlabel="step", title=f"{name}: {different} of {m} different")
        ax.grid(True)
        told.append(f"{name}: {counted(m, 'neuron')}, {different} different at the end")
    axes[0, 0].set_ylabel("incoming weights")
    handles, names = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=5)
    if title:
        figure.suptitle(title, fontsize=11)
    alt = (
        f"{title}. "
        * bool(title)
        + "Incoming weights of a layer's neurons over training, a line per "
        f"weight, in {counted(len(paths), 'panel')}. {'; '.join(told)}. Lines of neurons that are "
        "twins lie on one another."
    )
    return plotted(figure, alt)


def _incoming(name: Any, nets: Sequence[Any], layer: int) -> np.ndarray:
    """A layer's weights in each of the nets kept on the way: (nets, inputs, neurons)."""
    nets = [network(net) for net in nets]
    if len(nets) < 2:
        raise refuse(f"runs[{name!r}]", "at least 2 nets", f"{len(nets)}")
    at = whole("layer", layer, 1, len(nets[0][0])) - 1
    return np.array([As[at] for As, _ in nets])


def _paint_paths(ax: Axes, W: np.ndarray) -> None:
    """Draw each weight over the steps, with its neuron's colour, dashes and marker."""
    steps, d, m = W.shape
    every = max(1, steps // 6)
    for unit in range(m):
        look = stroke(unit)
        for i in range(d):
            ax.plot(
                W[:, i, unit],
                linestyle=look.dashes,
                color=look.colour,
                marker=look.marker,
                markevery=(unit * every // max(m, 1), every),
                linewidth=1.5,
                label=f"neuron {unit}" if i == 0 else None,
            )


@dataclass(frozen=True)
class Rescaled:
    """One unit's weights and the net's outputs after a rescaling by alpha.

    over: the name of the outputs' axis.  at: where on it each output is.
    """

    alpha: float
    coming: np.ndarray
    going: np.ndarray
    outputs: np.ndarray
    over: str
    at: np.ndarray


def _rescaled(
    rescale: Callable, f: Callable, net: Any, X: Any, j: int, unit: int, alphas: Sequence[float]
) -> list[Rescaled]:
    function("rescale", rescale)
    function("f", f)
    net = network(net)
    X = floats("X", X, ("n", len(net[0][0])))
    j = hidden_layer("j", j, net[0])
    unit = whole("unit", unit, 0, len(net[0][j]) - 1)
    ascends = X.shape[1] == 1 and (np.diff(X[:, 0]) > 0).all()
    over, at = ("x", X[:, 0]) if ascends else ("example", np.arange(len(X)))
    panels = []
    for alpha in floats("alphas", alphas, ("k",)):
        alpha = positive("alphas", alpha)
        As, Bs = network(rescale(net, j, unit, alpha))
        coming = np.append(As[j - 1][:, unit], Bs[j - 1][0, unit])
        outputs = floats("what f returned", f((As, Bs), X)).reshape(len(X), -1)
        panels.append(Rescaled(alpha, coming, As[j][unit], outputs, over, at))
    return panels


def _paint_alpha(above: Axes, below: Axes, panel: Rescaled, first: np.ndarray) -> None:
    coming, going = panel.coming, panel.going
    places = np.arange(len(coming) + len(going))
    above.bar(places[: len(coming)], coming, color=BLUE)
    above.bar(places[len(coming) :], going, color=VERMILLION, hatch="///")
    above.axhline(0, color=INK, linewidth=0.6)
    above.axvline(len(coming) - 0.5, color=INK, linewidth=0.6, linestyle=":")
    above.set(xticks=[(len(coming) - 1) / 2, len(coming) + (len(going) - 1) / 2])
    above.set_xticklabels(["in", "out"])
    above.set_title(f"α = {number(panel.alpha)}")
    above.tick_params(axis="x", length=0)
    for k in range(min(panel.outputs.shape[1], 4)):
        look = stroke(k + 2)
        below.plot(panel.at, panel.outputs[:, k], color=look.colour, linestyle=look.dashes)
    below.set(xlabel=panel.over, ylim=_reach(first))


def _bars_and_curve(panel: Rescaled, first: Rescaled, tallest: float) -> str:
    pen = Pen()
    _paint_bars(pen, panel, tallest)
    reach = _reach(first.outputs)
    _paint_outputs(pen, first, reach, trace=True)
    _paint_outputs(pen, panel, reach)
    return pen.body


def _paint_bars(pen: Pen, panel: Rescaled, tallest: float) -> None:
    """Draw the unit's weights as bars: those that lead in, and those that lead out."""
    values = [(v, BLUE) for v in panel.coming] + [(v, VERMILLION) for v in panel.going]
    left, zero, high = 44.0, 120.0, 86.0
    step = min(210.0 / len(values), 40.0)
    for k, (value, colour) in enumerate(values):
        tall = high * min(abs(float(value)) / tallest, 1.0)
        x, y = left + step * k, zero - tall if value > 0 else zero
        pen.box(
            x,
            y,
            step * 0.8,
            max(tall, 0.5),
            colour=colour,
            fill=colour,
            strength=0.4,
            dashes="" if colour == BLUE else "4 2",
            round=1,
        )
        pen.text(x + step * 0.4, y - 8 if value > 0 else zero + tall + 9, number(value, 2), size=9)
    pen.line([(left - 6, zero), (left + step * len(values), zero)], line=1)
    split = left + step * (len(panel.coming) - 0.1)
    pen.line([(split, 14), (split, 226)], line=0.8, dashes="2 3")
    pen.text((left + split) / 2, 16, "in", size=12, colour=BLUE, bold=True)
    pen.text(split + step * len(panel.going) / 2, 16, "out", size=12, colour=VERMILLION, bold=True)


def _paint_outputs(
    pen: Pen, panel: Rescaled, reach: tuple[float, float], trace: bool = False
) -> None:
    """Draw the net's outputs as curves, or as a broad pale trace of what they were."""
    low, top = reach
    start, end = 350.0, 604.0
    pen.line([(start, 20), (start, 210), (end, 210)], line=1)
    pen.text(start - 6, 24, number(top, 2), size=10, anchor="end")
    pen.text(start - 6, 208, number(low, 2), size=10, anchor="end")
    ends = f"{number(panel.at[0])} to {number(panel.at[-1])}"
    pen.text((start + end) / 2, 226, f"output, over {panel.over} from {ends}", size=11)
    for k in range(min(panel.outputs.shape[1], 4)):
        column = np.clip(np.nan_to_num(panel.outputs[:, k]), low, top)
        xs = start + (end - start) * (panel.at - panel.at[0]) / (np.ptp(panel.at) or 1)
        ys = 210 - 190 * (column - low) / (top - low)
        pen.line(
            zip(xs, ys, strict=True),
            colour=INK if trace else stroke(k + 2).colour,
            line=7 if trace else 2,
            strength=0.3 if trace else 1,
            dashes="" if trace else ("", "6 3", "2 3", "8 2 2 2")[k],
        )


def _moved(panel: Rescaled, first: Rescaled) -> str:
    by = float(np.max(np.abs(panel.outputs - first.outputs)))
    return "stays" if by < 1e-6 else f"moves by up to {number(by, 2)}"


def _reach(values: np.ndarray) -> tuple[float, float]:
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    margin = 0.15 * (high - low) + 1e-3
    return low - margin, high + margin


def _rescaling_told(panels: list[Rescaled], j: int, unit: int) -> str:
    moved = max(float(np.max(np.abs(p.outputs - panels[0].outputs))) for p in panels)
    told = [
        f"for alpha {number(p.alpha)} incoming {_list(p.coming)}, outgoing {_list(p.going)}"
        for p in panels
    ]
    return (
        f"One unit, number {unit} of hidden layer {j}, rescaled by "
        f"{listing(number(p.alpha) for p in panels)}: bars show its weights, a curve the outputs. "
        f"{'; '.join(told)}. The outputs "
        + ("stay the same." if moved < 1e-6 else f"move by up to {number(moved)}.")
    )


def _list(values: np.ndarray) -> str:
    return "(" + ", ".join(number(v) for v in values[:8]) + ", …" * (len(values) > 8) + ")"
