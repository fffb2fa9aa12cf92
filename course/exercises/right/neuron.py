"""Unusual right answers of unit 1."""

import math
import warnings
from functools import partial

import numpy as np

from course.exercises.right import right

# ----------------------------------------------------------------------------------------- neuron


@right(
    "neuron",
    "a loop over plain Python numbers",
    why="A dot product is this loop; NumPy only runs it faster.",
)
def neuron_by_hand(w, x, h):
    z = 0.0
    for w_i, x_i in zip(w.tolist(), x.tolist(), strict=True):
        z += w_i * x_i
    return float(h(z))


@right(
    "neuron",
    "einsum, and a 0-d array as the answer",
    why="einsum names the axes, so the formula on the slide becomes the code.",
)
def neuron_by_einsum(w, x, h):
    return np.array(h(np.einsum("i,i->", w, x)))


@right("neuron", "the sum from right to left in extended precision, and a warning on the way")
def neuron_in_longdouble(w, x, h):
    z = (w.astype(np.longdouble) * x)[::-1].sum()
    warnings.warn("the last digits may differ", stacklevel=1)
    return h(np.float64(z))


@right("neuron", "the sum counted by index, in a float")
def neuron_by_index(w, x, h):
    total = 0
    for i in range(len(w)):
        total = total + float(w[i]) * float(x[i])
    return h(total)


@right("neuron", "np.inner of columns, the number taken out at the end")
def neuron_by_inner(w, x, h):
    z = np.matmul(w.reshape(1, -1), x.reshape(-1, 1))
    return h(z)[0][0]


@right(
    "neuron",
    "Python's sum of a generator",
    why="zip pairs each weight with its input, and sum adds the products up.",
)
def neuron_by_generator(w, x, h):
    return h(sum(a * b for a, b in zip(w, x, strict=True)))


# --------------------------------------------------------------------------------------- identity


@right("identity", "the very same object comes back")
def identity_of_the_object(z):
    return z


@right(
    "identity",
    "nested lists for an array",
    why="A function is judged by its numbers, whatever container they are in.",
)
def identity_as_lists(z):
    return np.asarray(z).tolist()


@right("identity", "a function within the function")
def identity_by_lambda(z):
    return (lambda x: x)(z)


@right("identity", "plus 0", why="Adding 0 changes nothing, but an array's sum is a new array.")
def identity_plus_zero(z):
    return z + 0


# ------------------------------------------------------------------------------------------- relu


@right("relu", "(z + |z|) / 2", why="For positive z this is 2z/2, for negative z the two cancel.")
def relu_by_absolute_value(z):
    return (z + np.abs(z)) / 2


@right(
    "relu",
    "times a mask; −0.0 for negative numbers",
    why="The mask is the derivative of relu, which you need again in lesson 5.",
)
def relu_by_mask(z):
    return np.asarray(z) * (np.asarray(z) > 0)


@right("relu", "changes its own copy in place")
def relu_in_place_on_a_copy(z):
    z = np.array(z, dtype=float)
    z[z < 0] = 0
    return z


@right("relu", "Python's max, entry by entry")
def relu_vectorized(z):
    return np.vectorize(lambda one: max(0.0, one))(z)


@right("relu", "np.where of a number or an array")
def relu_by_where(z):
    return np.where(np.array(z) > 0, z, 0)


@right(
    "relu",
    "np.clip without a ceiling",
    why="relu is a floor at 0, and clip puts floors and ceilings on numbers.",
)
def relu_by_clip(z):
    return np.clip(z, 0, np.inf)


@right("relu", "Python's max for a number, a mask on a copy for an array")
def relu_by_type(z):
    if isinstance(z, (int, float)):
        return max(0, z)
    out = z.copy()
    out[out < 0] = 0
    return out


# ------------------------------------------------------------------------------------------- tanh


@right("tanh", "by way of the sigmoid, cut where a float can't tell")
def tanh_by_sigmoid(z):
    return 2 / (1 + np.exp(-2 * np.clip(z, -20, 20))) - 1


@right(
    "tanh",
    "from e^{-2|z|} and the sign",
    why="e is raised to negative powers only, so nothing can overflow.",
)
def tanh_by_sign(z):
    e = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - e) / (1 + e)


@right("tanh", "math.tanh, entry by entry, as float32 where it came")
def tanh_vectorized(z):
    return np.asarray(np.vectorize(math.tanh)(z), dtype=np.asarray(z).dtype.char.replace("l", "d"))


