"""Backpropagation as a film: values flow forward through a net, gradients back, with shapes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.figures.drawing.film import Film
from course.figures.drawing.labels import counted, listing, number, shape
from course.figures.drawing.pen import Pen
from course.figures.drawing.style import DELTA, VALUE
from course.figures.nets import RADIUS, net_places, net_size, paint_net
from course.nn.arguments import activations, floats, function, network, refuse, whole

MARGIN, ROW = 26.0, 17.0
ROWS = {"H": 0, "A": 1, "b": 2, "dH": 3, "dA": 4, "db": 5}  # each name's line under the net


@dataclass
class Passed:
    """What has come to exist so far: a shape by its name and layer, gradients by layer."""

    shapes: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)
    gradients: dict[int, np.ndarray] = field(default_factory=dict)

    def flaws(self) -> list[str]:
        """The gradients that don't have the shape of what they are the gradients by."""
        return [
            f"{name}_{j} is {shape(came)}, but {name[1:]}_{j} is {shape(self.shapes[name[1:], j])}"
            for (name, j), came in self.shapes.items()
            if name[0] == "d" and came != self.shapes[name[1:], j]
        ]


def film_backward(
    net: Any,
    acts: Sequence[Any],
    X: Any,
    Y: Any,
    loss: Callable,
    step: Callable,
    *,
    example: int = 0,
    title: str = "",
) -> Film:
    """Play backpropagation: values flow forward, then your function takes the gradient back.

    net: (As, Bs).  acts: an Activation for each layer.  X, Y: a batch and its targets.
    loss: your function (Y_hat, Y) ↦ (value, gradient).  step: your layer_backward,
    (dH, H_in, A, Z, act) ↦ (dH_in, dA, db).  example: which row of the batch stands in the circles.

    Under the net stand the shapes, each as soon as there is one. A gradient that hasn't the shape
    of what it is the gradient by is marked ✗; if it is dH, the film ends there.
    """
    As, Bs = network(net)
    acts = activations("acts", acts, len(As))
    function("loss", loss)
    function("step", step)
    Hs, Zs = [floats("X", X, ("n", len(As[0])))], []
    row = whole("example", example, 0, len(Hs[0]) - 1)
    dims = [len(As[0]), *(A.shape[1] for A in As)]
    scene, seen = _Scene(dims, As, row), Passed()
    seen.shapes["H", 0] = Hs[0].shape
    scene.shoot(seen, Hs, "forward: H_0 is the batch X, " + shape(Hs[0].shape), now=0)
    for j, (A, b, act) in enumerate(zip(As, Bs, acts, strict=True), start=1):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(floats(f"what acts[{j - 1}] returned", act(Zs[-1]), Zs[-1].shape))
        seen.shapes |= {("A", j): A.shape, ("b", j): b.shape, ("H", j): Hs[-1].shape}
        scene.shoot(seen, Hs, f"forward: H_{j} = act(H_{j - 1} A_{j} + b_{j})", now=j)
    value, dH = _pair(loss(Hs[-1], Y))
    last = len(As)
    _arrive(seen, last, dH, Hs[-1], row)
    scene.shoot(seen, Hs, f"the loss is {number(value)}; it hands back dH_{last}", back=last + 1)
    for j in range(last, 0, -1):
        if j not in seen.gradients:
            break
        dH, dA, db = _triple(step(dH, Hs[j - 1], As[j - 1], Zs[j - 1], acts[j - 1]))
        seen.shapes |= {("dA", j): dA.shape, ("db", j): db.shape}
        _arrive(seen, j - 1, dH, Hs[j - 1], row)
        which = f"dA_{j}, db_{j} and dH_{j - 1}"
        scene.shoot(seen, Hs, f"back through layer {j}: {which} from dH_{j}", back=j)
    alt = (
        f"{title}. "
        * bool(title)
        + f"Frame by frame, a batch of {counted(len(Hs[0]), 'example')} flows forward through a "
        f"{'-'.join(map(str, dims))} net, the loss is {number(value)}, and gradients flow back. "
        f"Shapes: {listing(f'{n}_{j} {shape(s)}' for (n, j), s in seen.shapes.items())}. "
        + "; ".join(
            f"dH_{j} of example {row} is {', '.join(number(v) for v in g[:8])}"
            for j, g in seen.gradients.items()
        )
        + ". "
        + (f"Wrong: {listing(seen.flaws())}." if seen.flaws() else "Each gradient has its shape.")
    )
    return Film(alt, *scene.size, scene.frames, scene.captions, title=title)


class _Scene:
    """The net on which the film plays, and the frames shot so far."""

    def __init__(self, dims: list[int], As: list[np.ndarray], row: int):
        self.dims, self.As, self.row = dims, As, row
        width, self.below = net_size(dims)
        self.size = (width + 2 * MARGIN, self.below + len(ROWS) * ROW + 12)
        self.frames: list[str] = []
        self.captions: list[str] = []

    def shoot(
        self, seen: Passed, Hs: list[np.ndarray], caption: str, *, now: int = -1, back: int = 0
    ) -> None:
        """Draw what there is; ``back`` is the layer that is being gone back through."""
        inner = Pen()
        blank = [None] * (len(self.dims) - len(Hs))
        values = [H[self.row] for H in Hs] + blank
        hue = DELTA if back else VALUE
        paint_net(inner, self.dims, self.As, values, None, now=back or now, hue=hue)
        places = net_places(self.dims)
        for j, gradient in seen.gradients.items():
            for i, (x, y) in places[j].items():
                inner.text(
                    x, y + RADIUS + 8, f"{number(gradient[i], 2)}", size=10, colour=DELTA, bold=True
                )
        columns = [next(iter(layer.values()))[0] for layer in places]
        wrong = seen.flaws()
        for (name, j), lengths in seen.shapes.items():
            x = columns[j] if name[-1] == "H" else (columns[j - 1] + columns[j]) / 2
            flaw = any(words.startswith(f"{name}_{j} ") for words in wrong)
            words = f"{name}_{j} {shape(lengths)}" + " ✗" * flaw
            y = self.below + 14 + ROW * ROWS[name]
            inner.text(x, y, words, colour=DELTA if name[0] == "d" else VALUE, bold=flaw)
        pen = Pen()
        pen.group(inner.body, f'transform="translate({MARGIN:g} 0)"')
        self.frames.append(pen.body)
        self.captions.append(caption + "".join(f"; ✗ {words}" for words in wrong))


def _arrive(seen: Passed, j: int, dH: np.ndarray, H: np.ndarray, row: int) -> None:
    seen.shapes["dH", j] = dH.shape
    if dH.shape == H.shape:
        seen.gradients[j] = dH[row]


def _pair(answer: Any) -> tuple[float, np.ndarray]:
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        raise refuse("what loss returned", "(value, gradient)", repr(answer)[:60])
    return float(floats("the loss", answer[0], ())), floats("the loss's gradient", answer[1])


def _triple(answer: Any) -> list[np.ndarray]:
    if not isinstance(answer, (tuple, list)) or len(answer) != 3:
        raise refuse("what step returned", "(dH_in, dA, db)", repr(answer)[:60])
    names = ("dH_in", "dA", "db")
    return [floats(f"step's {name}", part) for name, part in zip(names, answer, strict=True)]
