"""Landlock: files by allow-list, no TCP, no signals or abstract sockets to the outside.

A ruleset names the kinds of access it handles; all of them are then denied except beneath the
paths that a rule allows. Rules hold for hierarchies: nothing beneath an allowed folder can be
taken away again (`paths.grants` therefore goes around hidden files). Whatever the ABI, Landlock
does not see metadata (stat, chmod, utime, inotify) and sockets with a path; the seccomp filter
covers the calls that change or open something. stat itself stays possible.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from collections.abc import Iterable
from typing import NamedTuple

from . import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1
# ABI 7 writes denials to the audit log, which a student could flood.
_LOG_OFF = 1 << 0 | 1 << 2

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << n for n in range(6))
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = (
    1 << n for n in range(6, 13)
)
REFER, TRUNCATE, IOCTL_DEV = (1 << n for n in range(13, 16))
_ALL_FS = ((1, 13), (2, 14), (3, 15), (5, 16))  # (from ABI, number of file rights)
_NET = 1 << 0 | 1 << 1  # bind and connect TCP, from ABI 4
_SCOPED = 1 << 0 | 1 << 1  # abstract sockets and signals, from ABI 6

READ = READ_FILE | READ_DIR
# No links, pipes, sockets or devices: a trusted process that looks into the folder afterwards
# meets only files and folders.
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE
_ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV


class Grant(NamedTuple):
    """These kinds of access are allowed on and beneath this path."""

    path: str
    access: int


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # implied by _pack_, but Python 3.14 wants it explicit
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def abi() -> int:
    """The version of Landlock that the running kernel offers, 0 for none."""
    if not kernel.is_linux():
        return 0
    try:
        return kernel.syscall(_CREATE_RULESET, None, 0, _CREATE_RULESET_VERSION)
    except OSError:
        return 0


def ruleset(grants: Iterable[Grant], version: int) -> int:
    """A new ruleset as a file descriptor; a path that does not exist is granted nothing."""
    handled = (1 << next(count for since, count in reversed(_ALL_FS) if version >= since)) - 1
    attributes = _RulesetAttributes(
        handled, _NET if version >= 4 else 0, _SCOPED if version >= 6 else 0
    )
    size = ctypes.sizeof(attributes)
    descriptor = kernel.syscall(_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    for grant in grants:
        _add(descriptor, grant, handled)
    return descriptor


def restrict_self(descriptor: int, version: int) -> None:
    """Put the calling thread, and all it will start, under the ruleset permanently."""
    kernel.syscall(_RESTRICT_SELF, descriptor, _LOG_OFF if version >= 7 else 0)


def _add(descriptor: int, grant: Grant, handled: int) -> None:
    try:
        beneath = os.open(grant.path, os.O_PATH | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ELOOP):
            return
        raise
    try:
        access = grant.access & handled
        if not stat.S_ISDIR(os.fstat(beneath).st_mode):
            access &= _ON_FILES
        if access:
            rule = _PathBeneath(access, beneath)
            kernel.syscall(_ADD_RULE, descriptor, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(beneath)
