"""`mine` gives students their own functions where those are right, and says where they are not."""

from pathlib import Path

import pytest

from course.check import examine, mine
from course.learner.mine import mine as find
from course.nn.layers import dense, layer
from course.nn.neuron import relu, tanh
from tests.learner.conftest import write

RELU = "import numpy as np\n\ndef relu(z):\n    return np.maximum(z, 0) + 0.0"
DENSE = """\
SHOWN = print("a student's own line")

def product(X, A):
    return X @ A

def dense(X, A, b, h):
    return h(product(X, A) + b)
"""
LAYER = """\
from course.nn.neuron import neuron

def layer(W, x, hs):
    hs = [hs] * len(W) if callable(hs) else hs
    return [neuron(w, x, h) for w, h in zip(W, hs)]
"""
NEURON = "def neuron(w, x, h):\n    return h(sum(w[i] * x[i] for i in range(len(w))))"


def found(start: Path, *names: str):
    return find(start, names, lambda name, function: examine(name, function).passed)


def test_a_function_that_is_right_is_the_students(folder, capsys):
    write(folder, "01_neuron", "relu", RELU)
    write(folder, "02_layers", "dense", DENSE)
    one = found(folder, "relu", "dense")
    assert one.functions["relu"] is not relu and one.functions["dense"] is not dense
    assert repr(one) == "relu: yours\ndense: yours"
    assert capsys.readouterr().out == ""


def test_lines_for_the_notebook_alone_are_left_out(folder):
    write(folder, "01_neuron", "relu", f"%%time\n!pip list\n{RELU}\n%matplotlib inline\n")
    assert repr(found(folder, "relu")) == "relu: yours"


def test_a_remainder_at_the_beginning_of_a_line_is_no_magic(folder):
    write(folder, "01_neuron", "relu", f"{RELU}\n\nleft = (\n    7\n    % 2\n)\n")
    assert repr(found(folder, "relu")) == "relu: yours"


def test_what_is_wrong_or_not_written_is_the_courses_and_said_to_be(folder):
    write(folder, "01_neuron", "relu", RELU.replace("+ 0.0", "+ 1.0"))
    one = found(folder, "relu", "tanh")
    assert one.functions == {"relu": relu, "tanh": tanh}
    assert repr(one).splitlines() == [
        "relu: the course's (yours isn't right yet)",
        "tanh: the course's (yours isn't written yet)",
    ]
    assert "right yet" in one._repr_html_()


def test_a_cell_with_a_syntax_error_is_passed_over(folder):
    write(folder, "01_neuron", "relu", RELU)
    write(folder, "01_neuron", "tanh", "def tanh(z):\n    return (")
    assert set(found(folder, "relu", "tanh").reasons) == {"tanh"}


def test_what_a_function_imports_from_an_earlier_lesson_is_the_students_too(folder):
    write(folder, "01_neuron", "neuron", NEURON)
    write(folder, "02_layers", "layer", LAYER)
    own = found(folder, "neuron", "layer").functions
    assert own["layer"] is not layer
    assert own["layer"].__globals__["neuron"] is own["neuron"]


def test_it_looks_into_my_work_and_into_the_folder_above(folder):
    write(folder, "01_neuron", "relu", RELU)
    inside = folder / "07_sgd"
    inside.mkdir()
    for start in (folder.parent, folder, inside):
        assert repr(found(start, "relu")) == "relu: yours"


def test_without_notebooks_all_is_the_courses(tmp_path, monkeypatch):
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert mine("tanh", "relu") == (tanh, relu)


def test_no_exercise_of_that_name_is_said_to_be_one():
    with pytest.raises(ValueError, match="relu"):
        mine("rellu")
