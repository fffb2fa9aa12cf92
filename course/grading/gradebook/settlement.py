"""What the course settles about a graded notebook where nbgrader's own rules would not do.

`Ledger` (for `course grade`) and `Settle` (for `nbgrader autograde`) write the same gradebook in
two ways; both take these rules from here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import is_solution, is_task

from course.grading.gradebook.written import blank_answers
from course.grading.judging.results import below_full

GRADER_FAILED = (
    "The grader itself failed here. This waits for a grade by hand, or to be graded again."
)


# The columns of an answer's grade that waits for a person.
WAITS = {"auto_score": None, "needs_manual_grade": True}
# Those of an answer that isn't there.
BLANK = {"auto_score": 0.0, "needs_manual_grade": False}


@dataclass(frozen=True)
class Settlement:
    """What holds for a notebook's rows in the gradebook.

    every_grade: the columns of every grade, written answers included, if the notebook could not be
        read; None if each part has its own score.
    remark: a comment on the whole notebook. nbgrader has no place for one, so the first answer's
        comment carries it.
    first_answer: the name of that answer's cell.
    blank: the names of the questions without an answer.
    """

    every_grade: dict[str, Any] | None = None
    remark: str | None = None
    first_answer: str | None = None
    blank: frozenset[str] = frozenset()

    def grade(
        self, name: str, is_scored: bool, is_new: bool, by_hand: bool
    ) -> dict[str, Any] | None:
        """Return the columns of the grade of the cell `name`; None if nbgrader's own rule decides.

        A score by hand is kept, but waits for a person again if the answer is another one now. An
        answer that isn't there is 0, and nobody needs to read it.

        is_scored: whether the cell itself is scored, unlike a question with its answer elsewhere.
        is_new: whether a person graded another answer.
        by_hand: whether there is a score by hand.
        """
        if self.every_grade is not None:
            again = {"needs_manual_grade": True} if is_new and by_hand else {}
            return self.every_grade | again
        if name in self.blank and not by_hand:
            return BLANK
        return WAITS if not is_scored and (is_new or not by_hand) else None

    def comment(self, name: str, comment: str | None) -> str | None:
        """Return the comment on the cell called `name`, with the remark if it belongs there."""
        if self.remark is None or name != self.first_answer:
            return comment
        return " ".join(filter(None, (comment, self.remark)))


def settlement(notebook: NotebookNode) -> Settlement:
    """Return what is settled about a graded notebook.

    If the notebook could not be read, every part scores 0. If the grader failed, the parts also
    wait for a person. If the sandbox was less than full, the remark says so.
    """
    grading = notebook.metadata.course.grading
    zero = {"auto_score": 0.0, "needs_manual_grade": grading.problem == GRADER_FAILED}
    answers = (cell for cell in notebook.cells if is_solution(cell) or is_task(cell))
    return Settlement(
        every_grade=zero if grading.problem else None,
        remark=below_full(grading.level),
        first_answer=next((cell.metadata.nbgrader.grade_id for cell in answers), None),
        blank=blank_answers(notebook),
    )


def lateness(
    received: datetime | None, due: datetime | None, extension: timedelta | None
) -> timedelta:
    """Return how late a submission is; nothing if one of its times isn't known."""
    if received is None or due is None:
        return timedelta()
    return max(timedelta(), received - due - (extension or timedelta()))
