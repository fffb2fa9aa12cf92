"""Many nets are the same function; random weights of the right size tell their units apart."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.nn.activation import Activation
from course.nn.arguments import (
    Network,
    finite,
    function,
    generator,
    hidden_layer,
    mask_list,
    network,
    permutation,
    positive,
    whole,
    widths,
)
from course.nn.backprop import Loss, backprop
from course.nn.forward import forward, layer_shapes, rand_matrix


def permute_hidden(net: Network, j: int, perm: Sequence[int]) -> Network:
    """Reorder the units of one hidden layer without changing the function the net computes.

    Args:
        net: (As, Bs), the lists of weights and bias rows.
        j: the hidden layer, from 1 (layer 0 is the input).
        perm: the new order, each of 0, …, m_j − 1 once: the unit at place i of the new net is
            unit perm[i] of the old one.

    Returns:
        A new net, (As, Bs) in the old shapes; the old one is unchanged.

    Raises:
        ValueError: if j is not a hidden layer or perm is not a permutation of its units.

    Slide: "Symmetries".

    Example:
        >>> As = [np.array([[1.0, 2.0, 3.0]]), np.array([[4.0], [5.0], [6.0]])]
        >>> Bs = [np.array([[7.0, 8.0, 9.0]]), np.array([[0.0]])]
        >>> As, Bs = permute_hidden((As, Bs), 1, [2, 0, 1])
        >>> As[0].tolist(), Bs[0].tolist(), As[1].tolist()
        ([[3.0, 1.0, 2.0]], [[9.0, 7.0, 8.0]], [[6.0], [4.0], [5.0]])
    """
    As, Bs = network(net)
    j = hidden_layer("j", j, As)
    perm = permutation("perm", perm, As[j].shape[0])
    As, Bs = [A.copy() for A in As], [b.copy() for b in Bs]
    As[j - 1] = As[j - 1][:, perm]
    Bs[j - 1] = Bs[j - 1][:, perm]
    As[j] = As[j][perm, :]
    return As, Bs


def rescale_hidden(net: Network, j: int, unit: int, alpha: float) -> Network:
    """Rescale one hidden ReLU unit without changing the function the net computes.

    Args:
        net: (As, Bs), with ReLU in its hidden layers.
        j: the hidden layer, from 1.
        unit: the unit, from 0.
        alpha: the factor, above 0.

    Returns:
        A new net, (As, Bs) in the old shapes, that computes the same: the unit's sum, before the
        ReLU, is alpha times what it was. The old net is unchanged.

    Raises:
        ValueError: if j is not a hidden layer, unit is not one of its units, or alpha ≤ 0.

    Slide: "Degrees of Freedom".

    Example:
        >>> As = [np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]])]
        >>> Bs = [np.array([[5.0, 6.0]]), np.array([[7.0]])]
        >>> As, Bs = rescale_hidden((As, Bs), 1, 0, 2.0)
        >>> As[0].tolist(), Bs[0].tolist(), As[1].tolist()
        ([[2.0, 2.0]], [[10.0, 6.0]], [[1.5], [4.0]])
    """
    As, Bs = network(net)
    j = hidden_layer("j", j, As)
    unit = whole("unit", unit, 0, As[j].shape[0] - 1)
    alpha = positive("alpha", alpha)
    As, Bs = [A.copy() for A in As], [b.copy() for b in Bs]
    As[j - 1][:, unit] *= alpha
    Bs[j - 1][:, unit] *= alpha
    As[j][unit, :] /= alpha
    return As, Bs


def count_permutations(dims: Sequence[int]) -> int:
    """Count the nets that one net's hidden units can be permuted into.

    Args:
        dims: the widths [d_0, d_1, …, d_d], the input's first; at least two, each at least 1.

    Returns:
        An exact integer; inputs and outputs keep their order.

    Raises:
        ValueError: if there are fewer than two widths or one is below 1.

    Slide: "Symmetries".

    Example:
        >>> count_permutations([5, 3, 3, 2]), count_permutations([5, 3, 4, 2])
        (36, 144)
    """
    count = 1
    for m in widths("dims", dims)[1:-1]:
        for place in range(1, m + 1):
            count *= place
    return count


def twin_units(net: Network, j: int, tol: float = 1e-9) -> list[tuple[int, int]]:
    """Find the pairs of units of one hidden layer that compute the same thing.

    Args:
        net: (As, Bs), the lists of weights and bias rows.
        j: the hidden layer, from 1.
        tol: the largest difference between two numbers that count as equal.

    Returns:
        The sorted list of all pairs (a, b), a < b, of units of layer j with equal incoming
        weights and equal bias.

    Raises:
        ValueError: if j is not a hidden layer.

    Slides: "Training Neural Networks (Deep Learning)" (symmetry breaking), "Weight Initialization".

    Example:
        >>> As = [np.array([[1.0, 2.0, 1.0]]), np.array([[3.0], [4.0], [5.0]])]
        >>> Bs = [np.array([[6.0, 6.0, 6.0]]), np.array([[7.0]])]
        >>> twin_units((As, Bs), 1)
        [(0, 2)]
    """
    As, Bs = network(net)
    j = hidden_layer("j", j, As)
    tol = finite("tol", tol)
    units = np.vstack([As[j - 1], Bs[j - 1]]).T
    pairs = []
    for a in range(len(units)):
        apart = np.abs(units[a + 1 :] - units[a]).max(axis=1)
        pairs += [(a, a + 1 + int(i)) for i in np.flatnonzero(apart <= tol)]
    return pairs


def initialise(dims: Sequence[int], rng: np.random.Generator) -> Network:
    """Return a network with random weights that break the symmetry, and biases zero.

    Args:
        dims: the widths [d_0, d_1, …], the input's first; at least two, each at least 1.
        rng: the source of randomness, a numpy.random.Generator.

    Returns:
        net = (As, Bs): weights (d_{j-1}, d_j), Gaussian with mean 0 and standard deviation
        in(v)^{-1/2}, where in(v) = d_{j-1} is the number of edges into a unit v of layer j; bias
        rows (1, d_j) of zeros.

    Raises:
        ValueError: if there are fewer than two widths or one is below 1.

    Slide: "Weight Initialization".

    Example:
        >>> As, Bs = initialise([100, 50, 2], np.random.default_rng(0))
        >>> [A.shape for A in As], round(float(As[0].std()), 1)
        ([(100, 50), (50, 2)], 0.1)
        >>> Bs[1]
        array([[0., 0.]])
    """
    shapes = layer_shapes(dims)
    As = [rand_matrix(*A_shape, rng) for A_shape, _ in shapes]
    return As, [np.zeros(b_shape) for _, b_shape in shapes]


def hunt_initialise() -> list[dict]:
    """Return widths and a number of draws that give every suspect away, and no right function.

    Returns:
        One or two examples, each a dict {"dims": …, "draws": …}: two to four widths from 1 to 50,
        and how many nets are drawn, at most 500 with 20,000 weights in all. The test pools all
        the weights that were drawn for a layer. It sounds the alarm if their standard deviation is
        more than 5 percent off in(v)^{-1/2}, or if a layer is missing. It runs five times: a
        suspect is caught if the alarm sounds once, but it must never sound for a right function.

    Slide: "Weight Initialization".

    Example:
        >>> len(hunt_initialise()) <= 2
        True
    """
    return [{"dims": [10, 30, 5], "draws": 30}]


def initialise_sparse(masks: Sequence[ArrayLike], rng: np.random.Generator) -> Network:
    """Return a network with random weights on the edges that there are, and biases zero.

    Args:
        masks: for each layer an array (d_{j-1}, d_j), True where there is an edge u → v.
        rng: the source of randomness, a numpy.random.Generator.

    Returns:
        net = (As, Bs): weights in the masks' shapes, exactly 0 where the mask is False, elsewhere
        Gaussian with mean 0 and standard deviation in(v)^{-1/2}, where in(v) is the number of
        True entries in v's column; a unit without incoming edges has a column of zeros. Bias rows
        (1, d_j) of zeros.

    Raises:
        ValueError: if the masks do not fit.

    Slides: "Weight Initialization", "NN Architecture".

    Example:
        >>> mask = np.array([[True, False, False], [True, True, False]])
        >>> As, Bs = initialise_sparse([mask], np.random.default_rng(0))
        >>> As[0] != 0
        array([[ True, False, False],
               [ True,  True, False]])
        >>> Bs
        [array([[0., 0., 0.]])]
    """
    rng = generator("rng", rng)
    As, Bs = [], []
    for mask in mask_list("masks", masks):
        fan_in = np.maximum(mask.sum(axis=0), 1)  # an empty column is masked anyway
        As.append(np.where(mask, rng.standard_normal(mask.shape) / np.sqrt(fan_in), 0))
        Bs.append(np.zeros((1, mask.shape[1])))
    return As, Bs


def activation_scales(net: Network, X: ArrayLike, act: Callable) -> list[float]:
    """Return how large the numbers in each layer of a network are.

    Args:
        net: (As, Bs), the lists of d weights and d bias rows.
        X: n examples, one per row, (n, d_0).
        act: an elementwise function, applied after every layer, the last included.

    Returns:
        [std(H_0), …, std(H_d)], d + 1 floats: the standard deviation over all entries of each
        layer's output (divided by their number, not by one less).

    Raises:
        ValueError: if shapes do not fit.

    Slides: "Weight Initialization", "Training Neural Networks (Deep Learning)" (scale sensitive).

    Example:
        >>> from course.nn.neuron import relu
        >>> net = [np.array([[2.0]])], [np.array([[0.0]])]
        >>> activation_scales(net, np.array([[1.0], [3.0]]), relu)
        [1.0, 2.0]
    """
    acts = [function("act", act)] * len(network(net)[0])
    return [float(np.std(H)) for H in forward(net, X, acts)]


def gradient_scales(
    net: Network, acts: Sequence[Activation], X: ArrayLike, Y: ArrayLike, loss: Loss
) -> list[float]:
    """Return how large the gradients by each layer's weights are.

    Args:
        net: (As, Bs), the lists of d weights and d bias rows.
        acts: d activations, one per layer, each with its derivative.
        X: n examples, one per row, (n, d_0).
        Y: what `loss` takes beside the predictions, such as the targets.
        loss: a function (Y_hat, Y) that returns its value and its gradient by Y_hat.

    Returns:
        [std(dA_1), …, std(dA_d)], d floats, the first layer's first: the standard deviation over
        all entries of the loss's gradient by each layer's weights (divided by their number, not by
        one less).

    Raises:
        ValueError: if shapes do not fit.

    Slides: "Weight Initialization", "Training Neural Networks (Deep Learning)" (scale sensitive).

    Example:
        >>> from course.nn.backprop import IDENTITY, squared_loss
        >>> net = [np.array([[1.0], [1.0]])], [np.array([[0.0]])]
        >>> X, Y = np.array([[1.0, 5.0]]), np.array([[0.0]])
        >>> gradient_scales(net, [IDENTITY], X, Y, squared_loss)
        [12.0]
    """
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    return [float(np.std(dA)) for dA in dAs]


def canonical_form(net: Network) -> Network:
    """Bring a ReLU net to a form in which permuting and rescaling hidden units makes no difference.

    Args:
        net: (As, Bs), with ReLU in its hidden layers.

    Returns:
        A new net, (As, Bs) in the old shapes, that computes the same, made layer by layer from
        the first hidden layer to the last:
        1. each unit's incoming vector (its weights, then its bias) is scaled to Euclidean norm 1
           and its outgoing weights are multiplied to match; if the vector is all zero it is left
           so and the outgoing weights are set to zero;
        2. then the layer's units are put in ascending lexicographic order of that vector,
           compared after rounding to 9 decimals; if two are equal, of their outgoing weights.

    Slides: "Symmetries", "Degrees of Freedom".

    Example:
        >>> As = [np.array([[3.0, -6.0]]), np.array([[1.0], [2.0]])]
        >>> Bs = [np.array([[4.0, 8.0]]), np.array([[7.0]])]
        >>> As, Bs = canonical_form((As, Bs))
        >>> As[0].tolist(), Bs[0].tolist(), As[1].tolist()
        ([[-0.6, 0.6]], [[0.8, 0.8]], [[20.0], [5.0]])
    """
    As, Bs = network(net)
    for j in range(1, len(As)):
        incoming, outgoing = np.vstack([As[j - 1], Bs[j - 1]]), As[j]
        norm = np.sqrt(np.sum(incoming**2, axis=0))
        incoming = incoming / np.where(norm > 0, norm, 1)
        outgoing = outgoing * norm[:, None]
        keys = np.round(np.hstack([incoming.T, outgoing]), 9).tolist()
        order = sorted(range(len(keys)), key=lambda unit: keys[unit])
        As[j - 1], Bs[j - 1] = incoming[:-1, order], incoming[-1:, order]
        As[j] = outgoing[order]
    return [A.copy() for A in As], [b.copy() for b in Bs]
