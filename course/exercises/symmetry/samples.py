"""Nets that several exercises of this unit ask about, and what many first nets have in common."""

from itertools import pairwise
from typing import Any

import numpy as np

from course.exercises.engine.properties.initial_weights import many_initial_nets
from course.exercises.engine.registry import PROPERTIES
from course.exercises.many_draws import as_a_whole, left_to_chance, side_by_side


def random_net(rng, dims):
    """Draw a net with random weights and random biases, so that no bias can be forgotten."""
    As = [rng.normal(size=shape) for shape in pairwise(dims)]
    return As, [rng.normal(size=(1, d)) for d in dims[1:]]


def copied(net):
    As, Bs = net
    return [np.array(A, dtype=float) for A in As], [np.array(b, dtype=float) for b in Bs]


SMALL = (
    [np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0], [10.0], [100.0]])],
    [np.array([[7.0, 8.0, 9.0]]), np.array([[0.5]])],
)


@PROPERTIES.register
def many_first_weights(answer: Any, args: dict) -> dict[str, Any]:
    """Many freshly initialised nets: what `many_initial_nets` says, and `left_to_chance`."""
    facts = many_initial_nets(answer, args)
    if False in (facts["the shapes fit"], facts.get("every number is drawn anew")):
        return facts
    layers = [
        [np.asarray(A, dtype=float) for A in As]
        for As in zip(*(net[0] for net in answer), strict=True)
    ]
    found = [left_to_chance(As, As[0].shape) for As in layers]
    return facts | {
        "every layer is left to chance": not any(
            value is False for facts in found for value in facts.values()
        ),
        **as_a_whole(side_by_side([list(net[0]) for net in answer])),
    }
