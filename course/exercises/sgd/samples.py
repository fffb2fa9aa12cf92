"""Nets and orders of examples that several exercises of this unit ask about."""

from itertools import pairwise

import numpy as np


def random_net(rng, *dims):
    """Draw a small net, its biases too, from a generator."""
    As = [rng.normal(size=shape) for shape in pairwise(dims)]
    return As, [rng.normal(size=(1, d)) for d in dims[1:]]


def whole_number_net(rng, *dims):
    As, Bs = random_net(rng, *dims)
    return [np.rint(3 * A).astype(int) for A in As], [np.rint(3 * b).astype(int) for b in Bs]


def as_float32(net):
    return tuple([part.astype(np.float32) for part in parts] for parts in net)


def as_by_chance(count: float, expected: float) -> bool:
    """Whether something rare that was counted was as frequent as chance makes it.

    Poisson's distribution of mean 100 is 80 away from it with a probability below 1e-11 (Chernoff);
    with a larger mean, 8 standard errors are rarer.
    """
    return abs(count - expected) < 8 * expected**0.5
