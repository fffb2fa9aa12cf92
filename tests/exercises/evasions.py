"""Evasions: answers that come close, or count on luck, without the idea that the exercise asks for.

Each has to fail under every seed. They are measured instead of derived, random in the wrong way,
or right to too few digits; trivial answers are in test_trivial_answers.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from course.nn.backprop import softmax
from course.nn.forward import forward
from course.nn.neuron import sigmoid

# The best steps of one-sided and central differences, about eps^(1/2) and eps^(1/3).
ONE_SIDED, CENTRAL = 1e-8, 6e-6
# The steps of Python for which the grader would certainly not wait.
PATIENCE = 4e6


@dataclass(frozen=True)
class Evasion:
    """An answer to `exercise` that evades its idea, and in what way."""

    exercise: str
    says: str
    function: Callable


EVASIONS: list[Evasion] = []


def evades(exercise: str, says: str, **chosen: object) -> Callable[[Callable], Callable]:
    """Add the decorated function to the evasions, with these keyword arguments chosen."""

    def add(function: Callable) -> Callable:
        def answer(*args: object) -> object:
            return function(*args, **chosen)

        EVASIONS.append(Evasion(exercise, says, answer if chosen else function))
        return function

    return add


# Measured, not derived.


def _central(f: Callable, x: object, h: float = CENTRAL) -> object:
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / (2 * h)


def _gradient(f: Callable[[], float], array: np.ndarray, h: float) -> np.ndarray:
    """Return the derivative of f() by every entry of an array that f reads, by differences."""
    gradient = np.empty(array.shape)
    for place in np.ndindex(array.shape):
        kept = array[place]
        array[place] = kept + h
        above = f()
        array[place] = kept - h
        below = f()
        array[place] = kept
        gradient[place] = (above - below) / (2 * h)
    return gradient


@evades("d_sigmoid", "central differences")
def measured_sigmoid(z):
    return _central(sigmoid, z)


@evades("d_sigmoid", "one-sided differences")
def measured_sigmoid_to_the_right(z):
    z = np.asarray(z, float)
    return (sigmoid(z + ONE_SIDED) - sigmoid(z)) / ONE_SIDED


@evades("d_tanh", "central differences")
def measured_tanh(z):
    return _central(np.tanh, z)


@evades("d_relu", "central differences")
def measured_relu(z):
    return _central(lambda x: np.maximum(x, 0), z)


@evades("lecture_loss_derivative", "central differences")
def measured_lecture_loss(w, x, y):
    return _central(lambda v: np.log1p((v * x - y) ** 2), w)


@evades("chain", "central differences of the whole chain")
def measured_chain(fs, dfs, x):
    def whole(v: float) -> float:
        for f in fs:
            v = f(v)
        return v

    return whole(x), _central(whole, x)


@evades("backward_pass", "every leaf and output nudged, the rest computed again")
def measured_backward_pass(nodes):
    def last(start: int) -> float:
        for node in nodes[start + 1 :]:
            if node.op is not None:
                node.output = node.op(*[i.output for i in node.inputs])
        return nodes[-1].output

    if len(nodes) ** 2 > PATIENCE:
        raise TimeoutError
    kept = [node.output for node in nodes]
    for at, node in enumerate(nodes):
        ends = []
        for h in (CENTRAL, -CENTRAL):
            node.output = kept[at] + h
            ends.append(last(at))
        node.delta = (ends[0] - ends[1]) / (2 * CENTRAL)
        for one, output in zip(nodes, kept, strict=True):
            one.output = output


@evades("layer_backward", "central differences of the layer", h=1e-5)
@evades("layer_backward", "central differences of the layer, the best step", h=CENTRAL)
def measured_layer_backward(dH, H_in, A, Z, act, h):
    dH, H, A, Z = (np.array(array, float) for array in (dH, H_in, A, Z))
    b = Z - H @ A

    def blame() -> float:
        return float(np.sum(dH * act(H @ A + b)))

    row = np.zeros((1, A.shape[1]))
    through_row = _gradient(lambda: float(np.sum(dH * act(H @ A + b + row))), row, h)
    return _gradient(blame, H, h), _gradient(blame, A, h), through_row


@evades("backprop", "central differences of the loss", h=1e-5)
@evades("backprop", "central differences of the loss, the best step", h=CENTRAL)
def measured_backprop(net, acts, X, Y, loss, h):
    As, Bs = ([np.array(array, float) for array in arrays] for arrays in net)

    def value() -> float:
        return loss(forward((As, Bs), X, acts)[-1], Y)[0]

    return value(), (
        [_gradient(value, A, h) for A in As],
        [_gradient(value, b, h) for b in Bs],
    )


# Random in the wrong way. Each of these fills an array of a shape with a spread.


def _twins(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    half = rng.normal(0, spread, (shape[0], -(-shape[1] // 2)))
    return np.hstack([half, half])[:, : shape[1]]


def _opposites(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    half = rng.normal(0, spread, (shape[0], -(-shape[1] // 2)))
    return np.hstack([half, -half])[:, : shape[1]]


def _tiled(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    few = rng.normal(0, spread, (shape[0], 7))
    return np.tile(few, (1, -(-shape[1] // 7)))[:, : shape[1]]


def _signs(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    return spread * rng.choice([-1.0, 1.0], shape)


def _uniform(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    return rng.uniform(-1, 1, shape) * spread * 3**0.5


def _triangular(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    return rng.triangular(-1, 0, 1, shape) * spread * 6**0.5


def _logistic(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    return rng.logistic(0, spread * 3**0.5 / np.pi, shape)


def _too_wide(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    return rng.normal(0, 1.1 * spread, shape)


def _off_centre(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    return rng.normal(0.3 * spread, spread, shape)


def _one_number(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    return np.full(shape, rng.normal(0, spread))


def _one_column(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    return np.repeat(rng.normal(0, spread, (shape[0], 1)), shape[1], axis=1)


def _four_kinds(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    return np.random.default_rng(rng.integers(4)).normal(0, spread, shape)


def _rolled(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    fixed = np.random.default_rng(0).normal(0, spread, shape)
    return np.roll(fixed, rng.integers(fixed.size))


KINDS = {
    "every column has a twin": _twins,
    "every column has its opposite": _opposites,
    "seven columns, again and again": _tiled,
    "signs in place of a normal distribution": _signs,
    "a uniform distribution of the right spread": _uniform,
    "a triangular distribution of the right spread": _triangular,
    "a logistic distribution of the right spread": _logistic,
    "a tenth too wide": _too_wide,
    "0.3 of the spread off centre": _off_centre,
    "one number for a whole array": _one_number,
    "one column for a whole array": _one_column,
    "four different arrays in all": _four_kinds,
    "always the same numbers, rolled": _rolled,
}


def _random_matrix(m, n, rng, fill):
    return fill((m, n), m**-0.5, rng)


def _random_net(dims, rng, fill):
    shapes = list(pairwise(dims))
    return (
        [fill((m, n), m**-0.5, rng) for m, n in shapes],
        [fill((1, n), 1.0, rng) for _, n in shapes],
    )


def _initialised(dims, rng, fill):
    As, _ = _random_net(dims, rng, fill)
    return As, [np.zeros((1, A.shape[1])) for A in As]


def _initialised_sparse(masks, rng, fill):
    masks = [np.asarray(mask, bool) for mask in masks]
    scales = [np.maximum(mask.sum(axis=0), 1) ** -0.5 for mask in masks]
    As = [m * s * fill(m.shape, 1.0, rng) for m, s in zip(masks, scales, strict=True)]
    return As, [np.zeros((1, mask.shape[1])) for mask in masks]


RANDOM = {
    "rand_matrix": _random_matrix,
    "MLP": _random_net,
    "initialise": _initialised,
    "initialise_sparse": _initialised_sparse,
}
for _exercise, _answer in RANDOM.items():
    for _says, _fill in KINDS.items():
        evades(_exercise, _says, fill=_fill)(_answer)


def _cut(order: object, size: int) -> list:
    return [order[start : start + size] for start in range(0, len(order), size)]


@evades("minibatches", "only the first mini-batch is random")
def first_batch_random(n, batch_size, rng):
    first = rng.choice(n, min(batch_size, n), replace=False)
    return _cut(np.concatenate([first, np.setdiff1d(np.arange(n), first)]), batch_size)


@evades("minibatches", "the order begins at a random place")
def rotated(n, batch_size, rng):
    return _cut(np.roll(np.arange(n), rng.integers(n)), batch_size)


@evades("minibatches", "two examples swapped")
def one_swap(n, batch_size, rng):
    order, (i, j) = np.arange(n), rng.integers(n, size=2)
    order[[i, j]] = order[[j, i]]
    return _cut(order, batch_size)


@evades("minibatches", "the mini-batches in random order, each as it lay")
def batches_in_random_order(n, batch_size, rng):
    batches = _cut(np.arange(n), batch_size)
    full, rest = (batches[:-1], batches[-1:]) if n % batch_size else (batches, [])
    return [full[i] for i in rng.permutation(len(full))] + rest


@evades("minibatches", "one of three orders")
def one_of_three_orders(n, batch_size, rng):
    return _cut(np.random.default_rng(rng.integers(3)).permutation(n), batch_size)


# Right to too few digits.


@evades("sigmoid", "0.09 percent off, as float32")
def inexact_sigmoid(z):
    return np.float32(1.0009 * sigmoid(np.asarray(z, float)))


@evades("sigmoid", "in float16")
def coarse_sigmoid(z):
    return sigmoid(np.asarray(z, np.float16)).astype(np.float16)


@evades("tanh", "0.09 percent off, as float32")
def inexact_tanh(z):
    return np.float32(1.0009 * np.tanh(np.asarray(z, float)))


@evades("tanh", "in float16")
def coarse_tanh(z):
    return np.tanh(np.asarray(z, np.float16))


@evades("softmax", "0.09 percent off, as float32")
def inexact_softmax(Z):
    return np.float32(1.0009 * softmax(Z))


@evades("softmax", "in float16")
def coarse_softmax(Z):
    return softmax(Z).astype(np.float16)


@evades("dense", "in float16")
def coarse_dense(X, A, b):
    return (np.asarray(X, np.float16) @ np.asarray(A, np.float16) + np.asarray(b)).astype(
        np.float16
    )
