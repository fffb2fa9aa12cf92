"""Tricks with the notebook itself: tags, metadata, cells that are missing, doubled or of another
kind, and files that are hardly notebooks."""

import json
from collections.abc import Callable
from typing import Any

from tests.adversarial.attack import (
    HARM,
    MARKS,
    OTHERS,
    Attack,
    active,
    either,
    gained,
    harmed,
    larger_than,
    more_memory_than,
)
from tests.adversarial.course_folder import Place
from tests.adversarial.forging import WRONG

NOTEBOOK = "notebook"
Cells = list[dict[str, Any]]


def tests_of(work: dict) -> Cells:
    return [c for c in work["cells"] if c["metadata"].get("nbgrader", {}).get("grade")]


def trick(name: str, does: str, change: Callable[[dict], Any], aim=MARKS, judge=gained, **more):
    """Wrong answers, and `change` done to the notebook (it may return another one, or bytes)."""

    def reshape(work: dict, place: Place) -> dict | bytes:
        made = change(work)
        return work if made is None else made

    judge = either(judge, harmed)
    return Attack(name, NOTEBOOK, aim, does, judge, WRONG, reshape=reshape, **more)


def each_test(change: Callable[[dict], Any]) -> Callable[[dict], None]:
    def on(work: dict) -> None:
        for cell in tests_of(work):
            change(cell)

    return on


def tag(*tags: str) -> Callable[[dict], None]:
    return each_test(lambda cell: cell["metadata"].update(tags=list(tags)))


def without_tests(work: dict) -> None:
    work["cells"] = [c for c in work["cells"] if c not in tests_of(work)]


def tests_twice(work: dict) -> None:
    work["cells"] += tests_of(work)


def solutions_twice(work: dict) -> None:
    work["cells"] += [c for c in work["cells"] if c["metadata"].get("nbgrader", {}).get("solution")]


def no_tests_in_them(cell: dict) -> None:
    cell["source"] = "4"


def worth_more(cell: dict) -> None:
    cell["metadata"]["nbgrader"] |= {"points": 1000, "checksum": "0" * 32, "locked": False}


def forged_outputs(cell: dict) -> None:
    data = {"data": {"text/plain": "'ok'"}, "metadata": {}}
    cell["outputs"] = [{"output_type": "execute_result", "execution_count": 1, **data}]


def own_grading(work: dict) -> None:
    work["metadata"]["course"] = {
        "unit": "01_neuron",
        "restored": {"problem": None, "oddities": []},
        "grading": {"fingerprint": "0" * 64, "exercises": [], "problem": None},
    }
    for cell in tests_of(work):
        cell["metadata"]["course"] = {"exercise": "identity"}


def another_id(cell: dict) -> None:
    grade_id = cell["metadata"]["nbgrader"]["grade_id"]
    cell["metadata"]["nbgrader"]["grade_id"] = grade_id.removeprefix("test-")


def kernel(name: Any) -> Callable[[dict], None]:
    spec = {"name": name, "display_name": name, "language": "python"}
    return lambda work: work["metadata"].update(kernelspec=spec)


def deep(depth: int) -> list:
    nest: list = []
    for _ in range(depth):
        nest = [nest]
    return nest


def text_of(work: dict) -> str:
    return json.dumps(work)


def raw_cells(cells: str) -> Callable[[dict], bytes]:
    def change(work: dict) -> bytes:
        work["cells"] = "«CELLS»"
        return text_of(work).replace('"«CELLS»"', cells).encode()

    return change


def many_cells(work: dict) -> None:
    cell = {"cell_type": "code", "metadata": {}, "source": "print('x' * 99999)", "outputs": []}
    work["cells"] += [cell | {"execution_count": None, "id": f"c{i}"} for i in range(10_000)]


def heavy_metadata(work: dict) -> None:
    work["metadata"]["widgets"] = {f"k{i}": "x" * 1000 for i in range(8000)}
    for cell in work["cells"]:
        cell["metadata"]["heavy"] = {str(i): {} for i in range(20_000)}


def heavy_attachments(work: dict) -> None:
    bomb = {"image/png": "A" * 8_000_000, "text/html": "<script>pwned()</script>"}
    work["cells"][0]["attachments"] = {"bomb.png": bomb}


def odd_sources(work: dict) -> None:
    for source in (7, None, {"a": 1}, [["nested"]], [1, 2], True, [[]] * 5):
        work["cells"].append({"cell_type": "code", "source": source, "metadata": {}})
    work["cells"] += [None, 3, "cell", [], {"cell_type": "shell", "source": "x"}]
    work["cells"] += [{"cell_type": "code", "source": "1", "metadata": "none", "id": {}}]


