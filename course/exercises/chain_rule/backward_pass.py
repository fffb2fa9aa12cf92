"""Questions and known mistakes of `backward_pass`."""

from course.exercises.chain_rule.sample_graphs import (
    DEAD_END,
    DIAMOND,
    DIFFERENCE,
    HUGE_NUMBERS,
    LONG,
    LONG_PATH,
    LOSS,
    MINUS_ITSELF,
    NEAR_AND_FAR,
    PATH,
    PATIENCE,
    TWICE_INTO_ONE,
    UNUSED_LEAF,
    WHERE_RECURSION_ENDS,
    computed,
    decimal,
    from_huge_numbers,
    ladder,
    leading_to_the_last,
    nearly_nothing,
    recurse,
    tangle,
    walk_every_path,
)
from course.exercises.chain_rule.steps import STEPS
from course.exercises.engine import Exercise, Question
from course.exercises.late import no_answer_in_time
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


# At a huge number no step that anyone takes changes it, so a slope that is measured is 0 there. So
# nearly half of the secret graphs begin with huge numbers. Elsewhere a measured slope may be right.
ASKED = dict(call="deltas_in_graph", rtol=1e-4, atol=1e-6)
TWICE = {**ASKED, "call": "deltas_in_graph_twice"}


@exercise.public
def public():
    yield Question("a path", dict(nodes=computed(PATH)), **ASKED)
    yield Question("a difference", dict(nodes=computed(DIFFERENCE)), **ASKED)
    yield Question("a diamond", dict(nodes=computed(DIAMOND)), **ASKED)
    yield Question(
        "a node used by a near one and by a far one",
        dict(nodes=computed(NEAR_AND_FAR)),
        **ASKED,
    )
    yield Question("x times x", dict(nodes=computed(TWICE_INTO_ONE)), **ASKED)
    yield Question("a minus a", dict(nodes=computed(MINUS_ITSELF)), **ASKED)
    yield Question("a leaf that leads nowhere", dict(nodes=computed(UNUSED_LEAF)), **ASKED)
    yield Question("nodes that lead nowhere", dict(nodes=computed(DEAD_END)), **ASKED)
    yield Question(
        "two calls on the same graph",
        dict(nodes=computed(PATH)),
        **TWICE,
    )
    yield Question(
        "the difference of two huge numbers",
        dict(nodes=computed(HUGE_NUMBERS)),
        **ASKED,
    )
    yield Question("what is returned", dict(nodes=computed(PATH)), call="value_of_graph")
    yield Question("the list afterwards", dict(nodes=computed(PATH)), call="list_of_graph")


