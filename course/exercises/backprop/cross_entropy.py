"""Questions and known mistakes of `cross_entropy`."""

import numpy as np

from course.exercises.backprop.numerics import CUT, SMALL_NUMBERS
from course.exercises.engine import Exercise, Question
from course.nn import backprop as nn
from course.nn.backprop import softmax

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


@exercise.public
def public():
    yield Question("one undecided example", {"Z": np.zeros((1, 3)), "y": np.array([1])})
    yield Question(
        "two examples, neither in the last class",
        {"Z": np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]]), "y": np.array([0, 1])},
    )
    yield Question(
        "two undecided examples, whole numbers",
        {"Z": np.array([[1, 1], [2, 2]]), "y": np.array([0, 1])},
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
    yield Question("float32", {"Z": short["Z"].astype(np.float32), "y": short["y"]})
    spread = np.array([1e6, -1e6, 0.0, rng.normal()])
    far = {"Z": np.array([rng.permutation(spread) for _ in range(4)]), "y": rng.permutation(4)}
    far["Z"][0, far["y"][0]] = -2e5  # at least one row is very wrong
    yield Question("numbers as large as a million", far, weight=2)
    # What is left of a measured slope beside losses this large is not one digit.
    falling = np.array([0.0, -20.0, -28.0, -36.0]) + rng.uniform(-2, 0, size=(3, 4))
    places = [rng.permutation(4) for _ in range(3)]
    small = {
        "Z": np.array([row[place] for row, place in zip(falling, places, strict=True)]),
        "y": np.array([int(place.argmax()) for place in places]),
    }
    yield Question("gradients that are nearly 0", small, atol=1e-20, weight=2)
    near = {
        "Z": rng.normal(size=(3, 3)) + np.array([[1e4], [0.0], [-1e4]]),
        "y": np.array([2, 0, 1]),
    }
    yield Question("rows far apart", near)


@exercise.writing
def picked(Z, y):
    n, rows = len(y), np.arange(len(y))
    top = np.max(Z, axis=1, keepdims=True)
    log_P = Z - top - np.log(np.sum(np.exp(Z - top), axis=1, keepdims=True))
    value = -np.sum(log_P[rows, y])
    value = value / n
    gradient = np.exp(log_P)
    gradient[rows, y] -= 1
    gradient = gradient / n
    return value, gradient


@exercise.writing
def one_hot(Z, y):
    n, k = np.shape(Z)
    T = np.eye(k)[y]
    top = np.max(Z, axis=1, keepdims=True)
    log_P = Z - top - np.log(np.sum(np.exp(Z - top), axis=1, keepdims=True))
    value = -np.sum(T * log_P)
    value = value / n
    gradient = np.exp(log_P) - T
    gradient = gradient / n
    return value, gradient


@exercise.writing(ideas=("log_of_a_vanished_probability",))
def log_of_the_softmax(Z, y):
    n, rows = len(y), np.arange(len(y))
    P = softmax(Z)
    value = -np.sum(np.log(P[rows, y]))
    value = value / n
    gradient = P.copy()
    gradient[rows, y] -= 1
    gradient = gradient / n
    return value, gradient


@exercise.writing
def row_by_row(Z, y):
    n = len(y)
    value = 0.0
    gradient = np.zeros(np.shape(Z))
    for i in range(n):
        top = np.max(Z[i])
        E = np.exp(Z[i] - top)
        value += np.log(np.sum(E)) - (Z[i, y[i]] - top)
        gradient[i] = E / np.sum(E)
        gradient[i, y[i]] -= 1
    value = value / n
    gradient = gradient / n
    return value, gradient


@exercise.writing(ideas=("exponentials_not_shifted",))
def quotient_of_exponentials(Z, y):
    n, rows = len(y), np.arange(len(y))
    P = np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)
    value = -np.sum(np.log(P[rows, y])) / n
    gradient = P.copy()
    gradient[rows, y] -= 1
    return value, gradient / n


@exercise.writing(ideas=("small_number_inside_the_log",))
def with_a_small_number(Z, y):
    p = softmax(Z)[np.arange(len(y)), y]
    return -np.mean(np.log(p + 1e-5)), nn.cross_entropy(Z, y)[1]


