"""What a learning platform called a submission, and what its author should be told about it.

`course collect` writes a receipt for each submission to receipts/UNIT/, outside the folders that
nbgrader copies. It is valid for that content only, not for a later submission.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from course.grading.limits import FILE_BYTES
from course.grading.private_files import file_mode, make_private_folder
from course.grading.submission.submitted import Submission, read

FOLDER = "receipts"


@dataclass(frozen=True)
class Receipt:
    """A collected submission.

    upload: the folder, or the beginning of the file's name, by which the platform knows it.
    keys: the names by which the platform may know its author.
    digests: of each file's content, by name.
    remarks: sentences for its author.
    """

    platform: str
    upload: str
    keys: tuple[str, ...]
    digests: Mapping[str, str]
    remarks: tuple[str, ...] = ()

    def save(self, coursedir: CourseDirectory, unit: str, student: str) -> None:
        path = _path(coursedir, unit, student)
        make_private_folder(coursedir, path.parent)
        # Always the same name, so that a run that was killed leaves nothing behind it.
        fresh = path.with_name(f".{path.name}~")
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
        fresh.chmod(file_mode(coursedir))
        os.replace(fresh, path)


def receipts(coursedir: CourseDirectory, unit: str) -> dict[str, Receipt]:
    """Return a unit's receipts by student."""
    found = sorted(Path(coursedir.root, FOLDER, unit).glob("[!.]*.json"))
    return {path.stem: receipt for path in found if (receipt := _read(path))}


def receipt_of(coursedir: CourseDirectory, unit: str, submission: Submission) -> Receipt | None:
    """Return a submission's receipt; None if its content is not what was collected."""
    receipt = _read(_path(coursedir, unit, submission.student))
    if receipt is None:
        return None
    for name, known in receipt.digests.items():
        content, _ = read(submission.folder, name, FILE_BYTES + 1)
        if content is None or digest(content) != known:
            return None
    return receipt


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _path(coursedir: CourseDirectory, unit: str, student: str) -> Path:
    return Path(coursedir.root, FOLDER, unit, f"{student}.json")


def _read(path: Path) -> Receipt | None:
    try:
        said = json.loads(path.read_bytes())
        lists = {"keys": tuple(said["keys"]), "remarks": tuple(said["remarks"])}
        return Receipt(**said | lists)
    except (OSError, ValueError, KeyError, TypeError):
        return None
