"""Feedback is returned under the names that the platform gave the submissions."""

import zipfile
from datetime import UTC

import pytest

from course.grading.course_folder import course_directory
from course.grading.platforms.archive import opened
from course.grading.platforms.collect import plan, save
from course.grading.platforms.feedback_zip import write_zip
from course.grading.platforms.known import detected
from course.grading.platforms.roster import class_roster
from course.grading.submission.receipts import Receipt
from tests.grading.notebooks import UNIT, make_course
from tests.grading.platforms.samples import sample

PAGE = f"{UNIT}.html"


def collected(tmp_path, platform):
    coursedir = course_directory(make_course(tmp_path / "course", {}))
    download, roster = sample(tmp_path, platform)
    with opened(download) as files:
        found = plan(coursedir, UNIT, files, detected(files), class_roster(coursedir, roster), UTC)
        save(coursedir, UNIT, found)
    return coursedir


def pages_of(folder, *students):
    """Make a page for each student that says whose it is."""
    made = {student: [folder / "pages" / student / PAGE] for student in students}
    for student, [page] in made.items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(student)
    return made


@pytest.mark.parametrize(
    ("platform", "names"),
    [
        ("canvas", ["doeann_3143_802_" + PAGE, "doeann_LATE_3144_803_" + PAGE]),
        ("moodle", [f"Ann Doe_7{n}_assignsubmission_file_/{PAGE}" for n in (1, 2)]),
        ("brightspace", [f"13395-503 - Seán O'Neill - 4 October, 2026 2359/{PAGE}"]),
    ],
)
def test_each_page_has_the_name_the_platform_expects(tmp_path, platform, names):
    coursedir = collected(tmp_path, platform)
    students = ["s4"] if platform == "brightspace" else ["s1", "s2"]
    pages = pages_of(tmp_path, *students, "s5")
    assert write_zip(coursedir, UNIT, pages, tmp_path / "back.zip") == (platform, ["s5"])
    with zipfile.ZipFile(tmp_path / "back.zip") as archive:
        assert archive.namelist() == names
        assert [archive.read(one).decode() for one in names] == students


def test_a_platform_that_takes_no_zip_is_named(tmp_path):
    coursedir = collected(tmp_path, "blackboard")
    with pytest.raises(ValueError, match="Blackboard accepts no zip"):
        write_zip(coursedir, UNIT, pages_of(tmp_path, "s1"), tmp_path / "back.zip")
    with pytest.raises(
        ValueError,
        match="--for: expected one of brightspace, canvas, moodle, plain; no platform",
    ):
        write_zip(coursedir, UNIT, pages_of(tmp_path, "s1"), tmp_path / "back.zip", "email")
    with pytest.raises(
        ValueError, match="none of these pages' submissions was collected from Canvas"
    ):
        write_zip(coursedir, UNIT, pages_of(tmp_path, "s1"), tmp_path / "back.zip", "canvas")
    assert not list(tmp_path.glob("*back.zip*"))


@pytest.mark.parametrize("platform", [None, "plain"])
def test_without_a_platform_each_student_has_a_folder(tmp_path, platform):
    coursedir = course_directory(make_course(tmp_path / "course", {}))
    pages = pages_of(tmp_path, "s2", "Zoë O'Neill")
    written = write_zip(coursedir, UNIT, pages, tmp_path / "back.zip", platform)
    assert written == ("plain", [])
    assert (tmp_path / "back.zip").stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(tmp_path / "back.zip") as archive:
        assert archive.namelist() == [f"Zoë O'Neill/{PAGE}", f"s2/{PAGE}"]


def test_of_two_platforms_one_has_to_be_named(tmp_path):
    coursedir = collected(tmp_path, "canvas")
    Receipt("moodle", "Bo Li_9_assignsubmission_file", (), {}).save(coursedir, UNIT, "s9")
    pages = pages_of(tmp_path, "s1", "s9")
    with pytest.raises(ValueError, match=r"canvas and moodle.*--for"):
        write_zip(coursedir, UNIT, pages, tmp_path / "back.zip")
    assert write_zip(coursedir, UNIT, pages, tmp_path / "back.zip", "moodle") == ("moodle", ["s1"])
    with zipfile.ZipFile(tmp_path / "back.zip") as archive:
        assert archive.namelist() == [f"Bo Li_9_assignsubmission_file/{PAGE}"]
