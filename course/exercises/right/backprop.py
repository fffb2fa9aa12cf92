"""Unusual right answers to the exercises of unit 5."""

import math
import warnings

import numpy as np

from course.exercises.right import right


def _sigmoid(z):
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


# -------------------------------------------------------------------------------- the derivatives


@right(
    "d_sigmoid",
    "through tanh, without a sigmoid",
    why="σ is a shifted tanh, so its derivative is a scaled one of tanh.",
)
def d_sigmoid_by_tanh(z):
    return (1 - np.tanh(np.asarray(z) / 2) ** 2) / 4


@right("d_sigmoid", "through cosh, which overflows with a warning to the right 0")
def d_sigmoid_by_cosh(z):
    return 0.25 / np.cosh(np.asarray(z, dtype=float) / 2) ** 2


@right("d_sigmoid", "σ(z) σ(−z)", why="1 − σ(z) is σ(−z), and in this form it loses no digits.")
def d_sigmoid_by_symmetry(z):
    z = np.asarray(z, dtype=float)
    return _sigmoid(z) * _sigmoid(-z)


@right("d_sigmoid", "entry by entry with math, lists for arrays, a Python float for a number")
def d_sigmoid_by_hand(z):
    if np.ndim(z):
        return [d_sigmoid_by_hand(part) for part in z]
    e = math.exp(-abs(float(z)))
    return e / (1 + e) ** 2


@right(
    "d_tanh",
    "1/cosh², which overflows with a warning to the right 0",
    why="The textbook's form: 1/cosh².",
)
def d_tanh_by_cosh(z):
    return 1 / np.cosh(np.asarray(z, dtype=float)) ** 2


@right(
    "d_tanh",
    "(1 − t)(1 + t)",
    why="1 − t² is (1 − t)(1 + t), which keeps its digits near t = ±1.",
)
def d_tanh_factored(z):
    t = np.tanh(z)
    return (1 - t) * (1 + t)


@right("d_tanh", "through the sigmoid of 2z")
def d_tanh_by_sigmoid(z):
    s = _sigmoid(2 * np.asarray(z, dtype=float))
    return 4 * s * (1 - s)


@right("d_relu", "an array of True and False", why="True counts as 1 in every product.")
def d_relu_as_truth(z):
    return np.asarray(z) > 0


@right("d_relu", "1 at the corner")
def d_relu_one_at_the_corner(z):
    return np.where(np.asarray(z) >= 0, 1, 0)


@right(
    "d_relu",
    "a half at the corner",
    why="At the corner every slope from 0 to 1 is allowed; libraries choose 0.",
)
def d_relu_half_at_the_corner(z):
    return np.heaviside(z, 0.5)


@right("d_relu", "another slope at each corner, entry by entry")
def d_relu_by_hand(z):
    if np.ndim(z):
        return [d_relu_by_hand(part) for part in z]
    return 0.3 if z == 0 else float(z > 0)


@right("d_sigmoid", "the naive sigmoid, whose overflow is only a warning")
def d_sigmoid_naive(z):
    sig = lambda x: 1 / (1 + np.exp(-x))  # noqa: E731 (as people write it)
    return sig(z) * (1 - sig(z))


@right("d_tanh", "np.vectorize of a function of one number")
def d_tanh_vectorised(z):
    return np.vectorize(lambda v: 1.0 - math.tanh(v) ** 2)(z)


@right("d_relu", "a copy filled by two masks, in z's own type")
def d_relu_by_masks(z):
    slope = np.array(z)
    slope[slope > 0] = 1
    slope[slope <= 0] = 0
    return slope


# --------------------------------------------------------------------------------- gradient check


@right("gradient_check", "every entry moved on a fresh copy")
def gradient_check_on_copies(f, theta, grad, eps=1e-6):
    theta, worst = np.asarray(theta, dtype=float), 0.0
    for place, g in np.ndenumerate(np.asarray(grad, dtype=float)):
        above, below = theta.copy(), theta.copy()
        above[place] += eps
        below[place] -= eps
        g_hat = (f(above) - f(below)) / (2 * eps)
        worst = max(worst, abs(g - g_hat) / max(abs(g), abs(g_hat), 1e-8))
    return worst


