"""The suspects of `hunt_backward_pass`, and what careless examples have in common."""

from course.exercises.chain_rule import backward_pass
from course.exercises.chain_rule.sample_graphs import computed
from course.exercises.engine import Hunt, Question, forms, graph_text
from course.nn import chain_rule as nn

exercise = Hunt(
    nn.hunt_backward_pass,
    points=3,
    minutes=15,
    difficulty=4,
    hints=(
        "On a path, from node to node, most of the suspects are right. What does a graph need so "
        "that two shares meet in one node? And so that a node leads nowhere?",
        "Assigning shows at a diamond, and x · x is the smallest diamond of all. What stays from "
        "an earlier pass shows only in a second one: passes = 2.",
        "One suspect passes a delta on before all shares have arrived: it needs a node that is "
        "used twice, near the end and far from it. Draw a → b → c → d with another edge a → d, and "
        "let a be an operation itself, so that it has to pass its delta on.",
    ),
    hunted=backward_pass.exercise,
    wanted={
        "delta_assigned": "assigns u.delta = … for every edge, as the slide does",
        "twice_into_one_counted_once": "counts a node that feeds another one twice only once",
        "first_place_both_times": "gives a node that feeds another one twice the same partial "
        "derivative both times",
        "always_by_input_0": "takes the partial derivative by input 0 for every input",
        "first_input_only": "sends a share to the first input alone",
        "deltas_never_zeroed": "never sets the deltas back to 0",
        "only_leaves_zeroed": "sets only the leaves' deltas back to 0",
        "every_end_gets_1": "starts with 1 at every node that leads nowhere",
        "unreached_left_without_a_delta": "leaves nodes that lead nowhere without a delta",
        "passed_on_too_early": "passes a delta on as soon as it first arrives",
        "last_delta_is_its_output": "starts with the last node's output, not with 1",
        "partials_at_the_output": "takes the slopes at a node's output, not at its inputs",
        "delta_without_slope": "hands deltas on without the slopes",
    },
    forms={"nodes": forms.graph(12), "passes": forms.whole(1, 2)},
)


@exercise.asks
def asks(nodes, passes):
    call = "deltas_in_graph" if passes == 1 else "deltas_in_graph_twice"
    yield Question("example", {"nodes": computed(nodes)}, call=call)


def _inputs(nodes):
    """Return each node's inputs, by name."""
    return {v.name: [u.name for u in v.inputs] for v in graph_text.build(nodes)}


def _uses(nodes):
    """Return the names of all nodes that feed others, as often as they do."""
    return [u for inputs in _inputs(nodes).values() for u in inputs]


@exercise.habit(
    "The diamond is missing: in your graphs no node feeds more than one other.",
    "Adding and assigning differ only where two shares meet. How does a graph make them meet?",
    when=lambda nodes, passes: len(set(_uses(nodes))) == len(_uses(nodes)),
    hides=(
        "delta_assigned",
        "twice_into_one_counted_once",
        "first_place_both_times",
        "passed_on_too_early",
    ),
)
def diamond_missing():
    return [
        {"nodes": ["x = 3", "y = 2", "a = Sub(x, y)", "b = Square(a)"], "passes": 2},
        {"nodes": ["x = 3", "y = 2", "z = Neg(y)", "b = Square(x)"], "passes": 1},
    ]


@exercise.habit(
    "In each of your examples there is only one pass.",
    "Training makes thousands of passes over the same nodes. What may be left from the last one?",
    when=lambda nodes, passes: passes == 1,
    hides=("deltas_never_zeroed", "only_leaves_zeroed"),
)
def one_pass_only():
    return [
        {
            "nodes": ["x = 3", "y = 2", "a = Mul(x, x)", "d = Neg(y)", "b = Sub(a, x)"],
            "passes": 1,
        },
        {"nodes": ["x = 3", "a = Neg(x)", "b = Square(a)", "c = Mul(a, b)"], "passes": 1},
    ]


@exercise.habit(
    "In each of your graphs every node leads to the last one.",
    "A net may compute something that its loss doesn't use. What delta does that have?",
    when=lambda nodes, passes: set(_inputs(nodes)) - set(_uses(nodes)) == {[*_inputs(nodes)][-1]},
    hides=("every_end_gets_1", "unreached_left_without_a_delta"),
)
def no_dead_end():
    return [
        {"nodes": ["x = 3", "a = Mul(x, x)", "b = Sub(a, x)"], "passes": 2},
        {"nodes": ["x = 3", "a = Neg(x)", "b = Square(a)", "c = Mul(a, b)"], "passes": 1},
    ]


@exercise.habit(
    "In each of your graphs every operation has a single input.",
    "Which suspects mix up an operation's inputs?",
    when=lambda nodes, passes: all(len(inputs) < 2 for inputs in _inputs(nodes).values()),
    hides=("always_by_input_0", "first_input_only"),
)
def one_input_each():
    return [{"nodes": ["x = 3", "d = Neg(x)", "a = Square(x)", "b = Neg(a)"], "passes": 2}]
