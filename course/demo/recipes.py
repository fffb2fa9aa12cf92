"""A recipe says what a student wrote into which cells of the notebook and what should come of it.

It is MyST text as the lessons are. It begins with a sentence on the student; each cell that follows
says where it belongs:

    :cell: NAME       its text stands in that cell of the notebook
    :after: NAME      it is a new cell behind that one (`before` likewise)
    :deletes: NAME    that cell is gone
    :file: true       it is the whole file, and no notebook

NAME is a cell's id, for solutions the exercise's name. `expects` beside it is the outcome of an
exercise: the name of a known mistake, or NOTHING where there are no points and no diagnosis. What
is written without it is right.
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
    """What one student handed in."""

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
        """Return the file that the student hands in, having been given the notebook `released`."""
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
    """Return the recipes of the whole class, by student."""
    return [read(path) for path in sorted(CLASS.glob("*.md"))]


def read(path: Path) -> Recipe:
    """Read one recipe; the student is called as the file is."""
    about, *cells = jupytext.read(path, fmt="md:myst").cells
    return Recipe(path.stem, " ".join(about.source.split()), tuple(cells))


def _place(student: str, cell: NotebookNode) -> tuple[str, str]:
    """Return how a cell is meant and which cell of the notebook it names."""
    found = [(key, cell.metadata[key]) for key in WHERE if key in cell.metadata]
    if len(found) != 1:
        raise ValueError(f"{student}: one of {', '.join(WHERE)} expected above {cell.source!r}")
    return found[0]


def _written(text: str, before: str) -> str:
    """Return what stands in a cell: a function keeps the docstring that it was handed out with."""
    signature = f"{before.splitlines()[0]}\n"
    head, stub, _ = before.partition(STUB)
    return head + text.removeprefix(signature) if stub and text.startswith(signature) else text
