"""Inside the sandbox every probe is stopped; outside it every probe gets through.

The second half is what makes the first worth anything: a probe that could not succeed would
prove nothing by failing.
"""

from __future__ import annotations

import dataclasses
import encodings.idna  # noqa: F401  (an ordinary user may be unable to load it after the change)
import json
import os
import platform
import resource
import select
import signal
import socket
import stat
import statistics
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from course.grading.process.uid_slots import take_slot
from course.grading.sandbox import (
    MIB,
    Finding,
    Level,
    Policy,
    ProcessLimits,
    available_level,
    landlock,
    lock_in,
    lockin,
    prepare,
    probes,
    rlimits,
    run_selftest,
    seccomp,
    selftest,
    slot_uid,
)

REACHED = available_level()
full = pytest.mark.skipif(REACHED.level is not Level.FULL, reason=REACHED.reason)
AS_ROOT = os.geteuid() == 0
NOBODY = 65534
# Processes are counted by user, and others may be at work on this machine.
OWN = take_slot()
# A self-test that was not over in time proves nothing; the grader repeats it too.
TRIALS = 3
_PR_GET_DUMPABLE, _PR_GET_NO_NEW_PRIVS = 3, 39
HIDDEN_MODULE = "course_of_the_test.answers"

# Probes that other settings of the machine may stop already; then they can't be shown to get
# through here.
STOPPED_ELSEWHERE = {
    "become root": "only root may",
    "debug the parent": "Yama",
    "read the parent's memory": "Yama",
    "make a namespace": "user namespaces are switched off",
    "use io_uring or keyrings": "both are switched off",
    "lift the CPU limit": "there is one already",
    "dump core": "there is a limit already",
}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A session's folder that every user can reach (pytest's own are closed to others)."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        path = Path(name).resolve() / "session"
        path.mkdir()
        yield path


@pytest.fixture(scope="module")
def answers() -> Iterator[Path]:
    """A package that must not be read though it lies in a readable folder."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        package = Path(name).resolve() / "course_of_the_test"
        package.mkdir()
        (package / "__init__.py").write_text("")
        (package / "answers.py").write_text("answer = 42\n")
        sys.path.insert(0, name)
        yield package
        sys.path.remove(name)


def in_fork(function: Callable[[], Any], *, user: int | None = None) -> Any:
    """What the function returns (as JSON has it), or the exception's name and text, in a fork."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            if user is not None:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
                # The kernel hides a process that changed its user even from that user.
                lockin.kernel.prctl(lockin.kernel.PR_SET_DUMPABLE, 1)
            answer = function()
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(writer, json.dumps(answer).encode())
        os._exit(0)
    os.close(writer)
    with open(reader) as file:
        text = file.read()
    _, status = os.waitpid(pid, 0)
    return json.loads(text) if text else f"ended with wait status {status}"


def inside(policy: Policy, function: Callable[[], Any], **keywords: Any) -> Any:
    """The same in a sandboxed fork."""

    def locked() -> Any:
        pipes = tuple(filter(is_pipe, range(3, 256)))
        lock_in(dataclasses.replace(policy, keep_fds=pipes))
        return function()

    return in_fork(locked, **keywords)


def is_pipe(descriptor: int) -> bool:
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}").startswith("pipe:")
    except OSError:
        return False


def free(policy: Policy) -> Level:
    """No sandbox at all."""
    return Level.FULL


def base(answers: Path, **changes: Any) -> Policy:
    return Policy(
        writable=(Path(tempfile.gettempdir()) / "unused",),
        readable=(answers.parent,),
        hidden=(answers,),
        **{"uid": OWN.uid, "gid": OWN.uid} | changes,
    )


def findings(user: int | None, answers: Path, enter: Callable = lock_in) -> dict[str, Finding]:
    policy = base(answers)
    for _ in range(TRIALS):
        items = in_fork(lambda: run_selftest(policy, [HIDDEN_MODULE], enter=enter), user=user)
        found = {item[0]: Finding(*item) for item in items}
        if "run the self-test" not in found:
            break
    return found


