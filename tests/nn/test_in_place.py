"""The fast code that works in place equals the lesson's code, to the last few digits."""

from itertools import product

import numpy as np
import pytest

from course.nn.activation import Activation
from course.nn.backprop import (
    IDENTITY,
    RELU,
    SIGMOID,
    SOFTPLUS,
    TANH,
    backprop,
    cross_entropy,
    logistic_loss,
    squared_loss,
)
from course.nn.forward import MLP
from course.nn.in_place import activation_in_place, cross_entropy_in_place, loss_in_place
from course.nn.sgd import minibatches, sgd_step, train

CLOSE = {"float64": 1e-12, "float32": 1e-5}
CUBE = Activation(lambda z: z**3 / 10, lambda z: 3 * z**2 / 10)


def columns(*shape, dtype="float64", seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


@pytest.mark.parametrize("dtype", CLOSE)
@pytest.mark.parametrize("act", [IDENTITY, RELU, TANH, SIGMOID, SOFTPLUS, CUBE], ids=str)
def test_an_activation_in_place_is_the_activation_and_its_derivative(act, dtype):
    Z, dH = columns(3, 5, dtype=dtype), columns(3, 5, dtype=dtype, seed=1)
    Z[0, 0] = 0
    H, delta, way = Z.copy(), dH.copy(), activation_in_place(act)
    way.forward(H)
    np.testing.assert_allclose(H, act(Z), rtol=CLOSE[dtype], atol=0)
    way.backward(delta, H)
    np.testing.assert_allclose(delta, dH * act.derivative(Z), rtol=CLOSE[dtype], atol=CLOSE[dtype])


def test_an_activation_is_given_its_examples_as_rows():
    seen = []
    act = Activation(lambda z: seen.append(z.shape) or z, lambda z: seen.append(z.shape) or z)
    way = activation_in_place(act)
    way.forward(H := columns(3, 5))
    way.backward(columns(3, 5), H)
    assert seen == [(5, 3), (5, 3)]


@pytest.mark.parametrize("dtype", CLOSE)
@pytest.mark.parametrize(("n", "k"), [*product([1, 4], [1, 2, 5])])
@pytest.mark.parametrize("size", [1, 1000])
def test_cross_entropy_in_place_is_cross_entropy(n, k, size, dtype):
    Z = size * columns(k, n, dtype=dtype)
    before = Z.copy()
    y = np.random.default_rng(1).integers(0, k, n)
    delta = np.full_like(Z, np.nan)
    value = cross_entropy_in_place(Z, y, delta, 0.5)
    expected, dZ = cross_entropy(Z.T, y)
    assert type(value) is float
    assert value == pytest.approx(expected, rel=CLOSE[dtype], abs=CLOSE[dtype])
    np.testing.assert_allclose(delta, 0.5 * dZ.T, rtol=CLOSE[dtype], atol=CLOSE[dtype])
    np.testing.assert_array_equal(Z, before)


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int64", "uint64"])
def test_labels_of_any_integer_type_find_their_place(dtype):
    Z, y = columns(3, 200), np.random.default_rng(1).integers(0, 3, 200).astype(dtype)
    delta = np.empty_like(Z)
    assert cross_entropy_in_place(Z, y, delta, 1.0) == pytest.approx(cross_entropy(Z.T, y)[0])
    np.testing.assert_allclose(delta, cross_entropy(Z.T, y)[1].T, rtol=1e-12)


def test_any_other_loss_is_asked_for_its_examples_as_rows():
    H, Y = columns(2, 5), columns(5, 2, seed=1)
    delta = np.full_like(H, np.nan)
    value = loss_in_place(squared_loss, Y, 2)(H, Y, delta, 0.5)
    expected, dH = squared_loss(H.T, Y)
    assert value == expected
    np.testing.assert_allclose(delta, 0.5 * dH.T, rtol=1e-15)


@pytest.mark.parametrize("gradient", [np.zeros((3, 3)), np.zeros(2), None])
def test_a_loss_whose_gradient_has_another_shape_is_refused(gradient):
    loss = loss_in_place(lambda H, Y: (0.0, gradient), np.zeros((3, 2)), 2)
    with pytest.raises(ValueError, match="the loss's gradient"):
        loss(columns(2, 3), np.zeros((3, 2)), columns(2, 3), 1.0)


@pytest.mark.parametrize("y", [[0, 1, 2], [0, 1, -1], [0.0, 1.0, 0.0], [[0], [1], [0]]])
def test_labels_are_looked_at_before_the_first_step(y):
    with pytest.raises(ValueError, match=r"^y: "):
        loss_in_place(cross_entropy, np.array(y), 2)


@pytest.mark.parametrize(("loss", "k"), [(cross_entropy, 3), (squared_loss, 3), (logistic_loss, 1)])
@pytest.mark.parametrize("batch_size", [1, 4, 7, 100])
@pytest.mark.parametrize("dtype", CLOSE)
def test_training_with_any_loss_is_the_readable_loop(loss, k, batch_size, dtype):
    rng = np.random.default_rng(1)
    net = [[part.astype(dtype) for part in half] for half in MLP([5, 4, 3, k], rng)]
    acts, X = [RELU, TANH, IDENTITY], rng.normal(size=(23, 5)).astype(dtype)
    y = rng.integers(0, max(k, 2), 23) if loss is not squared_loss else rng.normal(size=(23, k))

    fast, history = train(
        net,
        acts,
        X,
        y,
        loss,
        epochs=3,
        batch_size=batch_size,
        lr=0.1,
        rng=np.random.default_rng(2),
    )
    slow, rng = net, np.random.default_rng(2)
    for seen in history:
        total = 0.0
        for batch in minibatches(len(X), batch_size, rng):
            value, grads = backprop(slow, acts, X[batch], y[batch], loss)
            slow = sgd_step(slow, grads, 0.1)
            total += value * len(batch)
        assert seen == pytest.approx(total / len(X), rel=10 * CLOSE[dtype])
    for a, b in zip(fast[0] + fast[1], slow[0] + slow[1], strict=True):
        assert a.dtype == dtype
        np.testing.assert_allclose(a, b, rtol=10 * CLOSE[dtype], atol=10 * CLOSE[dtype])
