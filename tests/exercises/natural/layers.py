"""Wrong answers to the exercises of unit 2, as people write them."""

from textwrap import dedent

from tests.exercises.natural.entry import Entry, with_imports

NATURAL: list[Entry] = []


def wrong(exercise: str, name: str, source: str, *ideas: str, says: str = "") -> None:
    """Add a wrong answer; ideas that are in it together are joined by a plus."""
    found = tuple(tuple(several.split("+")) for several in ideas)
    text = "import numpy as np\n" + dedent(source)
    NATURAL.append(Entry(f"{exercise}: {name}", exercise, text, found, says))


# ------------------------------------------------------------------------------------------ layer

wrong(
    "layer",
    "hs called whatever it is",
    """
    def layer(W, x, hs):
        return hs(W @ x)
    """,
    "sequence_not_expected",
)
wrong(
    "layer",
    "hs walked along whatever it is",
    """
    def layer(W, x, hs):
        return np.array([h(np.dot(w, x)) for w, h in zip(W, hs)])
    """,
    "one_function_not_expected",
)
wrong(
    "layer",
    "hs indexed whatever it is",
    """
    def layer(W, x, hs):
        out = np.zeros(len(W))
        for i in range(len(W)):
            out[i] = hs[i](W[i] @ x)
        return out
    """,
    "one_function_not_expected",
)
wrong(
    "layer",
    "the length of hs",
    """
    def layer(W, x, hs):
        z = W @ x
        return np.array([hs[i](z[i]) for i in range(len(hs))])
    """,
    "one_function_not_expected",
)
wrong(
    "layer",
    "a list only",
    """
    def layer(W, x, hs):
        z = W @ x
        if isinstance(hs, list):
            return np.array([h(zi) for h, zi in zip(hs, z)])
        return hs(z)
    """,
    "tuple_not_expected",
)
wrong(
    "layer",
    "type(hs) == list",
    """
    def layer(W, x, hs):
        out = []
        for i, w in enumerate(W):
            if type(hs) == list:
                out.append(hs[i](w @ x))
            else:
                out.append(hs(w @ x))
        return np.array(out)
    """,
    "tuple_not_expected",
)
wrong(
    "layer",
    "x @ W",
    """
    def layer(W, x, hs):
        z = x @ W
        if callable(hs):
            return hs(z)
        return np.array([h(v) for h, v in zip(hs, z)])
    """,
    "neurons_as_columns",
)
wrong(
    "layer",
    "the transpose of W",
    """
    def layer(W, x, hs):
        z = np.dot(W.T, x)
        if callable(hs):
            return hs(z)
        return np.array([h(v) for h, v in zip(hs, z)])
    """,
    "neurons_as_columns",
)
wrong(
    "layer",
    "the first activation",
    """
    def layer(W, x, hs):
        z = W @ x
        if not callable(hs):
            hs = hs[0]
        return hs(z)
    """,
    "first_activation_for_all",
)
wrong(
    "layer",
    "the last activation",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            return hs(z)
        for h in hs:
            out = h(z)
        return out
    """,
    "last_activation_for_all",
)
wrong(
    "layer",
    "every activation on all of z",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            return hs(z)
        return np.array([h(z) for h in hs])
    """,
    "every_activation_on_every_neuron",
)
wrong(
    "layer",
    "two loops in a row",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            return hs(z)
        out = []
        for h in hs:
            for v in z:
                out.append(h(v))
        return np.array(out)
    """,
    "every_activation_on_every_neuron",
)
wrong(
    "layer",
    "one activation after another",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            return hs(z)
        for h in hs:
            z = h(z)
        return z
    """,
    "activations_one_after_another",
)
wrong(
    "layer",
    "a list of one function",
    """
    def layer(W, x, hs):
        if callable(hs):
            hs = [hs]
        return np.array([h(z) for h, z in zip(hs, W @ x)])
    """,
    "only_the_first_neuron",
)
wrong(
    "layer",
    "as many functions as inputs",
    """
    def layer(W, x, hs):
        if callable(hs):
            hs = [hs] * len(x)
        return np.array([h(w @ x) for h, w in zip(hs, W)])
    """,
    "as_many_functions_as_inputs",
)
wrong(
    "layer",
    "entry by entry",
    """
    def layer(W, x, hs):
        z = W * x
        if callable(hs):
            return hs(z)
        return np.array([h(zi) for h, zi in zip(hs, z)])
    """,
    "products_not_summed",
)
wrong(
    "layer",
    "h before the sum",
    """
    def layer(W, x, hs):
        if callable(hs):
            hs = [hs] * len(W)
        return np.array([np.sum(h(w * x)) for h, w in zip(hs, W)])
    """,
    "activation_before_the_sum",
)
wrong(
    "layer",
    "axis 0",
    """
    def layer(W, x, hs):
        z = np.sum(W * x, axis=0)
        if callable(hs):
            return hs(z)
        return np.array([h(v) for h, v in zip(hs, z)])
    """,
    "summed_down_the_columns",
)
wrong(
    "layer",
    "h of x",
    """
    def layer(W, x, hs):
        if callable(hs):
            return W @ hs(x)
        return np.array([w @ h(x) for w, h in zip(W, hs)])
    """,
    "activation_of_the_inputs",
)
wrong(
    "layer",
    "no activation",
    """
    def layer(W, x, hs):
        return np.dot(W, x)
    """,
    "activations_left_out",
)
wrong(
    "layer",
    "no activation for a sequence",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            z = hs(z)
        return z
    """,
    "sequence_ignored",
)
wrong(
    "layer",
    "z overwritten",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            return hs(z)
        for i in range(len(z)):
            z[i] = hs[i](z[i])
        return z
    """,
    "cut_to_whole_numbers",
)
wrong(
    "layer",
    "results like x",
    """
    def layer(W, x, hs):
        m = W.shape[0]
        out = np.zeros(m, dtype=x.dtype)
        for i in range(m):
            h = hs if callable(hs) else hs[i]
            out[i] = h(W[i] @ x)
        return out
    """,
    "cut_to_whole_numbers",
)
wrong(
    "layer",
    "return within the loop",
    """
    def layer(W, x, hs):
        for i in range(len(W)):
            h = hs if callable(hs) else hs[i]
            return h(W[i] @ x)
    """,
    "returned_inside_the_loop",
)
wrong(
    "layer",
    "return of the list within the loop",
    """
    def layer(W, x, hs):
        out = []
        for i in range(len(W)):
            h = hs if callable(hs) else hs[i]
            out.append(h(W[i] @ x))
            return np.array(out)
    """,
    "only_the_first_neuron",
    "list_returned_inside_the_loop",
)
wrong(
    "layer",
    "only the last survives",
    """
    def layer(W, x, hs):
        for i, w in enumerate(W):
            if callable(hs):
                out = hs(w @ x)
            else:
                out = hs[i](w @ x)
        return out
    """,
    "last_neuron_only",
)
wrong(
    "layer",
    "as many steps as inputs",
    """
    def layer(W, x, hs):
        out = []
        for i in range(len(x)):
            h = hs if callable(hs) else hs[i]
            out.append(h(W[i] @ x))
        return np.array(out)
    """,
    "steps_over_the_inputs",
)
wrong(
    "layer",
    "the sum isn't set to 0 again",
    """
    def layer(W, x, hs):
        out = []
        z = 0
        for i in range(len(W)):
            for j in range(len(x)):
                z += W[i][j] * x[j]
            h = hs if callable(hs) else hs[i]
            out.append(h(z))
        return np.array(out)
    """,
    "sum_never_reset",
)
wrong(
    "layer",
    "= for += in the inner loop",
    """
    def layer(W, x, hs):
        out = np.zeros(len(W))
        for i in range(len(W)):
            for j in range(len(x)):
                z = W[i, j] * x[j]
            out[i] = hs(z) if callable(hs) else hs[i](z)
        return out
    """,
    "last_product_only",
)
wrong(
    "layer",
    "a column",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            return hs(z).reshape(-1, 1)
        return np.array([[h(v)] for h, v in zip(hs, z)])
    """,
    "column_of_outputs",
)
wrong(
    "layer",
    "x @ W, no activation",
    """
    def layer(W, x, hs):
        return x @ W
    """,
    "neurons_as_columns",
    "neurons_as_columns+activations_left_out",
)
wrong(
    "layer",
    "the first activation, x @ W",
    """
    def layer(W, x, hs):
        h = hs if callable(hs) else hs[0]
        return h(x @ W)
    """,
    "neurons_as_columns",
    "neurons_as_columns+first_activation_for_all",
)
wrong(
    "layer",
    "the outputs added up",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            return np.sum(hs(z))
        return sum(h(v) for h, v in zip(hs, z))
    """,
    "outputs_added_up",
)

