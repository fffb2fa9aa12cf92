"""What has a function of `course.nn` been through? Which questions and tests call it.

A change in a function can be seen only by what calls it, so nothing else need be asked of it.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from tempfile import TemporaryFile

import pytest

from tests.mutation.operators import ROOM

# tests/nn/test_imports.py reads the files and not what is imported: no mutant can meet it.
OPTIONS = ["--ignore=tests/nn/test_imports.py", "-q", "--tb=no", "--assert=plain"]
OPTIONS += ["-p", "no:cacheprovider", "-p", "pytest_timeout"]


@contextmanager
def noting_calls() -> Iterator[set[str]]:
    """Collects the functions of `course.nn` that are called, as "module.function"."""
    called: set[str] = set()
    room = f"{ROOM}{os.sep}"

    def note(frame, event, arg):
        if event == "call" and frame.f_code.co_filename.startswith(room):
            module = frame.f_code.co_filename.removeprefix(room).removesuffix(".py")
            called.add(f"{module}.{frame.f_code.co_qualname.split('.')[0]}")

    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(None)


def reaches(called: set[str], module: str, function: str) -> bool:
    """Whether what has called these functions can notice a change in that one.

    What stands outside all functions concerns all that has to do with the module.
    """
    if function == "module":
        return any(name.startswith(f"{module}.") for name in called)
    return f"{module}.{function.split('.')[0]}" in called


class Notes:
    """A pytest plugin that writes down what each test calls."""

    def __init__(self):
        self.called: dict[str, list[str]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        with noting_calls() as called:
            result = yield
        self.called[item.nodeid] = sorted(called)
        return result


@cache
def called_by_tests() -> dict[str, set[str]]:
    """Run tests/nn once, in a process of its own, and return what each test calls."""
    with TemporaryFile("w+") as file:
        child = os.fork()
        if child == 0:
            ended = pytest.ExitCode.INTERNAL_ERROR
            try:
                silence()
                notes = Notes()
                ended = pytest.main(["tests/nn", *OPTIONS], plugins=[notes])
                json.dump(notes.called, file)
                file.flush()
            finally:
                os._exit(ended)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != pytest.ExitCode.OK:
            raise RuntimeError("tests/nn fails without a mutant")
        file.seek(0)
        return {test: set(called) for test, called in json.load(file).items()}


def silence() -> None:
    """Nothing that this process prints is for anyone to read."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
