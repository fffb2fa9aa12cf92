"""Matrices as grids: whose rows are whose, which shapes meet, and what broadcasting does."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.figures.drawing.labels import counted, listing, number, shape
from course.figures.drawing.pen import Pen, text_width
from course.figures.drawing.picture import Picture
from course.figures.drawing.style import BLUE, GREEN, INK, PURPLE, VERMILLION, stroke
from course.nn.arguments import floats, functions, refuse, whole

CELL = 24.0
SMALL = 16.0
STRETCHED = (BLUE, PURPLE, GREEN)  # the two arrays and the result


def draw_rows(W: Any, *, names: Sequence[str] | None = None, name: str = "W") -> Picture:
    """Draw m neurons' weights stacking up into the rows of a matrix.

    W: one neuron per row, (m, d).  names: a name for each neuron.  name: the matrix's name.
    Each neuron keeps its colour and its name.
    """
    W = floats("W", W, ("m", "d"))
    m, d = W.shape
    names = [f"w_{i}" for i in range(m)] if names is None else [str(n) for n in names]
    if len(names) != m:
        raise refuse("names", f"{m}, one for each row", f"{len(names)}")
    cell = max(34.0, max(text_width(number(v), 12) for v in W.flat) + 10)
    label = max(text_width(n, 13, True) for n in names) + 14
    left, gap = label, 96.0
    pitch = CELL + 16
    height = max(pitch * m, CELL * m) + 34
    pen = Pen()
    for i, row in enumerate(W):
        colour = stroke(i).colour
        y = 8 + pitch * i
        pen.text(left - 8, y + CELL / 2, names[i], size=13, bold=True, anchor="end")
        _cells(pen, left, y, row[None], cell, colour)
        x, to = left + d * cell, left + d * cell + gap
        goal = 8 + (pitch * m - CELL * m) / 2 + CELL * (i + 0.5)
        pen.line([(x + 6, y + CELL / 2), (to - 8, goal)], colour=colour, arrow=True, dashes="4 3")
        _cells(pen, to, goal - CELL / 2, row[None], cell, colour)
    x, middle = left + d * cell + gap, 8 + (pitch * m + CELL * m) / 2
    pen.text(x + d * cell / 2, middle + 13, f"{name}, shape {shape(W.shape)}", size=12)
    alt = (
        f"{counted(m, 'neuron')} with {counted(d, 'weight')} each on the left; an arrow leads from "
        f"each to its row of the matrix {name} on the right, of shape {shape(W.shape)}. "
        + "; ".join(
            f"{n} = ({', '.join(number(v) for v in row)})" for n, row in zip(names, W, strict=True)
        )
        + "."
    )
    width = x + d * cell / 2 + max(d * cell, text_width(f"{name}, shape {shape(W.shape)}")) / 2
    return Picture(alt, width + 10, height + 6, pen.body)


def draw_product(
    *factors: tuple[str, Any],
    operators: str | None = None,
    title: str = "",
    lengths: Sequence[int] = (),
) -> Picture:
    """Draw a line of matrices to scale, so that you see which sides have to fit.

    factors: pairs (name, array or shape), such as ("X", X), ("A", A), ("b", b), ("Z", Z); the last
    is the result.  operators: the signs between them; "·=" for three factors, "·+=" for four.
    title: words above the drawing.  lengths: the lengths that are first in the order of colours,
    if several drawings have to agree in them.

    Sides that have the same length carry the same colour and number.
    """
    pairs = [_named(i, factor) for i, factor in enumerate(factors)]
    if len(pairs) < 2:
        raise refuse("factors", "at least 2 pairs (name, array or shape)", f"{len(pairs)}")
    signs = operators or ("·" + "+" * (len(pairs) - 3) if len(pairs) > 2 else "") + "="
    if len(signs) != len(pairs) - 1:
        raise refuse("operators", f"{len(pairs) - 1} signs", repr(operators))
    pen, width, height = _product(pairs, signs, title, lengths)
    said = ", ".join(f"{name} {shape(lengths)}" for name, lengths in pairs)
    alt = f"{title}. " * bool(title) + (
        f"Matrices drawn to scale in a line, joined by {' '.join(signs)}: {said}. "
        "Sides of equal length carry the same colour."
    )
    return Picture(alt, width, height, pen.body)


def draw_conventions(d_in: int = 5, d_out: int = 3, n: int = 4) -> Picture:
    """Draw the lecture's two conventions side by side: its pictures' columns, its code's rows.

    d_in, d_out: how many inputs and neurons a layer has.  n: how many examples a batch.
    Both show the same neuron in vermillion, the same example in blue, and in green the neuron's
    result for the example.
    """
    d_in, d_out, n = whole("d_in", d_in, 1), whole("d_out", d_out, 1), whole("n", n, 1)
    neuron, row = min(1, d_out - 1), min(1, n - 1)
    pictures = [
        _Table("A", (d_out, d_in), VERMILLION, row=neuron),
        _Table("x", (d_in, 1), BLUE, column=0),
        _Table("b", (d_out, 1), VERMILLION, row=neuron, column=0),
        _Table("h", (d_out, 1), GREEN, row=neuron, column=0),
    ]
    code = [
        _Table("X", (n, d_in), BLUE, row=row),
        _Table("A", (d_in, d_out), VERMILLION, column=neuron),
        _Table("b", (1, d_out), VERMILLION, row=0, column=neuron),
        _Table("H", (n, d_out), GREEN, row=row, column=neuron),
    ]
    tall = max(d_in, d_out, n)
    pen, gap = Pen(), 44
    heading = "the pictures: a neuron is a row, an example a column"
    x = _paint_convention(pen, 6.0, tall, heading, pictures) + gap
    heading = "the code: an example is a row, a neuron a column"
    end = _paint_convention(pen, x, tall, heading, code)
    alt = (
        f"Two lines of matrices side by side. On the left the pictures' convention: A "
        f"{shape((d_out, d_in))}, one neuron marked as a row, times an example x, a column "
        f"{shape((d_in, 1))}, plus b {shape((d_out, 1))}. On the right the code's convention: X "
        f"{shape((n, d_in))}, one example marked as a row, times A {shape((d_in, d_out))}, the "
        f"same neuron marked as a column, plus b {shape((1, d_out))}. One number of the result "
        f"belongs to both marks."
    )
    return Picture(alt, end + 6, 34 + tall * SMALL + 44, pen.body)


def draw_ladder(shapes: Sequence[Any], n: int = 1, *, names: bool = True) -> Picture:
    """Draw the shapes of a net as a ladder: a batch goes down it, and its rows stay rows.

    shapes: what your layer_shapes returned, [((d_0, d_1), (1, d_1)), …].  n: how many examples the
    batch has.  names: write A_1, b_1, H_1 … beside the blocks.

    If a layer's rows do not fit the columns of the batch above it, it is drawn in vermillion.
    """
    n, steps = whole("n", n, 1), _layers(shapes)
    ladder = _Ladder(steps, n, names)
    first, last = steps[0][0][0], steps[-1][0][1]
    ladder.batch(first, "X = H_0")
    flaws, got = [], first
    for j, (A, b) in enumerate(steps, start=1):
        wrong = _misfits(j, A, b, got)
        ladder.layer(j, A, b, fits=not wrong)
        got = A[1]
        ladder.batch(got, f"H_{j}")
        flaws += wrong
    said = " then ".join(f"A {shape(A)} and b {shape(b)}" for A, b in steps)
    alt = (
        f"A ladder of shapes. A batch of {counted(n, 'example')}, {shape((n, first))}, "
        f"goes down through {said}; the result is {shape((n, last))}. The first axis, the "
        f"batch, is {n} on every rung. " + (f"It does not fit: {listing(flaws)}." if flaws else "")
    )
    return Picture(alt, ladder.width, ladder.y + 4, ladder.pen.body)


def draw_broadcast(
    a: Any, b: Any, operation: Callable = np.subtract, *, sign: str = "−", names: str = "ab"
) -> Picture:
    """Draw what NumPy makes of two arrays: how it stretches them, and the resulting table.

    a, b: arrays of at most two axes, such as a column (n, 1) and a flat (n,).  operation: what is
    done with them, entry by entry; sign: how it is written; names: two names.
    Solid cells are yours, dotted ones NumPy's copies. Raises ValueError if the shapes don't fit.
    """
    a, b = floats("a", a), floats("b", b)
    (operation,) = functions("operation", [operation])
    if a.ndim > 2 or b.ndim > 2:
        raise refuse("a and b", "arrays of at most 2 axes", f"shapes {a.shape} and {b.shape}")
    try:
        stretched = np.broadcast_arrays(np.atleast_2d(a), np.atleast_2d(b))
    except ValueError:
        raise refuse("b", f"a shape that fits {shape(a.shape)}", shape(b.shape)) from None
    result = operation(a, b)
    tables = [*stretched, np.atleast_2d(result)]
    rows, columns = tables[0].shape
    if rows * columns > 100:
        raise refuse("a and b", "at most 100 entries together", f"{rows * columns}")
    first, second, *_ = names
    labels = [f"{first} {shape(a.shape)}", f"{second} {shape(b.shape)}"]
    labels.append(f"{first} {sign} {second}  {shape(np.shape(result))}")
    cell = max(30.0, *(text_width(number(v), 12) + 10 for table in tables for v in table.flat))
    pen, x = Pen(), 8.0
    for k, (table, given) in enumerate(zip(tables, (a, b, result), strict=True)):
        wide = max(columns * cell, text_width(labels[k], 13, True))
        left = x + (wide - columns * cell) / 2
        _paint_stretched(pen, left, cell, table, np.atleast_2d(given).shape, STRETCHED[k])
        pen.text(x + wide / 2, 10 + rows * CELL + 16, labels[k], size=13, bold=True)
        x += wide + 14
        if k < 2:
            pen.text(x + 4, 10 + rows * CELL / 2, (sign, "=")[k], size=18)
            x += 22
    copied = [
        f"{name} of shape {shape(given.shape)} is stretched to {shape((rows, columns))}"
        for name, given in ((first, a), (second, b))
        if np.atleast_2d(given).shape != (rows, columns)
    ]
    alt = (
        f"{first} {sign} {second} drawn as tables: "
        f"{listing(copied) if copied else 'no array is stretched'}; the result has shape "
        f"{shape(np.shape(result))}: "
        + "; ".join(", ".join(number(v) for v in row) for row in tables[2])
        + "."
    )
    return Picture(alt, x, 10 + rows * CELL + 34, pen.body)


def _cells(pen: Pen, x: float, y: float, table: np.ndarray, cell: float, colour: str) -> None:
    for i, row in enumerate(table):
        for c, v in enumerate(row):
            left, top = x + c * cell, y + i * CELL
            pen.box(left, top, cell, CELL, colour=colour, fill=colour, strength=0.16, round=2)
            pen.text(left + cell / 2, top + CELL / 2, number(v))


@dataclass(frozen=True)
class _Table:
    """A matrix of which a row, a column or, with both given, a cell is marked in a colour."""

    name: str
    shape: tuple[int, int]
    colour: str
    row: int | None = None
    column: int | None = None

    def is_marked(self, i: int, c: int) -> bool:
        """Whether the mark covers a cell."""
        return self.row in (None, i) and self.column in (None, c)


def _paint_convention(
    pen: Pen, x: float, tall: int, heading: str, tables: Sequence[_Table]
) -> float:
    """Draw a product of four tables under a heading; return where it ends."""
    start, foot = x, 34 + tall * SMALL
    for k, table in enumerate(tables):
        rows, columns = table.shape
        _paint_table(pen, x, 34 + (tall - rows) * SMALL / 2, table)
        middle = x + columns * SMALL / 2
        pen.text(middle, foot + 14, table.name, size=13, bold=True)
        pen.text(middle, foot + 31, shape(table.shape), size=11)
        x += max(columns * SMALL, 30) + 10
        if k < 3:
            pen.text(x + 4, 34 + tall * SMALL / 2, "·+="[k], size=20, bold=True)
            x += 22
    pen.text(start, 14, heading, size=13, anchor="start")
    return max(x, start + text_width(heading, 13) + 4)


def _paint_table(pen: Pen, x: float, y: float, table: _Table) -> None:
    rows, columns = table.shape
    for i, c in itertools.product(range(rows), range(columns)):
        marked = table.is_marked(i, c)
        colour = table.colour if marked else INK
        pen.box(
            x + c * SMALL,
            y + i * SMALL,
            SMALL,
            SMALL,
            colour=colour,
            fill=colour,
            strength=0.35 if marked else 0.05,
            line=1.8 if marked else 0.9,
            round=1,
            dashes="3 2" if colour == VERMILLION else "",
        )


class _Ladder:
    """A ladder drawn from the top down: blocks for the batches, and the layers between them."""

    def __init__(self, steps: Sequence[tuple], n: int, names: bool):
        unit = min(16.0, 110 / max(max(A) for A, _ in steps))
        self.length = {d: max(unit * d, 10.0) for A, _ in steps for d in A}
        self.tall = min(max(unit * n, 14.0), 90.0)
        self.n, self.names = n, names
        self.pen, self.y, self.left = Pen(), 10.0, 92.0
        self.words_at = self.left + max(self.length.values()) + 42
        longest = text_width(f"@ A_9 {shape((888, 888))}  + b_9 {shape((1, 888))}", 12)
        self.width = self.words_at + 14 + longest

    def batch(self, width: int, name: str) -> None:
        """Draw a batch, an example per row, and step below it."""
        middle = self.y + self.tall / 2
        block = (self.left, self.y, self.length[width], self.tall)
        self.pen.box(*block, colour=BLUE, fill=BLUE, strength=0.28, round=2)
        self.pen.text(self.left - 10, middle, name if self.names else "", bold=True, anchor="end")
        words = f"{shape((self.n, width))}: {counted(self.n, 'example')} × {width}"
        self.pen.text(self.words_at, middle, words, anchor="start")
        self.y += self.tall + 6

    def layer(self, j: int, A: tuple, b: tuple, fits: bool) -> None:
        """Draw a layer's matrix beside an arrow down, and step below it."""
        colour, dashes = (GREEN, "") if fits else (VERMILLION, "4 3")
        depth = max(self.length[A[0]], 18.0)
        arrow = [(self.left + 10, self.y), (self.left + 10, self.y + depth + 12)]
        self.pen.line(arrow, line=1.2, arrow=True)
        block = (self.left + 26, self.y + 2, self.length[A[1]], depth)
        self.pen.box(*block, colour=colour, fill=colour, strength=0.2, dashes=dashes, round=2)
        words = f"@ {shape(A)} + {shape(b)}"
        if self.names:
            words = f"@ A_{j} {shape(A)}  + b_{j} {shape(b)}"
        words += "" if fits else "  ✗"
        self.pen.text(self.words_at, self.y + depth / 2 + 2, words, colour=colour, anchor="start")
        self.y += depth + 16


