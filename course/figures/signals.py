"""How large a net's signals are, layer by layer: too small, too large, or right."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course.figures.curves import draw_lines
from course.figures.drawing.labels import counted, listing, number
from course.figures.drawing.picture import Picture, plotted
from course.figures.drawing.style import BLUE, VERMILLION, canvas, styled
from course.nn.arguments import floats, refuse, whole

BINS = 61


@styled
def plot_depths(
    outputs: Mapping[Any, Sequence[Any]],
    *,
    layers: Sequence[int] | None = None,
    title: str = "",
) -> Picture:
    """Draw histograms of a net's outputs layer by layer, a row of them for each scale of weights.

    outputs: {scale: what forward returned}, such as
    {s: forward(net_of(s), X, acts) for s in scales}.  layers: which to show; without it, all.
    A row's histograms have the same axis, and each shows the standard deviation. If most numbers
    are at the ends, or all in one spot, it is drawn in vermillion and says so.
    """
    table = _layers(outputs)
    last = len(next(iter(table.values()))) - 1
    places = range(last + 1) if layers is None else [whole("layers", j, 0, last) for j in layers]
    if not places:
        raise refuse("layers", "at least one", "none")
    table = {scale: [Hs[j] for j in places] for scale, Hs in table.items()}
    depth = len(places)
    figure, axes = canvas(1.3 * depth + 0.6, 1.15 * len(table) + 0.5, len(table), depth)
    told = []
    for row, (scale, Hs) in zip(axes, table.items(), strict=True):
        finite = [H[np.isfinite(H)] for H in Hs]
        reach = _reach(finite)
        for j, given, H, ax in zip(places, Hs, finite, row, strict=True):
            _paint_histogram(ax, H, reach, flaw(H, j, given.size - H.size))
        row[0].set_ylabel(str(scale), rotation=0, ha="right", va="center", fontsize=9)
        told.append(f"{scale}: {', '.join(map(_spread, finite))}")
    for j, ax in zip(places, axes[0], strict=True):
        ax.set_title(f"$H_{{{j}}}$", fontsize=9)
    if title:
        figure.suptitle(title, fontsize=11)
    alt = (
        f"{title}. "
        * bool(title)
        + f"Histograms of the outputs of {counted(depth, 'layer')}, from left to right "
        f"{listing(f'H_{j}' for j in places)}, a line for each of {listing(table)}. Standard "
        f"deviations, layer by layer: {'; '.join(told)}."
    )
    return plotted(figure, alt)


@styled
def plot_scales(
    scales: Mapping[Any, Sequence[float]],
    *,
    start: int = 0,
    ylabel: str = "standard deviation",
    title: str = "",
) -> Picture:
    """Draw how a signal grows or fades with depth, a curve for each scale of weights.

    scales: {name: numbers, one for each layer}, such as what activation_scales returned.
    start: the first number's layer, such as 1 for what gradient_scales returned.
    The vertical axis is logarithmic.
    """
    if not isinstance(scales, Mapping) or not scales:
        raise refuse("scales", "{name: numbers}, at least one", repr(scales)[:60])
    named = {}
    for name, ys in scales.items():
        ys = floats(f"scales[{name!r}]", ys, ("d",))
        named[str(name)] = (start + np.arange(len(ys)), np.where(ys > 0, ys, np.nan))
    figure, axes = canvas(6.2, 3.7)
    ax = axes[0, 0]
    draw_lines(ax, named)
    ax.set(xlabel="layer", ylabel=ylabel, title=title, yscale="log")
    ax.grid(True)
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    told = "; ".join(
        f"{k} goes from {number(ys[0])} to {number(ys[-1])}" for k, (_, ys) in named.items()
    )
    alt = f"{title}. " * bool(title) + f"The {ylabel} by layer: {told}."
    return plotted(figure, alt)


def _reach(outputs: list[np.ndarray]) -> float:
    """The end of a row's histograms: a round number that hardly any output exceeds."""
    ends = [float(np.percentile(np.abs(H), 99.5)) for H in outputs if H.size]
    end = max([*ends, 1e-6])
    digit = 10.0 ** np.floor(np.log10(end))
    return float(np.ceil(end / digit) * digit)


def _spread(H: np.ndarray) -> str:
    return number(H.std() if H.size else np.nan, 2)


def _paint_histogram(ax: Axes, H: np.ndarray, reach: float, word: str) -> None:
    """Draw a layer's outputs with their standard deviation, and a word if they are in trouble."""
    counts, edges = np.histogram(np.clip(H, -reach, reach), BINS, (-reach, reach))
    ax.stairs(
        counts / max(counts.max(), 1),
        edges,
        fill=True,
        color=VERMILLION if word else BLUE,
        hatch="///" if word else None,
        alpha=0.85,
    )
    ax.set(ylim=(0, 1.35), yticks=[], xlim=(-reach, reach), xticks=[-reach, 0, reach])
    ax.set_xticklabels([number(-reach), "0", number(reach)], fontsize=7)
    ax.tick_params(length=2, pad=1)
    ax.spines["left"].set_visible(False)
    ax.text(0.03, 0.99, _spread(H), transform=ax.transAxes, va="top", fontsize=8)
    if word:
        ax.text(0.97, 0.99, word, transform=ax.transAxes, va="top", ha="right", fontsize=7)


def flaw(H: np.ndarray, j: int, lost: int) -> str:
    """A word for what is wrong with a layer's outputs, or none; the input is never wrong."""
    if lost:
        return "overflow"
    if j == 0 or not H.size:
        return ""
    if H.std() < 0.02:
        return "faded"
    top = np.abs(H).max()
    if np.mean(np.abs(H) > 0.9 * top) > 0.5:
        return "stuck"
    return "exploded" if H.std() > 50 else ""


def _layers(outputs: Any) -> dict[str, list[np.ndarray]]:
    if not isinstance(outputs, Mapping) or not outputs:
        raise refuse("outputs", "{scale: [H_0, …, H_d]}", repr(outputs)[:60])
    table = {
        str(scale): [floats(f"outputs[{scale!r}][{j}]", H) for j, H in enumerate(Hs)]
        for scale, Hs in outputs.items()
    }
    lengths = {len(Hs) for Hs in table.values()}
    if len(lengths) != 1 or 0 in lengths or any(not H.size for Hs in table.values() for H in Hs):
        raise refuse("outputs", "the same number of layers for each scale", f"{sorted(lengths)}")
    return table
