"""The suspects of `hunt_dense`, and what careless examples have in common."""

import numpy as np

from course.exercises.engine import Hunt, Question, forms, stock
from course.exercises.layers import dense
from course.nn import layers as nn

exercise = Hunt(
    nn.hunt_dense,
    points=2,
    minutes=10,
    difficulty=3,
    hints=(
        "Three widths are yours to choose: the number of examples, of inputs and of neurons. "
        "Which suspects notice if two of them are equal? Which if one of them is 1?",
        "A layer with a single neuron treats some suspects kindly and gives others away. The same "
        "is true of a batch of one. So take one example of each kind.",
        "One layer with three neurons and biases that are all different, and one layer with a "
        "single neuron, are nearly enough. The last suspect is wrong only for whole numbers: for "
        "what results, with h(z) = z/10 for negative z?",
    ),
    hunted=dense.exercise,
    wanted={
        "weights_transposed": "transposes A",
        "bias_added_to_the_weights": "adds b to the weights",
        "bias_down_the_batch": "gives bias i to example i, not to neuron i",
        "one_bias_for_all": "gives the first neuron's bias to all neurons",
        "biases_added_up": "gives every neuron the sum of all biases",
        "bias_after_the_activation": "adds b after h",
        "activation_of_the_examples": "applies h to X, not to the result",
        "last_product_only": "keeps only each neuron's last product",
        "sum_never_reset": "goes on adding to one neuron's sum for the next neuron",
        "first_example_only": "returns the first example's output alone",
        "axes_of_one_dropped": "drops an axis of length 1 from the result",
        "cut_to_whole_numbers": "cuts its results to whole numbers if X, A and b are whole",
    },
    forms={
        "X": forms.matrix(5, 5),
        "A": forms.matrix(5, 5),
        "b": forms.matrix(1, 5),
    },
)


@exercise.asks
def asks(X, A, b):
    yield Question("example", {"X": X, "A": A, "b": b, "h": stock.leaky})


@exercise.habit(
    "Each of your layers has a single neuron.",
    "What can go wrong with several biases that can't with one?",
    when=lambda X, A, b: A.shape[1] == 1,
    hides=("one_bias_for_all", "biases_added_up"),
)
def one_neuron_each():
    return [
        {"X": [[-1.0, 2.0], [3.0, -1.0]], "A": [[1.0], [-2.0]], "b": [[0.5]]},
        {"X": [[1, 2], [3, 0]], "A": [[-1], [-2]], "b": [[1]]},
    ]


@exercise.habit(
    "Each of your layers has several neurons.",
    "(n, 1) is a shape that many functions lose. Which layer has an output of this shape?",
    when=lambda X, A, b: A.shape[1] > 1 and len(X) > 1,
    hides=("axes_of_one_dropped",),
)
def several_neurons_each():
    return [
        {
            "X": [[-1.0, 2.0], [3.0, -1.0], [1.0, 1.0]],
            "A": [[1.0, 2.0], [-2.0, -1.0]],
            "b": [[0.5, -1.5]],
        },
        {"X": [[1, 2], [3, 0]], "A": [[-1, 2, 1], [-2, 1, 1]], "b": [[1, 2, 3]]},
    ]


@exercise.habit(
    "Each of your batches has a single row.",
    "Which suspect can only show with a second example?",
    when=lambda X, A, b: len(X) == 1,
    hides=("first_example_only",),
)
def every_batch_has_one_row():
    return [
        {"X": [[-1.0, 2.0]], "A": [[1.0, 2.0, 3.0], [-2.0, -1.0, 1.0]], "b": [[0.5, -1.5, 2.0]]},
        {"X": [[1, 2]], "A": [[-1], [-2]], "b": [[1]]},
    ]


@exercise.habit(
    "All biases of each of your layers are equal.",
    "Which suspects give a neuron another neuron's bias?",
    when=lambda X, A, b: bool((b == b[0, 0]).all()),
    hides=("one_bias_for_all",),
)
def biases_all_equal():
    return [
        {"X": [[-1.0, 2.0], [3.0, -1.0]], "A": [[1.0, 2.0], [-2.0, -1.0]], "b": [[0.5, 0.5]]},
        {"X": [[1, 2], [3, 0]], "A": [[-1], [-2]], "b": [[1]]},
    ]


@exercise.habit(
    "Each of your weight matrices is symmetric.",
    "What does transposing do to it?",
    when=lambda X, A, b: A.shape == A.T.shape and bool((A.T == A).all()),
    hides=("weights_transposed",),
)
def weights_symmetric():
    return [
        {"X": [[-1.0, 2.0], [3.0, -1.0]], "A": [[1.0, 2.0], [2.0, -1.0]], "b": [[0.5, -1.5]]},
        {"X": [[2], [-3], [1]], "A": [[1]], "b": [[1]]},
    ]


@exercise.habit(
    "Each of your examples has a number with a decimal point in X, A or b.",
    "What happens if you write 0.3 into an array of whole numbers?",
    when=lambda X, A, b: np.result_type(X, A, b).kind == "f",
    hides=("cut_to_whole_numbers",),
)
def no_whole_numbers():
    return [
        {"X": [[-1.0, 2.0], [3.0, -1.0]], "A": [[1.0, 2.0], [-2.0, -1.0]], "b": [[0.5, -1.5]]},
        {"X": [[-1.0, 2.0], [3.0, -1.0]], "A": [[1.0], [-2.0]], "b": [[0.5]]},
    ]


@exercise.habit(
    "Each of your results is above 0, where h changes nothing.",
    "h is the leaky ReLU. For which sums do you see whether it was applied, and to what?",
    when=lambda X, A, b: X.shape[1] == len(A) and bool((X @ A + b > 0).all() and (X > 0).all()),
    hides=("bias_after_the_activation", "activation_of_the_examples"),
)
def nothing_below_zero():
    return [
        {"X": [[1.0, 2.0], [3.0, 1.0]], "A": [[1.0, 2.0], [2.0, 1.0]], "b": [[0.5, 1.5]]},
        {"X": [[1, 2], [3, 1]], "A": [[0.25], [0.5]], "b": [[0.5]]},
    ]
