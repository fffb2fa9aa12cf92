"""Digits that were moved a little, as on a form that lay crooked in the scanner.

Training data can be moved, so that a net learns that place does not matter; test data can be
moved, to find out whether it did.
"""

import numpy as np

from course.data import FULL_INK

SIDE = 8
REACH = 1.0


def moved(X: np.ndarray, rng: np.random.Generator, reach: float = REACH) -> np.ndarray:
    """Move each image by its own random distance, sideways and up or down.

    `X` is `(n, 64)`, images of 8 by 8 pixels in 0..1 as rows; both distances are uniform from
    -reach to reach pixels, fractions included, reach at most 1. What leaves the picture is lost,
    and paper (0) comes in. Returns a new `(n, 64)` float64 array, in sixteenths as scanned digits.

    A pixel moved by d of its width puts 1 - |d| of its ink where it was and |d| beside it.
    """
    if not 0 <= reach <= 1:
        raise ValueError(f"reach: expected a number of pixels from 0 to 1, got {reach!r}")
    sideways, upright = rng.uniform(-reach, reach, size=(2, len(X)))
    images = _slide(upright) @ np.reshape(X, (-1, SIDE, SIDE)) @ _slide(sideways).swapaxes(1, 2)
    return np.rint(FULL_INK * images).reshape(-1, SIDE * SIDE) / FULL_INK


def _slide(distances: np.ndarray) -> np.ndarray:
    """Return a matrix for each distance: entry i, j is the share of pixel j's ink that i gets."""
    place = np.arange(SIDE)
    return np.maximum(0, 1 - np.abs(place[:, None] - place - distances[:, None, None]))
