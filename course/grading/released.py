"""The released notebook as the grader knows it: without solutions, but with hidden tests.

nbgrader's own steps make it from the source notebook, all but the step that writes the gradebook.
The gradebook has to know an assignment before anything is graded, so `register` adds it.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from traitlets.config import Config

from course.grading import RefusedError
from course.grading.course_folder import notebook_names, source_folder
from course.grading.locks import one_at_a_time


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
    """Make the unit's notebooks known to the gradebook, as `nbgrader generate_assignment` does."""
    with one_at_a_time(coursedir):
        for name in notebook_names(coursedir, unit):
            _register(coursedir, unit, name)


def _register(coursedir: CourseDirectory, unit: str, name: str) -> None:
    notebook = nbformat.from_dict(released_notebook(coursedir, unit, name))
    if not _is_known(coursedir, unit, name, notebook):
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            gradebook.update_or_create_assignment(unit)
        resources = {"nbgrader": {"notebook": name, "assignment": unit, "db_url": coursedir.db_url}}
        SaveCells(config=coursedir.config).preprocess(notebook, resources)


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
