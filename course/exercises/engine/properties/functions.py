"""Properties of functions and small nets that may be written in more than one right way."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from course.exercises.engine.registry import PROPERTIES

CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
MARGIN = 0.1
DIGITS = 12


@PROPERTIES.register
def slope_free_at_zero(answer: Any, args: dict) -> dict:
    """A slope for each z; at z = 0 any number from 0 to 1 is right."""
    at_zero = np.asarray(args["z"]) == 0
    slope = 1.0 * np.asarray(answer)
    if slope.shape != at_zero.shape:
        raise ValueError(f"expected shape {at_zero.shape}, got {slope.shape}")
    return {
        "where z is not 0": slope[~at_zero],
        "from 0 to 1 where z is 0": bool(((slope >= 0) & (slope <= 1))[at_zero].all()),
    }


@PROPERTIES.register
def unseen(answer: Any, args: dict) -> dict:
    """How long a direction is, and how much the sum of a neuron with weights w changes along it."""
    v, w = np.asarray(answer, dtype=float), np.asarray(args["w"], dtype=float)
    along = length = None
    if v.shape == w.shape:
        # A dot product of 0 is 0 but for rounding.
        along = round(float(w @ v), DIGITS)
        length = float(np.linalg.norm(v))
    return {"shape": str(v.shape), "w · v": along, "length of v": length}


@PROPERTIES.register
def sides_of_zero(answer: Any, args: dict) -> dict:
    """On which side of 0 the sum of a neuron with three weights is at the unit square's corners."""
    w = np.asarray(answer, dtype=float)
    sides = [None] * len(CORNERS)
    if w.shape == (3,):
        sides = [_side(float(w @ (1.0, *corner))) for corner in CORNERS]
    said = {f"w · (1, {a}, {b})": side for (a, b), side in zip(CORNERS, sides, strict=True)}
    return {"shape": str(w.shape)} | said


def _side(z: float) -> str:
    if not abs(z) >= MARGIN * (1 - 1e-9):
        return f"within {MARGIN} of 0"
    return "above 0" if z > 0 else "below 0"


@PROPERTIES.register
def xor_outputs(answer: Any, args: dict) -> dict:
    """The shapes of a network (A, b, u, c), and what it gives at the corners of the unit square."""
    shapes, outputs = _network(answer, np.array(CORNERS))
    said = {f"f({x_1}, {x_2})": f for (x_1, x_2), f in zip(CORNERS, outputs, strict=True)}
    return {"shapes": shapes} | said


@PROPERTIES.register
def parity_outputs(answer: Any, args: dict) -> dict:
    """The shapes of a network (A, b, u, c), and what it gives for all rows of k zeros and ones."""
    k = int(args["k"])
    rows = np.array(list(product((0, 1), repeat=k)))
    shapes, outputs = _network(answer, rows)
    said: dict = {"shapes": shapes}
    for count in range(k + 1):
        ones = "one" if count == 1 else "ones"
        said[f"f of rows with {count} {ones}"] = np.array(
            [
                np.nan if f is None else f
                for row, f in zip(rows, outputs, strict=True)
                if row.sum() == count
            ]
        )
    return said


def _network(answer: Any, X: np.ndarray) -> tuple[str, Sequence]:
    """The shapes of a network (A, b, u, c), and its outputs for X, or None if they do not fit."""
    parts = [np.asarray(part, dtype=float) for part in answer]
    if len(parts) not in (3, 4):
        raise ValueError(f"expected A, b, u and c, got {len(parts)} parts")
    k = X.shape[1]
    shapes = _shapes(parts, k)
    if shapes != f"A ({k}, m), b (1, m), u (m,), c a number":
        return shapes, [None] * len(X)
    A, b, u, c = parts
    with np.errstate(all="ignore"):
        return shapes, np.maximum(X @ A + b, 0) @ u + c


def _shapes(parts: list[np.ndarray], k: int) -> str:
    """Write the shapes of A, b, u and, if there is one, c, in a network of k inputs.

    With m for the number of hidden neurons, so that a mistake reads the same in nets of any width.
    """
    m = parts[2].size
    shapes = [part.shape for part in parts]
    forms = [(k, "m"), ("m", k), (1, "m"), ("m", 1), ("m",), ()]
    named = {tuple(m if n == "m" else n for n in form): form for form in reversed(forms)}
    if all(shape in named for shape in shapes):
        shapes = [named[shape] for shape in shapes]
    said = [str(shape).replace("'", "") if shape else "a number" for shape in shapes]
    return ", ".join(f"{name} {shape}" for name, shape in zip("Abuc", said, strict=False))
