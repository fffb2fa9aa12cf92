"""A recipe says what a student wrote into which cells of the notebook, and the expected outcome.

It is MyST text, like the lessons. It begins with a sentence about the student; each cell that
follows says where it belongs:

    :cell: NAME       its text replaces the text of that cell of the notebook
    :after: NAME      it is a new cell after that one (`:before:` puts it before)
    :deletes: NAME    that cell is deleted
    :file: true       it is the whole submitted file, instead of a notebook

NAME is a cell's id; for solutions, this is the exercise's name. `:expects:` gives an exercise's
outcome: the name of a known mistake, or NOTHING for no points and no diagnosis. An answer without
`:expects:` is right.
"""

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from course.exercises.units import exercises_of

CLASS = Path(str(files("course.demo") / "class"))
UNIT = "05_backprop"
RIGHT, NOTHING = "right", "nothing"
STUB = "    raise NotImplementedError"
WHERE = ("cell", "after", "before", "deletes", "file")


@dataclass(frozen=True)
class Recipe:
    """What one student submits."""

    student: str
    does: str
    cells: tuple[NotebookNode, ...]

    @cached_property
    def expects(self) -> dict[str, str]:
        """The outcome of every exercise: RIGHT, NOTHING or a known mistake's name."""
        written = {
            cell.metadata["cell"]: cell.metadata.get("expects", RIGHT)
            for cell in self.cells
            if "cell" in cell.metadata
        }
        return {one.name: written.get(one.name, NOTHING) for one in exercises_of(UNIT)}

    def hand_in(self, released: str) -> bytes:
        """Return the file that the student submits after getting the notebook `released`."""
        notebook = nbformat.reads(released, as_version=4)
        for cell in self.cells:
            match _place(self.student, cell):
                case "file", _:
                    return f"{cell.source}\n".encode()
                case "cell", name:
                    found = notebook.cells[self._find(name, notebook)]
                    found.source = _written(cell.source, found.source)
                case "deletes", name:
                    del notebook.cells[self._find(name, notebook)]
                case where, name:
                    place = self._find(name, notebook) + (where == "after")
                    notebook.cells.insert(place, self._new(cell, len(notebook.cells)))
        return f"{nbformat.writes(notebook)}\n".encode()

    def _find(self, name: str, notebook: NotebookNode) -> int:
        for place, cell in enumerate(notebook.cells):
            if cell.id == name:
                return place
        raise ValueError(f"{self.student}: the notebook of {UNIT} has no cell {name!r}")

    def _new(self, cell: NotebookNode, number: int) -> NotebookNode:
        make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
        return make(cell.source, id=f"{self.student}-{number}")


def recipes() -> list[Recipe]:
    """Return the recipes of the whole class, in the order of the students' names."""
    return [read(path) for path in sorted(CLASS.glob("*.md"))]


def read(path: Path) -> Recipe:
    """Read one recipe; the student has the file's name."""
    about, *cells = jupytext.read(path, fmt="md:myst").cells
    return Recipe(path.stem, " ".join(about.source.split()), tuple(cells))


def _place(student: str, cell: NotebookNode) -> tuple[str, str]:
    """Return what to do with a cell, and which cell of the notebook it names."""
    found = [(key, cell.metadata[key]) for key in WHERE if key in cell.metadata]
    if len(found) != 1:
        raise ValueError(f"{student}: expected one of {', '.join(WHERE)} above {cell.source!r}")
    return found[0]


def _written(text: str, before: str) -> str:
    """Return a cell's new text: a function keeps the docstring it was released with."""
    signature = f"{before.splitlines()[0]}\n"
    head, stub, _ = before.partition(STUB)
    return head + text.removeprefix(signature) if stub and text.startswith(signature) else text
