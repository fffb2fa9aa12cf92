"""An exercise is one function of `course.nn` and the questions asked of it.

A question is inputs, the answer the reference gives, a tolerance, and the answers that the known
mistakes give. `Exercise` holds what an author writes: how to draw questions, and small wrong
functions. Everything else (feedback, grades, proofs) asks questions.
"""

import inspect
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from course.exercises.engine import ideas
from course.exercises.engine.answer_sheet import Sheet, read
from course.exercises.engine.codec import encode
from course.exercises.engine.compare import SHORT, SHORT_ATOL, SHORT_RTOL
from course.exercises.engine.ideas import Patch, Suspect, Writing
from course.exercises.engine.observe import observe
from course.exercises.engine.places import names_returned
from course.exercises.engine.registry import CALLS, PROPERTIES

RTOL, ATOL = 1e-6, 1e-8
SECONDS = 5.0
# A right answer is kept if it took longer than this, and at most this many of an exercise.
LONG, MOST_KEPT = 0.003, 50
# The argument that says how large a question is, and by how much a smaller one is smaller.
SIZE, SMALLER = "length", 8


@dataclass(frozen=True)
class Question:
    """One question: its title, the arguments of the call, and how the answer is judged.

    title: the question in words that a student reads ("two examples, three neurons").
    args: the arguments by name, in the function's order.
    call: how to call the function: a function of `calls` or its name ("call": once, with args).
    judged_by: the part of the answer that is judged: a property or its name ("as_is": all of it).
    rtol, atol: numbers a, b agree when |a - b| <= atol + rtol |b|; see `tolerance`.
    weight: this question's share of the exercise's score, relative to the others.
    unchanged: whether the function must leave its arguments unchanged.
    warning_free: whether a warning counts against the answer.
    seconds: how long an answer may take if a grader waits for it.
    parts: keys of the property that count separately, each for an equal share of the weight, once
        everything under the property's other keys is right.
    property_args: further arguments of the property, which the function does not get (labels to
        find).
    known_answer: the property of a right answer, if known without the reference.
    same_for_all_draws: whether a known mistake shows in the same way for every draw, so that its
        answer to one draw is kept for all: for questions that take long to answer.
    """

    title: str
    args: Mapping[str, Any]
    call: str | Callable = "call"
    judged_by: str | Callable = "as_is"
    rtol: float = RTOL
    atol: float = ATOL
    weight: float = 1.0
    unchanged: bool = True
    warning_free: bool = False
    seconds: float = SECONDS
    parts: tuple[str, ...] = ()
    property_args: Mapping[str, Any] = field(default_factory=dict)
    known_answer: Any = None
    same_for_all_draws: bool = False

    def __post_init__(self) -> None:
        """Keep the names of call and property; ValueError, with the nearest names, if unknown."""
        object.__setattr__(self, "call", CALLS.name_of(self.call))
        object.__setattr__(self, "judged_by", PROPERTIES.name_of(self.judged_by))

    @cached_property
    def plain_args(self) -> Mapping[str, Any]:
        """The arguments by name, as plain JSON."""
        return {name: encode(value) for name, value in self.args.items()}

    @cached_property
    def coded_args(self) -> Mapping[str, str]:
        """The arguments by name as they travel, to tell whether a function changed them."""
        return {name: json.dumps(value) for name, value in self.plain_args.items()}

    @cached_property
    def tolerance(self) -> tuple[float, float]:
        """rtol and atol, wider if an argument's numbers are short; the answer's own type is not."""
        if not any(map(_is_short, self.args.values())):
            return self.rtol, self.atol
        return max(self.rtol, SHORT_RTOL), max(self.atol, SHORT_ATOL)

    def smaller(self) -> "Question | None":
        """Return the same question at an eighth of its size, if it has one.

        A function that is too slow for the one answers the other; a loop that never ends doesn't.
        """
        length = self.args.get(SIZE)
        if type(length) is not int or length < SMALLER:
            return None
        return replace(self, args={**self.args, SIZE: length // SMALLER})


def _is_short(value: Any) -> bool:
    """Whether some array or number in an argument has a short type."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return any(map(_is_short, value))
    return getattr(value, "dtype", None) in SHORT


@dataclass(frozen=True)
class Mistake:
    """A known mistake: a small wrong function, its message to the student, and a hint."""

    name: str
    message: str
    hint: str
    function: Callable | None = None


@dataclass(frozen=True)
class ExerciseInfo:
    """What is known about an exercise without its reference: its name, its points, its texts.

    returns: the names of what it returns, if it is a tuple: "(value, gradient)".
    """

    name: str
    unit: str
    summary: str
    points: float
    minutes: int
    difficulty: int
    hints: tuple[str, ...]
    mistakes: Mapping[str, Mistake]
    keyword_only: tuple[str, ...] = ()
    returns: str = ""


@dataclass(frozen=True)
class KeyedQuestion:
    """A question, the right answer, and the mistakes' answers that differ from it."""

    question: Question
    expected: Sheet
    mistaken: Mapping[str, Sheet]
    suspects: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()


@dataclass(eq=False)
class Exercise:
    """One function of the reference, and the questions about it.

    The exercise has the function's name, and its unit is the function's module. Questions are added
    with `public` (the same for everyone, shown to students) and `secret` (drawn from a generator),
    both decorators of functions that yield `Question`s; known mistakes are added with `mistake`.
    """

    reference: Callable
    points: float
    minutes: int
    difficulty: int
    hints: tuple[str, str, str]
    _public: Callable[[], Iterable[Question]] | None = None
    _secret: Callable[[np.random.Generator], Iterable[Question]] | None = None
    mistakes: dict[str, Mistake] = field(default_factory=dict)
    writings: list[Writing] = field(default_factory=list)
    patches: dict[str, tuple[Patch, ...]] = field(default_factory=dict)
    _same_for_all_draws: dict[str, "_Mistaken"] = field(default_factory=dict)
    _right: dict[tuple, Sheet] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.reference.__name__

    @property
    def unit(self) -> str:
        """The name of the module, in `course.nn` and here, that this exercise belongs to."""
        return self.reference.__module__.rpartition(".")[2]

    @cached_property
    def info(self) -> ExerciseInfo:
        return ExerciseInfo(
            name=self.name,
            unit=self.unit,
            summary=inspect.getdoc(self.reference).partition("\n")[0],
            points=self.points,
            minutes=self.minutes,
            difficulty=self.difficulty,
            hints=tuple(self.hints),
            mistakes=self.mistakes,
            keyword_only=keyword_only(self.reference),
            returns=names_returned(self.reference),
        )

    def public(self, questions: Callable[[], Iterable[Question]]) -> Callable:
        self._public = questions
        return questions

    def secret(self, questions: Callable[[np.random.Generator], Iterable[Question]]) -> Callable:
        self._secret = questions
        return questions

    def mistake(self, message: str, hint: str) -> Callable[[Callable], Callable]:
        """Add the decorated function, under its own name, to the known mistakes."""

        def add(function: Callable) -> Callable:
            if function.__name__ in self.mistakes:
                raise ValueError(f"{self.name}: two mistakes are called {function.__name__!r}")
            self.mistakes[function.__name__] = Mistake(function.__name__, message, hint, function)
            return function

        return add

    def writing(self, function: Callable | None = None, *, ideas: tuple[str, ...] = ()) -> Callable:
        """Add the decorated function, a plain way of writing the right answer.

        ideas: the known mistakes that are in it as it stands.
        """

        def add(function: Callable) -> Callable:
            self.writings.append(Writing.of(function, self.name, ideas))
            return function

        return add(function) if function else add

    def idea(self, name: str, message: str, hint: str, *patches: Patch) -> None:
        """Add a known mistake that is a changed line; a patch is for all writings that have it."""
        if name in self.mistakes:
            raise ValueError(f"{self.name}: two mistakes are called {name!r}")
        self.mistakes[name] = Mistake(name, message, hint)
        self.patches[name] = patches

    @cached_property
    def suspects(self) -> dict[str, Suspect]:
        """All wrong functions with one idea in them, by their keys."""
        whole = [Suspect((m.name,), "", m.function) for m in self.mistakes.values() if m.function]
        made = ideas.singles(self.name, self.writings, self.patches)
        return {suspect.key: suspect for suspect in (*whole, *made)}

    @cached_property
    def pairs(self) -> dict[str, Suspect]:
        """All wrong functions with two ideas in them that are patches, by their keys."""
        return {s.key: s for s in ideas.pairs(self.name, self.writings, self.patches)}

    def public_questions(self) -> list[Question]:
        return _titled_apart(self.name, self._public())

    def secret_questions(self, rng: np.random.Generator) -> list[Question]:
        return _titled_apart(self.name, self._secret(rng))

    def answer(self, question: Question, function: Callable | None = None) -> Sheet:
        """Return what `function` (by default the reference) answers to `question`."""
        asked = request(question, self.info.keyword_only)
        return read(observe(function or self.reference, asked, say_where=False), question)

    def right(self, question: Question) -> Sheet:
        """Return the right answer to `question`.

        If it takes long, it is kept: for the next student it is the same, unless what is asked is
        drawn afresh. A generator doesn't count as asked if a property is judged: that is the same
        for all right answers, whatever they draw.
        """
        if question.known_answer is not None:
            return Sheet(answer=question.known_answer)
        asked = _asked(question)
        if asked in self._right:
            return self._right[asked]
        start = time.process_time()
        sheet = self.answer(question)
        if time.process_time() - start > LONG and len(self._right) < MOST_KEPT:
            self._right[asked] = sheet
        return sheet

    def answer_key(self, questions: Iterable[Question]) -> list[KeyedQuestion]:
        """Answer the questions; the mistakes' answers are computed when they are needed."""
        names, pairs = tuple(self.suspects), tuple(self.pairs)
        return [KeyedQuestion(q, self.right(q), self._mistaken(q), names, pairs) for q in questions]

    def with_pairs(self, keyed: KeyedQuestion) -> KeyedQuestion:
        """Return a frozen question with the answers of two mistakes at once, too."""
        return replace(keyed, mistaken=_WithPairs(self, keyed), pairs=tuple(self.pairs))

    def _mistaken(self, question: Question) -> "_Mistaken":
        if not question.same_for_all_draws:
            return _Mistaken(self, question)
        kept = self._same_for_all_draws
        if question.title not in kept:
            drawn = [*self.public_questions(), *self.secret_questions(np.random.default_rng(0))]
            kept |= {question.title: _Mistaken(self, question) for question in drawn}
        return kept[question.title]


class _Mistaken(Mapping):
    """The mistakes' answers that differ from the right answer, by the mistakes' names.

    Each is computed at its first use: most mistakes are ruled out by a single question.
    """

    def __init__(self, exercise: Exercise, question: Question):
        self._exercise, self._question = exercise, question
        self._sheets: dict[str, Sheet | None] = {}

    @cached_property
    def _right(self) -> Sheet:
        return self._exercise.right(self._question)

    def __getitem__(self, name: str) -> Sheet:
        if name not in self._sheets:
            suspect = self._exercise.suspects.get(name) or self._exercise.pairs[name]
            sheet = self._exercise.answer(self._question, suspect.function)
            differs = sheet.differs(self._right, self._question)
            self._sheets[name] = sheet if differs else None
        sheet = self._sheets[name]
        if sheet is None:
            raise KeyError(name)
        return sheet

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._exercise.suspects if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _WithPairs(_Mistaken):
    """A frozen question's mistaken answers, and those of two mistakes at once."""

    def __init__(self, exercise: Exercise, keyed: KeyedQuestion):
        super().__init__(exercise, keyed.question)
        self._right, self._frozen = keyed.expected, keyed.mistaken

    def __getitem__(self, name: str) -> Sheet:
        return super().__getitem__(name) if name in self._exercise.pairs else self._frozen[name]


def _asked(question: Question) -> tuple:
    """Return all on which the right answer depends, as something to look it up by."""
    judged, args = question.judged_by != "as_is", question.coded_args
    generators = {n for n, v in question.args.items() if isinstance(v, np.random.Generator)}
    fixed = tuple((name, "" if judged and name in generators else args[name]) for name in args)
    more = json.dumps(encode(dict(question.property_args)))
    return question.call, question.judged_by, fixed, more


def request(question: Question, keyword_only: tuple[str, ...]) -> dict:
    """Return a question as the answering side gets it, in plain JSON: never with its answer."""
    return {
        "way": question.call,  # the key that frozen files have
        "args": [[name, value] for name, value in question.plain_args.items()],
        "keyword_only": list(keyword_only),
    }


def keyword_only(function: Callable) -> tuple[str, ...]:
    parameters = inspect.signature(function).parameters.values()
    return tuple(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)


def _titled_apart(name: str, questions: Iterable[Question]) -> list[Question]:
    questions = list(questions)
    titles = [question.title for question in questions]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    if twice:
        raise ValueError(f"{name}: two questions say the same: {twice}")
    return questions
