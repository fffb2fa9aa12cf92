"""Scaffold a new exercise: its stub in `course.nn`, its questions, and its place in the lesson.

All that an author has to write is marked TODO. A test finds what is left of these marks, and
`course build` refuses a stub.
"""

import ast
import builtins
import keyword
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from course.exercises.unit_names import unit_called
from course.exercises.units import UNITS

STUB = Template('''

def $name(x: $array) -> np.ndarray:
    """Return TODO.

    Args:
        x: TODO, (n,).

    Returns:
        TODO, (n,).

    Raises:
        ValueError: if TODO.

    Formula: TODO.
    Slide: "TODO".

    Example:
        >>> $name(np.array([1.0, 2.0]))
        array([TODO])
    """
    raise NotImplementedError
''')

QUESTIONS = Template('''\
"""Questions and known mistakes of `$name`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import $module as nn

exercise = Exercise(
    nn.$name,
    points=1,
    minutes=5,
    difficulty=1,  # of 5
    # Each hint leads further than the one before, and none is the answer.
    hints=("TODO", "TODO", "TODO"),
)


# Every student gets the same public questions and sees them in full, with the right answers. Make
# them small enough to do by hand.
@exercise.public
def public():
    yield Question("TODO: two numbers", dict(x=np.array([1.0, -2.0])))


# The grader draws these. Students see their titles alone, so a title says what is asked for, and
# nothing of the inputs that were drawn.
@exercise.secret
def secret(rng):
    yield Question("TODO: several numbers", dict(x=rng.normal(size=4)))
    yield Question("TODO: a single number", dict(x=rng.normal(size=1)))


# A wrong answer that students give, as a function of the same arguments. The first sentence says
# what they did, the second asks the question that leads on. Whatever is drawn, the questions have
# to make the function fail, and to tell it from the other mistakes.
@exercise.mistake("TODO: This is x, unchanged.", "TODO: What should become of x?")
def returned_unchanged(x):
    return x
''')

NEXT = Template("""\
Next:
  1. Write the function, its docstring included, at the end of course/nn/$module.py.
  2. Write the questions, hints and known mistakes: course/exercises/$module/$name.py.
  3. Move the directive to where the exercise belongs: course/lessons/$unit.md. Add the exercise's
     minutes to the lesson's line on the time, and 1 to the unit's exercises in README.md.
  4. Write unusual right answers, if there are any: course/exercises/right/$module.py.
${lint}\
Then run:
  course build
  python -m tests.exercises.kill_matrix $name
CONTRIBUTING.md, "Add an exercise", says more about each step.""")
LINT = Template("""\
  5. Let ruff accept the module's name: in pyproject.toml, under per-file-ignores, add
     "course/exercises/$module/$name.py" = ["N999"]
""")

LAST_NUMBERED = re.compile(r"(?s).*^## \d+\. [^\n]*\n", re.MULTILINE)
HEADING = re.compile(r"^## ", re.MULTILINE)


def add_exercise(root: Path, name: str, unit: str) -> list[Path]:
    """Write a new exercise's files and entries; return the paths of the files.

    ValueError, and nothing is written, if the unit is unknown, the name can't be used, or `root` is
    no checkout of the repository.
    """
    unit = unit_called(unit)
    module = UNITS[unit]
    reference = root / "course" / "nn" / f"{module}.py"
    package = root / "course" / "exercises" / module
    lesson = root / "course" / "lessons" / f"{unit}.md"
    sources = {path: _read(root, path) for path in (reference, package / "__init__.py", lesson)}
    _read(root, root / "pyproject.toml")
    _require_free(root, name)
    array = "ArrayLike" if "ArrayLike" in _bound(sources[reference]) else "np.ndarray"
    stub = STUB.substitute(name=name, array=array)
    new = {
        reference: _exported(sources[reference], name) + stub,
        package / f"{name}.py": QUESTIONS.substitute(name=name, module=module),
        package / "__init__.py": _registered(sources[package / "__init__.py"], name, module),
        lesson: _asked_for(sources[lesson], name),
    }
    _write(new)
    return list(new)


