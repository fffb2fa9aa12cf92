"""The sample class gets its own folder; all other files are left alone."""

import shutil

import pytest

from course.demo.folder import make_class
from course.demo.recipes import UNIT
from tests.grading.notebooks import CONFIG


@pytest.fixture
def root(tmp_path):
    shutil.copy(CONFIG, tmp_path)
    return tmp_path


def files(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_it_is_a_whole_course_folder(root):
    make_class(root, root / ".demo")
    made = files(root / ".demo")
    assert f"solutions/{UNIT}/{UNIT}.ipynb" in made and f"assignments/{UNIT}/{UNIT}.ipynb" in made
    assert sum(name.startswith("submitted/student-") for name in made) == 12
    assert "### BEGIN" not in (root / f".demo/assignments/{UNIT}/{UNIT}.ipynb").read_text()
    assert files(root) == sorted([CONFIG.name, *(f".demo/{name}" for name in made)])


def test_it_is_made_afresh(root):
    make_class(root, root / ".demo")
    before = files(root / ".demo")
    (root / ".demo/gradebook.db").write_text("old")
    make_class(root, root / ".demo")
    assert files(root / ".demo") == before


def test_a_folder_with_something_else_in_it_is_left_alone(root):
    (root / "mine").mkdir()
    (root / "mine/thesis.tex").write_text("x")
    for folder in (root / "mine", root, root / "mine/thesis.tex"):
        with pytest.raises(ValueError, match="folder: expected a new or empty folder"):
            make_class(root, folder)
    assert files(root) == ["mine/thesis.tex", CONFIG.name]


def test_a_root_that_is_no_course_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"is not a course folder: it has no nbgrader_config\.py"):
        make_class(tmp_path, tmp_path / ".demo")
    assert files(tmp_path) == []
