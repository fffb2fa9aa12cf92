"""A class is graded by ``course grade``, by plain nbgrader and by otter, in turn.

In every round all of them grade the same notebooks of one unit: first one student's, which shows
what starting takes, then all the others'.
"""

import argparse
import contextlib
import os
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from matplotlib.ticker import LogLocator, NullLocator

from benchmarks import page
from benchmarks.contestants import REPO, Contestant, Course, Nbgrader, Otter, Used
from benchmarks.grading_class import submissions
from benchmarks.rounds import times_as_long
from course.exercises.units import UNITS
from course.figures.drawing.style import canvas, stroke, styled
from course.grading.course_folder import course_directory
from course.grading.grade import grade_submission
from course.grading.judging.examine import Record, run_cells
from course.grading.notebook.restore import restore
from course.grading.process.worker import Worker
from course.grading.released import released_notebook
from course.grading.sandbox import Level, become_subreaper
from course.grading.submission.submitted_file import SubmittedFile

STUDENTS = 30
ORPHANS_SECONDS = 30
ONE, TWO = (f"course grade, {count}" for count in ("1 worker", "2 workers"))
SESSIONS = 12
AIM = 0.15
LOCKED, FREE = "sandboxed", "not sandboxed"
METHOD = """\
A made-up class of {students} submits {units} units: most functions are right, some are a known
mistake, and some are left unwritten. In every round all graders grade the same notebooks of one
unit, one grader after the other, beginning with a different one each time. A command that grades a
single student shows what starting up costs; the times are those of the command that then grades all
the other students, its start-up included. Processor time is that of all processes, waited for to
the end. {agree}

**nbgrader** is `nbgrader autograde` out of the box. Its hidden tests ask as many secret questions,
but in its kernel, where the reference is open to the student's code, and they give no partial
credit. It makes no feedback pages here; `course grade` does. **otter** is `otter run` without a
container, one command per notebook, with the same tests."""
CELLS = """\
**Own cells** is the processor time of the student's cells in the student's process, which no grader
can do without. The lesson's demonstration cells are skipped if nothing needs them; nbgrader and
otter run them all.
**Beyond** is what `course grade` with one worker takes on top of that for a submission, not
counting its start-up: restoring, a fork per exercise, drawing the secret questions and answering
them with the reference, judging, the gradebook, the notebook and the feedback page."""
MISSED = """\
The aim is {aim} s beyond. It is missed in {units}.
A good part of the time goes into forks, since each exercise is asked in a process of its own, and
into the known mistakes, which have to answer secret questions, too, before one of them is named; in
the last unit most of it goes into questions that train nets. Two workers gain less if a class is
graded in seconds, since each has to start up; [a larger class](grading_scale.md) shows what they
gain then."""
SANDBOX = """\
The same submissions are graded in turn by a worker that sandboxes its sessions and by one that does
not ({count} pairs): restoring, a session, its cells and all questions, without saving."""


def used(command: Callable[[], object]) -> Used:
    """Run a command; return what it and its processes took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command()
    wall = time.perf_counter() - start
    _wait_for_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Used(wall, cpu)


def _wait_for_orphans() -> None:
    """Wait for processes whose parents ended before them: what they took counts too."""
    until = time.monotonic() + ORPHANS_SECONDS
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)


Round = dict[str, tuple[Used, Used]]


def measure(contestants: Sequence[Contestant], unit: str, students: int, turn: int) -> Round:
    """Let all of them grade one unit: for one student, and for all the others."""
    work = submissions(unit, students, REPO)
    for one in contestants:
        one.prepare(unit)
        one.hand_in(unit, work)
    first = turn % len(contestants)
    order = [*contestants[first:], *contestants[:first]]
    starts = {one.name: used(lambda one=one: one.grade(unit, [0])) for one in order}
    rest = range(1, students)
    others = {one.name: used(lambda one=one: one.grade(unit, rest)) for one in order}
    return {name: (starts[name], others[name]) for name in starts}


def own_cells(unit: str, work: Sequence[bytes]) -> float:
    """Processor seconds of a student's own cells: the mean of some."""
    released = released_notebook(course_directory(REPO), unit, unit)
    clock = "import time; print(time.process_time())"
    with Worker(unit, require=Level.LIMITS) as worker:
        seconds = []
        for content in work:
            cells = restore(released, content, f"{unit}.ipynb", None).notebook["cells"]
            with worker.session() as session:
                before = _printed(session.run(clock))
                run_cells(session, Record(), cells, {}, every=False)
                seconds.append(_printed(session.run(clock)) - before)
    return float(np.mean(seconds))


