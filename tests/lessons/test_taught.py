"""No exercise needs anything that hasn't been taught: its solution uses only names shown above it.

A name is shown if it appears in code, in `inline code` or in the docstrings of exercises, above the
exercise or in an earlier lesson. Checks of arguments don't count: only the reference makes them,
and students only have to do what their exercise's docstring asks.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from course.build import source_notebook
from course.exercises.units import UNITS, all_exercises, exercises_of

CHECKED_FIRST = "course.nn.arguments"
FIRST_COURSE_IN_PYTHON = {
    *("abs", "all", "any", "bool", "dict", "float", "int", "len", "list", "max", "min", "print"),
    *("range", "reversed", "round", "set", "sorted", "str", "sum", "tuple"),
    *("append", "items", "keys", "values", "ValueError"),
}
# The reference's own method, if the exercise leaves it open and the lesson shows another.
OWN_WAY = {
    "train": {"Workspace"},  # its memory for speed; the lesson shows backprop and sgd_step
    "design": {"indices", "swapaxes", "int", "astype", "pad", "clip", "linspace"},  # free choice
}


class Uses(ast.NodeVisitor):
    """The names, attributes and keywords that a solution uses and doesn't define itself."""

    def __init__(self, function: ast.FunctionDef):
        nodes = list(ast.walk(function))
        imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
        taken = {a.name: node.module for node in imports for a in node.names}
        self.checks = {name for name, home in taken.items() if home == CHECKED_FIRST}
        self.own = {node.arg for node in nodes if isinstance(node, ast.arg)} | self.checks
        for node in nodes:
            if isinstance(node, ast.FunctionDef):
                self.own.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.own.add(node.id)
        self.imported = set(taken) - self.checks
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        for statement in function.body:
            self.visit(statement)

    def visit_Call(self, node: ast.Call) -> None:
        if not (isinstance(node.func, ast.Name) and node.func.id in self.checks):
            self.attributes |= {keyword.arg for keyword in node.keywords if keyword.arg}
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """The text of an error message doesn't count."""

    def visit_Name(self, node: ast.Name) -> None:
        self.names |= {node.id} - self.own

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.attributes.add(node.attr)
        self.generic_visit(node)


def shown(cell: NotebookNode) -> set[str]:
    """Return the names that a cell shows, in code or in code within text."""
    if cell.cell_type != "code":
        return _words(" ".join(re.findall(r"```.*?```|`[^`]+`", cell.source, re.DOTALL)))
    names = set()
    for node in ast.walk(ast.parse(cell.source)):
        names |= {value for field in ("id", "attr", "arg", "name") if (value := _of(node, field))}
        if isinstance(node, ast.FunctionDef):
            names |= _words(ast.get_docstring(node) or "")
    return names


def _of(node: ast.AST, field: str) -> str | None:
    value = getattr(node, field, None)
    return value if isinstance(value, str) else None


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d]\w*", text))


def bound(cell: NotebookNode) -> set[str]:
    """Return the functions that can be called once the cell has run."""
    if cell.cell_type != "code":
        return set()
    names = set()
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def is_solution(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def missing(lessons: list[list[NotebookNode]]) -> Iterator[tuple[str, set[str], set[str]]]:
    """Yield each exercise, the names it needs that aren't shown, and those that can't be called."""
    seen = set(FIRST_COURSE_IN_PYTHON)
    exercises = set(all_exercises())
    for cells in lessons:
        at_hand: set[str] = set()
        for cell in cells:
            if is_solution(cell):
                function = ast.parse(cell.source).body[0]
                uses = Uses(function)
                own_way = OWN_WAY.get(function.name, set())
                told = seen | own_way | _words(ast.get_docstring(function))
                to_call = uses.names & (exercises | uses.imported)
                unseen = (uses.names | uses.attributes) - told
                yield function.name, unseen, to_call - at_hand - own_way
            seen |= shown(cell)
            at_hand |= bound(cell)


@cache
def found() -> dict[str, tuple[set[str], set[str]]]:
    cells = [source_notebook(unit).cells for unit in UNITS]
    return {name: (unseen, not_at_hand) for name, unseen, not_at_hand in missing(cells)}


def test_all_that_a_solution_uses_was_shown_above_it(unit):
    lacking = {one.name: found()[one.name][0] for one in exercises_of(unit)}
    assert {name: unseen for name, unseen in lacking.items() if unseen} == {}


def test_every_function_of_the_course_that_a_solution_calls_is_at_hand_above_it(unit):
    lacking = {one.name: found()[one.name][1] for one in exercises_of(unit)}
    assert {name: not_at_hand for name, not_at_hand in lacking.items() if not_at_hand} == {}


def solution_cell(source: str) -> NotebookNode:
    return new_code_cell(source, metadata={"nbgrader": {"solution": True}})


def test_what_is_shown_only_below_or_not_as_code_or_imported_by_the_solution_is_missing():
    solved = solution_cell(
        'def layer(x, h):\n    """Use np.dot."""\n'
        "    from course.nn.arguments import floats\n"
        "    from course.nn.neuron import relu\n"
        '    x = floats("x", np.ravel(x))\n'
        "    return relu(h(np.dot(x, np.tile(x, axis=0))).sum() + len(x) + neuron(x))"
    )
    above = [new_markdown_cell("We need tile and `x.sum()`."), new_code_cell("import numpy as np")]
    below = [new_code_cell("np.tile(x, axis=0); relu(x)")]
    [(name, unseen, not_at_hand)] = missing([[*above, solved, *below]])
    assert name == "layer"
    assert unseen == {"tile", "axis", "relu", "neuron"}
    assert not_at_hand == {"relu", "neuron"}


def test_what_an_earlier_lesson_shows_counts_but_has_to_be_imported_to_be_called():
    before = [new_code_cell("relu(np.tile(2, 3))")]
    solved = solution_cell('def layer(x):\n    """Do."""\n    return relu(np.tile(x, 2))')
    assert list(missing([before, [solved]])) == [("layer", set(), {"relu"})]
    imported = new_code_cell("from course.nn.neuron import relu")
    assert list(missing([before, [imported, solved]])) == [("layer", set(), set())]
