"""The class report of a unit: scores, results by exercise, and who made each known mistake.

Mistakes, pairs of mistakes, and errors apart from them are counted separately.

Scores are from the gradebook, so that grades given by hand count; the rest is noted in the
autograded notebooks.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from nbgrader.coursedir import CourseDirectory

from course.exercises.engine import Exercise
from course.exercises.units import UNITS, exercises_of
from course.grading import course_folder
from course.grading.gradebook.notes import edition_of, notes, other_editions
from course.grading.gradebook.scores import Score, class_scores
from course.grading.submission.submitted import submissions

# With fewer students, an exercise's discrimination is left open: it would be mostly chance.
FEWEST_STUDENTS = 5
BINS = 10


@dataclass(frozen=True)
class Person:
    """A student, by the id and the name in the gradebook."""

    id: str
    full_name: str = ""


@dataclass(frozen=True)
class Student:
    """One student's score, and what was noted about the submission.

    shares: of each exercise's questions, by weight, those that were answered correctly.
    pages: the feedback pages that are there.
    """

    name: str
    score: float
    max_score: float
    by_hand: bool
    solved: int
    problem: str | None
    oddities: tuple[str, ...]
    full_name: str = ""
    late: timedelta = timedelta()
    penalty: float = 0.0
    shares: Mapping[str, float] | None = None
    pages: tuple[Path, ...] = ()

    @property
    def share(self) -> float:
        return share(self.score, self.max_score)

    @property
    def was_asked(self) -> bool:
        """Whether the notebook could be read, so that its answers say something of exercises."""
        return bool(self.shares) and self.problem is None


@dataclass(frozen=True)
class ExerciseRow:
    """One exercise: how many students solved it, and the share of its questions they got right.

    discrimination: the correlation between the points in this exercise and in all the others.
    """

    name: str
    points: float
    solved: int
    mean_share: float
    discrimination: float | None = None


@dataclass(frozen=True)
class Row:
    """What several answers to an exercise have in common, and the students who gave them."""

    exercise: str
    what: str
    students: tuple[str, ...]
    message: str = ""

    @property
    def count(self) -> int:
        return len(self.students)


@dataclass(frozen=True)
class Report:
    """A class's results in one unit.

    other_editions: what to say if some were graded by an older edition of the question bank.
    absent: the students of the gradebook who submitted nothing.
    ungraded: the students whose submission is not in the gradebook yet.
    """

    course: str
    unit: str
    students: tuple[Student, ...]
    exercises: tuple[ExerciseRow, ...]
    mistakes: tuple[Row, ...]
    pairs: tuple[Row, ...]
    errors: tuple[Row, ...]
    levels: tuple[str, ...]
    other_editions: str | None = None
    absent: tuple[Person, ...] = ()
    ungraded: tuple[Person, ...] = ()

    @property
    def shares(self) -> list[float]:
        return [student.share for student in self.students]

    @property
    def asked(self) -> int:
        """The number of students whose answers the figures of the exercises are about."""
        return sum(student.was_asked for student in self.students)


def class_report(root: Path, unit: str) -> Report:
    """Gather the results of a unit in the course folder `root`; ValueError if there are none."""
    coursedir = course_folder.course_directory(root)
    # Databases return rows in any order.
    scores = sorted(class_scores(coursedir, [unit]), key=lambda score: score.student)
    submitted = [score for score in scores if score.is_submitted]
    if not submitted:
        raise ValueError(f"unit: nothing of {unit!r} is graded yet; run `course grade {unit}`")
    noted = {score.student: notes(coursedir, unit, score.student) for score in submitted}
    notes_of = {name: list(_notes(coursedir, unit, name, noted[name])) for name in noted}
    all_notes = [note for its_notes in notes_of.values() for note in its_notes]
    results = [
        (student, result)
        for student, its_notes in notes_of.items()
        for note in its_notes
        for result in note["exercises"]
    ]
    students = tuple(_student(coursedir, score, notes_of[score.student]) for score in submitted)
    names = {score.student: score.full_name for score in scores}
    graded = {student.name for student in students}
    waiting = [each.student for each in submissions(coursedir, unit) if each.student not in graded]
    return Report(
        course=coursedir.course_id,
        unit=unit,
        students=students,
        exercises=tuple(_exercises(results, students)),
        mistakes=tuple(mistake_rows(unit, results)),
        pairs=tuple(pair_rows(unit, results)),
        errors=tuple(error_rows(unit, results)),
        levels=tuple(sorted({note["level"] for note in all_notes if note["level"]})),
        absent=tuple(
            Person(name, names[name]) for name in names if name not in {*graded, *waiting}
        ),
        ungraded=tuple(Person(name, names.get(name, "")) for name in waiting),
        other_editions=other_editions(
            unit, Counter(edition_of(found.values()) for found in noted.values() if found)
        ),
    )


def share(score: float, max_score: float) -> float:
    return score / max_score if max_score else 0.0


def histogram(shares: Iterable[float]) -> list[int]:
    """Return how many shares are in each tenth from 0 to 1; 1 and more belong to the last."""
    # Rounded first, since 0.3 is less than 3 × 0.1.
    tenths = np.floor(np.round(np.array([*shares], float) * BINS, 9)).astype(int)
    return np.bincount(tenths.clip(0, BINS - 1), minlength=BINS).tolist()


def discriminations(points: np.ndarray) -> list[float | None]:
    """Return the item-rest correlation of each exercise: with the sum of all the others.

    None if it is undefined, because all students have the same points, or if they are too few.

    points: a row for each student, a column for each exercise.
    """
    if len(points) < FEWEST_STUDENTS:
        return [None] * points.shape[1]
    rest = points.sum(axis=1, keepdims=True) - points
    found = []
    for own, others in zip(points.T, rest.T, strict=True):
        varies = min(np.ptp(own), np.ptp(others)) > 1e-9
        found.append(float(np.corrcoef(own, others)[0, 1]) if varies else None)
    return found


# ---------------------------------------------------------------------------------------- gathering


def feedback_pages(coursedir: CourseDirectory, unit: str, student: str) -> tuple[Path, ...]:
    """Return the feedback pages of a student's submission that are there."""
    folder = Path(coursedir.format_path(coursedir.feedback_directory, student, unit))
    return tuple(sorted(folder.glob("*.html")))


