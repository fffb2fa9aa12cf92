"""Nets, examples and graphs that several exercises of this unit ask about."""

from itertools import pairwise

import numpy as np


def random_net(dims, rng):
    """A small net with numbers of one digit after the point, so that a student can follow them."""
    As = [np.round(rng.normal(size=shape), 1) for shape in pairwise(dims)]
    return As, [np.round(rng.normal(size=(1, d)), 1) for d in dims[1:]]


def unequal_widths(rng, count, low=2, high=7):
    """Draw `count` widths, all different."""
    return [int(d) for d in rng.permutation(np.arange(low, high))[:count]]


def generator(rng):
    return np.random.default_rng(int(rng.integers(2**32)))


TWO_LAYERS = (
    [np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]]), np.array([[1.0], [2.0], [-1.0]])],
    [np.array([[0.0, 1.0, -1.0]]), np.array([[2.0]])],
)
SQUARE_NET = (
    [np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[0.0, 1.0], [1.0, 3.0]])],
    [np.array([[1.0, -2.0]]), np.array([[-1.0, 2.0]])],
)
TWO_EXAMPLES = np.array([[1.0, 2.0], [3.0, -1.0]])


def row_of_ones():
    return [np.ones((1, 3), dtype=int), np.ones((1, 2), dtype=int)]


def diamond(top):
    """A node, two after it, and the next diamond's first node."""
    return [(top + 2, top + 3), (top + 1, top + 3), (top, top + 2), (top, top + 1)]
