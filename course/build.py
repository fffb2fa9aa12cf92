"""Build the notebooks: from a lesson's text, nbgrader's source notebook and the student's notebook.

A lesson (`course/lessons/*.md`, MyST text) names its exercises in directives. Each directive
becomes a heading, the student's cell (signature, docstring and body of the reference) and the
graded test cell, so a solution can't drift from the reference. The frozen questions and the page
that maps the lecture's slides to the lessons are built here too.
Everything built is committed; `course build --check` says whether it is up to date.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from textwrap import dedent, indent
from types import ModuleType
from typing import Any

import jupytext
import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import SaveCells
from traitlets.config import Config, PyFileConfigLoader

from course import lecture_map
from course.exercises.engine import Exercise, Hunt
from course.exercises.engine.frozen import freeze
from course.exercises.engine.ideas import planted
from course.exercises.units import UNITS, all_exercises, exercises_of, open_modules

LESSONS = files("course") / "lessons"
FROZEN = Path(str(files("course") / "exercises" / "frozen"))
CONFIG = "nbgrader_config.py"
DIRECTIVE = re.compile(
    r"^:::\{(?P<kind>exercise|written)\}[ ]+(?P<name>\w+)\n(?P<body>.*?)^:::$", re.M | re.S
)
REPAIR = re.compile(r":repair: (?P<ideas>\w+(?:, \w+)*)\n")
WRITTEN_POINTS = re.compile(r"^:points: (?P<points>\d+)\n", re.M)
HOW_MANY = {2: "Two", 3: "Three"}
ANSWER_STUB = "*Write your answer here: double-click this text.*"
HIDDEN_TEST = """\
### BEGIN HIDDEN TESTS
from course.grading import require_trusted_grader
require_trusted_grader("{name}")
### END HIDDEN TESTS"""
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class LessonError(ValueError):
    """A lesson's text can't be built; the message says where, and what to do."""


@dataclass(frozen=True)
class Built:
    """One built file: its path, and the text it should have."""

    path: Path
    text: str

    @property
    def is_true(self) -> bool:
        return self.path.is_file() and self.path.read_text(encoding="utf-8") == self.text

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.text, encoding="utf-8")


def build(root: Path) -> list[Built]:
    """Return all built files: frozen questions, a page in docs/, solutions/ and assignments/."""
    every_notebook = (file for unit in UNITS for file in notebooks(unit, root))
    return [*frozen_files(), Built(root / lecture_map.PAGE, lecture_map.page()), *every_notebook]


def frozen_files() -> list[Built]:
    every = all_exercises()
    return [Built(FROZEN / f"{name}.json", freeze(one)) for name, one in every.items()]


def notebooks(unit: str, root: Path) -> list[Built]:
    """Return a unit's two notebooks: nbgrader's source and the students' version."""
    source = source_notebook(unit)
    return [
        Built(root / "solutions" / unit / f"{unit}.ipynb", _text(source)),
        Built(root / "assignments" / unit / f"{unit}.ipynb", _text(release(source, root))),
    ]


def strangers(root: Path, built: list[Built]) -> list[Path]:
    """Return files in the built folders that are not built here (nbgrader would release them)."""
    expected = {file.path.resolve() for file in built}
    folders = (root / "solutions", root / "assignments", FROZEN)
    found = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    hidden = ".ipynb_checkpoints"
    return [p for p in found if p.resolve() not in expected and hidden not in p.parts]


def source_notebook(unit: str) -> NotebookNode:
    """Return nbgrader's source notebook of a unit, with solutions and hidden tests."""
    text = (LESSONS / f"{unit}.md").read_text(encoding="utf-8")
    lesson = jupytext.reads(text, fmt="md:myst")
    cells = [built for cell in lesson.cells for built in _expanded(cell, unit)]
    _every_exercise_once(unit, cells)
    _number(cells)
    return new_notebook(cells=cells, metadata=KERNEL | {"course": {"unit": unit}})


def release(source: NotebookNode, root: Path) -> NotebookNode:
    """Return the student's notebook, as `nbgrader generate_assignment` makes it from the source."""
    config = _config(root)
    notebook, resources = nbformat.from_dict(source), {}
    steps: list[type[Preprocessor]] = GenerateAssignment(config=config).preprocessors
    for step in steps:
        if not issubclass(step, SaveCells):  # it writes to the gradebook; a build must not
            notebook, resources = step(config=config).preprocess(notebook, resources)
    return notebook


