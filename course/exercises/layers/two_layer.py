"""Questions and known mistakes of `two_layer`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import layers as nn

exercise = Exercise(
    nn.two_layer,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "There are two stages: the hidden layer turns x into m numbers, and the output neuron "
        "turns those m numbers into one.",
        "The first stage is the layer you have just written, with one activation for all neurons. "
        "The second is a dot product with u, and nothing after it.",
        "Call `layer` with W, x and h, and take the dot product of u with the result.",
    ),
)


@exercise.public
def public():
    yield Question(
        "two hidden neurons, three inputs",
        dict(
            u=np.array([2.0, -1.0]),
            W=np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]),
            x=np.array([1.0, 0.0, 1.0]),
            h=stock.square,
        ),
    )
    yield Question(
        "three hidden neurons, two inputs",
        dict(
            u=np.array([1.0, 0.5, -2.0]),
            W=np.array([[1.0, 1.0], [2.0, 0.0], [0.0, -1.0]]),
            x=np.array([2.0, 1.0]),
            h=stock.shifted_square,
        ),
    )
    yield Question(
        "one hidden neuron",
        dict(u=np.array([3.0]), W=np.array([[1.0, -2.0]]), x=np.array([4.0, 1.0]), h=stock.square),
    )
    yield Question(
        "two hidden neurons, two inputs: a wrong order raises no error",
        dict(
            u=np.array([2.0, -3.0]),
            W=np.array([[1.0, 3.0], [2.0, -1.0]]),
            x=np.array([3.0, 1.0]),
            h=stock.shifted_square,
        ),
    )
    yield Question(
        "whole numbers, and an activation that makes fractions of them",
        dict(
            u=np.array([1, 2]),
            W=np.array([[1, -2, 0], [1, 0, 1]]),
            x=np.array([1, 2, 3]),
            h=stock.leaky,
        ),
    )


@exercise.secret
def secret(rng):
    yield Question("more hidden neurons than inputs", _two_layers(rng, 5, 3, stock.sin))
    yield Question("more inputs than hidden neurons", _two_layers(rng, 2, 4, stock.shifted_square))
    yield Question("as many hidden neurons as inputs", _two_layers(rng, 3, 3, stock.sin))
    yield Question("a single hidden neuron", _two_layers(rng, 1, 3, stock.exp), weight=0.5)
    yield Question("a single input", _two_layers(rng, 3, 1, stock.shifted_square), weight=0.5)
    yield Question(
        "whole numbers",
        dict(
            u=rng.permutation([-1, 2, 3]),
            W=rng.integers(-2, 3, size=(3, 2)),
            x=rng.permutation([1, 2]),
            h=stock.cos,
        ),
    )


def _two_layers(rng, m, d, h):
    return dict(u=rng.uniform(0.5, 2, m), W=rng.normal(size=(m, d)), x=rng.normal(size=d), h=h)


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def layer_by_layer(u, W, x, h):
    z = W @ x
    hidden = h(z)
    f = u @ hidden
    return f


@exercise.writing
def loop(u, W, x, h):
    f = 0.0
    for i in range(len(u)):
        z = 0.0
        for j in range(len(x)):
            z += W[i, j] * x[j]
        hidden = h(z)
        f += u[i] * hidden
    return f


NO_ACTIVATION = {"hidden = h(z)": "hidden = z"}

exercise.idea(
    "activation_on_the_output_too",
    "The activation is applied to the output too.",
    "In f(x) = u · h(x), is there an activation to the left of u?",
    {"return f": "return h(f)"},
)
exercise.idea(
    "activation_on_the_output_only",
    "The activation is applied after the output neuron instead of in the hidden layer.",
    "Walk from x to f(x): which comes first, h or u?",
    NO_ACTIVATION | {"return f": "return h(f)"},
)
exercise.idea(
    "activation_left_out",
    "The hidden layer's activation is missing: without it, the network can't do more than a "
    "single neuron.",
    "The hidden layer is h(W x). Which part of it is missing?",
    NO_ACTIVATION,
)
exercise.idea(
    "activation_before_the_hidden_weights",
    "The activation is applied to the inputs, before the hidden weights.",
    "A hidden neuron is h(w · x). What has to be finished before h can start?",
    NO_ACTIVATION | {"z = W @ x": "z = W @ h(x)"},
    NO_ACTIVATION | {"W[i, j] * x[j]": "W[i, j] * h(x[j])"},
)
exercise.idea(
    "activation_before_the_hidden_sum",
    "The activation is applied to every product w_j x_j, before the sum.",
    "A hidden neuron is h(w · x). What has to be finished before h can start?",
    NO_ACTIVATION | {"z = W @ x": "z = np.sum(h(W * x), axis=1)"},
    NO_ACTIVATION | {"z += W[i, j] * x[j]": "z += h(W[i, j] * x[j])"},
)
exercise.idea(
    "activation_after_the_output_weights",
    "The activation is applied after the multiplication by u instead of before it.",
    "In f(x) = u · h(x), what does u multiply: the sums, or what h makes of them?",
    NO_ACTIVATION | {"u @ hidden": "np.sum(h(u * hidden))"},
    NO_ACTIVATION | {"u[i] * hidden": "h(u[i] * hidden)"},
)
exercise.idea(
    "activation_of_the_output_weights",
    "The activation is applied to u too.",
    "In f(x) = u · h(x), which of the two vectors has been through the activation?",
    {"u @ hidden": "h(u) @ hidden"},
)
exercise.idea(
    "activation_twice",
    "The hidden layer's activation is applied twice.",
    "If you call your own layer, it has already applied h. Is h needed again?",
    {"hidden = h(z)": "hidden = h(h(z))"},
)
exercise.idea(
    "activation_of_its_own",
    "This uses the same activation whatever h is.",
    "h is an argument, like u, W and x: call it by that name.",
    {"hidden = h(z)": "hidden = np.tanh(z)"},
    {"hidden = h(z)": "hidden = np.maximum(z, 0)"},
    {"hidden = h(z)": "hidden = 1 / (1 + np.exp(-z))"},
)
exercise.idea(
    "hidden_weights_transposed",
    "The hidden weights are transposed, as with `x @ W`.",
    "W has one neuron per row, (m, d), and x is (d,). Which product has m numbers?",
    {"z = W @ x": "z = x @ W"},
    {"z = W @ x": "z = np.dot(x, W)"},
)
exercise.idea(
    "hidden_products_not_summed",
    "The products in the hidden neurons are not added up.",
    "`W * x` multiplies entry by entry. What is still missing to get w_i · x from row i?",
    {"z = W @ x": "z = W * x"},
)
exercise.idea(
    "last_product_only",
    "Only the last product of each hidden neuron counts, as if it overwrote the sum (`=` for "
    "`+=`).",
    "What does `z += …` do that `z = …` doesn't?",
    {"z += W[i, j] * x[j]": "z = W[i, j] * x[j]"},
)
exercise.idea(
    "sum_never_reset",
    "The sum isn't set back to 0 for the next hidden neuron: each one adds to the one before it.",
    "Each neuron begins a sum of its own. In which of the two loops does it begin?",
    {"f = 0.0": "f, z = 0.0, 0.0", "z = 0.0": "pass"},
)
exercise.idea(
    "output_not_summed",
    "The products in the output neuron are not added up.",
    "f(x) is one number. How many numbers are there in `u * h`, and how many in u · h?",
    {"u @ hidden": "u * hidden"},
)
exercise.idea(
    "output_neuron_left_out",
    "These are the hidden neurons' numbers: the output neuron is missing.",
    "f(x) is one number. Which weights turn your m numbers into one?",
    {"u @ hidden": "hidden"},
)
exercise.idea(
    "output_weights_left_out",
    "This is the plain sum of the hidden neurons: the output neuron's weights are missing.",
    "How does the output neuron make one hidden neuron count more than another?",
    {"u @ hidden": "np.sum(hidden)"},
    {"u[i] * hidden": "hidden"},
)
exercise.idea(
    "mean_of_the_products",
    "This is the mean of the products with u: their sum is divided by the number of neurons.",
    "Is there an average in u_1 h_1 + … + u_m h_m?",
    {"u @ hidden": "np.mean(u * hidden)"},
)
exercise.idea(
    "added_instead_of_multiplied",
    "The hidden neurons and their weights in u are added instead of multiplied.",
    "A hidden neuron with weight 0 in u shouldn't count at all. Does it here?",
    {"u @ hidden": "np.sum(u + hidden)"},
)
exercise.idea(
    "last_hidden_neuron_only",
    "Only the last hidden neuron counts, as if it overwrote the sum (`=` for `+=`).",
    "What does `f += …` do that `f = …` doesn't?",
    {"f += u[i]": "f = u[i]"},
)
exercise.idea(
    "returned_inside_the_loop",
    "Only the first hidden neuron counts, as with a `return` inside the loop.",
    "Where is your `return`: inside the loop or after it?",
    {"f += u[i] * hidden": "f += u[i] * hidden\nbreak"},
)
exercise.idea(
    "steps_over_the_inputs",
    "The loop takes as many steps as there are inputs (`len(x)`), not as many as there are hidden "
    "neurons.",
    "x has d numbers, u has m. Which of the two counts the hidden neurons?",
    {"range(len(u))": "range(len(x))"},
)
exercise.idea(
    "an_array_of_one",
    "The output is wrapped: it is an array or a list with one entry instead of a number.",
    "f(x) is a number. Which of your steps turned a vector into a row or a column?",
    {"return f": "return np.array([f])"},
    {"return f": "return np.array([[f]])"},
)
exercise.idea(
    "cut_to_whole_numbers",
    "Results are put into an integer array, so everything after the decimal point is cut off.",
    "What is the `dtype` of the array you made for the results if W and x hold whole numbers?",
    {"hidden = h(z)": "hidden = np.array(h(z)).astype(x.dtype)"},
    {"return f": "return np.array(f).astype(x.dtype)"},
)
