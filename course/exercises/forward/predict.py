"""Questions and known mistakes of `predict`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.forward.samples import (
    SQUARE_NET,
    TWO_EXAMPLES,
    TWO_LAYERS,
    random_net,
    row_of_ones,
    unequal_widths,
)
from course.nn import forward as nn

exercise = Exercise(
    nn.predict,
    points=3,
    minutes=15,
    difficulty=2,
    hints=(
        "Use one variable for the layer you have reached. It begins as X, and every step replaces "
        "it.",
        "Each step does what `dense` does: multiply by the layer's matrix, add its bias row, then "
        "apply act. The next step starts from the result.",
        "Go through As and Bs together, and let `dense` (lesson 2) turn the current layer into the "
        "next one. Return after the loop, not inside it.",
    ),
)


@exercise.public
def public():
    yield Question(
        "two layers, 2-3-1", dict(net=TWO_LAYERS, X=TWO_EXAMPLES, act=stock.shifted_square)
    )
    yield Question("equal widths, 2-2-2", dict(net=SQUARE_NET, X=TWO_EXAMPLES, act=stock.leaky))
    yield Question(
        "a batch of one", dict(net=TWO_LAYERS, X=np.array([[0.5, 0.0]]), act=stock.leaky)
    )
    yield Question(
        "one neuron behind another, 1-1-1",
        dict(
            net=([np.array([[2.0]]), np.array([[-1.0]])], [np.array([[1.0]]), np.array([[3.0]])]),
            X=np.array([[0.0], [1.0], [-2.0]]),
            act=stock.shifted_square,
        ),
    )


@exercise.secret
def secret(rng):
    dims = unequal_widths(rng, 5)
    net = random_net(dims, rng)
    X = rng.normal(size=(4, dims[0]))
    yield Question("four layers of unequal widths", dict(net=net, X=X, act=stock.sin), weight=2)
    yield Question("a batch of one", dict(net=net, X=X[:1], act=stock.cos))
    yield Question("called twice", dict(net=net, X=X[:2], act=stock.leaky), call="twice")
    single = random_net([3, 2], rng)
    yield Question(
        "a single layer", dict(net=single, X=rng.normal(size=(5, 3)), act=stock.shifted_square)
    )
    yield Question(
        "equal widths, and as many examples as units",
        dict(net=random_net([3, 3, 3], rng), X=rng.normal(size=(3, 3)), act=stock.shifted_square),
    )
    yield Question(
        "one neuron behind another",
        dict(net=random_net([1, 1, 1], rng), X=rng.normal(size=(3, 1)), act=stock.shifted_square),
        weight=0.5,
    )
    yield Question(
        "integers",
        dict(
            net=(
                [rng.integers(1, 4, size=(2, 3)), rng.integers(1, 4, size=(3, 2))],
                row_of_ones(),
            ),
            X=rng.integers(1, 3, size=(4, 2)),
            act=stock.sin,
        ),
    )
    yield Question(
        "float32",
        dict(
            net=tuple(
                [part.astype(np.float32) for part in half] for half in random_net([4, 3, 2], rng)
            ),
            X=rng.normal(size=(3, 4)).astype(np.float32),
            act=stock.tanh,
        ),
    )


@exercise.mistake(
    "The last layer has no activation.",
    "The lecture's loop makes no exception for the output layer.",
)
def output_without_activation(net, X, act):
    *hidden, last = zip(*net, strict=True)
    H = X
    for A, b in hidden:
        H = act(H @ A + b)
    return H @ last[0] + last[1]


@exercise.mistake(
    "The activation is applied only once, after the last layer.",
    "Without an activation in between, two layers can do no more than one. Where is act in your "
    "loop?",
)
def activation_at_the_end_only(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = H @ A + b
    return act(H)


@exercise.mistake(
    "The bias is added after the activation.",
    "A bias shifts what the activation sees. Which comes first, + b or act?",
)
def bias_after_the_activation(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(H @ A) + b
    return H


@exercise.mistake(
    "The bias is added before the product with the weights.",
    "Each neuron of the new layer has a bias, not each neuron of the old one. When are there that "
    "many columns?",
)
def bias_before_the_product(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act((H + b) @ A)
    return H


@exercise.mistake(
    "The bias is turned into a column, so each example gets its own bias instead of each neuron.",
    "b has one row, and a column for each neuron. What does NumPy do if you add it unchanged?",
)
def bias_along_the_batch(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(H @ A + b.T)
    return H


@exercise.mistake(
    "The biases are not used.",
    "`net` holds two lists. What happens to the second one in your loop?",
)
def biases_left_out(net, X, act):
    H = X
    for A in net[0]:
        H = act(H @ A)
    return H


@exercise.mistake(
    "The matrices are transposed before the product, as if they were from the lecture's pictures.",
    "A is (d_in, d_out) already. Write the shapes of H and A side by side: which lengths must "
    "match?",
)
def weights_transposed(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(H @ A.T + b)
    return H


@exercise.mistake(
    "This is `A @ H`, the order in the lecture's pictures, where an example is a column.",
    "Here an example is a row of X. On which side of H must A be for the shapes to fit?",
)
def product_in_the_order_of_columns(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(A @ H + b)
    return H


@exercise.mistake(
    "The loop goes over `net` itself: its first round gets two matrices, its second round two rows "
    "of biases.",
    "`net` holds two lists, not a list of layers. How do you go through both at the same time?",
)
def loop_over_the_two_lists(net, X, act):
    H = X
    for A, b in net:
        H = act(H @ A + b)
    return H


@exercise.mistake(
    "This is the output of the first layer: the loop ends after one round.",
    "How far is your `return` indented?",
)
def first_layer_only(net, X, act):
    return act(X @ net[0][0] + net[1][0])


@exercise.mistake(
    "Every layer reads X again instead of the layer before it.",
    "What should be multiplied by the second matrix? Follow one number through your loop.",
)
def every_layer_reads_X(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(X @ A + b)
    return H


@exercise.mistake(
    "This works only for nets with three layers, like the lecture's.",
    "Which number in your code should depend on `net`?",
)
def three_layers_by_heart(net, X, act):
    H = X
    for j in range(3):
        H = act(H @ net[0][j] + net[1][j])
    return H


@exercise.mistake(
    "The result is right, but X is overwritten with it: the caller has lost the data.",
    "`H = X` gives the same array a second name. Which of your lines writes into it?",
)
def X_overwritten(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H_next = act(H @ A + b)
        if H_next.shape == H.shape:
            H[:] = H_next
        else:
            H = H_next
    return H
