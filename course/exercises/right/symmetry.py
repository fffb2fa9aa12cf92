"""Unusual right answers to unit 6."""

import copy
import itertools
import math
import statistics

import numpy as np

from course.exercises.right import right
from course.nn.backprop import backprop, layer_backward


@right(
    "permute_hidden",
    "by permutation matrices",
    why="Reordering is a product with a permutation matrix, and its transpose undoes it.",
)
def by_permutation_matrices(net, j, perm):
    As, Bs = (list(arrays) for arrays in net)
    P = np.eye(len(perm))[:, list(perm)]
    As[j - 1], Bs[j - 1], As[j] = As[j - 1] @ P, Bs[j - 1] @ P, P.T @ As[j]
    return As, Bs


@right("permute_hidden", "a loop over the units; lists of lists in a list")
def unit_by_unit(net, j, perm):
    As, Bs = copy.deepcopy(net)
    for new, old in enumerate(perm):
        As[j - 1][:, new] = net[0][j - 1][:, old]
        Bs[j - 1][0, new] = net[1][j - 1][0, old]
        As[j][new] = net[0][j][old]
    return [[A.tolist() for A in As], [b.tolist() for b in Bs]]


@right(
    "permute_hidden",
    "np.take, untouched layers shared with the old net",
    why="take says in a word what the index does, along an axis.",
)
def by_take(net, j, perm):
    As = [*net[0]]
    Bs = [*net[1]]
    As[j - 1] = np.take(As[j - 1], perm, axis=1)
    Bs[j - 1] = np.take(Bs[j - 1], perm, axis=1)
    As[j] = np.take(As[j], perm, axis=0)
    return tuple(As), tuple(Bs)


@right(
    "rescale_hidden",
    "by diagonal matrices",
    why="Rescaling units is a product with a diagonal matrix, and its inverse on the other side.",
)
def by_diagonal_matrices(net, j, unit, alpha):
    if not alpha > 0:
        raise ValueError("alpha")
    As, Bs = (list(arrays) for arrays in net)
    scale = np.ones(As[j].shape[0])
    scale[unit] = alpha
    As[j - 1], Bs[j - 1] = As[j - 1] @ np.diag(scale), Bs[j - 1] * scale
    As[j] = np.linalg.inv(np.diag(scale)) @ As[j]
    return As, Bs


@right("rescale_hidden", "in float32, with an error class of its own")
def in_float32(net, j, unit, alpha):
    class NoSymmetryError(ValueError):
        pass

    if alpha <= 0:
        raise NoSymmetryError(alpha)
    As, Bs = [[np.array(x, dtype=np.float32) for x in arrays] for arrays in net]
    As[j - 1][:, unit] *= alpha
    Bs[j - 1][:, unit] *= alpha
    As[j][unit] /= alpha
    return As, Bs


@right(
    "count_permutations",
    "by listing the orders of small layers, by products of large ones",
    why="For small layers the orders can simply be listed and counted.",
)
def by_products(dims):
    total = 1
    for width in dims[1:-1]:
        orders = sum(1 for _ in itertools.permutations(range(width))) if width < 7 else 0
        total *= orders or math.prod(range(1, int(width) + 1))
    return total


@right(
    "count_permutations",
    "through the gamma function's integer cousin math.perm",
    why="The number of orders of n things is math.perm(n).",
)
def by_perm(dims):
    total = 1
    for d in list(dims)[1:-1]:
        total = total * math.perm(int(d))
    return total


@right("twin_units", "with np.allclose, pairs as lists, the tolerance by keyword")
def by_allclose(net, j, tol=1e-9):
    A, b = net[0][j - 1], net[1][j - 1]
    return [
        [a, c]
        for a in range(A.shape[1])
        for c in range(a + 1, A.shape[1])
        if np.allclose(A[:, a], A[:, c], rtol=0, atol=tol) and abs(b[0, a] - b[0, c]) <= tol
    ]


@right(
    "twin_units",
    "all differences at once, NumPy integers in the pairs",
    why="Broadcasting compares every unit with every other in one step.",
)
def all_at_once(net, j, tol=1e-9):
    V = np.concatenate([net[0][j - 1], net[1][j - 1]])
    far = np.abs(V[:, :, None] - V[:, None, :]).max(axis=0)
    return sorted(zip(*np.nonzero(np.triu(far <= tol, k=1)), strict=True))


