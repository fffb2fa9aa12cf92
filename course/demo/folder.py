"""A class folder of its own for the sample class, so that no real class can be touched.

It has the course's settings, with its own gradebook, a secret that is known, so that scores are the
same wherever the sample is graded, and shorter limits, so that nobody waits long for endless loops.
"""

import shutil
from pathlib import Path

from course.build import CONFIG, notebooks
from course.demo.recipes import UNIT, recipes
from course.grading.judging.seeds import FILE, VARIABLE

SECRET = "the sample class, whose secret is no secret"
CELL_SECONDS, PATIENCE = 5.0, 0.3
SETTINGS = f"""
# The sample class keeps to its own folder and secret, and waits less for endless loops. Its
# students are the course's own, so it may be graded where no full sandbox can be had.
os.environ.pop({VARIABLE!r}, None)
c.CourseDirectory.db_url = f"sqlite:///{{root / 'gradebook.db'}}?timeout=60"
c.Exchange.root = str(root / "exchange")
c.RunAndAsk.require_sandbox = False
c.RunAndAsk.cell_seconds = {CELL_SECONDS}
c.RunAndAsk.patience = {PATIENCE}
"""


def make_class(root: Path, folder: Path) -> None:
    """Make the class folder afresh: settings, notebooks, and what the twelve handed in.

    root: the course's folder, whose settings are taken.
    folder: where to; an older sample class there is removed, anything else is left as it is.
    """
    config = root / CONFIG
    if not config.is_file():
        raise ValueError(f"root: expected a folder with {CONFIG}, got {root.resolve()}")
    _clear(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(SECRET, encoding="utf-8")
    (folder / FILE).chmod(0o600)
    settings = config.read_text(encoding="utf-8") + SETTINGS
    (folder / CONFIG).write_text(settings, encoding="utf-8")
    source, released = notebooks(UNIT, folder)
    source.write()
    released.write()
    for recipe in recipes():
        place = folder / "submitted" / recipe.student / UNIT
        place.mkdir(parents=True)
        (place / f"{UNIT}.ipynb").write_bytes(recipe.hand_in(released.text))


def _clear(folder: Path) -> None:
    """Remove an older sample class; ValueError for anything else that is there."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    mark = folder / FILE
    if not mark.is_file() or mark.read_text(encoding="utf-8") != SECRET:
        raise ValueError(
            f"folder: expected a new or empty folder, or an older sample class; got {folder}"
        )
    shutil.rmtree(folder)
