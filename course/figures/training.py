"""How training went: loss by epoch, bands over several runs, confusion, a boundary that moves."""

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.image import imsave
from matplotlib.patches import Rectangle

from course.figures.curves import draw_lines
from course.figures.drawing.film import Film
from course.figures.drawing.labels import counted, listing, number
from course.figures.drawing.picture import Picture, plotted, svg_of
from course.figures.drawing.style import (
    BLUE,
    GREEN,
    PIXELS_PER_INCH,
    PURPLE,
    VERMILLION,
    canvas,
    stroke,
    styled,
)
from course.figures.plane import (
    examples,
    frame_of,
    grid_points,
    predicted_labels,
    scatter,
    scores_table,
    size_for,
)
from course.nn.arguments import class_labels, floats, function, refuse, rows

FIELD = 72  # pixels along a side of a frame's background
FRAMES = 40
COLOURS = (BLUE, VERMILLION, GREEN, PURPLE)


@styled
def plot_history(
    histories: Any,
    *,
    ylabel: str = "loss",
    title: str = "",
    log: bool = False,
) -> Picture:
    """Draw learning curves.

    histories: what train returned as history, or {name: numbers, one for each epoch}, such as
    {"training": …, "held out": …}.  log: a logarithmic vertical axis.
    """
    given = histories if isinstance(histories, Mapping) else {ylabel: histories}
    if not given:
        raise refuse("histories", "at least one", "none")
    named = {}
    for name, ys in given.items():
        ys = floats(f"histories[{name!r}]", ys, ("epochs",))
        named[str(name)] = (np.arange(1, len(ys) + 1), ys)
    figure, axes = canvas(6.2, 3.5)
    ax = axes[0, 0]
    draw_lines(ax, named)
    ax.set(xlabel="epoch", ylabel=ylabel, title=title)
    if log:
        ax.set_yscale("log")
    ax.grid(True)
    if len(named) > 1:
        ax.legend()
    told = [
        f"{name} from {number(ys[0])} to {number(ys[-1])}"
        + (_range(ys) if np.isfinite(ys).any() else "")
        for name, (_, ys) in named.items()
    ]
    alt = (
        f"{title}. " * bool(title) + f"Learning curves of {ylabel} over epochs: {'; '.join(told)}."
    )
    return plotted(figure, alt)


