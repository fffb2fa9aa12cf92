"""A limit on how long a function may compute, in the process that calls it.

It works in a notebook and on every system: a thread watches, and raises `OutOfTime` in the thread
that computes. Code without Python in it, such as one large product of matrices, ends first.
"""

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

GLANCE_SECONDS = 0.05
# Code may catch the exception; it is raised again after this time.
AGAIN_SECONDS = 1.0


class OutOfTime(BaseException):
    """Raised in code that has computed for too long."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` in the block after this much processor time.

    Waiting, as for `input`, costs nothing, and neither do other threads that compute meanwhile.
    Python in a browser has no threads: there the block may compute for as long as it likes.
    """
    watch = _Watch(seconds, threading.get_ident())
    watches = watch.starts()
    try:
        yield
    finally:
        if watches:
            watch.end()


class _Watch(threading.Thread):
    def __init__(self, seconds: float, computing: int):
        super().__init__(daemon=True, name="time limit")
        self._seconds, self._computing = seconds, computing
        self._lock, self._over = threading.Lock(), threading.Event()

    def starts(self) -> bool:
        try:
            self.start()
        except RuntimeError:  # "can't start new thread"
            return False
        return True

    def run(self) -> None:
        clock, work, limit = time.monotonic(), time.process_time(), self._seconds
        while not self._over.wait(GLANCE_SECONDS):
            if min(time.monotonic() - clock, time.process_time() - work) > limit:
                with self._lock:
                    if not self._over.is_set():
                        self._raise(OutOfTime)
                limit += AGAIN_SECONDS

    def end(self) -> None:
        while not self._over.is_set():
            with suppress(OutOfTime), self._lock:  # it may be raised here, at the last moment
                self._over.set()
                self._raise(None)

    def _raise(self, kind: type[BaseException] | None) -> None:
        """Raise this in the computing thread, or withdraw what it has not noticed yet."""
        thread = ctypes.c_ulong(self._computing)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, kind and ctypes.py_object(kind))
