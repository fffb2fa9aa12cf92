"""Questions and known mistakes of `cross_entropy`."""

import numpy as np

from course.exercises.backprop.numerics import SINGLE, unshifted_exp
from course.exercises.engine import Exercise, Question
from course.nn import backprop as nn

exercise = Exercise(
    nn.cross_entropy,
    points=4,
    minutes=20,
    difficulty=4,
    hints=(
        "Take one row: its loss is −log of the probability at its label, and the log of a quotient "
        "is a difference. For the gradient, differentiate that difference by each logit.",
        "−log p_c = log Σ_j e^{z_j} − z_c. The first part is safe if you shift the row by its "
        "maximum. Its derivative by z_j is the softmax; the second part contributes −1, at j = c "
        "only.",
        "`Z[np.arange(n), y]` picks one entry from each row. The number of classes is the number "
        "of Z's columns. The gradient is the softmax, minus 1 at each row's label, all divided by "
        "n.",
    ),
)


def one_hot(y, k):
    return np.eye(k)[np.asarray(y)]


@exercise.public
def public():
    yield Question("one undecided example", {"Z": np.zeros((1, 3)), "y": np.array([1])})
    yield Question(
        "two examples, neither in the last class",
        {"Z": np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]]), "y": np.array([0, 1])},
    )
    yield Question(
        "far out, one right and one wrong",
        {"Z": np.array([[1000.0, 0.0, -1000.0], [1000.0, 0.0, 0.0]]), "y": np.array([0, 2])},
    )


@exercise.secret
def secret(rng):
    def batch(n, k, y):
        return {"Z": rng.normal(size=(n, k)), "y": rng.permutation(np.asarray(y))}

    yield Question("no example in the last class", batch(5, 4, [0, 0, 1, 2, 2]), weight=2)
    yield Question("no example in the classes between", batch(3, 5, [0, 4, 4]), weight=2)
    yield Question("as many examples as classes", batch(3, 3, [0, 1, 2]))
    yield Question("a batch of one", batch(1, 3, [rng.integers(0, 2)]))
    whole = {"Z": rng.integers(-2, 3, size=(4, 2)), "y": rng.permutation(np.array([0, 0, 1, 1]))}
    yield Question("integers", whole)
    short = batch(4, 3, [0, 1, 2, 0])
    yield Question("float32", {"Z": short["Z"].astype(np.float32), "y": short["y"]}, **SINGLE)
    spread = np.array([1e6, -1e6, 0.0, rng.normal()])
    far = {"Z": np.array([rng.permutation(spread) for _ in range(4)]), "y": rng.permutation(4)}
    far["Z"][0, far["y"][0]] = -2e5  # at least one row is very wrong
    yield Question("numbers as large as a million", far, weight=2)
    near = {
        "Z": rng.normal(size=(3, 3)) + np.array([[1e4], [0.0], [-1e4]]),
        "y": np.array([2, 0, 1]),
    }
    yield Question("rows far apart", near)


@exercise.mistake(
    "The number of classes is counted from the labels, so a class without examples is lost.",
    "Where can you read off the number of classes, even if the batch has a single example?",
)
def classes_counted_from_the_labels(Z, y):
    value, _ = nn.cross_entropy(Z, y)
    seen = one_hot(y, np.max(y) + 1)
    return value, (nn.softmax(Z) - seen) / len(y)


@exercise.mistake(
    "This takes the log of a softmax that is rounded to 0: log 0.",
    "Take the log on paper first: the log of a quotient is a difference, and nothing vanishes.",
)
def log_of_a_vanished_probability(Z, y):
    _, gradient = nn.cross_entropy(Z, y)
    return -np.mean(np.log(nn.softmax(Z)[np.arange(len(y)), y])), gradient


@exercise.mistake(
    "A small number is added inside the log. That hides log 0, but also how wrong the answer is.",
    "Take the log on paper first: the log of a quotient is a difference, and nothing vanishes.",
)
def small_number_inside_the_log(Z, y):
    _, gradient = nn.cross_entropy(Z, y)
    return -np.mean(np.log(nn.softmax(Z)[np.arange(len(y)), y] + 1e-12)), gradient


@exercise.mistake(
    "The exponentials overflow because the rows aren't shifted before exp.",
    "The trick from softmax works for log Σ e^z too: pull out the largest entry.",
)
def exponentials_not_shifted(Z, y):
    E = unshifted_exp(Z)
    sums, rows = E.sum(axis=1), np.arange(len(y))
    value = np.mean(np.log(sums) - np.asarray(Z)[rows, y])
    return value, (E / sums[:, None] - one_hot(y, E.shape[1])) / len(y)


@exercise.mistake(
    "The softmax is taken twice: Z holds logits, and the loss itself turns them into "
    "probabilities.",
    "Does the loss get logits or probabilities? So how many softmaxes belong in it?",
)
def softmax_taken_twice(Z, y):
    return nn.cross_entropy(nn.softmax(Z), y)


@exercise.mistake(
    "`P[:, y]` takes all the columns in y from every row; row i needs only column y_i.",
    "Which (row, column) pairs do you want? Index with both numbers of each pair.",
)
def picks_columns_in_every_row(Z, y):
    P, S = nn.softmax(Z), np.asarray(Z, dtype=float)
    S = S - S.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    P[:, y] -= 1
    return -np.mean(log_P[:, y]), P / len(y)


@exercise.mistake(
    "The gradient is the softmax alone: the 1 at the label isn't subtracted.",
    "Each row of the gradient sums to 0, since raising all logits equally changes nothing. Does "
    "yours?",
)
def label_forgotten_in_the_gradient(Z, y):
    value, _ = nn.cross_entropy(Z, y)
    return value, nn.softmax(Z) / len(y)


@exercise.mistake(
    "The gradient has the wrong sign: it points downhill.",
    "If the logit of the right class grows, does the loss grow or shrink?",
)
def gradient_points_downhill(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value, -gradient


@exercise.mistake(
    "This is the sum over the examples, but the loss of a batch is their mean.",
    "If every example were in the batch twice, should the loss double?",
)
def sum_for_mean(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value * len(y), gradient * len(y)


@exercise.mistake(
    "The value is a mean, but its gradient isn't divided by n.",
    "If the value has a factor of 1/n, so does every derivative of it.",
)
def gradient_without_the_mean(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value, gradient * len(y)


@exercise.mistake(
    "This divides by n·k, examples times classes, but the mean is over the n examples only.",
    "A mean over the whole one-hot matrix counts its zeros too. How many losses are there?",
)
def divided_by_the_classes_too(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value / np.shape(Z)[1], gradient / np.shape(Z)[1]
