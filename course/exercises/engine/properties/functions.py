"""Properties of functions and small nets that may be written in more than one right way."""

from typing import Any

import numpy as np

from course.exercises.engine.registry import PROPERTIES


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
def xor_outputs(answer: Any, args: dict) -> dict:
    """The shapes of a network (W, b, u, c), and what it gives at the corners of the unit square."""
    parts = [np.asarray(part, dtype=float) for part in answer]
    if len(parts) not in (3, 4):
        raise ValueError(f"expected W, b, u and c, got {len(parts)} parts")
    shapes = _shapes(parts)
    corners, outputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), [None] * 4
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
