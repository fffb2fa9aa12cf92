"""A wrong argument is a ValueError that names it, what was expected, and what it got."""

import ast
from itertools import pairwise

import numpy as np
import pytest

from course.nn import backprop, chain_rule, forward, layers, neuron, sgd, symmetry
from course.nn.arguments import shown
from course.nn.backprop import IDENTITY, RELU, TANH, squared_loss
from course.nn.graph import Add, Mul, Node, Square

rng = np.random.default_rng(0)
w, x, b = np.ones(3), np.ones(4), np.zeros((1, 2))
X, A = np.ones((5, 3)), np.ones((3, 2))
net = [np.ones((3, 4)), np.ones((4, 2))], [np.zeros((1, 4)), np.zeros((1, 2))]
Y = np.ones((5, 2))
acts = [TANH, TANH]
grad = [np.ones((3, 4)), np.ones((4, 2))], [np.zeros((1, 4)), np.zeros((1, 2))]
good = {"epochs": 1, "batch_size": 2, "lr": 0.1, "rng": rng}
edges_in_a_ring = [("a", "b"), ("b", "c"), ("c", "a"), ("s", "a"), ("c", "z")]


def misfit():
    """A net whose second layer does not fit onto its first."""
    return [np.ones((3, 4)), np.ones((5, 2))], [np.zeros((1, 4)), np.zeros((1, 2))]


def backward_in_time():
    leaf = Node(None, output=1.0)
    return [Node(Square, leaf), leaf]


def never_run():
    leaf = Node(None, output=1.0)
    return [leaf, Node(Square, leaf)]


