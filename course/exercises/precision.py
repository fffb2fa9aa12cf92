"""How many digits an answer has: those of a formula, or only those of a measurement."""

from typing import Any

import numpy as np

from course.exercises.engine.registry import PROPERTIES

# A formula keeps 15 digits of a float's 16, a difference quotient 10 at best.
FORMULA_RTOL = 1e-12


@PROPERTIES.register
def to_twelve_digits(answer: Any, args: dict) -> dict:
    """The numbers, and whether they have the digits of a formula or only those of a measurement."""
    return {"numbers": answer, **has_twelve_digits(answer, args)}


@PROPERTIES.register
def has_twelve_digits(answer: Any, args: dict) -> dict:
    """Whether the numbers have the digits of a formula: for points where a measurement has none.

    There its numbers would depend on the step, and every step needed a known mistake of its own.
    """
    return {"right to twelve digits": _is_precise(answer, args["right"])}


def _is_precise(got: Any, right: Any) -> bool:
    """Whether every array of an answer has all the digits of a float64."""
    if isinstance(right, list | tuple):
        if not isinstance(got, list | tuple) or len(got) != len(right):
            return False
        return all(_is_precise(*pair) for pair in zip(got, right, strict=True))
    got = np.asarray(got)
    if got.shape != np.shape(right) or got.dtype.kind not in "biuf":
        return False
    return bool(np.abs(got - right).max() <= FORMULA_RTOL * np.abs(right).max())
