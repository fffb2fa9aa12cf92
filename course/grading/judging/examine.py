"""Run a notebook's cells in a session and ask its functions; what is seen outlives the session.

A cell or an answer that ends its process costs only itself: the others run again in a new session,
once. Judging is done here too, since what is asked next depends on it.
"""

import ast
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from course.exercises.engine import Exercise, Keyed
from course.exercises.engine.answer_sheet import never
from course.exercises.engine.exercise import SECONDS, request
from course.exercises.engine.judge import Verdict, judge
from course.exercises.engine.messages import BROKEN_ANSWER, END_OF_PROCESS, USED_TOO_MUCH
from course.grading.judging.redact import UNREADABLE, discreet
from course.grading.notebook import sanitize
from course.grading.notebook.cells import exercise_of, grade_id, is_own
from course.grading.process.limits import Limits
from course.grading.process.worker import Session, SessionLostError, UsedTooMuchError
from course.grading.student_process.channel import BrokenProtocolError, GoneError, TooLateError

ATTEMPTS = 2
UNKNOWN, WORD = re.compile(r"name '(\w+)' is not defined"), re.compile(r"\w+")


@dataclass(frozen=True)
class Exam:
    """One exercise as it is asked: its test cell, and the questions with their answers.

    secret: whether nothing of the questions may be shown; the function is then asked the public
        ones too, so that there is an example to show where it fails.
    """

    exercise: Exercise
    grade_id: str
    points: float
    keyed: tuple[Keyed, ...]
    secret: bool = True

    @property
    def name(self) -> str:
        return self.exercise.name


