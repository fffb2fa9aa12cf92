"""Grade a class: everything under submitted/ into the gradebook, autograded/ and feedback/.

Workers restore, run and ask, as a pure function. A single writer, here, saves one submission after
another: first its scores, then its feedback, then its notebook, each under a temporary name until
it is complete. So a run can be stopped at any moment and resumed.

`preprocessors` do the same for `nbgrader autograde`, by the same rules.
"""

import hashlib
import json
import secrets
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import preprocessors as nbgraders
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SQLAlchemyError
from traitlets.utils.importstring import import_item

from course.exercises.engine.near_names import unknown
from course.grading import RefusedError, StoppedError, course_folder
from course.grading.atomic_folder import replace_folder
from course.grading.feedback import folder as feedback
from course.grading.gradebook.ledger import Ledger, open_ledger
from course.grading.gradebook.notes import edition_of, notes
from course.grading.judging.edition import edition
from course.grading.judging.results import Graded
from course.grading.judging.seeds import class_secret, student_key
from course.grading.locks import alone
from course.grading.notebook.cells import COURSE
from course.grading.parallel import pool
from course.grading.parallel.pool import Done, Grader, Job
from course.grading.parallel.undisturbed import Runner, run_undisturbed
from course.grading.preflight import require_ready
from course.grading.preprocessors import Restore, RunAndAsk, Settle
from course.grading.private_files import make_private_folders, make_private_gradebook
from course.grading.released import register, released_notebook
from course.grading.submission.quarantine import notebook_of, quarantine, remarks
from course.grading.submission.submitted import Submission, received, submissions
from course.grading.submission.submitted_file import SubmittedFile
from course.parts import install

# The end of the name of a file that says which round of grading again isn't finished.
AGAIN, TRIED = ".regrade", "tried"
# Steps that the workers or the ledger do, or that a notebook made from the released one doesn't
# need.
DONE_HERE = {
    Restore,
    RunAndAsk,
    Settle,
    nbgraders.AssignLatePenalties,
    nbgraders.CheckCellMetadata,
    nbgraders.OverwriteCells,
    nbgraders.OverwriteKernelspec,
    nbgraders.SaveAutoGrades,
}


@dataclass(frozen=True)
class Progress:
    """One submission is graded; `error` says what went wrong in the grader itself.

    The first report has no student's name and says how many submissions there are to grade.
    """

    student: str
    done: int
    total: int
    seconds: float
    error: str | None = None


@dataclass
class ClassGraded:
    """The students that a run graded, those already up to date, and the grader's own failures.

    renewed: those up to date whose feedback wasn't, since a grade, a penalty or a comment had
        changed.
    penalties: those up to date whose late penalty changed.
    editions: the number of students graded by each edition of the question bank, this run included.
    """

    unit: str
    graded: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    penalties: list[str] = field(default_factory=list)
    editions: Counter[str] = field(default_factory=Counter)


def grade_class(
    root: Path,
    unit: str,
    students: Sequence[str] | None = None,
    workers: int = 1,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    scheduler: str | None = None,
    regrade: bool = False,
) -> ClassGraded:
    """Grade the submissions for `unit` in the course folder `root` that are not graded yet.

    RefusedError if grading can't begin, StoppedError if it can't go on.

    students: grade only these students, even if they are graded already.
    workers: the number of submissions to grade in parallel.
    scheduler: the address of a Dask cluster's scheduler, whose workers grade instead; "local" for a
        cluster of `workers` workers on this machine.
    regrade: grade all submissions again. If that is interrupted, the next run goes on with it.
    """
    if students and regrade:
        raise ValueError("regrade: students that are named are graded again in any case")
    run = _runner(workers, scheduler)
    coursedir = course_folder.course_directory(root)
    course_folder.notebook_names(coursedir, unit)
    with alone(coursedir, unit):
        room = Room(root, unit)
        if regrade:
            room.begin_again()
        return _grade_class(room, students, run, on_progress)


def _runner(workers: int, scheduler: str | None) -> Runner:
    if scheduler is None:
        return partial(pool.run, workers=workers)
    try:
        from course.grading.parallel import cluster
    except ModuleNotFoundError as error:
        raise RefusedError(
            f"--scheduler needs {error.name}, which is not installed: {install('cluster')}"
        ) from error
    return partial(cluster.run, scheduler=scheduler, workers=workers)


