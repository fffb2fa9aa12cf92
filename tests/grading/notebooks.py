"""A made-up course for the tests: one unit's notebook, as `course build` makes it, and answers."""

import json
import shutil
from pathlib import Path
from typing import Any

from course.exercises.units import exercises_of
from course.grading.notebook.cells import new_cell
from course.grading.submission.submitted_file import SubmittedFile

UNIT = "01_neuron"
ASKED = ("neuron", "relu", "glm")
CONFIG = Path(__file__).parents[2] / "nbgrader_config.py"
HIDDEN = """
### BEGIN HIDDEN TESTS
from course.grading import require_trusted_grader
require_trusted_grader("{name}")
### END HIDDEN TESTS"""
RIGHT = {
    "neuron": "def neuron(w, x, h):\n    return h(w @ x)",
    "relu": "def relu(z):\n    return np.maximum(z, 0)",
    "glm": "def glm(w, X, h):\n    return h(np.asarray(X) @ w)",
}
# nbgrader's ClearSolutions replaces a written answer with this.
UNANSWERED = "YOUR ANSWER HERE"
INSTRUCTORS_TEST = (
    "assert relu(2) == 2\n### BEGIN HIDDEN TESTS\nassert relu(-2) == 0\n### END HIDDEN TESTS"
)


def exercise(name: str):
    return next(one for one in exercises_of(UNIT) if one.name == name)


def marked(cell: dict, grade_id: str, **flags: Any) -> dict:
    nothing = {"grade": False, "solution": False, "locked": False, "task": False}
    cell["id"] = grade_id
    cell["metadata"]["nbgrader"] = {"grade_id": grade_id, "schema_version": 3} | nothing | flags
    return cell


def notebook(cells: list[dict]) -> dict:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "course": {"unit": UNIT}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}


def source() -> dict:
    """nbgrader's source notebook: three exercises, an instructor's own test, a written question."""
    cells = [
        new_cell("markdown", "# A unit", "title"),
        new_cell("code", "import numpy as np", "imports"),
    ]
    for name in ASKED:
        head, body = RIGHT[name].split("\n", 1)
        solution = f"{head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"
        cells.append(marked(new_cell("code", solution, ""), name, solution=True))
        visible = f'check("{name}", {name})'
        test = new_cell("code", visible + HIDDEN.format(name=name), "")
        points = exercise(name).points
        cells.append(marked(test, f"test-{name}", grade=True, locked=True, points=points))
        test["metadata"] |= {"course": {"exercise": name}, "tags": ["raises-exception"]}
    own = new_cell("code", INSTRUCTORS_TEST, "")
    cells.append(marked(own, "own-test", grade=True, locked=True, points=4))
    written = new_cell("markdown", "*Write here*", "")
    cells.append(marked(written, "written", grade=True, solution=True, points=3))
    return notebook(cells)


def handed_in(answers: dict[str, str] | None = None, written: str | None = "Since so.") -> dict:
    """A student's notebook; `answers` are the solution cells' texts, by default the right ones."""
    answers = RIGHT if answers is None else answers
    cells = []
    for cell in source()["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = cell["source"].partition("\n### BEGIN HIDDEN")[0]
        if name in ASKED:
            unwritten = f"def {name}(*arguments):\n    raise NotImplementedError"
            cell["source"] = answers.get(name, unwritten)
        elif name == "written":
            cell["source"] = UNANSWERED if written is None else written
        cells.append(cell)
    return notebook(cells)


def extra(text: str) -> dict:
    return new_cell("code", text, "my-own-cell")


def content(notebook: dict) -> bytes:
    return json.dumps(notebook).encode()


def submitted(work: bytes | dict) -> SubmittedFile:
    return SubmittedFile(f"{UNIT}.ipynb", content(work) if isinstance(work, dict) else work)


def make_course(root: Path, classwork: dict[str, bytes | dict]) -> Path:
    """Make a course folder with this unit and each student's submission."""
    folder = root / "solutions" / UNIT
    folder.mkdir(parents=True)
    shutil.copy(CONFIG, root)
    (folder / f"{UNIT}.ipynb").write_bytes(content(source()))
    for student, work in classwork.items():
        hand_in(root, student, work)
    return root


def hand_in(root: Path, student: str, work: bytes | dict, name: str = f"{UNIT}.ipynb") -> None:
    folder = root / "submitted" / student / UNIT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content(work) if isinstance(work, dict) else work)
