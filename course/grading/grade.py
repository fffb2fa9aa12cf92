"""Grade one submission: a pure function from a notebook's bytes to a graded notebook.

It runs the student's cells and asks the exercises' questions through a `Worker`, judges the
answers, and writes verdicts and scores into the notebook's test cells. It reads and writes no file
of the class, so it runs wherever a worker does. Whatever the student's code does, the result is a
definite score.
"""

import time
from collections.abc import Mapping
from typing import Any

from course.exercises.units import exercises_of
from course.grading.judging.examine import Exam, Record, run_and_ask
from course.grading.judging.results import Graded, below_full
from course.grading.judging.seeds import generator
from course.grading.judging.verdicts import failed_imports, grade_of, ungraded
from course.grading.notebook.cells import ABOUT, COURSE, exercise_of, new_cell
from course.grading.notebook.restore import Restored, restore
from course.grading.notebook.write_back import put_in, verdict_outputs
from course.grading.process.worker import Worker
from course.grading.submission.submitted_file import SubmittedFile


def grade_submission(
    released: dict[str, Any],
    file: SubmittedFile,
    unit: str,
    key: bytes,
    worker: Worker,
    materials: Mapping[str, bytes] | None = None,
) -> Graded:
    """Grade the notebook that a student submitted for `unit`.

    released: the notebook as students got it, as JSON (hidden tests may still be in it).
    key: the student's key, from which the secret questions are drawn (`seeds.student_key`).
    materials: files that are beside the notebook when it runs, by name.
    """
    restored = restore(released, file.content, file.name, file.problem)
    restored.oddities = [*file.oddities, *restored.oddities]
    return grade_restored(restored, unit, key, worker, materials)


def grade_restored(
    restored: Restored,
    unit: str,
    key: bytes,
    worker: Worker,
    materials: Mapping[str, bytes] | None = None,
) -> Graded:
    """Grade a restored notebook, which is changed: its outputs are filled in."""
    start = time.monotonic()
    cells, problem = restored.notebook["cells"], restored.problem
    exams = [_exam(cell, unit, key) for cell in cells if exercise_of(cell)]
    if problem is None:
        record = run_and_ask(
            cells,
            restored.imports,
            exams,
            worker.limits,
            lambda: worker.session(materials),
            worker.paths(),
        )
        grades = {exam.grade_id: grade_of(exam, record, cells) for exam in exams}
    else:
        record = Record()
        grades = {exam.grade_id: ungraded(exam, problem) for exam in exams}
    verdicts = {
        grade_id: verdict_outputs(grade.message, grade.passed, grade.earned)
        for grade_id, grade in grades.items()
    }
    why_not_run = problem or record.lost or "it was not run"
    put_in(cells, verdicts, record.outputs, record.left_out, why_not_run)
    graded = Graded(
        unit=unit,
        notebook=restored.notebook,
        exercises=tuple(grades.values()),
        problem=problem,
        oddities=(*restored.oddities, *failed_imports(record)),
        level=record.level,
        seconds=round(time.monotonic() - start, 3),
        starved=record.starved,
    )
    _note(graded)
    return graded


def _exam(cell: dict[str, Any], unit: str, key: bytes) -> Exam:
    name = exercise_of(cell)
    exercise = next((found for found in exercises_of(unit) if found.name == name), None)
    if exercise is None:
        raise ValueError(
            f"{unit}: the released notebook tests {name!r}, but that is no exercise of it"
        )
    keyed = tuple(exercise.answer_key(exercise.secret_questions(generator(key, name))))
    if not keyed:
        raise ValueError(f"{name}: no secret questions, so every answer would be right")
    nbgrader = cell["metadata"]["nbgrader"]
    return Exam(exercise, nbgrader["grade_id"], float(nbgrader["points"]), keyed)


def _note(graded: Graded) -> None:
    """Put what the report needs into the metadata, and remarks for the student on top."""
    notebook = graded.notebook
    grading = graded.to_json()
    del grading["notebook"], grading["unit"], grading["starved"]
    notebook["metadata"].setdefault(COURSE, {})["grading"] = grading
    notes = [note for note in (graded.problem, *graded.oddities, below_full(graded.level)) if note]
    if notes:
        text = "\n".join(["**About your submission**", "", *(f"- {note}" for note in notes)])
        notebook["cells"].insert(0, new_cell("markdown", text, ABOUT))
