"""Wrong answers to unit 6 as people write them."""

from tests.exercises.natural.entry import Entry, with_imports


def _entry(name: str, exercise: str, source: str, *ideas: str, says: str = "") -> Entry:
    """ideas: each is a set of ideas that may be named, written with a plus sign."""
    return Entry(name, exercise, source, tuple(tuple(idea.split("+")) for idea in ideas), says)


PERMUTE = [
    (
        "only A_j and b_j, in lists of their own",
        """
def permute_hidden(net, j, perm):
    As, Bs = list(net[0]), list(net[1])
    As[j-1] = As[j-1][:, perm]
    Bs[j-1] = Bs[j-1][:, perm]
    return As, Bs
""",
        "outgoing_not_permuted",
    ),
    (
        "biases forgotten, np.take",
        """
import numpy as np
def permute_hidden(net, j, perm):
    As, Bs = net
    A_new = [a.copy() for a in As]
    A_new[j-1] = np.take(As[j-1], perm, axis=1)
    A_new[j] = np.take(As[j], perm, axis=0)
    return A_new, Bs
""",
        "bias_not_permuted",
    ),
    (
        "only the columns of A_j",
        """
def permute_hidden(net, j, perm):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    As[j - 1] = As[j - 1][:, perm]
    return As, Bs
""",
        "outgoing_not_permuted+bias_not_permuted",
    ),
    (
        "new places filled the wrong way round",
        """
import numpy as np
def permute_hidden(net, j, perm):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for i, p in enumerate(perm):
        As[j-1][:, p] = net[0][j-1][:, i]
        Bs[j-1][:, p] = net[1][j-1][:, i]
        As[j][p, :] = net[0][j][i, :]
    return As, Bs
""",
        "read_the_other_way",
    ),
    (
        "permutation matrix the wrong way round",
        """
import numpy as np
def permute_hidden(net, j, perm):
    As, Bs = [list(x) for x in net]
    P = np.eye(len(perm))[perm]
    As[j-1] = As[j-1] @ P
    Bs[j-1] = Bs[j-1] @ P
    As[j] = P.T @ As[j]
    return As, Bs
""",
        "read_the_other_way",
    ),
    (
        "the same permutation matrix on both sides",
        """
import numpy as np
def permute_hidden(net, j, perm):
    As, Bs = [list(x) for x in net]
    P = np.eye(len(perm))[:, perm]
    As[j-1] = As[j-1] @ P
    Bs[j-1] = Bs[j-1] @ P
    As[j] = P @ As[j]
    return As, Bs
""",
        "inverse_on_the_outgoing_side",
    ),
    (
        "j as it stands",
        """
import copy
def permute_hidden(net, j, perm):
    As, Bs = copy.deepcopy(net[0]), copy.deepcopy(net[1])
    As[j] = As[j][:, perm]
    Bs[j] = Bs[j][:, perm]
    As[j+1] = As[j+1][perm, :]
    return As, Bs
""",
        "next_layer_instead",
    ),
    (
        "the bias of layer j + 1",
        """
def permute_hidden(net, j, perm):
    As, Bs = list(net[0]), list(net[1])
    As[j-1] = As[j-1][:, perm]
    As[j] = As[j][perm, :]
    Bs[j] = Bs[j][:, perm]
    return As, Bs
""",
        "next_bias",
    ),
    (
        "one neuron per row, as in the pictures",
        """
def permute_hidden(net, j, perm):
    As, Bs = list(net[0]), list(net[1])
    As[j-1] = As[j-1][perm, :]
    Bs[j-1] = Bs[j-1][:, perm]
    As[j] = As[j][:, perm]
    return As, Bs
""",
        "rows_instead_of_columns+columns_on_the_outgoing_side",
    ),
    (
        "columns on both sides",
        """
def permute_hidden(net, j, perm):
    As, Bs = list(net[0]), list(net[1])
    As[j-1] = As[j-1][:, perm]
    Bs[j-1] = Bs[j-1][:, perm]
    As[j] = As[j][:, perm]
    return As, Bs
""",
        "columns_on_the_outgoing_side",
    ),
    (
        "the bias row as if it were flat",
        """
import copy
def permute_hidden(net, j, perm):
    As, Bs = copy.deepcopy(net)
    As[j-1] = As[j-1][:, perm]
    Bs[j-1] = Bs[j-1][perm]
    As[j] = As[j][perm]
    return As, Bs
""",
        "bias_row_taken_for_flat",
    ),
    (
        "the bias comes back flat",
        """
import copy
def permute_hidden(net, j, perm):
    As, Bs = copy.deepcopy(net)
    As[j-1] = As[j-1][:, perm]
    Bs[j-1] = Bs[j-1].flatten()[perm]
    As[j] = As[j][perm]
    return As, Bs
""",
        "bias_flattened",
    ),
    (
        "in place",
        """
def permute_hidden(net, j, perm):
    As, Bs = net
    As[j-1][:] = As[j-1][:, perm]
    Bs[j-1][:] = Bs[j-1][:, perm]
    As[j][:] = As[j][perm]
    return As, Bs
""",
        "callers_net_reordered",
    ),
    (
        "in the caller's lists, biases forgotten",
        """
def permute_hidden(net, j, perm):
    As, Bs = net
    As[j-1] = As[j-1][:, perm]
    As[j] = As[j][perm, :]
    return (As, Bs)
""",
        "bias_not_permuted+callers_net_reordered",
    ),
    (
        "a loop that reads what it has written",
        """
def permute_hidden(net, j, perm):
    As = [a.copy() for a in net[0]]
    Bs = [b.copy() for b in net[1]]
    for new in range(len(perm)):
        old = perm[new]
        As[j-1][:, new] = As[j-1][:, old]
        Bs[j-1][0, new] = Bs[j-1][0, old]
        As[j][new, :] = As[j][old, :]
    return As, Bs
""",
        "overwritten_while_reading",
    ),
    (
        "only A_{j+1}",
        """
def permute_hidden(net, j, perm):
    As, Bs = net
    new = [A[perm] if i == j else A for i, A in enumerate(As)]
    return new, Bs
""",
        "incoming_not_permuted",
    ),
]

