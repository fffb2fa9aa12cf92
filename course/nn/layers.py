"""A layer is many neurons side by side that read the same input."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.nn.arguments import floats, function, functions, whole


def layer(W: ArrayLike, x: ArrayLike, hs: Callable | Sequence[Callable]) -> np.ndarray:
    """Return the outputs of m neurons for one example.

    Args:
        W: the neurons' weights, one neuron per row, (m, d).
        x: the example, (d,).
        hs: one elementwise function for all neurons, or a sequence of m functions, one for each
            neuron: activations need not be identical.

    Returns:
        The layer's output, (m,).

    Raises:
        ValueError: if the rows of W are not as long as x, or hs does not have m functions.

    Formula: h(x) = (h_1(w_1 · x), …, h_m(w_m · x)).
    Slide: "Two Layer Neural Network".

    Example:
        >>> from course.nn.neuron import relu
        >>> W, x = np.array([[1.0, 2.0], [-1.0, 0.0]]), np.array([3.0, 1.0])
        >>> layer(W, x, relu)
        array([5., 0.])
        >>> layer(W, x, [relu, np.square])
        array([5., 9.])
    """
    W = floats("W", W, ("m", "d"))
    z = W @ floats("x", x, (W.shape[1],))
    if callable(hs):
        return hs(z)
    return np.array([h(z_i) for h, z_i in zip(functions("hs", hs, len(z)), z)], dtype=z.dtype)


def two_layer(u: ArrayLike, W: ArrayLike, x: ArrayLike, h: Callable) -> np.floating:
    """Return the output of a two layer network for one example.

    Args:
        u: the output neuron's weights, (m,).
        W: the hidden neurons' weights, one neuron per row, (m, d).
        x: the example, (d,).
        h: the hidden neurons' activation, an elementwise function; the output neuron has none.

    Returns:
        A scalar.

    Raises:
        ValueError: if shapes do not fit.

    Slide: "Two Layer Neural Network".

    Example:
        >>> from course.nn.neuron import relu
        >>> u, W = np.array([2.0, 7.0]), np.array([[1.0, 2.0], [-1.0, 0.0]])
        >>> float(two_layer(u, W, np.array([3.0, 1.0]), relu))
        10.0
    """
    W = floats("W", W, ("m", "d"))
    u = floats("u", u, (len(W),))
    return u @ layer(W, x, function("h", h))


def dense(X: ArrayLike, A: ArrayLike, b: ArrayLike, h: Callable) -> np.ndarray:
    """Return the outputs of a layer for every example of a batch, one example per row.

    Args:
        X: n examples, (n, d_in).
        A: the weights, one neuron per column, (d_in, d_out).
        b: the biases, one row, (1, d_out).
        h: the activation, an elementwise function.

    Returns:
        The layer's outputs, (n, d_out).

    Raises:
        ValueError: if shapes do not fit.

    Slide: "Adding Bias Vectors", with examples as rows.

    Example:
        >>> from course.nn.neuron import relu
        >>> X, A = np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0], [3.0]])
        >>> dense(X, A, np.array([[-4.0]]), relu)
        array([[3.],
               [0.]])
    """
    A, h = floats("A", A, ("d_in", "d_out")), function("h", h)
    X = floats("X", X, ("n", A.shape[0]))
    b = floats("b", b, (1, A.shape[1]))
    return h(X @ A + b)


def hunt_dense() -> list[dict]:
    """Return a few layers, with batches for them, on which every suspect gives itself away.

    Returns:
        At most four examples, each a dict {"X": …, "A": …, "b": …} of dense's arguments: matrices
        of at most five rows and five columns. The activation is the same for all: h(z) is z for
        z > 0, and z/10 otherwise. A suspect is caught if its answer to any of the examples is
        wrong, or if it stops with an error.

    Slide: "Adding Bias Vectors", with examples as rows.

    Example:
        >>> len(hunt_dense()) <= 4
        True
    """
    X, A = np.array([[1, -2], [0, 3], [-1, 1]]), np.array([[1, -2, 1], [3, 0, -1]])
    return [
        {"X": X, "A": A, "b": np.array([[1, -2, 4]])},
        {"X": X, "A": A[:, :1], "b": np.array([[1]])},
    ]


def from_lecture(A: ArrayLike, b: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Turn a layer of the lecture's pictures (columns) into one of its code (rows).

    Args:
        A: the weights, one neuron per row, (d_out, d_in), for columns x: h(A x + b).
        b: the biases, (d_out,).

    Returns:
        The weights and the biases for rows, (d_in, d_out) and (1, d_out), that compute the same
        numbers: if x_i is row i of X, row i of h(X · weights + biases) is h(A x_i + b).

    Raises:
        ValueError: if A and b do not fit.

    Slides: "Adding Bias Vectors", "Multilayer Perceptron".

    Example:
        >>> weights, biases = from_lecture(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 6.0]))
        >>> weights
        array([[1., 3.],
               [2., 4.]])
        >>> biases
        array([[5., 6.]])
    """
    A = floats("A", A, ("d_out", "d_in"))
    b = floats("b", b, (len(A),))
    return A.T.copy(), b.reshape(1, -1).copy()


def xor_network() -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Return a two layer ReLU network that computes XOR, found by hand.

    Returns:
        (A, b, u, c): the hidden neurons' weights A, (2, m), one neuron per column, and biases b,
        (1, m); the output neuron's weights u, (m,), and bias c, a scalar. You choose m. For X, the
        four rows (0, 0), (0, 1), (1, 0), (1, 1), the output f(X) = relu(X A + b) u + c must be
        0, 1, 1, 0 to 1e-6.

    Slide: "Two Layer Neural Network".

    Example:
        >>> from course.nn.neuron import relu
        >>> A, b, u, c = xor_network()
        >>> X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        >>> (relu(X @ A + b) @ u + c).round(6)
        array([0., 1., 1., 0.])
    """
    A = np.array([[1.0, 1.0], [1.0, 1.0]])  # both neurons see x_1 + x_2 …
    b = np.array([[0.0, -1.0]])  # … the second one only what is above 1
    u = np.array([1.0, -2.0])
    c = 0.0
    return A, b, u, c


def parity_network(k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Return a two layer ReLU network that says whether an odd number of its k inputs is 1.

    Args:
        k: the number of inputs, from 1.

    Returns:
        (A, b, u, c), as for xor_network: A of shape (k, m), with one neuron per column, b (1, m),
        u (m,), and a number c. You choose m, which may depend on k. For every X whose rows hold
        k zeros and ones each, the output f(X) = relu(X A + b) u + c must be 1 in rows with an odd
        number of ones and 0 in the other rows, to 1e-6. It is asked for k from 1 to 6.

    Raises:
        ValueError: if k is below 1.

    Slide: "Two Layer Neural Network".

    Example:
        >>> from course.nn.neuron import relu
        >>> A, b, u, c = parity_network(3)
        >>> X = np.array([[0, 0, 0], [0, 1, 0], [1, 0, 1], [1, 1, 1]])
        >>> (relu(X @ A + b) @ u + c).round(6)
        array([0., 1., 0., 1.])
    """
    k = whole("k", k, 1)
    A = np.ones((k, k))  # every neuron counts the ones …
    b = -np.arange(k, dtype=float).reshape(1, k)  # … and bends one later than the neuron before
    u = np.array([1.0] + [2.0 * (-1) ** j for j in range(1, k)])
    return A, b, u, 0.0
