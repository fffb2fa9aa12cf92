"""Questions and known mistakes of unit 5: the chain rule for layers, and the losses it starts from.

Activations with derivatives that questions hand out (sine, square, cube, leaky) are none of those
asked for, and neither are the losses.
"""

from itertools import pairwise

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import backprop as nn
from course.nn.neuron import relu, sigmoid, softplus, tanh

SINGLE = {"rtol": 1e-3, "atol": 1e-5}  # float32 in, so float32's digits will do
FLOOR = 1e-8  # of the denominator of a relative error
RIGHT_GRADIENT = 1e-5  # below it a gradient counts as right: what remains is rounding
FAR_OUT = np.array([-1e6, -750.0, -40.0, 0.0, 40.0, 750.0, 1e6])


def one_hot(y, k):
    return np.eye(k)[np.asarray(y)]


# -------------------------------------------------------------------------------------- d_sigmoid

d_sigmoid = Exercise(
    nn.d_sigmoid,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "Differentiate 1/(1+e^{-z}) on paper, then look for the sigmoid itself in what you get.",
        "The derivative is e^{-z}/(1+e^{-z})². One factor of it is σ(z); what is the other, if "
        "1 − σ(z) = e^{-z}/(1+e^{-z})?",
        "It is σ(z) times 1 − σ(z). You have a sigmoid that is safe for every z: evaluate it "
        "once and use its value twice.",
    ),
)


@d_sigmoid.public
def _():
    yield Question("one number", {"z": 0.0})
    yield Question("three numbers, elementwise", {"z": np.array([-1.0, 0.0, 2.0])})
    yield Question("far out on both sides", {"z": np.array([-1000.0, 1000.0])})


@d_sigmoid.secret
def _(rng):
    yield Question("a number", {"z": float(rng.uniform(0.5, 2))})
    yield Question("a matrix", {"z": rng.normal(size=(3, 4))}, weight=2)
    yield Question("integers", {"z": rng.integers(-3, 4, size=5)})
    yield Question("float32", {"z": rng.normal(size=4).astype(np.float32)}, **SINGLE)
    yield Question("numbers as large as a million", {"z": FAR_OUT})


@d_sigmoid.mistake(
    "This is z(1 − z): right if z were the sigmoid's output, but z is the pre-activation.",
    "The rule a(1 − a) is about a = σ(z). Which of the two are you given?",
)
def rule_for_the_output_applied_to_z(z):
    z = np.asarray(z, dtype=float)
    return z * (1 - z)


@d_sigmoid.mistake(
    "This is the derivative at σ(z): the sigmoid was taken twice.",
    "Count how often the sigmoid is applied to z before the rule s(1 − s) is used.",
)
def sigmoid_taken_twice(z):
    s = sigmoid(sigmoid(z))
    return s * (1 - s)


@d_sigmoid.mistake(
    "This is σ(z) itself, not its derivative.",
    "How steep is the sigmoid far out, where it is nearly flat? Your answer there isn't flat.",
)
def sigmoid_itself(z):
    return sigmoid(z)


@d_sigmoid.mistake(
    "This is 1 − σ(z)², which has the form of tanh's derivative.",
    "Each activation has its own rule. How steep is the sigmoid at z = 0?",
)
def rule_of_tanh(z):
    return 1 - sigmoid(z) ** 2


@d_sigmoid.mistake(
    "This is −σ(z)(1 − σ(z)): the inner derivative of −z was lost.",
    "The sigmoid grows everywhere. Which sign must its derivative have?",
)
def inner_sign_lost(z):
    s = sigmoid(z)
    return s * (s - 1)


@d_sigmoid.mistake(
    "This is e^{-z}/(1+e^{-z})² as it stands; for very negative z it is infinity over infinity.",
    "You have a sigmoid that is safe for every z. Can you write the derivative with nothing else?",
)
def quotient_overflows(z):
    e = np.exp(-np.asarray(z, dtype=float))
    return e / (1 + e) ** 2


# ----------------------------------------------------------------------------------------- d_tanh

d_tanh = Exercise(
    nn.d_tanh,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "tanh is a quotient, sinh over cosh. The quotient rule turns it into something short.",
        "sinh' = cosh and cosh' = sinh, so the quotient rule gives (cosh² − sinh²)/cosh². "
        "Divide each part by cosh².",
        "What remains is 1 minus a square, and the square is of tanh(z), not of z.",
    ),
)


@d_tanh.public
def _():
    yield Question("one number", {"z": 0.0})
    yield Question("three numbers, elementwise", {"z": np.array([-1.0, 0.5, 2.0])})


@d_tanh.secret
def _(rng):
    yield Question("a number", {"z": float(rng.uniform(0.5, 2))})
    yield Question("a matrix", {"z": rng.normal(size=(4, 3))}, weight=2)
    yield Question("integers", {"z": rng.integers(-3, 4, size=5)})
    yield Question("float32", {"z": rng.normal(size=4).astype(np.float32)}, **SINGLE)
    yield Question("numbers as large as a million", {"z": FAR_OUT})


@d_tanh.mistake(
    "This is 1 − z²: right if z were tanh's output, but z is the pre-activation.",
    "The rule 1 − a² is about a = tanh(z). Which of the two are you given?",
)
def output_rule_applied_to_z(z):
    return 1 - np.asarray(z, dtype=float) ** 2


@d_tanh.mistake(
    "This is 1 − tanh(z): the square is lost.",
    "tanh is as steep at −z as at z. Is your derivative the same on both sides?",
)
def square_lost(z):
    return 1 - tanh(z)


@d_tanh.mistake(
    "This is tanh(z)(1 − tanh(z)), which has the form of the sigmoid's derivative.",
    "Each activation has its own rule. How steep is tanh at z = 0?",
)
def rule_of_the_sigmoid(z):
    t = tanh(z)
    return t * (1 - t)


@d_tanh.mistake(
    "This is the derivative at tanh(z): tanh was taken twice.",
    "Count how often tanh is applied to z before the rule 1 − t² is used.",
)
def tanh_taken_twice(z):
    return 1 - tanh(tanh(z)) ** 2


@d_tanh.mistake(
    "This writes tanh with exponentials, which overflow far out: infinity over infinity.",
    "You have a tanh that is safe for every z. Can you write the derivative with nothing else?",
)
def exponentials_overflow(z):
    z = np.asarray(z, dtype=float)
    up, down = np.exp(z), np.exp(-z)
    return 1 - ((up - down) / (up + down)) ** 2


# ----------------------------------------------------------------------------------------- d_relu

d_relu = Exercise(
    nn.d_relu,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "Draw relu. It is made of two straight lines; what is the slope of each?",
        "The slope depends on z's sign alone. A comparison of an array with a number gives an "
        "array of True and False, entry by entry.",
        "True counts as 1 and False as 0. At z = 0 you may choose; don't divide by anything there.",
    ),
)


