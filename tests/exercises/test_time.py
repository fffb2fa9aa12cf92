"""`check` waits only so long for an answer, says which question hangs, and where."""

import threading
import time

import pytest

from course import check
from course.exercises.engine import Question
from course.exercises.engine.frozen import thaw
from course.exercises.engine.messages import explain
from course.exercises.engine.raised import Raised
from course.exercises.engine.time_limit import OutOfTime, time_limit
from tests.exercises.written import written

SECONDS = 0.3
HANGING = """
def minibatches(n, batch_size, rng):
    order, batches, start = rng.permutation(n), [], 0
    while start < n:
        batches.append(order[start : start + batch_size])
        start += batch_size
    return batches
"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(check, "LIMIT", SECONDS / 5)


def test_the_question_and_the_loop_are_shown_and_the_rest_does_not_count():
    source = HANGING.replace("start += batch_size", "start += batch_size if n < 7 else 0")
    verdict = check.examine("minibatches", written("minibatches", source))
    said = explain(verdict)
    assert len(verdict.results) + verdict.unasked == len(thaw("minibatches")[1])
    assert f"{verdict.unasked} more not asked." in said
    assert "line 4 in minibatches: while start < n:\n    where start is 0, n is 7" in said
    assert "Does its condition ever become false?" in said


def test_a_hang_is_told_even_if_a_simpler_question_is_wrong():
    source = HANGING.replace("start = rng", "start = 0 * rng").replace("[], 0", "[], n % 5 // 2")
    said = explain(check.examine("minibatches", written("minibatches", source)))
    assert 'Also wrong: "a batch size of 0". Your function gave no answer in time.' in said


def test_a_loop_that_catches_everything_is_ended():
    source = """
def relu(z):
    while True:
        try:
            while True:
                pass
        except BaseException:
            tries.append(z)
            if len(tries) > 1:
                raise
"""
    function = written("relu", source)
    function.__globals__["tries"] = tries = []
    assert "no answer in time" in explain(check.examine("relu", function))
    assert len(tries) == 2


def test_an_interrupt_takes_one_line():
    source = "def relu(z):\n    while True:\n        raise KeyboardInterrupt\n"
    with pytest.raises(check.NotRightYet) as caught:
        check.check("relu", written("relu", source))
    [line] = caught.value._render_traceback_()
    assert line.startswith('relu: interrupted at the question "') and "\n" not in line
    assert "line 2 in relu: while True:" in line
    assert caught.value.__suppress_context__


def test_what_is_too_slow_is_told_from_what_never_ends():
    asked = Question("a chain", dict(length=40_000), call="on_a_chain")
    endless = written("f", "def f(edges):\n    while True: pass\n")
    slow = written("f", "def f(edges):\n    while len(edges) > 10_000: pass\n    return []\n")
    assert Raised.of(check._observed(slow, asked, ())["error"]).answered == 5_000
    assert Raised.of(check._observed(endless, asked, ())["error"]).answered is None


def test_a_limit_ends_with_its_block_and_waiting_costs_nothing():
    with time_limit(0.05):
        time.sleep(0.3)
    for _ in range(20):
        try:
            with time_limit(0.02):
                until = time.process_time() + 0.02
                while time.process_time() < until:
                    pass
        except OutOfTime:
            pass
        sum(range(1000))
    time.sleep(0.3)
    assert "time limit" not in [thread.name for thread in threading.enumerate()]


def test_a_watch_that_is_restarted_gives_the_seconds_anew():
    def spin(seconds):
        until = time.process_time() + seconds
        while time.process_time() < until:
            pass

    with time_limit(SECONDS) as watch:
        for _ in range(4):
            watch.restart()
            spin(SECONDS / 2)
    with pytest.raises(OutOfTime), time_limit(SECONDS) as watch:
        watch.restart()
        spin(4 * SECONDS)
