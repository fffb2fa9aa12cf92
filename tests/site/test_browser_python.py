"""A student's path in a browser's Python: imitated here, and in Pyodide itself under Node.js."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course.exercises.units import UNITS, exercises_of
from website import CACHE, ROOT
from website.lessons import HIDDEN, MARKER
from website.npm import NoPackageError, package

# The oldest that the course allows, which a browser had too: Pyodide 0.27's.
OLD = ("numpy==2.0.2", "matplotlib==3.8.4")
PYODIDE = "pyodide@314.0.7"
STUDENTS = (
    *("nn.neuron", "nn.layers", "nn.forward", "nn.chain_rule", "nn.backprop", "nn.symmetry"),
    *("nn.sgd", "data", "figures", "check", "learner.status", "learner.review", "learner.solution"),
)


def run_lesson(unit: str, folder: Path, before: Path | None = None) -> str:
    """Run a solved lesson without what a browser lacks; return what it printed."""
    notebook = json.loads((ROOT / "solutions" / unit / f"{unit}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = MARKER.sub("", HIDDEN.sub("", "".join(cell["source"])))
    path = folder / f"{unit}.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    places = [str(place) for place in (before, ROOT) if place]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.site.browser_python", path.name],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(places), "MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    return ended.stdout


def wrong(unit: str, said: str) -> list[str]:
    """The exercises of a lesson whose check did not say that all is right."""
    return [one.name for one in exercises_of(unit) if f"✓ {one.name}: " not in said]


def test_the_first_lesson_runs_and_every_check_is_right(tmp_path):
    assert not wrong("01_neuron", run_lesson("01_neuron", tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_every_lesson_runs_with_the_numpy_and_matplotlib_of_a_browser(unit, tmp_path):
    folder = CACHE / "old"
    if not folder.is_dir():
        fresh = folder.with_name(f"old-{os.getpid()}")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--only-binary", ":all:"]
        got = subprocess.run([*pip, "--target", fresh, *OLD], capture_output=True, text=True)
        if got.returncode:
            pytest.skip(f"{OLD} can't be had: {got.stderr[-300:]}")
        if not folder.is_dir():
            fresh.rename(folder)
    assert not wrong(unit, run_lesson(unit, tmp_path, before=folder))


IN_PYODIDE = """
const { loadPyodide } = require(process.argv[1]);
(async () => {
  const python = await loadPyodide();
  python.FS.mkdirTree("/course");
  python.FS.mount(python.FS.filesystems.NODEFS, { root: process.argv[2] }, "/course");
  python.runPython(process.argv[3]);
})().catch((error) => { console.error(String(error)); process.exit(1); });
"""
# Compiled packages come with Pyodide's distribution, not with its npm package. A stand-in has any
# name that is asked of it.
STAND_INS = """
import sys, types
from importlib.machinery import ModuleSpec

class Anything(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Thing

class Thing(metaclass=Anything):
    def __init__(self, *arguments, **named): pass
    def __call__(self, *arguments, **named): return arguments[0] if arguments else self
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Thing()
    def __getitem__(self, key): return Thing()
    def __iter__(self): return iter(())
    def __float__(self): return 1.0
    def __class_getitem__(cls, key): return cls

def operator(self, *others): return Thing()
operators = "add radd sub rsub mul rmul truediv rtruediv pow rpow neg matmul or ror and lt gt"
for name in operators.split():
    setattr(Thing, f"__{name}__", operator)

class StandIn(types.ModuleType):
    __path__ = []
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Thing

class Finder:
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] in ("numpy", "matplotlib", "PIL", "IPython", "anywidget"):
            return ModuleSpec(name, Finder, is_package=True)
    def create_module(spec): return StandIn(spec.name)
    def exec_module(module): pass

sys.meta_path.insert(0, Finder)
sys.path.insert(0, "/course")
import importlib
for name in NAMES:
    importlib.import_module(f"course.{name}")
"""


@pytest.mark.slow
def test_a_students_modules_can_be_imported_in_pyodide():
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node.js, which is not installed")
    try:
        pyodide = package(PYODIDE) / "pyodide.js"
    except NoPackageError as error:
        pytest.skip(str(error))
    code = STAND_INS.replace("NAMES", repr(STUDENTS))
    command = [node, "-e", IN_PYODIDE, str(pyodide), str(ROOT), code]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stderr[-3000:] + ended.stdout[-1000:]
