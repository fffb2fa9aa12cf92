"""Start, test and end a fork server, and have it fork students' processes.

A `Worker` has one fork server; `Worker.session` has it fork a student's process and yields the
`Session` that talks to that. Every wait has a deadline.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.grading.process.findings import proves_nothing, refusal
from course.grading.process.limits import SubmissionLimits
from course.grading.process.session import Session, as_session_lost
from course.grading.process.session_folder import clear, fill
from course.grading.process.staging import SOURCE, answers_elsewhere, closed_modules, stage
from course.grading.process.uid_slots import Slot, take_slot
from course.grading.process.watchdog import Watchdog
from course.grading.process.worker_folder import WorkerFolder, take_worker_folder
from course.grading.sandbox import Finding, Level, SandboxError
from course.grading.student_process.channel import Channel, Clock, GoneError, TooLateError

START_SECONDS = 60.0
SELFTEST_SECONDS = 60.0
SELFTESTS = 3
STOP_SECONDS = 10.0
BOOT = (
    "import json, sys; descriptor, packages = sys.argv[1:]; sys.path[:] = json.loads(packages);"
    "from course.grading.student_process.fork_server import main; main(int(descriptor))"
)


@dataclass
class Worker:
    """A fork server for one unit's notebooks, with one session at a time.

    unit: None to check your own work: then nothing is hidden and sessions are not sandboxed.
    require: the least level of the sandbox that is accepted.
    """

    unit: str | None
    limits: SubmissionLimits = field(default_factory=SubmissionLimits)
    require: Level = Level.FULL
    process_limits: Mapping[str, int] = field(default_factory=dict)
    _process: subprocess.Popen | None = None
    _channel: Channel | None = None
    _worker_folder: WorkerFolder | None = None
    user: Slot | None = None
    _sessions: int = 0
    _hidden: list[str] = field(default_factory=list)

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def session(
        self, materials: Mapping[str, bytes] | None = None, working_folder: Path | None = None
    ) -> Iterator[Session]:
        """Start a session in a folder of its own that holds `materials`; end it afterwards.

        working_folder: where to work instead, if the session is not sandboxed.
        """
        self.start()
        self._sessions += 1
        folder = self._folder / f"session-{self._sessions}"
        fill(folder, materials or {})
        ours, theirs = socket.socketpair()
        channel = Channel(ours)
        try:
            with theirs:
                policy = self._policy()
                start = working_folder if working_folder and policy is None else folder
                self._channel.send({"start": str(start), "policy": policy})
                self._channel.send_socket(theirs)
            pid = self._reply("started", START_SECONDS)
            level = self._level(channel)
            with Watchdog(self._process.pid, pid, folder, self.limits) as watchdog:
                yield Session(pid, channel, self.limits, level, watchdog)
        finally:
            channel.close()
            self._stop()
            if self._worker_folder is not None:  # or else it went with the fork server
                clear(folder)

    def start(self) -> None:
        """Ensure a fork server; NotSandboxedError if students' code could escape the sandbox."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        try:
            self._start()
            self._prove()
        except BaseException:
            self.close()
            raise

    def _prove(self) -> None:
        findings = self.selftest() if self.unit else []
        if not all(finding.passed for finding in findings):
            raise refusal(findings, self.require)

    def selftest(self) -> list[Finding]:
        """Let a process that is sandboxed like a session try to escape.

        Attempts that prove nothing because the machine was short of resources are repeated.
        """
        modules, folder = closed_modules(self.unit), str(self._folder)
        for _ in range(SELFTESTS):
            test = {"selftest": modules, "folder": folder, "policy": self._policy()}
            self._channel.send(test)
            findings = [Finding(*finding) for finding in self._reply("findings", SELFTEST_SECONDS)]
            if not any(map(proves_nothing, findings)):
                break
        return findings

    def close(self) -> None:
        """End the fork server and remove its folders."""
        if self._process is not None:
            self._channel.close()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._worker_folder is not None:
            self._worker_folder.leave()
            self._worker_folder = None
        if self.user is not None:
            self.user.leave()
            self.user = None

    def paths(self) -> dict[str, str]:
        """Return folders of this machine, each with the text that a student is shown instead."""
        own = {str(self._folder): "…"} if self._worker_folder else {}
        return own | {sys.prefix: "python", sys.base_prefix: "python"} | _home()

    def _start(self) -> None:
        self.user = take_slot()
        self._worker_folder = take_worker_folder()
        ours, theirs = socket.socketpair()
        if self.unit:
            # Once for all sessions: it looks through every folder of packages.
            self._hidden = [str(SOURCE), *map(str, answers_elsewhere())]
            stage(self.unit, self._folder / "staged")
            path = [str(self._folder / "staged"), *packages()]
        else:
            path = [str(SOURCE.parent), *sys.path]
        arguments = [str(theirs.fileno()), json.dumps(path)]
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
        return self._worker_folder.folder

    def _policy(self) -> dict[str, Any] | None:
        """Return the terms of the sandbox as JSON; None for sessions without one."""
        if self.unit is None:
            return None
        return {
            "readable": [str(self._folder / "staged")],
            "hidden": self._hidden,
            "limits": {"cpu_seconds": self._cpu_seconds(), **self.process_limits},
            "uid": self.user.uid,
            "require": self.require.value,
        }

    def _cpu_seconds(self) -> int:
        return int(self.limits.notebook_seconds + self.limits.cell_seconds)

    def _level(self, channel: Channel) -> str:
        with as_session_lost():
            hello = channel.receive(Clock(START_SECONDS))
        if "level" not in hello:
            raise SandboxError(f"a session could not be sandboxed:\n{hello.get('broken')}")
        return hello["level"]

    def _stop(self) -> None:
        try:
            self._channel.send({"stop": True})
            self._reply("stopped", STOP_SECONDS)
        except (GoneError, SandboxError):
            self.close()

    def _reply(self, word: str, seconds: float) -> Any:
        try:
            reply = self._channel.receive(Clock(seconds))
        except (GoneError, TooLateError) as error:
            raise SandboxError("the fork server does not answer") from error
        return reply[word]


def packages() -> list[str]:
    """Return where Python finds packages, without folders that hold the course's source."""
    site = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return [
        path
        for path in sys.path
        if path and (path in site or not (Path(path) / "course" / "nn").is_dir())
    ]


def _home() -> dict[str, str]:
    """Return the user's home folder with its sign; nothing for an account that has none."""
    try:
        home = Path.home()
    except RuntimeError:
        return {}
    return {str(home): "~"} if len(home.parts) > 1 else {}


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
        # Sets of strings have the same order on every run: same seed, same grade.
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
