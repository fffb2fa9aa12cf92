"""The commands on the pages about reports and privacy run as they are written."""

import re
import shlex

import pytest
from nbgrader.api import Gradebook

from course.build import notebooks
from course.cli import main
from course.grading.course_folder import course_directory
from course.grading.private_files import make_private_folders, make_private_gradebook
from course.grading.released import register
from tests.docs.pages import ROOT
from tests.grading.notebooks import CONFIG

PAGES = ROOT / "docs" / "instructors"
UNIT = "05_backprop"
BLOCK = re.compile(r"^ *```\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


def commands(page: str) -> list[str]:
    """Return the commands of the course in a page's blocks, without their comments."""
    text = "".join(BLOCK.findall((PAGES / f"{page}.md").read_text(encoding="utf-8")))
    lines = [line.partition("  #")[0].strip() for line in text.splitlines()]
    return [line for line in lines if line.startswith("course ")]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A class folder in which ann has a score."""
    root = tmp_path_factory.mktemp("class")
    (root / CONFIG.name).write_bytes(CONFIG.read_bytes())
    for file in notebooks(UNIT, root):
        file.write()
    directory = course_directory(root)
    make_private_folders(directory)
    make_private_gradebook(directory)
    register(directory, UNIT)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        gradebook.add_student("ann")
        gradebook.add_submission(UNIT, "ann")
    return root


def test_the_pages_show_commands():
    assert len(commands("report")) >= 6 and commands("privacy") == ["course doctor"]


@pytest.mark.parametrize("command", [*commands("report"), *commands("privacy")])
def test_a_command_runs_as_it_is_written(command, root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    with pytest.raises(SystemExit) as stopped:
        main(shlex.split(command)[1:])
    said = capsys.readouterr()
    # Whether this machine is ready for grading is not what is tested here.
    assert stopped.value.code in (0, 1) if command == "course doctor" else not stopped.value.code
    assert not said.err
