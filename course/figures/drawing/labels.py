"""Numbers, shapes and lists as they are written on a label or in a sentence."""

from collections.abc import Iterable
from html import escape
from typing import Any

import numpy as np

__all__ = ["SUBSCRIPTS", "counted", "escape", "listing", "number", "shape", "short"]

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def number(value: Any, digits: int = 3) -> str:
    """A number in few characters, with a proper minus sign; for a larger array its shape."""
    if value is None:
        return "?"
    array = np.asarray(value)
    if array.size != 1:
        return f"array {shape(array.shape)}"
    x = float(array.reshape(()))
    if np.isnan(x):
        return "nan"
    if np.isinf(x):
        return "∞" if x > 0 else "−∞"
    text = f"{x + 0.0:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    return "0" if float(text) == 0 else text.replace("-", "−")


def shape(lengths: Iterable[int]) -> str:
    """An array's shape as NumPy writes it."""
    return str(tuple(int(n) for n in lengths))


def counted(n: int, noun: str, plural: str = "") -> str:
    """A count and its noun: "1 node", "3 nodes"."""
    return f"{n} {noun if n == 1 else plural or noun + 's'}"


def listing(parts: Iterable[Any]) -> str:
    """A list in a sentence: "a, b and c"."""
    words = [str(part) for part in parts]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def short(text: Any, longest: int = 28) -> str:
    """A name that fits on a label."""
    text = str(text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
