"""Restore a notebook: the released one with the texts of the submission, in the student's order.

Nothing else is taken from a submission: no metadata, tags, outputs, attachments, kernels or ids, so
none of them can matter. All cells that are not the student's are released ones. A released cell
that is missing is put back behind its predecessor, and the student's own cells stay where they are:
so what runs is what a kernel would run, from top to bottom.
"""

import ast
import copy
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from course.exercises.units import UNITS
from course.grading.limits import EXTRA_CELLS, LISTED_CELLS
from course.grading.notebook.cells import (
    COURSE,
    MISSING,
    OWN,
    exercise_of,
    grade_id,
    inside,
    is_marked,
    is_students,
    new_cell,
    visible,
)
from course.grading.notebook.reading import UnreadableError, read_notebook
from course.grading.notebook.recognise import (
    Handed,
    Recognised,
    defined,
    is_solution,
    recognised,
    same,
)

# Where a cell of the result belongs: the number of the submitted cell that it is or follows, then
# its place among those that follow it.
Key = tuple[int, int]


@dataclass
class Restored:
    """A notebook that can be graded.

    notebook: the restored notebook; the released one if `problem` is set.
    problem: why nothing of the submission could be read, as a sentence; None if it was read.
    oddities: what was unusual about it, as sentences.
    imports: the lesson's own imports as code. They hold whatever became of their cells.
    """

    notebook: dict[str, Any]
    problem: str | None = None
    oddities: list[str] = field(default_factory=list)
    imports: str = ""


def restore(
    released: dict[str, Any], submission: bytes | None, name: str, problem: str | None = None
) -> Restored:
    """Return `released` (a notebook as JSON) with the texts of `submission` (a file's content).

    name: the file's proper name, for the message that it is missing.
    problem: why the file could not even be read, if it couldn't.
    """
    fresh = copy.deepcopy(released)
    if problem is not None:
        return Restored(fresh, problem)
    try:
        handed_in = read_notebook(submission, name)
    except UnreadableError as problem:
        return Restored(fresh, str(problem))
    found = recognised(fresh["cells"], handed_in["cells"])
    unit = inside(released, "metadata", COURSE, "unit") or name.removesuffix(".ipynb")
    theirs = inside(handed_in, "metadata", COURSE, "unit")
    # Lessons have some plain texts in common.
    if theirs != unit and not any(grade_id(fresh["cells"][place]) for place in found.places):
        return Restored(fresh, _foreign(unit, theirs))
    imports = "\n".join(filter(None, map(_imports_of, fresh["cells"])))
    return _filled(Restored(fresh, imports=imports), found, handed_in)


def _foreign(unit: str, theirs: Any = None) -> str:
    """Return the sentence for a notebook in which nothing of the unit is recognised."""
    known = type(theirs) is str and theirs in UNITS
    but = f", but of {theirs}" if known else ": it has none of its cells and none of its functions"
    return f"This is not the notebook of {unit}{but}."


def _filled(restored: Restored, found: Recognised, handed_in: dict[str, Any]) -> Restored:
    released = restored.notebook["cells"]
    code = found.code
    _say_what_was_odd(released, found, handed_in, restored)
    keys = _keys(released, found)
    cells: list[tuple[Key, dict[str, Any]]] = []
    extras = [(cell.number, 0, cell) for cell in found.extras]
    for place, cell in enumerate(released):
        theirs = found.places.get(place)
        if theirs is None:
            _put_back(cell, code)
        elif is_students(cell):
            if not same(cell["source"], theirs.text):
                cell["metadata"].setdefault(COURSE, {})[OWN] = True
            cell["source"] = theirs.text
        elif _is_edited(cell, theirs) and theirs.text.strip():
            # What was written into a cell of the course counts as a cell of the student's own.
            is_test = is_marked(cell, "grade")
            extras.append((theirs.number, -1 if is_test else place + 1, theirs))
        cells.append((keys[place], cell))
    cells += _own_cells(extras, restored.oddities)
    restored.notebook["cells"] = [cell for _, cell in sorted(cells, key=lambda each: each[0])]
    return restored


def _keys(released: list[dict[str, Any]], found: Recognised) -> list[Key]:
    """Return where each released cell belongs.

    A missing cell follows its predecessor, and a missing cell with code the previous one with code.
    A test never runs before the solutions that precede it in the lesson.
    """
    keys: list[Key] = []
    before, before_code = 0, 0
    last_solution, solutions = 0, {}
    for place, cell in enumerate(released):
        theirs, is_code = found.places.get(place), cell["cell_type"] == "code"
        key = (before_code if is_code else before, place + 1)
        if theirs:
            key = (theirs.number, 0)
        if is_solution(cell) and theirs:
            solutions |= dict.fromkeys(defined(cell["source"]), theirs.number)
            last_solution = max(last_solution, theirs.number)
        elif is_marked(cell, "grade") and not is_marked(cell, "solution"):
            name = exercise_of(cell)
            needed = solutions.get(name, 0) if name else last_solution
            if needed > key[0]:
                key = (needed, place + 1)
        keys.append(key)
        before = key[0]
        before_code = key[0] if is_code else before_code
    return keys


def _is_edited(cell: dict[str, Any], theirs: Handed) -> bool:
    return not is_students(cell) and not same(visible(cell["source"]), visible(theirs.text))