def _printed(outputs: list[dict]) -> float:
    return float(outputs[0]["text"])


class Free(Worker):
    """A worker whose sessions are not sandboxed: only to see what the sandbox costs."""

    def _policy(self) -> None:
        return None

    def selftest(self) -> list:
        return []


def sandbox(unit: str, work: Sequence[bytes]) -> dict[str, np.ndarray]:
    """Elapsed seconds for each submission, sandboxed and not, in turn."""
    released = released_notebook(course_directory(REPO), unit, unit)
    times: dict[str, list[float]] = {LOCKED: [], FREE: []}
    files = [SubmittedFile(f"{unit}.ipynb", content) for content in work]
    with Worker(unit, require=Level.LIMITS) as locked, Free(unit) as free:
        workers = {LOCKED: locked, FREE: free}
        for worker in workers.values():
            grade_submission(released, files[0], unit, b"key", worker)
        for number, file in enumerate(files):
            for name in sorted(workers, reverse=bool(number % 2)):
                start = time.perf_counter()
                grade_submission(released, file, unit, b"key", workers[name])
                times[name].append(time.perf_counter() - start)
    return {name: np.array(seconds) for name, seconds in times.items()}


def agreement(course: Contestant, other: Contestant) -> tuple[int, int]:
    """Count exercises that both graders give full marks or both don't, and all."""
    one, two = _full(course.folder), _full(other.folder)
    both = one.keys() & two.keys()
    return sum(one[key] == two[key] for key in both), len(both)


def _full(folder: Path) -> dict[tuple, bool]:
    query = """
        select assignment.name, submitted_assignment.student_id, base_cell.name,
               grade.auto_score = grade_cells.max_score
        from grade join base_cell on base_cell.id = grade.cell_id
        join grade_cells on grade_cells.id = base_cell.id
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
        join assignment on assignment.id = submitted_assignment.assignment_id
        where grade_cells.cell_type = 'code'"""
    with closing(sqlite3.connect(folder / "gradebook.db")) as gradebook:
        return {tuple(key): bool(full) for *key, full in gradebook.execute(query)}


def graders_table(rounds: dict[str, Round], students: int) -> str:
    """Each grader over all rounds, and how many times as long nbgrader takes."""
    rows = []
    for name in next(iter(rounds.values())):
        rest = [one[name][1] for one in rounds.values()]
        theirs = [one[Nbgrader.name][1] for one in rounds.values()]
        count = len(rest) * (students - 1)
        rows.append(
            [
                name,
                f"{count / sum(one.wall for one in rest):.2f}",
                f"{sum(one.wall for one in rest) / count:.2f}",
                f"{sum(one.cpu for one in rest) / count:.2f}",
                f"{np.median([one[name][0].wall for one in rounds.values()]):.1f}",
                f"{sum(o.wall for o in theirs) / sum(o.wall for o in rest):.2f}",
                f"{sum(o.cpu for o in theirs) / sum(o.cpu for o in rest):.2f}",
            ]
        )
    head = ["grader", "submissions per second", "s each", "processor s each", "s for one alone"]
    return page.table([*head, "nbgrader's time / its", "nbgrader's processor / its"], rows)


def beyond(found: Round, cells: float, students: int) -> float:
    """Processor seconds that one worker takes for a submission, without its start and its cells."""
    start, rest = found[ONE]
    return (rest.cpu - start.cpu) / (students - 2) - cells


def units_table(rounds: dict[str, Round], cells: dict[str, float], students: int) -> str:
    """Unit by unit: the ratios, and what grading takes beyond the notebook's own cells."""
    rows = []
    for unit, found in rounds.items():
        theirs, one, two = (found[name][1] for name in (Nbgrader.name, ONE, TWO))
        rows.append(
            [
                unit,
                times_as_long(theirs.wall / one.wall),
                times_as_long(theirs.wall / two.wall),
                f"{one.wall / two.wall:.2f}",
                f"{cells[unit]:.2f}",
                f"{beyond(found, cells[unit], students):.2f}",
            ]
        )
    head = ["unit", f"nbgrader / {ONE}", f"nbgrader / {TWO}", "one worker / two"]
    return page.table([*head, "own cells, processor s", "beyond, processor s"], rows)


