"""Questions and known mistakes of `initialise_sparse`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE
from course.nn import symmetry as nn

exercise = Exercise(
    nn.initialise_sparse,
    points=2,
    minutes=15,
    difficulty=3,
    hints=(
        "Now units of one layer may have different numbers of incoming edges. How can you read "
        "in(v) off a mask?",
        "The True entries in v's column are its edges: mask.sum(axis=0) counts them for every v.",
        "Draw a whole matrix, divide each column by the root of its count, and keep only the "
        "entries where the mask is True. A column with count 0 must not become 0/0.",
    ),
)


@exercise.public
def public():
    yield Question(
        "where the edges are",
        dict(
            masks=[
                np.array([[True, False, False], [True, True, False]]),
                np.array([[True], [True], [False]]),
            ],
            rng=np.random.default_rng(1),
        ),
        judged_by="initial_edges",
    )
    mask = np.zeros((100, 60), dtype=bool)
    mask[:4, :30] = True
    mask[:, 30:] = True
    yield Question(
        "a large layer: units with 4 edges and units with 100",
        dict(masks=[mask], rng=np.random.default_rng(2)),
        call="many_sparse_draws",
        judged_by="sparse_spread",
        rtol=SPREAD_TOLERANCE,
    )
    yield Question(
        "where the randomness comes from",
        dict(masks=[np.array([[True, True], [False, True]])], rng=np.random.default_rng(3)),
        call="draws",
        judged_by="source_of_draws",
    )


@exercise.secret
def secret(rng):
    masks = [rng.random((4, 5)) < 0.6, rng.random((5, 3)) < 0.6]
    masks[0][:, 2] = False
    masks[1][0, 0] = True
    yield Question(
        "edges, missing edges, and a unit without edges",
        dict(masks=masks, rng=rng),
        judged_by="initial_edges",
    )
    mask = np.zeros((60, 40), dtype=bool)
    mask[rng.permutation(60)[:5], :30] = True
    mask[:, 30:] = rng.permuted(np.arange(60) < 45)[:, None]
    yield Question(
        "units with few edges and units with many",
        dict(masks=[mask], rng=rng),
        call="many_sparse_draws",
        judged_by="sparse_spread",
        rtol=SPREAD_TOLERANCE,
        weight=2,
    )
    yield Question(
        "masks with only True entries",
        dict(masks=[np.ones((50, 60), dtype=bool)], rng=rng),
        call="many_sparse_draws",
        judged_by="sparse_spread",
        rtol=SPREAD_TOLERANCE,
    )
    yield Question(
        "where the randomness comes from",
        dict(masks=[np.ones((2, 3), dtype=bool), np.ones((3, 1), dtype=bool)], rng=rng),
        call="draws",
        judged_by="source_of_draws",
        weight=2,
    )


@exercise.mistake(
    "in(v) counts the whole layer before, whether or not there are edges: units with few edges get "
    "weights that are too small.",
    "in(v) = |{u : u → v ∈ E}|. Which pairs are not in E?",
)
def mask_ignored_in_fan_in(masks, rng):
    As, Bs = nn.initialise([len(masks[0]), *(np.shape(mask)[1] for mask in masks)], rng)
    return [np.where(mask, A, 0) for A, mask in zip(As, masks, strict=True)], Bs


@exercise.mistake(
    "There are weights even where the mask is False.",
    "If there is no edge, the weight is exactly 0.",
)
def mask_not_applied(masks, rng):
    As = []
    for mask in masks:
        fan_in = np.maximum(np.sum(mask, axis=0), 1)
        As.append(rng.normal(size=np.shape(mask)) / np.sqrt(fan_in))
    return As, [np.zeros((1, np.shape(mask)[1])) for mask in masks]


@exercise.mistake(
    "The edges are counted by row, which tells how many leave u, not how many enter v.",
    "A neuron's incoming weights are in a column. So along which axis do you count?",
)
def counted_by_row(masks, rng):
    As = []
    for mask in masks:
        fan_out = np.maximum(np.sum(mask, axis=1, keepdims=True), 1)
        As.append(np.where(mask, rng.normal(size=np.shape(mask)) / np.sqrt(fan_out), 0))
    return As, [np.zeros((1, np.shape(mask)[1])) for mask in masks]


@exercise.mistake(
    "The standard deviation is 1/in(v): the square root is missing.",
    "A sum of in(v) such terms has variance in(v) · s². For which s is that 1?",
)
def root_lost_with_masks(masks, rng):
    return _drawn_on(masks, rng, lambda count: count)


@exercise.mistake(
    "This takes in(v)^{-1/2} as the variance.",
    "The number on the slide is a standard deviation.",
)
def variance_for_deviation_with_masks(masks, rng):
    return _drawn_on(masks, rng, lambda count: count**0.25)


@exercise.mistake(
    "rng isn't used: the same generator in the same state should give the same net.",
    "np.random.randn and a default_rng of your own have their own state. Where should the numbers "
    "come from?",
)
def rng_not_used_with_masks(masks, rng):
    return nn.initialise_sparse(masks, np.random.default_rng())


@exercise.mistake(
    "A single count of edges is used for the whole layer.",
    "Each unit has its own in(v). What shape does an array with a count per column have?",
)
def one_count_for_the_layer(masks, rng):
    As = []
    for mask in masks:
        mean = max(np.sum(mask) / np.shape(mask)[1], 1)
        As.append(np.where(mask, rng.normal(size=np.shape(mask)) / np.sqrt(mean), 0))
    return As, [np.zeros((1, np.shape(mask)[1])) for mask in masks]


@exercise.mistake(
    "A unit without edges gets 0 divided by the root of 0, which is nan.",
    "What is in(v) for a unit without incoming edges, and what should its column contain?",
)
def nan_without_edges(masks, rng):
    As = []
    for mask in masks:
        with np.errstate(all="ignore"):
            A = np.asarray(mask, dtype=float) * rng.normal(size=np.shape(mask))
            As.append(A / np.sqrt(np.sum(mask, axis=0)))
    return As, [np.zeros((1, np.shape(mask)[1])) for mask in masks]


def _drawn_on(masks, rng, divisor):
    As = []
    for mask in masks:
        fan_in = np.maximum(np.sum(mask, axis=0), 1)
        As.append(np.where(mask, rng.normal(size=np.shape(mask)) / divisor(fan_in), 0))
    return As, [np.zeros((1, np.shape(mask)[1])) for mask in masks]
