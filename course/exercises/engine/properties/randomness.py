"""Properties of random weights: what all right draws have in common."""

from typing import Any

import numpy as np

from course.exercises.engine.registry import PROPERTIES

# Random numbers are judged by what they have in common. With N numbers, the standard error of their
# standard deviation is σ/√(2N), of their mean σ/√N, of a correlation 1/√N, of the share of a
# Gaussian's numbers within half a σ at most 0.42/√N. Questions draw N ≥ 2400 (biases: 1400), so
# each tolerance is at least 6.9 standard errors, and a right answer fails with less than 1e-10.
SPREAD_TOLERANCE = 0.1
BIAS_SPREAD_TOLERANCE = 0.15
MEAN_TOLERANCE = 0.15
SHARE_WITHIN_HALF, SHARE_TOLERANCE = 0.3829, 0.06
STANDARD_ERRORS = 7
# More layers than any question's net has.
MOST_LAYERS = 100


@PROPERTIES.register
def random_matrix(answer: Any, args: dict) -> dict[str, Any]:
    """A large random (m, n) matrix: shape, spread, kind; numbers near the ideal are set to it."""
    A = np.asarray(answer, dtype=float)
    rows, columns = A.shape
    return {
        "shape": [rows, columns],
        "standard deviation": near(A.std(), 1 / np.sqrt(args["m"]), SPREAD_TOLERANCE),
        "mean": 0.0 if abs(A.mean()) <= MEAN_TOLERANCE * A.std() else A.mean(),
        "Gaussian": _gaussian(A),
        "rows unrelated": _unrelated(A[:-1], A[1:]),
        "columns unrelated": _unrelated(A[:, :-1], A[:, 1:]),
    }


@PROPERTIES.register
def source_of_draws(answer: Any, args: dict) -> dict[str, bool]:
    """Three answers of `calls.draws`: whether all their randomness comes from the rng."""
    first, same_state, following = (_flat(draw) for draw in answer)
    return {
        "the same rng in the same state gives the same numbers": np.array_equal(first, same_state),
        "the next call gives different numbers": not np.array_equal(first, following),
    }


@PROPERTIES.register
def layers_of_net(answer: Any, args: dict) -> dict[str, Any]:
    """A random net: the shapes of its weights and biases, and whether its layers share numbers."""
    As, Bs = lists_of(answer)
    return {
        "shapes of As": [list(np.shape(A)) for A in As],
        "shapes of Bs": [list(np.shape(b)) for b in Bs],
        "every layer has its own numbers": not any(
            np.any(array) and np.array_equal(array, earlier)
            for arrays in (As, Bs)
            for j, array in enumerate(arrays)
            for earlier in arrays[:j]
        ),
    }


@PROPERTIES.register
def spread_of_nets(answer: Any, args: dict) -> dict[str, Any]:
    """Many random nets: the spread of each layer's weights and of all biases, and independence.

    Standard deviations near the ideal are set to it.
    """
    if _flat(answer[0]).shape == _flat(answer[1]).shape and np.array_equal(
        _flat(answer[0]), _flat(answer[1])
    ):
        return {"every net is different": False}
    layers = range(len(args["dims"]) - 1)
    As = [np.array([_flat(net[0][j]) for net in answer]) for j in layers]
    Bs = [np.array([_flat(net[1][j]) for net in answer]) for j in layers]
    ideal = [1 / np.sqrt(d) for d in args["dims"]]
    biases = np.concatenate(Bs, axis=1)
    parts = [*As, *Bs]
    return {
        "every net is different": True,
        "standard deviation of each A": [
            near(A.std(), ideal[j], SPREAD_TOLERANCE) for j, A in enumerate(As)
        ],
        "standard deviation of the biases": near(biases.std(), 1.0, BIAS_SPREAD_TOLERANCE),
        "all drawn independently": all(
            _unrelated(*_cut_alike(part, earlier))
            for i, part in enumerate(parts)
            for earlier in parts[:i]
        ),
    }


def near(number: float, ideal: float, tolerance: float) -> float:
    """Return the ideal for a number that is near it, or else the number."""
    return float(ideal if abs(number - ideal) <= tolerance * ideal else number)


def _gaussian(numbers: np.ndarray) -> bool:
    spread = numbers.std()
    if spread == 0:
        return False
    within = (np.abs(numbers - numbers.mean()) < spread / 2).mean()
    return bool(abs(within - SHARE_WITHIN_HALF) < SHARE_TOLERANCE)


def _unrelated(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether numbers at the same places have no correlation that chance wouldn't explain."""
    if a.size < 2 or a.std() == 0 or b.std() == 0:
        return True
    correlation = np.corrcoef(a.ravel(), b.ravel())[0, 1]
    return bool(abs(correlation) < STANDARD_ERRORS / np.sqrt(a.size))


def _cut_alike(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    width = min(a.shape[1], b.shape[1])
    return a[:, :width], b[:, :width]


def _flat(answer: Any) -> np.ndarray:
    """All numbers in arrays and lists of them, however nested, in one row."""
    if isinstance(answer, list | tuple):
        parts = [_flat(part) for part in answer]
        return np.concatenate(parts) if parts else np.empty(0)
    array = np.asarray(answer)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"expected numbers, got {array.dtype}")
    return array.ravel().astype(float)


def lists_of(net: Any) -> tuple[list, list]:
    """Return a net's two lists; ValueError if they are too long to compare all pairs of layers."""
    As, Bs = net
    if max(len(As), len(Bs)) > MOST_LAYERS:
        raise ValueError(f"expected at most {MOST_LAYERS} layers, got {max(len(As), len(Bs))}")
    return As, Bs
