"""Notebooks are built from the lessons and the reference; students' copies contain no answers."""

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest
from jupytext import reads
from nbclient import NotebookClient
from typer.testing import CliRunner

from course import build
from course.build import Built, LessonError, source_notebook, strangers
from course.cli.app import app
from course.exercises.engine.exercise import request
from course.exercises.engine.frozen import freeze
from course.exercises.engine.judge import judge
from course.exercises.engine.observe import observe
from course.exercises.units import UNITS, all_exercises, exercise, exercises_of
from course.settings import Lessons
from tests.speed import patience

ROOT = Path(build.__file__).parents[1]

SECONDS = 120


@pytest.fixture(params=UNITS)
def unit(request) -> str:
    return request.param


@pytest.fixture
def assignment(unit) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "assignments" / unit / f"{unit}.ipynb", 4)


@pytest.fixture
def source(unit) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "solutions" / unit / f"{unit}.ipynb", 4)


REPAIRS = {"activation_scales": "06_symmetry", "average_gradients": "07_sgd"}


@pytest.mark.parametrize("name", REPAIRS)
def test_a_function_to_be_repaired_is_handed_out_with_its_faults_and_earns_little(name):
    one = exercise(name)
    path = ROOT / "assignments" / REPAIRS[name] / f"{REPAIRS[name]}.ipynb"
    [cell] = [cell for cell in nbformat.read(path, 4).cells if cell.id == name]
    names = {"np": np}
    exec(cell.source.replace("    raise NotImplementedError\n", ""), names)
    keyed = one.answer_key(one.secret_questions(np.random.default_rng(0)))
    asked = [request(each.question, one.info.keyword_only) for each in keyed]
    assert judge(one.info, keyed, [observe(names[name], each) for each in asked]).score < 0.3


def test_mistakes_that_no_writing_has_room_for_are_refused():
    with pytest.raises(LessonError, match="no writing has lines for all"):
        build.faulty(exercise("average_gradients"), ["biases_first", "one_flat_list"])


@cache
def built() -> list[Built]:
    return build.build(ROOT)


@pytest.mark.xdist_group("built")
def test_committed_notebooks_are_up_to_date(unit):
    ours = [file for file in built() if file.path.name == f"{unit}.ipynb"]
    assert len(ours) == 2 and all(file.is_true for file in ours)


@pytest.mark.xdist_group("built")
def test_frozen_questions_are_those_of_the_exercises():
    frozen = [file for file in built() if file.path.parent == build.FROZEN]
    assert {file.path.stem for file in frozen} == {*all_exercises()}
    assert [file.path for file in frozen if not file.is_true] == []


class TestAFrozenFile:
    """Processors differ in the last digits: a file that one of them made is true on the others."""

    FRESH = freeze(exercise("softmax"))

    def is_true(self, text, tmp_path):
        (tmp_path / "softmax.json").write_text(text, encoding="utf-8")
        return build.Frozen(tmp_path / "softmax.json", self.FRESH).is_true

    def test_made_elsewhere_is_true(self, tmp_path):
        elsewhere = re.sub(r"(\d\.\d{13,})\d\b", r"\g<1>7", self.FRESH)
        assert elsewhere != self.FRESH and self.is_true(elsewhere, tmp_path)

    def test_whose_suspects_share_no_answers_is_true(self, tmp_path):
        frozen = json.loads(self.FRESH)
        for question in frozen["questions"]:
            shared = question["mistaken"].items()
            question["mistaken"] = {name: one for names, one in shared for name in names.split()}
        assert self.is_true(json.dumps(frozen), tmp_path)

    @pytest.mark.parametrize(
        "part, instead",
        [
            (r"0\.73105", "0.73205"),
            ("one row", "two rows"),
            (r'"expected"', '"expected": {"raised": ["ValueError"], "gist": ""}, "former"'),
            (r'"hints": \[', '"hints": ["Another.",'),
            (r"\{", "<<<<<<< ours\n{"),
        ],
        ids=["a digit", "a title", "an answer", "a hint", "a merge"],
    )
    def test_that_says_something_else_is_not(self, part, instead, tmp_path):
        changed = re.sub(part, instead, self.FRESH, count=1)
        assert changed != self.FRESH and not self.is_true(changed, tmp_path)

    def test_that_is_missing_is_not(self, tmp_path):
        assert not build.Frozen(tmp_path / "softmax.json", self.FRESH).is_true


