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
    minutes=15,
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


@exercise.mistake(
    "The input is missing: the list begins with H_1.",
    "Back-propagation will need what every layer read, including the first. What does layer 1 "
    "read?",
)
def H_0_missing(net, X, acts):
    return nn.forward(net, X, acts)[1:]


@exercise.mistake(
    "The list holds the sums before the activations instead of the layers' outputs.",
    "H_j comes after act_j. Which of your two variables did you append?",
)
def sums_kept_for_outputs(net, X, acts):
    H, Hs = X, [X]
    for A, b, act in zip(*net, acts, strict=True):
        Hs.append(H @ A + b)
        H = act(Hs[-1])
    return Hs


@exercise.mistake(
    "The first activation is used for every layer.",
    "`acts` has one function for each layer. Which index moves with the layer?",
)
def first_activation_everywhere(net, X, acts):
    return nn.forward(net, X, [acts[0]] * len(acts))


@exercise.mistake(
    "The last layer has no activation.",
    "If a layer had no activation, `acts` would hold the identity for it. Use all of `acts`.",
)
def last_layer_without_activation(net, X, acts):
    return nn.forward(net, X, [*acts[:-1], stock.identity])


@exercise.mistake(
    "A later layer overwrote an array that was already in the list: H_j must not change.",
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


@exercise.mistake(
    "Only the output is returned, not the list of all layers.",
    "`predict` forgets the layers in between; `forward` keeps them.",
)
def output_only(net, X, acts):
    return nn.forward(net, X, acts)[-1]


@exercise.mistake(
    "The bias is added after the activation.",
    "A bias shifts what the activation sees. Which comes first, + b or act?",
)
def bias_added_to_the_output(net, X, acts):
    Hs = [X]
    for A, b, act in zip(*net, acts, strict=True):
        Hs.append(act(Hs[-1] @ A) + b)
    return Hs


@exercise.mistake(
    "An activation is applied to the input as well.",
    "H_0 is X, unchanged: the input nodes compute nothing.",
)
def activation_on_the_input(net, X, acts):
    return [acts[0](X), *nn.forward(net, acts[0](X), acts)[1:]]


@exercise.mistake(
    "Every layer reads X again instead of the layer before it.",
    "What should be multiplied by the second matrix? It is already in your list.",
)
def all_layers_read_X(net, X, acts):
    return [X, *(act(X @ A + b) for A, b, act in zip(*net, acts, strict=True))]
