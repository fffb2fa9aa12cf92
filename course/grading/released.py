"""The released notebook as the grader knows it: without solutions, but with hidden tests.

nbgrader's own steps make it from the source notebook, all but the step that writes the gradebook.
The gradebook has to know an assignment before anything is graded, so `register` adds it.
"""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import (
    Gradebook,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    SourceCell,
    TaskCell,
)
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from traitlets.config import Config

from course.grading import RefusedError
from course.grading.course_folder import notebook_names, source_folder
from course.grading.locks import one_at_a_time
from course.grading.submission.submitted import time_of
from course.settings import Lessons

# nbgrader's tables of cells, and which cells belong in each; a cell may be in several.
KINDS = {
    GradeCell: is_grade,
    SolutionCell: is_solution,
    TaskCell: is_task,
    SourceCell: lambda cell: (
        is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell)
    ),
}


def released_notebook(coursedir: CourseDirectory, unit: str, name: str) -> dict[str, Any]:
    """Return the released notebook `name` of `unit` as JSON."""
    path = source_folder(coursedir, unit) / f"{name}.ipynb"
    return _released(path, path.stat().st_mtime_ns, coursedir)


@lru_cache(maxsize=32)
def _released(path: Path, _changed: int, coursedir: CourseDirectory) -> dict[str, Any]:
    try:
        notebook, resources = nbformat.read(path, as_version=4), {}
    except Exception as error:
        # nbformat has no common error for whatever else a file may be.
        raise RefusedError(f"{path} is not a notebook; `course build` writes it anew") from error
    for step in _steps(coursedir.config):
        notebook, resources = step(config=coursedir.config).preprocess(notebook, resources)
    return as_json(notebook)


def as_json(notebook: NotebookNode) -> dict[str, Any]:
    """Return a notebook as plain JSON values."""
    return json.loads(json.dumps(notebook))


def _steps(config: Config) -> list[type]:
    steps = GenerateAssignment(config=config).preprocessors
    return steps[: steps.index(SaveCells)]


def register(coursedir: CourseDirectory, unit: str) -> None:
    """Make the unit's notebooks known to the gradebook, as `nbgrader generate_assignment` does.

    RefusedError if work was graded with other cells, since nbgrader could not save grades for it.
    """
    due = due_date(coursedir, unit)
    with one_at_a_time(coursedir):
        for name in notebook_names(coursedir, unit):
            _register(coursedir, unit, name)
        if due is not None:
            with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
                gradebook.update_or_create_assignment(unit, duedate=due)


def due_date(coursedir: CourseDirectory, unit: str) -> datetime | None:
    """Return when a unit is due, in UTC, as nbgrader_config.py sets it; None if it doesn't."""
    text = Lessons(config=coursedir.config).due.get(unit)
    due = None if text is None else time_of(text)
    if text is not None and due is None:
        raise ValueError(
            f"c.Lessons.due: {unit}: expected a time such as '2026-10-20 23:59:00 Europe/Berlin', "
            f"got {text!r}"
        )
    return due


def cells_by_kind(notebook: NotebookNode) -> dict[type, dict[str, NotebookNode]]:
    """Return a released notebook's cells by the gradebook's table for them and by name."""
    named = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    }
    return {
        kind: {name: cell for name, cell in named.items() if belongs(cell)}
        for kind, belongs in KINDS.items()
    }


def known_cells(known: Notebook, kind: type) -> dict[str, Any]:
    """Return the gradebook's rows for a notebook's cells of one kind, by name."""
    rows = {
        GradeCell: known.grade_cells,
        SolutionCell: known.solution_cells,
        TaskCell: known.task_cells,
        SourceCell: known.source_cells,
    }[kind]
    return {cell.name: cell for cell in rows}


def changed_cells(known: Notebook, notebook: NotebookNode) -> tuple[set[str], set[str]]:
    """Return the names of cells that the gradebook doesn't know, and of those that are gone.

    A cell of another kind than before has its name in both.
    """
    new, gone = set(), set()
    for kind, cells in cells_by_kind(notebook).items():
        names = set(known_cells(known, kind))
        new |= cells.keys() - names
        gone |= names - cells.keys()
    return new, gone


def _register(coursedir: CourseDirectory, unit: str, name: str) -> None:
    notebook = nbformat.from_dict(released_notebook(coursedir, unit, name))
    if not _is_known(coursedir, unit, name, notebook):
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            gradebook.update_or_create_assignment(unit)
            _require_same_cells(gradebook, unit, name, notebook)
        resources = {"nbgrader": {"notebook": name, "assignment": unit, "db_url": coursedir.db_url}}
        SaveCells(config=coursedir.config).preprocess(notebook, resources)


def _require_same_cells(gradebook: Gradebook, unit: str, name: str, notebook: NotebookNode) -> None:
    try:
        known = gradebook.find_notebook(name, unit)
    except MissingEntry:
        return
    changes = zip(("new", "gone"), changed_cells(known, notebook), strict=True)
    said = [f"{what}: {', '.join(sorted(names))}" for what, names in changes if names]
    if said and known.submissions:
        raise RefusedError(
            f"The cells of {unit} have changed since work was graded ({'; '.join(said)}). "
            f"Nothing was graded. Run `course migrate {unit}`, which keeps the grades of all other "
            "cells; if a cell was only renamed, add `--rename OLD=NEW`."
        )


def _is_known(coursedir: CourseDirectory, unit: str, name: str, notebook: NotebookNode) -> bool:
    """Whether the gradebook has exactly this notebook's cells."""
    marks = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
    cells = {mark.grade_id: mark.get("checksum") for mark in marks}
    points = {mark.grade_id: float(mark.points) for mark in marks if "points" in mark}
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        try:
            known = gradebook.find_notebook(name, unit)
        except MissingEntry:
            return False
        graded = [*known.grade_cells, *known.task_cells]
        return {cell.name: cell.checksum for cell in known.source_cells} == cells and {
            cell.name: cell.max_score for cell in graded
        } == points
