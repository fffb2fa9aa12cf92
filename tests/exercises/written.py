"""Functions from their text, as a notebook has them: with lines that an error can show."""

import itertools
import linecache
from collections.abc import Callable

import numpy as np

_NUMBERS = itertools.count()


def written(name: str, source: str) -> Callable:
    """Run `source` as a notebook's cell and return the function `name` that it defines."""
    file = f"<cell {next(_NUMBERS)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names: dict[str, object] = {"np": np}
    exec(compile(source, file, "exec"), names)
    return names[name]
