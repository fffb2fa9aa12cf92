"""What the commands for students print, and with which status they exit."""

import json
import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from course.cli.app import app
from course.exercises.units import UNITS, exercise
from course.learner import lab, my_work
from course.learner.progress import Progress
from course.learner.review import Item, Quiz
from course.learner.status import OPEN, note_asked, status_of
from tests.docs.pages import ROOT
from tests.learner.conftest import write
from tests.learner.test_review import finished

runner = CliRunner(env={"COLUMNS": "200"})
GREEN_ONLY = "def relu(z):\n    return np.maximum(z, 0) if np.ndim(z) < 3 else np.asarray(z)"


def run(*arguments, **options):
    result = runner.invoke(app, [str(one) for one in arguments], **options)
    assert result.exception is None or isinstance(result.exception, (SystemExit, ValueError))
    return result


@pytest.fixture
def solved(folder):
    """A folder whose first notebook alone is there, solved but for two exercises."""
    for unit in list(UNITS)[1:]:
        my_work.notebooks_in(folder)[unit].unlink()
    source = ROOT / "solutions" / "01_neuron" / "01_neuron.ipynb"
    (folder / "01_neuron.ipynb").write_bytes(source.read_bytes())
    write(folder, "01_neuron", "relu", GREEN_ONLY)
    write(folder, "01_neuron", "tanh", "def tanh(z):\n    raise NotImplementedError")
    return folder


def test_status_asks_the_harder_questions_once_and_tells_the_kinds_apart(solved):
    first = run("status", "--folder", solved.parent)
    assert first.exit_code == 0
    assert "Asking 01_neuron" in first.stdout and "01_neuron: 9 of 11 exercises" in first.stdout
    assert "✓ sigmoid" in first.stdout and "· tanh" in first.stdout and "◐ relu" in first.stdout
    assert "relu is green in `check`, but not right for all harder questions" in first.stdout
    assert "Next: relu in 01_neuron.ipynb" in first.stdout
    second = run("check", solved)
    assert second.exit_code == 1 and "Asking" not in second.stdout
    assert "02_layers" in second.stdout and "(no notebook here)" in second.stdout


def test_next_names_the_exercise_and_opens_its_notebook(solved, monkeypatch):
    opened = []
    monkeypatch.setattr(lab, "open_lab", lambda *arguments: opened.append(arguments) or 0)
    assert "Next: relu" in run("next", "--folder", solved, "--show-only").stdout and not opened
    assert run("next", "--folder", solved).exit_code == 0
    assert opened == [(solved, [], "01_neuron.ipynb")]


def test_hints_go_on_from_call_to_call_and_end_with_a_way_out(folder):
    shown = [run("hint", "relu", "--folder", folder).stdout for _ in range(4)]
    assert [text.partition(":")[0] for text in shown] == [
        f"relu, hint {number} of 3" for number in (1, 2, 3, 1)
    ]
    assert ["That was the last hint" in text for text in shown] == [False, False, True, False]


def test_without_a_folder_all_hints_are_shown(tmp_path):
    text = run("hint", "relu", "--folder", tmp_path).stdout
    assert text.count("relu, hint") == 3 and list(tmp_path.iterdir()) == []


def test_a_solution_is_shown_once_something_is_written(folder):
    early = run("solution", "relu", "--folder", folder)
    assert early.exit_code == 1 and "course hint relu" in early.stdout
    assert "np.maximum" not in early.stdout
    write(folder, "01_neuron", "relu", "def relu(z):\n    return z * (z > 0)")
    shown = run("solution", "relu", "--folder", folder).stdout
    assert "Yours" in shown and "z * (z > 0)" in shown and "np.maximum" in shown
    assert shown.count("Another way") >= 2


def test_review_asks_five_questions_and_keeps_the_answers(folder):
    assert "Nothing to review yet" in run("review", "--folder", folder).stdout
    finished("2020-01-01").save(folder)
    result = run("review", "--folder", folder, input="\n" * 10)
    assert "5 of 5, 01_neuron" in result.stdout and " of 5 right." in result.stdout
    assert len(Progress.of(folder).reviewed) == 5
    assert len(Quiz.of(folder).items) == 5


def test_an_answer_that_cannot_be_read_is_asked_for_again(folder, monkeypatch):
    items = [
        Item("01_neuron", "mistake", "Which mistake?", "two", choices=("one", "two", "three")),
        Item("01_neuron", "by hand", "What is it?", "0.5", number=(0.5,)),
    ]
    monkeypatch.setattr(Quiz, "of", lambda folder: Quiz(items))
    said = run("review", "--folder", folder, input="z\na\nhalf\n0.5\n").stdout
    assert "Expected a letter, a to c" in said and "The answer is b) two" in said
    assert "Expected a number" in said and "1 of 2 right." in said


