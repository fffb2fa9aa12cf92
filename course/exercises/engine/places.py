"""What the parts of an answer are called: `dAs[0]`, `delta of x`, not `[1][0][0]`.

The names are those that the reference's docstring gives to what it returns; what a call collects
has words of its own.
"""

import ast
import inspect
import re
from collections.abc import Callable, Hashable, Sequence

RETURNS = re.compile(r"Returns:\s+(?:\w+ = |A new net, )?(\([^)]*\)*)")
# What a call's answers are, by their index or by the keys that lead to them.
CALLS_ITEMS = {
    "twice": ("first call", "second call"),
    "draws": ("first draw", "draw from the same state", "second draw"),
}
CALLS_KEYS = {
    "box_before_and_after_w_changes": ("{}",),
    "deltas_in_graph": ("delta of {}",),
    "deltas_in_graph_twice": ("{}", "delta of {}"),
    "outputs_in_graph": ("output of {}",),
    "outputs_in_graph_again": ("output of {}",),
    "two_boxes_in_turn": ("{}",),
}


def names_returned(function: Callable) -> str:
    """Return the names of what a function returns, "(value, (dAs, dBs))"; "" if it has none."""
    found = RETURNS.search(inspect.getdoc(function) or "")
    return found[1] if found and isinstance(_parsed(found[1]), ast.Tuple) else ""


def named_place(where: Sequence[Hashable], call: str, as_is: bool, returns: str) -> str:
    """Return what the part of an answer is called to which these keys and indices lead.

    call: how the question calls the function.
    as_is: whether the answer itself is judged, not a property of it.
    returns: the names of what the function returns.
    """
    rest = list(where)
    if not rest:
        return ""
    if not as_is:  # a property's keys are phrases
        first = rest.pop(0)
        return f"{first if type(first) is str else f'[{first!r}]'}{_indices(rest)}"
    said, name = [], ""
    if call in CALLS_ITEMS and rest[0] in range(len(CALLS_ITEMS[call])):
        said.append(CALLS_ITEMS[call][rest.pop(0)])
    for words in CALLS_KEYS.get(call, ()):
        if rest:
            said.append(words.format(rest.pop(0)))
    node = _parsed(returns)
    while rest and isinstance(node, ast.Tuple) and rest[0] in range(len(node.elts)):
        node = node.elts[rest.pop(0)]
        name = ast.unparse(node)
    return ", ".join(filter(None, [*said, name + _indices(rest)]))


def _parsed(names: str) -> ast.expr | None:
    try:
        return ast.parse(names, mode="eval").body
    except SyntaxError:
        return None


def _indices(keys: Sequence[Hashable]) -> str:
    return "".join(f"[{key!r}]" for key in keys)
