"""The answers that a person grades: which of them have changed since they were last saved.

A grade by hand is for one text. Digests of the texts are in a table of the gradebook, so that they
are saved together with the grades.
"""

import hashlib
from collections.abc import Iterator, Mapping

from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_grade, is_solution, is_task
from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, insert, select, update

from course.grading.locks import one_at_a_time
from course.grading.notebook.cells import COURSE, OWN

ANSWERS = Table(
    "course_answer",
    MetaData(),
    Column("notebook_id", String(32), primary_key=True),
    Column("cell_id", String(32), primary_key=True),
    Column("digest", String(64), nullable=False),
)
# How `course build` calls the question that an answer belongs to.
QUESTION = "written-{answer}"


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
    now = {name: _digest(text) for name, text in _answers(new)}
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


def _answers(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """Yield each cell that a person grades, by name, with the text to grade.

    A question's answer is in the cell made for it and in the student's own cells right behind.
    """
    texts: dict[str, list[str]] = {}
    current = None
    for cell in notebook.cells:
        ours = cell.metadata.get(COURSE, {})
        if is_task(cell):
            current = cell.metadata.nbgrader.grade_id
            texts.setdefault(current, [])
        elif "answer" in ours:
            current = QUESTION.format(answer=ours["answer"])
            texts.setdefault(current, []).append(cell.source)
        elif is_grade(cell) and is_solution(cell):
            yield cell.metadata.nbgrader.grade_id, cell.source
            current = None
        elif current and ours.get(OWN):
            texts[current].append(cell.source)
        else:
            current = None
    yield from ((name, "\n\n".join(parts)) for name, parts in texts.items())


def _digest(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()
