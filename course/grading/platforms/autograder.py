"""Write the autograder zip for Gradescope.

Its container layout (gradescope-autograders.readthedocs.io, "Autograder Specifications"): the zip's
files are /autograder/source, `setup.sh` runs when the image is built, `run_autograder` for each
submission in /autograder/submission, and the result is /autograder/results/results.json. The
class's own secret stays at home: the zip's secret is derived from it, for this unit alone.
"""

import base64
import hashlib
import hmac
import io
import json
import zipfile
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from course.grading import course_folder
from course.grading.judging.seeds import class_secret
from course.grading.platforms.wheel import wheel_files, wheel_name
from course.grading.preprocessors import RunAndAsk
from course.grading.private_files import write_private
from course.grading.released import released_notebook

UNIT_FILE = "unit.json"
CONSTRAINTS = "constraints.txt"
SCRIPTS = ("setup.sh", "run_autograder")
VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
# The same for everything in the zip, so that a unit always gives the same zip.
DATE = (2026, 1, 1, 0, 0, 0)


def write_autograder(
    coursedir: CourseDirectory, unit: str, path: Path, visibility: str = VISIBILITIES[0]
) -> None:
    """Write the zip; `visibility` says when students see the results on Gradescope."""
    if visibility not in VISIBILITIES:
        raise ValueError(
            f"--visibility: expected one of {', '.join(VISIBILITIES)}; got {visibility!r}"
        )
    settings = json.dumps(_settings(coursedir, unit) | {"visibility": visibility})
    scripts = files("course.grading.platforms") / "files"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in SCRIPTS:
            _put(archive, name, (scripts / name).read_bytes(), 0o755)
        _put(archive, UNIT_FILE, settings.encode(), 0o600)
        _put(archive, wheel_name(), _zipped(wheel_files()))
        constraints = Path(coursedir.root, CONSTRAINTS)
        if constraints.is_file():
            _put(archive, CONSTRAINTS, constraints.read_bytes())
    write_private(path, content.getvalue())


def _settings(coursedir: CourseDirectory, unit: str) -> dict[str, Any]:
    names = course_folder.notebook_names(coursedir, unit)
    grader = RunAndAsk(config=coursedir.config)
    materials = course_folder.materials(coursedir, unit)
    secret = hmac.digest(
        class_secret(Path(coursedir.root)), f"gradescope {unit}".encode(), hashlib.sha256
    )
    return {
        "unit": unit,
        "released": {name: released_notebook(coursedir, unit, name) for name in names},
        "materials": {n: base64.b64encode(content).decode() for n, content in materials.items()},
        "limits": asdict(grader.limits()),
        "require": grader.require().value,
        "secret": secret.hex(),
    }


def _zipped(contents: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            _put(archive, name, content)
    return made.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes, mode: int = 0o644) -> None:
    info = zipfile.ZipInfo(name, DATE)
    info.external_attr = (0o100000 | mode) << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)