def _misfits(j: int, A: tuple, b: tuple, columns: int) -> list[str]:
    """What is wrong with the shapes of layer j for a batch with this number of columns."""
    flaws = []
    if columns != A[0]:
        flaws.append(f"A_{j} has {A[0]} rows, but {columns} columns come down")
    if b != (1, A[1]):
        flaws.append(f"b_{j} is {shape(b)}, not {shape((1, A[1]))}")
    return flaws


def _paint_stretched(
    pen: Pen, left: float, cell: float, table: np.ndarray, given: tuple[int, int], colour: str
) -> None:
    """Draw a table of which NumPy was given only the first rows and columns."""
    for (i, c), v in np.ndenumerate(table):
        copy = i >= given[0] or c >= given[1]
        pen.box(
            left + c * cell,
            10 + i * CELL,
            cell,
            CELL,
            colour=colour,
            fill=colour,
            strength=0.04 if copy else 0.25,
            dashes="2 3" if copy else "",
            line=0.8 if copy else 1.5,
            round=2,
        )
        pen.text(left + (c + 0.5) * cell, 10 + (i + 0.5) * CELL, number(v), italic=copy)


def _named(i: int, factor: Any) -> tuple[str, tuple[int, ...]]:
    try:
        name, thing = factor
    except (TypeError, ValueError):
        raise refuse(f"factors[{i}]", "a pair (name, array or shape)", repr(factor)[:60]) from None
    if isinstance(thing, tuple) and all(isinstance(k, int) for k in thing):
        lengths = thing
    else:
        lengths = np.shape(thing)
    if len(lengths) > 2 or min(lengths, default=1) < 1:
        raise refuse(f"factors[{i}]", "a matrix, a vector or a number", f"shape {lengths}")
    return str(name), lengths


