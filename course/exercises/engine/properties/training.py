"""Properties of training: the batches, the examples a loss was given, and what was learned."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from course.data import FULL_INK
from course.exercises.engine.calls import NET_BYTES
from course.exercises.engine.compare import difference
from course.exercises.engine.registry import PROPERTIES

# Over 200 draws of 15 indices in threes, a right answer exceeds one of these shares, or has none at
# all, in one of 105 pairs (probability 1/7) or 75 places (1/5), with p < 1e-9, by Chernoff's bound.
MOST_TOGETHER, MOST_IN_ONE_BATCH = 0.37, 0.45


@PROPERTIES.register
def each_index_once(answer: Any, args: dict) -> dict:
    """Whether batches of indices hold each of range(n) once, and how long the batches are."""
    batches = _indices(answer)
    indices = np.concatenate([np.zeros(0, int), *batches])
    lengths = [len(batch) for batch in batches]
    if len(np.unique(indices)) < len(indices):
        used = "some twice"
    else:
        used = "each once" if set(indices) == set(range(args["n"])) else "not all, or others"
    return {
        "the indices are used": used,
        "all batches are the same": len(batches) > 1
        and all(np.array_equal(batch, batches[0][: len(batch)]) for batch in batches),
        "batch sizes": sorted(lengths, reverse=True),
        "only the last batch is short": len(set(lengths[:-1])) <= 1
        and all(lengths[-1] <= length for length in lengths),
    }


@PROPERTIES.register
def order_of_indices(answer: Any, args: dict) -> dict:
    """Whether batches of indices still show the order 0, 1, 2, … that shuffling destroys."""
    batches = _indices(answer)
    return {
        "the order is 0, 1, 2, …": bool((np.diff(np.concatenate(batches)) == 1).all()),
        "each batch is a run of neighbours": all(
            np.ptp(b) == len(b) - 1 for b in batches if len(b)
        ),
    }


@PROPERTIES.register
def chances_of_indices(answer: Any, args: dict) -> dict:
    """After many draws: whether any index may be in any batch, and together with any other."""
    n, count = args["n"], args["n"] // args["batch_size"]
    drawn = [_indices(batches) for batches in answer]
    where = np.zeros((len(drawn), count, n))
    for draw, batches in enumerate(drawn):
        for k, batch in enumerate(batches[:count]):
            where[draw, k, batch[(batch >= 0) & (batch < n)]] = 1
    shares = where.mean(axis=0)
    together = np.einsum("dki,dkj->ij", where, where)[np.triu_indices(n, 1)] / len(drawn)
    return {
        "each draw has every index once": bool((where.sum(axis=1) == 1).all()),
        "any index may be in any batch": bool(
            shares.min() > 0 and shares.max() < MOST_IN_ONE_BATCH
        ),
        "any two indices may share a batch": bool(
            together.min() > 0 and together.max() < MOST_TOGETHER
        ),
    }


@PROPERTIES.register
def only_by_the_rng(answer: Any, args: dict) -> dict:
    """Whether equal states of the generator gave equal answers, and another state gave another."""
    first, again, other = answer
    return {
        "same rng, same answer": difference(again, first, 1e-9, 1e-12, briefly=True) is None,
        "another rng, a different answer": bool(
            difference(other, first, 1e-9, 1e-12, briefly=True)
        ),
    }


# The diary: after training on `stock.diary_loss`, the weights tell what each step was made of.
# Whatever a property reports is the same for every order in which the examples may be drawn, so
# that a mistake is recognised whichever way they are drawn. Each property says first whether there
# is a diary at all, and how many steps are in it.


@PROPERTIES.register
def steps_in_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: which example was used when, and with what weight."""
    diary = _Diary.of(answer, args)
    full, rest = divmod(len(args["X"]), args["batch_size"])
    right_lengths = [rest] * (rest > 0) + [args["batch_size"]] * full
    lengths = [(epoch > 0).sum(axis=0).tolist() for epoch in diary.epochs]
    sums = diary.used.sum(axis=0)
    return diary.head() | {
        "every epoch uses each example once": diary.once_an_epoch,
        "the batches have the right sizes": all(
            sorted(epoch) == right_lengths for epoch in lengths
        ),
        "the weights of the examples in a step add up to": sorted(set(sums[sums != 0].round(3))),
    }


