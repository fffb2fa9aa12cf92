"""Evasions: answers that come close, or count on luck, without the idea that the exercise asks for.

Each has to fail under every seed. They are measured instead of derived, random in the wrong way,
or right to too few digits; trivial answers are in test_trivial_answers.py.
"""

import math
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from course.nn.backprop import backprop, softmax
from course.nn.forward import forward
from course.nn.neuron import sigmoid
from course.nn.sgd import sgd_step

# The best steps of one-sided and central differences, about eps^(1/2) and eps^(1/3).
ONE_SIDED, CENTRAL = 1e-8, 6e-6
# The weights of four points to each side, and a step that fits them.
EIGHT_POINTS = {1: 4 / 5, 2: -1 / 5, 3: 4 / 105, 4: -1 / 280}
WIDE = 0.02
# A step so small that nothing is lost if it is imaginary.
IMAGINARY = 1e-30
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


# The same with many digits: by several points, longer numbers, or an imaginary step.


def _by_eight_points(f: Callable, x: object, h: object = WIDE) -> object:
    return sum(c * (f(x + k * h) - f(x - k * h)) for k, c in EIGHT_POINTS.items()) / h


def _entry_by_entry(slope: Callable, f: Callable, array: np.ndarray) -> np.ndarray:
    """Return slope(g, x) for every entry x of an array, with f of the whole array for g."""
    found = np.empty(np.shape(array))
    for place in np.ndindex(found.shape):

        def moved(x: object, place: tuple = place) -> object:
            other = np.array(array, dtype=np.result_type(array, x))
            other[place] = x
            return f(other)

        found[place] = slope(moved, array[place])
    return found


def _with_an_imaginary_step(f: Callable, x: object) -> object:
    return np.imag(f(x + 1j * IMAGINARY)) / IMAGINARY


