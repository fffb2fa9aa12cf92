"""Build the notebooks: from a lesson's text, nbgrader's source notebook and the student's notebook.

A lesson (`course/lessons/*.md`, MyST text) names its exercises in directives. Each directive
becomes a heading, the student's cell (signature, docstring and body of the reference) and the
graded test cell, so a solution can't drift from the reference. An
instructor's own nbgrader cells stay as they are. The frozen questions and the page that maps the
lecture's slides to the lessons are built here too.
Everything built is committed; `course build --check` says whether it is up to date.
"""

import ast
import inspect
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
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
from traitlets import TraitError
from traitlets.config import Config

from course import lecture_map
from course.exercises.engine import Exercise, Hunt
from course.exercises.engine.frozen import freeze, says_the_same
from course.exercises.engine.ideas import planted
from course.exercises.engine.near_names import unknown
from course.exercises.in_words import ANSWER_STUB, QUESTION_PREFIX, answer_id, question, question_id
from course.exercises.units import UNITS, all_exercises, exercises_of, open_modules
from course.settings import Lessons, require_course, settings

LESSONS = files("course") / "lessons"
FROZEN = Path(str(files("course") / "exercises" / "frozen"))
DIRECTIVE = re.compile(
    r"^:::\{(?P<kind>exercise|written)\}[ ]+(?P<name>\w+)\n(?P<body>.*?)^:::$", re.M | re.S
)
# A power in a suspect's description, which a notebook shows as a formula.
POWER = re.compile(r"e\^(?:\{[^}]*\}|\w)")
CLAIM = re.compile(r"\n?^% claim(?P<below> below)?: (?P<template>.*)\n?", re.M)
REPAIR = re.compile(r":repair: (?P<ideas>\w+(?:, \w+)*)\n")
WRITTEN_POINTS = re.compile(r"^:points: (?P<points>\d+)\n", re.M)
HOW_MANY = {2: "Two", 3: "Three"}
HIDDEN_TEST = """\
### BEGIN HIDDEN TESTS
from course.grading import require_trusted_grader
require_trusted_grader("{name}")
### END HIDDEN TESTS"""
# In a notebook's metadata: the digest of the source that was built.
BUILT = "built"
# What counts of a cell's metadata.
COUNTED = ("nbgrader", "course", "tags")
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class LessonError(ValueError):
    """A lesson's text can't be built; the message says where, and what to do."""


@dataclass(frozen=True)
class Built:
    """One built file: its path, the text it should have, and why that must not replace what it has.

    edited: a sentence for its author; None if nothing would be lost.
    """

    path: Path
    text: str
    edited: str | None = None

    @property
    def is_true(self) -> bool:
        return self.path.is_file() and self.path.read_text(encoding="utf-8") == self.text

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f".{self.path.name}.new")
        fresh.write_text(self.text, encoding="utf-8")
        fresh.replace(self.path)


class Frozen(Built):
    """A file of frozen questions, which are true on every processor."""

    @property
    def is_true(self) -> bool:
        if super().is_true or not self.path.is_file():
            return super().is_true
        try:
            return says_the_same(self.path.read_text(encoding="utf-8"), self.text)
        except (ValueError, KeyError, TypeError, AttributeError):  # made by another version
            return False


def build(root: Path) -> list[Built]:
    """Return all built files: frozen questions, solutions/, assignments/, and a page in docs/.

    A class's folder has no docs/.
    """
    require_course(root)
    # The assignment first: if that is all that gets written, it still belongs to no edited source.
    every_notebook = (file for unit in UNITS for file in reversed(notebooks(unit, root)))
    page = Built(root / lecture_map.PAGE, lecture_map.page())
    pages = [page] if page.path.parent.is_dir() else []
    return [*frozen_files(), *pages, *every_notebook]


def frozen_files() -> list[Built]:
    every = all_exercises()
    return [Frozen(FROZEN / f"{name}.json", freeze(one)) for name, one in every.items()]


