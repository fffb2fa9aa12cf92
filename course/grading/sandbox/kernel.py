"""Kernel calls for which Python has no function, made through the C library."""

from __future__ import annotations

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38

# The capability to read and to search every file and folder whatever its permissions.
CAP_DAC_READ_SEARCH = 1 << 2

_CAPABILITY_VERSION_3 = 0x20080522
_libc = ctypes.CDLL(None, use_errno=True)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityWords(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def is_linux() -> bool:
    """Whether any of these calls exists here."""
    return sys.platform == "linux"


def syscall(number: int, *arguments: object) -> int:
    """The kernel call of this number; -1 becomes an OSError."""
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _checked(_libc.syscall(ctypes.c_long(number), *words))


def prctl(option: int, value: int = 0) -> int:
    """prctl(option, value, 0, 0, 0)."""
    words = [ctypes.c_ulong(word) for word in (value, 0, 0, 0)]
    return _checked(_libc.prctl(ctypes.c_int(option), *words))


def capabilities() -> int:
    """The permitted capabilities of this process among the first 32, as bits."""
    words = (_CapabilityWords * 2)()
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    _checked(_libc.capget(ctypes.byref(header), ctypes.byref(words)))
    return words[0].permitted


def keep_only(capability: int) -> None:
    """Give up every capability but these bits, for good."""
    words = (_CapabilityWords * 2)()
    words[0].effective = words[0].permitted = capability
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    _checked(_libc.capset(ctypes.byref(header), ctypes.byref(words)))


def _checked(result: int) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
