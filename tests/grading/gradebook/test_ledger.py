"""The ledger finds its rows by the indexes that nbgrader's tables have, and knows what is late."""

from datetime import datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from sqlalchemy import event

from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.gradebook.ledger import open_ledger
from tests.grading.notebooks import UNIT, handed_in, make_course

pytestmark = pytest.mark.usefixtures("kept_fork_server")

DUE = datetime(2026, 1, 1, 12)
BEFORE, AFTER = DUE - timedelta(hours=1), DUE + timedelta(hours=1)


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """A course in which one student is graded; who is late loses everything."""
    root = make_course(tmp_path_factory.mktemp("class"), {"ann": handed_in()})
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + '\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    grade_class(root, UNIT)
    directory = course_directory(root)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate=DUE)
    return directory


@pytest.fixture(scope="module")
def graded(directory):
    place = Path(directory.root, "autograded/ann", UNIT, f"{UNIT}.ipynb")
    return nbformat.read(place, as_version=4)


def test_nothing_that_is_asked_for_a_student_reads_a_whole_table(directory, graded):
    asked = []
    with open_ledger(directory, UNIT) as ledger:

        @event.listens_for(ledger.engine, "before_cursor_execute")
        def note(connection, cursor, statement, parameters, context, many):
            asked.append((statement, parameters[0] if many else parameters))

        for student in ("ann", "a new student"):
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


def test_lateness_counts_from_the_due_time_and_from_a_students_extension(directory, graded):
    def penalty(received):
        with open_ledger(directory, UNIT) as ledger:
            return ledger.save("ann", {UNIT: graded}, received)[UNIT].late_penalty

    assert [penalty(when) for when in (BEFORE, DUE, AFTER, BEFORE)] == [0, 0, 9, 0]
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        gradebook.find_submission(UNIT, "ann").extension = AFTER - DUE
        gradebook.db.commit()
    assert [penalty(when) for when in (AFTER, AFTER + timedelta(seconds=1))] == [0, 9]
