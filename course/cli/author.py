"""The commands of authors: build, hosted, new-exercise."""

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
    edited = {file.edited: None for file in built if file.edited}
    differing = [file for file in built if not (file.is_true or file.edited)]
    surplus = strangers(root, built)
    for said in edited:
        console.print(said, highlight=False, markup=False, soft_wrap=True)
    for file in differing:
        if not check:
            file.write()
        console.print(
            f"{'out of date' if check else 'built'}: {file.path}", highlight=False, markup=False
        )
    for path in surplus:
        console.print(
            f"unexpected file, not built from any lesson; please remove it: {path}",
            highlight=False,
            markup=False,
        )
    if not differing and not surplus and not edited:
        console.print(f"All {len(built)} built files are up to date.")
    if surplus or edited or (check and differing):
        raise typer.Exit(WRONG_WORK)


@commands.command()
def hosted(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the notebooks.")],
    package: Annotated[
        str,
        typer.Option("--from", help="What pip is given: NAME==VERSION or a wheel's address."),
    ],
    badge: Annotated[
        str | None,
        typer.Option(
            "--badge",
            metavar="OWNER/REPOSITORY/blob/BRANCH/PATH",
            help="Where FOLDER will be on GitHub, for a badge that opens a notebook in Colab.",
        ),
    ] = None,
) -> None:
    """Write the students' notebooks for Colab and its like: a first cell installs the course."""
    from course.hosted import write_hosted

    for path in write_hosted(folder, package, badge):
        console.print(f"written: {path}", highlight=False, markup=False, soft_wrap=True)


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
