"""The cells of a notebook as JSON: their kind, their owner and their text."""

import re
from typing import Any

CELL_TYPES = ("code", "markdown", "raw")
COURSE = "course"
# The id of the cell on top that holds remarks for the student.
ABOUT = "about-the-submission"
# In a cell's metadata: the student wrote or changed its text.
OWN = "own"
# A solution's cell that was missing: shown as released, but not run.
MISSING = "missing"
HIDDEN = re.compile("### BEGIN (?:HIDDEN TESTS|MARK SCHEME)")


def grade_id(cell: dict[str, Any]) -> str | None:
    """Return a cell's nbgrader id, whatever else its metadata is."""
    found = inside(cell, "metadata", "nbgrader", "grade_id")
    return found if type(found) is str and found else None


def exercise_of(cell: dict[str, Any]) -> str | None:
    """Return the exercise that a cell of a *released* notebook tests, None for other cells."""
    return inside(cell, "metadata", COURSE, "exercise")


def is_own(cell: dict[str, Any]) -> bool:
    """Whether a restored cell's text is the student's."""
    return inside(cell, "metadata", COURSE, OWN) is True


def runs(cell: dict[str, Any]) -> bool:
    """Whether a cell runs in the student's process: all code but the tests that are asked."""
    left_out = exercise_of(cell) or inside(cell, "metadata", COURSE, MISSING)
    return cell["cell_type"] == "code" and not left_out and bool(cell["source"].strip())


def visible(source: str) -> str:
    """Return the part of a cell that students get: no hidden tests, no mark scheme."""
    return HIDDEN.split(source, maxsplit=1)[0].rstrip()


def new_cell(kind: str, text: str, cell_id: str, own: bool = False) -> dict[str, Any]:
    """Return a cell that holds only a text; `own` notes that it is the student's."""
    metadata = {COURSE: {OWN: True}} if own else {}
    cell = {"cell_type": kind, "id": cell_id, "metadata": metadata, "source": text}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def text_of(cell: Any) -> str | None:
    """Return a cell's text with plain line ends; None if `cell` is not a cell."""
    if type(cell) is not dict or cell.get("cell_type") not in CELL_TYPES:
        return None
    source = cell.get("source")
    if type(source) is list and all(type(line) is str for line in source):
        source = "".join(source)
    if type(source) is not str:
        return None
    plain = source.replace("\r\n", "\n").replace("\r", "\n")
    # JSON can hold half of a surrogate pair, which no file can.
    return plain.encode("utf-8", "replace").decode("utf-8")


def is_marked(cell: dict[str, Any], flag: str) -> bool:
    """Whether nbgrader's metadata of a cell set `flag`: "grade", "solution" or "locked"."""
    return bool(inside(cell, "metadata", "nbgrader", flag))


def is_students(cell: dict[str, Any]) -> bool:
    """Whether a released cell is the student's to write in: all but tests, locked and raw ones."""
    if cell["cell_type"] == "raw":
        return False
    return is_marked(cell, "solution") or not (
        is_marked(cell, "grade") or is_marked(cell, "locked")
    )


def inside(value: Any, *keys: str) -> Any:
    """Return what nested dicts hold under `keys`; None if any of them is missing or no dict."""
    for key in keys:
        if type(value) is not dict:
            return None
        value = value.get(key)
    return value
