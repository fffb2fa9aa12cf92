"""What of an answer is judged, where more than one answer is right.

A view reads a plain answer, knowing the question's arguments, into something every right answer has
in common: a topological order into the edges it gets wrong (none), an XOR network into its four
outputs, random weights into their spread. Views run on the trusted side and may raise on what they
can't read.
"""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Any

import numpy as np

from course.exercises.engine import ways
from course.exercises.engine.compare import difference


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
    """An order of a graph's nodes: what is wrong with it. Every topological order has nothing.

    With a cycle no order is right, so it's all one which came.
    """
    if not isinstance(answer, list | tuple):
        raise ValueError(f"expected a list of nodes, got {type(answer).__name__}")
    if "edges" in args and _has_cycle(args["edges"]):
        return NO_ANSWER_IS_RIGHT
    edges = args["edges"] if "edges" in args else ways.chain_from_the_middle(args["length"])
    edges = list(dict.fromkeys(tuple(edge) for edge in edges))
    nodes = dict.fromkeys(node for edge in edges for node in edge)
    place = {node: i for i, node in enumerate(answer)}
    return {
        "nodes it misses": [node for node in nodes if node not in place],
        "nodes the graph has not": [node for node in place if node not in nodes],
        "nodes it repeats": [node for i, node in enumerate(answer) if place[node] != i],
        "edges that point backwards": [
            [u, v] for u, v in edges if u in place and v in place and place[u] >= place[v]
        ],
    }


def outputs_of_dag(answer: Any, args: dict) -> Any:
    """All of the outputs; where the question has a fault, only that there were any."""
    if not isinstance(answer, dict):
        raise ValueError(f"expected a dict, got {type(answer).__name__}")
    edges, values = args["weights"], set(args["inputs"])
    heads = {v for _, v in edges}
    inputs = {u for u, _ in edges} - heads
    if _has_cycle(edges) or values & heads or inputs - values:
        return NO_ANSWER_IS_RIGHT
    return answer


NO_ANSWER_IS_RIGHT = {"an answer where none is right": True}


def _has_cycle(edges: Iterable[tuple]) -> bool:
    graph = TopologicalSorter()
    for u, v in edges:
        graph.add(v, u)
    try:
        graph.prepare()
    except CycleError:
        return True
    return False


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


def layers_of_net(answer: Any, args: dict) -> dict[str, Any]:
    """A random net: the shapes of its weights and biases, and whether its layers share numbers."""
    As, Bs = answer
    return {
        "shapes of As": [list(np.shape(A)) for A in As],
        "shapes of Bs": [list(np.shape(b)) for b in Bs],
        "every layer has its own numbers": not any(
            np.any(one) and np.array_equal(one, other)
            for arrays in (As, Bs)
            for i, one in enumerate(arrays)
            for other in arrays[:i]
        ),
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
    array = np.asarray(answer)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"expected numbers, got {array.dtype}")
    return array.ravel().astype(float)


def each_index_once(answer: Any, args: dict) -> dict:
    """Whether batches of indices hold each of range(n) once, and how long the batches are."""
    batches = _indices(answer)
    came = np.concatenate([np.zeros(0, int), *batches])
    return {
        "every index comes": set(range(args["n"])) <= set(came.tolist()),
        "no index comes twice": len(set(came.tolist())) == len(came),
        "the batches are the same one": len(batches) > 1
        and all(np.array_equal(batch, batches[0][: len(batch)]) for batch in batches),
        "batch sizes": [len(batch) for batch in batches],
    }


def order_of_indices(answer: Any, args: dict) -> dict:
    """Whether batches of indices show the order 0, 1, 2, … that they should have lost."""
    batches = _indices(answer)
    return {
        "the order is 0, 1, 2, …": bool((np.diff(np.concatenate(batches)) == 1).all()),
        "each batch is a run of neighbours": all(np.ptp(b) == len(b) - 1 for b in batches),
    }


