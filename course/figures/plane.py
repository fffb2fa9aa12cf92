"""The values of a function of two inputs all over the plane, drawn as a surface in colours.

The function is yours: it gets points as rows, (n, 2), and returns a number for each.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from course.figures.drawing.labels import counted, listing, number
from course.figures.drawing.picture import Picture, plotted
from course.figures.drawing.style import (
    BLUE,
    GREEN,
    INK,
    PURPLE,
    SURFACE,
    VERMILLION,
    canvas,
    styled,
)
from course.nn.arguments import floats, function, refuse, rows

SIDE = 61  # points along each side of the grid
LEVELS = 12
FEW = 12  # up to this many examples are drawn large, in a small frame
COLOURS = (BLUE, VERMILLION, GREEN, PURPLE)
MARKERS = "osD^vP*X<>"
HALO = [withStroke(linewidth=4, foreground="white")]


@styled
def plot_response(
    neuron: Callable,
    ws: Any,
    h: Callable,
    *,
    reach: float = 3.0,
    title: str = "",
) -> Picture:
    """Draw your neuron's output at every point of the plane, with w as an arrow.

    neuron: your function (w, x, h) ↦ number.  ws: one w of two numbers, or several, a panel each.
    h: the activation.  reach: the panels go from −reach to reach.
    """
    function("neuron", neuron)
    function("h", h)
    ws = np.atleast_2d(floats("ws", ws))
    if ws.ndim != 2 or ws.shape[1] != 2 or not len(ws):
        raise refuse("ws", "one or several w of 2 numbers", f"shape {ws.shape}")
    panels = {
        f"w = ({number(w[0])}, {number(w[1])})": _pointwise(lambda x, w=w: neuron(w, x, h))
        for w in ws
    }
    spread = {k: surface(f, (-reach, reach, -reach, reach), 41) for k, f in panels.items()}
    figure, axes = _panels(spread, (-reach, reach, -reach, reach), title, "the neuron's output")
    for ax, w in zip(axes, ws, strict=True):
        size = max(float(np.hypot(*w)), 1e-12)
        _arrow(ax, (0, 0), w * min(1.0, 0.85 * reach / size), "w")
    alt = (
        f"{title}. "
        * bool(title)
        + f"The neuron's output over the plane in {counted(len(ws), 'panel')}, with w as an arrow "
        "from the origin. "
        + " ".join(
            f"For {k} it goes from {_span(Z)}{_steps_told(panels[k], w)}."
            for (k, Z), w in zip(spread.items(), ws, strict=True)
        )
    )
    return plotted(figure, alt)


@styled
def plot_bias(
    neuron: Callable, biases: Sequence[float] = (-2.0, 0.0, 2.0), *, reach: float = 3.0
) -> Picture:
    """Draw how a bias moves a neuron's boundary, a panel for each bias.

    neuron: your function (X, bias) ↦ (n,) or (n, 1), such as
    lambda X, b: dense(X, a, [[b]], np.tanh).  biases: the biases.  reach: half a panel's side.
    The boundary, where the output crosses zero, is drawn thick; without bias it is dotted.
    """
    function("neuron", neuron)
    biases = floats("biases", biases, ("m",))
    box = (-reach, reach, -reach, reach)
    spread = {f"b = {number(b)}": surface(lambda X, b=b: neuron(X, float(b)), box) for b in biases}
    start = surface(lambda X: neuron(X, 0.0), box)
    figure, axes = _panels(spread, box, "", "the neuron's output")
    side = np.linspace(-reach, reach, SIDE)
    for ax, Z in zip(axes, spread.values(), strict=True):
        contour(ax, side, side, start, 0.0, "#1c1c1c", "-", 3.4)
        contour(ax, side, side, start, 0.0, "white", ":", 1.8)
        contour(ax, side, side, Z, 0.0, "white", "-", 5.0)
        contour(ax, side, side, Z, 0.0, VERMILLION, "-", 2.6)
    alt = (
        "A neuron's output over the plane for biases "
        f"{listing(number(b) for b in biases)}. A thick line is the boundary, where the output "
        "crosses zero, a dotted one the boundary without bias. The thick line meets the x_1 axis: "
        + "; ".join(f"for b = {number(b)} {_crossing(neuron, b, reach)}" for b in biases)
        + "."
    )
    return plotted(figure, alt)


@styled
def plot_boundary(
    f: Callable,
    X: Any,
    y: Any,
    *,
    level: float = 0.0,
    title: str = "",
    labels: Sequence[str] | None = None,
) -> Picture:
    """Draw how your classifier divides the plane, and the examples that it should tell apart.

    f: your function: points (n, 2) ↦ one score each, (n,) or (n, 1), or one for each class, (n, k).
    X, y: the examples, (n, 2), and their labels 0, 1, …  level: the single score at which label 0
    becomes label 1 (0 for scores, 0.5 for probabilities).  labels: a name for each label.
    """
    function("f", f)
    X, y = examples(X, y)
    box = frame_of(X)
    few = len(X) <= FEW
    figure, axes = canvas(*size_for(box, 3.0 if few else 4.4), layout="compressed")
    ax = axes[0, 0]
    paint_regions(ax, f, box, level)
    scatter(ax, X, y, labels, size=110 * few)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", title=title, aspect="equal")
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    said = predicted_labels(f(X), level, len(X))
    right = float(np.mean(said == y))
    counts = listing(
        f"{int(np.sum(y == c))} with {_named(labels, k, c)}" for k, c in enumerate(np.unique(y))
    )
    alt = (
        f"{title}. " * bool(title) + f"{len(X)} points in the plane, {counts}, each label with its "
        f"own marker. The plane is shaded by what the classifier says, and a line marks where it "
        f"changes its mind; {right:.0%} of the points lie on the right side."
    )
    return plotted(figure, alt)


def examples(X: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Points in the plane and their whole-numbered labels."""
    X = floats("X", X, ("n", 2))
    y = rows("y", y, len(X)).reshape(len(X), -1)
    if y.shape[1] != 1 or not np.array_equal(y, np.round(y)):
        raise refuse("y", "one whole-numbered label for each row of X", f"shape {y.shape}")
    return X, y[:, 0].astype(int)


