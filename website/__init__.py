"""The course as a site: pages to read, and the notebooks to run in the browser.

`make site` stages the pages as a folder that Sphinx can read (`pages.py`, `lessons.py`), builds
them, puts JupyterLite beside them (`lite.py`), and inspects the result (`inspection.py`). Nothing
in the finished folder is fetched from anywhere else, with one exception that
`pages/browser.md` states: Pyodide.
"""

from pathlib import Path

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
BUILD = ROOT / "build"
STAGED, STATIC = BUILD / "site-pages", "static"  # what Sphinx reads, and copies as it is
CACHE = BUILD / "site-cache"  # executed lessons, packages
SITE = BUILD / "site"
