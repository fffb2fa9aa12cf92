"""Questions and known mistakes of `logistic_loss`."""

import numpy as np

from course.exercises.backprop.numerics import SMALL_NUMBERS
from course.exercises.engine import Exercise, Question
from course.exercises.precision import to_twelve_digits
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
        "At y = 0 the slope is σ(z); at y = 1 it is −σ(−z), which is σ(z) − 1. Both are "
        "σ(z) − y, and the mean puts a factor of 1/n in front.",
    ),
)


@exercise.public
def public():
    z, y = np.array([[0.0], [2.0], [-1.0]]), np.array([1, 0, 1])
    yield Question("one undecided example, label (1, 1)", {"z": z[:1], "y": y[:1, None]})
    yield Question("three examples, labels (n,)", {"z": z, "y": y})
    yield Question("two examples, labels in a plain list", {"z": z[:2], "y": [1, 0]})
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
    listed = batch(3)
    yield Question("labels in a plain list", {"z": listed["z"], "y": listed["y"].tolist()})
    short = batch(4)
    yield Question("float32", {"z": short["z"].astype(np.float32), "y": short["y"]})
    whole = {"z": rng.integers(1, 4, size=(3, 1)), "y": rng.permutation(np.array([0, 1, 1]))}
    yield Question("integers", whole)
    z = rng.permutation(np.array([-1e6, -800.0, -40.0, 40.0, 800.0, 1e6]))[:, None]
    above = (z > 0).astype(int)
    right = {"z": z, "y": above}  # nearly 0, so worth little
    yield Question("numbers as large as a million, on the right side", right, weight=0.4)
    yield Question("numbers as large as a million, on the wrong side", {"z": z, "y": 1 - above})
    # Beside a loss of a million, a measured slope has few digits.
    wrong = {"z": rng.permutation(np.array([-1e6, -0.5, 1.5, 1e6]))[:, None]}
    wrong["y"] = (wrong["z"][:, 0] < 0).astype(int)
    yield Question(
        "numbers as large as a million and small ones, to twelve digits",
        wrong,
        judged_by=to_twelve_digits,
        property_args={"right": nn.logistic_loss(**wrong)},
        weight=2,
    )


@exercise.writing
def by_softplus(z, y):
    y = np.reshape(y, (-1, 1))
    n = len(y)
    value = np.sum(y * softplus(-z) + (1 - y) * softplus(z))
    value = value / n
    gradient = sigmoid(z) - y
    gradient = gradient / n
    return value, gradient


@exercise.writing(ideas=("log_of_a_rounded_zero",))
def by_the_logarithm(z, y):
    y = np.reshape(y, (-1, 1))
    n = len(y)
    p = sigmoid(z)
    value = -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))
    value = value / n
    gradient = p - y
    gradient = gradient / n
    return value, gradient


@exercise.writing
def one_by_one(z, y):
    n = len(z)
    y = np.ravel(y)
    value = 0.0
    gradient = np.zeros((n, 1))
    for i in range(n):
        score = z[i, 0]
        loss = softplus(-score) if y[i] == 1 else softplus(score)
        value += loss
        gradient[i] = sigmoid(score) - y[i]
    value = value / n
    gradient = gradient / n
    return value, gradient


@exercise.writing(ideas=("small_number_inside_the_log",))
def with_a_small_number(z, y):
    small = 1e-5
    T = np.reshape(y, (-1, 1))
    p, q = sigmoid(z), 1 - sigmoid(z)
    value = np.mean(-T * np.log(p + small) - (1 - T) * np.log(q + small))
    return value, nn.logistic_loss(z, y)[1]


@exercise.writing(ideas=("array_expected",))
def by_a_method(z, y):
    return nn.logistic_loss(z, y.reshape(-1, 1))


@exercise.writing(ideas=("sigmoid_forgotten",))
def of_the_score(z, y):
    y = np.reshape(y, (-1, 1))
    value = -np.mean(y * np.log(z) + (1 - y) * np.log(1 - z))
    gradient = (z - y) / len(y)
    return value, gradient


@exercise.writing(ideas=("labels_taken_as_signs",))
def by_signs(z, y):
    y = np.reshape(y, (-1, 1))
    n = len(y)
    value = np.mean(softplus(-y * z))
    gradient = -y * sigmoid(-y * z) / n
    return value, gradient


COLUMN = "np.reshape(y, (-1, 1))"
LOSSES = "np.sum(y * softplus(-z) + (1 - y) * softplus(z))"
LOGARITHMS = "-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))"
CLIPPED = "1 - np.minimum(p, 1 - small)"
TWO_CASES = "softplus(-score) if y[i] == 1 else softplus(score)"

