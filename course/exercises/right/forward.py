"""Unusual right answers to unit 3."""

import itertools
import sys
import warnings
from collections import Counter, OrderedDict, defaultdict, deque
from functools import reduce
from graphlib import TopologicalSorter

import numpy as np

from course.exercises.right import right


@right("layer_shapes", "an array of shapes")
def layer_shapes_array(dims):
    d = np.array(dims)
    ones = np.ones_like(d[1:])
    return np.stack([np.stack([d[:-1], d[1:]], 1), np.stack([ones, d[1:]], 1)], axis=1)


@right(
    "layer_shapes",
    "a tuple of lists, made by index",
    why="With j and j + 1 you see which two widths a matrix joins.",
)
def layer_shapes_by_index(dims):
    return tuple([[dims[i], dims[i + 1]], [1, dims[i + 1]]] for i in range(len(dims) - 1))


@right(
    "layer_shapes",
    "the shapes of real arrays",
    why="NumPy knows the shapes already, if you let it make the arrays.",
)
def layer_shapes_of_arrays(dims):
    return [(np.empty((m, n)).shape, np.empty((1, n)).shape) for m, n in itertools.pairwise(dims)]


@right(
    "count_parameters",
    "a dot product of shifted widths, NumPy integers",
    why="Products of neighbours, added up, are a dot product of two shifted lists.",
)
def count_parameters_by_dot(dims):
    d = np.array(dims)
    return d.sum(), d[:-1] @ d[1:], d[1:].sum()


@right("count_parameters", "an array of floats")
def count_parameters_floats(dims):
    return np.array(
        [sum(dims), sum(a * b for a, b in itertools.pairwise(dims)), sum(dims) - dims[0]], float
    )


@right(
    "count_parameters",
    "by making the edges one by one",
    why="Every weight is an edge of the graph, so they can simply be counted.",
)
def count_parameters_by_edges(dims):
    edges = [
        (j, a, b) for j in range(len(dims) - 1) for a in range(dims[j]) for b in range(dims[j + 1])
    ]
    neurons = [node for j, d in enumerate(dims) for node in [j] * d]
    return [len(neurons), len(edges), sum(layer > 0 for layer in neurons)]


@right(
    "rand_matrix",
    "rng.normal with a scale",
    why="A scale in the draw and a factor after it are the same distribution.",
)
def rand_matrix_normal(m, n, rng):
    return rng.normal(0.0, m**-0.5, size=(m, n))


@right("rand_matrix", "one number after the other, in lists, by columns")
def rand_matrix_lists(m, n, rng):
    columns = [[rng.normal(scale=1 / m**0.5) for _ in range(m)] for _ in range(n)]
    return [list(row) for row in zip(*columns, strict=False)]


@right(
    "rand_matrix",
    "float32, and an own Box-Muller transform",
    why="Two uniform numbers become two normal ones: that is how generators once did it.",
)
def rand_matrix_box_muller(m, n, rng):
    radius = np.sqrt(-2 * np.log1p(-rng.random((m, n))))
    return (radius * np.cos(2 * np.pi * rng.random((m, n))) / np.sqrt(m)).astype(np.float32)


@right("rand_matrix", "from a multivariate Gaussian")
def rand_matrix_multivariate(m, n, rng):
    return rng.multivariate_normal(np.zeros(m), np.eye(m) / m, size=n).T


@right("MLP", "the layers drawn from the last to the first, biases before weights, tuples")
def MLP_backwards(dims, rng):
    As, Bs = deque(), deque()
    for m, n in reversed(list(itertools.pairwise(dims))):
        Bs.appendleft(rng.normal(size=(1, n)))
        As.appendleft(rng.normal(size=(m, n)) * m**-0.5)
    return tuple(As), tuple(Bs)


