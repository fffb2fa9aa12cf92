"""Forms: what an argument of a hunt's example may be.

A form is a function that reads a value as the hunted function gets it. It raises ValueError, with
what was expected and what was found, for anything else, so that an example is small, finite and of
the right kind before any suspect sees it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from course.exercises.engine import graph_text
from course.exercises.engine.compare import kind_of

Form = Callable[[Any], Any]
# "Finite" numbers, as everywhere in the course; the leaves of a graph, whose operations may square.
LARGEST, LARGEST_LEAF = 1e6, 1e3


def number(value: Any) -> Any:
    """Read a single number."""
    return _numbers(value, (), "a number")


def row(most: int) -> Form:
    """Return the form of a flat array of 1 to `most` numbers."""
    return lambda value: _numbers(value, (most,), f"a flat array of 1 to {most} numbers")


def number_or_row(most: int) -> Form:
    """Return the form of a number or a flat array of 1 to `most` numbers."""
    return lambda value: number(value) if np.ndim(value) == 0 else row(most)(value)


def matrix(rows: int, columns: int) -> Form:
    """Return the form of a matrix with 1 to `rows` rows and 1 to `columns` columns."""
    expected = f"a matrix of numbers, at most {rows} × {columns}"
    return lambda value: _numbers(value, (rows, columns), expected)


def whole(least: int, most: int) -> Form:
    """Return the form of a whole number in a range."""

    def read(value: Any) -> int:
        array = value if isinstance(value, np.ndarray) and not value.ndim else None
        value = value if array is None else array.item()
        if type(value) is not int or not least <= value <= most:
            found = value if type(value) in (int, float) and abs(value) < 1e9 else kind_of(value)
            raise ValueError(f"expected a whole number from {least} to {most}, got {found}")
        return value

    return read


def share(value: Any) -> float:
    """Read a number above 0 and below 1."""
    found = float(_numbers(value, (), "a number between 0 and 1"))
    if not 0 < found < 1:
        raise ValueError(f"expected a number between 0 and 1, got {found:g}")
    return found


def whole_numbers(least: int, most: int, fewest: int, length: int) -> Form:
    """Return the form of a list of `fewest` to `length` whole numbers in a range."""
    one = whole(least, most)

    def read(value: Any) -> list[int]:
        items = value.tolist() if isinstance(value, np.ndarray) and value.ndim else value
        if not isinstance(items, list | tuple) or not fewest <= len(items) <= length:
            raise ValueError(
                f"expected a list of {fewest} to {length} whole numbers, got {kind_of(value)}"
            )
        return [one(item) for item in items]

    return read


def labels(length: int, most: int) -> Form:
    """Return the form of a flat array of 1 to `length` labels from 0 to `most`."""
    read = whole_numbers(0, most, 1, length)
    return lambda value: np.array(read(value))


def edges(most: int) -> Form:
    """Return the form of a list of 1 to `most` pairs of nodes, short texts or whole numbers."""

    def read(value: Any) -> list[tuple]:
        if isinstance(value, np.ndarray):
            value = value.tolist()
        if not isinstance(value, list | tuple | frozenset) or not 1 <= len(value) <= most:
            raise ValueError(f"expected a list of 1 to {most} edges, got {kind_of(value)}")
        pairs = [tuple(pair) if isinstance(pair, list | tuple) else () for pair in value]
        for pair in pairs:
            if len(pair) != 2 or not all(_is_name(node) for node in pair):
                raise ValueError("expected edges such as ('a', 'b') or (1, 2)")
        if len({type(node) for pair in pairs for node in pair}) > 1:
            raise ValueError("expected names or numbers for nodes, not both")
        return pairs

    return read


def _is_name(node: Any) -> bool:
    return (type(node) is str and len(node) <= 20) or (type(node) is int and abs(node) < LARGEST)


def graph(most: int) -> Form:
    """Return the form of a computation graph as 1 to `most` lines of text."""

    def read(value: Any) -> list[str]:
        lines = list(value) if isinstance(value, list | tuple) else []
        if not 1 <= len(lines) <= most or not all(type(line) is str for line in lines):
            raise ValueError(f"expected a list of 1 to {most} lines of text, got {kind_of(value)}")
        if long := [line for line in lines if len(line) > 60 or "^" in line]:
            raise ValueError(f"expected lines such as 'a = Mul(x, x)', got {long[0][:60]!r}")
        names = [line.partition(" = ")[0] for line in lines]
        if twice := [name for name in names if names.count(name) > 1]:
            raise ValueError(f"two nodes are called {twice[0]!r}")
        try:
            nodes = graph_text.build(lines)
        except KeyError as missing:
            raise ValueError(f"the node {missing} is used above its own line") from None
        if any(v.op is None and abs(v.output) > LARGEST_LEAF for v in nodes):
            raise ValueError(f"expected leaves of at most {LARGEST_LEAF:g}")
        return lines

    return read


def _numbers(value: Any, most: tuple[int, ...], expected: str) -> Any:
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError):  # rows of unequal lengths
        array = np.asarray(None)
    if array.dtype.kind not in "iuf" or array.ndim != len(most):
        raise ValueError(f"expected {expected}, got {kind_of(value)}")
    if any(not 1 <= have <= may for have, may in zip(array.shape, most, strict=True)):
        raise ValueError(f"expected {expected}, got {kind_of(array)}")
    if not np.isfinite(array).all() or (np.abs(array.astype(float)) > LARGEST).any():
        raise ValueError("expected finite numbers, none beyond a million")
    wide = array.astype(int if array.dtype.kind in "iu" else float)
    return wide if most else wide.item()
