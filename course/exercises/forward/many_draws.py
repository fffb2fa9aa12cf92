"""Properties of many random matrices and nets, for secret questions: is all of it left to chance?

A right answer must not fail. Each bound below is so wide that chance breaks it with a probability
below 1e-10, and there are fewer than ten of them in a question. With k draws of (m, n) there are
N = k·m·n numbers:

- their standard deviation has the standard error 1/√(2N), their mean 1/√N; 7 of these: 3e-12;
- a correlation of N' pairs has 1/√N'; 7.5 of these are 6e-14 for each pair of rows or columns, and
  there are fewer than 1000 pairs (far less where N' is only 70, since |r| is then above 0.89);
- the largest distance between the two distribution functions (Kolmogorov and Smirnov) is above d
  with a probability below 2 exp(−2Nd²), by Dvoretzky, Kiefer, Wolfowitz and Massart: 1e-11;
- the share of a Gaussian's numbers beyond 3.2 is 0.0014, 27 of 20,000: none is with a probability
  of exp(−27) = 1e-12, 2.8 times as many are with exp(−27 (2.8 ln 2.8 − 1.8)) = 2e-13 (Chernoff);
- the mean square of k ≥ 70 independent numbers with standard deviation 1 is below 0.2 or above 3
  with a probability below 1e-12, by Chernoff's bound for χ²: exp(−(k/2)(x − 1 − ln x)).
"""

from itertools import pairwise
from math import erf, erfc
from typing import Any

import numpy as np

from course.exercises.engine.registry import PROPERTIES

STANDARD_ERRORS, OF_MANY_PAIRS = 7, 7.5
ONE_IN = 1e11
BEYOND, ENOUGH, TIMES = 3.2, 20_000, 2.8
LEAST_SQUARE, GREATEST_SQUARE = 0.2, 3
ERF = np.vectorize(erf)


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
    rows = [np.concatenate([np.ravel(part) for part in (*As, *Bs)]) for As, Bs in nets]
    return {
        "weights": [left_to_chance(As, shape) for As, shape in zip(weights, shapes, strict=True)],
        "biases": left_to_chance(biases, biases[0].shape),
        "layers unrelated": _unrelated(np.array(rows, dtype=float).T),
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
        "some far from 0, as many as by chance": Z.size < ENOUGH or _has_tails(Z),
        "hardly a number twice": np.unique(np.abs(Z)).size > 0.95 * Z.size,
        "rows unrelated": _unrelated(rows),
        "columns unrelated": _unrelated(columns),
        "draws unrelated": _unrelated(Z.reshape(k, -1)),
        "means and spreads left to chance": all(
            _by_chance(part)
            for part in (Z.reshape(k, -1), Z.reshape(k * m, n), Z.swapaxes(1, 2).reshape(-1, m))
            if part.shape[1] > 1
        ),
    }


def _unless_near(number: float, ideal: float, standard_error: float) -> float:
    near = abs(number - ideal) <= STANDARD_ERRORS * standard_error
    return float(ideal if near else number)


def _gaussian(numbers: np.ndarray) -> bool:
    numbers = np.sort(numbers)
    below = (1 + ERF(numbers / np.sqrt(2))) / 2
    count = len(numbers)
    distance = np.abs(below - (np.arange(count) + 0.5) / count).max()
    return bool(distance < np.sqrt(np.log(2 * ONE_IN) / 2 / count) + 1 / count)


def _has_tails(numbers: np.ndarray) -> bool:
    most = TIMES * erfc(BEYOND / np.sqrt(2)) * numbers.size
    return bool(0 < (np.abs(numbers) > BEYOND).sum() < most)


def _unrelated(rows: np.ndarray) -> bool:
    """Whether no two rows have a correlation that chance wouldn't explain."""
    if len(rows) < 2 or (rows.std(axis=1) == 0).any():
        return len(rows) < 2
    related = np.abs(np.corrcoef(rows) - np.eye(len(rows)))
    return bool(related.max() < OF_MANY_PAIRS / np.sqrt(rows.shape[1]))


def _by_chance(groups: np.ndarray) -> bool:
    """Whether the means and the spreads of groups of numbers differ as chance makes them differ."""
    size = groups.shape[1]
    means, spreads = (
        groups.mean(axis=1) * np.sqrt(size),
        (groups.std(axis=1) - 1) * (2 * size) ** 0.5,
    )
    squares = [np.square(part).mean() for part in (means, spreads)]
    return all(LEAST_SQUARE < square < GREATEST_SQUARE for square in squares)
