"""The warm process: everything a notebook usually imports is loaded once, and each session is a
fork of it.

It is started by `worker` with a staged copy of the course, runs no student code itself, and serves
one session at a time.
"""

import contextlib
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt

# What most notebooks import.
import course.check
import course.data  # noqa: F401
from course.grading.sandbox import (
    Level,
    Policy,
    Prepared,
    become_subreaper,
    kill_descendants,
    lock_in,
    prepare,
    selftest,
)
from course.grading.sandbox import Limits as ProcessLimits
from course.grading.student_process.channel import Channel, GoneError
from course.grading.student_process.server import serve
from course.grading.student_process.shell import CellShell, new_shell, run_cell
from course.grading.student_process.skip_figures import make_figures_optional

OPEN = "open"
ENVIRONMENT = ("LANG", "LC_ALL", "MPLBACKEND", "MPLCONFIGDIR", "OPENBLAS_NUM_THREADS", "PATH")


def main(descriptor: int) -> None:
    """Serve sessions over the socket `descriptor` until it closes.

    {"start": folder, ...}, followed by a connection, forks a session: {"started": pid}.
    {"open": folder}, likewise, one that is not locked in.
    {"selftest": modules, "start": folder, ...} tries to get out: {"findings": [...]}.
    {"stop": true} ends it and all it left behind: {"stopped": how the session ended}.
    """
    channel = Channel(socket.socket(fileno=descriptor))
    # Sessions are the same also where whoever started the grader ignores interrupts.
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
            case {"selftest": modules}:
                channel.send({"findings": selftest(_policy(message), modules)})
            case {"start": _}:
                with channel.receive_socket() as connection:
                    policy = _policy(message, connection.fileno())
                    key = (policy.readable, policy.hidden)
                    if key not in prepared:
                        prepared[key] = prepare(policy)
                    session = os.fork()
                    if session == 0:
                        channel.close()
                        _be_session(connection, shell, policy, prepared[key])
                channel.send({"started": session})
            case {"open": folder}:
                with channel.receive_socket() as connection:
                    session = os.fork()
                    if session == 0:
                        channel.close()
                        os.chdir(folder)
                        _be_session(connection, shell, None, None)
                channel.send({"started": session})
            case {"stop": True}:
                statuses = kill_descendants()
                channel.send({"stopped": statuses.get(session)})


def _policy(message: dict[str, Any], *keep: int) -> Policy:
    return Policy(
        writable=(Path(message["start"]),),
        readable=tuple(map(Path, message["readable"])),
        hidden=tuple(map(Path, message["hidden"])),
        limits=ProcessLimits(**message["limits"]),
        uid=message["uid"],
        gid=message["uid"],
        keep_fds=keep,
        environment={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        require=Level(message["require"]),
    )


def _be_session(
    connection: socket.socket, shell: CellShell, policy: Policy | None, prepared: Prepared | None
) -> None:
    """Lock this process in and serve; never return."""
    status = 1
    try:
        level = lock_in(policy, prepared).value if policy else OPEN
        sys.path.insert(0, "")
        Channel(connection).send({"level": level})
        with contextlib.suppress(GoneError):
            serve(connection, shell)
        status = 0
    except BaseException:
        with contextlib.suppress(BaseException):
            Channel(connection).send({"broken": traceback.format_exc()[-2000:]})
    finally:
        os._exit(status)


def _draw_once(shell: CellShell) -> None:
    """Draw one figure, so that fonts and the renderer are loaded before the fork."""
    shell.user_ns["plt"] = plt
    run_cell(shell, "plt.plot([0, 1]); plt.title('x')", seconds=60)
    shell.reset(new_session=True)
