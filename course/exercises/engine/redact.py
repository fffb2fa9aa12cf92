"""What may be said about a difference in the answer to a secret question.

The keys of a dict are often the question's own inputs, such as the nodes of a graph. Only those
that a property made up, its words, may be shown. So the place of a difference is given as far as
the path to it consists of words and numbered items.
"""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from course.exercises.engine.compare import Difference
from course.exercises.engine.judge import Result


def without_inputs(result: Result) -> Difference:
    """Return the first difference of an answer to a secret question, without its inputs."""
    found = result.difference
    shown, steps = "", list(_steps(result.expected.answer, found.where))
    inputs = set(_atoms(result.question.args))
    for holder, key in steps:
        if isinstance(holder, Mapping):
            made_up = (
                result.question.judged_by != "as_is" and type(key) is str and key not in inputs
            )
            if not made_up:
                break
        shown += f"[{key!r}]"
    detail = found.detail
    if found.kind == "keys":
        expected, got = result.expected.answer, result.sheet.answer
        for _, key in steps:
            expected, got = expected[key], got[key]
        detail = _counts(len(set(expected) - set(got)), len(set(got) - set(expected)))
    return replace(found, detail=detail, where=shown)


def _steps(expected: Any, where: str) -> Iterator[tuple[Any, Hashable]]:
    """Split a place such as "['outputs'][3]" into steps: each a value, and a key or index in it."""
    while isinstance(expected, Mapping | list | tuple):
        keys = expected if isinstance(expected, Mapping) else range(len(expected))
        named = [key for key in keys if where.startswith(f"[{key!r}]")]
        if not named:
            return
        yield expected, named[0]
        expected, where = expected[named[0]], where.removeprefix(f"[{named[0]!r}]")


def _atoms(value: Any) -> Iterator[Hashable]:
    """Yield everything in a question's arguments that could be a key."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _atoms(key)
            yield from _atoms(item)
    elif isinstance(value, list | tuple | set | frozenset):
        if isinstance(value, tuple):
            yield from _hashable(value)
        for item in value:
            yield from _atoms(item)
    elif not isinstance(value, np.ndarray):
        yield from _hashable(value)


def _hashable(value: Any) -> Iterator[Hashable]:
    with suppress(TypeError):  # a tuple that holds a list says it is hashable
        hash(value)
        yield value


def _counts(missing: int, surplus: int) -> str:
    parts = [f"{missing} missing"] * bool(missing) + [f"{surplus} not expected"] * bool(surplus)
    return ", ".join(parts)
