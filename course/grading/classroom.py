"""Grade a class: everything under submitted/ into the gradebook, autograded/ and feedback/.

Workers restore, run and ask, as a pure function. A single writer, here, saves one submission after
another: first its scores, then its feedback, then its notebook, each under a temporary name until
it is complete. So a run can be stopped at any moment and resumed.

`preprocessors` do the same for `nbgrader autograde`, by the same rules.
"""

import hashlib
import json
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
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
from course.grading.feedback.page import feedback_page
from course.grading.gradebook.ledger import Ledger, Marks, open_ledger
from course.grading.judging.results import Graded
from course.grading.judging.seeds import class_secret, student_key
from course.grading.limits import STAMP_BYTES
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
from course.grading.submission.submitted import TIMESTAMP, Submission, read, received, submissions
from course.grading.submission.submitted_file import SubmittedFile

NO_PAGE = """<!DOCTYPE html>
<meta charset="utf-8"><title>{name}</title>
<p>{name}: {score:g} of {most:g} points.
The page with the notebook could not be made. Please ask your instructor for it.</p>
"""
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
    """The students that a run graded, those already up to date, and the grader's own failures."""

    unit: str
    graded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def grade_class(
    root: Path,
    unit: str,
    students: Sequence[str] | None = None,
    workers: int = 1,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    scheduler: str | None = None,
) -> ClassGraded:
    """Grade the submissions for `unit` in the course folder `root` that are not graded yet.

    RefusedError if grading can't begin, StoppedError if it can't go on.

    students: grade only these students, even if they are graded already.
    workers: the number of submissions to grade in parallel.
    scheduler: the address of a Dask cluster's scheduler, whose workers grade instead; "local" for a
        cluster of `workers` workers on this machine.
    """
    run = _runner(workers, scheduler)
    coursedir = course_folder.course_directory(root)
    course_folder.notebook_names(coursedir, unit)
    with alone(coursedir, unit):
        return _grade_class(Room(root, unit), students, run, on_progress)


def _runner(workers: int, scheduler: str | None) -> Runner:
    if scheduler is None:
        return partial(pool.run, workers=workers)
    try:
        from course.grading.parallel import cluster
    except ModuleNotFoundError as error:
        raise RefusedError(
            f"--scheduler needs {error.name}, which is not installed: "
            "pip install 'feedforward-course[grading,cluster]'"
        ) from error
    return partial(cluster.run, scheduler=scheduler, workers=workers)


def _grade_class(
    room: "Room",
    students: Sequence[str] | None,
    run: Runner,
    on_progress: Callable[[Progress], None],
) -> ClassGraded:
    found = {each.student: each for each in submissions(room.coursedir, room.unit)}
    strangers = sorted(set(students or ()) - set(found))
    if strangers:
        raise unknown(f"student who submitted {room.unit}", strangers[0], found)
    result = ClassGraded(room.unit, failed=room.quarantine([found[s] for s in students or found]))
    wanted = [s for s in students or found if s not in result.failed]
    with open_ledger(room.coursedir, room.unit) as ledger:
        known = set() if students else ledger.students()
        result.unchanged = [s for s in wanted if s in known and room.is_graded(found[s])]
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
                else:
                    result.failed[student] = error
                seconds = sum(graded.seconds for graded in done.graded.values())
                on_progress(Progress(student, count, len(todo), seconds, error))
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

    def is_graded(self, submission: Submission) -> bool:
        """Whether this very submission was graded to the end."""
        fingerprint = self.job(submission).fingerprint
        for name in self.released:
            path = (
                self._folder(self.coursedir.autograded_directory, submission.student)
                / f"{name}.ipynb"
            )
            try:
                graded = json.loads(path.read_bytes())
                if graded["metadata"][COURSE]["grading"]["fingerprint"] != fingerprint:
                    return False
            except (OSError, ValueError, KeyError, TypeError):
                return False
        return True

    def save(self, submission: Submission, done: Done, ledger: Ledger) -> str | None:
        """Save one student's grades; return why that failed if other students' may still be saved.

        The notebook is saved last and shows that everything is. StoppedError if nothing can be
        saved.
        """
        try:
            self._save(submission, done, ledger)
        except (OSError, SQLAlchemyError) as error:
            why = str(error).splitlines()[0]
            raise StoppedError(
                f"The grades of {submission.student} could not be saved: {why}. "
                "All earlier grades are. Fix that, then run the same command again."
            ) from error
        except Exception:
            return traceback.format_exc()
        return None

    def _save(self, submission: Submission, done: Done, ledger: Ledger) -> None:
        notebooks = {
            name: self._finished(result, done.job.fingerprint)
            for name, result in done.graded.items()
        }
        texts = {
            f"{name}.ipynb": (nbformat.writes(notebook) + "\n").encode()
            for name, notebook in notebooks.items()
        }
        marks = ledger.save(submission.student, notebooks, received(submission.folder))
        pages = {
            f"{name}.html": self._page(notebook, name, marks[name]).encode()
            for name, notebook in notebooks.items()
        }
        stamp, _ = read(submission.folder, TIMESTAMP, STAMP_BYTES)
        stamps = {} if stamp is None else {TIMESTAMP: stamp}
        replace_folder(
            self._folder(self.coursedir.feedback_directory, submission.student), pages, 0o644
        )
        autograded = self._folder(self.coursedir.autograded_directory, submission.student)
        replace_folder(autograded, texts | stamps, 0o444)

    def _page(self, notebook: NotebookNode, name: str, marks: Marks) -> str:
        try:
            return feedback_page(self.coursedir, notebook, name, marks)
        except Exception:
            # Scores are saved already, and what stops the page now would stop it on every run.
            return NO_PAGE.format(name=escape(name), score=marks.score, most=marks.max_score)

    def _finished(self, graded: Graded, fingerprint: str) -> NotebookNode:
        notebook = nbformat.from_dict(graded.notebook)
        resources: dict[str, Any] = {}
        for step in self.steps:
            notebook, resources = step(config=self.coursedir.config).preprocess(notebook, resources)
        notebook.metadata[COURSE].grading.fingerprint = fingerprint
        return notebook

    def _fingerprint(self, key: bytes, files: Mapping[str, SubmittedFile], *more: object) -> str:
        """Return a digest of everything that a submission's grades depend on."""
        digest = hashlib.sha256(key)
        digest.update(json.dumps([self.released], sort_keys=True).encode())
        for file in files.values():
            digest.update(repr(file.problem).encode() if file.content is None else file.content)
        digest.update(repr(more).encode())
        return digest.hexdigest()

    def _folder(self, step: str, student: str) -> Path:
        return Path(self.coursedir.format_path(step, student, self.unit))


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
