"""The trusted client of one student's process: gives it cells and questions, with deadlines.

Whatever the process sends back is only data. Once it no longer answers sensibly, the session is
lost and raises SessionLostError; a question without an answer raises an error of `channel`.
"""

import contextlib
import os
import signal
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.grading.limits import ANSWER_PARTS, ANSWERS_PARTS
from course.grading.process.deadlines import (
    InterruptedDeadline,
    StarvedError,
    WorkDeadline,
    of_children,
)
from course.grading.process.limits import SubmissionLimits
from course.grading.process.processor import descendants
from course.grading.process.watchdog import Watchdog
from course.grading.student_process.channel import (
    BrokenProtocolError,
    Channel,
    Deadline,
    GoneError,
    TooLateError,
)

# Time to fork a child on a busy machine; doesn't count against the question's seconds.
ANSWER_SECONDS = 10.0


class SessionLostError(Exception):
    """The student's process is gone, or what it sends is no longer understood."""


class SessionStarvedError(SessionLostError):
    """The student's process was late since other processes had the processor."""


class UsedTooMuchError(GoneError):
    """The answering child was killed because the session used too much memory or disk space."""


@contextlib.contextmanager
def as_session_lost(watchdog: Watchdog | None = None) -> Iterator[None]:
    """Turn a channel's errors into SessionLostError, for the watchdog's reason if it has one."""
    try:
        yield
    except StarvedError:
        raise SessionStarvedError("the machine was too busy for the notebook's process") from None
    except GoneError:
        why = "the notebook's process ended"
    except TooLateError:
        why = "the notebook's process did not stop in time and was killed"
    except BrokenProtocolError as error:
        why = f"the notebook's process broke the protocol ({error})"
    else:
        return
    raise SessionLostError((watchdog and watchdog.reason()) or why) from None


class _Answerer:
    """A child of the student's process, on a connection of its own: it answers questions.

    Each question has a number, so that no answer can pass for the answer to another question.
    """

    def __init__(self, connection: socket.socket):
        self.channel = Channel(connection)
        self.number = 0
        self.pid = 0

    def has_function(self, deadline: Deadline) -> bool:
        """Whether the function exists that the child was started for or turned to."""
        hello = self.channel.receive(deadline)
        return type(hello) is dict and hello.get("missing") is False

    def turn(self, name: str, deadline: Deadline) -> bool:
        self.channel.send({"turn": name}, deadline)
        return self.has_function(deadline)

    def reply_to(self, request: dict, deadline: Deadline, most_parts: int) -> Any:
        self.number += 1
        self.channel.send({"number": self.number, "request": request}, deadline)
        return self.channel.receive(deadline, most_parts)

    def observation_in(self, reply: Any) -> Any:
        if type(reply) is not dict or reply.get("number") != self.number:
            raise BrokenProtocolError("an answer to no question")
        return reply.get("seen")


@dataclass
class Session:
    """A student's process: runs cells, and forks children that answer questions.

    pid: the process.
    parts_left: the number of items that all further answers together may have, since they are kept
        in memory until they are judged.
    used: the seconds that its cells and answers have taken, as deadlines count them.
    """

    pid: int
    channel: Channel
    limits: SubmissionLimits
    level: str
    watchdog: Watchdog
    parts_left: int = ANSWERS_PARTS
    used: float = 0.0
    _answerer: _Answerer | None = None

    def run(self, source: str, figures: bool = True) -> Any:
        """Run one cell; return its outputs as the process sent them."""
        self.watchdog.wait_for(None)
        return self._work({"run": source, "figures": figures}).get("outputs")

    def load(self, path: Path, given: Sequence[str] = ()) -> str | None:
        """Import a module; return why that failed, None if it didn't.

        given: the modules whose names it may use without importing them.
        """
        return self._work({"load": str(path), "given": list(given)}).get("failed")

    def find(self, name: str) -> bool:
        """Start a fresh child to answer for the function `name`; return whether it exists."""
        self._end_answerer()
        ours, theirs = socket.socketpair()
        self._answerer = _Answerer(ours)
        with theirs:
            self._send({"ask": name})
            with self._as_lost():
                self.channel.send_socket(theirs)
        pid = self._receive(self._deadline(ANSWER_SECONDS)).get("asked")
        # The student's process may name any process, so it has to be its own.
        self._answerer.pid = pid if pid in descendants(self.pid) else self.pid
        self.watchdog.wait_for(self._answerer.pid)
        with self._as_lost():
            return self._answerer.has_function(self._deadline(ANSWER_SECONDS))

    def turn(self, name: str) -> bool:
        """Let the current child, if any, answer for another function; return whether it exists.

        That saves a fork, which costs more than most answers, but the child may remember the
        questions it was asked before.
        """
        if self._answerer is not None:
            with contextlib.suppress(GoneError, TooLateError, BrokenProtocolError):
                return self._answerer.turn(name, self._deadline(ANSWER_SECONDS))
        return self.find(name)

    def ask(self, request: dict, seconds: float) -> Any:
        """Return what the child sent as its observation; an error of `channel` if nothing usable.

        After such an error a fresh child is needed (`find`).
        """
        pid = self._answerer.pid
        deadline = WorkDeadline(seconds * self.limits.patience, pid, of_children(pid))
        try:
            reply = self._answerer.reply_to(request, deadline, min(ANSWER_PARTS, self.parts_left))
        except GoneError:
            if self.watchdog.reason():
                raise UsedTooMuchError from None
            raise
        finally:
            self.used += deadline.used()
        self.parts_left -= self._answerer.channel.parts
        return self._answerer.observation_in(reply)

    def _end_answerer(self) -> None:
        if self._answerer is not None:
            self._answerer.channel.close()
            self._answerer = None
            self._send({"end": True})
            self._receive(self._deadline(ANSWER_SECONDS))

    def _work(self, message: dict) -> dict[str, Any]:
        """Let the process work on a message for as long as a cell may take."""
        self._send(message)
        deadline = InterruptedDeadline(
            self._deadline(self.limits.cell_seconds),
            lambda: self._deadline(self.limits.grace_seconds),
            self._interrupt,
        )
        try:
            return self._receive(deadline)
        finally:
            self.used += deadline.used()

    def _interrupt(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(self.pid, signal.SIGALRM)

    def _deadline(self, seconds: float) -> WorkDeadline:
        """Return a deadline for all processes of the session together."""
        return WorkDeadline(seconds, self.pid, self.watchdog.meter)

    def _send(self, message: dict) -> None:
        with self._as_lost():
            self.channel.send(message, self._deadline(ANSWER_SECONDS))

    def _receive(self, deadline: Deadline) -> dict[str, Any]:
        with self._as_lost():
            reply = self.channel.receive(deadline)
        if type(reply) is not dict:
            raise SessionLostError("the notebook's process broke the protocol")
        return reply

    def _as_lost(self) -> contextlib.AbstractContextManager[None]:
        return as_session_lost(self.watchdog)
