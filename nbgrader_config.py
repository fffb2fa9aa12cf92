"""nbgrader's settings for this course: its folders, its gradebook, and the trusted grader.

`nbgrader autograde`, the formgrader's button and `course grade` all read this file.
"""

import os
import sys
import warnings
from pathlib import Path

from sqlalchemy.exc import SAWarning

from course.grading.feedback import TEMPLATE_FOLDERS
from course.grading.limits import FILE_BYTES

root = Path(__file__).resolve().parent
c = get_config()  # noqa: F821 (nbgrader provides it)

# nbgrader starts alembic by name when it makes a gradebook.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
# SQLAlchemy 2.1 warns about the way nbgrader 0.9 adds a submission; the warning is harmless here.
warnings.filterwarnings("ignore", category=SAWarning)

# Folders. `course build` writes solutions/ and assignments/; students get the latter.
c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = "feedforward"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
c.CourseDirectory.solution_directory = "solution_pages"
c.Exchange.root = os.environ.get("COURSE_EXCHANGE", str(root / "exchange"))
c.ExchangeFactory.collect = "course.grading.collect.TrustedCollect"
c.ExchangeFactory.release_feedback = "course.grading.collect.ReleaseFeedback"
# What nbgrader must never copy along with a notebook, to students or from them.
c.CourseDirectory.ignore = [
    ".*",
    "__pycache__",
    "*.pyc",
    "feedback",
    "*.md",
    "*.db*",
    "*.key",
    "*.pem",
    "nbgrader_config.py",
    "nbgrader_secret*",
]
# A notebook whose outputs are large is collected too (in kB): only its texts are graded.
c.CourseDirectory.max_file_size = c.CourseDirectory.max_dir_size = 2 * FILE_BYTES // 1000

# The gradebook. PostgreSQL: COURSE_GRADEBOOK=postgresql+psycopg://user:password@host/name
gradebook = f"sqlite:///{root / 'gradebook.db'}?timeout=60"
c.CourseDirectory.db_url = os.environ.get("COURSE_GRADEBOOK", gradebook)

# What students find in place of a solution.
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}

# Feedback and the formgrader's pages show students' texts without anything a browser would run.
c.HTMLExporter.filters = {
    "markdown2html": "course.grading.markup.markdown2html",
    "highlight_code": "course.grading.markup.highlight_code",
    "strip_files_prefix": "course.grading.markup.as_it_is",
}
c.HTMLExporter.extra_template_basedirs = TEMPLATE_FOLDERS
c.HTMLExporter.preprocessors = ["course.grading.markup.AnswersInBoxes"]
c.GenerateFeedback.preprocessors = [
    "course.grading.markup.GetMarks",
    "course.grading.markup.ForStudents",
]

# Grading: the student's code runs in a sandbox, and a trusted process asks it the questions.
ours = "course.grading.preprocessors"
nbgraders = "nbgrader.preprocessors"
c.Autograde.exporter_class = f"{ours}.TrustedExporter"
c.Autograde.sanitize_preprocessors = [
    f"{ours}.Restore",
    f"{nbgraders}.OverwriteKernelspec",
    f"{nbgraders}.OverwriteCells",
    f"{nbgraders}.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    f"{ours}.RunAndAsk",
    f"{nbgraders}.IgnorePattern",
    f"{nbgraders}.LimitOutput",
    f"{nbgraders}.SaveAutoGrades",
    f"{ours}.Settle",
    f"{nbgraders}.AssignLatePenalties",
    f"{nbgraders}.CheckCellMetadata",
]
c.RunAndAsk.require_sandbox = sys.platform == "linux"
c.RunAndAsk.cell_seconds = 30.0
c.RunAndAsk.notebook_seconds = 120.0
c.RunAndAsk.patience = 1.0
c.RunAndAsk.memory_mib = 2048
c.RunAndAsk.disk_mib = 256
