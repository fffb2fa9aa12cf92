"""Properties: what of an answer is judged, if more than one answer is right.

A property is a function of a plain answer and the question's arguments, a dict. It returns what all
right answers have in common: for a topological order the edges it gets wrong (none), for an XOR
network its four outputs, for random weights their spread. It runs on the trusted side, and raises
on an answer it can't read.

- The keys of a dict that it returns are phrases that the student reads: "At ['every row sums to
  1']: …". Those of a secret question are shown too, so they hold none of its inputs.
- It keeps the numbers that tell mistakes apart: a few truths make many mistakes alike, and then the
  wrong one is named.
- Public questions are judged in the student's process too, where there is no exercise's module: a
  property of theirs is defined here. One that only secret questions need may be in the exercise's.
"""

from typing import Any

from course.exercises.engine.properties import functions, graphs, randomness, training
from course.exercises.engine.registry import PROPERTIES

__all__ = ["as_is", "functions", "graphs", "randomness", "training"]


@PROPERTIES.register
def as_is(answer: Any, args: dict) -> Any:
    """All of the answer."""
    return answer
