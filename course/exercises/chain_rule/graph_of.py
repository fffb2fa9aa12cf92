"""Questions and known mistakes of `graph_of`."""

from typing import Any

from course.exercises.chain_rule.sample_graphs import (
    LEAVES,
    LONG,
    LOSS,
    NEAR_AND_FAR,
    PATH,
    PATIENCE,
    TWICE_INTO_ONE,
    WHERE_RECURSION_ENDS,
    computed,
    decimal,
    ladder,
    recurse,
    tangle,
    walk_every_path,
)
from course.exercises.engine import Exercise, Question
from course.nn import chain_rule as nn
from course.nn import forward

exercise = Exercise(
    nn.graph_of,
    points=4,
    minutes=20,
    difficulty=4,
    hints=(
        "From a node you get to its inputs, and from these to theirs. Two things are left to do: "
        "find every node once, and put all of them in order. For the second you have a function.",
        "Keep a list of nodes whose inputs you haven't looked at yet; at first loss alone. "
        "Take one, note an edge (u, v) for each of its inputs u, and put u on the list if it is "
        "new. A set of the nodes that you have met tells you whether it is.",
        "`topological_order(edges)` returns every node that has an edge, each once, in order. "
        "Which graph has a node but no edge? In that one case it can't help you.",
    ),
)

NEAR_AND_FAR_TURNED = (*NEAR_AND_FAR[:-1], "c = Mul(b, a)")


def _question(title: str, nodes: Any, call: str = "graph_found", **more: Any) -> Question:
    return Question(title, dict(nodes=list(nodes)), call=call, judged_by="nodes_of_graph", **more)


@exercise.public
def public():
    yield _question("the lecture's loss", [*LEAVES, *LOSS])
    yield _question("a node used by a near one and by a far one", NEAR_AND_FAR)
    yield _question("the same, with the last node's inputs swapped", NEAR_AND_FAR_TURNED)
    yield _question("x times x", TWICE_INTO_ONE)
    yield _question("a graph after a forward pass", computed(PATH))
    yield _question("nodes without names", PATH, "graph_without_names_found")
    yield _question("a leaf alone", ["x = 3"], weight=0.5)


def _beside_others(lines: list[str]) -> list[str]:
    """Return the lines of a graph with nodes among them that lead nowhere.

    So the nodes that the loss depends on are not simply all that there are.
    """
    return [*lines[:5], "lost = Tanh(n3)", "end = Sub(lost, n0)", *lines[5:]]


@exercise.secret
def secret(rng):
    yield _question("a larger graph, drawn at random", _beside_others(tangle(rng)), weight=2)
    yield _question(
        "a larger graph without names",
        _beside_others(tangle(rng)),
        "graph_without_names_found",
        weight=2,
    )
    yield _question("a larger graph after a forward pass", computed(_beside_others(tangle(rng))))
    x = decimal(rng)
    near_and_far = [f"x = {x}", "a = Neg(x)", "b = Tanh(a)", "d = Exp(b)"]
    yield _question("a near use and a far one", [*near_and_far, "c = Mul(a, d)"])
    yield _question("a near use and a far one, swapped", [*near_and_far, "c = Mul(d, a)"])
    yield _question("a leaf alone", [f"x = {x}"], weight=0.3)
    yield _question("sixty diamonds in a row", ladder(decimal(rng), 0.5, 0.6))
    yield _question(
        "a path of thousands of nodes",
        ["x = 0.8", f"a = Scale(0.9995)^{LONG}(x)"],
        seconds=PATIENCE,
        same_for_all_draws=True,
    )


# Plain ways of writing it, and what is changed in them.


# The lines that most of the ideas change.
SORTED = "return forward.topological_order(edges)\n"
SORTED_IF_ANY = "return forward.topological_order(edges) if edges else found"
ADDED = "nodes.add(u)"


@exercise.writing
def edges_collected(loss):
    nodes = {loss}
    to_do = [loss]
    edges = []
    while to_do:
        v = to_do.pop()
        for u in v.inputs:
            edges.append((u, v))
            if u not in nodes:
                nodes.add(u)
                to_do.append(u)
    if not edges:
        return [loss]
    return forward.topological_order(edges)


