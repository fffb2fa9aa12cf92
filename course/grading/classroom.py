"""Grade a class: everything under submitted/ into the gradebook, autograded/ and feedback/.

Restoring, running and asking happen in workers as a pure function; one writer, here, saves a
submission at a time: first its scores, then its feedback, then its notebook, each under a temporary
name until it is whole. So it can be stopped at any moment, and run again it goes on.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import preprocessors as nbgraders
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from traitlets.utils.importstring import import_item

from course.grading import master
from course.grading.feedback import page
from course.grading.handed_in import Submission, read, submissions
from course.grading.ledger import Ledger, open_ledger
from course.grading.pool import Grader, Job, run
from course.grading.preprocessors import Restore, RunAndAsk, SettleUnreadable
from course.grading.restore import COURSE
from course.grading.results import Graded
from course.grading.seeds import class_secret, student_key

TIMESTAMP = "timestamp.txt"
# Steps that the workers or the ledger do, or whose work is done for a notebook that was made of the
# released one.
DONE_HERE = {
    Restore,
    RunAndAsk,
    SettleUnreadable,
    nbgraders.AssignLatePenalties,
    nbgraders.CheckCellMetadata,
    nbgraders.OverwriteCells,
    nbgraders.OverwriteKernelspec,
    nbgraders.SaveAutoGrades,
}


@dataclass(frozen=True)
class Progress:
    """One submission is done; `error` says what went wrong in the grader itself."""

    student: str
    done: int
    total: int
    seconds: float
    error: str | None = None


@dataclass
class ClassGraded:
    """What a run did: who was graded, who had been already, and where the grader itself failed."""

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
) -> ClassGraded:
    """Grade what was handed in for `unit` in the course folder `root`, as far as it is not yet.

    students: only these (by default all that handed something in), and these again.
    workers: so many submissions at the same time.
    """
    room = Room(root, unit)
    found = {one.student: one for one in submissions(room.coursedir, unit)}
    strangers = sorted(set(students or ()) - set(found))
    if strangers:
        raise ValueError(f"students: {', '.join(strangers)} handed in nothing for {unit}")
    result = ClassGraded(unit)
    with open_ledger(room.coursedir, unit) as ledger:
        known = set() if students else ledger.students()
        result.unchanged = [s for s in found if s in known and room.is_graded(found[s])]
        todo = [found[s] for s in students or sorted(set(found) - set(result.unchanged))]
        jobs = (room.job(one) for one in todo)
        for count, done in enumerate(run(room.grader(), jobs, workers), 1):
            student = done.job.student
            if done.error is None:
                room.save(found[student], done.graded, ledger)
                result.graded.append(student)
            else:
                result.failed[student] = done.error
            seconds = sum(one.seconds for one in done.graded.values())
            on_progress(Progress(student, count, len(todo), seconds, done.error))
    return result


class Room:
    """The folders of one unit: what was released, what was handed in, where results go."""

    def __init__(self, root: Path, unit: str):
        self.coursedir: CourseDirectory = master.course_directory(root)
        self.unit = unit
        self.settings = RunAndAsk(config=self.coursedir.config)
        master.register(self.coursedir, unit)
        names = master.notebook_names(self.coursedir, unit)
        self.released = {name: master.released(self.coursedir, unit, name) for name in names}
        self.materials = master.materials(self.coursedir, unit)
        self.secret = class_secret(Path(self.coursedir.root))
        self.steps = _further_steps(self.coursedir)

    def grader(self) -> Grader:
        settings = self.settings
        return Grader(
            self.unit, self.released, self.materials, settings.limits(), settings.require()
        )

    def job(self, one: Submission) -> Job:
        found = {name: read(one.folder, f"{name}.ipynb") for name in self.released}
        return Job(one.student, student_key(self.secret, one.student), found)

    def is_graded(self, one: Submission) -> bool:
        """Whether this very submission was graded to the end."""
        print_now = self._fingerprint(one)
        for name in self.released:
            path = self._folder(self.coursedir.autograded_directory, one.student) / f"{name}.ipynb"
            try:
                graded = json.loads(path.read_bytes())
                if graded["metadata"][COURSE]["grading"]["fingerprint"] != print_now:
                    return False
            except (OSError, ValueError, KeyError):
                return False
        return True

    def save(self, one: Submission, graded: Mapping[str, Graded], ledger: Ledger) -> None:
        """Save one student's grades; the notebook comes last and says that all is saved."""
        notebooks = {name: self._finished(one, result) for name, result in graded.items()}
        marks = ledger.save(one.student, notebooks, received(one.folder))
        pages = {
            f"{name}.html": page(self.coursedir, notebook, name, marks[name]).encode()
            for name, notebook in notebooks.items()
        }
        texts = {
            f"{name}.ipynb": (nbformat.writes(notebook) + "\n").encode()
            for name, notebook in notebooks.items()
        }
        stamp, _ = read(one.folder, TIMESTAMP)
        stamps = {} if stamp is None else {TIMESTAMP: stamp}
        _replace(self._folder(self.coursedir.feedback_directory, one.student), pages, 0o644)
        autograded = self._folder(self.coursedir.autograded_directory, one.student)
        _replace(autograded, texts | stamps, 0o444)

    def _finished(self, one: Submission, graded: Graded) -> NotebookNode:
        notebook = nbformat.from_dict(graded.notebook)
        resources: dict[str, Any] = {}
        for step in self.steps:
            notebook, resources = step(config=self.coursedir.config).preprocess(notebook, resources)
        notebook.metadata[COURSE].grading.fingerprint = self._fingerprint(one)
        return notebook

    def _fingerprint(self, one: Submission) -> str:
        """Return a digest of everything that a submission's grades depend on."""
        digest = hashlib.sha256(student_key(self.secret, one.student))
        digest.update(json.dumps([self.released], sort_keys=True).encode())
        for name in self.released:
            content, problem = read(one.folder, f"{name}.ipynb")
            digest.update(repr(problem).encode() if content is None else content)
        return digest.hexdigest()

    def _folder(self, step: str, student: str) -> Path:
        return Path(self.coursedir.format_path(step, student, self.unit))


def received(folder: Path) -> datetime | None:
    """Return when a submission came, as its timestamp says; None where that says nothing."""
    stamp, _ = read(folder, TIMESTAMP)
    try:
        return parse_utc(stamp[:100].decode().strip()) if stamp else None
    except (ValueError, OverflowError):
        return None


def _further_steps(coursedir: CourseDirectory) -> list[type]:
    """Return the steps that an instructor's nbgrader_config.py adds to the course's."""
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


def _replace(folder: Path, files: Mapping[str, bytes], mode: int) -> None:
    """Put `files` in place of whatever is in `folder`; at no moment is half of them there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    fresh.chmod(0o755)
    for name, content in files.items():
        (fresh / name).write_bytes(content)
        (fresh / name).chmod(mode)
    if folder.exists():
        old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-old-"))
        folder.rename(old / folder.name)
        fresh.rename(folder)
        shutil.rmtree(old)
    else:
        fresh.rename(folder)
