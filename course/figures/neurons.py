"""One neuron as a black box, and one layer as a box that values cross and gradients cross back."""

from collections.abc import Sequence
from typing import Any

from course.figures.drawing.labels import SUBSCRIPTS, counted, listing, number
from course.figures.drawing.pen import Pen, text_width
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, DELTA, INK, PAPER, VALUE, VERMILLION
from course.nn.arguments import floats, refuse, whole

MOST = 10


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
    letters stand.  d: how many inputs, where neither w nor x says.  h: the activation's name.
    closed: draw the box shut, as the black box that the lecture calls a neuron.  title: words above
    the box.
    """
    w = None if w is None else floats("w", w, ("d",))
    x = None if x is None else floats("x", x, ("d",))
    sizes = {len(v) for v in (w, x) if v is not None} or {whole("d", d, 1)}
    if len(sizes) > 1:
        raise refuse("x", f"as many numbers as w, {len(w)}", f"{len(x)}")
    (count,) = sizes
    if count > MOST:
        raise refuse("w and x", f"at most {MOST} numbers", f"{count}")
    result = "ŷ" if output is None else f"ŷ = {number(floats('output', output))}"
    inputs = [_letter("x", i) + ("" if x is None else f" = {number(x[i])}") for i in range(count)]
    weights = [_letter("w", i) + ("" if w is None else f" = {number(w[i])}") for i in range(count)]
    pitch, top = 40.0, 26.0 if title else 0.0
    height = max(count * pitch, 110.0) + 24
    middle = top + height / 2
    left = 18 + max(text_width(words, 14) for words in inputs)
    z = "z" if w is None or x is None else f"z = {number(w @ x)}"
    pen = Pen()
    room, step = (62.0, 44.0) if w is None else (124.0, 58.0)
    wide = 96.0 if closed else room + step + 42 + 52
    box = left + 40
    if title:
        pen.text(box + wide / 2, 13, title, size=14)
    pen.box(box, top + 10, wide, height - 20, fill=INK, strength=0.05, line=1.8)
    if closed:
        pen.box(box, top + 10, wide, height - 20, fill="#1c1c1c", strength=1, line=1.8)
        pen.text(box + wide / 2, middle, "neuron", size=15, bold=True, colour=PAPER)
    joint = box if closed else box + room
    for i in range(count):
        y = middle + pitch * (i - (count - 1) / 2)
        pen.text(left, y, inputs[i], size=14, anchor="end")
        if closed:
            pen.line([(left + 8, y), (box, y)], arrow=True)
            continue
        end = (joint - 21, middle + (y - middle) * 0.22)
        pen.line([(left + 8, y), (box + 4, y), end], arrow=True)
        pen.text(
            box + 10,
            y + (9 if y > middle else -9),
            weights[i],
            size=14 if w is None else 12,
            colour=BLUE,
            anchor="start",
        )
    end = box + wide
    if not closed:
        pen.circle(joint, middle, 21, colour=BLUE, fill=BLUE, strength=0.12, line=2)
        pen.text(joint, middle, "Σ", size=18)
        right = joint + 21 + step
        pen.line([(joint + 21, middle), (right, middle)], arrow=True)
        size = 14 if z == "z" else 11
        pen.text(joint + 17 + step / 2, middle - 11, z, size=size, italic=True)
        pen.circle(right + 21, middle, 21, colour=VERMILLION, fill=VERMILLION, line=2)
        size = 16 if text_width(h, 16) < 36 else 11
        pen.text(right + 21, middle, h, size=size, italic=True)
        end = right + 42
    pen.line([(end, middle), (box + wide + 44, middle)], arrow=True)
    pen.text(box + wide + 52, middle, result, size=15, anchor="start")
    alt = (
        f"{title}. " * bool(title)
        + f"{counted(count, 'input')} {listing(inputs)} enter a box from the left. "
        + (
            "The box is shut and called neuron. "
            if closed
            else f"Inside, each is multiplied by its weight, {listing(weights)}; the products are "
            f"added up to one number {z}, and the activation {h} turns z into the output. "
        )
        + f"One arrow leaves on the right: {result}."
    )
    return Picture(alt, box + wide + 66 + text_width(result, 15), top + height, pen.body)


def draw_layer_passes(
    names: Sequence[str] = ("H_in", "Z = H_in A + b", "H = act(Z)", "loss"),
    gradients: Sequence[str] = ("dH_in", "delta", "dH", "1"),
    parameters: str = "A, b",
    parameter_gradients: str = "dA, db",
) -> Picture:
    """Draw how values cross a layer and gradients cross it back.

    names: what stands in the boxes from left to right.  gradients: the gradient by each.
    parameters, parameter_gradients: what enters the second box, and the gradient by it.
    """
    names, gradients = list(names), list(gradients)
    if len(names) < 2 or len(names) != len(gradients):
        raise refuse("gradients", f"{len(names)}, one for each of at least 2 boxes", f"{gradients}")
    pen, x, top = Pen(), 10.0, 52.0
    centres = []
    for k, name in enumerate(names):
        wide = text_width(name, 14) + 26
        pen.box(x, top, wide, 40, fill=INK, strength=0.07)
        pen.text(x + wide / 2, top + 20, name, size=14)
        pen.text(x + wide / 2, top + 62, gradients[k], size=14, colour=DELTA, bold=True)
        centres.append(x + wide / 2)
        if k < len(names) - 1:
            right = x + wide
            pen.line(
                [(right + 6, top + 12), (right + 64, top + 12)], colour=VALUE, line=2.2, arrow=True
            )
            pen.line(
                [(right + 64, top + 30), (right + 6, top + 30)],
                colour=DELTA,
                line=2.2,
                dashes="5 3",
                arrow=True,
            )
        x += wide + 70
    pen.text(centres[1], 12, parameters, size=14, colour=VALUE, bold=True)
    pen.line([(centres[1] - 8, 22), (centres[1] - 8, top - 3)], colour=VALUE, line=2.2, arrow=True)
    pen.line(
        [(centres[1] + 8, top - 3), (centres[1] + 8, 22)],
        colour=DELTA,
        line=2.2,
        dashes="5 3",
        arrow=True,
    )
    half = text_width(parameters, 14, True) / 2
    pen.text(
        centres[1] + half + 16,
        12,
        parameter_gradients,
        size=14,
        colour=DELTA,
        bold=True,
        anchor="start",
    )
    pen.text(10, top + 92, "solid: values, forward", colour=VALUE, anchor="start")
    pen.text(180, top + 92, "dashed: gradients, backward", colour=DELTA, anchor="start")
    alt = (
        f"Boxes in a row: {', '.join(names)}. Solid arrows carry values to the right; {parameters} "
        f"enter the second box from above. Dashed arrows carry gradients back to the left: "
        f"{', '.join(gradients[::-1])}; {parameter_gradients} leave upwards."
    )
    return Picture(alt, max(x - 60, 400), top + 106, pen.body)


def _letter(name: str, i: int) -> str:
    return name + str(i + 1).translate(SUBSCRIPTS)
