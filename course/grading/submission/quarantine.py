"""Quarantine what doesn't belong in a submission: links, special files, unknown files.

nbgrader copies every file beside a notebook into autograded/ and from there into the feedback, and
follows links when it does: a link to the gradebook would be handed back to the student. So before
anything is read, everything but plain files of known names is moved to quarantine/UNIT/STUDENT/.
Nothing is opened or followed for that, and an instructor can look at it afterwards.
"""

import fnmatch
import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from course.grading.limits import (
    FILE_BYTES,
    LISTED_QUARANTINED,
    QUARANTINED_NAME_BYTES,
    STAMP_BYTES,
)
from course.grading.notebook.lesson import lesson, lesson_of, written
from course.grading.notebook.reading import UnreadableError, reduced
from course.grading.private_files import make_private_folder
from course.grading.submission.choice import Candidate, best_of
from course.grading.submission.receipts import receipt_of
from course.grading.submission.submitted import (
    SECRET,
    TIMESTAMP,
    Submission,
    is_notebook,
    names_unknown_zone,
    other_notebooks,
    printable_name,
    read,
    received,
    stamp_in,
)
from course.grading.submission.submitted_file import SubmittedFile

QUARANTINE = "quarantine"
# Folders that programs add.
CLUTTER = ("__MACOSX", ".ipynb_checkpoints")


def quarantine(
    coursedir: CourseDirectory, unit: str, submission: Submission, known: Collection[str]
) -> None:
    """Move everything that is not a plain file, or not one of `known`, out of a submission.

    Clutter that nbgrader is told to ignore stays, and so do notebooks of other names, which are not
    read. A known notebook, or the whole folder, is replaced by an empty one, so that the student is
    graded all the same. OSError if something can't be moved.
    """
    folder = submission.folder
    if folder.is_symlink() or not folder.is_dir():
        _move(coursedir, folder, _place(coursedir, unit, submission), unit)
        folder.mkdir()
        for path in known:
            if path.endswith(".ipynb"):
                (folder / path).touch()
    _open_up(folder)
    _lift_notebooks(folder, known)
    if any(_has_hard_links(folder / path) for path in _strangers(submission, known, coursedir)):
        _keep_first_owners(coursedir)
    for path in list(_strangers(submission, known, coursedir)):
        _put(coursedir, unit, submission, path)


def remarks(coursedir: CourseDirectory, unit: str, submission: Submission) -> list[str]:
    """Describe what was quarantined, in sentences for the student.

    What was unusual about the upload, if the submission is from a learning platform, comes first.
    """
    receipt = receipt_of(coursedir, unit, submission)
    uploaded = receipt.remarks if receipt else ()
    files = list(_quarantined(coursedir, unit, submission))
    listed = [f"{name} is {kind} and was quarantined." for name, kind in files[:LISTED_QUARANTINED]]
    if len(files) > len(listed):
        listed.append(f"{len(files) - len(listed)} more were quarantined.")
    return [*uploaded, *listed]


def notebook_of(
    coursedir: CourseDirectory,
    unit: str,
    submission: Submission,
    name: str,
    released: Mapping[str, dict[str, Any]],
) -> SubmittedFile:
    """Return the parts of the submitted notebook `name` that count, or why there are none.

    If there is no such notebook with work in it, one of another name beside it may be the one.
    Outputs and everything else that can't count are dropped here, before anything is sent anywhere.

    released: the unit's notebooks by name.
    """
    right = f"{name}.ipynb"
    content, problem = _content(coursedir, unit, submission, right)
    work = _work(content, name, released)
    others = other_notebooks(submission.folder, [f"{known}.ipynb" for known in released])
    if not others:
        return SubmittedFile(right, content, problem)
    if work:
        listed = ", ".join(map(printable_name, others))
        return SubmittedFile(right, content, oddities=(f"Beside {right}, not read: {listed}.",))
    found = {} if content is None else {right: content}
    found |= dict(_beside(submission.folder, others))
    works = {file: _work(its, name, released) for file, its in found.items()}
    candidates = [Candidate(file, work) for file, work in works.items() if work is not None]
    if not candidates:
        return SubmittedFile(right, content, problem)
    best, said = best_of(candidates, right)
    return SubmittedFile(right, found[candidates[best].file], oddities=tuple(said))


