"""Restore a notebook: a fresh copy of the released one with only the text of what was handed in.

Of a submission nothing else is taken: no metadata, tags, outputs, attachments, kernels or ids, so
none of them can matter. The released notebook gives the order and all cells that are not the
student's; the student's extra cells stay behind the cell they stood behind.
"""

import copy
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

SUBMISSION_BYTES = 20 * 1024 * 1024
# Of all cells together; what stands in those that are too many is left out.
TEXT_CHARACTERS = 500_000
EXTRA_CELLS = 500
CELL_TYPES = ("code", "markdown", "raw")
COURSE = "course"
# In a cell's metadata: it has a text that wasn't handed out.
OWN = "own"


@dataclass
class Restored:
    """A notebook that can be graded.

    notebook: the restored notebook; the released one where `problem` is set.
    problem: why nothing of the submission could be read, as a sentence; None where it could.
    oddities: what was unusual about it, as sentences.
    """

    notebook: dict[str, Any]
    problem: str | None = None
    oddities: list[str] = field(default_factory=list)


class UnreadableError(Exception):
    """The file is not a notebook; the message says why, for its author."""


def restore(
    released: dict[str, Any], submission: bytes | None, name: str, problem: str | None = None
) -> Restored:
    """Return `released` (a notebook as JSON) with the texts of `submission` (a file's content).

    `name` is the file's name as it should be, for the message where there is none; `problem` says
    why it could not even be read, where that is so.
    """
    fresh = copy.deepcopy(released)
    if problem is not None:
        return Restored(fresh, problem)
    try:
        handed_in = read_notebook(submission, name)
    except UnreadableError as problem:
        return Restored(fresh, str(problem))
    return _filled(fresh, handed_in)


def read_notebook(content: bytes | None, name: str) -> dict[str, Any]:
    """Return a notebook's JSON; UnreadableError for anything that isn't one of version 4."""
    if content is None:
        raise UnreadableError(f"No notebook called {name} was handed in.")
    if len(content) > SUBMISSION_BYTES:
        size, limit = len(content) / 2**20, SUBMISSION_BYTES // 2**20
        raise UnreadableError(
            f"The file {name} has {size:.0f} MB; at most {limit} MB are read. "
            "Clear its outputs and hand it in again."
        )
    if not content.strip():
        raise UnreadableError(f"The file {name} is empty.")
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableError(
            f"The file {name} is not text in UTF-8, so it is no notebook."
        ) from None
    except (ValueError, RecursionError):
        raise UnreadableError(f"The file {name} is not JSON, so it is no notebook.") from None
    if type(notebook) is not dict or "nbformat" not in notebook:
        raise UnreadableError(f"The file {name} is JSON, but no notebook.")
    version = notebook["nbformat"]
    if version != 4 or type(version) is not int:
        raise UnreadableError(
            f"The notebook {name} has format {str(version)[:20]}; only format 4 is read. "
            "Open it in JupyterLab, save it and hand it in again."
        )
    if type(notebook.get("cells")) is not list:
        raise UnreadableError(f"The notebook {name} has no list of cells.")
    return notebook


def grade_id(cell: dict[str, Any]) -> str | None:
    """Return a cell's nbgrader id, whatever else its metadata is."""
    found = _inside(cell, "metadata", "nbgrader", "grade_id")
    return found if type(found) is str and found else None


def exercise_of(cell: dict[str, Any]) -> str | None:
    """Return the exercise that a cell of a *released* notebook tests, None for other cells."""
    return _inside(cell, "metadata", COURSE, "exercise")


def is_own(cell: dict[str, Any]) -> bool:
    """Whether a restored cell's text is the student's."""
    return _inside(cell, "metadata", COURSE, OWN) is True


def _filled(fresh: dict[str, Any], handed_in: dict[str, Any]) -> Restored:
    restored = Restored(fresh)
    places = _Places(fresh["cells"])
    place, extras, left = -1, {}, TEXT_CHARACTERS
    unread: list[int] = []
    for number, cell in enumerate(handed_in["cells"], 1):
        text = _text(cell)
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
            self.by_text.setdefault(_text(cells[i]).strip(), i)

    def find(self, cell: dict[str, Any], text: str) -> int | None:
        """Return the place of a cell; None for an extra one, new or one more of the same."""
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
    """Put a student's text into its cell of the fresh notebook, where the cell is the student's."""
    name = grade_id(cell)
    if name and from_cell["cell_type"] != cell["cell_type"]:
        oddities.append(f"The cell {name} had become a {from_cell['cell_type']} cell.")
    if _is_students(cell):
        if not _same(cell["source"], text):
            cell["metadata"].setdefault(COURSE, {})[OWN] = True
        cell["source"] = text
    elif _is(cell, "grade") and not _same(visible(cell["source"]), visible(text)):
        oddities.append(f"The cell {name} had been edited; the original was used.")


def visible(source: str) -> str:
    """Return the part of a test cell that students get."""
    return source.partition("### BEGIN HIDDEN TESTS")[0].rstrip()


def _same(one: str, other: str) -> bool:
    return [line.rstrip() for line in one.strip().splitlines()] == [
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
                f"The cell {name} was there {counts[name]} times; the first one is the answer."
            )
    ids = Counter(cell["id"] for cell in cells if type(cell.get("id")) is str)
    if any(count > 1 for count in ids.values()):
        restored.oddities.append("Several cells had the same id.")
    kernel = _inside(handed_in, "metadata", "kernelspec", "name")
    ours = _inside(restored.notebook, "metadata", "kernelspec", "name")
    if ours and kernel is not None and kernel != ours:
        restored.oddities.append(f"The notebook's kernel was {str(kernel)[:40]!r}, not {ours!r}.")


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
                # Raw cells would become a part of the feedback's HTML as they are.
                kind = "markdown" if kind == "raw" else kind
                result.append(new_cell(kind, text, f"extra-{number}", own=True))
    if number > EXTRA_CELLS:
        oddities.append(f"Of {number} extra cells only {EXTRA_CELLS} were used.")
    return result


def new_cell(kind: str, text: str, cell_id: str, own: bool = False) -> dict[str, Any]:
    """Return a cell with nothing but a text; `own` notes that it is the student's."""
    metadata = {COURSE: {OWN: True}} if own else {}
    cell = {"cell_type": kind, "id": cell_id, "metadata": metadata, "source": text}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _text(cell: Any) -> str | None:
    """Return a cell's text with plain line ends, None for what is no cell."""
    if type(cell) is not dict or cell.get("cell_type") not in CELL_TYPES:
        return None
    source = cell.get("source")
    if type(source) is list and all(type(line) is str for line in source):
        source = "".join(source)
    if type(source) is not str:
        return None
    plain = source.replace("\r\n", "\n").replace("\r", "\n")
    # Half of a surrogate pair is possible in JSON and in no file.
    return plain.encode("utf-8", "replace").decode("utf-8")


def _is(cell: dict[str, Any], what: str) -> bool:
    return bool(_inside(cell, "metadata", "nbgrader", what))


def _is_students(cell: dict[str, Any]) -> bool:
    """Whether a released cell is the student's to write in: all but tests, locked and raw ones."""
    if cell["cell_type"] == "raw":
        return False
    return _is(cell, "solution") or not (_is(cell, "grade") or _is(cell, "locked"))


def _inside(value: Any, *keys: str) -> Any:
    for key in keys:
        if type(value) is not dict:
            return None
        value = value.get(key)
    return value
