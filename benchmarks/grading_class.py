"""A made-up class: what its students might submit, the same on every run.

Most functions are right, some are a known mistake, some are left unwritten. There are no endless
loops: a benchmark of them would measure the time limit.
"""

import inspect
import re
from textwrap import dedent

import nbformat
import numpy as np
from nbformat import NotebookNode

from course.build import notebooks
from course.exercises.engine import Exercise, Mistake
from course.exercises.units import exercises_of

RIGHT, WRONG = 0.6, 0.3
ANSWER = "Since the chain rule sums over all paths from the weight to the loss."
STANDS_ALONE = {"np"}


def submissions(unit: str, count: int, root) -> list[bytes]:
    """Return `count` notebooks handed in for `unit`."""
    source, released = (nbformat.reads(one.text, as_version=4) for one in notebooks(unit, root))
    solved = {cell.id: _without_marks(cell.source) for cell in source.cells}
    return [
        _handed_in(unit, released, solved, np.random.default_rng(number)) for number in range(count)
    ]


def _handed_in(
    unit: str, released: NotebookNode, solved: dict[str, str], rng: np.random.Generator
) -> bytes:
    by_name = {one.name: one for one in exercises_of(unit)}
    notebook = nbformat.from_dict(released)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if not mark.get("solution"):
            continue
        if cell.cell_type == "markdown":
            cell.source = ANSWER
        else:
            cell.source = _answer(by_name.get(cell.id), cell.source, solved[cell.id], rng)
    return f"{nbformat.writes(notebook)}\n".encode()


def _answer(exercise: Exercise | None, unsolved: str, solved: str, rng: np.random.Generator) -> str:
    draw = rng.random()
    if exercise is None or draw < RIGHT:
        return solved
    mistakes = [one for one in exercise.mistakes.values() if _stands_alone(one)]
    if draw < RIGHT + WRONG and mistakes:
        return _source(mistakes[rng.integers(len(mistakes))], exercise)
    return unsolved


def _stands_alone(mistake: Mistake) -> bool:
    """Whether a mistake's function needs nothing that a notebook has not got."""
    if mistake.function is None or mistake.function.__closure__:
        return False
    named = inspect.getclosurevars(mistake.function)
    return set(named.globals) <= STANDS_ALONE


def _source(mistake: Mistake, exercise: Exercise) -> str:
    text = dedent(inspect.getsource(mistake.function))
    function = text[text.index(f"def {mistake.name}(") :]
    return function.replace(f"def {mistake.name}(", f"def {exercise.name}(", 1).rstrip()


def _without_marks(source: str) -> str:
    return re.sub(r"^ *### (BEGIN|END) SOLUTION\n?", "", source, flags=re.M).rstrip()
