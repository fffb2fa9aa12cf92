"""A student's feedback page: the graded notebook with its scores, in nbgrader's own layout."""

from functools import lru_cache
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter
from nbgrader import utils
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades

from course.grading.ledger import Marks


def page(coursedir: CourseDirectory, notebook: dict[str, Any], name: str, marks: Marks) -> str:
    """Return the page that `nbgrader generate_feedback` makes of a graded notebook."""
    shown = nbformat.from_dict(notebook)
    for cell in shown.cells:
        mark = cell.metadata.get("nbgrader", {})
        if utils.is_grade(cell) or utils.is_task(cell):
            mark["score"], mark["points"] = marks.scores[mark.grade_id]
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
        },
    }
    html, _ = exporter(coursedir).from_notebook_node(shown, resources)
    return html


@lru_cache(maxsize=4)
def exporter(coursedir: CourseDirectory) -> HTMLExporter:
    """Return nbgrader's exporter for feedback, without the step that reads the gradebook."""
    converter = GenerateFeedback(coursedir=coursedir, config=coursedir.config)
    made = converter.exporter_class(parent=converter, config=converter.config)
    for step in converter.preprocessors:
        if step is not GetGrades:
            made.register_preprocessor(step)
    return made
