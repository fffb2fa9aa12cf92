"""Grade submissions in parallel: a grader in each of several processes.

A `Grader` has everything that all submissions of a unit share and is sent to each process once; a
`Job` has one submission. The process returns the pure function's result, or the grader's own error.
"""

import itertools
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any

from course.grading import GradingError, StoppedError
from course.grading.grade import grade_submission
from course.grading.judging.results import Graded
from course.grading.process.limits import SubmissionLimits
from course.grading.process.worker import Worker
from course.grading.sandbox import Level
from course.grading.submission.submitted_file import SubmittedFile

# Submissions queued per process; the rest have not even been read.
AHEAD = 2
DIED = (
    "The process that graded this submission was killed, and killed again when it graded nothing "
    "else; the machine may be out of memory."
)


@dataclass(frozen=True)
class Job:
    """One student's submission.

    key: the student's key, from which the secret questions are drawn.
    notebooks: the submitted file for each notebook of the unit.
    fingerprint: a digest of everything that the grades depend on.
    """

    student: str
    key: bytes = field(repr=False)
    notebooks: Mapping[str, SubmittedFile] = field(repr=False)
    fingerprint: str = ""


@dataclass
class Grader:
    """What all submissions of a unit share, and the worker that runs them one after another."""

    unit: str
    released: Mapping[str, dict[str, Any]]
    materials: Mapping[str, bytes]
    limits: SubmissionLimits = field(default_factory=SubmissionLimits)
    require: Level = Level.FULL
    _worker: Worker | None = None

    def __enter__(self) -> "Grader":
        return self

    def __exit__(self, *_: object) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def start(self) -> None:
        """Start the worker; RefusedError if a student's process can't be sandboxed."""
        self._worker = self._worker or Worker(self.unit, self.limits, require=self.require)
        try:
            self._worker.start()
        except GradingError:
            raise
        except (OSError, RuntimeError) as error:
            raise StoppedError(
                f"No worker could be started: {error}. Everything graded so far is saved. "
                "Fix this, then run the same command again."
            ) from error

    def grade(self, job: Job) -> dict[str, Graded]:
        """Grade each notebook of a submission, with a new worker if the first fails."""
        try:
            return self._grade(job)
        except GradingError:
            raise
        except Exception:
            self.__exit__()
            return self._grade(job)

    def _grade(self, job: Job) -> dict[str, Graded]:
        self.start()
        return {
            name: grade_submission(
                self.released[name], file, self.unit, job.key, self._worker, self.materials
            )
            for name, file in job.notebooks.items()
        }


@dataclass(frozen=True)
class Done:
    """A job and its notebooks' grades; `error` if the grader itself failed."""

    job: Job
    graded: dict[str, Graded] = field(default_factory=dict)
    error: str | None = None


def run(grader: Grader, jobs: Iterable[Job], workers: int) -> Iterator[Done]:
    """Grade the jobs with `workers` processes; yield each when it is done.

    RefusedError if students' processes can't be sandboxed, StoppedError if none can be started.
    """
    if workers < 1:
        raise ValueError(f"workers: expected at least 1, got {workers}")
    if workers == 1:
        with grader:
            for job in jobs:
                yield Done(job, *attempt(grader, job))
        return
    jobs = iter(jobs)
    while suspects := (yield from _run(grader, jobs, workers)):
        # One of them may have crashed the process. Grading them one by one shows the culprit.
        for job in suspects:
            if (yield from _run(grader, iter([job]), 1)):
                yield Done(job, error=DIED)


def attempt(grader: Grader, job: Job) -> tuple[dict[str, Graded], str | None]:
    """Grade a submission; return an error that concerns it alone with the grades."""
    try:
        return grader.grade(job), None
    except GradingError:
        raise
    except Exception:
        return {}, traceback.format_exc()


def _run(grader: Grader, jobs: Iterator[Job], workers: int) -> Generator[Done, None, list[Job]]:
    """Grade until all is done or a process dies; return the jobs that were running then."""
    context = multiprocessing.get_context("spawn")
    under_way: dict[str, Job] = {}
    waiting = set()
    with ProcessPoolExecutor(workers, context, _begin, (grader,)) as pool:
        try:
            while True:
                for job in itertools.islice(jobs, AHEAD * workers - len(waiting)):
                    under_way[job.student] = job
                    waiting.add(pool.submit(_work, job))
                if not waiting:
                    return []
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    student, *result = future.result()
                    yield Done(under_way.pop(student), *result)
        except BrokenProcessPool:
            return list(under_way.values())
        finally:
            pool.shutdown(cancel_futures=True)


_here: list[Grader] = []


def _begin(grader: Grader) -> None:
    # The parent reports an interrupt.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _here.append(grader)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the run that started it is killed; its fork server ends with it."""
    multiprocessing.parent_process().join()
    os._exit(1)


def _work(job: Job) -> tuple[str, dict[str, Graded], str | None]:
    # Return the student's id, not the Job: the parent still has the submission.
    return job.student, *attempt(_here[0], job)
