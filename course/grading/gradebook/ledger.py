"""The gradebook's side of a graded notebook: scores, comments and late penalties.

It writes the rows that nbgrader's SaveAutoGrades and AssignLatePenalties write, into nbgrader's own
tables, but all of a student's in one transaction of a few statements: a class is thousands of
students, and two graders may be at work on two units of it. The tables are indexed by what they are
unique in, a cell and a notebook together, so every row is asked for by both.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, text, update

from course.grading.judging.results import below_full

ADD_STUDENT = text(f"insert into {Student.__tablename__} (id) values (:id) on conflict do nothing")


@dataclass(frozen=True)
class Marks:
    """What the feedback of one notebook shows: its cells' scores, of how many, and comments."""

    scores: dict[str, tuple[float, float]]
    comments: dict[str, str | None]
    late_penalty: float = 0.0

    @property
    def score(self) -> float:
        return sum(score for score, _ in self.scores.values()) - self.late_penalty

    @property
    def max_score(self) -> float:
        return sum(most for _, most in self.scores.values())


@dataclass(frozen=True)
class _Sheet:
    """A notebook of the unit as the gradebook knows it.

    most: the points that can be had, by cell.
    graded, commented: the names of the cells with a score and of those with a comment, by id.
    """

    id: str
    most: dict[str, float]
    graded: dict[str, str]
    commented: dict[str, str]


class Ledger:
    """A gradebook that is open for one unit."""

    def __init__(self, coursedir: CourseDirectory, unit: str, gradebook: Gradebook):
        self.coursedir, self.engine = coursedir, gradebook.engine
        assignment = gradebook.find_assignment(unit)
        self._assignment, self._due = assignment.id, assignment.duedate
        self._sheets = {one.name: _sheet(one) for one in assignment.notebooks}
        gradebook.db.rollback()

    def students(self) -> set[str]:
        """Return the students that have a submission for this unit."""
        ours = SubmittedAssignment.assignment_id == self._assignment
        with self.engine.connect() as connection:
            return set(connection.scalars(select(SubmittedAssignment.student_id).where(ours)))

    def save(
        self, student: str, notebooks: Mapping[str, NotebookNode], received: datetime | None
    ) -> dict[str, Marks]:
        """Save the scores of a student's graded notebooks; return the marks of each.

        All of them at once or none; a grader's own scores and comments stay as they are.
        """
        with self.engine.begin() as connection:
            return self._save(connection, student, notebooks, received)

    def _save(
        self,
        connection: Connection,
        student: str,
        notebooks: Mapping[str, NotebookNode],
        received: datetime | None,
    ) -> dict[str, Marks]:
        # SQLite lets wait in turn those who begin by writing; and students are in other units too.
        connection.execute(ADD_STUDENT, {"id": student})
        submission, late = self._submission(connection, student, received)
        places = self._places(connection, submission)
        found = {}
        for name, sheet in self._sheets.items():
            place = places[sheet.id]
            _write(connection, place, sheet, notebooks[name])
            marks = _marks(connection, place, sheet)
            penalty = self._penalty(student, marks.score, late)
            row = update(SubmittedNotebook).where(SubmittedNotebook.id == place)
            connection.execute(row.values(late_submission_penalty=penalty))
            found[name] = replace(marks, late_penalty=penalty or 0.0)
        return found

    def _submission(
        self, connection: Connection, student: str, received: datetime | None
    ) -> tuple[str, float]:
        """Return the id of a student's submission, made where there was none; the seconds late."""
        one = SubmittedAssignment
        found = connection.execute(
            select(one.id, one.timestamp, one.extension).where(
                one.assignment_id == self._assignment, one.student_id == student
            )
        ).one_or_none()
        if found is None:
            ids = {"assignment_id": self._assignment, "student_id": student}
            made = connection.execute(insert(one).values(**ids, timestamp=received))
            return made.inserted_primary_key[0], self._late(received, None)
        if received is not None:
            connection.execute(update(one).where(one.id == found.id).values(timestamp=received))
        return found.id, self._late(received or found.timestamp, found.extension)

    def _late(self, received: datetime | None, extension: timedelta | None) -> float:
        if received is None or self._due is None:
            return 0.0
        due = self._due + (extension or timedelta())
        return max(0.0, (received - due).total_seconds())

    def _places(self, connection: Connection, submission: str) -> dict[str, str]:
        """Return the ids of a submission's notebooks by the ids of ours, made where none were."""
        one = SubmittedNotebook
        ours = one.notebook_id.in_([sheet.id for sheet in self._sheets.values()])
        rows = select(one.notebook_id, one.id).where(ours, one.assignment_id == submission)
        places = dict(connection.execute(rows).all())
        for sheet in self._sheets.values():
            if sheet.id not in places:
                ids = {"assignment_id": submission, "notebook_id": sheet.id}
                made = connection.execute(insert(one).values(**ids))
                places[sheet.id] = made.inserted_primary_key[0]
        return places

    def _penalty(self, student: str, score: float, late: float) -> float | None:
        """Return what nbgrader's plugin takes from the score of a notebook so many seconds late."""
        if not late:
            return None
        step = AssignLatePenalties(config=self.coursedir.config)
        step.init_plugin()
        penalty = step.plugin_inst.late_submission_penalty(student, score, late)
        if penalty is None:
            return None
        return step._check_late_penalty(SimpleNamespace(score=score), penalty)


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


