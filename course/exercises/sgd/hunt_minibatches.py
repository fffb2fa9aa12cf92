"""The suspects of `hunt_minibatches`, and what careless examples have in common."""

from typing import Any

import numpy as np

from course.exercises.engine import Hunt, Question, forms
from course.exercises.engine.registry import PROPERTIES
from course.exercises.sgd import minibatches
from course.nn import sgd as nn

exercise = Hunt(
    nn.hunt_minibatches,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "Whether n is a multiple of batch_size decides about several suspects: some fail only if "
        "it is, some only if it isn't.",
        "If it isn't, what is left over? One suspect fails only if a single example is. Which "
        "suspects can't show if there is only one batch?",
        "One example with a single index left over, one with none. Then there are the batch sizes "
        "that a right function refuses with a ValueError: 0 and negative ones. They aren't the "
        "same to every suspect.",
    ),
    hunted=minibatches.exercise,
    wanted={
        "last_batch_is_dropped": "drops what is left over for a short batch",
        "single_example_at_the_end_is_dropped": "drops what is left over if it is one example",
        "empty_batch_at_the_end": "ends with an empty batch if nothing is left over",
        "short_batch_filled_up": "fills the short batch up with examples of other batches",
        "batches_of_equal_length": "makes all batches as equal in length as possible",
        "batch_size_taken_for_the_number_of_batches": "makes batch_size batches",
        "overlapping_batches": "lets the batches overlap",
        "drawn_afresh_for_each_batch": "draws every batch afresh from all examples",
        "nothing_is_shuffled": "shuffles nothing",
        "only_the_batches_are_shuffled": "shuffles only the order of the batches",
        "first_batch_only": "returns the first batch alone",
        "counted_from_one": "counts the examples from 1 to n",
        "negative_batch_size_accepted": "accepts a negative batch size",
        "zero_accepted": "accepts a batch size of 0",
    },
    forms={"n": forms.whole(1, 40), "batch_size": forms.whole(-10, 50)},
    refusals=True,
)


@exercise.asks
def asks(n, batch_size):
    args = {"n": n, "batch_size": batch_size, "rng": np.random.default_rng(n)}
    if batch_size < 1:
        yield Question("example", args, call="listed")
    else:
        yield Question(
            "example", args, call="listed_thirty_times", judged_by="faults_of_many_draws"
        )


@PROPERTIES.register
def faults_of_many_draws(answer: Any, args: dict) -> dict:
    """What is wrong in any of many draws, and what is never random in them."""
    n, size = args["n"], args["batch_size"]
    drawn = [[np.asarray(batch) for batch in batches] for batches in answer]
    lengths = [min(size, n - start) for start in range(0, n, size)]
    orders = [np.concatenate([np.zeros(0, int), *batches]) for batches in drawn]
    runs = [all(np.all(np.diff(batch) == 1) for batch in batches) for batches in drawn]
    return {
        "each index once": all(np.array_equal(np.sort(order), np.arange(n)) for order in orders),
        "lengths": all([len(batch) for batch in batches] == lengths for batches in drawn),
        "never shuffled": all(np.all(np.diff(order) == 1) for order in orders),
        "always runs of neighbours": all(runs),
    }


BELOW_ONE = [{"n": 5, "batch_size": 0}, {"n": 5, "batch_size": -2}]


@exercise.habit(
    "In each of your examples there is only one batch: no n is larger than the batch size.",
    "Which suspects mix up what belongs to one batch and what belongs to another?",
    when=lambda n, batch_size: batch_size < 1 or n <= batch_size,
    hides=("first_batch_only", "drawn_afresh_for_each_batch"),
)
def one_batch_only():
    return [{"n": 5, "batch_size": 8}, *BELOW_ONE]


@exercise.habit(
    "In all your examples, n is a multiple of the batch size.",
    "What happens to the examples that are left over? Are any left over here?",
    when=lambda n, batch_size: batch_size < 1 or n % batch_size == 0,
    hides=(
        "last_batch_is_dropped",
        "single_example_at_the_end_is_dropped",
        "short_batch_filled_up",
        "batches_of_equal_length",
    ),
)
def nothing_left_over():
    return [{"n": 12, "batch_size": 4}, *BELOW_ONE]


@exercise.habit(
    "In each of your examples the batch size leaves a remainder.",
    "What comes after the last full batch if nothing is left over?",
    when=lambda n, batch_size: batch_size < 1 or n % batch_size != 0,
    hides=("empty_batch_at_the_end",),
)
def always_a_remainder():
    return [{"n": 10, "batch_size": 3}, {"n": 11, "batch_size": 4}, *BELOW_ONE]


@exercise.habit(
    "Each of your batch sizes is at least 1.",
    "A batch size of 0 or −3 makes no sense, so a right function raises a ValueError. Does every "
    "suspect?",
    when=lambda n, batch_size: batch_size >= 1,
    hides=("negative_batch_size_accepted", "zero_accepted"),
)
def no_batch_size_below_one():
    return [{"n": 10, "batch_size": 3}, {"n": 12, "batch_size": 4}]
