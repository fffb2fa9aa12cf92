"""Read a submitted notebook: JSON of version 4 that has cells, or the reason why it isn't that."""

import json
from typing import Any

SUBMISSION_BYTES = 20 * 1024 * 1024


class UnreadableError(Exception):
    """The file is not a notebook; the message says why, for its author."""


def read_notebook(content: bytes | None, name: str) -> dict[str, Any]:
    """Return a notebook's JSON; UnreadableError for anything that isn't one of version 4."""
    if content is None:
        raise UnreadableError(f"No notebook called {name} was handed in.")
    if len(content) > SUBMISSION_BYTES:
        size, limit = len(content) / 2**20, SUBMISSION_BYTES // 2**20
        raise UnreadableError(
            f"The file {name} has {size:.0f} MB; at most {limit} MB are read. "
            "Clear its outputs and hand it in again."
        )
    if not content.strip():
        raise UnreadableError(f"The file {name} is empty.")
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableError(
            f"The file {name} is not text in UTF-8, so it is no notebook."
        ) from None
    except (ValueError, RecursionError):
        raise UnreadableError(f"The file {name} is not JSON, so it is no notebook.") from None
    if type(notebook) is not dict or "nbformat" not in notebook:
        raise UnreadableError(f"The file {name} is JSON, but no notebook.")
    version = notebook["nbformat"]
    if version != 4 or type(version) is not int:
        raise UnreadableError(
            f"The notebook {name} has format {str(version)[:20]}; only format 4 is read. "
            "Open it in JupyterLab, save it and hand it in again."
        )
    if type(notebook.get("cells")) is not list:
        raise UnreadableError(f"The notebook {name} has no list of cells.")
    return notebook
