"""The scores of a whole class, out of nbgrader's tables in one query.

nbgrader's own objects take a query for each number of each student; sums that the database makes
for all at once are the same numbers in a thousandth of the time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import Assignment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import Select, case, false, func, select
from sqlalchemy.exc import SQLAlchemyError

from course.grading import RefusedError
from course.grading.gradebook.connection import connected, display_url, exists, reason

DIGITS = 9


@dataclass(frozen=True)
class Score:
    """What a student has in a unit; `raw_score` is None where nothing was handed in.

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

    @property
    def handed_in(self) -> bool:
        return self.raw_score is not None

    @property
    def score(self) -> float | None:
        if not self.handed_in:
            return None
        # A penalty of all there is was summed in another order.
        return round(self.raw_score - self.penalty, DIGITS) or 0.0


def class_scores(coursedir: CourseDirectory, units: Sequence[str] = ()) -> Iterator[Score]:
    """Yield the scores of every student in every unit of the gradebook, or in `units` alone.

    Nothing where there is no gradebook; RefusedError where it can't be read.
    """
    try:
        if exists(coursedir.db_url):
            with connected(coursedir.db_url) as gradebook:
                for row in gradebook.execute(_all_of(units)):
                    yield Score(*row)
    except (SQLAlchemyError, ImportError) as error:
        raise RefusedError(
            f"The gradebook {display_url(coursedir.db_url)} can't be read: {reason(error)}"
        ) from error


def _all_of(units: Sequence[str]) -> Select:
    one, part = SubmittedAssignment, SubmittedNotebook
    grades = (
        select(
            part.assignment_id,
            func.sum(Grade.score).label("score"),
            func.max(case((Grade.needs_manual_grade, 1), else_=0)).label("waits"),
        )
        .join(Grade, Grade.notebook_id == part.id)
        .group_by(part.assignment_id)
        .subquery()
    )
    late = (
        select(part.assignment_id, func.sum(part.late_submission_penalty).label("penalty"))
        .group_by(part.assignment_id)
        .subquery()
    )
    most = select(Assignment.id, Assignment.max_score.label("points")).subquery()
    score = case((one.id.is_not(None), func.coalesce(grades.c.score, 0.0)))
    found = (
        select(
            Assignment.name,
            Student.id,
            Student.last_name,
            Student.first_name,
            Student.email,
            Assignment.duedate,
            one.timestamp,
            score,
            func.coalesce(late.c.penalty, 0.0),
            most.c.points,
            func.coalesce(grades.c.waits == 1, false()),
        )
        .select_from(Student)
        .join(Assignment, Assignment.id.is_not(None))
        .join(most, most.c.id == Assignment.id)
        .outerjoin(one, (one.student_id == Student.id) & (one.assignment_id == Assignment.id))
        .outerjoin(grades, grades.c.assignment_id == one.id)
        .outerjoin(late, late.c.assignment_id == one.id)
    )
    return found.where(Assignment.name.in_(units)) if units else found
