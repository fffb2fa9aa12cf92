"""The suspects of `hunt_topological_order`, and what careless examples have in common."""

from course.exercises.engine import Hunt, Question, forms
from course.exercises.forward import topological_order
from course.nn import forward as nn

exercise = Hunt(
    nn.hunt_topological_order,
    points=2,
    minutes=15,
    difficulty=3,
    hints=(
        "Nobody forces you to name the nodes in order or to list the edges in order. Make the "
        "names and the order of the edges as misleading as you can.",
        "A node that can be reached in one step and in three has to wait for the longer way. Which "
        "suspects get this wrong? And which need two starts, two ends, or the same edge twice?",
        "A cycle is an example, too: a right function raises a ValueError there. There are three "
        "kinds: everything is on the cycle, a cycle behind a start, and an edge from a node to "
        "itself. Together with an untidy graph these are four examples; two are enough.",
    ),
    hunted=topological_order.exercise,
    wanted={
        "order_of_mention": "lists the nodes in the order in which the edges mention them",
        "sorted_by_name": "sorts the nodes by name",
        "sorted_by_incoming_edges": "sorts the nodes by their number of incoming edges",
        "listed_when_first_reached": "lists a node when it first reaches it",
        "first_start_only": "begins at one start and forgets the others",
        "turned_round": "returns the order backwards",
        "ends_missing": "leaves out nodes without outgoing edges",
        "repeated_edge_counted_twice": "counts a repeated edge twice",
        "listed_again_for_every_edge": "lists a node again for every edge into it",
        "cycle_unnoticed": "returns a list although there is a cycle",
        "cycle_sought_only_at_the_start": "notices a cycle only if there is no start",
        "loop_at_a_node_passed_over": "ignores an edge from a node to itself",
    },
    forms={"edges": forms.edges(12)},
    refusals=True,
)


@exercise.asks
def asks(edges):
    yield Question("example", {"edges": edges}, call="drained", judged_by="order_of_nodes")


def _has_cycle(edges):
    try:
        nn.topological_order(edges)
    except ValueError:
        return True
    return False


@exercise.habit(
    "None of your graphs has a cycle.",
    "For a cycle, a right function raises a ValueError. Does every suspect?",
    when=lambda edges: not _has_cycle(edges),
    hides=("cycle_unnoticed", "cycle_sought_only_at_the_start", "loop_at_a_node_passed_over"),
)
def no_cycle():
    return [{"edges": [("c", "a"), ("b", "c"), ("b", "a"), ("b", "a"), ("d", "a")]}]


@exercise.habit(
    "Each of your graphs is a cycle or has one.",
    "In a cycle no order is right, so you see nothing of the order that a suspect returns.",
    when=_has_cycle,
    hides=("order_of_mention", "sorted_by_name", "turned_round", "ends_missing"),
)
def nothing_but_cycles():
    return [{"edges": [(1, 2), (2, 1)]}, {"edges": [(1, 2), (2, 2)]}]


@exercise.habit(
    "The diamond is missing: in your graphs there is only one way from any node to another.",
    "Two ways, a short one and a long one, meet in a node. Which way must the node wait for?",
    when=lambda edges: (
        len({v for u, v in edges if u != v}) == len({e for e in edges if e[0] != e[1]})
    ),
    hides=("sorted_by_incoming_edges", "listed_again_for_every_edge"),
)
def diamond_missing():
    return [
        {"edges": [("c", "a"), ("b", "c")]},
        {"edges": [(1, 2), (2, 2)]},
        {"edges": [(1, 2), (3, 4), (1, 2)]},
    ]


@exercise.habit(
    "The edges of each of your graphs are listed in order.",
    "The edges are a set: they may be mentioned in any order. Does a suspect rely on it?",
    when=lambda edges: _mentioned_in_order(edges),
    hides=("order_of_mention",),
)
def edges_in_order():
    return [
        {"edges": [("d", "c"), ("d", "a"), ("c", "a"), ("c", "b"), ("a", "b"), ("d", "b")]},
        {"edges": [(1, 2), (2, 2)]},
    ]


def _mentioned_in_order(edges):
    place = {node: i for i, node in enumerate(dict.fromkeys(n for edge in edges for n in edge))}
    return all(place[u] <= place[v] for u, v in edges)
