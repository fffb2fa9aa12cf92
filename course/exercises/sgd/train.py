"""Questions and known mistakes of `train`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.sgd import minibatches, sgd_step
from course.exercises.sgd.samples import as_float32, random_net
from course.nn import sgd as nn
from course.nn.backprop import backprop
from course.nn.forward import forward

EPOCHS = 3
BATCH_SIZE = 3
SPREAD = 0.1

exercise = Exercise(
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


@exercise.public
def public():
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
        judged_by="history_alone",
    )
    # 17 examples in threes: a right answer fails a question about order with p < 1e-9.
    diary = _diary(np.random.default_rng(17), 17)
    yield Question("who is used when, read from the weights", diary, judged_by="steps_in_diary")
    yield Question("a new random order in every epoch", diary, judged_by="orders_in_diary")
    yield Question("x and y stay together", diary, judged_by="pairs_in_diary")
    yield Question(
        "is it the rng that you gave which decides?",
        diary,
        call="same_rng_and_another",
        judged_by="only_by_the_rng",
    )


@exercise.secret
def secret(rng):
    n = int(rng.integers(5, 8))
    dims = (3, 4, 2)
    acts = [stock.SINE, stock.IDENTITY]
    X, Y = rng.normal(size=(n, dims[0])), rng.normal(size=(n, dims[-1]))

    def ask(title, net, X, Y, batch_size, epochs=EPOCHS, lr=0.05, acts=acts, **how):
        args = _training(net, acts, X, Y, stock.gentle_loss, epochs, batch_size, lr, rng)
        return Question(title, args, **how)

    yield ask("all examples in one batch", random_net(rng, *dims), X, Y, n, weight=2)
    yield ask("a batch size larger than n", random_net(rng, *dims), X, Y, n + 3, weight=0.5)
    yield ask(
        "equal examples, a batch size that leaves a rest",
        random_net(rng, *dims),
        *_alike(rng, n=2 * n + 1, dims=dims),
        batch_size=n,
    )
    yield ask(
        "equal examples in float32",
        as_float32(random_net(rng, *dims)),
        *_alike(rng, n=n, dims=dims, dtype=np.float32),
        batch_size=n - 1,
        weight=0.5,
        rtol=1e-3,
    )
    yield ask("batches of one", random_net(rng, *dims), *_alike(rng, n=n, dims=dims), batch_size=1)
    yield ask(
        "three layers and whole-numbered examples",
        random_net(rng, 2, 3, 2, 1),
        rng.integers(-2, 3, size=(n, 2)),
        rng.integers(-2, 3, size=(n, 1)),
        batch_size=n,
        acts=[stock.SINE, stock.LEAKY, stock.IDENTITY],
        epochs=2,
    )
    yield ask(
        "a learning rate so small that the net stays put: the history",
        random_net(rng, *dims),
        X,
        Y,
        batch_size=n - 2,
        lr=1e-12,
        judged_by="history_alone",
        rtol=1e-5,
    )
    # With 17 or more examples in threes and three epochs, a right answer repeats an epoch's batches
    # with p < 3 · 6⁵ · 2 / 17! < 1e-9; two equal trainings below are rarer still.
    n = int(rng.choice([17, 19, 20]))
    yield Question(
        "who is used when, and with which weight", _diary(rng, n), judged_by="steps_in_diary"
    )
    yield Question(
        "a new random order in every epoch", _diary(rng, n), judged_by="orders_in_diary", weight=2
    )
    yield Question("x and y stay together", _diary(rng, n), judged_by="pairs_in_diary", weight=2)
    yield Question("what the history is the mean of", _diary(rng, n), judged_by="history_by_diary")
    yield Question(
        "is it the given rng that decides?",
        _diary(rng, n),
        call="same_rng_and_another",
        judged_by="only_by_the_rng",
    )
    yield ask("a batch size of zero", random_net(rng, *dims), X, Y, batch_size=0, weight=0.25)


def _train_on(batches, net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    """The lecture's loop, with `batches` in place of minibatches."""
    X, Y, history = np.asarray(X), np.asarray(Y), []
    for _ in range(epochs):
        total = 0.0
        for batch in batches(len(X), batch_size, rng):
            value, grads = backprop(net, acts, X[batch], Y[batch], loss)
            net = nn.sgd_step(net, grads, lr)
            total += value * len(batch)
        history.append(total / len(X))
    return net, history


