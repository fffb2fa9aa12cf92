"""Digits that were moved a little, as on a form that lay crooked in the scanner.

Moving the training data teaches a net that position does not matter; moving the test data shows
whether it has learned that.
"""

import numpy as np

from course.data import FULL_INK

SIDE = 8
REACH = 1.0


def moved(X: np.ndarray, rng: np.random.Generator, reach: float = REACH) -> np.ndarray:
    """Move each image by its own random distance, sideways and up or down.

    `X` is `(n, 64)`, one image of 8 by 8 pixels in 0..1 per row. Both distances are uniform from
    -reach to reach pixels, fractions included; reach is at most 1. Ink that leaves the image is
    lost, and paper (0) takes its place. Returns a new `(n, 64)` float64 array, rounded to
    sixteenths like the scanned digits.

    A pixel moved by a fraction d of its width leaves 1 - |d| of its ink in place and puts |d| into
    its neighbour.
    """
    if not 0 <= reach <= 1:
        raise ValueError(f"reach: expected a number of pixels from 0 to 1, got {reach!r}")
    sideways, upright = rng.uniform(-reach, reach, size=(2, len(X)))
    images = _slide(upright) @ np.reshape(X, (-1, SIDE, SIDE)) @ _slide(sideways).swapaxes(1, 2)
    return np.rint(FULL_INK * images).reshape(-1, SIDE * SIDE) / FULL_INK


def _slide(distances: np.ndarray) -> np.ndarray:
    """Return one matrix per distance: entry i, j is the share of pixel j's ink that i gets."""
    place = np.arange(SIDE)
    return np.maximum(0, 1 - np.abs(place[:, None] - place - distances[:, None, None]))
