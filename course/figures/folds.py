"""XOR by folding: a ReLU layer bends or folds the plane until a straight cut is enough."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.colors import to_rgb

from course.figures.drawing.chart import Chart
from course.figures.drawing.film import Film
from course.figures.drawing.labels import counted, listing, number
from course.figures.drawing.pen import Pen, text_width
from course.figures.drawing.style import BLUE, GREEN, PURPLE, VERMILLION
from course.figures.plane import grid_points
from course.nn.arguments import floats, function, refuse

FOLDED = (-0.35, 1.35)  # the part of the plane that is folded
CORNERS = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
LAMP = np.array([0, 1, 1, 0])  # XOR of the corners
LINES = 9  # of the sheet's grid, each way
ALONG = 33  # points along each line
MOVES = 4  # frames in which the sheet moves
ONE_BY_ONE = 3  # up to this many neurons fold the sheet one after the other
SIDE = 90
BESIDE = ((10, 12), (-10, 12), (10, -12), (-10, -12))  # where a corner's name may be, best first


class _Step(NamedTuple):
    """The sheet after a part of the way: what becomes of points, and what to say."""

    move: Callable[[np.ndarray], np.ndarray]
    says: str


def film_folds(network: Any, relu: Callable, *, threshold: float = 0.5) -> Film:
    """Show step by step how a hidden ReLU layer bends the plane until one cut solves XOR.

    network: your xor_network, or what it returned: (A, b, u, c) of relu(X A + b) u + c, with any
    number of hidden neurons.  relu: your function, elementwise.  threshold: from this output on
    the lamp is on.

    On the left a sheet of paper with a grid and the four corners: the weights stretch and turn it,
    the biases shift it, each ReLU lays on 0 what was below, and the output cuts the sheet along a
    straight line. On the right, which part of the unfolded sheet the cut leaves on which side.
    """
    function("relu", relu)
    A, b, u, c = _network(network() if callable(network) else network)
    neurons = A.shape[1]
    view, xlabel, ylabel = _view(u)
    steps = _steps(A, b, relu, view, neurons)
    sheets = [[step.move(line) for line in _grid()] for step in steps]
    spots = [step.move(CORNERS) for step in steps]
    ends = _square(np.vstack([point for sheet in sheets for point in sheet]))
    level = threshold - c
    frames = [
        _frame(sheet, spot, ends, (xlabel, ylabel), _cut(u, level) if k == len(steps) - 1 else None)
        for k, (sheet, spot) in enumerate(zip(sheets, spots, strict=True))
    ]
    said = np.asarray(relu(CORNERS @ A + b), dtype=float) @ u + c
    backdrop, width, height = _answers(A, b, u, c, relu, threshold)
    captions = [step.says for step in steps]
    return Film(
        _told(steps, neurons, spots[-1], said, threshold),
        width,
        height,
        frames,
        captions,
        backdrop=backdrop,
        pause=450,
    )


def _network(given: Sequence[Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    if not isinstance(given, (tuple, list)) or len(given) != 4:
        raise refuse("network", "(A, b, u, c)", type(given).__name__)
    A = floats("A", given[0], (2, "m"))
    m = A.shape[1]
    b, u = (floats(name, v).reshape(-1) for name, v in zip(("b", "u"), given[1:3], strict=True))
    if len(b) != m or len(u) != m:
        raise refuse("b and u", f"{m} numbers each, one for each neuron", f"{len(b)} and {len(u)}")
    return A, b, u, float(floats("c", given[3]).reshape(()))


def _view(u: np.ndarray) -> tuple[np.ndarray, str, str]:
    """How hidden values are seen in two dimensions: (m, 2), and the names of the axes.

    Two neurons are seen as they are. Of more, what the output reads is seen to the right, so that
    its cut stays a straight line, and the first direction at right angles to it upwards.
    """
    m = len(u)
    if m == 1:
        return np.array([[1.0, 0.0]]), "the hidden neuron", ""
    if m == 2:
        return np.eye(2), "first hidden neuron", "second hidden neuron"
    along = u / (np.linalg.norm(u) or 1.0)
    rest = np.eye(m)[int(np.argmin(np.abs(along)))]
    aside = rest - (rest @ along) * along
    aside /= np.linalg.norm(aside)
    return np.column_stack([along, aside]), "what the output reads", f"across it, of {m} dimensions"


def _steps(
    A: np.ndarray, b: np.ndarray, relu: Callable, view: np.ndarray, neurons: int
) -> list[_Step]:
    flat = [_Step(lambda X: X, "The plane with the four corners, as it comes in.")]
    does = "press the sheet flat" if np.linalg.matrix_rank(A) < 2 else "stretch and turn the sheet"
    for t in np.linspace(0, 1, MOVES + 1)[1:]:
        flat.append(
            _Step(lambda X, t=t: (1 - t) * X + t * (X @ A @ view), f"The weights {does}: X A.")
        )
    if np.any(b):
        for t in np.linspace(0, 1, MOVES)[1:]:
            flat.append(
                _Step(lambda X, t=t: (X @ A + t * b) @ view, "The biases shift it: X A + b.")
            )
    single = neurons <= ONE_BY_ONE
    groups = [[k] for k in range(neurons)] if single else [list(range(neurons))]
    done: list[int] = []
    for group in groups:
        says = (
            f"The ReLU of neuron {group[0] + 1}: what was below 0 is laid on 0."
            if single
            else f"The ReLUs of all {neurons} neurons: what was below 0 is laid on 0."
        )
        for t in np.linspace(0, 1, MOVES + 1)[1:]:
            flat.append(_Step(_folding(A, b, relu, view, list(done), group, float(t)), says))
        done += group
    last = flat[-1].move
    return [*flat, _Step(last, "The output cuts the sheet along one straight line.")]


def _folding(
    A: np.ndarray,
    b: np.ndarray,
    relu: Callable,
    view: np.ndarray,
    done: list[int],
    group: list[int],
    t: float,
) -> Callable[[np.ndarray], np.ndarray]:
    def move(X: np.ndarray) -> np.ndarray:
        Z = X @ A + b
        H = np.asarray(relu(Z), dtype=float)
        Z[:, done] = H[:, done]
        Z[:, group] = (1 - t) * Z[:, group] + t * H[:, group]
        return Z @ view

    return move


def _grid() -> list[np.ndarray]:
    low, high = FOLDED
    lines = []
    for at in np.linspace(low, high, LINES):
        upright = np.column_stack([np.full(ALONG, at), np.linspace(low, high, ALONG)])
        lines += [upright, upright[:, ::-1]]
    return lines


def _square(points: np.ndarray) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends of axes of one scale that hold all points."""
    low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
    middle, reach = (low + high) / 2, 0.55 * max(float((high - low).max()), 1e-6)
    return tuple((float(m) - reach, float(m) + reach) for m in middle)


