"""Calls and properties by name: questions name them, in files and in what is sent to a process."""

from collections.abc import Callable, Iterator
from typing import Any

from course.exercises.engine.near_names import unknown


class Registry:
    """Functions of one kind by their own names, added with `register` as a decorator.

    kind: what errors call such a function.
    home: the package in which all of them have to be; None if they may be anywhere.
    """

    def __init__(self, kind: str, home: str | None = None):
        self.kind, self.home = kind, home
        self._functions: dict[str, Callable[..., Any]] = {}

    def register(self, function: Callable) -> Callable:
        """Add a function; ValueError if its name is taken, its docstring or its home is missing."""
        name = function.__name__
        if name in self._functions:
            raise ValueError(f"two {self.kind} functions are called {name!r}")
        if not (function.__doc__ or "").strip():
            raise ValueError(f"the {self.kind} {name!r} needs a docstring")
        if self.home and not function.__module__.startswith(f"{self.home}."):
            raise ValueError(
                f"the {self.kind} {name!r} has to be defined in {self.home}: it runs where "
                f"{function.__module__} is not"
            )
        self._functions[name] = function
        return function

    def named(self, name: str) -> Callable:
        """Return the function called `name`; ValueError, with the nearest names, if none is."""
        if name not in self._functions:
            raise unknown(self.kind, name, self._functions)
        return self._functions[name]

    def name_of(self, function: str | Callable) -> str:
        """Return a registered function's name, given the function or the name itself."""
        if isinstance(function, str):
            self.named(function)
            return function
        name = getattr(function, "__name__", repr(function))
        if self._functions.get(name) is not function:
            raise ValueError(f"the {self.kind} {name!r} is not registered")
        return name

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)


# A call runs in the student's process, where there is no exercise's module.
CALLS = Registry("call", home="course.exercises.engine")
PROPERTIES = Registry("property")
