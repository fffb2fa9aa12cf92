"""Training is a loop: take a few examples, find the average gradient, take a step against it."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.nn.activation import Activation
from course.nn.arguments import (
    Network,
    activations,
    class_labels,
    finite,
    floats,
    generator,
    gradient_list,
    gradients,
    network,
    rows,
    whole,
)
from course.nn.backprop import IDENTITY, RELU, Loss, cross_entropy
from course.nn.forward import forward
from course.nn.symmetry import initialise
from course.nn.workspace import Workspace


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Split n examples at random into mini-batches.

    Args:
        n: the number of examples, at least 1.
        batch_size: the number of examples in a mini-batch, at least 1.
        rng: the source of randomness, a numpy.random.Generator.

    Returns:
        A list of index arrays that together have each of 0, …, n − 1 once, in random order:
        batch_size each, the last one shorter if they do not divide evenly, none empty.

    Raises:
        ValueError: if n or batch_size is below 1.

    Slide: "Loop" (obtain a mini-batch of examples).

    Example:
        >>> batches = minibatches(5, 2, np.random.default_rng(0))
        >>> [len(batch) for batch in batches]
        [2, 2, 1]
        >>> sorted(np.concatenate(batches).tolist())
        [0, 1, 2, 3, 4]
    """
    n, batch_size = whole("n", n, 1), whole("batch_size", batch_size, 1)
    order = generator("rng", rng).permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


def hunt_minibatches() -> list[dict]:
    """Return a few sizes for which every suspect gives itself away.

    Returns:
        At most four examples, each a dict {"n": …, "batch_size": …}: n from 1 to 40, and a batch
        size from −10 to 50. A suspect is called thirty times with them. It is caught if any
        of its batches is wrong, if it never shuffles, if it stops with an error although there is
        an answer, or if it doesn't raise a ValueError although there is none.

    Slide: "Loop" (obtain a mini-batch of examples).

    Example:
        >>> len(hunt_minibatches()) <= 4
        True
    """
    sizes = [(10, 3), (12, 4), (5, 0), (5, -2)]
    return [{"n": n, "batch_size": batch_size} for n, batch_size in sizes]


def average_gradients(grads: Sequence[Network]) -> Network:
    """Return the average of several gradients.

    Args:
        grads: a list of at least one (dAs, dBs), all in the same shapes.

    Returns:
        (dAs, dBs), in the same shapes: each array the elementwise mean over the list.

    Raises:
        ValueError: if the list is empty or the shapes differ.

    Slide: "Loop" (calculate average (over mini-batch) gradient).

    Example:
        >>> one = [np.array([[1.0, 4.0]])], [np.array([[0.0, 2.0]])]
        >>> other = [np.array([[3.0, 6.0]])], [np.array([[0.0, 4.0]])]
        >>> average_gradients([one, other])
        ([array([[2., 5.]])], [array([[0., 3.]])])
    """
    grads = gradient_list("grads", grads)
    dAs = [sum(same_layer) / len(grads) for same_layer in zip(*(dAs for dAs, _ in grads))]
    dBs = [sum(same_layer) / len(grads) for same_layer in zip(*(dBs for _, dBs in grads))]
    return dAs, dBs


def sgd_step(net: Network, grads: Network, lr: float) -> Network:
    """Return the network after one step against the gradient.

    Args:
        net: (As, Bs), the lists of weights and bias rows.
        grads: (dAs, dBs), in the net's shapes.
        lr: the learning rate, a number.

    Returns:
        A new net, (As, Bs) in the old shapes; the old one is unchanged.

    Raises:
        ValueError: if the shapes of grads are not the net's.

    Slide: "Loop" (update weights).

    Example:
        >>> net = [np.array([[1.0, 2.0]])], [np.array([[0.0, 0.0]])]
        >>> grads = [np.array([[4.0, -2.0]])], [np.array([[0.0, 6.0]])]
        >>> sgd_step(net, grads, 0.5)
        ([array([[-1.,  3.]])], [array([[ 0., -3.]])])
    """
    As, Bs = network(net)
    dAs, dBs = gradients("grads", grads, As, Bs)
    lr = finite("lr", lr)
    return (
        [A - lr * dA for A, dA in zip(As, dAs)],
        [b - lr * db for b, db in zip(Bs, dBs)],
    )


