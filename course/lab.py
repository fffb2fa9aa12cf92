"""A student's own copy of the assignments, and JupyterLab opened on it.

What is in the copy already is never touched, so opening the lab again loses no work.
"""

import shutil
import subprocess
import sys
from pathlib import Path

MY_WORK = "my-work"


def copy_assignments(root: Path) -> tuple[Path, list[Path]]:
    """Copy every assignment that isn't there yet to `root`/my-work; return it and what is new.

    Raises ValueError where `root` has no assignments.
    """
    notebooks = sorted((root / "assignments").glob("*/*.ipynb"))
    if not notebooks:
        raise ValueError(f"root: expected a folder with assignments/, got {root.resolve()}")
    folder, new = root / MY_WORK, []
    folder.mkdir(exist_ok=True)
    for notebook in notebooks:
        copy = folder / notebook.name
        if not copy.exists():
            shutil.copyfile(notebook, copy)
            new.append(copy)
    return folder, new


def open_lab(folder: Path, arguments: list[str]) -> int:
    """Open JupyterLab on `folder`, passing `arguments` on; return its exit status."""
    command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={folder}", *arguments]
    return subprocess.call(command)
