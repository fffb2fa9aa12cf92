"""Judge one exercise's answers, and find the known mistake that would have given the same ones.

An answer that equals a mistake's answer on every question where that mistake differs from the truth
is that mistake's. Where several fit, the one that accounts for most of what went wrong is named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from course.exercises.engine.answer_sheet import Sheet, read
from course.exercises.engine.compare import Difference
from course.exercises.engine.exercise import ExerciseInfo, KeyedQuestion, Mistake, Question

UNSOLVED = "NotImplementedError"


@dataclass(frozen=True)
class Result:
    """One question, what was answered, and the first difference; None where the answer is right.

    seen: the observation as it came, for showing the student's own error where that may be shown.
    """

    question: Question
    expected: Sheet
    sheet: Sheet
    difference: Difference | None
    seen: dict[str, Any]

    @property
    def passed(self) -> bool:
        return self.difference is None

    @property
    def count(self) -> int:
        """As how many questions this one counts: one, or as many as it has parts."""
        return len(self.question.parts) or 1

    @property
    def right(self) -> int:
        """How many of them are right: all, none, or the parts that are."""
        if self.passed or not self.question.parts:
            return self.count * self.passed
        wrong = self.sheet.wrong_keys(self.expected, self.question)
        return 0 if wrong - set(self.question.parts) else self.count - len(wrong)


@dataclass(frozen=True)
class Verdict:
    """What became of one exercise: its results in order, and the mistake that explains them.

    telling: the results in which the mistake shows.
    """

    info: ExerciseInfo
    results: tuple[Result, ...]
    mistake: Mistake | None = None
    telling: tuple[Result, ...] = ()

    @property
    def passed(self) -> bool:
        return all(result.passed for result in self.results)

    @property
    def score(self) -> float:
        """The share of the questions answered rightly, by weight: 0 to 1."""
        whole = sum(result.question.weight for result in self.results)
        right = sum(r.question.weight * r.right / r.count for r in self.results)
        return 1.0 if self.passed else right / whole

    @property
    def failed(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if not result.passed)

    @property
    def example(self) -> Result:
        """The wrong answer to show: the first that the mistake explains, where one is known."""
        return (self.telling or self.failed)[0]

    @property
    def unsolved(self) -> bool:
        """Whether the function is still as it was handed out."""
        return any(UNSOLVED in result.sheet.raised for result in self.results)


def judge(info: ExerciseInfo, keyed: Sequence[KeyedQuestion], seen: Iterable[dict]) -> Verdict:
    """Judge the observations `seen`, one for each question of `keyed`, in order."""
    results = tuple(_result(one, observation) for one, observation in zip(keyed, seen, strict=True))
    verdict = Verdict(info, results)
    if verdict.passed or verdict.unsolved:
        return verdict
    return Verdict(info, results, *_diagnosis(info, keyed, results))


def _result(keyed: KeyedQuestion, seen: dict) -> Result:
    try:
        sheet = read(seen, keyed.question)
    except (ValueError, RecursionError) as error:
        sheet = Sheet(raised=("NoPlainAnswer",))
        seen = {"error": {"kinds": ["NoPlainAnswer"], "message": str(error)[:200], "trace": ""}}
    found = sheet.difference(keyed.expected, keyed.question)
    return Result(keyed.question, keyed.expected, sheet, found, seen)


def _diagnosis(
    info: ExerciseInfo, keyed: Sequence[KeyedQuestion], results: Sequence[Result]
) -> tuple[Mistake | None, tuple[Result, ...]]:
    """Return the known mistake that explains most, and the results that it explains."""
    explained = {name: _explained(name, keyed, results) for name in info.mistakes}
    name = max(explained, key=lambda name: len(explained[name]), default=None)
    if name is None or not explained[name]:
        return None, ()
    return info.mistakes[name], explained[name]


def _explained(
    name: str, keyed: Sequence[KeyedQuestion], results: Sequence[Result]
) -> tuple[Result, ...]:
    """Return those in which the answer is wrong as `name` is; none where any answer isn't."""
    telling, sheets = [], []
    for one, result in zip(keyed, results, strict=True):
        sheet = one.mistaken.get(name)
        if sheet is not None:
            if not result.sheet.same_as(sheet, result.question):
                return ()
            telling.append(result)
            sheets.append(sheet)
    # An exception says little of its cause: a mistake that shows in nothing else has to account
    # for all that went wrong.
    wrong = sum(not result.passed for result in results)
    if all(sheet.raised for sheet in sheets) and len(telling) < wrong:
        return ()
    return tuple(telling)
