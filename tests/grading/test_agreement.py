"""`course check` and `course grade` agree about which functions are there, whatever a notebook is.

Cells are cut, pasted, copied, merged, split, turned into another kind, stripped and written anew.
"""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from course.exercises.in_words import answer_id, question_id
from course.exercises.units import UNITS
from course.grading.check_file import examine_notebook
from course.grading.course_folder import course_directory
from course.grading.grade import grade_submission
from course.grading.notebook.cells import grade_id, is_own, new_cell, runs
from course.grading.notebook.outline import outline
from course.grading.notebook.recognise import same
from course.grading.notebook.restore import Restored, restore
from course.grading.process.limits import SubmissionLimits
from course.grading.process.worker import Worker
from course.grading.released import released_notebook
from tests.grading.notebooks import CONFIG, UNIT, content, submitted
from tests.speed import patience

NAME = f"{UNIT}.ipynb"
LIMITS = SubmissionLimits(cell_seconds=patience(1), notebook_seconds=patience(20))
WORDS = (question_id(""), answer_id(""))
GONE = "there is no function with this name"
OWN = [
    "def relu(z):\n    return np.maximum(z, 0)",
    "def neuron(w, x, h):\n    return h(helper(w, x))",
    "def helper(w, x):\n    return np.dot(w, x)",
    "import pandas_of_old as pd\ndef tanh(z):\n    return np.tanh(z)",
    "%cd /content\n!pip install numpy\ndef identity(z):\n    return z",
    "glm = lambda w, X, h: h(X @ w)",
    "start = nothing\ndef sigmoid(z):\n    return start",
    "start = np.zeros(3)\ndef softplus(z):\n    return start",
    "1 / 0\ndef glm(w, X, h):\n    return h(X @ w)",
    "del relu",
    "def relu(z):",
    "x = 1",
    "",
    "Some words about relu.",
]
WAYS = (
    *("cut", "move", "copy", "merge", "split", "retype", "strip", "bare", "renew", "write"),
    *("insert", "append", "blank"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(WAYS), st.integers(0, 500), st.integers(0, 500)), max_size=12
)
WHOLE = st.sampled_from(["as it is", "no metadata", "no ids", "neither", "code only", "one cell"])


def read(folder: str, unit: str = UNIT) -> dict:
    notebook = json.loads((CONFIG.parent / folder / unit / f"{unit}.ipynb").read_bytes())
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


RELEASED = read("assignments")


def solved() -> dict:
    """The work of a student who wrote all functions but the last."""
    work, answers = copy.deepcopy(RELEASED), read("solutions")
    for cell, answer in zip(work["cells"], answers["cells"], strict=True):
        if cell["metadata"].get("nbgrader", {}).get("solution") and cell["id"] != "make_neuron":
            cell["source"] = answer["source"]
    return work


SOLVED = solved()
# The lesson's prose in a cell of code is only an error.
PROSE = {cell["source"].strip() for cell in RELEASED["cells"] if cell["cell_type"] != "code"}


def changed(steps: list, whole: str) -> bytes:
    work = copy.deepcopy(SOLVED)
    cells = work["cells"]
    for way, one, other in steps:
        if cells:
            change(cells, way, one % len(cells), other)
    if whole == "code only":
        cells[:] = [cell for cell in cells if cell["cell_type"] == "code"]
    if whole == "one cell":
        code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
        cells[:] = [{"cell_type": "code", "source": "\n\n".join(code)}]
    for cell in cells:
        if whole in ("no metadata", "neither"):
            cell["metadata"] = {}
        if whole in ("no ids", "neither"):
            cell.pop("id", None)
    if whole in ("neither", "one cell"):
        work["metadata"] = {}
    return content(work)


