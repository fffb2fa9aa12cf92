"""Properties of graphs: what is wrong with an order of the nodes, and with their outputs."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Any

from course.exercises.engine import calls
from course.exercises.engine.codec import as_keys
from course.exercises.engine.registry import PROPERTIES


@PROPERTIES.register
def order_of_nodes(answer: Any, args: dict) -> dict[str, list]:
    """An order of a graph's nodes: what is wrong with it. Every topological order has nothing.

    With a cycle no order is right, so all orders count as the same answer.
    """
    if not isinstance(answer, list | tuple):
        raise ValueError(f"expected a list of nodes, got {type(answer).__name__}")
    if "edges" in args and _has_cycle(args["edges"]):
        return NO_ANSWER_IS_RIGHT
    edges = args["edges"] if "edges" in args else calls.chain_from_the_middle(args["length"])
    edges = list(dict.fromkeys(tuple(edge) for edge in edges))
    nodes = dict.fromkeys(node for edge in edges for node in edge)
    place = {node: i for i, node in enumerate(as_keys(answer))}
    return {
        "nodes it misses": [node for node in nodes if node not in place],
        "nodes the graph has not": [node for node in place if node not in nodes],
        "nodes it repeats": [node for i, node in enumerate(answer) if place[node] != i],
        "edges that point backwards": [
            [u, v] for u, v in edges if u in place and v in place and place[u] >= place[v]
        ],
    }


@PROPERTIES.register
def outputs_of_dag(answer: Any, args: dict) -> Any:
    """All of the outputs; if the question has a fault, only that there were any."""
    if not isinstance(answer, dict):
        raise ValueError(f"expected a dict, got {type(answer).__name__}")
    edges, values = args["weights"], set(args["inputs"])
    heads = {v for _, v in edges}
    inputs = {u for u, _ in edges} - heads
    if _has_cycle(edges) or values & heads or inputs - values:
        return NO_ANSWER_IS_RIGHT
    return answer


NO_ANSWER_IS_RIGHT = {"an answer where none is right": True}


def _has_cycle(edges: Iterable[tuple]) -> bool:
    graph = TopologicalSorter()
    for u, v in edges:
        graph.add(v, u)
    try:
        graph.prepare()
    except CycleError:
        return True
    return False
