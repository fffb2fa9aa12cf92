"""The sentences a student reads about an answer.

Every text comes in two forms: `explain` shows the question's inputs and both answers and is for
questions whose answers are public; `explain_discreetly` keeps secret inputs, answers, prints and
exception texts to itself and says only what sort of difference there is.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from course.exercises.engine import stock
from course.exercises.engine.answer_sheet import TIMEOUT, Sheet
from course.exercises.engine.codec import Opaque, Stream, decode
from course.exercises.engine.compare import Difference
from course.exercises.engine.judge import Result, Verdict
from course.exercises.engine.properties.graphs import NO_ANSWER_IS_RIGHT
from course.exercises.engine.redact import without_inputs

SENTENCES = {
    "nothing": "Your function returned None. Is a return missing?",
    "raised": "Your function raised {detail}.",
    "never": "Your function gave no answer in time. Is there a loop that never ends?",
    "no_error": "A {detail} was expected here, and your function raised none.",
    "unreadable": "Your function returned {detail}, which is not the kind of thing asked for.",
    "changed": "Your function changed its argument {detail}. Work on a copy or on a new array.",
    "warned": "The answer is right, but computing it gave a warning ({detail}).",
    "type": "The type is off: {detail}.",
    "length": "The number of items is off: {detail}.",
    "keys": "The keys are off ({detail}).",
    "shape": "The shape is off: {detail}.",
    "transposed_shape": "The shape is off: {detail}. Is it transposed?",
    "nan": "There is a nan (not a number) in it.",
    "inf": "There is an infinity in it.",
    "sign": "The sign is wrong throughout.",
    "transpose": "This is the transpose of the right answer.",
    "zero": "It is 0 throughout.",
    "factor": "It is {detail} times what is right, throughout.",
    "reversed": "The right things, in reversed order.",
    "one_entry": "Only the entry {detail} differs (counted from 0).",
    "one_row": "Only row {detail} differs (counted from 0).",
    "one_column": "Only column {detail} differs (counted from 0).",
    "numbers": "{detail} numbers differ.",
    "value": "The value differs.",
    "truth": "{detail}.",
}
# Kinds of "exceptions" that stand for an answer that didn't come, or can't be read.
NO_PLAIN_ANSWER, BROKEN_ANSWER = "NoPlainAnswer", "BrokenAnswer"
END_OF_PROCESS, USED_TOO_MUCH = "EndOfProcess", "UsedTooMuch"
UNREAD = "Your function's answer could not be read. Return plain numbers, arrays, lists or dicts."
NO_ANSWER = {
    TIMEOUT: SENTENCES["never"],
    END_OF_PROCESS: "Your function ended the whole process it ran in.",
    USED_TOO_MUCH: "Your function took more memory or disk space than there is for it.",
    BROKEN_ANSWER: UNREAD,
    NO_PLAIN_ANSWER: UNREAD,
}
COUNTED = {2: "Two", 3: "Three"}
SHOWN_ITEMS = 12
LINE_LENGTH = 80
NOT_WRITTEN = "{name} is not written yet."


def sentence(difference: Difference) -> str:
    """Say one difference in a sentence that gives no right number away."""
    text = SENTENCES[difference.kind].format(detail=difference.detail)
    if difference.kind == "raised":
        text = NO_ANSWER.get(difference.detail, text)
    return f"At {difference.where}: {text}" if difference.where else text


def explain(verdict: Verdict) -> str:
    """Say what became of an exercise, with a wrong answer's question and both answers."""
    if verdict.passed or verdict.unsolved:
        return headline(verdict)
    return "\n".join([headline(verdict), example(verdict), *diagnosis(verdict)])


def example(verdict: Verdict) -> str:
    """Show a wrong answer: the question, both answers and how they differ."""
    shown = verdict.example
    return "\n".join([asked(shown), *both_answers(shown), *how_they_differ(shown)])


def explain_discreetly(verdict: Verdict) -> str:
    """Say what became of an exercise that was asked in secret, a line for each wrong answer."""
    if verdict.passed or verdict.unsolved:
        return headline(verdict)
    lines = [
        f"- {result.question.title}: {sentence(without_inputs(result))}"
        for result in verdict.failed
    ]
    return "\n".join([headline(verdict), *lines, *diagnosis(verdict)])


def headline(verdict: Verdict) -> str:
    name, count = verdict.info.name, sum(result.count for result in verdict.results)
    if verdict.unsolved:
        return NOT_WRITTEN.format(name=name)
    if verdict.passed:
        measured = "".join(f" {line[0].upper()}{line[1:]}." for line in measurements(verdict))
        right = f"{name}: right on all {count} questions." if count > 1 else f"{name}: right."
        return right + measured
    right = sum(result.right for result in verdict.results)
    return f"{name}: {right} of {count} questions answered rightly."


def diagnosis(verdict: Verdict) -> list[str]:
    """Return the sentences that name what is wrong, and last a hint, if there is one."""
    return [*named(verdict), verdict.mistake.hint] if verdict.mistake else named(verdict)


