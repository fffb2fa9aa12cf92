"""Questions and known mistakes of `forward_dag`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.forward.samples import diamond
from course.nn import forward as nn

exercise = Exercise(
    nn.forward_dag,
    points=5,
    minutes=25,
    difficulty=4,
    hints=(
        "The formula needs h[u] before h[v]. You have just written the function that finds such an "
        "order.",
        "Collect the incoming edges of every node, with their weights. Then go through the nodes "
        "in a topological order: an input node keeps its value, and every other node gets h of its "
        "sum.",
        "Start from a copy of `inputs`. For each v in the order: if v has incoming edges, "
        "`result[v]` is h of the sum of w · `result[u]` over them. Before that, compare the nodes "
        "without incoming edges with the keys of `inputs`, both ways.",
    ),
)


def _asked_for_outputs(title, weights, inputs, h, **more):
    arguments = dict(weights=weights, inputs=inputs, h=h)
    return Question(title, arguments, judged_by="outputs_of_dag", **more)


@exercise.public
def public():
    yield _asked_for_outputs(
        "three inputs, one of them isolated, and an edge of weight 0",
        {("x", "u"): 2.0, ("z", "u"): -1.0, ("u", "v"): 0.0},
        {"x": 3.0, "y": 5.0, "z": 1.0},
        stock.shifted_square,
    )
    yield _asked_for_outputs(
        "a diamond with arms of unequal length",
        {("b", "d"): 1.0, ("a", "d"): 3.0, ("c", "b"): -2.0, ("a", "c"): 1.0},
        {"a": 2.0},
        stock.leaky,
    )
    yield _asked_for_outputs(
        "an input without a value",
        {("x", "u"): 2.0, ("z", "u"): -1.0},
        {"x": 3.0},
        stock.shifted_square,
        weight=0.5,
    )
    yield _asked_for_outputs(
        "a value for a node with incoming edges",
        {("x", "u"): 2.0, ("u", "v"): -1.0},
        {"x": 3.0, "u": 1.0},
        stock.shifted_square,
        weight=0.5,
    )


@exercise.secret
def secret(rng):
    w = [float(number) for number in np.round(rng.uniform(0.5, 1.5, size=8), 2)]
    x, y = (float(number) for number in np.round(rng.uniform(0.5, 1.0, size=2), 2))
    yield _asked_for_outputs(
        "one neuron with three inputs",
        {("a", "v"): w[0], ("b", "v"): -w[1], ("c", "v"): w[2]},
        {"a": x, "b": y, "c": 0.25},
        stock.cos,
    )
    yield _asked_for_outputs(
        "a diamond, and edges in an unlucky order",
        {(4, 5): w[0], (1, 5): w[1], (3, 4): w[2], (2, 3): w[3], (1, 2): w[4], (1, 3): w[5]},
        {1: x},
        stock.shifted_square,
        weight=2,
    )
    yield _asked_for_outputs(
        "nodes of different types, which can't be compared",
        {("u", None): w[0], (0, None): w[1], ((1, 2), "u"): w[2], (None, ""): w[3]},
        {0: x, (1, 2): y},
        stock.cos,
    )
    yield _asked_for_outputs(
        "edges of weight 0",
        {("a", "b"): 0.0, ("b", "c"): w[0], ("a", "c"): 0.0, ("c", "d"): 0.0},
        {"a": x},
        stock.cos,
    )
    yield _asked_for_outputs(
        "an input without edges",
        {("a", "b"): w[0]},
        {"alone": y, "a": x},
        stock.cos,
    )
    ladder = [edge for k in range(30) for edge in diamond(3 * k)]
    yield _asked_for_outputs(
        "thirty diamonds in a row, which makes a thousand million paths",
        {edge: w[i % 8] for i, edge in enumerate(ladder)},
        {0: x},
        stock.cos,
    )
    yield _asked_for_outputs(
        "an input node without a value",
        {("a", "c"): w[0], ("b", "c"): w[1], ("c", "d"): w[2]},
        {"a": x},
        stock.cos,
        weight=0.5,
    )
    yield _asked_for_outputs(
        "a value for a node with incoming edges",
        {("a", "b"): w[0], ("b", "c"): w[1]},
        {"a": x, "b": y},
        stock.cos,
        weight=0.5,
    )
    yield _asked_for_outputs(
        "a cycle",
        {("a", "b"): w[0], ("b", "c"): w[1], ("c", "b"): w[2]},
        {"a": x},
        stock.cos,
        weight=0.5,
    )


def _without_its_checks(weights, inputs, h):
    "The right outputs, but a missing value is 0 and a superfluous value replaces the sum."
    output, incoming = dict(inputs), {}
    for (u, v), w in weights.items():
        incoming.setdefault(v, []).append((u, w))
    for v in nn.topological_order(weights):
        if v not in output:
            output[v] = h(sum(w * output[u] for u, w in incoming[v])) if v in incoming else 0.0
    return output


@exercise.mistake(
    "The nodes are computed in the order in which the edges are listed, so some read inputs that "
    "are not there yet.",
    "Which nodes must be ready before which? You have a function that answers that.",
)
def order_of_the_edges(weights, inputs, h):
    nn.forward_dag(weights, inputs, h)
    output = dict(inputs)
    for v in dict.fromkeys(v for _, v in weights):
        incoming = [(u, w) for (u, head), w in weights.items() if head == v]
        output[v] = h(sum(w * output.get(u, 0.0) for u, w in incoming))
    return output


@exercise.mistake(
    "The activation is applied to the inputs as well.",
    "h[v_j] = x_j for an input node: it keeps its value.",
)
def activation_on_inputs(weights, inputs, h):
    return nn.forward_dag(weights, {v: h(value) for v, value in inputs.items()}, h)


@exercise.mistake(
    "The activation is applied to every term, and then the results are added.",
    "In the formula, what is inside σ( )?",
)
def activation_of_each_term(weights, inputs, h):
    nn.forward_dag(weights, inputs, h)
    output = dict(inputs)
    for v in nn.topological_order(weights):
        if v not in inputs:
            output[v] = sum(h(w * output[u]) for (u, head), w in weights.items() if head == v)
    return output


@exercise.mistake(
    "Only one of the incoming edges counts: each later edge overwrites the sum instead of adding "
    "to it.",
    "A node with three incoming edges adds three terms. Do you use `=` or `+=` to add them?",
)
def last_edge_only(weights, inputs, h):
    nn.forward_dag(weights, inputs, h)
    output = dict(inputs)
    for v in nn.topological_order(weights):
        if v not in inputs:
            u, w = [(u, w) for (u, head), w in weights.items() if head == v][-1]
            output[v] = h(w * output[u])
    return output


@exercise.mistake(
    "The activation is missing: these are the sums.",
    "What does the formula do to the sum?",
)
def no_activation(weights, inputs, h):
    return nn.forward_dag(weights, inputs, stock.identity)


@exercise.mistake(
    "An edge of weight 0 is treated as no edge.",
    "Whether an edge exists and what it weighs are two questions. Which of them does `if w:` "
    "answer?",
)
def zero_weight_is_no_edge(weights, inputs, h):
    return nn.forward_dag({edge: w for edge, w in weights.items() if w}, inputs, h)


@exercise.mistake(
    "An input without edges is missing from the result.",
    "The result must hold all nodes. Some of them may appear only in `inputs`.",
)
def lonely_input_lost(weights, inputs, h):
    nodes = {node for edge in weights for node in edge}
    return {v: x for v, x in nn.forward_dag(weights, inputs, h).items() if v in nodes}


@exercise.mistake(
    "The input nodes are missing from the result.",
    "Input nodes are nodes too: their h[v] is their value.",
)
def inputs_left_out(weights, inputs, h):
    return {v: x for v, x in nn.forward_dag(weights, inputs, h).items() if v not in inputs}


@exercise.mistake(
    "The result is written into the caller's `inputs`.",
    "Start from a copy: `dict(inputs)`.",
)
def written_into_inputs(weights, inputs, h):
    output = nn.forward_dag(weights, inputs, h)
    inputs.update(output)
    return output


@exercise.mistake(
    "An input node without a value is silently given one.",
    "Which nodes have no incoming edge? Each of them needs a value; raise an error if it has none.",
)
def missing_value_made_up(weights, inputs, h):
    if set(inputs) & {v for _, v in weights}:
        raise ValueError("a value too much")
    return _without_its_checks(weights, inputs, h)


@exercise.mistake(
    "A value for a node with incoming edges is silently accepted.",
    "Such a node is computed, so it can't be given a value as well. Look at the keys of `inputs` "
    "before you start.",
)
def value_too_much_accepted(weights, inputs, h):
    if {u for u, _ in weights} - {v for _, v in weights} - set(inputs):
        raise ValueError("a value is missing")
    return _without_its_checks(weights, inputs, h)


@exercise.mistake(
    "Missing values and superfluous values both go unnoticed.",
    "Compare the keys of `inputs` with the nodes that have no incoming edge: they must be the "
    "same.",
)
def values_not_compared(weights, inputs, h):
    return _without_its_checks(weights, inputs, h)


@exercise.mistake(
    "Every path through the graph is computed separately, and there are exponentially many.",
    "A node's output is needed by all its successors. How often does it have to be computed?",
)
def every_way_computed_anew(weights, inputs, h):
    if len(weights) > 100:
        raise TimeoutError
    return nn.forward_dag(weights, inputs, h)
