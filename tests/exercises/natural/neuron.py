"""Wrong answers to the exercises of unit 1, as people write them."""

from textwrap import dedent

from tests.exercises.natural.entry import Entry, with_imports

NATURAL: list[Entry] = []
IMPORTS = "import math\nimport numpy as np\n"


def wrong(exercise: str, name: str, source: str, *ideas: str, says: str = "") -> None:
    """Add a wrong answer; ideas that are in it together are joined by a plus."""
    found = tuple(tuple(several.split("+")) for several in ideas)
    NATURAL.append(Entry(f"{exercise}: {name}", exercise, IMPORTS + dedent(source), found, says))


# ----------------------------------------------------------------------------------------- neuron

wrong(
    "neuron",
    "a star for the dot product",
    """
    def neuron(w, x, h):
        z = w * x
        return h(z)
    """,
    "products_not_summed",
)
wrong(
    "neuron",
    "np.dot of the products",
    """
    def neuron(w, x, h):
        return h(np.dot(w * x))
    """,
    "one_argument_for_dot",
)
wrong(
    "neuron",
    "h of each product in a list",
    """
    def neuron(w, x, h):
        return [h(wi * xi) for wi, xi in zip(w, x)]
    """,
    "products_not_summed",
)
wrong(
    "neuron",
    "the sum of h of the products",
    """
    def neuron(w, x, h):
        return sum(h(w * x))
    """,
    "activation_before_the_sum",
)
wrong(
    "neuron",
    "h within the loop",
    """
    def neuron(w, x, h):
        total = 0
        for i in range(len(w)):
            total += h(w[i] * x[i])
        return total
    """,
    "activation_before_the_sum",
)
wrong(
    "neuron",
    "h of the running sum in every step",
    """
    def neuron(w, x, h):
        y = 0
        for i in range(len(x)):
            y += w[i] * x[i]
            y = h(y)
        return y
    """,
    "activation_after_every_product",
)
wrong(
    "neuron",
    "h of the inputs",
    """
    def neuron(w, x, h):
        return np.dot(w, h(x))
    """,
    "activation_of_the_inputs",
)
wrong(
    "neuron",
    "h of the weights",
    """
    def neuron(w, x, h):
        return np.sum(h(w) * x)
    """,
    "activation_of_the_weights",
)
wrong(
    "neuron",
    "no activation",
    """
    def neuron(w, x, h):
        z = 0.0
        for wi, xi in zip(w, x):
            z = z + wi * xi
        return z
    """,
    "activation_left_out",
)
wrong(
    "neuron",
    "= for +=",
    """
    def neuron(w, x, h):
        z = 0
        for i in range(len(w)):
            z = w[i] * x[i]
        return h(z)
    """,
    "last_product_only",
)
wrong(
    "neuron",
    "the sum starts anew in every step",
    """
    def neuron(w, x, h):
        for i in range(len(w)):
            z = 0
            z += w[i] * x[i]
        return h(z)
    """,
    "last_product_only",
)
wrong(
    "neuron",
    "return within the loop",
    """
    def neuron(w, x, h):
        z = 0
        for i in range(len(w)):
            z += w[i] * x[i]
            return h(z)
    """,
    "returned_inside_the_loop",
)
wrong(
    "neuron",
    "the last input is left out",
    """
    def neuron(w, x, h):
        z = 0
        for i in range(len(x) - 1):
            z += w[i] * x[i]
        return h(z)
    """,
    "last_input_left_out",
)
wrong(
    "neuron",
    "counted from 1",
    """
    def neuron(w, x, h):
        z = 0
        for i in range(1, len(w)):
            z += w[i] * x[i]
        return h(z)
    """,
    "first_input_left_out",
)
wrong(
    "neuron",
    "the first weight as a bias",
    """
    def neuron(w, x, h):
        return h(w[0] + np.dot(w[1:], x[1:]))
    """,
    "first_weight_as_a_bias",
)
wrong(
    "neuron",
    "two inputs by hand",
    """
    def neuron(w, x, h):
        z = w[0] * x[0] + w[1] * x[1]
        return h(z)
    """,
    "two_inputs_only",
)
wrong(
    "neuron",
    "a sigmoid of its own",
    """
    def neuron(w, x, h):
        z = np.dot(w, x)
        return 1 / (1 + np.exp(-z))
    """,
    "activation_of_its_own",
)
wrong(
    "neuron",
    "a tanh of its own",
    """
    def neuron(w, x, h):
        return np.tanh(w @ x)
    """,
    "activation_of_its_own",
)
wrong(
    "neuron",
    "a relu of its own",
    """
    def neuron(w, x, h):
        z = sum(wi * xi for wi, xi in zip(w, x))
        return max(0, z)
    """,
    "activation_of_its_own",
)
wrong(
    "neuron",
    "weights and inputs added",
    """
    def neuron(w, x, h):
        return h(np.sum(w + x))
    """,
    "added_instead_of_multiplied",
)
wrong(
    "neuron",
    "the product of two sums",
    """
    def neuron(w, x, h):
        return h(sum(w) * sum(x))
    """,
    "product_of_the_sums",
)
wrong(
    "neuron",
    "np.mean",
    """
    def neuron(w, x, h):
        return h(np.mean(w * x))
    """,
    "mean_of_the_products",
)
wrong(
    "neuron",
    "a sum divided by the number of inputs",
    """
    def neuron(w, x, h):
        z = 0
        for a, b in zip(w, x):
            z += a * b
        return h(z / len(w))
    """,
    "mean_of_the_products",
)
wrong(
    "neuron",
    "np.prod",
    """
    def neuron(w, x, h):
        return h(np.prod(w * x))
    """,
    "products_multiplied",
)
wrong(
    "neuron",
    "the outer product",
    """
    def neuron(w, x, h):
        return h(np.outer(w, x))
    """,
    "outer_product",
)
wrong(
    "neuron",
    "a row times a column",
    """
    def neuron(w, x, h):
        w = w.reshape(1, -1)
        x = x.reshape(-1, 1)
        return h(w @ x)
    """,
    "an_array_of_one",
)
wrong(
    "neuron",
    "a list with one number",
    """
    def neuron(w, x, h):
        return [h(w @ x)]
    """,
    "an_array_of_one",
)
wrong(
    "neuron",
    "products in an array like x",
    """
    def neuron(w, x, h):
        p = np.zeros_like(x)
        for i in range(len(x)):
            p[i] = w[i] * x[i]
        return h(p.sum())
    """,
    "cut_to_whole_numbers",
)
wrong(
    "neuron",
    "multiplied in place in a copy of x",
    """
    def neuron(w, x, h):
        z = x.copy()
        z *= w
        return h(z.sum())
    """,
)
wrong(
    "neuron",
    "the output in an array like x",
    """
    def neuron(w, x, h):
        y = np.empty(1, dtype=x.dtype)
        y[0] = h(w @ x)
        return y[0]
    """,
    "cut_to_whole_numbers",
)
wrong(
    "neuron",
    "printed",
    """
    def neuron(w, x, h):
        print(h(w @ x))
    """,
    says="returned None",
)
wrong(
    "neuron",
    "= for +=, and no activation",
    """
    def neuron(w, x, h):
        for i in range(len(w)):
            z = w[i] * x[i]
        return z
    """,
    "last_product_only+activation_left_out",
)
wrong(
    "neuron",
    "the mean, and no activation",
    """
    def neuron(w, x, h):
        return np.mean(w * x)
    """,
    "mean_of_the_products+activation_left_out",
)
wrong(
    "neuron",
    "h of the inputs, without a sum",
    """
    def neuron(w, x, h):
        return w * h(x)
    """,
    "products_not_summed+activation_of_the_inputs",
)
wrong(
    "neuron",
    "a bias that isn't there",
    """
    def neuron(w, x, h):
        return h(w @ x + b)
    """,
    says="NameError",
)

# --------------------------------------------------------------------------------------- identity

