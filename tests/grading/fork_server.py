"""A fork server that outlives a run of `course grade`: to start one takes a second and a half."""

from collections.abc import Iterator
from functools import cache

import pytest

from course.grading import doctor
from course.grading.parallel.pool import Grader
from course.grading.process.worker import Worker


class Kept:
    """Workers that graded and wait for the next run with their unit and limits."""

    def __init__(self) -> None:
        self._waiting: dict[tuple, Worker] = {}

    def close(self) -> None:
        while self._waiting:
            self._waiting.popitem()[1].close()

    def take(self, grader: Grader) -> Worker | None:
        return self._waiting.pop(_key(grader), None)

    def put(self, grader: Grader, worker: Worker) -> None:
        if other := self.take(grader):
            other.close()
        self._waiting[_key(grader)] = worker


def _key(grader: Grader) -> tuple:
    return grader.unit, repr(grader.limits), grader.require


def keep() -> Iterator[Kept]:
    """Have graders in this process take a worker that waits, and leave theirs behind.

    The doctor's self-test, which starts a worker too, is done once.
    """
    kept, start = Kept(), Grader.start

    def take(grader: Grader) -> None:
        grader._worker = grader._worker or kept.take(grader)
        start(grader)

    def leave(grader: Grader, *_: object) -> None:
        if grader._worker is not None:
            kept.put(grader, grader._worker)
            grader._worker = None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Grader, "start", take)
        patch.setattr(Grader, "__exit__", leave)
        patch.setattr(doctor, "_selftest", cache(doctor._selftest))
        yield kept
    kept.close()
