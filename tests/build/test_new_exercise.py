"""`course new-exercise` leaves a repository in which only the author's own words are missing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import course
from course import new_exercise
from course.cli.app import app
from course.exercises.units import UNITS, module_of
from course.new_exercise import add_exercise, next_steps

ROOT = Path(course.__file__).parents[1]
NAME = "twice_as_much"
# `course build`, of one unit alone.
BUILD = """
from course import build
from course.cli import main
from course.exercises.units import exercises_of
build.UNITS = {"02_layers": "layers"}
build.all_exercises = lambda: {one.name: one for one in exercises_of("02_layers")}
build.strangers = lambda root, built: []
main(["build"])
"""
# What the kill matrix needs besides the course and the tests of exercises.
COPIED = (
    "pyproject.toml",
    "nbgrader_config.py",
    *(f"tests/{m}.py" for m in ("__init__", "evidence", "speed")),
)


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A copy of the repository with what an author needs to build and to try an exercise."""
    left_out = shutil.ignore_patterns("__pycache__", "grading", "figures", "demo", "data")
    shutil.copytree(ROOT / "course", tmp_path / "course", ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def run(root: Path, *arguments: str) -> str:
    """Run Python in a checkout, so that its course and its tests are imported and no others."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def last_section(lesson: str) -> str:
    """Return the last numbered section's text, whose end is where the directive should be."""
    return re.split(r"^## ", lesson.partition("\n## What you have learned")[0], flags=re.M)[-1]


def test_once_the_function_is_written_everything_is_built_and_the_kill_matrix_is_sound(tmp_path):
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "course", tmp_path / "course", ignore=left_out)
    shutil.copytree(ROOT / "tests" / "exercises", tmp_path / "tests" / "exercises")
    for file in COPIED:
        shutil.copy(ROOT / file, tmp_path / file)
    said = run(tmp_path, "-m", "course", "new-exercise", NAME, "--unit", "02_layers")
    assert f"written: course/exercises/layers/{NAME}.py" in said
    assert f"python -m tests.exercises.kill_matrix {NAME}" in said
    assert "layers.py holds only a stub" in run(tmp_path, "-c", BUILD)

    reference = tmp_path / "course" / "nn" / "layers.py"
    stub = reference.read_text(encoding="utf-8")
    written = stub.replace("raise NotImplementedError", "return 2 * np.asarray(x)")
    reference.write_text(written, encoding="utf-8")
    said = run(tmp_path, "-c", BUILD)
    assert f"frozen/{NAME}.json" in said and "assignments/02_layers/02_layers.ipynb" in said
    said = run(tmp_path, "-m", "tests.exercises.kill_matrix", NAME)
    assert said.startswith(f"ok  {NAME}") and said.endswith("0 unsound\n")


@pytest.mark.parametrize("unit", UNITS)
def test_what_it_writes_is_python_as_ruff_wants_it(checkout, unit):
    written = [str(path) for path in add_exercise(checkout, NAME, unit) if path.suffix == ".py"]
    assert len(written) == 3
    assert "All checks passed" in run(checkout, "-m", "ruff", "check", *written)
    assert "3 files already formatted" in run(checkout, "-m", "ruff", "format", "--check", *written)


@pytest.mark.parametrize("unit", UNITS)
def test_the_directive_is_at_the_end_of_the_last_numbered_section(checkout, unit):
    *_, lesson = add_exercise(checkout, NAME, module_of(unit))
    section = last_section(lesson.read_text(encoding="utf-8"))
    assert re.match(r"\d+\. ", section)
    assert section.endswith(f"\n\n:::{{exercise}} {NAME}\n:::\n")
    without = lesson.read_text(encoding="utf-8").replace(f":::{{exercise}} {NAME}\n:::\n\n", "")
    assert without == (ROOT / "course" / "lessons" / f"{unit}.md").read_text(encoding="utf-8")


def test_the_name_is_exported_if_the_module_says_what_it_exports(checkout):
    reference, *_ = add_exercise(checkout, NAME, "backprop")
    assert f'    "squared_loss",\n    "{NAME}",\n]' in reference.read_text(encoding="utf-8")


def test_a_name_in_capitals_needs_a_line_for_ruff():
    line = '"course/exercises/forward/DAG.py" = ["N999"]'
    assert line in next_steps("DAG", "forward") and "N999" not in next_steps("dag", "forward")


@pytest.mark.parametrize(
    ("name", "unit", "says"),
    [
        (NAME, "05_backporp", "did you mean '05_backprop'"),
        ("twice as much", "layers", "can't be the name of a function"),
        ("lambda", "layers", "can't be the name of a function"),
        ("_twice", "layers", "can't be the name of a function"),
        ("softmax", "layers", "there is softmax in course/"),
        ("Softmax", "layers", "there is softmax in course/"),
        ("floats", "layers", "there is floats in course/nn/"),
        ("samples", "neuron", "there is samples in course/exercises/"),
        ("sum", "layers", "there is sum in Python"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(checkout, name, unit, says):
    before = contents(checkout)
    result = CliRunner().invoke(
        app, ["new-exercise", name, "--unit", unit, "--root", str(checkout)]
    )
    assert isinstance(result.exception, ValueError) and says in str(result.exception)
    assert contents(checkout) == before


@pytest.mark.parametrize("missing", ["pyproject.toml", "course/lessons/02_layers.md"])
def test_a_folder_that_is_no_checkout_is_refused(checkout, missing):
    (checkout / missing).unlink()
    before = contents(checkout)
    with pytest.raises(ValueError, match=f"no checkout of the course's repository: {missing}"):
        add_exercise(checkout, NAME, "layers")
    assert contents(checkout) == before


@pytest.mark.parametrize("files", range(1, 5))
def test_if_a_file_cannot_be_written_all_stay_as_they_are(checkout, monkeypatch, files):
    before, written, write = contents(checkout), [], Path.write_text

    def full_disk(path, text, **options):
        written.append(path)
        write(path, text[:100] if len(written) == files else text, **options)
        if len(written) == files:
            raise OSError("no space left")

    monkeypatch.setattr(new_exercise.Path, "write_text", full_disk)
    with pytest.raises(OSError, match="no space left"):
        add_exercise(checkout, NAME, "layers")
    assert contents(checkout) == before
