"""Fill in the grade file that a platform exported, so that it can be imported again.

Only the cells of the unit's column change, and only those of students with a score; anything else
that the platform put into its file is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from course.grading.gradebook.scores import Score
from course.grading.platforms.known import PLATFORMS, unknown_platform
from course.grading.platforms.layout import GradeFile, Layout
from course.grading.platforms.roster import NOT_PEOPLE, Roster, claim_of
from course.grading.platforms.table import Cell, Table, TableError, column

POINTS_ROW = re.compile(r"\s*points possible\s*", re.IGNORECASE)


@dataclass
class Filled:
    """A filled grade file.

    columns: by unit, the column that was filled in.
    written: the students with a score in the file.
    without: students in the file who have no score in any of the units; their cells are untouched.
    waiting: the students in `written` whose written answers are still to be graded by hand.
    unknown: rows whose student isn't known, with the reason.
    missing: students with a score who are not in the file.
    remarks: anything else to look at before it is uploaded.
    """

    content: bytes
    columns: dict[str, str]
    written: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def platform_with_grades(name: str) -> Layout:
    known = {platform.name: platform for platform in PLATFORMS.values() if platform.grades}
    if name not in known:
        raise unknown_platform("--for", name, known)
    return known[name]


def fill(
    table: Table,
    layout: Layout,
    scores: Mapping[str, Mapping[str, Score]],
    roster: Roster,
    columns: Mapping[str, str] | None = None,
    decimal_comma: bool = False,
) -> Filled:
    """Write scores into a platform's own grade file; TableError if it isn't that.

    scores: by unit and student.
    columns: names of columns, by unit, instead of looking for the unit's name.
    """
    grades = layout.grades
    _require_own(table, layout)
    if not grades.item and len(scores) > 1:
        raise TableError(f"{layout.title}'s grade file covers one assignment; name a single unit")
    places = {unit: _column(table, grades, unit, (columns or {}).get(unit)) for unit in scores}
    filled = Filled(b"", {unit: table.header[place] for unit, place in places.items()})
    changes: list[tuple[Cell, str]] = []
    there: dict[str, int] = {}
    records = table.records
    for number, row in enumerate(table.rows[1:]):
        claim = claim_of(table, records[number])
        if not claim.keys and (not claim.name or NOT_PEOPLE.fullmatch(claim.name)):
            continue
        match = roster.find(claim)
        if match.person is None:
            if not NOT_PEOPLE.fullmatch(claim.name):
                filled.unknown.append((str(claim), match.why))
            continue
        student = match.person.id
        if student in there:
            raise TableError(
                f"{table.path}: rows {there[student]} and {number + 2} are both {student}'s"
            )
        there[student] = number + 2
        own = [(unit, scores[unit].get(student)) for unit in scores]
        given = [
            (unit, score) for unit, score in own if score is not None and score.score is not None
        ]
        for unit, score in given:
            if places[unit] >= len(row):
                raise TableError(f"{table.path}: row {number + 2} has no column {places[unit] + 1}")
            changes.append((row[places[unit]], _number(score.score, decimal_comma)))
        (filled.written if given else filled.without).append(student)
        if any(score.waits for _, score in given):
            filled.waiting.append(student)
    if not (there or filled.unknown):
        raise TableError(f"{table.path} names no student, only columns; download it again")
    filled.content = table.changed(changes)
    graded = {s for its in scores.values() for s, score in its.items() if score.score is not None}
    filled.missing = sorted(graded - set(there))
    filled.remarks = [
        remark for unit in scores if (remark := _points(table, grades, places[unit], scores[unit]))
    ]
    return filled


def _require_own(table: Table, layout: Layout) -> None:
    missing = _missing(table, layout.grades)
    if not missing:
        return
    others = [o.title for o in PLATFORMS.values() if o.grades and not _missing(table, o.grades)]
    if others:
        raise TableError(f"{table.path} is a grade file from {others[0]}, not from {layout.title}")
    raise TableError(
        f"{table.path} is not a grade file from {layout.title}: there is no column {missing}. "
        f"Its columns: {_listed(table.header)}"
    )


def _missing(table: Table, grades: GradeFile) -> str:
    """Return the first column of this platform's files that the table lacks."""
    for name in grades.signature:
        if column(table, [name]) is None:
            return repr(name)
    if all(column(table, [name]) is None for name in grades.ids):
        return f"that identifies students ({' or '.join(map(repr, grades.ids))})"
    return ""


def _column(table: Table, grades: GradeFile, unit: str, name: str | None) -> int:
    if name is not None:
        place = column(table, [name.strip()])
        if place is None:
            raise TableError(
                f"--column: {table.path} has no column {name!r}. "
                f"Its columns: {_listed(table.header)}"
            )
        return place
    if grades.item is None:
        return column(table, [grades.grade])
    items = [(place, _item(grades, head)) for place, head in enumerate(table.header)]
    wanted = _plain(unit)
    exact = [place for place, item in items if item and _plain(item) == wanted]
    found = exact or [place for place, item in items if item and wanted in _plain(item)]
    if len(found) != 1:
        several = _listed([table.header[place] for place in found])
        why = f"several columns that could be {unit}: {several}" if found else f"no column {unit}"
        heads = [table.header[place] for place, item in items if item]
        raise TableError(
            f"{table.path} has {why}. Name it with --column; "
            f"its grade columns: {_listed(heads) or 'none'}"
        )
    return found[0]


def _item(grades: GradeFile, head: str) -> str | None:
    found = grades.item.fullmatch(head)
    return found["item"] if found else None


def _points(table: Table, grades: GradeFile, place: int, scores: Mapping[str, Score]) -> str | None:
    """Return a remark if the platform's maximum differs from the course's."""
    most = max((score.max_score for score in scores.values()), default=None)
    text = ""
    found = grades.item.fullmatch(table.header[place]) if grades.item else None
    if found:
        text = found.groupdict().get("most") or ""
    for row in table.rows[1:]:
        if POINTS_ROW.fullmatch(row[0].value) and place < len(row):
            text = row[place].value
    try:
        theirs = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    if most is None or theirs == most:
        return None
    return (
        f"{table.header[place]}: the platform's maximum is {theirs:g} points, the course's "
        f"{most:g}; scores were written in the course's points"
    )


def _number(score: float, decimal_comma: bool) -> str:
    text = f"{score:.10g}"
    return text.replace(".", ",") if decimal_comma else text


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _listed(names: list[str]) -> str:
    return ", ".join(map(repr, names))