def _config(root: Path) -> Config:
    path = root / CONFIG
    return PyFileConfigLoader(path.name, str(root)).load_config() if path.is_file() else Config()


def _text(notebook: NotebookNode) -> str:
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


# ------------------------------------------------------------------------------------- directives


def _expanded(cell: NotebookNode, unit: str) -> Iterator[NotebookNode]:
    if cell.cell_type != "markdown":
        yield _plain_code(cell)
        return
    end = 0
    for found in DIRECTIVE.finditer(cell.source + "\n"):
        yield from _prose(cell.source[end : found.start()])
        expand = _exercise_cells if found["kind"] == "exercise" else _written_cells
        yield from expand(found["name"], found["body"], unit)
        end = found.end()
    rest = cell.source[end:]
    if ":::{exercise}" in rest or ":::{written}" in rest:
        raise LessonError(f"{unit}: a directive is not closed by a line ':::': {rest[:80]!r}")
    yield from _prose(rest)


def _prose(text: str) -> Iterator[NotebookNode]:
    if text.strip():
        yield new_markdown_cell(text.strip("\n"))


def _plain_code(cell: NotebookNode) -> NotebookNode:
    tags = cell.metadata.get("tags", [])
    return new_code_cell(cell.source, metadata={"tags": tags} if tags else {})


def _exercise_cells(name: str, body: str, unit: str) -> Iterator[NotebookNode]:
    one = next((one for one in exercises_of(unit) if one.name == name), None)
    if one is None:
        raise LessonError(f"{unit}: there is no exercise {name!r} in this unit")
    repair = REPAIR.fullmatch(body)
    if body.strip() and not repair:
        raise LessonError(
            f"{unit}: the exercise directive {name} takes no text but ':repair: IDEA, …', "
            f"got {body[:40]!r}"
        )
    yield new_markdown_cell(heading(one))
    faults = faulty(one, repair["ideas"].split(", ")) if repair else ""
    yield new_code_cell(solution(one) + faults, metadata=_nbgrader(name, solution=True))
    yield new_code_cell(
        f'check("{name}", {name})\n' + HIDDEN_TEST.format(name=name),
        metadata=_nbgrader(f"test-{name}", grade=True, locked=True, points=one.points)
        | {"tags": ["raises-exception"], "course": {"exercise": name}},
    )


def _written_cells(name: str, body: str, unit: str) -> Iterator[NotebookNode]:
    points = WRITTEN_POINTS.match(body)
    if not points or "### BEGIN MARK SCHEME" not in body:
        raise LessonError(f"{unit}: the written question needs ':points: N' and a mark scheme")
    question = "### In your own words\n\n" + body[points.end() :].strip()
    yield new_markdown_cell(
        question,
        metadata=_nbgrader(f"written-{name}", task=True, locked=True, points=int(points["points"])),
    )
    yield new_markdown_cell(ANSWER_STUB, metadata={"course": {"answer": name}})


def heading(one: Exercise) -> str:
    """Return the heading of an exercise: its name, points, time and difficulty, and its hints."""
    dots = "●" * one.difficulty + "○" * (5 - one.difficulty)
    points = f"{one.points:g} point{'s' if one.points != 1 else ''}"
    kind = "Hunt" if isinstance(one, Hunt) else "Exercise"
    return (
        f"### {kind}: `{one.name}`\n\n"
        f"{points} · about {one.minutes} minutes · difficulty {dots} · "
        f'stuck? `hint("{one.name}")`'
    ) + (suspects(one) if isinstance(one, Hunt) else "")


def suspects(one: Hunt) -> str:
    """Return the list of a hunt's suspects, by what they do."""
    lines = "".join(f"\n- {suspect};" for suspect in one.suspected.values())
    return f"\n\nThe suspects, each a wrong `{one.hunted.name}`:\n{lines.removesuffix(';')}."


def _nbgrader(grade_id: str, **flags: Any) -> dict[str, Any]:
    nothing = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {"grade_id": grade_id, "schema_version": 3} | nothing | flags}


# --------------------------------------------------------------------- an exercise's solution cell


