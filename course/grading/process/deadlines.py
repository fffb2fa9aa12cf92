"""Deadlines that don't depend on what else the machine does.

What counts is a process's work and its sleep. The time in which it is ready to run but other
processes have the processors is the machine's, so it doesn't count; a generous limit by the clock
remains, since a process can make itself wait. A submission that only this limit
stopped is graded again when nothing else is (`StarvedError`).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from course.grading.process.processor import Meter, descendants, waited_seconds
from course.grading.student_process.channel import TooLateError

# How many times as long a deadline may last by the clock.
BACKSTOP = 10.0
# Most answers are there at once; to look at the processes would take as long.
AT_ONCE_SECONDS = 0.01
# Several processes work faster than the clock, so look at them that often.
LOOK_EVERY_SECONDS = 0.2
INTERRUPT_EVERY_SECONDS = 0.5


class StarvedError(TooLateError):
    """The other side was late by the clock alone, since it got too little of the processor."""


@dataclass
class WorkDeadline:
    """The seconds for which a process may work or sleep.

    pid: the process that is being waited for.
    meter: the processor time of all processes that work on it.
    """

    seconds: float
    pid: int
    meter: Meter
    _start: float = field(default_factory=time.monotonic)
    _before: tuple[float, float] | None = None

    def used(self) -> float:
        """Return what counts so far."""
        elapsed = time.monotonic() - self._start
        if self._before is None or elapsed < LOOK_EVERY_SECONDS:
            return elapsed
        worked, waited = (now - then for now, then in zip(self._read(), self._before, strict=True))
        # A process that has ended has waited for nothing.
        return max(AT_ONCE_SECONDS + worked, elapsed - max(0.0, waited))

    def left(self) -> float:
        """Return how long to wait before asking again; 0 when the time is up."""
        elapsed = time.monotonic() - self._start
        if self._before is None and elapsed < AT_ONCE_SECONDS:
            return AT_ONCE_SECONDS
        if self._before is None:
            self._before = self._read()
            # A busy machine may get to this late, which is not the process's fault.
            self._start += elapsed - AT_ONCE_SECONDS
            elapsed = AT_ONCE_SECONDS
        left = self.seconds - self.used()
        by_clock = BACKSTOP * self.seconds - elapsed
        if left > 0 and by_clock <= 0:
            raise StarvedError
        return min(max(left, 0.0), by_clock, LOOK_EVERY_SECONDS)

    def _read(self) -> tuple[float, float]:
        return self.meter.seconds(), waited_seconds(self.pid)


def of_children(pid: int) -> Meter:
    """Return the meter of a process and its descendants."""
    return Meter(lambda: [pid, *descendants(pid)])


@dataclass
class InterruptedDeadline:
    """A deadline at which work is interrupted, again and again, and has some time left to stop.

    work: the deadline.
    grace: the deadline that begins then.
    interrupt: sends the interrupt.
    """

    work: WorkDeadline
    grace: Callable[[], WorkDeadline]
    interrupt: Callable[[], None]
    _stopping: WorkDeadline | None = None
    _next: float = 0.0

    def used(self) -> float:
        return self.work.used()

    def left(self) -> float:
        if self._stopping is None:
            left = self.work.left()
            if left > 0:
                return left
            self._stopping = self.grace()
        if time.monotonic() >= self._next:
            self.interrupt()
            self._next = time.monotonic() + INTERRUPT_EVERY_SECONDS
        return self._stopping.left()
