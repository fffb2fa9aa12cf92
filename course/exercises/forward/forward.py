"""Questions and known mistakes of `forward`."""

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
    nn.forward,
    points=4,
    minutes=10,
    difficulty=2,
    hints=(
        "This is `predict` with a memory: a list that begins with the input and gains one array "
        "per layer.",
        "Each layer has its own A, b and act. Go through the three lists together. The last entry "
        "of your list is what the next layer reads.",
        "Begin with a list that holds X. In each round, `dense` makes the next array from the last "
        "array in the list. Append it, and never write into an array that is already there.",
    ),
)


@exercise.public
def public():
    yield Question(
        "2-3-1, two activations",
        dict(net=TWO_LAYERS, X=TWO_EXAMPLES, acts=[stock.shifted_square, stock.leaky]),
    )
    yield Question(
        "equal widths, 2-2-2",
        dict(net=SQUARE_NET, X=TWO_EXAMPLES, acts=[stock.leaky, stock.shifted_square]),
    )
    yield Question(
        "three neurons, one behind another, 1-1-1-1",
        dict(
            net=(
                [np.array([[2.0]]), np.array([[-1.0]]), np.array([[3.0]])],
                [np.array([[1.0]]), np.array([[3.0]]), np.array([[-2.0]])],
            ),
            X=np.array([[0.0], [-2.0]]),
            acts=[stock.leaky, stock.shifted_square, stock.double],
        ),
    )


@exercise.secret
def secret(rng):
    dims = unequal_widths(rng, 4)
    net = random_net(dims, rng)
    X = rng.normal(size=(5, dims[0]))
    acts = [stock.sin, stock.leaky, stock.cos]
    yield Question(
        "three layers, each with its own activation", dict(net=net, X=X, acts=acts), weight=2
    )
    yield Question("a batch of one", dict(net=net, X=X[:1], acts=acts[::-1]))
    yield Question("called twice", dict(net=net, X=X[:2], acts=acts), call="twice")
    yield Question(
        "a single layer",
        dict(net=random_net([2, 4], rng), X=rng.normal(size=(3, 2)), acts=[stock.shifted_square]),
    )
    yield Question(
        "equal widths, and as many examples as units",
        dict(
            net=random_net([3, 3, 3, 3], rng),
            X=rng.normal(size=(3, 3)),
            acts=[stock.cos, stock.double, stock.shifted_square],
        ),
        weight=2,
    )
    yield Question(
        "integers",
        dict(
            net=(
                [rng.integers(1, 4, size=(2, 3)), rng.integers(1, 4, size=(3, 2))],
                row_of_ones(),
            ),
            X=rng.integers(1, 3, size=(4, 2)),
            acts=[stock.cos, stock.sin],
        ),
    )


@exercise.writing
def layer_by_layer(net, X, acts):
    H = X
    Hs = [X]
    for A, b, act in zip(*net, acts, strict=True):
        Z = H @ A
        Z = Z + b
        H = act(Z)
        Hs.append(H)
    return Hs


@exercise.writing
def by_index(net, X, acts):
    As, Bs = net
    Hs = [X]
    for j in range(len(As)):
        Hs.append(acts[j](Hs[j] @ As[j] + Bs[j]))
    return Hs


