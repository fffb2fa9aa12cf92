"""Nets and computations as graphs: long chains, linear time, diamonds, the lecture's own net."""

from itertools import pairwise

import numpy as np
import pytest

from course.nn import graph
from course.nn.chain_rule import (
    Node,
    backward_pass,
    chain,
    forward_pass,
    graph_of,
    lecture_loss,
    lecture_loss_derivative,
    numerical_derivative,
)
from course.nn.forward import forward_dag, mlp_to_dag, predict, rand_matrix, topological_order
from course.nn.graph import Add, Log1p, Mul, Neg, Scale, Shift, Sigmoid, Square, Sub, Tanh, log1p
from course.nn.neuron import identity

LONG = 10_000
ONE_ARGUMENT = [
    Neg,
    Square,
    Log1p,
    graph.Exp,
    Tanh,
    Sigmoid,
    graph.Relu,
    Scale(-3),
    Shift(0.5),
    graph.Power(3),
]


def leaf(value):
    return Node(None, output=value)


def keeps_order(order, edges):
    place = {v: i for i, v in enumerate(order)}
    return len(place) == len(order) and all(place[u] < place[v] for u, v in edges)


def random_dag(n, m, seed):
    rng = np.random.default_rng(seed)
    names = [f"node {i}" for i in rng.permutation(n)]
    pairs = rng.integers(n, size=(m, 2))
    return [(names[min(p)], names[max(p)]) for p in pairs.tolist() if p[0] != p[1]]


@pytest.mark.parametrize("seed", range(20))
def test_every_edge_leads_from_earlier_to_later(seed):
    edges = random_dag(30, 80, seed)
    order = topological_order(edges)
    assert set(order) == {v for edge in edges for v in edge}
    assert keeps_order(order, edges)


def test_edges_may_be_repeated_come_from_a_generator_and_join_any_hashable_nodes():
    edges = [(1, "one"), ("one", None), (1, None), (1, "one"), (None, (2, 3))]
    order = topological_order(edge for edge in edges)
    assert order == [1, "one", None, (2, 3)]


def test_no_edges_have_no_nodes():
    assert topological_order([]) == []


def test_a_chain_of_10000_nodes_is_ordered_and_computed():
    edges = [(i, i + 1) for i in reversed(range(LONG))]
    assert topological_order(edges) == list(range(LONG + 1))
    assert forward_dag(dict.fromkeys(edges, 1.0), {0: 2.0}, identity)[LONG] == 2.0


def test_a_cycle_of_10000_nodes_is_refused():
    with pytest.raises(ValueError, match="cycle"):
        topological_order([(i, (i + 1) % LONG) for i in range(LONG)])


def test_a_chain_of_10000_operations_is_computed_and_derived():
    nodes = [leaf(0.0)]
    for _ in range(LONG):
        nodes.append(Node(Shift(1.0), nodes[-1]))
    assert forward_pass(nodes) == LONG
    backward_pass(nodes)
    assert {v.delta for v in nodes} == {1.0}


class CountedNode:
    """A node of a graph that counts how often anything asks for its hash or compares it."""

    looks = 0

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        CountedNode.looks += 1
        return hash(self.number)

    def __eq__(self, other):
        CountedNode.looks += 1
        return self.number == other.number


def looks_for(n, compute):
    CountedNode.looks = 0
    nodes = [CountedNode(i) for i in range(n)]
    compute([(nodes[max(i - k, 0)], nodes[i]) for i in range(1, n) for k in (1, 2, 3)])
    return CountedNode.looks


@pytest.mark.parametrize(
    "compute",
    [
        topological_order,
        lambda edges: forward_dag(dict.fromkeys(edges, 0.1), {edges[0][0]: 1.0}, identity),
    ],
    ids=["topological_order", "forward_dag"],
)
def test_twice_the_graph_is_twice_the_work(compute):
    small, large = looks_for(500, compute), looks_for(1000, compute)
    assert large == pytest.approx(2 * small, rel=0.02)


def test_each_edge_is_derived_once_however_many_paths_there_are():
    asked = []
    twice = graph.Op(
        "Twice", "2", lambda x, y: x + y, (lambda x, y: asked.append(0) or 1.0, lambda x, y: 1.0)
    )
    nodes = [leaf(1.0)]
    for _ in range(50):
        nodes.append(Node(twice, nodes[-1], nodes[-1]))
    assert forward_pass(nodes) == 2.0**50
    backward_pass(nodes)
    assert nodes[0].delta == 2.0**50
    assert len(asked) == 50


@pytest.mark.parametrize("op", ONE_ARGUMENT, ids=repr)
@pytest.mark.parametrize("z", [-0.7, 0.3, 2.0])
def test_an_operations_derivative_is_that_of_its_value(op, z):
    assert op.deriv(0, z) == pytest.approx(numerical_derivative(op.value, z), rel=1e-6)


