"""JupyterLab's server for tests that look at it in a browser."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.speed import patience

BIN = Path(sys.executable).parent


def environment(home: Path) -> dict[str, str]:
    """The variables of a person with a home of their own and the commands of this environment."""
    kept = {n: text for n, text in os.environ.items() if not n.startswith(("JUPYTER", "XDG"))}
    return kept | {"HOME": str(home), "PATH": os.pathsep.join([str(BIN), os.environ["PATH"]])}


@contextmanager
def jupyterlab(folder: Path, variables: Mapping[str, str], *options: str) -> Iterator[str]:
    """Run the server in a folder; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as any_port:
        port = any_port.getsockname()[1]
    command = [str(BIN / "jupyter-lab"), "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    command += [f"--port={port}", "--IdentityProvider.token=", *options]
    said = Path(variables["HOME"]) / "jupyter.log"
    with said.open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=variables, stdout=log, stderr=log)
    try:
        end = time.monotonic() + patience(60)
        while "is running at" not in said.read_text():
            assert process.poll() is None and time.monotonic() < end, said.read_text()[-3000:]
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(patience(30))
