"""Errors for unknown names, with the nearest known ones."""

from collections.abc import Iterable
from difflib import get_close_matches


def unknown(kind: str, name: object, known: Iterable[str]) -> ValueError:
    """Return the error for a name that nothing of this kind has, with the nearest names."""
    close = get_close_matches(str(name), list(known), n=2)
    asked = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
    return ValueError(f"no {kind} is called {name!r}{asked}")
