"""Resource limits: what one process may use before the kernel says no.

Two of them are not what their names promise. RLIMIT_AS binds one process, so a session may hold
`address_space` times `processes`; RLIMIT_CPU starts anew in every forked child, so only the
grader's clock bounds a session's time. And RLIMIT_NPROC counts all processes and threads of the
user on the machine, so `processes` is added to the number the user is running at this moment. Under
a user id of its own (a grader run as root) the limit is exactly the session's; under the grader's
own user it stops a fork bomb, but processes the user starts or ends elsewhere shift it.
"""

from __future__ import annotations

import contextlib
import resource

from . import kernel
from .descendants import process_table
from .policy import ProcessLimits


def apply(limits: ProcessLimits, running: int) -> None:
    """Set every limit, hard and soft; `running` processes of this user belong to others."""
    wanted = [
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, limits.file_size, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_NPROC, running + limits.processes, running + limits.processes),
        (resource.RLIMIT_MEMLOCK, 0, 0),
    ]
    for which, soft, hard in wanted:
        _lower(which, soft, hard)
    # macOS knows the name but refuses most values.
    with contextlib.nullcontext() if kernel.is_linux() else contextlib.suppress(ValueError):
        _lower(resource.RLIMIT_AS, limits.address_space, limits.address_space)


def running_processes(uid: int, without: int) -> int:
    """How many processes and threads this user has now, not counting one process."""
    return sum(
        process.threads
        for process in process_table()
        if process.uid == uid and process.pid != without
    )


def _lower(which: int, soft: int, hard: int) -> None:
    _, ceiling = resource.getrlimit(which)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))
