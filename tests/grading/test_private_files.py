"""Students' work and results are for the grader only, whatever the umask."""

import os
import shutil
import stat
import subprocess
import sys

import pytest

from course.grading import doctor
from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory, known_files
from course.grading.locks import alone
from course.grading.private_files import (
    gradebook_file,
    is_open,
    make_private_folder,
    make_private_folders,
    make_private_gradebook,
    private_folders,
    write_private,
)
from course.grading.submission.quarantine import quarantine
from course.grading.submission.submitted import submissions
from tests.grading.notebooks import CONFIG, UNIT, handed_in, make_course

PRIVATE = ("autograded", "feedback", "gradebook.db", "nbgrader_secret")


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def root(tmp_path):
    return make_course(tmp_path, {"ann": handed_in()})


def test_what_grading_makes_is_for_the_grader_only(root, open_umask):
    grade_class(root, UNIT)
    assert [mode(root / name) & 0o077 for name in PRIVATE] == [0] * len(PRIVATE)


def test_what_is_quarantined_is_for_the_grader_only(root, open_umask):
    (root / "submitted" / "ann" / UNIT / "diary.txt").write_text("x")
    coursedir = course_directory(root)
    [found] = submissions(coursedir, UNIT)
    quarantine(coursedir, UNIT, found, known_files(coursedir, UNIT))
    folders = [path for path in (root / "quarantine").rglob("*") if path.is_dir()]
    assert len(folders) == 3
    assert {mode(path) for path in (root / "quarantine", *folders)} == {0o700}


def test_instructors_who_share_a_folder_share_its_locks(root, open_umask):
    coursedir = course_directory(root)
    for shared, group in ((False, 0), (True, 0o060)):
        coursedir.groupshared = shared
        with alone(coursedir, UNIT):
            [lock] = root.glob(f".{UNIT}*lock")
            assert mode(lock) & 0o077 == group
        lock.unlink()


def test_what_nbgrader_copies_to_the_exchange_stays_readable(root):
    grade_class(root, UNIT)
    assert mode(root / "feedback" / "ann" / UNIT / f"{UNIT}.html") & 0o444 == 0o444


@pytest.mark.slow
def test_what_nbgrader_autograde_makes_is_for_the_grader_only(root):
    command = [sys.executable, "-m", "nbgrader", "autograde", UNIT]
    subprocess.run(command, cwd=root, check=True, capture_output=True, umask=0)
    assert [mode(root / name) & 0o077 for name in PRIVATE] == [0] * len(PRIVATE)


def test_modes_that_somebody_chose_stay(root):
    (root / "feedback").mkdir()
    (root / "feedback").chmod(0o755)
    grade_class(root, UNIT)
    assert mode(root / "feedback") == 0o755


def test_a_shared_class_is_for_the_group_too(root, open_umask):
    config = root / CONFIG.name
    config.write_text(f"{config.read_text()}\nc.CourseDirectory.groupshared = True\n")
    coursedir = course_directory(root)
    make_private_folders(coursedir)
    make_private_gradebook(coursedir)
    assert mode(root / "feedback") == 0o2770 and mode(root / "gradebook.db") == 0o660
    make_private_folder(coursedir, root / "quarantine" / UNIT)
    assert mode(root / "quarantine") == mode(root / "quarantine" / UNIT) == 0o2770
    folders = [path for path in private_folders(coursedir) if path.name != "submitted"]
    assert not any(is_open(coursedir, path) for path in (*folders, root / "gradebook.db"))


def test_a_gradebook_on_a_server_is_no_file(root, monkeypatch):
    monkeypatch.setenv("COURSE_GRADEBOOK", "postgresql+psycopg://u:p@localhost/gradebook")
    coursedir = course_directory(root)
    assert gradebook_file(coursedir) is None
    make_private_gradebook(coursedir)
    assert doctor._backup(coursedir).good


def test_a_private_file_is_written_whole_or_not_at_all(tmp_path, open_umask, monkeypatch):
    path = tmp_path / "report.html"
    write_private(path, b"one")
    assert mode(path) == 0o600
    monkeypatch.setattr(os, "replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_private(path, b"two")
    assert path.read_bytes() == b"one" and os.listdir(tmp_path) == ["report.html"]


def test_the_doctor_names_what_others_may_read(root):
    coursedir = course_directory(root)
    (root / "submitted").chmod(0o755)
    shutil.copy(root / CONFIG.name, root / "gradebook.db.2026-01-01")
    (root / "gradebook.db.2026-01-01").chmod(0o640)
    found = doctor._privacy(coursedir)
    assert not found.good and found.advice.startswith("chmod go-rwx ")
    assert str(root / "submitted") in found.advice and "2026-01-01" in found.advice
    for path in (root / "submitted", root / "gradebook.db.2026-01-01"):
        path.chmod(mode(path) & 0o700)
    assert doctor._privacy(coursedir).good


def test_the_doctor_asks_for_a_copy_of_a_gradebook_after_a_week(root):
    coursedir, day = course_directory(root), 86400
    assert doctor._backup(coursedir).good
    gradebook, secret, copy = (
        root / name for name in ("gradebook.db", "nbgrader_secret", "gradebook.db.2026-01-01")
    )
    gradebook.write_bytes(b"scores")
    secret.write_bytes(b"")
    os.utime(secret, (0, 0))
    for days, good in ((6, True), (8, False)):
        os.utime(gradebook, (0, days * day))
        assert doctor._backup(coursedir).good == good
    copy.write_bytes(b"scores")
    os.utime(copy, (0, 2 * day))
    assert doctor._backup(coursedir).good
    os.utime(gradebook, (0, 30 * day))
    found = doctor._backup(coursedir)
    assert not found.good and str(copy) in found.found and found.advice.startswith("cp -p ")


def test_a_folder_is_private_from_the_beginning(root, open_umask, monkeypatch):
    monkeypatch.setattr(type(root), "chmod", lambda *_: None)
    make_private_folder(course_directory(root), root / "receipts" / UNIT)
    assert mode(root / "receipts") == mode(root / "receipts" / UNIT) == 0o700
