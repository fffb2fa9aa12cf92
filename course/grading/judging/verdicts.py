"""From observations to verdicts, grades and the words that a student reads."""

import re
from collections.abc import Sequence
from typing import Any

from course.exercises.engine import KeyedQuestion
from course.exercises.engine.answer_sheet import NO_PLAIN_ANSWER
from course.exercises.engine.judge import Verdict, judge
from course.exercises.engine.messages import diagnosis, example, explain_secret
from course.exercises.engine.redact import Told, told
from course.grading.judging.examine import Exam, Record, public_answers, unanswered
from course.grading.judging.results import ExerciseGrade
from course.grading.limits import LISTED_MODULES
from course.grading.student_process.channel import GoneError

# Decimal places of a score in points.
DIGITS = 2
UNREADABLE = {"error": {"kinds": [NO_PLAIN_ANSWER], "message": "", "trace": ""}}
# Students choose the names of modules too, so what is shown of them is limited.
NO_MODULE = re.compile(r"No module named '([\w.]{1,40})'")


def grade_of(exam: Exam, record: Record, cells: Sequence[dict[str, Any]]) -> ExerciseGrade:
    """Grade one exercise by what was observed of it."""
    observations = record.observations.get(exam.name, [])
    if exam.name in record.missing:
        return ungraded(exam, why_missing(exam, record, cells))
    if not observations:
        return ungraded(exam, why_unasked(exam, record))
    verdict = judged(exam, observations)
    public = _on_public(exam, record.public_observations.get(exam.name, []))
    allowed = told(verdict, public)
    return ExerciseGrade(
        exercise=exam.name,
        grade_id=exam.grade_id,
        points=exam.points,
        share=float(verdict.score),
        earned=min(exam.points, round(verdict.score * exam.points, DIGITS)),
        ideas=tuple(idea.name for idea in allowed.ideas),
        writing=allowed.writing,
        message=_message(verdict, allowed, public),
    )


def ungraded(exam: Exam, why: str) -> ExerciseGrade:
    """Return the grade of an exercise without anything to judge: 0, and why."""
    return ExerciseGrade(exam.name, exam.grade_id, exam.points, 0.0, 0.0, (), (), why, judged=False)


def judged(exam: Exam, observations: Sequence[Any]) -> Verdict:
    """Judge the observations; questions at the end that were never asked count as unanswered."""
    rest = [unanswered(GoneError())] * (len(exam.keyed) - len(observations))
    return _judged_on(exam, exam.keyed, [*observations, *rest])


def _judged_on(exam: Exam, keyed: Sequence[KeyedQuestion], observations: Sequence[Any]) -> Verdict:
    """Judge the observations; an unreadable observation is a wrong answer, whatever it holds."""
    try:
        return judge(exam.exercise.info, keyed, observations)
    except Exception:
        readable = [
            observation if _can_be_judged(exam, answers, observation) else UNREADABLE
            for answers, observation in zip(keyed, observations, strict=True)
        ]
        return judge(exam.exercise.info, keyed, readable)


def _can_be_judged(exam: Exam, answers: KeyedQuestion, observation: Any) -> bool:
    try:
        judge(exam.exercise.info, [answers], [observation])
    except Exception:
        return False
    return True


def _on_public(exam: Exam, observations: Sequence[Any]) -> Verdict | None:
    """Judge the answers to the public questions, if all of those were asked."""
    keyed = public_answers(exam.exercise) if observations else ()
    if not observations or len(keyed) != len(observations):
        return None
    return _judged_on(exam, keyed, observations)


def _message(verdict: Verdict, allowed: Told, public: Verdict | None) -> str:
    """Explain the verdict, with an example if a public question shows the failure too."""
    explanation = explain_secret(verdict, allowed)
    if public is None or public.passed or public.unsolved:
        return explanation
    lines = [explanation, "", "For example:", example(public)]
    lines += [line for line in (*diagnosis(public), *public.remarks) if line not in explanation]
    return "\n".join(lines)


def why_missing(exam: Exam, record: Record, cells: Sequence[dict[str, Any]]) -> str:
    """Say that the function is missing, and which error stopped its cell, if any."""
    why = f"{exam.name}: there is no function with this name."
    for index, outputs in record.outputs.items():
        if f"def {exam.name}(" in cells[index]["source"] and outputs:
            errors = [output["ename"] for output in outputs if output["output_type"] == "error"]
            return f"{why} Its cell stopped with a {errors[0]}." if errors else why
    return why


def failed_imports(record: Record) -> list[str]:
    """Say which modules the cells could not import, in one sentence, if there are any."""
    errors = (output for outputs in record.outputs.values() for output in outputs)
    found = (NO_MODULE.match(str(error.get("evalue"))) for error in errors if "ename" in error)
    names = list(dict.fromkeys(match[1] for match in found if match))
    if not names:
        return []
    listed = ", ".join(names[:LISTED_MODULES])
    return [f"These modules are not there where notebooks are graded: {listed}."]


def why_unasked(exam: Exam, record: Record) -> str:
    """Say why no question was asked."""
    if record.lost:
        return f"{exam.name} could not be tested: {record.lost}."
    return f"{exam.name} could not be tested: the notebook had no time left for answers."
