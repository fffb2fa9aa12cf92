"""Questions and known mistakes of `sgd_step`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.sgd.samples import as_float32, random_net, whole_number_net
from course.nn import sgd as nn

exercise = Exercise(
    nn.sgd_step,
    points=1,
    minutes=6,
    difficulty=1,
    hints=(
        "The gradient points uphill. Which way do you want to go, and how far?",
        "A − lr·dA makes a new array; A -= lr·dA would change the caller's. Which does the "
        "exercise need?",
        "Build two new lists, one of matrices and one of bias rows, by going through the net's and "
        "the gradient's lists in parallel (zip). Return both as a pair.",
    ),
)


@exercise.public
def public():
    yield Question(
        "one layer, lr = 0.1",
        dict(
            net=([np.array([[1.0, 2.0], [3.0, 4.0]])], [np.array([[0.0, -1.0]])]),
            grads=([np.array([[10.0, 0.0], [-10.0, 20.0]])], [np.array([[5.0, -5.0]])]),
            lr=0.1,
        ),
    )
    yield Question(
        "two layers, lr = 2",
        dict(
            net=(
                [np.array([[1.0], [0.0]]), np.array([[1.0, 1.0]])],
                [np.array([[1.0]]), np.array([[0.0, 3.0]])],
            ),
            grads=(
                [np.array([[0.5], [-1.0]]), np.array([[1.0, -2.0]])],
                [np.array([[1.0]]), np.array([[-1.0, 0.0]])],
            ),
            lr=2.0,
        ),
    )
    yield Question(
        "whole numbers, lr = 0.5",
        dict(
            net=([np.array([[2, -4]])], [np.array([[3, 0]])]),
            grads=([np.array([[1, 2]])], [np.array([[0, -3]])]),
            lr=0.5,
        ),
    )


@exercise.secret
def secret(rng):
    def step(title, net, grads, lr, **how):
        return Question(title, dict(net=net, grads=grads, lr=lr), **how)

    lr = float(rng.uniform(0.1, 0.9))
    dims = (4, 2, 5, 3)
    yield step(
        "layers of unequal width", random_net(rng, *dims), random_net(rng, *dims), lr, weight=2
    )
    yield step("a single layer", random_net(rng, 3, 2), random_net(rng, 3, 2), lr)
    yield step(
        "a net of whole numbers", whole_number_net(rng, 3, 2, 2), random_net(rng, 3, 2, 2), lr
    )
    yield step(
        "float32",
        as_float32(random_net(rng, 2, 3, 1)),
        as_float32(random_net(rng, 2, 3, 1)),
        lr,
        weight=0.5,
    )
    yield step(
        "called twice in a row", random_net(rng, 2, 3), random_net(rng, 2, 3), lr, call="twice"
    )
    yield step(
        "a learning rate of zero", random_net(rng, 2, 2), random_net(rng, 2, 2), 0.0, weight=0.25
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def lists_by_zip(net, grads, lr):
    As, Bs = net
    dAs, dBs = grads
    new_As = [A - lr * dA for A, dA in zip(As, dAs)]
    new_Bs = [b - lr * db for b, db in zip(Bs, dBs)]
    return new_As, new_Bs


@exercise.writing
def layer_by_layer(net, grads, lr):
    (As, Bs), (dAs, dBs) = net, grads
    new_As, new_Bs = [], []
    for j in range(len(As)):
        new_As.append(As[j] - lr * dAs[j])
        new_Bs.append(Bs[j] - lr * dBs[j])
    return new_As, new_Bs


exercise.idea(
    "climbs",
    "Wrong sign: the gradient is added, so the net climbs and its loss grows.",
    "The gradient shows where the loss grows fastest. Do you want to go there?",
    {"A - lr * dA": "A + lr * dA", "b - lr * db": "b + lr * db"},
)
exercise.idea(
    "weights_climb",
    "Wrong sign for the weights: their gradient is added, so they climb.",
    "The gradient shows where the loss grows fastest. Do you want to go there?",
    {"A - lr * dA": "A + lr * dA"},
)
exercise.idea(
    "biases_climb",
    "Wrong sign for the biases: their gradient is added, so they climb.",
    "The gradient shows where the loss grows fastest. Do you want to go there?",
    {"b - lr * db": "b + lr * db"},
)
exercise.idea(
    "learning_rate_left_out",
    "The learning rate is missing: the step is the whole gradient.",
    "The gradient gives the direction. Which argument says how far to go?",
    {"A - lr * dA": "A - dA", "b - lr * db": "b - db"},
)
exercise.idea(
    "learning_rate_left_out_for_the_biases",
    "The learning rate is missing in the biases' step.",
    "The biases go as far as the weights do: lr times their gradient.",
    {"b - lr * db": "b - db"},
)
exercise.idea(
    "learning_rate_times_everything",
    "The learning rate multiplies the net too, not only the gradient: lr·(A − dA).",
    "With a learning rate of 0, the net should stay as it is.",
    {"A - lr * dA": "lr * (A - dA)", "b - lr * db": "lr * (b - db)"},
)
exercise.idea(
    "biases_stay",
    "The biases are not updated, but they are parameters too.",
    "How many lists of arrays does a net have, and how many do you update?",
    {"b - lr * db": "b"},
)
exercise.idea(
    "weights_gradient_for_the_biases",
    "The biases are moved by the weights' gradient, dA, instead of their own, db.",
    "Was a line copied? Look for the names that should have changed.",
    {"zip(Bs, dBs)": "zip(Bs, dAs)"},
    {"dBs[j]": "dAs[j]"},
)
exercise.idea(
    "weights_twice",
    "The new net has the weights in both lists; its biases are missing.",
    "Was a line copied? Look for the names that should have changed.",
    {"b - lr * db for b, db in zip(Bs, dBs)": "b - lr * db for b, db in zip(As, dAs)"},
    {"return new_As, new_Bs": "return new_As, new_As"},
)
exercise.idea(
    "rebinding_leaves_the_net_unchanged",
    "The net is returned unchanged.",
    "After `for A in As: A = A - …`, what does As contain? Put the new arrays into a new list.",
    {"return new_As, new_Bs": "return net"},
)
exercise.idea(
    "updates_in_place",
    "The caller's own net is changed in place, but a new net is expected, with the old one "
    "unchanged.",
    "`A -= …` writes into the caller's array, and `As[j] = …` into the caller's list.",
    {
        "new_As, new_Bs = [], []": "new_As, new_Bs = As, Bs",
        "new_As.append(As[j] - lr * dAs[j])": "As[j] -= lr * dAs[j]",
        "new_Bs.append(Bs[j] - lr * dBs[j])": "Bs[j] -= lr * dBs[j]",
    },
    {
        "new_As, new_Bs = [], []": "new_As, new_Bs = As, Bs",
        "new_As.append(As[j] - lr * dAs[j])": "As[j] = As[j] - lr * dAs[j]",
        "new_Bs.append(Bs[j] - lr * dBs[j])": "Bs[j] = Bs[j] - lr * dBs[j]",
    },
)
exercise.idea(
    "one_flat_list",
    "The arrays are right, but in one flat list: a net is a pair (As, Bs).",
    "Look at the form of the argument `net`. Return the new net in the same form.",
    {"return new_As, new_Bs": "return new_As + new_Bs"},
)
exercise.idea(
    "a_pair_for_each_layer",
    "There is a pair (A, b) for each layer, but a net is one pair of lists, (As, Bs).",
    "Look at the form of the argument `net`. Return the new net in the same form.",
    {"return new_As, new_Bs": "return list(zip(new_As, new_Bs))"},
)
exercise.idea(
    "weights_alone",
    "Only the list of weights is returned, but a net is a pair (As, Bs).",
    "Look at the form of the argument `net`. Return the new net in the same form.",
    {"return new_As, new_Bs": "return new_As"},
)
exercise.idea(
    "first_layer_only",
    "Only the first layer is returned, as with a `return` inside the loop.",
    "Is the return inside the loop? It ends the function in the first round.",
    {"return new_As, new_Bs": "return new_As[:1], new_Bs[:1]"},
)
exercise.idea(
    "last_layer_left_out",
    "The last layer is left out.",
    "range(n) ends at n − 1 already. How many layers are there?",
    {"return new_As, new_Bs": "return new_As[:-1], new_Bs[:-1]"},
)
exercise.idea(
    "the_step_alone",
    "This is the step, −lr times the gradient, not the net after the step.",
    "Where do you add the step to the weights that you were given?",
    {"A - lr * dA": "-lr * dA", "b - lr * db": "-lr * db"},
    {"As[j] - lr * dAs[j]": "-lr * dAs[j]", "Bs[j] - lr * dBs[j]": "-lr * dBs[j]"},
)
exercise.idea(
    "lists_taken_for_arrays",
    "A list can't be multiplied by a number: As and dAs are lists of arrays.",
    "Go through the layers, and take the step with one array at a time.",
    {
        "[A - lr * dA for A, dA in zip(As, dAs)]": "As - lr * dAs",
        "[b - lr * db for b, db in zip(Bs, dBs)]": "Bs - lr * dBs",
    },
)
exercise.idea(
    "a_net_as_one_array",
    "The net is put into one array, but its arrays have different shapes.",
    "Go through the layers, and take the step with one array at a time.",
    {"As, Bs = net": "return np.array(net) - lr * np.array(grads)"},
)
exercise.idea(
    "fractions_cut_off",
    "A net of whole numbers keeps its integer type, so the step's fractions are cut off.",
    "np.zeros_like(A) holds whole numbers only if A does. A - lr * dA makes an array of its own.",
    {
        "A - lr * dA": "(A - lr * dA).astype(A.dtype)",
        "b - lr * db": "(b - lr * db).astype(b.dtype)",
    },
)
