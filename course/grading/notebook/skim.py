"""Extract from a large notebook's JSON the parts that count, without parsing the rest.

A large file is mostly outputs, which don't count. It may also be a trap: parsed, 200 MB of brackets
would fill several gigabytes. So only a notebook's own levels are read one by one. Everything else
is skipped as bytes, at NumPy's speed, with only its quotes and brackets checked.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from course.grading.limits import (
    FIRST_PIECE_BYTES,
    LARGEST_PIECE_BYTES,
    MEMBER_NAME_BYTES,
    SKIMMED_BYTES,
    SKIMMED_PARTS,
)
from course.grading.notebook.cells import COURSE

# The members of each object that are kept; None stands for a value with no further levels.
_CELL = {
    "cell_type": None,
    "id": None,
    "source": None,
    "metadata": {"nbgrader": None, COURSE: None},
}
_NOTEBOOK = {
    "nbformat": None,
    "metadata": {"kernelspec": None, COURSE: None},
    "cells": [_CELL],
}
_SPACE = re.compile(rb"[ \t\n\r]*+")
_SCALAR = re.compile(rb"-?[0-9][-+.0-9eE]{0,100}|-?[A-Za-z]{1,10}")
_STEPS = np.zeros(256, np.int8)
_STEPS[[ord("["), ord("{")]] = 1
_STEPS[[ord("]"), ord("}")]] = -1


class TooMuchError(ValueError):
    """There is too much text, or there are too many parts to read."""


def skim(content: bytes) -> bytes:
    """Return a notebook's JSON with only the members that count in a submission.

    A value with further levels where none belong becomes null. ValueError for text that isn't JSON,
    TooMuchError for more than can be read.
    """
    skimmer = _Skimmer(content)
    kept = b"".join(skimmer.kept(_NOTEBOOK))
    skimmer.end()
    return kept


class _Skimmer:
    def __init__(self, content: bytes):
        self.content, self.at = content, 0
        self.parts = self.size = 0

    def kept(self, wanted: Any) -> Iterator[bytes]:
        """Pass a value; yield its wanted parts, piece by piece."""
        start = self._next()
        if type(wanted) is dict and start == b"{":
            yield from self._members(wanted)
        elif type(wanted) is list and start == b"[":
            yield from self._items(wanted[0])
        else:
            begin, flat = self.at, self._skip() <= 2
            yield self._value(begin) if wanted is None and flat else b"null"

    def _value(self, begin: int) -> bytes:
        self.size += self.at - begin
        if self.size > SKIMMED_BYTES:
            raise TooMuchError
        return self.content[begin : self.at]

    def _members(self, wanted: dict[str, Any]) -> Iterator[bytes]:
        yield b"{"
        mark = b""
        for _ in self._separated(b"}"):
            name = self._name()
            if name in wanted:
                yield mark + json.dumps(name).encode() + b":"
                yield from self.kept(wanted[name])
                mark = b","
            else:
                self._next()
                self._skip()
        yield b"}"

    def _items(self, wanted: Any) -> Iterator[bytes]:
        yield b"["
        mark = b""
        for _ in self._separated(b"]"):
            yield mark
            yield from self.kept(wanted)
            mark = b","
        yield b"]"

    def _separated(self, close: bytes) -> Iterator[None]:
        """Stop before each part of an object or a list in turn, and at the end behind it."""
        self.at += 1
        if self._next() == close:
            self.at += 1
            return
        while True:
            self.parts += 1
            if self.parts > SKIMMED_PARTS:
                raise TooMuchError
            yield
            mark = self._next()
            self.at += 1
            if mark == close:
                return
            if mark != b",":
                raise ValueError(f"neither a comma nor an end at byte {self.at}")

    def _name(self) -> str:
        begin = self.at
        if self._next() != b'"':
            raise ValueError(f"no name at byte {self.at}")
        begin = self.at
        self._skip()
        known = self.at - begin <= MEMBER_NAME_BYTES
        name = json.loads(self.content[begin : self.at].decode()) if known else ""
        if self._next() != b":":
            raise ValueError(f"no colon at byte {self.at}")
        self.at += 1
        return name

    def _next(self) -> bytes:
        """Pass white space; return the byte that follows."""
        self.at = _SPACE.match(self.content, self.at).end()
        return self.content[self.at : self.at + 1]

    def _skip(self) -> int:
        """Pass the value that begins here; return how many brackets it has."""
        match self.content[self.at : self.at + 1]:
            case b"{" | b"[":
                return self._skip_brackets()
            case b'"':
                self._skip_string()
            case _:
                found = _SCALAR.match(self.content, self.at)
                if found is None:
                    raise ValueError(f"no value at byte {self.at}")
                self.at = found.end()
        return 0

    def _skip_string(self) -> None:
        self.at += 1
        for text in self._unescaped():
            end = text.find(b'"')
            if end >= 0:
                self.at += end + 1
                return
            self.at += len(text)

    def _skip_brackets(self) -> int:
        brackets, depth, quoted = 0, 0, False
        for text in self._unescaped():
            chunk = np.frombuffer(text, np.uint8)
            inside = np.bitwise_xor.accumulate(chunk == ord('"')) ^ quoted
            steps = _STEPS[chunk] * ~inside
            depths = depth + np.cumsum(steps, dtype=np.int32)
            [ends] = np.nonzero((depths == 0) & (steps != 0))
            if ends.size:
                self.at += int(ends[0]) + 1
                return brackets + int(np.count_nonzero(steps[: ends[0] + 1]))
            brackets += int(np.count_nonzero(steps))
            depth, quoted = int(depths[-1]), bool(inside[-1])
            self.at += len(text)
        raise AssertionError("the loop ends by an error")

    def _unescaped(self) -> Iterator[bytes]:
        """Yield what follows in pieces, blanks for escaped quotes and backslashes.

        The caller moves `at` past each piece.
        """
        size = FIRST_PIECE_BYTES
        while self.at < len(self.content):
            text = self.content[self.at : self.at + size]
            text = text.replace(b"\\\\", b"  ").replace(b'\\"', b"  ")
            # A backslash at the end belongs to the next piece.
            text = text.removesuffix(b"\\")
            if not text:
                break
            yield text
            size = min(2 * size, LARGEST_PIECE_BYTES)
        raise ValueError("the end is missing")

    def end(self) -> None:
        if self._next():
            raise ValueError(f"more than one value at byte {self.at}")