def scatter(
    ax: Axes, X: np.ndarray, y: np.ndarray, labels: Sequence[str] | None = None, size: float = 0
) -> None:
    """Put labelled points on a surface: a colour and a marker for each label."""
    small = max(10.0, min(42.0, 3600 / len(X)))
    for k, c in enumerate(np.unique(y)):
        name = _named(labels, k, c)
        look = {"marker": MARKERS[k % 10], "s": size or small, "color": COLOURS[k % 4]}
        edge = {"edgecolor": "white", "linewidth": 0.8} if size else {"linewidth": 0}
        ax.scatter(*X[y == c].T, label=name, zorder=3, **look, **edge)


def frame_of(X: np.ndarray) -> tuple[float, float, float, float]:
    """A frame around points, with a margin."""
    low, high = np.nanmin(X, axis=0), np.nanmax(X, axis=0)
    margin = 0.12 * np.maximum(high - low, 1e-9) + 0.05
    (x0, y0), (x1, y1) = low - margin, high + margin
    return float(x0), float(x1), float(y0), float(y1)


def size_for(box: tuple[float, float, float, float], across: float = 4.4) -> tuple[float, float]:
    """The inches that a frame needs with its labels and a legend beside it."""
    x0, x1, y0, y1 = box
    aspect = min(max((y1 - y0) / (x1 - x0), 0.4), 1.6)
    wide = across if aspect < 1 else across / aspect
    return wide + 1.7, wide * aspect + 0.9


def paint_regions(ax: Axes, f: Callable, box: tuple, level: float, side: int = 121) -> None:
    """Shade the plane by a classifier's answers and draw the line where they change."""
    x, y = np.linspace(*box[:2], side), np.linspace(*box[2:], side)
    scores = scores_table(f(grid_points(box, side)), side * side, "f")
    if scores.shape[1] == 1:
        Z = scores.reshape(side, side) - level
        # The shades differ in strength too: grey print has nothing else to tell them apart.
        shades = [to_rgba(BLUE, 0.1), to_rgba(VERMILLION, 0.26)]
        ax.contourf(x, y, Z, levels=[-np.inf, 0, np.inf], colors=shades)
        contour(ax, x, y, Z, 0.0, INK, "-", 2.0)
        return
    said = scores.argmax(axis=1).reshape(side, side)
    for c in np.unique(said):
        others = np.delete(scores, c, axis=1).max(axis=1)
        lead = (scores[:, c] - others).reshape(side, side)
        ax.contourf(x, y, lead, levels=[0, np.inf], colors=[COLOURS[c % 4]], alpha=0.16)
        contour(ax, x, y, lead, 0.0, INK, "-", 1.6)


def predicted_labels(scores: Any, level: float, n: int) -> np.ndarray:
    """The label that scores mean: above the level or not, or the largest of a row."""
    scores = scores_table(scores, n, "f")
    return scores.argmax(axis=1) if scores.shape[1] > 1 else (scores[:, 0] > level).astype(int)


def grid_points(box: tuple, side: int) -> np.ndarray:
    """The points of a square grid over a box, as rows."""
    x, y = np.meshgrid(np.linspace(*box[:2], side), np.linspace(*box[2:], side))
    return np.column_stack([x.ravel(), y.ravel()])


def surface(f: Callable, box: tuple, side: int = SIDE) -> np.ndarray:
    """The values of a function of points all over a box."""
    return column(f(grid_points(box, side)), side * side, "the function").reshape(side, side)


def _pointwise(f: Callable) -> Callable:
    def on_rows(X: np.ndarray) -> np.ndarray:
        return np.array([number_of(f(x)) for x in X])

    return on_rows


def number_of(answer: Any) -> float:
    """The answer of a student's function for one point, as a number."""
    value = floats("what the function returned", answer)
    if value.size != 1:
        raise refuse("what the function returned", "one number", f"shape {value.shape}")
    return float(value.reshape(()))


