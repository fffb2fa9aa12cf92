"""Run a notebook's cells in a session, ask its functions, and record what was observed.

The record outlives the session: after a cell or an answer ends its process, the remaining cells
run again in a new session, once, and the questions that are still open are asked there. `verdicts`
judges the record.
"""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from typing import Any

from course.exercises.engine import Exercise, KeyedQuestion
from course.exercises.engine.answer_sheet import (
    BROKEN_ANSWER,
    END_OF_PROCESS,
    USED_TOO_MUCH,
    timed_out,
)
from course.exercises.engine.exercise import SECONDS, SIZE, Question, request
from course.exercises.engine.observe import SOURCE_UNREAD
from course.grading.judging.redact import redacted
from course.grading.limits import NOTEBOOK_OUTPUT_CHARACTERS
from course.grading.notebook import sanitize
from course.grading.notebook.cells import grade_id, is_own, runs
from course.grading.process.deadlines import StarvedError
from course.grading.process.limits import SubmissionLimits
from course.grading.process.session import (
    Session,
    SessionLostError,
    SessionStarvedError,
    UsedTooMuchError,
)
from course.grading.student_process.channel import BrokenProtocolError, GoneError, TooLateError

ATTEMPTS = 2
# A right answer seldom takes longer. A function that hung gets no more for each further question.
BRIEF_SECONDS = 0.5
UNKNOWN, WORD = re.compile(r"name '(\w+)' is not defined"), re.compile(r"\w+")


@dataclass(frozen=True)
class Exam:
    """An exercise as it is asked: its test cell, and the questions with their answers.

    secret: whether the questions must not be shown; the function is then asked the public questions
        too, so that a failure can be explained with an example.
    """

    exercise: Exercise
    grade_id: str
    points: float
    keyed: tuple[KeyedQuestion, ...]
    secret: bool = True

    @property
    def name(self) -> str:
        return self.exercise.name


