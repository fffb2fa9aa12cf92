"""The commands of authors: build, new-exercise."""

from pathlib import Path
from typing import Annotated

import typer

from course.cli.words import WRONG_WORK, Root
from course.terminal import console

commands = typer.Typer()


@commands.command()
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
    differing = [file for file in built if not file.is_true]
    surplus = strangers(root, built)
    for file in differing:
        if not check:
            file.write()
        console.print(f"{'out of date' if check else 'built'}: {file.path}", highlight=False)
    for path in surplus:
        console.print(
            f"unexpected file, not built from any lesson; please remove it: {path}", highlight=False
        )
    if not differing and not surplus:
        console.print(f"All {len(built)} built files are up to date.")
    if surplus or (check and differing):
        raise typer.Exit(WRONG_WORK)


@commands.command()
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
