"""The commands for learning platforms print the right words and exit with the right status."""

import subprocess
import sys
import time

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from course.cli.app import app
from course.grading.course_folder import course_directory
from course.grading.released import register
from tests.grading.notebooks import UNIT, make_course
from tests.grading.platforms.samples import sample

runner = CliRunner(env={"COLUMNS": "200"})
BRIGHTSPACE = (
    "Username,01_neuron Points Grade <Numeric MaxPoints:9>,End-of-Line Indicator\n"
    "#ann,,#\n#bo,5,#\n"
)


def run(*arguments):
    return runner.invoke(app, [str(one) for one in arguments])


@pytest.fixture
def root(tmp_path):
    return make_course(tmp_path / "course", {})


@pytest.fixture
def graded(root):
    """A gradebook in which ann submitted something and bo didn't."""
    directory = course_directory(root)
    register(directory, UNIT)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        for student in ("ann", "bo"):
            gradebook.add_student(student)
        gradebook.add_submission(UNIT, "ann")
        grade = gradebook.find_grade("test-neuron", UNIT, UNIT, "ann")
        grade.auto_score = 1.5
        gradebook.db.commit()
    return root


def test_a_dry_run_shows_a_table_and_writes_nothing(root, tmp_path):
    download, roster = sample(tmp_path, "moodle")
    options = ("--unit", UNIT, "--roster", roster, "--zone", "Europe/Berlin", "--root", root)
    shown = run("collect", download, *options, "--dry-run")
    assert shown.exit_code == 0 and "submissions that would be written: 4" in shown.stdout
    assert "Jörg Müller" in shown.stdout and not (root / "submitted").exists()
    done = run("collect", download, *options)
    assert "Submissions written: 4" in done.stdout
    assert "2026-10-04 21:59:00" in done.stdout


def test_unknown_authors_are_listed_with_what_to_do(root, tmp_path):
    download, roster = sample(tmp_path, "canvas")
    done = run("collect", download, "--unit", UNIT, "--roster", roster, "--root", root)
    assert done.exit_code == 1 and "strangersam is not on the roster" in done.stdout
    assert "--roster" in done.stdout and "nothing counts as late" in done.stdout


def test_wrong_usage_is_said_in_a_line(root, tmp_path):
    download, roster = sample(tmp_path, "canvas")
    common = ("--unit", UNIT, "--root", root)
    for arguments, said in (
        (("collect", download, *common, "--from", "schoology"), "--from"),
        (("collect", download, *common, "--zone", "Nowhere/Land"), "--zone"),
        (("collect", download, "--unit", "99", "--root", root), "99"),
        (("export", "--root", root), "FILE is missing"),
        (("export", "05_backprpo", "--root", root), "no unit is called"),
        (("export", UNIT, "--for", "canvas", "--root", root), "only work together"),
        (("export", "--for", "github", "--template", roster, UNIT, "--root", root), "--for"),
    ):
        result = run(*arguments)
        assert isinstance(result.exception, ValueError) and said in str(result.exception)


def test_a_platforms_grade_file_is_filled_beside_it(graded, tmp_path):
    template = tmp_path / "grades.csv"
    template.write_text(BRIGHTSPACE)
    options = ("--for", "brightspace", "--template", template, UNIT, "--root", graded)
    done = run("export", *options)
    assert done.exit_code == 0, done.exception
    assert (tmp_path / "grades-filled.csv").read_text() == BRIGHTSPACE.replace("ann,,", "ann,1.5,")
    assert template.read_text() == BRIGHTSPACE
    assert "nothing submitted (cells not touched): bo" in done.stdout
    other = run("export", *options, tmp_path / "mine.csv")
    assert other.exit_code == 0 and (tmp_path / "mine.csv").exists()


def test_a_table_for_excel_begins_with_a_mark(graded, tmp_path):
    file = tmp_path / "scores.csv"
    assert run("export", file, UNIT, "--wide", "--excel", "--root", graded).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfstudent_id,")
    assert b"bo,,,,,\r\n" in file.read_bytes()


def test_the_workflow_is_written_with_the_courses_address(tmp_path):
    file = tmp_path / "check.yml"
    address = "git+https://example.org/course"
    assert run("classroom", "--course", address, "--output", file).exit_code == 0
    assert f'COURSE: "{address}"' in file.read_text()
    assert isinstance(run("classroom", "--course", 'x"').exception, ValueError)


def test_an_autograder_is_written_where_it_is_wanted(root, tmp_path):
    file = tmp_path / "a.zip"
    done = run("gradescope", UNIT, "--output", file, "--root", root)
    assert done.exit_code == 0 and file.stat().st_mode & 0o077 == 0


def test_nothing_of_the_grader_is_loaded_for_other_commands():
    code = (
        "import sys, course.cli.app; sys.exit('nbgrader' in sys.modules or 'yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_nothing_but_the_command_line_imports_the_platforms():
    from pathlib import Path

    import course

    top = Path(course.__file__).parent
    own = top / "grading" / "platforms"
    users = [
        path.relative_to(top).as_posix()
        for path in top.rglob("*.py")
        if not path.is_relative_to(own) and "grading.platforms" in path.read_text("utf-8")
    ]
    assert users == ["cli/instructor.py"]


def test_times_without_a_zone_follow_this_computers_rules_of_that_day(root, tmp_path, monkeypatch):
    """Here summer time lasts for two weeks of October, the 4th among them."""
    monkeypatch.setenv("TZ", "CET-1CEST,M10.1.0/2,M10.3.0/3")
    time.tzset()
    try:
        download, roster = sample(tmp_path, "moodle")
        done = run("collect", download, "--unit", UNIT, "--roster", roster, "--root", root)
        assert "2026-10-04 21:59:00" in done.stdout
    finally:
        monkeypatch.undo()
        time.tzset()
