"""Nets that several exercises of this unit ask about."""

from itertools import pairwise

import numpy as np


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
