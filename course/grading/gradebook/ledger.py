"""The gradebook's side of a graded notebook: scores, comments and late penalties.

It writes the rows that nbgrader's SaveAutoGrades and AssignLatePenalties write, into nbgrader's own
tables, but all of a student's rows in one transaction of a few statements: a class may have
thousands of students, and two graders may work on two units at once. nbgrader's tables have an
index on each pair of columns that must be unique (cell and notebook), so every query names both.

`course.grading.preprocessors.Settle` does the same for `nbgrader autograde`; the rules that are the
course's own are in `settlement`, for both.
"""

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
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
from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, text, update

from course.grading.gradebook.settlement import lateness, settlement
from course.grading.gradebook.written import changed_answers, create_table

ADD_STUDENT = text(f"insert into {Student.__tablename__} (id) values (:id) on conflict do nothing")


@dataclass(frozen=True)
class Marks:
    """What the feedback of one notebook shows.

    scores: each cell's score and maximum score.
    waiting: the cells that wait for a grade by hand.
    """

    scores: dict[str, tuple[float, float]]
    comments: dict[str, str | None]
    waiting: frozenset[str] = frozenset()
    late_penalty: float = 0.0

    @property
    def score(self) -> float:
        return sum(score for score, _ in self.scores.values()) - self.late_penalty

    @property
    def max_score(self) -> float:
        return sum(max_score for _, max_score in self.scores.values())


@dataclass(frozen=True)
class Penalty:
    """A late penalty as it was saved, and the score and the seconds that it depends on."""

    notebook_id: str
    value: float | None
    score: float
    late: float


@dataclass(frozen=True)
class _UnitNotebook:
    """A notebook of the unit, the same for all students, as the gradebook knows it.

    max_scores: by the name of the cell.
    graded, commented: the names of the cells with a score and of those with a comment, by id.
    """

    id: str
    max_scores: dict[str, float]
    graded: dict[str, str]
    commented: dict[str, str]


