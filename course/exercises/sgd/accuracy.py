"""Questions and known mistakes of `accuracy`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.sgd.samples import random_net
from course.nn import sgd as nn
from course.nn.forward import forward

exercise = Exercise(
    nn.accuracy,
    points=1,
    minutes=6,
    difficulty=1,
    hints=(
        "Which class does a net vote for, if it has one output for each class?",
        "argmax finds the place of the largest entry. Which axis holds the classes of one example? "
        "forward returns every layer's output; you need the last.",
        "Compare the places of the largest outputs with y, entry by entry, as two arrays of shape "
        "(n,). The mean of an array of True and False is the share of True.",
    ),
)


@exercise.public
def public():
    net = ([np.array([[1.0, 0.0, -2.0]])], [np.array([[0.0, 0.5, 1.0]])])
    X = np.array([[2.0], [0.0], [-3.0], [0.6]])
    yield Question(
        "three classes, three of four right",
        dict(net=net, acts=[stock.identity], X=X, y=np.array([0, 1, 2, 0])),
    )
    yield Question(
        "an activation that does not keep the order",
        dict(net=net, acts=[stock.square], X=X, y=np.array([2, 0, 2, 0])),
    )
    two_layers = (
        [np.array([[1.0, -1.0]]), np.array([[1.0, 0.0], [0.0, 2.0]])],
        [np.array([[0.0, 0.0]]), np.array([[-4.0, 0.0]])],
    )
    yield Question(
        "two layers, each with its own activation",
        dict(net=two_layers, acts=[stock.identity, stock.square], X=X, y=np.array([1, 0, 0, 1])),
    )
    yield Question(
        "as many examples as classes",
        dict(net=net, acts=[stock.identity], X=X[[0, 2, 3]], y=np.array([0, 2, 1])),
    )


@exercise.secret
def secret(rng):
    def ask(title, n, dims, acts, weight=1.0, label=None):
        net, X = random_net(rng, *dims), rng.normal(size=(n, dims[0]))
        y = forward(net, X, acts)[-1].argmax(axis=1)
        wrong = rng.permutation(n)[: n // 3]
        y[wrong] = (y[wrong] + 1) % dims[-1]
        if label == "all wrong":
            y = (forward(net, X, acts)[-1].argmax(axis=1) + 1) % dims[-1]
        return Question(title, dict(net=net, acts=acts, X=X, y=y), weight=weight)

    n = int(rng.integers(8, 14))
    yield ask("two layers, unequal widths", n, (3, 5, 4), [stock.sin, stock.cos], weight=2)
    yield ask("one layer", n, (4, 3), [stock.sin])
    yield ask("three layers", n, (2, 3, 4, 3), [stock.leaky, stock.cube, stock.sin])
    # In other questions neither outputs nor votes along the wrong axis fit the shape of y. Here
    # both do: outputs never equal a label, so some of those votes must.
    as_many = dict(title="as many examples as classes", n=4, dims=(3, 4), acts=[stock.cos])
    square = ask(**as_many)
    while largest_along_the_wrong_axis(**square.args) == 0:
        square = ask(**as_many)
    yield square
    yield ask("a batch of one", 1, (3, 3), [stock.identity], weight=0.5)
    yield ask("all wrong", n, (2, 3), [stock.sin], weight=0.5, label="all wrong")


def _outputs(net, acts, X):
    return forward(net, X, acts)[-1]


@exercise.mistake(
    "This is the share of wrong ones.",
    "Count where the largest output is the label, not where it isn't.",
)
def share_of_wrong_ones(net, acts, X, y):
    return 1 - nn.accuracy(net, acts, X, y)


@exercise.mistake(
    "This is how many are right, not which share.",
    "A share is between 0 and 1. What do you divide by?",
)
def count_of_right_ones(net, acts, X, y):
    return nn.accuracy(net, acts, X, y) * len(y)


@exercise.mistake(
    "This is in per cent: asked for is a share, from 0 to 1.",
    "All right is 1 here.",
)
def in_per_cent(net, acts, X, y):
    return 100 * nn.accuracy(net, acts, X, y)


@exercise.mistake(
    "The largest entry is looked for down the columns, over the examples instead of the classes.",
    "A row is an example. Along which axis do its outputs lie?",
)
def largest_along_the_wrong_axis(net, acts, X, y):
    return float(np.mean(np.equal(_outputs(net, acts, X).argmax(axis=0), y)))


@exercise.mistake(
    "The outputs themselves are compared with the labels.",
    "An output says how much speaks for a class; a label is the number of a class. "
    "For which class does a row of outputs vote?",
)
def outputs_compared_with_labels(net, acts, X, y):
    return float(np.mean(np.equal(_outputs(net, acts, X), y)))


@exercise.mistake(
    "The outputs themselves are compared with the labels, as a column.",
    "An output says how much speaks for a class; a label is the number of a class. "
    "For which class does a row of outputs vote?",
)
def outputs_compared_with_a_column_of_labels(net, acts, X, y):
    return float(np.mean(_outputs(net, acts, X) == np.reshape(y, (-1, 1))))


@exercise.mistake(
    "argmax without an axis finds one place in the whole table, and all labels are compared to it.",
    "Each example has its own vote. Along which axis do one example's outputs lie?",
)
def one_vote_for_all(net, acts, X, y):
    return float(np.mean(_outputs(net, acts, X).argmax() == np.asarray(y)))


@exercise.mistake(
    "A column (n, 1) is compared with a row (n,): NumPy makes all n × n pairs of it.",
    "Look at the shapes on both sides of ==.",
)
def all_pairs_compared(net, acts, X, y):
    return float(np.mean(_outputs(net, acts, X).argmax(axis=1)[:, None] == np.asarray(y)))


@exercise.mistake(
    "The activations are left out: the largest pre-activation need not be the largest output.",
    "What comes after H @ A + b in every layer?",
)
def activations_left_out(net, acts, X, y):
    return nn.accuracy(net, [stock.identity] * len(acts), X, y)


@exercise.mistake(
    "The first layer's activation is used in all layers.",
    "acts has one function for each layer.",
)
def first_activation_everywhere(net, acts, X, y):
    return nn.accuracy(net, [acts[0]] * len(acts), X, y)
