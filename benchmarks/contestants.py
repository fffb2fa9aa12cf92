"""Graders that are timed on the same class: each has a folder of its own and one command.

Plain nbgrader and otter execute the same notebooks in a kernel of their own. Their hidden tests ask
the same secret questions as the course's grader does, there in the kernel, where the reference lies
open; so all that is compared is how the work is done.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.build import notebooks
from course.grading.course_folder import CONFIG, course_directory
from course.grading.released import register

REPO = Path(__file__).parents[1]
PLAIN = """
from pathlib import Path
c = get_config()
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
c.ExecutePreprocessor.timeout = 60
"""
ASK = """\
import numpy
from course.exercises.engine.observe import observe
from course.exercises.engine.judge import judge
from course.exercises.engine.exercise import request
from course.exercises.units import exercise
_asked = exercise("{name}")
_keyed = _asked.answer_key(_asked.secret_questions(numpy.random.default_rng(1)))
_seen = [observe({name}, request(one.question, _asked.info.keyword_only)) for one in _keyed]
assert judge(_asked.info, _keyed, _seen).passed"""
OTTER_TEST = """\
OK_FORMAT = True
test = {{
    "name": "{name}",
    "points": None,
    "suites": [{{"cases": [{{"code": {code!r}, "hidden": True, "locked": False}}],
                "scored": True, "setup": "", "teardown": "", "type": "doctest"}}],
}}
"""
ENVIRONMENT = {
    "PYTHONPATH": str(REPO),
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
}


@dataclass(frozen=True)
class Used:
    """What a command took: seconds of the clock and of the processor, its children's too."""

    wall: float
    cpu: float


class Contestant:
    """A grader with a folder of its own, in which the class hands in."""

    name = ""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True)

    def hand_in(self, unit: str, work: Sequence[bytes]) -> None:
        """Put every student's notebook where this grader looks for it."""
        for number, content in enumerate(work):
            place = self.folder / "submitted" / student(number) / unit
            place.mkdir(parents=True)
            (place / f"{unit}.ipynb").write_bytes(content)

    def prepare(self, unit: str) -> None:
        """Do what an instructor does once for a unit."""

    def grade(self, unit: str, numbers: Sequence[int]) -> None:
        """Grade these students: one, or all who weren't graded yet."""
        raise NotImplementedError

    def run(self, *command: str | Path) -> None:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{self.name} failed:\n{done.stdout[-3000:]}")


def student(number: int) -> str:
    return f"student-{number:03}"


class Course(Contestant):
    """`course grade` with a number of workers."""

    def __init__(self, folder: Path, workers: int):
        super().__init__(folder)
        self.workers = workers
        self.name = f"course grade, {workers} worker{'s' * (workers > 1)}"
        shutil.copy(REPO / CONFIG, folder)

    def prepare(self, unit: str) -> None:
        for built in notebooks(unit, self.folder):
            built.write()
        register(course_directory(self.folder), unit)

    def grade(self, unit: str, numbers: Sequence[int]) -> None:
        only = ("--student", student(numbers[0])) if len(numbers) == 1 else ()
        workers = ("--workers", str(self.workers))
        self.run(sys.executable, "-m", "course", "grade", unit, *workers, *only)


class Nbgrader(Contestant):
    """`nbgrader autograde` as it comes; feedback would be a command of its own."""

    name = "nbgrader autograde"

    def __init__(self, folder: Path):
        super().__init__(folder)
        (folder / CONFIG).write_text(PLAIN)

    def prepare(self, unit: str) -> None:
        source = plain_source(unit)
        place = self.folder / "source" / unit
        place.mkdir(parents=True)
        nbformat.write(source, place / f"{unit}.ipynb")
        self.run(sys.executable, "-m", "nbgrader", "generate_assignment", unit)

    def grade(self, unit: str, numbers: Sequence[int]) -> None:
        which = student(numbers[0]) if len(numbers) == 1 else "*"
        self.run(sys.executable, "-m", "nbgrader", "autograde", unit, f"--student={which}")


class Otter(Contestant):
    """`otter run` on each notebook: no container; it has no batch without one."""

    name = "otter run"

    def __init__(self, folder: Path, command: Path):
        super().__init__(folder)
        self.command = command

    def version(self) -> str:
        ask = "from importlib.metadata import version; print(version('otter-grader'))"
        python = self.command.parent / "python"
        return subprocess.run([python, "-c", ask], capture_output=True, text=True).stdout.strip()

    def prepare(self, unit: str) -> None:
        tests = self.folder / unit / "tests"
        tests.mkdir(parents=True)
        for name in asked(plain_source(unit)):
            lines = ASK.format(name=name).splitlines()
            code = "\n".join(f">>> {line}" for line in lines)
            (tests / f"{name}.py").write_text(OTTER_TEST.format(name=name, code=code))
        made = self.folder / unit / "autograder.zip"
        self.run(self.command, "generate", "-t", tests, "-o", made, "--no-environment")

    def grade(self, unit: str, numbers: Sequence[int]) -> None:
        for number in numbers:
            work = self.folder / "submitted" / student(number) / unit / f"{unit}.ipynb"
            zipped = self.folder / unit / "autograder.zip"
            self.run(self.command, "run", "-a", zipped, "-o", work.parent, work)


def plain_source(unit: str) -> NotebookNode:
    """Return the unit's source notebook with tests that plain nbgrader can grade."""
    source, _ = notebooks(unit, REPO)
    notebook = nbformat.reads(source.text, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("course", {}).get("exercise")
        if name:
            visible = cell.source.partition("### BEGIN HIDDEN TESTS")[0]
            hidden = f"### BEGIN HIDDEN TESTS\n{ASK.format(name=name)}\n### END HIDDEN TESTS"
            cell.source = visible + hidden
    return notebook


def asked(notebook: NotebookNode) -> list[str]:
    """Return the exercises that a notebook tests."""
    found = (cell.metadata.get("course", {}).get("exercise") for cell in notebook.cells)
    return [name for name in found if name]