def _train_by(step, net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    """The lecture's loop, with `step` in place of sgd_step; it is told the batch too."""
    X, Y, history = np.asarray(X), np.asarray(Y), []
    for _ in range(epochs):
        total = 0.0
        for batch in nn.minibatches(len(X), batch_size, rng):
            value, grads = backprop(net, acts, X[batch], Y[batch], loss)
            net = step(net, grads, lr, batch)
            total += value * len(batch)
        history.append(total / len(X))
    return net, history


def _train_recording(record, net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    """The lecture's loop, in which `record` makes an epoch's entry in the history.

    It is given (value, batch, net) for each batch: the loss before its step, and the net after it.
    """
    X, Y, history = np.asarray(X), np.asarray(Y), []
    for _ in range(epochs):
        seen = []
        for batch in nn.minibatches(len(X), batch_size, rng):
            value, grads = backprop(net, acts, X[batch], Y[batch], loss)
            net = nn.sgd_step(net, grads, lr)
            seen.append((value, batch, net))
        history.append(record(seen))
    return net, history


def _scaled(grads, factor):
    return tuple([factor * part for part in parts] for parts in grads)


@exercise.mistake(
    "Nothing is shuffled: every epoch goes through the same batches of neighbours.",
    "Where in the loop are the examples put in random order?",
)
def trains_without_shuffling(net, acts, X, Y, loss, **how):
    return _train_on(minibatches.nothing_is_shuffled, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The examples are shuffled once, before the first epoch: after that, the batches are the same.",
    "Is minibatches called once for the training or once for each epoch?",
)
def shuffled_once_for_all_epochs(net, acts, X, Y, loss, *, batch_size, rng, **how):
    batches = list(nn.minibatches(len(X), batch_size, rng))
    return _train_on(
        lambda *_: batches, net, acts, X, Y, loss, batch_size=batch_size, rng=rng, **how
    )


@exercise.mistake(
    "Only the order of the batches is random: the same neighbours always come together.",
    "Shuffle the examples, then cut them into batches.",
)
def only_the_order_of_batches(net, acts, X, Y, loss, **how):
    return _train_on(minibatches.only_the_batches_are_shuffled, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "x and y are shuffled apart: an example is trained towards another one's target.",
    "One order must serve both. Where does the second one come from?",
)
def x_and_y_shuffled_apart(net, acts, X, Y, loss, *, rng, **how):
    order = rng.permutation(len(X))
    return nn.train(net, acts, X, np.asarray(Y)[order], loss, rng=rng, **how)


@exercise.mistake(
    "The last, short batch is dropped, so some examples teach nothing.",
    "7 examples in threes are three batches. What does n // batch_size say?",
)
def drops_the_short_batch(net, acts, X, Y, loss, **how):
    return _train_on(minibatches.last_batch_is_dropped, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The last, short batch is dropped, from the steps and from the history's mean.",
    "7 examples in threes are three batches, and the history is a mean over all 7.",
)
def knows_nothing_of_the_short_batch(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    X, Y, history = np.asarray(X), np.asarray(Y), []
    for _ in range(epochs):
        values = []
        for batch in minibatches.last_batch_is_dropped(len(X), batch_size, rng):
            value, grads = backprop(net, acts, X[batch], Y[batch], loss)
            net = nn.sgd_step(net, grads, lr)
            values.append(value)
        history.append(sum(values) / len(values) if values else np.nan)
    return net, history


@exercise.mistake(
    "Examples are drawn for each batch anew, so an epoch uses some twice and others never.",
    "An epoch goes through all examples once. Use your minibatches.",
)
def draws_each_batch_anew(net, acts, X, Y, loss, **how):
    return _train_on(minibatches.drawn_afresh_for_each_batch, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The short batch's gradient is divided by batch_size instead of by its own length.",
    "How many examples does the last batch of 7 in threes have? That is what its mean divides by.",
)
def short_batch_divided_by_the_nominal_size(net, acts, X, Y, loss, *, batch_size, **how):
    def step(net, grads, lr, batch):
        return nn.sgd_step(net, _scaled(grads, len(batch) / batch_size), lr)

    return _train_by(step, net, acts, X, Y, loss, batch_size=batch_size, **how)


@exercise.mistake(
    "The gradient is summed over the batch, not averaged, so the step grows with the batch.",
    "The lecture says: calculate the average gradient. backprop's result is an average already.",
)
def gradient_summed_over_the_batch(net, acts, X, Y, loss, **how):
    def step(net, grads, lr, batch):
        return nn.sgd_step(net, _scaled(grads, len(batch)), lr)

    return _train_by(step, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The gradient is divided by the number of examples in the batch once more.",
    "The loss is a mean over the batch's rows. Of what, then, is backprop's result the mean?",
)
def gradient_divided_twice(net, acts, X, Y, loss, **how):
    def step(net, grads, lr, batch):
        return nn.sgd_step(net, _scaled(grads, 1 / len(batch)), lr)

    return _train_by(step, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "Gradients are carried over: each step also takes the gradients of the batches before it.",
    "What does the sum of gradients start with when a new batch begins?",
)
def gradients_carried_over(net, acts, X, Y, loss, **how):
    carried = _scaled(net, 0.0)

    def step(net, grads, lr, batch):
        nonlocal carried
        carried = sgd_step.moved_by(carried, grads, 1)
        return nn.sgd_step(net, carried, lr)

    return _train_by(step, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The net climbs: its loss grows from epoch to epoch.",
    "The step goes against the gradient. Look at the sign of the update.",
)
def climbs_in_training(net, acts, X, Y, loss, **how):
    def step(net, grads, lr, batch):
        return sgd_step.climbs(net, grads, lr)

    return _train_by(step, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The net comes back as it was: the steps are computed, and nobody keeps them.",
    "sgd_step returns a new net. Which name does it get, and what goes into the next batch?",
)
def steps_are_not_kept(net, acts, X, Y, loss, **how):
    def step(net, grads, lr, batch):
        return sgd_step.rebinding_leaves_the_net_unchanged(net, grads, lr)

    return _train_by(step, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The caller's own net is changed: asked for is a trained net beside it.",
    "-= on an array, or As[j] = …, writes into what the caller gave you.",
)
def trains_the_callers_net(net, acts, X, Y, loss, **how):
    def step(net, grads, lr, batch):
        return sgd_step.updates_in_place(net, grads, lr)

    return _train_by(step, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The caller's X and Y are reordered: rng.shuffle works in place.",
    "Leave the data where they are, and use a random order of indices.",
)
def reorders_the_callers_data(net, acts, X, Y, loss, *, rng, **how):
    order = rng.permutation(len(X))
    X[:], Y[:] = X[order], Y[order]
    return nn.train(net, acts, X, Y, loss, rng=rng, **how)


@exercise.mistake(
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


@exercise.mistake(
    "The history is the mean of the batches' means: a short batch counts as much as a full one.",
    "Two batches, of 3 examples and of 1: what share of the epoch's mean does the single one have?",
)
def mean_of_unequal_batch_means(net, acts, X, Y, loss, **how):
    def record(seen):
        return sum(value for value, _, _ in seen) / len(seen)

    return _train_recording(record, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The history holds the last batch's loss instead of the mean over the epoch.",
    "A variable that is overwritten in the inner loop keeps its last value only.",
)
def history_of_the_last_batch(net, acts, X, Y, loss, **how):
    def record(seen):
        value, _, _ = seen[-1]
        return value

    return _train_recording(record, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The history has a number for every batch; asked for is one for every epoch.",
    "On which level of indentation does history grow?",
)
def a_number_for_every_batch(net, acts, X, Y, loss, **how):
    def record(seen):
        return [value for value, _, _ in seen]

    net, history = _train_recording(record, net, acts, X, Y, loss, **how)
    return net, [value for epoch in history for value in epoch]


@exercise.mistake(
    "The history holds sums over the examples, not means.",
    "With twice as much data, should the curve be twice as high?",
)
def history_of_sums(net, acts, X, Y, loss, **how):
    def record(seen):
        return sum(value * len(batch) for value, batch, _ in seen)

    return _train_recording(record, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The history looks at each batch after its own step, when the net has just learned it.",
    "backprop returns the loss along with the gradient, at the net before the step.",
)
def history_after_the_step(net, acts, X, Y, loss, **how):
    def record(seen):
        lengths = [len(batch) for _, batch, _ in seen]
        after = [
            loss(forward(net, X[batch], acts)[-1], np.asarray(Y)[batch])[0]
            for _, batch, net in seen
        ]
        return np.dot(after, lengths) / len(X)

    return _train_recording(record, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The history holds the loss of all examples at the end of each epoch.",
    "Asked for is what the loop has seen on its way. In an epoch of a single batch: is its loss "
    "taken before the step or after it?",
)
def history_at_the_end_of_the_epoch(net, acts, X, Y, loss, **how):
    def record(seen):
        _, _, net = seen[-1]
        return loss(forward(net, X, acts)[-1], np.asarray(Y))[0]

    return _train_recording(record, net, acts, X, Y, loss, **how)


@exercise.mistake(
    "The right things in the wrong order: the net comes first, then the history.",
    "Read the docstring's line about what is returned once more.",
)
def history_before_the_net(net, acts, X, Y, loss, **how):
    return nn.train(net, acts, X, Y, loss, **how)[::-1]


@exercise.mistake(
    "The net comes back alone; asked for is the pair of the net and its history.",
    "How many things does the docstring's line about what is returned speak of?",
)
def the_net_alone(net, acts, X, Y, loss, **how):
    return nn.train(net, acts, X, Y, loss, **how)[0]


@exercise.mistake(
    "The batches do not depend on rng: the same rng gives another result each time.",
    "Hand rng on to minibatches, and draw from nothing else.",
)
def trains_on_global_randomness(net, acts, X, Y, loss, *, rng, **how):
    return nn.train(net, acts, X, Y, loss, rng=np.random.default_rng(), **how)


@exercise.mistake(
    "Training is the same whatever rng is given: a generator with a fixed seed is made inside.",
    "The caller decides about randomness by handing you rng. Use it, and make none of your own.",
)
def trains_from_its_own_seed(net, acts, X, Y, loss, *, rng, **how):
    return nn.train(net, acts, X, Y, loss, rng=np.random.default_rng(0), **how)
