"""The course's table of contents: its units in order, and the exercises of each.

A unit is a package `course.exercises.<unit>` that lists its modules, one per exercise, in
`EXERCISES`; each holds its `Exercise` as `exercise`. A unit is loaded when it is first asked for.
"""

from functools import cache
from importlib import import_module

from course.exercises.engine import Exercise
from course.exercises.engine.near_names import unknown

UNITS: dict[str, str] = {
    "01_neuron": "neuron",
    "02_layers": "layers",
    "03_forward": "forward",
    "04_chain_rule": "chain_rule",
    "05_backprop": "backprop",
    "06_symmetry": "symmetry",
    "07_sgd": "sgd",
}

# Modules of `course.nn` without exercises, each with the first unit that may import it.
GIVEN_MODULES: dict[str, str] = {
    "arguments": "neuron",
    "node": "neuron",
    "graph": "chain_rule",
    "activation": "neuron",
    "in_place": "sgd",
    "workspace": "sgd",
}


def module_of(unit: str) -> str:
    """Return the module's name of a unit, given as "05_backprop" or "backprop"."""
    if unit in UNITS.values():
        return unit
    if unit not in UNITS:
        raise ValueError(f"unit: expected one of {', '.join(UNITS)}; got {unit!r}")
    return UNITS[unit]


def open_modules(unit: str) -> tuple[str, ...]:
    """Return the modules of `course.nn` that a student's code may import in a unit.

    They are the given ones and those of earlier units; the unit's own holds its answers.
    """
    order = list(UNITS.values())
    here = order.index(module_of(unit))
    given = [name for name, since in GIVEN_MODULES.items() if order.index(since) <= here]
    return (*given, *order[:here])


@cache
def exercises_of(unit: str) -> tuple[Exercise, ...]:
    """Return a unit's exercises in the order of its `EXERCISES`."""
    package = import_module(f"course.exercises.{module_of(unit)}")
    return tuple(module.exercise for module in package.EXERCISES)


@cache
def all_exercises() -> dict[str, Exercise]:
    """Return every exercise of the course by name, in the order of the lessons."""
    return {exercise.name: exercise for unit in UNITS for exercise in exercises_of(unit)}


def unit_of(exercise: Exercise) -> str:
    """Return the unit ("05_backprop") that an exercise belongs to."""
    return next(unit for unit, module in UNITS.items() if module == exercise.unit)


def exercise(name: str) -> Exercise:
    """Return the exercise called `name`; ValueError, with the nearest names, if there is none."""
    every = all_exercises()
    if name not in every:
        raise unknown("exercise", name, every)
    return every[name]
