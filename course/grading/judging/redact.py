"""Redact the parts of an observation into which a student's code could write a secret question.

The names of exceptions, warnings and types are shown with a verdict, and a function may make them
up: an exception named after its argument would carry a secret input into the feedback. Python's
and NumPy's own names stay, and so do values, which are judged and not shown.
"""

import builtins
import re
from typing import Any

import numpy as np

from course.exercises.engine.answer_sheet import gist
from course.grading.limits import EMPTY_ARRAY_AXES, EMPTY_ARRAY_LENGTH

UNREADABLE = {"error": {"kinds": ["NoPlainAnswer"], "message": "", "trace": ""}}
ITS_OWN = "object of the notebook's own"
KNOWN_ERRORS = {
    name
    for name, kind in {**vars(builtins), "LinAlgError": np.linalg.LinAlgError}.items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
KNOWN_TYPES = {name for name, kind in vars(builtins).items() if isinstance(kind, type)} | {
    "builtin_function_or_method",
    "coroutine",
    "ellipsis",
    "function",
    "generator",
    "method",
    "module",
    "numpy object",
    "numpy.ma.MaskedArray",
    "numpy.random._generator.Generator",
}
NUMPYS_OTHER_NAMES = {f"scalar_{name}" for name in ("add", "divide", "multiply", "power")} | {
    "cast",
    "reduce",
}
FLOATING_POINT = re.compile(
    r"RuntimeWarning: (?:overflow|divide by zero|invalid value|underflow) encountered in (\w+)"
)


def redacted(observation: Any, cause: str | None = None) -> Any:
    """Return an observation without made-up names; anything else is returned unchanged.

    The gist of an exception is kept: like values, it is judged and not shown.

    cause: what its exception means (`secret_cause_of`), which is kept.
    """
    if type(observation) is not dict:
        return observation
    if "error" in observation:
        error = observation["error"]
        kept = {"kinds": _errors(error), "message": "", "trace": ""}
        kept |= {"gist": gist(error)} if type(error) is dict else {}
        return {"error": kept | ({"cause": cause} if cause else {})}
    kept = {name: part for name, part in observation.items() if name != "remarks"}
    if type(observation.get("warnings")) is list:
        kept["warnings"] = [_warning(text) for text in observation["warnings"]]
    try:
        return kept | {"value": _values(observation.get("value"))}
    except RecursionError:
        return UNREADABLE


def _errors(error: Any) -> list[str]:
    kinds = error.get("kinds") if type(error) is dict else None
    kinds = kinds if type(kinds) is list else []
    known = [k for k in kinds if type(k) is str and k in KNOWN_ERRORS]
    return known or ["Exception"]


def _warning(text: Any) -> str:
    found = FLOATING_POINT.fullmatch(text) if type(text) is str else None
    if found and (found[1] in vars(np) or found[1] in NUMPYS_OTHER_NAMES):
        return text
    return "a warning from the notebook's own code"


def _array(coded: dict) -> dict:
    """Return an array unchanged, except for the axes of an array without entries.

    Those axes take no memory, so a secret input could be written into each, and shapes are shown.
    """
    shape = coded.get("shape")
    if type(shape) is not list or 0 not in shape:
        return coded
    plausible = len(shape) <= EMPTY_ARRAY_AXES and all(
        n in range(EMPTY_ARRAY_LENGTH) for n in shape
    )
    return coded if plausible else coded | {"shape": [0]}


def _values(coded: Any) -> Any:
    if type(coded) is list:
        return [_values(item) for item in coded]
    if type(coded) is not dict:
        return coded
    if "dtype" in coded:
        return _array(coded)
    if set(coded) == {"opaque"}:
        known = type(coded["opaque"]) is str and coded["opaque"] in KNOWN_TYPES
        return coded if known else {"opaque": ITS_OWN}
    return {tag: _values(body) for tag, body in coded.items()}
