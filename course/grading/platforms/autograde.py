"""Grade the one submission in Gradescope's container and write its results.json.

`run_autograder` runs this as a module. Whatever a student submits gets a definite score with a
reason. If the grader itself can't work, it writes no results.json, so that Gradescope reports a
failure of the autograder to the instructor and gives no score.
"""

import base64
import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import determine_grade

from course.grading.grade import grade_submission
from course.grading.judging.results import Graded, below_full
from course.grading.judging.seeds import student_key
from course.grading.limits import FILE_BYTES
from course.grading.notebook.cells import exercise_of
from course.grading.notebook.lesson import lesson
from course.grading.platforms.archive import ArchiveError, Download, opened
from course.grading.platforms.autograder import UNIT_FILE
from course.grading.platforms.collect import chosen_of, uploads_in
from course.grading.platforms.layout import Layout
from course.grading.process.limits import SubmissionLimits
from course.grading.process.worker import Worker
from course.grading.sandbox import Level
from course.grading.submission.submitted import printable_name
from course.grading.submission.submitted_file import SubmittedFile

FOLDER = Layout("", "", re.compile(r"^(?P<upload>[^/]+)/(?P<file>.+)$"), one_attempt=True)


def autograde(folder: Path) -> None:
    """Grade `folder`/submission with the settings in `folder`/source."""
    unit = json.loads((folder / "source" / UNIT_FILE).read_bytes())
    key = student_key(bytes.fromhex(unit["secret"]), _author(folder))
    with Worker(
        unit["unit"], SubmissionLimits(**unit["limits"]), require=Level(unit["require"])
    ) as worker:
        graded = list(_graded(folder, unit, key, worker))
    results = _results(graded, unit["visibility"])
    path = folder / "results" / "results.json"
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_name(f".{path.name}~")
    fresh.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def _author(folder: Path) -> str:
    """Return Gradescope's name for the author, so that a regrade asks the same questions."""
    try:
        said = json.loads((folder / "submission_metadata.json").read_bytes())
        return ", ".join(sorted(str(user["email"]) for user in said["users"]))
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _graded(folder: Path, unit: Mapping[str, Any], key: bytes, worker: Worker) -> Iterator[Graded]:
    released = unit["released"]
    materials = {name: base64.b64decode(content) for name, content in unit["materials"].items()}
    try:
        with opened(folder / "submission") as download:
            files = list(_submitted(download, unit["unit"], released))
    except ArchiveError as error:
        files = [SubmittedFile(f"{name}.ipynb", None, str(error)) for name in released]
    for notebook, file in zip(released.values(), files, strict=True):
        yield grade_submission(notebook, file, unit["unit"], key, worker, materials)


def _submitted(
    download: Download, unit: str, released: Mapping[str, Any]
) -> Iterator[SubmittedFile]:
    """Yield the file that counts for each notebook, or what is wrong if there is none."""
    known = [lesson(unit, name, notebook) for name, notebook in released.items()]
    uploads = list(uploads_in(download, FOLDER, known, unit, released, UTC))
    for name in released:
        remarks: list[str] = []
        used = chosen_of(unit, name, list(released), uploads, remarks)
        content = used.entry.read(FILE_BYTES + 1) if used else None
        problem = None if used else _nothing(name, [entry.name for entry in download.entries])
        yield SubmittedFile(f"{name}.ipynb", content, problem, tuple(remarks))


def _nothing(name: str, files: list[str]) -> str:
    these = ", ".join(printable_name(file) for file in files[:10])
    return f"No notebook of {name} was submitted. The submitted files: {these or 'none'}."


def _results(graded: list[Graded], visibility: str) -> dict[str, Any]:
    notes = [note for notebook in graded for note in (notebook.problem, *notebook.oddities) if note]
    levels = sorted({notebook.level for notebook in graded if notebook.level})
    notes += [text for level in levels if (text := below_full(level))]
    return {
        "execution_time": round(sum(notebook.seconds for notebook in graded)),
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "output": "\n".join(dict.fromkeys(notes)),
        "output_format": "text",
        "extra_data": {"sandbox": levels},
        "tests": [
            test for notebook in graded for test in (*_exercises(notebook), *_own_tests(notebook))
        ],
    }


def _exercises(graded: Graded) -> Iterator[dict[str, Any]]:
    for grade in graded.exercises:
        yield _test(grade.exercise, grade.earned, grade.points, grade.message)


def _own_tests(graded: Graded) -> Iterator[dict[str, Any]]:
    """Yield an instructor's own test cells, scored as nbgrader does, without their outputs."""
    for cell in graded.notebook["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        if mark.get("grade") and not mark.get("solution") and not exercise_of(cell):
            score, most = determine_grade(nbformat.from_dict(cell))
            yield _test(mark["grade_id"], score or 0.0, most, "")


def _test(name: str, score: float, most: float, text: str) -> dict[str, Any]:
    return {
        "name": name,
        "score": score,
        "max_score": most,
        "status": "passed" if score >= most else "failed",
        "output": text,
        "output_format": "text",
    }


def main() -> None:
    try:
        autograde(Path(sys.argv[1]))
    except Exception as error:
        # Only instructors see this; a traceback might show a question.
        said = str(error).splitlines()[0] if str(error) else ""
        print(f"The submission could not be graded: {type(error).__name__}: {said}")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