@PROPERTIES.register
def orders_in_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: whether the batches were drawn at random, every epoch."""
    diary = _Diary.of(answer, args)
    epochs = [(epoch > 0).tolist() for epoch in diary.epochs if epoch.any()]
    batches = [np.flatnonzero(step) for step in diary.used.T if step.any()]
    return diary.head() | {
        "two epochs used the same batches": any(
            epoch in epochs[:i] for i, epoch in enumerate(epochs)
        ),
        "each batch was a run of neighbours": all(np.ptp(b) == len(b) - 1 for b in batches),
    }


@PROPERTIES.register
def pairs_in_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss: whether x and y stayed together."""
    diary = _Diary.of(answer, args)
    y = np.reshape(args["Y"], (-1, 1))
    together = np.allclose(diary.told, diary.used * y, rtol=1e-3, atol=1e-3)
    return diary.head() | {"each x is used with its own y": together}


@PROPERTIES.register
def history_by_diary(answer: Any, args: dict) -> dict:
    """After training on the diary loss with y = 1: the history, compared with the right one."""
    diary = _Diary.of(answer, args)
    # The loss of a batch is then the number of its step, counted from 1.
    number = 1 + np.arange(diary.used.shape[1])
    seen = [(epoch > 0).sum(axis=0) for epoch in diary.epochs]
    numbers = np.split(number, args["epochs"])
    history = diary.history
    with np.errstate(invalid="ignore", divide="ignore"):
        right = [(k * n).sum() / n.sum() for k, n in zip(numbers, seen, strict=True)]
        times = [float(h / r) for h, r in zip(history, right, strict=False)]
    return diary.head() | {
        "every epoch uses each example once": diary.once_an_epoch,
        "numbers in the history": len(history),
        "each, divided by the right mean": times if len(history) == len(right) else [],
    }


ACTIVATIONS = ("relu", "tanh", "sigmoid", "softplus", "identity")
NET_LAYERS = 8
# Images that a net reads at a time: its widest layer takes little memory then.
READ_AT_ONCE = 100
# Conditions that must hold before the tiers of `tiers_of_net` count.
A_NET = "a net (As, Bs) and a list of activations are returned"
KNOWN = "each activation is one of the course's"
SIZE_OF_NET = f"it has at most {NET_LAYERS} layers and less than {NET_BYTES // 10**6} MB"
SHAPES = "the shapes fit, from 64 pixels to 10 outputs"
FINITE = "its weights, biases and outputs are finite numbers, not nan"
UNCHANGED = "X and y are unchanged"
BASICS = dict.fromkeys((A_NET, KNOWN, SIZE_OF_NET, SHAPES, FINITE, UNCHANGED), True)


@PROPERTIES.register
def tiers_of_net(answer: Any, args: dict) -> dict:
    """The share of the true `labels` of images that a net reads, and the `tiers` it reaches."""
    basics, labels, share = dict.fromkeys(BASICS, False), np.asarray(args["labels"]), 0.0
    if answer["net"] is None and answer["bytes"] >= NET_BYTES:
        basics[A_NET] = basics[KNOWN] = True
    if arrays := _net_of(answer):
        acts, widths = answer["acts"], _widths(*arrays)
        basics[A_NET] = len(acts) == len(arrays[0])
        basics[KNOWN] = all(type(act) is str and act in ACTIVATIONS for act in acts)
        basics[SIZE_OF_NET] = len(acts) <= NET_LAYERS and _bytes_of(*arrays) < NET_BYTES
        basics[SHAPES] = widths is not None and (widths[0], widths[-1]) == (64, 10)
        basics[UNCHANGED] = answer["unchanged"] is True
        if all(right for name, right in basics.items() if name != FINITE):
            outputs = _outputs(arrays, acts, np.asarray(args["asked"]))
            basics[FINITE] = bool(np.isfinite(outputs).all())
            if basics[FINITE]:
                share = float(np.mean(outputs.argmax(axis=1) == labels))
    reached = {tier_of(tier): share >= tier for tier in args["tiers"]}
    return basics | {"share right": share} | reached