def solution(one: Exercise) -> str:
    """Return the student's cell: signature and docstring, the reference's body as the solution."""
    module = inspect.getmodule(one.reference)
    source = dedent(inspect.getsource(one.reference))
    function = ast.parse(source).body[0]
    lines = source.splitlines()
    docstring, *body = function.body
    if ast.unparse(body) == "raise NotImplementedError":
        raise LessonError(f"{one.name}: course/nn/{one.unit}.py holds only a stub; write the body")
    first, last = docstring.lineno - 1, docstring.end_lineno
    imports = _imports(one, function, module)
    return "\n".join(
        [
            _signature(function),
            *lines[first:last],
            "    ### BEGIN SOLUTION",
            *[indent(line, "    ") for line in imports],
            *lines[last : body[-1].end_lineno],
            "    ### END SOLUTION",
        ]
    )


def faulty(one: Exercise, ideas: list[str]) -> str:
    """Return the lines below a solution to be repaired: a writing with mistakes planted in it.

    In the student's notebook they follow the stub's line, which the student deletes.
    """
    try:
        text = planted(ideas, one.writings, one.patches)
    except ValueError as error:
        raise LessonError(f"{one.name}: {error}") from None
    how_many = HOW_MANY.get(len(ideas), len(ideas))
    head = (
        f"    # {how_many} things are wrong below. Delete the line above this one, and repair them."
    )
    return "\n".join(["", head, *text.rstrip().splitlines()[1:]])


def _signature(function: ast.FunctionDef) -> str:
    """Write the `def` line without annotations, whose names are not defined in the notebook."""
    bare = ast.parse(ast.unparse(function)).body[0]
    for argument in ast.walk(bare.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    bare.returns, bare.body = None, [ast.Pass()]
    return ast.unparse(bare).removesuffix("\n    pass")


def _imports(one: Exercise, function: ast.FunctionDef, module: ModuleType) -> list[str]:
    """Return the import lines that the body needs in a notebook, where only np is defined."""
    at_hand = {"np"} | {other.name for other in exercises_of(one.unit)}
    open_homes = [f"course.nn.{name}" for name in open_modules(one.unit)]
    wanted: dict[str, list[str]] = {}
    for name in sorted(_loaded_names(function) & set(vars(module)) - at_hand):
        home = _home(name, module)
        if home not in open_homes:
            raise LessonError(
                f"{one.name}: its reference uses {name} from {home}, which is neither an exercise "
                "nor open to students, so a notebook can't import it; "
                "move it to course/nn/arguments.py"
            )
        wanted.setdefault(home, []).append(name)
    return [f"from {home} import {', '.join(names)}" for home, names in sorted(wanted.items())]


def _loaded_names(function: ast.FunctionDef) -> set[str]:
    nodes = (node for statement in function.body for node in ast.walk(statement))
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _home(name: str, module: ModuleType) -> str:
    """Return the module from which a global name was imported, or `module` for its own names."""
    for statement in ast.parse(inspect.getsource(module)).body:
        if isinstance(statement, ast.ImportFrom) and name in {
            alias.asname or alias.name for alias in statement.names
        }:
            return statement.module
    return module.__name__


# -------------------------------------------------------------------------------------------- cells


def _every_exercise_once(unit: str, cells: list[NotebookNode]) -> None:
    ours = (cell.metadata.get("course", {}) for cell in cells)
    asked = [mark["exercise"] for mark in ours if "exercise" in mark]
    expected = [one.name for one in exercises_of(unit)]
    missing = [name for name in expected if name not in asked]
    surplus = [name for name in asked if asked.count(name) > 1]
    if missing or surplus:
        raise LessonError(f"{unit}: exercises missing: {missing}; repeated: {surplus}")


def _number(cells: list[NotebookNode]) -> None:
    """Give every cell an id that is the same on every build: grade_id or a digest of its text."""
    seen: dict[str, int] = {}
    for cell in cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name is None and "answer" in cell.metadata.get("course", {}):
            name = f"answer-{cell.metadata['course']['answer']}"
        name = name or sha256(cell.source.encode()).hexdigest()[:12]
        seen[name] = seen.get(name, 0) + 1
        cell["id"] = name if seen[name] == 1 else f"{name}-{seen[name]}"