def notebooks(unit: str, root: Path) -> list[Built]:
    """Return a unit's two notebooks: nbgrader's source and the students' version."""
    config = settings(root)
    source = source_notebook(unit, _lessons(config))
    ours = Built(root / "solutions" / unit / f"{unit}.ipynb", _text(source))
    theirs = Built(root / "assignments" / unit / f"{unit}.ipynb", _text(release(source, config)))
    if not (ours.is_true and theirs.is_true):
        ours = replace(ours, edited=_edited_source(ours.path, unit))
        theirs = replace(theirs, edited=ours.edited or _edited_release(theirs, ours, config))
    return [ours, theirs]


def strangers(root: Path, built: list[Built]) -> list[Path]:
    """Return files in the built folders that are not built here (nbgrader would release them)."""
    expected = {file.path.resolve() for file in built}
    folders = (root / "solutions", root / "assignments", FROZEN)
    found = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    hidden = ".ipynb_checkpoints"
    return [p for p in found if p.resolve() not in expected and hidden not in p.parts]


def source_notebook(
    unit: str, lessons: Lessons | None = None, claims: bool = False
) -> NotebookNode:
    """Return nbgrader's source notebook of a unit, with solutions and hidden tests.

    claims: keep the lines `% claim: …`, which only tests read: what such a line says in braces,
        computed by the lesson's own cells, has to be found in the text around it.
    """
    lessons = lessons or Lessons()
    text = (LESSONS / f"{unit}.md").read_text(encoding="utf-8")
    lesson = jupytext.reads(text if claims else CLAIM.sub("", text), fmt="md:myst")
    cells = [built for cell in lesson.cells for built in _expanded(cell, unit, lessons)]
    _every_exercise_once(unit, cells, lessons.left_out)
    _every_grade_id_once(unit, cells)
    _nothing_needs(unit, cells, lessons.left_out)
    _number(cells)
    made = {"unit": unit, BUILT: digest(cells)}
    return new_notebook(cells=cells, metadata=KERNEL | {"course": made})


def release(source: NotebookNode, config: Config) -> NotebookNode:
    """Return the student's notebook, as `nbgrader generate_assignment` makes it from the source."""
    notebook, resources = nbformat.from_dict(source), {}
    steps: list[type[Preprocessor]] = GenerateAssignment(config=config).preprocessors
    for step in steps:
        if not issubclass(step, SaveCells):  # it writes to the gradebook; a build must not
            notebook, resources = step(config=config).preprocess(notebook, resources)
    return notebook


def _lessons(config: Config) -> Lessons:
    """Return an instructor's settings; LessonError if they name what there isn't."""
    try:
        lessons = Lessons(config=config)
    except TraitError as error:
        raise LessonError(f"nbgrader_config.py: {error}") from error
    every = all_exercises()
    for name in (*lessons.left_out, *lessons.points):
        if name not in every and not name.startswith(QUESTION_PREFIX):
            raise unknown("exercise", name, every)
    return lessons


def _text(notebook: NotebookNode) -> str:
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


# ------------------------------------------------------------------------------- edited by hand


def digest(cells: Iterable[NotebookNode]) -> str:
    """Return a digest of cells: what running or reformatting a notebook doesn't change."""
    counted = [
        [cell.cell_type, cell.source, {key: cell.metadata.get(key) for key in COUNTED}]
        for cell in cells
    ]
    return sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest()[:16]


def _edited_source(path: Path, unit: str) -> str | None:
    if not path.exists():
        return None
    notebook = _read(path)
    if notebook and notebook.metadata.get("course", {}).get(BUILT) == digest(notebook.cells):
        return None
    return (
        f"{path} was edited by hand, and stays as it is, like the assignment made from it. "
        f"Put your cells into course/lessons/{unit}.md (docs/instructors/own-cells.md), "
        f"move {path} away and run `course build` again."
    )


def _edited_release(wanted: Built, source: Built, config: Config) -> str | None:
    """Say that an assignment isn't what its source notebook, or the new one, makes of it."""
    if wanted.is_true or not wanted.path.exists() or not source.path.exists():
        return None
    found, made_from = _read(wanted.path), _read(source.path)
    if found and digest(found.cells) == digest(release(made_from, config).cells):
        return None
    return (
        f"{wanted.path} was edited by hand, or made with other settings, and stays as it is. "
        "If nothing in it is needed, remove it and run `course build` again."
    )


