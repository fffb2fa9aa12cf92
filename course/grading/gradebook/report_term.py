"""The report on a term: every unit's figures, and every student's scores in all units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from statistics import mean, median

from course.grading import course_folder
from course.grading.gradebook.report import Person, feedback_pages, share
from course.grading.gradebook.scores import Score, class_scores


@dataclass(frozen=True)
class Result:
    """A student's result in one unit; `score` is None if nothing was submitted."""

    score: float | None
    max_score: float
    by_hand: bool = False
    late: timedelta = timedelta()
    pages: tuple[Path, ...] = ()

    @property
    def share(self) -> float | None:
        return None if self.score is None else share(self.score, self.max_score)


@dataclass(frozen=True)
class TermRow:
    """One student's results, in the order of the units."""

    person: Person
    results: tuple[Result, ...]

    @property
    def submitted(self) -> int:
        return sum(result.score is not None for result in self.results)

    @property
    def total(self) -> float | None:
        """The sum of the scores; None if nothing was submitted at all."""
        given = [result.score for result in self.results if result.score is not None]
        return sum(given) if given else None

    @property
    def share(self) -> float | None:
        """The share of all points; None if nothing was submitted at all."""
        most = sum(result.max_score for result in self.results)
        return None if self.total is None else share(self.total, most)


@dataclass(frozen=True)
class UnitRow:
    """One unit: how many submitted it, how well, how many late, how many wait for a person."""

    unit: str
    max_score: float
    submitted: int
    mean_share: float
    median_share: float
    late: int
    by_hand: int


@dataclass(frozen=True)
class TermReport:
    """A class's results in all units that are graded."""

    course: str
    units: tuple[UnitRow, ...]
    students: tuple[TermRow, ...]

    @property
    def short_names(self) -> tuple[str, ...]:
        """The units' numbers, so that seven columns fit; their names if these are not unique."""
        numbers = tuple(unit.unit.partition("_")[0] for unit in self.units)
        names = tuple(unit.unit for unit in self.units)
        return numbers if len({*numbers}) == len(numbers) else names

    @property
    def max_score(self) -> float:
        return sum(unit.max_score for unit in self.units)

    @property
    def shares(self) -> list[float]:
        """The share of all points of each student who submitted anything."""
        return [row.share for row in self.students if row.share is not None]


def term_report(root: Path) -> TermReport:
    """Gather the results of all units in the course folder `root`; ValueError if there are none."""
    coursedir = course_folder.course_directory(root)
    # Databases return rows in any order.
    scores = sorted(class_scores(coursedir), key=lambda score: (score.student, score.unit))
    units = sorted({score.unit for score in scores if score.is_submitted})
    if not units:
        raise ValueError("nothing is graded yet; run `course grade UNIT`")

    def result(score: Score) -> Result:
        if not score.is_submitted:
            return Result(None, score.max_score)
        pages = feedback_pages(coursedir, score.unit, score.student)
        return Result(score.score, score.max_score, score.waits, score.late, pages)

    students = []
    for student, its in groupby(scores, key=lambda score: score.student):
        found = {score.unit: score for score in its}
        person = Person(student, found[units[0]].full_name)
        students.append(TermRow(person, tuple(result(found[unit]) for unit in units)))
    columns = zip(*(student.results for student in students), strict=True)
    rows = [_unit(unit, results) for unit, results in zip(units, columns, strict=True)]
    return TermReport(coursedir.course_id, tuple(rows), tuple(students))


def _unit(unit: str, results: Sequence[Result]) -> UnitRow:
    shares = [result.share for result in results if result.share is not None]
    return UnitRow(
        unit=unit,
        max_score=results[0].max_score,
        submitted=len(shares),
        mean_share=mean(shares),
        median_share=median(shares),
        late=sum(result.late > timedelta() for result in results),
        by_hand=sum(result.by_hand for result in results),
    )
