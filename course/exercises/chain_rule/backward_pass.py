"""Questions and known mistakes of `backward_pass`."""

from course.exercises.chain_rule.sample_graphs import (
    DEAD_END,
    DIAMOND,
    LONG,
    LOSS,
    MANY_PATHS,
    NEAR_AND_FAR,
    PATH,
    TWICE_INTO_ONE,
    computed,
    decimal,
    ladder,
    paths_to_the_last,
    tangle,
)
from course.exercises.engine import Exercise, Question
from course.nn import chain_rule as nn

exercise = Exercise(
    nn.backward_pass,
    points=6,
    minutes=30,
    difficulty=4,
    hints=(
        "A node's delta is complete when every node that uses it has sent its share. In which "
        "order must you go through the list to make sure of that?",
        "Think of a node as sending a message to each of its inputs: its own delta times its op's "
        "partial derivative by that input. What should an input do with the second message it "
        "gets?",
        "Before the first call every delta is None, and `None += …` is a TypeError. So first set "
        "every delta to 0 and the last one to 1. Then walk backwards, and for every place i in "
        "`v.inputs` add the message to what is already there. The partial derivatives are taken at "
        "the outputs of v's inputs.",
    ),
)


@exercise.public
def public():
    yield Question("a path", dict(nodes=computed(PATH)), call="deltas_in_graph")
    yield Question("a diamond", dict(nodes=computed(DIAMOND)), call="deltas_in_graph")
    yield Question(
        "a node used by a near one and by a far one",
        dict(nodes=computed(NEAR_AND_FAR)),
        call="deltas_in_graph",
    )
    yield Question("x times x", dict(nodes=computed(TWICE_INTO_ONE)), call="deltas_in_graph")
    yield Question(
        "nodes that lead nowhere", dict(nodes=computed(DEAD_END)), call="deltas_in_graph"
    )
    yield Question(
        "two calls on the same graph", dict(nodes=computed(PATH)), call="deltas_in_graph_twice"
    )


@exercise.secret
def secret(rng):
    lines = computed(tangle(rng))
    yield Question(
        "a larger graph, drawn at random",
        dict(nodes=lines),
        call="deltas_in_graph",
        weight=2,
    )
    w, x, y = (decimal(rng) for _ in range(3))
    leaves = [f"w = {w}", f"x = {x}", f"y = {y}"]
    yield Question(
        "a loss with several leaves",
        dict(nodes=computed([*leaves, *LOSS])),
        call="deltas_in_graph",
    )
    yield Question(
        "a node used by a near one and by a far one",
        dict(
            nodes=computed(
                [
                    f"x = {x}",
                    "a = Tanh(x)",
                    "b = Exp(a)",
                    "c = Sigmoid(b)",
                    "d = Mul(a, c)",
                ]
            )
        ),
        call="deltas_in_graph",
        weight=2,
    )
    yield Question(
        "a node used twice by the next node",
        dict(nodes=computed([f"x = {x}", "a = Exp(x)", "b = Mul(a, a)", "c = Tanh(b)"])),
        call="deltas_in_graph",
    )
    yield Question(
        "a node minus itself",
        dict(nodes=computed([f"x = {x}", "a = Square(x)", "b = Sub(a, a)"])),
        call="deltas_in_graph",
    )
    yield Question(
        "nodes that lead nowhere",
        dict(
            nodes=computed(
                [
                    f"x = {x}",
                    f"unused = {y}",
                    "a = Square(x)",
                    "lost = Tanh(x)",
                    "end = Mul(lost, unused)",
                    "b = Scale(-3)(a)",
                ]
            )
        ),
        call="deltas_in_graph",
    )
    yield Question("two calls in a row", dict(nodes=lines), call="deltas_in_graph_twice", weight=2)
    yield Question("a leaf alone", dict(nodes=[f"x = {w}"]), call="deltas_in_graph", weight=0.5)
    yield Question(
        "a path of thousands of nodes",
        dict(nodes=["x = 0.8", f"a = Relu^{LONG}(x) = 0.8", "b = Scale(-0.6)(a) = -0.48"]),
        call="first_delta_in_graph",
        same_for_all_draws=True,
    )
    yield Question(
        "sixty diamonds in a row",
        dict(nodes=computed(ladder(x, 0.5, 0.6))),
        call="first_delta_in_graph",
    )
    yield Question(
        "what is returned", dict(nodes=computed(DIAMOND)), call="value_of_graph", weight=0.5
    )
    yield Question(
        "the list of nodes afterwards",
        dict(nodes=computed(DIAMOND)),
        call="list_of_graph",
        weight=0.5,
    )


