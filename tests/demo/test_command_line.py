"""What the commands check, grade, report and doctor print, and with which status they exit."""

import json

import pytest
from typer.testing import CliRunner

from course.cli.app import app
from course.cli.words import WRONG_WORK
from tests.grading.notebooks import RIGHT, UNIT, handed_in, make_course

pytestmark = [
    pytest.mark.xdist_group("command_line"),
    pytest.mark.usefixtures("kept_fork_server"),
]

runner = CliRunner(env={"COLUMNS": "200"})
WRONG = RIGHT | {"neuron": "def neuron(w, x, h):\n    return h(w * x)"}


def run(*arguments):
    result = runner.invoke(app, [str(one) for one in arguments])
    assert result.exception is None or isinstance(result.exception, (SystemExit, ValueError))
    return result


def module(tmp_path, answers):
    path = tmp_path / "my_nn.py"
    path.write_text("import numpy as np\n\n\n" + "\n\n\n".join(answers.values()))
    return path


@pytest.fixture
def root(tmp_path):
    return make_course(tmp_path, {"ann": handed_in(), "bob": handed_in(WRONG), "cy": b"{"})


def test_check_prints_one_line_per_exercise_with_the_diagnosis(tmp_path):
    result = run("check", module(tmp_path, WRONG), "--unit", UNIT)
    assert result.exit_code == WRONG_WORK
    said = " ".join(result.stdout.split())
    assert "2 of 11 exercises are right." in said
    assert said.endswith('hint("neuron") helps, in a terminal `course hint neuron`.')
    neuron = said.partition("✗ neuron ")[2].partition("✗")[0]
    assert "questions correct." in neuron and "not added up" in neuron
    assert "✓ relu " in said


def test_check_of_one_exercise_shows_the_question_and_the_expected_answer(tmp_path):
    path = module(tmp_path, WRONG)
    result = run("check", path, "--exercise", "neuron")
    assert result.exit_code == WRONG_WORK
    assert "Asked:" in result.stdout and "Expected:" in result.stdout
    assert run("check", path, "--exercise", "relu").exit_code == 0


def test_check_as_json_is_a_list_of_objects(tmp_path):
    result = run("check", module(tmp_path, WRONG), "--unit", UNIT, "--json")
    found = {one["exercise"]: one for one in json.loads(result.stdout)}
    keys = {"exercise", "unit", "passed", "score", "mistake", "message", "difference", "diagnosis"}
    assert all(set(one) == keys for one in found.values())
    assert found["neuron"]["mistake"] == "products_not_summed" and found["glm"]["passed"]


def test_a_module_that_cannot_be_imported_gives_its_own_trace_once(tmp_path):
    path = tmp_path / "my_nn.py"
    path.write_text("def neuron(w, x, h):\n    return undefined\n\nneuron(1, 2, 3)\n")
    result = run("check", path, "--unit", UNIT)
    assert result.exit_code == WRONG_WORK
    assert result.stdout.count("NameError") == 1 and "line 4" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "nowhere.py"], "expected an existing .py or .ipynb file"),
        (["grade", UNIT, "--root", "."], "nbgrader_config.py"),
        (["report", UNIT, "--root", "."], "nbgrader_config.py"),
    ],
)
def test_wrong_usage_is_a_value_error_that_names_it(arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert says in str(run(*arguments).exception)


def test_a_class_is_graded_and_reported(root):
    result = run("grade", UNIT, "--workers", 1, "--root", root)
    assert result.exit_code == 0, result.output
    assert "3 of 3" in result.stdout and "3 graded, 0 already up to date." in result.stdout
    again = run("grade", "1", "--root", root)
    assert again.exit_code == 0
    assert "Nothing new to grade: 0 graded, 3 already up to date." in again.stdout
    assert "1 graded," in run("grade", UNIT, "--student", "bob", "--root", root).stdout
    shown = run("report", UNIT, "--root", root).stdout
    assert "3 students" in shown and "products_not_summed" in shown
    page, table = root / "report.html", root / "figures.csv"
    written = run("report", "neuron", "--html", page, "--csv", table, "--excel", "--root", root)
    assert written.exit_code == 0 and written.stdout.count("written: ") == 4
    assert "products_not_summed" in page.read_text()
    assert table.read_bytes().startswith(b"\xef\xbb\xbfstudent_id,")
    assert "relu" in (root / "figures-exercises.csv").read_text()
    assert "products_not_summed" in (root / "figures-mistakes.csv").read_text()
    assert "1 unit graded" in run("report", "--all", "--root", root).stdout
    assert run("report", "--all", "--html", page, "--root", root).exit_code == 0
    assert "all units" in page.read_text()


def test_if_the_grader_itself_fails_the_exit_status_says_so(root, monkeypatch):
    def broken(*_):
        raise RuntimeError("no grader here")

    monkeypatch.setattr("course.grading.parallel.pool.Grader.grade", broken)
    result = run("grade", UNIT, "--workers", 1, "--root", root)
    assert result.exit_code == WRONG_WORK
    assert "ann could not be graded" in result.stderr and "no grader here" in result.stderr


def test_doctor_names_what_is_missing_and_how_to_fix_it(root, tmp_path_factory):
    assert "numpy" in run("doctor", "--root", root).stdout
    result = run("doctor", "--root", tmp_path_factory.mktemp("empty"))
    assert result.exit_code == WRONG_WORK
    assert "✗  course folder" in result.stdout and "--root" in result.stdout
