"""Let the gradebook follow a unit whose cells have changed after work was graded.

nbgrader adds and removes no cells of a notebook that has submissions. Here the cells that stayed
keep their rows, with all grades and comments; all changes are one transaction, and a copy of the
gradebook is made first.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    SourceCell,
    TaskCell,
    new_uuid,
)
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_locked
from sqlalchemy import Connection, delete, func, insert, make_url, or_, select, update

from course.grading import RefusedError, course_folder
from course.grading.gradebook.connection import exists
from course.grading.gradebook.written import ANSWERS, create_table
from course.grading.locks import alone, one_at_a_time
from course.grading.released import (
    cells_by_kind,
    changed_cells,
    known_cells,
    register,
    released_notebook,
)

BY_HAND = {Grade: ("manual_score", "extra_credit"), Comment: ("manual_comment",)}
# Which rows of a submission belong to a cell of which kind.
ROWS = {GradeCell: (Grade,), SolutionCell: (Comment,), TaskCell: (Grade, Comment), SourceCell: ()}


@dataclass(frozen=True)
class Migration:
    """What a migration changes: names of cells, and what of it was given by hand.

    dropped: the number of scores and comments by hand that only the backup has.
    backup: the copy of the gradebook as it was; None if nothing was changed.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    dropped: int = 0
    backup: Path | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.renamed)


def migrate(
    root: Path, unit: str, renamed: Mapping[str, str] | None = None, dry_run: bool = False
) -> Migration:
    """Give the gradebook in the course folder `root` the cells that `unit` has now.

    RefusedError if the gradebook can't be copied; ValueError if a name in `renamed` is unknown.

    renamed: the new names of renamed cells by the old ones.
    dry_run: only return what would be changed.
    """
    coursedir, renamed = course_folder.course_directory(root), dict(renamed or {})
    names = course_folder.notebook_names(coursedir, unit)
    if not exists(coursedir.db_url):
        raise ValueError(f"unit: nothing of {unit!r} is graded yet, so there is nothing to migrate")
    with alone(coursedir, unit):
        with one_at_a_time(coursedir):
            planned = _migrate(coursedir, unit, names, renamed, None)
            if dry_run or planned.is_empty:
                return planned
            backup = _copy(coursedir)
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            create_table(coursedir, gradebook.engine)
        with one_at_a_time(coursedir):
            done = _migrate(coursedir, unit, names, renamed, backup)
        # Points and checksums of the cells that stayed, which nbgrader does itself.
        register(coursedir, unit)
    return done


def _migrate(
    coursedir: CourseDirectory,
    unit: str,
    names: list[str],
    renamed: dict[str, str],
    backup: Path | None,
) -> Migration:
    """Return what changes; save it if there is a backup."""
    added, removed, dropped = set(), set(), 0
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        for name in names:
            notebook = nbformat.from_dict(released_notebook(coursedir, unit, name))
            try:
                known = gradebook.find_notebook(name, unit)
            except MissingEntry:
                continue
            new, gone = changed_cells(known, notebook)
            added |= new
            removed |= gone
            if backup:
                dropped += _follow(gradebook, known, notebook, renamed)
        for old, fresh in renamed.items():
            if old not in removed or fresh not in added:
                raise ValueError(
                    f"rename: {old}={fresh}: expected a cell that is gone "
                    f"({', '.join(sorted(removed)) or 'none'}) and one that is new "
                    f"({', '.join(sorted(added)) or 'none'})"
                )
        if backup:
            gradebook.db.commit()
    return Migration(
        added=tuple(sorted(added - set(renamed.values()))),
        removed=tuple(sorted(removed - set(renamed))),
        renamed=tuple(sorted(renamed.items())),
        dropped=dropped,
        backup=backup,
    )


