"""Grading that a student's code can neither forge nor harm.

A submission is collected, quarantined and read (`submission`), restored (`notebook.restore`), run
and asked (`judging.examine`), judged (`judging.verdicts`), written back (`notebook.write_back`) and
saved (`gradebook.ledger`). `grade` is the middle of that as a pure function; `parallel` runs it on
many cores or machines; `classroom` and `preprocessors` do it all for `course grade` and nbgrader.

An answer goes from the student's function through `engine.observe`, `student_process.server` and
`.channel` to `process.session`, then through `judging.redact` to `judging.verdicts`.

The trust boundary is that channel: `student_process` runs in a `sandbox`, and what it sends is an
observation, never a verdict. It imports this package too, so nothing is imported here.
"""

import os


class GradingError(RuntimeError):
    """Grading can't begin or go on; the message says why and what to do."""


class RefusedError(GradingError):
    """Nothing was graded, and nothing changed."""


class StoppedError(GradingError):
    """What was saved before is complete, and the next run continues from there."""


class UntrustedGraderError(RuntimeError):
    """Plain nbgrader is executing a test cell that only the trusted grader may fill in."""


def require_trusted_grader(exercise: str) -> None:
    """Refuse to grade: every graded test cell calls this, and only plain nbgrader executes it.

    Plain nbgrader gives full marks to a cell without an error. This error makes it 0 until the
    course's own preprocessors are in use. Authors who run the source notebook don't get it.
    """
    if os.environ.get("NBGRADER_EXECUTION") != "autograde":
        return
    raise UntrustedGraderError(
        f"The questions of {exercise} were not asked, so this is not a grade. Use `course grade`, "
        "or an nbgrader_config.py with course.grading.preprocessors, like the course's own."
    )
