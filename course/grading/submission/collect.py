"""Collect from nbgrader's exchange without believing what students wrote there.

A student's own process writes a submission into the exchange: the student chooses its content and
the time in its folder's name and in timestamp.txt. What no student can set back is the time at
which the file system last saw a file change: that is when it was received. Nor can a student make a
folder that belongs to another user: a folder that isn't its student's own is quarantined, and an
earlier one that is counts. Only plain files are copied; links and other things are replaced by
empty stand-ins, which `quarantine` finds.
"""

import os
import shutil
import stat
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default.collect import ExchangeCollect
from traitlets import Bool, Float

from course.grading.private_files import make_private_folder, make_private_folders
from course.grading.submission.quarantine import QUARANTINE
from course.grading.submission.submitted import READING, TIMESTAMP, printable_name, time_of

try:
    import pwd
except ModuleNotFoundError:  # Windows
    pwd = None

# The folder in quarantine/ for what was never in submitted/.
EXCHANGE = "exchange"


class TrustedCollect(ExchangeCollect):
    """nbgrader's collector, with the owner, the time of receipt and plain files only.

    nbgrader's setting `check_owner` decides whether owners are looked at. Set it to False if all
    students are one user of the system, as on some hubs; then the hub alone keeps them apart.
    """

    files_tell_time = Bool(
        True,
        help="take the time of receipt from the exchange's files; False after the exchange was "
        "copied or restored, which makes all of them look new",
    ).tag(config=True)
    tolerance = Float(
        60.0, help="seconds that a submission's own time and its receipt may differ by"
    ).tag(config=True)

    def init_src(self) -> None:
        self._foreign: dict[str, str] = {}
        make_private_folders(self.coursedir)
        super().init_src()
        for name, owner in self._foreign.items():
            self._quarantine(name, owner)
        for record in list(self.src_records):
            name = record["username"]
            if record["filename"] in self._foreign:
                self.src_records.remove(record)
            elif not name or name.startswith("."):
                shown = printable_name(record["filename"])
                self.log.error("%s names no student and is not collected", shown)
                self.src_records.remove(record)

    def _quarantine(self, name: str, owner: str) -> None:
        """Put a copy of a folder that isn't its student's own where the instructor can see it."""
        shown = printable_name(name)
        place = Path(self.coursedir.root, QUARANTINE, EXCHANGE, shown)
        self.log.error(
            "%s belongs to the user %s, not to the student it names, and is not collected; a copy "
            "is in %s. If all students are one user of this system, set "
            "c.ExchangeCollect.check_owner = False in nbgrader_config.py.",
            shown,
            printable_name(owner),
            place,
        )
        try:
            if not place.exists():
                make_private_folder(self.coursedir, place.parent)
                most = 1000 * self.coursedir.max_dir_size
                _copy_plain(Path(self.inbound_path, name), place, most)
        except (OSError, RuntimeError) as error:
            self.log.error("%s could not be copied: %s", place, error)

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """Return the author of a folder of the exchange and when it was received."""
        name = os.path.basename(path)
        parts = name.rsplit("+", 3)
        student, when = parts[0], self.received(Path(path), parts[2])
        if self.check_owner and (owner := _owner(path)) not in (student, None):
            self._foreign[name] = owner
            # Of no student, so that it does not replace the student's own.
            student = ""
        return {"username": student, "filename": name, "timestamp": when}

    def received(self, folder: Path, claimed: str) -> datetime:
        """Return when a submission was received: the claimed time, unless its files disagree."""
        seen, said = _last_change(folder), time_of(claimed)
        if said is None:
            return seen
        near = abs((seen - said).total_seconds()) <= self.tolerance
        return said if near or not self.files_tell_time else seen

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy one submission and say when it was received; what can't be copied stays there."""
        name = os.path.basename(src)
        [record] = [record for record in self.src_records if record["filename"] == name]
        with tempfile.TemporaryDirectory() as made:
            plain = Path(made, "plain")
            try:
                others = _copy_plain(Path(src), plain, 1000 * self.coursedir.max_dir_size)
                super().do_copy(str(plain), dest)
                for path, target in others.items():
                    _stand_in(Path(dest, path), target)
            except (OSError, RuntimeError) as error:
                self.log.error("%s could not be copied: %s", src, error)
                os.makedirs(dest, exist_ok=True)
        stamp = Path(dest, TIMESTAMP)
        if os.path.lexists(stamp):
            stamp.unlink()
        stamp.write_text(f"{record['timestamp']:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="ascii")


def _owner(path: str) -> str | None:
    """Return the name of the user whose folder this is; None where users have no names."""
    if pwd is None:
        return None
    number = os.lstat(path).st_uid
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _last_change(folder: Path) -> datetime:
    """Return when the newest file of a submission was last changed, in UTC.

    Any student may change the folder itself, so it only counts if there is no file.
    """
    times = [
        os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_ctime
        for _, _, names, descriptor in os.fwalk(folder)
        for name in names
    ]
    newest = max(times, default=None) or folder.lstat().st_ctime
    return datetime.fromtimestamp(newest, UTC).replace(tzinfo=None)


def _copy_plain(source: Path, target: Path, most: int) -> dict[str, str | None]:
    """Copy plain files; return the rest by path: the target of a link, None for anything else.

    The student may change things during this, so no file is checked by name and then opened.
    """
    others: dict[str, str | None] = {}
    for root, folders, names, descriptor in os.fwalk(source):
        here = os.path.relpath(root, source)
        (target / here).mkdir(parents=True, exist_ok=True)
        for name in [*names, *folders]:
            path = os.path.normpath(os.path.join(here, name))
            mode = os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode
            if stat.S_ISLNK(mode):
                others[path] = os.readlink(name, dir_fd=descriptor)
            elif not stat.S_ISDIR(mode):
                copied = _copy_file(name, descriptor, target / path, most)
                if copied is None:
                    others[path] = None
                else:
                    most -= copied
    return others


def _copy_file(name: str, folder: int, target: Path, most: int) -> int | None:
    """Copy a plain file with a single name and at most `most` bytes; return its size."""
    try:
        descriptor = os.open(name, READING, dir_fd=folder)
    except OSError:
        return None
    with open(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            return None
        if found.st_size > most:
            raise RuntimeError("it is too large")
        with target.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        return found.st_size


def _stand_in(path: Path, target: str | None) -> None:
    """Put a link in a link's place, or a pipe in the place of any other special file."""
    if path.parent.is_dir() and not os.path.lexists(path):
        if target is None:
            os.mkfifo(path)
        else:
            path.symlink_to(target)
