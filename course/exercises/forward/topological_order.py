"""Questions and known mistakes of `topological_order`."""

from collections import Counter, deque
from itertools import pairwise

from course.exercises.engine import Exercise, Question
from course.exercises.engine.codec import Stream
from course.exercises.forward.samples import diamond
from course.exercises.late import no_answer_in_time
from course.nn import forward as nn

exercise = Exercise(
    nn.topological_order,
    points=4,
    minutes=35,
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
        "short paths and a long path",
        [("c", "a"), ("d", "a"), ("b", "c"), ("d", "b"), ("c", "e"), ("d", "e")],
    )
    yield _asked_for_order(
        "two starts and a repeated edge, from an iterator, which can be read only once",
        Stream(((4, 1), (2, 4), (3, 2), (2, 5), (3, 2), (6, 5))),
    )
    yield _asked_for_order("a cycle after a start", [(1, 2), (2, 3), (3, 2)], weight=0.5)
    yield _asked_for_order("nothing but a cycle", [(1, 2), (2, 3), (3, 1)], weight=0.5)
    yield _asked_for_order("an edge from a node to itself", [(1, 2), (2, 2)], weight=0.5)


# All questions about cycles together: an answer that always raises an error earns little.
CYCLE = 0.14


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
    # Of these nodes, only one order is right: not by number, up or down, and not as mentioned.
    path = [sorted((a, b, c, d, e, f, g))[place] for place in (3, 5, 1, 6, 0, 4, 2)]
    steps = list(pairwise(path))
    yield _asked_for_order(
        "edges from an iterator, which can be read only once",
        Stream(tuple(steps[place] for place in (3, 0, 5, 1, 4, 2))),
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
    yield _asked_for_order("a cycle without a start", [(a, b), (b, c), (c, a)], weight=CYCLE)
    yield _asked_for_order(
        "a cycle separate from the rest", [(a, b), (c, d), (d, e), (e, c)], weight=CYCLE
    )
    yield _asked_for_order("an edge from a node to itself", [(a, b), (b, b), (b, c)], weight=CYCLE)


@exercise.writing
def counting_open_edges(edges):
    edges = list(dict.fromkeys(edges))
    nodes = dict.fromkeys(node for edge in edges for node in edge)
    after = {node: [] for node in nodes}
    open_edges = dict.fromkeys(nodes, 0)
    for u, v in edges:
        after[u].append(v)
        open_edges[v] += 1
    ready = deque(v for v in nodes if open_edges[v] == 0)
    order = []
    while ready:
        u = ready.popleft()
        order.append(u)
        for v in after[u]:
            open_edges[v] -= 1
            if open_edges[v] == 0:
                ready.append(v)
    if len(order) < len(nodes):
        raise ValueError("cycle")
    return order


@exercise.writing(ideas=("calls_itself_along_the_chain",))
def depth_first(edges):
    after = {}
    for u, v in edges:
        after.setdefault(u, []).append(v)
        after.setdefault(v, [])
    finished, done, doing = [], set(), set()

    def visit(u):
        if u in doing:
            raise ValueError("a cycle")
        if u in done:
            return
        doing.add(u)
        for v in after[u]:
            visit(v)
        doing.discard(u)
        done.add(u)
        finished.append(u)

    for u in after:
        visit(u)
    return finished[::-1]


@exercise.writing(ideas=("calls_itself_along_the_chain",))
def one_call_per_node(edges):
    edges = list(edges)
    if len(edges) > 5000:
        raise RecursionError("maximum recursion depth exceeded")
    return nn.topological_order(edges)


@exercise.writing(ideas=("repeated_edge_counted_twice",))
def each_edge_as_often_as_given(edges):
    edges = list(edges)
    if len(set(edges)) < len(edges):
        raise ValueError("repeated")
    return nn.topological_order(edges)


@exercise.writing(ideas=("iterator_taken_for_a_list",))
def length_asked_first(edges):
    _ = len(edges)
    return nn.topological_order(edges)


@exercise.writing(ideas=("edges_walked_twice",))
def counted_first_and_walked_again(edges):
    if iter(edges) is edges:
        raise ValueError("walked twice")
    return nn.topological_order(edges)


# What an error says belongs to the answer, and people say this in many ways.
WORDS_FOR_A_CYCLE = (
    "cycle",
    "a cycle",
    "cycle detected",
    "Cycle detected",
    "there is a cycle",
    "graph has a cycle",
    "Graph has a cycle",
    "the graph has a cycle",
    "The graph has a cycle",
    "Graph contains a cycle",
)
ONCE = "edges = list(dict.fromkeys(edges))"
READY = "if open_edges[v] == 0:"
LAST_FIRST = {"ready.popleft()": "ready.pop()"}
FIRST_REACHED = {
    "order = []": "order = []\nseen = set(ready)",
    READY: "if v not in seen and not seen.add(v):",
}
LISTED_WHEN_TAKEN = {
    "order = []": "order = []\nseen = set()",
    "order.append(u)": "if u in seen:\n    continue\nseen.add(u)\norder.append(u)",
    READY: "if v not in seen:",
}
CYCLE_PASSED_OVER = {'raise ValueError("a cycle")': "return"}
LISTED_ON_THE_WAY_IN = {
    "doing.add(u)": "doing.add(u)\nfinished.append(u)",
    "    finished.append(u)": "    pass",
    "finished[::-1]": "finished",
}
FROM_THE_STARTS = {
    "for u in after:": "heads = {v for vs in after.values() for v in vs}\n"
    "for u in [u for u in after if u not in heads]:"
}
REPEATED = {ONCE: "edges = list(edges)", "after[u].append(v)": "after[u] += {v} - {*after[u]}"}
SOME_LEFT = {
    "return finished[::-1]": "if len(finished) < len(after):\n"
    '    raise ValueError("a cycle")\nreturn finished'
}


exercise.idea(
    "order_of_mention",
    "These are the nodes in the order in which the edges mention them.",
    "Edges may be listed in any order. What makes a node ready?",
    {"return order": "return list(nodes)"},
)
exercise.idea(
    "sorted_by_name",
    "These are the nodes sorted by their names or numbers.",
    "A node's name says nothing about the edges. And not all nodes can be compared.",
    {"return order": "return sorted(order)"},
    {"return order": "return sorted(nodes)"},
)
exercise.idea(
    "sorted_by_incoming_edges",
    "The nodes are sorted by their number of incoming edges, but a node with one may have to wait "
    "for a node with three.",
    "When a node is listed, the edges from it are closed. So the numbers change on the way.",
    {
        "order = []": "order = []\ncounts = dict(open_edges)",
        "return order": "return sorted(nodes, key=counts.get)",
    },
)
exercise.idea(
    "listed_when_first_reached",
    "A node is listed when it is first reached, although a longer path to it is still open.",
    "In a → b → c and a → c: when can c be listed? One edge into it is not enough.",
    FIRST_REACHED,
    FIRST_REACHED | LAST_FIRST,
    LISTED_WHEN_TAKEN,
    LISTED_WHEN_TAKEN | LAST_FIRST,
    LISTED_ON_THE_WAY_IN,
    LISTED_ON_THE_WAY_IN | CYCLE_PASSED_OVER,
    LISTED_ON_THE_WAY_IN | CYCLE_PASSED_OVER | FROM_THE_STARTS,
    {k: v for k, v in LISTED_ON_THE_WAY_IN.items() if "-1" not in k}
    | CYCLE_PASSED_OVER
    | FROM_THE_STARTS
    | SOME_LEFT,
)
exercise.idea(
    "first_start_only",
    "Only the nodes that can be reached from one starting node are listed.",
    "A graph may have several nodes without incoming edges, and separate parts.",
    {
        "order = []": "order = []\nready = deque([*ready][:1])",
        "len(order) < len(nodes)": "not order",
    },
    {"order = []": "order = []\nready = deque([*ready][:1])"},
)
exercise.idea(
    "turned_round",
    "Every edge points backwards: the order is reversed.",
    "A search that lists a node after all its successors lists the last node first.",
    {"return order": "return order[::-1]"},
    {"return finished[::-1]": "return finished"},
)
exercise.idea(
    "ends_missing",
    "Nodes without outgoing edges are missing.",
    "A dictionary from nodes to successors has a key only for nodes that have successors. Which "
    "nodes does it miss?",
    {"return order": "return [u for u in order if after[u]]"},
)
exercise.idea(
    "ends_have_no_entry",
    "A node without outgoing edges is looked up in a dictionary in which it has no entry.",
    "`after[u]` needs an entry for every u, an empty list if nothing follows. `.get(u, [])` or "
    "`.setdefault(v, [])` helps.",
    {"after = {node: [] for node in nodes}": "after = {u: [] for u, _ in edges}"},
)
exercise.idea(
    "starts_have_no_entry",
    "No node is ever ready: only the ends of edges get a count, so a node without incoming edges "
    "has none.",
    "Which nodes could come first? Enter them, too, with the count 0.",
    {
        "(node for edge in edges for node in edge)": "(v for _, v in edges)",
        "{node: [] for node in nodes}": "{node: [] for edge in edges for node in edge}",
    },
)
exercise.idea(
    "repeated_edge_counted_twice",
    "A repeated edge is counted twice but removed only once, so the node at its end never becomes "
    "ready.",
    "Make sure that each edge is added and removed equally often.",
    REPEATED,
    *({'"repeated"': f'"{text}"'} for text in WORDS_FOR_A_CYCLE),
)
exercise.idea(
    "cycle_unnoticed",
    "For a cycle a list is returned instead of a ValueError, although no order is right.",
    "If no node is ready and some are left, what do you know about them? Say so with `raise`.",
    {"if len(order) < len(nodes):": "if False:"},
    CYCLE_PASSED_OVER,
)
exercise.idea(
    "none_for_a_cycle",
    "For a cycle None is returned instead of a ValueError.",
    "You know that there is a cycle: `raise ValueError(…)` says it so that no caller misses it.",
    {'raise ValueError("cycle")': "return None"},
)
exercise.idea(
    "cycle_sought_only_at_the_start",
    "A cycle is noticed only if there is no node to start from.",
    "Some nodes may be ready although there is a cycle elsewhere. Count the nodes at the end.",
    {"if len(order) < len(nodes):": "if not order:"},
)
exercise.idea(
    "loop_at_a_node_passed_over",
    "An edge from a node to itself is ignored, but it is a cycle: the shortest there is.",
    "Can a node come before itself?",
    {ONCE: "edges = [edge for edge in dict.fromkeys(edges) if edge[0] != edge[1]]"},
)
exercise.idea(
    "edges_walked_twice",
    "The edges are read twice, but an iterator is empty the second time.",
    "Turn `edges` into a list first, or collect everything you need in one pass.",
    {ONCE: "pass"},
    {ONCE: "pass"} | LAST_FIRST,
    {ONCE: "pass", "nodes = dict.fromkeys(": "nodes = set("},
    {ONCE: "pass", "nodes = dict.fromkeys(": "nodes = set("} | LAST_FIRST,
)
exercise.idea(
    "iterator_taken_for_a_list",
    "`edges` is used as a list, with a length or an index, but it may be an iterator, which has "
    "neither.",
    "Turn `edges` into a list first.",
    {"_ = len(edges)": "_ = len(edges)"},
    {"_ = len(edges)": "_ = edges[0]"},
)
exercise.idea(
    "calls_itself_along_the_chain",
    "The function calls itself once for every node on a path, and Python allows about a thousand "
    "nested calls.",
    "Keep the nodes that are still to do in a list of your own, not in unfinished calls.",
    {'exceeded")': 'exceeded")'},
    {'exceeded")': 'exceeded in comparison")'},
    {'exceeded")': 'exceeded while calling a Python object")'},
)


@exercise.mistake(
    "Small graphs are put in order, but a chain of 8,000 nodes takes too long. Are all edges or "
    "all nodes searched again for every node?",
    "Collect each node's successors once, at the start. Then every edge is looked at only twice.",
)
def too_slow_for_the_chain(edges):
    edges = list(edges)
    if len(edges) > 5000:
        no_answer_in_time()
    return nn.topological_order(edges)


@exercise.mistake(
    "Every path through the graph is walked separately, and there are exponentially many.",
    "When you reach a node a second time, is there anything left to do after it?",
)
def every_way_walked_anew(edges):
    edges = list(edges)
    if 100 < len(edges) < 5000:
        no_answer_in_time()
    return nn.topological_order(edges)


@exercise.mistake(
    "A node is listed once for every edge into it.",
    "How often is a node reached, and how often may it be listed? Something has to keep track.",
)
def listed_again_for_every_edge(edges):
    edges = list(edges)
    into = Counter(v for _, v in dict.fromkeys(edges))
    return [v for v in nn.topological_order(edges) for _ in range(max(1, into[v]))]
