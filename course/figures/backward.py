"""Backpropagation as a film: values flow forward through a net, gradients back, with shapes."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course.figures.drawing.film import Film
from course.figures.drawing.labels import counted, listing, number, shape
from course.figures.drawing.pen import Pen
from course.figures.drawing.style import DELTA, VALUE
from course.figures.net_painter import RADIUS, Annotations, paint_net, read_net
from course.nn.arguments import Network, activations, floats, function, network, refuse, whole

MARGIN, ROW = 26.0, 17.0
ROWS = {"H": 0, "A": 1, "b": 2, "dH": 3, "dA": 4, "db": 5}  # each name's line under the net


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
    (dH, H_in, A, Z, act) ↦ (dH_in, dA, db).  example: the row of the batch whose numbers are in the
    circles.

    Under the net are the shapes, each as soon as its array exists. A gradient whose shape is not
    that of the array it belongs to is marked ✗; if it is dH, the film ends there.
    """
    net = network(net)
    acts = activations("acts", acts, len(net[0]))
    function("loss", loss)
    function("step", step)
    X = floats("X", X, ("n", len(net[0][0])))
    scene = _Scene(net, acts, X, whole("example", example, 0, len(X) - 1))
    scene.forward()
    value, dH = _pair(loss(scene.Hs[-1], Y))
    scene.backward(value, dH, step)
    return Film(
        f"{title}. " * bool(title) + scene.told(value),
        *scene.size,
        scene.frames,
        scene.captions,
        title=title,
    )


