"""What doesn't belong into a submission is put aside: not followed, not copied, not waited for."""

import os
import shutil

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI

from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory, known_files
from course.grading.gradebook.report import class_report
from course.grading.released import register
from course.grading.submission.quarantine import put_aside
from course.grading.submission.submitted import Submission
from tests.grading.notebooks import UNIT, hand_in, handed_in, make_course

NOTEBOOK = f"{UNIT}.ipynb"
SECRET = "what nobody may read"
TOLD = {
    "linked": f"{NOTEBOOK} is a link; it was put aside and not read.",
    "piped": f"{NOTEBOOK} is a special file; it was put aside and not read.",
    "elsewhere": f"{UNIT} is a link; it was put aside and not read.",
    "twin": f"{NOTEBOOK} is a file with several names; it was put aside and not read.",
    "outsider": f"{NOTEBOOK} is a file with several names; it was put aside and not read.",
    "flat": f"{UNIT} is a file that was not asked for; it was put aside and not read.",
}
SCORES = {"ann": 9.0, "late": 9.0, "messy": 9.0, "misnamed": 0.0} | dict.fromkeys(TOLD, 0.0)


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("ready"), {})
    register(course_directory(root), UNIT)
    return root


def folder_of(root, student: str):
    folder = root / "submitted" / student / UNIT
    folder.mkdir(parents=True, exist_ok=True)
    return folder


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
    os.link(anns, folder_of(root, "twin") / NOTEBOOK)
    os.link(root / "solutions" / UNIT / NOTEBOOK, folder_of(root, "outsider") / NOTEBOOK)
    (root / "submitted/flat").mkdir()
    (root / "submitted/flat" / UNIT).write_text("a file")
    hand_in(root, "misnamed", handed_in(), "neuron (1).ipynb")
    hand_in(root, "late", handed_in())
    (folder_of(root, "late") / "timestamp.txt").write_text("2026-01-01 12:00:00 /etc/passwd")
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


@pytest.mark.parametrize("grade", [by_course, by_nbgrader])
def test_all_but_plain_files_is_put_aside_and_said(root, grade):
    grade(root)
    assert scores(root) == SCORES
    found = {one.name: one for one in class_report(root, UNIT).students}
    assert {name: found[name].problem for name in TOLD} == TOLD
    assert found["misnamed"].problem.endswith("These were: neuron (1).ipynb.")
    assert found["late"].oddities == ("timestamp.txt is a file without a time and was put aside.",)
    assert set(found["messy"].oddities) == {
        "notes.txt is a link and was put aside.",
        "up is a link and was put aside.",
        "course is a folder that was not asked for and was put aside.",
        "x?img src=x?.py is a file that was not asked for and was put aside.",
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
    grade_class(root, UNIT, students=["linked", "messy", "twin", "ann"])
    assert class_report(root, UNIT) == before


def test_a_submission_handed_in_later_is_not_blamed_for_an_earlier_one(root):
    grade_class(root, UNIT)
    folder = folder_of(root, "messy")
    shutil.rmtree(folder)
    hand_in(root, "messy", handed_in())
    (folder / "submission_secret.txt").write_text("1" * 128)
    grade_class(root, UNIT)
    assert {one.name: one.oddities for one in class_report(root, UNIT).students}["messy"] == ()


def test_what_cannot_be_put_aside_costs_that_student_alone(root, monkeypatch):
    rename = os.rename

    def fails_for_messy(source, target):
        if "messy" in str(source):
            raise PermissionError("not here")
        rename(source, target)

    monkeypatch.setattr(os, "rename", fails_for_messy)
    done = grade_class(root, UNIT)
    assert list(done.failed) == ["messy"] and "can't be put aside" in done.failed["messy"]
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
        put_aside(directory, UNIT, one, known_files(directory, UNIT))
        (folder / "again.py").touch()
    assert sorted(p.name for p in folder.iterdir()) == ["again.py", "data"]
    assert [path.name for path in (folder / "data").iterdir()] == ["wine.csv"]
    aside = {path.name for path in (root / "quarantine" / UNIT / "ann").glob("*/*")}
    assert aside == {"x" * 200, "again.py", "data--mine.csv"}
