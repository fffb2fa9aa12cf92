"""Questions and known mistakes of `minibatches`."""

import math
from typing import Any

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.registry import PROPERTIES
from course.exercises.sgd.samples import as_by_chance
from course.nn import sgd as nn

exercise = Exercise(
    nn.minibatches,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "You need two things: the numbers 0 to n − 1 in random order, and a way to cut a sequence "
        "into pieces of equal length. What should happen to the remainder?",
        "A Generator has a method for a random order of range(n). A slice that reaches beyond the "
        "end of an array is simply shorter, so you need no special case.",
        "Draw the order once, then slice it at the starts 0, batch_size, 2·batch_size, … as long "
        "as the start is below n. You may yield the slices or collect them. First check "
        "batch_size, and raise a ValueError if it is below 1.",
    ),
)


@exercise.public
def public():
    rng = np.random.default_rng(1)

    def batches(title, n, batch_size):
        args = dict(n=n, batch_size=batch_size, rng=rng)
        return Question(title, args, call="listed", judged_by="each_index_once")

    yield batches("seven examples in threes: each once, the last batch short", 7, 3)
    yield batches("six examples in threes: nothing is left over", 6, 3)
    yield batches("three examples, a batch size of five: one batch", 3, 5)
    yield Question(
        "forty examples in fives: is the order random?",
        dict(n=40, batch_size=5, rng=rng),
        call="listed",
        judged_by="order_of_indices",
    )
    yield Question(
        "forty examples in eights: does the order depend on the given rng alone?",
        dict(n=40, batch_size=8, rng=rng),
        call="same_rng_and_another",
        judged_by="only_by_the_rng",
    )
    # Last, since a loop may never end here. range itself refuses a step of 0, but not of -2.
    for size in (0, -2):
        args = dict(n=5, batch_size=size, rng=rng)
        yield Question(f"a batch size of {size}", args, call="listed", weight=0.25)


# The squares of chi-squared's 49 degrees of freedom are beyond this in 1 of 10¹¹ draws.
MOST_UNEVEN = 150


@PROPERTIES.register
def orders_by_chance(answer: Any, args: dict) -> dict:
    """Of many orders, in batches of one: whether all there is to count is as chance makes it.

    Of n examples in random order, one on average is at its own place, half a pair has changed
    places, 1 - 1/n are followed by their next neighbour; and one on average is where it was in
    the order before. The numbers of these are Poisson's but for 1/n!, or hardly spread as far.
    """
    n = args["n"]
    orders = np.array([[np.asarray(batch).item() for batch in batches] for batches in answer])
    places = np.arange(n)
    if orders.shape[1:] != (n,) or (np.sort(orders, axis=1) != places).any():
        return {"each draw has every index once": False}
    draws, steps = len(orders), np.diff(orders, axis=1)
    at_home = orders == places
    swapped = (np.take_along_axis(orders, orders, axis=1) == places) & ~at_home
    counts = (orders[:, :, None] == places).sum(axis=0)
    uneven = np.square(counts - draws / n).sum() / (draws / n) * (n - 1) / n
    return {
        "each draw has every index once": True,
        "any index may be anywhere": bool(uneven < MOST_UNEVEN),
        "as many stay as by chance": as_by_chance(at_home.sum(), draws),
        "as many change places as by chance": as_by_chance(swapped.sum() / 2, draws / 2),
        "as many neighbours stay together as by chance": all(
            as_by_chance((steps == step).sum(), draws * (n - 1) / n) for step in (-1, 1)
        ),
        "the order before is forgotten": as_by_chance((orders[1:] == orders[:-1]).sum(), draws - 1),
    }


