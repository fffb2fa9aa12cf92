"""Questions and known mistakes of unit 7: mini-batches, steps, and the loop that trains a net."""

from itertools import pairwise

import numpy as np

from course.data import FULL_INK, digits
from course.data.moved import moved
from course.exercises.engine import Exercise, Question, stock
from course.exercises.engine.properties.training import BASICS, tier_of
from course.nn import sgd as nn
from course.nn.backprop import IDENTITY, RELU, backprop, cross_entropy
from course.nn.forward import forward
from course.nn.symmetry import initialise


def _net(rng, *dims):
    """Draw a small net, its biases too, from a generator."""
    As = [rng.normal(size=shape) for shape in pairwise(dims)]
    return As, [rng.normal(size=(1, d)) for d in dims[1:]]


def _whole_net(rng, *dims):
    As, Bs = _net(rng, *dims)
    return [np.rint(3 * A).astype(int) for A in As], [np.rint(3 * b).astype(int) for b in Bs]


def _float32(net):
    return tuple([part.astype(np.float32) for part in parts] for parts in net)


def _sum_of(parts):
    """Add arrays of one shape up; on its own line so that mistakes need not repeat it."""
    return np.sum([np.asarray(part, dtype=float) for part in parts], axis=0)


# ------------------------------------------------------------------------------------ minibatches

minibatches = Exercise(
    nn.minibatches,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "You need two things: the numbers 0 to n − 1 in a random order, and a way to cut a row of "
        "things into pieces of one length. What should happen with what is left over?",
        "A Generator has a method for a random order of range(n). A slice that reaches beyond the "
        "end of an array is simply shorter: no special case is needed.",
        "Draw the order once, then slice it at the starts 0, batch_size, 2·batch_size, … as long "
        "as the start is below n. Whether you yield the slices or collect them is up to you. "
        "Check batch_size first, and raise ValueError where it is below 1.",
    ),
)


@minibatches.public
def _():
    rng = np.random.default_rng(1)
    yield Question(
        "seven examples in threes: each once, the last batch short",
        dict(n=7, batch_size=3, rng=rng),
        way="listed",
        view="each_index_once",
    )
    yield Question(
        "six examples in threes: nothing is left over",
        dict(n=6, batch_size=3, rng=rng),
        way="listed",
        view="each_index_once",
    )
    yield Question(
        "forty examples in fives: is the order random?",
        dict(n=40, batch_size=5, rng=rng),
        way="listed",
        view="order_of_indices",
    )
    yield Question(
        "forty examples in eights: is it the rng that you gave which decides?",
        dict(n=40, batch_size=8, rng=rng),
        way="same_rng_and_another",
        view="only_by_the_rng",
    )
    # Of the two, range refuses 0 by itself, and -2 not.
    for size in (0, -2):
        args = dict(n=5, batch_size=size, rng=rng)
        yield Question(f"a batch size of {size}", args, way="listed", weight=0.25)


