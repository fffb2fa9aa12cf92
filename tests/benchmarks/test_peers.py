"""Peers are timed only at the work that we do ourselves: they learn the same, from the same."""

import numpy as np
import pytest

from benchmarks import page
from benchmarks.peers import PEERS, Course, Floor, Sklearn, its_task, step_products, task
from benchmarks.training import AGREE, FLOOR, OURS, aims, apart, measure
from benchmarks.training import Row as Net

WHERE_THEY_ARE = pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name,
            marks=pytest.mark.skipif(
                bool(page.missing([package])), reason=f"{package} is not installed"
            ),
        )
        for name, (package, trainer) in PEERS.items()
        if not issubclass(trainer, Floor)
    ],
)


@WHERE_THEY_ARE
@pytest.mark.parametrize("dtype", AGREE)
@pytest.mark.parametrize("dims", [[2, 5, 4, 2], [6, 5, 3]])
def test_a_peer_learns_what_we_learn(name, dims, dtype):
    todo, trainer = task(dims, 4, 3, dtype), PEERS[name][1]
    same = its_task(todo) if trainer is Sklearn else todo
    assert apart(trainer(todo), same) < AGREE[dtype]


def test_one_who_learns_something_else_is_noticed():
    todo = task([6, 5, 3], 4, 3, "float64")
    faster = task([6, 5, 3], 4, 3, "float64")
    faster.lr *= 1.05
    assert apart(Course(faster), todo) > AGREE["float32"]


def test_the_floor_has_the_products_of_a_step():
    todo = task([6, 5, 3], 4, 2, "float64")
    floor, done = Floor(todo), []
    floor.dot = lambda a, b, out: done.append((a.shape, b.shape, out.shape))
    floor.train(1, np.random.default_rng(0))
    forward = [((4, 6), (6, 5), (4, 5)), ((4, 5), (5, 3), (4, 3))]
    backward = [((5, 4), (4, 3), (5, 3)), ((4, 3), (3, 5), (4, 5)), ((6, 4), (4, 5), (6, 5))]
    assert done == (forward + backward) * 2
    results = [r.shape for r in step_products(floor.As, floor.Hs, floor.deltas)]
    assert sorted(results) == sorted(shapes[-1] for shapes in forward + backward)


def test_times_are_those_of_a_step():
    ticks = iter(range(100))
    row = Net([6, 5, 3], 4, batches=2, epochs=5, rounds=1)
    times = measure(row, "float64", [], 3, clock=lambda: next(ticks))
    np.testing.assert_allclose(times[OURS], [0.1, 0.1, 0.1])


def test_an_aim_that_is_missed_is_said_with_its_figure():
    names = (OURS, FLOOR, "PyTorch", "scikit-learn")

    def times(*seconds):
        return dict(zip(names, map(np.array, ([one] for one in seconds)), strict=True))

    small, large = times(1, 0.2, 3.5, 3.1), times(1, 0.9, 0.5, 0.5)
    rows = {"a": small, "b": small, "c": large, "d": large}
    assert aims({"float64": rows}).endswith("All are met.")
    rows |= {"b": times(1, 0.2, 3.5, 2.5), "d": times(1, 0.75, 2, 2)}
    missed = "Missed: scikit-learn on b in float64 (2.50); bare products on d in float64 (1.33)."
    assert aims({"float64": rows}).endswith(missed)
