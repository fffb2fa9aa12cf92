"""Backpropagation is the chain rule for layers: matrices where the graph had numbers."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.nn.activation import Activation
from course.nn.arguments import (
    Network,
    activations,
    binary_labels,
    class_labels,
    floats,
    function,
    network,
    number,
    positive,
)
from course.nn.neuron import identity, relu, sigmoid, softplus, tanh

__all__ = [
    "IDENTITY",
    "RELU",
    "SIGMOID",
    "SOFTPLUS",
    "TANH",
    "Activation",
    "Loss",
    "backprop",
    "cross_entropy",
    "d_identity",
    "d_relu",
    "d_sigmoid",
    "d_tanh",
    "gradient_check",
    "hunt_softmax",
    "layer_backward",
    "logistic_loss",
    "softmax",
    "squared_loss",
]

Loss = Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]]


def d_identity(z: ArrayLike) -> np.ndarray:
    """Return the identity's derivative, which is 1 everywhere.

    Args:
        z: pre-activations, an array of any shape or a scalar.

    Returns:
        An array of z's shape.

    Example:
        >>> d_identity(np.array([-2.0, 3.0]))
        array([1., 1.])
    """
    return np.ones_like(floats("z", z))[()]


def d_sigmoid(z: ArrayLike) -> np.ndarray:
    """Return the derivative of sigmoid at every entry of z.

    Args:
        z: pre-activations (not the sigmoid's outputs), an array of any shape or a scalar.

    Returns:
        An array of z's shape.

    Slide: "From Scalars to Neurons".

    Example:
        >>> d_sigmoid(np.array([-1000.0, 0.0, 1000.0]))
        array([0.  , 0.25, 0.  ])
        >>> round(float(d_sigmoid(np.log(4))), 2)  # where sigmoid is 0.8
        0.16
    """
    s = sigmoid(z)
    return s * (1 - s)


def d_tanh(z: ArrayLike) -> np.ndarray:
    """Return the derivative of tanh at every entry of z.

    Args:
        z: pre-activations (not tanh's outputs), an array of any shape or a scalar.

    Returns:
        An array of z's shape.

    Slide: "From Scalars to Neurons".

    Example:
        >>> d_tanh(np.array([-1000.0, 0.0, 1000.0]))
        array([0., 1., 0.])
        >>> round(float(d_tanh(np.log(2))), 2)  # where tanh is 0.6
        0.64
    """
    return 1 - tanh(z) ** 2


def d_relu(z: ArrayLike) -> np.ndarray:
    """Return the derivative of relu at every entry of z.

    Args:
        z: pre-activations, an array of any shape or a scalar.

    Returns:
        An array of z's shape. At z = 0 relu has a corner: there any number from 0 to 1 will do.

    Slide: "From Scalars to Neurons".

    Example:
        >>> d_relu(np.array([-2.0, 3.0]))
        array([0., 1.])
    """
    z = floats("z", z)
    return (z > 0).astype(z.dtype)


IDENTITY = Activation(identity, d_identity)
SIGMOID = Activation(sigmoid, d_sigmoid)
TANH = Activation(tanh, d_tanh)
RELU = Activation(relu, d_relu)
SOFTPLUS = Activation(softplus, sigmoid)


def squared_loss(Y_hat: ArrayLike, Y: ArrayLike) -> tuple[float, np.ndarray]:
    """Return the squared loss of a batch of predictions, and its gradient by the predictions.

    Args:
        Y_hat: the predictions, one example per row, (n, k).
        Y: the targets, (n, k).

    Returns:
        (value, gradient), a float and an array, (n, k).

    Raises:
        ValueError: if the shapes differ or the batch is empty.

    Formula: (1/n) Σ_i ½ ‖ŷ_i − y_i‖², the mean over the n rows, the sum over the k columns.
    Slide: "Design an MLP architecture suitable for problem" (define loss function).

    Example:
        >>> Y_hat = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> Y = np.array([[1.0, 0.0, 3.0], [4.0, 5.0, 2.0]])
        >>> value, gradient = squared_loss(Y_hat, Y)
        >>> value
        5.0
        >>> gradient
        array([[0., 1., 0.],
               [0., 0., 2.]])
    """
    Y_hat = floats("Y_hat", Y_hat, ("n", "k"))
    Y = floats("Y", Y, Y_hat.shape).astype(Y_hat.dtype, copy=False)
    n = len(Y_hat)
    R = Y_hat - Y
    return float(np.sum(R**2)) / (2 * n), R / n


def logistic_loss(z: ArrayLike, y: ArrayLike) -> tuple[float, np.ndarray]:
    """Return the mean log loss of a batch for two classes, and its gradient by z.

    Args:
        z: the network's outputs before the sigmoid, (n, 1).
        y: the labels, 0 or 1, an array or a list, (n,) or (n, 1).

    Returns:
        (value, gradient), a float and an array, (n, 1), finite for any finite z, e.g. ±1000.

    Raises:
        ValueError: if shapes do not fit, a label is neither 0 nor 1, or the batch is empty.

    Formula: −(1/n) Σ_i (y_i log σ(z_i) + (1 − y_i) log(1 − σ(z_i))).
    Slide: "Design an MLP architecture suitable for problem" (define loss function).

    Example:
        >>> value, gradient = logistic_loss(np.array([[0.0], [0.0]]), np.array([1, 0]))
        >>> round(value, 4)  # log 2
        0.6931
        >>> gradient
        array([[-0.25],
               [ 0.25]])
    """
    z = floats("z", z, ("n", 1))
    y = binary_labels("y", y, len(z)).astype(z.dtype)
    n = len(z)
    towards_wrong = np.where(y == 1, -z, z)
    return float(np.mean(softplus(towards_wrong))), (sigmoid(z) - y) / n


def softmax(Z: ArrayLike) -> np.ndarray:
    """Turn each row of Z into probabilities: positive numbers that sum to 1.

    Args:
        Z: the logits, one example per row, (n, k).

    Returns:
        The probabilities, (n, k), finite for any finite Z, e.g. rows with 1000 and −1000, where
        e^1000 would overflow.

    Formula: softmax(z)_c = e^{z_c} / Σ_j e^{z_j}, by row.
    Slide: "Design an MLP architecture suitable for problem" (define loss function).

    Example:
        >>> softmax(np.array([[7.0, 7.0], [1000.0, -1000.0]]))
        array([[0.5, 0.5],
               [1. , 0. ]])
    """
    Z = floats("Z", Z, ("n", "k"))
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def hunt_softmax() -> list[dict]:
    """Return a few matrices on which every suspect gives a wrong softmax, and a right one doesn't.

    Returns:
        At most four examples, each a dict {"Z": …} of softmax's argument: a matrix of finite
        numbers, at most 6 × 6. A suspect is caught if its answer to any of the examples is wrong,
        if it stops with an error, or if it changes Z.

    Slide: "Design an MLP architecture suitable for problem" (define loss function).

    Example:
        >>> len(hunt_softmax()) <= 4
        True
    """
    far_apart = np.array([[1000.0, 0.0, -1000.0], [-2000.0, -2001.0, -2003.0]])
    return [{"Z": far_apart}, {"Z": np.array([[0, 1], [3, 1]])}]


def cross_entropy(Z: ArrayLike, y: ArrayLike) -> tuple[float, np.ndarray]:
    """Return the mean cross entropy of a batch for k classes, and its gradient by Z.

    Args:
        Z: the logits (before the softmax), one example per row, (n, k).
        y: the labels, n integers from 0 to k − 1, (n,).

    Returns:
        (value, gradient), a float and an array, (n, k), finite for any finite Z.

    Raises:
        ValueError: if shapes do not fit, a label is out of range, or the batch is empty.

    Formula: (1/n) Σ_i −log p_i[y_i] with p_i = softmax(z_i), the softmax of row i.
    Slide: "Design an MLP architecture suitable for problem" (define loss function).

    Example:
        >>> value, gradient = cross_entropy(np.array([[7.0, 7.0], [0.0, 0.0]]), np.array([1, 0]))
        >>> round(value, 4)  # log 2
        0.6931
        >>> gradient
        array([[ 0.25, -0.25],
               [-0.25,  0.25]])
    """
    Z = floats("Z", Z, ("n", "k"))
    n, k = Z.shape
    y = class_labels("y", y, n, k)
    S = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(S)
    sums = E.sum(axis=1, keepdims=True)
    is_label = y[:, None] == np.arange(k)
    value = (np.log(sums).sum() - S[is_label].sum()) / n
    return float(value), (E / sums - is_label) / n


def layer_backward(
    dH: ArrayLike, H_in: ArrayLike, A: ArrayLike, Z: ArrayLike, act: Activation
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Take the gradient one layer back: from the layer's output to its input, weights and biases.

    The layer computed Z = H_in A + b and H = act(Z).

    Args:
        dH: the loss's gradient by H, (n, d_out).
        H_in: the layer's input, (n, d_in).
        A: the layer's weights, (d_in, d_out).
        Z: the layer's pre-activations, (n, d_out).
        act: the layer's Activation.

    Returns:
        (dH_in, dA, db): the gradients by H_in, (n, d_in), by A, (d_in, d_out), and by b,
        (1, d_out).

    Raises:
        ValueError: if shapes do not fit.

    Slide: "From Scalars to Neurons".

    Example:
        >>> from course.nn.activation import Activation
        >>> square = Activation(np.square, lambda z: 2 * z)
        >>> H_in, A = np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0], [2.0]])
        >>> dH, Z = np.array([[3.0], [1.0]]), np.array([[2.0], [-1.0]])
        >>> dH_in, dA, db = layer_backward(dH, H_in, A, Z, square)
        >>> dH_in.tolist(), dA.tolist(), db.tolist()
        ([[12.0, 24.0], [-2.0, -4.0]], [[12.0], [22.0]], [[10.0]])
    """
    A = floats("A", A, ("d_in", "d_out"))
    dH = floats("dH", dH, ("n", A.shape[1]))
    H_in = floats("H_in", H_in, (len(dH), A.shape[0]))
    delta = dH * act.derivative(floats("Z", Z, dH.shape))
    return delta @ A.T, H_in.T @ delta, delta.sum(axis=0, keepdims=True)


def backprop(
    net: Network, acts: Sequence[Activation], X: ArrayLike, Y: ArrayLike, loss: Loss
) -> tuple[float, Network]:
    """Return the loss of a network on a batch, and its gradient by all weights and biases.

    Layer j turns H_{j-1} into H_j = act_j(H_{j-1} A_j + b_j). The first one reads H_0 = X.

    Args:
        net: (As, Bs), the lists of d weights and d bias rows.
        acts: d Activations, one for each layer.
        X: n examples, one per row, (n, d_0).
        Y: their targets or labels, as the loss expects them.
        loss: a function (H_d, Y) ↦ (value, gradient by H_d), e.g. squared_loss.

    Returns:
        (value, (dAs, dBs)): a float and two lists in layer order, each gradient in the shape of
        the weights or biases that it belongs to.

    Raises:
        ValueError: if shapes do not fit.

    Slides: "Gradient: Backward Pass (BackProp)", "From Scalars to Neurons".

    Example:
        >>> from course.nn.activation import Activation
        >>> square = Activation(np.square, lambda z: 2 * z)
        >>> surplus = lambda H, Y: (float(np.sum(H - Y)), np.ones_like(H))
        >>> As, Bs = [np.array([[2.0]])], [np.array([[1.0]])]
        >>> backprop((As, Bs), [square], np.array([[2.0]]), np.array([[5.0]]), surplus)
        (20.0, ([array([[20.]])], [array([[10.]])]))
    """
    As, Bs = network(net)
    acts = activations("acts", acts, len(As))
    Hs, Zs = [floats("X", X, ("n", len(As[0])))], []
    for A, b, act in zip(As, Bs, acts):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(act(Zs[-1]))
    value, dH = loss(Hs[-1], Y)
    dAs, dBs = [None] * len(As), [None] * len(As)
    for j in reversed(range(len(As))):
        dH, dAs[j], dBs[j] = layer_backward(dH, Hs[j], As[j], Zs[j], acts[j])
    return value, (dAs, dBs)


def gradient_check(f: Callable, theta: ArrayLike, grad: ArrayLike, eps: float = 1e-6) -> float:
    """Compare a gradient with central differences and return the largest relative error.

    Args:
        f: a function of an array like theta, with a scalar result.
        theta: the point where to check, an array of any shape; it is unchanged afterwards.
        grad: the gradient to check, in theta's shape.
        eps: the step, above 0.

    Returns:
        A float: below 1e-5 for a right gradient, above 1e-3 for one with a mistake. The
        differences are computed in float64.

    Raises:
        ValueError: if shapes differ.

    Formula: the maximum over the entries of |g − ĝ| / max(|g|, |ĝ|, 1e-8), where ĝ is f's central
    difference by the entry, with the step eps.
    Slide: "Training Neural Networks (Deep Learning)".

    Example:
        >>> f, theta = lambda t: np.sum(t**2), np.array([1.0, 2.0])
        >>> gradient_check(f, theta, np.array([2.0, 4.0])) < 1e-5
        True
        >>> round(gradient_check(f, theta, np.array([2.0, 8.0])), 3)
        0.5
    """
    f, eps = function("f", f), positive("eps", eps)
    theta = np.array(floats("theta", theta), dtype=np.float64)
    g = floats("grad", grad, theta.shape).astype(np.float64)
    g_hat = np.empty_like(theta)
    for entry in np.ndindex(theta.shape):
        there = theta[entry]
        theta[entry] = there + eps
        above = number("f(theta)", f(theta))
        theta[entry] = there - eps
        below = number("f(theta)", f(theta))
        theta[entry] = there
        g_hat[entry] = (above - below) / (2 * eps)
    nearly_zero = 1e-8
    size = np.maximum(np.maximum(np.abs(g), np.abs(g_hat)), nearly_zero)
    return float(np.max(np.abs(g - g_hat) / size))