@dataclass
class Record:
    """What was observed of one submission, filled by `ask_after` and `run_cells` alone.

    Cells are counted from 0 in the restored notebook; exercises and functions are keyed by name.

    outputs: the cleaned outputs of each cell that ran.
    fatal: the cells that ended their process, and how; a second session leaves them out.
    left_out: the lesson's own cells that did not run because nothing seemed to need them.
    unknown: names that a NameError in a cell or an answer complained about.
    observations: for each exercise, one observation per question asked, in the questions' order.
    public_observations: the same for the public questions of exams that are secret.
    missing: exercises whose function does not exist.
    lost: why the last session was lost; None if all questions could be asked.
    level: the sandbox's level; None if no session began.
    asked_seconds: how long it took to ask the questions so far, as deadlines count it.
    starved: whether an answer or a cell was late only because the machine was busy.
    """

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    fatal: dict[int, str] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    observations: dict[str, list[Any]] = field(default_factory=dict)
    public_observations: dict[str, list[Any]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    lost: str | None = None
    level: str | None = None
    asked_seconds: float = 0.0
    starved: bool = False


def run_and_ask(
    cells: Sequence[dict[str, Any]],
    imports: str,
    exams: Sequence[Exam],
    limits: SubmissionLimits,
    open_session: Callable[[], AbstractContextManager[Session]],
    paths: Mapping[str, str],
) -> Record:
    """Run a restored notebook and ask; if one of the lesson's cells was needed, run all afresh.

    imports: code that runs before the cells.
    paths: what the outputs call the paths of this machine.
    """
    for every in (limits.lesson_cells, True):
        prepare = partial(run_cells, cells=cells, paths=paths, every=every, imports=imports)
        record = ask_after(prepare, exams, limits, open_session)
        if not lacks_a_cell(cells, record):
            break
    return record


def ask_after(
    prepare: Callable[[Session, Record], None],
    exams: Sequence[Exam],
    limits: SubmissionLimits,
    open_session: Callable[[], AbstractContextManager[Session]],
) -> Record:
    """Let `prepare` define functions in a session, then ask them; retry once if it is lost.

    In each session all public questions come before any secret one. Answers to public questions
    are shown to the student, so a function that has seen a secret question must not get another
    chance to give one: it could repeat there what it was asked.
    """
    record = Record()
    for _ in range(ATTEMPTS):
        try:
            with open_session() as session:
                record.level = session.level
                prepare(session, record)
                _Examiner(session, record, limits).ask(exams)
                record.lost = None
                return record
        except SessionLostError as lost:
            record.lost = str(lost)
            record.starved |= isinstance(lost, SessionStarvedError)
    return record


def run_cells(
    session: Session,
    record: Record,
    cells: Sequence[dict[str, Any]],
    paths: Mapping[str, str],
    every: bool = True,
    imports: str = "",
) -> None:
    """Run the cells in order, except those that ended the process before.

    every: run the lesson's demonstrations too; otherwise only the lesson's cells that import.
    imports: code that runs before them.
    """
    if imports:
        session.run(imports)
    for index, cell in enumerate(cells):
        if not runs(cell) or index in record.fatal:
            continue
        if not (every or is_own(cell) or grade_id(cell) or _imports(cell["source"])):
            record.left_out.add(index)
            continue
        if session.used > session.limits.notebook_seconds:
            record.outputs[index] = [
                sanitize.error("NotRun", "the notebook had no time left for this cell")
            ]
            continue
        try:
            figures = session.limits.lesson_cells or is_own(cell)
            taken = sum(map(sanitize.characters_in, record.outputs.values()))
            outputs = session.run(cell["source"], figures)
            outputs = sanitize.clean(outputs, paths, NOTEBOOK_OUTPUT_CHARACTERS - taken)
            record.outputs[index] = outputs
            for output in outputs:
                record.unknown |= _unknown(output.get("evalue"))
        except SessionLostError as lost:
            record.fatal[index] = str(lost)
            record.outputs[index] = [sanitize.error("CellEndedTheProcess", str(lost))]
            raise


@lru_cache
def _imports(source: str) -> bool:
    try:
        body = ast.parse(source).body
    except SyntaxError:
        # A magic or a shell command of IPython, which may import too.
        return True
    return any(isinstance(statement, ast.Import | ast.ImportFrom) for statement in body)


def lacks_a_cell(cells: Sequence[dict[str, Any]], record: Record) -> bool:
    """Whether something may have failed because a cell was left out.

    It may if the cell contains a name that was unknown, or if an instructor's own test fails.
    """
    if not record.left_out or record.lost:
        return False
    # A student can make up as many unknown names as fit into the answers, so take the cells' words
    # apart once instead of searching for each name.
    words = {word for index in record.left_out for word in WORD.findall(cells[index]["source"])}
    if not words.isdisjoint(record.unknown):
        return True
    return any(
        output["output_type"] == "error"
        for index, outputs in record.outputs.items()
        if grade_id(cells[index]) and not is_own(cells[index])
        for output in outputs
    )


@cache
def public_answers(exercise: Exercise) -> tuple[KeyedQuestion, ...]:
    """Return the quick public questions with their answers: these may serve as an example."""
    quick = [question for question in exercise.public_questions() if question.seconds <= SECONDS]
    return tuple(exercise.answer_key(quick))


class _Examiner:
    """Asks the functions of one session and adds the observations to the record."""

    def __init__(self, session: Session, record: Record, limits: SubmissionLimits):
        self.session, self.record, self.limits = session, record, limits
        self._before = session.used - record.asked_seconds

    def ask(self, exams: Sequence[Exam]) -> None:
        for exam in exams:
            if exam.secret:
                self._ask_public(exam)
        for exam in exams:
            self._ask_graded(exam)

    @property
    def _out_of_time(self) -> bool:
        return self.record.asked_seconds >= self.limits.asking_seconds

    def _ask_public(self, exam: Exam) -> None:
        if exam.name in self.record.public_observations or self._out_of_time:
            return
        self.record.public_observations[exam.name] = observations = []
        # Public questions hold no secrets, so one child may answer for several functions; that
        # saves a fork.
        if self.session.turn(exam.name):
            self._ask(exam, public_answers(exam.exercise), observations, 1)
        else:
            self.record.missing.add(exam.name)

    def _ask_graded(self, exam: Exam) -> None:
        if exam.name in self.record.missing or self._out_of_time:
            return
        observations = self.record.observations.setdefault(exam.name, [])
        if len(observations) == len(exam.keyed):
            return
        if self.session.find(exam.name):
            self._ask(exam, exam.keyed, observations, self.limits.unanswered, exam.secret)
        else:
            self.record.missing.add(exam.name)

    def _ask(
        self,
        exam: Exam,
        keyed: Sequence[KeyedQuestion],
        observations: list[Any],
        most_unanswered: int,
        secret: bool = False,
    ) -> None:
        """Ask the questions that have no observation yet; after too many failures, briefly."""
        failures = 0
        for answers in keyed[len(observations) :]:
            question = answers.question
            seconds = question.seconds
            if failures >= most_unanswered:
                seconds = min(seconds, BRIEF_SECONDS)
            try:
                asked = request(question, exam.exercise.info.keyword_only)
                asked |= SOURCE_UNREAD if secret else {}
                observation = self.session.ask(asked, seconds)
                self.record.unknown |= _unknown_to(observation)
                observations.append(redacted(observation) if secret else observation)
            except (GoneError, TooLateError, BrokenProtocolError) as failure:
                failures += 1
                self.record.starved |= isinstance(failure, StarvedError)
                self.session.find(exam.name)
                ends = type(failure) is TooLateError and self._answers_smaller(exam, question)
                observations.append(timed_out(answered=ends) if ends else unanswered(failure))
            finally:
                self.record.asked_seconds = self.session.used - self._before

    def _answers_smaller(self, exam: Exam, question: Question) -> int | None:
        """Return the size at which the same question is answered in time, if there is one."""
        smaller = question.smaller()
        if smaller is None:
            return None
        try:
            asked = request(smaller, exam.exercise.info.keyword_only)
            self.session.ask(asked, smaller.seconds)
        except (GoneError, TooLateError, BrokenProtocolError):
            self.session.find(exam.name)
            return None
        return smaller.args[SIZE]


def _unknown_to(observation: Any) -> set[str]:
    error = observation.get("error") if type(observation) is dict else None
    return _unknown(error.get("message") if type(error) is dict else None)


def _unknown(message: Any) -> set[str]:
    found = UNKNOWN.search(message) if type(message) is str else None
    return {found[1]} if found else set()


def unanswered(failure: Exception) -> dict[str, Any]:
    """Return the observation that stands for a missing answer."""
    match failure:
        case TooLateError():
            return timed_out()
        case UsedTooMuchError():
            kind = USED_TOO_MUCH
        case GoneError():
            kind = END_OF_PROCESS
        case _:
            kind = BROKEN_ANSWER
    return {"error": {"kinds": [kind], "message": "", "trace": ""}}