@right(
    "gradient_check",
    "in place, the old number put back, another keyword, a 0-d array",
    why="The entry is moved and put back, so no copies are needed.",
)
def gradient_check_in_place(f, theta, grad, eps=1e-6, *, verbose=False):
    if theta.dtype != np.float64:
        theta = theta.astype(float)
    g_hat = np.zeros(theta.shape)
    for i in range(theta.size):
        place = np.unravel_index(i, theta.shape)
        old = theta[place]
        theta[place] = old + eps
        above = f(theta)
        theta[place] = old - eps
        g_hat[place] = (above - f(theta)) / (2 * eps)
        theta[place] = old
    top = np.stack([np.abs(grad), np.abs(g_hat), np.full_like(g_hat, 1e-8)]).max(axis=0)
    return np.array((np.abs(grad - g_hat) / top).max())


@right(
    "gradient_check",
    "unit vectors from an identity matrix, flattened and shaped back",
    why="A partial derivative is the slope in the direction of a unit vector.",
)
def gradient_check_by_unit_vectors(f, theta, grad, eps=1e-6):
    theta, g = np.array(theta, dtype=float), np.ravel(grad).astype(float)
    steps = eps * np.eye(theta.size).reshape(theta.size, *theta.shape)
    g_hat = np.array([(f(theta + step) - f(theta - step)) / 2 / eps for step in steps])
    size = np.maximum(np.maximum(abs(g), abs(g_hat)), 1e-8)
    return max((abs(g_hat - g) / size).tolist())


@right("gradient_check", "nditer, as in a well-known course, on a float64 copy")
def gradient_check_by_nditer(f, theta, grad, eps=1e-6):
    theta = np.copy(theta).astype("float64")
    worst = 0.0
    it = np.nditer(theta, flags=["multi_index"])
    while not it.finished:
        ix = it.multi_index
        old = theta[ix]
        theta[ix] = old + eps
        plus = f(theta)
        theta[ix] = old - eps
        minus = f(theta)
        theta[ix] = old
        numeric = (plus - minus) / (2 * eps)
        denominator = max(abs(numeric), abs(grad[ix]), 1e-8)
        worst = max(worst, abs(numeric - grad[ix]) / denominator)
        it.iternext()
    return worst


# ----------------------------------------------------------------------------------------- losses


@right("squared_loss", "loops, and a list of lists for the gradient")
def squared_loss_by_hand(Y_hat, Y):
    n, total, gradient = len(Y), 0.0, []
    for guess, target in zip(Y_hat, Y, strict=True):
        residuals = [float(g) - float(t) for g, t in zip(guess, target, strict=True)]
        total += sum(r * r for r in residuals) / 2
        gradient.append([r / n for r in residuals])
    return total / n, gradient


@right(
    "squared_loss",
    "einsum, a list of two instead of a tuple, a 0-d array for the value",
    why="einsum multiplies and adds without a temporary array.",
)
def squared_loss_by_einsum(Y_hat, Y):
    R = np.subtract(Y_hat, Y, dtype=float)
    return [np.array(np.einsum("ij,ij->", R, R) / (2 * len(R))), R / len(R)]


@right(
    "squared_loss",
    "np.linalg.norm, squared, row by row",
    why="A sum of squares is a squared length.",
)
def squared_loss_by_norms(Y_hat, Y):
    R = np.array(Y_hat) - np.array(Y)
    loss = np.mean([0.5 * np.linalg.norm(r) ** 2 for r in R])
    return loss, (1.0 / R.shape[0]) * R


@right("squared_loss", "half of the mean over all entries, times the number of columns")
def squared_loss_by_mean(Y_hat, Y):
    diff = Y_hat - Y
    return 0.5 * np.mean(diff**2) * diff.shape[1], diff / diff.shape[0]


@right("logistic_loss", "logaddexp, and a gradient that holds both cases in np.where")
def logistic_loss_by_logaddexp(z, y):
    z, y = np.asarray(z, dtype=float), np.reshape(y, (-1, 1))
    value = np.logaddexp(0, (1 - 2 * y) * z).mean()
    return value, np.where(y == 1, -_sigmoid(-z), _sigmoid(z)) / len(z)


@right("logistic_loss", "example by example")
def logistic_loss_by_hand(z, y):
    total, gradient = 0.0, []
    for score, label in zip(np.ravel(z), np.ravel(y), strict=True):
        wrong = float(-score if label == 1 else score)
        total += max(wrong, 0.0) + math.log1p(math.exp(-abs(wrong)))
        gradient.append([(float(_sigmoid(score)) - label) / len(z)])
    return total / len(z), gradient