@exercise.writing
def listed_after_its_inputs(loss):
    order, done = [], set()
    stack = [(loss, False)]
    while stack:
        v, inputs_done = stack.pop()
        if v in done:
            continue
        if inputs_done:
            done.add(v)
            order.append(v)
        else:
            stack.append((v, True))
            for u in v.inputs:
                stack.append((u, False))
    return order


@exercise.writing
def found_then_paired(loss):
    found = [loss]
    known = {loss}
    for v in found:
        for new in v.inputs:
            if new not in known:
                known.add(new)
                found.append(new)
    edges = [(u, v) for v in found for u in v.inputs]
    return forward.topological_order(edges) if edges else found


@exercise.writing(ideas=("calls_itself_too_deeply",))
def from_node_to_node(loss):
    nodes = nn.graph_of(loss)
    recurse(nodes, "")
    return nodes


@exercise.writing(ideas=("walks_shared_nodes_again",))
def along_every_path(loss):
    nodes = nn.graph_of(loss)
    walk_every_path(nodes)
    recurse(nodes, "")
    return nodes


exercise.idea(
    "in_the_order_of_discovery",
    "The nodes are listed in the order in which they were found, or its reverse. That isn't always "
    "a topological order.",
    "In c = a · b with b = a², the walk from c meets a as soon as b. Which of the two has to come "
    "first?",
    {SORTED_IF_ANY: "return found"},
    {SORTED_IF_ANY: "return found[::-1]"},
    {"nodes = {loss}": "nodes = {loss: 0}", ADDED: "nodes[u] = 0", SORTED: "return [*nodes]"},
    {"nodes = {loss}": "nodes = {loss: 0}", ADDED: "nodes[u] = 0", SORTED: "return [*nodes][::-1]"},
    {"if inputs_done:": "if v not in done:", "        else:\n": "        if True:\n"},
    {
        "if inputs_done:": "if v not in done:",
        "        else:\n": "        if True:\n",
        "return order": "return order[::-1]",
    },
)
exercise.idea(
    "turned_round",
    "The order is reversed: the loss is first, and every node comes before its inputs.",
    "Which end of the list does a forward pass begin at? If you sort edges, which way do they "
    "point?",
    {SORTED: "return forward.topological_order(edges)[::-1]"},
    {"edges.append((u, v))": "edges.append((v, u))"},
    {"return order": "return order[::-1]"},
    {"(u, v) for v in found": "(v, u) for v in found"},
)
exercise.idea(
    "loss_left_out",
    "The loss itself is missing.",
    "The list ends with the node that you were given.",
    {"return order": "return order[:-1]"},
    {SORTED: "return forward.topological_order(edges)[:-1]"},
    {"return order": "return [v for v in order if v is not loss]"},
)
exercise.idea(
    "leaves_left_out",
    "The leaves are missing.",
    "The forward pass needs their outputs, and the backward pass gives them their deltas, which "
    "are what one wants. So they belong to the graph.",
    {"order.append(v)": "order += [v] if v.op else []"},
    {SORTED: "return [v for v in forward.topological_order(edges) if v.op]"},
    {"edges.append((u, v))": "edges += [(u, v)] if u.op else []"},
)
exercise.idea(
    "leaf_alone_forgotten",
    "A leaf alone is forgotten: its list holds just that node.",
    "`topological_order` learns of a node through its edges. Which node has none?",
    {"        return [loss]": "        return []"},
    {"if edges else found": ""},
    {"return order": "return [v for v in order if loss.inputs]"},
)
exercise.idea(
    "one_level_only",
    "Only the loss and its own inputs are listed: the inputs of these, and so on, are missing.",
    "The walk has to go on until it meets nothing new. What tells you that there is more to do?",
    {"to_do.append(u)": "pass"},
    {"found.append(new)": "pass"},
    {"for v in found:": "for v in found[:1]:"},
    {SORTED: "return [*loss.inputs, loss]"},
)
exercise.idea(
    "first_input_only",
    "Only the first input of each node is followed.",
    "Mul and Sub have two inputs. Which loop goes through all of them?",
    {"for u in v.inputs:": "for u in v.inputs[:1]:"},
    {"for new in v.inputs:": "for new in v.inputs[:1]:", "in v.inputs]": "in v.inputs[:1]]"},
)
exercise.idea(
    "last_input_only",
    "Only the last input of each node is followed.",
    "Mul and Sub have two inputs. Which loop goes through all of them?",
    {"for u in v.inputs:": "for u in v.inputs[-1:]:"},
    {"for new in v.inputs:": "for new in v.inputs[-1:]:", "in v.inputs]": "in v.inputs[-1:]]"},
)
exercise.idea(
    "stopped_at_outputs",
    "The walk stops at nodes that have an output, but after a forward pass every node has one.",
    "What always tells a leaf from the other nodes: that it has an output, or that it has no "
    "inputs?",
    {"for u in v.inputs:": "for u in v.inputs if v.output is None else ():"},
    {
        "for new in v.inputs:": "for new in v.inputs if v.output is None else ():",
        "in v.inputs]": "in v.inputs if v.output is None]",
    },
)
exercise.idea(
    "told_apart_by_name",
    "Nodes are told apart by their names, but two nodes may have the same name or none.",
    "The nodes of a formula have no names. A set can hold the nodes themselves.",
    {
        "nodes = {loss}": "nodes = {loss.name}",
        "if u not in nodes": "if u.name not in nodes",
        ADDED: "nodes.add(u.name)",
    },
    {"if v in done": "if v.name in done", "done.add(v)": "done.add(v.name)"},
    {
        "known = {loss}": "known = {loss.name}",
        "if new not in known": "if new.name not in known",
        "known.add(new)": "known.add(new.name)",
    },
)
exercise.idea(
    "names_returned",
    "The nodes' names are returned, but the passes need the nodes themselves.",
    "Names are good for looking at a result. What do you hand over to `forward_pass`?",
    {"return order": "return [v.name for v in order]"},
    {SORTED: "return [v.name for v in forward.topological_order(edges)]"},
)
exercise.idea(
    "edges_returned",
    "The edges are returned, but the nodes are asked for.",
    "What makes an order of nodes out of edges?",
    {SORTED: "return edges"},
    {SORTED_IF_ANY: "return edges"},
)
exercise.idea(
    "returned_as_a_set",
    "A set, or a dict, is returned: a set has no order.",
    "The passes want a list with every node after its inputs.",
    {"return order": "return set(order)"},
    {SORTED: "return nodes"},
    {SORTED_IF_ANY: "return known"},
    {"return order": "return dict.fromkeys(order)"},
)
exercise.idea(
    "returns_nothing",
    "Nothing is returned.",
    "Is there a `return` at the end?",
    {"return order": "return"},
    {SORTED: "return"},
)
exercise.idea(
    "calls_itself_too_deeply",
    "The function calls itself for a node's inputs (recursion), and on a long path Python stops "
    "it: too many nested calls.",
    "Keep the nodes whose inputs you haven't looked at in a list of your own.",
    *({'recurse(nodes, "")': f'recurse(nodes, "{end}")'} for end in WHERE_RECURSION_ENDS),
)
exercise.idea(
    "walks_shared_nodes_again",
    "A node that was visited already is visited again for every path to it, and the paths double "
    "with each diamond.",
    "When you meet a node a second time, is there anything left to find behind it?",
    {'walk_every_path(nodes)\n    recurse(nodes, "")': "walk_every_path(nodes)"},
    *({'recurse(nodes, "")': f'recurse(nodes, "{end}")'} for end in WHERE_RECURSION_ENDS),
)


@exercise.mistake(
    "A node is in the list several times, once for every path that leads to it.",
    "When you meet a node a second time, does it belong in the list again?",
)
def listed_once_for_every_path(loss):
    walk_every_path(nn.graph_of(loss))
    order, stack = [], [(loss, False)]
    while stack:
        v, inputs_done = stack.pop()
        if inputs_done:
            order.append(v)
        else:
            stack += [(v, True), *((u, False) for u in v.inputs)]
    return order
