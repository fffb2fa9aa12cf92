"""Look at one's own work: a module or a notebook is asked all its questions, public and secret.

It runs in a process of its own with a time limit for each question, but nothing is hidden and
nobody locked in: this is for authors, not for grades.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.exercises.engine import Exercise
from course.exercises.engine.judge import Verdict
from course.exercises.engine.messages import explain, how_they_differ, named
from course.exercises.units import UNITS, all_exercises, exercises_of, unit_of
from course.grading.judging.examine import (
    Exam,
    Record,
    ask_after,
    judged,
    run_cells,
    why_missing,
    why_unasked,
)
from course.grading.judging.seeds import generator
from course.grading.notebook.restore import COURSE, UnreadableError, read_notebook
from course.grading.process.limits import Limits
from course.grading.process.worker import Session, Worker


@dataclass(frozen=True)
class Examined:
    """What became of one exercise: its verdict, or why there is none."""

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
    limits: Limits | None = None,
) -> list[dict[str, Any]]:
    """Ask a module (.py) or a notebook (.ipynb) all questions; return a verdict for each exercise.

    unit: only this unit's exercises (by default a notebook's own unit, or else all units').
    exercise: only this one.
    seed: what the secret questions are drawn from.

    Each verdict has "exercise", "unit", "passed", "score", "mistake" and "message". Where the file
    can't be loaded, all have the same message, which says why.
    """
    return [one.to_json() for one in examine_path(path, unit, exercise, seed, limits)]


def examine_path(
    path: Path,
    unit: str | None = None,
    exercise: str | None = None,
    seed: int = 0,
    limits: Limits | None = None,
) -> list[Examined]:
    """Do what `check_path` does; return the verdicts themselves, a result for each question."""
    path = path.resolve()
    if not path.is_file() or path.suffix not in (".py", ".ipynb"):
        raise ValueError(f"path: expected an existing .py or .ipynb file, got {path}")
    try:
        cells, own_unit = _notebook(path) if path.suffix == ".ipynb" else (None, None)
    except UnreadableError as problem:
        return [Examined(one, why=str(problem)) for one in chosen(unit, exercise)]
    wanted = in_order_of(cells or [], chosen(unit or own_unit, exercise))
    exams = [exam(one, seed) for one in wanted]
    failures: list[str] = []

    def prepare(session: Session, record: Record) -> None:
        failures.clear()
        if cells is not None:
            run_cells(session, record, cells, {})
        elif failed := session.load(path):
            failures.append(f"{path.name} could not be imported:\n{failed}")

    with Worker(None, limits or Limits()) as worker:
        record = ask_after(prepare, exams, worker.limits, lambda: worker.session(place=path.parent))
    if failures:
        return [Examined(one, why=failures[0]) for one in wanted]
    return [_examined(one, record, cells or []) for one in exams]


def chosen(unit: str | None, exercise: str | None) -> list[Exercise]:
    """Return the exercises of a unit, or of all units, or only the one called `exercise`."""
    found = list(exercises_of(unit) if unit else all_exercises().values())
    if exercise is None:
        return found
    named = [one for one in found if one.name == exercise]
    if not named:
        where = f"in {unit}" if unit else "in the course"
        raise ValueError(f"exercise: no exercise {where} is called {exercise!r}")
    return named


def in_order_of(cells: Sequence[dict[str, Any]], wanted: list[Exercise]) -> list[Exercise]:
    """Return exercises as a lesson has them one after the other; what it hasn't got, last."""
    text = "\n".join(cell["source"] for cell in cells)
    places = {one.name: text.find(f"def {one.name}(") % (len(text) + 1) for one in wanted}
    return sorted(wanted, key=lambda one: places[one.name])


def exam(one: Exercise, seed: int) -> Exam:
    """Return an exercise's public and secret questions with their answers."""
    secret = one.secret_questions(generator(str(seed).encode(), one.name))
    questions = [*one.public_questions(), *secret]
    return Exam(one, one.name, float(one.points), tuple(one.answer_key(questions)), secret=False)


def _notebook(path: Path) -> tuple[list[dict[str, Any]], str | None]:
    notebook = read_notebook(path.read_bytes(), path.name)
    cells = [cell for cell in notebook["cells"] if type(cell) is dict and "source" in cell]
    for cell in cells:
        cell["source"] = "".join(cell["source"])
    ours = notebook.get("metadata", {}).get(COURSE, {})
    unit = ours.get("unit") if type(ours) is dict else None
    return cells, unit if unit in UNITS else None


def _examined(one: Exam, record: Record, cells: Sequence[dict[str, Any]]) -> Examined:
    if one.name in record.missing:
        return Examined(one.exercise, why=why_missing(one, record, cells))
    if not record.seen.get(one.name):
        return Examined(one.exercise, why=why_unasked(one, record))
    return Examined(one.exercise, judged(one, record.seen[one.name]))
