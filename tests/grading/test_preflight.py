"""What can't be saved is not begun, and what stops in the middle goes on from there."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from sqlalchemy.exc import OperationalError

from course.grading import (
    RefusedError,
    StoppedError,
    classroom,
    locks,
    preflight,
    preprocessors,
)
from course.grading.classroom import Room, grade_class
from course.grading.course_folder import course_directory
from course.grading.gradebook.ledger import Ledger
from course.grading.gradebook.report import class_report
from course.grading.locks import alone
from course.grading.process import worker
from course.grading.released import register
from tests.grading.notebooks import RIGHT, UNIT, extra, hand_in, handed_in, make_course
from tests.speed import patience

pytestmark = [
    pytest.mark.xdist_group("preflight"),
    pytest.mark.usefixtures("kept_fork_server"),
]

WRONG = handed_in(RIGHT | {"neuron": "def neuron(w, x, h):\n    return h(w * x)"})
SCORES = {"ann": 9.0, "bob": 7.0, "cy": 9.0}
SMALL_FILES = """
import resource, sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from course.grading.classroom import grade_class
from course.grading import StoppedError
resource.setrlimit(resource.RLIMIT_FSIZE, (170_000, 170_000))
try:
    grade_class(Path(sys.argv[1]), sys.argv[2])
except StoppedError as stopped:
    print(stopped)
