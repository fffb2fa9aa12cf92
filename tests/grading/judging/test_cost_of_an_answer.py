"""What one answer may cost the grader, whatever is in it: 100 MiB and 2 seconds of work.

The worst answers below the size limit are sent through the same steps as a real one: received,
redacted, judged by every property that a question uses, explained.
"""

import base64
import json
import socket
import threading
import time
import tracemalloc
from functools import cache

import numpy as np
import pytest

from course.exercises.engine.answer_sheet import read
from course.exercises.engine.codec import encode
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import judge
from course.exercises.engine.messages import explain, explain_secret
from course.exercises.engine.observe import observe
from course.exercises.engine.redact import told
from course.exercises.units import all_exercises
from course.grading.judging.redact import redacted
from course.grading.limits import ANSWER_PARTS, MESSAGE_BYTES, MIB
from course.grading.student_process.channel import BrokenProtocolError, Channel, Clock
from tests.speed import patience

MOST_BYTES, MOST_SECONDS = 100 * MIB, 2.0
ROOM = MESSAGE_BYTES - 100_000
PARTS = ANSWER_PARTS - 2_000


def array(dtype: str, *shape: int) -> str:
    content = bytes(int(np.prod(shape)) * np.dtype(dtype).itemsize)
    numbers = base64.b64encode(content).decode()
    return json.dumps({"bytes": numbers, "dtype": dtype, "shape": shape})