@pytest.mark.parametrize("op", [Add, Sub, Mul], ids=repr)
def test_both_partial_derivatives_are_those_of_the_value(op):
    x, y = 1.7, -0.4
    by_x = numerical_derivative(lambda x: op.value(x, y), x)
    by_y = numerical_derivative(lambda y: op.value(x, y), y)
    assert (op.deriv(0, x, y), op.deriv(1, x, y)) == pytest.approx((by_x, by_y), rel=1e-6)


def test_sigmoid_does_not_overflow_in_a_graph():
    with np.errstate(all="raise"):
        assert (Sigmoid.value(-1e6), Sigmoid.value(1e6)) == (0.0, 1.0)
        assert Sigmoid.deriv(0, -1e6) == 0.0


def test_at_its_corner_relu_has_a_slope_between_those_of_its_sides():
    assert 0 <= graph.Relu.deriv(0, 0.0) <= 1


def test_small_integers_do_not_overflow_in_a_graph():
    assert forward_pass([v := leaf(np.int8(100)), Node(Square, v)]) == 10_000.0


def test_nodes_and_operations_say_what_they_are():
    assert repr(Scale(2)) == "Scale(2)"
    assert repr(Node(Mul, leaf(1), leaf(2))) == "Node(Mul, output=None, delta=None)"
    assert repr(leaf(2.0)) == "Node(leaf, output=2.0, delta=None)"
    assert repr(Node(None, output=2.0, name="w")) == "Node(w, output=2.0, delta=None)"


def test_before_the_passes_output_and_delta_are_none():
    v = Node(Mul, leaf(1.0), leaf(2.0))
    assert (v.output, v.delta) == (None, None)


def lecture_graph(w, x, y):
    """log(1 + (w x − y)²), the slide "Computation Graph"."""
    leaves = [leaf(value) for value in (w, x, y)]
    product = Node(Mul, *leaves[:2])
    rest = Node(Sub, product, leaves[2])
    square = Node(Square, rest)
    return [*leaves, product, rest, square, Node(Log1p, square)]


def test_the_lectures_graph_has_the_lectures_loss_and_derivative():
    nodes = lecture_graph(0.7, 2.0, 0.5)
    assert forward_pass(nodes) == pytest.approx(lecture_loss(0.7, 2.0, 0.5))
    backward_pass(nodes)
    expected = numerical_derivative(lambda w: lecture_loss(w, 2.0, 0.5), 0.7)
    assert nodes[0].delta == pytest.approx(expected, rel=1e-6)
    assert lecture_loss_derivative(0.7, 2.0, 0.5) == pytest.approx(expected, rel=1e-6)


def test_contributions_add_up_in_a_diamond_and_where_one_node_feeds_another_twice():
    x = leaf(3.0)
    square, triple = Node(Mul, x, x), Node(Scale(3.0), x)
    nodes = [x, square, triple, Node(Add, square, triple)]
    forward_pass(nodes)
    backward_pass(nodes)
    assert x.delta == 2 * 3.0 + 3.0


def test_a_second_backward_pass_gives_the_same_and_follows_new_values():
    nodes = lecture_graph(0.7, 2.0, 0.5)
    forward_pass(nodes)
    backward_pass(nodes)
    once = [v.delta for v in nodes]
    assert backward_pass(nodes) is None
    assert [v.delta for v in nodes] == once
    nodes[0].output = -1.0
    forward_pass(nodes)
    backward_pass(nodes)
    assert nodes[0].delta == pytest.approx(lecture_loss_derivative(-1.0, 2.0, 0.5))


def test_a_node_that_leads_nowhere_has_delta_0():
    x = leaf(2.0)
    aside = Node(Square, x)
    nodes = [x, aside, Node(Scale(5.0), x)]
    forward_pass(nodes)
    backward_pass(nodes)
    assert (x.delta, aside.delta) == (5.0, 0.0)


def test_a_graph_of_float32_stays_float32():
    nodes = lecture_graph(*np.float32([0.7, 2.0, 0.5]))
    assert forward_pass(nodes).dtype == np.float32
    backward_pass(nodes)
    assert nodes[0].delta.dtype == np.float32


def test_a_chain_takes_the_innermost_function_first_and_may_be_empty():
    value, derivative = chain([np.exp, np.sin], [np.exp, np.cos], 0.3)
    assert value == pytest.approx(np.sin(np.exp(0.3)))
    assert derivative == pytest.approx(np.cos(np.exp(0.3)) * np.exp(0.3))
    assert chain([], [], 0.3) == (0.3, 1.0)
    assert isinstance(chain([], [], np.array(0.3))[0], np.floating)


