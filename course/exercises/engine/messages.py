"""The sentences a student reads about an answer.

Every text has two forms. `explain` shows the question's inputs and both answers, and is meant for
public questions. `explain_secret` is for secret ones: it shows which of them are wrong, and what
`redact.told` allows.
"""

from collections.abc import Callable, Mapping, Sequence
from math import floor
from typing import Any

import numpy as np

from course.exercises.engine import stock
from course.exercises.engine.answer_sheet import (
    BROKEN_ANSWER,
    END_OF_PROCESS,
    NO_PLAIN_ANSWER,
    TIMEOUT,
    USED_TOO_MUCH,
    Sheet,
)
from course.exercises.engine.catch import COUNTED as SUSPECTS_CAUGHT
from course.exercises.engine.catch import HUNTED_BY, Catch
from course.exercises.engine.codec import Opaque, Stream, decode
from course.exercises.engine.compare import kind_of
from course.exercises.engine.judge import Result, Verdict
from course.exercises.engine.places import named_place
from course.exercises.engine.properties.graphs import NO_ANSWER_IS_RIGHT
from course.exercises.engine.raised import Raised
from course.exercises.engine.redact import Told

SENTENCES = {
    "nothing": "Your function returned None. Is a `return` missing?",
    "raised": "Your function raised {detail}.",
    "timeout": "Your function gave no answer in time.",
    "other_error": "Your function raised {detail}.",
    "no_error": "A {detail} was expected here, but your function did not raise one.",
    "unreadable": "Your function returned {detail}, and no answer can be read from that.",
    "changed": "Your function changed its argument {detail}. Work on a copy or on a new array.",
    "warned": "The answer is right, but computing it caused a warning ({detail}).",
    "type": "Wrong type: {detail}.",
    "length": "Wrong number of items: {detail}.",
    "keys": "Wrong keys ({detail}).",
    "shape": "Wrong shape: {detail}.",
    "transposed_shape": "Wrong shape: {detail}. Is it transposed?",
    "square_shape": "Wrong shape: {detail}. Did a column meet a flat array?",
    "nan": "It contains nan (not a number).",
    "inf": "It contains infinity.",
    "sign": "It is right except for the sign.",
    "transpose": "This is the transpose of the right answer.",
    "zero": "It is 0, but the right answer is not.",
    "factor": "It is {detail} times the right answer.",
    "reversed": "The values are right, but in reverse order.",
    "swapped": "The values are right, but {detail} are swapped (counting from 0).",
    "shifted": "The values are right, but each {detail}.",
    "rounded": "It is the right answer, rounded to {detail}.",
    "short": "It is right to a few digits only: its numbers are of the short type {detail}.",
    "cut": "It is right up to the decimal point; the digits behind it are cut off.",
    "clipped": "It is right, except that all {detail} numbers became the same number.",
    "unfilled": "It is right, except that some numbers are 0 that should not be.",
    "one_entry": "Only entry {detail} is wrong (counting from 0).",
    "one_row": "Only row {detail} is wrong (counting from 0).",
    "one_column": "Only column {detail} is wrong (counting from 0).",
    "numbers": "{detail} numbers are wrong.",
    "value": "The value is wrong.",
    "truth": "Expected {detail}.",
}
UNREAD = "Your function's answer could not be read. Return plain numbers, arrays, lists or dicts."
NO_ANSWER = {
    TIMEOUT: SENTENCES["timeout"],
    END_OF_PROCESS: "Your function ended the whole process it was running in.",
    USED_TOO_MUCH: "Your function used more memory or disk space than it is allowed.",
    BROKEN_ANSWER: UNREAD,
    NO_PLAIN_ANSWER: UNREAD,
    # What the student's process says of an answer that it can't send.
    "BrokenProtocolError": "Your function returned more numbers than can be handed over.",
}
COUNTED = {2: "Two", 3: "Three"}
SHOWN_ITEMS = 12
SHOWN_LEFT = 2
SHOWN_AXES = 4
LINE_LENGTH = 80
LAST_HINT = (
    "That was the last hint. You can go on without this exercise and come back; or write what you "
    "have, and {solution} shows the course's answer beside it."
)
NOT_WRITTEN = "{name} is not written yet."


def sentence(result: Result) -> str:
    """Put the difference of an answer into a sentence that gives away no right number."""
    if isinstance(result.sheet.answer, Catch):
        return result.sheet.answer.in_brief()
    told = result.difference
    text = SENTENCES[told.kind].format(detail=told.detail)
    if told.kind == "raised":
        text = NO_ANSWER.get(told.detail, text)
    question = result.question
    as_is = question.judged_by == "as_is"
    place = named_place(told.where, question.call, as_is, result.returns)
    return f"At {place}: {text}" if place else text


def explain(verdict: Verdict) -> str:
    """Report on an exercise, with a wrong answer's question and both answers."""
    if verdict.passed or verdict.unsolved:
        return headline(verdict)
    said = [headline(verdict), example(verdict), *diagnosis(verdict), *left_over(verdict)]
    return "\n".join([*said, *verdict.remarks])


