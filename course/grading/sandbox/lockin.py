"""Entering the sandbox: a forked process gives up, step by step, all that a notebook doesn't need.

The order matters. What must be opened or looked up is opened first (as root, if the grader is
root); then the user changes; then `no_new_privs`, Landlock and last of all the seccomp filter,
which refuses most of the calls made before it. A step that fails raises SandboxError and leaves
the process half sandboxed: it must end.

**A grader that runs as root** changes to an unprivileged user. That user may be unable to reach
the interpreter: root's own Python is often under /root, which is closed to everyone else. Only
then, and only under Landlock, the process keeps one capability, CAP_DAC_READ_SEARCH, which lets it
read and search files whatever their permissions. Landlock is asked independently of permissions
and capabilities, so what can be *opened* is still exactly the allow-list. What the capability adds
is (a) stat, readlink and chdir in folders closed to others: names that are guessed can be
confirmed; (b) open_by_handle_at, which seccomp refuses and Landlock would check as well. It gives
no access to other processes: with a user id per worker slot they belong to other users, and
Landlock and seccomp refuse them as well. exec would drop the capability and is refused anyway.
Without the capability (Docker's root has none by default) the process raises SandboxError with
what to do: install Python where every user can read it, or grade as an ordinary user.

**A grader that is an ordinary user** takes the same steps, but user and files are the grader's own.
Then its files are protected by Landlock alone, and by the seccomp filter from the calls that
Landlock does not check (chmod, utime, extended attributes, prlimit on other processes).
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from . import kernel, landlock, paths, rlimits, seccomp
from .landlock import Grant
from .policy import Availability, Level, Policy, SandboxError


class Prepared(NamedTuple):
    """The part of entering the sandbox that every session of a fork server shares.

    `grants` is what may be read; `closed` the first of it that the policy's user cannot reach.
    """

    grants: tuple[Grant, ...]
    closed: Path | None


def available_level() -> Availability:
    """The level that this machine can give and why; changes nothing, takes microseconds."""
    version = landlock.abi()
    filters = seccomp.unavailable()
    if version == 0 and not kernel.is_linux():
        return Availability(Level.LIMITS, "Landlock and seccomp are parts of Linux")
    if version == 0:
        reason = "the kernel offers no Landlock (Linux 5.13 or newer with lsm=landlock)"
        return Availability(Level.LIMITS, reason)
    if filters is not None:
        return Availability(Level.LIMITS, filters)
    reason = f"Landlock ABI {version} and seccomp"
    if version < 6:
        # By pid only: a child cannot signal itself, and a reused number would be reached.
        reason += (
            "; signals to other processes refused by seccomp (Landlock scopes them from ABI 6)"
        )
    return Availability(Level.FULL, reason)


def prepare(policy: Policy) -> Prepared:
    """Find out, once in the fork server, which files `lock_in` may let the sessions read."""
    grants = paths.grants(policy.readable, policy.hidden)
    closed = None
    if os.geteuid() == 0:
        closed = paths.closed_to(policy.uid, policy.gid, (Path(grant.path) for grant in grants))
    return Prepared(grants, closed)


def lock_in(policy: Policy, prepared: Prepared | None = None) -> Level:
    """Put this process into the sandbox permanently; return the level it got.

    For a freshly forked process with one thread. Every descriptor that `policy.keep_fds` does not
    name becomes /dev/null (closed numbers would be used again, and objects that still hold them
    would close the new file). Raises SandboxError if `policy.require` cannot be had or a step
    fails.
    """
    available = available_level()
    if policy.require is Level.FULL and available.level is not Level.FULL:
        raise SandboxError(f"no full sandbox on this machine: {available.reason}")
    prepared = prepared or prepare(policy)
    parent = os.getppid()
    root = os.geteuid() == 0
    version = landlock.abi()
    with _step("check that there is one thread"):
        _check_alone()
    with _step("leave the terminal, its files and the environment"):
        _leave(policy)
    with _step("enter the working folder"):
        _enter_folder(policy, root)
    with _step("set limits"):
        user = policy.uid if root else os.getuid()
        rlimits.apply(policy.limits, rlimits.running_processes(user, without=os.getpid()))
    ruleset = None
    if version:
        with _step("build the Landlock ruleset"):
            own = [Grant(str(folder), landlock.WRITE) for folder in policy.writable]
            ruleset = landlock.ruleset([*prepared.grants, *own], version)
    with _step("become an unprivileged user"):
        _drop_privileges(policy, prepared, under_landlock=ruleset is not None)
    if kernel.is_linux():
        with _step("tie this process to its parent"):
            kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
            kernel.prctl(kernel.PR_SET_DUMPABLE, 0)  # no core file, no look from outside
            _die_with(parent)
    if ruleset is not None:
        with _step("enter the Landlock ruleset"):
            landlock.restrict_self(ruleset, version)
            os.close(ruleset)
    if seccomp.unavailable() is None:
        with _step("install the seccomp filter"):
            seccomp.install(version)
    return available.level


@contextlib.contextmanager
def _step(what: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise SandboxError(f"could not {what}: {error}") from error


def _check_alone() -> None:
    """Landlock and seccomp bind the calling thread only; another would stay free."""
    if kernel.is_linux() and os.path.isdir("/proc/self/task"):
        threads = len(os.listdir("/proc/self/task"))
    else:
        threads = threading.active_count()
    if threads != 1:
        raise SandboxError(f"expected a process with one thread, this one has {threads}")


def _leave(policy: Policy) -> None:
    if os.getsid(0) != os.getpid():
        os.setsid()
    os.umask(0o077)
    for descriptor in policy.keep_fds:
        _check_descriptor(descriptor)
    folder = "/proc/self/fd" if kernel.is_linux() else "/dev/fd"
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in {0, 1, 2, *map(int, os.listdir(folder))} - {null, *policy.keep_fds}:
        os.dup2(null, descriptor, inheritable=descriptor <= 2)
    if null > 2:
        os.close(null)
    os.environ.clear()
    os.environ.update(policy.environment)
    home = str(policy.writable[0])
    os.environ.update(HOME=home, TMPDIR=home)
    tempfile.tempdir = home


def _check_descriptor(descriptor: int) -> None:
    """A folder would be a way past the allow-list, a datagram socket a way to any address."""
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISDIR(mode):
        raise SandboxError(f"keep_fds: expected no folders, {descriptor} is one")
    if stat.S_ISSOCK(mode):
        with socket.socket(fileno=os.dup(descriptor)) as kept:
            if (kept.family, kept.type) != (socket.AF_UNIX, socket.SOCK_STREAM):
                raise SandboxError(
                    f"keep_fds: expected AF_UNIX stream sockets, {descriptor} is"
                    f" {kept.family!r}, {kept.type!r}"
                )


def _enter_folder(policy: Policy, root: bool) -> None:
    if root:
        for folder in policy.writable:
            _give(folder, policy.uid, policy.gid)
    os.chdir(policy.writable[0])


def _give(folder: Path, uid: int, gid: int) -> None:
    os.chown(folder, uid, gid)
    for _, names, files, descriptor in os.fwalk(folder, follow_symlinks=False):
        for name in (*names, *files):
            os.chown(name, uid, gid, dir_fd=descriptor, follow_symlinks=False)


def _drop_privileges(policy: Policy, prepared: Prepared, *, under_landlock: bool) -> None:
    if os.geteuid() == 0:
        closed = prepared.closed or paths.closed_to(policy.uid, policy.gid, policy.writable)
        keep = 0
        if closed is not None and kernel.is_linux():
            keep = _read_search(closed, policy.uid, under_landlock)
            kernel.prctl(kernel.PR_SET_KEEPCAPS, 1)
        os.setgroups([])
        os.setgid(policy.gid)
        os.setuid(policy.uid)
        if kernel.is_linux():
            kernel.prctl(kernel.PR_SET_KEEPCAPS, 0)
            kernel.keep_only(keep)
    elif kernel.is_linux():
        kernel.keep_only(0)


def _read_search(closed: Path, uid: int, under_landlock: bool) -> int:
    advice = (
        f"user {uid} cannot read {closed}. Give every user access to it, install Python where"
        " everyone can read it (for example under /opt), or grade as an ordinary user"
    )
    if not under_landlock:
        raise SandboxError(f"{advice}; without Landlock no exception is made")
    if not kernel.capabilities() & kernel.CAP_DAC_READ_SEARCH:
        raise SandboxError(f"{advice}; or run with CAP_DAC_READ_SEARCH")
    return kernel.CAP_DAC_READ_SEARCH


def _die_with(parent: int) -> None:
    kernel.prctl(kernel.PR_SET_PDEATHSIG, 9)
    if os.getppid() != parent:
        raise SandboxError("the parent process is gone")
