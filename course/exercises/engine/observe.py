"""Ask a function a question and record everything that can be observed.

This runs beside the function: in the notebook for `check`, in the student's sandboxed process for a
grade. It knows no answers, and returns an observation in plain JSON, not a verdict.
"""

import warnings
from collections.abc import Callable
from typing import Any

from course.exercises.engine.codec import Stream, decode, encode
from course.exercises.engine.raised import MESSAGE_LENGTH, describe
from course.exercises.engine.registry import CALLS
from course.exercises.engine.source import remarks

# Added to a request whose answer must not show what the function's source says.
SOURCE_UNREAD = {"source": False}


def observe(function: Callable, request: dict, say_where: bool = True) -> dict[str, Any]:
    """Put `request` (see `exercise.request`) to `function`.

    say_where: whether to look for the lines that an exception comes from, which takes a while.

    Returns {"value": ...} or {"error": ...} (see `raised`), together with "after", the arguments as
    they are afterwards, and "warnings", the texts of the warnings given.
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
        except (Exception, SystemExit) as error:
            seen = {"error": describe(error, say_where)}
    seen["after"] = [[name, encode(value)] for name, value in zip(names, values, strict=True)]
    seen["warnings"] = [f"{w.category.__name__}: {w.message}"[:MESSAGE_LENGTH] for w in caught]
    return seen


def observe_students(
    function: Callable, request: dict, afterwards: Callable[[], None] | None = None
) -> dict[str, Any]:
    """Observe a function that a student wrote: what its source shows, too, under "remarks".

    request: the source is left unread if it contains `SOURCE_UNREAD`.
    afterwards: called whenever the function has returned or raised.
    """
    names = [name for name, _ in request["args"]]
    found = remarks(function, names) if request.get("source", True) else []

    def called(*args: Any, **keywords: Any) -> Any:
        try:
            return function(*args, **keywords)
        finally:
            afterwards()

    seen = observe(called if afterwards else function, request)
    return seen | ({"remarks": found} if found else {})
