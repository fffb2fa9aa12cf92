"""Calls: how a question calls a function. Most call it once with their arguments; some don't.

Each takes the function and the question's arguments and returns a plain value. It runs in the
student's process, as the function does, so it only collects answers and judges none.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import islice
from typing import Any

import numpy as np

from course.data import FULL_INK
from course.exercises.engine import graph_text
from course.exercises.engine.registry import CALLS

# The size of a net that is handed over.
NET_BYTES = 4_000_000
# More items than any right answer has: an endless iterator is cut off here.
MOST_ITEMS = 1000
# Calls that take a while.
REPEATED = {
    "listed_many_times",
    "listed_thirty_times",
    "many_draws",
    "many_sparse_draws",
    "spreads",
}


@CALLS.register
def call(function: Callable, *args, **keywords) -> Any:
    """Once, with these arguments."""
    return function(*args, **keywords)


@CALLS.register
def twice(function: Callable, *args, **keywords) -> list:
    """Twice in a row with the same arguments: both answers."""
    return [function(*args, **keywords), function(*args, **keywords)]


@CALLS.register
def listed(function: Callable, *args, **keywords) -> Any:
    """Once: the items of the iterable that it returns; what else it returns is left as it is."""
    answer = function(*args, **keywords)
    return list(islice(answer, MOST_ITEMS)) if _has_items(answer) else answer


def _has_items(answer: Any) -> bool:
    try:
        iter(answer)
    except TypeError:
        return False
    return True


@CALLS.register
def listed_many_times(function: Callable, *args, **keywords) -> list:
    """Two hundred times with the same arguments, including the same rng: the items of each."""
    return [listed(function, *args, **keywords) for _ in range(200)]


@CALLS.register
def listed_thirty_times(function: Callable, *args, **keywords) -> list:
    """Thirty times with the same arguments, including the same rng: the items of each."""
    return [listed(function, *args, **keywords) for _ in range(30)]


@CALLS.register
def value_of_graph(function: Callable, nodes: list[str]) -> Any:
    """On the nodes of the written graph: what it returns."""
    return function(graph_text.build(nodes))


@CALLS.register
def outputs_in_graph(function: Callable, nodes: list[str]) -> dict:
    """On the nodes of the written graph: their outputs afterwards, by name."""
    built = graph_text.build(nodes)
    function(list(built))
    return graph_text.outputs(built)


@CALLS.register
def outputs_in_graph_again(function: Callable, nodes: list[str], then: dict) -> dict:
    """On a graph, and on the same nodes with other values in the leaves: the outputs at the end."""
    built = graph_text.build(nodes)
    function(list(built))
    for node in built:
        node.output = then.get(node.name, node.output)
    function(list(built))
    return graph_text.outputs(built)


@CALLS.register
def deltas_in_graph(function: Callable, nodes: list[str]) -> dict:
    """On the nodes of the written graph: their deltas afterwards, by name."""
    built = graph_text.build(nodes)
    function(list(built))
    return graph_text.deltas(built)


@CALLS.register
def deltas_in_graph_twice(function: Callable, nodes: list[str]) -> dict:
    """Twice on the same nodes: their deltas after each call."""
    built = graph_text.build(nodes)
    function(list(built))
    first = graph_text.deltas(built)
    function(list(built))
    return {"first call": first, "second call": graph_text.deltas(built)}


@CALLS.register
def first_delta_in_graph(function: Callable, nodes: list[str]) -> Any:
    """On the nodes of a long graph: the first node's delta afterwards."""
    built = graph_text.build(nodes)
    function(list(built))
    return built[0].delta


@CALLS.register
def list_of_graph(function: Callable, nodes: list[str]) -> list[str]:
    """On a list of nodes: the names of the nodes in it afterwards, in order."""
    built = graph_text.build(nodes)
    function(built)
    return [node.name for node in built]


@CALLS.register
def graph_found(function: Callable, nodes: list[str]) -> Any:
    """On the last node of the written graph: the names of the nodes that it returns."""
    return _graph_found(function, graph_text.build(nodes))


@CALLS.register
def graph_without_names_found(function: Callable, nodes: list[str]) -> Any:
    """The same, but the nodes themselves have lost their names."""
    built = graph_text.build(nodes)
    names = {id(v): v.name for v in built}
    for v in built:
        v.name = ""
    return _graph_found(function, built, names)


def _graph_found(function: Callable, built: list, names: dict[int, str] | None = None) -> Any:
    names = names or {id(v): v.name for v in built}
    answer = drained(function, built[-1])
    if not isinstance(answer, list | tuple):
        return answer if answer is None else type(answer).__name__
    return [names.get(id(v), f"({type(v).__name__})") for v in answer]


@CALLS.register
def drained(function: Callable, *args, **keywords) -> Any:
    """Once; if it returns an iterator or an array, its items as a list."""
    answer = function(*args, **keywords)
    if isinstance(answer, np.ndarray):
        return answer.tolist()
    return list(answer) if isinstance(answer, Iterator) else answer


