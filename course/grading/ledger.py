"""The gradebook's side of a graded notebook: scores, comments and late penalties.

It writes what nbgrader's SaveAutoGrades and AssignLatePenalties write, with one open gradebook for
a whole class instead of one for each step of each notebook.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties


@dataclass(frozen=True)
class Marks:
    """What the feedback of one notebook shows: its cells' scores and comments, and their sum."""

    scores: dict[str, tuple[float, float]]
    comments: dict[str, str | None]
    score: float
    max_score: float
    late_penalty: float


class Ledger:
    """A gradebook that is open for one unit."""

    def __init__(self, coursedir: CourseDirectory, unit: str, gradebook: Gradebook):
        self.coursedir, self.unit, self.gradebook = coursedir, unit, gradebook

    def students(self) -> set[str]:
        """Return the students that have a submission for this unit."""
        rows = self.gradebook.db.query(SubmittedAssignment.student_id).filter(
            SubmittedAssignment.assignment_id == self.gradebook.find_assignment(self.unit).id
        )
        return {student for (student,) in rows}

    def save(
        self, student: str, notebooks: dict[str, NotebookNode], received: datetime | None
    ) -> dict[str, Marks]:
        """Save the scores of a student's graded notebooks; return the marks of each.

        All of them at once or none; a grader's own scores and comments stay as they are.
        """
        try:
            return self._save(student, notebooks, received)
        finally:
            # What stays in the session is looked through at every flush.
            self.gradebook.db.rollback()
            self.gradebook.db.expunge_all()

    def _save(
        self, student: str, notebooks: dict[str, NotebookNode], received: datetime | None
    ) -> dict[str, Marks]:
        self.gradebook.update_or_create_student(student)
        times = {"timestamp": received} if received else {}
        submission = self.gradebook.update_or_create_submission(self.unit, student, **times)
        with self.gradebook.db.no_autoflush:
            for found in submission.notebooks:
                _write(found, notebooks[found.name])
        # The sums are the database's.
        self.gradebook.db.flush()
        self.gradebook.db.expire_all()
        for found in submission.notebooks:
            found.late_submission_penalty = self._penalty(submission, found)
        self.gradebook.db.commit()
        return {found.name: _marks(found) for found in submission.notebooks}

    def _penalty(self, submission: SubmittedAssignment, found: SubmittedNotebook) -> float | None:
        late = submission.total_seconds_late
        if late <= 0:
            return None
        step = AssignLatePenalties(config=self.coursedir.config)
        step.init_plugin()
        penalty = step.plugin_inst.late_submission_penalty(submission.student_id, found.score, late)
        return None if penalty is None else step._check_late_penalty(found, penalty)


@contextmanager
def open_ledger(coursedir: CourseDirectory, unit: str) -> Iterator[Ledger]:
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        yield Ledger(coursedir, unit, gradebook)


def settle(grades: list[Any], by_hand: bool = False) -> None:
    """Score 0 for every part of a notebook that could not be read, written answers included.

    by_hand: whether a person is to look at it.
    """
    for grade in grades:
        grade.auto_score, grade.needs_manual_grade = 0, by_hand


def _write(found: SubmittedNotebook, notebook: NotebookNode) -> None:
    grades = {grade.name: grade for grade in found.grades}
    comments = {comment.name: comment for comment in found.comments}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if utils.is_grade(cell):
            grade = grades[name]
            grade.auto_score, _ = utils.determine_grade(cell)
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        if name in comments:
            untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            empty = untouched and not utils.is_task(cell)
            comments[name].auto_comment = "No response." if empty else None
    if notebook.metadata.course.grading.problem:
        settle(found.grades)


def _marks(found: SubmittedNotebook) -> Marks:
    return Marks(
        scores={grade.name: (grade.score, grade.max_score) for grade in found.grades},
        comments={comment.name: comment.comment for comment in found.comments},
        score=found.score - (found.late_submission_penalty or 0),
        max_score=found.max_score,
        late_penalty=found.late_submission_penalty or 0,
    )