@exercise.writing(ideas=("softmax_forgotten",))
def of_the_logits(Z, y):
    n, k = np.shape(Z)
    value = -np.mean(np.log(np.asarray(Z, dtype=float)[np.arange(n), y]))
    return value, (Z - np.eye(k)[y]) / n


LOG_SUMS = "np.log(np.sum(np.exp(Z - top), axis=1, keepdims=True))"
PICKED = "-np.sum(log_P[rows, y])"
UNSHIFTED = "E = np.exp(Z)\ngradient = E / np.sum(E, axis=1, keepdims=True)"

exercise.idea(
    "classes_counted_from_the_labels",
    "The number of classes is counted from the labels, as with `max(y) + 1`, so a class without "
    "examples is lost.",
    "Where can you read off the number of classes, even if the batch has a single example?",
    {"gradient = np.exp(log_P) - T": "gradient = np.exp(log_P) - np.eye(np.max(y) + 1)[y]"},
    {"T = np.eye(k)[y]": "T = np.eye(np.max(y) + 1)[y]"},
    {"T = np.eye(k)[y]": "T = np.eye(len(set(y)))[y]"},
)
exercise.idea(
    "log_of_a_vanished_probability",
    "This takes the log of a softmax that is rounded to 0: log 0.",
    "Take the log on paper first: the log of a quotient is a difference, and nothing vanishes.",
    {PICKED: "-np.sum(np.log(softmax(Z)[rows, y]))"},
    {"np.sum(T * log_P)": "np.sum(T * np.log(softmax(Z)))"},
)
exercise.idea(
    "small_number_inside_the_log",
    "A small number (an epsilon) inside the log hides log 0, but also how wrong the answer is far "
    "out.",
    "Take the log on paper first: the log of a quotient is a difference, and nothing vanishes.",
    {PICKED: "-np.sum(np.log(softmax(Z)[rows, y] + 1e-8))"},
    {PICKED: "-np.sum(np.log(softmax(Z)[rows, y] + 1e-12))"},
    *({"p + 1e-5": f"p + {small}"} for small in SMALL_NUMBERS),
)
exercise.idea(
    "exponentials_not_shifted",
    "The exponentials overflow because the rows aren't shifted before exp.",
    "The trick from softmax works for log Σ e^z too: pull out the largest entry.",
    {
        PICKED: "np.sum(np.log(np.sum(np.exp(Z), axis=1)) - Z[rows, y])",
        "gradient = np.exp(log_P)": "gradient = softmax(Z)",
    },
    {
        PICKED: "np.sum(np.log(np.sum(np.exp(Z), axis=1)) - Z[rows, y])",
        "gradient = np.exp(log_P)": UNSHIFTED,
    },
    {"np.sum(T * log_P)": "np.sum(T * (Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))))"},
    {"gradient = np.exp(log_P)": UNSHIFTED},
)
exercise.idea(
    "softmax_taken_twice",
    "The softmax is taken twice: Z holds logits, and the loss itself turns them into "
    "probabilities.",
    "Does the loss get logits or probabilities? So how many softmaxes belong in it?",
    {"top = np.max(Z, axis=1": "Z = softmax(Z)\ntop = np.max(Z, axis=1"},
    {"P = softmax(Z)": "P = softmax(softmax(Z))"},
)
exercise.idea(
    "softmax_forgotten",
    "The softmax is missing: the logits are taken for probabilities.",
    "Logits may be any numbers. What turns a row of them into probabilities?",
    {"gradient = np.exp(log_P) - T": "gradient = Z - T"},
)
exercise.idea(
    "softmax_down_the_columns",
    "The exponentials are summed down the columns (axis 0) instead of along the rows.",
    "Which index is the class, the first or the second? Sum over that one.",
    {LOG_SUMS: LOG_SUMS.replace("axis=1, keepdims=True", "axis=0")},
    {
        "top = np.max(Z, axis=1, keepdims=True)": "top = np.max(Z, axis=0)",
        LOG_SUMS: LOG_SUMS.replace("axis=1, keepdims=True", "axis=0"),
    },
    {"softmax(Z)": "softmax(np.transpose(Z)).T"},
)
exercise.idea(
    "softmax_over_the_whole_matrix",
    "The exponentials are summed over the whole matrix, as without `axis`, but each row has its "
    "own probabilities.",
    "Each example has its own probabilities. What does a sum without an axis add up?",
    {
        "top = np.max(Z, axis=1, keepdims=True)": "top = np.max(Z)",
        LOG_SUMS: "np.log(np.sum(np.exp(Z - top)))",
    },
    {LOG_SUMS: "np.log(np.sum(np.exp(Z - top)))"},
)
exercise.idea(
    "picks_columns_in_every_row",
    "`P[:, y]` takes all the columns in y from every row; row i needs only column y_i.",
    "Which (row, column) pairs do you want? Index with both numbers of each pair.",
    {
        PICKED: "-np.mean(log_P[:, y])",
        "value = value / n": "pass",
        "gradient[rows, y]": "gradient[:, y]",
    },
    {PICKED: "-np.mean(log_P[:, y])", "value = value / n": "pass"},
    {"gradient[rows, y]": "gradient[:, y]"},
)
exercise.idea(
    "label_forgotten_in_the_gradient",
    "The gradient is the softmax alone: the 1 at the label isn't subtracted.",
    "Each row of the gradient sums to 0, since raising all logits equally changes nothing. Does "
    "yours?",
    {"gradient[rows, y] -= 1": "pass"},
    {"np.exp(log_P) - T": "np.exp(log_P)"},
    {"gradient[i, y[i]] -= 1": "pass"},
)
exercise.idea(
    "labels_subtracted_as_numbers",
    "The labels themselves (0, 1, 2, …) are subtracted from all classes, but only the label's "
    "entry gets −1.",
    "The label 2 says which entry is meant. Is it twice as much as the label 1?",
    {"np.exp(log_P) - T": "np.exp(log_P) - np.reshape(y, (-1, 1))"},
    {"np.exp(log_P) - T": "np.exp(log_P) - y"},
)
exercise.idea(
    "one_subtracted_from_every_class",
    "The 1 is subtracted from every class, but only the label's entry gets −1.",
    "Each row of the gradient sums to 0, since raising all logits equally changes nothing. Does "
    "yours?",
    {"gradient[rows, y] -= 1": "gradient -= 1"},
    {"np.exp(log_P) - T": "np.exp(log_P) - 1"},
    {"gradient[i, y[i]] -= 1": "gradient[i] -= 1"},
)
exercise.idea(
    "gradient_at_the_label_only",
    "Only the label's entry of each row has a gradient, but every logit has a part in the softmax.",
    "If a wrong class gets a higher logit, what becomes of the loss?",
    {"gradient[rows, y] -= 1": "gradient = np.eye(np.shape(Z)[1])[y] * (gradient - 1)"},
    {"np.exp(log_P) - T": "(np.exp(log_P) - T) * T"},
    {"gradient[i] = E / np.sum(E)": "gradient[i, y[i]] = E[y[i]] / np.sum(E)"},
)
exercise.idea(
    "shifted_only_in_the_sum",
    "The row's maximum is subtracted inside the sum of exponentials, but not from the label's "
    "logit.",
    "What is pulled out of the sum has to go somewhere. In log Σ e^z − z_c, which of the two terms "
    "changes if the row is shifted?",
    {PICKED: "-np.sum((log_P + top)[rows, y])"},
    {"-np.sum(T * log_P)": "-np.sum(T * (log_P + top))"},
    {"(Z[i, y[i]] - top)": "Z[i, y[i]]"},
)
exercise.idea(
    "labels_counted_from_1",
    "The labels are read as if they counted from 1, but class 0 is the first column.",
    "Which column belongs to the label 0?",
    {"log_P[rows, y]": "log_P[rows, y - 1]", "gradient[rows, y]": "gradient[rows, y - 1]"},
)
exercise.idea(
    "value_after_the_subtraction",
    "The 1 is subtracted from the probabilities before the value is computed from them.",
    "The value needs the probabilities themselves. Which of the two lines comes first?",
    {PICKED: "-np.sum(np.log(softmax(Z)[rows, y] - 1))"},
)
exercise.idea(
    "all_classes_in_the_value",
    "The value counts the other classes, too: only the label's probability belongs in it.",
    "What does the formula pick from each row of log-probabilities?",
    {"T * log_P)": "T * log_P + (1 - T) * np.log(1 - np.exp(log_P)))"},
    {"T * log_P)": "log_P)"},
)
exercise.idea(
    "gradient_by_the_probabilities",
    "This is the gradient by the probabilities, not by the logits.",
    "One link of the chain is missing, from Z to the softmax. With it, much cancels.",
    {"np.exp(log_P) - T": "-T / np.exp(log_P)"},
)
exercise.idea(
    "gradient_points_downhill",
    "The gradient has the wrong sign: it points downhill.",
    "If the logit of the right class grows, does the loss grow or shrink?",
    {"gradient = gradient / n": "gradient = -gradient / n"},
)
exercise.idea(
    "last_example_only",
    "Only the last example counts in the value: each one overwrites the sum (=) instead of adding "
    "to it.",
    "What does `=` do in a loop, and what does `+=` do?",
    {"value += np.log": "value = np.log"},
)
exercise.idea(
    "one_value_per_example",
    "The value is an array with one number per example, but a loss is a single number.",
    "The losses of the examples are still to be averaged. Over which axis?",
    {PICKED: "-log_P[rows, y]", "value = value / n": "pass"},
    {PICKED: "-np.log(softmax(Z)[rows, y])", "value = value / n": "pass"},
)
exercise.idea(
    "minus_lost",
    "The value has the wrong sign: the minus in front of the logarithm is missing.",
    "A logarithm of a probability is negative. Can a loss be?",
    {"value = value / n": "value = -value / n"},
)
exercise.idea(
    "sum_for_mean",
    "This is the sum over the examples, but the loss of a batch is their mean.",
    "If every example were in the batch twice, should the loss double?",
    {"value = value / n": "pass", "gradient = gradient / n": "pass"},
)
exercise.idea(
    "value_not_divided",
    "The value is a sum over the examples, but the loss of a batch is their mean.",
    "If every example were in the batch twice, should the loss double?",
    {"value = value / n": "pass"},
)
exercise.idea(
    "gradient_without_the_mean",
    "The gradient isn't divided by n, as the gradient of a mean is.",
    "If the value has a factor of 1/n, so does every derivative of it.",
    {"gradient = gradient / n": "pass"},
)
exercise.idea(
    "divided_by_the_classes_too",
    "This divides by n·k, examples times classes, but the mean is over the n examples only.",
    "A mean over the whole one-hot matrix counts its zeros too. How many losses are there?",
    {"value = value / n": "value = value / np.size(Z)", "gradient / n": "gradient / np.size(Z)"},
)
exercise.idea(
    "value_divided_by_the_classes_too",
    "The value is divided by n·k, examples times classes, but the mean is over the n examples.",
    "A mean over the whole one-hot matrix counts its zeros too. How many losses are there?",
    {"value = value / n": "value = value / np.size(Z)"},
)
exercise.idea(
    "shifts_the_callers_logits",
    "The shift changes Z in place, as with `-=`, and Z is the caller's array.",
    "`-=` changes the array itself. Build a new one.",
    {"log_P = Z - top": "Z -= top\nlog_P = Z", "Z - top), axis": "Z), axis"},
    {"E = np.exp(Z[i] - top)": "Z[i] -= top\ntop = 0\nE = np.exp(Z[i])"},
)
exercise.idea("cut_to_integers", *CUT, {"np.zeros(np.shape(Z))": "np.zeros_like(Z)"})


@exercise.mistake(
    "Only the value is returned; the gradient belongs to the answer, too.",
    "The answer is a pair. What does `return a, b` give?",
)
def gradient_not_returned(Z, y):
    return nn.cross_entropy(Z, y)[0]