# -------------------------------------------------------------------------------------- two_layer

wrong(
    "two_layer",
    "h on the output too",
    """
    def two_layer(u, W, x, h):
        return h(u @ h(W @ x))
    """,
    "activation_on_the_output_too",
)
wrong(
    "two_layer",
    "h on the output only",
    """
    def two_layer(u, W, x, h):
        return h(np.dot(u, np.dot(W, x)))
    """,
    "activation_on_the_output_only",
)
wrong(
    "two_layer",
    "no h",
    """
    def two_layer(u, W, x, h):
        return u @ W @ x
    """,
    "activation_left_out",
)
wrong(
    "two_layer",
    "h of x",
    """
    def two_layer(u, W, x, h):
        return u @ (W @ h(x))
    """,
    "activation_before_the_hidden_weights",
)
wrong(
    "two_layer",
    "x @ W",
    """
    def two_layer(u, W, x, h):
        return u @ h(x @ W)
    """,
    "hidden_weights_transposed",
)
wrong(
    "two_layer",
    "W.T",
    """
    def two_layer(u, W, x, h):
        hidden = h(np.dot(W.T, x))
        return np.dot(u, hidden)
    """,
    "hidden_weights_transposed",
)
wrong(
    "two_layer",
    "a star",
    """
    def two_layer(u, W, x, h):
        return u * h(W @ x)
    """,
    "output_not_summed",
)
wrong(
    "two_layer",
    "no output neuron",
    """
    def two_layer(u, W, x, h):
        return np.array([h(w @ x) for w in W])
    """,
    "output_neuron_left_out",
)
wrong(
    "two_layer",
    "the plain sum",
    """
    def two_layer(u, W, x, h):
        return np.sum(h(W @ x))
    """,
    "output_weights_left_out",
)
wrong(
    "two_layer",
    "the mean",
    """
    def two_layer(u, W, x, h):
        return np.mean(u * h(W @ x))
    """,
    "mean_of_the_products",
)
wrong(
    "two_layer",
    "a row times a column",
    """
    def two_layer(u, W, x, h):
        H = h(W @ x.reshape(-1, 1))
        return u.reshape(1, -1) @ H
    """,
    "an_array_of_one",
)
wrong(
    "two_layer",
    "u added",
    """
    def two_layer(u, W, x, h):
        return np.sum(u + h(W @ x))
    """,
    "added_instead_of_multiplied",
)
wrong(
    "two_layer",
    "h of u too",
    """
    def two_layer(u, W, x, h):
        return h(u) @ h(W @ x)
    """,
    "activation_of_the_output_weights",
)
wrong(
    "two_layer",
    "h of the products with u",
    """
    def two_layer(u, W, x, h):
        return np.sum(h(u * (W @ x)))
    """,
    "activation_after_the_output_weights",
)
wrong(
    "two_layer",
    "the hidden sum missing",
    """
    def two_layer(u, W, x, h):
        return u @ h(W * x)
    """,
    "hidden_products_not_summed",
)
wrong(
    "two_layer",
    "h within the hidden sum",
    """
    def two_layer(u, W, x, h):
        return u @ np.sum(h(W * x), axis=1)
    """,
    "activation_before_the_hidden_sum",
)
wrong(
    "two_layer",
    "= for +=",
    """
    def two_layer(u, W, x, h):
        f = 0
        for i in range(len(u)):
            f = u[i] * h(W[i] @ x)
        return f
    """,
    "last_hidden_neuron_only",
)
wrong(
    "two_layer",
    "return within the loop",
    """
    def two_layer(u, W, x, h):
        f = 0
        for ui, wi in zip(u, W):
            f += ui * h(wi @ x)
            return f
    """,
    "returned_inside_the_loop",
)
wrong(
    "two_layer",
    "a tanh of its own",
    """
    def two_layer(u, W, x, h):
        return u @ np.tanh(W @ x)
    """,
    "activation_of_its_own",
)
wrong(
    "two_layer",
    "the loop over the inputs",
    """
    def two_layer(u, W, x, h):
        f = 0
        for i in range(len(x)):
            f += u[i] * h(W[i] @ x)
        return f
    """,
    "steps_over_the_inputs",
)
wrong(
    "two_layer",
    "x @ W, h on the output too",
    """
    def two_layer(u, W, x, h):
        return h(u @ h(x @ W))
    """,
    "hidden_weights_transposed",
    "hidden_weights_transposed+activation_on_the_output_too",
)
wrong(
    "two_layer",
    "no h, no sum",
    """
    def two_layer(u, W, x, h):
        return u * (W @ x)
    """,
    "output_not_summed+activation_left_out",
)
wrong(
    "two_layer",
    "hidden results like x",
    """
    def two_layer(u, W, x, h):
        hidden = np.zeros(len(W), dtype=x.dtype)
        for i in range(len(W)):
            hidden[i] = h(W[i] @ x)
        return u @ hidden
    """,
    "cut_to_whole_numbers",
)

