"""The site is built once for all slow tests, and a browser opens its pages from a local server."""

import os
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.grading.browser import CHROMIUM, MISSING, browser
from website import ROOT, SITE
from website.npm import AXE, MATHJAX, NoPackageError, package


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def site():
    """The folder of the built site; SITE_BUILT says that build/site is up to date."""
    pytest.importorskip("myst_nb", reason="needs the part for the site")
    pytest.importorskip("jupyterlite_core", reason="needs the part for the site")
    try:
        package(MATHJAX)
    except NoPackageError as error:
        pytest.skip(str(error))
    if not os.environ.get("SITE_BUILT"):
        ended = subprocess.run(
            [sys.executable, "-m", "website"], cwd=ROOT, capture_output=True, text=True
        )
        assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
    return SITE


@pytest.fixture(scope="session")
def address(site):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page(tmp_path):
    if CHROMIUM is None:
        pytest.skip(MISSING)
    with browser(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def axe():
    try:
        return (package(AXE) / "axe.min.js").read_text(encoding="utf-8")
    except NoPackageError as error:
        pytest.skip(str(error))
