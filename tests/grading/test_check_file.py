"""`course check` checks a module or a notebook in a process of its own."""

import json
import subprocess
import sys
import time

import pytest

from course.exercises.units import exercise
from course.grading.check_file import check_path, chosen, in_order_of
from course.grading.process.limits import SubmissionLimits
from tests.grading.notebooks import RIGHT, UNIT, content, extra, handed_in
from tests.speed import patience

LIMITS = SubmissionLimits(cell_seconds=patience(1), grace_seconds=0.5, patience=patience(0.1))


def checked(path, **settings):
    found = check_path(path, limits=LIMITS, **({"unit": UNIT} | settings))
    return {one["exercise"]: one for one in found}


def module(tmp_path, text):
    path = tmp_path / "my_nn.py"
    path.write_text("import numpy as np\n" + text)
    return path


def test_exercises_are_in_the_order_of_the_lesson_and_those_missing_from_it_last():
    cells = [{"source": "def softplus(z):"}, {"source": "import time"}, {"source": "def relu(z):"}]
    names = [one.name for one in in_order_of(cells, chosen(UNIT, None))]
    assert names[:2] == ["softplus", "relu"]
    assert sorted(names) == sorted(one.name for one in chosen(UNIT, None))


def test_a_module_is_asked_all_exercises_of_the_unit(tmp_path):
    answers = RIGHT | {"neuron": "def neuron(w, x, h):\n    return h(w * x)"}
    found = checked(module(tmp_path, "\n".join(answers.values())))
    assert found["relu"] == {
        "exercise": "relu",
        "unit": UNIT,
        "passed": True,
        "score": 1.0,
        "mistake": None,
        "message": found["relu"]["message"],
        "difference": None,
        "diagnosis": [],
    }
    assert found["neuron"]["difference"]
    assert found["neuron"]["diagnosis"] == [
        exercise("neuron").mistakes["products_not_summed"].message
    ]
    assert found["neuron"]["mistake"] == "products_not_summed"
    assert not found["neuron"]["passed"] and "Expected" in found["neuron"]["message"]
    assert found["softplus"]["score"] == 0.0
    assert found["softplus"]["message"] == "softplus: there is no function with this name."


def test_a_notebook_with_large_outputs_is_read_and_its_owner_hands_nothing_in(tmp_path):
    path = tmp_path / "my.ipynb"
    work = handed_in()
    work["cells"][1]["outputs"] = [{"output_type": "stream", "text": "x" * 22_000_000}]
    path.write_bytes(content(work))
    assert checked(path, exercise="relu")["relu"]["passed"]
    path.write_bytes(content(work | {"nbformat": 3}))
    told = checked(path, exercise="relu")["relu"]["message"]
    assert "save it and check it again" in told and "submit it" not in told


def test_one_exercise_alone(tmp_path):
    path = module(tmp_path, RIGHT["relu"])
    assert list(checked(path, exercise="relu")) == ["relu"]
    with pytest.raises(ValueError, match="rellu"):
        checked(path, exercise="rellu")


def test_an_endless_loop_or_a_crash_costs_its_own_exercise(tmp_path):
    path = module(
        tmp_path,
        RIGHT["neuron"] + "\ndef relu(z):\n    while True: pass\n"
        "def tanh(z):\n    import os; os._exit(1)\n",
    )
    start = time.monotonic()
    found = checked(path)
    assert time.monotonic() - start < patience(10)
    assert found["neuron"]["passed"]
    assert "no answer in time" in found["relu"]["message"]
    assert not found["tanh"]["passed"]


@pytest.mark.slow
def test_nothing_that_an_answer_prints_disturbs_the_json(tmp_path):
    says = "print('loud'); os.write(1, b'loud'); os.system('echo loud'); sys.__stdout__.write('l')"
    path = module(
        tmp_path,
        f"import os, sys\n{says}\ndef relu(z):\n    {says}\n    return np.maximum(z, 0)\n"
        "def tanh(z):\n    while True: print('loud')\n",
    )
    command = [sys.executable, "-m", "course", "check", path, "--unit", UNIT, "--json"]
    ran = subprocess.run(command, capture_output=True)
    found = {one["exercise"]: one for one in json.loads(ran.stdout)}
    assert found["relu"]["passed"] and not found["tanh"]["passed"]
    assert "no answer in time" in found["tanh"]["difference"] and found["tanh"]["diagnosis"]


def test_what_comes_after_a_hang_is_asked_and_counts(tmp_path):
    hangs = "def relu(z):\n    while np.ndim(z) == 0: pass\n    return np.maximum(z, 0)\n"
    raises = hangs.replace("while np.ndim(z) == 0: pass", "assert np.ndim(z)")
    scores = [checked(module(tmp_path, text), exercise="relu") for text in (hangs, raises)]
    assert 0 < scores[0]["relu"]["score"] == scores[1]["relu"]["score"] < 1


