"""Each unit imports only numpy, the given modules, and the units before it."""

import ast
from pathlib import Path

import pytest

import course.nn

ROOM = Path(course.nn.__file__).parent
UNITS = ["neuron", "layers", "forward", "chain_rule", "backprop", "symmetry", "sgd"]
GIVEN = ["arguments", "activation", "node", "graph"]
BEHIND_THE_SCENES = {
    "in_place": ["arguments", "activation", "backprop"],
    "workspace": ["arguments", "activation", "backprop", "in_place"],
}
STANDARD = {"collections", "dataclasses", "operator", "typing"}


def imports(module):
    """The names of the modules that a module of `course.nn` imports."""
    names = set()
    for node in ast.walk(ast.parse((ROOM / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            names.add(node.module)
    return names


def of_the_course(names):
    return {name.removeprefix("course.nn.") for name in names if name.startswith("course")}


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_imports_only_given_modules_and_earlier_units(unit):
    earlier = UNITS[: UNITS.index(unit)]
    behind = list(BEHIND_THE_SCENES) if unit == "sgd" else []
    assert of_the_course(imports(unit)) <= {*GIVEN, *earlier, *behind}


@pytest.mark.parametrize("given", GIVEN)
def test_a_given_module_imports_only_given_ones_before_it(given):
    assert of_the_course(imports(given)) <= {*GIVEN[: GIVEN.index(given)]}


@pytest.mark.parametrize(("module", "allowed"), BEHIND_THE_SCENES.items())
def test_the_workspace_stands_on_backprop_alone(module, allowed):
    assert of_the_course(imports(module)) <= set(allowed)


@pytest.mark.parametrize("module", [path.stem for path in ROOM.glob("*.py")])
def test_the_reference_needs_nothing_but_numpy(module):
    others = {name.split(".")[0] for name in imports(module)} - {"course"}
    assert others <= STANDARD | {"numpy"}


def test_every_module_in_the_room_is_accounted_for():
    known = {"__init__", *UNITS, *GIVEN, *BEHIND_THE_SCENES}
    assert {path.stem for path in ROOM.glob("*.py")} == known


def test_the_package_itself_offers_no_names():
    tree = ast.parse((ROOM / "__init__.py").read_text(encoding="utf-8"))
    assert [type(node) for node in tree.body] == [ast.Expr]