def _read(path: Path) -> NotebookNode | None:
    try:
        return nbformat.read(path, as_version=4)
    except Exception:  # whatever it is, it isn't ours
        return None


# ------------------------------------------------------------------------------------- directives


def _expanded(cell: NotebookNode, unit: str, lessons: Lessons) -> Iterator[NotebookNode]:
    own = _own(cell, unit)
    if cell.cell_type != "markdown":
        yield _plain_code(cell, own)
        return
    if own:
        if DIRECTIVE.search(cell.source + "\n"):
            raise LessonError(f"{unit}: {own['grade_id']}: end this cell with a line '+++'")
        yield new_markdown_cell(cell.source, metadata={"nbgrader": own})
        return
    end = 0
    for found in DIRECTIVE.finditer(cell.source + "\n"):
        yield from _prose(cell.source[end : found.start()])
        expand = _exercise_cells if found["kind"] == "exercise" else _written_cells
        yield from expand(found["name"], found["body"], unit, lessons)
        end = found.end()
    rest = cell.source[end:]
    if ":::{exercise}" in rest or ":::{written}" in rest:
        raise LessonError(f"{unit}: a directive is not closed by a line ':::': {rest[:80]!r}")
    yield from _prose(rest)


def _prose(text: str) -> Iterator[NotebookNode]:
    if text.strip():
        yield new_markdown_cell(text.strip("\n"))


def _own(cell: NotebookNode, unit: str) -> dict[str, Any] | None:
    """Return nbgrader's metadata of an instructor's own cell, completed; None for other cells."""
    mark = cell.metadata.get("nbgrader")
    if mark is None:
        return None
    name = mark.get("grade_id")
    if not isinstance(name, str) or not name:
        raise LessonError(f"{unit}: a cell with nbgrader's metadata needs a grade_id: {dict(mark)}")
    flags = {flag for flag in ("grade", "solution", "task", "locked") if mark.get(flag)}
    if not flags:
        raise LessonError(f"{unit}: {name}: say what it is: grade, solution, task or locked: true")
    if flags & {"grade", "task"} and not isinstance(mark.get("points"), int | float):
        raise LessonError(f"{unit}: {name}: a cell that is graded needs points")
    locked = {"locked": True} if "solution" not in flags else {}
    return _nbgrader(name)["nbgrader"] | locked | dict(mark)


def _plain_code(cell: NotebookNode, own: dict[str, Any] | None) -> NotebookNode:
    tags = cell.metadata.get("tags", [])
    metadata = ({"tags": tags} if tags else {}) | ({"nbgrader": own} if own else {})
    return new_code_cell(cell.source, metadata=metadata)


def _exercise_cells(name: str, body: str, unit: str, lessons: Lessons) -> Iterator[NotebookNode]:
    one = next((one for one in exercises_of(unit) if one.name == name), None)
    if one is None:
        raise LessonError(f"{unit}: there is no exercise {name!r} in this unit")
    repair = REPAIR.fullmatch(body)
    if body.strip() and not repair:
        raise LessonError(
            f"{unit}: the exercise directive {name} takes no text but ':repair: IDEA, …', "
            f"got {body[:40]!r}"
        )
    if name in lessons.left_out:
        return
    points = lessons.points.get(name, one.points)
    yield new_markdown_cell(heading(one, points))
    faults = faulty(one, repair["ideas"].split(", ")) if repair else ""
    yield new_code_cell(solution(one) + faults, metadata=_nbgrader(name, solution=True))
    yield new_code_cell(
        f'check("{name}", {name})\n' + HIDDEN_TEST.format(name=name),
        metadata=_nbgrader(f"test-{name}", grade=True, locked=True, points=points)
        | {"tags": ["raises-exception"], "course": {"exercise": name}},
    )


def _written_cells(name: str, body: str, unit: str, lessons: Lessons) -> Iterator[NotebookNode]:
    points = WRITTEN_POINTS.match(body)
    if not points or "### BEGIN MARK SCHEME" not in body:
        raise LessonError(f"{unit}: the written question needs ':points: N' and a mark scheme")
    text = question(body[points.end() :])
    grade_id = question_id(name)
    given = lessons.points.get(grade_id, int(points["points"]))
    yield new_markdown_cell(
        text, metadata=_nbgrader(grade_id, task=True, locked=True, points=given)
    )
    yield new_markdown_cell(ANSWER_STUB, metadata={"course": {"answer": name}})


