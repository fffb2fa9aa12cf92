"""Sizes are limited in one module, course.grading.limits; each limit says why and is used."""

import ast
import re
from pathlib import Path

import pytest

import course.grading

ROOM = Path(course.grading.__file__).parent
LIMITS = ROOM / "limits.py"
MODULES = {str(path.relative_to(ROOM)): path for path in sorted(ROOM.rglob("*.py"))}
UNITS = re.compile(
    r"(^|_)(BYTES|CHARACTERS|LINES|ENTRIES|PARTS|CELLS|OUTPUTS|TEXTS|AXES|LENGTH|RATIO|DEPTH|CHUNK"
    r"|MIB|MB)$"
)
# The sandbox imports nothing of the course; the kernel counts memory in units of 1024 bytes.
EXCEPTIONS = {"sandbox/policy.py": ["MIB = 1 << 20", "1 << 20"], "process/watchdog.py": ["1024"]}


def constants(tree: ast.Module) -> dict[str, ast.stmt]:
    """A module's constants that are computed from numbers alone, by name."""
    found = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name() as target], value=value):
                pairs = [(target, value)]
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = list(zip(names, values, strict=True))
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                pairs = [(target, value)]
            case _:
                pairs = []
        for target, value in pairs:
            parts = list(ast.walk(value))
            numbers = [part for part in parts if isinstance(part, ast.Constant)]
            arithmetic = (ast.BinOp, ast.operator, ast.Constant, ast.Name, ast.expr_context)
            if all(isinstance(part, arithmetic) for part in parts) and all(
                isinstance(number.value, int | float) for number in numbers
            ):
                found[target.id] = statement
    return found


def sizes(tree: ast.Module) -> list[str]:
    """What a module says of sizes itself: constants named after a unit, and powers of 1024."""
    found = [
        ast.unparse(statement) for name, statement in constants(tree).items() if UNITS.search(name)
    ]
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(op=ast.LShift(), right=ast.Constant(value=10 | 20 | 30)):
                found.append(ast.unparse(node))
            case ast.BinOp(left=ast.Constant(value=2), op=ast.Pow(), right=ast.Constant()):
                found.append(ast.unparse(node))
            case (
                ast.BinOp(left=ast.Constant(value=1024), op=ast.Mult())
                | ast.BinOp(op=ast.Mult(), right=ast.Constant(value=1024))
            ):
                found.append("1024")
    return found


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", [module for module in MODULES if module != "limits.py"])
def test_no_other_module_limits_a_size(module):
    assert sizes(parsed(MODULES[module])) == EXCEPTIONS.get(module, [])


def test_a_size_would_be_found():
    code = (
        "A_BYTES = 5\nB: int = 3 * 1024\n_C_LINES, D = 60, 2\ndef f():\n    return 5 << 20, 2**20"
    )
    assert sizes(ast.parse(code)) == [
        "A_BYTES = 5",
        "_C_LINES, D = (60, 2)",
        "1024",
        "5 << 20",
        "2 ** 20",
    ]


def test_every_limit_has_a_comment():
    lines = LIMITS.read_text(encoding="utf-8").splitlines()
    for name, statement in constants(parsed(LIMITS)).items():
        number = statement.lineno - 2
        while re.match(r"[A-Z]", lines[number]):
            number -= 1
        assert lines[number].startswith("# ") and "---" not in lines[number], name


def test_every_limit_is_used():
    used = {
        alias.name
        for path in MODULES.values()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "course.grading.limits"
        for alias in node.names
    }
    assert set(constants(parsed(LIMITS))) == used


def test_the_limits_import_nothing():
    nodes = ast.walk(parsed(LIMITS))
    assert not [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
