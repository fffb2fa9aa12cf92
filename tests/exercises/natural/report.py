"""What is said of the natural wrong answers: `python -m tests.exercises.natural.report UNIT`.

An answer is asked the public questions and, with another draw, the secret ones.
"""

import contextlib
import io
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from course.exercises.engine.judge import Verdict
from course.exercises.engine.messages import explain
from course.exercises.units import exercise as exercise_named
from tests.exercises.kill_matrix import public_answers, put, secret_answers
from tests.exercises.natural import entries
from tests.exercises.natural.entry import Entry
from tests.exercises.written import written

SEED = 1789


@dataclass(frozen=True)
class Said:
    """A verdict on a wrong answer, by its public or its secret questions."""

    entry: Entry
    kind: str
    verdict: Verdict

    @property
    def named(self) -> set[frozenset[str]]:
        """The sets of ideas that the message names; several if either of them may be it."""
        found = self.verdict.diagnosis
        if not found:
            return set()
        first = [mistake.name for mistake in found.ideas[:-1]]
        either = {frozenset([*first, mistake.name]) for mistake in found.either}
        return {frozenset(mistake.name for mistake in found.ideas)} | either

    @property
    def outcome(self) -> str:
        """One of "passed", "true", "false" and "unnamed"."""
        if self.verdict.passed:
            return "passed"
        if self.named:
            return "true" if self.named & {frozenset(i) for i in self.entry.ideas} else "false"
        return "unnamed" if self.entry.ideas or self._unsaid else "true"

    @property
    def _unsaid(self) -> bool:
        return self.entry.says not in explain(self.verdict)

    def __str__(self) -> str:
        names = " or ".join("+".join(sorted(ideas)) for ideas in self.named) or "no name"
        return f"{self.outcome:8} {self.kind:7} {self.entry.exercise}: {self.entry.name} ({names})"


def said(wrong: Iterable[Entry]) -> Iterator[Said]:
    """Put all questions to these wrong answers."""
    for entry in wrong:
        exercise = exercise_named(entry.exercise)
        function = written(entry.exercise, entry.source)
        for kind, keyed in (
            ("public", public_answers(exercise)),
            ("secret", secret_answers(exercise, SEED)),
        ):
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore")
                yield Said(entry, kind, put(exercise, function, keyed))


def main() -> None:
    """Print the outcome of every wrong answer, and the message if it isn't a true name."""
    for unit in sys.argv[1:] or entries():
        found = list(said(entries()[unit]))
        for one in found:
            print(one)
            if one.outcome == "false" or (one.outcome == "unnamed" and one.kind == "public"):
                print("    " + explain(one.verdict).replace("\n", "\n    "))
        for kind in ("public", "secret"):
            outcomes = [one.outcome for one in found if one.kind == kind]
            counted = {o: outcomes.count(o) for o in sorted(set(outcomes))}
            print(f"{unit}, {kind}: {counted}")


if __name__ == "__main__":
    main()
