"""Questions and known mistakes of `gradient_scales`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.symmetry.samples import random_net
from course.nn import symmetry as nn
from course.nn.backprop import backprop

exercise = Exercise(
    nn.gradient_scales,
    points=2,
    minutes=8,
    difficulty=2,
    hints=(
        "You have a function that walks back through the whole net. What does it return, and "
        "which part of that do you need?",
        "`backprop` returns the loss and a pair of lists. The first list has one array per layer, "
        "in the shape of that layer's weights and in the layers' order.",
        "One number per array of dAs: np.std of the whole array, without an axis.",
    ),
)

As = [np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 1.0]]), np.array([[1.0], [-1.0], [2.0]])]
Bs = [np.array([[0.0, 1.0, 0.0]]), np.array([[-2.0]])]


@exercise.public
def public():
    yield Question(
        "one layer, two inputs, one example",
        dict(
            net=([np.array([[1.0], [1.0]])], [np.array([[0.0]])]),
            acts=[stock.IDENTITY],
            X=np.array([[1.0, 3.0]]),
            Y=np.array([[2.0]]),
            loss=stock.inner_loss,
        ),
    )
    yield Question(
        "layers of 2, 3 and 1, two examples, act(z) = z² and then z",
        dict(
            net=(As, Bs),
            acts=[stock.SQUARE, stock.IDENTITY],
            X=np.array([[1.0, 1.0], [2.0, 0.0]]),
            Y=np.array([[-5.0], [10.0]]),
            loss=stock.quartic_loss,
        ),
    )


@exercise.secret
def secret(rng):
    def asked(dims, acts, n):
        return dict(
            net=random_net(rng, dims),
            acts=acts,
            X=rng.normal(size=(n, dims[0])),
            Y=rng.normal(size=(n, dims[-1])),
            loss=stock.gentle_loss,
        )

    sine, leaky, same = stock.SINE, stock.LEAKY, stock.IDENTITY
    yield Question(
        "three layers of unequal widths", asked([3, 4, 2, 5], [sine, leaky, same], 6), weight=2
    )
    yield Question("a batch of one", asked([3, 2, 4], [leaky, sine], 1))
    yield Question("a single layer", asked([4, 3], [sine], 5))
    yield Question("layers of equal width", asked([3, 3, 3], [sine, same], 3))


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def by_backprop(net, acts, X, Y, loss):
    _, (dAs, _) = backprop(net, acts, X, Y, loss)
    return [float(np.std(dA)) for dA in dAs]


@exercise.writing
def layer_by_layer(net, acts, X, Y, loss):
    gradients = backprop(net, acts, X, Y, loss)[1]
    scales = []
    for j in range(len(net[0])):
        g = gradients[0][j]
        scales.append(np.std(g))
    return scales


SCALE, EACH = "float(np.std(dA)) for dA in dAs", "np.std(g)"


def _measured(scale):
    """The patches that measure each gradient `g` in another way, in both writings."""
    return {SCALE: f"{scale} for g in dAs"}, {EACH: scale}


exercise.idea(
    "biases_measured",
    "These are the scales of the biases' gradients (dBs), not of the weights' gradients (dAs).",
    "`backprop` returns a pair of lists, one for the weights and one for the biases. Which is "
    "first?",
    {"(dAs, _) =": "(_, dAs) ="},
    {"gradients[0][j]": "gradients[1][j]"},
)
exercise.idea(
    "biases_measured_too",
    "The biases' gradients (dBs) are mixed in with those of the weights.",
    "The scale of a layer is asked for by its weights alone. Which of the two lists do you need?",
    {
        "(dAs, _) =": "(dAs, dBs) =",
        SCALE: "np.std(np.vstack(pair)) for pair in zip(dAs, dBs)",
    },
    {EACH: "np.std(np.vstack([g, gradients[1][j]]))"},
)
exercise.idea(
    "weights_measured",
    "This is the scale of the weights A themselves, not of their gradients dA.",
    "How would the answer depend on the loss?",
    {"dA in dAs": "dA in net[0]"},
    {"gradients[0][j]": "net[0][j]"},
)
exercise.idea(
    "activations_measured",
    "This is the scale of the layers' outputs H (the forward pass), not of the gradients.",
    "What is asked for is on the way back: the gradients by the weights.",
    {"dA in dAs": "dA in nn.forward(net, X, acts)[1:]"},
    {"gradients[0][j]": "nn.forward(net, X, acts)[j + 1]"},
)
exercise.idea(
    "last_layer_first",
    "The list is in reverse order, from the last layer to the first.",
    "The way back begins at the last layer, but the answer lists the first layer's scale first.",
    {"dA in dAs": "dA in dAs[::-1]"},
    {"gradients[0][j]": "gradients[0][-1 - j]"},
)
exercise.idea(
    "first_layer_left_out",
    "The first layer's scale is left out.",
    "d layers have d gradients by their weights. Does your loop begin at 0?",
    {"dA in dAs": "dA in dAs[1:]"},
    {"range(len(net[0]))": "range(1, len(net[0]))"},
)
exercise.idea(
    "last_layer_left_out",
    "The last layer's scale is left out.",
    "d layers have d gradients by their weights, the output layer's included.",
    {"dA in dAs": "dA in dAs[:-1]"},
    {"range(len(net[0]))": "range(len(net[0]) - 1)"},
)
exercise.idea(
    "first_layer_only",
    "Only the first layer is measured, as with a `return` inside the loop.",
    "Should `return` be indented as far as the line before?",
    {"scales.append(np.std(g))\n    return": "scales.append(np.std(g))\nreturn"},
)
exercise.idea(
    "gradients_returned",
    "The gradients themselves are returned: no standard deviation is taken of them.",
    "What is wanted is one number per layer: how widely the entries of its gradient are spread.",
    *_measured("g"),
)
exercise.idea(
    "averaged_over_units",
    "A standard deviation is taken for each unit (axis 0), and then these are averaged.",
    "Take it over all entries: one number for the whole array.",
    *_measured("np.std(g, axis=0).mean()"),
)
exercise.idea(
    "one_for_each_unit",
    "There is a standard deviation for each unit (axis 0), not one for the layer.",
    "Take it over all entries: one number for the whole array. What does np.std do without an "
    "axis?",
    *_measured("np.std(g, axis=0)"),
)
exercise.idea(
    "one_less_in_the_denominator",
    "The sum of squares of n entries is divided by n − 1, as with ddof=1.",
    "ddof is 0 here. Which number does np.std divide by unless told otherwise?",
    *_measured("np.std(g, ddof=1)"),
)
exercise.idea(
    "root_mean_square",
    "The mean isn't subtracted: this is the root of the mean square.",
    "A standard deviation measures the spread around the mean, whatever the mean is.",
    *_measured("np.sqrt(np.mean(g**2))"),
)
exercise.idea(
    "lengths",
    "This is the norm (the length) of each gradient, which grows with the number of weights.",
    "np.linalg.norm adds up the squares. A standard deviation averages them, around the mean.",
    *_measured("np.linalg.norm(g)"),
)
exercise.idea(
    "variances",
    "This is the variance: the square root is missing.",
    "Which unit should the scale have: that of the gradient, or of its square?",
    *_measured("np.var(g)"),
)
exercise.idea(
    "means",
    "These are the means, not the standard deviations.",
    "Half of the entries may be negative. What would their mean say about their size?",
    *_measured("np.mean(g)"),
)
exercise.idea(
    "mean_sizes",
    "This is the mean of the absolute values (abs), without squares and root.",
    "A standard deviation is the root of the mean of the squared distances from the mean.",
    *_measured("np.abs(g).mean()"),
)
exercise.idea(
    "largest_sizes",
    "This is the largest absolute value (max), not the standard deviation.",
    "The largest of many entries says little about the others. Which number describes them all?",
    *_measured("np.abs(g).max()"),
)
exercise.idea(
    "sizes_spread",
    "The standard deviation is taken of the absolute values (abs), so the signs are lost.",
    "−2 and 2 are 4 apart, and their sizes are equal. Do you need np.abs at all?",
    *_measured("np.std(np.abs(g))"),
)
exercise.idea(
    "pair_taken_for_the_gradients",
    "The standard deviations are taken of the pair (dAs, dBs), not of each layer's array in dAs.",
    "`backprop` returns (value, (dAs, dBs)): a pair in a pair. How do you unpack both?",
    {"_, (dAs, _) =": "_, dAs ="},
)
exercise.idea(
    "loss_taken_for_the_gradients",
    "The first result of `backprop`, the loss, is taken for the gradients.",
    "`backprop` returns (value, (dAs, dBs)). Which of the two do you need, and what is in it?",
    {"_, (dAs, _) =": "dAs, _ ="},
)
