"""Questions and known mistakes of `design`."""

import numpy as np

from course.data import FULL_INK, digits
from course.data.moved import moved
from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.training import BASICS, tier_of
from course.nn import sgd as nn
from course.nn.backprop import IDENTITY, RELU, cross_entropy
from course.nn.forward import forward
from course.nn.symmetry import initialise

# Measured by `benchmarks.capstone`, under every seed: nets without a hidden layer stay below the
# second tier, sensible ones get above the third, and only those that are told something about
# digits get above the fourth. The lesson names the tiers and the time.
TIERS = (0.65, 0.80, 0.85, 0.93)
TIER_NAMES = tuple(tier_of(tier) for tier in TIERS)
DESIGN_SECONDS = 60.0
TRAINING_ROWS = 1000

exercise = Exercise(
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


def _reading(title, training, others, rng, **how):
    """Ask for a design trained on moved digits and tested on other digits, each moved twice."""
    (X, y), (X_others, labels) = training, others
    asked = np.concatenate([moved(X_others, rng), moved(X_others, rng)])
    args = dict(pixels=_inks(moved(X, rng)), y=y, rng=rng, asked=_inks(asked))
    return Question(
        title,
        args,
        call="labels_after_training",
        judged_by="tiers_of_labels",
        # The share is shown, but not judged: any two shares agree to within 1.
        atol=1.0,
        property_args=dict(labels=np.tile(labels, 2), tiers=list(TIERS)),
        known_answer=BASICS | {"share right": 1.0} | dict.fromkeys(TIER_NAMES, True),
        parts=TIER_NAMES,
        same_for_all_draws=True,
        seconds=DESIGN_SECONDS,
        **how,
    )


def _inks(X):
    return np.rint(FULL_INK * X).astype(np.uint8)


@exercise.public
def public():
    X, y = digits()
    yield _reading(
        "trained on the first 1000 digits, each moved a little: the labels of the other 297",
        (X[:TRAINING_ROWS], y[:TRAINING_ROWS]),
        (X[TRAINING_ROWS:], y[TRAINING_ROWS:]),
        np.random.default_rng(1998),
    )


@exercise.secret
def secret(rng):
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


@exercise.mistake(
    "This learns something, and comes as far as a net without hidden layer does: a linear model "
    "weighs every pixel by its place, and these digits are not always in their place.",
    "Are there hidden layers, with an activation that isn't linear? Does the loss still fall when "
    "training ends?",
)
def reaches_the_first_tier_only(X, y, rng):
    return _reads(*_net_that_reads(X, y, rng, [64, 10], epochs=40, lr=0.5))


@exercise.mistake(
    "As many are read by a sensible net that has seen the digits only as they came. A bigger one "
    "of its kind helps little: it lacks knowledge that you have.",
    "Which changes of an image leave the digit what it is? Show the net examples of that. If you "
    "do so already: does the loss still fall when training ends?",
)
def misses_the_last_tier(X, y, rng):
    return _reads(*_net_that_reads(X, y, rng, [64, 128, 64, 10], epochs=70, lr=0.1))


@exercise.mistake(
    "This reads no better than a guess or little so: the net has not learned.",
    "Does the loss fall from epoch to epoch? If it stays put, look at the initial weights (all "
    "zero?) and the learning rate; if it is nan, the steps are too long.",
)
def has_not_learned(X, y, rng):
    return lambda X: np.zeros(len(X), dtype=int)


@exercise.mistake(
    "What comes back is not one label for each image. If it is the net's outputs: ten numbers an "
    "image are not a digit yet.",
    "Which of the ten outputs does the net vote for? The answer has shape (n,).",
)
def outputs_instead_of_labels(X, y, rng):
    net, acts = _net_that_reads(X, y, rng, [64, 10], epochs=1, lr=0.5)
    return lambda X: forward(net, X, acts)[-1]


@exercise.mistake(
    "The net comes back instead of a function that reads images.",
    "Define a function inside design that takes X and returns labels, and return that function.",
)
def returns_the_net(X, y, rng):
    net, _ = _net_that_reads(X, y, rng, [64, 10], epochs=1, lr=0.5)
    return net


@exercise.mistake(
    "What is said of an image depends on the others it comes with.",
    "Do you subtract a mean or divide by a spread of the images you are asked about? Take those "
    "numbers from the training images, once.",
)
def standardised_by_the_batch(X, y, rng):
    def standard(X):
        return (X - X.mean(axis=0)) / (X.std(axis=0) + 0.1)

    read = _reads(*_net_that_reads(standard(X), y, rng, [64, 10], epochs=20, lr=0.1))
    return lambda X: read(standard(X))


@exercise.mistake(
    "The training data come back changed: they belong to the caller.",
    "X -= … and rng.shuffle(X) write into the array that you were given.",
)
def standardised_in_place(X, y, rng):
    X -= X.mean(axis=0)
    return lambda X: np.zeros(len(X), dtype=int)


@exercise.mistake(
    "It takes longer than a minute.",
    "How long does one epoch take, and how much does the last half of the epochs bring? Larger "
    "batches make fewer, faster steps.",
)
def takes_too_long(X, y, rng):
    raise TimeoutError
