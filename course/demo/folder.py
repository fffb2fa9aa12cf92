"""A separate class folder for the sample class, so that no real class can be touched.

It has the course's settings, but its own gradebook; a fixed secret, so that the scores are the same
on every machine; and shorter time limits, so that endless loops are stopped sooner.
"""

import shutil
from pathlib import Path

from course.build import notebooks
from course.demo.recipes import UNIT, recipes
from course.grading.course_folder import course_directory
from course.grading.judging.seeds import FILE, VARIABLE
from course.grading.private_files import make_private_folders
from course.settings import CONFIG, require_course

SECRET = "the sample class, whose secret is no secret"
CELL_SECONDS, PATIENCE = 5.0, 0.3
SETTINGS = f"""
# The sample class uses its own folder and secret, and shorter time limits. The course itself wrote
# the submissions, so they may be graded on a machine that has no full sandbox.
os.environ.pop({VARIABLE!r}, None)
c.CourseDirectory.db_url = f"sqlite:///{{root / 'gradebook.db'}}?timeout=60"
c.Exchange.root = str(root / "exchange")
c.RunAndAsk.require_sandbox = False
c.RunAndAsk.cell_seconds = {CELL_SECONDS}
c.RunAndAsk.patience = {PATIENCE}
"""


def make_class(root: Path, folder: Path) -> None:
    """Create the class folder afresh: settings, notebooks and the twelve submissions.

    root: the course folder, whose settings are used.
    folder: the folder to create; an older sample class in it is replaced, anything else refused.
    """
    require_course(root)
    _clear(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(SECRET, encoding="utf-8")
    (folder / FILE).chmod(0o600)
    settings = (root / CONFIG).read_text(encoding="utf-8") + SETTINGS
    (folder / CONFIG).write_text(settings, encoding="utf-8")
    source, released = notebooks(UNIT, folder)
    source.write()
    released.write()
    make_private_folders(course_directory(folder))
    for recipe in recipes():
        place = folder / "submitted" / recipe.student / UNIT
        place.mkdir(parents=True)
        (place / f"{UNIT}.ipynb").write_bytes(recipe.hand_in(released.text))


def _clear(folder: Path) -> None:
    """Remove an older sample class; ValueError if the folder contains anything else."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    mark = folder / FILE
    if not mark.is_file() or mark.read_text(encoding="utf-8") != SECRET:
        raise ValueError(
            f"folder: expected a new or empty folder, or an older sample class; got {folder}"
        )
    shutil.rmtree(folder)
