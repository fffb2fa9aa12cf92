"""Open JupyterLab on a student's folder: the student's part of it only."""

import os
import subprocess
import sys
import webbrowser
from importlib.resources import files
from pathlib import Path

# Settings for labextensions: nbgrader's buttons and the news are hidden.
SETTINGS = files("course.learner") / "jupyter"
ROOT_ALLOWED = "--allow-root"


def open_lab(folder: Path, arguments: list[str], notebook: str = "") -> int:
    """Open JupyterLab on `folder`, passing on `arguments`; return its exit status.

    notebook: the path below the folder that it begins with.
    """
    if notebook and (address := _address(folder, notebook)):
        print(f"JupyterLab is running already: {address}", flush=True)
        webbrowser.open(address)
        return 0
    options = [f"--notebook-dir={folder}", *arguments]
    if _is_root() and ROOT_ALLOWED not in arguments:
        print("Running as root, as containers do, so JupyterLab gets --allow-root.", flush=True)
        options.append(ROOT_ALLOWED)
    if notebook:
        options.append(f"--LabApp.default_url=/lab/tree/{notebook}")
    command = [sys.executable, "-m", "jupyterlab", *options]
    environment = os.environ | {"JUPYTER_CONFIG_PATH": _config_path()}
    if hasattr(os, "fork"):
        # JupyterLab takes this process's place, so signals reach it.
        os.execve(sys.executable, command, environment)
    return subprocess.call(command, env=environment)


def _config_path() -> str:
    before = os.environ.get("JUPYTER_CONFIG_PATH")
    return os.pathsep.join(filter(None, [str(SETTINGS), before]))


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _address(folder: Path, notebook: str) -> str | None:
    """Return the notebook's address in a JupyterLab that is open on the folder, if there is one."""
    from jupyter_server.serverapp import list_running_servers

    for server in list_running_servers():
        if Path(server.get("root_dir", "")).resolve() == folder.resolve():
            token = f"?token={server['token']}" if server.get("token") else ""
            return f"{server['url']}lab/tree/{notebook}{token}"
    return None
