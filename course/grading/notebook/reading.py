"""Read a submitted notebook: JSON of version 4 that has cells, or the reason why it isn't that."""

import codecs
import json
from typing import Any

from course.grading.limits import (
    DECODED_PIECE_BYTES,
    FILE_BYTES,
    ID_CHARACTERS,
    MB,
    PARSED_BYTES,
    TEXT_CHARACTERS,
)
from course.grading.notebook.cells import COURSE, grade_id, inside, text_of
from course.grading.notebook.skim import TooMuchError, skim


class UnreadableError(Exception):
    """The file is not a notebook; the message says why, for its author."""


def read_notebook(
    content: bytes | None, name: str, again: str = "submit it again"
) -> dict[str, Any]:
    """Return a notebook's JSON; UnreadableError for anything that isn't one of version 4.

    A large file is returned without its outputs, and without all else that nothing here reads. They
    count for `FILE_BYTES` alone, and not for what may be left of it (`SKIMMED_BYTES`).

    again: what its author should do once it is fixed.
    """
    if content is None:
        raise UnreadableError(f"No notebook called {name} was submitted.")
    if len(content) > FILE_BYTES:
        raise UnreadableError(
            f"The file {name} has more than {FILE_BYTES // MB} MB, and no more are read. "
            f"Clear its outputs and {again}."
        )
    if not content or content.isspace():
        raise UnreadableError(f"The file {name} is empty.")
    try:
        notebook = _parsed(content)
    except UnicodeDecodeError:
        raise UnreadableError(
            f"The file {name} is not UTF-8 text, so it is not a notebook."
        ) from None
    except TooMuchError:
        raise UnreadableError(
            f"The file {name} has more text or more cells than can be read, even without its "
            f"outputs. Remove everything that doesn't belong there and {again}."
        ) from None
    except (ValueError, RecursionError):
        raise UnreadableError(f"The file {name} is not JSON, so it is not a notebook.") from None
    if type(notebook) is not dict or "nbformat" not in notebook:
        raise UnreadableError(f"The file {name} is JSON, but not a notebook.")
    version = notebook["nbformat"]
    if version != 4 or type(version) is not int:
        raise UnreadableError(
            f"The notebook {name} has format {str(version)[:20]}; only format 4 is read. "
            f"Open it in JupyterLab, save it and {again}."
        )
    if type(notebook.get("cells")) is not list:
        raise UnreadableError(f"The notebook {name} has no list of cells.")
    return notebook


def _parsed(content: bytes) -> Any:
    if len(content) <= PARSED_BYTES:
        return json.loads(content.decode("utf-8-sig"))
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(content), DECODED_PIECE_BYTES):
        decoder.decode(content[start : start + DECODED_PIECE_BYTES])
    decoder.decode(b"", final=True)
    return json.loads(skim(content.removeprefix(codecs.BOM_UTF8)).decode())


def reduced(content: bytes, name: str) -> bytes:
    """Return the JSON of a submitted notebook with only what `restore` takes from it or remarks on.

    It restores to the same notebook as `content` does, and has a few MB at most: neither the
    processes that grade nor the network to them see any outputs. UnreadableError as above.
    """
    notebook = read_notebook(content, name)
    cells, left = [], TEXT_CHARACTERS
    for cell in notebook["cells"]:
        text = text_of(cell)
        # One character too many shows that this text didn't fit.
        kept = None if text is None else text[: max(left, 0) + 1]
        cells.append(_reduced_cell(cell, kept))
        left -= len(text or "")
    metadata = {}
    kernel = inside(notebook, "metadata", "kernelspec", "name")
    if type(kernel) is str:
        metadata |= {"kernelspec": {"name": kernel[:ID_CHARACTERS]}}
    unit = inside(notebook, "metadata", COURSE, "unit")
    if type(unit) is str:
        metadata |= {COURSE: {"unit": unit[:ID_CHARACTERS]}}
    return json.dumps({"nbformat": 4, "metadata": metadata, "cells": cells}).encode()


def _reduced_cell(cell: Any, text: str | None) -> dict[str, Any] | None:
    if type(cell) is not dict:
        return None
    kept = {} if text is None else {"cell_type": cell["cell_type"], "source": text}
    if type(cell.get("id")) is str:
        kept["id"] = cell["id"][:ID_CHARACTERS]
    if name := grade_id(cell):
        kept["metadata"] = {"nbgrader": {"grade_id": name[:ID_CHARACTERS]}}
    return kept