# ----------------------------------------------------------------------------------- from_lecture

wrong(
    "from_lecture",
    "reshape",
    """
    def from_lecture(A, b):
        m, d = A.shape
        return A.reshape(d, m), b.reshape(1, m)
    """,
    "reshaped_instead_of_transposed",
)
wrong(
    "from_lecture",
    "b.T",
    """
    def from_lecture(A, b):
        return A.T, b.T
    """,
    "biases_left_flat",
)
wrong(
    "from_lecture",
    "b as it is",
    """
    def from_lecture(A, b):
        return np.transpose(A), b
    """,
    "biases_left_flat",
)
wrong(
    "from_lecture",
    "a column",
    """
    def from_lecture(A, b):
        return A.T, b[:, np.newaxis]
    """,
    "biases_as_a_column",
)
wrong(
    "from_lecture",
    "A as it is",
    """
    def from_lecture(A, b):
        return A, b.reshape(1, -1)
    """,
    "weights_left_as_they_came",
)
wrong(
    "from_lecture",
    "nothing",
    """
    def from_lecture(A, b):
        return A, b
    """,
    "nothing_converted",
)
wrong(
    "from_lecture",
    "b first",
    """
    def from_lecture(A, b):
        return b[None, :], A.T
    """,
    "biases_first",
)
wrong(
    "from_lecture",
    "two biases",
    """
    def from_lecture(A, b):
        return A.T, b.reshape(1, 2)
    """,
    "sizes_hard_wired",
)
wrong(
    "from_lecture",
    "reshape, b flat",
    """
    def from_lecture(A, b):
        return A.reshape(A.shape[1], A.shape[0]), b
    """,
    "reshaped_instead_of_transposed+biases_left_flat",
)
wrong(
    "from_lecture",
    "reshape, b a column",
    """
    def from_lecture(A, b):
        return A.reshape(A.shape[1], -1), b.reshape(-1, 1)
    """,
    "reshaped_instead_of_transposed+biases_as_a_column",
)
wrong(
    "from_lecture",
    "A as it is, b a column",
    """
    def from_lecture(A, b):
        return A, b.reshape(-1, 1)
    """,
    "weights_left_as_they_came+biases_as_a_column",
)
wrong(
    "from_lecture",
    "b first and flat",
    """
    def from_lecture(A, b):
        return b, A.T
    """,
    "biases_left_flat+biases_first",
)
wrong(
    "from_lecture",
    "only A",
    """
    def from_lecture(A, b):
        return A.T
    """,
    "only_the_weights",
)
wrong(
    "from_lecture",
    "stacked",
    """
    def from_lecture(A, b):
        return np.vstack([b, A.T])
    """,
    "stacked_into_one_matrix",
)
wrong(
    "from_lecture",
    "turned",
    """
    def from_lecture(A, b):
        return np.rot90(A), b.reshape(1, -1)
    """,
    "turned_instead_of_transposed",
)
wrong(
    "from_lecture",
    "a list of b",
    """
    def from_lecture(A, b):
        return A.T, [[b]]
    """,
    "biases_with_three_axes",
)
wrong(
    "from_lecture",
    "the inverse",
    """
    def from_lecture(A, b):
        return np.linalg.inv(A), b.reshape(1, -1)
    """,
)
wrong(
    "from_lecture",
    "printed",
    """
    def from_lecture(A, b):
        print(A.T, b.reshape(1, -1))
    """,
    says="returned None",
)

# ------------------------------------------------------------------------------------------ dense