USERS = [
    pytest.param(None, id="as started"),
    pytest.param(
        NOBODY,
        id="as another user",
        marks=pytest.mark.skipif(not AS_ROOT, reason="only root can change to another user"),
    ),
]


@pytest.fixture(scope="module", params=USERS)
def trials(request: pytest.FixtureRequest, answers: Path) -> tuple[dict, dict]:
    sysconfig.get_config_vars()
    return findings(request.param, answers), findings(request.param, answers, free)


NAMES = [*(probe.name for probe in probes.PROBES), "outlive the session as a daemon"]


@full
@pytest.mark.parametrize("name", NAMES)
def test_inside_the_sandbox_it_is_stopped(name: str, trials: tuple[dict, dict]) -> None:
    locked, _ = trials
    assert locked[name].passed, locked[name].detail


@full
@pytest.mark.parametrize("name", NAMES[:-1])
def test_outside_the_sandbox_it_gets_through(name: str, trials: tuple[dict, dict]) -> None:
    _, unlocked = trials
    finding = unlocked[name]
    if finding.passed and name in STOPPED_ELSEWHERE:
        pytest.skip(f"{STOPPED_ELSEWHERE[name]}: {finding.detail}")
    assert not finding.passed, finding.detail
    assert "proves nothing" not in finding.detail


def failing(answers: Path, **changes: Any) -> set[str]:
    found = run_selftest(base(answers, **changes), [HIDDEN_MODULE])
    return {finding.probe for finding in found if not finding.passed}


@full
@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize(
    ("module", "function", "lost"),
    [
        (landlock, "restrict_self", {"read what is hidden", "read other users' files"}),
        (seccomp, "install", {"send by UDP", "watch folders", "use io_uring or keyrings"}),
        (rlimits, "apply", {"start many processes", "take much memory", "open many files"}),
        (selftest, "kill_descendants", {"outlive the session as a daemon"}),
        (lockin, "_leave", {"find an open descriptor", "see the environment"}),
    ],
)
def test_the_self_test_sees_that_a_lock_is_missing(
    module: ModuleType,
    function: str,
    lost: set[str],
    user: int | None,
    answers: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, function, lambda *arguments: None)
    found = findings(user, answers)
    assert lost <= {name for name, finding in found.items() if not finding.passed}


