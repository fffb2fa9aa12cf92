"""Questions and known mistakes of `activation_scales`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.symmetry.samples import random_net
from course.nn import symmetry as nn

exercise = Exercise(
    nn.activation_scales,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "You have a function that returns every layer's output. What is left to do with each?",
        "One number per layer, the input H_0 included: d + 1 numbers for d layers.",
        "Use np.std of the whole array. `forward` expects a list of activations, one per layer.",
    ),
)


@exercise.public
def public():
    yield Question(
        "one layer that doubles",
        dict(
            net=([np.array([[2.0]])], [np.array([[1.0]])]),
            X=np.array([[-1.0], [1.0]]),
            act=stock.identity,
        ),
    )
    yield Question(
        "two layers of unequal widths",
        dict(
            net=(
                [np.array([[1.0, -1.0, 2.0], [0.0, 1.0, 1.0]]), np.array([[1.0], [2.0], [0.5]])],
                [np.array([[0.0, 1.0, 0.0]]), np.array([[-1.0]])],
            ),
            X=np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]]),
            act=stock.square,
        ),
    )


@exercise.secret
def secret(rng):
    X = rng.normal(size=(6, 3)) + np.array([0.0, 5.0, -5.0])
    yield Question(
        "three layers of unequal widths",
        dict(net=random_net(rng, [3, 4, 2, 5]), X=X, act=stock.tanh),
        weight=2,
    )
    yield Question(
        "a batch of one",
        dict(net=random_net(rng, [3, 2, 4]), X=rng.normal(size=(1, 3)), act=stock.sin),
    )
    yield Question(
        "an activation that shifts the mean",
        dict(net=random_net(rng, [2, 5, 3]), X=rng.normal(size=(4, 2)), act=stock.shifted_square),
    )


@exercise.mistake(
    "The input's scale is missing.",
    "The list begins with std(H_0).",
)
def input_left_out(net, X, act):
    return nn.activation_scales(net, X, act)[1:]


@exercise.mistake(
    "The scale is measured before the activation.",
    "H_j is the output of layer j. What is std(Z_j) the scale of?",
)
def before_the_activation(net, X, act):
    H = np.asarray(X, dtype=float)
    scales = [float(H.std())]
    for A, b in zip(*net, strict=True):
        Z = H @ A + b
        scales.append(float(Z.std()))
        H = act(Z)
    return scales


@exercise.mistake(
    "A standard deviation is taken for each unit, and then these are averaged.",
    "Take it over all entries: one number for the whole array.",
)
def averaged_over_units(net, X, act):
    return [float(np.std(H, axis=0).mean()) for H in _outputs(net, X, act)]


@exercise.mistake(
    "The sum of squares is divided by one less than the number of entries.",
    "ddof is 0 here. Which number does np.std divide by unless told otherwise?",
)
def one_less_in_the_denominator(net, X, act):
    return [float(np.std(H, ddof=1)) for H in _outputs(net, X, act)]


@exercise.mistake(
    "The mean isn't subtracted: this is the root of the mean square.",
    "A standard deviation measures the spread around the mean, whatever the mean is.",
)
def root_mean_square(net, X, act):
    return [float(np.sqrt(np.mean(np.square(H)))) for H in _outputs(net, X, act)]


@exercise.mistake(
    "This is the variance: the square root is missing.",
    "Which unit should the scale have: that of H, or of H²?",
)
def variances(net, X, act):
    return [float(np.var(H)) for H in _outputs(net, X, act)]


@exercise.mistake(
    "The last layer has no activation here.",
    "In this exercise act follows every layer, including the last.",
)
def output_left_linear(net, X, act):
    As, Bs = net
    hidden = _outputs((As[:-1], Bs[:-1]), X, act)
    return [float(np.std(H)) for H in [*hidden, hidden[-1] @ As[-1] + Bs[-1]]]


@exercise.mistake(
    "The biases are left out.",
    "A bias shifts all examples equally, so the activation acts on another part of its curve.",
)
def biases_left_out(net, X, act):
    As, Bs = net
    return nn.activation_scales((As, [np.zeros_like(b) for b in Bs]), X, act)


@exercise.mistake(
    "This is the scale of the weights, not of the layers' outputs.",
    "H_j is the output of layer j. How does its scale depend on X?",
)
def weights_measured(net, X, act):
    return [float(np.std(X)), *(float(np.std(A)) for A in net[0])]


def _outputs(net, X, act):
    Hs = [np.asarray(X, dtype=float)]
    for A, b in zip(*net, strict=True):
        Hs.append(act(Hs[-1] @ A + b))
    return Hs
