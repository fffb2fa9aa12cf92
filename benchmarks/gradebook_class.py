"""A gradebook of many students, filled row by row: what is there after a year of grading."""

import numpy as np
from nbgrader.api import (
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import insert

MOST = 3.0


def fill(coursedir: CourseDirectory, students: int, units: int, exercises: int) -> None:
    """Give every student a random score in every exercise of every unit."""
    rng = np.random.default_rng(1)
    names = [f"student-{number:05}" for number in range(students)]
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        cells = [_unit(gradebook, f"unit-{unit}", exercises) for unit in range(units)]
        with gradebook.engine.begin() as connection:
            connection.execute(insert(Student), [{"id": name} for name in names])
            for number, (assignment, notebook, its) in enumerate(cells):
                handed_in = [f"{number}-{name}" for name in names]
                connection.execute(
                    insert(SubmittedAssignment),
                    [
                        {"id": one, "assignment_id": assignment, "student_id": name}
                        for one, name in zip(handed_in, names, strict=True)
                    ],
                )
                connection.execute(
                    insert(SubmittedNotebook),
                    [{"id": o, "assignment_id": o, "notebook_id": notebook} for o in handed_in],
                )
                for cell in its:
                    scores = rng.integers(0, 13, len(names)) / 12 * MOST
                    rows = [
                        {
                            "notebook_id": one,
                            "cell_id": cell,
                            "auto_score": round(float(score), 2),
                            "needs_manual_grade": False,
                        }
                        for one, score in zip(handed_in, scores, strict=True)
                    ]
                    connection.execute(insert(Grade), rows)


def _unit(gradebook: Gradebook, name: str, exercises: int) -> tuple[str, str, list[str]]:
    assignment = gradebook.add_assignment(name)
    notebook = gradebook.add_notebook(name, name)
    cells = [
        gradebook.add_grade_cell(f"test-{n}", name, name, max_score=MOST, cell_type="code").id
        for n in range(exercises)
    ]
    return assignment.id, notebook.id, cells
