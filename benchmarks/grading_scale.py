"""A class of thousands in one unit: the cost of the last, memory, a second worker, exports.

The sample class's submissions are submitted over and over, except those that wait for a time limit,
which would measure only that limit.
"""

import argparse
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks import page
from benchmarks.contestants import REPO
from benchmarks.gradebook_class import fill
from benchmarks.rounds import times_as_long
from course.demo.folder import make_class
from course.demo.recipes import UNIT
from course.exercises.units import UNITS
from course.figures.drawing.style import canvas, stroke, styled
from course.grading import course_folder
from course.grading.classroom import Progress, grade_class
from course.grading.gradebook.export import table as exported
from course.grading.gradebook.report import class_report
from course.grading.gradebook.report_page import report_page

COUNT, BLOCKS, TOO_SLOW = 10_000, 10, 3.0
EXERCISES, FEW = 11, 1_000
COMPARED, TURNS = 300, (1, 2, 2, 1, 1, 2, 2, 1)
AIM = 1.8
MIB = 1 << 20
METHOD = """\
{count} submissions for `{unit}`, graded by one command with {workers} workers. They are those of
the sample class, submitted over and over under different names, except {left_out} of its {sample}
that wait for a time limit. Their order is always the same, so every tenth of the class is the same
work. **Seconds each** is elapsed time, which other programs on the machine lengthen;
**coordinator** is the processor time, and the largest memory so far, of the process that reads,
saves and makes the feedback pages."""
WORKERS = """\
{compared} of these submissions are graded by one worker and by two, in turn ({turns}),
each time from the first result to the last. The figures are the median and the range."""
MISSED = """\
The aim, {aim:g} times, is missed. One worker does everything in one process. With two, a third
process reads, saves and makes the pages, and has to share the processors with them."""
EXPORTS = """\
`course export` of all scores and `course report --html`; for comparison, nbgrader's own
`nbgrader export`, on a smaller class because it takes so long. The gradebook of {units} units is
filled row by row, with {exercises} exercises in each."""


@dataclass(frozen=True)
class Step:
    """The progress of grading: elapsed time, the coordinator's time, and its largest memory."""

    wall: float
    cpu: float
    bytes: int


def now() -> Step:
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Step(time.perf_counter(), time.process_time(), largest)


def sample_work(root: Path) -> tuple[list[bytes], int]:
    """Make the course's folder; return the sample's submissions, and how many are too slow."""
    make_class(REPO, root)
    slow: list[str] = []

    def look(done: Progress) -> None:
        if done.seconds > TOO_SLOW:
            slow.append(done.student)

    grade_class(root, UNIT, on_progress=look)
    submitted = root / "submitted"
    sample = sorted(path.name for path in submitted.iterdir())
    kept = [
        (submitted / name / UNIT / f"{UNIT}.ipynb").read_bytes()
        for name in sample
        if name not in slow
    ]
    return kept, len(slow)


def hand_in(root: Path, work: list[bytes], count: int, name: str) -> None:
    """Submit for `count` students whose names begin with `name`, and for no others."""
    shutil.rmtree(root / "submitted")
    for number in range(count):
        place = root / "submitted" / f"{name}-{number:05}" / UNIT
        place.mkdir(parents=True)
        (place / f"{UNIT}.ipynb").write_bytes(work[number % len(work)])


