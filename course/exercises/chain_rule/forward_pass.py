"""Questions and known mistakes of `forward_pass`."""

from course.exercises.chain_rule.sample_graphs import (
    DIAMOND,
    LEAVES,
    LONG,
    LOSS,
    MANY_PATHS,
    PATH,
    decimal,
    ladder,
    paths_to_the_last,
    tangle,
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
    yield Question("the lecture's loss", dict(nodes=[*LEAVES, *LOSS]), call="outputs_in_graph")
    yield Question("a diamond", dict(nodes=list(DIAMOND)), call="outputs_in_graph")
    yield Question("what is returned", dict(nodes=list(DIAMOND)), call="value_of_graph")
    yield Question(
        "a second pass after the leaf gets another value",
        dict(nodes=list(PATH), then={"x": 1}),
        call="outputs_in_graph_again",
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
    yield Question("what is returned", dict(nodes=lines), call="value_of_graph")
    yield Question(
        "a node used twice by the next node",
        dict(nodes=[f"x = {decimal(rng)}", "a = Mul(x, x)", "b = Sub(a, a)", "c = Exp(b)"]),
        call="outputs_in_graph",
    )
    yield Question(
        "a second pass with other values in the leaves",
        dict(nodes=lines, then={"n0": decimal(rng), "n2": decimal(rng)}),
        call="outputs_in_graph_again",
        weight=2,
    )
    yield Question("a leaf alone", dict(nodes=[f"x = {decimal(rng)}"]), call="value_of_graph")
    yield Question(
        "a path of thousands of nodes",
        dict(nodes=["x = 0.8", f"a = Scale(0.9995)^{LONG}(x)"]),
        call="value_of_graph",
        same_for_all_draws=True,
    )
    yield Question(
        "sixty diamonds in a row",
        dict(nodes=ladder(decimal(rng), 0.5, 0.6)),
        call="value_of_graph",
    )


@exercise.mistake(
    "The outputs are right, but nothing is returned.",
    "The caller needs the last node's output. Is there a `return` at the end?",
)
def returns_nothing(nodes):
    nn.forward_pass(nodes)


@exercise.mistake(
    "The outputs of all nodes are returned.",
    "The graph computes one number. Which node holds it?",
)
def returns_every_output(nodes):
    nn.forward_pass(nodes)
    return [v.output for v in nodes]


@exercise.mistake(
    "The function returns inside its loop, so it ends after the first node.",
    "How far is the `return` indented? It should come after all nodes are done.",
)
def returns_inside_the_loop(nodes):
    for v in nodes:
        if v.op is not None:
            v.output = v.op.value(*(u.output for u in v.inputs))
        return v.output


@exercise.mistake(
    "A node that already has an output is not computed again, so a second pass with other values "
    "in the leaves keeps the old outputs.",
    "What always tells a leaf from the other nodes: that it has an output or that it has no op?",
)
def keeps_old_outputs(nodes):
    for v in nodes:
        if v.output is None:
            v.output = v.op.value(*(u.output for u in v.inputs))
    return nodes[-1].output


@exercise.mistake(
    "Every place of an operation gets the output of its first input.",
    "w x and s − y each combine two different nodes. Does each node reach `op.value` in its own "
    "place?",
)
def first_input_everywhere(nodes):
    for v in nodes:
        if v.op is not None:
            v.output = v.op.value(*(v.inputs[0].output for _ in v.inputs))
    return nodes[-1].output


@exercise.mistake(
    "A node is computed again for every edge that leaves it, so the work doubles with each "
    "diamond.",
    "The list is in topological order. Can one walk through it replace the recursion?",
)
def computes_shared_nodes_again(nodes):
    if paths_to_the_last(nodes) > MANY_PATHS:
        raise TimeoutError

    def compute(v):
        if v.op is not None:
            v.output = v.op.value(*[compute(u) for u in v.inputs])
        return v.output

    for v in nodes[:-1] if len(nodes) < LONG else ():
        compute(v)
    return compute(nodes[-1])


@exercise.mistake(
    "The function calls itself for a node's inputs, and on a long path Python stops it: too many "
    "nested calls.",
    "The list is in topological order. Can one walk through it replace the recursion?",
)
def calls_itself_too_deeply(nodes):
    done = set()

    def compute(v):
        if v.op is not None and v not in done:
            v.output = v.op.value(*[compute(u) for u in v.inputs])
            done.add(v)
        return v.output

    for v in reversed(nodes):
        compute(v)
    return nodes[-1].output
