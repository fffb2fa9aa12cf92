"""Times can be compared when they are taken in turn: in every round each contestant runs once.

What else the machine does then slows all of them alike, and the ratio of two times of the same
round says more than either time. What is reported is the median over the rounds. As in ``timeit``,
the garbage collector rests.
"""

import gc
import time
from collections.abc import Callable, Mapping

import numpy as np

Times = dict[str, np.ndarray]  # seconds, one for each round


def in_turn(
    contestants: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> Times:
    """Time every contestant once in every round; each round begins with another one."""
    names = list(contestants)
    times: dict[str, list[float]] = {name: [] for name in names}
    gc.disable()
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            start = clock()
            contestants[name]()
            times[name].append(clock() - start)
    gc.enable()
    return {name: np.array(seconds) for name, seconds in times.items()}


def ratio(times: Times, name: str, other: str) -> float:
    """How many times as long ``name`` took as ``other``: the median over the rounds."""
    return float(np.median(times[name] / times[other]))


def times_as_long(factor: float) -> str:
    """A ratio in a table; in bold where the other one is faster."""
    return f"{factor:.2f}" if factor >= 1 else f"**{factor:.2f}**"
