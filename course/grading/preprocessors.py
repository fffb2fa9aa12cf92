"""What nbgrader runs in place of its own steps, so that `nbgrader autograde` and the formgrader's
button grade as safely as `course grade`.

nbgrader_config.py names them: `TrustedExporter` reads submissions, `Restore` is the first step that
sanitises them, `RunAndAsk` replaces nbgrader's Execute, `Settle` follows SaveAutoGrades.
`classroom` and `gradebook.ledger` do the same for `course grade`, by the same rules.
"""

import fnmatch
import sys
import weakref
from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Bool, Float, Int

from course.grading import RefusedError, course_folder
from course.grading.grade import grade_restored
from course.grading.gradebook.settlement import GRADER_FAILED, settlement
from course.grading.gradebook.written import changed_answers, create_table
from course.grading.judging.edition import edition
from course.grading.judging.results import Graded
from course.grading.judging.seeds import class_secret, student_key
from course.grading.notebook.cells import COURSE
from course.grading.notebook.restore import Restored, restore
from course.grading.preflight import require_ready
from course.grading.private_files import make_private_folders, make_private_gradebook
from course.grading.process.limits import SubmissionLimits
from course.grading.process.worker import Worker
from course.grading.released import as_json, register, released_notebook
from course.grading.sandbox import Level
from course.grading.submission.quarantine import notebook_of, quarantine, remarks
from course.grading.submission.submitted import Submission, submissions


