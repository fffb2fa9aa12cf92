"""A hunt is an exercise whose answer is a few examples on which wrong functions fail.

The student's function takes no arguments and returns inputs. The side that judges puts these to
right implementations of the hunted exercise, none of which may be accused, and to *suspects*: its
known mistakes, in all their writings. Inputs are data, so no code of the student's runs there.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, takewhile
from string import ascii_uppercase
from typing import Any

from course.exercises.engine.answer_sheet import Sheet
from course.exercises.engine.catch import HUNTED_BY, Catch, Example
from course.exercises.engine.compare import difference, kind_of
from course.exercises.engine.exercise import Exercise, Question
from course.exercises.engine.forms import Form
from course.exercises.engine.ideas import patched
from course.exercises.engine.messages import show, show_sheet
from course.exercises.engine.time_limit import OutOfTime, time_limit

# A suspect that takes longer on inputs this small never ends, and is caught; a right implementation
# that does makes the example invalid.
SUSPECT_SECONDS = 0.5
# For all suspects of a hunt together. What is not asked by then stays at large.
HUNT_SECONDS = 4.0


@dataclass(frozen=True)
class Habit:
    """What all examples of a hunt may have in common, and which suspects escape by it.

    Of several habits, the one that hides most is named.

    when: whether an example, given by its arguments, has it.
    hides: the suspects' names.
    """

    name: str
    when: Callable[..., bool]
    hides: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class Hunt(Exercise):
    """An exercise whose answer is a list of examples that catch suspects.

    hunted: the exercise whose wrong implementations are sought.
    wanted: what each suspect does, by the name of its idea among the known mistakes of `hunted`.
    forms: what each argument of an example may be.
    most: the number of examples that count.
    expects: whether each example has to say the right output, too, worked out by hand.
    tolerance: how far an expected output may be off.
    refusals: whether an example may be one that a right implementation refuses with an error.
    """

    hunted: Exercise
    wanted: Mapping[str, str]
    forms: Mapping[str, Form]
    most: int = 4
    expects: bool = False
    tolerance: float = 1e-3
    refusals: bool = False
    habits: list[Habit] = field(default_factory=list)
    _asks: Callable[..., Iterable[Question]] | None = None

    def __post_init__(self) -> None:
        if unknown := set(self.wanted) - set(self.hunted.mistakes):
            raise ValueError(f"{self.name}: {self.hunted.name} has no mistakes {sorted(unknown)}")
        self._public = lambda: [self._question(in_other_writings=False)]
        self._secret = lambda rng: [self._question(False), self._question(True)]

    def asks(self, questions: Callable[..., Iterable[Question]]) -> Callable:
        """Let the decorated function make questions of an example's arguments: all are judged.

        Without it, an example's arguments are those of the only question.
        """
        self._asks = questions
        return questions

    def habit(
        self, message: str, hint: str, when: Callable[..., bool], hides: Sequence[str]
    ) -> Callable[[Callable], Callable]:
        """Add the decorated function, whose examples all have a habit, to the known mistakes."""

        def add(function: Callable) -> Callable:
            self.habits.append(Habit(function.__name__, when, tuple(hides)))
            return self.mistake(message, hint)(function)

        return add

    def _question(self, in_other_writings: bool) -> Question:
        who = "the suspects in other writings" if in_other_writings else "the suspects"
        return Question(
            f"your examples, put to {who}",
            {},
            judged_by=HUNTED_BY,
            property_args={"hunt": self.name, "in other writings": in_other_writings},
            known_answer=dict.fromkeys(self.suspected.values(), True),
            parts=tuple(self.suspected.values()),
        )

    @cached_property
    def suspected(self) -> dict[str, str]:
        """The suspects by their ideas' names: a letter, and what each does."""
        return {
            idea: f"{letter}, which {does}"
            for letter, (idea, does) in zip(ascii_uppercase, self.wanted.items(), strict=False)
        }

    @cached_property
    def rights(self) -> tuple[Callable, ...]:
        """Right implementations: the reference, and the writings that pass the public questions."""
        name, writings = self.hunted.name, self.hunted.writings
        plain = [patched(writing, (), name) for writing in writings if not writing.ideas]
        keyed = [(one, self.hunted.right(one)) for one in self.hunted.public_questions()]
        right = (one for one in plain if not _gives_itself_away(self.hunted, one, keyed))
        return (self.hunted.reference, *right)

    def catch(self, answer: Any, in_other_writings: bool = False) -> Catch:
        """Put the examples in `answer` to the suspects; TypeError if it is no list of examples.

        in_other_writings: whether to ask all writings of each suspect's idea but the first.
        """
        if not isinstance(answer, list | tuple):
            raise TypeError(f"expected a list of examples, got {kind_of(answer)}")
        remarks = ["You return no example."] * (not answer)
        if len(answer) > self.most:
            remarks = [f"Only the first {self.most} of your {len(answer)} examples count."]
        read = [self._read(example) for example in answer[: self.most]]
        examples = [one for one, _ in read]
        caught = self._caught(read, in_other_writings)
        for number, example in enumerate(examples):
            letters = tuple(self.suspected[idea][0] for idea, by in caught.items() if number in by)
            examples[number] = replace(example, catches=letters)
        at_large = [idea for idea, by in caught.items() if not by]
        return Catch(
            {suspect: bool(caught[idea]) for idea, suspect in self.suspected.items()},
            examples,
            self._habit_of([one.args for one in examples if not one.fault], at_large),
            remarks,
        )

    def _read(self, answer: Any) -> tuple[Example, list[tuple[Question, Sheet]]]:
        """Read an example; return it and its questions with their right answers."""
        args, fault = self._arguments(answer)
        if fault:
            return Example(args, fault), []
        keyed: list[tuple[Question, Sheet]] = []
        try:
            with time_limit(SUSPECT_SECONDS * len(self.rights)):
                keyed = [(one, self.hunted.right(one)) for one in self._questions(args)]
                accused = [
                    one for one in self.rights if _gives_itself_away(self.hunted, one, keyed)
                ]
        except OutOfTime:
            return Example(args, f"a right {self.hunted.name} takes too long for it"), []
        except (ValueError, TypeError, ArithmeticError) as error:
            return Example(args, str(error).partition("\n")[0][:200]), []
        refused = [right for _, right in keyed if right.raised]
        if refused and not self.refusals:
            error = refused[0].raised[0]
            return Example(args, f"a right {self.hunted.name} refuses it with a {error}"), []
        if accused:
            return Example(args, f"it accuses a right {self.hunted.name}"), []
        fault, told = self._wrong_expectation(answer, keyed[0][1])
        return Example(args, fault, told), [] if fault else keyed

    def _arguments(self, answer: Any) -> tuple[dict[str, Any], str]:
        """Return an example's arguments, read, and what is wrong with them."""
        names = ", ".join(f'"{name}": …' for name in self.forms)
        args = answer
        if isinstance(answer, tuple | list):
            args = answer[0] if len(answer) == 2 else None
        elif self.expects:
            return {}, f"the output that you expect is missing: expected ({{{names}}}, output)"
        if not isinstance(args, dict) or set(args) != set(self.forms):
            whole = f"({{{names}}}, output)" if self.expects else f"{{{names}}}"
            return {}, f"expected {whole}"
        read = {}
        for name, form in self.forms.items():
            try:
                read[name] = form(args[name])
            except (ValueError, TypeError, OverflowError) as error:
                return {}, f"{name}: {str(error)[:200]}"
        return read, ""

    def _questions(self, args: Mapping[str, Any]) -> list[Question]:
        if self._asks is None:
            return [Question("example", args)]
        return list(self._asks(**args))

    def _wrong_expectation(self, answer: Any, right: Sheet) -> tuple[str, str]:
        """Return what is wrong with the output that an example expects, without and with it."""
        if isinstance(answer, dict):
            return "", ""
        expected, near = answer[1], (self.tolerance, self.tolerance)
        if difference(expected, right.answer, *near, briefly=True) is None:
            return "", ""
        told = f"You expect {show(expected)} here; the right answer is {show_sheet(right)}."
        return "the output that you expect is wrong", told

    def _caught(
        self, read: Sequence[tuple[Example, list]], in_other_writings: bool
    ) -> dict[str, set[int]]:
        """Return the numbers of the examples that catch each suspect, by its idea.

        An idea in several writings is caught if some example catches each of them.
        """
        written = {idea: self._writings_of(idea, in_other_writings) for idea in self.wanted}
        found = self._found([one for functions in written.values() for one in functions], read)
        each = {idea: [found[one] for one in functions] for idea, functions in written.items()}
        return {idea: set().union(*by) if all(by) else set() for idea, by in each.items()}

    def _found(
        self, suspects: Iterable[Callable], read: Sequence[tuple[Example, list]]
    ) -> dict[Callable, set[int]]:
        """Return the numbers of the examples on which each suspect gives itself away."""
        found: dict[Callable, set[int]] = {suspect: set() for suspect in suspects}
        start = time.thread_time()
        waiting = takewhile(lambda _: time.thread_time() - start < HUNT_SECONDS, found)
        # To begin to watch takes longer than most suspects, so each watch is kept while it can be.
        for first in waiting:
            suspect, number = first, 0
            with suppress(OutOfTime), time_limit(SUSPECT_SECONDS) as watch:
                for suspect in chain([first], waiting):
                    watch.restart()
                    for number, (_, keyed) in enumerate(read):
                        if _gives_itself_away(self.hunted, suspect, keyed):
                            found[suspect].add(number)
                break
            found[suspect].add(number)
        return found

    def _writings_of(self, idea: str, others: bool) -> list[Callable]:
        found = [one.function for one in self.hunted.suspects.values() if one.ideas == (idea,)]
        return found[1:] or found if others else found[:1]

    def _habit_of(self, examples: Sequence[Mapping], at_large: Sequence[str]) -> str | None:
        free = {habit: len(set(habit.hides) & set(at_large)) for habit in self.habits}
        most = sorted((habit for habit in self.habits if free[habit]), key=free.get, reverse=True)
        found = (one for one in most if all(one.when(**args) for args in examples))
        return next((habit.name for habit in found if examples), None)


def _gives_itself_away(
    hunted: Exercise, function: Callable, keyed: Iterable[tuple[Question, Sheet]]
) -> bool:
    return any(hunted.answer(one, function).differs(right, one) for one, right in keyed)