@right(
    "logistic_loss",
    "cross entropy of the logits (0, z), with a warning",
    why="It is cross entropy with two classes whose logits are 0 and z.",
)
def logistic_loss_by_two_classes(z, y):
    warnings.warn("two logits for one", stacklevel=2)
    z = np.asarray(z, dtype=float)
    Z = np.hstack([np.zeros_like(z), z])
    value, gradient = cross_entropy_by_one_hot(Z, np.ravel(y).astype(int))
    return value, gradient[:, 1:]


@right(
    "logistic_loss",
    "max(z, 0) − z y + log1p(e^{−|z|}), as libraries write it",
    why="This is how libraries write it: no power of e can overflow.",
)
def logistic_loss_as_libraries(z, y):
    y = np.array(y).reshape(-1, 1)
    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    p = np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
    return float(np.mean(loss)), np.nan_to_num(np.where(z > 500, 1.0, p) - y) / z.shape[0]


@right("logistic_loss", "the log of a sigmoid where it is safe, its limit elsewhere")
def logistic_loss_by_cases(z, y):
    total, grad = 0.0, np.zeros((len(z), 1))
    for i, label in enumerate(np.ravel(y)):
        s = float(z[i, 0])
        p = 1 / (1 + math.exp(-s)) if s > -700 else 0.0
        right = s if label == 1 else -s
        total += -right if right < -30 else math.log(1 + math.exp(-right))
        grad[i, 0] = (p - label) / len(z)
    return total / len(z), grad


@right("softmax", "row by row", why="Every row is a softmax of its own; the batch adds nothing.")
def softmax_by_rows(Z):
    rows = []
    for row in Z:
        powers = [math.exp(float(z) - float(max(row))) for z in row]
        rows.append([p / sum(powers) for p in powers])
    return rows


@right("softmax", "exp of the log-softmax", why="The log-softmax is safe, and exp takes it back.")
def softmax_by_logs(Z):
    Z = np.asarray(Z, dtype=float)
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


@right("softmax", "on the transpose, its own copy shifted in place")
def softmax_transposed(Z):
    T = np.array(Z, dtype=float).T
    T -= T.max(axis=0)
    np.exp(T, out=T)
    T /= T.sum(axis=0)
    return T.T


@right("softmax", "a list of rows stacked, each from a helper for a vector")
def softmax_by_a_vector_function(Z):
    def one(v):
        e = np.exp(v - v.max())
        return e / e.sum()

    return np.vstack([one(row) for row in Z])


@right("softmax", "maximum and sums as columns by np.newaxis")
def softmax_by_newaxis(Z):
    Z = np.asarray(Z)
    exps = np.exp(Z - np.max(Z, axis=1)[:, np.newaxis])
    return exps / np.sum(exps, axis=1)[:, np.newaxis]


@right(
    "cross_entropy",
    "one-hot labels and a log-softmax",
    why="One-hot labels pick out one logarithm per row.",
)
def cross_entropy_by_one_hot(Z, y):
    Z = np.asarray(Z, dtype=float)
    n, k = Z.shape
    hot = (np.arange(k) == np.asarray(y)[:, None]).astype(float)
    log_P = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
    return -np.sum(hot * log_P) / n, (np.exp(log_P) - hot) / n


@right("cross_entropy", "example by example, a list of lists for the gradient")
def cross_entropy_by_hand(Z, y):
    n, total, gradient = len(Z), 0.0, []
    for row, label in zip(np.asarray(Z, dtype=float).tolist(), y, strict=True):
        top = max(row)
        powers = [math.exp(z - top) for z in row]
        total += math.log(sum(powers)) - (row[label] - top)
        shares = [p / sum(powers) / n for p in powers]
        shares[label] -= 1 / n
        gradient.append(shares)
    return total / n, gradient


@right(
    "cross_entropy",
    "each logit's distance to the labelled one",
    why="Only the distances to the labelled logit matter, which is why a shift changes nothing.",
)
def cross_entropy_by_differences(Z, y):
    Z = np.asarray(Z, dtype=np.float64)
    D = Z - np.take_along_axis(Z, np.asarray(y)[:, None], axis=1)
    gradient = softmax_by_logs(Z)
    np.put_along_axis(gradient, np.asarray(y)[:, None], gradient[range(len(y)), y][:, None] - 1, 1)
    return np.logaddexp.reduce(D, axis=1).mean(), gradient / len(y)