def walk_back(nodes, send) -> None:
    """Zero the deltas and walk backwards; `send(u, i, v, share)` gives u its share from v."""
    for v in nodes:
        v.delta = 0.0
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            send(u, i, v, v.op.deriv(i, *xs))


@exercise.mistake(
    "This is what the slide says, u.delta = …: each edge overwrites the share that the edge before "
    "it sent.",
    "On a path that is right. In the diamond two edges leave x, and a change of x acts through "
    "both. What should happen to the first share when the second one arrives?",
)
def delta_assigned(nodes):
    def send(u, i, v, slope):
        u.delta = v.delta * slope

    walk_back(nodes, send)


@exercise.mistake(
    "This is the slide word for word, u.delta = …: each edge overwrites the share that the edge "
    "before it sent, and a node that leads nowhere gets no delta at all.",
    "In the diamond two edges leave x, and a change of x acts through both. What should happen to "
    "the first share when the second one arrives? And which delta should every node start with?",
)
def delta_assigned_and_never_zeroed(nodes):
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta = v.delta * v.op.deriv(i, *xs)


@exercise.mistake(
    "A node that feeds another node twice, as in x · x, is counted only once.",
    "x · x has two edges from x, one for each factor. Do you go through the inputs, or through the "
    "different nodes among them?",
)
def twice_into_one_counted_once(nodes):
    def send(u, i, v, slope):
        if v.inputs.index(u) == i:
            u.delta += v.delta * slope

    walk_back(nodes, send)


@exercise.mistake(
    "A node that feeds another node twice gets the partial derivative of its first place both "
    "times.",
    "In a − a the first a has slope 1. What slope has the second? Looking up a node among the "
    "inputs finds only its first place.",
)
def first_place_both_times(nodes):
    def send(u, i, v, slope):
        xs = [w.output for w in v.inputs]
        u.delta += v.delta * v.op.deriv(v.inputs.index(u), *xs)

    walk_back(nodes, send)


@exercise.mistake(
    "Every input gets the partial derivative by input 0.",
    "a − b falls when b grows. Which argument of `op.deriv` says by which input to differentiate?",
)
def always_by_input_0(nodes):
    def send(u, i, v, slope):
        u.delta += v.delta * v.op.deriv(0, *[w.output for w in v.inputs])

    walk_back(nodes, send)


@exercise.mistake(
    "The deltas from the previous call are still there, and the new ones are added to them.",
    "Call your function twice and compare. Where must every sum begin?",
)
def deltas_never_zeroed(nodes):
    for v in nodes:
        v.delta = 0.0 if v.delta is None else v.delta
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)


@exercise.mistake(
    "Only the leaves' deltas are reset to 0 before a new pass.",
    "The nodes in between hold sums too. What do they hold when the second call begins?",
)
def only_leaves_zeroed(nodes):
    for v in nodes:
        v.delta = 0.0 if v.delta is None or v.op is None else v.delta
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)


@exercise.mistake(
    "The walk goes forwards, so the first nodes send their deltas before they have any.",
    "Which delta is known from the start? The walk has to begin there.",
)
def walked_forwards(nodes):
    for v in nodes:
        v.delta = 0.0
    nodes[-1].delta = 1.0
    for v in nodes:
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)


@exercise.mistake(
    "The last node's delta stays 0, so every other delta is 0 as well.",
    "What is the derivative of the last output by itself?",
)
def last_delta_0(nodes):
    for v in nodes:
        v.delta = 0.0


