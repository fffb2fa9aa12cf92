"""XOR by folding: two ReLU layers fold the plane until a straight line is enough."""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes

from course.figures.drawing.labels import counted, listing, number
from course.figures.drawing.picture import Picture, plotted
from course.figures.drawing.style import INK, SURFACE, canvas, stroke, styled
from course.figures.plane import (
    HALO,
    LEVELS,
    SIDE,
    column,
    contour,
    grid_points,
    scatter,
    scores_table,
    surface,
)
from course.nn.arguments import function

FOLDED = (-0.35, 1.35)  # the part of the plane that is folded
CORNERS = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
LAMP = np.array([0, 1, 1, 0])  # XOR of the corners


@styled
def plot_folds(hidden: Callable, output: Callable, *, threshold: float = 0.5) -> Picture:
    """Draw how two ReLU layers fold the plane until a straight line solves XOR.

    hidden: your hidden layer, points (n, 2) ↦ (n, m), such as lambda X: dense(X, W, b, relu).
    output: the whole network, points (n, 2) ↦ (n,).  threshold: from this output
    on the lamp is on.

    On the left the plane with the lines along which it is folded, in the middle the same plane and
    its grid as the first two hidden neurons see it, on the right the network's output.
    """
    function("hidden", hidden)
    function("output", output)
    low, high = FOLDED
    seen = scores_table(hidden(CORNERS), 4, "hidden")
    flat = _first_two(seen)
    figure, axes = canvas(9.4, 3.7, 1, 3)
    before, inside, after = axes[0]
    neurons = _paint_creases(before, hidden)
    _paint_folded_grid(before, inside, hidden)
    side, Z = np.linspace(low, high, SIDE), surface(output, (low, high, low, high))
    after.contourf(side, side, Z, levels=LEVELS, cmap=SURFACE)
    contour(after, side, side, Z, threshold, "white", "-", 2.2)
    after.set_title("what the network says")
    for ax, points in ((before, CORNERS), (inside, flat), (after, CORNERS)):
        scatter(ax, points, LAMP, ["lamp off", "lamp on"], size=110)
        ax.set_aspect("equal")
    for ax in (before, after):
        ax.set(xlabel="$x_1$", ylabel="$x_2$")
    groups = _corners_by_place(flat)
    _name_corners(inside, groups)
    figure.legend(
        *before.get_legend_handles_labels(), loc="outside lower center", ncols=2, handlelength=1
    )
    said = column(output(CORNERS), 4, "output")
    return plotted(figure, _folds_told(neurons, groups, threshold, said))


def _paint_creases(ax: Axes, hidden: Callable) -> int:
    """Shade where each hidden neuron is on; return how many neurons there are."""
    low, high = FOLDED
    side = np.linspace(low, high, SIDE)
    H = scores_table(hidden(grid_points((low, high, low, high), SIDE)), SIDE * SIDE, "hidden")
    for k in range(min(H.shape[1], 8)):
        on = np.where(H[:, k].reshape(SIDE, SIDE) > 1e-12, 1.0, 0.0)
        if 0 < on.mean() < 1:
            look = stroke(k)
            ax.contourf(side, side, on, levels=[0.5, 1.5], colors=[look.colour], alpha=0.2)
            contour(ax, side, side, on, 0.5, look.colour, look.dashes, 2)
    ax.set_title("shaded: where a neuron is on")
    return H.shape[1]


def _paint_folded_grid(before: Axes, inside: Axes, hidden: Callable) -> None:
    """Draw a grid as it is, and as the first two hidden neurons see it."""
    low, high = FOLDED
    paths = []
    for t in np.linspace(0, 1, 5):
        upright = np.column_stack([np.full(50, t), np.linspace(low, high, 50)])
        for points in (upright, upright[:, ::-1]):
            paths.append(_first_two(scores_table(hidden(points), 50, "hidden")))
            inside.plot(*paths[-1].T, color=INK, linewidth=0.7, alpha=0.7)
            before.plot(*points.T, color=INK, linewidth=0.5, alpha=0.5)
    inside.set(xlabel="first hidden neuron", ylabel="second hidden neuron", title="folded")
    lowest, highest = np.nanmin(paths, axis=(0, 1)), np.nanmax(paths, axis=(0, 1))
    span = max((highest - lowest).max(), 1e-9)
    x, y = (lowest + highest) / 2
    inside.set(xlim=(x - 0.75 * span, x + 0.75 * span), ylim=(y - 0.85 * span, y + 0.65 * span))


def _corners_by_place(places: np.ndarray) -> dict[tuple, list[str]]:
    """The names of the corners that lie on each place of the folded plane."""
    groups: dict[tuple, list[str]] = {}
    for corner, place in zip(CORNERS, places, strict=True):
        spot = tuple(np.round(place, 6) + 0.0)
        groups.setdefault(spot, []).append(f"({corner[0]:.0f}, {corner[1]:.0f})")
    return groups


def _name_corners(ax: Axes, groups: Mapping[tuple, list[str]]) -> None:
    for spot, names in groups.items():
        # Below the point, so that a crease that leaves it to the right passes above the words.
        ax.annotate(
            "\n".join(names),
            spot,
            xytext=(6, -6),
            textcoords="offset points",
            verticalalignment="top",
            fontsize=8.5,
            path_effects=HALO,
        )


def _folds_told(
    neurons: int, groups: Mapping[tuple, list[str]], threshold: float, said: np.ndarray
) -> str:
    together = [" and ".join(names) for names in groups.values() if len(names) > 1]
    met = f"{listing(together)} now lie on one point." if together else "all corners stay apart."
    return (
        "Three panels. On the left the plane with the four corners of XOR and the lines at which "
        f"{counted(neurons, 'hidden neuron')} switch on. In the middle the same plane folded by "
        f"the hidden layer: {met} On the right what the network says, with a line where it reaches "
        f"{number(threshold)}; at (0, 0), (0, 1), (1, 0) and (1, 1) it says "
        f"{listing(number(v) for v in said)}."
    )


def _first_two(H: np.ndarray) -> np.ndarray:
    """The outputs of the first two neurons as points; if there is only one neuron, on a line."""
    return H[:, :2] if H.shape[1] > 1 else np.column_stack([H[:, 0], np.zeros(len(H))])
