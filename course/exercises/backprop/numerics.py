"""What the exercises of this unit share about floating-point numbers."""

from itertools import pairwise

import numpy as np

from course.exercises.engine import stock

# A step on which a difference keeps its digits is wider.
NEXT_TO_A_KINK = 1e-7
FAR_OUT = np.array([-1e6, -750.0, -40.0, 0.0, 40.0, 750.0, 1e6])
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


def quotients(f, theta, h, sides):
    """Return the difference quotients of f by the entries of theta, with steps to 1 or 2 sides."""
    steps = h * np.eye(theta.size).reshape(-1, *theta.shape)
    slopes = [(f(theta + s) - f(theta - (sides - 1) * s)) / (sides * h) for s in steps]
    return np.reshape(slopes, theta.shape)


def next_to_kinks(rng, dims, n):
    """Draw a net of leaky ReLUs, and examples for it, that give every unit an input next to 0.

    A step that is wide enough to keep the digits leads over the kink there. Nor does a complex
    number or a longer type get through the net: the activation cuts off what is beyond a float.
    """
    As, Bs = [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairwise(dims)], []
    X = H = rng.normal(size=(n, dims[0]))
    for A in As:
        width = A.shape[1]
        # Above and below 0 in turn, in a row of its own while there are enough.
        close = NEXT_TO_A_KINK * (-1.0) ** np.arange(width)
        at = H @ A
        Bs.append((close - at[rng.permutation(np.arange(width) % n), np.arange(width)])[None])
        H = stock.LEAKY(at + Bs[-1])
    return (As, Bs), X