@exercise.secret
def secret(rng):
    w, x, y = (decimal(rng) for _ in range(3))
    huge = from_huge_numbers("x", rng)
    lines = computed([*from_huge_numbers("n0", rng), *tangle(rng)[1:]])
    yield Question(
        "a larger graph, drawn at random",
        dict(nodes=lines),
        **ASKED,
        weight=2,
    )
    yield Question(
        "a loss with several leaves",
        dict(nodes=computed([f"w = {w}", f"x = {x}", f"y = {y}", *LOSS])),
        **ASKED,
    )
    yield Question(
        "a node used by a near one and by a far one",
        dict(
            nodes=computed([*huge, "a = Tanh(x)", "b = Exp(a)", "c = Sigmoid(b)", "d = Mul(a, c)"])
        ),
        **ASKED,
        weight=2,
    )
    yield Question(
        "a node used twice by the next node",
        dict(nodes=computed([*huge, "a = Exp(x)", "b = Mul(a, a)", "c = Tanh(b)"])),
        **ASKED,
    )
    yield Question(
        "a node minus itself",
        dict(
            nodes=computed(
                [f"x = {x}", f"y = {y}", "a = Square(x)", "b = Sub(a, a)", "c = Mul(b, y)"]
            )
        ),
        **ASKED,
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
        **ASKED,
    )
    yield Question(
        "a leaf that leads nowhere",
        dict(nodes=computed([f"x = {x}", f"unused = {y}", "a = Exp(x)"])),
        **ASKED,
        weight=0.5,
    )
    yield Question("two calls in a row", dict(nodes=lines), **TWICE, weight=2)
    yield Question("a leaf alone", dict(nodes=[f"x = {w}"]), **ASKED, weight=0.1)
    yield Question(
        "a path of thousands of nodes",
        dict(nodes=list(LONG_PATH)),
        call="first_delta_in_graph",
        seconds=PATIENCE,
        same_for_all_draws=True,
    )
    yield Question(
        "sixty diamonds in a row",
        dict(nodes=computed(ladder(x, 0.5, round(rng.uniform(0.5, 0.6), 3)))),
        call="first_delta_in_graph",
    )
    yield Question(
        "almost nothing on the way",
        dict(nodes=computed(nearly_nothing(x))),
        call="first_delta_in_graph",
        rtol=1e-4,
        weight=2,
    )
    yield Question(
        "what is returned", dict(nodes=computed(DIAMOND)), call="value_of_graph", weight=0.2
    )
    yield Question(
        "the list of nodes afterwards",
        dict(nodes=computed(DIAMOND)),
        call="list_of_graph",
        weight=0.2,
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def walk_back(nodes):
    for v in nodes:
        v.delta = 0.0
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            slope = v.op.deriv(i, *xs)
            u.delta += v.delta * slope


# What stops with an error changes this one only, in one place: it makes no pairs.
@exercise.writing
def in_one_expression(nodes):
    for node in nodes:
        node.delta = 0.0
    node.delta = 1.0
    for node in nodes[::-1]:
        numbers = [source.output for source in node.inputs]
        for place, source in enumerate(node.inputs):
            source.delta += node.delta * node.op.deriv(place, *numbers)


def slopes(node):
    numbers = [u.output for u in node.inputs]
    return [node.op.deriv(i, *numbers) for i in range(len(numbers))]


@exercise.writing(ideas=("added_to_none",))
def from_none(nodes):
    for node in nodes:
        node.delta = None
    node.delta = 1.0
    for node in nodes[::-1]:
        for source, slope in zip(node.inputs, slopes(node), strict=True):
            share = node.delta * slope
            source.delta += share


@exercise.writing(ideas=("started_at_the_first_share",))
def from_the_first_share(nodes):
    nodes[len(nodes) - 1].delta = 1.0
    for node in nodes[::-1]:
        for source, slope in zip(node.inputs, slopes(node), strict=True):
            share = node.delta * slope
            source.delta = share if source.delta is None else source.delta + share


@exercise.writing(ideas=("delta_assigned_and_never_zeroed",))
def word_for_word(nodes):
    nodes[len(nodes) - 1].delta = 1.0
    for node in nodes[::-1]:
        for source, slope in zip(node.inputs, slopes(node), strict=True):
            source.delta = node.delta * slope


@exercise.writing(ideas=("delta_assigned_and_never_zeroed",))
def word_for_word_from_the_last_node(nodes):
    nodes[len(nodes) - 1].delta = 1.0
    for node in leading_to_the_last(nodes)[::-1]:
        for source, slope in zip(node.inputs, slopes(node), strict=True):
            source.delta = node.delta * slope


@exercise.writing(ideas=("called_what_is_no_function",))
def inputs_called(nodes):
    for node in nodes:
        node.inputs()


@exercise.writing(ideas=("no_delta_set",))
def in_another_attribute(nodes):
    for node in nodes:
        node.grad = 0.0


@exercise.writing(ideas=("calls_itself_node_by_node",))
def from_node_to_node(nodes):
    recurse(nodes, "")
    nn.backward_pass(nodes)


@exercise.writing(ideas=("every_path_walked",))
def along_every_path(nodes):
    walk_every_path(nodes)
    recurse(nodes, "")
    nn.backward_pass(nodes)


@exercise.writing(ideas=("measured_not_derived",))
def measured_on_both_sides(nodes):
    h = 1e-6
    for k, node in enumerate(nodes):
        node.delta = (last_output(nodes, k, h) - last_output(nodes, k, -h)) / (2 * h)


@exercise.writing(ideas=("measured_not_derived",))
def measured_on_one_side(nodes):
    h = 1e-6
    for k, node in enumerate(nodes):
        node.delta = (last_output(nodes, k, h) - last_output(nodes, k, 0)) / h


def last_output(nodes, k, step):
    """Return the last output if node k's output is larger by `step`."""
    if len(nodes) > LONG:
        no_answer_in_time()
    outputs = {v: v.output for v in nodes[: k + 1]}
    outputs[nodes[k]] += step
    for v in nodes[k + 1 :]:
        outputs[v] = v.op.value(*[outputs[u] for u in v.inputs]) if v.op else v.output
    return outputs[nodes[-1]]


exercise.idea(
    "delta_assigned",
    "u.delta is assigned (=), as on the slide, not added to: each edge overwrites the share that "
    "the edge before it sent.",
    "On a path that is right. In the diamond two edges leave x, and a change of x acts through "
    "both. What should happen to the first share when the second one arrives?",
    {"u.delta += ": "u.delta = "},
)
exercise.idea(
    "delta_assigned_and_never_zeroed",
    "u.delta is assigned (=), as on the slide, so each edge overwrites the share before it. A node "
    "that leads nowhere gets no delta at all.",
    "In the diamond two edges leave x, and a change of x acts through both. What should happen to "
    "the first share when the second one arrives? And which delta should every node start with?",
)
exercise.idea(
    "started_at_the_first_share",
    "The deltas are never set back to 0: a second call adds to those of the first, and a node that "
    "leads nowhere never gets a delta.",
    "Which delta should every node start with, each time?",
)
exercise.idea(
    "added_to_none",
    "Before the first call every delta is None, and None can't be added to.",
    "Which delta should every node start with, each time?",
    *(
        {"source.delta += share": added}
        for added in (
            "source.delta += share",
            "source.delta = source.delta + share",
            "source.delta = share + source.delta",
        )
    ),
)
exercise.idea(
    "twice_into_one_counted_once",
    "A node that feeds another node twice, as in x · x, is counted only once.",
    "x · x has two edges from x, one for each factor. Do you go through the inputs, or through the "
    "different nodes among them?",
    {"enumerate(v.inputs)": "[(v.inputs.index(u), u) for u in dict.fromkeys(v.inputs)]"},
)
exercise.idea(
    "first_place_both_times",
    "A node that feeds another node twice gets the partial derivative of its first place both "
    "times, as with `v.inputs.index(u)`.",
    "In a − a the first a has slope 1. What slope has the second? Looking up a node among the "
    "inputs finds only its first place.",
    {"v.op.deriv(i, *xs)": "v.op.deriv(v.inputs.index(u), *xs)"},
)
exercise.idea(
    "always_by_input_0",
    "Every input gets the partial derivative by input 0, as with `op.deriv(0, …)`.",
    "a − b falls when b grows. Which argument of `op.deriv` says by which input to differentiate?",
    {"v.op.deriv(i, *xs)": "v.op.deriv(0, *xs)"},
)
exercise.idea(
    "first_input_only",
    "Only a node's first input gets a share.",
    "x − y has two inputs. How much does it change when y does?",
    {"enumerate(v.inputs)": "enumerate(v.inputs[:1])"},
)
exercise.idea(
    "deltas_never_zeroed",
    "The deltas aren't reset to 0: those of the previous call are still there, and the new ones "
    "are added to them.",
    "Call your function twice and compare. Where must every sum begin?",
    {"v.delta = 0.0": "v.delta = v.delta or 0.0"},
    {"v.delta = 0.0": "v.delta = v.delta or 0.0", "delta = 1.0": "delta += 1.0"},
)
exercise.idea(
    "only_leaves_zeroed",
    "Only the leaves' deltas are reset to 0 before a new pass.",
    "The nodes in between hold sums too. What do they hold when the second call begins?",
    {"v.delta = 0.0": "v.delta = 0.0 if v.op is None else v.delta or 0.0"},
)
exercise.idea(
    "every_delta_starts_at_1",
    "Every delta starts at 1, not just the last node's.",
    "A node's delta is the sum of the shares that it gets. What is an empty sum?",
    {"v.delta = 0.0": "v.delta = 1.0"},
)
exercise.idea(
    "every_end_gets_1",
    "Every node that no other node uses starts with delta 1, not just the last node.",
    "The deltas are derivatives of the last node's output. How much does it change when you change "
    "a node that leads nowhere?",
    {
        "nodes[-1].delta = 1.0": (
            "for v in set(nodes) - {u for v in nodes for u in v.inputs}:\n    v.delta = 1.0"
        )
    },
)
exercise.idea(
    "last_delta_0",
    "The last node's delta stays 0, so every other delta is 0 as well.",
    "What is the derivative of the last output by itself?",
    {"nodes[-1].delta = 1.0": "pass"},
)
exercise.idea(
    "last_delta_is_its_output",
    "The walk starts with the last node's output as its delta.",
    "delta is a derivative. What is the derivative of the last output by itself?",
    {"nodes[-1].delta = 1.0": "nodes[-1].delta = nodes[-1].output"},
)
exercise.idea(
    "walked_forwards",
    "The loop goes through the nodes forwards, not in reverse: the first ones send their deltas "
    "before they have any.",
    "Which delta is known from the start? The walk has to begin there.",
    {"for v in reversed(nodes):": "for v in list(nodes):"},
)
exercise.idea(
    "returns_inside_the_loop",
    "Only the last node's own inputs get their shares, as with a `return` inside the loop.",
    "How far is your `return` indented? Every node has to send its shares.",
    {"for v in reversed(nodes):": "for v in nodes[-1:]:"},
)
exercise.idea(
    "nothing_sent_back",
    "Every delta but the last node's stays 0: its inputs get no share of it.",
    "The walk begins at the last node. Which node's delta grows there: v's, or that of its input "
    "u?",
    {"for v in reversed(nodes):": "for v in reversed(nodes[:-1]):"},
    {"u.delta += v.delta * slope": "v.delta += u.delta * slope"},
)
exercise.idea(
    "partials_at_the_output",
    "The partial derivatives are taken at the node's own output instead of at its inputs.",
    "The slope of z² at z = 6 is 12. Where does `op.deriv` find the 6: after the operation or "
    "before it?",
    {"[u.output for u in v.inputs]": "[v.output for _ in v.inputs]"},
)
exercise.idea(
    "slope_added_along_an_edge",
    "Along an edge, delta and slope are added instead of multiplied.",
    "Slopes that follow one another are multiplied; only the shares from different edges are "
    "added.",
    {"v.delta * slope": "v.delta + slope"},
)
exercise.idea(
    "slope_without_delta",
    "Each edge hands on its slope alone: the factor v.delta is missing.",
    "Slopes along a path multiply. Which number holds the product so far?",
    {"v.delta * slope": "slope"},
)
exercise.idea(
    "delta_without_slope",
    "Each edge hands on v.delta unchanged: the slope, `op.deriv`, is missing.",
    "If a = 2x grows twice as fast as x, what is x's delta if a's is 9?",
    {"v.delta * slope": "v.delta"},
)
exercise.idea(
    "output_for_the_slope",
    "v.delta is multiplied by an output, of u or of v, instead of by a slope.",
    "How steep is an operation by one of its inputs? Which method of v.op says so?",
    {"v.delta * slope": "v.delta * u.output"},
    {"v.delta * slope": "v.delta * v.output"},
)
exercise.idea(
    "star_forgotten",
    "`op.deriv` gets the numbers as one list that isn't unpacked, but it takes its arguments one "
    "by one.",
    "What does a * do in a call, as in f(*[2, 3])?",
    {"node.op.deriv(place, *numbers)": "node.op.deriv(place, numbers)"},
)
exercise.idea(
    "nodes_for_numbers",
    "`op.deriv` gets the nodes themselves instead of the numbers it works on, their outputs.",
    "v.inputs holds nodes. Where is the number of each?",
    {"node.op.deriv(place, *numbers)": "node.op.deriv(place, *node.inputs)"},
)
exercise.idea(
    "only_its_own_output",
    "`op.deriv` gets the output of one input only.",
    "How steep a · b is by a depends on b. What does `op.deriv` want after the place?",
    {"node.op.deriv(place, *numbers)": "node.op.deriv(place, source.output)"},
)
exercise.idea(
    "place_forgotten",
    "The place is missing: the first argument of `op.deriv` says by which input to differentiate, "
    "0 or 1.",
    "In s − y, which place among the inputs has y, counting from 0?",
    {"node.op.deriv(place, *numbers)": "node.op.deriv(source)"},
    {"node.op.deriv(place, *numbers)": "node.op.deriv(*numbers)"},
    {"node.op.deriv(place, *numbers)": "node.op.deriv(source.output)"},
)
exercise.idea(
    "places_counted_from_1",
    "The places of the inputs are counted from 1, but `op.deriv` counts from 0.",
    "Which number has the first input?",
    {"node.op.deriv(place, *numbers)": "node.op.deriv(place + 1, *numbers)"},
)
exercise.idea(
    "op_of_the_input",
    "The slope is taken from the input's operation, `u.op.deriv`, but the edge leads into v's.",
    "In s = w x, which operation turns a change of w into a change of s?",
    {"node.op.deriv(place, *numbers)": "source.op.deriv(place, *numbers)"},
)
exercise.idea(
    "deriv_of_the_node",
    "A node has no `deriv`: the slide's v→deriv(u) is v.op.deriv(i, *xs) here.",
    "What are i and xs? The lesson says so just below the slide's two lines.",
    {"node.op.deriv(place, *numbers)": "node.deriv(source)"},
)
exercise.idea(
    "called_what_is_no_function",
    "v.inputs or v.op is called like a function, but v.inputs is a tuple, and the function in v.op "
    "is v.op.deriv.",
    "What are i and xs in v.op.deriv(i, *xs)?",
    {"node.op.deriv(place, *numbers)": "node.op(place, *numbers)"},
)
exercise.idea(
    "no_delta_set",
    "After your function the nodes have no deltas.",
    "The result is stored in the nodes. Which attribute is meant for it?",
)
exercise.idea(
    "measured_not_derived",
    "Where an output is huge its delta is 0, as with a numerical derivative: there the output plus "
    "a small step is still the same number.",
    "Every operation knows its own derivative. What do these have to be combined to?",
    *({"h = 1e-6": f"h = {step}"} for step in STEPS),
)
exercise.idea(
    "calls_itself_node_by_node",
    "The function calls itself from node to node (recursion), and on a long path Python stops it: "
    "too many nested calls.",
    "The list is in topological order. Can a single walk through it replace the recursion?",
    *({'recurse(nodes, "")': f'recurse(nodes, "{end}")'} for end in WHERE_RECURSION_ENDS),
)
exercise.idea(
    "every_path_walked",
    "Every path is walked separately, so shared nodes are visited again and again: sixty diamonds "
    "in a row have 2⁶⁰ paths.",
    "Where two paths meet, their shares can be added up before you go on. Which order of the nodes "
    "makes that possible?",
    *({'recurse(nodes, "")': f'recurse(nodes, "{end}")'} for end in WHERE_RECURSION_ENDS),
)


@exercise.mistake(
    "Nodes with no path to the last node are left without a delta.",
    "Their delta is a number too: how much does the last output change when they do?",
)
def unreached_left_without_a_delta(nodes):
    nn.backward_pass(nodes)
    for v in set(nodes) - set(leading_to_the_last(nodes)):
        v.delta = None


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
    "The deltas are returned, but this function should return nothing.",
    "Its result is stored in the nodes. A function that changes its arguments shows this by "
    "returning None.",
)
def returns_the_deltas(nodes):
    nn.backward_pass(nodes)
    return [v.delta for v in nodes]


@exercise.mistake(
    "The caller's list is reversed in place and left so, as with `nodes.reverse()`.",
    "There is a way to walk a list backwards without changing it.",
)
def list_left_reversed(nodes):
    nn.backward_pass(nodes)
    nodes.reverse()
