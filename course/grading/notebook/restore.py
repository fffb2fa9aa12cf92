"""Restore a notebook: a fresh copy of the released one with only the text of the submission.

Nothing else is taken from a submission: no metadata, tags, outputs, attachments, kernels or ids, so
none of them can matter. The released notebook gives the order and all cells that are not the
student's; the student's extra cells stay behind the cell they followed.
"""

import copy
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from course.grading.limits import EXTRA_CELLS, TEXT_CHARACTERS
from course.grading.notebook.cells import (
    COURSE,
    OWN,
    grade_id,
    inside,
    is_marked,
    is_students,
    new_cell,
    text_of,
    visible,
)
from course.grading.notebook.reading import UnreadableError, read_notebook


@dataclass
class Restored:
    """A notebook that can be graded.

    notebook: the restored notebook; the released one if `problem` is set.
    problem: why nothing of the submission could be read, as a sentence; None if it was read.
    oddities: what was unusual about it, as sentences.
    """

    notebook: dict[str, Any]
    problem: str | None = None
    oddities: list[str] = field(default_factory=list)


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
    return _filled(fresh, handed_in)


def _filled(fresh: dict[str, Any], handed_in: dict[str, Any]) -> Restored:
    restored = Restored(fresh)
    places = _Places(fresh["cells"])
    place, extras, left = -1, {}, TEXT_CHARACTERS
    unread: list[int] = []
    for number, cell in enumerate(handed_in["cells"], 1):
        text = text_of(cell)
        left -= len(text or "")
        if text is None or left < 0:
            unread.append(number)
            continue
        found = places.find(cell, text)
        if found is None:
            extras.setdefault(place, []).append((cell["cell_type"], text))
        else:
            place = found
            _put(fresh["cells"][found], cell, text, restored.oddities)
    if unread:
        why = "" if left >= 0 else " (all texts together are too long)"
        restored.oddities.append(f"{_counted(unread)} could not be read{why}.")
    _say_what_was_odd(places, handed_in, restored)
    fresh["cells"] = _with_extras(fresh["cells"], extras, restored.oddities)
    return restored


class _Places:
    """Where the cells of a submission belong in the released notebook; each place is given once."""

    def __init__(self, cells: list[dict[str, Any]]):
        self.cells = cells
        self.taken: set[int] = set()
        self.by_grade_id = {grade_id(c): i for i, c in enumerate(cells) if grade_id(c)}
        plain = [i for i, c in enumerate(cells) if not grade_id(c)]
        self.by_id = {cells[i]["id"]: i for i in plain if "id" in cells[i]}
        self.by_text: dict[str, int] = {}
        for i in plain:
            self.by_text.setdefault(text_of(cells[i]).strip(), i)

    def find(self, cell: dict[str, Any], text: str) -> int | None:
        """Return the place of a cell; None for an extra cell, new or repeated."""
        for known, key in (
            (self.by_grade_id, grade_id(cell)),
            (self.by_id, cell.get("id") if type(cell.get("id")) is str else None),
            (self.by_text, text.strip()),
        ):
            place = known.get(key)
            if place is not None and place not in self.taken:
                self.taken.add(place)
                return place
        return None


def _put(cell: dict[str, Any], from_cell: dict[str, Any], text: str, oddities: list[str]) -> None:
    """Put a student's text into its cell of the fresh notebook, if the cell is the student's."""
    name = grade_id(cell)
    if name and from_cell["cell_type"] != cell["cell_type"]:
        oddities.append(f"The cell {name} was turned into a {from_cell['cell_type']} cell.")
    if is_students(cell):
        if not _same(cell["source"], text):
            cell["metadata"].setdefault(COURSE, {})[OWN] = True
        cell["source"] = text
    elif is_marked(cell, "grade") and not _same(visible(cell["source"]), visible(text)):
        oddities.append(f"The cell {name} was edited; the original was used.")


def _same(text: str, other: str) -> bool:
    return [line.rstrip() for line in text.strip().splitlines()] == [
        line.rstrip() for line in other.strip().splitlines()
    ]


def _say_what_was_odd(places: _Places, handed_in: dict[str, Any], restored: Restored) -> None:
    cells = [cell for cell in handed_in["cells"] if type(cell) is dict]
    counts = Counter(grade_id(cell) for cell in cells)
    for name, place in places.by_grade_id.items():
        if place not in places.taken:
            restored.oddities.append(f"The cell {name} was missing; the original was put back.")
        if counts[name] > 1:
            restored.oddities.append(
                f"The cell {name} appeared {counts[name]} times; only the first was graded."
            )
    ids = Counter(cell["id"] for cell in cells if type(cell.get("id")) is str)
    if any(count > 1 for count in ids.values()):
        restored.oddities.append("Several cells had the same id.")
    kernel = inside(handed_in, "metadata", "kernelspec", "name")
    ours = inside(restored.notebook, "metadata", "kernelspec", "name")
    if ours and type(kernel) is str and kernel != ours:
        restored.oddities.append(f"The notebook's kernel was {kernel[:40]!r}, not {ours!r}.")


def _counted(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Cell {numbers[0]}"
    return f"{len(numbers)} cells, the first of them cell {numbers[0]},"


def _with_extras(
    cells: list[dict[str, Any]], extras: dict[int, list[tuple[str, str]]], oddities: list[str]
) -> list[dict[str, Any]]:
    number, result = 0, []
    for place in range(-1, len(cells)):
        result += [cells[place]] if place >= 0 else []
        for kind, text in extras.get(place, ()):
            number += 1
            if number <= EXTRA_CELLS:
                # Raw cells would become part of the feedback's HTML unchanged.
                kind = "markdown" if kind == "raw" else kind
                result.append(new_cell(kind, text, f"extra-{number}", own=True))
    if number > EXTRA_CELLS:
        oddities.append(f"Only {EXTRA_CELLS} of {number} extra cells were used.")
    return result
