"""A neuron is a generalised linear model taken as a black box: h(w · x)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from course.nn.arguments import floats, function, refuse


def identity(z: ArrayLike) -> np.ndarray:
    """Return every entry of z as it is: the activation of linear regression.

    Args:
        z: an array of any shape, or a scalar.

    Returns:
        An array of z's shape.

    Formula: h(z) = z.
    Slide: "GLM => Neuron".

    Example:
        >>> identity(np.array([-2.0, 3.0]))
        array([-2.,  3.])
    """
    return +floats("z", z)


def relu(z: ArrayLike) -> np.ndarray:
    """Return the positive part of every entry of z.

    Args:
        z: an array of any shape, or a scalar.

    Returns:
        An array of z's shape.

    Formula: h(z) = [z]₊, that is z where z > 0 and 0 elsewhere.
    Slide: "Degrees of Freedom".

    Example:
        >>> relu(np.array([-2.0, 3.0]))
        array([0., 3.])
    """
    return np.maximum(floats("z", z), 0)


def tanh(z: ArrayLike) -> np.ndarray:
    """Return the hyperbolic tangent of every entry of z.

    Args:
        z: an array of any shape, or a scalar; any finite numbers.

    Returns:
        An array of z's shape, finite even for z = 1000 and z = −1000.

    Formula: h(z) = (e^z − e^−z) / (e^z + e^−z).
    Slide: "Multilayer Perceptron" (its code).

    Example:
        >>> tanh(np.array([-1000.0, 0.0, 1000.0]))
        array([-1.,  0.,  1.])
    """
    return np.tanh(floats("z", z))


def sigmoid(z: ArrayLike) -> np.ndarray:
    """Return the logistic function of every entry of z: the activation of logistic regression.

    Args:
        z: an array of any shape, or a scalar; any finite numbers.

    Returns:
        An array of z's shape, finite and without a warning from NumPy, even for z = 1000 and
        z = −1000, where e^1000 would overflow.

    Formula: h(z) = 1 / (1 + e^−z) = e^z / (1 + e^z).
    Slide: "GLM => Neuron".

    Example:
        >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
        array([0. , 0.5, 1. ])
    """
    z = floats("z", z)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def hunt_sigmoid() -> list[tuple[dict, ArrayLike]]:
    """Return a few numbers, and their sigmoids worked out by hand, that give every suspect away.

    Returns:
        At most four examples, each a tuple ({"z": …}, output): a number or a flat array of at most
        six numbers, and what sigmoid should return for it, to three decimals. A suspect is caught
        if its answer to any of the examples is wrong or comes with a warning, if it stops with an
        error, or if it changes z.

    Slide: "GLM => Neuron".

    Example:
        >>> len(hunt_sigmoid()) <= 4
        True
    """
    z = np.array([np.log(3), -np.log(3), 1000.0, -1000.0])
    return [({"z": z}, [0.75, 0.25, 1, 0]), ({"z": [0, 1000]}, [0.5, 1]), ({"z": 0.0}, 0.5)]


def softplus(z: ArrayLike) -> np.ndarray:
    """Return a smooth version of the positive part of every entry of z.

    Args:
        z: an array of any shape, or a scalar; any finite numbers.

    Returns:
        An array of z's shape, finite and without a warning from NumPy, even for z = 1000 and
        z = −1000.

    Formula: h(z) = log(1 + e^z) = z + log(1 + e^−z).
    Slide: "GLM => Neuron".

    Example:
        >>> softplus(np.array([-1000.0, 1000.0]))
        array([   0., 1000.])
    """
    z = floats("z", z)
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def neuron(w: ArrayLike, x: ArrayLike, h: Callable) -> np.floating:
    """Return the output of one neuron for one example.

    Args:
        w: the neuron's weights, (d,).
        x: the example, (d,).
        h: the neuron's activation, a function.

    Returns:
        A scalar.

    Raises:
        ValueError: if w and x differ in length.

    Formula: ŷ = h(w · x).
    Slide: "GLM => Neuron".

    Example:
        >>> float(neuron(np.array([2.0, -1.0]), np.array([3.0, 1.0]), np.square))
        25.0
    """
    w, h = floats("w", w, ("d",)), function("h", h)
    x = floats("x", x, w.shape)
    return h(w @ x)


def blind_direction(w: ArrayLike) -> np.ndarray:
    """Return a direction in which a neuron with these weights sees nothing.

    Args:
        w: the neuron's weights, (d,) with d ≥ 2. All of them may be 0.

    Returns:
        A direction v, (d,), of length 1, such that x and x + t v look the same to the neuron,
        whatever x and the number t are. There are many; any of them will do.

    Raises:
        ValueError: if w has fewer than two entries.

    Slide: "GLM => Neuron".

    Example:
        >>> blind_direction(np.array([3.0, 4.0]))
        array([-0.8,  0.6])
    """
    w = floats("w", w, ("d",))
    if len(w) < 2:
        raise refuse("w", "at least two weights", f"{len(w)}")
    v = np.zeros(len(w))
    v[:2] = -w[1], w[0]  # a right angle in the plane of the first two inputs …
    if not v.any():
        v[0] = 1.0  # … to neither of which w pays attention
    return v / np.linalg.norm(v)


def and_neuron() -> np.ndarray:
    """Return the weights of a neuron that says AND, found by hand.

    Returns:
        w, (3,): the weights of the inputs (1, x₁, x₂), where the first input is always 1. The sum
        w · (1, x₁, x₂) is at least 0.1 for x₁ = x₂ = 1, and at most −0.1 for (0, 0), (0, 1) and
        (1, 0).

    Slide: "GLM => Neuron".

    Example:
        >>> np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]]) @ and_neuron() > 0
        array([False, False, False,  True])
    """
    return np.array([-1.5, 1.0, 1.0])


def glm(w: ArrayLike, X: ArrayLike, h: Callable) -> np.ndarray:
    """Return the output of one neuron for every example of a batch.

    Args:
        w: the neuron's weights, (d,).
        X: n examples, one per row, (n, d).
        h: the neuron's activation, an elementwise function.

    Returns:
        The n outputs, (n,).

    Raises:
        ValueError: if w is not as long as the rows of X.

    Formula: ŷ_i = h(w · x_i), where x_i is row i of X.
    Slide: "GLM => Neuron".

    Example:
        >>> glm(np.array([2.0, -1.0]), np.array([[3.0, 1.0], [0.0, 4.0]]), np.square)
        array([25., 16.])
    """
    w, h = floats("w", w, ("d",)), function("h", h)
    X = floats("X", X, ("n", len(w)))
    return h(X @ w)


def make_neuron(w: ArrayLike, h: Callable) -> Callable[[ArrayLike], np.floating]:
    """Return a neuron as a black box: a function that takes x and gives the neuron's output.

    Args:
        w: the neuron's weights, (d,).
        h: the neuron's activation, a function.

    Returns:
        A function of x, (d,), whose result is a scalar. The box keeps the weights it was made
        with: if the caller changes w later, nothing changes in the box.

    Formula: x ↦ h(w · x).
    Slide: "GLM => Neuron" (encapsulate as "black box").

    Example:
        >>> box = make_neuron(np.array([2.0, -1.0]), np.square)
        >>> float(box(np.array([3.0, 1.0])))
        25.0
    """
    own_w, h = floats("w", w, ("d",)).copy(), function("h", h)

    def box(x):
        return neuron(own_w, x, h)

    return box
