"""Every gradient agrees with central differences, and the check itself can fail."""

import numpy as np
import pytest

from course.nn.backprop import (
    IDENTITY,
    RELU,
    SIGMOID,
    SOFTPLUS,
    TANH,
    backprop,
    cross_entropy,
    gradient_check,
    layer_backward,
    logistic_loss,
    softmax,
    squared_loss,
)
from course.nn.chain_rule import numerical_derivative
from course.nn.forward import MLP, forward

rng = np.random.default_rng(11)
CLOSE = 1e-4


@pytest.mark.parametrize("act", [IDENTITY, RELU, TANH, SIGMOID, SOFTPLUS], ids=repr)
@pytest.mark.parametrize("z", [-1.3, 0.4, 2.0])
def test_an_activations_derivative_is_that_of_its_function(act, z):
    assert act.derivative(z) == pytest.approx(numerical_derivative(act, z), rel=1e-6, abs=1e-9)


def test_the_squared_loss_sums_over_columns_and_averages_over_rows():
    value, gradient = squared_loss([[1.0, 2.0], [3.0, 4.0]], [[0.0, 0.0], [3.0, 3.0]])
    assert value == (0.5 * 5 + 0.5 * 1) / 2
    np.testing.assert_array_equal(gradient, [[0.5, 1.0], [0.0, 0.5]])


@pytest.mark.parametrize("shape", [(6,), (6, 1)])
def test_the_logistic_loss_is_the_mean_log_loss(shape):
    z, y = rng.normal(size=(6, 1)), np.array([0, 1, 1, 0, 1, 0])
    p = 1 / (1 + np.exp(-z[:, 0]))
    value, gradient = logistic_loss(z, y.reshape(shape))
    assert value == pytest.approx(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
    assert gradient.shape == (6, 1)
    assert gradient_check(lambda z: logistic_loss(z, y)[0], z, gradient) < CLOSE


def test_the_cross_entropy_is_the_mean_log_loss_of_the_softmax():
    Z, y = rng.normal(size=(6, 4)), np.array([0, 3, 1, 1, 0, 3])  # class 2 never occurs
    value, gradient = cross_entropy(Z, y)
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(softmax(Z), P)
    assert value == pytest.approx(-np.mean(np.log(P[np.arange(6), y])))
    assert gradient_check(lambda Z: cross_entropy(Z, y)[0], Z, gradient) < CLOSE


def test_far_out_the_losses_are_what_they_should_be():
    assert logistic_loss([[1e6]], [0])[0] == 1e6
    assert logistic_loss([[-50.0]], [0])[0] == pytest.approx(np.exp(-50.0))
    assert cross_entropy([[1e6, -1e6]], [1])[0] == 2e6
    np.testing.assert_array_equal(softmax([[-1e6, -1e6], [1e6, -1e6]]), [[0.5, 0.5], [1, 0]])


def test_each_row_of_a_softmax_has_its_own_shift():
    np.testing.assert_allclose(softmax([[-2000.0, -2001.0], [0.0, 0.0]])[0], softmax([[1, 0]])[0])


def test_one_layer_back_is_the_gradient_by_input_weights_and_biases():
    H_in, A, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 4)), rng.normal(size=(1, 4))
    dH = rng.normal(size=(5, 4))

    def out(H_in=H_in, A=A, b=b):
        return np.sum(dH * np.tanh(H_in @ A + b))

    dH_in, dA, db = layer_backward(dH, H_in, A, H_in @ A + b, TANH)
    assert gradient_check(lambda t: out(H_in=t), H_in, dH_in) < CLOSE
    assert gradient_check(lambda t: out(A=t), A, dA) < CLOSE
    assert gradient_check(lambda t: out(b=t), b, db) < CLOSE


@pytest.mark.parametrize("n", [1, 7])
@pytest.mark.parametrize("dims", [[3, 2], [5, 3, 3, 2], [2, 5, 4, 3, 2]])
def test_backprop_is_the_gradient_by_every_weight_and_bias(dims, n):
    net, X, y = MLP(dims, rng), rng.normal(size=(n, dims[0])), rng.integers(2, size=n)
    acts = [*[TANH, SOFTPLUS, SIGMOID][: len(dims) - 2], IDENTITY]
    value, (dAs, dBs) = backprop(net, acts, X, y, cross_entropy)
    assert value == pytest.approx(cross_entropy(forward(net, X, acts)[-1], y)[0])
    for parameters, grads in zip(net, (dAs, dBs), strict=True):
        for j, grad in enumerate(grads):

            def loss_with(theta, parameters=parameters, j=j):
                there, parameters[j] = parameters[j], theta
                value = backprop(net, acts, X, y, cross_entropy)[0]
                parameters[j] = there
                return value

            assert gradient_check(loss_with, parameters[j], grad) < CLOSE


@pytest.mark.parametrize(
    ("wrong", "at_least"),
    [
        (lambda g: 1.01 * g, 0.009),
        (lambda g: -g, 1.9),
        (np.zeros_like, 0.99),
        (lambda g: g + 1, 0.1),
    ],
)
def test_the_gradient_check_notices_a_wrong_gradient(wrong, at_least):
    theta = rng.normal(size=(2, 3))
    assert gradient_check(lambda t: np.sum(t**3), theta, 3 * theta**2) < CLOSE
    assert gradient_check(lambda t: np.sum(t**3), theta, wrong(3 * theta**2)) > at_least


@pytest.mark.parametrize(("grad", "error"), [(-3.0, 0), (-1.5, 0.5), (-6, 0.5), (0, 1), (3, 2)])
def test_the_error_is_relative_to_the_larger_of_the_two_whatever_its_sign(grad, error):
    found = gradient_check(lambda t: -3 * t[0], [2.0], [grad])
    assert type(found) is float
    assert found == pytest.approx(error, abs=1e-8)


def test_the_gradient_check_notices_a_gradient_that_is_not_a_number():
    assert not gradient_check(np.sum, np.ones(3), np.array([1, np.nan, 1])) < 1


def test_the_gradient_check_works_in_float64_and_forgives_what_is_nearly_zero():
    theta = rng.normal(size=3).astype(np.float32)
    assert gradient_check(lambda t: np.sum(t**2), theta, 2 * theta.astype(float)) < CLOSE
    assert gradient_check(lambda t: 0.0, np.ones(3), np.full(3, 1e-15)) < CLOSE
