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
        "What do all the gradients' first matrices have in common? Their shape. So they can be "
        "added, entry by entry. The first with the second can't.",
        "grads is a list of pairs of lists: grads[i][0][j] is gradient i's matrix of layer j. "
        "Average over i; keep j.",
        "For every layer j, collect gradient i's array for all i, add them up into a new array and "
        "divide by the number of gradients. The same for the biases.",
    ),
)


def _sum_of(parts):
    """Add up arrays of the same shape."""
    return np.sum([np.asarray(part, dtype=float) for part in parts], axis=0)


@exercise.public
def public():
    first = ([np.array([[1.0, 2.0]])], [np.array([[0.0, 4.0]])])
    second = ([np.array([[3.0, -2.0]])], [np.array([[1.0, 2.0]])])
    yield Question("two gradients of one layer", dict(grads=[first, second]))
    yield Question(
        "three gradients of two layers",
        dict(
            grads=[
                (
                    [np.array([[3.0, 0.0], [0.0, i]]), np.array([[6.0], [3.0 * i]])],
                    [np.array([[i, 1.0]]), np.array([[-3.0]])],
                )
                for i in (1.0, 2.0, 6.0)
            ]
        ),
    )


@exercise.secret
def secret(rng):
    count = int(rng.integers(3, 7))
    yield Question("a single gradient", dict(grads=[random_net(rng, 3, 2)]), weight=0.5)
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
        "asked twice in a row",
        dict(grads=[random_net(rng, 2, 3) for _ in range(count)]),
        call="twice",
    )


def _layers(grads):
    """Every layer's matrices and every layer's bias rows, over all gradients."""
    return list(zip(*(g[0] for g in grads), strict=True)), list(
        zip(*(g[1] for g in grads), strict=True)
    )


def _averaged(grads, divide_by):
    dAs, dBs = _layers(grads)
    return [_sum_of(same) / divide_by for same in dAs], [_sum_of(same) / divide_by for same in dBs]


@exercise.mistake(
    "This is the sum of the gradients, not their average.",
    "With twice as many examples in the batch, should the step be twice as long?",
)
def summed_not_averaged(grads):
    return _averaged(grads, 1)


@exercise.mistake(
    "The sum is divided by the number of layers; it is gradients that are averaged.",
    "Two lists are nested here. The length of which one do you need?",
)
def divided_by_the_number_of_layers(grads):
    return _averaged(grads, len(grads[0][0]))


@exercise.mistake(
    "Each array is averaged into one number: the average runs over gradients, not over entries.",
    "np.mean without an axis takes the mean of everything. Over which axis should it go?",
)
def averaged_over_the_entries(grads):
    dAs, dBs = _layers(grads)
    return [np.mean(same) for same in dAs], [np.mean(same) for same in dBs]


@exercise.mistake(
    "The biases' gradients are those of one example only; they have to be averaged too.",
    "A layer has two arrays of parameters. Does your loop treat both alike?",
)
def biases_not_averaged(grads):
    return _averaged(grads, len(grads))[0], list(grads[-1][1])


@exercise.mistake(
    "The sum is gathered in the first gradient's own arrays, which belong to the caller.",
    "total = grads[0] makes no copy; adding to it with += changes what you were given.",
)
def summed_into_the_first_gradient(grads):
    dAs, dBs = grads[0]
    for other in grads[1:]:
        for mine, theirs in zip((*dAs, *dBs), (*other[0], *other[1]), strict=True):
            mine += theirs
    return [dA / len(grads) for dA in dAs], [db / len(grads) for db in dBs]


@exercise.mistake(
    "Averaging step by step, (a + b)/2 and then with the next, counts the last gradient most.",
    "What weight does the first of three numbers have in ((a + b)/2 + c)/2?",
)
def halved_again_and_again(grads):
    def running(parts):
        mean = np.asarray(parts[0], dtype=float)
        for part in parts[1:]:
            mean = (mean + part) / 2
        return mean

    dAs, dBs = _layers(grads)
    return [running(same) for same in dAs], [running(same) for same in dBs]
