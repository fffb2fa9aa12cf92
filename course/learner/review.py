"""Questions from finished lessons: the older the lesson, the more of them.

Three kinds, all from what the course has already: the predictions in the lessons, numbers to work
out by hand, and answers of known mistakes, whose mistake is to be named.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

import numpy as np

from course.exercises.engine import Exercise, box
from course.exercises.engine.answer_sheet import Sheet
from course.exercises.engine.exercise import KeyedQuestion
from course.exercises.engine.frozen import thaw
from course.exercises.engine.ideas import ideas_of
from course.exercises.engine.judge import Result
from course.exercises.engine.messages import asked, show
from course.exercises.units import UNITS, exercises_of
from course.learner.progress import Progress, days_since, now

QUESTIONS = 5
CHOICES = 3
LETTERS = "abcdefgh"
MOST_LINES, MOST_NUMBERS = 8, 4
SMALLEST, LARGEST = 0.01, 1000.0
# By hand, three digits will do, and a result that has more decimals needs a calculator.
ROUNDED, MOST_DECIMALS = 5e-3, 3
UNHANDY = re.compile(r"\de[-+]\d|\d{5}")
PREDICTION = re.compile(
    r"^\*\*Predict\.\*\*(?P<ask>.+?)\n\n<details><summary>.*?</summary>\n\n(?P<answer>.+?)\n\n"
    r"</details>",
    re.MULTILINE | re.DOTALL,
)
NOTHING_YET = "Nothing to review yet: questions are taken from lessons whose exercises are right."


@dataclass(frozen=True)
class Item:
    """A question: its unit, a name that stays the same, what is asked, and the answer.

    choices: texts to choose from, if there are any; `answer` is then one of them.
    number: the answer as numbers, if it is to be worked out.
    """

    unit: str
    name: str
    ask: str
    answer: str
    choices: tuple[str, ...] = ()
    number: tuple[float, ...] = ()

    def is_right(self, given: str) -> bool | None:
        """Whether an answer is right; None if only its author can say."""
        if self.choices:
            place = LETTERS.find(given.strip().casefold()[:1] or "?")
            return 0 <= place < len(self.choices) and self.choices[place] == self.answer
        if self.number:
            found = _numbers_in(given)
            if len(found) != len(self.number):
                return False
            return bool(np.allclose(found, self.number, rtol=ROUNDED, atol=ROUNDED))
        return None

    @property
    def expects(self) -> str:
        """What an answer looks like, if not every text is one."""
        if self.choices:
            return f"a letter, a to {LETTERS[len(self.choices) - 1]}"
        count = len(self.number)
        numbers = "a number" if count == 1 else f"{count} numbers with commas between"
        return f"{numbers}; three digits will do"

    @property
    def solution(self) -> str:
        """The answer, with its letter if there are choices."""
        if not self.choices:
            return self.answer
        return f"{LETTERS[self.choices.index(self.answer)]}) {self.answer}"

    def can_be_read(self, given: str) -> bool:
        """Whether this is an answer of the kind that is asked for, right or wrong."""
        if self.choices:
            return given.strip().casefold()[:1] in [*LETTERS[: len(self.choices)]]
        return not self.number or len(_numbers_in(given)) == len(self.number)

    def lines(self) -> list[str]:
        """Return what is asked, with the choices."""
        return [self.ask, *(f"  {LETTERS[k]}) {c}" for k, c in enumerate(self.choices))]


class Quiz:
    """Some questions to go through: in a terminal one by one, in a notebook with folded answers."""

    def __init__(self, items: list[Item]):
        self.items = items

    @classmethod
    def of(cls, folder: Path, rng: random.Random | None = None) -> "Quiz":
        """Choose questions for the student whose folder this is."""
        return cls(chosen(Progress.of(folder), rng or random.Random()))

    def __repr__(self) -> str:
        if not self.items:
            return NOTHING_YET
        parts = ("\n".join([f"{item.unit}:", *item.lines()]) for item in self.items)
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        if not self.items:
            return f"<div style='{box.style(box.GREY)}'>{escape(NOTHING_YET)}</div>"
        shown = []
        for item in self.items:
            style = (
                "white-space:pre-wrap;font-family:inherit;background:none;padding:0;color:inherit"
            )
            question = f"<pre style='{style}'>{escape(chr(10).join(item.lines()))}</pre>"
            answer = f"<pre style='{style}'>{escape(item.answer)}</pre>"
            folded = f"<details><summary>Show the answer</summary>{answer}</details>"
            shown.append(f"<b>{escape(item.unit)}</b>{question}{folded}")
        return f"<div style='{box.style(box.GREY)}'>{'<hr>'.join(shown)}</div>"


def chosen(progress: Progress, rng: random.Random) -> list[Item]:
    """Return five questions, or as many as there are, more of them from older lessons.

    A question that was answered correctly k times in a row rests for 2**k days.
    """
    weights = {}
    for unit in UNITS:
        if (days := days_finished(unit, progress)) is not None:
            for item in items_of(unit):
                times, last = (*progress.reviewed.get(item.name, ()), 0, "")[:2]
                if not last or days_since(last) >= 2**times:
                    weights[item] = (days + 1) / len(items_of(unit))
    # Drawn without replacement: the largest of log(u) / w are a weighted sample.
    keys = {item: np.log(rng.random()) / weight for item, weight in weights.items()}
    best = sorted(keys, key=keys.__getitem__, reverse=True)[:QUESTIONS]
    return sorted(best, key=lambda item: list(UNITS).index(item.unit))


def days_finished(unit: str, progress: Progress) -> float | None:
    """Return how long ago the last exercise of a unit got right; None if not all are."""
    dates = []
    for exercise in exercises_of(unit):
        date = progress.right.get(exercise.name) or progress.green.get(exercise.name)
        if not date:
            return None
        dates.append(days_since(date))
    return min(dates, default=None)


def note_answer(folder: Path, item: Item, right: bool) -> None:
    """Keep that a question was put, and whether its answer was right."""
    progress = Progress.of(folder)
    times = (*progress.reviewed.get(item.name, ()), 0)[0]
    progress.reviewed[item.name] = [times + 1 if right else 0, now()]
    progress.save(folder)


@cache
def items_of(unit: str) -> tuple[Item, ...]:
    """Return all questions that a unit has to offer."""
    found = list(_predictions(unit))
    for exercise in exercises_of(unit):
        _, keyed = thaw(exercise.name)
        for number, one in enumerate(keyed):
            found += filter(None, [_by_hand(unit, exercise, number, one)])
            found += filter(None, [_which_mistake(unit, exercise, number, one)])
    return tuple(found)


def _predictions(unit: str) -> Iterator[Item]:
    text = files("course").joinpath("lessons", f"{unit}.md").read_text(encoding="utf-8")
    for number, found in enumerate(PREDICTION.finditer(text)):
        ask, answer = plain(found["ask"]), plain(found["answer"])
        # A question about the picture below it makes no sense without it.
        if not re.search(r"\b(?:cell|picture|panel|film|below|above|figure|plot)\b", ask):
            yield Item(unit, f"{unit} prediction {number}", ask, answer)


def plain(text: str) -> str:
    """Return a lesson's text as a terminal can show it."""
    text = re.sub(r"\\(?:mathbf|boldsymbol|mathrm|text|hat|tilde|operatorname)\b\s*", "", text)
    for tex, sign in SIGNS.items():
        text = re.sub(rf"{re.escape(tex)}(?![a-zA-Z])", sign, text)
    text = re.sub(r"\\t?frac\{?([^{}])\}?\{?([^{}])\}?", r"\1/\2", text)
    text = re.sub(r"[\^_]\{([^{}]*)\}", lambda m: m[0][0] + m[1], text)
    text = re.sub(r"\\[,;!]|\\(?:left|right)\b|[$]|(?<!\w)\*+|\*+(?!\w)", "", text)
    return " ".join(text.split())


