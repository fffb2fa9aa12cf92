"""`train` is the lecture's loop, in memory that is reused; the capstone reads digits."""

from itertools import chain, product

import numpy as np
import pytest

from course.data import digits
from course.nn.activation import Activation
from course.nn.backprop import (
    IDENTITY,
    RELU,
    SIGMOID,
    SOFTPLUS,
    TANH,
    backprop,
    cross_entropy,
    squared_loss,
)
from course.nn.forward import MLP
from course.nn.sgd import accuracy, average_gradients, design, minibatches, sgd_step, train
from course.nn.symmetry import initialise
from course.nn.workspace import Workspace

GOOD_ENOUGH = 0.95
BETTER_THAN_WITHOUT_REDRAWING = 0.98


def readable_train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
    """The lecture's loop with the lesson's `backprop` and `sgd_step`."""
    history = []
    for _ in range(epochs):
        total = 0.0
        for batch in minibatches(len(X), batch_size, rng):
            value, grads = backprop(net, acts, X[batch], Y[batch], loss)
            net = sgd_step(net, grads, lr)
            total += value * len(batch)
        history.append(total / len(X))
    return net, history


CUBE = Activation(lambda z: z**3 / 10, lambda z: 3 * z**2 / 10)
NETS = [
    ([5, 2], [IDENTITY]),
    ([5, 4, 2], [RELU, IDENTITY]),
    ([5, 3, 3, 2], [TANH, SIGMOID, SOFTPLUS]),
    ([5, 4, 3, 2], [CUBE, RELU, TANH]),
]


@pytest.mark.parametrize(("net_and_acts", "batch_size"), [*product(NETS, [1, 4, 7, 23, 100])])
@pytest.mark.parametrize(("dtype", "close"), [(np.float64, 1e-12), (np.float32, 1e-4)])
def test_training_is_the_readable_loop_to_the_last_digits(net_and_acts, batch_size, dtype, close):
    dims, acts = net_and_acts
    rng = np.random.default_rng(1)
    net = [[part.astype(dtype) for part in half] for half in MLP(dims, rng)]
    X, Y = rng.normal(size=(23, 5)).astype(dtype), rng.normal(size=(23, 2)).astype(dtype)
    runs = [
        run(
            net,
            acts,
            X,
            Y,
            squared_loss,
            epochs=4,
            batch_size=batch_size,
            lr=0.1,
            rng=np.random.default_rng(2),
        )
        for run in (train, readable_train)
    ]
    (fast, fast_history), (slow, slow_history) = runs
    for a, b in zip(fast[0] + fast[1], slow[0] + slow[1], strict=True):
        assert (a.shape, a.dtype) == (b.shape, b.dtype)
        np.testing.assert_allclose(a, b, rtol=close, atol=close)
    np.testing.assert_allclose(fast_history, slow_history, rtol=close)
    assert slow_history[-1] < slow_history[0]


def test_training_takes_labels_and_targets_of_any_kind():
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(10, 3)).tolist(), [0, 1] * 5
    _, history = train(
        MLP([3, 2], rng), [IDENTITY], X, y, cross_entropy, epochs=3, batch_size=4, lr=0.1, rng=rng
    )
    assert history[-1] < history[0]


def test_a_loss_and_an_activation_in_float64_leave_a_float32_net_float32():
    rng = np.random.default_rng(1)
    net = [[part.astype(np.float32) for part in half] for half in MLP([3, 4, 2], rng)]
    X, Y = rng.normal(size=(10, 3)).astype(np.float32), rng.normal(size=(10, 2))
    double = Activation(lambda z: np.float64(2) * z, lambda z: np.full(z.shape, 2.0))

    def loss(Y_hat, Y):
        return 0.0, np.asarray(Y_hat - Y, dtype=np.float64)

    (As, Bs), _ = train(
        net, [double, IDENTITY], X, Y, loss, epochs=1, batch_size=4, lr=0.1, rng=rng
    )
    assert {part.dtype for part in As + Bs} == {np.dtype(np.float32)}