@d_relu.public
def _():
    yield Question("one number", {"z": 3.0})
    yield Question("three numbers, elementwise", {"z": np.array([-2.0, 0.5, 4.0])})
    yield Question(
        "the corner is among them; any number from 0 to 1 is right there",
        {"z": np.array([-1.0, 0.0, 1.0])},
        view="slope_free_at_zero",
    )


@d_relu.secret
def _(rng):
    numbers = np.concatenate([-rng.uniform(0.1, 3, size=6), rng.uniform(0.1, 3, size=6)])
    yield Question("a number", {"z": float(-rng.uniform(1.5, 3))}, weight=0.5)
    yield Question("a matrix", {"z": rng.permutation(numbers).reshape(3, 4)}, weight=2)
    yield Question("integers", {"z": rng.permutation(np.array([-3, -1, 2, 5]))})
    yield Question("float32", {"z": rng.permutation(numbers[4:8]).astype(np.float32)})
    yield Question("large and tiny numbers", {"z": np.array([-1e6, -1e-9, 1e-9, 1e6])})
    yield Question(
        "zeros among other numbers",
        {"z": rng.permutation(np.array([0.0, 0.0, -2.0, 3.0]))},
        view="slope_free_at_zero",
    )


@d_relu.mistake(
    "This is relu itself, not its slope.",
    "Going from z = 2 to z = 3, how much does relu grow? And from 20 to 21?",
)
def relu_itself(z):
    return relu(z)


@d_relu.mistake(
    "This is 1 where relu is flat and 0 where it climbs: the two sides are exchanged.",
    "On which side of 0 does relu pass its argument through?",
)
def sides_exchanged(z):
    return (np.asarray(z) < 0).astype(float)


@d_relu.mistake(
    "This is the sign of z: −1 on the left, where relu is flat.",
    "Draw relu left of 0. Does it go down as z grows?",
)
def sign_of_z(z):
    return np.sign(np.asarray(z, dtype=float))


@d_relu.mistake(
    "This works for one number only: an `if` can't decide for a whole array.",
    "A comparison of an array gives an array of answers. Use it as it is, without `if`.",
)
def one_number_only(z):
    return 1.0 if z > 0 else 0.0


@d_relu.mistake(
    "This divides relu(z) by z, and at the corner that is 0/0.",
    "At z = 0 any slope from 0 to 1 will do, but it has to be a number.",
)
def divides_at_the_corner(z):
    z = np.asarray(z, dtype=float)
    return np.maximum(z, 0) / z


@d_relu.mistake(
    "The numbers are right, but they were written into z, which belongs to the caller.",
    "Whoever called you still needs z. Build a new array.",
)
def writes_into_z(z):
    z[z <= 0] = 0
    z[z > 0] = 1
    return z


# --------------------------------------------------------------------------------- gradient_check

gradient_check = Exercise(
    nn.gradient_check,
    points=3,
    minutes=15,
    difficulty=3,
    hints=(
        "It is numerical_derivative of lesson 4, once for every entry of theta, all others held "
        "still; then compare each with the entry of grad in the same place.",
        "Work on a float64 copy of theta. np.ndindex(theta.shape) goes through the places of an "
        "array of any shape. Put the old number back before you go on to the next place.",
        "For each place: one value of f with eps added there, one with eps taken away, their "
        "difference over 2·eps. Divide |g − ĝ| by the largest of |g|, |ĝ| and 1e-8, and keep the "
        "largest of these quotients.",
    ),
)


@gradient_check.public
def _():
    cubes, theta = stock.sum_of_cubes, np.array([1.0, 2.0])
    yield Question(
        "a right gradient: the answer is nearly 0",
        {"f": cubes, "theta": theta, "grad": np.array([3.0, 12.0])},
        atol=RIGHT_GRADIENT,
    )
    yield Question(
        "a gradient with one wrong entry",
        {"f": cubes, "theta": theta, "grad": np.array([3.0, 24.0])},
        atol=RIGHT_GRADIENT,
    )
    yield Question(
        "a right gradient, but a step so large that it shows",
        {"f": cubes, "theta": theta, "grad": np.array([3.0, 12.0]), "eps": 0.5},
    )
    yield Question(
        "a right gradient with a zero in it",
        {"f": cubes, "theta": np.array([0.0, 2.0]), "grad": np.array([0.0, 12.0])},
        atol=RIGHT_GRADIENT,
    )


@gradient_check.secret
def _(rng):
    cubes, rows = stock.sum_of_cubes, stock.product_of_row_sums
    # Halves and quarters, so that adding a step of a half and taking it away again leaves no dust.
    theta = rng.permutation(np.array([-1.5, 0.75, 1.0, 2.25]))
    off = 3 * theta**2
    off[rng.integers(4)] *= 1.5
    yield Question(
        "one wrong entry and a large step",
        {"f": cubes, "theta": theta, "grad": off, "eps": 0.5},
        unchanged=False,
        weight=2,
    )
    matrix = rng.permutation(np.array([0.5, 1.0, 1.5, 2.0, 2.5, 3.0])).reshape(3, 2)
    sums = matrix.sum(axis=1, keepdims=True)
    slopes = np.repeat(sums.prod() / sums, 2, axis=1)
    off = slopes.copy()
    off[tuple(rng.integers((3, 2)))] *= -1.25
    yield Question(
        "a matrix whose entries depend on each other, the gradient wrong in one place",
        {"f": rows, "theta": matrix, "grad": off, "eps": 0.5},
        unchanged=False,
        weight=2,
    )
    yield Question(
        "a matrix whose entries depend on each other, the gradient right",
        {"f": rows, "theta": matrix, "grad": slopes, "eps": 0.5},
        unchanged=False,
        weight=2,
        atol=RIGHT_GRADIENT,
    )
    falling = matrix * [[-1], [1], [1]]
    sums = falling.sum(axis=1, keepdims=True)
    off = np.repeat(sums.prod() / sums, 2, axis=1)
    off[rng.integers(1, 3), rng.integers(2)] /= 2
    yield Question(
        "a function that falls, its gradient too small in one place",
        {"f": rows, "theta": falling, "grad": off, "eps": 0.5},
        unchanged=False,
    )
    whole = rng.permutation(np.array([-2, 1, 3]))
    yield Question(
        "theta of integers, one wrong entry and a large step",
        {"f": cubes, "theta": whole, "grad": np.where(whole == 3, 18.0, 3 * whole**2), "eps": 0.5},
        unchanged=False,
    )
    short = rng.permutation(np.array([-1.5, 0.75, 1.25])).astype(np.float32)
    yield Question(
        "theta of float32, one wrong entry: a small step needs more digits",
        {"f": cubes, "theta": short, "grad": np.where(short == 1.25, 9, 3 * short**2)},
        unchanged=False,
        atol=RIGHT_GRADIENT,
    )
    yield Question(
        "a flat spot: both gradients nearly zero",
        {"f": cubes, "theta": np.zeros(2), "grad": np.zeros(2)},
        unchanged=False,
    )
    theta = rng.uniform(0.5, 3, size=(5, 4))
    yield Question(
        "every sign wrong; and is theta as before afterwards?",
        {"f": cubes, "theta": theta, "grad": -3 * theta**2},
        atol=RIGHT_GRADIENT,
    )


