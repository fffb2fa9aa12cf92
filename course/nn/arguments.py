"""Checks of arguments, with errors that explain what is wrong.

Each function takes an argument's name and value, returns the value in the form the caller works
with, and raises a ``ValueError`` that names the argument, what was expected and what it got.
"""

import operator
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

Shape = tuple[int | str, ...]
Network = tuple[list[np.ndarray], list[np.ndarray]]
Edge = tuple[Hashable, Hashable]

KEPT_DTYPES = (np.dtype(np.float64), np.dtype(np.float32))
REAL_KINDS = "biuf"
SHOWN = 80


def refuse(name: str, expected: str, came: str) -> ValueError:
    """The error for a wrong argument, to be raised."""
    return ValueError(f"{name}: expected {expected}, got {came}")


def shown(value: Any) -> str:
    """A value as an error message prints it: on one line and not too long."""
    text = " ".join(repr(value).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def floats(name: str, value: Any, shape: Shape | None = None) -> np.ndarray:
    """An array of floats: float32 stays, every other real type becomes float64.

    ``shape`` has a number where the length is known and a letter where any length from 1 will do.
    """
    if not (type(value) is np.ndarray and value.dtype in KEPT_DTYPES):
        value = real_array(name, value)
    if shape is not None and value.shape != shape and not fits(value.shape, shape):
        raise refuse(name, f"shape {described(shape)}", f"shape {value.shape}")
    return value


def real_array(name: str, value: Any) -> np.ndarray:
    """Anything that holds real numbers, as an array of floats."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise refuse(name, "an array of numbers", shown(value)) from None
    if array.dtype.kind not in REAL_KINDS:
        raise refuse(name, "real numbers", f"{shown(value)} of type {array.dtype}")
    return array if array.dtype in KEPT_DTYPES else array.astype(np.float64)


def fits(actual: tuple[int, ...], shape: Shape) -> bool:
    """Whether an array's shape is the one described."""
    return len(actual) == len(shape) and all(
        length >= 1 if isinstance(wanted, str) else length == wanted
        for length, wanted in zip(actual, shape)
    )


def described(shape: Shape) -> str:
    """A shape as an error message prints it."""
    letters = [wanted for wanted in shape if isinstance(wanted, str)]
    inside = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
    return f"({inside})" + (f" with {', '.join(letters)} at least 1" if letters else "")


def number(name: str, value: Any) -> np.floating:
    """One real number, as a NumPy scalar: float32 stays, every other type becomes float64."""
    return floats(name, value, ())[()]


def finite(name: str, value: Any) -> float:
    """One finite number, as a Python float, so that it leaves an array's dtype alone."""
    value = float(number(name, value))
    if not np.isfinite(value):
        raise refuse(name, "a finite number", str(value))
    return value


def positive(name: str, value: Any) -> float:
    """One finite number above zero, as a Python float."""
    value = finite(name, value)
    if value <= 0:
        raise refuse(name, "a number above 0", str(value))
    return value


def whole(name: str, value: Any, low: int, high: int | None = None) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    span = f"a whole number of at least {low}" if high is None else f"one of {low} to {high}"
    try:
        count = operator.index(value)
    except TypeError:
        raise refuse(name, span, shown(value)) from None
    if count < low or (high is not None and count > high):
        raise refuse(name, span, str(count))
    return count


def function(name: str, value: Any) -> Callable:
    """A function."""
    if not callable(value):
        raise refuse(name, "a function", shown(value))
    return value


def functions(name: str, value: Any, count: int | None = None) -> list[Callable]:
    """A list of ``count`` functions (any number of them for None)."""
    hs = listed(name, value)
    if count is not None and len(hs) != count:
        raise refuse(name, f"{count} functions", f"{len(hs)}")
    return [function(f"{name}[{i}]", h) for i, h in enumerate(hs)]


def activations(name: str, value: Any, count: int) -> list:
    """A list of ``count`` activations: functions that also have a ``derivative``."""
    acts = functions(name, value, count)
    for j, act in enumerate(acts):
        if not hasattr(act, "derivative"):
            raise refuse(f"{name}[{j}]", "an Activation with a derivative", shown(act))
    return acts


def listed(name: str, value: Any) -> list:
    """A list from any iterable."""
    if not isinstance(value, Iterable):
        raise refuse(name, "a list", shown(value))
    return list(value)


def generator(name: str, value: Any) -> np.random.Generator:
    """A source of randomness."""
    if not isinstance(value, np.random.Generator):
        expected = "a numpy.random.Generator, such as np.random.default_rng(0)"
        raise refuse(name, expected, shown(value))
    return value


def widths(name: str, value: Any) -> list[int]:
    """The widths of a network's layers, from the input to the output."""
    dims = [whole(f"{name}[{j}]", d, 1) for j, d in enumerate(listed(name, value))]
    if len(dims) < 2:
        raise refuse(name, "at least 2 widths, the input's and the output's", shown(dims))
    return dims


def matrices(name: str, value: Any) -> list[np.ndarray]:
    """At least one matrix, each with as many rows as the one before has columns."""
    As = listed(name, value)
    if not As:
        raise refuse(name, "at least one matrix", "none")
    rows: int | str = "d_in"
    for j, A in enumerate(As):
        As[j] = floats(f"{name}[{j}]", A, (rows, "d_out"))
        rows = As[j].shape[1]
    return As


def network(value: Any) -> Network:
    """A network ``net = (As, Bs)`` whose shapes fit together."""
    if not isinstance(value, Sequence) or len(value) != 2:
        raise refuse("net", "a pair (As, Bs)", shown(value))
    As, Bs = matrices("As", value[0]), listed("Bs", value[1])
    if len(Bs) != len(As):
        raise refuse("Bs", f"one bias row for each of the {len(As)} matrices", f"{len(Bs)}")
    return As, [floats(f"Bs[{j}]", b, (1, As[j].shape[1])) for j, b in enumerate(Bs)]


def hidden_layer(name: str, value: Any, As: list[np.ndarray]) -> int:
    """The number of a hidden layer, counted from 1."""
    if len(As) < 2:
        raise refuse("net", "a network with a hidden layer", "one layer of weights")
    return whole(name, value, 1, len(As) - 1)


def mask_array(name: str, value: Any, shape: Shape) -> np.ndarray:
    """An array of True and False (or 1 and 0)."""
    mask = floats(name, value, shape)
    if not np.isin(mask, (0, 1)).all():
        raise refuse(name, "only True and False", shown(value))
    return mask.astype(bool)


def mask_list(name: str, value: Any) -> list[np.ndarray]:
    """At least one mask, each with as many rows as the one before has columns."""
    masks = matrices(name, value)
    return [mask_array(f"{name}[{j}]", mask, mask.shape) for j, mask in enumerate(masks)]


def permutation(name: str, value: Any, count: int) -> np.ndarray:
    """The numbers 0 to count - 1, each once, in any order."""
    perm = [whole(f"{name}[{i}]", p, 0) for i, p in enumerate(listed(name, value))]
    if sorted(perm) != list(range(count)):
        raise refuse(name, f"each of 0 to {count - 1} once", shown(perm))
    return np.array(perm)


def class_labels(name: str, value: Any, n: int, k: int) -> np.ndarray:
    """n whole-numbered labels from 0 to k - 1."""
    y = np.asarray(value)
    if y.shape != (n,):
        raise refuse(name, f"shape ({n},)", f"shape {y.shape}")
    if y.dtype.kind not in "iu":
        raise refuse(name, "integer labels", f"{shown(value)} of type {y.dtype}")
    if y.min() < 0 or y.max() >= k:
        raise refuse(name, f"labels from 0 to {k - 1}", f"labels from {y.min()} to {y.max()}")
    return y


def binary_labels(name: str, value: Any, n: int) -> np.ndarray:
    """n labels 0 or 1, as a column."""
    y = floats(name, value)
    if y.shape not in ((n,), (n, 1)):
        raise refuse(name, f"shape ({n},) or ({n}, 1)", f"shape {y.shape}")
    if not ((y == 0) | (y == 1)).all():
        raise refuse(name, "labels 0 and 1", shown(value))
    return y.reshape(n, 1)


def rows(name: str, value: Any, n: int) -> np.ndarray:
    """An array with a row (or a label) for each of n examples."""
    Y = np.asarray(value)
    if Y.ndim == 0 or len(Y) != n:
        raise refuse(name, f"{n} rows, as many as X has", f"shape {Y.shape}")
    return Y


def gradients(name: str, value: Any, As: list[np.ndarray], Bs: list[np.ndarray]) -> Network:
    """The gradients ``(dAs, dBs)``, in the shapes of the network's matrices and bias rows."""
    dAs, dBs = gradient_pair(name, value)
    if (len(dAs), len(dBs)) != (len(As), len(Bs)):
        came = f"{len(dAs)} and {len(dBs)}"
        raise refuse(name, f"{len(As)} matrices and {len(Bs)} bias rows", came)
    return (
        [floats(f"{name}: dAs[{j}]", dA, As[j].shape) for j, dA in enumerate(dAs)],
        [floats(f"{name}: dBs[{j}]", db, Bs[j].shape) for j, db in enumerate(dBs)],
    )


def gradient_pair(name: str, value: Any) -> tuple[list, list]:
    """A pair of lists ``(dAs, dBs)``."""
    if not isinstance(value, Sequence) or len(value) != 2:
        raise refuse(name, "a pair (dAs, dBs)", shown(value))
    return listed(name, value[0]), listed(name, value[1])


def gradient_list(name: str, value: Any) -> list[Network]:
    """At least one gradient ``(dAs, dBs)``, all in the shapes of the first."""
    pairs = [gradient_pair(f"{name}[{i}]", pair) for i, pair in enumerate(listed(name, value))]
    if not pairs:
        raise refuse(name, "at least one pair (dAs, dBs)", "none")
    dAs, dBs = ([floats(f"{name}[0]", g) for g in half] for half in pairs[0])
    return [gradients(f"{name}[{i}]", pair, dAs, dBs) for i, pair in enumerate(pairs)]


def edge_list(name: str, value: Any) -> list[Edge]:
    """The edges of a graph, each a pair of hashable nodes, each once."""
    edges: dict[Edge, None] = {}
    for edge in listed(name, value):
        try:
            u, v = edge
            edges[u, v] = None
        except (TypeError, ValueError):
            raise refuse(name, "pairs (u, v) of hashable nodes", shown(edge)) from None
    return list(edges)


def no_cycle(name: str, edges: list[Edge], ordered: Iterable[Hashable]) -> None:
    """Refuse a graph that could not be ordered completely, since it has a cycle."""
    done = set(ordered)
    before = {v: u for u, v in edges if u not in done and v not in done}
    if not before:
        return
    path, node = {}, next(iter(before))
    while node not in path:
        path[node] = None
        node = before[node]
    cycle = list(path)[list(path).index(node) :][::-1]
    raise refuse(name, "a graph without a cycle", f"the cycle {shown([cycle[-1], *cycle])}")


def numbers(name: str, value: Any) -> dict[Any, np.floating]:
    """A dictionary of numbers."""
    if not isinstance(value, Mapping):
        raise refuse(name, "a dictionary", shown(value))
    return {
        key: np.float64(x) if type(x) in (float, int) else number(f"{name}[{shown(key)}]", x)
        for key, x in value.items()
    }


def input_values(name: str, value: Any, edges: Iterable[Edge]) -> dict[Hashable, np.floating]:
    """A value for every node without an incoming edge, and for no node with one."""
    inputs = numbers(name, value)
    tails, heads = {u: None for u, _ in edges}, {v for _, v in edges}
    for v in inputs:
        if v in heads:
            raise refuse(name, "values only for nodes without incoming edges", shown(v))
    for u in tails:
        if u not in heads and u not in inputs:
            raise refuse(name, f"a value for the input node {shown(u)}", f"only {shown([*inputs])}")
    return inputs


def ordered_nodes(name: str, value: Any) -> list:
    """The nodes of a computation graph, each after its inputs, every leaf with its output set."""
    nodes = listed(name, value)
    if not nodes:
        raise refuse(name, "at least one node", "none")
    earlier: set[int] = set()
    for place, v in enumerate(nodes):
        if v.op is None and v.output is None:
            raise refuse(f"{name}[{place}]", "a leaf with its output set", "output None")
        if not all(id(u) in earlier for u in v.inputs):
            raise refuse(
                f"{name}[{place}]", "a node after all its inputs", "an input not before it"
            )
        earlier.add(id(v))
    return nodes


def computed_nodes(name: str, value: Any) -> list:
    """The nodes of a computation graph after a forward pass."""
    nodes = ordered_nodes(name, value)
    for place, v in enumerate(nodes):
        if v.output is None:
            raise refuse(f"{name}[{place}]", "an output, set by forward_pass", "output None")
    return nodes
