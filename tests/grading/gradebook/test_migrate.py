"""The gradebook follows a unit whose cells changed after work was graded, and loses no grade."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from course.cli.app import app
from course.grading import RefusedError
from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.gradebook import migrate as migrations
from course.grading.gradebook.migrate import migrate
from course.grading.released import register
from tests.grading.gradebook.postgresql import binaries, server
from tests.grading.notebooks import UNIT, content, handed_in, make_course, marked, source

pytestmark = [
    pytest.mark.xdist_group("migrate"),
    pytest.mark.usefixtures("kept_fork_server"),
]

SCORES = {"test-neuron": 2.0, "test-relu": 1.0, "test-glm": 2.0, "own-test": 4.0, "written": 0.0}


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """Two students, graded and partly by hand."""
    root = make_course(tmp_path_factory.mktemp("ready"), {"ann": handed_in(), "bob": handed_in()})
    grade_class(root, UNIT)
    grade_by_hand(root)
    return root


@pytest.fixture
def root(ready, tmp_path):
    return shutil.copytree(ready, tmp_path / "course")


def book(root):
    return Gradebook(course_directory(root).db_url)


def grade_by_hand(root):
    with book(root) as gradebook:
        written = gradebook.find_grade("written", UNIT, UNIT, "ann")
        written.manual_score, written.extra_credit, written.needs_manual_grade = 2.0, 0.5, False
        gradebook.find_comment("written", UNIT, UNIT, "ann").manual_comment = "Good."
        gradebook.find_comment("glm", UNIT, UNIT, "ann").manual_comment = "Neat."
        gradebook.find_grade("own-test", UNIT, UNIT, "ann").manual_score = 3.0
        gradebook.db.commit()


def grades(root, student="ann"):
    with book(root) as gradebook:
        [notebook] = gradebook.find_submission(UNIT, student).notebooks
        return {one.name: one.score for one in notebook.grades}


def comments(root, student="ann"):
    with book(root) as gradebook:
        [notebook] = gradebook.find_submission(UNIT, student).notebooks
        return {one.name: one.comment for one in notebook.comments if one.comment}


def change(root, edit):
    notebook = source()
    edit({cell["id"]: cell for cell in notebook["cells"]}, notebook["cells"])
    (root / "solutions" / UNIT / f"{UNIT}.ipynb").write_bytes(content(notebook))


def add(cells, listed):
    new = dict(cells["own-test"], source="assert relu(3) == 3", metadata={})
    listed.append(marked(new, "new-test", grade=True, locked=True, points=5))


def remove(cells, listed):
    listed.remove(cells["own-test"])


def rename(cells, listed):
    marked(cells["own-test"], "better-name", grade=True, locked=True, points=4)


def into_task(cells, listed):
    marked(cells["written"], "written", task=True, locked=True, points=3)


def all_rows(path):
    with closing(sqlite3.connect(path)) as database:
        return list(database.iterdump())


def orphans(root):
    """Rows of cells or notebooks that are not there any more."""
    with closing(sqlite3.connect(root / "gradebook.db")) as database:
        return database.execute("pragma foreign_key_check").fetchall()


@pytest.mark.parametrize("edit", [add, remove, rename])
def test_grading_says_what_changed_and_what_to_do_and_changes_nothing(root, edit):
    change(root, edit)
    before = all_rows(root / "gradebook.db")
    with pytest.raises(RefusedError, match=rf"(new|gone): .*`course migrate {UNIT}`"):
        grade_class(root, UNIT)
    assert all_rows(root / "gradebook.db") == before


def test_a_new_cell_leaves_all_grades_and_is_graded(root):
    before = grades(root), comments(root)
    change(root, add)
    done = migrate(root, UNIT)
    assert (done.added, done.removed, done.dropped) == (("new-test",), (), 0)
    assert (grades(root), comments(root)) == (before[0] | {"new-test": 0.0}, before[1])
    assert grade_class(root, UNIT).graded == ["ann", "bob"]
    assert (grades(root), comments(root)) == (before[0] | {"new-test": 5.0}, before[1])
    assert migrate(root, UNIT).is_empty and orphans(root) == []


def test_a_removed_cell_takes_only_its_own_grades_which_the_copy_still_has(root):
    before, rows = grades(root), all_rows(root / "gradebook.db")
    change(root, remove)
    done = migrate(root, UNIT)
    assert (done.removed, done.dropped) == (("own-test",), 1)
    del before["own-test"]
    assert grades(root) == before and orphans(root) == []
    kept = [row for row in all_rows(done.backup) if "course_answer" not in row]
    assert kept == [row for row in rows if "course_answer" not in row]
    assert done.backup.stat().st_mode & 0o077 == 0
    assert grade_class(root, UNIT).graded == ["ann", "bob"] and grades(root) == before


def test_a_renamed_cell_keeps_its_grades(root):
    before = grades(root)
    change(root, rename)
    assert migrate(root, UNIT, {"own-test": "better-name"}).dropped == 0
    before["better-name"] = before.pop("own-test")
    assert grades(root) == before and orphans(root) == []
    grade_class(root, UNIT)
    assert grades(root) == before and grades(root, "bob")["better-name"] == 4.0


def test_a_cell_of_another_kind_keeps_grade_and_comment(root):
    before = grades(root), comments(root)
    change(root, into_task)
    migrate(root, UNIT)
    assert (grades(root), comments(root)) == before and orphans(root) == []


def test_a_name_that_did_not_change_is_refused(root):
    change(root, add)
    with pytest.raises(ValueError, match=r"relu=new-test: expected a cell that is gone \(none\)"):
        migrate(root, UNIT, {"relu": "new-test"})


def test_nothing_is_changed_in_a_dry_run_or_if_something_fails(root, monkeypatch):
    change(root, remove)
    before = all_rows(root / "gradebook.db")
    assert migrate(root, UNIT, dry_run=True).removed == ("own-test",)
    assert all_rows(root / "gradebook.db") == before
    assert list(root.glob("gradebook.db.before*")) == []

    def broken(connection, kind, cell):
        real(connection, kind, cell)
        raise OSError

    real = migrations._delete
    monkeypatch.setattr(migrations, "_delete", broken)
    with pytest.raises(OSError):
        migrate(root, UNIT)
    assert all_rows(root / "gradebook.db") == before


def test_the_command_says_what_it_did(root):
    change(root, rename)
    run = CliRunner().invoke
    wrong = run(app, ["migrate", UNIT, "--root", str(root), "--rename", "own-test"])
    assert "OLD=NEW" in str(wrong.exception)
    words = ["migrate", "1", "--root", str(root), "--rename", "own-test=better-name"]
    assert "Nothing was changed." in run(app, [*words, "--dry-run"]).output
    said = run(app, words).output
    assert "renamed: own-test to better-name" in said and f"`course grade {UNIT}`" in said
    assert "already" in run(app, words[:4]).output


def test_a_gradebook_without_the_unit_has_nothing_to_migrate(tmp_path):
    root = make_course(tmp_path / "new", {})
    with pytest.raises(ValueError, match="nothing to migrate"):
        migrate(root, UNIT)


def test_due_dates_are_those_of_nbgrader_config(root):
    config = root / "nbgrader_config.py"
    text = config.read_text()
    config.write_text(
        f"{text}\nc.Lessons.due = {{'{UNIT}': '2026-10-20 23:59:00 Europe/Berlin'}}\n"
    )
    register(course_directory(root), UNIT)
    with book(root) as gradebook:
        assert gradebook.find_assignment(UNIT).duedate == datetime(2026, 10, 20, 21, 59)
    config.write_text(f"{text}\nc.Lessons.due = {{'{UNIT}': '2026-10-20 23:59:00 EDT'}}\n")
    with pytest.raises(ValueError, match=r"c\.Lessons\.due: 01_neuron"):
        register(course_directory(root), UNIT)


@pytest.mark.skipif(
    binaries() is None or shutil.which("pg_dump") is None, reason="no PostgreSQL server"
)
def test_a_gradebook_on_a_server_is_copied_and_migrated_too(tmp_path, monkeypatch):
    with server() as postgresql:
        monkeypatch.setenv("COURSE_GRADEBOOK", postgresql.new_database())
        root = make_course(tmp_path / "class", {"ann": handed_in()})
        grade_class(root, UNIT)
        grade_by_hand(root)
        before = grades(root)
        change(root, rename)
        done = migrate(root, UNIT, {"own-test": "better-name"})
        before["better-name"] = before.pop("own-test")
        assert grades(root) == before and "own-test" in done.backup.read_text()
