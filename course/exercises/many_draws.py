"""Properties of many random matrices and nets, for secret questions: is all of it left to chance?

A right answer must not fail. Each bound below is so wide that chance breaks it with a probability
of 1e-11 or so, and a question has fewer than sixty, so that it fails with less than 1e-9. With k
draws of (m, n) there are N = k·m·n numbers:

- their standard deviation has the standard error 1/√(2N), their mean 1/√N; 7 of these: 3e-12;
- a correlation of N' pairs has 1/√N'; 7.5 of these are 6e-14 for each pair of rows or columns, and
  there are fewer than 1000 pairs (far less where N' is only 70, since |r| is then above 0.89);
- the largest distance between the two distribution functions (Kolmogorov and Smirnov) is above d
  with a probability below 2 exp(−2Nd²), by Dvoretzky, Kiefer, Wolfowitz and Massart: 1e-11. It is
  looked for on a grid, which can only miss some of it;
- the share of a Gaussian's numbers beyond 3.2 is 0.0014; a binomial variable with the mean m is
  beyond x·m with a probability below exp(−m (x ln x − x + 1)), by Chernoff: 1e-11;
- the mean fourth power of N ≥ 10,000 numbers has the standard error √(24/N) around 3; beyond 7.5
  of these it is with 1e-13 if it were Gaussian, as it is but for a little skewness;
- the mean square of k independent numbers with standard deviation 1 is x or beyond with a
  probability below exp(−(k/2)(x − 1 − ln x)), by Chernoff's bound for χ²: 1e-11. A spread of few
  numbers isn't quite Gaussian, so for spreads the bounds are those of k = 70, 0.2 and 3;
- so is the mean square of the correlations between k draws, each times the root of their size: of
  k(k − 1)/2 numbers that are uncorrelated, and nearly independent where the draws are large. If an
  entry of the matrix depends on any other, the mean square is larger.
"""

from itertools import pairwise
from math import erfc, log
from typing import Any

import numpy as np

from course.exercises.engine.registry import PROPERTIES

STANDARD_ERRORS, OF_MANY_PAIRS = 7, 7.5
ONE_IN = 1e11
BEYOND, FOURTH_POWER = 3.2, 3
OF_FOURTH_POWERS = 7.5
FEW = 70
GRID = np.linspace(-4, 4, 161)
BELOW = np.array([erfc(-x / np.sqrt(2)) / 2 for x in GRID])


@PROPERTIES.register
def many_matrices(answer: Any, args: dict) -> dict[str, Any]:
    """Many random (m, n) matrices: spread, distribution, and whether all is left to chance."""
    m, n = args["m"], args["n"]
    return left_to_chance([np.asarray(A, dtype=float) for A in answer], (m, n))


@PROPERTIES.register
def many_nets(answer: Any, args: dict) -> dict[str, Any]:
    """Many random nets: each layer's weights, all biases, and whether they have to do together."""
    shapes = list(pairwise(args["dims"]))
    nets = [(list(As), list(Bs)) for As, Bs in answer]
    found = [[np.shape(part) for part in (*As, *Bs)] for As, Bs in nets]
    if any(one != [*shapes, *((1, d_out) for _, d_out in shapes)] for one in found):
        return {"shapes": [list(shape) for shape in found[0]]}
    biases = [np.hstack(Bs).astype(float) for _, Bs in nets]
    weights = [[np.asarray(As[j], dtype=float) for As, _ in nets] for j in range(len(shapes))]
    parts = side_by_side([[*As, *Bs] for As, Bs in nets])
    return {
        "weights": [left_to_chance(As, shape) for As, shape in zip(weights, shapes, strict=True)],
        "biases": left_to_chance(biases, biases[0].shape),
        "layers unrelated": _unrelated(parts.T),
        **as_a_whole(parts),
    }


def side_by_side(nets: list[list[np.ndarray]]) -> np.ndarray:
    """Return each net's numbers in a row, each layer in units of its own spread in all nets."""
    layers = [np.array(layer, dtype=float) for layer in zip(*nets, strict=True)]
    scaled = [layer / max(layer.std(), 1e-300) for layer in layers]
    return np.hstack([layer.reshape(len(nets), -1) for layer in scaled])


def as_a_whole(nets: np.ndarray) -> dict[str, bool]:
    """Say of nets `side_by_side` what a single layer has too few numbers for."""
    return {
        "nets no more alike than by chance": _unlike(nets),
        "all have a Gaussian's fourth powers": _has_fourth_powers(nets),
    }


