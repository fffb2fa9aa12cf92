"""An answer that ends in an error: the student's own line, what was in it, and what it means."""

from dataclasses import replace

import numpy as np
import pytest

from course.check import examine
from course.exercises.engine.errors import cause_of
from course.exercises.engine.messages import explain
from course.exercises.engine.raised import Raised, describe
from tests.exercises.written import written

# What students write in their first weeks: the exercise, the function's arguments and body, and
# words of the message.
CRASHES = [
    ("neuron", "w, x, h", "import math; return math.exp(w * x)", "math.exp takes a single number"),
    (
        "neuron",
        "w, x, h",
        "return sum(w[i] * x[i] for i in range(len(w) + 1))",
        "There is no index 2",
    ),
    ("relu", "z", "return np.max(0, z)", "np.maximum compares two entry by entry"),
    ("relu", "x, y", "return np.maximum(x, y)", "leave the def line as it was"),
    ("sigmoid", "z", "from math import exp; return 1 / (1 + exp(-z))", "math.exp takes a single"),
    ("sigmoid", "z", "return [1 / (1 + np.exp(-v)) for v in z]", "a single number has none"),
    ("tanh", "z", "return z[0]", "A single number has no entries"),
    ("softplus", "z", "return np.log(1 + np.exp(zz))", "Nothing is called zz here"),
    (
        "softplus",
        "z",
        "return np.log(1 + math.exp(z))",
        "with `import math`. Write that line",
    ),
    ("layer", "W, hs, x", "return hs(W @ x)", "x is a function"),
    ("dense", "X, A, b, h", "assert X.shape == A.shape; return h(X @ A + b)", "your own assert"),
    ("dense", "X, A, b, h", "return h(A @ A + b)", "as many columns as the right one has rows"),
    ("dense", "X, A, b, h", "return h(X[A @ b] + b)", "An index has to be whole"),
    ("two_layer", "u, W, x, h", "return u @ (h[W @ x])", "square ones pick an entry"),
    ("rand_matrix", "m, n, rng", "return rng.standard_normal(m, n) / m**0.5", "as one tuple"),
    ("rand_matrix", "m, n, rng", "return rng.randn(m, n) / m**0.5", "A Generator has no randn"),
    (
        "MLP",
        "dims, rng",
        "return np.array([np.zeros((a, b)) for a, b in zip(dims, dims[1:])]), 0",
        "keep them in a list",
    ),
    (
        "topological_order",
        "edges",
        "count = {}\n    for u, v in edges: count[v] += 1",
        "This node has no entry in your dict yet",
    ),
    (
        "topological_order",
        "edges",
        "return topological_order(edges)",
        "calls itself about a thousand times",
    ),
    (
        "forward_pass",
        "nodes",
        "for v in nodes:\n        v.output = v.op(v.inputs())",
        "write v.inputs, without brackets",
    ),
    (
        "forward_pass",
        "nodes",
        "for v in nodes:\n        if v.op: v.output = v.op(*[u.output for u in v.inputs])",
        "what it computes is op.value(*xs)",
    ),
    (
        "forward_pass",
        "nodes",
        "for v in nodes:\n        if v.op: v.output = v.op.value([u.output for u in v.inputs])",
        "An operation takes its inputs one by one",
    ),
    (
        "forward_pass",
        "nodes",
        "for v in nodes:\n        v.output = v.op.value(*[u.output for u in v.inputs])",
        "Leave a leaf's output as it is",
    ),
    ("forward_pass", "nodes", "return nodes[-1].value", "A node has no value."),
    (
        "backward_pass",
        "nodes",
        "for v in nodes:\n        v.delta += 1.0",
        "None can't be added to: start from 0",
    ),
    ("numerical_derivative", "f, x, eps", "import sys; sys.exit()", "end the whole program"),
    ("lecture_loss", "w, x, y", "return np.log(1 + (w * x - y) ^ 2)", "write **"),
    ("d_relu", "z", "return (z > 0).astype(float)", "A plain number has no .astype"),
    (
        "softmax",
        "Z",
        "import math; return np.array(list(map(math.exp, Z)))",
        "map and loops go through the rows",
    ),
    (
        "layer_backward",
        "dH, H_in, A, Z, act",
        "d = dH * act.derivative(Z)\n    return d @ A, H_in.T @ d, d",
        "Columns on the left: 1. Rows on the right: 2.",
    ),
    ("gradient_check", "f, theta, grad, eps=1e-6", "return np.float(0)", "gone from NumPy"),
    (
        "permute_hidden",
        "net, j, perm",
        "return [b[perm] for b in net[1]]",
        "the second one picks the column",
    ),
    (
        "sgd_step",
        "net, grads, lr",
        "return net[0] - lr * grads[0]",
        "Lists and tuples have no",
    ),
    (
        "minibatches",
        "n, batch_size, rng",
        "if batch_size < 1: raise ValueError\n    order = rng.shuffle(np.arange(n))\n"
        "    return [order[i : i + batch_size] for i in range(0, n, batch_size)]",
        "works in place, such as sort, append, reverse or shuffle",
    ),
    (
        "minibatches",
        "n, batch_size, rng",
        "return [range(k) for k in range(n / batch_size)]",
        "// a whole number",
    ),
    ("rand_matrix", "m, n, rng", "rows = []; rows[0] = m", "A list grows by append"),
    ("make_neuron", "w, h", "return h(np.dot(w, w))", "has to return a function of x"),
    ("squared_loss", "Y_hat, Y", "raise ValueError('shapes')", "Your own code raises this error"),
]


