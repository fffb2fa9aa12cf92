"""The student's own folder of notebooks, and what they have written into them."""

import ast
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import course
from course.exercises.engine import Exercise
from course.exercises.units import UNITS, unit_of

MY_WORK = "my-work"
PACKAGE = Path(course.__file__).parent
# A wheel holds the notebooks beside the modules, a checkout above them.
RELEASED = (PACKAGE / "assignments", PACKAGE.parent / "assignments")
STUB = "raise NotImplementedError"


def work_folder(start: Path) -> Path:
    """Return the folder with the student's notebooks: `start`, or my-work/ in it.

    Raises ValueError if neither has any.
    """
    for folder in (start, start / MY_WORK):
        if notebooks_in(folder):
            return folder
    raise ValueError(
        f"no notebooks of the course in {start.resolve()} or its {MY_WORK}/; "
        "`course lab` copies them there"
    )


def notebooks_in(folder: Path) -> dict[str, Path]:
    """Return the notebooks of a folder by their units, in the order of the course."""
    places = {unit: (folder / f"{unit}.ipynb", folder / unit / f"{unit}.ipynb") for unit in UNITS}
    found = {unit: next(filter(Path.is_file, two), None) for unit, two in places.items()}
    return {unit: path for unit, path in found.items() if path}


def released(root: Path = Path()) -> dict[str, Path]:
    """Return the notebooks as handed out: those of the folder `root`, else the course's own."""
    for folder in (root / "assignments", *RELEASED):
        if found := notebooks_in(folder):
            return found
    raise ValueError(f"expected a folder with assignments/, got {root.resolve()}")


def copy_assignments(root: Path) -> tuple[Path, list[Path]]:
    """Copy all missing assignments to `root`/my-work; return that folder and the new files.

    Files that are there are never touched, so this loses no work.
    """
    folder, new = root / MY_WORK, []
    notebooks = released(root)
    folder.mkdir(parents=True, exist_ok=True)
    for notebook in notebooks.values():
        copy = folder / notebook.name
        if not copy.exists():
            shutil.copyfile(notebook, copy)
            new.append(copy)
    return folder, new


def read(path: Path) -> dict[str, Any]:
    """Return a notebook; ValueError if it can't be read as one."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if type(notebook["cells"]) is list:
            return notebook
    except (ValueError, KeyError, TypeError):
        pass
    raise ValueError(f"{path} can't be read as a notebook")


def source_of(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def code_of(notebook: dict[str, Any]) -> list[str]:
    """Return the texts of the code cells."""
    return [source_of(cell) for cell in notebook["cells"] if cell.get("cell_type") == "code"]


def digest(path: Path) -> str:
    """Return a text that changes when the code of a notebook does."""
    return hashlib.sha256("\0".join(code_of(read(path))).encode()).hexdigest()[:16]


def cell_of(notebook: dict[str, Any], name: str) -> dict[str, Any] | None:
    """Return the cell in which an exercise is written: by its id, else by its function."""
    cells = [cell for cell in notebook["cells"] if cell.get("cell_type") == "code"]
    ways = (
        lambda cell: cell.get("id") == name,
        lambda cell: cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") == name,
        lambda cell: f"def {name}(" in source_of(cell) or f"class {name}" in source_of(cell),
    )
    return next((cell for way in ways for cell in cells if way(cell)), None)


def own_answer(folder: Path, exercise: Exercise) -> str | None:
    """Return what the student wrote for an exercise; None if that is only the stub."""
    path = notebooks_in(folder).get(unit_of(exercise))
    cell = cell_of(read(path), exercise.name) if path else None
    text = source_of(cell) if cell else ""
    return text.strip() if is_written(text, exercise.name) else None


def _is_stub(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Whether the stub is the first thing that a definition does."""
    begins = (part for part in node.body if not isinstance(part, ast.Expr))
    return ast.unparse(next(begins, node)) == STUB


def is_written(text: str, name: str) -> bool:
    """Whether a text defines the function in another way than its stub does."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return f"{name}(" in text and STUB not in text
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return not _is_stub(node)
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in ast.walk(tree)
    )