def _product(pairs: list, signs: str, title: str, first: Sequence[int]) -> tuple[Pen, float, float]:
    unit = min(22.0, 220.0 / max(max(lengths, default=1) for _, lengths in pairs))
    sizes = dict.fromkeys([*first, *(k for _, lengths in pairs for k in lengths)])
    hues = dict(zip(sizes, itertools.cycle((BLUE, VERMILLION, GREEN, PURPLE)), strict=False))
    tall = max(_rows_and_columns(lengths)[0] for _, lengths in pairs) * unit
    top = 40.0 if title else 18.0
    pen, x = Pen(), 30.0
    if title:
        pen.text(6, 13, title, size=13, anchor="start")
    for k, (name, lengths) in enumerate(pairs):
        rows, columns = _rows_and_columns(lengths)
        wide, high = max(columns * unit, 10.0), max(rows * unit, 10.0)
        y = top + (tall - high) / 2
        pen.box(x, y, wide, high, fill=INK, strength=0.07, round=2)
        if len(lengths) == 2:
            pen.line([(x - 4, y), (x - 4, y + high)], colour=hues[rows], line=3)
            pen.text(x - 8, y + high / 2, rows, colour=hues[rows], bold=True, anchor="end")
        if lengths:
            pen.line([(x, y - 4), (x + wide, y - 4)], colour=hues[columns], line=3)
            pen.text(x + wide / 2, y - 13, columns, colour=hues[columns], bold=True)
        inside = text_width(name, 13, True) < wide - 4 and high > 16
        name_y = y + high / 2 if inside else top + tall + 16
        pen.text(x + wide / 2, name_y, name, size=13, bold=True)
        x += max(wide, text_width(name, 13, True)) + 12
        if k < len(signs):
            pen.text(x + 4, top + tall / 2, signs[k], size=20, bold=True)
            x += 38
    return pen, max(x + 4, text_width(title, 13) + 12), top + tall + 30


def _rows_and_columns(lengths: tuple[int, ...]) -> tuple[int, int]:
    """A matrix's shape; a vector is drawn as a row, a number as a cell."""
    return (1, 1, *lengths)[-2:]


def _layers(shapes: Any) -> list[tuple[tuple[int, int], tuple[int, ...]]]:
    try:
        steps = [
            (tuple(whole("shapes", d, 1) for d in A), tuple(whole("shapes", d, 1) for d in b))
            for A, b in shapes
        ]
    except TypeError:
        raise refuse("shapes", "[((d_0, d_1), (1, d_1)), …]", repr(shapes)[:60]) from None
    if not steps or any(len(A) != 2 for A, _ in steps):
        raise refuse("shapes", "[((d_0, d_1), (1, d_1)), …]", repr(shapes)[:60])
    return steps