def _cut(u: np.ndarray, level: float) -> np.ndarray | None:
    """Two far points of the line at which the output reaches the threshold, as it is seen."""
    normal = u if len(u) == 2 else np.array([float(np.linalg.norm(u)) or 0.0, 0.0])
    if len(u) == 1:
        normal = np.array([u[0], 0.0])
    size = float(normal @ normal)
    if not size:
        return None
    foot, across = level * normal / size, np.array([-normal[1], normal[0]]) / np.sqrt(size)
    return np.array([foot - 30 * across, foot + 30 * across])


def _frame(
    sheet: list[np.ndarray],
    corners: np.ndarray,
    ends: tuple,
    labels: tuple[str, str],
    cut: np.ndarray | None,
) -> str:
    chart = Chart(
        *ends,
        width=300,
        height=300,
        xlabel=labels[0],
        ylabel=labels[1],
        title="the sheet",
        grid=False,
    )
    for k, line in enumerate(sheet):
        upright = k % 2 == 0
        chart.curve(
            *line.T,
            colour=BLUE if upright else PURPLE,
            line=1.1,
            dashes="" if upright else "4 2",
            strength=0.75,
        )
    if cut is not None:
        chart.curve(*cut.T, colour=GREEN, line=3.2)
    _mark_corners(chart, corners)
    line = None if cut is None else chart.place(*cut.T)
    for spot, names in _by_place(corners).items():
        [(x, y)] = chart.place(*spot)
        words = " ".join(names)
        right, down = _clear_of(line, x, y, text_width(words, 11))
        anchor = "start" if right > 0 else "end"
        chart.pen.text(x + right, y + down, words, size=11, anchor=anchor)
    return chart.pen.body