# (the call, the argument's name, what was expected, what it got)
REFUSED = [
    (lambda: neuron.sigmoid("a"), "z", "real numbers", "'a'"),
    (lambda: neuron.relu(1 + 2j), "z", "real numbers", "complex"),
    (lambda: neuron.tanh([[1, 2], [3]]), "z", "an array of numbers", "[[1, 2], [3]]"),
    (lambda: neuron.neuron(w, x, np.tanh), "x", "shape (3,)", "shape (4,)"),
    (lambda: neuron.neuron(X, x, np.tanh), "w", "shape (d,)", "shape (5, 3)"),
    (lambda: neuron.neuron(w, w, 3), "h", "a function", "3"),
    (lambda: neuron.glm(w, X.T, np.tanh), "X", "shape (n, 3)", "shape (3, 5)"),
    (lambda: neuron.glm(w, w, np.tanh), "X", "shape (n, 3)", "shape (3,)"),
    (lambda: neuron.glm(w, X[:0], np.tanh), "X", "n at least 1", "shape (0, 3)"),
    (lambda: neuron.make_neuron(X, np.tanh), "w", "shape (d,)", "shape (5, 3)"),
    (lambda: neuron.make_neuron(w, np.tanh)(x), "x", "shape (3,)", "shape (4,)"),
    (lambda: neuron.blind_direction(X), "w", "shape (d,)", "shape (5, 3)"),
    (lambda: neuron.blind_direction(["a", "b"]), "w", "real numbers", "'a'"),
    (lambda: neuron.blind_direction([2.0]), "w", "at least two weights", "1"),
    (lambda: layers.layer(X, x, np.tanh), "x", "shape (3,)", "shape (4,)"),
    (lambda: layers.layer(X[:0], w, np.tanh), "W", "m, d at least 1", "shape (0, 3)"),
    (lambda: layers.layer(X, w, [np.tanh] * 2), "hs", "5 functions", "2"),
    (lambda: layers.layer(X, w, [np.tanh] * 4 + [7]), "hs[4]", "a function", "7"),
    (lambda: layers.two_layer(w, X, w, np.tanh), "u", "shape (5,)", "shape (3,)"),
    (lambda: layers.two_layer(np.ones(5), X, x, np.tanh), "x", "shape (3,)", "shape (4,)"),
    (lambda: layers.dense(X.T, A, b, np.tanh), "X", "shape (n, 3)", "shape (3, 5)"),
    (lambda: layers.dense(X, A, b[0], np.tanh), "b", "shape (1, 2)", "shape (2,)"),
    (lambda: layers.dense(X, A[:, :0], b, np.tanh), "A", "d_out at least 1", "shape (3, 0)"),
    (lambda: layers.dense(X[:0], A, b, np.tanh), "X", "n at least 1", "shape (0, 3)"),
    (lambda: layers.from_lecture(A, b[0]), "b", "shape (3,)", "shape (2,)"),
    (lambda: forward.layer_shapes([3]), "dims", "at least 2 widths", "[3]"),
    (lambda: forward.layer_shapes(3), "dims", "a list", "3"),
    (lambda: forward.layer_shapes([3, 0]), "dims[1]", "at least 1", "0"),
    (lambda: forward.count_parameters([3, 2.5]), "dims[1]", "a whole number", "2.5"),
    (lambda: forward.rand_matrix(0, 2, rng), "m", "at least 1", "0"),
    (lambda: forward.rand_matrix(2, -1, rng), "n", "at least 1", "-1"),
    (lambda: forward.rand_matrix(2, 1, 42), "rng", "a numpy.random.Generator", "42"),
    (lambda: forward.MLP([3], rng), "dims", "at least 2 widths", "[3]"),
    (lambda: forward.predict(net, X.T, np.tanh), "X", "shape (n, 3)", "shape (3, 5)"),
    (lambda: forward.predict(misfit(), X, np.tanh), "As[1]", "shape (4, d_out)", "shape (5, 2)"),
    (lambda: forward.predict((net[0], net[1][:1]), X, np.tanh), "Bs", "2 matrices", "1"),
    (lambda: forward.predict((net[0], 7), X, np.tanh), "Bs", "a list", "7"),
    (lambda: forward.predict((net[0], [x, b]), X, np.tanh), "Bs[0]", "shape (1, 4)", "shape (4,)"),
    (lambda: forward.predict(([], []), X, np.tanh), "As", "at least one matrix", "none"),
    (lambda: forward.predict(7, X, np.tanh), "net", "a pair (As, Bs)", "7"),
    (lambda: forward.forward(net, X, [np.tanh]), "acts", "2 functions", "1"),
    (lambda: forward.forward(net, X[:0], acts), "X", "n at least 1", "shape (0, 3)"),
    (lambda: forward.topological_order(edges_in_a_ring), "edges", "without a cycle", "the cycle"),
    (lambda: forward.topological_order([("a", "a")]), "edges", "without a cycle", "['a', 'a']"),
    (lambda: forward.topological_order([1]), "edges", "pairs (u, v)", "1"),
    (lambda: forward.topological_order([([], 2)]), "edges", "hashable", "([], 2)"),
    (lambda: forward.topological_order(None), "edges", "a list", "None"),
    (lambda: forward.forward_dag({(1, 2): 1}, {}, np.tanh), "inputs", "input node 1", "only []"),
    (
        lambda: forward.forward_dag({(1, 2): 1}, {1: 1, 2: 2}, np.tanh),
        "inputs",
        "without incoming edges",
        "2",
    ),
    (
        lambda: forward.forward_dag({(1, 2): 1, (2, 1): 1}, {}, np.tanh),
        "edges",
        "without a cycle",
        "the cycle",
    ),
    (lambda: forward.forward_dag([(1, 2)], {1: 1}, np.tanh), "weights", "a dictionary", "[(1, 2)]"),
    (lambda: forward.forward_dag({(1, 2): "w"}, {1: 1}, np.tanh), "weights[(1, 2)]", "real", "'w'"),
    (lambda: forward.mlp_to_dag([A, A]), "As[1]", "shape (2, d_out)", "shape (3, 2)"),
    (lambda: forward.mlp_to_dag([]), "As", "at least one matrix", "none"),
    (lambda: forward.masked_dense(X, A, b, A.T, np.tanh), "mask", "shape (3, 2)", "shape (2, 3)"),
    (lambda: forward.masked_dense(X, A, b, 2 * A, np.tanh), "mask", "True and False", "2."),
    (lambda: forward.masked_dense(X, A, b, [[1, 0]] * 2 + [[1, 2]], np.tanh), "mask", "True", "2"),
    (lambda: chain_rule.numerical_derivative(np.tanh, x), "x", "shape ()", "shape (4,)"),
    (lambda: chain_rule.numerical_derivative(np.tanh, 1, 0), "eps", "above 0", "0.0"),
    (lambda: chain_rule.numerical_derivative(np.tanh, 1, np.inf), "eps", "finite", "inf"),
    (lambda: chain_rule.lecture_loss(x, 1, 1), "w", "shape ()", "shape (4,)"),
    (lambda: chain_rule.lecture_loss_derivative(1, x, 1), "x", "shape ()", "shape (4,)"),
    (lambda: chain_rule.chain([np.tanh], [], 1.0), "dfs", "1 functions", "0"),
    (lambda: chain_rule.forward_pass([]), "nodes", "at least one node", "none"),
    (lambda: chain_rule.forward_pass([Node(None)]), "nodes[0]", "output set", "None"),
    (lambda: chain_rule.forward_pass(backward_in_time()), "nodes[0]", "after all", "before"),
    (lambda: chain_rule.backward_pass(never_run()), "nodes[1]", "set by forward_pass", "None"),
    (lambda: Node(Mul, Node(None)), "inputs", "2 for Mul", "1"),
    (lambda: Node(None, Node(None)), "inputs", "0", "1"),
    (lambda: backprop.squared_loss(Y, Y.T), "Y", "shape (5, 2)", "shape (2, 5)"),
    (lambda: backprop.squared_loss(Y[:0], Y[:0]), "Y_hat", "n, k at least 1", "shape (0, 2)"),
    (lambda: backprop.logistic_loss(Y, w), "z", "shape (n, 1)", "shape (5, 2)"),
    (lambda: backprop.logistic_loss(X[:, :1], w), "y", "(5,) or (5, 1)", "shape (3,)"),
    (lambda: backprop.logistic_loss(X[:, :1], [0, 1, 2, 0, 1]), "y", "labels 0 and 1", "2"),
    (lambda: backprop.softmax(w), "Z", "shape (n, k)", "shape (3,)"),
    (lambda: backprop.cross_entropy(Y, [0, 1]), "y", "shape (5,)", "shape (2,)"),
    (lambda: backprop.cross_entropy(Y, [0, 1, 2, 0, 0]), "y", "from 0 to 1", "from 0 to 2"),
    (lambda: backprop.cross_entropy(Y, [0, 1, -1, 0, 0]), "y", "from 0 to 1", "from -1 to 1"),
    (lambda: backprop.cross_entropy(Y, np.zeros(5)), "y", "integer labels", "float64"),
    (lambda: backprop.cross_entropy(Y[:0], []), "Z", "n, k at least 1", "shape (0, 2)"),
    (lambda: backprop.layer_backward(X, X, A, Y, TANH), "dH", "shape (n, 2)", "shape (5, 3)"),
    (lambda: backprop.layer_backward(Y, Y, A, Y, TANH), "H_in", "shape (5, 3)", "shape (5, 2)"),
    (lambda: backprop.layer_backward(Y, X, A, X, TANH), "Z", "shape (5, 2)", "shape (5, 3)"),
    (lambda: backprop.backprop(net, acts, X.T, Y, squared_loss), "X", "(n, 3)", "(3, 5)"),
    (lambda: backprop.backprop(net, acts[1:], X, Y, squared_loss), "acts", "2 functions", "1"),
    (
        lambda: backprop.backprop(net, [TANH, np.tanh], X, Y, squared_loss),
        "acts[1]",
        "a derivative",
        "tanh",
    ),
    (lambda: backprop.backprop(net, acts, X, Y[:4], squared_loss), "Y", "(5, 2)", "(4, 2)"),
    (
        lambda: backprop.backprop(misfit(), acts, X, Y, squared_loss),
        "As[1]",
        "(4, d_out)",
        "(5, 2)",
    ),
    (lambda: backprop.gradient_check(np.sum, X, X.T), "grad", "shape (5, 3)", "shape (3, 5)"),
    (lambda: backprop.gradient_check(np.sum, X, X, -1), "eps", "above 0", "-1.0"),
    (lambda: backprop.gradient_check(np.tanh, X, X), "f(theta)", "shape ()", "shape (5, 3)"),
    (lambda: symmetry.permute_hidden(net, 0, [0]), "j", "one of 1 to 1", "0"),
    (lambda: symmetry.permute_hidden(net, 2, [0]), "j", "one of 1 to 1", "2"),
    (
        lambda: symmetry.permute_hidden(net, 1, [0, 1, 2]),
        "perm",
        "each of 0 to 3 once",
        "[0, 1, 2]",
    ),
    (lambda: symmetry.permute_hidden(net, 1, [0, 1, 2, 2]), "perm", "0 to 3 once", "[0, 1, 2, 2]"),
    (lambda: symmetry.permute_hidden(net, 1, [0, 1, 2, -1]), "perm[3]", "at least 0", "-1"),
    (lambda: symmetry.permute_hidden(([A], [b]), 1, [0]), "net", "hidden layer", "one layer"),
    (lambda: symmetry.rescale_hidden(net, 1, 4, 2), "unit", "one of 0 to 3", "4"),
    (lambda: symmetry.rescale_hidden(net, 1, -1, 2), "unit", "one of 0 to 3", "-1"),
    (lambda: symmetry.rescale_hidden(net, 1, 0, 0), "alpha", "above 0", "0.0"),
    (lambda: symmetry.rescale_hidden(net, 1, 0, -2), "alpha", "above 0", "-2.0"),
    (lambda: symmetry.rescale_hidden(net, 1, 0, np.nan), "alpha", "finite", "nan"),
    (lambda: symmetry.rescale_hidden(net, 3, 0, 2), "j", "one of 1 to 1", "3"),
    (lambda: symmetry.count_permutations([3]), "dims", "at least 2 widths", "[3]"),
    (lambda: symmetry.twin_units(net, 2), "j", "one of 1 to 1", "2"),
    (lambda: symmetry.initialise([3, 0, 2], rng), "dims[1]", "at least 1", "0"),
    (lambda: symmetry.initialise([3, 2], None), "rng", "Generator", "None"),
    (lambda: symmetry.initialise_sparse([A, A], rng), "masks[1]", "(2, d_out)", "(3, 2)"),
    (lambda: symmetry.initialise_sparse([3 * A], rng), "masks[0]", "True and False", "3."),
    (lambda: symmetry.activation_scales(net, X.T, np.tanh), "X", "(n, 3)", "(3, 5)"),
    (
        lambda: symmetry.gradient_scales(net, acts, X.T, X, squared_loss),
        "X",
        "(n, 3)",
        "(3, 5)",
    ),
    (lambda: symmetry.canonical_form(misfit()), "As[1]", "(4, d_out)", "(5, 2)"),
    (lambda: sgd.minibatches(5, 0, rng), "batch_size", "at least 1", "0"),
    (lambda: sgd.minibatches(5, 1.5, rng), "batch_size", "a whole number", "1.5"),
    (lambda: sgd.minibatches(0, 1, rng), "n", "at least 1", "0"),
    (lambda: sgd.minibatches(5, 1, 0), "rng", "Generator", "0"),
    (lambda: sgd.average_gradients([]), "grads", "at least one pair", "none"),
    (lambda: sgd.average_gradients([3]), "grads[0]", "a pair (dAs, dBs)", "3"),
    (lambda: sgd.average_gradients([grad, 3]), "grads[1]", "a pair (dAs, dBs)", "3"),
    (
        lambda: sgd.average_gradients([grad, (grad[0][::-1], grad[1])]),
        "grads[1]: dAs[0]",
        "shape (3, 4)",
        "shape (4, 2)",
    ),
    (
        lambda: sgd.sgd_step(net, (grad[0], grad[1][::-1]), 0.1),
        "grads: dBs[0]",
        "shape (1, 4)",
        "shape (1, 2)",
    ),
    (lambda: sgd.sgd_step(net, (7, grad[1]), 0.1), "grads", "a list", "7"),
    (lambda: sgd.sgd_step(net, (grad[0], 7), 0.1), "grads", "a list", "7"),
    (lambda: sgd.sgd_step(net, (grad[0][:1], grad[1]), 0.1), "grads", "2 matrices", "1 and 2"),
    (lambda: sgd.sgd_step(net, grad, np.inf), "lr", "a finite number", "inf"),
    (
        lambda: sgd.momentum_step(misfit(), grad, grad, 0.1, 0.9),
        "As[1]",
        "shape (4, d_out)",
        "shape (5, 2)",
    ),
    (lambda: sgd.momentum_step(net, (7, grad[1]), grad, 0.1, 0.9), "velocity", "a list", "7"),
    (lambda: sgd.momentum_step(net, grad, (7, grad[1]), 0.1, 0.9), "grads", "a list", "7"),
    (lambda: sgd.momentum_step(net, grad, grad, np.inf, 0.9), "lr", "a finite number", "inf"),
    (lambda: sgd.momentum_step(net, grad, grad, 0.1, np.nan), "mu", "a finite number", "nan"),
    (
        lambda: sgd.train(net, acts, X, Y, squared_loss, **good | {"batch_size": 0}),
        "batch_size",
        "at least 1",
        "0",
    ),
    (
        lambda: sgd.train(net, acts, X, Y, squared_loss, **good | {"epochs": -1}),
        "epochs",
        "at least 0",
        "-1",
    ),
    (
        lambda: sgd.train(net, acts, X, Y, squared_loss, **good | {"lr": np.nan}),
        "lr",
        "a finite number",
        "nan",
    ),
    (lambda: sgd.train(net, acts, X[:0], Y, squared_loss, **good), "X", "n at least 1", "(0, 3)"),
    (lambda: sgd.train(net, acts, X, Y[:4], squared_loss, **good), "Y", "5 rows", "(4, 2)"),
    (lambda: sgd.train(net, [RELU], X, Y, squared_loss, **good), "acts", "2 functions", "1"),
    (
        lambda: sgd.train(net, acts, X, Y, lambda H, Y: (0.0, H[0]), **good),
        "the loss's gradient",
        "shape (2, 2)",
        "shape (2,)",
    ),
    (lambda: sgd.accuracy(net, acts, X, [0, 1, 0, 1, 2]), "y", "from 0 to 1", "from 0 to 2"),
    (lambda: sgd.accuracy(net, acts, X, [0, 1]), "y", "shape (5,)", "shape (2,)"),
    (lambda: sgd.design(X, [0] * 5, rng), "X", "shape (n, 64)", "shape (5, 3)"),
    (lambda: sgd.design(np.ones((2, 64)), [0, 10], rng), "y", "from 0 to 9", "from 0 to 10"),
]


