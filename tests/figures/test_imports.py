"""A figure builds on `drawing` and on few other figures; `drawing` imports no figure."""

import ast
import sys
from pathlib import Path

import pytest

import course.figures

ROOM = Path(course.figures.__file__).parent
DRAWING = [
    *("labels", "style", "pen", "raster", "readers", "picture", "film", "chart", "live", "dial"),
    *("layout", "edges"),
]
# A notebook has IPython; without it, training shows nothing, and dials are films.
OPTIONAL = {"progress": ["IPython"], "live": ["anywidget", "traitlets"]}
PAINTERS = ["graph_painter", "net_painter"]
FIGURES = {
    "backward": ["net_painter"],
    "bends": [],
    "computation": ["graph_painter"],
    "curves": [],
    "folds": ["plane"],
    "graph_films": ["graph_painter"],
    "graphs": ["graph_painter"],
    "images": [],
    "landscapes": [],
    "matrices": [],
    "nets": ["net_painter"],
    "neurons": [],
    "nudges": [],
    "plane": [],
    "polls": [],
    "progress": [],
    "reading": [],
    "scales": [],
    "signals": ["curves"],
    "symmetries": [],
    "tents": [],
    "training": ["curves", "plane"],
    "turning": ["plane"],
    "twins": ["net_painter"],
    "valleys": [],
}
NN = {"course.nn.activation", "course.nn.arguments", "course.nn.node"}


def imports(path):
    """The names of the modules that a module imports, inside its functions too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            names.add(node.module)
    return names


def of_the_course(path):
    return {name for name in imports(path) if name.startswith("course")}


def in_drawing(modules):
    return {f"course.figures.drawing.{module}" for module in modules}


@pytest.mark.parametrize("module", DRAWING)
def test_the_machinery_imports_only_machinery_before_it(module):
    earlier = in_drawing(DRAWING[: DRAWING.index(module)])
    assert of_the_course(ROOM / "drawing" / f"{module}.py") <= earlier | {"course.nn.arguments"}


@pytest.mark.parametrize("module", [*PAINTERS, *FIGURES])
def test_a_figure_imports_machinery_and_the_few_figures_it_builds_on(module):
    shared = {f"course.figures.{name}" for name in FIGURES.get(module, [])}
    assert of_the_course(ROOM / f"{module}.py") <= in_drawing(DRAWING) | NN | shared


def test_figures_build_on_each_other_in_one_direction():
    on_others = {module for module, shared in FIGURES.items() if shared}
    assert not on_others & {name for shared in FIGURES.values() for name in shared}


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: path.stem)
def test_figures_need_nothing_but_numpy_and_matplotlib(path):
    others = {name.split(".")[0] for name in imports(path)} - {"course"} - sys.stdlib_module_names
    # Pillow is what matplotlib reads and writes images with.
    assert others <= {"numpy", "matplotlib", "PIL", *OPTIONAL.get(path.stem, [])}


def test_every_module_in_the_room_is_accounted_for():
    assert {path.stem for path in ROOM.glob("*.py")} == {"__init__", *PAINTERS, *FIGURES}
    assert {path.stem for path in (ROOM / "drawing").glob("*.py")} == {"__init__", *DRAWING}
