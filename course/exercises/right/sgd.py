"""Unusual right answers of unit 7."""

import math
from copy import deepcopy
from fractions import Fraction
from functools import reduce

import numpy as np

from course.data.moved import moved
from course.exercises.right import right
from course.nn import sgd as nn
from course.nn.backprop import IDENTITY, RELU, backprop, cross_entropy
from course.nn.forward import forward
from course.nn.symmetry import initialise


def _refuse_below_one(batch_size):
    if batch_size < 1:
        raise ValueError("batch size?")


@right("minibatches", "a generator that sorts random keys")
def yields_slices_of_sorted_keys(n, batch_size, rng):
    _refuse_below_one(batch_size)
    order = np.argsort(rng.random(n), kind="stable")
    while len(order):
        yield order[:batch_size]
        order = order[batch_size:]


@right(
    "minibatches",
    "Fisher and Yates by hand; tuples of Python ints",
    why="Fisher and Yates: the shuffle inside rng.permutation.",
)
def deals_a_deck_of_cards(n, batch_size, rng):
    _refuse_below_one(batch_size)
    deck, hands = list(range(n)), [[]]
    for left in range(n, 0, -1):
        if len(hands[-1]) == batch_size:
            hands.append([])
        hands[-1].append(deck.pop(int(rng.integers(left))))
    return tuple(tuple(hand) for hand in hands)


@right(
    "minibatches",
    "np.split of a shuffled array of unsigned numbers; an iterator",
    why="Slices of one shuffled array are all it takes.",
)
def splits_a_shuffled_array(n, batch_size, rng):
    _refuse_below_one(batch_size)
    order = np.arange(n, dtype=np.uint16)
    rng.shuffle(order)
    return iter(np.split(order, range(batch_size, n, batch_size)))


@right("minibatches", "the order by rng.choice, drawn after some draws that nobody needs")
def chooses_without_replacement(n, batch_size, rng):
    _refuse_below_one(batch_size)
    rng.normal(size=3)
    order = rng.choice(n, size=n, replace=False)
    place = np.arange(n) // batch_size
    return [order[place == number] for number in range(place[-1] + 1)]


class Deck:
    """An object that a for loop can go through."""

    def __init__(self, n, batch_size, rng):
        self.order, self.batch_size = rng.permutation(n), batch_size

    def __iter__(self):
        for start in range(0, len(self.order), self.batch_size):
            yield self.order[start : start + self.batch_size]


@right("minibatches", "an object with __iter__")
def an_object_to_go_through(n, batch_size, rng):
    _refuse_below_one(batch_size)
    return Deck(n, batch_size, rng)


class BatchSizeError(ValueError):
    """An error of one's own is a ValueError too."""


@right("minibatches", "a while loop over a copy of the rng's shuffle, and an error of its own")
def a_while_loop(n, batch_size, rng):
    if batch_size <= 0:
        raise BatchSizeError(batch_size)
    order, start, batches = list(range(n)), 0, []
    rng.shuffle(order)
    while start < n:
        stop = min(start + batch_size, n)
        batches.append(np.array(order[start:stop]))
        start = stop
    return batches


@right(
    "minibatches",
    "the popular course's loop: full batches, then the remainder",
    why="Many courses write it this way: full batches, and what is left.",
)
def full_batches_and_the_rest(n, batch_size, rng):
    _refuse_below_one(batch_size)
    permutation = list(rng.permutation(n))
    full = math.floor(n / batch_size)
    batches = []
    for k in range(full):
        batches.append(permutation[k * batch_size : k * batch_size + batch_size])
    if n % batch_size != 0:
        batches.append(permutation[full * batch_size :])
    return batches


@right("minibatches", "each batch in ascending order, as a map")
def sorted_batches(n, batch_size, rng):
    _refuse_below_one(batch_size)
    order = rng.permuted(np.arange(n))
    return map(np.sort, [order[i : i + batch_size] for i in range(0, n, batch_size)])


