"""Questions and known mistakes of `dense`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import layers as nn

exercise = Exercise(
    nn.dense,
    points=3,
    minutes=10,
    difficulty=2,
    hints=(
        "Write down the shapes first: (n, d_in) and (d_in, d_out) have to make (n, d_out), and the "
        "row of biases has to be added to each of the n rows.",
        "X and A already fit together in this order. And (n, d_out) + (1, d_out) is exactly what "
        "broadcasting was made for.",
        "H = h(X A + b): first the product, then the biases, then the activation, which takes the "
        "whole matrix at once. You need no loop, no transpose and no reshape.",
    ),
)


@exercise.public
def public():
    yield Question(
        "three examples, two inputs, one neuron",
        dict(
            X=np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 1.0]]),
            A=np.array([[1.0], [-2.0]]),
            b=np.array([[3.0]]),
            h=stock.shifted_square,
        ),
    )
    yield Question(
        "one example, three inputs, two neurons",
        dict(
            X=np.array([[1.0, 2.0, -1.0]]),
            A=np.array([[1.0, 0.0], [0.0, 1.0], [2.0, -1.0]]),
            b=np.array([[0.0, 1.0]]),
            h=stock.square,
        ),
    )
    yield Question(
        "two of everything: a wrong order or a wrong axis raises no error",
        dict(
            X=np.array([[1.0, 2.0], [0.0, 1.0]]),
            A=np.array([[1.0, 0.0], [3.0, 1.0]]),
            b=np.array([[-4.0, 3.0]]),
            h=stock.shifted_square,
        ),
    )
    yield Question(
        "whole numbers, and an activation that makes fractions of them",
        dict(
            X=np.array([[1, 2], [3, 0], [0, 1]]),
            A=np.array([[1, -2], [-1, 3]]),
            b=np.array([[0, 1]]),
            h=stock.leaky,
        ),
    )
    yield Question(
        "whole numbers as inputs and weights, and biases with fractions",
        dict(
            X=np.array([[1, 2, 0]]),
            A=np.array([[1, -1], [2, 0], [3, 1]]),
            b=np.array([[0.5, -1.5]]),
            h=stock.double,
        ),
    )


@exercise.secret
def secret(rng):
    yield Question(
        "more examples than inputs, more inputs than neurons",
        _batch(rng, 5, 3, 2, stock.shifted_square),
    )
    yield Question("more neurons than inputs", _batch(rng, 2, 3, 5, stock.sin))
    yield Question("as many examples as neurons", _batch(rng, 3, 2, 3, stock.shifted_square))
    yield Question("as many inputs as neurons", _batch(rng, 2, 3, 3, stock.sin))
    yield Question("three of everything", _batch(rng, 3, 3, 3, stock.shifted_square))
    yield Question("a batch of one", _batch(rng, 1, 4, 2, stock.sin))
    yield Question("a layer of one neuron", _batch(rng, 4, 3, 1, stock.shifted_square), weight=1.5)
    yield Question("a single input", _batch(rng, 3, 1, 2, stock.exp), weight=0.5)
    yield Question(
        "whole numbers",
        dict(
            X=rng.integers(-2, 3, size=(4, 2)),
            A=rng.integers(-2, 3, size=(2, 3)),
            b=rng.permutation([[1, 2, 4]], axis=1),
            h=stock.cos,
        ),
        weight=0.5,
    )
    yield Question(
        "whole numbers as inputs and weights, and biases with fractions",
        dict(
            X=rng.integers(-2, 3, size=(3, 2)),
            A=rng.integers(-2, 3, size=(2, 4)),
            b=rng.normal(size=(1, 4)),
            h=stock.sin,
        ),
        weight=0.5,
    )
    yield Question(
        "whole numbers as inputs only",
        _batch(rng, 4, 2, 3, stock.shifted_square) | dict(X=rng.permutation(8).reshape(4, 2) - 3),
        weight=0.5,
    )


def _batch(rng, n, d_in, d_out, h):
    return dict(
        X=rng.normal(size=(n, d_in)),
        A=rng.normal(size=(d_in, d_out)),
        b=rng.permutation([1.1, -1.4, 0.7, -0.6, 2.0][:d_out]).reshape(1, d_out),
        h=h,
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def in_matrices(X, A, b, h):
    Z = X @ A
    Z = Z + b
    return h(Z)


@exercise.writing
def example_by_example(X, A, b, h):
    rows = []
    for x in X:
        z = x @ A + b[0]
        rows.append(h(z))
    return np.array(rows)


@exercise.writing
def loops(X, A, b, h):
    n, d_in, d_out = X.shape[0], A.shape[0], A.shape[1]
    H = np.zeros((n, d_out))
    for i in range(n):
        for k in range(d_out):
            z = 0.0
            for j in range(d_in):
                product = X[i, j] * A[j, k]
                z += product
            H[i, k] = h(z + b[0, k])
    return H


@exercise.mistake(
    "The result is written into an array with X's shape and type, but it needs its own.",
    "The result has the shape (n, d_out). What are the shape and the `dtype` of your array?",
)
def written_into_an_array_like_X(X, A, b, h):
    H = X.copy()
    H[:] = h(X @ A + b)
    return H


exercise.idea(
    "bias_after_the_activation",
    "The biases are added after the activation.",
    "Where is b in h(X A + b): inside the brackets or outside?",
    {"Z = Z + b": "pass", "return h(Z)": "return h(Z) + b"},
)
exercise.idea(
    "bias_before_the_product",
    "The biases are added to the inputs, before the product.",
    "There is one bias for each neuron, not for each input. To what is it added?",
    {"Z = X @ A": "Z = (X + b) @ A", "Z = Z + b": "pass"},
)
exercise.idea(
    "bias_added_to_the_weights",
    "The biases are added to the weights, before the product.",
    "A bias is added to a neuron's sum whatever the example is. To what is it added here?",
    {"Z = X @ A": "Z = X @ (A + b)", "Z = Z + b": "pass"},
)
exercise.idea(
    "bias_left_out",
    "The biases are missing.",
    "What does each neuron return for an example of all zeros?",
    {"Z = Z + b": "pass"},
    {"x @ A + b[0]": "x @ A"},
    {"z + b[0, k]": "z"},
)
exercise.idea(
    "bias_subtracted",
    "The biases are subtracted.",
    "Which sign does b have in h(X A + b)?",
    {"Z + b": "Z - b"},
)
exercise.idea(
    "bias_down_the_batch",
    "The biases run down the batch, as with `b.T`: example i gets bias i, but bias i belongs to "
    "neuron i.",
    "In X A + b, which axis of X A counts neurons? Along which axis does your b run?",
    {"Z + b": "Z + b.T"},
    {"b[0, k]": "b[0, i]"},
)
exercise.idea(
    "one_bias_for_all",
    "All neurons share the first neuron's bias, `b[0, 0]`.",
    "b holds one number for each neuron. Do you use them all?",
    {"Z + b": "Z + b[0, 0]"},
    {"b[0, k]": "b[0, 0]"},
)
exercise.idea(
    "biases_added_up",
    "Every neuron gets the sum of all biases.",
    "b holds one number for each neuron. Which of them belongs to neuron k?",
    {"Z + b": "Z + np.sum(b)"},
)
exercise.idea(
    "bias_added_for_every_input",
    "The bias is added inside the sum, once for each input.",
    "A neuron has one bias. Does your loop over the inputs meet it once?",
    {"z += product": "z += product + b[0, k]", "h(z + b[0, k])": "h(z)"},
)
exercise.idea(
    "bias_row_taken_as_flat",
    "b has the shape (1, d_out): one index, as in `b[k]`, gives a row of biases, not one bias.",
    "A matrix with one row needs two indices: which are they for neuron k?",
    {"b[0, k]": "b[k]"},
)
exercise.idea(
    "an_axis_too_many",
    "Each example's outputs are a row of their own with two axes, so the result has three.",
    "b has the shape (1, d_out). What is the shape of x A + b for a flat x, (d_in,)?",
    {"x @ A + b[0]": "x @ A + b"},
)
exercise.idea(
    "weights_transposed",
    "The weights are transposed, as with `A.T`.",
    "Here a neuron is a column of A. What are the shapes of X and A, and do they fit without help?",
    {"X @ A": "X @ A.T"},
    {"X @ A": "np.dot(X, A.T)"},
)
exercise.idea(
    "product_in_the_order_of_columns",
    "This is `A @ X`, the order in the lecture's pictures, where an example is a column.",
    "Here an example is a row of X. On which side of X must A be for the shapes to fit?",
    {"X @ A": "A @ X"},
    {"X @ A": "np.dot(A, X)"},
)
exercise.idea(
    "examples_taken_as_columns",
    "This is `A.T @ X`, which takes the columns of X for the examples.",
    "Here an example is a row of X. On which side of X must A be for the shapes to fit?",
    {"X @ A": "A.T @ X"},
    {"X @ A": "np.dot(A.T, X)"},
)
exercise.idea(
    "examples_came_out_as_columns",
    "The numbers are right, but the result is transposed: each example has become a column.",
    "Rows go in and rows come out: what does the first axis of X count, and what does the first "
    "axis of your answer count?",
    {"return h(Z)": "return h(Z).T"},
)
exercise.idea(
    "star_for_the_product",
    "`X * A` multiplies entry by entry: it is not the matrix product.",
    "Entry (i, k) of X A is a sum over all inputs. Which operator computes it?",
    {"X @ A": "X * A"},
)
exercise.idea(
    "last_product_only",
    "Only each neuron's last product counts, as if it overwrote the sum (`=` for `+=`).",
    "What does `z += …` do that `z = …` doesn't?",
    {"z += product": "z = product"},
)
exercise.idea(
    "sum_never_reset",
    "The sum isn't set back to 0 for the next neuron, so each one adds to the one before it.",
    "Each neuron begins a sum of its own for each example. In which loop does it begin?",
    {"for i in range(n):": "for i in range(n):\n    z = 0.0", "    z = 0.0": "    pass"},
    {"H = np.zeros((n, d_out))": "H, z = np.zeros((n, d_out)), 0.0", "    z = 0.0": "    pass"},
)
exercise.idea(
    "activation_before_the_sum",
    "The activation is applied to every product, before the sum.",
    "In h(X A + b), what has to be finished before h can start?",
    {"X[i, j] * A[j, k]": "h(X[i, j] * A[j, k])", "h(z + b[0, k])": "z + b[0, k]"},
)
exercise.idea(
    "activation_of_the_examples",
    "The activation is applied to the inputs, before the product.",
    "In h(X A + b), what has to be finished before h can start?",
    {"Z = X @ A": "Z = h(X) @ A", "return h(Z)": "return Z"},
)
exercise.idea(
    "activation_left_out_of_dense",
    "The activation is missing.",
    "Without h, a layer of neurons is just a matrix and a row of biases. Where does h come in?",
    {"return h(Z)": "return Z"},
    {"h(z + b[0, k])": "z + b[0, k]"},
)
exercise.idea(
    "activation_twice",
    "The activation is applied twice.",
    "There is one h in h(X A + b). Where does your code apply it?",
    {"return h(Z)": "return h(h(Z))"},
)
exercise.idea(
    "activation_of_its_own",
    "This uses the same activation whatever h is.",
    "h is an argument, like X, A and b: call it by that name.",
    {"return h(Z)": "return np.maximum(Z, 0)"},
    {"return h(Z)": "return np.tanh(Z)"},
    {"return h(Z)": "return 1 / (1 + np.exp(-Z))"},
)
exercise.idea(
    "first_example_only",
    "This is only the first example's output, as with a `return` inside the loop.",
    "n rows in, n rows out. And if you have a loop: is your `return` inside it or after it?",
    {"rows.append(h(z))": "return h(z)"},
    {"x @ A + b[0]": "x @ A + b", "rows.append(h(z))": "return h(z)"},
)
exercise.idea(
    "axis_lost_before_the_bias",
    "`X @ A` loses an axis of length 1 before b is added: for one neuron, (n,) and (1, 1) make a "
    "single row, (1, n).",
    "Write down the shape of everything before the plus. Which step dropped an axis?",
    {"Z = X @ A": "Z = np.squeeze(X @ A)"},
)
exercise.idea(
    "axes_of_one_dropped",
    "An axis of length 1 is squeezed away at the end: n examples and one neuron make (n, 1), not "
    "(n,).",
    "The result has two axes, whatever their lengths. Which of your steps drops one?",
    {"return h(Z)": "return np.squeeze(h(Z))"},
)
exercise.idea(
    "flattened",
    "The result is flat: all examples' outputs are in one row of numbers.",
    "One example is one row of the result. Which of your steps drops the second axis?",
    {"return h(Z)": "return h(Z).flatten()"},
)
exercise.idea(
    "cut_to_whole_numbers",
    "The results are put into an integer array, so everything after the decimal point is cut off.",
    "What is the `dtype` of the array you made for the results if X holds whole numbers?",
    {"return h(Z)": "return h(Z).astype(Z.dtype)"},
    {"np.zeros((n, d_out))": "np.zeros((n, d_out), dtype=X.dtype)"},
)