def change(cells: list[dict], way: str, at: int, other: int) -> None:
    cell, text = cells[at], OWN[other % len(OWN)]
    match way:
        case "cut":
            del cells[at]
        case "move":
            cells.insert(other % len(cells), cells.pop(at))
        case "copy":
            cells.insert(other % (len(cells) + 1), copy.deepcopy(cell))
        case "merge" if at + 1 < len(cells):
            cell["source"] += "\n\n" + cells.pop(at + 1)["source"]
        case "split":
            lines = cell["source"].splitlines(keepends=True)
            half = other % (len(lines) + 1)
            cell["source"] = "".join(lines[:half])
            cells.insert(at + 1, copy.deepcopy(cell) | {"source": "".join(lines[half:])})
        case "retype":
            cell["cell_type"] = ("code", "markdown", "raw")[other % 3]
        case "strip":
            cell["metadata"] = {}
        case "bare":
            cell["metadata"] = {}
            cell.pop("id", None)
        case "renew":
            cells[at] = new_cell(cell["cell_type"], cell["source"], f"new-{other}")
        case "write":
            cell["source"] = text
        case "insert":
            cells.insert(at, new_cell("code", text, f"mine-{other}"))
        case "append":
            cell["source"] += f"\n\n{text}"
        case "blank":
            cell["source"] = ""


def what_runs(restored: Restored) -> tuple:
    """What a session is given: the code in its order, and whether it may be left out."""
    cells = [cell for cell in restored.notebook["cells"] if runs(cell)]
    code = [
        (cell["source"], is_own(cell) or bool(grade_id(cell)))
        for cell in cells
        if cell["source"].strip() not in PROSE
    ]
    return restored.problem is None and (restored.imports, code)


@pytest.mark.parametrize("unit", UNITS)
def test_the_outline_is_the_code_and_the_questions_of_the_released_notebook(unit):
    every = read("assignments", unit)["cells"]
    released = [one for one in every if one["cell_type"] == "code" or one["id"].startswith(WORDS)]
    for cell, known in zip(outline(unit)["cells"], released, strict=True):
        assert (cell["id"], cell["cell_type"]) == (known["id"], known["cell_type"])
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            assert known["source"].startswith(f"def {cell['id']}(")
        else:
            assert same(cell["source"], known["source"])


@pytest.mark.parametrize("unit", UNITS)
def test_an_untouched_notebook_is_restored_to_itself(unit):
    kept = released_notebook(course_directory(CONFIG.parent), unit, unit)
    found = restore(kept, content(read("assignments", unit)), f"{unit}.ipynb")
    assert found.oddities == []
    assert [cell["id"] for cell in found.notebook["cells"]] == [
        cell["id"] for cell in kept["cells"]
    ]
    assert not any(map(is_own, found.notebook["cells"]))


@pytest.mark.parametrize("unit", UNITS)
def test_the_notebook_of_another_unit_is_foreign(unit):
    for other in set(UNITS) - {unit}:
        work = content(read("assignments", other))
        told = f"This is not the notebook of {unit}, but of {other}."
        assert restore(read("assignments", unit), work, f"{unit}.ipynb").problem == told
        assert restore(outline(unit), work, f"{unit}.ipynb").problem == told


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, whole=WHOLE)
@example(steps=[("retype", 386, 0), ("merge", 386, 0)], whole="as it is")
def test_both_run_the_same_code_in_the_same_order(steps, whole):
    work = changed(steps, whole)
    by_grade, by_check = restore(RELEASED, work, NAME), restore(outline(UNIT), work, NAME)
    assert what_runs(by_check) == what_runs(by_grade)


@pytest.fixture(scope="module")
def workers():
    with Worker(UNIT, LIMITS) as for_grades, Worker(None, LIMITS) as for_checks:
        yield for_grades, for_checks


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, whole=WHOLE)
@example(steps=[], whole="one cell")
def test_both_say_the_same_functions_are_there(workers, tmp_path_factory, steps, whole):
    for_grades, for_checks = workers
    work = changed(steps, whole)
    graded = grade_submission(RELEASED, submitted(work), UNIT, b"key", for_grades)
    path = Path(tmp_path_factory.getbasetemp(), NAME)
    checked = examine_notebook(work, path, UNIT, None, 0, for_checks)
    there = {one.exercise: GONE not in one.message for one in graded.exercises}
    assert there == {one.exercise.name: GONE not in one.to_json()["message"] for one in checked}
