"""A neuron as a black box, and a layer as a box that values cross and gradients cross back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from course.figures.drawing.labels import SUBSCRIPTS, counted, listing, number
from course.figures.drawing.pen import Pen, text_width
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, DELTA, INK, PAPER, VALUE, VERMILLION
from course.nn.arguments import floats, refuse, whole

MOST = 10
PITCH = 40.0  # between two inputs
JOINT = 21.0  # the radius of the circles for the sum and the activation
SHUT = "#1c1c1c"
ARROW = {"line": 2.2, "arrow": True}
FORWARD, BACK = {"colour": VALUE, **ARROW}, {"colour": DELTA, "dashes": "5 3", **ARROW}


def draw_neuron(
    w: Any = None,
    x: Any = None,
    output: Any = None,
    *,
    d: int = 3,
    h: str = "h",
    closed: bool = False,
    title: str = "",
) -> Picture:
    """Draw a generalised linear model as a box: inputs, weights, one sum, one activation, output.

    w, x, output: the numbers to write in, such as output=neuron(w, x, np.tanh); without them the
    drawing has letters.  d: how many inputs, if neither w nor x says so.  h: the activation's name.
    closed: draw the box shut, as the black box that the lecture calls a neuron.  title: words above
    the box.
    """
    words = _neuron_words(w, x, output, d, h)
    box = _lay_out(words, closed, bool(title))
    pen = Pen()
    if title:
        pen.text(box.left + box.width / 2, 13, title, size=14)
    _paint_shell(pen, box, closed)
    for i in range(len(words.inputs)):
        _paint_input(pen, box, words, i, closed)
    if not closed:
        _paint_sum_and_activation(pen, box, words)
    _paint_output(pen, box, words, box.right if closed else box.activation + JOINT)
    alt = f"{title}. " * bool(title) + _neuron_told(words, closed)
    width = box.right + 66 + text_width(words.result, 15)
    return Picture(alt, width, box.top + box.height, pen.body)


@dataclass(frozen=True)
class _NeuronWords:
    """The words in the drawing of a neuron: letters, or letters with their numbers."""

    inputs: list[str]
    weights: list[str]
    z: str
    h: str
    result: str
    weighted: bool  # whether the weights have numbers


@dataclass(frozen=True)
class _NeuronBox:
    """Where the parts of a drawn neuron are; joint and activation are the circles' middles."""

    inputs_end: float
    left: float
    width: float
    joint: float
    activation: float
    top: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def _neuron_words(w: Any, x: Any, output: Any, d: int, h: str) -> _NeuronWords:
    w = None if w is None else floats("w", w, ("d",))
    x = None if x is None else floats("x", x, ("d",))
    sizes = {len(v) for v in (w, x) if v is not None} or {whole("d", d, 1)}
    if len(sizes) > 1:
        raise refuse("x", f"as many numbers as w, {len(w)}", f"{len(x)}")
    (count,) = sizes
    if count > MOST:
        raise refuse("w and x", f"at most {MOST} numbers", f"{count}")
    return _NeuronWords(
        inputs=[_letter("x", i) + _equals(x, i) for i in range(count)],
        weights=[_letter("w", i) + _equals(w, i) for i in range(count)],
        z="z" if w is None or x is None else f"z = {number(w @ x)}",
        h=h,
        result="ŷ" if output is None else f"ŷ = {number(floats('output', output))}",
        weighted=w is not None,
    )


def _equals(values: Any, i: int) -> str:
    return "" if values is None else f" = {number(values[i])}"


def _lay_out(words: _NeuronWords, closed: bool, titled: bool) -> _NeuronBox:
    room, step = (124.0, 58.0) if words.weighted else (62.0, 44.0)
    inputs_end = 18 + max(text_width(text, 14) for text in words.inputs)
    left = inputs_end + 40
    return _NeuronBox(
        inputs_end=inputs_end,
        left=left,
        width=96.0 if closed else room + step + 2 * JOINT + 52,
        joint=left + room,
        activation=left + room + step + 2 * JOINT,
        top=26.0 if titled else 0.0,
        height=max(len(words.inputs) * PITCH, 110.0) + 24,
    )


def _paint_shell(pen: Pen, box: _NeuronBox, closed: bool) -> None:
    around = (box.left, box.top + 10, box.width, box.height - 20)
    pen.box(*around, fill=INK, strength=0.05, line=1.8)
    if closed:
        pen.box(*around, fill=SHUT, strength=1, line=1.8)
        centre = box.left + box.width / 2
        pen.text(centre, box.middle, "neuron", size=15, bold=True, colour=PAPER)


def _paint_input(pen: Pen, box: _NeuronBox, words: _NeuronWords, i: int, closed: bool) -> None:
    """Write input i and draw its arrow, to the sum or, if the box is closed, to the box."""
    y = box.middle + PITCH * (i - (len(words.inputs) - 1) / 2)
    start = box.inputs_end
    pen.text(start, y, words.inputs[i], size=14, anchor="end")
    if closed:
        pen.line([(start + 8, y), (box.left, y)], arrow=True)
        return
    end = (box.joint - JOINT, box.middle + (y - box.middle) * 0.22)
    pen.line([(start + 8, y), (box.left + 4, y), end], arrow=True)
    beside = y + (9 if y > box.middle else -9)
    size = 12 if words.weighted else 14
    pen.text(box.left + 10, beside, words.weights[i], size=size, colour=BLUE, anchor="start")