class _Scene:
    """The net on which the film plays, the arrays so far, and the frames shot so far.

    shapes: the arrays' shapes by name and layer.
    gradients: the example's rows of dH by layer, if dH has the right shape.
    """

    def __init__(self, net: Network, acts: Sequence[Any], X: np.ndarray, row: int):
        (self.As, self.Bs), self.acts, self.row = net, acts, row
        self.net = read_net(net)
        width, self.below = self.net.size
        self.size = (width + 2 * MARGIN, self.below + len(ROWS) * ROW + 12)
        self.Hs: list[np.ndarray] = [X]
        self.Zs: list[np.ndarray] = []
        self.shapes: dict[tuple[str, int], tuple[int, ...]] = {("H", 0): X.shape}
        self.gradients: dict[int, np.ndarray] = {}
        self.frames: list[str] = []
        self.captions: list[str] = []

    def forward(self) -> None:
        """Shoot the forward pass, a layer at a time."""
        self._shoot("forward: H_0 is the batch X, " + shape(self.Hs[0].shape), layer=0, hue=VALUE)
        for j, (A, b, act) in enumerate(zip(self.As, self.Bs, self.acts, strict=True), start=1):
            Z = self.Hs[-1] @ A + b
            self.Zs.append(Z)
            self.Hs.append(floats(f"what acts[{j - 1}] returned", act(Z), Z.shape))
            self.shapes |= {("A", j): A.shape, ("b", j): b.shape, ("H", j): self.Hs[-1].shape}
            caption = f"forward: H_{j} = act(H_{j - 1} A_{j} + b_{j})"
            self._shoot(caption, layer=j, hue=VALUE)

    def backward(self, value: float, dH: np.ndarray, step: Callable) -> None:
        """Shoot the loss and the way back, as far as the gradients have the right shapes."""
        last = len(self.As)
        self._arrive(last, dH)
        caption = f"the loss is {number(value)}; it hands back dH_{last}"
        self._shoot(caption, layer=last + 1, hue=DELTA)
        for j in range(last, 0, -1):
            if j not in self.gradients:
                break
            A, Z, act = self.As[j - 1], self.Zs[j - 1], self.acts[j - 1]
            dH, dA, db = _triple(step(dH, self.Hs[j - 1], A, Z, act))
            self.shapes |= {("dA", j): dA.shape, ("db", j): db.shape}
            self._arrive(j - 1, dH)
            which = f"dA_{j}, db_{j} and dH_{j - 1}"
            self._shoot(f"back through layer {j}: {which} from dH_{j}", layer=j, hue=DELTA)

    def told(self, value: float) -> str:
        """The film in words."""
        shapes = listing(
            f"{name}_{j} {shape(lengths)}" for (name, j), lengths in self.shapes.items()
        )
        rows = "; ".join(
            f"dH_{j} of example {self.row} is {', '.join(number(v) for v in gradient[:8])}"
            for j, gradient in self.gradients.items()
        )
        flaws = self._flaws()
        return (
            f"Frame by frame, a batch of {counted(len(self.Hs[0]), 'example')} flows forward "
            f"through a {'-'.join(map(str, self.net.dims))} net, the loss is {number(value)}, and "
            f"gradients flow back. Shapes: {shapes}. {rows}. "
            + (f"Wrong: {listing(flaws)}." if flaws else "Each gradient has its shape.")
        )

    def _arrive(self, j: int, dH: np.ndarray) -> None:
        self.shapes["dH", j] = dH.shape
        if dH.shape == self.Hs[j].shape:
            self.gradients[j] = dH[self.row]

    def _flaws(self) -> list[str]:
        """The gradients whose shape is not that of the array they belong to."""
        return [
            f"{name}_{j} is {shape(got)}, but {name[1:]}_{j} is {shape(self.shapes[name[1:], j])}"
            for (name, j), got in self.shapes.items()
            if self._is_flawed(name, j)
        ]

    def _is_flawed(self, name: str, j: int) -> bool:
        return name[0] == "d" and self.shapes[name, j] != self.shapes[name[1:], j]

    def _shoot(self, caption: str, *, layer: int, hue: str) -> None:
        """Draw what there is; ``layer`` is the layer that the pass is at."""
        inner = Pen()
        blank = [None] * (len(self.net.dims) - len(self.Hs))
        values = [H[self.row] for H in self.Hs] + blank
        paint_net(inner, self.net, Annotations(values, current=layer, hue=hue))
        self._paint_gradients(inner)
        self._paint_shapes(inner)
        pen = Pen()
        pen.group(inner.body, f'transform="translate({MARGIN:g} 0)"')
        self.frames.append(pen.body)
        self.captions.append(caption + "".join(f"; ✗ {flaw}" for flaw in self._flaws()))

    def _paint_gradients(self, pen: Pen) -> None:
        for j, gradient in self.gradients.items():
            for i, (x, y) in self.net.places[j].items():
                words = number(gradient[i], 2)
                pen.text(x, y + RADIUS + 8, words, size=10, colour=DELTA, bold=True)

    def _paint_shapes(self, pen: Pen) -> None:
        columns = [next(iter(layer.values()))[0] for layer in self.net.places]
        for (name, j), lengths in self.shapes.items():
            x = columns[j] if name[-1] == "H" else (columns[j - 1] + columns[j]) / 2
            y = self.below + 14 + ROW * ROWS[name]
            flawed = self._is_flawed(name, j)
            words = f"{name}_{j} {shape(lengths)}" + " ✗" * flawed
            pen.text(x, y, words, colour=DELTA if name[0] == "d" else VALUE, bold=flawed)


def _pair(answer: Any) -> tuple[float, np.ndarray]:
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        raise refuse("what loss returned", "(value, gradient)", repr(answer)[:60])
    return float(floats("the loss", answer[0], ())), floats("the loss's gradient", answer[1])


def _triple(answer: Any) -> list[np.ndarray]:
    if not isinstance(answer, (tuple, list)) or len(answer) != 3:
        raise refuse("what step returned", "(dH_in, dA, db)", repr(answer)[:60])
    names = ("dH_in", "dA", "db")
    return [floats(f"step's {name}", part) for name, part in zip(names, answer, strict=True)]
