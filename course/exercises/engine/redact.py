"""What may be said about a difference in the answer to a secret question.

The keys of a dict are often the question's own inputs, such as the nodes of a graph. Only a
property's own words may be shown. So the path to a difference is given only up to the first step
that is neither such a word nor the number of an item.
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
    found, detail = result.difference, result.difference.detail
    inputs, as_is = set(_atoms(result.question.args)), result.question.judged_by == "as_is"
    holder, shown = result.expected.answer, 0
    for key in found.where:
        made_up = not as_is and type(key) is str and key not in inputs
        if isinstance(holder, Mapping) and not made_up:
            break
        holder, shown = holder[key], shown + 1
    if found.kind == "keys":
        expected, got = result.expected.answer, result.sheet.answer
        for key in found.where:
            expected, got = expected[key], got[key]
        detail = _counts(len(set(expected) - set(got)), len(set(got) - set(expected)))
    return replace(found, detail=detail, where=found.where[:shown])


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