class Ledger:
    """A gradebook that is open for one unit."""

    def __init__(self, coursedir: CourseDirectory, unit: str, gradebook: Gradebook):
        self.coursedir, self.engine = coursedir, gradebook.engine
        create_table(coursedir, self.engine)
        assignment = gradebook.find_assignment(unit)
        self._assignment, self._due = assignment.id, assignment.duedate
        self._notebooks = {
            notebook.name: _unit_notebook(notebook) for notebook in assignment.notebooks
        }
        gradebook.db.rollback()

    def students(self) -> set[str]:
        """Return the students that have a submission for this unit."""
        of_unit = SubmittedAssignment.assignment_id == self._assignment
        with self.engine.connect() as connection:
            return set(connection.scalars(select(SubmittedAssignment.student_id).where(of_unit)))

    def marks(self, student: str) -> dict[str, Marks]:
        """Return the marks of a student's notebooks, by name, as they are now."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(
                    SubmittedNotebook.notebook_id,
                    SubmittedNotebook.id,
                    SubmittedNotebook.late_submission_penalty,
                )
                .join(
                    SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id
                )
                .where(
                    SubmittedAssignment.assignment_id == self._assignment,
                    SubmittedAssignment.student_id == student,
                )
            )
            found = {notebook: (submitted, penalty) for notebook, submitted, penalty in rows}
            marks = {}
            for name, notebook in self._notebooks.items():
                if notebook.id in found:
                    submitted, penalty = found[notebook.id]
                    penalty = penalty or 0.0
                    marks[name] = replace(
                        _marks(connection, submitted, notebook), late_penalty=penalty
                    )
            return marks

    def save(
        self, student: str, notebooks: Mapping[str, NotebookNode], received: datetime | None
    ) -> dict[str, Marks]:
        """Save the scores of a student's graded notebooks; return the marks of each.

        All of them at once or none; a grader's own scores and comments stay as they are.
        """
        with self.engine.begin() as connection:
            return self._save(connection, student, notebooks, received)

    def penalties(self, students: Collection[str]) -> dict[str, list[Penalty]]:
        """Return the late penalties of these students' notebooks, and what they depend on now."""
        submission, submitted = SubmittedAssignment, SubmittedNotebook
        rows = (
            select(
                submission.student_id,
                submission.timestamp,
                submission.extension,
                submitted.id,
                submitted.late_submission_penalty,
                func.coalesce(func.sum(Grade.score), 0.0),
            )
            .join(submission, submission.id == submitted.assignment_id)
            .outerjoin(Grade, Grade.notebook_id == submitted.id)
            .where(submission.assignment_id == self._assignment)
            .group_by(submitted.id, submission.id)
        )
        found: dict[str, list[Penalty]] = {}
        with self.engine.connect() as connection:
            for student, timestamp, extension, *row in connection.execute(rows):
                if student in students:
                    late = self._late(timestamp, extension)
                    found.setdefault(student, []).append(Penalty(*row, late))
        return found

    def new_penalties(self, student: str, penalties: Iterable[Penalty]) -> dict[str, float | None]:
        """Return the penalties that have changed, by the ids of their notebooks."""
        computed = ((one, self._penalty(student, one.score, one.late)) for one in penalties)
        return {one.notebook_id: value for one, value in computed if value != one.value}

    def save_penalties(self, penalties: Mapping[str, float | None]) -> None:
        with self.engine.begin() as connection:
            for notebook_id, value in penalties.items():
                row = update(SubmittedNotebook).where(SubmittedNotebook.id == notebook_id)
                connection.execute(row.values(late_submission_penalty=value))

    def _save(
        self,
        connection: Connection,
        student: str,
        notebooks: Mapping[str, NotebookNode],
        received: datetime | None,
    ) -> dict[str, Marks]:
        # Write first: SQLite then queues concurrent transactions instead of failing them.
        connection.execute(ADD_STUDENT, {"id": student})
        submission_id, late = self._submission(connection, student, received)
        ids = self._submitted_notebook_ids(connection, submission_id)
        saved = {}
        for name, notebook in self._notebooks.items():
            submitted_notebook_id = ids[notebook.id]
            _write(connection, submitted_notebook_id, notebook, notebooks[name])
            marks = _marks(connection, submitted_notebook_id, notebook)
            penalty = self._penalty(student, marks.score, late)
            row = update(SubmittedNotebook).where(SubmittedNotebook.id == submitted_notebook_id)
            connection.execute(row.values(late_submission_penalty=penalty))
            saved[name] = replace(marks, late_penalty=penalty or 0.0)
        return saved

    def _submission(
        self, connection: Connection, student: str, received: datetime | None
    ) -> tuple[str, float]:
        """Return the id of a student's submission and the seconds it is late; insert a new one."""
        submission = SubmittedAssignment
        found = connection.execute(
            select(submission.id, submission.timestamp, submission.extension).where(
                submission.assignment_id == self._assignment, submission.student_id == student
            )
        ).one_or_none()
        if found is None:
            ids = {"assignment_id": self._assignment, "student_id": student}
            inserted = connection.execute(insert(submission).values(**ids, timestamp=received))
            return inserted.inserted_primary_key[0], self._late(received, None)
        if received is not None:
            row = update(submission).where(submission.id == found.id)
            connection.execute(row.values(timestamp=received))
        return found.id, self._late(received or found.timestamp, found.extension)

    def _late(self, received: datetime | None, extension: timedelta | None) -> float:
        return lateness(received, self._due, extension).total_seconds()

    def _submitted_notebook_ids(self, connection: Connection, submission_id: str) -> dict[str, str]:
        """Return the ids of a submission's notebooks by the ids of the unit's; insert new ones."""
        submitted = SubmittedNotebook
        of_unit = submitted.notebook_id.in_([notebook.id for notebook in self._notebooks.values()])
        rows = select(submitted.notebook_id, submitted.id).where(
            of_unit, submitted.assignment_id == submission_id
        )
        found = dict(connection.execute(rows).all())
        for notebook in self._notebooks.values():
            if notebook.id not in found:
                ids = {"assignment_id": submission_id, "notebook_id": notebook.id}
                inserted = connection.execute(insert(submitted).values(**ids))
                found[notebook.id] = inserted.inserted_primary_key[0]
        return found

    def _penalty(self, student: str, score: float, late: float) -> float | None:
        """Return what nbgrader's plugin takes from the score of a notebook, late by `late` seconds.

        The plugin and its bounds (a penalty is no more than the score) are an instructor's settings
        of nbgrader's own step. That step works on nbgrader's slow objects, so only the two parts
        that decide are called, though they are not its public ones.
        """
        if not late:
            return None
        with _importable(self.coursedir.root):
            step = AssignLatePenalties(config=self.coursedir.config)
            step.init_plugin()
        penalty = step.plugin_inst.late_submission_penalty(student, score, late)
        if penalty is None:
            return None
        return step._check_late_penalty(SimpleNamespace(score=score), penalty)


@contextmanager
def _importable(folder: str) -> Iterator[None]:
    """Let a policy be a module in the class's folder, as nbgrader's own commands do.

    For no longer: students' processes get the folders that packages are found in.
    """
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)


@contextmanager
def open_ledger(coursedir: CourseDirectory, unit: str) -> Iterator[Ledger]:
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        yield Ledger(coursedir, unit, gradebook)


