"""Judge an exercise's answers, and find the known mistake that gives the same answers.

A mistake fits if the answers equal its own on every question that it gets wrong. If several fit,
the mistake that explains most of the wrong answers is named.
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
    """A question, its answer, and the first difference; None if the answer is right.

    seen: the observation as received, for showing the student's own error if that may be shown.
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
        """The number of questions this counts as: 1, or the number of its parts."""
        return len(self.question.parts) or 1

    @property
    def right(self) -> int:
        """The number of right answers among them: all, none, or the right parts."""
        if self.passed or not self.question.parts:
            return self.count * self.passed
        wrong = self.sheet.wrong_keys(self.expected, self.question)
        return 0 if wrong - set(self.question.parts) else self.count - len(wrong)


@dataclass(frozen=True)
class Verdict:
    """The judgement of an exercise: its results in order, and the mistake that explains them.

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
        """The share of the questions answered correctly, by weight: 0 to 1."""
        whole = sum(result.question.weight for result in self.results)
        right = sum(r.question.weight * r.right / r.count for r in self.results)
        return 1.0 if self.passed else right / whole

    @property
    def failed(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if not result.passed)

    @property
    def example(self) -> Result:
        """The wrong answer to show: the first that the mistake explains, if there is a mistake."""
        return (self.telling or self.failed)[0]

    @property
    def unsolved(self) -> bool:
        """Whether the function is still unwritten."""
        return any(UNSOLVED in result.sheet.raised for result in self.results)


def judge(info: ExerciseInfo, keyed: Sequence[KeyedQuestion], seen: Iterable[dict]) -> Verdict:
    """Judge the observations `seen`, one per question, in the order of `keyed`."""
    pairs = zip(keyed, seen, strict=True)
    results = tuple(_result(question, observation) for question, observation in pairs)
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
    """Return the known mistake that explains the most results, and those results."""
    explained = {name: _explained(name, keyed, results) for name in info.mistakes}
    name = max(explained, key=lambda name: len(explained[name]), default=None)
    if name is None or not explained[name]:
        return None, ()
    return info.mistakes[name], explained[name]


def _explained(
    name: str, keyed: Sequence[KeyedQuestion], results: Sequence[Result]
) -> tuple[Result, ...]:
    """Return the results that are wrong as the mistake `name` is; none if any answer differs."""
    telling, sheets = [], []
    for question, result in zip(keyed, results, strict=True):
        sheet = question.mistaken.get(name)
        if sheet is not None:
            if not result.sheet.same_as(sheet, result.question):
                return ()
            telling.append(result)
            sheets.append(sheet)
    # An exception says little about its cause: a mistake that shows in nothing else has to explain
    # every wrong answer.
    wrong = sum(not result.passed for result in results)
    if all(sheet.raised for sheet in sheets) and len(telling) < wrong:
        return ()
    return tuple(telling)