def only_by_the_rng(answer: Any, args: dict) -> dict:
    """Whether equal states of the generator gave equal answers, and another state another."""
    first, again, other = answer
    return {
        "same rng, same answer": difference(again, first, 1e-9, 1e-12) is None,
        "another rng, another answer": difference(other, first, 1e-9, 1e-12) is not None,
    }


def history_alone(answer: Any, args: dict) -> Any:
    """Of a trained net and its history: the history."""
    _, history = answer
    return history


def steps_in_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: who was used when, and with which weight."""
    used, _ = _diary(answer, args)
    lengths = [(epoch > 0).sum(axis=0).tolist() for epoch in _epochs(used, args)]
    full, rest = divmod(len(args["X"]), args["batch_size"])
    right_lengths = [rest] * (rest > 0) + [args["batch_size"]] * full
    weights = used.sum(axis=0)
    weights = weights[weights != 0]
    return {
        "every epoch uses each example once": _once_an_epoch(used, args),
        "the batches have the right sizes": all(sorted(one) == right_lengths for one in lengths),
        "each step goes by the mean over its batch": np.allclose(weights, 1, atol=1e-3),
    }


def orders_in_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: whether the batches were drawn at random, every epoch."""
    used, _ = _diary(answer, args)
    epochs = [(epoch > 0).tolist() for epoch in _epochs(used, args)]
    batches = [np.flatnonzero(step) for step in used.T if step.any()]
    return {
        "two epochs used the same batches": any(one in epochs[:i] for i, one in enumerate(epochs)),
        "each batch was a run of neighbours": all(np.ptp(b) == len(b) - 1 for b in batches),
    }


def pairs_in_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: whether x and y stayed together."""
    used, told = _diary(answer, args)
    y = np.reshape(args["Y"], (-1, 1))
    return {"each x came with its own y": np.allclose(told, used * y, rtol=1e-3, atol=1e-3)}


def history_by_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: whether the history tells what really happened."""
    used, _ = _diary(answer, args)
    (_, _), history = answer
    y = np.reshape(args["Y"], (-1, 1))
    # What diary_loss gives for an example at a step, and the mean over the examples of an epoch.
    values = (used > 0) * y * (1 + np.arange(used.shape[1]))
    means = [epoch.sum() / len(y) for epoch in _epochs(values, args)]
    return {
        "numbers in the history": len(history),
        "each is the mean over the examples, each before its step": _once_an_epoch(used, args)
        and np.allclose(history, means, rtol=1e-3),
    }


# What must be so before the tiers of `tiers_of_labels` count.
BASICS = {
    "a function comes back": True,
    "one label for each image": True,
    "an image alone is read as among others": True,
    "X and y are as before": True,
}


def tiers_of_labels(answer: Any, args: dict) -> dict:
    """How many of the true `labels` were found: the share, and which of the `tiers` it reaches."""
    basics = dict.fromkeys(BASICS, False)
    if answer["a function"]:
        at_once, labels = np.atleast_1d(answer["at once"]), np.asarray(args["labels"])
        fits = at_once.shape == labels.shape
        alone = [np.array_equal(a, at_once[i : i + 1]) for i, a in enumerate(answer["one by one"])]
        answers = (True, fits, fits and all(alone), answer["unchanged"] is True)
        basics = dict(zip(BASICS, answers, strict=True))
    share = float(np.mean(at_once == labels)) if all(basics.values()) else 0.0
    reached = {tier_of(tier): share >= tier for tier in args["tiers"]}
    return basics | {"share right": share} | reached


def tier_of(share: float) -> str:
    """The name of a tier."""
    return f"at least {100 * share:.0f} of 100 right"


def _indices(answer: Any) -> list[np.ndarray]:
    batches = [np.asarray(batch) for batch in answer]
    if any(batch.ndim != 1 or (batch.size and batch.dtype.kind not in "iu") for batch in batches):
        raise TypeError("expected one-dimensional arrays of whole numbers")
    return [batch.astype(int) for batch in batches]


