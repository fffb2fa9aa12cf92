"""Wrong answers to the exercises of unit 5, as people write them."""

from tests.exercises.natural.entry import Entry, with_imports

# What a student's notebook has at hand: its imports, and the exercises before.
NOTEBOOK = """\
import math
import numpy as np
from course.nn.activation import Activation
from course.nn.backprop import d_relu, d_sigmoid, d_tanh, layer_backward, softmax, squared_loss
from course.nn.neuron import identity, relu, sigmoid, softplus, tanh
"""
NATURAL: list[Entry] = []


def wrong(exercise: str, name: str, source: str, *ideas: str | tuple[str, ...], says="") -> None:
    """Add an answer; an idea that may be named alone is given as a word."""
    sets = tuple((idea,) if isinstance(idea, str) else idea for idea in ideas)
    NATURAL.append(Entry(f"{exercise}: {name}", exercise, NOTEBOOK + source, sets, says))


# -------------------------------------------------------------------------------------- d_sigmoid

wrong(
    "d_sigmoid",
    "the rule of the books, for the output",
    "def d_sigmoid(z):\n    return z * (1 - z)",
    "rule_for_the_output_applied_to_z",
)
wrong(
    "d_sigmoid",
    "the rule for the output in a loop",
    """
def d_sigmoid(z):
    z = np.asarray(z, dtype=float)
    out = np.zeros(z.shape)
    for i in np.ndindex(z.shape):
        out[i] = z[i] - z[i] ** 2
    return out
""",
    "rule_for_the_output_applied_to_z",
)
wrong(
    "d_sigmoid",
    "the formula with its exponentials",
    "def d_sigmoid(z):\n    return np.exp(-z) / (1 + np.exp(-z)) ** 2",
    "quotient_overflows",
)
wrong(
    "d_sigmoid",
    "multiplied through by e^z",
    "def d_sigmoid(x):\n    ex = np.exp(x)\n    return ex / np.square(1.0 + ex)",
    "quotient_overflows",
)
wrong("d_sigmoid", "the sigmoid", "def d_sigmoid(z):\n    return sigmoid(z)", "sigmoid_itself")
wrong(
    "d_sigmoid",
    "its own naive sigmoid, returned as it is",
    "def d_sigmoid(z):\n    return 1 / (1 + np.exp(-z))",
    "sigmoid_itself",
)
wrong(
    "d_sigmoid",
    "the sigmoid of the sigmoid",
    """
def d_sigmoid(z):
    a = sigmoid(z)
    return sigmoid(a) * (1 - sigmoid(a))
""",
    "sigmoid_taken_twice",
)
wrong(
    "d_sigmoid",
    "the derivative of tanh by mistake",
    "def d_sigmoid(z):\n    s = 1.0 / (1.0 + np.exp(-z))\n    return 1 - np.power(s, 2)",
    "rule_of_tanh",
)
wrong(
    "d_sigmoid",
    "the quotient rule with the inner derivative forgotten",
    "def d_sigmoid(z):\n    return -np.exp(-z) / (1 + np.exp(-z)) ** 2",
    "inner_sign_lost",
    ("inner_sign_lost", "quotient_overflows"),
)
wrong(
    "d_sigmoid",
    "s (s − 1)",
    "def d_sigmoid(z):\n    s = sigmoid(z)\n    return s * (s - 1)",
    "inner_sign_lost",
)
wrong(
    "d_sigmoid",
    "the denominator not squared",
    "def d_sigmoid(z):\n    return np.exp(-z) / (1 + np.exp(-z))",
    "one_factor_lost",
    ("one_factor_lost", "quotient_overflows"),
)
wrong(
    "d_sigmoid",
    "brackets lost",
    "def d_sigmoid(z):\n    s = 1 / 1 + np.exp(-z)\n    return s * (1 - s)",
    "brackets_lost",
)
wrong(
    "d_sigmoid",
    "one factor of z, one of the sigmoid",
    "def d_sigmoid(z):\n    return sigmoid(z) * (1 - z)",
    "z_left_in_the_rule",
)
wrong(
    "d_sigmoid",
    "with math",
    "def d_sigmoid(z):\n    s = 1 / (1 + math.exp(-z))\n    return s * (1 - s)",
    "one_number_only",
)
wrong(
    "d_sigmoid",
    "with an if for the two sides",
    """
def d_sigmoid(z):
    if z >= 0:
        s = 1 / (1 + np.exp(-z))
    else:
        s = np.exp(z) / (1 + np.exp(z))
    return s * (1 - s)
""",
    "one_number_only",
)
wrong(
    "d_sigmoid",
    "filled into an array of z's type",
    """
def d_sigmoid(z):
    z = np.asarray(z)
    out = np.zeros_like(z)
    for i in np.ndindex(z.shape):
        s = sigmoid(z[i])
        out[i] = s * (1 - s)
    return out
""",
    "cut_to_integers",
)
wrong(
    "d_sigmoid",
    "central differences",
    "def d_sigmoid(z, h=1e-6):\n    return (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)",
    "measured_not_derived",
)
wrong(
    "d_sigmoid",
    "a one-sided difference",
    """
def d_sigmoid(z):
    h = 1e-5
    z = np.asarray(z, dtype=float)
    return (sigmoid(z + h) - sigmoid(z)) / h
""",
    "measured_not_derived",
)

# ----------------------------------------------------------------------------------------- d_tanh

wrong(
    "d_tanh",
    "the rule for the output",
    "def d_tanh(z):\n    return 1 - z**2",
    "output_rule_applied_to_z",
)
wrong(
    "d_tanh",
    "the rule for the output, entry by entry",
    """
def d_tanh(z):
    z = np.asarray(z, dtype=float)
    return np.array([1 - v * v for v in z.ravel()]).reshape(z.shape)
""",
    "output_rule_applied_to_z",
)
wrong("d_tanh", "the square lost", "def d_tanh(z):\n    return 1 - np.tanh(z)", "square_lost")
wrong(
    "d_tanh",
    "tanh by exponentials",
    """
def d_tanh(z):
    t = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    return 1 - t**2
""",
    "exponentials_overflow",
)
wrong(
    "d_tanh",
    "tanh by e^{2z}",
    "def d_tanh(z):\n    e = np.exp(2 * z)\n    return 1 - ((e - 1) / (e + 1)) ** 2",
    "exponentials_overflow",
)
wrong(
    "d_tanh",
    "the quotient formula of four over a square, multiplied through",
    "def d_tanh(z):\n    e = np.exp(2 * z)\n    return 4 * e / (e + 1) ** 2",
    "exponentials_overflow",
)
wrong(
    "d_tanh",
    "a naive tanh with the square lost",
    """
def d_tanh(z):
    t = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    return 1 - t
""",
    "square_lost",
    ("exponentials_overflow", "square_lost"),
)
wrong(
    "d_tanh",
    "the sigmoid's rule",
    "def d_tanh(z):\n    t = np.tanh(z)\n    return t * (1 - t)",
    "rule_of_the_sigmoid",
)
wrong(
    "d_tanh",
    "the derivative of the sigmoid",
    "def d_tanh(z):\n    return sigmoid(z) * (1 - sigmoid(z))",
    "slope_of_the_sigmoid",
)
wrong(
    "d_tanh",
    "tanh of the output",
    "def d_tanh(z):\n    a = tanh(z)\n    return 1 - tanh(a) ** 2",
    "tanh_taken_twice",
)
wrong(
    "d_tanh",
    "the square inside",
    "def d_tanh(z):\n    return 1 - np.tanh(z**2)",
    "argument_squared",
)
wrong(
    "d_tanh",
    "the wrong way round",
    "def d_tanh(z):\n    return np.tanh(z) ** 2 - 1",
    "sign_turned",
)
wrong("d_tanh", "one plus", "def d_tanh(z):\n    return 1 + np.tanh(z) ** 2", "plus_for_minus")
wrong(
    "d_tanh",
    "one over cosh",
    "def d_tanh(z):\n    return 1 / np.cosh(z)",
    "cosh_not_squared",
)
wrong("d_tanh", "tanh", "def d_tanh(z):\n    return np.tanh(z)", "tanh_itself")
wrong("d_tanh", "with math", "def d_tanh(z):\n    return 1 - math.tanh(z) ** 2", "one_number_only")
wrong(
    "d_tanh",
    "one minus, squared",
    "def d_tanh(z):\n    return (1 - np.tanh(z)) ** 2",
    "square_in_the_wrong_place",
)
wrong(
    "d_tanh",
    "measured",
    """
def d_tanh(z):
    eps = 1e-4
    z = np.array(z, dtype=float)
    return (np.tanh(z + eps) - np.tanh(z - eps)) / (2 * eps)
""",
    "measured_not_derived",
)

# ----------------------------------------------------------------------------------------- d_relu

