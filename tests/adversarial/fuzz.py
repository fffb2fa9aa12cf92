"""Malformed answers by the thousand: mutations of well-formed ones, made from a seed.

A mutation works on the JSON's tree, on its text or on the frame around it. Everything starts from
answers whose numbers are far off, so nothing that comes out may be right.
"""

import copy
import json
import random
import socket
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from course.exercises.engine import KeyedQuestion
from course.exercises.engine.answer_sheet import read
from course.exercises.engine.exercise import ExerciseInfo, request
from course.exercises.engine.judge import Verdict, judge
from course.exercises.engine.messages import explain, explain_secret
from course.exercises.engine.observe import observe
from course.exercises.engine.redact import told
from course.exercises.units import all_exercises
from course.grading.judging.redact import redacted
from course.grading.student_process.channel import (
    BrokenProtocolError,
    Channel,
    Clock,
    GoneError,
    TooLateError,
)
from tests.speed import patience

REFUSALS = (BrokenProtocolError, GoneError, TooLateError)
# Fits into a socket at once; the time of longer messages is tested with the channel.
LONGEST = 60_000
FAR_OFF = 977.3
MERSENNE = (1 << 61) - 1


@dataclass(frozen=True)
class Asked:
    """A question with its answers, and a well-formed wrong observation of it.

    certain: whether no change to the observation could make it right.
    """

    info: ExerciseInfo
    keyed: KeyedQuestion
    right: dict[str, Any]
    wrong: dict[str, Any]
    certain: bool


@cache
def every_question() -> tuple[Asked, ...]:
    """One question or two of each exercise."""
    found = []
    for one in all_exercises().values():
        quick = [q for q in one.public_questions() if q.seconds <= 5 and q.call != "many_draws"]
        for keyed in one.answer_key(quick[:2]):
            asked = request(keyed.question, one.info.keyword_only)
            right = json.loads(json.dumps(observe(one.reference, asked)))
            wrong = right | {"value": spoiled(right.get("value"))}
            if "value" not in right or len(json.dumps(right)) > LONGEST:
                continue
            if not judge(one.info, [keyed], [wrong]).passed:
                certain = keyed.question.judged_by == "as_is" and not keyed.expected.raised
                # A nasty value can be right: True is 1.
                certain = certain and right["value"] not in NASTY
                found.append(Asked(one.info, keyed, right, wrong, certain))
    return tuple(found)


def spoiled(coded: Any) -> Any:
    """The same answer with all its numbers far too large."""
    if type(coded) is list:
        return [spoiled(item) for item in coded]
    if type(coded) is dict and "dtype" in coded:
        if "array" in coded:
            return coded | {"dtype": "float64", "array": spoiled(coded["array"])}
        return {"dtype": "float64", "shape": [1], "array": [FAR_OFF]}
    if type(coded) is dict:
        return {tag: spoiled(body) for tag, body in coded.items()}
    if type(coded) in (int, float):
        return coded + FAR_OFF
    return FAR_OFF if type(coded) is bool else coded


# ------------------------------------------------------------------------------------ nasty values


def nest(depth: int, opening: str = "[", closing: str = "]") -> str:
    return opening * depth + closing * depth


def array(**parts: Any) -> dict[str, Any]:
    return {"dtype": "float64", "shape": [2], "array": [1.0, 2.0]} | parts