wrong(
    "dense",
    "b after h",
    """
    def dense(X, A, b, h):
        return h(X @ A) + b
    """,
    "bias_after_the_activation",
)
wrong(
    "dense",
    "b added to X",
    """
    def dense(X, A, b, h):
        return h(np.dot(X + b, A))
    """,
    "bias_before_the_product",
)
wrong(
    "dense",
    "b added to A",
    """
    def dense(X, A, b, h):
        return h(X @ (A + b))
    """,
    "bias_added_to_the_weights",
)
wrong(
    "dense",
    "no b",
    """
    def dense(X, A, b, h):
        return h(np.matmul(X, A))
    """,
    "bias_left_out",
)
wrong(
    "dense",
    "b.T",
    """
    def dense(X, A, b, h):
        return h(X @ A + b.T)
    """,
    "bias_down_the_batch",
)
wrong(
    "dense",
    "the first bias",
    """
    def dense(X, A, b, h):
        return h(X @ A + b[0][0])
    """,
    "one_bias_for_all",
)
wrong(
    "dense",
    "A.T",
    """
    def dense(X, A, b, h):
        return h(X @ A.T + b)
    """,
    "weights_transposed",
)
wrong(
    "dense",
    "A @ X",
    """
    def dense(X, A, b, h):
        return h(A @ X + b)
    """,
    "product_in_the_order_of_columns",
)
wrong(
    "dense",
    "the popular course's columns",
    """
    def dense(X, A, b, h):
        Z = np.dot(A.T, X) + b
        return h(Z)
    """,
    "examples_taken_as_columns",
)
wrong(
    "dense",
    "columns as a result",
    """
    def dense(X, A, b, h):
        return h(A.T @ X.T + b.T)
    """,
    "examples_came_out_as_columns",
)
wrong(
    "dense",
    "squeezed",
    """
    def dense(X, A, b, h):
        Z = np.squeeze(X @ A)
        return h(Z + b)
    """,
    "axis_lost_before_the_bias",
)
wrong(
    "dense",
    "flat",
    """
    def dense(X, A, b, h):
        return h(X @ A + b).flatten()
    """,
    "flattened",
)
wrong(
    "dense",
    "no h",
    """
    def dense(X, A, b, h):
        Z = X @ A
        Z = Z + b
        return Z
    """,
    "activation_left_out_of_dense",
)
wrong(
    "dense",
    "h of X",
    """
    def dense(X, A, b, h):
        return h(X) @ A + b
    """,
    "activation_of_the_examples",
)
wrong(
    "dense",
    "entry by entry",
    """
    def dense(X, A, b, h):
        return h(X * A + b)
    """,
    "star_for_the_product",
)
wrong(
    "dense",
    "a loop with b[k]",
    """
    def dense(X, A, b, h):
        n, k = len(X), A.shape[1]
        H = np.zeros((n, k))
        for i in range(n):
            for j in range(k):
                H[i, j] = h(X[i] @ A[:, j] + b[j])
        return H
    """,
    "bias_row_taken_as_flat",
)
wrong(
    "dense",
    "a loop with b[0]",
    """
    def dense(X, A, b, h):
        n, k = len(X), A.shape[1]
        H = np.zeros((n, k))
        for i in range(n):
            for j in range(k):
                z = b[0]
                for l in range(A.shape[0]):
                    z += X[i, l] * A[l, j]
                H[i, j] = h(z)
        return H
    """,
    "bias_row_taken_as_flat",
)
wrong(
    "dense",
    "results like X",
    """
    def dense(X, A, b, h):
        H = np.zeros((X.shape[0], A.shape[1]), dtype=X.dtype)
        for i in range(X.shape[0]):
            for k in range(A.shape[1]):
                H[i, k] = h(X[i] @ A[:, k] + b[0, k])
        return H
    """,
    "cut_to_whole_numbers",
)
wrong(
    "dense",
    "Z overwritten",
    """
    def dense(X, A, b, h):
        Z = X @ A + b
        for i in range(len(Z)):
            Z[i] = h(Z[i])
        return Z
    """,
    "cut_to_whole_numbers",
)
wrong(
    "dense",
    "b added in place",
    """
    def dense(X, A, b, h):
        Z = X @ A
        Z += b
        return h(Z)
    """,
)
wrong(
    "dense",
    "b added for every input",
    """
    def dense(X, A, b, h):
        H = np.zeros((X.shape[0], A.shape[1]))
        for i in range(X.shape[0]):
            for k in range(A.shape[1]):
                z = 0
                for j in range(A.shape[0]):
                    z += X[i, j] * A[j, k] + b[0, k]
                H[i, k] = h(z)
        return H
    """,
    "bias_added_for_every_input",
)
wrong(
    "dense",
    "the sum isn't set to 0 again",
    """
    def dense(X, A, b, h):
        H = np.zeros((X.shape[0], A.shape[1]))
        for i in range(X.shape[0]):
            z = 0
            for k in range(A.shape[1]):
                for j in range(A.shape[0]):
                    z += X[i, j] * A[j, k]
                H[i, k] = h(z + b[0, k])
        return H
    """,
    "sum_never_reset",
)
wrong(
    "dense",
    "= for +=",
    """
    def dense(X, A, b, h):
        H = np.zeros((X.shape[0], A.shape[1]))
        for i in range(X.shape[0]):
            for k in range(A.shape[1]):
                for j in range(A.shape[0]):
                    z = X[i, j] * A[j, k]
                H[i, k] = h(z + b[0, k])
        return H
    """,
    "last_product_only",
)
wrong(
    "dense",
    "return within the loop",
    """
    def dense(X, A, b, h):
        for x in X:
            return h(x @ A + b)
    """,
    "first_example_only",
)
wrong(
    "dense",
    "rows with an axis too many",
    """
    def dense(X, A, b, h):
        return np.array([h(x @ A + b) for x in X])
    """,
    "an_axis_too_many",
)
wrong(
    "dense",
    "b subtracted",
    """
    def dense(X, A, b, h):
        return h(X @ A - b)
    """,
    "bias_subtracted",
)
wrong(
    "dense",
    "all biases summed",
    """
    def dense(X, A, b, h):
        return h(X @ A + np.sum(b))
    """,
    "biases_added_up",
)
wrong(
    "dense",
    "a relu of its own",
    """
    def dense(X, A, b, h):
        return np.maximum(0, X @ A + b)
    """,
    "activation_of_its_own",
)
wrong(
    "dense",
    "no b, no h",
    """
    def dense(X, A, b, h):
        return X @ A
    """,
    "bias_left_out+activation_left_out_of_dense",
)
wrong(
    "dense",
    "A.T, no b",
    """
    def dense(X, A, b, h):
        return h(X @ A.T)
    """,
    "weights_transposed",
    "weights_transposed+bias_left_out",
)
wrong(
    "dense",
    "b.T, no h",
    """
    def dense(X, A, b, h):
        return X @ A + b.T
    """,
    "bias_down_the_batch+activation_left_out_of_dense",
)
wrong(
    "dense",
    "changes Z through X",
    """
    def dense(X, A, b, h):
        H = X.copy()
        H[:] = h(X @ A + b)
        return H
    """,
    "written_into_an_array_like_X",
)

