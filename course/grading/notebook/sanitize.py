"""Clean a cell's outputs so that they can be kept: only text and PNG images, a limited amount of
each, and no path of the grading machine.

The outputs come from the student's process, so each is built anew from its valid parts; the rest is
dropped.
"""

import base64
import binascii
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from course.grading.limits import (
    CELL_OUTPUT_CHARACTERS,
    CELL_OUTPUTS,
    ERROR_NAME_CHARACTERS,
    NOTEBOOK_OUTPUT_CHARACTERS,
    OUTPUT_IMAGE_BYTES,
    OUTPUT_TEXT_CHARACTERS,
    OUTPUT_TRACE_LINES,
)

PNG = b"\x89PNG\r\n\x1a\n"
SHORTENED = "\n… (shortened)"
# Control characters but tab, line feed and escape, which colours need.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]")


def clean(
    raw: Any, paths: Mapping[str, str], room: int = NOTEBOOK_OUTPUT_CHARACTERS
) -> list[dict[str, Any]]:
    """Return the outputs in `raw` in nbformat's form, as many as there is room for.

    paths: what to show for a path.
    """
    kept, left = [], min(CELL_OUTPUT_CHARACTERS, room)
    for output in raw[:CELL_OUTPUTS] if type(raw) is list else []:
        made = _made_anew(output, paths) if type(output) is dict else None
        if made is not None:
            left -= characters_in([made])
            if left < 0:
                return [*kept, stream("stdout", "… (further outputs were dropped)")]
            kept.append(made)
    return kept


def error(name: str, message: str) -> dict[str, Any]:
    """Return the output of a cell that failed."""
    return {
        "output_type": "error",
        "ename": name,
        "evalue": message,
        "traceback": [f"{name}: {message}"],
    }


def stream(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def gives_a_sound_score(outputs: list[dict[str, Any]], points: float) -> bool:
    """Whether nbgrader reads a possible score from the outputs of an instructor's own test.

    nbgrader gives full marks for nan or a number below 0, and fails for one above the maximum.
    """
    for output in outputs:
        if output["output_type"] == "error":
            return True
        if output["output_type"] == "execute_result":
            try:
                score = float(output["data"].get("text/plain", ""))
            except ValueError:
                return bool(output["data"].get("text/plain"))
            return math.isfinite(score) and 0 <= score <= points
    return True


def _made_anew(output: dict, paths: Mapping[str, str]) -> dict[str, Any] | None:
    match output:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return stream(name, _text(text, paths))
        case {"output_type": "display_data", "data": dict(data)}:
            kept = _bundle(data, paths)
            return {"output_type": "display_data", "data": kept, "metadata": {}} if kept else None
        case {"output_type": "execute_result", "data": dict(data)}:
            count = output.get("execution_count")
            return {
                "output_type": "execute_result",
                "execution_count": count if type(count) is int and 0 <= count < 10**6 else None,
                "data": _bundle(data, paths),
                "metadata": {},
            }
        case {"output_type": "error", "ename": str(name), "evalue": str(message)}:
            return error(_text(name, paths)[:ERROR_NAME_CHARACTERS], _text(message, paths)) | {
                "traceback": _trace(output.get("traceback"), paths)
            }
    return None


def _bundle(data: dict, paths: Mapping[str, str]) -> dict[str, str]:
    kept = {}
    if type(data.get("text/plain")) is str:
        kept["text/plain"] = _text(data["text/plain"], paths)
    if type(data.get("image/png")) is str and _is_png(data["image/png"]):
        kept["image/png"] = "".join(data["image/png"].split())
    return kept


def _is_png(text: str) -> bool:
    if len(text) > OUTPUT_IMAGE_BYTES * 4 // 3:
        return False
    try:
        return base64.b64decode("".join(text.split()), validate=True).startswith(PNG)
    except (binascii.Error, ValueError):
        return False


def _trace(lines: Any, paths: Mapping[str, str]) -> list[str]:
    if type(lines) is not list:
        return []
    texts = [_text(line, paths) for line in lines if type(line) is str]
    if len(texts) > OUTPUT_TRACE_LINES:
        half = OUTPUT_TRACE_LINES // 2
        texts = [*texts[:half], "…", *texts[-half:]]
    return texts


def _text(text: str, paths: Mapping[str, str]) -> str:
    if len(text) > OUTPUT_TEXT_CHARACTERS:
        text = text[:OUTPUT_TEXT_CHARACTERS] + SHORTENED
    for path, shown in paths.items():
        text = text.replace(path, shown)
    return CONTROLS.sub("", text).encode("utf-8", "replace").decode("utf-8")


def characters_in(outputs: list[dict[str, Any]]) -> int:
    """Return how many characters outputs have."""
    return sum(len(text) for output in outputs for text in _texts(output))


def _texts(output: dict[str, Any]) -> Iterator[str]:
    yield from (output.get("text", ""), output.get("evalue", ""))
    yield from output.get("traceback", ())
    yield from output.get("data", {}).values()