@dataclass
class Record:
    """What has come of a submission so far; it outlives the loss of a session.

    fatal: by cell, why its process ended; such a cell is left out when the others run again.
    seen: by exercise, the observations so far, one for each secret question asked.
    public: by exercise, those of the public questions, where they were asked.
    missing: exercises of which there is no function.
    left_out: cells of the lesson that were not run, since nothing seemed to need them.
    unknown: names that cells or functions asked for in vain.
    """

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    fatal: dict[int, str] = field(default_factory=dict)
    seen: dict[str, list[Any]] = field(default_factory=dict)
    public: dict[str, list[Any]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    lost: str | None = None
    level: str | None = None
    asking_since: float | None = None


def ask_after(
    prepare: Callable[[Session, Record], None],
    exams: Sequence[Exam],
    limits: Limits,
    open_session: Callable[[], AbstractContextManager[Session]],
) -> Record:
    """Let `prepare` define functions in a session and ask them; again where a session is lost."""
    record = Record()
    for _ in range(ATTEMPTS):
        try:
            with open_session() as session:
                record.level = session.level
                prepare(session, record)
                _ask_all(session, exams, record, limits)
                record.lost = None
                return record
        except SessionLostError as lost:
            record.lost = str(lost)
    return record


def runs(cell: dict[str, Any]) -> bool:
    """Whether a cell runs in the student's process: all code but the tests that are asked."""
    return cell["cell_type"] == "code" and not exercise_of(cell) and bool(cell["source"].strip())


def run_cells(
    session: Session,
    record: Record,
    cells: Sequence[dict[str, Any]],
    paths: Mapping[str, str],
    every: bool = True,
) -> None:
    """Run the cells in order, but none that has ended the process before.

    every: also the lesson's own, which show and try things; otherwise of those only what imports.
    """
    until = time.monotonic() + session.limits.notebook_seconds
    for place, cell in enumerate(cells):
        if not runs(cell) or place in record.fatal:
            continue
        if not (every or is_own(cell) or grade_id(cell) or _imports(cell["source"])):
            record.left_out.add(place)
            continue
        if time.monotonic() > until:
            record.outputs[place] = [sanitize.error("NotRun", "the notebook's time was used up")]
            continue
        try:
            figures = session.limits.lesson_cells or is_own(cell)
            room = sanitize.NOTEBOOK_OUTPUT_CHARACTERS - sum(
                map(sanitize.characters_in, record.outputs.values())
            )
            shown = session.run(cell["source"], figures)
            record.outputs[place] = sanitize.clean(shown, paths, room)
            for one in record.outputs[place]:
                record.unknown |= _unknown(one.get("evalue"))
        except SessionLostError as lost:
            record.fatal[place] = str(lost)
            record.outputs[place] = [sanitize.error("CellEndedTheProcess", str(lost))]
            raise


@lru_cache
def _imports(source: str) -> bool:
    try:
        return any(isinstance(one, ast.Import | ast.ImportFrom) for one in ast.parse(source).body)
    except SyntaxError:
        # IPython's own language.
        return True


def lacks_a_cell(cells: Sequence[dict[str, Any]], record: Record) -> bool:
    """Whether a cell that was left out may be what something lacked.

    That is so where it has a name that was unknown, or a test cell of the instructor's own fails.
    """
    if not record.left_out or record.lost:
        return False
    # Who hands in may make up as many unknown names as fit into the answers.
    words = {word for place in record.left_out for word in WORD.findall(cells[place]["source"])}
    if not words.isdisjoint(record.unknown):
        return True
    return any(
        one["output_type"] == "error"
        for place, shown in record.outputs.items()
        if grade_id(cells[place]) and not is_own(cells[place])
        for one in shown
    )


def _ask_all(session: Session, exams: Sequence[Exam], record: Record, limits: Limits) -> None:
    record.asking_since = record.asking_since or time.monotonic()
    until = record.asking_since + limits.asking_seconds
    # The answers to public questions are shown, so they come before anything secret is known in
    # this session: a function could keep what it is asked for another to tell.
    for exam in exams:
        if exam.secret and exam.name not in record.public and time.monotonic() < until:
            record.public[exam.name] = answers = []
            # Nothing that one of them remembers is worth anything to another.
            if session.turn(exam.name):
                _ask(session, exam, public_key(exam.exercise), answers, 1, record.unknown)
            else:
                record.missing.add(exam.name)
    for exam in exams:
        if exam.name in record.missing or time.monotonic() > until:
            continue
        seen = record.seen.setdefault(exam.name, [])
        if len(seen) == len(exam.keyed):
            continue
        if not session.find(exam.name):
            record.missing.add(exam.name)
            continue
        most = limits.unanswered
        _ask(session, exam, exam.keyed, seen, most, record.unknown, exam.secret)


def public_key(one: Exercise) -> tuple[Keyed, ...]:
    """Return the public questions that may serve as an example: the quick ones, with answers."""
    if one.name not in _public_keys:
        quick = [q for q in one.public_questions() if q.seconds <= SECONDS]
        _public_keys[one.name] = tuple(one.key(quick))
    return _public_keys[one.name]


_public_keys: dict[str, tuple[Keyed, ...]] = {}


def _ask(
    session: Session,
    exam: Exam,
    keyed: Sequence[Keyed],
    seen: list[Any],
    most_unanswered: int,
    unknown: set[str],
    secret: bool = False,
) -> None:
    """Ask from the first question that `seen` has no observation of; note unknown names."""
    unanswered = 0
    for one in keyed[len(seen) :]:
        if unanswered >= most_unanswered:
            seen.append(seen[-1])
            continue
        try:
            asked = request(one.question, exam.exercise.card.keyword_only)
            came = session.ask(asked, one.question.seconds)
            unknown |= _unknown_to(came)
            seen.append(discreet(came) if secret else came)
        except (GoneError, TooLateError, BrokenProtocolError) as failure:
            unanswered += 1
            seen.append(_stands_for(failure))
            session.find(exam.name)


def _unknown_to(came: Any) -> set[str]:
    error = came.get("error") if type(came) is dict else None
    return _unknown(error.get("message") if type(error) is dict else None)


def _unknown(message: Any) -> set[str]:
    found = UNKNOWN.search(message) if type(message) is str else None
    return {found[1]} if found else set()


def _stands_for(failure: Exception) -> dict[str, Any]:
    """Return the observation of a question that no answer came to."""
    match failure:
        case TooLateError():
            return never()
        case UsedTooMuchError():
            kind = USED_TOO_MUCH
        case GoneError():
            kind = END_OF_PROCESS
        case _:
            kind = BROKEN_ANSWER
    return {"error": {"kinds": [kind], "message": "", "trace": ""}}


def judged(exam: Exam, seen: Sequence[Any]) -> Verdict:
    """Judge what was observed of an exam; what is missing at its end never came."""
    rest = [_stands_for(GoneError())] * (len(exam.keyed) - len(seen))
    return judged_on(exam, exam.keyed, [*seen, *rest])


def judged_on(exam: Exam, keyed: Sequence[Keyed], seen: Sequence[Any]) -> Verdict:
    """Judge the observations; one that can't even be read is a wrong answer, whatever it is."""
    try:
        return judge(exam.exercise.card, keyed, seen)
    except Exception:
        readable = [
            one if _can_be_judged(exam, k, one) else UNREADABLE
            for k, one in zip(keyed, seen, strict=True)
        ]
        return judge(exam.exercise.card, keyed, readable)


def _can_be_judged(exam: Exam, keyed: Keyed, seen: Any) -> bool:
    try:
        judge(exam.exercise.card, [keyed], [seen])
    except Exception:
        return False
    return True


def why_missing(exam: Exam, record: Record, cells: Sequence[dict[str, Any]]) -> str:
    """Say that there is no function, and what its cell stopped with if it did."""
    why = f"{exam.name}: there is no function of this name."
    for place, shown in record.outputs.items():
        if f"def {exam.name}(" in cells[place]["source"] and shown:
            errors = [one["ename"] for one in shown if one["output_type"] == "error"]
            return f"{why} Its cell stopped with a {errors[0]}." if errors else why
    return why


def why_unasked(exam: Exam, record: Record) -> str:
    """Say why no question was asked."""
    if record.lost:
        return f"{exam.name} could not be asked: {record.lost}."
    return f"{exam.name} could not be asked: the notebook's time for answers was used up."
