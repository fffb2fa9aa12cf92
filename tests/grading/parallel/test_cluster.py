"""On a Dask cluster a class gets the same grades, whatever happens to workers and scheduler.

Scheduler and workers are real processes on this machine, reached over its loopback only.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from course.grading import RefusedError, StoppedError
from course.grading.classroom import Room, grade_class
from course.grading.process.findings import NotSandboxedError
from course.grading.submission.submitted import submissions
from tests.grading.notebooks import UNIT
from tests.grading.test_killed import CODE, GRADES, check_the_end, class_of, run_and_kill
from tests.speed import patience

pytest.importorskip("distributed")
from distributed import Client

from course.grading.parallel import cluster

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("cluster")]

DEADLY = """
import os
from course.grading.parallel.pool import Grader
def deadly(grade):
    def changed(self, job):
        if job.student == "student-01":
            os.kill(os.getpid(), 9)
        return grade(self, job)
    return changed
Grader.grade = deadly(Grader.grade)
"""
OLDER = """
from course.grading.parallel import versions
found = versions.versions() | {"course": "0.0.9 (an older one)"}
versions.versions = lambda: found
"""
WITHOUT = "import sys; sys.modules['course'] = None"
BLIND = """
import sys
def refuse(event, found):
    if event in ("open", "os.listdir", "os.scandir") and str(found[0]).startswith({folder!r}):
        raise PermissionError(found[0])
sys.addaudithook(refuse)
"""
LEAKY = """
from course.grading.sandbox import Finding
from course.grading.process.worker import Worker
Worker.selftest = lambda self: [Finding("open a socket", False, "it opened")]
"""


class Cluster:
    """A scheduler, and workers on demand; all end with the test."""

    def __init__(self, folder: Path):
        self.folder, self.processes = folder, []
        found = folder / "scheduler.json"
        where = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(found))
        self.scheduler = self._start("scheduler", *where, home=folder)
        while not found.exists():
            assert self.scheduler.poll() is None, self.logs()
            time.sleep(0.05)
        self.address = json.loads(found.read_text())["address"]
        assert self.address.startswith("tcp://127.0.0.1:")

    def worker(self, *options: str, preload: str = "") -> subprocess.Popen:
        """Start a worker in a folder and a HOME of its own; wait until it has joined."""
        place = Path(tempfile.mkdtemp(prefix="cluster-worker-"))
        if preload:
            (place / "changed.py").write_text(preload)
            options = ("--preload", str(place / "changed.py"), *options)
        with Client(self.address) as client:
            before = len(client.nthreads())
            started = self._start(
                *("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", *options),
                home=place,
            )
            client.wait_for_workers(before + 1, timeout=patience(120))
        return started

    def _start(self, *arguments: str, home: Path) -> subprocess.Popen:
        env = {"PATH": os.environ["PATH"], "HOME": str(home)}
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        with open(self.folder / f"{len(self.processes)}.log", "wb") as log:
            out = {"stdout": log, "stderr": log}
            started = subprocess.Popen(command, cwd=home, env=env, start_new_session=True, **out)
        self.processes.append((started, home))
        return started

    def end(self) -> None:
        for started, home in self.processes:
            for one in family_of(started):
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.kill()
            started.wait()
            shutil.rmtree(home, ignore_errors=True)

    def logs(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))


def family_of(started: subprocess.Popen) -> list[psutil.Process]:
    try:
        process = psutil.Process(started.pid)
        return [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return []


@pytest.fixture
def dask(tmp_path):
    (tmp_path / "dask").mkdir()
    started = Cluster(tmp_path / "dask")
    try:
        yield started
    finally:
        started.end()


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A class that isn't graded yet."""
    return class_of(tmp_path_factory.mktemp("ready"), 6)


@pytest.fixture(scope="module")
def undisturbed(ready, tmp_path_factory):
    root = copy_of(ready, tmp_path_factory.mktemp("undisturbed") / "course")
    grade_class(root, UNIT)
    return root


@pytest.fixture
def root(ready, tmp_path):
    return copy_of(ready, tmp_path / "course")


def copy_of(root: Path, to: Path) -> Path:
    return shutil.copytree(root, to, symlinks=True)


def rows(root: Path) -> bytes:
    with closing(sqlite3.connect(root / "gradebook.db")) as database:
        return "\n".join(map(repr, database.execute(GRADES))).encode()


def texts(root: Path) -> dict[str, bytes]:
    """The graded notebooks on disk, without the seconds they took."""
    return {
        path.parts[-3]: re.sub(rb'"seconds": [\d.]+', b"", path.read_bytes())
        for path in (root / "autograded").glob(f"*/{UNIT}/{UNIT}.ipynb")
    }


def test_one_process_several_and_a_cluster_give_the_same_bytes(dask, ready, undisturbed, tmp_path):
    dask.worker(preload=BLIND.format(folder=str(tmp_path)))
    dask.worker("--nthreads", "2", preload=BLIND.format(folder=str(tmp_path)))
    with Client(dask.address) as client, pytest.raises(PermissionError):
        client.run(Path.read_bytes, tmp_path / "cluster" / "nbgrader_config.py")
    runs = {"several": {"workers": 2}, "cluster": {"scheduler": dask.address}}
    assert len(texts(undisturbed)) == 7 and rows(undisturbed).count(b"\n") > 20
    for name, how in runs.items():
        root = copy_of(ready, tmp_path / name)
        assert grade_class(root, UNIT, **how).failed == {}
        assert rows(root) == rows(undisturbed)
        assert texts(root) == texts(undisturbed)