@right("cross_entropy", "the gradient by subtracting from the softmax in place, as on many pages")
def cross_entropy_in_place(Z, y):
    num = Z.shape[0]
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logsum = np.log(np.exp(shifted).sum(axis=1))
    loss = -(shifted[range(num), list(y)] - logsum).sum() / num
    dZ = np.exp(shifted - logsum[:, None])
    dZ[range(num), list(y)] -= 1
    dZ /= num
    return loss, dZ


# --------------------------------------------------------------------------------------- backprop


@right(
    "layer_backward",
    "einsum",
    why="The letters show which axis is summed: the batch, for weights and biases.",
)
def layer_backward_by_einsum(dH, H_in, A, Z, act):
    delta = np.einsum("ij,ij->ij", dH, act.derivative(Z))
    return (
        np.einsum("nj,ij->ni", delta, A),
        np.einsum("ni,nj->ij", H_in, delta),
        np.einsum("nj->j", delta)[None],
    )


@right(
    "layer_backward",
    "example by example, outer products added up, lists returned",
    why="A weight's gradient is a sum of outer products, one per example.",
)
def layer_backward_by_examples(dH, H_in, A, Z, act):
    dH_in, dA, db = [], np.zeros(A.shape), np.zeros((1, A.shape[1]))
    for i in range(len(dH)):
        delta = dH[i] * act.derivative(Z[i])
        dH_in.append((A @ delta).tolist())
        dA += np.outer(H_in[i], delta)
        db += delta
    return [dH_in, dA.tolist(), db.tolist()]


@right(
    "layer_backward",
    "the bias as a weight of an input that is always 1",
    why="If a bias is a weight of an input 1, its gradient needs no formula of its own.",
)
def layer_backward_with_ones(dH, H_in, A, Z, act):
    delta = np.multiply(dH, act.derivative(Z))
    both = np.hstack([H_in, np.ones((len(H_in), 1))]).T @ delta
    return (A @ delta.T).T, both[:-1], both[-1:]


@right("layer_backward", "numbers only, three loops")
def layer_backward_by_numbers(dH, H_in, A, Z, act):
    (n, d_out), d_in = np.shape(dH), np.shape(H_in)[1]
    dH_in, dA, db = np.zeros((n, d_in)), np.zeros((d_in, d_out)), np.zeros((1, d_out))
    for i in range(n):
        for j in range(d_out):
            delta = dH[i, j] * float(act.derivative(Z[i, j]))
            db[0, j] += delta
            for k in range(d_in):
                dA[k, j] += H_in[i, k] * delta
                dH_in[i, k] += A[k, j] * delta
    return dH_in, dA, db


@right("layer_backward", "np.dot and reshape, with names of a well-known course")
def layer_backward_as_in_a_course(dH, H_in, A, Z, act):
    dZ = np.multiply(dH, act.derivative(Z))
    dW = np.dot(H_in.T, dZ)
    db = dZ.sum(0).reshape(1, -1)
    dA_prev = np.dot(dZ, A.T)
    return dA_prev, dW, db


@right("backprop", "caches and a dictionary of gradients, as in a well-known course")
def backprop_by_caches(net, acts, X, Y, loss):
    As, Bs = net
    L = len(As)
    cache, grads = {"H0": X}, {}
    for layer in range(1, L + 1):
        Z = cache[f"H{layer - 1}"].dot(As[layer - 1]) + Bs[layer - 1]
        cache[f"Z{layer}"] = Z
        cache[f"H{layer}"] = acts[layer - 1](Z)
    value, dH = loss(cache[f"H{L}"], Y)
    for layer in range(L, 0, -1):
        dZ = dH * acts[layer - 1].derivative(cache[f"Z{layer}"])
        grads[f"dA{layer}"] = cache[f"H{layer - 1}"].T.dot(dZ)
        grads[f"db{layer}"] = dZ.sum(axis=0, keepdims=True)
        dH = dZ.dot(As[layer - 1].T)
    return value, (
        [grads[f"dA{layer}"] for layer in range(1, L + 1)],
        [grads[f"db{layer}"] for layer in range(1, L + 1)],
    )


