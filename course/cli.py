"""The command `course`: build, lab, check, grade, report, demo, doctor, new-exercise, and more.

Those for learning platforms are in `course.grading.platforms.commands`.

Exit status 0: success; 1: something is wrong with the files or submissions; 2: wrong usage.
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

from course.grading.platforms import commands as platforms
from course.terminal import console, errors, plain

if TYPE_CHECKING:
    from course.grading.classroom import ClassGraded, Progress

app = typer.Typer(
    help="Feed-forward networks from first principles: build, check and grade the notebooks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

WRONG_WORK, WRONG_USAGE = 1, 2

Unit = Annotated[str, typer.Argument(metavar="UNIT", help="A unit, such as 05_backprop.")]
Root = Annotated[
    Path, typer.Option("--root", help="The course folder, which contains nbgrader_config.py.")
]
Workers = Annotated[
    int, typer.Option("--workers", min=1, help="Number of submissions to grade in parallel.")
]
CORES = os.cpu_count() or 1
# Endless loops make the pace uneven, so the time left is estimated from the last ten minutes.
SPEED_SECONDS = 600.0


@app.command()
def build(
    check: Annotated[
        bool,
        typer.Option("--check", help="Change nothing; exit with 1 if any file is out of date."),
    ] = False,
    root: Root = Path(),
) -> None:
    """Build frozen questions, solutions/ and assignments/ from the lessons and the reference."""
    from course.build import build as build_all
    from course.build import strangers

    built = build_all(root)
    edited = {file.edited: None for file in built if file.edited}
    differing = [file for file in built if not (file.is_true or file.edited)]
    surplus = strangers(root, built)
    for said in edited:
        console.print(said, highlight=False, markup=False, soft_wrap=True)
    for file in differing:
        if not check:
            file.write()
        console.print(f"{'out of date' if check else 'built'}: {file.path}", highlight=False)
    for path in surplus:
        console.print(
            f"unexpected file, not built from any lesson; please remove it: {path}", highlight=False
        )
    if not differing and not surplus and not edited:
        console.print(f"All {len(built)} built files are up to date.")
    if surplus or edited or (check and differing):
        raise typer.Exit(WRONG_WORK)


@app.command()
def new_exercise(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The name of the function to be written.")
    ],
    unit: Annotated[str, typer.Option("--unit", help="A unit, such as 05_backprop.")],
    root: Annotated[
        Path, typer.Option("--root", help="The checkout of the course's repository.")
    ] = Path(),
) -> None:
    """Add an exercise for an author to fill in: a stub, its questions, a place in the lesson."""
    from course.new_exercise import add_exercise, next_steps

    for path in add_exercise(root, name, unit):
        console.print(f"written: {path}", highlight=False, markup=False, soft_wrap=True)
    console.print(f"\n{next_steps(name, unit)}", highlight=False, markup=False, soft_wrap=True)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    copy_only: Annotated[
        bool, typer.Option("--copy-only", help="Copy the assignments, but do not open JupyterLab.")
    ] = False,
    root: Root = Path(),
) -> None:
    """Open JupyterLab on your own copy of the assignments; other options are passed on to it."""
    from course.lab import copy_assignments, open_lab

    folder, new = copy_assignments(root)
    notebooks = "notebook" if len(new) == 1 else "notebooks"
    console.print(
        f"Copied {len(new)} new {notebooks} to {folder}/. Existing files were not touched."
    )
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
        typer.Option("--unit", help="Only this unit. By default, a notebook's own unit."),
    ] = None,
    exercise: Annotated[
        str | None, typer.Option("--exercise", help="Only this exercise, with its whole message.")
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="A different number draws different secret questions.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects.")] = False,
) -> None:
    """Check every exercise in a file, including the kind of questions used for grading.

    Prints one line per exercise. Your code runs in a separate process, so an endless loop or a
    crash fails only the exercise it is in. Nothing is graded. The exit status is 0 if every
    exercise is right, else 1.
    """
    from course.grading.check_file import check_path

    found = check_path(path, unit, exercise, seed)
    if as_json:
        typer.echo(plain(json.dumps(found, indent=2, ensure_ascii=False)))
    else:
        _show_checked(found, whole=exercise is not None)
    if not all(one["passed"] for one in found):
        raise typer.Exit(WRONG_WORK)


@app.command()
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
    from course.grading.gradebook.notes import other_editions

    start = time.monotonic()
    done = _grade(root, unit, workers or CORES, student, scheduler, regrade)
    took = f" It took {_clock(time.monotonic() - start)}." if done.graded else ""
    counts = f"{len(done.graded)} graded, {len(done.unchanged)} already up to date."
    console.print(counts + took, highlight=False)
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


@app.command()
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
    from course.grading.gradebook.migrate import migrate as migrate_cells

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


@app.command()
def report(
    unit: Unit,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write an HTML page to this file instead.")
    ] = None,
    root: Root = Path(),
) -> None:
    """Show how the class did in UNIT: scores, each exercise, and how many made each mistake."""
    from course.grading.gradebook.report import class_report, rendered, report_page

    found = class_report(root, unit)
    if html is None:
        console.print(rendered(found))
    else:
        html.write_text(report_page(found), encoding="utf-8")
        console.print(f"written: {html}", highlight=False)


platforms.register(app)


@app.command()
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
    from course.grading.gradebook.report import class_report, rendered

    folder = folder or root / ".demo"
    console.print(Text(f"A sample class submits {UNIT} to {folder}/submitted\n", style="bold"))
    make_class(root, folder)
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


@app.command()
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


def _stop_if_failed(done: "ClassGraded") -> None:
    """Name the submissions on which the grader itself failed, which is no student's fault."""
    for student, error in done.failed.items():
        errors.print(f"{student} could not be graded:\n{error}", highlight=False, markup=False)
    if done.failed:
        errors.print("These submissions were not touched. `course doctor` may say what is missing.")
        raise typer.Exit(WRONG_WORK)


def _show_checked(found: list[dict[str, Any]], whole: bool) -> None:
    """Print one line per exercise, or a single reason if none could be asked."""
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
    """Return the most telling line: the known mistake, or how the first wrong answer differs."""
    from course.exercises.units import exercise

    first, *_, last = [*checked["message"].splitlines(), ""]
    head = first.removeprefix(f"{checked['exercise']}: ")
    if checked["mistake"]:
        last = exercise(checked["exercise"]).mistakes[checked["mistake"]].message
    return f"{head} {last}".strip()


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


def main() -> None:
    """Run the command. A ValueError means wrong usage and is printed as one line."""
    from course.grading import GradingError

    # A None in sys.modules makes the import of that module fail at once. jsonschema, which nbformat
    # imports, does without it then: the module is an optional parser for international addresses
    # (IRIs), takes about a second to import, and no schema of a notebook mentions such an address.
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
