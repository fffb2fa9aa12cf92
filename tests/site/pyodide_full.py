"""Runs solved lessons in JupyterLite, in a browser, with Pyodide's own distribution.

    PYODIDE_DIST=folder python -m tests.site.pyodide_full [UNIT …]

The folder is an unpacked `pyodide-VERSION.tar.bz2` of the version that the installed
jupyterlite-pyodide-kernel names, with pyodide.js at its top. The site is built with it, so that
nothing is fetched from the network. Then each lesson is opened, with its solutions, in a headless
Chromium, all its cells are run, and every check has to be right. It takes some minutes per lesson.
No test runs this, since the distribution is large and not in any package registry.
"""

import json
import os
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from course.exercises.units import UNITS, exercises_of
from tests.grading.browser import CHROMIUM, MISSING, Page, browser
from website import ROOT, SITE, __main__
from website.lessons import HIDDEN, MARKER

PATIENCE = 1800  # seconds per lesson
RUN_ALL = "jupyterapp.commands.execute('notebook:run-all-cells').then(() => {}, () => {})"


def solve(unit: str) -> None:
    """Put the solutions into the notebook that the site hands out."""
    path = SITE / "lite" / "files" / f"{unit}.ipynb"
    handed_out = json.loads(path.read_text(encoding="utf-8"))
    source = ROOT / "solutions" / unit / f"{unit}.ipynb"
    solved = {one["id"]: one for one in json.loads(source.read_text(encoding="utf-8"))["cells"]}
    for cell in handed_out["cells"]:
        if cell["id"] in solved:
            text = "".join(solved[cell["id"]]["source"])
            cell["source"] = MARKER.sub("", HIDDEN.sub("", text))
    path.write_text(json.dumps(handed_out), encoding="utf-8")


def run(unit: str, page: Page, address: str) -> list[str]:
    """Run a lesson's cells; return the names of exercises whose check isn't right."""
    page.open(f"{address}/lite/lab/index.html?path={unit}.ipynb")
    page.wait("window.jupyterapp && document.querySelector('.jp-Notebook .jp-Cell')", PATIENCE)
    page.wait("document.body.innerText.includes('Idle')", PATIENCE)
    page.ask(f"void {RUN_ALL}")
    names = [one.name for one in exercises_of(unit)]
    shown = "jupyterapp.shell.currentWidget.content.model.toJSON().cells"
    last = f"{shown}.filter(c => c.cell_type === 'code').at(-1).execution_count"
    page.wait(last, PATIENCE)
    cells = json.loads(page.ask(f"JSON.stringify({shown})"))
    said = {
        cell["id"]: json.dumps(cell["outputs"], ensure_ascii=False)
        for cell in cells
        if "outputs" in cell
    }
    return [name for name in names if "✓" not in said.get(f"test-{name}", "")]


def main(units: list[str]) -> int:
    if not os.environ.get("PYODIDE_DIST"):
        print(__doc__)
        return 2
    if CHROMIUM is None:
        print(MISSING)
        return 2
    if __main__.main():
        return 1
    failed = False
    handler = partial(SimpleHTTPRequestHandler, directory=SITE)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for unit in units or UNITS:
            solve(unit)
            with tempfile.TemporaryDirectory() as folder, browser(Path(folder)) as page:
                wrong = run(unit, page, f"http://127.0.0.1:{server.server_port}")
            print(f"{unit}: {'all right' if not wrong else 'not right: ' + ', '.join(wrong)}")
            failed |= bool(wrong)
        server.shutdown()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
