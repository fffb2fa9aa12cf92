"""The probes: acts that the sandbox must stop, each attempted on a target that would allow it.

The targets are files that everyone may write, sockets that listen, and the like, so that only the
sandbox can stop a probe. A probe returns what it got, or raises the error that stopped it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import importlib
import mmap
import os
import platform
import resource
import signal
import socket
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from . import kernel, seccomp
from .policy import Level, Policy

REFUSALS = {
    errno.EACCES,
    errno.EAGAIN,
    errno.EFBIG,
    errno.EMFILE,
    errno.ENOMEM,
    errno.ENOSYS,
    errno.EPERM,
    errno.EXDEV,
}
_CLONE_NEWUSER = 0x10000000
_PTRACE_SEIZE = 0x4206


class Stopped(Exception):  # noqa: N818 (this should happen)
    """Raised by a probe that was stopped without an error of the operating system."""


@dataclass(frozen=True)
class Target:
    """The probes' targets: an ordinary process could reach all of them."""

    policy: Policy
    modules: Sequence[str]
    hidden: Sequence[Path]  # files
    inside: Path
    outside: Path
    home: Path
    port: int
    abstract: str
    secret: ctypes.Array[ctypes.c_char]  # at the same address in the parent


class Probe(NamedTuple):
    """An attempt, and the level that promises to stop it."""

    name: str
    level: Level
    attempt: Callable[[Target], str]


# What the probes attempt. Files:


def _read_hidden(target: Target) -> str:
    return _any_of(lambda path=path: _read(path) for path in target.hidden)


def _import_hidden(target: Target) -> str:
    for name in target.modules:
        with contextlib.suppress(ImportError, OSError):
            importlib.import_module(name)
            return f"import {name}"
    raise Stopped("no import succeeded")


def _read_outside(target: Target) -> str:
    return _any_of(
        [
            lambda: _read(target.outside / "file"),
            lambda: _list(target.outside),
            lambda: _read(Path("/etc/passwd")),
        ]
    )


def _list_home(target: Target) -> str:
    return _list(target.home)


def _read_proc(target: Target) -> str:
    return _any_of([lambda: _list(Path("/proc")), lambda: _read(Path("/proc/self/environ"))])


def _write_outside(target: Target) -> str:
    file = target.outside / "file"
    return _any_of(
        [
            lambda: _write(target.outside / "new", "x"),
            lambda: _write(file, "a"),
            lambda: _write(file, "r+"),
            lambda: _did(os.truncate, file, 0),
            lambda: _did(os.close, _open_truncating(file)),
            lambda: _did(os.mkdir, target.outside / "folder"),
            lambda: _did(os.rename, file, target.outside / "renamed"),
            lambda: _did(os.unlink, file),
        ]
    )


def _link_out(target: Target) -> str:
    link = target.inside / "link"
    os.symlink(target.outside / "file", link)
    return _read(link)


def _hard_link(target: Target) -> str:
    link = target.inside / "hard"
    os.link(target.outside / "file", link)
    return _read(link)


def _move_across(target: Target) -> str:
    own = target.inside / "own"
    own.write_text("mine")
    return _any_of(
        [
            lambda: _did(os.rename, target.outside / "file", target.inside / "moved"),
            lambda: _did(os.rename, own, target.outside / "moved"),
        ]
    )


def _change_metadata(target: Target) -> str:
    file = target.outside / "owned"
    before = file.stat()
    for change in (lambda: os.utime(file, (1, 1)), lambda: os.chmod(file, 0)):
        with contextlib.suppress(PermissionError):
            change()
    after = file.stat()
    if (before.st_mode, before.st_mtime) == (after.st_mode, after.st_mtime):
        raise Stopped("nothing changed")
    return f"mode {stat.filemode(after.st_mode)}, time {after.st_mtime}"


def _watch_outside(target: Target) -> str:
    return f"descriptor {_call('inotify_init1', 0)}"


# Network and other processes:


def _tcp(target: Target) -> str:
    with socket.create_connection(("127.0.0.1", target.port), timeout=2):
        return "connected"


def _udp(target: Target) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        return f"sent {sender.sendto(b'x', ('127.0.0.1', target.port))} byte"


def _abstract_socket(target: Target) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        return f"sent {sender.sendto(b'x', target.abstract)} byte"


