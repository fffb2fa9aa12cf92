"""What a user can cause, as an exit status and a sentence."""

import errno
import os
from typing import NamedTuple

from course.cli.words import WRONG_USAGE, WRONG_WORK
from course.grading import GradingError

# A path that was given and isn't what it should be; any other error of the system is not usage.
NAMES_WRONG_PATH = FileNotFoundError | FileExistsError | IsADirectoryError | NotADirectoryError


class Failure(NamedTuple):
    status: int
    text: str


def explained(error: Exception) -> Failure | None:
    """Return what to say about an error; None if it is a fault of the program."""
    match error:
        case GradingError():
            return Failure(WRONG_WORK, str(error))
        case UnicodeError():
            return Failure(WRONG_USAGE, f"a file is not in UTF-8: {error}")
        case ValueError():
            return Failure(WRONG_USAGE, str(error))
        case OSError(strerror=str() as why):
            where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
            status = WRONG_USAGE if isinstance(error, NAMES_WRONG_PATH) else WRONG_WORK
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            then = ". Make room, and run the same command again." if full else ""
            return Failure(status, f"{where}{why}{then}")
    # Importing these packages to name their errors would take longer than most commands.
    reason = str(error).partition("\n")[0]
    match type(error).__module__.partition(".")[0]:
        case "sqlalchemy" | "sqlite3":
            from course.grading.gradebook.connection import advice

            text = f"the gradebook can't be used: {reason}. {advice(error)}"
            return Failure(WRONG_WORK, text)
        case "traitlets":
            return Failure(WRONG_WORK, f"nbgrader_config.py: {reason}")
    return None