@right(
    "MLP",
    "all numbers in one draw, cut into pieces",
    why="All parameters are one long vector; layers are only a way to cut it.",
)
def MLP_in_one_draw(dims, rng):
    shapes = [shape for m, n in itertools.pairwise(dims) for shape in ((m, n), (1, n))]
    ends = np.cumsum([m * n for m, n in shapes])
    pieces = np.split(rng.standard_normal(ends[-1]), ends[:-1])
    parts = [p.reshape(s) / np.sqrt(s[0]) for p, s in zip(pieces, shapes, strict=False)]
    return [parts[0::2], parts[1::2]]


@right("MLP", "all weights first, then all biases, in float32")
def MLP_weights_first(dims, rng):
    def draw(m, n):
        return (rng.standard_normal((m, n)) / np.sqrt(m)).astype(np.float32)

    return list(map(draw, dims, dims[1:])), [draw(1, n) for n in dims[1:]]


@right("predict", "the lecture's code as it stands")
def predict_of_the_lecture(net, X, act):
    As, Bs = net
    H = X
    for cd in range(len(As)):
        H = act(H @ As[cd] + Bs[cd])
    return H


@right("predict", "in the lecture's pictures' columns, transposed at both ends")
def predict_columns(net, X, act):
    h = np.asarray(X).T
    for A, b in zip(*net, strict=False):
        h = act(np.asarray(A).T @ h + np.asarray(b).T)
    return h.T


@right(
    "predict",
    "the bias as the weight of a constant input",
    why="With a constant input 1, the bias disappears into the weights.",
)
def predict_augmented(net, X, act):
    def step(H, layer):
        return act(np.hstack([H, np.ones((len(H), 1))]) @ np.vstack(layer))

    return reduce(step, zip(*net, strict=False), X)


@right("predict", "loops over rows, neurons and inputs, lists all the way")
def predict_loops(net, X, act):
    out = []
    for x in X:
        h = list(x)
        for A, b in zip(*net, strict=False):
            sums = [b[0][k] + sum(h[i] * A[i][k] for i in range(len(h))) for k in range(len(b[0]))]
            h = [float(act(z)) for z in sums]
        out.append(h)
    return out


@right(
    "predict",
    "calling itself, einsum, with optional arguments",
    why="A net is its first layer, followed by a smaller net.",
)
def predict_recursive(net, X, act, first=0, verbose=False):
    As, Bs = net
    if first == len(As):
        return X
    H = act(np.einsum("ni,ik->nk", X, As[first]) + Bs[first])
    return predict_recursive(net, H, act, first + 1, verbose)


@right(
    "forward",
    "one example at a time, stacked at the end",
    why="A batch is only many examples at once: each row goes its own way.",
)
def forward_by_example(net, X, acts):
    rows = [[x] for x in X]
    for A, b, act in zip(*net, acts, strict=False):
        for row in rows:
            row.append(act(row[-1] @ A + b[0]))
    return tuple(np.array(layer) for layer in zip(*rows, strict=False))


@right("forward", "sums in place in an array of its own, with a warning on the way")
def forward_in_place(net, X, acts):
    warnings.warn("this is fine", stacklevel=2)
    Hs = [np.array(X, dtype=float)]
    for A, b, act in zip(*net, acts, strict=False):
        Z = Hs[-1] @ A
        Z = Z.astype(float)
        Z += b
        Hs.append(act(Z))
    return Hs


@right("forward", "lists, and X itself as the first")
def forward_lists(net, X, acts):
    Hs = [X]
    for j, act in enumerate(acts):
        Z = np.matmul(Hs[j], net[0][j]) + np.tile(net[1][j], (len(X), 1))
        Hs.append(act(Z).tolist())
    return Hs


@right("forward", "long doubles and a deque")
def forward_long(net, X, acts):
    Hs = deque([np.asarray(X, dtype=np.longdouble)])
    for A, b, act in zip(*net, acts, strict=False):
        Hs.append(act(np.dot(Hs[-1], A) + b))
    return Hs


@right(
    "masked_dense",
    "the product with the mask",
    why="A missing edge is a weight that is 0 and stays 0.",
)
def masked_dense_product(X, A, b, mask, h):
    return h(X @ (A * mask) + b)


