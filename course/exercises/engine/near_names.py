"""Errors for unknown names, with the nearest known ones."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """Return the question whether one of the nearest known names is meant, or nothing."""
    close = get_close_matches(str(name), list(known), n=2)
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""


def unknown(kind: str, name: object, known: Iterable[str]) -> ValueError:
    """Return the error for a name that nothing of this kind has, with the nearest names."""
    return ValueError(f"no {kind} is called {name!r}{did_you_mean(name, known)}")
