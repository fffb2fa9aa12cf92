"""Grade submissions in parallel on the workers of a Dask cluster.

As in `pool`, a worker gets what all submissions of a unit share once, and then one submission with
each task; it returns only the result. Workers may join and leave: if a worker dies, its submissions
are graded on another.
"""

import asyncio
import contextlib
import itertools
import logging
import signal
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from typing import Any

import cryptography  # noqa: F401 (a cluster on this machine makes its certificates with it)
import dask
from distributed import (
    Client,
    Future,
    KilledWorker,
    LocalCluster,
    Scheduler,
    Worker,
    WorkerPlugin,
    get_worker,
    wait,
)

from course.grading import GradingError, RefusedError, StoppedError
from course.grading.judging.results import Graded
from course.grading.parallel.pool import AHEAD, Done, Grader, Job, attempt
from course.grading.parallel.versions import versions

LOCAL = "local"
PREFIX = "course-grading-"
CONNECTING_SECONDS = 20.0
# How long a cluster may have no worker at all.
DESERTED_SECONDS = 60.0
# Between looks at which workers have joined.
LOOK_SECONDS = 2.0
# A fork server that is idle for this long is ended.
IDLE_SECONDS = 300.0
KILLED = (
    "Every worker that graded this submission was killed, even when it graded nothing else; the "
    "submission may need more memory than a worker has."
)
GO_ON = "Everything graded so far is saved; run the same command again to continue."
# A submission may have some MiB.
SETTINGS = {"distributed.admin.large-graph-warning-threshold": "1GiB"}


def run(grader: Grader, jobs: Iterable[Job], scheduler: str, workers: int) -> Iterator[Done]:
    """Grade the jobs on a cluster; yield each when it is done.

    RefusedError if the cluster can't be used, StoppedError if it is lost.

    scheduler: its address, or "local" for a cluster of `workers` workers on this machine.
    """
    with _connected(scheduler, workers) as client, Crew(client, scheduler, grader) as crew:
        suspects = yield from _run(crew, iter(jobs))
        # Each was being graded on workers that died. Grading them one by one shows the culprit.
        for job in suspects:
            if (yield from _run(crew, iter([job]))):
                yield Done(job, error=KILLED)


def _run(crew: "Crew", jobs: Iterator[Job]) -> Generator[Done, None, list[Job]]:
    """Grade the jobs; return those that Dask gave up on because their workers kept dying."""
    waiting: dict[Future, Job] = {}
    suspects = []
    while True:
        for job in itertools.islice(jobs, max(0, AHEAD * crew.size() - len(waiting))):
            waiting[crew.send(job)] = job
        if not waiting:
            return suspects
        for future in crew.finished(waiting):
            job, answer = waiting.pop(future), crew.answer(future)
            if isinstance(answer, KilledWorker):
                suspects.append(job)
            else:
                yield Done(job, *answer)


class Crew:
    """The cluster's workers, each with a `Station` of this run, even if it joins late.

    The station is named after the client, so that the stations of killed runs can be recognised.
    """

    def __init__(self, client: Client, scheduler: str, grader: Grader):
        self.client, self.scheduler = client, scheduler
        self.station = Station(grader, f"{PREFIX}{client.id}")
        self.last_seen = time.monotonic()

    def __enter__(self) -> "Crew":
        with self._reached():
            try:
                self.client.wait_for_workers(1, timeout=DESERTED_SECONDS)
            except TimeoutError:
                raise RefusedError(
                    f"No worker has joined the scheduler {self.scheduler} within "
                    f"{DESERTED_SECONDS:.0f} seconds. Nothing was graded."
                ) from None
            found = {"the scheduler": _answer(self.client.run_on_scheduler, versions)}
            require_same(found | self.client.run(versions, on_error="return"), versions())
            for name in self.client.run_on_scheduler(_left_behind):
                self.client.unregister_worker_plugin(name)
            self.client.register_plugin(self.station)
            for problem in self.client.run(_prepare, self.station.name).values():
                if problem is not None:
                    raise problem
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(Exception):
            self.client.unregister_worker_plugin(self.station.name)

    def size(self) -> int:
        """Return how many workers there are, at least 1: more may join."""
        with self._reached():
            found = len(self.client.nthreads())
        if found:
            self.last_seen = time.monotonic()
        elif time.monotonic() - self.last_seen > DESERTED_SECONDS:
            raise StoppedError(f"No worker is left at the scheduler {self.scheduler}. {GO_ON}")
        return max(1, found)

    def send(self, job: Job) -> Future:
        with self._reached(), dask.config.set(SETTINGS):
            return self.client.submit(_work, self.station.name, job, pure=False)

    def finished(self, waiting: Iterable[Future]) -> Iterable[Future]:
        """Return the finished jobs; none if that takes long, so that more can be sent."""
        with self._reached():
            try:
                return wait(list(waiting), LOOK_SECONDS, "FIRST_COMPLETED").done
            except TimeoutError:
                return ()

    def answer(self, future: Future) -> Any:
        """Return the result of a submission; raise an error that concerns all submissions."""
        with self._reached():
            try:
                found = future.result()
            except KilledWorker as killed:
                return killed
            except (OSError, CancelledError):
                raise
            except Exception as error:
                raise StoppedError(f"A worker failed: {error!r}. {GO_ON}") from error
        if isinstance(found, GradingError):
            raise found
        return found

    @contextlib.contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except (OSError, CancelledError) as error:
            raise StoppedError(
                f"The cluster at {self.scheduler} can't be reached any more. {GO_ON}"
            ) from error