@full
def test_a_user_that_is_the_graders_own_is_kept_off_it_by_seccomp(
    answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = NOBODY if AS_ROOT else None
    monkeypatch.setattr(seccomp, "install", lambda *arguments: None)
    found = findings(user, answers)
    for name in ("limit the parent", "slow the parent down", "change modes and times outside"):
        assert not found[name].passed


@full
@pytest.mark.skipif(not AS_ROOT, reason="only root has a user to change to")
def test_the_self_test_sees_that_the_user_was_not_changed(
    answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lockin, "_drop_privileges", lambda *arguments, **keywords: None)
    assert {"become root", "start many processes"} <= failing(answers)


@full
@pytest.mark.parametrize("version", range(1, landlock.abi()))
def test_an_older_landlock_stops_the_same(
    version: int, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landlock, "abi", lambda: version)
    assert failing(answers) == set()


@full
def test_without_landlock_full_is_refused_and_limits_hold(
    answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landlock, "abi", lambda: 0)
    level, reason = available_level()
    assert level is Level.LIMITS
    assert "Landlock" in reason
    user = NOBODY if AS_ROOT else None
    [refused] = in_fork(lambda: run_selftest(base(answers)), user=user)
    assert not refused[1]
    assert "no full sandbox" in refused[2]
    found = in_fork(lambda: run_selftest(base(answers, require=Level.LIMITS)), user=user)
    assert len(found) > 5
    assert [finding for finding in found if not finding[1]] == []


@full
@pytest.mark.skipif(not os.path.exists("/bin/ps"), reason="there is no ps here")
def test_where_there_is_no_linux_limits_hold(
    answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lockin.kernel, "is_linux", lambda: False)
    level, reason = available_level()
    assert level is Level.LIMITS
    assert "Linux" in reason
    policy = base(answers, require=Level.LIMITS)
    found = in_fork(lambda: run_selftest(policy), user=NOBODY if AS_ROOT else None)
    assert len(found) > 5
    assert [finding for finding in found if not finding[1]] == []


@full
def test_without_seccomp_full_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    level, reason = available_level()
    assert level is Level.LIMITS
    assert "riscv64" in reason
    assert "no full sandbox" in inside(Policy(writable=(folder,)), lambda: "got in")


@full
@pytest.mark.skipif(not AS_ROOT, reason="only root changes its user")
def test_root_says_what_to_do_when_the_interpreter_is_out_of_reach(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chmod(folder.parent, 0o700)
    monkeypatch.setattr(lockin.kernel, "capabilities", lambda: 0)
    assert "cannot read" in inside(Policy(writable=(folder,)), lambda: "got in")


@full
@pytest.mark.skipif(not AS_ROOT, reason="only root changes its user")
def test_the_one_capability_is_kept_only_where_it_is_needed(folder: Path) -> None:
    policy = Policy(writable=(folder,))
    open_to_all = prepare(policy)._replace(closed=None)

    def permitted() -> int:
        lock_in(policy, open_to_all)
        return lockin.kernel.capabilities()

    # Its descriptors are gone, so the answer comes back as the exit status.
    assert exit_status(permitted) == 0
    os.chmod(folder.parent, 0o700)
    assert exit_status(permitted) == lockin.kernel.CAP_DAC_READ_SEARCH


def exit_status(function: Callable[[], int]) -> int:
    pid = os.fork()
    if pid == 0:
        status = 99
        try:
            status = function()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


# Honest code works.


def multiply() -> float:
    import numpy as np

    return float((np.ones((300, 300)) @ np.ones((300, 300))).sum())


def draw() -> int:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    plt.plot([1, 2])
    plt.savefig("figure.png")
    return len(Path("figure.png").read_bytes()) // 1000


def copy_files() -> list[str]:
    import shutil

    Path("a").write_text("text")
    shutil.copy2("a", "b")
    os.mkdir("deep")
    os.rename("b", "deep/b")
    shutil.copytree("deep", "deeper")
    shutil.rmtree("deep")
    return [Path("deeper/b").read_text(), *sorted(os.listdir("."))]


def use_temporary_files() -> bool:
    with tempfile.TemporaryDirectory() as name:
        return Path(name).is_relative_to(os.getcwd())


def use_threads() -> list[int]:
    done: list[int] = []
    thread = threading.Thread(target=done.append, args=(1,))
    thread.start()
    thread.join()
    return done


def import_packages() -> str:
    import importlib

    importlib.invalidate_caches()
    return importlib.import_module("wave").__name__ + importlib.import_module("iniconfig").__name__


def run_a_loop() -> int:
    import asyncio

    async def wait() -> int:
        await asyncio.sleep(0)
        return 7

    return asyncio.run(wait())


def fork_and_wait() -> int:
    pid = os.fork()
    if pid == 0:
        os._exit(3)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def end_a_child() -> int:
    pid = os.fork()
    if pid == 0:
        time.sleep(30)
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def look_around() -> list[bool]:
    import random
    import zoneinfo

    os.getrandom(4)
    random.SystemRandom().random()
    return [
        (os.cpu_count() or 0) > 0,
        os.read(0, 1) == b"",
        zoneinfo.ZoneInfo("UTC").key == "UTC",
        os.environ["HOME"] == os.getcwd() == os.environ["TMPDIR"],
        len(os.listdir(".")) == 0,
    ]


@full
@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (multiply, 300.0**3),
        (copy_files, ["text", "a", "deeper"]),
        (use_temporary_files, True),
        (use_threads, [1]),
        (import_packages, "waveiniconfig"),
        (run_a_loop, 7),
        (fork_and_wait, 3),
        (end_a_child, 9),
        (look_around, [True] * 5),
    ],
)
def test_honest_code_runs(
    function: Callable[[], Any], expected: Any, answers: Path, folder: Path
) -> None:
    policy = dataclasses.replace(base(answers), writable=(folder,))
    assert inside(policy, function) == expected


