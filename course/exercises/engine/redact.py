"""What may be told of the answers to secret questions.

A function can choose how it fails by what it is asked: the shape it returns, the error it raises,
the mistake it makes. So whatever is told of a failure tells something of the question. For each
question only right or wrong is told, and for all of them together one of a small set: a known
mistake, or one of the sentences below. More is told only if public answers, which were given before
any secret question was asked, show the same. That is less than 2 bits per question.
"""

from dataclasses import dataclass

from course.exercises.engine.answer_sheet import NO_ANSWER
from course.exercises.engine.exercise import Mistake
from course.exercises.engine.judge import Verdict

# Bits that may be told of a question: all that is told of n questions is one of fewer than
# 2 ** (n * BITS) texts.
BITS = 2
FORM = (
    *("type", "length", "keys", "shape", "transposed_shape", "square_shape"),
    *("unreadable", "nothing"),
)
HOW = {
    "late": "The first of these got no answer that could be read, or none in time.",
    "raised": "In the first of these your function raised an error, or not the expected one.",
    "form": "In the first of these the answer has another type, shape or length.",
    "numbers": "In the first of these the answer contains nan or infinity.",
    "manner": "In the first of these your function changed an argument or caused a warning.",
    "value": "In the first of these the value is wrong.",
}


@dataclass(frozen=True)
class Told:
    """What may be told besides the number of right answers and the titles of wrong ones.

    ideas: the known mistakes.
    how: how the first wrong answer fails, in a sentence; "" if a public answer shows a failure.
    writing: how answers fail by their writing (`Verdict.writing`).
    """

    ideas: tuple[Mistake, ...]
    how: str
    writing: tuple[str, ...]


def told(verdict: Verdict, public: Verdict | None) -> Told:
    """Say what may be told of the answers to secret questions.

    public: the verdict on the answers to public questions, if they were asked.
    """
    if verdict.passed or verdict.unsolved:
        return Told((), "", ())
    shown = public is not None and not public.passed and not public.unsolved
    ideas = _ideas(verdict)
    if not (shown and ideas == _ideas(public)):
        # Questions without arguments have no secret.
        secrets = sum(result.count for result in verdict.results if result.question.args)
        ideas = ideas[:1] if not secrets or may_name(secrets, len(verdict.info.mistakes)) else ()
    writing = public.writing if shown and verdict.writing else ()
    return Told(ideas, "" if shown or ideas else _how(verdict), writing)


def may_name(questions: int, mistakes: int) -> bool:
    """Whether one of this number of mistakes may be named for this number of secret questions.

    Besides right or wrong for each question, a sentence or nothing may be told; a mistake shows in
    one question at least, so that this one is known to be wrong.
    """
    texts = 2**questions * (1 + len(HOW)) + 2 ** (questions - 1) * mistakes
    return texts < 2 ** (BITS * questions)


def _ideas(verdict: Verdict) -> tuple[Mistake, ...]:
    return verdict.diagnosis.ideas if verdict.diagnosis else ()


def _how(verdict: Verdict) -> str:
    first = verdict.example
    match first.difference.kind:
        case "raised" if first.sheet.raised[0] in NO_ANSWER:
            return HOW["late"]
        case "raised" | "other_error" | "no_error":
            return HOW["raised"]
        case "nan" | "inf":
            return HOW["numbers"]
        case "changed" | "warned":
            return HOW["manner"]
        case "truth" if first.question.parts:
            return ""  # the parts say it
        case kind:
            return HOW["form" if kind in FORM else "value"]
