"""Wrong answers to unit 3 as people write them."""

from tests.exercises.natural.entry import Entry, with_imports

NATURAL = [
    Entry(
        "the pictures' shapes",
        "layer_shapes",
        """
def layer_shapes(dims):
    shapes = []
    for i in range(len(dims) - 1):
        shapes.append(((dims[i + 1], dims[i]), (1, dims[i + 1])))
    return shapes
""",
        (("one_neuron_a_row",),),
    ),
    Entry(
        "a popular book's shapes: neurons as rows, biases as columns",
        "layer_shapes",
        """
def layer_shapes(dims):
    return [((y, x), (y, 1)) for x, y in zip(dims[:-1], dims[1:])]
""",
        (("one_neuron_a_row", "biases_in_a_column"),),
    ),
    Entry(
        "columns of biases",
        "layer_shapes",
        """
def layer_shapes(dims):
    out = []
    for l in range(1, len(dims)):
        W_shape = (dims[l - 1], dims[l])
        b_shape = (dims[l], 1)
        out.append((W_shape, b_shape))
    return out
""",
        (("biases_in_a_column",),),
    ),
    Entry(
        "flat biases, by NumPy",
        "layer_shapes",
        """
import numpy as np

def layer_shapes(dims):
    result = []
    for a, b in zip(dims, dims[1:]):
        W = np.zeros((a, b))
        bias = np.zeros(b)
        result.append((W.shape, bias.shape))
    return result
""",
        (("flat_biases",),),
    ),
    Entry(
        "a bias for each input",
        "layer_shapes",
        """
def layer_shapes(dims):
    return [((dims[i], dims[i+1]), (1, dims[i])) for i in range(len(dims)-1)]
""",
        (("bias_as_wide_as_the_input",),),
    ),
    Entry(
        "return in the loop",
        "layer_shapes",
        """
def layer_shapes(dims):
    shapes = []
    for i in range(len(dims) - 1):
        shapes.append(((dims[i], dims[i + 1]), (1, dims[i + 1])))
        return shapes
""",
        (("first_layer_only",),),
    ),
    Entry(
        "a layer too many",
        "layer_shapes",
        """
def layer_shapes(dims):
    shapes = []
    for i in range(len(dims)):
        shapes.append(((dims[i], dims[i + 1]), (1, dims[i + 1])))
    return shapes
""",
        (("one_layer_too_many",),),
    ),
    Entry(
        "two lists",
        "layer_shapes",
        """
def layer_shapes(dims):
    As, bs = [], []
    for j in range(1, len(dims)):
        As.append((dims[j-1], dims[j]))
        bs.append((1, dims[j]))
    return As, bs
""",
        (("two_lists",),),
    ),
    Entry(
        "no pairs",
        "layer_shapes",
        """
def layer_shapes(dims):
    shapes = []
    for i in range(len(dims) - 1):
        shapes.append((dims[i], dims[i + 1]))
        shapes.append((1, dims[i + 1]))
    return shapes
""",
        (("layers_not_kept_apart",),),
    ),
    Entry(
        "weights only",
        "layer_shapes",
        """
def layer_shapes(dims):
    return list(zip(dims, dims[1:]))
""",
        (("biases_left_out",),),
    ),
    Entry(
        "stops a layer early",
        "layer_shapes",
        """
def layer_shapes(dims):
    shapes = []
    i = 0
    while i < len(dims) - 2:
        shapes += [((dims[i], dims[i + 1]), (1, dims[i + 1]))]
        i += 1
    return shapes
""",
        (("last_layer_missing",),),
    ),
    Entry(
        "bias first, flat",
        "layer_shapes",
        """
def layer_shapes(dims):
    shapes = []
    for n_in, n_out in zip(dims, dims[1:]):
        shapes.append(((n_out,), (n_in, n_out)))
    return shapes
""",
        (("bias_first", "flat_biases"),),
    ),
    Entry(
        "zip of dims with itself",
        "layer_shapes",
        """
def layer_shapes(dims):
    return [((m, n), (1, n)) for m, n in zip(dims, dims[:-1])]
""",
        (("one_width_twice",),),
    ),
    Entry(
        "pictures, flat",
        "layer_shapes",
        """
def layer_shapes(dims):
    return [((dims[j], dims[j - 1]), (dims[j],)) for j in range(1, len(dims))]
""",
        (("one_neuron_a_row", "flat_biases"),),
    ),
    Entry(
        "a generator's text",
        "layer_shapes",
        """
def layer_shapes(dims):
    return [f"A: {a} x {b}, b: 1 x {b}" for a, b in zip(dims, dims[1:])]
""",
    ),
    Entry(
        "one number of biases",
        "layer_shapes",
        """
def layer_shapes(dims):
    L = []
    for i in range(len(dims) - 1):
        L.append(((dims[i], dims[i + 1]), dims[i + 1]))
    return L
""",
        (("width_for_shape",),),
    ),
    Entry(
        "one total",
        "count_parameters",
        """
def count_parameters(dims):
    total = 0
    for i in range(len(dims) - 1):
        total += dims[i] * dims[i + 1] + dims[i + 1]
    return total
""",
        (("total_only",),),
    ),
    Entry(
        "one total of a comprehension",
        "count_parameters",
        """
def count_parameters(dims):
    return sum((a + 1) * b for a, b in zip(dims, dims[1:]))
""",
        (("total_only",),),
    ),
    Entry(
        "weights alone",
        "count_parameters",
        """
def count_parameters(dims):
    return sum(dims[i] * dims[i + 1] for i in range(len(dims) - 1))
""",
        (("total_only",),),
    ),
    Entry(
        "no biases",
        "count_parameters",
        """
def count_parameters(dims):
    neurons = sum(dims)
    weights = 0
    for i in range(1, len(dims)):
        weights += dims[i] * dims[i - 1]
    return neurons, weights
""",
        (("biases_forgotten",),),
    ),
    Entry(
        "weights and biases",
        "count_parameters",
        """
def count_parameters(dims):
    w = sum(m * n for m, n in zip(dims[:-1], dims[1:]))
    b = sum(dims[1:])
    return w, b
""",
        (("neurons_forgotten",),),
    ),
    Entry(
        "parameters as the third",
        "count_parameters",
        """
def count_parameters(dims):
    neurons = sum(dims)
    weights = sum(dims[i] * dims[i+1] for i in range(len(dims)-1))
    params = weights + sum(dims[1:])
    return neurons, weights, params
""",
        (("total_among_them",),),
    ),
    Entry(
        "inputs aren't neurons",
        "count_parameters",
        """
def count_parameters(dims):
    neurons, weights, biases = 0, 0, 0
    for i in range(len(dims) - 1):
        neurons += dims[i + 1]
        weights += dims[i] * dims[i + 1]
        biases += dims[i + 1]
    return neurons, weights, biases
""",
        (("inputs_not_counted",),),
    ),
    Entry(
        "biases everywhere",
        "count_parameters",
        """
import numpy as np

def count_parameters(dims):
    d = np.array(dims)
    return int(d.sum()), int((d[:-1] * d[1:]).sum()), int(d.sum())
""",
        (("inputs_with_a_bias",),),
    ),
    Entry(
        "one bias a layer",
        "count_parameters",
        """
def count_parameters(dims):
    return sum(dims), sum(a * b for a, b in zip(dims, dims[1:])), len(dims) - 1
""",
        (("one_bias_a_layer",),),
    ),
    Entry(
        "np.prod",
        "count_parameters",
        """
import numpy as np

def count_parameters(dims):
    return sum(dims), int(np.prod(dims)), sum(dims[1:])
""",
        (("product_of_all_widths",),),
    ),
    Entry(
        "weights include biases",
        "count_parameters",
        """
def count_parameters(dims):
    neurons = sum(dims)
    weights = biases = 0
    for d_in, d_out in zip(dims, dims[1:]):
        weights += (d_in + 1) * d_out
        biases += d_out
    return (neurons, weights, biases)
""",
        (("biases_among_the_weights",),),
    ),
    Entry(
        "= for +=",
        "count_parameters",
        """
def count_parameters(dims):
    neurons = sum(dims)
    biases = sum(dims[1:])
    for i in range(len(dims) - 1):
        weights = dims[i] * dims[i + 1]
    return neurons, weights, biases
""",
        (("weights_overwritten",),),
    ),
    Entry(
        "no bias at the output, no inputs",
        "count_parameters",
        """
def count_parameters(dims):
    neurons = sum(dims[1:])
    weights = sum(a * b for a, b in zip(dims, dims[1:]))
    biases = sum(dims[1:-1])
    return neurons, weights, biases
""",
        (
            (
                "inputs_not_counted",
                "outputs_without_a_bias",
            ),
        ),
    ),
    Entry(
        "stops a layer early",
        "count_parameters",
        """
def count_parameters(dims):
    neurons = sum(dims)
    weights = biases = 0
    for i in range(len(dims) - 2):
        weights += dims[i] * dims[i + 1]
        biases += dims[i + 1]
    return neurons, weights, biases
""",
        (("last_layer_missing",),),
    ),
    Entry(
        "weights, biases, neurons",
        "count_parameters",
        """
def count_parameters(dims):
    w = b = 0
    for i in range(1, len(dims)):
        w += dims[i-1]*dims[i]
        b += dims[i]
    return w, b, sum(dims)
""",
        (("in_another_order",),),
    ),
    Entry(
        "an index too far",
        "count_parameters",
        """
def count_parameters(dims):
    weights = 0
    for i in range(len(dims)):
        weights += dims[i] * dims[i + 1]
    return sum(dims), weights, sum(dims[1:])
""",
        (("one_layer_too_many",),),
    ),
    Entry(
        "a dictionary",
        "count_parameters",
        """
def count_parameters(dims):
    return {"neurons": sum(dims), "weights": sum(a * b for a, b in zip(dims, dims[1:])),
            "biases": sum(dims[1:])}
""",
    ),
    Entry(
        "depth counted, one bias a layer",
        "count_parameters",
        """
def count_parameters(dims):
    weights = 0
    for j in range(1, len(dims)):
        weights += dims[j-1] * dims[j]
    return len(dims), weights, len(dims) - 1
""",
        (
            (
                "layers_counted",
                "one_bias_a_layer",
            ),
        ),
    ),
    Entry(
        "no mask",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    return h(X @ A + b)
""",
        (("mask_ignored",),),
    ),
    Entry(
        "the mask on the product",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    return h(X @ A * mask + b)
""",
        (("mask_on_the_product",),),
    ),
    Entry(
        "A[mask]",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    return h(X @ A[mask] + b)
""",
        (("entries_picked_out",),),
    ),
    Entry(
        "in place",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    A[mask == False] = 0
    return h(X @ A + b)
""",
        (("weights_overwritten",),),
    ),
    Entry(
        "in place, by *=",
        "masked_dense",
        """
import numpy as np

def masked_dense(X, A, b, mask, h):
    A *= mask
    z = np.dot(X, A) + b
    return h(z)
""",
        (("weights_overwritten",),),
    ),
    Entry(
        "in place and inverted",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    A[mask] = 0
    return h(X @ A + b)
""",
        (
            (
                "mask_inverted",
                "weights_overwritten",
            ),
        ),
    ),
    Entry(
        "True taken for missing",
        "masked_dense",
        """
import numpy as np

def masked_dense(X, A, b, mask, h):
    W = np.where(mask, 0, A)
    return h(X @ W + b)
""",
        (("mask_inverted",),),
    ),
    Entry(
        "one minus the mask",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    return h(X @ (A * (1 - mask)) + b)
""",
        (("mask_inverted",),),
    ),
    Entry(
        "the bias only with edges",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    return h(X @ (A * mask) + b * mask.any(0))
""",
        (("bias_lost_without_edges",),),
    ),
    Entry(
        "an early continue for neurons without edges",
        "masked_dense",
        """
import numpy as np

def masked_dense(X, A, b, mask, h):
    out = np.zeros((X.shape[0], A.shape[1]))
    for j in range(A.shape[1]):
        rows = np.where(mask[:, j])[0]
        if len(rows) == 0:
            continue
        out[:, j] = h(X[:, rows] @ A[rows, j] + b[0, j])
    return out
""",
        (("neuron_without_edges_silenced",),),
    ),
    Entry(
        "the bias is lost",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    return h(X @ (A * mask))
""",
        (("bias_forgotten",),),
    ),
    Entry(
        "no activation",
        "masked_dense",
        """
import numpy as np

def masked_dense(X, A, b, mask, h):
    M = np.array(mask, dtype=float)
    return np.dot(X, A * M) + b
""",
        (("activation_forgotten",),),
    ),
    Entry(
        "bias after the activation",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    return h(X @ (A * mask)) + b
""",
        (("bias_added_to_the_output",),),
    ),
    Entry(
        "nan for missing",
        "masked_dense",
        """
import numpy as np

def masked_dense(X, A, b, mask, h):
    A = np.where(mask, A, np.nan)
    return h(X @ A + b)
""",
        (("nan_for_no_edge",),),
    ),
    Entry(
        "an if for the whole mask",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    if mask:
        return h(X @ A + b)
    return h(b)
""",
        (("one_truth_for_the_mask",),),
    ),
    Entry(
        "the mask on X",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    return h((X * mask) @ A + b)
""",
        (("mask_on_the_input",),),
    ),
    Entry(
        "the mask on the outputs",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    Z = X @ A
    Z = Z * mask
    return h(Z + b)
""",
        (("mask_on_the_product",),),
    ),
    Entry(
        "transposed mask",
        "masked_dense",
        """
def masked_dense(X, A, b, mask, h):
    return h(X @ (A * mask.T) + b)
""",
        (("mask_transposed",),),
    ),
    Entry(
        "loops, without the bias, no mask",
        "masked_dense",
        """
import numpy as np

def masked_dense(X, A, b, mask, h):
    n, d = X.shape
    m = A.shape[1]
    Z = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            for k in range(d):
                Z[i, j] += X[i, k] * A[k, j]
    return h(Z)
""",
        (
            (
                "bias_forgotten",
                "mask_ignored",
            ),
        ),
    ),
    Entry(
        "= for += in the loop",
        "masked_dense",
        """
import numpy as np

def masked_dense(X, A, b, mask, h):
    Z = np.zeros((len(X), A.shape[1]))
    for i in range(len(X)):
        for j in range(A.shape[1]):
            for k in range(A.shape[0]):
                if mask[k, j]:
                    Z[i, j] = X[i, k] * A[k, j]
            Z[i, j] += b[0, j]
    return h(Z)
""",
        (("last_edge_only",),),
    ),
    Entry(
        "nodes as they are mentioned",
        "topological_order",
        """
def topological_order(edges):
    order = []
    for u, v in edges:
        if u not in order:
            order.append(u)
        if v not in order:
            order.append(v)
    return order
""",
        (
            (
                "order_of_mention",
                "cycle_unnoticed",
            ),
        ),
    ),
    Entry(
        "sorted numbers",
        "topological_order",
        """
def topological_order(edges):
    nodes = set()
    for u, v in edges:
        nodes.add(u)
        nodes.add(v)
    return sorted(nodes)
""",
        (
            (
                "sorted_by_name",
                "cycle_unnoticed",
            ),
        ),
    ),
    Entry(
        "only the ends of edges counted",
        "topological_order",
        """
def topological_order(edges):
    waiting, after = {}, {}
    for u, v in set(edges):
        waiting[v] = waiting.get(v, 0) + 1
        after.setdefault(u, []).append(v)
    ready = [v for v in waiting if waiting[v] == 0]
    order = []
    while ready:
        u = ready.pop()
        order.append(u)
        for v in after.get(u, []):
            waiting[v] -= 1
            if waiting[v] == 0:
                ready.append(v)
    if len(order) < len(waiting):
        raise ValueError("no node is ready, but some are left")
    return order
""",
        (("starts_have_no_entry",),),
    ),
    Entry(
        "by the number of incoming edges",
        "topological_order",
        """
def topological_order(edges):
    indegree = {}
    for u, v in dict.fromkeys(edges):
        indegree.setdefault(u, 0)
        indegree[v] = indegree.get(v, 0) + 1
    return sorted(indegree, key=indegree.get)
""",
        (
            (
                "sorted_by_incoming_edges",
                "cycle_unnoticed",
            ),
        ),
    ),
    Entry(
        "breadth first",
        "topological_order",
        """
from collections import deque

def topological_order(edges):
    graph, heads = {}, set()
    for u, v in edges:
        graph.setdefault(u, []).append(v)
        graph.setdefault(v, [])
        heads.add(v)
    queue = deque(u for u in graph if u not in heads)
    if not queue:
        raise ValueError("cycle")
    seen = set(queue)
    order = []
    while queue:
        u = queue.popleft()
        order.append(u)
        for v in graph[u]:
            if v not in seen:
                seen.add(v)
                queue.append(v)
    return order
""",
        (
            ("listed_when_first_reached", "cycle_sought_only_at_the_start"),
            ("listed_when_first_reached",),
            (
                "listed_when_first_reached",
                "cycle_unnoticed",
            ),
        ),
    ),
    Entry(
        "a recursive walk, listed on the way in",
        "topological_order",
        """
def topological_order(edges):
    graph = {}
    for u, v in edges:
        graph.setdefault(u, []).append(v)
        graph.setdefault(v, [])
    visited, order = set(), []

    def dfs(u):
        visited.add(u)
        order.append(u)
        for v in graph[u]:
            if v not in visited:
                dfs(v)

    heads = {v for vs in graph.values() for v in vs}
    for u in graph:
        if u not in heads and u not in visited:
            dfs(u)
    if len(order) != len(graph):
        raise ValueError("there is a cycle")
    return order
""",
        (
            (
                "listed_when_first_reached",
                "calls_itself_along_the_chain",
            ),
            (
                "listed_when_first_reached",
                "cycle_unnoticed",
            ),
            ("listed_when_first_reached",),
            (
                "cycle_unnoticed",
                "calls_itself_along_the_chain",
            ),
        ),
    ),
    Entry(
        "depth first, not reversed",
        "topological_order",
        """
def topological_order(edges):
    graph = {}
    for u, v in edges:
        graph.setdefault(u, []).append(v)
        graph.setdefault(v, [])
    visited, order = set(), []

    def dfs(u):
        visited.add(u)
        for v in graph[u]:
            if v not in visited:
                dfs(v)
        order.append(u)

    for u in graph:
        if u not in visited:
            dfs(u)
    return order
""",
        (
            (
                "turned_round",
                "calls_itself_along_the_chain",
            ),
            (
                "turned_round",
                "cycle_unnoticed",
            ),
            ("turned_round",),
        ),
    ),
    Entry(
        "depth first without a check",
        "topological_order",
        """
def topological_order(edges):
    graph = {}
    for u, v in edges:
        graph.setdefault(u, []).append(v)
        graph.setdefault(v, [])
    visited, order = set(), []

    def dfs(u):
        visited.add(u)
        for v in graph[u]:
            if v not in visited:
                dfs(v)
        order.append(u)

    for u in graph:
        if u not in visited:
            dfs(u)
    return order[::-1]
""",
        (
            (
                "cycle_unnoticed",
                "calls_itself_along_the_chain",
            ),
            ("cycle_unnoticed",),
        ),
    ),
    Entry(
        "Kahn without a check",
        "topological_order",
        """
def topological_order(edges):
    edges = list(set(edges))
    nodes = {n for e in edges for n in e}
    indeg = {n: 0 for n in nodes}
    for u, v in edges:
        indeg[v] += 1
    ready = [n for n in nodes if indeg[n] == 0]
    out, follows = [], {n: [] for n in nodes}
    for u, v in edges:
        follows[u].append(v)
    while ready:
        n = ready.pop()
        out.append(n)
        for v in follows[n]:
            indeg[v] -= 1
            if indeg[v] == 0:
                ready.append(v)
    return out
""",
        (("cycle_unnoticed",),),
    ),
    Entry(
        "an empty list for a cycle",
        "topological_order",
        """
from collections import defaultdict, deque

def topological_order(edges):
    edges = set(edges)
    g, indeg = defaultdict(list), {}
    for u, v in edges:
        g[u].append(v)
        indeg[v] = indeg.get(v, 0) + 1
        indeg.setdefault(u, 0)
    q = deque(x for x in indeg if indeg[x] == 0)
    res = []
    while q:
        x = q.popleft()
        res.append(x)
        for y in g[x]:
            indeg[y] -= 1
            if indeg[y] == 0:
                q.append(y)
    return res if len(res) == len(indeg) else []
""",
        (("cycle_unnoticed",),),
    ),
    Entry(
        "None for a cycle",
        "topological_order",
        """
from collections import defaultdict, deque

def topological_order(edges):
    edges = set(edges)
    g, indeg = defaultdict(list), {}
    for u, v in edges:
        g[u].append(v)
        indeg[v] = indeg.get(v, 0) + 1
        indeg.setdefault(u, 0)
    q = deque(x for x in indeg if indeg[x] == 0)
    res = []
    while q:
        x = q.popleft()
        res.append(x)
        for y in g[x]:
            indeg[y] -= 1
            if indeg[y] == 0:
                q.append(y)
    if len(res) != len(indeg):
        print("cycle!")
        return None
    return res
""",
        (("none_for_a_cycle",),),
    ),
    Entry(
        "two walks over the edges",
        "topological_order",
        """
from collections import defaultdict

def topological_order(edges):
    nodes = set()
    for u, v in edges:
        nodes.add(u)
        nodes.add(v)
    children, indegree = defaultdict(set), {n: 0 for n in nodes}
    for u, v in edges:
        if v not in children[u]:
            children[u].add(v)
            indegree[v] += 1
    ready = [n for n in nodes if indegree[n] == 0]
    order = []
    while ready:
        n = ready.pop()
        order.append(n)
        for c in children[n]:
            indegree[c] -= 1
            if indegree[c] == 0:
                ready.append(c)
    if len(order) != len(nodes):
        raise ValueError("cycle")
    return order
""",
        (("edges_walked_twice",),),
    ),
    Entry(
        "counts repeated edges once too often",
        "topological_order",
        """
from collections import defaultdict

def topological_order(edges):
    children, indegree = defaultdict(set), {}
    for u, v in edges:
        children[u].add(v)
        indegree[v] = indegree.get(v, 0) + 1
        indegree.setdefault(u, 0)
    ready = [n for n, d in indegree.items() if d == 0]
    order = []
    while ready:
        n = ready.pop()
        order.append(n)
        for c in children[n]:
            indegree[c] -= 1
            if indegree[c] == 0:
                ready.append(c)
    if len(order) != len(indegree):
        raise ValueError("Graph has a cycle")
    return order
""",
        (("repeated_edge_counted_twice",),),
    ),
    Entry(
        "ends have no entry",
        "topological_order",
        """
def topological_order(edges):
    graph, indegree = {}, {}
    for u, v in edges:
        if v not in graph.get(u, []):
            graph.setdefault(u, []).append(v)
            indegree[v] = indegree.get(v, 0) + 1
        indegree.setdefault(u, 0)
    ready = [n for n in indegree if indegree[n] == 0]
    order = []
    while ready:
        n = ready.pop(0)
        order.append(n)
        for c in graph[n]:
            indegree[c] -= 1
            if indegree[c] == 0:
                ready.append(c)
    if len(order) != len(indegree):
        raise ValueError("cycle")
    return order
""",
        (("ends_have_no_entry",),),
    ),
    Entry(
        "only nodes with successors",
        "topological_order",
        """
def topological_order(edges):
    graph = {}
    for u, v in edges:
        graph.setdefault(u, set()).add(v)
    waiting = {u: 0 for u in graph}
    for u in graph:
        for v in graph[u]:
            if v in waiting:
                waiting[v] += 1
    ready = [u for u in graph if waiting[u] == 0]
    order = []
    while ready:
        u = ready.pop()
        order.append(u)
        for v in graph[u]:
            if v in waiting:
                waiting[v] -= 1
                if waiting[v] == 0:
                    ready.append(v)
    if len(order) < len(graph):
        raise ValueError("a cycle")
    return order
""",
        (("ends_missing",),),
    ),
    Entry(
        "len of the edges",
        "topological_order",
        """
def topological_order(edges):
    if len(edges) == 0:
        return []
    edges = set(edges)
    after, count = {}, {}
    for u, v in edges:
        after.setdefault(u, []).append(v)
        after.setdefault(v, [])
        count[v] = count.get(v, 0) + 1
    ready = [u for u in after if u not in count]
    order = []
    while ready:
        u = ready.pop()
        order.append(u)
        for v in after[u]:
            count[v] -= 1
            if not count[v]:
                ready.append(v)
    if len(order) < len(after):
        raise ValueError("cycle")
    return order
""",
        (("iterator_taken_for_a_list",),),
    ),
    Entry(
        "a cycle without a start only",
        "topological_order",
        """
def topological_order(edges):
    edges = set(edges)
    after, count = {}, {}
    for u, v in edges:
        after.setdefault(u, []).append(v)
        after.setdefault(v, [])
        count[v] = count.get(v, 0) + 1
    ready = [u for u in after if u not in count]
    if not ready:
        raise ValueError("no start: cycle")
    order = []
    while ready:
        u = ready.pop()
        order.append(u)
        for v in after[u]:
            count[v] -= 1
            if not count[v]:
                ready.append(v)
    return order
""",
        (("cycle_sought_only_at_the_start",),),
    ),
    Entry(
        "one start only",
        "topological_order",
        """
def topological_order(edges):
    edges = list(dict.fromkeys(edges))
    after, count = {}, {}
    for u, v in edges:
        after.setdefault(u, []).append(v)
        after.setdefault(v, [])
        count[v] = count.get(v, 0) + 1
    starts = [u for u in after if u not in count]
    if not starts:
        raise ValueError("cycle")
    todo = [starts[0]]
    order = []
    while todo:
        u = todo.pop(0)
        order.append(u)
        for v in after[u]:
            count[v] -= 1
            if count[v] == 0:
                todo.append(v)
    return order
""",
        (("first_start_only",),),
    ),
    Entry(
        "self-loops skipped",
        "topological_order",
        """
def topological_order(edges):
    after, count = {}, {}
    for u, v in set(edges):
        if u == v:
            continue
        after.setdefault(u, []).append(v)
        after.setdefault(v, [])
        count[v] = count.get(v, 0) + 1
    ready = [u for u in after if u not in count]
    order = []
    while ready:
        u = ready.pop()
        order.append(u)
        for v in after[u]:
            count[v] -= 1
            if not count[v]:
                ready.append(v)
    if len(order) < len(after):
        raise ValueError("cycle")
    return order
""",
        (("loop_at_a_node_passed_over",),),
    ),
    Entry(
        "another error for a cycle",
        "topological_order",
        """
def topological_order(edges):
    after, count = {}, {}
    for u, v in set(edges):
        after.setdefault(u, []).append(v)
        after.setdefault(v, [])
        count[v] = count.get(v, 0) + 1
    ready = [u for u in after if u not in count]
    order = []
    while ready:
        u = ready.pop()
        order.append(u)
        for v in after[u]:
            count[v] -= 1
            if not count[v]:
                ready.append(v)
    if len(order) < len(after):
        raise RuntimeError("cycle")
    return order
""",
    ),
    Entry(
        "no checks of the values",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    out = dict(inputs)
    for v in topological_order(weights):
        if v in inputs:
            continue
        s = 0
        for (a, b), w in weights.items():
            if b == v:
                s += w * out[a]
        out[v] = h(s)
    return out
""",
        (
            ("values_not_compared",),
            (
                "missing_value_is_a_key_error",
                "value_too_much_accepted",
            ),
        ),
    ),
    Entry(
        "a KeyError for a missing value",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    values = {}
    for v in inputs:
        values[v] = inputs[v]
    incoming = {}
    for (u, v), w in weights.items():
        incoming.setdefault(v, []).append((u, w))
    for v in topological_order(weights):
        if v in incoming:
            values[v] = h(sum(w * values[u] for u, w in incoming[v]))
        else:
            values[v] = inputs[v]
    return values
""",
        (
            (
                "missing_value_is_a_key_error",
                "value_too_much_accepted",
            ),
        ),
    ),
    Entry(
        "in the order of the dictionary",
        "forward_dag",
        """
def forward_dag(weights, inputs, h):
    out = dict(inputs)
    nodes = []
    for u, v in weights:
        for n in (u, v):
            if n not in nodes:
                nodes.append(n)
    heads = {v for u, v in weights}
    for n in nodes:
        if n in heads:
            out[n] = h(sum(w * out[u] for (u, v), w in weights.items() if v == n))
    return out
""",
        (("order_of_the_edges",),),
    ),
    Entry(
        "h of every term",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    out = dict(inputs)
    for v in topological_order(weights):
        if v not in inputs:
            out[v] = 0
            for (a, b), w in weights.items():
                if b == v:
                    out[v] += h(w * out[a])
    return out
""",
        (
            (
                "activation_of_each_term",
                "value_too_much_accepted",
            ),
            ("activation_of_each_term",),
            (
                "activation_of_each_term",
                "values_not_compared",
            ),
        ),
    ),
    Entry(
        "h inside the loop",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    order = topological_order(weights)
    heads = {v for _, v in weights}
    if {n for n in order if n not in heads} - set(inputs) or heads & set(inputs):
        raise ValueError("inputs")
    out = dict(inputs)
    for v in order:
        if v in heads:
            s = 0.0
            for (a, b), w in weights.items():
                if b == v:
                    s = h(s + w * out[a])
            out[v] = s
    return out
""",
        (("activation_of_each_partial_sum",),),
    ),
    Entry(
        "= for +=",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    order = topological_order(weights)
    heads = {v for _, v in weights}
    if {n for n in order if n not in heads} - set(inputs):
        raise ValueError("missing input")
    for n in inputs:
        if n in heads:
            raise ValueError("not an input")
    out = dict(inputs)
    for v in order:
        if v in heads:
            for (a, b), w in weights.items():
                if b == v:
                    z = w * out[a]
            out[v] = h(z)
    return out
""",
        (("last_edge_only",),),
    ),
    Entry(
        "no activation",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    order = topological_order(weights)
    heads = {v for _, v in weights}
    for n in order:
        if n not in heads and n not in inputs:
            raise ValueError(n)
        if n in heads and n in inputs:
            raise ValueError(n)
    out = dict(inputs)
    for v in order:
        if v in heads:
            out[v] = sum(w * out[a] for (a, b), w in weights.items() if b == v)
    return out
""",
        (("no_activation",),),
    ),
    Entry(
        "writes into inputs",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    for v in topological_order(weights):
        if v not in inputs:
            z = 0
            for (a, b), w in weights.items():
                if b == v:
                    z += inputs[a] * w
            inputs[v] = h(z)
    return inputs
""",
        (
            ("written_into_inputs", "values_not_compared"),
            ("written_into_inputs",),
            (
                "written_into_inputs",
                "value_too_much_accepted",
            ),
        ),
    ),
    Entry(
        "h on the inputs",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    order = topological_order(weights)
    heads = {v for _, v in weights}
    if set(order) - heads - set(inputs) or heads & set(inputs):
        raise ValueError("values")
    out = {n: h(x) for n, x in inputs.items()}
    for v in order:
        if v in heads:
            out[v] = h(sum(w * out[a] for (a, b), w in weights.items() if b == v))
    return out
""",
        (("activation_on_inputs",),),
    ),
    Entry(
        "zero edges dropped",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    weights = {e: w for e, w in weights.items() if w != 0}
    order = topological_order(weights)
    heads = {v for _, v in weights}
    if set(order) - heads - set(inputs) or heads & set(inputs):
        raise ValueError("values")
    out = dict(inputs)
    for v in order:
        if v in heads:
            out[v] = h(sum(w * out[a] for (a, b), w in weights.items() if b == v))
    return out
""",
        (("zero_weight_is_no_edge",),),
    ),
    Entry(
        "isolated inputs lost",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    order = topological_order(weights)
    heads = {v for _, v in weights}
    if set(order) - heads - set(inputs) or heads & set(inputs):
        raise ValueError("values")
    out = {}
    for v in order:
        if v in inputs:
            out[v] = inputs[v]
        else:
            out[v] = h(sum(w * out[a] for (a, b), w in weights.items() if b == v))
    return out
""",
        (("lonely_input_lost",),),
    ),
    Entry(
        "computed nodes only",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    order = topological_order(weights)
    heads = {v for _, v in weights}
    if set(order) - heads - set(inputs) or heads & set(inputs):
        raise ValueError("values")
    out = dict(inputs)
    for v in order:
        if v in heads:
            out[v] = h(sum(w * out[a] for (a, b), w in weights.items() if b == v))
    return {v: out[v] for v in heads}
""",
        (("inputs_left_out",),),
    ),
    Entry(
        "outputs only",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    order = topological_order(weights)
    heads, tails = {v for _, v in weights}, {u for u, _ in weights}
    if set(order) - heads - set(inputs) or heads & set(inputs):
        raise ValueError("values")
    out = dict(inputs)
    for v in order:
        if v in heads:
            out[v] = h(sum(w * out[a] for (a, b), w in weights.items() if b == v))
    return {v: out[v] for v in order if v not in tails}
""",
        (("output_nodes_only",),),
    ),
    Entry(
        "inputs overwritten by h(0)",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    out = dict(inputs)
    for v in topological_order(weights):
        z = 0.0
        for (a, b), w in weights.items():
            if b == v:
                z += w * out[a]
        out[v] = h(z)
    return out
""",
        (
            ("inputs_overwritten",),
            (
                "inputs_overwritten",
                "values_not_compared",
            ),
            (
                "inputs_overwritten",
                "value_too_much_accepted",
            ),
            (
                "inputs_overwritten",
                "missing_value_made_up",
            ),
        ),
    ),
    Entry(
        "weights forgotten",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    order = topological_order(weights)
    heads = {v for _, v in weights}
    if set(order) - heads - set(inputs) or heads & set(inputs):
        raise ValueError("values")
    out = dict(inputs)
    for v in order:
        if v in heads:
            out[v] = h(sum(out[a] for (a, b) in weights if b == v))
    return out
""",
        (("weights_not_used",),),
    ),
    Entry(
        "superfluous values accepted",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    order = topological_order(weights)
    heads = {v for _, v in weights}
    for n in order:
        if n not in heads and n not in inputs:
            raise ValueError(f"no value for {n}")
    out = dict(inputs)
    for v in order:
        if v in heads:
            out[v] = h(sum(w * out[a] for (a, b), w in weights.items() if b == v))
    return out
""",
        (("value_too_much_accepted",),),
    ),
    Entry(
        "zero for a missing value",
        "forward_dag",
        """
from course.nn.forward import topological_order

def forward_dag(weights, inputs, h):
    order = topological_order(weights)
    heads = {v for _, v in weights}
    if heads & set(inputs):
        raise ValueError("too many values")
    out = dict(inputs)
    for v in order:
        if v in heads:
            out[v] = h(sum(w * out.get(a, 0) for (a, b), w in weights.items() if b == v))
    return out
""",
        (("missing_value_made_up",),),
    ),
    Entry(
        "no scaling",
        "rand_matrix",
        """
def rand_matrix(m, n, rng):
    return rng.normal(size=(m, n))
""",
        (("not_scaled",),),
    ),
    Entry(
        "divided by m",
        "rand_matrix",
        """
def rand_matrix(m, n, rng):
    return rng.standard_normal((m, n)) / m
""",
        (("variance_for_standard_deviation",),),
    ),
    Entry(
        "by columns",
        "rand_matrix",
        """
def rand_matrix(m, n, rng):
    return rng.standard_normal((m, n)) / n ** 0.5
""",
        (("fan_out",),),
    ),
    Entry(
        "randn's arguments",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    return rng.standard_normal(m, n) / np.sqrt(m)
""",
    ),
    Entry(
        "NumPy's global generator",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    return np.random.randn(m, n) / np.sqrt(m)
""",
        (("global_generator",),),
    ),
    Entry(
        "a seed inside",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    rng = np.random.default_rng(42)
    return rng.standard_normal((m, n)) / np.sqrt(m)
""",
        (("seed_fixed_inside",),),
    ),
    Entry(
        "He",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    return rng.standard_normal((m, n)) * np.sqrt(2.0 / m)
""",
        (("twice_the_variance",),),
    ),
    Entry(
        "Glorot, uniform",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    limit = np.sqrt(6 / (m + n))
    return rng.uniform(-limit, limit, size=(m, n))
""",
        (
            (
                "divided_by_both_widths",
                "uniform_around_zero",
            ),
        ),
    ),
    Entry(
        "a hundredth",
        "rand_matrix",
        """
def rand_matrix(m, n, rng):
    return 0.01 * rng.standard_normal((m, n))
""",
        (("scaled_by_a_constant",),),
    ),
    Entry(
        "random",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    return rng.random((m, n)) / np.sqrt(m)
""",
        (("uniform_and_positive",),),
    ),
    Entry(
        "random, unscaled",
        "rand_matrix",
        """
def rand_matrix(m, n, rng):
    return rng.random((m, n))
""",
        (
            (
                "not_scaled",
                "uniform_and_positive",
            ),
        ),
    ),
    Entry(
        "uniform with a limit",
        "rand_matrix",
        """
def rand_matrix(m, n, rng):
    k = 1 / m ** 0.5
    return rng.uniform(-k, k, (m, n))
""",
        (("uniform_around_zero",),),
    ),
    Entry(
        "random minus a half",
        "rand_matrix",
        """
def rand_matrix(m, n, rng):
    return rng.random((m, n)) - 0.5
""",
        (
            (
                "not_scaled",
                "uniform_around_zero",
            ),
        ),
    ),
    Entry(
        "swapped",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    return rng.standard_normal((n, m)) / np.sqrt(m)
""",
        (("rows_and_columns_swapped",),),
    ),
    Entry(
        "scale given as loc",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    return rng.normal(1 / np.sqrt(m), size=(m, n))
""",
        (("spread_for_the_mean",),),
    ),
    Entry(
        "rows in a list, multiplied",
        "rand_matrix",
        """
def rand_matrix(m, n, rng):
    row = [rng.normal(0, m ** -0.5) for _ in range(n)]
    return [row] * m
""",
        (("one_row_repeated",),),
    ),
    Entry(
        "pictures, He",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    return rng.standard_normal((n, m)) * np.sqrt(2 / m)
""",
        (
            (
                "rows_and_columns_swapped",
                "twice_the_variance",
            ),
        ),
    ),
    Entry(
        "times the root",
        "rand_matrix",
        """
import math

def rand_matrix(m, n, rng):
    return [[rng.normal() * math.sqrt(m) for j in range(n)] for i in range(m)]
""",
        (("multiplied_by_the_root",),),
    ),
    Entry(
        "standardised",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    A = rng.standard_normal((m, n))
    A = (A - A.mean()) / A.std()
    return A / np.sqrt(m)
""",
        (("standardised",),),
    ),
    Entry(
        "the tails drawn again",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    A = rng.standard_normal((m, n))
    while (np.abs(A) > 3).any():
        far = np.abs(A) > 3
        A[far] = rng.standard_normal(far.sum())
    return A / np.sqrt(m)
""",
        (("tails_cut_off",),),
    ),
    Entry(
        "half of it mirrored",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    A = rng.standard_normal((m, n))
    A[:, n // 2 : n // 2 * 2] = -A[:, : n // 2]
    return A / np.sqrt(m)
""",
    ),
    Entry(
        "a fixed matrix, rolled",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    A = np.random.default_rng(1).standard_normal(m * n)
    return np.roll(A, rng.integers(m * n)).reshape(m, n) / np.sqrt(m)
""",
    ),
    Entry(
        "a logistic distribution",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    return rng.logistic(size=(m, n)) * np.sqrt(3) / np.pi / np.sqrt(m)
""",
    ),
    Entry(
        "five hundredths too large",
        "rand_matrix",
        """
import numpy as np

def rand_matrix(m, n, rng):
    return 1.05 * rng.standard_normal((m, n)) / np.sqrt(m)
""",
    ),
    Entry(
        "no activation at the end",
        "predict",
        """
def predict(net, X, act):
    As, Bs = net
    H = X
    for i in range(len(As) - 1):
        H = act(H @ As[i] + Bs[i])
    return H @ As[-1] + Bs[-1]
""",
        (("output_without_activation",),),
    ),
    Entry(
        "the loop stops early",
        "predict",
        """
def predict(net, X, act):
    As, Bs = net
    H = X
    for i in range(len(As) - 1):
        H = act(H @ As[i] + Bs[i])
    return H
""",
        (("last_layer_left_out",),),
    ),
    Entry(
        "return in the loop",
        "predict",
        """
import numpy as np

def predict(net, X, act):
    As, Bs = net
    H = X
    for A, b in zip(As, Bs):
        H = act(np.dot(H, A) + b)
        return H
""",
        (("first_layer_only",),),
    ),
    Entry(
        "reads X",
        "predict",
        """
def predict(net, X, act):
    As, Bs = net
    for A, b in zip(As, Bs):
        H = act(X @ A + b)
    return H
""",
        (("every_layer_reads_X",),),
    ),
    Entry(
        "np.tanh",
        "predict",
        """
import numpy as np

def predict(net, X, act):
    As, Bs = net
    H = X
    for A, b in zip(As, Bs):
        H = np.tanh(H @ A + b)
    return H
""",
        (("own_activation",),),
    ),
    Entry(
        "no biases",
        "predict",
        """
def predict(net, X, act):
    As, Bs = net
    for A in As:
        X = act(X @ A)
    return X
""",
        (("biases_left_out",),),
    ),
    Entry(
        "no act",
        "predict",
        """
def predict(net, X, act):
    As, Bs = net
    for A, b in zip(As, Bs):
        X = X @ A + b
    return X
""",
        (("no_activation",),),
    ),
    Entry(
        "returns X",
        "predict",
        """
def predict(net, X, act):
    As, Bs = net
    H = X
    for A, b in zip(As, Bs):
        H = act(H @ A + b)
    return X
""",
        (("input_returned",),),
    ),
    Entry(
        "the pictures' order",
        "predict",
        """
import numpy as np

def predict(net, X, act):
    H = X
    for A, b in zip(net[0], net[1]):
        H = act(np.dot(A, H) + b)
    return H
""",
        (("product_in_the_order_of_columns",),),
    ),
    Entry(
        "a popular course's columns",
        "predict",
        """
import numpy as np

def predict(net, X, act):
    As, Bs = net
    A = X
    for W, b in zip(As, Bs):
        A = act(np.dot(W.T, A) + b)
    return A
""",
        (("pictures_layer",),),
    ),
    Entry(
        "for A, b in net",
        "predict",
        """
def predict(net, X, act):
    H = X
    for A, b in net:
        H = act(H @ A + b)
    return H
""",
        (("loop_over_the_two_lists",),),
    ),
    Entry(
        "star for at",
        "predict",
        """
def predict(net, X, act):
    As, Bs = net
    H = X
    for i in range(len(As)):
        H = act(H * As[i] + Bs[i])
    return H
""",
        (("entry_by_entry",),),
    ),
    Entry(
        "bias after the activation, no last activation",
        "predict",
        """
def predict(net, X, act):
    As, Bs = net
    H = X
    for i in range(len(As)):
        H = act(H @ As[i]) + Bs[i]
    return H
""",
        (("bias_after_the_activation",),),
    ),
    Entry(
        "no biases, reads X",
        "predict",
        """
def predict(net, X, act):
    out = None
    for A in net[0]:
        out = act(X @ A)
    return out
""",
        (
            (
                "biases_left_out",
                "every_layer_reads_X",
            ),
        ),
    ),
    Entry(
        "all layers",
        "predict",
        """
def predict(net, X, act):
    Hs = [X]
    for A, b in zip(*net):
        Hs.append(act(Hs[-1] @ A + b))
    return Hs
""",
        (("all_layers_returned",),),
    ),
    Entry(
        "act on the input",
        "predict",
        """
def predict(net, X, act):
    As, Bs = net
    H = act(X)
    for A, b in zip(As, Bs):
        H = act(H @ A + b)
    return H
""",
        (("activation_on_the_input",),),
    ),
    Entry(
        "without the input",
        "forward",
        """
def forward(net, X, acts):
    As, Bs = net
    Hs = []
    H = X
    for i in range(len(As)):
        H = acts[i](H @ As[i] + Bs[i])
        Hs.append(H)
    return Hs
""",
        (("H_0_missing",),),
    ),
    Entry(
        "appends what it reads",
        "forward",
        """
def forward(net, X, acts):
    Hs = []
    H = X
    for A, b, f in zip(net[0], net[1], acts):
        Hs.append(H)
        H = f(H @ A + b)
    return Hs
""",
        (("output_missing",),),
    ),
    Entry(
        "the output only",
        "forward",
        """
def forward(net, X, acts):
    As, Bs = net
    H = X
    for A, b, f in zip(As, Bs, acts):
        H = f(H @ A + b)
    return H
""",
        (("output_only",),),
    ),
    Entry(
        "sums in the list",
        "forward",
        """
import numpy as np

def forward(net, X, acts):
    As, Bs = net
    Hs = [X]
    H = X
    for i in range(len(As)):
        Z = np.dot(H, As[i]) + Bs[i]
        H = acts[i](Z)
        Hs.append(Z)
    return Hs
""",
        (("sums_kept_for_outputs",),),
    ),
    Entry(
        "acts[0]",
        "forward",
        """
def forward(net, X, acts):
    As, Bs = net
    Hs = [X]
    for A, b in zip(As, Bs):
        Hs.append(acts[0](Hs[-1] @ A + b))
    return Hs
""",
        (("first_activation_everywhere",),),
    ),
    Entry(
        "two nested loops",
        "forward",
        """
def forward(net, X, acts):
    As, Bs = net
    H = X
    Hs = [X]
    for A, b in zip(As, Bs):
        H = H @ A + b
        for act in acts:
            H = act(H)
        Hs.append(H)
    return Hs
""",
        (("all_activations_on_every_layer",),),
    ),
    Entry(
        "always X",
        "forward",
        """
def forward(net, X, acts):
    As, Bs = net
    Hs = [X]
    for i in range(len(As)):
        Hs.append(acts[i](X @ As[i] + Bs[i]))
    return Hs
""",
        (("all_layers_read_X",),),
    ),
    Entry(
        "return in the loop",
        "forward",
        """
def forward(net, X, acts):
    As, Bs = net
    Hs = [X]
    for i in range(len(As)):
        H = acts[i](Hs[-1] @ As[i] + Bs[i])
        Hs.append(H)
        return Hs
""",
        (("first_layer_only",),),
    ),
    Entry(
        "no biases, no input",
        "forward",
        """
def forward(net, X, acts):
    Hs = []
    for A, act in zip(net[0], acts):
        X = act(X @ A)
        Hs.append(X)
    return Hs
""",
        (
            (
                "H_0_missing",
                "biases_left_out",
            ),
        ),
    ),
    Entry(
        "one round too few",
        "forward",
        """
def forward(net, X, acts):
    As, Bs = net
    Hs = [X]
    for i in range(len(As) - 1):
        Hs.append(acts[i](Hs[i] @ As[i] + Bs[i]))
    return Hs
""",
        (
            ("last_layer_left_out",),
            ("output_missing",),
        ),
    ),
    Entry(
        "bias outside",
        "forward",
        """
def forward(net, X, acts):
    Hs = [X]
    for A, b, act in zip(*net, acts):
        Hs.append(act(Hs[-1] @ A) + b)
    return Hs
""",
        (("bias_added_to_the_output",),),
    ),
    Entry(
        "linear at the end",
        "forward",
        """
def forward(net, X, acts):
    As, Bs = net
    Hs = [X]
    for i in range(len(As)):
        Z = Hs[-1] @ As[i] + Bs[i]
        if i == len(As) - 1:
            Hs.append(Z)
        else:
            Hs.append(acts[i](Z))
    return Hs
""",
        (("last_layer_without_activation",),),
    ),
    Entry(
        "bias rows drawn as columns and turned",
        "MLP",
        """
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    As, Bs = [], []
    for a, b in zip(dims, dims[1:]):
        As.append(rand_matrix(a, b, rng))
        Bs.append(rand_matrix(b, 1, rng).T)
    return As, Bs
""",
        (("biases_scaled_by_their_width",),),
    ),
    Entry(
        "zero biases",
        "MLP",
        """
import numpy as np
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    As = [rand_matrix(a, b, rng) for a, b in zip(dims, dims[1:])]
    Bs = [np.zeros((1, b)) for b in dims[1:]]
    return As, Bs
""",
        (("biases_zero",),),
    ),
    Entry(
        "a list of layers",
        "MLP",
        """
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    net = []
    for i in range(len(dims) - 1):
        A = rand_matrix(dims[i], dims[i + 1], rng)
        b = rand_matrix(1, dims[i + 1], rng)
        net.append((A, b))
    return net
""",
        (("pairs_for_two_lists",),),
    ),
    Entry(
        "weights scaled twice",
        "MLP",
        """
import numpy as np
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        As.append(rand_matrix(dims[i], dims[i + 1], rng) / np.sqrt(dims[i]))
        Bs.append(rand_matrix(1, dims[i + 1], rng))
    return As, Bs
""",
        (("weights_scaled_twice",),),
    ),
    Entry(
        "unscaled weights",
        "MLP",
        """
def MLP(dims, rng):
    As, Bs = [], []
    for m, n in zip(dims[:-1], dims[1:]):
        As.append(rng.normal(0, 1, (m, n)))
        Bs.append(rng.normal(0, 1, (1, n)))
    return As, Bs
""",
        (("weights_not_scaled",),),
    ),
    Entry(
        "a hundredth and zero biases",
        "MLP",
        """
import numpy as np

def MLP(dims, rng):
    As, Bs = [], []
    for m, n in zip(dims[:-1], dims[1:]):
        As.append(rng.standard_normal((m, n)) * 0.01)
        Bs.append(np.zeros((1, n)))
    return As, Bs
""",
        (
            (
                "weights_scaled_by_a_constant",
                "biases_zero",
            ),
        ),
    ),
    Entry(
        "the pictures' shapes",
        "MLP",
        """
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    As = [rand_matrix(dims[i + 1], dims[i], rng) for i in range(len(dims) - 1)]
    Bs = [rand_matrix(dims[i + 1], 1, rng) for i in range(len(dims) - 1)]
    return As, Bs
""",
        (
            (
                "one_neuron_a_row_in_MLP",
                "bias_columns",
            ),
        ),
    ),
    Entry(
        "flat biases",
        "MLP",
        """
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    As, Bs = [], []
    for i in range(1, len(dims)):
        As.append(rand_matrix(dims[i - 1], dims[i], rng))
        Bs.append(rng.standard_normal(dims[i]))
    return As, Bs
""",
        (("flat_bias_rows",),),
    ),
    Entry(
        "a seed for every matrix",
        "MLP",
        """
import numpy as np
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    rng = np.random.default_rng(1)
    As, Bs = [], []
    for i in range(1, len(dims)):
        As.append(rand_matrix(dims[i - 1], dims[i], rng))
        Bs.append(rand_matrix(1, dims[i], rng))
    return As, Bs
""",
        (
            ("seed_fixed_in_MLP",),
            ("same_draw_for_every_layer",),
            (
                "seed_fixed_in_MLP",
                "same_draw_for_every_layer",
            ),
        ),
    ),
    Entry(
        "randn",
        "MLP",
        """
import numpy as np

def MLP(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        As.append(np.random.randn(dims[i], dims[i + 1]) / np.sqrt(dims[i]))
        Bs.append(np.random.randn(1, dims[i + 1]))
    return (As, Bs)
""",
        (("global_generator_in_MLP",),),
    ),
    Entry(
        "too far",
        "MLP",
        """
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    As, Bs = [], []
    for i in range(len(dims)):
        As.append(rand_matrix(dims[i], dims[i + 1], rng))
        Bs.append(rand_matrix(1, dims[i + 1], rng))
    return As, Bs
""",
        (("one_layer_too_many",),),
    ),
    Entry(
        "return in the loop",
        "MLP",
        """
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        As.append(rand_matrix(dims[i], dims[i + 1], rng))
        Bs.append(rand_matrix(1, dims[i + 1], rng))
        return As, Bs
""",
        (("first_layer_only",),),
    ),
    Entry(
        "weights only",
        "MLP",
        """
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    As = []
    for i in range(len(dims) - 1):
        As.append(rand_matrix(dims[i], dims[i + 1], rng))
    return As
""",
        (("weights_only",),),
    ),
    Entry(
        "uniform numbers of the right spread",
        "MLP",
        """
import numpy as np

def MLP(dims, rng):
    As = [rng.uniform(-1, 1, (m, n)) * np.sqrt(3 / m) for m, n in zip(dims, dims[1:])]
    return As, [rng.uniform(-1, 1, (1, n)) * np.sqrt(3) for n in dims[1:]]
""",
    ),
    Entry(
        "all biases of a layer equal",
        "MLP",
        """
import numpy as np
from course.nn.forward import rand_matrix

def MLP(dims, rng):
    As = [rand_matrix(m, n, rng) for m, n in zip(dims, dims[1:])]
    return As, [np.full((1, n), rng.standard_normal()) for n in dims[1:]]
""",
    ),
    Entry(
        "from zero",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    w = {}
    start = 0
    for A in As:
        rows, cols = A.shape
        for i in range(rows):
            for j in range(cols):
                w[(start + i, start + rows + j)] = A[i, j]
        start += rows
    return w
""",
        (("numbered_from_zero",),),
    ),
    Entry(
        "zeros skipped",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    w = {}
    start = 1
    for A in As:
        rows, cols = A.shape
        for i in range(rows):
            for j in range(cols):
                if A[i, j] != 0:
                    w[(start + i, start + rows + j)] = A[i, j]
        start += rows
    return w
""",
        (("zero_weights_missing",),),
    ),
    Entry(
        "cols for rows",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    w = {}
    start = 1
    for A in As:
        rows, cols = A.shape
        for i in range(rows):
            for j in range(cols):
                w[(start + i, start + rows + j)] = A[i, j]
        start += cols
    return w
""",
        (("moved_on_by_the_wrong_width",),),
    ),
    Entry(
        "never moves on",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    w = {}
    for A in As:
        rows, cols = A.shape
        for i in range(rows):
            for j in range(cols):
                w[(1 + i, 1 + rows + j)] = A[i, j]
    return w
""",
        (("numbering_begins_anew",),),
    ),
    Entry(
        "the last width only",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    w = {}
    offset = 0
    for A in As:
        for i in range(A.shape[0]):
            for j in range(A.shape[1]):
                w[(offset + i + 1, offset + A.shape[0] + j + 1)] = A[i, j]
        offset = A.shape[0]
    return w
""",
        (("only_the_last_width_counted",),),
    ),
    Entry(
        "backwards",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    w = {}
    start = 1
    for A in As:
        rows, cols = A.shape
        for i in range(rows):
            for j in range(cols):
                w[(start + rows + j, start + i)] = A[i, j]
        start += rows
    return w
""",
        (("edges_turned_round",),),
    ),
    Entry(
        "neurons as rows",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    w = {}
    start = 1
    for A in As:
        d_out, d_in = A.shape
        for o in range(d_out):
            for i in range(d_in):
                w[(start + i, start + d_in + o)] = A[o, i]
        start += d_in
    return w
""",
        (("one_neuron_a_row_in_A",),),
    ),
    Entry(
        "from zero, zeros skipped",
        "mlp_to_dag",
        """
import numpy as np

def mlp_to_dag(As):
    w, start = {}, 0
    for A in As:
        for i, k in zip(*np.nonzero(A)):
            w[start + i, start + A.shape[0] + k] = A[i, k]
        start += A.shape[0]
    return w
""",
        (
            (
                "numbered_from_zero",
                "zero_weights_missing",
            ),
        ),
    ),
    Entry(
        "layer and place",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    return {((j, i), (j + 1, k)): A[i, k] for j, A in enumerate(As)
            for i in range(A.shape[0]) for k in range(A.shape[1])}
""",
        (("numbered_from_one_within_each_layer",),),
    ),
    Entry(
        "a list of triples",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    edges, start = [], 1
    for A in As:
        for i in range(A.shape[0]):
            for k in range(A.shape[1]):
                edges.append((start + i, start + A.shape[0] + k, A[i, k]))
        start += A.shape[0]
    return edges
""",
        (("edges_in_a_list",),),
    ),
    Entry(
        "return in the loop",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    w, start = {}, 1
    for A in As:
        for i in range(len(A)):
            for k in range(len(A[0])):
                w[start + i, start + len(A) + k] = A[i][k]
        start += len(A)
        return w
""",
        (("first_layer_only",),),
    ),
    Entry(
        "the reading layer not shifted",
        "mlp_to_dag",
        """
def mlp_to_dag(As):
    w, start = {}, 1
    for A in As:
        for i in range(len(A)):
            for k in range(len(A[0])):
                w[start + i, start + k] = A[i][k]
        start += len(A)
    return w
""",
        (("next_layer_not_shifted",),),
    ),
]

# Slips of the first weeks, and a few for which no name is honest.

NATURAL += [
    Entry(
        "layer_shapes: flat bias and list",
        "layer_shapes",
        with_imports("""
        def layer_shapes(dims):
            return [[(dims[i], dims[i+1]), (dims[i+1],)] for i in range(len(dims)-1)]
        """),
        (("flat_biases",),),
    ),
    Entry(
        "layer_shapes: off by one",
        "layer_shapes",
        with_imports("""
        def layer_shapes(dims):
            out = []
            for i in range(len(dims)):
                out.append(((dims[i], dims[i+1]), (1, dims[i+1])))
            return out
        """),
        (("one_layer_too_many",),),
    ),
    Entry(
        "layer_shapes: bias of the in",
        "layer_shapes",
        with_imports("""
        def layer_shapes(dims):
            return [((a, b), (1, a)) for a, b in zip(dims, dims[1:])]
        """),
        (("bias_as_wide_as_the_input",),),
    ),
    Entry(
        "count_parameters: biases of all neurons",
        "count_parameters",
        with_imports("""
        def count_parameters(dims):
            neurons = sum(dims)
            weights = 0
            for i in range(len(dims) - 1):
                weights += dims[i] * dims[i + 1]
            biases = neurons
            return neurons, weights, biases
        """),
        (("inputs_with_a_bias",),),
    ),
    Entry(
        "count_parameters: weights include biases and sum hidden",
        "count_parameters",
        with_imports("""
        def count_parameters(dims):
            neurons = sum(dims[1:])
            weights = sum((dims[i] + 1) * dims[i+1] for i in range(len(dims)-1))
            return neurons, weights, sum(dims[1:])
        """),
        (
            (
                "biases_among_the_weights",
                "inputs_not_counted",
            ),
        ),
    ),
    Entry(
        "count_parameters: product of all",
        "count_parameters",
        with_imports("""
        def count_parameters(dims):
            return sum(dims), np.prod(dims), len(dims) - 1
        """),
        (
            (
                "one_bias_a_layer",
                "product_of_all_widths",
            ),
        ),
    ),
    Entry(
        "rand_matrix: divided by sqrt n and rng.random",
        "rand_matrix",
        with_imports("""
        def rand_matrix(m, n, rng):
            return rng.random((m, n)) / np.sqrt(n)
        """),
        (
            (
                "fan_out",
                "uniform_and_positive",
            ),
        ),
    ),
    Entry(
        "rand_matrix: variance 1/m via normal scale",
        "rand_matrix",
        with_imports("""
        def rand_matrix(m, n, rng):
            return rng.normal(0, 1 / m, (m, n))
        """),
        (("variance_for_standard_deviation",),),
    ),
    Entry(
        "rand_matrix: multiply by sqrt m",
        "rand_matrix",
        with_imports("""
        def rand_matrix(m, n, rng):
            return rng.standard_normal((m, n)) * np.sqrt(m)
        """),
        (("multiplied_by_the_root",),),
    ),
    Entry(
        "rand_matrix: loop over np.random",
        "rand_matrix",
        with_imports("""
        def rand_matrix(m, n, rng):
            return np.array([[np.random.randn() / m ** 0.5 for j in range(n)] for i in range(m)])
        """),
        (("global_generator",),),
    ),
    Entry(
        "MLP: one too many layers",
        "MLP",
        with_imports("""
        def rand_matrix(m, n, rng):
            return rng.standard_normal((m, n)) / np.sqrt(m)
        def MLP(dims, rng):
            As = [rand_matrix(dims[i], dims[i+1], rng) for i in range(len(dims)-1)]
            Bs = [rand_matrix(dims[i+1], 1, rng) for i in range(len(dims)-1)]
            return As, Bs
        """),
        (("bias_columns",),),
    ),
    Entry(
        "predict: no act on the last layer and A.T",
        "predict",
        with_imports("""
        def predict(net, X, act):
            As, Bs = net
            H = X
            for A, b in zip(As, Bs):
                H = H @ A + b
            return act(H)
        """),
        (("activation_at_the_end_only",),),
    ),
    Entry(
        "predict: X in each layer",
        "predict",
        with_imports("""
        def predict(net, X, act):
            As, Bs = net
            for A, b in zip(As, Bs):
                H = act(X @ A + b)
            return H
        """),
        (("every_layer_reads_X",),),
    ),
    Entry(
        "predict: net zip wrong",
        "predict",
        with_imports("""
        def predict(net, X, act):
            for A, b in net:
                X = act(X @ A + b)
            return X
        """),
        (("loop_over_the_two_lists",),),
    ),
    Entry(
        "forward: appends Z",
        "forward",
        with_imports("""
        def forward(net, X, acts):
            As, Bs = net
            H = [X]
            for A, b, act in zip(As, Bs, acts):
                Z = H[-1] @ A + b
                H.append(Z)
                out = act(Z)
            return H
        """),
        (("no_activation",),),
    ),
    Entry(
        "forward: starts without X",
        "forward",
        with_imports("""
        def forward(net, X, acts):
            Hs = []
            H = X
            for j in range(len(net[0])):
                H = acts[j](H @ net[0][j] + net[1][j])
                Hs.append(H)
            return Hs
        """),
        (("H_0_missing",),),
    ),
    Entry(
        "forward: acts index off by one",
        "forward",
        with_imports("""
        def forward(net, X, acts):
            As, Bs = net
            H = [X]
            for j in range(1, len(As)+1):
                H.append(acts[j](H[j-1] @ As[j-1] + Bs[j-1]))
            return H
        """),
        (),
    ),
    Entry(
        "forward: wrong A index",
        "forward",
        with_imports("""
        def forward(net, X, acts):
            As, Bs = net
            H = [X]
            for j in range(len(As)):
                H.append(acts[j](X @ As[j] + Bs[j]))
            return H
        """),
        (("all_layers_read_X",),),
    ),
    Entry(
        "topological_order: pops from roots but reversed",
        "topological_order",
        with_imports("""
        def topological_order(edges):
            edges = list(edges)
            nodes = []
            for u, v in edges:
                if u not in nodes: nodes.append(u)
                if v not in nodes: nodes.append(v)
            order = []
            while nodes:
                free = [n for n in nodes if all(v != n for u, v in edges)]
                if not free:
                    raise ValueError
                order.append(free[0])
                nodes.remove(free[0])
                edges = [e for e in edges if e[0] != free[0]]
            return order[::-1]
        """),
        (("turned_round",),),
    ),
    Entry(
        "topological_order: bfs in order of first visit",
        "topological_order",
        with_imports("""
        def topological_order(edges):
            edges = list(edges)
            targets = {v for _, v in edges}
            queue = [u for u, _ in edges if u not in targets]
            seen = []
            while queue:
                u = queue.pop(0)
                if u in seen: continue
                seen.append(u)
                for a, b in edges:
                    if a == u:
                        queue.append(b)
            return seen
        """),
        (
            (
                "cycle_unnoticed",
                "listed_when_first_reached",
            ),
        ),
    ),
    Entry(
        "forward_dag: recursion",
        "forward_dag",
        with_imports("""
        from course.nn.forward import topological_order
        def forward_dag(weights, inputs, h):
            values = dict(inputs)
            def value(v):
                if v in values:
                    return values[v]
                values[v] = h(sum(w * value(u) for (u, x), w in weights.items() if x == v))
                return values[v]
            for u, v in weights:
                value(v)
            return values
        """),
        (("values_not_compared",),),
    ),
    Entry(
        "forward_dag: in the order of the dict",
        "forward_dag",
        with_imports("""
        from course.nn.forward import topological_order
        def forward_dag(weights, inputs, h):
            values = dict(inputs)
            for (u, v), w in weights.items():
                values[v] = values.get(v, 0) + w * values[u]
            for v in values:
                if v not in inputs:
                    values[v] = h(values[v])
            return values
        """),
        (
            ("order_of_the_edges",),
            ("value_too_much_accepted",),
        ),
    ),
    Entry(
        "forward_dag: h of inputs too",
        "forward_dag",
        with_imports("""
        from course.nn.forward import topological_order
        def forward_dag(weights, inputs, h):
            order = topological_order(list(weights))
            out = {}
            for v in order:
                s = inputs.get(v, 0)
                for (a, b), w in weights.items():
                    if b == v:
                        s += w * out[a]
                out[v] = h(s)
            return out
        """),
        (("values_not_compared",),),
    ),
    Entry(
        "mlp_to_dag: from 0",
        "mlp_to_dag",
        with_imports("""
        def mlp_to_dag(As):
            weights = {}
            start = 0
            for A in As:
                m, n = A.shape
                for i in range(m):
                    for j in range(n):
                        weights[(start + i, start + m + j)] = A[i, j]
                start += m
            return weights
        """),
        (("numbered_from_zero",),),
    ),
    Entry(
        "masked_dense: mask after h",
        "masked_dense",
        with_imports("""
        def masked_dense(X, A, b, mask, h):
            return h(X @ A + b) * mask
        """),
        (("neuron_without_edges_silenced",),),
    ),
    Entry(
        "masked_dense: A[mask]",
        "masked_dense",
        with_imports("""
        def masked_dense(X, A, b, mask, h):
            return h(X @ A[mask] + b)
        """),
        (("entries_picked_out",),),
    ),
    Entry(
        "masked_dense: inverse mask and in place",
        "masked_dense",
        with_imports("""
        def masked_dense(X, A, b, mask, h):
            A[mask] = 0
            return h(X @ A + b)
        """),
        (
            (
                "mask_inverted",
                "weights_overwritten",
            ),
        ),
    ),
]
NATURAL += [
    Entry(
        "forward: a list without H_0, and a linear last layer",
        "forward",
        with_imports("""
        def forward(net, X, acts):
            As, Bs = net
            Hs = []
            H = X
            for j, (A, b) in enumerate(zip(As, Bs)):
                H = H @ A + b
                if j != len(As) - 1:
                    H = acts[j](H)
                Hs.append(H)
            return Hs
        """),
        (
            (
                "H_0_missing",
                "last_layer_without_activation",
            ),
        ),
    ),
    Entry(
        "topological_order: a counter for lists, a set of successors",
        "topological_order",
        with_imports("""
        def topological_order(edges):
            indeg, out = {}, {}
            for u, v in edges:
                indeg.setdefault(u, 0)
                indeg[v] = indeg.get(v, 0) + 1
                out.setdefault(u, set()).add(v)
            order = [n for n in indeg if indeg[n] == 0]
            for u in order:
                for v in out.get(u, ()):
                    indeg[v] -= 1
                    if indeg[v] == 0:
                        order.append(v)
            if len(order) != len(indeg):
                raise ValueError("cycle")
            return order
        """),
        (("repeated_edge_counted_twice",),),
    ),
    Entry(
        "count_parameters: the first two widths alone",
        "count_parameters",
        with_imports("""
        def count_parameters(dims):
            return sum(dims), dims[0] * dims[1], sum(dims[1:])
        """),
        (("first_gap_only",),),
    ),
    Entry(
        "count_parameters: the hidden widths for neurons and for biases",
        "count_parameters",
        with_imports("""
        def count_parameters(dims):
            return sum(dims[1:-1]), sum(a * b for a, b in zip(dims, dims[1:])), sum(dims[1:-1])
        """),
        (
            (
                "hidden_neurons_only",
                "outputs_without_a_bias",
            ),
        ),
    ),
    Entry(
        "MLP: biases of ones, as many as inputs",
        "MLP",
        with_imports("""
        from course.nn.forward import rand_matrix
        def MLP(dims, rng):
            As = [rand_matrix(a, b, rng) for a, b in zip(dims, dims[1:])]
            Bs = [np.ones((1, b)) for b in dims[:-1]]
            return As, Bs
        """),
        (
            ("bias_for_every_input",),
            ("biases_zero",),
            (
                "biases_zero",
                "bias_for_every_input",
            ),
        ),
    ),
    Entry(
        "topological_order: counted in one walk, removed in another",
        "topological_order",
        with_imports("""
        def topological_order(edges):
            indeg = {}
            for u, v in edges:
                indeg.setdefault(u, 0)
                indeg[v] = indeg.get(v, 0) + 1
            ready = [n for n in indeg if indeg[n] == 0]
            order = []
            while ready:
                n = ready.pop(0)
                order.append(n)
                for u, v in edges:
                    if u == n:
                        indeg[v] -= 1
                        if indeg[v] == 0:
                            ready.append(v)
            if len(order) != len(indeg):
                raise ValueError("cycle")
            return order
        """),
        (("edges_walked_twice",),),
    ),
    Entry(
        "mlp_to_dag: a new dictionary for each matrix",
        "mlp_to_dag",
        with_imports("""
        def mlp_to_dag(As):
            s = 1
            for A in As:
                w = {}
                m, n = A.shape
                for i in range(m):
                    for j in range(n):
                        w[s + i, s + m + j] = A[i, j]
                s += m
            return w
        """),
        (("last_layer_only",),),
    ),
]