wrong(
    "identity",
    "the identity matrix",
    """
    def identity(z):
        return np.eye(len(z))
    """,
    "identity_matrix",
)
wrong(
    "identity",
    "ones",
    """
    def identity(z):
        return np.ones_like(z)
    """,
    "slope_instead_of_value",
)
wrong(
    "identity",
    "one",
    """
    def identity(z):
        return 1
    """,
    "slope_instead_of_value",
)
wrong(
    "identity",
    "a relu",
    """
    def identity(z):
        return np.maximum(0, z)
    """,
    "negative_numbers_cut_off",
)
wrong(
    "identity",
    "the absolute value",
    """
    def identity(z):
        return abs(z)
    """,
    "sign_lost",
)
wrong(
    "identity",
    "a copy",
    """
    def identity(z):
        return z.copy()
    """,
    "arrays_only",
)
wrong(
    "identity",
    "a list of its entries",
    """
    def identity(z):
        return [v for v in z]
    """,
    "arrays_only",
)
wrong(
    "identity",
    "float",
    """
    def identity(z):
        return float(z)
    """,
    "one_number_only",
)
wrong(
    "identity",
    "a function",
    """
    def identity(z):
        return lambda z: z
    """,
    "a_function_returned",
)
wrong(
    "identity",
    "flat",
    """
    def identity(z):
        return np.array(z).flatten()
    """,
    "shape_lost",
)
wrong(
    "identity",
    "the first entry",
    """
    def identity(z):
        return z[0]
    """,
)
wrong(
    "identity",
    "the sum",
    """
    def identity(z):
        return np.sum(z)
    """,
    "entries_added_up",
)
wrong(
    "identity",
    "pass",
    """
    def identity(z):
        pass
    """,
    says="returned None",
)

# ------------------------------------------------------------------------------------------- relu

wrong(
    "relu",
    "Python's max",
    """
    def relu(z):
        return max(0, z)
    """,
    "max_of_python",
)
wrong(
    "relu",
    "if",
    """
    def relu(z):
        if z > 0:
            return z
        else:
            return 0
    """,
    "max_of_python",
)
wrong(
    "relu",
    "np.max(z, 0)",
    """
    def relu(z):
        return np.max(z, 0)
    """,
    "reduced_along_an_axis",
)
wrong(
    "relu",
    "np.max(0, z)",
    """
    def relu(z):
        return np.max(0, z)
    """,
    "reduced_along_an_axis",
)
wrong(
    "relu",
    "np.max of a list of two",
    """
    def relu(z):
        return np.max([0, z])
    """,
    "one_number_only",
)
wrong(
    "relu",
    "the largest entry",
    """
    def relu(z):
        return np.max(z)
    """,
    "largest_of_all",
)
wrong(
    "relu",
    "in place by a mask",
    """
    def relu(z):
        z[z < 0] = 0
        return z
    """,
    "overwrites_its_argument",
)
wrong(
    "relu",
    "in place through another name",
    """
    def relu(z):
        result = z
        result[result <= 0] = 0
        return result
    """,
    "overwrites_its_argument",
)
wrong(
    "relu",
    "a copy by its method",
    """
    def relu(z):
        a = z.copy()
        a[a < 0] = 0
        return a
    """,
    "arrays_only",
)
wrong(
    "relu",
    "z.clip",
    """
    def relu(z):
        return z.clip(min=0)
    """,
    "arrays_only",
)
wrong(
    "relu",
    "a list comprehension",
    """
    def relu(z):
        return np.array([max(0, v) for v in z])
    """,
    "vectors_only",
)
wrong(
    "relu",
    "a loop over the length",
    """
    def relu(z):
        out = np.zeros(len(z))
        for i in range(len(z)):
            if z[i] > 0:
                out[i] = z[i]
        return out
    """,
    "vectors_only",
)
wrong(
    "relu",
    "the absolute value",
    """
    def relu(z):
        return np.where(z > 0, z, -z)
    """,
    "absolute_value",
)
wrong(
    "relu",
    "np.minimum",
    """
    def relu(z):
        return np.minimum(0, z)
    """,
    "negative_part",
)
wrong(
    "relu",
    "the branches swapped",
    """
    def relu(z):
        return np.where(z > 0, 0, z)
    """,
    "negative_part",
)
wrong(
    "relu",
    "the mask alone",
    """
    def relu(z):
        return (z > 0) * 1.0
    """,
    "step_function",
)
wrong(
    "relu",
    "its derivative",
    """
    def relu(z):
        return np.where(z > 0, 1, 0)
    """,
    "step_function",
)
wrong(
    "relu",
    "a clip at 1",
    """
    def relu(z):
        return np.clip(z, 0, 1)
    """,
    "clipped_at_one",
)
wrong(
    "relu",
    "leaky",
    """
    def relu(z):
        return np.where(z > 0, z, 0.01 * z)
    """,
    "leaky",
)
wrong(
    "relu",
    "leaky by maximum",
    """
    def relu(z):
        return np.maximum(0.1 * z, z)
    """,
    "leaky",
)
wrong(
    "relu",
    "only the positive entries",
    """
    def relu(z):
        z = np.array(z)
        return z[z > 0]
    """,
    "positive_entries_only",
)
wrong(
    "relu",
    "any",
    """
    def relu(z):
        if np.any(z > 0):
            return z
        return 0
    """,
    "one_choice_for_all_entries",
)
wrong(
    "relu",
    "all",
    """
    def relu(z):
        if (z > 0).all():
            return z
        return np.zeros(z.shape)
    """,
    "one_choice_for_all_entries",
)
wrong(
    "relu",
    "softplus",
    """
    def relu(z):
        return np.log(1 + np.exp(z))
    """,
    "smooth_instead",
)
wrong(
    "relu",
    "a loop in place",
    """
    def relu(z):
        for i in range(len(z)):
            if z[i] < 0:
                z[i] = 0
        return z
    """,
    "vectors_only+overwrites_its_argument",
)
wrong(
    "relu",
    "np.maximum of one thing",
    """
    def relu(z):
        return np.maximum(z)
    """,
    says="TypeError",
)
wrong(
    "relu",
    "in place without return",
    """
    def relu(z):
        z = np.array(z)
        z[z < 0] = 0
    """,
    says="returned None",
)

# ------------------------------------------------------------------------------------------- tanh

wrong(
    "tanh",
    "the formula",
    """
    def tanh(z):
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    """,
    "infinity_over_infinity",
)
wrong(
    "tanh",
    "the formula with e^2z",
    """
    def tanh(z):
        return (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1)
    """,
    "infinity_over_infinity",
)
wrong(
    "tanh",
    "the formula with e^-2z",
    """
    def tanh(z):
        e = np.exp(-2 * z)
        return (1 - e) / (1 + e)
    """,
    "infinity_over_infinity",
)
wrong(
    "tanh",
    "sinh over cosh",
    """
    def tanh(z):
        return np.sinh(z) / np.cosh(z)
    """,
    "infinity_over_infinity",
)
wrong(
    "tanh",
    "math.tanh",
    """
    def tanh(z):
        return math.tanh(z)
    """,
    "tanh_of_one_number",
)
wrong(
    "tanh",
    "the formula with math.exp",
    """
    def tanh(z):
        return (math.exp(z) - math.exp(-z)) / (math.exp(z) + math.exp(-z))
    """,
    "tanh_of_one_number",
)
wrong(
    "tanh",
    "np.tan",
    """
    def tanh(z):
        return np.tan(z)
    """,
    "tangent_of_trigonometry",
)
wrong(
    "tanh",
    "np.arctan",
    """
    def tanh(z):
        return np.arctan(z)
    """,
    "arctangent",
)
wrong(
    "tanh",
    "np.arctanh",
    """
    def tanh(z):
        return np.arctanh(z)
    """,
    "inverse_function",
)
wrong(
    "tanh",
    "the sigmoid",
    """
    def tanh(z):
        return 1 / (1 + np.exp(-z))
    """,
    "sigmoid_instead",
)
wrong(
    "tanh",
    "upside down",
    """
    def tanh(z):
        return (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z))
    """,
    "upside_down",
)
wrong(
    "tanh",
    "the exponents swapped",
    """
    def tanh(z):
        return (np.exp(-z) - np.exp(z)) / (np.exp(z) + np.exp(-z))
    """,
    "sign_turned",
)
wrong(
    "tanh",
    "its derivative",
    """
    def tanh(z):
        return 1 - np.tanh(z) ** 2
    """,
    "slope_instead",
)
wrong(
    "tanh",
    "a stretched sigmoid, not squeezed",
    """
    def tanh(z):
        return 2 / (1 + np.exp(-z)) - 1
    """,
    "half_as_steep",
)
wrong(
    "tanh",
    "brackets lost in the numerator",
    """
    def tanh(z):
        return np.exp(z) - np.exp(-z) / (np.exp(z) + np.exp(-z))
    """,
    "brackets_lost",
)
wrong(
    "tanh",
    "brackets lost in the denominator",
    """
    def tanh(z):
        return (np.exp(z) - np.exp(-z)) / np.exp(z) + np.exp(-z)
    """,
    "brackets_lost",
)
wrong(
    "tanh",
    "divided by 2",
    """
    def tanh(z):
        return (np.exp(z) - np.exp(-z)) / 2
    """,
    "hyperbolic_sine",
)
wrong(
    "tanh",
    "np.sinh",
    """
    def tanh(z):
        return np.sinh(z)
    """,
    "hyperbolic_sine",
)
wrong(
    "tanh",
    "a loop over the entries",
    """
    def tanh(z):
        return np.array([math.tanh(v) for v in z])
    """,
    "vectors_only",
)
wrong(
    "tanh",
    "if for large z",
    """
    def tanh(z):
        if z > 20:
            return 1.0
        if z < -20:
            return -1.0
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    """,
    "one_choice_for_all_entries",
)
wrong(
    "tanh",
    "the minus of the second exponent lost in the denominator",
    """
    def tanh(z):
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(z))
    """,
    "minus_in_an_exponent_lost",
)