def test_labels_run_up_to_the_number_of_outputs_whatever_the_other_widths():
    rng = np.random.default_rng(1)
    net, X = MLP([3, 2, 4], rng), rng.normal(size=(5, 3))
    how = {"epochs": 1, "batch_size": 2, "lr": 0.1, "rng": rng}
    for loss in (cross_entropy, lambda Z, y: cross_entropy(Z, y)):
        train(net, [TANH, IDENTITY], X, [0, 1, 2, 3, 3], loss, **how)
        with pytest.raises(ValueError, match=r"^y: expected labels from 0 to 3, got"):
            train(net, [TANH, IDENTITY], X, [0, 1, 2, 3, 4], loss, **how)


def test_a_float32_net_trained_on_float64_examples_becomes_float64():
    rng = np.random.default_rng(1)
    net = [[part.astype(np.float32) for part in half] for half in MLP([3, 4, 2], rng)]
    X, Y = rng.normal(size=(10, 3)), rng.normal(size=(10, 2))
    runs = [
        run(
            net,
            [TANH, IDENTITY],
            X,
            Y,
            squared_loss,
            epochs=2,
            batch_size=4,
            lr=0.1,
            rng=np.random.default_rng(2),
        )[0]
        for run in (train, readable_train)
    ]
    for a, b in zip(runs[0][0] + runs[0][1], runs[1][0] + runs[1][1], strict=True):
        assert a.dtype == np.float64
        np.testing.assert_allclose(a, b, rtol=1e-6)


def test_a_net_taken_from_the_workspace_is_not_trained_on():
    rng = np.random.default_rng(1)
    X, Y = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    work = Workspace(MLP([3, 2], rng), [IDENTITY], X, Y, squared_loss, 0.1)
    (A,), (b,) = work.net
    before = A.copy(), b.copy()
    work.backprop(np.arange(4))
    work.sgd_step()
    np.testing.assert_array_equal(A, before[0])
    np.testing.assert_array_equal(b, before[1])
    assert not np.array_equal(work.net[0][0], A)


def test_a_loss_may_hand_back_the_predictions_themselves_as_its_gradient():
    rng = np.random.default_rng(1)
    net, X, Y = MLP([3, 4, 2], rng), rng.normal(size=(10, 3)), np.zeros((10, 2))
    runs = [
        run(
            net,
            [TANH, IDENTITY],
            X,
            Y,
            lambda Y_hat, Y: (0.0, Y_hat),
            epochs=2,
            batch_size=4,
            lr=0.1,
            rng=np.random.default_rng(2),
        )[0]
        for run in (train, readable_train)
    ]
    np.testing.assert_allclose(runs[0][0][0], runs[1][0][0])


def test_no_epochs_leave_the_net_as_it_was():
    rng = np.random.default_rng(1)
    net, X, Y = MLP([3, 2], rng), np.ones((4, 3)), np.ones((4, 2))
    trained, history = train(
        net, [IDENTITY], X, Y, squared_loss, epochs=0, batch_size=1, lr=1.0, rng=rng
    )
    np.testing.assert_array_equal(trained[0][0], net[0][0])
    assert history == []


def test_the_loss_is_averaged_over_examples_and_not_over_batches():
    rng = np.random.default_rng(1)
    X, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    net = MLP([3, 2], rng)
    _, history = train(net, [IDENTITY], X, Y, squared_loss, epochs=1, batch_size=4, lr=0.0, rng=rng)
    assert history == pytest.approx([squared_loss(X @ net[0][0] + net[1][0], Y)[0]])


def test_every_epoch_has_fresh_minibatches():
    seen = []

    def loss(Y_hat, Y):
        seen.append(Y[:, 0].tolist())
        return 0.0, np.zeros_like(Y_hat)

    rng = np.random.default_rng(1)
    X, Y = np.ones((10, 1)), np.arange(10.0)[:, None]
    train(MLP([1, 1], rng), [IDENTITY], X, Y, loss, epochs=3, batch_size=4, lr=0.1, rng=rng)
    assert [len(batch) for batch in seen] == [4, 4, 2] * 3
    epochs = [seen[0:3], seen[3:6], seen[6:9]]
    assert all(sorted(chain.from_iterable(epoch)) == list(range(10)) for epoch in epochs)
    assert epochs[0] != epochs[1] != epochs[2]