@pytest.mark.parametrize(
    ("name", "arguments", "body", "says"), CRASHES, ids=[f"{c[0]}: {c[3]}" for c in CRASHES]
)
def test_what_an_error_means_is_told(name, arguments, body, says):
    verdict = examine(name, written(name, f"def {name}({arguments}):\n    {body}\n"))
    # Some of them are known mistakes, which say more than the error that they end in.
    said = explain(replace(verdict, diagnosis=None))
    assert says in said
    assert "course/" not in said and "engine" not in said


def raised_by(function, *args):
    with pytest.raises(Exception) as caught:
        function(*args)
    return Raised.of(describe(caught.value))


def test_the_students_line_is_shown_with_what_was_in_it():
    source = """
def f(X, As, k):
    W = As[1]
    return abs(X @ W + As[k - 1].T + k)
"""
    A, B = np.zeros((2, 3)), np.ones((3, 4), dtype=int)
    raised = raised_by(written("f", source), A, [A, B[:2]], 1)
    assert raised.line == "return abs(X @ W + As[k - 1].T + k)"
    assert raised.values == (
        ("X", "an array of shape (2, 3)"),
        ("W", "an array of whole numbers, of shape (2, 4) (As[1])"),
    )


def test_lines_of_numpy_and_of_the_course_are_not_shown():
    raised = raised_by(written("f", "def f(Z):\n    return np.linalg.inv(Z)\n"), np.zeros((2, 2)))
    assert raised.trace[-1] == "line 2 in f: return np.linalg.inv(Z)"
    generator = np.random.default_rng()
    raised = raised_by(written("f", "def f(g):\n    return g.standard_normal(2, 3)\n"), generator)
    assert raised.line == "return g.standard_normal(2, 3)"


def test_a_line_is_shown_once_however_many_frames_are_in_it():
    source = "def f(rows):\n    return [sum(v / 0 for v in row) for row in rows]\n"
    trace = raised_by(written("f", source), [[1.0]]).trace
    assert trace[1:] == ("line 2 in f: return [sum(v / 0 for v in row) for row in rows]",)
    source = """\
def f(rows):
    return [
        [1 / v for v in row]
        for row in rows
    ]
"""
    trace = raised_by(written("f", source), [[0.0]]).trace
    assert trace[-1] == "line 3 in f: [1 / v for v in row]"
    assert len(trace) == len({*trace})
    source = "def f(k):\n    return f(k - 1) if k else 1 / k\n"
    assert len(raised_by(written("f", source), 9).trace[1:]) == 1


def test_no_code_runs_to_show_a_value():
    asked = []

    class Mine:
        @property
        def x(self):
            asked.append(self)
            return 1

    raised = raised_by(written("f", "def f(mine):\n    return mine.x / [0][0]\n"), Mine())
    assert raised.values == (("mine", "a Mine"),)
    assert len(asked) == 1


def test_of_an_error_that_may_have_many_causes_none_is_claimed():
    error = Raised(("TypeError",), "'float' object is not iterable", ("line 1 in f: for v in z",))
    assert "arrays only" not in cause_of("d_relu", error, {"z": np.zeros(2)})
    assert cause_of("minibatches", replace(error, trace=()), {"n": 4}) is None
    assert cause_of("neuron", Raised(("ValueError",), "no"), {}) is None


@pytest.mark.parametrize("error", [None, 3, {"kinds": 3}, {"values": [3, ["a"], ["a", 3]]}])
def test_a_malformed_description_is_read(error):
    assert Raised.of(error).values == ()


def test_a_wrong_error_is_told_beside_the_expected_one():
    source = """\
def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(-(-n // batch_size))]
"""
    said = explain(examine("minibatches", written("minibatches", source)))
    assert "raised ZeroDivisionError, but ValueError was expected" in said