def example(verdict: Verdict) -> str:
    """Show a wrong answer: the question, both answers and how they differ."""
    shown = verdict.example
    return "\n".join([asked(shown), *both_answers(shown), *how_they_differ(shown)])


def explain_secret(verdict: Verdict, told: Told) -> str:
    """Report on an exercise with secret questions: which are wrong, and what may be told of it."""
    if verdict.passed or verdict.unsolved:
        return headline(verdict)
    lines = [headline(verdict)]
    for result in verdict.failed:
        hunted = isinstance(result.sheet.answer, Catch)  # a hunt has no secret inputs
        told_of = [result.sheet.answer.in_brief()] if hunted else _tally(result)
        lines += [f"- Wrong: {result.question.title}", *told_of]
    said = [idea.message for idea in told.ideas] + [idea.hint for idea in told.ideas[:1]]
    return "\n".join([*lines, *said, *([told.how] if told.how else [])])


def headline(verdict: Verdict) -> str:
    name = verdict.info.name
    if verdict.unsolved:
        return NOT_WRITTEN.format(name=name)
    first, hunted = verdict.results[0], _is_hunt(verdict)
    right, count = _caught(verdict) if hunted else _right(verdict)
    what = SUSPECTS_CAUGHT if hunted else "questions correct"
    if verdict.passed:
        if isinstance(first.sheet.answer, Catch):
            what = f"{what} with {first.sheet.answer.how_many}"
        measured = "".join(f" {line[0].upper()}{line[1:]}." for line in measurements(verdict))
        said = f"{name}: all {count} {what}." if count > 1 else f"{name}: correct."
        return said + measured
    unasked = f" {verdict.unasked} more not asked." if verdict.unasked else ""
    return f"{name}: {right} of {count} {what}.{unasked}"


def _is_hunt(verdict: Verdict) -> bool:
    return verdict.results[0].question.judged_by == HUNTED_BY


def _right(verdict: Verdict) -> tuple[int, int]:
    """Return the number of questions answered correctly, and that of all questions."""
    results = verdict.results
    return sum(result.right for result in results), sum(result.count for result in results)


def _caught(verdict: Verdict) -> tuple[int, int]:
    """Return the number of suspects caught in all their writings, and that of all suspects."""
    caught = set.intersection(*(result.reached for result in verdict.results))
    return len(caught), verdict.results[0].count


def diagnosis(verdict: Verdict) -> list[str]:
    """Return the sentences that name what is wrong, and last a hint, if there is one."""
    return [*named(verdict), verdict.mistake.hint] if verdict.mistake else named(verdict)


def named(verdict: Verdict) -> list[str]:
    """Return the sentences that name what is wrong; none if nothing is known of it.

    What the exception means that the answer shown ended with stands before everything else.
    """
    found, cause = verdict.diagnosis, [verdict.cause] if verdict.cause else []
    if found is None:
        return cause
    said = [idea.message for idea in found.ideas]
    said[0] = _how_much(verdict) + said[0]
    return [*cause, *said, *(f"Or: {idea.message}" for idea in found.either)]


def _how_much(verdict: Verdict) -> str:
    """Say how much of what went wrong is named, if it isn't one mistake that explains most."""
    found = verdict.diagnosis
    elsewhere = (
        f' (in "{found.telling[0].question.title}")' if not verdict.example_explained else ""
    )
    if len(found.ideas) > 1:
        return f"{COUNTED[len(found.ideas)]} things are wrong{elsewhere}: "
    if elsewhere or not found.whole:
        return f"One thing that is wrong{elsewhere}: "
    return ""


def left_over(verdict: Verdict) -> list[str]:
    """Say in brief which other answers are wrong, and how, if what was said doesn't cover them."""
    lines = [
        f'Also wrong: "{result.question.title}". {_in_brief(verdict, result)}'
        for result in sorted(verdict.left, key=_answered)[:SHOWN_LEFT]
    ]
    more = len(verdict.left) - SHOWN_LEFT
    return [*lines, f"… and {more} more."] if more > 0 else lines


def _answered(result: Result) -> bool:
    """Whether there was an answer at all: what hangs has to be told in any case."""
    return TIMEOUT not in result.sheet.raised


def _in_brief(verdict: Verdict, result: Result) -> str:
    cause, raised = result.cause(verdict.info.name), result.raised
    lines = place_of(raised) if raised else []
    return "\n".join([" ".join(filter(None, [sentence(result), cause])), *lines])


def measurements(verdict: Verdict) -> list[str]:
    """List the measurements of answers that count in parts: "share right: 0.94".

    Where several questions measure, each line says whose it is.
    """
    measured = [result for result in verdict.results if _measured(result)]
    return [
        f"{line} ({result.question.title})" if len(measured) > 1 else line
        for result in measured
        for line in _measured(result)
    ]


def how_they_differ(result: Result) -> list[str]:
    """Say how the answer differs, unless it counts in parts: then the tally has said it."""
    return [] if _tally(result) else [sentence(result)]


