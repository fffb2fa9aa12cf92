"""Questions and known mistakes of `topological_order`."""

from collections import Counter

from course.exercises.engine import Exercise, Question
from course.exercises.engine.codec import Stream
from course.exercises.forward.samples import diamond
from course.nn import forward as nn

exercise = Exercise(
    nn.topological_order,
    points=4,
    minutes=25,
    difficulty=4,
    hints=(
        "Which nodes could come first? When one of them is done, what changes for the others?",
        "For every node, count the edges into it that are still open. A node with none is ready. "
        "When you list a node, one edge into each of its successors is closed. Go through the "
        "edges once, at the start, and remember what you need: `edges` may be a stream that ends.",
        "Keep a list of ready nodes; take one, append it to the order, lower its successors' "
        "counts, and add those that reach 0. If nodes are left when none is ready, they wait for "
        "each other: a cycle. A set of edges takes care of repeated edges.",
    ),
)


def _asked_for_order(title, edges, **more):
    return Question(title, dict(edges=edges), call="drained", judged_by="order_of_nodes", **more)


@exercise.public
def public():
    yield _asked_for_order(
        "a short path and a long path", [("c", "a"), ("d", "a"), ("b", "c"), ("d", "b")]
    )
    yield _asked_for_order(
        "two starts and a repeated edge, from an iterator",
        Stream(((4, 1), (3, 1), (4, 2), (3, 1))),
    )
    yield _asked_for_order("a cycle after a start", [(1, 2), (2, 3), (3, 2)], weight=0.5)
    yield _asked_for_order("nothing but a cycle", [(1, 2), (2, 3), (3, 1)], weight=0.5)


@exercise.secret
def secret(rng):
    a, b, c, d, e, f, g = (int(node) for node in rng.permutation(50)[:7])
    yield _asked_for_order(
        "edges in an unlucky order", [(d, e), (a, e), (c, d), (b, c), (a, b)], weight=2
    )
    yield _asked_for_order("several separate parts", [(c, a), (b, a), (e, d), (g, f), (g, e)])
    yield _asked_for_order(
        "nodes of different types, which can't be compared",
        [("x", 0), (None, "x"), ((a, b), None), (2.5, 0), ((a, b), "")],
    )
    yield _asked_for_order(
        "edges from an iterator, which can be read only once", Stream(((b, c), (a, b), (c, d)))
    )
    yield _asked_for_order("repeated edges", [(b, c), (a, b), (b, c), (a, b), (b, c), (a, c)])
    yield Question(
        "a chain of 8,000 nodes, its edges listed from the middle outwards",
        dict(length=8_000),
        call="on_a_chain",
        judged_by="order_of_nodes",
        same_for_all_draws=True,
    )
    ladder = [edge for k in range(30) for edge in diamond(3 * k)]
    yield _asked_for_order("thirty diamonds in a row, which makes a thousand million paths", ladder)
    yield _asked_for_order("a cycle without a start", [(a, b), (b, c), (c, a)], weight=0.5)
    yield _asked_for_order(
        "a cycle separate from the rest", [(a, b), (c, d), (d, e), (e, c)], weight=0.5
    )
    yield _asked_for_order("an edge from a node to itself", [(a, b), (b, b), (b, c)], weight=0.5)


def _successors(edges):
    after = {node: [] for edge in edges for node in edge}
    for u, v in edges:
        after[u].append(v)
    return after


def _ready_one_by_one(edges, as_often_as_given=False):
    "Return the nodes in the order in which they become ready; the nodes of a cycle never do."
    after = _successors(edges if as_often_as_given else dict.fromkeys(edges))
    waiting_for = Counter(v for heads in after.values() for v in heads)
    order = [v for v in after if not waiting_for[v]]
    for u in order:
        for v in dict.fromkeys(after[u]):
            waiting_for[v] -= 1
            if not waiting_for[v]:
                order.append(v)
    return order


def _starts(edges):
    heads = {v for _, v in edges}
    return list(dict.fromkeys(u for u, _ in edges if u not in heads))


@exercise.mistake(
    "These are the nodes in the order in which the edges mention them.",
    "Edges may be listed in any order. What makes a node ready?",
)
def order_of_mention(edges):
    edges = list(edges)
    nn.topological_order(edges)
    return list(dict.fromkeys(node for edge in edges for node in edge))


@exercise.mistake(
    "These are the nodes sorted by their names or numbers.",
    "A node's name says nothing about the edges. And not all nodes can be compared.",
)
def sorted_by_name(edges):
    return sorted(nn.topological_order(edges))