# ---------------------------------------------------------------------------------------- sigmoid

wrong(
    "sigmoid",
    "the formula",
    """
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))
    """,
    "overflows_on_the_left",
)
wrong(
    "sigmoid",
    "a power of np.e",
    """
    def sigmoid(z):
        return 1 / (1 + np.e ** -z)
    """,
    "overflows_on_the_left",
)
wrong(
    "sigmoid",
    "the other formula",
    """
    def sigmoid(z):
        return np.exp(z) / (np.exp(z) + 1)
    """,
    "infinity_over_infinity_on_the_right",
)
wrong(
    "sigmoid",
    "one minus",
    """
    def sigmoid(z):
        return 1 - 1 / (1 + np.exp(z))
    """,
    "overflows_on_the_left",
)
wrong(
    "sigmoid",
    "np.where of both",
    """
    def sigmoid(z):
        return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
    """,
    "both_forms_computed",
)
wrong(
    "sigmoid",
    "the minus lost",
    """
    def sigmoid(z):
        return 1 / (1 + np.exp(z))
    """,
    "minus_in_the_exponent_lost",
)
wrong(
    "sigmoid",
    "a minus too many in the other form",
    """
    def sigmoid(z):
        return np.exp(-z) / (1 + np.exp(-z))
    """,
    "minus_in_the_exponent_lost",
)
wrong(
    "sigmoid",
    "the branches swapped",
    """
    def sigmoid(z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, e / (1 + e), 1 / (1 + e))
    """,
    "minus_in_the_exponent_lost",
)
wrong(
    "sigmoid",
    "brackets lost",
    """
    def sigmoid(z):
        return 1 / 1 + np.exp(-z)
    """,
    "brackets_lost",
)
wrong(
    "sigmoid",
    "math.exp",
    """
    def sigmoid(z):
        return 1 / (1 + math.exp(-z))
    """,
    "exp_of_one_number",
)
wrong(
    "sigmoid",
    "math.exp and if",
    """
    def sigmoid(z):
        if z < 0:
            return math.exp(z) / (1 + math.exp(z))
        return 1 / (1 + math.exp(-z))
    """,
    "one_choice_for_all_entries",
)
wrong(
    "sigmoid",
    "if",
    """
    def sigmoid(z):
        if z >= 0:
            return 1 / (1 + np.exp(-z))
        else:
            return np.exp(z) / (1 + np.exp(z))
    """,
    "one_choice_for_all_entries",
)
wrong(
    "sigmoid",
    "tanh",
    """
    def sigmoid(z):
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    """,
    "tanh_instead",
)
wrong(
    "sigmoid",
    "a minus for the plus",
    """
    def sigmoid(z):
        return 1 / (1 - np.exp(-z))
    """,
    "minus_in_the_denominator",
)
wrong(
    "sigmoid",
    "masks in an array like z",
    """
    def sigmoid(z):
        out = np.zeros_like(z)
        pos = z >= 0
        out[pos] = 1 / (1 + np.exp(-z[pos]))
        out[~pos] = np.exp(z[~pos]) / (1 + np.exp(z[~pos]))
        return out
    """,
    "entries_picked_from_a_number+cut_to_whole_numbers",
)
wrong(
    "sigmoid",
    "masks in an array like np.array(z)",
    """
    def sigmoid(z):
        z = np.array(z)
        out = np.zeros_like(z)
        pos = z >= 0
        out[pos] = 1 / (1 + np.exp(-z[pos]))
        out[~pos] = np.exp(z[~pos]) / (1 + np.exp(z[~pos]))
        return out
    """,
    "cut_to_whole_numbers",
)
wrong(
    "sigmoid",
    "a loop over the entries",
    """
    def sigmoid(z):
        result = []
        for v in z:
            if v >= 0:
                result.append(1 / (1 + math.exp(-v)))
            else:
                result.append(math.exp(v) / (1 + math.exp(v)))
        return np.array(result)
    """,
    "vectors_only",
)
wrong(
    "sigmoid",
    "|z| and one numerator",
    """
    def sigmoid(z):
        return 1 / (1 + np.exp(-abs(z)))
    """,
    "same_numerator_on_both_sides",
)
wrong(
    "sigmoid",
    "its derivative",
    """
    def sigmoid(z):
        s = 1 / (1 + np.exp(-z))
        return s * (1 - s)
    """,
    "slope_instead",
)
wrong(
    "sigmoid",
    "a clip at 10",
    """
    def sigmoid(z):
        z = np.clip(z, -10, 10)
        return 1 / (1 + np.exp(-z))
    """,
    "clipped_too_early",
)
wrong(
    "sigmoid",
    "softmax",
    """
    def sigmoid(z):
        return np.exp(z) / np.sum(np.exp(z))
    """,
    "softmax_instead",
)
wrong(
    "sigmoid",
    "2.718",
    """
    def sigmoid(z):
        return 1 / (1 + 2.718 ** (-z))
    """,
    "e_rounded",
    "e_rounded+overflows_on_the_left",
)
wrong(
    "sigmoid",
    "half of 1 + tanh z",
    """
    def sigmoid(z):
        return 0.5 * (1 + np.tanh(z))
    """,
    "twice_as_steep",
)
wrong(
    "sigmoid",
    "a step",
    """
    def sigmoid(z):
        return np.where(z > 0, 1.0, 0.0)
    """,
    "step_instead",
)
wrong(
    "sigmoid",
    "math.exp, the minus lost",
    """
    def sigmoid(z):
        return 1 / (1 + math.exp(z))
    """,
    "minus_in_the_exponent_lost",
)
wrong(
    "sigmoid",
    "both lost: minus and brackets",
    """
    def sigmoid(z):
        return 1 / 1 + np.exp(z)
    """,
    "brackets_lost+minus_in_the_exponent_lost",
)

# --------------------------------------------------------------------------------------- softplus

