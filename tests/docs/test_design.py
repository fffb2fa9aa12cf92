"""What docs/design.md says of the house is true: its names, and who may import whom."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import course.grading
from tests.docs.pages import LINK, ROOT, exists, names_in_code, paths_on
from tests.grading.test_imports import FLOORS

PAGE = ROOT / "docs" / "design.md"
TEXT = PAGE.read_text(encoding="utf-8")
# Folders of a class, which the repository doesn't have.
OF_A_CLASS = {"submitted/STUDENT/UNIT/"}
PLACEHOLDERS = {"UNIT/EXERCISE.py"}
LINES = range(80, 121)

# What each room of `course` may import of the others, from the ground up: only rooms above it here.
ALLOWED: dict[str, set[str]] = {
    "nn": set(),
    "data": set(),
    "settings": set(),
    "figures": {"nn"},
    "exercises": {"nn", "data"},
    "learner": {"exercises"},
    "check": {"exercises", "learner"},
    "lecture_map": {"exercises"},
    "build": {"settings", "exercises", "lecture_map"},
    "hosted": {"learner"},
    "new_exercise": {"exercises"},
    "terminal": set(),
    "parts": set(),
    "grading": {"settings", "exercises", "terminal", "parts"},
    "demo": {"settings", "exercises", "build", "grading"},
    "cli": {
        *("exercises", "learner", "build", "hosted", "new_exercise", "terminal", "parts"),
        *("grading", "demo"),
    },
    "__main__": {"cli"},
}
# Each module that may import more than its room, and why.
EXCEPTIONS: dict[str, set[str]] = {
    # Loaded before the fork, since nearly every notebook imports them.
    "grading/student_process/fork_server.py": {"check", "data"},
    # Replaces the functions of course.figures, so that a lesson's own are not drawn.
    "grading/student_process/skip_figures.py": {"figures"},
}


def room_of(module: str) -> str:
    return module.split("/")[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[str]:
    """Yield the rooms of `course` that a module imports, inside its functions too."""
    package = path.parent.relative_to(ROOT).parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            base = ".".join([*base, *filter(None, [node.module])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("course."))


MODULES = {
    path.relative_to(ROOT / "course").as_posix(): path for path in (ROOT / "course").rglob("*.py")
}


def test_every_file_and_folder_on_the_page_is_there():
    named = paths_on(TEXT) - OF_A_CLASS - PLACEHOLDERS
    assert len(named) > 40
    assert [name for name in sorted(named) if not exists(name)] == []


def test_every_module_of_the_course_on_the_page_is_there():
    dotted = [name for name in names_in_code(TEXT) if name.startswith("course.")]
    assert [name for name in dotted if not exists(name.replace(".", "/"))] == []


def test_every_room_of_the_course_is_on_the_page():
    rooms = {room_of(module) for module in MODULES} - {"__init__", "__main__"}
    names = {room_of(name.removeprefix("course/")) for name in paths_on(TEXT)}
    assert rooms - names == set()


def test_every_room_of_the_grader_is_on_the_page_and_in_its_docstring():
    rooms = {path.parent.name for path in (ROOT / "course" / "grading").glob("*/__init__.py")}
    assert [room for room in rooms if f"`{room}" not in TEXT and f"/{room}/" not in TEXT] == []
    named = set(names_in_code(course.grading.__doc__))
    assert rooms <= named
    assert [name for name in named if not (exists(name) or exists(f"{name}.py"))] == []


def test_the_page_names_the_floors_of_the_grader_in_their_order():
    listed = re.search(r"from the\s+ground up:(.+?)\.", TEXT, re.DOTALL)[1]
    order = [FLOORS.index(name) for name in names_in_code(listed.replace("\n", " "))]
    assert order == sorted(order) and len(order) > 10


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_the_rooms_that_its_room_may(module):
    room = room_of(module)
    if room != "__init__":
        allowed = {room} | ALLOWED[room] | EXCEPTIONS.get(module, set())
        assert set(imported_rooms(MODULES[module])) - allowed == set()


def test_rooms_import_only_rooms_below_them():
    order = list(ALLOWED)
    assert all(order.index(below) < order.index(room) for room in order for below in ALLOWED[room])


def test_no_rule_and_no_exception_is_idle():
    found = {module: set(imported_rooms(path)) for module, path in MODULES.items()}
    for room, allowed in ALLOWED.items():
        used = set().union(*(found[one] for one in found if room_of(one) == room))
        assert allowed <= used, room
    assert all(more <= found[module] for module, more in EXCEPTIONS.items())


def test_only_the_command_line_and_the_sample_class_import_the_grader():
    assert {room for room, allowed in ALLOWED.items() if "grading" in allowed} == {"cli", "demo"}
    assert "only `demo` and `cli` import `grading`" in " ".join(TEXT.split())


def test_the_page_can_be_read_at_one_sitting():
    assert len(TEXT.splitlines()) in LINES


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_page_is_linked(page):
    assert "docs/design.md" in LINK.findall((ROOT / page).read_text(encoding="utf-8"))
