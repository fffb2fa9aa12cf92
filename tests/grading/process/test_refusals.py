"""If a student's process can't be sandboxed, nothing is graded, and the error says why."""

import os

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI

from course.grading import RefusedError
from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.doctor import examine
from course.grading.grade import grade_submission
from course.grading.parallel.pool import Grader, Job, run
from course.grading.process import staging, worker
from course.grading.process.worker import Worker
from course.grading.released import register
from course.grading.sandbox import Level
from tests.grading.notebooks import UNIT, handed_in, make_course, source, submitted

KEY = b"a student's key"
WITHOUT_SECCOMP = (
    "from course.grading.sandbox import seccomp; seccomp.unavailable = lambda: 'an old kernel';"
    "from course.grading.student_process.fork_server import main"
)


@pytest.fixture
def leaking(monkeypatch):
    """The reference lies in a folder that students' processes may read."""
    monkeypatch.setattr(staging, "STUDENTS_SIDE", (*staging.STUDENTS_SIDE, "nn/neuron.py"))


@pytest.fixture
def old_kernel(monkeypatch):
    boot = worker.BOOT.replace(
        "from course.grading.student_process.fork_server import main", WITHOUT_SECCOMP
    )
    monkeypatch.setattr(worker, "BOOT", boot)


@pytest.fixture
def root(tmp_path):
    root = make_course(tmp_path, {"ann": handed_in()})
    register(course_directory(root), UNIT)
    return root


def submissions(root) -> list:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return gradebook.assignment_submissions(UNIT)


def test_a_reference_that_can_be_imported_stops_course_grade(root, leaking):
    with pytest.raises(RefusedError, match=r"import what is hidden: import course\.nn\.neuron"):
        grade_class(root, UNIT)
    assert submissions(root) == [] and not list((root / "autograded").glob("*"))


class Refusing(Grader):
    """Stands for a grader in another process whose self-test fails."""

    def start(self) -> None:
        raise RefusedError("it does not hold")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_single_worker_without_a_sandbox_stops_all(workers):
    jobs = [Job(str(number), KEY, {}) for number in range(9)]
    with pytest.raises(RefusedError, match="it does not hold"):
        list(run(Refusing(UNIT, {}, {}), jobs, workers))


def test_a_reference_that_can_be_imported_stops_nbgrader(root, leaking):
    directory = course_directory(root)
    done = NbGraderAPI(directory, config=directory.config).autograde(UNIT, "ann")
    assert not done["success"] and "import what is hidden" in done["error"]
    assert submissions(root) == [] and not list((root / "autograded").glob("*"))


def test_the_doctor_says_that_something_gets_out(leaking, tmp_path):
    found = {one.name: one for one in examine(tmp_path)}["sandbox self-test"]
    assert not found.good and "import what is hidden" in found.found


def test_the_doctor_says_that_nothing_gets_out(tmp_path):
    assert {one.name: one for one in examine(tmp_path)}["sandbox self-test"].good


def test_less_than_the_full_sandbox_is_refused_unless_it_is_accepted(old_kernel):
    with (
        Worker(UNIT) as strict,
        pytest.raises(RefusedError, match=r"no full .*: an old kernel") as refused,
    ):
        strict.start()
    assert "require_sandbox = False" in str(refused.value)
    with Worker(UNIT, require=Level.LIMITS) as lenient:
        found = grade_submission(source(), submitted(handed_in()), UNIT, KEY, lenient)
    assert found.level == "limits" and all(one.passed for one in found.exercises)
    assert "level `limits`" in found.notebook["cells"][0]["source"]


@pytest.mark.parametrize("by", ["course grade", pytest.param("nbgrader", marks=pytest.mark.slow)])
def test_the_gradebook_says_if_less_than_the_full_sandbox_graded(root, old_kernel, by):
    with (root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.RunAndAsk.require_sandbox = False\n")
    directory = course_directory(root)
    for _ in range(2):
        if by == "nbgrader":
            assert NbGraderAPI(directory, config=directory.config).autograde(UNIT, "ann")["success"]
        else:
            assert grade_class(root, UNIT, students=["ann"]).graded == ["ann"]
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        [notebook] = gradebook.assignment_submissions(UNIT)[0].notebooks
        said = {one.name: one.auto_comment for one in notebook.comments if one.auto_comment}
    assert said == {"neuron": "Graded with a reduced sandbox (level `limits`)."}


def test_two_workers_at_a_time_have_users_of_their_own():
    with (
        Worker(UNIT) as one,
        Worker(UNIT) as other,
        one.session() as first,
        other.session() as second,
    ):
        shown = [s.run("import os; os.getuid()")[0]["data"] for s in (first, second)]
        assert (shown[0] != shown[1]) == (os.geteuid() == 0)