"""


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    classwork = {"ann": handed_in(), "bob": WRONG, "cy": handed_in()}
    root = make_course(tmp_path_factory.mktemp("ready"), classwork)
    register(course_directory(root), UNIT)
    return root


@pytest.fixture
def root(ready, tmp_path, monkeypatch):
    monkeypatch.setattr(preflight, "LOCKED_SECONDS", 0.2)
    return shutil.copytree(ready, tmp_path / "course")


def scores(root) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {one.student_id: one.score for one in gradebook.assignment_submissions(UNIT)}


def by_nbgrader(root, student: str = "*", force: bool = True) -> dict:
    directory = course_directory(root)
    return NbGraderAPI(directory, config=directory.config).autograde(UNIT, student, force)


def files(root) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith(locks.LOCK)
    }


def refused(root, why: str) -> None:
    before = files(root)
    with pytest.raises(RefusedError, match=why):
        grade_class(root, UNIT)
    assert files(root) == before


def test_a_locked_gradebook_is_said_before_work(root):
    with closing(sqlite3.connect(root / "gradebook.db")) as other:
        other.execute("begin exclusive")
        refused(root, r"gradebook\.db.* can't be used: database is locked.*\n?.*Close the program")
    assert grade_class(root, UNIT).graded == ["ann", "bob", "cy"]


@pytest.mark.parametrize("damage", [b"no database at all" * 100, None])
def test_a_damaged_gradebook_is_said_before_work(root, damage):
    path = root / "gradebook.db"
    whole = path.read_bytes()
    half = len(whole) // 2
    path.write_bytes(damage or whole[:half] + os.urandom(8192) + whole[half + 8192 :])
    refused(root, "can't be used: .*(not a database|malformed).*Move it away")
    done = by_nbgrader(root)
    assert not done["success"] and "can't be used" in done["error"]


def test_a_folder_that_cannot_be_written_is_said_before_work(root):
    (root / "feedback").write_text("a file")
    refused(root, "feedback can't be written: .*Nothing was changed")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_course_is_said_before_work(root):
    root.chmod(0o500)
    refused(root, "can't be written: Permission denied")
    root.chmod(0o700)


def test_a_full_disk_is_said_before_work(root, monkeypatch):
    monkeypatch.setattr(preflight, "FREE_DISK_BYTES", 1 << 60)
    refused(root, "has only .* MiB left")


def test_a_second_run_at_the_same_time_is_refused(root):
    why = f"Another `course grade {UNIT}`"
    with alone(course_directory(root), UNIT), pytest.raises(RefusedError, match=why):
        grade_class(root, UNIT)
    assert grade_class(root, UNIT).graded == ["ann", "bob", "cy"]


def test_a_disk_that_fills_up_meanwhile_stops_the_run_and_the_next_ends_it(root):
    talkative = handed_in()
    talkative["cells"] += [extra("print('x' * 20_000)") for _ in range(10)]
    hand_in(root, "ann", talkative)
    command = [sys.executable, "-c", SMALL_FILES, str(root), UNIT]
    done = subprocess.run(command, capture_output=True, text=True, timeout=patience(100))
    assert "The grades of ann could not be saved: " in done.stdout, done.stderr
    assert "File too large" in done.stdout
    left = [*(root / "feedback").rglob("*"), *(root / "autograded").rglob("*")]
    assert not [path for path in left if path.is_file()]
    assert grade_class(root, UNIT).graded == ["ann", "bob", "cy"]
    assert scores(root) == SCORES


def test_what_fails_for_one_student_is_left_as_it_was_and_the_others_go_on(root, monkeypatch):
    grade_class(root, UNIT)
    before = files(root / "autograded" / "bob")
    finished = Room._finished

    def fails(room, graded, fingerprint):
        if any(one.ideas for one in graded.exercises):
            raise ZeroDivisionError("an instructor's own step")
        return finished(room, graded, fingerprint)

    monkeypatch.setattr(Room, "_finished", fails)
    hand_in(root, "ann", WRONG)
    hand_in(root, "cy", b"{")
    done = grade_class(root, UNIT)
    assert done.graded == ["cy"] and list(done.failed) == ["ann"]
    assert "an instructor's own step" in done.failed["ann"]
    assert scores(root) == SCORES | {"cy": 0.0}
    assert files(root / "autograded" / "bob") == before


def test_a_page_that_cannot_be_made_costs_no_score(root, monkeypatch):
    def fails(*_):
        raise RecursionError

    monkeypatch.setattr("course.grading.feedback.folder.feedback_page", fails)
    assert grade_class(root, UNIT).failed == {}
    assert scores(root) == SCORES
    page = (root / "feedback/bob" / UNIT / f"{UNIT}.html").read_text()
    assert "7 of 12 points" in page


def test_a_grader_that_fails_once_grades_on_the_second_attempt(root, monkeypatch):
    grade, failures = preprocessors.grade_restored, []

    def fails_once(*given):
        if not failures:
            failures.append(given)
            raise OSError("out of something")
        return grade(*given)

    monkeypatch.setattr(preprocessors, "grade_restored", fails_once)
    assert by_nbgrader(root, "ann")["success"]
    assert len(failures) == 1 and scores(root) == {"ann": 9.0}


def test_a_regrade_by_nbgrader_that_fails_leaves_a_score_and_a_notebook_that_agree(
    root, monkeypatch
):
    assert by_nbgrader(root, "ann")["success"]
    grade = preprocessors.grade_restored

    def fails(restored, *given):
        if restored.problem is None:
            raise OSError("out of something")
        return grade(restored, *given)

    with monkeypatch.context() as patch:
        patch.setattr(preprocessors, "grade_restored", fails)
        assert by_nbgrader(root, "ann")["success"]
    assert scores(root) == {"ann": 0.0}
    [ann] = class_report(root, UNIT).students
    assert ann.by_hand and "grader itself failed" in ann.problem
    assert by_nbgrader(root, "ann")["success"]
    [ann] = class_report(root, UNIT).students
    assert ann.score == 9.0 and ann.problem is None


def test_a_rerun_of_one_student_changes_that_one_alone(root):
    grade_class(root, UNIT)
    before = files(root)
    for student in ("ann", "bob", "cy"):
        hand_in(root, student, b"{")
    grade_class(root, UNIT, students=["bob"])
    assert scores(root) == SCORES | {"bob": 0.0}
    assert by_nbgrader(root, "cy")["success"]
    assert scores(root) == {"ann": 9.0, "bob": 0.0, "cy": 0.0}
    after = files(root)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    steps = [str(root / step / "ann") for step in ("autograded", "feedback")]
    assert changed and not [path for path in changed if path.startswith(tuple(steps))]


def test_what_an_earlier_run_left_in_the_middle_is_no_obstacle(root):
    grade_class(root, UNIT)
    place = root / "autograded" / "ann"
    (place / f".{UNIT}-old-1").mkdir()
    (place / UNIT).rename(place / f".{UNIT}-old-1" / UNIT)
    (place / f".{UNIT}-2").mkdir()
    (root / "autograded/bob" / UNIT / f"{UNIT}.ipynb").unlink()
    (root / "autograded/bob" / UNIT / f"{UNIT}.ipynb").write_text("[]")
    assert grade_class(root, UNIT).graded == ["ann", "bob"]
    assert scores(root) == SCORES and os.listdir(place) == [UNIT]


def full_folder(*_):
    raise OSError(28, "No space left on device")


def full_gradebook(*_):
    raise OperationalError("UPDATE grade", {}, sqlite3.OperationalError("database or disk is full"))


@pytest.mark.parametrize(
    ("place", "name", "fails", "why"),
    [
        (classroom, "replace_folder", full_folder, "No space left"),
        (Ledger, "_save", full_gradebook, "disk is full"),
        (worker, "stage", full_folder, "No space left"),
    ],
    ids=["folder", "gradebook", "worker"],
)
def test_where_nothing_can_be_saved_or_run_the_run_stops(
    root, monkeypatch, kept_fork_server, place, name, fails, why
):
    kept_fork_server.close()
    with monkeypatch.context() as patch:
        patch.setattr(place, name, fails)
        with pytest.raises(StoppedError, match=f"{why}(.|\n)*run the same command again"):
            grade_class(root, UNIT)
    assert grade_class(root, UNIT).graded == ["ann", "bob", "cy"]
    assert scores(root) == SCORES
