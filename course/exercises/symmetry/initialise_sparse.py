"""Questions and known mistakes of `initialise_sparse`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE
from course.exercises.symmetry.samples import many_first_weights
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
    mask = np.zeros((50, 50), dtype=bool)
    mask[:2, :40] = True
    mask[:, 40:] = True
    yield Question(
        "a large layer: units with 2 edges and units with 50",
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
        weight=0.35,
    )
    # So few that one edge more or less shows.
    mask = np.zeros((60, 50), dtype=bool)
    mask[rng.permutation(60)[:2], :40] = True
    mask[:, 40:] = rng.permuted(np.arange(60) < 45)[:, None]
    yield Question(
        "units with few edges and units with many",
        dict(masks=[mask], rng=rng),
        call="many_sparse_draws",
        judged_by="sparse_spread",
        rtol=SPREAD_TOLERANCE,
        weight=3,
    )
    yield Question(
        "where the randomness comes from",
        dict(masks=[np.ones((2, 3), dtype=bool), np.ones((3, 1), dtype=bool)], rng=rng),
        call="draws",
        judged_by="source_of_draws",
        weight=2,
    )
    yield Question(
        "masks with only True entries: independent Gaussian weights",
        dict(masks=[np.ones((30, 44), dtype=bool), np.ones((44, 30), dtype=bool)], rng=rng),
        call="many_sparse_draws",
        judged_by=many_first_weights,
        rtol=SPREAD_TOLERANCE,
        weight=2,
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def whole_matrix(masks, rng):
    As, Bs = [], []
    for mask in masks:
        count = np.sum(mask, axis=0)
        count = np.maximum(count, 1)
        A = rng.standard_normal(np.shape(mask))
        A = A / np.sqrt(count)
        A = np.where(mask, A, 0)
        As.append(A)
        Bs.append(np.zeros((1, np.shape(mask)[1])))
    return As, Bs


exercise.idea(
    "mask_ignored_in_fan_in",
    "The mask is ignored in in(v): the whole layer before is counted, so units with few edges get "
    "weights that are too small.",
    "in(v) = |{u : u → v ∈ E}|. Which pairs are not in E?",
    {"np.sum(mask, axis=0)": "len(mask)"},
)
exercise.idea(
    "mask_not_applied",
    "The mask isn't applied: there are weights even where it is False.",
    "If there is no edge, the weight is exactly 0.",
    {"A = np.where(mask, A, 0)": "pass"},
    {"np.sum(mask, axis=0)": "len(mask)", "A = np.where(mask, A, 0)": "pass"},
)
exercise.idea(
    "mask_inverted",
    "The mask is inverted: there are weights where it is False, and none where it is True.",
    "True means that there is an edge. Which entries does your function keep?",
    {"np.where(mask, A, 0)": "np.where(mask, 0, A)"},
    {
        "np.sum(mask, axis=0)": "np.sum(~mask, axis=0)",
        "np.where(mask, A, 0)": "np.where(mask, 0, A)",
    },
)
exercise.idea(
    "counted_by_row",
    "The edges are counted by row (axis 1), which tells how many leave u, not how many enter v.",
    "A neuron's incoming weights are in a column. So along which axis do you count?",
    {"np.sum(mask, axis=0)": "np.sum(mask, axis=1, keepdims=True)"},
)
exercise.idea(
    "rows_and_columns_mixed",
    "The edges are counted by row (axis 1), and the counts don't fit the columns.",
    "A neuron's incoming weights are in a column. So along which axis do you count?",
    {"np.sum(mask, axis=0)": "np.sum(mask, axis=1)"},
)
exercise.idea(
    "one_edge_too_many",
    "One edge too many is counted, in(v) + 1, so units with few edges get weights that are too "
    "small.",
    "Only a unit without edges has no 1/√in(v). How can you treat it without changing the others?",
    {"np.maximum(count, 1)": "count + 1"},
)
exercise.idea(
    "root_lost",
    "The standard deviation is 1/in(v): the square root is missing.",
    "A sum of in(v) such terms has variance in(v) · s². For which s is that 1?",
    {"np.sqrt(count)": "count"},
)
exercise.idea(
    "variance_for_deviation",
    "There is one square root too many: in(v)^{-1/2} is taken as the variance.",
    "The number on the slide is a standard deviation.",
    {"np.sqrt(count)": "count**0.25"},
)
exercise.idea(
    "not_scaled",
    "The random numbers are not scaled at all.",
    "A unit with few edges and one with many should be equally loud. Which of them needs the "
    "larger weights?",
    {"A = A / np.sqrt(count)": "pass"},
)
exercise.idea(
    "he_initialisation",
    "This is He's initialisation, with standard deviation √(2 / in(v)): good for ReLU, but not "
    "what the slide says.",
    "On the slide, which number is above in(v)?",
    {"A / np.sqrt(count)": "A * np.sqrt(2 / count)"},
)
exercise.idea(
    "edges_in_all",
    "All the edges of the layer are counted together, as with a sum without an axis, not those "
    "into v.",
    "Each unit has its own in(v). What shape does an array with a count per column have?",
    {"np.sum(mask, axis=0)": "np.sum(mask)"},
)
exercise.idea(
    "one_count_for_the_layer",
    "A single count of edges is used for the whole layer, not one per unit.",
    "Each unit has its own in(v). What shape does an array with a count per column have?",
    {"np.sum(mask, axis=0)": "np.sum(mask) / np.shape(mask)[1]"},
    {"np.sum(mask, axis=0)": "np.sum(mask[:, 0])"},
)
exercise.idea(
    "uniform_for_gaussian",
    "The weights are uniform instead of Gaussian.",
    "N(0, s) is a Gaussian around 0. Which method of rng draws from it?",
    {"rng.standard_normal(np.shape(mask))": "rng.random(np.shape(mask))"},
    {"rng.standard_normal(np.shape(mask))": "rng.uniform(-1, 1, np.shape(mask))"},
    {"rng.standard_normal(np.shape(mask))": "rng.uniform(-(3**0.5), 3**0.5, np.shape(mask))"},
)
exercise.idea(
    "rng_not_used",
    "rng isn't used: the same generator in the same state should give the same net.",
    "np.random.randn and a default_rng of your own have their own state. Where should the numbers "
    "come from?",
    {"rng.standard_normal": "np.random.default_rng().standard_normal"},
)
exercise.idea(
    "own_seed",
    "Every call gives the same net, whatever rng is, as with a generator that is seeded inside the "
    "function.",
    "The caller controls the randomness through rng. Where else do you make a generator?",
    {"As, Bs = [], []": "As, Bs, rng = [], [], np.random.default_rng(0)"},
)
exercise.idea(
    "biases_not_zero",
    "The biases are not zero. In lesson 3 they were drawn; here they begin at 0.",
    "Does a bias have to break a symmetry that the weights have already broken?",
    {"np.zeros((1, np.shape(mask)[1]))": "rng.standard_normal((1, np.shape(mask)[1]))"},
)
exercise.idea(
    "biases_flat",
    "A bias is flat, (n,), but it should be a row of shape (1, n).",
    "np.zeros takes the shape as one tuple.",
    {"np.zeros((1, np.shape(mask)[1]))": "np.zeros(np.shape(mask)[1])"},
)
exercise.idea(
    "nan_without_edges",
    "A unit without edges gets 0 divided by the root of 0, which is nan.",
    "What is in(v) for a unit without incoming edges, and what should its column contain?",
    {
        "count = np.maximum(count, 1)": "pass",
        "A = A / np.sqrt(count)": "A = A * mask",
        "A = np.where(mask, A, 0)": "A = A / np.sqrt(count)",
    },
)
