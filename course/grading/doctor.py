"""Check whether this machine is ready for grading, and say how to fix what is missing."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from glob import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shlex import quote

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from course.exercises.units import UNITS
from course.grading import RefusedError, course_folder
from course.grading.gradebook.connection import display_url, exists
from course.grading.gradebook.notes import (
    edition_of,
    notes,
    other_editions,
    units_with_grades,
)
from course.grading.judging.edition import edition
from course.grading.judging.seeds import FILE
from course.grading.preflight import require_gradebook
from course.grading.private_files import gradebook_file, is_open, private_folders
from course.grading.process.worker import Worker
from course.grading.sandbox import Level, SandboxError, available_level
from course.grading.submission.quarantine import QUARANTINE
from course.grading.submission.receipts import FOLDER as RECEIPTS
from course.parts import install

PACKAGES = ("numpy", "matplotlib", "jupyterlab", "ipykernel", "nbgrader", "nbconvert", "rich")
# A gradebook that has been used for longer than this since its last copy needs a new one.
BACKUP_DAYS, DAY = 7, 86400.0


@dataclass(frozen=True)
class Check:
    """What was examined, what was found, whether that will do, and how to fix it if not."""

    name: str
    found: str
    good: bool = True
    advice: str = ""


def examine(root: Path) -> list[Check]:
    """Check versions, the sandbox, and the course folder `root`; change nothing."""
    python = ".".join(map(str, sys.version_info[:3]))
    checks = [
        Check("Python", python, sys.version_info >= (3, 11), "Install Python 3.11 or newer."),
        *map(_package, PACKAGES),
        _sandbox(),
        _selftest(),
        _alembic(),
    ]
    try:
        coursedir = course_folder.course_directory(root)
    except (ValueError, RefusedError) as error:
        return [*checks, Check("course folder", str(error), False)]
    return [
        *checks,
        _notebooks(coursedir),
        _gradebook(coursedir),
        _secret(coursedir),
        _privacy(coursedir),
        _backup(coursedir),
        *_editions(coursedir),
    ]


def _package(name: str) -> Check:
    try:
        return Check(name, version(name))
    except PackageNotFoundError:
        return Check(name, "not installed", False, install("grading"))


def _sandbox() -> Check:
    level, reason = available_level()
    advice = "Grade on Linux 5.13 or newer, or set c.RunAndAsk.require_sandbox = False."
    return Check("sandbox", f"{level.value} ({reason})", level is Level.FULL, advice)


def _selftest() -> Check:
    """Let a sandboxed process try to escape, at the best level this machine offers."""
    advice = "Don't grade here; docs/security.md says what the sandbox needs."
    try:
        with Worker(next(iter(UNITS)), require=Level.LIMITS) as worker:
            worker.start()
    except SandboxError as error:
        return Check("sandbox self-test", str(error), False, advice)
    return Check("sandbox self-test", "nothing got out")


def _alembic() -> Check:
    beside = Path(sys.executable).parent / "alembic"
    path = str(beside) if beside.exists() else shutil.which("alembic")
    advice = "nbgrader needs it to make a gradebook: pip install alembic"
    return Check("alembic", path or "not found", path is not None, advice)


def _notebooks(coursedir: CourseDirectory) -> Check:
    units = course_folder.units(coursedir)
    return Check("units", ", ".join(units) or "none built", bool(units), "Run `course build`.")


def _gradebook(coursedir: CourseDirectory) -> Check:
    try:
        require_gradebook(coursedir.db_url)
    except RefusedError as error:
        return Check("gradebook", str(error), False)
    place = display_url(coursedir.db_url)
    if not exists(coursedir.db_url):
        return Check("gradebook", f"{place} (made when the first unit is graded)")
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        return Check("gradebook", f"{place}: {len(gradebook.students)} students")


def _editions(coursedir: CourseDirectory) -> Iterator[Check]:
    """Say by which edition of the question bank each unit was graded, if it was."""
    for unit, students in units_with_grades(coursedir).items():
        noted = (notes(coursedir, unit, student).values() for student in students)
        found = Counter(edition_of(its_notes) for its_notes in noted if its_notes)
        if unit in UNITS and found:
            others = other_editions(unit, found)
            yield Check(f"grades of {unit}", others or f"all by edition {edition(unit)}")


def _secret(coursedir: CourseDirectory) -> Check:
    path = Path(coursedir.root, FILE)
    if not path.exists():
        return Check("class secret", "none yet (made when the first unit is graded)")
    return Check("class secret", str(path))


def _privacy(coursedir: CourseDirectory) -> Check:
    """Look for anything of the class that other users of this machine may read."""
    gradebook = gradebook_file(coursedir)
    places = [
        *private_folders(coursedir),
        *(Path(coursedir.root, name) for name in (FILE, RECEIPTS, QUARANTINE)),
        *([] if gradebook is None else [gradebook, *_copies(gradebook)]),
    ]
    found = [path for path in places if path.exists()]
    readable = [path for path in found if is_open(coursedir, path)]
    if not readable:
        return Check("privacy", f"{len(found)} files and folders, for the grader only")
    listed = " ".join(quote(str(path)) for path in readable)
    others = "o-rwx" if coursedir.groupshared else "go-rwx"
    return Check("privacy", f"open to other users: {listed}", False, f"chmod {others} {listed}")


def _backup(coursedir: CourseDirectory) -> Check:
    """Look for a copy of the gradebook that isn't much older than its last change."""
    name, gradebook = "backup", gradebook_file(coursedir)
    if gradebook is None:
        return Check(name, "left to the database server")
    if not gradebook.exists() or not gradebook.stat().st_size:
        return Check(name, "nothing to copy yet")
    copies = _copies(gradebook)
    newest = max(copies, key=_changed, default=None)
    # A class without any copy began when its secret was made.
    since = newest or Path(coursedir.root, FILE)
    overdue = since.exists() and _changed(gradebook) - _changed(since) > BACKUP_DAYS * DAY
    found = "no copy of the gradebook" if newest is None else f"newest copy: {newest}"
    place = quote(str(gradebook))
    advice = f"cp -p {place} {place}.$(date +%F), and keep a copy on another disk"
    return Check(name, found, not overdue, advice)


def _copies(gradebook: Path) -> list[Path]:
    """Return the copies beside a gradebook, named as `nbgrader db upgrade` names its own."""
    return sorted(gradebook.parent.glob(f"{escape(gradebook.name)}.*"))


def _changed(path: Path) -> float:
    return path.stat().st_mtime
