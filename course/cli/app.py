"""All commands together, by the readers they are for."""

import typer

from course.cli import author, instructor, student

READERS = {
    "For students": student.commands,
    "For instructors": instructor.commands,
    "For authors": author.commands,
}

app = typer.Typer(
    help="Feed-forward networks from first principles: build, check and grade the notebooks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for panel, commands in READERS.items():
    for command in commands.registered_commands:
        command.rich_help_panel = panel
        app.registered_commands.append(command)
