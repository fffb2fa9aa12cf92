"""No process that a session started outlives it: find and kill every descendant.

A process that forks twice and starts a session of its own leaves its process group, but not its
ancestors: on Linux an orphan becomes the child of the nearest ancestor that declared itself a
*subreaper*. So as long as the fork server is one, it has no descendants exactly when it has no
children, and the kernel reports that reliably: wait() fails with ECHILD. On macOS there are no
subreapers, and a daemon that has left before it is looked for is not found.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import NamedTuple

from . import kernel
from .policy import SandboxError

# The kernel escapes line ends in a process's name, so no name can look like these lines.
_STATUS = re.compile(rb"\nPPid:\t(\d+)\n.*?\nUid:\t(\d+)\t.*?\nThreads:\t(\d+)\n", re.DOTALL)


class Process(NamedTuple):
    """A line of the process table; `uid` is the real user."""

    pid: int
    parent: int
    uid: int
    threads: int


def become_subreaper() -> None:
    """Make orphans among this process's descendants its own children (Linux)."""
    if kernel.is_linux():
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)


def kill_descendants(timeout: float = 5.0) -> dict[int, int]:
    """Kill all descendants of this process and collect them: {pid: wait status}.

    For a subreaper with no other children to keep. A process that has been sent SIGKILL cannot
    finish a fork, so each round leaves only processes started since the table was last read; rounds
    go on until wait() says that no child is left.
    """
    collected: dict[int, int] = {}
    deadline = time.monotonic() + timeout
    pause = 0.0005
    while True:
        for pid in descendants():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if _collect(collected):
            return collected
        if time.monotonic() > deadline:
            raise SandboxError(f"processes still exist {timeout} s after they were killed")
        time.sleep(pause)
        pause = min(2 * pause, 0.02)


def descendants() -> list[int]:
    """The descendants of this process, children first, including dead ones not yet collected."""
    children: dict[int, list[int]] = {}
    for process in process_table():
        children.setdefault(process.parent, []).append(process.pid)
    found = list(dict.fromkeys([*children.get(os.getpid(), ()), *_own_children()]))
    for pid in found:
        found += children.get(pid, ())
    return found


def process_table() -> Iterator[Process]:
    """Every process that this user can see."""
    if not kernel.is_linux():
        yield from _table_from_ps()
        return
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                with open(f"/proc/{name}/status", "rb", buffering=0) as file:
                    fields = _STATUS.search(file.read(1 << 16))
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
            if fields is not None:
                yield Process(int(name), *map(int, fields.groups()))


def _own_children() -> list[int]:
    """This thread's children, even those that /proc hides from an ordinary user (hidepid)."""
    try:
        with open("/proc/thread-self/children") as file:
            return [int(pid) for pid in file.read().split()]
    except OSError:
        return []


def _table_from_ps() -> Iterator[Process]:
    command = ["/bin/ps", "-A", "-o", "pid=,ppid=,ruid="]
    listing = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    for line in listing.splitlines():
        pid, parent, uid = map(int, line.split())
        yield Process(pid, parent, uid, 1)


def _collect(collected: dict[int, int]) -> bool:
    """Take the dead children's statuses; True once there is no child at all."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return True
        if pid == 0:
            return False
        collected[pid] = status
