"""Properties of first weights: what all right draws of them have in common.

Multiplied by the root of the number of edges into their unit, right weights are independent
Gaussian numbers of standard deviation 1. Each property that is judged below fails a right answer
with a probability below 1e-10, computed in the comment beside it.
"""

import math
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np

from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE, lists_of, near
from course.exercises.engine.registry import PROPERTIES

# A standard deviation of N numbers has the standard error 1/√(2N). A single net is asked with
# N >= 2400 in each layer, so SPREAD_TOLERANCE is 6.9 of them; the others allow 8 (1.3e-15).
STANDARD_ERRORS = 8
# The mean of N numbers is off by 0.15 with N >= 2400: 7.3 standard errors (2e-13).
MEAN_TOLERANCE = 0.15
# By the inequality of Dvoretzky, Kiefer, Wolfowitz and Massart, the share of N numbers below some
# bound is nowhere off by more than c/√N, but with a probability of 2 exp(-2c²); c = 4 gives 3e-14.
OFF_DISTRIBUTION = 4
GRID = np.linspace(-4, 4, 161)
# The mean distance from 0 in standard deviations, √(2/π) for a Gaussian, has the standard error
# √((1 - 3/π)/N). It tells a Gaussian from a uniform number where the shares don't yet.
MEAN_DISTANCE, MEAN_DISTANCE_ERROR = math.sqrt(2 / math.pi), math.sqrt(1 - 3 / math.pi)
# The share of numbers beyond 3 standard deviations; counted where at least 100 are expected, so
# that 8 of its standard errors are exceeded with 5e-12 (a Poisson variable's tail).
BEYOND_3, COUNTED = math.erfc(3 / math.sqrt(2)), 100
# Numbers are called equal if their sizes agree to 9 decimals. Of 10⁵ Gaussian numbers, some 3 pairs
# do, or a few hundred numbers in float32.
DECIMALS, MOST_EQUAL = 9, 0.01


@PROPERTIES.register
def initial_shapes(answer: Any, args: dict) -> dict[str, Any]:
    """A freshly initialised net: the shapes of its weights and biases, and whether biases are 0."""
    As, Bs = lists_of(answer)
    return {
        "shapes of As": [list(np.shape(A)) for A in As],
        "shapes of Bs": [list(np.shape(b)) for b in Bs],
        "biases are zero": all(not np.any(b) for b in Bs),
        "every layer has its own weights": not any(
            np.array_equal(A, other) for j, A in enumerate(As) for other in As[:j]
        ),
    }


@PROPERTIES.register
def initial_spread(answer: Any, args: dict) -> list[dict[str, Any]]:
    """A freshly initialised net with large layers: spread and kind of each layer's weights.

    Numbers near the ideal are set to it.
    """
    As, _ = lists_of(answer)
    layers = zip(As, args["dims"][:-1], strict=True)
    return [_spread(np.asarray(A, dtype=float), d_in) for A, d_in in layers]


@PROPERTIES.register
def initial_edges(answer: Any, args: dict) -> dict[str, Any]:
    """A net initialised on masks: its shapes, and which of its weights are not zero."""
    As, _ = answer
    arrays = [np.asarray(A, dtype=float) for A in As]
    fit = [A.shape for A in arrays] == [np.shape(mask) for mask in args["masks"]]
    return initial_shapes(answer, args) | {
        "weights are finite": all(np.isfinite(A).all() for A in arrays),
        "weights that are not 0": [np.argwhere(A).tolist() for A in arrays] if fit else [],
    }


@PROPERTIES.register
def sparse_spread(answer: Any, args: dict) -> dict[str, Any]:
    """Many draws of one masked layer: for each number of incoming edges, the weights' spread."""
    mask = np.asarray(args["masks"][0])
    draws = np.array([net[0][0] for net in answer], dtype=float)
    if not _all_new(draws[:, mask]):
        return {"every number is drawn anew": False}
    counts = mask.sum(axis=0)
    spreads = {}
    for count in np.unique(counts[counts > 0]).tolist():
        spread = _spread(draws[:, mask & (counts == count)], count)
        spreads |= {f"{name} with {count} edges": value for name, value in spread.items()}
    return spreads | {"0 where there is no edge": not draws[:, ~mask].any()}