RESCALE = [
    (
        "the slide to the letter",
        """
import numpy as np
def rescale_hidden(net, j, unit, alpha):
    As = [np.array(A, float) for A in net[0]]
    Bs = [np.array(b, float) for b in net[1]]
    As[j-1][:, unit] = alpha * As[j-1][:, unit]
    As[j][unit, :] = As[j][unit, :] / alpha
    return As, Bs
""",
        "bias_not_rescaled+any_alpha_let_through",
    ),
    (
        "deepcopy of whole numbers",
        """
import copy
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("alpha must be positive")
    As, Bs = copy.deepcopy(net)
    As[j-1][:, unit] *= alpha
    Bs[j-1][0, unit] *= alpha
    As[j][unit, :] /= alpha
    return As, Bs
""",
        "whole_numbers_kept_whole",
    ),
    (
        "deepcopy, assigned",
        """
from copy import deepcopy
def rescale_hidden(net, j, unit, alpha):
    if not alpha > 0:
        raise ValueError(f"expected alpha > 0, got {alpha}")
    As, Bs = deepcopy(net)
    As[j-1][:, unit] = alpha * As[j-1][:, unit]
    Bs[j-1][:, unit] = alpha * Bs[j-1][:, unit]
    As[j][unit] = As[j][unit] / alpha
    return As, Bs
""",
        "whole_numbers_kept_whole",
    ),
    (
        "biases forgotten, copies of whole numbers",
        """
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    As[j-1][:, unit] = alpha * As[j-1][:, unit]
    As[j][unit] = As[j][unit] / alpha
    return As, Bs
""",
        "bias_not_rescaled+whole_numbers_kept_whole",
    ),
    (
        "copied lists, the caller's arrays",
        """
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("alpha > 0 expected")
    As, Bs = net[0].copy(), net[1].copy()
    As[j-1][:, unit] *= alpha
    Bs[j-1][:, unit] *= alpha
    As[j][unit, :] /= alpha
    return As, Bs
""",
        "callers_net_rescaled",
    ),
    (
        "multiplied on both sides",
        """
import numpy as np
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("alpha")
    As = [A.astype(float) for A in net[0]]
    Bs = [b.astype(float) for b in net[1]]
    As[j-1][:, unit] *= alpha
    Bs[j-1][:, unit] *= alpha
    As[j][unit, :] *= alpha
    return As, Bs
""",
        "alpha_on_both_layers",
    ),
    (
        "zero allowed",
        """
import numpy as np
def rescale_hidden(net, j, unit, alpha):
    if alpha < 0:
        raise ValueError("alpha must not be negative")
    As = [A.astype(float) for A in net[0]]
    Bs = [b.astype(float) for b in net[1]]
    As[j-1][:, unit] *= alpha
    Bs[j-1][:, unit] *= alpha
    As[j][unit, :] /= alpha
    return As, Bs
""",
        "zero_let_through",
    ),
    (
        "printed and the net returned",
        """
import numpy as np
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        print("alpha must be > 0")
        return net
    As = [np.asarray(A) * 1.0 for A in net[0]]
    Bs = [np.asarray(b) * 1.0 for b in net[1]]
    As[j-1][:, unit] *= alpha
    Bs[j-1][:, unit] *= alpha
    As[j][unit] /= alpha
    return As, Bs
""",
        "no_error_raised",
    ),
    (
        "printed and None returned, outgoing column",
        """
import numpy as np
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        print("alpha must be > 0")
        return
    As = [np.asarray(A) * 1.0 for A in net[0]]
    Bs = [np.asarray(b) * 1.0 for b in net[1]]
    As[j-1][:, unit] *= alpha
    Bs[j-1][:, unit] *= alpha
    As[j][:, unit] /= alpha
    return As, Bs
""",
        "no_error_raised+column_of_outgoing",
        "column_of_outgoing",
    ),
    (
        "j as it stands",
        """
import numpy as np
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("alpha")
    As = [A.astype(float) for A in net[0]]
    Bs = [b.astype(float) for b in net[1]]
    As[j][:, unit] *= alpha
    Bs[j][:, unit] *= alpha
    As[j+1][unit, :] /= alpha
    return As, Bs
""",
        "next_layer_rescaled",
    ),
    (
        "the bias row as if it were flat",
        """
import numpy as np
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("alpha")
    As = [A.astype(float) for A in net[0]]
    Bs = [b.astype(float) for b in net[1]]
    As[j-1][:, unit] *= alpha
    Bs[j-1][unit] *= alpha
    As[j][unit, :] /= alpha
    return As, Bs
""",
        "bias_row_taken_for_flat",
    ),
    (
        "one neuron per row",
        """
import numpy as np
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("alpha")
    As = [A.astype(float) for A in net[0]]
    Bs = [b.astype(float) for b in net[1]]
    As[j-1][unit, :] *= alpha
    Bs[j-1][0, unit] *= alpha
    As[j][:, unit] /= alpha
    return As, Bs
""",
        "row_of_incoming+column_of_outgoing",
    ),
    (
        "the whole layer, new arrays",
        """
import numpy as np
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("alpha")
    As, Bs = list(net[0]), list(net[1])
    As[j-1] = As[j-1] * alpha
    Bs[j-1] = Bs[j-1] * alpha
    As[j] = As[j] / alpha
    return As, Bs
""",
        "whole_layer_rescaled",
    ),
    (
        "divided in, multiplied out",
        """
import numpy as np
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("alpha")
    As = [A.astype(float) for A in net[0]]
    Bs = [b.astype(float) for b in net[1]]
    As[j-1][:, unit] /= alpha
    Bs[j-1][:, unit] /= alpha
    As[j][unit, :] *= alpha
    return As, Bs
""",
        "alpha_the_wrong_way_round",
    ),
    (
        "only the incoming side, by hand",
        """
def rescale_hidden(net, j, unit, alpha):
    if alpha <= 0:
        raise ValueError("alpha")
    As = [[[float(v) for v in row] for row in A] for A in net[0]]
    Bs = [[[float(v) for v in row] for row in b] for b in net[1]]
    for row in As[j - 1]:
        row[unit] *= alpha
    Bs[j - 1][0][unit] *= alpha
    return As, Bs
""",
        "outgoing_not_divided",
    ),
]