wrong("d_relu", "relu", "def d_relu(z):\n    return np.maximum(0, z)", "relu_itself")
wrong("d_relu", "relu by where", "def d_relu(z):\n    return np.where(z > 0, z, 0)", "relu_itself")
wrong(
    "d_relu",
    "sides exchanged",
    "def d_relu(z):\n    return np.where(z > 0, 0, 1)",
    "sides_exchanged",
)
wrong(
    "d_relu",
    "where z is smaller",
    "def d_relu(z):\n    return 1.0 * (np.asarray(z) < 0)",
    "sides_exchanged",
)
wrong("d_relu", "the sign", "def d_relu(z):\n    return np.sign(z)", "sign_of_z")
wrong(
    "d_relu",
    "minus one on the left",
    "def d_relu(z):\n    return np.where(np.asarray(z) >= 0, 1.0, -1.0)",
    "sign_of_z",
)
wrong(
    "d_relu",
    "an if",
    "def d_relu(z):\n    if z > 0:\n        return 1\n    else:\n        return 0",
    "one_number_only",
)
wrong(
    "d_relu",
    "an if expression with z in it",
    "def d_relu(z):\n    return 1 if z >= 0 else 0",
    "one_number_only",
)
wrong(
    "d_relu",
    "a list",
    "def d_relu(z):\n    return np.array([1.0 if v > 0 else 0.0 for v in z])",
    says="goes through the entries, and a single number has none",
)
wrong(
    "d_relu",
    "astype of a plain number",
    "def d_relu(z):\n    return (z > 0).astype(float)",
    says=".astype",
)
wrong("d_relu", "relu over z", "def d_relu(z):\n    return relu(z) / z", "divides_at_the_corner")
wrong(
    "d_relu",
    "written into z",
    """
def d_relu(z):
    z[z > 0] = 1
    z[z <= 0] = 0
    return z
""",
    "writes_into_z",
)
wrong(
    "d_relu",
    "only the right side replaced, on a copy",
    """
def d_relu(z):
    slope = np.array(z, dtype=float)
    slope[slope > 0] = 1
    return slope
""",
    "left_side_left_as_it_is",
)
wrong(
    "d_relu",
    "leaky",
    "def d_relu(z):\n    return np.where(z > 0, 1, 0.01)",
    "slope_of_leaky_relu",
)
wrong(
    "d_relu",
    "leaky with a parameter",
    "def d_relu(z, alpha=0.1):\n    dz = np.ones_like(np.asarray(z, dtype=float))\n"
    "    return np.where(np.asarray(z) < 0, alpha, dz)",
    "slope_of_leaky_relu",
)
wrong(
    "d_relu",
    "relu is never below 0",
    "def d_relu(z):\n    return np.where(relu(z) >= 0, 1.0, 0.0)",
    "one_everywhere",
)
wrong(
    "d_relu",
    "returned in the loop",
    """
def d_relu(z):
    for v in np.ravel(z):
        if v > 0:
            return 1.0
        else:
            return 0.0
""",
    "returned_in_the_loop",
)
wrong(
    "d_relu",
    "measured",
    "def d_relu(z):\n    h = 1e-6\n    return (relu(z + h) - relu(z - h)) / (2 * h)",
    "measured_not_derived",
)

# ---------------------------------------------------------------------------------------- softmax

wrong(
    "softmax",
    "as in the book",
    "def softmax(Z):\n    return np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)",
    "not_shifted",
)
wrong(
    "softmax",
    "row by row, as in the book",
    """
def softmax(Z):
    out = []
    for row in Z:
        e = [math.exp(v) for v in row]
        out.append([v / sum(e) for v in e])
    return np.array(out)
""",
    "not_shifted",
)
wrong(
    "softmax",
    "the most copied one",
    "def softmax(x):\n    e_x = np.exp(x - np.max(x))\n    return e_x / e_x.sum(axis=0)",
    "down_the_columns",
    ("down_the_columns", "shifted_by_the_largest_of_all"),
)
wrong(
    "softmax",
    "for a vector",
    "def softmax(x):\n    e_x = np.exp(x - np.max(x))\n    return e_x / e_x.sum()",
    "over_the_whole_matrix",
)
wrong(
    "softmax",
    "for a vector, as in the book",
    "def softmax(x):\n    return np.exp(x) / np.sum(np.exp(x))",
    "over_the_whole_matrix",
    ("not_shifted", "over_the_whole_matrix"),
)
wrong(
    "softmax",
    "columns, not shifted",
    "def softmax(Z):\n    E = np.exp(Z)\n    return E / np.sum(E, axis=0)",
    "down_the_columns",
    ("down_the_columns", "not_shifted"),
)
wrong(
    "softmax",
    "shifted by the largest of all",
    "def softmax(Z):\n    E = np.exp(Z - Z.max())\n    return E / E.sum(axis=1, keepdims=True)",
    "shifted_by_the_largest_of_all",
)
wrong(
    "softmax",
    "the sum without keepdims",
    """
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)
""",
    "row_numbers_lie_flat",
)
wrong(
    "softmax",
    "not shifted, and the sum without keepdims",
    "def softmax(Z):\n    E = np.exp(Z)\n    return E / np.sum(E, axis=1)",
    "row_numbers_lie_flat",
    ("not_shifted", "row_numbers_lie_flat"),
)
wrong(
    "softmax",
    "no exponential",
    "def softmax(Z):\n    return Z / np.sum(Z, axis=1, keepdims=True)",
    "exponential_forgotten",
    ("exponential_forgotten", "not_shifted"),
)
wrong(
    "softmax",
    "the mean for the sum",
    """
def softmax(Z):
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / np.mean(E, axis=1, keepdims=True)
""",
    "divided_by_the_mean",
)
wrong(
    "softmax",
    "the largest for the sum",
    """
def softmax(Z):
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / E.max(axis=1, keepdims=True)
""",
    "divided_by_the_largest",
)
wrong(
    "softmax",
    "each entry by itself",
    "def softmax(Z):\n    return 1 / (1 + np.exp(-Z))",
    "sigmoid_of_each_entry",
)
wrong(
    "softmax",
    "the logarithm of it",
    """
def softmax(Z):
    S = Z - Z.max(axis=1, keepdims=True)
    return S - np.log(np.exp(S).sum(axis=1, keepdims=True))
""",
    "logarithm_of_it",
)
wrong(
    "softmax",
    "shifted above, not below",
    """
def softmax(Z):
    top = np.max(Z, axis=1, keepdims=True)
    return np.exp(Z - top) / np.sum(np.exp(Z), axis=1, keepdims=True)
""",
    "shifted_in_one_place_only",
)
wrong(
    "softmax",
    "shifted in place",
    """
def softmax(Z):
    Z -= np.max(Z, axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)
""",
    "shifts_the_callers_logits",
)
wrong(
    "softmax",
    "filled into an array of Z's type",
    """
def softmax(Z):
    P = np.zeros_like(Z)
    for i, row in enumerate(Z):
        e = np.exp(row - np.max(row))
        P[i] = e / e.sum()
    return P
""",
    "cut_to_integers",
)
wrong(
    "softmax",
    "never divided",
    "def softmax(Z):\n    return np.exp(Z - np.max(Z, axis=1, keepdims=True))",
    "never_divided",
)
wrong(
    "softmax",
    "a minus too many",
    """
def softmax(Z):
    E = np.exp(-(Z - np.min(Z, axis=1, keepdims=True)))
    return E / E.sum(axis=1, keepdims=True)
""",
    "sign_in_the_exponent",
)

# ----------------------------------------------------------------------------------- squared_loss