exercise.idea(
    "H_0_missing",
    "The input H_0 = X is missing: the list begins with H_1.",
    "Back-propagation will need what every layer read, including the first. What does layer 1 "
    "read?",
    {"Hs = [X]": "Hs = []", "H = X": "H = X"},
)
exercise.idea(
    "output_missing",
    "The output is missing: the list ends before the last layer.",
    "Does each round append what it computed, or what it read?",
    {"return Hs": "return Hs[:-1]"},
)
exercise.idea(
    "H_0_twice",
    "The input is in the list twice.",
    "The list begins with X. What does each round of the loop append: what it read, or what it "
    "computed?",
    {"Hs = [X]": "Hs = [X, X]", "H = X": "H = X"},
)
exercise.idea(
    "sums_kept_for_outputs",
    "The list holds the sums Z, before the activation, instead of the layers' outputs H.",
    "H_j comes after act_j. Which of your two variables did you append?",
    {"Hs.append(H)": "Hs.append(Z)"},
)
exercise.idea(
    "sums_kept_as_well",
    "The sums before the activations are in the list, too, but only the layers' outputs belong "
    "there.",
    "How many entries should the list for two layers have?",
    {"Hs.append(H)": "Hs += [Z, H]"},
    {"Hs.append(H)": "Hs.append((Z, H))"},
)
exercise.idea(
    "first_activation_everywhere",
    "The first activation is used for every layer.",
    "`acts` has one function for each layer. Which index moves with the layer?",
    {"acts[j](": "acts[0]("},
)
exercise.idea(
    "last_activation_everywhere",
    "The last activation is used for every layer.",
    "`acts` has one function for each layer. Which index moves with the layer?",
    {"acts[j](": "acts[-1]("},
)
exercise.idea(
    "all_activations_on_every_layer",
    "Every layer goes through all the activations, one after the other.",
    "`acts` has one function for each layer, so a single loop goes through layers and acts.",
    {"H = act(Z)": "H = Z\nfor f in acts:\n    H = f(H)"},
)
exercise.idea(
    "activation_of_the_next_layer",
    "`acts` is off by one: each layer uses the previous layer's activation, and the first layer "
    "the last.",
    "acts[0] belongs to the first matrix, As[0].",
    {"acts[j](": "acts[j - 1]("},
)
exercise.idea(
    "no_activation",
    "The activations are not used.",
    "H_j = act_j(…): which of the arguments does your loop never use?",
    {"H = act(Z)": "H = Z"},
)
exercise.idea(
    "last_layer_without_activation",
    "The last layer has no activation.",
    "If a layer had no activation, `acts` would hold the identity for it. Use all of `acts`.",
    {"H = act(Z)": "H = act(Z) if A is not net[0][-1] else Z"},
)
exercise.idea(
    "output_only",
    "Only the output is returned, not the list of all layers.",
    "`predict` forgets the layers in between; `forward` keeps them.",
    {"return Hs": "return Hs[-1]"},
)
exercise.idea(
    "last_layer_left_out",
    "The last layer is missing: the loop ends one round early.",
    "There are as many rounds as matrices. Does your range leave one out?",
    {"range(len(As))": "range(len(As) - 1)"},
)
exercise.idea(
    "first_layer_only",
    "Only the first layer is computed, as with a `return` inside the loop.",
    "How far is your `return` indented?",
    {"Hs.append(H)": "Hs.append(H)\nreturn Hs"},
)
exercise.idea(
    "bias_added_to_the_output",
    "The bias is added after the activation.",
    "A bias shifts what the activation sees. Which comes first, + b or act?",
    {"Z = Z + b": "pass", "H = act(Z)": "H = act(Z) + b"},
)
exercise.idea(
    "biases_left_out",
    "The biases are not used.",
    "`net` holds two lists. What happens to the second one in your loop?",
    {"Z = Z + b": "pass"},
)
exercise.idea(
    "weights_transposed",
    "The matrices are transposed before the product, as if they were from the lecture's pictures.",
    "A is (d_in, d_out) already. Write the shapes of H and A side by side: which lengths must "
    "match?",
    {"Z = H @ A": "Z = H @ A.T"},
)
exercise.idea(
    "product_in_the_order_of_columns",
    "This is `A @ H`, the order in the lecture's pictures, where an example is a column.",
    "Here an example is a row of X. On which side of H must A be for the shapes to fit?",
    {"Z = H @ A": "Z = A @ H"},
)
exercise.idea(
    "activation_on_the_input",
    "An activation is applied to the input as well.",
    "H_0 is X, unchanged: the input nodes compute nothing.",
    {"H = X": "H = acts[0](X)", "Hs = [X]": "Hs = [H]"},
    {"H = X": "H = acts[0](X)"},
)
exercise.idea(
    "all_layers_read_X",
    "Every layer reads X again instead of the layer before it.",
    "What should be multiplied by the second matrix? It is already in your list.",
    {"Z = H @ A": "Z = X @ A"},
    {"Hs[j] @": "Hs[0] @"},
)
exercise.idea(
    "loop_over_the_two_lists",
    "The loop goes over `net` itself: its first round gets two matrices, its second round two rows "
    "of biases.",
    "`net` holds two lists, not a list of layers. How do you go through both at the same time?",
    {"for A, b, act in zip(*net, acts, strict=True)": "for (A, b), act in zip(net, acts)"},
)


@exercise.mistake(
    "An array that is already in the list is changed in place: a later layer overwrites H_j.",
    "`H[:] = …` and `out=…` write into an array that the list still holds. Make a new array for "
    "each layer.",
)
def kept_array_edited(net, X, acts):
    H = np.array(X, dtype=float)
    Hs = [H]
    for A, b, act in zip(*net, acts, strict=True):
        H_next = act(H @ A + b)
        if H_next.shape == H.shape:
            H[:] = H_next
        else:
            H = H_next
        Hs.append(H)
    return Hs
