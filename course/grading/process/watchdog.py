"""Watch what the processes of a session use in total, and kill them if it is too much.

The kernel's limits bind one process and one file, not their sum: sixteen processes of two gigabytes
are within them. So during a session a thread of the trusted side adds up its processes' memory and
processor time, the files in its folder, and open files that have been deleted. Anything that
escapes even that shows in the free space of the disk.

It also lets the process that is being waited for go before the others: a session's background
processes run when nobody else needs the processor, least of all a neighbour.
"""

import contextlib
import os
import signal
import stat
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from course.grading.limits import MIB, RESERVED_DISK_BYTES, RESERVED_DISK_SHARE
from course.grading.process.limits import SubmissionLimits
from course.grading.process.processor import Meter, descendants, lower_priority, raise_priority
from course.grading.process.session_folder import size

MEMORY_EVERY, DISK_EVERY = 0.04, 0.3
RESIDENT = (b"RssAnon:", b"RssShmem:", b"VmSwap:")
PROPORTIONAL = (b"Pss_Anon:", b"Pss_Shmem:", b"SwapPss:")


@dataclass
class Watchdog:
    """Watches the process `session` and all others that the process `above` has started.

    asking: the child that answers, if the session is only waiting for that; then the session is
        spared.
    meter: the processor time of all these processes.
    """

    above: int
    session: int
    folder: Path
    limits: SubmissionLimits
    asking: int | None = None
    meter: Meter = field(init=False)
    _reason: str | None = None
    _seen: set[int] = field(default_factory=set)
    _lowered: set[int] = field(default_factory=set)
    _free: int = 0
    _done: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __post_init__(self) -> None:
        self.meter = Meter(lambda: descendants(self.above))

    def __enter__(self) -> "Watchdog":
        self.meter.seconds()
        self._free, _ = _left(self.folder)
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def wait_for(self, pid: int | None) -> None:
        """Let the child `pid` go before the others, or the session itself if there is none."""
        self.asking = pid
        if pid in self._lowered:
            self._lowered.discard(pid)
            raise_priority(pid)

    def reason(self) -> str | None:
        """Return why processes were killed since the last call; None if none was."""
        reason, self._reason = self._reason, None
        return reason

    def _watch(self) -> None:
        disk_next = 0.0
        while not self._done.wait(MEMORY_EVERY):
            pids = descendants(self.above)
            self._lower(pids)
            most, seconds = self.limits.memory_mib, self.limits.processor_seconds
            if self.meter.seconds() > seconds:
                self._end(pids, f"more than {seconds:.0f} s of processor time", False)
            if sum(map(memory, pids)) > most * MIB:
                taken = {pid: memory(pid, shared_once=True) for pid in pids}
                if sum(taken.values()) > most * MIB:
                    spared = bool(self.asking) and taken.get(self.session, 0) < most * MIB / 2
                    self._end(pids, f"more than {most} MiB of memory", spared)
            if time.monotonic() > disk_next:
                disk_next = time.monotonic() + DISK_EVERY
                if self._takes_too_much_disk(pids):
                    self._end(pids, f"more than {self.limits.disk_mib} MiB of disk space", False)

    def _lower(self, pids: Iterable[int]) -> None:
        for pid in pids:
            if pid not in (self.session, self.asking) and pid not in self._lowered:
                # A child that has just been forked may be the next to answer.
                if pid in self._seen:
                    lower_priority(pid, self.above)
                    self._lowered.add(pid)
                self._seen.add(pid)

    def _takes_too_much_disk(self, pids: Iterable[int]) -> bool:
        most = self.limits.disk_mib * MIB
        if size(self.folder, most) + nameless(pids) > most:
            return True
        free, whole = _left(self.folder)
        return self._free - free > most and free < max(
            RESERVED_DISK_BYTES, RESERVED_DISK_SHARE * whole
        )

    def _end(self, pids: Iterable[int], what: str, spared: bool) -> None:
        self._reason = f"the notebook's processes used {what} and were stopped"
        for pid in pids:
            if not (spared and pid == self.session):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)


def memory(pid: int, shared_once: bool = False) -> int:
    """Return how many bytes of memory, mapped files aside, a process takes; 0 if it is gone.

    shared_once: divide pages that several processes share, since they were forked, among these; the
        kernel needs longer for that. Otherwise such pages count for each of them.
    """
    name, kinds = ("smaps_rollup", PROPORTIONAL) if shared_once else ("status", RESIDENT)
    try:
        with open(f"/proc/{pid}/{name}", "rb") as file:
            lines = file.read().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(kinds))


def nameless(pids: Iterable[int]) -> int:
    """Return how many bytes of the disk are taken by open files that have been deleted."""
    taken: dict[tuple[int, int], int] = {}
    for pid in pids:
        with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/fd") as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    found = entry.stat()
                    if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                        taken[found.st_dev, found.st_ino] = 512 * found.st_blocks
    return sum(taken.values())


def _left(folder: Path) -> tuple[int, int]:
    """Return the free and the total bytes of the folder's disk."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
