"""The folder staged into a student's process needs nothing of the grader."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import course
from course.exercises.units import UNITS, open_modules
from course.grading.process.staging import STUDENTS_SIDE, stage
from course.grading.process.worker import packages
from course.grading.student_process.as_loaded import ASKING_SIDE

SOURCE = Path(course.__file__).parent
ROOM = SOURCE / "grading" / "student_process"
ITSELF = "course.grading.student_process"
SANDBOX = "course.grading.sandbox"
LIMITS = "course.grading.limits"
ENGINE = "course.exercises.engine"
# Imports of the folder's modules from outside the folder, and why.
ALLOWED = {
    "__init__": set(),
    # The three must know how much of a message, an output and a trace is kept.
    "channel": {LIMITS},
    "shell": {LIMITS},
    "as_loaded": set(),
    # It observes answers.
    "server": {LIMITS, f"{ENGINE}.observe", f"{ENGINE}.raised"},
    # It limits the time of cells and answers itself, since no process can be forked to do so.
    "portable_server": {f"{ENGINE}.time_limit"},
    # It sandboxes sessions, and before the fork it loads the modules that most notebooks import.
    "fork_server": {LIMITS, SANDBOX, "course.check", "course.data"},
    # It replaces the functions of course.figures, so that a lesson's figures aren't drawn.
    "skip_figures": {"course.figures"},
}
# Modules of the rest of the course that the asking side needs.
NEEDED = {"course.data", "course.nn.activation", "course.nn.graph", "course.nn.node"}
# Course modules that may be loaded in a student's process, with all they contain.
LOADED = {ITSELF, SANDBOX, LIMITS, ENGINE, "course.figures", "course.data", "course.check"}
PACKAGES = {"course", "course.exercises", "course.grading", "course.nn"}


def imports(path: Path) -> set[str]:
    """The names of the course's modules that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            names.add(f"course.{'.'.join(path.parent.relative_to(SOURCE).parts)}.{node.module}")
        elif isinstance(node, ast.ImportFrom):
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name for name in full if is_module(name)} or {node.module}
    return {name for name in names if name.split(".")[0] == "course"}


def is_module(name: str) -> bool:
    place = SOURCE.parent / name.replace(".", "/")
    return place.is_dir() or place.with_suffix(".py").exists()


def within(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


def test_every_module_of_the_folder_is_accounted_for():
    assert {path.stem for path in ROOM.glob("*.py")} == set(ALLOWED)


@pytest.mark.parametrize(("module", "allowed"), ALLOWED.items())
def test_a_module_imports_its_folder_and_little_else(module, allowed):
    found = {name for name in imports(ROOM / f"{module}.py") if not within(name, ITSELF)}
    assert found == allowed


def test_the_sandbox_imports_nothing_of_the_course_and_only_the_standard_library():
    for path in (SOURCE / "grading" / "sandbox").glob("*.py"):
        assert all(within(name, SANDBOX) for name in imports(path)), path
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= sys.stdlib_module_names


def test_the_asking_side_of_the_engine_needs_no_answers():
    waiting, found, others = {"observe", "calls"}, set(), set()
    while waiting:
        module = waiting.pop()
        found.add(module)
        names = imports(SOURCE / "exercises" / "engine" / f"{module}.py")
        own = {name.removeprefix(f"{ENGINE}.") for name in names if within(name, ENGINE)}
        others |= {name for name in names if not within(name, ENGINE)}
        waiting |= own - found
    assert found == set(ASKING_SIDE)
    assert others == NEEDED


def test_the_grader_stages_the_folder_the_sandbox_the_limits_and_nothing_else_of_itself():
    staged = {name for name in STUDENTS_SIDE if name.startswith("grading")}
    assert staged == {
        "grading/__init__.py",
        "grading/limits.py",
        "grading/sandbox",
        "grading/student_process",
    }


def test_the_staged_folder_runs_alone(tmp_path):
    unit = next(iter(UNITS))
    stage(unit, tmp_path)
    code = (
        f"import sys, json; sys.path[:] = {[str(tmp_path), *packages()]!r}\n"
        f"import {ITSELF}.fork_server, {ITSELF}.server\n"
        "files = {n: m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'course'}\n"
        "print(json.dumps(files))"
    )
    ran = subprocess.run(
        [sys.executable, "-P", "-s", "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    files = json.loads(ran.stdout.splitlines()[-1])
    assert all(Path(file).is_relative_to(tmp_path) for file in files.values())
    given = {f"course.nn.{module}" for module in open_modules(unit)}
    loaded = [name for name in files if name not in PACKAGES | given]
    assert [name for name in loaded if not any(within(name, one) for one in LOADED)] == []
