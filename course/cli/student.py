"""The commands of students: lab, check."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from course.cli.words import WRONG_WORK, Root
from course.terminal import console, plain

commands = typer.Typer()


@commands.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
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


@commands.command()
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