@right("minibatches", "indices taken from a set of those left")
def draws_from_those_left(n, batch_size, rng):
    _refuse_below_one(batch_size)
    left = np.arange(n)
    while left.size:
        batch = rng.choice(left, size=min(batch_size, left.size), replace=False)
        left = np.setdiff1d(left, batch)
        yield batch


@right(
    "average_gradients",
    "stacked arrays and their mean along the new axis; tuples",
    why="Stack the gradients along a new axis, and the average is a mean along it.",
)
def means_of_stacks(grads):
    return tuple(
        tuple(np.stack(same).mean(axis=0) for same in zip(*half, strict=True))
        for half in zip(*grads, strict=True)
    )


@right("average_gradients", "a loop that adds shares into zeros of its own")
def adds_shares(grads):
    dAs, dBs = deepcopy(grads[0])
    totals = [np.zeros(np.shape(g)) for g in dAs], [np.zeros(np.shape(g)) for g in dBs]
    for one in grads:
        for total, half in zip(totals, one, strict=True):
            for t, g in zip(total, half, strict=True):
                t += np.asarray(g) / len(grads)
    return totals


@right("average_gradients", "reduce, in long doubles, given back as nested lists")
def nested_lists_of_a_reduction(grads):
    def mean(arrays):
        total = reduce(np.add, [np.asarray(a, dtype=np.longdouble) for a in arrays])
        return (total / len(arrays)).astype(float).tolist()

    return [[mean(same) for same in zip(*half, strict=True)] for half in zip(*grads, strict=True)]


@right(
    "average_gradients",
    "a running mean, each with its weight",
    why="A running mean needs no second pass and no list of all gradients.",
)
def running_mean(grads):
    dAs, dBs = ([np.array(g, dtype=float) for g in half] for half in grads[0])
    for k, (gA, gB) in enumerate(grads[1:], start=2):
        dAs = [mean + (g - mean) / k for mean, g in zip(dAs, gA, strict=True)]
        dBs = [mean + (g - mean) / k for mean, g in zip(dBs, gB, strict=True)]
    return dAs, dBs


@right("average_gradients", "np.mean of the list, layer by layer")
def mean_layer_by_layer(grads):
    layers = range(len(grads[0][0]))
    dAs = [np.mean([g[0][j] for g in grads], axis=0) for j in layers]
    dBs = [np.mean([g[1][j] for g in grads], axis=0) for j in layers]
    return [dAs, dBs]


@right(
    "sgd_step",
    "works in place on a deep copy, floats first",
    why="Working in place is safe on a copy, and the caller's net doesn't change.",
)
def steps_on_a_copy(net, grads, lr):
    moved = [[np.array(part, dtype=float) for part in parts] for parts in deepcopy(net)]
    for parts, slopes in zip(moved, grads, strict=True):
        for part, slope in zip(parts, slopes, strict=True):
            part -= lr * slope
    return tuple(moved)


@right("sgd_step", "entry by entry in Python, tuples of lists")
def steps_entry_by_entry(net, grads, lr):
    return tuple(
        tuple(
            [[a - lr * d for a, d in zip(*rows, strict=True)] for rows in zip(p, g, strict=True)]
            for p, g in zip(*halves, strict=True)
        )
        for halves in zip(net, grads, strict=True)
    )


@right("sgd_step", "adds the negative gradient")
def adds_the_negative(net, grads, lr):
    (As, Bs), (dAs, dBs) = net, grads
    return list(map(lambda a, d: a + d * -lr, As, dAs)), list(
        map(lambda b, d: np.add(b, np.multiply(-lr, d)), Bs, dBs)
    )


@right("sgd_step", "arrays of objects, one per list")
def steps_arrays_of_objects(net, grads, lr):
    def boxed(arrays):
        box = np.empty(len(arrays), dtype=object)
        box[:] = arrays
        return box

    return tuple(list(boxed(p) - lr * boxed(g)) for p, g in zip(net, grads, strict=True))