def _relative_errors(f, theta, grad, eps, numerical=None):
    theta = np.array(theta, dtype=float)
    g, g_hat = np.asarray(grad, dtype=float), np.empty_like(theta)
    for place in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[place] = eps
        if numerical:
            g_hat[place] = numerical(theta, step)
        else:
            g_hat[place] = (f(theta + step) - f(theta - step)) / (2 * eps)
    return g, g_hat, np.maximum(np.maximum(np.abs(g), np.abs(g_hat)), FLOOR)


@gradient_check.mistake(
    "This is the one-sided difference (f(θ + eps) − f(θ))/eps, whose error shrinks only like eps.",
    "Step to both sides. How far apart are the two points then?",
)
def one_sided(f, theta, grad, eps=1e-6):
    g, g_hat, size = _relative_errors(
        f, theta, grad, eps, lambda t, step: (f(t + step) - f(t)) / eps
    )
    return np.max(np.abs(g - g_hat) / size)


@gradient_check.mistake(
    "This divides by eps although the two points are 2 eps apart.",
    "Draw the two points left and right of θ, and measure the distance between them.",
)
def step_counted_once(f, theta, grad, eps=1e-6):
    g, g_hat, size = _relative_errors(
        f, theta, grad, eps, lambda t, step: (f(t + step) - f(t - step)) / eps
    )
    return np.max(np.abs(g - g_hat) / size)


@gradient_check.mistake(
    "This is the largest absolute error |g − ĝ|; it isn't divided by the gradient's size.",
    "Is an error of 0.01 large? That depends on what it is an error of.",
)
def absolute_error(f, theta, grad, eps=1e-6):
    g, g_hat, _ = _relative_errors(f, theta, grad, eps)
    return np.max(np.abs(g - g_hat))


@gradient_check.mistake(
    "This is the mean of the errors; one wrong entry among many right ones drowns in it.",
    "A gradient is wrong when any entry is. Which number of the list tells you that?",
)
def mean_for_largest(f, theta, grad, eps=1e-6):
    g, g_hat, size = _relative_errors(f, theta, grad, eps)
    return np.mean(np.abs(g - g_hat) / size)


@gradient_check.mistake(
    "This divides by the sum |g| + |ĝ|, where the larger of the two was asked for.",
    "Read the formula's denominator once more. Both conventions exist; here it is the maximum.",
)
def divides_by_the_sum(f, theta, grad, eps=1e-6):
    g, g_hat, _ = _relative_errors(f, theta, grad, eps)
    return np.max(np.abs(g - g_hat) / np.maximum(np.abs(g) + np.abs(g_hat), FLOOR))


@gradient_check.mistake(
    "Where both gradients are 0 this is 0/0: the floor of 1e-8 in the denominator is missing.",
    "What should the error be where both say 0? The third entry of the maximum is there for that.",
)
def no_floor(f, theta, grad, eps=1e-6):
    g, g_hat, _ = _relative_errors(f, theta, grad, eps)
    return np.max(np.abs(g - g_hat) / np.maximum(np.abs(g), np.abs(g_hat)))


@gradient_check.mistake(
    "The error keeps its sign, so an entry that is too small never counts.",
    "Too small is as wrong as too large. Look for the bars in the formula.",
)
def error_keeps_its_sign(f, theta, grad, eps=1e-6):
    g, g_hat, size = _relative_errors(f, theta, grad, eps)
    return np.max((g - g_hat) / size)


@gradient_check.mistake(
    "This moves all entries at once, so it measures one slope and not one for each entry.",
    "A partial derivative moves one entry and holds all others still.",
)
def all_entries_at_once(f, theta, grad, eps=1e-6):
    g, g_hat, size = _relative_errors(
        f, theta, grad, eps, lambda t, _: (f(t + eps) - f(t - eps)) / (2 * eps)
    )
    return np.max(np.abs(g - g_hat) / size)


@gradient_check.mistake(
    "The step isn't undone: when the second entry is measured, the first one is still moved.",
    "After each entry θ must be as it was before. Where do you put the old number back?",
)
def step_not_undone(f, theta, grad, eps=1e-6):
    moved = np.array(theta, dtype=float)

    def numerical(_, step):
        nonlocal moved
        above = f(moved + step)
        moved = moved - step
        return (above - f(moved)) / (2 * eps)

    g, g_hat, size = _relative_errors(f, theta, grad, eps, numerical)
    return np.max(np.abs(g - g_hat) / size)


@gradient_check.mistake(
    "The step is added to an array of integers or of float32, where most or all of it is lost.",
    "How close to 1 is the next number such an array can hold? Work on a float64 copy.",
)
def step_lost_in_the_type(f, theta, grad, eps=1e-6):
    theta = np.array(theta)

    def numerical(_, step):
        place = np.unravel_index(np.argmax(step), step.shape)
        above, below = theta.copy(), theta.copy()
        above[place] += eps
        below[place] -= eps
        return (f(above) - f(below)) / (2 * eps)

    g, g_hat, size = _relative_errors(f, theta, grad, eps, numerical)
    return np.max(np.abs(g - g_hat) / size)


@gradient_check.mistake(
    "The answer is right, but θ was moved up and down by adding, and came back with rounding dust.",
    "Adding and subtracting a step need not end where it began. Keep the old number, or a copy.",
)
def restores_by_adding(f, theta, grad, eps=1e-6):
    if theta.dtype != np.float64:
        theta = theta.astype(np.float64)
    worst = 0.0
    for place in np.ndindex(theta.shape):
        theta[place] += eps
        above = f(theta)
        theta[place] -= 2 * eps
        below = f(theta)
        theta[place] += eps
        g, g_hat = grad[place], (above - below) / (2 * eps)
        worst = max(worst, abs(g - g_hat) / max(abs(g), abs(g_hat), FLOOR))
    return worst


@gradient_check.mistake(
    "This is 0 for every gradient, also for a wrong one.",
    "A check that can't fail checks nothing. What should it say of a wrong gradient?",
)
def always_content(f, theta, grad, eps=1e-6):
    return 0.0


# ----------------------------------------------------------------------------------- squared_loss

squared_loss = Exercise(
    nn.squared_loss,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "First the value for one row: half the squared length of ŷ − y. Then what is the mean "
        "over n rows?",
        "Everything is made of the residuals Ŷ − Y. The sum runs over all n·k of them, the "
        "division is by n alone. For the gradient ask how the value moves with one single ŷ.",
        "One ŷ appears in one square, with ½ and 1/n in front. Differentiate that: the ½ meets "
        "the 2 of the square, the 1/n stays.",
    ),
)


@squared_loss.public
def _():
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


@squared_loss.secret
def _(rng):
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


