"""Questions and known mistakes of `forward_pass`."""

import numpy as np

from course.exercises.chain_rule.sample_graphs import (
    DEAD_END,
    DIAMOND,
    LEAVES,
    LONG,
    LOSS,
    PATH,
    PATIENCE,
    WHERE_RECURSION_ENDS,
    computed,
    decimal,
    ladder,
    leading_to_the_last,
    recurse,
    tangle,
    walk_every_path,
)
from course.exercises.engine import Exercise, Question
from course.nn import chain_rule as nn

exercise = Exercise(
    nn.forward_pass,
    points=3,
    minutes=15,
    difficulty=2,
    hints=(
        "The nodes are in such an order that everything a node needs is ready when its turn comes. "
        "So a single walk through the list is enough.",
        "A leaf has no op and already has its output. For every other node, ask its op for its "
        "value at the outputs of its inputs, in their order.",
        "`op.value` takes as many numbers as the node has inputs. A `*` in a call spreads a list "
        "into separate arguments. After the walk, `nodes[-1]` is the last node.",
    ),
)


@exercise.public
def public():
    yield Question(
        "a sum and a difference",
        dict(nodes=["x = 5", "y = 3", "s = Add(x, y)", "d = Sub(x, y)"]),
        call="outputs_in_graph",
    )
    yield Question("the lecture's loss", dict(nodes=[*LEAVES, *LOSS]), call="outputs_in_graph")
    yield Question("a diamond", dict(nodes=list(DIAMOND)), call="outputs_in_graph")
    yield Question("nodes that lead nowhere", dict(nodes=list(DEAD_END)), call="outputs_in_graph")
    yield Question("what is returned", dict(nodes=list(DIAMOND)), call="value_of_graph")
    yield Question(
        "a second pass after the leaf gets another value",
        dict(nodes=list(PATH), then={"x": 1}),
        call="outputs_in_graph_again",
    )
    yield Question(
        "outputs of an earlier pass",
        dict(nodes=["x = 1", "a = Scale(2)(x) = 6", "b = Square(a) = 36", "c = Neg(b) = -36"]),
        call="outputs_in_graph",
    )


