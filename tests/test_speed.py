"""Tests are measured in processor time, and wait longer on a slower machine."""

import os

import pytest

from tests import speed

pytest_plugins = ["pytester"]
BUSY = """\
import subprocess, sys, time, pytest
def work(seconds):
    busy = f"import time\\nwhile time.process_time() < {seconds}: pass"
    subprocess.run([sys.executable, "-c", busy], check=True)
def test_works():
    work(0.3)
def test_sleeps():
    time.sleep(0.5)
@pytest.mark.slow
def test_is_known_to_be_slow():
    work(0.5)
"""


@pytest.fixture
def run(pytester, monkeypatch):
    def run(*arguments: str) -> pytest.RunResult:
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", *arguments)

    monkeypatch.setenv("PYTHONPATH", os.getcwd())
    # Otherwise xdist takes the inner run for one of its workers, which know no -n.
    for name in [name for name in os.environ if name.startswith("PYTEST_XDIST")]:
        monkeypatch.delenv(name)
    pytester.makeini("[pytest]\nmarkers = slow")
    pytester.makepyfile(BUSY)
    pytester.makeconftest(
        "from tests import speed\n"
        "from tests.conftest import pytest_addoption, pytest_configure\n"
        "speed.BUDGET = 0.1\n"
        "speed.slowness = lambda: (1.0, 1.0)\n"
    )
    return run


def test_processes_count_and_sleep_does_not(run):
    done = run()
    lines = [line for line in done.outlines if " s  test" in line]
    names = [line.rpartition("::")[2] for line in lines]
    assert names == ["test_is_known_to_be_slow", "test_works", "test_sleeps"]
    assert done.ret == 0


def test_a_test_over_its_budget_is_named_and_fails_the_run_if_asked_to(run):
    done = run("--budget", "-n1")
    [named] = [line for line in done.outlines if "over its budget" in line]
    assert named.endswith("test_works")
    assert done.ret == 1


def test_a_slow_or_busy_machine_gets_more_time(monkeypatch):
    monkeypatch.setattr(speed, "slowness", lambda: (4.0, 2.0))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(os, "getloadavg", lambda: (1.0, 1.0, 1.0))
    assert (speed.patience(5), speed.effort(5)) == (20.0, 10.0)
    monkeypatch.setattr(os, "getloadavg", lambda: (12.0, 1.0, 1.0))
    assert speed.patience(5) == 60.0


def test_nothing_is_faster_than_the_reference():
    assert min(speed.slowness()) >= 1.0