@squared_loss.mistake(
    "This is the sum over the rows; the loss of a batch is the mean over them.",
    "If every example stood twice in the batch, should the loss double?",
)
def summed_over_rows(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value * len(Y), gradient * len(Y)


@squared_loss.mistake(
    "This divides by n·k, rows times columns; the mean is over the n rows alone.",
    "Within a row the squares are summed (‖·‖² is a sum). What does np.mean without an axis do?",
)
def averaged_over_columns_too(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value / np.shape(Y)[1], gradient / np.shape(Y)[1]


@squared_loss.mistake(
    "The value is divided by n·k, rows times columns; the mean is over the n rows alone.",
    "Within a row the squares are summed (‖·‖² is a sum). What does np.mean without an axis do?",
)
def value_averaged_over_columns_too(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value / np.shape(Y)[1], gradient


@squared_loss.mistake(
    "The factor ½ is lost: value and gradient are twice what they should be.",
    "Compare with the formula: what stands in front of the square, and what is it good for?",
)
def half_lost(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return 2 * value, 2 * gradient


@squared_loss.mistake(
    "The gradient is twice what it should be: it belongs to a loss without the ½.",
    "Differentiate ½(ŷ − y)². What becomes of the 2?",
)
def half_lost_in_the_gradient(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value, 2 * gradient


@squared_loss.mistake(
    "The value is a mean, but its gradient isn't divided by n.",
    "If the value has 1/n in front, so has every derivative of it.",
)
def gradient_not_divided(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value, gradient * len(Y)


@squared_loss.mistake(
    "The gradient is (y − ŷ)/n: the sign is turned, so it points downhill.",
    "The gradient points to where the loss grows. If ŷ is already too large, which way is that?",
)
def gradient_sign_turned(Y_hat, Y):
    value, gradient = nn.squared_loss(Y_hat, Y)
    return value, -gradient


@squared_loss.mistake(
    "The value holds ‖ŷ − y‖ without the square.",
    "np.linalg.norm takes a square root. Does the formula?",
)
def length_not_squared(Y_hat, Y):
    _, gradient = nn.squared_loss(Y_hat, Y)
    return np.linalg.norm(np.subtract(Y_hat, Y), axis=1).mean() / 2, gradient


@squared_loss.mistake(
    "The numbers are right, but the residuals were written into Y_hat, which is the caller's.",
    "`-=` changes an array where it is. Build a new one.",
)
def writes_into_the_predictions(Y_hat, Y):
    answer = nn.squared_loss(Y_hat, Y)
    Y_hat -= Y
    return answer


# ---------------------------------------------------------------------------------- logistic_loss

logistic_loss = Exercise(
    nn.logistic_loss,
    points=3,
    minutes=15,
    difficulty=3,
    hints=(
        "Bring y into the shape of z before anything else. Then write −log σ(z) and "
        "−log(1 − σ(z)) with the softplus of lesson 1: no log of a sigmoid needs to be taken.",
        "−log σ(z) = softplus(−z) is the loss where y = 1, and softplus(z) the loss where y = 0. "
        "For the gradient, differentiate softplus: its slope is the sigmoid.",
        "At y = 0 the slope is σ(z), at y = 1 it is −σ(−z), which is σ(z) − 1. One expression "
        "holds both cases; and the mean puts 1/n before it.",
    ),
)


@logistic_loss.public
def _():
    z, y = np.array([[0.0], [2.0], [-1.0]]), np.array([1, 0, 1])
    yield Question("one undecided example, label (1, 1)", {"z": z[:1], "y": y[:1, None]})
    yield Question("three examples, labels (n,)", {"z": z, "y": y})
    far = np.array([[1000.0], [-1000.0]])
    yield Question("far out on the right side", {"z": far, "y": np.array([1, 0])})
    yield Question("far out on the wrong side", {"z": far, "y": np.array([0, 1])})


@logistic_loss.secret
def _(rng):
    def batch(n, shape=(-1,), kind=int):
        # Both labels occur wherever there are two examples.
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


@logistic_loss.mistake(
    "Labels of shape (n,) were combined with z of shape (n, 1), and NumPy made (n, n) of them.",
    "Print the shape of z − y for n = 3. What should be done with y first?",
)
def broadcast_to_a_square(z, y):
    return np.mean(softplus(z) - y * z), (sigmoid(z) - y) / len(z)


@logistic_loss.mistake(
    "The gradient has shape (n,); it should have the shape of z, which is (n, 1).",
    "A gradient by z is as large as z: one number for each entry, in the same place.",
)
def gradient_lies_flat(z, y):
    value, gradient = nn.logistic_loss(z, y)
    return value, gradient.ravel()


@logistic_loss.mistake(
    "This takes the log of a sigmoid, which far out is rounded to 0 or 1, so it ends at log 0.",
    "Write −log σ(z) as a softplus, on paper, before the computer rounds anything.",
)
def log_of_a_rounded_zero(z, y):
    y, p = _column(y), sigmoid(z)
    value = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return value, (p - y) / len(y)


@logistic_loss.mistake(
    "This takes the log of a sigmoid, and where the answer is very wrong, that is log 0.",
    "Write −log σ(z) as a softplus, on paper, before the computer rounds anything.",
)
def log_of_zero_where_wrong(z, y):
    y, p = _column(y), sigmoid(z)
    return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p))), (p - y) / len(y)


@logistic_loss.mistake(
    "This writes log(1 + e^z) as it stands, and for large z the exponential overflows.",
    "You have a softplus that is safe for every z.",
)
def exponential_overflows(z, y):
    z, y = np.asarray(z, dtype=float), _column(y)
    return np.mean(np.log(1 + np.exp(z)) - y * z), (sigmoid(z) - y) / len(y)


@logistic_loss.mistake(
    "This is log(1 + e^{-yz}), the loss for labels −1 and +1; these labels are 0 and 1.",
    "What does your formula give for y = 0, whatever z is?",
)
def labels_taken_as_signs(z, y):
    z, y = np.asarray(z, dtype=float), _column(y)
    return np.mean(softplus(-y * z)), -y * sigmoid(-y * z) / len(y)


@logistic_loss.mistake(
    "This is the gradient by the probability σ(z), not by z.",
    "One more link of the chain is missing, from z to σ(z). Multiply by it, and much cancels.",
)
def gradient_by_the_probability(z, y):
    value, gradient = nn.logistic_loss(z, y)
    p = sigmoid(np.asarray(z, dtype=float))
    return value, gradient / (p * (1 - p))


@logistic_loss.mistake(
    "The gradient has a factor σ'(z) too many: for the log loss it cancels.",
    "Differentiate the loss by σ(z) first, then multiply by σ'(z), and see what is left.",
)
def sigmoids_slope_left_in(z, y):
    value, gradient = nn.logistic_loss(z, y)
    return value, gradient * nn.d_sigmoid(z)


@logistic_loss.mistake(
    "The labels are exchanged: this rewards a large z where y is 0.",
    "Should the loss be small or large for y = 1 and z = 5?",
)
def labels_exchanged(z, y):
    return nn.logistic_loss(z, 1 - np.asarray(y))


@logistic_loss.mistake(
    "The gradient is right, but in the value the labels are exchanged.",
    "Should the loss be small or large for y = 1 and z = 5? And what is your value there?",
)
def labels_exchanged_in_the_value(z, y):
    value, _ = nn.logistic_loss(z, 1 - np.asarray(y))
    return value, nn.logistic_loss(z, y)[1]


@logistic_loss.mistake(
    "This is the sum over the examples; the loss of a batch is their mean.",
    "If every example stood twice in the batch, should the loss double?",
)
def summed_over_examples(z, y):
    value, gradient = nn.logistic_loss(z, y)
    return value * len(y), gradient * len(y)


@logistic_loss.mistake(
    "The value is a mean, but its gradient isn't divided by n.",
    "If the value has 1/n in front, so has every derivative of it.",
)
def mean_lost_in_the_gradient(z, y):
    value, gradient = nn.logistic_loss(z, y)
    return value, gradient * len(y)


# ---------------------------------------------------------------------------------------- softmax

softmax = Exercise(
    nn.softmax,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "Write it for one row first. Then ask what happens to the row if the same number is "
        "taken from all its entries.",
        "Nothing happens: e^{-c} stands above and below. So take away the row's own largest "
        "entry; then no exponential is larger than 1, and the sum is at least 1.",
        "Each row has its own maximum and its own sum. keepdims=True keeps them as a column, "
        "which combines with the matrix row by row.",
    ),
)


@softmax.public
def _():
    yield Question("one row", {"Z": np.array([[0.0, 0.0]])})
    yield Question("two rows of three", {"Z": np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])})
    yield Question(
        "one row far up, one far down", {"Z": np.array([[1000.0, 1000.0], [-1000.0, -1000.0]])}
    )