wrong(
    "softplus",
    "the formula",
    """
    def softplus(z):
        return np.log(1 + np.exp(z))
    """,
    "overflows_on_the_right",
)
wrong(
    "softplus",
    "log1p of exp",
    """
    def softplus(z):
        return np.log1p(np.exp(z))
    """,
    "overflows_on_the_right",
)
wrong(
    "softplus",
    "the other form",
    """
    def softplus(z):
        return z + np.log(1 + np.exp(-z))
    """,
    "the_other_form_for_every_z",
)
wrong(
    "softplus",
    "np.where with a cut-off",
    """
    def softplus(z):
        return np.where(z > 20, z, np.log(1 + np.exp(z)))
    """,
    "cut_off_computes_both_forms",
)
wrong(
    "softplus",
    "np.where of both forms",
    """
    def softplus(z):
        return np.where(z >= 0, z + np.log1p(np.exp(-z)), np.log1p(np.exp(z)))
    """,
    "cut_off_computes_both_forms",
)
wrong(
    "softplus",
    "if",
    """
    def softplus(z):
        if z > 30:
            return z
        return np.log(1 + np.exp(z))
    """,
    "one_softplus_choice_for_all_entries",
)
wrong(
    "softplus",
    "Python's max",
    """
    def softplus(z):
        return max(z, 0) + np.log1p(np.exp(-np.abs(z)))
    """,
    "one_softplus_choice_for_all_entries",
)
wrong(
    "softplus",
    "z on both sides",
    """
    def softplus(z):
        return z + np.log1p(np.exp(-np.abs(z)))
    """,
    "z_added_on_both_sides",
)
wrong(
    "softplus",
    "nothing added",
    """
    def softplus(z):
        return np.log(1 + np.exp(-abs(z)))
    """,
    "positive_part_lost",
)
wrong(
    "softplus",
    "|z| added",
    """
    def softplus(z):
        return np.abs(z) + np.log1p(np.exp(-np.abs(z)))
    """,
    "size_added_on_both_sides",
)
wrong(
    "softplus",
    "a minus in the exponent",
    """
    def softplus(z):
        return np.log(1 + np.exp(-z))
    """,
    "minus_in_the_exponent",
)
wrong(
    "softplus",
    "the 1 outside",
    """
    def softplus(z):
        return 1 + np.log(np.exp(z))
    """,
    "one_outside_the_log",
)
wrong(
    "softplus",
    "its derivative",
    """
    def softplus(z):
        return 1 / (1 + np.exp(-z))
    """,
    "its_slope_instead",
)
wrong(
    "softplus",
    "relu",
    """
    def softplus(z):
        return np.maximum(0, z)
    """,
    "corner_not_rounded",
)
wrong(
    "softplus",
    "base 2",
    """
    def softplus(z):
        return np.log2(1 + np.exp(z))
    """,
    "logarithm_to_base_two",
)
wrong(
    "softplus",
    "base 10",
    """
    def softplus(z):
        return np.log10(1 + np.exp(z))
    """,
    "logarithm_to_base_ten",
)
wrong(
    "softplus",
    "math",
    """
    def softplus(z):
        return math.log(1 + math.exp(z))
    """,
    "log_of_one_number",
)
wrong(
    "softplus",
    "log1p of 1 +",
    """
    def softplus(z):
        return np.maximum(z, 0) + np.log1p(1 + np.exp(-np.abs(z)))
    """,
    "one_added_twice",
)
wrong(
    "softplus",
    "log1p of 1 +, as written",
    """
    def softplus(z):
        return np.log1p(1 + np.exp(z))
    """,
    "one_added_twice",
)
wrong(
    "softplus",
    "the exponential lost",
    """
    def softplus(z):
        return np.log1p(z)
    """,
    "exponential_lost",
)
wrong(
    "softplus",
    "the minus before |z| lost",
    """
    def softplus(z):
        return np.maximum(z, 0) + np.log1p(np.exp(np.abs(z)))
    """,
    "minus_before_the_size_lost",
)
wrong(
    "softplus",
    "a minus for the plus",
    """
    def softplus(z):
        return np.maximum(0, z) - np.log1p(np.exp(-np.abs(z)))
    """,
    "logarithm_subtracted",
)
wrong(
    "softplus",
    "a clip",
    """
    def softplus(z):
        return np.log(1 + np.exp(np.clip(z, -500, 500)))
    """,
    "clipped",
)
wrong(
    "softplus",
    "np.minimum(z, 0)",
    """
    def softplus(z):
        return np.minimum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    """,
    "smaller_for_larger",
)
wrong(
    "softplus",
    "a loop over the entries",
    """
    def softplus(z):
        return np.array([max(v, 0) + math.log1p(math.exp(-abs(v))) for v in z])
    """,
    "vectors_only",
)
wrong(
    "softplus",
    "masks",
    """
    def softplus(z):
        out = np.zeros(z.shape)
        out[z > 0] = z[z > 0] + np.log1p(np.exp(-z[z > 0]))
        out[z <= 0] = np.log1p(np.exp(z[z <= 0]))
        return out
    """,
    "arrays_only",
)
wrong(
    "softplus",
    "base 2, z on both sides",
    """
    def softplus(z):
        return z + np.log2(1 + np.exp(-np.abs(z)))
    """,
    "z_added_on_both_sides+logarithm_to_base_two",
)

# -------------------------------------------------------------------------------------------- glm

wrong(
    "glm",
    "w @ X",
    """
    def glm(w, X, h):
        return h(w @ X)
    """,
    "weights_meet_the_columns",
)
wrong(
    "glm",
    "np.dot(w, X)",
    """
    def glm(w, X, h):
        return h(np.dot(w, X))
    """,
    "weights_meet_the_columns",
)
wrong(
    "glm",
    "w transposed times X",
    """
    def glm(w, X, h):
        return h(w.T.dot(X))
    """,
    "weights_meet_the_columns",
)
wrong(
    "glm",
    "entry by entry",
    """
    def glm(w, X, h):
        return h(X * w)
    """,
    "rows_not_summed",
)
wrong(
    "glm",
    "h before the sum",
    """
    def glm(w, X, h):
        return h(X * w).sum(axis=1)
    """,
    "activation_before_the_sum",
)
wrong(
    "glm",
    "axis 0",
    """
    def glm(w, X, h):
        return h(np.sum(X * w, axis=0))
    """,
    "summed_down_the_columns",
)
wrong(
    "glm",
    "Python's sum",
    """
    def glm(w, X, h):
        return h(sum(X * w))
    """,
    "summed_down_the_columns",
)
wrong(
    "glm",
    "no axis",
    """
    def glm(w, X, h):
        return h(np.sum(X * w))
    """,
    "summed_over_everything",
)
wrong(
    "glm",
    "h of X",
    """
    def glm(w, X, h):
        return np.dot(h(X), w)
    """,
    "activation_of_the_examples",
)
wrong(
    "glm",
    "h of w",
    """
    def glm(w, X, h):
        return X @ h(w)
    """,
    "activation_of_the_weights",
)
wrong(
    "glm",
    "no h",
    """
    def glm(w, X, h):
        return np.array([np.dot(w, x) for x in X])
    """,
    "linear_model_only",
)
wrong(
    "glm",
    "results like X",
    """
    def glm(w, X, h):
        y = np.zeros(X.shape[0], dtype=X.dtype)
        for i in range(X.shape[0]):
            y[i] = h(np.dot(w, X[i]))
        return y
    """,
    "cut_to_whole_numbers",
)
wrong(
    "glm",
    "results of whole numbers",
    """
    def glm(w, X, h):
        y = np.zeros(len(X), dtype=int)
        for i, x in enumerate(X):
            y[i] = h(w @ x)
        return y
    """,
    "cut_to_whole_numbers",
)
wrong(
    "glm",
    "w as a column",
    """
    def glm(w, X, h):
        return h(X @ w.reshape(-1, 1))
    """,
    "column_of_results",
)
wrong(
    "glm",
    "a list of lists",
    """
    def glm(w, X, h):
        out = []
        for x in X:
            out.append([h(w @ x)])
        return np.array(out)
    """,
    "column_of_results",
)
wrong(
    "glm",
    "squeezed",
    """
    def glm(w, X, h):
        return h(X @ w[:, None]).squeeze()
    """,
    "batch_of_one_squeezed",
)
wrong(
    "glm",
    "return within the loop",
    """
    def glm(w, X, h):
        for x in X:
            return h(np.dot(w, x))
    """,
    "returned_inside_the_loop",
)
wrong(
    "glm",
    "return of the list within the loop",
    """
    def glm(w, X, h):
        y = []
        for x in X:
            y.append(h(w @ x))
            return np.array(y)
    """,
    "first_example_only",
)
wrong(
    "glm",
    "only the last survives",
    """
    def glm(w, X, h):
        for x in X:
            y = h(w @ x)
        return y
    """,
    "last_example_only",
)
wrong(
    "glm",
    "as many steps as weights",
    """
    def glm(w, X, h):
        y = []
        for i in range(len(w)):
            y.append(h(w @ X[i]))
        return np.array(y)
    """,
    "steps_over_the_inputs",
)
wrong(
    "glm",
    "the sum isn't set to 0 again",
    """
    def glm(w, X, h):
        n, d = X.shape
        y = np.zeros(n)
        z = 0
        for i in range(n):
            for j in range(d):
                z += w[j] * X[i, j]
            y[i] = h(z)
        return y
    """,
    "sum_never_reset",
)
wrong(
    "glm",
    "= for += in the inner loop",
    """
    def glm(w, X, h):
        y = np.zeros(len(X))
        for i in range(len(X)):
            z = 0
            for j in range(len(w)):
                z = w[j] * X[i][j]
            y[i] = h(z)
        return y
    """,
    "last_product_only",
)
wrong(
    "glm",
    "a sigmoid of its own",
    """
    def glm(w, X, h):
        return 1 / (1 + np.exp(-(X @ w)))
    """,
    "activation_of_its_own",
)
wrong(
    "glm",
    "the mean of the products",
    """
    def glm(w, X, h):
        return h(np.mean(X * w, axis=1))
    """,
    "mean_of_the_products",
)
wrong(
    "glm",
    "the mean over the batch",
    """
    def glm(w, X, h):
        return np.mean(h(X @ w))
    """,
    "examples_averaged",
)
wrong(
    "glm",
    "h twice",
    """
    def glm(w, X, h):
        def neuron(x):
            return h(w @ x)

        return np.array([h(neuron(x)) for x in X])
    """,
    "activation_twice",
)
wrong(
    "glm",
    "w @ X without h",
    """
    def glm(w, X, h):
        return w @ X
    """,
    "weights_meet_the_columns",
    "weights_meet_the_columns+linear_model_only",
)
wrong(
    "glm",
    "no axis, h before the sum",
    """
    def glm(w, X, h):
        return np.sum(h(X * w))
    """,
    "activation_before_the_sum+summed_over_everything",
)
wrong(
    "glm",
    "axis 0, no activation",
    """
    def glm(w, X, h):
        return (X * w).sum(axis=0)
    """,
    "summed_down_the_columns+linear_model_only",
)