@right(
    "initialise",
    "rng.normal with a scale; biases drawn first but unused; lists",
    why="The scale can go into the draw itself.",
)
def by_scale(dims, rng):
    rng.random(3)
    As = [rng.normal(0, d_in**-0.5, (d_in, d)) for d_in, d in itertools.pairwise(dims)]
    return As[:], [[[0.0] * d] for d in dims[1:]]


@right("initialise", "last layer first, one number at a time, in float32")
def one_number_at_a_time(dims, rng):
    As = []
    for d_in, d_out in reversed(list(itertools.pairwise(dims))):
        A = np.empty((d_in, d_out), dtype=np.float32)
        for entry in np.ndindex(A.shape):
            A[entry] = rng.standard_normal() / math.sqrt(d_in)
        As.insert(0, A)
    return As, [np.zeros((1, d), dtype=np.float32) for d in dims[1:]]


@right(
    "initialise_sparse",
    "only the edges are drawn, column by column",
    why="What is no edge is never drawn, so nothing has to be thrown away.",
)
def only_edges_drawn(masks, rng):
    As, Bs = [], []
    for mask in masks:
        A = np.zeros(mask.shape)
        for v in range(mask.shape[1]):
            edges = np.flatnonzero(mask[:, v])
            if len(edges):
                A[edges, v] = rng.normal(0, 1 / np.sqrt(len(edges)), len(edges))
        As.append(A)
        Bs.append(np.zeros((1, mask.shape[1])))
    return As, Bs


@right("initialise_sparse", "0/0 let happen and cleaned up, with the warning it gives")
def cleaned_up(masks, rng):
    As = []
    for mask in masks:
        A = mask * rng.standard_normal(mask.shape) / np.sqrt(mask.sum(axis=0))
        As.append(np.nan_to_num(A))
    return As, [0 * mask[:1].astype(float) for mask in masks]


@right(
    "activation_scales",
    "by the definition of the standard deviation, NumPy scalars",
    why="The standard deviation from its definition: the root of the mean squared distance.",
)
def by_definition(net, X, act):
    H, scales = np.asarray(X), []
    for layer in range(len(net[0]) + 1):
        scales.append(np.sqrt(np.mean((H - H.mean()) ** 2)))
        if layer < len(net[0]):
            H = act(H @ net[0][layer] + net[1][layer])
    return tuple(scales)


@right(
    "canonical_form",
    "by the two symmetries of the unit, unit by unit",
    why="Every unit is brought to length 1, then all are sorted: the two symmetries.",
)
def by_the_symmetries(net):
    As, Bs = [np.array(A) for A in net[0]], [np.array(b) for b in net[1]]
    for j in range(1, len(As)):
        units = []
        for v in range(As[j].shape[0]):
            vector = np.append(As[j - 1][:, v], Bs[j - 1][0, v])
            norm = math.sqrt(float(vector @ vector))
            if norm:
                vector = vector / norm
            units.append((vector, As[j][v] * norm))
        units.sort(key=lambda u: (tuple(np.round(u[0], 9)), tuple(np.round(u[1], 9))))
        stacked = np.array([vector for vector, _ in units]).T
        As[j - 1], Bs[j - 1] = stacked[:-1], stacked[-1:]
        As[j] = np.array([row for _, row in units])
    return As, Bs


@right(
    "canonical_form",
    "with np.lexsort, keys in the right order",
    why="lexsort sorts by the last key first, so the keys are turned round.",
)
def by_lexsort(net):
    As, Bs = [A.astype(float) for A in net[0]], [b.astype(float) for b in net[1]]
    for j in range(1, len(As)):
        V = np.r_[As[j - 1], Bs[j - 1]]
        norm = np.linalg.norm(V, axis=0)
        V = np.divide(V, norm, out=np.zeros_like(V), where=norm != 0)
        out = As[j] * norm.reshape(-1, 1)
        keys = np.c_[V.T, out].round(9).T[::-1]
        order = np.lexsort(keys)
        As[j - 1], Bs[j - 1], As[j] = V[:-1, order], V[-1:, order], out[order]
    return As, Bs


@right("rescale_hidden", "a factor for every entry, multiplied at the end")
def by_factors(net, j, unit, alpha):
    if alpha < 0 or alpha == 0:
        raise ValueError
    factors = [[np.ones(np.shape(array)) for array in arrays] for arrays in net]
    factors[0][j - 1][..., unit] = factors[1][j - 1][..., unit] = alpha
    factors[0][j][unit] = 1 / alpha
    return tuple(
        [np.multiply(array, factor) for array, factor in zip(arrays, factor_arrays, strict=True)]
        for arrays, factor_arrays in zip(net, factors, strict=True)
    )


