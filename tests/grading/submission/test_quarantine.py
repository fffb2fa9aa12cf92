"""What doesn't belong in a submission is quarantined: not followed, not copied, not waited for."""

import os
import shutil
import time
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI

from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory, known_files
from course.grading.gradebook.report import class_report
from course.grading.released import register
from course.grading.submission.quarantine import first_owner, quarantine
from course.grading.submission.submitted import Submission
from tests.grading.notebooks import UNIT, hand_in, handed_in, make_course

pytestmark = [
    pytest.mark.xdist_group("quarantine"),
    pytest.mark.usefixtures("kept_fork_server"),
]

NOTEBOOK = f"{UNIT}.ipynb"
SECRET = "what nobody may read"
FOUND = {
    "linked": f"{NOTEBOOK} is a link",
    "piped": f"{NOTEBOOK} is a special file",
    "elsewhere": f"{UNIT} is a link",
    "a twin": f"{NOTEBOOK} is a file with several names",
    "twin": f"{NOTEBOOK} is a file with several names",
    "outsider": f"{NOTEBOOK} is a file with several names",
    "flat": f"{UNIT} is a file that is not part of the assignment",
}
TOLD = {student: f"{found}; it was quarantined and not read." for student, found in FOUND.items()}
SCORES = {"ann": 9.0, "late": 9.0, "abroad": 9.0, "messy": 9.0, "misnamed": 9.0} | dict.fromkeys(
    TOLD, 0.0
)


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("ready"), {})
    register(course_directory(root), UNIT)
    return root


def folder_of(root, student: str):
    folder = root / "submitted" / student / UNIT
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def link_later(path, link) -> None:
    """Link to a file so much later that the folders' times show which was first."""
    time.sleep(0.02)
    os.link(path, link)


@pytest.fixture
def root(ready, tmp_path):
    """A class in which most handed in something else than a file."""
    root = shutil.copytree(ready, tmp_path / "course")
    hand_in(root, "ann", handed_in())
    anns = folder_of(root, "ann") / NOTEBOOK
    (folder_of(root, "linked") / NOTEBOOK).symlink_to(anns)
    os.mkfifo(folder_of(root, "piped") / NOTEBOOK)
    os.mkfifo(folder_of(root, "piped") / "pipe.txt")
    (root / "submitted/elsewhere").mkdir()
    (root / "submitted/elsewhere" / UNIT).symlink_to(anns.parent)
    (root / "submitted/someone").symlink_to(root / "submitted/ann")
    for twin in ("a twin", "twin"):
        link_later(anns, folder_of(root, twin) / NOTEBOOK)
    os.link(root / "solutions" / UNIT / NOTEBOOK, folder_of(root, "outsider") / NOTEBOOK)
    (root / "submitted/flat").mkdir()
    (root / "submitted/flat" / UNIT).write_text("a file")
    hand_in(root, "misnamed", handed_in(), "neuron (1).ipynb")
    hand_in(root, "late", handed_in())
    (folder_of(root, "late") / "timestamp.txt").write_text("2026-01-01 12:00:00 /etc/passwd")
    hand_in(root, "abroad", handed_in())
    (folder_of(root, "abroad") / "timestamp.txt").write_text("2026-10-20 23:59:00 EDT")
    hand_in(root, "messy", handed_in())
    mess = folder_of(root, "messy")
    (root / "secret.txt").write_text(SECRET)
    (mess / "notes.txt").symlink_to(root / "secret.txt")
    (mess / "up").symlink_to(root)
    (mess / "course" / "nn").mkdir(parents=True)
    (mess / "course" / "nn" / "neuron.py").write_text("relu = 1")
    (mess / "x<img src=x>.py").write_text("x = 1")
    (mess / ".ipynb_checkpoints").mkdir()
    (mess / "timestamp.txt").write_text("2026-01-01 12:00:00 UTC")
    (mess / "submission_secret.txt").write_text("0" * 128)
    return root


def by_course(root) -> None:
    assert grade_class(root, UNIT).failed == {}


def by_nbgrader(root) -> None:
    directory = course_directory(root)
    api = NbGraderAPI(directory, config=directory.config)
    # The formgrader's button, for each student on the page.
    every = [api.autograde(UNIT, "*"), *(api.autograde(UNIT, one) for one in ("linked", "flat"))]
    assert all(done["success"] for done in every), every


def scores(root) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {one.student_id: one.score for one in gradebook.assignment_submissions(UNIT)}


