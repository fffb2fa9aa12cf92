"""Write a notebook's results into its cells: outputs, verdicts and the scores nbgrader reads."""

from collections.abc import Mapping
from html import escape
from typing import Any

from course.exercises.engine import box
from course.grading.judging.examine import Record, runs
from course.grading.judging.results import ExerciseGrade
from course.grading.notebook import sanitize
from course.grading.notebook.cells import exercise_of, visible


def put_in(
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
            # The hidden part only guards against graders that don't ask questions.
            cell["source"] = visible(cell["source"])
            cell["outputs"] = verdict_outputs(grades[cell["metadata"]["nbgrader"]["grade_id"]])
        elif runs(cell) and place not in record.left_out:
            count += 1
            cell["execution_count"] = count
            why = problem or record.lost or "it was not run"
            cell["outputs"] = record.outputs.get(place) or _unless_run(place, record, why)
            _keep_sound(cell)


def _unless_run(place: int, record: Record, why: str) -> list[dict[str, Any]]:
    """Say that a cell was not run, since nbgrader counts a test without outputs as passed."""
    return [] if place in record.outputs else [sanitize.error("NotRun", why)]


def _keep_sound(cell: dict[str, Any]) -> None:
    nbgrader = cell["metadata"].get("nbgrader", {})
    if nbgrader.get("grade"):
        points = float(nbgrader["points"])
        if not sanitize.gives_a_sound_score(cell["outputs"], points):
            cell["outputs"] = [sanitize.error("NoScore", f"a score must be from 0 to {points:g}")]


def verdict_outputs(grade: ExerciseGrade) -> list[dict[str, Any]]:
    """Return a test cell's outputs: the message, and the number nbgrader takes for the score."""
    style = box.style(box.GREEN if grade.passed else box.AMBER)
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