@exercise.secret
def secret(rng):
    def batches(title, n, batch_size, weight=1.0):
        args = dict(n=n, batch_size=batch_size, rng=rng)
        return Question(title, args, call="listed", judged_by="each_index_once", weight=weight)

    size = int(rng.integers(3, 8))
    full = int(rng.integers(3, 7))
    yield batches(
        "a batch size that leaves a remainder", size * full + int(rng.integers(1, size - 1)), size
    )
    yield batches("a batch size that leaves no remainder", size * full, size)
    yield batches("a batch size of one", full + 3, 1, weight=0.5)
    yield batches("a batch size larger than n", size - 1, size, weight=0.2)
    yield batches("a single example", 1, size, weight=0.1)
    # A right answer fails one of the next two with a probability below 1e-20.
    n = size * int(rng.integers(60, 70) // size)
    yield Question(
        "many examples: is the order random?",
        dict(n=n, batch_size=size, rng=rng),
        call="listed",
        judged_by="order_of_indices",
    )
    yield Question(
        "many examples: does the order depend on the given rng alone?",
        dict(n=n, batch_size=size, rng=rng),
        call="same_rng_and_another",
        judged_by="only_by_the_rng",
    )
    yield Question(
        "called many times with one rng: may any indices meet in a batch?",
        dict(n=15, batch_size=3, rng=rng),
        call="listed_many_times",
        judged_by="chances_of_indices",
        weight=4,
    )
    yield Question(
        "called many times for batches of one: is every order as likely?",
        dict(n=8, batch_size=1, rng=rng),
        call="listed_many_times",
        judged_by=orders_by_chance,
        weight=2,
    )
    for title, size in (("a batch size of zero", 0), ("a negative batch size", -full)):
        args = dict(n=7, batch_size=size, rng=rng)
        yield Question(title, args, call="listed", weight=0.15)


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def slices(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size is below 1")
    order = rng.permutation(n)
    batches = []
    for start in range(0, n, batch_size):
        batches.append(order[start : start + batch_size])
    return batches


@exercise.writing
def numbered_slices(n, batch_size, rng):
    if not batch_size > 0:
        raise ValueError("batch_size has to be at least 1")
    order = np.arange(n)
    rng.shuffle(order)
    count = math.ceil(n / batch_size)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(count)]


SLICE = "order[start : start + batch_size]"
ALL_SLICES = "[order[k * batch_size : (k + 1) * batch_size] for k in range(count)]"

exercise.idea(
    "nothing_is_shuffled",
    "Nothing is shuffled: the first batch is 0, 1, 2, …",
    "If the data are sorted by label, what does a batch of neighbours look like?",
    {"order = rng.permutation(n)": "order = np.arange(n)"},
    {"rng.shuffle(order)": "pass"},
)
exercise.idea(
    "only_the_batches_are_shuffled",
    "The same neighbours are always together: only the order of the batches, or the order within "
    "each of them, is random.",
    "Shuffle before you cut, not after.",
    {
        "order = rng.permutation(n)": "order = np.arange(n)",
        "return batches": "mixed = [batches[k] for k in rng.permutation(len(batches))]\n"
        "return sorted(mixed, key=len, reverse=True)",
    },
    {
        "order = rng.permutation(n)": "order = np.arange(n)",
        "return batches": "mixed = [batches[k] for k in rng.permutation(len(batches))]\n"
        "return sorted(mixed, key=len)",
    },
)
exercise.idea(
    "last_batch_is_dropped",
    "The last examples are dropped, but a short batch at the end is a batch too.",
    "How many batches of 3 does it take to see 7 examples? Does your loop get that far?",
    {"range(0, n, batch_size)": "range(0, n - batch_size + 1, batch_size)"},
    {"math.ceil": "math.floor"},
    {"math.ceil(n / batch_size)": "n // batch_size"},
)
exercise.idea(
    "single_example_at_the_end_is_dropped",
    "Off by one: a single example left over for the last batch is dropped.",
    "range(0, n) ends at n − 1 already: no further −1 is needed.",
    {"range(0, n, batch_size)": "range(0, n - 1, batch_size)"},
)
exercise.idea(
    "empty_batch_at_the_end",
    "There is an empty batch at the end if the batch size divides n.",
    "For n = 6 and batches of 3, where does your last batch begin, and what is left there?",
    {"range(0, n, batch_size)": "range(0, n + 1, batch_size)"},
    {"math.ceil(n / batch_size)": "n // batch_size + 1"},
)
exercise.idea(
    "drawn_afresh_for_each_batch",
    "Each batch is drawn afresh from all examples, so some are used twice and others not at all.",
    "An epoch sees every example exactly once. How would you deal out a deck of cards?",
    {SLICE: "rng.integers(n, size=min(batch_size, n - start))"},
    {SLICE: "rng.permutation(n)[start : start + batch_size]"},
    {SLICE: "rng.integers(n, size=batch_size)"},
    {SLICE: "rng.permutation(n)[:batch_size]"},
    {ALL_SLICES: "[rng.choice(n, batch_size, replace=False) for k in range(count)]"},
)
exercise.idea(
    "batches_of_equal_length",
    "The batches are as equal in length as possible, as with np.array_split, but full batches are "
    "expected, plus a short one for the rest.",
    "Here 7 in threes is 3, 3, 1: you are given the batch size, not the number of batches.",
    {ALL_SLICES: "np.array_split(order, count)"},
)
exercise.idea(
    "batch_size_taken_for_the_number_of_batches",
    "batch_size is taken for the number of batches.",
    "np.array_split wants to know how many pieces to make. How many batches do 7 examples in "
    "threes give?",
    {ALL_SLICES: "np.array_split(order, batch_size)"},
    {ALL_SLICES: "np.split(order, batch_size)"},
)
exercise.idea(
    "batches_in_a_matrix",
    "The batches are the rows of a matrix, and a short batch doesn't fit into that.",
    "A list can hold arrays of different lengths.",
    {ALL_SLICES: "list(order.reshape(-1, batch_size))"},
)
exercise.idea(
    "short_batch_filled_up",
    "The short batch is filled up with examples that are in other batches already.",
    "An epoch sees every example exactly once; the last batch may be short.",
    {SLICE: "order[np.arange(start, start + batch_size) % n]"},
    {SLICE: "order[min(start, max(n - batch_size, 0)) :][:batch_size]"},
)
exercise.idea(
    "overlapping_batches",
    "The batches overlap: each begins one example after the last one, as with a `range` without a "
    "step.",
    "Where does the second batch of 3 begin?",
    {"range(0, n, batch_size)": "range(n)"},
    {"range(0, n, batch_size)": "range(n - batch_size + 1)"},
)
exercise.idea(
    "one_index_short",
    "Off by one: each batch is an example short.",
    "order[0:3] has three items: a slice ends just before its second number.",
    {SLICE: "order[start : start + batch_size - 1]"},
)
exercise.idea(
    "counted_from_one",
    "The indices run from 1 to n, but rows are counted from 0: 0 to n − 1.",
    "What does rng.permutation(5) contain?",
    {"order = rng.permutation(n)": "order = rng.permutation(n) + 1"},
)
exercise.idea(
    "first_batch_only",
    "Only the first batch is returned, as with a `return` inside the loop.",
    "Is the return inside the loop? It ends the function in the first round.",
    {"return batches": "return batches[:1]"},
)
exercise.idea(
    "last_batch_only",
    "Only the last batch is returned, as if each one overwrote the one before.",
    "`=` replaces what an earlier round has stored. Append to a list, or yield.",
    {"return batches": "return batches[-1:]"},
)
exercise.idea(
    "not_cut_into_batches",
    "The indices are shuffled, but not cut into batches.",
    "What should a for loop over the result get in its first round: an index or an array of them?",
    {"return batches": "return list(order)"},
)
exercise.idea(
    "global_source_of_randomness",
    "The order does not depend on rng: the same rng gives a different order each time, as with "
    "np.random.",
    "np.random.shuffle and np.random.permutation use a hidden, global source. Which object were "
    "you given as an argument?",
    {"rng.permutation(n)": "np.random.default_rng().permutation(n)"},
    {"rng.shuffle(order)": "np.random.default_rng().shuffle(order)"},
)
exercise.idea(
    "own_seed_inside",
    "The seed is fixed inside the function: the order is the same for every rng.",
    "The caller controls the randomness by giving you rng. Use it, and don't make another.",
    {"rng.permutation(n)": "np.random.default_rng(0).permutation(n)"},
    {"rng.shuffle(order)": "np.random.default_rng(0).shuffle(order)"},
)
exercise.idea(
    "negative_batch_size_accepted",
    "A negative batch size is accepted and silently gives no batches at all.",
    "What does range(0, 5, −2) contain? Raise a ValueError before you begin.",
    {"if batch_size < 1:": "if False:"},
)
exercise.idea(
    "batch_sizes_below_one_not_refused",
    "A batch size below 1 isn't refused: 0 ends in a division by zero, and a negative one gives no "
    "batches.",
    "Raise a ValueError before you begin.",
    {"if not batch_size > 0:": "if False:"},
    {"if not batch_size > 0:": "if False:", "math.ceil(n / batch_size)": "-(-n // batch_size)"},
)
exercise.idea(
    "zero_accepted",
    "A negative batch size is refused, but 0 is not.",
    "The smallest batch that makes sense has one example.",
    {"if not batch_size > 0:": "if batch_size < 0:"},
)
exercise.idea(
    "never_ends",
    "With a batch size below 1 the loop never ends.",
    "If start doesn't grow, it never reaches n. Raise a ValueError before you begin.",
    {'raise ValueError("batch_size is below 1")': "no_answer_in_time()"},
)
exercise.idea(
    "refused_by_assert",
    "An assert raises an AssertionError, but a ValueError is expected.",
    "Write `raise ValueError(…)` under an if.",
    {'raise ValueError("batch_size is below 1")': "raise AssertionError"},
)


@exercise.mistake(
    "All batches are the same array, refilled in place, so the earlier ones have changed by the "
    "end of the loop.",
    "What does list(minibatches(…)) contain if you yield the same array again and again?",
)
def one_array_for_all_batches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size has to be at least 1")
    order = rng.permutation(n)
    batch = np.empty(min(batch_size, n), dtype=int)
    for start in range(0, n, batch_size):
        piece = order[start : start + batch_size]
        batch[: len(piece)] = piece
        yield batch[: len(piece)]


@exercise.mistake(
    "With a batch size below 1 the batches never end.",
    "If start doesn't grow, it never reaches n. Raise a ValueError before you begin.",
)
def endless_batches(n, batch_size, rng):
    order, start = rng.permutation(n), 0
    while start < n:
        yield order[start : start + batch_size]
        start += batch_size


@exercise.mistake(
    "What you cut into batches is None: rng.shuffle(x) shuffles x in place and returns None.",
    "Shuffle first, then use x; or use rng.permutation, which returns a new array.",
)
def shuffle_returns_nothing(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size has to be at least 1")
    order = rng.shuffle(np.arange(n))
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]