COUNT = [
    (
        "NumPy's product",
        """
import math
import numpy as np
def count_permutations(dims):
    return np.prod([math.factorial(m) for m in dims[1:-1]])
""",
        "overflowed",
    ),
    (
        "NumPy's product as an int",
        """
import math
import numpy as np
def count_permutations(dims):
    return int(np.prod([math.factorial(d) for d in dims[1:-1]]))
""",
        "overflowed",
    ),
    (
        "np.arange for each layer",
        """
import numpy as np
def count_permutations(dims):
    count = 1
    for d in dims[1:-1]:
        count *= int(np.prod(np.arange(1, d + 1)))
    return count
""",
        "overflowed",
    ),
    (
        "the output counted too",
        """
from math import factorial
def count_permutations(dims):
    n = 1
    for d in dims[1:]:
        n *= factorial(d)
    return n
""",
        "outputs_too",
    ),
    (
        "all layers",
        """
import math
def count_permutations(dims):
    return math.prod(math.factorial(d) for d in dims)
""",
        "inputs_and_outputs_too",
    ),
    (
        "added",
        """
import math
def count_permutations(dims):
    return sum(math.factorial(d) for d in dims[1:-1])
""",
        "layers_added",
    ),
    (
        "widths multiplied",
        """
def count_permutations(dims):
    total = 1
    for i in range(1, len(dims) - 1):
        total = total * dims[i]
    return total
""",
        "product_of_widths",
    ),
    (
        "range one short",
        """
def count_permutations(dims):
    total = 1
    for d in dims[1:-1]:
        for k in range(1, d):
            total *= k
    return total
""",
        "one_factor_too_few",
    ),
    (
        "returned inside the loop",
        """
import math
def count_permutations(dims):
    p = 1
    for d in dims[1:-1]:
        p *= math.factorial(d)
        return p
""",
        "first_layer_only",
    ),
    (
        "gamma function",
        """
import math
def count_permutations(dims):
    p = 1.0
    for d in dims[1:-1]:
        p *= math.gamma(d + 1)
    return int(p)
""",
        "counted_in_floats",
    ),
    (
        "reduce without a first value",
        """
from functools import reduce
from math import factorial
def count_permutations(dims):
    return reduce(lambda a, b: a * b, [factorial(d) for d in dims[1:-1]])
""",
        "empty_product",
    ),
    (
        "0 for a net without a hidden layer",
        """
import math
def count_permutations(dims):
    hidden = dims[1:-1]
    if len(hidden) == 0:
        return 0
    result = 1
    for m in hidden:
        result *= math.factorial(m)
    return result
""",
        "empty_product",
    ),
    (
        "the hidden units all together",
        """
import math
def count_permutations(dims):
    return math.factorial(sum(dims[1:-1]))
""",
        "units_change_their_layer",
    ),
    (
        "overwritten",
        """
import math
def count_permutations(dims):
    result = 1
    for m in dims[1:-1]:
        result = math.factorial(m)
    return result
""",
        "last_layer_only",
    ),
    (
        "recursion without an end",
        """
def fact(n):
    return n * fact(n - 1)
def count_permutations(dims):
    result = 1
    for m in dims[1:-1]:
        result *= fact(m)
    return result
""",
    ),
]

