"""Questions and known mistakes of `design`."""

import numpy as np

from course.data import FULL_INK, digits
from course.data.moved import moved
from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.training import BASICS, tier_of
from course.nn import sgd as nn
from course.nn.backprop import IDENTITY, RELU, cross_entropy, softmax
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
        "Begin with the smallest thing that works: one layer, cross entropy, your `train`. Then "
        "set some digits apart, measure the accuracy on them, and change one thing at a time.",
        "Given bare pixels, a net without a hidden layer stops at the first tier. Give it hidden "
        "units and time: print the loss and see whether it is still falling when training ends. "
        "Look at the digits it gets wrong. What do they have in common?",
        "A digit that is moved a little is still the same digit, but the net doesn't know that. "
        "You can show it by example: train on moved copies of the images too (np.roll, or padding "
        "and slicing, or course.data.moved), with the same labels, and let the learning rate fall "
        "towards the end.",
    ),
)


def _reading(title, training, others, rng, **how):
    """Ask for a net trained on moved digits; it is run on other digits, each moved twice."""
    (X, y), (X_others, labels) = training, others
    asked = np.concatenate([moved(X_others, rng), moved(X_others, rng)])
    args = dict(pixels=_inks(moved(X, rng)), y=y, rng=rng)
    return Question(
        title,
        args,
        call="net_after_training",
        judged_by="tiers_of_net",
        # The share is shown, but not judged: any two shares agree to within 1.
        atol=1.0,
        property_args=dict(asked=_inks(asked), labels=np.tile(labels, 2), tiers=list(TIERS)),
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
        "trained on the first 1000 digits, each moved a little: then run on the other 297",
        (X[:TRAINING_ROWS], y[:TRAINING_ROWS]),
        (X[TRAINING_ROWS:], y[TRAINING_ROWS:]),
        np.random.default_rng(1998),
    )


@exercise.secret
def secret(rng):
    # Only the grader has these digits: they are not in what a student installs.
    from course.exercises import held_out

    yield _reading(
        "trained on all digits, each moved a little: then run on held-out digits",
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


@exercise.mistake(
    "This learns something, but gets only as far as a net without a hidden layer. A linear model "
    "weighs every pixel by its place, and these digits are not always in the same place.",
    "Are there hidden layers, with a nonlinear activation? Is the loss still falling when training "
    "ends?",
)
def reaches_the_first_tier_only(X, y, rng):
    return _net_that_reads(X, y, rng, [64, 10], epochs=40, lr=0.5)


@exercise.mistake(
    "This reads as many as a sensible net that has seen the digits only as they are given. A "
    "larger net of this kind helps little: it lacks knowledge that you have.",
    "Which changes to an image leave the digit the same? Show the net examples of those. If you "
    "already do, is the loss still falling when training ends?",
)
def misses_the_last_tier(X, y, rng):
    return _net_that_reads(X, y, rng, [64, 128, 64, 10], epochs=70, lr=0.1)


@exercise.mistake(
    "This reads hardly better than a guess, if at all: the net has not learned.",
    "Does the loss fall from epoch to epoch? If it stays constant, look at the initial weights "
    "(all zero?) and the learning rate; if it is nan, the steps are too long.",
)
def has_not_learned(X, y, rng):
    return ([np.zeros((64, 10))], [np.zeros((1, 10))]), [IDENTITY]


@exercise.mistake(
    "The net's weights or its outputs are nan or infinite.",
    "Print the loss after each epoch. If it jumps before it becomes nan, the steps are too long.",
)
def thrown_out(X, y, rng):
    return ([np.full((64, 10), np.nan)], [np.zeros((1, 10))]), [IDENTITY]


@exercise.mistake(
    "`design` returns the net without its activations.",
    "A pair (net, acts) is asked for: net is itself a pair (As, Bs), acts a list with an "
    "activation for each layer.",
)
def returns_the_net(X, y, rng):
    net, _ = _net_that_reads(X, y, rng, [64, 10], epochs=1, lr=0.5)
    return net


@exercise.mistake(
    "`design` returns a function. It is asked for the net itself, which is then run elsewhere.",
    "Return the pair (net, acts) that your function would use.",
)
def returns_a_function(X, y, rng):
    return lambda X: np.zeros(len(X), dtype=int)


@exercise.mistake(
    "A layer has an activation that the course doesn't have, so that the net can't be run.",
    "RELU, TANH, SIGMOID, SOFTPLUS and IDENTITY are there. Softmax is in the loss already: the "
    "last layer's outputs need none, since the largest of them counts.",
)
def softmax_as_an_activation(X, y, rng):
    net, _ = _net_that_reads(X, y, rng, [64, 10], epochs=1, lr=0.5)
    return net, [softmax]


@exercise.mistake(
    "The shapes don't fit: the net needs 64 inputs, one for each pixel, and 10 outputs, one for "
    "each digit.",
    "Print A.shape for each A of the net. If you change the images before training, the net that "
    "you hand over doesn't get them so: it gets 64 plain pixels.",
)
def trained_on_other_inputs(X, y, rng):
    wider = np.hstack([X, np.ones((len(X), 1))])
    return _net_that_reads(wider, y, rng, [65, 10], epochs=1, lr=0.5)


@exercise.mistake(
    "The caller's training data are changed in place.",
    "X -= … and rng.shuffle(X) write into the array that you were given.",
)
def standardised_in_place(X, y, rng):
    X -= X.mean(axis=0)
    return has_not_learned(X, y, rng)


@exercise.mistake(
    "Training takes longer than a minute.",
    "How long does one epoch take, and how much does the second half of the epochs help? Larger "
    "batches make fewer, faster steps.",
)
def takes_too_long(X, y, rng):
    raise TimeoutError
