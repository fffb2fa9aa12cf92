"""Where a student is: all lessons, exercise by exercise, and what is next."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from course.exercises.engine import Exercise, box
from course.exercises.units import UNITS, exercises_of
from course.learner import my_work
from course.learner.progress import Progress, now

RIGHT, GREEN, WRONG, OPEN, UNASKED = "right", "green", "wrong", "open", "unasked"
MARKS = {RIGHT: "✓", GREEN: "◐", WRONG: "✗", OPEN: "·", UNASKED: "○"}
MEANINGS = {
    RIGHT: "right, the harder questions included",
    GREEN: "green in `check`, not right for all harder questions",
    WRONG: "not right yet",
    OPEN: "not written yet",
    UNASKED: "green in `check`, not asked the harder questions yet",
}


@dataclass(frozen=True)
class Line:
    """One exercise: its state, and what the harder questions found, if it isn't right."""

    exercise: Exercise
    state: str
    said: str = ""


@dataclass(frozen=True)
class Lesson:
    """One lesson: its exercises in the order of the course, and whether its notebook is there."""

    unit: str
    lines: tuple[Line, ...]
    present: bool
    changed: bool

    @property
    def right(self) -> int:
        return sum(line.state == RIGHT for line in self.lines)

    @property
    def points(self) -> tuple[float, float]:
        earned = sum(line.exercise.points for line in self.lines if line.state == RIGHT)
        return earned, sum(line.exercise.points for line in self.lines)

    @property
    def minutes_left(self) -> int:
        return sum(line.exercise.minutes for line in self.lines if line.state != RIGHT)


class Status:
    """All lessons; as HTML in a notebook, as text in a terminal."""

    def __init__(self, lessons: tuple[Lesson, ...]):
        self.lessons = lessons

    @property
    def next(self) -> Line | None:
        """The first exercise that isn't right, in the order of the course."""
        lines = [line for lesson in self.lessons for line in lesson.lines]
        return next((line for line in lines if line.state not in (RIGHT, UNASKED)), None) or next(
            (line for line in lines if line.state != RIGHT), None
        )

    @property
    def summary(self) -> str:
        lines = [line for lesson in self.lessons for line in lesson.lines]
        right = sum(line.state == RIGHT for line in lines)
        earned, points = map(sum, zip(*(lesson.points for lesson in self.lessons), strict=True))
        left = sum(lesson.minutes_left for lesson in self.lessons)
        rest = f"; the rest takes about {time_left(left)}" if left else ""
        return f"{right} of {len(lines)} exercises, {earned:g} of {points:g} points{rest}."

    @property
    def what_next(self) -> str:
        if self.next is None:
            return "Every exercise is right. `course review` keeps it that way."
        exercise = self.next.exercise
        unit = next(one.unit for one in self.lessons if self.next in one.lines)
        return f"Next: {exercise.name} in {unit}.ipynb, about {exercise.minutes} minutes."

    @property
    def remarks(self) -> list[str]:
        """What stands out: exercises green in `check` but not in the harder kind, old results."""
        found = [
            f"{line.exercise.name} is green in `check`, but not right for all harder questions. "
            f"{line.said}"
            for lesson in self.lessons
            for line in lesson.lines
            if line.state == GREEN
        ]
        changed = [lesson.unit for lesson in self.lessons if lesson.changed]
        if changed:
            found.append(
                f"Changed since the harder questions were asked: {', '.join(changed)}. "
                "`course status` in a terminal asks them again."
            )
        return [text.rstrip() for text in found]

    def __repr__(self) -> str:
        lines = []
        for lesson in self.lessons:
            lines.append(headline(lesson))
            lines.append(
                "    " + "  ".join(f"{MARKS[o.state]} {o.exercise.name}" for o in lesson.lines)
            )
        used = dict.fromkeys(line.state for lesson in self.lessons for line in lesson.lines)
        legend = "   ".join(f"{MARKS[state]} {MEANINGS[state]}" for state in MARKS if state in used)
        return "\n".join([*lines, "", legend, *self.remarks, self.summary, self.what_next])

    def _repr_html_(self) -> str:
        rows = [_row(lesson) for lesson in self.lessons]
        used = dict.fromkeys(line.state for lesson in self.lessons for line in lesson.lines)
        legend = "; ".join(f"{MARKS[state]} {MEANINGS[state]}" for state in MARKS if state in used)
        said = "".join(f"<div>{escape(text)}</div>" for text in [*self.remarks, self.summary])
        return (
            f"<div style='{box.style(box.GREY)}'><table style='text-align:left'>{''.join(rows)}"
            f"</table><div style='opacity:.75'>{escape(legend)}</div>{said}"
            f"<b>{escape(self.what_next)}</b></div>"
        )


