"""The command `course`: build, check, grade, report, export, lab, demo, doctor.

Exit status 0: done and right; 1: something is wrong with the work looked at; 2: wrong usage.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
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

if TYPE_CHECKING:
    from course.grading.classroom import ClassGraded, Progress

app = typer.Typer(
    help="Feed-forward networks from first principles: build, check and grade the notebooks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console()
errors = Console(stderr=True)

WRONG_WORK, WRONG_USAGE = 1, 2

Unit = Annotated[str, typer.Argument(metavar="UNIT", help="A unit, such as 05_backprop.")]
Root = Annotated[
    Path, typer.Option("--root", help="The course's folder, where nbgrader_config.py is.")
]
Workers = Annotated[
    int, typer.Option("--workers", min=1, help="So many submissions at the same time.")
]
CORES = os.cpu_count() or 1
# Endless loops make the pace uneven, so the time left is told from so much of the past.
SPEED_SECONDS = 600.0


@app.command()
def build(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 where something differs.")
    ] = False,
    root: Root = Path(),
) -> None:
    """Make frozen questions, solutions/ and assignments/ from the lessons and the reference."""
    from course.build import build as build_all
    from course.build import strangers

    built = build_all(root)
    differing = [file for file in built if not file.is_true]
    surplus = strangers(root, built)
    for file in differing:
        if not check:
            file.write()
        console.print(f"{'differs' if check else 'built'}: {file.path}", highlight=False)
    for path in surplus:
        console.print(f"no lesson makes this file; please remove it: {path}", highlight=False)
    if not differing and not surplus:
        console.print(f"All {len(built)} built files are what the lessons and the reference make.")
    if surplus or (check and differing):
        raise typer.Exit(WRONG_WORK)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    copy_only: Annotated[
        bool, typer.Option("--copy-only", help="Copy the assignments, open nothing.")
    ] = False,
    root: Root = Path(),
) -> None:
    """Open JupyterLab on your own copy of the assignments; further options go to JupyterLab."""
    from course.lab import copy_assignments, open_lab

    folder, new = copy_assignments(root)
    console.print(f"{folder}/: {len(new)} new notebooks; what was there is as it was.")
    if not copy_only:
        raise typer.Exit(open_lab(folder, context.args))


@app.command()
def check(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH", help="A module (my_nn.py) or a notebook (05_backprop.ipynb)."
        ),
    ],
    unit: Annotated[
        str | None,
        typer.Option("--unit", help="Only this unit. A notebook's own unit is the default."),
    ] = None,
    exercise: Annotated[
        str | None, typer.Option("--exercise", help="Only this one, with all that is known of it.")
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="Another number draws other secret questions.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects.")] = False,
) -> None:
    """Ask your functions all their questions, the graded kind too; one line an exercise.

    Your code runs in a process of its own, so an endless loop or a crash costs only its exercise.
    Nothing is graded. The exit status is 0 if all is right, else 1.
    """
    from course.grading.check_file import check_path

    found = check_path(path, unit, exercise, seed)
    if as_json:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        _show_checked(found, whole=exercise is not None)
    if not all(one["passed"] for one in found):
        raise typer.Exit(WRONG_WORK)


@app.command()
def grade(
    unit: Unit,
    student: Annotated[
        list[str] | None,
        typer.Option("--student", help="Only this student, and again. May be repeated."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            min=1,
            show_default="the cores",
            help="So many submissions at the same time.",
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Grade on the workers of the Dask cluster that has its scheduler at this address, "
            "such as tcp://10.0.0.5:8786; `local` starts one here, with --workers processes. "
            "See docs/cluster.md.",
        ),
    ] = None,
    root: Root = Path(),
) -> None:
    """Grade what was handed in for UNIT, as far as it isn't yet.

    Reads submitted/; writes the gradebook, autograded/ and feedback/. It can be stopped at any
    moment and run again. The same class's secret gives the same scores, wherever it runs.
    """
    if workers and scheduler not in (None, "local"):
        raise ValueError(f"--workers: the cluster at {scheduler} has its own")
    start = time.monotonic()
    done = _grade(root, unit, workers or CORES, student, scheduler)
    took = f" It took {_clock(time.monotonic() - start)}." if done.graded else ""
    console.print(
        f"{len(done.graded)} graded; {len(done.unchanged)} had been already.{took}", highlight=False
    )
    console.print(f"See the class with: course report {unit}", highlight=False)
    _stop_if_failed(done)


@app.command()
def report(
    unit: Unit,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page to this file instead.")
    ] = None,
    root: Root = Path(),
) -> None:
    """Show how the class did in UNIT: scores, each exercise, and how many made which mistake."""
    from course.grading.gradebook.report import class_report, rendered, report_page

    found = class_report(root, unit)
    if html is None:
        console.print(rendered(found))
    else:
        html.write_text(report_page(found), encoding="utf-8")
        console.print(f"written: {html}", highlight=False)


@app.command()
def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to; - is the standard output.")
    ],
    unit: Annotated[
        list[str] | None, typer.Option("--unit", help="Only this unit. May be repeated.")
    ] = None,
    wide: Annotated[
        bool, typer.Option("--wide", help="A row for each student, a column for each unit.")
    ] = False,
    root: Root = Path(),
) -> None:
    """Write the class's scores as CSV: a row for each student and unit.

    The columns are those of nbgrader's own export; a score is empty where nothing was handed in.
    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    from course.grading.gradebook.export import table

    written = table(root, unit or (), wide)
    if str(file) == "-":
        sys.stdout.write(written)
    else:
        file.write_text(written, encoding="utf-8", newline="")
        console.print(f"written: {file}", highlight=False)