@pytest.mark.parametrize(
    ("call", "name", "expected", "came"),
    REFUSED,
    ids=[f"{i}-{case[1]}" for i, case in enumerate(REFUSED)],
)
def test_the_message_names_the_argument_what_was_expected_and_what_came(call, name, expected, came):
    with pytest.raises(ValueError) as refused:
        call()
    message = str(refused.value)
    assert message.startswith(f"{name}: expected ")
    _, _, sides = message.partition(": expected ")
    said, _, got = sides.rpartition(", got ")
    assert expected in said
    assert came in got


def test_only_what_is_a_letter_in_a_shape_is_explained():
    messages = []
    for call in (lambda: neuron.neuron(w, x, np.tanh), lambda: neuron.glm(w, w, np.tanh)):
        with pytest.raises(ValueError) as refused:
            call()
        messages.append(str(refused.value))
    assert messages == [
        "x: expected shape (3,), got shape (4,)",
        "X: expected shape (n, 3) with n at least 1, got shape (3,)",
    ]


def test_a_value_is_shown_whole_on_one_line_up_to_80_characters():
    assert shown("a" * 78) == repr("a" * 78)
    assert shown("a" * 79) == "'" + "a" * 78 + "…"
    assert shown(np.eye(2)) == "array([[1., 0.], [0., 1.]])"