exercise.idea(
    "broadcast_to_a_square",
    "Labels of shape (n,) meet z of shape (n, 1), and NumPy broadcasts them to (n, n).",
    "Print the shape of z − y for n = 3. What should you do with y first?",
    {COLUMN: "np.asarray(y)"},
    {COLUMN: "np.asarray(y)", "np.sum(": "np.mean(", "value = value / n": "pass"},
    {"gradient = sigmoid(z) - y": "gradient = sigmoid(z) - np.squeeze(y)"},
    {LOSSES: LOSSES.replace("y *", "np.ravel(y) *").replace("- y", "- np.ravel(y)")},
    {
        LOSSES: LOSSES.replace("y *", "np.ravel(y) *").replace("- y", "- np.ravel(y)"),
        "value = value / n": "value = value / n / n",
    },
)
exercise.idea(
    "array_expected",
    "The labels are taken for an array, but they may be a plain list.",
    "A list has no `.reshape` and no arithmetic. Which function of NumPy takes both?",
    {"y.reshape(-1, 1)": "y.reshape(-1, 1)"},
    {"y.reshape(-1, 1)": "y.flatten()"},
    {"y.reshape(-1, 1)": "y.ravel()"},
    {"y.reshape(-1, 1)": "y[:, None] if y.ndim == 1 else y"},
    {"y.reshape(-1, 1)": "y.astype(float)"},
)
exercise.idea(
    "gradient_lies_flat",
    "The gradient has shape (n,), but it should have z's shape, (n, 1).",
    "The gradient by z is as large as z: one number per entry, in the same place.",
    {"gradient / n": "np.ravel(gradient) / n"},
)
exercise.idea(
    "log_of_a_rounded_zero",
    "This takes the log of a sigmoid, which is rounded to 0 or 1 far out: log 0.",
    "On paper, write −log σ(z) as a softplus, before the computer rounds anything.",
    {TWO_CASES: "-np.log(sigmoid(score)) if y[i] == 1 else -np.log(1 - sigmoid(score))"},
    {LOSSES: "np.sum(np.where(y == 1, -np.log(sigmoid(z)), -np.log(1 - sigmoid(z))))"},
    {
        LOSSES: "-np.sum(y * np.log(sigmoid(z)) + (1 - y) * np.log(1 - sigmoid(z)))",
        "gradient = sigmoid(z) - y": "p = np.exp(z) / (1 + np.exp(z))\ngradient = p - y",
    },
)
exercise.idea(
    "small_number_inside_the_log",
    "A small number (an epsilon) inside the log hides log 0, but also how wrong the answer is far "
    "out.",
    "On paper, write −log σ(z) as a softplus, before the computer rounds anything.",
    {LOSSES: "-np.sum(y * np.log(sigmoid(z) + 1e-8) + (1 - y) * np.log(1 - sigmoid(z) + 1e-8))"},
    *({"= 1e-5": f"= {small}"} for small in SMALL_NUMBERS),
    *(
        {"= 1e-5": f"= {small}", "p + small": "np.maximum(p, small)", "q + small": CLIPPED}
        for small in ("1e-12", "1e-15", "1e-16")
    ),
)
exercise.idea(
    "exponential_overflows",
    "This writes log(1 + e^z) literally, and the exponential overflows for large z.",
    "You have a softplus that is safe for every z.",
    {TWO_CASES: "np.log(1 + np.exp(-score)) if y[i] == 1 else np.log(1 + np.exp(score))"},
    {LOSSES: "np.sum(np.log(1 + np.exp(z)) - y * z)"},
    {LOSSES: "np.sum(np.log(1 + np.exp(-z)) + (1 - y) * z)"},
    {LOSSES: "np.sum(y * np.log(1 + np.exp(-z)) + (1 - y) * np.log(1 + np.exp(z)))"},
)
exercise.idea(
    "labels_taken_as_signs",
    "This is log(1 + e^{-yz}), the loss for labels −1 and +1, but these labels are 0 and 1.",
    "What does your formula give for y = 0, whatever z is?",
)
exercise.idea(
    "gradient_by_the_probability",
    "This is the gradient by the probability σ(z), not by z.",
    "One link of the chain is missing, from z to σ(z). Multiply by it, and much cancels.",
    {"gradient = sigmoid(z) - y": "p = sigmoid(z)\ngradient = (1 - y) / (1 - p) - y / p"},
    {"gradient = sigmoid(z) - y": "p = sigmoid(z)\ngradient = (p - y) / (p * (1 - p))"},
    {"gradient = p - y": "gradient = (1 - y) / (1 - p) - y / p"},
)
exercise.idea(
    "sigmoids_slope_left_in",
    "The gradient has one factor σ'(z) too many: for the log loss it cancels.",
    "Differentiate the loss by σ(z) first, then multiply by σ'(z), and see what is left.",
    {"gradient = sigmoid(z) - y": "p = sigmoid(z)\ngradient = (p - y) * p * (1 - p)"},
    {"gradient = p - y": "gradient = (p - y) * p * (1 - p)"},
)
exercise.idea(
    "labels_exchanged",
    "The labels are swapped: this rewards a large z if y is 0.",
    "Should the loss be small or large for y = 1 and z = 5?",
    {COLUMN: "1 - np.reshape(y, (-1, 1))"},
    {"np.ravel(y)": "1 - np.ravel(y)"},
)
exercise.idea(
    "labels_exchanged_in_the_value",
    "The labels are swapped in the value: y = 1 gets the loss of y = 0, and the other way round.",
    "Should the loss be small or large for y = 1 and z = 5? And what is your value there?",
    {LOSSES: "np.sum(y * softplus(z) + (1 - y) * softplus(-z))"},
    {"y[i] == 1": "y[i] == 0"},
    {LOGARITHMS: "-np.sum((1 - y) * np.log(p) + y * np.log(1 - p))"},
)
exercise.idea(
    "one_label_forgotten",
    "The value counts the examples of one label only: half of the formula is missing.",
    "What does your value say of an example with the other label?",
    {LOSSES: "np.sum(y * softplus(-z))"},
    {LOSSES: "np.sum((1 - y) * softplus(z))"},
    {LOGARITHMS: "-np.sum(y * np.log(p))"},
)
exercise.idea(
    "summed_over_examples",
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
    "mean_lost_in_the_gradient",
    "The gradient isn't divided by n, as the gradient of a mean is.",
    "If the value has a factor of 1/n, so does every derivative of it.",
    {"gradient = gradient / n": "pass"},
)
exercise.idea(
    "gradient_sign_turned",
    "The gradient has the wrong sign: it is truth minus prediction and points downhill.",
    "If the label is 0, the loss grows with z. So what sign has its slope there?",
    {"gradient = sigmoid(z) - y": "gradient = y - sigmoid(z)"},
    {"gradient = p - y": "gradient = y - p"},
    {"sigmoid(score) - y[i]": "y[i] - sigmoid(score)"},
)
exercise.idea(
    "last_example_only",
    "Only the last example counts in the value: each one overwrites the sum (=) instead of adding "
    "to it.",
    "What does `=` do in a loop, and what does `+=` do?",
    {"value += loss": "value = loss"},
)
exercise.idea(
    "one_value_per_example",
    "The value is an array with one number per example, but a loss is a single number.",
    "The losses of the examples are still to be averaged. Over which axis?",
    {LOSSES: "y * softplus(-z) + (1 - y) * softplus(z)", "value = value / n": "pass"},
    {LOGARITHMS: "-(y * np.log(p) + (1 - y) * np.log(1 - p))", "value = value / n": "pass"},
)
exercise.idea(
    "multiplied_by_the_scores",
    "The gradient is multiplied by z, as if it were by a weight of z, but it is by z itself.",
    "The gradient is by z itself. How does the loss change with a single z?",
    {"gradient = sigmoid(z) - y": "gradient = z.T @ (sigmoid(z) - y)"},
    {"gradient = sigmoid(z) - y": "gradient = z * (sigmoid(z) - y)"},
)
exercise.idea(
    "minus_lost",
    "The value has the wrong sign: the minus in front of the logarithm is missing.",
    "A logarithm of a probability is negative. Can a loss be?",
    {"value = value / n": "value = -value / n"},
)
exercise.idea(
    "sigmoid_taken_twice",
    "The sigmoid is applied twice.",
    "z comes before the sigmoid. How often is the sigmoid applied until there is a probability?",
    {"n = len(y)": "n = len(y)\nz = sigmoid(z)"},
)
exercise.idea(
    "sigmoid_forgotten",
    "The sigmoid is missing: z is taken for a probability.",
    "z may be any number. What turns it into a probability?",
    {"gradient = sigmoid(z) - y": "gradient = z - y"},
    {"sigmoid(score)": "score"},
)
exercise.idea(
    "value_in_an_array",
    "The value is an array that holds a single number, but it should be that number.",
    "A product of two matrices is a matrix, and a mean with axis=0 keeps an axis.",
    {"value = value / n": "value = np.reshape(value / n, (1,))"},
    {"value = value / n": "value = np.reshape(value / n, (1, 1))"},
)
exercise.idea(
    "gradient_not_returned",
    "Only the value is returned; the gradient belongs to the answer, too.",
    "The answer is a pair. What does `return a, b` give?",
    {"return value, gradient": "return value"},
)
