"""A multilayer net feeds one layer into the next; any graph without a cycle is a net as well."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.nn.arguments import (
    Edge,
    Network,
    edge_list,
    floats,
    function,
    functions,
    generator,
    input_values,
    mask_array,
    matrices,
    network,
    no_cycle,
    numbers,
    whole,
    widths,
)
from course.nn.layers import dense


def layer_shapes(dims: Sequence[int]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the shapes of every layer's weights and biases.

    Args:
        dims: the widths [d_0, d_1, …], the input's first; at least two, each at least 1.

    Returns:
        A list with ((d_{j-1}, d_j), (1, d_j)) for each layer j = 1, 2, …

    Raises:
        ValueError: if there are fewer than two widths or one is below 1.

    Slide: "Multilayer Net", with one neuron per column.

    Example:
        >>> layer_shapes([3, 4, 2])
        [((3, 4), (1, 4)), ((4, 2), (1, 2))]
    """
    dims = widths("dims", dims)
    return [((d_in, d_out), (1, d_out)) for d_in, d_out in zip(dims, dims[1:])]


def count_parameters(dims: Sequence[int]) -> tuple[int, int, int]:
    """Count a multilayer perceptron's neurons, weights and biases.

    Args:
        dims: the widths [d_0, d_1, …], the input's first; at least two, each at least 1.

    Returns:
        (neurons, weights, biases), three integers: as in the lecture the inputs count as neurons,
        and weights are edges without the biases. Input nodes have no bias.

    Raises:
        ValueError: if there are fewer than two widths or one is below 1.

    Slide: "Multilayer Perceptron (MLP)".

    Example:
        >>> count_parameters([5, 3, 3, 2])  # the lecture's net
        (13, 30, 8)
    """
    dims = widths("dims", dims)
    weights = sum(d_in * d_out for d_in, d_out in zip(dims, dims[1:]))
    return sum(dims), weights, sum(dims[1:])


def rand_matrix(m: int, n: int, rng: np.random.Generator) -> np.ndarray:
    """Return a matrix of independent Gaussian random numbers, scaled for a neuron with m inputs.

    Args:
        m: the number of rows, at least 1.
        n: the number of columns, at least 1.
        rng: the source of randomness, a numpy.random.Generator.

    Returns:
        A matrix, (m, n), of independent numbers with mean 0. Their standard deviation depends on m
        alone: it is the one for which X @ A has entries of spread 1 if X has.

    Raises:
        ValueError: if m or n is below 1.

    Slide: "Multilayer Perceptron" (its code).

    Example:
        >>> A = rand_matrix(100, 50, np.random.default_rng(0))
        >>> A.shape, round(float(A.std()), 1)
        ((100, 50), 0.1)
    """
    m, n, rng = whole("m", m, 1), whole("n", n, 1), generator("rng", rng)
    return rng.standard_normal((m, n)) / np.sqrt(m)


def MLP(dims: Sequence[int], rng: np.random.Generator) -> Network:
    """Return a multilayer perceptron with random weights and biases.

    Args:
        dims: the widths [d_0, d_1, …], the input's first; at least two, each at least 1.
        rng: the source of randomness, a numpy.random.Generator.

    Returns:
        net = (As, Bs), two lists: the weights (d_{j-1}, d_j) and the bias rows (1, d_j) of each
        layer, every one from rand_matrix.

    Raises:
        ValueError: if there are fewer than two widths or one is below 1.

    Slide: "Multilayer Perceptron" (its code).

    Example:
        >>> As, Bs = MLP([3, 4, 2], np.random.default_rng(0))
        >>> [A.shape for A in As], [b.shape for b in Bs]
        ([(3, 4), (4, 2)], [(1, 4), (1, 2)])
    """
    As, Bs = [], []
    for A_shape, b_shape in layer_shapes(dims):
        As.append(rand_matrix(*A_shape, rng))
        Bs.append(rand_matrix(*b_shape, rng))
    return As, Bs


