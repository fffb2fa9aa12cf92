"""The course itself as a wheel, made from the running installation.

A wheel of pure Python is a zip with the package's files and the installation's metadata, so neither
a build tool nor a source checkout is needed.
"""

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import course

DISTRIBUTION = "feedforward-course"
WHEEL = "Wheel-Version: 1.0\nGenerator: course\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}


def wheel_name() -> str:
    return f"{_stem(distribution(DISTRIBUTION))}-py3-none-any.whl"


def wheel_files() -> dict[str, bytes]:
    """Return the content of the wheel's files, by their path in it."""
    installed = distribution(DISTRIBUTION)
    folder = f"{_stem(installed)}.dist-info"
    files = dict(_package())
    files[f"{folder}/METADATA"] = (installed.read_text("METADATA") or "").encode()
    files[f"{folder}/WHEEL"] = WHEEL.encode()
    files[f"{folder}/entry_points.txt"] = (installed.read_text("entry_points.txt") or "").encode()
    record = f"{folder}/RECORD"
    lines = [_recorded(name, content) for name, content in files.items()]
    files[record] = "".join([*lines, f"{record},,\n"]).encode()
    return files


def _stem(installed: Distribution) -> str:
    return f"{DISTRIBUTION.replace('-', '_')}-{installed.version}"


def _package() -> Iterator[tuple[str, bytes]]:
    top = Path(course.__file__).parent
    for path in sorted(top.rglob("*")):
        inside = path.relative_to(top.parent)
        if path.is_file() and not LEFT_OUT & set(inside.parts):
            yield inside.as_posix(), path.read_bytes()


def _recorded(name: str, content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}\n"
