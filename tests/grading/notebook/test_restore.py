"""Only the student's texts of a submission count; nothing else in it changes anything."""

import json

import pytest

from course.grading.limits import FILE_BYTES, TEXT_CHARACTERS
from course.grading.notebook.cells import new_cell
from course.grading.notebook.restore import restore
from tests.grading.notebooks import RIGHT, UNIT, content, extra, handed_in, notebook, source

NAME = f"{UNIT}.ipynb"
UNSOLVED = handed_in({}, None)


def restored(work):
    return restore(UNSOLVED, work if isinstance(work, bytes | None) else content(work), NAME)


def texts(cells):
    return {cell["id"]: cell["source"] for cell in cells}


def by_id(found):
    return texts(found.notebook["cells"])


def test_the_texts_of_solutions_and_written_answers_are_taken():
    found = restored(handed_in())
    assert found.problem is None and found.oddities == []
    for name, text in RIGHT.items():
        assert by_id(found)[name] == text
    assert by_id(found)["written"] == "Since so."


def test_the_released_notebook_is_left_alone():
    before = json.dumps(UNSOLVED)
    restored(handed_in())
    assert json.dumps(UNSOLVED) == before


def test_metadata_tags_outputs_attachments_and_ids_are_dropped():
    work = handed_in()
    for cell in work["cells"]:
        cell["metadata"]["tags"] = ["skip-execution"]
        cell["attachments"] = {"a.png": {"image/png": "AAAA"}}
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "9"}]
            cell["execution_count"] = 7
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"points": 1000, "grade": False, "checksum": "x"}
    work["metadata"] |= {"evil": 1, "course": {"unit": "07_sgd"}}
    expected = restored(handed_in()).notebook
    assert restored(work).notebook == expected


def test_an_edited_test_cell_is_put_right_and_named():
    work = handed_in()
    work["cells"][3]["source"] = "print('passed')"
    found = restored(work)
    assert by_id(found)["test-neuron"] == by_id(restored(UNSOLVED))["test-neuron"]
    assert found.oddities == ["The cell test-neuron was edited; the original was used."]


def test_a_released_hidden_test_is_no_reason_to_call_a_test_edited():
    found = restore(source(), content(handed_in()), NAME)
    assert found.oddities == []
    assert "require_trusted_grader" in by_id(found)["test-neuron"]


def test_deleted_cells_are_put_back_and_named():
    work = handed_in()
    work["cells"] = [c for c in work["cells"] if c["id"] not in ("test-relu", "glm")]
    found = restored(work)
    assert [c["id"] for c in found.notebook["cells"]] == [c["id"] for c in UNSOLVED["cells"]]
    assert by_id(found)["glm"] == by_id(restored(UNSOLVED))["glm"]
    missing = "The cells test-relu, glm were missing; the originals were put back."
    assert found.oddities == [missing]


def test_of_a_copied_cell_both_run_where_they_were():
    work = handed_in()
    again = json.loads(json.dumps(work["cells"][2])) | {"source": "neuron = None"}
    work["cells"].append(again)
    found = restored(work)
    assert by_id(found)["neuron"] == RIGHT["neuron"]
    assert found.notebook["cells"][-1]["source"] == "neuron = None"
    assert found.notebook["cells"][-1]["metadata"] == {"course": {"own": True}}
    assert any("2 times; all of them ran" in text for text in found.oddities)
    assert any("same id" in text for text in found.oddities)


def test_a_retyped_cell_keeps_its_text_and_gets_its_type_back():
    work = handed_in()
    work["cells"][2] |= {"cell_type": "raw"}
    found = restored(work)
    cell = next(c for c in found.notebook["cells"] if c["id"] == "neuron")
    assert cell["cell_type"] == "code" and cell["source"] == RIGHT["neuron"]
    assert found.oddities == ["The cell neuron was turned into a raw cell."]