def _follow(
    gradebook: Gradebook, known: Notebook, notebook: NotebookNode, renamed: Mapping[str, str]
) -> int:
    """Change the rows of one notebook; return how many given by hand are dropped."""
    connection = gradebook.db.connection()
    submitted = [submission.id for submission in known.submissions]
    leaving: list[tuple[type, str, str]] = []
    fresh: list[tuple[type, str, str]] = []
    for kind, wanted in cells_by_kind(notebook).items():
        ids = {name: cell.id for name, cell in known_cells(known, kind).items()}
        stay = {name for name in ids if renamed.get(name, name) in wanted}
        names = BaseCell.__table__ if issubclass(kind, BaseCell) else kind.__table__
        for name in stay & renamed.keys():
            row = update(names).where(names.c.id == ids[name])
            connection.execute(row.values(name=renamed[name]))
        leaving += [(kind, name, cell) for name, cell in ids.items() if name not in stay]
        for name in wanted.keys() - {renamed.get(old, old) for old in stay}:
            fresh.append((kind, name, _insert(connection, kind, name, known.id, wanted[name])))
    for kind, name, cell in fresh:
        for table in ROWS[kind]:
            for old_kind, old_name, old in leaving:
                if renamed.get(old_name, old_name) == name and table in ROWS[old_kind]:
                    row = update(table.__table__).where(table.cell_id == old)
                    connection.execute(row.values(cell_id=cell))
            its_rows = select(table.notebook_id).where(table.cell_id == cell)
            there = set(connection.scalars(its_rows))
            rows = [{"notebook_id": one, "cell_id": cell} for one in submitted if one not in there]
            if rows:
                connection.execute(insert(table), rows)
    return sum(_delete(connection, kind, cell) for kind, _, cell in leaving)


def _insert(
    connection: Connection, kind: type, name: str, notebook_id: str, cell: NotebookNode
) -> str:
    """Add a cell to the gradebook, and return its id."""
    new = {"id": new_uuid()}
    row = {"name": name, "notebook_id": notebook_id}
    if issubclass(kind, BaseCell):
        base = new | row | {"type": kind.__name__}
        connection.execute(insert(BaseCell.__table__).values(**base))
        if kind is not SolutionCell:
            new |= {"max_score": float(cell.metadata.nbgrader.points), "cell_type": cell.cell_type}
    else:
        text = {"source": cell.source, "checksum": cell.metadata.nbgrader.get("checksum")}
        new |= row | text | {"cell_type": cell.cell_type, "locked": bool(is_locked(cell))}
    connection.execute(insert(kind.__table__).values(**new))
    return new["id"]


def _delete(connection: Connection, kind: type, cell: str) -> int:
    """Delete a cell with all its rows; return how many of them were given by hand."""
    dropped = 0
    for table in ROWS[kind]:
        given = or_(*(getattr(table, column).is_not(None) for column in BY_HAND[table]))
        its_rows = table.cell_id == cell
        dropped += connection.scalar(select(func.count()).where(its_rows, given))
        connection.execute(delete(table.__table__).where(its_rows))
    connection.execute(delete(ANSWERS).where(ANSWERS.c.cell_id == cell))
    connection.execute(delete(kind.__table__).where(kind.__table__.c.id == cell))
    if issubclass(kind, BaseCell):
        names = BaseCell.__table__
        connection.execute(delete(names).where(names.c.id == cell))
    return dropped


def _copy(coursedir: CourseDirectory) -> Path:
    """Copy the gradebook, readable by its owner alone, and return the copy's path."""
    url = make_url(coursedir.db_url)
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    target = Path(coursedir.root, f"gradebook.db.before-migration-{now}")
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(url.database)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
        return target
    program = shutil.which("pg_dump")
    if program is None:
        target.unlink()
        raise RefusedError(
            "`course migrate` copies the gradebook first, and needs pg_dump for that, which is not "
            "installed. Nothing was changed."
        )
    plain = url.set(drivername="postgresql", password=None, query={})
    password = {} if url.password is None else {"PGPASSWORD": url.password}
    command = [program, "--file", str(target), "--dbname", plain.render_as_string()]
    done = subprocess.run(command, env=os.environ | password, capture_output=True, text=True)
    if done.returncode:
        target.unlink()
        raise RefusedError(
            f"The gradebook can't be copied: {done.stderr.strip()}. Nothing was changed."
        )
    return target