@right("count_permutations", "recursively, whatever kind of sequence")
def recursively(dims):
    def orders(m):
        return m * orders(m - 1) if m else 1

    first, *rest = dims[1:]
    return orders(int(first)) * recursively([0, *rest]) if rest else 1


@right("twin_units", "by the maximum norm, found by a dict of pairs")
def by_largest_difference(net, j, tol=1e-9):
    V = np.vstack((net[0][j - 1], net[1][j - 1])).T
    apart = {
        (a, b): np.linalg.norm(V[a] - V[b], ord=np.inf)
        for b in range(len(V))
        for a in range(len(V))
        if a < b
    }
    return sorted(pair for pair, distance in apart.items() if distance <= tol)


@right("initialise", "one long row of numbers, cut into layers; columns filled first")
def cut_from_one_row(dims, rng):
    row, As = rng.standard_normal(sum(a * b for a, b in itertools.pairwise(dims))), []
    for d_in, d_out in itertools.pairwise(dims):
        A, row = row[: d_in * d_out], row[d_in * d_out :]
        As.append(A.reshape(d_in, d_out, order="F") * np.reciprocal(np.sqrt(d_in)))
    return As, [np.zeros(d)[None] for d in dims[1:]]


@right("initialise", "by Box and Muller, of uniform numbers")
def by_box_and_muller(dims, rng):
    def draw(m, n):
        radius = np.sqrt(-2 * np.log1p(-rng.random((m, n))) / m)
        return radius * np.cos(2 * np.pi * rng.random((m, n)))

    return [draw(*shape) for shape in itertools.pairwise(dims)], [
        np.zeros((1, d)) for d in dims[1:]
    ]


@right("initialise_sparse", "a whole layer drawn, squares of a float mask counted, lists")
def masks_as_numbers(masks, rng):
    As = []
    for mask in masks:
        M = np.array(mask, dtype=float)
        scale = np.zeros(M.shape[1])
        np.divide(1, np.sqrt(M.T @ M).diagonal(), out=scale, where=M.any(axis=0))
        As.append((M * rng.normal(size=M.shape) * scale).tolist())
    return As, [[[0] * len(mask[0])] for mask in masks]


@right("activation_scales", "example by example, in long doubles")
def example_by_example(net, X, act):
    def scale(H):
        H = np.array(H, dtype=np.longdouble).ravel()
        return np.sqrt((H * H).mean() - H.mean() ** 2)

    rows, scales = [np.array(x, dtype=float) for x in X], [scale(X)]
    for A, b in zip(*net, strict=True):
        rows = [act(x @ A + b[0]) for x in rows]
        scales.append(scale(rows))
    return np.array(scales, dtype=float)


@right(
    "gradient_scales",
    "by the definition of the standard deviation, NumPy scalars",
    why="Nothing but means and a root: what np.std does, spelled out.",
)
def gradients_by_definition(net, acts, X, Y, loss):
    scales = []
    for dA in backprop(net, acts, X, Y, loss)[1][0]:
        scales.append(np.sqrt(np.mean((dA - np.mean(dA)) ** 2)))
    return tuple(scales)


@right(
    "gradient_scales",
    "layer by layer, without backprop",
    why="No gradient is kept: each layer's is measured on the way back, and forgotten.",
)
def measured_on_the_way_back(net, acts, X, Y, loss):
    As, Bs = net
    Hs, Zs = [np.asarray(X, dtype=float)], []
    for A, b, act in zip(As, Bs, acts, strict=True):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(act(Zs[-1]))
    dH, scales = loss(Hs[-1], Y)[1], []
    for j in reversed(range(len(As))):
        dH, dA, _ = layer_backward(dH, Hs[j], As[j], Zs[j], acts[j])
        scales.insert(0, dA.std())
    return scales


@right("gradient_scales", "with the statistics module, an array")
def gradients_by_statistics(net, acts, X, Y, loss):
    _, grads = backprop(net, acts, X, Y, loss)
    return np.array([statistics.pstdev(dA.ravel().tolist()) for dA in grads[0]])