@right("masked_dense", "an own copy written into")
def masked_dense_copy(X, A, b, mask, h):
    A = A.copy()
    A[~mask] = 0
    return h(X @ A + b)


@right(
    "masked_dense",
    "neuron by neuron, from its own inputs only",
    why="Each neuron looks only at the inputs it is connected to.",
)
def masked_dense_by_neuron(X, A, b, mask, h):
    columns = [X[:, mask[:, k]] @ A[mask[:, k], k] + b[0, k] for k in range(A.shape[1])]
    return h(np.stack(columns, axis=1)).tolist()


@right("masked_dense", "a sum over a third axis")
def masked_dense_axis(X, A, b, mask, h):
    return h(np.sum(X[:, :, None] * A, axis=1, where=mask) + b)


@right(
    "topological_order",
    "the standard library's graphlib, whose CycleError is a ValueError",
    why="Python's own library has it, since build tools need the same order.",
)
def topological_order_graphlib(edges):
    sorter = TopologicalSorter()
    for u, v in edges:
        sorter.add(v, u)
    return sorter.static_order()


@right(
    "topological_order",
    "depth first with a stack of its own and three colours",
    why="A node is placed after everything it leads to: the order comes out backwards.",
)
def topological_order_depth_first(edges):
    after = {}
    for u, v in edges:
        after.setdefault(u, []).append(v)
        after.setdefault(v, [])
    colour, order = dict.fromkeys(after, "white"), []
    for root in after:
        if colour[root] != "white":
            continue
        colour[root] = "grey"
        stack = [(root, iter(after[root]))]
        while stack:
            node, rest = stack[-1]
            child = next((c for c in rest if colour[c] != "black"), stack)
            if child is stack:
                colour[node] = "black"
                order.append(node)
                stack.pop()
            elif colour[child] == "grey":
                raise ValueError("cycle")
            else:
                colour[child] = "grey"
                stack.append((child, iter(after[child])))
    return order[::-1]


@right("topological_order", "from the ends backwards, last ready first, a deque")
def topological_order_from_the_ends(edges):
    edges = set(edges)
    before, out = defaultdict(list), Counter()
    nodes = {node for edge in edges for node in edge}
    for u, v in edges:
        before[v].append(u)
        out[u] += 1
    ready, order = [v for v in nodes if not out[v]], deque()
    while ready:
        order.appendleft(ready.pop())
        for u in before[order[0]]:
            out[u] -= 1
            if out[u] == 0:
                ready.append(u)
    assert len(order) <= len(nodes)
    if len(order) < len(nodes):
        raise ValueError
    return order


@right("topological_order", "calls itself, with the recursion limit raised")
def topological_order_recursive(edges):
    after, done, doing = defaultdict(set), {}, set()
    for u, v in edges:
        after[u].add(v)
        after[v]

    def visit(u):
        if u in doing:
            raise ValueError("cycle")
        if u in done:
            return
        doing.add(u)
        for v in after[u]:
            visit(v)
        doing.discard(u)
        done[u] = True

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(50_000)
    try:
        for u in list(after):
            visit(u)
    finally:
        sys.setrecursionlimit(limit)
    return tuple(reversed(done))


@right("topological_order", "generation by generation, each a sorted list of texts")
def topological_order_generations(edges):
    into, after = {}, {}
    for u, v in edges:
        into.setdefault(u, set())
        into.setdefault(v, set()).add(u)
        after.setdefault(u, set()).add(v)
    generation, order = [v for v in into if not into[v]], []
    while generation:
        order += sorted(generation, key=repr)
        following = []
        for u in generation:
            for v in after.get(u, ()):
                into[v].discard(u)
                if not into[v]:
                    following.append(v)
        generation = following
    if any(into.values()):
        raise ValueError("there is a cycle")
    return order


def _check(weights, inputs):
    heads, tails = {v for _, v in weights}, {u for u, _ in weights}
    if heads & set(inputs) or (tails - heads) - set(inputs):
        raise ValueError("inputs")


