"""The Dockerfiles copy what is there, install parts that exist, and start commands that exist.

They are not built here: that needs Docker.
"""

import json
import re
import shlex
from fnmatch import fnmatch
from importlib.metadata import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from typer.main import get_command

from course.cli.app import app
from course.parts import NAME
from tests.docs.pages import ROOT
from tests.docs.walk import BIN, blocks

FOLDER = ROOT / "docker"
FILES = sorted(FOLDER.glob("*.Dockerfile"))
KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "EXPOSE", "CMD"}
IGNORED = [
    line
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def steps(path: Path) -> list[tuple[str, str]]:
    """Return a Dockerfile's instructions, each with its arguments."""
    lines = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in kept)]


def is_sent(name: str) -> bool:
    """Whether Docker gets this file of the top folder: the last pattern that fits decides."""
    sent = True
    for pattern in IGNORED:
        if fnmatch(name, pattern.removeprefix("!").rstrip("/")):
            sent = pattern.startswith("!")
    return sent


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def file(request) -> Path:
    return request.param


def test_there_is_an_image_for_graders_and_one_for_students():
    assert [path.stem for path in FILES] == ["grading", "students"]


def test_instructions_are_dockers_and_begin_with_an_image(file):
    words = [word for word, _ in steps(file)]
    assert words[0] == "FROM" and set(words) <= KNOWN and words[-1] == "CMD"


def test_what_is_copied_is_there_and_all_that_docker_is_sent(file):
    copied = {
        source.rstrip("/")
        for word, rest in steps(file)
        if word == "COPY"
        for source in shlex.split(rest)[:-1]
    }
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {path.name for path in ROOT.iterdir() if is_sent(path.name)} == copied


def test_what_is_installed_exists(file):
    [installed] = [rest for word, rest in steps(file) if "pip install" in rest]
    [parts] = re.findall(r'"\.\[([\w,]+)\]"', installed)
    assert {*parts.split(",")} <= {*metadata(NAME).get_all("Provides-Extra")}
    image, _, tag = dict(steps(file))["FROM"].partition(":")
    assert image == "python"
    assert tag.removesuffix("-slim") in SpecifierSet(metadata(NAME)["Requires-Python"])


def test_nothing_runs_as_root(file):
    words = [word for word, _ in steps(file)]
    assert "USER" in words[words.index("RUN") :]
    assert dict(steps(file))["USER"] in {"grader", "student"}


def typed() -> list[list[str]]:
    """Return the page's commands."""
    page = ROOT / "docs" / "instructors" / "docker.md"
    return [words for block in blocks(page) for words in block.commands]


def started() -> list[list[str]]:
    """Return what containers run: by default, and as the page says."""
    image, runs = "feedforward-grading", [one for one in typed() if one[:2] == ["docker", "run"]]
    named = [words[words.index(image) + 1 :] for words in runs if image in words]
    return [json.loads(dict(steps(file))["CMD"]) for file in FILES] + named


@pytest.mark.parametrize("words", started(), ids=" ".join)
def test_what_is_started_exists(words):
    assert (BIN / words[0]).exists()
    if words[0] == "course":
        assert words[1] in get_command(app).commands


def test_the_page_builds_these_files():
    built = {words[words.index("-f") + 1] for words in typed() if words[:2] == ["docker", "build"]}
    assert built == {path.relative_to(ROOT).as_posix() for path in FILES}
