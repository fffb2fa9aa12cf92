"""How fast this machine is just now, and what the tests take of its processor.

A test that has to wait gives up after `patience(seconds)`, and one that may only cost so much is
held to `effort(seconds)`: seconds as on the reference machine, a quiet one of two cores, and more
on a slower or a busier one.
"""

import os
import resource
import time
from collections.abc import Generator
from functools import cache

import numpy as np
import pytest

# What `_fixed_work` takes on the reference machine, in seconds.
REFERENCE = 0.075
TRIES = 5
# What a test that isn't marked slow may take of the processor.
BUDGET = 20.0
SHOWN = 10


def patience(seconds: float) -> float:
    """Return how long to wait here for what takes at most `seconds` on the reference machine."""
    by_clock, by_work = slowness()
    # Short work is often let through where long work has to share.
    sharing = os.getloadavg()[0] / (os.cpu_count() or 1)
    return seconds * max(by_clock, by_work * sharing)


def effort(seconds: float) -> float:
    """Return the processor time that takes here what takes `seconds` on the reference machine."""
    return seconds * slowness()[1]


@cache
def slowness() -> tuple[float, float]:
    """Return how many times slower than the reference this is, by the clock and by the processor.

    Measured once in a process, as the median of a few tries; nothing is faster than the reference.
    """
    tries = []
    for _ in range(TRIES):
        clock, work = time.monotonic(), processor_seconds()
        _fixed_work()
        tries.append((time.monotonic() - clock, processor_seconds() - work))
    by_clock, by_work = np.median(tries, axis=0) / REFERENCE
    return max(1.0, float(by_clock)), max(1.0, float(by_work))


def processor_seconds() -> float:
    """Return what this process, and those that it has waited for, have taken of the processor."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _fixed_work() -> None:
    """Python, numpy and new processes, which is what the tests consist of."""
    sum(number * number for number in range(500_000))
    table = np.linspace(0, 1, 200_000)
    for _ in range(20):
        np.tanh(table).sum()
    for _ in range(10):
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)


class Account:
    """A pytest plugin that shows which tests took most processor time, their processes' included.

    budget: whether one that takes more than `BUDGET` makes the run fail; those marked slow may.
    """

    def __init__(self, budget: bool) -> None:
        self.budget = budget
        self.spent: dict[str, float] = {}
        self.slow: set[str] = set()
        self._since = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Generator:
        self._since = processor_seconds()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator:
        report, now = (yield), processor_seconds()
        report.processor_seconds, self._since = now - self._since, now
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        before = self.spent.get(report.nodeid, 0.0)
        self.spent[report.nodeid] = before + getattr(report, "processor_seconds", 0.0)
        if "slow" in report.keywords:
            self.slow.add(report.nodeid)

    def over(self) -> set[str]:
        """Return the tests that took more than they may."""
        most = effort(BUDGET)
        return {one for one, s in self.spent.items() if s > most and one not in self.slow}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.budget and session.exitstatus == pytest.ExitCode.OK and self.over():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        slowest = sorted(self.spent, key=self.spent.__getitem__, reverse=True)[:SHOWN]
        terminalreporter.section(f"processor time: {sum(self.spent.values()):.0f} s; the most had")
        for test in slowest:
            terminalreporter.line(f"{self.spent[test]:7.1f} s  {test}")
        for test in sorted(self.over()):
            terminalreporter.line(f"over its budget of {effort(BUDGET):.0f} s: {test}", red=True)
