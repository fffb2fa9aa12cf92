"""The commands of instructors: grade, migrate, report, demo, doctor.

Those for learning platforms are in `course.grading.platforms.commands`.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from course.cli.report import report
from course.cli.words import WRONG_WORK, Root, Unit
from course.grading.platforms import commands as platforms
from course.terminal import console, errors

if TYPE_CHECKING:
    from course.grading.classroom import ClassGraded, Progress

commands = typer.Typer()

Workers = Annotated[
    int, typer.Option("--workers", min=1, help="Number of submissions to grade in parallel.")
]
CORES = os.cpu_count() or 1
# Endless loops make the pace uneven, so the time left is estimated from the last ten minutes.
SPEED_SECONDS = 600.0


@commands.command()
def grade(
    unit: Unit,
    student: Annotated[
        list[str] | None,
        typer.Option(
            "--student", help="Grade only this student, even if already graded. May be repeated."
        ),
    ] = None,
    regrade: Annotated[
        bool, typer.Option("--regrade", help="Grade all submissions again, not only the new ones.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            min=1,
            show_default="number of cores",
            help="Number of submissions to grade in parallel.",
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Grade on the workers of the Dask cluster whose scheduler has this address, "
            "such as tcp://10.0.0.5:8786; `local` starts a cluster here, with --workers processes. "
            "See docs/cluster.md.",
        ),
    ] = None,
    root: Root = Path(),
) -> None:
    """Grade the submissions for UNIT that have not been graded yet.

    Reads submitted/; writes the gradebook, autograded/ and feedback/. It can be stopped at any
    moment and resumed by running it again. With the same class secret, the scores are the same on
    every machine.
    """
    if workers and scheduler not in (None, "local"):
        raise ValueError(
            f"--workers: cannot be set here, since the cluster at {scheduler} has its own workers"
        )
    from course.grading import course_folder
    from course.grading.gradebook.notes import other_editions

    unit = course_folder.unit_called(course_folder.course_directory(root), unit)
    start = time.monotonic()
    done = _grade(root, unit, workers or CORES, student, scheduler, regrade)
    if not (done.graded or done.unchanged or done.failed):
        _say_where_submissions_belong(root, unit)
        raise typer.Exit(WRONG_WORK)
    took = f" It took {_clock(time.monotonic() - start)}." if done.graded else ""
    counts = f"{len(done.graded)} graded, {len(done.unchanged)} already up to date."
    nothing = "" if done.graded or done.failed else "Nothing new to grade: "
    console.print(nothing + counts + took, highlight=False)
    if done.penalties:
        said = f"Late penalties changed: {', '.join(done.penalties)}."
        console.print(said, highlight=False, soft_wrap=True)
    if done.renewed:
        console.print(
            f"The feedback of {len(done.renewed)} more was renewed: a grade or comment changed.",
            highlight=False,
        )
    if said := other_editions(unit, done.editions):
        console.print(said, highlight=False, soft_wrap=True)
    console.print(f"To see how the class did: course report {unit}", highlight=False)
    _stop_if_failed(done)


@commands.command()
def migrate(
    unit: Unit,
    rename: Annotated[
        list[str] | None,
        typer.Option(
            "--rename", metavar="OLD=NEW", help="A cell that was only renamed. May be repeated."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing; say what would be changed.")
    ] = False,
    root: Root = Path(),
) -> None:
    """Let the gradebook follow a change of UNIT's cells after work was graded.

    The other cells keep their grades and comments. The gradebook is copied first.
    """
    from course.grading import course_folder
    from course.grading.gradebook.migrate import migrate as migrate_cells

    unit = course_folder.unit_called(course_folder.course_directory(root), unit)
    pairs = [pair.partition("=") for pair in rename or ()]
    if wrong := [old for old, equals, new in pairs if not (old and equals and new)]:
        raise ValueError(f"--rename: expected OLD=NEW, got {wrong[0]!r}")
    done = migrate_cells(root, unit, {old: new for old, _, new in pairs}, dry_run)
    renamed = [f"{old} to {new}" for old, new in done.renamed]
    parts = {"added": done.added, "removed": done.removed, "renamed": renamed}
    said = [f"{what}: {', '.join(cells)}" for what, cells in parts.items() if cells]
    if done.is_empty:
        said = [f"The gradebook has the cells of {unit} already."]
    elif dry_run:
        said.append("Nothing was changed.")
    else:
        if done.dropped:
            said.append(f"{done.dropped} scores and comments by hand are only in the copy now.")
        said.append(f"The gradebook as it was: {done.backup}")
        said.append(f"Now run `course grade {unit}`.")
    for line in said:
        console.print(line, highlight=False, markup=False, soft_wrap=True)


commands.command()(report)
platforms.register(commands)


@commands.command()
def demo(
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Where to create the class; .demo by default."),
    ] = None,
    workers: Workers = CORES,
    root: Root = Path(),
) -> None:
    """Grade a sample class of twelve, from the first command to the report.

    The class gets its own folder, created afresh each time. Nothing else is touched.
    """
    from course.demo.folder import CELL_SECONDS, make_class
    from course.demo.recipes import UNIT, recipes
    from course.grading.gradebook.report import class_report
    from course.grading.gradebook.report_text import rendered

    folder = folder or root / ".demo"
    make_class(root, folder)
    console.print(Text(f"A sample class submits {UNIT} to {folder}/submitted\n", style="bold"))
    who = Table.grid(padding=(0, 2))
    for recipe in recipes():
        who.add_row(Text(recipe.student, style="bold"), Text(recipe.does))
    console.print(who)
    console.print(
        f"\nGrading. A cell may run for {CELL_SECONDS:g} seconds here, less than in a real class."
    )
    start = time.monotonic()
    done = _grade(folder, UNIT, workers)
    _stop_if_failed(done)
    console.print(f"Graded in {time.monotonic() - start:.0f} seconds by {workers} workers.\n")
    console.print(rendered(class_report(folder, UNIT)))
    _show_where(folder, UNIT)


@commands.command()
def doctor(root: Root = Path()) -> None:
    """Check whether this machine is ready for grading, and say how to fix what is missing."""
    from course.grading.doctor import examine

    checks = examine(root)
    table = Table.grid(padding=(0, 2))
    for check in checks:
        mark = Text("✓", style="green") if check.good else Text("✗", style="bold red")
        text = Text(check.found) if check.good else Text(f"{check.found}\n{check.advice}")
        table.add_row(mark, Text(check.name, style="bold"), text)
    console.print(table)
    if not all(check.good for check in checks):
        raise typer.Exit(WRONG_WORK)


# ---------------------------------------------------------------------------------- what is shown


def _grade(
    root: Path,
    unit: str,
    workers: int,
    students: Sequence[str] | None = None,
    scheduler: str | None = None,
    regrade: bool = False,
) -> "ClassGraded":
    from course.grading.classroom import grade_class

    try:
        with _progress() as shown:
            return grade_class(root, unit, students, workers, shown, scheduler, regrade)
    except KeyboardInterrupt:
        errors.print("Stopped. Finished grades are saved; run the same command again to continue.")
        raise typer.Exit(WRONG_WORK) from None


@contextmanager
def _progress() -> Iterator[Callable[["Progress"], None]]:
    """Give a function that shows the progress: a bar on a terminal, otherwise lines."""
    if not console.is_terminal:
        yield lambda p: console.print(_step(p), highlight=False, markup=False, soft_wrap=True)
        return
    left = TimeRemainingColumn(compact=True)
    columns = (SpinnerColumn(), BarColumn(20), MofNCompleteColumn(), left)
    with Bar(
        *columns,
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        speed_estimate_period=SPEED_SECONDS,
    ) as bar:
        task = bar.add_task("starting", total=None)
        failed, slowest = 0, None

        def show(p: "Progress") -> None:
            nonlocal failed, slowest
            failed += p.error is not None
            slowest = max(slowest or p, p, key=lambda one: one.seconds)
            text = Text(f"{failed} failed", style="bold red" if failed else "dim")
            if slowest.student:
                worst = f"  slowest {slowest.student}, {slowest.seconds:.1f} s"
                text.append(worst, style="not bold dim")
            bar.update(task, completed=p.done, total=p.total, description=text.markup)

        yield show


def _step(p: "Progress") -> str:
    if not p.student:
        return f"{p.total} to grade"
    what = f"{p.seconds:.1f} s" if p.error is None else "could not be graded"
    return f"{p.done} of {p.total}: {p.student}, {what}"


def _clock(seconds: float) -> str:
    return f"{seconds // 60:.0f}:{seconds % 60:02.0f}"


def _say_where_submissions_belong(root: Path, unit: str) -> None:
    from course.grading import course_folder

    coursedir = course_folder.course_directory(root)
    folder = Path(coursedir.root, coursedir.submitted_directory)
    for line in (
        f"No submission for {unit} was found in {folder}.",
        f"Expected: {folder}/STUDENT/{unit}/{unit}.ipynb, with a folder for each student's id.",
        f"`nbgrader collect {unit}` puts the exchange's submissions there, and",
        f"`course collect DOWNLOAD --unit {unit}` those of a learning platform.",
    ):
        errors.print(line, highlight=False, markup=False, soft_wrap=True)


def _stop_if_failed(done: "ClassGraded") -> None:
    """Name the submissions on which the grader itself failed, which is no student's fault."""
    for student, error in done.failed.items():
        errors.print(f"{student} could not be graded:\n{error}", highlight=False, markup=False)
    if done.failed:
        errors.print("These submissions were not touched. `course doctor` may say what is missing.")
        raise typer.Exit(WRONG_WORK)


def _show_where(folder: Path, unit: str) -> None:
    """Say where the results are, on lines that are never wrapped, so that they can be copied."""
    lines = [
        f"\nFeedback    {folder}/feedback/student-04/{unit}/{unit}.html, and so on",
        f"Gradebook   {folder}/gradebook.db",
        f"Formgrader  cd {quote(str(folder.resolve()))} && {quote(sys.executable)} -m jupyterlab",
        "            then choose Nbgrader > Formgrader in the menu\n",
    ]
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    console.print(
        "Scores are the same on every run: the sample class's secret is fixed. "
        "A real class has its own secret."
    )
