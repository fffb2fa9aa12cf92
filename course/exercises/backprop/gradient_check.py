"""Questions and known mistakes of `gradient_check`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import backprop as nn

RIGHT_GRADIENT = 1e-5  # a gradient below it counts as right: the rest is rounding

exercise = Exercise(
    nn.gradient_check,
    points=3,
    minutes=15,
    difficulty=3,
    hints=(
        "Use the idea of `numerical_derivative` from lesson 4, once per entry of theta, with all "
        "others held still. Then compare each result with the entry of grad in the same place.",
        "Work on a float64 copy of theta. `np.ndindex(theta.shape)` visits every index of an array "
        "of any shape. Restore each entry before you go on to the next.",
        "For each entry: evaluate f with eps added, then with eps subtracted, and divide the "
        "difference by 2·eps. Divide |g − ĝ| by the largest of |g|, |ĝ| and 1e-8, and keep the "
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
        {"f": cubes, "theta": np.array([1.0, 3.0]), "grad": np.array([3.0, 54.0])},
        atol=RIGHT_GRADIENT,
    )
    yield Question(
        "a right gradient, but a step large enough to show",
        {"f": cubes, "theta": theta, "grad": np.array([3.0, 12.0]), "eps": 0.5},
    )
    yield Question(
        "a flat spot: both gradients are nearly zero",
        {"f": cubes, "theta": np.zeros(2), "grad": np.zeros(2)},
        atol=RIGHT_GRADIENT,
    )
    yield Question(
        "a matrix and a large step, one sign wrong",
        {
            "f": stock.product_of_row_sums,
            "theta": np.array([[1.0, 2.0], [3.0, 1.0]]),
            "grad": np.array([[4.0, 4.0], [-3.0, 3.0]]),
            "eps": 0.5,
        },
    )
    yield Question(
        "a theta of integers",
        {"f": cubes, "theta": np.array([1, 2]), "grad": np.array([3.0, 8.0]), "eps": 0.5},
    )


@exercise.secret
def secret(rng):
    cubes, rows = stock.sum_of_cubes, stock.product_of_row_sums
    # Halves and quarters, so that adding a step of a half and taking it away again is exact.
    theta = rng.permutation(np.array([-1.5, 0.75, 1.0, 2.25]))
    off = 3 * theta**2
    off[rng.integers(1, 3)] *= 1.5
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
    off[1, rng.integers(2)] *= -rng.uniform(1.1, 1.5)
    yield Question(
        "a matrix whose entries interact, the gradient wrong in one place",
        {"f": rows, "theta": matrix, "grad": off, "eps": 0.5},
        unchanged=False,
        weight=2,
    )
    yield Question(
        "a matrix whose entries interact, the gradient right",
        {"f": rows, "theta": matrix, "grad": slopes, "eps": 0.5},
        unchanged=False,
        weight=0.4,
        atol=RIGHT_GRADIENT,
    )
    falling = matrix * [[-1], [1], [1]]
    sums = falling.sum(axis=1, keepdims=True)
    off = np.repeat(sums.prod() / sums, 2, axis=1)
    off[1, rng.integers(2)] /= rng.uniform(3, 6)
    yield Question(
        "a decreasing function, its gradient too small in one place",
        {"f": rows, "theta": falling, "grad": off, "eps": 0.5},
        unchanged=False,
    )
    whole, wrong = rng.permutation(np.array([-2, 1, 3])), float(rng.integers(14, 21))
    yield Question(
        "an integer theta, one wrong entry and a large step",
        {"f": cubes, "theta": whole, "grad": np.where(whole == 3, wrong, 3 * whole**2), "eps": 0.5},
        unchanged=False,
    )
    short = rng.permutation(np.array([-1.5, 0.75, 1.25])).astype(np.float32)
    wrong = rng.uniform(8, 10)
    yield Question(
        "a float32 theta, one wrong entry: a small step needs more digits",
        {"f": cubes, "theta": short, "grad": np.where(short == 1.25, wrong, 3 * short**2)},
        unchanged=False,
        atol=RIGHT_GRADIENT,
    )
    yield Question(
        "a flat spot: both gradients are nearly zero",
        {"f": cubes, "theta": np.zeros(2), "grad": np.zeros(2)},
        unchanged=False,
        weight=0.4,
    )
    theta = rng.uniform(0.5, 3, size=(5, 4))
    off = 3 * theta**2
    off[rng.integers(1, 4)] *= -rng.uniform(1.5, 2)
    yield Question(
        "a row of signs wrong; and is theta unchanged afterwards?",
        {"f": cubes, "theta": theta, "grad": off},
        atol=RIGHT_GRADIENT,
    )


@exercise.writing
def on_copies(f, theta, grad, eps=1e-6):
    theta = np.array(theta, dtype=float)
    errors = []
    for place in np.ndindex(theta.shape):
        up, down = theta.copy(), theta.copy()
        up[place] += eps
        down[place] -= eps
        slope = f(up) - f(down)
        slope = slope / (2 * eps)
        size = max(abs(grad[place]), abs(slope), 1e-8)
        error = abs(grad[place] - slope)
        errors.append(error / size)
    return max(errors)


@exercise.writing
def in_place(f, theta, grad, eps=1e-6):
    theta = np.array(theta, dtype=float)
    worst = 0.0
    for place in np.ndindex(theta.shape):
        old = theta[place]
        theta[place] = eps + old
        above = f(theta)
        theta[place] = -eps + old
        slope = above - f(theta)
        slope = slope / (2 * eps)
        theta[place] = old
        size = max(abs(grad[place]), abs(slope), 1e-8)
        error = abs(grad[place] - slope)
        worst = max(worst, error / size)
    return worst


@exercise.writing
def all_slopes_first(f, theta, grad, eps=1e-6):
    theta = np.asarray(theta, dtype=float)
    g, g_hat = np.asarray(grad), np.zeros(theta.shape)
    for place in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[place] = eps
        g_hat[place] = (f(theta + step) - f(theta - step)) / (2 * eps)
    size = np.maximum(np.maximum(np.abs(g), np.abs(g_hat)), 1e-8)
    error = np.abs(g - g_hat)
    return np.max(error / size)


@exercise.writing(ideas=("step_of_its_own",))
def with_its_own_step(f, theta, grad, eps=1e-6):
    return nn.gradient_check(f, theta, grad, 1e-6)


COPY = "theta = np.array(theta, dtype=float)"
SIZE = "max(abs(grad[place]), abs(slope), 1e-8)"
SIZES = "np.maximum(np.maximum(np.abs(g), np.abs(g_hat)), 1e-8)"
SLOPES = "(f(theta + step) - f(theta - step)) / (2 * eps)"

exercise.idea(
    "one_sided",
    "This is the one-sided difference (f(θ + eps) − f(θ))/eps, whose error shrinks only like eps.",
    "Take a step to each side. How far apart are the two points then?",
    {"down[place] -= eps": "pass", "slope / (2 * eps)": "slope / eps"},
    {"theta[place] = -eps + old": "theta[place] = old", "slope / (2 * eps)": "slope / eps"},
    {"up[place] += eps": "pass", "slope / (2 * eps)": "slope / eps"},
    {SLOPES: "(f(theta + step) - f(theta)) / eps"},
)
exercise.idea(
    "step_counted_once",
    "This divides by eps, although the two points are 2 eps apart.",
    "Draw the two points to the left and right of θ, and measure the distance between them.",
    {"slope / (2 * eps)": "slope / eps"},
    {SLOPES: "(f(theta + step) - f(theta - step)) / eps"},
)
exercise.idea(
    "only_one_side_moves",
    "This is a one-sided difference divided by 2 eps: only one of the two points is moved.",
    "Draw the two points on the line, and measure the distance between them.",
    {"down[place] -= eps": "pass"},
    {"theta[place] = -eps + old": "theta[place] = old"},
)
exercise.idea(
    "multiplied_by_eps",
    "The brackets are missing: `… / 2 * eps` halves, then multiplies by eps instead of dividing by "
    "it.",
    "Python goes from left to right. Which part is the denominator?",
    {"slope / (2 * eps)": "slope / 2 * eps"},
    {SLOPES: "(f(theta + step) - f(theta - step)) / 2 * eps"},
)
exercise.idea(
    "step_of_its_own",
    "The step is a fixed number of your own: the argument `eps` isn't used.",
    "What should happen if it is called with eps=0.5?",
    *({"grad, 1e-6)": f"grad, {step})"} for step in ("1e-6", "1e-3", "1e-4", "1e-5", "1e-7")),
)
exercise.idea(
    "absolute_error",
    "This is the largest absolute error |g − ĝ|: it isn't divided by the size of the gradient.",
    "Is an error of 0.01 large? That depends on the size of the gradient.",
    {SIZE: "1"},
    {SIZES: "1"},
)
exercise.idea(
    "divides_by_the_sum",
    "This divides by the sum |g| + |ĝ| instead of the larger of the two.",
    "Read the formula's denominator again. Both conventions exist; this course uses the maximum.",
    {SIZE: "max(abs(grad[place]) + abs(slope), 1e-8)"},
    {SIZES: "np.maximum(np.abs(g) + np.abs(g_hat), 1e-8)"},
    {SIZE: "abs(grad[place]) + abs(slope) + 1e-8"},
)
exercise.idea(
    "ratio_of_norms",
    "This compares the norms (lengths) of whole gradients, such as ‖g − ĝ‖, but every entry has "
    "its own error.",
    "A gradient is wrong if any entry is. Which number in the list tells you that?",
    {
        "np.max(error / size)": "np.linalg.norm(g - g_hat)"
        " / (np.linalg.norm(g) + np.linalg.norm(g_hat))"
    },
    {"np.max(error / size)": "np.linalg.norm(g - g_hat) / np.linalg.norm(g)"},
    {"np.max(error / size)": "np.linalg.norm(g - g_hat) / np.linalg.norm(g_hat)"},
    {"np.max(error / size)": "np.linalg.norm(g - g_hat)"},
    {"np.max(error / size)": "np.linalg.norm(g - g_hat) / np.linalg.norm(g + g_hat)"},
    {
        "np.max(error / size)": "np.linalg.norm(g - g_hat)"
        " / max(np.linalg.norm(g), np.linalg.norm(g_hat), 1e-8)"
    },
)
exercise.idea(
    "sizes_keep_their_sign",
    "The denominator lacks the absolute values: if both gradients are negative, only the floor of "
    "1e-8 is left.",
    "Which is the largest of −3, −2 and 1e-8, and which has the largest size?",
    {SIZE: "max(grad[place], slope, 1e-8)"},
    {SIZES: "np.maximum(np.maximum(g, g_hat), 1e-8)"},
)
exercise.idea(
    "relative_to_one_of_them",
    "This divides by one of the two gradients, not by the larger of them.",
    "Which of the two is the denominator if the gradient to be checked is far too small?",
    {SIZE: "max(abs(grad[place]), 1e-8)"},
    {SIZE: "max(abs(slope), 1e-8)"},
    {SIZES: "np.abs(g)"},
    {SIZES: "np.abs(g_hat)"},
)
exercise.idea(
    "no_floor",
    "The denominator lacks the floor of 1e-8, so two gradients of nearly 0 look very different.",
    "What should the error be if both are 0? The third entry of the maximum is there for that.",
    {SIZE: "max(abs(grad[place]), abs(slope))"},
    {SIZES: "np.maximum(np.abs(g), np.abs(g_hat))"},
)
exercise.idea(
    "another_floor",
    "The floor in the denominator isn't 1e-8, or it is added.",
    "It is the third entry of the maximum. What should the error be if both gradients are 1e-12?",
    *({SIZES: SIZES.replace("1e-8", floor)} for floor in ("1e-10", "1e-12", "1e-15", "eps")),
    {SIZES: "np.maximum(np.abs(g), np.abs(g_hat)) + 1e-12"},
)
exercise.idea(
    "mean_for_largest",
    "This is the mean of the errors, in which one wrong entry is lost among many right ones.",
    "A gradient is wrong if any entry is. Which number in the list tells you that?",
    {"max(errors)": "sum(errors) / len(errors)"},
)
exercise.idea(
    "sum_for_largest",
    "This is the sum of the errors, but the answer is the largest of them.",
    "A gradient is wrong if any entry is. Which number in the list tells you that?",
    {"max(errors)": "sum(errors)"},
    {"np.max(error / size)": "np.sum(error / size)"},
)
exercise.idea(
    "smallest_for_largest",
    "This is the smallest of the errors, but the answer is the largest of them.",
    "A gradient is wrong if any entry is. Which number in the list tells you that?",
    {"max(errors)": "min(errors)"},
)
exercise.idea(
    "first_entry_only",
    "This is the error of the first entry only, as with a `return` inside the loop.",
    "A `return` ends the function. How far should the loop have got by then?",
    {"errors.append(error / size)": "return error / size"},
)
exercise.idea(
    "last_entry_only",
    "This is the error of the last entry only: each round overwrites the one before.",
    "Which of the errors should be left at the end, and what keeps it?",
    {"max(errors)": "errors[-1]"},
)
exercise.idea(
    "one_error_per_entry",
    "All the errors are returned, but the answer is a single number, the largest of them.",
    "A gradient is wrong if any entry is. Which number in the list tells you that?",
    {"np.max(error / size)": "error / size"},
    {"max(errors)": "errors"},
)
exercise.idea(
    "error_keeps_its_sign",
    "The error keeps its sign, so an entry that is wrong on one side never counts.",
    "Too small is as wrong as too large. Look for the bars in the formula.",
    {"abs(grad[place] - slope)": "grad[place] - slope"},
    {"abs(grad[place] - slope)": "slope - grad[place]"},
    {"np.abs(g - g_hat)": "g - g_hat"},
)
exercise.idea(
    "signs_ignored",
    "This compares |g| with |ĝ|, so an entry with the wrong sign counts as right.",
    "Is −3 a good answer if the slope is 3?",
    {"abs(grad[place] - slope)": "abs(abs(grad[place]) - abs(slope))"},
)
exercise.idea(
    "all_entries_at_once",
    "All entries move at the same time, so this measures a single slope, not one per entry.",
    "A partial derivative moves one entry and holds all the others still.",
    {SLOPES: "(f(theta + eps) - f(theta - eps)) / (2 * eps)"},
    {
        "theta[place] = eps + old": "theta += eps",
        "theta[place] = -eps + old": "theta -= 2 * eps",
        "theta[place] = old": "theta += eps",
    },
)
exercise.idea(
    "vectors_only",
    "This works for vectors only: a matrix has two indices, and a single one picks a whole row.",
    "Which function goes through the places of an array of any shape?",
    {"np.ndindex(theta.shape)": "range(len(theta))"},
    {"np.ndindex(theta.shape)": "range(theta.size)"},
    {
        "np.ndindex(theta.shape)": "range(len(theta))",
        "step = np.zeros(theta.shape)": "step = np.zeros(len(theta))",
    },
)
exercise.idea(
    "f_gets_it_flat",
    "f gets theta flattened, but f is a function of an array of theta's shape.",
    "Which shape does f need? `reshape` can give it back.",
    {"f(up) - f(down)": "f(up.ravel()) - f(down.ravel())"},
)
exercise.idea(
    "step_not_undone",
    "The step isn't undone: the first entry is still moved when the second is measured.",
    "After each entry, θ must be back to what it was. Where do you restore the old number?",
    {"theta[place] = old": "pass"},
)
exercise.idea(
    "two_names_for_one_array",
    "`up = theta` makes no copy: both names mean the same array, so both steps are taken in it.",
    "Print `up is theta`. Which method makes an array of its own?",
    {"theta.copy(), theta.copy()": "theta, theta"},
    {
        "theta.copy(), theta.copy()": "theta, theta",
        "f(up) - f(down)": "f(up) - f(up)",
    },
)
exercise.idea(
    "step_lost_in_the_type",
    "The step is added to an array of integers or float32, where most or all of it is lost.",
    "What is the next number after 1 that such an array can hold? Work on a float64 copy.",
    {COPY: "theta = np.array(theta)"},
)


@exercise.mistake(
    "θ is changed in place, and adding and subtracting the step leaves rounding errors in the "
    "caller's array.",
    "Adding a step and subtracting it need not end where it began. Keep the old number, or a copy.",
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
        worst = max(worst, abs(g - g_hat) / max(abs(g), abs(g_hat), 1e-8))
    return worst


@exercise.mistake(
    "This is 0 for every gradient, even for a wrong one.",
    "A check that can't fail checks nothing. What should it return for a wrong gradient?",
)
def always_content(f, theta, grad, eps=1e-6):
    return 0.0
