"""The fork server: it loads what notebooks usually import once, and forks a process per session.

`process.worker` starts it with a staged copy of the course. It runs no student code itself, and
serves one session at a time.
"""

import contextlib
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt

# Loaded before the fork because most notebooks import them.
import course.check
import course.data  # noqa: F401
from course.grading.limits import START_TRACE_CHARACTERS
from course.grading.sandbox import (
    Level,
    Policy,
    Prepared,
    ProcessLimits,
    become_subreaper,
    kill_descendants,
    lock_in,
    prepare,
    run_selftest,
)
from course.grading.student_process.channel import Channel, GoneError
from course.grading.student_process.server import serve
from course.grading.student_process.shell import CellShell, new_shell, run_cell
from course.grading.student_process.skip_figures import make_figures_optional

UNSANDBOXED = "open"
ENVIRONMENT = ("LANG", "LC_ALL", "MPLBACKEND", "MPLCONFIGDIR", "OPENBLAS_NUM_THREADS", "PATH")


def main(descriptor: int) -> None:
    """Serve sessions over the socket `descriptor` until it closes.

    {"start": folder, "policy": {...}}, followed by a connection, forks a session that works in
    `folder`, without a sandbox if the policy is null: {"started": pid}.
    {"selftest": modules, "folder": folder, "policy": {...}} tries to escape: {"findings": [...]}.
    {"stop": true} ends the session and all its processes: {"stopped": how the session ended}.
    """
    channel = Channel(socket.socket(fileno=descriptor))
    # Sessions are the same even if the grader was started with interrupts ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    become_subreaper()
    make_figures_optional()
    shell = new_shell()
    _draw_once(shell)
    prepared: dict[tuple, Prepared] = {}
    session = 0
    channel.send({"ready": os.getpid()})
    while True:
        try:
            message = channel.receive()
        except GoneError:
            kill_descendants()
            return
        match message:
            case {"selftest": modules, "folder": folder, "policy": terms}:
                channel.send({"findings": run_selftest(_policy(folder, terms), modules)})
            case {"start": folder, "policy": terms}:
                with channel.receive_socket() as connection:
                    lock = None
                    if terms is not None:
                        policy = _policy(folder, terms, connection.fileno())
                        lock = partial(lock_in, policy, _prepared_for(policy, prepared))
                    session = os.fork()
                    if session == 0:
                        channel.close()
                        _be_session(connection, shell, folder, lock)
                channel.send({"started": session})
            case {"stop": True}:
                statuses = kill_descendants()
                channel.send({"stopped": statuses.get(session)})


def _policy(folder: str, terms: dict[str, Any], *keep: int) -> Policy:
    return Policy(
        writable=(Path(folder),),
        readable=tuple(map(Path, terms["readable"])),
        hidden=tuple(map(Path, terms["hidden"])),
        limits=ProcessLimits(**terms["limits"]),
        uid=terms["uid"],
        gid=terms["uid"],
        keep_fds=keep,
        environment={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        require=Level(terms["require"]),
    )


def _prepared_for(policy: Policy, prepared: dict[tuple, Prepared]) -> Prepared:
    """Prepare for a policy, once for all sessions that may read the same."""
    key = (policy.readable, policy.hidden)
    if key not in prepared:
        prepared[key] = prepare(policy)
    return prepared[key]


def _be_session(
    connection: socket.socket, shell: CellShell, folder: str, lock: Callable[[], Level] | None
) -> None:
    """Enter the sandbox, if there is one, and serve; never return."""
    status = 1
    try:
        if lock is None:
            os.chdir(folder)
            level = UNSANDBOXED
        else:
            level = lock().value
        sys.path.insert(0, "")
        Channel(connection).send({"level": level})
        with contextlib.suppress(GoneError):
            serve(connection, shell)
        status = 0
    except BaseException:
        with contextlib.suppress(BaseException):
            Channel(connection).send({"broken": traceback.format_exc()[-START_TRACE_CHARACTERS:]})
    finally:
        os._exit(status)


def _draw_once(shell: CellShell) -> None:
    """Draw one figure, so that fonts and the renderer are loaded before the fork."""
    shell.user_ns["plt"] = plt
    run_cell(shell, "plt.plot([0, 1]); plt.title('x')")
    shell.reset(new_session=True)