NASTY: tuple[Any, ...] = (
    None, True, "", "x", "nan", "1", [], {}, [[]], {"": 0}, -1, 0, 10**30, -(10**400), 1e308, 2**63,
    float("nan"), float("inf"), -float("inf"), "\ud800", "\x00", "x" * 3000, [None] * 500,
    {"tuple": 3}, {"tuple": []}, {"set": [[]]}, {"set": [{"dict": []}]}, {"dict": [[1]]},
    {"dict": [[[], 1]]}, {"dict": {"a": 1}}, {"dict": [[float("nan"), 1], [float("nan"), 2]]},
    {"dict": [[0, 1], [False, 2], [0.0, 3]]}, {"stream": [1]}, {"opaque": "numpy.ndarray"},
    {"opaque": 3}, {"given": "tanh"}, {"given": "__class__"}, {"given": []}, {"unknown": 1},
    {"tuple": [], "dict": []}, {"rng": {}}, {"rng": {"bit_generator": "os"}},
    {"rng": {"bit_generator": "PCG64", "state": {"state": -1, "inc": 10**80}}},
    {"rng": {"bit_generator": "MT19937", "state": {"key": array(), "pos": 10**9}}},
    {"rng": {"bit_generator": "MT19937", "state": {"key": [1] * 624, "pos": -5}}},
    {"rng": {"bit_generator": "Philox", "state": {"counter": [], "key": []}, "buffer_pos": 99}},
    {"set": [k * MERSENNE for k in range(200)]},
    {"dict": [[k * MERSENNE, 0] for k in range(200)]},
    {"set": [{"tuple": [-1 - (k >> b & 1) for b in range(9)]} for k in range(400)]},
    array(), array(shape=[]), array(shape=[-1]), array(shape=[2, 10**30]), array(shape=[0, 10**30]),
    array(shape=[1] * 33), array(shape=["2"]), array(shape=[2.0]), array(shape=[True]),
    array(shape=[[2]]), array(shape=None), array(shape={}), array(shape=[10**9], array=0),
    array(dtype="object"), array(dtype="O"), array(dtype="U1"), array(dtype="M8[ns]"),
    array(dtype="f8,f8"), array(dtype="(9,9)f8"), array(dtype="(" * 90 + ")" * 90),
    array(dtype="f8, (2"), array(dtype="float128"), array(dtype="complex128"), array(dtype=None),
    array(dtype=["f8"]), array(dtype="\ud800"), array(dtype="f8\0"), array(dtype="V8"),
    array(array=[1]), array(array="12"), array(array=["1", "2"]), array(array=[None, None]),
    array(array=[1, [2]]), array(array=[10**400, 1]), array(array={"a": 1}), array(array=None),
    array(array=[float("nan")] * 2), array(dtype="int8", array=[300, -300]),
    array(dtype="bool", array=[7, 7]), array(dtype="int64", array=[float("nan"), 1]),
    {"dtype": "float64", "shape": [1], "bytes": "AAAA"}, {"dtype": "float64", "shape": [1]},
    {"dtype": "float64", "shape": [1], "bytes": "====\n"}, {"dtype": "bool", "shape": [3],
    "bytes": "AgID"}, {"dtype": "float64", "shape": [0, 10**30], "bytes": ""},
    {"dtype": "float64", "shape": [1], "bytes": "x" * 3000},
)  # fmt: skip


# --------------------------------------------------------------------------------------- mutations


def mutated(seen: Any, chance: random.Random) -> Any:
    """A copy of an observation with something changed somewhere in its tree."""
    tree = {"seen": json.loads(json.dumps(seen))}
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        parent, key = chance.choice(list(_places(tree)))
        chance.choice(CHANGES)(parent, key, chance)
    return tree["seen"]


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    waiting = [tree]
    while waiting:
        parent = waiting.pop()
        pairs = parent.items() if type(parent) is dict else enumerate(parent)
        for key, child in pairs:
            yield parent, key
            if type(child) in (dict, list):
                waiting.append(child)


def _replace(parent: Any, key: Any, chance: random.Random) -> None:
    parent[key] = copy.deepcopy(chance.choice(NASTY))


def _wrap(parent: Any, key: Any, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 3, 40))):
        tag = chance.choice(("tuple", "set", "stream", "dict", "rng", "x"))
        parent[key] = chance.choice(([parent[key]], {tag: [parent[key]]}, {tag: parent[key]}))


def _repeat(parent: Any, key: Any, chance: random.Random) -> None:
    child = parent[key]
    parent[key] = child * chance.choice((0, 2, 9)) if type(child) in (list, str) else [child] * 3