@exercise.mistake(
    "The walk starts with the last node's output as its delta.",
    "delta is a derivative. What is the derivative of the last output by itself?",
)
def last_delta_is_its_output(nodes):
    nn.backward_pass(nodes)
    for v in nodes:
        v.delta *= nodes[-1].output


@exercise.mistake(
    "Every node that no other node uses starts with delta 1, not just the last node.",
    "The deltas are derivatives of the last node's output. How much does it change when you change "
    "a node that leads nowhere?",
)
def every_end_gets_1(nodes):
    used = {u for v in nodes for u in v.inputs}
    for v in nodes:
        v.delta = 0.0 if v in used else 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)


@exercise.mistake(
    "Nodes with no path to the last node are left without a delta.",
    "Their delta is a number too: how much does the last output change when they do?",
)
def unreached_left_without_a_delta(nodes):
    nn.backward_pass(nodes)
    reached = {nodes[-1]}
    for v in reversed(nodes):
        if v in reached:
            reached.update(v.inputs)
        else:
            v.delta = None


@exercise.mistake(
    "The partial derivatives are taken at the node's own output instead of at its inputs.",
    "The slope of z² at z = 6 is 12. Where does `op.deriv` find the 6: after the operation or "
    "before it?",
)
def partials_at_the_output(nodes):
    def send(u, i, v, slope):
        u.delta += v.delta * v.op.deriv(i, *[v.output for _ in v.inputs])

    walk_back(nodes, send)


@exercise.mistake(
    "Along an edge, delta and slope are added instead of multiplied.",
    "Slopes that follow one another are multiplied; only the shares from different edges are "
    "added.",
)
def slope_added_along_an_edge(nodes):
    def send(u, i, v, slope):
        u.delta += v.delta + slope

    walk_back(nodes, send)


@exercise.mistake(
    "A node passes on its delta when it is first reached, before all the nodes that use it have "
    "sent their shares.",
    "A near node and a far node may both use the same node. Which order makes sure that the far "
    "node has sent its share too? You are given such an order.",
)
def passed_on_too_early(nodes):
    for v in nodes:
        v.delta = 0.0
    nodes[-1].delta = 1.0
    queue, seen = [nodes[-1]], {nodes[-1]}
    for v in queue:
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)
            if u not in seen:
                seen.add(u)
                queue.append(u)


@exercise.mistake(
    "Every path is walked separately, and sixty diamonds in a row have 2⁶⁰ paths.",
    "Where two paths meet, their shares can be added up before you go on. Which order of the nodes "
    "makes that possible?",
)
def every_path_walked(nodes):
    if paths_to_the_last(nodes) > MANY_PATHS:
        raise TimeoutError
    for v in nodes:
        v.delta = 0.0

    def send(v, delta):
        v.delta += delta
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            send(u, delta * v.op.deriv(i, *xs))

    send(nodes[-1], 1.0)


@exercise.mistake(
    "The function calls itself from node to node, and on a long path Python stops it: too many "
    "nested calls.",
    "The list is in topological order. Can a single walk through it replace the recursion?",
)
def calls_itself_node_by_node(nodes):
    users = {u: [] for u in nodes}
    for v in nodes:
        for i, u in enumerate(v.inputs):
            users[u].append((i, v))
        v.delta = None
    nodes[-1].delta = 1.0

    def delta(u):
        if u.delta is None:
            u.delta = sum(
                delta(v) * v.op.deriv(i, *[w.output for w in v.inputs]) for i, v in users[u]
            )
        return u.delta

    for u in nodes:
        delta(u)


@exercise.mistake(
    "The deltas are returned, but this function should return nothing.",
    "Its result is stored in the nodes. A function that changes its arguments shows this by "
    "returning None.",
)
def returns_the_deltas(nodes):
    nn.backward_pass(nodes)
    return [v.delta for v in nodes]


@exercise.mistake(
    "The caller's list is left reversed.",
    "There is a way to walk a list backwards without changing it.",
)
def list_left_reversed(nodes):
    nn.backward_pass(nodes)
    nodes.reverse()
