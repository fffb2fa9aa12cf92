"""The figures of a report as tables for spreadsheets: by name, rows of values."""

from collections.abc import Iterator, Sequence

from course.grading.gradebook.export import Value
from course.grading.gradebook.report import Report
from course.grading.gradebook.report_term import TermReport

Tables = dict[str, list[Sequence[Value]]]


def unit_tables(report: Report) -> Tables:
    """Return a unit's students, exercises, and what their answers have in common.

    Among the students are those who submitted nothing; their numbers are empty.
    """
    return {
        "students": list(_students(report)),
        "exercises": [
            ("exercise", "points", "solved_by", "of", "mean_share", "discrimination"),
            *(
                (row.name, row.points, row.solved, report.asked, row.mean_share, row.discrimination)
                for row in report.exercises
            ),
        ],
        "mistakes": [
            ("kind", "exercise", "name", "message", "student_id"),
            *(
                (kind, row.exercise, row.what, row.message, student)
                for kind, rows in (
                    ("mistake", report.mistakes),
                    ("two mistakes", report.pairs),
                    ("error", report.errors),
                )
                for row in rows
                for student in row.students
            ),
        ],
    }


def term_tables(report: TermReport) -> Tables:
    """Return a term's students and units."""
    names = [unit.unit for unit in report.units]
    return {
        "students": [
            ("student_id", "name", *names, "total", "max_score", "share", "submitted"),
            *(
                (
                    row.person.id,
                    row.person.full_name,
                    *(result.score for result in row.results),
                    row.total,
                    report.max_score,
                    row.share,
                    row.submitted,
                )
                for row in report.students
            ),
        ],
        "units": [
            ("unit", "max_score", "submitted", "mean_share", "median_share", "late", "by_hand"),
            *(
                (
                    unit.unit,
                    unit.max_score,
                    unit.submitted,
                    unit.mean_share,
                    unit.median_share,
                    unit.late,
                    unit.by_hand,
                )
                for unit in report.units
            ),
        ],
    }


def _students(report: Report) -> Iterator[Sequence[Value]]:
    exercises = [row.name for row in report.exercises]
    yield (
        *("student_id", "name", "score", "max_score", "share", "solved", "waits", "late_hours"),
        *("penalty", "remarks", *exercises),
    )
    for one in report.students:
        yield (
            one.name,
            one.full_name,
            one.score,
            one.max_score,
            one.share,
            one.solved,
            one.by_hand,
            one.late.total_seconds() / 3600,
            one.penalty,
            one.problem or " ".join(one.oddities),
            *(one.shares.get(name) for name in exercises),
        )
    empty = [None] * (7 + len(exercises))
    for people, remark in (
        (report.ungraded, "Submitted, but not graded yet."),
        (report.absent, "Submitted nothing."),
    ):
        for person in people:
            yield person.id, person.full_name, *empty[:7], remark, *empty[7:]