TWINS = [
    (
        "the Euclidean distance",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    V = np.vstack([net[0][j-1], net[1][j-1]])
    out = []
    for a in range(V.shape[1]):
        for b in range(a+1, V.shape[1]):
            if np.linalg.norm(V[:, a] - V[:, b]) <= tol:
                out.append((a, b))
    return out
""",
        "distance_compared",
    ),
    (
        "np.allclose with atol alone",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    As, Bs = net
    U = np.vstack([As[j-1], Bs[j-1]])
    m = U.shape[1]
    return [(a, b) for a in range(m) for b in range(a+1, m)
            if np.allclose(U[:, a], U[:, b], atol=tol)]
""",
        "relative_tolerance",
    ),
    (
        "np.allclose with tol in the third place",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    As, Bs = net
    U = np.vstack([As[j-1], Bs[j-1]])
    m = U.shape[1]
    return [(a, b) for a in range(m) for b in range(a+1, m)
            if np.allclose(U[:, a], U[:, b], tol)]
""",
        "tolerance_relative",
    ),
    (
        "np.allclose without tol, biases forgotten",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    A = net[0][j-1]
    twins = []
    for a in range(A.shape[1]):
        for b in range(a+1, A.shape[1]):
            if np.allclose(A[:, a], A[:, b]):
                twins.append((a, b))
    return twins
""",
        "biases_not_compared+tolerance_fixed",
        "biases_not_compared+relative_tolerance",
    ),
    (
        "np.array_equal",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    U = np.vstack([net[0][j-1], net[1][j-1]]).T
    return [(a, b) for a in range(len(U)) for b in range(a+1, len(U))
            if np.array_equal(U[a], U[b])]
""",
        "tolerance_not_used",
    ),
    (
        "biases forgotten",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    W = net[0][j-1].T
    res = []
    for a in range(len(W)):
        for b in range(a+1, len(W)):
            if np.max(np.abs(W[a] - W[b])) <= tol:
                res.append((a, b))
    return res
""",
        "biases_not_compared",
    ),
    (
        "no absolute value",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    U = np.vstack([net[0][j-1], net[1][j-1]]).T
    res = []
    for a in range(len(U)):
        for b in range(a+1, len(U)):
            if np.all(U[a] - U[b] <= tol):
                res.append((a, b))
    return res
""",
        "differences_keep_their_sign",
    ),
    (
        "np.sum without absolute values",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    U = np.vstack([net[0][j-1], net[1][j-1]]).T
    res = []
    for a in range(len(U)):
        for b in range(a+1, len(U)):
            if abs(np.sum(U[a] - U[b])) <= tol:
                res.append((a, b))
    return res
""",
        "differences_cancel",
    ),
    (
        "rows of A",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    A, b = net[0][j-1], net[1][j-1]
    pairs = []
    for i in range(A.shape[0]):
        for k in range(i+1, A.shape[0]):
            if np.all(np.abs(A[i] - A[k]) <= tol):
                pairs.append((i, k))
    return pairs
""",
        "rows_compared",
        "rows_compared+biases_not_compared",
    ),
    (
        "stacked, not transposed",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    U = np.vstack([net[0][j-1], net[1][j-1]])
    return [(a, b) for a in range(len(U)) for b in range(a+1, len(U))
            if np.max(np.abs(U[a] - U[b])) <= tol]
""",
        "rows_compared",
    ),
    (
        "the full square of pairs",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    U = np.vstack([net[0][j-1], net[1][j-1]]).T
    pairs = []
    for a in range(len(U)):
        for b in range(len(U)):
            if a != b and np.all(np.abs(U[a] - U[b]) <= tol):
                pairs.append((a, b))
    return pairs
""",
        "both_orders",
    ),
    (
        "neighbours",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    U = np.vstack([net[0][j-1], net[1][j-1]]).T
    pairs = []
    for a in range(len(U) - 1):
        if np.all(np.abs(U[a] - U[a+1]) <= tol):
            pairs.append((a, a + 1))
    return pairs
""",
        "only_neighbours",
    ),
    (
        "j as it stands",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    U = np.vstack([net[0][j], net[1][j]]).T
    return [(a, b) for a in range(len(U)) for b in range(a+1, len(U))
            if (np.abs(U[a] - U[b]) <= tol).all()]
""",
        "next_layer_compared",
    ),
    (
        "the bias row as if it were flat",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    A, b = net[0][j-1], net[1][j-1]
    pairs = []
    for i in range(A.shape[1]):
        for k in range(i+1, A.shape[1]):
            if np.all(np.abs(A[:, i] - A[:, k]) <= tol) and abs(b[i] - b[k]) <= tol:
                pairs.append((i, k))
    return pairs
""",
        "bias_row_taken_for_flat",
    ),
    (
        "returned inside the loop",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    U = np.vstack([net[0][j-1], net[1][j-1]]).T
    pairs = []
    for a in range(len(U)):
        for b in range(a+1, len(U)):
            if np.all(np.abs(U[a] - U[b]) <= tol):
                pairs.append((a, b))
        return pairs
""",
        "only_the_first_unit",
    ),
    (
        "outgoing weights too",
        """
import numpy as np
def twin_units(net, j, tol=1e-9):
    As, Bs = net
    def same(u, v):
        return np.all(np.abs(u - v) <= tol)
    m = As[j-1].shape[1]
    return [(a, b) for a in range(m) for b in range(a+1, m)
            if same(As[j-1][:, a], As[j-1][:, b]) and same(Bs[j-1][0, a], Bs[j-1][0, b])
            and same(As[j][a], As[j][b])]
""",
        "outgoing_compared_too",
    ),
    (
        "found by a dict of tuples",
        """
def twin_units(net, j, tol=1e-9):
    seen, pairs = {}, []
    A, b = net[0][j-1], net[1][j-1]
    for u in range(A.shape[1]):
        key = (*A[:, u], b[0, u])
        if key in seen:
            pairs.append((seen[key], u))
        seen[key] = u
    return sorted(pairs)
""",
        "tolerance_not_used+stops_at_the_first_twin",
    ),
    (
        "lists and ==",
        """
def twin_units(net, j, tol=1e-9):
    cols = [list(c) + [b] for c, b in zip(zip(*net[0][j-1].tolist()), net[1][j-1][0].tolist())]
    return [(a, b) for a in range(len(cols)) for b in range(a, len(cols)) if cols[a] == cols[b]]
""",
        "tolerance_not_used+with_itself",
    ),
]

SCALES = [
    (
        "ddof 1",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = [np.std(H, ddof=1)]
    for A, b in zip(net[0], net[1]):
        H = act(H @ A + b)
        out.append(np.std(H, ddof=1))
    return out
""",
        "one_less_in_the_denominator",
    ),
    (
        "variance, float",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = [float(H.var())]
    for A, b in zip(net[0], net[1]):
        H = act(H @ A + b)
        out.append(float(H.var()))
    return out
""",
        "variances",
    ),
    (
        "one number per unit",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = [np.std(H, axis=0)]
    for A, b in zip(net[0], net[1]):
        H = act(H @ A + b)
        out.append(np.std(H, axis=0))
    return out
""",
        "one_for_each_unit",
    ),
    (
        "means of the units' deviations",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = [float(np.mean(H.std(axis=0)))]
    for A, b in zip(net[0], net[1]):
        H = act(H @ A + b)
        out.append(float(np.mean(H.std(axis=0))))
    return out
""",
        "averaged_over_units",
    ),
    (
        "root mean square",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = [np.sqrt((H**2).mean())]
    for A, b in zip(net[0], net[1]):
        H = act(H @ A + b)
        out.append(np.sqrt((H**2).mean()))
    return out
""",
        "root_mean_square",
    ),
    (
        "the norm over the root of the size",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = [np.linalg.norm(H) / np.sqrt(H.size)]
    for A, b in zip(net[0], net[1]):
        H = act(H @ A + b)
        out.append(np.linalg.norm(H) / np.sqrt(H.size))
    return out
""",
        "root_mean_square",
    ),
    (
        "by statistics.stdev",
        """
import statistics
def activation_scales(net, X, act):
    H = X
    out = [statistics.stdev(H.ravel().tolist())]
    for A, b in zip(net[0], net[1]):
        H = act(H @ A + b)
        out.append(statistics.stdev(H.ravel().tolist()))
    return out
""",
        "one_less_in_the_denominator",
    ),
    (
        "input forgotten",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = []
    for A, b in zip(*net):
        H = act(H @ A + b)
        out.append(float(np.std(H)))
    return out
""",
        "input_left_out",
    ),
    (
        "measured before each layer",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = []
    for A, b in zip(*net):
        out.append(float(np.std(H)))
        H = act(np.dot(H, A) + b)
    return out
""",
        "output_left_out",
    ),
    (
        "before the activation",
        """
import numpy as np
def activation_scales(net, X, act):
    As, Bs = net
    H = X
    out = [H.std()]
    for i in range(len(As)):
        Z = np.dot(H, As[i]) + Bs[i]
        out.append(Z.std())
        H = act(Z)
    return out
""",
        "before_the_activation",
    ),
    (
        "last layer linear",
        """
import numpy as np
def activation_scales(net, X, act):
    As, Bs = net
    H = X
    out = [H.std()]
    for i in range(len(As)):
        Z = np.dot(H, As[i]) + Bs[i]
        H = act(Z) if i < len(As) - 1 else Z
        out.append(H.std())
    return out
""",
        "output_left_linear",
    ),
    (
        "activation forgotten, input forgotten",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = []
    for A, b in zip(*net):
        H = H @ A + b
        out.append(np.std(H))
    return out
""",
        "no_activation+input_left_out",
    ),
    (
        "biases forgotten",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = [np.std(X)]
    for A in net[0]:
        H = act(H.dot(A))
        out.append(np.std(H))
    return out
""",
        "biases_left_out",
    ),
    (
        "returned inside the loop",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = [np.std(X)]
    for A, b in zip(*net):
        H = act(H @ A + b)
        out.append(np.std(H))
        return out
""",
        "first_layer_only",
    ),
    (
        "weights measured",
        """
import numpy as np
def activation_scales(net, X, act):
    return [np.std(X)] + [np.std(A) for A in net[0]]
""",
        "weights_measured",
    ),
    (
        "bias outside the activation",
        """
import numpy as np
def activation_scales(net, X, act):
    H = X
    out = [np.std(X)]
    for A, b in zip(*net):
        H = act(H @ A) + b
        out.append(np.std(H))
    return out
""",
        "activation_before_the_bias",
    ),
]

