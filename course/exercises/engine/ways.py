"""Ways of asking: how a function is called, where calling it once with the arguments is not enough.

Each way takes the function and the question's arguments and returns a plain value. It runs beside
the function that is asked, so it only collects; it judges nothing.
"""

from collections.abc import Callable
from typing import Any


def call(function: Callable, *args, **keywords) -> Any:
    """Once, with these arguments."""
    return function(*args, **keywords)


def twice(function: Callable, *args, **keywords) -> list:
    """Twice in a row with the same arguments: both answers."""
    return [function(*args, **keywords), function(*args, **keywords)]


def listed(function: Callable, *args, **keywords) -> list:
    """Once, and everything the iterable it returns holds."""
    return list(function(*args, **keywords))
