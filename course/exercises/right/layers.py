"""Unusual right answers of unit 2."""

import numpy as np

from course.exercises.right import right

# ------------------------------------------------------------------------------------------ layer


@right(
    "layer",
    "a loop over neurons and inputs, a list of numbers",
    why="Two loops, one over neurons and one over inputs: this is what W x abbreviates.",
)
def layer_by_hand(W, x, hs):
    outputs = []
    for i in range(len(W)):
        z = sum(float(W[i][j]) * float(x[j]) for j in range(len(x)))
        h = hs if callable(hs) else hs[i]
        outputs.append(float(h(z)))
    return outputs


@right(
    "layer",
    "the products broadcast and summed along the rows, a tuple for an answer",
    why="W * x multiplies every row of W by x, and each row's sum is one neuron.",
)
def layer_by_broadcast(W, x, hs):
    z = (W * x[None, :]).sum(axis=-1)
    hs = [hs for _ in z] if callable(hs) else hs
    return tuple(map(lambda h, z_i: h(z_i), hs, z))


@right("layer", "every activation on every neuron, and then the diagonal")
def layer_by_diagonal(W, x, hs):
    z = np.einsum("md,d->m", W, x)
    if callable(hs):
        return np.vectorize(hs, otypes=[float])(z)
    return np.diag(np.stack([h(z) for h in hs]))


@right("layer", "asked by isinstance for lists and tuples")
def layer_by_isinstance(W, x, hs):
    z = np.dot(W, x)
    if isinstance(hs, (list, tuple)):
        return np.array([hs[i](z[i]) for i in range(len(hs))])
    return hs(z)


@right("layer", "a float array filled in a loop")
def layer_filled(W, x, hs):
    m, d = W.shape
    out = np.zeros(m)
    for i in range(m):
        z = 0
        for j in range(d):
            z += W[i, j] * x[j]
        out[i] = hs(z) if callable(hs) else hs[i](z)
    return out


@right("layer", "try it as one function first")
def layer_by_trying(W, x, hs):
    try:
        return hs(W @ x)
    except TypeError:
        return [h(w @ x) for w, h in zip(W, hs, strict=True)]


# -------------------------------------------------------------------------------------- two_layer


@right(
    "two_layer",
    "from left to right with columns, the number taken out at the end",
    why="With x as a column, the formula reads from right to left as on the slide.",
)
def two_layer_with_columns(u, W, x, h):
    return (u[None, :] @ h(W @ x[:, None])).item()


@right("two_layer", "a loop, a 0-d array in float32")
def two_layer_by_loop(u, W, x, h):
    f = np.zeros((), dtype=np.float64)
    for u_i, w_i in zip(u, W, strict=True):
        f += u_i * h(w_i @ x)
    return f.astype(np.float32)


@right("two_layer", "two loops over plain numbers")
def two_layer_by_two_loops(u, W, x, h):
    f = 0
    for i in range(len(u)):
        z = 0
        for j in range(len(x)):
            z += W[i][j] * x[j]
        f += u[i] * h(z)
    return f


@right(
    "two_layer",
    "the transpose of W from the right",
    why="A row times Wᵀ is the convention of the rest of the course.",
)
def two_layer_from_the_right(u, W, x, h):
    return h(x @ W.T) @ u


# ----------------------------------------------------------------------------------- from_lecture


@right("from_lecture", "views of the caller's arrays, in a list")
def from_lecture_as_views(A, b):
    return [A.T, b[np.newaxis]]


@right("from_lecture", "zip for the weights, nested lists")
def from_lecture_by_zip(A, b):
    return [list(column) for column in zip(*A, strict=True)], [b.tolist()]


@right(
    "from_lecture",
    "asked for its answer to unit vectors",
    why="A linear map is known by its answers to the unit vectors.",
)
def from_lecture_by_probing(A, b):
    return np.array([A @ e for e in np.eye(A.shape[1])]), np.atleast_2d(b)


@right("from_lecture", "two loops into new arrays")
def from_lecture_by_loops(A, b):
    new = np.zeros((A.shape[1], A.shape[0]))
    row = np.zeros((1, len(b)))
    for i in range(A.shape[0]):
        row[0, i] = b[i]
        for j in range(A.shape[1]):
            new[j, i] = A[i, j]
    return new, row


@right(
    "from_lecture",
    "swapaxes and expand_dims",
    why="swapaxes is a transpose that says which axes it means.",
)
def from_lecture_by_axes(A, b):
    return np.swapaxes(A, 0, 1), np.expand_dims(b, axis=0)


# ------------------------------------------------------------------------------------------ dense


@right(
    "dense",
    "the biases as another row of weights, with ones as their input",
    why="A bias is a weight whose input is always 1.",
)
def dense_with_ones(X, A, b, h):
    return h(np.hstack([X, np.ones((len(X), 1))]) @ np.vstack([A, b]))


@right(
    "dense",
    "the lecture's columns, transposed back at the end",
    why="(X A)ᵀ = Aᵀ Xᵀ: the lecture's pictures and the course's rows are the same computation.",
)
def dense_by_columns(X, A, b, h):
    return h(A.T @ X.T + b.T).T


@right(
    "dense",
    "an example and a neuron at a time, nested lists",
    why="One example and one neuron at a time: a matrix product is nothing else.",
)
def dense_by_loops(X, A, b, h):
    return [[h(sum(X[i] * A[:, k]) + b[0, k]) for k in range(A.shape[1])] for i in range(len(X))]


@right("dense", "in place on arrays of its own")
def dense_in_place(X, A, b, h):
    Z = np.empty((X.shape[0], A.shape[1]))
    np.matmul(X, A, out=Z)
    Z += np.repeat(b, len(X), axis=0)
    for k in range(Z.shape[1]):
        Z[:, k] = h(Z[:, k])
    return Z


