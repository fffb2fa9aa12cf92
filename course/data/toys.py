"""Toy problems in the plane, with two classes each, that a single neuron cannot solve.

All return `(X, y)`: points `X` as rows, `(n, 2)` float64, and labels `y`, `(n,)` int64, 0 or 1.
"""

import operator

import numpy as np

SPIRAL_TURNS = 1.5


def xor_points() -> tuple[np.ndarray, np.ndarray]:
    """The four corners of the unit square; the label is 1 if the coordinates differ."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return X, np.array([0, 1, 1, 0], dtype=np.int64)


def moons(n: int, rng: np.random.Generator, noise: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    """Two half circles of radius 1 that reach into each other.

    `n` points in random order, half of them in each moon, give or take one; `noise` is the
    standard deviation of the Gaussian noise on each coordinate. Class 0 is the upper half of the
    circle about (0, 0), class 1 the lower half of the circle about (1, 1/2).
    Raises `ValueError` if n < 1 or noise < 0.
    """
    y = _labels(n, rng)
    angle = np.pi * rng.random(y.size)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.array([1.0, 0.5]) - upper
    return _blur(np.where(y[:, None] == 0, upper, lower), noise, rng), y


def spirals(n: int, rng: np.random.Generator, noise: float = 0.02) -> tuple[np.ndarray, np.ndarray]:
    """Two spirals wound around each other, one and a half turns from the origin to radius 1.

    `n` points in random order, half of them on each arm, give or take one; `noise` is the standard
    deviation of the Gaussian noise on each coordinate. Class 1's arm is class 0's turned by half
    a circle. Points are spread evenly along the arms, not bunched at the origin.
    Raises `ValueError` if n < 1 or noise < 0.
    """
    y = _labels(n, rng)
    radius = np.sqrt(rng.random(y.size))
    angle = 2 * np.pi * SPIRAL_TURNS * radius + np.pi * y
    arms = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _blur(arms, noise, rng), y


def _labels(n: int, rng: np.random.Generator) -> np.ndarray:
    try:
        count = operator.index(n)
    except TypeError:
        count = 0
    if count < 1:
        raise ValueError(f"n must be an integer of at least 1, the number of points; got {n!r}")
    return rng.permutation(np.arange(count) % 2)


def _blur(X: np.ndarray, noise: float, rng: np.random.Generator) -> np.ndarray:
    if not 0 <= noise < np.inf:
        raise ValueError(f"noise must be a standard deviation, 0 or more; got {noise!r}")
    return X + noise * rng.standard_normal(X.shape)