@right(
    "tanh",
    "2/(1 + e^{-2z}) - 1, whose overflow gives the right limit",
    why="tanh is a sigmoid, twice as steep and stretched to (−1, 1).",
)
def tanh_as_stretched_sigmoid(z):
    return 2 / (1 + np.exp(-2 * z)) - 1


@right("tanh", "one entry after another into an array of floats")
def tanh_by_loop(z):
    z = np.asarray(z)
    flat = [math.tanh(v) for v in z.ravel()]
    return np.array(flat).reshape(z.shape)


# ---------------------------------------------------------------------------------------- sigmoid


@right("sigmoid", "(1 + tanh(z/2)) / 2", why="tanh is safe for every z, so this needs no cases.")
def sigmoid_by_tanh(z):
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


@right(
    "sigmoid",
    "each sign computed apart, through masks",
    why="Each half uses the form of the formula that can't overflow there.",
)
def sigmoid_by_masks(z):
    z = np.asarray(z, dtype=float)
    s = np.empty_like(z)
    s[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    s[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return s


@right("sigmoid", "the exponent cut where a float can't tell")
def sigmoid_clipped(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@right("sigmoid", "the formula as it stands, with overflow silenced on purpose")
def sigmoid_silenced(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


@right("sigmoid", "one number at a time with math.exp")
def sigmoid_recursive_over_axes(z):
    if np.ndim(z):
        return [sigmoid_recursive_over_axes(part) for part in z]
    e = math.exp(-abs(z))
    return (1 if z >= 0 else e) / (1 + e)


@right("sigmoid", "one case for each sign, entry by entry")
def sigmoid_by_loop(z):
    def one(v):
        if v >= 0:
            return 1 / (1 + math.exp(-v))
        return math.exp(v) / (1 + math.exp(v))

    return np.vectorize(one, otypes=[float])(z)


@right(
    "sigmoid",
    "the formula for |z|, turned round for negative z",
    why="σ(−z) = 1 − σ(z), so one safe half is enough.",
)
def sigmoid_turned_round(z):
    right_half = 1 / (1 + np.exp(-np.abs(z)))
    return np.where(np.asarray(z) < 0, 1 - right_half, right_half)


# --------------------------------------------------------------------------------------- softplus


@right(
    "softplus",
    "np.logaddexp with 0",
    why="log(e⁰ + e^z) is the definition, and logaddexp computes it safely.",
)
def softplus_by_logaddexp(z):
    return np.logaddexp(0, z)


@right("softplus", "the exponent cut at 30, where log(1 + e^z) is z to a float")
def softplus_with_a_cut(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 30, z, np.log1p(np.exp(np.minimum(z, 30))))


@right(
    "softplus",
    "half the sum of z and |z|, plus the rest; warnings of its own silenced",
    why="(z + |z|)/2 is relu; what is left is the rounded corner.",
)
def softplus_by_halves(z):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return (z + np.abs(z)) / 2 - np.log(1 / (1 + np.exp(-np.abs(z))))


@right("softplus", "one case for each sign, entry by entry")
def softplus_by_loop(z):
    def one(v):
        return v + math.log1p(math.exp(-v)) if v > 0 else math.log1p(math.exp(v))

    return np.vectorize(one, otypes=[float])(z)


@right("softplus", "np.log(1 + e), without log1p")
def softplus_by_log(z):
    return np.maximum(0.0, z) + np.log(1 + np.exp(-np.absolute(z)))


# -------------------------------------------------------------------------------------------- glm


@right(
    "glm",
    "a loop that calls h on numbers and collects a list",
    why="Row by row, a GLM is one neuron asked again and again.",
)
def glm_by_loop(w, X, h):
    return [h(sum(w_j * x_j for w_j, x_j in zip(w, row, strict=True))) for row in X]


@right(
    "glm",
    "from the left: w times the transpose",
    why="w Xᵀ and X w hold the same numbers: transpose a product and its factors change places.",
)
def glm_from_the_left(w, X, h):
    return h(w @ X.T)


@right("glm", "broadcast products summed along the rows, in float32")
def glm_in_float32(w, X, h):
    return h((X * w).sum(axis=1)).astype(np.float32)


@right("glm", "np.apply_along_axis")
def glm_along_axis(w, X, h):
    return np.apply_along_axis(lambda x: h(np.vdot(w, x)), 1, X)


@right("glm", "np.dot with w as a column, flattened")
def glm_flattened(w, X, h):
    return h(np.dot(X, w.reshape(-1, 1))).flatten()


@right("glm", "two loops into an array of floats")
def glm_by_two_loops(w, X, h):
    y = np.zeros(X.shape[0])
    for i in range(X.shape[0]):
        z = 0
        for j in range(X.shape[1]):
            z += w[j] * X[i, j]
        y[i] = h(z)
    return y


# ------------------------------------------------------------------------------------ make_neuron


class Box:
    """A neuron as an object that can be called."""

    def __init__(self, w, h):
        self.w, self.h = tuple(w.tolist()), h

    def __call__(self, x):
        return self.h(np.dot(self.w, x))


@right(
    "make_neuron",
    "an object with __call__",
    why="An object with __call__ can be used like a function and shows what it remembers.",
)
def make_neuron_as_an_object(w, h):
    return Box(w, h)


@right(
    "make_neuron",
    "a partial of a function with three arguments",
    why="partial fills in some arguments now and leaves the rest for later.",
)
def make_neuron_by_partial(w, h):
    return partial(neuron_by_einsum, np.array(w), h=h)


@right("make_neuron", "weights kept as a default argument, another argument for debugging")
def make_neuron_with_defaults(w, h):
    w = w.copy()

    def box(x, own_w=w, verbose=False):
        z = own_w @ x
        if verbose:
            print(z)
        return h(z)

    return box


@right("make_neuron", "a list of the weights, a loop in the box")
def make_neuron_with_a_list(w, h):
    own = [float(v) for v in w]

    def neuron(x):
        z = 0
        for i in range(len(own)):
            z += own[i] * x[i]
        return h(z)

    return neuron


@right("make_neuron", "a lambda and 1 * w")
def make_neuron_by_lambda(w, h):
    own = 1 * w
    return lambda x: h(sum(own * x))


# -------------------------------------------------------------------------------- blind_direction


@right("blind_direction", "the two entries swapped where there are two, else a loop over pairs")
def blind_by_pairs(w):
    for i in range(len(w)):
        for j in range(i):
            size = (w[i] ** 2 + w[j] ** 2) ** 0.5
            if size > 0:
                v = [0.0] * len(w)
                v[i], v[j] = w[j] / size, -w[i] / size
                return v
    return [1.0] + [0.0] * (len(w) - 1)


@right(
    "blind_direction",
    "an axis whose weight is 0, if there is one",
    why="An input with weight 0 is a blind direction by itself.",
)
def blind_by_axis(w):
    zeros = np.flatnonzero(np.asarray(w) == 0)
    v = np.zeros(len(w))
    if len(zeros):
        v[zeros[0]] = 1
        return v
    v[-1], v[-2] = -w[-2], w[-1]
    return v / np.sqrt(v @ v)


@right(
    "blind_direction",
    "the last direction of a singular value decomposition",
    why="A singular value decomposition finds all blind directions at once.",
)
def blind_by_svd(w):
    return np.linalg.svd(np.asarray(w, dtype=float).reshape(1, -1))[2][-1]


@right("blind_direction", "a random arrow without its part along w")
def blind_by_projection(w):
    w = np.asarray(w, dtype=float)
    v = np.random.default_rng(3).normal(size=len(w))
    if np.any(w):
        for _ in range(3):
            v = v - (v @ w) / (w @ w) * w
    return v / np.linalg.norm(v)


@right("blind_direction", "by an angle in the plane, as a tuple")
def blind_by_angle(w):
    angle = np.arctan2(w[1], w[0]) + np.pi / 2
    if w[0] == 0 and w[1] == 0:
        angle = 0.0
    return (np.cos(angle), np.sin(angle), *[0.0] * (len(w) - 2))


# ------------------------------------------------------------------------------------- and_neuron


@right("and_neuron", "a list")
def and_as_a_list():
    return [-3, 2, 2]


@right("and_neuron", "unequal weights")
def and_unequal():
    return (-1.2, 1.0, 0.9)


@right(
    "and_neuron",
    "as small as allowed",
    why="Only the ratios of the weights decide, as long as the margin is kept.",
)
def and_small():
    return np.array([-0.3, 0.2, 0.2])


@right("and_neuron", "large, in float32")
def and_large():
    return np.array([-75, 50, 50], dtype=np.float32)


@right(
    "and_neuron",
    "fitted by least squares",
    why="Least squares finds weights from the table of answers: a first training.",
)
def and_fitted():
    X = np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]])
    return np.linalg.lstsq(X, np.array([-1, -1, -1, 1]), rcond=None)[0]
