"""Questions and known mistakes of `accuracy`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.sgd.samples import random_net, whole_number_net
from course.nn import sgd as nn
from course.nn.forward import forward

exercise = Exercise(
    nn.accuracy,
    points=1,
    minutes=6,
    difficulty=1,
    hints=(
        "Which class does a net vote for if it has one output per class?",
        "argmax finds the index of the largest entry. Which axis holds the classes of one example? "
        "`forward` returns every layer's output; you need the last.",
        "Compare the indices of the largest outputs with y, entry by entry, as two arrays of shape "
        "(n,). The mean of an array of True and False is the share of True.",
    ),
)


@exercise.public
def public():
    net = ([np.array([[1.0, 0.0, -2.0]])], [np.array([[0.0, 0.5, 1.0]])])
    X = np.array([[-3.0], [0.0], [2.0], [0.6], [1.5], [0.4], [-2.0]])
    yield Question(
        "three classes, five of seven examples right",
        dict(net=net, acts=[stock.identity], X=X, y=np.array([2, 1, 2, 0, 0, 1, 2])),
    )
    yield Question(
        "an activation that does not preserve the order",
        dict(net=net, acts=[stock.square], X=X, y=np.array([2, 1, 0, 0, 1, 1, 2])),
    )
    two_layers = (
        [np.array([[1.0, -1.0]]), np.array([[1.0, 0.0], [0.0, 2.0]])],
        [np.array([[0.0, 0.0]]), np.array([[-2.0, 1.0]])],
    )
    yield Question(
        "two layers, each with its own activation",
        dict(
            net=two_layers,
            acts=[stock.identity, stock.square],
            X=X,
            y=np.array([1, 0, 1, 1, 1, 1, 1]),
        ),
    )
    yield Question(
        "as many examples as classes",
        dict(net=net, acts=[stock.identity], X=X[[2, 0, 3]], y=np.array([1, 2, 0])),
    )


@exercise.secret
def secret(rng):
    def ask(title, n, dims, acts, weight=1.0):
        net, X = random_net(rng, *dims), rng.normal(size=(n, dims[0]))
        return labelled(title, net, X, acts, weight)

    def labelled(title, net, X, acts, weight=1.0):
        # The largest of all outputs is in the first row, so that its place in H is a class, too.
        X = np.roll(X, -forward(net, X, acts)[-1].max(axis=1).argmax(), axis=0)
        H = forward(net, X, acts)[-1]
        y, (n, k) = H.argmax(axis=1), H.shape
        # So many that nobody can guess the share, and never about half of them.
        wrong = rng.permutation(n)[: int(rng.integers(n // 5, n * 2 // 5 + 1))]
        y[wrong] = (y[wrong] + rng.integers(1, k, size=len(wrong))) % k
        return Question(title, dict(net=net, acts=acts, X=X, y=y), weight=weight)

    # With this many examples, two mistakes seldom find the same share.
    n = int(rng.choice([37, 41, 43]))
    yield ask("two layers, unequal widths", n, (3, 5, 4), [stock.sin, stock.cos], weight=2)
    yield ask("one layer", n, (4, 3), [stock.sin])
    yield ask("three layers", n, (2, 3, 4, 3), [stock.leaky, stock.cube, stock.sin])
    # In other questions neither outputs nor votes along the wrong axis fit the shape of y.
    yield ask("as many examples as classes", 11, (3, 11), [stock.cos])
    # Whole outputs may equal a label.
    net, X = whole_number_net(rng, 3, 4), rng.integers(-2, 3, size=(2 * n, 3))
    H = np.sort(forward(net, X, [stock.identity])[-1], axis=1)
    yield labelled("whole numbers", net, X[H[:, -1] > H[:, -2]], [stock.identity])


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def in_one_line(net, acts, X, y):
    return np.mean(forward(net, X, acts)[-1].argmax(axis=1) == y)


@exercise.writing
def in_steps(net, acts, X, y):
    H = forward(net, X, acts)[-1]
    right = H.argmax(axis=1) == y
    return np.mean(right)


@exercise.writing
def its_own_pass_and_a_count(net, acts, X, y):
    As, Bs = net
    H = X
    for A, b, act in zip(As, Bs, acts):
        H = act(H @ A + b)
    count = 0
    for row, label in zip(H, y):
        if row.argmax() == label:
            count += 1
    return count / len(y)


exercise.idea(
    "share_of_wrong_ones",
    "This is the error rate: the share of wrong predictions.",
    "Count the examples whose largest output is that of their label, not the others.",
    {"H.argmax(axis=1) == y": "H.argmax(axis=1) != y"},
)
exercise.idea(
    "count_of_right_ones",
    "This is the number of correct predictions, not their share: the division is missing.",
    "A share is between 0 and 1. What do you divide by?",
    {"np.mean(right)": "np.sum(right)"},
)
exercise.idea(
    "in_per_cent",
    "This is a percentage, but a share from 0 to 1 is expected.",
    "If every prediction is correct, the accuracy is 1.",
    {"np.mean(right)": "100 * np.mean(right)"},
    {"count += 1": "count += 100"},
)
exercise.idea(
    "divided_by_the_classes",
    "The number of correct predictions is divided by the number of classes.",
    "If every prediction is correct, the accuracy is 1. What do you divide by?",
    {"np.mean(right)": "np.sum(right) / H.shape[1]"},
    {"count / len(y)": "count / H.shape[1]"},
)
exercise.idea(
    "all_or_nothing",
    "This is 1 only if every prediction is correct, and otherwise 0.",
    "np.all asks whether all are True, and // cuts a share below 1 down to 0.",
    {"np.mean(right)": "float(np.all(right))"},
)
exercise.idea(
    "first_example_only",
    "Only the first example is counted, as with a `return` inside the loop.",
    "Is the return inside the loop? It ends the function in the first round.",
    {"== y\n    return np.mean(right)": "== y\n    return right[0] / len(y)"},
    {"== y\n    return np.mean(right)": "== y\n    return float(right[0])"},
)
exercise.idea(
    "largest_along_the_wrong_axis",
    "argmax runs down the columns (axis 0): over the examples instead of the classes.",
    "A row is an example. Along which axis are its outputs?",
    {"[-1].argmax(axis=1) == y": "[-1].argmax(axis=0) == y"},
)
exercise.idea(
    "largest_output_compared",
    "The largest output itself (max) is compared with the label, not its place (argmax).",
    "max gives the largest number, argmax its place. Which of them is a class?",
    {"[-1].argmax(axis=1) == y": "[-1].max(axis=1) == y"},
)
exercise.idea(
    "smallest_output_votes",
    "The smallest output (argmin) casts the vote, not the largest.",
    "argmin or argmax?",
    {"[-1].argmax(axis=1) == y": "[-1].argmin(axis=1) == y"},
    {"H.argmax(axis=1)": "H.argmin(axis=1)"},
)
exercise.idea(
    "classes_counted_from_one",
    "The classes are counted from 1, but the labels begin at 0.",
    "argmax counts from 0, as the labels do.",
    {"[-1].argmax(axis=1) == y": "[-1].argmax(axis=1) + 1 == y"},
)
exercise.idea(
    "outputs_compared_with_labels",
    "The outputs themselves are compared with the labels, without choosing a class first.",
    "An output measures the support for a class; a label is the number of a class. Which class "
    "does a row of outputs vote for?",
    {"[-1].argmax(axis=1) == y": "[-1] == y"},
)
exercise.idea(
    "outputs_compared_with_a_column_of_labels",
    "The outputs themselves are compared with a column of labels, without choosing a class first.",
    "An output measures the support for a class; a label is the number of a class. Which class "
    "does a row of outputs vote for?",
    {"[-1].argmax(axis=1) == y": "[-1] == y.reshape(-1, 1)"},
)
exercise.idea(
    "outputs_rounded",
    "The outputs are rounded and compared with the labels.",
    "An output measures the support for a class; a label is the number of a class. Which class "
    "does a row of outputs vote for?",
    {"[-1].argmax(axis=1) == y": "[-1].round() == y.reshape(-1, 1)"},
    {"[-1].argmax(axis=1) == y": "[-1].round() == y"},
)
exercise.idea(
    "outputs_cut_at_a_half",
    "An output is compared with ½, which tells two classes apart at most, and only if the outputs "
    "are probabilities.",
    "There may be three classes or ten. Which of a row's outputs wins?",
    {"[-1].argmax(axis=1) == y": "[-1][:, -1].__gt__(0.5) == y"},
    {"[-1].argmax(axis=1) == y": "[-1][:, 0].__gt__(0.5) == y"},
)
exercise.idea(
    "one_vote_for_all",
    "argmax without an axis finds one index in the whole array, and all labels are compared to it.",
    "Each example has its own vote. Along which axis are the outputs of one example?",
    {"[-1].argmax(axis=1) == y": "[-1].argmax() == y"},
)
exercise.idea(
    "all_pairs_compared",
    "A column (n, 1) is compared with a row (n,), and NumPy broadcasts them to all n × n pairs.",
    "Look at the shapes on both sides of ==.",
    {"[-1].argmax(axis=1) == y": "[-1].argmax(axis=1)[:, None] == y"},
)
exercise.idea(
    "labels_taken_for_one_hot_rows",
    "argmax is taken of y too, as if its labels were one-hot rows; it already holds the classes' "
    "numbers.",
    "Look at y's shape: (n,). Is there anything left for argmax to do?",
    {"[-1].argmax(axis=1) == y": "[-1].argmax(axis=1) == y.argmax(axis=1)"},
)
exercise.idea(
    "activations_left_out",
    "The activations are left out, but the largest pre-activation need not give the largest "
    "output.",
    "What comes after H @ A + b in every layer?",
    {"act(H @ A + b)": "H @ A + b"},
)
exercise.idea(
    "first_activation_everywhere",
    "The first layer's activation is used in every layer.",
    "The list `acts` has one function per layer.",
    {"act(H @ A + b)": "acts[0](H @ A + b)"},
)
exercise.idea(
    "biases_left_out",
    "The biases are left out of the forward pass.",
    "Every layer computes act(H @ A + b).",
    {"act(H @ A + b)": "act(H @ A)"},
)
exercise.idea(
    "inputs_vote",
    "The largest input (X) casts the vote, as with `forward(…)[0]`, not the largest output.",
    "The list that `forward` returns begins with X itself. Which of its items do you need?",
    {"[-1].argmax(axis=1) == y": "[0].argmax(axis=1) == y"},
)
exercise.idea(
    "first_layer_votes",
    "The first layer's largest output casts the vote, as with `forward(…)[1]`, not the last "
    "layer's.",
    "`forward` returns the outputs of every layer. Which of them do you need?",
    {"[-1].argmax(axis=1) == y": "[1].argmax(axis=1) == y"},
)
exercise.idea(
    "outputs_of_all_layers",
    "argmax is taken of the whole list that `forward` returns, but only the last layer votes.",
    "How do you get the last item of a list?",
    {"[-1].argmax(axis=1) == y": ".argmax(axis=1) == y"},
    {"forward(net, X, acts)[-1].argmax(axis=1)": "np.argmax(forward(net, X, acts), axis=1)"},
)
