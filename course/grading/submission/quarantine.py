"""Put aside what doesn't belong into a submission: links, special files, strangers.

nbgrader copies every file beside a notebook into autograded/ and from there into the feedback, and
follows links when it does: a link to the gradebook would be handed back to the student. So before
anything is read, all but plain files that are known goes to quarantine/UNIT/STUDENT/. Nothing is
opened or followed for that, and what was put aside of a submission can be looked up afterwards.
"""

import fnmatch
import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from course.grading.limits import (
    FILE_BYTES,
    LISTED_QUARANTINED,
    QUARANTINED_NAME_BYTES,
    STAMP_BYTES,
)
from course.grading.notebook.reading import UnreadableError, reduced
from course.grading.submission.receipts import receipt_of
from course.grading.submission.submitted import (
    SECRET,
    TIMESTAMP,
    Submission,
    printable_name,
    read,
    received,
)

QUARANTINE = "quarantine"


def put_aside(
    coursedir: CourseDirectory, unit: str, one: Submission, known: Collection[str]
) -> None:
    """Move all that is not a plain file, or is none of `known`, out of a submission's folder.

    Clutter that nbgrader is told to ignore stays, and so do notebooks of other names: nobody reads
    them. In place of a known notebook, or of the whole folder, something empty is left, so that its
    author is graded all the same. OSError where something can't be moved.
    """
    if one.folder.is_symlink() or not one.folder.is_dir():
        _move(one.folder, _place(coursedir, unit, one), unit)
        one.folder.mkdir()
        for path in known:
            if path.endswith(".ipynb"):
                (one.folder / path).touch()
    _open_up(one.folder)
    for path in list(_strangers(one.folder, "", set(known), coursedir.ignore)):
        if path not in known or not _is_the_first_name(coursedir, one.folder / path):
            _put(coursedir, unit, one, path)


def remarks(coursedir: CourseDirectory, unit: str, one: Submission) -> list[str]:
    """Say of each thing that was put aside what it is, in sentences for its author.

    What was unusual about the upload, if a learning platform handed it on, comes first.
    """
    receipt = receipt_of(coursedir, unit, one)
    uploaded = receipt.remarks if receipt else ()
    aside = list(_aside(coursedir, unit, one))
    said = [f"{name} is {what} and was put aside." for name, what in aside[:LISTED_QUARANTINED]]
    more = len(aside) - len(said)
    return [*uploaded, *said, *([f"{more} more were put aside."] if more else [])]


def instead(
    coursedir: CourseDirectory, unit: str, one: Submission, name: str
) -> tuple[bytes | None, str | None]:
    """Return what counts of a submitted notebook, as JSON, and why there is none; one is None.

    Outputs and all else that can't count are left out here, before anything is sent anywhere.
    """
    # One byte more shows that it is too large.
    content, problem = read(one.folder, name, FILE_BYTES + 1)
    if not content:
        for found, what in _aside(coursedir, unit, one):
            if found in (name, unit):
                return None, f"{found} is {what}; it was put aside and not read."
        return content, problem
    try:
        return reduced(content, name), None
    except UnreadableError as unreadable:
        return None, str(unreadable)


def _strangers(
    folder: Path, prefix: str, known: Collection[str], ignored: Collection[str]
) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            unread = any(fnmatch.fnmatch(entry.name, pattern) for pattern in ignored)
            if entry.is_dir(follow_symlinks=False):
                if any(one.startswith(f"{path}/") for one in known):
                    yield from _strangers(Path(entry.path), f"{path}/", known, ignored)
                elif not unread:
                    yield path
            elif not _is_plain(entry.stat(follow_symlinks=False)):
                yield path
            elif path == TIMESTAMP:
                if received(folder) is None:
                    yield path
            elif path not in known and not unread and not path.endswith(".ipynb"):
                yield path


def _is_the_first_name(coursedir: CourseDirectory, path: Path) -> bool:
    """Whether a file with several names belongs here; then the others lose it.

    Who gives someone else's submission another name changes the other's folder last. A file that
    has names elsewhere too belongs nowhere here.
    """
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_nlink == 1:
        return False
    submitted = Path(coursedir.root, coursedir.submitted_directory)
    names = [one for one in _files(submitted, depth=3) if os.path.samestat(one.lstat(), found)]
    if len(names) < found.st_nlink:
        return False
    if min(names, key=lambda name: name.parent.stat().st_ctime_ns) != path:
        return False
    for name in names:
        if name != path:
            other = Submission(name.parent.parent.name, name.parent)
            _put(coursedir, name.parent.name, other, name.name)
    copy = path.with_name(f"{path.name}~")
    copy.write_bytes(path.read_bytes())
    copy.rename(path)
    return True


def _files(folder: Path, depth: int) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if depth == 1:
                yield Path(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), depth - 1)


def _put(coursedir: CourseDirectory, unit: str, one: Submission, path: str) -> None:
    _move(one.folder / path, _place(coursedir, unit, one), path.replace("/", "--"))
    if path.endswith(".ipynb"):
        (one.folder / path).touch()


def _is_plain(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1


def _move(path: Path, place: Path, name: str) -> None:
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.is_dir() and not path.is_symlink():
        # To move a folder one has to be allowed to write in it.
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


def _place(coursedir: CourseDirectory, unit: str, one: Submission) -> Path:
    """Return where the things of this submission go; of one handed in later, to another place.

    The exchange puts a new secret into each submission.
    """
    content = None if one.folder.is_symlink() else read(one.folder, SECRET, STAMP_BYTES)[0]
    which = hashlib.sha256(content or b"").hexdigest()[:12]
    return Path(coursedir.root, QUARANTINE, unit, one.student, which)


def _aside(coursedir: CourseDirectory, unit: str, one: Submission) -> Iterator[tuple[str, str]]:
    place = _place(coursedir, unit, one)
    if not place.is_dir():
        return
    for name in sorted(os.listdir(place)):
        known = printable_name(name.replace("--", "/"))
        yield known, _what(known, (place / name).lstat())


def _what(name: str, found: os.stat_result) -> str:
    if stat.S_ISLNK(found.st_mode):
        return "a link"
    if stat.S_ISDIR(found.st_mode):
        return "a folder that was not asked for"
    if not stat.S_ISREG(found.st_mode):
        return "a special file"
    # Nothing else is wrong with a notebook that is a file.
    if found.st_nlink > 1 or name.endswith(".ipynb"):
        return "a file with several names"
    return "a file without a time" if name == TIMESTAMP else "a file that was not asked for"
