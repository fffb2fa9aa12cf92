"""Check your own work: put all questions, public and secret, to a module or a notebook.

It runs in a process of its own with a time limit per question, but that process is not
sandboxed and the reference is not hidden from it: this is for authors, not for grades.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.exercises.engine import Exercise
from course.exercises.engine.judge import Verdict
from course.exercises.engine.messages import explain, how_they_differ, named
from course.exercises.units import UNITS, all_exercises, exercises_of, unit_of
from course.grading.judging.examine import Exam, Record, ask_after, run_cells
from course.grading.judging.seeds import generator
from course.grading.judging.verdicts import judged, why_missing, why_unasked
from course.grading.limits import FILE_BYTES
from course.grading.notebook.cells import COURSE, text_of
from course.grading.notebook.reading import UnreadableError, read_notebook
from course.grading.process.limits import SubmissionLimits
from course.grading.process.session import Session
from course.grading.process.worker import Worker


@dataclass(frozen=True)
class Examined:
    """The result of one exercise: its verdict, or why there is none."""

    exercise: Exercise
    verdict: Verdict | None = None
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        verdict = self.verdict
        mistake = verdict.mistake.name if verdict and verdict.mistake else None
        wrong = verdict is not None and not (verdict.passed or verdict.unsolved)
        return {
            "exercise": self.exercise.name,
            "unit": unit_of(self.exercise),
            "passed": bool(verdict and verdict.passed),
            "score": float(verdict.score) if verdict else 0.0,
            "mistake": mistake,
            "message": explain(verdict) if verdict else self.why,
            "difference": " ".join(how_they_differ(verdict.example)) if wrong else None,
            "diagnosis": named(verdict) if wrong else [],
        }


def check_path(
    path: Path,
    unit: str | None = None,
    exercise: str | None = None,
    seed: int = 0,
    limits: SubmissionLimits | None = None,
) -> list[dict[str, Any]]:
    """Ask a module (.py) or a notebook (.ipynb) all questions; return a verdict per exercise.

    unit: only this unit's exercises (by default those of the notebook's own unit, or of all units).
    exercise: only this exercise.
    seed: what the secret questions are drawn from.

    Each verdict has "exercise", "unit", "passed", "score", "mistake" and "message". If the file
    can't be loaded, all have the same message, which says why.
    """
    results = examine_path(path, unit, exercise, seed, limits)
    return [examined.to_json() for examined in results]


def examine_path(
    path: Path,
    unit: str | None = None,
    exercise: str | None = None,
    seed: int = 0,
    limits: SubmissionLimits | None = None,
) -> list[Examined]:
    """Do what `check_path` does, but return the verdicts themselves, with a result per question."""
    path = path.resolve()
    if not path.is_file() or path.suffix not in (".py", ".ipynb"):
        raise ValueError(f"path: expected an existing .py or .ipynb file, got {path}")
    try:
        cells, own_unit = _notebook(path) if path.suffix == ".ipynb" else (None, None)
    except UnreadableError as problem:
        return [Examined(asked, why=str(problem)) for asked in chosen(unit, exercise)]
    wanted = in_order_of(cells or [], chosen(unit or own_unit, exercise))
    exams = [exam_of(asked, seed) for asked in wanted]
    failures: list[str] = []

    def prepare(session: Session, record: Record) -> None:
        failures.clear()
        if cells is not None:
            run_cells(session, record, cells, {})
        elif failed := session.load(path):
            failures.append(f"{path.name} could not be imported:\n{failed}")

    with Worker(None, limits or SubmissionLimits()) as worker:
        record = ask_after(
            prepare, exams, worker.limits, lambda: worker.session(working_folder=path.parent)
        )
    if failures:
        return [Examined(asked, why=failures[0]) for asked in wanted]
    return [_examined(exam, record, cells or []) for exam in exams]


def chosen(unit: str | None, exercise: str | None) -> list[Exercise]:
    """Return the exercises of a unit, or of all units, or only the one called `exercise`."""
    found = list(exercises_of(unit) if unit else all_exercises().values())
    if exercise is None:
        return found
    named = [each for each in found if each.name == exercise]
    if not named:
        where = f"in {unit}" if unit else "in the course"
        raise ValueError(f"exercise: no exercise {where} is called {exercise!r}")
    return named


def in_order_of(cells: Sequence[dict[str, Any]], wanted: list[Exercise]) -> list[Exercise]:
    """Return exercises in the order of the lesson; those missing from it come last."""
    text = "\n".join(cell["source"] for cell in cells)

    def place(exercise: Exercise) -> int:
        found = text.find(f"def {exercise.name}(")
        return found if found >= 0 else len(text)

    return sorted(wanted, key=place)


def exam_of(exercise: Exercise, seed: int) -> Exam:
    """Return an exercise's public and secret questions with their answers."""
    name, points = exercise.name, float(exercise.points)
    secret = exercise.secret_questions(generator(str(seed).encode(), name))
    keyed = tuple(exercise.answer_key([*exercise.public_questions(), *secret]))
    return Exam(exercise, name, points, keyed, secret=False)


def _notebook(path: Path) -> tuple[list[dict[str, Any]], str | None]:
    with path.open("rb") as file:
        notebook = read_notebook(file.read(FILE_BYTES + 1), path.name, again="check it again")
    texts = [(cell, text_of(cell)) for cell in notebook["cells"]]
    cells = [cell | {"source": text} for cell, text in texts if text is not None]
    ours = notebook.get("metadata", {}).get(COURSE, {})
    unit = ours.get("unit") if type(ours) is dict else None
    return cells, unit if unit in UNITS else None


def _examined(exam: Exam, record: Record, cells: Sequence[dict[str, Any]]) -> Examined:
    if exam.name in record.missing:
        return Examined(exam.exercise, why=why_missing(exam, record, cells))
    observations = record.observations.get(exam.name)
    if not observations:
        return Examined(exam.exercise, why=why_unasked(exam, record))
    return Examined(exam.exercise, judged(exam, observations))
