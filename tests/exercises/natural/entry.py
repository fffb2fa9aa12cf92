"""A wrong answer as people write it, and what may be said of it."""

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True)
class Entry:
    """One wrong answer.

    name: what is special about it, unique among its unit's entries.
    exercise: the exercise it answers.
    source: the function's text, with its imports.
    ideas: the sets of ideas that may be named, any of which is true; none if no name is due.
    says: words that the message contains if no name is due, such as the cause of an error.
    """

    name: str
    exercise: str
    source: str
    ideas: tuple[tuple[str, ...], ...] = ()
    says: str = ""


def with_imports(source: str) -> str:
    """Return the text of a function with the imports that a lesson's first cell has."""
    return "import math\nimport numpy as np\n" + dedent(source)