def require_same(elsewhere: dict[str, Any], here: dict[str, str]) -> None:
    """RefusedError if a machine's versions differ from those here, or are an error instead."""
    different = []
    for machine, found in elsewhere.items():
        if not isinstance(found, dict):
            different.append(f"- {machine}: no usable version ({found!r})")
        elif found != here:
            different.append(f"- {machine}: {_written(found)}")
    if different:
        raise RefusedError(
            "The same seed gives the same scores only with the same versions on all machines. "
            f"Here: {_written(here)}. Elsewhere:\n" + "\n".join(different) + "\nInstall the same "
            "versions everywhere, restart the scheduler and the workers, and run the same command "
            "again."
        )


def _written(found: dict[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in found.items())


def _answer(ask: Any, *arguments: Any) -> Any:
    """Return the answer, or the error that was raised instead."""
    try:
        return ask(*arguments)
    except OSError:
        raise
    except Exception as error:
        return error


@contextlib.contextmanager
def _connected(scheduler: str, workers: int) -> Iterator[Client]:
    # Dask's messages while it recovers mean nothing to the person who grades.
    for logger in ("distributed", "distributed.client"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        address: str | LocalCluster = scheduler
        if scheduler == LOCAL:
            # Other users of this machine must not be able to send tasks, so it speaks TLS.
            with _uninterrupted():
                cluster = LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address=None,
                    security=True,
                    silence_logs=logging.CRITICAL,
                )
            address = stack.enter_context(cluster)
        try:
            client = Client(address, timeout=CONNECTING_SECONDS)
        except (OSError, ValueError) as error:
            raise RefusedError(
                f"There is no Dask scheduler at {scheduler}: {error}. Nothing was graded."
            ) from error
        yield stack.enter_context(client)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let processes started here ignore Ctrl-C: the process that started them handles it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# ---------------------------------------------------------------------- on a worker's side


class Station(WorkerPlugin):
    """The grader on one worker, and a lock: its fork server serves one session at a time."""

    def __init__(self, grader: Grader, name: str):
        self.grader, self.name, self.versions = grader, name, versions()

    def setup(self, worker: Worker) -> None:
        self.address = worker.address
        self.turn = threading.Lock()
        self.clock = threading.Timer(0, self.rest)

    def teardown(self, worker: Worker) -> None:
        # The worker may still be grading for a run that was cancelled.
        threading.Thread(target=self.rest, daemon=True).start()

    def start(self) -> GradingError | None:
        """Ensure a fork server; return the error if that fails."""
        with self._my_turn():
            try:
                self.grader.start()
            except GradingError as error:
                return self._said_here(error)

    def grade(self, job: Job) -> tuple[dict[str, Graded], str | None] | GradingError:
        with self._my_turn():
            try:
                require_same({f"the worker {self.address}": versions()}, self.versions)
                return attempt(self.grader, job)
            except GradingError as error:
                return self._said_here(error)

    def rest(self) -> None:
        """End the fork server after its current submission; the next one starts another."""
        with self.turn:
            self.grader.__exit__()

    def _said_here(self, error: GradingError) -> GradingError:
        return type(error)(f"On the worker {self.address}: {error}")

    @contextlib.contextmanager
    def _my_turn(self) -> Iterator[None]:
        with self.turn:
            self.clock.cancel()
            try:
                yield
            finally:
                # If the run is killed, nothing else ends the fork server.
                self.clock = threading.Timer(IDLE_SECONDS, self.rest)
                self.clock.daemon = True
                self.clock.start()


async def _prepare(name: str, dask_worker: Worker) -> GradingError | None:
    return await asyncio.to_thread(dask_worker.plugins[name].start)


def _work(name: str, job: Job) -> tuple[dict[str, Graded], str | None] | GradingError:
    return get_worker().plugins[name].grade(job)


def _left_behind(dask_scheduler: Scheduler) -> list[str]:
    """Return the stations of runs that were killed."""
    names = [name for name in dask_scheduler.worker_plugins if name.startswith(PREFIX)]
    return [name for name in names if name.removeprefix(PREFIX) not in dask_scheduler.clients]
