"""A course folder as nbgrader sees it: what its units hold, and what is released with them."""

import json
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files

from course.exercises.unit_names import unit_called as unit_named
from course.grading import RefusedError
from course.grading.notebook.lesson import Lesson, lesson
from course.grading.submission.submitted import SECRET, TIMESTAMP
from course.settings import CONFIG, SettingsError, require_course, settings


def course_directory(root: Path) -> CourseDirectory:
    """Return nbgrader's view of the course in `root`, as its nbgrader_config.py sets it."""
    root = root.resolve()
    require_course(root)
    try:
        return CourseDirectory(config=settings(root), root=str(root))
    except SettingsError as error:
        raise RefusedError(str(error)) from error
    except Exception as error:
        raise RefusedError(f"{root / CONFIG} fails: {type(error).__name__}: {error}") from error


def units(coursedir: CourseDirectory) -> list[str]:
    """Return the units that have a source notebook."""
    folder = Path(coursedir.root, coursedir.source_directory)
    return sorted({path.parent.name for path in folder.glob("*/*.ipynb")})


def unit_called(coursedir: CourseDirectory, name: str) -> str:
    """Return the unit of this course folder that a person means by `name`; else ValueError."""
    known = units(coursedir)
    if not known:
        folder = Path(coursedir.root, coursedir.source_directory)
        raise ValueError(f"there is no unit in {folder} yet; run `course build`")
    return unit_named(name, known)


def source_folder(coursedir: CourseDirectory, unit: str) -> Path:
    return Path(coursedir.format_path(coursedir.source_directory, ".", unit))


def notebook_names(coursedir: CourseDirectory, unit: str) -> list[str]:
    """Return the names, without .ipynb, of the notebooks that belong to a unit."""
    folder = source_folder(coursedir, unit)
    names = sorted(path.stem for path in folder.glob("*.ipynb"))
    if not names:
        raise ValueError(f"unit: {unit!r} has no notebook in {folder}; run `course build`")
    return names


def known_files(coursedir: CourseDirectory, unit: str) -> set[str]:
    """Return the files a submission may have: notebooks, released files, the exchange's own."""
    notebooks = {f"{name}.ipynb" for name in notebook_names(coursedir, unit)}
    return notebooks | set(materials(coursedir, unit)) | {TIMESTAMP, SECRET}


def materials(coursedir: CourseDirectory, unit: str) -> dict[str, bytes]:
    """Return the files that are released together with a unit's notebooks, by name."""
    folder = source_folder(coursedir, unit)
    files = map(Path, find_all_files(str(folder), [*coursedir.ignore, "*.ipynb"]))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def lessons(coursedir: CourseDirectory) -> list[Lesson]:
    """Return all notebooks of the course."""
    folder = Path(coursedir.root, coursedir.source_directory)
    return [
        lesson(path.parent.name, path.stem, json.loads(path.read_bytes()))
        for path in sorted(folder.glob("*/*.ipynb"))
    ]