@exercise.mistake(
    "A node is listed when it is first reached, although a longer path to it is still open.",
    "In a → b → c and a → c: when can c be listed? One edge into it is not enough.",
)
def listed_when_first_reached(edges):
    edges = list(edges)
    nn.topological_order(edges)
    after, reached = _successors(edges), dict.fromkeys(_starts(edges))
    order = list(reached)
    for u in order:
        order.extend(v for v in dict.fromkeys(after[u]) if v not in reached)
        reached.update(dict.fromkeys(after[u]))
    return order


@exercise.mistake(
    "Only the nodes that can be reached from one starting node are listed.",
    "A graph may have several nodes without incoming edges, and separate parts.",
)
def first_start_only(edges):
    edges = list(edges)
    order, after = nn.topological_order(edges), _successors(edges)
    reached = set(_starts(edges)[:1])
    for u in order:
        if u in reached:
            reached.update(after[u])
    return [u for u in order if u in reached]


@exercise.mistake(
    "Every edge points backwards: the order is reversed.",
    "A search that lists a node after all its successors lists the last node first.",
)
def turned_round(edges):
    return nn.topological_order(edges)[::-1]


@exercise.mistake(
    "Every edge points backwards, and a cycle goes unnoticed.",
    "A search that lists a node after all its successors lists the last node first. And if it "
    "meets a node that it hasn't finished, what has it found?",
)
def turned_round_and_cycle_unnoticed(edges):
    return _ready_one_by_one(list(edges))[::-1]


@exercise.mistake(
    "Nodes without outgoing edges are missing.",
    "A dictionary from nodes to successors has a key only for nodes that have successors. Which "
    "nodes does it miss?",
)
def ends_missing(edges):
    edges = list(edges)
    tails = {u for u, _ in edges}
    return [u for u in nn.topological_order(edges) if u in tails]


@exercise.mistake(
    "A node is listed once for every edge into it.",
    "How often is a node reached, and how often may it be listed? Something has to keep track.",
)
def listed_again_for_every_edge(edges):
    edges = list(edges)
    into = Counter(v for _, v in dict.fromkeys(edges))
    return [v for v in nn.topological_order(edges) for _ in range(max(1, into[v]))]


@exercise.mistake(
    "A repeated edge is counted twice but removed only once, so the node at its end never becomes "
    "ready.",
    "Make sure that each edge is added and removed equally often.",
)
def repeated_edge_counted_twice(edges):
    edges = list(edges)
    order = _ready_one_by_one(edges, as_often_as_given=True)
    if len(order) < len(_successors(edges)):
        raise ValueError("a cycle")
    return order


@exercise.mistake(
    "A cycle goes unnoticed: an order is returned although there is none.",
    "If no node is ready and some are left, what do you know about them?",
)
def cycle_unnoticed(edges):
    return _ready_one_by_one(list(edges))


@exercise.mistake(
    "A cycle is noticed only if there is no node to start from.",
    "Some nodes may be ready although there is a cycle elsewhere. Count the nodes at the end.",
)
def cycle_sought_only_at_the_start(edges):
    edges = list(edges)
    if not _starts(edges):
        raise ValueError("a cycle")
    return cycle_unnoticed(edges)


@exercise.mistake(
    "An edge from a node to itself is ignored, but it is a cycle: the shortest there is.",
    "Can a node come before itself?",
)
def loop_at_a_node_passed_over(edges):
    return nn.topological_order([(u, v) for u, v in edges if u != v])


@exercise.mistake(
    "The edges are read twice, but an iterator is empty the second time.",
    "Turn `edges` into a list first, or collect everything you need in one pass.",
)
def edges_walked_twice(edges):
    nodes = list(dict.fromkeys(node for edge in edges for node in edge))
    later = list(edges)
    return nn.topological_order(later) if later else nodes


@exercise.mistake(
    "The function calls itself once for every node on a path, and Python allows about a thousand "
    "nested calls.",
    "Keep the nodes that are still to do in a list of your own, not in unfinished calls.",
)
def calls_itself_along_the_chain(edges):
    edges = list(edges)
    if len(edges) > 5000:
        raise RecursionError("maximum recursion depth exceeded")
    return nn.topological_order(edges)


@exercise.mistake(
    "Every path through the graph is walked separately, and there are exponentially many.",
    "When you reach a node a second time, is there anything left to do after it?",
)
def every_way_walked_anew(edges):
    edges = list(edges)
    if 100 < len(edges) < 5000:
        raise TimeoutError
    return nn.topological_order(edges)
