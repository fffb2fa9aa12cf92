"""The trusted end of a student's process: starts it, gives it cells and questions, ends it.

A `Worker` holds one warm process; `Worker.session` forks a session from it and gives a `Session` to
talk to. Every wait has a deadline, and everything the other side sends is only data.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.grading import RefusedError
from course.grading.process.limits import Limits
from course.grading.process.session_folder import clear, fill
from course.grading.process.staging import SOURCE, answers_elsewhere, closed_modules, stage
from course.grading.process.uid_slots import Slot, take_slot
from course.grading.process.watchdog import Watchdog
from course.grading.process.worker_folder import Workplace, take_workplace
from course.grading.sandbox import Finding, SandboxError
from course.grading.student_process.channel import (
    BrokenProtocolError,
    Channel,
    GoneError,
    TooLateError,
)

START_SECONDS = 60.0
SELFTEST_SECONDS = 60.0
SELFTESTS = 3
STOP_SECONDS = 10.0
# A fork of a busy machine's session; not the student's time.
ANSWER_SECONDS = 10.0
# Right answers of a whole unit, all written as lists, have a tenth of it.
ANSWERS_PARTS = 2_000_000
BOOT = (
    "import json, sys; descriptor, packages = sys.argv[1:]; sys.path[:] = json.loads(packages);"
    "from course.grading.student_process.fork_server import main; main(int(descriptor))"
)


class SessionLostError(Exception):
    """The student's process is gone, or no longer says anything that can be understood."""


class UsedTooMuchError(GoneError):
    """What answers was ended, since the session's processes together took too much."""


class NotLockedInError(SandboxError, RefusedError):
    """This machine can't hold a student's process as it is required; the message says why."""


@dataclass
class Session:
    """A student's process: runs cells, answers questions.

    parts_left: so many items all further answers may have. They are kept until they are judged.
    """

    channel: Channel
    limits: Limits
    level: str = ""
    watchdog: Watchdog | None = None
    questions: Channel | None = None
    number: int = 0
    function: str = ""
    parts_left: int = ANSWERS_PARTS

    def run(self, source: str, figures: bool = True) -> Any:
        """Run one cell; return its outputs, as they came. SessionLostError where it didn't end."""
        self._is_asking(False)
        seconds = self.limits.cell_seconds
        message = {"run": source, "seconds": seconds, "figures": figures}
        return self._exchange(message, seconds + self.limits.grace_seconds).get("outputs")

    def load(self, path: Path) -> str | None:
        """Import a module; return why that failed, None where it didn't."""
        seconds = self.limits.cell_seconds
        message = {"load": str(path), "seconds": seconds}
        return self._exchange(message, seconds + self.limits.grace_seconds).get("failed")

    def find(self, name: str) -> bool:
        """Start a child that answers for the function called `name`; whether there is one."""
        self._is_asking(True)
        self._end_child()
        ours, theirs = socket.socketpair()
        self.questions, self.function, self.number = Channel(ours), name, 0
        with theirs:
            self._send({"ask": name})
            with self._lost():
                self.channel.send_socket(theirs)
        if "asked" not in self._receive(ANSWER_SECONDS):
            raise SessionLostError("the notebook's process broke the protocol")
        with self._lost():
            return self._is_there(self.questions.receive(time.monotonic() + ANSWER_SECONDS))

    def _is_there(self, hello: Any) -> bool:
        return type(hello) is dict and hello.get("missing") is False

    def turn(self, name: str) -> bool:
        """Let the child that answers turn to another function; whether there is one.

        A fork costs more than most answers do, but what a child is asked it may remember.
        """
        if self.questions is not None:
            deadline = time.monotonic() + ANSWER_SECONDS
            with contextlib.suppress(GoneError, TooLateError, BrokenProtocolError):
                self.questions.send({"turn": name}, deadline)
                return self._is_there(self.questions.receive(deadline))
        return self.find(name)

    def ask(self, request: dict, seconds: float) -> Any:
        """Return what came for one question; an error of `frames` where nothing did.

        After such an error the child has to be started again (`find`).
        """
        self.number += 1
        deadline = time.monotonic() + seconds * self.limits.patience
        try:
            self.questions.send({"number": self.number, "request": request}, deadline)
            reply = self.questions.receive(deadline, self.parts_left)
            self.parts_left -= self.questions.parts
        except GoneError:
            if self.watchdog is not None and self.watchdog.reason():
                raise UsedTooMuchError from None
            raise
        if type(reply) is not dict or reply.get("number") != self.number:
            raise BrokenProtocolError("an answer to no question")
        return reply.get("seen")

    def _is_asking(self, asking: bool) -> None:
        if self.watchdog is not None:
            self.watchdog.asking = asking

    def _end_child(self) -> None:
        if self.questions is not None:
            self.questions.close()
            self.questions = None
            self._exchange({"end": True}, ANSWER_SECONDS)

    def _exchange(self, message: dict, seconds: float) -> dict[str, Any]:
        self._send(message)
        return self._receive(seconds)

    def _send(self, message: dict) -> None:
        with self._lost():
            self.channel.send(message, time.monotonic() + ANSWER_SECONDS)

    def _receive(self, seconds: float) -> dict[str, Any]:
        with self._lost():
            reply = self.channel.receive(time.monotonic() + seconds)
        if type(reply) is not dict:
            raise SessionLostError("the notebook's process broke the protocol")
        return reply

    @contextlib.contextmanager
    def _lost(self) -> Iterator[None]:
        try:
            with _lost():
                yield
        except SessionLostError:
            if self.watchdog is not None and (reason := self.watchdog.reason()):
                raise SessionLostError(reason) from None
            raise