# ------------------------------------------------------------------------------------ make_neuron

wrong(
    "make_neuron",
    "the caller's w",
    """
    def make_neuron(w, h):
        def neuron(x):
            return h(w @ x)
        return neuron
    """,
    "looks_into_the_callers_w",
)
wrong(
    "make_neuron",
    "another name for w",
    """
    def make_neuron(w, h):
        weights = w
        return lambda x: h(np.dot(weights, x))
    """,
    "looks_into_the_callers_w",
)
wrong(
    "make_neuron",
    "np.asarray",
    """
    def make_neuron(w, h):
        w = np.asarray(w)
        def f(x):
            return h(w @ x)
        return f
    """,
    "looks_into_the_callers_w",
)
wrong(
    "make_neuron",
    "a copy in every call",
    """
    def make_neuron(w, h):
        def box(x):
            own = w.copy()
            return h(own @ x)
        return box
    """,
    "looks_into_the_callers_w",
)
wrong(
    "make_neuron",
    "a global",
    """
    def make_neuron(w, h):
        global weights, activation
        weights = w.copy()
        activation = h
        def box(x):
            return activation(weights @ x)
        return box
    """,
    "boxes_share_their_weights",
)
wrong(
    "make_neuron",
    "global weights only",
    """
    def make_neuron(w, h):
        global W
        W = np.array(w)
        return lambda x: h(W @ x)
    """,
    "boxes_share_their_weights",
)
wrong(
    "make_neuron",
    "no return",
    """
    def make_neuron(w, h):
        w = w.copy()
        def box(x):
            return h(w @ x)
    """,
    "no_box_returned",
)
wrong(
    "make_neuron",
    "no return in the box",
    """
    def make_neuron(w, h):
        w = w.copy()
        def box(x):
            h(w @ x)
        return box
    """,
    "box_returns_nothing",
)
wrong(
    "make_neuron",
    "the box is called",
    """
    def make_neuron(w, h):
        w = w.copy()
        def box(x):
            return h(w @ x)
        return box()
    """,
    "box_called_at_once",
)
wrong(
    "make_neuron",
    "the box asks for everything",
    """
    def make_neuron(w, h):
        def neuron(w, x, h):
            return h(w @ x)
        return neuron
    """,
    "box_asks_for_everything",
)
wrong(
    "make_neuron",
    "a number",
    """
    def make_neuron(w, h):
        return h(w @ w)
    """,
    "no_box_returned",
)
wrong(
    "make_neuron",
    "x is not there",
    """
    def make_neuron(w, h):
        return h(w @ x)
    """,
    says="NameError",
)
wrong(
    "make_neuron",
    "h returned",
    """
    def make_neuron(w, h):
        w = np.array(w)
        return h
    """,
    "activation_returned",
)
wrong(
    "make_neuron",
    "entry by entry",
    """
    def make_neuron(w, h):
        w = w.copy()
        return lambda x: h(w * x)
    """,
    "box_without_a_sum",
)
wrong(
    "make_neuron",
    "no activation",
    """
    def make_neuron(w, h):
        w = np.copy(w)
        def box(x):
            return np.dot(w, x)
        return box
    """,
    "box_without_activation",
)
wrong(
    "make_neuron",
    "h of the inputs",
    """
    def make_neuron(w, h):
        w = w.copy()
        def box(x):
            return w @ h(x)
        return box
    """,
    "activation_of_the_inputs",
)
wrong(
    "make_neuron",
    "the caller's w, no activation",
    """
    def make_neuron(w, h):
        def box(x):
            return w @ x
        return box
    """,
    "looks_into_the_callers_w+box_without_activation",
)
wrong(
    "make_neuron",
    "the caller's w, entry by entry",
    """
    def make_neuron(w, h):
        return lambda x: h(w * x)
    """,
    "looks_into_the_callers_w+box_without_a_sum",
)
wrong(
    "make_neuron",
    "the caller's w, h of each product",
    """
    def make_neuron(w, h):
        def box(x):
            return np.sum(h(w * x))
        return box
    """,
    "looks_into_the_callers_w+activation_before_the_sum",
)
wrong(
    "make_neuron",
    "the brackets of copy forgotten",
    """
    def make_neuron(w, h):
        own = w.copy
        def box(x):
            return h(own @ x)
        return box
    """,
    "copy_not_called",
)
wrong(
    "make_neuron",
    "a tanh of its own",
    """
    def make_neuron(w, h):
        w = w.copy()
        return lambda x: np.tanh(w @ x)
    """,
    "activation_of_its_own",
)
wrong(
    "make_neuron",
    "remembered in a dict by h alone",
    """
    answers = {}

    def make_neuron(w, h):
        w = w.copy()
        def box(x):
            if h not in answers:
                answers[h] = h(w @ x)
            return answers[h]
        return box
    """,
    "remembers_its_first_answer",
)
wrong(
    "make_neuron",
    "a global that is the caller's w",
    """
    def make_neuron(w, h):
        global weights
        weights = w
        def box(x):
            return h(np.dot(weights, x))
        return box
    """,
    "looks_into_the_callers_w+boxes_share_their_weights",
)
wrong(
    "make_neuron",
    "a lambda with everything",
    """
    def make_neuron(w, h):
        return lambda x, w, h: h(np.dot(w, x))
    """,
    "box_asks_for_everything",
)
wrong(
    "make_neuron",
    "the box without an argument",
    """
    def make_neuron(w, h):
        w = w.copy()
        def box():
            return h(w @ x)
        return box
    """,
    "box_takes_no_argument",
)

# ---------------------------------------------------------------------------- all of them, again

