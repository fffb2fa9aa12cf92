"""Recognise the cells of a released notebook in a submission, whatever has become of them.

A cell is recognised by nbgrader's id or by its own, else by its text, and a solution, at last, by
the function that it defines. What is not recognised is the student's own.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from course.grading.limits import TEXT_CHARACTERS
from course.grading.notebook.cells import (
    COURSE,
    grade_id,
    inside,
    is_marked,
    is_students,
    text_of,
    visible,
)

# How a text may bind a name at the outermost level. It is only searched, never run: what is quoted
# counts too, so only remarks and the kinds of cells may depend on it.
DEFINED = re.compile(
    r"^(?:(?:async )?def|class) (\w++)|^(\w++)(?:: [^=\n]++| *+)=(?!=)", re.MULTILINE
)
# The first line of a text that is code, although its cell isn't.
CODE = re.compile(r"\s*+(?:@|%|(?:async )?def |class |import |from |\w++ *+=)")


@dataclass(frozen=True)
class Handed:
    """A cell as it was submitted: its number, counted from 1, its kind, text and names."""

    number: int
    kind: str
    text: str
    grade_id: str | None
    id: str | None

    @cached_property
    def defines(self) -> set[str]:
        return defined(self.text)


@dataclass
class Recognised:
    """Which submitted cell is which of the released.

    cells: the submitted cells that could be read; `unread` are the numbers of the others.
    cut: whether some of those were too long, together with what was before them.
    places: the submitted cell by the place of its released cell.
    by_id, by_content: the places of nbgrader's cells that were recognised without nbgrader's id.
    """

    cells: list[Handed] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    cut: bool = False
    places: dict[int, Handed] = field(default_factory=dict)
    by_id: list[int] = field(default_factory=list)
    by_content: list[int] = field(default_factory=list)

    @property
    def extras(self) -> list[Handed]:
        placed = {cell.number for cell in self.places.values()}
        return [cell for cell in self.cells if cell.number not in placed]

    @property
    def code(self) -> set[str]:
        """All names that the cells bind which run."""
        run = (cell for cell in self.cells if cell.kind == "code")
        made_text = (cell for cell in self.places.values() if cell.kind != "code")
        return set().union(*(cell.defines for cell in (*run, *made_text)))


def defined(text: str) -> set[str]:
    """Return the names that a text seems to bind at its outermost level."""
    return {found[1] or found[2] for found in DEFINED.finditer(text)}


def recognised(released: list[dict[str, Any]], submitted: list[Any]) -> Recognised:
    """Recognise the cells of the list `released` among those of the list `submitted`."""
    found = Recognised()
    _read(submitted, found)
    known = _Known(released, found)
    known.by_names()
    known.by_text()
    known.by_function()
    known.by_question()
    return found


def _read(submitted: list[Any], found: Recognised) -> None:
    left = TEXT_CHARACTERS
    for number, cell in enumerate(submitted, 1):
        text = text_of(cell)
        left -= len(text or "")
        if text is None or left < 0:
            found.unread.append(number)
            continue
        own = cell.get("id")
        own = own if type(own) is str else None
        found.cells.append(Handed(number, cell["cell_type"], text, grade_id(cell), own))
    found.cut = left < 0


class _Known:
    """The released cells; each place is given once, to the best evidence."""

    def __init__(self, released: list[dict[str, Any]], found: Recognised):
        self.released, self.found = released, found
        self.texts = [visible(cell["source"]) for cell in released]
        self.asked = {
            name: place
            for place, cell in enumerate(released)
            if is_solution(cell)
            for name in defined(self.texts[place])
        }
        self.in_code = found.code

    def by_names(self) -> None:
        """Give places by nbgrader's ids and the cells' own."""
        marked = {name: i for i, cell in enumerate(self.released) if (name := grade_id(cell))}
        own = {cell["id"]: i for i, cell in enumerate(self.released) if "id" in cell} | marked
        claims: dict[int, list[Handed]] = {}
        for cell in self.found.cells:
            place = marked.get(cell.grade_id, own.get(cell.id))
            if place is not None and not self._has_another_use(place, cell):
                claims.setdefault(place, []).append(cell)
        for place, cells in claims.items():
            # Of copies, the blank one is not the answer.
            written = [cell for cell in cells if not same(cell.text, self.texts[place])]
            self.found.places[place] = chosen = (written or cells)[0]
            if grade_id(self.released[place]) not in (None, chosen.grade_id):
                self.found.by_id.append(place)

    def by_text(self) -> None:
        places: dict[str, list[int]] = {}
        for place in self._free():
            places.setdefault(self.texts[place].strip(), []).append(place)
        for cell in self.found.extras:
            text = cell.text.strip()
            if text and places.get(text) and not self._has_another_use(places[text][0], cell):
                self._give(places[text].pop(0), cell)

    def by_function(self) -> None:
        """Give a solution's place to the last cell that defines its function."""
        for cell in reversed(self.found.extras):
            names = self.asked.keys() & cell.defines
            free = sorted(self.asked[name] for name in names if self.asked[name] in self._free())
            made_text = cell.kind != "code"
            if free and not (made_text and (names & self.in_code or not CODE.match(cell.text))):
                self._give(free[0], cell)

    def by_question(self) -> None:
        """Give an answer's place to the text behind its question."""
        follows = {cell.number: cell for cell in self.found.extras if cell.kind != "code"}
        for place in self._free():
            question = self.found.places.get(place - 1)
            cell = follows.get(question.number + 1) if question else None
            if cell and is_answer(self.released[place]):
                self._give(place, cell)

    def _has_another_use(self, place: int, cell: Handed) -> bool:
        """Whether a cell that was turned into another kind is not what it was any more.

        A solution is not if it was made text and code elsewhere defines what it did. Any other cell
        is not if it was rewritten too, except for an answer in words that was made code.
        """
        released = self.released[place]
        if cell.kind == released["cell_type"] or not is_students(released):
            return False
        if is_solution(released):
            names = self.asked.keys() & cell.defines
            return bool(names) and names <= self.in_code
        rewritten = not same(cell.text, self.texts[place])
        return rewritten and (bool(cell.defines) or not is_answer(released))

    def _free(self) -> list[int]:
        return [place for place in range(len(self.released)) if place not in self.found.places]

    def _give(self, place: int, cell: Handed) -> None:
        self.found.places[place] = cell
        if grade_id(self.released[place]):
            self.found.by_content.append(place)


def is_solution(cell: dict[str, Any]) -> bool:
    """Whether a released cell holds code that the student is to write."""
    return cell["cell_type"] == "code" and is_marked(cell, "solution")


def is_answer(cell: dict[str, Any]) -> bool:
    """Whether a released cell is for an answer in words."""
    own = is_marked(cell, "solution") or inside(cell, "metadata", COURSE, "answer")
    return cell["cell_type"] != "code" and bool(own)


def same(text: str, other: str) -> bool:
    """Whether two texts differ only in blanks at line ends and around them."""
    return [line.rstrip() for line in text.strip().splitlines()] == [
        line.rstrip() for line in other.strip().splitlines()
    ]