def test_workers_may_come_late_and_be_killed(dask, root, undisturbed):
    first = dask.worker("--no-nanny")
    family, late = [], []

    def disturb(progress):
        if progress.done == 1:
            late.append(dask.worker())
            family.extend(family_of(first)[:-1])
            first.kill()

    result = grade_class(root, UNIT, scheduler=dask.address, on_progress=disturb)
    assert result.failed == {} and len(result.graded) == 7
    check_the_end(root, undisturbed)
    assert family, "the killed worker had no fork server"
    _, alive = psutil.wait_procs(family, timeout=patience(20))
    assert alive == [], "processes outlived the worker that started them"


@pytest.mark.slow
def test_a_submission_that_kills_workers_fails_alone(dask, root, undisturbed):
    dask.worker(preload=DEADLY)
    dask.worker(preload=DEADLY)
    result = grade_class(root, UNIT, scheduler=dask.address)
    assert result.failed == {"student-01": cluster.KILLED}
    assert len(result.graded) == 6
    expected = texts(undisturbed)
    del expected["student-01"]
    assert texts(root) == expected
    secret = (root / "nbgrader_secret").read_text()
    assert "key=" not in dask.logs() and secret not in dask.logs()


@pytest.mark.slow
@pytest.mark.parametrize("preload", [OLDER, WITHOUT], ids=["older", "none"])
def test_another_version_of_the_course_is_refused(dask, root, preload):
    dask.worker()
    dask.worker(preload=preload)
    with pytest.raises(
        RefusedError, match=r"Elsewhere:\n- tcp://.*(an older one|no usable version)"
    ):
        grade_class(root, UNIT, scheduler=dask.address)
    assert texts(root) == {}


@pytest.mark.slow
def test_a_worker_whose_sandbox_does_not_hold_stops_the_run(dask, root):
    dask.worker(preload=LEAKY)
    with pytest.raises(NotSandboxedError, match=r"tcp://127.*\n.*open a socket: it opened"):
        grade_class(root, UNIT, scheduler=dask.address)
    assert texts(root) == {}


@pytest.mark.slow
def test_after_the_loss_of_the_scheduler_a_rerun_goes_on(dask, root, undisturbed):
    dask.worker()

    def disturb(progress):
        if progress.done == 2:
            os.killpg(dask.scheduler.pid, signal.SIGKILL)

    with pytest.raises(StoppedError, match=r"can't be reached any more.*run the same command"):
        grade_class(root, UNIT, scheduler=dask.address, on_progress=disturb)
    assert 2 <= len(texts(root)) < 7
    assert len(grade_class(root, UNIT, workers=2).unchanged) >= 2
    check_the_end(root, undisturbed)


def test_without_a_scheduler_or_without_workers_nothing_is_graded(dask, root, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING_SECONDS", patience(1.0))
    monkeypatch.setattr(cluster, "DESERTED_SECONDS", 0.5)
    with pytest.raises(RefusedError, match=r"no Dask scheduler at tcp://127\.0\.0\.1:9"):
        grade_class(root, UNIT, scheduler="tcp://127.0.0.1:9")
    with pytest.raises(RefusedError, match="No worker has joined"):
        grade_class(root, UNIT, scheduler=dask.address)
    assert texts(root) == {}


@pytest.mark.slow
def test_a_cluster_on_this_machine_ends_with_the_run_that_started_it(root, undisturbed):
    for seconds in (3, 12):
        run_and_kill(root, seconds, 2, scheduler="local")
    result = grade_class(root, UNIT, workers=2, scheduler="local")
    assert result.failed == {}
    check_the_end(root, undisturbed)


@pytest.mark.slow
def test_a_worker_with_another_version_that_comes_late_stops_the_run(dask, root):
    first = dask.worker("--no-nanny")

    def disturb(progress):
        if progress.done == 1:
            dask.worker(preload=OLDER)
            first.kill()

    with pytest.raises(RefusedError, match=r"Elsewhere:\n- the worker tcp://.*an older one"):
        grade_class(root, UNIT, scheduler=dask.address, on_progress=disturb)
    assert texts(root)


@pytest.mark.slow
def test_a_run_leaves_nothing_on_the_cluster(dask, root):
    worker = dask.worker("--no-nanny")
    code = CODE.format(unit=UNIT, scheduler=dask.address)
    command = [sys.executable, "-c", code, str(root), "1"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as killed:
        while not list((root / "autograded").glob("*/*")):
            time.sleep(0.05)
        killed.kill()
    with Client(dask.address) as client:
        [left] = stations(client)
        assert client.id not in left and family_of(worker)[:-1]
        assert grade_class(root, UNIT, scheduler=dask.address).failed == {}
        assert stations(client) == []
    _, alive = psutil.wait_procs(family_of(worker)[:-1], timeout=patience(20))
    assert alive == []


def stations(client: Client) -> list[str]:
    found = client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.worker_plugins))
    return [name for name in found if name.startswith(cluster.PREFIX)]


def test_an_idle_fork_server_is_ended_and_restarted_on_demand(root, monkeypatch):
    monkeypatch.setattr(cluster, "IDLE_SECONDS", 0.2)
    room = Room(root, UNIT)
    one = room.job(submissions(room.coursedir, UNIT)[0])
    before = set(psutil.Process().children())
    station = cluster.Station(room.grader(), "station")
    station.setup(SimpleNamespace(address="here"))
    for begin in (station.start, lambda: station.grade(one)):
        begin()
        _, alive = psutil.wait_procs(
            set(psutil.Process().children()) - before, timeout=patience(20)
        )
        assert alive == []
    graded, error = station.grade(one)
    assert graded[UNIT].exercises and error is None
    station.rest()