def _paint_sum_and_activation(pen: Pen, box: _NeuronBox, words: _NeuronWords) -> None:
    y, start, end = box.middle, box.joint + JOINT, box.activation - JOINT
    pen.circle(box.joint, y, JOINT, colour=BLUE, fill=BLUE, strength=0.12, line=2)
    pen.text(box.joint, y, "Σ", size=18)
    pen.line([(start, y), (end, y)], arrow=True)
    size = 14 if words.z == "z" else 11
    pen.text((start + end) / 2 - 4, y - 11, words.z, size=size, italic=True)
    pen.circle(box.activation, y, JOINT, colour=VERMILLION, fill=VERMILLION, line=2)
    size = 16 if text_width(words.h, 16) < 36 else 11
    pen.text(box.activation, y, words.h, size=size, italic=True)


def _paint_output(pen: Pen, box: _NeuronBox, words: _NeuronWords, start: float) -> None:
    pen.line([(start, box.middle), (box.right + 44, box.middle)], arrow=True)
    pen.text(box.right + 52, box.middle, words.result, size=15, anchor="start")


def _neuron_told(words: _NeuronWords, closed: bool) -> str:
    if closed:
        inside = "The box is shut and called neuron."
    else:
        inside = (
            f"Inside, each is multiplied by its weight, {listing(words.weights)}; the products are "
            f"added up to one number {words.z}, and the activation {words.h} turns z into the "
            "output."
        )
    return (
        f"{counted(len(words.inputs), 'input')} {listing(words.inputs)} enter a box from the left. "
        f"{inside} One arrow leaves on the right: {words.result}."
    )


def draw_layer_passes(
    names: Sequence[str] = ("H_in", "Z = H_in A + b", "H = act(Z)", "loss"),
    gradients: Sequence[str] = ("dH_in", "delta", "dH", "1"),
    parameters: str = "A, b",
    parameter_gradients: str = "dA, db",
) -> Picture:
    """Draw how values cross a layer and gradients cross it back.

    names: the words in the boxes from left to right.  gradients: the gradient by each.
    parameters, parameter_gradients: what enters the second box, and the gradient by it.
    """
    names, gradients = list(names), list(gradients)
    if len(names) < 2 or len(names) != len(gradients):
        raise refuse("gradients", f"{len(names)}, one for each of at least 2 boxes", f"{gradients}")
    pen, top = Pen(), 52.0
    centres, end = _paint_boxes(pen, top, names, gradients)
    _paint_parameters(pen, top, centres[1], parameters, parameter_gradients)
    pen.text(10, top + 92, "solid: values, forward", colour=VALUE, anchor="start")
    pen.text(180, top + 92, "dashed: gradients, backward", colour=DELTA, anchor="start")
    alt = (
        f"Boxes in a row: {', '.join(names)}. Solid arrows carry values to the right; {parameters} "
        f"enter the second box from above. Dashed arrows carry gradients back to the left: "
        f"{', '.join(gradients[::-1])}; {parameter_gradients} leave upwards."
    )
    return Picture(alt, max(end + 10, 400), top + 106, pen.body)


def _paint_boxes(
    pen: Pen, top: float, names: list[str], gradients: list[str]
) -> tuple[list[float], float]:
    """Draw the boxes, with an arrow each way between neighbours; return their middles, and the end.

    Under each box is the gradient by it.
    """
    left, centres = 10.0, []
    for k, name in enumerate(names):
        if k:
            pen.line([(left - 64, top + 12), (left - 6, top + 12)], **FORWARD)
            pen.line([(left - 6, top + 30), (left - 64, top + 30)], **BACK)
        wide = text_width(name, 14) + 26
        centres.append(left + wide / 2)
        pen.box(left, top, wide, 40, fill=INK, strength=0.07)
        pen.text(centres[k], top + 20, name, size=14)
        pen.text(centres[k], top + 62, gradients[k], size=14, colour=DELTA, bold=True)
        left += wide + 70
    return centres, left - 70


def _paint_parameters(pen: Pen, top: float, x: float, parameters: str, gradients: str) -> None:
    """Write the parameters above their box, and beside them the gradients that leave it."""
    pen.text(x, 12, parameters, size=14, colour=VALUE, bold=True)
    pen.line([(x - 8, 22), (x - 8, top - 3)], **FORWARD)
    pen.line([(x + 8, top - 3), (x + 8, 22)], **BACK)
    beside = x + text_width(parameters, 14, True) / 2 + 16
    pen.text(beside, 12, gradients, size=14, colour=DELTA, bold=True, anchor="start")


def _letter(name: str, i: int) -> str:
    return name + str(i + 1).translate(SUBSCRIPTS)