@right("backprop", "example by example, the gradients of single rows added up")
def backprop_by_examples(net, acts, X, Y, loss):
    As, Bs = net
    H, Hs, Zs = np.asarray(X), [], []
    for A, b, act in zip(As, Bs, acts, strict=True):
        Hs.append(H)
        Zs.append(H @ A + b)
        H = act(Zs[-1])
    value, dH = loss(H, Y)
    dAs, dBs = [np.zeros(A.shape) for A in As], [np.zeros(b.shape) for b in Bs]
    for i in range(len(H)):
        error = dH[i]
        for j in range(len(As) - 1, -1, -1):
            delta = error * acts[j].derivative(Zs[j][i])
            dAs[j] += np.outer(Hs[j][i], delta)
            dBs[j] += delta[None, :]
            error = As[j] @ delta
    return value, (dAs, dBs)


@right(
    "backprop",
    "recursive: each layer calls the next one",
    why="Each layer asks the next for its delta: the backward pass is the way back from the calls.",
)
def backprop_recursive(net, acts, X, Y, loss):
    As, Bs = net
    value, _, dAs, dBs = _recurse(As, Bs, acts, np.asarray(X, dtype=float), Y, loss)
    return value, (dAs, dBs)


def _recurse(As, Bs, acts, H, Y, loss):
    if not As:
        value, dH = loss(H, Y)
        return value, dH, [], []
    Z = H @ As[0] + Bs[0]
    value, dH, dAs, dBs = _recurse(As[1:], Bs[1:], acts[1:], acts[0](Z), Y, loss)
    dH_in, dA, db = layer_backward_by_einsum(dH, H, As[0], Z, acts[0])
    return value, dH_in, [dA, *dAs], [db, *dBs]


@right(
    "backprop",
    "closures remembered on the way forward, tuples returned",
    why="Each layer leaves behind a function that knows how to go back through it.",
)
def backprop_by_closures(net, acts, X, Y, loss):
    tape, H = [], X
    for A, b, act in zip(*net, acts, strict=True):
        Z = H @ A + b

        def back(dH, H=H, A=A, Z=Z, act=act):
            return layer_backward_with_ones(dH, H, A, Z, act)

        tape.append(back)
        H = act(Z)
    value, dH = loss(H, Y)
    dAs, dBs = (), ()
    for back in reversed(tape):
        dH, dA, db = back(dH)
        dAs, dBs = (dA, *dAs), (db, *dBs)
    return np.float64(value), [dAs, dBs]


@right("backprop", "examples as columns, as in the lecture's pictures")
def backprop_in_columns(net, acts, X, Y, loss):
    As, bs = [np.transpose(A) for A in net[0]], [np.transpose(b) for b in net[1]]
    hs, zs = [np.transpose(X)], []
    for A, b, act in zip(As, bs, acts, strict=True):
        zs.append(A @ hs[-1] + b)
        hs.append(act(zs[-1]))
    value, dH = loss(hs[-1].T, Y)
    dh, grads = np.transpose(dH), []
    for A, h, z, act in reversed(list(zip(As, hs, zs, acts, strict=False))):
        delta = dh * act.derivative(z)
        grads.insert(0, ((delta @ h.T).T, delta.sum(axis=1)[None, :]))
        dh = A.T @ delta
    return value, ([dA for dA, _ in grads], [db for _, db in grads])


@right(
    "backprop",
    "forward mode: every weight's own derivative pushed through the net",
    why="Forward mode follows one weight at a time: right, and slow for many weights.",
)
def backprop_forward_mode(net, acts, X, Y, loss):
    As, Bs = net
    Hs, Zs = [np.asarray(X, dtype=float)], []
    for A, b, act in zip(As, Bs, acts, strict=True):
        Zs.append(Hs[-1] @ A + b)
        Hs.append(act(Zs[-1]))
    value, G = loss(Hs[-1], Y)

    def slope(j, dZ):
        for later in range(j, len(As)):
            dH = dZ * acts[later].derivative(Zs[later])
            dZ = dH @ As[later + 1] if later + 1 < len(As) else None
        return np.sum(G * dH)

    dAs, dBs = [np.zeros(np.shape(A)) for A in As], [np.zeros(np.shape(b)) for b in Bs]
    for j in range(len(As)):
        for i, k in np.ndindex(np.shape(As[j])):
            dZ = np.zeros_like(Zs[j], dtype=float)
            dZ[:, k] = Hs[j][:, i]
            dAs[j][i, k] = slope(j, dZ)
        for k in range(np.shape(Bs[j])[1]):
            dZ = np.zeros_like(Zs[j], dtype=float)
            dZ[:, k] = 1
            dBs[j][0, k] = slope(j, dZ)
    return value, (dAs, dBs)
