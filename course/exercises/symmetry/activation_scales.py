"""Questions and known mistakes of `activation_scales`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.symmetry.samples import random_net
from course.nn import symmetry as nn
from course.nn.forward import forward

exercise = Exercise(
    nn.activation_scales,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "You have a function that returns every layer's output. What is left to do with each?",
        "One number per layer, the input H_0 included: d + 1 numbers for d layers.",
        "Use np.std of the whole array. `forward` expects a list of activations, one per layer.",
    ),
)


@exercise.public
def public():
    yield Question(
        "one layer that doubles",
        dict(
            net=([np.array([[2.0]])], [np.array([[1.0]])]),
            X=np.array([[-1.0], [1.0]]),
            act=stock.identity,
        ),
    )
    yield Question(
        "two layers of unequal widths",
        dict(
            net=(
                [np.array([[1.0, -1.0, 2.0], [0.0, 1.0, 1.0]]), np.array([[1.0], [2.0], [0.5]])],
                [np.array([[0.0, 1.0, 0.0]]), np.array([[-1.0]])],
            ),
            X=np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]]),
            act=stock.square,
        ),
    )


@exercise.secret
def secret(rng):
    X = rng.normal(size=(6, 3)) + np.array([0.0, 5.0, -5.0])
    yield Question(
        "three layers of unequal widths",
        dict(net=random_net(rng, [3, 4, 2, 5]), X=X, act=stock.tanh),
        weight=2,
    )
    yield Question(
        "a batch of one",
        dict(net=random_net(rng, [3, 2, 4]), X=rng.normal(size=(1, 3)), act=stock.sin),
    )
    yield Question(
        "an activation that shifts the mean",
        dict(net=random_net(rng, [2, 5, 3]), X=rng.normal(size=(4, 2)), act=stock.shifted_square),
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def layer_by_layer(net, X, act):
    H = X
    scales = [np.std(H)]
    for A, b in zip(*net):
        Z = H @ A + b
        H = act(Z)
        scales.append(np.std(H))
    return scales


@exercise.writing
def by_forward(net, X, act):
    acts = [act] * len(net[0])
    return [float(np.std(H)) for H in forward(net, X, acts)]


exercise.idea(
    "input_left_out",
    "The first scale is left out: that of the input X.",
    "The list begins with std(H_0).",
    {"scales = [np.std(H)]": "scales = []"},
    {"forward(net, X, acts)": "forward(net, X, acts)[1:]"},
)
exercise.idea(
    "output_left_out",
    "The last scale is left out: that of the output.",
    "d layers have d + 1 scales, the input's included. Which one do you never measure?",
    {
        "scales = [np.std(H)]": "scales = []",
        "Z = H @ A + b": "scales.append(np.std(H))\nZ = H @ A + b",
        "H = act(Z)\n        scales.append(np.std(H))": "H = act(Z)",
    },
    {"forward(net, X, acts)": "forward(net, X, acts)[:-1]"},
)
exercise.idea(
    "first_layer_only",
    "Only the first layer is measured, as with a `return` inside the loop.",
    "Should `return` be indented as far as the line before?",
    {"scales.append(np.std(H))\n    return": "scales.append(np.std(H))\nreturn"},
)
exercise.idea(
    "before_the_activation",
    "The standard deviation is taken of Z, before the activation.",
    "H_j is the output of layer j. What is std(Z_j) the scale of?",
    {"scales.append(np.std(H))": "scales.append(np.std(Z))"},
)
exercise.idea(
    "no_activation",
    "The activation isn't applied: this is a net of linear layers.",
    "H_j = act(H_{j-1} A_j + b_j). Where does act come in?",
    {"H = act(Z)": "H = Z"},
)
exercise.idea(
    "activation_before_the_bias",
    "The bias is added after the activation.",
    "H_j = act(H_{j-1} A_j + b_j): what is inside the brackets?",
    {"Z = H @ A + b": "Z = H @ A", "H = act(Z)": "H = act(Z) + b"},
)
exercise.idea(
    "averaged_over_units",
    "A standard deviation is taken for each unit (axis 0), and then these are averaged.",
    "Take it over all entries: one number for the whole array.",
    {
        "[np.std(H)]": "[np.std(H, axis=0).mean()]",
        "append(np.std(H))": "append(np.std(H, axis=0).mean())",
    },
    {"np.std(H)) for": "np.std(H, axis=0).mean()) for"},
)
exercise.idea(
    "averaged_over_examples",
    "A standard deviation is taken for each example (axis 1), and then these are averaged.",
    "Take it over all entries: one number for the whole array.",
    {
        "[np.std(H)]": "[np.std(H, axis=1).mean()]",
        "append(np.std(H))": "append(np.std(H, axis=1).mean())",
    },
    {"np.std(H)) for": "np.std(H, axis=1).mean()) for"},
)
exercise.idea(
    "one_for_each_unit",
    "There is a standard deviation for each unit (axis 0), not one for the layer.",
    "Take it over all entries: one number for the whole array. What does np.std do without an "
    "axis?",
    {"[np.std(H)]": "[np.std(H, axis=0)]", "append(np.std(H))": "append(np.std(H, axis=0))"},
)
exercise.idea(
    "one_less_in_the_denominator",
    "The sum of squares of n entries is divided by n − 1, as with ddof=1.",
    "ddof is 0 here. Which number does np.std divide by unless told otherwise?",
    {"[np.std(H)]": "[np.std(H, ddof=1)]", "append(np.std(H))": "append(np.std(H, ddof=1))"},
    {"np.std(H)) for": "np.std(H, ddof=1)) for"},
)
exercise.idea(
    "root_mean_square",
    "The mean isn't subtracted: this is the root of the mean square.",
    "A standard deviation measures the spread around the mean, whatever the mean is.",
    {
        "[np.std(H)]": "[np.sqrt(np.mean(np.square(H)))]",
        "append(np.std(H))": "append(np.sqrt(np.mean(np.square(H))))",
    },
    {"np.std(H)) for": "np.sqrt(np.mean(np.square(H)))) for"},
)
exercise.idea(
    "mean_distance",
    "This is the mean absolute distance from the mean: the squares and the root are missing.",
    "A standard deviation is the root of the mean of the squared distances.",
    {
        "[np.std(H)]": "[np.abs(H - np.mean(H)).mean()]",
        "append(np.std(H))": "append(np.abs(H - np.mean(H)).mean())",
    },
    {"np.std(H)) for": "np.abs(H - np.mean(H)).mean()) for"},
)
exercise.idea(
    "variances",
    "This is the variance: the square root is missing.",
    "Which unit should the scale have: that of H, or of H²?",
    {"[np.std(H)]": "[np.var(H)]", "append(np.std(H))": "append(np.var(H))"},
    {"np.std(H)) for": "np.var(H)) for"},
)
exercise.idea(
    "means",
    "These are the means, not the standard deviations.",
    "How far are the numbers of a layer from their mean? That is what the scale says.",
    {"[np.std(H)]": "[np.mean(H)]", "append(np.std(H))": "append(np.mean(H))"},
    {"np.std(H)) for": "np.mean(H)) for"},
)
exercise.idea(
    "output_left_linear",
    "The last layer has no activation here.",
    "In this exercise act follows every layer, including the last.",
    {"H = act(Z)": "H = act(Z) if A is not net[0][-1] else Z"},
    {"[act] * len(net[0])": "[act] * (len(net[0]) - 1) + [lambda z: z]"},
)
exercise.idea(
    "biases_left_out",
    "The biases are left out.",
    "A bias shifts all examples equally, so the activation acts on another part of its curve.",
    {"Z = H @ A + b": "Z = H @ A"},
)
exercise.idea(
    "weights_measured",
    "This is the scale of the weights, not of the layers' outputs.",
    "H_j is the output of layer j. How does its scale depend on X?",
    {"append(np.std(H))": "append(np.std(A))"},
)
exercise.idea(
    "signal_not_handed_on",
    "Every layer gets X as its input, not the output of the layer before.",
    "Whose output goes into layer 2?",
    {"Z = H @ A + b": "Z = X @ A + b"},
)
exercise.idea(
    "activation_not_handed_on",
    "The next layer gets Z, not act(Z).",
    "Whose output goes into layer 2: that before or that after the activation?",
    {"H = act(Z)\n        scales.append(np.std(H))": "scales.append(np.std(act(Z)))\nH = Z"},
)
