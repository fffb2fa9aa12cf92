"""Unusual right answers: code that a fair grader accepts although the reference looks otherwise.

A unit's module holds them as plain functions, each marked with the exercise it answers and a few
words that say how it is unusual.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from course.exercises.units import UNITS


@dataclass(frozen=True)
class RightAnswer:
    """A right answer to the exercise called `exercise`, and how it is unusual.

    why: what it teaches, if `course solution` shows it as another way.
    """

    exercise: str
    says: str
    function: Callable
    why: str = ""


_ANSWERS: dict[str, list[RightAnswer]] = {}


def right(exercise: str, says: str, why: str = "") -> Callable[[Callable], Callable]:
    """Add the decorated function to the unusual right answers to `exercise`."""

    def add(function: Callable) -> Callable:
        module = function.__module__.rpartition(".")[2]
        _ANSWERS.setdefault(module, []).append(RightAnswer(exercise, says, function, why))
        return function

    return add


@cache
def right_answers(unit: str) -> tuple[RightAnswer, ...]:
    """Return the unusual right answers to a unit's exercises."""
    module = UNITS.get(unit, unit)
    import_module(f"course.exercises.right.{module}")
    return tuple(_ANSWERS.get(module, ()))
