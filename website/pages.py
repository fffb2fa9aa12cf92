"""The guides as pages of the site: docs/ as it is, with links that the site can follow."""

import posixpath
import re
import shutil
from pathlib import Path

from website import HERE, ROOT, STATIC
from website.lessons import READ

DOCS = ROOT / "docs"
LESSON = re.compile(r"^course/lessons/(\w+)\.md$")
LINK = re.compile(r"(?<=\]\()(?P<target>[^)\s#]+)(?P<anchor>#[^)\s]*)?(?=\))")
# Pages from outside docs/, and where they are on the site.
MORE = {
    "CONTRIBUTING.md": "docs/contributing.md",
    "CHANGELOG.md": "docs/changelog.md",
    "CODE_OF_CONDUCT.md": "docs/conduct.md",
    "course/data/README.md": "docs/data.md",
}
PLACES = {f"docs/{path.relative_to(DOCS).as_posix()}" for path in DOCS.rglob("*.md")}


def stage(folder: Path) -> None:
    """Copy all pages but the lessons, and what they show, into the folder that Sphinx reads."""
    for name in sorted(PLACES):
        _copy(name, name, folder)
    for name, place in MORE.items():
        _copy(name, place, folder)
    for path in (HERE / "pages").glob("*.md"):
        _write(path.read_text(encoding="utf-8"), folder / path.name)
    for path in DOCS.rglob("*.svg"):
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    shutil.copytree(HERE / "static", folder / STATIC, dirs_exist_ok=True)


def place_of(path: str) -> str | None:
    """Where a file of the repository is on the site; None if it isn't there."""
    if found := LESSON.match(path):
        return f"{READ}/{found[1]}.ipynb"
    return MORE.get(path) or (path if path in PLACES else None)


def with_site_links(text: str, name: str, place: str) -> str:
    """Return a page of the repository with its links as seen from its place on the site.

    A link to a file that isn't on the site stays, for Sphinx to complain about.
    """

    def link(found: re.Match) -> str:
        if ":" in found["target"]:
            return found[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), found["target"]))
        there = place_of(path)
        if there is None:
            return found[0]
        return posixpath.relpath(there, posixpath.dirname(place)) + (found["anchor"] or "")

    return LINK.sub(link, text)


def _copy(name: str, place: str, folder: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    _write(with_site_links(text, name, place), folder / place)


def _write(text: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