class TrustedExporter(NotebookExporter):
    """Carries notebooks through autograding, including unreadable and missing ones.

    nbgrader makes an exporter for each run, before the first notebook. That is when the assignment
    is registered in the gradebook and missing notebooks are added to nbgrader's list, so that the
    student gets a reason and not only a warning in nbgrader's log.
    """

    def __init__(self, **settings):
        super().__init__(**settings)
        self.worker: Worker | None = None
        try:
            self._get_ready()
        except RefusedError as error:
            # nbgrader's command reports only this error as a line.
            raise NbGraderException(str(error)) from error

    def _get_ready(self) -> None:
        coursedir = coursedir_of(self)
        require_ready(coursedir)
        make_private_folders(coursedir)
        make_private_gradebook(coursedir)
        # nbgrader's own object has only the settings of CourseDirectory.
        coursedir.update_config(self.config)
        unit = coursedir.assignment_id
        register(coursedir, unit)
        asker = RunAndAsk(parent=self)
        self.worker_for(unit, asker.limits(), asker.require()).start()
        self._list(unit)

    def _list(self, unit: str) -> None:
        """Quarantine what doesn't belong in submissions, and list exactly their known notebooks.

        If that fails, the submission is not graded, and the log says so. A link in place of a
        student's folder is not a submission.
        """
        coursedir = coursedir_of(self)
        known = course_folder.known_files(coursedir, unit)
        names = [
            name
            for name in course_folder.notebook_names(coursedir, unit)
            if fnmatch.fnmatch(name, coursedir.notebook_id)
        ]
        wanted = {}
        for submission in submissions(coursedir, unit):
            if fnmatch.fnmatch(submission.student, coursedir.student_id):
                try:
                    quarantine(coursedir, unit, submission, known)
                except OSError as error:
                    self.log.error(
                        "%s: can't be moved to quarantine: %s",
                        submission.folder,
                        error,
                    )
                else:
                    folder = str(submission.folder)
                    wanted[folder] = [str(Path(folder, f"{name}.ipynb")) for name in names]
        for folder in set(self.parent.assignments) - set(wanted):
            self.log.error("%s is not graded", folder)
        self.parent.assignments = wanted

    def from_filename(self, filename, resources=None, **settings):
        """Read nbgrader's own files; leave the reading of submissions to `Restore`."""
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
    """Replaces the submitted notebook by the released one with the student's texts in it."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        coursedir, names = coursedir_of(self.parent), resources["nbgrader"]
        unit, name = names["assignment"], names["notebook"]
        released = {
            known: released_notebook(coursedir, unit, known)
            for known in course_folder.notebook_names(coursedir, unit)
        }
        submission = Submission(names["student"], submitted_path(coursedir, resources).parent)
        file = notebook_of(coursedir, unit, submission, name, released)
        restored = restore(released[name], file.content, file.name, file.problem)
        notebook = restored.notebook
        notebook["metadata"].setdefault(COURSE, {})["restored"] = {
            "problem": restored.problem,
            "oddities": [
                *remarks(coursedir, unit, submission),
                *file.oddities,
                *restored.oddities,
            ],
            "imports": restored.imports,
        }
        return nbformat.from_dict(notebook), resources


class RunAndAsk(NbGraderPreprocessor):
    """Runs the cells in a sandbox, asks the exercises' questions, and writes the verdicts into the
    test cells in the form that nbgrader reads as scores."""

    cell_seconds = Float(SubmissionLimits.cell_seconds, help="seconds for one cell").tag(
        config=True
    )
    notebook_seconds = Float(SubmissionLimits.notebook_seconds, help="seconds for all cells").tag(
        config=True
    )
    patience = Float(SubmissionLimits.patience, help="factor on each question's own seconds").tag(
        config=True
    )
    asking_seconds = Float(SubmissionLimits.asking_seconds, help="seconds for all answers").tag(
        config=True
    )
    processor_seconds = Float(
        SubmissionLimits.processor_seconds, help="processor time of all its processes"
    ).tag(config=True)
    memory_mib = Int(SubmissionLimits.memory_mib, help="memory of all its processes").tag(
        config=True
    )
    disk_mib = Int(SubmissionLimits.disk_mib, help="disk space of its folder").tag(config=True)
    lesson_cells = Bool(
        SubmissionLimits.lesson_cells,
        help="also run and draw the lesson's demonstrations, for the feedback",
    ).tag(config=True)
    require_sandbox = Bool(
        sys.platform == "linux",
        help="refuse to grade without the full sandbox (see `course doctor`)",
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
            restored = Restored(as_json(nb), problem, list(found.oddities), found.imports)
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
        notebook = nbformat.from_dict(graded.notebook)
        notebook.metadata[COURSE].grading.edition = edition(unit)
        return notebook, resources


class Settle(NbGraderPreprocessor):
    """Corrects what nbgrader's SaveAutoGrades has written, by the rules in `settlement`.

    `gradebook.ledger` does the same for `course grade`, by the same rules.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names, settled = resources["nbgrader"], settlement(nb)
        scored = {cell.metadata.nbgrader.grade_id for cell in nb.cells if is_grade(cell)}
        with Gradebook(names["db_url"]) as gradebook:
            create_table(coursedir_of(self.parent), gradebook.engine)
            submitted = gradebook.find_submission_notebook(
                names["notebook"], names["assignment"], names["student"]
            )
            cells = {grade.cell_id: grade.name for grade in submitted.grades}
            connection = gradebook.db.connection()
            changed = changed_answers(connection, submitted.id, cells, nb)
            for grade in submitted.grades:
                by_hand = grade.manual_score is not None
                new = grade.name in changed
                columns = settled.grade(grade.name, grade.name in scored, new, by_hand)
                for column, value in (columns or {}).items():
                    setattr(grade, column, value)
            for comment in submitted.comments:
                comment.auto_comment = settled.comment(comment.name, comment.auto_comment)
            gradebook.db.commit()
        return nb, resources


def submitted_path(coursedir: CourseDirectory, resources: dict) -> Path:
    """Return the path of a student's submitted notebook."""
    names = resources["nbgrader"]
    folder = coursedir.format_path(
        coursedir.submitted_directory, names["student"], names["assignment"]
    )
    return Path(folder, f"{names['notebook']}.ipynb")


def coursedir_of(exporter: NotebookExporter) -> CourseDirectory:
    return exporter.parent.coursedir