@softmax.secret
def _(rng):
    yield Question("more columns than rows", {"Z": rng.normal(size=(3, 5))}, weight=2)
    yield Question("as many rows as columns", {"Z": rng.normal(size=(3, 3))})
    yield Question("a batch of one", {"Z": rng.normal(size=(1, 4))})
    yield Question("integers", {"Z": rng.integers(-3, 4, size=(4, 2))})
    yield Question("float32", {"Z": rng.normal(size=(2, 3)).astype(np.float32)}, **SINGLE)
    up, down = 1e6 + rng.normal(size=3), -1e6 + rng.normal(size=3)
    yield Question("a row near a million, one near minus a million", {"Z": np.array([up, down])})
    wide = np.array([rng.permutation([1e6, 0.0, -1e6, 1.0]), rng.permutation([-900.0, 0, 1, 900])])
    yield Question("numbers far apart within each row", {"Z": wide})


def _without_care(Z):
    return np.exp(np.asarray(Z, dtype=float))


@softmax.mistake(
    "This is the formula as it stands, and e^{1000} overflows: infinity over infinity.",
    "What may be taken from all entries of a row without changing the answer?",
)
def not_shifted(Z):
    E = _without_care(Z)
    return E / E.sum(axis=1, keepdims=True)


@softmax.mistake(
    "This takes away the largest entry of the whole matrix; a row far below it becomes 0/0.",
    "Each row may be shifted by its own number. Which one keeps its sum from vanishing?",
)
def shifted_by_the_largest_of_all(Z):
    E = np.exp(np.asarray(Z, dtype=float) - np.max(Z))
    return E / E.sum(axis=1, keepdims=True)


@softmax.mistake(
    "This makes the columns sum to 1; an example is a row.",
    "Which index names the classes, the first or the second? Sum over that one.",
)
def down_the_columns(Z):
    return nn.softmax(np.transpose(Z)).T


@softmax.mistake(
    "Here the whole matrix sums to 1; every row should.",
    "Each example has its own probabilities. What does a sum without an axis add up?",
)
def over_the_whole_matrix(Z):
    E = np.exp(np.asarray(Z, dtype=float) - np.max(Z))
    return E / E.sum()


@softmax.mistake(
    "This divides the logits themselves by their sum: the exponential is missing.",
    "Logits may be negative. What makes them positive before they are divided?",
)
def exponential_forgotten(Z):
    Z = np.asarray(Z, dtype=float)
    return Z / Z.sum(axis=1, keepdims=True)


@softmax.mistake(
    "The rows' maxima or sums came out as (n,), which lines up with the columns, not the rows.",
    "What shape has Z.max(axis=1)? What shape should it have to go with the rows of Z?",
)
def row_numbers_lie_flat(Z):
    Z = np.asarray(Z, dtype=float)
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1)


@softmax.mistake(
    "The numbers are right, but Z was shifted in place, and Z is the caller's.",
    "`-=` changes an array where it is. Build a new one.",
)
def shifts_the_callers_logits(Z):
    Z -= Z.max(axis=1, keepdims=True)
    return nn.softmax(Z)


# ---------------------------------------------------------------------------------- cross_entropy

cross_entropy = Exercise(
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


@cross_entropy.public
def _():
    yield Question("one undecided example", {"Z": np.zeros((1, 3)), "y": np.array([1])})
    yield Question(
        "two examples, and no example of the last class",
        {"Z": np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]]), "y": np.array([0, 1])},
    )
    yield Question(
        "far out, one right and one wrong",
        {"Z": np.array([[1000.0, 0.0, -1000.0], [1000.0, 0.0, 0.0]]), "y": np.array([0, 2])},
    )


@cross_entropy.secret
def _(rng):
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
    far["Z"][0, far["y"][0]] = -2e5  # one at least is very wrong
    yield Question("numbers as large as a million", far, weight=2)
    near = {
        "Z": rng.normal(size=(3, 3)) + np.array([[1e4], [0.0], [-1e4]]),
        "y": np.array([2, 0, 1]),
    }
    yield Question("rows far from each other", near)


@cross_entropy.mistake(
    "The number of classes was counted from the labels, so a class that no example has is lost.",
    "Where can you read the number of classes even if the batch has a single example?",
)
def classes_counted_from_the_labels(Z, y):
    value, _ = nn.cross_entropy(Z, y)
    seen = one_hot(y, np.max(y) + 1)
    return value, (nn.softmax(Z) - seen) / len(y)


@cross_entropy.mistake(
    "This takes the log of a softmax that is rounded to 0, so it ends at log 0.",
    "Take the log on paper first: log of a quotient is a difference, and nothing vanishes.",
)
def log_of_a_vanished_probability(Z, y):
    _, gradient = nn.cross_entropy(Z, y)
    return -np.mean(np.log(nn.softmax(Z)[np.arange(len(y)), y])), gradient


@cross_entropy.mistake(
    "A small number was added inside the log. That hides log 0, and how wrong the answer is too.",
    "Take the log on paper first: log of a quotient is a difference, and nothing vanishes.",
)
def small_number_inside_the_log(Z, y):
    _, gradient = nn.cross_entropy(Z, y)
    return -np.mean(np.log(nn.softmax(Z)[np.arange(len(y)), y] + 1e-12)), gradient


@cross_entropy.mistake(
    "The exponentials overflow: the rows aren't shifted before exp.",
    "The same trick as in softmax helps in log Σ e^z: pull the largest entry out.",
)
def exponentials_not_shifted(Z, y):
    E = _without_care(Z)
    sums, rows = E.sum(axis=1), np.arange(len(y))
    value = np.mean(np.log(sums) - np.asarray(Z)[rows, y])
    return value, (E / sums[:, None] - one_hot(y, E.shape[1])) / len(y)