def _datagram_pair(target: Target) -> str:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ours, theirs:
        return f"sent {ours.sendto(b'x', target.abstract)} byte"


def _signal_parent(target: Target) -> str:
    os.kill(os.getppid(), 0)
    return f"may signal process {os.getppid()}"


def _limit_parent(target: Target) -> str:
    files = resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)
    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, files)
    return "set a limit of the parent's"


def _slow_parent(target: Target) -> str:
    os.setpriority(os.PRIO_PROCESS, os.getppid(), os.getpriority(os.PRIO_PROCESS, os.getppid()))
    return "set the parent's priority"


def _debug_parent(target: Target) -> str:
    _call("ptrace", _PTRACE_SEIZE, os.getppid(), 0, 0)
    return "attached to the parent"


def _read_parent_memory(target: Target) -> str:
    def by_call() -> str:
        size = len(target.secret)
        copy = ctypes.create_string_buffer(size)
        here, there = (
            _Span(ctypes.addressof(copy), size),
            _Span(ctypes.addressof(target.secret), size),
        )
        _call("process_vm_readv", os.getppid(), ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
        return f"read {copy.value!r}"

    return _any_of([by_call, lambda: _read(Path(f"/proc/{os.getppid()}/mem"), 0)])


def _new_namespace(target: Target) -> str:
    def by_clone() -> str:
        pid = _call("clone", _CLONE_NEWUSER | signal.SIGCHLD, 0, 0, 0, 0)
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        return "a process in a new user namespace"

    return _any_of([by_clone, lambda: f"unshare gave {_call('unshare', _CLONE_NEWUSER)}"])


def _other_program(target: Target) -> str:
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", ":"], {})
    os.waitpid(pid, 0)
    return "/bin/sh ran"


def _uncounted_memory(target: Target) -> str:
    return _any_of(
        [
            lambda: f"descriptor {_call('memfd_create', ctypes.c_char_p(b'x'), 0)}",
            lambda: f"message queue {_call('msgget', 0, 0o600)}",
        ]
    )


def _kernel_interfaces(target: Target) -> str:
    parameters = ctypes.create_string_buffer(120)
    return _any_of(
        [
            lambda: f"io_uring {_call('io_uring_setup', 1, ctypes.byref(parameters))}",
            lambda: f"keyring {_call('keyctl', 0, -3, 0)}",
        ]
    )


# Limits:


def _become_root(target: Target) -> str:
    os.setuid(0)
    return "user 0"


def _open_descriptor(target: Target) -> str:
    null = os.stat(os.devnull).st_rdev
    for descriptor in range(1024):
        with contextlib.suppress(OSError):
            if os.fstat(descriptor).st_rdev != null and not _is_ours(descriptor):
                return f"descriptor {descriptor}"
    raise Stopped("all lead to /dev/null")


def _see_environment(target: Target) -> str:
    allowed = {"HOME", "TMPDIR", *target.policy.environment}
    found = sorted(set(os.environ) - allowed)
    if not found:
        raise Stopped("nothing but what the policy names")
    return ", ".join(found)


def _many_processes(target: Target) -> str:
    count = 2 * target.policy.limits.processes + 16
    reader, writer = os.pipe()
    born = []
    try:
        for _ in range(count):
            pid = os.fork()
            if pid == 0:
                os.close(writer)
                os.read(reader, 1)
                os._exit(0)
            born.append(pid)
        return f"{count} processes"
    finally:
        os.close(writer)
        os.close(reader)
        for pid in born:
            os.waitpid(pid, 0)


def _much_memory(target: Target) -> str:
    size = target.policy.limits.address_space
    with mmap.mmap(-1, size):
        return f"{size} bytes"


def _large_file(target: Target) -> str:
    size = target.policy.limits.file_size + 1
    with open(target.inside / "large", "wb") as file:
        file.truncate(size)
    return f"a file of {size} bytes"


def _many_files(target: Target) -> str:
    count = target.policy.limits.open_files + 1
    copies: list[int] = []
    try:
        while len(copies) < count:
            copies.append(os.dup(0))
        return f"{count} descriptors"
    finally:
        for copy in copies:
            os.close(copy)


def _raise_limit(name: str) -> Callable[[Target], str]:
    def attempt(target: Target) -> str:
        which = getattr(resource, name)
        free = resource.RLIM_INFINITY
        try:
            resource.setrlimit(which, (free, free))
        except ValueError as error:
            raise Stopped(str(error)) from None
        return f"{name} unlimited"

    return attempt


PROBES = (
    Probe("read what is hidden", Level.FULL, _read_hidden),
    Probe("import what is hidden", Level.FULL, _import_hidden),
    Probe("read other users' files", Level.FULL, _read_outside),
    Probe("list the home folder", Level.FULL, _list_home),
    Probe("look at processes", Level.FULL, _read_proc),
    Probe("write outside the folder", Level.FULL, _write_outside),
    Probe("read through a symbolic link", Level.FULL, _link_out),
    Probe("read through a hard link", Level.FULL, _hard_link),
    Probe("move files across the border", Level.FULL, _move_across),
    Probe("change modes and times outside", Level.FULL, _change_metadata),
    Probe("watch folders", Level.FULL, _watch_outside),
    Probe("connect by TCP", Level.FULL, _tcp),
    Probe("send by UDP", Level.FULL, _udp),
    Probe("reach an abstract socket", Level.FULL, _abstract_socket),
    Probe("send from a socket pair", Level.FULL, _datagram_pair),
    Probe("signal the parent", Level.FULL, _signal_parent),
    Probe("limit the parent", Level.FULL, _limit_parent),
    Probe("slow the parent down", Level.FULL, _slow_parent),
    Probe("debug the parent", Level.FULL, _debug_parent),
    Probe("read the parent's memory", Level.FULL, _read_parent_memory),
    Probe("make a namespace", Level.FULL, _new_namespace),
    Probe("run another program", Level.FULL, _other_program),
    Probe("take memory that no limit counts", Level.FULL, _uncounted_memory),
    Probe("use io_uring or keyrings", Level.FULL, _kernel_interfaces),
    Probe("become root", Level.LIMITS, _become_root),
    Probe("find an open descriptor", Level.LIMITS, _open_descriptor),
    Probe("see the environment", Level.LIMITS, _see_environment),
    Probe("start many processes", Level.LIMITS, _many_processes),
    *(
        [Probe("take much memory", Level.LIMITS, _much_memory)] if kernel.is_linux() else []
    ),  # macOS has no such limit
    Probe("write a large file", Level.LIMITS, _large_file),
    Probe("open many files", Level.LIMITS, _many_files),
    Probe("lift the CPU limit", Level.LIMITS, _raise_limit("RLIMIT_CPU")),
    Probe("dump core", Level.LIMITS, _raise_limit("RLIMIT_CORE")),
)


# How the probes reach for things:


class _Span(ctypes.Structure):
    _fields_ = (("address", ctypes.c_void_p), ("size", ctypes.c_size_t))


def _any_of(attempts: Iterator[Callable[[], str]] | Sequence[Callable[[], str]]) -> str:
    """Return what the first successful attempt got; raise the last refusal if all are refused."""
    stop: Exception = Stopped("nothing to try")
    for attempt in attempts:
        try:
            return attempt()
        except OSError as error:
            if error.errno not in REFUSALS:
                raise
            stop = error
    raise stop


def _read(path: Path, size: int = 20) -> str:
    with open(path, "rb") as file:
        return f"read {file.read(size)!r} from {path}"


def _list(folder: Path) -> str:
    return f"{len(os.listdir(folder))} names in {folder}"


def _write(path: Path, mode: str) -> str:
    with open(path, mode) as file:
        file.write("written")
    return f"wrote {path}"


def _did(action: Callable[..., object], *arguments: object) -> str:
    action(*arguments)
    return f"{action.__name__} {arguments[0]}"


def _open_truncating(path: Path) -> int:
    # Reading only, so it is stopped as truncation or not at all.
    return os.open(path, os.O_RDONLY | os.O_TRUNC)


def _call(name: str, *arguments: object) -> int:
    column = seccomp.ARCHITECTURES[platform.machine()].column
    number = seccomp.NUMBERS[name][column]
    if number is None:
        raise Stopped(f"{platform.machine()} has no {name}")
    return kernel.syscall(number, *arguments)


def _is_ours(descriptor: int) -> bool:
    """The pipe on which the findings go out."""
    return stat.S_ISFIFO(os.fstat(descriptor).st_mode)
