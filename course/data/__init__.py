"""Small real data sets that come with the course: no download, no network.

README.md in this folder gives the source and licence of each. Data drawn at random (moons, spirals)
and XOR are in `course.data.toys`, signals made by a program in `course.data.signals`.
"""

from importlib.resources import files

import numpy as np

__all__ = [
    "FULL_INK",
    "READ_IN_TRAINING",
    "WINE_MEASUREMENTS",
    "digit_reader",
    "digits",
    "wine",
]

# Each pixel counts the inked pixels in a 4 by 4 block of the original scan.
FULL_INK = 16.0

READ_IN_TRAINING = 600  # digits from the first on that digit_reader was trained on

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


def digit_reader() -> tuple[list[np.ndarray], list[np.ndarray]]:
    """A net that was trained to read the digits, 64-24-16-10, with the sigmoid after every layer.

    Returns `(As, Bs)`: `As` are the weights, `(64, 24)`, `(24, 16)` and `(16, 10)`, `Bs` the bias
    rows, `(1, 24)`, `(1, 16)` and `(1, 10)`, all float64. Output k says how sure the net is
    that the image shows a k. It was trained on the first `READ_IN_TRAINING` of `digits()`.
    """
    with (files(__name__) / "digit_reader.npz").open("rb") as file, np.load(file) as stored:
        layers = range(1, len(stored.files) // 2 + 1)
        As, Bs = ([stored[f"{name}_{j}"].astype(float) for j in layers] for name in "Ab")
        return As, Bs


def wine() -> tuple[np.ndarray, np.ndarray]:
    """A regression: predict the depth of a wine's colour from twelve other measurements.

    Returns `(X, y)`: `X` is `(178, 12)` float64, one wine per row and one measurement per column
    (`WINE_MEASUREMENTS`), each in its own unit, so standardise before training; `y` is `(178,)`
    float64, the colour intensity, 1.28 to 13. Rows are in random order.

    Source: S. Aeberhard and M. Forina (1992), Wine, UCI Machine Learning Repository, CC BY 4.0.
    """
    with (files(__name__) / "wine.npz").open("rb") as file, np.load(file) as stored:
        return stored["measurements"], stored["colour_intensity"]
