"""An exception as it is observed: what Python says, the student's line, and what was in it.

`describe` writes it down beside the student's function, in plain JSON. `Raised` reads that again,
where nothing in it is believed to have the right form.
"""

import ast
import dis
import linecache
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from traceback import FrameSummary
from types import FrameType, ModuleType
from typing import Any

import numpy as np

from course.exercises.engine.compare import kind_of

MESSAGE_LENGTH = 2000
NAMED_VALUES = 6
RAISE = dis.opmap["RAISE_VARARGS"]
FRAMES = 3
# The package, wherever it is installed: its lines are not the student's.
COURSE = str(Path(__file__).parents[2])
LIBRARIES = tuple({sys.prefix, sys.base_prefix})
COMPILED = (".pyx", ".pxd")


@dataclass(frozen=True)
class Raised:
    """An exception as it was observed.

    kinds: the names of its types, most specific first.
    message: what Python says.
    trace: the last of the student's own lines on the way to it, each "line 3 in f: return x / 0".
    values: what the names in the last of these lines stood for: ("X", "an array of shape (2, 3)").
    answered: a smaller size of the question for which there was an answer in time.
    """

    kinds: tuple[str, ...]
    message: str = ""
    trace: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    answered: int | None = None

    @classmethod
    def of(cls, error: Any) -> "Raised":
        """Read what `describe` wrote; what has another form is left out."""
        parts = error if type(error) is dict else {}
        trace, values = parts.get("trace"), parts.get("values")
        answered = parts.get("answered")
        return cls(
            kinds=tuple(kind for kind in _list(parts.get("kinds")) if type(kind) is str),
            message=_text(parts.get("message")),
            trace=tuple(_text(trace).splitlines()[-FRAMES:]),
            values=tuple(
                (pair[0][:MESSAGE_LENGTH], pair[1][:MESSAGE_LENGTH])
                for pair in _list(values)[:NAMED_VALUES]
                if type(pair) is list and [type(part) for part in pair] == [str, str]
            ),
            answered=answered if type(answered) is int else None,
        )

    @property
    def line(self) -> str:
        """The student's own line, without its number."""
        return self.trace[-1].partition(": ")[2] if self.trace else ""


def _list(value: Any) -> list:
    return value if type(value) is list else []


def _text(value: Any) -> str:
    return value[:MESSAGE_LENGTH] if type(value) is str else ""


def describe(error: BaseException, say_where: bool = True) -> dict[str, Any]:
    """Return an exception as plain JSON: its types, its message, and the student's part of it.

    say_where: whether to look for that part.
    """
    theirs = _students_part(error) if say_where else []
    shown = theirs and not isinstance(error, NameError)
    return {
        "kinds": [kind.__name__ for kind in type(error).__mro__ if kind is not object],
        "message": str(error)[:MESSAGE_LENGTH],
        "trace": _trace([place for _, place in theirs]),
        "values": _values(*theirs[-1]) if shown else [],
    } | ({"own": True} if _is_their_own(error) else {})


def _is_their_own(error: BaseException) -> bool:
    """Whether a `raise` or `assert` of Python code that is no library's made this exception."""
    last = error.__traceback__
    while last.tb_next:
        last = last.tb_next
    code = last.tb_frame.f_code
    return not _is_of_a_library(code.co_filename) and code.co_code[last.tb_lasti] == RAISE


def describe_interrupted(error: BaseException) -> dict[str, Any]:
    """Return where an exception from outside met the student's code: the loop that was running."""
    theirs = _students_part(error)
    if not theirs:
        return {"trace": "", "values": []}
    looping = [(frame, _loop_around(place)) for frame, place in theirs]
    frame, place = next(((f, loop) for f, loop in reversed(looping) if loop), theirs[-1])
    return {"trace": _trace([place]), "values": _values(frame, place)}


def _students_part(error: BaseException) -> list[tuple[FrameType, FrameSummary]]:
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    places = traceback.extract_tb(error.__traceback__)
    for frame, place in zip(frames, places, strict=True):
        place.name = _function(frame)
    walked = zip(frames, places, strict=True)
    theirs = [(frame, place) for frame, place in walked if not _is_ours(place.filename)]
    while len(theirs) > 1 and _is_of_a_library(theirs[-1][1].filename):
        theirs.pop()
    return theirs


def _trace(places: Sequence[FrameSummary]) -> str:
    lines = [f"line {at.lineno} in {at.name}: {at.line or ''}" for at in places]
    once = list(dict.fromkeys(reversed(lines)))[:FRAMES]  # a recursion meets a line many times
    return "\n".join(reversed(once))[:MESSAGE_LENGTH]


def _function(frame: FrameType) -> str:
    """Return the name of a frame's function: of the one around it, if it is a comprehension."""
    parts = frame.f_code.co_qualname.split(".")
    return next((part for part in reversed(parts) if part[0] != "<"), parts[-1])