def several(item: str, parts: int = 1, most: int = PARTS) -> str:
    """As many of an item as a message takes."""
    count = min(most // parts, ROOM // (len(item) + 1))
    return "[" + ",".join([item] * count) + "]"


@cache
def generator() -> str:
    return json.dumps(encode(np.random.default_rng(0)))


SHALLOW = {
    "empty lists": lambda: several("[]", 2),
    "lists of one": lambda: several("[0.5]", 2),
    "tuples": lambda: several('{"tuple":[0.5]}', 3),
    "dicts": lambda: several('{"dict":[[0,[]]]}', 6),
    "sets": lambda: several('{"set":[1]}', 3),
    "numbers": lambda: several("0.25"),
    "different numbers": lambda: str([n + 0.5 for n in range(PARTS)]),
    "whole numbers": lambda: str(list(range(PARTS))),
    "a large dict": lambda: '{"dict":' + str([[n, n] for n in range(PARTS // 3)]) + "}",
    "a large set": lambda: '{"set":' + str(list(range(PARTS))) + "}",
    "keys of tuples": lambda: (
        '{"dict":[' + ",".join(f'[{{"tuple":[{n},{n}]}},0]' for n in range(PARTS // 6)) + "]}"
    ),
    "texts": lambda: several('"' + "x" * 40 + '"'),
    "one text": lambda: '"' + "x" * ROOM + '"',
    "one wide text": lambda: '"' + "\U000e0001" * (ROOM // 4) + '"',
    "numbers of many digits": lambda: several("9" * 4200),
    "a fraction of many digits": lambda: "0." + "9" * ROOM,
    "fractions of many digits": lambda: several("0." + "9" * 3000),
    "a number of too many digits": lambda: "9" * ROOM,
    "deep lists": lambda: "[" * 900 + "]" * 900,
    "too deep lists": lambda: "[" * PARTS + "]" * PARTS,
    "deep tuples": lambda: '{"tuple":[' * 400 + "]}" * 400,
    "small arrays": lambda: several('{"array":0.5,"dtype":"float64","shape":[]}', 4),
    "empty arrays": lambda: several('{"array":[],"dtype":"bool","shape":[0]}', 5),
    "generators": lambda: several(generator(), 12),
    "a wide array": lambda: array("uint8", 2000, 2100),
    "arrays of bytes": lambda: several(array("bool", 200, 200), 5),
    "a fitting array": lambda: array("bool", 400, 500),
    "an array of many axes": lambda: array("bool", *[2] * 17),
    "an unending shape": lambda: '{"array":[],"dtype":"bool","shape":[' + "0," * 20 + "9]}",
    "objects": lambda: several('{"opaque":"x"}', 2),
}


@cache
def questions():
    """One secret question for every property and way of calling, with the right answer to it."""
    found = {}
    for one in all_exercises().values():
        for question in one.secret_questions(np.random.default_rng(0)):
            if question.seconds < 10:
                found.setdefault((question.judged_by, question.call), (one, question))
    return {
        (one.name, question.title): (
            one.info,
            one.answer_key([question])[0],
            observe(one.reference, request(question, one.info.keyword_only)),
        )
        for one, question in found.values()
    }


def sent(value: str, after: str) -> bytes:
    return f'{{"number":1,"seen":{{"value":{value},"after":{after},"warnings":[]}}}}'.encode()


def cost_of(body: bytes, info, keyed) -> tuple[int, float]:
    """Receive, judge and explain a message as the grader does; return memory and seconds."""
    assert len(body) <= MESSAGE_BYTES
    ours, theirs = socket.socketpair()
    writer = threading.Thread(
        target=lambda: theirs.sendall(len(body).to_bytes(4) + body), daemon=True
    )
    writer.start()
    tracemalloc.start()
    start = time.thread_time()
    try:
        seen = Channel(ours).receive(Clock(patience(60)), ANSWER_PARTS).get("seen")
        for kept in (redacted(seen), seen):
            verdict = judge(info, [keyed], [kept])  # an answer of any kind can be judged
            explain_secret(verdict, told(verdict, None))
        explain(verdict)
    except BrokenProtocolError:
        pass
    seconds = time.thread_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    theirs.close()
    ours.close()
    writer.join()
    return peak, seconds


def without_mistakes(keyed):
    """A question whose known mistakes are not run: they cost the same whatever the answer."""
    return type(keyed)(keyed.question, keyed.expected, {})


def inflated(coded, factor: int):
    """The right answer with each of its lists repeated, or each of its arrays made larger."""
    if isinstance(coded, list):
        return [inflated(item, factor) for item in coded] * (factor if len(coded) > 2 else 1)
    if isinstance(coded, dict) and "dtype" in coded:
        shape = [n * factor if n > 1 else n for n in coded["shape"]]
        return json.loads(array("bool", *shape))
    if isinstance(coded, dict):
        return {tag: inflated(body, factor) for tag, body in coded.items()}
    return coded


def check(found: tuple[int, float]) -> None:
    peak, seconds = found
    assert peak < MOST_BYTES, f"{peak / MIB:.0f} MiB"
    # tracemalloc makes all allocations about three times as slow.
    assert seconds < patience(3 * MOST_SECONDS), f"{seconds:.1f} s"


@pytest.mark.parametrize("name", SHALLOW)
def test_an_answer_of_any_kind_costs_little(name):
    value = SHALLOW[name]()
    for info, keyed, right in list(questions().values())[::20]:
        after = json.dumps(right["after"])
        check(cost_of(sent(value, after), info, without_mistakes(keyed)))


@pytest.mark.slow
@pytest.mark.parametrize("name", SHALLOW)
def test_an_answer_of_any_kind_costs_every_property_little(name):
    value = SHALLOW[name]()
    for info, keyed, right in questions().values():
        after = json.dumps(right["after"])
        for form in (value, f"[{value}]", f'{{"tuple":[{value},[]]}}'):
            if len(sent(form, after)) <= MESSAGE_BYTES:
                check(cost_of(sent(form, after), info, without_mistakes(keyed)))


@pytest.mark.slow
@pytest.mark.parametrize("factor", [3, 12])
def test_a_right_answer_blown_up_costs_every_property_little(factor):
    for info, keyed, right in questions().values():
        body = sent(json.dumps(inflated(right["value"], factor)), json.dumps(right["after"]))
        if len(body) <= MESSAGE_BYTES:
            check(cost_of(body, info, without_mistakes(keyed)))


@pytest.mark.parametrize("part", ["after", "warnings", "remarks"])
def test_what_a_process_says_beside_its_answer_costs_little(part):
    [(info, keyed, right)] = list(questions().values())[:1]
    for make in (SHALLOW["lists of one"], SHALLOW["texts"], SHALLOW["one wide text"]):
        seen = json.dumps({name: item for name, item in right.items() if name != part})
        body = f'{{"number":1,"seen":{seen[:-1]},"{part}":{make()}}}}}'.encode()
        check(cost_of(body, info, without_mistakes(keyed)))


def test_a_long_text_of_an_error_costs_little():
    [(info, keyed, _)] = list(questions().values())[:1]
    for text in ("'", "1", "name 'x", "x" * 7):
        error = {"kinds": ["ValueError"], "message": text * (ROOM // len(text) // 2), "trace": text}
        check(cost_of(json.dumps({"seen": {"error": error}}).encode(), info, keyed))


def test_right_answers_are_far_from_the_limit():
    for info, _, right in questions().values():
        body = json.dumps(right)
        assert sum(map(body.count, ",[{")) < ANSWER_PARTS / 4, info.name


@pytest.mark.slow
def test_two_long_answers_that_are_compared_with_each_other_cost_little():
    info, keyed, right = next(
        found for found in questions().values() if found[1].question.judged_by == "only_by_the_rng"
    )
    for item, parts in (("0.25", 1), ("7", 1), ("[0.5]", 2), ('{"tuple":[0.5]}', 3)):
        one = several(item, parts, PARTS // 3)
        value = f"[{one},{one},{one[:-1]},1]]"
        assert read({"value": json.loads(value), "after": right["after"]}, keyed.question).readable
        check(cost_of(sent(value, json.dumps(right["after"])), info, without_mistakes(keyed)))
