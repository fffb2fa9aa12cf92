"""Nets that differ in their numbers and not in their function, and weights of the right size."""

import math

import numpy as np
import pytest

from course.nn.backprop import SIGMOID, squared_loss
from course.nn.forward import MLP, forward, predict
from course.nn.neuron import relu
from course.nn.symmetry import (
    activation_scales,
    canonical_form,
    count_permutations,
    gradient_scales,
    initialise,
    initialise_sparse,
    permute_hidden,
    rescale_hidden,
    twin_units,
)

rng = np.random.default_rng(4)
DIMS = [4, 5, 3, 6, 2]
X = rng.normal(size=(8, 4))


def same_function(one, two):
    out = [forward(net, X, [relu] * len(net[0])) for net in (one, two)]
    np.testing.assert_allclose(out[0][-1], out[1][-1], rtol=1e-9, atol=1e-12)


def same_numbers(one, two):
    for a, b in zip(one[0] + one[1], two[0] + two[1], strict=True):
        np.testing.assert_allclose(a, b, rtol=0, atol=1e-9)


@pytest.mark.parametrize("j", [1, 2, 3])
def test_a_permuted_net_is_the_same_function_with_unit_perm_i_at_place_i(j):
    net = MLP(DIMS, rng)
    perm = [*range(1, DIMS[j]), 0]
    permuted = permute_hidden(net, j, perm)
    same_function(net, permuted)
    np.testing.assert_array_equal(permuted[1][j - 1][0], net[1][j - 1][0][perm])
    assert not np.allclose(permuted[0][j], net[0][j])


def test_a_rescaled_net_is_the_same_function_with_other_weights_and_bias():
    net = MLP(DIMS, rng)
    rescaled = rescale_hidden(net, 2, 1, 8.0)
    same_function(net, rescaled)
    np.testing.assert_array_equal(rescaled[0][1][:, 1], 8 * net[0][1][:, 1])
    np.testing.assert_array_equal(rescaled[1][1][0, 1], 8 * net[1][1][0, 1])
    np.testing.assert_array_equal(rescaled[0][2][1], net[0][2][1] / 8)
    np.testing.assert_array_equal(np.delete(rescaled[0][1], 1, 1), np.delete(net[0][1], 1, 1))


def test_permutations_are_counted_exactly_and_only_for_hidden_layers():
    assert count_permutations([9, 2]) == 1
    assert count_permutations([9, 3, 4, 9]) == 6 * 24
    assert count_permutations([1, 170, 171, 1]) == math.factorial(170) * math.factorial(171)


def test_twins_have_equal_weights_and_equal_bias_and_come_in_all_pairs():
    A, b = np.ones((3, 5)), np.zeros((1, 5))
    A[2, 1] += 1e-3
    b[0, 3] = 1.0
    A[0, 4] += 1e-12
    net = [A, np.ones((5, 2))], [b, np.zeros((1, 2))]
    assert twin_units(net, 1) == [(0, 2), (0, 4), (2, 4)]
    assert twin_units(net, 1, tol=0) == [(0, 2)]
    assert twin_units(net, 1, tol=1e-2) == [
        (a, b) for a in (0, 1, 2, 4) for b in (0, 1, 2, 4) if a < b
    ]
    assert all(type(unit) is int for pair in twin_units(net, 1) for unit in pair)


def test_random_nets_have_no_twins():
    assert twin_units(initialise([3, 50, 2], rng), 1) == []


def test_weights_have_the_standard_deviation_of_the_lecture_and_biases_are_zero():
    As, Bs = initialise([400, 300, 2], rng)
    assert As[0].std() == pytest.approx(400**-0.5, rel=0.02)
    assert As[1].std() == pytest.approx(300**-0.5, rel=0.2)
    assert [b.shape for b in Bs] == [(1, 300), (1, 2)]
    assert not any(b.any() for b in Bs)


def test_sparse_weights_are_scaled_by_the_edges_that_there_are():
    mask = np.zeros((1000, 3), bool)
    mask[:100, 0] = mask[:, 1] = True
    As, Bs = initialise_sparse([mask, np.ones((3, 2), bool)], rng)
    assert As[0][:100, 0].std() == pytest.approx(0.1, rel=0.3)
    assert As[0][:, 1].std() == pytest.approx(1000**-0.5, rel=0.1)
    assert not As[0][~mask].any()
    assert As[0][mask].all()
    assert not np.isnan(As[0]).any()
    assert [b.shape for b in Bs] == [(1, 3), (1, 2)]