def next_steps(name: str, unit: str) -> str:
    """Say what an author does after `add_exercise`."""
    unit = unit_called(unit)
    words = dict(name=name, module=UNITS[unit], unit=unit)
    return NEXT.substitute(words, lint="" if name.islower() else LINT.substitute(words))


def _read(root: Path, path: Path) -> str:
    if not path.is_file():
        raise ValueError(
            f"{root} is no checkout of the course's repository: {path.relative_to(root)} is "
            "missing. Name the checkout with --root."
        )
    return path.read_text(encoding="utf-8")


def _require_free(root: Path, name: str) -> None:
    """Refuse a name that Python, the reference or another exercise has, in whatever case."""
    if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        raise ValueError(f"{name!r} can't be the name of a function for students")
    taken = {one: "Python" for one in vars(builtins)}
    for path in sorted((root / "course" / "nn").glob("*.py")):
        taken |= dict.fromkeys(_bound(path.read_text(encoding="utf-8")), f"course/nn/{path.name}")
    for path in sorted((root / "course" / "exercises").rglob("*.py")):
        taken[path.stem] = path.relative_to(root).as_posix()
    # Some file systems take softmax.json and Softmax.json for the same file.
    for other, home in taken.items():
        if other.casefold() == name.casefold():
            raise ValueError(f"the name {name!r} is taken: there is {other} in {home}")


def _bound(source: str) -> set[str]:
    """Return the names that a module defines or imports."""
    names: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _exported(source: str, name: str) -> str:
    """Add a name to `__all__`, if the module has it."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names = _sorted([*ast.literal_eval(node.value), name])
            return _replaced(source, node, "__all__ = [", [f'"{one}"' for one in names], "]")
    return source


def _registered(source: str, name: str, module: str) -> str:
    """Add a name to the modules that a unit's package imports, and to the end of `EXERCISES`."""
    home = f"course.exercises.{module}"
    imports, listed = (
        next(node for node in ast.parse(source).body if is_it(node))
        for is_it in (
            lambda node: isinstance(node, ast.ImportFrom) and node.module == home,
            lambda node: isinstance(node, ast.Assign) and node.targets[0].id == "EXERCISES",
        )
    )
    order = [ast.unparse(one) for one in listed.value.elts]
    names = _sorted([*(alias.name for alias in imports.names), name])
    # From the end, so that the lines of the other statement stay the same.
    source = _replaced(source, listed, "EXERCISES = (", [*order, name], ")")
    return _replaced(source, imports, f"from {home} import (", names, ")")


def _sorted(names: list[str]) -> list[str]:
    """Sort names as ruff does: constants, then classes, then the others."""
    return sorted(names, key=lambda one: (not one.isupper(), not one[0].isupper(), one))


def _replaced(source: str, node: ast.stmt, opening: str, items: list[str], closing: str) -> str:
    """Write a statement anew, one item per line."""
    lines = source.splitlines(keepends=True)
    new = [f"{opening}\n", *(f"    {item},\n" for item in items), f"{closing}\n"]
    return "".join([*lines[: node.lineno - 1], *new, *lines[node.end_lineno :]])


def _asked_for(lesson: str, name: str) -> str:
    """Add the directive at the end of the last numbered section."""
    start = LAST_NUMBERED.match(lesson).end()
    following = HEADING.search(lesson, start)
    end = following.start() if following else len(lesson)
    return f"{lesson[:end].rstrip()}\n\n:::{{exercise}} {name}\n:::\n\n{lesson[end:]}"


def _write(texts: Mapping[Path, str]) -> None:
    """Write all files, or leave all as they were."""
    before: dict[Path, bytes | None] = {}
    try:
        for path, text in texts.items():
            before[path] = path.read_bytes() if path.exists() else None
            path.write_text(text, encoding="utf-8", newline="\n")
    except BaseException:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        raise