@right("dense", "three loops over plain numbers")
def dense_by_three_loops(X, A, b, h):
    n, d, k = X.shape[0], X.shape[1], A.shape[1]
    H = np.zeros((n, k))
    for i in range(n):
        for j in range(k):
            z = b[0][j]
            for m in range(d):
                z = z + X[i][m] * A[m][j]
            H[i][j] = h(z)
    return H


@right("dense", "an example at a time, stacked, the biases flattened")
def dense_stacked(X, A, b, h):
    return np.stack([h(np.dot(x, A) + b.flatten()) for x in X])


@right("dense", "a neuron at a time, as columns")
def dense_by_neurons(X, A, b, h):
    return np.column_stack([h(X @ A[:, k] + b[0, k]) for k in range(A.shape[1])])


# ------------------------------------------------------------------------------------ xor_network


@right(
    "xor_network",
    "|x_1 − x_2| from two neurons that look opposite ways",
    why="|x₁ − x₂| is XOR on the corners, and a sum of two relus makes an absolute value.",
)
def xor_by_difference():
    return [[1, -1], [-1, 1]], [[0, 0]], [1, 1], 0


@right("xor_network", "upside down from 1, with three neurons and an output bias")
def xor_from_above():
    W = np.array([[1, -1, 0], [1, -1, 0]])
    return W, np.array([[-1, 1, 0]]), np.array([-1.0, -1.0, 5.0]), np.array(1.0)


@right("xor_network", "large weights in float32, and neurons that never wake up")
def xor_with_idle_neurons():
    W = np.array([[64, 64, -3, -9], [64, 64, -5, -1]], dtype=np.float32)
    b = np.array([[0, -64, 0, -1]], dtype=np.float32)
    return W, b, np.array([1 / 64, -1 / 32, 7, 7], dtype=np.float32), 0.0


@right("xor_network", "AND subtracted twice from OR, one neuron in three steps")
def xor_with_many_neurons():
    W = np.full((2, 20), 0.5)
    b = np.concatenate([np.zeros(10), np.full(10, -0.5)])[None]
    return W, b, np.repeat([0.2, -0.4], 10), 0.0


@right(
    "xor_network",
    "three neurons: both inputs, and twice their AND subtracted",
    why="OR counts both inputs; twice their AND has to go again.",
)
def xor_with_three_neurons():
    W = np.array([[1, 0, 1], [0, 1, 1]])
    return W, np.array([[0, 0, -1]]), np.array([1, 1, -2]), 0


@right("xor_network", "1 minus XNOR")
def xor_from_xnor():
    W = [[1.0, -1.0], [1.0, -1.0]]
    return W, [[-1.0, 1.0]], (-1.0, -1.0), 1


# --------------------------------------------------------------------------------- parity_network


@right(
    "parity_network",
    "a peak for every odd number of ones, three neurons each",
    why="One peak for each odd number: three neurons say exactly that many, and the output adds.",
)
def parity_by_peaks(k):
    bends = [odd + shift for odd in range(1, k + 1, 2) for shift in (-1, 0, 1)]
    u = [1.0, -2.0, 1.0] * (len(bends) // 3)
    return np.ones((k, len(bends))), -np.array([bends]), u, 0


@right(
    "parity_network",
    "the slopes drawn first, their changes by np.diff",
    why="np.diff turns the zigzag's slopes into the changes that the output weights are.",
)
def parity_from_slopes(k):
    slopes = [0.0] + [(-1.0) ** s for s in range(k)]
    return np.ones((k, k)), 0.0 - np.arange(k)[None, :], np.diff(slopes), 0.0


@right("parity_network", "lists of whole numbers, from a loop")
def parity_in_lists(k):
    A, b, u = [[] for _ in range(k)], [[]], []
    for j in range(k):
        for row in A:
            row.append(1)
        b[0].append(-j)
        u.append(1 if j == 0 else (2 if j % 2 == 0 else -2))
    return A, b, u, 0


@right(
    "parity_network",
    "a neuron for every row of zeros and ones that is odd",
    why="One neuron per odd row also works, but takes 2ᵏ⁻¹ neurons where k are enough.",
)
def parity_by_rows(k):
    rows = [[(n >> i) & 1 for i in range(k)] for n in range(2**k)]
    odd = np.array([row for row in rows if sum(row) % 2])
    return (2 * odd - 1).T, (1 - odd.sum(axis=1))[None], np.ones(len(odd)), 0


@right("parity_network", "counted from the other side, the zeros instead of the ones")
def parity_of_zeros(k):
    u = [2.0 * (-1) ** j for j in range(k)]
    u[0] = 1.0
    at_none, sign = k % 2, 1 - 2 * (k % 2)
    return -np.ones((k, k)), k - np.arange(k)[None], sign * np.array(u), at_none


@right("parity_network", "the system of equations at s = 0, …, k solved")
def parity_by_solving(k):
    s = np.arange(k + 1)
    H = np.column_stack([np.maximum(s - j, 0) for j in range(k)] + [np.ones(k + 1)])
    solution = np.linalg.solve(H, s % 2)
    return np.ones((k, k)), -np.arange(k, dtype=float)[None], solution[:k], solution[k]


@right("parity_network", "the bits scaled, neurons that never wake up, float32")
def parity_with_idle_neurons(k):
    A = np.full((k, k + 2), 8, dtype=np.float32)
    b = -8 * np.arange(k + 2, dtype=np.float32).reshape(1, -1)
    u = np.array([1.0] + [2.0 * (-1) ** j for j in range(1, k)] + [3.0, -7.0]) / 8
    u[-2] = 2.0 * (-1) ** k / 8
    return A, b, u.astype(np.float32), np.float32(0)
