"""Questions and known mistakes of `squared_loss`."""

import numpy as np

from course.exercises.backprop.numerics import CUT
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
        "the 2 from the square, the 1/n stays, and what is left is (ŷ − y)/n.",
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
    yield Question(
        "two examples, one output, whole numbers",
        {"Y_hat": np.array([[3], [0]]), "Y": np.array([[1], [1]])},
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
    yield Question("float32", short)
    far = {
        "Y_hat": np.array([[1e6, -1e6, 0.0]]),
        "Y": np.array([[-1e6, rng.normal(), rng.uniform(0.5, 1)]]),
    }
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
exercise.idea(
    "gradient_divided_by_the_columns",
    "The gradient is divided by k, the number of columns, but the mean is over the n rows.",
    "An example is a row. Which entry of `shape` counts the rows?",
    {"gradient / n": "gradient / R.shape[1]"},
)
exercise.idea(
    "summed_over_rows",
    "The division by n is missing: the loss of a batch is the mean over its rows, not the sum.",
    "If every example were in the batch twice, should the loss double?",
    {"value = value / n": "pass", "gradient = gradient / n": "pass"},
    {"square = square / n": "pass", "slope = slope / n": "pass"},
)
exercise.idea(
    "value_averaged_over_columns_too",
    "The value is divided by n·k, rows times columns, but the mean is over the n rows only.",
    "The squares within a row are summed (‖·‖² is a sum). What does np.mean do without an axis?",
    {"value = value / n": "value = value / R.size"},
)
exercise.idea(
    "gradient_averaged_over_columns_too",
    "The gradient is divided by n·k, rows times columns, but the mean is over the n rows only.",
    "The value has a factor of 1/n in front. So which factor has every derivative of it?",
    {"gradient / n": "gradient / R.size"},
)
exercise.idea(
    "half_lost_in_the_value",
    "The value is twice what it should be: the ½ is missing in front of the square.",
    "Compare with the formula: what is in front of the square, and what is it good for?",
    {"value = value / 2": "pass"},
    {"square = square / 2": "pass"},
)
exercise.idea(
    "half_lost_in_the_gradient",
    "The gradient is twice what it should be: it belongs to a loss without the ½.",
    "Differentiate ½(ŷ − y)². What becomes of the 2?",
    {"gradient = R": "gradient = 2 * R"},
    {"slope = R": "slope = 2 * R"},
)
exercise.idea(
    "half_kept_in_the_gradient",
    "The gradient is half of what it should be: the ½ cancels the 2 from the square.",
    "Differentiate ½(ŷ − y)². What becomes of the 2?",
    {"gradient = R": "gradient = R / 2"},
    {"slope = R": "slope = R / 2"},
)
exercise.idea(
    "value_not_divided",
    "The value is a sum over the rows, but the loss of a batch is their mean.",
    "If every example were in the batch twice, should the loss double?",
    {"value = value / n": "pass"},
    {"square = square / n": "pass"},
)
exercise.idea(
    "gradient_not_divided",
    "The gradient isn't divided by n, as the gradient of a mean is.",
    "If the value has a factor of 1/n, so does every derivative of it.",
    {"gradient = gradient / n": "pass"},
    {"slope = slope / n": "pass"},
)
exercise.idea(
    "gradient_divided_twice",
    "The gradient is divided by n twice.",
    "The factor 1/n of the mean occurs once. Where else do you divide?",
    {"gradient / n": "gradient / n / n"},
)
exercise.idea(
    "divided_by_the_columns",
    "This divides by the number of columns, but the mean is over the rows.",
    "An example is a row. Which entry of Y's shape counts the examples?",
    {"n = len(Y)": "n = np.shape(Y)[1]"},
)
exercise.idea(
    "gradient_sign_turned",
    "The gradient has the wrong sign: it is made of y − ŷ and points downhill.",
    "The gradient points where the loss grows. If ŷ is already too large, which way is that?",
    {"gradient = R": "gradient = -R"},
    {"slope = R": "slope = -R"},
)
exercise.idea(
    "gradient_averaged_over_examples",
    "The gradient is averaged over the rows, but each prediction has a slope of its own.",
    "A gradient has the shape of what it is the gradient by. What shape has Ŷ?",
    {"gradient = gradient / n": "gradient = np.mean(gradient, axis=0)"},
    {"gradient = gradient / n": "gradient = np.mean(gradient, axis=0, keepdims=True)"},
)
exercise.idea(
    "value_is_the_mean_of_all_squares",
    "The value is the mean of all squares, as in many libraries: here it has a ½ in front, and "
    "the mean is over the rows only.",
    "Which sum in the formula runs over the columns? Is it divided by their number?",
    {"value = value / 2": "pass", "value = value / n": "value = value / R.size"},
)
exercise.idea(
    "gradient_of_a_single_square",
    "The gradient is 2(ŷ − y), that of a single square: the ½ and the 1/n are missing.",
    "The value has two factors in front of the sum. What becomes of them?",
    {"gradient = R": "gradient = 2 * R", "gradient = gradient / n": "pass"},
)
exercise.idea(
    "last_example_only",
    "Only the last example counts in the value: each one overwrites the sum (=) instead of adding "
    "to it.",
    "What does `=` do in a loop, and what does `+=` do?",
    {"value += square": "value = square"},
)
exercise.idea(
    "length_not_squared",
    "The square is missing: the value uses the length ‖ŷ − y‖ itself.",
    "np.linalg.norm takes a square root. Does the formula?",
    {"np.sum(R**2)": "np.sum(np.linalg.norm(R, axis=1))"},
    {"np.sum(R**2)": "np.linalg.norm(R)"},
    {"R @ R": "np.sqrt(R @ R)"},
)
exercise.idea(
    "root_taken",
    "There is a square root around the mean in the value, as in an RMSE.",
    "Does the formula have a root? Only a length has one.",
    {"value = value / n": "value = np.sqrt(value / n)"},
)
exercise.idea(
    "not_squared",
    "The differences ŷ − y aren't squared in the value.",
    "Should one prediction that is too large and another that is too small cancel?",
    {"R**2": "R"},
    {"R**2": "np.abs(R)"},
)
exercise.idea(
    "one_value_per_example",
    "The value is an array with one number per example, but a loss is a single number.",
    "What does a sum with axis=1 leave, and what is then still to be averaged?",
    {"np.sum(R**2)": "np.sum(R**2, axis=1)"},
    {"np.sum(R**2)": "np.sum(R**2, axis=1)", "value = value / n": "pass"},
)
exercise.idea(
    "gradient_not_returned",
    "Only the value is returned; the gradient belongs to the answer, too.",
    "The answer is a pair. What does `return a, b` give?",
    {"return value, gradient": "return value"},
)
exercise.idea(
    "value_not_returned",
    "Only the gradient is returned; the value belongs to the answer, too.",
    "The answer is a pair. What does `return a, b` give?",
    {"return value, gradient": "return gradient"},
)
exercise.idea(
    "gradient_first",
    "The gradient comes first, but (value, gradient) is expected.",
    "Read what the docstring says about the result.",
    {"return value, gradient": "return gradient, value"},
)
exercise.idea(
    "writes_into_the_predictions",
    "The residuals are written into Y_hat in place, as with `-=`, and Y_hat is the caller's array.",
    "`-=` changes the array itself. Build a new one.",
    {"R = Y_hat - Y": "Y_hat -= Y\nR = Y_hat"},
    {"R = Y_hat[i] - Y[i]": "Y_hat[i] -= Y[i]\nR = Y_hat[i]"},
)
exercise.idea("cut_to_integers", *CUT, {"np.zeros(np.shape(Y))": "np.zeros_like(Y)"})
