"""The scores of a whole class, from nbgrader's tables in one query.

nbgrader's own objects need a query for each number of each student; the database computes the same
sums for all students at once in a thousandth of the time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nbgrader.api import Assignment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import Select, case, false, func, select
from sqlalchemy.exc import SQLAlchemyError

from course.grading.gradebook.connection import connected, exists, unusable
from course.grading.gradebook.settlement import lateness

DIGITS = 9


@dataclass(frozen=True)
class Score:
    """A student's score in a unit; `raw_score` is None if nothing was submitted.

    waits: whether a part of it is still to be graded by hand.
    """

    unit: str
    student: str
    last_name: str | None
    first_name: str | None
    email: str | None
    due: datetime | None
    received: datetime | None
    raw_score: float | None
    penalty: float
    max_score: float
    waits: bool
    extension: timedelta | None = None

    @property
    def full_name(self) -> str:
        return f"{self.first_name or ''} {self.last_name or ''}".strip()

    @property
    def late(self) -> timedelta:
        return lateness(self.received, self.due, self.extension)

    @property
    def is_submitted(self) -> bool:
        return self.raw_score is not None

    @property
    def score(self) -> float | None:
        if not self.is_submitted:
            return None
        # Rounds away float noise, so that score − full penalty is exactly 0.
        return round(self.raw_score - self.penalty, DIGITS) or 0.0


def class_scores(coursedir: CourseDirectory, units: Sequence[str] = ()) -> Iterator[Score]:
    """Yield the scores of every student in every unit of the gradebook, or in `units` alone.

    Nothing if there is no gradebook; RefusedError if it can't be read.
    """
    try:
        if exists(coursedir.db_url):
            with connected(coursedir.db_url) as gradebook:
                for row in gradebook.execute(_query(units)):
                    yield Score(*row)
    except (SQLAlchemyError, ImportError) as error:
        raise unusable(coursedir.db_url, error) from error


def _query(units: Sequence[str]) -> Select:
    submission, notebook = SubmittedAssignment, SubmittedNotebook
    grades = (
        select(
            notebook.assignment_id,
            func.sum(Grade.score).label("score"),
            func.max(case((Grade.needs_manual_grade, 1), else_=0)).label("waits"),
        )
        .join(Grade, Grade.notebook_id == notebook.id)
        .group_by(notebook.assignment_id)
        .subquery()
    )
    late = (
        select(notebook.assignment_id, func.sum(notebook.late_submission_penalty).label("penalty"))
        .group_by(notebook.assignment_id)
        .subquery()
    )
    max_scores = select(Assignment.id, Assignment.max_score.label("points")).subquery()
    score = case((submission.id.is_not(None), func.coalesce(grades.c.score, 0.0)))
    found = (
        select(
            Assignment.name,
            Student.id,
            Student.last_name,
            Student.first_name,
            Student.email,
            Assignment.duedate,
            submission.timestamp,
            score,
            func.coalesce(late.c.penalty, 0.0),
            max_scores.c.points,
            func.coalesce(grades.c.waits == 1, false()),
            submission.extension,
        )
        .select_from(Student)
        .join(Assignment, Assignment.id.is_not(None))
        .join(max_scores, max_scores.c.id == Assignment.id)
        .outerjoin(
            submission,
            (submission.student_id == Student.id) & (submission.assignment_id == Assignment.id),
        )
        .outerjoin(grades, grades.c.assignment_id == submission.id)
        .outerjoin(late, late.c.assignment_id == submission.id)
    )
    return found.where(Assignment.name.in_(units)) if units else found