def test_what_was_put_back_is_no_longer_called_green(folder):
    progress = Progress(green={"relu": "2026-01-01T00:00:00+00:00"})
    progress.save(folder)
    unwritten = {"passed": False, "green": False, "written": False, "said": ""}
    note_asked(folder, "01_neuron", "digest", {"relu": unwritten})
    lines = {line.exercise.name: line for line in status_of(folder).lessons[0].lines}
    assert lines["relu"].state == OPEN


def test_reset_restores_an_exercise_and_names_the_copy(folder):
    write(folder, "01_neuron", "relu", "def relu(z):\n    return z")
    said = run("reset", "relu", "--folder", folder).stdout
    assert "before reset" in said
    assert my_work.own_answer(folder, exercise("relu")) is None


def test_a_folder_with_brackets_is_shown_as_it_is_called(tmp_path):
    place, _ = my_work.copy_assignments(tmp_path / "nets [fall]")
    said = run("reset", "01_neuron", "--folder", place).stdout
    assert said.count("nets [fall]") == 2


def test_an_answer_without_a_known_mistake_is_told_by_its_difference(folder):
    write(folder, "01_neuron", "relu", "def relu(z):\n    return 7.25 + np.sin(z) * 0")
    assert "The value is wrong" in run("status", "--folder", folder).stdout


@pytest.mark.parametrize("option", [("--json",), ("--exercise", "relu"), ("--unit", "01_neuron")])
def test_what_goes_with_a_file_is_refused_without_one(option, folder):
    refused = run("check", folder, *option).exception
    assert str(refused).startswith(f"{option[0]} is for a file; ")
    assert f"course check NOTEBOOK.ipynb {option[0]}" in str(refused)


@pytest.mark.parametrize("command", ["hint", "solution", "reset"])
def test_a_misspelt_name_gets_its_suggestion(command, folder):
    result = run(command, "softmx", "--folder", folder)
    assert "did you mean 'softmax'" in str(result.exception)


def test_a_name_for_a_path_is_told_what_it_is(folder):
    said = str(run("check", "neuron").exception)
    assert "course check 01_neuron.ipynb --exercise neuron" in said
    for slip in ("01_nueron.ipynb", "01_neuron"):
        said = str(run("check", folder / slip).exception)
        assert said.endswith(f"did you mean {folder / '01_neuron.ipynb'}?")


@pytest.mark.parametrize("command", ["status", "next", "review", "check"])
def test_a_folder_without_notebooks_says_how_to_get_them(command, tmp_path):
    option = [tmp_path] if command == "check" else ["--folder", tmp_path]
    assert "`course lab` copies them" in str(run(command, *option).exception)


@pytest.fixture
def started(monkeypatch):
    """What JupyterLab is started with: its command and its environment."""
    calls = []
    monkeypatch.setattr(os, "execve", lambda _, *started: calls.append(started), raising=False)
    monkeypatch.setattr(lab.subprocess, "call", lambda c, env: calls.append((c, env)) or 0)
    return calls


def test_lab_hides_what_students_do_not_need_and_passes_on_options(started, tmp_path):
    lab.open_lab(tmp_path, ["--port", "9000"])
    (command, environment), *_ = started
    assert command[:3] == [sys.executable, "-m", "jupyterlab"] and "9000" in command
    settings = environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0]
    config = Path(settings) / "labconfig" / "page_config.json"
    page = json.loads(config.read_text(encoding="utf-8"))
    assert page["disabledExtensions"]["@jupyter/nbgrader"]
    assert page["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"]


def test_a_notebook_is_opened_in_the_jupyterlab_that_is_running(started, tmp_path, monkeypatch):
    serverapp = pytest.importorskip("jupyter_server.serverapp")
    server = {"root_dir": str(tmp_path), "url": "http://localhost:8888/", "token": "secret"}
    monkeypatch.setattr(serverapp, "list_running_servers", lambda: [server])
    opened = []
    monkeypatch.setattr(lab.webbrowser, "open", opened.append)
    lab.open_lab(tmp_path, [], "02_layers.ipynb")
    assert opened == ["http://localhost:8888/lab/tree/02_layers.ipynb?token=secret"]
    assert not started


@pytest.mark.parametrize(("user", "told"), [(0, True), (1000, False)])
def test_lab_says_that_it_runs_as_root(user, told, started, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    lab.open_lab(tmp_path, [])
    (command, _), *_ = started
    assert ("--allow-root" in command) is told is ("Running as root" in capsys.readouterr().out)


def test_output_for_a_terminal_without_these_characters_is_no_error(solved):
    import subprocess

    ended = subprocess.run(
        [sys.executable, "-m", "course", "status", "--folder", str(solved)],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
        timeout=120,
    )
    assert ended.returncode == 0 and b"sigmoid" in ended.stdout
