"""Words that several commands share: exit statuses, arguments and options."""

from pathlib import Path
from typing import Annotated

import typer

WRONG_WORK, WRONG_USAGE = 1, 2


def units() -> list[str]:
    from course.exercises.units import UNITS

    return list(UNITS)


UNIT = typer.Argument(
    metavar="UNIT", help="A unit, such as 05_backprop, or 5.", autocompletion=units
)
Unit = Annotated[str, UNIT]
Root = Annotated[
    Path, typer.Option("--root", help="The course folder, which contains nbgrader_config.py.")
]