def predict(net: Network, X: ArrayLike, act: Callable) -> np.ndarray:
    """Return the network's output, with the same activation after every layer, the last included.

    Args:
        net: (As, Bs), the lists of weights and bias rows.
        X: n examples, one per row, (n, d_0).
        act: the activation, an elementwise function.

    Returns:
        The output layer, (n, d_d).

    Raises:
        ValueError: if shapes do not fit.

    Slides: "Inference aka Forward Pass", "Multilayer Perceptron" (its code).

    Example:
        >>> from course.nn.neuron import relu
        >>> As = [np.array([[2.0], [1.0]]), np.array([[-3.0]])]
        >>> Bs = [np.array([[1.0]]), np.array([[18.0]])]
        >>> predict((As, Bs), np.array([[1.0, 2.0]]), relu)
        array([[3.]])
    """
    As, Bs = network(net)
    H, act = floats("X", X, ("n", len(As[0]))), function("act", act)
    for A, b in zip(As, Bs):
        H = dense(H, A, b, act)
    return H


def forward(net: Network, X: ArrayLike, acts: Sequence[Callable]) -> list[np.ndarray]:
    """Return the outputs of all layers, each layer with its own activation.

    Args:
        net: (As, Bs), the lists of d weights and d bias rows.
        X: n examples, one per row, (n, d_0).
        acts: d elementwise functions, one for each layer.

    Returns:
        [H_0, H_1, …, H_d], each (n, d_j): the input X first, the output last.

    Raises:
        ValueError: if shapes or the number of acts do not fit.

    Slide: "Inference aka Forward Pass".

    Example:
        >>> from course.nn.neuron import relu
        >>> As = [np.array([[2.0], [1.0]]), np.array([[-3.0]])]
        >>> Bs = [np.array([[1.0]]), np.array([[18.0]])]
        >>> forward((As, Bs), np.array([[1.0, 2.0]]), [relu, np.square])
        [array([[1., 2.]]), array([[5.]]), array([[9.]])]
    """
    As, Bs = network(net)
    Hs = [floats("X", X, ("n", len(As[0])))]
    for A, b, act in zip(As, Bs, functions("acts", acts, len(As))):
        Hs.append(dense(Hs[-1], A, b, act))
    return Hs


def topological_order(edges: Iterable[Edge]) -> list[Hashable]:
    """Return a graph's nodes in an order in which every edge leads from earlier to later.

    Args:
        edges: pairs (u, v) for edges u → v. Nodes are anything hashable, that is, anything
            that can be a dictionary's key; they need not be comparable. An edge given twice
            counts once.

    Returns:
        A list with every node of the edges once; any order with u before v for every edge is
        right.

    Raises:
        ValueError: if the graph has a cycle (an edge from a node to itself is one).

    Time: linear in nodes plus edges, and chains of 10,000 nodes work, so it does not call itself
    for each node.
    Slide: "Computation Graph" (nodes sorted topologically).

    Example:
        >>> topological_order([("b", "c"), ("a", "b")])
        ['a', 'b', 'c']
    """
    edges = edge_list("edges", edges)
    heads: dict = {node: [] for edge in edges for node in edge}
    waiting_for = {node: 0 for node in heads}
    for u, v in edges:
        heads[u].append(v)
        waiting_for[v] += 1
    order = [v for v, tails in waiting_for.items() if tails == 0]
    for u in order:  # grows while we go through it
        for v in heads[u]:
            waiting_for[v] -= 1
            if waiting_for[v] == 0:
                order.append(v)
    no_cycle("edges", edges, order)
    return order


def hunt_topological_order() -> list[dict]:
    """Return a few graphs on which every suspect gives itself away.

    Returns:
        At most four examples, each a dict {"edges": …} of topological_order's argument: a list of
        at most twelve pairs of nodes, all of them short texts or all of them whole numbers. A
        suspect is caught if its order for any of the graphs is wrong, if it stops with an error
        although there is an order, or if it returns an order although there is none.

    Slide: "Computation Graph" (nodes sorted topologically).

    Example:
        >>> len(hunt_topological_order()) <= 4
        True
    """
    untidy = [("e", "a"), ("d", "e"), ("d", "a"), ("d", "a"), ("c", "d"), ("b", "a"), ("f", "b")]
    return [{"edges": untidy}, {"edges": [(1, 2), (2, 2)]}]


