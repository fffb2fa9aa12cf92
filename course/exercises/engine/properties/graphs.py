"""Properties of graphs: the faults of an order or a list of nodes, and the nodes' outputs."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Any

from course.exercises.engine import calls, graph_text
from course.exercises.engine.codec import as_keys
from course.exercises.engine.registry import PROPERTIES


@PROPERTIES.register
def order_of_nodes(answer: Any, args: dict) -> dict[str, list]:
    """The faults of an order of a graph's nodes. A topological order has none.

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
        "nodes it leaves out": [node for node in nodes if node not in place],
        "nodes that are not in the graph": [node for node in place if node not in nodes],
        "nodes it repeats": [node for i, node in enumerate(answer) if place[node] != i],
        "edges that point backwards": [
            [u, v] for u, v in edges if u in place and v in place and place[u] >= place[v]
        ],
    }


@PROPERTIES.register
def outputs_of_dag(answer: Any, args: dict) -> Any:
    """All of the outputs; if the question has a fault, only that an answer was given."""
    if not isinstance(answer, dict):
        raise ValueError(f"expected a dict, got {type(answer).__name__}")
    edges, values = args["weights"], set(args["inputs"])
    heads = {v for _, v in edges}
    inputs = {u for u, _ in edges} - heads
    if _has_cycle(edges) or values & heads or inputs - values:
        return NO_ANSWER_IS_RIGHT
    return answer


@PROPERTIES.register
def nodes_of_graph(answer: Any, args: dict) -> dict[str, list]:
    """The faults of a list of the nodes that the last one depends on. A right one has none."""
    if not isinstance(answer, list | tuple):
        raise ValueError(f"expected a list of nodes, got {answer}")
    built = graph_text.build(args["nodes"])
    inputs = {v.name: [u.name for u in v.inputs] for v in built}
    needed = {built[-1].name}
    for v in reversed(built):
        if v.name in needed:
            needed.update(inputs[v.name])
    place = {name: i for i, name in reversed([*enumerate(answer)])}
    left_out = needed - {*place}
    return {
        "nodes it leaves out": [name for name in inputs if name in left_out],
        "entries that are no nodes of the graph": [name for name in answer if name not in needed],
        "nodes it repeats": [name for i, name in enumerate(answer) if place[name] != i],
        "nodes before one of their inputs": [
            v for v in place if any(place.get(u, -1) >= place[v] for u in inputs.get(v, []))
        ],
    }


NO_ANSWER_IS_RIGHT = {"an answer although none is right": True}


def _has_cycle(edges: Iterable[tuple]) -> bool:
    graph = TopologicalSorter()
    for u, v in edges:
        graph.add(v, u)
    try:
        graph.prepare()
    except CycleError:
        return True
    return False
