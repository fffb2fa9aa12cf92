"""A unit's package lists its exercises: a module each, named like it."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

from course.exercises.units import UNITS, exercises_of

# Modules of a unit that several of its exercises use, and that hold none.
SHARED = {"samples", "sample_graphs", "numerics"}


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
