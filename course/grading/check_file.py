"""Check your own work: put all questions, public and secret, to a module or a notebook.

It runs in a process of its own with a time limit per question, but that process is not
sandboxed and the reference is not hidden from it: this is for authors, not for grades. On Linux
a fork server has that process; elsewhere a fresh Python does (`process.portable`).
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.exercises.engine import Exercise
from course.exercises.engine.judge import Verdict
from course.exercises.engine.messages import explain, how_they_differ, named
from course.exercises.engine.near_names import unknown
from course.exercises.unit_names import unit_called
from course.exercises.units import UNITS, all_exercises, exercises_of, open_modules, unit_of
from course.grading.judging.examine import Exam, Record, ask_after, run_and_ask
from course.grading.judging.seeds import generator
from course.grading.judging.verdicts import judged, why_missing, why_unasked
from course.grading.limits import FILE_BYTES
from course.grading.notebook.cells import COURSE, grade_id, inside, new_cell
from course.grading.notebook.outline import outline
from course.grading.notebook.reading import UnreadableError, read_notebook
from course.grading.notebook.recognise import recognised
from course.grading.notebook.restore import Restored, restore
from course.grading.process.limits import SubmissionLimits
from course.grading.process.portable import PortableWorker
from course.grading.process.session import Session

if TYPE_CHECKING:
    from course.grading.process.worker import Worker

FOREIGN = "This is not a notebook of the course: it has none of its exercises."


@dataclass(frozen=True)
class Examined:
    """The result of one exercise: its verdict, or why there is none."""

    exercise: Exercise
    verdict: Verdict | None = None
    why: str = ""

    @property
    def passed(self) -> bool:
        return bool(self.verdict and self.verdict.passed)

    @property
    def written(self) -> bool:
        """Whether there is an answer at all."""
        return bool(self.verdict and not self.verdict.unsolved)

    @property
    def green(self) -> bool:
        """Whether the questions that a notebook's `check` puts are all answered correctly."""
        public = len(self.exercise.public_questions())
        return self.written and all(result.passed for result in self.verdict.results[:public])

    def to_json(self) -> dict[str, Any]:
        verdict = self.verdict
        mistake = verdict.mistake.name if verdict and verdict.mistake else None
        wrong = verdict is not None and not (verdict.passed or verdict.unsolved)
        return {
            "exercise": self.exercise.name,
            "unit": unit_of(self.exercise),
            "passed": self.passed,
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
    with _worker(limits or SubmissionLimits()) as worker:
        if path.suffix == ".py":
            return _examine_module(path, chosen(unit, exercise), seed, worker)
        with path.open("rb") as file:
            content = file.read(FILE_BYTES + 1)
        return examine_notebook(content, path, unit, exercise, seed, worker)


def examine_notebooks(
    paths: Mapping[str, Path], seed: int = 0, limits: SubmissionLimits | None = None
) -> Iterator[tuple[str, list[Examined]]]:
    """Ask several notebooks, given by their units, all questions; yield each unit's results."""
    with _worker(limits or SubmissionLimits()) as worker:
        for unit, path in paths.items():
            content = path.read_bytes()[: FILE_BYTES + 1]
            path = path.resolve()
            yield unit, examine_notebook(content, path, unit, None, seed, worker)


def _worker(limits: SubmissionLimits) -> "Worker | PortableWorker":
    """Return what this system can ask with: a fork server needs fork and Linux's /proc."""
    if not (hasattr(os, "fork") and os.path.isdir("/proc/self/task")):
        return PortableWorker(limits)
    from course.grading.process.worker import Worker

    return Worker(None, limits)


def _examine_module(
    path: Path, wanted: list[Exercise], seed: int, worker: "Worker | PortableWorker"
) -> list[Examined]:
    exams = [exam_of(asked, seed) for asked in wanted]
    # What the lesson's cells import, and earlier exercises of the same lesson.
    last = max(wanted, key=lambda asked: list(UNITS).index(unit_of(asked)))
    given = [f"course.nn.{name}" for name in (*open_modules(unit_of(last)), last.unit)]
    failures: list[str] = []

    def prepare(session: Session, record: Record) -> None:
        failures.clear()
        if failed := session.load(path, given):
            failures.append(f"{path.name} could not be imported:\n{failed}")

    record = ask_after(prepare, exams, worker.limits, _sessions(worker, path))
    if failures:
        return [Examined(asked, why=failures[0]) for asked in wanted]
    return [_examined(exam, record, []) for exam in exams]


def examine_notebook(
    content: bytes,
    path: Path,
    unit: str | None,
    exercise: str | None,
    seed: int,
    worker: "Worker | PortableWorker",
) -> list[Examined]:
    """Restore a notebook as the grader does, run its cells, and ask its functions.

    path: where it is; its neighbours can be imported.
    """
    try:
        notebook = read_notebook(content, path.name, again="check it again")
    except UnreadableError as problem:
        return [Examined(asked, why=str(problem)) for asked in chosen(unit, exercise)]
    units = [unit_of(chosen(unit, None)[0])] if unit else _units_of(notebook, path.name)
    if exercise or not units:
        wanted = chosen(units[0] if len(units) == 1 else None, exercise)
    else:
        wanted = [asked for one in units for asked in exercises_of(one)]
    if not units:
        return [Examined(asked, why=FOREIGN) for asked in wanted]
    restored = _restored(notebook, content, path.name, units)
    if restored.problem:
        return [Examined(asked, why=restored.problem) for asked in wanted]
    cells = restored.notebook["cells"]
    exams = [exam_of(asked, seed) for asked in in_order_of(cells, wanted)]
    sessions = _sessions(worker, path)
    record = run_and_ask(cells, restored.imports, exams, worker.limits, sessions, {})
    return [_examined(exam, record, cells) for exam in exams]


def _sessions(
    worker: "Worker | PortableWorker", path: Path
) -> Callable[[], AbstractContextManager[Session]]:
    return lambda: worker.session(working_folder=path.parent)


def chosen(unit: str | None, exercise: str | None) -> list[Exercise]:
    """Return the exercises of a unit, or of all units, or only the one called `exercise`."""
    found = list(exercises_of(unit_called(unit)) if unit else all_exercises().values())
    if exercise is None:
        return found
    named = [each for each in found if each.name == exercise]
    if not named:
        kind = f"exercise of {unit}" if unit else "exercise"
        raise unknown(kind, exercise, [each.name for each in found])
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


def _units_of(notebook: dict[str, Any], name: str) -> list[str]:
    """Return the unit that a notebook is of, or those whose functions it defines."""
    own = inside(notebook, "metadata", COURSE, "unit")
    if type(own) is str and own in UNITS:
        return [own]
    found = [
        unit
        for unit in UNITS
        if any(grade_id(outline(unit)["cells"][place]) for place in _recognised(notebook, unit))
    ]
    return found or [unit for unit in UNITS if unit in name.casefold()]


def _recognised(notebook: dict[str, Any], unit: str) -> Collection[int]:
    return recognised(outline(unit)["cells"], notebook["cells"]).places


def _restored(
    notebook: dict[str, Any], content: bytes, name: str, units: Sequence[str]
) -> Restored:
    """Restore a unit's notebook; leave one with functions of several units as it is."""
    if len(units) == 1:
        return restore(outline(units[0]), content, name)
    cells = recognised([], notebook["cells"]).cells
    own = [new_cell(cell.kind, cell.text, str(cell.number), own=True) for cell in cells]
    return Restored({"cells": own})


def _examined(exam: Exam, record: Record, cells: Sequence[dict[str, Any]]) -> Examined:
    if exam.name in record.missing:
        return Examined(exam.exercise, why=why_missing(exam, record, cells))
    observations = record.observations.get(exam.name)
    if not observations:
        return Examined(exam.exercise, why=why_unasked(exam, record))
    return Examined(exam.exercise, judged(exam, observations))