@right("gradient_scales", "all entries in one list, with a comprehension of means")
def gradients_flat(net, acts, X, Y, loss):
    flat = [np.ravel(dA) for dA in backprop(net, acts, X, Y, loss)[1][0]]
    means = [sum(dA) / len(dA) for dA in flat]
    return [
        math.sqrt(sum((g - mean) ** 2 for g in dA) / len(dA))
        for dA, mean in zip(flat, means, strict=True)
    ]


@right("gradient_scales", "map, lists in place of arrays")
def gradients_mapped(net, acts, X, Y, loss):
    dAs = backprop(net, acts, X, Y, loss)[1][0]
    return list(map(np.std, [dA.tolist() for dA in dAs]))


@right("gradient_scales", "the norm of what differs from the mean")
def gradients_by_the_norm(net, acts, X, Y, loss):
    dAs = backprop(net, acts, X, Y, loss)[1][0]
    return [np.linalg.norm(dA - dA.mean()) / np.sqrt(dA.size) for dA in dAs]


@right("canonical_form", "through permute and rescale, picking the least unit again and again")
def picking_the_least(net):
    As, Bs = copy.deepcopy(net[0]), copy.deepcopy(net[1])
    for j in range(1, len(As)):
        norms = np.hypot.reduce(np.r_[As[j - 1], Bs[j - 1]], axis=0)
        for unit, norm in enumerate(norms):
            if norm == 0:
                As[j][unit] = 0
                continue
            As[j - 1][:, unit] /= norm
            Bs[j - 1][:, unit] /= norm
            As[j][unit] *= norm
        left, perm = list(range(len(norms))), []
        while left:
            least = left[0]
            for unit in left[1:]:
                ours = np.r_[As[j - 1][:, unit], Bs[j - 1][0, unit], As[j][unit]]
                theirs = np.r_[As[j - 1][:, least], Bs[j - 1][0, least], As[j][least]]
                differ = np.flatnonzero(np.abs(ours - theirs) > 1e-9)
                if len(differ) and ours[differ[0]] < theirs[differ[0]]:
                    least = unit
            left.remove(least)
            perm.append(least)
        As[j - 1], Bs[j - 1], As[j] = As[j - 1][:, perm], Bs[j - 1][:, perm], As[j][perm]
    return As, Bs


@right("permute_hidden", "a fancy index of a stacked layer, tuples for lists")
def of_a_stacked_layer(net, j, perm):
    As, Bs = tuple(net[0]), tuple(net[1])
    stacked = np.concatenate([As[j - 1], Bs[j - 1]], axis=0)[:, list(perm)]
    before, after = As[: j - 1], As[j + 1 :]
    outgoing = np.stack([As[j][old] for old in perm])
    biases = (*Bs[: j - 1], stacked[-1:], *Bs[j:])
    return (*before, stacked[:-1], outgoing, *after), biases


@right("permute_hidden", "plain lists and zip")
def by_zip(net, j, perm):
    def columns(M):
        rows = [list(row) for row in np.asarray(M).tolist()]
        return [[row[p] for p in perm] for row in rows]

    As, Bs = [A.tolist() for A in net[0]], [b.tolist() for b in net[1]]
    As[j - 1], Bs[j - 1], As[j] = columns(As[j - 1]), columns(Bs[j - 1]), [As[j][p] for p in perm]
    return As, Bs


@right("rescale_hidden", "plain lists, divided by multiplying with 1/alpha")
def in_plain_lists(net, j, unit, alpha):
    if not alpha > 0:
        raise ValueError("alpha has to be positive, got " + str(alpha))
    As, Bs = [A.tolist() for A in net[0]], [b.tolist() for b in net[1]]
    for row in As[j - 1]:
        row[unit] *= alpha
    Bs[j - 1][0][unit] *= alpha
    As[j][unit] = [w * (1 / alpha) for w in As[j][unit]]
    return As, Bs


