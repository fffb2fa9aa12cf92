"""The student's own functions from their notebooks, if they are right; the course's if not."""

import ast
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

from course.exercises.engine import Hunt, box
from course.exercises.units import UNITS, exercise, exercises_of, unit_of
from course.learner import my_work

# What only a notebook understands does nothing here.
MAGICS = re.compile(r"(?m)^([ \t]*)[%!].*$")
DEFINES = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
NO_NOTEBOOK = "the notebook of its lesson isn't here"
NOT_WRITTEN, NOT_RIGHT = "yours isn't written yet", "yours isn't right yet"


@dataclass(frozen=True)
class Mine:
    """Functions in the order in which they were asked for, and why one is not the student's."""

    functions: dict[str, Callable]
    reasons: dict[str, str]

    @property
    def lines(self) -> list[str]:
        return [
            f"{name}: the course's ({self.reasons[name]})"
            if name in self.reasons
            else f"{name}: yours"
            for name in self.functions
        ]

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    def _repr_html_(self) -> str:
        colour = box.AMBER if self.reasons else box.GREEN
        lines = "".join(f"<div>{escape(line)}</div>" for line in self.lines)
        return f"<div style='{box.style(colour)}'>{lines}</div>"


def mine(start: Path, names: tuple[str, ...], is_right: Callable[[str, Callable], bool]) -> Mine:
    """Return functions of the notebooks in `start`, or beside it, that answer public questions.

    is_right: whether a function answers the public questions of the exercise of that name.
    """
    wanted = {name: unit_of(exercise(name)) for name in names}
    units = list(UNITS)
    units = units[: 1 + max(map(units.index, wanted.values()))]
    notebooks = _notebooks(start)
    own, reasons = {}, {}
    for unit in units:
        names_here = [one.name for one in exercises_of(unit) if not isinstance(one, Hunt)]
        if unit not in notebooks:
            reasons |= dict.fromkeys(names_here, NO_NOTEBOOK)
            continue
        notebook = my_work.read(notebooks[unit])
        space = _defined_in(notebook, names_here)
        # What this notebook imports from earlier lessons becomes the student's own too.
        space |= {name: f for name, f in own.items() if space.get(name) is _reference(name)}
        for name in names_here:
            cell = my_work.cell_of(notebook, name)
            if not (cell and my_work.is_written(my_work.source_of(cell), name)):
                reasons[name] = NOT_WRITTEN
            elif callable(function := space.get(name)) and is_right(name, function):
                own[name] = function
            else:
                reasons[name] = NOT_RIGHT
    return Mine(
        {name: own.get(name) or _reference(name) for name in names},
        {name: reasons[name] for name in names if name in reasons},
    )


def _reference(name: str) -> Callable:
    return exercise(name).reference


def _notebooks(start: Path) -> dict[str, Path]:
    """Return the notebooks of the folder, of my-work/ in it, or of the folder above."""
    folders = (start, start / my_work.MY_WORK, start.resolve().parent)
    return max(map(my_work.notebooks_in, folders), key=len)


def _statements(text: str) -> list[ast.stmt]:
    """Return a cell's statements; none if it isn't Python even without magics."""
    for code in (text, MAGICS.sub(r"\1pass", text)):  # a line of Python may begin with % too
        with suppress(SyntaxError):
            return ast.parse(code).body
    return []


def _defined_in(notebook: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """Run what a notebook imports and defines, and the whole cells of its exercises."""
    space: dict[str, Any] = {"__name__": "mine"}
    answers = {
        my_work.source_of(cell) for name in names if (cell := my_work.cell_of(notebook, name))
    }
    for text in my_work.code_of(notebook):
        for node in _statements(text):
            if text in answers or isinstance(node, DEFINES):
                # What can't be defined here is missed by the function that needs it, which then
                # is not right.
                with suppress(Exception), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                    exec(compile(ast.Module([node], []), "<your notebook>", "exec"), space)
    return space
