"""After `kill_descendants` no started process is left, however it tried to stay."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.grading.sandbox import (
    Level,
    Policy,
    ProcessLimits,
    become_subreaper,
    descendants,
    kernel,
    kill_descendants,
    lock_in,
)
from tests.speed import patience

pytestmark = pytest.mark.skipif(not kernel.is_linux(), reason="subreapers are a part of Linux")


def as_warm_server(start: Callable[[], Any]) -> dict[str, Any]:
    """Run `start` under a subreaper in a fork, kill what it left, and report."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        become_subreaper()
        try:
            value = start()
            before = len(descendants.descendants())
            begun = time.monotonic()
            statuses = kill_descendants()
            report = {
                "value": value,
                "before": before,
                "seconds": time.monotonic() - begun,
                "after": len(descendants.descendants()),
                "statuses": statuses,
            }
        except BaseException as error:
            report = {"error": repr(error)}
        os.write(writer, json.dumps(report).encode())
        os._exit(0)
    os.close(writer)
    with open(reader) as file:
        text = file.read(1 << 16)
    os.waitpid(pid, 0)
    return json.loads(text)


def child(function: Callable[[], Any]) -> int:
    """Fork a process that says when it is ready, and is never done."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        function()
        os.write(writer, b".")
        os.close(writer)
        time.sleep(30)
        os._exit(0)
    os.close(writer)
    os.read(reader, 1)
    os.close(reader)
    return pid


def test_a_daemon_is_found() -> None:
    def daemonise() -> None:
        os.setsid()
        if os.fork():
            os._exit(0)

    def start() -> int:
        def leave() -> None:
            middle = os.fork()
            if middle == 0:
                daemonise()
                time.sleep(30)
                os._exit(0)
            os.waitpid(middle, 0)

        return child(leave)

    report = as_warm_server(start)
    assert report["before"] == 2
    assert report["after"] == 0
    assert report["statuses"][str(report["value"])] == signal.SIGKILL
    assert len(report["statuses"]) == 2


def test_ignored_signals_and_stopped_processes_do_not_help() -> None:
    def stubborn() -> None:
        for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                continue

    def start() -> None:
        os.kill(child(stubborn), signal.SIGSTOP)
        child(stubborn)

    report = as_warm_server(start)
    assert (report["before"], report["after"]) == (2, 0)


@pytest.mark.parametrize("ignore", [False, True])
def test_a_fork_bomb_is_put_out(ignore: bool, tmp_path: Path) -> None:
    policy = Policy(writable=(tmp_path,), limits=ProcessLimits(processes=24), require=Level.LIMITS)

    def bomb() -> None:
        lock_in(policy)
        if ignore:
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # dead children free their place at once
        while True:
            try:
                os.fork()
                os.setsid()
            except OSError:
                continue

    def start() -> None:
        if os.fork() == 0:
            bomb()
        while len(descendants.descendants()) <= 3:
            time.sleep(0.01)

    report = as_warm_server(start)
    assert report["before"] > 3, report
    assert report["after"] == 0
    assert report["seconds"] < patience(5)


def test_the_exit_status_of_one_that_ended_by_itself_is_kept() -> None:
    def start() -> int:
        pid = os.fork()
        if pid == 0:
            os._exit(7)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        return pid

    report = as_warm_server(start)
    assert os.waitstatus_to_exitcode(report["statuses"][str(report["value"])]) == 7


def test_without_children_it_returns_at_once() -> None:
    report = as_warm_server(lambda: None)
    assert report["statuses"] == {}
    assert report["seconds"] < patience(0.5)
