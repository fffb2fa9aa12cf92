"""The command `course`: `student`, `instructor` and `author` hold what it can do.

Exit status 0: success; 1: something is wrong with the files or submissions; 2: wrong usage, or a
part of the course that is not installed.
"""

import sys

from course.parts import missing_part


def main() -> None:
    """Run the command. A ValueError means wrong usage and is printed as one line."""
    # A None in sys.modules makes the import of that module fail at once. jsonschema, which nbformat
    # imports, does without it then: the module is an optional parser for international addresses
    # (IRIs), takes about a second to import, and no schema of a notebook mentions such an address.
    sys.modules.setdefault("rfc3987_syntax", None)
    try:
        _run()
    except ModuleNotFoundError as error:
        advice = missing_part(error.name)
        if advice is None:
            raise
        print(f"course: {advice}", file=sys.stderr)
        raise SystemExit(2) from None


def _run() -> None:
    from course.cli.app import app
    from course.cli.words import WRONG_USAGE, WRONG_WORK
    from course.grading import GradingError
    from course.terminal import errors

    try:
        app()
    except ValueError as error:
        errors.print(f"course: {error}", highlight=False, markup=False, soft_wrap=True)
        raise SystemExit(WRONG_USAGE) from None
    except GradingError as error:
        errors.print(f"course: {error}", highlight=False, markup=False, soft_wrap=True)
        raise SystemExit(WRONG_WORK) from None
