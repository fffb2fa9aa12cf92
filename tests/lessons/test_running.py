"""Run as notebooks: solved without a complaint, unsolved to the end, figures with their words."""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course import build
from course.build import CLAIM
from tests.speed import effort, patience

ROOT = Path(build.__file__).parents[1]
GIVE_UP = 120  # seconds of waiting for a cell, on however busy a machine
SECONDS = 60  # of the processor's time for a whole lesson
TELL_TIME = "import time\nprint(time.process_time())"
FEWEST = 40  # letters that a description has at least

pytestmark = pytest.mark.slow


@cache
def executed(folder: str, unit: str) -> tuple[list[NotebookNode], float]:
    """Run a built notebook; return its code cells and the time that its kernel worked."""
    notebook = nbformat.read(ROOT / folder / unit / f"{unit}.ipynb", 4)
    notebook.cells.append(new_code_cell(TELL_TIME))
    _run(notebook)
    *cells, clock = (cell for cell in notebook.cells if cell.cell_type == "code")
    return cells, float(clock.outputs[0].text)


def refuted(notebook: NotebookNode) -> list[str]:
    """Run a notebook whose text has claims; return those that its cells don't bear out."""
    cells, waiting, asked = [], [], []
    for cell in notebook.cells:
        cells.append(cell)
        found = CLAIM.finditer(cell.source + "\n") if cell.cell_type == "markdown" else ()
        for claim in found:
            text = CLAIM.sub("", cell.source + "\n")
            asked.append((text, new_code_cell(f"print(f{claim['template']!r})")))
            (waiting if claim["below"] else cells).append(asked[-1][1])
        if cell.cell_type == "code":
            cells += waiting
            waiting = []
    notebook.cells = cells + waiting
    _run(notebook)
    return [
        f"{cell.source}: {_said(cell)}"
        for text, cell in asked
        if not _said(cell) or _words(_said(cell)) not in _words(text)
    ]


def _run(notebook: NotebookNode) -> None:
    with TemporaryDirectory() as place:
        resources = {"metadata": {"path": place}}
        NotebookClient(notebook, timeout=round(patience(GIVE_UP)), resources=resources).execute()


def _said(cell: NotebookNode) -> str:
    return "".join(output.get("text", "") for output in cell.outputs).strip()


def _words(text: str) -> str:
    return " ".join(text.split())


def named(cells: list[NotebookNode], kind: str) -> list[tuple[str, NotebookNode]]:
    """Return the outputs of one kind, each with the cell's first line."""
    return [
        (cell.source.partition("\n")[0], output)
        for cell in cells
        for output in cell.outputs
        if kind in (output.output_type, output.get("name"))
    ]


def undescribed(cells: list[NotebookNode]) -> list[str]:
    """Return the first lines of cells that show a picture without a description in words."""
    return [cell.source.partition("\n")[0] for cell in cells if any(map(_silent, cell.outputs))]


def _silent(output: NotebookNode) -> bool:
    shown = output.get("data", {})
    page = "".join(shown.get("text/html", ""))
    # An <svg> at a place of another one only cuts off what lies beyond a chart's axes.
    drawings = re.findall(r"<(?:svg(?! x=)|img|canvas|video)\b[^>]*", page)
    words = [re.search(r'(?:aria-label|alt)="([^"]*)"', drawing) for drawing in drawings]
    # An image beside a page is the page's own, for readers that show no page.
    only_an_image = not words and any(kind.startswith("image/") for kind in shown)
    return only_an_image or any(found is None or len(found[1]) < FEWEST for found in words)


def test_solved_it_runs_without_an_error_or_a_warning(unit):
    cells, _ = executed("solutions", unit)
    assert [(line, o.evalue) for line, o in named(cells, "error")] == []
    assert [(line, o.text) for line, o in named(cells, "stderr")] == []


def test_what_the_text_claims_is_what_its_cells_compute(unit):
    assert refuted(build.source_notebook(unit, claims=True)) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Half of it is 21.\n% claim: it is {n // 2}.", 0),
        ("Half of it\nis 22.\n% claim: it is {n // 2}.", 1),
        ("Its square is 1764.\n% claim below: is {square}.", 0),
    ],
)
def test_a_claim_that_the_cells_refute_is_found(text, count):
    cells = [new_code_cell("n = 42"), new_markdown_cell(text), new_code_cell("square = n**2")]
    assert len(refuted(new_notebook(cells=cells, metadata=build.KERNEL))) == count


def test_solved_it_takes_less_than_a_minute(unit):
    _, seconds = executed("solutions", unit)
    assert seconds < effort(SECONDS)


def test_every_figure_says_in_words_what_it_shows(unit):
    cells, _ = executed("solutions", unit)
    assert undescribed(cells) == []


def test_unsolved_it_runs_to_its_end_and_says_gently_what_is_missing(unit):
    """No traceback: each error is one line."""
    cells, _ = executed("assignments", unit)
    assert all(cell.execution_count for cell in cells if cell.source.strip())
    assert [(line, o.text) for line, o in named(cells, "stderr")] == []
    harsh = [(line, o.evalue) for line, o in named(cells, "error") if len(o.traceback) > 1]
    assert harsh == []


@pytest.mark.parametrize(
    ("data", "count"),
    [
        ({"image/png": "…", "text/plain": "<Figure size 640x480>"}, 1),
        ({"text/html": "<svg><path/></svg>"}, 1),
        ({"text/html": '<svg role="img" aria-label=""></svg>'}, 1),
        ({"text/html": '<img src="a.png">'}, 1),
        ({"text/html": f'<svg role="img" aria-label="{"words " * 9}"></svg>'}, 0),
        ({"text/html": "<b>✓</b> right"}, 0),
        ({"text/plain": "4"}, 0),
    ],
)
def test_a_picture_without_a_description_is_found(data, count):
    cell = new_code_cell("show()", outputs=[new_output("display_data", data)])
    assert len(undescribed([cell])) == count
