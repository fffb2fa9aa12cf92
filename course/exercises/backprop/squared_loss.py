"""Questions and known mistakes of `squared_loss`."""

import numpy as np

from course.exercises.backprop.numerics import SINGLE
from course.exercises.engine import Exercise, Question
from course.nn import backprop as nn

exercise = Exercise(
    nn.squared_loss,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "Start with the value for one row: half the squared length of ŷ − y. Then what is the mean "
        "over n rows?",
        "Everything is made of the residuals Ŷ − Y. The sum runs over all n·k of them, but you "
        "divide by n alone. For the gradient, ask how the value changes with a single ŷ.",
        "Each ŷ appears in one square, with ½ and 1/n in front. Differentiate that: the ½ cancels "
        "the 2 from the square, and the 1/n stays.",
    ),
)


@exercise.public
def public():
    yield Question(
        "one example, two outputs",
        {"Y_hat": np.array([[3.0, 1.0]]), "Y": np.array([[1.0, 0.0]])},
    )
    yield Question(
        "two examples, three outputs",
        {
            "Y_hat": np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 4.0]]),
            "Y": np.array([[0.0, 2.0, 2.0], [1.0, 1.0, 1.0]]),
        },
    )


@exercise.secret
def secret(rng):
    def batch(n, k):
        return {"Y_hat": rng.normal(size=(n, k)), "Y": rng.normal(size=(n, k))}

    yield Question("more examples than outputs", batch(5, 2), weight=2)
    yield Question("more outputs than examples", batch(2, 4), weight=2)
    yield Question("a batch of one", batch(1, 3))
    yield Question("a single output", batch(4, 1))
    yield Question(
        "integers",
        {"Y_hat": rng.integers(3, 7, size=(3, 2)), "Y": rng.integers(-4, 3, size=(3, 2))},
    )
    short = {name: Y.astype(np.float32) for name, Y in batch(3, 4).items()}
    yield Question("float32", short, **SINGLE)
    far = {"Y_hat": np.array([[1e6, -1e6]]), "Y": np.array([[-1e6, rng.normal()]])}
    yield Question("numbers as large as a million", far)


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def step_by_step(Y_hat, Y):
    n = len(Y)
    R = Y_hat - Y
    value = np.sum(R**2)
    value = value / 2
    value = value / n
    gradient = R
    gradient = gradient / n
    return value, gradient


@exercise.writing
def row_by_row(Y_hat, Y):
    n = len(Y)
    value = 0.0
    gradient = np.zeros(np.shape(Y))
    for i in range(n):
        R = Y_hat[i] - Y[i]
        square = R @ R
        square = square / 2
        square = square / n
        value += square
        slope = R
        slope = slope / n
        gradient[i] = slope
    return value, gradient


exercise.idea(
    "half_lost",
    "The factor ½ is missing: value and gradient are twice what they should be.",
    "Compare with the formula: what is in front of the square, and what is it good for?",
    {"value = value / 2": "pass", "gradient = R": "gradient = 2 * R"},
    {"square = square / 2": "pass", "slope = R": "slope = 2 * R"},
)
exercise.idea(
    "averaged_over_columns_too",
    "This divides by n·k, rows times columns, but the mean is over the n rows only.",
    "The squares within a row are summed (‖·‖² is a sum). What does np.mean do without an axis?",
    {"value = value / n": "value = value / R.size", "gradient / n": "gradient / R.size"},
)


@exercise.mistake(
    "This is the sum over the rows, but the loss of a batch is their mean.",
    "If every example were in the batch twice, should the loss double?",
)
def summed_over_rows(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value * len(Y), gradient * len(Y)


@exercise.mistake(
    "The value is divided by n·k, rows times columns, but the mean is over the n rows only.",
    "The squares within a row are summed (‖·‖² is a sum). What does np.mean do without an axis?",
)
def value_averaged_over_columns_too(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value / np.shape(Y)[1], gradient


@exercise.mistake(
    "The gradient is twice what it should be: it belongs to a loss without the ½.",
    "Differentiate ½(ŷ − y)². What becomes of the 2?",
)
def half_lost_in_the_gradient(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value, 2 * gradient


@exercise.mistake(
    "The value is a mean, but its gradient isn't divided by n.",
    "If the value has a factor of 1/n, so does every derivative of it.",
)
def gradient_not_divided(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value, gradient * len(Y)


@exercise.mistake(
    "The gradient is (y − ŷ)/n: it has the wrong sign, so it points downhill.",
    "The gradient points where the loss grows. If ŷ is already too large, which way is that?",
)
def gradient_sign_turned(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value, -gradient


@exercise.mistake(
    "The value uses ‖ŷ − y‖ without the square.",
    "np.linalg.norm takes a square root. Does the formula?",
)
def length_not_squared(Y_hat, Y):
    _, gradient = nn.squared_loss(Y_hat, Y)
    return np.linalg.norm(np.subtract(Y_hat, Y), axis=1).mean() / 2, gradient


@exercise.mistake(
    "The numbers are right, but the residuals are written into Y_hat, which is the caller's.",
    "`-=` changes the array itself. Build a new one.",
)
def writes_into_the_predictions(Y_hat, Y):
    answer = nn.squared_loss(Y_hat, Y)
    Y_hat -= Y
    return answer
