"""The self-test: a sandboxed process attempts forbidden acts, and reports what it got.

Each probe really attempts its act. An error that is not a refusal counts as a failure of the test:
a probe that proves nothing must not look like a pass.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import pwd
import select
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from . import kernel
from .descendants import become_subreaper, kill_descendants
from .lockin import lock_in
from .policy import Level, Policy, SandboxError
from .probes import PROBES, REFUSALS, Probe, Stopped, Target

_DEADLINE = 20.0
_SAMPLES = 3
_DAEMON = "outlive the session as a daemon"


class Finding(NamedTuple):
    """A probe's result; `detail` says what stopped it or what it got."""

    probe: str
    passed: bool
    detail: str


def run_selftest(
    policy: Policy,
    modules: Sequence[str] = (),
    *,
    enter: Callable[[Policy], Level] = lock_in,
) -> list[Finding]:
    """Sandbox a process under this policy and let it try to escape; return a Finding per probe.

    `modules` must not be importable inside. Only the promises of the level reached are tested. The
    policy's own writable folders are not touched. `enter` replaces `lock_in` in tests of the probes
    themselves.
    """
    scratch = Path(tempfile.mkdtemp(prefix="sandbox-selftest-")).resolve()
    try:
        reader, writer = os.pipe()
        overseer = os.fork()
        if overseer == 0:
            with _last_words(writer):
                os.close(reader)
                _send(writer, _oversee(policy, modules, scratch, enter))
        os.close(writer)
        return _receive(reader, overseer)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _oversee(
    policy: Policy, modules: Sequence[str], scratch: Path, enter: Callable[[Policy], Level]
) -> list[Finding]:
    """In a process of its own, since it will kill all its descendants."""
    become_subreaper()
    with _target(policy, modules, scratch) as target:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            with _last_words(writer):
                _send(
                    writer, _attempt_all(replace(target.policy, keep_fds=(writer,)), target, enter)
                )
        os.close(writer)
        findings = _receive(reader, None)
    daemon = _pid_of_daemon(findings)
    kill_descendants()
    if daemon is not None:
        findings[-1] = _judge_daemon(daemon)
    return findings


def _attempt_all(policy: Policy, target: Target, enter: Callable[[Policy], Level]) -> list[Finding]:
    try:
        level = enter(policy)
    except SandboxError as error:
        return [Finding("enter the sandbox", False, str(error))]
    findings = [
        _attempt(probe, target)
        for probe in PROBES
        if level is Level.FULL or probe.level is Level.LIMITS
    ]
    if kernel.is_linux():
        findings.append(Finding(_DAEMON, False, str(_start_daemon())))
    return findings


def _attempt(probe: Probe, target: Target) -> Finding:
    try:
        got = probe.attempt(target)
    except (Stopped, MemoryError) as stop:
        return Finding(probe.name, True, str(stop) or "out of memory")
    except OSError as error:
        refused = error.errno in REFUSALS
        text = error.strerror or str(error)
        return Finding(probe.name, refused, text if refused else f"proves nothing: {error!r}")
    except Exception as error:
        return Finding(probe.name, False, f"proves nothing: {error!r}")
    return Finding(probe.name, False, got)


def _start_daemon() -> int:
    """A process that left its parent, its group and its session."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(writer, str(os.getpid()).encode())
            os.close(writer)
            time.sleep(_DEADLINE)
        os._exit(0)
    os.close(writer)
    with open(reader) as file:
        return int(file.read())


def _pid_of_daemon(findings: list[Finding]) -> int | None:
    if findings and findings[-1].probe == _DAEMON:
        return int(findings[-1].detail)
    return None


def _judge_daemon(pid: int) -> Finding:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return Finding(_DAEMON, True, "found and killed")
    return Finding(_DAEMON, False, f"process {pid} is alive")


@contextlib.contextmanager
def _target(policy: Policy, modules: Sequence[str], scratch: Path) -> Iterator[Target]:
    os.chmod(scratch, 0o755)
    inside, outside = scratch / "inside", scratch / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "file").write_text("outside")
    (outside / "owned").write_text("outside")
    os.chmod(outside, 0o777)
    os.chmod(outside / "file", 0o666)
    if os.geteuid() == 0:
        os.chown(outside / "owned", policy.uid, policy.gid)
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as unix,
    ):
        port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", port))
        abstract = f"\0sandbox-selftest-{os.getpid()}"
        if kernel.is_linux():
            unix.bind(abstract)
        yield Target(
            policy=replace(policy, writable=(inside,)),
            modules=modules,
            hidden=[file for path in policy.hidden for file in _samples(path)],
            inside=inside,
            outside=outside,
            home=_home(),
            port=port,
            abstract=abstract,
            secret=ctypes.create_string_buffer(b"the parent's secret"),
        )


def _home() -> Path:
    """The user's own folder, whatever HOME says; the root folder for a user without one."""
    try:
        home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return Path("/")
    return home if home.is_dir() else Path("/")


def _samples(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found: list[Path] = []
    for folder, _, files in os.walk(path):
        found += [Path(folder, name) for name in sorted(files)]
        if len(found) >= _SAMPLES:
            break
    return found[:_SAMPLES]


@contextlib.contextmanager
def _last_words(writer: int) -> Iterator[None]:
    """End this forked process whatever happens, but at least report why."""
    try:
        yield
    except BaseException as error:
        _send(writer, [Finding("run the self-test", False, repr(error))])
    finally:
        os._exit(0)


def _send(writer: int, findings: list[Finding]) -> None:
    data = json.dumps(findings).encode() + b"\n"
    while data:
        data = data[os.write(writer, data) :]
    os.close(writer)


def _receive(reader: int, child: int | None) -> list[Finding]:
    """The findings from the pipe, which a daemon may hold open; silence is a finding too."""
    deadline = time.monotonic() + _DEADLINE
    data = b""
    with open(reader, "rb", buffering=0) as pipe:
        while select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
            chunk = pipe.read(65536)
            if not chunk:
                break
            data += chunk
            if data.endswith(b"\n"):
                break
    if child is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    try:
        return [Finding(*item) for item in json.loads(data)]
    except ValueError:
        return [Finding("run the self-test", False, f"no answer but {data[:80]!r}")]