def test_extra_cells_stay_behind_the_cell_they_stood_behind():
    work = handed_in()
    work["cells"].insert(2, extra("helper = 1"))
    work["cells"].insert(0, extra("first = 1"))
    work["cells"].append(extra("last = 1"))
    found = restored(work).notebook["cells"]
    order = [c["source"] for c in found]
    assert order[0] == "first = 1"
    assert order[order.index("helper = 1") - 1] == "import numpy as np"
    assert order[-1] == "last = 1"
    assert len({c["id"] for c in found}) == len(found)


def test_a_plain_cell_of_the_lesson_that_was_edited_counts_as_edited():
    work = handed_in()
    work["cells"][1]["source"] = "import numpy as np\nimport math"
    assert by_id(restored(work))["imports"] == "import numpy as np\nimport math"


def test_plain_cells_are_known_by_their_text_where_a_tool_has_dropped_the_ids():
    work = handed_in() | {"nbformat_minor": 4}
    for cell in work["cells"]:
        del cell["id"]
    assert restored(work).notebook == restored(handed_in()).notebook


def test_windows_line_ends_and_lists_of_lines_are_the_same_text():
    work = handed_in()
    for cell in work["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n").splitlines(keepends=True)
    assert restored(work).notebook == restored(handed_in()).notebook


def test_half_a_surrogate_pair_can_be_written_to_a_file():
    work = handed_in(RIGHT | {"neuron": "x = '\ud800'"})
    json.dumps(restored(work).notebook, ensure_ascii=False).encode("utf-8")


def test_another_kernel_is_said_and_changes_nothing():
    work = handed_in()
    work["metadata"]["kernelspec"] = {"name": "julia-1.10", "display_name": "Julia"}
    found = restored(work)
    assert found.notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert found.oddities == ["The notebook's kernel was 'julia-1.10', not 'python3'."]


def test_malformed_cells_are_left_out_and_counted():
    work = handed_in()
    work["cells"] += [None, 3, {"cell_type": "code"}, {"cell_type": "widget", "source": "x"}]
    found = restored(work)
    assert found.notebook == restored(handed_in()).notebook
    assert found.oddities == ["4 cells, the first of them cell 11, could not be read."]


def test_metadata_of_any_shape_does_no_harm():
    work = handed_in()
    for cell, shape in zip(work["cells"], [None, 3, "x", [], {"nbgrader": 3}], strict=False):
        cell["metadata"] = shape
    work["cells"][5]["metadata"] = {"nbgrader": {"grade_id": ["a", "list"]}}
    assert restored(work).problem is None


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (None, "No notebook called 01_neuron.ipynb"),
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"{", "not JSON"),
        (b"\xff\xfe\x00", "not UTF-8 text"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a notebook"),
        (b'{"cells": []}', "not a notebook"),
        (b'{"nbformat": 3, "worksheets": []}', "has format 3"),
        (b'{"nbformat": true, "cells": []}', "has format True"),
        (b'{"nbformat": 4}', "no list of cells"),
        (b" " * (FILE_BYTES + 1), "more than 200 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_not_a_notebook_gives_a_reason_and_the_released_notebook(work, reason):
    found = restored(work)
    assert reason in found.problem
    assert found.notebook == UNSOLVED


def test_a_flood_of_extra_cells_is_cut():
    found = restored(notebook([extra(f"x = {i}") for i in range(3000)]))
    assert len(found.notebook["cells"]) < 600
    assert any("Only 500 of 3000 extra cells" in text for text in found.oddities)


def test_raw_cells_become_text_that_is_shown_as_markdown():
    work = handed_in()
    work["cells"].append(new_cell("raw", "<script>", "mine"))
    assert restored(work).notebook["cells"][-1]["cell_type"] == "markdown"


def test_texts_that_are_too_long_are_left_out():
    work = handed_in()
    work["cells"] += [new_cell("code", "x" * (TEXT_CHARACTERS // 2), str(n)) for n in range(3)]
    found = restored(work)
    assert sum(len(cell["source"]) for cell in found.notebook["cells"]) < TEXT_CHARACTERS
    assert found.oddities == [
        "2 cells, the first of them cell 12, could not be read (all texts together are too long)."
    ]
