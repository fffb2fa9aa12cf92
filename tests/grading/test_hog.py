"""A notebook that takes all the processor time it can get costs its neighbours nothing."""

import json
import os

import pytest

from course.grading.course_folder import course_directory, materials
from course.grading.notebook.cells import new_cell
from course.grading.parallel import pool
from course.grading.parallel.pool import Grader, Job
from course.grading.parallel.undisturbed import run_undisturbed
from course.grading.released import released_notebook
from course.grading.submission.submitted_file import SubmittedFile
from tests.grading.notebooks import CONFIG

UNIT = "07_sgd"
HONEST = [f"student {number}" for number in range(8)]
HOG = """\
import os, time
for _ in range(13):
    if os.fork() == 0:
        os.setsid()
        while True: pass
time.sleep(29)"""


@pytest.fixture(scope="module")
def grader():
    coursedir = course_directory(CONFIG.parent)
    released = {UNIT: released_notebook(coursedir, UNIT, UNIT)}
    return Grader(UNIT, released, materials(coursedir, UNIT))


def job(student: str, text: str) -> Job:
    return Job(student, student.encode(), {UNIT: SubmittedFile(f"{UNIT}.ipynb", text.encode())})


def scores(done: pool.Done) -> list[float]:
    return [grade.share for grade in done.graded[UNIT].exercises]


@pytest.fixture(scope="module")
def jobs():
    solved = (CONFIG.parent / "solutions" / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8")
    hog = json.loads(solved)
    hog["cells"] = [new_cell("code", HOG, "hog"), *hog["cells"]]
    return [job("a hog", json.dumps(hog)), *(job(student, solved) for student in HONEST)]


@pytest.fixture(scope="module")
def undisturbed(grader, jobs):
    return {done.job.student: scores(done) for done in pool.run(grader, jobs[1:3], 1)}


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("attempt", range(3))
def test_a_hog_costs_no_honest_neighbour_a_digit(grader, jobs, undisturbed, attempt):
    workers = os.cpu_count() + 2

    def run(grader, jobs):
        return pool.run(grader, jobs, workers)

    found = {done.job.student: scores(done) for done in run_undisturbed(run, grader, jobs)}
    honest = {student: found[student] for student in HONEST}
    [right] = {tuple(each) for each in undisturbed.values()}
    assert set(right) == {1.0}
    assert {tuple(each) for each in honest.values()} == {right}