def left_to_chance(draws: list[np.ndarray], shape: tuple[int, int]) -> dict[str, Any]:
    """Say of many draws of one matrix whether its entries are independent Gaussian numbers.

    They should have mean 0 and standard deviation 1/√rows.
    """
    shapes = sorted({A.shape for A in draws})
    if shapes != [shape]:
        return {"shapes": [list(found) for found in shapes]}
    Z = np.array(draws) * np.sqrt(shape[0])
    if not np.isfinite(Z).all():
        return {"finite": False}
    if np.array_equal(Z[0], Z[1]):
        return {"every draw is different": False}
    k, m, n = Z.shape
    mean, spread = Z.mean(), Z.std()
    facts = {
        "every draw is different": True,
        "standard deviation, times √m": _unless_near(spread, 1, 1 / np.sqrt(2 * Z.size)),
        "mean, in standard deviations": _unless_near(mean / max(spread, 1e-300), 0, Z.size**-0.5),
    }
    if not spread > 0:
        return facts
    Z = (Z - mean) / spread
    rows, columns = Z.swapaxes(0, 1).reshape(m, -1), Z.transpose(2, 0, 1).reshape(n, -1)
    return facts | {
        "Gaussian": _gaussian(Z.ravel()),
        "some far from 0, as many as by chance": _has_tails(Z),
        "a Gaussian's fourth powers": _has_fourth_powers(Z),
        "hardly a number twice": np.unique(np.abs(Z)).size > 0.95 * Z.size,
        "rows unrelated": _unrelated(rows),
        "columns unrelated": _unrelated(columns),
        "draws unrelated": _unrelated(Z.reshape(k, -1)),
        "draws no more alike than by chance": _unlike(Z.reshape(k, -1)),
        "means, spreads and signs left to chance": all(
            _by_chance(part)
            for part in (Z.reshape(k, -1), Z.reshape(k * m, n), Z.swapaxes(1, 2).reshape(-1, m))
            if part.shape[1] > 1
        ),
    }


def _unless_near(number: float, ideal: float, standard_error: float) -> float:
    near = abs(number - ideal) <= STANDARD_ERRORS * standard_error
    return float(ideal if near else number)


def _gaussian(numbers: np.ndarray) -> bool:
    counts, _ = np.histogram(numbers, GRID)
    below = (numbers < GRID[0]).sum() + np.concatenate([[0], np.cumsum(counts)])
    distance = np.abs(below / numbers.size - BELOW).max()
    return bool(distance < np.sqrt(np.log(2 * ONE_IN) / 2 / numbers.size))


def _has_fourth_powers(numbers: np.ndarray) -> bool:
    """Whether the mean fourth power of numbers with spread 1 is a Gaussian's."""
    off = abs(np.mean(numbers**4) - FOURTH_POWER)
    return bool(off < OF_FOURTH_POWERS * (24 / numbers.size) ** 0.5)


def _has_tails(numbers: np.ndarray) -> bool:
    expected = erfc(BEYOND / np.sqrt(2)) * numbers.size
    x = (np.abs(numbers) > BEYOND).sum() / expected
    return bool(expected * (x * np.log(max(x, 1e-300)) - x + 1) < log(ONE_IN))


def _unrelated(rows: np.ndarray) -> bool:
    """Whether no two rows have a correlation that chance wouldn't explain."""
    if len(rows) < 2 or (rows.std(axis=1) == 0).any():
        return len(rows) < 2
    related = np.abs(np.corrcoef(rows) - np.eye(len(rows)))
    return bool(related.max() < OF_MANY_PAIRS / np.sqrt(rows.shape[1]))


def _unlike(draws: np.ndarray) -> bool:
    """Whether draws are as little alike as independent ones, all their numbers taken together."""
    k, size = draws.shape
    alike = np.corrcoef(draws)[np.triu_indices(k, 1)] * size**0.5
    return _as_spread_as_by_chance(alike, alike.size)


def _by_chance(groups: np.ndarray) -> bool:
    """Whether means, spreads and signs of groups of numbers differ as chance makes them differ."""
    size = groups.shape[1]
    spreads = (groups.std(axis=1) - 1) * (2 * size) ** 0.5
    return _as_spread_as_by_chance(spreads, min(FEW, len(spreads))) and all(
        _as_spread_as_by_chance(part.mean(axis=1) * size**0.5, len(part))
        for part in (groups, np.sign(groups))
    )


def _as_spread_as_by_chance(numbers: np.ndarray, count: int) -> bool:
    """Whether the mean square of numbers is near 1, as that of `count` independent ones is."""
    square = max(np.square(numbers).mean(), 1e-300)
    return bool(count / 2 * (square - 1 - np.log(square)) < log(ONE_IN))
