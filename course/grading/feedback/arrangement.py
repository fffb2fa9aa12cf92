"""The order in which a graded notebook is shown: to its grader, and to the student who wrote it.

nbgrader puts the box for a score around a written question. The answer belongs there instead.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.utils import is_grade, is_solution, is_task

from course.exercises.in_words import QUESTION_PREFIX
from course.grading.notebook.cells import ABOUT, COURSE, OWN, visible

SCHEME = re.compile(r"### BEGIN MARK SCHEME\n?(.*?)(?:### END MARK SCHEME|\Z)", re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(.+?)[ #]*$", re.MULTILINE)


class AnswersInBoxes(Preprocessor):
    """Puts each written answer into the box in which it is graded, behind its question.

    It serves the formgrader's pages and the feedback. Only graders see the marking scheme.
    """

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        for_student = "nbgrader" in resources
        answers = {_answer_of(cell): cell for cell in nb.cells}
        asked = {_question_of(cell) for cell in nb.cells} & answers.keys() - {None}
        cells = []
        for cell in [cell for cell in nb.cells if _answer_of(cell) not in asked]:
            if (name := _question_of(cell)) in asked:
                cells += [_question(cell, for_student), _boxed(answers[name], cell)]
            else:
                cells.append(cell)
        nb.cells = cells
        return nb, resources


class ForStudents(Preprocessor):
    """Prepares the feedback: names and scores of all parts, comments, the lesson folded away.

    It notes them for the template under `page`, in the resources and in each cell's metadata.
    """

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        texts = (c.source for c in nb.cells if c.cell_type == "markdown" and not _noted(c, OWN))
        title = HEADING.search("\n".join(texts))
        for cell in nb.cells:
            own = bool(_noted(cell, OWN))
            if not own and _has_points(cell):
                cell.source = visible(cell.source)
            cell.metadata["page"] = NotebookNode(
                asks=bool(_noted(cell, "exercise")),
                own=own,
                comment=cell.metadata.get("nbgrader", {}).get("comment"),
            )
        parts = list(_parts(nb.cells))
        _fold(nb.cells)
        resources["page"] = {
            "title": title[1] if title else resources["nbgrader"]["notebook"],
            "parts": parts,
            "waits": any(part["waits"] for part in parts),
        }
        return nb, resources


def _answer_of(cell: NotebookNode) -> str | None:
    """Return the name of the written question that a cell is the answer to."""
    return _noted(cell, "answer")


def _question_of(cell: NotebookNode) -> str | None:
    """Return the name of the written question that a cell asks."""
    return cell.metadata.nbgrader.grade_id.removeprefix(QUESTION_PREFIX) if is_task(cell) else None


def _question(cell: NotebookNode, for_student: bool) -> NotebookNode:
    text, scheme = visible(cell.source), SCHEME.search(cell.source)
    if for_student:
        # The page has it as the part's heading.
        text = HEADING.sub("", text, count=1)
    elif scheme:
        text += f"\n\n**Marking scheme**\n\n{scheme[1].strip()}"
    return new_markdown_cell(text, metadata={COURSE: {"question": True}})


def _boxed(answer: NotebookNode, question: NotebookNode) -> NotebookNode:
    heading = HEADING.search(question.source)
    answer.metadata["nbgrader"] = question.metadata.nbgrader
    answer.metadata[COURSE]["title"] = heading[1] if heading else None
    return answer


def _parts(cells: Sequence[NotebookNode]) -> Iterator[dict[str, Any]]:
    """Yield what has points, in order; the cell at which it begins knows it too."""
    marked = {cell.metadata.nbgrader.grade_id: cell for cell in cells if _is_marked(cell)}
    for before, cell in pairwise([NotebookNode(metadata=NotebookNode()), *cells]):
        if not _has_points(cell):
            continue
        mark, name = cell.metadata.nbgrader, _noted(cell, "exercise")
        first = marked.get(name, cell) if name else cell
        if _noted(before, "question"):
            first = before
        commented = cell.metadata.page.comment or first.metadata.page.comment
        first.metadata.page["part"] = part = {
            "name": name or _noted(cell, "title") or mark.grade_id,
            "anchor": mark.grade_id,
            "score": mark.score,
            "points": mark.points,
            "waits": bool(mark.get("waits")),
            "commented": bool(commented),
        }
        yield part


def _fold(cells: Sequence[NotebookNode]) -> None:
    """Note where a run of cells that are the lesson's own begins and ends."""
    folded = [False, *map(_is_lessons, cells), False]
    for cell, before, this, after in zip(cells, folded, folded[1:], folded[2:], strict=False):
        cell.metadata.page |= {"begins": this and not before, "ends": this and not after}


def _is_lessons(cell: NotebookNode) -> bool:
    """Whether a cell is as released, and nothing in it failed."""
    failed = any(output.output_type == "error" for output in cell.get("outputs", ()))
    told = cell.get("id") == ABOUT or cell.metadata.page.get("part") or failed
    return not (_is_marked(cell) or _noted(cell, OWN) or told)


def _noted(cell: NotebookNode, name: str) -> Any:
    """Return what the course's metadata of a cell says."""
    return cell.metadata.get(COURSE, {}).get(name)


def _has_points(cell: NotebookNode) -> bool:
    return bool(is_grade(cell) or is_task(cell))


def _is_marked(cell: NotebookNode) -> bool:
    return bool(_has_points(cell) or is_solution(cell))
