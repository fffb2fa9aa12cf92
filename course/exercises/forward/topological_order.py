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
        "Count for every node the edges into it that are still open. A node with none is ready. "
        "When you list a node, one edge into each of its successors is closed. Go through the "
        "edges "
        "once, at the start, and remember what you need: edges may be a stream that ends.",
        "Keep a list of ready nodes; take one, put it into the order, lower its successors' "
        "counts, "
        "and add those that reach 0. If nodes are left when no one is ready, they wait for each "
        "other: "
        "a cycle. A set of edges takes care of repeated ones.",
    ),
)


def _asked_for_order(title, edges, **more):
    return Question(title, dict(edges=edges), call="drained", judged_by="order_of_nodes", **more)


@exercise.public
def public():
    yield _asked_for_order(
        "a short way and a long way", [("c", "a"), ("d", "a"), ("b", "c"), ("d", "b")]
    )
    yield _asked_for_order(
        "two starts, an edge given twice, from an iterator",
        Stream(((4, 1), (3, 1), (4, 2), (3, 1))),
    )
    yield _asked_for_order("a cycle behind a start", [(1, 2), (2, 3), (3, 2)], weight=0.5)
    yield _asked_for_order("nothing but a cycle", [(1, 2), (2, 3), (3, 1)], weight=0.5)


@exercise.secret
def secret(rng):
    a, b, c, d, e, f, g = (int(node) for node in rng.permutation(50)[:7])
    yield _asked_for_order(
        "edges in an unlucky order", [(d, e), (a, e), (c, d), (b, c), (a, b)], weight=2
    )
    yield _asked_for_order(
        "several parts that don't touch", [(c, a), (b, a), (e, d), (g, f), (g, e)]
    )
    yield _asked_for_order(
        "nodes of different kinds, which can't be compared",
        [("x", 0), (None, "x"), ((a, b), None), (2.5, 0), ((a, b), "")],
    )
    yield _asked_for_order(
        "edges from an iterator, to be walked once", Stream(((b, c), (a, b), (c, d)))
    )
    yield _asked_for_order("edges given twice", [(b, c), (a, b), (b, c), (a, b), (b, c), (a, c)])
    yield Question(
        "a chain of 8,000 nodes, its edges given from the middle outwards",
        dict(length=8_000),
        call="on_a_chain",
        judged_by="order_of_nodes",
        same_for_all_draws=True,
    )
    ladder = [edge for k in range(30) for edge in diamond(3 * k)]
    yield _asked_for_order("thirty diamonds in a row, so a thousand million ways", ladder)
    yield _asked_for_order("a cycle without a beginning", [(a, b), (b, c), (c, a)], weight=0.5)
    yield _asked_for_order(
        "a cycle apart from the rest", [(a, b), (c, d), (d, e), (e, c)], weight=0.5
    )
    yield _asked_for_order("an edge from a node to itself", [(a, b), (b, b), (b, c)], weight=0.5)


def _successors(edges):
    after = {node: [] for edge in edges for node in edge}
    for u, v in edges:
        after[u].append(v)
    return after


def _ready_one_by_one(edges, as_often_as_given=False):
    """The nodes in the order in which they get ready; those of a cycle never do."""
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
    "Nobody promised that edges come in a useful order. What makes a node ready?",
)
def order_of_mention(edges):
    edges = list(edges)
    nn.topological_order(edges)
    return list(dict.fromkeys(node for edge in edges for node in edge))


@exercise.mistake(
    "These are the nodes sorted by their names or numbers.",
    "A node's name says nothing about the edges. Besides, not all nodes can be compared.",
)
def sorted_by_name(edges):
    return sorted(nn.topological_order(edges))


@exercise.mistake(
    "A node is listed when it is first reached, although a longer way to it is still open.",
    "In a → b → c and a → c: when may c be listed? One edge into it is not enough.",
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
    "Only what can be reached from one starting node is listed.",
    "A graph may have several nodes without incoming edges, and parts that don't touch.",
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
    "Every edge points backwards: the order is turned round.",
    "A search that lists a node after everything behind it lists the last node first.",
)
def turned_round(edges):
    return nn.topological_order(edges)[::-1]


@exercise.mistake(
    "Every edge points backwards, and a cycle goes unnoticed.",
    "A search that lists a node after everything behind it lists the last node first. And when it "
    "comes upon a node that it hasn't finished, what has it found?",
)
def turned_round_and_cycle_unnoticed(edges):
    return _ready_one_by_one(list(edges))[::-1]


@exercise.mistake(
    "Nodes without outgoing edges are missing.",
    "A dictionary from node to successors has only those nodes as keys that have some. Who is "
    "left out?",
)
def ends_missing(edges):
    edges = list(edges)
    tails = {u for u, _ in edges}
    return [u for u in nn.topological_order(edges) if u in tails]


@exercise.mistake(
    "A node is listed once for every edge into it.",
    "How often is a node reached, and how often may it be listed? Something has to remember.",
)
def listed_again_for_every_edge(edges):
    edges = list(edges)
    into = Counter(v for _, v in dict.fromkeys(edges))
    return [v for v in nn.topological_order(edges) for _ in range(max(1, into[v]))]


@exercise.mistake(
    "An edge given twice was counted twice, but taken off only once, so its end never got ready.",
    "Let both sides of your account see each edge equally often.",
)
def repeated_edge_counted_twice(edges):
    edges = list(edges)
    order = _ready_one_by_one(edges, as_often_as_given=True)
    if len(order) < len(_successors(edges)):
        raise ValueError("a cycle")
    return order


@exercise.mistake(
    "A cycle goes unnoticed: an order came back although there is none.",
    "When no node is ready and some are left, what do you know about those?",
)
def cycle_unnoticed(edges):
    return _ready_one_by_one(list(edges))


@exercise.mistake(
    "A cycle is noticed only if there is no node to start from.",
    "A cycle may lie behind or beside nodes that are perfectly ready. Count at the end.",
)
def cycle_sought_only_at_the_start(edges):
    edges = list(edges)
    if not _starts(edges):
        raise ValueError("a cycle")
    return cycle_unnoticed(edges)


@exercise.mistake(
    "An edge from a node to itself was passed over; it is a cycle, the shortest one.",
    "Can a node come before itself?",
)
def loop_at_a_node_passed_over(edges):
    return nn.topological_order([(u, v) for u, v in edges if u != v])


@exercise.mistake(
    "The edges were walked twice. An iterator is empty the second time.",
    "Turn edges into a list first, or collect all you need in one walk.",
)
def edges_walked_twice(edges):
    nodes = list(dict.fromkeys(node for edge in edges for node in edge))
    later = list(edges)
    return nn.topological_order(later) if later else nodes


@exercise.mistake(
    "This function calls itself once for every node along the way, and Python allows about a "
    "thousand.",
    "Keep the nodes still to be done in a list of your own instead of in unfinished calls.",
)
def calls_itself_along_the_chain(edges):
    edges = list(edges)
    if len(edges) > 5000:
        raise RecursionError("maximum recursion depth exceeded")
    return nn.topological_order(edges)


@exercise.mistake(
    "Every way through the graph is walked anew, and there are exponentially many.",
    "When you come to a node a second time, is there anything left to do behind it?",
)
def every_way_walked_anew(edges):
    edges = list(edges)
    if 100 < len(edges) < 5000:
        raise TimeoutError
    return nn.topological_order(edges)