@pytest.mark.filterwarnings("error")
def test_a_unit_without_edges_is_all_zeros_and_no_warning():
    (A,), _ = initialise_sparse([np.array([[True, False], [True, False]])], rng)
    assert A[:, 0].all()
    assert not A[:, 1].any()


def test_a_single_edge_has_standard_deviation_1():
    As, _ = initialise_sparse([np.ones((1, 5000), bool)], rng)
    assert As[0].std() == pytest.approx(1, rel=0.1)


def test_scales_are_those_of_every_layers_output_the_inputs_first():
    net = MLP(DIMS, rng)
    scales = activation_scales(net, X, np.tanh)
    assert scales[0] == pytest.approx(np.sqrt(np.mean((X - X.mean()) ** 2)))
    assert scales[-1] == pytest.approx(predict(net, X, np.tanh).std())
    assert [type(s) for s in scales] == [float] * 5


def test_a_sigmoid_lets_at_most_a_quarter_of_the_gradient_back():
    # Square orthogonal weights change no length, so all that is lost is lost in the slopes.
    As = [np.linalg.qr(rng.normal(size=(20, 20)))[0] for _ in range(6)]
    net = As, [np.zeros((1, 20))] * 6
    batch = rng.normal(size=(50, 20))
    scales = gradient_scales(net, [SIGMOID] * 6, batch, 0 * batch, squared_loss)
    assert [type(s) for s in scales] == [float] * 6
    assert scales[0] < scales[-1] / 4**4


def shuffled(net):
    """The same function in other numbers."""
    for j in range(1, len(net[0])):
        m = net[0][j].shape[0]
        net = permute_hidden(net, j, rng.permutation(m).tolist())
        for unit in range(m):
            net = rescale_hidden(net, j, unit, rng.uniform(0.1, 10))
    return net


@pytest.mark.parametrize("dims", [DIMS, [3, 7, 1], [2, 3]])
def test_nets_related_by_permutations_and_rescalings_have_one_canonical_form(dims):
    net = MLP(dims, rng)
    canonical = canonical_form(net)
    for _ in range(10):
        same_numbers(canonical_form(shuffled(net)), canonical)
    same_numbers(canonical_form(canonical), canonical)


def test_different_nets_have_different_canonical_forms():
    net = MLP(DIMS, rng)
    other = [A.copy() for A in net[0]], net[1]
    other[0][1][0, 0] *= 1.01
    with pytest.raises(AssertionError):
        same_numbers(canonical_form(net), canonical_form(other))


def test_the_canonical_form_is_the_same_function_with_units_of_norm_1_in_order():
    net = MLP(DIMS, rng)
    As, Bs = canonical = canonical_form(net)
    same_function(net, canonical)
    for A, b in list(zip(As, Bs, strict=True))[:-1]:
        incoming = np.vstack([A, b]).T
        np.testing.assert_allclose(np.linalg.norm(incoming, axis=1), 1)
        assert incoming.tolist() == sorted(incoming.tolist())


def test_a_dead_unit_stays_dead_and_loses_its_outgoing_weights():
    net = MLP([3, 4, 2], rng)
    net[0][0][:, 2] = 0
    net[1][0][0, 2] = 0
    As, Bs = canonical = canonical_form(net)
    dead = [k for k in range(4) if not As[0][:, k].any()]
    assert len(dead) == 1
    assert not Bs[0][0, dead].any()
    assert not As[1][dead].any()
    same_numbers(canonical_form(shuffled(net)), canonical)


@pytest.mark.parametrize(("apart", "order"), [(2e-10, [0, 1]), (4e-9, [1, 0])])
def test_numbers_that_agree_to_9_decimals_are_equal_in_the_order(apart, order):
    first = np.array([0.6 + apart, 0.6])
    second = np.array([0.0, 0.5])
    bias = np.sqrt(1 - first**2 - second**2)
    net = [np.vstack([first, second]), np.ones((2, 1))], [bias[None], np.zeros((1, 1))]
    assert canonical_form(net)[0][0][1] == pytest.approx(second[order])


def test_equal_units_are_put_in_the_order_of_their_outgoing_weights():
    net = MLP([3, 4, 2], rng)
    net[0][0][:, 2] = net[0][0][:, 0]
    net[1][0][0, 2] = net[1][0][0, 0]
    canonical = canonical_form(net)
    for _ in range(10):
        same_numbers(canonical_form(shuffled(net)), canonical)