def momentum_step(
    net: Network, velocity: Network, grads: Network, lr: float, mu: float
) -> tuple[Network, Network]:
    """Return the network and its velocity after one step with momentum.

    Args:
        net: (As, Bs), the lists of weights and bias rows.
        velocity: (vAs, vBs), in the net's shapes: how far each number moved in the last step.
        grads: (dAs, dBs), in the net's shapes.
        lr: the learning rate, a number.
        mu: the momentum, the share of the velocity that is kept, a number.

    Returns:
        (net, velocity): the new net, (As, Bs), and the new velocity, (vAs, vBs), which is the step
        that was taken; the old ones are unchanged.

    Raises:
        ValueError: if the shapes of velocity or grads are not the net's.

    Slide: "Loop" (update weights).

    Example:
        >>> net = [np.array([[1.0]])], [np.array([[0.0]])]
        >>> velocity = [np.array([[-2.0]])], [np.array([[4.0]])]
        >>> grads = [np.array([[10.0]])], [np.array([[0.0]])]
        >>> net, velocity = momentum_step(net, velocity, grads, lr=0.1, mu=0.5)
        >>> net, velocity
        (([array([[-1.]])], [array([[2.]])]), ([array([[-2.]])], [array([[2.]])]))
    """
    As, Bs = network(net)
    vAs, vBs = gradients("velocity", velocity, As, Bs)
    dAs, dBs = gradients("grads", grads, As, Bs)
    lr, mu = finite("lr", lr), finite("mu", mu)
    vAs = [mu * v - lr * dA for v, dA in zip(vAs, dAs)]
    vBs = [mu * v - lr * db for v, db in zip(vBs, dBs)]
    return ([A + v for A, v in zip(As, vAs)], [b + v for b, v in zip(Bs, vBs)]), (vAs, vBs)


def train(
    net: Network,
    acts: Sequence[Activation],
    X: ArrayLike,
    Y: ArrayLike,
    loss: Loss,
    *,
    epochs: int,
    batch_size: int,
    lr: float,
    rng: np.random.Generator,
) -> tuple[Network, list[float]]:
    """Train a network by mini-batch stochastic gradient descent.

    Args:
        net: (As, Bs), the weights and bias rows to start with.
        acts: an Activation for each layer.
        X: n examples, one per row, (n, d_0).
        Y: their n targets or labels.
        loss: a function (H_d, Y) ↦ (value, gradient by H_d), a mean over rows.
        epochs: how often to go through all examples, at least 0; each time in fresh mini-batches.
        batch_size: the number of examples in a mini-batch, at least 1.
        lr: the learning rate, a number.
        rng: the source of randomness, a numpy.random.Generator.

    Returns:
        (net, history): the trained net, a new one, and a list with one number for each epoch: the
        mean over the examples of the loss seen in it, where each batch's loss is the one before
        its own step.

    Raises:
        ValueError: if shapes do not fit.

    Slide: "Loop": obtain a mini-batch, perform inference and backprop, calculate the average
    gradient, update the weights.

    Example:
        >>> from course.nn.backprop import IDENTITY, squared_loss
        >>> As, Bs = [np.array([[0.0]])], [np.array([[0.0]])]
        >>> X, Y = np.array([[1.0]]), np.array([[2.0]])
        >>> settings = dict(epochs=2, batch_size=1, lr=0.5, rng=np.random.default_rng(0))
        >>> (As, Bs), history = train((As, Bs), [IDENTITY], X, Y, squared_loss, **settings)
        >>> As, Bs, history
        ([array([[1.]])], [array([[1.]])], [2.0, 0.0])
    """
    As, _ = net = network(net)
    acts, lr = activations("acts", acts, len(As)), finite("lr", lr)
    X = floats("X", X, ("n", len(As[0])))
    Y = rows("Y", Y, len(X))
    work = Workspace(net, acts, X, Y, loss, lr)
    history = []
    for _ in range(whole("epochs", epochs, 0)):
        total = 0.0
        for batch in minibatches(len(X), batch_size, rng):
            total += len(batch) * work.backprop(batch)
            work.sgd_step()
        history.append(total / len(X))
    return work.net, history


