"""Grade one submission: a pure function from a notebook's bytes to a graded notebook.

It runs the student's cells and asks the exercises' questions through a `Worker`, judges the
answers, and writes what came of it into the notebook's test cells. It reads and writes no file of
the class, so it runs wherever a worker does. Whatever the student's side does ends in a definite
score.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any

from course.exercises.engine import Exercise, Keyed
from course.exercises.engine.diagnose import Verdict, judge
from course.exercises.engine.exercise import SECONDS, request
from course.exercises.engine.sheet import never
from course.exercises.engine.wording import explain, explain_discreetly
from course.exercises.units import exercises_of
from course.grading import outputs
from course.grading.discreet import UNREADABLE, discreet
from course.grading.frames import BrokenProtocolError, GoneError, TooLateError
from course.grading.limits import Limits
from course.grading.restore import COURSE, exercise_of, new_cell, restore, visible
from course.grading.seeds import generator
from course.grading.worker import Session, SessionLostError, Worker

ATTEMPTS = 2
DIGITS = 2


@dataclass(frozen=True)
class ExerciseGrade:
    """What became of one exercise.

    share: of its questions, by weight, answered rightly: 0 to 1.
    earned: that share of `points`, as it goes into the gradebook.
    mistake: the name of the known mistake that explains the answers, if one does.
    message: what the student may read; it holds nothing of secret questions.
    judged: False where there was nothing to judge, and the message says why.
    """

    exercise: str
    grade_id: str
    points: float
    share: float
    earned: float
    mistake: str | None
    message: str
    judged: bool = True

    @property
    def passed(self) -> bool:
        return self.share == 1.0


@dataclass(frozen=True)
class Graded:
    """A graded submission: the notebook with its outputs, and what the class report needs."""

    unit: str
    notebook: dict[str, Any]
    exercises: tuple[ExerciseGrade, ...]
    problem: str | None = None
    oddities: tuple[str, ...] = ()
    level: str | None = None
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, parts: dict[str, Any]) -> "Graded":
        exercises = tuple(ExerciseGrade(**one) for one in parts["exercises"])
        return cls(**parts | {"exercises": exercises, "oddities": tuple(parts["oddities"])})


@dataclass(frozen=True)
class Exam:
    """One exercise as it is asked: its test cell, and the questions with their answers.

    secret: whether nothing of the questions may be shown; a function that fails is then asked the
        public ones too, so that there is an example to show.
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
    """

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    fatal: dict[int, str] = field(default_factory=dict)
    seen: dict[str, list[Any]] = field(default_factory=dict)
    public: dict[str, list[Any]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    lost: str | None = None
    level: str | None = None
    asking_since: float | None = None


def grade_submission(
    released: dict[str, Any],
    submission: bytes | None,
    unit: str,
    key: bytes,
    worker: Worker,
    materials: Mapping[str, bytes] | None = None,
    problem: str | None = None,
    name: str | None = None,
) -> Graded:
    """Grade what was handed in for `unit`.

    released: the notebook as it was handed out, as JSON (hidden tests may still be in it).
    submission: the content of the file handed in, None where there is none.
    key: the student's key, from which the secret questions are drawn (`seeds.student_key`).
    materials: files that lie beside the notebook when it runs, by name.
    problem: why the file could not be read, where that is so.
    name: the file's name, by default the unit's.
    """
    restored = restore(released, submission, name or f"{unit}.ipynb", problem)
    notes = {"problem": restored.problem, "oddities": tuple(restored.oddities)}
    return grade_restored(restored.notebook, unit, key, worker, materials, **notes)


def grade_restored(
    notebook: dict[str, Any],
    unit: str,
    key: bytes,
    worker: Worker | None,
    materials: Mapping[str, bytes] | None = None,
    problem: str | None = None,
    oddities: Sequence[str] = (),
) -> Graded:
    """Grade a restored notebook, which is changed: its outputs are put in."""
    start = time.monotonic()
    exams = [_exam(cell, unit, key) for cell in notebook["cells"] if exercise_of(cell)]
    if problem is None:
        record = ask_after(
            lambda session, record: run_cells(session, notebook["cells"], record, worker.paths()),
            exams,
            worker.limits,
            lambda: worker.session(materials),
        )
        grades = {exam.grade_id: _grade(exam, record, notebook["cells"]) for exam in exams}
    else:
        record = Record()
        grades = {exam.grade_id: _nothing(exam, problem) for exam in exams}
    _put_in(notebook["cells"], grades, record, problem)
    graded = Graded(
        unit=unit,
        notebook=notebook,
        exercises=tuple(grades.values()),
        problem=problem,
        oddities=tuple(oddities),
        level=record.level,
        seconds=round(time.monotonic() - start, 3),
    )
    _note(graded)
    return graded


# ------------------------------------------------------------------------------- running and asking


def _exam(cell: dict[str, Any], unit: str, key: bytes) -> Exam:
    name = exercise_of(cell)
    one = next((one for one in exercises_of(unit) if one.name == name), None)
    if one is None:
        raise ValueError(f"{unit}: the released notebook tests {name!r}, which is no exercise here")
    keyed = tuple(one.key(one.secret_questions(generator(key, one.name))))
    if not keyed:
        raise ValueError(f"{one.name}: no secret questions, so every answer would be right")
    nbgrader = cell["metadata"]["nbgrader"]
    return Exam(one, nbgrader["grade_id"], float(nbgrader["points"]), keyed)


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
    session: Session, cells: list[dict[str, Any]], record: Record, paths: Mapping[str, str]
) -> None:
    """Run the cells in order, but none that has ended the process before."""
    until = time.monotonic() + session.limits.notebook_seconds
    for place, cell in enumerate(cells):
        if not runs(cell) or place in record.fatal:
            continue
        if time.monotonic() > until:
            record.outputs[place] = [outputs.error("NotRun", "the notebook's time was used up")]
            continue
        try:
            record.outputs[place] = outputs.clean(session.run(cell["source"]), paths)
        except SessionLostError as lost:
            record.fatal[place] = str(lost)
            record.outputs[place] = [outputs.error("CellEndedTheProcess", str(lost))]
            raise


def _ask_all(session: Session, exams: Sequence[Exam], record: Record, limits: Limits) -> None:
    record.asking_since = record.asking_since or time.monotonic()
    until = record.asking_since + limits.asking_seconds
    for exam in exams:
        if exam.name in record.missing or time.monotonic() > until:
            continue
        seen = record.seen.setdefault(exam.name, [])
        if len(seen) == len(exam.keyed):
            continue
        if not session.find(exam.name):
            record.missing.add(exam.name)
            continue
        answered = _ask(session, exam, exam.keyed, seen, limits, exam.secret)
        verdict = _judged(exam, exam.keyed, seen)
        if exam.secret and answered and not verdict.passed and not verdict.unsolved:
            keyed = public_key(exam.exercise)
            record.public[exam.name] = answers = []
            session.find(exam.name)
            _ask(session, exam, keyed, answers, limits)


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
    limits: Limits,
    secret: bool = False,
) -> bool:
    """Ask from the first question that `seen` has no observation of; whether all were answered."""
    unanswered = 0
    for one in keyed[len(seen) :]:
        if unanswered >= limits.unanswered:
            seen.append(seen[-1])
            continue
        try:
            asked = request(one.question, exam.exercise.card.keyword_only)
            came = session.ask(asked, one.question.seconds)
            seen.append(discreet(came) if secret else came)
        except (GoneError, TooLateError, BrokenProtocolError) as failure:
            unanswered += 1
            seen.append(_stands_for(failure))
            session.find(exam.name)
    return not unanswered


def _stands_for(failure: Exception) -> dict[str, Any]:
    """Return the observation of a question that no answer came to."""
    if isinstance(failure, TooLateError):
        return never()
    kind = "EndOfProcess" if isinstance(failure, GoneError) else "BrokenAnswer"
    return {"error": {"kinds": [kind], "message": "", "trace": ""}}


# ------------------------------------------------------------------------------------------ judging


def judged(exam: Exam, seen: Sequence[Any]) -> Verdict:
    """Judge what was observed of an exam; what is missing at its end never came."""
    rest = [_stands_for(GoneError())] * (len(exam.keyed) - len(seen))
    return _judged(exam, exam.keyed, [*seen, *rest])


def _judged(exam: Exam, keyed: Sequence[Keyed], seen: Sequence[Any]) -> Verdict:
    """Judge the observations; one that can't even be read is a wrong answer, whatever it is."""
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


