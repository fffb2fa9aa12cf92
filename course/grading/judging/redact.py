"""Redact the parts of an observation that are not judged, and may be told of public answers only.

A function can write what it was asked into the text of an exception or a warning, the name of a
type, or its own source. What may be told of a secret question is decided in `engine.redact`; what
is dropped here can't be told by accident, and takes no memory until it is judged.
"""

import builtins
from typing import Any

import numpy as np

from course.exercises.engine.answer_sheet import gist
from course.grading.student_process.channel import BrokenProtocolError

KNOWN_ERRORS = {
    name
    for name, kind in {**vars(builtins), "LinAlgError": np.linalg.LinAlgError}.items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
} | {BrokenProtocolError.__name__}
A_WARNING = "a warning"


def redacted(observation: Any) -> Any:
    """Return the judged parts of an observation; what is no observation is returned unchanged.

    The gist of an exception is judged, too: a known mistake may raise the same.
    """
    if type(observation) is not dict:
        return observation
    if "error" in observation:
        error = observation["error"]
        kept = {"kinds": _errors(error), "message": "", "trace": ""}
        return {"error": kept | ({"gist": gist(error)} if type(error) is dict else {})}
    kept = {name: part for name, part in observation.items() if name != "remarks"}
    if type(observation.get("warnings")) is list:
        kept["warnings"] = [A_WARNING] * bool(observation["warnings"])
    return kept


def _errors(error: Any) -> list[str]:
    kinds = error.get("kinds") if type(error) is dict else None
    kinds = kinds if type(kinds) is list else []
    known = [k for k in kinds if type(k) is str and k in KNOWN_ERRORS]
    return known or ["Exception"]
