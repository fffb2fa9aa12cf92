"""Words of the glossary, linked where a lesson first uses them."""

import re

from website import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"
TERM = re.compile(r"^## (.+)$", re.MULTILINE)
# Where no link may be put: formulas, code, links, tags, and whole lines of tables and headings.
CLOSED = re.compile(
    r"\$\$.*?\$\$|\$[^$\n]+(?:\n[^$\n]+)?\$|```.*?```|`[^`\n]+`|\[[^\]]*\]\([^)]*\)|\{[^}]*\}`[^`]*`"
    r"|<summary>.*?</summary>|</?[a-z][^>]*>|^#[^\n]*$|^\|[^\n]*$",
    re.DOTALL | re.MULTILINE,
)


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


class Terms:
    """The glossary's headings, as patterns that find the word in a text."""

    def __init__(self, text: str | None = None):
        text = GLOSSARY.read_text(encoding="utf-8") if text is None else text
        self.names = TERM.findall(text)
        # Longer ones first: "hidden layer" before "layer".
        words = sorted(self.names, key=len, reverse=True)
        self._slugs = {name.lower(): slug(name) for name in words}
        either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in words)
        self._pattern = re.compile(rf"(?<![\w-])(?P<name>{either})(?P<end>e?s)?(?![\w-])", re.I)

    def linked(self, text: str, found: set[str], page: str = "../docs/glossary.md") -> str:
        """Return Markdown in which the first use of each term is a link; add those to `found`."""

        def link(match: re.Match) -> str:
            name = " ".join(match["name"].lower().split())
            if name in found:
                return match[0]
            found.add(name)
            return f"[{match[0]}]({page}#{self._slugs[name]})"

        ready, end = [], 0
        for closed in CLOSED.finditer(text):
            ready += [self._pattern.sub(link, text[end : closed.start()]), closed[0]]
            end = closed.end()
        return "".join([*ready, self._pattern.sub(link, text[end:])])