def _grade(exam: Exam, record: Record, cells: list[dict[str, Any]]) -> ExerciseGrade:
    seen = record.seen.get(exam.name, [])
    if exam.name in record.missing:
        return _nothing(exam, why_missing(exam, record, cells))
    if not seen:
        return _nothing(exam, why_unasked(exam, record))
    verdict = judged(exam, seen)
    earned = min(exam.points, round(verdict.score * exam.points, DIGITS))
    mistake = verdict.mistake.name if verdict.mistake else None
    message = _message(exam, verdict, record.public.get(exam.name, []))
    share = float(verdict.score)
    return ExerciseGrade(exam.name, exam.grade_id, exam.points, share, earned, mistake, message)


def _message(exam: Exam, verdict: Verdict, public: Sequence[Any]) -> str:
    """Say what became of an exercise, with an example where a public question shows it too."""
    keyed = public_key(exam.exercise) if public else ()
    if not public or len(keyed) != len(public):
        return explain_discreetly(verdict)
    shown = _judged(exam, keyed, public)
    if shown.passed or shown.unsolved:
        return explain_discreetly(verdict)
    example = explain(shown).partition("\n")[2]
    return f"{explain_discreetly(verdict)}\n\nFor example:\n{example}"


def _nothing(exam: Exam, why: str) -> ExerciseGrade:
    return ExerciseGrade(exam.name, exam.grade_id, exam.points, 0.0, 0.0, None, why, judged=False)


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


