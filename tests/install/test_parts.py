"""What can be installed: small for a place that has notebooks already, whole for the rest."""

import ast
import json
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from course.learner.my_work import code_of, read, released
from course.parts import NAME, WHAT, missing_part, part_of
from tests.docs.pages import ROOT

# What a notebook service has: older than here, and not to be replaced while its kernel runs.
SERVICE = dict(
    re.findall(r"^([\w.-]+)==(\S+)$", (Path(__file__).parent / "service.txt").read_text(), re.M)
)
REQUIREMENTS = [Requirement(line) for line in requires(NAME)]


def of_part(part: str) -> list[Requirement]:
    """The requirements of one extra; of none, if the part is empty."""
    return [
        one
        for one in REQUIREMENTS
        if (one.marker.evaluate({"extra": part}) if one.marker else True)
        and (bool(one.marker) == bool(part))
    ]


distributions = cache(packages_distributions)  # it reads every installed package


def packages_in(code: str) -> set[str]:
    """The packages that a module or a cell imports, at once or later, Python's own aside."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    tops = {name.partition(".")[0] for name in names} - {"course"} - sys.stdlib_module_names
    known = distributions()
    return {known[top][0].casefold() for top in tops}


def test_the_core_is_what_lessons_import():
    course = ROOT / "course"
    paths = [course / "check.py", *(course / "data").glob("[!m]*.py")]  # make.py is an author's
    for room in ("exercises", "figures", "learner", "nn"):
        paths += (course / room).rglob("*.py")
    paths.remove(course / "learner" / "lab.py")  # it starts JupyterLab
    cells = [code for path in released().values() for code in code_of(read(path))]
    texts = [*cells, *(path.read_text(encoding="utf-8") for path in paths)]
    assert {one.name for one in of_part("")} == set().union(*map(packages_in, texts))


def test_the_core_upgrades_nothing_that_a_notebook_service_has():
    there = [one for one in of_part("") if one.name in SERVICE]
    assert {"numpy", "matplotlib", "ipython", "pillow"} <= {one.name for one in there}
    for one in there:
        assert one.specifier.contains(Version(SERVICE[one.name])), one


def test_the_service_has_nothing_that_only_a_students_machine_needs():
    assert not {one.name for one in of_part("lab")} - {"ipykernel", "rich", "typer"} & {*SERVICE}


@pytest.mark.parametrize(
    ("module", "part"),
    [
        ("typer", "lab"),
        ("rich.table", "lab"),
        ("jupyterlab", "lab"),
        ("nbgrader.api", "grading"),
        ("jupytext", "grading"),
        ("dask.distributed", "cluster"),
        ("psycopg", "cluster"),
        ("sklearn", None),
        ("no_such_module", None),
    ],
)
def test_a_missing_module_belongs_to_the_smallest_part_that_needs_it(module, part):
    assert part_of(module) == part


@pytest.mark.parametrize("part", WHAT)
def test_every_part_is_an_extra(part):
    extras = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(rf"^{part} = \[", extras, re.MULTILINE)


def test_what_to_install_is_one_line_for_every_shell():
    line = missing_part("nbgrader")
    assert line.startswith("this needs the part for grading: python -m pip install ")
    assert line.endswith('[grading]"') and "\n" not in line and "'" not in line


WITHOUT = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None
sys.argv = ["course", *{arguments!r}]
from course.cli import main
main()
"""


def course_without(
    blocked: list[str], *arguments: str, folder: Path
) -> subprocess.CompletedProcess:
    code = WITHOUT.format(blocked=blocked, arguments=list(arguments))
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, timeout=120
    )


@pytest.mark.parametrize(
    "arguments", [("doctor",), ("grade", "01_neuron"), ("demo",), ("report", "01_neuron")]
)
def test_an_instructors_command_without_the_grading_part_says_what_to_install(arguments, tmp_path):
    blocked = ["nbgrader", "jupytext", "nbformat", "nbconvert", "sqlalchemy", "psutil", "nh3"]
    ended = course_without(blocked, *arguments, folder=tmp_path)
    assert ended.returncode == 2
    assert re.fullmatch(r"course: this needs the part for grading: .+\n", ended.stderr)


def test_without_typer_the_command_says_what_to_install(tmp_path):
    ended = course_without(["typer", "rich"], "status", folder=tmp_path)
    assert ended.returncode == 2
    assert "part for commands and JupyterLab" in ended.stderr and ended.stderr.count("\n") == 1


@pytest.mark.slow
def test_pip_resolves_the_course_to_what_a_notebook_service_has(tmp_path):
    pinned = Path(__file__).parent / "service.txt"
    report = tmp_path / "report.json"
    options = ["--dry-run", "--ignore-installed", "--quiet", "--no-build-isolation"]
    resolve = [sys.executable, "-m", "pip", "install", *options, "--report", str(report)]
    ended = subprocess.run(
        [*resolve, "-c", str(pinned), str(ROOT)], capture_output=True, text=True, timeout=900
    )
    if "No matching distribution" in ended.stderr or "Connection" in ended.stderr:
        pytest.skip("the package index can't be reached")
    assert ended.returncode == 0, ended.stderr
    found = {
        one["metadata"]["name"].casefold(): one["metadata"]["version"]
        for one in json.loads(report.read_text(encoding="utf-8"))["install"]
    }
    assert {name: found[name] for name in {*found} & {*SERVICE}}.items() <= SERVICE.items()
    assert "jupyterlab" not in found and {one.name for one in of_part("")} <= {*found}


@pytest.mark.slow
def test_the_wheel_and_the_source_can_be_published(tmp_path):
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    made = sorted(tmp_path.iterdir())
    assert [path.suffix for path in made] == [".whl", ".gz"]
    assert all(version(NAME) in path.name for path in made)
    check = [sys.executable, "-m", "twine", "check", "--strict", *map(str, made)]
    subprocess.run(check, check=True, capture_output=True)


@pytest.mark.slow
def test_the_wheel_has_all_a_student_needs_without_a_checkout(tmp_path):
    import zipfile

    from course.exercises.units import UNITS

    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    names = zipfile.ZipFile(next(tmp_path.iterdir())).namelist()
    assert {f"course/assignments/{unit}/{unit}.ipynb" for unit in UNITS} <= {*names}
    assert {"course/learner/jupyter/labconfig/page_config.json"} <= {*names}
    assert not [name for name in names if name.startswith(("tests/", "solutions/", "docs/"))]
