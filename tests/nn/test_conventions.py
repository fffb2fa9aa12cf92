"""Conventions of every function of `course.nn`: dtypes, the caller's arrays, new results."""

import copy
import importlib
import inspect
from itertools import pairwise

import numpy as np
import pytest

from course.nn.backprop import IDENTITY, RELU, SIGMOID, SOFTPLUS, TANH, cross_entropy, squared_loss

MODULE_OF = {
    "neuron": "identity relu tanh sigmoid softplus neuron glm make_neuron",
    "layers": "layer two_layer dense from_lecture xor_network",
    "forward": "layer_shapes count_parameters rand_matrix MLP predict forward topological_order "
    "forward_dag mlp_to_dag masked_dense",
    "chain_rule": "numerical_derivative lecture_loss lecture_loss_derivative chain forward_pass "
    "backward_pass",
    "backprop": "d_identity d_sigmoid d_tanh d_relu squared_loss logistic_loss softmax "
    "cross_entropy layer_backward backprop gradient_check",
    "symmetry": "permute_hidden rescale_hidden count_permutations twin_units initialise "
    "initialise_sparse activation_scales gradient_scales canonical_form",
    "sgd": "minibatches average_gradients sgd_step train accuracy design",
}
HOME = {name: module for module, names in MODULE_OF.items() for name in names.split()}


def the(name):
    return getattr(importlib.import_module(f"course.nn.{HOME[name]}"), name)


def whole_numbers(*shape):
    """Small whole numbers, so that the same values can be given as integers and as floats."""
    return (np.arange(np.prod(shape, dtype=int)).reshape(shape) * 7) % 5 - 2


def a_net(*dims):
    pairs = list(pairwise(dims))
    return [whole_numbers(*p) for p in pairs], [whole_numbers(1, k) for _, k in pairs]


Z, NET, X, Y, y = (
    whole_numbers(3, 4),
    a_net(3, 4, 2),
    whole_numbers(5, 3),
    whole_numbers(5, 2),
    np.array([0, 1, 1, 0, 1]),
)
MASK = whole_numbers(3, 4) > 0
ACTS = [TANH, SIGMOID]


SMALL = {("numerical_derivative", "eps"): 1e-6, ("gradient_check", "eps"): 1e-6}
SMALL |= {("twin_units", "tol"): 1e-9}


def rng():
    return np.random.default_rng(5)


ELEMENTWISE = ["identity", "relu", "tanh", "sigmoid", "softplus"]
ELEMENTWISE += ["d_identity", "d_sigmoid", "d_tanh", "d_relu"]

# Arguments of whole numbers; lists, tuples and dictionaries of arrays are converted entirely.
NUMERIC = {
    **dict.fromkeys([*ELEMENTWISE, "softmax"], (Z,)),
    "neuron": (X[0], X[1], the("tanh")),
    "glm": (X[0], X, the("tanh")),
    "layer": (Z, whole_numbers(4), the("tanh")),
    "two_layer": (whole_numbers(3), Z, whole_numbers(4), the("tanh")),
    "dense": (X, whole_numbers(3, 4), whole_numbers(1, 4), the("tanh")),
    "from_lecture": (Z, whole_numbers(3)),
    "predict": (NET, X, the("tanh")),
    "forward": (NET, X, ACTS),
    "forward_dag": ({("a", "b"): Z[0, 0], ("b", "c"): Z[0, 1]}, {"a": Z[0, 2]}, the("tanh")),
    "mlp_to_dag": (NET[0],),
    "masked_dense": (X, whole_numbers(3, 4), whole_numbers(1, 4), MASK, the("tanh")),
    "lecture_loss": (Z[0, 0], Z[0, 1], Z[0, 2]),
    "lecture_loss_derivative": (Z[0, 0], Z[0, 1], Z[0, 2]),
    "chain": ([np.tanh, np.square], [lambda z: 1 - np.tanh(z) ** 2, lambda z: 2 * z], Z[0, 0]),
    "layer_backward": (Y, X, whole_numbers(3, 2), Y + 1, TANH),
    "permute_hidden": (NET, 1, [2, 0, 3, 1]),
    "rescale_hidden": (NET, 1, 2, 3),
    "canonical_form": (NET,),
    "average_gradients": ([NET, NET],),
    "sgd_step": (NET, NET, 0.5),
}
WITH_FLOAT_VALUE = {
    "squared_loss": (Y, Y + 1),
    "logistic_loss": (X[:, :1], y),
    "cross_entropy": (Y, y),
    "backprop": (NET, ACTS, X, y, cross_entropy),
}
TRAINING = {"epochs": 2, "batch_size": 2, "lr": 0.1}
EVERY = {
    **NUMERIC,
    **WITH_FLOAT_VALUE,
    "make_neuron": (X[0], the("tanh")),
    "layer_shapes": ([2, 3, 4],),
    "count_parameters": ([2, 3, 4],),
    "MLP": ([2, 3, 4], rng),
    "topological_order": ([("a", "b"), ("b", "c")],),
    "gradient_check": (lambda t: np.sum(t**3), Z.astype(float), 3.0 * Z**2),
    "count_permutations": ([2, 3, 4],),
    "twin_units": (NET, 1),
    "initialise": ([2, 3, 4], rng),
    "initialise_sparse": ([MASK], rng),
    "activation_scales": (NET, X, the("tanh")),
    "gradient_scales": (NET, ACTS, X, y, cross_entropy),
    "accuracy": (NET, ACTS, X, y),
}


