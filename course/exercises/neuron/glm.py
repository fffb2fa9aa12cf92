"""Questions and known mistakes of `glm`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import neuron as nn

exercise = Exercise(
    nn.glm,
    points=2,
    minutes=8,
    difficulty=2,
    hints=(
        "The same neuron looks at every row of X: n rows go in, n numbers come out.",
        "You could call `neuron` on each row and collect the answers. Or ask yourself: which "
        "product of X and w has x_i · w as its entry i?",
        "A matrix times a vector is a dot product for each row of the matrix, if the matrix is on "
        "the left. h takes all n results at once.",
    ),
)


@exercise.public
def public():
    yield Question(
        "three examples with two inputs",
        dict(
            w=np.array([2.0, -1.0]),
            X=np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 3.0]]),
            h=stock.shifted_square,
        ),
    )
    yield Question(
        "two examples with three inputs, whole numbers",
        dict(
            w=np.array([0.5, 1.0, 2.0]), X=np.array([[1, 2, 0], [0, 1, 3]]), h=stock.shifted_square
        ),
    )
    yield Question(
        "a batch of one",
        dict(w=np.array([1.0, 1.0]), X=np.array([[3.0, -2.0]]), h=stock.shifted_square),
    )
    yield Question(
        "two examples with two inputs: a wrong order raises no error",
        dict(
            w=np.array([3.0, -1.0]), X=np.array([[1.0, 2.0], [0.0, -1.0]]), h=stock.shifted_square
        ),
    )


@exercise.secret
def secret(rng):
    yield Question(
        "more examples than inputs",
        dict(w=rng.normal(size=3), X=rng.normal(size=(5, 3)), h=stock.sin),
    )
    yield Question(
        "more inputs than examples",
        dict(w=rng.normal(size=5) / 2, X=rng.normal(size=(2, 5)), h=stock.shifted_square),
    )
    yield Question(
        "as many examples as inputs",
        dict(w=rng.uniform(0.5, 1, 3), X=rng.normal(size=(3, 3)), h=stock.exp),
    )
    yield Question(
        "a batch of one example",
        dict(w=rng.normal(size=4), X=rng.normal(size=(1, 4)), h=stock.tanh),
        weight=1.5,
    )
    yield Question(
        "a single input",
        dict(w=rng.uniform(1.5, 2, size=1), X=rng.normal(size=(4, 1)), h=stock.exp),
        weight=0.5,
    )
    yield Question(
        "whole numbers as inputs",
        dict(
            w=rng.uniform(0.1, 0.4, 3),
            X=rng.integers(-3, 4, size=(4, 3)),
            h=stock.sin,
        ),
        weight=1.5,
    )
    yield Question(
        "float32",
        dict(
            w=rng.uniform(0.2, 0.9, 3).astype(np.float32),
            X=rng.uniform(0.2, 0.9, (4, 3)).astype(np.float32),
            h=stock.exp,
        ),
        weight=0.5,
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def all_at_once(w, X, h):
    z = X @ w
    return h(z)


@exercise.writing
def products_and_sum(w, X, h):
    products = X * w
    z = np.sum(products, axis=1)
    return h(z)


@exercise.writing
def loop(w, X, h):
    out = []
    for i in range(len(X)):
        z = 0.0
        for j in range(len(w)):
            z += X[i, j] * w[j]
        y = h(z)
        out.append(y)
    return np.array(out)


@exercise.mistake(
    "Only the first two inputs of each example count.",
    "Nothing in h(w · x) says how many inputs there are. Can you write code that doesn't say it "
    "either?",
)
def two_inputs_only(w, X, h):
    return h(X[:, 0] * w[0] + X[:, 1] * w[1])


@exercise.mistake(
    "The array for the results has a place for each weight, not for each example.",
    "w has d numbers, X has n rows. How many numbers should come out?",
)
def results_as_many_as_weights(w, X, h):
    y = np.zeros(len(w))
    for i in range(len(X)):
        y[i] = h(X[i] @ w)
    return y


@exercise.mistake(
    "The array for the results has the shape of X, so each result fills a whole row.",
    "n rows in, n numbers out: which shape is that?",
)
def results_in_the_shape_of_the_examples(w, X, h):
    y = np.zeros_like(X)
    for i in range(len(X)):
        y[i] = h(X[i] @ w)
    return y


exercise.idea(
    "rows_not_summed",
    "The products are not added up: each example gets one number per input instead of a single "
    "number.",
    "`X * w` multiplies entry by entry. What is still missing to get x_i · w from row i?",
    {"np.sum(products, axis=1)": "products"},
)
exercise.idea(
    "summed_down_the_columns",
    "The sum runs down the columns of X (axis 0) instead of along its rows.",
    "An example is a row. Along which axis do you move if you stay within one row?",
    {"axis=1": "axis=0"},
)
exercise.idea(
    "summed_over_everything",
    "The products of all examples are added up into a single number.",
    "Every example has a sum of its own. What does np.sum do without an axis?",
    {"np.sum(products, axis=1)": "np.sum(products)"},
)
exercise.idea(
    "mean_of_the_products",
    "This is the mean of the products: their sum is divided by the number of inputs.",
    "Is there an average in w_1 x_1 + … + w_d x_d?",
    {"np.sum(products, axis=1)": "np.mean(products, axis=1)"},
)
exercise.idea(
    "weights_meet_the_columns",
    "The product is the wrong way round, as with `w @ X`: w meets the columns of X, not its rows.",
    "Write down the shapes. Which product fits and gives (n,): (d,) @ (n, d) or (n, d) @ (d,)?",
    {"X @ w": "w @ X"},
    {"X @ w": "np.dot(w, X)"},
    {"z = X @ w": "z = np.array([np.sum(w * x) for x in X.T])"},
    {"z = X @ w": "z = np.array([np.dot(w, x) for x in X.T])"},
)
exercise.idea(
    "activation_before_the_sum",
    "The activation is applied to every product, before the sum.",
    "This is the same neuron as before, h(w · x), but for many x. What has to be finished first?",
    {"products = X * w": "products = h(X * w)", "return h(z)": "return z"},
    {"z += X[i, j] * w[j]": "z += h(X[i, j] * w[j])", "y = h(z)": "y = z"},
)
exercise.idea(
    "activation_of_the_examples",
    "The activation is applied to the inputs, before the weights.",
    "This is the same neuron as before, h(w · x), but for many x. What comes first?",
    {"products = X * w": "products = h(X) * w", "return h(z)": "return z"},
    {"z = X @ w": "z = h(X) @ w", "return h(z)": "return z"},
)
exercise.idea(
    "activation_of_the_weights",
    "The activation is applied to the weights instead of to x_i · w.",
    "This is the same neuron as before, h(w · x), but for many x. What is inside the brackets?",
    {"products = X * w": "products = X * h(w)", "return h(z)": "return z"},
)
exercise.idea(
    "linear_model_only",
    "The activation is missing: h isn't applied to the results.",
    "What would linear regression return here, and what would the generalised linear model return?",
    {"return h(z)": "return z"},
    {"y = h(z)": "y = z"},
)
exercise.idea(
    "added_instead_of_multiplied",
    "Weights and inputs are added instead of multiplied.",
    "An input with weight 0 shouldn't count at all. Does it here?",
    {"products = X * w": "products = X + w"},
)
exercise.idea(
    "weights_left_out",
    "The weights are missing: the inputs themselves are added up.",
    "How does a neuron make one input count more than another?",
    {"products = X * w": "products = X"},
)
exercise.idea(
    "changes_its_examples",
    "X is changed in place: the products are written into the caller's array.",
    "`*=` changes the array itself, and it belongs to the caller. Make a new one.",
    {"products = X * w": "X *= w\nproducts = X"},
)
exercise.idea(
    "activation_twice",
    "The activation is applied twice.",
    "If you call your own neuron, it has already applied h. Is h needed again?",
    {"return h(z)": "return h(h(z))"},
)
exercise.idea(
    "activation_of_its_own",
    "This uses the same activation whatever h is.",
    "h is an argument, like w and X: call it by that name.",
    {"return h(z)": "return 1 / (1 + np.exp(-z))"},
    {"return h(z)": "return np.tanh(z)"},
    {"return h(z)": "return np.maximum(z, 0)"},
    {"return h(z)": "return np.exp(z)"},
)
exercise.idea(
    "last_product_only",
    "Only each example's last product counts, as if it overwrote the sum (`=` for `+=`).",
    "What does `z += …` do that `z = …` doesn't?",
    {"z += X[i, j] * w[j]": "z = X[i, j] * w[j]"},
)
exercise.idea(
    "sum_never_reset",
    "The sum isn't set back to 0 for the next example, so each one adds to the one before it.",
    "Each example begins a sum of its own. In which of the two loops does it begin?",
    {"out = []": "out, z = [], 0.0", "z = 0.0": "pass"},
)
exercise.idea(
    "steps_over_the_inputs",
    "The loop takes as many steps as there are weights (`len(w)`), not as many as there are "
    "examples.",
    "w has d numbers, X has n rows. Which of the two counts the examples?",
    {"range(len(X))": "range(len(w))"},
)
exercise.idea(
    "first_example_only",
    "The array holds only the first example's output, as with a `return` inside the loop.",
    "How many rows does X have, and how many numbers should come out?",
    {"out.append(y)": "out.append(y)\nbreak"},
)
exercise.idea(
    "returned_inside_the_loop",
    "This is only the first example's output, a single number, as with a `return` inside the loop.",
    "n rows in, n numbers out. And if you have a loop: is your `return` inside it or after it?",
    {"out.append(y)": "return y"},
)
exercise.idea(
    "last_example_only",
    "This is only the last example's output, a single number, as if it overwrote all the others.",
    "In every step of the loop the output is overwritten. Where could you collect the outputs?",
    {"return np.array(out)": "return y"},
)
exercise.idea(
    "examples_averaged",
    "The outputs of all examples are averaged into a single number.",
    "n rows in, n numbers out. Is an average asked for?",
    {"z = X @ w\n    return h(z)": "return np.mean(h(X @ w))"},
)
exercise.idea(
    "examples_added_up",
    "The outputs of all examples are added up into a single number.",
    "n rows in, n numbers out. Is their sum asked for?",
    {"z = X @ w\n    return h(z)": "return np.sum(h(X @ w))"},
)
exercise.idea(
    "column_of_results",
    "The results form a column, (n, 1), instead of a flat array, (n,).",
    "One number per example needs only one axis. Which step gave your result a second axis?",
    {"return h(z)": "return h(z)[:, None]"},
)
exercise.idea(
    "row_of_results",
    "The results form a matrix with one row, (1, n), instead of a flat array, (n,).",
    "One number per example needs only one axis. Which step gave your result a second axis?",
    {"return h(z)": "return h(z)[None]"},
)
exercise.idea(
    "batch_of_one_squeezed",
    "For a batch of one the axis is squeezed away: this is a number, not an array with one number "
    "in it.",
    "n rows in, n numbers out, even if n = 1. Which of your steps drops an axis?",
    {"return h(z)": "return np.squeeze(h(z))"},
)
exercise.idea(
    "cut_to_whole_numbers",
    "The results are put into an integer array, so everything after the decimal point is cut off.",
    "What is the `dtype` of the array you made for the results?",
    {"return h(z)": "return h(z).astype(X.dtype)"},
    {"np.array(out)": "np.array(out, dtype=X.dtype)"},
    {"np.array(out)": "np.array(out, dtype=int)"},
)
