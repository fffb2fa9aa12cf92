"""The filter's program, run here on every call of both architectures."""

from __future__ import annotations

import re
import struct
from errno import EACCES, ENOSYS, ENOTTY, EPERM
from pathlib import Path

import pytest

from course.grading.sandbox import seccomp

PID = 4321
ALLOW, KILL = "allow", "kill"
MACHINES = list(seccomp.ARCHITECTURES)
I386 = 0x40000003
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
# Calls without which Python, NumPy and threads do not run.
NEEDED = {
    "x86_64": {
        "read": 0, "write": 1, "close": 3, "mmap": 9, "mprotect": 10, "brk": 12, "dup": 32,
        "fork": 57, "exit": 60, "wait4": 61, "futex": 202, "getdents64": 217, "openat": 257,
        "newfstatat": 262, "set_robust_list": 273, "getrandom": 318, "rseq": 334,
        "close_range": 436, "futex_waitv": 449,
    },
    "aarch64": {
        "openat": 56, "close": 57, "read": 63, "write": 64, "exit": 93, "futex": 98, "brk": 214,
        "munmap": 215, "mmap": 222, "wait4": 260, "getrandom": 278, "rseq": 293,
        "close_range": 436,
    },
}  # fmt: skip


def run(
    machine: str,
    number: int,
    *arguments: int,
    audit: int | None = None,
    abi: int = 7,
) -> str | int:
    """The kernel's decision on this call: ALLOW, KILL or an error number."""
    arch = seccomp.ARCHITECTURES[machine].audit if audit is None else audit
    padded = [argument & (1 << 64) - 1 for argument in (*arguments, 0, 0, 0, 0, 0, 0)][:6]
    data = struct.pack("<IIQ6Q", number, arch, 0, *padded)
    program = seccomp.program(machine, abi, PID)
    accumulator, line = 0, 0
    while True:
        code, jump_true, jump_false, operand = program[line]
        line += 1
        match code:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, operand)
            case 0x54:
                accumulator &= operand
            case 0x15:
                line += jump_true if accumulator == operand else jump_false
            case 0x25:
                line += jump_true if accumulator > operand else jump_false
            case 0x06:
                action, value = operand & 0xFFFF0000, operand & 0xFFFF
                return {0x7FFF0000: ALLOW, 0x80000000: KILL, 0x00050000: value}[action]
            case _:
                raise AssertionError(f"instruction {code:#x}")


def number(machine: str, name: str) -> int:
    found = seccomp.NUMBERS[name][seccomp.ARCHITECTURES[machine].column]
    if found is None:
        pytest.skip(f"{machine} has no {name}")
    return found


def numbers(machine: str, name: str) -> list[int]:
    found = seccomp.NUMBERS[name][seccomp.ARCHITECTURES[machine].column]
    return [] if found is None else [found]


@pytest.mark.parametrize("machine", MACHINES)
def test_whole_calls_are_refused_with_their_error(machine: str) -> None:
    for _, error, names in seccomp.REFUSED:
        for name in names.split():
            for call in numbers(machine, name):
                assert run(machine, call) == error, name


@pytest.mark.parametrize("machine", MACHINES)
def test_pretended_calls_answer_zero(machine: str) -> None:
    for name in seccomp.PRETENDED.split():
        for call in numbers(machine, name):
            assert run(machine, call) == 0, name


@pytest.mark.parametrize("machine", MACHINES)
def test_what_python_needs_is_allowed(machine: str) -> None:
    for name, call in NEEDED[machine].items():
        assert run(machine, call) == ALLOW, name


@pytest.mark.parametrize("machine", MACHINES)
def test_unknown_numbers_do_not_exist(machine: str) -> None:
    first, last = seccomp.ARCHITECTURES[machine].gap
    x32 = 0x40000000
    for call in (463, 469, 1000, x32, x32 | 59, 0xFFFFFFFF, first, first + 5, last):
        assert run(machine, call) == ENOSYS, call
    for call in (first - 1, last + 13, 462):
        assert run(machine, call) != ENOSYS, call


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_of_another_architecture_kill(machine: str) -> None:
    assert run(machine, 4, audit=I386) == KILL
    other = next(arch for name, arch in seccomp.ARCHITECTURES.items() if name != machine)
    assert run(machine, 0, audit=other.audit) == KILL


