"""A seccomp filter: the kernel calls that a notebook never needs do not exist for it.

The filter is a list of refusals, but over a closed set: every call with a number above
`NEWEST_REVIEWED`, in the unused gap of the table, or of another architecture (32-bit and x32
calls included) is refused too, so a call that a later kernel adds is not allowed by oversight.
A refusal is an error number, not a kill: Python and the C library can do without the call.

There are three kinds of refusal: `REFUSED` calls fail, `PRETENDED` calls do nothing and report
success, and `CHECKED` calls depend on one argument. An argument is compared by its low 32 bits; the
kernel itself reads every argument checked here as 32 bits.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from errno import EACCES, ENOSYS, ENOTTY, EPERM
from typing import NamedTuple

from . import kernel

NEWEST_REVIEWED = 462  # mseal, Linux 6.10

_SET_MODE_FILTER, _GET_ACTION_AVAIL = 1, 2
_KILL_PROCESS, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_LOAD, _AND, _EQUAL, _GREATER, _RETURN = 0x20, 0x54, 0x15, 0x25, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets into struct seccomp_data


class Architecture(NamedTuple):
    """How one processor numbers its calls: audit name, column of `NUMBERS`, gap in the table."""

    audit: int
    column: int
    gap: tuple[int, int]


ARCHITECTURES = {
    "x86_64": Architecture(0xC000003E, 0, (335, 423)),
    "aarch64": Architecture(0xC00000B7, 1, (295, 423)),
}


class Check(NamedTuple):
    """Refuse a call by one argument: if `argument & mask` is (or is not) one of `values`."""

    call: str
    argument: int
    values: tuple[int, ...]
    refuse_if_among: bool
    mask: int = 0xFFFFFFFF
    error: int = EPERM


REFUSED: tuple[tuple[str, int, str], ...] = (
    ("sockets: only socketpair is left", EPERM, "socket connect bind listen accept accept4"),
    ("socket options: filters on sockets run in the kernel", EPERM, "setsockopt"),
    ("messages in bulk, whose flags go unchecked", ENOSYS, "sendmmsg recvmmsg"),
    ("other programs", EACCES, "execve execveat"),
    (
        "other processes, by memory, descriptor or debugger",
        EPERM,
        "ptrace process_vm_readv process_vm_writev kcmp pidfd_getfd process_madvise "
        "process_mrelease migrate_pages move_pages perf_event_open",
    ),
    (
        "signals by calls that notebooks don't need",
        EPERM,
        "pidfd_open pidfd_send_signal rt_sigqueueinfo rt_tgsigqueueinfo",
    ),
    (
        "the priority of other processes of this user, the grader's among them",
        EPERM,
        "sched_setscheduler sched_setparam sched_setattr ioprio_set",
    ),
    ("flags of clone3 lie in memory, out of a filter's sight", ENOSYS, "clone3"),
    ("namespaces", EPERM, "unshare setns"),
    (
        "mounts",
        EPERM,
        "mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount fspick "
        "mount_setattr statmount listmount",
    ),
    ("files by handle, past every folder", EPERM, "name_to_handle_at open_by_handle_at"),
    (
        "owners and attributes, which Landlock does not see",
        EPERM,
        "chown lchown fchown fchownat setxattr lsetxattr fsetxattr removexattr lremovexattr "
        "fremovexattr",
    ),
    (
        "watching other folders, which Landlock does not see",
        EPERM,
        "inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_init fanotify_mark",
    ),
    (
        "memory that no limit counts or that outlives the process",
        EPERM,
        "memfd_create memfd_secret shmget shmat shmctl shmdt msgget msgsnd msgrcv msgctl semget "
        "semop semtimedop semctl mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify "
        "mq_getsetattr",
    ),
    (
        "large and often broken parts of the kernel",
        ENOSYS,
        "bpf io_uring_setup io_uring_enter io_uring_register io_setup io_destroy io_getevents "
        "io_submit io_cancel io_pgetevents add_key request_key keyctl userfaultfd splice tee "
        "vmsplice modify_ldt personality lookup_dcookie nfsservctl seccomp lsm_get_self_attr "
        "lsm_set_self_attr lsm_list_modules",
    ),
    (
        "the machine",
        EPERM,
        "kexec_load kexec_file_load init_module finit_module delete_module swapon swapoff reboot "
        "settimeofday clock_settime clock_adjtime adjtimex acct quotactl quotactl_fd syslog "
        "sethostname setdomainname iopl ioperm vhangup",
    ),
)

# shutil.copy and friends would fail on an error here. Landlock sees none of them, so for a grader
# that is an ordinary user they would reach that user's own files.
PRETENDED = "chmod fchmod fchmodat fchmodat2 utime utimes futimesat utimensat sync syncfs"

_NAMESPACES_AND_SIBLINGS = 0x7E028000  # CLONE_NEW*, CLONE_PARENT
_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # isatty, size, FIONREAD, FIONBIO, CLEX
_FCNTLS = (8, 10, 15, 1024, 1026, 1031)  # SETOWN, SETSIG, SETOWN_EX, SETLEASE, NOTIFY, SETPIPE_SZ
_PRCTLS = (kernel.PR_SET_PDEATHSIG, kernel.PR_SET_DUMPABLE, 22, 35)  # 22 SET_SECCOMP, 35 SET_MM
_MSG_OOB = 1  # rarely used, and a way out of a sandbox in 2025 (CVE-2025-38236)
_AF_UNIX, _SOCK_STREAM = 1, 1  # a datagram socket could still send to any address

CHECKED = (
    Check("socketpair", 0, (_AF_UNIX,), refuse_if_among=False),
    Check("socketpair", 1, (_SOCK_STREAM,), refuse_if_among=False, mask=0xF),
    *(
        Check(call, argument, (_MSG_OOB,), refuse_if_among=True, mask=_MSG_OOB)
        for call, argument in (("sendto", 3), ("recvfrom", 3), ("sendmsg", 2), ("recvmsg", 2))
    ),
    Check("ioctl", 1, _IOCTLS, refuse_if_among=False, error=ENOTTY),
    Check("fcntl", 1, _FCNTLS, refuse_if_among=True),
    Check("prctl", 0, _PRCTLS, refuse_if_among=True),
    Check("prlimit64", 0, (0,), refuse_if_among=False),
    Check("setpriority", 0, (0,), refuse_if_among=False),
    Check("setpriority", 1, (0,), refuse_if_among=False),
    Check("sched_setaffinity", 0, (0,), refuse_if_among=False),
    *(
        Check("clone", 0, (1 << bit,), refuse_if_among=True, mask=1 << bit)
        for bit in range(32)
        if _NAMESPACES_AND_SIBLINGS >> bit & 1
    ),
)


def _number(text: str) -> int | None:
    return None if text == "-" else int(text)


# Each call's number on x86_64 and on aarch64 (-: there is no such call).
_TABLE = """
accept 43 202, accept4 288 242, acct 163 89, add_key 248 217, adjtimex 159 171, bind 49 200,
bpf 321 280, chmod 90 -, chown 92 -, chroot 161 51, clock_adjtime 305 266, clock_settime 227 112,
clone 56 220, clone3 435 435, connect 42 203, delete_module 176 106, execve 59 221,
execveat 322 281, fanotify_init 300 262, fanotify_mark 301 263, fchmod 91 52, fchmodat 268 53,
fchmodat2 452 452, fchown 93 55, fchownat 260 54, fcntl 72 25, finit_module 313 273,
fremovexattr 199 16, fsconfig 431 431, fsetxattr 190 7, fsmount 432 432, fsopen 430 430,
fspick 433 433, futimesat 261 -, init_module 175 105, inotify_add_watch 254 27,
inotify_init 253 -, inotify_init1 294 26, inotify_rm_watch 255 28, io_cancel 210 3,
io_destroy 207 1, io_getevents 208 4, io_pgetevents 333 292, io_setup 206 0, io_submit 209 2,
io_uring_enter 426 426, io_uring_register 427 427, io_uring_setup 425 425, ioctl 16 29,
ioperm 173 -, iopl 172 -, ioprio_set 251 30, kcmp 312 272, kexec_file_load 320 294,
kexec_load 246 104, keyctl 250 219, kill 62 129, lchown 94 -, listen 50 201, listmount 458 458,
lookup_dcookie 212 18, lremovexattr 198 15, lsetxattr 189 6, lsm_get_self_attr 459 459,
lsm_list_modules 461 461, lsm_set_self_attr 460 460, memfd_create 319 279, memfd_secret 447 447,
migrate_pages 256 238, modify_ldt 154 -, mount 165 40, mount_setattr 442 442, move_mount 429 429,
move_pages 279 239, mq_getsetattr 245 185, mq_notify 244 184, mq_open 240 180,
mq_timedreceive 243 183, mq_timedsend 242 182, mq_unlink 241 181, msgctl 71 187, msgget 68 186,
msgrcv 70 188, msgsnd 69 189, name_to_handle_at 303 264, nfsservctl 180 42, open 2 -,
open_by_handle_at 304 265, open_tree 428 428, openat 257 56, openat2 437 437,
perf_event_open 298 241, personality 135 92, pidfd_getfd 438 438, pidfd_open 434 434,
pidfd_send_signal 424 424, pivot_root 155 41, prctl 157 167, prlimit64 302 261,
process_madvise 440 440, process_mrelease 448 448, process_vm_readv 310 270,
process_vm_writev 311 271, ptrace 101 117, quotactl 179 60, quotactl_fd 443 443, reboot 169 142,
recvfrom 45 207, recvmmsg 299 243, recvmsg 47 212, removexattr 197 14, request_key 249 218,
rt_sigqueueinfo 129 138, rt_tgsigqueueinfo 297 240, sched_setaffinity 203 122,
sched_setattr 314 274, sched_setparam 142 118, sched_setscheduler 144 119, seccomp 317 277,
semctl 66 191, semget 64 190, semop 65 193, semtimedop 220 192, sendmmsg 307 269, sendmsg 46 211,
sendto 44 206, setdomainname 171 162, sethostname 170 161, setns 308 268, setpriority 141 140,
setsockopt 54 208, settimeofday 164 170, setxattr 188 5, shmat 30 196, shmctl 31 195,
shmdt 67 197, shmget 29 194, socket 41 198, socketpair 53 199, splice 275 76, statmount 457 457,
swapoff 168 225, swapon 167 224, sync 162 81, syncfs 306 267, syslog 103 116, tee 276 77,
tgkill 234 131, tkill 200 130, truncate 76 45, umount2 166 39, unshare 272 97,
userfaultfd 323 282, utime 132 -, utimensat 280 88, utimes 235 -, vhangup 153 58,
vmsplice 278 75
"""
NUMBERS: dict[str, tuple[int | None, int | None]] = {
    name: (_number(x86_64), _number(aarch64))
    for name, x86_64, aarch64 in (row.split() for row in _TABLE.split(","))
}


def unavailable() -> str | None:
    """Why no filter can be had here, or None."""
    machine = platform.machine()
    if not kernel.is_linux():
        return "seccomp is a part of Linux"
    if machine not in ARCHITECTURES or struct.calcsize("P") != 8:
        return f"no seccomp filter for {machine} with {8 * struct.calcsize('P')}-bit Python"
    action = ctypes.c_uint32(_ERRNO)
    try:
        kernel.syscall(_seccomp_number(), _GET_ACTION_AVAIL, 0, ctypes.byref(action))
    except OSError as error:
        return f"the kernel offers no seccomp filters ({error.strerror})"
    return None


def program(machine: str, landlock_abi: int, pid: int) -> list[tuple[int, int, int, int]]:
    """The filter as classic BPF instructions (code, jump if true, jump if false, operand).

    If Landlock is too old to stop truncation (ABI below 3) or signals (below 6), the filter does
    so: it refuses truncation by name, and signals to anything but this process or its group.
    """
    audit, column, (gap_first, gap_last) = ARCHITECTURES[machine]
    instructions = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, audit),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
        (_GREATER, 0, 1, NEWEST_REVIEWED),
        _refuse(ENOSYS),
        (_GREATER, 0, 2, gap_first - 1),
        (_GREATER, 1, 0, gap_last),
        _refuse(ENOSYS),
    ]
    checks = [*CHECKED, *_in_place_of_landlock(landlock_abi, pid)]
    for check in checks:
        number = NUMBERS[check.call][column]
        if number is not None:
            block = _check(check)
            instructions += [(_EQUAL, 0, len(block), number), *block]
    refused = [(name, error) for _, error, names in REFUSED for name in names.split()]
    refused += [(name, 0) for name in PRETENDED.split()]
    for name, error in refused:
        number = NUMBERS[name][column]
        if number is not None:
            instructions += [(_EQUAL, 0, 1, number), _refuse(error)]
    return [*instructions, (_RETURN, 0, 0, _ALLOW)]


def install(landlock_abi: int) -> None:
    """Put the calling thread, and all it will start, under the filter permanently."""
    instructions = program(platform.machine(), landlock_abi, os.getpid())
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)
    buffer = ctypes.create_string_buffer(packed, len(packed))
    header = _Program(len(instructions), ctypes.cast(buffer, ctypes.c_void_p))
    kernel.syscall(_seccomp_number(), _SET_MODE_FILTER, 0, ctypes.byref(header))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _in_place_of_landlock(abi: int, pid: int) -> list[Check]:
    checks = []
    if abi < 3:
        truncate, access_mode = 0o1000, 0o3
        for call, argument in (("open", 1), ("openat", 2)):
            mask = truncate | access_mode
            checks.append(Check(call, argument, (truncate,), True, mask))
        checks.append(Check("truncate", 0, (), False))
        checks.append(Check("openat2", 0, (), False, error=ENOSYS))
    if abi < 6:
        checks.append(Check("kill", 0, (pid, 0, -pid & 0xFFFFFFFF), False))
        checks.append(Check("tgkill", 0, (pid,), False))
        checks.append(Check("tkill", 0, (pid,), False))
    return checks


def _check(check: Check) -> list[tuple[int, int, int, int]]:
    """One call's block: load the argument, compare, refuse or restore the number and go on."""
    load = [(_LOAD, 0, 0, _ARGUMENTS + 8 * check.argument), (_AND, 0, 0, check.mask)]
    restore = (_LOAD, 0, 0, _NUMBER)
    tests: list[tuple[int, int, int, int]] = []
    if check.refuse_if_among:
        for value in check.values:
            tests += [(_EQUAL, 0, 1, value), _refuse(check.error)]
    else:
        count = len(check.values)
        tests = [(_EQUAL, count - n, 0, value) for n, value in enumerate(check.values)]
        tests.append(_refuse(check.error))
    return [*load, *tests, restore]


def _refuse(error: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, _ERRNO | error)


def _seccomp_number() -> int:
    number = NUMBERS["seccomp"][ARCHITECTURES[platform.machine()].column]
    assert number is not None
    return number
