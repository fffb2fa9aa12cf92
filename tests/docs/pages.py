"""What a page of Markdown points to: its links, the names it sets in code, and its headings."""

import re
from collections.abc import Iterator
from pathlib import Path

import course

ROOT = Path(course.__file__).parents[1]
# The rooms in which a page's names of files begin, besides the repository itself.
ROOMS = ["course", "course/grading", "course/exercises", "course/figures"]
FENCE = re.compile(r"^( *)```.*?^\1```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
ELSEWHERE = re.compile(r"[a-z]+:")


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> Iterator[str]:
    """Yield a page's links within the repository that lead nowhere."""
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if ELSEWHERE.match(target):
            continue
        file, _, anchor = target.partition("#")
        path = page.parent / file if file else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            yield target


def names_in_code(text: str) -> list[str]:
    """Return what a text sets in `code`."""
    return CODE.findall(FENCE.sub("", text))


def paths_on(text: str) -> set[str]:
    """Return the names of files and folders: in code, and in drawings."""
    in_code = {
        name for name in names_in_code(text) if re.fullmatch(r"[\w./-]+(?:/|\.py|\.json)", name)
    }
    return in_code | set(re.findall(r"\b[\w/]+/\w+\.py\b", text))


def exists(name: str) -> bool:
    """Whether the repository or one of its rooms has a file or folder of this name."""
    return any((ROOT / room / name).exists() for room in ["", *ROOMS])
