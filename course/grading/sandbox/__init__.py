"""The sandbox: a process gives up what a student's code does not need, before it runs any.

The fork server calls `become_subreaper()` and `prepare(policy)` once. For each submission it forks;
the child calls `lock_in(policy, prepared)` and only then touches the notebook. At the end
`kill_descendants()` removes whatever is left. `run_selftest(policy)` shows from inside that the
sandbox holds, and runs before every grading. Everything is in the standard library.

Read `policy`, `lockin`, `landlock` with `paths`, `seccomp`, `rlimits`, `descendants`, and
`selftest` with `probes`.
"""

from .descendants import become_subreaper, kill_descendants
from .lockin import Prepared, available_level, lock_in, prepare
from .paths import installation
from .policy import (
    MIB,
    Availability,
    Level,
    Policy,
    ProcessLimits,
    SandboxError,
    slot_uid,
)
from .selftest import Finding, run_selftest

__all__ = [
    "MIB",
    "Availability",
    "Finding",
    "Level",
    "Policy",
    "Prepared",
    "ProcessLimits",
    "SandboxError",
    "available_level",
    "become_subreaper",
    "installation",
    "kill_descendants",
    "lock_in",
    "prepare",
    "run_selftest",
    "slot_uid",
]
