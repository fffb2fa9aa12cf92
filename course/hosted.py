"""Notebooks for a hosted service such as Colab: a first cell installs the course, nothing else.

The rest is the notebook as handed out, so a solved one can be checked and graded like any other.
"""

import json
from pathlib import Path
from typing import Any

from course.learner import my_work

COLAB = "https://colab.research.google.com"
BADGE = f"[![Open in Colab]({COLAB}/assets/colab-badge.svg)]({COLAB}/github/{{place}}/{{name}})"
INSTALL = "%pip install --quiet {package}"


def write_hosted(folder: Path, package: str, place: str | None = None) -> list[Path]:
    """Write every released notebook with a cell that installs `package`; return the files.

    package: what pip is given, pinned: "feedforward-course==0.1.0", or the address of a wheel.
    place: where the folder will be on GitHub, OWNER/REPOSITORY/blob/BRANCH/PATH, for a badge.
    """
    if not any(sign in package for sign in ("==", "://", "@")) and not package.endswith(".whl"):
        raise ValueError(f"package: expected a pinned one, such as NAME==1.0, got {package!r}")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path in my_work.released().values():
        notebook = hosted(my_work.read(path), path.name, package, place)
        copy = folder / path.name
        text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
        copy.write_text(text, encoding="utf-8")
        written.append(copy)
    return written


def hosted(
    notebook: dict[str, Any], name: str, package: str, place: str | None = None
) -> dict[str, Any]:
    """Return a notebook that begins with a badge, if `place` is given, and installs the course."""
    first = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "install",
            "metadata": {},
            "outputs": [],
            "source": INSTALL.format(package=package),
        }
    ]
    if place:
        badge = BADGE.format(place=place.strip("/"), name=name)
        first.insert(0, {"cell_type": "markdown", "id": "badge", "metadata": {}, "source": badge})
    return {**notebook, "cells": [*first, *notebook["cells"]]}
