"""What processes have had of the processor, as the kernel accounts for it in /proc (Linux).

A grade must not depend on what else the machine does, so that deadlines count work instead of time.
Elsewhere than on Linux these figures are unknown, and time is all there is.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
NANOSECONDS = 1e-9
LOWERED = 10


def descendants(above: int) -> list[int]:
    """Return the processes that `above` and its descendants have started."""
    found, waiting = [], [above]
    while waiting:
        tasks = f"/proc/{waiting.pop()}/task"
        with contextlib.suppress(OSError):
            for task in os.listdir(tasks):
                with open(f"{tasks}/{task}/children", "rb") as file:
                    children = [int(pid) for pid in file.read().split()]
                found += children
                waiting += children
    return found


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and the children it waited for; 0 if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The program's name, in brackets, may contain anything.
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def waited_seconds(pid: int) -> float:
    """Return how long a process was ready to run but had no processor; 0 if that is unknown."""
    try:
        with open(f"/proc/{pid}/schedstat", "rb") as file:
            return int(file.read().split()[1]) * NANOSECONDS
    except (OSError, IndexError):
        return 0.0


def lower_priority(pid: int, group: int) -> None:
    """Let a process give way to others.

    group: the process's own session of terminals should be this one. Linux shares the processor
        among such sessions first, so that another one is lowered as a whole.
    """
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, LOWERED)
        if os.getsid(pid) != group:
            with open(f"/proc/{pid}/autogroup", "w") as file:
                file.write(str(LOWERED))


def raise_priority(pid: int) -> None:
    """Undo `lower_priority` for a process; only root may."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, 0))


@dataclass
class Meter:
    """Adds up the processor time of several processes, those that have ended included.

    Call it often: a process counts with what it had when it was last seen, unless its parent waits
    for it.

    processes: returns the processes that belong to it now.
    """

    processes: Callable[[], Collection[int]]
    _spent: float = 0.0
    _last: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def seconds(self) -> float:
        """Return the processor time since the first call."""
        with self._lock:
            now = sum(map(processor_seconds, self.processes()))
            # It gets less if processes end that nobody waits for.
            self._spent += max(0.0, now - (now if self._last is None else self._last))
            self._last = now
            return self._spent
