"""An answer sheet: what of an answer is judged.

Everything a function does when called (return, raise, change its arguments, warn) is read into a
`Sheet`. Right answers, mistakes' answers and students' answers are read in the same way, so judging
is comparing two sheets.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course.exercises.engine.codec import Stream, check_size, decode, encode
from course.exercises.engine.compare import Difference, difference, kind_of
from course.exercises.engine.raised import MESSAGE_LENGTH
from course.exercises.engine.registry import PROPERTIES

# Kinds of "exceptions" that stand for an answer that was never given, or can't be read.
TIMEOUT, END_OF_PROCESS, USED_TOO_MUCH = "TimeoutError", "EndOfProcess", "UsedTooMuch"
NO_PLAIN_ANSWER, BROKEN_ANSWER = "NoPlainAnswer", "BrokenAnswer"
NO_ANSWER = (TIMEOUT, END_OF_PROCESS, USED_TOO_MUCH, NO_PLAIN_ANSWER, BROKEN_ANSWER)
# What differs in an exception's message between writings of one mistake: names in quotes (but not
# an operator, None or a function), an index out of bounds, numbers with decimals. Axes and sizes
# don't.
VARYING = re.compile(
    r"'(?!(?:NoneType|function)')\w[^']*'|''|(?<=index )-?\d+|-?\d+\.\d*(?:e[+-]?\d+)?"
)
# Exceptions whose messages say no more than what kind they are.
TOLD_BY_KIND = {"KeyError", "RecursionError"}
SHAPE = re.compile(r"\((?:\d+,\s?)+\d*\)")
GIST_LENGTH = 120
OWN = "raised by the function itself"
CONSUMED_BY_USE = (np.random.Generator, Stream)


@dataclass(frozen=True)
class Sheet:
    """What is judged of an answer.

    answer: what the question's property reads in the value returned; None if `raised` is set.
    raised: names of the exception's types, most specific first; empty if none was raised.
    changed: the names of the arguments that were changed.
    warned: the warnings, if the question allows none.
    readable: False if the property can't read the value; `answer` is then the value itself.
    gist: what the exception says, without what differs between writings of one mistake.
    """

    answer: Any = None
    raised: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    readable: bool = True
    gist: str = ""

    def difference(self, expected: "Sheet", question, briefly: bool = False) -> Difference | None:
        """Return the most telling difference from `expected`, or None if this sheet is right.

        briefly: whether its kind is enough (`compare.difference`).
        """
        if self.raised:
            if expected.raised and expected.raised[0] in self.raised:
                return None
            if expected.raised and self.raised[0] not in NO_ANSWER:
                detail = f"{self.raised[0]}, but {expected.raised[0]} was expected"
                return Difference("other_error", detail)
            return Difference("raised", self.raised[0])
        if expected.raised:
            return Difference("no_error", expected.raised[0])
        if self.answer is None and expected.answer is not None:
            return Difference("nothing")
        if not self.readable:
            return Difference("unreadable", kind_of(self.answer))
        if found := difference(self.answer, expected.answer, *question.tolerance, briefly):
            return found
        if self.changed and not expected.changed:
            return Difference("changed", ", ".join(self.changed))
        if self.warned and not expected.warned:
            return Difference("warned", self.warned[0])
        return None

    def differs(self, expected: "Sheet", question) -> bool:
        return self.difference(expected, question, briefly=True) is not None

    def wrong_keys(self, expected: "Sheet", question) -> set[str]:
        """Return the property's keys under which this sheet differs, for a question with parts.

        The key "" stands for a fault of the whole answer: an error, a changed argument.
        """
        if self.difference(replace(expected, answer=self.answer), question):
            return {""}
        if not isinstance(self.answer, Mapping) or set(self.answer) != set(expected.answer):
            return {""}
        pairs = {key: (self.answer[key], right) for key, right in expected.answer.items()}
        return {
            key
            for key, (got, right) in pairs.items()
            if difference(got, right, *question.tolerance, briefly=True)
        }

    def same_as(self, other: "Sheet", question) -> bool:
        """Whether both are the same answer in everything that is judged."""
        if self.raised or other.raised:
            return self.raised[:1] == other.raised[:1] and self.gist == other.gist
        return (
            self.changed == other.changed
            and bool(self.warned) == bool(other.warned)
            and not difference(self.answer, other.answer, *question.tolerance, briefly=True)
        )

    def to_json(self) -> dict:
        parts = {
            "raised": list(self.raised[:1]),
            "changed": list(self.changed),
            "warned": list(self.warned),
        }
        plain = {"gist": self.gist} if self.raised else {"answer": encode(self.answer)}
        return plain | {name: part for name, part in parts.items() if part}

    @classmethod
    def from_json(cls, parts: dict) -> "Sheet":
        lists = {name: tuple(parts.get(name, ())) for name in ("raised", "changed", "warned")}
        return cls(answer=decode(parts.get("answer")), gist=parts.get("gist", ""), **lists)


def read(seen: dict[str, Any], question) -> Sheet:
    """Read what `observe` wrote down.

    `seen` may come from a hostile process: ValueError for anything but an observation.
    """
    if type(seen) is not dict:
        raise ValueError(f"observation: expected an object, got {type(seen).__name__}")
    if "error" in seen:
        kinds = seen["error"].get("kinds") if type(seen["error"]) is dict else None
        if type(kinds) is not list or not kinds or not all(type(k) is str for k in kinds):
            raise ValueError("observation: an error without its types")
        return Sheet(raised=tuple(kind[:100] for kind in kinds[:20]), gist=gist(seen["error"]))
    if "value" not in seen:
        raise ValueError("observation: neither a value nor an error")
    check_size(seen["value"])
    value = decode(seen["value"])
    changed = _changed(seen.get("after"), question) if question.unchanged else ()
    warned = _warnings(seen.get("warnings")) if question.warning_free else ()
    judged_property = PROPERTIES.named(question.judged_by)
    try:
        if value is None and question.judged_by != "as_is":  # NumPy would read it as nan
            raise ValueError("None has no properties")
        answer = judged_property(value, {**question.args, **question.property_args})
        readable = True
    except Exception:
        # No right answer is unreadable; the plain comparison will find the difference.
        answer, readable = value, False
    return Sheet(answer, (), changed, warned, readable)


def gist(error: Mapping[str, Any]) -> str:
    """Return what an exception says; of one that the function raises itself, only that."""
    message = error.get("message")
    if TOLD_BY_KIND & {*_texts(error.get("kinds"))}:
        return ""
    if error.get("own") is True:
        return OWN
    if type(error.get("gist")) is str:  # what was left of the message when it was redacted
        return error["gist"][:GIST_LENGTH]
    if type(message) is not str:
        return ""
    message = message[:MESSAGE_LENGTH]
    shapes = iter(sorted(SHAPE.findall(message)))  # the operands may be in another order
    return VARYING.sub("…", SHAPE.sub(lambda _: next(shapes), message))[:GIST_LENGTH]


def _texts(value: Any) -> list[str]:
    return [text for text in value if type(text) is str] if type(value) is list else []


def timed_out(met: Mapping[str, Any] | None = None, answered: int | None = None) -> dict[str, Any]:
    """Return the observation of a function that didn't answer in time.

    met: where it was (`describe_interrupted`), if that is known.
    answered: a smaller size of the question for which it did answer.
    """
    error = {"kinds": [TIMEOUT], "message": "", "trace": ""} | dict(met or {})
    return {"error": error | ({"answered": answered} if answered else {})}


def is_timed_out(seen: Mapping[str, Any]) -> bool:
    """Whether this observation says that there was no answer in time."""
    return seen.get("error", {}).get("kinds") == [TIMEOUT]


def _changed(after: Any, question) -> tuple[str, ...]:
    before = {
        name: question.coded_args[name]
        for name, value in question.args.items()
        if not isinstance(value, CONSUMED_BY_USE)
    }
    if type(after) is not list or any(type(p) is not list or len(p) != 2 for p in after):
        raise ValueError("observation: the arguments did not come back")
    got = {name: coded for name, coded in after if type(name) is str}
    if not set(before) <= set(got):
        raise ValueError("observation: the arguments did not all come back")
    return tuple(name for name, coded in before.items() if json.dumps(got[name]) != coded)


def _warnings(texts: Any) -> tuple[str, ...]:
    if type(texts) is not list or any(type(text) is not str for text in texts):
        raise ValueError("observation: the warnings are not a list of texts")
    return tuple(texts[:3])