@app.command()
def demo(
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Where the class is made; .demo by default."),
    ] = None,
    workers: Workers = CORES,
    root: Root = Path(),
) -> None:
    """Grade a sample class of twelve, from the first command to the report.

    The class gets a folder of its own, made afresh each time. Nothing else is touched.
    """
    from course.demo.folder import CELL_SECONDS, make_class
    from course.demo.recipes import UNIT, recipes
    from course.grading.gradebook.report import class_report, rendered

    folder = folder or root / ".demo"
    console.print(Text(f"A sample class hands in {UNIT}, to {folder}/submitted\n", style="bold"))
    make_class(root, folder)
    who = Table.grid(padding=(0, 2))
    for recipe in recipes():
        who.add_row(Text(recipe.student, style="bold"), Text(recipe.does))
    console.print(who)
    console.print(
        f"\nGrading them. A cell may take {CELL_SECONDS:g} seconds here, less than in a real class."
    )
    start = time.monotonic()
    done = _grade(folder, UNIT, workers)
    _stop_if_failed(done)
    console.print(f"Graded in {time.monotonic() - start:.0f} seconds with {workers} workers.\n")
    console.print(rendered(class_report(folder, UNIT)))
    _show_where(folder, UNIT)


@app.command()
def doctor(root: Root = Path()) -> None:
    """Say what this machine offers for grading, and what to do about what is missing."""
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
) -> "ClassGraded":
    from course.grading.classroom import grade_class

    try:
        with _progress() as shown:
            return grade_class(root, unit, students, workers, shown, scheduler)
    except KeyboardInterrupt:
        errors.print("Stopped. What was graded is saved; run the same command again to go on.")
        raise typer.Exit(WRONG_WORK) from None


@contextmanager
def _progress() -> Iterator[Callable[["Progress"], None]]:
    """Give what shows how far the grading is: a bar on a terminal, lines elsewhere."""
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


def _stop_if_failed(done: "ClassGraded") -> None:
    """Say where the grader itself failed, which is no student's fault."""
    for student, error in done.failed.items():
        errors.print(f"{student} could not be graded:\n{error}", highlight=False, markup=False)
    if done.failed:
        errors.print("Their work was left as it is. `course doctor` may say what is missing.")
        raise typer.Exit(WRONG_WORK)


def _show_checked(found: list[dict[str, Any]], whole: bool) -> None:
    """Print a line for each exercise; where none could be asked, once why."""
    messages = {one["message"] for one in found}
    if len(found) > 1 and len(messages) == 1:
        console.print(Text(messages.pop()))
        return
    table = Table.grid(padding=(0, 2))
    for one in found:
        mark = Text("✓", style="green") if one["passed"] else Text("✗", style="bold red")
        text = one["message"] if whole else _line(one)
        table.add_row(mark, Text(one["exercise"], style="bold"), Text(text))
    console.print(table)
    right = sum(one["passed"] for one in found)
    console.print(f"{right} of {len(found)} exercises are right.", highlight=False)
    if len(found) > 1 and right < len(found):
        name = next(one["exercise"] for one in found if not one["passed"])
        console.print(f'Next: {name}. In the notebook, hint("{name}") helps.', highlight=False)


def _line(checked: dict[str, Any]) -> str:
    """Return the line that says most: the known mistake, or how the first answer differs."""
    from course.exercises.units import exercise

    first, *_, last = [*checked["message"].splitlines(), ""]
    head = first.removeprefix(f"{checked['exercise']}: ")
    if checked["mistake"]:
        last = exercise(checked["exercise"]).mistakes[checked["mistake"]].says
    return f"{head} {last}".strip()


def _show_where(folder: Path, unit: str) -> None:
    """Say where the results are; a line each, however long, so that it can be copied."""
    lines = [
        f"\nFeedback    {folder}/feedback/student-04/{unit}/{unit}.html, and so on",
        f"Gradebook   {folder}/gradebook.db",
        f"Formgrader  cd {quote(str(folder.resolve()))} && {quote(sys.executable)} -m jupyterlab",
        "            and choose Nbgrader, Formgrader in the menu\n",
    ]
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    console.print(
        "Scores are the same on every run: the sample class's secret is fixed. "
        "A real class has one of its own."
    )


def main() -> None:
    """Run the command; a ValueError about what was asked for is wrong usage, said in one line."""
    from course.grading import GradingError

    # Whoever reads notebooks loads jsonschema, which would take a second to prepare for a kind of
    # Internet address that none of their schemas knows.
    sys.modules.setdefault("rfc3987_syntax", None)
    try:
        app()
    except ValueError as error:
        errors.print(f"course: {error}", highlight=False, markup=False)
        raise SystemExit(WRONG_USAGE) from None
    except GradingError as error:
        errors.print(f"course: {error}", highlight=False, markup=False)
        raise SystemExit(WRONG_WORK) from None


if __name__ == "__main__":
    main()
