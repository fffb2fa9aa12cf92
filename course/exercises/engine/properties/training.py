"""Properties of training: batches, what a loss was shown, and what was learned."""

from typing import Any

import numpy as np

from course.exercises.engine.compare import difference
from course.exercises.engine.registry import PROPERTIES


@PROPERTIES.register
def each_index_once(answer: Any, args: dict) -> dict:
    """Whether batches of indices hold each of range(n) once, and how long the batches are."""
    batches = _indices(answer)
    indices = np.concatenate([np.zeros(0, int), *batches])
    return {
        "every index comes": set(range(args["n"])) <= set(indices.tolist()),
        "no index comes twice": len(set(indices.tolist())) == len(indices),
        "the batches are the same one": len(batches) > 1
        and all(np.array_equal(batch, batches[0][: len(batch)]) for batch in batches),
        "batch sizes": [len(batch) for batch in batches],
    }


@PROPERTIES.register
def order_of_indices(answer: Any, args: dict) -> dict:
    """Whether batches of indices still show the order 0, 1, 2, … that shuffling destroys."""
    batches = _indices(answer)
    return {
        "the order is 0, 1, 2, …": bool((np.diff(np.concatenate(batches)) == 1).all()),
        "each batch is a run of neighbours": all(np.ptp(b) == len(b) - 1 for b in batches),
    }


@PROPERTIES.register
def only_by_the_rng(answer: Any, args: dict) -> dict:
    """Whether equal states of the generator gave equal answers, and another state another."""
    first, again, other = answer
    return {
        "same rng, same answer": difference(again, first, 1e-9, 1e-12) is None,
        "another rng, another answer": difference(other, first, 1e-9, 1e-12) is not None,
    }


@PROPERTIES.register
def history_alone(answer: Any, args: dict) -> Any:
    """Of a trained net and its history: the history."""
    _, history = answer
    return history


@PROPERTIES.register
def steps_in_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: which example was used when, and with which weight."""
    used, _ = _diary(answer, args)
    lengths = [(epoch > 0).sum(axis=0).tolist() for epoch in _epochs(used, args)]
    full, rest = divmod(len(args["X"]), args["batch_size"])
    right_lengths = [rest] * (rest > 0) + [args["batch_size"]] * full
    weights = used.sum(axis=0)
    weights = weights[weights != 0]
    return {
        "every epoch uses each example once": _once_an_epoch(used, args),
        "the batches have the right sizes": all(
            sorted(epoch) == right_lengths for epoch in lengths
        ),
        "each step goes by the mean over its batch": np.allclose(weights, 1, atol=1e-3),
    }


@PROPERTIES.register
def orders_in_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: whether the batches were drawn at random, every epoch."""
    used, _ = _diary(answer, args)
    epochs = [(epoch > 0).tolist() for epoch in _epochs(used, args)]
    batches = [np.flatnonzero(step) for step in used.T if step.any()]
    return {
        "two epochs used the same batches": any(
            epoch in epochs[:i] for i, epoch in enumerate(epochs)
        ),
        "each batch was a run of neighbours": all(np.ptp(b) == len(b) - 1 for b in batches),
    }


@PROPERTIES.register
def pairs_in_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: whether x and y stayed together."""
    used, told = _diary(answer, args)
    y = np.reshape(args["Y"], (-1, 1))
    return {"each x came with its own y": np.allclose(told, used * y, rtol=1e-3, atol=1e-3)}


@PROPERTIES.register
def history_by_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: whether the history tells what happened."""
    used, _ = _diary(answer, args)
    (_, _), history = answer
    y = np.reshape(args["Y"], (-1, 1))
    # The value of diary_loss for an example at a step, and its mean over an epoch's examples.
    values = (used > 0) * y * (1 + np.arange(used.shape[1]))
    means = [epoch.sum() / len(y) for epoch in _epochs(values, args)]
    return {
        "numbers in the history": len(history),
        "each is the mean over the examples, each before its step": _once_an_epoch(used, args)
        and np.allclose(history, means, rtol=1e-3),
    }


# What has to hold before the tiers of `tiers_of_labels` count.
BASICS = {
    "a function comes back": True,
    "one label for each image": True,
    "an image alone is read as among others": True,
    "X and y are as before": True,
}


@PROPERTIES.register
def tiers_of_labels(answer: Any, args: dict) -> dict:
    """The share of the true `labels` that were found, and which of the `tiers` it reaches."""
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
    """Return what the weights tell: the weight of each example in each step, and of its y."""
    (As, _), _ = answer
    noted = -np.asarray(As[0], dtype=float)[:, 1:] / args["X"][0, 0]
    used, told = np.split(np.where(np.abs(noted) < 1e-6, 0, noted), 2, axis=1)
    return used, told


def _epochs(pages: np.ndarray, args: dict) -> list[np.ndarray]:
    return np.split(pages, args["epochs"], axis=1)


def _once_an_epoch(used: np.ndarray, args: dict) -> bool:
    return all(((epoch > 0).sum(axis=1) == 1).all() for epoch in _epochs(used, args))
