"""Signals made by a program, for nets that have read the digits: harder, and no download either.

README.md in this folder gives their source and licence.
"""

from importlib.resources import files

import numpy as np

UNIT = 16.0  # stored signals count sixteenths of their standard deviation


def signals() -> tuple[np.ndarray, np.ndarray]:
    """Signals of ten classes, 40 numbers each, with their labels: MNIST-1D.

    Returns `(X, y)`: `X` is `(5000, 40)` float64, one signal per row, of mean 0 and standard
    deviation 1 over all of them; `y` is `(5000,)` int64, the class 0 to 9. Each signal holds the
    pattern of its class at a random place, stretched and tilted, with noise around it. Rows are in
    random order: the first 4000 are for training, the last 1000 for testing.

    Source: S. Greydanus and D. Kobak (2020), Scaling Down Deep Learning with MNIST-1D,
    arXiv:2011.14439; made with their package mnist1d, Apache-2.0.

    Example:
        >>> X, y = signals()
        >>> X.shape, y[:5]
        ((5000, 40), array([2, 6, 4, 5, 6]))
    """
    with (files("course.data") / "signals.npz").open("rb") as file, np.load(file) as stored:
        return stored["signals"] / UNIT, stored["labels"].astype(np.int64)
