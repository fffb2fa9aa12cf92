"""Outputs don't count, however large: a file is reduced to its texts in bounded time and memory."""

import json
import random
import resource
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.grading.limits import FILE_BYTES, PARSED_BYTES, SKIMMED_BYTES, TEXT_CHARACTERS
from course.grading.notebook import reading
from course.grading.notebook.cells import new_cell
from course.grading.notebook.reading import UnreadableError, read_notebook, reduced
from course.grading.notebook.restore import restore
from course.grading.notebook.skim import skim
from tests.grading.notebooks import RIGHT, UNIT, content, extra, handed_in

NAME = f"{UNIT}.ipynb"
UNSOLVED = handed_in({}, None)
SECONDS = 60
MEMORY_BYTES = 1500 << 20
SIZE = FILE_BYTES - 1000
IN_BOUNDS = """
import json, resource, sys
from course.grading.notebook.reading import UnreadableError, reduced
content = sys.stdin.buffer.read()
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
try:
    print(len(reduced(content, "x.ipynb")))
except UnreadableError as error:
    print(error)
"""
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3) | st.sampled_from(["source", "id", "name"]), inner)
    ),
    max_leaves=8,
)
CELLS = VALUES | st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "widget", 3]),
        "source": st.sampled_from([*RIGHT.values(), "\r\n", ["a\r\n", "b"], ["\ud800"]]) | VALUES,
        "id": st.sampled_from(["neuron", "imports", "title", "\\", '"', 3]) | VALUES,
        "metadata": st.fixed_dictionaries(
            {"tags": VALUES},
            optional={"nbgrader": st.sampled_from([{"grade_id": "glm"}, {"grade_id": []}, 3])},
        ),
        "outputs": VALUES,
    },
)
NOTEBOOKS = st.fixed_dictionaries(
    {"nbformat": st.sampled_from([4, 4, 4, 3, True]), "cells": st.lists(CELLS, max_size=6)},
    optional={
        "metadata": VALUES | st.just({"kernelspec": {"name": "julia", "display_name": "Julia"}}),
        "more": VALUES,
    },
)


def around(outputs: bytes) -> bytes:
    cell = b'{"cell_type":"code","source":"x = 1","outputs":'
    return b'{"nbformat":4,"metadata":{},"cells":[' + cell + outputs + b"}]}"


def restored(work: bytes):
    return restore(UNSOLVED, work, NAME)


def restored_when_reduced(work: bytes):
    try:
        return restored(reduced(work, NAME))
    except UnreadableError as error:
        return restore(UNSOLVED, None, NAME, str(error))


@pytest.mark.parametrize("parsed", [PARSED_BYTES, 0], ids=["parsed", "skimmed"])
@settings(max_examples=300, deadline=None)
@given(work=NOTEBOOKS, indent=st.sampled_from([None, 1]), plain=st.booleans())
def test_a_reduced_notebook_restores_to_the_same(parsed, work, indent, plain):
    whole = json.dumps(work, indent=indent, ensure_ascii=True).encode()
    expected = restored(whole)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "PARSED_BYTES", parsed)
        assert restored_when_reduced(whole) == expected


@pytest.mark.parametrize("cut", range(0, 4000, 37))
def test_half_a_large_file_is_not_json(cut, monkeypatch):
    whole = content(handed_in())
    monkeypatch.setattr(reading, "PARSED_BYTES", 0)
    assert restored_when_reduced(whole[: cut % len(whole)] + b" ").problem is not None


def test_large_outputs_and_attachments_change_nothing():
    work = handed_in()
    for cell in work["cells"]:
        cell["attachments"] = {"a.png": {"image/png": "A" * 1_000_000}}
        if cell["cell_type"] == "code":
            text = [f'{i} "\\\n' for i in range(200_000)]
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    work["metadata"]["widgets"] = {str(i): {"state": [{}]} for i in range(1000)}
    large = content(work)
    assert len(large) > 20 << 20
    assert len(reduced(large, NAME)) < 10_000
    assert restored_when_reduced(large) == restored(content(handed_in()))


def test_texts_that_do_not_fit_are_not_carried_along():
    work = handed_in()
    work["cells"] += [new_cell("code", "é" * (TEXT_CHARACTERS // 2), str(n)) for n in range(9)]
    assert restored_when_reduced(content(work)) == restored(content(work))
    assert len(reduced(content(work), NAME)) < 7 * TEXT_CHARACTERS


def test_the_texts_of_a_large_file_may_be_as_large_as_before_and_no_larger():
    work = handed_in()
    work["cells"].append(extra("x" * (SKIMMED_BYTES - 100_000)))
    found = restored_when_reduced(content(work))
    assert found.problem is None
    assert "all texts together are too long" in found.oddities[-1]
    work["cells"].append(extra("x" * 200_000))
    assert "more text or more cells" in restored_when_reduced(content(work)).problem


@pytest.mark.parametrize("again", ["submit it again", "check it again"])
def test_the_advice_fits_its_reader(again):
    with pytest.raises(UnreadableError, match=f"Clear its outputs and {again}"):
        read_notebook(b" " * (FILE_BYTES + 1), NAME, again)


@pytest.mark.parametrize("last", [b"\\", b'"', b'"\\', b'"\\"', b"[", b"[[]", b'["\\\\', b"", b"-"])
def test_an_incomplete_file_is_not_a_notebook(last):
    with pytest.raises(ValueError):
        skim(around(b"")[: -len(b"}]}")] + last)


def test_pieces_may_end_within_an_escape():
    random.seed(1)
    for length in range(4080, 4110):
        text = json.dumps(["a" * length + '\\"' * 3 + "\\", [["]"]], "\\"])
        whole = json.loads(skim(around(text.encode())))
        assert whole["cells"] == [{"cell_type": "code", "source": "x = 1"}]


TRAPS = {
    "one long text": lambda: around(b'["' + b"a" * SIZE + b'"]'),
    "escapes": lambda: around(b'["' + rb"\"" * (SIZE // 2) + b'"]'),
    "lists": lambda: around(b"[" + b"[]," * (SIZE // 3) + b"[]]"),
    "nested": lambda: around(b"[" * (SIZE // 2) + b"]" * (SIZE // 2)),
    "never closed": lambda: around(b"[" * SIZE),
    "no cells": lambda: b'{"nbformat":4,"cells":[' + b"{}," * (SIZE // 3) + b"{}]}",
    "members": lambda: b"{" + b'"":0,' * (SIZE // 5) + b'"":0}',
    "a long name": lambda: b'{"' + rb"\ud83d\ude00" * (SIZE // 12) + b'":0}',
    "lines": lambda: around(b'0,"source":[' + b'"ab",' * (SIZE // 5) + b'"ab"]'),
    "small lines": lambda: around(b'0,"source":[' + b'"ab",' * (SKIMMED_BYTES // 6) + b'"ab"]'),
    "lists as source": lambda: around(b'0,"source":[' + b"[]," * (SIZE // 3) + b"[]]"),
    "list of lists": lambda: b"[" * SIZE,
}


@pytest.mark.parametrize("trap", TRAPS)
def test_no_file_takes_long_or_fills_the_memory(trap):
    command = [sys.executable, "-c", IN_BOUNDS, str(MEMORY_BYTES)]
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, input=TRAPS[trap](), capture_output=True, timeout=600)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr.decode()
    assert used.ru_utime - start.ru_utime < SECONDS
    told = done.stdout.decode().strip()
    assert told.isdigit() or told.startswith("The file x.ipynb")
