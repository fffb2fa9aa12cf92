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
        "Take one row: its loss is −log of the probability at its label, and log of a quotient "
        "is a difference. For the gradient, differentiate that difference by each logit.",
        "−log p_c = log Σ_j e^{z_j} − z_c. The first part is safe if you shift the row by its "
        "maximum. Its derivative by z_j is the softmax; the second part's is −1 at j = c only.",
        "Z[np.arange(n), y] picks one entry in each row. The number of classes is Z's number of "
        "columns. The gradient is the softmax, less 1 in each row's labelled place, over n.",
    ),
)


def one_hot(y, k):
    return np.eye(k)[np.asarray(y)]


@exercise.public
def public():
    yield Question("one undecided example", {"Z": np.zeros((1, 3)), "y": np.array([1])})
    yield Question(
        "two examples, and no example of the last class",
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

    yield Question("no example of the last class", batch(5, 4, [0, 0, 1, 2, 2]), weight=2)
    yield Question("no example of the classes between", batch(3, 5, [0, 4, 4]), weight=2)
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
    yield Question("rows far from each other", near)


@exercise.mistake(
    "The number of classes was counted from the labels, so a class that no example has is lost.",
    "Where can you read the number of classes even if the batch has a single example?",
)
def classes_counted_from_the_labels(Z, y):
    value, _ = nn.cross_entropy(Z, y)
    seen = one_hot(y, np.max(y) + 1)
    return value, (nn.softmax(Z) - seen) / len(y)


@exercise.mistake(
    "This takes the log of a softmax that is rounded to 0, so it ends at log 0.",
    "Take the log on paper first: log of a quotient is a difference, and nothing vanishes.",
)
def log_of_a_vanished_probability(Z, y):
    _, gradient = nn.cross_entropy(Z, y)
    return -np.mean(np.log(nn.softmax(Z)[np.arange(len(y)), y])), gradient


@exercise.mistake(
    "A small number was added inside the log. That hides log 0, and how wrong the answer is too.",
    "Take the log on paper first: log of a quotient is a difference, and nothing vanishes.",
)
def small_number_inside_the_log(Z, y):
    _, gradient = nn.cross_entropy(Z, y)
    return -np.mean(np.log(nn.softmax(Z)[np.arange(len(y)), y] + 1e-12)), gradient


@exercise.mistake(
    "The exponentials overflow: the rows aren't shifted before exp.",
    "The same trick as in softmax helps in log Σ e^z: pull the largest entry out.",
)
def exponentials_not_shifted(Z, y):
    E = unshifted_exp(Z)
    sums, rows = E.sum(axis=1), np.arange(len(y))
    value = np.mean(np.log(sums) - np.asarray(Z)[rows, y])
    return value, (E / sums[:, None] - one_hot(y, E.shape[1])) / len(y)


@exercise.mistake(
    "The softmax was taken twice: Z holds logits, and the loss takes the softmax of them itself.",
    "What goes in, logits or probabilities? So how many softmaxes are there on the way?",
)
def softmax_taken_twice(Z, y):
    return nn.cross_entropy(nn.softmax(Z), y)


@exercise.mistake(
    "P[:, y] takes the columns y in every row; in row i only the column y_i is meant.",
    "Which pairs (row, column) do you want? Index with both numbers of each pair.",
)
def picks_columns_in_every_row(Z, y):
    P, S = nn.softmax(Z), np.asarray(Z, dtype=float)
    S = S - S.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    P[:, y] -= 1
    return -np.mean(log_P[:, y]), P / len(y)


@exercise.mistake(
    "The gradient is the softmax alone: the 1 at the label isn't taken away.",
    "Each row of the gradient sums to 0: raising all logits alike changes nothing. Does yours?",
)
def label_forgotten_in_the_gradient(Z, y):
    value, _ = nn.cross_entropy(Z, y)
    return value, nn.softmax(Z) / len(y)


@exercise.mistake(
    "The gradient's sign is turned: it points to where the loss falls.",
    "If the logit of the right class grows, does the loss grow or fall?",
)
def gradient_points_downhill(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value, -gradient


@exercise.mistake(
    "This is the sum over the examples; the loss of a batch is their mean.",
    "If every example stood twice in the batch, should the loss double?",
)
def sum_for_mean(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value * len(y), gradient * len(y)


@exercise.mistake(
    "The value is a mean, but its gradient isn't divided by n.",
    "If the value has 1/n in front, so has every derivative of it.",
)
def gradient_without_the_mean(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value, gradient * len(y)


@exercise.mistake(
    "This divides by n·k, examples times classes; the mean is over the n examples alone.",
    "A mean over the whole one-hot matrix counts its zeros too. How many losses are there?",
)
def divided_by_the_classes_too(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value / np.shape(Z)[1], gradient / np.shape(Z)[1]
