"""Messages between the trusted grader and the student's side: JSON, preceded by its length.

Both sides use this. The trusted side does not rely on the other to finish a message it began: every
wait has a deadline, and no message is longer than `MESSAGE_BYTES`.
"""

import json
import select
import socket
import struct
import time
from typing import Any, Protocol

from course.grading.limits import MESSAGE_BYTES, MESSAGE_PIECE_BYTES

_HEAD = struct.Struct(">I")


class GoneError(Exception):
    """The other side closed the connection."""


class TooLateError(Exception):
    """The other side did not finish its message, or take ours, in time."""


class BrokenProtocolError(Exception):
    """The bytes received are not a message."""


class Deadline(Protocol):
    """How long to wait."""

    def left(self) -> float:
        """Return how many seconds may pass before this is asked again; 0 or less if too late."""


class Clock:
    """A deadline that is `seconds` from now."""

    def __init__(self, seconds: float):
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        return self._end - time.monotonic()


class Channel:
    """One end of a connection on which JSON messages travel whole.

    parts: an upper bound on the number of items in the last message received.
    """

    def __init__(self, connection: socket.socket):
        self.connection = connection
        self.parts = 0
        self._received = bytearray()

    def send(self, message: Any, deadline: Deadline | None = None) -> None:
        """Send `message`; TooLateError when the deadline has passed."""
        body = json.dumps(message).encode("ascii")
        if len(body) > MESSAGE_BYTES:
            raise BrokenProtocolError(f"a message of {len(body)} bytes")
        waiting = memoryview(_HEAD.pack(len(body)) + body)
        self.connection.setblocking(deadline is None)
        try:
            while waiting:
                self._wait(deadline, writing=True)
                waiting = waiting[self.connection.send(waiting[:MESSAGE_PIECE_BYTES]) :]
        except BlockingIOError:
            raise TooLateError from None
        except OSError as error:
            raise GoneError from error

    def receive(self, deadline: Deadline | None = None, parts: int | None = None) -> Any:
        """Return the next message; raise one of the errors above if there is none.

        parts: a message with more items is refused before it is decoded, since in memory an empty
            list takes twenty times the space of its text.
        """
        [length] = _HEAD.unpack(self._take(_HEAD.size, deadline))
        if length > MESSAGE_BYTES:
            raise BrokenProtocolError(f"a message of {length} bytes")
        body = self._take(length, deadline)
        self.parts = sum(map(body.count, (b",", b"[", b"{")))
        if parts is not None and self.parts > parts:
            raise BrokenProtocolError(f"a message of {self.parts} parts")
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise BrokenProtocolError("not JSON") from error

    def send_socket(self, connection: socket.socket) -> None:
        """Hand over `connection`; the previous message must tell the other side to expect it."""
        try:
            self.connection.setblocking(True)
            socket.send_fds(self.connection, [b"+"], [connection.fileno()])
        except OSError as error:
            raise GoneError from error

    def receive_socket(self) -> socket.socket:
        """Take the connection from `send_socket`. It blocks, so only the untrusted side uses it."""
        mark, descriptors, _, _ = socket.recv_fds(self.connection, 1, 1)
        if mark != b"+" or len(descriptors) != 1:
            raise GoneError
        return socket.socket(fileno=descriptors[0])

    def close(self) -> None:
        self.connection.close()

    def _take(self, count: int, deadline: Deadline | None) -> bytes:
        self.connection.setblocking(deadline is None)
        while len(self._received) < count:
            self._wait(deadline, writing=False)
            try:
                # Never read past this message: the byte after it may carry a connection.
                chunk = self.connection.recv(min(MESSAGE_PIECE_BYTES, count - len(self._received)))
            except BlockingIOError:
                continue
            except OSError as error:
                raise GoneError from error
            if not chunk:
                raise GoneError
            self._received += chunk
        taken = bytes(self._received[:count])
        del self._received[:count]
        return taken

    def _wait(self, deadline: Deadline | None, writing: bool) -> None:
        if deadline is None:
            return
        watched = ([], [self.connection]) if writing else ([self.connection], [])
        while (left := deadline.left()) > 0:
            if any(select.select(*watched, [], left)):
                return
        raise TooLateError