def _content(
    coursedir: CourseDirectory, unit: str, submission: Submission, name: str
) -> tuple[bytes | None, str | None]:
    # One more byte shows that it is too large.
    content, problem = read(submission.folder, name, FILE_BYTES + 1)
    if not content:
        for found, kind in _quarantined(coursedir, unit, submission):
            if found in (name, unit):
                return None, f"{found} is {kind}; it was quarantined and not read."
        return content, problem
    try:
        return reduced(content, name), None
    except UnreadableError as unreadable:
        return None, str(unreadable)


def _beside(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that count of notebooks that can be read, by name: a limited amount."""
    left = FILE_BYTES
    for name in names:
        content, _ = read(folder, name, left + 1)
        left -= len(content or b"")
        if left < 0:
            return
        try:
            yield name, reduced(content, printable_name(name))
        except UnreadableError:
            continue


def _work(content: bytes | None, name: str, released: Mapping[str, dict[str, Any]]) -> int | None:
    """Return how many cells of a notebook hold answers; None if it is not the released one."""
    if not content:
        return None
    notebook = json.loads(content)
    lessons = [lesson("", known, released[known]) for known in released]
    of = lesson_of(notebook, lessons)
    return written(notebook, released[name]) if of and of.name == name else None


# ----------------------------------------------------------------------- what doesn't belong there


def _strangers(
    submission: Submission, known: Collection[str], coursedir: CourseDirectory
) -> Iterator[str]:
    """Yield the paths that don't belong in a submission, relative to its folder."""
    return _strangers_in(submission.folder, "", known, coursedir.ignore)


def _strangers_in(
    folder: Path, prefix: str, known: Collection[str], ignored: Collection[str]
) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            unread = any(fnmatch.fnmatch(entry.name, pattern) for pattern in ignored)
            if entry.is_dir(follow_symlinks=False):
                if any(name.startswith(f"{path}/") for name in known):
                    yield from _strangers_in(Path(entry.path), f"{path}/", known, ignored)
                elif not unread:
                    yield path
            elif not _is_plain(entry.stat(follow_symlinks=False)):
                yield path
            elif path == TIMESTAMP:
                if received(folder) is None:
                    yield path
            elif path not in known and not unread and not is_notebook(path):
                yield path


def _lift_notebooks(folder: Path, known: Collection[str]) -> None:
    """Move notebooks out of the only folder in a submission that has no notebook beside it."""
    with os.scandir(folder) as entries:
        inside = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
    nested = [name for name, is_folder in inside.items() if is_folder and name not in CLUTTER]
    if any(map(is_notebook, inside)) or len(nested) != 1:
        return
    [name] = nested
    if any(path.startswith(f"{name}/") for path in known):
        return
    _open_up(folder / name)
    with os.scandir(folder / name) as entries:
        found = [entry for entry in entries if is_notebook(entry.name)]
    for entry in found:
        if _is_plain(entry.stat(follow_symlinks=False)):
            os.rename(entry.path, folder / entry.name)


def _is_plain(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1


# -------------------------------------------------------------------------------------- hard links


def _has_hard_links(path: Path) -> bool:
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and found.st_nlink > 1


def _keep_first_owners(coursedir: CourseDirectory) -> None:
    """Leave each file that several submissions share to the first of them.

    All owners are found before anything is moved: moving a file changes the times that tell who
    was first, and so grades would depend on the order of the students.
    """
    shared = hard_links(Path(coursedir.root, coursedir.submitted_directory))
    for owner, names in [(first_owner(names), names) for names in shared]:
        _keep_for(coursedir, owner, names)


def hard_links(submitted: Path) -> list[dict[Path, int]]:
    """Return the files below submitted/ with several names: when the folder of each name changed.

    A file that has names elsewhere too is not listed: it belongs in no submission.
    """
    names: dict[tuple[int, int], dict[Path, int]] = defaultdict(dict)
    counts = {}
    for path in _files(submitted, depth=3):
        found = path.lstat()
        if stat.S_ISREG(found.st_mode) and found.st_nlink > 1:
            inode = found.st_dev, found.st_ino
            names[inode][path] = path.parent.stat().st_ctime_ns
            counts[inode] = found.st_nlink
    return [paths for inode, paths in names.items() if len(paths) == counts[inode]]


def first_owner(names: Mapping[Path, int]) -> Path:
    """Return the name that a file had first, given when the folder of each name changed.

    To link to another student's file is to change one's own folder after the other's.
    """
    return min(names, key=lambda path: (names[path], path))


def _keep_for(coursedir: CourseDirectory, owner: Path, names: Collection[Path]) -> None:
    """Leave a file to `owner`, as a file of its own, and quarantine its other names."""
    for path in names:
        _open_up(path.parent)
        if path != owner:
            unit, student = path.parent.name, path.parent.parent.name
            _put(coursedir, unit, Submission(student, path.parent), path.name)
    descriptor, fresh = tempfile.mkstemp(dir=owner.parent, prefix=".", suffix="~")
    os.close(descriptor)
    shutil.copy(owner, fresh)
    os.replace(fresh, owner)


def _files(folder: Path, depth: int) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if depth == 1:
                yield Path(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), depth - 1)


# ---------------------------------------------------------------------------------- the quarantine


def _put(coursedir: CourseDirectory, unit: str, submission: Submission, path: str) -> None:
    place = _place(coursedir, unit, submission)
    _move(coursedir, submission.folder / path, place, path.replace("/", "--"))
    if path.endswith(".ipynb"):
        (submission.folder / path).touch()


def _move(coursedir: CourseDirectory, path: Path, place: Path, name: str) -> None:
    make_private_folder(coursedir, place)
    if path.is_dir() and not path.is_symlink():
        # Moving a folder needs permission to write in it.
        _open_up(path)
    short = os.fsdecode(os.fsencode(name)[:QUARANTINED_NAME_BYTES])
    target, count = place / short, 1
    while os.path.lexists(target):
        count += 1
        target = place / f"{short}~{count}"
    os.rename(path, target)


def _open_up(folder: Path) -> None:
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o700 != 0o700:
        folder.chmod(mode | 0o700)


def _place(coursedir: CourseDirectory, unit: str, submission: Submission) -> Path:
    """Return the folder of the quarantine for this submission; a later one gets another folder.

    They are told apart by the secret that the exchange puts into each submission.
    """
    folder = submission.folder
    secret = None if folder.is_symlink() else read(folder, SECRET, STAMP_BYTES)[0]
    digest = hashlib.sha256(secret or b"").hexdigest()[:12]
    return Path(coursedir.root, QUARANTINE, unit, submission.student, digest)


def _quarantined(
    coursedir: CourseDirectory, unit: str, submission: Submission
) -> Iterator[tuple[str, str]]:
    """Yield the name and the kind of each thing that was quarantined."""
    place = _place(coursedir, unit, submission)
    if not place.is_dir():
        return
    for name in sorted(os.listdir(place)):
        shown = printable_name(name.replace("--", "/"))
        kind = _kind(shown, (place / name).lstat())
        if name == TIMESTAMP and names_unknown_zone(stamp_in(place)):
            kind = "a file whose time zone isn't known, so it says no time,"
        yield shown, kind


def _kind(name: str, found: os.stat_result) -> str:
    if stat.S_ISLNK(found.st_mode):
        return "a link"
    if stat.S_ISDIR(found.st_mode):
        return "a folder that is not part of the assignment"
    if not stat.S_ISREG(found.st_mode):
        return "a special file"
    # Nothing else is wrong with a notebook that is a file, even if no other name is left by now.
    if found.st_nlink > 1 or name.endswith(".ipynb"):
        return "a file with several names"
    if name == TIMESTAMP:
        return "a file without a valid time"
    return "a file that is not part of the assignment"
