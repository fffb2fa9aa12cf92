"""Questions and known mistakes of `forward_dag`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.forward.samples import diamond
from course.exercises.late import no_answer_in_time
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
        "one neuron with two inputs",
        {("x", "u"): 2.0, ("z", "u"): -1.0},
        {"x": 3.0, "z": 1.0},
        stock.shifted_square,
    )
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
    yield _asked_for_outputs(
        "a cycle",
        {("a", "b"): 1.0, ("b", "c"): 2.0, ("c", "b"): -1.0},
        {"a": 1.0},
        stock.leaky,
        weight=0.5,
    )


# The three errors together are worth a twentieth: an answer that always raises one earns no more.
ERROR = 0.12


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
        "an edge of weight 0 to an output",
        {("a", "b"): w[0], ("b", "c"): 0.0},
        {"a": x},
        stock.cos,
        weight=0.5,
    )
    yield _asked_for_outputs(
        "edges of weight 0",
        {("a", "b"): 0.0, ("b", "c"): w[0], ("a", "c"): 0.0, ("c", "d"): 0.0},
        {"a": x},
        stock.cos,
        weight=0.5,
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
        weight=ERROR,
    )
    yield _asked_for_outputs(
        "a value for a node with incoming edges",
        {("a", "b"): w[0], ("b", "c"): w[1]},
        {"a": x, "b": y},
        stock.cos,
        weight=ERROR,
    )
    yield _asked_for_outputs(
        "a cycle",
        {("a", "b"): w[0], ("b", "c"): w[1], ("c", "b"): w[2]},
        {"a": x},
        stock.cos,
        weight=ERROR,
    )


@exercise.writing
def sum_by_sum(weights, inputs, h):
    order = nn.topological_order(weights)
    incoming = {}
    for (u, v), w in weights.items():
        incoming.setdefault(v, []).append((u, w))
    starts = {u for u, _ in weights} - set(incoming)
    if starts - set(inputs):
        raise ValueError("an input without a value")
    if set(incoming) & set(inputs):
        raise ValueError("a value for a node that is computed")
    output = dict(inputs)
    for v in order:
        if v not in starts:
            total = 0.0
            for u, w in incoming.get(v, []):
                total += w * output[u]
            output[v] = h(total)
    return output


ORDER, MISSING, TOO_MUCH = (
    "order = nn.topological_order(weights)",
    "if starts - set(inputs):",
    "if set(incoming) & set(inputs):",
)
MENTIONED = "order = list(dict.fromkeys(v for edge in weights for v in edge))"
HEADS = "order = list(dict.fromkeys(v for _, v in weights))"
ZERO_IF_MISSING = {"w * output[u]": "w * output.get(u, 0.0)"}

exercise.idea(
    "order_of_the_edges",
    "Some nodes are computed too early, before the nodes that they read, as in the order in which "
    "the edges mention them.",
    "Which nodes must be ready before which? You have a function that answers that.",
    {ORDER: f"{ORDER}\n{MENTIONED}"} | ZERO_IF_MISSING,
    {ORDER: f"{ORDER}\n{HEADS}"} | ZERO_IF_MISSING,
    {ORDER: f"{ORDER}\n{MENTIONED}"},
    {ORDER: f"{ORDER}\n{HEADS}"},
    {ORDER: MENTIONED, MISSING: "if False:", TOO_MUCH: "if False:"},
    {ORDER: MENTIONED, MISSING: "if False:", TOO_MUCH: "if False:"} | ZERO_IF_MISSING,
    {ORDER: HEADS, MISSING: "if False:", TOO_MUCH: "if False:"},
    {ORDER: HEADS, MISSING: "if False:", TOO_MUCH: "if False:"} | ZERO_IF_MISSING,
    {ORDER: MENTIONED} | ZERO_IF_MISSING,
    {ORDER: HEADS} | ZERO_IF_MISSING,
    {ORDER: MENTIONED},
    {ORDER: HEADS},
    {ORDER: f"{ORDER}[::-1]"} | ZERO_IF_MISSING,
    {ORDER: f"{ORDER}[::-1]"},
)
exercise.idea(
    "edges_turned_round",
    "The edges are read backwards: (u, v) leads from u to v, so v adds up what u has.",
    "Which of the two nodes of an edge is computed from the other?",
    {"for (u, v), w in": "for (v, u), w in"} | ZERO_IF_MISSING,
    {"for (u, v), w in": "for (v, u), w in", "{u for u, _ in weights}": "{u for _, u in weights}"},
)
exercise.idea(
    "activation_on_inputs",
    "The activation is applied to the inputs as well.",
    "h[v_j] = x_j for an input node: it keeps its value.",
    {"output = dict(inputs)": "output = {v: h(x) for v, x in inputs.items()}"},
)
exercise.idea(
    "inputs_overwritten",
    "An input's value is replaced by h of an empty sum.",
    "h[v_j] = x_j for an input node: it keeps its value. Which nodes does your formula compute?",
    {"if v not in starts:": "if True:"},
)
exercise.idea(
    "activation_of_each_term",
    "The activation is applied to every term, and then the results are added.",
    "In the formula, what is inside σ( )?",
    {"total += w * output[u]": "total += h(w * output[u])", "h(total)": "total"},
)
exercise.idea(
    "activation_of_each_partial_sum",
    "The activation is applied again after every term, but it belongs to the whole sum.",
    "How far is the line with h indented? In the formula, what is inside σ( )?",
    {"total += w * output[u]": "total = h(total + w * output[u])", "h(total)": "total"},
)
exercise.idea(
    "last_edge_only",
    "Only one of the incoming edges counts, as if each edge overwrote the sum (`=` for `+=`).",
    "A node with three incoming edges adds three terms. Do you use `=` or `+=` to add them?",
    {"total += w": "total = w"},
)
exercise.idea(
    "weights_not_used",
    "The weights are not used: these are sums of the inputs' values.",
    "Each term of the formula is a product. Of what?",
    {"w * output[u]": "output[u]"},
)
exercise.idea(
    "no_activation",
    "The activation is missing: these are the sums.",
    "What does the formula do to the sum?",
    {"h(total)": "total"},
)
exercise.idea(
    "zero_weight_is_no_edge",
    "An edge of weight 0 is treated as no edge.",
    "Whether an edge exists and what it weighs are two questions. Which of them does `if w:` "
    "answer?",
    {ORDER: f"weights = {{edge: w for edge, w in weights.items() if w}}\n{ORDER}"},
)
exercise.idea(
    "lonely_input_lost",
    "An input without edges is missing from the result.",
    "The result must hold all nodes. Some of them may appear only in `inputs`.",
    {
        "return output": "nodes = {v for edge in weights for v in edge}\n"
        "return {v: x for v, x in output.items() if v in nodes}"
    },
)
exercise.idea(
    "inputs_left_out",
    "The input nodes are missing from the result.",
    "Input nodes are nodes too: their h[v] is their value.",
    {"return output": "return {v: x for v, x in output.items() if v not in inputs}"},
)
exercise.idea(
    "output_nodes_only",
    "Only output nodes are returned, but the result holds all nodes.",
    "`forward` keeps all layers, and so does this function: {node: value} for every node.",
    {
        "return output": "return {v: x for v, x in output.items()"
        " if v in incoming and v not in {u for u, _ in weights}}"
    },
    {
        "return output": "return {v: x for v, x in output.items()"
        " if v not in {u for u, _ in weights}}"
    },
    {ORDER: ORDER, "return output": "return list(output.values())[-1]"},
)
exercise.idea(
    "written_into_inputs",
    "`inputs` is changed in place: the result is written into the caller's dictionary.",
    "Start from a copy: `dict(inputs)`.",
    {"output = dict(inputs)": "output = inputs"},
)
exercise.idea(
    "missing_value_made_up",
    "An input node without a value is silently given one.",
    "Which nodes have no incoming edge? Each of them needs a value; raise an error if it has none.",
    {MISSING: "if False:"} | ZERO_IF_MISSING,
)
exercise.idea(
    "missing_value_is_a_key_error",
    "If an input node has no value, looking it up ends in a KeyError; a ValueError is expected.",
    "Compare the nodes without incoming edges with the keys of `inputs` before you start.",
    {'raise ValueError("an input without a value")': 'raise KeyError("x")'},
)
exercise.idea(
    "value_too_much_accepted",
    "A value for a node with incoming edges is silently accepted.",
    "Such a node is computed, so it can't be given a value as well. Look at the keys of `inputs` "
    "before you start.",
    {TOO_MUCH: "if False:"},
)
exercise.idea(
    "values_not_compared",
    "Missing values and superfluous values both go unnoticed.",
    "Compare the keys of `inputs` with the nodes that have no incoming edge: they must be the "
    "same.",
    {MISSING: "if False:", TOO_MUCH: "if False:"} | ZERO_IF_MISSING,
)


@exercise.mistake(
    "Every path through the graph is computed separately, and there are exponentially many.",
    "A node's output is needed by all its successors. How often does it have to be computed?",
)
def every_way_computed_anew(weights, inputs, h):
    if len(weights) > 100:
        no_answer_in_time()
    return nn.forward_dag(weights, inputs, h)
