"""Wrong answers to unit 3 as people write them."""

from tests.exercises.natural.entry import Entry

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
]