def _grade_class(
    room: "Room",
    students: Sequence[str] | None,
    run: Runner,
    on_progress: Callable[[Progress], None],
) -> ClassGraded:
    found = {each.student: each for each in submissions(room.coursedir, room.unit)}
    students = list(dict.fromkeys(students or ()))
    strangers = sorted(set(students) - set(found))
    if strangers:
        raise unknown(f"student who submitted {room.unit}", strangers[0], found)
    result = ClassGraded(room.unit, failed=room.quarantine([found[s] for s in students or found]))
    wanted = [s for s in students or found if s not in result.failed]
    with open_ledger(room.coursedir, room.unit) as ledger:
        known = set() if students else ledger.students()
        result.unchanged = [s for s in wanted if s in known and room.is_graded(found[s], result)]
        unchanged = set(result.unchanged)
        todo = [found[s] for s in wanted if s not in unchanged]
        jobs = (room.job(submission) for submission in todo)
        on_progress(Progress("", 0, len(todo), 0.0))
        with closing(run_undisturbed(run, room.grader(), jobs)) as graded:
            for count, done in enumerate(graded, 1):
                student = done.job.student
                error = done.error or room.save(found[student], done, ledger)
                if error is None:
                    result.graded.append(student)
                    result.editions[room.edition] += 1
                else:
                    result.failed[student] = error
                seconds = sum(graded.seconds for graded in done.graded.values())
                on_progress(Progress(student, count, len(todo), seconds, error))
        room.renew_penalties([found[s] for s in result.unchanged], ledger, result)
        for student in result.unchanged:
            if feedback.renew(room.coursedir, room.unit, student, ledger) == "written":
                result.renewed.append(student)
    if not students:
        room.end_again(bool(result.failed))
    result.editions += room.editions(set(found) - set(wanted))
    return result