@PROPERTIES.register
def many_initial_nets(answer: Any, args: dict) -> dict[str, Any]:
    """Many freshly initialised nets: whether all their weights are independent Gaussian numbers."""
    shapes = [np.shape(mask) for mask in args.get("masks", ())]
    shapes = shapes or [tuple(pair) for pair in zip(args["dims"], args["dims"][1:], strict=False)]
    if any([np.shape(A) for A in net[0]] != shapes for net in answer):
        return {"the shapes fit": False}
    layers = [
        np.array([net[0][j] for net in answer], dtype=float) * math.sqrt(d_in)
        for j, (d_in, _) in enumerate(shapes)
    ]
    nets = np.hstack([layer.reshape(len(answer), -1) for layer in layers])
    if not _all_new(nets):
        return {"the shapes fit": True, "every number is drawn anew": False}
    spreads = [layer.std() for layer in layers]
    return {
        "the shapes fit": True,
        "standard deviations by in(v)": [near(spread, 1.0, SPREAD_TOLERANCE) for spread in spreads],
        "standard deviations are exact to a few per cent": all(
            abs(spread - 1) < STANDARD_ERRORS / math.sqrt(2 * layer.size)
            for spread, layer in zip(spreads, layers, strict=True)
        ),
        "Gaussian": _gaussian(nets),
        "every number is drawn anew": True,
        "every net has its own mean and spread": _varies(nets),
        "rows unrelated": all(_unrelated(np.moveaxis(layer, 1, 0)) for layer in layers),
        "columns unrelated": all(_unrelated(np.moveaxis(layer, 2, 0)) for layer in layers),
        "layers unrelated": all(_unrelated(_cut_alike(*pair)) for pair in combinations(layers, 2)),
        "nets unrelated": _unrelated(nets),
    }


def _spread(weights: np.ndarray, d_in: int) -> dict[str, Any]:
    """The spread and kind of weights into units with d_in edges; of equal ones, only that."""
    spread = weights.std()
    if not spread > 1e-9:
        return {"standard deviation": 0.0}
    mean = weights.mean()
    return {
        "standard deviation": near(spread, d_in**-0.5, SPREAD_TOLERANCE),
        "mean": 0.0 if abs(mean) <= MEAN_TOLERANCE * spread else float(mean),
        "Gaussian": _gaussian(weights),
        "every number is drawn anew": _all_new(weights),
    }


def _gaussian(numbers: np.ndarray) -> bool:
    """Whether numbers are distributed like Gaussian ones, whatever their spread."""
    spread, size = numbers.std(), numbers.size
    if not spread > 0:
        return False
    scaled = numbers.ravel() / spread
    counts, _ = np.histogram(scaled, bins=GRID)
    below = (scaled < GRID[0]).sum() + np.concatenate([[0], np.cumsum(counts)])
    off = np.abs(below / size - _shares_below()).max()
    distance = np.abs(np.abs(scaled).mean() - MEAN_DISTANCE)
    beyond = abs((np.abs(scaled) > 3).mean() - BEYOND_3)
    return bool(
        off < OFF_DISTRIBUTION / math.sqrt(size)
        and distance < STANDARD_ERRORS * MEAN_DISTANCE_ERROR / math.sqrt(size)
        and (size * BEYOND_3 < COUNTED or beyond < STANDARD_ERRORS * math.sqrt(BEYOND_3 / size))
    )


@cache
def _shares_below() -> np.ndarray:
    """The share of Gaussian numbers below each point of the grid."""
    return np.array([math.erfc(-x / math.sqrt(2)) / 2 for x in GRID])


def _all_new(numbers: np.ndarray) -> bool:
    """Whether no number is there twice, not even with another sign."""
    sizes = np.round(np.abs(numbers), DECIMALS)
    return bool(np.unique(sizes).size >= (1 - MOST_EQUAL) * sizes.size)


def _varies(nets: np.ndarray) -> bool:
    """Whether means and spreads of nets vary as they do by chance: as a chi-squared variable.

    By the transformation of Wilson and Hilferty its cube root is nearly Gaussian; bounds of 7
    standard errors are exceeded with 3e-12 each.
    """
    count, size = nets.shape
    means = nets.mean(axis=1) * math.sqrt(size)
    spreads = (nets.var(axis=1) - 1) * math.sqrt(size / 2)
    error = 2 / (9 * count)
    bounds = [count * (1 - error + sign * 7 * math.sqrt(error)) ** 3 for sign in (-1, 1)]
    return all(bounds[0] < (values**2).sum() < bounds[1] for values in (means, spreads))


def _unrelated(series: np.ndarray | Sequence[np.ndarray]) -> bool:
    """Whether no two of the series, nor their sizes, have a correlation beyond chance.

    A correlation of n independent pairs has the standard error 1/√n.
    """
    rows = np.array([np.ravel(one) for one in series])
    for values in (rows, np.abs(rows)):
        centred = values - values.mean(axis=1, keepdims=True)
        lengths = np.linalg.norm(centred, axis=1, keepdims=True)
        if not (lengths > 0).all():
            return False
        centred /= lengths
        correlations = centred @ centred.T
        np.fill_diagonal(correlations, 0)
        if np.abs(correlations).max() >= STANDARD_ERRORS / math.sqrt(rows.shape[1]):
            return False
    return True


def _cut_alike(a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    """The first numbers of two layers in every net, as many of each."""
    a, b = a.reshape(len(a), -1), b.reshape(len(b), -1)
    width = min(a.shape[1], b.shape[1])
    return [a[:, :width], b[:, :width]]