wrong(
    "neuron",
    "the sign turned",
    """
    def neuron(w, x, h):
        return h(-(w @ x))
    """,
    "sign_turned",
)
wrong(
    "neuron",
    "a threshold",
    """
    def neuron(w, x, h):
        z = np.dot(w, x)
        if z > 0:
            return 1
        return 0
    """,
    "step_of_its_own",
)
wrong(
    "neuron",
    "two loops, every weight with every input",
    """
    def neuron(w, x, h):
        z = 0
        for wi in w:
            for xi in x:
                z += wi * xi
        return h(z)
    """,
    "product_of_the_sums",
)
wrong(
    "neuron",
    "counted from 1 to d",
    """
    def neuron(w, x, h):
        z = 0
        for i in range(1, len(w) + 1):
            z += w[i] * x[i]
        return h(z)
    """,
    "one_step_too_many",
)
wrong(
    "neuron",
    "the sum starts from 1",
    """
    def neuron(w, x, h):
        z = 1
        for i in range(len(w)):
            z += w[i] * x[i]
        return h(z)
    """,
    "sum_starts_from_one",
)
wrong(
    "neuron",
    "three inputs by hand",
    """
    def neuron(w, x, h):
        return h(w[0] * x[0] + w[1] * x[1] + w[2] * x[2])
    """,
    "three_inputs_only",
)
wrong(
    "neuron",
    "=+ for +=",
    """
    def neuron(w, x, h):
        z = 0
        for i in range(len(w)):
            z =+ w[i] * x[i]
        return h(z)
    """,
    "last_product_only",
)
wrong(
    "neuron",
    "h twice",
    """
    def neuron(w, x, h):
        return h(sum(h(w * x)))
    """,
    "activation_twice",
)
wrong(
    "neuron",
    "x changed",
    """
    def neuron(w, x, h):
        x *= w
        return h(x.sum())
    """,
    "changes_its_inputs",
)
wrong(
    "neuron",
    "the weights alone",
    """
    def neuron(w, x, h):
        return h(np.dot(w, w))
    """,
)
wrong(
    "neuron",
    "both numbers",
    """
    def neuron(w, x, h):
        z = w.dot(x)
        return z, h(z)
    """,
)
wrong(
    "neuron",
    "products of whole numbers",
    """
    def neuron(w, x, h):
        z = np.zeros(len(w), dtype=int)
        for i in range(len(w)):
            z[i] = w[i] * x[i]
        return h(np.sum(z))
    """,
    "cut_to_whole_numbers",
)
wrong(
    "relu",
    "clip changes nothing",
    """
    def relu(z):
        np.clip(z, 0, None)
        return z
    """,
    "returned_as_it_is",
)
wrong(
    "relu",
    "a clip at 6",
    """
    def relu(z):
        return np.clip(z, 0, 6)
    """,
    "clipped_at_six",
)
wrong(
    "relu",
    "z + |z|",
    """
    def relu(z):
        return z + abs(z)
    """,
    "half_lost",
)
wrong(
    "relu",
    "the negative part by |z|",
    """
    def relu(z):
        return (z - abs(z)) / 2
    """,
    "negative_part",
)
wrong(
    "relu",
    "astype of a comparison",
    """
    def relu(z):
        return z * (z > 0).astype(float)
    """,
    "arrays_only",
)
wrong(
    "relu",
    "a list of maxima",
    """
    def relu(z):
        return list(map(lambda v: max(0, v), z))
    """,
    "vectors_only",
)
wrong(
    "relu",
    "an ELU",
    """
    def relu(z):
        return np.where(z > 0, z, np.exp(z) - 1)
    """,
    "exponential_for_negative_numbers",
)
wrong(
    "tanh",
    "sinh over cosh by math",
    """
    def tanh(z):
        return math.sinh(z) / math.cosh(z)
    """,
    "tanh_of_one_number",
)
wrong(
    "tanh",
    "2 sigma(2z)",
    """
    def tanh(z):
        return 2 / (1 + np.exp(-2 * z))
    """,
    "not_moved_down",
)
wrong(
    "tanh",
    "1 in the place of e^-z",
    """
    def tanh(z):
        return (np.exp(z) - 1) / (np.exp(z) + 1)
    """,
    "half_as_steep",
)
wrong(
    "tanh",
    "halved",
    """
    def tanh(z):
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)) * 0.5
    """,
)
wrong(
    "tanh",
    "no brackets at all",
    """
    def tanh(z):
        return np.exp(z) - np.exp(-z) / np.exp(z) + np.exp(-z)
    """,
    "brackets_lost",
)
wrong(
    "tanh",
    "clipped at 5",
    """
    def tanh(z):
        return np.tanh(np.clip(z, -5, 5))
    """,
    "clipped_too_early",
)
wrong(
    "sigmoid",
    "float and if",
    """
    def sigmoid(z):
        z = float(z)
        if z >= 0:
            return 1 / (1 + math.exp(-z))
        return math.exp(z) / (1 + math.exp(z))
    """,
    "exp_of_one_number",
)
wrong(
    "sigmoid",
    "np.power",
    """
    def sigmoid(z):
        return 1 / (1 + np.power(math.e, -z))
    """,
    "overflows_on_the_left",
)
wrong(
    "sigmoid",
    "a minus too many and one too few",
    """
    def sigmoid(z):
        return 1 / (1 - np.exp(z))
    """,
    "minus_in_the_exponent_lost+minus_in_the_denominator",
)
wrong(
    "sigmoid",
    "the exponential alone",
    """
    def sigmoid(z):
        return np.exp(z)
    """,
    "one_lost",
)
wrong(
    "sigmoid",
    "the inverse",
    """
    def sigmoid(z):
        return np.log(z / (1 - z))
    """,
    "inverse_function",
)
wrong(
    "sigmoid",
    "all",
    """
    def sigmoid(z):
        if np.all(z >= 0):
            return 1 / (1 + np.exp(-z))
        return np.exp(z) / (1 + np.exp(z))
    """,
    "infinity_over_infinity_on_the_right",
)
wrong(
    "sigmoid",
    "squared",
    """
    def sigmoid(z):
        return 1 / (1 + np.exp(-z)) ** 2
    """,
)
wrong(
    "sigmoid",
    "in place by masks",
    """
    def sigmoid(z):
        mask = z >= 0
        z[mask] = 1 / (1 + np.exp(-z[mask]))
        z[~mask] = np.exp(z[~mask]) / (1 + np.exp(z[~mask]))
        return z
    """,
    "entries_picked_from_a_number+overwrites_its_argument",
)
wrong(
    "sigmoid",
    "clipped, the minus lost",
    """
    def sigmoid(z):
        z = np.clip(z, -700, 700)
        return 1 / (1 + np.exp(z))
    """,
    "minus_in_the_exponent_lost",
)
wrong(
    "softplus",
    "clipped at 80",
    """
    def softplus(z):
        z = np.clip(z, -80, 80)
        return np.log1p(np.exp(z))
    """,
    "clipped",
)
wrong(
    "softplus",
    "np.max(z, 0)",
    """
    def softplus(z):
        return np.max(z, 0) + np.log1p(np.exp(-np.abs(z)))
    """,
    "reduced_along_an_axis",
)
wrong(
    "softplus",
    "the log forgotten",
    """
    def softplus(z):
        return np.maximum(z, 0) + np.exp(-np.abs(z))
    """,
    "logarithm_lost",
)
wrong(
    "softplus",
    "log of 1 plus e^z outside",
    """
    def softplus(z):
        return np.log(1) + np.exp(z)
    """,
    "logarithm_lost",
)
wrong(
    "softplus",
    "e^z and e^-z",
    """
    def softplus(z):
        return np.log(1 + np.exp(z) + np.exp(-z))
    """,
)
wrong(
    "softplus",
    "relu unknown",
    """
    def softplus(z):
        return relu(z) + np.log1p(np.exp(-np.abs(z)))
    """,
    says="NameError",
)
wrong(
    "glm",
    "two inputs by hand",
    """
    def glm(w, X, h):
        return h(X[:, 0] * w[0] + X[:, 1] * w[1])
    """,
    "two_inputs_only",
)
wrong(
    "glm",
    "a place for each weight",
    """
    def glm(w, X, h):
        y = np.zeros(len(w))
        for i in range(len(X)):
            y[i] = h(X[i] @ w)
        return y
    """,
    "results_as_many_as_weights",
)
wrong(
    "glm",
    "results like X, all of it",
    """
    def glm(w, X, h):
        y = np.zeros_like(X)
        for i in range(len(X)):
            y[i] = h(X[i] @ w)
        return y
    """,
    "results_in_the_shape_of_the_examples",
)
wrong(
    "glm",
    "h(X) and h",
    """
    def glm(w, X, h):
        return h(h(X) @ w)
    """,
)
wrong(
    "glm",
    "a map",
    """
    def glm(w, X, h):
        return map(lambda x: h(w @ x), X)
    """,
)
wrong(
    "glm",
    "divided by n",
    """
    def glm(w, X, h):
        return h(np.dot(X, w)) / len(X)
    """,
)
wrong(
    "glm",
    "X changed",
    """
    def glm(w, X, h):
        X *= w
        return h(X.sum(axis=1))
    """,
    "changes_its_examples",
)


