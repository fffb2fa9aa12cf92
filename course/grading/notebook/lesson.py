"""Which unit's notebook a file is, and whether it holds work.

A file's name may have been changed by its author, a browser or a platform. A notebook is identified
by its own metadata, by the ids of its cells, or by the functions it defines, in this order.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from course.grading.notebook.cells import COURSE, grade_id, text_of

# nbgrader_config.py replaces a solution with this.
STUB = "raise NotImplementedError"
DEFINED = re.compile(r"^def (\w+)\(", re.MULTILINE)


@dataclass(frozen=True)
class Lesson:
    """A notebook of the course: its name, its cells' ids, and the functions it asks for."""

    unit: str
    name: str
    ids: frozenset[str]
    functions: frozenset[str]


def lesson(unit: str, name: str, notebook: dict[str, Any]) -> Lesson:
    """Return the features by which a source or released notebook is recognised."""
    ids, functions = set(), set()
    for cell in notebook["cells"]:
        own = grade_id(cell)
        ids |= _ids(cell)
        if own and cell["metadata"]["nbgrader"].get("solution"):
            functions.add(own)
    return Lesson(unit, name, frozenset(ids), frozenset(functions))


def lesson_of(notebook: dict[str, Any], known: Iterable[Lesson]) -> Lesson | None:
    """Return the lesson that a notebook belongs to; None for a foreign notebook."""
    known = list(known)
    cells = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
    metadata = notebook.get("metadata")
    ours = metadata.get(COURSE) if isinstance(metadata, dict) else None
    unit = ours.get("unit") if isinstance(ours, dict) else None
    own = [candidate for candidate in known if candidate.unit == unit]
    if len(own) == 1:
        return own[0]
    ids = {cell_id for cell in cells for cell_id in _ids(cell)}
    functions = {name for cell in cells for name in _defined(cell)}
    return _most(own or known, lambda candidate: candidate.ids & ids) or _most(
        own or known, lambda candidate: candidate.functions & functions
    )


def written(notebook: dict[str, Any], released: dict[str, Any]) -> int:
    """Return how many of a notebook's cells hold answers; a newer lesson's text doesn't count."""
    known = {_text(cell).strip() for cell in released["cells"]}
    asked = {cell_id for cell in released["cells"] if _is_answer(cell) for cell_id in _ids(cell)}
    functions = lesson("", "", released).functions
    count = 0
    for cell in (entry for entry in notebook["cells"] if isinstance(entry, dict)):
        text = _text(cell).strip()
        defined = _defined(cell)
        answers = asked & _ids(cell) or functions & defined
        unwritten = text.count(STUB) >= max(1, len(defined))
        count += bool(answers and text and text not in known and not unwritten)
    return count


def _defined(cell: dict[str, Any]) -> set[str]:
    """Return the functions that a cell defines; those in a lesson's text are only quoted."""
    return set(DEFINED.findall(_text(cell))) if cell.get("cell_type") == "code" else set()


def _is_answer(cell: dict[str, Any]) -> bool:
    metadata = cell["metadata"]
    solution = metadata.get("nbgrader", {}).get("solution")
    return bool(solution or "answer" in metadata.get(COURSE, {}))


def _ids(cell: Any) -> set[str]:
    return {value for value in (grade_id(cell), cell.get("id")) if type(value) is str}


def _text(cell: Any) -> str:
    return text_of(cell) or ""


def _most(known: list[Lesson], shared) -> Lesson | None:
    counts = sorted(
        ((len(shared(candidate)), n) for n, candidate in enumerate(known)), reverse=True
    )
    if not counts or counts[0][0] == 0:
        return None
    if len(counts) > 1 and counts[1][0] == counts[0][0]:
        return None
    return known[counts[0][1]]
