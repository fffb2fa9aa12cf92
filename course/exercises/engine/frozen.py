"""Frozen questions: an exercise's public questions with all their answers, in a file.

`check` asks these, so a notebook needs neither the reference nor the mistakes' code.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from typing import Any

from course.exercises.engine.answer_sheet import Sheet
from course.exercises.engine.codec import decode, encode
from course.exercises.engine.compare import difference
from course.exercises.engine.exercise import (
    SECONDS,
    Exercise,
    ExerciseInfo,
    KeyedQuestion,
    Mistake,
    Question,
    request,
)
from course.exercises.engine.near_names import unknown
from course.exercises.engine.registry import PROPERTIES

FOLDER = files("course.exercises") / "frozen"
INFO_TEXTS = ("unit", "summary", "points", "minutes", "difficulty")
# Fields of a question that judging doesn't need, and those that the frozen request holds.
NOT_JUDGING = {"known_answer", "same_for_all_draws"}
REQUESTED = {"args", "call"}
JUDGING = tuple(part.name for part in fields(Question) if part.name not in NOT_JUDGING | REQUESTED)
# Keys in the files that differ from the names of a question's fields.
KEYS = {"title": "says", "judged_by": "view", "property_args": "known"}
# Empty collections are left out.
EMPTY = ([], encode({}))
# Processors differ in the last digits of a sum: answers that agree so far are the same.
LAST_DIGITS = 1e-9


def freeze(exercise: Exercise) -> str:
    """Return the text of an exercise's frozen file."""
    info = exercise.info
    frozen = {text: getattr(info, text) for text in INFO_TEXTS} | {
        "hints": list(info.hints),
        "keyword_only": list(info.keyword_only),
        "returns": info.returns,
        "mistakes": {m.name: {"says": m.message, "hint": m.hint} for m in info.mistakes.values()},
        "questions": [
            _freeze_keyed(keyed, info) for keyed in exercise.answer_key(exercise.public_questions())
        ],
    }
    return _line_by_line(frozen, depth=2) + "\n"


def says_the_same(text: str, other: str) -> bool:
    """Whether two frozen files differ in nothing but the last digits of answers."""
    try:
        frozen, others = json.loads(text), json.loads(other)
    except ValueError:  # such as lines of a merge
        return False
    questions, other_questions = frozen.pop("questions"), others.pop("questions")
    return (
        frozen == others
        and len(questions) == len(other_questions)
        and all(map(_asks_the_same, questions, other_questions))
    )


def _asks_the_same(question: dict[str, Any], other: dict[str, Any]) -> bool:
    answers, others = _answers(question), _answers(other)
    asked, asked_there = (
        {key: part for key, part in one.items() if key not in {"expected", "mistaken"}}
        for one in (question, other)
    )
    return (
        asked == asked_there
        and list(answers) == list(others)
        and all(_is_same_answer(answers[name], others[name]) for name in answers)
    )


def _answers(question: dict[str, Any]) -> dict[str, Sheet]:
    """Return a frozen question's answers by the suspect's name; the right one's is empty."""
    keyed = _thaw_keyed(question)
    return {"": keyed.expected} | {name: keyed.mistaken[name] for name in sorted(keyed.mistaken)}


def _is_same_answer(sheet: Sheet, other: Sheet) -> bool:
    apart = difference(sheet.answer, other.answer, LAST_DIGITS, LAST_DIGITS, briefly=True)
    return apart is None and replace(sheet, answer=None) == replace(other, answer=None)


@cache
def thaw(name: str) -> tuple[ExerciseInfo, tuple[KeyedQuestion, ...]]:
    """Return an exercise's info and its public questions with their answers.

    Raises ValueError, with the nearest names, if no exercise is called `name`.
    """
    names = frozen_names()
    if name not in names:
        raise unknown("exercise", name, names)
    parts = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return _thaw_info(name, parts), tuple(map(_thaw_keyed, parts["questions"]))


@cache
def two_at_once(name: str) -> tuple[KeyedQuestion, ...] | None:
    """Return the public questions with the answers of two mistakes at once, too.

    There are too many for a file, so they are computed from the bank of mistakes; None where that
    isn't at hand, as in a sandbox.
    """
    try:
        from course.exercises.units import exercise
    except ImportError:
        return None
    return tuple(map(exercise(name).with_pairs, thaw(name)[1]))


@cache
def frozen_names() -> tuple[str, ...]:
    """Return the names of all exercises that have frozen questions, in alphabetical order."""
    suffix = ".json"
    found = (entry.name for entry in FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(suffix) for name in found if name.endswith(suffix)))


def _line_by_line(value: Any, depth: int) -> str:
    """Write JSON with a line for each item down to `depth`, so that a diff shows what changed."""
    if depth and value and isinstance(value, dict):
        items = [f"{json.dumps(k)}: {_line_by_line(v, depth - 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(items) + "\n}"
    if depth and value and isinstance(value, list):
        return "[\n" + ",\n".join(_line_by_line(item, depth - 1) for item in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def _freeze_keyed(keyed: KeyedQuestion, info: ExerciseInfo) -> dict[str, Any]:
    question = keyed.question
    home = PROPERTIES.named(question.judged_by).__module__
    if not home.startswith(f"{__package__}."):
        raise ValueError(
            f"{info.name}: the public question {question.title!r} is judged by "
            f"{question.judged_by!r} of {home}, which a notebook need not have; define it in "
            f"{__package__}.properties"
        )
    judging = {KEYS.get(name, name): _plain(getattr(question, name)) for name in JUDGING}
    if question.seconds == SECONDS:
        del judging["seconds"]
    return {key: value for key, value in judging.items() if value not in EMPTY} | {
        "request": request(question, info.keyword_only),
        "expected": keyed.expected.to_json(),
        "mistaken": _shared(keyed.mistaken),
    }


def _shared(mistaken: Mapping[str, Sheet]) -> dict[str, Any]:
    """Return the suspects' answers, each once, under the names of all suspects that give it."""
    names: dict[str, list[str]] = {}
    for name, sheet in mistaken.items():
        names.setdefault(json.dumps(sheet.to_json()), []).append(name)
    return {" ".join(several): json.loads(sheet) for sheet, several in names.items()}


def _plain(value: Any) -> Any:
    """Return a question's field as JSON."""
    if isinstance(value, Mapping):
        return encode(dict(value))
    return list(value) if isinstance(value, tuple) else value


def _thaw_info(name: str, parts: dict) -> ExerciseInfo:
    return ExerciseInfo(
        name=name,
        hints=tuple(parts["hints"]),
        mistakes={n: Mistake(n, m["says"], m["hint"]) for n, m in parts["mistakes"].items()},
        keyword_only=tuple(parts["keyword_only"]),
        returns=parts["returns"],
        **{text: parts[text] for text in INFO_TEXTS},
    )


def _thaw_keyed(parts: dict) -> KeyedQuestion:
    judging = {
        name: parts[KEYS.get(name, name)] for name in JUDGING if KEYS.get(name, name) in parts
    }
    question = Question(
        args={name: decode(coded) for name, coded in parts["request"]["args"]},
        call=parts["request"]["way"],
        **{name: tuple(v) if type(v) is list else decode(v) for name, v in judging.items()},
    )
    sheets = {names: Sheet.from_json(sheet) for names, sheet in parts["mistaken"].items()}
    mistaken = {name: sheet for names, sheet in sheets.items() for name in names.split()}
    return KeyedQuestion(question, Sheet.from_json(parts["expected"]), mistaken, tuple(mistaken))