@cross_entropy.mistake(
    "The softmax was taken twice: Z holds logits, and the loss takes the softmax of them itself.",
    "What goes in, logits or probabilities? So how many softmaxes are there on the way?",
)
def softmax_taken_twice(Z, y):
    return nn.cross_entropy(nn.softmax(Z), y)


@cross_entropy.mistake(
    "P[:, y] takes the columns y in every row; in row i only the column y_i is meant.",
    "Which pairs (row, column) do you want? Index with both numbers of each pair.",
)
def picks_columns_in_every_row(Z, y):
    P, S = nn.softmax(Z), np.asarray(Z, dtype=float)
    S = S - S.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    P[:, y] -= 1
    return -np.mean(log_P[:, y]), P / len(y)


@cross_entropy.mistake(
    "The gradient is the softmax alone: the 1 at the label isn't taken away.",
    "Each row of the gradient sums to 0: raising all logits alike changes nothing. Does yours?",
)
def label_forgotten_in_the_gradient(Z, y):
    value, _ = nn.cross_entropy(Z, y)
    return value, nn.softmax(Z) / len(y)


@cross_entropy.mistake(
    "The gradient's sign is turned: it points to where the loss falls.",
    "If the logit of the right class grows, does the loss grow or fall?",
)
def gradient_points_downhill(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value, -gradient


@cross_entropy.mistake(
    "This is the sum over the examples; the loss of a batch is their mean.",
    "If every example stood twice in the batch, should the loss double?",
)
def sum_for_mean(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value * len(y), gradient * len(y)


@cross_entropy.mistake(
    "The value is a mean, but its gradient isn't divided by n.",
    "If the value has 1/n in front, so has every derivative of it.",
)
def gradient_without_the_mean(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value, gradient * len(y)


@cross_entropy.mistake(
    "This divides by n·k, examples times classes; the mean is over the n examples alone.",
    "A mean over the whole one-hot matrix counts its zeros too. How many losses are there?",
)
def divided_by_the_classes_too(Z, y):
    value, gradient = nn.cross_entropy(Z, y)
    return value / np.shape(Z)[1], gradient / np.shape(Z)[1]


# --------------------------------------------------------------------------------- layer_backward

layer_backward = Exercise(
    nn.layer_backward,
    points=5,
    minutes=25,
    difficulty=4,
    hints=(
        "Go back through the layer in two steps: first through the activation, from dH to the "
        "gradient by Z; then through Z = H_in A + b, from there to its three ingredients.",
        "The activation works entry by entry, so its step is an entrywise product of two arrays "
        "of Z's shape. For the rest write the shapes down: each gradient has the shape of what it "
        "is the gradient by, and only one product of your matrices has it.",
        "With the gradient by Z called delta: the weights' gradient is H_in transposed times "
        "delta, the input's is delta times A transposed, and since the one bias row was added to "
        "every example, its gradient collects all rows of delta and stays one row.",
    ),
)


@layer_backward.public
def _():
    H_in, A, b = np.array([[1.0, 2.0]]), np.array([[3.0], [-1.0]]), np.array([[1.0]])
    yield Question(
        "one example, one neuron with two inputs, act(z) = z²",
        _layer_question(np.array([[2.0]]), H_in, A, b, stock.SQUARE),
    )
    yield Question(
        "two examples, two neurons to three, act(z) = z²",
        _layer_question(
            np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]),
            np.array([[1.0, 2.0], [3.0, -1.0]]),
            np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 1.0]]),
            np.array([[0.0, 1.0, 0.0]]),
            stock.SQUARE,
        ),
    )
    yield Question(
        "two examples, two neurons to two, act(z) = z²",
        _layer_question(
            np.array([[1.0, 2.0], [-1.0, 1.0]]),
            np.array([[1.0, 0.0], [2.0, 1.0]]),
            np.array([[1.0, -1.0], [2.0, 0.0]]),
            np.array([[0.0, 2.0]]),
            stock.SQUARE,
        ),
    )


def _layer_question(dH, H_in, A, b, act):
    return {"dH": dH, "H_in": H_in, "A": A, "Z": H_in @ A + b, "act": act}


@layer_backward.secret
def _(rng):
    def layer(n, d_in, d_out, act):
        return _layer_question(
            rng.normal(size=(n, d_out)),
            rng.normal(size=(n, d_in)),
            rng.normal(size=(d_in, d_out)),
            rng.normal(size=(1, d_out)),
            act,
        )

    yield Question("a layer that widens", layer(5, 2, 4, stock.SINE), weight=2)
    yield Question("a layer that narrows", layer(4, 3, 2, stock.CUBE), weight=2)
    yield Question("a batch of one", layer(1, 3, 2, stock.SINE))
    yield Question("as many examples as neurons before and after", layer(3, 3, 3, stock.SQUARE))
    yield Question("a single neuron", layer(3, 2, 1, stock.SQUARE))
    yield Question("a kink in the activation", layer(6, 2, 3, stock.LEAKY))
    yield Question("asked twice in a row", layer(2, 3, 4, stock.SINE), way="twice")
    short = {
        name: part.astype(np.float32) if isinstance(part, np.ndarray) else part
        for name, part in layer(3, 2, 4, stock.SINE).items()
    }
    yield Question("float32", short, **SINGLE)


def _delta(dH, Z, act):
    return dH * act.derivative(Z)


@layer_backward.mistake(
    "The activation's derivative is dropped: this treats the layer as if H were Z.",
    "On the way forward the activation came last. On the way back, what must come first?",
)
def derivative_dropped(dH, H_in, A, Z, act):
    return nn.layer_backward(dH, H_in, A, Z, stock.IDENTITY)


@layer_backward.mistake(
    "This takes a matrix product of dH and act'(Z), where each entry of the one is to be "
    "multiplied by the entry of the other in the same place.",
    "H_ij depends on Z_ij and on no other entry of Z. Which of NumPy's two products is that?",
)
def matrix_product_with_the_derivative(dH, H_in, A, Z, act):
    delta = dH @ act.derivative(Z)
    return delta @ A.T, H_in.T @ delta, delta.sum(axis=0, keepdims=True)


@layer_backward.mistake(
    "The derivative was taken at the layer's output act(Z); it belongs at Z.",
    "act'(·) wants what act(·) was given.",
)
def derivative_at_the_output(dH, H_in, A, Z, act):
    return nn.layer_backward(dH, H_in, A, act(Z), act)


@layer_backward.mistake(
    "This multiplies by act(Z) where act'(Z) is due.",
    "Which of the two says how fast the output moves when Z does?",
)
def value_for_derivative(dH, H_in, A, Z, act):
    delta = dH * act(Z)
    return delta @ A.T, H_in.T @ delta, delta.sum(axis=0, keepdims=True)