def named(verdict: Verdict) -> list[str]:
    """Return the sentences that name what is wrong; none if nothing is known of it."""
    found = verdict.diagnosis
    if found is None:
        return [verdict.cause] if verdict.cause else []
    several = f"{COUNTED[len(found.ideas)]} things are wrong: " if len(found.ideas) > 1 else ""
    part = "" if found.whole else "One thing that is wrong: "
    said = [idea.message for idea in found.ideas]
    said[0] = several + part + said[0]
    return said + [f"Or: {idea.message}" for idea in found.either]


def measurements(verdict: Verdict) -> list[str]:
    """Say what was measured where answers of many parts were counted: "share right: 0.947"."""
    return [line for result in verdict.results for line in _measured(result)]


def how_they_differ(result: Result) -> list[str]:
    """Say how the answer differs; of one that counts in parts, the tally has said it."""
    return [] if _tally(result) else [sentence(result.difference)]


def asked(result: Result) -> str:
    """Show the question: what it is about, and its arguments as a student would write them.

    An answer that counts in parts is to thousands of numbers, which nobody could read.
    """
    if result.question.parts:
        return f"Asked: {result.question.title}"
    lines = [
        f"    {name} = {show(value, 7 + len(name))}" for name, value in result.question.args.items()
    ]
    return "\n".join([f"Asked: {result.question.title}", *lines])


def both_answers(result: Result) -> list[str]:
    """Show what was expected and what came; of an answer that counts in parts, a tally."""
    if tally := _tally(result):
        return tally
    lines = [
        f"Expected: {show_sheet(result.expected, 10)}",
        f"Came:     {show_sheet(result.sheet, 10)}",
    ]
    if result.sheet.answer is NO_ANSWER_IS_RIGHT:  # a word of the property: show what was returned
        lines[1] = f"Came:     {show(decode(result.seen['value']), 10)}"
    error = result.seen.get("error")
    if error and error["kinds"][0] not in NO_ANSWER:
        lines[1] = f"Came:     {error['kinds'][0]}: {error['message']}"
        if error["trace"]:
            lines.append("\n".join("    " + line for line in error["trace"].splitlines()))
    return lines


def _tally(result: Result) -> list[str]:
    """Of a question that counts in parts: what was measured, and which parts are reached.

    Where something else is wrong, no part counts, so the first of that is shown alone.
    """
    parts, sheet = result.question.parts, result.sheet
    if not parts or sheet.changed or sheet.raised or not sheet.readable or not sheet.answer:
        return []
    wrong = sheet.wrong_keys(result.expected, result.question)
    broken = [f"✗ {key}" for key in sheet.answer if key in wrong and key not in parts]
    reached = [f"{'✗' if part in wrong else '✓'} {part}" for part in parts]
    return broken[:1] or [*_measured(result), *reached]


def _measured(result: Result) -> list[str]:
    """What a property tells of an answer that counts in parts besides what is so and what isn't."""
    if not result.question.parts or not isinstance(result.sheet.answer, dict):
        return []
    facts = result.sheet.answer.items()
    return [f"{key}: {value:.3f}" for key, value in facts if isinstance(value, float)]


def show_sheet(sheet: Sheet, indent: int = 0) -> str:
    if sheet.raised and sheet.raised[0] in NO_ANSWER:
        return "no answer in time" if sheet.raised[0] == TIMEOUT else "no answer"
    if sheet.raised:
        return f"a {sheet.raised[0]}"
    return show(sheet.answer, indent)


def show(value: Any, indent: int = 0) -> str:
    """Write a plain value shortly, as code where it can be read; later lines indented."""
    text = _written(value) + _formula(value)
    return text.replace("\n", "\n" + " " * indent)


def _formula(value: Any) -> str:
    """Return what a given function computes, as a comment behind its name."""
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
        case np.ndarray() if value.ndim:
            return np.array2string(value, precision=6, separator=", ", threshold=60)
        case np.ndarray() | float() | np.number():
            return f"{float(value):.8g}"
        case Mapping():
            return _items(value, "{}", lambda key: f"{key!r}: {_written(value[key])}")
        case list():
            return _items(value, "[]", _written)
        case tuple():
            return _items(value, ("(", ",)") if len(value) == 1 else "()", _written)
    return repr(value)[:200]


def _items(items: Any, brackets: Sequence[str], write: Callable[[Any], str]) -> str:
    """Write items on one line, or on a line each where they are arrays or too long for one."""
    shown = [write(item) for _, item in zip(range(SHOWN_ITEMS), items, strict=False)]
    more = [f"… {len(items) - SHOWN_ITEMS} more"] if len(items) > SHOWN_ITEMS else []
    nested = any("\n" in one or "[[" in one for one in shown)
    if len(shown) > 1 and (nested or sum(map(len, shown)) > LINE_LENGTH):
        inner = ",\n".join(shown + more).replace("\n", "\n ")
    else:
        inner = ", ".join(shown + more).replace("\n", "\n ")
    return brackets[0] + inner + brackets[1]
