"""Properties: the part of an answer that is judged, if more than one answer is right.

A property is a function of a plain answer and the question's arguments, a dict. It returns what all
right answers have in common: the edges that a topological order gets wrong (none), the four outputs
of an XOR network, the spread of random weights. It runs on the trusted side, and raises on an
answer it can't read.

- The keys of a dict that it returns are phrases that the student reads: "At ['every row sums to
  1']: …". Those of a secret question are shown too, so they hold none of its inputs.
- It keeps the numbers that tell mistakes apart: with only a few truth values, many mistakes look
  alike, and the wrong mistake is named.
- Public questions are judged in the student's process too, which has no exercise's module: their
  properties are defined here. A property that only secret questions need may be in the exercise's
  module.
"""

from typing import Any

from course.exercises.engine.properties import (
    functions,
    graphs,
    hunts,
    initial_weights,
    randomness,
    training,
)
from course.exercises.engine.registry import PROPERTIES

__all__ = ["as_is", "functions", "graphs", "hunts", "initial_weights", "randomness", "training"]


@PROPERTIES.register
def as_is(answer: Any, args: dict) -> Any:
    """All of the answer."""
    return answer
