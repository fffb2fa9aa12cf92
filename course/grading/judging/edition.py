"""The edition of a unit's question bank: what its secret questions are made of.

It is noted with each grade, so that grades of two editions never stand side by side unsaid.
"""

import ast
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import course
from course.exercises.units import module_of
from course.parts import NAME

COURSE = Path(course.__file__).parent


@cache
def edition(unit: str) -> str:
    """Return the edition of a unit's questions: the course's version, and a digest of the files.

    They are the unit's exercises, the engine that judges answers, everything of the course that
    these import, and the data beside it.
    """
    bank = COURSE / "exercises"
    modules = _with_imports([*(bank / module_of(unit)).rglob("*.py"), *bank.glob("engine/**/*.py")])
    folders = {path.parent for path in modules}
    data = {path for folder in folders for path in folder.glob("*.npz")}
    return version_with(modules | data)


def version_with(files: Iterable[Path]) -> str:
    """Return the course's version, with a digest of these files of it."""
    digest = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(COURSE).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return f"{version(NAME)} ({digest.hexdigest()[:12]})"


def _with_imports(files: Iterable[Path]) -> set[Path]:
    found, new = set(), set(files)
    while new:
        found |= new
        new = {one for file in new for one in _imported(file)} - found
    return found


def _imported(file: Path) -> set[Path]:
    names = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {f"{node.module}"}
    places = [
        COURSE.parent / name.replace(".", "/") for name in names if name.startswith("course.")
    ]
    modules = [place.with_suffix(".py") for place in places]
    packages = [place / "__init__.py" for place in places]
    return {path for path in (*modules, *packages) if path.is_file()}