def _notes(
    coursedir: CourseDirectory, unit: str, student: str, noted: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    folder = Path(coursedir.format_path(coursedir.autograded_directory, student, unit))
    for path in sorted(folder.glob("*.ipynb")):
        try:
            note = noted[path.stem]
            yield {
                "exercises": [_result(result) for result in note["exercises"]],
                "problem": note["problem"],
                "oddities": note["oddities"],
                "level": note["level"],
            }
        except (KeyError, TypeError):
            # Plain nbgrader, an earlier version of the course or a person wrote this file.
            remark = f"Nothing is noted in autograded/ about {path.name}; grade it again."
            yield {"exercises": [], "problem": None, "oddities": [remark], "level": None}


def _result(noted: Mapping[str, Any]) -> dict[str, Any]:
    names = ("exercise", "points", "share", "ideas", "writing")
    return {name: noted[name] for name in names}


def _student(coursedir: CourseDirectory, score: Score, notes: list[dict[str, Any]]) -> Student:
    shares = {result["exercise"]: result["share"] for note in notes for result in note["exercises"]}
    return Student(
        name=score.student,
        score=score.score,
        max_score=score.max_score,
        by_hand=score.waits,
        solved=sum(share == 1.0 for share in shares.values()),
        problem=next((note["problem"] for note in notes if note["problem"]), None),
        oddities=tuple(oddity for note in notes for oddity in note["oddities"]),
        full_name=score.full_name,
        late=score.late,
        penalty=score.penalty,
        shares=shares,
        pages=feedback_pages(coursedir, score.unit, score.student),
    )


Results = Iterable[tuple[str, Mapping[str, Any]]]


def _exercises(results: Results, students: Iterable[Student]) -> Iterator[ExerciseRow]:
    points = {result["exercise"]: result["points"] for _, result in results}
    # Notebooks that could not be read would make all exercises look alike.
    asked = [student.shares for student in students if student.was_asked]
    if not asked:
        return
    earned = np.array(
        [[shares.get(name, 0.0) * points[name] for name in points] for shares in asked]
    )
    for (name, most), discrimination in zip(points.items(), discriminations(earned), strict=True):
        shares = [its_shares.get(name, 0.0) for its_shares in asked]
        solved = sum(share == 1.0 for share in shares)
        yield ExerciseRow(name, most, solved, mean(shares), discrimination)


def mistake_rows(unit: str, results: Results) -> list[Row]:
    """Return the known mistakes that were made, alone or with another, the most frequent first.

    Equally frequent ones are in the order of the unit's exercises, then of their names.

    results: for each student and exercise, as the autograded notebook notes it.
    """
    known = {exercise.name: exercise.info.mistakes for exercise in _exercises_of(unit)}
    rows = []
    for row in _rows(unit, results, lambda result: result["ideas"]):
        mistake = known.get(row.exercise, {}).get(row.what)
        message = mistake.message if mistake else ""
        rows.append(Row(row.exercise, row.what, row.students, message))
    return rows


def pair_rows(unit: str, results: Results) -> list[Row]:
    """Return the pairs of known mistakes that were made, in the order of `mistake_rows`."""

    def pair(result: Mapping[str, Any]) -> list[str]:
        return [" + ".join(result["ideas"])] if len(result["ideas"]) > 1 else []

    return _rows(unit, results, pair)


def error_rows(unit: str, results: Results) -> list[Row]:
    """Return how answers failed apart from known mistakes, in the order of `mistake_rows`."""
    return _rows(unit, results, lambda result: result["writing"])


def _rows(
    unit: str, results: Results, what: Callable[[Mapping[str, Any]], Iterable[str]]
) -> list[Row]:
    order = {exercise.name: number for number, exercise in enumerate(_exercises_of(unit))}
    found = defaultdict(list)
    for student, result in results:
        for name in what(result):
            found[result["exercise"], name].append(student)
    rows = [Row(*key, tuple(sorted(students))) for key, students in found.items()]
    return sorted(
        rows,
        key=lambda row: (-row.count, order.get(row.exercise, len(order)), row.exercise, row.what),
    )


def _exercises_of(unit: str) -> tuple[Exercise, ...]:
    """Return a unit's exercises; none if it is an instructor's own unit."""
    return exercises_of(unit) if unit in UNITS else ()
