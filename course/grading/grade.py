"""Grade one submission: a pure function from a notebook's bytes to a graded notebook.

It runs the student's cells and asks the exercises' questions through a `Worker`, judges the
answers, and writes what came of it into the notebook's test cells. It reads and writes no file of
the class, so it runs wherever a worker does. Whatever the student's side does ends in a definite
score.
"""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from course.exercises.engine.judge import Verdict
from course.exercises.engine.messages import diagnosis, example, explain_discreetly
from course.exercises.units import exercises_of
from course.grading.judging.examine import (
    Exam,
    Record,
    ask_after,
    judged,
    judged_on,
    lacks_a_cell,
    public_key,
    run_cells,
    why_missing,
    why_unasked,
)
from course.grading.judging.results import ExerciseGrade, Graded, below_full
from course.grading.judging.seeds import generator
from course.grading.notebook.cells import COURSE, exercise_of, new_cell
from course.grading.notebook.restore import restore
from course.grading.notebook.write_back import put_in
from course.grading.process.worker import Worker

DIGITS = 2


def grade_submission(
    released: dict[str, Any],
    submission: bytes | None,
    unit: str,
    key: bytes,
    worker: Worker,
    materials: Mapping[str, bytes] | None = None,
    problem: str | None = None,
    name: str | None = None,
    oddities: Sequence[str] = (),
) -> Graded:
    """Grade what was handed in for `unit`.

    released: the notebook as it was handed out, as JSON (hidden tests may still be in it).
    submission: the content of the file handed in, None where there is none.
    key: the student's key, from which the secret questions are drawn (`seeds.student_key`).
    materials: files that lie beside the notebook when it runs, by name.
    problem: why the file could not be read, where that is so.
    name: the file's name, by default the unit's.
    oddities: what else was unusual about it, as sentences.
    """
    restored = restore(released, submission, name or f"{unit}.ipynb", problem)
    notes = {"problem": restored.problem, "oddities": (*oddities, *restored.oddities)}
    return grade_restored(restored.notebook, unit, key, worker, materials, **notes)


def grade_restored(
    notebook: dict[str, Any],
    unit: str,
    key: bytes,
    worker: Worker | None,
    materials: Mapping[str, bytes] | None = None,
    problem: str | None = None,
    oddities: Sequence[str] = (),
) -> Graded:
    """Grade a restored notebook, which is changed: its outputs are put in."""
    start = time.monotonic()
    exams = [_exam(cell, unit, key) for cell in notebook["cells"] if exercise_of(cell)]
    if problem is None:
        record = _run_and_ask(notebook["cells"], exams, worker, materials)
        grades = {exam.grade_id: _grade(exam, record, notebook["cells"]) for exam in exams}
    else:
        record = Record()
        grades = {exam.grade_id: _nothing(exam, problem) for exam in exams}
    put_in(notebook["cells"], grades, record, problem)
    graded = Graded(
        unit=unit,
        notebook=notebook,
        exercises=tuple(grades.values()),
        problem=problem,
        oddities=tuple(oddities),
        level=record.level,
        seconds=round(time.monotonic() - start, 3),
    )
    _note(graded)
    return graded


def _run_and_ask(
    cells: list[dict[str, Any]],
    exams: Sequence[Exam],
    worker: Worker,
    materials: Mapping[str, bytes] | None,
) -> Record:
    """Run the student's cells and ask; run all cells, afresh, where that was too little."""
    for every in (worker.limits.lesson_cells, True):
        record = ask_after(
            partial(run_cells, cells=cells, paths=worker.paths(), every=every),
            exams,
            worker.limits,
            lambda: worker.session(materials),
        )
        if not lacks_a_cell(cells, record):
            break
    return record


def _exam(cell: dict[str, Any], unit: str, key: bytes) -> Exam:
    name = exercise_of(cell)
    one = next((one for one in exercises_of(unit) if one.name == name), None)
    if one is None:
        raise ValueError(f"{unit}: the released notebook tests {name!r}, which is no exercise here")
    keyed = tuple(one.key(one.secret_questions(generator(key, one.name))))
    if not keyed:
        raise ValueError(f"{one.name}: no secret questions, so every answer would be right")
    nbgrader = cell["metadata"]["nbgrader"]
    return Exam(one, nbgrader["grade_id"], float(nbgrader["points"]), keyed)


def _grade(exam: Exam, record: Record, cells: list[dict[str, Any]]) -> ExerciseGrade:
    seen = record.seen.get(exam.name, [])
    if exam.name in record.missing:
        return _nothing(exam, why_missing(exam, record, cells))
    if not seen:
        return _nothing(exam, why_unasked(exam, record))
    verdict = judged(exam, seen)
    earned = min(exam.points, round(verdict.score * exam.points, DIGITS))
    mistake = verdict.mistake.name if verdict.mistake else None
    message = _message(exam, verdict, record.public.get(exam.name, []))
    share = float(verdict.score)
    return ExerciseGrade(exam.name, exam.grade_id, exam.points, share, earned, mistake, message)


def _message(exam: Exam, verdict: Verdict, public: Sequence[Any]) -> str:
    """Say what became of an exercise, with an example where a public question shows it too."""
    keyed = public_key(exam.exercise) if public else ()
    if not public or len(keyed) != len(public):
        return explain_discreetly(verdict)
    shown = judged_on(exam, keyed, public)
    if shown.passed or shown.unsolved:
        return explain_discreetly(verdict)
    lines = [explain_discreetly(verdict), "", "For example:", example(shown)]
    named = shown.mistake and shown.mistake != verdict.mistake
    return "\n".join(lines + (diagnosis(shown) if named else []))


def _nothing(exam: Exam, why: str) -> ExerciseGrade:
    return ExerciseGrade(exam.name, exam.grade_id, exam.points, 0.0, 0.0, None, why, judged=False)


def _note(graded: Graded) -> None:
    """Put what the report needs into the metadata, and what the author should know on top."""
    notebook = graded.notebook
    grading = graded.to_json()
    del grading["notebook"], grading["unit"]
    notebook["metadata"].setdefault(COURSE, {})["grading"] = grading
    notes = [note for note in (graded.problem, *graded.oddities, below_full(graded.level)) if note]
    if notes:
        text = "\n".join(["**About what was handed in**", "", *(f"- {note}" for note in notes)])
        notebook["cells"].insert(0, new_cell("markdown", text, "about-what-was-handed-in"))
