"""What of an answer is judged, where more than one answer is right.

A view reads a plain answer, knowing the question's arguments, into something every right answer has
in common: a topological order into the edges it gets wrong (none), an XOR network into its four
outputs, random weights into their spread. Views run on the trusted side and may raise on what they
can't read.
"""

from typing import Any


def as_is(answer: Any, args: dict) -> Any:
    """All of the answer."""
    return answer
