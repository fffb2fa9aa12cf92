"""A headless Chromium for the tests, driven through its DevTools protocol.

websocket-client, which Jupyter's server depends on, is all that this needs.
"""

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from websocket import create_connection

from tests.speed import patience

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
MISSING = "needs Chromium, which is not installed"
PHONE, DESKTOP = 390, 1200


class Page:
    """One tab of the browser."""

    def __init__(self, address: str):
        self._socket = create_connection(address, timeout=patience(60), suppress_origin=True)
        self._numbers = count(1)
        self.do("Page.enable")
        self.do("Runtime.enable")

    def do(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Send one command and return its result; what the browser reports meanwhile is dropped."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": arguments}))
        while True:
            said = json.loads(self._socket.recv())
            if said.get("id") == number:
                assert "error" not in said, (method, said)
                return said["result"]

    def open(self, address: str) -> None:
        self.do("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def ask(self, script: str) -> Any:
        """Return the value of a JavaScript expression."""
        said = self.do("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in said, (script, said["exceptionDetails"])
        return said["result"].get("value")

    def wait(self, script: str, seconds: float = 60) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + patience(seconds)
        while not self.ask(f"Boolean({script})"):
            assert time.monotonic() < end, f"{script} stayed false: {self.text()[-2000:]}"
            time.sleep(0.1)

    def text(self) -> str:
        return self.ask("document.body ? document.body.innerText : ''")

    def resize(self, width: int, height: int = 900) -> None:
        self.do(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def emulate(self, media: str = "", scheme: str = "light") -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.do("Emulation.setEmulatedMedia", media=media, features=features)

    def save_picture(self, path: Path) -> None:
        said = self.do("Page.captureScreenshot", captureBeyondViewport=True, fromSurface=True)
        path.write_bytes(base64.b64decode(said["data"]))

    def save_print(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.do("Page.printToPDF")["data"]))


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """Give an empty page of a browser that keeps its files in `folder`."""
    command = [CHROMIUM, "--headless", "--disable-gpu", "--no-first-run", "--no-sandbox"]
    command += ["--disable-background-networking", "--remote-debugging-port=0"]
    command += [f"--user-data-dir={folder}", "about:blank"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=os.environ | {"HOME": str(folder)}, **quiet)
    try:
        port = _port(folder / "DevToolsActivePort", process)
        with urlopen(Request(f"http://127.0.0.1:{port}/json/new", method="PUT")) as answer:
            yield Page(json.load(answer)["webSocketDebuggerUrl"])
    finally:
        process.terminate()
        process.wait(patience(30))


def _port(file: Path, process: subprocess.Popen) -> str:
    end = time.monotonic() + patience(60)
    while not (file.exists() and file.read_text().strip()):
        assert process.poll() is None and time.monotonic() < end, "Chromium does not start"
        time.sleep(0.05)
    return file.read_text().split()[0]