class Room:
    """The folders of one unit: the released notebooks, the submissions and the results."""

    def __init__(self, root: Path, unit: str):
        self.coursedir: CourseDirectory = course_folder.course_directory(root)
        require_ready(self.coursedir)
        make_private_folders(self.coursedir)
        make_private_gradebook(self.coursedir)
        self.unit = unit
        self.settings = RunAndAsk(config=self.coursedir.config)
        register(self.coursedir, unit)
        names = course_folder.notebook_names(self.coursedir, unit)
        self.released = {name: released_notebook(self.coursedir, unit, name) for name in names}
        self.known = course_folder.known_files(self.coursedir, unit)
        self.materials = course_folder.materials(self.coursedir, unit)
        self.secret = class_secret(Path(self.coursedir.root))
        self.steps = _further_steps(self.coursedir)
        self.edition = edition(unit)
        self._again = Path(self.coursedir.root, f".{unit}{AGAIN}")
        noted = self._again.read_text().split() if self._again.exists() else []
        self.round = noted[0] if noted else None
        self._was_tried = TRIED in noted

    def begin_again(self) -> None:
        """Begin a round of grading again, or go on with one that was stopped.

        Until it ends, no grade is up to date that was saved before it began.
        """
        if self.round is None or self._was_tried:
            self.round = secrets.token_hex(8)
            self._note_round(self.round)

    def end_again(self, failed: bool) -> None:
        """End the round; what the grader failed on is still to be graded again."""
        if self.round is not None and failed:
            self._note_round(f"{self.round} {TRIED}")
        else:
            self._again.unlink(missing_ok=True)

    def _note_round(self, text: str) -> None:
        fresh = self._again.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(self._again)

    def grader(self) -> Grader:
        settings = self.settings
        return Grader(
            self.unit, self.released, self.materials, settings.limits(), settings.require()
        )

    def quarantine(self, found: Iterable[Submission]) -> dict[str, str]:
        """Quarantine what doesn't belong in submissions; return by student why that failed."""
        failed = {}
        for submission in found:
            try:
                quarantine(self.coursedir, self.unit, submission, self.known)
            except OSError as error:
                where = submission.folder
                failed[submission.student] = f"{where}: can't be moved to quarantine: {error}"
        return failed

    def job(self, submission: Submission) -> Job:
        oddities = remarks(self.coursedir, self.unit, submission)
        files = {name: self._read(submission, name, oddities) for name in self.released}
        key = student_key(self.secret, submission.student)
        fingerprint = self._fingerprint(key, files, oddities, received(submission.folder))
        return Job(submission.student, key, files, fingerprint)

    def _read(self, submission: Submission, name: str, oddities: Sequence[str]) -> SubmittedFile:
        file = notebook_of(self.coursedir, self.unit, submission, name, self.released)
        return replace(file, oddities=(*oddities, *file.oddities))

    def is_graded(self, submission: Submission, result: ClassGraded) -> bool:
        """Whether this very submission was graded to the end; then count its edition."""
        noted = notes(self.coursedir, self.unit, submission.student)
        fingerprint = self.job(submission).fingerprint
        for name in self.released:
            note = noted.get(name, {})
            if note.get("fingerprint") != fingerprint:
                return False
            if self.round not in (None, note.get("round")):
                return False
        result.editions[edition_of(noted.values())] += 1
        return True

    def editions(self, students: Iterable[str]) -> Counter[str]:
        """Count the editions by which these students were graded."""
        noted = (notes(self.coursedir, self.unit, student) for student in students)
        return Counter(edition_of(its_notes.values()) for its_notes in noted if its_notes)

    def renew_penalties(
        self, found: Sequence[Submission], ledger: Ledger, result: ClassGraded
    ) -> None:
        """Compute the late penalties of graded submissions anew.

        A due date, an extension, the policy or a grade by hand may have changed since.
        """
        by_student = {submission.student: submission for submission in found}
        for student, penalties in ledger.penalties(by_student).items():
            try:
                new = ledger.new_penalties(student, penalties)
                if new:
                    ledger.save_penalties(new)
                    result.penalties.append(student)
            except (OSError, SQLAlchemyError) as error:
                raise _stopped(student, error) from error
            except Exception:
                # The policy is an instructor's own plugin.
                result.failed[student] = traceback.format_exc()

    def save(self, submission: Submission, done: Done, ledger: Ledger) -> str | None:
        """Save one student's grades; return why that failed if other students' may still be saved.

        The notebook is saved last and shows that everything is. StoppedError if nothing can be
        saved.
        """
        try:
            self._save(submission, done, ledger)
        except (OSError, SQLAlchemyError) as error:
            raise _stopped(submission.student, error) from error
        except Exception:
            return traceback.format_exc()
        return None

    def _save(self, submission: Submission, done: Done, ledger: Ledger) -> None:
        notebooks = {
            name: self._finished(result, done.job.fingerprint)
            for name, result in done.graded.items()
        }
        contents = {
            name: (nbformat.writes(notebook) + "\n").encode()
            for name, notebook in notebooks.items()
        }
        marks = ledger.save(submission.student, notebooks, received(submission.folder))
        beside = feedback.kept_beside(submission.folder)
        feedback.write(
            self.coursedir, self.unit, submission.student, notebooks, contents, marks, beside
        )
        autograded = self._folder(self.coursedir.autograded_directory, submission.student)
        files = {f"{name}.ipynb": content for name, content in contents.items()}
        replace_folder(autograded, files | beside, 0o444)

    def _finished(self, graded: Graded, fingerprint: str) -> NotebookNode:
        notebook = nbformat.from_dict(graded.notebook)
        resources: dict[str, Any] = {}
        for step in self.steps:
            notebook, resources = step(config=self.coursedir.config).preprocess(notebook, resources)
        noted = notebook.metadata[COURSE].grading
        noted.fingerprint, noted.edition = fingerprint, self.edition
        if self.round is not None:
            noted.round = self.round
        return notebook

    def _fingerprint(self, key: bytes, files: Mapping[str, SubmittedFile], *more: object) -> str:
        """Return a digest of everything that decides whether a submission is to be graded again.

        Points are in the released notebooks. Two more things change a score: late penalties, which
        are renewed on every run, and the edition, whose change is an instructor's decision.
        """
        digest = hashlib.sha256(key)
        limits = asdict(self.settings.limits())
        digest.update(json.dumps([self.released, limits], sort_keys=True).encode())
        digest.update(repr(sorted(self.materials.items())).encode())
        for file in files.values():
            digest.update(repr(file.problem).encode() if file.content is None else file.content)
        digest.update(repr(more).encode())
        return digest.hexdigest()

    def _folder(self, step: str, student: str) -> Path:
        return Path(self.coursedir.format_path(step, student, self.unit))


def _stopped(student: str, error: Exception) -> StoppedError:
    why = str(error).splitlines()[0]
    return StoppedError(
        f"The grades of {student} could not be saved: {why}. "
        "All earlier grades are. Fix that, then run the same command again."
    )


def _further_steps(coursedir: CourseDirectory) -> list[type]:
    """Return the steps that an instructor's nbgrader_config.py adds to those of the course."""
    converter = Autograde(coursedir=coursedir, config=coursedir.config)
    before = _classes(converter.sanitize_preprocessors)
    if others := [step.__name__ for step in before if step not in DONE_HERE]:
        raise ValueError(
            f"Autograde.sanitize_preprocessors: `course grade` can't run {', '.join(others)}; "
            "use `nbgrader autograde`"
        )
    after = _classes(converter.autograde_preprocessors)
    return [step for step in after if step not in DONE_HERE]


def _classes(steps: Sequence[type | str]) -> list[type]:
    return [import_item(step) if isinstance(step, str) else step for step in steps]