SIGNS = {
    "\\alpha": "α", "\\beta": "β", "\\varepsilon": "ε", "\\sigma": "σ", "\\delta": "δ",
    "\\theta": "θ", "\\eta": "η", "\\partial": "∂", "\\cdot": "·", "\\times": "×",
    "\\approx": "≈", "\\le": "≤", "\\ge": "≥", "\\to": "→", "\\top": "ᵀ", "\\infty": "∞",
    "\\sqrt": "√", "\\sum": "Σ", "\\in": "∈", "\\pm": "±", "\\tanh": "tanh", "\\log": "log",
    "\\ln": "ln", "\\exp": "exp", "\\dots": "…", "\\ldots": "…", "\\quad": "  ",
}  # fmt: skip


def _by_hand(unit: str, exercise: Exercise, number: int, one: KeyedQuestion) -> Item | None:
    """Ask for the right answer, if it is a few numbers and the question is short."""
    numbers, ask = _numbers(one.expected.answer), _asked(one, one.expected)
    plain_value = one.question.judged_by == "as_is" and not one.expected.raised
    if not (numbers and ask and plain_value) or UNHANDY.search(ask):
        return None
    text = f"By hand: what does {exercise.name} return?\n{ask}"
    name = f"{exercise.name} {number} by hand"
    return Item(unit, name, text, show(one.expected.answer), number=numbers)