CANONICAL = [
    (
        "lexsort without turning the keys round",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.round(np.vstack([As[j-1], Bs[j-1]]), 9)
        order = np.lexsort(V)
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "last_entry_first",
    ),
    (
        "lexsort of everything without turning the keys round",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.round(np.vstack([As[j-1], Bs[j-1], As[j].T]), 9)
        order = np.lexsort(V)
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "last_entry_first",
    ),
    (
        "bias on top",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.round(np.vstack([Bs[j-1], As[j-1], As[j].T]), 9)
        order = np.lexsort(V[::-1])
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "bias_compared_first",
    ),
    (
        "zero norm not handled",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = n
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.round(np.vstack([As[j-1], Bs[j-1], As[j].T]), 9)
        order = np.lexsort(V[::-1])
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "zero_vector_divided",
    ),
    (
        "no rounding",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.vstack([As[j-1], Bs[j-1], As[j].T])
        order = np.lexsort(V[::-1])
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "compared_without_rounding",
    ),
    (
        "ties forgotten",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.round(np.vstack([As[j-1], Bs[j-1]]), 9)
        order = np.lexsort(V[::-1])
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "ties_left_in_old_order",
    ),
    (
        "sorted by the first weight",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.round(np.vstack([As[j-1], Bs[j-1], As[j].T]), 9)
        order = np.argsort(V[0], kind='stable')
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "first_entry_only",
    ),
    (
        "norm of the weights alone",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = As[j-1]
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.round(np.vstack([As[j-1], Bs[j-1], As[j].T]), 9)
        order = np.lexsort(V[::-1])
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "norm_without_bias",
    ),
    (
        "bias left undivided",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.round(np.vstack([As[j-1], Bs[j-1], As[j].T]), 9)
        order = np.lexsort(V[::-1])
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "bias_not_divided",
    ),
    (
        "squared norm",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.sum(V**2, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.round(np.vstack([As[j-1], Bs[j-1], As[j].T]), 9)
        order = np.lexsort(V[::-1])
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "root_missing",
    ),
    (
        "outgoing divided",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = As[j] / n1[:, None]
        V = np.round(np.vstack([As[j-1], Bs[j-1], As[j].T]), 9)
        order = np.lexsort(V[::-1])
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "outgoing_divided",
    ),
    (
        "norms along the columns of A_{j+1}",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n * As[j]
        V = np.round(np.vstack([As[j-1], Bs[j-1], As[j].T]), 9)
        order = np.lexsort(V[::-1])
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
        As[j] = As[j][order]
    return As, Bs
""",
        "columns_multiplied",
    ),
    (
        "rows left behind",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.vstack([As[j-1], Bs[j-1]])
        n = np.linalg.norm(V, axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
        V = np.round(np.vstack([As[j-1], Bs[j-1], As[j].T]), 9)
        order = np.lexsort(V[::-1])
        As[j-1] = As[j-1][:, order]
        Bs[j-1] = Bs[j-1][:, order]
    return As, Bs
""",
        "outgoing_not_permuted",
    ),
    (
        "backwards through the layers",
        """
import numpy as np
def canonical_form(net):
    As = [np.array(A, float) for A in net[0]]
    Bs = [np.array(b, float) for b in net[1]]
    for j in reversed(range(1, len(As))):
        for u in range(As[j].shape[0]):
            norm = np.sqrt(np.sum(As[j-1][:, u]**2) + Bs[j-1][0, u]**2)
            if norm > 0:
                As[j-1][:, u] /= norm
                Bs[j-1][0, u] /= norm
                As[j][u] *= norm
            else:
                As[j][u] = 0
        keys = [tuple(np.round(As[j-1][:, u], 9)) + (round(Bs[j-1][0, u], 9),)
                + tuple(np.round(As[j][u], 9)) for u in range(As[j].shape[0])]
        perm = sorted(range(len(keys)), key=lambda u: keys[u])
        As[j-1] = As[j-1][:, perm]
        Bs[j-1] = Bs[j-1][:, perm]
        As[j] = As[j][perm, :]
    return As, Bs
""",
        "last_layer_first",
    ),
    (
        "a zero unit passed over",
        """
import numpy as np
def canonical_form(net):
    As = [np.array(A, float) for A in net[0]]
    Bs = [np.array(b, float) for b in net[1]]
    for j in range(1, len(As)):
        for u in range(As[j].shape[0]):
            norm = np.sqrt(np.sum(As[j-1][:, u]**2) + Bs[j-1][0, u]**2)
            if norm > 0:
                As[j-1][:, u] /= norm
                Bs[j-1][0, u] /= norm
                As[j][u] *= norm
        keys = [tuple(np.round(As[j-1][:, u], 9)) + (round(Bs[j-1][0, u], 9),)
                + tuple(np.round(As[j][u], 9)) for u in range(As[j].shape[0])]
        perm = sorted(range(len(keys)), key=lambda u: keys[u])
        As[j-1] = As[j-1][:, perm]
        Bs[j-1] = Bs[j-1][:, perm]
        As[j] = As[j][perm, :]
    return As, Bs
""",
        "zero_unit_keeps_outgoing",
    ),
    (
        "outgoing weights as they were",
        """
import numpy as np
def canonical_form(net):
    As = [np.array(A, float) for A in net[0]]
    Bs = [np.array(b, float) for b in net[1]]
    for j in range(1, len(As)):
        for u in range(As[j].shape[0]):
            norm = np.sqrt(np.sum(As[j-1][:, u]**2) + Bs[j-1][0, u]**2)
            if norm > 0:
                As[j-1][:, u] /= norm
                Bs[j-1][0, u] /= norm
            else:
                As[j][u] = 0
        keys = [tuple(np.round(As[j-1][:, u], 9)) + (round(Bs[j-1][0, u], 9),)
                + tuple(np.round(As[j][u], 9)) for u in range(As[j].shape[0])]
        perm = sorted(range(len(keys)), key=lambda u: keys[u])
        As[j-1] = As[j-1][:, perm]
        Bs[j-1] = Bs[j-1][:, perm]
        As[j] = As[j][perm, :]
    return As, Bs
""",
        "outgoing_not_multiplied",
    ),
    (
        "largest first",
        """
import numpy as np
def canonical_form(net):
    As = [np.array(A, float) for A in net[0]]
    Bs = [np.array(b, float) for b in net[1]]
    for j in range(1, len(As)):
        for u in range(As[j].shape[0]):
            norm = np.sqrt(np.sum(As[j-1][:, u]**2) + Bs[j-1][0, u]**2)
            if norm > 0:
                As[j-1][:, u] /= norm
                Bs[j-1][0, u] /= norm
                As[j][u] *= norm
            else:
                As[j][u] = 0
        keys = [tuple(np.round(As[j-1][:, u], 9)) + (round(Bs[j-1][0, u], 9),)
                + tuple(np.round(As[j][u], 9)) for u in range(As[j].shape[0])]
        perm = sorted(range(len(keys)), key=lambda u: keys[u], reverse=True)
        As[j-1] = As[j-1][:, perm]
        Bs[j-1] = Bs[j-1][:, perm]
        As[j] = As[j][perm, :]
    return As, Bs
""",
        "descending",
    ),
    (
        "no order",
        """
import numpy as np
def canonical_form(net):
    As = [np.array(A, float) for A in net[0]]
    Bs = [np.array(b, float) for b in net[1]]
    for j in range(1, len(As)):
        for u in range(As[j].shape[0]):
            norm = np.sqrt(np.sum(As[j-1][:, u]**2) + Bs[j-1][0, u]**2)
            if norm > 0:
                As[j-1][:, u] /= norm
                Bs[j-1][0, u] /= norm
                As[j][u] *= norm
            else:
                As[j][u] = 0
    return As, Bs
""",
        "not_sorted",
    ),
    (
        "off by one, without ties",
        """
import numpy as np
def canonical_form(net):
    As = [np.array(A, float) for A in net[0]]
    Bs = [np.array(b, float) for b in net[1]]
    for j in range(1, len(As) - 1):
        for u in range(As[j].shape[0]):
            norm = np.sqrt(np.sum(As[j-1][:, u]**2) + Bs[j-1][0, u]**2)
            if norm > 0:
                As[j-1][:, u] /= norm
                Bs[j-1][0, u] /= norm
                As[j][u] *= norm
            else:
                As[j][u] = 0
        keys = [(*np.round(As[j-1][:, u], 9), round(Bs[j-1][0, u], 9)) for u in range(len(As[j]))]
        perm = sorted(range(len(keys)), key=lambda u: keys[u])
        As[j-1] = As[j-1][:, perm]
        Bs[j-1] = Bs[j-1][:, perm]
        As[j] = As[j][perm, :]
    return As, Bs
""",
        "last_hidden_layer_left_out+ties_left_in_old_order",
        "last_hidden_layer_left_out",
    ),
    (
        "sorted first, then scaled",
        """
import numpy as np
def canonical_form(net):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for j in range(1, len(As)):
        V = np.round(np.vstack([As[j-1], Bs[j-1], As[j].T]), 9)
        order = np.lexsort(V[::-1])
        As[j-1], Bs[j-1], As[j] = As[j-1][:, order], Bs[j-1][:, order], As[j][order]
        n = np.linalg.norm(np.vstack([As[j-1], Bs[j-1]]), axis=0)
        n1 = np.where(n == 0, 1.0, n)
        As[j-1] = As[j-1] / n1
        Bs[j-1] = Bs[j-1] / n1
        As[j] = n[:, None] * As[j]
    return As, Bs
""",
        "sorted_before_normalised",
    ),
]

INITIALISE = [
    (
        "0.01 times a Gaussian",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(0.01 * rng.standard_normal((n_in, n_out)))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "fixed_scale",
    ),
    (
        "He",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.normal(0, np.sqrt(2.0 / n_in), (n_in, n_out)))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "he_initialisation",
    ),
    (
        "Glorot, uniform",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        limit = np.sqrt(6 / (n_in + n_out))
        As.append(rng.uniform(-limit, limit, (n_in, n_out)))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "uniform_around_zero+glorot_initialisation",
    ),
    (
        "uniform within the root",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.uniform(-1 / np.sqrt(n_in), 1 / np.sqrt(n_in), (n_in, n_out)))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "uniform_around_zero",
    ),
    (
        "1/in as the scale",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.normal(0, 1 / n_in, size=(n_in, n_out)))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "root_lost",
    ),
    (
        "read as a variance",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.normal(0, np.sqrt(n_in ** -0.5), size=(n_in, n_out)))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "variance_for_deviation",
    ),
    (
        "fan-out",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.standard_normal((n_in, n_out)) / np.sqrt(n_out))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "fan_out_for_fan_in",
    ),
    (
        "not scaled, drawn biases",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.standard_normal((n_in, n_out)))
        Bs.append(rng.standard_normal((1, n_out)))
    return As, Bs