# -------------------------------------------------------------------------------- blind_direction

wrong(
    "blind_direction",
    "the arrow turned, not made shorter",
    """
    def blind_direction(w):
        v = np.zeros(len(w))
        v[0] = w[1]
        v[1] = -w[0]
        if not v.any():
            v[0] = 1
        return v
    """,
    "not_of_length_one",
)
wrong(
    "blind_direction",
    "w made shorter",
    """
    def blind_direction(w):
        return w / np.linalg.norm(w)
    """,
    "along_the_weights",
    "all_weights_zero+along_the_weights",
)
wrong(
    "blind_direction",
    "the plane only",
    """
    def blind_direction(w):
        v = np.array([-w[1], w[0]])
        return v / np.linalg.norm(v)
    """,
    "only_two_weights",
    "only_two_weights+first_two_weights_zero",
    "only_two_weights+all_weights_zero",
)
wrong(
    "blind_direction",
    "no thought of zeros",
    """
    def blind_direction(w):
        v = np.zeros(len(w))
        v[0], v[1] = -w[1], w[0]
        return v / np.linalg.norm(v)
    """,
    "first_two_weights_zero",
    "all_weights_zero",
)
wrong(
    "blind_direction",
    "math.sqrt and no minus",
    """
    import math

    def blind_direction(w):
        length = math.sqrt(w[0] ** 2 + w[1] ** 2)
        if length == 0:
            return np.array([1.0] + [0.0] * (len(w) - 1))
        return np.array([w[1] / length, w[0] / length] + [0.0] * (len(w) - 2))
    """,
    "minus_lost",
)
wrong(
    "blind_direction",
    "minus w",
    """
    def blind_direction(w):
        if not np.any(w):
            return np.eye(len(w))[0]
        return -w / np.linalg.norm(w)
    """,
    "turned_round",
)
wrong(
    "blind_direction",
    "the first zero only",
    """
    def blind_direction(w):
        v = np.zeros(len(w))
        for i in range(len(w)):
            if w[i] == 0:
                v[i] = 1
        return v
    """,
    says="length of v",
)
wrong(
    "blind_direction",
    "all zeros",
    """
    def blind_direction(w):
        return np.zeros_like(w)
    """,
    "no_length",
)
wrong(
    "blind_direction",
    "the square of the length",
    """
    def blind_direction(w):
        v = np.zeros(len(w))
        v[0], v[1] = -w[1], w[0]
        if np.sum(v) == 0 and w[0] == 0:
            v[0] = 1.0
        return v / np.sum(v**2)
    """,
    "squared_length",
)

# ------------------------------------------------------------------------------------- and_neuron

for name, weights, idea in (
    ("the border at two", "[-2, 1, 1]", "both_are_only_just_enough"),
    ("the border at one", "[-1, 1, 1]", "one_is_nearly_enough"),
    ("a product in mind", "[0, 1, 1]", "no_intercept"),
    ("the constant last", "[1, 1, -1.5]", "intercept_last"),
    ("two weights", "[0.5, 0.5]", "two_weights"),
    ("OR", "[-0.5, 1, 1]", "or_neuron"),
    ("OR with large weights", "[-10, 20, 20]", "or_neuron"),
    ("NAND", "[3, -2, -2]", "upside_down"),
    ("all ones", "[1, 1, 1]", "always_yes"),
    ("ones and a threshold of 3", "[-3, 1, 1]", "always_no"),
    ("the table", "[0, 0, 0, 1]", "outputs_instead_of_weights"),
):
    wrong(
        "and_neuron",
        name,
        f"""
        def and_neuron():
            return np.array({weights})
        """,
        idea,
    )
wrong(
    "and_neuron",
    "a function instead of weights",
    """
    def and_neuron(x1=0, x2=0):
        return 1 if x1 == 1 and x2 == 1 else 0
    """,
    says="shape",
)
# Slips of the first weeks, and a few for which no name is honest.