def _put_back(cell: dict[str, Any], code: set[str]) -> None:
    """Leave a missing cell as it was released; but a stub must not run, and hide what is there."""
    if is_solution(cell):
        cell["metadata"].setdefault(COURSE, {})[MISSING] = True
        if there := sorted(defined(cell["source"]) & code):
            cell["source"] = f"# Your definition of {', '.join(there)} is in another cell."


def _own_cells(
    extras: list[tuple[int, int, Handed]], oddities: list[str]
) -> Iterable[tuple[Key, dict[str, Any]]]:
    counts: Counter[str] = Counter()
    for number, rank, cell in sorted(extras, key=lambda extra: extra[:2]):
        # Raw cells would become part of the feedback's HTML unchanged.
        kind = "markdown" if cell.kind == "raw" else cell.kind
        counts[kind] += 1
        if counts[kind] <= EXTRA_CELLS:
            name = f"extra-{sum(counts.values())}"
            yield (number, rank), new_cell(kind, cell.text, name, own=True)
    for count in counts.values():
        if count > EXTRA_CELLS:
            oddities.append(f"Only {EXTRA_CELLS} of {count} extra cells were used.")


def _imports_of(cell: dict[str, Any]) -> str:
    is_plain = cell["cell_type"] == "code" and not grade_id(cell)
    return _imports_in(cell["source"]) if is_plain else ""


@lru_cache(maxsize=1000)
def _imports_in(source: str) -> str:
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return ""
    imports = (line for line in body if isinstance(line, ast.Import | ast.ImportFrom))
    return "\n".join(map(ast.unparse, imports))


# ------------------------------------------------------------------------------------ what was odd


def _say_what_was_odd(
    released: list[dict[str, Any]],
    found: Recognised,
    handed_in: dict[str, Any],
    restored: Restored,
) -> None:
    said = restored.oddities
    if found.unread:
        why = " (all texts together are too long)" if found.cut else ""
        said.append(f"{_counted(found.unread)} could not be read{why}.")
    names = {place: name for place, cell in enumerate(released) if (name := grade_id(cell))}
    said += _changed(names, released, found)
    said += _how_recognised(names, found)
    said += _missing(names, released, found)
    counts = Counter(cell.grade_id for cell in found.cells)
    for place, name in names.items():
        if counts[name] > 1:
            said.append(_repeated(name, counts[name], released[place]))
    ids = Counter(cell.id for cell in found.cells if cell.id is not None)
    if any(count > 1 for count in ids.values()):
        said.append("Several cells had the same id.")
    kernel = inside(handed_in, "metadata", "kernelspec", "name")
    ours = inside(restored.notebook, "metadata", "kernelspec", "name")
    if ours and type(kernel) is str and kernel != ours:
        said.append(f"The notebook's kernel was {kernel[:40]!r}, not {ours!r}.")


def _changed(
    names: dict[int, str], released: list[dict[str, Any]], found: Recognised
) -> Iterable[str]:
    retyped: dict[str, list[str]] = {}
    edited = []
    for place in sorted(names.keys() & found.places.keys()):
        cell, theirs = released[place], found.places[place]
        if theirs.kind != cell["cell_type"]:
            retyped.setdefault(theirs.kind, []).append(names[place])
        if is_marked(cell, "grade") and _is_edited(cell, theirs):
            edited.append(names[place])
    for kind, cells in retyped.items():
        into = f"a {kind} cell" if len(cells) == 1 else f"{kind} cells"
        yield f"{_cells(cells)} turned into {into}."
    if edited:
        yield f"{_cells(edited)} edited; {_originals(edited)} used."


def _how_recognised(names: dict[int, str], found: Recognised) -> Iterable[str]:
    for places, by in ((found.by_id, "their ids"), (found.by_content, "their content")):
        if places:
            cells = _listed([names[place] for place in sorted(places)])
            yield f"Cells without nbgrader's metadata were recognised by {by}: {cells}."


def _missing(
    names: dict[int, str], released: list[dict[str, Any]], found: Recognised
) -> Iterable[str]:
    code, there, gone = found.code, [], []
    for place, name in names.items():
        if place not in found.places:
            functions = is_solution(released[place]) and defined(released[place]["source"]) & code
            there += functions or []
            gone += [] if functions else [name]
    if there:
        yield f"Graded from other cells, since their own were missing: {_listed(there)}."
    if gone:
        yield f"{_cells(gone)} missing; {_originals(gone)} put back."


def _cells(names: list[str]) -> str:
    return f"The cell {names[0]} was" if len(names) == 1 else f"The cells {_listed(names)} were"


def _originals(names: list[str]) -> str:
    return "the original was" if len(names) == 1 else "the originals were"


def _repeated(name: str, count: int, cell: dict[str, Any]) -> str:
    if is_solution(cell):
        which = "all of them ran, so the last definition counts"
    elif is_students(cell):
        which = "the first that is not blank is the answer"
    else:
        which = "the original was used"
    return f"The cell {name} appeared {count} times; {which}."


def _listed(names: list[str]) -> str:
    more = len(names) - LISTED_CELLS
    return ", ".join(names[:LISTED_CELLS]) + (f" and {more} more" if more > 0 else "")


def _counted(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Cell {numbers[0]}"
    return f"{len(numbers)} cells, the first of them cell {numbers[0]},"