@right("forward_dag", "repeated sweeps until nothing is left")
def forward_dag_sweeps(weights, inputs, h):
    _check(weights, inputs)
    out = OrderedDict(inputs)
    left = {v for _, v in weights}
    while left:
        ready = [v for v in left if all(u in out for u, head in weights if head == v)]
        if not ready:
            raise ValueError("cycle")
        for v in ready:
            out[v] = h(np.array(sum(w * out[u] for (u, head), w in weights.items() if head == v)))
            left.discard(v)
    return out


@right(
    "forward_dag",
    "asks for what it needs and remembers it, arrays of one number",
    why="Start at the end and ask for what is needed: the order takes care of itself.",
)
def forward_dag_on_demand(weights, inputs, h):
    _check(weights, inputs)
    incoming = defaultdict(list)
    for (u, v), w in weights.items():
        incoming[v].append((u, w))
    known, asked = {v: np.asarray(x, dtype=float) for v, x in inputs.items()}, set()

    def value(v):
        if v not in known:
            if v in asked:
                raise ValueError("cycle")
            asked.add(v)
            known[v] = h(np.dot([w for _, w in incoming[v]], [value(u) for u, _ in incoming[v]]))
        return known[v]

    for edge in weights:
        for v in edge:
            value(v)
    return known


@right(
    "forward_dag",
    "sums pushed forward along the edges, in a topological order by graphlib",
    why="Each node sends its output on, instead of collecting its inputs.",
)
def forward_dag_pushed(weights, inputs, h):
    _check(weights, inputs)
    sorter = TopologicalSorter()
    for u, v in weights:
        sorter.add(v, u)
    sums, out = defaultdict(float), {k: np.float64(x) for k, x in inputs.items()}
    heads = {v for _, v in weights}
    for u in list(sorter.static_order()):
        if u in heads:
            out[u] = float(h(sums[u]))
        for (tail, v), w in weights.items():
            if tail == u:
                sums[v] += w * out[u]
    return out


@right(
    "mlp_to_dag",
    "a dict comprehension over cumulated widths",
    why="Cumulated widths tell at which number each layer begins.",
)
def mlp_to_dag_cumulated(As):
    first = np.cumsum([1, *(len(A) for A in As), As[-1].shape[1]])
    return {
        (first[j] + i, first[j + 1] + k): w
        for j, A in enumerate(As)
        for (i, k), w in np.ndenumerate(A)
    }


@right("mlp_to_dag", "from the last layer to the first, with Python numbers")
def mlp_to_dag_backwards(As):
    weights, last = {}, sum(len(A) for A in As) + np.shape(As[-1])[1]
    for A in reversed(As):
        rows, columns = A.shape
        for k in range(columns)[::-1]:
            for i in range(rows):
                weights[int(last - columns - rows + 1 + i), last - columns + 1 + k] = A[i][k].item()
        last -= columns
    return OrderedDict(sorted(weights.items(), reverse=True))


@right(
    "mlp_to_dag",
    "one big adjacency matrix, filled in blocks",
    why="The net's matrices are blocks of one large matrix: the graph's.",
)
def mlp_to_dag_blocks(As):
    widths = [*(len(A) for A in As), As[-1].shape[1]]
    m = sum(widths)
    weight, edge = np.zeros((m + 1, m + 1)), np.zeros((m + 1, m + 1), dtype=bool)
    start = 1
    for A in As:
        middle = start + A.shape[0]
        block = np.s_[start:middle, middle : middle + A.shape[1]]
        weight[block], edge[block] = A, True
        start = middle
    return {(int(a), int(b)): weight[a, b] for a, b in zip(*np.nonzero(edge), strict=False)}


@right("layer_shapes", "a while loop and a list of lists")
def layer_shapes_while(dims):
    shapes, j = [], 1
    while j < len(dims):
        shapes += [[(dims[j - 1], dims[j]), (1, dims[j])]]
        j += 1
    return shapes


