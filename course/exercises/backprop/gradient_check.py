"""Questions and known mistakes of `gradient_check`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import backprop as nn

FLOOR = 1e-8  # of the denominator of a relative error
RIGHT_GRADIENT = 1e-5  # a gradient below it counts as right: the rest is rounding

exercise = Exercise(
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


@exercise.public
def public():
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


@exercise.secret
def secret(rng):
    cubes, rows = stock.sum_of_cubes, stock.product_of_row_sums
    # Halves and quarters, so that adding a step of a half and taking it away again is exact.
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


@exercise.mistake(
    "This is the one-sided difference (f(θ + eps) − f(θ))/eps, whose error shrinks only like eps.",
    "Step to both sides. How far apart are the two points then?",
)
def one_sided(f, theta, grad, eps=1e-6):
    g, g_hat, size = _relative_errors(
        f, theta, grad, eps, lambda t, step: (f(t + step) - f(t)) / eps
    )
    return np.max(np.abs(g - g_hat) / size)


@exercise.mistake(
    "This divides by eps although the two points are 2 eps apart.",
    "Draw the two points left and right of θ, and measure the distance between them.",
)
def step_counted_once(f, theta, grad, eps=1e-6):
    g, g_hat, size = _relative_errors(
        f, theta, grad, eps, lambda t, step: (f(t + step) - f(t - step)) / eps
    )
    return np.max(np.abs(g - g_hat) / size)


@exercise.mistake(
    "This is the largest absolute error |g − ĝ|; it isn't divided by the gradient's size.",
    "Is an error of 0.01 large? That depends on what it is an error of.",
)
def absolute_error(f, theta, grad, eps=1e-6):
    g, g_hat, _ = _relative_errors(f, theta, grad, eps)
    return np.max(np.abs(g - g_hat))


@exercise.mistake(
    "This is the mean of the errors; one wrong entry among many right ones drowns in it.",
    "A gradient is wrong when any entry is. Which number of the list tells you that?",
)
def mean_for_largest(f, theta, grad, eps=1e-6):
    g, g_hat, size = _relative_errors(f, theta, grad, eps)
    return np.mean(np.abs(g - g_hat) / size)


@exercise.mistake(
    "This divides by the sum |g| + |ĝ|, where the larger of the two was asked for.",
    "Read the formula's denominator once more. Both conventions exist; here it is the maximum.",
)
def divides_by_the_sum(f, theta, grad, eps=1e-6):
    g, g_hat, _ = _relative_errors(f, theta, grad, eps)
    return np.max(np.abs(g - g_hat) / np.maximum(np.abs(g) + np.abs(g_hat), FLOOR))


@exercise.mistake(
    "Where both gradients are 0 this is 0/0: the floor of 1e-8 in the denominator is missing.",
    "What should the error be where both say 0? The third entry of the maximum is there for that.",
)
def no_floor(f, theta, grad, eps=1e-6):
    g, g_hat, _ = _relative_errors(f, theta, grad, eps)
    return np.max(np.abs(g - g_hat) / np.maximum(np.abs(g), np.abs(g_hat)))


@exercise.mistake(
    "The error keeps its sign, so an entry that is too small never counts.",
    "Too small is as wrong as too large. Look for the bars in the formula.",
)
def error_keeps_its_sign(f, theta, grad, eps=1e-6):
    g, g_hat, size = _relative_errors(f, theta, grad, eps)
    return np.max((g - g_hat) / size)


@exercise.mistake(
    "This moves all entries at once, so it measures one slope and not one for each entry.",
    "A partial derivative moves one entry and holds all others still.",
)
def all_entries_at_once(f, theta, grad, eps=1e-6):
    g, g_hat, size = _relative_errors(
        f, theta, grad, eps, lambda t, _: (f(t + eps) - f(t - eps)) / (2 * eps)
    )
    return np.max(np.abs(g - g_hat) / size)


@exercise.mistake(
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


@exercise.mistake(
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


@exercise.mistake(
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


@exercise.mistake(
    "This is 0 for every gradient, also for a wrong one.",
    "A check that can't fail checks nothing. What should it say of a wrong gradient?",
)
def always_content(f, theta, grad, eps=1e-6):
    return 0.0
