"""The capstone's tiers ask for what the lesson says they do."""

import numpy as np
import pytest

from benchmarks.capstone import LARGE, LINEAR, SENSIBLE, THOUGHTFUL, share_read
from course.exercises.sgd.design import TIERS

SEEDS = range(5)
FIRST, SECOND, LAST_BUT_ONE, TOP = TIERS


def each(*kinds):
    designs = [(name, one) for kind in kinds for name, one in kind.designs.items()]
    return pytest.mark.parametrize("one", [pytest.param(one, id=name) for name, one in designs])


def shares(one) -> np.ndarray:
    return np.array([share_read(one, seed) for seed in SEEDS])


@pytest.mark.slow
@each(LINEAR)
def test_without_a_hidden_layer_the_first_tier_is_reached_and_the_second_never(one):
    found = shares(one)
    assert (found >= FIRST).all() and (found < SECOND).all(), found


@pytest.mark.slow
@each(SENSIBLE)
def test_a_sensible_net_reaches_the_top_tier_but_one_and_never_the_top(one):
    found = shares(one)
    assert (found >= LAST_BUT_ONE).all() and (found < TOP).all(), found


@pytest.mark.slow
@each(LARGE)
def test_more_of_the_same_does_not_reach_the_top_tier(one):
    found = shares(one)
    assert (found < TOP).all(), found


@pytest.mark.slow
@each(THOUGHTFUL)
def test_who_tells_the_net_that_a_moved_digit_is_the_same_reaches_the_top_tier(one):
    found = shares(one)
    assert (found >= TOP).all(), found
