"""All commands together, by the readers they are for."""

from importlib.metadata import version
from typing import Annotated

import typer

from course.cli import author, instructor, student

READERS = {
    "For students": student.commands,
    "For instructors": instructor.commands,
    "For authors": author.commands,
}

app = typer.Typer(
    help="Feed-forward networks from first principles: build, check and grade the notebooks.",
    epilog="Exit status: 0: done, and all is right; 1: something is wrong with the "
    "submissions, the class's files or this machine; 2: wrong usage (an option, or a file given to "
    "it, is not what is expected), or a part that is not installed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for panel, commands in READERS.items():
    for command in commands.registered_commands:
        command.rich_help_panel = panel
        app.registered_commands.append(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"feedforward-course {version('feedforward-course')}")
        raise typer.Exit


@app.callback()
def course(
    _: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version."),
    ] = False,
) -> None:
    pass