def test_the_numerical_derivative_of_an_integer_and_of_a_float32_is_taken_in_float64():
    assert numerical_derivative(np.square, 3) == pytest.approx(6, rel=1e-8)
    assert numerical_derivative(np.square, np.float32(3)) == pytest.approx(6, rel=1e-8)


def test_a_dag_computes_each_node_from_its_predecessors():
    weights = {("a", "s"): 2.0, ("b", "s"): 0.0, ("s", "t"): -1.0, ("a", "t"): 0.5}
    h = forward_dag(weights, {"a": 0.3, "b": 9.0, "alone": 4}, np.tanh)
    assert (h["a"], h["b"], h["alone"]) == (0.3, 9.0, 4.0)
    assert h["s"] == pytest.approx(np.tanh(2 * 0.3))
    assert h["t"] == pytest.approx(np.tanh(-h["s"] + 0.5 * 0.3))


def test_a_dag_of_whole_numbers_is_computed_in_floats():
    h = forward_dag({("a", "s"): 2}, {"a": 1, "alone": 3}, identity)
    assert h == {"a": 1.0, "s": 2.0, "alone": 3.0}
    assert {type(value) for value in h.values()} == {np.float64}


def test_the_lectures_5_3_3_2_net_computes_the_same_as_a_graph_and_as_layers():
    rng, dims = np.random.default_rng(8), [5, 3, 3, 2]
    As = [rand_matrix(m, n, rng) for m, n in pairwise(dims)]
    As[1][0, 1] = 0.0
    weights = mlp_to_dag(As)
    assert len(weights) == 30
    assert {v for edge in weights for v in edge} == set(range(1, 14))
    x = rng.normal(size=5)
    h = forward_dag(weights, dict(enumerate(x, start=1)), np.tanh)
    without_bias = As, [np.zeros((1, n)) for n in dims[1:]]
    np.testing.assert_allclose([h[12], h[13]], predict(without_bias, x[None], np.tanh)[0])


def test_an_edge_has_the_weight_at_the_lectures_places():
    As = [np.arange(6.0).reshape(3, 2), np.arange(10.0, 18.0).reshape(2, 4)]
    sizes = [3, 2, 4]
    for (a, b), w in mlp_to_dag(As).items():
        layer = 0 if a <= 3 else 1
        place_a, place_b = a - sum(sizes[:layer]), b - sum(sizes[: layer + 1])
        assert w == As[layer][place_a - 1, place_b - 1]


def test_a_formula_builds_the_lectures_graph():
    w, x, y = leaf(2.0), leaf(3.0), leaf(5.0)
    nodes = graph_of(log1p((w * x - y) ** 2))
    assert [v.op for v in nodes if v.op] == [Mul, Sub, Square, Log1p]
    assert forward_pass(nodes) == lecture_loss(2.0, 3.0, 5.0)
    backward_pass(nodes)
    assert (w.delta, x.delta, y.delta) == (3.0, 2.0, -1.0)


@pytest.mark.parametrize(
    "formula",
    [
        lambda z: 2 * z + 1,
        lambda z: 1 - z * 3.0,
        lambda z: np.float64(2.0) * z - np.int64(1) + z,
        lambda z: -(z**3) + z**2,
        lambda z: z**0.5 - z**-1 + z**0 + z**1,
        lambda z: sum([z, z * z, 4]),
    ],
)
def test_arithmetic_of_nodes_is_arithmetic_of_their_numbers(formula):
    z = leaf(1.7)
    nodes = graph_of(formula(z))
    assert forward_pass(nodes) == pytest.approx(formula(1.7))
    backward_pass(nodes)
    assert z.delta == pytest.approx(numerical_derivative(formula, 1.7))


@pytest.mark.parametrize("build", [lambda z: z + "1", lambda z: None * z, lambda z: z**z])
def test_arithmetic_with_anything_but_nodes_and_numbers_is_refused(build):
    with pytest.raises(TypeError, match="expected a"):
        build(leaf(1.0))


def test_the_graph_of_a_node_holds_what_it_depends_on_once_and_in_order():
    x = leaf(3.0)
    a = x * x
    unused = a + 1
    nodes = graph_of(a - x)
    assert len(nodes) == len(set(nodes)) == 3
    assert keeps_order(nodes, [(u, v) for v in nodes for u in v.inputs])
    assert unused not in nodes
    assert graph_of(x) == [x]


def test_the_graph_of_a_chain_of_10000_nodes_is_found():
    end = start = leaf(1.0)
    for _ in range(LONG):
        end = -end
    nodes = graph_of(end)
    assert (nodes[0], nodes[-1], len(nodes)) == (start, end, LONG + 1)


def test_a_power_of_0_is_flat_everywhere():
    assert graph.Power(0).deriv(0, 0.0) == 0.0
