"""The commands and settings on the pages about regrading and own cells work, in their order."""

import re
import shlex
import shutil

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from course import build
from course.cli import app
from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.released import register
from course.settings import Lessons, settings
from tests.docs.pages import ROOT
from tests.grading.notebooks import UNIT, content, hand_in, handed_in, make_course, marked, source

FOLDER = ROOT / "docs" / "instructors"
BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<language>\w*)\n(?P<text>.*?)^(?P=fence)$", re.M | re.S)


def blocks(page: str, language: str) -> list[str]:
    text = (FOLDER / page).read_text(encoding="utf-8")
    found = (one for one in BLOCK.finditer(text) if one["language"] == language)
    return [one["text"] for one in found]


def commands(page: str) -> list[list[str]]:
    lines = (line for block in blocks(page, "") for line in block.splitlines())
    return [shlex.split(line) for line in lines if line.startswith("course ")]


def run(root, words: list[str]) -> str:
    done = CliRunner().invoke(app, [*words[1:], "--root", str(root)])
    assert done.exit_code == 0 or words[1] == "doctor", (words, done.output, done.exception)
    return done.output


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("class"), {"student-01": handed_in()})
    grade_class(root, UNIT)
    return root


@pytest.fixture
def root(ready, tmp_path):
    return shutil.copytree(ready, tmp_path / "class")


def test_the_commands_about_regrading_run(root):
    for words in commands("regrading.md"):
        run(root, words)


def test_the_python_about_regrading_runs(root, monkeypatch):
    setting, extension = blocks("regrading.md", "python")
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + setting)
    register(course_directory(root), UNIT)
    monkeypatch.chdir(root)
    exec(extension, {})
    with Gradebook("sqlite:///gradebook.db") as gradebook:
        assert gradebook.find_assignment(UNIT).duedate is not None
        assert gradebook.find_submission(UNIT, "student-01").extension.days == 2


def test_the_settings_on_the_page_about_own_cells_are_built(root):
    [setting] = blocks("own-cells.md", "python")
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + setting)
    lessons = Lessons(config=settings(root))
    assert lessons.points["softplus"] == 0 and lessons.left_out == ["softmax"]
    for unit in ("01_neuron", "05_backprop"):
        build.notebooks(unit, root)


def test_the_cells_on_the_page_about_own_cells_are_built(tmp_path, monkeypatch):
    [text] = [block for block in blocks("own-cells.md", "") if "own-function" in block]
    folder = shutil.copytree(str(build.LESSONS), tmp_path / "lessons")
    path = folder / f"{UNIT}.md"
    path.write_text(f"{path.read_text()}\n{text}")
    monkeypatch.setattr(build, "LESSONS", folder)
    names = [cell.id for cell in build.source_notebook(UNIT).cells]
    assert names[-3:] == ["own-test", "own-function", "own-question"]


def test_the_commands_about_changed_cells_run(root):
    _, *steps, rename = commands("own-cells.md")
    notebook = source()
    new = dict(notebook["cells"][-1], metadata={})
    notebook["cells"].append(marked(new, "new", grade=True, solution=True, points=1))
    place = root / "solutions" / UNIT / f"{UNIT}.ipynb"
    place.write_bytes(content(notebook))
    said = [run(root, words) for words in steps]
    assert "added: new" in said[0] and "added: new" in said[1]
    marked(notebook["cells"][-3], "relu-by-hand", grade=True, locked=True, points=4)
    place.write_bytes(content(notebook))
    assert "renamed: own-test to relu-by-hand" in run(root, rename)
    hand_in(root, "student-02", handed_in())
    assert grade_class(root, UNIT).failed == {}
