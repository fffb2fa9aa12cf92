"""Views of functions and small nets that may be written in more than one right way."""

from typing import Any

import numpy as np


def slope_free_at_zero(answer: Any, args: dict) -> dict:
    """A slope for each z: any number from 0 to 1 will do where z is 0."""
    at_zero = np.asarray(args["z"]) == 0
    slope = 1.0 * np.asarray(answer)
    if slope.shape != at_zero.shape:
        raise ValueError(f"expected shape {at_zero.shape}, got {slope.shape}")
    return {
        "where z is not 0": slope[~at_zero],
        "from 0 to 1 where z is 0": bool(((slope >= 0) & (slope <= 1))[at_zero].all()),
    }


def xor_outputs(answer: Any, args: dict) -> dict:
    """The shapes of a network (W, b, u, c), and what it gives at the corners of the unit square."""
    W, b, u, c = (np.asarray(part, dtype=float) for part in answer)
    m = W.shape[-1] if W.ndim else 0
    fit = (W.shape, b.shape, u.shape, c.shape) == ((2, m), (1, m), (m,), ())
    shapes = "W (2, m), b (1, m), u (m,), c a number"
    came = f"W {W.shape}, b {b.shape}, u {u.shape}, c {c.shape or 'a number'}"
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    with np.errstate(all="ignore"):
        outputs = np.maximum(corners @ W + b, 0) @ u + c if fit else [None] * len(corners)
    said = {f"f({x_1}, {x_2})": f for (x_1, x_2), f in zip(corners, outputs, strict=True)}
    return {"shapes": shapes if fit else came} | said


def xor_outputs_twice(answer: Any, args: dict) -> list:
    """The same of both networks that came."""
    first, second = answer
    return [xor_outputs(first, args), xor_outputs(second, args)]
