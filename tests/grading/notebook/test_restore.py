"""Only the student's texts of a submission count; nothing else in it changes anything."""

import json

import pytest

from course.grading.limits import FILE_BYTES, TEXT_CHARACTERS
from course.grading.notebook.cells import is_own, new_cell, runs
from course.grading.notebook.reading import reduced
from course.grading.notebook.restore import restore
from tests.grading.notebooks import (
    RIGHT,
    UNANSWERED,
    UNIT,
    content,
    extra,
    handed_in,
    notebook,
    source,
)

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


# ------------------------------------------------------------------- what has become of the cells


def without_marks(work, ids=True):
    for cell in work["cells"]:
        cell["metadata"] = {}
        if not ids:
            del cell["id"]
    return work


def code_that_runs(found):
    return [cell["source"] for cell in found.notebook["cells"] if runs(cell)]


def test_a_cell_that_lost_its_metadata_is_recognised_by_its_id():
    found = restored(without_marks(handed_in()))
    assert found.notebook == restored(handed_in()).notebook
    [told] = found.oddities
    assert told.startswith(
        "Cells without nbgrader's metadata were recognised by their ids: neuron,"
    )


def test_without_ids_too_a_solution_is_recognised_by_its_function():
    found = restored(without_marks(handed_in(), ids=False))
    assert {name: by_id(found)[name] for name in RIGHT} == RIGHT
    assert found.oddities[0] == (
        "Cells without nbgrader's metadata were recognised by their content: "
        "neuron, test-neuron, relu, test-relu, glm, test-glm, own-test, written."
    )


@pytest.mark.parametrize("behind", [True, False])
def test_a_function_in_another_cell_counts_and_no_stub_hides_it(behind):
    work = handed_in()
    relu = work["cells"].pop(4)
    place = len(work["cells"]) if behind else 2
    work["cells"].insert(place, extra(f"other = 1\n\n{relu['source']}"))
    found = restored(work)
    assert not any("NotImplementedError" in text for text in code_that_runs(found))
    assert by_id(found)["relu"].endswith(RIGHT["relu"])


def test_all_functions_in_one_cell_count_in_a_notebook_that_has_nothing_else():
    work = {"nbformat": 4, "cells": [{"cell_type": "code", "source": "\n\n".join(RIGHT.values())}]}
    found = restored(work)
    assert found.problem is None
    assert code_that_runs(found)[-2] == "\n\n".join(RIGHT.values())
    assert not any("NotImplementedError" in text for text in code_that_runs(found))
    assert "Graded from other cells, since their own were missing: relu, glm." in found.oddities
    assert by_id(found)["relu"] == "# Your definition of relu is in another cell."


def test_a_stub_that_nobody_wrote_is_shown_but_does_not_run():
    work = handed_in()
    del work["cells"][4]
    found = restored(work)
    assert "NotImplementedError" in by_id(found)["relu"]
    assert by_id(found)["relu"] not in code_that_runs(found)
    assert found.oddities == ["The cell relu was missing; the original was put back."]


def test_cells_run_in_the_students_order_and_tests_after_what_they_test():
    work = handed_in()
    work["cells"].insert(1, work["cells"].pop(4))
    first = work["cells"].pop(3)
    work["cells"].append(extra("relu = None"))
    work["cells"].append(first)
    found = restored(work)
    order = [cell["id"] for cell in found.notebook["cells"]]
    assert order.index("relu") < order.index("imports") < order.index("neuron")
    assert order[-4:] == ["extra-1", "neuron", "test-neuron", "own-test"]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_solution_made_text_counts_unless_code_defines_its_function(kind):
    work = handed_in()
    work["cells"][4]["cell_type"] = kind
    assert RIGHT["relu"] in code_that_runs(restored(work))
    work["cells"].insert(2, extra("def relu(z):\n    return 7"))
    assert RIGHT["relu"] not in code_that_runs(restored(work))


def test_a_function_in_a_text_cell_of_no_name_counts_only_if_it_is_code():
    work = handed_in()
    work["cells"][4] = new_cell("markdown", RIGHT["relu"], "mine")
    assert RIGHT["relu"] in code_that_runs(restored(work))
    work["cells"][4]["source"] = f"My function is\n\n{RIGHT['relu']}"
    assert not any("My function" in text for text in code_that_runs(restored(work)))


def test_a_helper_in_a_cell_of_the_lesson_that_was_made_code_runs():
    work = handed_in()
    work["cells"][0] |= {"cell_type": "code", "source": "def helper():\n    return 1"}
    assert code_that_runs(restored(work))[0] == "def helper():\n    return 1"


def test_what_was_written_into_a_test_runs_as_a_cell_of_the_students_own():
    work = handed_in()
    work["cells"][3]["source"] = "def helper():\n    return 1"
    found = restored(work)
    order = [cell["source"] for cell in found.notebook["cells"]]
    place = order.index("def helper():\n    return 1")
    assert order[place + 1] == 'check("neuron", neuron)'
    assert is_own(found.notebook["cells"][place])


def test_of_copies_the_answer_is_the_one_that_was_written():
    work = handed_in()
    blank = json.loads(json.dumps(work["cells"][-1])) | {"source": UNANSWERED}
    work["cells"].insert(0, blank)
    assert by_id(restored(work))["written"] == "Since so."


def test_the_lessons_imports_are_kept_apart_from_what_became_of_their_cell():
    work = handed_in()
    work["cells"][1]["source"] = "import pandas"
    assert restored(work).imports == "import numpy as np"
    del work["cells"][1]
    assert restored(work).imports == "import numpy as np"


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        ({}, ": it has none of its cells and none of its functions."),
        ({"course": {"unit": "02_layers"}}, ", but of 02_layers."),
        ({"course": {"unit": "<b>"}}, ": it has none of its cells and none of its functions."),
    ],
)
def test_a_foreign_notebook_gets_one_sentence(metadata, why):
    work = notebook([extra("x = 1"), new_cell("markdown", "# Something else", "a")])
    found = restored(work | {"metadata": metadata})
    assert found.problem == f"This is not the notebook of {UNIT}{why}"
    assert found.oddities == []
    name = f"{UNIT}.ipynb"
    again = restore(UNSOLVED, reduced(content(work | {"metadata": metadata}), name), name)
    assert again.problem == found.problem