def converted(value, dtype):
    """The same with every integer array (but not labels and indices) of the given dtype."""
    if isinstance(value, (list, tuple)):
        return type(value)(converted(part, dtype) for part in value)
    if isinstance(value, dict):
        return {key: converted(part, dtype) for key, part in value.items()}
    if isinstance(value, (np.ndarray, np.integer)) and value is not y and value.dtype != bool:
        return value.astype(dtype)
    return value


def arrays(value):
    """All arrays and NumPy scalars in a result."""
    if isinstance(value, (list, tuple)):
        return [a for part in value for a in arrays(part)]
    if isinstance(value, dict):
        return [a for part in value.values() for a in arrays(part)]
    return [value] if isinstance(value, (np.ndarray, np.generic)) else []


@pytest.mark.parametrize("name", [*NUMERIC, *WITH_FLOAT_VALUE])
@pytest.mark.parametrize(
    ("given", "kept"),
    [(np.float64, np.float64), (np.float32, np.float32), (np.int64, np.float64)],
)
def test_float32_stays_and_everything_else_becomes_float64(name, given, kept):
    results = arrays(the(name)(*converted(EVERY[name], given)))
    assert results
    assert {a.dtype for a in results} == {np.dtype(kept)}


@pytest.mark.parametrize("name", [*NUMERIC, *WITH_FLOAT_VALUE])
def test_integers_give_what_floats_give(name):
    as_int = arrays(the(name)(*converted(EVERY[name], np.int8)))
    as_float = arrays(the(name)(*converted(EVERY[name], np.float64)))
    for a, b in zip(as_int, as_float, strict=True):
        np.testing.assert_array_equal(a, b)


def test_targets_in_float64_leave_the_gradient_of_float32_predictions_float32():
    assert the("squared_loss")(np.float32(Y), np.float64(Y))[1].dtype == np.float32


@pytest.mark.parametrize("name", WITH_FLOAT_VALUE)
def test_the_value_of_a_loss_is_a_float(name):
    assert type(the(name)(*converted(EVERY[name], np.float32))[0]) is float


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("z", [2, 2.0, np.float32(2), np.array(2.0)])
def test_a_scalar_gives_a_scalar(name, z):
    result = the(name)(z)
    assert np.shape(result) == ()
    assert isinstance(result, np.floating)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_argument_is_changed(name, dtype):
    args = converted(EVERY[name], dtype)
    args = tuple(rng() if arg is rng else arg for arg in args)
    before = copy.deepcopy(args)
    the(name)(*args)
    for was, now in zip(arrays(before), arrays(args), strict=True):
        np.testing.assert_array_equal(was, now)
        assert was.dtype == now.dtype


def test_training_changes_neither_the_net_nor_the_data():
    args = converted((NET, ACTS, X, Y), np.float64)
    before = copy.deepcopy(args)
    net, history = the("train")(*args, squared_loss, **TRAINING, rng=rng())
    for was, now in zip(arrays(before), arrays(args), strict=True):
        np.testing.assert_array_equal(was, now)
    assert not any(np.shares_memory(a, b) for a in arrays(net) for b in arrays(args))
    assert len(history) == 2


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_training_keeps_the_dtype(dtype):
    args = converted((NET, ACTS, X, Y), dtype)
    net, history = the("train")(*args, squared_loss, **TRAINING, rng=rng())
    assert {a.dtype for a in arrays(net)} == {np.dtype(dtype)}
    assert all(type(value) is float for value in history)


@pytest.mark.parametrize("name", ["permute_hidden", "rescale_hidden", "canonical_form", "sgd_step"])
def test_a_new_net_shares_no_memory_with_the_old_one(name):
    args = converted(EVERY[name], np.float64)
    assert not any(np.shares_memory(a, b) for a in arrays(the(name)(*args)) for b in arrays(args))


@pytest.mark.parametrize(
    ("name", "net", "args"),
    [
        ("permute_hidden", a_net(3, 4, 2, 3, 2), (2, [1, 0])),
        ("rescale_hidden", a_net(3, 4, 2, 3, 2), (2, 1, 3.0)),
        ("canonical_form", a_net(3, 2), ()),
    ],
)
def test_layers_that_stay_as_they_are_share_no_memory_either(name, net, args):
    net = converted(net, np.float64)
    result = the(name)(net, *args)
    assert not any(np.shares_memory(a, b) for a in arrays(result) for b in arrays(net))