@pytest.mark.parametrize(("n", "size"), [*product([1, 7, 12], [1, 4, 12, 50])])
def test_minibatches_are_all_examples_once_and_none_is_empty(n, size):
    batches = list(minibatches(n, size, np.random.default_rng(0)))
    assert sorted(np.concatenate(batches).tolist()) == list(range(n))
    assert [len(batch) for batch in batches[:-1]] == [size] * (len(batches) - 1)
    assert 1 <= len(batches[-1]) <= size


def test_minibatches_are_shuffled_across_batches_and_differ_from_call_to_call():
    rng = np.random.default_rng(0)
    one, two = (np.concatenate(minibatches(100, 10, rng)) for _ in range(2))
    assert not np.array_equal(one, two)
    assert set(one[:10]) != set(two[:10])


def test_the_average_of_single_gradients_is_the_gradient_of_the_batch():
    rng = np.random.default_rng(1)
    net, X, Y = MLP([3, 4, 2], rng), rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    acts = [TANH, IDENTITY]
    single = [backprop(net, acts, X[[i]], Y[[i]], squared_loss)[1] for i in range(6)]
    dAs, dBs = backprop(net, acts, X, Y, squared_loss)[1]
    mean_dAs, mean_dBs = average_gradients(single)
    for a, b in zip(mean_dAs + mean_dBs, dAs + dBs, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-14)


def test_gradients_given_as_lists_are_averaged_as_well():
    (dA,), (db,) = average_gradients([([[[1, 2]]], [[[4, 5]]]), ([[[3, 2]]], [[[0, 0]]])])
    assert (dA.tolist(), db.tolist()) == ([[2.0, 2.0]], [[2.0, 2.5]])


def test_accuracy_is_the_share_of_rows_whose_largest_output_is_the_label():
    net = [np.eye(3)], [np.zeros((1, 3))]
    X = np.array([[3.0, 1, 2], [-1, -2, -3], [0, 5, 1], [0, 1, 2]])
    share = accuracy(net, [IDENTITY], X, [0, 0, 1, 1])
    assert share == 0.75
    assert type(share) is float


@pytest.fixture(scope="module")
def reader():
    X, y = digits()
    order = np.random.default_rng(0).permutation(len(X))
    learn, held_out = order[:-300], order[-300:]
    before = X.copy()
    made = design(X[learn], y[learn], np.random.default_rng(1))
    np.testing.assert_array_equal(X, before)
    return made, X[held_out], y[held_out]


def test_the_capstone_reads_digits_it_has_not_seen(reader):
    (net, acts), X, y = reader
    assert accuracy(net, acts, X, y) > BETTER_THAN_WITHOUT_REDRAWING


def test_the_capstone_is_a_function_of_its_data_and_seed():
    X, y = digits()
    X, y = X[:60], y[:60]
    one, two = (design(X, y, np.random.default_rng(3)) for _ in range(2))
    for mine, again in zip([*one[0][0], *one[0][1]], [*two[0][0], *two[0][1]], strict=True):
        np.testing.assert_array_equal(mine, again)


def test_a_net_learns_what_no_linear_model_can():
    rng = np.random.default_rng(0)
    X = rng.uniform(-1, 1, size=(400, 2))
    y = (X[:, 0] * X[:, 1] > 0).astype(int)
    net, _ = train(
        initialise([2, 16, 2], rng),
        [RELU, IDENTITY],
        X,
        y,
        cross_entropy,
        epochs=60,
        batch_size=16,
        lr=0.5,
        rng=rng,
    )
    assert accuracy(net, [RELU, IDENTITY], X, y) > GOOD_ENOUGH