# ------------------------------------------------------------------------------------ xor_network

wrong(
    "xor_network",
    "OR of the lesson",
    """
    def xor_network():
        W = np.array([[1.0, 1.0], [1.0, 1.0]])
        b = np.array([[0.0, -1.0]])
        u = np.array([1.0, -1.0])
        return W, b, u, 0.0
    """,
    "or_network",
)
wrong(
    "xor_network",
    "AND",
    """
    def xor_network():
        return np.array([[1.0], [1.0]]), np.array([[-1.0]]), np.array([1.0]), 0.0
    """,
    "and_network",
)
wrong(
    "xor_network",
    "XNOR",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0.0, -1.0]]), np.array([-1.0, 2.0]), 1.0
    """,
    "upside_down",
)
wrong(
    "xor_network",
    "NAND",
    """
    def xor_network():
        return np.ones((2, 1)), np.array([[-1.0]]), np.array([-1.0]), 1.0
    """,
    "nand_network",
)
wrong(
    "xor_network",
    "no biases",
    """
    def xor_network():
        return np.ones((2, 2)), np.zeros((1, 2)), np.array([1.0, -2.0]), 0.0
    """,
    "hidden_biases_forgotten",
)
wrong(
    "xor_network",
    "the bias positive",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0.0, 1.0]]), np.array([1.0, -2.0]), 0.0
    """,
    "bias_with_the_wrong_sign",
)
wrong(
    "xor_network",
    "the bias too far out",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0.0, -2.0]]), np.array([1.0, -2.0]), 0.0
    """,
    "only_adds_the_inputs",
)
wrong(
    "xor_network",
    "c in an array",
    """
    def xor_network():
        W = np.array([[1, 1], [1, 1]])
        return W, np.array([[0, -1]]), np.array([1, -2]), np.array([0.0])
    """,
    "output_bias_in_an_array",
)
wrong(
    "xor_network",
    "c in a matrix",
    """
    def xor_network():
        W = np.array([[1, 1], [1, 1]])
        return W, np.array([[0, -1]]), np.array([1, -2]), np.array([[0.0]])
    """,
    "output_bias_in_an_array",
)
wrong(
    "xor_network",
    "b flat",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([0, -1]), np.array([1, -2]), 0
    """,
    "biases_in_a_flat_array",
)
wrong(
    "xor_network",
    "b a column",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0], [-1]]), np.array([1, -2]), 0
    """,
    "biases_in_a_column",
)
wrong(
    "xor_network",
    "u a column",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0, -1]]), np.array([[1], [-2]]), 0
    """,
    "output_weights_in_a_column",
)
wrong(
    "xor_network",
    "u a row",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0, -1]]), np.array([[1, -2]]), 0
    """,
    "output_weights_in_a_row",
)
wrong(
    "xor_network",
    "b flat and u a column",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([0, -1]), np.array([[1], [-2]]), 0
    """,
    "biases_in_a_flat_array+output_weights_in_a_column",
)
wrong(
    "xor_network",
    "c forgotten",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0, -1]]), np.array([1, -2])
    """,
    "output_bias_left_out",
)
wrong(
    "xor_network",
    "the slope changed to 0 after the top by -3",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0, -1]]), np.array([1, -3]), 0
    """,
    "pulled_down_too_far",
)
wrong(
    "xor_network",
    "added",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0, -1]]), np.array([1, 1]), 0
    """,
    "second_neuron_pushes_up",
)
wrong(
    "xor_network",
    "plus 2",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0, -1]]), np.array([1, 2]), 0
    """,
    "second_neuron_pushes_up",
)
wrong(
    "xor_network",
    "textbook's weights for sigmoids",
    """
    def xor_network():
        W = np.array([[20.0, -20.0], [20.0, -20.0]])
        return W, np.array([[-10.0, 30.0]]), np.array([20.0, 20.0]), -30.0
    """,
    "weights_for_sigmoids",
)
wrong(
    "xor_network",
    "textbook's weights for steps",
    """
    def xor_network():
        W = np.array([[1.0, 1.0], [1.0, 1.0]])
        return W, np.array([[-0.5, -1.5]]), np.array([1.0, -1.0]), -0.5
    """,
    "weights_for_steps",
)
wrong(
    "xor_network",
    "textbook's weights for steps, -2",
    """
    def xor_network():
        W = np.array([[1.0, 1.0], [1.0, 1.0]])
        return W, np.array([[-0.5, -1.5]]), np.array([1.0, -2.0]), -0.5
    """,
    "weights_for_steps",
)
wrong(
    "xor_network",
    "the outputs",
    """
    def xor_network():
        return np.array([0, 1, 1, 0])
    """,
    "outputs_instead_of_a_network",
)
wrong(
    "xor_network",
    "|x1 - x2| with one direction only",
    """
    def xor_network():
        W = np.array([[1.0], [-1.0]])
        return W, np.array([[0.0]]), np.array([1.0]), 0.0
    """,
    "one_direction_only",
)
wrong(
    "xor_network",
    "c of 1",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0, -1]]), np.array([1, -2]), 1.0
    """,
    "wrong_output_bias",
)
wrong(
    "xor_network",
    "half the outputs",
    """
    def xor_network():
        return np.ones((2, 2)), np.array([[0, -1]]), np.array([0.5, -1]), 0.0
    """,
    "tent_of_another_height",
)
wrong(
    "xor_network",
    "random",
    """
    def xor_network():
        rng = np.random.default_rng(3)
        return rng.normal(size=(2, 2)), rng.normal(size=(1, 2)), rng.normal(size=2), 0.3
    """,
)
wrong(
    "xor_network",
    "W of rows",
    """
    def xor_network():
        W = np.array([[1, 1], [1, 1], [1, -1]])
        return W, np.array([[0, -1, 0]]), np.array([1, -2, 0]), 0.0
    """,
    "neurons_as_rows",
)
wrong(
    "xor_network",
    "the parts in another order",
    """
    def xor_network():
        W = np.ones((2, 2))
        return W, np.array([1, -2]), np.array([[0, -1]]), 0.0
    """,
    "parts_in_another_order",
)

# --------------------------------------------------------------------------------- parity_network

wrong(
    "parity_network",
    "the slopes for weights",
    """
    def parity_network(k):
        A = np.ones((k, k))
        b = np.array([[-j for j in range(k)]])
        u = np.array([1 if j % 2 == 0 else -1 for j in range(k)])
        return A, b, u, 0
    """,
    "slopes_instead_of_changes",
)
wrong(
    "parity_network",
    "XOR's tent with k rows",
    """
    def parity_network(k):
        A = np.ones((k, 2))
        return A, np.array([[0, -1]]), np.array([1, -2]), 0
    """,
    "xor_however_many_inputs",
)
wrong(
    "parity_network",
    "XOR as it was",
    """
    def parity_network(k):
        W = np.array([[1.0, 1.0], [1.0, 1.0]])
        b = np.array([[0.0, -1.0]])
        u = np.array([1.0, -2.0])
        return W, b, u, 0.0
    """,
    "always_two_inputs",
)
wrong(
    "parity_network",
    "two at every bend",
    """
    def parity_network(k):
        A = np.ones((k, k))
        b = -np.arange(k).reshape(1, -1)
        u = 2.0 * (-1.0) ** np.arange(k)
        return A, b, u, 0.0
    """,
    "first_change_doubled",
)
wrong(
    "parity_network",
    "down and down",
    """
    def parity_network(k):
        A = np.ones((k, k))
        b = -np.arange(k)[np.newaxis, :]
        u = np.full(k, -2.0)
        u[0] = 1.0
        return A, b, u, 0.0
    """,
    "never_turned_up",
)
wrong(
    "parity_network",
    "alternating from the wrong side",
    """
    def parity_network(k):
        A = np.ones((k, k))
        b = -np.arange(k)[np.newaxis, :]
        u = [1.0]
        for j in range(1, k):
            u.append(2.0 if j % 2 else -2.0)
        return A, b, np.array(u), 0.0
    """,
    "signs_begin_wrong",
)
wrong(
    "parity_network",
    "one of them only",
    """
    def parity_network(k):
        A = np.ones((k, 3))
        b = np.array([[0.0, -1.0, -2.0]])
        u = np.array([1.0, -2.0, 1.0])
        return A, b, u, 0.0
    """,
    "exactly_one",
)
wrong(
    "parity_network",
    "a ramp",
    """
    def parity_network(k):
        return np.ones((k, 2)), np.array([[0.0, -1.0]]), np.array([1.0, -1.0]), 0.0
    """,
    "any_input",
)
wrong(
    "parity_network",
    "range from 1",
    """
    def parity_network(k):
        A = np.ones((k, k))
        b = np.array([[-j for j in range(1, k + 1)]])
        u = np.array([1] + [2 * (-1) ** j for j in range(1, k)])
        return A, b, u, 0
    """,
    "bends_one_too_late",
)
wrong(
    "parity_network",
    "the last one forgotten",
    """
    def parity_network(k):
        b = [0]
        u = [1]
        for j in range(1, k - 1):
            b.append(-j)
            u.append(2 * (-1) ** j)
        return np.ones((k, len(u))), np.array([b]), np.array(u), 0
    """,
    "last_bend_missing",
)
wrong(
    "parity_network",
    "no biases",
    """
    def parity_network(k):
        u = np.array([1] + [2 * (-1) ** j for j in range(1, k)])
        return np.ones((k, k)), np.zeros((1, k)), u, 0
    """,
    "bends_forgotten",
)
wrong(
    "parity_network",
    "the biases' minus lost",
    """
    def parity_network(k):
        u = np.array([1] + [2 * (-1) ** j for j in range(1, k)])
        return np.ones((k, k)), np.arange(k).reshape(1, k), u, 0
    """,
    "bends_on_the_other_side",
)
wrong(
    "parity_network",
    "b without a second axis",
    """
    def parity_network(k):
        u = np.array([1] + [2 * (-1) ** j for j in range(1, k)])
        return np.ones((k, k)), -np.arange(k), u, 0
    """,
    "biases_in_a_flat_array",
)
wrong(
    "parity_network",
    "u for a matrix product",
    """
    def parity_network(k):
        u = np.array([[1.0] + [2.0 * (-1) ** j for j in range(1, k)]]).T
        return np.ones((k, k)), -np.arange(k).reshape(1, k), u, 0
    """,
    "output_weights_in_a_column",
)
wrong(
    "parity_network",
    "no c",
    """
    def parity_network(k):
        u = np.array([1] + [2 * (-1) ** j for j in range(1, k)])
        return np.ones((k, k)), -np.arange(k).reshape(1, k), u
    """,
    "output_bias_left_out",
)
wrong(
    "parity_network",
    "even instead of odd",
    """
    def parity_network(k):
        u = np.array([-1] + [-2 * (-1) ** j for j in range(1, k)])
        return np.ones((k, k)), -np.arange(k).reshape(1, k), u, 1
    """,
    "upside_down",
)

# ---------------------------------------------------------------------------- all of them, again

wrong(
    "layer",
    "two neurons by hand",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            return hs(z)
        return hs[0](z[0]), hs[1](z[1])
    """,
    "two_neurons_only",
)
wrong(
    "layer",
    "a try",
    """
    def layer(W, x, hs):
        z = W @ x
        try:
            return hs(z)
        except TypeError:
            return np.array([h(z) for h in hs])
    """,
    "every_activation_on_every_neuron",
)
wrong(
    "layer",
    "results like x, all of it",
    """
    def layer(W, x, hs):
        out = np.zeros_like(x)
        for i in range(len(W)):
            h = hs if callable(hs) else hs[i]
            out[i] = h(W[i] @ x)
        return out
    """,
    "results_as_many_as_inputs",
)
wrong(
    "layer",
    "entry by entry for a sequence",
    """
    def layer(W, x, hs):
        if callable(hs):
            return hs(np.dot(W, x))
        return np.array([h(w * x) for h, w in zip(hs, W)])
    """,
    "products_not_summed",
)
wrong(
    "layer",
    "no return for one function",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            hs(z)
        else:
            return np.array([h(v) for h, v in zip(hs, z)])
    """,
    says="returned None",
)
wrong(
    "layer",
    "the sequence backwards",
    """
    def layer(W, x, hs):
        z = W @ x
        if callable(hs):
            return hs(z)
        return np.array([h(v) for h, v in zip(hs[::-1], z)])
    """,
    "activations_in_reverse",
)
wrong(
    "layer",
    "z overwritten by a number",
    """
    def layer(W, x, hs):
        z = W @ x
        if not callable(hs):
            for i, h in enumerate(hs):
                z = h(z[i])
            return z
        return hs(z)
    """,
    "z_overwritten_in_the_loop",
)
wrong(
    "two_layer",
    "h twice",
    """
    def two_layer(u, W, x, h):
        return u @ h(h(W @ x))
    """,
    "activation_twice",
)
wrong(
    "two_layer",
    "h of W",
    """
    def two_layer(u, W, x, h):
        return u @ h(W) @ x
    """,
)
wrong(
    "two_layer",
    "h of u alone",
    """
    def two_layer(u, W, x, h):
        return h(u) @ W @ x
    """,
    "activation_left_out+activation_of_the_output_weights",
)
wrong(
    "two_layer",
    "no u, two hidden vectors",
    """
    def two_layer(u, W, x, h):
        z = W @ x
        return np.dot(h(z), z)
    """,
)
wrong(
    "from_lecture",
    "a row by the wrong size",
    """
    def from_lecture(A, b):
        return A.T, np.reshape(b, (1, A.shape[1]))
    """,
    "biases_by_the_inputs",
)
wrong(
    "from_lecture",
    "weights of whole numbers",
    """
    def from_lecture(A, b):
        new = np.zeros((A.shape[1], A.shape[0]), dtype=int)
        for i in range(A.shape[0]):
            for j in range(A.shape[1]):
                new[j, i] = A[i, j]
        return new, b.reshape(1, -1)
    """,
    "cut_to_whole_numbers",
)
wrong(
    "from_lecture",
    "a transpose in an array of the old shape",
    """
    def from_lecture(A, b):
        new = np.zeros(A.shape)
        for i in range(A.shape[0]):
            for j in range(A.shape[1]):
                new[j, i] = A[i, j]
        return new, b.reshape(1, -1)
    """,
    says="IndexError",
)
wrong(
    "from_lecture",
    "resized",
    """
    def from_lecture(A, b):
        A.resize(A.shape[::-1])
        return A, b.reshape(1, -1)
    """,
)
wrong(
    "dense",
    "columns in, the row of biases",
    """
    def dense(X, A, b, h):
        return h(np.dot(A.T, X.T) + b)
    """,
    "bias_down_the_batch+examples_came_out_as_columns",
)
wrong(
    "dense",
    "h on both parts",
    """
    def dense(X, A, b, h):
        return np.dot(h(X), A) + h(b)
    """,
)
wrong(
    "dense",
    "b in a loop, by the example",
    """
    def dense(X, A, b, h):
        H = np.zeros((len(X), A.shape[1]))
        for i in range(len(X)):
            for j in range(A.shape[1]):
                H[i, j] = X[i] @ A[:, j] + b[0, i]
        return h(H)
    """,
    "bias_down_the_batch",
)
wrong(
    "dense",
    "a flat list",
    """
    def dense(X, A, b, h):
        out = []
        for x in X:
            for k in range(A.shape[1]):
                out.append(h(x @ A[:, k] + b[0, k]))
        return np.array(out)
    """,
    "flattened",
)
wrong(
    "dense",
    "ones on the wrong side",
    """
    def dense(X, A, b, h):
        Xb = np.hstack([np.ones((len(X), 1)), X])
        return h(Xb @ np.vstack([A, b]))
    """,
)
wrong(
    "dense",
    "h twice",
    """
    def dense(X, A, b, h):
        return h(h(X @ A + b))
    """,
    "activation_twice",
)
wrong(
    "dense",
    "rows by A @ x",
    """
    def dense(X, A, b, h):
        return np.array([h(A @ x + b[0]) for x in X])
    """,
    "weights_transposed",
)
wrong(
    "xor_network",
    "the difference, subtracted",
    """
    def xor_network():
        W = np.array([[1, -1], [-1, 1]])
        return W, np.array([[0, 0]]), np.array([1, -1]), 0
    """,
    "one_corner_negative",
)
wrong(
    "xor_network",
    "None for c",
    """
    def xor_network():
        W = np.array([[1, 1], [1, 1]])
        return W, np.array([[0, -1]]), np.array([1, -2]), None
    """,
)
wrong(
    "xor_network",
    "the outputs of the right network",
    """
    def xor_network():
        W, b, u = np.ones((2, 2)), np.array([[0, -1]]), np.array([1, -2])
        X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        return np.maximum(X @ W + b, 0) @ u
    """,
    "outputs_instead_of_a_network",
)
wrong(
    "xor_network",
    "nearly",
    """
    def xor_network():
        W = np.array([[1.01, 1.0], [0.99, 1.0]])
        return W, np.array([[0, -1]]), np.array([1, -2.02]), 0.0
    """,
)
wrong(
    "xor_network",
    "neurons that never sleep",
    """
    def xor_network():
        W = np.array([[1, -1], [-1, 1]])
        return W, np.array([[1, 1]]), np.array([1, 1]), 0
    """,
)

# Slips of the first weeks, and a few for which no name is honest.

NATURAL += [
    Entry(
        "layer: zips hs with columns",
        "layer",
        with_imports("""
        def layer(W, x, hs):
            return np.array([h(np.dot(W[:, i], x)) for i, h in enumerate(hs)])
        """),
        (("neurons_as_columns",),),
    ),
    Entry(
        "layer: hs called once on all",
        "layer",
        with_imports("""
        def layer(W, x, hs):
            z = W @ x
            for h in hs:
                z = h(z)
            return z
        """),
        (("activations_one_after_another",),),
    ),
    Entry(
        "layer: only first activation",
        "layer",
        with_imports("""
        def layer(W, x, hs):
            z = W @ x
            return hs[0](z)
        """),
        (("first_activation_for_all",),),
    ),
    Entry(
        "layer: range of len x",
        "layer",
        with_imports("""
        def layer(W, x, hs):
            out = []
            for i in range(len(x)):
                out.append(hs[i](np.dot(W[i], x)))
            return np.array(out)
        """),
        (("steps_over_the_inputs",),),
    ),
    Entry(
        "layer: z as x @ W",
        "layer",
        with_imports("""
        def layer(W, x, hs):
            z = x @ W
            if callable(hs):
                return hs(z)
            return np.array([h(v) for h, v in zip(hs, z)])
        """),
        (("neurons_as_columns",),),
    ),
    Entry(
        "two_layer: h on output too",
        "two_layer",
        with_imports("""
        def two_layer(u, W, x, h):
            return h(u @ h(W @ x))
        """),
        (("activation_on_the_output_too",),),
    ),
    Entry(
        "two_layer: sums of products wrong",
        "two_layer",
        with_imports("""
        def two_layer(u, W, x, h):
            total = 0
            for i in range(len(u)):
                z = 0
                for j in range(len(x)):
                    z += W[j][i] * x[j]
                total += u[i] * h(z)
            return total
        """),
        (("hidden_weights_transposed",),),
    ),
    Entry(
        "two_layer: z not reset",
        "two_layer",
        with_imports("""
        def two_layer(u, W, x, h):
            total = 0
            z = 0
            for i in range(len(u)):
                for j in range(len(x)):
                    z += W[i][j] * x[j]
                total += u[i] * h(z)
            return total
        """),
        (("sum_never_reset",),),
    ),
    Entry(
        "two_layer: u outer",
        "two_layer",
        with_imports("""
        def two_layer(u, W, x, h):
            hidden = h(np.dot(W, x))
            return np.outer(u, hidden).sum()
        """),
        (),
    ),
    Entry(
        "dense: bias in h only once",
        "dense",
        with_imports("""
        def dense(X, A, b, h):
            return h(X @ A) + h(b)
        """),
        (),
    ),
    Entry(
        "dense: for i in range d_out over rows",
        "dense",
        with_imports("""
        def dense(X, A, b, h):
            n, d = X.shape
            out = np.zeros((n, A.shape[1]))
            for i in range(n):
                for j in range(A.shape[1]):
                    s = 0
                    for k in range(n):
                        s += X[i, k] * A[k, j]
                    out[i, j] = h(s + b[0, j])
            return out
        """),
        (),
    ),
    Entry(
        "dense: b[j]",
        "dense",
        with_imports("""
        def dense(X, A, b, h):
            out = np.zeros((X.shape[0], A.shape[1]))
            for i in range(X.shape[0]):
                for j in range(A.shape[1]):
                    out[i][j] = h(np.dot(X[i], A[:, j]) + b[j])
            return out
        """),
        (("bias_row_taken_as_flat",),),
    ),
    Entry(
        "dense: transposed A and minus b",
        "dense",
        with_imports("""
        def dense(X, A, b, h):
            return h(X @ A - b.T)
        """),
        (),
    ),
    Entry(
        "dense: A.T, again",
        "dense",
        with_imports("""
        def dense(X, A, b, h):
            Z = np.dot(X, A.T) + b
            return h(Z)
        """),
        (("weights_transposed",),),
    ),
    Entry(
        "dense: single row",
        "dense",
        with_imports("""
        def dense(X, A, b, h):
            return h(X[0] @ A + b)
        """),
        (("first_example_only",),),
    ),
    Entry(
        "from_lecture: only b",
        "from_lecture",
        with_imports("""
        def from_lecture(A, b):
            return A, b.reshape(1, -1)
        """),
        (("weights_left_as_they_came",),),
    ),
    Entry(
        "from_lecture: column bias",
        "from_lecture",
        with_imports("""
        def from_lecture(A, b):
            return A.T, b.reshape(-1, 1)
        """),
        (("biases_as_a_column",),),
    ),
    Entry(
        "from_lecture: reshape for transpose",
        "from_lecture",
        with_imports("""
        def from_lecture(A, b):
            m, n = A.shape
            return A.reshape(n, m), np.array([b])
        """),
        (("reshaped_instead_of_transposed",),),
    ),
    Entry(
        "from_lecture: b.T, again",
        "from_lecture",
        with_imports("""
        def from_lecture(A, b):
            return A.T, b.T
        """),
        (("biases_left_flat",),),
    ),
    Entry(
        "xor_network: and or",
        "xor_network",
        with_imports("""
        def xor_network():
            W = np.array([[1, 1], [1, 1]])
            b = np.array([0, -1])
            u = np.array([1, -2])
            return W, b, u, 0
        """),
        (("biases_in_a_flat_array",),),
    ),
    Entry(
        "xor_network: minus one",
        "xor_network",
        with_imports("""
        def xor_network():
            return np.ones((2, 2)), np.array([[0., -1.]]), np.array([1., -1.]), 0.0
        """),
        (("or_network",),),
    ),
]
NATURAL += [
    Entry(
        "layer: hs[::-1]",
        "layer",
        with_imports("""
        def layer(W, x, hs):
            z = W @ x
            if callable(hs):
                return hs(z)
            return np.array([h(v) for h, v in zip(hs[::-1], z)])
        """),
        (("activations_in_reverse",),),
    ),
    Entry(
        "layer: hs from the end, and one neuron too few",
        "layer",
        with_imports("""
        def layer(W, x, hs):
            m = len(W)
            out = []
            for i in range(m - 1):
                h = hs if callable(hs) else hs[m - 1 - i]
                out.append(h(W[i] @ x))
            return np.array(out)
        """),
        (
            (
                "last_neuron_left_out",
                "activations_in_reverse",
            ),
        ),
    ),
]
