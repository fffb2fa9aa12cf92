"""Questions and known mistakes of `minibatches`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import sgd as nn

exercise = Exercise(
    nn.minibatches,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "You need two things: the numbers 0 to n − 1 in a random order, and a way to cut a row of "
        "things into pieces of one length. What should happen with what is left over?",
        "A Generator has a method for a random order of range(n). A slice that reaches beyond the "
        "end of an array is simply shorter: no special case is needed.",
        "Draw the order once, then slice it at the starts 0, batch_size, 2·batch_size, … as long "
        "as the start is below n. Whether you yield the slices or collect them is up to you. "
        "Check batch_size first, and raise ValueError where it is below 1.",
    ),
)


@exercise.public
def public():
    rng = np.random.default_rng(1)
    yield Question(
        "seven examples in threes: each once, the last batch short",
        dict(n=7, batch_size=3, rng=rng),
        call="listed",
        judged_by="each_index_once",
    )
    yield Question(
        "six examples in threes: nothing is left over",
        dict(n=6, batch_size=3, rng=rng),
        call="listed",
        judged_by="each_index_once",
    )
    yield Question(
        "forty examples in fives: is the order random?",
        dict(n=40, batch_size=5, rng=rng),
        call="listed",
        judged_by="order_of_indices",
    )
    yield Question(
        "forty examples in eights: is it the rng that you gave which decides?",
        dict(n=40, batch_size=8, rng=rng),
        call="same_rng_and_another",
        judged_by="only_by_the_rng",
    )
    # range itself refuses a step of 0, but not of -2.
    for size in (0, -2):
        args = dict(n=5, batch_size=size, rng=rng)
        yield Question(f"a batch size of {size}", args, call="listed", weight=0.25)


@exercise.secret
def secret(rng):
    def batches(title, n, batch_size, weight=1.0):
        args = dict(n=n, batch_size=batch_size, rng=rng)
        return Question(title, args, call="listed", judged_by="each_index_once", weight=weight)

    size = int(rng.integers(3, 8))
    full = int(rng.integers(3, 7))
    yield batches(
        "a batch size that leaves a rest", size * full + int(rng.integers(1, size - 1)), size
    )
    yield batches("a batch size that leaves no rest", size * full, size)
    yield batches("a batch size of one", full + 3, 1, weight=0.5)
    yield batches("a batch size larger than n", size - 1, size, weight=0.5)
    yield batches("a single example", 1, size, weight=0.5)
    # A right answer fails one of the next two with a probability below 1e-20.
    n = size * int(rng.integers(60, 70) // size)
    yield Question(
        "many examples: is the order random?",
        dict(n=n, batch_size=size, rng=rng),
        call="listed",
        judged_by="order_of_indices",
    )
    yield Question(
        "many examples: is it the given rng that decides?",
        dict(n=n, batch_size=size, rng=rng),
        call="same_rng_and_another",
        judged_by="only_by_the_rng",
    )
    yield Question(
        "a batch size of zero", dict(n=size, batch_size=0, rng=rng), call="listed", weight=0.25
    )
    yield Question(
        "a negative batch size",
        dict(n=size, batch_size=-full, rng=rng),
        call="listed",
        weight=0.25,
    )


def _cut(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


@exercise.mistake(
    "Nothing is shuffled: the first batch holds 0, 1, 2, …",
    "If the data are sorted by label, what does a batch of neighbours look like?",
)
def nothing_is_shuffled(n, batch_size, rng):
    return _cut(np.arange(n), at_least_one(batch_size))


@exercise.mistake(
    "Only the order of the batches is random: the same neighbours always come together.",
    "Shuffle before you cut, not after.",
)
def only_the_batches_are_shuffled(n, batch_size, rng):
    batches = _cut(np.arange(n), at_least_one(batch_size))
    full = [batch for batch in batches if len(batch) == batch_size]
    return [full[i] for i in rng.permutation(len(full))] + batches[len(full) :]


@exercise.mistake(
    "The last examples are dropped: a short batch at the end is a batch too.",
    "How many batches of 3 does it take to see 7 examples? Does your loop go that far?",
)
def last_batch_is_dropped(n, batch_size, rng):
    order = rng.permutation(n)
    starts = range(0, n - batch_size + 1, at_least_one(batch_size))
    return [order[start : start + batch_size] for start in starts]


@exercise.mistake(
    "There is an empty batch at the end where the batch size divides n.",
    "For n = 6 and batches of 3: where does your last batch begin, and what is left there?",
)
def empty_batch_at_the_end(n, batch_size, rng):
    order = rng.permutation(n)
    count = n // at_least_one(batch_size) + 1
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(count)]


@exercise.mistake(
    "Each batch is drawn afresh: some examples come twice, others not at all.",
    "An epoch sees every example exactly once. How would you deal out a deck of cards?",
)
def drawn_afresh_for_each_batch(n, batch_size, rng):
    starts = range(0, n, at_least_one(batch_size))
    return [rng.integers(n, size=min(batch_size, n - start)) for start in starts]


@exercise.mistake(
    "The batches are made equally long; asked for are full ones, and one short one for the rest.",
    "7 in threes is 3, 3, 1 here: the batch size is given, not the number of batches.",
)
def batches_of_equal_length(n, batch_size, rng):
    count = -(-n // at_least_one(batch_size))
    return np.array_split(rng.permutation(n), count)


@exercise.mistake(
    "The order does not come from rng: the same rng gives another order each time.",
    "np.random.shuffle and np.random.permutation use one hidden, global source. "
    "Which object did you get as an argument?",
)
def global_source_of_randomness(n, batch_size, rng):
    return _cut(np.random.default_rng().permutation(n), at_least_one(batch_size))


@exercise.mistake(
    "The order is the same whatever rng is given: a generator with a fixed seed is made inside.",
    "The caller decides about randomness by handing you rng. Use it, and make none of your own.",
)
def own_seed_inside(n, batch_size, rng):
    return _cut(np.random.default_rng(0).permutation(n), at_least_one(batch_size))


@exercise.mistake(
    "All batches are one and the same array, filled anew each time: by the end of the loop, the "
    "earlier ones have changed.",
    "What does list(minibatches(…)) hold if you hand out the same array again and again?",
)
def one_array_for_all_batches(n, batch_size, rng):
    order = rng.permutation(n)
    batch = np.empty(min(at_least_one(batch_size), n), dtype=int)
    for start in range(0, n, batch_size):
        piece = order[start : start + batch_size]
        batch[: len(piece)] = piece
        yield batch[: len(piece)]


@exercise.mistake(
    "A batch size below 1 is not refused: it gives no batches at all, and nobody notices.",
    "What does range(0, 5, −2) hold? Ask for a ValueError before you begin.",
)
def negative_batch_size_accepted(n, batch_size, rng):
    return _cut(rng.permutation(n), batch_size)


def at_least_one(batch_size):
    if batch_size < 1:
        raise ValueError(f"batch_size: expected at least 1, got {batch_size}")
    return batch_size
