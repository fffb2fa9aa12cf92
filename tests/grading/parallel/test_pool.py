"""A grading process that dies costs only the submission that killed it."""

import os
from pathlib import Path

import pytest

from course.grading.parallel.pool import DIED, Grader, Job, run
from tests.grading.notebooks import RIGHT, UNIT, handed_in, source, submitted


class Deadly(Grader):
    """A grader whose process always dies of one submission, and of another only the first time."""

    def grade(self, job):
        mark = Path(os.environ["MARK"])
        if job.student == "kim" or (job.student == "once" and not mark.exists()):
            mark.touch()
            os._exit(9)
        return super().grade(job)


def job(student, answers=RIGHT):
    return Job(student, b"key", {UNIT: submitted(handed_in(answers))})


@pytest.mark.timeout(300)
def test_a_submission_that_kills_its_process_fails_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("MARK", str(tmp_path / "mark"))
    grader = Deadly(UNIT, {UNIT: source()}, {})
    jobs = [job(student) for student in ("ann", "once", "bob", "kim", "cy")]
    found = {done.job.student: done for done in run(grader, jobs, 2)}
    assert sorted(found) == ["ann", "bob", "cy", "kim", "once"]
    assert found.pop("kim").error == DIED
    assert all(done.error is None and done.graded[UNIT].exercises for done in found.values())


def test_neither_a_key_nor_an_answer_is_shown_where_a_job_is_printed():
    assert repr(job("ann")) == "Job(student='ann', fingerprint='')"
