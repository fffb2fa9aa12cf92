"""Nothing that a session started outlives it: find and kill every descendant process.

A process that forks twice and starts a session of its own leaves its process group, but not its
ancestors: on Linux an orphan becomes the child of the nearest ancestor that declared itself a
*subreaper*. So as long as the warm server is one, it has no descendants exactly when it has no
children, and that the kernel says reliably: wait() fails with ECHILD. On macOS there are no
subreapers, and a daemon that has left before it is looked for is not found.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import NamedTuple

from . import kernel
from .policy import SandboxError


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
    finish a fork, so each round leaves only what was born since the last look at the table; rounds
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
            raise SandboxError(f"processes are left {timeout} s after they were killed")
        time.sleep(pause)
        pause = min(2 * pause, 0.02)


def descendants() -> list[int]:
    """The descendants of this process, children first; the dead that were not collected too."""
    children: dict[int, list[int]] = {}
    for process in process_table():
        children.setdefault(process.parent, []).append(process.pid)
    found = [os.getpid()]
    for pid in found:
        found += children.get(pid, ())
    return found[1:]


def process_table() -> Iterator[Process]:
    """Every process that this user can see."""
    if not kernel.is_linux():
        yield from _table_from_ps()
        return
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                with open(f"/proc/{name}/status", "rb") as file:
                    fields = dict(line.split(b":", 1) for line in file.read().splitlines())
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
            yield Process(
                int(name),
                int(fields[b"PPid"]),
                int(fields[b"Uid"].split()[0]),
                int(fields.get(b"Threads", b"1")),
            )


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
