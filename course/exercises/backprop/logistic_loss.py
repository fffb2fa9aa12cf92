"""Questions and known mistakes of `logistic_loss`."""

import numpy as np

from course.exercises.backprop.numerics import SINGLE
from course.exercises.engine import Exercise, Question
from course.nn import backprop as nn
from course.nn.neuron import sigmoid, softplus

exercise = Exercise(
    nn.logistic_loss,
    points=3,
    minutes=15,
    difficulty=3,
    hints=(
        "First bring y into the shape of z. Then write −log σ(z) and −log(1 − σ(z)) with the "
        "softplus of lesson 1, so that you never take the log of a sigmoid.",
        "The loss is −log σ(z) = softplus(−z) if y = 1, and softplus(z) if y = 0. For the "
        "gradient, differentiate softplus: its slope is the sigmoid.",
        "At y = 0 the slope is σ(z); at y = 1 it is −σ(−z), which is σ(z) − 1. One expression "
        "covers both cases, and the mean puts a factor of 1/n in front.",
    ),
)


@exercise.public
def public():
    z, y = np.array([[0.0], [2.0], [-1.0]]), np.array([1, 0, 1])
    yield Question("one undecided example, label (1, 1)", {"z": z[:1], "y": y[:1, None]})
    yield Question("three examples, labels (n,)", {"z": z, "y": y})
    far = np.array([[1000.0], [-1000.0]])
    yield Question("far out on the right side", {"z": far, "y": np.array([1, 0])})
    yield Question("far out on the wrong side", {"z": far, "y": np.array([0, 1])})


@exercise.secret
def secret(rng):
    def batch(n, shape=(-1,), kind=int):
        # Both labels occur if there are two or more examples.
        y = rng.permutation(np.arange(n) % 2) if n > 1 else rng.integers(0, 2, size=1)
        return {"z": rng.normal(size=(n, 1)), "y": y.astype(kind).reshape(shape)}

    yield Question("labels (n,)", batch(5), weight=2)
    yield Question("labels (n, 1)", batch(4, (-1, 1)))
    yield Question("labels (n,) as floats", batch(6, (-1,), float))
    yield Question("a batch of one", batch(1))
    short = batch(4)
    yield Question("float32", {"z": short["z"].astype(np.float32), "y": short["y"]}, **SINGLE)
    whole = {"z": rng.integers(1, 4, size=(3, 1)), "y": rng.permutation(np.array([0, 1, 1]))}
    yield Question("integers", whole)
    z = rng.permutation(np.array([-1e6, -800.0, -40.0, 40.0, 800.0, 1e6]))[:, None]
    above = (z > 0).astype(int)
    yield Question("numbers as large as a million, on the right side", {"z": z, "y": above})
    yield Question("numbers as large as a million, on the wrong side", {"z": z, "y": 1 - above})


def _column(y):
    return np.asarray(y, dtype=float).reshape(-1, 1)


@exercise.mistake(
    "Labels of shape (n,) meet z of shape (n, 1), and NumPy broadcasts them to (n, n).",
    "Print the shape of z − y for n = 3. What should you do with y first?",
)
def broadcast_to_a_square(z, y):
    return np.mean(softplus(z) - y * z), (sigmoid(z) - y) / len(z)


@exercise.mistake(
    "The gradient has shape (n,), but it should have z's shape, (n, 1).",
    "The gradient by z is as large as z: one number per entry, in the same place.",
)
def gradient_lies_flat(z, y):
    value, gradient = nn.logistic_loss(z, y)
    return value, gradient.ravel()


@exercise.mistake(
    "This takes the log of a sigmoid, which is rounded to 0 or 1 far out: log 0.",
    "On paper, write −log σ(z) as a softplus, before the computer rounds anything.",
)
def log_of_a_rounded_zero(z, y):
    y, p = _column(y), sigmoid(z)
    value = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return value, (p - y) / len(y)


@exercise.mistake(
    "This takes the log of a sigmoid, which is log 0 if the prediction is very wrong.",
    "On paper, write −log σ(z) as a softplus, before the computer rounds anything.",
)
def log_of_zero_where_wrong(z, y):
    y, p = _column(y), sigmoid(z)
    return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p))), (p - y) / len(y)


@exercise.mistake(
    "This writes log(1 + e^z) literally, and the exponential overflows for large z.",
    "You have a softplus that is safe for every z.",
)
def exponential_overflows(z, y):
    z, y = np.asarray(z, dtype=float), _column(y)
    return np.mean(np.log(1 + np.exp(z)) - y * z), (sigmoid(z) - y) / len(y)


@exercise.mistake(
    "This is log(1 + e^{-yz}), the loss for labels −1 and +1, but these labels are 0 and 1.",
    "What does your formula give for y = 0, whatever z is?",
)
def labels_taken_as_signs(z, y):
    z, y = np.asarray(z, dtype=float), _column(y)
    return np.mean(softplus(-y * z)), -y * sigmoid(-y * z) / len(y)


@exercise.mistake(
    "This is the gradient by the probability σ(z), not by z.",
    "One link of the chain is missing, from z to σ(z). Multiply by it, and much cancels.",
)
def gradient_by_the_probability(z, y):
    value, gradient = nn.logistic_loss(z, y)
    p = sigmoid(np.asarray(z, dtype=float))
    return value, gradient / (p * (1 - p))


@exercise.mistake(
    "The gradient has one factor σ'(z) too many: for the log loss it cancels.",
    "Differentiate the loss by σ(z) first, then multiply by σ'(z), and see what is left.",
)
def sigmoids_slope_left_in(z, y):
    value, gradient = nn.logistic_loss(z, y)
    return value, gradient * nn.d_sigmoid(z)


@exercise.mistake(
    "The labels are swapped: this rewards a large z if y is 0.",
    "Should the loss be small or large for y = 1 and z = 5?",
)
def labels_exchanged(z, y):
    return nn.logistic_loss(z, 1 - np.asarray(y))


@exercise.mistake(
    "The gradient is right, but the labels are swapped in the value.",
    "Should the loss be small or large for y = 1 and z = 5? And what is your value there?",
)
def labels_exchanged_in_the_value(z, y):
    value, _ = nn.logistic_loss(z, 1 - np.asarray(y))
    return value, nn.logistic_loss(z, y)[1]


@exercise.mistake(
    "This is the sum over the examples, but the loss of a batch is their mean.",
    "If every example were in the batch twice, should the loss double?",
)
def summed_over_examples(z, y):
    value, gradient = nn.logistic_loss(z, y)
    return value * len(y), gradient * len(y)


@exercise.mistake(
    "The value is a mean, but its gradient isn't divided by n.",
    "If the value has a factor of 1/n, so does every derivative of it.",
)
def mean_lost_in_the_gradient(z, y):
    value, gradient = nn.logistic_loss(z, y)
    return value, gradient * len(y)
