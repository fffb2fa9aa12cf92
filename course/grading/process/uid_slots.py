"""A user id for each worker on this machine: no two sessions share an id.

A grader that runs as root gives its sessions unprivileged users, and Linux counts processes by
user, so graders that run in parallel must not take the same id. A worker has a slot while it
holds the lock on the slot's file; the kernel releases the lock when the worker ends, even if it is
killed.
"""

import fcntl
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course.grading.sandbox import SandboxError, slot_uid
from course.grading.sandbox.policy import SLOTS

OPENING = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass
class Slot:
    """A user id; `lock` is the descriptor that holds it, None if the user isn't changed."""

    uid: int
    lock: int | None = None

    def leave(self) -> None:
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None


def take_slot() -> Slot:
    """Take the first slot that is free."""
    if os.geteuid() != 0:
        return Slot(slot_uid(0))
    for slot in range(SLOTS):
        path = Path(tempfile.gettempdir(), f"course-grading-slot-{slot}")
        try:
            lock = os.open(path, OPENING, 0o600)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
        else:
            return Slot(slot_uid(slot), lock)
    raise SandboxError(f"all {SLOTS} slots for workers are taken on this machine")
