"""A loss as a landscape: its valleys, the passes between them, and the ways down."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from course.figures.drawing.labels import counted, listing, number
from course.figures.drawing.picture import Picture, plotted
from course.figures.drawing.style import (
    BLUE,
    INK,
    PAPER,
    SURFACE,
    VERMILLION,
    canvas,
    stroke,
    styled,
)
from course.nn.arguments import Network, floats, function, network, refuse, whole

SIDE = 61
LEVELS = 16


@styled
def plot_landscape(
    loss: Callable,
    xs: tuple[float, float],
    ys: tuple[float, float],
    *,
    marks: Mapping[str, tuple[float, float]] | None = None,
    paths: Mapping[str, Any] | None = None,
    xlabel: str = "w",
    ylabel: str = "u",
    title: str = "",
    panels: bool = False,
) -> Picture:
    """Draw a loss of two numbers as a map, with marked places and the ways that training took.

    loss: your function (x, y) ↦ number.  xs, ys: the ends of each axis.  marks: {name: (x, y)}.
    paths: {name: points}, a row (x, y) after each step, such as one path for each batch size.
    panels: give each path its own map, to scale: side by side, or one below the other if wide.
    Dark is low. Colours follow the square root of the height, so that valleys show.
    """
    function("loss", loss)
    box = (*_ends("xs", xs), *_ends("ys", ys))
    x, y = np.linspace(*box[:2], SIDE), np.linspace(*box[2:], SIDE)
    Z = np.array([[_height(loss(float(a), float(b))) for a in x] for b in y])
    ways = {str(name): _way(name, points) for name, points in (paths or {}).items()}
    spots = {str(name): floats(f"marks[{name!r}]", p, (2,)) for name, p in (marks or {}).items()}
    maps = [{name: way} for name, way in ways.items()] if panels and ways else [ways]
    figure, axes = _room_for(len(maps), box) if panels else canvas(6.4, 4.3)
    for ax, shown in zip(axes.flat, maps, strict=True):
        hills = _relief(ax, x, y, Z)
        for name, points in shown.items():
            _trail(ax, list(ways).index(name), name, points)
        for k, (name, spot) in enumerate(spots.items()):
            _mark(ax, "*XPDv"[k % 5], name, spot, VERMILLION if k % 2 else PAPER)
        ax.set(xlabel=xlabel, ylabel=ylabel, xlim=box[:2], ylim=box[2:])
        if panels:
            ax.set_aspect("equal")
    _scale(figure, list(axes.flat), hills, Z)
    _named_below(figure, axes.flat)
    if title:
        figure.suptitle(title, fontsize=11)
    alt = f"{title}. " * bool(title) + _map_told(x, y, Z, xlabel, ylabel) + _told(ways, spots)
    return plotted(figure, alt)


@styled
def plot_descent(
    loss: Callable,
    slope: Callable,
    lrs: Sequence[float],
    *,
    start: float,
    steps: int = 5,
    xlabel: str = "w",
    title: str = "",
) -> Picture:
    """Draw the walks down a valley that different learning rates make, a panel for each.

    loss, slope: functions of one number.  lrs: the learning rates.  start: where every walk begins.
    steps: how many steps w − lr · slope(w) it takes.
    """
    function("loss", loss)
    function("slope", slope)
    lrs, steps = floats("lrs", lrs, ("k",)), whole("steps", steps, 1)
    walks = []
    for lr in lrs:
        walk = [float(floats("start", start, ()))]
        for _ in range(steps):
            walk.append(walk[-1] - float(lr) * _height(slope(walk[-1])))
        walks.append(np.array(walk))
    reach = 1.05 * max(float(np.abs(walk).max()) for walk in walks) or 1.0
    valley = np.linspace(-reach, reach, 121)
    depth = [_height(loss(float(w))) for w in valley]
    figure, axes = canvas(2.3 * len(lrs) + 0.5, 2.7, 1, len(lrs), sharey=True)
    told = []
    for ax, lr, walk in zip(axes[0], lrs, walks, strict=True):
        heights = [_height(loss(float(w))) for w in walk]
        ax.plot(valley, depth, color=INK, linewidth=1.2)
        ax.plot(walk, heights, "o--", color=VERMILLION, linewidth=1.4)
        ax.plot(walk[0], heights[0], "s", color=BLUE, markersize=8)
        ax.set(title=f"lr = {number(lr)}", xlabel=xlabel)
        told.append(f"{number(walk[-1])} with {number(lr)} (loss {number(heights[-1])})")
    axes[0, 0].set_ylabel("loss")
    if title:
        figure.suptitle(title, fontsize=11)
    alt = (
        f"{title}. " * bool(title) + f"A valley, drawn once for each learning rate, and in it a "
        f"walk from {xlabel} = {number(walks[0][0])}, a square, where the loss is "
        f"{number(_height(loss(walks[0][0])))}. After {counted(steps, 'step')}, dots joined by "
        f"dashes, {xlabel} is {listing(told)}."
    )
    return plotted(figure, alt)


@styled
def plot_slice(
    loss: Callable,
    nets: Sequence[Any],
    *,
    names: Sequence[str] | None = None,
    side: int = 41,
    title: str = "",
) -> Picture:
    """Draw the loss on the plane through three nets, such as a net and two of its permutations.

    loss: your function net ↦ number.  nets: three (As, Bs) of the same shapes, not on one line.
    names: a name for each.  side: how many points along each side of the map.
    """
    function("loss", loss)
    nets = _alike(nets)
    if len(nets) != 3:
        raise refuse("nets", "three", f"{len(nets)}")
    names = [f"net {k}" for k in range(3)] if names is None else [str(n) for n in names]
    spots = _plane_through(nets)
    margin = 0.3 * max(spots[1, 0], spots[2, 1])
    low, high = spots.min(axis=0) - margin, spots.max(axis=0) + margin
    x, y = np.linspace(low[0], high[0], side), np.linspace(low[1], high[1], side)
    Z = np.array([[_height(loss(_net_at(a, b, nets, spots))) for a in x] for b in y])
    figure, axes = canvas(5.8, 4.4, layout="compressed")
    ax = axes[0, 0]
    _scale(figure, [ax], _relief(ax, x, y, Z), Z)
    for marker, name, spot in zip("*XP", names, spots, strict=True):
        _mark(ax, marker, name, spot, PAPER, size=13)
    ax.set(xticks=[], yticks=[], aspect="equal", title=title)
    _named_below(figure, [ax])
    ends = [_height(loss(net)) for net in nets]
    alt = (
        f"{title}. " * bool(title)
        + "Map of the loss on the plane through three nets, dark is low: "
        + listing(f"{name} has {number(v)}" for name, v in zip(names, ends, strict=True))
        + f". Elsewhere on the map it reaches {number(np.nanmax(Z))}."
    )
    return plotted(figure, alt)


def _room_for(maps: int, box: tuple[float, float, float, float]) -> tuple:
    """A figure for maps in one row; in one column if each is much wider than high."""
    shape = (box[3] - box[2]) / (box[1] - box[0])
    if shape < 0.7:
        return canvas(6.6, 0.6 + maps * (0.6 + 5.0 * shape), maps, layout="compressed")
    return canvas(2.4 + 3.2 * maps, 1.1 + 3.2 * shape, 1, maps, layout="compressed")


def _mark(
    ax: Axes, marker: str, name: str, spot: np.ndarray, colour: str, size: float = 12
) -> None:
    look = {"color": colour, "markeredgecolor": "black", "markersize": size}
    ax.plot(*spot, marker, label=name, linestyle="none", **look)


def _map_told(x: np.ndarray, y: np.ndarray, Z: np.ndarray, xlabel: str, ylabel: str) -> str:
    low = np.unravel_index(int(np.nanargmin(Z)), Z.shape)
    return (
        f"Map of a loss over {xlabel} from {number(x[0])} to {number(x[-1])} and {ylabel} from "
        f"{number(y[0])} to {number(y[-1])}; dark is low. It lies between {number(np.nanmin(Z))}, "
        f"near {_spot((x[low[1]], y[low[0]]))}, and {number(np.nanmax(Z))}."
    )


def _told(ways: Mapping[str, np.ndarray], spots: Mapping[str, np.ndarray]) -> str:
    told = [
        f"{name} goes in {counted(len(way) - 1, 'step')} from {_spot(way[0])} to {_spot(way[-1])}"
        for name, way in ways.items()
    ]
    told += [f"{name} at {_spot(spot)}" for name, spot in spots.items()]
    return f" {'; '.join(told)}." if told else ""


def _plane_through(nets: Sequence[Network]) -> np.ndarray:
    """Three nets as points of a plane: the first at 0, the second to the right, the third above.

    The distances are those of the nets' weights.
    """
    flat = [np.concatenate([part.ravel() for part in (*As, *Bs)]) for As, Bs in nets]
    across, up = flat[1] - flat[0], flat[2] - flat[0]
    wide = float(np.linalg.norm(across))
    e = across / (wide or 1.0)
    lean = float(up @ e)
    tall = float(np.linalg.norm(up - lean * e))
    if min(wide, tall) < 1e-9:
        raise refuse("nets", "three that do not lie on one line", "a line")
    return np.array([(0.0, 0.0), (wide, 0.0), (lean, tall)])


def _net_at(x: float, y: float, nets: Sequence[Network], spots: np.ndarray) -> Network:
    """The net at a point of the plane through three nets."""
    _, (wide, _), (lean, tall) = spots
    c = y / tall
    b = (x - c * lean) / wide
    return _blend([(1 - b - c, nets[0]), (b, nets[1]), (c, nets[2])])


def _way(name: Any, points: Any) -> np.ndarray:
    points = floats(f"paths[{name!r}]", points)
    if points.ndim != 2 or points.shape[1] != 2 or not len(points):
        raise refuse(f"paths[{name!r}]", "a row (x, y) a step", f"shape {points.shape}")
    return points


def _trail(ax: Axes, k: int, name: str, points: np.ndarray) -> None:
    """A path on a map, with a pale border so that it shows on every height."""
    look, every = stroke(k), max(1, len(points) // 12)
    ax.plot(*points.T, color=PAPER, linewidth=3.6, alpha=0.9)
    ax.plot(
        *points.T,
        color=look.colour,
        linewidth=2,
        linestyle=look.dashes,
        marker=look.marker,
        markevery=every,
        markeredgecolor=PAPER,
        label=name,
    )


def _relief(ax: Axes, x: np.ndarray, y: np.ndarray, Z: np.ndarray) -> Any:
    finite = Z[np.isfinite(Z)]
    if not finite.size:
        raise refuse("loss", "a finite value somewhere", "none")
    shown = np.sqrt(np.where(np.isfinite(Z), Z - finite.min(), np.nan))
    top = float(np.nanmax(shown))
    levels = np.linspace(0, top if top > 0 else 1.0, LEVELS + 1)
    return ax.contourf(x, y, shown, levels=levels, cmap=SURFACE)


def _scale(figure: Any, axes: list[Axes], hills: Any, Z: np.ndarray) -> None:
    low, high = float(Z[np.isfinite(Z)].min()), float(Z[np.isfinite(Z)].max())
    if low < 1e-3 * high:
        low = 0.0
    bar = figure.colorbar(hills, ax=axes, label="loss", ticks=MaxNLocator(5))
    bar.ax.yaxis.set_major_formatter(lambda v, _: number(low + v * v, 2))
    bar.outline.set_visible(False)


def _named_below(figure: Any, axes: Iterable[Axes]) -> None:
    """A legend under all maps, in as many columns as the names leave room for."""
    looks = {}
    for ax in axes:
        handles, names = ax.get_legend_handles_labels()
        looks |= dict(zip(names, handles, strict=True))
    if looks:
        inches = 0.75 + 0.085 * max(map(len, looks))
        columns = min(max(int(figure.get_figwidth() / inches), 1), len(looks))
        place = "outside lower center"
        figure.legend(list(looks.values()), list(looks), loc=place, ncols=columns, labelspacing=0.9)


def _ends(name: str, ends: Any) -> tuple[float, float]:
    low, high = floats(name, ends, (2,))
    if not low < high:
        raise refuse(name, "two ends, the smaller first", f"({low}, {high})")
    return float(low), float(high)


def _height(value: Any) -> float:
    value = np.asarray(value, dtype=float)
    if value.size != 1:
        raise refuse("what loss returned", "a number", f"shape {value.shape}")
    return float(value.reshape(()))


def _spot(place: Any) -> str:
    return f"({number(place[0])}, {number(place[1])})"


def _alike(nets: Any) -> list[Network]:
    nets = [network(net) for net in nets]
    shapes = [[A.shape for A in As] for As, _ in nets]
    if any(other != shapes[0] for other in shapes):
        raise refuse("nets", "networks of the same shapes", f"{shapes}")
    return nets


def _blend(parts: Sequence[tuple[float, Network]]) -> Network:
    """The weighted sum of networks, number by number."""
    return tuple(
        [sum(s * net[half][j] for s, net in parts) for j in range(len(parts[0][1][half]))]
        for half in (0, 1)
    )