@exercise.secret
def secret(rng):
    lines = tangle(rng)
    yield Question(
        "a larger graph, drawn at random",
        dict(nodes=lines),
        call="outputs_in_graph",
        weight=2,
    )
    x, y = decimal(rng), decimal(rng)
    yield Question(
        "a sum and a difference",
        dict(nodes=[f"x = {x}", f"y = {y}", "s = Add(x, y)", "d = Sub(x, y)"]),
        call="outputs_in_graph",
        weight=0.5,
    )
    yield Question(
        "one operation on one leaf",
        dict(nodes=[f"x = {x}", "a = Exp(x)"]),
        call="outputs_in_graph",
        weight=0.3,
    )
    yield Question("what is returned", dict(nodes=lines), call="value_of_graph")
    yield Question(
        "a node used twice by the next node",
        dict(nodes=[f"x = {decimal(rng)}", "a = Mul(x, x)", "b = Sub(a, a)", "c = Exp(b)"]),
        call="outputs_in_graph",
    )
    yield Question(
        "nodes that lead nowhere",
        dict(nodes=[*lines[:5], "lost = Exp(n3)", "end = Sub(lost, n0)", *lines[5:]]),
        call="outputs_in_graph",
    )
    yield Question(
        "a second pass with other values in the leaves",
        dict(nodes=lines, then={"n0": decimal(rng), "n2": decimal(rng)}),
        call="outputs_in_graph_again",
        weight=2,
    )
    yield Question(
        "outputs of an earlier pass",
        dict(nodes=[f"n0 = {decimal(rng)}", *computed(lines)[1:]]),
        call="outputs_in_graph",
    )
    yield Question(
        "a leaf alone", dict(nodes=[f"x = {decimal(rng)}"]), call="value_of_graph", weight=0.2
    )
    yield Question(
        "a path of thousands of nodes",
        dict(nodes=["x = 0.8", f"a = Scale(0.9995)^{LONG}(x)"]),
        call="value_of_graph",
        seconds=PATIENCE,
        same_for_all_draws=True,
    )
    yield Question(
        "sixty diamonds in a row",
        dict(nodes=ladder(decimal(rng), 0.5, 0.6)),
        call="value_of_graph",
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def one_walk(nodes):
    for v in nodes:
        if v.op is not None:
            xs = [u.output for u in v.inputs]
            v.output = v.op.value(*xs)
    return nodes[-1].output


# What stops with an error changes this one only, in one place: it makes no pairs.
OPERATION = "node.op.value(*[u.output for u in node.inputs]) if node.op else node.output"


@exercise.writing
def in_one_expression(nodes):
    for node in nodes:
        node.output = node.op.value(*[u.output for u in node.inputs]) if node.op else node.output
    return node.output


@exercise.writing(ideas=("walked_backwards",))
def from_the_end(nodes):
    for node in reversed(nodes):
        if node.op is not None:
            node.output = node.op.value(*np.array([u.output for u in node.inputs]))
    return nodes[len(nodes) - 1].output


@exercise.writing(ideas=("only_what_leads_to_the_last",))
def where_the_last_node_needs_it(nodes):
    for v in leading_to_the_last(nodes):
        if v.op is not None:
            xs = [u.output for u in v.inputs]
            v.output = v.op.value(*xs)
    return nodes[-1].output


@exercise.writing(ideas=("calls_itself_too_deeply",))
def from_node_to_node(nodes):
    recurse(nodes, "")
    return nn.forward_pass(nodes)


@exercise.writing(ideas=("computes_shared_nodes_again",))
def along_every_path(nodes):
    walk_every_path(nodes)
    recurse(nodes, "")
    return nn.forward_pass(nodes)


@exercise.writing(ideas=("returns_inside_the_loop",))
def returned_after_a_leaf(nodes):
    return nodes[len(nodes) - 1].output


@exercise.writing
def in_a_dictionary(nodes):
    outputs = {}
    for v in nodes:
        if v.op is None:
            outputs[v] = v.output
        else:
            outputs[v] = v.op.value(*[outputs[u] for u in v.inputs])
        v.output = outputs[v]
    return outputs[nodes[-1]]


exercise.idea(
    "leaves_forgotten",
    "A leaf is computed like the other nodes, but its op is None and its output is there already.",
    "What always tells a leaf from the other nodes?",
    {OPERATION: "node.op.value(*[u.output for u in node.inputs])"},
)
exercise.idea(
    "called_what_is_no_function",
    "v.op or v.inputs is called, as on the slide. Here v.inputs is a tuple, and the function in "
    "v.op is v.op.value.",
    "Read the three small things that the slide leaves out. What does v.op.value want?",
    {OPERATION: "node.op(node.inputs())"},
    {OPERATION: "node.op(*[u.output for u in node.inputs]) if node.op else node.output"},
)
exercise.idea(
    "star_forgotten",
    "`op.value` gets a single list, tuple or array that isn't unpacked, but it takes its arguments "
    "one by one.",
    "What does a * do in a call, as in f(*[2, 3])?",
    *(
        {OPERATION: f"node.op.value({together}) if node.op else node.output"}
        for together in (
            "node.inputs",
            "np.array([u.output for u in node.inputs])",
        )
    ),
)
exercise.idea(
    "nodes_for_numbers",
    "`op.value` gets the nodes themselves instead of the numbers it works on, their outputs.",
    "v.inputs holds nodes. Where is the number of each?",
    {OPERATION: "node.op.value(*node.inputs) if node.op else node.output"},
)
exercise.idea(
    "one_number_for_all_inputs",
    "`op.value` gets only one number, even if the operation takes two.",
    "Mul and Sub take two numbers. What do you hand over if v has two inputs?",
    {OPERATION: "node.op.value(node.inputs[0].output) if node.op else node.output"},
)
exercise.idea(
    "always_two_inputs",
    "This takes two inputs for granted, but Square, Neg and others have one.",
    "How can you hand over all of v's inputs, however many there are?",
    *(
        {OPERATION: f"{two} if node.op else node.output"}
        for two in (
            "node.op.value(*[node.inputs[i].output for i in (0, 1)])",
            "node.op.value(*[[u.output for u in node.inputs][i] for i in (0, 1)])",
            "[node.op.value(a.output, b.output) for a, b in [node.inputs]][0]",
        )
    ),
)
exercise.idea(
    "first_input_everywhere",
    "Every place of an operation gets the output of its first input.",
    "w x and s − y each combine two different nodes. Does each node reach `op.value` in its own "
    "place?",
    {"[u.output for u in v.inputs]": "[v.inputs[0].output for _ in v.inputs]"},
)
exercise.idea(
    "inputs_reversed",
    "The inputs reach the operation in reverse order.",
    "s − y isn't y − s. Which of v.inputs is the first argument?",
    {"v.op.value(*xs)": "v.op.value(*xs[::-1])"},
)
exercise.idea(
    "outputs_not_stored",
    "The outputs are computed but not stored in the nodes: v.output is unchanged.",
    "After the pass every node's value should be in v.output. Where do you put it?",
    {"v.output = v.op.value(*xs)": "v.value = v.op.value(*xs)"},
    {"v.output = v.op.value(*xs)": "output = v.op.value(*xs)", "nodes[-1].output": "output"},
    {
        "v.output = v.op.value(*xs)": "v.value = v.op.value(*xs)",
        "nodes[-1].output": "nodes[-1].value",
    },
    {"        v.output = outputs[v]\n": ""},
)
exercise.idea(
    "walked_backwards",
    "The walk goes backwards, so a node is computed before its inputs are.",
    "Which nodes have an output from the start? The walk has to begin there.",
)
exercise.idea(
    "last_node_left_out",
    "The last node is left out: the loop ends one too early, and that node's output is unchanged.",
    "range(n) ends at n − 1. How many nodes does your loop visit?",
    {"for v in nodes:": "for v in nodes[:-1]:"},
)
exercise.idea(
    "keeps_old_outputs",
    "A node that already has an output is not computed again, so a second pass with other values "
    "in the leaves keeps the old outputs.",
    "What always tells a leaf from the other nodes: that it has an output or that it has no op?",
    {"if v.op is not None:": "if v.output is None:"},
    {"if v.op is not None:": "if not v.output:"},
)
exercise.idea(
    "returns_inside_the_loop",
    "The function ends before all nodes have their outputs, as with a return inside the loop.",
    "Which nodes are done when it returns? How far is the `return` indented?",
    {"for v in nodes:": "for v in nodes[:1]:", "nodes[-1].output": "v.output"},
    {
        "v.output = v.op.value(*xs)": "v.output = v.op.value(*xs)\nreturn v.output",
        "return nodes[-1].output": "",
    },
)
exercise.idea(
    "returns_nothing",
    "The outputs are right, but nothing is returned.",
    "The caller needs the last node's output. Is there a `return` at the end?",
    {"return nodes[-1].output": "return"},
)
exercise.idea(
    "returns_every_output",
    "The outputs of all nodes are returned.",
    "The graph computes one number. Which node holds it?",
    {"return nodes[-1].output": "return [v.output for v in nodes]"},
    {"return nodes[-1].output": "return {v: v.output for v in nodes}"},
)
exercise.idea(
    "returns_the_node",
    "The last node itself is returned, or the list of nodes, but the last output is asked for.",
    "A node has an op, inputs and an output. Which of these is the number?",
    {"return nodes[-1].output": "return nodes[-1]"},
    {"return nodes[-1].output": "return nodes"},
)


exercise.idea(
    "only_what_leads_to_the_last",
    "Only the nodes that lead to the last one are computed.",
    "Every node gets an output, even if nothing is made of it. Which nodes does a walk through the "
    "list visit?",
)
exercise.idea(
    "calls_itself_too_deeply",
    "The function calls itself for a node's inputs (recursion), and on a long path Python stops "
    "it: too many nested calls.",
    "The list is in topological order. Can one walk through it replace the recursion?",
    *({'recurse(nodes, "")': f'recurse(nodes, "{end}")'} for end in WHERE_RECURSION_ENDS),
)
exercise.idea(
    "computes_shared_nodes_again",
    "A node is computed again for every edge that leaves it, so the work doubles with each "
    "diamond.",
    "The list is in topological order. Can one walk through it replace the recursion?",
    *({'recurse(nodes, "")': f'recurse(nodes, "{end}")'} for end in WHERE_RECURSION_ENDS),
)
