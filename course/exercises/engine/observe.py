"""Ask a function a question and write down everything that can be observed.

This runs where the function lives: in the notebook for `check`, in the student's locked-in process
for a grade. It knows no answers. What it returns is plain JSON, and an observation, not a verdict.
"""

import sys
import traceback
import warnings
from collections.abc import Callable
from typing import Any

from course.exercises.engine.codec import Stream, decode, encode
from course.exercises.engine.registry import CALLS

MESSAGE_LENGTH = 2000
OURS = ("course/exercises/", "course\\exercises\\")


def observe(function: Callable, request: dict) -> dict[str, Any]:
    """Put `request` (see `exercise.request`) to `function`.

    Returns {"value": ...} or {"error": {"kinds", "message", "trace"}}, together with "after", the
    arguments as they are afterwards, and "warnings", the texts of the warnings given.
    """
    call = CALLS.named(request["way"])
    names = [name for name, _ in request["args"]]
    values = [decode(coded) for _, coded in request["args"]]
    keywords = {n: v for n, v in zip(names, values, strict=True) if n in request["keyword_only"]}
    positional = [
        iter(v) if isinstance(v, Stream) else v
        for n, v in zip(names, values, strict=True)
        if n not in keywords
    ]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            seen = {"value": encode(call(function, *positional, **keywords))}
        except Exception as error:
            seen = {"error": describe(error)}
    seen["after"] = [[name, encode(value)] for name, value in zip(names, values, strict=True)]
    seen["warnings"] = [f"{w.category.__name__}: {w.message}"[:MESSAGE_LENGTH] for w in caught]
    return seen


def describe(error: BaseException) -> dict[str, Any]:
    """Return an exception as plain JSON: its types, message and the student's part of its trace."""
    return {
        "kinds": [kind.__name__ for kind in type(error).__mro__ if kind is not object],
        "message": str(error)[:MESSAGE_LENGTH],
        "trace": _students_part(error),
    }


def _students_part(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [f for f in frames if not any(part in f.filename for part in OURS)]
    library = tuple(p for p in (sys.prefix, sys.base_prefix) if p)
    while len(theirs) > 1 and theirs[-1].filename.startswith(library):
        theirs.pop()
    return "".join(
        f"line {frame.lineno} in {frame.name}: {frame.line or ''}\n" for frame in theirs[-3:]
    )[:MESSAGE_LENGTH]