@right(
    "sgd_step",
    "new lists, filled by index",
    why="New lists for the new net: the old one is never touched.",
)
def fills_new_lists(net, grads, lr):
    As, Bs = [None] * len(net[0]), [None] * len(net[1])
    for j in range(len(As)):
        As[j] = net[0][j] - np.multiply(grads[0][j], lr)
        Bs[j] = net[1][j] - np.multiply(grads[1][j], lr)
    return [As, Bs]


@right(
    "momentum_step",
    "works in place on deep copies, floats first",
    why="Working in place is safe on copies, and the caller's arrays don't change.",
)
def rolls_on_copies(net, velocity, grads, lr, mu):
    net, velocity = (
        [[np.array(part, dtype=float) for part in parts] for parts in pair]
        for pair in (net, velocity)
    )
    for parts, speeds, slopes in zip(net, velocity, grads, strict=True):
        for part, speed, slope in zip(parts, speeds, slopes, strict=True):
            speed *= mu
            speed -= lr * slope
            part += speed
    return net, velocity


@right(
    "momentum_step", "one inner function for both halves", why="What both halves need is said once."
)
def rolls_each_half(net, velocity, grads, lr, mu):
    def half(k):
        new = [mu * v - lr * g for v, g in zip(velocity[k], grads[k], strict=True)]
        return [p + v for p, v in zip(net[k], new, strict=True)], new

    (As, As_v), (Bs, Bs_v) = half(0), half(1)
    return (As, Bs), (As_v, Bs_v)


@right("momentum_step", "lets sgd_step move first, then adds what is kept")
def steps_then_rolls(net, velocity, grads, lr, mu):
    stepped = nn.sgd_step(net, grads, lr)
    new = tuple(
        [p + mu * v for p, v in zip(ps, vs, strict=True)]
        for ps, vs in zip(stepped, velocity, strict=True)
    )
    gone = tuple(
        [np.subtract(p, q) for p, q in zip(ps, qs, strict=True)]
        for ps, qs in zip(new, net, strict=True)
    )
    return new, gone


@right("momentum_step", "the velocity is a step of sgd_step from mu times the old one")
def velocity_by_a_step(net, velocity, grads, lr, mu):
    damped = tuple([mu * v for v in parts] for parts in velocity)
    new = nn.sgd_step(damped, grads, lr)
    return nn.sgd_step(net, new, -1.0), new


@right("momentum_step", "entry by entry in Python, tuples and lists")
def rolls_entry_by_entry(net, velocity, grads, lr, mu):
    def speeds(v, g):
        return [[mu * a - lr * b for a, b in zip(*r, strict=True)] for r in zip(v, g, strict=True)]

    def sums(p, v):
        return [[a + b for a, b in zip(*r, strict=True)] for r in zip(p, v, strict=True)]

    new = tuple(tuple(map(speeds, *halves)) for halves in zip(velocity, grads, strict=True))
    return [tuple(tuple(map(sums, *halves)) for halves in zip(net, new, strict=True)), new]


@right("momentum_step", "minus the sum of what is lost and what the gradient takes")
def loses_some_of_its_speed(net, velocity, grads, lr, mu):
    (As, Bs), (As_v, Bs_v), (dAs, dBs) = net, velocity, grads
    As_v = list(map(lambda v, d: v - ((1 - mu) * v + np.multiply(d, lr)), As_v, dAs))
    Bs_v = list(map(lambda v, d: v - ((1 - mu) * v + np.multiply(d, lr)), Bs_v, dBs))
    return (list(map(np.add, As, As_v)), list(map(np.add, Bs, Bs_v))), (As_v, Bs_v)


