"""A limit on how long a function may compute, in the process that calls it.

It works in a notebook and on every system: a thread watches, and raises `OutOfTime` in the thread
that computes. Code without Python in it, such as one large product of matrices, ends first.
"""

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

GLANCE_SECONDS = 0.05
# Code may catch the exception; it is raised again after this time.
AGAIN_SECONDS = 1.0


class OutOfTime(BaseException):
    """Raised in code that has computed for too long."""


@contextmanager
def time_limit(seconds: float) -> Iterator["Watch"]:
    """Raise `OutOfTime` in the block after this much processor time.

    Waiting, as for `input`, costs nothing, and neither do other threads that compute meanwhile.
    Python in a browser has no threads: there the block may compute for as long as it likes.
    The watch that the block gets can be restarted.
    """
    watch = Watch(seconds, threading.get_ident())
    watches = watch.starts()
    try:
        yield watch
    finally:
        if watches:
            watch.end()


class Watch(threading.Thread):
    """Looks at the clock while another thread computes."""

    def __init__(self, seconds: float, computing: int):
        super().__init__(daemon=True, name="time limit")
        self._seconds, self._computing = seconds, computing
        self._lock, self._over = threading.Lock(), threading.Event()
        self._begin()

    def starts(self) -> bool:
        try:
            self.start()
        except RuntimeError:  # "can't start new thread"
            return False
        return True

    def run(self) -> None:
        while not self._over.wait(GLANCE_SECONDS):
            with self._lock:
                if not self._over.is_set() and self._used() > self._limit:
                    self._raise(OutOfTime)
                    self._limit += AGAIN_SECONDS

    def restart(self) -> None:
        """Give the computing thread its seconds anew."""
        self._withdraw_after(self._begin)

    def end(self) -> None:
        self._withdraw_after(self._over.set)

    def _begin(self) -> None:
        self._clock, self._work, self._limit = time.monotonic(), time.process_time(), self._seconds

    def _used(self) -> float:
        return min(time.monotonic() - self._clock, time.process_time() - self._work)

    def _withdraw_after(self, change: Callable[[], None]) -> None:
        done = False
        while not done:
            with suppress(OutOfTime), self._lock:  # it may be raised here, at the last moment
                change()
                self._raise(None)
                done = True

    def _raise(self, kind: type[BaseException] | None) -> None:
        """Raise this in the computing thread, or withdraw what it has not noticed yet."""
        thread = ctypes.c_ulong(self._computing)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, kind and ctypes.py_object(kind))