@full
def test_a_figure_is_drawn(folder: Path) -> None:
    environment = {"MPLCONFIGDIR": str(folder)}
    assert inside(Policy(writable=(folder,), environment=environment), draw) > 5


# Other things a session must not do or be.


@full
@pytest.mark.parametrize(
    "make",
    [
        lambda: os.symlink("anything", "link"),
        lambda: os.mkfifo("pipe"),
        lambda: os.mknod("device", 0o600 | stat.S_IFCHR, os.makedev(1, 3)),
        lambda: os.mknod("socket", 0o600 | stat.S_IFSOCK),
    ],
    ids=["symbolic link", "named pipe", "device", "socket"],
)
def test_the_folder_holds_only_files_and_folders(make: Callable, folder: Path) -> None:
    answer = inside(Policy(writable=(folder,)), make)
    assert answer.startswith("PermissionError")
    assert list(folder.iterdir()) == []


@full
@pytest.mark.parametrize("user", USERS)
def test_a_session_keeps_nothing_of_where_it_came_from(user: int | None, folder: Path) -> None:
    folder.chmod(0o777)
    sysconfig.get_config_vars()

    def look() -> list:
        Path("file").write_text("")
        return [
            os.getsid(0) == os.getpid(),
            lockin.kernel.prctl(_PR_GET_DUMPABLE),
            lockin.kernel.prctl(_PR_GET_NO_NEW_PRIVS),
            os.stat("file").st_mode & 0o777,
        ]

    answer = inside(Policy(writable=(folder,)), look, user=user)
    assert answer == [True, 0, 1, 0o600]


@full
@pytest.mark.skipif(not AS_ROOT, reason="only root has groups to give up")
def test_root_gives_up_its_users_and_groups(folder: Path) -> None:
    def enter() -> list:
        os.setgroups([0, 4])
        pipes = tuple(filter(is_pipe, range(3, 256)))
        lock_in(Policy(writable=(folder,), keep_fds=pipes))
        return [os.getgroups(), *os.getresuid(), *os.getresgid()]

    assert in_fork(enter) == [[], *[slot_uid(0)] * 6]


@full
def test_sessions_of_one_user_cannot_reach_each_other(folder: Path) -> None:
    other = folder.parent / "other"
    other.mkdir()
    ready, say_ready = os.pipe()
    first = os.fork()
    if first == 0:
        lock_in(Policy(writable=(other,), keep_fds=(say_ready,)))
        Path("secret").write_text("mine")
        os.write(say_ready, b".")
        time.sleep(30)
        os._exit(0)
    os.read(ready, 1)

    def look() -> list[str]:
        found = []
        for attempt in (
            lambda: (other / "secret").read_text(),
            lambda: os.kill(first, 0),
            lambda: os.listdir(other),
        ):
            try:
                found.append(repr(attempt()))
            except PermissionError:
                found.append("refused")
        return found

    try:
        assert inside(Policy(writable=(folder,)), look) == ["refused"] * 3
        assert (other / "secret").read_text() == "mine"
    finally:
        os.kill(first, signal.SIGKILL)
        os.waitpid(first, 0)
        os.close(ready)
        os.close(say_ready)