@right(
    "train",
    "the lecture's loop to the letter: backprop for each example, then the average",
    why="The lecture's loop to the letter: slow, and the same gradients.",
)
def backprop_for_each_example(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    history = []
    for _ in range(epochs):
        losses = []
        for batch in nn.minibatches(len(X), batch_size, rng):
            grads = []
            for i in batch:
                value, gradient = backprop(net, acts, X[i : i + 1], Y[i : i + 1], loss)
                losses.append(value)
                grads.append(gradient)
            net = nn.sgd_step(net, nn.average_gradients(grads), lr)
        history.append(np.mean(losses))
    return net, history


@right(
    "train",
    "shuffles copies of X and Y by one order, and cuts them in a while loop",
    why="Shuffling the data itself replaces the indices.",
)
def shuffles_copies(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    _refuse_below_one(batch_size)
    n, history = len(X), np.zeros(epochs)
    for epoch in range(epochs):
        order = np.argsort(rng.normal(size=n))
        X_now, Y_now = X[order], Y[order]
        while len(X_now):
            value, grads = backprop(net, acts, X_now[:batch_size], Y_now[:batch_size], loss)
            history[epoch] += value * len(X_now[:batch_size]) / n
            net = nn.sgd_step(net, grads, lr)
            X_now, Y_now = X_now[batch_size:], Y_now[batch_size:]
    return net, history


@right("train", "steps in place on its own copy, and looks at the whole data after every epoch")
def looks_at_everything_too(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng, quiet=True):
    mine = [[np.array(part, dtype=float) for part in parts] for parts in net]
    history, whole = [], []
    for _ in range(epochs):
        seen = {}
        for batch in nn.minibatches(len(X), batch_size, rng):
            loss(forward(mine, X[batch], acts)[-1], Y[batch])
            value, grads = backprop(mine, acts, X[batch], Y[batch], loss)
            seen[batch[0]] = (value, len(batch))
            for parts, slopes in zip(mine, grads, strict=True):
                for part, slope in zip(parts, slopes, strict=True):
                    part -= lr * slope
        values, lengths = zip(*seen.values(), strict=True)
        history.append(np.average(values, weights=lengths))
        whole.append(loss(forward(mine, X, acts)[-1], Y)[0])
    return mine, tuple(history)


@right("train", "its own backward pass, all in float32")
def trains_in_float32(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    _refuse_below_one(batch_size)
    As, Bs = ([np.asarray(part, dtype=np.float32) for part in parts] for parts in net)
    X, n = np.asarray(X, dtype=np.float32), len(X)
    history = []
    for _ in range(epochs):
        total, order = 0.0, rng.permutation(n)
        for batch in (order[i : i + batch_size] for i in range(0, n, batch_size)):
            Hs, Zs = [X[batch]], []
            for A, b, act in zip(As, Bs, acts, strict=True):
                Zs.append(Hs[-1] @ A + b)
                Hs.append(act(Zs[-1]).astype(np.float32))
            value, delta = loss(Hs[-1], Y[batch])
            total += value * len(batch)
            for j in range(len(As) - 1, -1, -1):
                delta = (delta * acts[j].derivative(Zs[j])).astype(np.float32)
                dA, db = Hs[j].T @ delta, delta.sum(axis=0, keepdims=True)
                delta = delta @ As[j].T
                As[j] = As[j] - np.float32(lr) * dA
                Bs[j] = Bs[j] - np.float32(lr) * db
        history.append(np.float32(total / n))
    return (As, Bs), history


@right("train", "batches picked by marking rows, so that rows within a batch keep their order")
def picks_rows_by_mask(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    _refuse_below_one(batch_size)
    history = []
    for _ in range(epochs):
        place, total = rng.permutation(len(X)), 0.0
        for number in range(-(-len(X) // batch_size)):
            mask = place // batch_size == number
            value, grads = backprop(net, acts, X[mask], Y[mask], loss)
            net, total = nn.sgd_step(net, grads, lr), total + value * mask.sum()
        history.append(total / len(X))
    return net, history


@right(
    "train",
    "sums single gradients, divides once; the order by sorting random numbers",
    why="Dividing once at the end is the same as averaging.",
)
def sums_single_gradients(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    (As, Bs), losses = net, []
    for _ in range(epochs):
        order = sorted(range(len(X)), key=lambda _: rng.random())
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            sums = [0.0 for _ in As], [0.0 for _ in Bs]
            for i in batch:
                value, grads = backprop((As, Bs), acts, X[i : i + 1], Y[i : i + 1], loss)
                losses.append(value)
                for total, half in zip(sums, grads, strict=True):
                    total[:] = [s + g for s, g in zip(total, half, strict=True)]
            As = [A - lr / len(batch) * s for A, s in zip(As, sums[0], strict=True)]
            Bs = [b - lr / len(batch) * s for b, s in zip(Bs, sums[1], strict=True)]
    return (As, Bs), np.reshape(losses, (epochs, -1)).mean(axis=1)


@right(
    "accuracy",
    "a loop over the rows, counting",
    why="Accuracy is a count, divided by how many there are.",
)
def counts_row_by_row(net, acts, X, y):
    right_ones = 0
    for x, label in zip(X, y, strict=True):
        outputs = list(forward(net, x[None, :], acts)[-1][0])
        right_ones += outputs.index(max(outputs)) == label
    return right_ones / len(y)


@right("accuracy", "no argmax: is the label's output the maximum? A 0-d array")
def label_reaches_the_maximum(net, acts, X, y):
    H = np.asarray(X, dtype=float)
    for A, b, act in zip(*net, acts, strict=True):
        H = act(H @ A + b)
    return np.array((H[np.arange(len(y)), y] >= H.max(axis=1)).mean())


@right("accuracy", "one minus the share of wrong ones, in float32")
def one_minus_the_error(net, acts, X, y):
    votes = np.argsort(forward(net, X, acts)[-1], axis=1)[:, -1]
    return np.float32(1) - np.mean(votes != y, dtype=np.float32)


@right("accuracy", "ranks the outputs; a Fraction's float")
def ranks_the_outputs(net, acts, X, y):
    votes = [max(range(len(row)), key=row.__getitem__) for row in forward(net, X, acts)[-1]]
    return float(Fraction(sum(v == label for v, label in zip(votes, y, strict=True)), len(y)))


@right(
    "accuracy",
    "the trace of the confusion matrix",
    why="The confusion matrix has the right answers on its diagonal, and shows the wrong ones too.",
)
def trace_of_the_confusion(net, acts, X, y):
    outputs = forward(net, X, acts)[-1]
    table = np.zeros((outputs.shape[1], outputs.shape[1]))
    np.add.at(table, (y, outputs.argmax(axis=-1)), 1)
    return np.trace(table) / table.sum()


@right(
    "design",
    "activations by their names, everything in lists; a first layer that standardises",
    why="A first layer that is not trained standardises every pixel.",
)
def standardises_in_the_first_layer(X, y, rng):
    mean, spread = X.mean(axis=0), X.std(axis=0) + 0.1
    net, acts = initialise([64, 128, 10], rng), [RELU, IDENTITY]
    for lr in np.linspace(0.1, 0.002, 150):
        Z = (moved(X, rng) - mean) / spread
        how = dict(epochs=1, batch_size=32, lr=lr, rng=rng)
        net, _ = nn.train(net, acts, Z, y, cross_entropy, **how)
    As, Bs = net
    As = [np.diag(1 / spread), *As]
    Bs = [(-mean / spread)[None, :], *Bs]
    lists = [[A.tolist() for A in As], [b.tolist() for b in Bs]]
    return [lists, ["identity", "relu", "identity"]]


@right(
    "design",
    "tuples; a net in float32 that saw every image in nine places",
    why="Each image is shown in nine places, so the net learns that a shift changes nothing.",
)
def sees_nine_places(X, y, rng):
    framed = np.pad(X.reshape(-1, 8, 8), ((0, 0), (1, 1), (1, 1))).astype(np.float32)
    places = [framed[:, i : i + 8, j : j + 8] for i in range(3) for j in range(3)]
    X, y = np.concatenate(places).reshape(-1, 64), np.tile(y, 9)
    As, Bs = initialise([64, 200, 10], rng)
    net = [A.astype(np.float32) for A in As], [b.astype(np.float32) for b in Bs]
    acts = (RELU, IDENTITY)
    for epochs, lr in ((16, 0.2), (8, 0.04)):
        how = dict(epochs=epochs, batch_size=32, lr=lr, rng=rng)
        net, _ = nn.train(net, acts, X, y, cross_entropy, **how)
    return tuple(map(tuple, net)), acts