def missed(took: dict[str, float]) -> list[str]:
    """Say where more is taken than should be, if anywhere."""
    units = [unit for unit, seconds in took.items() if round(seconds, 2) > AIM]
    return [MISSED.format(aim=AIM, units=", ".join(units))] if units else []


@styled
def plot(rounds: dict[str, Round], students: int) -> str:
    """Seconds for a submission, grader by grader, in each unit."""
    figure, axes = canvas(8, 3.6)
    ax = axes[0, 0]
    for i, name in enumerate(next(iter(rounds.values()))):
        colour, _, marker = stroke(i)
        each = [one[name][1].wall / (students - 1) for one in rounds.values()]
        ax.plot(each, range(len(rounds)), marker, color=colour, label=name, markersize=8)
    ax.set(xscale="log", xlabel="seconds for a submission", yticks=range(len(rounds)))
    ax.set_yticklabels(rounds)
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.xaxis.set_major_formatter("{x:g}")
    ax.xaxis.set_minor_locator(NullLocator())
    ax.grid(axis="x")
    ax.invert_yaxis()
    figure.legend(loc="outside lower center", ncols=4)
    return page.write_plot("grading", figure, "Seconds for a submission, by grader and unit")


def main() -> None:
    """Measure, print, and renew the page."""
    options = argparse.ArgumentParser(prog="python -m benchmarks grading", description=__doc__)
    options.add_argument("--students", type=int, default=STUDENTS)
    options.add_argument("--units", nargs="+", default=list(UNITS), choices=list(UNITS))
    options.add_argument("--otter", type=Path, help="the command otter, of another environment")
    chosen = options.parse_args()
    students, rounds, cells = chosen.students, {}, {}
    become_subreaper()
    with tempfile.TemporaryDirectory() as place:
        contestants: list[Contestant] = [
            Nbgrader(Path(place, "nbgrader")),
            Course(Path(place, "one"), 1),
            Course(Path(place, "two"), 2),
        ]
        if chosen.otter:
            contestants.append(Otter(Path(place, "otter"), chosen.otter.absolute()))
        for turn, unit in enumerate(chosen.units):
            rounds[unit] = measure(contestants, unit, students, turn)
            cells[unit] = own_cells(unit, submissions(unit, SESSIONS, REPO))
            print(units_table({unit: rounds[unit]}, cells, students), flush=True)
        same, count = agreement(contestants[1], contestants[0])
    locked = sandbox(chosen.units[0], submissions(chosen.units[0], students, REPO))
    added = float(np.median(locked[LOCKED] - locked[FREE]))
    agree = f"nbgrader and the course agree on full marks in {same} of {count} exercises."
    asked = [f"--otter {chosen.otter.name}"] if chosen.otter else []
    if students != STUDENTS:
        asked.append(f"--students {students}")
    if len(rounds) != len(UNITS):
        asked.append(f"--units {' '.join(rounds)}")
    command = " ".join(["python -m benchmarks grading", *asked])
    sections = [
        page.circumstances(command, ["nbgrader", "nbclient", "ipykernel", "numpy", "matplotlib"])
        + (f" otter {contestants[-1].version()}." if chosen.otter else ""),
        METHOD.format(students=students, units=len(rounds), agree=agree),
        graders_table(rounds, students),
        plot(rounds, students),
        "## Unit by unit",
        CELLS,
        units_table(rounds, cells, students),
        *missed({u: beyond(one, cells[u], students) for u, one in rounds.items()}),
        "## What the sandbox costs",
        SANDBOX.format(count=students),
        page.table(
            ["", "ms per submission"],
            [
                *([name, f"{1e3 * np.median(times):.0f}"] for name, times in locked.items()),
                ["difference, median of pairs", f"{1e3 * added:.0f}"],
            ],
        ),
    ]
    print(*sections, sep="\n\n")
    print(page.write("grading", "Grading a class", sections))


if __name__ == "__main__":
    main()
