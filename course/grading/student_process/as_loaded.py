"""Undo what a notebook has changed of the code that asks its functions.

Whether a function changed its arguments, warned, or answers the same a second time, only its own
process can see. So a notebook could replace the code that looks: with a line like `observe = mine`.
Here that code is put back, from copies that were made before any cell ran. It isn't a boundary
(docs/security.md says what remains the process's word), but to get around it takes more than the
honest remedy, a copy of the argument.
"""

import sys
from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType
from typing import Any

# The part of `course.exercises.engine` that asks and describes errors: it has no right answers.
ASKING_SIDE = (
    *("observe", "raised", "source", "compare", "registry", "near_names", "calls", "codec"),
    *("graph_text", "stock"),
)
ENGINE, HERE = "course.exercises.engine", "course.grading.student_process"
LIBRARIES = {"base64", "copy", "json", "json.decoder", "json.encoder", "struct", "warnings"}
# A notebook may silence warnings; the rest of these names hold what Python keeps count of.
STATE = {"warn", "warn_explicit", "filters", "defaultaction", "onceregistry"}


def as_loaded() -> Callable[[], None]:
    """Return a function that puts the asking code back as it is now."""
    modules = [module for name, module in sys.modules.items() if _asks(name)]
    names = [(vars(module), dict(_kept(module))) for module in modules]
    tables = {id(table): table for module in modules for table in _tables(module)}
    names += [(table, dict(table)) for table in tables.values()]
    things = {id(thing): thing for _, kept in names for thing in kept.values()}.values()
    classes = [
        (thing, [(name, part) for name, part in vars(thing).items() if _is_code(part)])
        for thing in things
        if type(thing) is type and _asks(thing.__module__)
    ]
    written = [
        *(thing for thing in things if type(thing) is FunctionType),
        *(part for _, parts in classes for _, part in parts if type(part) is FunctionType),
    ]
    codes = [(one, one.__code__, one.__defaults__, one.__kwdefaults__) for one in written]

    def put_back() -> None:
        for now, kept in names:
            now.update(kept)
        for kind, parts in classes:
            for name, part in parts:
                if kind.__dict__.get(name) is not part:
                    setattr(kind, name, part)
        for function, code, defaults, keyword_defaults in codes:
            if function.__code__ is not code:
                function.__code__ = code
            if function.__defaults__ is not defaults:
                function.__defaults__ = defaults
            if function.__kwdefaults__ is not keyword_defaults:
                function.__kwdefaults__ = keyword_defaults

    return put_back


def _asks(name: str) -> bool:
    return _is_ours(name) or name in LIBRARIES


def _is_ours(name: str) -> bool:
    package, _, module = name.rpartition(".")
    return name == HERE or package == HERE or (package == ENGINE and module in ASKING_SIDE)


def _is_code(part: Any) -> bool:
    return callable(part) or isinstance(part, property | classmethod | staticmethod)


def _tables(module: ModuleType) -> Iterator[dict]:
    """Yield the dicts in which a module of ours looks things up, and its registries'."""
    for thing in vars(module).values() if _is_ours(module.__name__) else ():
        if type(thing) is dict:
            yield thing
        elif _asks(type(thing).__module__) and hasattr(thing, "__dict__"):
            yield from (part for part in vars(thing).values() if type(part) is dict)


def _kept(module: ModuleType) -> Iterator[tuple[str, Any]]:
    for name, thing in vars(module).items():
        if callable(thing) and name not in STATE and not name.startswith("__"):
            yield name, thing
