"""An instructor's own cells are built or kept, and settings are those of nbgrader_config.py."""

import shutil

import nbformat
import pytest
from typer.testing import CliRunner

from course import build
from course.build import LESSONS, LessonError, source_notebook
from course.cli.app import app
from course.grading.notebook import outline
from course.grading.notebook.cells import grade_id
from course.settings import Lessons, SettingsError, settings
from tests.grading.notebooks import CONFIG

UNIT = "01_neuron"
OWN = """\

```{code-cell}
:nbgrader: {grade: true, grade_id: own-test, points: 3}

assert relu(2) == 2
### BEGIN HIDDEN TESTS
assert relu(-2) == 0
### END HIDDEN TESTS
```

```{code-cell}
---
nbgrader:
  grade_id: own-function
  solution: true
---
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
```

+++ {"nbgrader": {"grade": true, "solution": true, "grade_id": "own-question", "points": 2}}

Why is this so?

+++

The end.
"""


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    """A copy of the lessons that may be changed."""
    folder = shutil.copytree(str(LESSONS), tmp_path / "lessons")
    monkeypatch.setattr(build, "LESSONS", folder)
    return folder


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A course folder in which a single unit is built."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(CONFIG, root)
    with pytest.MonkeyPatch.context() as patch:
        a_single_unit(patch, root)
        run(root)
    return root


@pytest.fixture
def root(ready, tmp_path, lessons, monkeypatch):
    root = shutil.copytree(ready, tmp_path / "course")
    a_single_unit(monkeypatch, root)
    return root


def a_single_unit(patch, root):
    patch.setattr(build, "UNITS", {UNIT: "neuron"})
    patch.setattr(build, "frozen_files", list)
    patch.setattr(build, "FROZEN", root)
    patch.setattr(build, "strangers", lambda root, built: [])


def run(root, *options, status=0):
    done = CliRunner().invoke(app, ["build", "--root", str(root), *options])
    assert done.exit_code == status, (done.output, done.exception)
    return done.output


def add(lessons, text=OWN):
    path = lessons / f"{UNIT}.md"
    path.write_text(path.read_text() + text)


def places(root):
    return [root / folder / UNIT / f"{UNIT}.ipynb" for folder in ("solutions", "assignments")]


def marks(path):
    cells = nbformat.read(path, as_version=4).cells
    return {c.metadata.nbgrader.grade_id: c for c in cells if "nbgrader" in c.metadata}


def test_own_cells_in_a_lesson_are_built_as_nbgraders(root, lessons):
    add(lessons)
    run(root)
    source, released = map(marks, places(root))
    own = [name for name in source if name.startswith("own")]
    assert own == ["own-test", "own-function", "own-question"]
    assert source["own-test"].metadata.nbgrader == {
        "grade_id": "own-test",
        "schema_version": 3,
        "grade": True,
        "solution": False,
        "locked": True,
        "task": False,
        "points": 3,
    }
    assert source["own-test"].id == "own-test"
    assert "HIDDEN" not in released["own-test"].source
    assert released["own-function"].source == "def double(x):\n    raise NotImplementedError"
    assert not released["own-question"].metadata.nbgrader.locked
    assert run(root, "--check")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (":nbgrader: {grade: true, points: 1}", "needs a grade_id"),
        (":nbgrader: {grade_id: a, points: 1}", "a: say what it is"),
        (":nbgrader: {grade_id: a, grade: true}", "a: a cell that is graded needs points"),
        (":nbgrader: {grade_id: relu, solution: true}", "same grade_id: relu"),
    ],
)
def test_an_own_cell_that_nbgrader_would_not_understand_is_refused(lessons, options, says):
    add(lessons, f"\n```{{code-cell}}\n{options}\n\n1\n```\n")
    with pytest.raises(LessonError, match=says):
        source_notebook(UNIT)


def test_check_knows_own_cells_from_the_lessons_text(lessons, monkeypatch):
    add(lessons)
    monkeypatch.setattr(outline, "files", lambda package: lessons.parent)
    found = outline.outline.__wrapped__(UNIT)["cells"]
    own = {name: cell for cell in found if (name := grade_id(cell)) and name.startswith("own")}
    assert own["own-function"]["source"] == "def double(x):\n    raise NotImplementedError"
    assert own["own-function"]["metadata"]["nbgrader"]["solution"] is True
    assert own["own-test"]["source"] == "assert relu(2) == 2"