def _sheet(notebook: Notebook) -> _Sheet:
    graded = [*notebook.grade_cells, *notebook.task_cells]
    commented = [*notebook.solution_cells, *notebook.task_cells]
    return _Sheet(
        notebook.id,
        {cell.name: cell.max_score for cell in graded},
        {cell.id: cell.name for cell in graded},
        {cell.id: cell.name for cell in commented},
    )


def _write(connection: Connection, place: str, sheet: _Sheet, notebook: NotebookNode) -> None:
    rows = select(Grade.cell_id, Grade.manual_score).where(_rows(Grade, place, sheet.graded))
    by_hand = dict(connection.execute(rows).all())
    rows = select(Comment.cell_id).where(_rows(Comment, place, sheet.commented))
    commented = set(connection.scalars(rows))
    scores, remarks = _found(notebook)
    grades = {}
    for cell, name in sheet.graded.items():
        if notebook.metadata.course.grading.problem:
            grades[cell] = _grade(0.0, waits=False)
        elif name in scores:
            # Who has given a score by hand looks again at what has changed.
            waits = by_hand.get(cell) is not None or scores[name] is None
            grades[cell] = _grade(scores[name], waits)
        elif cell not in by_hand:
            grades[cell] = _grade(None, waits=True)
    comments = {
        cell: {"auto_comment": remarks.get(name)}
        for cell, name in sheet.commented.items()
        if name in remarks or cell not in commented
    }
    _put(connection, Grade, place, grades, by_hand)
    _put(connection, Comment, place, comments, commented)


def _grade(score: float | None, waits: bool) -> dict[str, Any]:
    return {"auto_score": score, "needs_manual_grade": waits}


def _found(notebook: NotebookNode) -> tuple[dict[str, float | None], dict[str, str | None]]:
    """Return what the cells of a graded notebook say: scores and comments by name."""
    scores, remarks = {}, {}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if utils.is_grade(cell):
            scores[name], _ = utils.determine_grade(cell)
        if utils.is_solution(cell) or utils.is_task(cell):
            untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            empty = untouched and not utils.is_task(cell)
            remarks[name] = "No response." if empty else None
    # nbgrader has no comment on a whole notebook, so it stands with the first answer.
    if remarks and (said := below_full(notebook.metadata.course.grading.level)):
        first = next(iter(remarks))
        remarks[first] = joined(remarks[first], said)
    return scores, remarks


def joined(*remarks: str | None) -> str:
    """Return the remarks that there are as one."""
    return " ".join(filter(None, remarks))


def _put(
    connection: Connection,
    kind: type[Grade] | type[Comment],
    place: str,
    values: Mapping[str, dict[str, Any]],
    there: Collection[str],
) -> None:
    """Write values of cells into the rows that are there, and new rows for the others."""
    fresh = [
        {"notebook_id": place, "cell_id": cell, **written}
        for cell, written in values.items()
        if cell not in there
    ]
    known = [{"cell": cell, **written} for cell, written in values.items() if cell in there]
    if fresh:
        connection.execute(insert(kind), fresh)
    if known:
        row = (kind.notebook_id == place) & (kind.cell_id == bindparam("cell"))
        connection.execute(update(kind.__table__).where(row), known)


def _marks(connection: Connection, place: str, sheet: _Sheet) -> Marks:
    """Return what the gradebook has of a notebook, before any penalty."""
    rows = select(Grade.cell_id, Grade.score).where(_rows(Grade, place, sheet.graded))
    scores = dict(connection.execute(rows).all())
    rows = select(Comment.cell_id, Comment.comment).where(_rows(Comment, place, sheet.commented))
    comments = dict(connection.execute(rows).all())
    return Marks(
        scores={name: (scores[cell], sheet.most[name]) for cell, name in sheet.graded.items()},
        comments={name: comments[cell] for cell, name in sheet.commented.items()},
    )


def _rows(
    kind: type[Grade] | type[Comment], place: str, cells: Collection[str]
) -> ColumnElement[bool]:
    return (kind.notebook_id == place) & kind.cell_id.in_(cells)
