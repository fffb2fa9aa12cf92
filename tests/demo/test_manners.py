"""Whatever a user gets wrong is said in a sentence, with the exit status that fits."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook

from course.cli import main
from course.cli.failures import explained
from course.cli.words import WRONG_USAGE, WRONG_WORK
from course.exercises.unit_names import unit_called
from course.exercises.units import UNITS
from course.grading.course_folder import course_directory
from course.grading.released import register
from tests.grading.notebooks import UNIT, handed_in, make_course

pytestmark = [
    pytest.mark.xdist_group("manners"),
    pytest.mark.usefixtures("kept_fork_server"),
]


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command as a user does; return its exit status and what it printed."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments) -> tuple[int, str]:
        with pytest.raises(SystemExit) as stopped:
            main([str(one) for one in arguments])
        said = capsys.readouterr()
        return stopped.value.code or 0, said.out + said.err

    return run


@pytest.fixture
def root(tmp_path):
    return make_course(tmp_path / "class", {"ann": handed_in()})


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class in which ann has a score."""
    root = make_course(tmp_path_factory.mktemp("graded"), {})
    directory = course_directory(root)
    register(directory, UNIT)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        gradebook.add_student("ann")
        gradebook.add_submission(UNIT, "ann")
    return root


def test_the_version_is_printed(run):
    status, said = run("--version")
    assert status == 0 and said.startswith("feedforward-course ")


@pytest.mark.parametrize("command", ["report", "grade"])
def test_shells_complete_units(command):
    asked = {"COMP_WORDS": f"course {command} 05", "COMP_CWORD": "2"}
    completed = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv[0] = 'course'; import course.__main__"],
        env=os.environ | asked | {"_COURSE_COMPLETE": "complete_bash"},
        capture_output=True,
        text=True,
    )
    assert completed.stdout.split() == ["05_backprop"], completed.stderr


def test_the_exit_statuses_are_in_the_help(run):
    assert "Exit status: 0" in run("--help")[1]


@pytest.mark.parametrize("name", ["05_backprop", "backprop", "5", "05"])
def test_a_unit_goes_by_its_name_or_its_number(name):
    assert unit_called(name) == "05_backprop"


def test_an_unknown_unit_gets_the_nearest_name_and_all_units():
    with pytest.raises(ValueError, match=r"did you mean '05_backprop'\?.*07_sgd"):
        unit_called("05_backprpo")
    with pytest.raises(ValueError, match=r"no unit is called '99'\. The units are 01_neuron"):
        unit_called("99")
    with pytest.raises(ValueError, match="no unit is called ''"):
        unit_called("")
    assert [unit_called(str(number)) for number in range(1, 8)] == list(UNITS)


@pytest.mark.parametrize(
    "arguments",
    [
        ("grade", "01_nuron"),
        ("report", "01_nuron"),
        ("feedback", "01_nuron"),
        ("migrate", "01_nuron"),
        ("export", "scores.csv", "01_nuron"),
        ("export", "scores.csv", "--unit", "01_nuron"),
        ("collect", ".", "--unit", "01_nuron"),
        ("gradescope", "01_nuron"),
    ],
    ids=" ".join,
)
def test_every_command_that_takes_a_unit_asks_for_the_nearest(arguments, root, run):
    status, said = run(*arguments, "--root", root)
    assert status == WRONG_USAGE and said.count("\n") == 1
    assert "did you mean '01_neuron'?" in said


def test_a_mistyped_student_and_a_mistyped_exercise_get_the_nearest_name(root, run, tmp_path):
    status, said = run("grade", UNIT, "--student", "anm", "--root", root)
    assert status == WRONG_USAGE and "is called 'anm'; did you mean 'ann'?" in said
    module = tmp_path / "my_nn.py"
    module.write_text("")
    status, said = run("check", module, "--exercise", "softmx")
    assert status == WRONG_USAGE and "did you mean 'softmax'" in said
    status, said = run("check", module, "--unit", "5", "--exercise", "softmx")
    assert status == WRONG_USAGE and "did you mean 'softmax'" in said


def test_an_empty_class_is_told_where_submissions_belong(tmp_path, run):
    root = make_course(tmp_path / "class", {})
    status, said = run("grade", UNIT, "--root", root)
    assert status == WRONG_WORK
    assert f"Expected: {root}/submitted/STUDENT/{UNIT}/{UNIT}.ipynb" in said
    assert "course collect" in said


def test_a_course_without_units_is_told_to_build_them(tmp_path, run):
    root = make_course(tmp_path / "class", {})
    shutil.rmtree(root / "solutions")
    status, said = run("grade", UNIT, "--root", root)
    assert status == WRONG_USAGE and "course build" in said


def test_outside_a_class_nothing_is_written_and_what_to_do_is_said(tmp_path, run):
    for command in (["build"], ["report", UNIT], ["export", "scores.csv"]):
        status, said = run(*command, "--root", tmp_path)
        assert status == WRONG_USAGE and "is not a course folder" in said
        assert "name that folder with --root" in said
    assert list(tmp_path.iterdir()) == []


