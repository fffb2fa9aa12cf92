"""What of an answer is judged, where more than one answer is right.

A view reads a plain answer, knowing the question's arguments, into something every right answer has
in common: a topological order into the edges it gets wrong (none), an XOR network into its four
outputs, random weights into their spread. Views run on the trusted side and may raise on what they
can't read.
"""

from typing import Any

import numpy as np

from course.exercises.engine import ways


def as_is(answer: Any, args: dict) -> Any:
    """All of the answer."""
    return answer


def slope_free_at_zero(answer: Any, args: dict) -> dict:
    """A slope for each z: any number from 0 to 1 will do where z is 0."""
    at_zero = np.asarray(args["z"]) == 0
    slope = 1.0 * np.asarray(answer)
    if slope.shape != at_zero.shape:
        raise ValueError(f"expected shape {at_zero.shape}, got {slope.shape}")
    return {
        "where z is not 0": slope[~at_zero],
        "from 0 to 1 where z is 0": bool(((slope >= 0) & (slope <= 1))[at_zero].all()),
    }


def order_of_nodes(answer: Any, args: dict) -> dict[str, list]:
    """An order of a graph's nodes: what is wrong with it. Every topological order has nothing."""
    edges = args["edges"] if "edges" in args else ways.chain_from_the_middle(args["length"])
    edges = list(dict.fromkeys(tuple(edge) for edge in edges))
    nodes = dict.fromkeys(node for edge in edges for node in edge)
    if not isinstance(answer, list | tuple):
        raise ValueError(f"expected a list of nodes, got {type(answer).__name__}")
    place = {node: i for i, node in enumerate(answer)}
    return {
        "nodes it misses": [node for node in nodes if node not in place],
        "nodes the graph has not": [node for node in place if node not in nodes],
        "nodes it repeats": [node for i, node in enumerate(answer) if place[node] != i],
        "edges that point backwards": [
            [u, v] for u, v in edges if u in place and v in place and place[u] >= place[v]
        ],
    }


# Random numbers are judged by what they have in common. With N numbers, the standard error of their
# standard deviation is σ/√(2N), of their mean σ/√N, of a correlation 1/√N, of the share of a
# Gaussian's numbers within half a σ at most 0.42/√N. Questions draw N ≥ 2400 (biases: 1400), so
# each tolerance is at least 6.9 standard errors, and a right answer fails with less than 1e-10.
SPREAD_TOLERANCE = 0.1
BIAS_SPREAD_TOLERANCE = 0.15
MEAN_TOLERANCE = 0.15
SHARE_WITHIN_HALF, SHARE_TOLERANCE = 0.3829, 0.06
STANDARD_ERRORS = 7


def random_matrix(answer: Any, args: dict) -> dict[str, Any]:
    """A large random (m, n) matrix: its shape, spread and kind; numbers as ideal where near it."""
    A = np.asarray(answer, dtype=float)
    rows, columns = A.shape
    return {
        "shape": [rows, columns],
        "standard deviation": _near(A.std(), 1 / np.sqrt(args["m"]), SPREAD_TOLERANCE),
        "mean": 0.0 if abs(A.mean()) <= MEAN_TOLERANCE * A.std() else A.mean(),
        "Gaussian": _gaussian(A),
        "rows unrelated": _unrelated(A[:-1], A[1:]),
        "columns unrelated": _unrelated(A[:, :-1], A[:, 1:]),
    }


def source_of_draws(answer: Any, args: dict) -> dict[str, bool]:
    """Three answers of `ways.draws`: whether all their randomness comes from the rng."""
    first, same_state, following = (_flat(one) for one in answer)
    return {
        "the same rng in the same state gives the same": np.array_equal(first, same_state),
        "the next call gives something else": not np.array_equal(first, following),
    }


def shapes_of_net(answer: Any, args: dict) -> dict[str, list]:
    """A net: the shapes of its weights and of its biases."""
    As, Bs = answer
    return {
        "shapes of As": [list(np.shape(A)) for A in As],
        "shapes of Bs": [list(np.shape(b)) for b in Bs],
    }


def spread_of_nets(answer: Any, args: dict) -> dict[str, Any]:
    """Many random nets: the spread of each layer's weights and of all biases, and what is related.

    Standard deviations are given as ideal where near it.
    """
    if _flat(answer[0]).shape == _flat(answer[1]).shape and np.array_equal(
        _flat(answer[0]), _flat(answer[1])
    ):
        return {"every net is another": False}
    layers = range(len(args["dims"]) - 1)
    As = [np.array([_flat(net[0][j]) for net in answer]) for j in layers]
    Bs = [np.array([_flat(net[1][j]) for net in answer]) for j in layers]
    ideal = [1 / np.sqrt(d) for d in args["dims"]]
    biases = np.concatenate(Bs, axis=1)
    parts = [*As, *Bs]
    return {
        "every net is another": True,
        "standard deviation of each A": [
            _near(A.std(), ideal[j], SPREAD_TOLERANCE) for j, A in enumerate(As)
        ],
        "standard deviation of the biases": _near(biases.std(), 1.0, BIAS_SPREAD_TOLERANCE),
        "all drawn independently": all(
            _unrelated(*_cut_alike(one, other))
            for i, one in enumerate(parts)
            for other in parts[:i]
        ),
    }


def _near(number: float, ideal: float, tolerance: float) -> float:
    return float(ideal if abs(number - ideal) <= tolerance * ideal else number)


def _gaussian(numbers: np.ndarray) -> bool:
    spread = numbers.std()
    if spread == 0:
        return False
    within = (np.abs(numbers - numbers.mean()) < spread / 2).mean()
    return bool(abs(within - SHARE_WITHIN_HALF) < SHARE_TOLERANCE)


def _unrelated(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether numbers at the same places have no correlation that chance wouldn't explain."""
    if one.size < 2 or one.std() == 0 or other.std() == 0:
        return True
    correlation = np.corrcoef(one.ravel(), other.ravel())[0, 1]
    return bool(abs(correlation) < STANDARD_ERRORS / np.sqrt(one.size))


def _cut_alike(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    width = min(one.shape[1], other.shape[1])
    return one[:, :width], other[:, :width]


def _flat(answer: Any) -> np.ndarray:
    """All numbers in arrays and lists of them, however nested, in one row."""
    if isinstance(answer, list | tuple):
        parts = [_flat(part) for part in answer]
        return np.concatenate(parts) if parts else np.empty(0)
    return np.ravel(np.asarray(answer, dtype=float))