def _imaginary_or_central(f: Callable, x: object) -> object:
    """Return the slope by an imaginary step; where that fails, by a real one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exact, rough = _with_an_imaginary_step(f, x), _central(f, x)
    return exact if abs(exact - rough) < 1e-6 * (1 + abs(rough)) else rough


def _eight_points_or_central(f: Callable, x: object) -> object:
    """Return the slope by eight points; if there is a kink between them, by two."""
    exact, rough = _by_eight_points(f, x), _central(f, x)
    return exact if abs(exact - rough) < 1e-6 * (1 + abs(rough)) else rough


def _in_long_doubles(f: Callable, x: object) -> object:
    return float(_by_eight_points(f, np.longdouble(x), np.longdouble(1e-3)))


MANY_DIGITS = {
    "eight points": _by_eight_points,
    "eight points, two at a kink": _eight_points_or_central,
    "an imaginary step, a real one if it fails": _imaginary_or_central,
    "eight points in long doubles": _in_long_doubles,
}


def _layer_by(dH, H_in, A, Z, act, slope):
    b, row = Z - H_in @ A, np.zeros((1, A.shape[1]))
    return (
        _entry_by_entry(slope, lambda H: np.sum(dH * act(H @ A + b)), H_in),
        _entry_by_entry(slope, lambda A: np.sum(dH * act(H_in @ A + b)), A),
        _entry_by_entry(slope, lambda row: np.sum(dH * act(Z + row)), row),
    )


def _backprop_by(net, acts, X, Y, loss, slope):
    """Measure how outputs change with every parameter; how the loss does is known."""
    nets = [[np.array(array, float) for array in arrays] for arrays in net]
    value, dH = loss(forward(nets, np.array(X, float), acts)[-1], Y)

    def outputs(kind: int, j: int) -> Callable:
        def of(array: np.ndarray) -> float:
            parts = [list(arrays) for arrays in nets]
            parts[kind][j] = array
            H = np.array(X, float)
            for A, b, act in zip(*parts, acts, strict=True):
                H = act(H @ A + b)
            return np.sum(dH * H)

        return of

    return value, tuple(
        [_entry_by_entry(slope, outputs(kind, j), part) for j, part in enumerate(parts)]
        for kind, parts in enumerate(nets)
    )


for _says, _slope in MANY_DIGITS.items():
    evades("layer_backward", _says, slope=_slope)(_layer_by)
    evades("backprop", _says, slope=_slope)(_backprop_by)


def _loss_of(w: object, x: object, y: object) -> object:
    return np.log1p((w * x - y) ** 2)


@evades("lecture_loss_derivative", "central differences, the step fitted to x", slope=_central)
@evades("lecture_loss_derivative", "eight points, the step fitted to x", slope=_by_eight_points)
@evades("lecture_loss_derivative", "the same in long doubles", slope=_in_long_doubles)
def fitted_to_x(w, x, y, slope):
    if x == 0:
        return 0.0
    x, y = np.longdouble(x), np.longdouble(y)
    if slope is not _in_long_doubles:
        x, y = float(x), float(y)
    return float(x * slope(lambda units: _loss_of(units / x, x, y), w * x))


@evades("lecture_loss_derivative", "ρ' by eight points, times x")
def outer_slope_measured(w, x, y):
    return x * _by_eight_points(lambda z: np.log1p(z**2), w * x - y)


@evades("cross_entropy", "eight points of each row's loss")
def measured_cross_entropy(Z, y):
    Z = Z - np.max(Z, axis=1, keepdims=True)

    def lost(z: np.ndarray, label: int) -> float:
        return np.log(np.sum(np.exp(z))) - z[label]

    values, slopes = [], []
    for row, label in zip(Z.astype(float), y, strict=True):
        values.append(lost(row, label))
        slopes.append(_entry_by_entry(_by_eight_points, partial(lost, label=label), row))
    return np.mean(values), np.array(slopes) / len(Z)


@evades("logistic_loss", "eight points of each example's loss", slope=_by_eight_points)
@evades("logistic_loss", "central differences of each example's loss", slope=_central)
def measured_logistic(z, y, slope):
    z, y = np.asarray(z, float), np.reshape(y, (-1, 1))
    return np.mean(np.logaddexp(0, z) - y * z), slope(
        lambda z: np.logaddexp(0, z) - y * z, z
    ) / len(z)


@evades("squared_loss", "central differences, as wide as the numbers are large")
def measured_squared(Y_hat, Y):
    def value(Y_hat: np.ndarray) -> float:
        return np.sum((Y_hat - Y) ** 2) / 2 / len(Y)

    def slope(f: Callable, x: float) -> float:
        return _central(f, x, max(1.0, abs(x)))

    return value(Y_hat), _entry_by_entry(slope, value, np.array(Y_hat, float))


def _nudged(nodes: list, at: int, output: object) -> object:
    """Return the last output if one output is another number."""
    outputs = {nodes[at]: output}
    for v in nodes[at + 1 :]:
        if any(u in outputs for u in v.inputs):
            outputs[v] = v.op.function(*[outputs.get(u, u.output) for u in v.inputs])
    return outputs.get(nodes[-1], nodes[-1].output)


@evades("backward_pass", "an imaginary step in every output", slope=_with_an_imaginary_step)
@evades("backward_pass", "eight points, in steps that huge numbers feel", slope=_by_eight_points)
@evades("backward_pass", "the same in long doubles", slope=_in_long_doubles)
def nudged_finely(nodes, slope):
    if len(nodes) > 1000:  # it would take some seconds
        raise TimeoutError
    for at, node in enumerate(nodes):
        x, how = float(node.output), slope
        if slope is _by_eight_points:

            def how(f: Callable, x: float) -> float:
                return _by_eight_points(f, x, max(WIDE, 2 * np.spacing(abs(x))))

        node.delta = float(how(lambda x, at=at: _nudged(nodes, at, x), x))


@evades("graph_of", "the list of all nodes, found where this was called")
def found_in_the_frames(loss):
    frame = sys._getframe()
    while frame:
        for thing in list(frame.f_locals.values()):
            if isinstance(thing, list) and thing and thing[-1] is loss:
                return thing
        frame = frame.f_back
    return [loss]


# Guessed from the form of what is asked.


@evades("accuracy", "three of five are right, as they once were in every question")
def three_of_five(net, acts, X, y):
    return 1 - (len(y) * 2 // 5) / len(y)


@evades("permute_hidden", "all units moved round, whatever perm says")
def moved_round(net, j, perm):
    As, Bs = ([np.array(array) for array in arrays] for arrays in net)
    As[j - 1], Bs[j - 1] = np.roll(As[j - 1], -1, axis=1), np.roll(Bs[j - 1], -1, axis=1)
    As[j] = np.roll(As[j], -1, axis=0)
    return As, Bs


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


def _four_added(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    return spread * (rng.random((4, *shape)).sum(axis=0) - 2) * 3**0.5


def _cut_off(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    numbers = rng.normal(size=shape)
    while (far := np.abs(numbers) > 2.5).any():
        numbers[far] = rng.normal(size=far.sum())
    return 1.05 * spread * numbers


def _half_below(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    signs = np.where(np.arange(shape[0] * shape[1]) % 2, 1.0, -1.0)
    return spread * np.abs(rng.normal(size=shape)) * rng.permutation(signs).reshape(shape)


def _blurred_twins(shape: tuple[int, int], spread: float, rng: np.random.Generator) -> np.ndarray:
    """Draw pairs of numbers that are much alike, at the same scattered places each time."""
    half = rng.normal(0, spread, -(-shape[0] * shape[1] // 2))
    both = np.concatenate([half, 0.8 * half + 0.6 * rng.normal(0, spread, half.size)])
    places = np.random.default_rng(5).permutation(shape[0] * shape[1])
    return both[: places.size][places].reshape(shape)


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
    "four uniform numbers added": _four_added,
    "none beyond 2.5 of the spread": _cut_off,
    "half of the numbers below 0, exactly": _half_below,
    "scattered twins, much alike": _blurred_twins,
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


@evades("minibatches", "shuffled four times of five", share=0.8)
def shuffled_now_and_then(n, batch_size, rng, share):
    return _cut(rng.permutation(n) if rng.random() < share else np.arange(n), batch_size)


@evades("minibatches", "sorted by one of four keys, equal ones left as they lay")
def sorted_by_few_keys(n, batch_size, rng):
    return _cut(np.argsort(rng.integers(4, size=n), kind="stable"), batch_size)


@evades("minibatches", "sorted by places with some noise")
def sorted_by_noisy_places(n, batch_size, rng):
    return _cut(np.argsort(np.arange(n) + rng.normal(0, n / 2, n)), batch_size)


@evades("minibatches", "all move round in one circle, none stays")
def in_one_circle(n, batch_size, rng):
    order, way = np.empty(n, int), rng.permutation(n)
    order[way] = np.roll(way, 1)
    return _cut(order, batch_size)


@evades("minibatches", "two and two change places")
def two_and_two(n, batch_size, rng):
    order, some = np.arange(n), rng.permutation(n)[: n // 2 * 2]
    order[some[::2]], order[some[1::2]] = some[1::2], some[::2]
    return _cut(order, batch_size)


@evades("minibatches", "two packets pushed into each other, twice")
def riffled(n, batch_size, rng):
    order = np.arange(n)
    for _ in range(2):
        left = rng.permutation(n) < rng.binomial(n, 0.5)
        order[left], order[~left] = order[: left.sum()].copy(), order[left.sum() :].copy()
    return _cut(order, batch_size)


def _stepping_from_the_last(n, batch_size, rng, kept):
    order = kept.setdefault(n, rng.permutation(n))
    for _ in range(n // 2):
        i, j = rng.integers(n, size=2)
        order[[i, j]] = order[[j, i]]
    return _cut(order.copy(), batch_size)


# Only n is remembered, so that questions about other sizes see nothing of it.
evades("minibatches", "the order before, half of it swapped", kept={})(_stepping_from_the_last)


def _trained_in(order: Callable) -> Callable:
    """Return a training whose epochs use order(epoch, n, rng, what the first one drew)."""

    def train(net, acts, X, Y, loss, epochs, batch_size, lr, rng):
        n, history, first = len(X), [], rng.permutation(len(X))
        for epoch in range(epochs):
            total = 0.0
            for batch in _cut(order(epoch, n, rng, first), batch_size):
                value, grads = backprop(net, acts, X[batch], Y[batch], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(batch)
            history.append(total / n)
        return net, history

    return train


def _start_and_stride(n: int, rng: np.random.Generator) -> np.ndarray:
    strides = [stride for stride in range(1, n) if math.gcd(stride, n) == 1]
    return (rng.integers(n) + rng.choice(strides) * np.arange(n)) % n


EPOCHS = {
    "shuffled once, then rolled on": lambda epoch, n, rng, first: np.roll(first, epoch),
    "shuffled once, then two swapped": lambda epoch, n, rng, first: _two_swapped(first, rng),
    "from a random start in random strides": lambda epoch, n, rng, first: _start_and_stride(n, rng),
}


def _two_swapped(order: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    i, j = rng.choice(len(order), 2, replace=False)
    order[[i, j]] = order[[j, i]]
    return order.copy()


for _says, _order in EPOCHS.items():
    EVASIONS.append(Evasion("train", _says, _trained_in(_order)))


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