@contextlib.contextmanager
def _lost() -> Iterator[None]:
    try:
        yield
    except GoneError:
        raise SessionLostError("the notebook's process ended") from None
    except TooLateError:
        raise SessionLostError(
            "the notebook's process did not stop in time and was ended"
        ) from None
    except BrokenProtocolError as error:
        raise SessionLostError(f"the notebook's process broke the protocol ({error})") from None


@dataclass
class Worker:
    """A warm process for one unit's notebooks, used for one session after the other.

    unit: None for no unit's in particular: nothing is hidden and nobody locked in, which is for
        looking at one's own work.
    require: "full", or "limits" where a machine offers no full sandbox and that is accepted.
    """

    unit: str | None
    limits: Limits = field(default_factory=Limits)
    require: str = "full"
    process_limits: Mapping[str, int] = field(default_factory=dict)
    _process: subprocess.Popen | None = None
    _channel: Channel | None = None
    _place: Workplace | None = None
    user: Slot | None = None
    _sessions: int = 0

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def session(
        self, materials: Mapping[str, bytes] | None = None, place: Path | None = None
    ) -> Iterator[Session]:
        """Start a session in a folder of its own that holds `materials`; end it afterwards.

        place: the folder to work in instead, where nobody is locked in.
        """
        self.start()
        self._sessions += 1
        folder = self._folder / f"session-{self._sessions}"
        fill(folder, materials or {})
        ours, theirs = socket.socketpair()
        channel = Channel(ours)
        try:
            with theirs:
                self._channel.send(self._order(folder) if self.unit else {"open": str(place)})
                self._channel.send_socket(theirs)
            pid = self._reply("started", START_SECONDS)
            session = Session(channel, self.limits)
            session.level = self._level(channel)
            memory, disk = self.limits.memory_mib, self.limits.disk_mib
            with Watchdog(self._process.pid, pid, folder, memory, disk) as session.watchdog:
                yield session
        finally:
            channel.close()
            self._stop()
            clear(folder)

    def start(self) -> None:
        """Have a warm process that holds; NotLockedInError where students' code could get out."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        self._start()
        if self.unit:
            findings = self.selftest()
            if not all(one.passed for one in findings):
                self.close()
                raise NotLockedInError(_what_failed(findings, self.require))

    def selftest(self) -> list[Finding]:
        """Let a process that is locked in as a session is try to get out.

        Trials that prove nothing, since the machine was short of something, are made again.
        """
        modules = closed_modules(self.unit)
        for _ in range(SELFTESTS):
            self._channel.send({"selftest": modules} | self._order(self._folder))
            findings = [Finding(*one) for one in self._reply("findings", SELFTEST_SECONDS)]
            if not any(_proves_nothing(one) for one in findings):
                break
        return findings

    def close(self) -> None:
        """End the warm process and remove its folders."""
        if self._process is not None:
            self._channel.close()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._place is not None:
            self._place.leave()
            self._place = None
        if self.user is not None:
            self.user.leave()
            self.user = None

    def paths(self) -> dict[str, str]:
        """Return folders of this machine, each with the word to show a student instead."""
        shown = {str(self._folder): "…"} if self._place else {}
        return shown | {sys.prefix: "python", sys.base_prefix: "python", str(Path.home()): "~"}

    def _start(self) -> None:
        self.user = take_slot()
        self._place = take_workplace()
        ours, theirs = socket.socketpair()
        if self.unit:
            stage(self.unit, self._folder / "staged")
            packages = [str(self._folder / "staged"), *_packages()]
        else:
            packages = [str(SOURCE.parent), *sys.path]
        arguments = [str(theirs.fileno()), json.dumps(packages)]
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-c", BOOT, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                cwd=self._folder,
                env=_environment(self._folder),
                start_new_session=True,
            )
        self._channel = Channel(ours)
        self._reply("ready", START_SECONDS)

    @property
    def _folder(self) -> Path:
        return self._place.folder

    def _order(self, folder: Path) -> dict[str, Any]:
        return {
            "start": str(folder),
            "readable": [str(self._folder / "staged")],
            "hidden": [str(SOURCE), *map(str, answers_elsewhere())],
            "limits": {"cpu_seconds": self._cpu_seconds(), **self.process_limits},
            "uid": self.user.uid,
            "require": self.require,
        }

    def _cpu_seconds(self) -> int:
        return int(self.limits.notebook_seconds + self.limits.cell_seconds)

    def _level(self, channel: Channel) -> str:
        with _lost():
            hello = channel.receive(time.monotonic() + START_SECONDS)
        if "level" not in hello:
            raise SandboxError(f"a session could not be locked in:\n{hello.get('broken')}")
        return hello["level"]

    def _stop(self) -> None:
        try:
            self._channel.send({"stop": True})
            self._reply("stopped", STOP_SECONDS)
        except (GoneError, SandboxError):
            self.close()

    def _reply(self, word: str, seconds: float) -> Any:
        try:
            reply = self._channel.receive(time.monotonic() + seconds)
        except (GoneError, TooLateError) as error:
            raise SandboxError("the warm process does not answer") from error
        return reply[word]


def _proves_nothing(one: Finding) -> bool:
    aborted = one.probe == "run the self-test"
    return not one.passed and (aborted or one.detail.startswith("proves nothing"))


def _what_failed(findings: list[Finding], require: str) -> str:
    got = "\n".join(f"- {one.probe}: {one.detail}" for one in findings if not one.passed)
    advice = "`course doctor` and docs/security.md say what a sandbox needs."
    if require == "full":
        advice += (
            " Where no full one can be had, c.RunAndAsk.require_sandbox = False accepts less:"
            " a hostile notebook may then read and change files."
        )
    return f"Nothing can be graded, since the sandbox does not hold here:\n{got}\n{advice}"


def _packages() -> list[str]:
    """Return where the interpreter finds packages, without places that hold the course's source."""
    site = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return [
        path
        for path in sys.path
        if path and (path in site or not (Path(path) / "course" / "nn").is_dir())
    ]


def _environment(folder: Path) -> dict[str, str]:
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return {
        "HOME": str(folder),
        "IPYTHONDIR": str(folder / "ipython"),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(Path(cache) / "matplotlib"),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PATH": os.environ.get("PATH", os.defpath),
        # The order of sets of texts is the same on every run: same seed, same grade.
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
