"""What a beginner meets first: errors that look as in plain IPython, and forgiven slips."""

import json
import subprocess
import sys

import pytest

CELLS = """
import contextlib, io, json, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(colors="NoColor")
for cell in json.load(sys.stdin):
    seen = io.StringIO()
    with contextlib.redirect_stdout(seen), contextlib.redirect_stderr(seen):
        shell.run_cell(cell, store_history=True)
    print(json.dumps(seen.getvalue()))
"""
FIRST = "import numpy as np\nfrom course.check import check, hint, review, solution, status"
RELU = "def relu(z):\n    return np.maximum(z, 0)"


def outputs(*cells: str, folder=None) -> list[str]:
    """Run cells in IPython, one after the other; return what each printed."""
    ended = subprocess.run(
        [sys.executable, "-c", CELLS],
        input=json.dumps(cells),
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_a_syntax_error_looks_no_worse_than_without_the_course():
    broken = "def sigmoid(z):\n    return 1/(1+2"
    *_, with_course = outputs("1 + 1", FIRST, broken)
    *_, without = outputs("1 + 1", "2 + 2", broken)
    assert with_course == without and "Traceback" not in with_course


def test_a_check_before_its_cell_was_run_says_which_cell_to_run():
    _, told = outputs(FIRST, 'check("relu", relu)')
    assert told.strip() == (
        "relu is not defined yet: run the cell above first, the one with `def relu`."
    )
    _, other = outputs(FIRST, "rleu(3)")
    assert "NameError" in other


def test_a_check_after_a_syntax_error_does_not_judge_the_function_of_before():
    broken = "def relu(z):\n    return np.maximum(z, 0"
    _, _, _, told, _, again = outputs(
        FIRST, RELU, broken, 'check("relu", relu)', RELU, 'check("relu", relu)'
    )
    assert "has a syntax error" in told and len(told.strip().splitlines()) == 1
    assert "✓ relu" in again


def test_hint_takes_the_function_too():
    _, _, by_name, by_function = outputs(FIRST, RELU, 'hint("relu")', "hint(relu)")
    assert "hint 1 of 3" in by_name and "hint 2 of 3" in by_function


def test_a_misspelt_name_gets_its_suggestion_on_one_line():
    _, _, hinted, checked = outputs(FIRST, RELU, 'hint("rleu")', 'check("rleu", relu)')
    for told in (hinted, checked):
        assert told.strip() == "no exercise is called 'rleu'; did you mean 'relu' or 'd_relu'?"


def test_after_the_last_hint_the_way_out_is_shown():
    _, first, _, last, again = outputs(FIRST, *['hint("relu")'] * 4)
    assert "last hint" not in first and "last hint" not in again
    assert "That was the last hint." in last and 'solution("relu")' in last


def test_a_green_check_offers_the_solution_in_one_line():
    _, _, green = outputs(FIRST, RELU, 'check("relu", relu)')
    assert green.splitlines()[1:] == ['The course\'s answer and other ways: solution("relu")']


def test_a_solution_is_shown_after_an_answer_of_ones_own():
    stub = "def relu(z):\n    raise NotImplementedError"
    _, _, early, _, shown = outputs(FIRST, stub, 'solution("relu")', RELU, 'solution("relu")')
    assert "write an answer of your own first" in early and "np.maximum" not in early
    assert shown.startswith("Yours") and "The course's" in shown and "Another way" in shown


@pytest.mark.parametrize(
    "own", ["np.vectorize(lambda z: max(z, 0.0), otypes=[float])", "partial(np.maximum, 0)"]
)
def test_an_answer_without_a_def_is_an_answer(own):
    named = f"from functools import partial\nrelu = {own}"
    _, _, shown = outputs(FIRST, named, 'solution("relu")')
    assert shown.startswith("Yours") and own in shown and "The course's" in shown


def test_progress_is_noted_beside_the_notebooks_and_status_shows_it(folder):
    _, _, _, shown, quiz = outputs(
        FIRST, RELU, 'check("relu", relu)', "status()", "review()", folder=folder
    )
    assert "○ relu" in shown and "Next: neuron in 01_neuron.ipynb" in shown
    assert "Nothing to review yet" in quiz


def test_a_stub_that_slipped_out_of_its_function_is_told_where_it_is():
    *_, slipped = outputs(FIRST, "def relu(z):\n    'Text.'\nraise NotImplementedError")
    assert "stands outside a function here" in slipped and "<module>" not in slipped
