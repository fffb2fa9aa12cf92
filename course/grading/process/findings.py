"""What the findings of the sandbox's self-test mean: try again, or refuse to grade and say why."""

from collections.abc import Sequence

from course.grading import RefusedError
from course.grading.sandbox import Finding, Level, SandboxError


class NotSandboxedError(SandboxError, RefusedError):
    """This machine can't sandbox a student's process as required; the message says why."""


def proves_nothing(finding: Finding) -> bool:
    """Whether a probe failed for a reason other than the sandbox."""
    aborted = finding.probe == "run the self-test"
    return not finding.passed and (aborted or finding.detail.startswith("proves nothing"))


def refusal(findings: Sequence[Finding], require: Level) -> NotSandboxedError:
    """Return the error that lists the failed probes and says what to do."""
    got = "\n".join(f"- {found.probe}: {found.detail}" for found in findings if not found.passed)
    advice = "`course doctor` and docs/security.md say what a sandbox needs."
    if require is Level.FULL:
        advice += (
            " If this machine can't provide a full sandbox, c.RunAndAsk.require_sandbox = False"
            " accepts less: a hostile notebook may then read and change files."
        )
    return NotSandboxedError(
        f"Nothing can be graded: the sandbox does not hold on this machine.\n{got}\n{advice}"
    )
