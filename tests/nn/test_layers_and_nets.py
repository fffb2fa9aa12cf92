"""Neurons, layers and nets compute what the slides say, written here as plain loops."""

from itertools import product

import numpy as np
import pytest

from course.nn.forward import (
    MLP,
    count_parameters,
    forward,
    layer_shapes,
    masked_dense,
    predict,
    rand_matrix,
)
from course.nn.layers import dense, from_lecture, layer, parity_network, two_layer, xor_network
from course.nn.neuron import glm, make_neuron, neuron, relu, sigmoid

rng = np.random.default_rng(3)
LECTURE = [5, 3, 3, 2]


def test_a_glm_is_the_neuron_on_every_row():
    w, X = rng.normal(size=4), rng.normal(size=(6, 4))
    np.testing.assert_allclose(glm(w, X, sigmoid), [neuron(w, x, sigmoid) for x in X])
    assert neuron(w, X[0], sigmoid) == pytest.approx(sigmoid(sum(w * X[0])))


def test_the_black_box_keeps_its_weights():
    w = rng.normal(size=4)
    box, x, then = make_neuron(w, np.tanh), rng.normal(size=4), w.copy()
    w[:] = 0
    assert box(x) == neuron(then, x, np.tanh)


def test_a_layer_is_its_neurons_each_with_its_own_activation():
    W, x, hs = rng.normal(size=(3, 4)), rng.normal(size=4), [np.tanh, relu, lambda z: max(z, 0)]
    expected = [neuron(w, x, h) for w, h in zip(W, hs, strict=True)]
    np.testing.assert_allclose(layer(W, x, hs), expected)
    np.testing.assert_allclose(layer(W, x, relu), [neuron(w, x, relu) for w in W])


def test_a_layer_keeps_float32_whatever_its_activations_return():
    out = layer(np.eye(2, dtype=np.float32), np.ones(2, np.float32), [lambda z: 1, lambda z: 0.5])
    assert out.dtype == np.float32
    assert out.tolist() == [1.0, 0.5]


def test_the_two_layer_net_has_no_activation_at_its_output():
    u, W, x = rng.normal(size=3), rng.normal(size=(3, 4)), rng.normal(size=4)
    assert two_layer(u, W, x, np.tanh) == pytest.approx(sum(u * np.tanh(W @ x)))


def test_a_layer_of_the_lectures_columns_gives_the_same_as_rows():
    A, b, X = rng.normal(size=(2, 3)), rng.normal(size=2), rng.normal(size=(5, 3))
    in_columns = np.array([np.tanh(A @ x + b) for x in X])
    np.testing.assert_allclose(dense(X, *from_lecture(A, b), np.tanh), in_columns)


def test_the_xor_network_is_xor():
    A, b, u, c = xor_network()
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    assert (A.shape[0], b.shape, u.shape) == (2, (1, A.shape[1]), (A.shape[1],))
    np.testing.assert_allclose(relu(X @ A + b) @ u + c, [0, 1, 1, 0], atol=1e-6)


@pytest.mark.parametrize("k", [1, 2, 3, 6, 9])
def test_the_parity_network_tells_odd_numbers_of_ones_from_even_ones(k):
    A, b, u, c = parity_network(k)
    X = np.array(list(product((0, 1), repeat=k)))
    assert (A.shape, b.shape, u.shape) == ((k, k), (1, k), (k,))
    np.testing.assert_allclose(relu(X @ A + b) @ u + c, X.sum(axis=1) % 2, atol=1e-6)


def test_a_parity_network_needs_an_input():
    with pytest.raises(ValueError, match="k: expected a whole number of at least 1, got 0"):
        parity_network(0)


def test_the_lectures_net_has_13_neurons_30_weights_and_8_biases():
    assert count_parameters(LECTURE) == (13, 30, 8)
    assert layer_shapes(LECTURE) == [((5, 3), (1, 3)), ((3, 3), (1, 3)), ((3, 2), (1, 2))]


def test_the_lectures_code_runs_as_it_stands_on_the_slide():
    As, Bs = net = MLP(LECTURE, rng)
    assert [(A.shape, b.shape) for A, b in zip(As, Bs, strict=True)] == layer_shapes(LECTURE)
    X = rand_matrix(LECTURE[0], 10, rng).transpose()
    H = X
    for A, b in zip(As, Bs, strict=True):
        H = np.tanh(H @ A + b)
    np.testing.assert_allclose(predict(net, X, np.tanh), H)


def test_random_matrices_are_scaled_by_their_rows():
    assert rand_matrix(400, 300, rng).std() == pytest.approx(1 / 20, rel=0.02)
    assert MLP([2, 20_000], rng)[1][0].std() == pytest.approx(1, rel=0.05)


def test_the_same_seed_gives_the_same_net():
    one, two = (MLP(LECTURE, np.random.default_rng(7)) for _ in range(2))
    for a, b in zip(one[0] + one[1], two[0] + two[1], strict=True):
        np.testing.assert_array_equal(a, b)


def test_forward_begins_with_the_input_itself_and_gives_each_layer_its_own_activation():
    net, X = MLP(LECTURE, rng), rng.normal(size=(4, 5))
    Hs = forward(net, X, [np.tanh, relu, sigmoid])
    assert Hs[0] is X
    for j, h in enumerate([np.tanh, relu, sigmoid]):
        np.testing.assert_allclose(Hs[j + 1], h(Hs[j] @ net[0][j] + net[1][j]))


def test_what_is_masked_does_not_count_even_where_it_is_not_a_number():
    X, A, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=(1, 2))
    mask = np.array([[True, False], [True, True], [False, False]])
    expected = np.tanh(X @ (A * mask) + b)
    A[~mask] = np.nan
    np.testing.assert_allclose(masked_dense(X, A, b, mask, np.tanh), expected)
