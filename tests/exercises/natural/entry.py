"""A wrong answer as people write it, and what may be said of it."""

from dataclasses import dataclass


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
