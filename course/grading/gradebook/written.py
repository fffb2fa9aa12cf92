"""The answers that a person grades: which of them have changed since they were last saved.

A grade by hand is for one text. Digests of the texts are in a table of the gradebook, so that they
are saved together with the grades.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_grade, is_solution, is_task
from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, insert, select, update

from course.exercises.in_words import question_id
from course.grading.locks import one_at_a_time
from course.grading.notebook.cells import COURSE, OWN

ANSWERS = Table(
    "course_answer",
    MetaData(),
    Column("notebook_id", String(32), primary_key=True),
    Column("cell_id", String(32), primary_key=True),
    Column("digest", String(64), nullable=False),
)


def create_table(coursedir: CourseDirectory, engine: Engine) -> None:
    with one_at_a_time(coursedir):
        ANSWERS.create(engine, checkfirst=True)


def changed_answers(
    connection: Connection, submitted_notebook_id: str, names: Mapping[str, str], new: NotebookNode
) -> set[str]:
    """Note a notebook's answers; return the names of cells whose answers were other ones before.

    names: the names of the unit's cells by their ids in the gradebook.
    """
    its_rows = ANSWERS.c.notebook_id == submitted_notebook_id
    rows = select(ANSWERS.c.cell_id, ANSWERS.c.digest).where(its_rows)
    before = dict(connection.execute(rows).all())
    now = {name: _digest(cells) for name, cells in _answers(new)}
    changed = set()
    for cell, name in names.items():
        if name not in now or before.get(cell) == now[name]:
            continue
        if cell in before:
            changed.add(name)
            row = update(ANSWERS).where(its_rows, ANSWERS.c.cell_id == cell)
            connection.execute(row.values(digest=now[name]))
        else:
            ids = {"notebook_id": submitted_notebook_id, "cell_id": cell}
            connection.execute(insert(ANSWERS).values(**ids, digest=now[name]))
    return changed


def blank_answers(notebook: NotebookNode) -> frozenset[str]:
    """Return the names of the questions without an answer, which nobody needs to read.

    There is none if the student wrote a text anywhere: an answer may be in the wrong place.
    """
    if any(cell.cell_type != "code" and _is_written(cell) for cell in notebook.cells):
        return frozenset()
    questions = {cell.metadata.nbgrader.grade_id for cell in notebook.cells if is_task(cell)}
    answered = {name for name, cells in _answers(notebook) if any(map(_is_written, cells))}
    return frozenset(questions - answered)


def _is_written(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get(COURSE, {}).get(OWN) and cell.source.strip())


def _answers(notebook: NotebookNode) -> Iterator[tuple[str, list[NotebookNode]]]:
    """Yield each cell that a person grades, by name, with the cells that hold what to grade.

    A question's answer is in the cell made for it and in the student's own cells right behind.
    """
    found: dict[str, list[NotebookNode]] = {}
    current = None
    for cell in notebook.cells:
        ours = cell.metadata.get(COURSE, {})
        if is_task(cell):
            current = cell.metadata.nbgrader.grade_id
            found.setdefault(current, [])
        elif "answer" in ours:
            current = question_id(ours["answer"])
            found.setdefault(current, []).append(cell)
        elif is_grade(cell) and is_solution(cell):
            yield cell.metadata.nbgrader.grade_id, [cell]
            current = None
        elif current and ours.get(OWN):
            found[current].append(cell)
        else:
            current = None
    yield from found.items()


def _digest(cells: Iterable[NotebookNode]) -> str:
    text = "\n\n".join(cell.source for cell in cells)
    return hashlib.sha256(text.strip().encode()).hexdigest()