@styled
def plot_bands(
    runs: Mapping[Any, Any],
    *,
    xlabel: str = "epoch",
    ylabel: str = "loss",
    title: str = "",
    log: bool = False,
) -> Picture:
    """Draw several runs of each kind as a band: the median, and around it the middle 80%.

    runs: {name: histories}, histories one row per run, such as {"batch 1": [history, …], …}.
    """
    if not isinstance(runs, Mapping) or not runs:
        raise refuse("runs", "{name: histories}, at least one", repr(runs)[:60])
    figure, axes = canvas(6.6, 3.9)
    ax, told = axes[0, 0], []
    for k, (name, given) in enumerate(runs.items()):
        table = np.atleast_2d(floats(f"runs[{name!r}]", given))
        if table.ndim != 2 or not table.size:
            raise refuse(
                f"runs[{name!r}]", "one row per run, all of equal length", f"{table.shape}"
            )
        low, middle, high = np.nanpercentile(table, [10, 50, 90], axis=0)
        x, look = np.arange(1, table.shape[1] + 1), stroke(k)
        ax.fill_between(x, low, high, color=look.colour, alpha=0.18, linewidth=0)
        ax.plot(
            x,
            middle,
            color=look.colour,
            linestyle=look.dashes,
            marker=look.marker,
            markevery=max(1, len(x) // 8),
            label=str(name),
        )
        for edge in (low, high):
            ax.plot(x, edge, color=look.colour, linewidth=0.6, alpha=0.7)
        told.append(
            f"{name}: median {number(middle[0])} at the start, {number(middle[-1])} at the end, "
            f"where the band is {number(low[-1])} to {number(high[-1])} over "
            f"{counted(len(table), 'run')}"
        )
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    if log:
        ax.set_yscale("log")
    ax.grid(True)
    ax.legend()
    alt = f"{title}. " * bool(title) + f"Bands of {ylabel} over {xlabel}. {'; '.join(told)}."
    return plotted(figure, alt)


@styled
def plot_confusion(y: Any, y_hat: Any, *, names: Sequence[Any] | None = None) -> Picture:
    """Draw which labels your net took for which.

    y: the true labels, integers from 0.  y_hat: your net's answers.  names: a name for each label.
    A row is a true label, a column an answer; right answers are on the diagonal.
    """
    y = np.asarray(y)
    if y.ndim != 1 or not y.size or y.dtype.kind not in "iu":
        raise refuse("y", "integer labels, (n,)", f"shape {y.shape} of type {y.dtype}")
    y_hat = np.asarray(rows("y_hat", y_hat, len(y)))
    k = max(int(y.max()), int(np.max(y_hat))) + 1 if names is None else len(list(names))
    y, y_hat = class_labels("y", y, len(y), k), class_labels("y_hat", y_hat, len(y), k)
    labels = [str(n) for n in (range(k) if names is None else names)]
    table = np.zeros((k, k), dtype=int)
    np.add.at(table, (y, y_hat), 1)
    side = 0.43 * k + 1.3
    figure, axes = canvas(max(side, 3.0), max(side - 0.2, 2.8))
    ax = axes[0, 0]
    _paint_table(ax, table)
    ax.set(
        xlim=(-0.5, k - 0.5),
        ylim=(k - 0.5, -0.5),
        aspect="equal",
        xlabel="what the net said",
        ylabel="true label",
        xticks=range(k),
        yticks=range(k),
    )
    ax.set_xticklabels(labels)
    ax.set_yticklabels(labels)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    worst = [
        f"{labels[i]} taken for {labels[c]} {counted(table[i, c], 'time')}"
        for i, c in _worst_mistakes(table)
    ]
    right = int(np.trace(table))
    alt = (
        f"Confusion matrix of {counted(k, 'label')}: {right} of {len(y)} right, on the diagonal. "
        + (f"Most frequent mistakes: {listing(worst)}." if worst else "No mistakes.")
    )
    return plotted(figure, alt)


@styled
def film_boundary(
    nets: Sequence[Any],
    f: Callable,
    X: Any,
    y: Any,
    *,
    level: float = 0.0,
    captions: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    title: str = "",
) -> Film:
    """Play a decision boundary that moves while a net is trained.

    nets: the nets kept during training, such as one after each epoch; at most 40 are shown.
    f: your function (net, points (n, 2)) ↦ scores, (n,), (n, 1) or (n, k).  X, y: the examples.
    level: the single score at which label 0 becomes label 1.  captions: words for each net.
    """
    function("f", f)
    X, y = examples(X, y)
    nets = list(nets)
    if not nets:
        raise refuse("nets", "at least one net", "none")
    numbered = [f"net {i} of {len(nets)}" for i in range(1, len(nets) + 1)]
    words = numbered if captions is None else list(captions)
    if len(words) != len(nets):
        raise refuse("captions", f"{len(nets)}, one for each net", f"{len(words)}")
    chosen = np.unique(np.linspace(0, len(nets) - 1, min(len(nets), FRAMES)).round().astype(int))
    box = frame_of(X)
    inches = size_for(box)
    figure, axes = canvas(*inches)
    ax = axes[0, 0]
    scatter(ax, X, y, labels)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", title=title, aspect="equal", xlim=box[:2], ylim=box[2:])
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    points = svg_of(figure)  # also finds out where the axes are
    frames, told = [], []
    for i in chosen:
        scores = scores_table(f(nets[i], grid_points(box, FIELD)), FIELD * FIELD, "f")
        right = float(np.mean(predicted_labels(f(nets[i], X), level, len(X)) == y))
        frames.append(_boundary_frame(ax, inches, scores, level))
        told.append(f"{words[i]}: {right:.0%} of the points right")
    shared = f'<g pointer-events="none">{points}</g>'
    alt = (
        f"{title}. " * bool(title) + f"{len(X)} points in the plane with "
        f"{counted(len(np.unique(y)), 'label')}; frame by frame the line moves at which the net "
        f"changes its mind. {told[0]}; {told[-1]}."
    )
    width, height = (inch * PIXELS_PER_INCH for inch in inches)
    return Film(alt, width, height, frames, told, backdrop=shared, pause=150)


def _paint_table(ax: Axes, table: np.ndarray) -> None:
    """Draw a confusion matrix's counts, each the darker the larger its share of the row."""
    share = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    for (i, c), count in np.ndenumerate(table):
        right = i == c
        strength = (0.12 + 0.5 * share[i, c]) * (1 if right else 2) if count else 0.0
        square = Rectangle((c - 0.47, i - 0.47), 0.94, 0.94, linewidth=0)
        square.set(facecolor=BLUE if right else VERMILLION, alpha=min(strength, 0.8))
        ax.add_patch(square)
        if count:
            weight = "normal" if right else "bold"
            ax.text(c, i, count, ha="center", va="center", fontsize=9, weight=weight)


def _worst_mistakes(table: np.ndarray) -> list[tuple[int, int]]:
    """Up to five pairs (true label, other label), the most frequent first."""
    wrong = [(i, c) for (i, c), count in np.ndenumerate(table) if i != c and count]
    return sorted(wrong, key=lambda pair: -table[pair])[:5]


def _boundary_frame(ax: Axes, inches: Sequence[float], scores: np.ndarray, level: float) -> str:
    """A net's answers all over the axes, shaded, and the lines where they change."""
    place = ax.get_position()
    width, height = (inch * PIXELS_PER_INCH for inch in inches)
    left, top = place.x0 * width, (1 - place.y1) * height
    wide, high = place.width * width, place.height * height
    lines = "".join(
        '<polyline fill="none" stroke="currentColor" stroke-width="2" points="'
        + " ".join(f"{left + wide * px:.1f},{top + high * (1 - py):.1f}" for px, py in line)
        + '"/>'
        for line in _boundary_lines(scores, level)
    )
    return (
        f'<image x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}" '
        f'preserveAspectRatio="none" href="{_field(scores, level)}"/>{lines}'
    )


def _field(scores: np.ndarray, level: float) -> str:
    """A frame's background as a data URL: a colour per label, stronger where the net is sure."""
    if scores.shape[1] == 1:
        lead = scores[:, 0] - level
        said = (lead > 0).astype(int)
    else:
        said = scores.argmax(axis=1)
        best = np.sort(scores, axis=1)
        lead = best[:, -1] - best[:, -2]
    sure = np.abs(lead) / max(float(np.nanpercentile(np.abs(lead), 90)), 1e-12)
    pixels = np.empty((len(scores), 4))
    pixels[:, :3] = np.array([to_rgb(COLOURS[c % 4]) for c in said])
    pixels[:, 3] = 0.08 + 0.3 * np.nan_to_num(np.minimum(sure, 1))
    pixels = np.round(pixels * 24) / 24  # fewer colours, a smaller file
    image = pixels.reshape(FIELD, FIELD, 4)[::-1]
    buffer = io.BytesIO()
    imsave(buffer, image, format="png", metadata={"Software": None})
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def _boundary_lines(scores: np.ndarray, level: float) -> list[np.ndarray]:
    """The lines at which the label changes, in parts of the frame from 0 to 1."""
    if scores.shape[1] == 1:
        leads = [scores[:, 0] - level]
    else:
        leads = [
            scores[:, c] - np.delete(scores, c, axis=1).max(axis=1) for c in range(scores.shape[1])
        ]
    _, axes = canvas(1, 1)
    side, lines = np.linspace(0, 1, FIELD), []
    for lead in leads:
        Z = lead.reshape(FIELD, FIELD)
        if np.isfinite(Z).all() and Z.min() < 0 < Z.max():
            for path in axes[0, 0].contour(side, side, Z, levels=[0]).allsegs[0]:
                lines.append(path[:: max(1, len(path) // 120)])
    return lines


def _range(ys: np.ndarray) -> str:
    return f", lowest {number(np.nanmin(ys))}, highest {number(np.nanmax(ys))}"
