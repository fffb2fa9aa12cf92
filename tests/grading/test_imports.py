"""The grader's rooms form floors: each imports only itself and the floors below."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import course.grading

ROOM = Path(course.grading.__file__).parent
# From the ground up. A folder is one floor, unless one of its modules is listed on its own.
FLOORS = [
    "",  # the package itself: the errors that every room may raise
    "limits",
    "private_files",
    "sandbox",
    "student_process",
    "process",
    "notebook",
    "submission",
    "judging",
    "grade",
    "check_file",
    "parallel",
    "gradebook.connection",  # preflight and locks need only this of the gradebook
    "preflight",
    "locks",
    "course_folder",
    "released",
    "gradebook",
    "atomic_folder",
    "feedback",
    "doctor",
    "preprocessors",
    "classroom",
    "platforms",
    # Names that the nbgrader_config.py of existing courses may use.
    "collect",
    "markup",
]


def name_of(path: Path) -> str:
    return (
        ".".join(path.relative_to(ROOM).with_suffix("").parts).removesuffix("__init__").rstrip(".")
    )


MODULES = {name_of(path): path for path in ROOM.rglob("*.py")}


def imports(module: str) -> set[str]:
    """The names of the grader's modules that one of them imports."""
    path, found = MODULES[module], set()
    package = ("course", "grading", *path.parent.relative_to(ROOM).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            base = ".".join([*base, *filter(None, [node.module])])
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    ours = {
        name.removeprefix("course.grading").removeprefix(".") for name in found if is_ours(name)
    }
    return ours & MODULES.keys() - {module}


def is_ours(name: str) -> bool:
    return f"{name}.".startswith("course.grading.")


def floor(module: str) -> int:
    return FLOORS.index(module if module in FLOORS else module.split(".")[0])


def test_every_module_stands_on_a_floor():
    assert {module for module in MODULES if not {module, module.split(".")[0]} & {*FLOORS}} == set()


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_room_imports_only_itself_and_rooms_below(module):
    own = floor(module)
    assert [name for name in sorted(imports(module)) if floor(name) > own] == []


def test_no_imports_form_a_cycle():
    # A package imports its modules to offer their names, and they import the package.
    packages = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    TopologicalSorter({module: imports(module) - packages for module in MODULES}).prepare()


def test_the_package_itself_imports_none_of_its_rooms():
    assert imports("") == set()
