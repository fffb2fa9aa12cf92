"""The sandbox locks the process that will run a student's code in, before it runs any.

A warm server calls `become_subreaper()` and `prepare(policy)` once. For each submission it forks;
the child calls `lock_in(policy, prepared)` and only then touches the notebook. At the end
`kill_descendants()` removes whatever is left. `selftest(policy)` shows from inside that the locks
hold, and is run before every grading. Everything is in the standard library.

Read `policy`, `lockin`, `landlock` with `paths`, `seccomp`, `limits`, `descendants`, `probes`.
"""

from .descendants import become_subreaper, kill_descendants
from .lockin import Prepared, available_level, lock_in, prepare
from .paths import installation
from .policy import (
    MIB,
    Availability,
    Level,
    Limits,
    Policy,
    SandboxError,
    slot_uid,
)
from .probes import Finding, selftest

__all__ = [
    "MIB",
    "Availability",
    "Finding",
    "Level",
    "Limits",
    "Policy",
    "Prepared",
    "SandboxError",
    "available_level",
    "become_subreaper",
    "installation",
    "kill_descendants",
    "lock_in",
    "prepare",
    "selftest",
    "slot_uid",
]