def _unit_notebook(notebook: Notebook) -> _UnitNotebook:
    graded = [*notebook.grade_cells, *notebook.task_cells]
    commented = [*notebook.solution_cells, *notebook.task_cells]
    return _UnitNotebook(
        notebook.id,
        {cell.name: cell.max_score for cell in graded},
        {cell.id: cell.name for cell in graded},
        {cell.id: cell.name for cell in commented},
    )


def _write(
    connection: Connection,
    submitted_notebook_id: str,
    notebook: _UnitNotebook,
    content: NotebookNode,
) -> None:
    of_graded = _rows(Grade, submitted_notebook_id, notebook.graded)
    rows = connection.execute(select(Grade.cell_id, Grade.manual_score).where(of_graded))
    manual_scores = dict(rows.all())
    of_commented = _rows(Comment, submitted_notebook_id, notebook.commented)
    commented = set(connection.scalars(select(Comment.cell_id).where(of_commented)))
    scores, remarks, settled = _scores(content), _remarks(content), settlement(content)
    changed = changed_answers(connection, submitted_notebook_id, notebook.graded, content)
    grades = {}
    for cell, name in notebook.graded.items():
        by_hand = manual_scores.get(cell) is not None
        columns = settled.grade(name, name in scores, name in changed, by_hand)
        if columns is None and name in scores:
            # A manual score is kept, but what it was given for may have changed.
            waits = by_hand or scores[name] is None
            columns = {"auto_score": scores[name], "needs_manual_grade": waits}
        if columns is not None:
            grades[cell] = columns
    comments = {
        cell: {"auto_comment": settled.comment(name, remarks.get(name))}
        for cell, name in notebook.commented.items()
        if name in remarks or cell not in commented
    }
    _put(connection, Grade, submitted_notebook_id, grades, manual_scores)
    _put(connection, Comment, submitted_notebook_id, comments, commented)


def _scores(content: NotebookNode) -> dict[str, float | None]:
    """Return the scores of a graded notebook's cells by name, by nbgrader's own rule.

    The score of an exercise is text in its test cell's last output (`notebook.write_back`), which
    is where nbgrader looks for partial credit. It is read from there and nowhere else, so that this
    and `nbgrader autograde` can't differ; instructors' own tests are scored by the same rule.
    """
    return {
        cell.metadata.nbgrader.grade_id: utils.determine_grade(cell)[0]
        for cell in content.cells
        if utils.is_grade(cell)
    }


def _remarks(content: NotebookNode) -> dict[str, str | None]:
    """Return the comments on a graded notebook's answers by name, as SaveAutoGrades has them."""
    remarks = {}
    for cell in content.cells:
        if utils.is_solution(cell) or utils.is_task(cell):
            untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            empty = untouched and not utils.is_task(cell)
            remarks[cell.metadata.nbgrader.grade_id] = "No response." if empty else None
    return remarks


def _put(
    connection: Connection,
    kind: type[Grade] | type[Comment],
    submitted_notebook_id: str,
    values: Mapping[str, dict[str, Any]],
    existing: Collection[str],
) -> None:
    """Update the rows of the cells in `existing`, and insert rows for the other cells."""
    inserts = [
        {"notebook_id": submitted_notebook_id, "cell_id": cell, **written}
        for cell, written in values.items()
        if cell not in existing
    ]
    updates = [{"cell": cell, **written} for cell, written in values.items() if cell in existing]
    if inserts:
        connection.execute(insert(kind), inserts)
    if updates:
        row = (kind.notebook_id == submitted_notebook_id) & (kind.cell_id == bindparam("cell"))
        connection.execute(update(kind.__table__).where(row), updates)


def _marks(connection: Connection, submitted_notebook_id: str, notebook: _UnitNotebook) -> Marks:
    """Return what the gradebook has for a notebook, before any penalty."""
    of_graded = _rows(Grade, submitted_notebook_id, notebook.graded)
    rows = connection.execute(
        select(Grade.cell_id, Grade.score, Grade.needs_manual_grade).where(of_graded)
    )
    grades = {cell: (score, waits) for cell, score, waits in rows}
    of_commented = _rows(Comment, submitted_notebook_id, notebook.commented)
    rows = connection.execute(select(Comment.cell_id, Comment.comment).where(of_commented))
    comments = dict(rows.all())
    # Cells that were added to the unit after this was graded have no row.
    found = {name: grades.get(cell, (0.0, True)) for cell, name in notebook.graded.items()}
    return Marks(
        scores={name: (score, notebook.max_scores[name]) for name, (score, _) in found.items()},
        comments={name: comments.get(cell) for cell, name in notebook.commented.items()},
        waiting=frozenset(name for name, (_, waits) in found.items() if waits),
    )


def _rows(
    kind: type[Grade] | type[Comment], submitted_notebook_id: str, cells: Collection[str]
) -> ColumnElement[bool]:
    return (kind.notebook_id == submitted_notebook_id) & kind.cell_id.in_(cells)