def graded(root: Path, workers: int) -> list[Step]:
    """Grade the class in a process of its own; return a step for each submission."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_grade, args=(root, workers, theirs))
    process.start()
    theirs.close()
    steps = ours.recv()
    process.join()
    return steps


def _grade(root: Path, workers: int, results) -> None:
    steps = []
    done = grade_class(
        root, UNIT, workers=workers, on_progress=lambda p: steps.append(now()) if p.done else None
    )
    if done.failed:
        raise RuntimeError(f"{len(done.failed)} failed: {next(iter(done.failed.values()))}")
    results.send(steps)


@dataclass(frozen=True)
class Block:
    """A tenth of the class: what one of its submissions took, in the median and the mean."""

    last: int
    wall: float
    cpu: float
    mib: float


def blocks(steps: list[Step]) -> list[Block]:
    """The tenths; the first begins where the first result was saved, so that no start is in it."""
    ends = np.linspace(0, len(steps) - 1, BLOCKS + 1).astype(int)
    found = []
    for first, last in pairwise(ends):
        many = last - first
        wall = (steps[last].wall - steps[first].wall) / many
        cpu = (steps[last].cpu - steps[first].cpu) / many
        found.append(Block(last + 1, wall, cpu, steps[last].bytes / MIB))
    return found


def pace(steps: list[Step]) -> float:
    """Seconds for a submission, from the first result on."""
    return (steps[-1].wall - steps[0].wall) / (len(steps) - 1)


def one_and_two(root: Path, work: list[bytes]) -> list[str]:
    """Grade a class by one worker and by two, in turn: a table, and what is missed."""
    paces: dict[int, list[float]] = {1: [], 2: []}
    for turn, workers in enumerate(TURNS):
        hand_in(root, work, COMPARED, f"turn-{turn}")
        paces[workers].append(pace(graded(root, workers)))
    one, two = (float(np.median(found)) for found in paces.values())
    rows = [
        [str(workers), f"{np.median(found):.3f} ({min(found):.3f} to {max(found):.3f})"]
        for workers, found in paces.items()
    ]
    rows.append(["one / two", times_as_long(one / two)])
    missed = [MISSED.format(aim=AIM)] if one / two < AIM else []
    return [page.table(["workers", "seconds each"], rows), *missed]


def seconds(command: Callable[[], object]) -> float:
    start = time.perf_counter()
    command()
    return time.perf_counter() - start


def exports(root: Path, place: Path, count: int) -> list[list[str]]:
    """Time the exports and the report."""
    graded_here = f"{count} × 1, graded here"
    rows = [
        _row("course export", graded_here, lambda: exported(root)),
        _row("course report --html", graded_here, lambda: report_page(class_report(root, UNIT))),
    ]
    many = _filled(place, COUNT, len(UNITS))
    rows += [
        _row("course export", many.name, lambda: exported(many)),
        _row("course export --wide", many.name, lambda: exported(many, wide=True)),
    ]
    few = _filled(place, FEW, 1)
    command = [sys.executable, "-m", "nbgrader", "export"]
    return [
        *rows,
        _row("course export", few.name, lambda: exported(few)),
        _row(
            "nbgrader export",
            few.name,
            lambda: subprocess.run(command, cwd=few, check=True, capture_output=True),
        ),
    ]


def _filled(place: Path, students: int, units: int) -> Path:
    root = place / f"{students} × {units}"
    root.mkdir()
    shutil.copy(REPO / course_folder.CONFIG, root)
    fill(course_folder.course_directory(root), students, units, EXERCISES)
    return root


def _row(command: str, size: str, run: Callable[[], object]) -> list[str]:
    return [command, size, f"{seconds(run):.1f}"]


@styled
def plot(found: list[Block]) -> str:
    """Seconds per submission and the coordinator's memory, along the class."""
    figure, axes = canvas(8, 3, columns=2)
    shown = {
        "seconds for a submission": [one.wall for one in found],
        "coordinator's memory, MiB": [one.mib for one in found],
    }
    for i, (title, heights) in enumerate(shown.items()):
        colour, _, marker = stroke(i)
        axes[0, i].plot([one.last for one in found], heights, marker=marker, color=colour)
        axes[0, i].set(title=title, ylim=(0, 1.1 * max(heights)), xlabel="submissions graded")
    return page.write_plot("grading_scale", figure, "Time and memory along a class of thousands")


def main() -> None:
    """Measure, print, and renew the page."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks grading_scale", description=__doc__
    )
    options.add_argument("--count", type=int, default=COUNT, help="number of submissions")
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "class")
        work, left_out = sample_work(root)
        compared = one_and_two(root, work)
        hand_in(root, work, chosen.count, "s")
        found = blocks(graded(root, chosen.workers))
        rows = exports(root, Path(folder), chosen.count)
    asked = f" --count {chosen.count}" * (chosen.count != COUNT)
    asked += f" --workers {chosen.workers}" * (chosen.workers != 2)
    first, last = found[0], found[-1]
    sections = [
        page.circumstances(
            f"python -m benchmarks grading_scale{asked}", ["nbgrader", "sqlalchemy", "numpy"]
        ),
        METHOD.format(
            count=chosen.count,
            unit=UNIT,
            workers=chosen.workers,
            left_out=left_out,
            sample=len(work) + left_out,
        ),
        plot(found),
        page.table(
            ["submissions up to", "seconds each", "coordinator's processor s each", "its MiB"],
            [[str(b.last), f"{b.wall:.3f}", f"{b.cpu:.3f}", f"{b.mib:.0f}"] for b in found],
        ),
        f"The last tenth took {last.wall / first.wall:.2f} times as long as the first,\nand the "
        f"coordinator {last.cpu / first.cpu:.2f} times as much processor time.",
        "## A second worker",
        WORKERS.format(compared=COMPARED, turns=", ".join(map(str, TURNS))),
        *compared,
        "## Exports and the report",
        EXPORTS.format(units=len(UNITS), exercises=EXERCISES),
        page.table(["command", "students × units", "s"], rows),
    ]
    print(*sections, sep="\n\n")
    print(page.write("grading_scale", "A class of thousands", sections))


if __name__ == "__main__":
    main()
