"""Judge one exercise's answers, and find what would have given the same wrong ones.

A suspect (see `ideas`) is held against the answers question by question. It explains a wrong answer
that equals its own. It is ruled out by a question on which it is wrong and the answer is right, or
wrong in another way; unless one of the two failed there by its *writing*: it stopped with an error,
overflowed or warned, which says how something is written and not what is computed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course.exercises.engine.answer_sheet import TIMEOUT, Sheet, read
from course.exercises.engine.calls import REPEATED
from course.exercises.engine.catch import Catch
from course.exercises.engine.compare import Difference
from course.exercises.engine.errors import cause_of
from course.exercises.engine.exercise import ExerciseInfo, KeyedQuestion, Mistake, Question
from course.exercises.engine.ideas import ideas_of
from course.exercises.engine.raised import Raised
from course.exercises.engine.source import (
    MISORDERED,
    MOST_REMARKS,
    REMARK_LENGTH,
    UNUSED,
)

UNSOLVED = "NotImplementedError"
BY_WRITING = {"nan": "overflow", "inf": "overflow", "warned": "warning"}
# Exceptions of shapes that don't fit, and of what a function can't take, such as a plain number.
SHAPE_ERRORS = {"ValueError", "IndexError"}
TYPE_ERRORS = {"TypeError", "AttributeError", "OverflowError"}
BY_TYPES = "integers or float32"
# Numbers that wrong answers have in common by chance, and the decimals by which numbers differ.
COMMON_NUMBERS, DECIMALS = {-1.0, 0.0, 0.5, 1.0}, 6
# The weight of wrong answers that are hardly a suspect's by chance (`_weight_of`).
ENOUGH = 2
# So large a share of what is wrong has to be explained for a name to be given without a reserve.
MOST = 0.5


@dataclass(frozen=True)
class Result:
    """A question, its answer, and the first difference; None if the answer is right.

    seen: the observation as received, for showing the student's own error if that may be shown.
    returns: the names of what the exercise's function returns (`ExerciseInfo`).
    by_types: whether its numbers are whole or short, unlike those of other questions.
    """

    question: Question
    expected: Sheet
    sheet: Sheet
    difference: Difference | None
    seen: dict[str, Any]
    returns: str = ""
    by_types: bool = False

    @property
    def passed(self) -> bool:
        return self.difference is None

    @property
    def raised(self) -> Raised | None:
        """The exception that the answer ended with, if it did."""
        return Raised.of(self.seen["error"]) if self.sheet.raised else None

    def cause(self, exercise: str) -> str | None:
        """Say what that exception means, if that is certain."""
        return cause_of(exercise, self.raised, self.question.args) if self.raised else None

    @property
    def count(self) -> int:
        """The number of questions this counts as: 1, or the number of its parts."""
        return len(self.question.parts) or 1

    @property
    def right(self) -> int:
        """The number of right answers among them: all, none, or the right parts."""
        return len(self.reached) if self.question.parts else int(self.passed)

    @property
    def reached(self) -> set[str]:
        """The right parts among those the answer counts in."""
        parts = set(self.question.parts)
        wrong = set() if self.passed else self.sheet.wrong_keys(self.expected, self.question)
        return set() if wrong - parts else parts - wrong


@dataclass(frozen=True)
class Diagnosis:
    """What would have given the same wrong answers.

    ideas: the known mistakes that are in the answer: one, or two at once.
    either: other mistakes that, in place of the last one, would have given the same answers.
    telling: the results that it explains.
    whole: whether it accounts for most of what went wrong.
    complete: whether it accounts for all of it.
    """

    ideas: tuple[Mistake, ...]
    either: tuple[Mistake, ...]
    telling: tuple[Result, ...]
    whole: bool
    complete: bool


@dataclass(frozen=True)
class Verdict:
    """What became of one exercise: its results in order, and the diagnosis, if there is one.

    unasked: the number of questions that were not asked, because one before them had no answer in
        time. They count for nothing.
    """

    info: ExerciseInfo
    results: tuple[Result, ...]
    diagnosis: Diagnosis | None = None
    unasked: int = 0

    @property
    def passed(self) -> bool:
        return all(result.passed for result in self.results)

    @property
    def mistake(self) -> Mistake | None:
        """The known mistake that was found; the first where there are two."""
        return self.diagnosis.ideas[0] if self.diagnosis else None

    @property
    def explained(self) -> bool:
        """Whether nothing is left to be explained, and no other pair of mistakes might do it."""
        found = self.diagnosis
        whole = bool(found and found.complete and len(found.ideas) == 1)
        return self.passed or self.unsolved or whole

    @property
    def cause(self) -> str | None:
        """What the exception means that the answer shown ended with, if that is certain.

        None if the diagnosis explains it.
        """
        if self.example_explained:
            return None
        return self.example.cause(self.info.name)

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
        """The wrong answer to show: the first, since authors put simple questions first."""
        return self.failed[0]

    @property
    def example_explained(self) -> bool:
        """Whether the diagnosis explains the wrong answer that is shown."""
        return not any(self.example is one for one in self.unexplained)

    @property
    def unexplained(self) -> tuple[Result, ...]:
        """The wrong answers that the diagnosis, if there is one, doesn't explain."""
        explained = {id(result) for result in self.diagnosis.telling} if self.diagnosis else ()
        return tuple(result for result in self.failed if id(result) not in explained)

    @property
    def left(self) -> tuple[Result, ...]:
        """Other wrong answers to be told of: what the diagnosis leaves, or what took too long."""
        rest = [one for one in self.unexplained if one is not self.example]
        late = [one for one in rest if one.sheet.raised[:1] == (TIMEOUT,)]
        return tuple(rest if self.diagnosis else late)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the source shows, if that was seen: not for secret questions."""
        seen = self.example.seen
        said = seen.get("remarks") if type(seen) is dict else None
        texts = [text for text in said if type(text) is str] if type(said) is list else []
        if self.example.sheet.raised:  # the function ended before it could use everything
            texts = [text for text in texts if not text.startswith(UNUSED)]
        return tuple(text[:REMARK_LENGTH] for text in texts[:MOST_REMARKS])

    @property
    def writing(self) -> tuple[str, ...]:
        """How wrong answers that no diagnosis explains fail by their writing: in one word each."""
        if self.unsolved:
            return ()
        words = [_writing(one.sheet, one) for one in self.unexplained]
        # An answer that is wrong elsewhere, too, is not wrong because of the numbers' types.
        told = {word for word in words if word and (word != BY_TYPES or None not in words)}
        return tuple(sorted(told))

    @property
    def unsolved(self) -> bool:
        """Whether the function is still unwritten."""
        return any(UNSOLVED in result.sheet.raised for result in self.results)


def judge(info: ExerciseInfo, keyed: Sequence[KeyedQuestion], seen: Iterable[dict]) -> Verdict:
    """Judge the observations `seen`, one per question, in the order of `keyed`."""
    verdict = marked(info, keyed, seen)
    if verdict.passed or verdict.unsolved:
        return verdict
    if any(remark.startswith(MISORDERED) for remark in verdict.remarks):
        return verdict  # no name of what it computes from the wrong arguments would be true
    if any(isinstance(result.sheet.answer, Catch) for result in verdict.results):
        return replace(verdict, diagnosis=_habit(info, verdict.results))
    return replace(verdict, diagnosis=_diagnosis(info, keyed, verdict.results))


def _habit(info: ExerciseInfo, results: Sequence[Result]) -> Diagnosis | None:
    """Return what the examples of a hunt have in common, if suspects escape by it."""
    failed = tuple(result for result in results if not result.passed)
    found = [getattr(result.sheet.answer, "habit", None) for result in failed]
    name = next(filter(None, found), None)
    return Diagnosis((info.mistakes[name],), (), failed, True, True) if name else None


def marked(info: ExerciseInfo, keyed: Sequence[KeyedQuestion], seen: Iterable[dict]) -> Verdict:
    """Say which observations are right, without a diagnosis."""
    fractions = _with_fractions(one.question for one in keyed)
    results = tuple(
        _result(one, observation, info.returns, fractions)
        for one, observation in zip(keyed, seen, strict=True)
    )
    return Verdict(info, results)


def _result(keyed: KeyedQuestion, seen: dict, returns: str, fractions: set[str]) -> Result:
    try:
        sheet = read(seen, keyed.question)
    except (ValueError, RecursionError) as error:
        sheet = Sheet(raised=("NoPlainAnswer",))
        seen = {"error": {"kinds": ["NoPlainAnswer"], "message": str(error)[:200], "trace": ""}}
    found = sheet.difference(keyed.expected, keyed.question)
    by_types = _is_about_types(keyed.question, fractions)
    return Result(keyed.question, keyed.expected, sheet, found, seen, returns, by_types)


@dataclass(frozen=True)
class _Evidence:
    """What the answers say of one suspect.

    explained: the results that are wrong just as the suspect is.
    left: the other wrong results; of these it says nothing.
    by_writing: wrong results that it need not explain, since one of the two fails by its writing.
    alike: the number of results among these in which both raise something.
    """

    key: str
    explained: tuple[Result, ...]
    left: tuple[Result, ...]
    by_writing: tuple[Result, ...]
    alike: int

    @property
    def ideas(self) -> tuple[str, ...]:
        return ideas_of(self.key)

    @property
    def places(self) -> set[int]:
        """The identities of the results that it explains."""
        return {id(result) for result in self.explained}

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        behaved = sum(not result.sheet.raised for result in self.explained)
        return not self.left, behaved, len(self.explained) + self.alike, -len(self.ideas)

    @property
    def settled(self) -> bool:
        """Whether no pair could account for more, or for as much as a pair that this is."""
        return not self.left and len(self.ideas) == 1

    @property
    def whole(self) -> bool:
        """Whether it accounts for most of what went wrong, and nothing speaks of another cause."""
        wrong = len(self.explained) + len(self.left) + len(self.by_writing)
        return not self.left or len(self.explained) > MOST * wrong


def _diagnosis(
    info: ExerciseInfo, keyed: Sequence[KeyedQuestion], results: Sequence[Result]
) -> Diagnosis | None:
    answers = sorted(zip(keyed, results, strict=True), key=_comes_late)
    found = _strongest(_for_all(_keys(keyed, "suspects"), answers))
    # An exception has one cause, whatever else may be wrong.
    behaved = any(not result.passed and not result.sheet.raised for result in results)
    if behaved and not (found and found[0].settled):
        pairs = (_against(key, answers, wholly=True) for key in _keys(keyed, "pairs"))
        found = _strongest([*found, *(one for one in pairs if one)])
    if not found:
        return None
    best, others = found[0], found[1:]
    alike = [other.ideas for other in others if other.places == best.places]
    ideas, either = _shared_first(best.ideas, alike)
    return Diagnosis(
        tuple(info.mistakes[idea] for idea in ideas),
        tuple(mistake for name, mistake in info.mistakes.items() if name in either),
        tuple(result for result in results if id(result) in best.places),
        best.whole,
        not best.left,
    )


def _shared_first(
    ideas: tuple[str, ...], alike: Sequence[tuple[str, ...]]
) -> tuple[tuple[str, ...], set[str]]:
    """Return these ideas, and what the last of them may be instead.

    alike: the ideas of other suspects that explain the same.
    """
    same_many = [other for other in alike if len(other) == len(ideas) and {*other} != {*ideas}]
    if len(ideas) == 1:
        return ideas, {other[0] for other in same_many}
    shared = next((idea for other in same_many for idea in ideas if idea in other), None)
    if shared is None:
        return ideas, set()
    either = {idea for other in same_many if shared in other for idea in other}
    return tuple(sorted(ideas, key=lambda idea: idea != shared)), either - {*ideas}


def _comes_late(answer: tuple[KeyedQuestion, Result]) -> tuple[bool, bool]:
    """Wrong answers come first, since they rule out most suspects, but for what takes a while."""
    _, result = answer
    return result.question.call in REPEATED, result.passed


def _keys(keyed: Sequence[KeyedQuestion], which: str) -> list[str]:
    """Return the suspects of all questions; a frozen question names those that show in it."""
    return list(dict.fromkeys(key for one in keyed for key in getattr(one, which)))


def _for_all(
    keys: Sequence[str], answers: Sequence[tuple[KeyedQuestion, Result]]
) -> list[_Evidence]:
    """Hold single suspects against the answers; return the evidence, in the order of the keys."""
    first, _ = answers[0]
    found: dict[str, _Evidence] = {}
    whole = False
    # Most of those that the first answer doesn't concern needn't be asked further if another
    # accounts for everything: they would be weaker.
    for key in sorted(keys, key=lambda key: key not in first.mistaken):
        if one := _against(key, answers, wholly=whole):
            found[key] = one
            whole |= not one.left
    return [found[key] for key in keys if key in found]


def _strongest(evidence: Sequence[_Evidence]) -> list[_Evidence]:
    """Return those that explain most; the first named first."""
    best = max((one.rank for one in evidence), default=None)
    return [one for one in evidence if one.rank == best]


def _against(
    key: str, answers: Sequence[tuple[KeyedQuestion, Result]], wholly: bool = False
) -> _Evidence | None:
    """Hold a suspect against the answers; None if it is ruled out or nothing speaks for it.

    answers: those that rule out most suspects quickly first.
    wholly: whether it is ruled out, too, by a wrong answer of which it says nothing.
    """
    explained, left, by_writing = [], [], []
    behaved, against, alike = False, 0, 0
    for one, result in answers:
        sheet = one.mistaken.get(key)
        ours, theirs = result.sheet, sheet and _writing(sheet, result)
        if sheet is None:
            if not result.passed:
                (by_writing if _writing(ours, result) else left).append(result)
                if wholly and left:
                    return None
                against += SHAPE_ERRORS >= {*ours.raised[:1]} != set()
        elif not result.passed and ours.same_as(sheet, result.question):
            explained.append(result)
            behaved |= not sheet.raised
        elif result.passed:
            if not theirs:
                return None
            against += 1
        elif _writing(ours, result) or (theirs and not sheet.raised):
            by_writing.append(result)
            against += _differs_by_shape(ours, sheet)
            alike += ours.raised[:1] == sheet.raised[:1] != ()
        else:
            return None
    # An exception says little of its cause: a suspect that shows in nothing else has to account for
    # all that went wrong.
    if not explained or not (behaved or not (left or by_writing)):
        return None
    # It fails by its writing where the answer doesn't, or the other way round, which tells little;
    # but if that is what it mostly does, a single answer may be like it by chance. An exception
    # that is alike tells even less.
    if against >= len(explained) + behaved:
        return None
    if (left or by_writing) and _weight_of(explained) + alike < ENOUGH:
        return None
    if len(ideas_of(key)) > 1 and len(explained) <= len(by_writing):
        return None
    return _Evidence(key, tuple(explained), tuple(left), tuple(by_writing), alike)


def _differs_by_shape(ours: Sheet, theirs: Sheet) -> bool:
    """Whether shapes fit in one of two answers and not in the other, or in neither, but others."""
    if ours.raised and theirs.raised:
        return re.sub(r"\d", "", ours.gist) == re.sub(r"\d", "", theirs.gist)
    raised = ours.raised or theirs.raised
    return bool(raised) and not TYPE_ERRORS & {*raised}


def _weight_of(explained: Sequence[Result]) -> int:
    """Say how unlikely it is that all these wrong answers are a suspect's by chance.

    A whole number counts 1, one with decimals 2, some numbers nothing, as do nan and infinity, and
    all else is enough.
    """
    answers = [result.sheet.answer for result in explained]
    if not all(isinstance(answer, int | float | np.number | np.ndarray) for answer in answers):
        return ENOUGH
    each = [n for answer in answers for n in np.ravel(answer)]
    # Whole numbers may be too large for a float.
    numbers = {
        n if isinstance(n, int) else round(float(n), DECIMALS)
        for n in each
        if isinstance(n, int) or np.isfinite(n)
    }
    return sum(1 + (number % 1 != 0) for number in numbers - COMMON_NUMBERS)


def _writing(sheet: Sheet, result: Result) -> str | None:
    """Say how an answer fails by the way it is written, in a word: an error, an overflow, a type.

    None if it fails by what it computes, or if it is right.
    """
    if sheet.raised:
        is_writing = sheet.raised[0] != TIMEOUT and not result.expected.raised
        return sheet.raised[0] if is_writing else None
    found = result.difference
    if sheet is not result.sheet:
        found = sheet.difference(result.expected, result.question, briefly=True)
    if found is None:
        return None
    return BY_WRITING.get(found.kind, BY_TYPES if result.by_types else None)


def _with_fractions(questions: Iterable[Question]) -> set[str]:
    """Return the arguments that are of type float in some question; labels never are."""
    return {
        name
        for question in questions
        for name, value in question.args.items()
        if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype == float)
    }


def _is_about_types(question: Question, fractions: set[str]) -> bool:
    """Whether a question's numbers are whole or short, which a buffer of another type cuts."""
    arrays = [
        value
        for name, value in question.args.items()
        if name in fractions and isinstance(value, np.ndarray)
    ]
    return any(array.dtype.kind in "iu" or array.dtype == np.float32 for array in arrays)