def _remove(parent: Any, key: Any, chance: random.Random) -> None:
    if type(parent) is dict and key != "seen":
        parent[chance.choice(("dtype", "shape", "array", "bytes", "x"))] = parent.pop(key)
    elif type(parent) is list:
        parent[key] = parent[chance.randrange(len(parent))]


def _perturb(parent: Any, key: Any, chance: random.Random) -> None:
    child = parent[key]
    if type(child) is str and child:
        at = chance.randrange(len(child))
        parent[key] = child[:at] + chance.choice(("", "\x00", "9", "\ud83d", "=")) + child[at + 1 :]
    elif type(child) in (int, float):
        parent[key] = chance.choice((-child, child * 10**20, child + 1, str(child), [child]))
    else:
        _replace(parent, key, chance)


CHANGES: tuple[Callable[[Any, Any, random.Random], None], ...] = (
    _replace,
    _replace,
    _wrap,
    _repeat,
    _remove,
    _perturb,
)


def framed(seen: Any, chance: random.Random) -> bytes:
    """A frame with this observation in it, most often a sound one."""
    body = json.dumps({"number": 1, "seen": seen}).encode()
    kind = chance.random()
    if kind < 0.75:
        return struct.pack(">I", len(body)) + body
    if kind < 0.82:
        body = bytearray(body)
        for _ in range(chance.choice((1, 2, 20))):
            body[chance.randrange(len(body))] = chance.randrange(256)
    elif kind < 0.86:
        depth = chance.choice((50, 500, 900, 980, 995, 5000))
        nested = nest(depth, *chance.choice((("[", "]"), ('{"tuple":[', "]}"), ('{"x":', "}"))))
        body = b'{"number": 1, "seen": {"value": ' + nested.encode() + b', "after": []}}'
    elif kind < 0.90:
        extra = chance.choice(('"seen": {"value": 0},', '"number": 1, "number": 2,', '"": NaN,'))
        body = body.replace(b"{", b"{" + extra.encode(), 1)
    elif kind < 0.94:
        body = chance.randbytes(chance.randrange(300))
    length = chance.choice(
        (len(body), 0, 1, max(len(body), 1) - 1, len(body) + 1, 2**31, 2**32 - 1)
    )
    return struct.pack(">I", length if kind > 0.90 else len(body)) + bytes(body)


# -------------------------------------------------------------------------------------------- trial


@dataclass
class Tally:
    """The results: how many answers were not a message, not an answer, or a wrong answer."""

    no_message: int = 0
    no_answer: int = 0
    wrong: int = 0
    slowest: float = 0.0


def trial(count: int, seed: int) -> Tally:
    """Send `count` malformed answers to the code that reads and judges them.

    AssertionError if an answer is judged right; any other exception is a fault too.
    """
    chance, tally = random.Random(seed), Tally()
    every = every_question()
    for _ in range(count):
        asked = chance.choice(every)
        sent = framed(mutated(asked.wrong, chance), chance)
        start = time.process_time()
        came = received(sent)
        if came is None:
            tally.no_message += 1
        else:
            seen = came.get("seen") if type(came) is dict else came
            look(asked, redacted(seen), tally)
            if chance.random() < 0.2:
                # Public questions are shown with their values.
                explain(look(asked, seen, tally))
        tally.slowest = max(tally.slowest, time.process_time() - start)
    return tally


def received(sent: bytes) -> Any:
    """The message that arrives; None if it is refused."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(sent[:LONGEST])
        theirs.close()
        try:
            return Channel(ours).receive(Clock(patience(5)))
        except REFUSALS:
            return None


def look(asked: Asked, seen: Any, tally: Tally) -> Verdict:
    """Judge an observation; it must be wrong, with a possible score and a message."""
    try:
        read(seen, asked.keyed.question)
    except (ValueError, RecursionError):
        tally.no_answer += 1
    verdict = judge(asked.info, [asked.keyed], [seen])
    assert 0.0 <= verdict.score <= 1.0
    assert not (asked.certain and verdict.passed), seen
    assert explain_secret(verdict, told(verdict, None))
    tally.wrong += not verdict.passed
    return verdict
