"""One visual language: a few colours that all readers can tell apart, and never a colour alone.

The hues are Okabe and Ito's, in a middle lightness that stands out from white paper and from a
dark screen alike. Ink is a middle grey for the same reason; in a page it becomes the page's own
text colour. No one colour is easy to *read* on both, so a coloured word takes part of its colour
from the page's text. Whatever differs in colour differs in its dashes, its marker or its label too,
so that nothing is lost in grey print.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

import matplotlib
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

BLUE, VERMILLION, GREEN, PURPLE = "#1F7DBF", "#D55E00", "#008F68", "#BE6A9E"
INK = "#767878"
PAPER, NIGHT = "#ffffff", "#111111"
PRINT = "#2b2d2d"  # ink where the paper is known to be white
HUE = 65  # of a coloured word's colour, so much is its hue, in per cent; the rest is the page's ink

VALUE, DELTA = BLUE, VERMILLION  # what flows forward, what flows back

SURFACE = "cividis"  # made to look the same with and without colour vision
SIGNED = LinearSegmentedColormap.from_list("signed", [BLUE, "#f2f2f2", VERMILLION])

FONT = "DejaVu Sans, Verdana, Geneva, sans-serif"
PIXELS_PER_INCH = 96


class Stroke(NamedTuple):
    """The look of a curve or a group among several."""

    colour: str
    dashes: Any
    marker: str


STROKES = (
    Stroke(BLUE, "-", "o"),
    Stroke(VERMILLION, "--", "s"),
    Stroke(GREEN, "-.", "^"),
    Stroke(PURPLE, ":", "D"),
    Stroke(INK, (0, (6, 1, 1, 1, 1, 1)), "v"),
    Stroke(BLUE, (0, (1, 1)), "P"),
    Stroke(VERMILLION, (0, (8, 2)), "X"),
    Stroke(GREEN, (0, (4, 1)), "<"),
    Stroke(PURPLE, (0, (3, 3)), ">"),
    Stroke(INK, (0, (2, 4)), "*"),
)

# Settings that say where matplotlib draws, not how: they are the caller's choice.
_NOT_OURS = ("backend", "backend_fallback", "interactive", "toolbar", "timezone")

SETTINGS = {
    "svg.fonttype": "path",
    "svg.hashsalt": "course.figures",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "mathtext.fontset": "dejavusans",
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.titlesize": 10.5,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": INK,
    "grid.alpha": 0.25,
    "grid.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.facecolor": "none",
    "figure.edgecolor": "none",
    "savefig.facecolor": "none",
    "legend.frameon": False,
    "legend.fontsize": 9,
    "legend.handlelength": 3.2,
    "lines.linewidth": 2,
    "lines.markersize": 5,
    "image.cmap": SURFACE,
    "hatch.color": INK,
}


def readable(colour: str) -> str:
    """A word's colour as CSS: the hue, darker on a light page and lighter on a dark one."""
    return f"color-mix(in srgb,{colour} {HUE}%,currentColor)"


def stroke(i: int) -> Stroke:
    """The look of the i-th of several curves; no two of ten look alike in grey."""
    return STROKES[i % len(STROKES)]


def in_our_style() -> Any:
    """A context in which matplotlib draws in the course's style, whatever was set outside it."""
    ours = {k: v for k, v in matplotlib.rcParamsDefault.items() if k not in _NOT_OURS}
    return matplotlib.rc_context({**ours, **SETTINGS})


def styled(function: Callable) -> Callable:
    """Let a function draw with matplotlib in the course's style."""

    @wraps(function)
    def drawn(*args: Any, **kwargs: Any) -> Any:
        with in_our_style():
            return function(*args, **kwargs)

    return drawn


def canvas(
    width: float,
    height: float,
    rows: int = 1,
    columns: int = 1,
    layout: str = "constrained",
    **kwargs: Any,
) -> tuple:
    """A figure of a size in inches, and its axes as an array of rows and columns.

    layout: "compressed" for panels of a fixed shape, which otherwise drift apart.
    The figure is never the current figure of pyplot, which doesn't know of it.
    """
    figure = Figure(figsize=(width, height), layout=layout)
    return figure, figure.subplots(rows, columns, squeeze=False, **kwargs)


def quiet_axes(ax: Axes) -> None:
    """Take away ticks and frame, for axes on which there is nothing to read off."""
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
