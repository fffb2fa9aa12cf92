"""Student texts as HTML that holds nothing a browser would run or fetch.

nbgrader_config.py replaces nbconvert's filters of the same names with these functions, for the
feedback and for the formgrader's pages. Markdown goes through nh3's allow-list: text, lists,
tables, code, links to the web, images that are in the text itself or beside the notebook. Formulas
become MathML, which `mathematics` makes safe.
"""

import re
from functools import cache, lru_cache
from html import escape
from typing import Any

import nh3
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from course.grading.feedback.mathematics import mathml
from course.grading.limits import (
    CACHED_TEXTS,
    CODE_CHARACTERS,
    CODE_LINE_CHARACTERS,
    MARKDOWN_CHARACTERS,
)

TAGS = nh3.ALLOWED_TAGS - {"area", "map"}
DROPPED_WHOLE = {"embed", "iframe", "math", "noscript", "object", "script", "style", "svg"}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "div": {"class"},
    "pre": {"class"},
    "span": {"class"},
}
SCHEMES = {"http", "https", "mailto", "data"}
WEB_LINK = re.compile(r"(?:https?://|mailto:)[^\s]*|#[\w-]*", re.IGNORECASE)
IMAGE = re.compile(
    r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*|[\w-][\w. -]*(?:/[\w-][\w. -]*)*"
)
# What Pygments gives to pieces of code: "highlight", "k", "mi", …
CODE_CLASS = re.compile(r"highlight|[a-z][a-z0-9]{0,2}")
# TeX that makes MathJax link, style, define or load something. The pages have no MathJax, but they
# may be shown where another page's is at work.
TEX = re.compile(
    r"\\(?=(?:href|url|style|class|cssId|require|includegraphics|unicode|bbox|csname|def|let|"
    r"mmlToken|Newextarrow|newcommand|renewcommand|newenvironment|renewenvironment|HTML|html[A-Z]"
    r"[a-z]+|data|action|texttip|mathtip|toggle)(?![A-Za-z]))"
)
BROKEN_BACKSLASH = "\\\u200b"
# A formula's place in the HTML while that is made safe, in characters for private use.
PLACE, PRIVATE = re.compile("\ue000([0-9]+)\ue001"), re.compile("[\ue000\ue001]")


class _Renderer(IPythonRenderer):
    """Renders Markdown with places for its formulas, and collects these."""

    def __init__(self) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.formulas: list[tuple[str, bool]] = []

    def block_math(self, body: str) -> str:
        return self._place(body, display=True)

    def inline_math(self, body: str) -> str:
        return self._place(body, display=False)

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def _place(self, tex: str, display: bool) -> str:
        self.formulas.append((tex, display))
        return f"\ue000{len(self.formulas) - 1}\ue001"


# Lessons' texts come with every submission.
@lru_cache(maxsize=CACHED_TEXTS)
def markdown2html(source: str) -> str:
    """Return Markdown as HTML without anything active."""
    if len(source) > MARKDOWN_CHARACTERS:
        return _as_text(source)
    renderer = _Renderer()
    try:
        html = MarkdownWithMath(renderer=renderer).render(PRIVATE.sub("?", source))
    except Exception:
        return _as_text(source)
    safe = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED_WHOLE,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
    )
    shown = PLACE.sub(lambda place: _formula(*renderer.formulas[int(place[1])]), safe)
    return TEX.sub(BROKEN_BACKSLASH, shown)


def _formula(tex: str, display: bool) -> str:
    """Return a formula; one on a line of its own in a box that can be scrolled if it is wide."""
    shown = mathml(tex, display)
    return f'<span class="formula">{shown}</span>' if display else shown


def highlight_code(
    source: str, language: str | None = None, metadata: dict[str, Any] | None = None
) -> str:
    """Return code as HTML, in colours unless it is too long."""
    longest = max(map(len, source.splitlines()), default=0)
    if len(source) > CODE_CHARACTERS or longest > CODE_LINE_CHARACTERS:
        return f'<div class="highlight hl-ipython3">{_as_text(source)}</div>'
    return _coloured(source, language or (metadata or {}).get("magics_language"))


@lru_cache(maxsize=CACHED_TEXTS)
def _coloured(source: str, language: str | None) -> str:
    return _colours()(source, language)


@cache
def _colours() -> Highlight2HTML:
    return Highlight2HTML(pygments_lexer="ipython3")


def unchanged(html: str) -> str:
    """Return HTML unchanged.

    It replaces nbconvert's filter for the links of old notebooks, whose time grows with the square
    of a text's length.
    """
    return html


def _attribute(tag: str, name: str, value: str) -> str | None:
    # A formula in a picture's description, say, has no place there.
    value = PLACE.sub("…", value)
    match tag, name:
        case "a", "href":
            return value if WEB_LINK.fullmatch(value) else None
        case "img", "src":
            return value if IMAGE.fullmatch(value) else None
        case _, "class":
            return " ".join(word for word in value.split() if CODE_CLASS.fullmatch(word)) or None
    return value


def _as_text(source: str) -> str:
    return f"<pre>{escape(source)}</pre>"
