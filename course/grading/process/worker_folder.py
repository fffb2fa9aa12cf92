"""A worker's folder among the machine's temporary ones; what killed workers left is cleared away.

Whoever holds the lock on a folder is at work in it. The kernel gives the lock back when its holder
ends, however that comes, so a folder that can be locked is nobody's any more.
"""

import contextlib
import fcntl
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course.grading.process.session_folder import clear

PREFIX = "course-grading-at-"
OPENING = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass
class Workplace:
    """A folder that is this worker's alone; `lock` is the descriptor that says so."""

    folder: Path
    lock: int

    def leave(self) -> None:
        with contextlib.suppress(OSError):
            clear(self.folder)
        os.close(self.lock)


def take_workplace() -> Workplace:
    """Make a folder, and clear away those of workers that are no more."""
    _sweep()
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = _locked(folder)
        # Another worker that sweeps may have been faster.
        if lock is not None and folder.exists():
            folder.chmod(0o711)
            return Workplace(folder, lock)


def _sweep() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        lock = _locked(folder)
        if lock is not None:
            Workplace(folder, lock).leave()


def _locked(folder: Path) -> int | None:
    try:
        lock = os.open(folder, OPENING)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    if os.fstat(lock).st_uid != os.geteuid():
        os.close(lock)
        return None
    return lock