@layer_backward.mistake(
    "The gradient by the input is dH Aᵀ; the activation's derivative is missing in it.",
    "Every way from the output back to the input leads through the activation.",
)
def derivative_missing_towards_the_input(dH, H_in, A, Z, act):
    _, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH @ A.T, dA, db


@layer_backward.mistake(
    "The gradient by the input is delta @ A; the transpose is missing.",
    "delta is (n, d_out), A is (d_in, d_out), and (n, d_in) is wanted. How must A be turned?",
)
def transpose_missing(dH, H_in, A, Z, act):
    _, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return _delta(dH, Z, act) @ A, dA, db


@layer_backward.mistake(
    "The weights' gradient is transposed: it should have A's shape, (d_in, d_out).",
    "Entry (i, j) of the gradient belongs to the weight from input i to neuron j.",
)
def weight_gradient_transposed(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA.T, db


@layer_backward.mistake(
    "The weights' gradient was made with this layer's output; it needs the layer's input.",
    "Which numbers does a weight multiply on the way forward?",
)
def own_output_for_the_input(dH, H_in, A, Z, act):
    dH_in, _, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, act(Z).T @ _delta(dH, Z, act), db


@layer_backward.mistake(
    "This is what you get when the bias gradient is not summed over the batch.",
    "One bias row serves all n examples. What does lesson 4 do where one node feeds many?",
)
def bias_gradient_not_summed(dH, H_in, A, Z, act):
    dH_in, dA, _ = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA, _delta(dH, Z, act)


@layer_backward.mistake(
    "The bias gradient is a mean over the batch; contributions are added.",
    "The loss is a mean already, so dH holds its 1/n. Where one node feeds many, deltas add up.",
)
def bias_gradient_averaged(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA, db / len(dH)


@layer_backward.mistake(
    "The bias gradient has shape (d_out,); the bias is a row of shape (1, d_out).",
    "A gradient has the shape of what it is the gradient by. What does keepdims do?",
)
def bias_gradient_lies_flat(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA, db[0]


@layer_backward.mistake(
    "The gradients by weights and bias are divided by n once more; dH holds the 1/n already.",
    "Who averages over the batch, the loss or the layer? Only one of them should.",
)
def divided_by_n_again(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dH_in, dA / len(dH), db / len(dH)


@layer_backward.mistake(
    "The three gradients came in another order: dH_in, dA, db is asked for.",
    "Read the docstring's line on what is returned.",
)
def another_order(dH, H_in, A, Z, act):
    dH_in, dA, db = nn.layer_backward(dH, H_in, A, Z, act)
    return dA, db, dH_in


@layer_backward.mistake(
    "The numbers are right, but dH was multiplied in place, and dH is the caller's.",
    "`*=` changes an array where it is. Give the product a name of its own.",
)
def writes_into_the_gradient(dH, H_in, A, Z, act):
    dH *= act.derivative(Z)
    return dH @ A.T, H_in.T @ dH, dH.sum(axis=0, keepdims=True)


# --------------------------------------------------------------------------------------- backprop

backprop = Exercise(
    nn.backprop,
    points=6,
    minutes=30,
    difficulty=5,
    hints=(
        "Two loops: forward through the layers, keeping every Z and every H; then backward "
        "through them with layer_backward, handing each layer's dH_in to the layer before.",
        "Layer j (from 0 in the lists) reads H_j and makes Z and H_{j+1}. The loss starts the way "
        "back: it gives the value and the gradient by the last H. layer_backward puts the "
        "activation's derivative in, for the last layer too.",
        "Keep Hs = [X, …] one longer than Zs. Going back from the last layer to layer 0, "
        "layer_backward wants dH, the layer's input from Hs, its A, its Z and its act; put dA and "
        "db in place j, and let its dH_in be the next dH.",
    ),
)


@backprop.public
def _():
    net = ([np.array([[3.0], [-1.0]])], [np.array([[1.0]])])
    yield Question(
        "one layer, two examples, act(z) = z²",
        {
            "net": net,
            "acts": [stock.SQUARE],
            "X": np.array([[1.0, 2.0], [0.0, 1.0]]),
            "Y": np.array([[1.0], [-3.0]]),
            "loss": stock.inner_loss,
        },
    )
    As = [np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 1.0]]), np.array([[1.0], [-1.0], [2.0]])]
    Bs = [np.array([[0.0, 1.0, 0.0]]), np.array([[-2.0]])]
    yield Question(
        "layers of 2, 3 and 1, two examples, act(z) = z² and then z",
        {
            "net": (As, Bs),
            "acts": [stock.SQUARE, stock.IDENTITY],
            "X": np.array([[1.0, 1.0], [2.0, 0.0]]),
            "Y": np.array([[-5.0], [10.0]]),
            "loss": stock.quartic_loss,
        },
    )
    As = [np.array([[1.0, 0.0], [1.0, -1.0]]), np.array([[1.0, 2.0], [0.0, 1.0]])]
    Bs = [np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])]
    yield Question(
        "two layers as wide as the input, two examples, act(z) = z² and then z",
        {
            "net": (As, Bs),
            "acts": [stock.SQUARE, stock.IDENTITY],
            "X": np.array([[1.0, 0.0], [1.0, 1.0]]),
            "Y": np.array([[1.0, 0.0], [-1.0, 2.0]]),
            "loss": stock.inner_loss,
        },
    )


@backprop.secret
def _(rng):
    def net(*dims):
        pairs = list(pairwise(dims))
        As = [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairs]
        return As, [rng.normal(size=(1, d_out)) for _, d_out in pairs]

    def asked(dims, acts, n, loss, Y=None):
        X = rng.normal(size=(n, dims[0]))
        Y = rng.normal(size=(n, dims[-1])) if Y is None else Y
        return {"net": net(*dims), "acts": acts, "X": X, "Y": Y, "loss": loss}

    sine, square, leaky, same = stock.SINE, stock.SQUARE, stock.LEAKY, stock.IDENTITY
    quartic, inner = stock.quartic_loss, stock.inner_loss
    yield Question(
        "three layers of unequal widths",
        asked((3, 4, 2, 3), [sine, leaky, same], 5, quartic),
        weight=2,
    )
    yield Question(
        "an activation after the last layer too",
        asked((2, 4, 3), [square, sine], 4, inner),
        weight=2,
    )
    yield Question("a batch of one", asked((2, 3, 2), [sine, stock.CUBE], 1, quartic))
    yield Question("a single layer", asked((3, 2), [sine], 4, quartic))
    yield Question(
        "layers equally wide, and as many examples", asked((3, 3, 3), [sine, square], 3, inner)
    )
    labels = rng.permutation(np.array([0, 2, 2, 1, 0]))
    yield Question(
        "labels for targets", asked((2, 3, 4), [sine, same], 5, stock.label_loss, labels)
    )
    whole = asked((2, 3, 2), [sine, same], 3, quartic)
    As, Bs = whole["net"]
    whole["net"] = (
        [rng.integers(1, 4, size=A.shape) for A in As],
        [rng.integers(1, 4, size=b.shape) for b in Bs],
    )
    whole["X"] = rng.integers(-2, 3, size=(3, 2))
    yield Question("integers", whole)
    yield Question(
        "asked twice in a row", asked((2, 4, 1), [square, sine], 3, quartic), way="twice"
    )


