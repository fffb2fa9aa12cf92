"""A run that is killed loses nothing: its saved results are whole, and the next run continues."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.feedback.folder import MADE_FROM
from course.grading.process.worker_folder import PREFIX
from course.grading.released import register
from tests.grading.notebooks import RIGHT, UNIT, extra, handed_in, make_course
from tests.speed import patience

CODE = """
import sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from course.grading.classroom import grade_class
print("began", flush=True)
grade_class(Path(sys.argv[1]), {unit!r}, workers=int(sys.argv[2]), scheduler={scheduler!r})
"""
GRADES = """
    select submitted_assignment.student_id, base_cell.name, grade.auto_score,
           grade.needs_manual_grade, submitted_notebook.late_submission_penalty
    from grade
    join submitted_notebook on grade.notebook_id = submitted_notebook.id
    join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
    join base_cell on grade.cell_id = base_cell.id
    order by 1, 2
"""
WORKS = [
    handed_in(),
    handed_in(RIGHT | {"neuron": "def neuron(w, x, h):\n    return h(w * x)"}),
    handed_in({}),
    b"{",
    handed_in(RIGHT | {"relu": "def relu(z):\n    import os; os._exit(0)"}),
]


def class_of(folder: Path, count: int) -> Path:
    """A class that isn't graded yet, whose gradebook knows the unit: creating it takes time."""
    classwork = {f"student-{n:02}": WORKS[n % len(WORKS)] for n in range(count)}
    some = handed_in()
    some["cells"].append(extra("print('of my own')"))
    root = make_course(folder, classwork | {"zoe": some})
    (root / "submitted" / "zoe" / UNIT / "timestamp.txt").write_text("2026-01-01 12:00:00 UTC")
    (root / "submitted" / "zoe" / UNIT / "link.txt").symlink_to(root)
    register(course_directory(root), UNIT)
    (root / "nbgrader_secret").write_text("the same for all copies")
    return root


def gradebook(root: Path) -> dict[str, list[tuple]]:
    found: dict[str, list[tuple]] = {}
    with closing(sqlite3.connect(root / "gradebook.db")) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        for student, *grade in database.execute(GRADES):
            found.setdefault(student, []).append(tuple(grade))
    return found


def notebooks(root: Path) -> dict[str, dict]:
    """The graded notebooks, each of which must be whole, without the seconds they took."""
    found = {}
    for path in (root / "autograded").glob(f"*/{UNIT}/{UNIT}.ipynb"):
        found[path.parts[-3]] = json.loads(path.read_bytes())
        del found[path.parts[-3]]["metadata"]["course"]["grading"]["seconds"]
    return found


def pages(root: Path) -> dict[str, bytes]:
    """The feedback pages, without the digest of the notebook, which holds the seconds."""
    found = (root / "feedback").glob(f"*/{UNIT}/{UNIT}.html")
    return {path.parts[-3]: MADE_FROM.sub(b"", path.read_bytes()) for path in found}


def left_over(root: Path) -> list[Path]:
    steps = (root / "autograded", root / "feedback")
    return [path for step in steps for path in step.glob("*/.*")]


@pytest.fixture
def own_folder(monkeypatch):
    """A folder for temporary files that no other process uses."""
    with tempfile.TemporaryDirectory() as folder:
        # The users that sessions run as must be able to enter.
        os.chmod(folder, 0o711)
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def run_and_kill(root: Path, seconds: float, workers: int, scheduler: str | None = None) -> None:
    """Grade until killed, `seconds` after grading has begun."""
    code = CODE.format(unit=UNIT, scheduler=scheduler)
    command = [sys.executable, "-c", code, str(root), str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        running.stdout.readline()
        time.sleep(seconds)
        family = psutil.Process(running.pid).children(recursive=True)
        running.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(family, timeout=patience(20))
    assert alive == [], "processes outlived the run that started them"


def check_what_is_there(root: Path, undisturbed: Path) -> None:
    """Everything saved before a kill is in its final state."""
    whole_notebooks, whole_pages = notebooks(undisturbed), pages(undisturbed)
    for student, found in notebooks(root).items():
        assert found == whole_notebooks[student]
        assert gradebook(root)[student] == gradebook(undisturbed)[student]
    for student, found in pages(root).items():
        assert found == whole_pages[student]


def check_the_end(root: Path, undisturbed: Path) -> None:
    assert gradebook(root) == gradebook(undisturbed)
    assert notebooks(root) == notebooks(undisturbed)
    assert pages(root) == pages(undisturbed)
    assert left_over(root) == []


def survive(count: int, moments: list[float], workers: int, folder: Path) -> None:
    ready = class_of(folder / "ready", count)
    undisturbed = shutil.copytree(ready, folder / "undisturbed", symlinks=True)
    start = time.monotonic()
    grade_class(undisturbed, UNIT)
    whole = time.monotonic() - start
    root = shutil.copytree(ready, folder / "killed", symlinks=True)
    for moment in moments:
        run_and_kill(root, moment * whole, workers)
        check_what_is_there(root, undisturbed)
        if len(notebooks(root)) == count + 1:
            shutil.rmtree(root)
            shutil.copytree(ready, root, symlinks=True)
    grade_class(root, UNIT)
    check_the_end(root, undisturbed)
    assert grade_class(root, UNIT).graded == []


@pytest.mark.slow
def test_a_class_graded_in_spite_of_kills_is_graded_as_without(tmp_path, own_folder):
    survive(2, [0.3, 0.5, 0.8], 1, tmp_path)
    assert list(own_folder.glob(f"{PREFIX}*")) == [], "folders of killed runs are left"


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("workers", [1, 2])
def test_thirty_are_graded_in_spite_of_kills_at_random_moments(tmp_path, workers):
    chance = random.Random(workers)
    survive(30, [chance.uniform(0, 0.6) for _ in range(25)], workers, tmp_path)
