"""The command `course`: build, check, grade, report, lab, demo, doctor.

Exit status 0: done and right; 1: something is wrong with the work looked at; 2: wrong usage.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

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


def main() -> None:
    """Run the command; a ValueError about what was asked for is wrong usage, said in one line."""
    try:
        app()
    except ValueError as error:
        errors.print(f"course: {error}", highlight=False, markup=False)
        raise SystemExit(WRONG_USAGE) from None


if __name__ == "__main__":
    main()