def test_the_converted_layer_shares_no_memory_with_the_lectures():
    A, b = whole_numbers(3, 4).astype(float), whole_numbers(3).astype(float)
    converted_A, converted_b = the("from_lecture")(A, b)
    assert not np.shares_memory(A, converted_A)
    assert not np.shares_memory(b, converted_b)


MORE = {
    "rand_matrix": (2, 3, rng),
    "minibatches": (5, 2, rng),
    "numerical_derivative": (np.tanh, 1.0),
    "forward_pass": ([],),
    "backward_pass": ([],),
    "train": (NET, ACTS, X, Y, squared_loss, *TRAINING.values(), rng),
    "design": (np.zeros((3, 64)), np.arange(3), rng),
}
# A loss, and arguments that only the loss can read, are not checked; nor is a single Activation.
TAKEN_AS_IT_IS = {
    ("backprop", "Y"),
    ("backprop", "loss"),
    ("gradient_scales", "Y"),
    ("gradient_scales", "loss"),
    ("train", "loss"),
}
TAKEN_AS_IT_IS |= {("layer_backward", "act")}


def arguments_of(name):
    """Good arguments of a function, by name, those that may be left out included."""
    signature = inspect.signature(the(name))
    given = [rng() if arg is rng else arg for arg in (EVERY | MORE)[name]]
    defaults = {p.name: p.default for p in signature.parameters.values()}
    return defaults | dict(zip(defaults, given, strict=False))


ARGUMENTS = [(name, argument) for name in EVERY | MORE for argument in arguments_of(name)]


@pytest.mark.parametrize(
    ("name", "argument"), [pair for pair in ARGUMENTS if pair not in TAKEN_AS_IT_IS]
)
def test_an_argument_of_another_kind_is_refused_by_its_name(name, argument):
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*, got (<object|shape \(\))"):
        the(name)(**arguments_of(name) | {argument: object()})


ANY_SHAPE = {*((name, "z") for name in ELEMENTWISE), ("gradient_check", "theta"), ("train", "Y")}


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        (name, argument)
        for name, argument in ARGUMENTS
        if isinstance(arguments_of(name)[argument], (np.ndarray, np.number, float))
        and (name, argument) not in ANY_SHAPE | TAKEN_AS_IT_IS
    ],
)
def test_an_array_of_another_shape_is_refused_by_its_name(name, argument):
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*, got shape \(2, 2, 2\)"):
        the(name)(**arguments_of(name) | {argument: np.ones((2, 2, 2))})


@pytest.mark.parametrize(("name", "argument"), SMALL)
def test_a_step_or_tolerance_that_is_left_out_is_the_contracts(name, argument):
    assert inspect.signature(the(name)).parameters[argument].default == SMALL[name, argument]
    given = arguments_of(name)
    left_out = {key: value for key, value in given.items() if key != argument}
    assert the(name)(**left_out) == the(name)(**given)


EXTREMES = np.array([-1e6, -1000.0, -50.0, 0.0, 50.0, 1000.0, 1e6])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("act", [IDENTITY, RELU, TANH, SIGMOID, SOFTPLUS])
def test_activations_and_derivatives_are_finite_and_silent_at_extremes(act, dtype):
    z = EXTREMES.astype(dtype)
    assert np.isfinite(act(z)).all()
    assert np.isfinite(act.derivative(z)).all()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_losses_and_gradients_are_finite_and_silent_at_extremes(dtype):
    z = EXTREMES.astype(dtype)[:, None]
    Z = np.hstack([z, -z, 0 * z])
    for labels in (np.zeros(7, int), np.ones(7, int)):
        for value, gradient in (
            the("logistic_loss")(z, labels),
            cross_entropy(Z, labels),
            squared_loss(Z, -Z),
        ):
            assert np.isfinite(value)
            assert np.isfinite(gradient).all()
    np.testing.assert_allclose(the("softmax")(Z).sum(axis=1), 1, rtol=1e-6)


def test_sigmoid_and_softplus_keep_their_digits_far_out():
    z = np.array([-700.0, -100.0, -40.0])
    np.testing.assert_allclose(the("sigmoid")(z), np.exp(z), rtol=1e-12)
    np.testing.assert_allclose(the("softplus")(z), np.exp(z), rtol=1e-12)


def test_every_exercise_is_called_here_or_has_a_reason_not_to_be():
    no_arrays_given = {"xor_network", "rand_matrix", "minibatches", "numerical_derivative"}
    changes_its_nodes = {"forward_pass", "backward_pass"}
    has_its_own_test = {"train", "design"}
    assert set(HOME) - set(EVERY) == no_arrays_given | changes_its_nodes | has_its_own_test