def damage(what, root):
    """Damage a class's folder as a user might."""
    gradebook, config = root / "gradebook.db", root / "nbgrader_config.py"
    match what:
        case "no gradebook but a text":
            gradebook.write_text("scores " * 1000)
        case "no gradebook but a folder":
            gradebook.mkdir()
        case "tables of something else":
            with sqlite3.connect(gradebook) as database:
                database.execute("create table submitted_assignment (id integer)")
        case "settings with a typing error":
            config.write_text("c = get_config(\n")
        case "settings of a wrong type":
            config.write_text(config.read_text() + "\nc.CourseDirectory.ignore = 5\n")
        case "settings of the grader of a wrong type":
            config.write_text(config.read_text() + "\nc.RunAndAsk.cell_seconds = 'ten'\n")
        case "settings that import what is not there":
            config.write_text("import nowhere_at_all\n" + config.read_text())
        case "a unit that is not JSON":
            (root / "solutions" / UNIT / f"{UNIT}.ipynb").write_text("{")
        case "a unit that is no notebook":
            (root / "solutions" / UNIT / f"{UNIT}.ipynb").write_text(json.dumps({"cells": 5}))
        case "a file in place of submitted":
            shutil.rmtree(root / "submitted")
            (root / "submitted").write_text("")
        case "a file in place of feedback":
            (root / "feedback").write_text("")
        case "a folder in place of the secret":
            (root / "nbgrader_secret").mkdir()


DAMAGE = [
    "no gradebook but a text",
    "no gradebook but a folder",
    "tables of something else",
    "settings with a typing error",
    "settings of a wrong type",
    "settings of the grader of a wrong type",
    "settings that import what is not there",
    "a unit that is not JSON",
    "a unit that is no notebook",
    "a file in place of submitted",
    "a file in place of feedback",
    "a folder in place of the secret",
]
COMMANDS = [
    ("grade", UNIT, "--workers", "1"),
    ("report", UNIT),
    ("report", "--all"),
    ("export", "-"),
    ("feedback", UNIT),
    ("migrate", UNIT),
    ("doctor",),
]


@pytest.mark.parametrize("what", DAMAGE)
def test_nothing_that_is_damaged_gives_a_traceback(what, root, run):
    damage(what, root)
    for command in COMMANDS:
        status, said = run(*command, "--root", root)
        assert status in (0, WRONG_WORK, WRONG_USAGE), (command, said)
        assert "Traceback" not in said, command
        if status and command[0] not in ("doctor", "grade"):
            assert said.startswith("course: ") and said.count("\n") == 1, (command, said)


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", UNIT, "--html", "{folder}"),
        ("report", UNIT, "--html", "{folder}/nowhere/report.html"),
        ("report", UNIT, "--csv", "{folder}"),
        ("report", UNIT, "--excel"),
        ("report",),
        ("report", UNIT, "--all"),
        ("export", "{folder}/nowhere/scores.csv"),
        ("collect", "{folder}/nowhere.zip", "--unit", UNIT),
        ("collect", "{folder}", "--unit", UNIT, "--roster", "{folder}"),
        ("collect", "{folder}", "--unit", UNIT, "--roster", "{folder}/nowhere.csv"),
        ("collect", "{folder}", "--unit", UNIT, "--roster", "{latin}"),
        ("collect", "{folder}", "--unit", UNIT, "--roster", "{empty}"),
        ("collect", "{empty}", "--unit", UNIT),
        ("export", "--for", "canvas", "--template", "{folder}", UNIT),
        ("export", "--for", "canvas", "--template", "{latin}", UNIT),
        ("gradescope", UNIT, "--output", "{folder}"),
        ("classroom", "--course", "x", "--output", "{folder}"),
        ("check", "{folder}"),
        ("check", "{folder}/nowhere.py"),
        ("demo", "--folder", "{empty}"),
        ("new-exercise", "relu", "--unit", UNIT),
    ],
    ids=" ".join,
)
def test_a_wrong_path_is_wrong_usage(arguments, graded, tmp_path, run):
    folder = tmp_path / "folder"
    folder.mkdir()
    latin, empty = folder / "latin.csv", folder / "empty.csv"
    latin.write_bytes("id,name\nann,Jürgen\n".encode("latin-1"))
    empty.write_bytes(b"")
    paths = {"folder": folder, "latin": latin, "empty": empty}
    own_root = [] if arguments[0] in ("check", "classroom") else ["--root", graded]
    status, said = run(*(one.format(**paths) for one in arguments), *own_root)
    assert status == WRONG_USAGE, said
    assert said.startswith("course: ") and said.count("\n") == 1


# Runs the command without the packages of the part for grading, once for each line of its input.
WITHOUT_GRADING = """
import re, sys
from importlib.metadata import packages_distributions, requires

def names_in(part):
    needs = [need for need in requires("feedforward-course") if part in need]
    return {re.match(r"[\\w.-]+", need)[0].casefold() for need in needs}

names = names_in("grading") - names_in("lab'") - {"feedforward-course"}
installed = packages_distributions().items()
modules = {top for top, packages in installed if names & {one.casefold() for one in packages}}

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in modules:
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Missing())
sys.argv[0] = "course"
from course.cli import main

for line in sys.stdin:
    try:
        main(line.split())
    except SystemExit as stopped:
        print(f"status {stopped.code}", file=sys.stderr, flush=True)
"""


def test_a_missing_part_is_said_in_a_line_by_every_command_that_needs_it(tmp_path):
    commands = ["grade 5", "report 5", "report --all", "export x.csv", "collect . --unit 5"]
    commands += ["gradescope 5", "demo", "doctor", "build --check"]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_GRADING],
        input="\n".join(commands),
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    lines = done.stderr.splitlines()
    assert len(lines) == 2 * len(commands), done.stderr
    assert all("needs the part for grading" in line for line in lines[::2])
    assert set(lines[1::2]) == {"status 2"}


def test_a_full_disk_is_said_with_what_to_do():
    found = explained(OSError(errno.ENOSPC, "No space left on device"))
    assert found == (
        WRONG_WORK,
        "No space left on device. Make room, and run the same command again.",
    )