@right(
    "rescale_hidden",
    "np.where on the place of the unit",
    why="where picks the unit, so all others keep a factor of 1.",
)
def by_where(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError(alpha)
    As, Bs = list(net[0]), list(net[1])
    chosen = np.arange(np.shape(As[j])[0]) == unit
    As[j - 1] = np.where(chosen, alpha * As[j - 1], As[j - 1])
    Bs[j - 1] = np.where(chosen, alpha * Bs[j - 1], Bs[j - 1])
    As[j] = np.where(chosen[:, None], As[j] / alpha, As[j])
    return As, Bs


@right("count_permutations", "np.prod of Python integers, as objects")
def by_objects(dims):
    return np.prod([math.factorial(m) for m in dims[1:-1]] or [1], dtype=object)


@right("count_permutations", "while loops, from the large end")
def counting_down(dims):
    count, layers = 1, list(dims)
    layers.pop()
    layers.reverse()
    layers.pop()
    while layers:
        m = layers.pop()
        while m > 1:
            count, m = count * m, m - 1
    return count


@right("twin_units", "number by number, with a flag; strictly below a hair more than tol")
def with_a_flag(net, j, tol=1e-9):
    A, b = net[0][j - 1].tolist(), net[1][j - 1].tolist()
    rows, pairs = A + b, []
    for one in range(len(b[0])):
        for other in range(one + 1, len(b[0])):
            alike = True
            for row in rows:
                if abs(row[one] - row[other]) > tol:
                    alike = False
            if alike:
                pairs.append((one, other))
    return pairs


@right(
    "twin_units",
    "itertools and np.isclose, as a sorted set",
    why="combinations gives each pair once, which is what is asked for.",
)
def by_combinations(net, j, tol=1e-9):
    units = np.vstack([net[0][j - 1], net[1][j - 1]])
    found = {
        (a, b)
        for b, a in itertools.combinations(reversed(range(units.shape[1])), 2)
        if np.isclose(units[:, a], units[:, b], rtol=0.0, atol=tol).all()
    }
    return sorted(found)


@right(
    "initialise",
    "a child generator for each layer",
    why="A child generator per layer makes a layer's numbers independent of the others' sizes.",
)
def by_children(dims, rng):
    children = [np.random.default_rng(rng.integers(2**63)) for _ in dims[1:]]
    As = [
        child.standard_normal((m, n)) * m**-0.5
        for child, (m, n) in zip(children, itertools.pairwise(dims), strict=True)
    ]
    return As, [np.zeros((1, n)) for n in dims[1:]]


@right("initialise", "rng.multivariate_normal, row by row")
def by_rows(dims, rng):
    As, Bs = [], []
    for m, n in itertools.pairwise(dims):
        As.append(rng.multivariate_normal(np.zeros(n), np.eye(n) / m, size=m))
        Bs.append(np.full((1, n), 0.0))
    return As, Bs


@right(
    "initialise_sparse",
    "the scale as an array, for each column",
    why="Each column gets a scale of its own: one over the root of its number of edges.",
)
def by_array_of_scales(masks, rng):
    As, Bs = [], []
    for mask in masks:
        edges = np.count_nonzero(mask, axis=0)
        scale = [1 / math.sqrt(n) if n else 0.0 for n in edges]
        As.append(rng.normal(0, scale, mask.shape) * mask)
        Bs.append(np.zeros((1, mask.shape[1])))
    return As, Bs


@right("initialise_sparse", "a small number under the root, edges set by an index")
def by_index(masks, rng):
    As = []
    for mask in masks:
        A = np.zeros(mask.shape)
        A[mask] = rng.standard_normal(int(mask.sum()))
        As.append(A / (np.sqrt(mask.sum(axis=0)) + 1e-12))
    return As, [np.zeros((1, mask.shape[1])) for mask in masks]


@right(
    "activation_scales",
    "with the statistics module",
    why="The standard library can do it too; pstdev divides by n, as NumPy does.",
)
def by_statistics(net, X, act):
    H, scales = X, []
    for A, b in zip([None, *net[0]], [None, *net[1]], strict=True):
        H = H if A is None else act(np.dot(H, A) + b)
        scales.append(statistics.pstdev(np.ravel(H).tolist()))
    return scales


@right("canonical_form", "a tiny number added to the norm")
def with_a_tiny_number(net):
    As, Bs = [A.copy() for A in net[0]], [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack((As[j - 1], Bs[j - 1]))
        norm = np.linalg.norm(V, axis=0)
        V = V / (norm + 1e-15)
        outgoing = (As[j].T * norm).T
        units = sorted(
            range(len(norm)),
            key=lambda u, V=V, out=outgoing: (
                [round(v, 9) for v in V[:, u]],
                [round(w, 9) for w in out[u]],
            ),
        )
        As[j - 1], Bs[j - 1], As[j] = V[:-1, units], V[-1:, units], outgoing[units, :]
    return As, Bs