def test_a_module_that_fails_to_import_is_one_message_with_the_authors_trace(tmp_path):
    found = checked(module(tmp_path, "def helper():\n    return 1 / 0\n\nx = helper()\n"))
    [message] = {one["message"] for one in found.values()}
    assert message.startswith("my_nn.py could not be imported:")
    assert "line 5, in <module>" in message and "ZeroDivisionError" in message
    assert "importlib" not in message and "grading" not in message
    assert all(one["score"] == 0.0 for one in found.values())


@pytest.mark.parametrize(
    ("text", "word"),
    [("def f(:", "SyntaxError"), ("while True: pass", "too long"), ("exit(3)", "SystemExit")],
)
def test_a_module_may_fail_in_any_way(tmp_path, text, word):
    assert word in checked(module(tmp_path, text))["relu"]["message"]


def test_a_module_that_takes_its_process_along_has_a_reason(tmp_path):
    found = checked(module(tmp_path, "import os; os._exit(0)"))
    assert "the notebook's process ended" in found["relu"]["message"]


def test_a_module_may_import_its_neighbours(tmp_path):
    (tmp_path / "neighbour.py").write_text("import numpy\ndef positive(z):\n    return z > 0\n")
    path = module(
        tmp_path, "from neighbour import positive\ndef relu(z):\n    return z * positive(z)"
    )
    assert checked(path, exercise="relu")["relu"]["passed"]


def test_a_notebook_is_asked_its_own_units_questions(tmp_path):
    work = handed_in(RIGHT | {"glm": "1 / 0"})
    work["cells"].append(extra("while True: pass"))
    path = tmp_path / "mine.ipynb"
    path.write_bytes(content(work))
    found = checked(path, unit=None)
    assert found["neuron"]["passed"] and found["relu"]["passed"]
    assert found["glm"]["message"].startswith("glm: there is no function with this name.")


def test_a_notebook_made_anew_is_recognised_by_its_functions(tmp_path):
    path = tmp_path / "Untitled.ipynb"
    cells = [{"cell_type": "code", "source": "\n\n".join(RIGHT.values())}]
    path.write_bytes(content({"nbformat": 4, "cells": cells}))
    found = checked(path, unit=None)
    assert {one["unit"] for one in found.values()} == {UNIT}
    assert all(found[name]["passed"] for name in RIGHT)


def test_a_notebook_with_functions_of_two_units_is_asked_both(tmp_path):
    path = tmp_path / "mine.ipynb"
    layer = "def layer(A, W, b, h):\n    return h(A @ W + b)"
    path.write_bytes(content({"nbformat": 4, "cells": [extra(RIGHT["neuron"]), extra(layer)]}))
    found = checked(path, unit=None)
    assert {one["unit"] for one in found.values()} == {UNIT, "02_layers"}
    assert found["neuron"]["passed"] and "there is no function" in found["relu"]["message"]


@pytest.mark.parametrize(
    ("name", "unit", "told"),
    [
        ("mine.ipynb", None, "This is not a notebook of the course: it has none of its exercises."),
        ("01_neuron (1).ipynb", None, "This is not the notebook of 01_neuron: it has none"),
        ("mine.ipynb", UNIT, "This is not the notebook of 01_neuron: it has none"),
        ("mine.ipynb", "neuron", "This is not the notebook of 01_neuron: it has none"),
    ],
)
def test_a_foreign_notebook_is_one_message(tmp_path, name, unit, told):
    path = tmp_path / name
    path.write_bytes(content({"nbformat": 4, "cells": [extra("x = 1")]}))
    [message] = {one["message"] for one in checked(path, unit=unit).values()}
    assert message.startswith(told)


def test_the_seed_decides_the_secret_questions(tmp_path):
    tell = "def relu(z):\n    raise ValueError"
    path = module(tmp_path, tell)
    assert checked(path, seed=1) == checked(path, seed=1)


def test_a_file_that_is_not_a_notebook_is_reported(tmp_path):
    path = tmp_path / "mine.ipynb"
    path.write_bytes(b"{")
    assert "not JSON" in checked(path)["relu"]["message"]


def test_a_missing_file_or_another_kind_is_refused(tmp_path):
    with pytest.raises(ValueError, match="existing"):
        check_path(tmp_path / "none.py")
    (tmp_path / "x.txt").write_text("")
    with pytest.raises(ValueError, match=r"\.ipynb"):
        check_path(tmp_path / "x.txt")


def test_a_module_may_use_what_the_lesson_provides(tmp_path):
    answer = "def accuracy(net, acts, X, y):\n    H = forward(net, X, acts)[-1]\n"
    path = tmp_path / "answers.py"
    path.write_text(f"{answer}    return float(np.mean(H.argmax(axis=1) == np.ravel(y)))\n")
    [found] = check_path(path, exercise="accuracy")
    assert found["passed"], found["message"]
    [missing] = check_path(path, exercise="minibatches")
    assert not missing["passed"] and "no function with this name" in missing["message"]