def _which_mistake(unit: str, exercise: Exercise, number: int, one: KeyedQuestion) -> Item | None:
    """Show a mistake's answer and three mistakes, only one of which gives it."""
    info, _ = thaw(exercise.name)
    given: dict[str, Sheet] = {}
    for key, sheet in one.mistaken.items():
        ideas = ideas_of(key)
        if len(ideas) == 1 and not sheet.raised and not sheet.changed and not sheet.warned:
            given.setdefault(ideas[0], sheet)
    shown = {idea: show(sheet.answer) for idea, sheet in given.items()}
    apart = list({text: idea for idea, text in reversed(shown.items())}.values())
    ask = _asked(one, one.expected)
    if len(apart) < CHOICES or ask is None:
        return None
    rng = random.Random(f"{exercise.name} {number}")
    ideas = rng.sample(sorted(apart), CHOICES)
    output = shown[ideas[0]]
    if len(output.splitlines()) > MOST_LINES:
        return None
    messages = [info.mistakes[idea].message for idea in ideas]
    right = messages[0]
    rng.shuffle(messages)
    text = (
        f"A wrong {exercise.name} was asked:\n{ask}\nIt returned {output}\n"
        f"and {show(one.expected.answer)} is right. Which mistake made this output?"
    )
    name = f"{exercise.name} {number} which mistake"
    return Item(unit, name, text, right, choices=tuple(messages))


def _asked(one: KeyedQuestion, sheet: Sheet) -> str | None:
    """Return a question's inputs as text; None if they are too long for a review."""
    text = asked(Result(one.question, one.expected, sheet, None, {})).partition("\n")[2]
    short = len(text.splitlines()) <= MOST_LINES and "…" not in text
    return text if text.strip() and short else None


def _numbers(value: object) -> tuple[float, ...]:
    """Return an answer's numbers, if it is one number or a small array."""
    if isinstance(value, bool | str | dict | tuple) or value is None:
        return ()
    try:
        array = np.asarray(value, dtype=float).ravel()
    except (TypeError, ValueError):
        return ()
    easy = ((np.abs(array) >= SMALLEST) & (np.abs(array) <= LARGEST)) | (array == 0)
    easy &= np.isclose(array, np.round(array, MOST_DECIMALS), rtol=0, atol=1e-9)
    return tuple(map(float, array)) if 0 < array.size <= MOST_NUMBERS and easy.all() else ()


def _numbers_in(text: str) -> list[float]:
    plain = text.replace("−", "-")
    return [float(one) for one in re.findall(r"-?\d*\.?\d+(?:e[+-]?\d+)?", plain, re.I)]
