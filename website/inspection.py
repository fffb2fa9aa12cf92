"""The finished site: links lead somewhere, nothing is fetched from elsewhere, pages are small.

Sphinx checks the links that it makes. This reads the pages as a browser gets them, with what
lessons print and what leads to JupyterLite.
"""

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# JupyterLite's own pages are inspected by opening them (tests/site); Sphinx leaves its templates.
NOT_PAGES = ("lite", "_static")
LARGEST = 4_000_000  # bytes of a page
# Attributes that make a browser fetch something.
FETCHED = {
    *(("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src")),
    *(("audio", "src"), ("embed", "src"), ("object", "data"), ("link", "href")),
}
# Such links say something about the page; no browser follows them.
NOT_FOLLOWED = {"canonical", "next", "prev", "license", "author", "index", "search"}


class Page(HTMLParser):
    """What a page links to, what it fetches, and the places on it that can be linked to."""

    def __init__(self, text: str):
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.anchors: set[str] = set()
        self.lacks_alt: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.anchors |= {given[name] for name in ("id", "name") if given.get(name)}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "img" and "alt" not in given:
            self.lacks_alt.append(given.get("src", "")[:80])
        if tag == "link" and given.get("rel") in NOT_FOLLOWED:
            return
        self.fetched += [given[name] for name in given if (tag, name) in FETCHED]


def pages(site: Path) -> list[Path]:
    """Return all pages of the site but JupyterLite's."""
    every = sorted(site.rglob("*.html"))
    return [path for path in every if path.relative_to(site).parts[0] not in NOT_PAGES]


def faults(site: Path) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with the site."""
    for path in pages(site):
        name = path.relative_to(site).as_posix()
        page = _read(path)
        if (size := path.stat().st_size) > LARGEST:
            yield f"{name}: {size / 1e6:.1f} MB, more than {LARGEST / 1e6:g}"
        for address in page.fetched:
            if urlsplit(address).scheme not in ("", "data") or address.startswith("//"):
                yield f"{name}: fetches {address[:80]} from elsewhere"
        for source in page.lacks_alt:
            yield f"{name}: an image has no alt text: {source}"
        local = [one for one in page.fetched if urlsplit(one).scheme == ""]
        for address in sorted({*page.links, *local}):
            if not _leads_somewhere(path, page, address):
                yield f"{name}: {address} leads nowhere"


def _leads_somewhere(path: Path, page: Page, address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True  # another site: not asked
    target = path.parent / unquote(parts.path) if parts.path else path
    if not target.is_file():
        return False
    if not parts.fragment or target.suffix != ".html":
        return True
    other = page if target == path else _read(target.resolve())
    return unquote(parts.fragment) in other.anchors


@cache
def _read(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))