def scores_table(answer: Any, n: int, name: str) -> np.ndarray:
    """The answer of a student's function for n points, as a table with n rows."""
    table = floats(f"what {name} returned", answer)
    if table.ndim not in (1, 2) or len(table) != n:
        raise refuse(f"what {name} returned", f"{n} rows", f"shape {table.shape}")
    return table.reshape(n, -1)


def column(answer: Any, n: int, name: str) -> np.ndarray:
    """The answer of a student's function for n points, if it is a number for each."""
    table = scores_table(answer, n, name)
    if table.shape[1] != 1:
        raise refuse(f"what {name} returned", "one number for each point", f"shape {table.shape}")
    return table[:, 0]


def _panels(spread: Mapping[str, np.ndarray], box: tuple, title: str, meaning: str) -> tuple:
    m = len(spread)
    lines = -(-m // 3)  # three panels are as wide as a page
    across = -(-m // lines)
    size = 1.3 + 2.75 * across, 0.3 + 2.9 * lines + 0.3 * bool(title)
    figure, axes = canvas(*size, lines, across, "compressed", sharex=True, sharey=True)
    finite = [Z[np.isfinite(Z)] for Z in spread.values()]
    low = min((float(Z.min()) for Z in finite if Z.size), default=0.0)
    high = max((float(Z.max()) for Z in finite if Z.size), default=1.0)
    levels = np.linspace(low, high if high > low else low + 1, LEVELS + 1)
    for ax, (name, Z) in zip(axes.flat, spread.items(), strict=False):
        x, y = np.linspace(*box[:2], Z.shape[1]), np.linspace(*box[2:], Z.shape[0])
        stripes = ax.contourf(x, y, Z, levels=levels, cmap=SURFACE)
        ax.set(title=name, aspect="equal")
    for ax in axes.flat[m:]:
        ax.set_visible(False)
    for ax in axes[-1]:
        ax.set_xlabel("$x_1$")
    for ax in axes[:, 0]:
        ax.set_ylabel("$x_2$")
    bar = figure.colorbar(
        stripes, ax=list(axes.flat), label=meaning, shrink=0.9, ticks=MaxNLocator(5)
    )
    bar.outline.set_visible(False)
    if title:
        figure.suptitle(title, fontsize=12)
    return figure, list(axes.flat[:m])


def contour(
    ax: Axes,
    x: np.ndarray,
    y: np.ndarray,
    Z: np.ndarray,
    at: float,
    colour: str,
    dashes: str,
    line: float,
) -> None:
    """A level line, if there is one: a constant surface has none, and that is no fault."""
    if np.nanmin(Z) < at < np.nanmax(Z):
        ax.contour(x, y, Z, levels=[at], colors=[colour], linestyles=[dashes], linewidths=[line])


def _arrow(ax: Axes, start: tuple, end: Any, name: str) -> None:
    look = {"arrowstyle": "-|>,head_width=0.35,head_length=0.7", "color": VERMILLION, "lw": 3}
    look |= {"path_effects": [withStroke(linewidth=5, foreground="white")], "shrinkA": 0}
    ax.annotate("", end, start, arrowprops=look)
    along = np.asarray(end) / max(float(np.hypot(*np.asarray(end))), 1e-12)
    ax.annotate(
        name,
        end,
        xytext=12 * along,
        textcoords="offset points",
        ha="center",
        va="center",
        color="#1c1c1c",
        weight="bold",
        path_effects=HALO,
    )


def _named(labels: Sequence[str] | None, k: int, label: Any) -> str:
    return f"label {label}" if labels is None else str(list(labels)[k])


def _steps_told(f: Callable, w: np.ndarray) -> str:
    """A neuron's outputs at the origin, along w and across it: whether it paints stripes."""
    size = float(np.hypot(*w))
    if not size:
        return ""
    along = w / size
    said = f(np.array([(0.0, 0.0), along, (-along[1], along[0])]))
    # Across w the sum is 0 except for the last digit, which machines round differently.
    middle, up, aside = np.round(said, 12)
    return (
        f": {number(middle)} at the origin, {number(up)} one step along w, {number(aside)} one "
        "step across it"
    )


def _crossing(neuron: Callable, bias: float, reach: float) -> str:
    """Where the output crosses zero on the axis of the first input."""
    t = np.linspace(-reach, reach, 241)
    z = column(neuron(np.column_stack([t, np.zeros_like(t)]), float(bias)), len(t), "neuron")
    if not np.nanmin(z) < 0 < np.nanmax(z):
        return "nowhere"
    k = int(np.flatnonzero(np.sign(z[1:]) != np.sign(z[:-1]))[0])
    return f"at {number(t[k] - z[k] * (t[k + 1] - t[k]) / (z[k + 1] - z[k]), 2)}"


def _span(Z: np.ndarray) -> str:
    return f"{number(np.nanmin(Z))} to {number(np.nanmax(Z))}"
