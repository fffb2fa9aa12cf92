"""Questions and known mistakes of `train`."""

from itertools import combinations
from typing import Any

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.engine.registry import PROPERTIES
from course.exercises.sgd.samples import as_float32, random_net
from course.nn import sgd as nn
from course.nn.backprop import backprop
from course.nn.forward import forward  # noqa: F401, patches use it

EPOCHS = 3
BATCH_SIZE = 3
SPREAD = 0.1
# Many steps add up what is rounded in each, above all in float32.
ROUNDED = {"rtol": 1e-4, "atol": 1e-6}

exercise = Exercise(
    nn.train,
    points=4,
    minutes=30,
    difficulty=4,
    hints=(
        "Every line of the lecture's Loop is a function that you already have: a mini-batch of "
        "examples, inference and backprop, the average gradient, the update. Write the loop in "
        "words first: what happens once per epoch, and what once per batch?",
        "Use two loops, one inside the other. backprop of a batch already averages, since the loss "
        "is a mean over rows; it also returns the loss that history needs. Use the same indices "
        "for the rows of X and of Y.",
        "In the history, weigh each batch's loss by the number of its examples: add up value times "
        "batch length, and divide the sum by n at the end of the epoch. Replace the net after each "
        "batch, and start each epoch with fresh minibatches.",
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
    """Return arguments for a training whose final weights tell which example each step used."""
    width = 1 + 2 * epochs * -(-n // batch_size)
    return _training(
        net=([np.zeros((n, width))], [np.zeros((1, width))]),
        acts=[stock.IDENTITY],
        X=SPREAD * np.eye(n),
        Y=rng.permutation(n) + 1.0,
        loss=stock.diary_loss,
        epochs=epochs,
        batch_size=batch_size,
        lr=1.0,
        rng=rng,
    )


def _alike(rng, n, dims, dtype=float):
    """Return examples that are all equal, so that every mini-batch has the same gradient."""
    X = np.tile(rng.uniform(0.2, 1, size=(1, dims[0])), (n, 1)).astype(dtype)
    Y = np.tile(rng.uniform(-1, 1, size=(1, dims[-1])), (n, 1)).astype(dtype)
    return X, Y


@exercise.public
def public():
    rng = np.random.default_rng(7)
    slope = ([np.array([[1.0]])], [np.array([[0.0]])])
    yield Question(
        "one epoch, one batch of both examples: a single step",
        _training(
            slope,
            [stock.IDENTITY],
            np.array([[2.0], [2.0]]),
            np.array([[1.0], [4.0]]),
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
    # 17 examples in threes: a right answer fails a question about order with p < 1e-9.
    diary = _diary(np.random.default_rng(17), 17)
    diary_of_ones = diary | {"Y": np.ones(17)}
    yield Question(
        "which example is used when, as read from the weights", diary, judged_by="steps_in_diary"
    )
    yield Question("a new random order in every epoch", diary, judged_by="orders_in_diary")
    yield Question("x and y stay together", diary, judged_by="pairs_in_diary")
    yield Question(
        "what the history's numbers are the mean of",
        diary_of_ones,
        judged_by="history_by_diary",
        rtol=1e-3,
    )
    yield Question(
        "does the result depend on the given rng alone?",
        diary,
        call="same_rng_and_another",
        judged_by="only_by_the_rng",
    )


# Twelve examples in pairs: two epochs have 6/11 of a pair in common on average, 15 epochs have 57.
# That is as good as Poisson's: 116 or more have a probability below 1e-11.
IN_PAIRS, SOME_EPOCHS, MOST_IN_COMMON = 12, 15, 115


@PROPERTIES.register
def pairs_by_chance(answer: Any, args: dict) -> dict:
    """After training on the diary in batches of two: whether epochs share pairs beyond chance."""
    if len(answer) != 2 or len(answer[0]) != 2:
        return {"a net and its history": False}
    (As, _), _ = answer
    n, epochs = len(args["X"]), args["epochs"]
    noted = -np.asarray(As[0], dtype=float)[:, 1:] / args["X"][0, 0]
    steps = noted[:, : noted.shape[1] // 2].T > 1e-6
    if steps.shape[0] != epochs * n // 2 or (steps.sum(axis=1) != 2).any():
        return {"all batches are pairs": False}
    met = [int((steps[:, i] & steps[:, j]).sum()) for i, j in combinations(range(n), 2)]
    again = sum(count * (count - 1) // 2 for count in met)
    return {"all batches are pairs": True, "pairs meet again by chance": again <= MOST_IN_COMMON}


@exercise.secret
def secret(rng):
    n = int(rng.integers(5, 8))
    dims = (3, 4, 2)
    acts = [stock.SINE, stock.IDENTITY]
    # In one batch, the order must not matter even to an answer that mixes up x and y: the diary
    # tells. So every x is the same.
    X, _ = _alike(rng, n, dims)
    Y = rng.normal(size=(n, dims[-1]))

    def ask(title, net, X, Y, batch_size, epochs=EPOCHS, lr=0.05, acts=acts, **how):
        args = _training(net, acts, X, Y, stock.gentle_loss, epochs, batch_size, lr, rng)
        return Question(title, args, **how)

    yield ask("all examples in one batch", random_net(rng, *dims), X, Y, n, weight=2)
    yield ask("a batch size larger than n", random_net(rng, *dims), X, Y, n + 3, weight=0.5)
    yield ask(
        "equal examples, a batch size that leaves a remainder",
        random_net(rng, *dims),
        *_alike(rng, n=2 * n + 1, dims=dims),
        batch_size=n,
        **ROUNDED,
    )
    yield ask(
        "equal examples in float32",
        as_float32(random_net(rng, *dims)),
        *_alike(rng, n=n, dims=dims, dtype=np.float32),
        batch_size=n - 1,
        weight=0.5,
        rtol=1e-3,
    )
    yield ask(
        "batches of one",
        random_net(rng, *dims),
        *_alike(rng, n=n, dims=dims),
        batch_size=1,
        **ROUNDED,
    )
    yield ask(
        "three layers and examples of whole numbers",
        random_net(rng, 2, 3, 2, 1),
        np.tile(rng.integers(1, 4, size=(1, 2)), (n, 1)),
        rng.integers(-2, 3, size=(n, 1)),
        batch_size=n,
        acts=[stock.SINE, stock.LEAKY, stock.IDENTITY],
        epochs=2,
    )
    # With 17 or more examples in threes and three epochs, a right answer repeats an epoch's batches
    # with p < 3 · 6⁵ · 2 / 17! < 1e-9; two equal trainings below are rarer still.
    n = int(rng.choice([17, 19, 20]))
    yield Question(
        "which example is used when, and with what weight",
        _diary(rng, n),
        judged_by="steps_in_diary",
    )
    yield Question(
        "a new random order in every epoch", _diary(rng, n), judged_by="orders_in_diary", weight=2
    )
    yield Question(
        "fifteen epochs of pairs: do they meet again and again?",
        _diary(rng, IN_PAIRS, 2, SOME_EPOCHS),
        judged_by=pairs_by_chance,
        weight=2,
        same_for_all_draws=True,
    )
    yield Question("x and y stay together", _diary(rng, n), judged_by="pairs_in_diary", weight=2)
    yield Question(
        "what the history's numbers are the mean of",
        _diary(rng, n) | {"Y": np.ones(n)},
        judged_by="history_by_diary",
        rtol=1e-3,
        weight=2,
    )
    yield Question(
        "does training depend on the given rng alone?",
        _diary(rng, n),
        call="same_rng_and_another",
        judged_by="only_by_the_rng",
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def batch_by_batch(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    n, history = len(X), []
    for _ in range(epochs):
        total = 0.0
        for batch in nn.minibatches(n, batch_size, rng):
            value, grads = backprop(net, acts, X[batch], Y[batch], loss)
            net = nn.sgd_step(net, grads, lr)
            total += value * len(batch)
        history.append(total / n)
    return net, history


@exercise.writing
def example_by_example(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    history = []
    for _ in range(epochs):
        losses = []
        for batch in nn.minibatches(len(X), batch_size, rng):
            gradients = []
            for i in batch:
                value, gradient = backprop(net, acts, X[[i]], Y[[i]], loss)
                losses.append(value)
                gradients.append(gradient)
            net = nn.sgd_step(net, nn.average_gradients(gradients), lr)
        history.append(np.mean(losses))
    return net, history


@exercise.writing
def rows_of_numbers(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    means = []
    for _ in range(epochs):
        seen = []
        for rows in nn.minibatches(len(X), batch_size, rng):
            value, slopes = backprop(net, acts, X[rows], Y[rows], loss)
            net = nn.sgd_step(net, slopes, lr)
            seen += [value] * len(rows)
        means.append(sum(seen) / len(seen))
    return net, means


BATCHES, ROWS = "nn.minibatches(n, batch_size, rng)", "nn.minibatches(len(X), batch_size, rng)"
SOME_ROWS = f"for rows in {ROWS}"
STEP = "net = nn.sgd_step(net, grads, lr)"
TOP = "n, history = len(X), []"
SHORT_DROPPED = f"[b for b in {BATCHES} if len(b) == batch_size]"
WHOLE = "loss(forward(net, X, acts)[-1], Y)[0]"

# Which examples are used when.
exercise.idea(
    "trains_without_shuffling",
    "Nothing is shuffled: every epoch uses the same batches of neighbours.",
    "Where in the loop are the examples put in random order?",
    {BATCHES: "np.split(np.arange(n), range(batch_size, n, batch_size))"},
)
exercise.idea(
    "shuffled_once_for_all_epochs",
    "The examples are shuffled only once, before the first epoch; every epoch uses the same "
    "batches.",
    "Is minibatches called once for the whole training or once per epoch?",
    {TOP: f"{TOP}\nbatches = list({BATCHES})", f"in {BATCHES}:": "in batches:"},
)
exercise.idea(
    "batches_used_up",
    "From the second epoch on there are no batches, as with a generator that is used up.",
    "A generator can be gone through only once. Call minibatches at the beginning of every epoch.",
    {TOP: f"{TOP}\nbatches = iter({BATCHES})", f"in {BATCHES}:": "in batches:"},
)
exercise.idea(
    "only_the_order_of_batches",
    "Only the order of the batches is random: the same neighbours are always together.",
    "Shuffle the examples, then cut them into batches.",
    {
        SOME_ROWS: "for rows in [range(s, min(s + batch_size, len(X)))"
        " for s in rng.permutation(range(0, len(X), batch_size))]"
    },
)
exercise.idea(
    "x_and_y_shuffled_apart",
    "x and y are shuffled separately, or only one of them is, so an example is trained towards "
    "another example's target.",
    "A single order must serve both. Where does the second order come from?",
    {"Y[rows]": "Y[rng.permutation(rows)]"},
)
exercise.idea(
    "x_shuffled_without_y",
    "The caller's X is shuffled in place, and Y is not: an example is trained towards another's "
    "target.",
    "rng.shuffle works in place. Leave the data alone and use a random order of indices.",
    {"seen = []": "seen = []\nrng.shuffle(X)"},
)
exercise.idea(
    "reorders_the_callers_data",
    "The caller's X and Y are shuffled in place.",
    "Leave the data alone and use a random order of indices.",
    {"seen = []": "seen, order = [], rng.permutation(len(X))\nX[:], Y[:] = X[order], Y[order]"},
)
exercise.idea(
    "drops_the_short_batch",
    "The last, short batch is dropped, so the net isn't trained on some examples.",
    "7 examples in threes make three batches. What does n // batch_size give?",
    {BATCHES: SHORT_DROPPED},
)
exercise.idea(
    "knows_nothing_of_the_short_batch",
    "The last, short batch is dropped, both from the steps and from the history's mean.",
    "7 examples in threes make three batches, and the history is a mean over all 7.",
    {BATCHES: SHORT_DROPPED, "total / n": "np.divide(total, n - n % batch_size)"},
    {BATCHES: SHORT_DROPPED, "total / n": "total / (n - n % batch_size)"},
)
exercise.idea(
    "draws_each_batch_anew",
    "Each batch is drawn afresh from all examples, so an epoch may use one twice and miss another.",
    "An epoch goes through every example exactly once. Use your minibatches.",
    {BATCHES: "[rng.integers(n, size=min(batch_size, n - s)) for s in range(0, n, batch_size)]"},
    {BATCHES: "[rng.permutation(n)[s : s + batch_size] for s in range(0, n, batch_size)]"},
    {BATCHES: "[rng.choice(n, min(batch_size, n), False) for s in range(0, n, batch_size)]"},
    {BATCHES: "[rng.integers(n, size=batch_size) for s in range(0, n, batch_size)]"},
)
exercise.idea(
    "first_batch_only",
    "Only the first batch of every epoch is used.",
    "Is there a break, a return or a next(…) that ends the inner loop in its first round?",
    {f"{SOME_ROWS}:": f"for rows in {ROWS}[:1]:"},
)
exercise.idea(
    "a_step_for_every_example",
    "There is a step for every example, but a batch's average gradient makes a single step.",
    "At which level of indentation is the step?",
    {SOME_ROWS: "for rows in nn.minibatches(len(X), 1, rng)"},
)
exercise.idea(
    "one_batch_of_all_examples",
    "All examples are in one batch: there is a single step in each epoch.",
    "What does batch_size do in your loop?",
    {SOME_ROWS: "for rows in [np.arange(len(X))]"},
)
exercise.idea(
    "all_examples_in_every_step",
    "Every step uses all of X and Y, not only the rows of its batch.",
    "A batch holds indices. What are they good for?",
    {"X[rows], Y[rows]": "X, Y"},
)
exercise.idea(
    "targets_not_cut",
    "X is cut down to the rows of the batch, but Y is not: all of it is used.",
    "The same indices pick the rows of X and of Y.",
    {"Y[rows]": "Y"},
)
exercise.idea(
    "one_epoch_only",
    "Only one epoch is trained, as with a `return` inside the loop.",
    "Is the return inside the loop? It ends the function in the first round.",
    {"range(epochs)": "range(1)"},
)
exercise.idea(
    "an_epoch_too_few",
    "Off by one: there is one epoch too few.",
    "What does range(1, epochs) contain?",
    {"in range(epochs):\n        seen": "in range(1, epochs):\n        seen"},
)
exercise.idea(
    "an_epoch_too_many",
    "Off by one: there is one epoch too many.",
    "What does range(epochs + 1) contain?",
    {"in range(epochs):\n        seen": "in range(epochs + 1):\n        seen"},
)

# The step.
exercise.idea(
    "short_batch_divided_by_the_nominal_size",
    "The short batch's gradient is divided by batch_size instead of its own length.",
    "How many examples does the last batch of 7 in threes have? Its mean divides by that number.",
    {STEP: "net = nn.sgd_step(net, grads, lr * len(batch) / batch_size)"},
)
exercise.idea(
    "gradient_summed_over_the_batch",
    "The gradient is summed over the batch, not averaged, so the step grows with the batch.",
    "The lecture says: calculate the average gradient. backprop's result is already an average.",
    {STEP: "net = nn.sgd_step(net, grads, lr * len(batch))"},
)
exercise.idea(
    "gradient_divided_twice",
    "The gradient is averaged twice: it is divided by a number of examples once more.",
    "The loss is a mean over the batch's rows. So what is backprop's result the mean of?",
    {STEP: "net = nn.sgd_step(net, grads, lr / len(batch))"},
    {STEP: "net = nn.sgd_step(net, grads, lr / batch_size)"},
    {STEP: "net = nn.sgd_step(net, grads, lr / n)"},
)
exercise.idea(
    "gradients_carried_over",
    "The gradients are not reset: each step also adds those of earlier batches.",
    "Where does the sum of gradients start when a new batch begins?",
    {
        TOP: f"{TOP}\ncarried = None",
        STEP: "carried = grads if carried is None else nn.sgd_step(carried, grads, -1)\n"
        "net = nn.sgd_step(net, carried, lr)",
    },
    {"losses = []": "losses, gradients = [], []", "gradients = []\n            for": "for"},
)
exercise.idea(
    "last_example_steps",
    "Each step uses the gradient of the batch's last example only.",
    "A variable that is overwritten in the inner loop keeps only its last value.",
    {"nn.average_gradients(gradients)": "gradient"},
)
exercise.idea(
    "climbs_in_training",
    "Wrong sign: the net climbs, and its loss grows from epoch to epoch.",
    "A step goes against the gradient. Look at the sign of the update.",
    {STEP: "net = nn.sgd_step(net, grads, -lr)"},
)
exercise.idea(
    "learning_rate_not_used",
    "The learning rate isn't used: the step is the whole gradient.",
    "Which argument says how far a step goes?",
    {STEP: "net = nn.sgd_step(net, grads, 1.0)"},
)
exercise.idea(
    "biases_not_trained",
    "The biases are not trained.",
    "How many lists of arrays does a net have, and how many do you update?",
    {STEP: "net = nn.sgd_step(net, grads, lr)[0], net[1]"},
)
exercise.idea(
    "steps_are_not_kept",
    "The net is returned unchanged: the steps are computed but not kept.",
    "sgd_step returns a new net. Which name do you give it, and which net does the next batch use?",
    {STEP: "nn.sgd_step(net, grads, lr)"},
)
exercise.idea(
    "steps_from_the_first_net",
    "Every step begins at the first net again, so only the last one is left.",
    "sgd_step returns a new net. Which net does the next batch use?",
    {
        "means = []": "means, start = [], net",
        "nn.sgd_step(net, slopes, lr)": "nn.sgd_step(start, slopes, lr)",
    },
    {STEP: "new = nn.sgd_step(net, grads, lr)", "return net, history": "return new, history"},
)
exercise.idea(
    "every_epoch_from_the_first_net",
    "Every epoch begins with the first net again, so only the last epoch's steps are left.",
    "Which net should the second epoch begin with?",
    {"means = []": "means, start = [], net", "seen = []": "seen, net = [], start"},
)
exercise.idea(
    "gradients_at_the_old_net",
    "All the gradients of an epoch are taken at the net with which it began.",
    "After the first batch there is a better net. Which one should the second batch use?",
    {"seen = []": "seen, start = [], net", "backprop(net": "backprop(start"},
)
exercise.idea(
    "gradients_at_the_first_net",
    "All the gradients are taken at the net with which training began.",
    "After the first batch there is a better net. Which one should the second batch use?",
    {
        "means = []": "means, start = [], net",
        "backprop(net, acts, X[rows]": "backprop(start, acts, X[rows]",
    },
)
exercise.idea(
    "trains_the_callers_net",
    "The caller's own net is changed in place, but a new, trained net is expected.",
    "-= on an array, or As[j] = …, writes into what the caller gave you.",
    {
        STEP: "for parts, slopes in zip(net, grads):\n    for j in range(len(parts)):\n"
        "        parts[j] -= lr * slopes[j]"
    },
    {
        STEP: "for parts, slopes in zip(net, grads):\n    for j in range(len(parts)):\n"
        "        parts[j] = parts[j] - lr * slopes[j]"
    },
)

# The history.
exercise.idea(
    "mean_of_unequal_batch_means",
    "The history averages the batches' means, so a short batch counts as much as a full one.",
    "Take two batches, one of 3 examples and one of 1: what is the single example's share of the "
    "epoch's mean?",
    {"value * len(batch)": "value", "total / n": "total / -(-n // batch_size)"},
)
exercise.idea(
    "batch_means_divided_by_n",
    "The history adds up the batches' means and divides by the number of examples.",
    "A batch's loss is a mean over its examples: how many of them does it stand for?",
    {"value * len(batch)": "value"},
)
exercise.idea(
    "short_batch_counted_as_full",
    "In the history's mean, the short batch counts as if it were full.",
    "Weigh each batch's loss by its own number of examples.",
    {"value * len(batch)": "value * batch_size"},
)
exercise.idea(
    "sums_of_batch_means",
    "The history holds sums of the batches' means, not a mean over the examples.",
    "If there were twice as much data, should the curve be twice as high?",
    {"value * len(batch)": "value", "total / n": "total"},
)
exercise.idea(
    "history_of_sums",
    "The history holds sums over the examples, not means.",
    "If there were twice as much data, should the curve be twice as high?",
    {"total / n": "total"},
)
exercise.idea(
    "divided_by_the_number_of_batches",
    "In the history, a sum over the examples is divided by the number of batches.",
    "What has been added up, and how many of them are there?",
    {"total / n": "total / -(-n // batch_size)"},
)
exercise.idea(
    "divided_by_the_batch_size",
    "In the history, a sum over the whole epoch is divided by batch_size.",
    "What has been added up, and how many of them are there?",
    {"total / n": "total / batch_size"},
    {"value * len(batch)": "value", "total / n": "total / batch_size"},
)
exercise.idea(
    "total_not_reset",
    "The sum for the history isn't reset: it goes on from epoch to epoch.",
    "Each epoch has a mean of its own. Where does its sum begin?",
    {TOP: f"{TOP}\ntotal = 0.0", "        total = 0.0\n": ""},
    {TOP: f"{TOP}\ntotal = 0.0", "        total = 0.0\n": "", "value * len(batch)": "value"},
)
exercise.idea(
    "history_of_the_last_batch",
    "The history holds the last batch's loss instead of the mean over the epoch.",
    "A variable that is overwritten in the inner loop keeps only its last value.",
    {"total / n": "value"},
)
exercise.idea(
    "a_number_for_every_batch",
    "The history has a number for every batch, but one number per epoch is expected.",
    "At which level of indentation does history grow?",
    {
        "total += value * len(batch)": "history.append(value)",
        "        history.append(total / n)\n": "",
    },
)
exercise.idea(
    "history_after_the_step",
    "The history measures each batch's loss after its own step, when the net has just learned it.",
    "backprop returns the loss along with the gradient, at the net before the step.",
    {"value * len(batch)": "loss(forward(net, X[batch], acts)[-1], Y[batch])[0] * len(batch)"},
)
exercise.idea(
    "history_at_the_end_of_the_epoch",
    "The history holds the loss over all examples at the end of each epoch.",
    "It should hold what the loop has seen on the way. If an epoch is a single batch, is its loss "
    "taken before the step or after it?",
    {"total / n": WHOLE},
)
exercise.idea(
    "history_at_the_beginning_of_the_epoch",
    "The history holds the loss over all examples at the beginning of each epoch.",
    "It should hold what the loop has seen on the way, with a net that has moved from batch to "
    "batch.",
    {"total = 0.0": f"total = n * {WHOLE}", "total += value * len(batch)": "pass"},
)
exercise.idea(
    "history_begins_before_training",
    "The history begins with the loss before training, one number too many.",
    "How many epochs are there, and how many numbers?",
    {TOP: f"n, history = len(X), [{WHOLE}]"},
)
exercise.idea(
    "history_stays_empty",
    "The history is empty: no loss is stored in it.",
    "Where does a number get into it, once per epoch?",
    {"history.append(total / n)": "pass"},
)

# What is returned.
exercise.idea(
    "history_before_the_net",
    "The results are in the wrong order: the net comes first, then the history.",
    "Read again what the docstring says about the result.",
    {"return net, history": "return history, net"},
)
exercise.idea(
    "the_net_alone",
    "Only the net is returned, but the pair of the net and its history is expected.",
    "How many things does the docstring say are returned?",
    {"return net, history": "return net"},
)
exercise.idea(
    "the_history_alone",
    "Only the history is returned, but the pair of the net and its history is expected.",
    "How many things does the docstring say are returned?",
    {"return net, history": "return history"},
)
exercise.idea(
    "weights_biases_and_history",
    "Three things are returned, but a pair is expected: the net, itself a pair, and the history.",
    "What does `net` look like as an argument?",
    {"return net, history": "return (*net, history)"},
)

# Randomness.
exercise.idea(
    "trains_on_global_randomness",
    "The batches do not depend on rng: the same rng gives a different result each time.",
    "Pass rng on to minibatches, and draw from nothing else.",
    {BATCHES: "nn.minibatches(n, batch_size, np.random.default_rng())"},
)
exercise.idea(
    "trains_from_its_own_seed",
    "The seed is fixed inside the function: training is the same for every rng.",
    "The caller controls the randomness by giving you rng. Use it, and don't make another.",
    {TOP: f"{TOP}\nrng = np.random.default_rng(0)"},
    {BATCHES: "nn.minibatches(n, batch_size, np.random.default_rng(0))"},
)
