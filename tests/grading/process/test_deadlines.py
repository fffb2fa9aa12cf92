"""Deadlines count what a process does, not what the machine does beside it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from course.grading.process import deadlines
from course.grading.process.deadlines import StarvedError, WorkDeadline, of_children
from course.grading.process.processor import Meter, descendants, lower_priority, processor_seconds

SPIN = "while True: pass"
SLEEP = "import time; time.sleep(600)"
FORK = "import os; os.fork(); os.fork()\nwhile True: pass"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the figures are Linux's")


@pytest.fixture
def start():
    running = []

    def start(code: str, nice: int = 0) -> int:
        process = subprocess.Popen(
            [sys.executable, "-c", code], start_new_session=True, preexec_fn=lambda: os.nice(nice)
        )
        running.append(process)
        return process.pid

    yield start
    for process in running:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def end_of(deadline: WorkDeadline) -> float:
    """Wait for the deadline; return how long that took."""
    began = time.monotonic()
    while (left := deadline.left()) > 0:
        time.sleep(left)
    return time.monotonic() - began


@pytest.mark.parametrize("code", [SPIN, SLEEP], ids=["work", "sleep"])
def test_work_and_sleep_count(start, code):
    pid = start(code)
    deadline = WorkDeadline(1.0, pid, of_children(pid))
    assert end_of(deadline) >= 0.9
    assert deadline.used() >= 1.0


def test_all_processes_of_a_family_count(start):
    pid = start(FORK)
    while len(descendants(pid)) < 3:
        time.sleep(0.05)
    deadline = WorkDeadline(2.0, pid, of_children(pid))
    before = processor_seconds(pid)
    end_of(deadline)
    assert processor_seconds(pid) - before < 1.5 < deadline.meter.seconds()


def test_waiting_for_a_processor_does_not_count(start):
    for _ in range(4 * os.cpu_count()):
        start(SPIN)
    pid = start(SPIN, nice=10)
    deadline = WorkDeadline(0.5, pid, of_children(pid))
    end_of(deadline)
    worked = processor_seconds(pid)
    assert 0.3 <= worked <= 1.0 and deadline.used() >= 0.5


def test_a_grader_that_looks_late_takes_nothing_from_the_process(start):
    pid = start(SLEEP)
    deadline = WorkDeadline(0.3, pid, of_children(pid))
    deadline.left()
    time.sleep(0.4)  # the grader itself had no processor
    assert deadline.left() > 0 and deadline.used() < 0.2


def test_a_process_that_gets_nothing_is_starved(start, monkeypatch):
    monkeypatch.setattr(deadlines, "waited_seconds", lambda pid: time.monotonic())
    pid = start(SLEEP)
    with pytest.raises(StarvedError):
        end_of(WorkDeadline(0.3, pid, of_children(pid)))


def test_processes_that_ended_still_count():
    living = [os.getpid()]
    meter = Meter(lambda: living)
    meter.seconds()
    sum(range(10_000_000))
    worked = meter.seconds()
    living.clear()
    assert meter.seconds() == worked > 0.05


def test_a_lowered_process_gives_way_even_from_a_session_of_its_own(start):
    count = os.cpu_count()
    low, high = [start(SPIN) for _ in range(2 * count)], [start(SPIN) for _ in range(count)]
    for pid in low:
        lower_priority(pid, os.getsid(0))
    before = [[processor_seconds(pid) for pid in group] for group in (low, high)]
    time.sleep(2)
    after = [[processor_seconds(pid) for pid in group] for group in (low, high)]
    given = [sum(b) - sum(a) for a, b in zip(before, after, strict=True)]
    assert given[1] > 2 * given[0]
