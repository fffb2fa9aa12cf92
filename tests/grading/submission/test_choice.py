"""A notebook of another name is found, and one that holds work comes before a blank one."""

import json

import pytest

from course.grading.course_folder import course_directory
from course.grading.submission.quarantine import notebook_of, quarantine
from course.grading.submission.submitted import Submission
from tests.grading.notebooks import RIGHT, UNIT, content, hand_in, handed_in, make_course

NOTEBOOK = f"{UNIT}.ipynb"
BLANK = content(handed_in({}, None))
WORK = content(handed_in())
BARE = content({"nbformat": 4, "cells": [{"cell_type": "code", "source": RIGHT["relu"]}]})
FOREIGN = content({"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 1"}]})
RELEASED = {UNIT: handed_in({}, None)}
NAMES = [
    "01_neuron-1.ipynb",
    "01_neuron (1).ipynb",
    "01_neuron-Copy1.ipynb",
    "doejane_LATE_3143_207797_01_neuron.ipynb",
    "01_Neuron.ipynb",
    "01_NEURON.IPYNB",
    "01_neuron.ipynb.txt",
    "01_neuron.ipynb.json",
    "Untitled.ipynb",
]


@pytest.fixture
def found(tmp_path):
    root = make_course(tmp_path, {})

    def read(files: dict[str, bytes]):
        for name, text in files.items():
            hand_in(root, "ann", text, name)
        submission = Submission("ann", root / "submitted" / "ann" / UNIT)
        return notebook_of(course_directory(root), UNIT, submission, UNIT, RELEASED)

    return read


def relu_in(file) -> bool:
    cells = json.loads(file.content)["cells"]
    return any(cell["source"] == RIGHT["relu"] for cell in cells)


@pytest.mark.parametrize("name", NAMES)
def test_a_renamed_notebook_counts_and_its_author_is_told(found, name):
    file = found({name: WORK})
    assert relu_in(file) and file.problem is None and file.name == NOTEBOOK
    assert file.oddities == (f"The file was called {name}; it was graded as {NOTEBOOK}.",)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("work", [WORK, BARE], ids=["whole", "a cell alone"])
def test_work_beside_a_blank_notebook_counts_and_its_author_is_told(found, name, work):
    file = found({NOTEBOOK: BLANK, name: work})
    assert relu_in(file)
    assert file.oddities == (f"No work in {NOTEBOOK}, so {name}, uploaded with it, was graded.",)


def test_a_notebook_with_work_counts_whatever_is_beside_it(found):
    file = found({NOTEBOOK: WORK, "old.ipynb": BLANK, "try.ipynb": BARE})
    assert relu_in(file)
    assert file.oddities == (f"Beside {NOTEBOOK}, not read: old.ipynb, try.ipynb.",)


def test_work_beside_a_file_that_cannot_be_read_counts(found):
    file = found({NOTEBOOK: b"{", "01_neuron-1.ipynb": WORK, "broken.ipynb": b"{"})
    assert relu_in(file) and file.problem is None


@pytest.mark.parametrize("other", [FOREIGN, b"{", b""])
def test_nothing_else_is_taken_for_it(found, other):
    assert found({NOTEBOOK: BLANK, "x.ipynb": other}).oddities == ()
    assert found({"x.ipynb": other}).content is not None


@pytest.mark.parametrize("other", [FOREIGN, b"{", b""])
def test_without_a_notebook_of_the_unit_there_is_a_reason(found, other):
    file = found({"x.ipynb": other})
    assert file.content is None
    assert file.problem == f"No notebook called {NOTEBOOK} was handed in. These were: x.ipynb."


@pytest.mark.parametrize("name", ["01_neuron.ipynb", "01_neuron (1).ipynb"])
def test_a_notebook_in_a_nested_folder_is_found(tmp_path, name):
    root = make_course(tmp_path, {})
    hand_in(root, "ann", WORK, name)
    folder = root / "submitted" / "ann" / UNIT
    (folder / "nested").mkdir()
    (folder / name).rename(folder / "nested" / name)
    (folder / "nested" / "link.ipynb").symlink_to(root / "nbgrader_config.py")
    directory, submission = course_directory(root), Submission("ann", folder)
    for _ in range(2):
        quarantine(directory, UNIT, submission, {NOTEBOOK})
        assert relu_in(notebook_of(directory, UNIT, submission, UNIT, RELEASED))
        assert [path.name for path in folder.iterdir()] == [name]


def test_a_link_is_no_notebook(found, tmp_path):
    (tmp_path / "elsewhere.ipynb").write_bytes(WORK)
    found({NOTEBOOK: BLANK})
    folder = tmp_path / "submitted" / "ann" / UNIT
    (folder / "link.ipynb").symlink_to(tmp_path / "elsewhere.ipynb")
    assert not relu_in(found({}))
