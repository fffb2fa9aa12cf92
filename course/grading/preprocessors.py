"""What nbgrader runs in place of its own steps, so that `nbgrader autograde` and the formgrader's
button grade as safely as `course grade`.

nbgrader_config.py names them: `TrustedExporter` reads submissions, `Restore` comes first when they
are sanitised, `RunAndAsk` stands for nbgrader's Execute, `Settle` follows SaveAutoGrades.
"""

import fnmatch
import sys
import weakref
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.api import Comment, Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_solution, is_task
from traitlets import Bool, Float, Int

from course.grading import RefusedError, course_folder
from course.grading.grade import grade_restored
from course.grading.gradebook.ledger import joined, settle
from course.grading.judging.results import Graded, below_full
from course.grading.judging.seeds import class_secret, student_key
from course.grading.notebook.cells import COURSE
from course.grading.notebook.restore import Restored, restore
from course.grading.preflight import require_ready
from course.grading.process.limits import SubmissionLimits
from course.grading.process.worker import Worker
from course.grading.released import as_json, register, released_notebook
from course.grading.sandbox import Level
from course.grading.submission.quarantine import instead, put_aside, remarks
from course.grading.submission.submitted import Submission, submissions

GRADER_FAILED = (
    "The grader itself failed here. This waits for a grade by hand, or to be graded again."
)


class TrustedExporter(NotebookExporter):
    """Carries notebooks through autograding, also those that can't be read or aren't there.

    nbgrader makes one for each run, before the first notebook: then the assignment is made known to
    the gradebook, and a notebook that is missing from a submission is put on the list, so that its
    author gets a reason and not only a warning in nbgrader's log.
    """

    def __init__(self, **settings):
        super().__init__(**settings)
        self.worker: Worker | None = None
        try:
            self._get_ready()
        except RefusedError as error:
            # The only error that nbgrader's command reports in a line.
            raise NbGraderException(str(error)) from error

    def _get_ready(self) -> None:
        coursedir = coursedir_of(self)
        require_ready(coursedir)
        # nbgrader's own has the settings of CourseDirectory alone.
        coursedir.update_config(self.config)
        unit = coursedir.assignment_id
        register(coursedir, unit)
        asker = RunAndAsk(parent=self)
        self.worker_for(unit, asker.limits(), asker.require()).start()
        self._list(unit)

    def _list(self, unit: str) -> None:
        """Put every submission in order, and on the list of its notebooks exactly the known ones.

        A submission that can't be put in order is not graded, and the log says so; a link in place
        of a student's folder isn't one.
        """
        coursedir = coursedir_of(self)
        known = course_folder.known_files(coursedir, unit)
        names = [
            name
            for name in course_folder.notebook_names(coursedir, unit)
            if fnmatch.fnmatch(name, coursedir.notebook_id)
        ]
        wanted = {}
        for one in submissions(coursedir, unit):
            if fnmatch.fnmatch(one.student, coursedir.student_id):
                try:
                    put_aside(coursedir, unit, one, known)
                except OSError as error:
                    self.log.error("%s holds what can't be put aside: %s", one.folder, error)
                else:
                    folder = str(one.folder)
                    wanted[folder] = [str(Path(folder, f"{name}.ipynb")) for name in names]
        for folder in set(self.parent.assignments) - set(wanted):
            self.log.error("%s is not graded", folder)
        self.parent.assignments = wanted

    def from_filename(self, filename, resources=None, **settings):
        """Read nbgrader's own files; of a submission leave the reading to `Restore`."""
        if Path(filename) != submitted_path(coursedir_of(self), resources):
            return super().from_filename(filename, resources, **settings)
        resources["metadata"] = {"name": Path(filename).stem, "path": str(Path(filename).parent)}
        return self.from_notebook_node(nbformat.v4.new_notebook(), resources, **settings)

    def worker_for(self, unit: str, limits: SubmissionLimits, require: Level) -> Worker:
        """Return the worker for a unit's notebooks, the same one for the whole run."""
        if self.worker is None or self.worker.unit != unit:
            self.close_worker()
            self.worker = Worker(unit, limits, require=require)
            weakref.finalize(self, self.worker.close)
        return self.worker

    def close_worker(self) -> None:
        if self.worker is not None:
            self.worker.close()
            self.worker = None


