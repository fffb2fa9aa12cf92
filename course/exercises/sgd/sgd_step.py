"""Questions and known mistakes of `sgd_step`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.sgd.samples import as_float32, random_net, whole_number_net
from course.nn import sgd as nn

exercise = Exercise(
    nn.sgd_step,
    points=1,
    minutes=6,
    difficulty=1,
    hints=(
        "The gradient points uphill. Which way do you want to go, and how far?",
        "A − lr·dA makes a new array; A -= lr·dA would change the caller's. Which does the "
        "exercise need?",
        "Build two new lists, one of matrices and one of bias rows, by going through the net's and "
        "the gradient's lists in parallel (zip). Return both as a pair.",
    ),
)


@exercise.public
def public():
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


@exercise.secret
def secret(rng):
    def step(title, net, grads, lr, call="call", weight=1.0):
        return Question(title, dict(net=net, grads=grads, lr=lr), call=call, weight=weight)

    lr = float(rng.uniform(0.1, 0.9))
    dims = (4, 2, 5, 3)
    yield step(
        "layers of unequal width", random_net(rng, *dims), random_net(rng, *dims), lr, weight=2
    )
    yield step("a single layer", random_net(rng, 3, 2), random_net(rng, 3, 2), lr)
    yield step(
        "a net of whole numbers", whole_number_net(rng, 3, 2, 2), random_net(rng, 3, 2, 2), lr
    )
    yield step(
        "float32",
        as_float32(random_net(rng, 2, 3, 1)),
        as_float32(random_net(rng, 2, 3, 1)),
        lr,
        weight=0.5,
    )
    yield step(
        "called twice in a row", random_net(rng, 2, 3), random_net(rng, 2, 3), lr, call="twice"
    )
    yield step(
        "a learning rate of zero", random_net(rng, 2, 2), random_net(rng, 2, 2), 0.0, weight=0.5
    )


def moved_by(net, grads, by):
    return tuple(
        [np.asarray(p, dtype=float) + by * np.asarray(g) for p, g in zip(*pair, strict=True)]
        for pair in zip(net, grads, strict=True)
    )


@exercise.mistake(
    "This climbs: the step follows the gradient, so the loss grows.",
    "The gradient shows where the loss grows fastest. Do you want to go there?",
)
def climbs(net, grads, lr):
    return moved_by(net, grads, lr)


@exercise.mistake(
    "The learning rate is missing: the step is the whole gradient.",
    "The gradient gives the direction. Which argument says how far to go?",
)
def learning_rate_left_out(net, grads, lr):
    return moved_by(net, grads, -1)


@exercise.mistake(
    "The biases don't change, but they are parameters too.",
    "How many lists of arrays does a net have, and how many do you update?",
)
def biases_stay(net, grads, lr):
    return moved_by(net, grads, -lr)[0], net[1]


@exercise.mistake(
    "The net is returned unchanged: giving a loop's variable a new value changes no list.",
    "After `for A in As: A = A - …`, what does As contain? Put the new arrays into a new list.",
)
def rebinding_leaves_the_net_unchanged(net, grads, lr):
    return net


@exercise.mistake(
    "The caller's own arrays are changed, but a new net is expected, with the old one unchanged.",
    "`A -= …` writes into the array that A names, and that array is the caller's.",
)
def updates_in_place(net, grads, lr):
    for parts, slopes in zip(net, grads, strict=True):
        for j, (part, slope) in enumerate(zip(parts, slopes, strict=True)):
            part[...] = part - lr * slope
            parts[j] = part
    return net


@exercise.mistake(
    "The arrays are right, but in one flat list: a net is a pair (As, Bs).",
    "Look at the form of the argument `net`. Return the new net in the same form.",
)
def one_flat_list(net, grads, lr):
    As, Bs = moved_by(net, grads, -lr)
    return As + Bs
