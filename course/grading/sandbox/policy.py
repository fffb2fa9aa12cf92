"""A policy says what a sandboxed process may still do; a level says how firmly that is enforced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple

MIB = 1 << 20

# Linux counts RLIMIT_NPROC per user over the whole machine, so each worker slot of a grader that
# runs as root gets a user id of its own. systemd hands out 61184 and up: 184 slots are free.
FIRST_UID = 61000
SLOTS = 184


def slot_uid(slot: int) -> int:
    """The user id of worker slot 0, 1, …, for a grader that runs as root."""
    if not 0 <= slot < SLOTS:
        raise ValueError(f"slot: expected 0 to {SLOTS - 1}, got {slot}")
    return FIRST_UID + slot


class SandboxError(RuntimeError):
    """The process could not be sandboxed; it must end without running any student code."""


class Level(Enum):
    """How firmly a process is sandboxed."""

    FULL = "full"  # Landlock + seccomp + limits
    LIMITS = "limits"  # resource limits, and whichever half of the rest the kernel has


class Availability(NamedTuple):
    """The level this machine can give, and the sentence that says why."""

    level: Level
    reason: str


@dataclass(frozen=True)
class ProcessLimits:
    """What one process may use; `processes` counts threads too, over the whole session."""

    cpu_seconds: int = 60
    address_space: int = 2048 * MIB
    processes: int = 16
    file_size: int = 32 * MIB
    open_files: int = 128

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 1:
                raise ValueError(f"{name}: expected at least 1, got {value}")


@dataclass(frozen=True)
class Policy:
    """What a sandboxed process may read, write and use.

    The interpreter, its packages and the system's libraries are always readable; `readable` adds
    to them. `hidden` takes away: the deepest entry decides, so that a package can be hidden while
    one data folder inside it is readable. `writable[0]` becomes the working directory,
    HOME and TMPDIR; the writable folders must belong to this one session alone.
    """

    writable: tuple[Path, ...]
    readable: tuple[Path, ...] = ()
    hidden: tuple[Path, ...] = ()
    limits: ProcessLimits = field(default_factory=ProcessLimits)
    uid: int = FIRST_UID  # used only if the grader runs as root
    gid: int = FIRST_UID
    keep_fds: tuple[int, ...] = ()  # all others, 0 to 2 included, become /dev/null
    environment: Mapping[str, str] = field(default_factory=dict)  # complete: nothing is inherited
    require: Level = Level.FULL

    def __post_init__(self) -> None:
        for name in ("writable", "readable", "hidden"):
            paths = tuple(Path(path).resolve() for path in getattr(self, name))
            object.__setattr__(self, name, paths)
        if not self.writable:
            raise ValueError("writable: expected at least one folder, got none")
        for folder in self.writable:
            for path in self.hidden:
                if path.is_relative_to(folder):
                    raise ValueError(f"hidden: expected a path outside {folder}, got {path}")
        if self.uid < 1 or self.gid < 1:
            raise ValueError(f"uid, gid: expected unprivileged ids, got {self.uid}, {self.gid}")
