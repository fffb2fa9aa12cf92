"""The graphs that are timed have the edges they are said to have."""

from collections import Counter

import numpy as np
import pytest

from benchmarks.graphs import (
    SIZES,
    Expression,
    layered_graph,
    our_net,
    random_graph,
    time_table,
)
from course.nn.chain_rule import backward_pass
from course.nn.forward import topological_order


@pytest.mark.parametrize("edges", SIZES[:2])
def test_a_random_graph_has_two_edges_to_each_node_but_two(edges):
    weights = random_graph(edges)
    assert len(weights) == edges
    assert set(Counter(v for _, v in weights).values()) == {2}
    assert set(topological_order(weights)) == set(range(edges // 2 + 2))


@pytest.mark.parametrize("edges", SIZES[:2])
def test_a_layered_graph_has_so_many_edges(edges):
    assert len(layered_graph(edges)) == edges


@pytest.mark.parametrize("edges", SIZES[:2])
def test_a_net_of_scalars_has_nearly_so_many_edges(edges):
    nodes = our_net(edges)
    assert sum(len(v.inputs) for v in nodes) == pytest.approx(edges, rel=0.2)


def test_a_net_of_scalars_has_the_derivatives_of_the_expression_that_it_is():
    nodes = our_net(1000)
    backward_pass(nodes)

    def value(leaves):
        given = iter(leaves)
        made = Expression(
            lambda _: next(given), lambda a, b: a * b, lambda a, b: a + b, lambda a: max(a, 0)
        )
        return made.deep_net(1000).nodes[-1]

    leaves = [v for v in nodes if v.op is None]
    at = np.array([v.output for v in leaves])
    assert value(at) == pytest.approx(nodes[-1].output)
    for i in (0, 5, 20, len(at) - 1):
        step = 1e-6 * (np.arange(len(at)) == i)
        slope = (value(at + step) - value(at - step)) / 2e-6
        assert leaves[i].delta == pytest.approx(slope, abs=1e-6)


def test_a_table_shows_nanoseconds_an_edge_and_how_they_grow():
    results = {edges: {"one": np.array([2e-9 * edges, 9.0, 0.0])} for edges in SIZES}
    *_, row = time_table(results).splitlines()
    assert row == "| one | 2000 | 20000 | 200000 | 2000000 | 2.00 |"