NEWNET, THREAD = 0x40000000, 0x3D0F00
CASES = [
    ("socketpair", (1, 1), ALLOW),
    ("socketpair", (1, 1 | 0o2004000), ALLOW),  # CLOEXEC and NONBLOCK
    ("socketpair", (1, 2), EPERM),
    ("socketpair", (1, 5), EPERM),
    ("socketpair", (16, 1), EPERM),
    ("sendto", (3, 0, 1, 0), ALLOW),
    ("sendto", (3, 0, 1, 1), EPERM),
    ("recvmsg", (3, 0, 0x40000000), ALLOW),
    ("recvmsg", (3, 0, 1), EPERM),
    ("clone", (THREAD,), ALLOW),
    ("clone", (17,), ALLOW),
    *(("clone", (17 | 1 << bit,), EPERM) for bit in (15, 17, 25, 26, 27, 28, 29, 30)),
    ("clone", (1 << 32 | NEWNET | 17,), EPERM),
    ("ioctl", (0, 0x5401), ALLOW),
    ("ioctl", (0, 0x5421), ALLOW),
    ("ioctl", (0, 0x5412), ENOTTY),  # TIOCSTI
    ("ioctl", (0, 0x8901), ENOTTY),  # FIOSETOWN
    ("ioctl", (0, 1 << 32 | 0x5412), ENOTTY),
    ("fcntl", (0, 1), ALLOW),
    ("fcntl", (0, 8), EPERM),
    ("fcntl", (0, 10), EPERM),
    ("prctl", (15,), ALLOW),  # the name of a thread
    ("prctl", (1,), EPERM),
    ("prctl", (4,), EPERM),
    ("prlimit64", (0, 7), ALLOW),
    ("prlimit64", (PID + 1, 7), EPERM),
    ("prlimit64", (1 << 32, 7), ALLOW),  # the kernel, too, sees process 0
    ("setpriority", (0, 0, 5), ALLOW),
    ("setpriority", (2, 0, 5), EPERM),
    ("setpriority", (0, 1, 5), EPERM),
    ("sched_setaffinity", (0,), ALLOW),
    ("sched_setaffinity", (PID + 1,), EPERM),
]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(("name", "arguments", "expected"), CASES)
def test_an_argument_decides(
    machine: str, name: str, arguments: tuple[int, ...], expected: str | int
) -> None:
    assert run(machine, number(machine, name), *arguments) == expected


OLD = [
    ("kill", (PID, 9), ALLOW),
    ("kill", (0, 9), ALLOW),
    ("kill", (-PID, 9), ALLOW),
    ("kill", (-1, 9), EPERM),
    ("kill", (PID + 1, 9), EPERM),
    ("tgkill", (PID, PID), ALLOW),
    ("tgkill", (1, 1), EPERM),
    ("tkill", (PID + 1,), EPERM),
    ("truncate", (0, 0), EPERM),
    ("openat2", (0,), ENOSYS),
    ("openat", (0, 0, 0o1000), EPERM),  # O_RDONLY | O_TRUNC
    ("openat", (0, 0, 0o1001), ALLOW),  # to write: Landlock's business
    ("openat", (0, 0, 0), ALLOW),
    ("open", (0, 0o1000), EPERM),
]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(("name", "arguments", "expected"), OLD)
def test_the_filter_stands_in_for_an_old_landlock(
    machine: str, name: str, arguments: tuple[int, ...], expected: str | int
) -> None:
    assert run(machine, number(machine, name), *arguments, abi=2) == expected
    assert run(machine, number(machine, name), *arguments, abi=7) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_programs_fit_the_kernel(machine: str) -> None:
    for abi in (0, 1, 7):
        program = seccomp.program(machine, abi, PID)
        assert len(program) <= 4096
        assert all(0 <= jump < 256 for _, *jumps, _ in program for jump in jumps)


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_the_kernels(machine: str) -> None:
    if not HEADERS[machine].exists():
        pytest.skip("no kernel headers for it here")
    pattern = r"#define __NR(?:3264)?_(\w+)\s+(\d+)"
    header = {name: int(value) for name, value in re.findall(pattern, HEADERS[machine].read_text())}
    column = seccomp.ARCHITECTURES[machine].column
    known = {name: row[column] for name, row in seccomp.NUMBERS.items() if name in header}
    assert len(known) > 120
    assert known == {name: header[name] for name in known}
    newer = {name for name in seccomp.NUMBERS if name not in header and numbers(machine, name)}
    assert all(number(machine, name) > 445 for name in newer)


def test_no_call_is_named_twice() -> None:
    whole = [name for _, _, names in seccomp.REFUSED for name in names.split()]
    whole += seccomp.PRETENDED.split()
    assert len(whole) == len(set(whole))
    assert not set(whole) & {check.call for check in seccomp.CHECKED}
    assert EACCES in {error for _, error, _ in seccomp.REFUSED}