@full
def test_a_session_dies_with_its_parent(folder: Path) -> None:
    reader, writer = os.pipe()
    parent = os.fork()
    if parent == 0:
        if os.fork() == 0:
            os.close(reader)
            lock_in(Policy(writable=(folder,), keep_fds=(writer,)))
            os.write(writer, b".")
            time.sleep(30)
            os._exit(0)
        time.sleep(30)
        os._exit(0)
    os.close(writer)
    with open(reader, "rb", buffering=0) as pipe:
        assert pipe.read(1) == b"."
        os.kill(parent, signal.SIGKILL)
        os.waitpid(parent, 0)
        # The end of the pipe: the last holder of its other end is gone.
        assert select.select([pipe], [], [], 10)[0]
        assert pipe.read(1) == b""


@full
def test_the_cpu_limit_kills_a_loop_that_ignores_signals(folder: Path) -> None:
    policy = Policy(writable=(folder,), limits=ProcessLimits(cpu_seconds=1))

    def spin() -> int:
        lock_in(policy)
        for number in (signal.SIGXCPU, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        while True:
            pass

    assert exit_status(spin) == -signal.SIGKILL


def test_a_process_with_two_threads_is_not_sandboxed(folder: Path) -> None:
    def attempt() -> None:
        thread = threading.Thread(target=time.sleep, args=(5,), daemon=True)
        thread.start()
        lock_in(Policy(writable=(folder,), require=Level.LIMITS))

    assert "one thread" in in_fork(attempt)


def test_only_stream_sockets_and_no_folders_are_kept(folder: Path) -> None:
    def keep(descriptor: int) -> str:
        policy = Policy(writable=(folder,), keep_fds=(descriptor,), require=Level.LIMITS)
        return in_fork(lambda: lock_in(policy).value)

    opened = os.open(folder, os.O_RDONLY)
    with socket.socket(socket.AF_INET) as inet:
        assert "AF_UNIX stream" in keep(inet.fileno())
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with one, other:
        assert "AF_UNIX stream" in keep(one.fileno())
    assert "no folders" in keep(opened)
    os.close(opened)


@pytest.mark.skipif(not AS_ROOT, reason="only root changes its user")
def test_root_hands_the_folder_over_and_follows_no_links(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "file").write_text("")
    outside = folder.parent / "outside"
    outside.write_text("")
    (folder / "link").symlink_to(outside)
    policy = Policy(writable=(folder,), uid=slot_uid(3), gid=slot_uid(3), require=Level.LIMITS)
    assert exit_status(lambda: lock_in(policy) is None) == 0
    assert (folder / "deep" / "file").stat().st_uid == slot_uid(3)
    assert outside.stat().st_uid == 0


def test_a_limit_that_is_already_lower_stays_lower(folder: Path) -> None:
    def lowered() -> int:
        resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
        rlimits.apply(ProcessLimits(open_files=64), 0)
        return resource.getrlimit(resource.RLIMIT_NOFILE)[1]

    assert in_fork(lowered) == 40


@full
def test_locking_in_takes_milliseconds(answers: Path, folder: Path) -> None:
    policy = dataclasses.replace(base(answers), writable=(folder,))
    prepared = prepare(policy)

    def microseconds() -> int:
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            start = time.process_time()
            lock_in(dataclasses.replace(policy, keep_fds=(writer,)), prepared)
            os.write(writer, str(int(1e6 * (time.process_time() - start))).encode())
            os._exit(0)
        os.close(writer)
        with open(reader) as file:
            answer = int(file.read())
        os.waitpid(pid, 0)
        return answer

    assert statistics.median(microseconds() for _ in range(15)) < 20_000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"writable": ()}, "writable"),
        ({"uid": 0}, "uid"),
        ({"hidden": (Path("/srv/session/x"),)}, "hidden"),
    ],
)
def test_a_policy_that_cannot_hold_is_refused(arguments: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Policy(**{"writable": (Path("/srv/session"),), **arguments})


def test_limits_and_slots_have_bounds() -> None:
    with pytest.raises(ValueError, match="processes"):
        ProcessLimits(processes=0)
    with pytest.raises(ValueError, match="slot"):
        slot_uid(200)
    assert ProcessLimits().address_space == 2048 * MIB
