"""The student's side: a process that runs one notebook and answers questions about its functions.

It is forked from the fork server and enters the sandbox; from then on it obeys the trusted side
(`process.session`) over a socket. Nothing it sends is a verdict: outputs are shown, answers are
judged elsewhere.
"""

import builtins
import contextlib
import importlib
import importlib.util
import io
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course.exercises.engine.observe import observe_students
from course.exercises.engine.raised import describe
from course.grading.limits import LOAD_TRACE_CHARACTERS
from course.grading.student_process.as_loaded import as_loaded
from course.grading.student_process.channel import BrokenProtocolError, Channel, GoneError
from course.grading.student_process.shell import CellShell, interruptible, run_cell

WORN_OUT = 1


class Nowhere(io.TextIOBase):
    """A stream that drops what a function prints while it is asked."""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


def serve(connection: socket.socket, shell: CellShell) -> None:
    """Carry out the messages from the connection until it closes.

    {"run": source, "figures": drawn or not} runs a cell: {"outputs": [...]}.
    {"load": path, "given": modules} imports a module in place of a notebook, which may use the
    names of others: {"failed": why or null}.
    {"ask": name}, followed by a connection, forks a child that answers there: {"asked": pid}.
    {"end": true} ends that child: {"ended": true}.
    """
    channel = Channel(connection)
    namespace, child = shell.user_ns, 0
    fork, put_back = os.fork, as_loaded()
    while True:
        match channel.receive():
            case {"run": source, "figures": figures}:
                outputs = outputs_of(shell, source, figures)
                put_back()
                channel.send(outputs)
            case {"load": path, "given": given}:
                namespace, failed = load(path, given)
                put_back()
                channel.send({"failed": failed})
            case {"ask": name}:
                with channel.receive_socket() as questions:
                    child = fork()
                    if child == 0:
                        put_back()
                        connection.close()
                        _answer_and_leave(questions, namespace, name, put_back)
                channel.send({"asked": child})
            case {"end": True}:
                _end(child)
                channel.send({"ended": True})


def outputs_of(shell: CellShell, source: str, figures: bool) -> dict[str, Any]:
    try:
        return {"outputs": run_cell(shell, source, figures)}
    except MemoryError:
        return {"outputs": []}


def load(path: str, given: Sequence[str]) -> tuple[dict[str, Any], str | None]:
    """Import the module at `path`; return its names, and the trace if that fails.

    given: modules whose functions and classes it finds as it finds Python's own: after its own
        names, and without counting as its answers.
    """
    spec = importlib.util.spec_from_file_location(Path(path).stem, path)
    module = importlib.util.module_from_spec(spec)
    names = {name: thing for other in given for name, thing in _made_in(other).items()}
    vars(module)["__builtins__"] = {**names, **vars(builtins), "np": np}
    sys.modules[spec.name] = module
    sys.stdout = sys.stderr = Nowhere()
    try:
        with interruptible():
            spec.loader.exec_module(module)
    except BaseException as error:
        return {}, _trace_from(path, error)
    return vars(module), None


def _made_in(name: str) -> dict[str, Any]:
    module = importlib.import_module(name)
    return {n: x for n, x in vars(module).items() if getattr(x, "__module__", None) == name}


def _trace_from(path: str, error: BaseException) -> str:
    """Return an exception's trace from the first line in `path` on: the rest is the grader's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename != path:
        trace = trace.tb_next
    return "".join(traceback.format_exception(type(error), error, trace))[-LOAD_TRACE_CHARACTERS:]


def answer(
    channel: Channel, namespace: dict[str, Any], name: str, put_back: Callable[[], None]
) -> None:
    """Answer questions about one function after another.

    {"number": n, "request": r} gets the reply {"number": n, "seen": observation}; {"turn": name}
    turns to another function. For each function {"missing": whether it is missing} is sent first.
    """
    asked = {"turn": name}
    while True:
        if "turn" in asked:
            function = namespace.get(asked["turn"])
            channel.send({"missing": function is None})
            asked = channel.receive()
            continue
        reply = {"number": asked["number"], "seen": see(function, asked["request"], put_back)}
        try:
            channel.send(reply)
        except (BrokenProtocolError, ValueError, TypeError) as error:
            channel.send({"number": asked["number"], "seen": _failed(error)})
        asked = channel.receive()


def see(
    function: Callable,
    request: dict,
    put_back: Callable[[], None],
    let_through: tuple[type[BaseException], ...] = (),
) -> dict[str, Any]:
    """Observe one answer, even if the function tries to end the process.

    put_back: puts the asking code back as it was, after each call of the function.
    let_through: exceptions that aren't the function's own.
    """
    try:
        return observe_students(function, request, put_back)
    except let_through:
        raise
    except BaseException as error:
        return _failed(error)


def _failed(error: BaseException) -> dict[str, Any]:
    return {"error": describe(error), "after": [], "warnings": []}


def _answer_and_leave(
    questions: socket.socket, namespace: dict[str, Any], name: str, put_back: Callable[[], None]
) -> None:
    status = WORN_OUT
    with contextlib.suppress(BaseException):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        sys.stdout = sys.stderr = Nowhere()
        with contextlib.suppress(GoneError):
            answer(Channel(questions), namespace, name, put_back)
        status = 0
    os._exit(status)


def _end(child: int) -> None:
    if child:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
