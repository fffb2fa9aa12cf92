"""The part of the course that a student's process may see.

For each unit a folder is filled with copies: what notebooks call, the questions' engine, and from
`course.nn` the given modules and the earlier units. It contains no answers of this unit or later
ones, no secret questions, and nothing of the grader but the student's side.
"""

import shutil
from pathlib import Path

import course
from course.exercises.units import UNITS, module_of, open_modules
from course.grading.sandbox.paths import interpreter

SOURCE = Path(course.__file__).parent

# An allow-list: everything else stays out, including anything added to the package later.
STUDENTS_SIDE = (
    "__init__.py",
    "check.py",
    "data",
    "exercises/__init__.py",
    "exercises/engine",
    "exercises/frozen",
    "figures",
    "grading/__init__.py",
    "grading/limits.py",
    "grading/sandbox",
    "grading/student_process",
    "nn/__init__.py",
)
# Below an interpreter's libraries; the last for a grant that is such a folder itself.
PACKAGES = (
    "python3*/site-packages",
    "python3*/dist-packages",
    "*/lib/python3*/site-packages",
    "../site-packages",
    "../dist-packages",
)
# scikit-learn has all digits, also those that are held out for the capstone; and there may be
# another copy of this course.
ANSWERS = ("sklearn/datasets/data/digits.csv.gz", "course")
CACHE = "__pycache__"
ANSWERS_APART = ("course.exercises.held_out", "course.exercises.right")


def stage(unit: str, folder: Path) -> Path:
    """Fill `folder` with the package `course` as students' processes of `unit` see it."""
    target = folder / "course"
    for name in (*STUDENTS_SIDE, *(f"nn/{module}.py" for module in open_modules(unit))):
        source, copy = SOURCE / name, target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=_orphans)
        elif source.exists():
            shutil.copy(source, copy)
    return target


def _orphans(folder: str, names: list[str]) -> list[str]:
    """Return the compiled modules whose source is gone: nobody knows what is in them."""
    if Path(folder).name != CACHE:
        return []
    sources = {path.stem for path in Path(folder).parent.glob("*.py")}
    return [name for name in names if name.partition(".")[0] not in sources]


def answers_elsewhere() -> list[Path]:
    """Return what contains answers in any folder of packages that a session may read.

    These are the folders of this environment, of the Python it was made from, and of the system.
    """
    found = {
        path for folder in readable_packages() for name in ANSWERS for path in folder.glob(name)
    }
    return sorted(path for path in found if path != SOURCE)


def readable_packages() -> set[Path]:
    """Return the folders of installed packages among what a session may read."""
    found = {path for root in interpreter() for name in PACKAGES for path in root.glob(name)}
    return {path.resolve() for path in found if path.is_dir()}


def closed_modules(unit: str) -> list[str]:
    """Return what a student's code must not be able to import: answers, questions, the grader."""
    order = list(UNITS.values())
    later = order[order.index(module_of(unit)) :]
    answers = [f"course.nn.{module}" for module in later]
    questions = [f"course.exercises.{module}" for module in order]
    return [*answers, *questions, "course.grading.grade", *ANSWERS_APART]