def accuracy(net: Network, acts: Sequence[Callable], X: ArrayLike, y: ArrayLike) -> float:
    """Return the share of examples that a network classifies correctly.

    Args:
        net: (As, Bs), the lists of weights and bias rows.
        acts: an elementwise function for each layer.
        X: n examples, one per row, (n, d_0).
        y: the labels, n integers from 0 to k − 1, (n,), where k is the output's width.

    Returns:
        A number from 0 to 1: the share of rows in which output y_i is the largest.

    Raises:
        ValueError: if shapes do not fit or a label is out of range.

    Slide: "Design an MLP architecture suitable for problem".

    Example:
        >>> from course.nn.neuron import identity
        >>> net, X = ([np.eye(2)], [np.zeros((1, 2))]), np.array([[3.0, 1.0], [1.0, 2.0]])
        >>> accuracy(net, [identity], X, np.array([0, 0]))
        0.5
    """
    H = forward(net, X, acts)[-1]
    y = class_labels("y", y, *H.shape)
    return float(np.mean(H.argmax(axis=1) == y))


def design(
    X: ArrayLike, y: ArrayLike, rng: np.random.Generator
) -> tuple[Network, list[Activation]]:
    """Design a network that reads handwritten digits, train it, and hand it over.

    You choose: the number of layers, the hidden neurons in each, the connectivity between layers,
    the activation, the loss, the initialisation and the training. You are graded by the accuracy
    on images that the network has not seen.

    Args:
        X: n images of 8 × 8 pixels, one per row, (n, 64), numbers from 0 (white) to 1 (black).
        y: the digits they show, n integers from 0 to 9, (n,).
        rng: the source of randomness, a numpy.random.Generator.

    Returns:
        (net, acts): a net (As, Bs) with 64 inputs and 10 outputs, at most 8 layers and less than
        4 MB, and for each layer RELU, TANH, SIGMOID, SOFTPLUS or IDENTITY, or such a name in lower
        case. It reads an image by its largest output.

    Raises:
        ValueError: if X or y is not of this form.

    Slide: "Design an MLP architecture suitable for problem".

    Example:
        >>> X, y = np.array([[0.0] * 64, [1.0] * 64]), np.array([1, 8])  # a white and a black image
        >>> (As, Bs), acts = design(X, y, np.random.default_rng(0))
        >>> As[0].shape[0], As[-1].shape[1], len(As) == len(Bs) == len(acts)
        (64, 10, True)
    """
    X = floats("X", X, ("n", 64))
    n = len(X)
    y = class_labels("y", y, n, 10)
    images = np.pad(X.reshape(n, 8, 8), ((0, 0), (2, 2), (2, 2)))
    pixels = np.indices((8, 8)).reshape(2, 64) - 3.5  # row and column, from the image's centre

    def redrawn():
        """The images as another hand might draw them: a little stretched, turned and shifted."""
        stretch, shift = rng.normal(0, 0.15, (n, 2, 2)), rng.normal(0, 0.4, (n, 2, 1))
        place = np.clip(pixels + stretch @ pixels + shift + 5.5, 0, 10.99)
        (i, j), (di, dj) = place.astype(int).swapaxes(0, 1), (place % 1).swapaxes(0, 1)
        k = np.arange(n)[:, None]
        above = (1 - dj) * images[k, i, j] + dj * images[k, i, j + 1]
        below = (1 - dj) * images[k, i + 1, j] + dj * images[k, i + 1, j + 1]
        return (1 - di) * above + di * below

    net, acts = initialise([64, 256, 10], rng), [RELU, IDENTITY]
    for lr in np.linspace(0.5, 0.01, 150):  # big steps first, small ones to settle
        net, _ = train(
            net, acts, redrawn(), y, cross_entropy, epochs=1, batch_size=32, lr=lr, rng=rng
        )

    return net, acts