@pytest.mark.parametrize("grade", [by_course, pytest.param(by_nbgrader, marks=pytest.mark.slow)])
def test_all_but_plain_files_is_quarantined_and_said(root, grade):
    grade(root)
    assert scores(root) == SCORES
    found = {one.name: one for one in class_report(root, UNIT).students}
    assert {name: found[name].problem for name in TOLD} == TOLD
    assert found["misnamed"].oddities == (
        f"The file was called neuron (1).ipynb; it was graded as {NOTEBOOK}.",
    )
    assert found["late"].oddities == (
        "timestamp.txt is a file without a valid time and was quarantined.",
    )
    assert found["abroad"].oddities == (
        "timestamp.txt is a file whose time zone isn't known, so it says no time, and was "
        "quarantined.",
    )
    assert set(found["messy"].oddities) == {
        "notes.txt is a link and was quarantined.",
        "up is a link and was quarantined.",
        "course is a folder that is not part of the assignment and was quarantined.",
        "x?img src=x?.py is a file that is not part of the assignment and was quarantined.",
    }
    for path in [*(root / "autograded").rglob("*"), *(root / "feedback").rglob("*")]:
        assert not path.is_symlink()
        assert path.is_dir() or (SECRET.encode() not in path.read_bytes())
    assert {path.name for path in folder_of(root, "messy").iterdir()} == {
        NOTEBOOK,
        ".ipynb_checkpoints",
        "timestamp.txt",
        "submission_secret.txt",
    }
    for moved in ("notes.txt", "up"):
        [link] = (root / "quarantine" / UNIT / "messy").glob(f"*/{moved}")
        assert link.is_symlink()


def test_a_second_run_says_the_same_and_grades_nobody_again(root):
    grade_class(root, UNIT)
    before = class_report(root, UNIT)
    assert grade_class(root, UNIT).graded == []
    grade_class(root, UNIT, students=["linked", "messy", "a twin", "twin", "ann"])
    assert class_report(root, UNIT) == before


def test_a_submission_handed_in_later_is_not_blamed_for_an_earlier_one(root):
    grade_class(root, UNIT)
    folder = folder_of(root, "messy")
    shutil.rmtree(folder)
    hand_in(root, "messy", handed_in())
    (folder / "submission_secret.txt").write_text("1" * 128)
    grade_class(root, UNIT)
    assert {one.name: one.oddities for one in class_report(root, UNIT).students}["messy"] == ()


def test_what_cannot_be_quarantined_costs_that_student_alone(root, monkeypatch):
    rename = os.rename

    def fails_for_messy(source, target):
        if "messy" in str(source):
            raise PermissionError("not here")
        rename(source, target)

    monkeypatch.setattr(os, "rename", fails_for_messy)
    done = grade_class(root, UNIT)
    assert list(done.failed) == ["messy"] and "can't be moved to quarantine" in done.failed["messy"]
    assert scores(root) == {name: score for name, score in SCORES.items() if name != "messy"}


def test_a_file_released_with_the_unit_stays_and_its_neighbours_go(ready, tmp_path):
    root = shutil.copytree(ready, tmp_path / "course")
    (root / "solutions" / UNIT / "data").mkdir()
    (root / "solutions" / UNIT / "data" / "wine.csv").write_text("1")
    folder = folder_of(root, "ann")
    (folder / "data").mkdir()
    (folder / "data" / "wine.csv").write_text("2")
    (folder / "data" / "mine.csv").symlink_to(root)
    (folder / ("x" * 250)).mkdir(mode=0o000)
    directory = course_directory(root)
    one = Submission("ann", folder)
    for _ in range(2):
        quarantine(directory, UNIT, one, known_files(directory, UNIT))
        (folder / "again.py").touch()
    assert sorted(p.name for p in folder.iterdir()) == ["again.py", "data"]
    assert [path.name for path in (folder / "data").iterdir()] == ["wine.csv"]
    aside = {path.name for path in (root / "quarantine" / UNIT / "ann").glob("*/*")}
    assert aside == {"x" * 200, "again.py", "data--mine.csv"}


ORDERS = [
    ("bob", "ann", "cid"),
    ("ann", "bob", "cid"),
    ("cid", "ann", "bob"),
    ("cid", "bob", "ann"),
]


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_the_first_owner_keeps_a_file_that_others_link_to(ready, tmp_path, order):
    root = shutil.copytree(ready, tmp_path / "course")
    anns, bobs, cids = map(folder_of, [root] * 3, ("ann", "bob", "cid"))
    # What is moved out of a folder changes its time too.
    for folder in (anns, bobs, cids):
        (folder / "clutter.txt").touch()
    for name in (NOTEBOOK, "timestamp.txt", "draft.ipynb"):
        (bobs / name).write_text("2026-01-01 12:00:00 UTC")
    link_later(bobs / NOTEBOOK, anns / NOTEBOOK)
    os.link(bobs / "draft.ipynb", anns / "mine.ipynb")
    link_later(bobs / "timestamp.txt", cids / "timestamp.txt")
    os.link(bobs / NOTEBOOK, cids / "not-a-notebook")
    directory = course_directory(root)
    for student in order:
        submission = Submission(student, folder_of(root, student))
        quarantine(directory, UNIT, submission, known_files(directory, UNIT))
    assert {path.name for path in bobs.iterdir()} == {NOTEBOOK, "timestamp.txt", "draft.ipynb"}
    assert all(path.stat().st_size and path.stat().st_nlink == 1 for path in bobs.iterdir())
    sizes = {path.name: path.stat().st_size for path in anns.iterdir()}
    assert sizes == {NOTEBOOK: 0, "mine.ipynb": 0}
    assert list(cids.iterdir()) == []


def test_a_files_first_owner_is_whose_folder_changed_first():
    names = {Path("b"): 1, Path("a"): 2, Path("c"): 3}
    assert first_owner(names) == Path("b")
    assert first_owner(dict.fromkeys(names, 1)) == Path("a")
