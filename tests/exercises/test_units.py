"""A unit's package lists its exercises: one module each, of the same name."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest

import course
from course.exercises.engine.frozen import frozen_names
from course.exercises.units import UNITS, exercises_of
from course.grading.process.staging import stage

# Modules of a unit that several of its exercises use, and that hold none.
SHARED = {"samples", "sample_graphs", "numerics", "steps"}


@pytest.mark.parametrize("unit", UNITS.values())
def test_every_module_of_a_unit_is_a_listed_exercise_or_known_to_be_shared(unit):
    package = import_module(f"course.exercises.{unit}")
    found = {module.name for module in iter_modules(package.__path__)}
    assert found - SHARED == {exercise.name for exercise in exercises_of(unit)}


@pytest.mark.parametrize("unit", UNITS.values())
def test_a_module_is_called_like_its_exercise(unit):
    for module in import_module(f"course.exercises.{unit}").EXERCISES:
        assert module.__name__ == f"course.exercises.{unit}.{module.exercise.name}"
        assert module.exercise.unit == unit


def test_an_exercise_hides_no_module():
    import course.exercises.backprop.softmax

    assert isinstance(course.exercises.backprop.softmax, ModuleType)
    assert course.exercises.backprop.softmax.exercise.name == "softmax"


def test_frozen_questions_can_be_read_where_no_exercise_module_is(tmp_path):
    staged = stage("01_neuron", tmp_path)
    assert {path.name for path in (staged / "exercises").iterdir()} == {
        "__init__.py",
        "engine",
        "frozen",
    }
    code = (
        "from course.exercises.engine.frozen import frozen_names, thaw\n"
        "print(*[name for name in frozen_names() if thaw(name)])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == list(frozen_names())


@pytest.mark.parametrize("room", ["nn", "exercises"])
def test_nothing_that_course_new_exercise_left_to_the_author_is_still_to_do(room):
    sources = Path(course.__file__).with_name(room).rglob("*.py")
    assert [path for path in sources if "TODO" in path.read_text(encoding="utf-8")] == []
