"""The parts of the course that can be installed, as the package's own metadata lists them."""

import json
import re
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

NAME = "feedforward-course"
# A part that another one includes comes first.
WHAT = {
    "lab": "commands and JupyterLab",
    "grading": "grading",
    "cluster": "grading on a cluster",
    "site": "building the site",
}
NEEDED = re.compile(r"^(?P<package>[\w.-]+).*extra == ['\"](?P<part>\w+)['\"]")


def missing_part(module: str | None) -> str | None:
    """Say in one line what to install if a module is missing; None if it is of no known part."""
    part = part_of(module or "")
    if part is None:
        return None
    return f"this needs the part for {WHAT[part]}: {install(part)}"


def install(part: str) -> str:
    """Return the command that installs a part, from wherever the course was installed."""
    # Double quotes, since Windows knows no others.
    return f'python -m pip install "{_source()}[{part}]"'


def part_of(module: str) -> str | None:
    """Return the smallest part that requires the package of a module."""
    top = module.partition(".")[0]
    packages = {_plain(name) for name in (top, *packages_distributions().get(top, ()))}
    needs = filter(None, map(NEEDED.match, _requirements()))
    parts = {need["part"] for need in needs if _plain(need["package"]) in packages}
    return next((part for part in WHAT if part in parts), None)


def _requirements() -> list[str]:
    try:
        return distribution(NAME).requires or []
    except PackageNotFoundError:
        return []


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def _source() -> str:
    """Return what to give to pip: the folder that the course was installed from, or its name."""
    try:
        told = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return NAME
    url = json.loads(told).get("url", "") if told else ""
    folder = Path(url2pathname(urlparse(url).path)) if url.startswith("file:") else None
    return str(folder) if folder and folder.is_dir() else NAME