def _diary(answer: Any, args: dict) -> tuple[np.ndarray, np.ndarray]:
    """Return what the weights say: the weight of each example in each step, and of its y."""
    (As, _), _ = answer
    noted = -np.asarray(As[0], dtype=float)[:, 1:] / args["X"][0, 0]
    used, told = np.split(np.where(np.abs(noted) < 1e-6, 0, noted), 2, axis=1)
    return used, told


def _epochs(pages: np.ndarray, args: dict) -> list[np.ndarray]:
    return np.split(pages, args["epochs"], axis=1)


def _once_an_epoch(used: np.ndarray, args: dict) -> bool:
    return all(((epoch > 0).sum(axis=1) == 1).all() for epoch in _epochs(used, args))


def xor_outputs(answer: Any, args: dict) -> dict:
    """The shapes of a network (W, b, u, c), and what it gives at the corners of the unit square."""
    W, b, u, c = (np.asarray(part, dtype=float) for part in answer)
    m = W.shape[-1] if W.ndim else 0
    fit = (W.shape, b.shape, u.shape, c.shape) == ((2, m), (1, m), (m,), ())
    shapes = "W (2, m), b (1, m), u (m,), c a number"
    came = f"W {W.shape}, b {b.shape}, u {u.shape}, c {c.shape or 'a number'}"
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    with np.errstate(all="ignore"):
        outputs = np.maximum(corners @ W + b, 0) @ u + c if fit else [None] * len(corners)
    said = {f"f({x_1}, {x_2})": f for (x_1, x_2), f in zip(corners, outputs, strict=True)}
    return {"shapes": shapes if fit else came} | said


def xor_outputs_twice(answer: Any, args: dict) -> list:
    """The same of both networks that came."""
    first, second = answer
    return [xor_outputs(first, args), xor_outputs(second, args)]


def initial_shapes(answer: Any, args: dict) -> dict[str, Any]:
    """A freshly initialised net: the shapes of its weights and biases, and whether biases are 0."""
    As, Bs = answer
    return {
        "shapes of As": [list(np.shape(A)) for A in As],
        "shapes of Bs": [list(np.shape(b)) for b in Bs],
        "biases zero": all(not np.any(b) for b in Bs),
        "every layer has its own weights": not any(
            np.array_equal(A, other) for j, A in enumerate(As) for other in As[:j]
        ),
    }


def initial_spread(answer: Any, args: dict) -> list[dict[str, Any]]:
    """A freshly initialised net with large layers: spread and kind of each layer's weights."""
    As, _ = answer
    return [random_matrix(A, {"m": d_in}) for A, d_in in zip(As, args["dims"][:-1], strict=True)]


def initial_edges(answer: Any, args: dict) -> dict[str, Any]:
    """A net initialised on masks: its shapes, and which of its weights are not zero."""
    As, _ = answer
    edges = [np.asarray(A, dtype=float) != 0 for A in As]
    return initial_shapes(answer, args) | {
        "weights finite": all(np.isfinite(A).all() for A in As),
        "weights that are not 0": [np.argwhere(edge).tolist() for edge in edges],
    }


def sparse_spread(answer: Any, args: dict) -> dict[str, Any]:
    """Many draws of one masked layer: for each number of incoming edges, the weights' spread."""
    mask = np.asarray(args["masks"][0])
    draws = np.array([net[0][0] for net in answer], dtype=float)
    counts = mask.sum(axis=0)
    spreads = {}
    for count in np.unique(counts[counts > 0]).tolist():
        edges = mask & (counts == count)
        weights = draws[:, edges]
        spreads[f"standard deviation with {count} edges"] = _near(
            weights.std(), 1 / np.sqrt(count), SPREAD_TOLERANCE
        )
    return spreads | {"0 where there is no edge": not draws[:, ~mask].any()}