def _loop_around(place: FrameSummary) -> FrameSummary | None:
    """Return the head of the innermost `while` that a line is in, or else of the `for`."""
    try:
        tree = ast.parse("".join(linecache.getlines(place.filename)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # such as a notebook's %magic
        return None
    for kind in (ast.While, ast.For):
        around = [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, kind) and node.lineno <= place.lineno <= node.end_lineno
        ]
        if around:
            return FrameSummary(place.filename, max(around), place.name)
    return None


def _is_ours(file: str) -> bool:
    return file.startswith(COURSE)


def _is_of_a_library(file: str) -> bool:
    return file.startswith(LIBRARIES) or file.endswith(COMPILED)


def _values(frame: FrameType, place: FrameSummary) -> list[list[str]]:
    """Say what the names stood for in the expression that failed, or else in its whole line."""
    names = {**frame.f_globals, **frame.f_locals}
    given = frame.f_code.co_varnames[: frame.f_code.co_argcount + frame.f_code.co_kwonlyargcount]
    for text in (_expression(place), place.line or ""):
        try:
            tree = ast.parse(f"{text} pass" if text.endswith(":") else text.strip())
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        arguments = {name: frame.f_locals[name] for name in given if name in frame.f_locals}
        found = dict(_in(tree, names, arguments))
        if found:
            return [list(pair) for pair in found.items()][:NAMED_VALUES]
    return []


def _expression(place: FrameSummary) -> str:
    """Return the part of the line in which the error happened, if it is within one line."""
    if place.colno is None or place.lineno != place.end_lineno:
        return ""
    line = linecache.getline(place.filename, place.lineno).encode()
    return line[place.colno : place.end_colno].decode(errors="replace")


def _in(
    node: ast.AST, names: Mapping[str, Any], arguments: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield every name, attribute and entry in a piece of code that has a value worth a word."""
    if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
        try:
            value = _looked_up(node, names)
        except Exception:  # whatever a student's object does: this name is not shown
            pass
        else:
            if not isinstance(value, ModuleType | type):
                text = ast.unparse(node)
                yield text, _described(value, _origin(value, arguments), text)
            return
    for child in ast.iter_child_nodes(node):
        called = isinstance(node, ast.Call) and child is node.func
        if not (called and _is_function(child, names)):
            yield from _in(child, names, arguments)


def _is_function(node: ast.expr, names: Mapping[str, Any]) -> bool:
    try:
        return callable(_looked_up(node, names))
    except Exception:
        return False


def _looked_up(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """Return what a piece of code stands for, without running any; LookupError if it would."""
    match node:
        case ast.Name():
            return names[node.id]
        case ast.Constant():
            return node.value
        case ast.UnaryOp(op=ast.USub()):
            return -_whole(_looked_up(node.operand, names))
        case ast.BinOp(op=ast.Add()):
            return _whole(_looked_up(node.left, names)) + _whole(_looked_up(node.right, names))
        case ast.BinOp(op=ast.Sub()):
            return _whole(_looked_up(node.left, names)) - _whole(_looked_up(node.right, names))
        case ast.Attribute():
            owner = _looked_up(node.value, names)
            transposed = type(owner) is np.ndarray and node.attr == "T"
            return owner.T if transposed else vars(owner)[node.attr]
        case ast.Subscript():
            owner = _looked_up(node.value, names)
            if type(owner) in (list, tuple, dict, np.ndarray):
                return owner[_looked_up(node.slice, names)]
    raise LookupError


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise LookupError
    return value


def _origin(value: Any, arguments: Mapping[str, Any]) -> str:
    """Return which argument, or which item of one, a value is; "" if it is none."""
    for name, argument in arguments.items():
        if argument is value and isinstance(value, np.ndarray | list | tuple | dict):
            return name
        for place, item in enumerate(argument if type(argument) in (list, tuple) else ()):
            if item is value and isinstance(value, np.ndarray | list | tuple):
                return f"{name}[{place}]"
    return ""


def _described(value: Any, origin: str, text: str) -> str:
    match value:
        case None | bool() | int() | float():
            said = repr(value)[:40]
        case np.bool_() | np.number():
            said = f"{value.item():.6g}" if np.isrealobj(value) else "a number"
        case np.ndarray() if value.ndim and value.dtype.kind in "iu":
            said = f"an array of whole numbers, of shape {value.shape}"
        case str():
            said = repr(value[:40])
        case np.ndarray() | list() | tuple() | dict():
            said = kind_of(value)
        case _ if callable(value):
            said = "a function"
        case _:
            kind = type(value).__name__
            said = f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind}"
    return f"{said} ({origin})" if origin and origin != text else said
