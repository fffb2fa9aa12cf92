"""Ask a notebook's functions in a fresh Python process, on every system.

Windows has no fork, and other systems lack what the fork server needs, so there `course check` uses
this in place of `worker` and `session`. It keeps a time limit and survives a crash. It does not
sandbox anything, limit memory, or keep one answer apart from the next.
"""

import contextlib
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import course
from course.grading.process.limits import SubmissionLimits
from course.grading.process.session import as_session_lost
from course.grading.student_process.channel import BrokenProtocolError, GoneError, TooLateError

START_SECONDS = 120.0
# Work is stopped from within after its seconds of processor time; after three
# times as long by the clock, and a little more, the process is killed.
BACKSTOP, MORE_SECONDS = 3.0, 10.0
BOOT = (
    "import json, sys; folder, path = sys.argv[1:]; sys.path[:] = json.loads(path);"
    "from course.grading.student_process.portable_server import main; main(folder)"
)
LEVEL = "open"
SOURCE = Path(course.__file__).parent


@dataclass
class PortableWorker:
    """Starts a process per session; has what `course check` needs of a `Worker`."""

    limits: SubmissionLimits = field(default_factory=SubmissionLimits)

    def __enter__(self) -> "PortableWorker":
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing: a session ends its own process."""

    @contextlib.contextmanager
    def session(
        self, materials: Mapping[str, bytes] | None = None, working_folder: Path | None = None
    ) -> Iterator["PortableSession"]:
        """Start a session that works in `working_folder`, the student's own."""
        session = PortableSession(self.limits, working_folder or Path())
        try:
            yield session
        finally:
            session.close()


@dataclass
class PortableSession:
    """A student's process: runs cells and answers questions, like `Session`.

    After a question without an answer its process is started again, and what was run before is run
    again.
    """

    limits: SubmissionLimits
    folder: Path
    level: str = LEVEL
    used: float = 0.0
    _done: list[dict[str, Any]] = field(default_factory=list)
    _process: "_Process | None" = None
    _name: str = ""

    def run(self, source: str, figures: bool = True) -> Any:
        """Run one cell; return its outputs."""
        reply = self._work({"run": source, "figures": figures})
        if "late" in reply:
            return [_LATE]
        return reply.get("outputs")

    def load(self, path: Path, given: Sequence[str] = ()) -> str | None:
        """Import a module; return why that failed, None if it didn't."""
        reply = self._work({"load": str(path), "given": list(given)})
        return "It took too long." if "late" in reply else reply.get("failed")

    def find(self, name: str) -> bool:
        """Turn to the function `name`; return whether it exists."""
        self._name = name
        with as_session_lost():
            return self._running().reply_to({"find": name}, MORE_SECONDS).get("found") is True

    turn = find

    def ask(self, request: dict, seconds: float) -> Any:
        """Return what was observed; an error of `channel` if there was no answer."""
        seconds *= self.limits.patience
        asked = {"ask": request, "of": self._name, "seconds": seconds}
        start = time.monotonic()
        try:
            reply = self._running().reply_to(asked, BACKSTOP * seconds + MORE_SECONDS)
        except (GoneError, TooLateError, BrokenProtocolError):
            self.close()
            raise
        finally:
            self.used += time.monotonic() - start
        if "late" in reply:
            raise TooLateError
        return reply.get("seen")

    def close(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None

    def _work(self, message: dict[str, Any]) -> dict[str, Any]:
        seconds, start = self.limits.cell_seconds, time.monotonic()
        message = {**message, "seconds": seconds}
        with as_session_lost():
            reply = self._running().reply_to(message, BACKSTOP * seconds + MORE_SECONDS)
        self.used += time.monotonic() - start
        if "late" not in reply:
            self._done.append(message)
        return reply

    def _running(self) -> "_Process":
        """Return the process; a new one has done what the one before had."""
        if self._process is None:
            self._process = _Process(self.folder)
            for message in self._done:
                self._process.reply_to(message, BACKSTOP * message["seconds"] + MORE_SECONDS)
        return self._process


_LATE = {
    "output_type": "error",
    "ename": "CellTimeout",
    "evalue": "this cell took too long and was stopped",
    "traceback": ["CellTimeout: this cell took too long and was stopped"],
}


class _Process:
    """A fresh Python that replies to messages, one line of JSON for another."""

    def __init__(self, folder: Path):
        path = json.dumps([str(SOURCE.parent), *filter(None, sys.path)])
        self._popen = subprocess.Popen(
            [sys.executable, "-c", BOOT, str(folder), path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="ascii",
        )
        # A pipe can't be read with a time limit on every system; a queue can.
        self._replies: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self._next(START_SECONDS)

    def reply_to(self, message: dict[str, Any], seconds: float) -> dict[str, Any]:
        try:
            self._popen.stdin.write(json.dumps(message) + "\n")
            self._popen.stdin.flush()
        except OSError as error:
            raise GoneError from error
        return self._next(seconds)

    def close(self) -> None:
        self._popen.kill()
        self._popen.wait()
        with contextlib.suppress(OSError):
            self._popen.stdin.close()

    def _read(self) -> None:
        with self._popen.stdout as lines:
            for line in lines:
                self._replies.put(line)
        self._replies.put("")

    def _next(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._replies.get(timeout=seconds)
        except queue.Empty:
            raise TooLateError from None
        if not line:
            raise GoneError
        try:
            return json.loads(line)
        except ValueError as error:
            raise BrokenProtocolError("not JSON") from error