@pytest.mark.xdist_group("built")
def test_the_built_folders_contain_no_other_files():
    assert strangers(ROOT, built()) == []


def test_an_assignment_holds_no_solution_hidden_test_or_marking_scheme(assignment, unit):
    text = nbformat.writes(assignment)
    for secret in ("SOLUTION", "HIDDEN", "MARK SCHEME", "require_trusted_grader"):
        assert secret not in text
    stubs = [c for c in assignment.cells if c.metadata.get("nbgrader", {}).get("solution")]
    assert len(stubs) == len(exercises_of(unit))
    assert all('"""\n    raise NotImplementedError' in cell.source for cell in stubs)
    assert all(not cell.get("outputs") for cell in assignment.cells)


def test_every_line_of_a_solution_is_gone_from_the_assignment(assignment, source):
    given = {line.strip() for cell in assignment.cells for line in cell.source.splitlines()}
    for cell in source.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            body = cell.source.partition("### BEGIN SOLUTION")[2].partition("### END")[0]
            lines = {line.strip() for line in body.splitlines() if len(line.strip()) > 30}
            assert not {line for line in lines & given if not line.startswith(("from ", "for "))}


def test_every_exercise_has_a_heading_with_points_minutes_and_hints(source, unit):
    text = "\n".join(cell.source for cell in source.cells if cell.cell_type == "markdown")
    for one in exercises_of(unit):
        assert build.heading(one) in text


def test_a_lesson_has_one_question_in_words_with_a_marking_scheme(source):
    tasks = [c for c in source.cells if c.metadata.get("nbgrader", {}).get("task")]
    assert len(tasks) == 1
    assert "### BEGIN MARK SCHEME" in tasks[0].source


def test_ids_are_unique_and_the_same_on_every_build(source, unit):
    ids = [cell.id for cell in source.cells]
    assert len(set(ids)) == len(ids)
    assert ids == [cell.id for cell in source_notebook(unit).cells]


def test_the_build_releases_what_nbgrader_would(tmp_path):
    """`nbgrader generate_assignment` on the same source gives the same notebook."""
    for name in ("nbgrader_config.py", "solutions"):
        os.symlink(ROOT / name, tmp_path / name)
    (tmp_path / "nbgrader_config.py").unlink()
    (tmp_path / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "01_neuron"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    place = Path("assignments/01_neuron/01_neuron.ipynb")
    assert nbformat.read(tmp_path / place, 4).cells == nbformat.read(ROOT / place, 4).cells


def test_check_changes_nothing_and_fails_if_a_file_is_out_of_date(tmp_path, monkeypatch):
    wanted = Built(tmp_path / "a.ipynb", "wanted")
    monkeypatch.setattr(build, "build", lambda root: [wanted])
    monkeypatch.setattr(build, "strangers", lambda root, built: [])
    wanted.path.write_text("other")
    assert CliRunner().invoke(app, ["build", "--check"]).exit_code == 1
    assert wanted.path.read_text() == "other"
    assert CliRunner().invoke(app, ["build"]).exit_code == 0
    assert wanted.path.read_text() == "wanted"
    assert CliRunner().invoke(app, ["build", "--check"]).exit_code == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (":::{exercise} dense", "not closed"),
        (":::{exercise} nonesuch\n:::", "no exercise 'nonesuch'"),
        (":::{exercise} dense\nsome text\n:::", "takes no text"),
        (":::{written} dense\nWhy?\n:::", "':points: N'"),
    ],
)
def test_a_lesson_that_cannot_be_built_says_why(text, says):
    cell = nbformat.v4.new_markdown_cell(text)
    with pytest.raises(LessonError, match=says):
        list(build._expanded(cell, "02_layers", Lessons()))


