"""Print for people: nothing that a student wrote makes their terminal do anything.

Names of files, kernels and exceptions are students' texts, and some reach the instructor's
terminal. An escape sequence in one of them could erase a line or write another score over it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.segment import Segment

# Control characters but for tab and line end, and those that turn the direction of writing round.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LINE_END = re.compile(r"[\t\n\u2028\u2029]")
REPLACEMENT = "\ufffd"


def plain(text: str) -> str:
    """Return a text without characters that a terminal would act on."""
    return CONTROL.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """Return a `plain` text that can't go on in another line, where it might pass for a result."""
    return LINE_END.sub(REPLACEMENT, plain(text))


def listed(names: Sequence[str], most: int) -> str:
    """Return names in one line; of more than `most`, the first ones, and how many there are."""
    more = len(names) - most
    shown = ", ".join(map(one_line, names[:most]))
    return f"{shown} and {more} more" if more > 0 else shown


class PlainConsole(Console):
    """A console that takes the control characters out of whatever is printed."""

    def render(self, *arguments: Any, **options: Any) -> Iterable[Segment]:
        for segment in super().render(*arguments, **options):
            if segment.control:
                yield segment
            else:
                yield Segment(plain(segment.text), segment.style)


console = PlainConsole()
errors = PlainConsole(stderr=True)