wrong(
    "squared_loss",
    "NumPy's mean of squares",
    """
def squared_loss(Y_hat, Y):
    return np.mean((Y_hat - Y) ** 2), 2 * (Y_hat - Y) / np.size(Y)
""",
    ("averaged_over_columns_too", "half_lost"),
)
wrong(
    "squared_loss",
    "no half",
    """
def squared_loss(Y_hat, Y):
    n = Y.shape[0]
    return np.sum((Y_hat - Y) ** 2) / n, 2 * (Y_hat - Y) / n
""",
    "half_lost",
)
wrong(
    "squared_loss",
    "no half in the gradient's value",
    """
def squared_loss(Y_hat, Y):
    diff = Y_hat - Y
    loss = 0.5 * np.mean(np.sum(diff**2, axis=1))
    return loss, 2 * diff / len(diff)
""",
    "half_lost_in_the_gradient",
)
wrong(
    "squared_loss",
    "half the mean of all, and the plain difference",
    """
def squared_loss(Y_hat, Y):
    return 0.5 * np.mean((Y_hat - Y) ** 2), Y_hat - Y
""",
    ("gradient_not_divided", "value_averaged_over_columns_too"),
)
wrong(
    "squared_loss",
    "half the mean of all",
    """
def squared_loss(Y_hat, Y):
    return np.mean((Y_hat - Y) ** 2) / 2, (Y_hat - Y) / len(Y)
""",
    "value_averaged_over_columns_too",
)
wrong(
    "squared_loss",
    "half the mean of all, and its own gradient",
    """
def squared_loss(Y_hat, Y):
    R = Y_hat - Y
    return 0.5 * np.mean(R**2), R / R.size
""",
    "averaged_over_columns_too",
)
wrong(
    "squared_loss",
    "summed in loops",
    """
def squared_loss(Y_hat, Y):
    total, grad = 0, np.zeros(Y.shape)
    for i in range(len(Y)):
        for j in range(len(Y[0])):
            total += 0.5 * (Y_hat[i][j] - Y[i][j]) ** 2
            grad[i][j] = Y_hat[i][j] - Y[i][j]
    return total, grad
""",
    "summed_over_rows",
)
wrong(
    "squared_loss",
    "the gradient not divided",
    """
def squared_loss(Y_hat, Y):
    return 0.5 * np.sum((Y_hat - Y) ** 2) / len(Y), Y_hat - Y
""",
    "gradient_not_divided",
)
wrong(
    "squared_loss",
    "y minus the prediction",
    """
def squared_loss(Y_hat, Y):
    R = Y - Y_hat
    return 0.5 * np.sum(R**2) / len(Y), R / len(Y)
""",
    "gradient_sign_turned",
)
wrong(
    "squared_loss",
    "y minus the prediction, not divided",
    "def squared_loss(Y_hat, Y):\n    R = Y - Y_hat\n    return (R**2).sum() / (2 * len(Y)), R",
    ("gradient_not_divided", "gradient_sign_turned"),
)
wrong(
    "squared_loss",
    "np.linalg.norm without the square",
    """
def squared_loss(Y_hat, Y):
    return np.mean(0.5 * np.linalg.norm(Y_hat - Y, axis=1)), (Y_hat - Y) / len(Y)
""",
    "length_not_squared",
)
wrong(
    "squared_loss",
    "one value per example",
    """
def squared_loss(Y_hat, Y):
    R = Y_hat - Y
    return 0.5 * np.sum(R**2, axis=1), R / len(R)
""",
    "one_value_per_example",
)
wrong(
    "squared_loss",
    "only the value",
    "def squared_loss(Y_hat, Y):\n    return 0.5 * np.sum((Y_hat - Y) ** 2) / len(Y)",
    "gradient_not_returned",
)
wrong(
    "squared_loss",
    "the root of it",
    """
def squared_loss(Y_hat, Y):
    R = Y_hat - Y
    return np.sqrt(np.sum(R**2) / (2 * len(R))), R / len(R)
""",
    "root_taken",
)
wrong(
    "squared_loss",
    "divided by the columns",
    """
def squared_loss(Y_hat, Y):
    n = Y.shape[1]
    R = Y_hat - Y
    return np.sum(R**2) / (2 * n), R / n
""",
    "divided_by_the_columns",
)
wrong(
    "squared_loss",
    "the gradient averaged away",
    """
def squared_loss(Y_hat, Y):
    R = Y_hat - Y
    return np.sum(R**2) / (2 * len(R)), np.mean(R, axis=0, keepdims=True)
""",
    "gradient_averaged_over_examples",
)
wrong(
    "squared_loss",
    "in place",
    """
def squared_loss(Y_hat, Y):
    Y_hat -= Y
    return np.sum(Y_hat**2) / (2 * len(Y)), Y_hat / len(Y)
""",
    "writes_into_the_predictions",
)
wrong(
    "squared_loss",
    "the other way round",
    """
def squared_loss(Y_hat, Y):
    R = Y_hat - Y
    return R / len(R), np.sum(R**2) / (2 * len(R))
""",
    "gradient_first",
)
wrong(
    "squared_loss",
    "not squared",
    """
def squared_loss(Y_hat, Y):
    R = Y_hat - Y
    return np.sum(R) / (2 * len(R)), R / len(R)
""",
    "not_squared",
)

# ---------------------------------------------------------------------------------- logistic_loss

wrong(
    "logistic_loss",
    "no reshape, np.mean",
    """
def logistic_loss(z, y):
    y = np.array(y)
    loss = np.mean(y * softplus(-z) + (1 - y) * softplus(z))
    return loss, (sigmoid(z) - y) / len(z)
""",
    "broadcast_to_a_square",
)
wrong(
    "logistic_loss",
    "no reshape, a sum over n, the log of the sigmoid",
    """
def logistic_loss(z, y):
    n = len(z)
    p = sigmoid(z)
    loss = -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / n
    return loss, (p - y) / n
""",
    "broadcast_to_a_square",
    ("broadcast_to_a_square", "log_of_a_rounded_zero"),
)
wrong(
    "logistic_loss",
    "no reshape for the gradient",
    """
def logistic_loss(z, y):
    col = np.reshape(y, (-1, 1))
    loss = np.mean(softplus(z) - col * z)
    return loss, (sigmoid(z) - y) / len(z)
""",
    "broadcast_to_a_square",
)
wrong(
    "logistic_loss",
    "reshape as a method",
    """
def logistic_loss(z, y):
    y = y.reshape(-1, 1)
    loss = np.mean(np.where(y == 1, softplus(-z), softplus(z)))
    return loss, (sigmoid(z) - y) / len(z)
""",
    "array_expected",
)
wrong(
    "logistic_loss",
    "both flat",
    """
def logistic_loss(z, y):
    z, y = np.ravel(z), np.ravel(y)
    return np.mean(softplus(z) - y * z), (sigmoid(z) - y) / len(y)
""",
    "gradient_lies_flat",
)
wrong(
    "logistic_loss",
    "the log of the sigmoid",
    """
def logistic_loss(z, y):
    y = np.array(y).reshape(-1, 1)
    a = 1 / (1 + np.exp(-z))
    cost = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    return cost, (a - y) / len(y)
""",
    "log_of_a_rounded_zero",
)
wrong(
    "logistic_loss",
    "the log of the sigmoid by cases",
    """
def logistic_loss(z, y):
    y = np.ravel(y)
    total, grad = 0.0, np.zeros((len(z), 1))
    for i in range(len(z)):
        p = sigmoid(z[i, 0])
        if y[i] == 1:
            total -= np.log(p)
        else:
            total -= np.log(1 - p)
        grad[i, 0] = (p - y[i]) / len(z)
    return total / len(z), grad
""",
    "log_of_zero_where_wrong",
    "log_of_a_rounded_zero",
)
wrong(
    "logistic_loss",
    "clipped",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    p = np.clip(sigmoid(z), 1e-15, 1 - 1e-15)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return loss, (sigmoid(z) - y) / len(z)
""",
    "small_number_inside_the_log",
)
wrong(
    "logistic_loss",
    "a small number added",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    eps = 1e-8
    p = sigmoid(z)
    loss = -(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps)).mean()
    return loss, (p - y) / len(z)
""",
    "small_number_inside_the_log",
)
wrong(
    "logistic_loss",
    "log(1 + e^z) as it stands",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    loss = np.mean(np.log(1 + np.exp(z)) - y * z)
    return loss, (sigmoid(z) - y) / len(z)
""",
    "exponential_overflows",
)
wrong(
    "logistic_loss",
    "log1p(e^{-z}) in the case of y = 1",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    s = np.where(y == 1, -z, z)
    return np.log1p(np.exp(s)).mean(), (sigmoid(z) - y) / len(z)
""",
    "exponential_overflows",
)
wrong(
    "logistic_loss",
    "signs for labels",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    return np.mean(np.log(1 + np.exp(-y * z))), -y * sigmoid(-y * z) / len(z)
""",
    "labels_taken_as_signs",
)
wrong(
    "logistic_loss",
    "the gradient by p",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    p = sigmoid(z)
    loss = np.mean(y * softplus(-z) + (1 - y) * softplus(z))
    return loss, -(y / p - (1 - y) / (1 - p)) / len(z)
""",
    "gradient_by_the_probability",
)
wrong(
    "logistic_loss",
    "d_sigmoid multiplied once more",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    loss = np.mean(softplus(z) - y * z)
    return loss, (sigmoid(z) - y) * d_sigmoid(z) / len(z)
""",
    "sigmoids_slope_left_in",
)
wrong(
    "logistic_loss",
    "softplus of the wrong signs",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    loss = np.mean(y * softplus(z) + (1 - y) * softplus(-z))
    return loss, (sigmoid(z) - y) / len(z)
""",
    "labels_exchanged_in_the_value",
)
wrong(
    "logistic_loss",
    "summed",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    return np.sum(softplus(z) - y * z), sigmoid(z) - y
""",
    "summed_over_examples",
)
wrong(
    "logistic_loss",
    "the log, and the gradient not divided",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    p = sigmoid(z)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return loss, p - y
""",
    "mean_lost_in_the_gradient",
    ("log_of_a_rounded_zero", "mean_lost_in_the_gradient"),
)
wrong(
    "logistic_loss",
    "truth minus prediction",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    return np.mean(softplus(z) - y * z), (y - sigmoid(z)) / len(z)
""",
    "gradient_sign_turned",
)
wrong(
    "logistic_loss",
    "the minus in front forgotten",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    p = sigmoid(z)
    return np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), (p - y) / len(z)
""",
    "minus_lost",
    ("log_of_a_rounded_zero", "minus_lost"),
)
wrong(
    "logistic_loss",
    "z taken for p",
    """
def logistic_loss(z, y):
    y = np.reshape(y, (-1, 1))
    return -np.mean(y * np.log(z) + (1 - y) * np.log(1 - z)), (z - y) / len(z)
""",
    "sigmoid_forgotten",
)

# ---------------------------------------------------------------------------------- cross_entropy

