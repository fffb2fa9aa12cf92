"""Properties of functions and small nets that may be written in more than one right way."""

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
    """The shapes of a network (W, b, u, c), and what it gives at the corners of the unit square."""
    parts = [np.asarray(part, dtype=float) for part in answer]
    if len(parts) not in (3, 4):
        raise ValueError(f"expected W, b, u and c, got {len(parts)} parts")
    shapes = _shapes(parts)
    corners, outputs = np.array(CORNERS), [None] * len(CORNERS)
    if shapes == "W (2, m), b (1, m), u (m,), c a number":
        W, b, u, c = parts
        with np.errstate(all="ignore"):
            outputs = np.maximum(corners @ W + b, 0) @ u + c
    said = {f"f({x_1}, {x_2})": f for (x_1, x_2), f in zip(corners, outputs, strict=True)}
    return {"shapes": shapes} | said


def _shapes(parts: list[np.ndarray]) -> str:
    """Write the shapes of W, b, u and, if there is one, c.

    With m for the number of hidden neurons, so that a mistake reads the same in nets of any width.
    """
    m = parts[2].size
    shapes = [part.shape for part in parts]
    forms = [(2, "m"), ("m", 2), (1, "m"), ("m", 1), ("m",), ()]
    named = {tuple(m if n == "m" else n for n in form): form for form in reversed(forms)}
    if all(shape in named for shape in shapes):
        shapes = [named[shape] for shape in shapes]
    said = [str(shape).replace("'", "") if shape else "a number" for shape in shapes]
    return ", ".join(f"{name} {shape}" for name, shape in zip("Wbuc", said, strict=False))