NATURAL += [
    Entry(
        "neuron: weights sorted first",
        "neuron",
        with_imports("""
        def neuron(w, x, h):
            w = sorted(w)
            return h(sum(a*b for a, b in zip(w, x)))
        """),
        (),
    ),
    Entry(
        "neuron: index beyond by one",
        "neuron",
        with_imports("""
        def neuron(w, x, h):
            s = 0
            for i in range(1, len(w)+1):
                s += w[i] * x[i]
            return h(s)
        """),
        (("one_step_too_many",),),
    ),
    Entry(
        "neuron: bias of one and sum",
        "neuron",
        with_imports("""
        def neuron(w, x, h):
            z = np.dot(w, x) + 1
            return h(z)
        """),
        (("sum_starts_from_one",),),
    ),
    Entry(
        "neuron: reversed inputs and mean",
        "neuron",
        with_imports("""
        def neuron(w, x, h):
            z = np.mean(w * x[::-1])
            return h(z)
        """),
        (),
    ),
    Entry(
        "neuron: own relu, ignores h, and adds",
        "neuron",
        with_imports("""
        def neuron(w, x, h):
            s = 0
            for a, b in zip(w, x):
                s += a + b
            return max(0, s)
        """),
        (
            (
                "activation_left_out",
                "added_instead_of_multiplied",
            ),
            (
                "activation_of_its_own",
                "added_instead_of_multiplied",
            ),
        ),
    ),
    Entry(
        "neuron: squared distance",
        "neuron",
        with_imports("""
        def neuron(w, x, h):
            return h(np.sum((w - x)**2))
        """),
        (),
    ),
    Entry(
        "neuron: w.T and reshape",
        "neuron",
        with_imports("""
        def neuron(w, x, h):
            w = w.reshape(-1, 1)
            return h(w @ x)
        """),
        (),
    ),
    Entry(
        "glm: python loop with wrong axis",
        "glm",
        with_imports("""
        def glm(w, X, h):
            out = []
            for i in range(X.shape[1]):
                out.append(h(np.dot(w, X[i])))
            return np.array(out)
        """),
        (("steps_over_the_inputs",),),
    ),
    Entry(
        "glm: sum over axis 0",
        "glm",
        with_imports("""
        def glm(w, X, h):
            return h(np.sum(w * X, axis=0))
        """),
        (("summed_down_the_columns",),),
    ),
    Entry(
        "glm: cumulative",
        "glm",
        with_imports("""
        def glm(w, X, h):
            total = 0
            out = np.zeros(len(X))
            for i, row in enumerate(X):
                for j in range(len(w)):
                    total += row[j] * w[j]
                out[i] = h(total)
            return out
        """),
        (("sum_never_reset",),),
    ),
    Entry(
        "glm: list comprehension calling neuron undefined",
        "glm",
        with_imports("""
        def glm(w, X, h):
            return [neuron(w, x, h) for x in X]
        """),
        (),
    ),
    Entry(
        "glm: swapped matmul",
        "glm",
        with_imports("""
        def glm(w, X, h):
            return h(w @ X)
        """),
        (("weights_meet_the_columns",),),
    ),
    Entry(
        "glm: square X reshape",
        "glm",
        with_imports("""
        def glm(w, X, h):
            return h(np.dot(X, w.reshape(1, -1)))
        """),
        (),
    ),
    Entry(
        "glm: mean of the rows after",
        "glm",
        with_imports("""
        def glm(w, X, h):
            z = X @ w
            return h(z).mean()
        """),
        (("examples_averaged",),),
    ),
    Entry(
        "glm: normalised rows and sign",
        "glm",
        with_imports("""
        def glm(w, X, h):
            return np.array([h(-np.dot(w, x) / len(x)) for x in X])
        """),
        (),
    ),
    Entry(
        "sigmoid: minus in front",
        "sigmoid",
        with_imports("""
        def sigmoid(z):
            return -1 / (1 + np.exp(-z))
        """),
        (),
    ),
    Entry(
        "sigmoid: base 2",
        "sigmoid",
        with_imports("""
        def sigmoid(z):
            return 1 / (1 + 2 ** (-z))
        """),
        (),
    ),
    Entry(
        "sigmoid: tanh without half",
        "sigmoid",
        with_imports("""
        def sigmoid(z):
            return (np.tanh(z) + 1) / 2
        """),
        (("twice_as_steep",),),
    ),
    Entry(
        "sigmoid: exp(z) over itself minus one",
        "sigmoid",
        with_imports("""
        def sigmoid(z):
            return np.exp(z) / (np.exp(z) - 1)
        """),
        (),
    ),
    Entry(
        "sigmoid: loop over list",
        "sigmoid",
        with_imports("""
        def sigmoid(z):
            out = []
            for v in z:
                out.append(1 / (1 + np.exp(-v)))
            return np.array(out)
        """),
        (
            ("both_forms_computed",),
            ("overflows_on_the_left",),
        ),
    ),
    Entry(
        "sigmoid: clip to 1",
        "sigmoid",
        with_imports("""
        def sigmoid(z):
            z = np.clip(z, -1, 1)
            return 1 / (1 + np.exp(-z))
        """),
        (),
    ),
    Entry(
        "sigmoid: own raise",
        "sigmoid",
        with_imports("""
        def sigmoid(z):
            if not isinstance(z, np.ndarray):
                raise TypeError("z must be an array")
            e = np.exp(-np.abs(z))
            return np.where(z >= 0, 1/(1+e), e/(1+e))
        """),
        (),
    ),
    Entry(
        "softplus: log of 1 minus",
        "softplus",
        with_imports("""
        def softplus(z):
            return np.log(1 - np.exp(z))
        """),
        (),
    ),
    Entry(
        "softplus: minus z in exp",
        "softplus",
        with_imports("""
        def softplus(z):
            return np.log(1 + np.exp(-z))
        """),
        (("minus_in_the_exponent",),),
    ),
    Entry(
        "softplus: max plus wrong log",
        "softplus",
        with_imports("""
        def softplus(z):
            return np.maximum(z, 0) + np.log(1 + np.exp(np.abs(z)))
        """),
        (("minus_before_the_size_lost",),),
    ),
    Entry(
        "softplus: log10",
        "softplus",
        with_imports("""
        def softplus(z):
            return np.log10(1 + np.exp(z))
        """),
        (("logarithm_to_base_ten",),),
    ),
    Entry(
        "softplus: log2",
        "softplus",
        with_imports("""
        def softplus(z):
            return np.log2(1 + np.exp(-np.abs(z))) + np.maximum(z, 0)
        """),
        (("logarithm_to_base_two",),),
    ),
    Entry(
        "softplus: if z > 20",
        "softplus",
        with_imports("""
        def softplus(z):
            if z > 20:
                return z
            return np.log1p(np.exp(z))
        """),
        (("one_softplus_choice_for_all_entries",),),
    ),
    Entry(
        "relu: where swapped",
        "relu",
        with_imports("""
        def relu(z):
            return np.where(z > 0, 0, z)
        """),
        (("negative_part",),),
    ),
    Entry(
        "relu: returns bool",
        "relu",
        with_imports("""
        def relu(z):
            return z > 0
        """),
        (("step_function",),),
    ),
    Entry(
        "relu: in place on copy with index error",
        "relu",
        with_imports("""
        def relu(z):
            out = z.copy()
            for i in range(len(out)):
                for j in range(len(out[0])):
                    if out[i][j] < 0:
                        out[i][j] = 0
            return out
        """),
        (),
    ),
    Entry(
        "relu: leaky and doubled",
        "relu",
        with_imports("""
        def relu(z):
            return np.where(z > 0, 2*z, 0.01*z)
        """),
        (),
    ),
    Entry(
        "tanh: sinh over cosh minus",
        "tanh",
        with_imports("""
        def tanh(z):
            return (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z))
        """),
        (("upside_down",),),
    ),
    Entry(
        "tanh: 2 sigmoid no minus 1",
        "tanh",
        with_imports("""
        def tanh(z):
            return 2 / (1 + np.exp(-2*z))
        """),
        (("not_moved_down",),),
    ),
    Entry(
        "tanh: 2 sigmoid of z",
        "tanh",
        with_imports("""
        def tanh(z):
            return 2 / (1 + np.exp(-z)) - 1
        """),
        (("half_as_steep",),),
    ),
    Entry(
        "tanh: arctan",
        "tanh",
        with_imports("""
        def tanh(z):
            return np.arctan(z)
        """),
        (("arctangent",),),
    ),
    Entry(
        "make_neuron: returns value",
        "make_neuron",
        with_imports("""
        def make_neuron(w, h):
            def f(x):
                return h(w * x)
            return f
        """),
        (
            (
                "box_without_a_sum",
                "looks_into_the_callers_w",
            ),
        ),
    ),
    Entry(
        "make_neuron: h on w",
        "make_neuron",
        with_imports("""
        def make_neuron(w, h):
            w = h(w)
            return lambda x: w @ x
        """),
        (("activation_of_the_weights",),),
    ),
    Entry(
        "make_neuron: forgets return",
        "make_neuron",
        with_imports("""
        def make_neuron(w, h):
            w = w.copy()
            def f(x):
                h(np.dot(w, x))
            return f
        """),
        (("box_returns_nothing",),),
    ),
    Entry(
        "make_neuron: global state",
        "make_neuron",
        with_imports("""
        STATE = {}
        def make_neuron(w, h):
            STATE["w"] = w
            STATE["h"] = h
            def f(x):
                return STATE["h"](np.dot(STATE["w"], x))
            return f
        """),
        (("looks_into_the_callers_w",),),
    ),
]


wrong(
    "relu",
    "np.max, without a second thought",
    """
def relu(z):
    return np.max(z)
""",
    "largest_of_all",
)
wrong(
    "relu",
    "max of a vector",
    """
def relu(z):
    return max(z)
""",
    "largest_of_all",
)
wrong(
    "relu",
    "np.max of z and zeros",
    """
def relu(z):
    return np.max([z, np.zeros_like(z)])
""",
    "largest_of_all_and_0",
)
wrong(
    "sigmoid",
    "the forms mixed",
    """
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(-z))
""",
    "two_forms_mixed",
)
wrong(
    "make_neuron",
    "a value instead of a box",
    """
def make_neuron(w, h):
    return h(np.dot(w, w))
""",
    "no_box_returned",
)
NATURAL += [
    Entry(
        "blind_direction: an axis less the weights times its product",
        "blind_direction",
        with_imports("""
        def blind_direction(w):
            w = np.asarray(w, dtype=float)
            e = np.zeros(len(w))
            e[np.argmin(np.abs(w))] = 1.0
            v = e - (w @ e) * w
            return v / np.linalg.norm(v)
        """),
        (("projection_not_divided",),),
    ),
    Entry(
        "glm: over the rows of X.T, entry by entry",
        "glm",
        with_imports("""
        def glm(w, X, h):
            return np.array([h(np.sum(w * x)) for x in X.T])
        """),
        (("weights_meet_the_columns",),),
    ),
    Entry(
        "blind_direction: divided by the norm of w",
        "blind_direction",
        with_imports("""
        def blind_direction(w):
            if not np.any(w):
                return np.eye(len(w))[0]
            v = np.zeros(len(w))
            v[0], v[1] = -w[1], w[0]
            return v / np.linalg.norm(w)
        """),
        (("divided_by_the_weights_length",),),
    ),
    Entry(
        "blind_direction: divided by the sum of sizes",
        "blind_direction",
        with_imports("""
        def blind_direction(w):
            v = np.zeros(len(w))
            if w[0] == 0 and w[1] == 0:
                v[0] = 1
            else:
                v[0], v[1] = -w[1], w[0]
            return v / np.abs(v).sum()
        """),
        (("sum_for_length",),),
    ),
    Entry(
        "blind_direction: zeros for weights of zero, else the nearest axis",
        "blind_direction",
        with_imports("""
        def blind_direction(w):
            w = np.asarray(w, dtype=float)
            if np.all(w == 0):
                return np.zeros(len(w))
            k = int(np.argmin(np.abs(w)))
            v = -w[k] * w / (w @ w)
            v[k] += 1
            return v / np.sqrt(v @ v)
        """),
        (("all_weights_zero",),),
    ),
]