wrong(
    "cross_entropy",
    "one-hot by the labels",
    """
def cross_entropy(Z, y):
    P = softmax(Z)
    n = len(y)
    onehot = np.eye(y.max() + 1)[y]
    S = Z - Z.max(axis=1, keepdims=True)
    loss = -np.mean((S - np.log(np.exp(S).sum(axis=1, keepdims=True)))[np.arange(n), y])
    return loss, (P - onehot) / n
""",
    "classes_counted_from_the_labels",
)
wrong(
    "cross_entropy",
    "minus log of the softmax",
    """
def cross_entropy(Z, y):
    n = Z.shape[0]
    P = softmax(Z)
    loss = -np.sum(np.log(P[range(n), y])) / n
    P[range(n), y] -= 1
    return loss, P / n
""",
    "log_of_a_vanished_probability",
)
wrong(
    "cross_entropy",
    "minus log of the softmax, with a one-hot matrix",
    """
def cross_entropy(Z, y):
    n, k = Z.shape
    P = softmax(Z)
    T = np.zeros((n, k))
    T[np.arange(n), y] = 1
    return -np.sum(T * np.log(P)) / n, (P - T) / n
""",
    "log_of_a_vanished_probability",
)
wrong(
    "cross_entropy",
    "a small number added, one-hot",
    """
def cross_entropy(Z, y):
    n, k = Z.shape
    P = softmax(Z)
    T = np.eye(k)[y]
    return -np.sum(T * np.log(P + 1e-9)) / n, (P - T) / n
""",
    "small_number_inside_the_log",
)
wrong(
    "cross_entropy",
    "clipped",
    """
def cross_entropy(Z, y):
    n = len(y)
    P = softmax(Z)
    Q = np.clip(P, 1e-12, 1 - 1e-12)
    loss = -np.mean(np.log(Q[np.arange(n), y]))
    grad = P.copy()
    grad[np.arange(n), y] -= 1
    return loss, grad / n
""",
    "small_number_inside_the_log",
)
wrong(
    "cross_entropy",
    "its own softmax, not shifted",
    """
def cross_entropy(Z, y):
    n = len(y)
    P = np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)
    loss = np.mean(-np.log(P[np.arange(n), y]))
    P[np.arange(n), y] -= 1
    return loss, P / n
""",
    "exponentials_not_shifted",
)
wrong(
    "cross_entropy",
    "log-sum-exp, not shifted",
    """
def cross_entropy(Z, y):
    n = len(y)
    loss = np.mean(np.log(np.sum(np.exp(Z), axis=1)) - Z[np.arange(n), y])
    G = softmax(Z)
    G[np.arange(n), y] -= 1
    return loss, G / n
""",
    "exponentials_not_shifted",
)
wrong(
    "cross_entropy",
    "softmax before the log-softmax",
    """
def cross_entropy(Z, y):
    n, k = Z.shape
    Z = softmax(Z)
    loss = np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(n), y])
    return loss, (softmax(Z) - np.eye(k)[y]) / n
""",
    "softmax_taken_twice",
)
wrong(
    "cross_entropy",
    "columns picked in every row",
    """
def cross_entropy(Z, y):
    n = len(y)
    P = softmax(Z)
    S = Z - Z.max(axis=1, keepdims=True)
    logP = S - np.log(np.sum(np.exp(S), axis=1, keepdims=True))
    G = P.copy()
    G[:, y] -= 1
    return -np.mean(logP[:, y]), G / n
""",
    "picks_columns_in_every_row",
)
wrong(
    "cross_entropy",
    "the softmax alone for the gradient",
    """
def cross_entropy(Z, y):
    n = len(y)
    S = Z - Z.max(axis=1, keepdims=True)
    loss = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(n), y])
    return loss, softmax(Z) / n
""",
    "label_forgotten_in_the_gradient",
)
wrong(
    "cross_entropy",
    "truth minus prediction",
    """
def cross_entropy(Z, y):
    n, k = Z.shape
    S = Z - Z.max(axis=1, keepdims=True)
    loss = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(n), y])
    return loss, (np.eye(k)[y] - softmax(Z)) / n
""",
    "gradient_points_downhill",
)
wrong(
    "cross_entropy",
    "summed in a loop",
    """
def cross_entropy(Z, y):
    loss, G = 0.0, np.zeros(Z.shape)
    for i in range(len(y)):
        top = Z[i].max()
        e = np.exp(Z[i] - top)
        loss += np.log(e.sum()) - (Z[i, y[i]] - top)
        G[i] = e / e.sum()
        G[i, y[i]] -= 1
    return loss, G
""",
    "sum_for_mean",
)
wrong(
    "cross_entropy",
    "the gradient not divided, and the log of the softmax",
    """
def cross_entropy(Z, y):
    n, k = Z.shape
    P = softmax(Z)
    return -np.mean(np.log(P[np.arange(n), y])), P - np.eye(k)[y]
""",
    "gradient_without_the_mean",
    ("gradient_without_the_mean", "log_of_a_vanished_probability"),
)
wrong(
    "cross_entropy",
    "the mean over the one-hot matrix",
    """
def cross_entropy(Z, y):
    n, k = Z.shape
    T = np.eye(k)[y]
    S = Z - Z.max(axis=1, keepdims=True)
    logP = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    return -np.mean(T * logP), (softmax(Z) - T) / n
""",
    "value_divided_by_the_classes_too",
)
wrong(
    "cross_entropy",
    "labels subtracted as numbers",
    """
def cross_entropy(Z, y):
    n = len(y)
    S = Z - Z.max(axis=1, keepdims=True)
    loss = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(n), y])
    return loss, (softmax(Z) - y.reshape(-1, 1)) / n
""",
    "labels_subtracted_as_numbers",
)
wrong(
    "cross_entropy",
    "the log taken after the subtraction",
    """
def cross_entropy(Z, y):
    n = len(y)
    P = softmax(Z)
    P[np.arange(n), y] -= 1
    return -np.mean(np.log(P[np.arange(n), y])), P / n
""",
    "value_after_the_subtraction",
)
wrong(
    "cross_entropy",
    "the gradient by the probabilities",
    """
def cross_entropy(Z, y):
    n, k = Z.shape
    S = Z - Z.max(axis=1, keepdims=True)
    loss = np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(n), y])
    return loss, -np.eye(k)[y] / softmax(Z) / n
""",
    "gradient_by_the_probabilities",
)
wrong(
    "cross_entropy",
    "the minus forgotten",
    """
def cross_entropy(Z, y):
    n, k = Z.shape
    P = softmax(Z)
    return np.mean(np.log(P[np.arange(n), y])), (P - np.eye(k)[y]) / n
""",
    "minus_lost",
    ("log_of_a_vanished_probability", "minus_lost"),
)
wrong(
    "cross_entropy",
    "the softmax forgotten",
    """
def cross_entropy(Z, y):
    n, k = Z.shape
    return -np.mean(np.log(Z[np.arange(n), y])), (Z - np.eye(k)[y]) / n
""",
    "softmax_forgotten",
)
wrong(
    "cross_entropy",
    "shifted in place",
    """
def cross_entropy(Z, y):
    n, k = Z.shape
    Z -= Z.max(axis=1, keepdims=True)
    loss = np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(n), y])
    return loss, (softmax(Z) - np.eye(k)[y]) / n
""",
    "shifts_the_callers_logits",
)

# --------------------------------------------------------------------------------- gradient_check

CHECK = """
def gradient_check(f, theta, grad, eps=1e-6):
    theta = np.array(theta, dtype=float)
    worst = 0.0
    for i in np.ndindex(theta.shape):
        up, down = theta.copy(), theta.copy()
        up[i] += eps
        down[i] -= eps
        num = {}
        err = {}
        worst = max(worst, err)
    return worst
"""
CENTRAL = "(f(up) - f(down)) / (2 * eps)"
RELATIVE = "abs(grad[i] - num) / max(abs(grad[i]), abs(num), 1e-8)"