""",
        "not_scaled+biases_not_zero",
    ),
    (
        "NumPy's global generator",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(np.random.randn(n_in, n_out) / np.sqrt(n_in))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "rng_not_used",
    ),
    (
        "NumPy's global generator and 0.01",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(np.random.randn(n_in, n_out) * 0.01)
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "rng_not_used+fixed_scale",
    ),
    (
        "seeded inside",
        """
import numpy as np
def initialise(dims, rng):
    rng = np.random.default_rng(42)
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.normal(0, n_in ** -0.5, (n_in, n_out)))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "own_seed",
    ),
    (
        "seeded per layer",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(np.random.default_rng(0).normal(0, n_in ** -0.5, (n_in, n_out)))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "same_seed_in_every_layer",
    ),
    (
        "rng.random minus a half",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append((rng.random((n_in, n_out)) - 0.5) / np.sqrt(n_in))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "uniform_around_zero",
    ),
    (
        "rng.random",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.random((n_in, n_out)) / np.sqrt(n_in))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "uniform_and_positive",
    ),
    (
        "flat biases",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.normal(0, n_in ** -0.5, (n_in, n_out)))
        Bs.append(np.zeros(n_out))
    return As, Bs
""",
        "biases_flat",
    ),
    (
        "one neuron per row, biases in columns",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.standard_normal((n_out, n_in)) / np.sqrt(n_in))
        Bs.append(np.zeros((n_out, 1)))
    return As, Bs
""",
        "one_neuron_per_row+biases_in_columns",
    ),
    (
        "last layer missing",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 2):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.normal(0, n_in ** -0.5, (n_in, n_out)))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "last_layer_missing",
    ),
    (
        "all one half",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(np.full((n_in, n_out), 0.5))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "constant_weights",
    ),
    (
        "biases of one",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(rng.standard_normal((n_in, n_out)) * n_in ** -0.5)
        Bs.append(np.ones((1, n_out)))
    return As, Bs
""",
        "biases_not_zero",
    ),
    (
        "multiplied by the root",
        """
import numpy as np
def initialise(dims, rng):
    As, Bs = [], []
    for i in range(len(dims) - 1):
        n_in, n_out = dims[i], dims[i+1]
        As.append(np.sqrt(n_in) * rng.standard_normal((n_in, n_out)))
        Bs.append(np.zeros((1, dims[i+1])))
    return As, Bs
""",
        "multiplied_by_the_root",
    ),
]

SPARSE = [
    (
        "the whole layer counted",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        A = rng.standard_normal(M.shape) / np.sqrt(M.shape[0]) * M
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "mask_ignored_in_fan_in",
    ),
    (
        "0/0",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        A = rng.standard_normal(M.shape) * M / np.sqrt(M.sum(axis=0))
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "nan_without_edges",
    ),
    (
        "all edges of the layer",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        A = rng.standard_normal(M.shape) * M / np.sqrt(M.sum())
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "edges_in_all",
    ),
    (
        "rows counted",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=1, keepdims=True), 1)
        A = M * rng.normal(size=M.shape) / np.sqrt(n)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "counted_by_row",
    ),
    (
        "rows counted, flat",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=1), 1)
        A = M * rng.normal(size=M.shape) / np.sqrt(n)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "rows_and_columns_mixed",
    ),
    (
        "mask not applied",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=0), 1)
        A = rng.normal(size=M.shape) / np.sqrt(n)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "mask_not_applied",
    ),
    (
        "1/in as the scale",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=0), 1)
        A = M * rng.normal(0, 1 / n, M.shape)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "root_lost",
    ),
    (
        "read as a variance",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=0), 1)
        A = M * rng.normal(0, n ** -0.25, M.shape)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "variance_for_deviation",
    ),
    (
        "He",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=0), 1)
        A = M * rng.normal(0, np.sqrt(2 / n), M.shape)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "he_initialisation",
    ),
    (
        "not scaled",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        A = np.where(M, rng.normal(size=M.shape), 0)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "not_scaled",
    ),
    (
        "the average count",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = max(M.sum() / M.shape[1], 1)
        A = np.where(M, rng.normal(size=M.shape), 0) / np.sqrt(n)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "one_count_for_the_layer",
    ),
    (
        "np.random.randn",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=0), 1)
        A = M * np.random.randn(*M.shape) / np.sqrt(n)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "rng_not_used",
    ),
    (
        "seeded inside",
        """
import numpy as np
def initialise_sparse(masks, rng):
    rng = np.random.default_rng(1)
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=0), 1)
        A = M * rng.standard_normal(M.shape) / np.sqrt(n)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "own_seed",
    ),
    (
        "flat biases",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=0), 1)
        A = M * rng.standard_normal(M.shape) / np.sqrt(n)
        As.append(A)
        Bs.append(np.zeros(M.shape[1]))
    return As, Bs