@minibatches.secret
def _(rng):
    def batches(says, n, batch_size, weight=1.0):
        args = dict(n=n, batch_size=batch_size, rng=rng)
        return Question(says, args, way="listed", view="each_index_once", weight=weight)

    size = int(rng.integers(3, 8))
    full = int(rng.integers(3, 7))
    yield batches(
        "a batch size that leaves a rest", size * full + int(rng.integers(1, size - 1)), size
    )
    yield batches("a batch size that leaves no rest", size * full, size)
    yield batches("a batch size of one", full + 3, 1, weight=0.5)
    yield batches("a batch size larger than n", size - 1, size, weight=0.5)
    yield batches("a single example", 1, size, weight=0.5)
    # A right answer fails one of the next two with a probability below 1e-20.
    n = size * int(rng.integers(60, 70) // size)
    yield Question(
        "many examples: is the order random?",
        dict(n=n, batch_size=size, rng=rng),
        way="listed",
        view="order_of_indices",
    )
    yield Question(
        "many examples: is it the given rng that decides?",
        dict(n=n, batch_size=size, rng=rng),
        way="same_rng_and_another",
        view="only_by_the_rng",
    )
    yield Question(
        "a batch size of zero", dict(n=size, batch_size=0, rng=rng), way="listed", weight=0.25
    )
    yield Question(
        "a negative batch size",
        dict(n=size, batch_size=-full, rng=rng),
        way="listed",
        weight=0.25,
    )


def _cut(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


@minibatches.mistake(
    "Nothing is shuffled: the first batch holds 0, 1, 2, …",
    "If the data are sorted by label, what does a batch of neighbours look like?",
)
def nothing_is_shuffled(n, batch_size, rng):
    return _cut(np.arange(n), _at_least_one(batch_size))


@minibatches.mistake(
    "Only the order of the batches is random: the same neighbours always come together.",
    "Shuffle before you cut, not after.",
)
def only_the_batches_are_shuffled(n, batch_size, rng):
    batches = _cut(np.arange(n), _at_least_one(batch_size))
    full = [batch for batch in batches if len(batch) == batch_size]
    return [full[i] for i in rng.permutation(len(full))] + batches[len(full) :]


@minibatches.mistake(
    "The last examples are dropped: a short batch at the end is a batch too.",
    "How many batches of 3 does it take to see 7 examples? Does your loop go that far?",
)
def last_batch_is_dropped(n, batch_size, rng):
    order = rng.permutation(n)
    starts = range(0, n - batch_size + 1, _at_least_one(batch_size))
    return [order[start : start + batch_size] for start in starts]


@minibatches.mistake(
    "There is an empty batch at the end where the batch size divides n.",
    "For n = 6 and batches of 3: where does your last batch begin, and what is left there?",
)
def empty_batch_at_the_end(n, batch_size, rng):
    order = rng.permutation(n)
    count = n // _at_least_one(batch_size) + 1
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(count)]


@minibatches.mistake(
    "Each batch is drawn afresh: some examples come twice, others not at all.",
    "An epoch sees every example exactly once. How would you deal out a deck of cards?",
)
def drawn_afresh_for_each_batch(n, batch_size, rng):
    starts = range(0, n, _at_least_one(batch_size))
    return [rng.integers(n, size=min(batch_size, n - start)) for start in starts]


@minibatches.mistake(
    "The batches are made equally long; asked for are full ones, and one short one for the rest.",
    "7 in threes is 3, 3, 1 here: the batch size is given, not the number of batches.",
)
def batches_of_equal_length(n, batch_size, rng):
    count = -(-n // _at_least_one(batch_size))
    return np.array_split(rng.permutation(n), count)


@minibatches.mistake(
    "The order does not come from rng: the same rng gives another order each time.",
    "np.random.shuffle and np.random.permutation use one hidden, global source. "
    "Which object did you get as an argument?",
)
def global_source_of_randomness(n, batch_size, rng):
    return _cut(np.random.default_rng().permutation(n), _at_least_one(batch_size))


@minibatches.mistake(
    "The order is the same whatever rng is given: a generator with a fixed seed is made inside.",
    "The caller decides about randomness by handing you rng. Use it, and make none of your own.",
)
def own_seed_inside(n, batch_size, rng):
    return _cut(np.random.default_rng(0).permutation(n), _at_least_one(batch_size))


@minibatches.mistake(
    "All batches are one and the same array, filled anew each time: by the end of the loop, the "
    "earlier ones have changed.",
    "What does list(minibatches(…)) hold if you hand out the same array again and again?",
)
def one_array_for_all_batches(n, batch_size, rng):
    order = rng.permutation(n)
    batch = np.empty(min(_at_least_one(batch_size), n), dtype=int)
    for start in range(0, n, batch_size):
        piece = order[start : start + batch_size]
        batch[: len(piece)] = piece
        yield batch[: len(piece)]


@minibatches.mistake(
    "A batch size below 1 is not refused: it gives no batches at all, and nobody notices.",
    "What does range(0, 5, −2) hold? Ask for a ValueError before you begin.",
)
def negative_batch_size_accepted(n, batch_size, rng):
    return _cut(rng.permutation(n), batch_size)


def _at_least_one(batch_size):
    if batch_size < 1:
        raise ValueError(f"batch_size: expected at least 1, got {batch_size}")
    return batch_size


# ------------------------------------------------------------------------------ average_gradients

average_gradients = Exercise(
    nn.average_gradients,
    points=1,
    minutes=8,
    difficulty=2,
    hints=(
        "What do all the gradients' first matrices have in common? Their shape. So they can be "
        "added, entry by entry. The first with the second can't.",
        "grads is a list of pairs of lists: grads[i][0][j] is gradient i's matrix of layer j. "
        "Average over i; keep j.",
        "For every layer j, collect gradient i's array for all i, add them up into a new array and "
        "divide by the number of gradients. The same for the biases.",
    ),
)


@average_gradients.public
def _():
    first = ([np.array([[1.0, 2.0]])], [np.array([[0.0, 4.0]])])
    second = ([np.array([[3.0, -2.0]])], [np.array([[1.0, 2.0]])])
    yield Question("two gradients of one layer", dict(grads=[first, second]))
    yield Question(
        "three gradients of two layers",
        dict(
            grads=[
                (
                    [np.array([[3.0, 0.0], [0.0, i]]), np.array([[6.0], [3.0 * i]])],
                    [np.array([[i, 1.0]]), np.array([[-3.0]])],
                )
                for i in (1.0, 2.0, 6.0)
            ]
        ),
    )


@average_gradients.secret
def _(rng):
    count = int(rng.integers(3, 7))
    yield Question("a single gradient", dict(grads=[_net(rng, 3, 2)]), weight=0.5)
    yield Question("two gradients of one layer", dict(grads=[_net(rng, 2, 4) for _ in range(2)]))
    yield Question(
        "several gradients, layers of unequal width",
        dict(grads=[_net(rng, 4, 3, 5, 2) for _ in range(count)]),
        weight=2,
    )
    yield Question(
        "whole numbers",
        dict(grads=[_whole_net(rng, 3, 2, 1) for _ in range(count)]),
    )
    yield Question(
        "float32", dict(grads=[_float32(_net(rng, 2, 3, 2)) for _ in range(count)]), weight=0.5
    )
    yield Question(
        "asked twice in a row",
        dict(grads=[_net(rng, 2, 3) for _ in range(count)]),
        way="twice",
    )


def _layers(grads):
    """Every layer's matrices and every layer's bias rows, over all gradients."""
    return list(zip(*(g[0] for g in grads), strict=True)), list(
        zip(*(g[1] for g in grads), strict=True)
    )


def _averaged(grads, divide_by):
    dAs, dBs = _layers(grads)
    return [_sum_of(same) / divide_by for same in dAs], [_sum_of(same) / divide_by for same in dBs]


@average_gradients.mistake(
    "This is the sum of the gradients, not their average.",
    "With twice as many examples in the batch, should the step be twice as long?",
)
def summed_not_averaged(grads):
    return _averaged(grads, 1)


@average_gradients.mistake(
    "The sum is divided by the number of layers; it is gradients that are averaged.",
    "Two lists are nested here. The length of which one do you need?",
)
def divided_by_the_number_of_layers(grads):
    return _averaged(grads, len(grads[0][0]))


@average_gradients.mistake(
    "Each array is averaged into one number: the average runs over gradients, not over entries.",
    "np.mean without an axis takes the mean of everything. Over which axis should it go?",
)
def averaged_over_the_entries(grads):
    dAs, dBs = _layers(grads)
    return [np.mean(same) for same in dAs], [np.mean(same) for same in dBs]


@average_gradients.mistake(
    "The biases' gradients are those of one example only; they have to be averaged too.",
    "A layer has two arrays of parameters. Does your loop treat both alike?",
)
def biases_not_averaged(grads):
    return _averaged(grads, len(grads))[0], list(grads[-1][1])


@average_gradients.mistake(
    "The sum is gathered in the first gradient's own arrays, which belong to the caller.",
    "total = grads[0] makes no copy; adding to it with += changes what you were given.",
)
def summed_into_the_first_gradient(grads):
    dAs, dBs = grads[0]
    for other in grads[1:]:
        for mine, theirs in zip((*dAs, *dBs), (*other[0], *other[1]), strict=True):
            mine += theirs
    return [dA / len(grads) for dA in dAs], [db / len(grads) for db in dBs]


@average_gradients.mistake(
    "Averaging step by step, (a + b)/2 and then with the next, counts the last gradient most.",
    "What weight does the first of three numbers have in ((a + b)/2 + c)/2?",
)
def halved_again_and_again(grads):
    def running(parts):
        mean = np.asarray(parts[0], dtype=float)
        for part in parts[1:]:
            mean = (mean + part) / 2
        return mean

    dAs, dBs = _layers(grads)
    return [running(same) for same in dAs], [running(same) for same in dBs]


# --------------------------------------------------------------------------------------- sgd_step

sgd_step = Exercise(
    nn.sgd_step,
    points=1,
    minutes=6,
    difficulty=1,
    hints=(
        "The gradient points uphill. Which way do you want to go, and how far?",
        "A − lr·dA makes a new array; A -= lr·dA would change the caller's. Which is asked for?",
        "Build two new lists, one for the matrices and one for the bias rows, by going through the "
        "net's and the gradient's lists side by side (zip). Return both as a pair.",
    ),
)


@sgd_step.public
def _():
    yield Question(
        "one layer, lr = 0.1",
        dict(
            net=([np.array([[1.0, 2.0], [3.0, 4.0]])], [np.array([[0.0, -1.0]])]),
            grads=([np.array([[10.0, 0.0], [-10.0, 20.0]])], [np.array([[5.0, -5.0]])]),
            lr=0.1,
        ),
    )
    yield Question(
        "two layers, lr = 2",
        dict(
            net=(
                [np.array([[1.0], [0.0]]), np.array([[1.0, 1.0]])],
                [np.array([[1.0]]), np.array([[0.0, 3.0]])],
            ),
            grads=(
                [np.array([[0.5], [-1.0]]), np.array([[1.0, -2.0]])],
                [np.array([[1.0]]), np.array([[-1.0, 0.0]])],
            ),
            lr=2.0,
        ),
    )


@sgd_step.secret
def _(rng):
    def step(says, net, grads, lr, way="call", weight=1.0):
        return Question(says, dict(net=net, grads=grads, lr=lr), way=way, weight=weight)

    lr = float(rng.uniform(0.1, 0.9))
    dims = (4, 2, 5, 3)
    yield step("layers of unequal width", _net(rng, *dims), _net(rng, *dims), lr, weight=2)
    yield step("a single layer", _net(rng, 3, 2), _net(rng, 3, 2), lr)
    yield step("a net of whole numbers", _whole_net(rng, 3, 2, 2), _net(rng, 3, 2, 2), lr)
    yield step(
        "float32",
        _float32(_net(rng, 2, 3, 1)),
        _float32(_net(rng, 2, 3, 1)),
        lr,
        weight=0.5,
    )
    yield step("asked twice in a row", _net(rng, 2, 3), _net(rng, 2, 3), lr, way="twice")
    yield step("a learning rate of zero", _net(rng, 2, 2), _net(rng, 2, 2), 0.0, weight=0.5)


def _moved(net, grads, by):
    return tuple(
        [np.asarray(p, dtype=float) + by * np.asarray(g) for p, g in zip(*pair, strict=True)]
        for pair in zip(net, grads, strict=True)
    )


@sgd_step.mistake(
    "This climbs: the step goes with the gradient, so the loss grows.",
    "The gradient shows where the loss increases fastest. Do you want to go there?",
)
def climbs(net, grads, lr):
    return _moved(net, grads, lr)


@sgd_step.mistake(
    "The learning rate is left out: the step is the whole gradient.",
    "The gradient says in which direction. Which argument says how far?",
)
def learning_rate_left_out(net, grads, lr):
    return _moved(net, grads, -1)


@sgd_step.mistake(
    "The biases stay where they were: they are parameters too.",
    "How many lists of arrays does a net have, and how many do you update?",
)
def biases_stay(net, grads, lr):
    return _moved(net, grads, -lr)[0], net[1]


@sgd_step.mistake(
    "The net comes back as it was: giving a loop's variable a new value changes no list.",
    "After `for A in As: A = A - …`, what does As hold? Put the new arrays into a new list.",
)
def rebinding_leaves_the_net_unchanged(net, grads, lr):
    return net


@sgd_step.mistake(
    "The caller's own arrays are changed: asked for is a new net, the old one as it was.",
    "A -= … writes into the array that A names, and that array is the caller's.",
)
def updates_in_place(net, grads, lr):
    for parts, slopes in zip(net, grads, strict=True):
        for j, (part, slope) in enumerate(zip(parts, slopes, strict=True)):
            part[...] = part - lr * slope
            parts[j] = part
    return net


@sgd_step.mistake(
    "The right arrays, in one flat list instead of two: a net is a pair (As, Bs).",
    "Look at how net comes in. It should go out in the same form.",
)
def one_flat_list(net, grads, lr):
    As, Bs = _moved(net, grads, -lr)
    return As + Bs


# ------------------------------------------------------------------------------------------ train

EPOCHS = 3
BATCH_SIZE = 3
SPREAD = 0.1

train = Exercise(
    nn.train,
    points=4,
    minutes=30,
    difficulty=4,
    hints=(
        "Every line of the lecture's Loop is a function that you have: a mini-batch of examples, "
        "inference and backprop, the average gradient, the update. Write the loop in words first: "
        "what happens once per epoch, what once per batch?",
        "Two loops, one inside the other. backprop of a batch already averages, since the loss is "
        "a mean over rows; it also returns the loss that history needs. The same indices must pick "
        "the rows of X and of Y.",
        "For the history, a batch's loss counts as often as the batch has examples: add value "
        "times the length of the batch, and divide the sum by n at the end of the epoch. Give the "
        "net a new value after each batch, and start each epoch with fresh minibatches.",
    ),
)


def _training(net, acts, X, Y, loss, epochs, batch_size, lr, rng):
    return dict(
        net=net,
        acts=acts,
        X=X,
        Y=Y,
        loss=loss,
        epochs=epochs,
        batch_size=batch_size,
        lr=lr,
        rng=rng,
    )


def _diary(rng, n, batch_size=BATCH_SIZE, epochs=EPOCHS):
    """Training whose final weights say which example was used at which step."""
    width = 1 + 2 * epochs * -(-n // batch_size)
    return _training(
        net=([np.zeros((n, width))], [np.zeros((1, width))]),
        acts=[stock.IDENTITY],
        X=SPREAD * np.eye(n),
        Y=rng.permutation(n) + 1,
        loss=stock.diary_loss,
        epochs=epochs,
        batch_size=batch_size,
        lr=1.0,
        rng=rng,
    )


def _alike(rng, n, dims, dtype=float):
    """Examples that are all equal: every mini-batch of them has the same gradient."""
    X = np.tile(rng.uniform(0.2, 1, size=(1, dims[0])), (n, 1)).astype(dtype)
    Y = np.tile(rng.uniform(-1, 1, size=(1, dims[-1])), (n, 1)).astype(dtype)
    return X, Y


@train.public
def _():
    rng = np.random.default_rng(7)
    slope = ([np.array([[1.0]])], [np.array([[0.0]])])
    yield Question(
        "one epoch, one batch of both examples: a single step",
        _training(
            slope,
            [stock.IDENTITY],
            np.array([[1.0], [2.0]]),
            np.array([[0.0], [4.0]]),
            stock.quartic_loss,
            epochs=1,
            batch_size=2,
            lr=0.1,
            rng=rng,
        ),
    )
    yield Question(
        "two epochs over three equal examples in batches of two: four steps",
        _training(
            slope,
            [stock.IDENTITY],
            np.array([[1.0], [1.0], [1.0]]),
            np.array([[2.0], [2.0], [2.0]]),
            stock.quartic_loss,
            epochs=2,
            batch_size=2,
            lr=0.25,
            rng=rng,
        ),
    )
    yield Question(
        "a learning rate so small that the net stays put: the history is the mean loss, twice",
        _training(
            slope,
            [stock.IDENTITY],
            np.array([[1.0], [2.0], [3.0]]),
            np.array([[1.0], [0.0], [0.0]]),
            stock.quartic_loss,
            epochs=2,
            batch_size=2,
            lr=1e-12,
            rng=rng,
        ),
        view="history_alone",
    )
    # 17 examples in threes: a right answer fails a question about order with p < 1e-9.
    diary = _diary(np.random.default_rng(17), 17)
    yield Question("who is used when, read from the weights", diary, view="steps_in_diary")
    yield Question("a new random order in every epoch", diary, view="orders_in_diary")
    yield Question("x and y stay together", diary, view="pairs_in_diary")
    yield Question(
        "is it the rng that you gave which decides?",
        diary,
        way="same_rng_and_another",
        view="only_by_the_rng",
    )


@train.secret
def _(rng):
    n = int(rng.integers(5, 8))
    dims = (3, 4, 2)
    acts = [stock.SINE, stock.IDENTITY]
    X, Y = rng.normal(size=(n, dims[0])), rng.normal(size=(n, dims[-1]))

    def ask(says, net, X, Y, batch_size, epochs=EPOCHS, lr=0.05, acts=acts, **how):
        args = _training(net, acts, X, Y, stock.gentle_loss, epochs, batch_size, lr, rng)
        return Question(says, args, **how)

    yield ask("all examples in one batch", _net(rng, *dims), X, Y, n, weight=2)
    yield ask("a batch size larger than n", _net(rng, *dims), X, Y, n + 3, weight=0.5)
    yield ask(
        "equal examples, a batch size that leaves a rest",
        _net(rng, *dims),
        *_alike(rng, n=2 * n + 1, dims=dims),
        batch_size=n,
    )
    yield ask(
        "equal examples in float32",
        _float32(_net(rng, *dims)),
        *_alike(rng, n=n, dims=dims, dtype=np.float32),
        batch_size=n - 1,
        weight=0.5,
        rtol=1e-3,
    )
    yield ask("batches of one", _net(rng, *dims), *_alike(rng, n=n, dims=dims), batch_size=1)
    yield ask(
        "three layers and whole-numbered examples",
        _net(rng, 2, 3, 2, 1),
        rng.integers(-2, 3, size=(n, 2)),
        rng.integers(-2, 3, size=(n, 1)),
        batch_size=n,
        acts=[stock.SINE, stock.LEAKY, stock.IDENTITY],
        epochs=2,
    )
    yield ask(
        "a learning rate so small that the net stays put: the history",
        _net(rng, *dims),
        X,
        Y,
        batch_size=n - 2,
        lr=1e-12,
        view="history_alone",
        rtol=1e-5,
    )
    # With 17 or more examples in threes and three epochs, a right answer repeats an epoch's batches
    # with p < 3 · 6⁵ · 2 / 17! < 1e-9; two equal trainings below are rarer still.
    n = int(rng.choice([17, 19, 20]))
    yield Question("who is used when, and with which weight", _diary(rng, n), view="steps_in_diary")
    yield Question(
        "a new random order in every epoch", _diary(rng, n), view="orders_in_diary", weight=2
    )
    yield Question("x and y stay together", _diary(rng, n), view="pairs_in_diary", weight=2)
    yield Question("what the history is the mean of", _diary(rng, n), view="history_by_diary")
    yield Question(
        "is it the given rng that decides?",
        _diary(rng, n),
        way="same_rng_and_another",
        view="only_by_the_rng",
    )
    yield ask("a batch size of zero", _net(rng, *dims), X, Y, batch_size=0, weight=0.25)


def _loop(
    net,
    acts,
    X,
    Y,
    loss,
    *,
    epochs,
    batch_size,
    lr,
    rng,
    batches=None,
    step=nn.sgd_step,
    factor=None,
    rows_of_Y=None,
    recorded=None,
):
    """The lecture's loop with exchangeable parts, each of which a mistake gets wrong in its way."""
    X, Y = np.asarray(X), np.asarray(Y)
    history = []
    for epoch in range(epochs):
        seen = []
        for batch in (batches or nn.minibatches)(len(X), batch_size, rng):
            theirs = rows_of_Y(batch) if rows_of_Y else batch
            value, grads = backprop(net, acts, X[batch], Y[theirs], loss)
            if factor:
                grads = _scaled(grads, factor(batch))
            old, net = net, step(net, grads, lr)
            seen.append((value, batch, theirs, old, net))
        if recorded:
            history.append(recorded(seen, epoch))
        else:
            history.append(sum(value * len(batch) for value, batch, *_ in seen) / len(X))
    return net, history


@train.mistake(
    "Nothing is shuffled: every epoch goes through the same batches of neighbours.",
    "Where in the loop are the examples put in random order?",
)
def trains_without_shuffling(net, acts, X, Y, loss, **how):
    return _loop(net, acts, X, Y, loss, **how, batches=nothing_is_shuffled)


@train.mistake(
    "The examples are shuffled once, before the first epoch: after that, the batches are the same.",
    "Is minibatches called once for the training or once for each epoch?",
)
def shuffled_once_for_all_epochs(net, acts, X, Y, loss, *, batch_size, rng, **how):
    batches = list(nn.minibatches(len(X), batch_size, rng))
    return _loop(
        net, acts, X, Y, loss, batch_size=batch_size, rng=rng, **how, batches=lambda *_: batches
    )


@train.mistake(
    "Only the order of the batches is random: the same neighbours always come together.",
    "Shuffle the examples, then cut them into batches.",
)
def only_the_order_of_batches(net, acts, X, Y, loss, **how):
    return _loop(net, acts, X, Y, loss, **how, batches=only_the_batches_are_shuffled)


@train.mistake(
    "x and y are shuffled apart: an example is trained towards another one's target.",
    "One order must serve both. Where does the second one come from?",
)
def x_and_y_shuffled_apart(net, acts, X, Y, loss, *, rng, **how):
    order = rng.permutation(len(X))
    return _loop(net, acts, X, Y, loss, rng=rng, **how, rows_of_Y=lambda batch: order[batch])


@train.mistake(
    "The last, short batch is dropped, so some examples teach nothing.",
    "7 examples in threes are three batches. What does n // batch_size say?",
)
def drops_the_short_batch(net, acts, X, Y, loss, *, batch_size, **how):
    return _loop(
        net,
        acts,
        X,
        Y,
        loss,
        batch_size=_at_least_one(batch_size),
        **how,
        batches=last_batch_is_dropped,
    )


@train.mistake(
    "The last, short batch is dropped, from the steps and from the history's mean.",
    "7 examples in threes are three batches, and the history is a mean over all 7.",
)
def knows_nothing_of_the_short_batch(net, acts, X, Y, loss, *, batch_size, **how):
    return _loop(
        net,
        acts,
        X,
        Y,
        loss,
        batch_size=_at_least_one(batch_size),
        **how,
        batches=last_batch_is_dropped,
        recorded=lambda seen, _: sum(value for value, *_ in seen) / len(seen) if seen else np.nan,
    )


@train.mistake(
    "Examples are drawn for each batch anew, so an epoch uses some twice and others never.",
    "An epoch goes through all examples once. Use your minibatches.",
)
def draws_each_batch_anew(net, acts, X, Y, loss, **how):
    return _loop(net, acts, X, Y, loss, **how, batches=drawn_afresh_for_each_batch)


def _scaled(grads, factor):
    return tuple([factor * part for part in parts] for parts in grads)


@train.mistake(
    "The short batch's gradient is divided by batch_size instead of by its own length.",
    "How many examples does the last batch of 7 in threes have? That is what its mean divides by.",
)
def short_batch_divided_by_the_nominal_size(net, acts, X, Y, loss, *, batch_size, **how):
    return _loop(
        net,
        acts,
        X,
        Y,
        loss,
        batch_size=batch_size,
        **how,
        factor=lambda batch: len(batch) / batch_size,
    )


@train.mistake(
    "The gradient is summed over the batch, not averaged, so the step grows with the batch.",
    "The lecture says: calculate the average gradient. backprop's result is an average already.",
)
def gradient_summed_over_the_batch(net, acts, X, Y, loss, **how):
    return _loop(net, acts, X, Y, loss, **how, factor=len)


@train.mistake(
    "The gradient is divided by the number of examples in the batch once more.",
    "The loss is a mean over the batch's rows. Of what, then, is backprop's result the mean?",
)
def gradient_divided_twice(net, acts, X, Y, loss, **how):
    return _loop(net, acts, X, Y, loss, **how, factor=lambda batch: 1 / len(batch))


@train.mistake(
    "Gradients are carried over: each step also takes the gradients of the batches before it.",
    "What does the sum of gradients start with when a new batch begins?",
)
def gradients_carried_over(net, acts, X, Y, loss, **how):
    carried = [_scaled(net, 0.0)]

    def step(net, grads, lr):
        carried[0] = _moved(carried[0], grads, 1)
        return nn.sgd_step(net, carried[0], lr)

    return _loop(net, acts, X, Y, loss, **how, step=step)


@train.mistake(
    "The net climbs: its loss grows from epoch to epoch.",
    "The step goes against the gradient. Look at the sign of the update.",
)
def climbs_in_training(net, acts, X, Y, loss, **how):
    return _loop(net, acts, X, Y, loss, **how, step=climbs)


@train.mistake(
    "The net comes back as it was: the steps are computed, and nobody keeps them.",
    "sgd_step returns a new net. Which name does it get, and what goes into the next batch?",
)
def steps_are_not_kept(net, acts, X, Y, loss, **how):
    return _loop(net, acts, X, Y, loss, **how, step=rebinding_leaves_the_net_unchanged)


@train.mistake(
    "The caller's own net is changed: asked for is a trained net beside it.",
    "-= on an array, or As[j] = …, writes into what the caller gave you.",
)
def trains_the_callers_net(net, acts, X, Y, loss, **how):
    return _loop(net, acts, X, Y, loss, **how, step=updates_in_place)


@train.mistake(
    "The caller's X and Y are reordered: rng.shuffle works in place.",
    "Leave the data where they are, and use a random order of indices.",
)
def reorders_the_callers_data(net, acts, X, Y, loss, *, rng, **how):
    order = rng.permutation(len(X))
    X[:], Y[:] = X[order], Y[order]
    return nn.train(net, acts, X, Y, loss, rng=rng, **how)


@train.mistake(
    "All gradients of an epoch are taken at the net it began with.",
    "After the first batch there is a better net. Which one should the second batch ask?",
)
def gradients_at_the_old_net(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    history = []
    for _ in range(epochs):
        start, total = net, 0.0
        for batch in nn.minibatches(len(X), batch_size, rng):
            value, grads = backprop(start, acts, X[batch], np.asarray(Y)[batch], loss)
            net = nn.sgd_step(net, grads, lr)
            total += value * len(batch)
        history.append(total / len(X))
    return net, history


@train.mistake(
    "The history is the mean of the batches' means: a short batch counts as much as a full one.",
    "Two batches, of 3 examples and of 1: what share of the epoch's mean does the single one have?",
)
def mean_of_unequal_batch_means(net, acts, X, Y, loss, **how):
    return _loop(
        net,
        acts,
        X,
        Y,
        loss,
        **how,
        recorded=lambda seen, _: sum(value for value, *_ in seen) / len(seen),
    )


@train.mistake(
    "The history holds the last batch's loss instead of the mean over the epoch.",
    "A variable that is overwritten in the inner loop keeps its last value only.",
)
def history_of_the_last_batch(net, acts, X, Y, loss, **how):
    return _loop(net, acts, X, Y, loss, **how, recorded=lambda seen, _: seen[-1][0])


@train.mistake(
    "The history has a number for every batch; asked for is one for every epoch.",
    "On which level of indentation does history grow?",
)
def a_number_for_every_batch(net, acts, X, Y, loss, **how):
    net, history = _loop(
        net, acts, X, Y, loss, **how, recorded=lambda seen, _: [value for value, *_ in seen]
    )
    return net, [value for epoch in history for value in epoch]


@train.mistake(
    "The history holds sums over the examples, not means.",
    "With twice as much data, should the curve be twice as high?",
)
def history_of_sums(net, acts, X, Y, loss, **how):
    return _loop(
        net,
        acts,
        X,
        Y,
        loss,
        **how,
        recorded=lambda seen, _: sum(value * len(batch) for value, batch, *_ in seen),
    )


@train.mistake(
    "The history looks at each batch after its own step, when the net has just learned it.",
    "backprop returns the loss along with the gradient, at the net before the step.",
)
def history_after_the_step(net, acts, X, Y, loss, **how):
    def recorded(seen, _):
        lengths = [len(batch) for _, batch, *_ in seen]
        after = [
            loss(forward(new, X[batch], acts)[-1], np.asarray(Y)[rows])[0]
            for _, batch, rows, _, new in seen
        ]
        return np.dot(after, lengths) / len(X)

    return _loop(net, acts, X, Y, loss, **how, recorded=recorded)


@train.mistake(
    "The history holds the loss of all examples at the end of each epoch.",
    "Asked for is what the loop has seen on its way. In an epoch of a single batch: is its loss "
    "taken before the step or after it?",
)
def history_at_the_end_of_the_epoch(net, acts, X, Y, loss, **how):
    def recorded(seen, _):
        *_, last = seen[-1]
        return loss(forward(last, X, acts)[-1], np.asarray(Y))[0]

    return _loop(net, acts, X, Y, loss, **how, recorded=recorded)


@train.mistake(
    "The right things in the wrong order: the net comes first, then the history.",
    "Read the docstring's line about what is returned once more.",
)
def history_before_the_net(net, acts, X, Y, loss, **how):
    return nn.train(net, acts, X, Y, loss, **how)[::-1]


@train.mistake(
    "The net comes back alone; asked for is the pair of the net and its history.",
    "How many things does the docstring's line about what is returned speak of?",
)
def the_net_alone(net, acts, X, Y, loss, **how):
    return nn.train(net, acts, X, Y, loss, **how)[0]


@train.mistake(
    "The batches do not depend on rng: the same rng gives another result each time.",
    "Hand rng on to minibatches, and draw from nothing else.",
)
def trains_on_global_randomness(net, acts, X, Y, loss, *, rng, **how):
    return nn.train(net, acts, X, Y, loss, rng=np.random.default_rng(), **how)


@train.mistake(
    "Training is the same whatever rng is given: a generator with a fixed seed is made inside.",
    "The caller decides about randomness by handing you rng. Use it, and make none of your own.",
)
def trains_from_its_own_seed(net, acts, X, Y, loss, *, rng, **how):
    return nn.train(net, acts, X, Y, loss, rng=np.random.default_rng(0), **how)


# --------------------------------------------------------------------------------------- accuracy

accuracy = Exercise(
    nn.accuracy,
    points=1,
    minutes=6,
    difficulty=1,
    hints=(
        "Which class does a net vote for, if it has one output for each class?",
        "argmax finds the place of the largest entry. Which axis holds the classes of one example? "
        "forward returns every layer's output; you need the last.",
        "Compare the places of the largest outputs with y, entry by entry, as two arrays of shape "
        "(n,). The mean of an array of True and False is the share of True.",
    ),
)


@accuracy.public
def _():
    net = ([np.array([[1.0, 0.0, -2.0]])], [np.array([[0.0, 0.5, 1.0]])])
    X = np.array([[2.0], [0.0], [-3.0], [0.6]])
    yield Question(
        "three classes, three of four right",
        dict(net=net, acts=[stock.identity], X=X, y=np.array([0, 1, 2, 0])),
    )
    yield Question(
        "an activation that does not keep the order",
        dict(net=net, acts=[stock.square], X=X, y=np.array([2, 0, 2, 0])),
    )
    two_layers = (
        [np.array([[1.0, -1.0]]), np.array([[1.0, 0.0], [0.0, 2.0]])],
        [np.array([[0.0, 0.0]]), np.array([[-4.0, 0.0]])],
    )
    yield Question(
        "two layers, each with its own activation",
        dict(net=two_layers, acts=[stock.identity, stock.square], X=X, y=np.array([1, 0, 0, 1])),
    )
    yield Question(
        "as many examples as classes",
        dict(net=net, acts=[stock.identity], X=X[[0, 2, 3]], y=np.array([0, 2, 1])),
    )


@accuracy.secret
def _(rng):
    def ask(says, n, dims, acts, weight=1.0, label=None):
        net, X = _net(rng, *dims), rng.normal(size=(n, dims[0]))
        y = forward(net, X, acts)[-1].argmax(axis=1)
        wrong = rng.permutation(n)[: n // 3]
        y[wrong] = (y[wrong] + 1) % dims[-1]
        if label == "all wrong":
            y = (forward(net, X, acts)[-1].argmax(axis=1) + 1) % dims[-1]
        return Question(says, dict(net=net, acts=acts, X=X, y=y), weight=weight)

    n = int(rng.integers(8, 14))
    yield ask("two layers, unequal widths", n, (3, 5, 4), [stock.sin, stock.cos], weight=2)
    yield ask("one layer", n, (4, 3), [stock.sin])
    yield ask("three layers", n, (2, 3, 4, 3), [stock.leaky, stock.cube, stock.sin])
    # Elsewhere neither outputs nor votes along the wrong axis have a shape to be compared with y.
    # Here they have; outputs never equal a label, so some of those votes have to.
    as_many = dict(says="as many examples as classes", n=4, dims=(3, 4), acts=[stock.cos])
    square = ask(**as_many)
    while largest_along_the_wrong_axis(**square.args) == 0:
        square = ask(**as_many)
    yield square
    yield ask("a batch of one", 1, (3, 3), [stock.identity], weight=0.5)
    yield ask("all wrong", n, (2, 3), [stock.sin], weight=0.5, label="all wrong")


def _outputs(net, acts, X):
    return forward(net, X, acts)[-1]


@accuracy.mistake(
    "This is the share of wrong ones.",
    "Count where the largest output is the label, not where it isn't.",
)
def share_of_wrong_ones(net, acts, X, y):
    return 1 - nn.accuracy(net, acts, X, y)


@accuracy.mistake(
    "This is how many are right, not which share.",
    "A share is between 0 and 1. What do you divide by?",
)
def count_of_right_ones(net, acts, X, y):
    return nn.accuracy(net, acts, X, y) * len(y)


@accuracy.mistake(
    "This is in per cent: asked for is a share, from 0 to 1.",
    "All right is 1 here.",
)
def in_per_cent(net, acts, X, y):
    return 100 * nn.accuracy(net, acts, X, y)


@accuracy.mistake(
    "The largest entry is looked for down the columns, over the examples instead of the classes.",
    "A row is an example. Along which axis do its outputs lie?",
)
def largest_along_the_wrong_axis(net, acts, X, y):
    return float(np.mean(np.equal(_outputs(net, acts, X).argmax(axis=0), y)))


@accuracy.mistake(
    "The outputs themselves are compared with the labels.",
    "An output says how much speaks for a class; a label is the number of a class. "
    "For which class does a row of outputs vote?",
)
def outputs_compared_with_labels(net, acts, X, y):
    return float(np.mean(np.equal(_outputs(net, acts, X), y)))


@accuracy.mistake(
    "The outputs themselves are compared with the labels, as a column.",
    "An output says how much speaks for a class; a label is the number of a class. "
    "For which class does a row of outputs vote?",
)
def outputs_compared_with_a_column_of_labels(net, acts, X, y):
    return float(np.mean(_outputs(net, acts, X) == np.reshape(y, (-1, 1))))


@accuracy.mistake(
    "argmax without an axis finds one place in the whole table, and all labels are compared to it.",
    "Each example has its own vote. Along which axis do one example's outputs lie?",
)
def one_vote_for_all(net, acts, X, y):
    return float(np.mean(_outputs(net, acts, X).argmax() == np.asarray(y)))


@accuracy.mistake(
    "A column (n, 1) is compared with a row (n,): NumPy makes all n × n pairs of it.",
    "Look at the shapes on both sides of ==.",
)
def all_pairs_compared(net, acts, X, y):
    return float(np.mean(_outputs(net, acts, X).argmax(axis=1)[:, None] == np.asarray(y)))


@accuracy.mistake(
    "The activations are left out: the largest pre-activation need not be the largest output.",
    "What comes after H @ A + b in every layer?",
)
def activations_left_out(net, acts, X, y):
    return nn.accuracy(net, [stock.identity] * len(acts), X, y)


@accuracy.mistake(
    "The first layer's activation is used in all layers.",
    "acts has one function for each layer.",
)
def first_activation_everywhere(net, acts, X, y):
    return nn.accuracy(net, [acts[0]] * len(acts), X, y)


# ----------------------------------------------------------------------------------------- design

# Between the tiers lie, under every seed, what `benchmarks.capstone` measures: nets without hidden
# layer below the second, sensible ones above the third, and above the fourth only those that are
# told something about digits. The lesson names the tiers and the time.
TIERS = (0.65, 0.80, 0.85, 0.93)
TIER_NAMES = tuple(tier_of(tier) for tier in TIERS)
DESIGN_SECONDS = 60.0
TRAINING_ROWS = 1000

design = Exercise(
    nn.design,
    points=8,
    minutes=60,
    difficulty=5,
    hints=(
        "Begin with the smallest thing that works: one layer, cross entropy, your train. Then keep "
        "some digits aside, measure the accuracy on those, and change one thing at a time.",
        "Fed with bare pixels, a net without hidden layer stops at the first tier. Give it hidden "
        "units, and time: print the loss and see whether it still falls when training ends. Look "
        "at the digits it gets wrong. What do they have in common?",
        "A digit that is moved a little is the same digit, and nobody has told the net. You can "
        "tell it by examples: train on moved copies of the images too (np.roll, or padding and "
        "slicing, or course.data.moved), with the same labels, and let the learning rate fall "
        "towards the end.",
    ),
)


def _reading(says, training, others, rng, **how):
    """Ask for a design trained on moved digits and put to other ones, each moved twice."""
    (X, y), (X_others, labels) = training, others
    asked = np.concatenate([moved(X_others, rng), moved(X_others, rng)])
    args = dict(pixels=_inks(moved(X, rng)), y=y, rng=rng, asked=_inks(asked))
    return Question(
        says,
        args,
        way="labels_after_training",
        view="tiers_of_labels",
        # A share is shown, and not judged: any two agree to within 1.
        atol=1.0,
        known=dict(labels=np.tile(labels, 2), tiers=list(TIERS)),
        expects=BASICS | {"share right": 1.0} | dict.fromkeys(TIER_NAMES, True),
        parts=TIER_NAMES,
        typical=True,
        seconds=DESIGN_SECONDS,
        **how,
    )


def _inks(X):
    return np.rint(FULL_INK * X).astype(np.uint8)


@design.public
def _():
    X, y = digits()
    yield _reading(
        "trained on the first 1000 digits, each moved a little: the labels of the other 297",
        (X[:TRAINING_ROWS], y[:TRAINING_ROWS]),
        (X[TRAINING_ROWS:], y[TRAINING_ROWS:]),
        np.random.default_rng(1998),
    )


@design.secret
def _(rng):
    # Only the grader has these digits: they are not in what a student installs.
    from course.exercises import held_out

    yield _reading(
        "trained on all digits, each moved a little: the labels of digits kept aside",
        digits(),
        held_out.digits(),
        rng,
    )


def _net_that_reads(X, y, rng, dims, epochs, lr, batch_size=32):
    acts = [RELU] * (len(dims) - 2) + [IDENTITY]
    net, _ = nn.train(
        initialise(dims, rng),
        acts,
        X,
        y,
        cross_entropy,
        epochs=epochs,
        batch_size=batch_size,
        lr=lr,
        rng=rng,
    )
    return net, acts


def _reads(net, acts):
    return lambda X: forward(net, X, acts)[-1].argmax(axis=1)


@design.mistake(
    "This learns something, and comes as far as a net without hidden layer does: a linear model "
    "weighs every pixel by its place, and these digits are not always in their place.",
    "Are there hidden layers, with an activation that isn't linear? Does the loss still fall when "
    "training ends?",
)
def reaches_the_first_tier_only(X, y, rng):
    return _reads(*_net_that_reads(X, y, rng, [64, 10], epochs=40, lr=0.5))


@design.mistake(
    "As many are read by a sensible net that has seen the digits only as they came. A bigger one "
    "of its kind helps little: it lacks knowledge that you have.",
    "Which changes of an image leave the digit what it is? Show the net examples of that. If you "
    "do so already: does the loss still fall when training ends?",
)
def misses_the_last_tier(X, y, rng):
    return _reads(*_net_that_reads(X, y, rng, [64, 128, 64, 10], epochs=70, lr=0.1))


@design.mistake(
    "This reads no better than a guess or little so: the net has not learned.",
    "Does the loss fall from epoch to epoch? If it stays put, look at the initial weights (all "
    "zero?) and the learning rate; if it is nan, the steps are too long.",
)
def has_not_learned(X, y, rng):
    return lambda X: np.zeros(len(X), dtype=int)


@design.mistake(
    "What comes back is not one label for each image. If it is the net's outputs: ten numbers an "
    "image are not a digit yet.",
    "Which of the ten outputs does the net vote for? The answer has shape (n,).",
)
def outputs_instead_of_labels(X, y, rng):
    net, acts = _net_that_reads(X, y, rng, [64, 10], epochs=1, lr=0.5)
    return lambda X: forward(net, X, acts)[-1]


@design.mistake(
    "The net comes back instead of a function that reads images.",
    "Define a function inside design that takes X and returns labels, and return that function.",
)
def returns_the_net(X, y, rng):
    net, _ = _net_that_reads(X, y, rng, [64, 10], epochs=1, lr=0.5)
    return net


@design.mistake(
    "What is said of an image depends on the others it comes with.",
    "Do you subtract a mean or divide by a spread of the images you are asked about? Take those "
    "numbers from the training images, once.",
)
def standardised_by_the_batch(X, y, rng):
    def standard(X):
        return (X - X.mean(axis=0)) / (X.std(axis=0) + 0.1)

    read = _reads(*_net_that_reads(standard(X), y, rng, [64, 10], epochs=20, lr=0.1))
    return lambda X: read(standard(X))


@design.mistake(
    "The training data come back changed: they belong to the caller.",
    "X -= … and rng.shuffle(X) write into the array that you were given.",
)
def standardised_in_place(X, y, rng):
    X -= X.mean(axis=0)
    return lambda X: np.zeros(len(X), dtype=int)


@design.mistake(
    "It takes longer than a minute.",
    "How long does one epoch take, and how much does the last half of the epochs bring? Larger "
    "batches make fewer, faster steps.",
)
def takes_too_long(X, y, rng):
    raise TimeoutError
