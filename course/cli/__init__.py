"""The command `course`: `student`, `instructor` and `author` hold what it can do.

Exit status 0: done, and all is right; 1: something is wrong with the work, that is, with
submissions, the class's own files or this machine; 2: wrong usage (an option, or a file given to
the command, is not what it expects), or a part of the course that is not installed.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress

from course.parts import missing_part


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command. Whatever a user can cause is printed as a sentence, not as a traceback."""
    # A None in sys.modules makes the import of that module fail at once. jsonschema, which nbformat
    # imports, does without it then: the module is an optional parser for international addresses
    # (IRIs), takes about a second to import, and no schema of a notebook mentions such an address.
    sys.modules.setdefault("rfc3987_syntax", None)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that has no ✓ shows a question mark.
        with suppress(AttributeError):
            stream.reconfigure(errors="replace")
    try:
        _run(arguments)
    except ModuleNotFoundError as error:
        advice = missing_part(error.name)
        if advice is None:
            raise
        print(f"course: {advice}", file=sys.stderr)
        raise SystemExit(2) from None


def _run(arguments: Sequence[str] | None) -> None:
    from course.cli.app import app
    from course.cli.failures import explained
    from course.terminal import errors

    try:
        app(arguments)
    except ModuleNotFoundError:
        raise
    except Exception as error:
        failure = explained(error)
        if failure is None:
            raise
        errors.print(f"course: {failure.text}", highlight=False, markup=False, soft_wrap=True)
        raise SystemExit(failure.status) from None