def _net_of(answer: Any) -> tuple[list[np.ndarray], list[np.ndarray]] | None:
    """Return the arrays of a net as float numbers; None if it isn't one."""
    try:
        As, Bs = answer["net"]
        if not 0 < len(As) == len(Bs):
            return None
        parts = [[np.asarray(part) for part in parts] for parts in (As, Bs)]
    except (KeyError, TypeError, ValueError):
        return None
    kinds = {array.dtype.kind for arrays in parts for array in arrays}
    return tuple(parts) if kinds <= set("biuf") else None


def _bytes_of(As: list[np.ndarray], Bs: list[np.ndarray]) -> int:
    return sum(array.nbytes for array in (*As, *Bs))


def _widths(As: list[np.ndarray], Bs: list[np.ndarray]) -> list[int] | None:
    """Return the widths of a net's layers; None if the shapes don't fit."""
    if any(A.ndim != 2 or b.shape != (1, A.shape[1]) for A, b in zip(As, Bs, strict=True)):
        return None
    widths = [len(As[0]), *(A.shape[1] for A in As)]
    return widths if widths[:-1] == [len(A) for A in As] else None


def _outputs(
    arrays: tuple[list[np.ndarray], list[np.ndarray]], acts: list[str], pixels: np.ndarray
) -> np.ndarray:
    """Run a net on images (inks of 0 to 16), a few at a time."""
    # Not at the top: where earlier units are graded, these modules are the answers.
    from course.nn import backprop
    from course.nn.forward import forward

    net = tuple([array.astype(float) for array in parts] for parts in arrays)
    if not all(np.isfinite(array).all() for parts in net for array in parts):
        return np.full((len(pixels), 1), np.nan)
    functions = [getattr(backprop, act.upper()) for act in acts]
    batches = np.split(pixels / FULL_INK, range(READ_AT_ONCE, len(pixels), READ_AT_ONCE))
    with np.errstate(all="ignore"):
        return np.concatenate([forward(net, X, functions)[-1] for X in batches])


def tier_of(share: float) -> str:
    """Return the name of a tier."""
    return f"at least {100 * share:.0f} of 100 right"


def _indices(answer: Any) -> list[np.ndarray]:
    if not isinstance(answer, list | tuple | np.ndarray):  # a text would be taken letter by letter
        raise TypeError("expected a list of batches")
    batches = [np.asarray(batch) for batch in answer]
    if any(batch.ndim != 1 or (batch.size and batch.dtype.kind not in "iu") for batch in batches):
        raise TypeError("expected one-dimensional arrays of whole numbers")
    return [batch.astype(int) for batch in batches]


@dataclass(frozen=True)
class _Diary:
    """What the weights recorded: the weight of each example in each step, and of its y.

    found: whether the answer is a net, with a diary in it, and a history.
    """

    used: np.ndarray
    told: np.ndarray
    history: list[float]
    epochs: list[np.ndarray]
    found: bool

    @classmethod
    def of(cls, answer: Any, args: dict) -> "_Diary":
        if answer is None:
            raise ValueError("nothing was returned")
        try:
            (As, _), history = answer
            noted = -np.asarray(As[0], dtype=float)[:, 1:] / args["X"][0, 0]
            history = [float(number) for number in history]
            found = True
        except (TypeError, ValueError, IndexError):
            noted, history, found = np.zeros((len(args["X"]), 2 * args["epochs"])), [], False
        used, told = np.split(np.where(np.abs(noted) < 1e-6, 0, noted), 2, axis=1)
        return cls(used, told, history, np.split(used, args["epochs"], axis=1), found)

    @property
    def once_an_epoch(self) -> bool:
        return all(((epoch > 0).sum(axis=1) == 1).all() for epoch in self.epochs)

    def head(self) -> dict:
        """Return what every property of a diary reports first."""
        steps = int(self.used.any(axis=0).sum())
        return {"a net and its history are returned": self.found, "steps in the diary": steps}
