"""What the exercises of this unit share about floating-point numbers."""

from typing import Any

import numpy as np

from course.exercises.engine.registry import PROPERTIES

FAR_OUT = np.array([-1e6, -750.0, -40.0, 0.0, 40.0, 750.0, 1e6])
# A formula keeps 15 digits of a float's 16, a difference quotient 10 at best.
FORMULA_RTOL = 1e-12
# What people add inside a logarithm, or clip to, so that it is never asked for log 0.
SMALL_NUMBERS = ("1e-5", "1e-6", "1e-7", "1e-8", "1e-9", "1e-10", "1e-12", "1e-15", "1e-16")

# What is said, in several exercises, of a derivative by differences.
MEASURED = (
    "The derivatives aren't exact, as with numerical ones (difference quotients with a small step) "
    "instead of a formula.",
    "A difference quotient is there to judge a formula. Work out the formula that it should judge.",
)
CUT = (
    "For integers, the array for the answer has an integer type too, so what is after the decimal "
    "point is cut off.",
    "`zeros_like` copies the type, too. What type do fractions need?",
)
# Central and one-sided differences, for a writing that has these lines.
DIFFERENCES = (
    *({"h = 1e-5": f"h = {step}"} for step in ("1e-5", "1e-2", "1e-3", "1e-8")),
    *(
        {"h = 1e-5": f"h = {step}", "z - h": "z", "2 * h": "h"}
        for step in ("1e-3", "1e-4", "1e-5", "1e-6", "1e-7")
    ),
)


@PROPERTIES.register
def to_twelve_digits(answer: Any, args: dict) -> dict:
    """The numbers, and whether they have the digits of a formula or only those of a measurement."""
    return {"numbers": answer, "right to twelve digits": _is_precise(answer, args["right"])}


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


def quotients(f, theta, h, sides):
    """Return the difference quotients of f by the entries of theta, with steps to 1 or 2 sides."""
    steps = h * np.eye(theta.size).reshape(-1, *theta.shape)
    slopes = [(f(theta + s) - f(theta - (sides - 1) * s)) / (sides * h) for s in steps]
    return np.reshape(slopes, theta.shape)