# ----------------------------------------------------------------------- writing into the notebook


def _put_in(
    cells: list[dict[str, Any]],
    grades: Mapping[str, ExerciseGrade],
    record: Record,
    problem: str | None,
) -> None:
    count = 0
    for place, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            continue
        if exercise_of(cell):
            # The hidden part only guards against graders that don't ask.
            cell["source"] = visible(cell["source"])
            cell["outputs"] = shown(grades[cell["metadata"]["nbgrader"]["grade_id"]])
        elif runs(cell):
            count += 1
            cell["execution_count"] = count
            why = problem or record.lost or "it was not run"
            cell["outputs"] = record.outputs.get(place) or _unless_run(place, record, why)
            _keep_sound(cell)


def _unless_run(place: int, record: Record, why: str) -> list[dict[str, Any]]:
    """Say that a cell was not run, since nbgrader takes a test without outputs for a passed one."""
    return [] if place in record.outputs else [outputs.error("NotRun", why)]


def _keep_sound(cell: dict[str, Any]) -> None:
    nbgrader = cell["metadata"].get("nbgrader", {})
    if nbgrader.get("grade"):
        points = float(nbgrader["points"])
        if not outputs.gives_a_sound_score(cell["outputs"], points):
            cell["outputs"] = [outputs.error("NoScore", f"a score must be from 0 to {points:g}")]


def shown(grade: ExerciseGrade) -> list[dict[str, Any]]:
    """Return a test cell's outputs: the message, and the number nbgrader takes for the score."""
    colour = "#1b7f4d" if grade.passed else "#b35900"
    style = f"border-left:4px solid {colour};padding:.4em .8em;margin:.3em 0;max-width:60em"
    page = f"<pre style='{style};white-space:pre-wrap'>{escape(grade.message)}</pre>"
    message = {"text/plain": grade.message, "text/html": page}
    return [
        {"output_type": "display_data", "data": message, "metadata": {}},
        {
            "output_type": "execute_result",
            "execution_count": None,
            "data": {"text/plain": repr(float(grade.earned))},
            "metadata": {},
        },
    ]


def _note(graded: Graded) -> None:
    """Put what the report needs into the metadata, and what the author should know on top."""
    notebook = graded.notebook
    grading = graded.to_json()
    del grading["notebook"], grading["unit"]
    notebook["metadata"].setdefault(COURSE, {})["grading"] = grading
    notes = [graded.problem] if graded.problem else list(graded.oddities)
    if notes:
        text = "\n".join(["**About what was handed in**", "", *(f"- {note}" for note in notes)])
        notebook["cells"].insert(0, new_cell("markdown", text, "about-what-was-handed-in"))
