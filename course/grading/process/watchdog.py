"""Watch what the processes of a session use in total, and kill them if it is too much.

The kernel's limits bind one process and one file, not their sum: sixteen processes of two gigabytes
are within them. So during a session a thread of the trusted side adds up its processes' memory,
the files in its folder, and open files that have been deleted. Anything that escapes even that
shows in the free space of the disk.
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
from course.grading.process.session_folder import size

MEMORY_EVERY, DISK_EVERY = 0.04, 0.3
KINDS = (b"RssAnon:", b"RssShmem:", b"VmSwap:")


@dataclass
class Watchdog:
    """Watches the process `session` and all others that the process `above` has started.

    asking: whether the session is only waiting for its answering child; then it is spared.
    """

    above: int
    session: int
    folder: Path
    memory_mib: int
    disk_mib: int
    asking: bool = False
    _reason: str | None = None
    _free: int = 0
    _done: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> "Watchdog":
        self._free, _ = _left(self.folder)
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def reason(self) -> str | None:
        """Return why processes were killed since the last call; None if none was."""
        reason, self._reason = self._reason, None
        return reason

    def _watch(self) -> None:
        disk_next = 0.0
        while not self._done.wait(MEMORY_EVERY):
            taken = {pid: memory(pid) for pid in descendants(self.above)}
            if sum(taken.values()) > self.memory_mib * MIB:
                own = taken.get(self.session, 0)
                spared = self.asking and own < self.memory_mib * MIB / 2
                self._end(taken, f"more than {self.memory_mib} MiB of memory", spared)
            if time.monotonic() > disk_next:
                disk_next = time.monotonic() + DISK_EVERY
                if self._takes_too_much_disk(taken):
                    self._end(taken, f"more than {self.disk_mib} MiB of disk space", False)

    def _takes_too_much_disk(self, pids: Iterable[int]) -> bool:
        most = self.disk_mib * MIB
        if size(self.folder, most) + nameless(pids) > most:
            return True
        free, whole = _left(self.folder)
        return self._free - free > most and free < max(
            RESERVED_DISK_BYTES, RESERVED_DISK_SHARE * whole
        )

    def _end(self, taken: dict[int, int], what: str, spared: bool) -> None:
        self._reason = f"the notebook's processes used {what} and were stopped"
        for pid in taken:
            if not (spared and pid == self.session):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)


def descendants(above: int) -> list[int]:
    """Return the processes that `above` and its descendants have started (Linux)."""
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


def memory(pid: int) -> int:
    """Return how many bytes of memory, mapped files aside, a process takes; 0 if it is gone.

    Pages that it still shares with the process it was forked from count for both.
    """
    try:
        with open(f"/proc/{pid}/status", "rb") as file:
            lines = file.read().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(KINDS))


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
