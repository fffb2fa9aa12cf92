"""A student's path works on systems without fork, resource, fcntl and their like.

Each test starts Python with those taken away (`elsewhere/sitecustomize.py`), in the process that
checks and in the one that runs the student's code. It is no real Windows: CI has one.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course.exercises.units import exercises_of
from tests.docs.pages import ROOT

ELSEWHERE = Path(__file__).parent / "elsewhere"
SOLVED = ROOT / "solutions" / "01_neuron" / "01_neuron.ipynb"
STUDENTS = (
    *("check", "data", "figures", "learner.lab", "learner.my_work", "learner.progress"),
    *("learner.reset", "learner.review", "learner.solution", "learner.status", "cli.app"),
    *("grading.check_file", "grading.process.portable"),
)


def python(*arguments: str, folder: Path) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONPATH": str(ELSEWHERE), "HOME": str(folder)}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=300,
    )


def test_the_modules_are_really_taken_away(tmp_path):
    code = (
        "import os, signal, sys; assert not hasattr(os, 'fork') and not hasattr(signal, 'SIGALRM')"
    )
    assert python("-c", code, folder=tmp_path).returncode == 0
    assert "ModuleNotFoundError" in python("-c", "import resource", folder=tmp_path).stderr


def test_every_module_on_a_students_path_can_be_imported(tmp_path):
    code = "\n".join(f"import course.{name}" for name in STUDENTS)
    ended = python("-c", code, folder=tmp_path)
    assert ended.returncode == 0, ended.stderr


def changed(path: Path, answers: dict[str, str]) -> None:
    """Write the solved notebook with some exercises' cells replaced."""
    notebook = json.loads(SOLVED.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] in answers:
            cell["source"] = answers[cell["id"]]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_check_finds_right_and_wrong_answers_a_loop_and_an_exit(tmp_path):
    wrong = {
        "neuron": "def neuron(w, x, h):\n    return h(w * x)",
        "relu": "def relu(z):\n    while True:\n        pass",
        "tanh": "def tanh(z):\n    import os\n    os._exit(1)",
    }
    changed(tmp_path / "01_neuron.ipynb", wrong)
    code = """
import json
from pathlib import Path
from course.grading.check_file import check_path
from course.grading.process.limits import SubmissionLimits
limits = SubmissionLimits(patience=0.3, unanswered=1)
print(json.dumps(check_path(Path("01_neuron.ipynb"), limits=limits)))
"""
    ended = python("-c", code, folder=tmp_path)
    assert ended.returncode == 0, ended.stderr
    found = {one["exercise"]: one for one in json.loads(ended.stdout)}
    assert [name for name, one in found.items() if one["passed"]] == [
        *("blind_direction", "and_neuron", "identity", "sigmoid", "hunt_sigmoid"),
        *("softplus", "glm"),  # make_neuron uses the wrong neuron
    ]
    assert found["neuron"]["mistake"] == "products_not_summed"
    assert "never ends" in found["relu"]["message"]
    assert "ended the whole process" in found["tanh"]["message"]


def test_status_shows_all_lessons(tmp_path):
    shutil.copyfile(SOLVED, tmp_path / "01_neuron.ipynb")
    ended = python("-m", "course", "status", folder=tmp_path)
    assert ended.returncode == 0, ended.stderr
    count = len(exercises_of("01_neuron"))
    assert f"01_neuron: {count} of {count} exercises" in ended.stdout
    assert "Next: layer in 02_layers.ipynb" in ended.stdout


@pytest.mark.parametrize("command", ["grade", "report"])
def test_grading_says_that_it_needs_another_system(command, tmp_path):
    ended = python("-m", "course", command, "01_neuron", folder=tmp_path)
    assert ended.returncode == 2
    assert "WSL" in ended.stderr and ended.stderr.count("\n") == 1