def asked(result: Result) -> str:
    """Show the question: its title, and its arguments as a student would write them.

    The arguments are left out if the answer counts in parts: they are thousands of numbers.
    """
    if result.question.parts:
        return f"Asked: {result.question.title}"
    lines = [
        f"    {name} = {show(value, 7 + len(name))}" for name, value in result.question.args.items()
    ]
    return "\n".join([f"Asked: {result.question.title}", *lines])


def both_answers(result: Result) -> list[str]:
    """Show the expected and the given answer, or a tally if the answer counts in parts."""
    if tally := _tally(result):
        return tally
    hunted = result.question.judged_by == HUNTED_BY
    lines = [
        f"Expected: {'a list of examples' if hunted else show_sheet(result.expected, 10)}",
        f"Got:      {show_sheet(result.sheet, 10)}",
    ]
    if result.sheet.answer is NO_ANSWER_IS_RIGHT:  # a word of the property: show what was returned
        lines[1] = f"Got:      {show(decode(result.seen['value']), 10)}"
    raised = result.raised
    if raised is None:
        return lines
    if raised.kinds[0] not in NO_ANSWER:
        lines[1] = f"Got:      {raised.kinds[0]}: {raised.message.partition(chr(10))[0]}"
    return lines + place_of(raised)


def place_of(raised: Raised) -> list[str]:
    """Show the student's lines that an exception comes from, and what was in the last of them."""
    held = ", ".join(f"{name} is {value}" for name, value in raised.values)
    return [f"    {line}" for line in raised.trace] + [f"    where {held}"] * bool(held)


def _tally(result: Result) -> list[str]:
    """List measurements and the parts that are reached, if the question counts in parts.

    If anything else is wrong, no part counts, so only the first such fault is shown.
    """
    parts, sheet = result.question.parts, result.sheet
    if isinstance(sheet.answer, Catch):
        return list(sheet.answer.in_full())
    if not parts or sheet.changed or sheet.raised or not sheet.readable or not sheet.answer:
        return []
    wrong = sheet.wrong_keys(result.expected, result.question)
    broken = [f"✗ {key}" for key in sheet.answer if key in wrong and key not in parts]
    reached = [f"{'✗' if part in wrong else '✓'} {part}" for part in parts]
    return broken[:1] or [*_measured(result), *reached]


def _measured(result: Result) -> list[str]:
    """Return the numbers that a property reports for an answer that counts in parts.

    They are cut to hundredths: what a student may choose tells little, and no tier seems reached.
    """
    if not result.question.parts or not isinstance(result.sheet.answer, dict):
        return []
    facts = result.sheet.answer.items()
    return [
        f"{key}: {floor(100 * value + 1e-9) / 100:.2f}"
        for key, value in facts
        if isinstance(value, float)
    ]


def show_sheet(sheet: Sheet, indent: int = 0) -> str:
    if sheet.raised and sheet.raised[0] in NO_ANSWER:
        return "no answer in time" if sheet.raised[0] == TIMEOUT else "no answer"
    if sheet.raised:
        return f"a {sheet.raised[0]}"
    return show(sheet.answer, indent)


def show(value: Any, indent: int = 0) -> str:
    """Write a plain value briefly, as code if possible; all lines but the first are indented."""
    text = _written(value) + _formula(value)
    return text.replace("\n", "\n" + " " * indent)


def _formula(value: Any) -> str:
    """Return what a given function computes, as a comment after its name."""
    if stock.name_of(value) is None or getattr(value, "__module__", "") != stock.__name__:
        return ""
    return f"   # {(value.__doc__ or '').strip().partition(chr(10))[0]}"


def _written(value: Any) -> str:
    name = stock.name_of(value)
    if name is not None:
        return name
    match value:
        case Opaque(type_name):
            return f"<{type_name}>"
        case Stream(items):
            return f"iter({_written(list(items))})"
        case np.random.Generator():
            return "a numpy.random.Generator"
        case np.ndarray() if value.ndim > SHOWN_AXES:  # NumPy shows six entries along each
            return f"<{kind_of(value)}>"
        case np.ndarray() if value.ndim:
            return np.array2string(value, precision=6, separator=", ", threshold=60)
        case np.ndarray() | float() | np.number():
            return f"{float(value) + 0.0:.8g}"  # adding 0 turns −0 into 0
        case Mapping():
            return _items(value, "{}", lambda key: f"{key!r}: {_written(value[key])}")
        case list():
            return _items(value, "[]", _written)
        case tuple():
            return _items(value, ("(", ",)") if len(value) == 1 else "()", _written)
    return repr(value)[:200]


def _items(items: Any, brackets: Sequence[str], write: Callable[[Any], str]) -> str:
    """Write items on one line, or one per line if they are arrays or too long for one line."""
    shown = [write(item) for _, item in zip(range(SHOWN_ITEMS), items, strict=False)]
    more = [f"… {len(items) - SHOWN_ITEMS} more"] if len(items) > SHOWN_ITEMS else []
    nested = any("\n" in text or "[[" in text for text in shown)
    if len(shown) > 1 and (nested or sum(map(len, shown)) > LINE_LENGTH):
        inner = ",\n".join(shown + more).replace("\n", "\n ")
    else:
        inner = ", ".join(shown + more).replace("\n", "\n ")
    return brackets[0] + inner + brackets[1]
