"""A layer is many neurons side by side that read the same input."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.nn.arguments import floats, function, functions


def layer(W: ArrayLike, x: ArrayLike, hs: Callable | Sequence[Callable]) -> np.ndarray:
    """Return the outputs of m neurons for one example.

    W: the neurons' weights, one neuron a row, (m, d).  x: the example, (d,).
    hs: one elementwise function for all neurons, or a sequence of m functions, one for each:
    activations need not be identical.  Returns the layer's output, (m,).
    Raises ValueError if the rows of W are not as long as x, or hs has not m functions.

    Formula: h(x) = (h_1(w_1 · x), …, h_m(w_m · x)).  Slide: "Two Layer Neural Network".
    """
    W = floats("W", W, ("m", "d"))
    z = W @ floats("x", x, (W.shape[1],))
    if callable(hs):
        return hs(z)
    return np.array([h(z_i) for h, z_i in zip(functions("hs", hs, len(z)), z)], dtype=z.dtype)


def two_layer(u: ArrayLike, W: ArrayLike, x: ArrayLike, h: Callable) -> np.floating:
    """Return the output of a two layer network for one example.

    u: the output neuron's weights, (m,).  W: the hidden neurons' weights, one neuron a row,
    (m, d).  x: the example, (d,).  h: the hidden neurons' activation, an elementwise function;
    the output neuron has none.  Returns a scalar.  Raises ValueError if shapes do not fit.

    Formula: f(x) = u · h(x) with h(x) = h(W x).  Slide: "Two Layer Neural Network".
    """
    W = floats("W", W, ("m", "d"))
    u = floats("u", u, (len(W),))
    return u @ layer(W, x, function("h", h))


def dense(X: ArrayLike, A: ArrayLike, b: ArrayLike, h: Callable) -> np.ndarray:
    """Return the outputs of a layer for every example of a batch, one example a row.

    X: n examples, (n, d_in).  A: the weights, one neuron a column, (d_in, d_out).
    b: the biases, one row, (1, d_out).  h: an elementwise function.
    Returns (n, d_out).  Raises ValueError if shapes do not fit.

    Formula: H = h(X A + b).  Slide: "Adding Bias Vectors", with examples as rows.
    """
    A, h = floats("A", A, ("d_in", "d_out")), function("h", h)
    X = floats("X", X, ("n", A.shape[0]))
    b = floats("b", b, (1, A.shape[1]))
    return h(X @ A + b)


def from_lecture(A: ArrayLike, b: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Turn a layer of the lecture's pictures (columns) into one of its code (rows).

    A: weights with one neuron a row, (d_out, d_in), for columns x: h(A x + b).
    b: biases, (d_out,).  Returns weights and biases for rows, ((d_in, d_out), (1, d_out)), that
    compute the same numbers: dense(X, …) has in row i what the lecture has for x_i.
    Raises ValueError if A and b do not fit.

    Formula: (A x + b)ᵀ = xᵀ Aᵀ + bᵀ.  Slides: "Adding Bias Vectors", "Multilayer Perceptron".
    """
    A = floats("A", A, ("d_out", "d_in"))
    b = floats("b", b, (len(A),))
    return A.T.copy(), b.reshape(1, -1).copy()


def xor_network() -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Return a two layer ReLU network that computes XOR, found by hand.

    Returns (W, b, u, c): the hidden neurons' weights W, (2, m), one neuron a column, and biases b,
    (1, m); the output neuron's weights u, (m,), and bias c, a scalar. You choose m. For X, the
    four rows (0, 0), (0, 1), (1, 0), (1, 1), the result must be 0, 1, 1, 0 to 1e-6.

    Formula: f(X) = relu(X W + b) u + c.  Slide: "Two Layer Neural Network".
    """
    W = np.array([[1.0, 1.0], [1.0, 1.0]])  # both neurons see x_1 + x_2 …
    b = np.array([[0.0, -1.0]])  # … the second one only what is above 1
    u = np.array([1.0, -2.0])
    c = 0.0
    return W, b, u, c
