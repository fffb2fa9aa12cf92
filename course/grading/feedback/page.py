"""A student's feedback page: the graded notebook with its scores and comments.

`nbgrader generate_feedback` makes the same page, since nbgrader_config.py sets its steps and
layout. A class's many pages have much text in common, so the exporter is made once, and its output
for each text is kept.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from traitlets.utils.importstring import import_item

from course.grading.gradebook.ledger import Marks
from course.grading.limits import CACHED_TEXT_CHARACTERS, CACHED_TEXTS


class OwnCopy(NotebookNode):
    """A notebook made for a single page, so that nbconvert needn't copy it again."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "OwnCopy":
        return self


class GetMarks(GetGrades):
    """nbgrader's step that reads the gradebook, and what waits for a grade by hand."""

    def _get_score(self, cell: NotebookNode, resources: dict) -> None:
        name = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        _mark(cell, grade.score, grade.max_score, grade.needs_manual_grade)


def feedback_page(
    coursedir: CourseDirectory,
    notebook: dict[str, Any],
    name: str,
    marks: Marks,
    made_from: str = "",
) -> str:
    """Return the page that `nbgrader generate_feedback` makes of a graded notebook.

    made_from: a text that the page keeps, so that it can be seen to be out of date.
    """
    shown = OwnCopy(nbformat.from_dict(notebook))
    known = marks.scores.keys() | marks.comments.keys()
    for cell in shown.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("grade_id") not in known:
            # The unit no longer has this cell.
            cell.metadata.pop("nbgrader", None)
        if utils.is_grade(cell) or utils.is_task(cell):
            _mark(cell, *marks.scores[mark.grade_id], mark.grade_id in marks.waiting)
        if utils.is_solution(cell) or utils.is_task(cell):
            mark["comment"] = marks.comments[mark.grade_id]
    resources = {
        "unique_key": name,
        "output_files_dir": f"{name}_files",
        "metadata": {"name": name},
        "nbgrader": {
            "notebook": name,
            "score": marks.score,
            "max_score": marks.max_score,
            "late_penalty": marks.late_penalty,
            "made_from": made_from,
        },
    }
    return _rendered(exporter(coursedir), shown, resources)


def _mark(cell: NotebookNode, score: float, points: float, waits: bool) -> None:
    cell.metadata.nbgrader |= {"score": score, "points": points, "waits": waits}


@lru_cache(maxsize=4)
def exporter(coursedir: CourseDirectory) -> HTMLExporter:
    """Return nbgrader's exporter for feedback, without the step that reads the gradebook."""
    converter = GenerateFeedback(coursedir=coursedir, config=coursedir.config)
    made = converter.exporter_class(parent=converter, config=converter.config)
    for step in converter.preprocessors:
        if not issubclass(step if isinstance(step, type) else import_item(step), GetGrades):
            made.register_preprocessor(step)
    made.optimistic_validation = True
    text = made.filters.get("markdown2html")
    # nbconvert's own filter looks at the whole cell, not only at its text.
    if callable(text) and not hasattr(text, "jinja_pass_arg"):
        made.register_filter("markdown2html", _keeping(text))
    return made


def _rendered(made: HTMLExporter, notebook: NotebookNode, resources: dict[str, Any]) -> str:
    """Return the page without HTMLExporter's second pass over it.

    That pass takes most of the time. It gives images alternative texts, as the course's layout does
    already, and makes cells of a layout other than nbgrader's reachable with the Tab key.
    """
    if type(made).from_notebook_node is not HTMLExporter.from_notebook_node:
        return made.from_notebook_node(notebook, resources)[0]
    language = notebook.metadata.get("language_info", {})
    lexer = language.get("pygments_lexer", language.get("name"))
    if "highlight_code" not in made.filters:
        made.register_filter("highlight_code", _highlighter(made, lexer))
    return TemplateExporter.from_notebook_node(made, notebook, made._init_resources(resources))[0]


@lru_cache(maxsize=4)
def _highlighter(made: HTMLExporter, lexer: str | None) -> Callable[..., str]:
    highlight = _keeping(Highlight2HTML(pygments_lexer=lexer, parent=made))

    def highlighted(source: str, language: str | None = None, metadata: Any = None) -> str:
        magics = (metadata or {}).get("magics_language")
        return highlight(source, language or magics)

    return highlighted


def _keeping(make: Callable[..., str]) -> Callable[..., str]:
    """Return `make` with its results for the last texts kept."""
    kept = lru_cache(maxsize=CACHED_TEXTS)(make)

    def made(text: str, *more: Any) -> str:
        return (kept if len(text) <= CACHED_TEXT_CHARACTERS else make)(text, *more)

    return made
