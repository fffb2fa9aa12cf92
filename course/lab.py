"""Copy the assignments to a student's own folder, and open JupyterLab on it.

Files already in that folder are never touched, so opening the lab again loses no work.
"""

import shutil
import subprocess
import sys
from pathlib import Path

MY_WORK = "my-work"


def copy_assignments(root: Path) -> tuple[Path, list[Path]]:
    """Copy all missing assignments to `root`/my-work; return that folder and the new files.

    Raises ValueError if `root` has no assignments.
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
    """Open JupyterLab on `folder`, passing on `arguments`; return its exit status."""
    command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={folder}", *arguments]
    return subprocess.call(command)