wrong(
    "gradient_check",
    "one-sided",
    CHECK.format("(f(up) - f(theta)) / eps", RELATIVE),
    "one_sided",
)
wrong(
    "gradient_check",
    "divided by eps",
    CHECK.format("(f(up) - f(down)) / eps", RELATIVE),
    "step_counted_once",
)
wrong(
    "gradient_check",
    "brackets of 2 eps lost",
    CHECK.format("(f(up) - f(down)) / 2 * eps", RELATIVE),
    "multiplied_by_eps",
)
wrong(
    "gradient_check",
    "absolute",
    CHECK.format(CENTRAL, "abs(grad[i] - num)"),
    "absolute_error",
)
wrong(
    "gradient_check",
    "by the sum",
    CHECK.format(CENTRAL, "abs(grad[i] - num) / max(abs(grad[i]) + abs(num), 1e-8)"),
    "divides_by_the_sum",
)
wrong(
    "gradient_check",
    "no floor",
    CHECK.format(CENTRAL, "abs(grad[i] - num) / max(abs(grad[i]), abs(num))"),
    "no_floor",
)
wrong(
    "gradient_check",
    "a floor of its own",
    CHECK.format(CENTRAL, "abs(grad[i] - num) / max(abs(grad[i]), abs(num), 1e-15)"),
    "another_floor",
)
wrong(
    "gradient_check",
    "relative to the gradient alone",
    CHECK.format(CENTRAL, "abs(grad[i] - num) / max(abs(grad[i]), 1e-8)"),
    "relative_to_one_of_them",
)
wrong(
    "gradient_check",
    "the sign kept",
    CHECK.format(CENTRAL, "(grad[i] - num) / max(abs(grad[i]), abs(num), 1e-8)"),
    "error_keeps_its_sign",
)
wrong(
    "gradient_check",
    "the well-known loop, by the sum",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    num = np.zeros_like(theta)
    it = np.nditer(theta, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        old = theta[i]
        theta[i] = old + eps
        up = f(theta)
        theta[i] = old - eps
        down = f(theta)
        theta[i] = old
        num[i] = (up - down) / (2 * eps)
        it.iternext()
    return np.max(np.abs(num - grad) / np.maximum(1e-8, np.abs(num) + np.abs(grad)))
""",
    "divides_by_the_sum",
    ("divides_by_the_sum", "step_lost_in_the_type"),
)
wrong(
    "gradient_check",
    "the well-known loop",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    worst = 0
    for i in np.ndindex(theta.shape):
        old = theta[i]
        theta[i] = old + eps
        up = f(theta)
        theta[i] = old - eps
        down = f(theta)
        theta[i] = old
        num = (up - down) / (2 * eps)
        worst = max(worst, abs(num - grad[i]) / max(abs(num), abs(grad[i]), 1e-8))
    return worst
""",
    "step_lost_in_the_type",
)
wrong(
    "gradient_check",
    "the mean of the errors",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    theta = np.array(theta, dtype=float)
    errors = []
    for i in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[i] = eps
        num = (f(theta + e) - f(theta - e)) / (2 * eps)
        errors.append(abs(grad[i] - num) / max(abs(grad[i]), abs(num), 1e-8))
    return np.mean(errors)
""",
    "mean_for_largest",
)
wrong(
    "gradient_check",
    "the ratio of norms",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    theta = np.array(theta, dtype=float)
    num = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[i] = eps
        num[i] = (f(theta + e) - f(theta - e)) / (2 * eps)
    return np.linalg.norm(grad - num) / (np.linalg.norm(grad) + np.linalg.norm(num))
""",
    "ratio_of_norms",
)
wrong(
    "gradient_check",
    "all at once",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    num = (f(theta + eps) - f(theta - eps)) / (2 * eps)
    return np.max(np.abs(grad - num) / np.maximum(np.maximum(np.abs(grad), abs(num)), 1e-8))
""",
    "all_entries_at_once",
)
wrong(
    "gradient_check",
    "for vectors",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    theta = np.array(theta, dtype=float)
    worst = 0.0
    for i in range(len(theta)):
        e = np.zeros(len(theta))
        e[i] = eps
        num = (f(theta + e) - f(theta - e)) / (2 * eps)
        worst = max(worst, abs(grad[i] - num) / max(abs(grad[i]), abs(num), 1e-8))
    return worst
""",
    "vectors_only",
)
wrong(
    "gradient_check",
    "flattened for f",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    flat, g = np.array(theta, dtype=float).flatten(), np.ravel(grad)
    worst = 0.0
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i] += eps
        down[i] -= eps
        num = (f(up) - f(down)) / (2 * eps)
        worst = max(worst, abs(g[i] - num) / max(abs(g[i]), abs(num), 1e-8))
    return worst
""",
    "f_gets_it_flat",
)
wrong(
    "gradient_check",
    "put back by adding",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    if theta.dtype != float:
        theta = theta.astype(float)
    worst = 0
    for i in np.ndindex(theta.shape):
        theta[i] += eps
        up = f(theta)
        theta[i] -= 2 * eps
        down = f(theta)
        theta[i] += eps
        num = (up - down) / (2 * eps)
        worst = max(worst, abs(num - grad[i]) / max(abs(num), abs(grad[i]), 1e-8))
    return worst
""",
    "restores_by_adding",
)
wrong(
    "gradient_check",
    "two names for one array",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    theta = np.array(theta, dtype=float)
    worst = 0.0
    for i in np.ndindex(theta.shape):
        up = theta
        up[i] += eps
        down = theta
        down[i] -= eps
        num = (f(up) - f(down)) / (2 * eps)
        worst = max(worst, abs(grad[i] - num) / max(abs(grad[i]), abs(num), 1e-8))
    return worst
""",
    "two_names_for_one_array",
)
wrong(
    "gradient_check",
    "its own step",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    h = 1e-5
    theta = np.array(theta, dtype=float)
    worst = 0.0
    for i in np.ndindex(theta.shape):
        e = np.zeros_like(theta)
        e[i] = h
        num = (f(theta + e) - f(theta - e)) / (2 * h)
        worst = max(worst, abs(grad[i] - num) / max(abs(grad[i]), abs(num), 1e-8))
    return worst
""",
    "step_of_its_own",
)
wrong(
    "gradient_check",
    "returned in the loop",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    theta = np.array(theta, dtype=float)
    for i in np.ndindex(theta.shape):
        e = np.zeros_like(theta)
        e[i] = eps
        num = (f(theta + e) - f(theta - e)) / (2 * eps)
        return abs(grad[i] - num) / max(abs(grad[i]), abs(num), 1e-8)
""",
    "first_entry_only",
)
wrong(
    "gradient_check",
    "the last entry wins",
    """
def gradient_check(f, theta, grad, eps=1e-6):
    theta = np.array(theta, dtype=float)
    for i in np.ndindex(theta.shape):
        e = np.zeros_like(theta)
        e[i] = eps
        num = (f(theta + e) - f(theta - e)) / (2 * eps)
        err = abs(grad[i] - num) / max(abs(grad[i]), abs(num), 1e-8)
    return err
""",
    "last_entry_only",
)

# --------------------------------------------------------------------------------- layer_backward

LAYER = """
def layer_backward(dH, H_in, A, Z, act):
    delta = dH * act.derivative(Z)
    dH_in = delta @ A.T
    dA = H_in.T @ delta
    db = delta.sum(axis=0, keepdims=True)
    return dH_in, dA, db
"""


def layer(name: str, change: dict[str, str], *ideas: str | tuple[str, ...], says="") -> None:
    """Add an answer in which lines of the usual one are changed."""
    source = LAYER
    for old, new in change.items():
        assert old in source
        source = source.replace(old, new)
    wrong("layer_backward", name, source, *ideas, says=says)


layer("no derivative", {" * act.derivative(Z)": ""}, "derivative_dropped")
layer("the value", {"act.derivative(Z)": "act(Z)"}, "value_for_derivative")
layer("at the output", {"act.derivative(Z)": "act.derivative(act(Z))"}, "derivative_at_the_output")
layer(
    "a matrix product",
    {"dH * act.derivative(Z)": "dH @ act.derivative(Z)"},
    "matrix_product_with_the_derivative",
)
layer(
    "no derivative on the way on",
    {"delta @ A.T": "dH @ A.T"},
    "derivative_missing_towards_the_input",
)
layer("no transpose", {"delta @ A.T": "delta @ A"}, "transpose_missing")
layer(
    "np.dot the other way round",
    {"H_in.T @ delta": "np.dot(delta.T, H_in)"},
    "weight_gradient_transposed",
)
layer("the layer's output", {"H_in.T @ delta": "act(Z).T @ delta"}, "own_output_for_the_input")
layer(
    "flat bias",
    {"delta.sum(axis=0, keepdims=True)": "np.sum(delta, axis=0)"},
    "bias_gradient_lies_flat",
)
layer(
    "one number", {"delta.sum(axis=0, keepdims=True)": "np.sum(delta)"}, "one_number_for_all_biases"
)
layer("delta as it is", {"delta.sum(axis=0, keepdims=True)": "delta"}, "bias_gradient_not_summed")
layer("the mean", {"delta.sum(": "delta.mean("}, "bias_gradient_averaged")
layer(
    "the popular course's 1/m",
    {"H_in.T @ delta": "H_in.T @ delta / len(dH)", "keepdims=True)": "keepdims=True) / len(dH)"},
    "divided_by_n_again",
)
layer("another order", {"return dH_in, dA, db": "return dA, db, dH_in"}, "another_order")
layer("the order of torch", {"return dH_in, dA, db": "return dA, dH_in, db"}, "another_order")
layer(
    "relu's slope for every layer",
    {"act.derivative(Z)": "(Z > 0)"},
    "slope_of_another_activation",
)
layer(
    "the sigmoid's rule for every layer",
    {"act.derivative(Z)": "act(Z) * (1 - act(Z))"},
    "slope_of_another_activation",
)
layer("the bias from dH", {"db = delta": "db = dH"}, "derivative_missing_in_the_biases")
layer(
    "no transpose and a flat bias",
    {"delta @ A.T": "delta @ A", "axis=0, keepdims=True": "axis=0"},
    ("bias_gradient_lies_flat", "transpose_missing"),
)
layer(
    "the derivative dropped, and the biases averaged",
    {" * act.derivative(Z)": "", "delta.sum(": "delta.mean("},
    ("bias_gradient_averaged", "derivative_dropped"),
)
wrong(
    "layer_backward",
    "= for += in the loop",
    """
def layer_backward(dH, H_in, A, Z, act):
    dH_in, dA, db = np.zeros(H_in.shape), np.zeros(A.shape), np.zeros((1, A.shape[1]))
    for i in range(len(dH)):
        delta = dH[i] * act.derivative(Z[i])
        dH_in[i] = A @ delta
        dA = np.outer(H_in[i], delta)
        db = delta.reshape(1, -1)
    return dH_in, dA, db
""",
    "last_example_only",
)
wrong(
    "layer_backward",
    "in place",
    """
def layer_backward(dH, H_in, A, Z, act):
    dH *= act.derivative(Z)
    return dH @ A.T, H_in.T @ dH, dH.sum(axis=0, keepdims=True)
""",
    "writes_into_the_gradient",
)
wrong(
    "layer_backward",
    "differences",
    """
def layer_backward(dH, H_in, A, Z, act):
    b = Z - H_in @ A
    def numeric(f, t, h=1e-5):
        g = np.zeros(t.shape)
        for i in np.ndindex(t.shape):
            e = np.zeros(t.shape)
            e[i] = h
            g[i] = (f(t + e) - f(t - e)) / (2 * h)
        return g
    dH_in = numeric(lambda t: np.sum(dH * act(t @ A + b)), H_in)
    dA = numeric(lambda t: np.sum(dH * act(H_in @ t + b)), A)
    db = numeric(lambda t: np.sum(dH * act(H_in @ A + b + t)), np.zeros((1, A.shape[1])))
    return dH_in, dA, db
""",
    "measured_not_derived",
)

# --------------------------------------------------------------------------------------- backprop

NET = """
def backprop(net, acts, X, Y, loss):
    As, Bs = net
    Hs, Zs = [X], []
    for A, b, act in zip(As, Bs, acts):
        Z = Hs[-1] @ A + b
        Zs.append(Z)
        Hs.append(act(Z))
    value, dH = loss(Hs[-1], Y)
    dAs, dBs = [None] * len(As), [None] * len(As)
    for j in reversed(range(len(As))):
        dH, dA, db = layer_backward(dH, Hs[j], As[j], Zs[j], acts[j])
        dAs[j] = dA
        dBs[j] = db
    return value, (dAs, dBs)
"""
DELTAS = """
def backprop(net, acts, X, Y, loss):
    As, Bs = net
    Hs, Zs = [X], []
    for j in range(len(As)):
        Zs.append(np.dot(Hs[-1], As[j]) + Bs[j])
        Hs.append(acts[j](Zs[-1]))
    value, error = loss(Hs[-1], Y)
    dAs, dBs = [], []
    delta = error * acts[-1].derivative(Zs[-1])
    for j in range(len(As) - 1, -1, -1):
        dAs.insert(0, np.dot(Hs[j].T, delta))
        dBs.insert(0, np.sum(delta, axis=0, keepdims=True))
        if j > 0:
            delta = np.dot(delta, As[j].T) * acts[j - 1].derivative(Zs[j - 1])
    return value, (dAs, dBs)
"""


def net(
    name: str, usual: str, change: dict[str, str], *ideas: str | tuple[str, ...], says=""
) -> None:
    """Add an answer in which lines of a usual one are changed."""
    for old, new in change.items():
        assert old in usual, old
        usual = usual.replace(old, new)
    wrong("backprop", name, usual, *ideas, says=says)


net(
    "appended and not reversed",
    NET,
    {
        "[None] * len(As), [None] * len(As)": "[], []",
        "dAs[j] = dA": "dAs.append(dA)",
        "dBs[j] = db": "dBs.append(db)",
    },
    "lists_reversed",
)
net("the gradient not handed on", NET, {"dH, dA, db =": "_, dA, db ="}, "gradient_not_handed_on")
net("its own output", NET, {"Hs[j], As": "Hs[j + 1], As"}, "own_outputs_for_the_inputs")
net(
    "divided by n again",
    NET,
    {"dAs[j] = dA": "dAs[j] = dA / len(X)", "dBs[j] = db": "dBs[j] = db / len(X)"},
    "averaged_twice",
)
net("no bias", NET, {"Hs[-1] @ A + b": "Hs[-1] @ A"}, "bias_left_out")
net("the last activation for all", NET, {"acts[j])": "act)"}, "one_activation_for_all")
net("the first activation for all", NET, {"acts[j])": "acts[0])"}, "one_activation_for_all")
net("H for Z", NET, {"Zs[j], acts": "Hs[j + 1], acts"}, "derivatives_at_the_outputs")
net("the previous Z", NET, {"Zs[j], acts": "Zs[j - 1], acts"}, "slope_of_another_layer")
net(
    "the loss's arguments exchanged",
    NET,
    {"loss(Hs[-1], Y)": "loss(Y, Hs[-1])"},
    "loss_arguments_exchanged",
)
net(
    "the squared loss always",
    NET,
    {"loss(Hs[-1], Y)": "squared_loss(Hs[-1], Y)"},
    "always_the_squared_loss",
)
net("z of the layer before", NET, {"Hs[j], As": "Zs[j - 1] if j else X, As"}, "z_kept_for_h")
net(
    "the first layer left out",
    NET,
    {"reversed(range(len(As)))": "range(len(As) - 1, 0, -1)"},
    "first_layer_left_out",
)
net(
    "updated on the way",
    NET,
    {"dBs[j] = db": "dBs[j] = db\n        As[j] = As[j] - 0.1 * dA"},
    "net_updated",
)
net(
    "no last derivative",
    DELTAS,
    {"error * acts[-1].derivative(Zs[-1])": "error"},
    "last_derivative_dropped",
)
net(
    "no hidden derivatives",
    DELTAS,
    {" * acts[j - 1].derivative(Zs[j - 1])": ""},
    "hidden_derivatives_dropped",
)
net(
    "the slope of the wrong layer",
    DELTAS,
    {"* acts[j - 1].derivative(Zs[j - 1])": "* acts[j].derivative(Zs[j - 1])"},
    "slope_of_another_layer",
)
net(
    "biases not summed",
    DELTAS,
    {"np.sum(delta, axis=0, keepdims=True)": "delta"},
    "bias_gradients_not_summed",
)
net("flat biases", DELTAS, {"axis=0, keepdims=True": "axis=0"}, "bias_gradients_lie_flat")
net(
    "the sum of everything",
    DELTAS,
    {"np.sum(delta, axis=0, keepdims=True)": "np.sum(delta)"},
    "one_number_for_all_biases",
)
net(
    "handed on through the gradient",
    DELTAS,
    {"np.dot(delta, As[j].T)": "np.dot(delta, dAs[0].T)"},
    "handed_on_through_the_gradient",
)
net(
    "the activation for its derivative",
    DELTAS,
    {
        "acts[-1].derivative(Zs[-1])": "acts[-1](Zs[-1])",
        "acts[j - 1].derivative(Zs[j - 1])": "acts[j - 1](Zs[j - 1])",
    },
    "values_for_derivatives",
)
net(
    "biases left out, and the lists reversed",
    DELTAS,
    {" + Bs[j]": "", "insert(0, np.dot": "append(np.dot", "insert(0, np.sum": "append(np.sum"},
    ("bias_left_out", "lists_reversed"),
)
net(
    "the error handed on without this layer's slope",
    """
def backprop(net, acts, X, Y, loss):
    As, Bs = net
    Hs, Zs = [X], []
    for A, b, act in zip(As, Bs, acts):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(act(Zs[-1]))
    value, error = loss(Hs[-1], Y)
    dAs, dBs = [], []
    for j in reversed(range(len(As))):
        delta = error * acts[j].derivative(Zs[j])
        dAs.append(Hs[j].T @ delta)
        dBs.append(delta.sum(axis=0, keepdims=True))
        error = error @ As[j].T
    return value, (dAs[::-1], dBs[::-1])
""",
    {},
    "handed_on_without_the_slope",
)
net(
    "differences",
    """
def backprop(net, acts, X, Y, loss):
    As, Bs = [np.array(A, dtype=float) for A in net[0]], [np.array(b, dtype=float) for b in net[1]]
    def value():
        H = X
        for A, b, act in zip(As, Bs, acts):
            H = act(H @ A + b)
        return loss(H, Y)[0]
    def slopes(part, h=1e-5):
        g = np.zeros(part.shape)
        for i in np.ndindex(part.shape):
            old = part[i]
            part[i] = old + h
            up = value()
            part[i] = old - h
            g[i] = (up - value()) / (2 * h)
            part[i] = old
        return g
    return value(), ([slopes(A) for A in As], [slopes(b) for b in Bs])
""",
    {},
    "measured_not_derived",
)

# Slips of the first weeks, and a few for which no name is honest.

NATURAL += [
    Entry(
        "d_sigmoid: s plus",
        "d_sigmoid",
        with_imports("""
        def d_sigmoid(z):
            s = 1 / (1 + np.exp(-z))
            return s * (1 + s)
        """),
        (),
    ),
    Entry(
        "d_sigmoid: z(1-z)",
        "d_sigmoid",
        with_imports("""
        def d_sigmoid(z):
            return z * (1 - z)
        """),
        (("rule_for_the_output_applied_to_z",),),
    ),
    Entry(
        "d_sigmoid: no brackets",
        "d_sigmoid",
        with_imports("""
        def d_sigmoid(z):
            s = 1/(1+np.exp(-z))
            return s * 1 - s
        """),
        (),
    ),
    Entry(
        "d_sigmoid: squared",
        "d_sigmoid",
        with_imports("""
        def d_sigmoid(z):
            s = 1/(1+np.exp(-z))
            return s - s
        """),
        (),
    ),
    Entry(
        "d_sigmoid: exp(-z)/(1+exp(-z))",
        "d_sigmoid",
        with_imports("""
        def d_sigmoid(z):
            return np.exp(-z) / (1 + np.exp(-z))
        """),
        (
            (
                "one_factor_lost",
                "quotient_overflows",
            ),
        ),
    ),
    Entry(
        "d_sigmoid: exp(-z)/(1+exp(-z**2))",
        "d_sigmoid",
        with_imports("""
        def d_sigmoid(z):
            return np.exp(-z) / (1 + np.exp(-z)**2)
        """),
        (("quotient_overflows",),),
    ),
    Entry(
        "d_sigmoid: constant quarter",
        "d_sigmoid",
        with_imports("""
        def d_sigmoid(z):
            return 0.25 * np.ones_like(z)
        """),
        (),
    ),
    Entry(
        "d_tanh: 1 - z**2",
        "d_tanh",
        with_imports("""
        def d_tanh(z):
            return 1 - z**2
        """),
        (("output_rule_applied_to_z",),),
    ),
    Entry(
        "d_tanh: 1 - tanh",
        "d_tanh",
        with_imports("""
        def d_tanh(z):
            return 1 - np.tanh(z)
        """),
        (("square_lost",),),
    ),
    Entry(
        "d_tanh: 1/cosh",
        "d_tanh",
        with_imports("""
        def d_tanh(z):
            return 1 / np.cosh(z)
        """),
        (("cosh_not_squared",),),
    ),
    Entry(
        "d_tanh: (1 - t)**2",
        "d_tanh",
        with_imports("""
        def d_tanh(z):
            t = np.tanh(z)
            return (1 - t)**2
        """),
        (("square_in_the_wrong_place",),),
    ),
    Entry(
        "d_relu: returns z where positive",
        "d_relu",
        with_imports("""
        def d_relu(z):
            return np.where(z > 0, z, 0)
        """),
        (("relu_itself",),),
    ),
    Entry(
        "d_relu: ge with minus one",
        "d_relu",
        with_imports("""
        def d_relu(z):
            return np.where(z > 0, 1, -1)
        """),
        (("sign_of_z",),),
    ),
    Entry(
        "squared_loss: no half, sum",
        "squared_loss",
        with_imports("""
        def squared_loss(Y_hat, Y):
            d = Y_hat - Y
            return np.sum(d**2), 2 * d
        """),
        (
            (
                "half_lost",
                "summed_over_rows",
            ),
        ),
    ),
    Entry(
        "squared_loss: 2/n with half value",
        "squared_loss",
        with_imports("""
        def squared_loss(Y_hat, Y):
            n = len(Y)
            d = Y - Y_hat
            return np.sum(d**2) / (2*n), 2 * d / n
        """),
        (),
    ),
    Entry(
        "squared_loss: rmse",
        "squared_loss",
        with_imports("""
        def squared_loss(Y_hat, Y):
            d = Y_hat - Y
            return np.sqrt(np.mean(d**2)), d / len(Y)
        """),
        (),
    ),
    Entry(
        "logistic_loss: y of shape",
        "logistic_loss",
        with_imports("""
        def logistic_loss(z, y):
            p = 1 / (1 + np.exp(-z))
            value = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
            return value, (p - y) / len(y)
        """),
        (
            (
                "broadcast_to_a_square",
                "log_of_a_rounded_zero",
            ),
        ),
    ),
    Entry(
        "logistic_loss: sign",
        "logistic_loss",
        with_imports("""
        def logistic_loss(z, y):
            y = y.reshape(-1, 1)
            loss = np.mean(np.maximum(z, 0) + z * y + np.log1p(np.exp(-np.abs(z))))
            p = 1 / (1 + np.exp(-z))
            return loss, (p - y) / len(y)
        """),
        (),
    ),
    Entry(
        "logistic_loss: loss p - y without n",
        "logistic_loss",
        with_imports("""
        def logistic_loss(z, y):
            y = y.reshape(-1, 1)
            p = 1 / (1 + np.exp(-z))
            loss = np.mean(np.logaddexp(0, z) - z * y)
            return loss, y - p
        """),
        (
            (
                "gradient_sign_turned",
                "mean_lost_in_the_gradient",
            ),
        ),
    ),
    Entry(
        "softmax: axis 0 shift",
        "softmax",
        with_imports("""
        def softmax(Z):
            E = np.exp(Z - Z.max(axis=0))
            return E / E.sum(axis=1, keepdims=True)
        """),
        (("shifted_by_the_columns",),),
    ),
    Entry(
        "softmax: no keepdims",
        "softmax",
        with_imports("""
        def softmax(Z):
            E = np.exp(Z - np.max(Z, axis=1))
            return E / np.sum(E, axis=1)
        """),
        (("row_numbers_lie_flat",),),
    ),
    Entry(
        "softmax: divide by max",
        "softmax",
        with_imports("""
        def softmax(Z):
            E = np.exp(Z - Z.max(axis=1, keepdims=True))
            return E / E.max(axis=1, keepdims=True)
        """),
        (
            ("divided_by_the_largest",),
            ("never_divided",),
        ),
    ),
    Entry(
        "softmax: linear normalisation",
        "softmax",
        with_imports("""
        def softmax(Z):
            return Z / Z.sum(axis=1, keepdims=True)
        """),
        (("exponential_forgotten",),),
    ),
    Entry(
        "softmax: log softmax",
        "softmax",
        with_imports("""
        def softmax(Z):
            Z = Z - Z.max(axis=1, keepdims=True)
            return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
        """),
        (("logarithm_of_it",),),
    ),
    Entry(
        "cross_entropy: sums and no one hot",
        "cross_entropy",
        with_imports("""
        def cross_entropy(Z, y):
            E = np.exp(Z - Z.max(axis=1, keepdims=True))
            P = E / E.sum(axis=1, keepdims=True)
            value = -np.sum(np.log(P[np.arange(len(y)), y]))
            G = P.copy()
            G[np.arange(len(y)), y] -= 1
            return value, G
        """),
        (
            (
                "log_of_a_vanished_probability",
                "sum_for_mean",
            ),
        ),
    ),
    Entry(
        "cross_entropy: y one-hot assumed",
        "cross_entropy",
        with_imports("""
        def cross_entropy(Z, y):
            E = np.exp(Z - Z.max(axis=1, keepdims=True))
            P = E / E.sum(axis=1, keepdims=True)
            value = -np.mean(np.sum(y * np.log(P), axis=1))
            return value, (P - y) / len(y)
        """),
        (
            (
                "all_classes_in_the_value",
                "labels_subtracted_as_numbers",
            ),
        ),
    ),
    Entry(
        "cross_entropy: P[:, y]",
        "cross_entropy",
        with_imports("""
        def cross_entropy(Z, y):
            E = np.exp(Z - Z.max(axis=1, keepdims=True))
            P = E / E.sum(axis=1, keepdims=True)
            value = -np.mean(np.log(P[:, y]))
            G = P.copy()
            G[:, y] -= 1
            return value, G / len(y)
        """),
        (("picks_columns_in_every_row",),),
    ),
    Entry(
        "cross_entropy: gradient of P at labels +1",
        "cross_entropy",
        with_imports("""
        def cross_entropy(Z, y):
            n, k = Z.shape
            E = np.exp(Z - Z.max(axis=1, keepdims=True))
            P = E / E.sum(axis=1, keepdims=True)
            Y = np.eye(k)[y]
            return -np.sum(Y * np.log(P)) / n, (Y - P) / k
        """),
        (),
    ),
    Entry(
        "layer_backward: forgets slope in dA",
        "layer_backward",
        with_imports("""
        def layer_backward(dH, H_in, A, Z, act):
            dZ = dH * act.derivative(Z)
            dA = H_in.T @ dH
            db = dZ.sum(axis=0, keepdims=True)
            return dZ @ A.T, dA, db
        """),
        (("derivative_missing_in_the_weights",),),
    ),
    Entry(
        "layer_backward: act(Z) and mean",
        "layer_backward",
        with_imports("""
        def layer_backward(dH, H_in, A, Z, act):
            dZ = dH * act(Z)
            dA = H_in.T @ dZ
            db = dZ.mean(axis=0)
            return dZ @ A.T, dA, db
        """),
        (),
    ),
    Entry(
        "layer_backward: wrong order of matmul",
        "layer_backward",
        with_imports("""
        def layer_backward(dH, H_in, A, Z, act):
            dZ = dH * act.derivative(Z)
            dA = dZ.T @ H_in
            db = np.sum(dZ, axis=1, keepdims=True)
            return A @ dZ.T, dA, db
        """),
        (),
    ),
    Entry(
        "layer_backward: updated A",
        "layer_backward",
        with_imports("""
        def layer_backward(dH, H_in, A, Z, act):
            dZ = act.derivative(Z) * dH
            dA = np.dot(H_in.T, dZ) / len(H_in)
            db = np.sum(dZ, axis=0) / len(H_in)
            dH_in = np.dot(dZ, A.T)
            return dH_in, dA, db.reshape(1, -1)
        """),
        (("divided_by_n_again",),),
    ),
    Entry(
        "backprop: only last layer, rest zeros",
        "backprop",
        with_imports("""
        def backprop(net, acts, X, Y, loss):
            As, Bs = net
            Hs, Zs = [X], []
            for A, b, act in zip(As, Bs, acts):
                Zs.append(Hs[-1] @ A + b)
                Hs.append(act(Zs[-1]))
            value, dH = loss(Hs[-1], Y)
            dAs = [np.zeros_like(A) for A in As]
            dBs = [np.zeros_like(b) for b in Bs]
            dZ = dH * acts[-1].derivative(Zs[-1])
            dAs[-1] = Hs[-2].T @ dZ
            dBs[-1] = dZ.sum(axis=0, keepdims=True)
            return value, (dAs, dBs)
        """),
        (),
    ),
    Entry(
        "backprop: appended not reversed",
        "backprop",
        with_imports("""
        def backprop(net, acts, X, Y, loss):
            As, Bs = net
            Hs, Zs = [X], []
            for A, b, act in zip(As, Bs, acts):
                Zs.append(Hs[-1] @ A + b)
                Hs.append(act(Zs[-1]))
            value, delta = loss(Hs[-1], Y)
            dAs, dBs = [], []
            for j in reversed(range(len(As))):
                delta = delta * acts[j].derivative(Hs[j+1])
                dAs.append(Hs[j].T @ delta)
                dBs.append(delta.sum(axis=0, keepdims=True))
                delta = delta @ As[j].T
            return value, (dAs, dBs)
        """),
        (
            (
                "derivatives_at_the_outputs",
                "lists_reversed",
            ),
        ),
    ),
    Entry(
        "backprop: delta not carried",
        "backprop",
        with_imports("""
        def backprop(net, acts, X, Y, loss):
            As, Bs = net
            Hs, Zs = [X], []
            for A, b, act in zip(As, Bs, acts):
                Zs.append(Hs[-1] @ A + b)
                Hs.append(act(Zs[-1]))
            value, dH = loss(Hs[-1], Y)
            dAs, dBs = [None]*len(As), [None]*len(As)
            for j in range(len(As)-1, -1, -1):
                dZ = dH * acts[j].derivative(Zs[j])
                dAs[j] = Hs[j+1].T @ dZ
                dBs[j] = dZ.sum(axis=0, keepdims=True)
                dH = dZ @ As[j].T
            return value, (dAs, dBs)
        """),
        (("own_outputs_for_the_inputs",),),
    ),
    Entry(
        "gradient_check: absolute, mean",
        "gradient_check",
        with_imports("""
        def gradient_check(f, theta, grad, eps=1e-6):
            num = np.zeros_like(theta)
            for i in np.ndindex(theta.shape):
                t = theta.copy(); t[i] += eps
                s = theta.copy(); s[i] -= eps
                num[i] = (f(t) - f(s)) / (2*eps)
            return np.mean(np.abs(num - grad))
        """),
        (
            (
                "absolute_error",
                "mean_for_largest",
            ),
        ),
    ),
    Entry(
        "gradient_check: sum over",
        "gradient_check",
        with_imports("""
        def gradient_check(f, theta, grad, eps=1e-6):
            worst = 0
            for i in range(len(theta)):
                theta[i] += eps
                up = f(theta)
                theta[i] -= eps
                down = f(theta)
                g = (up - down) / eps
                worst = max(worst, abs(g - grad[i]) / max(abs(g), abs(grad[i]), 1e-8))
            return worst
        """),
        (
            ("one_sided",),
            (
                "one_sided",
                "vectors_only",
            ),
        ),
    ),
]


wrong(
    "backprop",
    "the mean taken again by the weights",
    """
def backprop(net, acts, X, Y, loss):
    As, Bs = net
    n = len(X)
    Hs, Zs = [X], []
    for A, b, act in zip(As, Bs, acts):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(act(Zs[-1]))
    value, dH = loss(Hs[-1], Y)
    dAs, dBs = [], []
    for j in range(len(As) - 1, -1, -1):
        dH, dA, db = layer_backward(dH, Hs[j], As[j], Zs[j], acts[j])
        dAs.insert(0, dA / n)
        dBs.insert(0, db)
    return value, (dAs, dBs)
""",
    "weight_gradients_divided_by_n",
)
wrong(
    "backprop",
    "the mean taken again by weights and biases",
    """
def backprop(net, acts, X, Y, loss):
    As, Bs = net
    n = len(X)
    Hs, Zs = [X], []
    for A, b, act in zip(As, Bs, acts):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(act(Zs[-1]))
    value, dH = loss(Hs[-1], Y)
    dAs, dBs = [], []
    for j in range(len(As) - 1, -1, -1):
        dH, dA, db = layer_backward(dH, Hs[j], As[j], Zs[j], acts[j])
        dAs.insert(0, dA / n)
        dBs.insert(0, db / n)
    return value, (dAs, dBs)
""",
    "averaged_twice",
)
wrong(
    "backprop",
    "the mean taken again on the way down",
    """
def backprop(net, acts, X, Y, loss):
    As, Bs = net
    n = len(X)
    Hs, Zs = [X], []
    for A, b, act in zip(As, Bs, acts):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(act(Zs[-1]))
    value, dH = loss(Hs[-1], Y)
    dAs, dBs = [], []
    for j in range(len(As) - 1, -1, -1):
        dH, dA, db = layer_backward(dH, Hs[j], As[j], Zs[j], acts[j])
        dAs.insert(0, dA)
        dBs.insert(0, db)
        dH = dH / n
    return value, (dAs, dBs)
""",
    "divided_by_n_in_every_layer",
)
wrong(
    "backprop",
    "slopes at the products without b",
    """
def backprop(net, acts, X, Y, loss):
    As, Bs = net
    Hs = [X]
    for A, b, act in zip(As, Bs, acts):
        Hs.append(act(Hs[-1] @ A + b))
    value, dH = loss(Hs[-1], Y)
    dAs, dBs = [None] * len(As), [None] * len(As)
    for j in reversed(range(len(As))):
        delta = dH * acts[j].derivative(Hs[j] @ As[j])
        dAs[j] = Hs[j].T @ delta
        dBs[j] = delta.sum(axis=0, keepdims=True)
        dH = delta @ As[j].T
    return value, (dAs, dBs)
""",
    "derivatives_without_the_bias",
)
wrong(
    "layer_backward",
    "the slope without b",
    """
def layer_backward(dH, H_in, A, Z, act):
    delta = dH * act.derivative(H_in @ A)
    return delta @ A.T, H_in.T @ delta, delta.sum(axis=0, keepdims=True)
""",
    "derivative_without_the_bias",
)
wrong(
    "layer_backward",
    "the mean undone",
    """
def layer_backward(dH, H_in, A, Z, act):
    delta = len(dH) * dH * act.derivative(Z)
    return delta @ A.T, H_in.T @ delta, delta.sum(axis=0, keepdims=True)
""",
    "multiplied_by_n",
)
wrong(
    "d_sigmoid",
    "the denominator not squared",
    """
def d_sigmoid(z):
    return np.exp(-z) / (1 + np.exp(-z))
""",
    ("one_factor_lost", "quotient_overflows"),
)
wrong(
    "d_sigmoid",
    "the other form, not squared",
    """
def d_sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))
""",
    ("sigmoid_itself", "quotient_overflows"),
)
wrong(
    "d_sigmoid",
    "the numerator forgotten",
    """