def headline(lesson: Lesson) -> str:
    earned, points = lesson.points
    count = f"{lesson.right} of {len(lesson.lines)} exercises, {earned:g} of {points:g} points"
    left = f", {time_left(lesson.minutes_left)} left" if lesson.minutes_left else ""
    return f"{lesson.unit}: {count}{left}" + ("" if lesson.present else " (no notebook here)")


def time_left(minutes: int) -> str:
    """Return minutes in words: hours from two hours on."""
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes / 60:.0f} hours"


def _row(lesson: Lesson) -> str:
    names = " &ensp; ".join(
        f"<span title='{escape(MEANINGS[line.state])}'>{MARKS[line.state]} "
        f"{escape(line.exercise.name)}</span>"
        for line in lesson.lines
    )
    head = escape(headline(lesson))
    return f"<tr><td style='text-align:left'><b>{head}</b><br>{names}</td></tr>"


def status_of(folder: Path) -> Status:
    """Return what is known of the notebooks in a folder, without running any."""
    progress, notebooks = Progress.of(folder), my_work.notebooks_in(folder)
    lessons = []
    for unit in UNITS:
        path = notebooks.get(unit)
        code = my_work.digest(path) if path else None
        lines = tuple(_line(exercise, progress) for exercise in exercises_of(unit))
        changed = unit in progress.digests and progress.digests[unit] != code
        # A hosted notebook is in no folder, and then nothing is missing.
        present = path is not None or not notebooks
        lessons.append(Lesson(unit, lines, present, changed and path is not None))
    return Status(tuple(lessons))


def _line(exercise: Exercise, progress: Progress) -> Line:
    asked, name = progress.asked.get(exercise.name), exercise.name
    if asked and asked.get("passed"):
        return Line(exercise, RIGHT)
    if asked and asked.get("green"):
        return Line(exercise, GREEN, str(asked.get("said") or ""))
    if asked and asked.get("written"):
        return Line(exercise, WRONG, str(asked.get("said") or ""))
    if name in progress.green:
        return Line(exercise, UNASKED)
    return Line(exercise, WRONG if name in progress.tried else OPEN)


def out_of_date(folder: Path) -> dict[str, Path]:
    """Return the notebooks whose code has changed since the harder questions were asked."""
    progress = Progress.of(folder)
    found = my_work.notebooks_in(folder)
    return {u: path for u, path in found.items() if progress.digests.get(u) != my_work.digest(path)}


def note_asked(folder: Path, unit: str, code: str, asked: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep what the harder questions found in a unit's notebook, whose code has this digest."""
    progress = Progress.of(folder)
    progress.digests[unit] = code
    for name, found in asked.items():
        progress.asked[name] = dict(found)
        if not found["written"]:  # it was green once, and has been put back or broken since
            progress.green.pop(name, None)
        if found["passed"]:
            progress.right.setdefault(name, now())
    progress.save(folder)


def note_untouched(folder: Path, unit: str, path: Path) -> bool:
    """Keep that a notebook's code is still as handed out, if it is, so that nothing is asked."""
    code = my_work.digest(path)
    if code != my_work.digest(my_work.released()[unit]):
        return False
    unwritten = {"passed": False, "green": False, "written": False, "said": ""}
    note_asked(folder, unit, code, {one.name: unwritten for one in exercises_of(unit)})
    return True