def test_a_lesson_must_ask_for_every_exercise_once():
    text = (build.LESSONS / "02_layers.md").read_text(encoding="utf-8")
    cells = reads(text, fmt="md:myst").cells
    expanded = [made for cell in cells for made in build._expanded(cell, "02_layers", Lessons())]
    with pytest.raises(LessonError, match="missing"):
        build._every_exercise_once("02_layers", expanded[:5])
    with pytest.raises(LessonError, match="repeated"):
        build._every_exercise_once("02_layers", expanded * 2)


def run(folder: Path, *lines: str, waiting: slice = slice(None)) -> list[nbformat.NotebookNode]:
    """Run cells in a notebook; those of `waiting` may raise, as the lesson's own cells may."""
    cells = [nbformat.v4.new_code_cell(line) for line in lines]
    for cell in cells[waiting]:
        cell.metadata["tags"] = ["raises-exception"]
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(folder)}}
    seconds = round(patience(SECONDS))
    return NotebookClient(notebook, timeout=seconds, resources=resources).execute().cells


def test_a_figure_of_an_unwritten_function_says_what_it_needs_and_is_no_error(tmp_path):
    *_, figure, call = run(
        tmp_path,
        "from course.check import check; from course.figures import plot_activation",
        "def relu(z):\n    raise NotImplementedError",
        "plot_activation(relu)",
        "relu(1.0)",
    )
    assert [o.output_type for o in figure.outputs] == ["display_data"]
    assert "needs your function relu" in figure.outputs[0].data["text/plain"]
    assert [o.output_type for o in call.outputs] == ["error"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ({"tags": ["raises-exception"]}, "display_data"),
        ({"tags": ["raises-exception"], "nbgrader": {"grade": True}}, "error"),
        ({}, "error"),
    ],
)
def test_if_the_front_end_tells_the_cell_only_the_lessons_own_cells_show_no_error(
    cell, shown, tmp_path
):
    *_, call = run(
        tmp_path,
        "from course.check import check\ndef relu(z):\n    raise NotImplementedError",
        f"get_ipython().get_parent = lambda: {{'metadata': {cell}}}",
        "relu(1.0)",
        waiting=slice(-1, None),
    )
    assert [o.output_type for o in call.outputs] == [shown]


def test_an_error_in_a_figure_shows_the_notebooks_lines_and_none_of_the_course(tmp_path):
    *_, theirs, ours = run(
        tmp_path,
        "from course.check import check; from course.figures import plot_activation",
        "def relu(z):\n    return missing",
        "plot_activation(relu)",
        "plot_activation(lambda z: None)",
    )
    for cell, kept in ((theirs, "return missing"), (ours, "plot_activation(")):
        (error,) = cell.outputs
        said = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error.traceback))
        assert kept in said
        assert said.splitlines()[-1].startswith(error.ename)
        assert "figures" not in said and len(said.splitlines()) < 15, said


@pytest.mark.slow
def test_nbgrader_validate_tells_the_solved_from_the_unsolved(source, assignment, unit, tmp_path):
    def validated(notebook: nbformat.NotebookNode, name: str) -> str:
        nbformat.write(notebook, tmp_path / name)
        command = [sys.executable, "-m", "nbgrader", "validate", name]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout

    assert validated(source, "solved.ipynb").startswith("Success!")
    said = validated(assignment, "unsolved.ipynb")
    assert f"VALIDATION FAILED ON {len(exercises_of(unit))} CELL(S)!" in said
    assert all(f"{one.name} is not written yet" in said for one in exercises_of(unit))
