"""Starting over restores a cell or a notebook, and loses nothing."""

import pytest

from course.exercises.units import exercise
from course.learner import my_work
from course.learner.reset import reset
from tests.learner.conftest import write

OWN = "def relu(z):\n    return z"


def test_an_exercises_cell_is_restored_and_the_others_stay(folder):
    write(folder, "01_neuron", "relu", OWN)
    write(folder, "01_neuron", "tanh", OWN.replace("relu", "tanh"))
    path, kept = reset(folder, "relu")
    assert my_work.own_answer(folder, exercise("relu")) is None
    assert my_work.own_answer(folder, exercise("tanh")) is not None
    assert OWN in my_work.code_of(my_work.read(kept)) and path.name == "01_neuron.ipynb"


def test_a_notebook_is_restored_as_a_whole(folder):
    write(folder, "01_neuron", "relu", OWN)
    path, kept = reset(folder, "01_neuron")
    assert path.read_bytes() == my_work.released()["01_neuron"].read_bytes()
    assert OWN in my_work.code_of(my_work.read(kept))


def test_a_missing_notebook_is_put_there(folder):
    (folder / "02_layers.ipynb").unlink()
    path, kept = reset(folder, "02_layers")
    assert path.exists() and kept is None


def test_no_copy_replaces_another_of_the_same_second(folder):
    kept = []
    for answer in (OWN, f"{OWN} "):
        write(folder, "01_neuron", "relu", answer)
        kept.append((answer, reset(folder, "relu")[1]))
    assert all(answer in my_work.code_of(my_work.read(copy)) for answer, copy in kept)


def test_an_unknown_name_gets_its_suggestion_and_changes_nothing(folder):
    before = sorted(folder.iterdir())
    with pytest.raises(ValueError, match="did you mean 'softmax'"):
        reset(folder, "softmx")
    assert sorted(folder.iterdir()) == before