def heading(one: Exercise, points: float | None = None) -> str:
    """Return the heading of an exercise: its name, points, time and difficulty, and its hints."""
    dots = "●" * one.difficulty + "○" * (5 - one.difficulty)
    points = one.points if points is None else points
    worth = f"{points:g} point{'s' if points != 1 else ''}" if points else "optional"
    kind = "Hunt" if isinstance(one, Hunt) else "Exercise"
    return (
        f"### {kind}: `{one.name}`\n\n"
        f"{worth} · about {one.minutes} minutes · difficulty {dots} · "
        f'stuck? `hint("{one.name}")`'
    ) + (suspects(one) if isinstance(one, Hunt) else "")


def suspects(one: Hunt) -> str:
    """Return the list of a hunt's suspects, by what they do."""
    lines = "".join(f"\n- {suspect};" for suspect in one.suspected.values())
    lines = POWER.sub(r"$\g<0>$", lines)
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


def _every_exercise_once(
    unit: str, cells: list[NotebookNode], left_out: Collection[str] = ()
) -> None:
    ours = (cell.metadata.get("course", {}) for cell in cells)
    asked = [mark["exercise"] for mark in ours if "exercise" in mark]
    expected = [one.name for one in exercises_of(unit) if one.name not in left_out]
    missing = [name for name in expected if name not in asked]
    surplus = [name for name in asked if asked.count(name) > 1]
    if missing or surplus:
        raise LessonError(
            f"{unit}: exercises missing: {missing}; repeated: {surplus}. An exercise is left out "
            "with c.Lessons.left_out in nbgrader_config.py."
        )


def _every_grade_id_once(unit: str, cells: list[NotebookNode]) -> None:
    names = [cell.metadata["nbgrader"]["grade_id"] for cell in cells if "nbgrader" in cell.metadata]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise LessonError(f"{unit}: two cells have the same grade_id: {', '.join(twice)}")


def _nothing_needs(unit: str, cells: list[NotebookNode], left_out: Collection[str]) -> None:
    """Raise a LessonError if a cell calls a function whose exercise is left out."""
    missing = {one.name for one in exercises_of(unit)} & set(left_out)
    needed: dict[str, list[str]] = {}
    for cell in cells:
        if cell.cell_type != "code" or not missing:
            continue
        loaded, bound = _names(cell.source)
        missing -= bound
        for name in sorted(loaded & missing):
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            first = cell.source.strip().partition("\n")[0]
            needed.setdefault(name, []).append(f"the cell {grade_id or repr(first)}")
    if needed:
        said = "; ".join(f"{name} by {', '.join(cells)}" for name, cells in needed.items())
        raise LessonError(
            f"{unit}: an exercise that is left out is needed: {said}. Leave those out too, change "
            f"course/lessons/{unit}.md, or make it optional: c.Lessons.points = {{name: 0}}"
        )


def _names(source: str) -> tuple[set[str], set[str]]:
    """Return the names that code reads, and those that it binds somewhere."""
    code = re.sub(r"^\s*[%!].*$", "pass", source, flags=re.M)
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:
        return set(re.findall(r"\w+", code)), set()
    names = [node for node in nodes if isinstance(node, ast.Name)]
    loaded = {name.id for name in names if isinstance(name.ctx, ast.Load)}
    bound = {name.id for name in names if not isinstance(name.ctx, ast.Load)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    bound |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    bound |= {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
    return loaded, bound


def _number(cells: list[NotebookNode]) -> None:
    """Give every cell an id that is the same on every build: grade_id or a digest of its text."""
    seen: dict[str, int] = {}
    for cell in cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name is None and "answer" in cell.metadata.get("course", {}):
            name = answer_id(cell.metadata["course"]["answer"])
        name = name or sha256(cell.source.encode()).hexdigest()[:12]
        seen[name] = seen.get(name, 0) + 1
        cell["id"] = name if seen[name] == 1 else f"{name}-{seen[name]}"