def d_sigmoid(z):
    return 1 / (1 + np.exp(-z)) ** 2
""",
    "square_of_the_sigmoid",
)
wrong(
    "softmax",
    "shifted by the whole maximum, and flat sums",
    """
def softmax(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=1)
""",
    ("shifted_by_the_largest_of_all", "row_numbers_lie_flat"),
)
wrong(
    "softmax",
    "shifted behind exp",
    """
def softmax(Z):
    E = np.exp(Z) - np.max(Z)
    return E / np.sum(E, axis=1, keepdims=True)
""",
    "shifted_after_the_exponential",
)
wrong(
    "squared_loss",
    "the gradient over the columns",
    """
def squared_loss(Y_hat, Y):
    D = Y_hat - Y
    return np.mean(np.sum(D**2, axis=1)) / 2, D / D.shape[1]
""",
    "gradient_divided_by_the_columns",
)
NATURAL += [
    Entry(
        "d_sigmoid: the other factor at 1 - z",
        "d_sigmoid",
        with_imports("""
        from course.nn.neuron import sigmoid
        def d_sigmoid(z):
            return sigmoid(z) * sigmoid(1 - z)
        """),
        (("subtracted_inside",),),
    ),
    Entry(
        "d_tanh: the sigmoid's rule for the output, with z",
        "d_tanh",
        with_imports("""
        def d_tanh(z):
            return z * (1 - z)
        """),
        (
            (
                "output_rule_applied_to_z",
                "rule_of_the_sigmoid",
            ),
        ),
    ),
    Entry(
        "d_relu: leaky, written into z",
        "d_relu",
        with_imports("""
        def d_relu(z):
            z[z > 0] = 1
            z[z <= 0] = 0.01
            return z
        """),
        (
            (
                "slope_of_leaky_relu",
                "writes_into_z",
            ),
        ),
    ),
    Entry(
        "gradient_check: a maximum without absolute values",
        "gradient_check",
        with_imports("""
        def gradient_check(f, theta, grad, eps=1e-6):
            t = np.array(theta, dtype=np.float64)
            errors = []
            for p in np.ndindex(t.shape):
                old = t[p]
                t[p] = old + eps
                up = f(t)
                t[p] = old - eps
                down = f(t)
                t[p] = old
                n = (up - down) / (2 * eps)
                errors.append(abs(grad[p] - n) / max(grad[p], n, 1e-8))
            return max(errors)
        """),
        (("sizes_keep_their_sign",),),
    ),
    Entry(
        "softmax: divided by the row's largest size",
        "softmax",
        with_imports("""
        def softmax(Z):
            Z = Z / np.max(np.abs(Z), axis=1, keepdims=True)
            E = np.exp(Z)
            return E / E.sum(axis=1, keepdims=True)
        """),
        (("divided_instead_of_shifted",),),
    ),
    Entry(
        "backprop: zeros for all layers, and a loop down to 1",
        "backprop",
        with_imports("""
        from course.nn.backprop import layer_backward
        def backprop(net, acts, X, Y, loss):
            As, Bs = net
            Hs, Zs = [X], []
            for A, b, act in zip(As, Bs, acts):
                Zs.append(Hs[-1] @ A + b)
                Hs.append(act(Zs[-1]))
            value, dH = loss(Hs[-1], Y)
            dAs = [np.zeros_like(A) for A in As]
            dBs = [np.zeros_like(b) for b in Bs]
            for j in range(len(As) - 1, 0, -1):
                dH, dAs[j], dBs[j] = layer_backward(dH, Hs[j], As[j], Zs[j], acts[j])
            return value, (dAs, dBs)
        """),
        (("first_layer_left_out",),),
    ),
]