def _clear_of(line: np.ndarray | None, x: float, y: float, width: float) -> tuple[int, int]:
    """How far from a corner its name is written, so that the cut doesn't run through it."""
    if line is not None:
        (x0, y0), (x1, y1) = line
        for right, down in BESIDE:
            xs = np.array([x, x + right + np.sign(right) * width])[:, None]
            ys = np.array([y + down - 7, y + down + 5])
            sides = (x1 - x0) * (ys - y0) - (y1 - y0) * (xs - x0)
            if np.all(sides > 0) or np.all(sides < 0):
                return right, down
    return BESIDE[0]


def _answers(
    A: np.ndarray, b: np.ndarray, u: np.ndarray, c: float, relu: Callable, threshold: float
) -> tuple[str, float, float]:
    """The unfolded sheet with the two sides of the cut, beside the frames; and the whole size."""
    chart = Chart(
        FOLDED,
        FOLDED,
        width=300,
        height=300,
        at=(375, 0),
        xlabel="x₁",
        ylabel="x₂",
        title=f"unfolded: where the output is above {number(threshold)}",
        grid=False,
        pen=Pen(),
    )
    plane = grid_points((*FOLDED, *FOLDED), SIDE)
    says = np.asarray(relu(plane @ A + b), dtype=float) @ u + c
    on = (says > threshold).reshape(SIDE, SIDE)[::-1]
    tints = [0.12 * np.array(to_rgb(hue)) + 0.88 for hue in (BLUE, VERMILLION)]
    tints[1] = 0.4 * np.array(to_rgb(VERMILLION)) + 0.6
    chart.image(np.where(on[..., None], tints[1], tints[0]))
    _mark_corners(chart, CORNERS)
    return chart.pen.body, chart.right, chart.foot


def _mark_corners(chart: Chart, corners: np.ndarray) -> None:
    off, on = corners[LAMP == 0], corners[LAMP == 1]
    chart.points(*off.T, colour=BLUE, radius=6)
    chart.points(*on.T, colour=VERMILLION, marker="s", radius=6)


def _by_place(places: np.ndarray) -> dict[tuple[float, float], list[str]]:
    """The names of the corners that lie on each place."""
    groups: dict[tuple[float, float], list[str]] = {}
    for corner, place in zip(CORNERS, places, strict=True):
        spot = tuple((np.round(place, 6) + 0.0).tolist())
        groups.setdefault(spot, []).append(f"({corner[0]:.0f}, {corner[1]:.0f})")
    return groups


def _told(
    steps: Sequence[_Step],
    neurons: int,
    corners: np.ndarray,
    said: np.ndarray,
    threshold: float,
) -> str:
    groups: Mapping[tuple, list[str]] = _by_place(corners)
    together = [" and ".join(names) for names in groups.values() if len(names) > 1]
    met = f"{listing(together)} lie on one point" if together else "all corners stay apart"
    return (
        "On the left a sheet with a grid and the corners of XOR, circles where the lamp is off and "
        f"squares where it is on. In {len(steps)} frames {counted(neurons, 'hidden neuron')} move "
        f"and bend it; at the end {met}, and a straight line cuts it. On the right the unfolded "
        f"sheet, shaded where the output is above {number(threshold)}; at (0, 0), (0, 1), (1, 0) "
        f"and (1, 1) the network says {listing(number(v) for v in said)}."
    )
