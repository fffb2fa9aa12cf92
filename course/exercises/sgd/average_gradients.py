"""Questions and known mistakes of `average_gradients`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.sgd.samples import as_float32, random_net, whole_number_net
from course.nn import sgd as nn

exercise = Exercise(
    nn.average_gradients,
    points=1,
    minutes=8,
    difficulty=2,
    hints=(
        "What do the first matrices of all the gradients have in common? Their shape, so you can "
        "add them, entry by entry. You can't add the first to the second.",
        "grads is a list of pairs of lists: grads[i][0][j] is gradient i's matrix for layer j. "
        "Average over i; keep j.",
        "For each layer j, add up the arrays of all gradients i into a new array and divide by the "
        "number of gradients. Do the same for the biases.",
    ),
)


@exercise.public
def public():
    first = ([np.array([[1.0, 2.0]])], [np.array([[0.0, 4.0]])])
    second = ([np.array([[3.0, -2.0]])], [np.array([[1.0, 2.0]])])
    yield Question("two gradients of one layer", dict(grads=[first, second]))
    yield Question(
        "four gradients of two layers",
        dict(
            grads=[
                (
                    [np.array([[3.0, 0.0], [0.0, i]]), np.array([[6.0], [3.0 * i]])],
                    [np.array([[i, 1.0]]), np.array([[-3.0]])],
                )
                for i in (1.0, 2.0, 6.0, 11.0)
            ]
        ),
    )
    yield Question(
        "two gradients of whole numbers",
        dict(
            grads=[
                ([np.array([[4, 1], [0, -2]])], [np.array([[3, 2]])]),
                ([np.array([[1, 3], [2, -2]])], [np.array([[-4, 2]])]),
            ]
        ),
    )


@exercise.secret
def secret(rng):
    # Not 3, the number of layers in the third question.
    count = int(rng.integers(4, 8))
    yield Question("a single gradient", dict(grads=[random_net(rng, 3, 2)]), weight=0.25)
    yield Question(
        "two gradients of one layer", dict(grads=[random_net(rng, 2, 4) for _ in range(2)])
    )
    yield Question(
        "several gradients, layers of unequal width",
        dict(grads=[random_net(rng, 4, 3, 5, 2) for _ in range(count)]),
        weight=2,
    )
    yield Question(
        "whole numbers",
        dict(grads=[whole_number_net(rng, 3, 2, 1) for _ in range(count)]),
    )
    yield Question(
        "float32",
        dict(grads=[as_float32(random_net(rng, 2, 3, 2)) for _ in range(count)]),
        weight=0.5,
    )
    yield Question(
        "called twice in a row",
        dict(grads=[random_net(rng, 2, 3) for _ in range(count)]),
        call="twice",
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def layers_by_zip(grads):
    n = len(grads)
    weights, biases = zip(*grads)
    dAs = [sum(same) / n for same in zip(*weights)]
    dBs = [sum(same) / n for same in zip(*biases)]
    return dAs, dBs


@exercise.writing
def sums_of_its_own(grads):
    n = len(grads)
    dAs = [np.zeros(np.shape(dA)) for dA in grads[0][0]]
    dBs = [np.zeros(np.shape(db)) for db in grads[0][1]]
    for gA, gB in grads:
        for j in range(len(dAs)):
            dAs[j] += gA[j] / n
            dBs[j] += gB[j] / n
    return dAs, dBs


exercise.idea(
    "summed_not_averaged",
    "This is the sum of the gradients, not their average.",
    "If the batch has twice as many examples, should the step be twice as long?",
    {"n = len(grads)": "n = 1"},
)
exercise.idea(
    "divided_by_the_number_of_layers",
    "The sum is divided by the number of layers instead of the number of gradients.",
    "Two lists are nested here. Which one's length do you need?",
    {"n = len(grads)": "n = len(grads[0][0])"},
)
exercise.idea(
    "divided_by_one_less",
    "The sum is divided by n − 1, but n gradients have been added.",
    "If all gradients are equal, the average should be the same gradient.",
    {"n = len(grads)": "n = max(len(grads) - 1, 1)"},
)
exercise.idea(
    "averaged_over_the_entries",
    "Each array is averaged into one number, but the mean is over gradients, not over entries.",
    "np.mean without an axis takes the mean of everything. Over which axis should it run?",
    {
        "[sum(same) / n for same in zip(*weights)]": "[np.mean(same) for same in zip(*weights)]",
        "[sum(same) / n for same in zip(*biases)]": "[np.mean(same) for same in zip(*biases)]",
    },
)
exercise.idea(
    "biases_not_averaged",
    "The bias gradients are those of one example, but they have to be averaged too.",
    "Each layer has two arrays of parameters. Does your loop treat both alike?",
    {"[sum(same) / n for same in zip(*biases)]": "list(biases[-1])"},
    {"[sum(same) / n for same in zip(*biases)]": "list(biases[0])"},
)
exercise.idea(
    "biases_summed",
    "The bias gradients are summed, but they have to be averaged too.",
    "Each layer has two arrays of parameters. Does your loop treat both alike?",
    {"[sum(same) / n for same in zip(*biases)]": "[sum(same) for same in zip(*biases)]"},
)
exercise.idea(
    "summed_into_the_first_gradient",
    "The sum is built up in place, in the first gradient itself, so the caller's grads[0] is "
    "changed.",
    "total = grads[0] makes no copy, so += changes the caller's arrays.",
    {
        "dAs = [np.zeros(np.shape(dA)) for dA in grads[0][0]]": "dAs = grads[0][0]",
        "dBs = [np.zeros(np.shape(db)) for db in grads[0][1]]": "dBs = grads[0][1]",
        "for gA, gB in grads:": "for gA, gB in grads[1:]:",
        "dAs[j] += gA[j] / n": "dAs[j] += gA[j]",
        "dBs[j] += gB[j] / n": "dBs[j] += gB[j]",
        "return dAs, dBs": "return [dA / n for dA in dAs], [db / n for db in dBs]",
    },
    {
        "weights, biases = zip(*grads)": "(dAs, dBs), *others = grads\n"
        "for gA, gB in others:\n"
        "    for j in range(len(dAs)):\n"
        "        dAs[j] = dAs[j] + gA[j]\n"
        "        dBs[j] = dBs[j] + gB[j]",
        "[sum(same) / n for same in zip(*weights)]": "[dA / n for dA in dAs]",
        "[sum(same) / n for same in zip(*biases)]": "[db / n for db in dBs]",
    },
)
exercise.idea(
    "halved_again_and_again",
    "This averages step by step, (a + b)/2 and then with the next, so the last gradient counts "
    "most.",
    "What is the weight of the first of three numbers in ((a + b)/2 + c)/2?",
    {
        "dAs = [np.zeros(np.shape(dA)) for dA in grads[0][0]]": "dAs = list(grads[0][0])",
        "dBs = [np.zeros(np.shape(db)) for db in grads[0][1]]": "dBs = list(grads[0][1])",
        "for gA, gB in grads:": "for gA, gB in grads[1:]:",
        "dAs[j] += gA[j] / n": "dAs[j] = (dAs[j] + gA[j]) / 2",
        "dBs[j] += gB[j] / n": "dBs[j] = (dBs[j] + gB[j]) / 2",
    },
)
exercise.idea(
    "last_gradient_alone",
    "This is the last gradient alone, as if each one overwrote the one before.",
    "`=` replaces what an earlier round has computed. Which sign adds to it?",
    {"weights, biases = zip(*grads)": "weights, biases = zip(*grads[-1:])\nn = 1"},
)
exercise.idea(
    "share_of_the_last_gradient",
    "This is the last gradient divided by n, as if each one overwrote the sum.",
    "`=` replaces what an earlier round has computed. Which sign adds to it?",
    {"dAs[j] += gA[j] / n": "dAs[j] = gA[j] / n", "dBs[j] += gB[j] / n": "dBs[j] = gB[j] / n"},
)
exercise.idea(
    "first_gradient_alone",
    "This is the first gradient alone, as with a `return` inside the loop.",
    "Does the loop come to the second gradient, or is there a return inside it?",
    {"weights, biases = zip(*grads)": "weights, biases = zip(*grads[:1])\nn = 1"},
)
exercise.idea(
    "share_of_the_first_gradient",
    "This is the first gradient divided by n, as with a `return` inside the loop.",
    "Is the return inside the loop? It ends the function in the first round.",
    {"for gA, gB in grads:": "for gA, gB in grads[:1]:"},
)
exercise.idea(
    "first_gradient_forgotten",
    "The first gradient is left out of the sum.",
    "Where does the loop begin, and what has been added before it?",
    {"for gA, gB in grads:": "for gA, gB in grads[1:]:"},
)
exercise.idea(
    "last_gradient_forgotten",
    "The last gradient is left out of the sum.",
    "range(n) ends at n − 1 already. How many gradients are there?",
    {"for gA, gB in grads:": "for gA, gB in grads[:-1]:"},
)
exercise.idea(
    "first_layer_only",
    "Only the first layer is returned, as with a `return` inside the loop.",
    "The result has as many arrays as a single gradient: one pair of lists, each over all layers.",
    {"return dAs, dBs": "return dAs[:1], dBs[:1]"},
)
exercise.idea(
    "biases_first",
    "The lists are in the wrong order: (dAs, dBs) is expected, weights before biases.",
    "Return the average in the form of a single gradient.",
    {"return dAs, dBs": "return dBs, dAs"},
)
exercise.idea(
    "one_flat_list",
    "All arrays are in one flat list, but a pair of lists is expected, (dAs, dBs).",
    "Return the average in the form of a single gradient.",
    {"return dAs, dBs": "return dAs + dBs"},
)
exercise.idea(
    "a_pair_for_each_layer",
    "There is a pair (dA, db) for each layer, but one pair of lists is expected, (dAs, dBs).",
    "Return the average in the form of a single gradient.",
    {"return dAs, dBs": "return list(zip(dAs, dBs))"},
)
exercise.idea(
    "the_nest_as_one_array",
    "np.mean or np.array is taken of all of grads at once, but arrays of different shapes don't "
    "fit into one.",
    "Go through the layers, and average one layer's arrays at a time.",
    {"weights, biases = zip(*grads)": "return np.mean(grads, axis=0)"},
)
exercise.idea(
    "fractions_cut_off",
    "The mean of whole numbers stays whole, as with an integer array or `//`: its fractions are "
    "cut off.",
    "np.zeros_like(dA) holds whole numbers only if dA does, and // cuts fractions, too.",
    {
        "[sum(same) / n for same in zip(*weights)]": "[(sum(s) / n).astype(s[0].dtype) "
        "for s in zip(*weights)]",
        "[sum(same) / n for same in zip(*biases)]": "[(sum(s) / n).astype(s[0].dtype) "
        "for s in zip(*biases)]",
    },
)
