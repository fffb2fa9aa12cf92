"""Small pictures in rows: examples, weights seen as pictures, and what a net got wrong."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course.figures.drawing.labels import counted, listing, number
from course.figures.drawing.picture import Picture, plotted
from course.figures.drawing.style import BLUE, INK, SIGNED, VERMILLION, canvas, quiet_axes, styled
from course.nn.arguments import floats, refuse, whole
from course.nn.arguments import rows as matching_rows

MOST = 60


@styled
def plot_images(
    images: Any,
    titles: Sequence[Any] | None = None,
    *,
    columns: int = 10,
    rows: Sequence[str] | None = None,
    signed: bool = False,
    title: str = "",
    says: str = "",
) -> Picture:
    """Draw pictures in rows, each with a few words above it.

    images: one per row, (n, side²), or (n, height, width).  titles: words for each.  columns: the
    number of images side by side.  rows: words to the left of each line.  signed: the numbers may
    be negative, as weights are: blue below zero, vermillion above, each image with its own scale;
    otherwise dark is ink.  says: what the images show, for readers who can't see it.
    """
    pictures = _pictures(images)
    words = None if titles is None else [str(t) for t in titles]
    if words is not None and len(words) != len(pictures):
        raise refuse("titles", f"{len(pictures)}, one for each image", f"{len(words)}")
    figure = _gallery(pictures, words, columns, signed, title, None, rows)
    alt = (
        f"{title}. " * bool(title) + f"{counted(len(pictures), 'small picture')} of "
        f"{pictures.shape[1]} by {pictures.shape[2]} pixels"
        + (f", in lines called {listing(rows)}" if rows else "")
        + (f": {', '.join(words)}." if words else ".")
        + f" {says}"
    )
    return plotted(figure, alt)


@styled
def plot_mistakes(
    X: Any, y: Any, y_hat: Any, *, scores: Any = None, most: int = 20, columns: int = 10
) -> Picture:
    """Draw the digits that your net gets wrong, the surest mistakes first.

    X: images, one per row, (n, side²).  y: what they show.  y_hat: your net's answers.
    scores: your net's outputs, (n, k); without them the mistakes are in the order of X.
    """
    pictures = _pictures(X, None)
    y, y_hat = (
        np.asarray(matching_rows("y", y, len(pictures))),
        np.asarray(matching_rows("y_hat", y_hat, len(pictures))),
    )
    if y.shape != y_hat.shape or y.ndim != 1:
        raise refuse("y_hat", f"one label each, shape {y.shape}", f"shape {y_hat.shape}")
    wrong = np.flatnonzero(y != y_hat)
    most = whole("most", most, 1, MOST)
    if scores is not None:
        scores = floats("scores", scores)
        if scores.ndim != 2 or len(scores) != len(y):
            raise refuse("scores", f"shape ({len(y)}, k)", f"shape {scores.shape}")
        lead = scores[wrong, y_hat[wrong].astype(int)] - scores[wrong, y[wrong].astype(int)]
        wrong = wrong[np.argsort(-lead, kind="stable")]
    shown = wrong[:most]
    words = [f"{y[i]} → {y_hat[i]}" for i in shown]
    heading = f"{len(wrong)} of {len(y)} wrong" + f", {len(shown)} shown" * (
        len(shown) < len(wrong)
    )
    if len(shown):
        figure = _gallery(pictures[shown], words, columns, False, heading, VERMILLION)
    else:
        figure, axes = canvas(4, 0.8)
        quiet_axes(axes[0, 0])
        axes[0, 0].text(0.5, 0.5, f"none of {len(y)} wrong", ha="center", color=BLUE)
    alt = f"Pictures that the net gets wrong: {heading}. " + (
        f"True label and what the net said: {', '.join(words)}." if words else ""
    )
    return plotted(figure, alt)


@styled
def plot_two_groups(
    values: Any,
    is_first: Any,
    *,
    names: Sequence[str] = ("yes", "no"),
    at: float = 0.0,
    xlabel: str = "z = w · x",
) -> Picture:
    """Draw how a number is spread in two groups, and the border that should tell them apart.

    values: a number for each example.  is_first: True where the example is of the first group.
    names: the groups' names.  at: the border.
    """
    values = floats("values", values, ("n",))
    first = np.asarray(matching_rows("is_first", is_first, len(values))).astype(bool)
    if first.shape != values.shape or len(names) != 2:
        raise refuse("is_first", f"shape {values.shape}, and two names", f"shape {first.shape}")
    figure, axes = canvas(5.6, 3.2)
    ax = axes[0, 0]
    bins = np.linspace(float(values.min()), float(values.max()) + 1e-9, 41)
    ax.hist(values[~first], bins, color=BLUE, alpha=0.6, label=str(names[1]))
    ax.hist(
        values[first],
        bins,
        color=VERMILLION,
        histtype="step",
        hatch="////",
        linewidth=1.5,
        label=str(names[0]),
    )
    ax.axvline(at, color=INK, linewidth=1.5)
    ax.set(xlabel=xlabel, ylabel="how many")
    ax.legend()
    right = int(np.sum((values > at) == first))
    alt = (
        f"Two histograms of {xlabel}: {int(first.sum())} {names[0]}, hatched, "
        f"{_mean(values[first])}, and {int((~first).sum())} {names[1]}, {_mean(values[~first])}. "
        f"A line at {number(at)} has {right} of {len(values)} on the right side."
    )
    return plotted(figure, alt)


def _mean(values: np.ndarray) -> str:
    return f"with mean {number(values.mean())}" if values.size else "none"


def _pictures(images: Any, most: int | None = MOST) -> np.ndarray:
    images = floats("images", images)
    if images.ndim == 2:
        side = round(images.shape[1] ** 0.5)
        if side * side != images.shape[1] or not images.size:
            raise refuse("images", "rows of side² pixels", f"shape {images.shape}")
        images = images.reshape(-1, side, side)
    if images.ndim != 3 or not images.size:
        raise refuse("images", "shape (n, side²) or (n, height, width)", f"shape {images.shape}")
    if most is not None and len(images) > most:
        raise refuse("images", f"at most {most}", f"{len(images)}")
    return images


def _gallery(
    pictures: np.ndarray,
    words: Any,
    columns: int,
    signed: bool,
    title: str,
    colour: str | None,
    names: Sequence[str] | None = None,
) -> Any:
    columns = min(whole("columns", columns, 1), len(pictures))
    lines = -(-len(pictures) // columns)
    if names is not None and len(names) != lines:
        raise refuse("rows", f"words for {counted(lines, 'line')}", f"{len(names)}")
    size = 0.85 if columns > 4 else 1.7
    height = (size + 0.28 * (words is not None)) * lines + 0.35 * bool(title)
    room = 0.09 * max((len(str(name)) for name in names or ()), default=0)
    figure, axes = canvas(max(size * columns, 1.8) + room, height, lines, columns)
    for ax, name in zip(axes[:, 0], names or (), strict=False):
        ax.set_ylabel(str(name), rotation=0, ha="right", va="center")
    for ax in axes.flat:
        quiet_axes(ax)
    listed = words or [None] * len(pictures)
    for ax, picture, word in zip(axes.flat, pictures, listed, strict=False):
        if signed:
            reach = float(np.nanmax(np.abs(picture))) or 1.0
            ax.imshow(picture, cmap=SIGNED, vmin=-reach, vmax=reach)
        else:
            ax.imshow(picture, cmap="Greys", vmin=0, vmax=max(1.0, float(np.nanmax(picture))))
        if word is not None:
            ax.set_title(word, fontsize=9, pad=3, **({"color": colour} if colour else {}))
    if title:
        figure.suptitle(title, fontsize=11)
    return figure