class Restore(NbGraderPreprocessor):
    """Replaces what was handed in by the released notebook with the student's texts in it."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        coursedir, names = coursedir_of(self.parent), resources["nbgrader"]
        released = released_notebook(coursedir, names["assignment"], names["notebook"])
        path = submitted_path(coursedir, resources)
        one = Submission(names["student"], path.parent)
        content, problem = instead(coursedir, names["assignment"], one, path.name)
        restored = restore(released, content, path.name, problem)
        notebook = restored.notebook
        notebook["metadata"].setdefault(COURSE, {})["restored"] = {
            "problem": restored.problem,
            "oddities": [*remarks(coursedir, names["assignment"], one), *restored.oddities],
        }
        return nbformat.from_dict(notebook), resources


class RunAndAsk(NbGraderPreprocessor):
    """Runs the cells in a locked-in process, asks the exercises' questions, and writes the verdicts
    into the test cells in the form that nbgrader takes for scores."""

    cell_seconds = Float(SubmissionLimits.cell_seconds, help="seconds for one cell").tag(
        config=True
    )
    notebook_seconds = Float(SubmissionLimits.notebook_seconds, help="seconds for all cells").tag(
        config=True
    )
    patience = Float(SubmissionLimits.patience, help="times a question's own seconds").tag(
        config=True
    )
    asking_seconds = Float(SubmissionLimits.asking_seconds, help="seconds for all answers").tag(
        config=True
    )
    memory_mib = Int(SubmissionLimits.memory_mib, help="memory of all its processes").tag(
        config=True
    )
    disk_mib = Int(SubmissionLimits.disk_mib, help="disk space of its folder").tag(config=True)
    lesson_cells = Bool(
        SubmissionLimits.lesson_cells,
        help="run and draw what a lesson shows, too, for the feedback",
    ).tag(config=True)
    require_sandbox = Bool(
        sys.platform == "linux",
        help="refuse to grade where the full sandbox can't be had (see `course doctor`)",
    ).tag(config=True)

    def limits(self) -> SubmissionLimits:
        names = SubmissionLimits.__dataclass_fields__.keys() & self.trait_names(config=True)
        return SubmissionLimits(**{name: getattr(self, name) for name in names})

    def require(self) -> Level:
        return Level.FULL if self.require_sandbox else Level.LIMITS

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        coursedir, names = coursedir_of(self.parent), resources["nbgrader"]
        found = nb.metadata[COURSE].pop("restored")
        unit = nb.metadata[COURSE].get("unit") or names["assignment"]
        key = student_key(class_secret(Path(coursedir.root)), names["student"])
        materials = course_folder.materials(coursedir, names["assignment"])

        def graded_once(problem: str | None) -> Graded:
            worker = self.parent.worker_for(unit, self.limits(), self.require())
            restored = Restored(as_json(nb), problem, list(found.oddities))
            return grade_restored(restored, unit, key, worker, materials)

        try:
            graded = graded_once(found.problem)
        except RefusedError:
            raise
        except Exception:
            self.log.exception("The grader failed; once more with a new worker.")
            self.parent.close_worker()
            try:
                graded = graded_once(found.problem)
            except Exception:
                # nbgrader would throw the notebook away and keep the score of an older one.
                self.log.exception("The grader failed again.")
                graded = graded_once(GRADER_FAILED)
        return nbformat.from_dict(graded.notebook), resources


class Settle(NbGraderPreprocessor):
    """Settles what nbgrader's own step leaves open in the gradebook.

    Every part of a notebook that could not be read gets a score of 0, written answers too; where
    the grader failed, these wait for a person. Where the sandbox was less than full, a comment on
    the first answer says so.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        grading = nb.metadata[COURSE].grading
        problem, said = grading.problem, below_full(grading.level)
        if problem or said:
            names = resources["nbgrader"]
            with Gradebook(names["db_url"]) as gradebook:
                found = gradebook.find_submission_notebook(
                    names["notebook"], names["assignment"], names["student"]
                )
                if problem:
                    settle(found.grades, by_hand=problem == GRADER_FAILED)
                if said and (comment := _first_comment(nb, found.comments)):
                    comment.auto_comment = joined(comment.auto_comment, said)
                gradebook.db.commit()
        return nb, resources


def _first_comment(nb: NotebookNode, comments: Sequence[Comment]) -> Comment | None:
    by_name = {one.name: one for one in comments}
    cells = (cell for cell in nb.cells if is_solution(cell) or is_task(cell))
    return next((by_name[cell.metadata.nbgrader.grade_id] for cell in cells), None)


def submitted_path(coursedir: CourseDirectory, resources: dict) -> Path:
    """Return where a student's notebook was handed in."""
    names = resources["nbgrader"]
    folder = coursedir.format_path(
        coursedir.submitted_directory, names["student"], names["assignment"]
    )
    return Path(folder, f"{names['notebook']}.ipynb")


def coursedir_of(exporter: NotebookExporter) -> CourseDirectory:
    return exporter.parent.coursedir