""",
        "biases_flat",
    ),
    (
        "drawn biases, root lost",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=0), 1)
        A = M * rng.standard_normal(M.shape) / n
        As.append(A)
        Bs.append(rng.standard_normal((1, M.shape[1])))
    return As, Bs
""",
        "root_lost+biases_not_zero",
    ),
    (
        "uniform",
        """
import numpy as np
def initialise_sparse(masks, rng):
    As, Bs = [], []
    for M in masks:
        n = np.maximum(M.sum(axis=0), 1)
        A = M * rng.uniform(-1, 1, M.shape) / np.sqrt(n)
        As.append(A)
        Bs.append(np.zeros((1, M.shape[1])))
    return As, Bs
""",
        "uniform_for_gaussian",
    ),
]

GRADIENTS = [
    (
        "the second list of the pair",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    value, grads = backprop(net, acts, X, Y, loss)
    return [float(np.std(g)) for g in grads[1]]
""",
        "biases_measured",
    ),
    (
        "every entry of the pair",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    value, grads = backprop(net, acts, X, Y, loss)
    return [float(np.std(g)) for g in grads]
""",
        "pair_taken_for_the_gradients",
    ),
    (
        "weights and biases in one list",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    value, (dAs, dBs) = backprop(net, acts, X, Y, loss)
    return [float(np.std(g)) for g in dAs + dBs]
""",
    ),
    (
        "the loss and the gradients in the wrong order",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    dAs, value = backprop(net, acts, X, Y, loss)
    return [float(np.std(dA)) for dA in dAs]
""",
        "loss_taken_for_the_gradients",
    ),
    (
        "walked back, appended",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    Hs, Zs = [X], []
    for A, b, act in zip(*net, acts):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(act(Zs[-1]))
    dH = loss(Hs[-1], Y)[1]
    scales = []
    for j in reversed(range(len(net[0]))):
        dH, dA, db = layer_backward(dH, Hs[j], net[0][j], Zs[j], acts[j])
        scales.append(float(np.std(dA)))
    return scales
""",
        "last_layer_first",
    ),
    (
        "variances in a loop",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    out = []
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    for dA in dAs:
        out.append(dA.var())
    return out
""",
        "variances",
    ),
    (
        "square root of the mean square",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    return [np.sqrt((dA**2).mean()) for dA in dAs]
""",
        "root_mean_square",
    ),
    (
        "Frobenius norms",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    return [np.sqrt((dA * dA).sum()) for dA in dAs]
""",
        "lengths",
    ),
    (
        "a deviation per unit, averaged",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    return [dA.std(axis=0).mean() for dA in dAs]
""",
        "averaged_over_units",
    ),
    (
        "a deviation per unit",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    return [dA.std(0) for dA in dAs]
""",
        "one_for_each_unit",
    ),
    (
        "absolute values first",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    return [np.std(abs(dA)) for dA in dAs]
""",
        "sizes_spread",
    ),
    (
        "mean of the absolute values",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    return [np.mean(np.abs(dA)) for dA in dAs]
""",
        "mean_sizes",
    ),
    (
        "the thermometer of the way forward",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    return [float(np.std(H)) for H in forward(net, X, acts)]
""",
    ),
    (
        "weights instead of gradients",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    return [float(np.std(A)) for A in net[0]]
""",
        "weights_measured",
    ),
    (
        "returns in the loop",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    for dA in dAs:
        return [float(np.std(dA))]
""",
        "first_layer_only",
    ),
    (
        "ddof 1",
        """
import numpy as np
from course.nn.backprop import backprop, layer_backward
from course.nn.forward import forward
def gradient_scales(net, acts, X, Y, loss):
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    return [float(dA.std(ddof=1)) for dA in dAs]
""",
        "one_less_in_the_denominator",
    ),
]

NATURAL = [
    _entry(name, exercise, source, *ideas)
    for exercise, several in {
        "permute_hidden": PERMUTE,
        "rescale_hidden": RESCALE,
        "count_permutations": COUNT,
        "twin_units": TWINS,
        "activation_scales": SCALES,
        "gradient_scales": GRADIENTS,
        "canonical_form": CANONICAL,
        "initialise": INITIALISE,
        "initialise_sparse": SPARSE,
    }.items()
    for name, source, *ideas in several
]

# Slips of the first weeks, and a few for which no name is honest.

NATURAL += [
    Entry(
        "permute_hidden: rows of A and next",
        "permute_hidden",
        with_imports("""
        def permute_hidden(net, j, perm):
            As, Bs = [A.copy() for A in net[0]], [b.copy() for b in net[1]]
            As[j] = As[j][perm]
            Bs[j] = Bs[j][:, perm]
            As[j+1] = As[j+1][:, perm]
            return As, Bs
        """),
        (("next_layer_instead",),),
    ),
    Entry(
        "permute_hidden: bias not",
        "permute_hidden",
        with_imports("""
        def permute_hidden(net, j, perm):
            As, Bs = list(net[0]), list(net[1])
            As[j-1] = As[j-1][:, perm]
            As[j] = As[j][perm, :]
            return As, Bs
        """),
        (("bias_not_permuted",),),
    ),
    Entry(
        "permute_hidden: only incoming and b[perm]",
        "permute_hidden",
        with_imports("""
        def permute_hidden(net, j, perm):
            As, Bs = list(net[0]), list(net[1])
            As[j-1] = As[j-1][:, perm]
            Bs[j-1] = Bs[j-1][perm]
            As[j] = As[j][perm]
            return As, Bs
        """),
        (("bias_row_taken_for_flat",),),
    ),
    Entry(
        "permute_hidden: inverse loop",
        "permute_hidden",
        with_imports("""
        def permute_hidden(net, j, perm):
            As, Bs = [A.copy() for A in net[0]], [b.copy() for b in net[1]]
            for old, new in enumerate(perm):
                As[j-1][:, new] = net[0][j-1][:, old]
                Bs[j-1][0, new] = net[1][j-1][0, old]
                As[j][new] = net[0][j][old]
            return As, Bs
        """),
        (("read_the_other_way",),),
    ),
    Entry(
        "rescale_hidden: no bias and layer off",
        "rescale_hidden",
        with_imports("""
        def rescale_hidden(net, j, unit, alpha):
            As, Bs = [A.copy() for A in net[0]], [b.copy() for b in net[1]]
            As[j][:, unit] *= alpha
            Bs[j][:, unit] *= alpha
            As[j+1][unit] /= alpha
            return As, Bs
        """),
        (),
    ),
    Entry(
        "rescale_hidden: multiplies both",
        "rescale_hidden",
        with_imports("""
        def rescale_hidden(net, j, unit, alpha):
            if alpha <= 0:
                raise ValueError("alpha")
            As, Bs = [A.copy() for A in net[0]], [b.copy() for b in net[1]]
            As[j-1][:, unit] *= alpha
            Bs[j-1][:, unit] *= alpha
            As[j][unit] *= alpha
            return As, Bs
        """),
        (("alpha_on_both_layers",),),
    ),
    Entry(
        "count_permutations: includes output",
        "count_permutations",
        with_imports("""
        def count_permutations(dims):
            out = 1
            for d in dims[1:]:
                out *= math.factorial(d)
            return out
        """),
        (("outputs_too",),),
    ),
    Entry(
        "count_permutations: sum of factorials",
        "count_permutations",
        with_imports("""
        def count_permutations(dims):
            return sum(math.factorial(d) for d in dims[1:-1])
        """),
        (("layers_added",),),
    ),
    Entry(
        "count_permutations: np.prod floats",
        "count_permutations",
        with_imports("""
        def count_permutations(dims):
            out = 1.0
            for d in dims[1:-1]:
                for k in range(1, d):
                    out *= k
            return int(out)
        """),
        (
            (
                "counted_in_floats",
                "one_factor_too_few",
            ),
        ),
    ),
    Entry(
        "twin_units: rows",
        "twin_units",
        with_imports("""
        def twin_units(net, j, tol=1e-9):
            A = net[0][j-1]
            pairs = []
            for a in range(A.shape[1]):
                for b in range(A.shape[1]):
                    if a != b and np.allclose(A[:, a], A[:, b], atol=tol):
                        pairs.append((a, b))
            return pairs
        """),
        (),
    ),
    Entry(
        "twin_units: rows of next",
        "twin_units",
        with_imports("""
        def twin_units(net, j, tol=1e-9):
            A, b = net[0][j], net[1][j]
            out = []
            for i in range(len(A)):
                for k in range(i + 1, len(A)):
                    if np.abs(A[i] - A[k]).max() <= tol:
                        out.append((i, k))
            return out
        """),
        (
            ("outgoing_compared",),
            ("outgoing_compared_too",),
        ),
    ),
    Entry(
        "initialise: var by out",
        "initialise",
        with_imports("""
        def initialise(dims, rng):
            As = [rng.standard_normal((m, n)) / np.sqrt(n) for m, n in zip(dims, dims[1:])]
            Bs = [np.zeros(n) for n in dims[1:]]
            return As, Bs
        """),
        (
            (
                "biases_flat",
                "fan_out_for_fan_in",
            ),
        ),
    ),
    Entry(
        "initialise: biases random uniform weights",
        "initialise",
        with_imports("""
        def initialise(dims, rng):
            As, Bs = [], []
            for m, n in zip(dims[:-1], dims[1:]):
                As.append(rng.uniform(-1, 1, (m, n)) / np.sqrt(m))
                Bs.append(rng.standard_normal((1, n)))
            return As, Bs
        """),
        (
            (
                "biases_not_zero",
                "uniform_around_zero",
            ),
        ),
    ),
    Entry(
        "initialise_sparse: counts rows",
        "initialise_sparse",
        with_imports("""
        def initialise_sparse(masks, rng):
            As, Bs = [], []
            for M in masks:
                A = rng.standard_normal(M.shape) / np.sqrt(M.shape[0])
                A[~M] = 0
                As.append(A)
                Bs.append(np.zeros((1, M.shape[1])))
            return As, Bs
        """),
        (("mask_ignored_in_fan_in",),),
    ),
    Entry(
        "activation_scales: var, no X",
        "activation_scales",
        with_imports("""
        def activation_scales(net, X, act):
            out = []
            H = X
            for A, b in zip(*net):
                H = act(H @ A + b)
                out.append(np.var(H))
            return out
        """),
        (("input_left_out", "variances"),),
    ),
    Entry(
        "activation_scales: per column mean",
        "activation_scales",
        with_imports("""
        def activation_scales(net, X, act):
            out = [X.std(axis=0).mean()]
            H = X
            for A, b in zip(*net):
                H = act(H @ A + b)
                out.append(H.std(axis=0).mean())
            return out
        """),
        (("averaged_over_units",),),
    ),
    Entry(
        "canonical_form: no sort, no bias",
        "canonical_form",
        with_imports("""
        def canonical_form(net):
            As, Bs = [A.copy() for A in net[0]], [b.copy() for b in net[1]]
            for j in range(len(As) - 1):
                for k in range(As[j].shape[1]):
                    c = np.linalg.norm(As[j][:, k])
                    As[j][:, k] /= c
                    Bs[j][0, k] /= c
                    As[j+1][k] *= c
            return As, Bs
        """),
        (
            (
                "norm_without_bias",
                "not_sorted",
            ),
        ),
    ),
    Entry(
        "canonical_form: sorted by norm",
        "canonical_form",
        with_imports("""
        def canonical_form(net):
            As, Bs = [A.copy() for A in net[0]], [b.copy() for b in net[1]]
            for j in range(len(As) - 1):
                norms = np.sqrt((As[j]**2).sum(axis=0) + Bs[j][0]**2)
                order = np.argsort(norms)
                As[j] = (As[j] / norms)[:, order]
                Bs[j] = (Bs[j] / norms)[:, order]
                As[j+1] = (As[j+1] * norms[:, None])[order]
            return As, Bs
        """),
        (
            ("sorted_before_normalised",),
            ("sorted_by_norm",),
        ),
    ),
]
NATURAL += [
    Entry(
        "initialise_sparse: neither the mask nor zero biases",
        "initialise_sparse",
        with_imports("""
        def initialise_sparse(masks, rng):
            As, Bs = [], []
            for M in masks:
                m, n = M.shape
                As.append(rng.standard_normal((m, n)) / np.sqrt(m))
                Bs.append(rng.standard_normal((1, n)))
            return As, Bs
        """),
        (
            (
                "mask_not_applied",
                "biases_not_zero",
            ),
            ("mask_not_applied",),
            (
                "mask_ignored_in_fan_in",
                "biases_not_zero",
            ),
        ),
    ),
    Entry(
        "activation_scales: ddof=1, and no scale of X",
        "activation_scales",
        with_imports("""
        def activation_scales(net, X, act):
            scales = []
            H = X
            for A, b in zip(*net):
                H = act(H @ A + b)
                scales.append(np.std(H, ddof=1))
            return scales
        """),
        (
            (
                "input_left_out",
                "one_less_in_the_denominator",
            ),
        ),
    ),
    Entry(
        "initialise_sparse: the mask turned round in both places",
        "initialise_sparse",
        with_imports("""
        def initialise_sparse(masks, rng):
            As, Bs = [], []
            for M in masks:
                k = np.maximum((~M).sum(axis=0), 1)
                As.append(rng.standard_normal(M.shape) / np.sqrt(k) * ~M)
                Bs.append(np.zeros((1, M.shape[1])))
            return As, Bs
        """),
        (("mask_inverted",),),
    ),
]
