"""Every recipe makes the file that it describes, from the current notebook."""

import json

import pytest

from course.build import notebooks
from course.demo.recipes import NOTHING, RIGHT, STUB, UNIT, read, recipes
from course.exercises.units import exercises_of
from course.grading.notebook.reading import UnreadableError, read_notebook
from tests.grading.notebooks import CONFIG

CLASS = {recipe.student: recipe for recipe in recipes()}


@pytest.fixture(scope="module")
def released():
    return notebooks(UNIT, CONFIG.parent)[1].text


def cells_of(student, released):
    notebook = read_notebook(CLASS[student].hand_in(released), UNIT)
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


def made(tmp_path, text):
    path = tmp_path / "student-77.md"
    path.write_text(f"A student.\n\n{text}")
    return read(path)


def test_the_class_has_twelve_students_who_all_do_something_different():
    assert list(CLASS) == [f"student-{number:02}" for number in range(1, 13)]
    assert len({recipe.does for recipe in CLASS.values()}) == 12


def test_every_expected_outcome_is_known():
    for recipe in CLASS.values():
        for one in exercises_of(UNIT):
            assert recipe.expects[one.name] in {RIGHT, NOTHING, *one.mistakes}, recipe.student


def test_the_class_makes_many_mistakes_and_shares_some():
    made_by = [
        (name, outcome)
        for recipe in CLASS.values()
        for name, outcome in recipe.expects.items()
        if outcome not in (RIGHT, NOTHING)
    ]
    assert len(set(made_by)) >= 15
    assert made_by.count(("layer_backward", "bias_gradient_not_summed")) == 3


def test_a_solution_keeps_the_current_signature_and_docstring(released):
    changed = released.replace(
        "Return the derivative of sigmoid", "Return something NEW of sigmoid"
    )
    text = cells_of("student-01", changed)["d_sigmoid"]
    assert text.startswith('def d_sigmoid(z):\n    """Return something NEW of sigmoid')
    assert text.endswith("    a = sigmoid(z)\n    return a * (1 - a)") and STUB not in text


def test_the_untouched_notebook_is_as_released(released):
    assert json.loads(CLASS["student-08"].hand_in(released)) == json.loads(released)


def test_cells_are_added_where_the_recipe_says(released):
    before = list(cells_of("student-08", released))
    after = list(cells_of("student-09", released))
    assert len(after) > len(before) + 8 and [name for name in after if name in before] == before
    cells = cells_of("student-09", released)
    assert "def as_column" in cells[after[after.index("d_sigmoid") - 1]]
    assert cells[after[after.index("d_sigmoid") + 1]] == "d_sigmoid(0)"


def test_cells_are_edited_and_deleted(released):
    cells = cells_of("student-10", released)
    assert cells["test-gradient_check"].startswith("# check(")
    assert "test-logistic_loss" not in cells and "test-layer_backward" not in cells


def test_one_file_is_no_notebook(released):
    with pytest.raises(UnreadableError, match="not JSON"):
        read_notebook(CLASS["student-12"].hand_in(released), UNIT)


def test_a_recipe_for_a_cell_that_is_gone_says_so(tmp_path, released):
    recipe = made(tmp_path, "```{code-cell}\n:cell: d_softsign\n\nx = 1\n```")
    with pytest.raises(ValueError, match="student-77: the notebook of 05_backprop has no cell"):
        recipe.hand_in(released)


def test_a_cell_without_a_place_is_refused(tmp_path, released):
    with pytest.raises(ValueError, match="student-77: expected one of cell, after"):
        made(tmp_path, "```{code-cell}\nx = 1\n```").hand_in(released)
