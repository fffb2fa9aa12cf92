"""Secret seeds: the same on a regrade, different for every student and exercise.

They are derived from one secret of the class, which is kept beside the gradebook and created on
first use. It is never sent anywhere: a worker gets a student's key, the student's process nothing.
"""

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

import numpy as np

FILE = "nbgrader_secret"
VARIABLE = "COURSE_SECRET"


def class_secret(root: Path) -> bytes:
    """Return the secret of the class in `root`: $COURSE_SECRET, or a file made on first use."""
    given = os.environ.get(VARIABLE)
    if given:
        return given.encode()
    path = root / FILE
    if not path.exists():
        _make(path)
    return path.read_bytes()


def student_key(secret: bytes, student: str) -> bytes:
    return hmac.digest(secret, f"student {student}".encode(), hashlib.sha256)


def generator(key: bytes, exercise: str) -> np.random.Generator:
    """Return the source of an exercise's secret questions, for the student with this key."""
    digest = hmac.digest(key, f"exercise {exercise}".encode(), hashlib.sha256)
    return np.random.default_rng(int.from_bytes(digest))


def _make(path: Path) -> None:
    # Only its owner can read a temporary file. Linking fails if another process was faster.
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{FILE}-")
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
