"""A worker's folder among the machine's temporary ones; folders of killed workers are removed.

A worker holds a lock on its folder. The kernel releases the lock when the worker ends, even if it
is killed, so a folder that can be locked is no longer in use.
"""

import contextlib
import fcntl
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course.grading import RefusedError
from course.grading.process.session_folder import clear

PREFIX = "course-grading-at-"
OPENING = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass
class WorkerFolder:
    """A folder that belongs to this worker alone, while it holds the descriptor `lock`."""

    folder: Path
    lock: int

    def leave(self) -> None:
        with contextlib.suppress(OSError):
            clear(self.folder)
        os.close(self.lock)


def take_worker_folder() -> WorkerFolder:
    """Create a folder, and remove those of workers that no longer run.

    RefusedError where files can't be locked.
    """
    _sweep()
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = _locked(folder)
        # Another worker may have swept it away before it was locked, or be about to.
        if lock is not None and folder.exists():
            folder.chmod(0o711)
            return WorkerFolder(folder, lock)
        if lock is None and not _has_locks(folder.parent):
            folder.rmdir()
            raise RefusedError(
                f"{folder.parent} has no file locks, which keep the folders of several graders "
                "apart. Name a folder on a local disk: TMPDIR=/path course grade ..."
            )


def _has_locks(folder: Path) -> bool:
    """Whether files in a folder can be locked: tried with one that nobody else knows."""
    with tempfile.TemporaryFile(dir=folder) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def _sweep() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        lock = _locked(folder)
        if lock is not None:
            WorkerFolder(folder, lock).leave()


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
