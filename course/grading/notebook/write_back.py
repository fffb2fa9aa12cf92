"""Write a notebook's results into its cells: outputs, verdicts and the scores nbgrader reads."""

from collections.abc import Collection, Mapping
from html import escape
from typing import Any

from course.exercises.engine import box
from course.grading.notebook import sanitize
from course.grading.notebook.cells import exercise_of, runs, visible

Outputs = list[dict[str, Any]]


def put_in(
    cells: list[dict[str, Any]],
    verdicts: Mapping[str, Outputs],
    outputs: Mapping[int, Outputs],
    left_out: Collection[int],
    why_not_run: str,
) -> None:
    """Fill in the cells' outputs.

    verdicts: the outputs of the exercises' test cells (`verdict_outputs`) by grade_id.
    outputs, left_out: the outputs of the cells that ran, and the cells that need not run, by index.
    why_not_run: the reason why all other cells did not run.
    """
    count = 0
    for index, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            continue
        if exercise_of(cell):
            # The hidden part only guards against graders that don't ask questions.
            cell["source"] = visible(cell["source"])
            cell["outputs"] = verdicts[cell["metadata"]["nbgrader"]["grade_id"]]
        elif runs(cell) and index not in left_out:
            count += 1
            cell["execution_count"] = count
            # nbgrader takes a test without outputs for a passed one.
            not_run = [sanitize.error("NotRun", why_not_run)]
            cell["outputs"] = outputs.get(index, not_run)
            _keep_sound(cell)


def _keep_sound(cell: dict[str, Any]) -> None:
    nbgrader = cell["metadata"].get("nbgrader", {})
    if nbgrader.get("grade"):
        points = float(nbgrader["points"])
        if not sanitize.gives_a_sound_score(cell["outputs"], points):
            cell["outputs"] = [sanitize.error("NoScore", f"a score must be from 0 to {points:g}")]


def verdict_outputs(message: str, passed: bool, earned: float) -> Outputs:
    """Return a test cell's outputs: the message, and the score as text in an execute_result.

    That form is nbgrader's rule for partial credit (`determine_grade`), so any gradebook of
    nbgrader's understands the notebook. `gradebook.ledger` reads the score from there too.
    """
    style = box.style(box.GREEN if passed else box.AMBER)
    page = f"<pre style='{style};white-space:pre-wrap'>{escape(message)}</pre>"
    data = {"text/plain": message, "text/html": page}
    return [
        {"output_type": "display_data", "data": data, "metadata": {}},
        {
            "output_type": "execute_result",
            "execution_count": None,
            "data": {"text/plain": repr(float(earned))},
            "metadata": {},
        },
    ]
