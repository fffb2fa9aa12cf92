"""The student's side where processes can't be forked: it runs one notebook and answers questions.

`process.portable` starts it with a fresh Python and talks to it in lines of JSON over its standard
input and output. There is no sandbox, and all answers are given by the same process, so this is for
checking your own work, not for grades.
"""

import io
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from course.exercises.engine.time_limit import OutOfTime, time_limit
from course.grading.student_process.as_loaded import as_loaded
from course.grading.student_process.server import Nowhere, load, outputs_of, see
from course.grading.student_process.shell import new_shell
from course.grading.student_process.skip_figures import make_figures_optional


def main(folder: str) -> None:
    """Carry out the messages that arrive, each with one reply, until there are no more.

    {"run": source, "figures": drawn or not, "seconds": limit} runs a cell: {"outputs": [...]}.
    {"load": path, "given": modules, "seconds": limit} imports a module: {"failed": why or null}.
    {"find": name} looks for a function: {"found": whether it exists}.
    {"ask": request, "of": name, "seconds": limit} puts a question: {"seen": observation}.
    {"late": true} is the reply to anything that took longer than its limit.
    """
    messages, replies = _take_over_standard_streams()
    os.chdir(folder)
    sys.path.insert(0, "")
    make_figures_optional()
    shell, put_back = new_shell(), as_loaded()
    namespace = shell.user_ns
    replies.write(_line({"ready": os.getpid()}))
    for message in map(json.loads, messages):
        match message:
            case {"run": source, "figures": figures, "seconds": seconds}:
                reply = _in_time(seconds, lambda: outputs_of(shell, source, figures))
            case {"load": path, "given": given, "seconds": seconds}:
                reply = _in_time(seconds, lambda: load(path, given))
                if isinstance(reply, tuple):
                    namespace, failed = reply
                    reply = {"failed": failed}
            case {"find": name}:
                reply = {"found": namespace.get(name) is not None}
            case {"ask": request, "of": name, "seconds": seconds}:
                reply = _in_time(seconds, partial(_seen, namespace.get(name), request, put_back))
        replies.write(_line(reply))


def _take_over_standard_streams() -> tuple[io.TextIOBase, io.TextIOBase]:
    """Return the two streams of messages; whatever prints from now on is lost."""
    messages = os.fdopen(os.dup(0), encoding="ascii")
    replies = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    sys.stdout = sys.stderr = Nowhere()
    return messages, replies


def _seen(function: Callable, request: dict, put_back: Callable[[], None]) -> dict[str, Any]:
    return {"seen": see(function, request, put_back, let_through=(OutOfTime,))}


def _in_time(seconds: float, work: Callable[[], Any]) -> Any:
    try:
        with time_limit(seconds):
            return work()
    except OutOfTime:
        return {"late": True}


def _line(reply: dict[str, Any]) -> str:
    return json.dumps(reply) + "\n"
