"""Small real data sets that come with the course: no download, no network.

README.md in this folder gives the source and licence of each. Data drawn at random (moons, spirals)
and XOR are in `course.data.toys`.
"""

from importlib.resources import files

import numpy as np

__all__ = ["FULL_INK", "WINE_MEASUREMENTS", "digits", "wine"]

# Each pixel counts the inked pixels in a 4 by 4 block of the original scan.
FULL_INK = 16.0

WINE_MEASUREMENTS = (
    "alcohol",
    "malic acid",
    "ash",
    "alcalinity of ash",
    "magnesium",
    "total phenols",
    "flavanoids",
    "nonflavanoid phenols",
    "proanthocyanins",
    "hue",
    "OD280/OD315 of diluted wines",
    "proline",
)


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Handwritten digits, 8 by 8 pixels each, with their labels.

    Returns `(X, y)`: `X` is `(1297, 64)` float64, one image per row, read line by line, 0 for paper
    and 1 for full ink, so `X[i].reshape(8, 8)` is image i; `y` is `(1297,)` int64, the digit 0 to 9
    that it shows. Rows are in random order, so any slice of them is a fair sample. Another 500
    digits are held out for grading.

    Source: E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI
    Machine Learning Repository, CC BY 4.0.
    """
    with (files(__name__) / "digits.npz").open("rb") as file, np.load(file) as stored:
        return stored["images"] / FULL_INK, stored["labels"].astype(np.int64)


def wine() -> tuple[np.ndarray, np.ndarray]:
    """A regression: predict the depth of a wine's colour from twelve other measurements.

    Returns `(X, y)`: `X` is `(178, 12)` float64, one wine per row and one measurement per column
    (`WINE_MEASUREMENTS`), each in its own unit, so standardise before training; `y` is `(178,)`
    float64, the colour intensity, 1.28 to 13. Rows are in random order.

    Source: S. Aeberhard and M. Forina (1992), Wine, UCI Machine Learning Repository, CC BY 4.0.
    """
    with (files(__name__) / "wine.npz").open("rb") as file, np.load(file) as stored:
        return stored["measurements"], stored["colour_intensity"]