def _walk(net, acts, X, Y, loss, step, start=None):
    """Backprop in which `step(j, dH, Hs, Zs)` is layer j's step and `start` makes the first dH."""
    Hs, Zs = [np.asarray(X, dtype=float)], []
    for A, b, act in zip(*net, acts, strict=True):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(act(Zs[-1]))
    value, dH = loss(Hs[-1], Y)
    dH = start(dH, Hs) if start else dH
    dAs, dBs = [None] * len(Zs), [None] * len(Zs)
    for j in reversed(range(len(Zs))):
        dH, dAs[j], dBs[j] = step(j, dH, Hs, Zs)
    return value, (dAs, dBs)


def _plain_step(net, acts):
    return lambda j, dH, Hs, Zs: nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])


@backprop.mistake(
    "The lists run from the last layer to the first; dAs[0] should belong to the first layer.",
    "You go backward, so what you append comes out backward.",
)
def lists_reversed(net, acts, X, Y, loss):
    value, (dAs, dBs) = nn.backprop(net, acts, X, Y, loss)
    return value, (dAs[::-1], dBs[::-1])


@backprop.mistake(
    "Every gradient is divided by n once more; the loss has averaged already.",
    "The loss returns the gradient of a mean. Who else divides?",
)
def averaged_twice(net, acts, X, Y, loss):
    value, (dAs, dBs) = nn.backprop(net, acts, X, Y, loss)
    return value, ([dA / len(X) for dA in dAs], [db / len(X) for db in dBs])


@backprop.mistake(
    "The last layer's activation has no derivative here: the loss's gradient is by H, not by Z.",
    "By what does the loss differentiate? One more step leads from there to the last Z.",
)
def last_derivative_dropped(net, acts, X, Y, loss):
    return nn.backprop(net, acts, X, Y, loss)[0], _walk(
        net, acts, X, Y, loss, _plain_step(net, [*acts[:-1], stock.IDENTITY])
    )[1]


@backprop.mistake(
    "The hidden layers' activations have no derivative here; only the last layer's has.",
    "Every activation that was passed on the way forward is passed on the way back.",
)
def hidden_derivatives_dropped(net, acts, X, Y, loss):
    return _walk(
        net, acts, X, Y, loss, _plain_step(net, [stock.IDENTITY] * (len(acts) - 1) + [acts[-1]])
    )


@backprop.mistake(
    "The way back starts from (Ŷ − Y)/n; that is the squared loss's gradient, not the given one's.",
    "The loss is an argument, and it returns its own gradient.",
)
def always_the_squared_loss(net, acts, X, Y, loss):
    def start(_, Hs):
        return (Hs[-1] - Y) / len(X)

    return _walk(net, acts, X, Y, loss, _plain_step(net, acts), start)


@backprop.mistake(
    "One activation's derivative was used for all layers; each layer has its own.",
    "acts is a list as long as the net is deep. Which of them does layer j need?",
)
def one_activation_for_all(net, acts, X, Y, loss):
    return _walk(net, acts, X, Y, loss, _plain_step(net, [acts[0]] * len(acts)))


@backprop.mistake(
    "The weights' gradients were made with the Z of the layer before; a weight multiplies its H.",
    "What does the layer read on the way forward: the numbers before the activation or after it?",
)
def z_kept_for_h(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        H_in = Zs[j - 1] if j else Hs[0]
        return nn.layer_backward(dH, H_in, net[0][j], Zs[j], acts[j])

    return _walk(net, acts, X, Y, loss, step)


@backprop.mistake(
    "Each layer was given its own output, Hs[j + 1], where its input is asked for.",
    "Layer j of the lists reads one entry of Hs and makes the next one. Which one does it read?",
)
def own_outputs_for_the_inputs(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        return nn.layer_backward(dH, Hs[j + 1], net[0][j], Zs[j], acts[j])

    return _walk(net, acts, X, Y, loss, step)


@backprop.mistake(
    "The activations' derivatives were taken at the outputs H; they belong at Z.",
    "act'(·) wants what act(·) was given, so that is what has to be kept.",
)
def derivatives_at_the_outputs(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        return nn.layer_backward(dH, Hs[j], net[0][j], Hs[j + 1], acts[j])

    return _walk(net, acts, X, Y, loss, step)


@backprop.mistake(
    "The bias was left out on the way forward.",
    "Z = H A + b: compare your forward loop with the layer of lesson 2.",
)
def bias_left_out(net, acts, X, Y, loss):
    As, Bs = net
    return nn.backprop((As, [0.0 * b for b in Bs]), acts, X, Y, loss)


@backprop.mistake(
    "The gradient was handed on through dA, the weights' gradient, instead of through the weights.",
    "How much does Z move when the layer's input moves? Which matrix says so?",
)
def handed_on_through_the_gradient(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        _, dA, db = nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])
        return (dH * acts[j].derivative(Zs[j])) @ dA.T, dA, db

    return _walk(net, acts, X, Y, loss, step)


@backprop.mistake(
    "The weights were updated on the way back, before the layers below them had their gradient.",
    "All gradients belong to one and the same net. Updating is a later step.",
)
def already_updated_weights(net, acts, X, Y, loss):
    def step(j, dH, Hs, Zs):
        _, dA, db = nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])
        return (dH * acts[j].derivative(Zs[j])) @ (net[0][j] - dA).T, dA, db

    return _walk(net, acts, X, Y, loss, step)


@backprop.mistake(
    "This is what you get when the bias gradients are not summed over the batch.",
    "Each bias row serves all n examples, and its gradient has the bias row's shape.",
)
def bias_gradients_not_summed(net, acts, X, Y, loss):
    deltas = {}

    def step(j, dH, Hs, Zs):
        deltas[j] = dH * acts[j].derivative(Zs[j])
        return nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])

    value, (dAs, _) = _walk(net, acts, X, Y, loss, step)
    return value, (dAs, [deltas[j] for j in sorted(deltas)])


@backprop.mistake(
    "Every layer was given the loss's own gradient; each needs the one its successor hands back.",
    "layer_backward returns three things. What is the first one for?",
)
def gradient_not_handed_on(net, acts, X, Y, loss):
    first = []

    def step(j, dH, Hs, Zs):
        first.append(dH)
        _, dA, db = nn.layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])
        return first[0], dA, db

    return _walk(net, acts, X, Y, loss, step)


@backprop.mistake(
    "The gradients were stored in arrays of integers, which cut off what follows the point.",
    "zeros_like copies the type too. What type do the gradients of integer weights have?",
)
def gradients_cut_to_integers(net, acts, X, Y, loss):
    value, grads = nn.backprop(net, acts, X, Y, loss)
    dAs, dBs = (
        [gradient.astype(np.asarray(part).dtype) for gradient, part in zip(*pair, strict=True)]
        for pair in zip(grads, net, strict=True)
    )
    return value, (dAs, dBs)
