"""How fast this machine is at the moment, and how much processor time the tests take.

A test that has to wait gives up after `patience(seconds)`, and a test with a limited cost is held
to `effort(seconds)`. Both give these seconds on the reference machine, a quiet machine with two
cores, and more on a slower or busier machine.
"""

import os
import time
from collections.abc import Generator
from contextlib import suppress
from functools import cache

import numpy as np
import pytest

with suppress(ModuleNotFoundError):  # Windows has no such figures
    import resource

# The seconds that `_fixed_work` takes on the reference machine.
REFERENCE = 0.075
TRIES = 5
# The processor time that a test may take unless it is marked slow.
BUDGET = 20.0
SHOWN = 10


def patience(seconds: float) -> float:
    """Return how long to wait here for work of at most `seconds` on the reference machine."""
    by_clock, by_work = slowness()
    # Short work often runs undisturbed when long work has to share.
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    sharing = load / (os.cpu_count() or 1)
    return seconds * max(by_clock, by_work * sharing)


def effort(seconds: float) -> float:
    """Return the processor time needed here for work of `seconds` on the reference machine."""
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
    """Return the processor time taken by this process and those that it has waited for."""
    if "resource" not in globals():
        return sum(os.times()[:4])
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _fixed_work() -> None:
    """Python, numpy and new processes, as in the tests."""
    sum(number * number for number in range(500_000))
    table = np.linspace(0, 1, 200_000)
    for _ in range(20):
        np.tanh(table).sum()
    for _ in range(10 * hasattr(os, "fork")):
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)


class Account:
    """A pytest plugin that shows the tests that took most processor time, child processes included.

    budget: whether a test over `BUDGET` makes the run fail, unless it is marked slow.
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
        """Return the tests that took more than their budget."""
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
