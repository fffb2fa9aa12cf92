"""What an exception means here: the common ones, in the words of the course.

Python says what went wrong, seldom why. A `Cause` is a pattern of what Python says, and a sentence
on what that means in a function that is asked a question. It is looked up by the exception's kind
and message, the line of the student's that it came from, and what was asked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Cause:
    """What an exception means.

    kind: the exception's name.
    message: a pattern that its message has.
    says: the sentence for the student; groups of the pattern may be used in it.
    line: a pattern that the student's own line has, where that is what tells.
    asked: "number" where it holds only of a question that has a plain number among its arguments.
    exercises: the exercises in which it means this; none if it means this everywhere.
    """

    kind: str
    message: str
    says: str
    line: str = ""
    asked: str = ""
    exercises: tuple[str, ...] = ()

    def sentence(self, exercise: str, error: "Raised", args: Mapping[str, Any]) -> str | None:
        """Return the sentence where this is the cause of `error`."""
        if self.kind not in error.kinds or (self.exercises and exercise not in self.exercises):
            return None
        if self.asked == "number" and not any(_is_number(value) for value in args.values()):
            return None
        message, line = re.search(self.message, error.message), re.search(self.line, error.line)
        if not (message and line):
            return None
        return self.says.format(*message.groups(), **line.groupdict())


@dataclass(frozen=True)
class Raised:
    """An exception as it was observed: its kinds, its message, and the student's last line."""

    kinds: tuple[str, ...]
    message: str
    line: str


def cause_of(exercise: str, error: Raised, args: Mapping[str, Any]) -> str | None:
    """Say what an exception means, or None where nothing certain can be said."""
    found = (cause.sentence(exercise, error, args) for cause in CAUSES)
    return next((sentence for sentence in found if sentence), None)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) or (
        isinstance(value, np.ndarray) and value.ndim == 0
    )


GRAPH = ("forward_pass", "backward_pass", "graph_of")
CAUSES = (
    # Graphs of unit 4.
    Cause(
        "AttributeError",
        r"'NoneType' object has no attribute '(value|deriv)'",
        "A leaf has no operation: its op is None. Leave a leaf's output as it is.",
        exercises=("forward_pass",),
    ),
    Cause(
        "AttributeError",
        r"'NoneType' object has no attribute '(value|deriv)'",
        "A leaf has no operation: its op is None, and it hands nothing on.",
        exercises=("backward_pass",),
    ),
    Cause(
        "TypeError",
        r"missing \d+ required positional argument|takes \d+ positional arguments? but \d+",
        "An operation takes its inputs one by one: op.value(*xs), with a star, not op.value(xs).",
        line=r"\.(value|deriv)\(",
        exercises=GRAPH,
    ),
    Cause(
        "TypeError",
        r"'(?:Node|tuple|list)'|'Node' object|must be real number, not (?:Node|tuple|list)",
        "An operation works on numbers: hand it the inputs' outputs, one by one, not the nodes.",
        line=r"\.(value|deriv)\(",
        exercises=GRAPH,
    ),
    Cause(
        "TypeError",
        r"unsupported operand type\(s\) for \+=?: 'NoneType' and",
        "Before the passes every delta is None, and None can't be added to: start from 0.",
        exercises=("backward_pass",),
    ),
    # A plain number where an array was thought of.
    Cause(
        "TypeError",
        r"'(?:float|int|numpy\.float64|numpy\.int64)' object is not iterable"
        r"|iteration over a 0-d array|object of type '(?:float|int)' has no len\(\)"
        r"|len\(\) of unsized object",
        "This works for arrays only: it goes through the entries, and a single number has none.",
        asked="number",
    ),
    Cause(
        "AttributeError",
        r"'(?:float|int|bool)' object has no attribute '(\w+)'",
        "A plain number has no .{0}: np.asarray turns it into an array first.",
        asked="number",
    ),
    Cause(
        "TypeError",
        r"'(?:float|int|numpy\.float64|numpy\.int64)' object "
        r"(?:is not subscriptable|does not support item assignment)",
        "This works for arrays only: a single number has no entries to be indexed.",
        asked="number",
    ),
    # Arrays where one number was thought of.
    Cause(
        "TypeError",
        r"only (?:size-1|length-1|0-dimensional|single-element) arrays can be converted"
        r"|only \S+ arrays can be converted to Python scalars",
        "math.{line_function} takes a single number, not an array; np.{line_function} takes both.",
        line=r"\bmath\.(?P<line_function>\w+)\(",
    ),
    Cause(
        "ValueError",
        r"truth value of an array with more than one element is ambiguous",
        "Python's max and min compare two things as a whole; np.maximum compares entry by entry.",
        line=r"(?<![.\w])(max|min)\(",
    ),
    # Randomness.
    Cause(
        "TypeError",
        r"Cannot interpret '\d+' as a data type",
        "The generator takes the shape as one tuple: rng.standard_normal((m, n)).",
        line=r"\.(standard_normal|random)\(",
    ),
    Cause(
        "AttributeError",
        r"'numpy\.random\.\S*Generator' object has no attribute 'randn?'",
        "A Generator has no randn: the shape goes into rng.standard_normal((m, n)) as one tuple.",
    ),
    # NumPy.
    Cause(
        "UFuncTypeError",
        r"Cannot cast ufunc '\w+' output from dtype\('float\d+'\) to dtype\('u?int\d+'\)",
        "An array of whole numbers can't take fractions in place: make a new array instead.",
    ),
    Cause(
        "AttributeError",
        r"module 'numpy' has no attribute '(float|int|bool)'",
        "np.{0} is gone from NumPy: write {0}.",
    ),
)
