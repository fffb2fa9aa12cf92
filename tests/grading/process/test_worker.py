"""A worker whose fork server or machine fails leaves nothing half done."""

import fcntl
import os
import tempfile
from pathlib import Path

import pytest

from course.grading import RefusedError
from course.grading.process import worker as module
from course.grading.process import worker_folder
from course.grading.process.session import SessionLostError
from course.grading.process.worker import Worker
from tests.grading.notebooks import UNIT


@pytest.fixture
def worker():
    with Worker(UNIT) as worker:
        yield worker


def test_a_fork_server_that_dies_loses_the_session_and_the_next_one_has_another(worker):
    with pytest.raises(SessionLostError), worker.session() as session:
        worker._process.kill()
        worker._process.wait()
        session.run("6 * 7")
    with worker.session() as session:
        assert session.run("6 * 7")


def test_a_fork_server_that_starts_badly_is_ended_and_the_next_start_tests_it_again(monkeypatch):
    tests = []

    def selftest(self):
        tests.append(self._worker_folder.folder)
        if len(tests) == 1:
            raise module.SandboxError("the fork server does not answer")
        return []

    monkeypatch.setattr(Worker, "selftest", selftest)
    with Worker(UNIT) as worker:
        with pytest.raises(module.SandboxError):
            worker.start()
        assert worker._process is None and not tests[0].exists()
        worker.start()
        assert len(tests) == 2


def test_a_temporary_folder_without_locks_is_refused_once(monkeypatch, tmp_path):
    def flock(descriptor, how):
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", flock)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(RefusedError, match=r"has no file locks.*TMPDIR=/path"):
        worker_folder.take_worker_folder()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_another_worker_is_sweeping_away_is_given_up(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    locked, swept = worker_folder._locked, []

    def swept_first(folder):
        if not swept:
            swept.append(os.open(folder, worker_folder.OPENING))
            fcntl.flock(swept[0], fcntl.LOCK_EX)
        return locked(folder)

    monkeypatch.setattr(worker_folder, "_locked", swept_first)
    taken = worker_folder.take_worker_folder()
    assert len(swept) == 1 and taken.folder.exists()
    taken.leave()
    os.close(swept[0])


@pytest.mark.parametrize("home", ["/", "/home/ann"])
def test_a_home_is_shown_by_its_sign_unless_it_is_the_root(home, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: Path(home))
    assert ("~" in Worker(UNIT).paths().values()) == (home != "/")


def test_an_account_without_a_home_has_no_sign_for_it(monkeypatch):
    def home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", home)
    assert "~" not in Worker(UNIT).paths().values()
