"""Which of several files is the notebook that counts: names may have been changed on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from course.grading.submission.submitted import printable_name


@dataclass(frozen=True)
class Candidate:
    """A notebook of the unit.

    work: how many of its cells hold answers.
    order: grows with time within one attempt.
    """

    file: str
    work: int
    order: int = 0


def best_of(candidates: Sequence[Candidate], right: str) -> tuple[int, list[str]]:
    """Return which of the candidates counts, and what its author should be told of that.

    It is the last of those that hold work. right: the name that it should have.
    """

    def merit(index: int) -> tuple:
        one = candidates[index]
        return one.work > 0, one.order, one.file == right, one.work

    chosen = max(range(len(candidates)), key=merit)
    called = printable_name(candidates[chosen].file)
    others = [one for index, one in enumerate(candidates) if index != chosen]
    if sum(one.work > 0 for one in candidates) > 1:
        count = len(candidates)
        return chosen, [f"{count} notebooks of this unit were uploaded; {called} was graded."]
    if others:
        blank = ", ".join(sorted(printable_name(one.file) for one in others))
        return chosen, [f"No work in {blank}, so {called}, uploaded with it, was graded."]
    if candidates[chosen].file != right:
        return chosen, [f"The file was called {called}; it was graded as {right}."]
    return chosen, []