def forward_dag(
    weights: Mapping[Edge, float], inputs: Mapping[Hashable, float], h: Callable
) -> dict[Hashable, np.floating]:
    """Return the output of every node of a feed-forward net given as a weighted graph.

    Args:
        weights: {(u, v): w} for every edge u → v; a weight of 0 is still an edge.
        inputs: {v: value} for every input node (a node without incoming edges); an input may have
            no edge at all.
        h: the activation, an elementwise function.

    Returns:
        {v: h[v]} with all nodes, including the inputs, which keep their value.

    Raises:
        ValueError: if the graph has a cycle, an input node has no value, or a node with incoming
            edges has one.

    Time: linear in nodes plus edges.
    Slide: "Feed-forward NN: Formal Definitions".

    Example:
        >>> from course.nn.neuron import relu
        >>> weights = {("x", "v"): 2.0, ("v", "y"): 3.0, ("x", "y"): -1.0}
        >>> outputs = forward_dag(weights, {"x": 1.0}, relu)
        >>> float(outputs["v"]), float(outputs["y"])
        (2.0, 5.0)
    """
    weights, h = numbers("weights", weights), function("h", h)
    order = topological_order(weights)
    output = input_values("inputs", inputs, weights)
    incoming: dict = {v: [] for v in order}
    for (u, v), w in weights.items():
        incoming[v].append((u, w))
    for v in order:
        if incoming[v]:
            output[v] = h(sum(w * output[u] for u, w in incoming[v]))
    return output


def mlp_to_dag(As: Sequence[ArrayLike]) -> dict[tuple[int, int], np.floating]:
    """Return a multilayer perceptron without biases as a weighted graph.

    Args:
        As: the layers' weights, (d_{j-1}, d_j) each.

    Returns:
        {(a, b): w} with an edge for every entry of every matrix, zeros included. Nodes are
        numbered from 1, layer by layer: the inputs are 1 … d_0, the next layer
        d_0 + 1 … d_0 + d_1, and so on.

    Raises:
        ValueError: if the matrices' shapes do not fit.

    Slide: "Multilayer Perceptron".

    Example:
        >>> weights = mlp_to_dag([np.array([[5.0, 6.0]]), np.array([[7.0], [8.0]])])
        >>> {edge: float(w) for edge, w in weights.items()}
        {(1, 2): 5.0, (1, 3): 6.0, (2, 4): 7.0, (3, 4): 8.0}
    """
    weights, before = {}, 1
    for A in matrices("As", As):
        d_in, d_out = A.shape
        for i in range(d_in):
            for k in range(d_out):
                weights[before + i, before + d_in + k] = A[i, k]
        before += d_in
    return weights


def masked_dense(
    X: ArrayLike, A: ArrayLike, b: ArrayLike, mask: ArrayLike, h: Callable
) -> np.ndarray:
    """Return the outputs of a layer whose neurons have sparse incoming edges.

    Args:
        X: n examples, one per row, (n, d_in).
        A: the weights, (d_in, d_out).
        b: the biases, one row, (1, d_out).
        mask: (d_in, d_out), True where there is an edge; where it is False the weight in A does
            not count.
        h: the activation, an elementwise function.

    Returns:
        The layer's outputs, (n, d_out).

    Raises:
        ValueError: if shapes do not fit.

    Slide: "NN Architecture" (incoming edges can be sparse).

    Example:
        >>> from course.nn.neuron import relu
        >>> X, A, b = np.array([[1.0, 2.0]]), np.array([[3.0, 99.0], [99.0, 4.0]]), np.ones((1, 2))
        >>> masked_dense(X, A, b, np.array([[True, False], [False, True]]), relu)
        array([[4., 9.]])
    """
    A = floats("A", A, ("d_in", "d_out"))
    mask = mask_array("mask", mask, A.shape)
    return dense(X, np.where(mask, A, 0), b, h)
