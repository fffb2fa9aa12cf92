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
    minutes=10,
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
        "three neurons, one behind another, 1-1-1-1",
        dict(
            net=(
                [np.array([[2.0]]), np.array([[-1.0]]), np.array([[3.0]])],
                [np.array([[1.0]]), np.array([[3.0]]), np.array([[-2.0]])],
            ),
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


@exercise.writing
def by_index(net, X, act):
    As, Bs = net
    H = X
    for j in range(len(As)):
        Z = H @ As[j]
        Z = Z + Bs[j]
        H = act(Z)
    return H


@exercise.writing
def layer_by_layer(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(H @ A + b)
    return H


exercise.idea(
    "output_without_activation",
    "The last layer has no activation.",
    "The lecture's loop makes no exception for the output layer.",
    {"H = act(Z)": "H = act(Z) if j < len(As) - 1 else Z"},
)
exercise.idea(
    "activation_at_the_end_only",
    "The activation is applied only once, after the last layer.",
    "Without an activation in between, two layers can do no more than one. Where is act in your "
    "loop?",
    {"H = act(H @ A + b)": "H = H @ A + b", "return H": "return act(H)"},
)
exercise.idea(
    "no_activation",
    "The activation is not used.",
    "Without an activation, a net of any depth can do no more than one layer. Where does act go?",
    {"H = act(Z)": "H = Z"},
)
exercise.idea(
    "own_activation",
    "The activation is fixed in the code: it is not the function `act` that is passed.",
    "Which of the three arguments does your loop never use?",
    *(
        {"H = act(Z)": f"H = {formula}"}
        for formula in ("np.tanh(Z)", "np.maximum(Z, 0)", "1 / (1 + np.exp(-Z))")
    ),
)
exercise.idea(
    "activation_on_the_input",
    "An activation is applied to the input as well.",
    "H_0 is X, unchanged: the input nodes compute nothing.",
    {"H = X": "H = act(X)"},
)
exercise.idea(
    "activation_before_the_product",
    "Each layer applies the activation to what it reads instead of to its sum.",
    "The order is product, bias, activation.",
    {"H = act(H @ A + b)": "H = act(H) @ A + b"},
)
exercise.idea(
    "bias_after_the_activation",
    "The bias is added after the activation.",
    "A bias shifts what the activation sees. Which comes first, + b or act?",
    {"Z = Z + Bs[j]": "pass", "H = act(Z)": "H = act(Z) + Bs[j]"},
)
exercise.idea(
    "bias_before_the_product",
    "The bias is added before the product with the weights.",
    "Each neuron of the new layer has a bias, not each neuron of the old one. When are there that "
    "many columns?",
    {"H = act(H @ A + b)": "H = act((H + b) @ A)"},
)
exercise.idea(
    "bias_along_the_batch",
    "The bias is transposed into a column, so each example gets its own bias instead of each "
    "neuron.",
    "b has one row, and a column for each neuron. What does NumPy do if you add it unchanged?",
    {"Z = Z + Bs[j]": "Z = Z + Bs[j].T"},
)
exercise.idea(
    "biases_left_out",
    "The biases are not used.",
    "`net` holds two lists. What happens to the second one in your loop?",
    {"Z = Z + Bs[j]": "pass"},
)
exercise.idea(
    "bias_subtracted",
    "The bias is subtracted.",
    "Which sign has b in the formula?",
    {"Z = Z + Bs[j]": "Z = Z - Bs[j]"},
)
exercise.idea(
    "weights_transposed",
    "The matrices are transposed before the product, as if they were from the lecture's pictures.",
    "A is (d_in, d_out) already. Write the shapes of H and A side by side: which lengths must "
    "match?",
    {"Z = H @ As[j]": "Z = H @ As[j].T"},
)
exercise.idea(
    "product_in_the_order_of_columns",
    "This is `A @ H`, the order in the lecture's pictures, where an example is a column.",
    "Here an example is a row of X. On which side of H must A be for the shapes to fit?",
    {"Z = H @ As[j]": "Z = As[j] @ H"},
)
exercise.idea(
    "entry_by_entry",
    "`*` multiplies entry by entry; a layer needs the matrix product, `@`.",
    "Each neuron adds up all its inputs times its weights. Which operator does that?",
    {"Z = H @ As[j]": "Z = H * As[j]"},
)
exercise.idea(
    "pictures_layer",
    "This is `A.T @ H`, for examples as columns, as in the lecture's pictures; but X has examples "
    "as rows.",
    "Either H @ A for rows, or turn X at the start and the result at the end.",
    {"Z = H @ As[j]": "Z = As[j].T @ H", "Z = Z + Bs[j]": "Z = Z + Bs[j].T"},
    {"Z = H @ As[j]": "Z = As[j].T @ H"},
    {
        "H = X": "H = X.T",
        "Z = H @ As[j]": "Z = As[j].T @ H",
        "Z = Z + Bs[j]": "Z = Z + Bs[j].T",
    },
)
exercise.idea(
    "loop_over_the_two_lists",
    "The loop goes over `net` itself: its first round gets two matrices, its second round two rows "
    "of biases.",
    "`net` holds two lists, not a list of layers. How do you go through both at the same time?",
    {"zip(*net, strict=True)": "net"},
)
exercise.idea(
    "first_layer_only",
    "This is only the first layer's output, as with a `return` inside the loop.",
    "How far is your `return` indented?",
    {"H = act(Z)": "H = act(Z)\nreturn H"},
)
exercise.idea(
    "last_layer_left_out",
    "The last layer is missing: the loop ends one round early.",
    "There are as many rounds as matrices. Does your range leave one out?",
    {"range(len(As))": "range(len(As) - 1)"},
)
exercise.idea(
    "first_layer_left_out",
    "The first layer is missing: the loop starts at the second.",
    "Python counts from 0. Which matrix is As[0]?",
    {"range(len(As))": "range(1, len(As))"},
)
exercise.idea(
    "every_layer_reads_X",
    "Every layer reads X again instead of the layer before it.",
    "What should be multiplied by the second matrix? Follow one number through your loop.",
    {"Z = H @ As[j]": "Z = X @ As[j]", "range(len(As))": "range(len(As))"},
)
exercise.idea(
    "layers_backwards",
    "The layers are taken from the last to the first.",
    "As[0] reads the input. In which order does your loop go?",
    {"for j in range(len(As))": "for j in reversed(range(len(As)))"},
)
exercise.idea(
    "input_returned",
    "The input X itself is returned, not what the loop computes.",
    "Which name does the result of a round have, and which one do you return?",
    {"return H": "return X"},
)
exercise.idea(
    "all_layers_returned",
    "A list of layers is returned, but expected is the output layer alone.",
    "`predict` forgets every layer as soon as the next is there.",
    {"H = X": "H = X\nHs = [X]", "H = act(Z)": "H = act(Z)\nHs.append(H)", "return H": "return Hs"},
    {"H = X": "H = X\nHs = []", "H = act(Z)": "H = act(Z)\nHs.append(H)", "return H": "return Hs"},
)
exercise.idea(
    "three_layers_by_heart",
    "This works only for nets with three layers, like the lecture's.",
    "Which number in your code should depend on `net`?",
    {"range(len(As))": "range(3)"},
)


@exercise.mistake(
    "The result is right, but X is changed in place: the caller has lost the data.",
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