def test_a_long_value_is_cut_short_in_the_message():
    with pytest.raises(ValueError) as refused:
        neuron.sigmoid(["a" * 10_000])
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("edges", [edges_in_a_ring, edges_in_a_ring[::-1]])
def test_the_cycle_in_the_message_is_a_cycle_of_the_graph(edges):
    with pytest.raises(ValueError, match="cycle") as refused:
        forward.topological_order(edges)
    _, _, nodes = str(refused.value).partition("the cycle ")
    cycle = ast.literal_eval(nodes)
    assert cycle[0] == cycle[-1]
    assert len(cycle) == 4
    assert set(pairwise(cycle)) <= set(edges_in_a_ring)


def test_good_arguments_of_the_same_calls_are_not_refused():
    """Otherwise a refusal above might have another reason than the one it names."""
    assert neuron.neuron(w, w, np.tanh) < 1
    assert layers.dense(X, A, b, np.tanh).shape == (5, 2)
    assert forward.masked_dense(X, A, b, A, np.tanh).shape == (5, 2)
    assert forward.forward_dag({(1, 2): 1}, {1: 1, "alone": 2}, np.tanh).keys() == {1, 2, "alone"}
    assert backprop.backprop(net, acts, X, Y, squared_loss)[0] >= 0
    assert symmetry.permute_hidden(net, 1, [3, 2, 1, 0])
    assert sgd.sgd_step(net, grad, 0.1)
    assert sgd.train(net, [TANH, IDENTITY], X, Y, squared_loss, **good)
    assert chain_rule.forward_pass(never_run()) == 1.0
    assert Node(Add, Node(None), Node(None)).output is None
