"""The ledger finds its rows by the indexes that nbgrader's tables have, however long these grow."""

from datetime import datetime, timedelta

import nbformat
from nbgrader.api import Gradebook
from sqlalchemy import event

from course.grading.classroom import grade_class
from course.grading.ledger import open_ledger
from course.grading.master import course_directory
from course.grading.scores import Score
from tests.grading.notebooks import UNIT, handed_in, make_course

DUE = datetime(2026, 1, 1, 12)
AFTER = DUE + timedelta(hours=1)


def test_nothing_that_is_asked_for_a_student_reads_a_whole_table(tmp_path):
    root = make_course(tmp_path, {"ann": handed_in()})
    grade_class(root, UNIT)
    directory = course_directory(root)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate=DUE)
    graded = nbformat.read(root / "autograded/ann" / UNIT / f"{UNIT}.ipynb", as_version=4)
    asked = []
    with open_ledger(directory, UNIT) as ledger:

        @event.listens_for(ledger.engine, "before_cursor_execute")
        def note(connection, cursor, statement, parameters, context, many):
            asked.append((statement, parameters[0] if many else parameters))

        for student in ("ann", "somebody new"):
            ledger.save(student, {UNIT: graded}, AFTER)
        event.remove(ledger.engine, "before_cursor_execute", note)
        with ledger.engine.connect() as connection:
            plans = {
                statement: connection.exec_driver_sql(f"explain query plan {statement}", values)
                for statement, values in asked
            }
            steps = {statement: [row.detail for row in plan] for statement, plan in plans.items()}
    assert any(step.startswith("SEARCH grade ") for its in steps.values() for step in its)
    assert not [its for its in steps.items() if any(step.startswith("SCAN") for step in its[1])]


def test_a_penalty_of_all_there_is_leaves_nothing():
    total, penalty = (0.1 + 0.2) + 0.3, 0.1 + (0.2 + 0.3)
    assert total != penalty
    for raw, taken in ((total, penalty), (penalty, total)):
        one = Score(UNIT, "ann", None, None, None, None, None, raw, taken, 9.0, False)
        assert str(one.score) == "0.0"
