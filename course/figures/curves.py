"""Functions of one number as curves: activations with their slopes, tangents, errors by step."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course.figures.drawing.labels import counted, listing, number
from course.figures.drawing.picture import Picture, plotted
from course.figures.drawing.style import BLUE, INK, VERMILLION, Stroke, canvas, stroke, styled
from course.nn.activation import Activation
from course.nn.arguments import floats, function, refuse

NUDGE = 1e-5
MOST_PANELS = 5  # side by side
LOWEST = -2.2  # the lower end of a drawn activation


@styled
def plot_curves(
    curves: Mapping[str, Any],
    x: Any = None,
    *,
    points: tuple[Any, Any] | None = None,
    xlabel: str = "",
    ylabel: str = "",
    title: str = "",
    log: str = "",
    ylim: tuple[float, float] | None = None,
    panels: bool = False,
    says: str = "",
) -> Picture:
    """Draw several curves in one picture, each with its own colour, dashes and name.

    curves: {name: ys} or {name: (xs, ys)}, or functions of x.  x: the xs of all ys; without it
    the ys are numbered from 0.  points: (xs, ys) that the curves are to go through, drawn as rings.
    log: "x", "y" or "xy" for logarithmic axes.  ylim: the y axis' ends.  panels: give each curve a
    small panel of its own, up to five side by side.  says: what the curves show, for readers who
    can't see them.
    """
    named = _named_curves(curves, x)
    if panels:
        columns = min(len(named), MOST_PANELS)
        lines = -(-len(named) // columns)
        size = 0.7 + 1.7 * columns, 0.7 + 1.6 * lines
        figure, axes = canvas(*size, lines, columns, sharex=True, sharey=True)
        for ax in axes.flat[len(named) :]:
            ax.set_visible(False)
        for ax, (name, (xs, ys)) in zip(axes.flat, named.items(), strict=False):
            ax.plot(xs, ys, color=BLUE, linewidth=1.2)
            ax.set(title=name)
        figure.suptitle(title, fontsize=10.5)
    else:
        figure, axes = canvas(6.2, 3.7)
        draw_lines(axes[0, 0], named)
        axes[0, 0].set(title=title)
    for ax in axes[:, 0]:
        ax.set(ylabel=ylabel)
    for ax in axes[-1]:
        ax.set(xlabel=xlabel)
    wanted = ""
    for ax in axes.flat:
        wanted = "" if points is None else _wanted(ax, points)
        _logarithmic(ax, log)
        if ylim is not None:
            ax.set_ylim(ylim)
        ax.grid(True)
    if not panels:
        axes[0, 0].legend()
    alt = (
        f"{title}. " * bool(title)
        + f"{counted(len(named), 'curve')}"
        + f" of {ylabel or 'y'} over {xlabel or 'x'}. "
        + " ".join(map(_told, named.items()))
        + wanted
        + f" {says}" * bool(says)
    )
    return plotted(figure, alt)


@styled
def plot_activation(
    f: Any,
    df: Callable | None = None,
    *,
    name: str = "",
    reach: float = 4.0,
    tangents: Sequence[float] = (),
) -> Picture:
    """Draw an activation and, beside it in the same picture, its derivative.

    f: your function, elementwise, or an Activation; or {name: Activation or function or (f, df)}
    for a panel each.  df: your derivative.  name: what to call it.  reach: z goes from −reach to
    reach.  Small rings show the slope measured from f itself: a right derivative runs through them.
    tangents: where to draw a short tangent, with its slope as a number, measured from f itself.
    """
    given = f if isinstance(f, Mapping) else {name or _called(f): f if df is None else (f, df)}
    if not given:
        raise refuse("f", "at least one function", "none")
    pairs = {str(k): _with_derivative(str(k), v) for k, v in given.items()}
    z = np.linspace(-reach, reach, 401)
    at = floats("tangents", tangents, ("k",)) if len(tangents) else np.empty(0)
    columns = min(len(pairs), 4) if len(pairs) not in (5, 6) else 3
    lines = -(-len(pairs) // columns)
    figure, axes = canvas(1.2 + 2.5 * columns, 0.3 + 2.8 * lines, lines, columns, sharey=True)
    faults, slopes_told = [], ""
    for ax, (label, (act, slope)) in zip(axes.flat, pairs.items(), strict=False):
        ax.axhline(0, color=INK, linewidth=0.6)
        ax.axvline(0, color=INK, linewidth=0.6)
        ax.plot(z, _same_shape(act(z), z, label), color=BLUE, label="f(z)")
        if slope is not None and _paint_slope(ax, act, slope, z, label):
            faults.append(label)
        if at.size:
            slopes_told += f" Slopes of {label}: {_tangents(ax, act, at)}."
        ax.set(title=label, xlabel="z")
    for ax in axes.flat[len(pairs) :]:
        ax.set_visible(False)
    low, high = axes[0, 0].get_ylim()
    axes[0, 0].set_ylim(max(low, LOWEST), min(high, 3.2))
    handles, names = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=3)
    alt = (
        f"{listing(pairs)} over z from {number(-reach)} to {number(reach)}, solid"
        + ", with the derivative dashed and the measured slope as rings"
        * any(d is not None for _, d in pairs.values())
        + ". "
        + " ".join(_shape_told(label, act, z) for label, (act, _) in pairs.items())
        + slopes_told
        + (f" The derivative of {listing(faults)} misses the measured slope." if faults else "")
    )
    return plotted(figure, alt)


@styled
def plot_tangents(
    f: Callable,
    df: Callable,
    at: Sequence[float],
    *,
    reach: tuple[float, float] | None = None,
    xlabel: str = "w",
    ylabel: str = "loss",
    title: str = "",
) -> Picture:
    """Draw a function of one number and the tangents whose slopes your derivative gives.

    f, df: your functions, number ↦ number.  at: where to draw a tangent.  reach: the curve's ends.
    """
    function("f", f)
    function("df", df)
    at = floats("at", at, ("k",))
    low, high = reach if reach is not None else (float(at.min()) - 1.5, float(at.max()) + 1.5)
    if not low < high:
        raise refuse("reach", "two ends, the smaller first", f"({low}, {high})")
    x = np.linspace(low, high, 241)
    figure, axes = canvas(6.2, 3.7)
    ax = axes[0, 0]
    ax.plot(x, [_number(f(t), "f") for t in x], color=BLUE, label=f"{ylabel}({xlabel})")
    told = []
    for k, t in enumerate(at, start=1):
        value, slope = _number(f(float(t)), "f"), _number(df(float(t)), "df")
        near = np.array([t - (high - low) / 9, t + (high - low) / 9])
        look = stroke(k)
        ax.plot(
            near,
            value + slope * (near - t),
            linestyle=look.dashes,
            color=look.colour,
            label=f"slope {number(slope)} at {xlabel} = {number(t)}",
        )
        ax.plot(t, value, look.marker, color=look.colour, markersize=7)
        told.append(
            f"at {xlabel} = {number(t)} the value is {number(value)}, the slope {number(slope)}"
        )
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    ax.grid(True)
    ax.legend()
    alt = f"{title}. " * bool(title) + f"A curve of {ylabel} over {xlabel} with tangents: "
    return plotted(figure, alt + "; ".join(told) + ".")


@styled
def plot_step_error(
    errors: Mapping[str, Callable], steps: Any = None, *, title: str = ""
) -> Picture:
    """Draw the error of a measured derivative against the step: the V of rounding and curvature.

    errors: {name: function of eps that returns the error}, such as
    {"central (yours)": lambda eps: abs(numerical_derivative(np.sin, 1, eps) - np.cos(1))}.
    steps: the steps eps; without it 10⁻¹⁴ to 1.
    """
    steps = np.logspace(-14, 0, 43) if steps is None else floats("steps", steps, ("k",))
    if not isinstance(errors, Mapping) or not errors or not np.all(steps > 0):
        raise refuse("errors", "functions of eps by name, and steps above 0", repr(errors)[:60])
    figure, axes = canvas(6.4, 4.0)
    ax = axes[0, 0]
    told = []
    for k, (name, error) in enumerate(errors.items()):
        function(f"errors[{name!r}]", error)
        ys = np.array([_number(error(float(eps)), name) for eps in steps])
        if np.isnan(ys).all():
            raise refuse(f"what errors[{name!r}] returned", "numbers", "nan alone")
        best = int(np.nanargmin(ys))
        _paint_errors(ax, steps, ys, best, stroke(k), str(name))
        told.append(f"{name} is best, {ys[best]:.0e}, at a step of {steps[best]:.0e}")
    ax.set(xlabel="step ε", ylabel="error", title=title)
    ax.text(0.02, 0.04, "← rounding", transform=ax.transAxes, fontsize=9)
    ax.text(0.98, 0.04, "curvature →", transform=ax.transAxes, fontsize=9, ha="right")
    ax.grid(True)
    ax.legend(loc="upper center")
    alt = (
        f"{title}. " * bool(title) + "Error of a measured derivative over the step, both on "
        "logarithmic axes: a V for each way of measuring. With smaller steps rounding makes it "
        f"worse, with larger ones curvature. {'; '.join(told)}."
    )
    return plotted(figure, alt)


def _paint_errors(
    ax: Axes, steps: np.ndarray, errors: np.ndarray, best: int, look: Stroke, name: str
) -> None:
    """Draw the errors over the steps, with a ring around the best; no error is drawn as 1e-17."""
    drawn = np.maximum(errors, 1e-17)
    ax.loglog(
        steps,
        drawn,
        linestyle=look.dashes,
        marker=look.marker,
        markersize=3.5,
        linewidth=1.4,
        color=look.colour,
        label=name,
    )
    ring = {"color": look.colour, "markersize": 10, "markerfacecolor": "none"}
    ax.plot(steps[best], drawn[best], look.marker, **ring)


def _named_curves(curves: Any, x: Any) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    if not isinstance(curves, Mapping) or not curves:
        raise refuse("curves", "{name: numbers}, at least one", repr(curves)[:60])
    named = {}
    for name, given in curves.items():
        if isinstance(given, tuple) and len(given) == 2 and np.ndim(given[0]) == 1:
            xs, ys = given
        elif callable(given):
            if x is None:
                raise refuse("x", "where to draw the functions", "None")
            xs, ys = x, given(np.asarray(x, dtype=float))
        else:
            ys = given
            xs = np.arange(len(np.atleast_1d(ys))) if x is None else x
        xs, ys = floats(f"curves[{name!r}]", xs), floats(f"curves[{name!r}]", ys)
        if xs.ndim != 1 or xs.shape != ys.shape or not xs.size:
            raise refuse(f"curves[{name!r}]", "as many ys as xs", f"shapes {xs.shape}, {ys.shape}")
        named[str(name)] = (xs, ys)
    return named


def draw_lines(ax: Axes, named: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> None:
    for k, (name, (xs, ys)) in enumerate(named.items()):
        look = stroke(k)
        points = (
            {"marker": look.marker, "markevery": max(1, len(xs) // 8)}
            if len(xs) > 1
            else {"marker": look.marker}
        )
        ax.plot(xs, ys, linestyle=look.dashes, color=look.colour, label=name, **points)


def _wanted(ax: Axes, points: tuple[Any, Any]) -> str:
    xs, ys = (floats("points", part, ("k",)) for part in points)
    if xs.shape != ys.shape:
        raise refuse("points", "as many ys as xs", f"shapes {xs.shape}, {ys.shape}")
    ring = {"color": INK, "markerfacecolor": "none", "markersize": 11, "markeredgewidth": 1.8}
    ax.plot(xs, ys, "o", label="wanted", **ring)
    spots = (f"({number(x)}, {number(y)})" for x, y in zip(xs, ys, strict=True))
    return f" Rings mark what is wanted: {listing(spots)}."


def _paint_slope(ax: Axes, act: Callable, slope: Callable, z: np.ndarray, label: str) -> bool:
    """Draw a derivative, and rings where the slope was measured; say whether they differ."""
    slopes = _same_shape(slope(z), z, f"{label}'s derivative")
    ax.plot(z, slopes, "--", color=VERMILLION, label="f′(z)")
    spots = np.linspace(z[0], z[-1], 18)
    measured = _measured_slope(act, spots)
    ring = {"color": INK, "markersize": 4, "markerfacecolor": "none"}
    ax.plot(spots, measured, "o", label="measured slope", **ring)
    return bool(np.max(np.abs(measured - slope(spots))) > 1e-3)


def _measured_slope(act: Callable, at: np.ndarray) -> np.ndarray:
    return (act(at + NUDGE) - act(at - NUDGE)) / (2 * NUDGE)


def _tangents(ax: Axes, act: Callable, at: np.ndarray) -> str:
    """Draw the tangents at some places; say their slopes. A corner has none."""
    smooth = np.isclose(_measured_slope(act, at - NUDGE), _measured_slope(act, at + NUDGE), 1e-2)
    at = at[smooth]
    slopes = _measured_slope(act, at)
    heights = np.asarray(act(at), dtype=float)
    for k, (t, height, slope) in enumerate(zip(at, heights, slopes, strict=True)):
        half = 0.9 / np.hypot(1, slope)
        ends = np.array([t - half, t + half])
        label = "tangent and its slope" if k == 0 else None
        ax.plot(ends, height + slope * (ends - t), color=VERMILLION, linewidth=3, label=label)
        ax.plot(t, height, "o", color=VERMILLION, markersize=5)
        ax.annotate(
            number(slope, 2),
            (t, height),
            xytext=(5, -10) if height > LOWEST + 0.7 else (-5, 9),
            textcoords="offset points",
            ha="left" if height > LOWEST + 0.7 else "right",
            va="center",
            color=VERMILLION,
            fontsize=9,
        )
    return listing(f"{number(s, 2)} at {number(t)}" for t, s in zip(at, slopes, strict=True))


def _logarithmic(ax: Axes, log: str) -> None:
    if not set(log) <= set("xy"):
        raise refuse("log", '"x", "y", "xy" or ""', repr(log))
    if "x" in log:
        ax.set_xscale("log")
    if "y" in log:
        ax.set_yscale("log")


def _told(item: tuple[str, tuple[np.ndarray, np.ndarray]]) -> str:
    name, (xs, ys) = item
    good = np.isfinite(ys)
    if not good.any():
        return f"{name} has no finite value."
    low = int(np.nanargmin(np.where(good, ys, np.nan)))
    return (
        f"{name} goes from {number(ys[good][0])} at {number(xs[good][0])} to "
        f"{number(ys[good][-1])} at {number(xs[good][-1])}, lowest {number(ys[low])}."
    )


def _with_derivative(name: str, given: Any) -> tuple[Callable, Callable | None]:
    if isinstance(given, Activation):
        return given, given.derivative
    if isinstance(given, tuple) and len(given) == 2:
        return function(name, given[0]), function(f"derivative of {name}", given[1])
    return function(name, given), None


def _called(f: Any) -> str:
    inner = f.f if isinstance(f, Activation) else f
    return getattr(inner, "__name__", "f").strip("<>")


def _same_shape(values: Any, z: np.ndarray, name: str) -> np.ndarray:
    values = floats(f"what {name} returned", values)
    if values.shape != z.shape:
        raise refuse(f"what {name} returned", f"shape {z.shape}", f"shape {values.shape}")
    return values


def _number(value: Any, name: str) -> float:
    value = np.asarray(value, dtype=float)
    if value.size != 1:
        raise refuse(f"what {name} returned", "a number", f"shape {value.shape}")
    return float(value.reshape(()))


def _shape_told(name: str, act: Callable, z: np.ndarray) -> str:
    values = np.asarray(act(z), dtype=float)
    middle = number(np.asarray(act(np.zeros(1))).ravel()[0])
    return f"{name} goes from {number(values[0])} through {middle} at 0 to {number(values[-1])}."