def test_a_notebook_edited_by_hand_is_not_overwritten(root, lessons):
    source, released = places(root)
    notebook = nbformat.read(source, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("assert True"))
    nbformat.write(notebook, source)
    before = source.read_bytes(), released.read_bytes()
    add(lessons)
    for options in ([], ["--check"]):
        said = run(root, *options, status=1)
        assert f"{source} was edited by hand" in said and f"course/lessons/{UNIT}.md" in said
        assert said.count("edited by hand") == 1
        assert (source.read_bytes(), released.read_bytes()) == before
    source.unlink()
    run(root)
    assert "own-test" in marks(source) and "own-test" in marks(released)


def test_an_assignment_edited_by_hand_is_not_overwritten(root, lessons):
    _, released = places(root)
    notebook = nbformat.read(released, as_version=4)
    notebook.cells[0].source += " For my class."
    nbformat.write(notebook, released)
    add(lessons)
    assert f"{released} was edited by hand" in run(root, status=1)
    assert "For my class." in released.read_text()
    released.unlink()
    run(root)


def test_a_notebook_that_was_only_run_or_half_built_is_overwritten(root, lessons):
    source, released = places(root)
    notebook = nbformat.read(source, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", text="hello")], 3
    notebook.metadata.language_info.version = "3.12"
    nbformat.write(notebook, source)
    add(lessons)
    run(root)
    # An interrupted build has written the assignment alone.
    add(lessons, "\nMore.\n")
    new = next(file for file in build.build(root) if file.path == released)
    new.write()
    assert not any(file.edited for file in build.build(root))
    run(root)


def configure(root, line):
    (root / CONFIG.name).write_text(f"{CONFIG.read_text()}\n{line}\n")


def test_points_are_set_in_nbgrader_config_and_0_makes_an_exercise_optional(root):
    configure(root, "c.Lessons.points = {'relu': 5, 'softplus': 0, 'written-neuron': 4}")
    run(root)
    for path in places(root):
        found = marks(path)
        assert found["test-relu"].metadata.nbgrader.points == 5
        assert found["test-softplus"].metadata.nbgrader.points == 0
        assert found["written-neuron"].metadata.nbgrader.points == 4
        assert "5 points · about" in path.read_text() and "optional · about" in path.read_text()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("c.Lessons.points = {'relo': 1}", "no exercise is called 'relo'; did you mean 'relu'"),
        ("c.Lessons.left_out = ['softpuls']", "did you mean 'softplus'"),
        ("c.Lessons.points = {'relu': -1}", "points"),
    ],
)
def test_a_wrong_setting_is_named(root, line, says):
    configure(root, line)
    with pytest.raises(ValueError, match=says):
        build.notebooks(UNIT, root)


def test_an_exercise_may_be_left_out_if_no_other_cell_needs_it(lessons):
    with pytest.raises(LessonError, match=r"needed: relu by the cell"):
        source_notebook(UNIT, Lessons(left_out=["relu"]))
    names = [
        cell.id for cell in source_notebook("05_backprop", Lessons(left_out=["softmax"])).cells
    ]
    assert "cross_entropy" in names and not {"softmax", "test-softmax"} & set(names)


def test_a_name_that_the_lesson_defines_itself_is_not_missed(lessons):
    cells = [nbformat.v4.new_code_cell(text) for text in ("relu = abs", "relu(1)")]
    build._nothing_needs(UNIT, cells, ["relu"])
    build._nothing_needs(UNIT, [nbformat.v4.new_code_cell("def f(relu):\n    relu(1)")], ["relu"])
    with pytest.raises(LessonError):
        build._nothing_needs(UNIT, cells[1:], ["relu"])
    with pytest.raises(LessonError):
        build._nothing_needs(UNIT, [nbformat.v4.new_code_cell("%timeit\nrelu(1")], ["relu"])


def test_settings_that_fail_are_named(tmp_path):
    (tmp_path / CONFIG.name).write_text("c = get_config(\n")
    with pytest.raises(SettingsError, match=f"{CONFIG.name} fails: SyntaxError"):
        settings(tmp_path)
