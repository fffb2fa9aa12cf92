"""The student's folder: copied once, found again, and read for what they wrote."""

import json

import pytest

from course.exercises.units import UNITS, all_exercises, exercise, unit_of
from course.learner import my_work
from course.learner.my_work import cell_of, copy_assignments, is_written, notebooks_in, own_answer
from tests.learner.conftest import write


def test_the_notebooks_are_copied_once(tmp_path):
    folder, new = copy_assignments(tmp_path)
    assert [path.stem for path in new] == list(UNITS)
    (folder / "01_neuron.ipynb").write_text("mine")
    assert copy_assignments(tmp_path)[1] == []
    assert (folder / "01_neuron.ipynb").read_text() == "mine"


def test_a_folder_is_found_from_inside_and_from_outside(folder):
    assert my_work.work_folder(folder) == my_work.work_folder(folder.parent) == folder
    assert list(notebooks_in(folder)) == list(UNITS)


def test_a_folder_without_notebooks_says_how_to_get_them(tmp_path):
    with pytest.raises(ValueError, match="`course lab` copies them"):
        my_work.work_folder(tmp_path)


@pytest.mark.parametrize("name", all_exercises())
def test_a_released_exercise_has_a_cell_and_no_answer_yet(name, folder):
    asked = exercise(name)
    notebook = my_work.read(notebooks_in(folder)[unit_of(asked)])
    assert f"{name}" in my_work.source_of(cell_of(notebook, name))
    assert own_answer(folder, asked) is None


def test_a_cell_is_found_without_ids_and_metadata(folder):
    path = notebooks_in(folder)["01_neuron"]
    notebook = my_work.read(path)
    for cell in notebook["cells"]:
        del cell["id"]
        cell["metadata"] = {}
    path.write_text(json.dumps(notebook))
    write(folder, "01_neuron", "relu", "def relu(z):\n    return z")
    assert own_answer(folder, exercise("relu")) == "def relu(z):\n    return z"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("def relu(z):\n    '''Text.'''\n    raise NotImplementedError", False),
        ("def relu(z):\n    return z", True),
        ("def relu(z):\n    if z.ndim < 3:\n        return z\n    raise NotImplementedError", True),
        ("relu = lambda z: z", True),
        ("# nothing", False),
        ("", False),
        ("def relu(z:\n    return 1", True),
    ],
)
def test_an_answer_is_written_if_it_is_more_than_the_stub(text, written):
    assert is_written(text, "relu") is written
