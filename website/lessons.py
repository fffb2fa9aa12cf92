"""The lessons as pages: executed, once solved and once as a student first sees them.

On the solved page every exercise is folded: the statement, the hints one by one, then a solution.
Executing takes about a minute per lesson, so what was executed is kept until the lesson or anything
that runs in it changes.
"""

import hashlib
import html
import re
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from course.build import release, solution, source_notebook
from course.exercises.units import UNITS, exercises_of
from course.settings import settings
from website import CACHE, ROOT
from website.terms import Terms

GIVE_UP = 900  # seconds per cell, on a slow machine
MARKER = re.compile(r"^ *### (?:BEGIN|END) SOLUTION\n?", re.MULTILINE)
HIDDEN = re.compile(r"\n### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS", re.DOTALL)
SCHEME = re.compile(r"### BEGIN MARK SCHEME\n(.*?)### END MARK SCHEME", re.DOTALL)
READ, STUDENT = "lessons", "unsolved"  # folders of the two kinds of page


def stage(folder: Path) -> None:
    """Write both pages of every lesson, and the student's notebook for download."""
    config = settings(ROOT)
    terms = Terms()
    for unit in UNITS:
        source = source_notebook(unit)
        student = release(source, config)
        _write(_reading(unit, source, student, terms), folder / READ / f"{unit}.ipynb")
        _write(_unsolved(unit, student, terms), folder / STUDENT / f"{unit}.ipynb")
        _write(student, folder / "notebooks" / f"{unit}.ipynb")


def _write(notebook: NotebookNode, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    if not path.exists() or path.read_text(encoding="utf-8") != text:  # else Sphinx reads it again
        path.write_text(text, encoding="utf-8")


# ------------------------------------------------------------------------------------ what is run


def _executed(notebook: NotebookNode, name: str, may_fail: bool = False) -> NotebookNode:
    notebook = nbformat.from_dict(notebook)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    digest = hashlib.sha256("\0".join([*code, _what_runs()]).encode()).hexdigest()[:16]
    kept = CACHE / "executed" / f"{name}-{digest}.ipynb"
    if kept.exists():
        ran = nbformat.read(kept, as_version=4)
    else:
        folder = CACHE / "executed" / name  # a check writes the student's progress there
        folder.mkdir(parents=True, exist_ok=True)
        resources = {"metadata": {"path": str(folder)}}
        client = NotebookClient(
            nbformat.from_dict(notebook),
            timeout=GIVE_UP,
            allow_errors=may_fail,
            resources=resources,
        )
        ran = client.execute()
        for old in kept.parent.glob(f"{name}-*.ipynb"):
            old.unlink()
        nbformat.write(ran, kept)
    outputs = iter([cell.outputs for cell in ran.cells if cell.cell_type == "code"])
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [_for_a_page(output) for output in next(outputs)]
    return notebook


def _what_runs() -> str:
    """A digest of all modules and data that a lesson can import."""
    course = Path(str(files("course")))
    rooms = ("nn", "exercises", "figures", "data", "learner")
    paths = [course / "check.py", *(path for room in rooms for path in (course / room).rglob("*"))]
    kinds = (".py", ".js", ".json", ".npz")
    digest = hashlib.sha256(f"{version('numpy')} {version('matplotlib')}".encode())
    for path in sorted(path for path in paths if path.suffix in kinds):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _for_a_page(output: NotebookNode) -> NotebookNode:
    """Keep the best form of an output: a page can show HTML, and no widget has a kernel there."""
    if "data" in output:
        best = next((kind for kind in ("text/html", "image/png") if kind in output.data), None)
        kept = {"text/plain", best}
        output.data = {kind: value for kind, value in output.data.items() if kind in kept}
    return output


# -------------------------------------------------------------------------------------- the pages


def _reading(unit: str, source: NotebookNode, student: NotebookNode, terms: Terms) -> NotebookNode:
    every = {one.name: one for one in exercises_of(unit)}
    stubs = {cell.id: cell.source for cell in student.cells}
    ready = nbformat.from_dict(source)
    for cell in ready.cells:
        name = _solution_of(cell)
        if name in every:
            cell.source = MARKER.sub("", solution(every[name]))
        cell.source = HIDDEN.sub("", cell.source)
    ready = _executed(ready, f"{unit}-solved")
    cells = []
    for cell in ready.cells:
        name = _solution_of(cell)
        if name in every:
            cells.append(new_code_cell(stubs[cell.id], id=f"stub-{name}"))
            cells.append(new_markdown_cell(_folded_hints(every[name].hints), id=f"hints-{name}"))
            cell.metadata = {
                "tags": ["hide-input"],
                "mystnb": {
                    "code_prompt_show": f"Show a solution: {name}",
                    "code_prompt_hide": f"Hide the solution: {name}",
                },
            }
        elif cell.cell_type == "markdown":
            cell.source = SCHEME.sub(_folded_scheme, cell.source)
        cells.append(cell)
    ready.cells = cells
    other = f"[The lesson as a student first sees it](../{STUDENT}/{unit}.ipynb)"
    return _page(ready, unit, other, terms)


def _unsolved(unit: str, student: NotebookNode, terms: Terms) -> NotebookNode:
    ready = _executed(student, f"{unit}-unsolved", may_fail=True)
    title, _, text = ready.cells[0].source.partition("\n")
    ready.cells[0].source = f"{title} (unsolved)\n{text}"
    # A word is found once, in the lesson as it is read.
    ready.metadata["nosearch"] = True
    return _page(ready, unit, f"[The lesson with solutions](../{READ}/{unit}.ipynb)", terms)


def _page(notebook: NotebookNode, unit: str, other: str, terms: Terms) -> NotebookNode:
    notebook.metadata.pop("widgets", None)
    title, _, text = notebook.cells[0].source.partition("\n")
    notebook.cells[0].source = f"{title}\n\n{_doors(unit, other)}\n\n{text}"
    found: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = terms.linked(cell.source, found)
    return notebook


def _doors(unit: str, other: str) -> str:
    """The line below a lesson's title: run it, download it, and where to look words up."""
    run = f'<a class="door" href="../lite/lab/index.html?path={unit}.ipynb">Run it</a>'
    download = f"[Download the notebook](path:../notebooks/{unit}.ipynb)"
    lookups = "[Notation](../docs/notation.md) · [Glossary](../docs/glossary.md)"
    return f"{run} · {download} · {other} · {lookups}"


def _solution_of(cell: NotebookNode) -> str | None:
    mark = cell.metadata.get("nbgrader", {})
    return mark.get("grade_id") if cell.cell_type == "code" and mark.get("solution") else None


def _folded_hints(hints: tuple[str, ...]) -> str:
    """Each hint is folded into the one before it, so that they are read one by one."""
    lines: list[str] = []
    for number, hint in enumerate(hints, start=1):
        said = html.escape(hint, quote=False)
        lines.append(f"<details><summary>Hint {number} of {len(hints)}</summary><p>{said}</p>")
    return "".join(lines) + "</details>" * len(hints)


def _folded_scheme(found: re.Match) -> str:
    return (
        f"\n<details><summary>What a good answer says</summary>\n\n{found[1].strip()}\n\n</details>"
    )
