"""Grading that a student's code can neither forge nor harm.

A submission goes from room to room: `submission` and `platforms` collect and read it, `notebook`
restores it from its text, `process` runs it in the student's own process (`student_process`, which
nothing here believes, in the `sandbox`), `judging` asks the questions and judges the answers,
`notebook` writes the verdicts back, `gradebook` and `feedback` keep and show them. `grade` does the
middle of this as a pure function, `parallel` does it on many cores, `classroom` for a whole class,
`preprocessors` for nbgrader. docs/design.md has the map.

Nothing is imported here: the student's side imports this package too.
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