def odd_marks(cell: dict) -> None:
    cell["metadata"]["nbgrader"] = {"schema_version": 99, "grade_id": "test-relu", "grade": "yes"}


def ids_of_all_sorts(work: dict) -> None:
    for cell, new in zip(work["cells"], (1, None, "a b/../c", "x" * 9000, [], ""), strict=False):
        cell["id"] = new


def twice_the_cells(work: dict) -> bytes:
    return (text_of(work)[:-1] + ', "cells": [], "nbformat": 4}').encode()


ATTACKS = [
    trick("skip_execution", "tags the test cells skip-execution", tag("skip-execution")),
    trick(
        "tags",
        "tags the test cells raises-exception, remove-cell, parameters",
        tag("raises-exception", "remove-cell", "remove_output", "parameters"),
    ),
    trick("deleted_tests", "deletes the test cells", without_tests),
    trick("doubled_tests", "submits every test cell twice", tests_twice),
    trick("doubled_solutions", "submits every solution cell twice", solutions_twice),
    trick("edited_tests", "writes harmless tests into the test cells", each_test(no_tests_in_them)),
    trick(
        "retyped_tests",
        "makes the test cells Markdown",
        each_test(lambda cell: cell.update(cell_type="markdown")),
    ),
    trick("points", "has the test cells give 1000 points", each_test(worth_more)),
    trick("forged_outputs", "has outputs in the test cells already", each_test(forged_outputs)),
    trick("own_grading", "brings the grader's own notes in the metadata", own_grading),
    trick("swapped_ids", "gives test cells the ids of solution cells", each_test(another_id)),
    trick("odd_marks", "has nbgrader's metadata in a version to come", each_test(odd_marks), HARM),
    trick("other_kernel", "asks for a kernel that is none", kernel("bash"), HARM),
    trick("deep_kernel_name", "has a kernel's name of 900 lists", kernel(deep(900)), HARM),
    *[
        trick(f"deep_{depth}", f"has {depth} lists in its metadata", kernel(deep(depth)), HARM)
        for depth in (940, 955, 965, 970, 975, 980)
    ],
    trick(
        "deep_json",
        "has lists in lists, a hundred thousand deep",
        lambda work: b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        HARM,
    ),
    trick(
        "kernel_with_script",
        "has a script in the kernel's name",
        kernel("<script>pwned()</script>"),
        OTHERS,
        active,
    ),
    trick("heavy_metadata", "has megabytes of metadata", heavy_metadata, HARM, larger_than(4)),
    trick("heavy_attachment", "has an attachment that is a bomb", heavy_attachments, HARM, active),
    trick(
        "many_cells",
        "has ten thousand cells that print much",
        many_cells,
        HARM,
        larger_than(60),
        settings="c.RunAndAsk.notebook_seconds = 60.0",
        plain=False,
    ),
    trick(
        "millions_of_cells",
        "has nine million cells that are no cells",
        raw_cells("[" + "0," * 9_000_000 + "0]"),
        HARM,
        either(larger_than(20), more_memory_than(2500)),
        plain=False,
    ),
    trick(
        "empty_cells",
        "has a million empty Markdown cells",
        raw_cells(
            '[{"cell_type":"raw","source":""}' + ',{"cell_type":"raw","source":""}' * 500_000 + "]"
        ),
        HARM,
        either(larger_than(20), more_memory_than(2500)),
        plain=False,
    ),
    trick(
        "one_long_line",
        "has one line of ten megabytes",
        lambda work: work["cells"][1].update(source="x = '" + "y" * 10_000_000 + "'"),
        HARM,
        larger_than(60),
        plain=False,
    ),
    trick("odd_sources", "has cells whose source is no text, and cells that are none", odd_sources),
    trick("odd_ids", "has ids of all sorts", ids_of_all_sorts, HARM),
    trick("doubled_keys", "has the key cells twice", twice_the_cells, HARM),
    trick("old_format", "has format 3", lambda w: w.update(nbformat=3), HARM),
    trick("new_format", "has format 4.99", lambda w: w.update(nbformat_minor=99), HARM),
    trick("utf_16", "is written in UTF-16", lambda w: text_of(w).encode("utf-16"), HARM),
    trick("null_bytes", "is a megabyte of null bytes", lambda w: bytes(1 << 20), HARM),
    trick(
        "surrogates",
        "has halves of surrogate pairs and control characters everywhere",
        lambda work: (
            [c.update(source="# \ud800 \x00 \x1b[31m \x0b\n" + c["source"]) for c in work["cells"]]
            and None
        ),
        HARM,
    ),
    trick(
        "too_large",
        "has thirty megabytes",
        lambda work: text_of(work).encode() + b" " * (30 << 20),
        HARM,
        larger_than(10),
        plain=False,
    ),
]