@CALLS.register
def on_a_chain(function: Callable, length: int) -> Any:
    """On the edges of a long chain, given from its middle outwards."""
    return drained(function, chain_from_the_middle(length))


def chain_from_the_middle(length: int) -> list[tuple[int, int]]:
    """Return the edges of 1 → 2 → … → length, in an order in which following any edge goes deep."""
    middle = length // 2
    return sorted(((v, v + 1) for v in range(1, length)), key=lambda edge: abs(edge[0] - middle))


@CALLS.register
def draws(function: Callable, *args) -> list:
    """With an rng (the last argument), with another in the same state, with the first again."""
    *rest, rng = args
    same_state = deepcopy(rng)
    return [function(*rest, rng), function(*rest, same_state), function(*rest, rng)]


@CALLS.register
def many_draws(function: Callable, *args) -> list:
    """Seventy times with the same arguments, including the same rng: all answers."""
    return [function(*args) for _ in range(70)]


@CALLS.register
def same_rng_and_another(function: Callable, *args, **keywords) -> Any:
    """Three times: twice with the generator in the same state, then in another state.

    One answer alone if it is no iterable: None and a number depend on no rng.
    """

    def called(skip: int) -> Any:
        place, named = deepcopy((args, keywords))
        for value in (*place, *named.values()):
            if isinstance(value, np.random.Generator):
                value.random(skip)
        answer = function(*place, **named)
        return list(answer) if _has_items(answer) else answer

    answers = [called(0), called(0), called(1000)]
    return answers if _has_items(answers[0]) else answers[0]


@CALLS.register
def one_box(function: Callable, w: Any, h: Callable, xs: list) -> list:
    """Make one box of w and h, and ask it about every x of xs."""
    box = function(w, h)
    return [box(x) for x in xs]


@CALLS.register
def two_boxes_in_turn(
    function: Callable, w: Any, h: Callable, other_w: Any, other_h: Callable, x: Any
) -> dict:
    """Make two boxes, and ask the first, the second and the first again about the same x."""
    first = function(w, h)
    second = function(other_w, other_h)
    return {"first box": first(x), "second box": second(x), "first box again": first(x)}


@CALLS.register
def box_before_and_after_w_changes(function: Callable, w: Any, h: Callable, x: Any) -> dict:
    """Make a box, ask it about x, write other numbers into w, ask again."""
    callers_w = w.copy()
    box = function(callers_w, h)
    before = box(x)
    callers_w += 1
    return {"before w changes": before, "after w changes": box(x)}


@CALLS.register
def box_first_asked_after_w_changes(function: Callable, w: Any, h: Callable, x: Any) -> Any:
    """Make a box, write other numbers into w, and only then ask the box about x."""
    callers_w = w.copy()
    box = function(callers_w, h)
    callers_w += 1
    return box(x)


@CALLS.register
def many_sparse_draws(function: Callable, masks: list, rng: np.random.Generator) -> list:
    """Thirty times with the same masks and the same rng: all answers."""
    return [function(masks, rng) for _ in range(30)]


@CALLS.register
def spreads(function: Callable, dims: list, draws: int, rng: np.random.Generator) -> list:
    """Five times `draws` nets: the standard deviation of each layer's weights, nets pooled."""
    return [
        [float(np.std(layer)) for layer in zip(*drawn, strict=True)]
        for drawn in ([function(dims, rng)[0] for _ in range(draws)] for _ in range(5))
    ]


@CALLS.register
def net_after_training(
    function: Callable, pixels: np.ndarray, y: np.ndarray, rng: np.random.Generator
) -> Any:
    """Trained on images (inks of 0 to 16): the net, and the names of its activations."""
    X, labels = pixels / FULL_INK, np.array(y)
    before = X.copy(), labels.copy()
    answer = function(X, labels, rng)
    if answer is None:
        return None
    net, acts = answer if isinstance(answer, tuple | list) and len(answer) == 2 else (None, [])
    net = _in_arrays(net)
    size = sum(array.nbytes for parts in net or () for array in parts)
    return {
        # One that is too large to be judged may be too large to be sent.
        "net": net if size < NET_BYTES else None,
        "bytes": size,
        "acts": [_name_of(act) for act in acts] if isinstance(acts, tuple | list) else [],
        "unchanged": bool(np.array_equal(X, before[0]) and np.array_equal(labels, before[1])),
    }


def _in_arrays(net: Any) -> list[list[np.ndarray]] | None:
    """Return a net (As, Bs) as arrays of floats; None if it isn't one."""
    try:
        As, Bs = net
        parts = [[np.asarray(part) for part in parts] for parts in (As, Bs)]
        return [
            [array if array.dtype == np.float32 else array.astype(float) for array in arrays]
            for arrays in parts
        ]
    except (TypeError, ValueError):
        return None


def _name_of(act: Any) -> str:
    """Return an activation's name, or that of the function in it."""
    return act if isinstance(act, str) else getattr(getattr(act, "f", act), "__name__", "")
