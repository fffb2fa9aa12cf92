"""A student's folder with the seven notebooks, and ways to write into it."""

import json
from pathlib import Path

import pytest

from course.learner import my_work
from course.learner.my_work import copy_assignments


@pytest.fixture
def folder(tmp_path) -> Path:
    """A fresh my-work/ with all notebooks as they are handed out."""
    place, _ = copy_assignments(tmp_path)
    return place


def write(folder: Path, unit: str, name: str, text: str) -> None:
    """Write a text into an exercise's cell."""
    path = my_work.notebooks_in(folder)[unit]
    notebook = my_work.read(path)
    my_work.cell_of(notebook, name)["source"] = text
    path.write_text(json.dumps(notebook), encoding="utf-8")
