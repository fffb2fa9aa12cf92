"""Frozen questions: an exercise's public questions with all their answers, in a file.

`check` asks these, so a notebook needs neither the reference nor the mistakes' code.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from course.exercises.engine.answer_sheet import Sheet
from course.exercises.engine.codec import decode, encode
from course.exercises.engine.exercise import Card, Exercise, Keyed, Mistake, Question, request
from course.exercises.engine.near_names import unknown
from course.exercises.engine.registry import PROPERTIES

FOLDER = files("course.exercises") / "frozen"
CARD_TEXTS = ("unit", "summary", "points", "minutes", "difficulty")
JUDGING = ("says", "view", "rtol", "atol", "weight", "unchanged", "warning_free")


def freeze(exercise: Exercise) -> str:
    """Return the text of an exercise's frozen file."""
    card = exercise.card
    frozen = {text: getattr(card, text) for text in CARD_TEXTS} | {
        "hints": list(card.hints),
        "keyword_only": list(card.keyword_only),
        "mistakes": {m.name: {"says": m.says, "hint": m.hint} for m in card.mistakes.values()},
        "questions": [
            _freeze_keyed(keyed, card) for keyed in exercise.key(exercise.public_questions())
        ],
    }
    return _line_by_line(frozen, depth=2) + "\n"


@cache
def thaw(name: str) -> tuple[Card, tuple[Keyed, ...]]:
    """Return an exercise's card and its public questions with their answers.

    Raises ValueError, with the nearest names, where no exercise is called `name`.
    """
    names = frozen_names()
    if name not in names:
        raise unknown("exercise", name, names)
    parts = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return _thaw_card(name, parts), tuple(_thaw_keyed(one) for one in parts["questions"])


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


def _freeze_keyed(keyed: Keyed, card: Card) -> dict[str, Any]:
    question = keyed.question
    home = PROPERTIES.named(question.view).__module__
    if not home.startswith(f"{__package__}."):
        raise ValueError(
            f"{card.name}: the public question {question.says!r} is judged by {question.view!r} of "
            f"{home}, which a notebook need not have; define it in {__package__}.properties"
        )
    judging = {text: getattr(question, text) for text in JUDGING}
    if question.parts:
        judging["parts"] = list(question.parts)
    if question.known:
        judging["known"] = encode(dict(question.known))
    return judging | {
        "request": request(question, card.keyword_only),
        "expected": keyed.expected.to_json(),
        "mistaken": {name: sheet.to_json() for name, sheet in keyed.mistaken.items()},
    }


def _thaw_card(name: str, parts: dict) -> Card:
    return Card(
        name=name,
        hints=tuple(parts["hints"]),
        mistakes={n: Mistake(n, m["says"], m["hint"]) for n, m in parts["mistakes"].items()},
        keyword_only=tuple(parts["keyword_only"]),
        **{text: parts[text] for text in CARD_TEXTS},
    )


def _thaw_keyed(parts: dict) -> Keyed:
    question = Question(
        args={name: decode(coded) for name, coded in parts["request"]["args"]},
        way=parts["request"]["way"],
        known=decode(parts.get("known", {"dict": []})),
        parts=tuple(parts.get("parts", ())),
        **{text: parts[text] for text in JUDGING},
    )
    mistaken = {name: Sheet.from_json(sheet) for name, sheet in parts["mistaken"].items()}
    return Keyed(question, Sheet.from_json(parts["expected"]), mistaken)