@right("count_parameters", "one loop with enumerate, the input apart")
def count_parameters_enumerate(dims):
    neurons, weights, biases = dims[0], 0, 0
    for i, d in enumerate(dims[1:]):
        neurons += d
        weights += dims[i] * d
        biases += d
    return neurons, weights, biases


@right("rand_matrix", "filled row by row in an empty array")
def rand_matrix_by_rows(m, n, rng):
    A = np.empty((m, n))
    for i in range(m):
        A[i] = rng.standard_normal(n) * np.sqrt(1.0 / m)
    return A


@right("rand_matrix", "the sign drawn apart from the size")
def rand_matrix_signs(m, n, rng):
    return rng.choice([-1, 1], size=(m, n)) * np.abs(rng.normal(size=(m, n))) / m**0.5


@right(
    "MLP",
    "a comprehension for each list, with rng.normal",
    why="zip(dims, dims[1:]) walks through the pairs of neighbouring layers.",
)
def MLP_comprehensions(dims, rng):
    As = [rng.normal(0, 1 / np.sqrt(m), (m, n)) for m, n in itertools.pairwise(dims)]
    return As, [rng.normal(size=(1, n)) for n in dims[1:]]


@right("predict", "np.dot and np.add, the name X used again")
def predict_dot(net, X, act):
    for i in range(len(net[0])):
        X = act(np.add(np.dot(X, net[0][i]), net[1][i]))
    return X


@right(
    "forward",
    "enumerate over acts, the list made in advance",
    why="The list has its final length from the start, one place per layer.",
)
def forward_prepared(net, X, acts):
    Hs = [None] * (len(acts) + 1)
    Hs[0] = X
    for j, act in enumerate(acts, start=1):
        Hs[j] = act(np.dot(Hs[j - 1], net[0][j - 1]) + net[1][j - 1])
    return Hs


@right("masked_dense", "three loops")
def masked_dense_loops(X, A, b, mask, h):
    Z = [[float(b[0][k]) for k in range(len(A[0]))] for _ in X]
    for r, x in enumerate(X):
        for k in range(len(A[0])):
            for i in range(len(A)):
                if mask[i][k]:
                    Z[r][k] += x[i] * A[i][k]
    return h(np.array(Z))


@right("masked_dense", "the parts without an edge subtracted again")
def masked_dense_subtracted(X, A, b, mask, h):
    return h(X @ (A - A * (1 - mask)) + b)


@right(
    "topological_order",
    "sets of what each node waits for",
    why="A node is ready when nothing it waits for is left.",
)
def topological_order_waiting(edges):
    waits, frees = {}, {}
    for u, v in edges:
        waits.setdefault(u, set())
        waits.setdefault(v, set()).add(u)
        frees.setdefault(u, set()).add(v)
    ready = [u for u in waits if len(waits[u]) == 0]
    order = []
    while len(ready) > 0:
        u = ready.pop()
        order.append(u)
        for v in frees.get(u, []):
            waits[v].remove(u)
            if len(waits[v]) == 0:
                ready.append(v)
    if len(order) != len(waits):
        raise ValueError("there is a cycle among the edges")
    return order


@right("forward_dag", "all edges searched for every node")
def forward_dag_searching(weights, inputs, h):
    _check(weights, inputs)
    sorter = TopologicalSorter()
    for u, v in weights:
        sorter.add(v, u)
    out = {}
    for v in [*inputs, *sorter.static_order()]:
        if v in inputs:
            out[v] = inputs[v]
            continue
        z = 0
        for edge in weights:
            if edge[1] == v:
                z = z + weights[edge] * out[edge[0]]
        out[v] = h(z)
    return out


@right("mlp_to_dag", "numbers of all nodes made first, layer by layer")
def mlp_to_dag_numbered(As):
    widths = [As[0].shape[0]] + [A.shape[1] for A in As]
    number = itertools.count(1)
    layers = [[next(number) for _ in range(d)] for d in widths]
    return {
        (a, b): float(A[i, k])
        for A, left, right_layer in zip(As, layers, layers[1:], strict=False)
        for i, a in enumerate(left)
        for k, b in enumerate(right_layer)
    }
